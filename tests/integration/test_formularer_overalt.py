"""Every form of every page is saved as it stands, and with only what it marks as required; none is refused.

The pages are those of the matrix, on a full plan, and those that can be reached on a plan that was just started. A
new form is in it by itself.
"""

from contextlib import suppress
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from aftaler.actions.plan import opret_plan
from aftaler.models import Helhedsplan, Organisation
from tests.factories import (
    AfgoerelseFactory,
    HelhedsplanFactory,
    OrganisationFactory,
    PartFactory,
    RegelparameterFactory,
)
from tests.formularproeve import Formular, Knap, dom, formularer, henvisninger, laes
from tests.integration.test_matrix import EGNE, PLANSIDER, Fortrudt, adresse
from tests.kravl import kravl
from tests.verden import Verden, i_sporet, verden

#: The way out ends the visit, and the search stands in the top of every page: tried once, on a page of their own.
I_TOPPEN = ("account_logout", "soeg")


#: What a person who reads the page knows to write there; any word will not do.
SKRIVES = {
    "plan-slet": {"navn": "Den nye"},  # the name that the page asks for
    "budget-sumtjek": {"tekst": "\t2026\t2027\tI alt\nLøn\t100\t200\t300\nHusleje\t10\t20\t30\nI alt\t110\t220\t330"},
    "maaling-opret": {"aar": "2022", "antal": "12"},  # the years that the page proposes have figures
}
#: Forms of something new under an address that ends as those of what is there already.
SKRIVES_FOERST: set[str] = set()
#: Forms that take one certain file and nothing else; held by tests of their own with the true one.
EN_BESTEMT_FIL = {
    "uploadetreferat-opret": "minutes as PDF with what they say of a goal: tests/moeder/test_bevis_forfalsket.py",
    "budget-importer": "the budget's own workbook: tests/budget/test_xlsx.py",
    "udgave-upload": "the edition's own PDF, signed: tests/dokumenter/test_underskrift_sider.py",
    "udgave-scan": "paper on which one reads the edition's number: tests/dokumenter/test_underskrift_papirer.py",
}


def hel_verden() -> Verden:
    """With a decision of the board that a revision can stand on, of the day that is typed wherever one is asked for."""
    v = verden()
    # First among those that one may be put together with, and party to nothing, which two of the same plan may not be.
    OrganisationFactory(navn="Abildgården", kort_navn="")
    AfgoerelseFactory(punkt__moede__plan=v.plan, punkt__moede__tilstand="indkaldt", dato=date(2026, 3, 1))
    i_sporet(v.plan)
    return v


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
                er_gemt = navn.endswith("-ret") and form.adresse == url and navn not in SKRIVES_FOERST
                if fejl := _proev(klient, form, knap, mindst, er_gemt):
                    galt[f"{url} -> {form.adresse} {knap}{' udfyldt' if mindst else ''}"] = fejl
    return galt


def _proev(klient: Client, form: Formular, knap: Knap, mindst: bool, er_gemt: bool) -> str:
    """Sent, and undone again."""
    fejl, kager = "", klient.cookies.copy()
    with suppress(Fortrudt), transaction.atomic():
        fejl = dom(klient, form, knap, mindst, er_gemt)
        raise Fortrudt
    klient.cookies = kager
    return fejl


def test_every_form_of_a_full_plan(client, db):
    v, galt, sete = hel_verden(), {}, set()
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


def _delt_med_en_fremmed(v) -> None:
    """Every organisation of the plan is a party to a plan that the leader is not in."""
    anden = HelhedsplanFactory()
    for organisation in Organisation.objects.filter(parter__plan=v.plan):
        PartFactory(plan=anden, organisation=organisation)


@pytest.mark.parametrize("rolle", ["leder", "observatoer"])
def test_no_form_is_shown_to_one_who_may_not_save_it(client, db, rolle):
    """Also where what the plan uses is shared with plans that the person does not write."""
    v, galt, proevet = verden(), [], 0
    i_sporet(v.plan)
    _delt_med_en_fremmed(v)
    client.force_login(v.brugere[rolle])
    for url in [adresse(v, navn) for navn, (metode, _) in PLANSIDER.items() if metode == "GET"]:
        svar = client.get(url)
        if svar.status_code != 200 or not svar["Content-Type"].startswith("text/html"):
            continue
        for form in formularer(laes(svar), url):
            if form.metode == "post" and form.knapper:
                proevet += 1
                galt += [f"{url} -> {form.adresse}"] * _forbudt(client, form, form.knapper[0])
    assert proevet > (100 if rolle == "leder" else 1)
    assert not galt, "\n".join(galt)


def _forbudt(klient: Client, form: Formular, knap: Knap) -> bool:
    """Sent, and undone again."""
    kager = klient.cookies.copy()
    form.udfyld(SKRIVES.get(resolve(urlsplit(form.side).path).url_name, {}))
    status = 0
    with suppress(Fortrudt), transaction.atomic():
        status = form.send(klient, knap, True).status_code
        raise Fortrudt
    klient.cookies = kager
    return status == 403


