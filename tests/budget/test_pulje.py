"""A kommune's pool over all its plans. København: 30 mio. over 2012-2014, at most 12,5 % of each plan."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from budget.actions import pulje as handlinger
from budget.choices import Budgetart
from budget.models import Bidrag, Budget, Finansieringskilde, Forbrug, Medfinansieringspulje, Puljetilsagn
from budget.queries.pulje import puljer, puljestatus, puljestatusser
from tests import factories as fab

pytestmark = pytest.mark.django_db


@pytest.fixture
def kommune():
    return fab.OrganisationFactory(kommune=True, navn="København")


@pytest.fixture
def pulje(kommune):
    return fab.MedfinansieringspuljeFactory(organisation=kommune)


def plan_med(pulje, *, kommune, andre, art=Budgetart.BEVILGET, bevilget=1_000_000, brugt=0, knyttet=True, **felter):
    """A plan with a grant, a budget in kroner and actuals of the kommune's money."""
    plan = fab.HelhedsplanFactory(**felter)
    kilde = fab.FinansieringskildeFactory(plan=plan, organisation=pulje.organisation if knyttet else None)
    anden = fab.FinansieringskildeFactory(plan=plan, lbf=True)
    budget = fab.BudgetFactory(plan=plan, art=art)
    fab.BidragFactory(budget=budget, kilde=kilde, beloeb=Decimal(kommune))
    fab.BidragFactory(budget=budget, kilde=anden, beloeb=Decimal(andre))
    fab.PuljetilsagnFactory(pulje=pulje, plan=plan, bevilget=Decimal(bevilget))
    fab.ForbrugFactory(plan=plan, kilde=kilde, beloeb=Decimal(brugt))
    fab.ForbrugFactory(plan=plan, kilde=anden, beloeb=Decimal(999))
    return plan


def test_bevilget_brugt_og_tilbage(pulje):
    plan_med(pulje, kommune=125, andre=875, bevilget=10_000_000, brugt=4_000_000, navn="A")
    plan_med(pulje, kommune="125.01", andre="874.99", bevilget=15_000_000, brugt=500_000, navn="B", knyttet=False)
    plan_med(fab.MedfinansieringspuljeFactory(), kommune=1, andre=1)
    status = puljestatus(pulje)
    assert (status.bevilget, status.brugt, status.tilbage, status.bevilget_ikke_brugt) == (
        25_000_000,
        4_500_000,
        5_000_000,
        20_500_000,
    )
    a, b = status.linjer
    assert (a.andel_pct, a.over_loftet, a.loft, a.tilbage) == (Decimal("12.5"), 0, 125, 6_000_000)
    assert (b.andel_pct, b.over_loftet) == (Decimal("12.501"), Decimal("0.01"))


def test_det_budget_der_gaelder_med_revisioner(pulje):
    plan = plan_med(pulje, kommune=100, andre=900, art=Budgetart.ANSOEGT)
    tomt = fab.BudgetFactory(plan=plan, art=Budgetart.BEVILGET)
    assert puljestatus(pulje).linjer[0].budget_i_alt == 1000
    kommunens = Finansieringskilde.objects.get(plan=plan, organisation=pulje.organisation)
    fab.BidragFactory(budget=tomt, kilde=kommunens, beloeb=Decimal(50))
    Budget.objects.filter(pk=tomt.pk).update(status="godkendt", godkendt_den=date(2013, 1, 1))
    revision = fab.RevisionFactory(budget=tomt, status="godkendt", godkendt_den=date(2013, 6, 1))
    fab.RevisionslinjeFactory(revision=revision, kilde=kommunens, delta=Decimal(-20))
    fab.RevisionslinjeFactory(revision=fab.RevisionFactory(budget=tomt), kilde=kommunens, delta=Decimal(7))
    (linje,) = puljestatus(pulje).linjer
    assert (linje.i_budget, linje.budget_i_alt) == (30, 30)


def test_en_plan_uden_budget_har_intet_at_maale_mod(pulje):
    fab.PuljetilsagnFactory(pulje=pulje)
    (linje,) = puljestatus(pulje).linjer
    assert (linje.andel_pct, linje.over_loftet, linje.brugt) == (None, 0, 0)


