"""A member answers by a link from his own mail: only where the plan's rules allow it, and nothing tells who exists."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dokumenter.actions.udgave import frys
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from moeder.models import Dagsordenspunkt, Referatgodkendelse, Stemme, Svarlink
from moeder.queries.punktets_papir import genstand_sha256
from status.models import Spoergsmaal
from tests import factories as f
from tests.verden import publiceret_status, verden

BESTIL, VIS, SPOERG = reverse("svarlink-bestil"), reverse("svar-vis"), reverse("svar-spoerg")
SENDT = "Hvis adressen hører til et medlem af en bestyrelse, er der nu sendt et link"


@pytest.fixture
def v(db):
    """A board with one item to vote on and minutes to approve."""
    caches["sider"].clear()
    v = verden()
    v.medlem = v.brugere["bestyrelse"]
    v.plads = f.BestyrelsesmedlemFactory(side__plan=v.plan, bruger=v.medlem)
    kommende = f.MoedeFactory(plan=v.plan, tilstand="indkaldt", dato=timezone.localdate() + timedelta(days=3))
    v.punkt = f.DagsordenspunktFactory(moede=kommende, titel="En vikar", slags="B")
    Dagsordenspunkt.objects.filter(pk=v.punkt.pk).update(genstand_sha256=genstand_sha256(v.punkt))
    v.punkt.refresh_from_db()
    holdt = f.MoedeFactory(plan=v.plan, dato=timezone.localdate() - timedelta(days=30), tilstand="holdt")
    v.papir = f.MoedepapirFactory(moede=holdt)
    v.status = publiceret_status(v.plan)
    return v


def regel(v, vaerdi=1):
    f.RegelparameterFactory(regelsaet=v.plan.regelsaet, noegle="svar_med_link", vaerdi=vaerdi)


def bestil(client, email: str):
    return client.post(BESTIL, {"email": email})


def link_i_mailen() -> str:
    return re.search(r"http://[^/]+(/svar/link/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def aabnet(v, client):
    """A device on which the member has opened the link."""
    bestil(client, v.medlem.email)
    assert client.post(link_i_mailen()).url == VIS
    return client


def stem(client, v, valg="for", medlem=None, sha256=None):
    data = {"valg": valg, "medlem": (medlem or v.plads).pk, "sha256": sha256 or v.punkt.genstand_sha256}
    return client.post(reverse("svar-stem", args=[v.punkt.pk]), data, follow=True)


def test_the_answer_is_the_same_whoever_has_the_address(client, v):
    lukket = f.MedlemskabFactory(plan=v.plan, rolle="bestyrelse", bruger__is_active=False).bruger
    to_trin = f.MedlemskabFactory(plan=v.plan, rolle="bestyrelse").bruger
    Authenticator.objects.create(user=to_trin, type="totp", data={})
    sider = set()
    folk = [
        v.medlem.email.upper(),
        lukket.email,
        to_trin.email,
        v.brugere["observatoer"].email,
        "ingen@eksempel.example",
    ]
    for email in folk:
        svar = bestil(client, email)
        html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", svar.content.decode())
        assert (svar.status_code, SENDT in html, email in html) == (200, True, False)
        sider.add((html, tuple(sorted(svar.headers))))
    assert len(sider) == 1
    assert [b.to for b in mail.outbox] == [[v.medlem.email]]


def test_an_address_that_is_none_is_told_and_kept(client, v):
    svar = bestil(client, "ikke en adresse")
    assert (svar.status_code, "ikke en adresse" in svar.content.decode()) == (422, True)


def test_too_many_for_one_address_is_said_of_anybodys(client, v):
    for email in (v.medlem.email, "ingen@eksempel.example"):
        svar = [bestil(client, email).status_code for _ in range(4)]
        assert svar == [200, 200, 200, 429]


def test_the_letter_opens_on_two_devices_and_for_no_scanner(client, v):
    bestil(client, v.medlem.email)
    sti = link_i_mailen()
    for _ in range(2):
        assert client.get(sti).status_code == 200
    assert client.get(VIS).status_code == 403
    for _ in range(2):
        apparat = Client()
        assert apparat.post(sti).url == VIS
        assert apparat.get(VIS).status_code == 200
        assert SESSION_KEY not in apparat.session
        assert apparat.get(v.plan.get_absolute_url()).status_code == 302
    assert list(Haendelse.objects.om(Svarlink.objects.get()).values_list("handling", flat=True)) == [
        "åbnet", "åbnet", "sendt",
    ]  # fmt: skip
    assert sti.rstrip("/").rpartition("/")[2] not in str(list(Svarlink.objects.values()))


def test_it_runs_out_also_where_it_is_open(v, aabnet):
    regel(v)
    sti = link_i_mailen()
    Svarlink.objects.update(sendt=timezone.now() - timedelta(days=2), udloeber=timezone.now() - timedelta(seconds=1))
    assert aabnet.get(VIS).status_code == 403
    assert stem(aabnet, v).status_code == 403
    for metode in (Client().get, Client().post):
        svar = metode(sti)
        assert (svar.status_code, "udløbet" in svar.content.decode()) == (410, True)
    assert Client().get(reverse("svarlink", args=["findes-ikke"])).status_code == 404
    assert not Stemme.objects.exists()


def test_who_has_left_the_board_is_shut_out(v, aabnet):
    v.plan.medlemskaber.filter(bruger=v.medlem).delete()
    assert aabnet.get(VIS).status_code == 403


@pytest.mark.parametrize("vaerdi", [None, 0])
def test_where_the_rules_say_nothing_the_papers_can_be_read_and_nothing_answered(v, aabnet, vaerdi):
    if vaerdi is not None:
        regel(v, vaerdi)
    html = aabnet.get(VIS).content.decode()
    assert "svarer man ved at logge ind" in html
    assert "En vikar" not in html
    assert stem(aabnet, v).status_code == 403
    assert aabnet.post(reverse("svar-referat", args=[v.papir.pk]), {"svar": "godkendt"}).status_code == 403
    assert aabnet.post(SPOERG, {"afsnit": "penge", "tekst": "Hvorfor?"}).status_code == 403
    assert [m.objects.count() for m in (Stemme, Referatgodkendelse, Spoergsmaal)] == [0, 0, 0]
    pdf = aabnet.get(reverse("svar-papir", args=[v.papir.pk]))
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")


def test_another_plans_papers_are_not_there(v, aabnet):
    fremmed = f.MoedepapirFactory(moede__dato=timezone.localdate())
    assert aabnet.get(reverse("svar-papir", args=[fremmed.pk])).status_code == 404
    assert Client().get(reverse("svar-papir", args=[v.papir.pk])).status_code == 403


def test_the_edition_that_is_voted_on_can_be_read_byte_for_byte(v, aabnet):
    regel(v)
    udgave = frys(bruger=PROGRAMMET, plan=v.plan, art="beredskabsplan")
    punkt = f.DagsordenspunktFactory(moede=v.punkt.moede, titel="Beredskabsplanen", slags="B", udgave=udgave)
    url = reverse("svar-udgave", args=[udgave.pk])
    assert url not in aabnet.get(VIS).content.decode()  # the agenda with it has not been sent
    assert aabnet.get(url).status_code == 404
    Dagsordenspunkt.objects.filter(pk=punkt.pk).update(genstand_sha256=genstand_sha256(punkt))
    assert aabnet.get(VIS).content.decode().count(f'href="{url}"') == 2  # at the vote and among the papers
    pdf = aabnet.get(url)
    assert (pdf.status_code, sha256(pdf.content).hexdigest()) == (200, udgave.pdf_sha256)
    assert Client().get(url).status_code == 403
    assert aabnet.get(reverse("svar-udgave", args=[f.UdgaveFactory().pk])).status_code == 404


def test_a_vote_is_the_members_own_and_says_how_it_was_given(v, aabnet):
    regel(v)
    assert "En vikar" in aabnet.get(VIS).content.decode()
    for valg in ("for", "for", "imod"):
        assert "Din stemme er gemt" in stem(aabnet, v, valg).content.decode()
    stemme = Stemme.objects.get()
    assert (stemme.medlem, stemme.afgivet_af, stemme.valg, stemme.med_link) == (v.plads, v.medlem, "imod", True)
    assert [h.handling for h in Haendelse.objects.om(stemme)] == ["stemt om med link", "stemt med link"]
    leder = Client()
    leder.force_login(v.brugere["leder"])
    side = leder.get(reverse("punkt-stem", args=[v.plan.noegle, v.punkt.moede_id, v.punkt.pk])).content.decode()
    assert f"Stemt med link fra egen mail: {v.plads.navn}" in side


def test_nobody_elses_vote_can_be_given_and_not_of_another_paper(v, aabnet):
    regel(v)
    anden = f.BestyrelsesmedlemFactory(side=v.plads.side)
    assert stem(aabnet, v, medlem=anden).status_code == 403
    assert "Papiret er ændret" in stem(aabnet, v, sha256="0" * 64).content.decode()
    assert not Stemme.objects.exists()


def test_a_secretary_on_the_board_writes_down_nobodys_vote_by_link(v, client):
    regel(v)
    v.plan.medlemskaber.filter(bruger=v.medlem).update(rolle="sekretariat")
    bestil(client, v.medlem.email)
    client.post(link_i_mailen())
    anden = f.BestyrelsesmedlemFactory(side=v.plads.side)
    assert stem(client, v, medlem=anden).status_code == 403


def test_minutes_are_approved_or_objected_to_once(v, aabnet):
    regel(v)
    url = reverse("svar-referat", args=[v.papir.pk])
    svar = aabnet.post(url, {"svar": "indsigelse", "bemaerkning": ""})
    assert (svar.status_code, "Skriv, hvad du ikke kan godkende" in svar.content.decode()) == (422, True)
    assert "er gemt" in aabnet.post(url, {"svar": "indsigelse", "bemaerkning": "Nej."}, follow=True).content.decode()
    assert "allerede svaret" in aabnet.post(url, {"svar": "godkendt"}, follow=True).content.decode()
    svaret = Referatgodkendelse.objects.get()
    assert (svaret.medlem, svaret.godkendt, svaret.bemaerkning, svaret.med_link) == (v.plads, False, "Nej.", True)


def test_a_question_reaches_those_who_write(v, aabnet):
    regel(v)
    svar = aabnet.post(SPOERG, {"afsnit": "penge", "tekst": "Ring 010180-1234"})
    assert (svar.status_code, "CPR-nummer" in svar.content.decode()) == (422, True)
    assert aabnet.post(SPOERG, {"afsnit": "penge", "tekst": "Hvorfor?"}).url == VIS
    spoergsmaal = Spoergsmaal.objects.get()
    assert (spoergsmaal.bruger, spoergsmaal.status) == (v.medlem, v.status)
    assert {b.to[0] for b in mail.outbox[1:]} == {v.brugere["leder"].email, v.brugere["sekretariat"].email}


def test_a_used_reading_link_leads_to_a_new_one(client, v):
    html = client.get(reverse("laesning-vis")).content.decode()
    assert f'href="{BESTIL}"' in html
