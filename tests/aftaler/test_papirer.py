"""Milestones, risks, terms of reference, organisation and attachments: written, read, printed, kept clean."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import docx
import openpyxl
import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from aftaler import pdf, rules
from aftaler.actions.bilag import HOEJST_BYTES, laes_bilag, opret_bilag, slet_bilag
from aftaler.actions.papirer import marker_gennemgaaet, ret_tabel
from aftaler.models import Bilag
from aftaler.queries import papirer
from aftaler.queries.kontrol import grundlag
from helhedsplan import fremmedpdf, papirkurv, underproces
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from helhedsplan.pdf import PdfFejl, html_til_pdf
from tests import factories as f
from tests.vera import vera_fejl


@pytest.fixture
def plan(db):
    return f.HelhedsplanFactory(fase="i_gang")


@pytest.fixture
def bruger(plan):
    return f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger


@pytest.fixture
def inde(client, bruger):
    client.force_login(bruger)
    return client


# --- milestones and risks -------------------------------------------------------------------------------------------


def test_milestones_of_the_plan_and_of_its_activities_by_date(plan):
    aktivitet = f.AktivitetFactory(delaftale__plan=plan, navn="Lektiecafé")
    f.MilepaelFactory(aktivitet=aktivitet, navn="Sen", dato=date(2027, 1, 1), status="i_gang")
    f.MilepaelFactory(aktivitet=aktivitet, navn="Uden dato", dato=None)
    f.MilepaelFactory(aktivitet=aktivitet, navn="Tidlig", dato=date(2026, 1, 1))
    f.PlanmilepaelFactory(plan=plan, navn="Midtvejs", status="naaet")
    dokument = papirer.milepaelsplan(plan)
    assert [(a.titel, [m.navn for m in a.indhold]) for a in dokument.afsnit] == [
        ("Hele planen", ["Midtvejs"]),
        (aktivitet.delaftale.indsatsomraade.navn, ["Tidlig", "Sen", "Uden dato"]),
    ]
    assert [(m.tilstand, m.aktivitet) for m in dokument.afsnit[1].indhold][1] == ("I gang", "Lektiecafé")


def test_the_gravest_risk_comes_first(plan):
    for navn, sandsynlighed, konsekvens in (("Lille", 1, 1), ("Stor", 3, 3), ("Mellem", 1, 3)):
        f.RisikoFactory(plan=plan, navn=navn, sandsynlighed=sandsynlighed, konsekvens=konsekvens)
    (afsnit,) = papirer.beredskabsplan(plan).afsnit
    assert [(r.navn, r.sandsynlighed, r.konsekvens) for r in afsnit.indhold] == [
        ("Stor", "Høj", "Høj"), ("Mellem", "Lav", "Høj"), ("Lille", "Lav", "Lav"),
    ]  # fmt: skip


def test_whoever_changes_a_row_has_not_gone_through_the_plan(plan, bruger):
    raekker = [{"navn": "Midtvejs", "ansvarlig": "Leder", "dato": date(2027, 11, 1), "status": "i_gang"}]
    assert ret_tabel(bruger=bruger, plan=plan, papir="milepaelsplan", raekker=raekker, version=1) is True
    plan.refresh_from_db()
    assert (plan.milepaelsplan_opdateret, plan.version) == (None, 2)
    assert [a.titel for a in papirer.milepaelsplan(plan).afsnit] == ["Hele planen"]
    assert ret_tabel(bruger=bruger, plan=plan, papir="milepaelsplan", raekker=raekker, version=2) is False
    aendringer = {a["felt"]: (a["foer"], a["efter"]) for a in Haendelse.objects.om(plan).first().aendringer}
    assert aendringer["planmilepaele"] == ([], ["Midtvejs · Leder · 01.11.2027 · I gang"])
    with pytest.raises(Versionskonflikt):
        ret_tabel(bruger=bruger, plan=plan, papir="beredskabsplan", raekker=[{"navn": "x"}], version=1)
    with pytest.raises(ValidationError, match="Skriv datoen, når milepælen er nået"):
        ret_tabel(
            bruger=bruger, plan=plan, papir="milepaelsplan", raekker=[{"navn": "x", "status": "naaet"}], version=2
        )


def test_marking_as_gone_through(plan, bruger):
    with pytest.raises(ValidationError, match="ikke noget at gennemgå"):
        marker_gennemgaaet(bruger=bruger, plan=plan, papir="beredskabsplan")
    f.RisikoFactory(plan=plan)
    marker_gennemgaaet(bruger=bruger, plan=plan, papir="beredskabsplan")
    assert Haendelse.objects.om(plan).first().handling == "gennemgået"
    assert [a.titel for a in papirer.beredskabsplan(plan).afsnit][1:] == ["Gennemgang"]
    with pytest.raises(PermissionDenied):
        marker_gennemgaaet(bruger=f.BrugerFactory(), plan=plan, papir="beredskabsplan")


@pytest.mark.parametrize(
    ("dage", "fase", "ventet"),
    [
        (None, "i_gang", ["Milepælsplanen er aldrig gennemgået."]),
        (366, "i_gang", ["Milepælsplanen er sidst gennemgået 20. november 2025, for over et år siden."]),
        (365, "i_gang", []),
        (None, "ansoegning", []),
        (400, "afsluttet", []),
    ],
)
def test_a_paper_that_nobody_has_gone_through_for_a_year(plan, dage, fase, ventet):
    f.PlanmilepaelFactory(plan=plan)
    i_dag = date(2026, 11, 21)
    plan.fase = fase
    plan.milepaelsplan_opdateret = dage and i_dag - timedelta(dage)
    fund = rules.papirer_er_gennemgaaet(replace(grundlag(plan), i_dag=i_dag))
    assert [x.besked for x in fund] == ventet
    assert {x.henvisning for x in fund} <= {reverse("milepaelsplan-vis", args=[plan.noegle])}


def test_the_table_is_edited_on_one_page(inde, plan):
    url = reverse("beredskabsplan-ret", args=[plan.noegle])
    assert inde.get(url).status_code == 200
    data = {
        "version": "1", "risici-TOTAL_FORMS": "1", "risici-INITIAL_FORMS": "0", "risici-0-navn": "Brand",
        "risici-0-sandsynlighed": "1", "risici-0-konsekvens": "3", "risici-0-haandtering": "Skolen låner os et rum.",
    }  # fmt: skip
    svar = inde.post(url, data)
    assert (svar.status_code, svar.url) == (302, reverse("beredskabsplan-vis", args=[plan.noegle]))
    assert list(plan.risici.values_list("navn", "konsekvens")) == [("Brand", 3)]
    svar = inde.post(url, data | {"version": "2", "risici-0-navn": "Om 010203-1234"})
    assert svar.status_code == 422
    assert "CPR" in svar.content.decode()
    side = inde.get(reverse("beredskabsplan-vis", args=[plan.noegle])).content.decode()
    assert "Skolen låner os et rum." in side


def test_the_papers_are_printed_on_command_and_hold_both_standards(plan, tmp_path):
    filer = []
    for art in papirer.PAPIRER:
        filer.append(tmp_path / f"{art}-tom.pdf")
        filer[-1].write_bytes(pdf.PAPIRER[art](plan, "").data)
    f.PlanmilepaelFactory(plan=plan)
    f.RisikoFactory(plan=plan, haandtering="Flere\nlinjer")
    f.GruppeFactory(plan=plan)
    plan.milepaelsplan_opdateret = date(2026, 1, 1)
    for art in papirer.PAPIRER:
        filer.append(tmp_path / f"{art}.pdf")
        filer[-1].write_bytes(pdf.PAPIRER[art](plan, "").data)
    assert vera_fejl(*filer) == {fil: [] for fil in filer}
    with pytest.raises(PdfFejl, match="Skriv milepaelsplan uden mere"):
        pdf.PAPIRER["milepaelsplan"](plan, "x")


# --- attachments ----------------------------------------------------------------------------------------------------


def lav_pdf(**rod):
    ud, ny = io.BytesIO(), pikepdf.new()
    ny.add_blank_page()
    for noegle, vaerdi in rod.items():
        ny.Root[f"/{noegle}"] = vaerdi
    ny.save(ud)
    return ud.getvalue()


def lav_zip(**dele):
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w") as arkiv:
        for navn, indhold in {"[Content_Types].xml": "<Types/>", **dele}.items():
            arkiv.writestr(navn, indhold)
    return ud.getvalue()


JS = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
LOVLIGE = {
    "skema.pdf": f.en_pdf(),
    "brev.docx": lav_zip(**{"word/document.xml": "<w><p>Til bestyrelsen</p></w>"}),
    "tal.csv": "a;b\n1;2\n".encode("cp1252"),
    "note.TXT": "Æblegrød".encode(),
}


def test_a_file_in_which_nothing_stands_is_refused():
    def blank(sider):
        with pikepdf.new() as ny:
            for _ in range(sider):
                ny.add_blank_page()
            ny.save(ud := io.BytesIO())
        return ud.getvalue()

    for data, navn, besked in [
        (blank(1), "a.pdf", r"Der står ikke noget på side 1 i filen\."),
        (blank(2), "a.pdf", r"Der står ikke noget på nogen af de 2 sider i filen\."),
        (b"\xef\xbb\xbf \n", "a.txt", r"Der står ikke noget i filen\."),
        (b"x", "a.txt", r"Der står ikke noget i filen\."),
        (b"-;.\n;\n", "a.csv", r"Der står ikke noget i filen\."),
        (et_worddokument("xxx", "."), "a.docx", r"Der står ikke noget i filen\."),
        (et_billede("PNG", "white"), "a.png", "Billedet har kun én farve"),
        (et_billede("JPEG", "#404040"), "a.jpg", "Billedet har kun én farve"),
        (et_billede("PNG", (0, 0, 0, 0)), "a.png", "Billedet har kun én farve"),
        (et_worddokument(), "a.docx", r"Der står ikke noget i filen\."),
        (et_worddokument("  ", "\t"), "a.docx", r"Der står ikke noget i filen\."),
        (en_arbejdsbog(None), "a.xlsx", r"Der står ikke noget i filen\."),
    ]:
        with pytest.raises(ValidationError, match=besked):
            laes_bilag(data, navn)
        assert laes_bilag(data, navn, maa_vaere_blank=True).data == data


def et_billede(type_, farve, streg=False):
    billede = Image.new("RGBA" if len(farve) == 4 else "RGB", (400, 300), farve)
    if streg:
        billede.paste("black", (100, 100, 180, 106))
    billede.save(ud := io.BytesIO(), type_)
    return ud.getvalue()


def et_worddokument(*afsnit, billede=b""):
    dokument = docx.Document()
    for tekst in afsnit:
        dokument.add_paragraph(tekst)
    if billede:
        dokument.add_picture(io.BytesIO(billede))
    dokument.save(ud := io.BytesIO())
    return ud.getvalue()


def en_arbejdsbog(vaerdi):
    bog = openpyxl.Workbook()
    bog.active["B2"] = vaerdi
    bog.save(ud := io.BytesIO())
    return ud.getvalue()


def test_a_file_with_a_line_a_word_a_picture_or_a_figure_in_it_is_taken():
    streg = et_billede("PNG", "white", streg=True)
    for data, navn in [
        (streg, "a.png"),
        (et_billede("JPEG", "white", streg=True), "a.jpg"),
        (et_billede("PNG", (0, 0, 0, 0), streg=True), "a.png"),
        (et_worddokument("", "Enigt."), "a.docx"),
        (et_worddokument(billede=streg), "a.docx"),
        (en_arbejdsbog(0), "a.xlsx"),
        (en_arbejdsbog("Enigt"), "a.xlsx"),
    ]:
        assert laes_bilag(data, navn).endelse == f".{navn.rpartition('.')[2]}", navn


@pytest.mark.parametrize("navn", LOVLIGE)
def test_what_may_come_in(navn):
    assert laes_bilag(LOVLIGE[navn], navn).data == LOVLIGE[navn]


@pytest.mark.parametrize(
    ("navn", "data", "besked"),
    [
        ("virus.exe", b"MZ", "Den slags fil kan ikke lægges ind"),
        ("side.html", b"<p>", "Den slags fil kan ikke lægges ind"),
        ("tom.pdf", b"", "Filen er tom"),
        ("stor.txt", b"x" * (HOEJST_BYTES + 1), "Filen er over 10 MB"),
        ("falsk.pdf", b"MZ", "ingen PDF"),
        ("halv.pdf", b"%PDF-1.7\nxx", "kan ikke læses"),
        ("script.pdf", lav_pdf(OpenAction=JS), "noget, der kan køre"),
        ("falsk.docx", b"PK", "kan ikke læses"),
        ("makro.docx", lav_zip(**{"word/vbaProject.bin": "x"}), "noget, der kan køre"),
        ("entitet.docx", lav_zip(**{"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><w/>'}), "noget, der kan køre"),
        ("cpr.docx", lav_zip(**{"word/document.xml": "<w><p><r>010203-</r><r>1234</r></p></w>"}), "CPR"),
        ("cpr.xlsx", lav_zip(**{"xl/sharedStrings.xml": "<s><si>010203-1234</si></s>"}), "CPR"),
        ("cpr.csv", b"navn;nr\nx;010203-1234\n", "CPR"),
        ("script.txt", b"#!/bin/sh\n", "noget, der kan køre"),
        ("nul.txt", b"a\0b", "kan ikke læses"),
        ("billede.png", b"\x89PNG", "kan ikke læses som et billede"),
    ],
)
def test_what_may_not_come_in(navn, data, besked):
    with pytest.raises(ValidationError) as fejl:
        laes_bilag(data, navn)
    assert besked in fejl.value.messages[0]


def test_the_words_of_a_pdf_are_read_for_cpr_numbers():
    def papir(tekst):
        return html_til_pdf(f'<html lang="da"><body><p>{tekst}</p></body></html>', identifikator="x", titel="Skema")

    rent = papir("Skema for 2026, journalnummer 0102-1234.")
    assert laes_bilag(rent, "skema.pdf").data == rent
    with pytest.raises(ValidationError, match="CPR-nummer"):
        laes_bilag(papir("Kontaktperson: 010203-1234"), "skema.pdf")


def test_a_pdf_with_other_files_in_it_is_refused_as_an_attachment():
    ud = io.BytesIO()
    ny = pikepdf.new()
    ny.add_blank_page()
    ny.attachments["makro.xlsm"] = b"PK"
    ny.save(ud)
    with pytest.raises(ValidationError, match="noget, der kan køre"):
        laes_bilag(ud.getvalue(), "skema.pdf")
    fremmedpdf.tjek(ud.getvalue(), indlejrede_filer=True)


@pytest.mark.parametrize(
    ("galt", "besked"), [(underproces.ForTung, "så tung at læse"), (underproces.Mislykket, "kan ikke læses")]
)
def test_a_pdf_whose_words_cannot_be_read_is_refused(monkeypatch, galt, besked):
    def koer(modul, ind):
        raise galt

    monkeypatch.setattr(underproces, "koer", koer)
    with pytest.raises(ValidationError, match=besked):
        laes_bilag(lav_pdf(), "skema.pdf")


def test_a_pdf_of_more_pages_than_are_read_is_refused(monkeypatch):
    svar = fremmedpdf._svar(lav_pdf())
    monkeypatch.setattr(fremmedpdf, "SIDER", 0)
    assert (svar["steder"], svar["satte"]) == ([("Side 1", "")], [])
    assert fremmedpdf._svar(lav_pdf()) == {"afvist": "FOR_LANG"}


def test_an_encrypted_pdf_is_refused():
    ud = io.BytesIO()
    ny = pikepdf.new()
    ny.add_blank_page()
    ny.save(ud, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ValidationError, match="krypteret"):
        laes_bilag(ud.getvalue(), "laast.pdf")


def test_an_attachment_is_uploaded_fetched_and_deleted(inde, plan, bruger):
    url = reverse("bilag-opret", args=[plan.noegle])
    fil = SimpleUploadedFile("Skema æ.pdf", LOVLIGE["skema.pdf"])
    svar = inde.post(url, {"fil": fil, "titel": "Indberetningsskema", "art": "indberetningsskema"})
    assert svar.status_code == 302
    bilag = Bilag.objects.get()
    assert (bilag.filnavn, bilag.stoerrelse, bilag.indholdstype) == (
        "Skema æ.pdf", len(LOVLIGE["skema.pdf"]), "application/pdf",
    )  # fmt: skip
    svar = inde.get(reverse("bilag-hent", args=[plan.noegle, bilag.pk]))
    assert svar.content == LOVLIGE["skema.pdf"]
    assert svar["Content-Disposition"].startswith("attachment;")
    assert svar["X-Content-Type-Options"] == "nosniff"
    fil = SimpleUploadedFile("makro.docx", lav_zip(**{"word/vbaProject.bin": "x"}))
    svar = inde.post(url, {"fil": fil, "titel": "Makro", "art": "andet"})
    assert (svar.status_code, Bilag.objects.count()) == (422, 1)
    navn = bilag.fil.name
    inde.post(reverse("bilag-slet", args=[plan.noegle, bilag.pk]))
    assert (Bilag.objects.count(), default_storage.exists(navn)) == (0, True)


@pytest.mark.django_db
def test_a_file_that_two_attachments_share_stays_with_the_one_that_is_left():
    plan = f.HelhedsplanFactory()
    bruger = f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger
    foerste = f.BilagFactory(plan=plan)
    anden = f.BilagFactory(plan=plan, fil=foerste.fil.name)
    slet_bilag(bruger=bruger, bilag=foerste)
    papirkurv.toem(foer=timezone.now())
    assert default_storage.exists(anden.fil.name)
    slet_bilag(bruger=bruger, bilag=anden)
    papirkurv.toem(foer=timezone.now())
    assert not default_storage.exists(anden.fil.name)


def test_a_title_is_used_once(plan, bruger):
    data = {
        "bruger": bruger,
        "plan": plan,
        "art": "andet",
        "titel": "Kort",
        "indhold": b"Et kort",
        "filnavn": "kort.txt",
    }
    opret_bilag(**data)
    with pytest.raises(ValidationError, match="allerede et bilag med den titel"):
        opret_bilag(**data)
