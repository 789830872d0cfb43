"""Roles and what they may do, as data in code: a review of the code is a review of the rights.

Pages, queries and actions ask for a right and never for the name of a role; who wants to know which roles have a right
asks `roller_med`. The page "Roller" shows the same data.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Rettighed(StrEnum):
    """What a person may do in a plan; the rows of the matrix."""

    PAPIRER = "papirer"
    SE_FAG = "se_fag"
    SE = "se"
    BUDGET = "budget"
    HISTORIK = "historik"
    MAILADRESSER = "mailadresser"
    DELTAG = "deltag"
    RET_EGET = "ret_eget"
    RET_BUDGET = "ret_budget"
    RET = "ret"
    STYR = "styr"


@dataclass(frozen=True)
class Raekke:
    """A row of the matrix: what the right is called, and what it covers."""

    navn: str
    daekker: str


RETTIGHEDER = {
    Rettighed.PAPIRER: Raekke(
        "Læse de udstedte papirer", "Papirer, der er godkendt eller i kraft, og publicerede statusser."
    ),
    Rettighed.SE_FAG: Raekke("Læse det faglige", "Delaftaler med delmål og aktiviteter, og indikatorerne."),
    Rettighed.SE: Raekke(
        "Læse hele planen", "Også aftalen, kladder, bilag, møder, beslutninger, statusser og kalender."
    ),
    Rettighed.BUDGET: Raekke("Se budget og forbrug", "Beløb på sider, i papirer, i filer og i søgningen."),
    Rettighed.HISTORIK: Raekke("Se historikken", "Hvem der har rettet hvad og hvornår."),
    Rettighed.MAILADRESSER: Raekke("Se andres mailadresser", "Ved personerne i planen."),
    Rettighed.DELTAG: Raekke(
        "Stemme og skrive under", "Når man selv sidder på pladsen. Også at spørge og at kvittere for at have læst."
    ),
    Rettighed.RET_EGET: Raekke(
        "Skrive egne aktiviteter", "De delaftaler og aktiviteter, der er ens egne, og deres status."
    ),
    Rettighed.RET_BUDGET: Raekke(
        "Skrive budget og forbrug", "Kilder, satser, budgetter, revisioner og faktiske udgifter."
    ),
    Rettighed.RET: Raekke("Skrive hele planen", "Alt, hvad planen rummer, også papirer, møder og målinger."),
    Rettighed.STYR: Raekke("Lede planen", "Afgøre, sætte i kraft, publicere og give andre adgang."),
}


@dataclass(frozen=True)
class Rolle:
    """One role in one plan: shown name, what it is for, and its rights there."""

    noegle: str
    navn: str
    beskrivelse: str
    rettigheder: frozenset[Rettighed] = field(default_factory=frozenset)


R = Rettighed
_LAESER_PLANEN = {R.PAPIRER, R.SE_FAG, R.SE, R.BUDGET}
_SKRIVER_PLANEN = {*_LAESER_PLANEN, R.HISTORIK, R.MAILADRESSER, R.DELTAG, R.RET_EGET, R.RET_BUDGET, R.RET}

#: The columns of the matrix; of two roles the one that stands first is the greater.
ROLLER = {
    rolle.noegle: rolle
    for rolle in [
        Rolle(
            "leder",
            "Boligsocial leder",
            "Skriver og retter hele planen og styrer, hvem der har adgang.",
            frozenset({*_SKRIVER_PLANEN, R.STYR}),
        ),
        Rolle("sekretariat", "Sekretariat", "Skriver og retter hele planen.", frozenset(_SKRIVER_PLANEN)),
        Rolle(
            "oekonomi",
            "Økonomi",
            "Læser planen og skriver budget og forbrug.",
            frozenset({*_LAESER_PLANEN, R.RET_BUDGET}),
        ),
        Rolle(
            "bestyrelse",
            "Bestyrelse",
            "Læser planen, stemmer og følger op på målene.",
            frozenset({*_LAESER_PLANEN, R.DELTAG}),
        ),
        Rolle(
            "revisor",
            "Revisor",
            "Læser alt, også historikken. Skriver intet.",
            frozenset({*_LAESER_PLANEN, R.HISTORIK, R.MAILADRESSER}),
        ),
        Rolle(
            "observatoer",
            "Observatør",
            "Læser det, bestyrelsen læser. Skriver intet og stemmer ikke.",
            frozenset(_LAESER_PLANEN),
        ),
        Rolle(
            "fagcenter",
            "Fagcenter",
            "Skriver sine egne aktiviteter og deres status, og læser resten af det faglige. Ser ingen beløb.",
            frozenset({R.SE_FAG, R.RET_EGET}),
        ),
        Rolle("lbf", "LBF-læser", "Læser de udstedte papirer og intet andet.", frozenset({R.PAPIRER})),
    ]
}
#: No role in a plan, but of the account: keeps the installation and opens no plan by itself.
ADMINISTRATOR = Rolle(
    "administrator",
    "Administrator",
    "Passer installationen: regelsæt, Word-skabeloner, nye planer og planer uden leder.",
)
#: What the person has who starts a plan, and what a seat on the board gives.
LEDER, BESTYRELSE = "leder", "bestyrelse"
#: The least of those who read the whole plan: what one is given who is given nothing else.
MINDSTE = "observatoer"
#: What a role was called before -> what it is called now.
FOER = {"laeser": MINDSTE}
ROLLEVALG = [(rolle.noegle, rolle.navn) for rolle in ROLLER.values()]


def rettigheder_for(rolle: str | None) -> frozenset[Rettighed]:
    return ROLLER[rolle].rettigheder if rolle in ROLLER else frozenset()


def roller_med(*rettigheder: Rettighed) -> list[str]:
    """The keys of the roles that have all of the rights."""
    return [noegle for noegle, rolle in ROLLER.items() if rolle.rettigheder.issuperset(rettigheder)]


#: What a page asks for: a right, any one of several, or (None) only to be in the plan.
Krav = Rettighed | frozenset[Rettighed] | None


def opfylder(rettigheder: frozenset[Rettighed], krav: Krav) -> bool:
    if krav is None:
        return True
    return not rettigheder.isdisjoint(krav) if isinstance(krav, frozenset) else krav in rettigheder


#: Each lets its owner write something in a plan.
SKRIVERETTER = frozenset({R.RET_EGET, R.RET_BUDGET, R.RET, R.STYR})
#: Those that write no more of the plan than their own.
KUN_EGET_ROLLER = [rolle for rolle in roller_med(Rettighed.RET_EGET) if rolle not in roller_med(Rettighed.RET)]
#: Those that write something in a plan, whatever it is.
SKRIVENDE = frozenset(roller_med(Rettighed.RET_EGET) + roller_med(Rettighed.RET_BUDGET))


@dataclass(frozen=True)
class Programmet:
    """The actor of commands that no person runs in a browser; it may do everything and is named in the audit log."""

    pk: None = None
    navn: str = "Programmet"
    er_administrator: bool = True

    def __str__(self):
        return self.navn


PROGRAMMET = Programmet()
