"""The money of a plan by layer: what was first granted, what revisions changed, what each extension or addendum brings,
and what it all comes to. What cannot be seen is said with the least that it surely is, never as a sum."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from budget.rules.celler import NUL, Vaerdi, kr, sum_af, usikkerhed_af
from helhedsplan.formats import INGEN, opremsning
from helhedsplan.maengde import Maengde

GRUND, REVISIONER, I_ALT = "Grundbevilling", "Revisioner", "I alt"
FAST, LAG = "fast", "lag"
KAN_IKKE_SES = "kan ikke ses"


class Lagled(NamedTuple):
    """One layer's money. beloeb: what the cells or a number give, None where nothing does; sagt: how it is told then.
    lavest: the least it can be, None where that is not known. pr_aar: by plan year, empty where it has no cells."""

    navn: str
    beloeb: Decimal | None
    sagt: str = ""
    lavest: Decimal | None = None
    pr_aar: dict[int | None, Decimal] = {}
    til: tuple[str, ...] = ()
    slags: str = LAG

    @property
    def praecis(self) -> bool:
        return self.beloeb is not None and self.lavest == self.beloeb

    @property
    def i_ord(self) -> str:
        return kr(self.beloeb) if self.beloeb is not None else self.sagt or INGEN


class Lagopgoerelse(NamedTuple):
    """The parts from below and what they come to. i_alt: None where it cannot be seen; mindst: the least it is then."""

    led: tuple[Lagled, ...]
    i_alt: Decimal | None
    mindst: Decimal | None

    @property
    def i_alt_i_ord(self) -> str:
        if self.i_alt is not None:
            return kr(self.i_alt)
        return f"{KAN_IKKE_SES}, mindst {kr(self.mindst)}" if self.mindst else KAN_IKKE_SES

    @property
    def oven_paa(self) -> str:
        """'Oven på bevillingen kommer 6.700.000 kr. til Rugmarken ifølge »Tillæg«. I alt er det …'"""
        lagene = [led for led in self.led if led.slags == LAG]
        saetninger = [f"Oven på bevillingen kommer {_hvor_meget(led)} ifølge »{led.navn}«." for led in lagene]
        if lagene and self.mindst is not None:
            praecis = self.i_alt is not None and all(led.praecis for led in self.led)
            foran = "I alt er det" if self.i_alt is not None else "I alt kan ikke ses, men det er"
            saetninger.append(f"{foran} {'' if praecis else 'mindst '}{kr(self.mindst)}")
        elif lagene and self.i_alt is None:
            saetninger.append("I alt kan ikke ses.")
        return " ".join(saetninger)


def _hvor_meget(led: Lagled) -> str:
    return f"{led.i_ord} til {opremsning(list(led.til))}" if led.til else led.i_ord


def led_af(navn: str, vaerdier: Iterable[tuple[int | None, Vaerdi]], til: tuple[str, ...] = ()) -> Lagled:
    """Of cells, each with its plan year."""
    alle = list(vaerdier)
    pr_aar: dict[int | None, Decimal] = {}
    for aar, v in alle:
        pr_aar[aar] = pr_aar.get(aar, NUL) + v.beloeb
    sum_, usikker = sum_af(v for _, v in alle), usikkerhed_af(v for _, v in alle)
    return Lagled(navn, sum_, "", max(NUL, sum_ - usikker), pr_aar, til)


def led_af_ord(navn: str, sagt: Maengde, til: tuple[str, ...] = ()) -> Lagled:
    """Of what is told without cells: a number, limits, about so much, or not told."""
    beloeb = None if sagt.sagt else sagt.vaerdi
    return Lagled(navn, beloeb, str(sagt) if sagt.sagt else "", sagt.lavest, {}, til)


def afviger(sagt: Maengde, led: Lagled, usikkerhed: Decimal) -> str:
    """That what a layer is told to bring is not what its amounts come to, as precisely as each is written; '' else."""
    if led.beloeb is None or not sagt.er_fortalt:
        return ""
    slaek = usikkerhed
    if not sagt.sagt and sagt.vaerdi is not None:
        slaek += Decimal(1).scaleb(sagt.vaerdi.normalize().as_tuple().exponent) / 2
    for_lidt = sagt.lavest is not None and led.beloeb + slaek < sagt.lavest
    for_meget = sagt.hoejest is not None and led.beloeb - slaek > sagt.hoejest
    if not (for_lidt or for_meget):
        return ""
    oplyst = str(sagt) if sagt.sagt else kr(sagt.vaerdi or NUL)
    return f"»{led.navn}« er oplyst til {oplyst.rstrip('.')}., men beløbene giver {kr(led.beloeb)}"


def opgjort(led: list[Lagled]) -> Lagopgoerelse:
    """What is not told of the first grant is no less than 0; a layer of which no least is told gives none in all."""
    sete = [x.beloeb for x in led if x.beloeb is not None]
    i_alt = sum(sete, NUL) if len(sete) == len(led) else None
    kendt = [x.lavest for x in led if x.lavest is not None or x.slags == LAG]
    mindst = None if None in kendt else sum((x for x in kendt if x is not None), NUL)
    return Lagopgoerelse(tuple(led), i_alt, mindst)


def lagt_sammen(grund: dict, lagene: Iterable[dict]) -> dict:
    """Cells with those of layers on top: a cell of both is their sum with both roundings, and reckoned with no rate."""
    ud = dict(grund)
    for lag in lagene:
        for noegle, v in lag.items():
            foer = ud.get(noegle)
            if foer is None:
                ud[noegle] = v
                continue
            afrundet = (foer.afrundet_til or NUL) + (v.afrundet_til or NUL)
            note = "; ".join(filter(None, (foer.note, v.note)))
            ud[noegle] = Vaerdi(foer.beloeb + v.beloeb, afrundet_til=afrundet or None, note=note)
    return ud
