"""The local co-financing: share, floor, margin, cash, and what rounding does to them. Exact decimals throughout.

The floor is a share of the whole budget, so money moved from Landsbyggefonden to a local financier counts once, and
money laid on top also raises what the share is taken of; both answers are given.
"""

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from typing import NamedTuple

from budget.choices import Bidragsart, Kildeart
from budget.rules.celler import NUL, OERE
from budget.rules.oplyst import Oplyst, taellende
from helhedsplan import formats
from helhedsplan.former import USAGT

HUNDREDE = Decimal(100)


@dataclass(frozen=True)
class Kildesum:
    """What one financier gives in all. `kan_laegge_til`: how much more it may give under the cap on the kommune's
    share in a budget of this size; None when there is no cap."""

    navn: str
    lokal: bool
    beloeb: Decimal
    kontant: Decimal
    kan_laegge_til: Decimal | None = None


@dataclass(frozen=True)
class Medfinansiering:
    """Amounts in kroner; shares in percent, unrounded, None when the budget is empty.

    gulv_pct: the parameter lokal_min_pct; None when it is not known, and then no rule is held. yderst_mindst_pct and
    yderst_hoejst_pct: the extreme shares where a stated total bounds them too. Plain data, as it may be frozen in a
    document.
    """

    i_alt: Decimal
    lokal: Decimal
    lokal_kontant: Decimal
    kommune: Decimal
    gulv_pct: Decimal | None
    kommune_loft_pct: Decimal | None
    usikkerhed_lokal: Decimal
    usikkerhed_oevrig: Decimal
    kilder: tuple[Kildesum, ...]
    yderst_mindst_pct: Decimal | None = None
    yderst_hoejst_pct: Decimal | None = None
    lokal_ukendt_art: Decimal = field(default=NUL, metadata=USAGT)
    """Local money of which it is not told whether it is cash"""
    ukendt_betaler: Decimal = field(default=NUL, metadata=USAGT)
    """Money of which it is not told who pays it"""
    maaske_lokal: Decimal = field(default=NUL, metadata=USAGT)
    """That part of it which is not told to be local either"""
    uden_lag: str = field(default="", metadata=USAGT)
    """What is not counted in, for it is told and not by whom: the extensions and addenda by name"""

    def _pct(self, del_: Decimal) -> Decimal | None:
        return del_ * HUNDREDE / self.i_alt if self.i_alt else None

    @property
    def andel_pct(self) -> Decimal | None:
        return self._pct(self.lokal)

    @property
    def lokal_kontant_pct(self) -> Decimal | None:
        return self._pct(self.lokal_kontant)

    @property
    def kommune_pct(self) -> Decimal | None:
        return self._pct(self.kommune)

    @property
    def holder(self) -> bool:
        """Compared as kroner times percent, so that no division rounds."""
        if self.gulv_pct is not None and self.andel_mindst_pct is not None and self.uden_punkt:
            return self.andel_mindst_pct >= self.gulv_pct
        return self.gulv_pct is None or self.lokal * HUNDREDE >= self.gulv_pct * self.i_alt

    @property
    def gulv(self) -> Decimal:
        """The least local money in a budget of this size, in kroner and unrounded."""
        return self.i_alt * (self.gulv_pct or NUL) / HUNDREDE

    @property
    def margin(self) -> Decimal:
        """Kroner above the floor; negative below it. Towards minus infinity to the øre, so that it never flatters."""
        return -(self.gulv - self.lokal).quantize(OERE, rounding=ROUND_CEILING)

    @property
    def mangler(self) -> Decimal:
        """Kroner that must be local instead, in a budget of the same size; 0 when the floor holds."""
        return max(NUL, -self.margin)

    @property
    def mangler_oveni(self) -> Decimal:
        """Kroner of local money to lay on top of the budget as it is; 0 when the floor holds."""
        return max(NUL, self.lokal_krav - self.lokal)

    @property
    def lokal_krav(self) -> Decimal:
        """The local money that the rest of the financing demands: 12,5 mio. kr. at 25 % demands 4.166.666,67."""
        pct = self.gulv_pct or NUL
        if pct >= HUNDREDE:
            return self.i_alt
        return ((self.i_alt - self.lokal) * pct / (HUNDREDE - pct)).quantize(OERE, rounding=ROUND_CEILING)

    @property
    def andel_mindst_pct(self) -> Decimal | None:
        """The lowest share that the rounding of the amounts allows."""
        if self.yderst_mindst_pct is not None:
            return self.yderst_mindst_pct
        return self._graense(-self.usikkerhed_lokal, self.usikkerhed_oevrig)

    @property
    def andel_hoejst_pct(self) -> Decimal | None:
        if self.yderst_hoejst_pct is not None:
            return self.yderst_hoejst_pct
        return self._graense(self.usikkerhed_lokal, -self.usikkerhed_oevrig)

    @property
    def andel_muligvis_pct(self) -> Decimal | None:
        """The highest share there can be: with the rounding, and with all that nobody is told to pay."""
        if not self.maaske_lokal:
            return self.andel_hoejst_pct
        lokal = self.lokal + self.usikkerhed_lokal + self.maaske_lokal + self.usikkerhed_oevrig
        return min(HUNDREDE, lokal * HUNDREDE / self.i_alt) if self.i_alt else None

    def _graense(self, lokal: Decimal, oevrig: Decimal) -> Decimal | None:
        lokal = max(NUL, self.lokal + lokal)
        i_alt = lokal + max(NUL, self.i_alt - self.lokal + oevrig)
        return lokal * HUNDREDE / i_alt if i_alt else None

    @property
    def er_afrundet(self) -> bool:
        return bool(self.usikkerhed_lokal or self.usikkerhed_oevrig)

    @property
    def har_spaend(self) -> bool:
        """Whether the rounding leaves more than one share."""
        return self.er_afrundet and self.andel_mindst_pct != self.andel_hoejst_pct

    @property
    def afgoeres_af_afrunding(self) -> bool:
        """Whether the exact amounts behind the rounded ones could lie on either side of the floor."""
        if self.gulv_pct is None or self.andel_mindst_pct is None or self.andel_hoejst_pct is None:
            return False
        return self.andel_mindst_pct < self.gulv_pct <= self.andel_hoejst_pct

    @property
    def uden_punkt(self) -> bool:
        """Whether the amounts as they are written give a share that is none of those which fit the stated total and the
        rounding both: then the share is the limits, and no kroner above or below the floor are told."""
        mindst, hoejst, andel = self.andel_mindst_pct, self.andel_hoejst_pct, self.andel_pct
        if mindst is None or hoejst is None or andel is None:
            return False
        return self.har_spaend and not mindst <= andel <= hoejst

    @property
    def afgoeres_af_betaleren(self) -> bool:
        """Whether the share would reach the floor if all that nobody is told to pay were local."""
        if self.gulv_pct is None or self.holder or not self.maaske_lokal:
            return False
        lokal = self.lokal + self.usikkerhed_lokal + self.maaske_lokal + self.usikkerhed_oevrig  # theirs may be rounded
        return lokal * HUNDREDE >= self.gulv_pct * (self.i_alt - self.usikkerhed_oevrig)

    @property
    def betaler_i_ord(self) -> str:
        """Said instead of kroner below the floor where it turns on who pays."""
        gulv = formats.procent(self.gulv_pct and Decimal(f"{self.gulv_pct.normalize():f}"))
        return (
            f"hvem der betaler {formats.beloeb(self.maaske_lokal)} kr., er ikke oplyst, "
            f"så andelen er {self.andel_i_ord}, og det kan ikke ses, om gulvet på {gulv} holder"
        )

    @property
    def afrunding_i_ord(self) -> str:
        """Said instead of kroner above or below the floor where rounding settles whether it holds."""
        gulv = formats.procent(self.gulv_pct and Decimal(f"{self.gulv_pct.normalize():f}"))
        mindst, hoejst = self._graenser
        return f"mellem {mindst} og {hoejst}, så det kan ikke ses, om gulvet på {gulv} holder"

    @property
    def _graenser(self) -> tuple[str, str]:
        gulv = self.gulv_pct
        return andel_i_ord(self.andel_mindst_pct, gulv), andel_i_ord(self.andel_hoejst_pct, gulv)

    def graenser_i_ord(self, midt: str) -> str:
        """'ligger <midt> mellem 24,85 % og 25,12 %', or 'er <midt> 25,18 %' where rounding changes nothing printed."""
        mindst, hoejst = self._graenser
        return f"ligger {midt} mellem {mindst} og {hoejst}" if mindst != hoejst else f"er {midt} {mindst}"

    @property
    def i_en_linje(self) -> str:
        """The share and how it stands to the floor; '' of an empty budget."""
        if not self.i_alt:
            return ""
        return f"{self._uden_forbehold}; {self.uden_lag_i_ord}" if self.uden_lag else self._uden_forbehold

    @property
    def uden_lag_i_ord(self) -> str:
        """Said with every share that is of less than the whole; '' else."""
        if not self.uden_lag:
            return ""
        return f"{self.uden_lag} er ikke fordelt på kilder og ikke regnet med, så andelen af det hele kan ikke ses"

    @property
    def _uden_forbehold(self) -> str:
        andel = f"Lokal medfinansiering: {self.andel_i_ord}"
        if self.afgoeres_af_afrunding and not self.holder and self.uden_punkt:
            return f"Lokal medfinansiering: {self.afrunding_i_ord}"
        if self.afgoeres_af_betaleren and not self.afgoeres_af_afrunding:
            return f"Lokal medfinansiering: {self.betaler_i_ord}"
        return andel if self.gulv_pct is None else f"{andel} · {self._om_gulvet()}"

    def _om_gulvet(self) -> str:
        gulv = formats.procent(self.gulv_pct and Decimal(f"{self.gulv_pct.normalize():f}"))
        if self.uden_punkt and not self.afgoeres_af_afrunding:
            return f"{'når' if self.holder else 'under'} gulvet på {gulv}"
        if self.holder:
            over = f"{self.margin_forord}{formats.beloeb(self.margin)} kr. over gulvet på {gulv}"
            uvist = f" efter de afrundede beløb; med de nøjagtige {self.afrunding_i_ord}"
            return f"{over}{uvist}" if self.afgoeres_af_afrunding else over
        if self.afgoeres_af_afrunding:
            return self.afrunding_i_ord
        if self.afgoeres_af_betaleren:
            return self.betaler_i_ord
        oveni = f"{formats.beloeb(self.mangler_oveni)} kr., hvis de lægges oven i budgettet"
        return f"der mangler {formats.beloeb(self.mangler)} kr. for at nå {gulv} ({oveni})"

    @property
    def kan_lukke(self) -> list[Kildesum]:
        """The local financiers that may give more."""
        return [k for k in self.kilder if k.lokal and k.kan_laegge_til != NUL]

    @property
    def andel_i_ord(self) -> str:
        """The one share that is printed: the figure, or the limits where it is not one figure."""
        mindst = hoejst = self.andel_pct
        if self.uden_punkt:
            mindst, hoejst = self.andel_mindst_pct, self.andel_hoejst_pct
        if self.maaske_lokal and self.i_alt and hoejst is not None:
            hoejst = max(hoejst, (self.lokal + self.maaske_lokal) * HUNDREDE / self.i_alt)
        fra, til = andel_i_ord(mindst, self.gulv_pct), andel_i_ord(hoejst, self.gulv_pct)
        return fra if fra == til else f"mellem {fra} og {til}"

    @property
    def margin_forord(self) -> str:
        """Said before kroner above the floor."""
        return "mindst " if self.maaske_lokal else ""

    @property
    def lokal_forbehold(self) -> str:
        """What is said beside the local money, where it is not told of some who pays it; '' else."""
        ukendt = self.maaske_lokal
        return f"for {formats.beloeb(ukendt)} kr. er det ikke oplyst, hvem der betaler" if ukendt else ""

    @property
    def lokal_kort(self) -> str:
        """'3,3 mio. kr. (24,81 %)', and 'mindst' where more may be local."""
        if not self.maaske_lokal:
            uden = f", uden {self.uden_lag}" if self.uden_lag else ""
            return f"{formats.mio(self.lokal)} ({self.andel_i_ord}{uden})"
        punkt = andel_i_ord(self.andel_pct, self.gulv_pct)
        return f"mindst {formats.mio(self.lokal)} ({punkt})" if self.lokal else "ikke oplyst"

    @property
    def kontant_forbehold(self) -> str:
        """What is said beside the local cash, where some money is not told to be cash; '' else."""
        ukendt = self.lokal_ukendt_art + self.maaske_lokal
        return f"for {formats.beloeb(ukendt)} kr. er det ikke oplyst" if ukendt else ""

    @property
    def kommune_forbehold(self) -> str:
        """What is said beside the kommune's share, where it is not told who pays; '' else."""
        return (
            f"hvem der betaler {formats.beloeb(self.ukendt_betaler)} kr., er ikke oplyst" if self.ukendt_betaler else ""
        )

    @property
    def lokal_kontant_i_ord(self) -> str:
        return formats.procent(self.lokal_kontant_pct, 2)


