"""A Word template of somebody else's: what it may say, what is refused and how, and what comes out filled in."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from aftaler.choices import Afsnitsart
from dokumenter.word import skabelon
from dokumenter.word.skabelon import Skabelonfejl, tjek, udfyld, vaerdier
from dokumenter.word.skabelonlaes import fletfelter
from tests.aftaler.papirproeve import SVAER_PROSA, afsnit, aktivitet, delmaal, dokument, svaert_dokument
from tests.dokumenter.ordbehandler import linjer

SAGER = Path(__file__).parent.parent / "sager"
PAPIR = dokument(
    afsnit(
        Afsnitsart.PROSA, 1, "<p>Tekst & mere om <strong>området</strong>.</p><ul><li>Et punkt</li></ul>" + SVAER_PROSA
    ),
    afsnit(Afsnitsart.DELMAAL, 2, "", (delmaal(1), delmaal(2))),
    afsnit(Afsnitsart.AKTIVITETER, 3, "", (aktivitet(1), aktivitet(2))),
)
ALT = vaerdier(PAPIR, dokument_id="a/b", udgave="1 af i dag")


def fil(*afsnit_, hoved="", egenskab=""):
    word = Document()
    for tekst in afsnit_:
        word.add_paragraph(tekst)
    word.sections[0].header.paragraphs[0].text = hoved
    word.core_properties.title = egenskab
    ud = io.BytesIO()
    word.save(ud)
    return ud.getvalue()


def udfyldt(*afsnit_, **valg):
    return udfyld(fil(*afsnit_, **valg), ALT, ALT)


# --- filled in --------------------------------------------------------------------------------------------------------


def test_pladsholdere_loekker_og_betingelser():
    data = udfyldt(
        "Aftale: {{ titel }} for {{ plan }} ({{ periode }})",
        "{%p for p in parter %}",
        "{{ p.navn }}{% if p.administrerer %} administrerer{% endif %}",
        "{%p endfor %}",
        "{% for a in aktiviteter %}{{ loop.index }}. {{ a.navn|upper }} {% endfor %}",
        hoved="{{ dokument_id }}",
        egenskab="{{ titel }}",
    )
    assert linjer(data)[:3] == [
        "Aftale: Strategisk samarbejdsaftale for Boligsocial helhedsplan Eksempel 2025-2029 "
        "(1. november 2025 – 31. oktober 2029)",
        "Eksempel Kommune",
        "Boligforeningen Eksempel administrerer",
    ]
    word = Document(io.BytesIO(data))
    assert (word.core_properties.title, word.sections[0].header.paragraphs[0].text) == (PAPIR.titel, "a/b")


@pytest.mark.parametrize(
    ("navn", "besked"),
    [
        ("danske-citationstegn", r"Afsnit 1, »\{% if omraade == ‘’ %\}«: Anførselstegnene er krøllede"),
        ("danske-citationstegn", r"Afsnit 2, »\{\{ titel\|default\(»uden titel«\) \}\}«: Anførselstegnene er krøllede"),
        ("modulo-i-afsnitstag", r"Afsnit 2, »\{%p if loop.index % 2 == 0 %\}«: Tegnet % kan ikke stå inde i et tag"),
    ],
)
def test_fejl_fra_praksis_siges_paa_dansk_med_tag_og_sted(navn, besked):
    with pytest.raises(Skabelonfejl) as fejl:
        tjek((SAGER / f"skabelon-{navn}.docx").read_bytes(), ALT)
    assert any(re.match(besked, linje) for linje in fejl.value.messages), fejl.value.messages


def test_words_egne_fletfelter_findes():
    assert fletfelter((SAGER / "skabelon-fletfelt-staar-tilbage.docx").read_bytes()) == ["Sagsnr"]
    assert fletfelter(fil("{{ titel }} «Navn»")) == ["Navn"]
    assert fletfelter(fil("{{ titel }}")) == []


def test_ja_og_nej_skrives_paa_dansk():
    data = udfyldt("{% for p in parter %}{{ p.administrerer }} {{ loop.first }} {% endfor %}")
    assert linjer(data) == ["nej ja ja nej"]


def test_en_hel_tekst_med_lister_tabeller_og_noter():
    data = udfyldt("Før", "{{p afsnit.prosa.tekst }}", "Efter")
    ord_ = linjer(data)
    assert ord_[:4] == ["Før", "Tekst & mere om området.", "• Et punkt", "Underoverskrift før overskriften1"]
    assert ord_[-1] == "Efter"
    assert "1 Beboerdata 2019, se kilden" in ord_
    assert len(Document(io.BytesIO(data)).tables) == 2


def test_tekst_der_ligner_maerker_og_pladsholdere_bliver_staaende():
    papir = dokument(titel="<w:p/> & {{ 7*7 }} {% for x in y %}")
    data = udfyld(fil("{{ titel }}"), vaerdier(papir), ALT)
    assert linjer(data) == ["<w:p/> & {{ 7*7 }} {% for x in y %}"]


def test_det_svaereste_papir_kan_udfyldes():
    papir = svaert_dokument()
    navne = [a.noegle for a in papir.afsnit]
    alt = vaerdier(papir)
    data = udfyld(fil(*(f"{{{{p afsnit.{n}.tekst }}}}" for n in navne)), alt, alt)
    assert len(linjer(data)) > 100


def test_den_samme_skabelon_og_det_samme_papir_giver_de_samme_byte():
    assert udfyldt("{{ titel }}") == udfyldt("{{ titel }}")


# --- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "besked"),
    [
        ("{{ ukendt }}", "pladsholderen »ukendt«"),
        ("{{ afsnit.findes_ikke.tekst }}", "pladsholderen »afsnit.findes_ikke«"),
        ("{% for a in aktiviteter %}{{ a.loen }}{% endfor %}", "pladsholderen »a.loen«"),
        ("{% if False %}{{ ukendt }}{% endif %}", "pladsholderen »ukendt«"),
        ("{{ titel.upper() }}", "må kun bruge pladsholdere"),
        ("{{ titel.__class__ }}", "pladsholderen »titel.__class__«"),
        ("{{ parter.append(1) }}", "må kun bruge pladsholdere"),
        ("{% for i in range(10) %}x{% endfor %}", "må kun bruge pladsholdere"),
        ("{% set x = 1 %}{{ x }}", "må kun bruge pladsholdere"),
        ("{% import 'os' as os %}", "må kun bruge pladsholdere"),
        ("{% include 'fil' %}", "må kun bruge pladsholdere"),
        ("{{ 9**9**9 }}", "må kun bruge pladsholdere"),
        ("{{ titel|attr('x') }}", "må kun bruge pladsholdere"),
        ("{{ titel", r"Afsnit 1: »\{\{ titel« er ikke lukket"),
        ("{{ titel titel }}", r"Afsnit 1, »\{\{ titel titel \}\}«: Det kan ikke læses"),
        ("{% if titel == %}x{% endif %}", "Betingelsen efter »if« kan ikke læses"),
        ("{% if titel %}x", r"Afsnit 1, »\{% if titel %\}«: Der mangler \{% endif %\}"),
        ("x{% endfor %}", r"Der er ingen \{% for %\} at lukke"),
        ("{{ ukendt }}", r"Afsnit 1, »\{\{ ukendt \}\}«: Skabelonen har pladsholderen"),
        ("{% if loop.index % 2 == 0 %}x{% endif %}", "Tegnet % kan ikke stå inde i et tag"),
        ("{% for a in titel %}{% endfor %}", "ikke er en liste"),
        ("{{ afsnit.prosa.tekst }}", "alene i et afsnit"),
    ],
)
def test_det_der_ikke_kan_bruges_afvises_med_en_besked(tekst, besked):
    with pytest.raises(Skabelonfejl, match=besked):
        tjek(fil(tekst), ALT)


@pytest.mark.parametrize("valg", [{"hoved": "{{ x.y() }}"}, {"egenskab": "{{ x }}"}])
def test_ogsaa_hoved_og_egenskaber_ses_efter(valg):
    with pytest.raises(Skabelonfejl):
        tjek(fil("Tekst", **valg), ALT)


def med_filer(**filer):
    ud = io.BytesIO(fil("Tekst"))
    with zipfile.ZipFile(ud, "a") as pakke:
        for navn, data in filer.items():
            pakke.writestr(navn.replace("__", "/").replace("_p_", "."), data)
    return ud.getvalue()


@pytest.mark.parametrize(
    ("data", "besked"),
    [
        (b"", "ikke et Word-dokument"),
        (b"%PDF-1.7", "ikke et Word-dokument"),
        (b"PK\x03\x04 ikke en zip", "ikke et Word-dokument"),
        (b"x" * (skabelon.STOERST + 1), "for stor"),
    ],
)
def test_det_der_ikke_er_et_dokument_afvises(data, besked):
    with pytest.raises(Skabelonfejl, match=besked):
        tjek(data, ALT)


def test_et_regneark_er_ikke_et_dokument():
    from openpyxl import Workbook

    ud = io.BytesIO()
    Workbook().save(ud)
    with pytest.raises(Skabelonfejl, match="ikke et Word-dokument"):
        tjek(ud.getvalue(), ALT)


def test_makroer_afvises():
    with pytest.raises(Skabelonfejl, match="makroer"):
        tjek(med_filer(word__vbaProject_p_bin=b"x"), ALT)


def test_en_zip_der_svulmer_afvises():
    ud = io.BytesIO(fil("Tekst"))
    with zipfile.ZipFile(ud, "a", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr("word/stor.bin", b"0" * (skabelon.STOERST_UDPAKKET + 1))
    with pytest.raises(Skabelonfejl, match="for meget"):
        tjek(ud.getvalue(), ALT)


def test_det_der_hentes_udefra_afvises():
    word = Document()
    word.part.relate_to("http://eksempel.example/billede.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    ud = io.BytesIO()
    word.save(ud)
    with pytest.raises(Skabelonfejl, match="udefra"):
        tjek(ud.getvalue(), ALT)


def test_et_almindeligt_link_maa_gerne_staa():
    word = Document()
    word.part.relate_to("http://eksempel.example/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    ud = io.BytesIO()
    word.save(ud)
    assert tjek(ud.getvalue(), ALT) is None
