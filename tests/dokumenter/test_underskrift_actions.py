"""Signing an edition: three ways, one state per party, and nothing half done."""

import io
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.core import mail
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from dokumenter.actions import underskrift as underskriftsactions
from dokumenter.actions.underskrift import (
    modtag_ekstern,
    modtag_scannet,
    paamind,
    traek_scan,
    underskriv,
    vaelg_underskriver,
)
from dokumenter.models import Filrevision, Udgave, Underskriver
from dokumenter.queries.underskrift import tavle, venter_paa
from dokumenter.underskrift import ens, ens_skjult, modtag
from dokumenter.underskrift.certifikater import roedder
from dokumenter.underskrift.loekke import i_egen_loekke
from dokumenter.underskrift.valider import valider
from dokumenter.verificering import verificer
from helhedsplan import underproces
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.dokumenter import signering as s
from tests.dokumenter.test_ens import gemt_om, skrevet_paa
from tests.dokumenter.underskriftsdata import sag as lav_sag
from tests.samtidighed import samtidigt


@pytest.fixture
def sag(db):
    return lav_sag()


@pytest.fixture
def egne_noegler(settings, tmp_path):
    """The site signs with the tests' own key and trusts their authority."""
    (tmp_path / "segl.p12").write_bytes(s.noegle().pkcs12(b"hemmelig", kaede=(s.myndighed(),)))
    (tmp_path / "rod.pem").write_bytes(s.myndighed().pem())
    valg = {"PKCS12": str(tmp_path / "segl.p12"), "PKCS12_KODE": "hemmelig", "ROEDDER": [str(tmp_path / "rod.pem")]}
    with s.opsaetning(settings, **valg):
        yield


def skriv(sag, nr: int = 0) -> Filrevision:
    underskriver = sag.frisk(nr)
    return underskriv(bruger=underskriver.bruger, underskriver=underskriver)


def stand(sag) -> tuple:
    """What the record holds of the edition."""
    return (
        [(fil.nummer, fil.art, fil.sha256) for fil in sag.filer()],
        list(Underskriver.objects.filter(udgave=sag.udgave).values_list("metode", "underskrevet", "filrevision")),
        Haendelse.objects.count(),
    )


# --- in the program -------------------------------------------------------------------------------------------------


def test_two_parties_sign_one_after_the_other(sag, egne_noegler):
    foerste, anden = skriv(sag, 1), skriv(sag, 0)
    assert [(fil.nummer, fil.art, fil.foer_id) for fil in sag.filer()] == [
        (1, "udstedt", None),
        (2, "underskrevet", sag.filer()[0].pk),
        (3, "underskrevet", foerste.pk),
    ]
    assert sag.bytes(2).startswith(sag.bytes(1))
    assert sag.bytes(1).startswith(sag.bytes(0))
    domme = valider(sag.bytes(), roedder())
    assert [(d.navn, d.grund, d.gyldig) for d in domme] == [
        ("Direktør B, Demo", "Underskriver Delaftale: Uddannelse, udgave 1, for Boligforeningen Prøve", True),
        ("Formand A, Demo", "Underskriver Delaftale: Uddannelse, udgave 1, for Prøve Kommune", True),
    ]
    egen = sag.frisk(0)
    assert (egen.metode, egen.filrevision, egen.version) == ("program", anden, 2)
    assert timezone.now() - egen.underskrevet < timedelta(minutes=1)
    assert tavle(Udgave.objects.get(pk=sag.udgave.pk)).mangler == ()


def test_each_signature_is_in_the_log(sag):
    skriv(sag)
    handlinger = Haendelse.objects.filter(kaede=sag.plan.noegle).order_by("pk").values_list("handling", "bruger_navn")
    assert list(handlinger) == [("oprettet", "Formand A, Demo"), ("underskrevet", "Formand A, Demo")]


def test_one_signs_only_for_ones_own_party_and_once(sag):
    with pytest.raises(PermissionDenied):
        underskriv(bruger=sag.underskrivere[1].bruger, underskriver=sag.frisk(0))
    with pytest.raises(PermissionDenied):
        underskriv(bruger=sag.leder, underskriver=sag.frisk(0))
    skriv(sag)
    foer = stand(sag)
    with pytest.raises(ValidationError, match="Prøve Kommune har allerede skrevet under"):
        skriv(sag)
    assert stand(sag) == foer


def test_one_who_is_no_longer_in_the_plan_signs_nothing(sag):
    sag.plan.medlemskaber.filter(bruger=sag.underskrivere[0].bruger).delete()
    with pytest.raises(PermissionDenied):
        skriv(sag)


@pytest.mark.parametrize(
    ("goer", "besked"),
    [
        (lambda sag: None, "Udgaven skal først godkendes af bestyrelsen"),
        (lambda sag: f.GodkendelseFactory(udgave=sag.udgave, resultat="afvist"), "Udgaven er afvist"),
        (lambda sag: f.GodkendelseFactory(udgave=sag.udgave, niveau=1), "Udgaven skal først godkendes af bestyrelsen"),
        (
            lambda sag: f.GodkendelseFactory(udgave=sag.udgave, pdf_sha256="0" * 64),
            "Udgaven skal først godkendes af bestyrelsen",
        ),
    ],
)
def test_nothing_is_signed_before_the_decision_on_those_very_bytes(db, goer, besked):
    sag = lav_sag(godkendt=False)
    goer(sag)
    foer = stand(sag)
    with pytest.raises(ValidationError, match=besked):
        skriv(sag)
    with pytest.raises(ValidationError, match=besked):
        modtag_scannet(**blaek(sag))
    with pytest.raises(ValidationError, match=besked):
        modtag_ekstern(bruger=sag.leder, udgave=sag.udgave, underskrivere=sag.underskrivere[:1], data=b"")
    assert stand(sag) == foer


def test_what_is_withdrawn_or_needs_no_signature_is_not_signed(db):
    trukket = lav_sag(trukket=timezone.now(), trukket_grund="Fejl i tabellen")
    with pytest.raises(ValidationError, match="trukket tilbage"):
        skriv(trukket)
    with pytest.raises(ValidationError, match="skal ikke underskrives"):
        skriv(lav_sag(kraever_underskrift=False))


