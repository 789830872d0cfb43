"""What anybody can learn about a file, and what not."""

import json
import re
from datetime import date
from io import StringIO

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from dokumenter.actions.underskrift import modtag_scannet, traek_scan, underskriv
from dokumenter.models import Filrevision, Udgave
from dokumenter.verificering import Udfald, slaa_op, verificer
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.dokumenter import signering as s
from tests.dokumenter.underskriftsdata import sag as lav_sag


@pytest.fixture(autouse=True)
def _uden_tidligere_forsoeg():
    caches["sider"].clear()


@pytest.fixture
def sag(db):
    sag = lav_sag()
    for nr in (0, 1):
        egen = sag.frisk(nr)
        underskriv(bruger=egen.bruger, underskriver=egen)
    return sag


def test_the_newest_file_is_whole_and_its_signers_named(sag):
    svar = verificer(sag.bytes())
    assert (svar.udfald, svar.er_i_orden) == (Udfald.UAENDRET, True)
    assert [(dom.navn, dom.gyldig) for dom in svar.underskrifter] == [
        ("Formand A, Demo", True),
        ("Direktør B, Demo", True),
    ]
    d = svar.dokument
    assert (d.plan, d.dokument, d.udgave) == (sag.plan.navn, "Delaftale: Uddannelse", 1)
    assert [(u.part, u.navn, u.dato is not None, u.metode) for u in d.underskrifter] == [
        ("Prøve Kommune", "Formand A, Demo", True, "I programmet"),
        ("Boligforeningen Prøve", "Direktør B, Demo", True, "I programmet"),
    ]


def test_a_file_that_lost_its_last_signature_is_found_by_the_record(sag):
    svar = verificer(sag.bytes(1))
    assert svar.udfald == Udfald.MANGLER
    assert svar.besked == (
        "Ikke en byte er ændret, men Boligforeningen Prøve har skrevet under siden. Hent den nyeste fil."
    )
    assert svar.er_i_orden is False
    assert verificer(sag.bytes(0)).besked.startswith(
        "Ikke en byte er ændret, men Prøve Kommune og Boligforeningen Prøve har skrevet under siden."
    )


@pytest.mark.parametrize("hvor", [lambda pdf: 20, lambda pdf: pdf.index(b"stream") + 30, lambda pdf: len(pdf) - 20])
def test_one_changed_byte_is_found_wherever_it_is(sag, hvor):
    pdf = sag.bytes()
    svar = verificer(s.vend_byte(pdf, hvor(pdf)))
    assert svar.udfald in {Udfald.AENDRET, Udfald.ULAESELIG}
    assert svar.er_i_orden is False


def test_a_changed_byte_in_the_words_names_the_document_and_the_broken_signatures(sag):
    pdf = sag.bytes()
    svar = verificer(s.vend_byte(pdf, pdf.index(b"stream") + 30))
    assert (svar.udfald, svar.dokument.udgave) == (Udfald.AENDRET, 1)
    assert [dom.gyldig for dom in svar.underskrifter] == [False, False]


def test_a_changed_byte_in_the_padding_of_a_signature_is_found_by_the_record(sag):
    """Zeroes that no signature covers: only the hash of the whole file tells."""
    pdf = sag.bytes()
    nul = pdf.index(b"0000000000>")
    svar = verificer(pdf[:nul] + b"1" + pdf[nul + 1 :])
    assert svar.udfald in {Udfald.AENDRET, Udfald.ULAESELIG}


def test_content_added_afterwards_is_found(sag):
    svar = verificer(s.tilfoej_indhold(sag.bytes()))
    assert svar.udfald == Udfald.TILFOEJET
    assert [dom.tilstand.value for dom in svar.underskrifter] == ["aendret", "aendret"]


def test_a_forgery_and_an_unknown_clock_are_told_apart_in_the_first_line(client, sag):
    """Also when the forgery has got the clock's timestamp besides."""
    stemplet, forfalsket = s.fremmed_tidsstempel(sag.bytes()), s.tilfoej_indhold(sag.bytes())
    for fil, farve, overskrift in (
        (stemplet, "warning", "Kun et tidsstempel er lagt til, fra et ur vi ikke kender"),
        (forfalsket, "error", "Stol ikke på filen: der er lagt noget til"),
        (s.fremmed_tidsstempel(forfalsket), "error", "Stol ikke på filen: der er lagt noget til"),
        (s.fremmed_tidsstempel(s.skriv_under(sag.bytes())), "error", "Stol ikke på filen: der er lagt noget til"),
    ):
        tekst = send(client, fil).content.decode()
        assert re.findall(r'alert-heading" id="svar">([^<]*)<', tekst) == [overskrift]
        assert f"alert-{farve}" in tekst
    svar = verificer(stemplet)
    assert (svar.udfald, svar.er_i_orden) == (Udfald.UKENDT_UR, False)
    assert "Urets udsteder er En anden myndighed." in svar.besked


