from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helhedsplan import revisionsspor
from helhedsplan.formats import antal
from helhedsplan.models import Haendelse
from helhedsplan.sikkerhedskopi import kopifil
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl


class Command(BaseCommand):
    help = "Efterprøver revisionssporets kæder. Slutter med kode 1, når en af dem er brudt."

    def add_arguments(self, parser):
        parser.add_argument(
            "--mod", metavar="FIL", type=Path, help="hold kæderne op mod hovederne i en sikkerhedskopi, taget før"
        )
        parser.add_argument("plan", nargs="?", help="planens nøgle; uden den prøves alle kæder")

    def handle(self, *args, plan, mod, **options):
        kendte = revisionsspor.kaeder()
        if plan and plan not in kendte:
            raise CommandError(f"Ingen kæde hedder »{plan}«. Kendte kæder: {', '.join(kendte) or 'ingen'}.")
        hoveder = self._hoveder(mod) if mod else {}
        valgte = [plan] if plan else sorted({*kendte, *hoveder})
        brudte = [kaede for kaede in valgte if self._brudt(kaede, hoveder.get(kaede))]
        if brudte:
            raise CommandError(f"Brudt: {', '.join(brudte)}.")

    def _hoveder(self, fil: Path) -> dict[str, kopifil.Kaedehoved]:
        try:
            with kopifil.aabn(fil) as kopi:
                return kopi.manifest.kaeder
        except Kopifejl as fejl:
            raise CommandError(str(fejl)) from fejl

    def _brudt(self, kaede: str, hoved: kopifil.Kaedehoved | None) -> bool:
        fejl = revisionsspor.brud(kaede)
        if hoved and hoved.nummer and not revisionsspor.har_vaeret(kaede, hoved.nummer, hoved.hash):
            fejl.append(f"Nr. {hoved.nummer} i kæden {kaede} er ikke den, kopien har: kæden er skrevet om siden.")
        haendelser = antal(Haendelse.objects.filter(kaede=kaede).count(), "hændelse", "hændelser")
        self.stdout.write(f"{kaede}: {haendelser}, {'brudt' if fejl else 'hel'}")
        for linje in fejl:
            self.stdout.write(f"  {linje}")
        return bool(fejl)
