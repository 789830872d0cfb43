"""Wide tables: nothing that is typed is missing from a paper, and nothing lies outside of its page."""

import html as htmllib
import re
import string
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from helhedsplan.bredde import BRUDT
from helhedsplan.pdf import PdfFejl, html_til_pdf
from helhedsplan.prosa import Fodnoter
from helhedsplan.tekst import rens

STIL = '<link rel="stylesheet" href="statisk:pdf/papir.css">'
SAGER = Path(__file__).parent.parent / "sager"
DELETEGN = dict.fromkeys(map(ord, "-\u00ad\u2010\u0002\ufffe"))


def papir(tekst, **valg):
    krop = f"<section><h2>4 Baggrund</h2>{Fodnoter().til_papir(rens(tekst))}</section><p>Efter</p>"
    html = (
        f'<html lang="da"><head><title>Prøve</title>{STIL}</head><body><h1>Prøve</h1><main>{krop}</main></body></html>'
    )
    return html_til_pdf(html, identifikator="proeve/1", titel="Prøve", **valg)


def laest(data):
    """(all letters on the pages, without spaces and hyphens; pages across; letters outside of their page)"""
    tegn, tvaers, udenfor = "", [], 0
    for side in pypdfium2.PdfDocument(data):
        bredde, hoejde = side.get_size()
        tvaers.append(bredde > hoejde)
        tekst = side.get_textpage()
        tegn += tekst.get_text_range()
        for nr in range(tekst.count_chars()):
            venstre, bund, hoejre, top = tekst.get_charbox(nr)
            udenfor += venstre < 0 or bund < 0 or hoejre > bredde or top > hoejde
    return _tegn(tegn), tvaers, udenfor


def _tegn(tekst):
    return "".join(tekst.split()).translate(DELETEGN)


def tabel(raekker):
    def linje(raekke, maerke):
        return "".join(f"<{maerke}>{htmllib.escape(celle)}</{maerke}>" for celle in raekke)

    hoved, *krop = raekker
    raekker = "".join(f"<tr>{linje(raekke, 'td')}</tr>" for raekke in krop)
    return f"<table><thead><tr>{linje(hoved, 'th')}</tr></thead><tbody>{raekker}</tbody></table>"


def beloebstabel(kolonner):
    return tabel(
        [
            [f"{2015 + nr} i kr." for nr in range(kolonner)],
            *[[f"1.{nr:03}.{r}00" for nr in range(kolonner)] for r in range(3)],
        ]
    )


@pytest.mark.parametrize(("kolonner", "paa_tvaers"), [(5, False), (12, True)])
def test_en_bred_tabel_faar_et_liggende_ark_med_sin_overskrift(kolonner, paa_tvaers):
    tegn, tvaers, udenfor = laest(papir(beloebstabel(kolonner), streng=True))

    assert any(tvaers) == paa_tvaers
    assert not tvaers[-1], "What follows stands upright again."
    assert not udenfor
    assert all(f"1.{nr:03}.{r}00" in tegn for nr in range(kolonner) for r in range(3))


def stoerste_beloeb(kolonner):
    return tabel([[f"Kolonne{nr} kr." for nr in range(kolonner)], *[["101.445.775 kr."] * kolonner] * 3])


def test_et_beloeb_brydes_kun_foer_sin_enhed():
    sider = [
        side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(papir(stoerste_beloeb(12), streng=True))
    ]

    (side,) = [side for side in sider if "101." in side]
    ord_ = Counter(side.split())
    assert ord_["101.445.775"] == 36
    assert [f"Kolonne{nr}" for nr in range(12) if f"Kolonne{nr}" not in ord_] == []
    assert ord_["kr."] == 48


def test_enheden_bliver_ved_sit_beloeb_naar_der_er_plads():
    tekst = "".join(side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(papir(stoerste_beloeb(5))))

    assert tekst.replace("\u00a0", " ").count("101.445.775 kr.") == 15


def test_overskriften_staar_ikke_alene_paa_siden_foer():
    sider = [side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(papir(beloebstabel(12)))]

    assert "4 Baggrund" in next(side for side in sider if "1.011.000" in side)


def test_en_tabel_der_er_for_bred_til_et_ark_fryses_ikke_men_kan_ses():
    tekst = beloebstabel(20)

    with pytest.raises(
        PdfFejl, match=r"for bred til et liggende ark.* »2015 i kr\., 2016 i kr\., .*« under »4 Baggrund«"
    ):
        papir(tekst, streng=True)
    tegn, _, udenfor = laest(papir(tekst))
    assert not udenfor
    assert all(f"1.{nr:03}.200" in tegn for nr in range(20))


def test_et_ord_paa_80_bogstaver_deles_i_stedet_for_at_loebe_ud():
    langt = "Kvartersudviklingsplan" * 4
    tegn, tvaers, udenfor = laest(papir(tabel([["A", "B", langt[:80]], ["1", langt[:80], "2"]]), streng=True))

    assert not udenfor
    assert not any(tvaers)
    assert tegn.count(langt[:80]) == 2


