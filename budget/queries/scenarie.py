"""What if: the same budget with other totals from some of its financiers."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError

from budget.choices import NATURALIEKONTI
from budget.queries.plangrundlag import Plangrundlag
from budget.rules.celler import NUL, OERE, Cellenoegle, Udgiftsnoegle, Vaerdi, er_i_naturalier, tjek_beloeb
from budget.rules.perioder import fordel_efter


def skaleret(
    over: Plangrundlag, celler: dict[Cellenoegle, Vaerdi], nye_totaler: dict[str, Decimal]
) -> dict[Cellenoegle, Vaerdi]:
    """The cells with new totals for some financiers (by key), each spread over its cells as before, to the øre.

    A scaled cell is exact and has no formula: it is reckoned from the total and not from hours. Raises ValidationError
    for an unknown financier, an impossible amount, or one that gives nothing to spread.
    """
    fejl: dict[str, list[str]] = {}
    ud = dict(celler)
    for noegle, total in nye_totaler.items():
        try:
            ud |= _skaler(over, celler, noegle, total)
        except ValueError as grund:
            fejl[noegle] = [str(grund)]
    if fejl:
        raise ValidationError(fejl)
    return ud


def _skaler(over: Plangrundlag, celler: dict, noegle: str, total: Decimal) -> dict:
    if noegle not in over.kilde_af:
        raise ValueError(f"Finansieringskilden »{noegle}« findes ikke i planen.")
    total = tjek_beloeb(total)
    kilde = over.kilde_af[noegle]
    egne = {n: v for n, v in celler.items() if n.kilde == kilde.pk}
    if not egne:
        raise ValueError(f"{kilde} har ingen beløb i budgettet, så der er intet at fordele efter.")
    if sum((v.beloeb for v in egne.values()), NUL) == total:
        return {}
    beloeb = fordel_efter(total, [v.beloeb for v in egne.values()])
    return {n: Vaerdi(b, note=v.note) for (n, v), b in zip(egne.items(), beloeb, strict=True)}


def skalerede_udgifter(
    over: Plangrundlag,
    udgifter: dict[Udgiftsnoegle, Vaerdi],
    foer: dict[Cellenoegle, Vaerdi],
    efter: dict[Cellenoegle, Vaerdi],
) -> dict[Udgiftsnoegle, Vaerdi]:
    """The costs scaled by as much as the financing, so that what balanced still balances.

    Hours and premises that are put at disposal follow the financing in kind, and the rest the cash: fewer kroner from a
    fund do not make the kommune's hours fewer. A budget that has no accounts for them is scaled as a whole.
    """
    i_naturalier = {n: over.konti[n.konto].noegle in NATURALIEKONTI for n in udgifter}
    if not any(i_naturalier.values()):
        return _skaleret(udgifter, list(udgifter), _sum(foer, None), _sum(efter, None))
    ud = dict(udgifter)
    for naturalier in (False, True):
        egne = [n for n, er in i_naturalier.items() if er == naturalier]
        ud |= _skaleret(udgifter, egne, _sum(foer, naturalier), _sum(efter, naturalier))
    return ud


def _sum(celler: dict[Cellenoegle, Vaerdi], naturalier: bool | None) -> Decimal:
    return sum((v.beloeb for n, v in celler.items() if naturalier is None or er_i_naturalier(n.art) == naturalier), NUL)


def _skaleret(udgifter: dict, egne: list[Udgiftsnoegle], gammel: Decimal, ny: Decimal) -> dict:
    """Some of the costs, scaled from one financing to another."""
    if not gammel or gammel == ny:
        return {n: udgifter[n] for n in egne}
    i_alt = sum((udgifter[n].beloeb for n in egne), NUL)
    nyt_i_alt = (i_alt * ny / gammel).quantize(OERE, rounding=ROUND_HALF_UP)
    beloeb = fordel_efter(nyt_i_alt, [udgifter[n].beloeb for n in egne])
    return {n: udgifter[n]._replace(beloeb=b, afrundet_til=None) for n, b in zip(egne, beloeb, strict=True)}
