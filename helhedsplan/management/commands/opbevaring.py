from django.core.management.base import BaseCommand

from helhedsplan.opbevaring import i_ord, opbevaring


class Command(BaseCommand):
    help = (
        "Fjerner det, der har været gemt længe nok: kladder, logins, sendte breve, ubrugte invitationer og "
        "papirkurven. Dagene er indstillinger (OPBEVARING_…, PAPIRKURV_DAGE). daglig gør det samme."
    )

    def add_arguments(self, parser):
        parser.add_argument("--proev", action="store_true", help="sig, hvad der ville blive fjernet, og fjern intet")

    def handle(self, *args, proev, **options):
        for fjernet in opbevaring(proev=proev):
            self.stdout.write(i_ord(fjernet, proev=proev))
