"""The gap in words, which way it moves, and what several areas are together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indikatorer.rules.udvikling import Punkt, samlet_procent, udvikling


def punkter(*vaerdier: str, aar: int = 2019) -> list[Punkt]:
    return [Punkt(aar + nr, Decimal(v)) for nr, v in enumerate(vaerdier)]


def ord_(omraade, kommune, retning="ned", enhed="procent") -> str:
    fundet = udvikling(omraade, kommune, retning=retning, enhed=enhed, navn="kommunen")
    return fundet.ord if fundet else ""


@pytest.mark.parametrize(
    ("omraade", "kommune", "retning", "ventet"),
    [
        (("26.1", "24.0"), ("22.0", "21.8"), "ned", "nærmer sig kommunen: 2,2 point mod 4,1"),
        (("24.0", "26.1"), ("21.8", "22.0"), "ned", "fjerner sig fra kommunen: 4,1 point mod 2,2"),
        (("88.4", "89.0"), ("90.2", "90.2"), "op", "nærmer sig kommunen: 1,2 point mod 1,8"),
        (("4.6", "3.0"), ("3.5", "3.5"), "ned", "har overhalet kommunen: 0,5 point, før 1,1 point efter kommunen"),
        (("3.0", "4.6"), ("3.5", "3.5"), "ned", "er kommet bag kommunen: 1,1 point, før 0,5 point foran kommunen"),
        (("3.0", "3.2"), ("3.5", "3.5"), "ned", "mister forspring til kommunen: 0,3 point mod 0,5"),
        (("3.2", "3.0"), ("3.5", "3.5"), "ned", "øger forspringet til kommunen: 0,5 point mod 0,3"),
        (("4.6", "3.5"), ("3.5", "3.5"), "ned", "har nået kommunen: 0,0 point mod 1,1"),
        (("4.6", "4.7"), ("3.5", "3.6"), "ned", "følger kommunen: 1,1 point mod 1,1"),
        (("48.0", "50.0"), ("36.0", "36.0"), "", "fjerner sig fra kommunen: 14,0 point mod 12,0"),
        (("48.0",), ("36.0",), "", "12,0 point over kommunen"),
        (("26.1",), ("22.0",), "ned", "4,1 point efter kommunen"),
        (("22.0",), ("22.0",), "ned", "på højde med kommunen"),
    ],
)
def test_afstanden_i_ord(omraade, kommune, retning, ventet):
    aar = "2019" if len(omraade) == 1 else "2020 mod 2019"
    assert ord_(punkter(*omraade), punkter(*kommune), retning) == f"{ventet} ({aar})"


def test_afstanden_er_af_et_aar_som_begge_har():
    assert ord_(punkter("26.1", "24.0"), punkter("22.0")) == "4,1 point efter kommunen (2019)"
    assert ord_(punkter("26.1", "24.0"), punkter("22.0", "21.0", "20.0")).endswith("(2020 mod 2019)")


@pytest.mark.parametrize("aar", [2018, 2020])
def test_to_forskellige_aar_sammenlignes_aldrig(aar):
    assert ord_(punkter("26.1", aar=aar), punkter("22.0", aar=2019)) == ""


@pytest.mark.parametrize(
    ("enhed", "ventet"),
    [
        ("karakter", "0,4 efter kommunen"),
        ("kroner", "0,4\u00a0kr. efter kommunen"),
        ("procent", "0,4 point efter kommunen"),
    ],
)
def test_enheden_staar_ved_afstanden(enhed, ventet):
    assert ord_(punkter("5.8"), punkter("6.2"), "op", enhed) == f"{ventet} (2019)"


GAB = st.decimals(0, 100, places=1)


@given(a=GAB, b=GAB, c=GAB, d=GAB)
def test_naermer_sig_naar_afstanden_bliver_mindre_og_kun_da(a, b, c, d):
    tekst = ord_([Punkt(2019, a), Punkt(2020, b)], [Punkt(2019, c), Punkt(2020, d)], "")
    samme_side = (a - c) * (b - d) > 0
    assert tekst.startswith("nærmer sig") == (samme_side and abs(b - d) < abs(a - c))
    assert tekst.startswith("fjerner sig fra") == (abs(b - d) > abs(a - c) and (a - c) * (b - d) >= 0)


def test_flere_omraader_er_antal_over_grundlag_og_ikke_gennemsnittet():
    assert samlet_procent([(10, 100), (90, 300)]) == Decimal(25)
    assert samlet_procent([(10, 100), (None, 300)]) is None
    assert samlet_procent([(10, None)]) is None
    assert samlet_procent([(0, 0)]) is None
    assert samlet_procent([]) is None
