"""The kommune's own login, by a real provider of OpenID Connect in a process of its own."""

import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as indstillinger
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from aftaler.actions import plan as planactions
from aftaler.models import Medlemskab
from helhedsplan.bekraeftelse import BEGYNDT
from helhedsplan.loginroller import Rollefejl, loginroller
from helhedsplan.models import Bruger, Haendelse
from helhedsplan.settings import kommunelogin  # noqa: TID251 -- the reader, not a value
from tests import factories as f
from tests.integration.test_matrix import PLANSIDER
from tests.servere import fri_port, proces
from tests.verden import verden

pytestmark = pytest.mark.django_db(transaction=True)

OIDC = {"OIDC_UDSTEDER": "https://login.example.dk", "OIDC_KLIENT": "helhedsplan", "OIDC_HEMMELIGHED": "hemmelig"}
ROLLER = """
claim: grupper
roller:
  - {vaerdi: HP-Bestyrelse, rolle: bestyrelse, plan: NOEGLE}
  - {vaerdi: HP-Fag, rolle: fagcenter, plan: NOEGLE}
  - {vaerdi: HP-Skriver, rolle: sekretariat, plan: NOEGLE}
  - {vaerdi: HP-Laes-alt, rolle: observatoer, organisation: ORGANISATION}
  - {vaerdi: HP-Gammel, rolle: observatoer, plan: findes-ikke}
"""


@pytest.fixture(scope="module")
def udsteder():
    """The address of the provider."""
    port = fri_port()
    ord_ = f"-W ignore -m oidc_provider_mock --port {port} --user findes-altid".split()
    with proces(port, sys.executable, *ord_):
        yield f"http://localhost:{port}"


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def sat_op(v, settings, tmp_path, udsteder):
    sti = tmp_path / "roller.yaml"
    organisation = v.plan.parter.first().organisation.noegle
    sti.write_text(ROLLER.replace("NOEGLE", v.plan.noegle).replace("ORGANISATION", organisation))
    settings.OIDC_ROLLER = str(sti)
    settings.SOCIALACCOUNT_PROVIDERS = kommunelogin(OIDC | {"OIDC_UDSTEDER": udsteder, "OIDC_ROLLER": str(sti)})


@pytest.fixture
def kom(sat_op, live_server, udsteder):
    """kom(**claims): what the person sees who logs in with them, in a browser of its own; `.session` is the browser."""

    def log_ind(sub="centerchef", *, vej="", session=None, **claims):
        sagt = {"email": f"{sub}@kommune.example", "email_verified": True, "name": "Centerchef, Opdigtet"} | claims
        assert requests.put(f"{udsteder}/users/{sub}", json=sagt, timeout=10).ok
        session = session or requests.Session()
        side = session.get(f"{live_server.url}{vej or reverse('kommunelogin')}", timeout=30)
        assert side.url.startswith(udsteder), (side.url, side.text[:500])
        svar = session.post(side.url, {"sub": sub}, timeout=30)
        svar.session = session
        return svar

    return log_ind


def overskrift(svar) -> str:
    return re.search(r"(?s)<h1[^>]*>(.*?)</h1>", svar.text)[1].strip()


def roller(email="centerchef@kommune.example") -> list[tuple[str, bool]]:
    return list(Medlemskab.objects.filter(bruger__email=email).values_list("rolle", "fra_login"))


# --- who comes in ----------------------------------------------------------------------------------------------------


def test_a_made_up_person_comes_in_with_the_role_of_the_claim_and_no_more(kom, v, live_server):
    svar = kom(grupper=["HP-Bestyrelse", "Noget helt andet"])
    assert (svar.status_code, "Log ud" in svar.text, v.plan.navn in svar.text) == (200, True, True)
    bruger = Bruger.objects.get(email="centerchef@kommune.example")
    assert bruger.navn == "Centerchef, Opdigtet"
    assert [bruger.has_usable_password(), bruger.er_administrator] == [False, False]
    assert roller() == [("bestyrelse", True)]
    assert {h.bruger_navn for h in Haendelse.objects.filter(objekt_navn__contains="Centerchef, Opdigtet")} == {
        "Programmet"
    }
    for navn in ("plan-ret", "afsnit-ret", "samarbejdsaftale-vis", "medlem-opret"):
        side = svar.session.get(f"{live_server.url}{reverse(navn, kwargs=_argumenter(v, navn))}", timeout=30)
        assert side.status_code == (200 if PLANSIDER[navn][1] == "læs" else 403), navn
    anden = f.HelhedsplanFactory()
    assert svar.session.get(live_server.url + anden.get_absolute_url(), timeout=30).status_code == 404


