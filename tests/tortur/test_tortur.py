"""The short form of `make torture`: the same functions, with small numbers; `make test` prints the figures."""

import os
import re
from random import Random

import pytest
from django.conf import settings
from django.db import connection

from tests.dokumenter.dokumentdata import dokumentverden
from tests.integration.test_matrix import adresse
from tests.tortur.drab import draeb
from tests.tortur.handlinger import HANDLINGER, Gem, ImportTal, Stem
from tests.tortur.ind import ONDT, Ind, Talt, indtavle, sider
from tests.tortur.pres import under_pres
from tests.tortur.tavle import drabstavle

FRO = 15
#: What takes no time is tried more often than once.
GANGE = {Gem: 8, ImportTal: 2, Stem: 4}
#: What draws papers or reads files takes seconds; the long form has them.
LANGSOMME = re.compile(r"pdf|word|zip|xlsx|frys|pakke|udkast|indlaes|importer|underskriv|wordskabelon")


@pytest.fixture(autouse=True)
def _streng_klient():
    """The client as it is: what is typed here looks like what the strict one is afraid of."""


@pytest.fixture
def tal(record_property):
    """Figures for the end of the run (tests/conftest.py)."""
    return lambda tavle: record_property("tal", tavle)


@pytest.mark.django_db(transaction=True)
def test_what_was_confirmed_is_there_after_kill_9_and_nothing_is_half_written(tal):
    v = dokumentverden()
    fundet = [draeb(handling(v), GANGE.get(handling, 1), Random(FRO)) for handling in HANDLINGER]
    tal(drabstavle(f"Kill -9 på {connection.vendor}, kort", fundet))
    assert [linje for r in fundet for linje in r.fejl] == []
    assert [(r.navn, r.drab) for r in fundet] == [(h.navn, GANGE.get(h, 1)) for h in HANDLINGER]
    assert all(r.bekraeftet >= 2 for r in fundet), "one before and one after"


@pytest.mark.django_db(transaction=True)
def test_no_confirmed_write_is_lost_while_others_write_read_and_draw(tal, tmp_path):
    """How long a page takes is not asked here: the machine has other tests to do."""
    navn = connection.settings_dict["NAME"]
    foran = "sqlite://" if connection.vendor == "sqlite" else os.environ["DATABASE_URL"].rpartition("/")[0]
    egne = os.environ | {
        "DATABASE_URL": f"{foran}/{navn}", "SECRET_KEY": settings.SECRET_KEY, "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": "konsol:",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT), "CACHE_ROOT": str(tmp_path / "cache"), "LOG_LEVEL": "ERROR",
        "STATIC_ROOT": str(tmp_path / "static"), "DEBUG": "0", "DJANGO_SETTINGS_MODULE": "tests.tortur.indstillinger",
    }  # fmt: skip
    tavle, fejl, p = under_pres(
        tmp_path, egne, sekunder=4, gange=None, ro=1, skrivere=6, laesere=5, pause=0.3, fro=FRO
    )  # fmt: skip
    tal(tavle)
    assert fejl == []
    assert p.maalt.bekraeftet.total() > 3


@pytest.mark.django_db
def test_rubbish_is_answered_and_no_script_is_kept(tal):
    v, talt, t = dokumentverden(), Talt(), Random(FRO)
    hurtige = [sti for sti in sider(v) if not LANGSOMME.search(sti)]
    ind = Ind(v, t, talt, hurtige)
    ind.runde(30)
    afsnit = adresse(v, "afsnit-ret")
    form = next(form for form in ind.formularer(afsnit) if any(felt.navn == "tekst" for felt in form.felter))
    form.udfyld({"tekst": f"<p>Det er skrevet.</p>{''.join(ondt for ondt in ONDT if '<!--' not in ondt)}"})
    assert form.send(ind.klient, form.knapper[0]).status_code == 302
    ind.se_efter([adresse(v, "samarbejdsaftale-vis"), afsnit, *t.sample(hurtige, 6)])
    tal(indtavle(talt, "kort"))
    assert talt.fejl == []
    assert talt.sendt >= 30
