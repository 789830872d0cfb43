"""The harness can fail: each of its checks meets what it is there to stop."""

import re
import socket
import warnings

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from helhedsplan.models import Bruger


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
