"""One part on one database, in a process that has the program in it."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from random import Random

import django
from django.conf import settings


def klar(slags: str) -> Path:
    """The installation as a person would make it; its folder."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    mappe = Path(os.environ["TORTUR_MAPPE"])
    settings.LOKAL = True  # signs with an authority of its own, on whatever database
    settings.BREVE_VED_SIDEN_AF = settings.ARBEJDE_VED_SIDEN_AF = False
    # The test client's own name, and static files that nobody has gathered; web processes have their own settings.
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.UNDERSKRIFT["DEMOMAPPE"] = mappe / "underskrift"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if slags == "postgresql":
        with connection._nodb_cursor() as markoer:
            markoer.execute(f"CREATE DATABASE {connection.settings_dict['NAME']}")
    call_command("migrate", verbosity=0)
    return mappe


def koer(valg) -> int:
    mappe = klar(valg.database)
    return {"drab": _drab, "pres": _pres, "input": _input}[valg.dele[0]](valg, mappe)


def _sig(tavle: str, fejl: list[str]) -> int:
    print(f"\n{tavle}", flush=True)
    for linje in fejl[:40]:
        print(f"  FEJL {linje}")
    return bool(fejl)


def _drab(valg, mappe: Path) -> int:
    from tests.dokumenter.dokumentdata import dokumentverden
    from tests.tortur.drab import draeb
    from tests.tortur.handlinger import HANDLINGER
    from tests.tortur.kommandoer import KOMMANDOER
    from tests.tortur.tavle import drabstavle
    from tests.verden import filer_som_raekkerne_siger

    v = dokumentverden()
    filer_som_raekkerne_siger()
    kun = tuple(valg.kun.split(","))
    alle = [*(klasse(v) for klasse in HANDLINGER), *(klasse(mappe / "kommandoer") for klasse in KOMMANDOER)]
    fundet = []
    for handling in alle:
        if handling.navn.startswith(kun):
            with suppress(KeyboardInterrupt):
                fundet.append(draeb(handling, valg.gange, Random(f"{valg.fro}{handling.navn}")))
                r = fundet[-1]
                print(f"{r.navn}: {r.drab} drab, {len(r.fejl)} fejl, {r.sekunder:.0f} s", flush=True)
    return _sig(drabstavle(f"Kill -9 på {valg.database}, frø {valg.fro}", fundet), [x for r in fundet for x in r.fejl])


def _pres(valg, mappe: Path) -> int:
    from tests.tortur.pres import pres

    return _sig(*pres(valg, mappe))


def _input(valg, mappe: Path) -> int:
    from tests.tortur.ind import lang

    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # that rubbish is refused is what is asked for
    return _sig(*lang(valg, mappe))
