from django.core.management.base import BaseCommand

from aftaler.actions.plan import saet_leder
from aftaler.models import Helhedsplan
from aftaler.planfil import Besked, Planfil, laes_filer
from helhedsplan.formats import antal
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import PROGRAMMET, Rettighed

AARSAGER: dict[type[OSError], str] = {
    FileNotFoundError: "Filen findes ikke.",
    IsADirectoryError: "Filen er en mappe.",
    PermissionError: "Filen må ikke læses af programmet.",
}


class Command(BaseCommand):
    help = "Indlæser planfiler og regelsæt (YAML eller JSON): alle eller ingen. Formatet står i docs/planfil.md."

    def add_arguments(self, parser):
        parser.add_argument("filer", nargs="+", metavar="FIL", help="sti til en fil, eller - for standard input")

        parser.add_argument(
            "--tilfoej-regler",
            action="store_true",
            help="regelsæt, som planer bruger, får de regler, de mangler; det, der er, ændres ikke",
        )

        parser.add_argument(
            "--leder", metavar="MAIL", default="", help="kontoen med den adresse bliver leder af planerne i filerne"
        )

    def handle(self, *, filer, tilfoej_regler=False, leder="", **options):
        laeste, fejl = [], []
        konto = Bruger.objects.filter(email__iexact=leder, is_active=True).first() if leder else None
        if leder and konto is None:
            self.stderr.write(f"Ingen har en åben konto med adressen {leder}. Intet er indlæst.")
            raise SystemExit(1)
        for sti in filer:
            try:
                laeste.append(Planfil.fra(sti))
            except OSError as aarsag:
                fejl.append(Besked(sti, 1, "", AARSAGER.get(type(aarsag), "Filen kan ikke læses.")))
        if fejl:
            self._stop(fejl)
        resultat = laes_filer(laeste, bruger=PROGRAMMET, tilfoej_regler=tilfoej_regler)
        for note in resultat.noter:
            self.stdout.write(f"{note}")
        if resultat.fejl:
            self._stop(resultat.fejl)
        for udfald in resultat.udfald:
            hvor_meget = f" ({antal(udfald.antal, 'ændring', 'ændringer')})" if udfald.antal else ""
            self.stdout.write(f"{udfald.slags} {udfald.noegle}: {udfald.hvad}{hvor_meget}")
        for plan in Helhedsplan.objects.filter(noegle__in=[u.noegle for u in resultat.udfald if u.slags == "plan"]):
            self._sig_hvem_der_leder(plan, konto)

    def _sig_hvem_der_leder(self, plan: Helhedsplan, konto: Bruger | None) -> None:
        """A plan that nobody is let into is seen by nobody."""
        if konto is not None and saet_leder(bruger=PROGRAMMET, plan=plan, leder=konto):
            self.stdout.write(f"plan {plan.noegle}: {konto} er leder")
        elif not plan.medlemskaber.gaeldende(Rettighed.STYR).exists():
            self.stdout.write(f"plan {plan.noegle}: ingen kan se den endnu. Kør igen med --leder MAIL.")

    def _stop(self, fejl: list[Besked]) -> None:
        for en in fejl:
            self.stderr.write(str(en))
        self.stderr.write(f"{antal(len(fejl), 'fejl', 'fejl')}. Intet er indlæst.")
        raise SystemExit(1)
