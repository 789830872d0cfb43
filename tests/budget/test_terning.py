"""The tables of the budget: every total is the sum of its cells, in a fixed number of queries."""

import html
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.choices import Bidragsart, Budgetart
from budget.models import Bidrag
from budget.pdf import papir_html
from budget.queries.celler import celler
from budget.queries.finansieringstabel import terning
from budget.queries.papir import papirindhold
from budget.queries.plangrundlag import ramme
from budget.queries.sammenligning import gaeldende, side_om_side
from budget.queries.udgifter import balance, udgiftstabel
from budget.rules.celler import Cellenoegle, Formaal, Vaerdi
from dokumenter.blokke import blokdokument
from helhedsplan.blokke.model import Tabelblok, Tekstblok, ren
from tests import factories as fab
from tests.budget.data import vejleaaparken

pytestmark = pytest.mark.django_db
DATO = date(2026, 11, 15)


def alle_raekker(papir):
    dele = blokdokument(papir).dele
    return [r for del_ in dele for blok in del_.blokke if isinstance(blok, Tabelblok) for r in blok.raekker]


def test_raekker_kolonner_og_summer():
    _, budget = vejleaaparken()
    t = terning(budget)
    assert [(k.planaar, k.navn, k.periode) for k in t.kolonner][::4] == [
        (1, "År 1", "1. september 2017 – 31. august 2018"),
        (None, "Ikke fordelt på år", ""),
    ]
    assert [(r.kilde.noegle, r.art, r.i_alt) for r in t.raekker] == [
        ("lbf", "kontant", 25_000_000),
        ("boligselskaber", "kontant", 2_400_000),
        ("boligselskaber", "timer_og_lokaler", 2_600_000),
        ("kommune", "kontant", 1_600_000),
        ("kommune", "timer_og_lokaler", 2_000_000),
    ]
    kommunens = t.raekker[3]
    assert [c.beloeb for c in kommunens.celler] == [400_000, 400_000, 400_000, 400_000, None]
    assert kommunens.celler[1].id == "celle-kommune.kontant.faelles.2"
    assert [(s.navn, s.i_alt) for s in t.pr_kilde] == [
        ("Landsbyggefonden", 25_000_000),
        ("Boligselskaberne", 5_000_000),
        ("Ishøj Kommune", 3_600_000),
    ]
    assert t.total.beloeb == (400_000, 400_000, 400_000, 400_000, 32_000_000)
    assert round(t.pr_kilde[2].andel_pct, 4) == Decimal("10.7143")


def test_et_aar_hvis_penge_ikke_er_fordelt_er_ukendt_og_ikke_nul():
    """Landsbyggefonden's 25 mio. are agreed on without years; the kommune's cash is by year."""
    _, budget = vejleaaparken()
    t = terning(budget)
    lbf, boligselskaber, kommune = t.pr_kilde
    assert lbf.beloeb == (None, None, None, None, 25_000_000)
    assert boligselskaber.beloeb[:4] == (None, None, None, None)
    assert kommune.beloeb == (400_000, 400_000, 400_000, 400_000, 2_000_000)
    papir = papirindhold(budget)
    assert papir.pr_kilde.raekker[0].beloeb == lbf.beloeb
    html = " ".join(papir_html(papir).split())
    assert "Landsbyggefonden</th>" + '<td class="tal">–</td>' * 4 + '<td class="tal">25.000.000</td>' in html
    ord_ = [[ren(tekst.loeb) for c in r.celler for tekst in c.tekster] for r in alle_raekker(papir)]
    assert ["Landsbyggefonden", "–", "–", "–", "–", "25.000.000", "25.000.000"] in ord_


def test_forskellen_i_et_aar_er_ukendt_hvor_den_ene_sides_penge_ikke_er_fordelt():
    _, budget = vejleaaparken()
    konto = fab.KontoFactory(plan=budget.plan, navn="Sommerfest")
    fab.UdgiftFactory(budget=budget, konto=konto, planaar=1, beloeb=Decimal(400_000))
    fab.UdgiftFactory(budget=budget, konto=konto, planaar=None, beloeb=Decimal(100))
    b = balance(budget)
    assert b.udgifter.beloeb == (400_000, None, None, None, 100)
    assert b.forskel.beloeb == (0, None, None, None, 31_999_900)