def test_a_made_up_person_of_a_fagcenter_writes_his_own_and_no_more(kom, v, live_server):
    svar = kom(grupper=["HP-Fag"])
    assert (svar.status_code, roller()) == (200, [("fagcenter", True)])

    def aabner(navn, **argumenter):
        url = reverse(navn, kwargs={"plan": v.plan.noegle} | argumenter)
        return svar.session.get(f"{live_server.url}{url}", timeout=30).status_code

    aktivitet = v.delaftale.aktiviteter.first()
    sted = {"omraade": v.delaftale.noegle, "noegle": aktivitet.noegle}
    laeser = [aabner("plan-overblik"), aabner("delaftale-vis", omraade=v.delaftale.noegle), aabner("indikator-liste")]
    andet = (
        "budget-overblik",
        "samarbejdsaftale-vis",
        "status-liste",
        "plan-historik",
        "personer",
        "indikator-opret",
    )
    assert (laeser, [aabner(navn) for navn in andet]) == ([200] * 3, [403] * 6)
    assert aabner("aktivitet-ret", **sted) == 403, "nothing is his own yet"
    medlem = Medlemskab.objects.get(bruger__email="centerchef@kommune.example")
    egne = {"rolle": "fagcenter", "aktiviteter": [aktivitet]}
    planactions.ret_medlem(bruger=v.brugere["leder"], medlemskab=medlem, felter=egne)
    assert (aabner("aktivitet-ret", **sted), aabner("delmaal-opret", omraade=v.delaftale.noegle)) == (200, 403)
    kom(grupper=["HP-Fag"])
    assert (roller(), aabner("aktivitet-ret", **sted)) == ([("fagcenter", True)], 200), "what is his own stays"
    assert kom().status_code == 403
    assert aabner("aktivitet-ret", **sted) == 404


def test_nothing_that_the_login_says_is_kept_but_whose_it_is(kom):
    for _ in range(2):
        kom(grupper=["HP-Bestyrelse"], cpr="0102031234")
    assert list(SocialAccount.objects.values_list("uid", "extra_data")) == [("centerchef", {})]
    assert not SocialToken.objects.exists()


def _argumenter(v, navn):
    egne = {"afsnit-ret": {"afsnit": "prosa"}}
    return {"plan": v.plan.noegle} | egne.get(navn, {})


def test_of_two_roles_in_a_plan_the_greater_and_an_organisation_gives_all_its_plans(kom, v):
    organisation = v.plan.parter.first().organisation
    anden = f.PartFactory(organisation=organisation).plan
    kom(grupper=["HP-Laes-alt", "HP-Skriver"])
    har = dict(Medlemskab.objects.filter(bruger__email__startswith="centerchef").values_list("plan__noegle", "rolle"))
    assert (har[v.plan.noegle], har[anden.noegle]) == ("sekretariat", "observatoer")


def test_the_page_that_was_asked_for_comes_after_the_login(kom, v):
    sti = reverse("samarbejdsaftale-vis", args=[v.plan.noegle])
    assert kom(grupper="HP-Bestyrelse", vej=f"{reverse('kommunelogin')}?next={sti}").url.endswith(sti)


def test_a_login_in_two_steps_is_the_kommunes_to_ask_for(kom, v, live_server, settings):
    settings.KRAEV_TO_TRIN = True
    svar = kom(grupper=["HP-Skriver"])
    assert (svar.status_code, v.plan.navn in svar.text) == (200, True)


def test_one_without_a_password_says_once_more_who_he_is_by_the_same_login(kom, v, live_server):
    inde = kom(grupper=["HP-Skriver"]).session
    fil = reverse("plan-fil", args=[v.plan.noegle])
    assert inde.get(live_server.url + fil, timeout=30).headers["Content-Type"].startswith("application/yaml")
    session = SessionStore(inde.cookies[indstillinger.SESSION_COOKIE_NAME])
    session[BEGYNDT] = 0
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0}]
    session.save()
    til_udsteder = inde.get(live_server.url + fil, timeout=30)
    assert parse_qs(urlsplit(til_udsteder.url).query)["prompt"] == ["login"]
    anden = kom("en-anden", grupper=["HP-Skriver"], vej=fil, session=inde)
    assert (anden.status_code, "svarede for en anden" in anden.text) == (403, True)
    samme = kom(grupper=["HP-Skriver"], vej=fil, session=inde)
    assert (overskrift(samme), f'href="{fil}"' in samme.text) == ("Nu ved vi, at det er dig", True)
    assert inde.get(live_server.url + fil, timeout=30).headers["Content-Type"].startswith("application/yaml")


