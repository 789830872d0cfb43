"""Roles and what they may do: in code, so that a review of the code is a review of the rights."""

from dataclasses import dataclass, field
from enum import StrEnum


class Rettighed(StrEnum):
    SE = "se"
    RET = "ret"
    STYR = "styr"


@dataclass(frozen=True)
class Rolle:
    """One role in one plan: shown name, what it is for, and its rights there."""

    noegle: str
    navn: str
    beskrivelse: str
    rettigheder: frozenset[Rettighed] = field(default_factory=frozenset)


ROLLER = {
    rolle.noegle: rolle
    for rolle in [
        Rolle(
            "leder",
            "Boligsocial leder",
            "Skriver og retter hele planen og styrer, hvem der har adgang.",
            frozenset({Rettighed.SE, Rettighed.RET, Rettighed.STYR}),
        ),
        Rolle(
            "sekretariat",
            "Sekretariat",
            "Skriver og retter hele planen.",
            frozenset({Rettighed.SE, Rettighed.RET}),
        ),
        Rolle("bestyrelse", "Bestyrelse", "Læser planen og følger op på målene.", frozenset({Rettighed.SE})),
        Rolle("laeser", "Læser", "Læser planen.", frozenset({Rettighed.SE})),
    ]
}
SKRIVENDE = frozenset(noegle for noegle, rolle in ROLLER.items() if Rettighed.RET in rolle.rettigheder)
ROLLEVALG = [(rolle.noegle, rolle.navn) for rolle in ROLLER.values()]


def rettigheder_for(rolle: str | None) -> frozenset[Rettighed]:
    return ROLLER[rolle].rettigheder if rolle in ROLLER else frozenset()


@dataclass(frozen=True)
class Programmet:
    """The actor of commands that no person runs in a browser; it may do everything and is named in the audit log."""

    pk: None = None
    navn: str = "Programmet"
    er_administrator: bool = True

    def __str__(self):
        return self.navn


PROGRAMMET = Programmet()
