import json as jsonformat
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from aftaler.planfil import planskema, skriv_plan, skriv_plan_json
from helhedsplan.management.planvalg import valgt_plan


class Command(BaseCommand):
    help = "Udskriver hele planen som planfil. Formatet står i docs/planfil.md."

    def add_arguments(self, parser):
        parser.add_argument("plan", metavar="PLAN", nargs="?", help="planens nøgle")
        parser.add_argument("--json", action="store_true", help="som JSON i stedet for YAML")
        parser.add_argument("--skema", action="store_true", help="planfilens JSON Schema, til et skriveprogram")
        parser.add_argument("--ud", metavar="FIL", help="skriv til en fil i stedet for standard output")

    def handle(self, *, plan, json, skema, ud, **options):
        if bool(plan) is skema:
            raise CommandError("Skriv enten en plans nøgle eller --skema.")
        if skema:
            tekst = jsonformat.dumps(planskema(), ensure_ascii=False, indent=2) + "\n"
        else:
            fundet = valgt_plan(plan)
            try:
                tekst = skriv_plan_json(fundet) if json else skriv_plan(fundet)
            except OSError as aarsag:
                raise CommandError(f"Billedfilen {aarsag.filename} kan ikke læses.") from None
        if not ud:
            self.stdout.write(tekst, ending="")
            return
        try:
            Path(ud).write_text(tekst, encoding="utf-8", newline="")
        except OSError:
            raise CommandError(f"{ud} kan ikke skrives.") from None
