"""The strict harness: what no test should have to remember is checked in every test.

Besides what is here: warnings are errors, undefined template variables fail and only loopback is reached (settings
in pyproject.toml); the order is random (`--randomly-seed=N` repeats one).
"""

import gc
import os
import re
import tempfile
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.db import connections
from django.test import Client, TestCase

from tests.udvalg import er_ens_overalt

# Playwright keeps an event loop in the main thread; Django would then refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Making a failing example smaller may take Hypothesis five minutes; where no one waits at the screen, the failure and
# the line that repeats it are worth more.
UDEN_SKAERM = {"phases": set(hypothesis.Phase) - {hypothesis.Phase.shrink}} if os.environ.get("CI") else {}
hypothesis.settings.register_profile("helhedsplan", deadline=None, print_blob=True, **UDEN_SKAERM)
hypothesis.settings.load_profile("helhedsplan")


#: What stands beside the rooms (backups, migrations) takes long too.
HER = Path(__file__).parent


def _husk_noegler():
    """Opening a key tries its primes anew, 30 to 60 ms each time; the same bytes hold the same key."""
    for modul, navn in ((serialization, "load_der_private_key"), (pkcs12, "load_key_and_certificates")):
        setattr(modul, navn, cache(getattr(modul, navn)))


def pytest_configure(config):
    _husk_noegler()
    mappe = tempfile.TemporaryDirectory(prefix="helhedsplan-test-")
    config.add_cleanup(mappe.cleanup)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # logins need not be slow here
    settings.BREVE_VED_SIDEN_AF = False  # a thread does not see what a test has not committed
    settings.ARBEJDE_VED_SIDEN_AF = False
    settings.LOKAL = True  # the demo may be loaded, on whatever database
    settings.MEDIA_ROOT = Path(mappe.name) / "filer"
    settings.CACHES["loest"]["LOCATION"] = str(Path(mappe.name) / "loest")
    settings.CACHES["arbejde"]["LOCATION"] = str(Path(mappe.name) / "arbejde")
    settings.UNDERSKRIFT = settings.UNDERSKRIFT | {"DEMOMAPPE": Path(mappe.name) / "underskrift"}
    settings.STATIC_ROOT = Path(mappe.name) / "static"
    settings.STATIC_ROOT.mkdir()
    # Static files straight from the source folders: no collectstatic before the tests.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    database = settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0  # a thread of the live server that keeps its connection holds the database at the end
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # A file of this process's own, not :memory:, so that the live server's threads have their own connections.
        database.setdefault("TEST", {})["NAME"] = str(Path(mappe.name) / "test.sqlite3")
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


def pytest_report_header():
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_collection_modifyitems(config, items):
    """Mark what needs Chromium; leave out on SQLite what only PostgreSQL can answer.

    The long walks first, in random order among themselves: what comes last keeps one worker alone.
    """
    lange = {"integration", "browser", "tortur"}
    items.sort(key=lambda item: item.path.parent != HER and not lange & set(item.path.parts))
    udvaelges = "ens_overalt" in config.option.markexpr
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if udvaelges:
            bruger = {*item.fixturenames, *(maerke.name for maerke in item.iter_markers())}
            nodeid = f"{item.path.relative_to(config.rootpath).as_posix()}::{item.nodeid.partition('::')[2]}"
            if er_ens_overalt(nodeid, bruger):
                item.add_marker("ens_overalt")
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        fravalgt = [item for item in items if item.get_closest_marker("postgresql")]
        items[:] = [item for item in items if item not in fravalgt]
        config.hook.pytest_deselected(items=fravalgt)


def pytest_terminal_summary(terminalreporter):
    """Figures that a test has told (`record_property("tal", …)`), also from a process of its own."""
    for rapport in (r for liste in terminalreporter.stats.values() for r in liste if getattr(r, "when", "") == "call"):
        for navn, tavle in rapport.user_properties:
            if navn == "tal":
                terminalreporter.write_line(f"\n{tavle}")


