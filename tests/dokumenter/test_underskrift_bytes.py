"""Signing and validating, on bytes alone."""

import io
import logging
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dokumenter.queries.udgave import kendt_udgave
from dokumenter.underskrift import modtag, testmyndighed
from dokumenter.underskrift.certifikater import segl as seglet
from dokumenter.underskrift.domme import Afvist, Dom, KanIkkeUnderskrive
from dokumenter.underskrift.isoleret import undersoeg
from dokumenter.underskrift.skriv import antal_underskrifter, klargoer, underskriv
from dokumenter.underskrift.valider import Filtilstand, kun_underskrifter_siden, tjek_underskrifter, valider
from dokumenter.verificering import verificer
from tests.dokumenter import signering as s
from tests.dokumenter.pdfsig import pdfsig
from tests.dokumenter.underskriftsdata import sag as lav_sag
from tests.vera import vera_fejl


def tilstande(pdf, **valg):
    return [(dom.tilstand, dom.senere) for dom in valider(pdf, s.roedder(), **valg)]


# --- signing --------------------------------------------------------------------------------------------------------


def test_preparing_gives_the_same_bytes_every_time_and_keeps_words_and_identifier():
    raa = s.html_til_pdf(s.html(), identifikator=s.DOKUMENT_ID, titel="Delaftale")
    klar = klargoer(raa)
    assert klargoer(raa) == klar
    assert modtag.laes_indhold(klar) == modtag.laes_indhold(raa)
    assert modtag.fil_id(klar) == modtag.fil_id(raa) != b""


def test_two_signatures_hold_and_change_nothing_but_forms(tmp_path):
    pdf = s.to_underskrifter()
    domme = valider(pdf, s.roedder())
    assert [(d.navn, d.tilstand, d.senere, d.daekker, d.tid_fra) for d in domme] == [
        ("Formand A, Demo", Filtilstand.GYLDIG, "FORM_FILLING", "ENTIRE_REVISION", "oplyst"),
        ("Direktør B, Demo", Filtilstand.GYLDIG, "NONE", "ENTIRE_FILE", "oplyst"),
    ]
    assert [d.felt for d in domme] == ["Underskrift1", "Underskrift2"]
    assert domme[0].certifikat == "Helhedsplan Demo-segl"
    assert s.NU.replace(microsecond=0) <= domme[0].tidspunkt <= datetime.now(UTC)
    assert pdfsig(pdf, tmp_path) == ["Signature is Valid."] * 2
    assert pdf.startswith(s.papir())


def test_every_signed_file_begins_with_the_one_before():
    foerste = s.skriv_under(s.papir())
    anden = s.skriv_under(foerste)
    assert foerste.startswith(s.papir())
    assert anden.startswith(foerste)
    assert [antal_underskrifter(pdf) for pdf in (s.papir(), foerste, anden)] == [0, 1, 2]


def test_both_standards_hold_before_and_after_with_and_without_timestamps(tmp_path):
    med_tid = s.skriv_under(s.skriv_under(s.papir(), tid=s.ur()), tid=s.ur())
    filer = {}
    for navn, pdf in {"foer": s.papir(), "efter": s.to_underskrifter(), "lta": med_tid}.items():
        (tmp_path / navn).write_bytes(pdf)
        filer[str(tmp_path / navn)] = []
    assert vera_fejl(*filer) == filer


# --- long life ------------------------------------------------------------------------------------------------------


def test_with_a_clock_the_signature_holds_long_after_its_certificate():
    pdf = s.skriv_under(s.skriv_under(s.papir(), tid=s.ur()), tid=s.ur())
    om_fem_aar = s.NU + 5 * s.AAR
    domme = valider(pdf, s.roedder(), nu=om_fem_aar)
    assert [(d.tilstand, d.tid_fra, d.senere, d.udloebet) for d in domme] == [
        (Filtilstand.GYLDIG, "tidsstempel", "FORM_FILLING", True),
        (Filtilstand.GYLDIG, "tidsstempel", "LTA_UPDATES", True),
    ]


def test_without_a_clock_the_time_is_only_what_the_signer_says():
    dom = valider(s.skriv_under(s.papir()), s.roedder(), nu=s.NU + 5 * s.AAR)[0]
    assert (dom.tilstand, dom.tid_fra, dom.udloebet) == (Filtilstand.GYLDIG, "oplyst", True)


