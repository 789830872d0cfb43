"""Organisations and places put together, put away and deleted; what is frozen stays as it is."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aftaler.actions.sammenlaeg import laeg_sammen
from aftaler.models import Afdeling, Gruppe, Organisation, Part
from aftaler.queries.tvillinger import tvillingefund
from budget.models import Finansieringskilde
from dokumenter.actions.udgave import frys
from dokumenter.models import Udgave
from helhedsplan import revisionsspor
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.models import Maaling, Sted
from moeder.models import Bestyrelsesside
from tests import factories as f
from tests.formularproeve import formularer, laes
from tests.verden import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    return plan


def spredt(plan, **felter) -> Organisation:
    """An organisation that all rooms of the plan point at."""
    organisation = f.OrganisationFactory(kommune=True, **felter)
    f.PartFactory(plan=plan, organisation=organisation)
    f.PladsFactory(gruppe__plan=plan, organisation=organisation, titel="Direktør")
    f.FinansieringskildeFactory(plan=plan, organisation=organisation)
    f.BestyrelsessideFactory(plan=plan, organisation=organisation)
    f.StedFactory(plan=plan, art="kommune", omraade=None, kommune=organisation)
    f.AfdelingFactory(organisation=organisation)
    f.MedfinansieringspuljeFactory(organisation=organisation)
    return organisation


def saml(client, url, til, **data):
    return client.post(url, {"til": til.pk, **data})


def bekraeftelse(svar) -> dict:
    [form] = [x for x in formularer(laes(svar), "/x/") if any(f.navn == "til" for f in x.felter)]
    return {felt.navn: felt.vaerdier for felt in form.felter if felt.vaerdier}


def test_all_that_points_at_it_moves_and_the_page_says_what(client, plan):
    fra, til = spredt(plan, navn="Nordby kommune"), f.OrganisationFactory(kommune=True, navn="Nordby Kommune")
    url = reverse("organisation-saml", args=[plan.noegle, fra.pk])
    assert f'<option value="{til.pk}" selected>' in client.get(url).content.decode()
    svar = saml(client, url, til)
    assert svar.status_code == 422
    indhold = svar.content.decode()
    for hvad in ("1 part", "1 plads", "1 finansieringskilde", "1 side i bestyrelsen", "1 sted", "1 afdeling"):
        assert hvad in indhold
    assert Organisation.objects.filter(pk=fra.pk).exists()
    assert client.post(url, bekraeftelse(svar)).status_code == 302
    assert not Organisation.objects.filter(pk=fra.pk).exists()
    assert Part.objects.get(plan=plan).organisation == til
    assert Gruppe.objects.get(plan=plan).pladser.get().organisation == til
    assert Finansieringskilde.objects.get(plan=plan).organisation == til
    assert Bestyrelsesside.objects.get(plan=plan).organisation == til
    assert Sted.objects.get(plan=plan).kommune == til
    assert (til.afdelinger.count(), til.medfinansieringspuljer.count()) == (1, 1)
    samlet = Haendelse.objects.filter(handling="lagt sammen")
    assert {(h.kaede, h.objekt_navn, h.aendringer[0]["efter"]) for h in samlet} == {
        (kaede, "Nordby Kommune", "Nordby kommune") for kaede in (plan.noegle, revisionsspor.FAELLES)
    }
    assert "lagde en anden sammen med" in client.get(reverse("plan-historik", args=[plan.noegle])).content.decode()
    assert revisionsspor.brud(plan.noegle) + revisionsspor.brud(revisionsspor.FAELLES) == []
    igen = client.post(url, bekraeftelse(svar), follow=True)
    assert "allerede lagt sammen" in igen.content.decode()


def test_what_would_stand_twice_is_named_and_nothing_moves(client, plan):
    fra, til = spredt(plan, navn="Nordby kommune"), f.OrganisationFactory(kommune=True, navn="Nordby Kommune")
    f.PartFactory(plan=plan, organisation=til)
    f.AfdelingFactory(organisation=til, nummer=fra.afdelinger.get().nummer or "7")
    svar = saml(client, reverse("organisation-saml", args=[plan.noegle, fra.pk]), til)
    assert svar.status_code == 422
    indhold = svar.content.decode()
    assert f"{plan}, part »Nordby kommune«: Organisationen er allerede part i planen." in indhold
    assert Part.objects.filter(organisation=fra).exists()
    assert Finansieringskilde.objects.get(plan=plan).organisation == fra


def test_one_who_does_not_write_every_plan_that_uses_it_may_not(client, plan, django_user_model):
    fra, til = spredt(plan, navn="Nordby kommune"), f.OrganisationFactory(kommune=True, navn="Nordby Kommune")
    fremmed = f.FinansieringskildeFactory(organisation=fra).plan
    url = reverse("organisation-saml", args=[plan.noegle, fra.pk])
    assert client.get(url).status_code == 403
    assert saml(client, url, til).status_code == 403
    side = client.get(reverse("organisation-vis", args=[plan.noegle, fra.pk])).content.decode()
    assert "planer, du ikke skriver i" in side
    assert fremmed.navn not in side
    for navn in ("organisation-arkiver", "organisation-slet"):
        assert client.post(reverse(navn, args=[plan.noegle, fra.pk]), {"ja": "1"}).status_code == 403
    fra.refresh_from_db()
    assert fra.arkiveret is None


def test_editions_that_are_frozen_stay_byte_for_byte(client):
    v = verden()
    part = v.plan.parter.exclude(organisation__art="kommune").first()
    til = f.OrganisationFactory(navn="Det nye navn")
    bruger = v.brugere["leder"]
    bruger.er_administrator = True
    bruger.save()

    udgave = frys(bruger=bruger, plan=v.plan, art="samarbejdsaftale", uskrevet="Skrives senere.")
    assert part.organisation.navn in str(udgave.indhold)

    def frosset():
        [laest] = Udgave.objects.values("indhold", "indhold_sha256", "pdf_sha256", "version")
        with Udgave.objects.get().pdf.open("rb") as fil:
            return laest, fil.read()

    foer = frosset()
    laeg_sammen(bruger=bruger, fra=part.organisation, til=til)
    assert frosset() == foer
    assert Part.objects.get(pk=part.pk).organisation == til


def test_archived_it_is_not_offered_and_still_stands_where_it_is_used(client, plan):
    organisation = spredt(plan, navn="Nordby Kommune")
    assert (
        client.post(reverse("organisation-arkiver", args=[plan.noegle, organisation.pk]), {"ja": "1"}).status_code
        == 302
    )
    valg = f'<option value="{organisation.pk}">Nordby Kommune'
    ny_kilde = client.get(reverse("finansieringskilde-opret", args=[plan.noegle])).content.decode()
    assert valg not in ny_kilde
    anden = f.HelhedsplanFactory()
    f.MedlemskabFactory(plan=anden, rolle="leder", bruger=plan.medlemskaber.get().bruger)
    assert valg not in client.get(reverse("part-opret", args=[anden.noegle])).content.decode()
    part = plan.parter.get()
    valgt = f'<option value="{organisation.pk}" selected>Nordby Kommune'
    assert valgt in client.get(reverse("part-ret", args=[plan.noegle, part.pk])).content.decode()
    assert "Nordby Kommune" in client.get(reverse("indstillinger", args=[plan.noegle])).content.decode()
    client.post(reverse("organisation-arkiver", args=[plan.noegle, organisation.pk]), {"ja": "0"})
    assert valg in client.get(reverse("finansieringskilde-opret", args=[plan.noegle])).content.decode()


def test_it_is_deleted_when_nothing_leans_on_it(client, plan):
    brugt, ledig = spredt(plan, navn="Nordby Kommune"), f.OrganisationFactory(navn="Fejlskrevet")
    svar = client.post(reverse("organisation-slet", args=[plan.noegle, brugt.pk]), follow=True)
    assert "Kan ikke slettes, fordi den bruges af" in svar.content.decode()
    for _ in range(2):
        assert client.post(reverse("organisation-slet", args=[plan.noegle, ledig.pk])).status_code == 302
    assert list(Organisation.objects.filter(pk__in=[brugt.pk, ledig.pk])) == [brugt]


def test_what_never_was_is_not_told_as_deleted(client, plan):
    assert client.post(reverse("organisation-slet", args=[plan.noegle, 10**30])).status_code == 404


def test_the_list_links_to_what_the_plan_may_open(client, plan):
    """However another plan uses it: here by a source of money, of which the list's own room knows nothing."""
    fremmed, ledig = f.OrganisationFactory(), f.OrganisationFactory()
    f.FinansieringskildeFactory(organisation=fremmed)
    html = client.get(reverse("organisation-liste", args=[plan.noegle])).content.decode()
    urler = [reverse("organisation-vis", args=[plan.noegle, o.pk]) for o in (fremmed, ledig)]
    assert [client.get(url).status_code for url in urler] == [404, 200]
    assert [f'href="{url}"' in html for url in urler] == [False, True]


