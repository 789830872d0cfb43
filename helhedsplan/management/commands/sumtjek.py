from pathlib import Path

from django.core.management.base import BaseCommand

from budget.sumtjek import tjek_fil
from helhedsplan.tabelfil import UlaeseligFil
from helhedsplan.tallaeser import BELOEB, laes_tal


class Command(BaseCommand):
    help = (
        "Efterprøver summerne i en trykt tabel (CSV eller XLSX): en linje for hver celle, der er forkert. "
        "Slutkode 0: alt stemmer. 1: noget stemmer ikke eller kan ikke læses. 2: filen kan ikke læses."
    )

    def add_arguments(self, parser):
        parser.add_argument("fil", metavar="FIL", help="sti til en CSV- eller XLSX-fil")
        parser.add_argument(
            "--afrundet-til", metavar="BELOEB", help="hvor groft tallene er afrundet, når det ikke ses af dem: 100.000"
        )

    def handle(self, *, fil, afrundet_til, **options):
        try:
            graense = laes_tal(afrundet_til, BELOEB) if afrundet_til else None
            resultat = tjek_fil(Path(fil).read_bytes(), afrundet_til=graense)
        except OSError as fejl:
            self._stop(f"{fil}: Filen kan ikke åbnes: {fejl.strerror}.")
        except UlaeseligFil as fejl:
            self._stop(f"{fil}: {fejl}")
        except ValueError as fejl:
            self._stop(str(fejl))
        for linje in [*map(str, resultat.fejl), *resultat.ulaeste, *map(str, resultat.afrundede)]:
            self.stdout.write(linje)
        for linje in resultat.ikke_proevet:
            self.stdout.write(f"{linje[0].upper()}{linje[1:]}.")
        if not resultat.stemmer:
            raise SystemExit(1)
        self.stdout.write(resultat.konklusion)

    def _stop(self, besked: str) -> None:
        self.stderr.write(besked)
        raise SystemExit(2)
