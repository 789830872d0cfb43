"""Past one machine by settings alone: two web processes, one database, files in S3, a proxy that asks them in turn."""

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from itertools import pairwise

import pytest
import requests
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.urls import reverse

from aftaler.models import Afsnit
from dokumenter.lager import sha256
from dokumenter.models import Udgave
from helhedsplan.models import Bruger
from tests.dokumenter.dokumentdata import dokumentverden
from tests.formularproeve import skjulte
from tests.servere import fri_port, proces, s3server, vekselproxy

pytestmark = pytest.mark.django_db(transaction=True)

KODE = "en lang kode til to processer"


def database_url() -> str:
    navn = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{navn}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{navn}"


@pytest.fixture
def huset(tmp_path):
    """(the proxy, the S3 server, a plan): everything that the processes share is in their settings."""
    with ExitStack() as kaeder:
        s3 = kaeder.enter_context(s3server())
        miljoe = os.environ | {
            "DATABASE_URL": database_url(), "FIL_LAGER": s3.spand("huset"), "SECRET_KEY": "kun-til-test" * 5,
            "ALLOWED_HOSTS": "127.0.0.1,helhedsplan.example.dk", "EMAIL_URL": "konsol:", "BETROEDE_PROXYER": "1",
            "STATIC_ROOT": str(tmp_path / "static"), "CACHE_ROOT": str(tmp_path / "cache"), "DEBUG": "0",
            "MEDIA_ROOT": str(tmp_path / "bruges-ikke"), "LOG_FORMAT": "json", "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        samlet = subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
            cwd=settings.BASE_DIR, env=miljoe, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (samlet.returncode, samlet.stderr) == (0, "")
        porte, log = [], tmp_path / "log.jsonl"
        with log.open("ab") as ud:
            for _ in range(2):
                porte.append(port := fri_port())
                gunicorn = f"-m gunicorn -b 127.0.0.1:{port} -w 1 --log-level warning helhedsplan.wsgi".split()
                valg = {"cwd": settings.BASE_DIR, "env": miljoe, "stderr": ud}
                kaeder.enter_context(proces(port, sys.executable, *gunicorn, **valg))
            yield kaeder.enter_context(vekselproxy(porte)), s3
        assert not (tmp_path / "bruges-ikke").exists(), "no file lies on the disk of the web processes"
        assert log.read_text() == ""


class Browser:
    """Follows redirects and sends forms as they stand, with what is typed in them."""

    def __init__(self, adresse: str):
        self.adresse, self.session = adresse, requests.Session()

    def hent(self, sti: str) -> requests.Response:
        svar = self.session.get(self.adresse + sti)
        assert svar.status_code == 200, (sti, svar.status_code)
        return svar

    def send(self, sti: str, **felter) -> requests.Response:
        return self.session.post(self.adresse + sti, {**skjulte(self.hent(sti).text), **felter})


def test_two_processes_serve_one_journey_in_turn(huset):
    proxy, s3 = huset
    v = dokumentverden()
    Bruger.objects.filter(pk=v.brugere["leder"].pk).update(password=PBKDF2PasswordHasher().encode(KODE, "salt"))
    browser, plan = Browser(proxy.adresse), v.plan.noegle

    # login
    svar = browser.send("/konto/login/", login=v.brugere["leder"].email, password=KODE)
    assert (svar.status_code, "Log ud" in svar.text) == (200, True)

    # edit and save: both have shown the old page before, and both show the new one after
    afsnit = Afsnit.objects.filter(plan=v.plan, skabelon__noegle="prosa").first()
    ret, laes = reverse("afsnit-ret", args=[plan, "prosa"]), reverse("samarbejdsaftale-vis", args=[plan])
    foer = [browser.hent(laes).text for _ in range(2)]
    assert not any("skrevet ved to maskiner" in side for side in foer)
    svar = browser.send(ret, tekst="<p>Her er skrevet ved to maskiner.</p>", gem="")
    assert svar.status_code == 200, re.findall(r"(?s)form-error-message.*?</", svar.text) or svar.text[:3000]
    afsnit.refresh_from_db()
    assert "skrevet ved to maskiner" in afsnit.tekst
    assert all("skrevet ved to maskiner" in browser.hent(laes).text for _ in range(2))

    # freeze, and both hand out the very file that lies in S3
    svar = browser.send(
        reverse("udgave-frys", args=[plan, "milepaelsplan"]), niveau="3", niveau_begrundelse="Alle skal se den."
    )
    assert svar.status_code == 200, re.findall(r"(?s)form-error-message.*?</", svar.text) or svar.text[:3000]
    udgave = Udgave.objects.get(art="milepaelsplan")
    papirer = {browser.hent(reverse("udgave-pdf", args=[plan, udgave.pk])).content for _ in range(2)}
    assert {sha256(papir) for papir in papirer} == {udgave.pdf_sha256}
    assert f"filer/{udgave.pdf.name}" in s3.navne("huset")

    # the board's page, and out: neither lets the session in any more
    assert all(v.plan.navn in browser.hent(reverse("bestyrelse", args=[plan])).text for _ in range(2))
    assert browser.send("/konto/logout/").status_code == 200
    assert all("/konto/login/" in browser.hent(laes).url for _ in range(2))

    brugt = [port for port, _, _ in proxy.spurgt]
    assert len(set(brugt)) == 2
    assert all(den != den_naeste for den, den_naeste in pairwise(brugt))
    # A form is shown by one process and taken by the other.
    for vist, (_, metode, sti) in pairwise(proxy.spurgt):
        assert metode == "GET" or vist[1:] == ("GET", sti)


def test_tries_at_a_password_are_counted_by_both_together(huset):
    proxy, _ = huset
    v = dokumentverden()
    browser = Browser(proxy.adresse)
    sagt = []
    for _ in range(6):
        sagt.append(browser.send("/konto/login/", login=v.brugere["leder"].email, password="forkert").text.lower())
        browser.hent("/was")  # so that the next try comes to the other process
    assert ["for mange" in side for side in sagt] == [False] * 5 + [True]
    assert len({port for port, metode, _ in proxy.spurgt if metode == "POST"}) == 2