def andel_i_ord(andel: Decimal | None, gulv: Decimal | None) -> str:
    """A share with two decimals. One below the floor is never rounded up to it: 24,996 is said as 24,99 %."""
    if andel is None:
        return formats.INGEN
    afrundet = formats.afrund(andel, 2)
    if gulv is not None and andel < gulv <= afrundet:
        afrundet = andel.quantize(OERE, rounding=ROUND_DOWN)
    return formats.procent(afrundet, 2)


class Spaend(NamedTuple):
    """An amount that is known between two limits."""

    mindst: Decimal
    hoejst: Decimal


def spaend(beloeb: Decimal, usikkerhed: Decimal) -> Spaend:
    return Spaend(max(NUL, beloeb - usikkerhed), max(NUL, beloeb + usikkerhed))


def yderst(a: Spaend, b: Spaend, i_alt: Spaend) -> tuple[Decimal, Decimal]:
    """The a and b where a is most of their sum, which lies in `i_alt` too. a is as large and b as small as they can be,
    unless that is too much, and a is less, or too little, and b is more. Some a and b are taken to fit."""
    stor, lille = a.hoejst, b.mindst
    if stor + lille > i_alt.hoejst:
        stor = i_alt.hoejst - lille
    elif stor + lille < i_alt.mindst:
        lille = i_alt.mindst - stor
    return stor, lille


