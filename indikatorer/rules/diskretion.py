"""Which figures tell too much: counts under the threshold, and those that would give a hidden one away.

A figure is hidden when its count, or the count of the others in the group, lies from 1 to just under the threshold;
also when only a percent is shown but the base is known from another figure on the same group. Zero tells of nobody and
is shown. What can be reckoned from all that is shown together is hidden with it: see `ligninger`.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import reduce
from operator import and_
from typing import NamedTuple

from indikatorer.rules.afrunding import Interval
from indikatorer.rules.blok import Blok
from indikatorer.rules.celle import ALT, SUM, Celle, mellem, slaegter
from indikatorer.rules.kryds import paa_tvaers
from indikatorer.rules.ligninger import LOES, loes, suppler
from indikatorer.rules.perioder import Aargang, aargange


class Skjul(NamedTuple):
    """The keys of the cells to hide; of those among which more may be hidden than need be, since it was too much to
    reckon out; and of those whose own figures are so few."""

    noegler: set[Hashable]
    opgivne: set[Hashable]
    smaa: frozenset[Hashable] = frozenset()


def skjulte(
    celler: Iterable[Celle],
    graense: int,
    summer: list[SUM],
    kendte: frozenset[Hashable] = frozenset(),
    udgivne: Iterable[Celle] = (),
) -> set[Hashable]:
    """The keys of the cells to hide."""
    return skjul(celler, graense, summer, kendte, udgivne=udgivne).noegler


def skjul(
    celler: Iterable[Celle],
    graense: int,
    summer: list[SUM],
    kendte: frozenset[Hashable] = frozenset(),
    *,
    udgivne: Iterable[Celle] = (),
    loes: LOES = loes,
) -> Skjul:
    """`summer`: (a place, the places it is the sum of). `kendte`: the keys of those that are shown whatever is said
    here. `udgivne`: figures as they have been published, whatever their keys; what is hidden for the sake of the
    figures of today stays hidden, and more is when those of yesterday would give it away. `loes` solves a system, or
    knows what came of it."""
    celler, udgivne = list(celler), list(udgivne)
    summer = _uden_tomme_navne([*celler, *udgivne], summer)
    grundlag = _grundlag_i_grupperne(celler)
    smaa = {c.noegle for c in celler if c.skjult_af_kilden or _er_lille(c, grundlag[c.noegle], graense)}
    if graense < 2:
        return Skjul(smaa, set(), frozenset(smaa))
    noegler = {c.noegle for c in celler}
    skjult, opgivne = _med_det_roebende(celler, graense, summer, smaa, kendte, loes=loes)
    for alle, ude in _som_de_kendes(celler, udgivne):
        skjult, ogsaa = _med_det_roebende(alle, graense, summer, skjult, kendte | ude, loes=loes)
        skjult, opgivne = skjult & noegler, opgivne | ogsaa & noegler
    return Skjul(skjult, opgivne, frozenset(smaa))


def _uden_tomme_navne(celler: list[Celle], summer: list[SUM]) -> list[SUM]:
    """The sums, in which a place without figures that is the very same as one with some goes by its name."""
    har_tal, ens = {c.sted for c in celler}, dict[Hashable, Hashable]()
    for sted, dele in summer:
        if sted in har_tal and len(dele) == 1 and not dele & har_tal:
            ens.setdefault(next(iter(dele)), sted)
    nye = [(ens.get(sted, sted), frozenset(ens.get(del_, del_) for del_ in dele)) for sted, dele in summer]
    return [(sted, dele) for sted, dele in nye if dele != {sted}]


def _med_det_roebende(
    celler: list[Celle], graense: int, summer: list[SUM], skjult: set, kendte: frozenset[Hashable], *, loes: LOES
) -> tuple[set, set]:
    """The hidden ones, and those that would tell of them; and all of the systems that are not solved."""
    skjult, opgivne, grundlag = set(skjult), set[Hashable](), _grundlag_i_grupperne(celler)
    for blok, i_blokken, i_tid in _blokke(celler, summer, skjult, kendte):
        noegler = {c.noegle for c in blok}
        system = Blok(blok, i_blokken, grundlag, graense, i_tid).system(skjult, kendte)
        ekstra = suppler(system, frozenset(noegler & skjult), graense, loes) if system.foelsomme else frozenset()
        if ekstra is None:
            opgivne |= noegler
        skjult |= noegler - kendte if ekstra is None else ekstra
        skjult |= paa_tvaers(blok, skjult, kendte, graense)
    return skjult, opgivne


def _som_de_kendes(celler: list[Celle], udgivne: Iterable[Celle]) -> Iterable[tuple[list[Celle], frozenset[Hashable]]]:
    """The cells as somebody knows them who has kept all that was published, and the keys of those that are out: with
    what has been corrected since as it is now (which nobody has seen), and once more with it as it was."""
    foer = {(u.indikator, u.sted, u.tid): u for u in udgivne}
    nu = {(c.indikator, c.sted, c.tid): c for c in celler}
    gamle = {n: replace(u, noegle=nu[n].noegle if n in nu else ("udgivet", *n)) for n, u in foer.items()}
    rettede = {n for n, u in gamle.items() if n in nu and not _er_tom(nu[n]) and nu[n] != u}
    for glemt in [rettede, set()] if rettede else [rettede]:
        ude = {n: u for n, u in gamle.items() if n not in glemt}
        if ude:
            yield list((nu | ude).values()), frozenset(u.noegle for u in ude.values())


def _er_tom(c: Celle) -> bool:
    return c.antal is None and c.grundlag is None and c.procent is None


def _blokke(celler: list[Celle], summer: list[SUM], skjult: set, kendte: frozenset[Hashable]) -> Iterable[Aargang]:
    """The cells that hang together in each year, with the sums that they are in."""
    for aargang in aargange(celler, summer):
        sigende = _sigende(aargang.summer, {c.sted for c in aargang.celler})
        roedder = _roedder(sigende)
        for blok in _sammenhaengende(aargang.celler, sigende, skjult, kendte):
            her = roedder.get(blok[0].sted)
            i_blokken = [(hele, dele) for hele, dele in sigende if roedder[hele] == her]
            yield Aargang(blok, i_blokken, aargang.tidssummer)


def _sigende(summer: list[SUM], maalte: set[Hashable]) -> list[SUM]:
    """Without those of places where nothing is measured and that stand in no other: they say nothing."""
    while True:
        gange = Counter(sted for hele, led in summer for sted in (hele, *led))
        sigende = [(hele, led) for hele, led in summer if hele in maalte or gange[hele] > 1]
        if len(sigende) == len(summer):
            return summer
        summer = sigende


def _sammenhaengende(
    celler: list[Celle], summer: list[SUM], skjult: set, kendte: frozenset[Hashable]
) -> Iterable[list[Celle]]:
    """The cells that hang together, where there is something to keep: a hidden one beside others that are shown, or a
    sum of places or indicators (its parts may be told by it)."""
    if not skjult and not summer and not any(c.del_af for c in celler):
        return
    roedder, hele, folk = _roedder(summer), {hele for hele, _ in summer}, _folk(celler)
    blokke: dict[Hashable, list[Celle]] = defaultdict(list)
    for c in celler:
        blokke[folk[c.indikator], c.tid, roedder.get(c.sted, c.sted)].append(c)
    for blok in blokke.values():
        gemt = any(c.noegle in skjult for c in blok)
        vist = any(c.noegle not in skjult or c.noegle in kendte for c in blok)
        if len(blok) > 1 and vist and (gemt or any(c.sted in hele or c.del_af for c in blok)):
            yield sorted(blok, key=lambda c: str(c.noegle))


def _folk(celler: list[Celle]) -> dict[Hashable, Hashable]:
    """By each indicator one and the same thing for all those that count among the same people, or are parts of one."""
    slaegt = slaegter(celler)
    ens: list[SUM] = [
        (("indikator", i), frozenset([("indikator", s.hele)])) for i, s in slaegt.items() if s.hele is not None
    ]
    ens += [(("indikator", i), frozenset([("folk", s.folk)])) for i, s in slaegt.items() if s.persongruppe]
    roedder = _roedder(list(dict.fromkeys(ens)))
    return {c.indikator: roedder.get(("indikator", c.indikator), ("indikator", c.indikator)) for c in celler}


def _roedder(summer: list[SUM]) -> dict[Hashable, Hashable]:
    """Each place that is in a sum -> one place of all those that hang together with it."""
    grupper: list[set] = []
    for hele, dele in summer:
        ny = {hele, *dele}
        roerte = [g for g in grupper if g & ny]
        grupper = [g for g in grupper if not g & ny] + [ny.union(*roerte)]
    return {sted: ("sum", nr) for nr, gruppe in enumerate(grupper) for sted in gruppe}


def _grundlag_i_grupperne(celler: list[Celle]) -> dict[Hashable, Interval]:
    """By each cell's key the bases that the figures on its group allow together; those that contradict each other say
    nothing."""
    grupper: dict[Hashable, list[Interval]] = defaultdict(list)
    noegler = [_gruppe(c) for c in celler]
    for gruppe, c in zip(noegler, celler, strict=True):
        grupper[gruppe].append(c.mulige_grundlag())
    samlet = {gruppe: reduce(and_, intervaller) for gruppe, intervaller in grupper.items()}
    samlet = {gruppe: ALT if interval.er_tomt else interval for gruppe, interval in samlet.items()}
    return {c.noegle: samlet[gruppe] for gruppe, c in zip(noegler, celler, strict=True)}


def _gruppe(c: Celle) -> Hashable:
    return (c.persongruppe.casefold(), c.sted, c.tid) if c.persongruppe else c.noegle


def _er_lille(c: Celle, grundlag: Interval, graense: int) -> bool:
    antal = c.muligt_antal(grundlag)
    return antal is not None and (mellem(antal, graense) or mellem(grundlag.uden(antal), graense))
