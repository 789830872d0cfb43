"""Choices of the budget. Values are stored and written in plan files; labels are shown."""

from decimal import Decimal

from django.db.models import TextChoices

from aftaler.choices import Organisationsart

#: What is said of whether a payer is local, where nobody knows who it is.
IKKE_OPLYST = "ikke oplyst"
#: Over two years of Landsbyggefonden's whole yearly frame: more than that in one cell is a slip of the finger.
HOEJESTE_BELOEB = Decimal(1_000_000_000)
FLEST_PLANAAR = 20


class Kildeart(TextChoices):
    """What a financier is."""

    LBF = "lbf", "Landsbyggefonden"
    BOLIGORGANISATION = "boligorganisation", "Boligorganisation"
    AFDELING = "afdeling", "Boligafdeling"
    KOMMUNE = "kommune", "Kommune"
    FOND = "fond", "Fond"
    OVERFOERT = "overfoert", "Overført fra forrige plan"
    ANDEN = "anden", "Anden"
    UKENDT = "ukendt", "Betaler ikke oplyst"

    @property
    def er_lokal_som_udgangspunkt(self) -> bool:
        """What a new financier's `lokal` starts as. No source settles it for foundations and carried-over money, so
        the row decides; money that came from Landsbyggefonden once does not become local by being carried over."""
        return self in {Kildeart.BOLIGORGANISATION, Kildeart.AFDELING, Kildeart.KOMMUNE, Kildeart.ANDEN}

    def passer_til(self, organisationsart: str) -> bool:
        """Whether an organisation of that kind can be it; what is neither may come from anybody."""
        kraeves = {
            Kildeart.KOMMUNE: Organisationsart.KOMMUNE,
            Kildeart.BOLIGORGANISATION: Organisationsart.BOLIGORGANISATION,
            Kildeart.AFDELING: Organisationsart.BOLIGORGANISATION,
        }
        ikke_oplyst = organisationsart == Organisationsart.UKENDT
        return ikke_oplyst or kraeves.get(self, organisationsart) == organisationsart

    @property
    def gives_som(self) -> tuple:
        """The kinds that an empty grid offers rows for: what comes from Landsbyggefonden or a former plan is money."""
        if self == Kildeart.UKENDT:
            return (Bidragsart.UKENDT,)
        kun_penge = self in {Kildeart.LBF, Kildeart.OVERFOERT}
        return (Bidragsart.KONTANT,) if kun_penge else (Bidragsart.KONTANT, Bidragsart.TIMER, Bidragsart.LOKALER)


class Bidragsart(TextChoices):
    """How a contribution is given. The last but one is for papers that print hours and premises as one figure, the last
    for those that do not tell."""

    KONTANT = "kontant", "Kontant"
    TIMER = "timer", "Medarbejdertimer"
    LOKALER = "lokaler", "Lokaler"
    TIMER_OG_LOKALER = "timer_og_lokaler", "Medarbejdertimer og lokaler"
    UKENDT = "ukendt", "Art ikke oplyst"


class Satsart(TextChoices):
    TIMER = "timer", "Medarbejdertimer"
    LOKALER = "lokaler", "Lokaler"


class Enhed(TextChoices):
    """What a rate is the price of."""

    TIME = "time", "time"
    KVADRATMETER = "m2", "m²"
    MAANED = "maaned", "måned"

    @property
    def flertal(self) -> str:
        return {Enhed.TIME: "timer", Enhed.KVADRATMETER: "m²", Enhed.MAANED: "måneder"}[self]


class Budgetart(TextChoices):
    ANSOEGT = "ansoegt", "Ansøgt"
    BEVILGET = "bevilget", "Bevilget"
    SCENARIE = "scenarie", "Scenarie"
    LAG = "lag", "Oven på bevillingen"


class Status(TextChoices):
    KLADDE = "kladde", "Kladde"
    GODKENDT = "godkendt", "Godkendt"


class Revisionsart(TextChoices):
    OMBUDGETTERING = "ombudgettering", "Ombudgettering"
    REBUDGETTERING = "rebudgettering", "Rebudgettering"
    AENDRING = "aendring", "Ændring af rammen"


#: The accounts a rule set starts with: (noegle, navn). Ours; Landsbyggefonden's own accounts are not known.
KONTOPLAN_KILDE = "Helhedsplans egen kontoplan"
STANDARDKONTI = [
    ("loen", "Løn til medarbejdere"),
    ("uddannelse", "Uddannelse af medarbejdere"),
    ("transport", "Transport og møder"),
    ("aktiviteter", "Aktiviteter"),
    ("kommunikation", "Kommunikation"),
    ("konsulenter", "Eksterne konsulenter"),
    ("evaluering", "Evaluering"),
    ("lokaledrift", "Lokaler, drift og inventar"),
    ("it-og-kontor", "It og kontorhold"),
    ("administration", "Administration"),
    ("revision", "Revision af regnskabet"),
    ("medarbejdertimer", "Medarbejdertimer stillet til rådighed"),
    ("lokaler", "Lokaler stillet til rådighed"),
    ("uforudset", "Uforudsete udgifter"),
]
#: The accounts of what is given in kind: as much as is given, whatever the cash becomes.
NATURALIEKONTI = frozenset({"medarbejdertimer", "lokaler"})
