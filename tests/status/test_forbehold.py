"""What the money of a status cannot be read without: missing figures and faults in the budget stand in it, and it is
published with a yes and a reason."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from budget.choices import Budgetart, Kildeart
from budget.queries.kontrol import fund_for
from helhedsplan.choices import Alvor
from helhedsplan.models import Haendelse
from status import oejebliksbillede, pdf
from status.actions import status as handlinger
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


# --- each sentence of the two lines on what a status says -----------------------------------------------------


def publiceret(plan, client, status=None) -> str:
    status = status or en_status(plan)
    client.force_login(leder(plan))
    url = reverse("status-publicer", args=[plan.noegle, status.noegle])
    assert client.post(url, {"begrundelse": "Det ved vi.", "ja": "1"}).status_code == 302
    return client.get(status.get_absolute_url()).content.decode()


def test_den_publicerede_status_naevner_hver_fejl_i_budgettet(plan, client):
    fejl = [f.besked for f in fund_for(plan.budgetter.get(), med_forbrug=True) if f.alvor == Alvor.FEJL]
    assert fejl
    side = html.unescape(publiceret(plan, client))
    assert [besked for besked in fejl if besked not in side] == []


def test_det_er_budgettets_fejl_og_ikke_det_andet_der_skal_siges_ja_til(plan, client):
    """No figure is missing: the 5 % too little alone is asked for, and with enough there is nothing to ask."""
    for kilde in plan.finansieringskilder.all():
        fab.ForbrugFactory(plan=plan, kilde=kilde, aar=2025, kvartal=4, beloeb=Decimal(0))
    (fejl,) = (f.besked for f in fund_for(plan.budgetter.get(), med_forbrug=True) if f.alvor == Alvor.FEJL)
    status = en_status(plan)
    with pytest.raises(ValidationError) as spurgt:
        handlinger.publicer(bruger=leder(plan), status=status, version=None)
    assert spurgt.value.messages == [f"{handlinger.FORBEHOLD} {fejl}"]
    plan.budgetter.get().bidrag.filter(kilde__noegle="lbf").update(beloeb=Decimal(1200))
    handlinger.publicer(bruger=leder(plan), status=status, version=None)


@pytest.fixture
def maalt(plan):
    """An area and its kommune; the figures are what each test is about."""
    indikator = fab.IndikatorFactory(plan=plan, navn="Ledige unge", retning="ned")
    omraade = fab.StedFactory(plan=plan, navn="Nord")
    kommune = fab.StedFactory(plan=plan, navn="Kommunen", kommunen=True, omraade=None)

    def tal(sted, **aar):
        for navn, vaerdi in aar.items():
            par = {"antal": vaerdi[0], "grundlag": vaerdi[1], "vaerdi": None} if isinstance(vaerdi, tuple) else {}
            felter = par or {"vaerdi": Decimal(vaerdi)}
            fab.MaalingFactory(indikator=indikator, sted=sted, aar=int(navn[1:]), **felter)

    return indikator, (lambda **aar: tal(omraade, **aar)), (lambda **aar: tal(kommune, **aar))


def test_i_statussen_giver_et_skjult_nyeste_tal_ingen_afstand(plan, maalt, client):
    """'diskretioneret (2025) mod kommunen 9,9 % (2024). 1,5 point foran' is not printed."""
    indikator, nord, kommunen = maalt
    nord(_2024="8.4", _2025=(3, 100))
    kommunen(_2024="9.9")
    (i,) = (i for i in oejebliksbillede.udkast(en_status(plan), I_DAG).indikatorer if i.noegle == indikator.noegle)
    assert (i.vist, i.hvornaar, i.mod, i.ord) == ("diskretioneret", "2025", "", "")
    ord_ = re.sub(r"<[^>]*>|\s+", " ", html.unescape(publiceret(plan, client, plan.statusser.get())))
    assert "9,9" not in ord_
    assert "foran" not in ord_


def test_en_afstand_er_af_et_aar_og_trykkes_med_det(plan, maalt):
    """96,4 % of 2025 is not held up against 88,0 % of 2024: the gap is of 2024, and says so."""
    indikator, nord, kommunen = maalt
    nord(_2024="90.0", _2025="96.4")
    kommunen(_2024="88.0")
    (i,) = (i for i in oejebliksbillede.udkast(en_status(plan), I_DAG).indikatorer if i.noegle == indikator.noegle)
    assert (i.vist, i.hvornaar) == ("96,4\xa0%", "2025")
    assert (i.mod, i.ord) == ("kommunen 88,0\xa0% (2024)", "2,0 point efter kommunen (2024)")


def test_i_lederens_tabel_staar_afstandens_aar_naar_det_er_et_andet(plan, maalt, client):
    indikator, nord, kommunen = maalt
    nord(_2024="90.0", _2025="96.4")
    kommunen(_2024="88.0")
    client.force_login(leder(plan))
    tabellen = client.get(reverse("indikator-liste", args=[plan.noegle])).content.decode()
    (raekke,) = (r for r in tabellen.split("<tr>") if indikator.navn in r and "data-label" in r)
    ord_ = " ".join(re.sub(r"<[^>]*>", " ", html.unescape(raekke)).split())
    assert "sammenlignet i 2024" in ord_
    assert "2,0 point efter kommunen (2024)" in ord_
    assert "8,4 point" not in ord_


def test_uden_et_faelles_aar_er_der_ingen_afstand(plan, maalt):
    indikator, nord, kommunen = maalt
    nord(_2025="96.4")
    kommunen(_2024="88.0")
    (i,) = (i for i in oejebliksbillede.udkast(en_status(plan), I_DAG).indikatorer if i.noegle == indikator.noegle)
    assert (i.vist, i.mod, i.ord) == ("96,4\xa0%", "", "")