def test_a_set_order_is_kept(sag):
    for nr, orden in ((0, 2), (1, 1)):
        vaelg_underskriver(bruger=sag.leder, underskriver=sag.frisk(nr), felter={"orden": orden}, version=1)
    with pytest.raises(ValidationError, match="Venter på Boligforeningen Prøve"):
        skriv(sag, 0)
    skriv(sag, 1)
    skriv(sag, 0)
    assert tavle(Udgave.objects.get(pk=sag.udgave.pk)).mangler == ()


def test_without_a_working_certificate_nothing_is_changed(sag, settings, tmp_path):
    udloebet = s.noegle(fra=s.NU - 2 * s.AAR, til=s.NU - s.AAR)
    (tmp_path / "gammel.p12").write_bytes(udloebet.pkcs12(b"hemmelig"))
    foer = stand(sag)
    with (
        s.opsaetning(settings, PKCS12=str(tmp_path / "gammel.p12"), PKCS12_KODE="hemmelig"),
        pytest.raises(ValidationError, match="Certifikatet til underskrifter udløb"),
    ):
        skriv(sag)
    assert stand(sag) == foer


def test_a_file_that_was_changed_in_storage_is_not_signed(sag):
    fil = sag.filer()[0]
    sti, data = Path(fil.fil.path), sag.bytes()
    sti.write_bytes(s.vend_byte(data, 100))
    with pytest.raises(ValidationError, match="ikke den, der blev gemt"):
        skriv(sag)
    sti.write_bytes(data)
    assert len(sag.filer()) == 1


# --- at a service outside -------------------------------------------------------------------------------------------


def ekstern(sag, data: bytes, *nr: int) -> Filrevision:
    udgave = Udgave.objects.select_related("plan").get(pk=sag.udgave.pk)
    valgte = [sag.frisk(n) for n in nr or (0,)]
    return modtag_ekstern(bruger=sag.leder, udgave=udgave, underskrivere=valgte, data=data)


def test_a_file_signed_outside_by_both_is_taken(sag, egne_noegler):
    data = s.skriv_under(s.skriv_under(sag.bytes()), "Direktør B, Demo")
    fil = ekstern(sag, data, 0, 1)
    assert (fil.art, sag.bytes()) == ("underskrevet", data)
    assert [(sag.frisk(n).metode, sag.frisk(n).filrevision) for n in (0, 1)] == [("ekstern", fil)] * 2


def test_outside_and_in_the_program_make_one_chain(sag, egne_noegler):
    ekstern(sag, s.skriv_under(sag.bytes()), 0)
    skriv(sag, 1)
    assert [dom.gyldig for dom in valider(sag.bytes(), roedder())] == [True, True]
    assert [fil.art for fil in sag.filer()] == ["udstedt", "underskrevet", "underskrevet"]


RAND = "- navn: Randstempel\n  stempel: 'Penneo dokumentnøgle: *'\n  stempel_mm: 8\n"


@pytest.fixture
def saet_op(settings, egne_noegler, tmp_path):
    """saet_op(yaml): the signing services that the installation knows. Undone before the keys are."""
    filer = iter(range(9))
    with ExitStack() as stak:

        def gem(tekst):
            fil = tmp_path / f"tjenester-{next(filer)}.yaml"
            fil.write_text(tekst)
            stak.enter_context(override_settings(UNDERSKRIFT=settings.UNDERSKRIFT | {"TJENESTER": str(fil)}))

        yield gem


def stemplet(sag) -> bytes:
    return s.skriv_under(skrevet_paa(sag.bytes(), "Penneo dokumentnøgle: AB12-CD", -1, 60, 10))


def test_a_file_that_is_written_anew_and_is_the_same_is_taken(sag, egne_noegler):
    fil = ekstern(sag, s.skriv_under(gemt_om(sag.bytes())))
    assert (fil.art, fil.tjeneste, fil.tilfoejet) == (
        "stemplet",
        "",
        ["Underskriften »Formand A, Demo« siger selv: grund »Underskriver for en part«."],
    )
    skriv(sag, 1)
    assert sag.bytes(2).startswith(sag.bytes(1))


def test_a_file_that_is_written_anew_is_taken_although_its_id_is_broken_over_lines(db, egne_noegler):
    sag = lav_sag(plan=f.HelhedsplanFactory(noegle="helhedsplan-for-et-langt-navn-2025-2029"))
    (foerste, *_) = pdfium.PdfDocument(sag.bytes())
    assert "/\r\nu1-" in foerste.get_textpage().get_text_range()
    anden = lav_sag(plan=f.HelhedsplanFactory(noegle="helhedsplan-for-et-andet-navn-2025-2029"))
    with pytest.raises(ValidationError, match="På den står dokument-id helhedsplan-for-et-andet-navn") as fejl:
        ekstern(sag, s.skriv_under(gemt_om(anden.bytes())))
    assert fejl.value.error_dict["fil"][0].code == "ANDEN_UDGAVE"
    data = s.skriv_under(gemt_om(sag.bytes()))
    assert (svar := verificer(data)).udfald == "aendret"
    assert svar.dokument.dokument_id == sag.udgave.dokument_id
    assert ekstern(sag, data).art == "stemplet"


def fortsat_med_fil(pdf: bytes) -> bytes:
    """A file put in by a program that continues the file and writes its catalogue anew."""
    from pypdf import PdfWriter

    skriver = PdfWriter(io.BytesIO(pdf), incremental=True)
    skriver.add_attachment("x.txt", b"9 mio.")
    ud = io.BytesIO()
    skriver.write(ud)
    return ud.getvalue()


