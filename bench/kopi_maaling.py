"""Backup and restore of 200 plans with 2.000 editions, against the database's own copy and plain copying."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

PLANER, UDGAVER, KB = 200, 2_000, 60


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.conf import settings

    lav_udgaver()
    base, filer = Path(settings.DATABASES["default"]["NAME"]), Path(settings.MEDIA_ROOT)
    with tempfile.TemporaryDirectory() as mappe:
        kopi, ny = Path(mappe) / "kopi.zip", Path(mappe) / "ny"
        ny.mkdir()
        bar = taget(lambda: kopier(base, filer, Path(mappe) / "bar"))
        kommando = taget(lambda: koer("sikkerhedskopi", str(kopi)))
        andetsteds = {"DATABASE_URL": f"sqlite:///{ny}/ny.sqlite3", "MEDIA_ROOT": str(ny / "filer")}
        tabeller = taget(lambda: koer("migrate", "--verbosity", "0", **andetsteds))
        ind = taget(lambda: koer("gendan", str(kopi), **andetsteds))
        mb = {"database": stoerrelse(base), "filer": stoerrelse(filer), "kopi": stoerrelse(kopi)}
    print(f"\nSikkerhedskopi af {PLANER} planer med {UDGAVER} udgaver (SQLite)")
    print(", ".join(f"{navn} {tal:.0f} MB" for navn, tal in mb.items()))
    print(f"{'bar kopi af base og filer':<34} {bar:>6.1f} s")
    print(f"{'sikkerhedskopi, læst efter':<34} {kommando:>6.1f} s {kommando / bar:>6.1f} x")
    print(f"{'tomme tabeller':<34} {tabeller:>6.1f} s")
    print(f"{'gendan, holdt op mod manifestet':<34} {ind:>6.1f} s {ind / bar:>6.1f} x")


def taget(opgave) -> float:
    start = time.perf_counter()
    opgave()
    return time.perf_counter() - start


def koer(*ord_: str, **miljoe: str) -> None:
    subprocess.run([sys.executable, "manage.py", *ord_], env=os.environ | miljoe, check=True, stdout=subprocess.DEVNULL)


def kopier(base: Path, filer: Path, til: Path) -> None:
    til.mkdir()
    with closing(sqlite3.connect(base)) as fra, closing(sqlite3.connect(til / base.name)) as ny:
        fra.backup(ny)
    shutil.copytree(filer, til / "filer")


def stoerrelse(sti: Path) -> float:
    filer = [sti] if sti.is_file() else [fil for fil in sti.rglob("*") if fil.is_file()]
    return sum(fil.stat().st_size for fil in filer) / 1e6


def lav_udgaver() -> None:
    """Editions as the demo's, of as many bytes as a paper has; and no more plans than they are of."""
    from django.db import connection

    from aftaler.models import Helhedsplan
    from dokumenter import lager
    from dokumenter.models import Udgave
    from helhedsplan.models import Kaede

    mere = list(Helhedsplan.objects.order_by("pk").values_list("pk", flat=True)[PLANER:])
    slet_planer(mere)
    Kaede.objects.filter(noegle__startswith="maaleplan-").delete()  # heads without a chain
    monster = Udgave.objects.first()
    nye = []
    for nr in range(UDGAVER):
        navn, sha = lager.gem(os.urandom(KB * 1000), "udgaver", ".pdf")
        egne = {
            "pk": None,
            "plan_id": monster.plan_id,
            "nummer": 1000 + nr,
            "dokument_id": f"bench-{nr}",
            "ikraft": None,
        }
        felter = {f.attname: getattr(monster, f.attname) for f in Udgave._meta.concrete_fields if not f.primary_key}
        nye.append(Udgave(**felter | egne | {"pdf": navn, "pdf_sha256": sha}))
    Udgave._base_manager.bulk_create(nye)
    connection.close()


def slet_planer(pks: list[int]) -> None:
    """The plans that `bench.data` made, and what is under them."""
    from aftaler.models import Aktivitet, Delaftale, Delmaal, Helhedsplan, Medlemskab, Omraade, Part

    for model in (Delmaal, Aktivitet):
        model._base_manager.filter(delaftale__plan__in=pks).delete()
    for model in (Delaftale, Omraade, Part, Medlemskab, Helhedsplan.indsatsomraader.through):
        sti = "helhedsplan" if model is Helhedsplan.indsatsomraader.through else "plan"
        model._base_manager.filter(**{f"{sti}__in": pks}).delete()
    Helhedsplan._base_manager.filter(pk__in=pks).delete()