def test_et_aar_uden_penge_er_nul_hvor_alt_er_fordelt():
    budget = fab.BudgetFactory()
    kilde = fab.FinansieringskildeFactory(plan=budget.plan)
    fab.BidragFactory(budget=budget, kilde=kilde, planaar=1, beloeb=Decimal(7))
    assert terning(budget).pr_kilde[0].beloeb == (7, 0, 0, 0)


def test_formlen_staar_ved_cellen_og_en_ny_sats_aendrer_den_ikke():
    plan = fab.HelhedsplanFactory()
    vaerdi = fab.SatsvaerdiFactory(sats__plan=plan, beloeb=Decimal(350), gaelder_fra=date(2025, 1, 1))
    budget = fab.BudgetFactory(plan=plan, godkendt=True)
    kilde = fab.FinansieringskildeFactory(plan=plan)
    fab.BidragFactory(
        budget=budget, kilde=kilde, art="timer", beloeb=Decimal(42_000), maengde=Decimal(120), satsvaerdi=vaerdi
    )
    fab.SatsvaerdiFactory(sats=vaerdi.sats, beloeb=Decimal(400), gaelder_fra=date(2025, 6, 1))
    celle = terning(budget).raekker[0].celler[0]
    assert celle.formel == "120 timer × 350,00\u00a0kr. = 42.000,00\u00a0kr."
    assert (celle.beloeb, celle.sats) == (42_000, vaerdi.sats.noegle)


def test_gitteret_har_tomme_raekker_for_hver_kilde_og_slags():
    plan, budget = vejleaaparken()
    aktivitet = fab.AktivitetFactory(delaftale__plan=plan)
    vej = f"{aktivitet.delaftale.noegle}/{aktivitet.noegle}"
    t = terning(budget, gitter={"faelles", vej})
    assert len(t.raekker) == 2 * (3 + 3 + 1) + 2
    assert [r.art for r in t.raekker if r.kilde.noegle == "kommune" and r.formaal.noegle == "faelles"] == [
        "kontant",
        "timer",
        "lokaler",
        "timer_og_lokaler",
    ]
    # Landsbyggefonden gives money and nothing else.
    assert {r.art for r in t.raekker if r.kilde.art == "lbf"} == {"kontant"}
    assert t.kolonner[-1].planaar is None
    assert t.i_alt == 33_600_000
    assert all(len(r.celler) == 5 for r in t.raekker)


def test_aar_uden_for_perioden_vises_ogsaa():
    _, budget = vejleaaparken()
    Bidrag.objects.filter(planaar=4).update(planaar=7)
    t = terning(budget)
    assert [(k.planaar, k.periode) for k in t.kolonner[4:]] == [(7, "uden for perioden"), (None, "")]
    assert t.i_alt == 33_600_000


BELOEB = st.decimals(0, 10**9, places=2)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_alle_summer_er_summen_af_cellerne(stor_plan, data):
    budget, over = stor_plan
    noegler = st.builds(
        Cellenoegle,
        st.sampled_from(list(over.kilder)),
        st.sampled_from(Bidragsart.values),
        st.sampled_from(list(over.formaal)),
        st.sampled_from([None, 1, 2, 3, 4, 9]),
    )
    tilfaeldige = data.draw(st.dictionaries(noegler, BELOEB.map(Vaerdi), max_size=40))
    t = terning(budget, over=over, celler=tilfaeldige)
    hele = sum((v.beloeb for v in tilfaeldige.values()), Decimal(0))
    assert t.i_alt == hele == t.kryds.i_alt
    assert sum(r.i_alt for r in t.raekker) == hele
    assert sum((c.beloeb or 0) for r in t.raekker for c in r.celler) == hele
    for summer in (t.pr_kilde, t.pr_art, t.pr_formaal):
        assert sum(s.i_alt for s in summer) == hele
        pr_kolonne = tuple(sum(s.beloeb[nr] or 0 for s in summer) for nr, _ in enumerate(t.kolonner))
        assert pr_kolonne == tuple(beloeb or 0 for beloeb in t.total.beloeb)
    assert sum(t.kryds.pr_art) == sum(t.kryds.pr_kilde) == sum(map(sum, t.kryds.celler)) == hele


