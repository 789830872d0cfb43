"""Every door that text comes in by has the guard: each model text, each form field, each kind of file."""

import io
import zipfile

import openpyxl
import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import get_resolver
from docx import Document
from PIL import Image, PngImagePlugin

from aftaler.actions.bilag import laes_bilag
from aftaler.forms.regelsaet import regelform
from aftaler.queries.regelslags import REGELSLAGS
from budget.imports import Importfejl
from budget.imports import _ark as budgetark
from budget.sumtjek.filer import laes_fil as laes_sumtjek
from dokumenter.word.skabelon import tjek as tjek_skabelon
from helhedsplan.cpr import ligner_cpr, uden_cpr
from helhedsplan.felter import Linje, Prosa, Tekst
from helhedsplan.formularer import Filfelt, Formularbase
from helhedsplan.officefil import tjek_officefil
from helhedsplan.pdf import PdfFejl, html_til_pdf
from helhedsplan.tabelfil import UlaeseligFil
from tests.indikatorer.importdata import laes_fil as laes_indikatorer

APPER = {"helhedsplan", "aftaler", "budget", "indikatorer", "dokumenter", "status", "moeder", "kalender"}
NUMMER = "010190-0001"
#: Texts of a model that no person writes: made by the program, or made of what has passed a guard.
PROGRAMMETS_EGNE = {
    "aftaler.Meddelelse.sti",
    "kalender.Paamindelse.noegle", "dokumenter.Udgave.dokument_id", "helhedsplan.Bruger.password",
    "moeder.Bevisudgave.hovedlinje",
    "helhedsplan.Udbakkebrev.fejl", "helhedsplan.Udbakkebrev.maerke", "helhedsplan.Udbakkebrev.om",
    "helhedsplan.Udbakkebrev.slags", "helhedsplan.Udbakkebrev.tekst",
    "helhedsplan.Kladde.noegle", "indikatorer.Accept.emne", "indikatorer.Accept.kode",
    "indikatorer.Importskabelon.aftryk",
}  # fmt: skip
#: Fields of a form whose text is kept nowhere, by form and field.
GEMMES_IKKE = {
    ("UnderskrivForm", "adgangskode"),
    ("AfgoerelseForm", "pdf_sha256"),
    ("BestilForm", "email"),
    ("LederForm", "leder"),
    ("NavnebekraeftelseForm", "navn"),
}


def tekstfelter():
    for model in apps.get_models():
        if model._meta.app_label in APPER:
            for felt in model._meta.concrete_fields:
                if isinstance(felt, models.CharField | models.TextField) and not felt.choices:
                    yield felt


def test_hver_tekst_i_en_model_har_vagten():
    """A name in the log or a checksum is the program's own; a slug cannot be typed, and a plan file is read whole."""
    uden = [
        f"{felt.model._meta.label}.{felt.name}"
        for felt in tekstfelter()
        if not isinstance(felt, Linje | Tekst | Prosa | models.SlugField | models.EmailField)
        and felt.editable
        and "sha256" not in felt.name
        and "hash" not in felt.name
        and felt.model.__name__ not in {"Haendelse", "Kaede"}
    ]
    assert set(uden) == PROGRAMMETS_EGNE


def formularer(klasse=Formularbase):
    get_resolver().url_patterns  # noqa: B018 -- imports every view, and with it every form
    for under in klasse.__subclasses__():
        if not under.__module__.startswith("tests"):
            yield under
        yield from formularer(under)


def test_hvert_tekstfelt_i_en_formular_har_vagten():
    for slags in REGELSLAGS:
        regelform(slags)  # made when its page is first asked for
    uden = [
        (form.__name__, navn)
        for form in formularer()
        for navn, felt in getattr(form, "base_fields", {}).items()
        if isinstance(felt, forms.CharField) and uden_cpr not in felt.validators and "sha256" not in navn
    ]
    assert sorted(set(uden) - GEMMES_IKKE) == []


def test_hver_fil_i_en_formular_har_et_navn_der_ses_efter():
    filer = [(f.__name__, n, v) for f in formularer() for n, v in getattr(f, "base_fields", {}).items()]
    filer = [(f, n, v) for f, n, v in filer if isinstance(v, forms.FileField)]
    assert len({f for f, _, _ in filer}) >= 6
    assert [(f, n) for f, n, v in filer if not isinstance(v, Filfelt)] == []


