from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dokumenter.actions.tidsstempel import forny_tidsstempler
from dokumenter.underskrift import certifikater
from helhedsplan.formats import antal, laes_dato


class Command(BaseCommand):
    help = (
        "Lægger et nyt tidsstempel på underskrevne udgaver, der gælder, inden det gamles certifikat udløber. "
        "Kan køres hver dag. Slutkode 1: mindst én udgave kunne ikke få et nyt."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dag", metavar="DATO", help="regn fra en anden dag end i dag, fx 2026-03-31")

    def handle(self, *, dag=None, **options):
        if certifikater.ur() is None:
            self.stdout.write("Der er ikke sat nogen tidsstempeltjeneste op, så der er intet at forny.")
            return
        fornyelser = forny_tidsstempler(self._dag(dag))
        fejl = [f for f in fornyelser if f.fejl]
        for fornyelse in fornyelser:
            hvad = fornyelse.fejl or f"fil {fornyelse.fil.nummer} har et nyt tidsstempel"
            self.stdout.write(f"{fornyelse.udgave.plan.noegle}: {fornyelse.udgave}: {hvad}")
        self.stdout.write(f"{antal(len(fornyelser) - len(fejl), 'tidsstempel', 'tidsstempler')} fornyet.")
        if fejl:
            raise SystemExit(1)

    def _dag(self, tekst: str | None) -> date:
        try:
            return laes_dato(tekst) if tekst else timezone.localdate()
        except ValueError as fejl:
            raise CommandError(str(fejl)) from None
