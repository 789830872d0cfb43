from django.core.management.base import BaseCommand, CommandError

from helhedsplan import revisionsspor
from helhedsplan.formats import antal
from helhedsplan.models import Haendelse


class Command(BaseCommand):
    help = "Efterprøver revisionssporets kæder. Slutter med kode 1, når en af dem er brudt."

    def add_arguments(self, parser):
        parser.add_argument("plan", nargs="?", help="planens nøgle; uden den prøves alle kæder")

    def handle(self, *args, plan, **options):
        kendte = revisionsspor.kaeder()
        if plan and plan not in kendte:
            raise CommandError(f"Ingen kæde hedder »{plan}«. Kendte kæder: {', '.join(kendte) or 'ingen'}.")
        brudte = [kaede for kaede in ([plan] if plan else kendte) if self._brudt(kaede)]
        if brudte:
            raise CommandError(f"Brudt: {', '.join(brudte)}.")

    def _brudt(self, kaede: str) -> bool:
        fejl = revisionsspor.brud(kaede)
        haendelser = antal(Haendelse.objects.filter(kaede=kaede).count(), "hændelse", "hændelser")
        self.stdout.write(f"{kaede}: {haendelser}, {'brudt' if fejl else 'hel'}")
        for linje in fejl:
            self.stdout.write(f"  {linje}")
        return bool(fejl)
