"""How an area moves against what it is held up against: the gap, and what became of it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from helhedsplan.formats import afrund, kroner, tal
from indikatorer.choices import Enhed, Udviklingsretning

HUNDREDE = Decimal(100)
POINT = " point"


@dataclass(frozen=True)
class Punkt:
    """A value of a year, with as many decimals as are shown."""

    aar: int
    vaerdi: Decimal
    decimaler: int = 1


@dataclass(frozen=True)
class Afstand:
    """An area's value against the comparison's of the same year: a gap between two years is none.

    `foran` is how much better the area is (negative: behind); with no direction, how much higher.
    """

    omraade: Punkt
    sammenligning: Punkt
    foran: Decimal

    @property
    def aar(self) -> int:
        return self.omraade.aar

    @property
    def decimaler(self) -> int:
        return max(self.omraade.decimaler, self.sammenligning.decimaler)


@dataclass(frozen=True)
class Udvikling:
    """The gap first and now (the same when there is one year only), and the sentence about it."""

    foerst: Afstand
    nu: Afstand
    ord: str


def afstande(omraade: Iterable[Punkt], sammenligning: Iterable[Punkt], retning: str) -> list[Afstand]:
    """One for each year that both have a value of, oldest first."""
    andre = {p.aar: p for p in sammenligning}
    fundne = []
    for punkt in sorted(omraade, key=lambda p: p.aar):
        if andet := andre.get(punkt.aar):
            forskel = punkt.vaerdi - andet.vaerdi
            fundne.append(Afstand(punkt, andet, -forskel if retning == Udviklingsretning.NED else forskel))
    return fundne


def udvikling(
    omraade: Iterable[Punkt], sammenligning: Iterable[Punkt], *, retning: str, enhed: str, navn: str
) -> Udvikling | None:
    """`navn` is what the comparison is called in a sentence ('kommunen'). None when there is nothing to compare."""
    alle = afstande(omraade, sammenligning, retning)
    if not alle:
        return None
    foerst, nu = alle[0], alle[-1]
    saetning = _stilling(nu, retning, enhed, navn) if len(alle) == 1 else _bevaegelse(foerst, nu, retning, enhed, navn)
    aarene = " mod ".join(str(a.aar) for a in dict.fromkeys([nu, foerst]))
    return Udvikling(foerst, nu, f"{saetning} ({aarene})")


def _stilling(nu: Afstand, retning: str, enhed: str, navn: str) -> str:
    if not nu.foran:
        return f"på højde med {navn}"
    bedre, vaerre = ("foran", "efter") if retning else ("over", "under")
    return f"{_maal(nu, enhed)} {bedre if nu.foran > 0 else vaerre} {navn}"


def _bevaegelse(foerst: Afstand, nu: Afstand, retning: str, enhed: str, navn: str) -> str:
    mod = f"{_maal(nu, enhed)} mod {_maal(foerst, enhed).removesuffix(POINT)}"
    if foerst.foran * nu.foran < 0 or (not nu.foran and foerst.foran):
        hvad = {True: "har overhalet", False: "er kommet bag"} if retning else {True: "er over", False: "er under"}
        if not nu.foran:
            return f"har nået {navn}: {mod}"
        return f"{hvad[nu.foran > 0]} {navn}: {_maal(nu, enhed)}, før {_stilling(foerst, retning, enhed, navn)}"
    if nu.foran == foerst.foran:
        return f"følger {navn}: {mod}"
    naermere = abs(nu.foran) < abs(foerst.foran)
    if retning and max(nu.foran, foerst.foran) > 0:
        return f"{'mister forspring til' if naermere else 'øger forspringet til'} {navn}: {mod}"
    return f"{'nærmer sig' if naermere else 'fjerner sig fra'} {navn}: {mod}"


def _maal(afstand: Afstand, enhed: str) -> str:
    stoerrelse = afrund(abs(afstand.foran), afstand.decimaler)
    if enhed == Enhed.KRONER:
        return kroner(stoerrelse, afstand.decimaler)
    return (
        f"{tal(stoerrelse, afstand.decimaler)} point" if enhed == Enhed.PROCENT else tal(stoerrelse, afstand.decimaler)
    )


def samlet_procent(dele: Iterable[tuple[int | None, int | None]]) -> Decimal | None:
    """Several areas together: counts over bases, never the mean of percentages. None when one of them is not known."""
    dele = list(dele)
    if not dele or any(antal is None or grundlag is None for antal, grundlag in dele):
        return None
    i_alt = sum(grundlag for _, grundlag in dele if grundlag)
    return HUNDREDE * sum(antal for antal, _ in dele if antal) / i_alt if i_alt else None
