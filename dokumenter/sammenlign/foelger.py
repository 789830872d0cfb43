"""What follows from an edit by itself: a new name, a new place or a delaftale left changes every line that speaks of an
activity or a delmål. Such lines say nothing new, and a summary that told of them would invent edits.

Pure functions of two papers: the old one as it would have read, had what the new one tells of the activities and the
delmål been done to it, and nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import Aktivitetsvisning, Delmaalsvisning, Dokument, Dokumentafsnit
from aftaler.queries.papirer import MILEPAELE, efter_dato
from dokumenter.oejebliksbillede import Papir


@dataclass(frozen=True)
class Flyttet:
    """An activity that has left one delaftale for another, by the headings of the sections that it stands under."""

    navn: str
    fra: str
    til: str


def foelger(foer: Papir, efter: Papir) -> tuple[Papir, Papir, tuple[Flyttet, ...]]:
    """The two papers without what follows by itself, and the activities that have changed delaftale."""
    if not (isinstance(foer, Dokument) and isinstance(efter, Dokument)):
        return foer, efter, ()
    aktiviteter = _Navne.af(foer, efter, Afsnitsart.AKTIVITETER, lambda a: a.navn)
    delmaal = _Navne.af(foer, efter, Afsnitsart.DELMAAL, lambda d: d.tekst)
    foer = _rettet(foer, lambda a: _afsnit(a, efter, aktiviteter, delmaal))
    nye = _rettet(efter, lambda a: _uden(a, Afsnitsart.SAMARBEJDSPARTER, aktiviteter.nye))
    foer, flyttede = _milepaelene(foer, nye)
    return foer, nye, flyttede


def _rettet(papir: Dokument, ret: Callable[[Dokumentafsnit], Dokumentafsnit]) -> Dokument:
    return replace(papir, afsnit=tuple(map(ret, papir.afsnit)))


@dataclass(frozen=True)
class _Navne:
    """What the things of one kind were called, and what they are called now, in the order of the new paper.

    nu: old name -> new one; gaaede and nye: names of those in one paper alone.
    """

    nu: dict[str, str]
    orden: dict[str, int]
    gaaede: frozenset[str]
    nye: frozenset[str]

    @classmethod
    def af(cls, foer: Dokument, efter: Dokument, art: Afsnitsart, navn: Callable) -> "_Navne":
        gamle, nye = (
            {x.noegle: navn(x) for a in papir.afsnit if a.art == art for x in a.indhold} for papir in (foer, efter)
        )
        # Of two with one name no line can say which it speaks of.
        sikre = {n for n in gamle if list(gamle.values()).count(gamle[n]) == 1}
        return cls(
            nu={gamle[n]: nye[n] for n in sikre if n in nye},
            orden={ord_: nr for nr, ord_ in enumerate(nye.values())},
            gaaede=frozenset(gamle[n] for n in sikre if n not in nye),
            nye=frozenset(set(nye.values()) - {nye[n] for n in nye if n in gamle}),
        )

    def henvist(self, linjer: Iterable[str], linjer_nu: Iterable[str]) -> tuple[str, ...]:
        """Lines that name such things as they would read now; `linjer_nu`: those of the new paper, of which one that
        names a new thing came with it."""
        staar = tuple(linjer_nu)
        ud = [self.nu.get(linje, linje) for linje in linjer if linje not in self.gaaede or linje in staar]
        ud += [linje for linje in staar if linje in self.nye and linje not in ud]
        return staar if sorted(ud) == sorted(staar) else tuple(ud)


def _afsnit(afsnit: Dokumentafsnit, efter: Dokument, aktiviteter: _Navne, delmaal: _Navne) -> Dokumentafsnit:
    nyt = next((a for a in efter.afsnit if a.noegle == afsnit.noegle and a.art == afsnit.art), None)
    if afsnit.art in {Afsnitsart.DELMAAL, Afsnitsart.AKTIVITETER}:
        navne, ret = (aktiviteter, _et_delmaal) if afsnit.art == Afsnitsart.DELMAAL else (delmaal, _en_aktivitet)
        nu = {x.noegle: x for x in nyt.indhold} if nyt else {}
        return replace(afsnit, indhold=tuple(ret(x, nu.get(x.noegle), navne) for x in afsnit.indhold))
    if afsnit.art == Afsnitsart.SAMARBEJDSPARTER:
        uden = _uden(afsnit, Afsnitsart.SAMARBEJDSPARTER, aktiviteter.gaaede)
        parter = [replace(p, aktivitet=aktiviteter.nu.get(p.aktivitet, p.aktivitet)) for p in uden.indhold]
        if all(p.aktivitet in aktiviteter.orden for p in parter if p.aktivitet):
            parter.sort(key=lambda p: aktiviteter.orden.get(p.aktivitet, -1))
        return replace(afsnit, indhold=tuple(parter))
    return afsnit


def _et_delmaal(d: Delmaalsvisning, nu: Delmaalsvisning | None, aktiviteter: _Navne) -> Delmaalsvisning:
    return replace(d, aktiviteter=aktiviteter.henvist(d.aktiviteter, nu.aktiviteter)) if nu else d


def _en_aktivitet(a: Aktivitetsvisning, nu: Aktivitetsvisning | None, delmaal: _Navne) -> Aktivitetsvisning:
    return replace(a, delmaal=delmaal.henvist(a.delmaal, nu.delmaal)) if nu else a


def _uden(afsnit: Dokumentafsnit, art: Afsnitsart, navne: frozenset[str]) -> Dokumentafsnit:
    """Without the rows of activities that came or went, which bring theirs with them."""
    if afsnit.art != art:
        return afsnit
    return replace(afsnit, indhold=tuple(x for x in afsnit.indhold if x.aktivitet not in navne))


# --- milestones, which stand by delaftale ----------------------------------------------------------------------------


def _milepaelene(foer: Dokument, efter: Dokument) -> tuple[Dokument, tuple[Flyttet, ...]]:
    """The old milestones where their activities stand now; those of one day in the order that they have now. A name
    that two delaftaler have tells nothing."""
    gamle, nye = _steder(foer), _steder(efter)
    flyttede = {
        navn: (gamle[navn][0], nye[navn][0])
        for navn in gamle
        if len(gamle[navn]) == len(nye.get(navn, ())) == 1 and gamle[navn][0].noegle != nye[navn][0].noegle
    }
    alle = [x for afsnit in efter.afsnit if afsnit.art == MILEPAELE for x in afsnit.indhold]
    orden = {(x.aktivitet, x.navn): nr for nr, x in enumerate(alle)}

    def ret(afsnit: Dokumentafsnit) -> Dokumentafsnit:
        if afsnit.art != MILEPAELE:
            return afsnit
        linjer = [x for x in afsnit.indhold if x.aktivitet not in flyttede]
        for navn, (fra, til) in flyttede.items():
            linjer += [x for x in fra.indhold if x.aktivitet == navn and til.noegle == afsnit.noegle]
        linjer.sort(key=lambda x: (efter_dato(x), orden.get((x.aktivitet, x.navn), -1)))
        return replace(afsnit, indhold=tuple(linjer))

    return _rettet(foer, ret), tuple(Flyttet(navn, fra.titel, til.titel) for navn, (fra, til) in flyttede.items())


def _steder(papir: Dokument) -> dict[str, list[Dokumentafsnit]]:
    """The sections where each activity has milestones."""
    ud: dict[str, list[Dokumentafsnit]] = {}
    for afsnit in papir.afsnit:
        if afsnit.art == MILEPAELE:
            for navn in dict.fromkeys(x.aktivitet for x in afsnit.indhold if x.aktivitet):
                ud.setdefault(navn, []).append(afsnit)
    return ud
