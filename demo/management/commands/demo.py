from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from aftaler.actions.meddelelse import tavs
from aftaler.models import Helhedsplan, Medlemskab, Regelsaet
from aftaler.planfil import Planfil, laes_filer
from demo.moeder import sikr_moeder
from demo.statusser import sikr_statusser
from demo.tal import sikr_opfoelgninger
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Aendring
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import KUN_EGET_ROLLER, PROGRAMMET, ROLLER

ADGANGSKODE = "demo-helhedsplan"
#: What a person in the role is called; the role's own name is plural or long for some.
BETEGNELSER = {"sekretariat": "Sekretær", "bestyrelse": "Bestyrelsesmedlem", "leder": "Leder"}
PERSONER = [(rolle, nr) for rolle in ROLLER for nr in (1, 2, 3)]


#: Made up, with all that a plan can hold: read with `indlaes`, and by the tests.
IKKE_I_DEMOEN = frozenset({"alt-muligt", "halvt-fortalt"})


class Command(BaseCommand):
    help = "Indlæser regelsæt og demoplaner fra fixtures/ og laver tre opdigtede personer i hver rolle."

    def add_arguments(self, parser):
        parser.add_argument(
            "--alligevel", action="store_true", help="også uden for en lokal installation (adgangskoden er offentlig)"
        )
        parser.add_argument("--mappe", type=Path, default=settings.BASE_DIR / "fixtures", help="hvor filerne ligger")

    def handle(self, **options):
        with tavs():
            self._lav(**options)

    def _lav(self, *, alligevel, mappe, **options):
        if not settings.LOKAL and not alligevel:
            raise CommandError(
                "Demo laver brugere med en adgangskode, som alle kender, og er kun til en lokal installation. "
                "Skriv --alligevel, hvis det er meningen."
            )
        if (lister := mappe / "statuslister.yaml").exists():
            call_command("statuslister", lister, stdout=self.stdout)
        with transaction.atomic():
            noegler = self._indlaes(mappe)
            brugere = _sikr_brugere()
            _sikr_medlemskaber(brugere, noegler)
        if sikr_statusser():
            self.stdout.write("Fire kvartaler med opdigtede statusser er skrevet.")
        if sikr_opfoelgninger("vejleaaparken-2021-2025"):
            self.stdout.write("Opdigtede opfølgninger på de faste mål er skrevet.")
        pr_rolle = {rolle: [b for b, (r, _) in zip(brugere, PERSONER, strict=True) if r == rolle] for rolle in ROLLER}
        if sikr_moeder(pr_rolle["leder"][0], pr_rolle["bestyrelse"]):
            self.stdout.write("En opdigtet bestyrelse med to møder er skrevet.")
        self._vis_logins(brugere)

    def _indlaes(self, mappe: Path) -> list[str]:
        """Read in what is missing. A plan that is there stays as people have left it."""
        regelsaet = sorted(mappe.glob("regelsaet/*.yaml"))
        planer = [sti for sti in sorted(mappe.glob("planer/*.yaml")) if sti.stem not in IKKE_I_DEMOEN]
        kendte = {("regelsaet", n) for n in Regelsaet.objects.values_list("noegle", flat=True)}
        kendte |= {("planer", n) for n in Helhedsplan.objects.values_list("noegle", flat=True)}
        mangler = [sti for sti in [*regelsaet, *planer] if (sti.parent.name, sti.stem) not in kendte]
        resultat = laes_filer([Planfil.fra(sti) for sti in mangler], bruger=PROGRAMMET)
        if resultat.fejl:
            raise CommandError("Demoplanerne kan ikke indlæses:\n" + "\n".join(str(en) for en in resultat.fejl))
        for udfald in resultat.udfald:
            self.stdout.write(f"{udfald.slags} {udfald.noegle}: {udfald.hvad}")
        return [sti.stem for sti in planer]

    def _vis_logins(self, brugere: list[Bruger]) -> None:
        self.stdout.write(f"\nLog ind med adgangskoden {ADGANGSKODE} som en af disse:")
        for rolle in ROLLER.values():
            adresser = [b.email for b, (noegle, _) in zip(brugere, PERSONER, strict=True) if noegle == rolle.noegle]
            self.stdout.write(f"  {rolle.navn:<20}{'  '.join(adresser)}")


def _sikr_brugere() -> list[Bruger]:
    """The made-up people, in the order of PERSONER; those that are missing are created."""
    kendte = {b.email: b for b in Bruger.objects.filter(email__endswith="@demo.example")}
    kode = ""
    brugere = []
    for rolle, nr in PERSONER:
        email = f"{rolle}{nr}@demo.example"
        if email not in kendte:
            kode = kode or make_password(ADGANGSKODE)  # slow on purpose: one and the same for all
            kendte[email] = _opret_bruger(
                email, f"{BETEGNELSER.get(rolle, ROLLER[rolle].navn)} {'ABC'[nr - 1]}, Demo", kode
            )
        brugere.append(kendte[email])
    return brugere


def _opret_bruger(email: str, navn: str, kode: str) -> Bruger:
    bruger = Bruger(email=email, navn=navn, password=kode)
    bruger.full_clean()
    bruger.save()
    EmailAddress.objects.create(user=bruger, email=email, verified=True, primary=True)
    # Written here and not by `actions.opret`, which would put the password's hash into the log.
    aendringer = [Aendring("navn", "navn", None, navn), Aendring("email", "e-mail", None, email)]
    revisionsspor.skriv(
        bruger=PROGRAMMET,
        kaede=revisionsspor.FAELLES,
        handling="oprettet",
        objekt=bruger,
        aendringer=[aendring.som_data() for aendring in aendringer],
    )
    return bruger


def _sikr_medlemskaber(brugere: list[Bruger], noegler: list[str]) -> None:
    """Each in their role in every demo plan; a membership that somebody has changed stays."""
    kendte = set(Medlemskab.objects.filter(bruger__in=brugere).values_list("plan_id", "bruger_id"))
    for plan in Helhedsplan.objects.filter(noegle__in=noegler):
        for bruger, (rolle, _) in zip(brugere, PERSONER, strict=True):
            if (plan.pk, bruger.pk) not in kendte:
                egne = list(plan.delaftaler.all()[:1]) if rolle in KUN_EGET_ROLLER else []
                medlemskab = Medlemskab(plan=plan, bruger=bruger, rolle=rolle)
                actions.opret(bruger=PROGRAMMET, objekt=medlemskab, m2m={"delaftaler": egne})