def test_places_of_a_plan_are_put_together_with_their_figures(client, plan):
    indikator = f.IndikatorFactory(plan=plan)
    fra, til = f.StedFactory(plan=plan, navn="Øster Park"), f.StedFactory(plan=plan, navn="Oester park")
    f.MaalingFactory(indikator=indikator, sted=fra, aar=2021)
    f.MaalingFactory(indikator=indikator, sted=til, aar=2022)
    url = reverse("sted-saml", args=[plan.noegle, fra.pk])
    svar = saml(client, url, til)
    assert f"{plan}: 1 måling" in svar.content.decode()
    assert client.post(url, bekraeftelse(svar)).status_code == 302
    assert list(Maaling.objects.order_by("aar").values_list("sted", "aar")) == [(til.pk, 2021), (til.pk, 2022)]
    tredje = f.StedFactory(plan=plan, navn="Vester Park")
    f.MaalingFactory(indikator=indikator, sted=tredje, aar=2021)
    svar = saml(client, reverse("sted-saml", args=[plan.noegle, tredje.pk]), til)
    assert "Kan ikke lægges sammen med Oester park, før dette er rettet" in svar.content.decode()
    assert Sted.objects.filter(pk=tredje.pk).exists()


def test_an_archived_place_is_not_offered_for_a_new_figure(client, plan):
    indikator, sted = f.IndikatorFactory(plan=plan), f.StedFactory(plan=plan, navn="Øster Park")
    maaling = f.MaalingFactory(indikator=indikator, sted=sted, aar=2021)
    client.post(reverse("sted-arkiver", args=[plan.noegle, sted.pk]), {"ja": "1"})
    valg = f'<option value="{sted.pk}"'
    assert valg not in client.get(reverse("maaling-opret", args=[plan.noegle, indikator.noegle])).content.decode()
    ret = client.get(reverse("maaling-ret", args=[plan.noegle, indikator.noegle, maaling.pk])).content.decode()
    assert f"{valg} selected" in ret