def test_filens_navn_afvises_med_sit_sted():
    from django.core.files.uploadedfile import SimpleUploadedFile

    with pytest.raises(ValidationError, match="Filens navn: Teksten indeholder noget, der ligner et CPR-nummer"):
        Filfelt().clean(SimpleUploadedFile(f"{NUMMER}.pdf", b"x"))


# --- files ------------------------------------------------------------------------------------------------------------


def som_bytes(ting) -> bytes:
    ud = io.BytesIO()
    ting.save(ud)
    return ud.getvalue()


def word(hvor: str) -> bytes:
    fil = Document()
    p = fil.add_paragraph()
    if hvor == "delt over løb":
        p.add_run("Borger 010190")
        p.add_run("-0001")
    elif hvor == "afsnit efter ciffer":
        p.add_run("Bolig 1")
        fil.add_paragraph(NUMMER)
    elif hvor == "tabel":
        fil.add_table(1, 1).cell(0, 0).text = NUMMER
    elif hvor == "hoved":
        fil.sections[0].header.paragraphs[0].text = NUMMER
    elif hvor == "egenskab":
        fil.core_properties.subject = NUMMER
    elif hvor == "kommentar":
        p.add_run("x")
        fil.add_comment(p.runs, text=NUMMER, author="A")
    elif hvor == "blød streg":
        from docx.oxml import OxmlElement

        p.add_run("010190")._r.append(OxmlElement("w:noBreakHyphen"))
        p.add_run("0001")
    return som_bytes(fil)


def regneark(hvor: str) -> bytes:
    bog = openpyxl.Workbook()
    ark = bog.active
    ark["A1"] = "x"
    if hvor == "celle":
        ark["B7"] = NUMMER
    elif hvor == "tal":
        ark["B7"] = 1012901234
    elif hvor == "note":
        from openpyxl.comments import Comment

        ark["A1"].comment = Comment(NUMMER, "A")
    elif hvor == "arknavn":
        ark.title = NUMMER
    elif hvor == "egenskab":
        bog.properties.title = NUMMER
    elif hvor == "skjult ark":
        andet = bog.create_sheet("B")
        andet["A1"], andet.sheet_state = NUMMER, "hidden"
    return som_bytes(bog)


def pdf(hvor: str) -> bytes:
    import pikepdf

    with pikepdf.new() as fil:
        side = fil.add_blank_page()
        if hvor == "egenskab":
            fil.docinfo["/Author"] = NUMMER
        elif hvor == "note":
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=NUMMER)
            note["/Rect"] = pikepdf.Array([0, 0, 1, 1])
            side["/Annots"] = pikepdf.Array([fil.make_indirect(note)])
        elif hvor == "bogmærke":
            with fil.open_outline() as oversigt:
                oversigt.root.append(pikepdf.OutlineItem(NUMMER, 0))
        return som_bytes(fil)


WORDSTEDER = ["delt over løb", "afsnit efter ciffer", "tabel", "hoved", "egenskab", "kommentar", "blød streg"]
ARKSTEDER = ["celle", "tal", "note", "arknavn", "egenskab", "skjult ark"]


@pytest.mark.parametrize("hvor", WORDSTEDER)
def test_cpr_hvor_som_helst_i_en_wordfil_afvises(hvor):
    assert laes_bilag(word(""), "a.docx", maa_vaere_blank=True)
    with pytest.raises(ValidationError, match="ligner et CPR-nummer"):
        laes_bilag(word(hvor), "a.docx")
    with pytest.raises(ValidationError, match="ligner et CPR-nummer"):
        tjek_skabelon(word(hvor), {})


@pytest.mark.parametrize("hvor", ARKSTEDER)
def test_cpr_hvor_som_helst_i_et_regneark_afvises_ved_hver_doer(hvor):
    data = regneark(hvor)
    with pytest.raises(ValidationError, match="ligner et CPR-nummer"):
        laes_bilag(data, "a.xlsx")
    with pytest.raises(ValidationError, match="ligner et CPR-nummer"):
        tjek_officefil(data)
    with pytest.raises(Importfejl) as fejl:
        budgetark(data)
    assert "ligner et CPR-nummer" in fejl.value.fejl[0]
    with pytest.raises(UlaeseligFil, match="ligner et CPR-nummer"):
        laes_sumtjek(data)


