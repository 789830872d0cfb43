"""The rows of a database as lines of JSON, the same whichever database they stand in.

The tables are those of the migrations, not of today's models, so that a copy can be read by a later program: fields are
then what the database holds, and nothing is put right on the way.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO
from uuid import UUID

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

#: Nobody's work: who is logged in.
UDELADT = {"sessions", "usersessions"}
#: Made by every migration, with numbers of its own in each installation.
LAVES_AF_SIG_SELV = {"contenttypes", "auth.permission"}
PORTION = 500

#: What JSON has no word for -> (how it is written, how it is read).
TYPER: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "tidspunkt": (datetime, datetime.isoformat, datetime.fromisoformat),
    "dag": (date, date.isoformat, date.fromisoformat),
    "klokken": (time, time.isoformat, time.fromisoformat),
    "tal": (Decimal, str, Decimal),
    "varighed": (timedelta, lambda v: v // timedelta(microseconds=1), lambda v: timedelta(microseconds=v)),
    "uuid": (UUID, str, UUID),
    "byte": (bytes, lambda v: b64encode(v).decode(), b64decode),
    "hukommelse": (memoryview, lambda v: b64encode(v.tobytes()).decode(), b64decode),
}

TABEL = type[models.Model]


def tabeller(apps: Apps) -> list[TABEL]:
    """The tables that a copy holds, also those between two others, in the order of their names."""
    alle = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return sorted((m for m in alle if m._meta.app_label not in UDELADT), key=lambda m: m._meta.db_table)


def laves_af_sig_selv(tabel: TABEL) -> bool:
    return bool({tabel._meta.app_label, tabel._meta.label_lower} & LAVES_AF_SIG_SELV)


def migreret() -> list[tuple[str, str]]:
    """The migrations that this database has had, of those that this program knows; none when it is empty."""
    loader = MigrationExecutor(connection).loader
    return sorted(loader.applied_migrations.keys() & loader.graph.nodes.keys())


def mangler() -> list[str]:
    """The migrations that this database should have had."""
    executor = MigrationExecutor(connection)
    return [str(m) for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def som_migreret(migrationer: Iterable[tuple[str, str]]) -> Apps:
    """The tables as these migrations leave them. Raises KeyError with one that this program does not have."""
    loader = MigrationExecutor(connection).loader
    for migration in (migrationer := list(migrationer)):
        if migration not in loader.graph.nodes:
            raise KeyError(migration)
    return loader.project_state(migrationer).apps


def ender(migrationer: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last of each app's, those first that the others stand on."""
    graf, alle = MigrationExecutor(connection).loader.graph, set(migrationer)
    foran = {
        (app, foraelder.key[1])
        for app, navn in alle
        for foraelder in graf.node_map[app, navn].parents
        if foraelder.key[0] == app
    }
    return sorted(alle - foran)


def felter(tabel: TABEL) -> list[models.Field]:
    return [felt for felt in tabel._meta.concrete_fields if not felt.generated]


def skriv(tabel: TABEL, til: BinaryIO) -> int:
    """The names of the columns, and a line for each row; how many rows."""
    kolonner = [felt.attname for felt in felter(tabel)]
    til.write(som_linje(kolonner))
    nr = 0
    for raekke in tabel._base_manager.order_by("pk").values_list(*kolonner).iterator(chunk_size=PORTION):
        til.write(som_linje(list(raekke)))
        nr += 1
    return nr


def som_linje(vaerdier: list) -> bytes:
    return json.dumps(vaerdier, ensure_ascii=False, separators=(",", ":"), default=_typen).encode() + b"\n"


def _typen(vaerdi: Any) -> dict[str, Any]:
    for navn, (type_, skriv_, _) in TYPER.items():
        if isinstance(vaerdi, type_):
            return {navn: skriv_(vaerdi)}
    raise TypeError(f"{type(vaerdi)} kan ikke skrives")


def laes(tabel: TABEL, linjer: Iterator[bytes]) -> int:
    """Puts the rows in; how many. In the caller's transaction. Raises ValueError when they are not this table's."""
    kolonner, her = json.loads(next(linjer)), {felt.attname: felt for felt in felter(tabel)}
    if set(kolonner) != set(her):
        raise ValueError(f"Kolonnerne i {tabel._meta.db_table} er ikke dem, kopien har.")
    rigtige = [her[navn] for navn in kolonner]
    qn = connection.ops.quote_name
    sql = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608
        qn(tabel._meta.db_table),
        ", ".join(qn(felt.column) for felt in rigtige),
        ", ".join(["%s"] * len(rigtige)),
    )
    antal = 0
    with connection.cursor() as markoer:
        while portion := [_raekke(rigtige, linje) for linje in islice(linjer, PORTION)]:
            markoer.executemany(sql, portion)
            antal += len(portion)
    return antal


def _raekke(kolonner: list[models.Field], linje: bytes) -> list:
    return [
        felt.get_db_prep_save(vaerdi if isinstance(felt, models.JSONField) else af_json(vaerdi), connection)
        for felt, vaerdi in zip(kolonner, json.loads(linje), strict=True)
    ]


def af_json(vaerdi: Any) -> Any:
    if not isinstance(vaerdi, dict):
        return vaerdi
    ((navn, skrevet),) = vaerdi.items()
    return TYPER[navn][2](skrevet)


# --- the numbers that are next ---------------------------------------------------------------------------------------


def _talte(apps: Apps) -> list[TABEL]:
    return [m for m in tabeller(apps) if isinstance(m._meta.pk, models.AutoField | models.BigAutoField)]


def numre(apps: Apps) -> dict[str, int]:
    """The last number given in each table, also to what has since been deleted: the log tells of rows by number."""
    with connection.cursor() as markoer:
        if connection.vendor == "sqlite":
            markoer.execute("SELECT name, seq FROM sqlite_sequence")
            kendte = dict(markoer.fetchall())
            return {t: kendte[t] for m in _talte(apps) if kendte.get(t := m._meta.db_table)}
        ud = {}
        for m in _talte(apps):
            markoer.execute("SELECT pg_sequence_last_value(%s::regclass)", [_taeller(markoer, m)])
            ud[m._meta.db_table] = markoer.fetchone()[0]
        return {tabel: nr for tabel, nr in ud.items() if nr}


def saet_numre(apps: Apps, numre: dict[str, int]) -> None:
    """Nothing new gets a number that something had."""
    with connection.cursor() as markoer:
        for sql in connection.ops.sequence_reset_sql(no_style(), _talte(apps)):
            markoer.execute(sql)
        for m in _talte(apps):
            if nr := numre.get(m._meta.db_table):
                _saet_nummer(markoer, m, nr)


def _saet_nummer(markoer, tabel: TABEL, nr: int) -> None:
    navn = tabel._meta.db_table
    if connection.vendor == "sqlite":
        markoer.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [nr, navn])
        if not markoer.rowcount:
            markoer.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [navn, nr])
        return
    taeller = _taeller(markoer, tabel)
    markoer.execute(
        "SELECT setval(%s::regclass, greatest(%s, coalesce(pg_sequence_last_value(%s::regclass), 1)))",
        [taeller, nr, taeller],
    )


def _taeller(markoer, tabel: TABEL) -> str:
    qn = connection.ops.quote_name
    markoer.execute("SELECT pg_get_serial_sequence(%s, %s)", [qn(tabel._meta.db_table), tabel._meta.pk.column])
    return markoer.fetchone()[0]
