"""A hostile workbook stops the process that reads it, and is refused in words at every door; ours reads on."""

import io
import json
import struct
import time
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as klokkeslaet
from functools import cache

import pytest
from openpyxl import Workbook

from budget.imports import Importfejl
from budget.imports import _ark as budgettets_ark
from budget.sumtjek.filer import laes_fil as sumtjek
from helhedsplan import underproces
from helhedsplan.tabelfil import Regnetal, Tabel, Tabeldoer, UlaeseligFil, gemt_laesning, laes, laes_og_gem, laeser
from helhedsplan.tabelfil.tabel import som_celle
from tests.indikatorer.importdata import laes_fil as indikatorer

DOERE = [(indikatorer, UlaeseligFil), (sumtjek, UlaeseligFil), (budgettets_ark, Importfejl)]
#: Wall clock on a machine that is busy with others; the process itself has 30 seconds of work.
HOEJST_SEKUNDER = underproces.VENTETID + 15


def regneark() -> bytes:
    bog = Workbook()
    bog.active.title = "Finansiering"
    bog.active.append(["Kilde", 1, 2.5, True, date(2024, 5, 1), "=1+1"])
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def med(**dele: bytes) -> bytes:
    """The workbook with other parts: arket, tekster, egenskaber."""
    stier = {
        "arket": "xl/worksheets/sheet1.xml",
        "tekster": "xl/sharedStrings.xml",
        "egenskaber": "docProps/core.xml",
    }
    nye = {stier[navn]: data for navn, data in dele.items()}
    ud = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(regneark())) as gammel, zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as ny:
        for navn in gammel.namelist():
            ny.writestr(navn, nye.get(navn, gammel.read(navn)))
    return ud.getvalue()


ARK = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>%s</worksheet>'
CELLE = b'<row r="1"><c r="A1"><v>1</v></c></row>'


@cache
def bombe() -> bytes:
    """310 MB of spaces in some hundred kilobytes."""
    return med(arket=ARK % (b" " * (310 * 1024**2), b""))


@cache
def bombe_der_lyver() -> bytes:
    """The same, that says it is a hundred bytes."""
    data, stoerrelse = bytearray(bombe()), struct.pack("<L", 310 * 1024**2 + len(ARK % (b"", b"")))
    fra = 0
    while (sted := data.find(stoerrelse, fra)) >= 0:
        data[sted : sted + 4] = struct.pack("<L", 100)
        fra = sted + 4
    assert fra, "the size stands in the archive"
    return bytes(data)


def fjern_celle() -> bytes:
    return med(arket=ARK % (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b""))


@cache
def flettede() -> bytes:
    celler = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (nr, nr) for nr in range(1, 1_000_001))
    return med(arket=ARK % (CELLE, b"<mergeCells>" + celler + b"</mergeCells>"))


def dybt() -> bytes:
    return med(arket=ARK % (CELLE, b""), egenskaber=b"<a>" * 300_000 + b"</a>" * 300_000)


def dybe_tekster() -> bytes:
    return med(tekster=b"<sst>" + b"<si>" * 300_000 + b"</si>" * 300_000 + b"</sst>")


@pytest.mark.parametrize("fil", [bombe, bombe_der_lyver, fjern_celle, flettede], ids=lambda fil: fil.__name__)
@pytest.mark.parametrize(("doer", "fejl"), DOERE, ids=["indikatorer", "sumtjek", "budget"])
def test_et_fjendtligt_regneark_afvises_med_ord(fil, doer, fejl):
    start = time.monotonic()
    with pytest.raises(fejl) as grund:
        doer(fil())
    assert time.monotonic() - start < HOEJST_SEKUNDER
    assert len(str(grund.value)) > 20


DOER = Tabeldoer(10**7, 200 * 1024**2, 1000, "Del den.")


