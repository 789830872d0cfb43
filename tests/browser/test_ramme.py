"""The frame, forms and lists in a real browser: what the small scripts do, and that axe has nothing to say."""

import re

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.test import override_settings
from django.urls import include, path
from playwright.sync_api import expect

from helhedsplan import views
from tests.factories import BrugerFactory

FORMULAR = """{% extends "base.html" %}{% load crispy_forms_tags %}
{% block titel %}Prøve{% endblock %}
{% block indhold %}<h1>Prøve</h1>{% crispy form %}{% endblock %}"""
LISTE = """{% extends "base.html" %}{% load static %}
{% block titel %}Prøve{% endblock %}
{% block indhold %}<h1>Prøve</h1>
<ol data-sorter-url="{% url 'orden' %}" data-version="1">
{% for navn in "abc" %}<li data-id="{{ navn }}"><span class="greb">flyt</span> {{ navn }}</li>{% endfor %}</ol>
<p class="gemt" role="status" data-sorter-status></p>{% csrf_token %}{% endblock %}
{% block ekstra_js %}<script src="{% static 'vendor/sortablejs/Sortable.min.js' %}" defer></script>
<script src="{% static 'js/sortering.js' %}" type="module"></script>{% endblock %}"""
PROSA = """{% extends "base.html" %}{% block titel %}Prøve{% endblock %}
{% block indhold %}<h1>Prøve</h1><div class="laesetekst"><table><caption>Nøgletal</caption>
<tr>{% for felt in "abcdefgh" %}<td>Beskæftigelsesgrad</td>{% endfor %}</tr></table></div>{% endblock %}"""
MODTAGET = []


class Formular(forms.Form):
    navn = forms.CharField(label="Navn")
    omraader = forms.MultipleChoiceField(
        label="Områder", choices=[("a", "Parken"), ("b", "Søen")], widget=forms.CheckboxSelectMultiple
    )


def vis(request, skabelon, kontekst=None):
    return HttpResponse(engines["django"].from_string(skabelon).render(kontekst or {}, request))


@login_not_required
def formular(request):
    return vis(request, FORMULAR, {"form": Formular({} if "fejl" in request.GET else None)})


@login_not_required
def liste(request):
    return vis(request, LISTE)


@login_not_required
def prosa(request):
    return vis(request, PROSA)


@login_not_required
def orden(request):
    MODTAGET.append((request.POST.getlist("raekkefoelge"), request.POST["version"]))
    return JsonResponse({"version": 2})


urlpatterns = [
    path("formular/", formular),
    path("liste/", liste, name="soeg"),
    path("klokke/", lambda request: HttpResponse(), name="klokke"),
    path("liste/", liste, name="forside"),
    path("liste/", liste, name="profil"),
    path("ordliste", login_not_required(views.ordliste), name="ordliste"),
    path("prosa/", prosa),
    path("konto/logins/", login_not_required(views.was), name="logins"),
    path("orden/", orden, name="orden"),
    path("was", login_not_required(views.was), name="was"),
    path("verificer", login_not_required(views.was), name="verificer"),
    path("konto/", include("allauth.account.urls")),
    path("konto/", include("allauth.mfa.urls")),
]
handler404 = "helhedsplan.views.fejl_404"


@pytest.fixture(autouse=True)
def _egne_adresser():
    MODTAGET.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize("bredde", [1280, 390])
@pytest.mark.parametrize(
    "adresse", ["/konto/login/", "/konto/password/reset/", "/was", "/findes-ikke", "/formular/?fejl"]
)
def test_axe_har_intet_at_sige(page, axe_fejl, adresse, bredde):
    page.set_viewport_size({"width": bredde, "height": 844})
    page.goto(adresse)

    assert axe_fejl(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= bredde


def test_fejloversigten_faar_fokus_og_foerer_til_feltet(page):
    page.goto("/formular/?fejl")
    expect(page.get_by_role("alert")).to_be_focused()

    page.get_by_role("link", name="Områder").click()
    expect(page.get_by_label("Parken")).to_be_focused()
    page.get_by_role("link", name="Navn").click()
    expect(page.get_by_label("Navn")).to_be_focused()


def test_brugermenuen_lukker_med_escape_og_ved_siden_af(side_som):
    side = side_som(BrugerFactory(navn="Sekretær A, Demo"))
    side.goto("/liste/")
    menu = side.locator(".brugermenu summary")
    menu.click()
    side.keyboard.press("Escape")
    expect(side.get_by_role("button", name="Log ud")).to_be_hidden()
    expect(menu).to_be_focused()

    menu.click()
    expect(side.get_by_role("button", name="Log ud")).to_be_visible()
    side.locator("h1").click()
    expect(side.get_by_role("button", name="Log ud")).to_be_hidden()


def traek(page, fra, til):
    page.locator(f"[data-id={fra}] .greb").drag_to(page.locator(f"[data-id={til}]"), target_position={"x": 5, "y": 2})


def orden_paa_siden(page):
    return page.locator("[data-id]").evaluate_all("punkter => punkter.map(punkt => punkt.dataset.id)")


def test_traek_gemmer_raekkefoelgen(page):
    page.goto("/liste/")
    traek(page, "c", "b")

    expect(page.get_by_role("status")).to_have_text(re.compile(r"Rækkefølgen er gemt kl\. \d\d\.\d\d"))
    assert MODTAGET == [(["a", "c", "b"], "1")]
    assert page.locator("[data-version]").get_attribute("data-version") == "2"


def test_traek_der_ikke_gemmes_gaar_tilbage_og_siges(page):
    page.goto("/liste/")
    traek(page, "c", "b")
    expect(page.get_by_role("status")).to_contain_text("er gemt")
    page.route("**/orden/", lambda rute: rute.abort())
    traek(page, "b", "a")

    expect(page.get_by_role("status")).to_contain_text("blev ikke gemt")
    assert orden_paa_siden(page) == ["a", "c", "b"]


def test_bred_tabel_i_prosa_ruller_i_sin_egen_ramme(page, axe_fejl):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/prosa/")
    ramme = page.get_by_role("group", name="Nøgletal")

    assert ramme.evaluate("ramme => ramme.scrollWidth > ramme.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    ramme.focus()
    page.keyboard.press("ArrowRight")
    expect(ramme).not_to_have_js_property("scrollLeft", 0)
    assert axe_fejl(page) == []
