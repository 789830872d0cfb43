"""The suite makes its tables straight from the models; here the migrations are run as an installation runs them."""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

MANAGE = [sys.executable, "manage.py"]


def manage(url: str, *ord_: str, **mere: str) -> subprocess.CompletedProcess:
    miljoe = os.environ | mere | {"DATABASE_URL": url, "SECRET_KEY": "kun-til-test", "ALLOWED_HOSTS": "localhost"}
    return subprocess.run(
        [*MANAGE, *ord_], cwd=settings.BASE_DIR, env=miljoe, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def tom_database(tmp_path, django_db_blocker):
    """The address of an empty database of the kind that the suite runs on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/tom.sqlite3"
        return
    navn = f"tom_{os.getpid()}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as markoer:
        markoer.execute(f"CREATE DATABASE {navn}")
        yield f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{navn}"
        markoer.execute(f"DROP DATABASE {navn} WITH (FORCE)")


def test_an_empty_database_is_migrated_to_what_the_models_say(tom_database):
    koert = manage(tom_database, "migrate", "--verbosity", "0")
    assert (koert.returncode, koert.stderr) == (0, "")
    mangler = manage(tom_database, "makemigrations", "--check", "--dry-run")
    assert (mangler.returncode, mangler.stdout.strip()) == (0, "No changes detected")
    # What the models name is there, tables and columns alike: every table is asked for one row of all its columns.
    proev = (
        "from django.apps import apps\nprint(sum(len(list(m.objects.all()[:1])) == 0 or 1 for m in apps.get_models()))"
    )
    spurgt = manage(tom_database, "shell", "-v", "0", "-c", proev)
    assert (spurgt.returncode, spurgt.stderr) == (0, "")
    assert int(spurgt.stdout) > 80


#: Written as it was before plans had several case numbers and a chairman one seat, then brought up to date.
FLYTTES = """
import json
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
fra = ("aftaler", "0024_gruppers_graenser")
MigrationExecutor(connection).migrate([fra])
foer = MigrationExecutor(connection).loader.project_state(fra).apps.get_model
regler = foer("aftaler", "Regelsaet").objects.create(noegle="r", navn="R")
for nr, nummer in enumerate(["12-345", ""]):
    plan = foer("aftaler", "Helhedsplan").objects.create(
        noegle=f"p{nr}", navn=f"P{nr}", regelsaet=regler, lbf_sagsnummer=nummer, ikke_oplyst=[]
    )
gruppe = foer("aftaler", "Gruppe").objects.create(plan=plan, noegle="g", navn="G", art="foelgegruppe")
foer("aftaler", "Plads").objects.create(gruppe=gruppe, titel="Beboer", antal=3, formand=True, betingelse="måske")
til = MigrationExecutor(connection)
til.migrate(til.loader.graph.leaf_nodes())
from aftaler.models import Helhedsplan, Plads
print(json.dumps([
    [p.lbf_sagsnummer for p in Helhedsplan.objects.order_by("noegle")],
    [[p.titel, p.antal, p.formand, p.betingelse] for p in Plads.objects.order_by("pk")],
]))
"""


def test_what_stood_in_one_column_is_moved_to_rows(tom_database):
    koert = manage(tom_database, "shell", "-v", "0", "-c", FLYTTES)
    assert (koert.returncode, koert.stderr) == (0, "")
    numre, pladser = json.loads(koert.stdout.splitlines()[-1])
    assert numre == ["12-345", ""]
    assert pladser == [["Beboer", 1, True, "måske"], ["Beboer", 2, False, "måske"]]


# --- an installation from before the rooms were parted ---------------------------------------------------------------

FOER = Path(__file__).parent / "foer"
#: Asked in the migrated installation: every edition's file, snapshot and words, every status and paper of a meeting.
SPOERG = """
import io, json
from pypdf import PdfReader
from dokumenter import lager
from dokumenter.actions.udgave import hent_billede
from dokumenter.models import Udgave
from dokumenter.oejebliksbillede import sha256, tegn
from kalender.models import Frist
from moeder import moedepapir
from moeder.models import Moedepapir, Stemme
from status import oejebliksbillede
from status.models import Kvartalsstatus
ord_ = lambda pdf: " ".join(side.extract_text() for side in PdfReader(io.BytesIO(pdf)).pages).split()
udgaver = [(u.art, lager.hent(u.filrevisioner.get().fil.name, u.pdf_sha256), u) for u in Udgave.objects.order_by("pk")]
print(json.dumps({
    "udgaver": [art for art, _, _ in udgaver],
    "rettet": [art for art, _, u in udgaver if sha256(u.indhold) != u.indhold_sha256],
    "tegnet anderledes": [art for art, pdf, u in udgaver[2:] if ord_(tegn(hent_billede(u))) != ord_(pdf)],
    "statusser": [oejebliksbillede.hent(s).navn for s in Kvartalsstatus.objects.exclude(indhold=None)],
    "moedepapirer": [moedepapir.hent(p).art for p in Moedepapir.objects.order_by("pk")],
    "resten": [Stemme.objects.count(), Frist.objects.count()],
}))
"""


@pytest.fixture
def foer(tmp_path):
    """(settings of the installation, its database): the demo with editions and meetings as the program left it."""
    base = tmp_path / "foer.sqlite3"
    with closing(sqlite3.connect(base)) as database:
        database.executescript(lzma.decompress((FOER / "installation.sql.xz").read_bytes()).decode())
    with tarfile.open(FOER / "filer.tar.xz") as filer:
        filer.extractall(tmp_path / "filer", filter="data")
    return {"DATABASE_URL": f"sqlite:///{base}", "MEDIA_ROOT": str(tmp_path / "filer")}, base


def raekker(base: Path, tabel: str) -> list[dict]:
    """By the names of the columns: a table that is made anew may have them in another order."""
    with closing(sqlite3.connect(base)) as database:
        database.row_factory = sqlite3.Row
        return [dict(raekke) for raekke in database.execute(f"SELECT * FROM {tabel} ORDER BY 1")]  # noqa: S608


def test_an_installation_from_before_is_brought_here_with_every_paper_as_it_was(foer):
    miljoe, base = foer
    kendt = {t: raekker(base, t) for t in ("dokumenter_udgave", "dokumenter_filrevision", "helhedsplan_haendelse")}
    papirer, statusser = raekker(base, "bestyrelse_moedepapir"), raekker(base, "bestyrelse_kvartalsstatus")
    koert = manage(miljoe["DATABASE_URL"], "migrate", "--verbosity", "0", **miljoe)
    assert (koert.returncode, koert.stderr) == (0, "")
    efter = {t: [{n: v for n, v in r.items() if n in kendt[t][0]} for r in raekker(base, t)] for t in kendt}
    assert efter == kendt, "new columns may have come"
    assert (raekker(base, "moeder_moedepapir"), raekker(base, "status_kvartalsstatus")) == (papirer, statusser)
    spor = manage(miljoe["DATABASE_URL"], "revisionsspor", **miljoe)
    assert (spor.returncode, spor.stdout.count(", hel\n")) == (0, 4)
    spurgt = manage(miljoe["DATABASE_URL"], "shell", "-v", "0", "-c", SPOERG, **miljoe)
    assert (spurgt.returncode, spurgt.stderr) == (0, "")
    svar = json.loads(spurgt.stdout)
    assert svar == {
        "udgaver": ["delaftale", "samarbejdsaftale", "milepaelsplan", "delaftale", "delaftale", "delaftale"],
        "rettet": [],
        "tegnet anderledes": [],
        "statusser": svar["statusser"],
        "moedepapirer": ["dagsorden", "referat", "dagsorden"],
        "resten": [4, 1],
    }
    assert len(svar["statusser"]) == 3


RUM_AF_BESTYRELSE = ("kalender", "moeder", "status")


def omdoeb(url: str, *par: tuple[str, str]) -> None:
    """Give tables their names of before, in the database at an address, and forget that the three rooms were made."""
    kode = "from django.db import connection as c\nm = c.cursor()\n"
    kode += "".join(f"m.execute('ALTER TABLE {ny} RENAME TO {gammel}')\n" for ny, gammel in par)
    kode += "m.execute(\"DELETE FROM django_migrations WHERE app IN ('status', 'moeder', 'kalender')\")\n"
    koert = manage(url, "shell", "-v", "0", "-c", kode)
    assert (koert.returncode, koert.stderr) == (0, "")


def test_tables_from_before_get_their_new_names_and_half_a_move_is_refused(tom_database):
    for rum in RUM_AF_BESTYRELSE:
        assert manage(tom_database, "migrate", rum, "0001", "--verbosity", "0").returncode == 0
    egne = [m._meta.db_table for m in apps.get_models() if m._meta.app_label in RUM_AF_BESTYRELSE]
    navn = {tabel: (tabel, f"bestyrelse_{tabel.partition('_')[2]}") for tabel in egne}
    sidste = navn.pop("status_statuspunkt")
    omdoeb(tom_database, *navn.values())
    halv = manage(tom_database, "migrate", "--verbosity", "0")
    assert halv.returncode != 0
    assert "kun nogle af tabellerne fra bestyrelse: statuspunkt mangler" in halv.stderr
    taget = manage(tom_database, "showmigrations", "--plan").stdout
    omdoeb(tom_database, sidste, *[navn[t] for t in navn if f"[X]  {t.partition('_')[0]}.0001" in taget])
    assert manage(tom_database, "migrate", "--verbosity", "0").returncode == 0
    spurgt = manage(tom_database, "shell", "-v", "0", "-c", "from moeder.models import Moede; Moede.objects.count()")
    assert spurgt.stderr == ""
