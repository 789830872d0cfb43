"""What kind of file somebody has chosen, said with what to do about it; and at each door where tables are taken in."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from helhedsplan.tabelfil import slags
from tests import factories as f


def pakke(**dele: str) -> bytes:
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w") as fil:
        for navn, indhold in dele.items():
            fil.writestr(navn.replace("__", "/"), indhold)
    return ud.getvalue()


LAAST = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
FILER = {
    "blank": (b" \r\n", slags.TOM),
    "gammel": (b"\xd0\xcf\x11\xe0" + bytes(600), slags.GAMMEL),
    "laast": (LAAST, slags.KODE),
    "ods": (pakke(mimetype="application/vnd.oasis.opendocument.spreadsheet"), slags.ODS),
    "odt": (pakke(mimetype="application/vnd.oasis.opendocument.text"), "et tekstdokument og ikke et regneark"),
    "xlsb": (pakke(**{"xl__workbook.bin": "x"}), slags.BINAER),
    "word": (pakke(**{"word__document.xml": "x"}), "et Word-dokument og ikke et regneark"),
    "pdf": (b"%PDF-1.7 ", "en PDF og ikke et regneark"),
    "billede": (b"\x89PNG" + bytes(50), "et billede og ikke et regneark"),
}


@pytest.mark.parametrize("navn", FILER)
def test_filens_slags_siges_med_hvad_man_skal_goere(navn):
    data, sagt = FILER[navn]
    assert sagt in slags.afvist(data)


def test_det_der_kan_vaere_en_tabel_afvises_ikke():
    assert slags.afvist(b"A;1") == slags.afvist(pakke(**{"xl__workbook.xml": "x"})) == ""
    assert slags.afvist(b"PK\x03\x04 og ikke mere") == "", "said by whoever reads it"


@pytest.mark.parametrize("kodning", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danske_ord_laeses_som_excel_gemmer_dem(kodning):
    assert slags.afkod("Område;Beløb".encode(kodning)) == "Område;Beløb"


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfea", "a\0".encode("utf-16")])
def test_det_der_ingen_tekst_er(data):
    assert slags.afkod(data) == ""


@pytest.fixture
def doere(client, db):
    """The pages that take a table in: (its address, the name of the field)."""
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    budget = f.BudgetFactory(plan=plan, art="ansoegt")
    return {
        "budget": reverse("budget-importer", args=[plan.noegle, budget.noegle]),
        "indikator": reverse("indikator-importer", args=[plan.noegle]),
        "sumtjek": reverse("budget-sumtjek", args=[plan.noegle]),
    }


@pytest.mark.parametrize("doer", ["budget", "indikator", "sumtjek"])
@pytest.mark.parametrize("navn", FILER)
def test_ved_hver_doer_staar_det_ved_filen(client, doere, doer, navn):
    data, sagt = FILER[navn]
    svar = client.post(doere[doer], {"fil": SimpleUploadedFile("budget 2026.xlsx", data)})
    assert svar.status_code == 422
    assert [sagt in str(fejl) for fejl in svar.context["form"].errors["fil"]] == [True]
