"""A member of the board opens the link from the letter on a phone, in the demo's current quarter."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from demo.statusser import PLAN
from helhedsplan.models import Bruger, Haendelse
from status.actions.laesning import send_links
from status.models import Kvartalsstatus, Laeselink, Laest
from status.queries.oversigt import seneste_publicerede
from tests.verden import publiceret_status, verden

TELEFON = {"width": 390, "height": 844}
SKAERME = 2
#: Addresses that write in the status, and in its plan.
STATUSSIDER = ("status-ret", "status-skriv", "status-send", "status-publicer", "status-traek", "status-slet")
PLANSIDER = ("plan-ret", "frist-opret", "kalender-udfoert", "status-opret", "moede-opret")


def demoens_status():
    """The newest published quarter of the demo."""
    call_command("demo", verbosity=0)
    return seneste_publicerede(Kvartalsstatus.objects.filter(plan__noegle=PLAN).first().plan)


def send_link(status, base_url) -> tuple[str, Bruger]:
    """(the address in the letter, the member of the board it was sent to)."""
    medlem = Bruger.objects.filter(medlemskaber__plan=status.plan, medlemskaber__rolle="bestyrelse").first()
    leder = Bruger.objects.filter(medlemskaber__plan=status.plan, medlemskaber__rolle="leder").first()
    send_links(
        bruger=leder,
        status=status,
        modtagere=[medlem],
        absolut=lambda sti: f"{base_url}{sti}",
        sti=lambda token: reverse("laeselink", args=[token]),
    )
    [brev] = mail.outbox
    assert brev.to == [medlem.email]
    return re.search(r"http\S+/laes/\S+", brev.body)[0], medlem


@pytest.fixture
def side(page):
    page.set_viewport_size(TELEFON)
    return page


def post(side, url: str) -> int:
    """What the server says to a form sent from the page, with its own token."""
    token = next((k["value"] for k in side.context.cookies() if k["name"] == "csrftoken"), "")
    return side.request.post(
        url, form={"csrfmiddlewaretoken": token, "grund": "x", "titel": "x"}, headers={"Referer": side.url}
    ).status


def test_a_member_knows_within_two_screens_what_must_be_decided_and_can_edit_nothing(
    transactional_db, base_url, side, axe_fejl
):
    status = demoens_status()
    link, medlem = send_link(status, base_url)
    side.goto(link)
    side.get_by_role("button", name="Åbn status").click()
    expect(side.get_by_role("heading", level=1, name=str(status))).to_be_visible()
    til_beslutning = status.punkter.filter(art="beslutning", svar="")
    assert til_beslutning.count() == 2
    for punkt in til_beslutning:
        boks = side.get_by_text(punkt.tekst).first.bounding_box()
        assert boks["y"] + boks["height"] <= SKAERME * TELEFON["height"]
    assert side.evaluate("document.documentElement.scrollWidth") == TELEFON["width"]
    assert axe_fejl(side) == []

    formularer = side.locator("main form")
    assert [formular.get_attribute("action") for formular in formularer.all()] == [reverse("laesning-efterretning")]
    links = side.locator("main a").evaluate_all("alle => alle.map(a => a.getAttribute('href'))")
    assert links == ["#efterretning", reverse("svarlink-bestil"), reverse("account_login")]
    side.get_by_role("button", name="Tag til efterretning").click()
    expect(side.get_by_text("Du tog statussen til efterretning")).to_be_visible()
    assert side.locator("main form").count() == 0
    assert [la.bruger for la in Laest.objects.filter(status=status, efterretning__isnull=False)] == [medlem]

    haendelser, stod = Haendelse.objects.count(), Kvartalsstatus.objects.filter(pk=status.pk).values()
    foer = list(stod)
    adresser = [reverse(navn, args=[PLAN, status.noegle]) for navn in STATUSSIDER]
    adresser += [reverse(navn, args=[PLAN]) for navn in PLANSIDER]
    svar = {side.request.get(url, max_redirects=0).status for url in adresser} | {post(side, url) for url in adresser}
    assert svar <= {302, 401, 403, 404, 405}
    assert (Haendelse.objects.count(), list(stod.all())) == (haendelser, foer)


def test_the_second_time_and_after_its_time_the_link_says_so(transactional_db, base_url, side, context):
    link, _ = send_link(publiceret_status(verden().plan), base_url)
    side.goto(link)
    side.get_by_role("button", name="Åbn status").click()
    expect(side.get_by_role("heading", name="Det skal bestyrelsen tage stilling til")).to_be_visible()
    context.clear_cookies()
    side.goto(link)
    expect(side.get_by_text("Linket er allerede brugt.")).to_be_visible()
    assert side.get_by_role("button", name="Åbn status").count() == 0
    for_sent = timezone.now() - timedelta(days=6)
    Laeselink.objects.update(brugt=None, sendt=for_sent - timedelta(days=14), udloeber=for_sent)
    side.goto(link)
    expect(side.get_by_text("Linket er udløbet.")).to_be_visible()
    assert side.get_by_role("button", name="Åbn status").count() == 0
    side.goto(reverse("laesning-vis"))
    expect(side.get_by_text("Din læsning er slut.")).to_be_visible()
