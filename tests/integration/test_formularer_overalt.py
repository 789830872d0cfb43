"""Every form of every page is saved as it stands, and with only what it marks as required; none is refused.

The pages are those of the matrix, on a full plan, and those that can be reached on a plan that was just started. A
new form is in it by itself.
"""

from contextlib import suppress
from datetime import date
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from aftaler.actions.plan import opret_plan
from aftaler.models import Helhedsplan, Organisation
from tests.factories import PartFactory
from tests.formularproeve import Formular, Knap, dom, formularer, henvisninger, laes
from tests.integration.test_matrix import EGNE, PLANSIDER, Fortrudt, adresse
from tests.kravl import kravl
from tests.verden import i_sporet, verden

#: The way out ends the visit, and the search stands in the top of every page: tried once, on a page of their own.
I_TOPPEN = ("account_logout", "soeg")


#: What a person who reads the page knows to write there; any word will not do.
SKRIVES = {
    "plan-slet": {"navn": "Den nye"},  # the name that the page asks for
    "budget-sumtjek": {"tekst": "\t2026\t2027\tI alt\nLøn\t100\t200\t300\nHusleje\t10\t20\t30\nI alt\t110\t220\t330"},
    "maaling-opret": {"aar": "2022", "antal": "12"},  # the years that the page proposes have figures
}
#: Forms that take one certain file and nothing else; held by tests of their own with the true one.
EN_BESTEMT_FIL = {
    "uploadetreferat-opret": "minutes as PDF with what they say of a goal: tests/bestyrelse/test_bevis_forfalsket.py",
    "budget-importer": "the budget's own workbook: tests/budget/test_xlsx.py",
    "udgave-upload": "the edition's own PDF, signed: tests/dokumenter/test_underskrift_sider.py",
    "udgave-scan": "paper on which one reads the edition's number: tests/dokumenter/test_underskrift_papirer.py",
}


def proev_side(klient: Client, url: str, sete: set) -> dict[str, str]:
    """What is wrong with the forms of a page, by form, button and way of filling in."""
    svar = klient.get(url)
    if svar.status_code != 200 or not svar["Content-Type"].startswith("text/html"):
        return {}
    galt = {}
    for form in formularer(laes(svar), url):
        indhold = tuple((felt.navn, *felt.vaerdier) for felt in form.felter if felt.navn != "csrfmiddlewaretoken")
        if form.adresse in map(reverse, I_TOPPEN) or (form.adresse, indhold) in sete:
            continue
        sete.add((form.adresse, indhold))
        navn = resolve(urlsplit(url).path).url_name
        for mindst in (False, True) if form.mangler and navn not in EN_BESTEMT_FIL else (False,):
            if mindst:
                form.udfyld(SKRIVES.get(navn, {}))
            for knap in dict.fromkeys(form.knapper):
                if fejl := _proev(klient, form, knap, mindst):
                    galt[f"{url} -> {form.adresse} {knap}{' udfyldt' if mindst else ''}"] = fejl
    return galt


def _proev(klient: Client, form: Formular, knap: Knap, mindst: bool) -> str:
    """Sent, and undone again."""
    fejl, kager = "", klient.cookies.copy()
    with suppress(Fortrudt), transaction.atomic():
        fejl = dom(klient, form, knap, filer=mindst)
        raise Fortrudt
    klient.cookies = kager
    return fejl


def test_every_form_of_a_full_plan(client, db):
    v, galt, sete = verden(), {}, set()
    i_sporet(v.plan)
    client.force_login(v.brugere["leder"])
    sider = [adresse(v, navn) for navn, (metode, _) in PLANSIDER.items() if metode == "GET"]
    for url in [*sider, *map(reverse, [*EGNE, "plan-opret", "verificer"])]:
        galt |= proev_side(client, url, sete)
    assert not galt, "\n".join(f"{hvor}: {hvad}" for hvor, hvad in galt.items())
    assert len(sete) > 120


def test_every_form_of_a_new_plan(client, db):
    v, galt, sete = verden(), {}, set()
    i_sporet(v.plan)
    leder = v.brugere["leder"]
    client.force_login(leder)
    plan = opret_plan(bruger=leder, plan=Helhedsplan(navn="Den nye", regelsaet=v.plan.regelsaet))
    for url in kravl(leder, plan.get_absolute_url(), plan.get_absolute_url()).sider:
        galt |= proev_side(client, url, sete)
    assert not galt, "\n".join(f"{hvor}: {hvad}" for hvor, hvad in galt.items())
    assert len(sete) > 20


def test_a_new_activity_needs_but_a_name(client, db):
    """The milestones' row offers a choice beforehand, and is no row until something is written in it."""
    v = verden()
    client.force_login(v.brugere["leder"])
    assert proev_side(client, adresse(v, "aktivitet-opret"), set()) == {}
    v.delaftale.aktiviteter.first().milepaele.all().delete()
    assert proev_side(client, adresse(v, "aktivitet-ret"), set()) == {}


def test_a_month_will_do_for_a_period_and_a_milestone(client, db):
    """From the first day of the one month, to the last of the other; a single day is asked for in full."""
    v = verden()
    client.force_login(v.brugere["leder"])
    side = adresse(v, "omraade-ret")
    form = next(f for f in formularer(laes(client.get(side)), side) if "starter" in {felt.navn for felt in f.felter})
    form.udfyld({"starter": "jan 2027", "slutter": "feb. 2028"})
    assert form.send(client, form.knapper[0]).status_code == 302
    omraade = v.plan.omraader.get(starter__isnull=False)
    assert (omraade.starter, omraade.slutter) == (date(2027, 1, 1), date(2028, 2, 29))
    side = adresse(v, "aktivitet-ret")
    form = next(f for f in formularer(laes(client.get(side)), side) if "navn" in {felt.navn for felt in f.felter})
    form.udfyld({"milepaele-0-navn": "Første hold", "milepaele-0-dato": "sep 2026"})
    assert form.send(client, form.knapper[0]).status_code == 302
    assert date(2026, 9, 30) in v.delaftale.aktiviteter.values_list("milepaele__dato", flat=True)


def test_a_page_without_anything_to_choose_leads_to_what_is_missing(client, db):
    v = verden()
    client.force_login(v.brugere["leder"])
    side = adresse(v, "bidrag-regn")
    assert laes(client.get(side)).xpath("//select[@name='sats']")
    v.plan.satser.update(art="lokaler", enhed="m2")  # the row is of hours
    assert reverse("sats-opret", args=[v.plan.noegle]) in henvisninger(laes(client.get(side)), side)
    assert not laes(client.get(side)).xpath("//select[@name='sats']")

    side = reverse("part-opret", args=[v.plan.noegle])
    assert laes(client.get(side)).xpath("//select[@name='organisation']/option[@value!='']")
    for organisation in Organisation.objects.exclude(parter__plan=v.plan):
        PartFactory(plan=v.plan, organisation=organisation)
    assert not laes(client.get(side)).xpath("//select[@name='organisation']")
    assert laes(client.get(side)).xpath("//input[@name='ny_navn'][@required]")
