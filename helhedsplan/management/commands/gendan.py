from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helhedsplan.fillager import Lagerstop
from helhedsplan.formats import antal
from helhedsplan.management.planvalg import udskrifter
from helhedsplan.sikkerhedskopi import kopifil
from helhedsplan.sikkerhedskopi.gendan import gendan
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl, databasen


class Command(BaseCommand):
    help = "Lægger en sikkerhedskopi ind i en tom installation, også i en anden slags database end den kom fra."
    #: The tables may not be there yet.
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("fil", metavar="FIL", type=Path, help="en fil fra manage.py sikkerhedskopi")

    def handle(self, *, fil: Path, **options):
        try:
            with databasen(), kopifil.aabn(fil) as kopi:
                forskelle, m = gendan(kopi, udskrifter), kopi.manifest
        except (Kopifejl, Lagerstop) as fejl:
            raise CommandError(str(fejl)) from fejl
        for linje in forskelle:
            self.stderr.write(linje)
        if forskelle:
            raise CommandError(f"Gendannet, men {antal(len(forskelle), 'ting', 'ting')} er ikke, som de var.")
        self.stdout.write(
            f"Gendannet fra {m.lavet[:16].replace('T', ' ')}: {antal(len(m.udskrifter), 'plan', 'planer')}, "
            f"{antal(sum(m.tabeller.values()), 'række', 'rækker')}, {antal(len(m.filer), 'fil', 'filer')}, "
            f"{antal(len(m.kaeder), 'kæde', 'kæder')}. Alt er, som det var."
        )
