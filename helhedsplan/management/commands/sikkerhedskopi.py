from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helhedsplan.formats import antal
from helhedsplan.management.planvalg import udskrifter
from helhedsplan.sikkerhedskopi import kopifil
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl, databasen


class Command(BaseCommand):
    help = (
        "Skriver hele installationen i én fil, mens den er i brug: database, filer og et manifest. Filen læses efter."
    )

    def add_arguments(self, parser):
        parser.add_argument("fil", metavar="FIL", type=Path, help="den nye fil, for eksempel kopi-2026-11-30.zip")

    def handle(self, *, fil: Path, **options):
        try:
            with databasen():
                manifest, maerke = kopifil.skriv(fil, udskrifter())
        except Kopifejl as fejl:
            raise CommandError(str(fejl)) from fejl
        raekker, planer = sum(manifest.tabeller.values()), len(manifest.udskrifter)
        self.stdout.write(
            f"{fil}: {antal(planer, 'plan', 'planer')}, {antal(raekker, 'række', 'rækker')}, "
            f"{antal(len(manifest.filer), 'fil', 'filer')}. Læst efter: hel."
        )
        self.stdout.write(f"SHA-256 {maerke}")
        brudte = [noegle for noegle, hoved in manifest.kaeder.items() if not hoved.hel]
        for navn in manifest.mangler:
            self.stderr.write(f"Mangler i lageret: {navn}")
        for noegle in brudte:
            self.stderr.write(f"Brudt i forvejen: kæden {noegle}")
        if manifest.mangler or brudte:
            raise CommandError(
                "Kopien er taget, som her er, men her mangler "
                f"{antal(len(manifest.mangler), 'fil', 'filer')}, og {antal(len(brudte), 'kæde', 'kæder')} er brudt. "
                "Se manage.py tjek_data."
            )