def pytest_collection_finish(session):
    """The program and its libraries stay to the end: the garbage collector need not walk them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


# --- the test client ------------------------------------------------------------------------------------------------

SKRIVER = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP)\b", re.IGNORECASE)
# What a GET may write: the session, and the time of login.
MAA_SKRIVES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "(django_session|helhedsplan_bruger" SET "last_login)"')

# A strict Content-Security-Policy blocks these in the browser without a word.
STRIDER_MOD_CSP = {
    "script uden src": re.compile(r"<script(?![^>]*\s(src=|type=.application/json))[^>]*>", re.IGNORECASE),
    "style-element": re.compile(r"<style\b", re.IGNORECASE),
    "style-attribut": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "hændelsesattribut": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "skabelonkode": re.compile(r"\{\{|\{%"),
}


def _skriveforsoeg(execute, sql, params, many, context):
    if SKRIVER.match(sql) and not MAA_SKRIVES.match(sql):
        context["connection"].skrev_under_get.append(sql)
    return execute(sql, params, many, context)


def _proev_html(response):
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    html = response.content.decode()
    fundet = {navn: fund.group() for navn, udtryk in STRIDER_MOD_CSP.items() if (fund := udtryk.search(html))}
    if fundet:
        pytest.fail(f"Siden {response.request['PATH_INFO']} indeholder: {fundet}")


@pytest.fixture(autouse=True)
def _streng_klient(monkeypatch):
    """Every response of the test client: a GET has written nothing, the HTML holds under CSP, on_commit has run."""
    oprindelig = Client.request

    def request(self, **miljoe):
        forbindelse = connections["default"]
        forbindelse.skrev_under_get = []
        with TestCase.captureOnCommitCallbacks(execute=True):
            if miljoe["REQUEST_METHOD"] in {"GET", "HEAD", "OPTIONS"}:
                with forbindelse.execute_wrapper(_skriveforsoeg):
                    response = oprindelig(self, **miljoe)
            else:
                response = oprindelig(self, **miljoe)
        if forbindelse.skrev_under_get:
            pytest.fail(f"{miljoe['REQUEST_METHOD']} {miljoe['PATH_INFO']} skrev: {forbindelse.skrev_under_get}")
        _proev_html(response)
        return response

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture
def uden_klokke(monkeypatch):
    """For counts of what a page itself asks; those of the bell in its head are held in tests/aftaler/test_klokke.py."""
    monkeypatch.setattr("aftaler.context_processors.kendt_antal", lambda *argumenter: 0)


# --- the browser ----------------------------------------------------------------------------------------------------


CSP_BRUD = re.compile(r"Content[- ]Security[- ]Policy", re.IGNORECASE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium, which reaches nothing but this machine and keeps quiet itself."""
    return browser_type_launch_args | {
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",  # Chromium's sandbox refuses root, and containers without user namespaces
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def base_url(live_server):
    """Addresses in browser tests are relative to the live server."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "locale": "da-DK",
        "timezone_id": "Europe/Copenhagen",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def browserfejl():
    """What went wrong in the browser so far; a test that means to provoke it takes this and clears it."""
    return []


@pytest.fixture
def context(context, browserfejl):
    """A script error, or something that the Content-Security-Policy stopped, fails the test, whatever the page."""
    context.set_default_timeout(10_000)
    context.on("weberror", lambda fund: browserfejl.append(str(fund.error)))
    context.on("console", lambda linje: browserfejl.append(linje.text) if CSP_BRUD.search(linje.text) else None)
    yield context
    if browserfejl:
        pytest.fail("I browseren: " + "; ".join(browserfejl))


@pytest.fixture
def side_som(context, page, base_url):
    """side_som(bruger): the page, logged in as that person without the login form."""

    def log_ind(bruger):
        klient = Client()
        klient.force_login(bruger)
        noegle = klient.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": noegle, "url": base_url}])
        return page

    return log_ind


@pytest.fixture
def axe_fejl():
    """axe_fejl(page): what axe-core finds against WCAG 2.2 AA and best practice, one line for each element."""

    def find(page):
        fund = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [f"{regel['id']}: {knude['html']}" for regel in fund for knude in regel["nodes"]]

    return find
