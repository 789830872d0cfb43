"""What each role is shown and led to, beside what every URL answers (`test_matrix`)."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from budget.models import Bidrag
from dokumenter.models import Udgave
from helhedsplan.rettigheder import RETTIGHEDER, ROLLER
from status.models import Kvartalsstatus, Statuslinje
from tests import factories as f
from tests.kravl import kravl
from tests.verden import en_status, i_sporet, publiceret_status, verden

#: A sum that stands nowhere else, in the forms that a page, a paper or a share may tell it in.
BELOEB, I_ORD = 7654321, re.compile(r"7[.,\s]?65|7,7 mio|7654321")


@pytest.fixture
def v(db):
    v = verden()
    Bidrag.objects.filter(budget__plan=v.plan).update(beloeb=BELOEB)
    v.udgave = f.UdgaveFactory(plan=v.plan, art="budget", emne="bevilget")
    publiceret_status(v.plan)
    en_status(v.plan, 2)
    i_sporet(v.plan)
    return v


def gaa(v, rolle: str, navn: str = "plan-overblik"):
    """What the person of a role meets who follows every link from a page; only below that page's own address."""
    start = reverse(navn, args=[v.plan.noegle])
    fundet = kravl(v.brugere[rolle], start, start)
    assert fundet.doede == {}, rolle
    return fundet


def ord_paa(side) -> str:
    return " ".join(side.text_content().split())


def test_the_fagcenter_is_led_to_its_own_and_meets_no_sum(v):
    fundet = gaa(v, "fagcenter")
    egne = reverse("status-egne", args=[v.plan.noegle, "2026K2"])
    aktivitet = v.delaftale.aktiviteter.first()
    ret = reverse("aktivitet-ret", args=[v.plan.noegle, v.delaftale.noegle, aktivitet.noegle])
    assert {egne, ret, v.delaftale.get_absolute_url(), reverse("indikator-liste", args=[v.plan.noegle])} <= set(
        fundet.sider
    )
    assert not [url for url in fundet.sider if re.search("/(budget|moeder|dokumenter|historik)/", url)]
    assert {
        url: I_ORD.findall(ord_paa(side)) for url, side in fundet.sider.items() if I_ORD.search(ord_paa(side))
    } == {}
    klient = Client()
    klient.force_login(v.brugere["fagcenter"])
    kilde = v.plan.finansieringskilder.first().navn
    for soegt in (kilde, "Indkøb", "kvartal"):
        assert "/budget/" not in klient.get(reverse("soeg"), {"q": soegt}).content.decode(), soegt
    assert aktivitet.navn in klient.get(reverse("soeg"), {"q": aktivitet.navn}).content.decode()
    leder = gaa(v, "leder", "budget-overblik")
    assert any(I_ORD.search(ord_paa(side)) for side in leder.sider.values()), "the sum is there to be seen"


def test_the_fagcenter_writes_the_status_of_its_own_rows(v, client):
    anden = f.AktivitetFactory(delaftale__plan=v.plan)
    client.force_login(v.brugere["fagcenter"])
    url = reverse("status-egne", args=[v.plan.noegle, "2026K2"])
    aktivitet = v.delaftale.aktiviteter.first()
    mit, andres = (f"{a.delaftale.noegle}.{a.noegle}-tekst" for a in (aktivitet, anden))
    html = client.get(url).content.decode()
    assert (f'name="{mit}"' in html, f'name="{andres}"' in html, "sammenfatning" in html) == (True, False, False)
    status = Kvartalsstatus.objects.get(plan=v.plan, kvartal=2)
    data = {"version": status.version, mit: "Ti unge kom.", andres: "Nej.", "sammenfatning": "Nej."}
    svar = client.post(url, data)
    assert svar.status_code == 302, svar.content.decode()[-3000:]
    assert Statuslinje.objects.get(status=status, aktivitet=aktivitet).tekst == "Ti unge kom."
    assert not Statuslinje.objects.filter(status=status, aktivitet=anden).exists()
    status.refresh_from_db()
    assert status.sammenfatning == "Det går fremad."
    f.MedlemskabFactory._meta.model.objects.get(bruger=v.brugere["fagcenter"]).delaftaler.clear()
    assert "Ingen aktiviteter er dine endnu" in client.get(url).content.decode()


