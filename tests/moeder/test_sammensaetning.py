"""Who sits on the board: rows, accounts, what is refused, findings, and the plan file."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from aftaler.actions import raekker
from aftaler.planfil import Planfil, laes_filer, skriv_plan
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from moeder.actions import sammensaetning
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden
from moeder.queries.bestyrelsen import bestyrelsesraekker
from moeder.queries.sammensaetning import bestyrelsesfund, forretningsorden, sider
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse
from tests.samtidighed import samtidigt
from tests.verden import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def b():
    return en_bestyrelse()


def test_a_side_gets_its_key_and_its_place(b):
    side = Bestyrelsesside(plan=b.plan, navn="Boligforeningen Øst")
    raekker.opret(bruger=b.sekretaer, objekt=side)
    assert (side.noegle, side.orden, side.har_stemme) == ("boligforeningen-oest", 4, True)
    raekker.ret(bruger=b.sekretaer, objekt=side, felter={"har_stemme": False}, version=1)
    raekker.slet(bruger=b.sekretaer, objekt=side)
    assert [s.navn for s in sider(b.plan)] == ["Boligforeningen", "Kommunen", "Politiet"]


def test_members_of_a_day(b):
    side = b.medlemmer["B1"].side
    i_dag = timezone.localdate()
    f.BestyrelsesmedlemFactory(side=side, navn="Gik i går, Prøve", til=i_dag - timedelta(days=1))
    f.BestyrelsesmedlemFactory(side=side, navn="Går i dag, Prøve", til=i_dag, formand=True)
    navne = [m.navn for s in sider(b.plan, i_dag) for m in s.pladser]
    assert navne == ["A1, Prøve", "A2, Prøve", "B1, Prøve", "Går i dag, Prøve", "P1, Prøve"]


def test_one_person_has_one_seat_and_one_that_reads_the_plan(b):
    side = b.medlemmer["B1"].side

    def nyt(bruger):
        return Bestyrelsesmedlem(side=side, navn="Ny, Prøve", bruger=bruger)

    with pytest.raises(ValidationError, match="allerede en plads"):
        sammensaetning.opret_medlem(bruger=b.sekretaer, medlem=nyt(b.medlemmer["A1"].bruger))
    with pytest.raises(ValidationError, match="ikke adgang til planen"):
        sammensaetning.opret_medlem(bruger=b.sekretaer, medlem=nyt(f.BrugerFactory()))
    with pytest.raises(PermissionDenied):
        sammensaetning.opret_medlem(bruger=b.medlemmer["A1"].bruger, medlem=nyt(None))
    assert sammensaetning.opret_medlem(bruger=b.sekretaer, medlem=nyt(None)).pk


def test_one_who_has_voted_gets_a_last_day_and_is_not_deleted(b):
    b.stem(b.punkt(), "A1", "for")
    with pytest.raises(ValidationError, match="Skriv en sidste dag i stedet"):
        sammensaetning.slet_medlem(bruger=b.sekretaer, medlem=b.medlemmer["A1"])
    felter = {"til": date(2030, 1, 1)}
    assert sammensaetning.ret_medlem(bruger=b.sekretaer, medlem=b.medlemmer["A1"], felter=felter, version=1)
    sammensaetning.slet_medlem(bruger=b.sekretaer, medlem=b.medlemmer["A2"])


def test_the_rules_of_procedure_are_made_by_the_first_change(b):
    orden = forretningsorden(b.plan)
    assert (orden.pk, orden.afstemning, orden.bestyrelsesmoeder) == (None, "samlet", 4)
    gemt = sammensaetning.ret_forretningsorden(
        bruger=b.sekretaer, orden=orden, felter={"afstemning": "pr_medlem", "bestyrelsesmoeder": 3}, version=0
    )
    assert (Forretningsorden.objects.get(), gemt.afstemning) == (gemt, "pr_medlem")
    with pytest.raises(Versionskonflikt):
        sammensaetning.ret_forretningsorden(
            bruger=b.sekretaer, orden=Forretningsorden(plan=b.plan), felter={"bestyrelsesmoeder": 2}, version=0
        )


def test_findings_of_a_board_that_meets_and_cannot_vote(b):
    assert bestyrelsesfund(b.plan) == []
    f.ForretningsordenFactory(plan=b.plan, afstemning="formaend")
    Bestyrelsesmedlem.objects.filter(pk=b.medlemmer["B1"].pk).update(formand=False)
    [fund] = bestyrelsesfund(b.plan)
    assert (fund.kode, fund.henvisning) == (
        "bestyrelse-uden-formand",
        reverse("bestyrelsesmedlemmer", args=[b.plan.noegle]),
    )
    Bestyrelsesmedlem.objects.filter(pk=b.medlemmer["B1"].pk).update(til=date(2020, 1, 1))
    assert [x.besked for x in bestyrelsesfund(b.plan)] == ["Kommunen har stemme i bestyrelsen, men ingen medlemmer."]
    Bestyrelsesside.objects.update(har_stemme=False)
    besked = "I bestyrelsen sidder kun Boligforeningen og Politiet, og ingen har stemme."
    assert [(x.kode, x.besked) for x in bestyrelsesfund(b.plan)] == [("bestyrelse-kun-uden-stemme", besked)]
    Bestyrelsesmedlem.objects.update(til=date(2020, 1, 1))
    assert [x.kode for x in bestyrelsesfund(b.plan)] == ["bestyrelse-uden-stemmer"]
    type(b.moede).objects.update(tilstand="aflyst", aflyst_grund="Sygdom")
    assert bestyrelsesfund(b.plan) == []


# --- the plan file


def laes(tekst: str):
    return laes_filer([Planfil("plan.yaml", tekst.encode())], bruger=PROGRAMMET)


def test_the_composition_goes_out_and_in_without_loss():
    b = en_bestyrelse(verden().plan)
    side = b.medlemmer["B1"].side
    side.organisation = f.OrganisationFactory(kommune=True)
    side.save()
    f.ForretningsordenFactory(plan=b.plan, afstemning="samlet", referat_dage=10)
    tekst = skriv_plan(b.plan)
    assert "@" not in tekst.partition("bestyrelse:")[2].partition("forretningsorden:")[0]
    uaendret = laes(tekst)
    assert (uaendret.fejl, [u.hvad for u in uaendret.udfald]) == ([], ["uændret"])
    anden = tekst.replace(f"noegle: {b.plan.noegle}\n", "noegle: en-kopi\n", 1).replace(b.plan.navn, "En kopi")
    resultat = laes(anden)
    assert (resultat.fejl, [u.hvad for u in resultat.udfald]) == ([], ["oprettet"])
    kopi = type(b.plan).objects.get(noegle="en-kopi")
    assert skriv_plan(kopi) == anden
    assert [(s.navn, s.har_stemme, s.organisation) for s in sider(kopi)] == [
        (s.navn, s.har_stemme, s.organisation) for s in sider(b.plan)
    ]
    assert [m.bruger for s in sider(kopi) for m in s.pladser] == [None] * 4
    assert forretningsorden(kopi).referat_dage == 10


def test_a_file_changes_members_and_keeps_their_accounts():
    b = en_bestyrelse(verden().plan)
    f.ForretningsordenFactory(plan=b.plan)
    tekst = skriv_plan(b.plan).replace("afstemning: samlet", "afstemning: formaend")
    tekst = tekst.replace("navn: A2, Prøve\n        titel: Chef", "navn: A2, Prøve\n        titel: Direktør")
    resultat = laes(tekst)
    assert (resultat.fejl, [u.hvad for u in resultat.udfald]) == ([], ["ændret"])
    a2 = Bestyrelsesmedlem.objects.get(pk=b.medlemmer["A2"].pk)
    assert (a2.titel, a2.bruger) == ("Direktør", b.medlemmer["A2"].bruger)
    assert forretningsorden(b.plan).afstemning == "formaend"
    egne = Haendelse.objects.filter(objekt_type__startswith="bestyrelse.").values_list("handling", "objekt_type")
    assert set(egne) == {("rettet", "bestyrelse.bestyrelsesmedlem"), ("rettet", "bestyrelse.forretningsorden")}


def test_a_file_without_the_sections_clears_them_unless_they_are_used():
    b = en_bestyrelse(verden().plan)
    f.ForretningsordenFactory(plan=b.plan)
    uden = skriv_plan(b.plan).partition("\nbestyrelse:\n")[0] + "\n...\n"
    resultat = laes(uden)
    assert resultat.fejl == []
    assert (Bestyrelsesside.objects.count(), Forretningsorden.objects.count()) == (0, 0)


def test_faults_in_the_sections_are_told_at_their_line():
    b = en_bestyrelse(verden().plan)
    tekst = skriv_plan(b.plan).replace("noegle: kommunen", "noegle: boligforeningen")
    assert ["bestyrelse[2]: Det samme står også" in str(fejl) for fejl in laes(tekst).fejl] == [True]
    tekst = skriv_plan(b.plan).replace("...\n", "forretningsorden: [1]\n...\n")
    assert ["Her skal stå nøgler" in str(fejl) for fejl in laes(tekst).fejl] == [True]


# --- the pages


def test_the_members_page_and_its_forms(client, b):
    client.force_login(b.sekretaer)
    adresse = reverse("bestyrelsesmedlemmer", args=[b.plan.noegle])
    data = {"navn": "Ny, Prøve", "titel": "Chef", "bruger": "", "fra": "", "til": ""}
    data["version"] = b.medlemmer["B1"].version
    ret = reverse("bestyrelsesmedlem-ret", args=[b.plan.noegle, b.medlemmer["B1"].pk])
    svar = client.post(ret, data)
    assert (svar.status_code, svar.url) == (302, adresse)
    svar = client.post(ret, data | {"navn": "", "fra": "i går"})
    assert svar.status_code == 422
    indhold = client.get(adresse).content.decode()
    assert "Ny, Prøve" in indhold
    assert "Uden stemme" in indhold
    # who sits is written where the diagram follows
    raekker = re.findall(
        r'/bestyrelse/medlemmer/ret/#id_bestyrelse-(\d+)-navn">Ret<span class="sr-only"> ([^<]+)', indhold
    )
    assert [navn for _, navn in raekker] == [r["navn"] for r in bestyrelsesraekker(b.plan)]
    assert [int(nr) for nr, _ in raekker] == [*range(len(raekker))]
    orden = reverse("forretningsorden-ret", args=[b.plan.noegle])
    felter = {"bestyrelsesmoeder": 4, "foelgegruppemoeder": 2, "indkaldelse_dage": 7, "referat_dage": 14, "version": 0}
    assert client.post(orden, felter | {"afstemning": "formaend"}).status_code == 302
    assert forretningsorden(b.plan).afstemning == "formaend"
    assert client.post(orden, felter | {"afstemning": "formaend", "bestyrelsesmoeder": 99}).status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_at_once_give_one_person_one_seat():
    b = en_bestyrelse()
    bruger = f.MedlemskabFactory(plan=b.plan, rolle="bestyrelse").bruger

    def plads(navn):
        medlem = Bestyrelsesmedlem(side=b.medlemmer[navn].side, navn="Ny, Prøve", bruger=bruger)
        return lambda: sammensaetning.opret_medlem(bruger=b.sekretaer, medlem=medlem)

    svar = samtidigt(plads("A1"), plads("B1"))
    assert sorted(type(s).__name__ for s in svar) == ["Bestyrelsesmedlem", "ValidationError"]


@pytest.mark.parametrize(("forskel", "fundet"), [(0, False), (1, True), (-1, True)])
def test_seats_of_the_diagram_and_members_are_as_many(b, forskel, fundet):
    medlemmer = Bestyrelsesmedlem.objects.paa(timezone.localdate()).filter(side__plan=b.plan).count()
    gruppe = f.GruppeFactory(plan=b.plan, art="bestyrelse")
    f.PladsFactory.create_batch(medlemmer + forskel, gruppe=gruppe)
    ventet = (
        f"Organisationsdiagrammet har {medlemmer + forskel} pladser i bestyrelsen, men der er {medlemmer} medlemmer."
    )
    assert [x.besked for x in bestyrelsesfund(b.plan)] == ([ventet] if fundet else [])


@pytest.mark.parametrize(
    ("talte", "betingede", "siges"),
    [
        (0, 0, ""),
        (1, 0, "har 5 pladser i bestyrelsen, men der er 4 medlemmer"),
        (-1, 0, "har 3 pladser i bestyrelsen, men der er 4 medlemmer"),
        (1, 1, ""),  # one of the five is there only on a condition
        (2, 1, "har 6 pladser, heraf 1 på betingelser, i bestyrelsen, men der er 4 medlemmer"),
    ],
)
def test_seats_are_counted_by_their_number_and_a_conditional_one_may_be_empty(b, talte, betingede, siges):
    medlemmer = Bestyrelsesmedlem.objects.paa(timezone.localdate()).filter(side__plan=b.plan).count()
    assert medlemmer == 4
    gruppe = f.GruppeFactory(plan=b.plan, art="bestyrelse")
    f.PladsFactory(gruppe=gruppe, antal=medlemmer + talte - betingede)
    f.PladsFactory.create_batch(betingede, gruppe=gruppe, betingelse="Efter indstilling")
    fundet = [x.besked for x in bestyrelsesfund(b.plan) if x.kode == "bestyrelse-pladser-og-medlemmer"]
    assert [siges in besked for besked in fundet] == ([True] if siges else [])


@pytest.mark.parametrize(
    ("om_dage", "fra", "til", "taeller"),
    [
        (30, 30, None, True),  # from the plan's own first day
        (30, 60, None, True),
        (30, None, 29, False),  # gone before it begins
        (-30, 30, None, False),  # the plan runs: those who sit there today
    ],
)
def test_until_the_plan_begins_those_count_who_will_sit_there(b, om_dage, fra, til, taeller):
    i_dag = timezone.localdate()
    b.plan.periode_fra, b.plan.periode_til = i_dag + timedelta(om_dage), i_dag + timedelta(om_dage + 1000)
    b.plan.save()
    medlemmer = Bestyrelsesmedlem.objects.paa(i_dag).filter(side__plan=b.plan).count()
    gruppe = f.GruppeFactory(plan=b.plan, art="bestyrelse")
    f.PladsFactory.create_batch(medlemmer + taeller, gruppe=gruppe)
    f.BestyrelsesmedlemFactory(
        side=b.medlemmer["B1"].side,
        fra=fra and i_dag + timedelta(fra),
        til=til and i_dag + timedelta(til),
    )
    assert [x for x in bestyrelsesfund(b.plan) if x.kode == "bestyrelse-pladser-og-medlemmer"] == []
