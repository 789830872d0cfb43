"""What the money of a status cannot be read without: missing figures and faults in the budget stand in it, and it is
published with a yes and a reason."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from bestyrelse import oejebliksbillede, pdf
from bestyrelse.actions import status as handlinger
from budget.choices import Budgetart, Kildeart
from helhedsplan.models import Haendelse
from tests import factories as fab
from tests.budget.data import parameter
from tests.verden import en_status

pytestmark = pytest.mark.django_db
I_DAG = date(2026, 5, 1)


@pytest.fixture
def plan():
    """A plan whose local share is 20 % of a floor of 25 %, and nothing else is wrong with the money."""
    plan = fab.HelhedsplanFactory(noegle="p")
    parameter(plan, "lokal_min_pct", 25)
    lbf = fab.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf")
    kommune = fab.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Kommunen")
    bolig = fab.FinansieringskildeFactory(plan=plan, noegle="bolig", navn="Bolig", art=Kildeart.BOLIGORGANISATION)
    budget = fab.BudgetFactory(plan=plan, art=Budgetart.BEVILGET, godkendt=True)
    for aar in (1, 2, 3, 4):
        for kilde, beloeb in ((lbf, 1600), (kommune, 300), (bolig, 100)):
            fab.BidragFactory(budget=budget, kilde=kilde, planaar=aar, beloeb=Decimal(beloeb))
    fab.AktivitetFactory(delaftale__plan=plan)
    for kilde in (lbf, kommune, bolig):
        fab.ForbrugFactory(plan=plan, kilde=kilde, aar=2026, kvartal=1, beloeb=Decimal(0))
    return plan


def leder(plan):
    return fab.MedlemskabFactory(plan=plan, rolle="leder").bruger


def test_en_fejl_i_budgettet_staar_i_statussen_og_kraever_et_ja(plan, client):
    fab.ForbrugFactory(plan=plan, kilde=plan.finansieringskilder.get(noegle="lbf"), aar=2025, kvartal=4)
    status = en_status(plan)
    billede = oejebliksbillede.udkast(status, I_DAG)
    assert [f for f in billede.forbehold if "Lokal medfinansiering er 20,00" in f]
    assert [f for f in billede.forbehold if f.startswith("Forbrug: 2 af 6 tal mangler: 4. kvartal 2025 (")]
    with pytest.raises(ValidationError, match="skriv hvorfor"):
        handlinger.publicer(bruger=leder(plan), status=status, version=None)
    client.force_login(leder(plan))
    assert (
        'name="begrundelse"' in client.get(reverse("status-skriv", args=[plan.noegle, status.noegle])).content.decode()
    )
    url = reverse("status-publicer", args=[plan.noegle, status.noegle])
    client.post(url, {"begrundelse": "Kommunen har lovet 400.000 kr. mere."})
    status.refresh_from_db()
    assert status.skrives
    client.post(url, {"begrundelse": "Kommunen har lovet 400.000 kr. mere.", "ja": "1"})
    status.refresh_from_db()
    assert not status.skrives
    side = client.get(status.get_absolute_url()).content.decode()
    assert "Publiceret alligevel, fordi: Kommunen har lovet 400.000 kr. mere." in side
    assert "Lokal medfinansiering er 20,00" in side
    assert Haendelse.objects.om(status).order_by("pk").last().handling == "publiceret"


def test_uden_forbehold_spoerges_der_ikke(plan):
    plan.budgetter.get().bidrag.filter(kilde__noegle="lbf").update(beloeb=Decimal(1200))
    for kilde in plan.finansieringskilder.all():
        fab.ForbrugFactory(plan=plan, kilde=kilde, aar=2025, kvartal=4, beloeb=Decimal(0))
    status = en_status(plan)
    billede = oejebliksbillede.udkast(status, I_DAG)
    assert billede.forbehold == ()
    assert "Forbehold" not in pdf.side_html(billede)
    handlinger.publicer(bruger=leder(plan), status=status, version=None, begrundelse="Ikke nødvendig.")
    status.refresh_from_db()
    assert oejebliksbillede.hent(status).begrundelse == ""


def test_rest_og_prognose_i_statussen_er_af_det_der_er_meldt(plan):
    """All financiers but one: the others' money is not left over."""
    plan.forbrug.exclude(kilde__noegle="lbf").delete()
    penge = oejebliksbillede.udkast(en_status(plan), I_DAG).penge
    assert penge.i_alt.budget_til_dato == 400


def _kun_lbf(plan):
    """LBF has reported one quarter of two, and nobody else anything."""
    plan.forbrug.all().delete()
    fab.ForbrugFactory(plan=plan, kilde=plan.finansieringskilder.get(noegle="lbf"), aar=2026, kvartal=1, beloeb=900)
    return en_status(plan)


def test_det_ingen_har_meldt_er_ikke_brugt_0(plan, client):
    status = _kun_lbf(plan)
    billede = oejebliksbillede.udkast(status, I_DAG)
    assert [(li.navn, li.forbrug, li.budget_til_dato, li.huller) for li in billede.penge.linjer] == [
        ("Landsbyggefonden", 900, 400, "1 af 2 mangler"),
        ("Kommunen", None, None, "2 af 2 mangler"),
        ("Bolig", None, None, "2 af 2 mangler"),
    ]
    assert oejebliksbillede.fra_json(oejebliksbillede.som_json(billede)) == billede
    client.force_login(leder(plan))
    url = reverse("status-publicer", args=[plan.noegle, status.noegle])
    kladde = client.get(reverse("status-proev", args=[plan.noegle, status.noegle])).content.decode()
    client.post(url, {"begrundelse": "De andre har lovet at melde ind i maj.", "ja": "1"})
    frosset = client.get(status.get_absolute_url()).content.decode()
    for side in (kladde, frosset, pdf.side_html(billede)):
        tabel = side.partition(">Brugt<")[2].partition("</table>")[0]
        assert re.findall(r'data-label="Brugt" class="tal">(\S+)', tabel) == ["900", "–", "–", "900"]
        assert re.findall(r"\((\d af \d mangler)\)", tabel) == [
            f"{n} mangler" for n in ("1 af 2", "2 af 2", "2 af 2", "5 af 6")
        ]


def test_over_huller_regnes_ingen_procent_af_budgettet(plan):
    """900 of the 400 that the reported quarter had is 225 %; of what was expected of all it would be something else."""
    billede = oejebliksbillede.udkast(_kun_lbf(plan), I_DAG)
    side = html.unescape(pdf.side_html(billede)).replace("\xa0", " ")
    assert "225 %" not in side
    assert (
        "Af det indberettede: der er brugt 900 kr., og budgettet for de samme tal er 400 kr. Der mangler 5 af 6 tal"
        in side
    )
    assert "Kommunen: 2 af 2 mangler." in side


def test_uden_huller_er_der_en_procent(plan):
    for kilde in plan.finansieringskilder.all():
        fab.ForbrugFactory(plan=plan, kilde=kilde, aar=2025, kvartal=4, beloeb=Decimal(250))
    side = html.unescape(pdf.side_html(oejebliksbillede.udkast(en_status(plan), I_DAG))).replace("\xa0", " ")
    assert "af budgettet til dato." in side
    assert "Af det indberettede" not in side
