"""What is done at the command line: a backup, a restore, a migration. Each restore and migration has a database of its
own, where it is killed and then done to its end."""

import lzma
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings

from helhedsplan.sikkerhedskopi import kopifil
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl
from helhedsplan.sikkerhedskopi.tjek import tjek_data
from tests.tortur.drab import Handling, Slut, i_barn

FOER = Path(__file__).parent.parent / "foer"


class Sikkerhedskopi(Handling):
    """A file at its name is whole; another name for each."""

    navn = "sikkerhedskopi"

    def __init__(self, mappe: Path):
        self.mappe = mappe
        self.nr = 0
        mappe.mkdir(parents=True, exist_ok=True)

    def foer(self) -> None:
        self.nr += 1

    def goer(self) -> str:
        for k in range(1000):
            fil = self.mappe / f"kopi-{self.nr}-{k}.zip"
            if not fil.exists():
                call_command("sikkerhedskopi", str(fil), stdout=open("/dev/null", "w"))  # noqa: SIM115
                return fil.name
        raise Slut

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        findes = {fil.name: fil for fil in self.mappe.glob("kopi-*.zip")}
        if vaek := set(bekraeftet) - set(findes):
            yield f"tabt: {sorted(vaek)}"
        for fil in findes.values():
            try:
                with kopifil.aabn(fil):
                    pass
            except Kopifejl as fejl:
                yield f"halvt: {fejl}"
            fil.unlink()

    def efterladt(self) -> int:
        return len(list(self.mappe.iterdir()))


# --- in a database of its own ----------------------------------------------------------------------------------------


def _navn(mappe: Path, hvad: str) -> str:
    return str(mappe / f"{hvad}.sqlite3") if connection.vendor == "sqlite" else f"tortur_{hvad}"


def _ny(mappe: Path, hvad: str, skabelon: str = "") -> str:
    """An empty database, or a copy of `skabelon`; its name."""
    navn = _navn(mappe, hvad)
    connections.close_all()
    if connection.vendor == "sqlite":
        for ende in ("", "-wal", "-shm"):
            Path(navn + ende).unlink(missing_ok=True)
        if skabelon:
            shutil.copy(skabelon, navn)
        return navn
    with connection._nodb_cursor() as markoer:
        markoer.execute(f"DROP DATABASE IF EXISTS {navn} WITH (FORCE)")
        markoer.execute(f"CREATE DATABASE {navn} TEMPLATE {skabelon or 'template0'}")
    return navn


@contextmanager
def sted(navn: str, filer: Path) -> Iterator[None]:
    """In a process of its own: this database and these files instead."""
    connections.close_all()
    connection.settings_dict["NAME"] = navn
    with override_settings(MEDIA_ROOT=filer):
        yield
    connections.close_all()


def _i_alt() -> dict[str, int]:
    return {m._meta.db_table: m._base_manager.count() for m in apps.get_models(include_auto_created=True)}


def _kolonner() -> list[str]:
    """Every column of every table, as "table.column type"."""
    spoerg = {
        "sqlite": "SELECT m.name || '.' || k.name || ' ' || k.type FROM sqlite_master m, pragma_table_info(m.name) k"
        " WHERE m.type = 'table'",
        "postgresql": "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns"
        " WHERE table_schema = 'public'",
    }[connection.vendor]
    with connection.cursor() as markoer:
        markoer.execute(spoerg)
        return sorted(linje for (linje,) in markoer.fetchall())


def _galt() -> list[str]:
    return [fejl.tekst for fejl in tjek_data() if fejl.alvorlig]


class Eget(Handling):
    """Once in each database, and then again until it is done."""

    hele_huset = False
    hvad = ""

    def __init__(self, mappe: Path):
        self.mappe = mappe
        mappe.mkdir(parents=True, exist_ok=True)
        self.filer, self.begyndt, self.nr = mappe / f"{self.hvad}-filer", False, 0
        self.rigtig: list | None = None
        self.database = ""

    def varm_op(self) -> None:
        """The second try is not part of what is killed."""

    def foer(self) -> None:
        shutil.rmtree(self.filer, ignore_errors=True)
        self.begyndt = False
        self.nr += 1
        self.database = self.lav()

    def lav(self) -> str:
        return _ny(self.mappe, self.hvad)

    def goer(self) -> bool:
        if self.begyndt:
            raise Slut
        self.begyndt = True
        with sted(self.database, self.filer):
            self.koer()
        return True

    def koer(self) -> None:
        raise NotImplementedError

    def igen(self) -> None:
        self.koer()

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        def til_ende():
            with sted(self.database, self.filer):
                self.igen()
                plan = MigrationExecutor(connection)
                mangler = plan.migration_plan(plan.loader.graph.leaf_nodes())
                return [_i_alt(), _kolonner(), _galt(), len(mangler)]

        try:
            staar = i_barn(til_ende)
        except RuntimeError as fejl:
            yield f"halvt: anden gang gik ikke: {fejl}"
            return
        self.rigtig = self.rigtig or staar
        for navn, nu, skal in zip(("rækker", "kolonner", "tjek_data", "migrationer"), staar, self.rigtig, strict=True):
            if nu != skal:
                yield f"halvt: {navn} er ikke som uden drab: {_forskel(nu, skal)}"


def _forskel(nu, skal) -> str:
    if isinstance(nu, dict):
        return str({n: (nu.get(n), skal.get(n)) for n in sorted(nu | skal) if nu.get(n) != skal.get(n)})[:500]
    if isinstance(nu, list):
        return f"{sorted(set(nu) ^ set(skal))}"[:500]
    return f"{nu} / {skal}"


class Gendan(Eget):
    """Into a database without tables, and into one that has them: the rows are what takes the time there."""

    navn, hvad = "gendan", "gendan"

    def forbered(self) -> None:
        self.kopi = self.mappe / "kopi.zip"
        self.kopi.unlink(missing_ok=True)
        i_barn(lambda: call_command("sikkerhedskopi", str(self.kopi), stdout=open("/dev/null", "w")))  # noqa: SIM115
        tom = _ny(self.mappe, "tom")

        def med_tabeller():
            with sted(tom, self.filer):
                call_command("migrate", verbosity=0)

        i_barn(med_tabeller)
        self.tom = tom

    def lav(self) -> str:
        return _ny(self.mappe, self.hvad, self.tom if self.nr % 4 else "")

    def koer(self) -> None:
        call_command("gendan", str(self.kopi), stdout=open("/dev/null", "w"))  # noqa: SIM115

    def igen(self) -> None:
        try:
            self.koer()
        except CommandError as fejl:
            if "Her er data i forvejen" not in str(fejl):
                raise
            call_command("migrate", verbosity=0)


class Migrering(Eget):
    """On SQLite the installation of before, with all that is in it; on PostgreSQL from nothing."""

    navn, hvad = "migrering", "migrering"

    def lav(self) -> str:
        navn = _ny(self.mappe, self.hvad)
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(navn)) as database:
                database.executescript(lzma.decompress((FOER / "installation.sql.xz").read_bytes()).decode())
        return navn

    def koer(self) -> None:
        call_command("migrate", verbosity=0)


KOMMANDOER = (Sikkerhedskopi, Gendan, Migrering)
