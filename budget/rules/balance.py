"""Whether costs and financing go up, said in the same words on page and in paper: in all and year by year, each only as
far as it is known, and never without saying that rounding may be the whole of a difference."""

from decimal import Decimal
from typing import NamedTuple

from budget.rules.celler import kr
from helhedsplan.formats import opremsning

AFRUNDING = " Beløbene er afrundet, og det kan være hele forskellen."


class Balanceforskel(NamedTuple):
    """Financing minus costs, and how much of it the rounding of the amounts may account for."""

    beloeb: Decimal
    usikkerhed: Decimal

    @property
    def er_afrunding(self) -> bool:
        return abs(self.beloeb) <= self.usikkerhed


def i_ord(i_alt: Balanceforskel, aar: list[tuple[str, Balanceforskel]] | None) -> str:
    """`aar`: each year by its name; None where not all is split on years, so that they cannot be compared."""
    if i_alt.beloeb:
        afrundet = AFRUNDING if i_alt.er_afrunding else ""
        return f"{_saetning(i_alt.beloeb)}{afrundet}"
    if aar is None:
        return (
            "Udgifter og finansiering er lige store i alt. Ikke alt er fordelt på år, så de enkelte år kan ikke holdes "
            "op mod hinanden."
        )
    skaeve = [(navn, f) for navn, f in aar if f.beloeb]
    if not skaeve:
        return "Udgifter og finansiering går op."
    hvilke = opremsning([f"{navn} ({_kort(f.beloeb)})" for navn, f in skaeve])
    afrundet = AFRUNDING if all(f.er_afrunding for _, f in skaeve) else ""
    return f"Udgifter og finansiering går op i alt, men ikke i {hvilke}.{afrundet}"


def _saetning(forskel: Decimal) -> str:
    if forskel < 0:
        return f"Udgifterne er {kr(-forskel)} større end finansieringen."
    return f"Der er {kr(forskel)} i finansiering, som ingen udgift bruger."


def _kort(forskel: Decimal) -> str:
    return f"{kr(abs(forskel))} {'mangler' if forskel < 0 else 'er ikke brugt'}"


def lag_uden_balance(lagene: str) -> str:
    """Where of something on top of the plan only one side is written."""
    return f"Udgifter og finansiering er ikke begge skrevet for {lagene}, så det kan ikke ses, om de går op i alt."


def ensidigt(har_finansiering: bool, har_udgifter: bool) -> str:
    """What is said where nothing is written of one side; '' where both are there."""
    if har_finansiering and har_udgifter:
        return ""
    if not har_finansiering and not har_udgifter:
        return "Der er hverken finansiering eller udgifter endnu."
    hvad = "udgifter" if har_finansiering else "finansiering"
    return f"Budgettet har ingen {hvad} endnu, så det kan ikke ses, om pengene slår til."