LANGE = ("Boligsocialhelhedsplansbestyrelsesformand", "Boligorganisationsbestyrelse", "Kvartersudviklingsplan" * 3)


def hele_ord(data):
    """How often each word is met, as a reader puts them together: a word is parted with a hyphen, or not at all."""
    sider = [side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(data)]
    return Counter(re.sub("[\u2010\ufffe]\\s+", "", "\n".join(sider)).split())


def frosset_eller_sagt(raekker):
    """A table is frozen with every word whole or hyphenated, or it is not frozen and the draft says why."""
    data, sagt = None, ""
    try:
        data = papir(tabel(raekker), streng=True)
    except PdfFejl as fejl:
        sagt = str(fejl)
    if data is None:
        assert "for bred til et liggende ark" in sagt
        assert _tegn(BRUDT) in laest(papir(tabel(raekker)))[0]
        return False
    skrevet = Counter(o for raekke in raekker for celle in raekke for o in celle.split())
    assert skrevet <= hele_ord(data), skrevet - hele_ord(data)
    return True


@pytest.mark.parametrize(
    ("kolonner", "langt", "fryses", "paa_tvaers"),
    [(20, LANGE[0], False, True), (15, LANGE[1], True, True), (6, LANGE[1], True, False), (4, LANGE[0], True, False)],
)
def test_arket_vendes_foer_et_langt_ord_deles_i_stumper_og_det_brydes_aldrig_uden_bindestreg(
    kolonner, langt, fryses, paa_tvaers
):
    raekker = [[f"K{nr}" for nr in range(kolonner)], [langt] * kolonner]

    assert frosset_eller_sagt(raekker) == fryses
    assert any(laest(papir(tabel(raekker)))[1]) == paa_tvaers


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.integers(4, 20), st.lists(st.sampled_from([*LANGE, "kort", "Økonomi", "1.234"]), min_size=1, max_size=4))
def test_lange_ord_i_mange_kolonner_er_hele_eller_stopper_frysningen(kolonner, ord_):
    frosset_eller_sagt([[f"K{nr}" for nr in range(kolonner)], [ord_[nr % len(ord_)] for nr in range(kolonner)]])


@pytest.mark.parametrize("i_hovedet", [True, False])
def test_en_celle_der_er_hoejere_end_siden_staar_der_i_det_hele(i_hovedet):
    ord_ = [f"ord{nr}" for nr in range(1500)]
    raekker = [["A", "B"], ["c", "d"]]
    raekker[0 if i_hovedet else 1][0] = " ".join(ord_)

    tegn, _, udenfor = laest(papir(tabel(raekker), streng=True))

    assert not udenfor
    assert [o for o in ord_ if o not in tegn] == []


ORD = st.text(string.ascii_letters + "æøåÆØÅ0123456789.,%", min_size=1, max_size=14) | st.text(
    "abcdefgå", min_size=70, max_size=80
)
CELLE = st.lists(ORD, max_size=2).map(" ".join)


@st.composite
def tabeller(draw):
    kolonner = draw(st.integers(1, 20))
    return draw(st.lists(st.lists(CELLE, min_size=kolonner, max_size=kolonner), min_size=2, max_size=3))


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(tabeller())
def test_hvert_ord_i_hver_tabel_staar_paa_papiret(raekker):
    tegn, _, udenfor = laest(papir(f"<p>Før</p>{tabel(raekker)}"))

    assert not udenfor
    # Letter by letter: a word may be broken between two pages, with other cells' words between.
    skrevet = Counter(_tegn(" ".join(celle for raekke in raekker for celle in raekke)))
    assert skrevet <= Counter(tegn), skrevet - Counter(tegn)


def test_lodret_flettede_celler_skubber_ikke_tallene():
    gemt = rens((SAGER / "indsaet-tabel-med-lodret-flettet-celle.html").read_text())

    assert "<tr><td></td><td><p>2024</p></td><td><p>15</p></td></tr>" in gemt
    assert "rowspan" not in gemt


@pytest.mark.parametrize("kolonner", range(13, 21))
def test_en_beloebstabel_er_hel_eller_siger_at_den_er_brudt(kolonner):
    """In the draft every amount is there; one that is broken is told of, and is what stops the freezing."""
    data = papir(stoerste_beloeb(kolonner))
    tegn, _, udenfor = laest(data)
    assert tegn.count("101.445.775") == 3 * kolonner
    assert not udenfor
    if _tegn(BRUDT) in tegn:
        with pytest.raises(PdfFejl, match="Kolonne0"):
            papir(stoerste_beloeb(kolonner), streng=True)
    else:
        papir(stoerste_beloeb(kolonner), streng=True)
    assert kolonner < 20 or _tegn(BRUDT) in tegn
