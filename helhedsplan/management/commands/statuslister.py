from pathlib import Path

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from helhedsplan.formats import antal
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.statuslister import indlaes_statuslister

FORMAT = "helhedsplan-statuslister/1"


class Command(BaseCommand):
    help = "Indlæser kriterierne for de statslige lister over boligområder. Kørt igen ændrer den intet."

    def add_arguments(self, parser):
        standard = settings.BASE_DIR / "fixtures" / "statuslister.yaml"
        parser.add_argument("fil", nargs="?", type=Path, default=standard, metavar="FIL")

    def handle(self, *, fil, **options):
        try:
            data = yaml.safe_load(fil.read_text(encoding="utf-8"))
            if data.get("format") != FORMAT:
                raise CommandError(f"{fil}: Filen skal begynde med format: {FORMAT}")
            aendret = indlaes_statuslister(bruger=PROGRAMMET, lister=data["lister"])
        except OSError as grund:
            raise CommandError(f"{fil}: Filen kan ikke læses.") from grund
        except (yaml.YAMLError, AttributeError, KeyError, UnicodeError) as grund:
            raise CommandError(f"{fil}: Filen er ikke en liste over statuslister.") from grund
        except ValidationError as grund:
            raise CommandError(f"{fil}: {' '.join(grund.messages)}") from grund
        self.stdout.write(f"statuslister: {antal(aendret, 'ændring', 'ændringer')}")
