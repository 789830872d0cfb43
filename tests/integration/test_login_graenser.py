"""Whoever tries passwords is stopped, and nobody else with him: not those behind the same proxy, not the owner of the
account elsewhere."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.urls import reverse

from tests import factories as f

pytestmark = pytest.mark.django_db
STOPPET = "mange mislykkede logonforsøg"
KODE = "et langt kodeord til prøve"


@pytest.fixture
def bruger():
    bruger = f.BrugerFactory(email="sekretaer@example.dk")
    bruger.set_password(KODE)
    bruger.save()
    return bruger


def login(client, email: str, kode: str, fra: str = "", remote: str = "10.0.0.1"):
    """Whether it was let in, and what the page said."""
    hoveder = {"HTTP_X_FORWARDED_FOR": fra} if fra else {}
    svar = client.post(reverse("account_login"), {"login": email, "password": kode}, REMOTE_ADDR=remote, **hoveder)
    inde = svar.status_code == 302
    client.logout()
    return inde, svar.content.decode()


def proev_sig_frem(client, antal: int = 12, email: str = "sekretaer@example.dk", **fra) -> str:
    for nr in range(antal):
        inde, side = login(client, email, f"forkert {nr}", **fra)
        assert not inde
    return side


def test_one_behind_the_proxy_locks_nobody_else_out(client, bruger, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert STOPPET in proev_sig_frem(client, email="andre@example.dk", fra="192.0.2.7")
    assert not login(client, bruger.email, KODE, fra="192.0.2.7")[0]
    assert login(client, bruger.email, KODE, fra="198.51.100.4")[0]


def test_an_account_is_locked_by_account_and_address(client, bruger, settings):
    """Six tries are over the account's limit and under that of the address."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert STOPPET in proev_sig_frem(client, 6, fra="192.0.2.7")
    assert login(client, bruger.email, KODE, fra="198.51.100.4")[0]
    assert not login(client, bruger.email, KODE, fra="192.0.2.7")[0]


def test_what_a_stranger_says_of_his_own_address_is_not_believed(client, bruger, settings):
    for nr in range(12):
        side = login(client, f"{nr}@example.dk", "forkert", fra=f"192.0.2.{nr}")[1]
    assert STOPPET in side
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for nr in range(12):
        side = login(client, f"{nr}@example.dk", "forkert", fra=f"192.0.2.{nr}, 203.0.113.9")[1]
    assert STOPPET in side


@pytest.mark.parametrize("fra", ["", "192.0.2.7", "ikke en adresse, 192.0.2.7", "x" * 5000])
def test_a_header_that_is_not_as_the_proxies_write_it_is_no_fault_of_the_page(client, bruger, settings, fra):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert login(client, bruger.email, KODE, fra=fra)[0]


def test_all_processes_count_together(client, bruger):
    assert isinstance(caches["default"], DatabaseCache)
    login(client, bruger.email, "forkert")
    with connection.cursor() as markoer:
        markoer.execute("SELECT count(*) FROM delt_cache WHERE cache_key LIKE %s", ["%login_failed%"])
        assert markoer.fetchone()[0] > 0
