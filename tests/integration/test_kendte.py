"""What is known is offered where it is typed again; another text is as good."""

import pytest
from django.urls import reverse
from lxml import html

from budget.models import Finansieringskilde
from tests import factories as f
from tests.verden import verden

pytestmark = pytest.mark.django_db


def tilbudt(client, url: str, navn: str) -> list[str]:
    """The suggestions of a field, found as a browser finds them."""
    side = html.fromstring(client.get(url).content.decode())
    [liste] = side.xpath("//form[@id='rediger']//input[@name=$navn]/@list", navn=navn)
    [datalist] = side.xpath("//datalist[@id=$id]", id=liste)
    return datalist.xpath("option/@value")


def test_partners_and_those_responsible_are_offered(client):
    v = verden()
    client.force_login(v.brugere["leder"])
    kommune = v.plan.parter.filter(organisation__art="kommune").first().organisation
    f.GruppeFactory(plan=v.plan, navn="Sekretariatet, Prøve")
    f.SamarbejdspartFactory(delaftale=v.delaftale, navn="Skrevet som part")
    fremmed = f.SamarbejdspartFactory(navn="Kun i en anden plan")
    aktivitet = v.delaftale.aktiviteter.first()
    v.plan.planmilepaele.create(navn="Milepæl", ansvarlig="Projektchefen", orden=90)
    url = reverse("aktivitet-ret", args=[v.plan.noegle, v.delaftale.noegle, aktivitet.noegle])
    parter = tilbudt(client, url, "samarbejdsparter-0-navn")
    assert {kommune.navn, "Sekretariatet, Prøve", "Skrevet som part"} <= set(parter)
    assert fremmed.navn not in parter
    assert len(parter) == len(set(parter))
    for hvor, felt in ((url, "ansvarlig"), (url, "milepaele-0-ansvarlig")):
        assert "Projektchefen" in tilbudt(client, hvor, felt)
    milepaele = reverse("milepaelsplan-ret", args=[v.plan.noegle])
    assert "Sekretariatet, Prøve" in tilbudt(client, milepaele, "planmilepaele-0-ansvarlig")


