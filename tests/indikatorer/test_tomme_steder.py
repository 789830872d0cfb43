"""A place that nobody has measured tells nothing: making it hides nothing that was shown."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indikatorer.queries.sammenhaeng import plansteder, sammenhaenge
from indikatorer.rules.celle import Celle
from indikatorer.rules.diskretion import skjulte
from tests.factories import HelhedsplanFactory, MaalingFactory, StedFactory

GRAENSE = 5
OMRAADER = (1, 2, 3)


def sted(pk: int, art: str, omraader: tuple[int, ...] = ()):
    """As the query gives it."""
    alle = [SimpleNamespace(pk=o) for o in omraader]
    return SimpleNamespace(
        pk=pk,
        art=art,
        omraade_id=omraader[0] if art == "omraade" else None,
        afdeling_id=None,
        omraader=SimpleNamespace(all=lambda: alle if art == "flere_omraader" else []),
    )


TILSAMMEN, KOMMUNE = sted(10, "flere_omraader", OMRAADER), sted(20, "kommune")
ENKELTE = [sted(o, "omraade", (o,)) for o in OMRAADER]


def celle(sted, antal=None, procent=None, grundlag=None, indikator=1) -> Celle:
    return Celle(
        noegle=(indikator, sted.pk), indikator=indikator, sted=sted.pk, tid=(2024, ""), persongruppe="18-64-årige",
        antal=antal, grundlag=grundlag, procent=procent and Decimal(procent), decimaler=1,
    )  # fmt: skip


@pytest.mark.parametrize("tomme", range(len(ENKELTE) + 1))
@pytest.mark.parametrize(("antal", "procent", "kommunens"), [(680, "24.5", "16.1"), (665, "24.0", "0.4")])
def test_et_stort_tal_skjules_ikke_af_omraader_uden_tal(tomme, antal, procent, kommunens):
    """The kommune's percent asks for a base that is much larger than any number that is written."""
    celler = [celle(TILSAMMEN, antal, procent), celle(KOMMUNE, procent=kommunens)]
    assert skjulte(celler, GRAENSE, sammenhaenge([TILSAMMEN, KOMMUNE, *ENKELTE[:tomme]])) == set()


def test_figures_that_contradict_each_other_do_not_hide_for_the_sake_of_a_place_without_figures():
    """The kommune has fewer than its areas: a fault to find, and nobody to protect."""
    to = sted(11, "flere_omraader", (1, 2))
    celler = [celle(TILSAMMEN, 680, "24.5"), celle(to, 300), celle(KOMMUNE, 600, "16.1")]
    assert skjulte(celler, GRAENSE, sammenhaenge([TILSAMMEN, to, KOMMUNE, *ENKELTE])) == set()


def test_en_procent_af_mange_skjuler_ikke_naboen_til_et_lille_tal():
    """0,4 % in the kommune: 710 are of 177,500 at least. Only the three are hidden."""
    celler = [celle(ENKELTE[0], 3), celle(ENKELTE[1], 707), celle(KOMMUNE, procent="0.4")]
    assert skjulte(celler, GRAENSE, sammenhaenge([KOMMUNE, *ENKELTE])) == {(1, 1)}


def test_resten_af_kommunen_holdes_for_sig_ogsaa_hvor_omraaderne_ikke_er_steder():
    """97 in the areas and 100 in the kommune: three live elsewhere, whichever places are made."""
    celler = [celle(TILSAMMEN, 97, grundlag=900), celle(KOMMUNE, 100, grundlag=2000)]
    for steder in (ENKELTE, ENKELTE[:1], []):
        assert len(skjulte(celler, GRAENSE, sammenhaenge([TILSAMMEN, KOMMUNE, *steder]))) == 1


TAL = st.one_of(st.integers(0, 6), st.integers(5, 900))


@st.composite
def maalte(draw) -> tuple[list, list[Celle]]:
    """Places in the plan's order, and figures at some of them, in all forms, also such as contradict each other."""
    steder = [*ENKELTE, TILSAMMEN, sted(11, "flere_omraader", (1, 2)), KOMMUNE]
    steder = draw(st.permutations([*steder, sted(12, "omraade", (2,))]))
    celler = []
    for indikator in range(1, draw(st.integers(1, 2)) + 1):
        for her in sorted(draw(st.sets(st.sampled_from([s.pk for s in steder]), min_size=1))):
            stedet = next(s for s in steder if s.pk == her)
            antal = draw(st.none() | TAL)
            grundlag = draw(st.none() | st.integers(antal or 1, 2000))
            procent = None if antal is not None and grundlag is not None else draw(st.none() | st.integers(1, 999))
            promille = None if procent is None else str(Decimal(procent) / 10)
            celler.append(celle(stedet, antal, promille, grundlag, indikator=indikator))
    return steder, celler


@settings(max_examples=40, deadline=None)
@given(maalt=maalte(), data=st.data())
def test_et_tomt_sted_skjuler_intet_der_var_vist(maalt, data):
    steder, celler = maalt
    har_tal = {c.sted for c in celler}
    tomme = data.draw(st.sets(st.sampled_from([s.pk for s in steder])))
    foer = skjulte(celler, GRAENSE, sammenhaenge([s for s in steder if s.pk in har_tal]))
    efter = skjulte(celler, GRAENSE, sammenhaenge([s for s in steder if s.pk in har_tal | tomme]))
    assert efter <= foer


@pytest.mark.django_db
def test_a_second_kommune_of_which_nothing_is_measured_takes_nothing_away():
    """The areas lie in the kommune they are held up against; a place without figures changes nothing of that."""
    plan = HelhedsplanFactory()
    egen = MaalingFactory(indikator__plan=plan, sted=StedFactory(plan=plan, art="kommune")).sted
    StedFactory(plan=plan, art="omraade")
    foer = sammenhaenge(plansteder(plan))
    assert egen.pk in dict(foer)
    anden = StedFactory(plan=plan, art="kommune")
    assert sammenhaenge(plansteder(plan)) == foer
    MaalingFactory(indikator__plan=plan, sted=anden)
    assert not {egen.pk, anden.pk} & set(dict(sammenhaenge(plansteder(plan))))


def test_an_area_that_is_two_places_of_which_one_is_empty_is_the_other():
    """Also where the figures contradict each other: 600 in the area, 383 in the whole kommune."""
    to, egen, tom = sted(11, "flere_omraader", (1, 2)), sted(12, "omraade", (2,)), sted(2, "omraade", (2,))
    celler = [celle(to, None, "3.9", 51), celle(egen, None, "61.3", 600), celle(KOMMUNE, 3, grundlag=383)]
    foer = skjulte(celler, GRAENSE, sammenhaenge([to, KOMMUNE, egen]))
    assert skjulte(celler, GRAENSE, sammenhaenge([tom, to, KOMMUNE, egen])) == foer
