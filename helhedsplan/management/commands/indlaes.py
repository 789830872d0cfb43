from django.core.management.base import BaseCommand

from aftaler.planfil import Besked, Fil, laes_filer
from helhedsplan.formats import antal
from helhedsplan.rettigheder import PROGRAMMET

AARSAGER: dict[type[OSError], str] = {
    FileNotFoundError: "Filen findes ikke.",
    IsADirectoryError: "Filen er en mappe.",
    PermissionError: "Filen må ikke læses af programmet.",
}


class Command(BaseCommand):
    help = "Indlæser planfiler og regelsæt (YAML eller JSON): alle eller ingen. Formatet står i docs/planfil.md."

    def add_arguments(self, parser):
        parser.add_argument("filer", nargs="+", metavar="FIL", help="sti til en fil, eller - for standard input")

        parser.add_argument(
            "--tilfoej-regler",
            action="store_true",
            help="regelsæt, som planer bruger, får de regler, de mangler; det, der er, ændres ikke",
        )

    def handle(self, *, filer, tilfoej_regler=False, **options):
        laeste, fejl = [], []
        for sti in filer:
            try:
                laeste.append(Fil.fra(sti))
            except OSError as aarsag:
                fejl.append(Besked(sti, 1, "", AARSAGER.get(type(aarsag), "Filen kan ikke læses.")))
        if fejl:
            self._stop(fejl)
        resultat = laes_filer(laeste, bruger=PROGRAMMET, tilfoej_regler=tilfoej_regler)
        for note in resultat.noter:
            self.stdout.write(f"{note}")
        if resultat.fejl:
            self._stop(resultat.fejl)
        for udfald in resultat.udfald:
            hvor_meget = f" ({antal(udfald.antal, 'ændring', 'ændringer')})" if udfald.antal else ""
            self.stdout.write(f"{udfald.slags} {udfald.noegle}: {udfald.hvad}{hvor_meget}")

    def _stop(self, fejl: list[Besked]) -> None:
        for en in fejl:
            self.stderr.write(str(en))
        self.stderr.write(f"{antal(len(fejl), 'fejl', 'fejl')}. Intet er indlæst.")
        raise SystemExit(1)
