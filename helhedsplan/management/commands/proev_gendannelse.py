"""Restores a copy into a scratch place, as a person would: by the commands, in processes of their own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

#: The place may be at fault as well as the copy, and a copy of what is incomplete is a good copy.
SAGT = {
    "gendan": "gendan stoppede. Linjerne ovenfor siger, om det er kopien eller stedet, der prøves i.",
    "tjek_data": "kopien er gendannet, men det, den rummer, passer ikke sammen. Linjerne ovenfor siger hvad.",
}


class Command(BaseCommand):
    help = "Prøver at gendanne en sikkerhedskopi et sted for sig og holder alt op mod kopien. Intet her røres."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("fil", metavar="FIL", type=Path, help="en fil fra manage.py sikkerhedskopi")
        parser.add_argument(
            "--database", metavar="URL", help="en tom database at prøve i; uden den en SQLite-fil, der slettes igen"
        )

    def handle(self, *, fil: Path, database, **options):
        with tempfile.TemporaryDirectory(prefix="proev-gendannelse-") as mappe:
            miljoe = os.environ | {
                "DATABASE_URL": database or f"sqlite:///{mappe}/proeve.sqlite3",
                "MEDIA_ROOT": f"{mappe}/filer",
                "FIL_LAGER": "",
                "CACHE_ROOT": f"{mappe}/cache",
                "SECRET_KEY": settings.SECRET_KEY,
                "ALLOWED_HOSTS": ",".join(settings.ALLOWED_HOSTS),
            }
            for kommando in (["gendan", str(fil.resolve())], ["tjek_data"]):
                koert = subprocess.run(  # noqa: S603 -- our own interpreter and command
                    [sys.executable, "manage.py", *kommando],
                    cwd=settings.BASE_DIR, env=miljoe, capture_output=True, text=True, check=False,
                )  # fmt: skip
                self.stdout.write(koert.stdout, ending="")
                if koert.returncode:
                    self.stderr.write(koert.stderr, ending="")
                    raise CommandError(f"Prøven gik ikke: {SAGT[kommando[0]]}")
        self.stdout.write("Prøven er gået godt, og stedet er ryddet.")