@pytest.mark.parametrize("side", ["organisation-ret", "afdeling-ret", "pulje-ret", "pulje-opret", "puljetilsagn-ret"])
def test_what_is_shared_with_others_is_said_before_anything_is_typed(client, db, side):
    v = verden()
    client.force_login(v.brugere["leder"])
    assert "Det kan ikke lade sig gøre nu." not in client.get(adresse(v, side)).content.decode()
    _delt_med_en_fremmed(v)
    tekst = client.get(adresse(v, side)).content.decode()
    assert "Bed en administrator om at rette den." in tekst
    assert 'class="skema' not in tekst
    for oversigt in ("indstillinger", "organisation-vis", "budget-puljer"):
        assert adresse(v, side) not in henvisninger(laes(client.get(adresse(v, oversigt))), "/")


def test_what_was_typed_stays_when_the_right_was_lost_meanwhile(client, db):
    v = verden()
    client.force_login(v.brugere["leder"])
    side = adresse(v, "organisation-ret")
    form = next(f for f in formularer(laes(client.get(side)), side) if "navn" in {felt.navn for felt in f.felter})
    _delt_med_en_fremmed(v)
    form.udfyld({"navn": "Et helt andet navn"})
    svar = form.send(client, form.knapper[0])
    assert svar.status_code == 403
    assert "Et helt andet navn" in svar.content.decode()
    assert "planer, du ikke skriver i" in svar.content.decode()


def test_a_rule_sets_value_saved_unchanged_is_no_value_of_the_plans_own(client, db):
    """Also where the plan has none yet, which the page of the matrix has; a value of its own wants a reason."""
    v = verden()
    client.force_login(v.brugere["leder"])
    RegelparameterFactory(regelsaet=v.plan.regelsaet, noegle="lokal_kontant_min", vaerdi=500, enhed="kr.")
    RegelparameterFactory(regelsaet=v.plan.regelsaet, noegle="uden_vaerdi", vaerdi=None)
    for noegle in ("lokal_kontant_min", "uden_vaerdi"):
        foer = list(v.plan.parametre.values_list("noegle", flat=True))
        side = reverse("parameter-ret", args=[v.plan.noegle, noegle])
        form = next(f for f in formularer(laes(client.get(side)), side) if "vaerdi" in {felt.navn for felt in f.felter})
        assert dom(client, form, form.knapper[0], er_gemt=True) == ""
        assert list(v.plan.parametre.values_list("noegle", flat=True)) == foer
        form.felter = [felt for felt in form.felter if felt.navn != "vaerdi"]
        data = {felt.navn: felt.vaerdier[0] for felt in form.felter if felt.vaerdier}
        assert client.post(side, data | {"vaerdi": "60"}).status_code == 422
        assert client.post(side, data | {"vaerdi": "60", "begrundelse": "Aftalt med fonden."}).status_code == 302
        assert v.plan.parametre.get(noegle=noegle).begrundelse == "Aftalt med fonden."


def test_a_new_activity_needs_but_a_name(client, db):
    """The milestones' row offers a choice beforehand, and is no row until something is written in it."""
    v = verden()
    client.force_login(v.brugere["leder"])
    assert proev_side(client, adresse(v, "aktivitet-opret"), set()) == {}
    v.delaftale.aktiviteter.first().milepaele.all().delete()
    assert proev_side(client, adresse(v, "aktivitet-ret"), set()) == {}


def test_a_month_will_do_for_a_period_and_a_milestone(client, db):
    """It is kept as the month it is, and not as one of its days."""
    v = verden()
    client.force_login(v.brugere["leder"])
    side = adresse(v, "omraade-ret")
    form = next(f for f in formularer(laes(client.get(side)), side) if "starter" in {felt.navn for felt in f.felter})
    form.udfyld({"starter": "jan 2027", "slutter": "feb. 2028"})
    assert form.send(client, form.knapper[0]).status_code == 302
    omraade = v.plan.omraader.exclude(starter_sagt="").get()
    assert (omraade.starter_sagt, omraade.slutter_sagt) == ("jan 2027", "feb. 2028")
    assert (omraade.med_fra.tidligst, omraade.med_til.senest) == (date(2027, 1, 1), date(2028, 2, 29))
    side = adresse(v, "aktivitet-ret")
    form = next(f for f in formularer(laes(client.get(side)), side) if "navn" in {felt.navn for felt in f.felter})
    form.udfyld({"milepaele-0-navn": "Første hold", "milepaele-0-dato": "sep 2026"})
    assert form.send(client, form.knapper[0]).status_code == 302
    assert "sep 2026" in v.delaftale.aktiviteter.values_list("milepaele__dato_sagt", flat=True)


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
