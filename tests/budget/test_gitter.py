"""The grid as a form: what it sends, what is saved, what it says when something is wrong or somebody was first."""

import html
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from budget.actions.budget import gem_celler
from budget.models import Bidrag
from budget.queries.indtastning import Indtastningscelle
from budget.rules.celler import som_tekst
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f


@pytest.fixture
def budget(db):
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    f.FinansieringskildeFactory(plan=plan, lbf=True)
    f.FinansieringskildeFactory(plan=plan, noegle="kommunen", navn="Kommunen")
    return f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")


@pytest.fixture
def klient(client, budget):
    client.force_login(f.MedlemskabFactory(plan=budget.plan, rolle="sekretariat").bruger)
    return client


def adresse(budget, hvad="budget-gitter", **soeg):
    return (
        reverse(hvad, args=[budget.plan.noegle, budget.noegle])
        + ("?" if soeg else "")
        + "&".join(f"{k}={v}" for k, v in soeg.items())
    )


def navn(kilde="kommunen", art="kontant", aar=1):
    return f"c.{kilde}.{art}.{aar}.faelles"


def send(klient, budget, felter, foer=None, version=None, **ekstra):
    data = {
        "version": budget.version if version is None else version,
        "foer": json.dumps(foer or {}),
        **felter,
        **ekstra,
    }
    return klient.post(adresse(budget), data)


def vaerdi(svar, felt):
    fundet = re.search(rf'name="{re.escape(felt)}" value="([^"]*)"', svar.content.decode())
    return fundet and fundet[1]


@pytest.mark.parametrize(
    ("beloeb", "skala", "tekst"),
    [
        (None, 1, ""),
        (Decimal("0.00"), 1, "0"),
        (Decimal("400000.00"), 1, "400.000"),
        (Decimal("1234567.89"), 1, "1.234.567,89"),
        (Decimal("0.50"), 1, "0,50"),
        (Decimal("400000.00"), 1000, "400"),
        (Decimal("1234567.89"), 1000, "1.234,56789"),
    ],
)
def test_amounts_stand_exactly_in_their_fields(beloeb, skala, tekst):
    assert som_tekst(beloeb, skala) == tekst


def test_every_way_of_writing_is_saved_in_one_entry(klient, budget):
    felter = {navn(aar=1): "25 mio.", navn(aar=2): "0,4 mio.", navn(aar=3): "1.234.567,89", navn(aar=0): "7"}
    assert send(klient, budget, felter).status_code == 302
    gemt = {b.planaar: b.beloeb for b in Bidrag.objects.all()}
    assert gemt == {1: 25_000_000, 2: 400_000, 3: Decimal("1234567.89"), None: 7}
    assert Haendelse.objects.om(budget).count() == 1


def test_bare_numbers_count_in_thousands_where_the_page_says_so(klient, budget):
    svar = send(klient, budget, {navn(): "1.234,5"}, skala="1000")
    assert svar.status_code == 302
    assert Bidrag.objects.get().beloeb == 1_234_500
    assert vaerdi(klient.get(adresse(budget, skala=1000)), navn()) == "1.234,5"


def test_one_bad_cell_and_nothing_is_saved(klient, budget):
    svar = send(klient, budget, {navn(aar=1): "400.000", navn(aar=2): "fire", navn(aar=3): "-5"})
    assert svar.status_code == 422
    assert not Bidrag.objects.exists()
    html = svar.content.decode()
    assert [vaerdi(svar, navn(aar=aar)) for aar in (1, 2, 3)] == ["400.000", "fire", "-5"]
    assert html.count('aria-invalid="true"') == 2
    assert 'href="#celle-kommunen.kontant.faelles.2"' in html
    assert 'id="celle-kommunen.kontant.faelles.2"' in html
    assert "Intet er gemt" in html


def test_what_was_not_changed_is_not_sent_on(klient, budget):
    """A reckoned cell keeps its formula when the row beside it is changed, in either view."""
    timer = f.SatsvaerdiFactory(sats__plan=budget.plan, beloeb=Decimal("333.33"))
    kilde = budget.plan.finansieringskilder.get(noegle="kommunen")
    f.BidragFactory(
        budget=budget, kilde=kilde, art="timer", planaar=1, maengde=10, satsvaerdi=timer, beloeb=Decimal("3333.30")
    )
    t = navn(art="timer")
    svar = send(klient, budget, {t: "3,3333", navn(): "5"}, {t: "3,3333"}, skala="1000")
    assert svar.status_code == 302
    assert Bidrag.objects.get(art="timer").satsvaerdi == timer
    assert Bidrag.objects.get(art="kontant").beloeb == 5000


