"""Who must decide a revision of the budget: whoever the plan's rules of approval name for its economic effect.

Money that moves between years, purposes or accounts of the same financier has none. When a financier gives another sum,
or another part of it in cash, the board decides; a larger change is Landsbyggefonden's too. What is larger is said
nowhere, so the limit is a parameter (`revision_stor_pct`, percent of the financing), and ours until somebody sets it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget.rules.celler import NUL
from budget.rules.medfinansiering import HUNDREDE, Kildesum, Medfinansiering
from helhedsplan.formats import kroner, med_punktum, opremsning, procent, tal

PARAMETER = "revision_stor_pct"
#: Ours, where the rule set says nothing.
STOR_PCT = Decimal(10)


@dataclass(frozen=True)
class Kildeskift:
    """What a financier gives before and after, in all and in cash."""

    foer: Kildesum
    efter: Kildesum

    @property
    def navn(self) -> str:
        return self.efter.navn

    @property
    def forskel(self) -> Decimal:
        return self.efter.beloeb - self.foer.beloeb

    @property
    def kontant_forskel(self) -> Decimal:
        return self.efter.kontant - self.foer.kontant


@dataclass(frozen=True)
class Niveau:
    """Who must decide, and why. skift: the financiers whose sum or cash changes; none: no economic effect."""

    skift: tuple[Kildeskift, ...]
    flyttet: Decimal
    flyttet_pct: Decimal | None
    stor_pct: Decimal

    @property
    def bestyrelsen(self) -> bool:
        return bool(self.skift)

    @property
    def lbf(self) -> bool:
        return self.bestyrelsen and self.flyttet_pct is not None and self.flyttet_pct >= self.stor_pct

    @property
    def hvorfor(self) -> str:
        """What it does, in words; '' without economic effect."""
        if not self.skift:
            return ""
        hvem = [f"{s.navn} {_fortegn(s.forskel)}" for s in self.skift if s.forskel]
        hvem += [f"{s.navn} {_fortegn(s.kontant_forskel)} kontant" for s in self.skift if not s.forskel]
        tekst = (
            f"Revisionen ændrer, hvad kilderne giver: {med_punktum(opremsning(hvem))} "
            "Derfor skal bestyrelsen have besluttet den."
        )
        if self.lbf:
            graense = f"fra {tal(self.stor_pct.normalize())} %, ikke verificeret"
            tekst += (
                f" Den flytter {procent(self.flyttet_pct, 2)} af budgettet og regnes for større ({graense}). "
                "Derfor skal Landsbyggefonden også have godkendt den."
            )
        return tekst


def _fortegn(kr: Decimal) -> str:
    return ("+" if kr > 0 else "") + kroner(kr, 0 if kr == kr.to_integral_value() else 2)


def niveau(foer: Medfinansiering, efter: Medfinansiering, stor_pct: Decimal | None) -> Niveau:
    """From the financing before and after, with the same financiers in the same order."""
    par = [Kildeskift(en, anden) for en, anden in zip(foer.kilder, efter.kilder, strict=True)]
    skift = tuple(s for s in par if s.forskel or s.kontant_forskel)
    op = sum((s.forskel for s in skift if s.forskel > 0), NUL)
    ned = -sum((s.forskel for s in skift if s.forskel < 0), NUL)
    flyttet = max(op, ned, sum((abs(s.kontant_forskel) for s in skift if not s.forskel), NUL))
    pct = flyttet * HUNDREDE / foer.i_alt if foer.i_alt else None
    return Niveau(skift, flyttet, pct, STOR_PCT if stor_pct is None else stor_pct)


@dataclass(frozen=True)
class Beslutning:
    """Who has decided a revision, when, and where that stands."""

    bestyrelse_den: date | None = None
    bestyrelse_kilde: str = ""
    lbf_den: date | None = None
    lbf_kilde: str = ""


def beslutning_mangler(niveau: Niveau, b: Beslutning, i_dag: date) -> dict[str, str]:
    """What is still to be said of the decisions that the level demands, by field."""
    krav = [("bestyrelse", "bestyrelsen har besluttet revisionen")] if niveau.bestyrelsen else []
    krav += [("lbf", "Landsbyggefonden har godkendt revisionen")] if niveau.lbf else []
    fejl = {}
    for hvem, hvad in krav:
        den = getattr(b, f"{hvem}_den")
        if den is None:
            fejl[f"{hvem}_den"] = f"Skriv dagen, hvor {hvad}."
        elif den > i_dag:
            fejl[f"{hvem}_den"] = "Beslutningen kan ikke ligge i fremtiden."
        if not getattr(b, f"{hvem}_kilde").strip():
            fejl[f"{hvem}_kilde"] = f"Skriv, hvor det står, at {hvad}."
    return fejl
