"""Keys: short, ASCII, readable, and never taken twice."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan.noegler import noegle_af, unik_noegle


@pytest.mark.parametrize(
    ("navn", "ventet"),
    [
        ("Tættere på fritidsjob", "taettere-paa-fritidsjob"),
        ("ÆRØ ÅLEKISTE", "aeroe-aalekiste"),
        ("Øget tryghed (Vejleåparken)", "oeget-tryghed-vejleaaparken"),
        ("Café Müller & Sön", "cafe-muller-soen"),
        ("Helhedsplan 2025–2029", "helhedsplan-2025-2029"),
        ("Helhedsplan 2025-2029", "helhedsplan-2025-2029"),
        ("  Luft   imellem  ", "luft-imellem"),
        ("Børn/unge", "boern-unge"),
        ("a\\b?c#d", "abcd"),
        (" – Pause – ", "pause"),
        ("»«", "uden-navn"),
        ("", "uden-navn"),
        ("日本", "uden-navn"),
        (unicodedata.normalize("NFD", "Tættere på Ørestad"), "taettere-paa-oerestad"),
    ],
)
def test_noegle_af(navn, ventet):
    assert noegle_af(navn) == ventet


def test_en_lang_noegle_skaeres_ved_et_ord():
    assert noegle_af("et to tre fire", laengde=8) == "et-to"
    assert noegle_af("et to tre fire", laengde=9) == "et-to-tre"
    assert noegle_af("et to tre fire", laengde=10) == "et-to-tre"
    assert noegle_af("a" * 100, laengde=8) == "aaaaaaaa"
    assert len(noegle_af("ord " * 100)) <= 70


@given(st.text(max_size=200), st.integers(8, 80))
def test_en_noegle_kan_staa_i_en_adresse(navn, laengde):
    noegle = noegle_af(navn, laengde)
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", noegle)
    assert len(noegle) <= max(laengde, len("uden-navn"))
    assert not noegle.endswith("-")


def test_unik_noegle():
    assert unik_noegle("Café", []) == "cafe"
    assert unik_noegle("Café", ["cafe"]) == "cafe-2"
    assert unik_noegle("Café", ["cafe", "cafe-2", "cafe-4"]) == "cafe-3"
    assert unik_noegle("Café", (n for n in ["cafe", "cafe-2"])) == "cafe-3"


@given(st.lists(st.sampled_from(["Café", "Cafe", "CAFE!", "Café 2", ""]), max_size=20))
def test_unikke_noegler_bliver_ved_med_at_vaere_det(navne):
    noegler = []
    for navn in navne:
        noegler.append(unik_noegle(navn, noegler))
    assert len(set(noegler)) == len(navne)