def test_two_in_the_same_cell_get_both_figures(klient, budget):
    gammel = budget.version
    leder = f.MedlemskabFactory(plan=budget.plan, rolle="leder").bruger
    gem_celler(
        bruger=leder,
        budget=budget,
        version=gammel,
        celler=[Indtastningscelle("kommunen", "kontant", "faelles", 1, beloeb="300.000")],
    )
    svar = send(klient, budget, {navn(aar=1): "400.000", navn(aar=2): "5"}, version=gammel)
    assert svar.status_code == 409
    html = svar.content.decode()
    assert vaerdi(svar, navn(aar=1)) == "400.000"
    assert "Den anden: 300.000" in html
    assert Bidrag.objects.count() == 1

    budget.refresh_from_db()
    foer = json.loads(vaerdi(svar, "foer").replace("&quot;", '"'))
    assert foer == {navn(aar=1): "300.000"}
    assert send(klient, budget, {navn(aar=1): "400.000", navn(aar=2): "5"}, foer).status_code == 302
    assert {b.planaar: b.beloeb for b in Bidrag.objects.all()} == {1: 400_000, 2: 5}


def test_two_in_different_cells_lose_nothing(klient, budget):
    gammel = budget.version
    leder = f.MedlemskabFactory(plan=budget.plan, rolle="leder").bruger
    gem_celler(
        bruger=leder,
        budget=budget,
        version=gammel,
        celler=[Indtastningscelle("kommunen", "kontant", "faelles", 1, beloeb="300.000")],
    )
    svar = send(klient, budget, {navn(aar=1): "", navn(aar=2): "5"}, version=gammel)
    assert svar.status_code == 409
    assert vaerdi(svar, navn(aar=1)) == "300.000"
    assert vaerdi(svar, navn(aar=2)) == "5"
    assert "Den anden" not in svar.content.decode()


def test_an_approved_budget_is_not_edited(klient, budget):
    bevilget = f.BudgetFactory(plan=budget.plan, godkendt=True, noegle="bevilget")
    assert klient.get(adresse(bevilget)).url == bevilget.get_absolute_url()
    svar = send(klient, bevilget, {navn(): "1"})
    assert svar.status_code == 422
    assert "revision" in svar.content.decode()
    assert not Bidrag.objects.exists()


def test_totals_hold_what_is_not_shown(klient, budget):
    aftale = f.DelaftaleFactory(plan=budget.plan)
    kommunen = budget.plan.finansieringskilder.get(noegle="kommunen")
    f.BidragFactory(budget=budget, kilde=kommunen, delaftale=aftale, planaar=1, beloeb=Decimal("100.00"))
    f.BidragFactory(budget=budget, kilde=kommunen, planaar=1, beloeb=Decimal("50.00"))
    html = klient.get(adresse(budget, formaal="faelles")).content.decode()
    assert 'data-udenfor="100.00">150<' in html
    assert 'data-udenfor-lokal="100.00"' in html


def test_costs_are_saved_in_their_own_grid(klient, budget):
    f.KontoFactory(plan=budget.plan, noegle="loen")
    data = {"version": budget.version, "foer": "{}", "u.loen.1.faelles": "0,5 mio."}
    assert klient.post(adresse(budget, "budget-udgifter"), data).status_code == 302
    assert [(u.konto.noegle, u.planaar, u.beloeb) for u in budget.udgifter.all()] == [("loen", 1, 500_000)]


def test_hours_are_reckoned_with_a_rate(klient, budget):
    f.SatsvaerdiFactory(sats__plan=budget.plan, sats__noegle="time", beloeb=Decimal("350.00"), gaelder_fra="2000-01-01")
    args = [budget.plan.noegle, budget.noegle, "kommunen", "timer", "faelles"]
    svar = klient.post(
        reverse("bidrag-regn", args=args), {"sats": "time", "maengde_1": "120", "version": budget.version}
    )
    assert svar.status_code == 302
    assert Bidrag.objects.get().beloeb == 42_000
    assert "120 timer × 350,00" in klient.get(adresse(budget)).content.decode().replace("\xa0", " ")


def test_actuals_are_saved_by_quarter(klient, budget):
    url = reverse("forbrug-ret", args=[budget.plan.noegle, 2026])
    assert klient.post(url, {"foer": "{}", "f.kommunen.kontant.2026.1": "90.000"}).status_code == 302
    assert [(x.aar, x.kvartal, x.beloeb) for x in budget.plan.forbrug.all()] == [(2026, 1, 90_000)]
    svar = klient.post(url, {"foer": "{}", "f.kommunen.kontant.2026.1": "ni", "f.kommunen.kontant.2026.2": "5"})
    assert svar.status_code == 422
    assert svar.content.decode().count('aria-invalid="true"') == 1
    assert budget.plan.forbrug.count() == 1


