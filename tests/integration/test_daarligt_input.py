"""Whatever is sent to any field of any form, and stands in any address, is answered: with the page, a message or 404.

Forms are found on the pages of the matrix, so a new one is in by itself. The short form sends a few of the values to
each; all of them with FULDT_INPUT=1.
"""

import os
import zlib

import pytest
from django.test import Client
from django.urls import reverse

from tests.integration.formularvandring import Sideformular, formularer
from tests.integration.test_matrix import DATA, EGNE, PLANSIDER, adresse, egne_argumenter, som_foer
from tests.verden import verden

FULDT = bool(os.environ.get("FULDT_INPUT"))
CIFRE = "9" * 30
VAERDIER = {
    "30 cifre": CIFRE,
    "minus 30 cifre": f"-{CIFRE}",
    "5000 cifre": "1" * 5000,
    "dyb JSON": "[" * 20_000 + "]" * 20_000,
    "dybe felter": '{"a":' * 20_000 + "1" + "}" * 20_000,
    "surrogat i JSON": '{"a": "\\ud800"}',
    "JSON uden mening": '{"a": [1, null, {}]}',
    "NUL": "a\x00b",
    "Words linjeskift": "a\x0bb",
    "U+FFFE": "a\ufffeb",
    "langt ord": "x" * 100_000,
    "højre mod venstre": "\u202eabc\u2066 def",
    "emoji": "😀" * 20,
    "umådeligt": "1e400",
    "NaN": "NaN",
    "uendelig": "Infinity",
    "negativ": "-1",
    "nul": "0",
    "dag der ikke findes": "2026-02-30",
    "dag uden for tiden": "31.12.9999",
    "script": "javascript:alert(1)",
    "mærke": "<script>alert(1)</script>",
    "hævet ciffer": "²",
    "arabisk ciffer": "٣",
    "tomt": "",
    "punktummer": "../../etc/passwd",
}  # fmt: skip
ANTAL = len(VAERDIER) if FULDT else 1


def udvalg(noegle: str) -> list[str]:
    """A few of the values, others for other forms, the same every time."""
    navne = list(VAERDIER)
    start = zlib.crc32(noegle.encode()) % len(navne)
    return [navne[(start + trin * 7) % len(navne)] for trin in range(ANTAL)]


@pytest.fixture
def v(db, uden_klokke):
    """What waits stands on every page, and takes longer than most of them."""
    fundet = verden()
    leder = fundet.brugere["leder"]
    leder.er_administrator = True
    leder.save()
    return fundet


@pytest.fixture
def leder(v):
    client = Client(raise_request_exception=False)
    client.force_login(v.brugere["leder"])
    return client


def send(client, form: Sideformular, felter: dict):
    return client.post(form.adresse, felter) if form.metode == "post" else client.get(form.adresse, felter)


def galt(svar, hvad: str) -> list[str]:
    if svar.status_code < 500:
        return []
    fejl = getattr(svar, "exc_info", None)
    return [f"{hvad} -> {svar.status_code} {fejl[0].__name__ if fejl else ''}: {str(fejl[1])[:150] if fejl else ''}"]


def sidens_formularer(client, url: str) -> list[Sideformular]:
    svar = client.get(url)
    if svar.status_code != 200 or not svar.get("Content-Type", "").startswith("text/html"):
        return []
    return [form for form in formularer(url, svar.content) if form.navne]


def tekniske(form: Sideformular) -> list[str]:
    """What nobody types, and a program could send anything in: counts of rows, versions, hidden JSON."""
    return [navn for navn in form.navne if navn.endswith(("_FORMS", "version", "versioner", "felter", "grundlag"))][:2]


def proev_formular(client, v, form: Sideformular) -> list[str]:
    """All fields at once, and one field at a time with the others as they stand."""
    fundet = []
    for navn in udvalg(form.adresse):
        with som_foer(v):
            alle = form.felter | dict.fromkeys(form.navne, VAERDIER[navn])
            fundet += galt(send(client, form, alle), f"{form.adresse} alle felter = {navn}")
    for felt in form.navne if FULDT else tekniske(form):
        for navn in udvalg(form.adresse + felt)[: ANTAL if FULDT else 1]:
            with som_foer(v):
                fundet += galt(
                    send(client, form, form.felter | {felt: VAERDIER[navn]}), f"{form.adresse} {felt} = {navn}"
                )
    return fundet


SIDER = sorted(
    n for n, (m, _) in PLANSIDER.items() if m == "GET" and not n.endswith(("-pdf", "-word", "-zip", "-xlsx"))
)


@pytest.mark.parametrize("del_", range(6))
def test_intet_felt_i_nogen_formular_kan_vaelte_siden(v, leder, del_):
    fundet, sete = [], set()
    for navn in SIDER[del_::6]:
        with som_foer(v) as verdenen:
            for form in sidens_formularer(leder, adresse(verdenen, navn)):
                if (form.adresse, form.metode) not in sete:
                    sete.add((form.adresse, form.metode))
                    fundet += proev_formular(leder, verdenen, form)
    assert len(sete) > 5
    assert fundet == []


def test_intet_felt_uden_for_planen_kan_vaelte_siden(v, leder):
    fundet = []
    urler = [reverse(navn) for navn in (*EGNE, "plan-opret", "wordskabelon-liste", "verificer")]
    for form in [form for url in urler for form in sidens_formularer(leder, url)]:
        fundet += proev_formular(leder, v, form)
    assert fundet == []


def test_ingen_kommando_kan_vaeltes_af_sine_felter(v, leder):
    """Commands that stand on no page in this world, with the fields they are known to take."""
    fundet = []
    for navn in sorted(n for n, (m, _) in PLANSIDER.items() if m == "POST"):
        with som_foer(v) as verdenen:
            felter = ["raekkefoelge", "version", *DATA.get(navn, {}), "skridt", "pk", "versioner"]
            form = Sideformular(adresse(verdenen, navn), "post", {felt: [""] for felt in felter})
            fundet += proev_formular(leder, verdenen, form)
    assert fundet == []


def test_tal_i_adressen_som_ingen_database_kan_holde_findes_ikke(v, leder):
    """404 wherever a number of 30 digits stands for what is there."""
    fundet = []
    for navn, (metode, _) in sorted(PLANSIDER.items()):
        with som_foer(v) as verdenen:
            alle = verdenen.argumenter(navn)
            argumenter = {n: alle[n] for n in egne_argumenter(navn)}
            for felt in [n for n, vaerdi in argumenter.items() if isinstance(vaerdi, int)]:
                url = reverse(navn, kwargs=argumenter | {felt: int(CIFRE)})
                svar = leder.get(url) if metode == "GET" else leder.post(url, DATA.get(navn, {}))
                fundet += [] if svar.status_code == 404 else [f"{navn} {felt} -> {svar.status_code}"]
    assert fundet == []


def test_spoergsmaal_i_adressen_kan_ikke_vaelte_en_side(v, leder):
    felter = (
        "side",
        "page",
        "sort",
        "q",
        "aar",
        "kvartal",
        "fra",
        "til",
        "art",
        "udgave",
        "mod",
        "sted",
        "plan",
        "vis",
    )
    fundet = []
    for navn in SIDER:
        with som_foer(v) as verdenen:
            url = adresse(verdenen, navn)
            for vaerdi in udvalg(url):
                tekst = VAERDIER[vaerdi][:3000].replace("\x00", "")
                fundet += galt(leder.get(url, dict.fromkeys(felter, tekst)), f"{url} ?{vaerdi}")
    assert fundet == []