def test_a_signature_that_is_not_kept_is_no_timestamp(db):
    """And a timestamp on a file without signatures says nothing of what stood there when it was signed."""
    udstedt = lav_sag().bytes()
    assert verificer(s.fremmed_tidsstempel(udstedt)).udfald == Udfald.TILFOEJET
    assert verificer(s.fremmed_tidsstempel(s.skriv_under(udstedt))).udfald == Udfald.TILFOEJET


def test_a_signature_more_than_those_kept_is_no_timestamp(db):
    sag = lav_sag()
    egen = sag.frisk(0)
    underskriv(bruger=egen.bruger, underskriver=egen)
    fil = s.skriv_under(sag.bytes(), "Direktør B, Demo")
    assert verificer(s.fremmed_tidsstempel(fil)).udfald == Udfald.TILFOEJET


def test_a_whole_file_with_a_signature_that_does_not_hold_is_not_called_genuine(sag, monkeypatch):
    monkeypatch.setattr("dokumenter.verificering.roedder", list)
    svar = verificer(sag.bytes())
    assert (svar.udfald, svar.er_i_orden) == (Udfald.UAENDRET, False)
    assert svar.overskrift == "Filen er uændret, men en underskrift i den holder ikke"


def test_a_strangers_file_and_a_draft_are_not_ours(db):
    assert verificer(s.med_andet_id()).besked.startswith("Filen er ikke lavet her")
    assert verificer(s.papir()).besked.startswith("Der står et dokument-id på filen, men ingen udgave har det")
    assert {verificer(data).udfald for data in (s.med_andet_id(), s.papir())} == {Udfald.UKENDT}


@pytest.mark.parametrize(
    ("data", "besked"),
    [
        (b"", "Filen er tom."),
        (b"Kaere", "Filen er ikke en PDF."),
        (b"%PDF-1.7 og ikke mere", "PDF-filen er beskadiget og kan ikke læses."),
    ],
)
def test_what_cannot_be_read_says_why(db, data, besked):
    svar = verificer(data)
    assert (svar.udfald, svar.besked) == (Udfald.ULAESELIG, besked)


def test_a_superseded_edition_says_by_what(db):
    plan = f.HelhedsplanFactory()
    gammel = lav_sag(plan=plan, ikraft=plan.periode_fra)
    lav_sag(plan=plan, nummer=2, ikraft=date(plan.periode_fra.year + 1, 1, 1))
    svar = verificer(gammel.bytes())
    assert (svar.udfald, svar.dokument.tilstand, svar.er_i_orden) == (Udfald.ERSTATTET, "Erstattet", False)
    assert svar.besked.startswith("Udgave 1 gælder ikke længere. Den er erstattet af udgave 2.")
    assert (svar.dokument.erstattet_af, svar.dokument.erstattet_fra) == (2, date(plan.periode_fra.year + 1, 1, 1))


def test_a_withdrawn_edition_is_first_of_all_withdrawn(sag, tmp_path):
    assert verificer(sag.bytes()).er_i_orden
    Udgave.objects.filter(pk=sag.udgave.pk).update(trukket="2026-03-01T12:00:00Z", trukket_grund="Hemmelig.")
    svar = verificer(sag.bytes())
    assert (svar.udfald, svar.er_i_orden) == (Udfald.UDGAVEN_TRUKKET, False)
    assert svar.besked.startswith("Udgave 1 er trukket tilbage 1. marts 2026 og gælder ikke.")
    assert kommando(tmp_path, sag.bytes())[0] == 1


def test_a_scan_is_known_by_its_bytes(db):
    sag = lav_sag()
    data = s.scannet(s.papir("Et scannet papir.", sag.udgave.dokument_id))
    modtag_scannet(
        bruger=sag.leder,
        udgave=sag.udgave,
        underskrivere=sag.underskrivere,
        data=data,
        dato=date(2026, 2, 1),
        laest_id=sag.udgave.dokument_id[-12:],
    )
    svar = verificer(data)
    assert (svar.udfald, svar.er_i_orden, svar.underskrifter) == (Udfald.SCANNET, False, ())
    assert "ægte" not in svar.overskrift
    assert verificer(sag.bytes(0)).udfald == Udfald.UAENDRET
    traek_scan(bruger=sag.leder, udgave=sag.udgave, fil=sag.filer()[-1], grund="Det forkerte papir er scannet.")
    svar = verificer(data)
    assert (svar.udfald, svar.er_i_orden) == (Udfald.TRUKKET, False)
    assert "trukket tilbage" in svar.besked
    assert all(u.dato is None for u in svar.dokument.underskrifter)


def test_an_id_is_looked_up_as_it_stands_on_the_paper(sag):
    svar = slaa_op(sag.udgave.dokument_id)
    assert (svar.udfald, svar.dokument.dokument_id) == (Udfald.OPSLAG, sag.udgave.dokument_id)
    assert slaa_op(sag.udgave.dokument_id[:-1] + "x") is None


# --- the page ---------------------------------------------------------------------------------------------------------


def send(client, data: bytes, navn: str = "aftale.pdf"):
    fil = SimpleUploadedFile(navn, data, content_type="application/pdf")
    return client.post(reverse("verificer"), {"fil": fil})


