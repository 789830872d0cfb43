"""The frame round every page, and the small parts that pages share."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund
from helhedsplan.rettigheder import Rettighed


def tegn(skabelon, **kontekst):
    return " ".join(render_to_string(skabelon, kontekst).split())


def punkt(tekst, url, *, aktiv=False, under=()):
    return SimpleNamespace(tekst=tekst, url=url, aktiv=aktiv, under=list(under))


def test_fejlside_kan_vises_uden_noget_omkring_sig():
    """As after a fault in the middle of a request: no user, no session, no context processors."""
    html = tegn("fejl.html", kode=500, overskrift="Noget gik galt hos os", besked="Prøv igen om lidt.")

    assert "<h1>Noget gik galt hos os</h1>" in html
    assert "<title>Noget gik galt hos os – Helhedsplan</title>" in html


def test_broedkrummens_sidste_led_er_siden_selv():
    html = tegn("_broedkrumme.html", broedkrumme=[punkt("Forside", "/"), punkt("Ishøj", "")])

    assert re.findall(r'<li[^>]*aria-current="page"[^>]*>.*?</svg>([^<]+)</li>', html) == [" Ishøj "]
    assert '<a class="breadcrumbs__link" href="/">Forside</a>' in html


def test_ingen_broedkrumme_er_ingen_navigation():
    assert tegn("_broedkrumme.html", broedkrumme=[]) == ""


def test_sidemenuen_viser_siden_og_vejen_dertil():
    under = [punkt("Beskæftigelse", "/d/b/", aktiv=True), punkt("Livschancer", "/d/l/")]
    punkter = [punkt("Overblik", "/"), punkt("Delaftaler", "/d/", aktiv=True, under=under)]
    html = tegn("_sidemenu.html", punkter=punkter, request=RequestFactory().get("/d/b/"))

    assert re.findall(r'href="([^"]+)" class="nav-link"(?: aria-current="(\w+)")?', html) == [
        ("/", ""),
        ("/d/", "true"),
        ("/d/b/", "page"),
        ("/d/l/", ""),
    ]
    assert re.findall(r'<li class="([^"]+)"', html) == ["active", "active current"]


def fund(alvor, henvisning="/plan/#felt", *, verificeret=True):
    return Fund("kode", alvor, "Perioden har et hul.", henvisning, "Regulativ", verificeret)


@pytest.mark.parametrize(
    ("alvor", "symbol", "ord_"),
    [(Alvor.FEJL, "■", "Fejl"), (Alvor.ADVARSEL, "▲", "Advarsel"), (Alvor.NOTE, "○", "Note")],
)
def test_fund_har_symbol_og_ord(alvor, symbol, ord_):
    plan = SimpleNamespace(rettigheder={Rettighed.SE})
    html = tegn("_fund.html", fund=[fund(alvor, "/soeg/#felt")], plan=plan)

    assert f'<span class="symbol" aria-hidden="true">{symbol}</span> {ord_}</span>' in html
    assert '<a href="/soeg/#felt">Perioden har et hul.</a>' in html


def test_fund_siger_naar_kilden_ikke_er_verificeret():
    html = tegn("_fund.html", fund=[fund(Alvor.NOTE, verificeret=False), fund(Alvor.NOTE)])

    assert re.findall(r'<p class="fund-kilde">([^<]+)</p>', html) == ["Regulativ (ikke verificeret)", "Regulativ"]


def test_ingen_fund():
    assert tegn("_fund.html", fund=[], tomt="Alt er i orden.") == '<p class="sagte">Alt er i orden.</p>'
    assert tegn("_fund.html", fund=[]) == ""


@pytest.mark.parametrize(
    ("lys", "tekst"),
    [
        ("paa-sporet", "● På sporet"),
        ("opmaerksomhed", "▲ Kræver opmærksomhed"),
        ("afviger", "■ Afviger"),
        ("ikke-i-gang", "○ Ikke i gang"),
    ],
)
def test_lys_har_symbol_og_ord(lys, tekst):
    assert re.sub(r"<[^>]+>", "", tegn("_lys.html", lys=lys)) == tekst


@pytest.mark.parametrize(("tilstand", "tekst"), [("tom", "○ Tom"), ("kladde", "◐ Kladde"), ("udfyldt", "✓ Udfyldt")])
def test_tilstand_har_symbol_og_ord(tilstand, tekst):
    assert re.sub(r"<[^>]+>", "", tegn("_tilstand.html", tilstand=tilstand)) == tekst
