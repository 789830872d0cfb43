"""The edit pages of the budget: rounding and notes of a row, values of rates, pools and grants."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from budget.models import Bidrag, Medfinansieringspulje, Puljetilsagn, Satsvaerdi, Udgift
from helhedsplan.models import Haendelse
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return f.HelhedsplanFactory()


@pytest.fixture
def klient(client, plan):
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    return client


@pytest.fixture
def budget(plan):
    return f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")


def tekst(svar) -> str:
    return " ".join(svar.content.decode().replace("\xa0", " ").split())


def test_rounding_and_note_of_an_amount_are_written_shown_and_logged(klient, plan, budget):
    kilde = f.FinansieringskildeFactory(plan=plan, noegle="kommunen", navn="Kommunen")
    f.BidragFactory(budget=budget, kilde=kilde, planaar=1, beloeb=Decimal(400_000))
    f.BidragFactory(budget=budget, kilde=kilde, planaar=2, beloeb=Decimal(7), afrundet_til=Decimal(1), note="væk")
    url = reverse("bidrag-noter", args=[plan.noegle, "ansoegt", "kommunen", "kontant", "faelles"])
    side = tekst(klient.get(url))
    assert "År 1: 400.000,00 kr." in side
    assert "År 3" not in side
    data = {"afrundet_1": "0,1 mio.", "note_1": "Fra notatet", "afrundet_2": "", "note_2": "", "version": 1}
    assert klient.post(url, data).status_code == 302
    foerste, anden = Bidrag.objects.order_by("planaar")
    assert (foerste.beloeb, foerste.afrundet_til, foerste.note) == (400_000, 100_000, "Fra notatet")
    assert (anden.beloeb, anden.afrundet_til, anden.note) == (7, None, "")
    assert "400.000,00 kr. · afrundet til 100.000 kr. · Fra notatet" in str(
        Haendelse.objects.om(budget).last().aendringer
    ).replace("\\xa0", " ")
    for navn in ("budget-gitter", "budget-vis"):
        vist = tekst(klient.get(reverse(navn, args=[plan.noegle, "ansoegt"])))
        assert '<span class="formel">afrundet til 100.000 kr.</span><span class="formel">Fra notatet</span>' in vist


def test_a_bad_rounding_is_refused_and_kept(klient, plan, budget):
    f.UdgiftFactory(budget=budget, konto=f.KontoFactory(plan=plan, noegle="loen"), planaar=1)
    url = reverse("udgift-noter", args=[plan.noegle, "ansoegt", "loen", "faelles"])
    for forkert in ("-5", "0", "halvtreds", "1,005", "2 mia."):
        svar = klient.post(url, {"afrundet_1": forkert, "note_1": "N", "version": 1})
        assert svar.status_code == 422
        assert f'value="{forkert}"' in svar.content.decode()
    assert klient.post(url, {"afrundet_1": "1.000", "note_1": "N", "version": 1}).status_code == 302
    assert list(Udgift.objects.values_list("afrundet_til", "note")) == [(1000, "N")]


@pytest.mark.parametrize(
    ("navn", "sted", "gitter"),
    [
        ("bidrag-noter", ("kommunen", "kontant", "faelles"), "budget-gitter"),
        ("udgift-noter", ("loen", "faelles"), "budget-udgifter"),
    ],
)
@pytest.mark.usefixtures("budget")
def test_a_row_without_amounts_leads_to_where_they_are_written(klient, plan, navn, sted, gitter):
    f.FinansieringskildeFactory(plan=plan, noegle="kommunen")
    f.KontoFactory(plan=plan, noegle="loen")
    svar = klient.get(reverse(navn, args=[plan.noegle, "ansoegt", *sted]))
    assert svar.status_code == 200
    assert "Rækken har ingen beløb" in tekst(svar)
    assert f'href="{reverse(gitter, args=[plan.noegle, "ansoegt"])}?formaal=faelles"' in tekst(svar)
    assert "Gem afrunding og noter" not in tekst(svar)


@pytest.mark.parametrize(
    "sted", [("fremmed", "kontant", "faelles"), ("kommunen", "gaver", "faelles"), ("kommunen", "kontant", "ukendt")]
)
def test_rows_that_are_not_in_the_plan(klient, plan, budget, sted):
    f.FinansieringskildeFactory(plan=plan, noegle="kommunen")
    assert klient.get(reverse("bidrag-noter", args=[plan.noegle, "ansoegt", *sted])).status_code == 404


def ret_vaerdi(klient, plan, vaerdi, beloeb):
    url = reverse("satsvaerdi-ret", args=[plan.noegle, vaerdi.pk])
    data = {"gaelder_fra": vaerdi.gaelder_fra, "beloeb": beloeb, "kilde": "Rettet", "version": vaerdi.version}
    return klient.post(url, data)


def test_a_wrong_value_is_mended_and_drafts_are_reckoned_anew(klient, plan, budget):
    ubrugt, brugt = (f.SatsvaerdiFactory(sats__plan=plan) for _ in range(2))
    kilde = f.FinansieringskildeFactory(plan=plan)
    timer = {"art": "timer", "maengde": 10, "satsvaerdi": brugt, "beloeb": 3500}
    i_kladden = f.BidragFactory(budget=budget, kilde=kilde, **timer)
    for vaerdi in (ubrugt, brugt):
        assert ret_vaerdi(klient, plan, vaerdi, "400").status_code == 302
    assert set(Satsvaerdi.objects.values_list("beloeb", "kilde")) == {(400, "Rettet")}
    i_kladden.refresh_from_db()
    assert i_kladden.beloeb == 4000


def test_a_value_that_an_approved_budget_is_reckoned_with_stays(klient, plan):
    vaerdi = f.SatsvaerdiFactory(sats__plan=plan)
    laast = f.BudgetFactory(plan=plan, godkendt=True)
    kilde = f.FinansieringskildeFactory(plan=plan)
    f.BidragFactory(budget=laast, kilde=kilde, art="timer", maengde=10, satsvaerdi=vaerdi, beloeb=3500)
    svar = ret_vaerdi(klient, plan, vaerdi, "400")
    assert svar.status_code == 422
    assert "Et godkendt budget er regnet ud med satsen. Tilføj en ny værdi fra en senere dato." in tekst(svar)
    assert 'value="400"' in svar.content.decode()
    svar = klient.post(reverse("satsvaerdi-slet", args=[plan.noegle, vaerdi.pk]))
    assert [str(m) for m in get_messages(svar.wsgi_request)] != []
    assert Satsvaerdi.objects.get().beloeb == 350
    ny = reverse("satsvaerdi-opret", args=[plan.noegle, vaerdi.sats_id])
    data = {"gaelder_fra": "1. januar 2030", "beloeb": "410,50", "kilde": "", "version": 0}
    assert klient.post(ny, data).status_code == 302
    assert Satsvaerdi.objects.get(gaelder_fra=date(2030, 1, 1)).beloeb == Decimal("410.5")
    assert Bidrag.objects.get().beloeb == 3500


def test_an_unused_value_is_deleted(klient, plan):
    vaerdi = f.SatsvaerdiFactory(sats__plan=plan)
    assert klient.post(reverse("satsvaerdi-slet", args=[plan.noegle, vaerdi.pk])).status_code == 302
    assert not Satsvaerdi.objects.exists()


def test_grants_are_deleted_and_then_the_pool(klient, plan):
    kommune = f.PartFactory(plan=plan, organisation=f.OrganisationFactory(kommune=True)).organisation
    pulje = f.PuljetilsagnFactory(plan=plan, pulje__organisation=kommune).pulje
    adresser = {navn: reverse(navn, args=[plan.noegle, pulje.pk]) for navn in ("pulje-slet", "puljetilsagn-slet")}
    for navn, side in (("pulje-slet", "pulje-ret"), ("puljetilsagn-slet", "puljetilsagn-ret")):
        assert f'action="{adresser[navn]}"' in klient.get(reverse(side, args=[plan.noegle, pulje.pk])).content.decode()
    klient.post(adresser["pulje-slet"])
    assert Medfinansieringspulje.objects.exists()
    klient.post(adresser["puljetilsagn-slet"])
    assert not Puljetilsagn.objects.exists()
    assert klient.post(adresser["puljetilsagn-slet"]).status_code == 404
    assert klient.post(adresser["pulje-slet"]).url == reverse("budget-puljer", args=[plan.noegle])
    assert not Medfinansieringspulje.objects.exists()


def test_faults_of_a_pool_are_said_at_once_and_what_was_typed_is_kept(klient, plan):
    kommune = f.PartFactory(plan=plan, organisation=f.OrganisationFactory(kommune=True)).organisation
    felter = {"organisation": kommune.pk, "navn": "P", "kilde": "", "note": "", "version": 0}
    tal = {"beloeb": "30 mio.", "fra_aar": "2028", "til_aar": "2025", "hoejst_andel": "120"}
    svar = klient.post(reverse("pulje-opret", args=[plan.noegle]), felter | tal)
    assert svar.status_code == 422
    for besked in ("højst 100 %.", "Puljen slutter, før den begynder. Ret et af årene."):
        assert besked in tekst(svar)
    assert 'value="120"' in svar.content.decode()
    assert not Medfinansieringspulje.objects.exists()


def test_names_of_fields_that_are_no_cells_are_left_out(klient, plan, budget):
    kilde = f.FinansieringskildeFactory(plan=plan, noegle="kommunen")
    navne = ("c.kommunen.kontant.abc.faelles", "c.kommunen.kontant..faelles", "c.kommunen", "c.", "u.x.y.faelles")
    url = reverse("budget-gitter", args=[plan.noegle, budget.noegle])
    data = dict.fromkeys(navne, "5") | {"foer": "{}", "skala": "1", "version": budget.version}
    assert klient.post(url, data).status_code == 302
    assert not Bidrag.objects.filter(kilde=kilde).exists()


def test_a_quantity_that_no_cell_can_hold_is_refused_at_its_field(klient, plan, budget):
    f.FinansieringskildeFactory(plan=plan, noegle="kommunen")
    sats = f.SatsvaerdiFactory(sats__plan=plan).sats
    url = reverse("bidrag-regn", args=[plan.noegle, "ansoegt", "kommunen", "timer", "faelles"])
    felter = {"sats": sats.noegle, "maengde_1": "10", "maengde_2": "-5", "version": budget.version}
    svar = klient.post(url, felter)
    assert svar.status_code == 422
    assert svar.context["form"].errors == {"maengde_2": ["Antallet kan ikke være negativt."]}
    assert not Bidrag.objects.exists()
