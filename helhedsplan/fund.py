"""A finding: what a rule has to say about an object, and where to mend it."""

from dataclasses import dataclass

from helhedsplan.choices import Alvor
from helhedsplan.formats import HAARDT_MELLEMRUM

ALVORSORDEN = {alvor.value: nr for nr, alvor in enumerate(Alvor)}


@dataclass(frozen=True)
class Fund:
    """One finding of one rule.

    kode: stable name of the rule; besked: Danish text with the figures; henvisning: local URL that lands on the
    field to mend; kilde: where the rule comes from; verificeret: False means it is not shown as anybody's rule.
    """

    kode: str
    alvor: Alvor
    besked: str
    henvisning: str
    kilde: str
    verificeret: bool = True

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
