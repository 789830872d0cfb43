from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from dokumenter import lager
from dokumenter.actions.pakke import lav_pakke
from dokumenter.kladdestand import pakkens_stilling
from helhedsplan.management.planvalg import valgt_plan
from helhedsplan.rettigheder import PROGRAMMET


class Command(BaseCommand):
    help = "Laver pakken til Landsbyggefonden som ZIP. Programmet sender den ikke: det gør du selv."

    def add_arguments(self, parser):
        parser.add_argument("plan", metavar="PLAN", help="planens nøgle")
        parser.add_argument("--ud", metavar="FIL.zip", required=True, help="filen, der skal skrives")

    def handle(self, *, plan, ud, **options):
        try:
            fundet = valgt_plan(plan)
            stilling = pakkens_stilling(fundet)
            pakke = lav_pakke(bruger=PROGRAMMET, plan=fundet)
            data = lager.hent(pakke.fil.name, pakke.sha256)
        except ValidationError as fejl:
            raise CommandError("\n".join(fejl.messages)) from None
        except lager.Lagerfejl as fejl:
            raise CommandError(str(fejl)) from None
        try:
            Path(ud).write_bytes(data)
        except OSError:
            raise CommandError(f"{ud} kan ikke skrives.") from None
        if stilling.forbeholdet:
            self.stderr.write(self.style.WARNING(f"{stilling.i_ord}."))
        self.stdout.write(f"Pakken for {plan} er skrevet til {ud} ({len(pakke.linjer)} filer, SHA-256 {pakke.sha256}).")
