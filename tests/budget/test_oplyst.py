"""A total that the source states: printed for the sum of the cells, with the difference and what rounding allows."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer, skriv_plan
from budget.models import Budget
from budget.pdf import papir_html
from budget.queries.kontrol import fund_for, medfinansiering_for
from budget.queries.papir import papirindhold
from budget.queries.pulje import puljestatus
from budget.queries.sammenligning import side_om_side
from budget.rules.celler import Vaerdi
from budget.rules.oplyst import Oplyst, forenes, i_ord, med_deltaer
from budget.xlsx import arbejdsbog
from helhedsplan.rettigheder import PROGRAMMET
from status import oejebliksbillede
from tests import factories as f
from tests.budget.data import parameter, skriver, vejleaaparken

MIO = Decimal(1_000_000)
DELE = [Vaerdi(Decimal("9.9") * MIO, afrundet_til=Decimal(100_000)), Vaerdi(Decimal("3.35") * MIO)]


@pytest.mark.parametrize(
    ("oplyst", "dele", "ventet", "kan_forenes"),
    [
        (
            Oplyst(Decimal("13.3") * MIO, Decimal(100_000)),
            DELE,
            "I alt er oplyst til 13.300.000 kr. (afrundet til 100.000 kr.); delene giver 13.250.000 kr., altså "
            "50.000 kr. mindre; med afrundingen ligger deres sum mellem 13.200.000 kr. og 13.300.000 kr.",
            True,
        ),
        (
            Oplyst(Decimal(13) * MIO),
            DELE,
            "I alt er oplyst til 13.000.000 kr.; delene giver 13.250.000 kr., altså 250.000 kr. mere; med afrundingen "
            "ligger deres sum mellem 13.200.000 kr. og 13.300.000 kr.; det oplyste tal og beløbene passer ikke sammen, "
            "så alt er regnet af beløbene.",
            False,
        ),
        (
            Oplyst(Decimal("13.25") * MIO),
            DELE,
            "I alt er oplyst til 13.250.000 kr., og det er også summen af delene.",
            True,
        ),
    ],
)
def test_forskellen_og_graenserne_siges(oplyst, dele, ventet, kan_forenes):
    assert i_ord(oplyst, dele).replace("\u00a0", " ") == ventet
    assert forenes(oplyst, dele) is kan_forenes
    assert i_ord(None, dele) == ""


def test_en_revision_aendrer_ikke_hvad_kilden_har_oplyst():
    """The source said 13,3 mio.; what a revision adds is told apart from it."""
    oplyst = med_deltaer(Oplyst(Decimal("13.3") * MIO, Decimal(100_000)), [Decimal("12345.67"), Decimal("-0.01")])
    dele = [Vaerdi(Decimal("13.3") * MIO + Decimal("12345.66"))]
    assert i_ord(oplyst, dele).replace("\u00a0", " ") == (
        "I alt er oplyst til 13.300.000 kr. (afrundet til 100.000 kr.), som med revisionerne er 13.312.345,66 kr., "
        "og det er også summen af delene."
    )
    assert med_deltaer(oplyst, [-oplyst.revideret]) == Oplyst(Decimal("13.3") * MIO, Decimal(100_000))


@pytest.mark.parametrize(
    ("lbf", "afrundet", "ord_"),
    [
        ("11234568", 10, "Med de nøjagtige beløb er den lokale andel 25,18 %."),
        ("9900000", 100_000, "ligger den lokale andel mellem 27,54 % og 27,74 %"),
    ],
)
def test_graenser_der_trykkes_ens_er_en_andel(db, lbf, afrundet, ord_):
    plan, budget = vejleaaparken()
    budget.bidrag.all().delete()
    for noegle, beloeb in (("lbf", lbf), ("kommune", "3781543")):
        kilde = plan.finansieringskilder.get(noegle=noegle)
        f.BidragFactory(budget=budget, kilde=kilde, planaar=1, beloeb=Decimal(beloeb), afrundet_til=afrundet)
        afrundet = None
    frisk = Budget.objects.select_related("plan__regelsaet").get(pk=budget.pk)
    (note,) = (fund.besked for fund in fund_for(frisk) if fund.kode == "lokal-andel-afrunding")
    assert ord_ in note.replace("\u00a0", " ")


@pytest.fixture
def budget(db):
    """The parts are 33,6 mio.; the source says 33,7."""
    _, budget = vejleaaparken()
    Budget.objects.filter(pk=budget.pk).update(oplyst_i_alt=Decimal("33.7") * MIO, oplyst_afrundet_til=Decimal(100_000))
    return Budget.objects.select_related("plan__regelsaet").get(pk=budget.pk)


def test_det_oplyste_tal_trykkes_og_forskellen_siges_paa_side_overblik_og_status(budget, client):
    client.force_login(skriver(budget.plan))
    i_alt = sum(budget.bidrag.values_list("beloeb", flat=True))
    assert i_alt != budget.oplyst_i_alt
    for navn, *mere in (("budget-vis", budget.noegle), ("budget-overblik",)):
        side = client.get(reverse(navn, args=[budget.plan.noegle, *mere])).content.decode().replace("\u00a0", " ")
        assert "af 33.700.000 kr." in side
        assert "I alt er oplyst til 33.700.000 kr. (afrundet til 100.000 kr.); delene giver" in side
    f.ForbrugFactory(plan=budget.plan, aar=2018, kvartal=1, kilde=budget.plan.finansieringskilder.first())
    status = f.KvartalsstatusFactory(plan=budget.plan, aar=2018, kvartal=1)
    assert oejebliksbillede.udkast(status, status.frist).penge.i_alt.budget_i_alt == budget.oplyst_i_alt
    assert side_om_side(budget.plan, dato=status.frist).i_alt.ansoegt == budget.oplyst_i_alt


def test_andelen_er_af_det_oplyste_og_dets_afrunding_saetter_graenserne(budget):
    m = medfinansiering_for(budget)
    assert m.andel_pct == m.lokal * 100 / budget.oplyst_i_alt
    # Landsbyggefonden's cell is 25 mio. give or take 50.000, so the local ones are no less than 33,65 - 25,05 mio.
    assert (m.lokal, m.usikkerhed_lokal) == (Decimal("8.6") * MIO, 350_000)
    assert m.andel_mindst_pct == Decimal("8.6") * 100 / Decimal("33.65")
    assert m.andel_hoejst_pct == Decimal("8.8") * 100 / Decimal("33.75")


@pytest.mark.parametrize(("oplyst", "alvor"), [("33.7", "note"), ("35", "fejl"), (None, None)])
def test_kontrollen_siger_forskellen(budget, oplyst, alvor):
    budget.oplyst_i_alt = oplyst and Decimal(oplyst) * MIO
    budget.oplyst_afrundet_til = None
    assert [x.alvor.value for x in fund_for(budget) if x.kode == "oplyst-sum"] == ([alvor] if alvor else [])


@pytest.fixture(params=["scenarie", "ansoegt"])
def koebt(request, db):
    """5,2 of the parts' 26,8 mio. are local: 19,40 %. Of the 20,8 mio. that are stated they would be 25 %."""
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    parameter(plan, "lokal_min_pct", 25)
    lbf = f.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf")
    kommune = f.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Ishøj Kommune")
    oplyst = Decimal("20.8") * MIO
    budget = f.BudgetFactory(plan=plan, art=request.param, noegle="b", navn="Mindre", oplyst_i_alt=oplyst)
    for kilde, mio in ((lbf, "21.6"), (kommune, "5.2")):
        f.BidragFactory(budget=budget, kilde=kilde, art="kontant", planaar=1, beloeb=Decimal(mio) * MIO)
    return budget