@pytest.mark.parametrize("fil", [dybt, dybe_tekster], ids=lambda fil: fil.__name__)
def test_dyb_xml_laeses_uden_os(fil):
    """Whatever comes of it, it is an answer: sheets, or a refusal in words."""
    start = time.monotonic()
    try:
        svar = [et.navn for et in laes(fil(), DOER)]
    except UlaeseligFil as grund:
        svar = grund.beskeder
    assert svar in (["Finansiering"], [laeser.BESKADIGET], [laeser.FOR_TUNG])
    assert time.monotonic() - start < HOEJST_SEKUNDER


@pytest.mark.parametrize("hvordan", [underproces.ForTung, underproces.Mislykket])
@pytest.mark.parametrize(("doer", "fejl"), DOERE, ids=["indikatorer", "sumtjek", "budget"])
def test_en_proces_der_stoppes_er_en_besked(monkeypatch, hvordan, doer, fejl):
    def stopper(*args, **kwargs):
        raise hvordan

    monkeypatch.setattr(underproces, "koer", stopper)
    with pytest.raises(fejl, match="for tungt at læse"):
        doer(regneark())


def test_processen_har_graenser(monkeypatch):
    """The bounds are set before a byte of the file is read."""
    kald = []
    monkeypatch.setattr(underproces, "begraens", lambda *graenser: kald.append(graenser))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(ValueError, match="Expecting value"):
        laeser.main()
    assert kald == [(30, 2 * 1024**3)]


@pytest.mark.parametrize("doer", [indikatorer, sumtjek], ids=["indikatorer", "sumtjek"])
def test_en_tekst_laeses_ogsaa_i_processen(monkeypatch, doer):
    """Also a CSV file may hold more cells than a web process has room for."""
    laeste = []
    koer = underproces.koer
    monkeypatch.setattr(underproces, "koer", lambda modul, ind: laeste.append(modul) or koer(modul, ind))
    assert doer(b"Post;2024\nA;1\nI alt;1\n")[0].raekker[1] == ["A", "1"]
    assert laeste == ["helhedsplan.tabelfil.laeser"]
    with pytest.raises(UlaeseligFil, match="for mange celler"):
        doer(b";" * 4_500_000)


def test_det_der_laeses_er_det_der_staar():
    (ark,) = laes(regneark(), DOER)
    assert ark.navn == "Finansiering"
    assert ark.raekker == [["Kilde", "1", "2,5", "SAND", "2024-05-01", "#VÆRDI!"]]
    assert [type(v) for v in ark.raekker[0][1:4]] == [Regnetal, Regnetal, str]
    assert ark.fejl == {(0, 5): "Formlen er ikke regnet ud. Åbn og gem filen i dit regneark først."}
    assert laes(regneark(), replace(DOER, kun=("Udgifter",))) == []


@pytest.mark.parametrize(
    ("vaerdi", "tekst"),
    [(date(2024, 5, 1), "2024-05-01"), (datetime(2024, 5, 1, tzinfo=UTC), "2024-05-01"),
     (klokkeslaet(12, 30), "12:30:00"),
     (timedelta(hours=25), "1 day, 1:00:00")],
)  # fmt: skip
def test_tider_er_tekst(vaerdi, tekst):
    assert som_celle(vaerdi) == tekst


def test_en_laesning_kan_gemmes_og_er_den_samme():
    """The file itself is opened once; a number of a workbook is still another cell than the same as text."""
    tabeller = [
        *laes(regneark(), DOER),
        Tabel("", [["Æ", "1"], [Regnetal("1"), Regnetal("1", 2), "1"]], ";", [((0, 0), (1, 1))], {(0, 1): "x"}, ("a",)),
    ]
    igen = laeser._tabeller(json.loads(json.dumps(laeser._som_data(tabeller))))
    assert igen == tabeller
    assert gemt_laesning(laes_og_gem(regneark(), DOER)) == laes(regneark(), DOER)
    assert [[(type(c), getattr(c, "vist", 0)) for c in r] for r in igen[1].raekker] == [
        [(str, 0), (str, 0)],
        [(Regnetal, None), (Regnetal, 2), (str, 0)],
    ]
