from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.rules import perioder
from budget.rules.perioder import fordel, fordel_efter, fordel_paa_maaneder, planaar, planmaaneder
from helhedsplan.tid import dagen

BELOEB = st.decimals(0, 10**9, places=2)


def plan(fra, til):
    return SimpleNamespace(begynder=dagen(fra), slutter=dagen(til))


NOVEMBERPLAN = plan(date(2025, 11, 1), date(2029, 10, 31))


def test_planaar_fra_november():
    aar = planaar(NOVEMBERPLAN)
    assert [(a.nr, a.fra, a.til) for a in aar] == [
        (1, date(2025, 11, 1), date(2026, 10, 31)),
        (2, date(2026, 11, 1), date(2027, 10, 31)),
        (3, date(2027, 11, 1), date(2028, 10, 31)),
        (4, date(2028, 11, 1), date(2029, 10, 31)),
    ]
    assert aar[0].periode == "1. november 2025 – 31. oktober 2026"


def test_sidste_planaar_kan_vaere_kort_og_perioden_kan_vaere_aaben():
    assert [(a.fra, a.til) for a in planaar(plan(date(2020, 2, 29), date(2021, 5, 31)))] == [
        (date(2020, 2, 29), date(2021, 2, 27)),
        (date(2021, 2, 28), date(2021, 5, 31)),
    ]
    assert [a.nr for a in planaar(plan(None, None))] == [1, 2, 3, 4]
    assert planaar(plan(date(2025, 11, 1), None))[-1].til == date(2029, 10, 31)
    assert planmaaneder(plan(date(2025, 11, 1), None)) == []


def test_planmaaneder_hoerer_til_det_kvartal_de_begynder_i():
    maaneder = planmaaneder(NOVEMBERPLAN)
    assert len(maaneder) == 48
    assert [(m.planaar, m.kvartal) for m in maaneder[:3]] == [(1, (2025, 4)), (1, (2025, 4)), (1, (2026, 1))]
    assert (maaneder[12].planaar, maaneder[12].kalenderaar) == (2, 2026)


@pytest.mark.parametrize(
    ("dag", "plus", "ventet"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 1), 2, date(2026, 1, 1)),
        (date(2025, 12, 15), 0, date(2025, 12, 15)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_plus_maaneder(dag, plus, ventet):
    assert perioder.plus_maaneder(dag, plus) == ventet


def test_frist_for_reguleringskonto():
    assert perioder.frist_for_reguleringskonto(2021, 6) == date(2022, 6, 30)
    assert perioder.frist_for_reguleringskonto(2021, 2) == date(2022, 2, 28)


def test_kvartaler():
    assert perioder.naeste_kvartal((2025, 4)) == (2026, 1)
    assert perioder.naeste_kvartal((2025, 3), 3) == (2026, 2)
    assert perioder.kvartalets_dage((2025, 4)) == (date(2025, 10, 1), date(2025, 12, 31))


@given(BELOEB, st.integers(1, 60))
def test_dele_giver_helheden_paa_oeren_og_er_naesten_ens(beloeb, antal):
    dele = fordel(beloeb, antal)
    assert sum(dele) == beloeb
    assert len(dele) == antal
    assert max(dele) - min(dele) <= Decimal("0.01")


@given(BELOEB, st.lists(BELOEB, min_size=1, max_size=20))
def test_dele_efter_vaegt_giver_helheden_og_bliver_aldrig_negative(beloeb, vaegte):
    dele = fordel_efter(beloeb, vaegte)
    assert sum(dele) == beloeb
    assert all(del_ >= 0 for del_ in dele)
    if sum(vaegte):
        assert all(abs(d - beloeb * v / sum(vaegte)) <= Decimal("0.01") for d, v in zip(dele, vaegte, strict=True))


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(1, 3000),
    st.dictionaries(st.sampled_from([None, 1, 2, 3, 4, 9]), BELOEB),
)
def test_intet_gaar_tabt_naar_planaar_bliver_til_maaneder(fra, dage, pr_aar):
    en_plan = plan(fra, date.fromordinal(fra.toordinal() + dage))
    assert sum(fordel_paa_maaneder(en_plan, pr_aar).values()) == sum(pr_aar.values())


def test_et_planaar_ligger_i_sine_egne_maaneder():
    pr_maaned = fordel_paa_maaneder(NOVEMBERPLAN, {2: Decimal("1200.00")})
    assert {m.fra: b for m, b in pr_maaned.items() if b} == {
        m.fra: Decimal("100.00") for m in planmaaneder(NOVEMBERPLAN) if m.planaar == 2
    }