def medfinansiering(
    celler: dict, kilder: dict, gulv_pct, kommune_loft_pct=None, oplyst: Oplyst | None = None, *, uden_lag: str = ""
) -> Medfinansiering:
    """The figures of a budget: cells by Cellenoegle, financiers by key. oplyst: the stated total, which the share is
    then taken of where rounding lets it stand for the cells (`rules.oplyst.taellende`); its rounding bounds the share
    beside that of the cells."""
    oplyst = taellende(oplyst, celler.values())
    beloeb, kontant, usikkerhed = (dict.fromkeys(kilder, NUL) for _ in range(3))
    for noegle, vaerdi in celler.items():
        beloeb[noegle.kilde] += vaerdi.beloeb
        usikkerhed[noegle.kilde] += vaerdi.usikkerhed
        if noegle.art == Bidragsart.KONTANT:
            kontant[noegle.kilde] += vaerdi.beloeb
    lokale = [pk for pk, kilde in kilder.items() if kilde.lokal]
    kommuner = [pk for pk, kilde in kilder.items() if kilde.art == Kildeart.KOMMUNE]
    i_alt = oplyst.i_alt if oplyst else sum(beloeb.values(), NUL)
    usikkerhed_lokal = _sum(usikkerhed, lokale)
    usikkerhed_i_alt = usikkerhed_lokal + oplyst.usikkerhed if oplyst else sum(usikkerhed.values(), NUL)
    kommune = _sum(beloeb, kommuner)
    mindst, hoejst = _yderst(oplyst, beloeb, usikkerhed, lokale)
    plads = None if kommune_loft_pct is None else max(NUL, i_alt * kommune_loft_pct / HUNDREDE - kommune)
    return Medfinansiering(
        i_alt=i_alt,
        lokal=_sum(beloeb, lokale),
        lokal_kontant=_sum(kontant, lokale),
        kommune=kommune,
        gulv_pct=gulv_pct,
        kommune_loft_pct=kommune_loft_pct,
        usikkerhed_lokal=usikkerhed_lokal,
        usikkerhed_oevrig=usikkerhed_i_alt if oplyst else usikkerhed_i_alt - usikkerhed_lokal,
        kilder=tuple(
            Kildesum(kilde.navn, kilde.lokal, beloeb[pk], kontant[pk], plads if pk in kommuner else None)
            for pk, kilde in kilder.items()
        ),
        yderst_mindst_pct=mindst,
        yderst_hoejst_pct=hoejst,
        uden_lag=uden_lag,
        **_ukendt(celler, kilder),
    )


