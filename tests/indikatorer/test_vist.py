"""Whoever makes a change that hides what has been shown is told so, where the change is made."""

import pytest
from django.urls import reverse

from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """Girls 40 and boys 57 of all charged; nothing is hidden, and nothing is told of how they belong together."""
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="diskretion_min_antal", vaerdi=5, enhed="antal")
    nord = f.StedFactory(plan=plan, navn="Nord")
    for navn, antal in (("Alle", 60), ("Drenge", 57)):
        i = f.IndikatorFactory(plan=plan, navn=navn, noegle=navn.lower(), enhed="antal", persongruppe=navn)
        f.MaalingFactory(indikator=i, sted=nord, aar=2024, antal=antal, grundlag=antal + 90, vaerdi=None)
    f.IndikatorFactory(plan=plan, navn="Piger", noegle="piger", enhed="antal", persongruppe="Piger")
    return plan


@pytest.fixture
def leder(client, plan):
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    return client


def beskeder(client, svar) -> list[str]:
    assert svar.status_code == 302, svar.context["form"].errors
    side = client.get(svar.url)
    return [str(b) for b in side.context["messages"] if "været vist" in str(b)]


def sig_delt(client, plan, noegle: str):
    indikator = plan.indikatorer.get(noegle=noegle)
    data = {
        "navn": indikator.navn, "gruppe": "lokal", "enhed": "antal", "retning": "ned", "version": indikator.version,
        "persongruppe": indikator.persongruppe, "hele": plan.indikatorer.get(noegle="alle").pk, "opdeling": "køn",
        "maalsti-TOTAL_FORMS": 0, "maalsti-INITIAL_FORMS": 0,
    }  # fmt: skip
    return client.post(reverse("indikator-ret", args=[plan.noegle, noegle]), data)


VIST = (
    "Tallet har været vist og er nu skjult: Drenge, Nord, 2024. Den, der har set det, kan stadig bruge det til at "
    "regne et skjult tal ud."
)


def test_naar_en_sammenhaeng_fortaelles(leder, plan):
    assert beskeder(leder, sig_delt(leder, plan, "piger")) == []
    assert beskeder(leder, sig_delt(leder, plan, "drenge")) == [VIST], "60 less 57"


@pytest.mark.parametrize(("piger", "sagt"), [(3, [VIST]), (30, [])])
def test_naar_et_tal_skrives_ved_siden_af(leder, plan, piger, sagt):
    """The girls are hidden and the boys shown, until the figure of all of them is written."""
    alle, sted = plan.indikatorer.get(noegle="alle"), plan.steder.get()
    plan.indikatorer.exclude(noegle="alle").update(hele=alle, opdeling="køn")
    alle.maalinger.all().delete()
    f.MaalingFactory(indikator=plan.indikatorer.get(noegle="piger"), sted=sted, aar=2024, antal=piger, vaerdi=None)
    data = {
        "sted": sted.pk, "aar": 2024, "tilstand": "vaerdi", "antal": 57 + piger, "trykform": "antal_foerst",
        "version": 0,
    }  # fmt: skip
    assert beskeder(leder, leder.post(reverse("maaling-opret", args=[plan.noegle, "alle"]), data)) == sagt


def test_et_tal_der_rettes_til_et_skjult_har_ingen_set(leder, plan):
    drenge = plan.indikatorer.get(noegle="drenge").maalinger.get()
    data = {
        "sted": drenge.sted_id, "aar": 2024, "tilstand": "vaerdi", "antal": 3, "trykform": "antal_foerst",
        "version": drenge.version,
    }  # fmt: skip
    assert beskeder(leder, leder.post(reverse("maaling-ret", args=[plan.noegle, "drenge", drenge.pk]), data)) == []


def test_naar_graensen_saettes_op(leder, plan):
    svar = leder.post(reverse("parameter-ret", args=[plan.noegle, "diskretion_min_antal"]), {"vaerdi": 59, "begrundelse": "Vi er få i planen.", "note": "Vi er få.", "version": 0})  # fmt: skip  # noqa: E501
    assert beskeder(leder, svar) == [VIST]


def test_intet_siges_naar_intet_gemmes(leder, plan):
    svar = leder.post(reverse("parameter-ret", args=[plan.noegle, "diskretion_min_antal"]), {"vaerdi": "mange"})
    assert svar.status_code == 422
    assert "været vist" not in svar.content.decode()
