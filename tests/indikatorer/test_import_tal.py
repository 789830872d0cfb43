"""One strict reader of cells: what a Dane writes is read, and nothing else is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan.formats import tal
from helhedsplan.tabelfil.tabel import BRUDT
from indikatorer.choices import Maaletilstand
from indikatorer.imports.tal import Celletal, laes_celle


@pytest.mark.parametrize(
    ("tekst", "vaerdi", "decimaler", "enhed"),
    [
        ("26,1", "26.1", 1, ""),
        ("26,10", "26.10", 2, ""),
        ("0", "0", 0, ""),
        ("0,5 %", "0.5", 1, "pct"),
        ("12,5 pct.", "12.5", 1, "pct"),
        ("5,5-", "-5.5", 1, ""),
        ("\u22123,2", "-3.2", 1, ""),
        ("-7", "-7", 0, ""),
        ("1.337", "1337", 0, ""),
        ("1 337,50", "1337.50", 2, ""),
        ("1\u00a0337", "1337", 0, ""),
        ("1\u202f337", "1337", 0, ""),
        ("176.008 kr.", "176008", 0, "kr"),
        ("5 personer", "5", 0, "antal"),
        (" 12 ", "12", 0, ""),
    ],
)
def test_danske_tal(tekst, vaerdi, decimaler, enhed):
    assert laes_celle(tekst) == Celletal(Decimal(vaerdi), decimaler, enhed)


@pytest.mark.parametrize(
    ("tekst", "tilstand"),
    [(t, Maaletilstand.MANGLER) for t in ("", ".", "…", "...", "-", "–", "\u2212")]
    + [(t, Maaletilstand.DISKRETIONERET) for t in ("..", "#", "*", "<5", "< 5", "<10", "0-4", "1-4", "0–4")],
)
def test_maerker_siger_hvorfor_der_intet_tal_er(tekst, tilstand):
    assert laes_celle(tekst) == tilstand


@pytest.mark.parametrize(
    "tekst",
    [
        "N/A",
        "ca. 5",
        "1.5",
        "1,500",
        "1,2,3",
        "12.34.567",
        "--5",
        "-5-",
        "5--",
        "fem",
        "12*",
        "2008K1",
        "1e5",
        "٣",
        "5 børn",
    ],
)
def test_alt_andet_afvises(tekst):
    with pytest.raises(ValueError, match="kan ikke læses som et tal"):
        laes_celle(tekst)


@pytest.mark.parametrize("tekst", ["#N/A", "#REF!", "#DIV/0!", "#I/T"])
def test_fejl_i_formler_siges_som_det_de_er(tekst):
    with pytest.raises(ValueError, match="Cellen viser en fejl"):
        laes_celle(tekst)


def test_punktum_er_komma_i_filer_skilt_af_komma():
    assert laes_celle("26.1", brudt=BRUDT) == Celletal(Decimal("26.1"), 1)
    assert laes_celle("0.125", brudt=BRUDT) == Celletal(Decimal("0.125"), 3)
    with pytest.raises(ValueError, match=r"både 1337 og 1,337"):
        laes_celle("1.337", brudt=BRUDT)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_et_tal_der_skrives_laeses_igen(vaerdi):
    for decimaler in (0, 1, 4):
        skrevet = tal(vaerdi, decimaler)
        laest = laes_celle(skrevet)
        assert isinstance(laest, Celletal)
        assert tal(laest.vaerdi, decimaler) == skrevet
        assert laest.decimaler == decimaler


@given(st.text(max_size=12))
def test_vilkaarlig_tekst_er_et_tal_et_maerke_eller_en_dansk_besked(tekst):
    try:
        laest = laes_celle(tekst)
    except ValueError as fejl:
        laest = str(fejl)
    assert isinstance(laest, Celletal | Maaletilstand) or laest != ""


@given(st.integers(0, 10**12), st.integers(0, 99))
def test_genvejen_siger_det_samme_som_den_lange_vej(hele, brudt):
    kort, lang = laes_celle(f"{hele},{brudt:02}"), laes_celle(f"{tal(hele)},{brudt:02}")
    assert kort == lang
