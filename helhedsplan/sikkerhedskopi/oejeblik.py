"""The database as it is at one moment, while others go on writing.

SQLite copies itself by its own backup; PostgreSQL gives its moment a name, by which pg_dump sees the same as we do.
What is asked within `oejeblik` is answered as of that moment.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, connection, connections, transaction


class Kopifejl(Exception):
    """A copy cannot be made, read or used; the text says why, and what to do."""


@contextmanager
def databasen() -> Iterator[None]:
    """A database that does not answer, or does not let us, as a Kopifejl."""
    try:
        yield
    except (DatabaseError, connection.Database.Error) as fejl:
        sagt = str(fejl).strip().partition("\n")[0]
        raise Kopifejl(
            f"Databasen svarer ikke, som den skal: {sagt}. "
            "Se efter i DATABASE_URL, og om brugeren har ret til tabellerne."
        ) from fejl


class Oejeblik(NamedTuple):
    """The database's own copy of itself, and what it is called in the file."""

    fil: Path
    navn: str


@contextmanager
def oejeblik(mappe: Path) -> Iterator[Oejeblik]:
    """Raises Kopifejl."""
    if connection.vendor == "sqlite":
        with _sqlite(mappe) as fundet:
            yield fundet
    else:
        with _postgresql(mappe) as fundet:
            yield fundet


@contextmanager
def _sqlite(mappe: Path) -> Iterator[Oejeblik]:
    fil = mappe / "helhedsplan.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(fil)) as kopi:
        connection.connection.backup(kopi)
    egen = connections["default"]
    # A copy of its own, that nobody else writes in.
    indstillinger = egen.settings_dict | {"NAME": str(fil), "OPTIONS": {"init_command": "PRAGMA foreign_keys=ON;"}}
    connections["default"] = type(egen)(indstillinger, "default")
    try:
        yield Oejeblik(fil, "database/helhedsplan.sqlite3")
    finally:
        connections["default"].close()
        connections["default"] = egen


@contextmanager
def _postgresql(mappe: Path) -> Iterator[Oejeblik]:
    fil = mappe / "helhedsplan.pgdump"
    with transaction.atomic():
        with connection.cursor() as markoer:
            markoer.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            markoer.execute("SELECT pg_export_snapshot()")
            navn = markoer.fetchone()[0]
        _pg_dump(navn, fil)
        yield Oejeblik(fil, "database/helhedsplan.pgdump")


def _pg_dump(oejeblik: str, fil: Path) -> None:
    if not (program := shutil.which("pg_dump")):
        raise Kopifejl("pg_dump findes ikke her. Installér pakken postgresql-client i samme udgave som databasen.")
    s = connection.settings_dict
    miljoe = {"PGHOST": s["HOST"], "PGPORT": str(s["PORT"]), "PGUSER": s["USER"], "PGPASSWORD": s["PASSWORD"]}
    if tls := s["OPTIONS"].get("sslmode"):
        miljoe["PGSSLMODE"] = tls
    koert = subprocess.run(  # noqa: S603 -- the database's own tool
        [program, "--format=custom", "--no-owner", f"--snapshot={oejeblik}", f"--file={fil}", s["NAME"]],
        env=os.environ | {navn: v for navn, v in miljoe.items() if v},
        capture_output=True,
        text=True,
        check=False,
    )
    if koert.returncode:
        raise Kopifejl(f"pg_dump kunne ikke tage kopien: {koert.stderr.strip()}")