def test_a_clock_that_is_not_trusted_proves_nothing():
    pdf = s.skriv_under(s.papir(), tid=s.ur(til=s.NU + s.AAR))
    assert valider(pdf, s.roedder(), nu=s.NU + 5 * s.AAR)[0].tid_fra == "oplyst"


# --- what is caught -------------------------------------------------------------------------------------------------


def uden_for_underskrifterne(pdf: bytes) -> list[range]:
    """Where the first signature covers the file: everything up to its own bytes."""
    return range(pdf.index(b"/Contents <"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_flipped_bit_is_found_wherever_it_is(data):
    pdf = s.to_underskrifter()
    plads = data.draw(st.sampled_from(uden_for_underskrifterne(pdf)))
    try:
        domme = valider(s.vend_byte(pdf, plads), s.roedder())
    except Afvist:
        domme = []  # so broken that it cannot be read
    assert not any(dom.gyldig for dom in domme)


def test_a_flipped_bit_in_the_words_breaks_both(tmp_path):
    pdf = s.vend_byte(s.to_underskrifter(), s.to_underskrifter().index(b"stream") + 30)
    assert [tilstand for tilstand, _ in tilstande(pdf)] == [Filtilstand.BRUDT, Filtilstand.BRUDT]
    with pytest.raises(Afvist, match="er brudt") as fejl:
        tjek_underskrifter(valider(pdf, s.roedder()))
    assert fejl.value.dom is Dom.BRUDT


def test_content_added_afterwards_is_found_where_the_signature_alone_says_nothing(tmp_path):
    pdf = s.tilfoej_indhold(s.to_underskrifter())
    assert pdfsig(pdf, tmp_path) == ["Signature is Valid."] * 2
    assert tilstande(pdf) == [(Filtilstand.AENDRET, "OTHER")] * 2


def test_a_signature_that_was_taken_off_leaves_no_trace_in_the_file():
    """So the record of who has signed, and the hash of every file, are kept in the database."""
    foerste = s.skriv_under(s.papir())
    strippet = s.skriv_under(foerste)[: len(foerste)]
    assert tilstande(strippet) == [(Filtilstand.GYLDIG, "NONE")]


def test_an_unknown_certificate_is_told_apart():
    pdf = s.skriv_under(s.papir(), nogle=s.noegle(ukendt=True))
    dom = valider(pdf, s.roedder())[0]
    assert (dom.tilstand, dom.besked) == (
        Filtilstand.UKENDT,
        "Underskriften fra Formand A, Demo er lavet med et certifikat, som ikke er udstedt af nogen, vi kender "
        "(En anden myndighed).",
    )
    with pytest.raises(Afvist) as fejl:
        tjek_underskrifter([dom])
    assert fejl.value.dom is Dom.UKENDT_CERTIFIKAT


def test_a_certificate_that_had_run_out_when_it_was_used_is_told_apart():
    udloebet = s.noegle(fra=s.NU - 2 * s.AAR, til=s.NU - s.AAR)
    assert tilstande(s.skriv_under(s.papir(), nogle=udloebet)) == [(Filtilstand.UGYLDIG, "NONE")]


def test_no_signature_is_no_signature():
    assert valider(s.papir(), s.roedder()) == []
    with pytest.raises(Afvist) as fejl:
        tjek_underskrifter([])
    assert fejl.value.dom is Dom.UDEN_UNDERSKRIFT


def test_pyhanko_is_quiet_about_what_does_not_hold(capfd):
    valider(s.tilfoej_indhold(s.to_underskrifter()), s.roedder())
    valider(s.skriv_under(s.papir(), nogle=s.noegle(ukendt=True)), s.roedder())
    assert capfd.readouterr() == ("", "")
    assert not logging.getLogger("pyhanko.sign.validation").isEnabledFor(logging.ERROR)


def test_content_put_in_before_the_first_signature_is_found_only_by_comparing():
    lappet = s.skriv_under(s.tilfoej_indhold(s.papir()))
    assert tilstande(lappet) == [(Filtilstand.GYLDIG, "NONE")]
    assert kun_underskrifter_siden(lappet, s.papir()) is False
    assert kun_underskrifter_siden(s.to_underskrifter(), s.papir()) is True
    assert kun_underskrifter_siden(s.skriv_under(s.papir(), tid=s.ur()), s.papir()) is True
    assert kun_underskrifter_siden(s.papir()[:200], s.papir()) is False


# --- a stranger's file ------------------------------------------------------------------------------------------------


def test_a_strangers_file_is_read_apart_with_the_same_answer():
    svar = undersoeg(s.to_underskrifter(), s.roedder())
    assert (svar.dokument_id, svar.fil_id) == (s.DOKUMENT_ID, modtag.fil_id(s.papir()))
    assert svar.domme == tuple(valider(s.to_underskrifter(), s.roedder()))


@pytest.mark.parametrize(
    ("data", "dom"), [(b"", Dom.TOM), (b"tekst", Dom.IKKE_PDF), (b"%PDF-1.7 og saa ikke mere", Dom.ULAESELIG)]
)
def test_a_strangers_file_may_be_no_paper(data, dom):
    with pytest.raises(Afvist) as fejl:
        undersoeg(data, s.roedder())
    assert fejl.value.dom is dom


def test_a_file_that_takes_too_long_is_given_up():
    with pytest.raises(Afvist) as fejl:
        undersoeg(s.papir(), s.roedder(), sekunder=0.01)
    assert fejl.value.dom is Dom.FOR_TUNG


# --- files handed in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lav", "dom"),
    [
        (lambda: b"", Dom.TOM),
        (lambda: b"Kaere sekretariat", Dom.IKKE_PDF),
        (lambda: b"PK\x03\x04" + bytes(2000), Dom.IKKE_PDF),
        (lambda: s.papir() + bytes(26 * 1024 * 1024), Dom.FOR_STOR),
        (lambda: s.krypteret(s.papir()), Dom.KRYPTERET),
        (lambda: s.krypteret(s.papir(), "hemmelig"), Dom.KRYPTERET),
        (lambda: s.med_script(s.papir()), Dom.SCRIPT),
        (lambda: b"%PDF-1.7\nog ikke mere", Dom.ULAESELIG),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(lav, dom):
    with pytest.raises(Afvist) as fejl:
        modtag.tjek_fil(lav())
    assert fejl.value.dom is dom


def test_the_limit_is_said_in_the_message():
    with pytest.raises(Afvist, match=r"^Filen fylder 2,0 MB\. Den må højst fylde 1,0 MB\.$"):
        modtag.tjek_fil(b"%PDF-" + bytes(2 * 1024 * 1024), graense=1024 * 1024)


def test_scripts_are_found_wherever_they_are_put():
    def i_et_felt(dokument):
        handling = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
        dokument.pages[0].obj.AA = pikepdf.Dictionary(O=handling)

    with pytest.raises(Afvist) as fejl:
        modtag.tjek_fil(s._gem(s.papir(), i_et_felt))
    assert fejl.value.dom is Dom.SCRIPT


@pytest.mark.parametrize("lav", [s.papir, s.to_underskrifter, lambda: s.stemplet(s.papir())])
def test_our_own_papers_are_taken(lav):
    modtag.tjek_fil(lav())


def test_a_file_continues_the_newest_one():
    foerste = s.skriv_under(s.papir())
    assert modtag.bygger_paa(s.skriv_under(foerste), s.papir(), foerste) is True
    assert modtag.bygger_paa(s.papir("Noget andet"), s.papir(), foerste) is False
    with pytest.raises(Afvist) as fejl:
        modtag.bygger_paa(s.skriv_under(s.papir()), s.papir(), foerste)
    assert fejl.value.dom is Dom.FORAELDET


# --- the installation's keys ----------------------------------------------------------------------------------------


@pytest.fixture
def pkcs12(tmp_path):
    def gem(nogle=None, kode=b"hemmelig"):
        sti = tmp_path / "segl.p12"
        sti.write_bytes((nogle or s.noegle()).pkcs12(kode, kaede=(s.myndighed(),)))
        return str(sti)

    return gem


def test_the_demos_authority_is_made_once_and_its_keys_are_the_owners_alone(settings, tmp_path):
    mappe = tmp_path / "ny"
    with s.opsaetning(settings, DEMOMAPPE=mappe):
        with seglet() as foerste:
            pdf = underskriv(s.papir(), segl=foerste, tekst=s.TEKST)
        filer = {fil.name: fil.read_bytes() for fil in mappe.iterdir()}
        with seglet() as andet:
            assert valider(pdf, andet.roedder)[0].gyldig
        assert {fil.name: fil.read_bytes() for fil in mappe.iterdir()} == filer
    assert set(filer) == {testmyndighed.PKCS12, testmyndighed.ROD}
    assert (mappe / testmyndighed.PKCS12).stat().st_mode & 0o077 == 0


def test_a_file_with_a_key_is_used_with_its_password(settings, pkcs12):
    with s.opsaetning(settings, PKCS12=pkcs12(), PKCS12_KODE="hemmelig"), seglet() as valgt:
        assert valgt.navn == "Helhedsplan Demo-segl"
        pdf = underskriv(s.papir(), segl=valgt, tekst=s.TEKST)
    assert tilstande(pdf) == [(Filtilstand.GYLDIG, "NONE")]


@pytest.mark.parametrize(
    ("valg", "besked"),
    [
        ({"PKCS12_KODE": "forkert"}, "kan ikke åbnes med den adgangskode"),
        ({"PKCS12": "/findes/ikke.p12"}, "kan ikke læses"),
        ({"PKCS12": __file__}, "kan ikke åbnes"),
        ({"ROEDDER": ["/findes/ikke.pem"]}, "udstedere, der skal stoles på, kan ikke læses"),
    ],
)
def test_a_fault_in_the_setup_is_said(settings, pkcs12, valg, besked):
    with (
        s.opsaetning(settings, **{"PKCS12": pkcs12(), "PKCS12_KODE": "hemmelig"} | valg),
        pytest.raises(KanIkkeUnderskrive, match=besked),
        seglet(),
    ):
        pass


def test_an_expired_key_does_not_sign(settings, pkcs12):
    udloebet = s.noegle(fra=s.NU - 2 * s.AAR, til=s.NU - s.AAR)
    with (
        s.opsaetning(settings, PKCS12=pkcs12(udloebet), PKCS12_KODE="hemmelig"),
        pytest.raises(KanIkkeUnderskrive, match=r"^Certifikatet til underskrifter udløb \d"),
        seglet(),
    ):
        pass


def test_without_any_key_the_message_says_where_to_look(settings):
    settings.LOKAL = False
    with (
        s.opsaetning(settings),
        pytest.raises(KanIkkeUnderskrive, match=r"ikke sat noget certifikat op.*docs/underskrift\.md"),
        seglet(),
    ):
        pass


def test_a_clock_that_does_not_answer_leaves_the_file_alone():
    from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

    with pytest.raises(KanIkkeUnderskrive, match="Tidsstempeltjenesten svarer ikke"):
        s.skriv_under(s.papir(), tid=HTTPTimeStamper("http://127.0.0.1:9/", timeout=1))


def test_a_long_identifier_is_read_although_it_is_broken_over_lines():
    langt = "boligsocial-helhedsplan-for-et-meget-langt-omraadenavn-2025-2029/delaftale/uddannelse-og-livschancer"
    langt += "-for-boern-og-unge/u12-0123456789ab"
    assert modtag.laes_indhold(s.papir(dokument_id=langt)).dokument_id == {langt}


def test_an_edition_is_known_by_its_id_however_a_text_layer_spells_it(db):
    udgave = lav_sag().udgave
    eget = udgave.dokument_id
    spelt = (eget, eget.replace("delaftale", "delaf-tale"), eget.replace("u1-", "u1"), f"{eget}side1")
    assert [kendt_udgave(i, b"") for i in spelt] == [udgave] * 4
    fil = modtag.filens_id(eget)
    # Another id to its end is another paper, whatever the file says of itself.
    assert [kendt_udgave(i, fil) for i in ("", eget[:-5], "fremmed/delaftale/x/u1-ffffffffffff")] == [
        udgave,
        udgave,
        None,
    ]


@pytest.mark.parametrize(
    ("staar", "kladde"), [("fremmed/delaftale/x/u1-ffffffffffff", True), ("12345", False), ("fremmed/sag-12", False)]
)
def test_only_an_id_like_ours_makes_a_strangers_file_a_draft(db, staar, kladde):
    svar = verificer(s.papir(dokument_id=staar))
    assert (svar.udfald, "kladde" in svar.besked) == ("ukendt", kladde)


def test_reading_an_identifier_out_of_rubbish_gives_nothing():
    assert modtag.fil_id(b"ikke en PDF") == b""
    assert modtag.trykt_id(b"ikke en PDF") == ""
    assert modtag.laes_indhold(s.papir()).dokument_id == {s.DOKUMENT_ID}
    with pytest.raises(Afvist):
        modtag.laes_indhold(io.BytesIO(b"%PDF-1.7 ikke").getvalue())


def test_what_is_said_of_a_signature_holds_no_part_of_the_file():
    """A string of the reader's leads to the whole file, and copying it took longer than judging eight signatures."""
    domme = valider(s.to_underskrifter(), s.roedder())
    assert {type(v) for dom in domme for v in vars(dom).values() if isinstance(v, str)} == {str, Filtilstand}
