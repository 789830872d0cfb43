"""What a monitor is told, and what is told of a fault on its page and in the log."""

import json
import logging
import shutil
import socket
from smtplib import SMTPRecipientsRefused
from threading import Thread

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import reverse

from helhedsplan import driftstjek, views
from helhedsplan.logning import Fejlnummer, Jsonlinje, Tekstlinje, maerk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _spurgt_paa_ny(settings):
    settings.MIGRATION_MODULES = {}
    caches["sider"].clear()
    yield
    caches["sider"].clear()


@pytest.fixture
def migreret(monkeypatch):
    """The suite makes its tables without migrations."""
    monkeypatch.setattr(driftstjek, "mangler_migrationer", lambda: False)


def sundhed(client) -> tuple[int, dict]:
    svar = client.get(reverse("sundhed"))
    return svar.status_code, svar.json()


def test_a_site_that_is_well_says_so(client, migreret):
    assert sundhed(client) == (200, {"status": "ok"})


def test_a_full_disk_and_a_missing_migration_stop_it(client, monkeypatch):
    assert sundhed(client) == (503, {"status": "fejl", "aarsag": "databasen er ikke migreret"})
    brug = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda sti: brug._replace(free=5_000_000))
    assert sundhed(client) == (503, {"status": "fejl", "aarsag": "disken er fuld"})


def test_a_store_that_fails_is_told_and_is_no_500(client, migreret, monkeypatch):
    def itu():
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(driftstjek, "fri_plads", itu)
    assert sundhed(client) == (503, {"status": "fejl", "aarsag": "OSError"})


NEDSAT = {"status": "nedsat", "mangler": ["mailserver"]}


@pytest.mark.parametrize(
    ("hilsen", "ventet"), [(b"220 mail.example.dk ESMTP\r\n", {"status": "ok"}), (b"", NEDSAT), (b"554 nej", NEDSAT)]
)
def test_a_mail_server_that_does_not_greet_makes_it_worse_off(client, migreret, settings, hilsen, ventet):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()

        def svar():
            forbindelse, _ = server.accept()
            with forbindelse:
                forbindelse.sendall(hilsen)

        traad = Thread(target=svar)
        traad.start()
        assert sundhed(client) == (200, ventet)
        traad.join()


def test_a_mail_server_that_is_mute_holds_the_monitor_up_no_longer_than_told(client, migreret, settings, monkeypatch):
    monkeypatch.setattr(driftstjek, "VENTETID", 0.1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as stum:
        settings.EMAIL_HOST, settings.EMAIL_PORT = stum.getsockname()
        assert sundhed(client) == (200, NEDSAT)


def test_the_page_of_a_fault_shows_the_number_that_its_line_in_the_log_has(client, monkeypatch, caplog):
    def itu(*args, **kwargs):
        raise RuntimeError("itu")

    monkeypatch.setattr(views, "ORDLISTE", type("Itu", (), {"items": itu})())
    client.raise_request_exception = False
    caplog.handler.addFilter(Fejlnummer())
    svar = client.get(reverse("ordliste"))
    assert svar.status_code == 500
    (linje,) = [r for r in caplog.records if r.exc_info and r.name == "django.request"]
    assert len(linje.fejlnummer) == 8
    assert f"<code>{linje.fejlnummer}</code>" in svar.content.decode()


def test_each_fault_has_a_number_of_its_own_and_each_line_of_one_the_same():
    en, anden = RequestFactory().get("/"), RequestFactory().get("/")
    assert maerk(en) == maerk(en) != maerk(anden)


def test_a_line_of_json_holds_what_stopped_and_where():
    try:
        raise ValueError("æøå")
    except ValueError as fejl:
        record = logging.LogRecord("aftaler", logging.ERROR, __file__, 1, "Reglen %s", ("r",), (ValueError, fejl, fejl.__traceback__))  # fmt: skip  # noqa: E501
    record.fejlnummer = "abcd1234"
    tekst = Jsonlinje().format(record)
    assert "\n" not in tekst
    linje = json.loads(tekst)
    assert (linje["niveau"], linje["hvor"], linje["besked"], linje["fejlnummer"]) == ("ERROR", "aftaler", "Reglen r", "abcd1234")  # fmt: skip  # noqa: E501
    assert linje["spor"].endswith("ValueError: æøå")


@pytest.mark.parametrize("linje", [Jsonlinje(), Tekstlinje()])
@pytest.mark.parametrize(
    "fejl",
    [
        SMTPRecipientsRefused({"beboer.nr1@eksempel.dk": (550, b"<beboer.nr1@eksempel.dk>: ukendt")}),
        ValueError('null value\nDETAIL:  Failing row contains (7, Hemmelig Beboer, "to\n\nlinjer, Hemmelig").\n'),
        ValueError("duplicate key\nDETAIL:  Key (lower(email))=(beboer.nr1@eksempel.dk) already exists."),
    ],
)
def test_people_that_a_fault_names_are_not_in_the_log(linje, fejl):
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Brev til beboer.nr1@eksempel.dk", (), (type(fejl), fejl, None))  # fmt: skip  # noqa: E501
    tekst = linje.format(record)
    assert "Hemmelig" not in tekst
    assert "nr1" not in tekst
    assert type(fejl).__name__ in tekst
    assert "Brev til (e-mail)" in tekst