# --- afdelinger -----------------------------------------------------------------------------------------------------


@pytest.fixture
def afdelinger(plan):
    """Two of a party that are one, the second of them used by an area, a place and a financier."""
    forening = f.PartFactory(plan=plan).organisation
    til = f.AfdelingFactory(organisation=forening, navn="Øster Park", nummer="5")
    fra = f.AfdelingFactory(organisation=forening, navn="Østerpark", nummer="")
    f.OmraadeFactory(plan=plan, navn="Nord", afdelinger=[fra, til])
    f.OmraadeFactory(plan=plan, navn="Syd", afdelinger=[fra])
    f.StedFactory(plan=plan, art="afdeling", omraade=None, afdeling=fra)
    f.FinansieringskildeFactory(plan=plan, afdeling=fra)
    return fra, til


def afdelingssti(plan, navn: str, afdeling) -> str:
    return reverse(navn, args=[plan.noegle, afdeling.organisation_id, afdeling.pk])


def test_two_afdelinger_that_are_one_are_put_together(client, plan, afdelinger):
    fra, til = afdelinger
    fund = [x for x in tvillingefund(plan) if x.kode == "afdeling-tvilling"]
    assert [x.henvisning for x in fund] == [afdelingssti(plan, "afdeling-saml", fra)]
    url = afdelingssti(plan, "afdeling-saml", fra)
    assert url in client.get(afdelingssti(plan, "afdeling-ret", fra)).content.decode()
    svar = saml(client, url, til)
    assert svar.status_code == 422
    assert all(hvad in svar.content.decode() for hvad in ("2 afdelinger i områder", "1 sted", "1 finansieringskilde"))
    assert client.post(url, bekraeftelse(svar)).status_code == 302
    assert not Afdeling.objects.filter(pk=fra.pk).exists()
    assert {o.navn: list(o.afdelinger.all()) for o in plan.omraader.all()} == {"Nord": [til], "Syd": [til]}
    assert Sted.objects.get(plan=plan).afdeling == til
    assert Finansieringskilde.objects.get(plan=plan).afdeling == til
    assert not [x for x in tvillingefund(plan) if x.kode == "afdeling-tvilling"]