def test_what_was_put_in_after_a_signature_is_said_in_time(sag, egne_noegler, monkeypatch):
    """Each fingerprint walks through the file: not every part of it is to be given one for a few that are loose."""
    skriv(sag, 0)
    data = fortsat_med_fil(sag.bytes())
    assert data.startswith(sag.bytes())
    with pytest.raises(ValidationError, match=r"»x\.txt« er vedhæftet") as fejl:
        ekstern(sag, data, 1)
    assert fejl.value.error_dict["fil"][0].code == "AENDRET_EFTER"
    regnet = []
    aftryk = ens_skjult.aftryk
    monkeypatch.setattr(ens_skjult, "aftryk", lambda *om, **valg: regnet.append(om) or aftryk(*om, **valg))
    ens.sammenlign(sag.bytes(0), data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(regnet) < 30 < len(pdf.objects)


def test_to_try_again_is_said_only_where_it_can_help(sag, egne_noegler, monkeypatch):
    data = s.skriv_under(gemt_om(sag.bytes()))
    for fejler, kode, hjaelper in ((underproces.ForTung, "FOR_TUNG", True), (underproces.Opbrugt, "OPBRUGT", False)):

        def for_tung(*om, fejler=fejler, **valg):
            raise fejler

        monkeypatch.setattr(underproces, "koer", for_tung)
        with pytest.raises(ValidationError, match="vi ved ikke, om den er ægte") as fejl:
            ekstern(sag, data)
        assert fejl.value.error_dict["fil"][0].code == kode
        svar = verificer(data)
        assert (svar.udfald, svar.er_i_orden) == ("for_tung", False)
        assert ["Prøv igen" in tekst for tekst in (str(fejl.value), svar.besked)] == [hjaelper] * 2


@pytest.mark.parametrize("ocr", [False, True])
def test_a_scan_handed_in_as_a_services_file_is_shown_to_its_own_place(sag, egne_noegler, ocr):
    foer = stand(sag)
    for underskrevet in (False, True):
        if underskrevet:
            skriv(sag, 1)
            foer = stand(sag)
        with pytest.raises(ValidationError, match="»Upload papir med blæk«") as fejl:
            ekstern(sag, s.scannet(s.papir(), ocr=brudt(sag.udgave.dokument_id) if ocr else ""))
        assert fejl.value.error_dict["fil"][0].code == "ER_SCANNING"
        assert stand(sag) == foer


def test_without_a_new_signature_it_is_said_what_to_do(sag, egne_noegler):
    for uden in (sag.bytes(), gemt_om(sag.bytes())):
        with pytest.raises(ValidationError, match="upload den fil, som tjenesten sender tilbage") as fejl:
            ekstern(sag, uden)
        assert fejl.value.error_dict["fil"][0].code == "UDEN_UNDERSKRIFT"
    skriv(sag, 1)
    with pytest.raises(ValidationError, match="Der er ingen ny underskrift i filen") as fejl:
        ekstern(sag, sag.bytes())


def test_a_stamp_of_a_service_that_is_not_set_up_is_refused_with_its_page(sag, egne_noegler):
    foer = stand(sag)
    with pytest.raises(ValidationError, match="Side 1: Siden er ikke bygget som den udstedte") as fejl:
        ekstern(sag, stemplet(sag))
    assert fejl.value.error_dict["fil"][0].code == "AENDRET_FOER"
    assert stand(sag) == foer


def test_what_a_known_service_has_added_is_taken_and_shown_to_every_later_signer(sag, egne_noegler, saet_op, client):
    saet_op(RAND)
    fil = ekstern(sag, stemplet(sag))
    sagt = "Side 1: Tjenesten Randstempel har skrevet »Penneo dokumentnøgle: AB12-CD«."
    assert (fil.art, fil.tjeneste, fil.tilfoejet[0]) == ("stemplet", "Randstempel", sagt)
    client.force_login(sag.frisk(1).bruger)
    for navn in ("udgave-underskriv", "underskrift-tavle"):
        side = client.get(reverse(navn, args=[sag.udgave.plan.noegle, sag.udgave.pk])).content.decode()
        assert sagt in side
        assert "Tjenesten Randstempel har lagt noget til papiret, som ikke stod i den udstedte udgave." in side
    skriv(sag, 1)
    svar = verificer(sag.bytes())
    assert svar.udfald == "tilfoejet_af_tjeneste"
    assert svar.er_i_orden
    assert sagt in svar.tilfoejet


NAVNESKRIVER = "- navn: Navneskriver\n  skriver_navne: true\n  stempel: 'Nøgle: *'\n  stempel_mm: 11\n"


@pytest.mark.parametrize("stil", ["tekst", "billede"])
def test_a_signature_that_is_seen_is_taken_in_its_place_and_shown_to_every_later_signer(
    sag, egne_noegler, saet_op, client, stil
):
    """Without the service it is refused with its page, as what is drawn is; and so it is over the words."""
    synlig = s.synligt_under(sag.bytes(), 0, (60, 4, 260, 28), stil)
    foer = stand(sag)
    with pytest.raises(ValidationError, match="Side 1: ") as fejl:
        ekstern(sag, synlig)
    assert fejl.value.error_dict["fil"][0].code == "AENDRET_FOER"
    saet_op(NAVNESKRIVER)
    with pytest.raises(ValidationError, match="Det ses 21 mm fra venstre og 18 mm fra toppen"):
        ekstern(sag, s.synligt_under(sag.bytes(), 0, (60, 640, 420, 790), stil))
    assert stand(sag) == foer

    fil = ekstern(sag, synlig)
    sagt = fil.tilfoejet[0]
    assert sagt.startswith("Synlig underskrift på side 1, 21 mm fra venstre og 287 mm fra toppen. I den står »")
    assert fil.tjeneste == "Navneskriver"
    client.force_login(sag.frisk(1).bruger)
    for navn in ("udgave-underskriv", "underskrift-tavle"):
        side = client.get(reverse(navn, args=[sag.udgave.plan.noegle, sag.udgave.pk])).content.decode()
        assert sagt in side
    skriv(sag, 1)
    svar = verificer(sag.bytes())
    assert svar.er_i_orden
    assert sagt in svar.tilfoejet


def test_what_is_not_looked_through_in_time_is_refused_and_never_called_genuine(sag, egne_noegler, monkeypatch):
    """On a busy machine an honest file is not called damaged or changed, and a false one is not called honest."""
    aerlig = s.skriv_under(sag.bytes())
    falsk = s.skriv_under(s.tilfoej_indhold(sag.bytes()))
    foer = stand(sag)
    monkeypatch.setattr(underproces, "VENTETID", 0.01)
    for data in (aerlig, falsk):
        with pytest.raises(ValidationError, match="vi ved ikke, om den er ægte") as fejl:
            ekstern(sag, data)
        assert fejl.value.error_dict["fil"][0].code == "FOR_TUNG"
        svar = verificer(data)
        assert (svar.udfald, svar.er_i_orden, svar.overskrift) == (
            "for_tung",
            False,
            "Filen er ikke undersøgt til ende",
        )
    assert stand(sag) == foer
    monkeypatch.undo()
    ekstern(sag, aerlig)
    caches["sider"].clear()
    monkeypatch.setattr(underproces, "VENTETID", 0.01)
    assert (verificer(sag.bytes()).udfald, verificer(sag.bytes()).er_i_orden) == ("for_tung", False)
    monkeypatch.undo()
    assert verificer(sag.bytes()).er_i_orden


def test_a_file_that_was_taken_before_is_judged_anew(sag, egne_noegler, saet_op):
    """Taken while a service was set up otherwise; a file is never called genuine for having been taken."""
    saet_op(RAND)
    ekstern(sag, stemplet(sag))
    saet_op("[]")
    caches["sider"].clear()
    svar = verificer(sag.bytes())
    assert (svar.udfald, svar.er_i_orden) == ("ikke_udgaven", False)
    assert "Side 1: " in svar.besked


def test_a_fault_in_the_setting_up_is_told_and_nothing_is_taken(sag, egne_noegler, saet_op):
    saet_op("- stempel: x")
    with pytest.raises(ValidationError, match="Opsætningen af underskriftstjenester"):
        ekstern(sag, stemplet(sag))


@i_egen_loekke
def certificeret(pdf: bytes) -> bytes:
    """Signed as a certification that lets nobody change anything, another signature included."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    oplysninger = signers.PdfSignatureMetadata(
        field_name="Signature1", certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES, name="Formand A, Demo"
    )
    ud = io.BytesIO()
    signers.PdfSigner(oplysninger, signer=s.segl().signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), output=ud
    )
    return ud.getvalue()


def test_a_signature_that_locks_the_file_is_refused_while_others_remain(sag, egne_noegler):
    foer = stand(sag)
    with pytest.raises(ValidationError, match="låser den") as fejl:
        ekstern(sag, certificeret(sag.bytes()))
    assert fejl.value.error_dict["fil"][0].code == "LAAST"
    assert stand(sag) == foer


def broed(sag) -> bytes:
    """The issued bytes and the words are whole; a bit of what was signed is not."""
    pdf = s.skriv_under(sag.bytes())
    return s.vend_byte(pdf, pdf.index(b"/Reason (") + 12)


@pytest.mark.parametrize(
    ("lav", "kode"),
    [
        (lambda sag: b"", "TOM"),
        (lambda sag: b"Kaere sekretariat", "IKKE_PDF"),
        (lambda sag: s.krypteret(sag.bytes(), "hemmelig"), "KRYPTERET"),
        (lambda sag: s.med_script(sag.bytes()), "SCRIPT"),
        (lambda sag: sag.bytes() + bytes(26 * 1024 * 1024), "FOR_STOR"),
        (lambda sag: sag.bytes(), "UDEN_UNDERSKRIFT"),
        (lambda sag: s.skriv_under(sag.bytes(), nogle=s.noegle(ukendt=True)), "UKENDT_CERTIFIKAT"),
        (lambda sag: s.skriv_under(s.papir()), "ANDEN_UDGAVE"),
        (lambda sag: s.skriv_under(s.papir("Noget helt andet.", sag.udgave.dokument_id)), "AENDRET_FOER"),
        (lambda sag: s.tilfoej_indhold(s.skriv_under(sag.bytes())), "AENDRET"),
        (broed, "BRUDT"),
    ],
)
def test_what_cannot_be_taken_says_why_and_is_not_in_the_record(sag, egne_noegler, lav, kode):
    data = lav(sag)
    foer = stand(sag)
    with pytest.raises(ValidationError) as fejl:
        ekstern(sag, data)
    assert fejl.value.error_dict["fil"][0].code == kode
    assert stand(sag) == foer


def test_content_put_in_before_signing_is_found(sag, egne_noegler):
    """The issued bytes are its beginning, and still it does not pass for them."""
    lappet = s.skriv_under(s.tilfoej_indhold(sag.bytes()))
    with pytest.raises(ValidationError) as fejl:
        ekstern(sag, lappet)
    assert fejl.value.error_dict["fil"][0].code == "AENDRET_FOER"


def hvidt_felt(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        dokument.pages[0].contents_add(b"q 1 1 1 rg 50 50 400 700 re f Q")
        ud = io.BytesIO()
        dokument.save(ud)
    return ud.getvalue()


@pytest.mark.parametrize("goer", [lambda pdf: pdf, hvidt_felt, gemt_om], ids=["den udstedte", "hvidt felt", "gemt om"])
def test_a_digital_copy_is_no_scan(sag, goer):
    """It shows no ink, and nothing holds what it says against the edition."""
    foer, data = stand(sag), goer(sag.bytes(0))
    with pytest.raises(ValidationError) as fejl:
        modtag_scannet(**blaek(sag, data=data))
    assert fejl.value.error_dict["fil"][0].code == "IKKE_SCANNET"
    assert "side 1" in fejl.value.error_dict["fil"][0].message
    assert stand(sag) == foer


def test_one_digital_page_among_scanned_ones_is_named(sag):
    with pikepdf.open(io.BytesIO(s.scan())) as blandet, pikepdf.open(io.BytesIO(sag.bytes(0))) as digital:
        blandet.pages.append(digital.pages[0])
        ud = io.BytesIO()
        blandet.save(ud)
    with pytest.raises(ValidationError, match="side 2 er ikke et billede"):
        modtag_scannet(**blaek(sag, data=ud.getvalue()))


def _handling():
    """Anew for each file: what is put into one belongs to it."""
    return pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://eksempel.invalid/"))


def _lagt_paa(d, art, **felter):
    note = d.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=art, Rect=[60, 60, 300, 200], **felter))
    d.pages[0].obj.Annots = pikepdf.Array([note])


def _bogmaerke(d):
    with d.open_outline() as bogmaerker:
        punkt = pikepdf.OutlineItem("Kilde")
        punkt.action = _handling()
        bogmaerker.root.append(punkt)


def _vedhaeft(d):
    d.attachments["tillaeg.txt"] = pikepdf.AttachedFileSpec(d, b"Kommunen betaler", filename="tillaeg.txt")


def _felt(d):
    felt = d.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("beloeb")))
    d.Root.AcroForm = pikepdf.Dictionary(Fields=[felt])


@pytest.mark.parametrize(
    ("goer", "sagt"),
    [
        (lambda d: _lagt_paa(d, pikepdf.Name.FreeText, Contents=pikepdf.String("9 mio")), "noter, links eller felter"),
        (lambda d: _lagt_paa(d, pikepdf.Name.Link, Dest=[d.pages[0].obj, pikepdf.Name.Fit]), "felter på side 1"),
        (_felt, "felter, der kan udfyldes"),
        (lambda d: setattr(d.Root, "OpenAction", _handling()), "noget, der sker"),
        (lambda d: setattr(d.pages[0].obj, "AA", pikepdf.Dictionary(O=_handling())), "noget, der sker"),
        (_bogmaerke, "noget, der sker"),
        (_vedhaeft, "andre filer"),
    ],
)
def test_a_scan_is_pictures_and_does_nothing(sag, goer, sagt):
    data = blaek(sag)["data"]
    with pikepdf.open(io.BytesIO(data)) as dokument:
        goer(dokument)
        ud = io.BytesIO()
        dokument.save(ud)
    foer = stand(sag)
    with pytest.raises(ValidationError, match=sagt) as fejl:
        modtag_scannet(**blaek(sag, data=ud.getvalue()))
    assert fejl.value.error_dict["fil"][0].code == "IKKE_KUN_BILLEDER"
    assert stand(sag) == foer


def test_a_scan_may_say_where_it_opens(sag):
    with pikepdf.open(io.BytesIO(blaek(sag)["data"])) as dokument:
        dokument.Root.OpenAction = pikepdf.Array([dokument.pages[0].obj, pikepdf.Name.Fit])
        ud = io.BytesIO()
        dokument.save(ud)
    assert modtag_scannet(**blaek(sag, data=ud.getvalue())).art == "scannet"


@i_egen_loekke
def underskrevet_med(pdf: bytes, felt: str = "Signature1", **ord_) -> bytes:
    """Signed by a service that calls its field what it likes, and puts words into the signature."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    ud = io.BytesIO()
    om = signers.PdfSignatureMetadata(field_name=felt, subfilter=fields.SigSeedSubFilter.PADES, **ord_)
    signers.PdfSigner(om, signer=s.segl().signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=ud)
    return ud.getvalue()


@pytest.mark.parametrize(
    "felt", ["Signature1", "Sig_2", "sig-4f3a9c21-77aa-4bcd-9e01-0123456789ab", "Underskrift1", "Signature1[0]", "Siga"]
)
def test_a_place_to_sign_in_with_a_technical_name_is_taken(sag, egne_noegler, felt):
    assert ekstern(sag, underskrevet_med(sag.bytes(), felt), 0).art == "underskrevet"


@pytest.mark.parametrize(
    "felt",
    [
        "Godkendt af Landsbyggefonden",
        "Kommunen betaler 9 mio",
        "Godkendt",
        "Kommunen_betaler_9",
        "9" * 80,
        "Sig1\n9 mio",
    ],
)
@pytest.mark.parametrize("efter", [False, True])
def test_a_place_to_sign_in_that_is_called_words_is_refused(sag, egne_noegler, felt, efter):
    if efter:
        skriv(sag, 0)
    foer = stand(sag)
    with pytest.raises(ValidationError, match="Feltet til underskrift hedder »"):
        ekstern(sag, underskrevet_med(sag.bytes(), felt), 1)
    assert stand(sag) == foer


def test_what_a_signature_says_of_itself_is_shown_to_the_next_signer(sag, egne_noegler, client):
    ord_ = {"reason": "Kun mod 9 mio. kr.", "location": "Andetsteds", "contact_info": "Ring først", "name": "En anden"}
    ekstern(sag, underskrevet_med(sag.bytes(), **ord_), 0)
    client.force_login(sag.underskrivere[1].bruger)
    for side in ("underskrift-tavle", "udgave-underskriv"):
        html = client.get(reverse(side, args=[sag.plan.noegle, sag.udgave.pk])).content.decode()
        assert all(et in html for et in ord_.values()), side
        assert "En underskrift udefra har ord med sig" in html
    (underskrift,) = verificer(sag.bytes()).som_data()["underskrifter_i_filen"]
    assert [underskrift[n] for n in ("grund", "sted", "kontakt", "navn")] == list(ord_.values())


def test_a_scan_that_carries_another_id_is_refused(sag):
    with pytest.raises(ValidationError) as fejl:
        modtag_scannet(**blaek(sag, data=s.scannet(s.papir(), ocr=s.DOKUMENT_ID)))
    assert fejl.value.error_dict["fil"][0].code == "SCAN_ANDEN_UDGAVE"


def brudt(dokument_id: str) -> str:
    """As a line of the foot breaks it, when it is long."""
    return dokument_id.replace("/u1", "/\nu1").replace("/u2", "/\nu2")


@pytest.mark.parametrize(
    ("ocr", "kode"),
    [
        (lambda egen: brudt(s.DOKUMENT_ID), "SCAN_ANDEN_UDGAVE"),
        (lambda egen: brudt(egen.replace("/u1-0123456789ab", "/u2-bbbbbbbbbbbb")), "SCAN_ANDEN_UDGAVE"),
        (
            lambda egen: brudt(egen.replace("u1-0123456789ab", "u2-\nbbbbbbbbbbbb")),
            "SCAN_ANDEN_UDGAVE",
        ),
        (lambda egen: egen.replace("u1-0123456789ab", "\nu1-01234"), "SCAN_HALVT_ID"),
    ],
    ids=["et andet dokument", "en anden udgave", "brudt igen", "halvt"],
)
@pytest.mark.parametrize("paa", [0, 1])
def test_a_scan_of_another_paper_is_refused_however_its_id_is_broken(sag, ocr, kode, paa):
    to_sider = s.papir('<p style="break-after:page">Først.</p><p>Sidst.</p>', sag.udgave.dokument_id)
    foer = stand(sag)
    with pytest.raises(ValidationError) as fejl:
        modtag_scannet(**blaek(sag, data=s.scannet(to_sider, ocr=ocr(sag.udgave.dokument_id), paa=paa)))
    assert fejl.value.error_dict["fil"][0].code == kode
    assert "side 2" in str(fejl.value) or kode != "SCAN_HALVT_ID" or paa == 0
    assert stand(sag) == foer


def test_a_scan_of_the_paper_is_taken_however_its_id_is_broken(sag):
    ocr = brudt(sag.udgave.dokument_id).replace("delaftale", "delaf-\ntale")
    assert modtag_scannet(**blaek(sag, data=s.scannet(s.papir(), ocr=ocr))).art == "scannet"


def test_a_scan_without_words_is_a_persons_statement(sag):
    modtag_scannet(**blaek(sag, data=s.scan()))
    assert verificer(s.scan()).besked.endswith(
        "Det er en persons udsagn, at papiret er udgaven; det kan ikke ses af en scanning."
    )


def tom_side() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        ud = io.BytesIO()
        pdf.save(ud)
    return ud.getvalue()


@pytest.mark.parametrize(
    ("data", "sider"),
    [
        (lambda: s.scan((False,), 255), "side 1 i filen"),
        (lambda: s.scan((False,), 230), "side 1 i filen"),
        (lambda: s.scan((False,), 0), "side 1 i filen"),
        (tom_side, "side 1 i filen"),
        (lambda: s.scan((True, False, True, False)), "side 2 og 4 i filen"),
    ],
    ids=["hvid", "graa", "sort", "uden noget", "blanke bagsider"],
)
def test_a_blank_page_is_no_paper(sag, data, sider):
    foer = stand(sag)
    with pytest.raises(ValidationError, match=sider) as fejl:
        modtag_scannet(**blaek(sag, data=data()))
    assert fejl.value.error_dict["fil"][0].code == "BLANK_SIDE"
    assert stand(sag) == foer


def test_a_scan_is_the_whole_paper(sag, monkeypatch):
    """A picture of one page says nothing of the five others; a page more, of a mandate perhaps, does no harm."""
    monkeypatch.setattr(modtag, "antal_sider", lambda data: 2)
    foer = stand(sag)
    with pytest.raises(ValidationError, match="Papiret har 2 sider, og filen har 1 side"):
        modtag_scannet(**blaek(sag, data=s.scan()))
    assert stand(sag) == foer
    modtag_scannet(**blaek(sag, data=s.scan((True, True, True))))
    assert sag.frisk(0).underskrevet


def test_the_same_page_twice_is_not_two_pages(db):
    """Laid in the machine a second time, a little askew, in the place of another."""
    ny_side = '</p><h2 style="break-before: page">'
    sag = lav_sag(afsnit=f"Vi samarbejder.{ny_side}Indsats</h2><p>Flere unge i job.{ny_side}Økonomi</h2><p>1.000 kr.")
    billeder = [side.render(scale=1).to_pil().convert("L") for side in pdfium.PdfDocument(sag.bytes(0))]
    assert len(billeder) >= 3
    skaev = billeder[1].rotate(0.5, fillcolor=255, translate=(3, -2))

    def scan(*sider):
        ud = io.BytesIO()
        sider[0].save(ud, "PDF", save_all=True, append_images=sider[1:])
        return ud.getvalue()

    foer = stand(sag)
    with pytest.raises(ValidationError, match="Side 2 og 3 i filen er den samme side") as fejl:
        modtag_scannet(**blaek(sag, data=scan(*billeder[:2], skaev, *billeder[3:])))
    assert fejl.value.error_dict["fil"][0].code == "SAMME_SIDE"
    assert stand(sag) == foer
    modtag_scannet(**blaek(sag, data=scan(*billeder, skaev)))
    assert sag.frisk(0).underskrevet


def test_the_pages_of_the_issued_file_are_counted(sag):
    assert modtag.antal_sider(sag.bytes(0)) == len(pikepdf.open(io.BytesIO(sag.bytes(0))).pages) == 1
    assert modtag.antal_sider(s.scan((True, False, True))) == 3


def test_one_signature_is_not_two(sag, egne_noegler):
    with pytest.raises(ValidationError) as fejl:
        ekstern(sag, s.skriv_under(sag.bytes()), 0, 1)
    assert fejl.value.error_dict["fil"][0].code == "FOR_FAA_UNDERSKRIFTER"


def test_a_file_that_would_lose_somebodys_signature_is_not_taken(sag, egne_noegler):
    uden = s.skriv_under(sag.bytes())
    skriv(sag, 1)
    foer = stand(sag)
    for data in (uden, s.skriv_under(gemt_om(sag.bytes(0)))):
        with pytest.raises(ValidationError) as fejl:
            ekstern(sag, data)
        assert fejl.value.error_dict["fil"][0].code == "FORAELDET"
    assert stand(sag) == foer


# --- ink ------------------------------------------------------------------------------------------------------------


def blaek(sag, *nr: int, **andet) -> dict:
    return {
        "bruger": sag.leder,
        "udgave": Udgave.objects.select_related("plan").get(pk=sag.udgave.pk),
        "underskrivere": [sag.frisk(n) for n in nr or (0, 1)],
        "data": s.scannet(s.papir("Et scannet papir.", sag.udgave.dokument_id), ocr=sag.udgave.dokument_id),
        "dato": date(2026, 2, 1),
        "laest_id": sag.udgave.dokument_id[-12:],
    } | andet


def test_a_scan_stands_for_those_who_signed_with_ink(sag):
    fil = modtag_scannet(**blaek(sag))
    assert (fil.art, fil.nummer) == ("scannet", 2)
    assert [(sag.frisk(n).metode, timezone.localdate(sag.frisk(n).underskrevet)) for n in (0, 1)] == [
        ("blaek", date(2026, 2, 1))
    ] * 2


def test_a_scan_stands_beside_the_chain_of_signed_files(sag):
    modtag_scannet(**blaek(sag, 0))
    skriv(sag, 1)
    assert [(fil.art, fil.foer.nummer if fil.foer else 0) for fil in sag.filer()] == [
        ("udstedt", 0),
        ("scannet", 1),
        ("underskrevet", 1),
    ]
    assert sag.bytes(2).startswith(sag.bytes(0))


GRUND = "Det var det forkerte papir, der blev scannet."


def test_a_wrong_scan_is_taken_back_by_itself_and_its_parties_sign_anew(sag):
    fil = modtag_scannet(**blaek(sag))
    foer = stand(sag)[0]
    egne = traek_scan(bruger=sag.leder, udgave=blaek(sag)["udgave"], fil=fil, grund=GRUND)
    assert [u.part_navn for u in egne] == [u.part_navn for u in sag.underskrivere]
    assert stand(sag)[0] == foer  # the file stays
    fil = Filrevision.objects.get(pk=fil.pk)
    assert (fil.trukket is not None, fil.trukket_grund) == (True, GRUND)
    assert [(sag.frisk(n).metode, sag.frisk(n).underskrevet, sag.frisk(n).filrevision) for n in (0, 1)] == [
        ("", None, None)
    ] * 2
    assert Haendelse.objects.om(fil).first().handling == "trukket tilbage"
    assert Haendelse.objects.om(sag.frisk(0)).first().handling == "underskrift trukket tilbage"
    ny = modtag_scannet(**blaek(sag))
    assert (ny.nummer, sag.frisk(0).filrevision, tavle(sag.udgave).har_skrevet) == (3, ny, 2)


def test_who_signed_elsewhere_has_signed_still(sag):
    fil = modtag_scannet(**blaek(sag, 0))
    Underskriver.objects.filter(udgave=sag.udgave).update(orden=2)
    Underskriver.objects.filter(pk=sag.underskrivere[0].pk).update(orden=1)
    skriv(sag, 1)
    traek_scan(bruger=sag.leder, udgave=blaek(sag)["udgave"], fil=fil, grund=GRUND)
    linjer = {x.underskriver.pk: x for x in tavle(blaek(sag)["udgave"]).linjer}
    foerste, anden = (linjer[u.pk] for u in sag.underskrivere)
    assert (foerste.har, anden.har, foerste.foer_andre) == (False, True, "")
    assert sag.underskrivere[0].part_navn in anden.foer_andre
    assert foerste.hindring == ""


@pytest.mark.parametrize(
    ("goer", "besked"),
    [
        ({"ikraft": date(2026, 3, 1)}, "sat i kraft"),
        ({"trukket": timezone.now(), "trukket_grund": "x"}, "Udgaven er trukket tilbage"),
    ],
)
def test_a_scan_is_not_taken_back_from_what_is_in_force_or_withdrawn(sag, goer, besked):
    fil = modtag_scannet(**blaek(sag))
    Udgave.objects.filter(pk=sag.udgave.pk).update(**goer)
    with pytest.raises(ValidationError, match=besked):
        traek_scan(bruger=sag.leder, udgave=blaek(sag)["udgave"], fil=fil, grund=GRUND)
    assert sag.frisk(0).underskrevet


def test_only_a_scan_is_taken_back_once_with_a_reason_by_who_writes(sag):
    skrevet = skriv(sag, 0)
    fil = modtag_scannet(**blaek(sag, 1))
    fremmed = f.FilrevisionFactory(udgave=f.UdgaveFactory(plan=sag.plan))
    laeser = f.MedlemskabFactory(plan=sag.plan, rolle="observatoer").bruger
    valg = {"bruger": sag.leder, "udgave": blaek(sag)["udgave"], "fil": fil, "grund": GRUND}
    for andet, fejl in (
        ({"fil": skrevet}, "Kun et scannet papir"),
        ({"fil": fremmed}, "hører ikke til"),
        ({"grund": "x"}, "som en sætning"),
        ({"grund": "  "}, "Skriv, hvorfor papiret"),
    ):
        with pytest.raises(ValidationError, match=fejl):
            traek_scan(**valg | andet)
    with pytest.raises(PermissionDenied):
        traek_scan(**valg | {"bruger": laeser})
    assert sag.frisk(1).underskrevet
    traek_scan(**valg)
    with pytest.raises(ValidationError, match="allerede trukket"):
        traek_scan(**valg)


@pytest.mark.parametrize(
    ("andet", "felt"),
    [
        ({"laest_id": "0123456789ac"}, "laest_id"),
        ({"laest_id": "9ab"}, "laest_id"),
        ({"dato": date(2100, 1, 1)}, "dato"),
        ({"dato": date(2025, 12, 31)}, "dato"),
        ({"data": b"ikke en PDF"}, "fil"),
        ({"underskrivere": []}, "underskrivere"),
    ],
)
def test_a_scan_that_does_not_fit_is_refused_at_its_field(sag, andet, felt):
    foer = stand(sag)
    with pytest.raises(ValidationError) as fejl:
        modtag_scannet(**blaek(sag, **andet))
    assert set(fejl.value.error_dict) == {felt}
    assert stand(sag) == foer


def test_readers_and_signatories_upload_nothing(sag):
    for bruger in (sag.underskrivere[0].bruger, f.MedlemskabFactory(plan=sag.plan, rolle="observatoer").bruger):
        with pytest.raises(PermissionDenied):
            modtag_scannet(**blaek(sag, bruger=bruger))
        with pytest.raises(PermissionDenied):
            modtag_ekstern(bruger=bruger, udgave=sag.udgave, underskrivere=sag.underskrivere, data=b"")


def test_a_party_of_another_edition_is_not_signed_here(sag):
    with pytest.raises(ValidationError, match="hører ikke til udgaven"):
        modtag_scannet(**blaek(sag, underskrivere=[lav_sag().frisk(0)]))


# --- who signs, and reminders -----------------------------------------------------------------------------------------


def test_only_one_with_access_is_chosen_and_never_after_the_signature(sag):
    with pytest.raises(ValidationError) as fejl:
        vaelg_underskriver(bruger=sag.leder, underskriver=sag.frisk(), felter={"bruger": f.BrugerFactory()}, version=1)
    assert set(fejl.value.error_dict) == {"bruger"}
    with pytest.raises(Versionskonflikt):
        vaelg_underskriver(bruger=sag.leder, underskriver=sag.frisk(), felter={"orden": 1}, version=7)
    skriv(sag)
    with pytest.raises(ValidationError, match="har allerede skrevet under"):
        vaelg_underskriver(bruger=sag.leder, underskriver=sag.frisk(), felter={"bruger": None}, version=2)


def send(sag) -> list[str]:
    modtagere = paamind(bruger=sag.leder, udgave=sag.udgave, absolut=lambda sti: f"https://plan.example{sti}")
    return [u.part_navn for u in modtagere]


def test_a_reminder_goes_to_those_who_can_sign_and_once_a_day(sag, django_capture_on_commit_callbacks):
    skriv(sag, 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(sag) == ["Prøve Kommune"]
        assert send(sag) == []
    (brev,) = mail.outbox
    assert brev.to == [sag.underskrivere[0].bruger.email]
    assert brev.subject == "Helhedsplan: Delaftale: Uddannelse venter på din underskrift"
    assert f"https://plan.example/planer/{sag.plan.noegle}/dokumenter/" in brev.body
    (logget,) = Haendelse.objects.filter(handling="påmindet om at skrive under")
    assert logget.aendringer[0]["efter"] == "Formand A, Demo"


def test_no_reminder_before_the_decision_or_out_of_turn(db):
    assert send(lav_sag(godkendt=False)) == []
    sag = lav_sag()
    for nr, orden in ((0, 2), (1, 1)):
        Underskriver.objects.filter(pk=sag.underskrivere[nr].pk).update(orden=orden)
    assert send(sag) == ["Boligforeningen Prøve"]


def test_what_waits_for_a_person(sag):
    bruger = sag.underskrivere[0].bruger
    assert venter_paa(bruger) == [sag.underskrivere[0]]
    assert venter_paa(sag.leder) == []
    lav_sag(plan=sag.plan, nummer=2, godkendt=False)
    skriv(sag)
    assert venter_paa(bruger) == []


@pytest.mark.parametrize("antal", [1, 3])
def test_the_board_asks_as_much_for_three_as_for_one(db, django_assert_num_queries, antal):
    sag = lav_sag()
    f.UnderskriverFactory.create_batch(antal, udgave=sag.udgave, bruger=f.BrugerFactory())
    udgave = Udgave.objects.get(pk=sag.udgave.pk)
    with django_assert_num_queries(5):
        tavle(udgave)


# --- two at once, and a crash ---------------------------------------------------------------------------------------


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_come_after_each_other(settings):
    sag = lav_sag()
    svar = samtidigt(lambda: skriv(sag, 0), lambda: skriv(sag, 1))
    assert [type(en) for en in svar] == [Filrevision, Filrevision]
    assert [fil.nummer for fil in sag.filer()] == [1, 2, 3]
    assert sag.bytes(2).startswith(sag.bytes(1))
    assert [dom.gyldig for dom in valider(sag.bytes(), roedder())] == [True, True]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_same_signature_twice_at_once_is_made_once():
    sag = lav_sag()
    svar = samtidigt(lambda: skriv(sag), lambda: skriv(sag))
    assert sorted(type(en).__name__ for en in svar) == ["Filrevision", "ValidationError"]
    assert len(sag.filer()) == 2


DRAEB = """
import os, signal, sys
import django
from django.conf import settings
django.setup()
from helhedsplan import actions
database = settings.DATABASES["default"]
database["NAME"] = sys.argv[1]
from dokumenter.actions import underskrift
from dokumenter.models import Underskriver
settings.LOKAL, settings.MEDIA_ROOT = True, sys.argv[2]
settings.UNDERSKRIFT["DEMOMAPPE"] = sys.argv[3]
sted = sys.argv[5]
rigtig = getattr(actions, sted)
def doe(**felter):
    rigtig(**felter)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(actions, sted, doe)
egen = Underskriver.objects.get(pk=sys.argv[4])
underskrift.underskriv(bruger=egen.bruger, underskriver=egen)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sted", ["opret", "ret"])
def test_a_process_killed_in_the_middle_leaves_the_edition_as_before(settings, sted):
    """After the file is written and its row inserted, and after the party is marked: never without the other."""
    sag = lav_sag()
    foer = stand(sag)
    navn = str(connection.settings_dict["NAME"])
    connection.close()
    argumenter = [navn, str(settings.MEDIA_ROOT), str(settings.UNDERSKRIFT["DEMOMAPPE"]), str(sag.frisk().pk), sted]
    proces = subprocess.run(
        [sys.executable, "-c", DRAEB, *argumenter],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "helhedsplan.settings"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert proces.returncode == -signal.SIGKILL, proces.stderr.decode()
    assert stand(sag) == foer
    skriv(sag)
    assert [fil.nummer for fil in sag.filer()] == [1, 2]


def test_nothing_is_held_while_a_strangers_file_is_judged(sag, egne_noegler, monkeypatch):
    """It takes seconds, in which nobody else could save anything on an embedded database."""
    udenfor, ved = len(connection.atomic_blocks), []
    koer = underproces.koer

    def maalt(modul, *argumenter):
        ved.append((modul.rpartition(".")[2], len(connection.atomic_blocks) - udenfor))
        return koer(modul, *argumenter)

    gemt, holdt = underskriftsactions.gem_fil, []

    def gem(**felter):
        holdt.append(len(connection.atomic_blocks) - udenfor)
        return gemt(**felter)

    monkeypatch.setattr(underproces, "koer", maalt)
    monkeypatch.setattr(underskriftsactions, "gem_fil", gem)
    ekstern(sag, s.skriv_under(sag.bytes()))
    modtag_scannet(**blaek(sag, 1, data=s.scan()))
    assert holdt == [1, 1], "what is written is written all or not at all"
    assert {navn for navn, _ in ved} >= {"fremmedpdf", "sammenlignet", "skannet"}
    assert [par for par in ved if par[1]] == []


def test_a_file_is_judged_anew_when_somebody_has_signed_meanwhile(sag, egne_noegler, monkeypatch):
    """What it was held up against is no longer the newest."""
    data = s.skriv_under(sag.bytes())
    proev, gange = underskriftsactions._proev_ekstern, []

    def og_imens(nu, *resten):
        svar = proev(nu, *resten)
        if not gange:
            skriv(sag, 1)
        gange.append(nu.nyeste.nummer)
        return svar

    monkeypatch.setattr(underskriftsactions, "_proev_ekstern", og_imens)
    with pytest.raises(ValidationError):
        ekstern(sag, data)
    assert gange == [1]
    assert sag.udgave.filrevisioner.count() == 2
