"""Sends what waits in the outbox, and the day's reminders. Run it once a day; a second time sends nothing more."""

from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from aftaler.models import Helhedsplan
from helhedsplan import udbakke
from helhedsplan.formats import antal, kort_dato
from helhedsplan.management.udfald import vis_udfald
from helhedsplan.opbevaring import i_ord, opbevaring
from kalender.actions.paamindelse import Brev, find_breve, skriv_breve


def dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(f"»{tekst}« er ikke en dag. Skriv den som 2026-11-30.") from None


class Command(BaseCommand):
    help = "Sender dagens påmindelser: ét brev til hver, om det, der venter på ham eller hende."

    def add_arguments(self, parser):
        parser.add_argument("--dag", type=dag, help="som om det var den dag (ÅÅÅÅ-MM-DD)")
        parser.add_argument("--proev", action="store_true", help="vis, hvad der ville blive sendt, og send intet")

    def handle(self, *args, dag, proev, **options):
        # What waits goes first, so that no letter tells of the same once more.
        gamle = udbakke.Udfald() if proev else udbakke.send_forfaldne(alle=True)
        stoppet: list[Helhedsplan] = []
        dag = dag or timezone.localdate()
        breve = find_breve(dag, stoppet)
        for plan in stoppet:
            self.stderr.write(f"Planen {plan.noegle} kunne ikke læses. De andre planers påmindelser er fundet.")
        if proev:
            self.vis(breve)
            return
        for fjernet in opbevaring(proev=False):
            if fjernet.antal:
                self.stdout.write(i_ord(fjernet, proev=False))
        with udbakke.sendes_selv():
            skriv_breve(breve, dag=dag, absolut=absolut)
        mangler = vis_udfald(self, gamle + udbakke.send_forfaldne())
        if stoppet:
            raise CommandError(f"{antal(len(stoppet), 'plan', 'planer')} kunne ikke læses. Se loggen.")
        if mangler:
            raise CommandError(mangler)

    def vis(self, breve: list[Brev]) -> None:
        for brev in breve:
            self.stdout.write(f"Til {brev.modtager.email}: {brev.emne}")
            for plan, forfaldne, andre in brev.grupper:
                self.stdout.write(f"  {plan}")
                for linje in [*forfaldne, *andre]:
                    hvornaar = f"{kort_dato(linje.dato)} " if linje.dato else ""
                    self.stdout.write(f"    {'! ' if linje.forfalden else ''}{hvornaar}{linje.tekst}")
        self.stdout.write(f"{antal(len(breve), 'brev', 'breve')} ville blive sendt.")


def absolut(sti: str) -> str:
    return urljoin(settings.SIDENS_ADRESSE, sti)
