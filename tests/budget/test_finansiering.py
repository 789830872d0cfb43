"""Financiers, rates and accounts: who may change what, and that nothing moves an approved budget."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from budget.actions import finansiering as handlinger
from budget.choices import Kildeart, Satsart
from budget.models import Bidrag, Finansieringskilde, Forbrug, Konto, Sats, Satsvaerdi, Udgift
from helhedsplan.actions import Versionskonflikt
from tests import factories as fab
from tests.budget.data import skriver

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return fab.HelhedsplanFactory()


@pytest.fixture
def bruger(plan):
    return skriver(plan)


def test_kilder_faar_noegle_og_plads(plan, bruger):
    for navn in ("Ærø Fonden", "Ærø Fonden 2"):
        handlinger.opret_kilde(bruger=bruger, kilde=Finansieringskilde(plan=plan, navn=navn, art=Kildeart.FOND))
    assert list(plan.finansieringskilder.values_list("noegle", "orden")) == [("aeroe-fonden", 1), ("aeroe-fonden-2", 2)]
    with pytest.raises(ValidationError, match="allerede en finansieringskilde med det navn"):
        handlinger.opret_kilde(bruger=bruger, kilde=Finansieringskilde(plan=plan, navn="Ærø Fonden", art=Kildeart.FOND))
    fremmed = fab.MedlemskabFactory().bruger
    with pytest.raises(PermissionDenied):
        handlinger.opret_kilde(bruger=fremmed, kilde=Finansieringskilde(plan=plan, navn="X", art=Kildeart.FOND))


def test_landsbyggefonden_er_aldrig_lokal(plan, bruger):
    kilde = Finansieringskilde(plan=plan, navn="LBF", art=Kildeart.LBF, lokal=True)
    with pytest.raises(ValidationError, match="er ikke lokal medfinansiering"):
        handlinger.opret_kilde(bruger=bruger, kilde=kilde)
    assert [art for art in Kildeart if art.er_lokal_som_udgangspunkt] == [
        "boligorganisation",
        "afdeling",
        "kommune",
        "anden",
    ]


def test_hvad_en_kilde_er_staar_fast_naar_et_godkendt_budget_har_dens_penge(plan, bruger):
    kilde = fab.FinansieringskildeFactory(plan=plan)
    bidrag = fab.BidragFactory(budget__plan=plan, kilde=kilde)
    assert handlinger.ret_kilde(bruger=bruger, kilde=kilde, felter={"lokal": False}, version=1)
    fab.BidragFactory(budget=fab.BudgetFactory(plan=plan, godkendt=True), kilde=kilde)
    with pytest.raises(ValidationError) as fejl:
        handlinger.ret_kilde(bruger=bruger, kilde=kilde, felter={"lokal": True, "navn": "Nyt"}, version=2)
    assert list(fejl.value.message_dict) == ["lokal"]
    assert handlinger.ret_kilde(bruger=bruger, kilde=kilde, felter={"lokal": False, "navn": "Nyt"}, version=2)
    with pytest.raises(Versionskonflikt):
        handlinger.ret_kilde(bruger=bruger, kilde=kilde, felter={"navn": "Igen"}, version=2)
    with pytest.raises(ValidationError, match="bruges af"):
        handlinger.slet_kilde(bruger=bruger, kilde=kilde)
    assert Bidrag.objects.filter(pk=bidrag.pk).exists()


def test_en_ny_satsvaerdi_aendrer_intet_og_en_rettet_kun_kladder(plan, bruger):
    sats = Sats(plan=plan, navn="Timer", art=Satsart.TIMER, enhed="time")
    foerste = Satsvaerdi(gaelder_fra=date(2025, 1, 1), beloeb=Decimal(350))
    handlinger.opret_sats(bruger=bruger, sats=sats, vaerdi=foerste)
    kilde = fab.FinansieringskildeFactory(plan=plan)
    felter = {"kilde": kilde, "art": "timer", "maengde": Decimal("1.5"), "satsvaerdi": foerste, "beloeb": Decimal(525)}
    kladde = fab.BidragFactory(budget__plan=plan, **felter)
    handlinger.opret_satsvaerdi(bruger=bruger, sats=sats, gaelder_fra=date(2026, 1, 1), beloeb=Decimal(400))
    kladde.refresh_from_db()
    assert kladde.beloeb == 525
    assert handlinger.ret_satsvaerdi(bruger=bruger, vaerdi=foerste, felter={"beloeb": Decimal("360.01")})
    kladde.refresh_from_db()
    kladde.budget.refresh_from_db()
    assert (kladde.beloeb, kladde.budget.version) == (Decimal("540.02"), 2)

    fab.BidragFactory(budget=fab.BudgetFactory(plan=plan, godkendt=True), **felter | {"beloeb": Decimal("540.02")})
    with pytest.raises(ValidationError, match="godkendt budget er regnet ud med satsen"):
        handlinger.ret_satsvaerdi(bruger=bruger, vaerdi=foerste, felter={"beloeb": Decimal(1)})
    with pytest.raises(ValidationError, match="bruges af"):
        handlinger.slet_sats(bruger=bruger, sats=sats)
    with pytest.raises(ValidationError, match="er brugt i et budget"):
        handlinger.ret_sats(bruger=bruger, sats=sats, felter={"art": "lokaler", "enhed": "m2"}, version=None)
    assert handlinger.ret_sats(bruger=bruger, sats=sats, felter={"navn": "Pædagogtimer"}, version=None)
    assert sats.vaerdier.count() == 2


def test_enhed_passer_til_satsens_art(plan, bruger):
    with pytest.raises(ValidationError, match="Timer har en pris"):
        handlinger.opret_sats(bruger=bruger, sats=Sats(plan=plan, navn="X", art="timer", enhed="m2"))


def test_konti_paa_planen_og_paa_regelsaettet(plan, bruger):
    egen = handlinger.opret_konto(bruger=bruger, konto=Konto(plan=plan, regelsaet=plan.regelsaet, navn="Fest"))
    faelles = Konto(regelsaet=plan.regelsaet, navn="Fest")
    with pytest.raises(PermissionDenied):
        handlinger.opret_konto(bruger=bruger, konto=faelles)
    administrator = fab.BrugerFactory(er_administrator=True)
    handlinger.opret_konto(bruger=administrator, konto=faelles)
    assert (egen.noegle, faelles.noegle) == ("fest", "fest-2")
    assert (egen.kan_bruges_i(plan), egen.kan_bruges_i(fab.HelhedsplanFactory(regelsaet=plan.regelsaet))) == (
        True,
        False,
    )
    assert not faelles.kan_bruges_i(fab.HelhedsplanFactory())
    fab.UdgiftFactory(budget__plan=plan, konto=egen)
    with pytest.raises(ValidationError, match="bruges af"):
        handlinger.slet_konto(bruger=bruger, konto=egen)
    with pytest.raises(PermissionDenied):
        handlinger.ret_konto(bruger=bruger, konto=faelles, felter={"navn": "X"}, version=1)


def test_hvad_databasen_selv_holder(plan):
    bidrag = fab.BidragFactory(budget__plan=plan, planaar=None)
    dubletter = [
        lambda: Bidrag(budget=bidrag.budget, kilde=bidrag.kilde, art="kontant", beloeb=Decimal(1)),
        lambda: Bidrag(budget=bidrag.budget, kilde=bidrag.kilde, art="kontant", planaar=1, beloeb=Decimal(-1)),
        lambda: Bidrag(budget=bidrag.budget, kilde=bidrag.kilde, art="kontant", planaar=0, beloeb=Decimal(1)),
    ]
    udgift = fab.UdgiftFactory(budget=bidrag.budget, planaar=None)
    dubletter.append(lambda: Udgift(budget=bidrag.budget, konto=udgift.konto, beloeb=Decimal(1)))
    forbrug = fab.ForbrugFactory(plan=plan, kilde=bidrag.kilde)
    dubletter.append(lambda: Forbrug(plan=plan, aar=2026, kvartal=1, kilde=forbrug.kilde, beloeb=Decimal(1)))
    for ny in dubletter:
        with pytest.raises(IntegrityError), transaction.atomic():
            ny().save()
        with pytest.raises(ValidationError):
            ny().full_clean()


def test_penge_fra_en_anden_plan_kan_ikke_bruges(plan):
    fremmed = fab.FinansieringskildeFactory()
    with pytest.raises(ValidationError, match="hører til en anden plan"):
        Bidrag(budget=fab.BudgetFactory(plan=plan), kilde=fremmed, art="kontant", beloeb=Decimal(1)).full_clean()
    with pytest.raises(ValidationError, match="kan ikke bruges i planen"):
        Udgift(budget=fab.BudgetFactory(plan=plan), konto=fab.KontoFactory(), beloeb=Decimal(1)).full_clean()


def test_the_fund_is_not_asked_for_its_name_and_others_are(client):
    plan = fab.HelhedsplanFactory()
    client.force_login(fab.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    url = reverse("finansieringskilde-opret", args=[plan.noegle])
    svar = client.post(url, {"navn": "", "art": "fond", "version": 0})
    assert list(svar.context["form"].errors) == ["navn"]
    assert client.post(url, {"navn": "", "art": "lbf", "version": 0}).status_code == 302
    [kilde] = plan.finansieringskilder.all()
    assert (kilde.navn, kilde.art, kilde.lokal) == ("Landsbyggefonden", "lbf", False)