# --- who does not ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"grupper": ["Noget helt andet"]},
        {"grupper": "hp-bestyrelse"},
        {"grupper": {"HP-Bestyrelse": 1}},
        {"roles": ["HP-Skriver"]},
    ],
)
def test_a_claim_that_gives_nothing_lets_nobody_in_and_makes_no_account(kom, live_server, claims):
    svar = kom(**claims)
    assert (svar.status_code, overskrift(svar)) == (403, "Du er ikke lukket ind")
    assert "giver ikke adgang til nogen plan her. Bed den, der styrer jeres login" in svar.text
    assert not Bruger.objects.filter(email="centerchef@kommune.example").exists()
    assert "/konto/login/" in svar.session.get(live_server.url, timeout=30).url


def test_a_role_in_a_plan_that_is_not_here_is_told(kom):
    svar = kom(grupper=["HP-Gammel"])
    assert (svar.status_code, "en plan, der ikke findes her endnu" in svar.text) == (403, True)


def test_a_claim_that_is_withdrawn_takes_the_role_away_and_another_is_changed(kom, v, live_server):
    foerst = kom(grupper=["HP-Skriver"])
    assert roller() == [("sekretariat", True)]
    kom(grupper=["HP-Bestyrelse"])
    assert roller() == [("bestyrelse", True)]
    side = foerst.session.get(f"{live_server.url}{reverse('plan-ret', args=[v.plan.noegle])}", timeout=30)
    assert side.status_code == 403, "also in the session from before"
    assert kom().status_code == 403
    assert roller() == []
    assert foerst.session.get(live_server.url + v.plan.get_absolute_url(), timeout=30).status_code == 404


def test_what_a_leader_has_given_by_hand_stays(kom, v):
    bruger = f.BrugerFactory(email="centerchef@kommune.example")
    f.MedlemskabFactory(plan=v.plan, bruger=bruger, rolle="observatoer")
    assert kom(grupper=["HP-Skriver"]).status_code == 200
    assert roller() == [("observatoer", False)]
    assert kom().status_code == 200
    assert roller() == [("observatoer", False)]


def test_an_account_is_not_taken_over_by_an_address_that_nobody_has_confirmed(kom, v):
    leder = v.brugere["leder"]
    svar = kom(email=leder.email, email_verified=False, grupper=["HP-Bestyrelse"])
    assert (svar.status_code, "ikke, at adressen er bekræftet" in svar.text) == (403, True)
    Bruger.objects.filter(pk=leder.pk).update(er_administrator=True)
    svar = kom(email=leder.email, grupper=["HP-Bestyrelse"])
    assert (svar.status_code, "En administrator logger ind med e-mail" in svar.text) == (403, True)


@pytest.mark.parametrize("email", ["", "ingen adresse"])
def test_a_login_without_an_address_says_so(kom, email):
    svar = kom(email=email, grupper=["HP-Bestyrelse"])
    assert (svar.status_code, "hvilken mailadresse du har" in svar.text) == (403, True)


def test_who_comes_by_the_kommunes_login_comes_by_no_password(kom, v, client):
    kom(grupper=["HP-Bestyrelse"])
    bruger = Bruger.objects.get(email="centerchef@kommune.example")
    bruger.set_password("en lang kode her")
    bruger.save()
    svar = client.post(reverse("account_login"), {"login": bruger.email, "password": "en lang kode her"})
    assert (svar.status_code, "Log ind med kommunens login" in svar.content.decode()) == (403, True)
    assert "_auth_user_id" not in client.session


