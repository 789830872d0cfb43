"""Money that an addendum brings on top of what was granted: told with the total, from the day that it counts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from aftaler.models import Lag
from aftaler.queries.papirer import fakta_om_lag, hent_lag, laget
from budget.actions.budget import gem_celler, godkend_budget, opret_budget
from budget.imports import Importfejl
from budget.imports import laes as laes_fil
from budget.models import Budget
from budget.queries.celler import laes
from budget.queries.indtastning import Indtastningscelle
from budget.queries.kontrol import fund_for
from budget.queries.papir import papirindhold
from budget.queries.pulje import puljestatus
from budget.queries.sammenligning import gaeldende, side_om_side
from budget.rules.celler import sum_af
from budget.rules.lagpenge import FAST, GRUND, Lagled, led_af_ord, opgjort
from budget.xlsx import arbejdsbog
from helhedsplan.maengde import laes_maengde
from helhedsplan.tallaeser import BELOEB
from tests import factories as f

pytestmark = pytest.mark.django_db
AFTALT = date(2026, 5, 1)


UKENDT = led_af_ord(GRUND, laes_maengde("ikke oplyst", BELOEB))._replace(slags=FAST)


def grund(beloeb, lavest=None):
    return Lagled(GRUND, Decimal(beloeb), "", Decimal(lavest or beloeb), slags=FAST)


@pytest.mark.parametrize(
    ("beloeb", "under", "ventet", "i_alt"),
    [
        (
            "6,7 mio. kr.", UKENDT,
            "6.700.000 kr. ifølge »Tillæg«. I alt kan ikke ses, men det er mindst 6.700.000 kr.",
            "kan ikke ses, mindst 6.700.000 kr.",
        ),
        (
            "6,7 mio. kr.", grund("13300000"),
            "6.700.000 kr. ifølge »Tillæg«. I alt er det 20.000.000 kr.", "20.000.000 kr.",
        ),
        (
            "6,7 mio. kr.", grund("13300000", "13250000"),
            "6.700.000 kr. ifølge »Tillæg«. I alt er det mindst 19.950.000 kr.", "20.000.000 kr.",
        ),
        (
            "over 2 mio. kr.", grund("1000000"),
            "over 2 mio. kr. ifølge »Tillæg«. I alt kan ikke ses, men det er mindst 3.000.000 kr.",
            "kan ikke ses, mindst 3.000.000 kr.",
        ),
        ("ca. 2 mio. kr.", grund("1000000"), "ca. 2 mio. kr. ifølge »Tillæg«. I alt kan ikke ses.", "kan ikke ses"),
    ],
)  # fmt: skip
def test_det_der_kommer_oven_paa(beloeb, under, ventet, i_alt):
    laest = opgjort([under, led_af_ord("Tillæg", laes_maengde(beloeb, BELOEB))])
    assert laest.oven_paa.replace("\xa0", " ") == f"Oven på bevillingen kommer {ventet}"
    assert laest.i_alt_i_ord.replace("\xa0", " ") == i_alt


def tillaeg(plan, **felter):
    return f.LagFactory(
        plan=plan, navn="Tillæg", slags="tillaeg", til=None, beloeb="6,7 mio. kr.", **{"gaelder_fra": AFTALT} | felter
    )


def test_oven_paa_en_ukendt_foerste_bevilling_for_to_af_fire_omraader():
    budget = f.BudgetFactory(art="bevilget", oplyst_i_alt_sagt="ikke oplyst")
    lag = tillaeg(budget.plan)
    omraader = [f.OmraadeFactory(plan=budget.plan, navn=navn, orden=nr) for nr, navn in enumerate("ABCD")]
    lag.omraader.set(omraader[:2])
    laest = laes(type(budget).objects.get(pk=budget.pk))
    assert [laest.pr(dag).oven_paa for dag in (None, date(2026, 4, 30))] == ["", ""]
    sagt = laest.pr(AFTALT).oplyst_i_ord.replace("\xa0", " ")
    assert sagt.startswith("I alt er ikke oplyst. Oven på bevillingen kommer 6.700.000 kr. til A og B ifølge »Tillæg«.")
    assert sagt.endswith("I alt kan ikke ses, men det er mindst 6.700.000 kr.")


def test_budgettets_papir_siger_det():
    budget = f.BudgetFactory(art="bevilget")
    f.BidragFactory(budget=budget, beloeb=Decimal(13300000))
    tillaeg(budget.plan)
    budget = type(budget).objects.select_related("plan__regelsaet").get(pk=budget.pk)
    [i_alt] = dict(papirindhold(budget).fakta)["I alt"]
    assert i_alt.replace("\xa0", " ").endswith("I alt er det 20.000.000 kr.")
    ansoegt = f.BudgetFactory(plan=budget.plan, art="ansoegt", noegle="ansoegt")
    assert "Oven på" not in repr(papirindhold(ansoegt).fakta)


@pytest.mark.parametrize("som", ["oplyst", "celle"])
def test_det_afrundede_kan_vaere_mindre(som):
    """13,3 mio. rounded to a tenth of a million may be 13,25."""
    oplyst = {"oplyst_i_alt": Decimal(13300000), "oplyst_afrundet_til": Decimal(100000)} if som == "oplyst" else {}
    budget = f.BudgetFactory(art="bevilget", **oplyst)
    if som == "celle":
        f.BidragFactory(budget=budget, beloeb=Decimal(13300000), afrundet_til=Decimal(100000))
    tillaeg(budget.plan)
    sagt = laes(type(budget).objects.get(pk=budget.pk)).pr(AFTALT).oven_paa.replace("\xa0", " ")
    assert sagt.endswith("I alt er det mindst 19.950.000 kr.")


@pytest.mark.parametrize(
    ("beloeb", "besked"), [("syv æbler", "syv æbler"), ("2 mia. kr.", "højst"), ("0", "større end 0")]
)
def test_et_beloeb_der_ikke_kan_laeses_siges_ved_feltet(beloeb, besked):
    with pytest.raises(ValidationError) as fejl:
        Lag(plan=f.HelhedsplanFactory(), noegle="x", navn="X", slags="tillaeg", beloeb=beloeb).full_clean()
    assert besked in fejl.value.message_dict["beloeb"][0]


# --- money by financier, kind and year ------------------------------------------------------------------------


@pytest.fixture
def forlaenget():
    """Four years of 4 mio. a year, a quarter of it local, extended by 18 months with 6 mio. of their own."""
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    lbf = f.FinansieringskildeFactory(plan=plan, lbf=True)
    kommune = f.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Kommunen")
    budget = f.BudgetFactory(plan=plan, noegle="bevilget", navn="Bevilget", godkendt=True)
    for aar in range(1, 5):
        f.BidragFactory(budget=budget, kilde=lbf, planaar=aar, beloeb=Decimal(3_000_000))
        f.BidragFactory(budget=budget, kilde=kommune, planaar=aar, beloeb=Decimal(1_000_000))
    lag = f.LagFactory(plan=plan, noegle="mere", navn="Mere tid", til=None, til_sagt="18 måneder", gaelder_fra=None)
    oven = f.BudgetFactory(plan=plan, noegle="mere", navn="Mere tid, penge", art="lag", lag=lag)
    for aar, beloeb in ((5, 3_000_000), (6, 1_500_000)):
        f.BidragFactory(budget=oven, kilde=lbf, planaar=aar, beloeb=Decimal(beloeb))
        f.BidragFactory(budget=oven, kilde=kommune, planaar=aar, beloeb=Decimal(beloeb) / 3)
    return plan


def frisk(plan):
    return type(plan).objects.select_related("regelsaet").get(pk=plan.pk)


def bevilget(plan):
    return frisk(plan).budgetter.select_related("plan__regelsaet").get(art="bevilget")


def i_kraft(plan, dag):
    plan.lag.update(gaelder_fra=dag)


def test_en_kladdes_penge_kan_skrives_og_taeller_ikke_foer_den_goer(forlaenget):
    foer = papirindhold(bevilget(forlaenget), laes(bevilget(forlaenget)).pr(AFTALT))
    skriver = f.MedlemskabFactory(plan=forlaenget, rolle="sekretariat").bruger
    kladde = frisk(forlaenget).budgetter.get(art="lag")
    celle = Indtastningscelle("kommune", "kontant", "faelles", 6, "600.000")
    gem_celler(bruger=skriver, budget=kladde, version=None, celler=[celle])
    celle = Indtastningscelle("kommune", "kontant", "faelles", 7, "1")
    with pytest.raises(ValidationError, match="uden for planens periode"):
        gem_celler(bruger=skriver, budget=kladde, version=None, celler=[celle])
    efter = papirindhold(bevilget(forlaenget), laes(bevilget(forlaenget)).pr(AFTALT))
    assert replace(efter, aendret=foer.aendret) == foer
    assert foer.kryds.i_alt == 16_000_000
    assert foer.pr_lag is None


def test_grundbevilling_og_forlaengelse_er_i_alt_overalt_fra_den_dag(forlaenget):
    i_kraft(forlaenget, AFTALT)
    budget = bevilget(forlaenget)
    laest = laes(budget)
    dagen_foer, nu = (laest.pr(dag) for dag in (date(2026, 4, 30), AFTALT))
    assert (sum_af(dagen_foer.bidrag.values()), dagen_foer.opgjort) == (16_000_000, None)
    papir = papirindhold(budget, nu)
    raekker = [(r.navn, r.beloeb, r.i_alt.replace("\xa0", " ")) for r in (*papir.pr_lag.raekker, papir.pr_lag.total)]
    mio = [None if b is None else b / 1_000_000 for b in raekker[2][1]]
    assert raekker[0][0::2] == ("Grundbevilling", "16.000.000")
    assert raekker[1] == ("Mere tid", (None,) * 4 + (4_000_000, 2_000_000), "6.000.000")
    assert (mio, raekker[2][2]) == ([4, 4, 4, 4, 4, 2], "22.000.000")
    assert (
        papir.kryds.i_alt == papir.medfinansiering.i_alt == side_om_side(frisk(forlaenget), dato=AFTALT).i_alt.revideret
    )
    assert papir.medfinansiering.andel_pct == 25
    assert nu.navn.endswith("med »Mere tid«")
    bog = load_workbook(BytesIO(arbejdsbog(budget, nu)))
    assert [c.value for c in bog["Lag for lag"][6]][-2:] == [2_000_000, "22.000.000"]


def test_penge_oven_paa_en_ukendt_bevilling_er_ingen_sum_og_ingen_fejl(forlaenget):
    i_kraft(forlaenget, AFTALT)
    budget = bevilget(forlaenget)
    budget.bidrag.all().delete()
    type(budget).objects.filter(pk=budget.pk).update(
        status="kladde", godkendt_den=None, oplyst_i_alt_sagt="ikke oplyst"
    )
    assert gaeldende(frisk(forlaenget)).art == "bevilget"
    budget = bevilget(forlaenget)
    nu = laes(budget).pr(AFTALT)
    assert (nu.bidrag, nu.opgjort.i_alt, nu.opgjort.mindst) == ({}, None, 6_000_000)
    papir = papirindhold(budget, nu)
    assert papir.pr_lag.total.i_alt.replace("\xa0", " ") == "kan ikke ses, mindst 6.000.000 kr."
    assert papir.pr_lag.raekker[0].i_alt == "ikke oplyst"
    assert not [x for x in fund_for(budget) if x.alvor == "fejl"]
    egen = frisk(forlaenget).budgetter.get(art="lag")
    assert not [x for x in fund_for(egen) if x.kode.startswith(("lokal", "kommune"))]


def test_et_tillaeg_der_ikke_er_fordelt_goer_ingen_andel_rigtig_eller_forkert(forlaenget):
    tillaeg(forlaenget)
    budget = bevilget(forlaenget)
    andele = [x for x in fund_for(budget) if x.kode.startswith(("lokal", "kommune"))]
    assert andele
    assert all(x.kan_ikke_ses and "»Tillæg« er ikke fordelt på kilder" in x.besked for x in andele)
    assert "andelen af det hele kan ikke ses" in papirindhold(budget).medfinansiering.i_en_linje


def test_udgifter_paa_den_ene_side_alene(forlaenget):
    i_kraft(forlaenget, AFTALT)
    budget = bevilget(forlaenget)
    for aar in range(1, 5):
        f.UdgiftFactory(budget=budget, planaar=aar, beloeb=Decimal(4_000_000))
    koder = {x.kode for x in fund_for(budget)}
    assert "balance-kan-ikke-ses" in koder
    assert not koder & {"finansiering-uden-udgifter", "udgifter-uden-finansiering"}
    oven = frisk(forlaenget).budgetter.get(art="lag")
    for aar, beloeb in ((5, 4_000_000), (6, 2_000_000)):
        f.UdgiftFactory(budget=oven, planaar=aar, beloeb=Decimal(beloeb))
    assert "går op" in papirindhold(bevilget(forlaenget)).balance


def test_regnearket_med_lag_laeses_ikke_ind_i_grundbevillingen(forlaenget):
    i_kraft(forlaenget, AFTALT)
    budget = bevilget(forlaenget)
    type(budget).objects.filter(pk=budget.pk).update(status="kladde", godkendt_den=None)
    budget = bevilget(forlaenget)
    with pytest.raises(Importfejl, match="tælle to gange"):
        laes_fil(budget, arbejdsbog(budget))
    assert laes_fil(budget, arbejdsbog(budget, laes(budget).pr(None))).aendringer == []


def test_lagets_papir_siger_pengene_og_laaser_dem(forlaenget):
    lag = hent_lag(frisk(forlaenget), "mere")
    sagt = {x.navn: x.tekst.replace("\xa0", " ") for x in fakta_om_lag(laget(lag))}
    assert sagt["Landsbyggefonden, kontant"] == "4.500.000 kr."
    assert (sagt["Penge år for år"], sagt["Penge i alt"]) == (
        "år 5: 4.000.000 kr., år 6: 2.000.000 kr.",
        "6.000.000 kr.",
    )
    i_kraft(forlaenget, AFTALT)
    forlaenget.lag.update(ikraft_ved="plan/lag/mere/u1-abc")
    budget = frisk(forlaenget).budgetter.get(art="lag")
    skriver = f.MedlemskabFactory(plan=forlaenget, rolle="sekretariat").bruger
    with pytest.raises(ValidationError, match="er sat i kraft ved udgaven"):
        gem_celler(bruger=skriver, budget=budget, version=None, celler=[])


def test_puljen_taeller_kommunens_del_af_laget(forlaenget):
    i_kraft(forlaenget, AFTALT)
    pulje = f.MedfinansieringspuljeFactory()
    forlaenget.finansieringskilder.filter(noegle="kommune").update(organisation=pulje.organisation)
    f.PuljetilsagnFactory(pulje=pulje, plan=forlaenget)
    [linje] = puljestatus(pulje).linjer
    assert (linje.i_budget, linje.budget_i_alt) == (5_500_000, 22_000_000)


def test_et_nyt_budget_oven_paa(forlaenget, client):
    bruger = f.MedlemskabFactory(plan=forlaenget, rolle="sekretariat").bruger
    client.force_login(bruger)
    nyt = f.LagFactory(plan=forlaenget, noegle="tillaeg", navn="Tillæg", slags="tillaeg", til=None, orden=2)
    side = reverse("budget-opret", args=[forlaenget.noegle])
    assert "Tillæg" in client.get(f"{side}?lag=tillaeg").content.decode()
    svar = client.post(side, {"version": "0", "art": "lag", "navn": ""})
    assert "Vælg den forlængelse eller det tillæg" in svar.content.decode()
    svar = client.post(side, {"version": "0", "art": "lag", "lag": nyt.pk, "navn": ""})
    assert svar.status_code == 302, svar.context["form"].errors
    oprettet = frisk(forlaenget).budgetter.get(lag=nyt)
    assert (svar.status_code, oprettet.noegle, oprettet.navn) == (302, "tillaeg", "Budget: Tillæg")
    for navn in ("budget-vis", "budget-gitter", "budget-udgifter", "budget-ret", "budget-pdf", "budget-xlsx"):
        assert client.get(reverse(navn, args=[forlaenget.noegle, "mere"])).status_code == 200
    overblik = client.get(reverse("budget-overblik", args=[forlaenget.noegle])).content.decode()
    assert "Oven på bevillingen" in overblik
    with pytest.raises(ValidationError, match="godkendes ikke for sig"):
        godkend_budget(bruger=bruger, budget=oprettet, dato=AFTALT, version=None)


def test_penge_uden_noget_under_sig(client):
    plan = f.HelhedsplanFactory()
    bruger = f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger
    lag = f.LagFactory(plan=plan)
    with pytest.raises(ValidationError, match="intet bevilget budget"):
        opret_budget(bruger=bruger, budget=Budget(plan=plan, art="lag", lag=lag, navn="X"))


@pytest.mark.parametrize(
    ("sagt", "afviger"),
    [
        ("6 mio. kr.", False),
        ("6,4 mio. kr.", True),
        ("over 6,5 mio. kr.", True),
        ("højst 7 mio. kr.", False),
        ("", False),
    ],
)
def test_det_oplyste_holdes_op_mod_lagets_beloeb(forlaenget, sagt, afviger):
    i_kraft(forlaenget, AFTALT)
    forlaenget.lag.update(beloeb=sagt)
    fundet = [x.besked.replace("\xa0", " ") for x in fund_for(bevilget(forlaenget)) if x.kode == "lag-beloeb"]
    assert bool(fundet) is afviger
    assert all("men beløbene giver 6.000.000 kr." in besked for besked in fundet)
