"""A finding: what a rule has to say about an object, and where to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from helhedsplan.choices import Alvor
from helhedsplan.formats import HAARDT_MELLEMRUM

ALVORSORDEN = {alvor.value: nr for nr, alvor in enumerate(Alvor)}


@dataclass(frozen=True)
class Fund:
    """One finding of one rule.

    kode: stable name of the rule; besked: Danish text with the figures; henvisning: local URL that lands on the
    field to mend; kilde: where the rule comes from; verificeret: False means it is not shown as anybody's rule, and is
    never a fault: what nobody has shown to be demanded blames nobody. flere: what many of the same are called together,
    "indikatorer mangler baseline"; kort: what this one is about, for the link in such a line. kan_ikke_ses: the rule
    neither holds nor does not, for what it asks is not told; that is a note and blames nobody.
    """

    kode: str
    alvor: Alvor
    besked: str
    henvisning: str
    kilde: str
    verificeret: bool = True
    flere: str = ""
    kort: str = ""
    kan_ikke_ses: bool = False

    def __post_init__(self):
        if not self.verificeret and self.alvor == Alvor.FEJL:
            object.__setattr__(self, "alvor", Alvor.ADVARSEL)
        if self.kan_ikke_ses:
            object.__setattr__(self, "alvor", Alvor.NOTE)

    @property
    def kilde_i_ord(self) -> str:
        return self.kilde if self.verificeret else f"{self.kilde} (ikke verificeret)"

    def som_data(self) -> dict:
        """The contract of `kontroller --json`: kode, alvor, besked, henvisning, kilde. Spaces are plain, so that what
        other programs look for in the text is found."""
        return {
            "kode": self.kode,
            "alvor": self.alvor.value,
            "besked": self.besked.replace(HAARDT_MELLEMRUM, " "),
            "henvisning": self.henvisning,
            "kilde": self.kilde_i_ord,
        }


def vaerst_foerst(fund: list[Fund]) -> list[Fund]:
    return sorted(fund, key=lambda f: ALVORSORDEN[f.alvor])


#: So many equal findings are read one by one; more are one line with their links.
ENKELTVIS_HOEJST = 2


@dataclass(frozen=True)
class Fundlinje:
    """One line of a list of findings: a single one, or many that say the same of different things."""

    fund: tuple[Fund, ...]

    @property
    def er_samlet(self) -> bool:
        return len(self.fund) > 1

    @property
    def alvor(self) -> Alvor:
        return self.fund[0].alvor

    @property
    def besked(self) -> str:
        return f"{len(self.fund)} {self.fund[0].flere}" if self.er_samlet else self.fund[0].besked

    @property
    def henvisning(self) -> str:
        return "" if self.er_samlet else self.fund[0].henvisning

    @property
    def kilde_i_ord(self) -> str:
        return self.fund[0].kilde_i_ord


def samlet(fund: Iterable[Fund]) -> list[Fundlinje]:
    """The lines that a page shows, in the order in which the findings come: equal ones together, each with its link."""
    grupper: dict[tuple, list[Fund]] = {}
    for f in fund:
        ens = (f.kode, f.alvor, f.kilde_i_ord, f.flere) if f.flere else (id(f), len(grupper))
        grupper.setdefault(ens, []).append(f)
    linjer = []
    for ens_fund in grupper.values():
        if len(ens_fund) > ENKELTVIS_HOEJST:
            linjer.append(Fundlinje(tuple(ens_fund)))
        else:
            linjer += [Fundlinje((f,)) for f in ens_fund]
    return linjer
