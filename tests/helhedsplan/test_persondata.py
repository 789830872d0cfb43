"""What is kept of a person: told, made anonymous, thrown away when it has lain long enough."""

import io
import json
import time
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aftaler.actions import raekker
from aftaler.models import Medlemskab
from helhedsplan import revisionsspor, udbakke
from helhedsplan.anonymisering import anonymiser
from helhedsplan.models import Bruger, Haendelse, Kladde, Udbakkebrev
from moeder.models import Bestyrelsesmedlem, Stemme
from tests import factories as f

pytestmark = pytest.mark.django_db
NAVN = "Lise Opdigtet, Prøve"
MAIL = "lise@eksempel.example"


@pytest.fixture
def admin(client):
    admin = f.BrugerFactory(er_administrator=True, navn="Administrator, Prøve")
    client.force_login(admin)
    return admin


@pytest.fixture
def lise():
    return f.BrugerFactory(navn=NAVN, email=MAIL, titel="Projektleder")


def oplysninger(client, person) -> dict:
    svar = client.get(reverse("person-fil", args=[person.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(svar.streaming_content))) as arkiv:
        return json.loads(arkiv.read("oplysninger.json"))


def test_a_person_reads_and_fetches_all_that_is_kept_and_nobody_elses(client, lise):
    medlem = f.MedlemskabFactory(bruger=lise, rolle="sekretariat")
    f.KladdeFactory(bruger=lise, data={"navn": ["Min kladde"]})
    aktivitet = f.AktivitetFactory(delaftale__plan=medlem.plan, ansvarlig=NAVN)
    raekker.ret(bruger=lise, objekt=aktivitet, felter={"navn": "Nyt navn"}, version=1)
    udbakke.skriv("Emnet", "HEMMELIGT link", lise.email)
    client.force_login(lise)
    side = client.get(reverse("person-oplysninger", args=[lise.pk])).content.decode()
    assert f"Oplysninger om {NAVN}" in side
    data = oplysninger(client, lise)
    assert [titel for titel in data if titel not in side] == []
    assert data["Kontoen"][0]["E-mail"] == MAIL
    assert data["Kladder"][0]["Felter"] == {"navn": ["Min kladde"]}
    assert data["Medlemskaber"][0]["Helhedsplan"] == str(medlem.plan)
    assert data["Handlinger i historikken"][0]["Navn"] == "Nyt navn"
    assert data["Breve i udbakken"][0]["Emne"] == "Emnet"
    assert data["Steder, hvor navnet er skrevet"][0]["Felt"] == "ansvarlig"
    alt = json.dumps(data)
    assert "HEMMELIGT" not in alt
    assert lise.password not in alt
    anden = f.BrugerFactory()
    for navn in ("person-oplysninger", "person-fil"):
        assert client.get(reverse(navn, args=[anden.pk])).status_code == 404
    assert client.get(reverse("person-liste")).status_code == 403
    assert client.post(reverse("person-anonymiser", args=[anden.pk]), {"navn": anden.navn}).status_code == 403


def test_made_anonymous_the_name_is_nowhere_and_all_that_was_decided_stands(client, admin, lise):
    medlem = f.MedlemskabFactory(bruger=lise, rolle="sekretariat")
    plan = f.MedlemskabFactory(plan=medlem.plan, rolle="leder").plan
    aktivitet = f.AktivitetFactory(delaftale__plan=plan, navn="Før")
    raekker.ret(bruger=lise, objekt=aktivitet, felter={"navn": "Efter"}, version=1)
    aendring = {"felt": "bruger", "navn": "bruger", "foer": None, "efter": f"{NAVN} ({MAIL})"}
    revisionsspor.skriv(bruger=admin, kaede=plan.noegle, handling="rettet", objekt=medlem, aendringer=[aendring])
    i_gaar = timezone.localdate() - timedelta(days=1)
    sad = f.BestyrelsesmedlemFactory(side__plan=plan, bruger=lise, navn=NAVN, til=i_gaar)
    stemme = f.StemmeFactory(medlem=sad)
    f.KladdeFactory(bruger=lise)
    hashe = list(Haendelse.objects.order_by("pk").values_list("pk", "hash"))
    url = reverse("person-anonymiser", args=[lise.pk])
    assert "ændres aldrig" in client.get(url).content.decode()
    svar = client.post(url, {"navn": "En anden"})
    assert (svar.status_code, "Navnet passer ikke" in svar.content.decode()) == (422, True)
    assert client.post(url, {"navn": NAVN.upper()}).status_code == 302

    nyt = f"Tidligere bruger {lise.pk}"
    efter = Bruger.objects.get(pk=lise.pk)
    assert (efter.navn, efter.titel, efter.is_active) == (nyt, "", False)
    assert not Medlemskab.objects.filter(bruger=lise).exists()
    assert not Kladde.objects.filter(bruger=lise).exists()
    assert Bestyrelsesmedlem.objects.get(pk=sad.pk).navn == nyt
    assert Stemme.objects.get() == stemme
    gamle = Haendelse.objects.filter(pk__lte=hashe[-1][0]).order_by("pk")
    assert list(gamle.values_list("pk", "hash")) == hashe
    assert revisionsspor.brud(plan.noegle) == revisionsspor.brud(revisionsspor.FAELLES) == []
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    historik = client.get(reverse("plan-historik", args=[plan.noegle])).content.decode()
    assert historik.count(nyt) >= 3
    assert [ord_ for ord_ in (NAVN, MAIL) if ord_ in historik] == []
    fil = b"".join(client.get(reverse("plan-historik-fil", args=[plan.noegle, "csv"])).streaming_content).decode()
    assert (nyt in fil, NAVN in fil) == (True, False)
    fundne = client.get(reverse("plan-historik", args=[plan.noegle]), {"person": "Opdigtet"}).context["linjer"]
    assert fundne == [], "nobody finds out by searching"
    assert not client.login(email=MAIL, password=f.ADGANGSKODE)
    client.force_login(admin)
    assert "Papirer, der var udstedt" in client.get(reverse("person-oplysninger", args=[lise.pk])).content.decode()
    assert NAVN not in json.dumps(oplysninger(client, efter), ensure_ascii=False)


def test_who_still_sits_leads_or_acts_is_told_what_to_do_first(client, admin, lise):
    ledet = f.MedlemskabFactory(bruger=lise, rolle="leder")
    sidder = f.BestyrelsesmedlemFactory(side__plan=ledet.plan, bruger=lise, navn=NAVN, til=None)
    url = reverse("person-anonymiser", args=[lise.pk])
    svar = client.post(url, {"navn": NAVN})
    assert svar.status_code == 422
    for grund in ("har ingen anden leder", "sidder i bestyrelsen for"):
        assert grund in svar.content.decode()
    assert Bruger.objects.get(pk=lise.pk).navn == NAVN
    egen = client.get(reverse("person-anonymiser", args=[admin.pk])).content.decode()
    assert "Du kan ikke anonymisere dig selv" in egen
    f.MedlemskabFactory(plan=ledet.plan, rolle="leder")
    Bestyrelsesmedlem.objects.filter(pk=sidder.pk).update(til=timezone.localdate() - timedelta(days=1))
    assert client.post(url, {"navn": NAVN}).status_code == 302


def test_the_work_is_the_same_however_long_the_log_is(admin, lise):
    """Entries are asked for their names in the database, and none is read into Python or written again."""
    raekke = {"tidspunkt": timezone.now(), "bruger_id": lise.pk, "bruger_navn": NAVN, "handling": "rettet"}
    alle = [Haendelse(**raekke, kaede="lang", nummer=nr, objekt_id="1") for nr in range(1, 2001)]
    models.QuerySet.bulk_create(Haendelse.objects.all(), alle, 500)
    begyndt = time.monotonic()
    with CaptureQueriesContext(connection) as spurgt:
        anonymiser(bruger=admin, person=lise)
    assert time.monotonic() - begyndt < 5
    assert len(spurgt) < 60
    assert [q["sql"] for q in spurgt if q["sql"].startswith("UPDATE") and "haendelse" in q["sql"]] == []
    assert Bruger.objects.get(pk=lise.pk).tidligere_navne == [NAVN, MAIL]


def test_what_has_been_kept_long_enough_is_told_and_then_goes(lise):
    laenge = timezone.now() - timedelta(days=181)
    f.KladdeFactory(bruger=lise)
    Kladde.objects.update(gemt=laenge)
    ny = f.KladdeFactory(bruger=lise)
    aldrig = f.BrugerFactory(password="!uden")
    sidder = f.BestyrelsesmedlemFactory(bruger=f.BrugerFactory(password="!uden")).bruger
    Bruger.objects.filter(pk__in=[aldrig.pk, sidder.pk]).update(oprettet=laenge, password="!uden")
    f.MedlemskabFactory(bruger=aldrig, rolle="observatoer")
    brev = f.UdbakkebrevFactory(sendt=timezone.now() - timedelta(days=31))
    call_command("opbevaring", "--proev", stdout=(ud := io.StringIO()))
    assert "Kladder af formularer, ældre end 180 dage: 1 ville blive fjernet." in ud.getvalue()
    assert "Breve i udbakken, ældre end 30 dage: 1 ville blive fjernet." in ud.getvalue()
    assert (Kladde.objects.count(), Udbakkebrev.objects.count()) == (2, 1)
    call_command("opbevaring", stdout=(ud := io.StringIO()))
    assert "Ubrugte invitationer, ældre end 90 dage: 1 fjernet." in ud.getvalue()
    assert list(Kladde.objects.all()) == [ny]
    assert not Udbakkebrev.objects.filter(pk=brev.pk).exists()
    assert not Bruger.objects.filter(pk=aldrig.pk).exists()
    assert Bruger.objects.filter(pk=sidder.pk).exists()
    assert revisionsspor.brud(revisionsspor.FAELLES) == []
