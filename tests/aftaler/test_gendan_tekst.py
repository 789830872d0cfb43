"""An earlier text is written again out of the history, as a new change, and never anybody else's."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from aftaler.actions import raekker
from aftaler.actions.afsnit import ret_afsnit
from aftaler.models import Afsnit, Aktivitet, Risiko
from helhedsplan import revisionsspor
from helhedsplan.models import Haendelse
from moeder.actions.moede import ret_punkt
from status.actions.status import ret_status
from status.models import Kvartalsstatus
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def leder(client):
    medlem = f.MedlemskabFactory(rolle="leder")
    client.force_login(medlem.bruger)
    return medlem


def gendan(client, plan, haendelse, felt):
    svar = client.post(reverse("plan-historik-gendan", args=[plan.noegle, haendelse.nummer]), {"felt": felt})
    return str(list(get_messages(svar.wsgi_request))[-1]) if svar.status_code == 302 else svar.status_code


def sidste(objekt):
    return Haendelse.objects.om(objekt).first()


def test_a_sections_old_text_comes_back_and_the_later_one_stays_in_the_history(client, leder):
    afsnit = f.AfsnitFactory(plan=leder.plan, tekst="<p>Den gamle</p>")
    ret_afsnit(bruger=leder.bruger, afsnit=afsnit, felter={"tekst": "<p>Den nye</p>"}, version=1)
    rettelsen = sidste(afsnit)
    side = client.get(reverse("plan-historik", args=[leder.plan.noegle])).content.decode()
    assert f'action="{reverse("plan-historik-gendan", args=[leder.plan.noegle, rettelsen.nummer])}"' in side
    assert "Teksten fra før er gendannet" in gendan(client, leder.plan, rettelsen, "tekst")
    assert Afsnit.objects.values_list("tekst", "version").get() == ("<p>Den gamle</p>", 3)
    ny = sidste(afsnit)
    assert (ny.aendringer[0]["foer"], ny.aendringer[0]["efter"]) == ("<p>Den nye</p>", "<p>Den gamle</p>")
    assert revisionsspor.brud(leder.plan.noegle) == []
    # Once more changes nothing, and from the new entry the later text comes back.
    assert gendan(client, leder.plan, rettelsen, "tekst") == "Det står sådan allerede."
    gendan(client, leder.plan, ny, "tekst")
    assert Afsnit.objects.get().tekst == "<p>Den nye</p>"


def test_rows_and_the_texts_of_rows_come_back(client, leder):
    aktivitet = f.AktivitetFactory(delaftale__plan=leder.plan, formaal="<p>Et</p>")
    omraade = f.OmraadeFactory(plan=leder.plan)
    valg = {"bruger": leder.bruger, "objekt": aktivitet}
    raekker.ret(**valg, felter={"formaal": "<p>To</p>", "omraader": [omraade]}, version=1)
    assert "er gendannet" in gendan(client, leder.plan, sidste(aktivitet), "formaal")
    assert (Aktivitet.objects.get().formaal, aktivitet.omraader.count()) == ("<p>Et</p>", 1)
    assert gendan(client, leder.plan, sidste(aktivitet), "omraader") == "Der er ingen tekst at gendanne dér."

    plan, foer = leder.plan, {"navn": "Vand i kælderen", "haandtering": "Pumpe", "sandsynlighed": 2, "konsekvens": 3}
    for raekke in (foer, foer | {"haandtering": "", "konsekvens": 1}):
        plan.refresh_from_db()
        raekker.ret_planens(bruger=leder.bruger, plan=plan, relation="risici", raekker=[raekke], version=plan.version)
    assert "er gendannet" in gendan(client, plan, sidste(plan), "risici")
    assert Risiko.objects.values(*foer).get() == foer


def test_what_is_deleted_frozen_or_of_another_plan_is_not_touched(client, leder):
    aktivitet = f.AktivitetFactory(delaftale__plan=leder.plan, navn="Før")
    raekker.ret(bruger=leder.bruger, objekt=aktivitet, felter={"navn": "Efter"}, version=1)
    rettelsen = sidste(aktivitet)
    fremmed = f.AktivitetFactory(navn="Fremmed", formaal="<p>Deres</p>")
    for kaede in (leder.plan.noegle, fremmed.plan.noegle):
        linje = {"felt": "formaal", "navn": "formål", "foer": "<p>Mit</p>", "efter": "<p>Deres</p>"}
        revisionsspor.skriv(bruger=leder.bruger, kaede=kaede, handling="rettet", objekt=fremmed, aendringer=[linje])
    assert gendan(client, leder.plan, sidste(fremmed), "formaal") == "Der er ingen tekst at gendanne dér."
    i_min = Haendelse.objects.filter(kaede=leder.plan.noegle).latest("nummer")
    assert gendan(client, leder.plan, i_min, "formaal") == "Teksten hører til en anden plan."
    assert Aktivitet.objects.get(pk=fremmed.pk).formaal == "<p>Deres</p>"
    assert gendan(client, fremmed.plan, sidste(fremmed), "formaal") == 404

    status = f.KvartalsstatusFactory(plan=leder.plan, sammenfatning="Gammel")
    ret_status(bruger=leder.bruger, status=status, felter={"sammenfatning": "Ny"}, version=status.version)
    af_status = sidste(status)
    assert "er gendannet" in gendan(client, leder.plan, af_status, "sammenfatning")
    punkt = f.DagsordenspunktFactory(moede__plan=leder.plan, moede__tilstand="planlagt", indstilling="Gammel")
    ret_punkt(bruger=leder.bruger, punkt=punkt, felter={"indstilling": "Ny"}, version=punkt.version)
    type(punkt.moede).objects.update(tilstand="holdt")
    assert "kan ikke rettes" in gendan(client, leder.plan, sidste(punkt), "indstilling")
    assert type(punkt).objects.get().indstilling == "Ny"

    raekker.slet(bruger=leder.bruger, objekt=Aktivitet.objects.get(pk=aktivitet.pk))
    assert "Gendan det fra papirkurven først" in gendan(client, leder.plan, rettelsen, "navn")
    client.force_login(f.MedlemskabFactory(plan=leder.plan, rolle="bestyrelse").bruger)
    assert gendan(client, leder.plan, rettelsen, "navn") == 403
    assert "Gendan teksten" not in client.get(reverse("plan-historik", args=[leder.plan.noegle])).content.decode()
    assert Kvartalsstatus.objects.get().sammenfatning == "Gammel"
