"""A field with nothing to choose among says what is missing and leads to where it is made."""

import pytest
from django.forms import BaseForm, ModelChoiceField
from django.urls import get_resolver, reverse

from aftaler.actions.plan import opret_plan
from aftaler.models import Helhedsplan
from helhedsplan.tomme_valg import STEDER
from tests import factories as f
from tests.formularproeve import henvisninger, laes
from tests.integration.test_matrix import adresse
from tests.kravl import kravl
from tests.verden import verden


def _under(klasse):
    for under in klasse.__subclasses__():
        yield under
        yield from _under(under)


def valgfelter():
    """Every field of every form that chooses among the rows of a model."""
    get_resolver().url_patterns  # noqa: B018 - the views import the forms
    for form in _under(BaseForm):
        if form.__module__.partition(".")[0] in (
            "aftaler",
            "status",
            "moeder",
            "kalender",
            "budget",
            "dokumenter",
            "indikatorer",
        ):
            for navn, felt in getattr(form, "base_fields", {}).items():
                if isinstance(felt, ModelChoiceField) and felt.queryset is not None:
                    yield form, navn, felt.queryset.model._meta.label


def test_every_kind_of_thing_that_is_chosen_has_a_place_where_it_is_made():
    def egen(form):
        return getattr(getattr(form, "_meta", None), "model", None)

    alle = list(valgfelter())
    assert len(alle) > 30
    ukendte = {m for form, _, m in alle if m not in STEDER and not (egen(form) and egen(form)._meta.label == m)}
    assert ukendte == set()
    for sted in STEDER.values():
        assert not sted.side or reverse(sted.side, args=["x"])
        assert bool(sted.side) == bool(sted.link)


def tomme(side):
    """The selects and groups of a page with nothing in them."""
    ud = [s.get("name") for s in side.xpath("//form//select") if not s.xpath(".//option[@value!='']")]
    grupper = side.xpath("//form//fieldset[not(.//input|.//select|.//textarea|.//button|.//a)]")
    return ud + [" ".join(gruppe.text_content().split()) for gruppe in grupper]


def test_no_form_of_a_new_plan_has_an_empty_choice(client, db):
    v = verden()
    leder = v.brugere["leder"]
    client.force_login(leder)
    plan = opret_plan(bruger=leder, plan=Helhedsplan(navn="Den nye", regelsaet=v.plan.regelsaet))
    f.DelaftaleFactory(plan=plan, indsatsomraade=v.delaftale.indsatsomraade)
    galt, ved = {}, 0
    for url in kravl(leder, plan.get_absolute_url(), plan.get_absolute_url()).sider:
        svar = client.get(url)
        if svar.status_code == 200 and svar["Content-Type"].startswith("text/html"):
            side = laes(svar)
            ved += len(side.xpath("//form//p[@class='tomt-valg']"))
            if fundet := tomme(side):
                galt[url] = fundet
    assert galt == {}
    assert ved > 5


@pytest.mark.parametrize(
    ("navn", "hvad", "sted"),
    [
        ("omraade-opret", "Ingen af planens parter har afdelinger endnu.", "organisation-liste"),
        ("indikator-opret", "Der er ingen delmål endnu.", "delaftale-liste"),
        ("finansieringskilde-opret", "Der er ingen organisation at vælge", "part-opret"),
        ("sted-opret", "Planen har ingen områder endnu.", "omraade-opret"),
        ("bestyrelsesside-opret", "Der er ingen organisation at vælge", "part-opret"),
    ],
)
def test_what_is_missing_is_said_with_the_way_to_it(client, db, navn, hvad, sted):
    v = verden()
    leder = v.brugere["leder"]
    client.force_login(leder)
    plan = opret_plan(bruger=leder, plan=Helhedsplan(navn="Den nye", regelsaet=v.plan.regelsaet))
    url = reverse(navn, args=[plan.noegle])
    side = laes(client.get(url))
    assert any(hvad in p.text_content() for p in side.xpath("//p[@class='tomt-valg']"))
    assert reverse(sted, args=[plan.noegle]) in henvisninger(side, url)
    fuld = laes(client.get(adresse(v, navn)))
    assert not fuld.xpath("//p[@class='tomt-valg']")


def test_a_required_choice_among_nothing_has_its_fault_where_the_field_would_be(client, db):
    v = verden()
    leder = v.brugere["leder"]
    client.force_login(leder)
    plan = opret_plan(bruger=leder, plan=Helhedsplan(navn="Den nye", regelsaet=v.plan.regelsaet))
    svar = client.post(reverse("omraadestatus-opret", args=[plan.noegle]), {})
    assert svar.status_code == 422
    (sted,) = [p.get("id") for p in laes(svar).xpath("//p[@class='tomt-valg']")]
    assert f'href="#{sted}"' in svar.content.decode()