def test_spending_in_a_quarter_to_come_is_asked_about_once(klient, budget):
    aar = timezone.localdate().year + 1
    budget.plan.periode_til = date(aar + 1, 12, 31)
    budget.plan.save()
    url = reverse("forbrug-ret", args=[budget.plan.noegle, aar])
    felt = f"f.kommunen.kontant.{aar}.2"
    data = {"foer": "{}", felt: "90.000"}
    fejl = klient.post(url, data | {f"f.kommunen.kontant.{aar}.3": "ni"}).content.decode()
    assert ("Ret dette først" in fejl, "Er det rigtigt?" in fejl) == (True, False)
    svar = klient.post(url, data)
    side = svar.content.decode()
    assert svar.status_code == 422
    assert "Er det rigtigt?" in side
    assert f"2. kvartal {aar}: Kvartalet er ikke begyndt." in side
    assert vaerdi(svar, felt) == "90.000"
    assert not budget.plan.forbrug.exists()
    ja = data | {"bekraeftede_advarsler": vaerdi(svar, "bekraeftede_advarsler")}
    assert klient.post(url, ja | {f"f.kommunen.kontant.{aar}.3": "5"}).status_code == 422
    assert klient.post(url, ja).status_code == 302
    assert budget.plan.forbrug.get().beloeb == 90_000
    uaendret = klient.get(url)
    assert klient.post(url, {"foer": html.unescape(vaerdi(uaendret, "foer")), felt: "90.000"}).status_code == 302


def test_what_is_overspent_is_not_said_to_be_left(klient, budget):
    f.BidragFactory(budget=budget, kilde=budget.plan.finansieringskilder.first(), planaar=1, beloeb=Decimal(1000))
    fra = budget.plan.periode_fra
    kilde = budget.plan.finansieringskilder.first()
    kvartal = (fra.month - 1) // 3 + 1
    f.ForbrugFactory(plan=budget.plan, kilde=kilde, aar=fra.year, kvartal=kvartal, beloeb=Decimal(5000))
    side = klient.get(reverse("forbrug", args=[budget.plan.noegle])).content.decode()
    assert re.search(r"er der <strong>brugt [\d.,]+ kr. mere end budgettet</strong> ved udgangen af", side)
    assert "ubrugt</strong>" not in side
    tabel = side.partition("Rest til dato")[2].partition("</table>")[0]
    assert len(re.findall(r">overforbrug [\d.,]+<", tabel)) == 4  # so far and at the end, of the financier and in all
    assert "\u2212" not in tabel


def test_a_draft_stands_in_the_cells_with_what_others_have_saved_since(klient, budget):
    url = reverse("budget-gitter", args=[budget.plan.noegle, budget.noegle])
    gem = re.search(r'data-kladde="([^"]+)"', klient.get(url).content.decode())[1]
    felter = {navn(aar=1): "0,4 mio.", navn(aar=2): "9", "foer": "{}", "version": budget.version, "skala": "1"}
    assert klient.post(gem, felter).status_code == 200
    gem_celler(
        bruger=PROGRAMMET,
        budget=budget,
        version=budget.version,
        celler=[
            Indtastningscelle("kommunen", "kontant", "faelles", aar, beloeb=kr) for aar, kr in ((1, "5"), (2, "9"))
        ],
    )
    svar = klient.get(url)
    assert (vaerdi(svar, navn(aar=1)), vaerdi(svar, navn(aar=2))) == ("0,4 mio.", "9")
    assert "Du har en kladde fra" in svar.content.decode()
    assert svar.content.decode().count("Den anden: 5") == 1
    assert "Du har en kladde fra" not in klient.get(f"{url}?skala=1000").content.decode()
    assert json.loads(html.unescape(vaerdi(svar, "foer")))[navn(aar=1)] == "5"


def test_a_draft_that_says_what_is_saved_is_no_draft(klient, budget):
    url = reverse("budget-gitter", args=[budget.plan.noegle, budget.noegle])
    gem = re.search(r'data-kladde="([^"]+)"', klient.get(url).content.decode())[1]
    klient.post(gem, {"foer": "{}", "version": budget.version, "skala": "1"})
    assert "Du har en kladde fra" not in klient.get(url).content.decode()


@pytest.mark.parametrize("version", ["9" * 5000, "²", "-1", ""])
def test_a_version_that_none_can_be_is_an_old_one(klient, budget, version):
    assert send(klient, budget, {navn(): "1.000"}, version=version).status_code == 409