def test_places_and_sides_are_offered(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    part = f.PartFactory(plan=plan, organisation=f.OrganisationFactory(navn="AAB"))
    f.AfdelingFactory(organisation=part.organisation, navn="Øster Park")
    f.OmraadeFactory(plan=plan, navn="Nordbyen")
    assert tilbudt(client, reverse("sted-opret", args=[plan.noegle]), "navn") == ["Nordbyen", "Øster Park", "AAB"]
    assert tilbudt(client, reverse("bestyrelsesside-opret", args=[plan.noegle]), "navn") == ["AAB"]
    kilde = reverse("finansieringskilde-opret", args=[plan.noegle])
    assert tilbudt(client, kilde, "navn") == ["Øster Park", "AAB"]


def test_a_financier_called_what_a_party_is_is_the_party(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    part = f.PartFactory(plan=plan, organisation=f.OrganisationFactory(navn="Nordby Kommune", kommune=True))
    url = reverse("finansieringskilde-opret", args=[plan.noegle])
    for navn in ("nordby kommune", "En fond"):
        assert client.post(url, {"navn": navn, "art": "kommune", "lokal": "", "version": 0}).status_code == 302
    kilder = dict(Finansieringskilde.objects.values_list("navn", "organisation"))
    assert kilder == {"Nordby Kommune": part.organisation_id, "En fond": None}


@pytest.mark.parametrize(
    ("slags", "art", "gaar"),
    [
        ("kommune", "kommune", True),
        ("kommune", "boligorganisation", False),
        ("kommune", "afdeling", False),
        ("boligorganisation", "kommune", False),
        ("boligorganisation", "boligorganisation", True),
        ("boligorganisation", "afdeling", True),
        ("boligorganisation", "overfoert", True),
        ("anden", "kommune", False),
        ("anden", "fond", True),
    ],
)
def test_a_financier_that_is_chosen_gives_the_name_and_is_of_its_kind(client, slags, art, gaar):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    organisation = f.OrganisationFactory(navn="Ishøj", art=slags)
    f.PartFactory(plan=plan, organisation=organisation)
    url = reverse("finansieringskilde-opret", args=[plan.noegle])
    data = {"navn": "", "art": art, "lokal": "", "organisation": organisation.pk, "version": 0}
    svar = client.post(url, data)
    assert svar.status_code == (302 if gaar else 422)
    assert list(Finansieringskilde.objects.values_list("navn", "art")) == ([("Ishøj", art)] if gaar else [])
    if not gaar:
        assert "Ishøj er ikke en" in svar.content.decode()


def test_a_financier_is_not_written_in_twice_by_being_chosen(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    part = f.PartFactory(plan=plan, organisation=f.OrganisationFactory(navn="Ishøj Kommune", kommune=True))
    f.FinansieringskildeFactory(plan=plan, navn="Ishøj kommune", art="kommune")
    url = reverse("finansieringskilde-opret", args=[plan.noegle])
    data = {"navn": "", "art": "kommune", "lokal": "", "organisation": part.organisation_id, "version": 0}
    assert "Findes allerede: Ishøj kommune" in client.post(url, data).content.decode()
    assert Finansieringskilde.objects.count() == 1
    svar = client.post(url, data | {"organisation": ""})
    assert (svar.status_code, "Udfyld feltet." in svar.content.decode()) == (422, True)


def test_people_who_are_known_are_offered_wherever_a_person_is_asked_for(client):
    v = verden()
    p = v.plan
    client.force_login(v.brugere["leder"])
    part = p.parter.first()
    part.underskriver = "Part, Person"
    part.save()
    f.BestyrelsesmedlemFactory(side__plan=p, navn="Sæde, Person")
    f.BestyrelsesmedlemFactory(navn="Kun i en anden plan")
    lukket = f.MedlemskabFactory(plan=p, bruger=f.BrugerFactory(navn="Lukket Konto", is_active=False))
    udgave = v.underskriver.udgave
    navnet = f.UnderskriverFactory(udgave=udgave, navn="Udgave, Person")
    ventede = {"Part, Person", "Sæde, Person", "Udgave, Person", v.brugere["leder"].navn}
    linje = f.UnderskriverFactory(udgave=udgave)
    felter = {
        ("part-ret", p.noegle, part.pk): ["underskriver"],
        ("part-opret", p.noegle): ["underskriver"],
        ("medlem-opret", p.noegle): ["navn"],
        ("underskriver-ret", p.noegle, udgave.pk, linje.pk): ["stedfortraeder", "fuldmagt_fra"],
        ("bestyrelse-ret", p.noegle): ["bestyrelse-0-navn"],
    }
    for (navn, *argumenter), navne in felter.items():
        for felt in navne:
            fundne = tilbudt(client, reverse(navn, args=argumenter), felt)
            assert ventede <= set(fundne), (navn, felt)
            assert not {"Kun i en anden plan", lukket.bruger.navn} & set(fundne)
            assert len(fundne) == len(set(fundne))
    assert navnet.navn == "Udgave, Person"


def test_who_gives_a_mandate_is_offered_when_several_papers_are_sent_to_signature(client):
    v = verden()
    client.force_login(v.brugere["leder"])
    f.BestyrelsesmedlemFactory(side__plan=v.plan, navn="Sæde, Person")
    udgave = v.frosset("samarbejdsaftale")
    f.GodkendelseFactory(udgave=udgave, med_bilag=True)
    f.UnderskriverFactory(udgave=udgave, part_navn="Nordby Kommune", navn="Part, Person")
    svar = client.get(reverse("udgaver-underskriv", args=[v.plan.noegle]))
    assert svar.status_code == 200
    assert {"Sæde, Person", "Part, Person"} <= set(
        tilbudt(client, reverse("udgaver-underskriv", args=[v.plan.noegle]), "fra-1")
    )
