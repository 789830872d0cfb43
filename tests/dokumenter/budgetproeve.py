"""A budget paper made by hand: two financiers, two years, one account."""

from decimal import Decimal

from budget.choices import Bidragsart
from budget.queries.finansieringstabel import Krydstabel
from budget.queries.papir import Budgetpapir, Papirlinje, Papirtabel
from budget.rules.medfinansiering import Kildesum, Medfinansiering

ARTER = (Bidragsart.KONTANT.value, Bidragsart.TIMER.value)
KOLONNER = ("1. år", "2. år")


def _kr(*beloeb: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(b) for b in beloeb)


def linje(navn: str, *beloeb: int) -> Papirlinje:
    return Papirlinje(navn, _kr(*beloeb), Decimal(sum(beloeb)))


def budgetpapir(**felter) -> Budgetpapir:
    nul = Decimal(0)
    kilder = (
        Kildesum("Landsbyggefonden", False, Decimal(3_000_000), Decimal(3_000_000)),
        Kildesum("Eksempel Kommune", True, Decimal(1_000_000), Decimal(800_000)),
    )
    return Budgetpapir(
        **{
            "plan_noegle": "eksempel-2025-2029",
            "plan_navn": "Boligsocial helhedsplan Eksempel 2025-2029",
            "kort_navn": "Eksempelparken",
            "budget_noegle": "bevilget",
            "titel": "Bevilget budget",
            "parter": ("Eksempel Kommune", "Boligforeningen Eksempel"),
            "fakta": (("Periode", ("1. november 2025 – 31. oktober 2027",)),),
            "medfinansiering": Medfinansiering(
                Decimal(4_000_000), Decimal(1_000_000), Decimal(800_000), Decimal(1_000_000),
                Decimal(25), None, nul, nul, kilder,
            ),
            "kryds": Krydstabel(
                ARTER, ("Landsbyggefonden", "Eksempel Kommune"), (_kr(3_000_000, 800_000), _kr(0, 200_000)),
                _kr(3_800_000, 200_000), _kr(3_000_000, 1_000_000), Decimal(4_000_000),
            ),
            "pr_kilde": Papirtabel(
                KOLONNER,
                (linje("Eksempel Kommune", 500_000, 500_000), linje("Landsbyggefonden", 1_500_000, 1_500_000)),
                linje("I alt", 2_000_000, 2_000_000),
            ),
            "pr_formaal": Papirtabel(
                KOLONNER, (linje("Fælles", 2_000_000, 2_000_000),), linje("I alt", 2_000_000, 2_000_000)
            ),
            "formler": (("Eksempel Kommune, fælles, 1. år", "400 timer × 250 kr."),),
            "pr_konto": Papirtabel(
                KOLONNER, (linje("Løn", 2_000_000, 2_000_000),), linje("I alt", 2_000_000, 2_000_000)
            ),
            "revisioner": (),
            "aendret": None,
            "balance": "Udgifter og finansiering går op.",
        }
        | felter
    )  # fmt: skip
