"""What an installation sets, and what it is told when it has not."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import send_mail

from helhedsplan.settings import mailserver  # noqa: TID251 -- the reader, not a value

PRODUKTION = {
    "DATABASE_URL": "postgres://ingen@127.0.0.1:1/ingen", "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "helhedsplan.example.dk", "EMAIL_URL": "smtps://post@mail.example.dk",
}  # fmt: skip


def start(**miljoe: str) -> tuple[int, str]:
    egne = {navn: v for navn, v in os.environ.items() if navn not in {*PRODUKTION, "DEBUG"}}
    koert = subprocess.run(
        [sys.executable, "-c", "import helhedsplan.wsgi"],
        cwd=settings.BASE_DIR, env=egne | miljoe, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return koert.returncode, koert.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize("mangler", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_production_does_not_start_without_what_it_needs(mangler):
    kode, sagt = start(**{navn: v for navn, v in PRODUKTION.items() if navn != mangler})
    assert kode == 1
    assert sagt.startswith(
        f"django.core.exceptions.ImproperlyConfigured: Miljøvariablen {mangler} mangler. Sæt den til"
    )


def test_a_mail_server_that_cannot_be_read_stops_the_start_and_says_how_to_write_it():
    kode, sagt = start(**PRODUKTION | {"EMAIL_URL": "smtp://[::1"})
    assert kode == 1
    assert sagt.startswith("django.core.exceptions.ImproperlyConfigured: EMAIL_URL kan ikke læses. Skriv den som")


def test_production_starts_with_it_and_a_local_one_needs_nothing(tmp_path):
    statisk = {"STATIC_ROOT": str(tmp_path)}
    assert start(**PRODUKTION, **statisk) == (0, "")
    assert start(DATABASE_URL=f"sqlite:///{tmp_path}/lokal.sqlite3", **statisk) == (0, "")


def test_what_django_asks_of_production_is_so():
    egne = {navn: v for navn, v in os.environ.items() if navn != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the suite's own
    miljoe = egne | PRODUKTION | {"HTTPS": "1", "SECRET_KEY": "aB3d-5fG7h" * 6, "DEBUG": "0"}
    koert = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR, env=miljoe, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert koert.returncode == 0, koert.stderr


@pytest.mark.parametrize(
    ("url", "ventet"),
    [
        ("", ("localhost", 25, "", "", False, False)),
        ("konsol:", ("localhost", 25, "", "", False, False)),
        ("smtp://mail.example.dk", ("mail.example.dk", 25, "", "", False, False)),
        ("smtp+tls://mail.example.dk", ("mail.example.dk", 587, "", "", True, False)),
        ("smtps://post:hemmelig@mail.example.dk:4650", ("mail.example.dk", 4650, "post", "hemmelig", False, True)),
        (
            "smtp+tls://post%40example.dk:k%3A%2F%40de@[::1]:2525",
            ("::1", 2525, "post@example.dk", "k:/@de", True, False),
        ),
    ],
)
def test_a_mail_server_is_read_from_one_address(url, ventet):
    assert mailserver(url) == ventet


@pytest.mark.parametrize(
    "url", ["mail.example.dk", "http://mail.example.dk", "smtp://", "smtp://host:port", "smtp:host"]
)
def test_an_address_that_is_none_stops_the_start_with_how_to_write_it(url):
    with pytest.raises(ImproperlyConfigured, match=r"smtp\+tls://bruger:kode@host:587"):
        mailserver(url)


def test_without_a_mail_server_no_letter_goes_and_none_is_printed(settings, capsys):
    settings.EMAIL_BACKEND = "helhedsplan.breve.UdenPost"
    with pytest.raises(OSError, match="EMAIL_URL mangler"):
        send_mail("Link", "https://hemmeligt.example", None, ["en@eksempel.example"])
    assert "hemmeligt" not in "".join(capsys.readouterr())
