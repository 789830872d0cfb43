"""What is told of a plan beside what it is, as papers and pages have it."""

from collections.abc import Iterable
from dataclasses import dataclass

from aftaler.models import Helhedsplan
from helhedsplan.laest import raekkerne


@dataclass(frozen=True)
class Sideplansvisning:
    """A plan beside; `maal` are its own goals."""

    navn: str
    slags: str
    beloeb: str
    kilde: str
    maal: tuple[str, ...]

    @property
    def penge(self) -> str:
        """The amount as it was told, and by whom."""
        return f"{self.beloeb} ({self.kilde})" if self.beloeb and self.kilde else self.beloeb or self.kilde


def sideplaner(plan: Helhedsplan) -> tuple[Sideplansvisning, ...]:
    return tuple(
        Sideplansvisning(p.navn, p.get_slags_display(), p.beloeb, p.kilde, _linjer(p.maal))
        for p in raekkerne(plan, "sideplaner")
    )


def _linjer(tekst: str) -> tuple[str, ...]:
    linjer: Iterable[str] = map(str.strip, tekst.splitlines())
    return tuple(filter(None, linjer))