def test_cellen_staar_i_beskeden():
    with pytest.raises(ValidationError, match=r"Ark 1, celle B7: Teksten"):
        tjek_officefil(regneark("celle"))


@pytest.mark.parametrize("hvor", ["egenskab", "note", "bogmærke"])
def test_cpr_uden_for_en_pdfs_sider_afvises(hvor):
    with pytest.raises(ValidationError, match="ligner et CPR-nummer"):
        laes_bilag(pdf(hvor), "a.pdf")


def test_siden_i_en_pdf_staar_i_beskeden():
    html = f'<html lang="da"><body><p>Et</p><p style="break-before:page">Borger {NUMMER}</p></body></html>'
    with pytest.raises(ValidationError, match=r"Side 2: Teksten"):
        laes_bilag(html_til_pdf(html, identifikator="x", titel="T"), "a.pdf")


def test_linjen_i_en_tekstfil_staar_i_beskeden():
    with pytest.raises(ValidationError, match=r"Linje 2: Teksten"):
        laes_bilag(f"navn;nr\nx;{NUMMER}\n".encode(), "a.csv")


def test_et_billede_beholder_ingen_oplysninger():
    oplysninger = PngImagePlugin.PngInfo()
    oplysninger.add_text("Author", NUMMER)
    ud = io.BytesIO()
    Image.new("RGB", (2, 2)).save(ud, "PNG", pnginfo=oplysninger)
    assert NUMMER.encode() in ud.getvalue()
    assert NUMMER.encode() not in laes_bilag(ud.getvalue(), "a.png", maa_vaere_blank=True).data


def test_tal_side_om_side_i_en_tabel_slipper_igennem_filerne():
    bog = openpyxl.Workbook()
    bog.active.append(["Løn", 101225, 1234, 0.1012901234])
    assert laes_bilag(som_bytes(bog), "a.xlsx")
    fil = Document()
    tabel = fil.add_table(1, 2)
    tabel.cell(0, 0).text, tabel.cell(0, 1).text = "101225", "1234"
    assert laes_bilag(som_bytes(fil), "a.docx")


# --- a cell at the edge of a sheet ------------------------------------------------------------------------------------


def kun_i_hjoernet(celle: str) -> bytes:
    data = io.BytesIO(regneark(""))
    ud = io.BytesIO()
    with zipfile.ZipFile(data) as ind, zipfile.ZipFile(ud, "w") as ny:
        for navn in ind.namelist():
            xml = ind.read(navn)
            if navn == "xl/worksheets/sheet1.xml":
                raekke = celle.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").encode()
                xml = xml.replace(b'<row r="1"', b'<row r="%s"' % raekke).replace(b'r="A1"', b'r="%s"' % celle.encode())
            ny.writestr(navn, xml)
    return ud.getvalue()


@pytest.mark.parametrize(
    ("laes", "fejl"),
    [(laes_indikatorer, UlaeseligFil), (laes_sumtjek, UlaeseligFil), (budgetark, Importfejl)],
)
def test_en_celle_i_arkets_yderste_hjoerne_siges_og_laeses_ikke(laes, fejl):
    with pytest.raises(fejl) as grund:
        laes(kun_i_hjoernet("XFD1048576"))
    besked = str(getattr(grund.value, "fejl", [grund.value])[0])
    assert besked.startswith("Arket »Sheet« går helt til celle XFD1048576.")


# --- a word that cannot be drawn --------------------------------------------------------------------------------------


def test_papiret_siger_hvilket_ord_det_ikke_kan_tegne():
    html = f'<html lang="da"><body><h2>Vision</h2><p>Et {"abc" * 40_000} ord</p></body></html>'
    with pytest.raises(PdfFejl, match="I afsnittet »Vision« står et ord, der er for langt til at tegne: det begynder"):
        html_til_pdf(html, identifikator="x", titel="T")


def test_vagten_kender_nummeret():
    assert ligner_cpr(NUMMER)
