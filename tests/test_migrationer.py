"""The suite makes its tables straight from the models; here the migrations are run as an installation runs them."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

MANAGE = [sys.executable, "manage.py"]


def manage(url: str, *ord_: str) -> subprocess.CompletedProcess:
    miljoe = os.environ | {"DATABASE_URL": url, "SECRET_KEY": "kun-til-test", "ALLOWED_HOSTS": "localhost"}
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