@pytest.fixture
def stor_plan():
    plan = fab.HelhedsplanFactory()
    fab.FinansieringskildeFactory.create_batch(3, plan=plan)
    fab.AktivitetFactory.create_batch(2, delaftale__plan=plan)
    return fab.BudgetFactory(plan=plan), ramme(plan)


def test_udgifter_og_balance():
    plan, budget = vejleaaparken()
    loen = fab.KontoFactory(regelsaet=plan.regelsaet, navn="Løn")
    egen = fab.KontoFactory(plan=plan, navn="Sommerfest")
    for konto, aar, beloeb in ((loen, 1, 300_000), (loen, 2, 400_000), (egen, None, 100)):
        fab.UdgiftFactory(budget=budget, konto=konto, planaar=aar, beloeb=Decimal(beloeb))
    tabel = udgiftstabel(budget)
    assert [(s.navn, s.i_alt) for s in tabel.pr_konto] == [("Løn", 700_000), ("Sommerfest", 100)]
    assert tabel.total.beloeb == (300_000, 400_000, None, None, 100)
    b = balance(budget)
    assert b.forskel.beloeb == (100_000, 0, None, None, 31_999_900)
    assert (b.forskel.i_alt, b.kan_holdes_op_pr_aar) == (32_899_900, False)
    assert len(udgiftstabel(budget, gitter={"faelles"}).raekker) == 2


def skaev(forskydning: Decimal | int, **felter):
    """A budget that goes up in all, where so many kroner of the second year are spent in the first."""
    budget = fab.BudgetFactory()
    kilde, konto = fab.FinansieringskildeFactory(plan=budget.plan), fab.KontoFactory(plan=budget.plan)
    for aar, flyttet in ((1, 0), (2, forskydning), (3, -forskydning)):
        fab.BidragFactory(budget=budget, kilde=kilde, planaar=aar, beloeb=Decimal(100_000), **felter)
        fab.UdgiftFactory(budget=budget, konto=konto, planaar=aar, beloeb=Decimal(100_000 + flyttet))
    return budget


def test_et_budget_gaar_ikke_op_hvor_et_aar_ikke_goer(client):
    """On the page, in the PDF and in the blocks of Word and redline."""
    budget = skaev(Decimal("400.50"))
    saetning = balance(budget).i_ord
    navne = [k.navn for k in balance(budget).kolonner]
    assert saetning == (
        f"Udgifter og finansiering går op i alt, men ikke i {navne[1]} (400,50\xa0kr. mangler) og {navne[2]} "
        "(400,50\xa0kr. er ikke brugt)."
    )
    papir = papirindhold(budget)
    assert saetning in html.unescape(papir_html(papir))
    assert saetning in " ".join(
        ren(t.loeb) for d in blokdokument(papir).dele for t in d.blokke if isinstance(t, Tekstblok)
    )
    client.force_login(fab.MedlemskabFactory(plan=budget.plan, rolle="leder").bruger)
    assert saetning in html.unescape(client.get(budget.get_absolute_url()).text)


def test_et_budget_gaar_op_naar_alle_aar_goer():
    assert balance(skaev(0)).i_ord == "Udgifter og finansiering går op."


def test_en_forskel_der_kan_vaere_afrunding_siges_at_kunne_vaere_det():
    budget = skaev(400, afrundet_til=Decimal(1000))
    assert balance(budget).i_ord.endswith("Beløbene er afrundet, og det kan være hele forskellen.")
    budget = skaev(600, afrundet_til=Decimal(1000))
    assert balance(budget).i_ord.endswith("er ikke brugt).")