def _ukendt(celler: dict, kilder: dict) -> dict[str, Decimal]:
    """What is not told of the money: how it is given, and who gives it."""
    art = [v.beloeb for n, v in celler.items() if n.art == Bidragsart.UKENDT and kilder[n.kilde].lokal]
    betaler = [(v.beloeb, kilder[n.kilde].lokal) for n, v in celler.items() if kilder[n.kilde].art == Kildeart.UKENDT]
    return {
        "lokal_ukendt_art": sum(art, NUL),
        "ukendt_betaler": sum((beloeb for beloeb, _ in betaler), NUL),
        "maaske_lokal": sum((beloeb for beloeb, lokal in betaler if not lokal), NUL),
    }


def _yderst(
    oplyst: Oplyst | None, beloeb: dict, usikkerhed: dict, lokale: list
) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most local share under a stated total; None without one."""
    if oplyst is None:
        return None, None
    andre = [pk for pk in beloeb if pk not in lokale]
    lokal, oevrig = (spaend(_sum(beloeb, pk), _sum(usikkerhed, pk)) for pk in (lokale, andre))
    i_alt = spaend(oplyst.i_alt, oplyst.usikkerhed)
    (mest_oevrig, mindst_lokal), (mest_lokal, mindst_oevrig) = (
        yderst(oevrig, lokal, i_alt),
        yderst(lokal, oevrig, i_alt),
    )
    return _andel(mindst_lokal, mest_oevrig), _andel(mest_lokal, mindst_oevrig)


def _andel(lokal: Decimal, oevrig: Decimal) -> Decimal | None:
    return lokal * HUNDREDE / (lokal + oevrig) if lokal + oevrig else None


def _sum(pr_kilde: dict, udvalgte: list) -> Decimal:
    return sum((pr_kilde[pk] for pk in udvalgte), NUL)
