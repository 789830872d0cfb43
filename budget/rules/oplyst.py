"""A total that the budget's source states, beside the cells. While rounding may account for the difference, it is what
is printed and reckoned with, and the difference is said; beyond that the cells count and both figures are said.

A stated total is of the financing as it was written; approved revisions are added to it as they are to the cells.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from budget.rules.celler import NUL, Vaerdi, kr, sum_af, usikkerhed_af
from helhedsplan.formats import HAARDT_MELLEMRUM, opremsning
from helhedsplan.maengde import Maengde


class Oplyst(NamedTuple):
    i_alt: Decimal
    afrundet_til: Decimal | None = None
    #: What approved revisions have added to what the source states.
    revideret: Decimal = NUL
    #: What layers on top of the plan have.
    oven_paa: Decimal = NUL

    @property
    def usikkerhed(self) -> Decimal:
        return self.afrundet_til / 2 if self.afrundet_til else NUL


def med_deltaer(oplyst: Oplyst | None, deltaer: Iterable[Decimal]) -> Oplyst | None:
    lagt_til = sum(deltaer, NUL)
    return oplyst and oplyst._replace(i_alt=oplyst.i_alt + lagt_til, revideret=oplyst.revideret + lagt_til)


def med_lag(oplyst: Oplyst | None, lagt_til: Decimal) -> Oplyst | None:
    return oplyst and oplyst._replace(i_alt=oplyst.i_alt + lagt_til, oven_paa=oplyst.oven_paa + lagt_til)


def forskel(oplyst: Oplyst | None, vaerdier: Iterable[Vaerdi]) -> Decimal:
    """The stated total less the sum of the cells; 0 without one."""
    return oplyst.i_alt - sum((v.beloeb for v in vaerdier), NUL) if oplyst else NUL


def forenes(oplyst: Oplyst, vaerdier: Iterable[Vaerdi]) -> bool:
    """Whether rounding alone may account for the difference."""
    alle = list(vaerdier)
    return rummer(oplyst, sum_af(alle), usikkerhed_af(alle))


def rummer(oplyst: Oplyst, sum_: Decimal, usikkerhed: Decimal) -> bool:
    """The same of a sum of cells and what their rounding may hide."""
    return abs(oplyst.i_alt - sum_) <= oplyst.usikkerhed + usikkerhed


def taellende(oplyst: Oplyst | None, vaerdier: Iterable[Vaerdi]) -> Oplyst | None:
    """The stated total where it may stand for the sum of the cells, so that no share is bought by stating another."""
    return oplyst if oplyst and forenes(oplyst, vaerdier) else None


def andel_i_tekst(andel: Maengde) -> str:
    """mindst 25 %: the sign is said where it was left out."""
    helt = "%" in andel.sagt or "procent" in andel.sagt or (andel.sagt and not any(map(str.isdecimal, andel.sagt)))
    return str(andel) if helt else f"{andel}{HAARDT_MELLEMRUM}%"


def med_ord(beloeb: Maengde, andel: Maengde, vaerdier: Iterable[Vaerdi]) -> str:
    """What is told without an exact amount: 'I alt er oplyst som over 32 mio. kr.; delene giver …'; '' when nothing."""
    saetninger = []
    if beloeb.sagt:
        alle = list(vaerdier)
        delene = f"; delene giver {kr(sum((v.beloeb for v in alle), NUL))}" if alle else ""
        saetninger.append(f"I alt er {'ikke oplyst' if beloeb.er_ikke_oplyst else f'oplyst som {beloeb}'}{delene}")
    if not andel.er_mangler:
        er = "ikke oplyst" if andel.er_ikke_oplyst else f"oplyst som {andel_i_tekst(andel)}"
        saetninger.append(f"Den lokale andel er {er}")
    return " ".join(f"{saetning.rstrip('.')}." for saetning in saetninger)


def i_ord(oplyst: Oplyst | None, vaerdier: Iterable[Vaerdi]) -> str:
    """'I alt er oplyst til 13.300.000 kr. …'; '' without a stated total."""
    if oplyst is None:
        return ""
    alle = list(vaerdier)
    sum_, afvigelse = sum((v.beloeb for v in alle), NUL), forskel(oplyst, alle)
    afrundet = f" (afrundet til {kr(oplyst.afrundet_til)})" if oplyst.afrundet_til else ""
    tekst = f"I alt er oplyst til {kr(oplyst.i_alt - oplyst.revideret - oplyst.oven_paa)}{afrundet}"
    med = [hvad for hvad, lagt in (("revisionerne", oplyst.revideret), ("det oven på", oplyst.oven_paa)) if lagt]
    if med:
        tekst += f", som med {opremsning(med)} er {kr(oplyst.i_alt)}"
    if not alle:
        return f"{tekst}."
    if not afvigelse:
        return f"{tekst}, og det er også summen af delene."
    usikker = sum((v.usikkerhed for v in alle), NUL)
    dele = [tekst, f"delene giver {kr(sum_)}, altså {kr(abs(afvigelse))} {'mindre' if afvigelse > 0 else 'mere'}"]
    if usikker:
        dele.append(f"med afrundingen ligger deres sum mellem {kr(max(NUL, sum_ - usikker))} og {kr(sum_ + usikker)}")
    if not forenes(oplyst, alle):
        dele.append("det oplyste tal og beløbene passer ikke sammen, så alt er regnet af beløbene")
    return f"{'; '.join(dele)}".rstrip(".") + "."
