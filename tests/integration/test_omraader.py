"""What is told of a plan's areas: their departments, how large they are, what is done where and when; typed once and
the same on every way out."""

import pytest
from django.urls import reverse

from aftaler.models import Afdeling
from aftaler.planfil import laes_filer, plan_som_data, skriv_plan
from aftaler.queries.kontrol import kontroller
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.aftaler.planfil_data import fil

pytestmark = pytest.mark.django_db


def leder(plan):
    return f.MedlemskabFactory(plan=plan, rolle="leder").bruger


def fejl_ved(svar, felt: str) -> str:
    return " ".join(svar.context["form"].errors.get(felt, []))


# --- a department without a name --------------------------------------------------------------------------------------


@pytest.fixture
def forening(client):
    plan = f.HelhedsplanFactory()
    client.force_login(leder(plan))
    part = f.PartFactory(plan=plan)
    return plan, part.organisation


def opret_afdeling(client, plan, organisation, **felter):
    url = reverse("afdeling-opret", args=[plan.noegle, organisation.pk])
    return client.post(url, {"version": "0", "nummer": "", "navn": "", **felter})


def test_en_afdeling_kan_staa_med_sit_nummer_alene(client, forening):
    plan, organisation = forening
    assert opret_afdeling(client, plan, organisation, nummer="12").status_code == 302
    assert opret_afdeling(client, plan, organisation, nummer="14").status_code == 302

    side = client.get(reverse("indstillinger", args=[plan.noegle])).content.decode()
    assert "<li>afd. 12" in side
    assert [x for x in kontroller(plan) if x.kode == "afdeling-tvilling"] == []


def test_en_afdeling_uden_nummer_og_navn_siges_ved_navnet(client, forening):
    svar = opret_afdeling(client, *forening)
    assert svar.status_code == 422
    assert fejl_ved(svar, "navn") == "Skriv afdelingens nummer, dens navn eller begge dele."
    assert not Afdeling.objects.exists()


def test_en_afdeling_uden_navn_gaar_hele_vejen_i_planfilen(forening):
    plan, organisation = forening
    afdeling = f.AfdelingFactory(organisation=organisation, nummer="12", navn="")
    omraade = f.OmraadeFactory(plan=plan, afdelinger=[afdeling])
    f.OmraadeFactory(plan=plan, afdelinger=[afdeling])
    data = plan_som_data(plan)
    assert data["organisationer"][0]["afdelinger"] == [{"nummer": "12"}]

    besked = f"afd. 12 står i både {omraade.navn}"
    assert [x for x in kontroller(plan) if x.besked.startswith(besked)]
    foer = skriv_plan(plan)
    assert {u.hvad for u in laes_filer([fil(foer)], bruger=PROGRAMMET).udfald} == {"uændret"}


def test_en_afdeling_uden_nummer_og_navn_i_en_planfil_er_en_fejl(forening):
    plan, organisation = forening
    afdeling = f.AfdelingFactory(organisation=organisation, nummer="12", navn="")
    f.OmraadeFactory(plan=plan, afdelinger=[afdeling])
    uden = skriv_plan(plan).replace("- nummer: '12'", "- navn: ''").replace("/12]", "/]")
    beskeder = [fejl.besked for fejl in laes_filer([fil(uden)], bruger=PROGRAMMET).fejl]
    assert "Skriv afdelingens nummer, dens navn eller begge dele." in beskeder
