"""One cache for several machines by CACHE_URL: shared while its server is there, and nobody's fault when it is not."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as indstillinger
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from helhedsplan import arbejde, deltcache, driftstjek
from helhedsplan.settings import delte_caches  # noqa: TID251 -- what is tried
from indikatorer.queries import loest
from tests import factories as f
from tests.integration.test_login_graenser import STOPPET, proev_sig_frem

NEDE = "redis://127.0.0.1:1/0"
#: What another process says it sees, and leaves for the first.
DEN_ANDEN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "helhedsplan.settings"
from django.core.cache import caches
from helhedsplan import arbejde
print(caches["default"].get("fundet"), arbejde.fulgt("x").fremskridt.hvad, caches["loest"].get("system"))
caches["default"].incr("fundet")
arbejde.glem("x")
"""


@pytest.fixture
def delt(settings, tmp_path):
    """Turns the shared cache on by its address; ends it with the test."""

    def paa(url: str) -> None:
        egne = {navn: settings.CACHES[navn] for navn in ("default", "loest", "arbejde", "sider")}
        settings.CACHE_URL, settings.CACHES = url, egne | delte_caches(url, egne)
        deltcache.afbryder.nede_til = 0.0
        caches["sider"].clear()

    yield paa
    deltcache.afbryder.nede_til = 0.0
    caches["sider"].clear()


@contextmanager
def server(mappe: Path):
    sok = mappe / "redis.sock"
    ord_ = ["redis-server", "--port", "0", "--unixsocket", sok, "--save", "", "--dir", mappe, "--daemonize", "no"]
    with subprocess.Popen(list(map(str, ord_)), stdout=subprocess.DEVNULL) as koert:
        try:
            for _ in range(200):
                if sok.exists():
                    break
                time.sleep(0.02)
            yield f"unix://{sok}"
        finally:
            koert.terminate()


@pytest.mark.django_db
def test_two_processes_share_it_and_when_it_goes_the_page_goes_on(client, delt, tmp_path, monkeypatch):
    monkeypatch.setattr(driftstjek, "mangler_migrationer", lambda: False)
    mappe = Path("/tmp") / f"redis-{os.getpid()}"  # noqa: S108 -- the name of a socket may only be so long
    mappe.mkdir()
    try:
        with server(mappe) as url:
            delt(url)
            caches["default"].set("fundet", 1)
            caches["loest"].set("system", [3])
            arbejde._sig("x", arbejde.Arbejdsstand(arbejde.Fremskridt("Regner"), time.time()))
            miljoe = os.environ | {"CACHE_URL": url, "DATABASE_URL": "sqlite://:memory:", "CACHE_ROOT": str(tmp_path)}
            anden = subprocess.run(
                [sys.executable, "-c", DEN_ANDEN], cwd=indstillinger.BASE_DIR, env=miljoe, capture_output=True,
                text=True, check=True,
            )  # fmt: skip
            assert anden.stdout == "1 Regner [3]\n"
            assert (caches["default"].get("fundet"), arbejde.fulgt("x")) == (2, None)
            assert client.get(reverse("sundhed")).json() == {"status": "ok"}
            caches["loest"].clear()
            assert caches["loest"].get("system") == [3]  # others' too
        caches["sider"].clear()
        assert client.get(reverse("sundhed")).json() == {"status": "nedsat", "mangler": ["delt cache"]}
        assert (caches["default"].get("fundet"), client.get(reverse("account_login")).status_code) == (None, 200)
    finally:
        for fil in mappe.iterdir():
            fil.unlink()
        mappe.rmdir()


@pytest.mark.django_db
def test_without_its_server_limits_are_in_the_database_and_the_rest_in_files(client, delt, caplog):
    bruger = f.BrugerFactory(email="sekretaer@example.dk")
    delt(NEDE)
    assert STOPPET in proev_sig_frem(client)
    svar = arbejde.begynd("y", _arbejdet)
    assert (svar.slut, svar.udfald, arbejde.fulgt("y").udfald) == (True, 7, 7)
    loest._gem("noegle", frozenset({2, 1}))
    assert loest._hent("noegle") == [1, 2]
    client.force_login(bruger)
    assert client.get(reverse("forside")).status_code == 200
    assert caplog.text.count("The shared cache does not answer") == 1
    arbejde.glem("y")


def _arbejdet():
    yield arbejde.Fremskridt("Regner")
    return 7


@pytest.mark.parametrize("url", ["http://x", "redis://", "unix:", "redis://x:y/0", "redis"])
def test_an_address_that_is_none_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL kan ikke læses"):
        delte_caches(url, indstillinger.CACHES)