def test_andre_planers_linjer_vises_kun_i_sum(pulje, kommune):
    egen = plan_med(pulje, kommune=1, andre=1, bevilget=10, brugt=4)
    plan_med(pulje, kommune=1, andre=1, bevilget=20, brugt=5)
    bruger = fab.MedlemskabFactory(plan=egen, rolle="observatoer").bruger
    status = puljestatus(pulje, bruger=bruger)
    assert [linje.plan for linje in status.linjer] == [egen]
    assert (status.oevrige, status.oevrige_bevilget, status.oevrige_brugt, status.bevilget) == (1, 20, 5, 30)
    assert len(puljestatus(pulje, bruger=fab.BrugerFactory(er_administrator=True)).linjer) == 2
    assert puljer(bruger) == [pulje]
    assert puljer(fab.MedlemskabFactory().bruger) == []


def test_hver_pulje_for_sig_i_samme_antal_forespoergsler(pulje, kommune, django_assert_num_queries):
    anden, tom = (
        fab.MedfinansieringspuljeFactory(organisation=o) for o in (fab.OrganisationFactory(kommune=True), kommune)
    )
    plan = plan_med(pulje, kommune=125, andre=875, brugt=4)
    plan_med(anden, kommune=1, andre=1, brugt=2)
    fab.PuljetilsagnFactory(pulje=anden, plan=plan, bevilget=7)
    hver_for_sig = [puljestatus(p) for p in (pulje, anden, tom)]
    with django_assert_num_queries(6):
        assert puljestatusser([pulje, anden, tom]) == hver_for_sig
    assert [(s.bevilget, s.brugt) for s in hver_for_sig] == [(1_000_000, 4), (1_000_007, 2), (0, 0)]


def test_tusind_planer_i_samme_antal_forespoergsler(pulje, django_assert_num_queries):
    plan_med(pulje, kommune=1, andre=7)
    with django_assert_num_queries(6):
        puljestatus(pulje)
    skabelon = fab.HelhedsplanFactory()
    planer = type(skabelon).objects.bulk_create(
        [type(skabelon)(noegle=f"k{nr}", navn=f"K {nr}", regelsaet=skabelon.regelsaet) for nr in range(999)]
    )
    kilder = Finansieringskilde.objects.bulk_create(
        [
            Finansieringskilde(plan=p, noegle="k", navn="K", art="kommune", organisation=pulje.organisation)
            for p in planer
        ]
    )
    budgetter = Budget.objects.bulk_create([Budget(plan=p, noegle="b", navn="B", art="ansoegt") for p in planer])
    Bidrag.objects.bulk_create(
        [
            Bidrag(budget=b, kilde=k, art="kontant", planaar=aar, beloeb=Decimal("0.25"))
            for b, k in zip(budgetter, kilder, strict=True)
            for aar in range(1, 5)
        ]
    )
    Puljetilsagn.objects.bulk_create([Puljetilsagn(pulje=pulje, plan=p, bevilget=Decimal(10)) for p in planer])
    Forbrug.objects.bulk_create([Forbrug(plan=k.plan, aar=2013, kvartal=1, kilde=k, beloeb=Decimal(3)) for k in kilder])
    with django_assert_num_queries(6):
        status = puljestatus(pulje)
    assert (len(status.linjer), status.bevilget, status.brugt) == (1000, 1_000_000 + 9_990, 2_997)
    assert {linje.i_budget for linje in status.linjer} == {1}


def test_hvem_maa_og_hvad_en_pulje_er(kommune):
    administrator = fab.BrugerFactory(er_administrator=True)
    pulje = Medfinansieringspulje(organisation=kommune, navn="Puljen", beloeb=Decimal(30), fra_aar=2012, til_aar=2014)
    with pytest.raises(PermissionDenied):
        handlinger.opret_pulje(bruger=fab.MedlemskabFactory().bruger, pulje=pulje)
    handlinger.opret_pulje(bruger=administrator, pulje=pulje)
    assert pulje.noegle == "puljen"
    bolig = Medfinansieringspulje(organisation=fab.OrganisationFactory(), navn="X", fra_aar=1, til_aar=2, beloeb=1)
    with pytest.raises(ValidationError, match="er ikke en kommune"):
        handlinger.opret_pulje(bruger=administrator, pulje=bolig)
    with pytest.raises(ValidationError, match="Ret et af årene"):
        handlinger.ret_pulje(bruger=administrator, pulje=pulje, felter={"til_aar": 2011}, version=None)
    plan = fab.HelhedsplanFactory()
    fab.PartFactory(plan=plan, organisation=kommune)
    leder = fab.MedlemskabFactory(plan=plan, rolle="leder").bruger
    tilsagn = Puljetilsagn(pulje=pulje, plan=plan, bevilget=Decimal(5))
    handlinger.opret_tilsagn(bruger=leder, tilsagn=tilsagn)
    with pytest.raises(PermissionDenied):
        handlinger.opret_tilsagn(
            bruger=leder, tilsagn=Puljetilsagn(pulje=pulje, plan=fab.HelhedsplanFactory(), bevilget=Decimal(5))
        )
    assert handlinger.ret_tilsagn(bruger=leder, tilsagn=tilsagn, felter={"bevilget": Decimal(6)}, version=1)
    with pytest.raises(ValidationError, match="bruges af"):
        handlinger.slet_pulje(bruger=administrator, pulje=pulje)
    handlinger.slet_tilsagn(bruger=leder, tilsagn=tilsagn)
    handlinger.slet_pulje(bruger=administrator, pulje=pulje)
    assert not Medfinansieringspulje.objects.exists()