def test_the_page_needs_no_login_and_keeps_nothing(client, sag):
    foer = (Filrevision.objects.count(), Haendelse.objects.count(), Udgave.objects.count())
    svar = send(client, sag.bytes())
    tekst = svar.content.decode()
    assert svar.status_code == 200
    assert "Filen er ægte og uændret" in tekst
    assert "Direktør B, Demo" in tekst
    assert (Filrevision.objects.count(), Haendelse.objects.count(), Udgave.objects.count()) == foer
    assert "sessionid" not in svar.cookies
    assert "helhedsplan_session" not in svar.cookies


def test_the_page_says_no_more_than_the_document(client, db):
    """Neither why an edition was withdrawn, nor accounts, decisions or other documents of the plan."""
    sag = lav_sag(trukket="2026-03-01T12:00:00Z", trukket_grund="Hemmelig grund", resume="Hemmeligt resumé")
    f.GodkendelseFactory(udgave=sag.udgave, note="Hemmelig note", reference="Hemmelig reference")
    f.UdgaveFactory(plan=sag.plan, art="budget", emne="hemmeligt", titel="Hemmeligt budget")
    for svar in (send(client, sag.bytes()), client.get(reverse("verificer-id", args=[sag.udgave.dokument_id]))):
        tekst = svar.content.decode()
        assert "Trukket tilbage" in tekst
        assert "emmelig" not in tekst
        assert sag.underskrivere[0].bruger.email not in tekst


def test_a_changed_file_is_told_on_the_page(client, sag):
    pdf = sag.bytes()
    tekst = send(client, s.vend_byte(pdf, pdf.index(b"stream") + 30)).content.decode()
    assert "Stol ikke på filen: den er ændret" in tekst
    assert "er brudt: filen er ændret, efter at der blev skrevet under" in tekst


def test_no_file_is_said_at_the_field(client, db):
    svar = client.post(reverse("verificer"), {})
    assert svar.status_code == 422
    assert "Vælg en fil." in svar.content.decode()


def test_too_large_is_said_before_it_is_read(client, db):
    svar = client.post(reverse("verificer"), {}, headers={"content-length": str(30 * 1024 * 1024)})
    assert svar.status_code == 413
    assert "Filen er for stor" in svar.content.decode()


def test_too_many_from_one_place_wait(client, db):
    svar = [send(client, b"tekst").status_code for _ in range(21)]
    assert svar == [200] * 20 + [429]


def test_unknown_id_is_not_found(client, db):
    assert client.get(reverse("verificer-id", args=["plan/delaftale/u1-0123456789ab"])).status_code == 404


# --- the command -----------------------------------------------------------------------------------------------------


def kommando(tmp_path, data: bytes, *valg: str) -> tuple[int, str]:
    fil, ud = tmp_path / "fil.pdf", StringIO()
    fil.write_bytes(data)
    try:
        call_command("verificer", str(fil), *valg, stdout=ud, stderr=ud)
    except SystemExit as slut:
        return slut.code, ud.getvalue()
    return 0, ud.getvalue()


def test_the_command_tells_by_its_exit_code(sag, tmp_path):
    kode, ud = kommando(tmp_path, sag.bytes(), "--json")
    svar = json.loads(ud)
    assert (kode, svar["udfald"], svar["i_orden"]) == (0, "uaendret", True)
    assert svar["dokument"]["dokument_id"] == sag.udgave.dokument_id
    assert [u["navn"] for u in svar["underskrifter_i_filen"]] == ["Formand A, Demo", "Direktør B, Demo"]
    assert kommando(tmp_path, sag.bytes(0))[0] == 1
    pdf = sag.bytes()
    kode, ud = kommando(tmp_path, s.vend_byte(pdf, pdf.index(b"stream") + 30), "--json")
    assert (kode, json.loads(ud)["udfald"]) == (1, "aendret")
    assert kommando(tmp_path, b"ikke en PDF") == (2, "Filen kan ikke læses. Filen er ikke en PDF.\n")


def test_the_command_says_it_in_words_too(sag, tmp_path):
    kode, ud = kommando(tmp_path, sag.bytes())
    assert kode == 0
    assert ud.splitlines()[:3] == [
        "Filen er ægte og uændret. Ikke en byte er ændret, siden filen blev gemt her.",
        f"{sag.plan.navn}: Delaftale: Uddannelse, udgave 1 ({sag.udgave.dokument_id})",
        "  Prøve Kommune: Formand A, Demo, underskrevet (I programmet)",
    ]


def test_the_command_says_a_signer_without_a_name_by_the_party_alone(sag, tmp_path):
    sag.udgave.underskrivere.filter(navn="Formand A, Demo").update(navn="")
    assert "  Prøve Kommune: underskrevet (I programmet)" in kommando(tmp_path, sag.bytes())[1].splitlines()


def test_a_file_that_is_not_there_is_said(db, capsys):
    with pytest.raises(SystemExit) as slut:
        call_command("verificer", "/findes/ikke.pdf")
    assert slut.value.code == 2
