import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan.forskel import ordforskel


@pytest.mark.parametrize(
    ("foer", "efter", "stykker"),
    [
        ("", "", []),
        ("Unge i job", "Unge i job", [("ens", "Unge i job")]),
        ("Unge i job", "Alle i job", [("slettet", "Unge"), ("ny", "Alle"), ("ens", " i job")]),
        ("Unge", "Unge under 18", [("ens", "Unge"), ("ny", " under 18")]),
        ("Unge under 18", "", [("slettet", "Unge under 18")]),
    ],
)
def test_ordforskel(foer, efter, stykker):
    assert [(s.art, s.tekst) for s in ordforskel(foer, efter)] == stykker


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_stykkerne_er_begge_tekster(foer, efter):
    stykker = ordforskel(foer, efter)
    assert "".join(s.tekst for s in stykker if s.art != "ny") == foer
    assert "".join(s.tekst for s in stykker if s.art != "slettet") == efter