def test_an_afdeling_goes_only_into_one_of_its_own_organisation(client, plan, afdelinger):
    fra, _ = afdelinger
    fremmed = f.AfdelingFactory(organisation=f.PartFactory(plan=plan).organisation)
    assert saml(client, afdelingssti(plan, "afdeling-saml", fra), fremmed).status_code == 422
    with pytest.raises(ValidationError, match="Vælg en anden"):
        laeg_sammen(bruger=PROGRAMMET, fra=fra, til=fremmed)
    assert Afdeling.objects.filter(pk=fra.pk).exists()


def test_an_afdeling_is_put_away_and_deleted_only_when_nothing_leans_on_it(client, plan, afdelinger):
    brugt, _ = afdelinger
    svar = client.post(afdelingssti(plan, "afdeling-slet", brugt), follow=True)
    assert "Kan ikke slettes, fordi den bruges af afdeling i et område »Nord: " in svar.content.decode()
    assert brugt.omraader.count() == 2
    client.post(afdelingssti(plan, "afdeling-arkiver", brugt), {"ja": "1"})
    brugt.refresh_from_db()
    assert brugt.arkiveret is not None
    assert not [x for x in tvillingefund(plan) if x.kode == "afdeling-tvilling"]
    nyt, brugende = reverse("omraade-opret", args=[plan.noegle]), plan.omraader.get(navn="Syd")
    ret = reverse("omraade-ret", args=[plan.noegle, brugende.pk])
    valg = f'value="{brugt.pk}"'
    assert (valg in client.get(nyt).content.decode(), valg in client.get(ret).content.decode()) == (False, True)
    client.post(afdelingssti(plan, "afdeling-arkiver", brugt), {"ja": "0"})
    brugt.refresh_from_db()
    assert brugt.arkiveret is None
    ledig = f.AfdelingFactory(organisation=brugt.organisation)
    for _ in range(2):
        assert client.post(afdelingssti(plan, "afdeling-slet", ledig)).status_code == 302
    assert not Afdeling.objects.filter(pk=ledig.pk).exists()


def test_an_afdeling_belongs_to_those_who_write_every_plan_of_its_organisation(client, plan, afdelinger):
    fra, _ = afdelinger
    f.PartFactory(organisation=fra.organisation)
    side = client.get(afdelingssti(plan, "afdeling-ret", fra))
    assert "planer, du ikke skriver i" in side.content.decode()
    assert client.get(afdelingssti(plan, "afdeling-saml", fra)).status_code == 403
    for navn in ("afdeling-arkiver", "afdeling-slet"):
        assert client.post(afdelingssti(plan, navn, fra), {"ja": "1"}).status_code == 403
    fremmed = f.AfdelingFactory()
    f.PartFactory(organisation=fremmed.organisation)
    assert client.get(afdelingssti(plan, "afdeling-saml", fremmed)).status_code == 404
