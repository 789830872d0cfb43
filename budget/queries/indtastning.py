"""What people type or paste into the grid, held up against the plan: new amounts, and every fault at its cell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from budget.choices import Bidragsart
from budget.models import Bidrag, Satsvaerdi
from budget.queries.finansieringstabel import celle_id
from budget.queries.plangrundlag import Plangrundlag
from budget.queries.udgifter import udgift_id
from budget.rules.celler import (
    Cellenoegle,
    Udgiftsnoegle,
    Vaerdi,
    beloeb_af_sats,
    laes_beloeb,
    laes_maengde,
    tjek_beloeb,
    tjek_maengde,
)

#: Looked up once: the class makes the list anew each time.
ARTER = frozenset(Bidragsart.values)


@dataclass(frozen=True)
class Indtastningscelle:
    """One cell as typed: where (keys as people see them), and what.

    In every field None means that nothing was said and what stands there stays; '' means empty. An empty amount clears
    the cell. With `maengde` the amount is reckoned by the rate (`sats`, or the one the cell has) as it is on the first
    day of the plan year; an amount typed without it takes the place of a reckoned one.
    """

    kilde: str
    art: str
    formaal: str
    planaar: int | None
    beloeb: str | Decimal | None = None
    maengde: str | Decimal | None = None
    sats: str | None = None
    afrundet_til: str | Decimal | None = None
    note: str | None = None

    @property
    def id(self) -> str:
        return celle_id(self.kilde, self.art, self.formaal, self.planaar)


@dataclass(frozen=True)
class Udgiftscelle:
    """One cell of the costs as typed."""

    konto: str
    formaal: str
    planaar: int | None
    beloeb: str | Decimal | None = None
    afrundet_til: str | Decimal | None = None
    note: str | None = None

    @property
    def id(self) -> str:
        return udgift_id(self.konto, self.formaal, self.planaar)


@dataclass
class Anvendt:
    """All amounts as they become, those that differ (before, after), faults by id of the cell, and which were named."""

    vaerdier: dict
    aendrede: dict = field(default_factory=dict)
    fejl: dict[str, list[str]] = field(default_factory=dict)
    naevnte: set = field(default_factory=set)


class _Cellefejl(Exception):
    pass


def anvend_celler(over: Plangrundlag, foer: dict, indtastet: Iterable[Indtastningscelle], *, skala: int = 1) -> Anvendt:
    """The financing with what was typed. Pure; one fault does not stop the reading of the other cells."""
    return _anvend(foer, indtastet, lambda c: _noegle(over, c), lambda c, n, v: _vaerdi(over, c, n, v, skala), over)


def anvend_udgifter(over: Plangrundlag, foer: dict, indtastet: Iterable[Udgiftscelle], *, skala: int = 1) -> Anvendt:
    """The costs with what was typed."""
    return _anvend(foer, indtastet, lambda c: _udgiftsnoegle(over, c), lambda c, n, v: _ny(c, v, skala), over)


def _anvend(foer: dict, indtastet: Iterable, noegle_for: Callable, vaerdi_for: Callable, over: Plangrundlag) -> Anvendt:
    anvendt = Anvendt(dict(foer))
    aar = {a.nr for a in over.planaar}
    for celle in indtastet:
        try:
            noegle = noegle_for(celle)
            if noegle in anvendt.naevnte:
                raise _Cellefejl("Cellen står to gange i det indsatte.")
            anvendt.naevnte.add(noegle)
            gammel = foer.get(noegle)
            ny = vaerdi_for(celle, noegle, gammel)
            if ny is not None and noegle.planaar is not None and noegle.planaar not in aar:
                raise _Cellefejl(f"År {noegle.planaar} ligger uden for planens periode, som har {len(aar)} år.")
        except (_Cellefejl, ValueError) as fejl:
            anvendt.fejl.setdefault(celle.id, []).append(str(fejl))
            continue
        if ny != gammel:
            anvendt.aendrede[noegle] = (gammel, ny)
            anvendt.vaerdier[noegle] = ny
            if ny is None:
                del anvendt.vaerdier[noegle]
    return anvendt


def _formaal(over: Plangrundlag, celle):
    if celle.formaal not in over.formaal_af:
        raise _Cellefejl(f"Formålet »{celle.formaal}« findes ikke i planen.")
    return over.formaal_af[celle.formaal].formaal


def _noegle(over: Plangrundlag, celle: Indtastningscelle) -> Cellenoegle:
    if celle.kilde not in over.kilde_af:
        raise _Cellefejl(f"Finansieringskilden »{celle.kilde}« findes ikke i planen.")
    if celle.art not in ARTER:
        raise _Cellefejl(f"Arten »{celle.art}« kendes ikke.")
    return Cellenoegle(over.kilde_af[celle.kilde].pk, celle.art, _formaal(over, celle), celle.planaar)


def _udgiftsnoegle(over: Plangrundlag, celle: Udgiftscelle) -> Udgiftsnoegle:
    if celle.konto not in over.konto_af:
        raise _Cellefejl(f"Kontoen »{celle.konto}« findes ikke.")
    return Udgiftsnoegle(over.konto_af[celle.konto].pk, _formaal(over, celle), celle.planaar)


def _vaerdi(
    over: Plangrundlag, celle: Indtastningscelle, noegle: Cellenoegle, gammel: Vaerdi | None, skala: int
) -> Vaerdi | None:
    if celle.maengde in (None, ""):
        if celle.sats:
            raise _Cellefejl("Skriv timer, m² eller måneder, når beløbet regnes med en sats.")
        return _ny(celle, gammel, skala)
    satsvaerdi = _satsvaerdi(over, celle, noegle, gammel)
    maengde = _tal(celle.maengde, lambda tekst: laes_maengde(tekst, satsvaerdi.sats.enhed), tjek_maengde)
    beloeb = tjek_beloeb(beloeb_af_sats(maengde, satsvaerdi.beloeb))
    if celle.beloeb not in (None, "") and _beloeb(celle.beloeb, skala) != beloeb:
        raise _Cellefejl("Beløbet passer ikke med antal gange sats. Lad beløbet stå tomt, så regnes det ud.")
    return Vaerdi(beloeb, maengde, satsvaerdi.pk, None, _note(celle, gammel))


def _satsvaerdi(over: Plangrundlag, celle: Indtastningscelle, noegle: Cellenoegle, gammel: Vaerdi | None) -> Satsvaerdi:
    if not celle.sats and gammel and gammel.satsvaerdi:
        return over.satsvaerdier[gammel.satsvaerdi]
    sats = over.sats_af.get(celle.sats or "")
    if sats is None:
        raise _Cellefejl(f"Satsen »{celle.sats}« findes ikke i planen." if celle.sats else "Vælg en sats.")
    if sats.art != noegle.art:
        raise _Cellefejl(f"Satsen {sats} er ikke til {Bidragsart(noegle.art).label.lower()}.")
    vaerdi = over.satsvaerdi_for(sats, over.foerste_dag(noegle.planaar))
    if vaerdi is None:
        raise _Cellefejl(f"Satsen {sats} har ingen værdi endnu.")
    return vaerdi


def _ny(celle, gammel: Vaerdi | None, skala: int) -> Vaerdi | None:
    """A cell whose amount is typed, or whose rounding or note alone is changed."""
    if celle.beloeb is None:
        beloeb = gammel.beloeb if gammel else None
    else:
        beloeb = _beloeb(celle.beloeb, skala) if str(celle.beloeb).strip() else None
    if beloeb is None:
        return None
    note = _note(celle, gammel)
    if gammel is None or beloeb != gammel.beloeb or getattr(celle, "maengde", None) is not None:
        return Vaerdi(beloeb, afrundet_til=_afrundet_til(celle, None), note=note)
    return gammel._replace(afrundet_til=_afrundet_til(celle, gammel), note=note)


def _tal(vaerdi: str | Decimal, laes: Callable, tjek: Callable) -> Decimal:
    return tjek(vaerdi) if isinstance(vaerdi, Decimal) else laes(vaerdi)


def _beloeb(vaerdi: str | Decimal, skala: int) -> Decimal:
    return _tal(vaerdi, lambda tekst: laes_beloeb(tekst, skala), tjek_beloeb)


def _afrundet_til(celle, gammel: Vaerdi | None) -> Decimal | None:
    if celle.afrundet_til is None:
        return gammel.afrundet_til if gammel else None
    if celle.afrundet_til == "":
        return None
    afrundet = _beloeb(celle.afrundet_til, 1)
    if not afrundet:
        raise _Cellefejl("Afrundingen skal være større end 0, for eksempel 100.000.")
    return afrundet


def _note(celle, gammel: Vaerdi | None) -> str:
    if celle.note is None:
        return gammel.note if gammel else ""
    felt = Bidrag._meta.get_field("note")
    try:
        return felt.clean(celle.note, None)
    except ValidationError as fejl:
        raise _Cellefejl(" ".join(fejl.messages)) from None
