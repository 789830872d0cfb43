"""The CPR guard: every way of writing a number is found, and what only looks like one goes through."""

import time
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan.cpr import CPR_BESKED, ligner_cpr, maskeret, uden_cpr

FORMER = yaml.safe_load((Path(__file__).parent / "cpr.yaml").read_text())


@pytest.mark.parametrize("tekst", FORMER["stoppes"])
def test_hver_skrivemaade_i_listen_stoppes(tekst):
    assert ligner_cpr(tekst)
    assert ligner_cpr(f"<p>Et afsnit, og så {tekst}</p>")


@pytest.mark.parametrize("tekst", FORMER["stoppes"])
def test_hver_skrivemaade_i_listen_maskeres(tekst):
    assert not ligner_cpr(maskeret(f"Rækken {tekst} mangler."))


def test_kun_nummeret_maskeres():
    assert maskeret("Løn 2024, 010190-1234 (3 timer)") == "Løn 2024, xxxxxx-xxxx (3 timer)"
    assert maskeret("Løn 2024­25") == "Løn 2024­25"


@pytest.mark.parametrize("tekst", FORMER["slippes_igennem"])
def test_hver_ligner_i_listen_slipper_igennem(tekst):
    assert not ligner_cpr(tekst)
    assert not ligner_cpr(f"<p>{tekst}</p>")


@pytest.mark.parametrize(
    "tekst",
    [
        "01011990-0001", "01.01.1990-0001", "1010190-0001"[1:], "010190_0001", "borger_010190_0001.pdf",
        "0101900001.pdf", "Jens Hansen 010190 0002", "cpr0101900002", "CPR 610190-0001", "c.p.r. 010190 0003",
        "Født 010190 1234", "010190-0001, 020290-0002", "0 1 0 1 9 0 0 0 0 1 (cpr)", "01 01 90 - 0001",
        "010190\u2011\n0001", "<p>010190-</p><p>0001</p>", "010190 0001 Jens Hansen", "01/01/90 - 0001",
        "010190\u202d-0001", "2021-2025, 010190-0001", "sagsnr. 010190-0001", "010190\x1e0001",
        "010190.0001", "Borger 010190.0001.", "01 01 90 0001", "Jens 01 01 90 0001 mangler", "CPR 010190 00 01",
        "cpr-nr. 01 01 90 00 01", "010190\n0001", "Borger 101190\n1234 har søgt", "<p>Borger 010190<br>0001</p>",
        "Se 010190 0001 i sagen", "se 0101900001", "610190-0001", "Borger 610190 - 0001", "010190\r\n0001",
    ],
)  # fmt: skip
def test_broedre_til_listen_stoppes(tekst):
    assert ligner_cpr(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "<tr><td>101225</td><td>1234</td></tr>", "101225\t1234", "101225;1234", "Løn 101225 2400", "101225 2400 3600",
        "1.200 101225 2400", "P-nummer 1012901234", "konto 0400 1012901234", "EAN 5798010190000", "kl. 10.10-12.30",
        "01.11.2025-2029", "01.11.2025 1200 personer", "0,1012901234", "310290-0001", "290223-0001", "011125/2026",
        "https://eksempel.example/sag/1012901234", "ISBN 1012901234", "den 011125 0830", "tlf. 1012901234",
        "a1012901234", "1 0 1 2 9 0 1 2 3 4 5", "010125-0001-2", "011225 2500 kr.", "pr. 311225 1450 beboere",
        "1,010190.0001", "v010190.0001", "011125.2026", "10 12 25 1200", "Nord 10 12 25 1047", "1 01 01 90 0001 2",
        "+45 20 12 34 56", "010190 00 01", "Antal 101225 12 14", "101225\n1234", "1200\n010125\n0800\n",
        "Løn\n101225\n2400", "den 011225\n1200 personer", "SE-nr. 1012901234", "se nr. 1012901234", "610190 0001",
        "6101900001", "921390-0001", "den 01 11 25 0830", "01 11 25 1200 personer",
    ],
)  # fmt: skip
def test_broedre_til_lignerne_slipper_igennem(tekst):
    assert not ligner_cpr(tekst)