def test_who_stops_half_way_and_a_provider_that_is_silent_are_told(sat_op, live_server, settings, udsteder, caplog):
    session = requests.Session()
    tilbage = f"{live_server.url}/konto/kommune/tilbage/"
    side = session.get(live_server.url + reverse("kommunelogin"), timeout=30)
    state = parse_qs(urlsplit(side.url).query)["state"][0]
    svar = session.get(tilbage, params={"error": "access_denied", "state": state}, timeout=30)
    assert (svar.status_code, "Du afbrød" in svar.text) == (403, True)
    for opdigtet in ({"code": "a", "state": "a"}, {"code": "a", "state": state}, {}):
        svar = session.get(tilbage, params=opdigtet, timeout=30)
        assert (svar.status_code, overskrift(svar)) == (400, "Du er ikke logget ind")
    stum = {"OIDC_UDSTEDER": f"http://localhost:{fri_port()}", "OIDC_ROLLER": settings.OIDC_ROLLER}
    settings.SOCIALACCOUNT_PROVIDERS = kommunelogin(OIDC | stum)
    svar = session.get(live_server.url + reverse("kommunelogin"), timeout=30)
    assert (svar.status_code, "svarer ikke lige nu" in svar.text) == (503, True)


# --- set up ----------------------------------------------------------------------------------------------------------


def test_the_login_page_offers_it_where_it_is_set_up(client, settings, tmp_path):
    assert "kommunens login" not in client.get(reverse("account_login")).content.decode()
    assert client.get(reverse("kommunelogin")).status_code == 404
    settings.OIDC_ROLLER, settings.OIDC_NAVN = str(tmp_path), "Prøve Kommune"
    html = client.get(f"{reverse('account_login')}?next=/planer/a/").content.decode()
    assert 'href="/konto/kommune/?next=/planer/a/">Log ind med Prøve Kommune</a>' in html


def test_half_a_setting_stops_the_start_with_what_is_missing():
    assert kommunelogin({}) == {}
    for navn in OIDC:
        with pytest.raises(ImproperlyConfigured, match=f"Miljøvariablen {navn} mangler"):
            kommunelogin({n: v for n, v in OIDC.items() if n != navn} | {"OIDC_ROLLER": "roller.yaml"})
    with pytest.raises(ImproperlyConfigured, match="OIDC_UDSTEDER skal begynde med https"):
        kommunelogin(OIDC | {"OIDC_UDSTEDER": "http://login.example.dk", "OIDC_ROLLER": "roller.yaml"})


@pytest.mark.parametrize(
    ("indhold", "ventet"),
    [
        (None, "kan ikke læses"),
        (":\n-", "er ikke skrevet som YAML"),
        ("[]", "filen: er ikke skrevet, som det skal"),
        ("claim: a", "roller: mangler"),
        ("roller: []", "roller: er ikke skrevet, som det skal"),
        ("roller: [{vaerdi: a, rolle: kejser, plan: b}]", "roller.1.rolle: »kejser« er ingen rolle. Skriv leder, "),
        ("roller: [{vaerdi: a, rolle: leder}]", "roller.1: skriv enten plan eller organisation"),
        ("roller: [{vaerdi: a, rolle: leder, plan: b, sted: c}]", "roller.1.sted: kendes ikke"),
    ],
)
def test_a_file_of_roles_that_cannot_be_used_says_where(tmp_path, indhold, ventet):
    sti = tmp_path / "roller.yaml"
    if indhold is not None:
        sti.write_text(indhold)
    with pytest.raises(Rollefejl, match=re.escape(ventet)):
        loginroller(str(sti))


def test_it_stops_the_start(tmp_path):
    (tmp_path / "roller.yaml").write_text("roller: []")
    koert = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=indstillinger.BASE_DIR, capture_output=True, text=True, check=False,
        env=OIDC | {"OIDC_ROLLER": str(tmp_path / "roller.yaml"), "DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3"},
    )  # fmt: skip
    assert (koert.returncode, "ImproperlyConfigured: OIDC_ROLLER" in koert.stderr) == (1, True)


def test_a_claim_may_lie_inside_another(tmp_path):
    sti = tmp_path / "roller.yaml"
    sti.write_text("claim: a.b\nroller: [{vaerdi: x, rolle: leder, plan: p}]")
    kort = loginroller(str(sti))
    assert [len(kort.givne(o)) for o in ({"a": {"b": ["x"]}}, {"a.b": "x"}, {"a": "x"}, {"a": {"b": [1, None]}})] == [
        1, 1, 0, 0,
    ]  # fmt: skip
