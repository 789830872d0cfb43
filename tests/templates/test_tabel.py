"""The one template of all tables."""

import re

import django_tables2 as tables
import pytest
from django.test import RequestFactory

from helhedsplan import tabeller


class Tabel(tables.Table):
    navn = tables.Column("Aktivitet")
    antal = tables.Column("Deltagere", attrs={"cell": {"class": "tal"}}, footer=lambda table: "17")
    ret = tables.Column("", orderable=False)

    class Meta:
        empty_text = "Ingen aktiviteter endnu."


class TabelMedOverskrift(Tabel):
    caption = "Aktiviteter"
    skjul_caption = True


def tegn(antal, adresse="/", klasse=Tabel):
    request = RequestFactory().get(adresse)
    tabel = klasse([{"navn": f"A{n}", "antal": n, "ret": "Ret"} for n in range(antal)])
    tabeller.vis(request, tabel, 2)
    return " ".join(tabel.as_html(request).split())


@pytest.mark.parametrize(("sortering", "retning"), [("navn", "ascending"), ("-navn", "descending")])
def test_sorteret_kolonne_siger_sin_retning(sortering, retning):
    assert re.findall(r'<th[^>]* aria-sort="(\w+)"', tegn(2, f"/?sort={sortering}")) == [retning]


def test_celler_har_navn_til_kort():
    assert tegn(1).count('data-label="Aktivitet"') == 2  # the row and the sum


def test_kolonne_uden_overskrift_hoeres():
    assert '<th scope="col" > <span class="sr-only">Handlinger</span> </th>' in tegn(1)


def test_tom_tabel_siger_det():
    assert '<td colspan="3">Ingen aktiviteter endnu.</td>' in tegn(0)


def test_overskrift_navngiver_ogsaa_rammen():
    html = tegn(1, klasse=TabelMedOverskrift)

    assert '<caption class="sr-only">Aktiviteter</caption>' in html
    assert 'role="group" tabindex="0" aria-label="Aktiviteter"' in html


def test_sider_beholder_soegningen():
    html = tegn(5, "/?q=job&page=2")

    assert 'href="?q=job&amp;page=1" aria-label="Forrige side"' in html
    assert 'href="?q=job&amp;page=3" aria-label="Næste side"' in html
    assert 'href="?q=job&amp;page=2" aria-label="Side 2" aria-current="page"' in html


def test_en_side_har_ingen_bladring():
    assert "<nav" not in tegn(2)


@pytest.mark.parametrize(
    "adresse",
    ["?sort=../../etc/passwd", "?sort=", "?sort=-", "?sort=navn&sort=findes-ikke", "?sort=ret", "?sort=__class__"],
)
def test_en_ukendt_sortering_er_som_ingen(adresse):
    html = tegn(5, f"/{adresse}")

    assert "aria-sort" not in html
    assert [*re.findall(r">(A\d)<", html)] == [*re.findall(r">(A\d)<", tegn(5))]


@pytest.mark.parametrize("adresse", ["?per_page=0", "?per_page=-1", "?per_page=999", "?per_page=x", "?page=x"])
def test_adressen_bestemmer_ikke_hvor_mange_der_staar_paa_en_side(adresse):
    assert re.findall(r">(A\d)<", tegn(5, f"/{adresse}")) == re.findall(r">(A\d)<", tegn(5))