def test_et_oplyst_tal_som_afrunding_ikke_forklarer_koeber_ikke_andelen(koebt, client):
    m = medfinansiering_for(koebt)
    assert (m.andel_i_ord.replace("\u00a0", " "), m.holder, m.i_alt) == ("19,40 %", False, Decimal("26.8") * MIO)
    (fund,) = [x for x in fund_for(koebt) if x.kode == "oplyst-sum"]
    assert fund.alvor == "fejl"
    for stykke in ("20.800.000", "26.800.000", "det oplyste tal og beløbene passer ikke sammen"):
        assert stykke in fund.besked
    client.force_login(skriver(koebt.plan))
    adresser = [koebt.get_absolute_url()]
    if koebt.art == "ansoegt":
        adresser += [reverse("budget-overblik", args=[koebt.plan.noegle]), koebt.plan.get_absolute_url()]
    for adresse in adresser:
        side = client.get(adresse).content.decode().replace("\u00a0", " ")
        assert "19,40 %" in side
        assert "25,00 %" not in side
        assert "af 20.800.000 kr." not in side
    papir = papirindhold(koebt)
    assert (papir.medfinansiering.andel_pct, papir.kryds.i_alt) == (m.andel_pct, m.i_alt)
    bog = load_workbook(io.BytesIO(arbejdsbog(koebt)), data_only=True)
    assert Decimal("20.8") * MIO not in [celle.value for ark in bog for raekke in ark for celle in raekke]
    tilsagn = f.PuljetilsagnFactory(plan=koebt.plan)
    if koebt.art == "ansoegt":
        (linje,) = puljestatus(tilsagn.pulje).linjer
        assert linje.budget_i_alt == m.i_alt


