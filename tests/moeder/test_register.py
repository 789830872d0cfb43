"""The decision register: what meetings and others have decided, once each, with paper and hash."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from moeder.queries.register import beslutninger
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse

pytestmark = pytest.mark.django_db


@pytest.fixture
def b():
    """A delaftale that the board approved and Landsbyggefonden after it, and an item put off."""
    b = en_bestyrelse()
    udgave = f.UdgaveFactory(plan=b.plan, frosset=timezone.now() - timedelta(days=9))
    b.afgoer(b.punkt(udgave=udgave), enighed=True, tekst="Godkendt.")
    b.afgoer(b.punkt(titel="Et spørgsmål"), "udsat", dato=timezone.localdate() - timedelta(days=1))
    f.GodkendelseFactory(udgave=udgave, lbf=True, dato=date(2026, 1, 20))
    f.GodkendelseFactory(lbf=True)
    return b


def test_each_decision_stands_once_with_its_paper_and_hash(b):
    udgave = b.plan.udgaver.get()
    moede = f"{b.moede}, "
    assert [(x.organ, x.resultat, x.papir, x.hvordan, x.sha256) for x in beslutninger(b.plan)] == [
        ("bestyrelse", "Godkendt", str(udgave), "Ved enighed", udgave.pdf_sha256),
        ("bestyrelse", "Udsat", "Et spørgsmål", "", b.moede.punkter.last().genstand_sha256),
        ("lbf", "Godkendt", str(udgave), "", udgave.pdf_sha256),
    ]
    foerst, _, sidst = beslutninger(b.plan)
    assert foerst.hvor.startswith(moede)
    assert (foerst.hvor_url, sidst.hvor) == (b.moede.get_absolute_url(), "LBF 12345")
    f.MoedepapirFactory(moede=b.moede)
    assert beslutninger(b.plan)[0].hvor_url == reverse("referat-vis", args=[b.plan.noegle, b.moede.pk])


@pytest.mark.parametrize(
    ("valg", "organer"),
    [
        ({"organ": "lbf"}, ["lbf"]),
        ({"aar": "1999"}, []),
        ({"aar": "x", "organ": "nej"}, ["bestyrelse", "bestyrelse", "lbf"]),
        ({"aar": "2026", "organ": "lbf"}, ["lbf"]),
        ({"aar": "2025", "organ": "lbf"}, []),
    ],
)
def test_narrowed_by_year_and_body(client, b, valg, organer):
    client.force_login(b.medlemmer["P1"].bruger)
    svar = client.get(reverse("beslutningsregister", args=[b.plan.noegle]), valg)
    assert sorted(raekke.record.organ for raekke in svar.context["tabel"].rows) == organer


def test_the_register_costs_the_same_however_long(b, django_assert_num_queries):
    with django_assert_num_queries(3):
        beslutninger(b.plan)


def test_page_and_workbook_say_the_same(client, b):
    client.force_login(b.medlemmer["P1"].bruger)
    svar = client.get(reverse("beslutningsregister", args=[b.plan.noegle]), {"organ": "lbf", "aar": "²"})
    assert svar.context["tabel"].rows[0].record.organ == "lbf"
    assert len(svar.context["tabel"].rows) == 1
    ark = client.get(reverse("beslutningsregister-xlsx", args=[b.plan.noegle]))
    raekker = list(load_workbook(io.BytesIO(ark.content)).active.iter_rows(values_only=True))
    assert [r[3] for r in raekker] == ["Resultat", "Godkendt", "Udsat", "Godkendt"]