def test_a_hidden_figure_is_not_the_fagcenters_to_write_in(v, client):
    """The form would show the text as it is stored."""
    aktivitet = v.delaftale.aktiviteter.first()
    aktivitet.baggrund = '<p>Kun <span data-tal="findes/ikke/2020">3</span> drenge.</p>'
    aktivitet.save()
    url = reverse("aktivitet-ret", args=[v.plan.noegle, v.delaftale.noegle, aktivitet.noegle])
    client.force_login(v.brugere["fagcenter"])
    svar = client.get(url)
    assert svar.status_code in {200, 403}
    if svar.status_code == 403:
        assert "drenge" not in svar.content.decode()


def test_the_lbf_reader_has_the_issued_papers_and_nothing_else(v):
    fundet = gaa(v, "lbf")
    assert set(fundet.sider) <= {v.plan.get_absolute_url(), "/", "/ordliste/", "/profil/", "/soeg/"} | {
        url for url in fundet.sider if not url.startswith("/planer/")
    }
    pdf = reverse("udgave-pdf", args=[v.plan.noegle, v.udgave.pk])
    assert pdf not in fundet.filer, "it is not decided on"
    klient = Client()
    klient.force_login(v.brugere["lbf"])
    assert klient.get(pdf).status_code == 404
    f.GodkendelseFactory(udgave=v.udgave)
    Udgave.objects.filter(pk=v.udgave.pk).update(niveau=v.udgave.godkendelser.get().niveau, niveau_begrundelse="x")
    assert pdf in klient.get(v.plan.get_absolute_url()).content.decode()
    assert klient.get(reverse("status-pdf", args=[v.plan.noegle, "2026K1"])).status_code in {200, 404}
    assert klient.get(reverse("soeg"), {"q": "kvartal"}).content.decode().count("/status/") == 0


def test_economy_and_the_auditor_are_led_nowhere_that_is_shut(v):
    gaa(v, "oekonomi", "budget-overblik")
    gaa(v, "revisor", "plan-historik")


def test_who_sees_mail_addresses_and_who_sees_the_history(v, client):
    ser = {}
    for rolle, bruger in v.brugere.items():
        client.force_login(bruger)
        svar = client.get(reverse("indstillinger", args=[v.plan.noegle]))
        html = svar.content.decode() if svar.status_code == 200 else ""
        medlemmer = client.get(reverse("bestyrelsesmedlemmer", args=[v.plan.noegle])).content.decode()
        andens = v.brugere["leder" if rolle != "leder" else "bestyrelse"].email
        ser[rolle] = (andens in html, "plan-historik" in html or "/historik/" in html, andens in medlemmer)
    har = {rolle: (mail, historik) for rolle, (mail, historik, _) in ser.items()}
    assert har == {
        "leder": (True, True), "sekretariat": (True, True), "revisor": (True, True), "oekonomi": (False, False),
        "bestyrelse": (False, False), "observatoer": (False, False), "fagcenter": (False, False), "lbf": (False, False),
        "fremmed": (False, False),
    }  # fmt: skip


def test_the_matrix_on_the_page_is_the_data(v, client):
    client.force_login(v.brugere["lbf"])
    html = client.get(reverse("roller")).content.decode()
    for rettighed, raekke in RETTIGHEDER.items():
        celler = re.search(rf"(?s){re.escape(raekke.navn)}.*?</tr>", html)[0]
        har = [rolle.noegle for rolle in ROLLER.values() if rettighed in rolle.rettigheder]
        assert re.findall(">(Ja|Nej)<", celler) == ["Ja" if rolle in har else "Nej" for rolle in ROLLER]
