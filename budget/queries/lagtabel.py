"""The money of a plan by layer and year, as plain data: page, paper and workbook print the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from aftaler.models import Lag
from budget.queries.celler import laes
from budget.queries.finansieringstabel import Kolonne, terning
from budget.queries.version import Version
from budget.rules.celler import NUL, kr, sum_af
from budget.rules.lagpenge import I_ALT, Lagled
from helhedsplan.formats import beloeb


@dataclass(frozen=True)
class Laglinje:
    """One layer: its years, None where its money is not told by year, and all of it in words that may be limits."""

    navn: str
    beloeb: tuple[Decimal | None, ...]
    i_alt: str


@dataclass(frozen=True)
class Lagtabel:
    """The first grant, the revisions and each layer, and last what it comes to."""

    kolonner: tuple[str, ...]
    raekker: tuple[Laglinje, ...]
    total: Laglinje


def lagtabel(version: Version, kolonner: tuple[Kolonne, ...]) -> Lagtabel | None:
    """None without layers that bring money. A year has a sum where every layer is told by cells."""
    opgjort = version.opgjort
    if opgjort is None:
        return None
    kolonner = _med_egne_aar(kolonner, opgjort.led)
    med_celler = all(led.pr_aar for led in opgjort.led)
    summer = tuple(_aarssum(opgjort.led, k.planaar) if med_celler else None for k in kolonner)
    i_alt = beloeb(opgjort.i_alt) if opgjort.i_alt is not None else opgjort.i_alt_i_ord
    return Lagtabel(
        tuple(k.navn for k in kolonner),
        tuple(
            Laglinje(
                led.navn,
                tuple(led.pr_aar.get(k.planaar) for k in kolonner),
                beloeb(led.beloeb) if led.beloeb is not None else led.i_ord,
            )
            for led in opgjort.led
        ),
        Laglinje(I_ALT, summer, i_alt),
    )


def _aarssum(led: tuple[Lagled, ...], aar: int | None) -> Decimal | None:
    """None where nothing stands in the year and some of the money is not split on years."""
    delene = [x.pr_aar[aar] for x in led if aar in x.pr_aar]
    return sum(delene, NUL) if delene or not any(None in x.pr_aar for x in led) else None


def _med_egne_aar(kolonner: tuple[Kolonne, ...], led: tuple[Lagled, ...]) -> tuple[Kolonne, ...]:
    """Where the first grant has no cells, the years of the layers are not among those of the whole."""
    kendte = {k.planaar for k in kolonner}
    egne = {aar for x in led for aar in x.pr_aar} - kendte
    nye = [Kolonne(aar, f"År {aar}", "uden for perioden") for aar in sorted(a for a in egne if a is not None)]
    return (*kolonner, *nye, *([Kolonne(None, "Ikke fordelt på år")] if None in egne else []))


def lagets_penge(lag: Lag) -> Iterator[tuple[str, str, str]]:
    """What the paper of a layer says of its money, line by line: who gives how much, in which years, and what it goes
    to. Nothing of one whose money is not written by financier."""
    budget = lag.budgetter.first()
    if budget is None:
        return
    budget.plan = lag.plan
    version = laes(budget).pr(None)
    tabel = terning(budget, celler=version.bidrag)
    for i, art in enumerate(tabel.kryds.artnavne):
        for j, kilde in enumerate(tabel.kryds.kilder):
            if givet := tabel.kryds.celler[i][j]:
                yield f"penge-{kilde}-{art}", f"{kilde}, {art.lower()}", kr(givet)
    if version.bidrag:
        aar = [f"{k.navn.lower()}: {kr(b)}" for k, b in zip(tabel.kolonner, tabel.total.beloeb, strict=True) if b]
        yield "penge-aar", "Penge år for år", ", ".join(aar)
        yield "penge-i-alt", "Penge i alt", kr(tabel.i_alt)
    if version.udgifter:
        yield "udgifter-i-alt", "Udgifter i alt", kr(sum_af(version.udgifter.values()))