def test_hvor_ikke_alt_er_fordelt_siges_intet_om_aarene():
    budget = skaev(400)
    budget.bidrag.filter(planaar=3).update(planaar=None)
    assert balance(budget).i_ord == (
        "Udgifter og finansiering er lige store i alt. Ikke alt er fordelt på år, så de enkelte år kan ikke holdes op "
        "mod hinanden."
    )


def test_side_om_side():
    plan, ansoegt = vejleaaparken()
    kilder = {k.noegle: k for k in plan.finansieringskilder.all()}
    assert side_om_side(plan, dato=DATO).i_alt.bevilget is None
    bevilget = fab.BudgetFactory(plan=plan, godkendt=True)
    fab.BidragFactory(budget=bevilget, kilde=kilder["lbf"], beloeb=Decimal(12_500_000))
    foerste = fab.RevisionFactory(
        budget=bevilget, dato=date(2018, 1, 1), status="godkendt", godkendt_den=date(2018, 1, 1)
    )
    fab.RevisionslinjeFactory(revision=foerste, kilde=kilder["lbf"], delta=Decimal(-500_000))
    fab.RevisionslinjeFactory(revision=foerste, kilde=kilder["kommune"], planaar=2, delta=Decimal(10))
    kladde = fab.RevisionFactory(budget=bevilget, dato=date(2018, 1, 1))
    fab.RevisionslinjeFactory(revision=kladde, kilde=kilder["lbf"], delta=Decimal(9_999))

    svar = side_om_side(plan, dato=DATO)
    lbf = svar.raekker[0]
    assert (lbf.ansoegt, lbf.bevilget, lbf.revideret) == (25_000_000, 12_500_000, 12_000_000)
    assert (lbf.bevilget_mod_ansoegt, lbf.aendring) == (-12_500_000, -500_000)
    assert (svar.i_alt.ansoegt, svar.i_alt.bevilget, svar.i_alt.revideret) == (33_600_000, 12_500_000, 12_000_010)
    assert [(r.navn, r.art) for r in svar.raekker[:2]] == [("Landsbyggefonden", None), ("Kontant", "kontant")]
    assert side_om_side(plan, dato=date(2017, 12, 31)).i_alt.revideret == 12_500_000
    assert (gaeldende(plan), svar.ansoegt, svar.bevilget) == (bevilget, ansoegt, bevilget)


def test_en_tom_bevilling_afloeser_ikke_det_ansoegte():
    plan, ansoegt = vejleaaparken()
    bevilget = fab.BudgetFactory(plan=plan, art=Budgetart.BEVILGET)
    assert gaeldende(plan) == ansoegt
    ansoegt.delete()
    assert gaeldende(plan) == bevilget


def test_fast_antal_forespoergsler(django_assert_num_queries):
    plan = fab.HelhedsplanFactory()
    budget = fab.BudgetFactory(plan=plan, godkendt=True)
    for _ in range(2):
        for _ in range(3):
            kilde = fab.FinansieringskildeFactory(plan=plan)
            fab.AktivitetFactory(delaftale__plan=plan)
            fab.SatsvaerdiFactory(sats__plan=plan)
            fab.BidragFactory(budget=budget, kilde=kilde)
            fab.UdgiftFactory(budget=budget)
            fab.RevisionslinjeFactory(revision__budget=budget, kilde=kilde)
        frisk = type(budget).objects.select_related("plan").get(pk=budget.pk)
        with django_assert_num_queries(10):
            terning(frisk, dato=date(2026, 1, 1))
        with django_assert_num_queries(8):
            balance(frisk)
        with django_assert_num_queries(10):
            side_om_side(frisk.plan, dato=DATO)


def test_celler_er_som_de_er_gemt():
    _, budget = vejleaaparken()
    kommune = budget.plan.finansieringskilder.get(noegle="kommune")
    vaerdi = celler(budget)[Cellenoegle(kommune.pk, "kontant", Formaal(), 3)]
    assert vaerdi == Vaerdi(Decimal("400000.00"), afrundet_til=Decimal("100000.00"))
    assert vaerdi.usikkerhed == 50_000
