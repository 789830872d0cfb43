"""Actuals, forecast and the two ways of looking at a year."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.actions.forbrug import Forbrugscelle, gem_forbrug, slet_forbrug
from budget.models import Forbrug
from budget.queries.aar import aarsvisning
from budget.queries.opfoelgning import forslag_til_rebudgettering, opfoelgning, paa_planaar
from helhedsplan.laest import en_side
from helhedsplan.models import Haendelse
from tests import factories as fab
from tests.budget.data import parameter, skriver

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """1 Nov 2025 - 31 Oct 2029; 1.200 a year from LBF and 120 from the kommune, in a granted budget."""
    plan = fab.HelhedsplanFactory(noegle="p")
    lbf = fab.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf")
    kommune = fab.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Kommunen")
    budget = fab.BudgetFactory(plan=plan, godkendt=True)
    for aar in range(1, 5):
        fab.BidragFactory(budget=budget, kilde=lbf, planaar=aar, beloeb=Decimal(1200))
        fab.BidragFactory(budget=budget, kilde=kommune, planaar=aar, beloeb=Decimal(120), art="timer")
    return plan


def gem(plan, *celler, **mere):
    return gem_forbrug(bruger=skriver(plan), plan=plan, celler=celler, **mere)


def brugt(aar, kvartal, beloeb, kilde="lbf", **felter):
    return Forbrugscelle(aar, kvartal, kilde, beloeb, **felter)


# --- saving ---------------------------------------------------------------------------------------------------------


def test_gem_ret_og_fjern_forbrug(plan):
    assert gem(plan, brugt(2025, 4, "1.234,50"), brugt(2026, 1, "2 t.kr.", note="Skøn")) == 2
    assert gem(plan, brugt(2025, 4, "1.234,50")) == 0
    assert gem(plan, brugt(2025, 4, ""), brugt(2026, 1, "3"), skala=1000) == 2
    (forbrug,) = Forbrug.objects.all()
    assert (forbrug.aar, forbrug.kvartal, forbrug.beloeb, forbrug.version) == (2026, 1, 3000, 2)
    sidste = Haendelse.objects.order_by("pk").last()
    assert (sidste.handling, [(a["foer"], a["efter"]) for a in sidste.aendringer]) == (
        "forbrug rettet",
        [("1.234,50\u00a0kr.", None), ("2.000,00\u00a0kr. · Skøn", "3.000,00\u00a0kr.")],
    )


def test_alle_fejl_paa_en_gang(plan):
    with pytest.raises(ValidationError) as fejl:
        gem(
            plan,
            brugt(2025, 4, "1"),
            brugt(2025, 3, "1"),
            brugt(2032, 1, "1"),
            brugt(2026, 5, "1"),
            brugt(2026, 1, "-1"),
            brugt(2026, 2, "1", kilde="x"),
            brugt(2026, 2, "1", konto="x"),
            brugt(2026, 2, "1", formaal="x"),
        )
    assert fejl.value.message_dict == {
        "forbrug-lbf.kontant.0.faelles.2025k3": ["3. kvartal 2025 ligger før planens start."],
        "forbrug-lbf.kontant.0.faelles.2032k1": ["1. kvartal 2032 ligger over to år efter planens slutning."],
        "forbrug-lbf.kontant.0.faelles.2026k5": ["Kvartalet skal være 1, 2, 3 eller 4."],
        "forbrug-lbf.kontant.0.faelles.2026k1": ["Beløbet kan ikke være negativt."],
        "forbrug-x.kontant.0.faelles.2026k2": ["Finansieringskilden »x« findes ikke i planen."],
        "forbrug-lbf.kontant.x.faelles.2026k2": ["Kontoen »x« findes ikke."],
        "forbrug-lbf.kontant.0.x.2026k2": ["»x« er ikke et af planens indsatsområder."],
    }
    assert not Forbrug.objects.exists()
    with pytest.raises(PermissionDenied):
        gem_forbrug(bruger=fab.MedlemskabFactory(plan=plan, rolle="observatoer").bruger, plan=plan, celler=[])


def test_slet_forbrug(plan):
    gem(plan, brugt(2025, 4, "1"))
    slet_forbrug(bruger=skriver(plan), forbrug=Forbrug.objects.get())
    assert not Forbrug.objects.exists()


# --- forecast -------------------------------------------------------------------------------------------------------


def test_foer_noget_er_indberettet_er_prognosen_budgettet(plan):
    svar = opfoelgning(plan)
    assert (svar.seneste, svar.frem, svar.huller) == (None, None, ())
    assert (svar.i_alt.budget_i_alt, svar.i_alt.prognose, svar.i_alt.afvigelse) == (5280, 5280, None)
    assert svar.i_alt.ubrugt_frem is None
    assert [t.kort_navn for t in svar.i_alt.kvartaler[:2]] == ["2025K4", "2026K1"]
    assert [t.budget for t in svar.linjer[0].kvartaler[:2]] == [200, 300]
    assert len(svar.i_alt.kvartaler) == 17


def test_prognose_efter_takten_og_ubrugte_midler_tre_kvartaler_frem(plan):
    gem(plan, brugt(2025, 4, "100"), brugt(2026, 1, "150"), brugt(2026, 1, "30", kilde="kommune", art="timer"))
    svar = opfoelgning(plan)
    lbf, kommune = svar.linjer
    assert (svar.seneste, svar.frem) == ((2026, 1), (2026, 4))
    assert (lbf.budget_til_dato, lbf.forbrug_til_dato, lbf.afvigelse_til_dato) == (500, 250, 250)
    # Five months at 50 a month, and 43 left of 48.
    assert (lbf.prognose, lbf.afvigelse) == (2400, 2400)
    assert lbf.ubrugt_frem == 1400 - 700
    # The kommune has not reported 2025K4: three months at 10, two that are missing, and 43 to come.
    assert (kommune.forbrug_til_dato, kommune.budget_til_dato, kommune.prognose) == (30, 30, 30 + 45 * 10)
    assert [t.forbrug for t in kommune.kvartaler[:2]] == [None, 30]
    assert svar.mangler_i_ord() == "1 af 4 tal mangler: 4. kvartal 2025 (Kommunen)."
    assert svar.i_alt.prognose == lbf.prognose + kommune.prognose
    assert svar.i_alt.ubrugt_frem == lbf.ubrugt_frem + kommune.ubrugt_frem
    k2 = lbf.kvartaler[2]
    assert (k2.navn, k2.forbrug, k2.prognose, k2.budget_akk, k2.prognose_akk, k2.ubrugt_akk) == (
        "2. kvartal 2026",
        None,
        150,
        800,
        400,
        400,
    )
    assert [round(lbf.brugt_pct, 2), [t.forbrug_akk for t in lbf.kvartaler[:3]]] == [Decimal("5.21"), [100, 250, None]]


def test_det_ingen_har_meldt_er_tomt_og_ikke_0(plan, client):
    """LBF has reported one quarter of two, the kommune none: no 0 is shown for what nobody has told."""
    gem(plan, brugt(2026, 1, "150"))
    svar = opfoelgning(plan)
    kommune = svar.linjer[1]
    assert (kommune.forbrug_til_dato, kommune.budget_til_dato, kommune.afvigelse_til_dato) == (None, None, None)
    assert [linje.huller for linje in (*svar.linjer, svar.i_alt)] == [
        "1 af 2 mangler",
        "2 af 2 mangler",
        "3 af 4 mangler",
    ]
    assert [(t.forbrug_akk, t.huller_akk) for t in svar.i_alt.kvartaler[:3]] == [
        (None, "2 af 2 mangler"),
        (150, "3 af 4 mangler"),
        (None, "3 af 4 mangler"),
    ]
    client.force_login(skriver(plan))
    side = client.get(reverse("forbrug", args=[plan.noegle])).content.decode()
    raekker = {
        navn: re.findall(r'<td class="tal">([^<]*)', celler)
        for navn, celler in re.findall(
            r'<tr[^>]*><th scope="row">([^<]+)</th>(.*?)</tr>', side.partition('id="aar"')[0]
        )
    }
    assert raekker["Kommunen"][1:4] == ["–", "–", "–"]
    assert raekker["I alt"][2] == "150"
    assert raekker["4. kvartal 2025"][1] == raekker["4. kvartal 2025"][4] == "–"
    assert "0" not in {celle for raekke in raekker.values() for celle in raekke[:5]}
    assert side.partition("1. kvartal 2026<")[2].partition("</tbody>")[0].count("3 af 4 mangler") == 1


def test_et_meldt_nul_er_0(plan, client):
    gem(plan, brugt(2025, 4, "0"))
    lbf = opfoelgning(plan).linjer[0]
    assert (lbf.forbrug_til_dato, lbf.kvartaler[0].forbrug_akk, lbf.huller) == (0, 0, "")


def test_takten_er_de_sidste_fire_kvartaler_og_huller_naevnes(plan):
    gem(plan, brugt(2025, 4, "9.000"), *(brugt(2026, nr, "30") for nr in (1, 2, 4)), brugt(2027, 1, "30"))
    svar = opfoelgning(plan)
    assert svar.huller == ((2026, 3),)
    naeste = next(t for t in svar.linjer[0].kvartaler if t.kvartal == (2027, 2))
    assert naeste.prognose == 30


def test_det_der_ikke_er_meldt_er_ikke_nul(plan):
    """A whole quarter, and all financiers but one: what is spent, left and expected is of what was reported."""
    lbf = [brugt(2025, 4, "200"), brugt(2026, 1, "300"), brugt(2026, 3, "300"), brugt(2026, 4, "300")]
    kommunens = [brugt(2025, 4, "20", kilde="kommune", art="timer"), brugt(2026, 1, "30", kilde="kommune", art="timer")]
    gem(plan, *lbf, *kommunens)
    svar = opfoelgning(plan)
    assert svar.mangler_i_ord() == (
        "4 af 10 tal mangler: 2. kvartal 2026 (Landsbyggefonden og Kommunen), 3. kvartal 2026 (Kommunen) "
        "og 4. kvartal 2026 (Kommunen)."
    )
    assert svar.mangler_i_ord((2026, 2)) == "2 af 6 tal mangler: 2. kvartal 2026 (Landsbyggefonden og Kommunen)."
    # Everybody spends as budgeted, so nothing is left whatever is missing.
    assert svar.i_alt.ubrugt_frem == 0
    assert (svar.i_alt.prognose, svar.i_alt.afvigelse, svar.i_alt.afvigelse_til_dato) == (5280, 0, 0)


def test_et_nul_der_er_meldt_er_et_nul(plan):
    gem(plan, brugt(2025, 4, "200"), brugt(2025, 4, "0", kilde="kommune", art="timer"))
    svar = opfoelgning(plan)
    assert (svar.mangler_i_ord(), svar.linjer[1].prognose) == ("", 0)


def test_en_kildes_egne_datoer_taeller(plan):
    """A financier that joins in the middle of a year: its money lies in its own months, and nothing is missing."""
    fond = fab.FinansieringskildeFactory(plan=plan, noegle="fond", navn="Fonden", gaelder_fra=date(2026, 7, 1))
    fab.BidragFactory(budget=plan.budgetter.get(), kilde=fond, planaar=1, beloeb=Decimal(400))
    gem(plan, brugt(2025, 4, "200"), brugt(2025, 4, "20", kilde="kommune", art="timer"))
    svar = opfoelgning(plan)
    assert [t.budget for t in svar.linjer[2].kvartaler[:6]] == [0, 0, 0, 300, 100, 0]
    assert svar.mangler_i_ord() == ""
    assert aarsvisning(plan, kalender=True).raekker[2].budget[:2] == (0, 400)


def test_ufordelte_penge_spredes_ikke_over_en_forlaengelse(plan):
    lbf = plan.finansieringskilder.get(noegle="lbf")
    fab.BidragFactory(budget=plan.budgetter.get(), kilde=lbf, planaar=None, beloeb=Decimal(4800))
    foer = opfoelgning(plan).linjer[0].kvartaler[:4]
    plan.periode_til = date(2031, 10, 31)
    plan.save()
    svar = opfoelgning(plan)
    assert [t.budget for t in svar.linjer[0].kvartaler[:4]] == [t.budget for t in foer] == [400, 600, 600, 600]
    assert (svar.ufordelt, svar.ufordelt_til) == (4800, 4)


def test_kun_kontant(plan):
    gem(plan, brugt(2025, 4, "5", kilde="kommune", art="timer"))
    svar = opfoelgning(plan, arter={"kontant"})
    assert (svar.i_alt.budget_i_alt, svar.i_alt.forbrug_til_dato, svar.seneste) == (4800, 0, (2025, 4))


def test_en_plan_uden_periode_har_summer_men_ingen_kvartaler(plan):
    plan.periode_til = None
    plan.save()
    svar = opfoelgning(plan)
    assert (svar.i_alt.budget_i_alt, svar.i_alt.prognose, svar.i_alt.kvartaler) == (5280, 5280, ())


def test_fast_antal_forespoergsler(plan, django_assert_num_queries):
    for _ in range(2):
        for _ in range(3):
            kilde = fab.FinansieringskildeFactory(plan=plan)
            fab.ForbrugFactory(plan=plan, kilde=kilde)
            fab.BidragFactory(budget=plan.budgetter.get(), kilde=kilde)
        frisk = type(plan).objects.select_related("regelsaet").get(pk=plan.pk)
        with en_side(), django_assert_num_queries(11):
            opfoelgning(frisk)
        with django_assert_num_queries(12):
            aarsvisning(frisk, kalender=True)


# --- carrying over --------------------------------------------------------------------------------------------------


def test_forslag_til_rebudgettering_rammer_cellerne_og_bliver_aldrig_mere_end_de_har(plan):
    aftale = fab.DelaftaleFactory(plan=plan)
    lbf = plan.finansieringskilder.get(noegle="lbf")
    fab.BidragFactory(budget=plan.budgetter.get(), kilde=lbf, planaar=1, delaftale=aftale, beloeb=Decimal(400))
    # 61 of the 92 days of the last quarter lie in year 2: November and December.
    gem(plan, brugt(2025, 4, "200"), brugt(2026, 4, "600"))
    forslag = forslag_til_rebudgettering(plan, 1)
    assert [(f.noegle.formaal.delaftale, f.beloeb, f.til_aar) for f in forslag if f.noegle.kilde == lbf.pk] == [
        (None, Decimal("898.37"), 2),
        (aftale.pk, Decimal("299.46"), 2),
    ]
    assert forslag_til_rebudgettering(plan, 4) == []


# --- plan years and calendar years ----------------------------------------------------------------------------------


def test_planaar_og_kalenderaar_har_samme_summer(plan):
    parameter(plan, "reguleringskonto_frist_mdr", 6)
    gem(plan, brugt(2025, 4, "90"), brugt(2026, 4, "300"))
    planvis, kalendervis = aarsvisning(plan, kalender=False), aarsvisning(plan, kalender=True)
    assert [k.navn for k in planvis.kolonner] == ["År 1", "År 2", "År 3", "År 4"]
    assert planvis.raekker[0].budget == (1200, 1200, 1200, 1200)
    # 2026K4 lies in two plan years: 31 of its 92 days in the first.
    assert planvis.raekker[0].forbrug == (Decimal("191.09"), Decimal("198.91"), None, None)
    assert (planvis.delte_i_ord, planvis.skoennede) == ("4. kvartal 2026", {1, 2})
    assert kalendervis.delte_i_ord == ""
    assert [(k.navn, k.periode, k.frist) for k in kalendervis.kolonner][::4] == [
        ("2025", "1. november 2025 – 31. december 2025", date(2026, 6, 30)),
        ("2029", "1. januar 2029 – 31. oktober 2029", date(2030, 6, 30)),
    ]
    assert kalendervis.raekker[0].budget == (200, 1200, 1200, 1200, 1000)
    assert kalendervis.raekker[0].forbrug == (90, 300, None, None, None)
    assert planvis.i_alt.budget_i_alt == kalendervis.i_alt.budget_i_alt == 5280
    assert planvis.i_alt.forbrug_i_alt == kalendervis.i_alt.forbrug_i_alt == 390


def test_aar_uden_meldt_forbrug_er_ukendt_og_en_sum_over_et_hul_siger_det(plan, client):
    """Reported 0 is 0; a year nobody reported is not, and a sum that lacks a quarter says so."""
    gem(plan, brugt(2025, 4, "90"), brugt(2026, 2, "300"), brugt(2026, 1, "0", kilde="kommune", art="timer"))
    lbf, kommune = aarsvisning(plan, kalender=False).raekker
    assert lbf.forbrugsceller == [
        (390, "1 af 3 tal mangler"),
        (None, ""),
        (None, ""),
        (None, ""),
        (390, "1 af 3 tal mangler"),
    ]
    assert (kommune.forbrug[:2], kommune.forbrug_i_alt, kommune.mangler[0]) == ((0, None), 0, "2 af 3 tal mangler")
    i_alt = aarsvisning(plan, kalender=True).i_alt
    assert i_alt.forbrugsceller[:3] == [(90, "1 af 2 tal mangler"), (300, "2 af 4 tal mangler"), (None, "")]
    assert i_alt.forbrugsceller[-1] == (390, "3 af 6 tal mangler")
    client.force_login(skriver(plan))
    side = client.get(reverse("forbrug", args=[plan.noegle])).content.decode()
    tabel = side[side.index("Budget og forbrug, kr.") :]
    assert (
        '<td class="tal">390<span class="kolonneperiode">1 af 3 tal mangler</span></td><td class="tal">–</td>' in tabel
    )


def test_hvad_der_ikke_er_fordelt_staar_for_sig_selv(plan):
    fab.BidragFactory(
        budget=plan.budgetter.get(), kilde=plan.finansieringskilder.first(), planaar=None, beloeb=Decimal(7)
    )
    for kalender in (True, False):
        svar = aarsvisning(plan, kalender=kalender)
        assert (svar.kolonner[-1].navn, svar.i_alt.budget[-1]) == ("Ikke fordelt på år", 7)
        assert sum(svar.i_alt.budget) == 5287
    plan.periode_fra = plan.periode_til = None
    plan.save()
    assert aarsvisning(plan, kalender=True).i_alt.budget == (5287,)


def test_frist_kun_naar_parameteren_kendes(plan):
    assert {k.frist for k in aarsvisning(plan, kalender=True).kolonner} == {None}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(2024, 2031), st.integers(1, 4), st.decimals(0, 10**9, places=2))
def test_et_kvartals_forbrug_gaar_aldrig_tabt(plan, aar, kvartal, beloeb):
    dele = paa_planaar(plan, (aar, kvartal), beloeb)
    assert sum(dele.values()) == beloeb
    assert set(dele) <= {1, 2, 3, 4}
