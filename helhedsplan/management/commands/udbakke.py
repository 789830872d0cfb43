"""Sends what waits in the outbox and is due. Run it every few minutes (deploy/helhedsplan@udbakke.timer)."""

from django.core.management.base import BaseCommand, CommandError

from helhedsplan import udbakke
from helhedsplan.formats import antal
from helhedsplan.management.udfald import vis_udfald


class Command(BaseCommand):
    help = "Sender de breve, der venter i udbakken, og hvis tid er kommet."

    def add_arguments(self, parser):
        valg = parser.add_mutually_exclusive_group()
        valg.add_argument("--hold", action="store_true", help="send intet: hold alt, der venter, tilbage")
        valg.add_argument("--slip", action="store_true", help="send også det, der er holdt tilbage")
        valg.add_argument("--alle", action="store_true", help="send også det, hvis tid ikke er kommet")

    def handle(self, *args, hold, slip, alle, **options):
        if hold:
            holdt = antal(udbakke.hold_tilbage(), "brev", "breve")
            self.stdout.write(f"{holdt} holdt tilbage. Send dem med manage.py udbakke --slip, eller på siden Udbakke.")
            return
        if slip:
            self.stdout.write(f"{antal(udbakke.slip(), 'brev', 'breve')} sluppet.")
        if mangler := vis_udfald(self, udbakke.send_forfaldne(alle=alle)):
            raise CommandError(mangler)