def test_beskeden_siger_stedet_og_gentager_ikke_nummeret():
    with pytest.raises(ValidationError) as fejl:
        uden_cpr("010190-0001", "Filens navn")
    assert fejl.value.messages == [f"Filens navn: {CPR_BESKED}"]
    lang = "Noget helt andet. " * 20 + "Vi ringede til 020290-0002 og borgeren 010190-0001 om det."
    with pytest.raises(ValidationError) as fejl:
        uden_cpr(f"<p>{lang}</p>")
    assert fejl.value.messages == [f"{CPR_BESKED} Det står efter »helt andet. Vi ringede til«."]


@pytest.mark.parametrize(
    "tekst",
    [
        "010180-1234",
        "Født: 010180-1234.",
        "(311299-0000)",
        "cpr:290200-9999,",
        "010180 1234",
        "010180 - 1234",
        "010180- 1234",
        "010180  -  1234",
        "010180\u00a01234",
        "010180&nbsp;1234",
        "010180–1234",
        "010180—1234",
        "010180‑1234",
        "010180−1234",
        "010180\u00ad1234",
        "010180-\u200b1234",
        "01\u200b0180-1234",
        "\ufeff010180-1234",
        "010180﹣1234",
        "010180－1234",
        "０１０１８０-１２３４",
        "01 01 80-1234",
        "010180&#45;1234",
        "010180&#x2d;1234",
        "010180&ndash;1234",
        "010180&hyphen;1234",
        "<p>0101<strong>80-12</strong>34</p>",
        "<p>010180-<em>1234</em></p>",
        "<p>010180<br>-1234</p>",
        "<p>010180-<!-- x -->1234</p>",
        '<p><a href="https://a.example/?cpr=010180-1234">x</a></p>',
        "&#48;10180-1234",
        "Linje\n010180-1234\nlinje",
        "<td>010180-1234</td>",
    ],
)
def test_cpr_afvises(tekst):
    with pytest.raises(ValidationError) as fejl:
        uden_cpr(tekst)
    assert (fejl.value.messages, fejl.value.code) == ([CPR_BESKED], "cpr")


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "12345678",
        "Ring på 20 12 34 56",
        "+45 20 12 34 56",
        "2012 3456",
        "20123456 20123457",
        "01.11.2025",
        "2025-11-01",
        "01-11-2025",
        "1/11-2025",
        "011125",
        "011125-311029",
        "1. november 2025 – 31. oktober 2029",
        "2021-2025",
        "2025/2026",
        "CVR 12345678",
        "EAN 5798009876543",
        "EAN 5798 0098 7654 3",
        "P-nummer 1003403542",
        "1.010.180 kr.",
        "1 010 180 1234",
        "25 mio. kr.",
        "010.180-1.234",
        "320180-1234",
        "000180-1234",
        "011380-1234",
        "010080-1234",
        "010180-123",
        "010180-12345",
        "1010180-1234",
        "LBF 2019-0101-80",
        "010180 og 1234",
        "010180, 1234",
        "<td>010180</td><td>1234</td>",
        "kl. 10.15-12.30",
        "55-61, 2635",
        "3 < 4 > 2",
    ],
)
def test_telefonnumre_datoer_beloeb_og_numre_er_ikke_cpr(tekst):
    uden_cpr(tekst)


@given(
    st.dates(), st.integers(0, 9999), st.sampled_from(["-", " ", " - ", "–", "\u00a0"]), st.text("abc ,.<>", max_size=9)
)
def test_ethvert_cpr_findes(dag, loebenummer, tegn, om):
    with pytest.raises(ValidationError):
        uden_cpr(f"{om} {dag:%d%m}{dag.year % 100:02}{tegn}{loebenummer:04} {om}")


@pytest.mark.parametrize("vaerdi", [None, 5, True])
def test_det_der_ikke_er_tekst_gaar_forbi(vaerdi):
    uden_cpr(vaerdi)


@pytest.mark.parametrize("stump", ["<", "&", "0101", "010101 ", "0 1 ", "01.01.", "010101-", "0101010000", "cpr "])
def test_lang_tekst_tager_ikke_lang_tid(stump):
    start = time.monotonic()
    ligner_cpr("a" + stump * (200_000 // len(stump)) + "b")
    assert time.monotonic() - start < 5
