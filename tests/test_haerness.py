"""The harness can fail: each of its checks meets what it is there to stop."""

import re
import socket
import warnings
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from helhedsplan.models import Bruger
from tests.udvalg import BEGGE_STEDER, ENS_OVERALT, er_ens_overalt


def skriver(request):
    Bruger.objects.filter(pk=-1).update(email="x@example.com")
    return HttpResponse("skrev")


def skriver_session(request):
    Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
    Bruger.objects.filter(pk=-1).update(last_login=timezone.now())
    return HttpResponse("skrev en session")


def html(request):
    return HttpResponse(request.GET["html"])


urlpatterns = [path("skriver/", skriver), path("session/", skriver_session), path("html/", html)]
uden_login = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])


@pytest.mark.django_db
@uden_login
def test_en_get_der_skriver_fejler(client):
    with pytest.raises(pytest.fail.Exception, match=r"GET /skriver/ skrev: .*UPDATE"):
        client.get("/skriver/")
    assert client.post("/skriver/").content == b"skrev"
    assert client.get("/session/").content == b"skrev en session"


@pytest.mark.parametrize(
    ("indhold", "navn"),
    [
        ("<script>alert(1)</script>", "script uden src"),
        ('<p style="color:red">', "style-attribut"),
        ("<style>p {}</style>", "style-element"),
        ('<button type="button" onclick="x()">', "hændelsesattribut"),
        ("{{ navn }}", "skabelonkode"),
    ],
)
@uden_login
def test_html_som_csp_ville_stoppe_fejler(client, indhold, navn):
    with pytest.raises(pytest.fail.Exception, match=re.escape(f"'{navn}'")):
        client.get("/html/", {"html": indhold})


@uden_login
def test_lovlig_html_gaar_igennem(client):
    lovlig = '<script src="/a.js" defer></script><script id="d" type="application/json">{}</script><p>style = on</p>'
    assert client.get("/html/", {"html": lovlig}).content.decode() == lovlig


def test_udefineret_variabel_i_skabelon_fejler():
    with pytest.raises(pytest.fail.Exception, match=r"Undefined template variable 'findes_ikke'"):
        Template("{{ findes_ikke }}").render(Context())


def test_advarsel_fejler():
    with pytest.raises(UserWarning):
        warnings.warn("noget", stacklevel=1)


def test_intet_net_ud_af_maskinen():
    with socket.socket() as proeve, pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
        proeve.connect(("192.0.2.1", 80))


def test_databasen_er_den_der_er_valgt(django_db_setup):
    assert "test" in connection.settings_dict["NAME"]


# --- what is left out on PostgreSQL ---------------------------------------------------------------------------------

ROD = Path(__file__).parent.parent
RUM = ("helhedsplan", "aftaler", "budget", "indikatorer", "dokumenter", "bestyrelse")
#: Where databases differ: locks, constraints, SQL of our own.
AFHAENGER = re.compile(
    r"select_for_update|\.cursor\(\)|RawSQL|(?:Check|Unique)Constraint\(|db_collation|connection\.vendor|\.extra\("
)


def moduler_i(rum: str):
    for fil in (ROD / rum).rglob("*.py"):
        if "migrations" not in fil.parts and AFHAENGER.search(fil.read_text()):
            yield ".".join(fil.relative_to(ROD).with_suffix("").parts)


def bruger(proeve: str, modul: str) -> bool:
    """Whether a test file imports the module, or the package that gives its names on."""
    pakke, _, navn = modul.rpartition(".")
    veje = [re.escape(modul), rf"{re.escape(pakke)} import [^\n]*\b{navn}\b"]
    if pakke.endswith((".models", ".actions")):
        veje.append(rf"{re.escape(pakke)} import ")
    return any(re.search(rf"(from|import) {vej}", proeve) for vej in veje)


def uden_proeve(filer: dict[str, str], moduler) -> list[str]:
    """Modules that depend on the database and are used by no test file that PostgreSQL runs: {path: text} given."""
    paa_begge = [tekst for sti, tekst in filer.items() if not er_ens_overalt(sti, i_browser="/browser/" in sti)]
    return [modul for modul in moduler if not any(bruger(tekst, modul) for tekst in paa_begge)]


def test_laase_og_regler_i_databasen_proeves_ogsaa_paa_postgresql():
    filer = {fil.relative_to(ROD).as_posix(): fil.read_text() for fil in (ROD / "tests").rglob("*.py")}
    # The log and the roof are reached by every action and every page; the collation by the model that names it.
    gennem_andet = {"helhedsplan.kollation", "helhedsplan.views"}
    moduler = {modul for rum in RUM for modul in moduler_i(rum)} - gennem_andet
    assert len(moduler) > 30
    assert uden_proeve(filer, moduler) == []


def test_en_laas_uden_proeve_paa_postgresql_findes():
    filer = {"tests/dokumenter/test_word.py": "from dokumenter.laas import laas\n"}
    assert uden_proeve(filer, ["dokumenter.laas"]) == ["dokumenter.laas"]
    filer["tests/dokumenter/test_laas.py"] = filer["tests/dokumenter/test_word.py"]
    assert uden_proeve(filer, ["dokumenter.laas"]) == []


def test_det_der_er_ens_overalt_findes():
    assert [navn for navn in ENS_OVERALT | BEGGE_STEDER if not (ROD / navn).exists()] == []
