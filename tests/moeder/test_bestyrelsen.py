"""The board as one page of rows, and what follows from it: sides, accounts, signers, seats, meetings a year."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Gruppe, Medlemskab, Part
from helhedsplan.bekraeftelse import BEGYNDT
from helhedsplan.models import Bruger
from kalender.queries.kalender import plandata
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden
from moeder.queries.bestyrelsen import bestyrelsesraekker
from tests import factories as f
from tests.formularproeve import formularer, laes
from tests.moeder.afstemningsdata import en_bestyrelse

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """A plan with two parties and a board that is drawn and that nobody sits in."""
    plan = f.HelhedsplanFactory()
    kommune, forening = f.OrganisationFactory(navn="Nordby Kommune", art="kommune"), f.OrganisationFactory(navn="AAB")
    f.PartFactory(plan=plan, organisation=kommune)
    f.PartFactory(plan=plan, organisation=forening)
    gruppe = f.GruppeFactory(plan=plan, art="bestyrelse", navn="Bestyrelsen", moeder_pr_aar=6)
    f.PladsFactory(gruppe=gruppe, titel="Direktør", organisation=kommune, formand=True)
    return plan


def ind(client, plan, rolle="leder"):
    client.force_login(f.MedlemskabFactory(plan=plan, rolle=rolle).bruger)


def adresse(plan):
    return reverse("bestyrelse-ret", args=[plan.noegle])


def udfyld(client, plan, *raekker: dict, **ekstra):
    """The page as a browser has it, with what is typed into its rows (by their number), sent."""
    [form] = [x for x in formularer(laes(client.get(adresse(plan))), adresse(plan)) if x.adresse == adresse(plan)]
    data = {felt.navn: felt.vaerdier for felt in form.felter if felt.vaerdier}
    i_alt = int(data["bestyrelse-TOTAL_FORMS"][0])
    for nummer, raekke in enumerate(raekker):
        data |= {f"bestyrelse-{nummer}-{navn}": vaerdi for navn, vaerdi in raekke.items()}
    return client.post(adresse(plan), data | {"bestyrelse-TOTAL_FORMS": max(i_alt, len(raekker))} | ekstra)


def test_a_seat_that_gives_access_is_asked_about_and_one_that_does_not_is_written(client, plan):
    ind(client, plan)
    session = client.session
    session[BEGYNDT] = 0
    session.save()
    svar = udfyld(
        client, plan, {"navn": "Dir, Prøve", "email": "dir@kommune.example"},
        bekraeftede_advarsler="adgang:dir@kommune.example",
    )  # fmt: skip
    html = svar.content.decode()
    assert (svar.status_code, 'value="dir@kommune.example"' in html, 'value="Dir, Prøve"' in html) == (403, True, True)
    assert not Bestyrelsesmedlem.objects.exists()
    assert not Bruger.objects.filter(email="dir@kommune.example").exists()
    assert udfyld(client, plan, {"navn": "Dir, Prøve"}).status_code == 302
    assert Bestyrelsesmedlem.objects.get().bruger is None


def test_one_row_makes_side_member_account_signer_and_seat(client, plan, mailoutbox):
    ind(client, plan)
    person = {"navn": "Dir, Prøve", "email": "dir@kommune.example", "skriver_under": "on"}
    svar = udfyld(client, plan, person)
    assert svar.status_code == 422
    assert "har ikke adgang til planen" in svar.content.decode()
    assert not Bestyrelsesmedlem.objects.exists()
    svar = udfyld(client, plan, person, bekraeftede_advarsler="adgang:dir@kommune.example")
    assert svar.status_code == 302
    medlem = Bestyrelsesmedlem.objects.get()
    assert (medlem.navn, medlem.titel, medlem.formand) == ("Dir, Prøve", "Direktør", True)
    assert (medlem.side.navn, medlem.side.har_stemme) == ("Nordby Kommune", True)
    assert medlem.bruger == Bruger.objects.get(email="dir@kommune.example")
    assert Medlemskab.objects.get(plan=plan, bruger=medlem.bruger).rolle == "bestyrelse"
    assert [brev.to for brev in mailoutbox] == [["dir@kommune.example"]]
    part = Part.objects.get(organisation__navn="Nordby Kommune")
    assert (part.underskriver, part.underskriver_titel) == ("Dir, Prøve", "Direktør")
    [plads] = Gruppe.objects.get(plan=plan).pladser.all()
    assert (plads.titel, plads.organisation.navn, plads.formand) == ("Direktør", "Nordby Kommune", True)
    assert "Direktør, Nordby Kommune (formand)" in _tekst(
        client.get(reverse("organisationsdiagram-vis", args=[plan.noegle]))
    )


def test_several_new_people_are_asked_about_and_told_of_in_one_sentence(client, plan, mailoutbox):
    ind(client, plan)
    side = f"org-{Part.objects.get(organisation__navn='Nordby Kommune').organisation_id}"
    to = [{"navn": f"Nr {nr}", "email": f"nr{nr}@kommune.example", "side": side} for nr in (1, 2)]
    svar = udfyld(client, plan, *to)
    [spoergsmaal] = laes(svar).xpath("//*[contains(@class, 'alert-warning')]//li")
    hvem = "Nr 1 (nr1@kommune.example) og Nr 2 (nr2@kommune.example)"
    assert spoergsmaal.text_content().strip().startswith(f"{hvem} har ikke adgang til planen. Når du gemmer, får de")
    svar = udfyld(client, plan, *to, bekraeftede_advarsler="adgang:nr1@kommune.example,nr2@kommune.example")
    assert f"{hvem} får en mail med et link til at logge ind." in _tekst(client.get(svar.url))
    assert len(mailoutbox) == 2


def test_a_yes_to_one_person_is_no_yes_to_another(client, plan):
    ind(client, plan)
    side = f"org-{Part.objects.get(organisation__navn='Nordby Kommune').organisation_id}"
    to = [{"navn": f"Nr {nr}", "email": f"nr{nr}@kommune.example", "side": side} for nr in (1, 2)]
    assert udfyld(client, plan, *to, bekraeftede_advarsler="adgang:nr1@kommune.example").status_code == 422


def _tekst(svar) -> str:
    return re.sub(r"\s+", " ", svar.content.decode())


def test_what_is_refused_is_told_at_its_row_before_anything_is_asked(client, plan, mailoutbox):
    ind(client, plan)
    side = f"org-{Part.objects.get(organisation__navn='Nordby Kommune').organisation_id}"
    to = [{"navn": f"Nr. {n}, Prøve", "email": "samme@kommune.example", "side": side} for n in (1, 2)]
    svar = udfyld(client, plan, *to)
    assert svar.status_code == 422
    assert "Er det rigtigt?" not in svar.content.decode()
    [foerste, anden, *_] = svar.context["form"].raekkesaet["bestyrelse"].forms
    assert (bool(foerste.errors), list(anden.errors)) == (False, ["email"])
    assert (mailoutbox, Bestyrelsesmedlem.objects.exists()) == ([], False)
    assert not Bruger.objects.filter(email="samme@kommune.example").exists()
    # what is only asked about is still asked about, and nothing is done before the answer
    svar = udfyld(client, plan, to[0])
    assert "Er det rigtigt?" in svar.content.decode()
    assert "får en mail" not in "".join(map(str, svar.context["messages"]))
    assert (mailoutbox, Bruger.objects.filter(email="samme@kommune.example").exists()) == ([], False)


def test_only_a_leader_gives_access_and_what_is_typed_is_kept(client, plan, mailoutbox):
    ind(client, plan, "sekretariat")
    svar = udfyld(client, plan, {"navn": "Dir, Prøve", "email": "dir@kommune.example"})
    assert svar.status_code == 422
    assert "kun planens leder kan give den" in svar.content.decode()
    assert 'value="dir@kommune.example"' in svar.content.decode()
    assert (mailoutbox, Bruger.objects.filter(email="dir@kommune.example").exists()) == ([], False)
    kendt = f.MedlemskabFactory(plan=plan, rolle="bestyrelse").bruger
    assert udfyld(client, plan, {"navn": "Dir, Prøve", "email": kendt.email.upper()}).status_code == 302
    assert Bestyrelsesmedlem.objects.get().bruger == kendt


def test_saved_unchanged_nothing_is_written(client, plan):
    b = en_bestyrelse(plan)

    def tilstand():
        return list(Gruppe.objects.get(plan=plan).pladser.values_list("pk", "titel")), bestyrelsesraekker(plan)

    foer = tilstand()
    client.force_login(b.leder)
    assert udfyld(client, plan).status_code == 302
    assert tilstand() == foer
    # The seats of the diagram are the members' once somebody writes on the page; the vacant one stays.
    assert udfyld(client, plan, {"titel": "Formand"}).status_code == 302
    assert [titel for _, titel in tilstand()[0]] == ["Formand", "Chef", "Chef", "Chef", "Direktør"]


def test_a_row_taken_out_is_deleted_unless_it_is_used(client):
    b = en_bestyrelse()
    b.stem(b.punkt(), "A1", "for")
    client.force_login(b.leder)
    svar = udfyld(client, b.plan, {"DELETE": "on"})
    assert svar.status_code == 422
    assert "A1, Prøve: " in svar.content.decode()
    assert "Skriv en sidste dag i stedet" in svar.content.decode()
    tom = {"navn": "", "titel": "", "email": "", "formand": ""}
    assert udfyld(client, b.plan, {}, tom).status_code == 302
    assert not Bestyrelsesmedlem.objects.filter(navn="A2, Prøve").exists()
    titler = Gruppe.objects.get(plan=b.plan, art="bestyrelse").pladser.count()
    assert titler == 3


def test_faults_stand_at_their_row(client, plan):
    ind(client, plan)
    uden_navn = udfyld(client, plan, {"email": "x@kommune.example"})
    assert "række 1. Navn: Skriv navnet på den, der sidder på pladsen." in uden_navn.content.decode()
    uden_side = udfyld(client, plan, {}, {"navn": "Ny, Prøve"})
    assert "række 2. Sidder for: Vælg, hvem personen sidder for." in uden_side.content.decode()
    side = f"org-{Part.objects.get(organisation__navn='Nordby Kommune').organisation_id}"
    to = [{"navn": n, "side": side, "skriver_under": "on"} for n in ("En, Prøve", "To, Prøve")]
    svar = udfyld(client, plan, *to)
    assert "række 2. Skriver under: En, Prøve skriver allerede under for Nordby Kommune." in svar.content.decode()
    assert (Bestyrelsesmedlem.objects.count(), Bestyrelsesside.objects.count()) == (0, 0)


def test_two_who_write_the_board_at_once_see_each_other(client, plan):
    b = en_bestyrelse(plan)
    client.force_login(b.leder)
    [form] = [x for x in formularer(laes(client.get(adresse(plan))), adresse(plan)) if x.adresse == adresse(plan)]
    data = {felt.navn: felt.vaerdier for felt in form.felter if felt.vaerdier}
    Bestyrelsesmedlem.objects.filter(pk=b.medlemmer["B1"].pk).update(titel="Rettet af en anden")
    svar = client.post(adresse(plan), data | {"bestyrelse-0-titel": "Rettet af mig"})
    assert svar.status_code == 409
    assert "Rettet af en anden" in svar.content.decode()
    assert "Rettet af mig" in svar.content.decode()
    assert not Bestyrelsesmedlem.objects.filter(titel="Rettet af mig").exists()


def test_one_who_signed_and_no_longer_does(client, plan):
    ind(client, plan)
    andre = f.PartFactory(plan=plan, underskriver="Uden for bestyrelsen, Prøve")
    udfyld(client, plan, {"navn": "Dir, Prøve", "skriver_under": "on"})
    assert bestyrelsesraekker(plan)[0]["skriver_under"]
    assert udfyld(client, plan, {"skriver_under": ""}).status_code == 302
    assert Part.objects.get(organisation__navn="Nordby Kommune").underskriver == ""
    assert Part.objects.get(pk=andre.pk).underskriver == "Uden for bestyrelsen, Prøve"


def test_one_who_has_left_is_no_row_and_has_no_seat(client, plan):
    ind(client, plan)
    udfyld(client, plan, {"navn": "Dir, Prøve", "fra": "01.01.2020"})
    assert udfyld(client, plan, {"til": "01.01.2021"}).status_code == 302
    assert Bestyrelsesmedlem.objects.get().til == date(2021, 1, 1)
    assert (bestyrelsesraekker(plan), Gruppe.objects.get(plan=plan).pladser.count()) == ([], 0)


def test_meetings_a_year_are_written_once(client, plan):
    ind(client, plan)
    assert plandata([plan])[0].orden.bestyrelsesmoeder == 6
    url = reverse("forretningsorden-ret", args=[plan.noegle])
    assert 'name="bestyrelsesmoeder" value="6"' in client.get(url).content.decode()
    felter = {"bestyrelsesmoeder": 5, "foelgegruppemoeder": 2, "indkaldelse_dage": 7, "referat_dage": 14, "version": 0}
    assert client.post(url, felter | {"afstemning": "samlet"}).status_code == 302
    gruppe = Gruppe.objects.get(plan=plan)
    assert (gruppe.moeder_pr_aar, Forretningsorden.objects.get().bestyrelsesmoeder) == (5, 5)
    Gruppe.objects.filter(pk=gruppe.pk).update(moeder_pr_aar=3)
    assert plandata([plan])[0].orden.bestyrelsesmoeder == 3
    assert "<dd>3</dd>" in client.get(reverse("bestyrelsesmedlemmer", args=[plan.noegle])).content.decode()


def test_meetings_a_year_written_before_there_is_a_group_stand_at_the_group(client, plan):
    Gruppe.objects.filter(plan=plan).delete()
    f.ForretningsordenFactory(plan=plan, bestyrelsesmoeder=5)
    side = f"org-{Part.objects.get(organisation__navn='Nordby Kommune').organisation_id}"
    ind(client, plan)
    assert udfyld(client, plan, {"navn": "Dir, Prøve", "side": side}).status_code == 302
    assert Gruppe.objects.get(plan=plan, art="bestyrelse").moeder_pr_aar == 5


def test_the_group_of_the_board_sends_to_the_page_for_its_seats(client, plan):
    ind(client, plan)
    gruppe = Gruppe.objects.get(plan=plan)
    indhold = client.get(reverse("gruppe-ret", args=[plan.noegle, gruppe.pk])).content.decode()
    assert adresse(plan) in indhold
    assert "pladser-TOTAL_FORMS" not in indhold
    anden = f.GruppeFactory(plan=plan, art="sekretariat")
    assert "pladser-TOTAL_FORMS" in client.get(reverse("gruppe-ret", args=[plan.noegle, anden.pk])).content.decode()


def pladser(plan):
    return [p.titel for p in Gruppe.objects.get(plan=plan).pladser.all()]


def test_one_whose_seat_begins_in_many_years_gets_no_access_now(client, plan, mailoutbox):
    ind(client, plan)
    person = {"navn": "Sen, Prøve", "email": "sen@kommune.example", "fra": "01.01.2040"}
    svar = udfyld(client, plan, person, bekraeftede_advarsler="adgang:sen@kommune.example")
    assert svar.status_code == 422
    assert "personen kan få adgang fra 2. november 2039" in svar.content.decode()
    assert (Bestyrelsesmedlem.objects.exists(), mailoutbox) == (False, [])
    assert not Bruger.objects.filter(email="sen@kommune.example").exists()
    assert udfyld(client, plan, person | {"email": ""}).status_code == 302
    snart = (timezone.localdate() + timedelta(days=20)).strftime("%d.%m.%Y")
    tillagt = {"email": "sen@kommune.example", "fra": snart}
    assert udfyld(client, plan, tillagt, bekraeftede_advarsler="adgang:sen@kommune.example").status_code == 302
    assert len(mailoutbox) == 1


def test_one_who_takes_over_later_has_no_seat_beside_the_one_who_sits(client, plan):
    ind(client, plan)
    side = f"org-{Part.objects.get(organisation__navn='Nordby Kommune').organisation_id}"
    nu = {"navn": "Nu, Prøve", "til": "31.12.2039"}
    assert udfyld(client, plan, nu, {"navn": "Sen, Prøve", "side": side, "fra": "01.01.2040"}).status_code == 302
    assert (Bestyrelsesmedlem.objects.count(), pladser(plan)) == (2, ["Direktør"])
    # A seat of its own, though nobody sits in it before: the diagram keeps it.
    side = f"side-{Bestyrelsesside.objects.get().pk}"
    ny = {"navn": "Ny, Prøve", "titel": "Chef", "side": side, "fra": "01.01.2030"}
    assert udfyld(client, plan, {}, {}, ny).status_code == 302
    assert pladser(plan) == ["Direktør", "Chef"]


def test_a_side_has_one_chair_at_a_time_and_he_can_hand_over_in_one_go(client, plan):
    ind(client, plan)
    side = f"org-{Part.objects.get(organisation__navn='Nordby Kommune').organisation_id}"
    to = [{"navn": "A, Prøve", "formand": "on"}, {"navn": "B, Prøve", "titel": "Chef", "side": side, "formand": "on"}]
    svar = udfyld(client, plan, *to)
    assert svar.status_code == 422
    assert "A, Prøve er formand for Nordby Kommune i den tid" in svar.content.decode()
    assert udfyld(client, plan, to[0], to[1] | {"formand": []}).status_code == 302
    raekker = {r["navn"]: nr for nr, r in enumerate(bestyrelsesraekker(plan))}
    skift: list[dict] = [{}, {}]
    skift[raekker["A, Prøve"]], skift[raekker["B, Prøve"]] = {"formand": []}, {"formand": "on"}
    assert udfyld(client, plan, *skift).status_code == 302
    assert [m.navn for m in Bestyrelsesmedlem.objects.filter(formand=True)] == ["B, Prøve"]
    efter = {"navn": "C, Prøve", "titel": "Chef", "side": f"side-{Bestyrelsesside.objects.get().pk}", "formand": "on"}
    til = {"til": "31.12.2039"}
    raekker = [r["navn"] for r in bestyrelsesraekker(plan)]
    alle = [til if navn == "B, Prøve" else {} for navn in raekker]
    assert udfyld(client, plan, *alle, efter | {"fra": "01.01.2040"}).status_code == 302


def test_the_diagram_follows_a_member_who_is_changed_or_deleted_by_himself(client, plan):
    ind(client, plan)
    side = f"org-{Part.objects.get(organisation__navn='AAB').organisation_id}"
    assert udfyld(client, plan, {"navn": "A, Prøve"}, {"navn": "B, Prøve", "side": side}).status_code == 302
    a, b = Bestyrelsesmedlem.objects.order_by("navn")
    assert pladser(plan) == ["Direktør", "B, Prøve"]
    ret = reverse("bestyrelsesmedlem-ret", args=[plan.noegle, a.pk])
    data = {"navn": a.navn, "titel": "Kommunaldirektør", "version": a.version}
    assert client.post(ret, data).status_code == 302
    assert sorted(pladser(plan)) == ["B, Prøve", "Kommunaldirektør"]
    assert client.post(reverse("bestyrelsesmedlem-slet", args=[plan.noegle, b.pk])).status_code == 302
    assert pladser(plan) == ["Kommunaldirektør"]


# --- seats that are told as a number ----------------------------------------------------------------------------------


@pytest.fixture
def talt(client, plan):
    """A board with two seats of a kind and three on a condition, and nobody in them but a director."""
    ind(client, plan)
    gruppe = Gruppe.objects.get(plan=plan)
    forening = Part.objects.get(organisation__navn="AAB").organisation
    f.PladsFactory(gruppe=gruppe, titel="Beboer", organisation=forening, antal=2, orden=32_000)
    f.PladsFactory(gruppe=gruppe, titel="Udefra", antal=3, betingelse="efter indstilling", orden=32_001)
    return gruppe


def talte_pladser(gruppe):
    return [(p.titel, p.antal, p.formand, p.betingelse) for p in gruppe.pladser.all()]


def test_seats_of_a_kind_stay_as_many_whoever_sits_in_them(client, plan, talt):
    side = f"org-{Part.objects.get(organisation__navn='AAB').organisation_id}"
    foer = talt.antal_pladser
    assert [(r["titel"], r["antal"], r["betingelse"]) for r in bestyrelsesraekker(plan)] == [
        ("Direktør", None, ""), ("Beboer", 2, ""), ("Udefra", 3, "efter indstilling"),
    ]  # fmt: skip
    nye = [{"navn": f"Beboer {nr}, Prøve", "titel": "Beboer", "side": side} for nr in (1, 2)]
    assert udfyld(client, plan, {}, {"antal": "1"}, {}, nye[0]).status_code == 302
    assert Gruppe.objects.get(pk=talt.pk).antal_pladser == foer
    raekker = bestyrelsesraekker(plan)
    assert [(r["navn"], r["titel"], r["antal"]) for r in raekker if r["titel"] == "Beboer"] == [
        ("Beboer 1, Prøve", "Beboer", None), ("", "Beboer", 1),
    ]  # fmt: skip
    side = next(r["side"] for r in raekker if r["navn"])
    ledig = next(nr for nr, r in enumerate(raekker) if r["titel"] == "Beboer" and not r["navn"])
    assert udfyld(client, plan, *[{}] * ledig, nye[1] | {"antal": "", "side": side}).status_code == 302
    assert talte_pladser(talt) == [
        ("Beboer", 2, False, ""), ("Direktør", None, True, ""), ("Udefra", 3, False, "efter indstilling"),
    ]  # fmt: skip
    assert udfyld(client, plan).status_code == 302
    assert Gruppe.objects.get(pk=talt.pk).antal_pladser == foer


def test_number_and_condition_of_a_vacant_seat_are_written_on_the_boards_page(client, plan):
    ind(client, plan)
    svar = udfyld(client, plan, {}, {"titel": "Udefra", "antal": "2", "betingelse": "efter indstilling"})
    assert svar.status_code == 302
    assert talte_pladser(Gruppe.objects.get(plan=plan)) == [
        ("Direktør", None, True, ""), ("Udefra", 2, False, "efter indstilling"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raekke", "besked"),
    [
        ({"navn": "A, Prøve", "antal": "2"}, "Antal ledige pladser: En person sidder på én plads."),
        ({"antal": "2"}, "Antal ledige pladser: En plads med formand er én plads."),
        ({"antal": "0"}, "Antal ledige pladser: Skriv et tal på mindst 1."),
        ({"antal": "100"}, "Antal ledige pladser: Skriv et tal på højst 99."),
    ],
)
def test_a_number_that_cannot_be_is_told_at_its_row(client, plan, raekke, besked):
    ind(client, plan)
    svar = udfyld(client, plan, raekke)
    assert svar.status_code == 422
    assert f"række 1. {besked}" in svar.content.decode()
