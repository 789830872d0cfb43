"""Money that an addendum brings on top of what was granted: told with the total, from the day that it counts."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aftaler.models import Lag
from budget.queries.celler import laes
from budget.queries.papir import papirindhold
from budget.rules.oplyst import Ekstra, med_ekstra
from helhedsplan.maengde import laes_maengde
from helhedsplan.tallaeser import BELOEB
from tests import factories as f

pytestmark = pytest.mark.django_db
AFTALT = date(2026, 5, 1)


def ekstra(beloeb, *omraader):
    return Ekstra("Tillæg", laes_maengde(beloeb, BELOEB), omraader)


@pytest.mark.parametrize(
    ("beloeb", "bevilget", "er_alt", "ventet"),
    [
        ("6,7 mio. kr.", None, False, "6.700.000 kr. ifølge »Tillæg«. I alt er det mindst 6.700.000 kr."),
        ("6,7 mio. kr.", "13300000", True, "6.700.000 kr. ifølge »Tillæg«. I alt er det 20.000.000 kr."),
        ("6,7 mio. kr.", "13300000", False, "6.700.000 kr. ifølge »Tillæg«. I alt er det mindst 20.000.000 kr."),
        ("over 2 mio. kr.", "1000000", True, "over 2 mio. kr. ifølge »Tillæg«. I alt er det mindst 3.000.000 kr."),
        ("ca. 2 mio. kr.", "1000000", True, "ca. 2 mio. kr. ifølge »Tillæg«."),
    ],
)
def test_det_der_kommer_oven_paa(beloeb, bevilget, er_alt, ventet):
    sagt = med_ekstra([ekstra(beloeb)], Decimal(bevilget) if bevilget else None, er_alt)
    assert sagt.replace("\xa0", " ") == f"Oven på bevillingen kommer {ventet}"


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
    assert sagt.endswith("I alt er det mindst 6.700.000 kr.")


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
