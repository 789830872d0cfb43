"""When something is, as it is told: what each form means at the least and at the most, and that words are kept."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan import formats
from helhedsplan.svar import Svar
from helhedsplan.tid import (
    MANGLER,
    Tid,
    Tidsslags,
    dagen,
    er_foer,
    laes_tid,
    sikkert_begyndt,
    sikkert_endnu,
    tid,
    tidsrum,
)

DAGE = st.dates(min_value=date(1901, 1, 1), max_value=date(2190, 12, 31))


def d(tekst: str) -> date:
    return date.fromisoformat(tekst)


@pytest.mark.parametrize(
    ("tekst", "tidligst", "senest"),
    [
        ("2017", "2017-01-01", "2017-12-31"),
        ("i 2017", "2017-01-01", "2017-12-31"),
        ("i løbet af 2020", "2020-01-01", "2020-12-31"),
        ("februar 2020", "2020-02-01", "2020-02-29"),
        ("feb. 2021", "2021-02-01", "2021-02-28"),
        ("11/2021", "2021-11-01", "2021-11-30"),
        ("jul. 2021", "2021-07-01", "2021-07-31"),
        ("2019-11", "2019-11-01", "2019-11-30"),
        ("2019-20", "2019-01-01", "2020-12-31"),
        ("marts-april 2027", "2027-03-01", "2027-04-30"),
        ("marts/april 2027", "2027-03-01", "2027-04-30"),
        ("Q1 2027", "2027-01-01", "2027-03-31"),
        ("foråret 2020", "2020-03-01", "2020-05-31"),
        ("Sommeren  2020", "2020-06-01", "2020-08-31"),
        ("efterår 2020", "2020-09-01", "2020-11-30"),
        ("vinteren 2020/21", "2020-12-01", "2021-02-28"),
        ("vinteren 2020", "2019-12-01", "2021-02-28"),
        ("1. kvartal 2021", "2021-01-01", "2021-03-31"),
        ("andet halvår 2021", "2021-07-01", "2021-12-31"),
        ("uge 53 2020", "2020-12-28", "2021-01-03"),
        ("primo 2020", "2020-01-01", "2020-04-30"),
        ("medio november 2020", "2020-11-11", "2020-11-20"),
        ("udgangen af marts 2021", "2021-03-21", "2021-03-31"),
        ("2017-19", "2017-01-01", "2019-12-31"),
        ("mellem marts 2017 og 2018", "2017-03-01", "2018-12-31"),
        ("2017 eller 2018", "2017-01-01", "2018-12-31"),
        ("årsskiftet 2020/21", "2020-12-01", "2021-01-31"),
        ("skoleåret 2020/21", "2020-08-01", "2021-07-31"),
        ("før 2017", None, "2016-12-31"),
        ("senest 1.11.2017", None, "2017-11-01"),
        ("efter sommeren 2017", "2017-09-01", None),
        ("tidligst 2017", "2017-01-01", None),
    ],
)
def test_hvad_der_er_sagt_har_graenser(tekst, tidligst, senest):
    laest = laes_tid(tekst)
    assert (laest.tidligst, laest.senest) == (tidligst and d(tidligst), senest and d(senest))
    assert laest.sagt == " ".join(tekst.split())
    assert laest.dag is None
    assert not laest.formentlig


@pytest.mark.parametrize("tekst", ["1.11.2019", "1/11 2019", "1. november 2019", "2019-11-01", "den 1. nov. 2019"])
def test_en_dag_er_en_dag_og_ingen_ord(tekst):
    assert laes_tid(tekst) == dagen(date(2019, 11, 1))
    assert laes_tid(tekst).i_ord == "1. november 2019"


@pytest.mark.parametrize("ord_", ["formentlig", "vistnok", "ca.", "forventet"])
def test_en_formentlig_dag_er_ikke_en_dag(ord_):
    laest = laes_tid(f"{ord_} 1. november 2019")
    assert (laest.formentlig, laest.dag, laest.i_ord) == (True, None, f"{ord_} 1. november 2019")
    assert er_foer(laest, dagen(date(2020, 1, 1))) is Svar.KAN_IKKE_SES


@pytest.mark.parametrize("tekst", ["ikke oplyst", "Ukendt", "?"])
def test_ikke_oplyst_er_et_svar_og_ikke_et_hul(tekst):
    laest = laes_tid(tekst)
    assert (laest.er_ikke_oplyst, laest.er_mangler, laest.er_fortalt) == (True, False, False)
    assert laes_tid("  ") is MANGLER


@pytest.mark.parametrize(
    ("tekst", "maaneder", "slut"),
    [
        ("fire år", 48, "2023-10-31"),
        ("4 år", 48, "2023-10-31"),
        ("3½ år", 42, "2023-04-30"),
        ("3,5 år", 42, "2023-04-30"),
        ("halvandet år", 18, "2021-04-30"),
        ("18 måneder", 18, "2021-04-30"),
        ("18 måneder længere", 18, "2021-04-30"),
        ("yderligere 18 måneder", 18, "2021-04-30"),
        ("et halvt år", 6, "2020-04-30"),
        ("to et halvt år", 30, "2022-04-30"),
        ("fire år og seks måneder", 54, "2024-04-30"),
    ],
)
def test_en_varighed_regnes_fra_begyndelsen(tekst, maaneder, slut):
    laest = laes_tid(tekst, varighed=True)
    assert (laest.slags, laest.maaneder, laest.sagt) == (Tidsslags.VARIGHED, maaneder, tekst)
    assert laest.efter(dagen(date(2019, 11, 1))).dag == d(slut)
    fra_sommer = laest.efter(laes_tid("sommeren 2020"))
    assert fra_sommer.dag is None
    assert laest.efter(laes_tid("formentlig 1.11.2019")).dag is None
    assert laest.efter(MANGLER).senest is None


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("sommeren", "»sommeren« mangler et årstal. Skriv for eksempel sommeren 2020."),
        ("vinter", "»vinter« mangler et årstal. Skriv for eksempel vinteren 2020."),
        ("mellem 2019 og 2017", "»mellem 2019 og 2017« er bagvendt"),
        ("2020/19", "»2020/19« er bagvendt"),
        ("31.2.2020", "»31.2.2020« er ikke en dato, der findes."),
        ("32. sommer 2020", "»32. sommer 2020« er ikke en dato, der findes."),
        ("sommeren 1066", "Året skal ligge mellem 1900 og 2199."),
        ("1.1.1066", "Året skal ligge mellem 1900 og 2199."),
        ("fire år", "»fire år« er en varighed."),
        ("formentlig 1. november 2019, fire år", "er både en dato og en varighed. Skriv »fire år« for sig"),
        ("vinteren 2020/23", "»vinteren 2020/23« kan ikke læses"),
        ("jul 2021", "»jul 2021« kan være julen og juli måned. Skriv december 2021 eller juli 2021."),
        ("ca. jul 2021", "kan være julen og juli måned"),
        ("maj-april 2027", "kan ikke læses som en dato"),
        ("snart", "»snart« kan ikke læses som en dato. Skriv en dag (1.11.2019), eller hvad der er oplyst"),
    ],
)
def test_hvad_der_ikke_kan_laeses_siges_paa_dansk(tekst, ventet):
    with pytest.raises(ValueError, match=re.escape(ventet)):
        laes_tid(tekst)


@given(DAGE)
def test_enhver_dag_er_laest_som_den_skrives(dag):
    for skrevet in (formats.lang_dato(dag), formats.kort_dato(dag), dag.isoformat()):
        assert laes_tid(skrevet).dag == dag
    assert tid(dag).i_ord == formats.lang_dato(dag)


@given(DAGE, DAGE, st.integers(0, 900), st.integers(0, 900))
def test_et_svar_er_sikkert_for_hver_dag_der_kan_vaere_ment(en, anden, bredde, anden_bredde):
    """The three answers against every day: yes and no only when no meant day says otherwise."""
    a = Tid(Tidsslags.TIDSRUM, en, en + timedelta(days=bredde), "a")
    b = Tid(Tidsslags.TIDSRUM, anden, anden + timedelta(days=anden_bredde), "b")
    mulige = {x < y for x in (a.tidligst, a.senest) for y in (b.tidligst, b.senest)}
    ventet = Svar.KAN_IKKE_SES if len(mulige) == 2 else (Svar.HOLDER if mulige.pop() else Svar.HOLDER_IKKE)
    assert er_foer(a, b) is ventet


@given(st.text(max_size=40))
def test_intet_der_skrives_vaelter_laeseren(tekst):
    try:
        laest = laes_tid(tekst, varighed=True)
    except ValueError:
        return
    assert laest.er_mangler or laest.i_ord
    if laest.tidligst and laest.senest:
        assert laest.tidligst <= laest.senest
    if laest.sagt:
        assert laes_tid(laest.sagt, varighed=True) == laest
        assert tid(None, laest.sagt) == laest


@pytest.mark.parametrize(
    ("fra", "til", "ventet"),
    [
        ("1.11.2019", "31.10.2023", "1. november 2019 – 31. oktober 2023"),
        ("", "", "periode ikke fastlagt"),
        ("1.11.2019", "", "fra 1. november 2019"),
        ("sommeren 2020", "", "fra sommeren 2020"),
        ("sommeren 2020", "2024", "sommeren 2020 – 2024"),
        ("formentlig 1. november 2019", "fire år", "formentlig 1. november 2019, fire år"),
        ("", "fire år", "startdato ikke fastlagt, fire år"),
        ("ikke oplyst", "fire år", "startdato ikke oplyst, fire år"),
        ("ikke oplyst", "ikke oplyst", "periode ikke oplyst"),
        ("ikke oplyst", "2024", "startdato ikke oplyst – 2024"),
        ("2020", "ukendt", "2020 – slutdato ikke oplyst"),
        ("", "2024", "til 2024"),
    ],
)
def test_en_periode_skrives_som_den_er_oplyst(fra, til, ventet):
    assert tidsrum(laes_tid(fra), laes_tid(til, varighed=True)) == ventet


def test_kun_det_sikre_er_sikkert():
    sommer, formentlig = laes_tid("sommeren 2020"), laes_tid("formentlig 1.6.2020")
    assert (sikkert_begyndt(sommer), sikkert_endnu(sommer)) == (date(2020, 8, 31), date(2020, 6, 1))
    assert (sikkert_begyndt(MANGLER), sikkert_endnu(MANGLER)) == (date.min, date.max)
    assert (sikkert_begyndt(formentlig), sikkert_endnu(formentlig)) == (date.max, date.min)


def test_ord_der_ikke_laengere_kan_laeses_har_ingen_graenser():
    laest = tid(None, "engang for længe siden")
    assert (laest.i_ord, laest.tidligst, laest.senest) == ("engang for længe siden", None, None)