# --- one grant for several plans --------------------------------------------------------------------------------------


def test_et_beloeb_til_to_planer_taelles_een_gang_og_staar_hos_dem_begge(pulje, client):
    en = plan_med(pulje, kommune=100, andre=700, bevilget=1_000, brugt=40, navn="A")
    anden = plan_med(pulje, kommune=25, andre=175, bevilget=1_000, brugt=10, navn="B")
    Puljetilsagn.objects.get(plan=anden).delete()
    Puljetilsagn.objects.get(plan=en).faelles_med.add(anden)
    for plan in (en, anden):
        fab.PartFactory(plan=plan, organisation=pulje.organisation)
        bruger = fab.MedlemskabFactory(plan=plan, rolle="leder").bruger
        status = puljestatus(pulje, bruger=bruger)
        assert (status.bevilget, status.brugt, status.oevrige) == (1_000, 50, 0)
        [linje] = status.linjer
        assert (linje.i_budget, linje.budget_i_alt, linje.andel_pct, linje.brugt) == (125, 1_000, Decimal("12.5"), 50)
        client.force_login(bruger)
        side = client.get(reverse("budget-puljer", args=[plan.noegle])).content.decode()
        assert "sammen med B; tælles én gang" in side
    # one that gets a grant of its own after all counts there, and not with the other
    fab.PuljetilsagnFactory(pulje=pulje, plan=anden, bevilget=Decimal(7))
    status = puljestatus(pulje)
    assert (status.bevilget, status.brugt) == (1_007, 50)
    assert [(linje.brugt, linje.faelles_med) for linje in status.linjer] == [(40, ()), (10, ())]


def test_en_plan_har_eet_tilsagn_fra_en_pulje_sit_eget_eller_et_faelles(pulje, client):
    en, anden, tredje = (fab.HelhedsplanFactory(navn=navn) for navn in "ABC")
    leder = fab.BrugerFactory()
    for plan in (en, anden, tredje):
        fab.PartFactory(plan=plan, organisation=pulje.organisation)
        fab.MedlemskabFactory(plan=plan, bruger=leder, rolle="leder")
    client.force_login(leder)

    def skriv(plan, **felter):
        url = reverse("puljetilsagn-ret", args=[plan.noegle, pulje.pk])
        version = getattr(Puljetilsagn.objects.filter(plan=plan).first(), "version", 0)
        return client.post(url, {"version": version, "bevilget": "1000", "note": "", **felter})

    assert skriv(en, faelles_med=anden.pk).status_code == 302
    assert [p.navn for p in Puljetilsagn.objects.get().faelles_med.all()] == ["B"]
    svar = skriv(anden)
    assert svar.status_code == 422
    assert "Planen er med i det tilsagn, der står hos A." in svar.content.decode()
    svar = skriv(tredje, faelles_med=anden.pk)
    assert svar.status_code == 422
    assert "B har allerede et tilsagn fra puljen hos A." in svar.content.decode()
    assert skriv(tredje).status_code == 302
    svar = skriv(en, faelles_med=tredje.pk)
    assert "C har allerede et tilsagn fra puljen. Beløbet ville tælle to gange." in svar.content.decode()
    assert skriv(en).status_code == 302
    assert not Puljetilsagn.objects.get(plan=en).faelles_med.exists()
