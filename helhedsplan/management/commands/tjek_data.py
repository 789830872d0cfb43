from django.core.management.base import BaseCommand, CommandError

from helhedsplan.fillager import Lagerstop
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl, databasen
from helhedsplan.sikkerhedskopi.tjek import sagt, tjek_data


class Command(BaseCommand):
    help = (
        "Siger, hvad der ikke passer sammen: rækker uden fil, filer uden række, filer, der ikke er, hvad deres række "
        "siger, og brudte kæder. Slutter med kode 1, når noget er tabt eller ændret."
    )

    def handle(self, **options):
        try:
            with databasen():
                fejl = list(tjek_data())
        except (Kopifejl, Lagerstop) as stop:
            raise CommandError(str(stop)) from stop
        for en in fejl:
            (self.stderr if en.alvorlig else self.stdout).write(en.tekst)
        if any(en.alvorlig for en in fejl):
            raise CommandError(sagt(fejl))
        self.stdout.write(f"Alt passer sammen. {sagt(fejl)}" if fejl else "Alt passer sammen.")
