from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helhedsplan import tilslutninger
from helhedsplan.management.planvalg import valgt_plan
from helhedsplan.pdf import PdfFejl


class Command(BaseCommand):
    help = "Laver et af planens papirer som PDF (PDF/A-3a og PDF/UA-1)."

    def add_arguments(self, parser):
        parser.add_argument("plan", metavar="PLAN", help="planens nøgle")
        parser.add_argument("papir", metavar="PAPIR", help="samarbejdsaftale, delaftale:<indsatsområde> …")
        parser.add_argument("--ud", metavar="FIL", required=True, help="filen, der skal skrives")

    def handle(self, *, plan, papir, ud, **options):
        navn, _, argument = papir.partition(":")
        if navn not in tilslutninger.PAPIRER:
            raise CommandError(f"Papiret »{navn}« findes ikke. Vælg mellem {', '.join(sorted(tilslutninger.PAPIRER))}.")
        try:
            data, _filnavn = tilslutninger.PAPIRER[navn](valgt_plan(plan), argument)
        except PdfFejl as fejl:
            raise CommandError(str(fejl)) from None
        try:
            Path(ud).write_bytes(data)
        except OSError:
            raise CommandError(f"{ud} kan ikke skrives.") from None
        self.stdout.write(f"{papir} for {plan} er skrevet til {ud}.")