def test_planfilen_baerer_det_oplyste_tal(budget):
    plan = budget.plan
    tekst = skriv_plan(Helhedsplan.objects.get(pk=plan.pk))
    assert "oplyst_i_alt: '33700000'" in tekst
    assert "oplyst_afrundet_til: '100000'" in tekst
    Budget.objects.filter(pk=budget.pk).update(oplyst_i_alt=None, oplyst_afrundet_til=None)
    assert laes_filer([Planfil("p.yaml", tekst.encode())], bruger=PROGRAMMET).fejl == []
    assert skriv_plan(Helhedsplan.objects.get(pk=plan.pk)) == tekst


def test_det_oplyste_tal_skrives_paa_siden_og_afrunding_alene_afvises(budget, client):
    client.force_login(skriver(budget.plan))
    url = reverse("budget-ret", args=[budget.plan.noegle, budget.noegle])
    data = {"navn": "Budget", "begrundelse": "", "version": budget.version}
    svar = client.post(url, data | {"oplyst_i_alt": "", "oplyst_afrundet_til": "100.000"})
    assert "Skriv også det oplyste beløb." in svar.content.decode()
    assert client.post(url, data | {"oplyst_i_alt": "13,3 mio.", "oplyst_afrundet_til": ""}).status_code == 302
    assert Budget.objects.get(pk=budget.pk).oplyst_i_alt == Decimal("13300000")


@pytest.fixture
def afrundet_total(db):
    """The total is told as 13,3 mio. rounded to 100.000; the parts are exact and 13.340.000, of which 3,3 are local."""
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    parameter(plan, "lokal_min_pct", 20)
    budget = f.BudgetFactory(
        plan=plan, art="ansoegt", noegle="a", oplyst_i_alt=Decimal("13.3") * MIO, oplyst_afrundet_til=Decimal(100_000)
    )
    for kilde, beloeb in (({"lbf": True}, "10040000"), ({"navn": "Kommunen", "noegle": "k"}, "3300000")):
        kilde = f.FinansieringskildeFactory(plan=plan, **kilde)
        f.BidragFactory(budget=budget, kilde=kilde, art="kontant", planaar=1, beloeb=Decimal(beloeb))
    return budget


def test_et_afrundet_total_ved_noejagtige_dele_giver_een_andel_paa_papiret(afrundet_total, client):
    """24,81 % of the stated total, which is what is printed; of the parts alone it would be 24,74 %."""
    budget = afrundet_total
    m = medfinansiering_for(budget)
    assert (m.i_alt, m.har_spaend, m.uden_punkt) == (13_300_000, False, False)
    client.force_login(skriver(budget.plan))
    side = client.get(budget.get_absolute_url()).content.decode().replace("\u00a0", " ")
    papir = papir_html(papirindhold(budget)).replace("\u00a0", " ")
    assert "24,81 %" in side
    assert "24,81 %" in papir
    assert "24,74 %" not in papir
    ark = load_workbook(io.BytesIO(arbejdsbog(budget)), data_only=True)["Oversigt"]
    tal = {r[0].value: r[1].value for r in ark.iter_rows() if r[0].value}
    assert tal["Lokal andel"] == pytest.approx(3_300_000 / 13_300_000)


def test_en_andel_som_afrundingen_udelukker_siges_ikke(budget, client):
    """8,6 of the stated 33,7 mio. is 25,52 %, but no amounts that fit both give less than 25,56 %."""
    m = medfinansiering_for(budget)
    graenser = "mellem 25,56 % og 26,07 %"
    assert (m.andel_i_ord.replace("\u00a0", " "), m.uden_punkt, m.holder) == (graenser, True, True)
    client.force_login(skriver(budget.plan))
    godkend = reverse("budget-godkend", args=[budget.plan.noegle, budget.noegle])
    sider = [client.get(adresse).content.decode() for adresse in (budget.get_absolute_url(), godkend)]
    for sagt in (tekst.replace("\u00a0", " ") for tekst in (*sider, papir_html(papirindhold(budget)))):
        assert graenser in sagt
        assert "25,52 %" not in sagt
    bog = load_workbook(io.BytesIO(arbejdsbog(budget)), data_only=True)["Oversigt"]
    tal = {r[0].value: str(r[1].value).replace("\u00a0", " ") for r in bog.iter_rows() if r[0].value}
    assert tal["Lokal andel"] == f"M{graenser[1:]}"
