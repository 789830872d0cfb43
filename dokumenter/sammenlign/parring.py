"""Which thing in one paper is which in the other: by key where there is one, else by likeness; always in order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from dokumenter.sammenlign.ord import LIGHED, lighed
from helhedsplan.blokke.model import Tabelblok

#: Rows times columns of likenesses that are worth working out; larger stretches are matched in slices.
STOERST = 10_000


@dataclass(frozen=True)
class Raekkepar:
    """art: "par" (both), "slettet" (foer alone), "ny" (efter alone), "fra" and "til" (both, moved: where it was and
    where it is). `foelger`: nobody moved it; it stands elsewhere because of what it says, or of what it belongs to."""

    art: Literal["par", "slettet", "ny", "fra", "til"]
    foer: Any = None
    efter: Any = None
    foelger: bool = False


def _sig_selv(ting: Any) -> Any:
    return ting


def _uden_foraelder(_: Any) -> str:
    return ""


def _uden_rest(_: Any) -> Any:
    return None


@dataclass(frozen=True)
class Kendes:
    """What a thing is known by: its key, and what it belongs to. `indhold`: what it says, its number left out;
    `sorteret`: it stands where it does because of what it says, and not because somebody has put it there."""

    noegle: Callable[[Any], str]
    foraelder: Callable[[Any], str] = _uden_foraelder
    indhold: Callable[[Any], Any] = _sig_selv
    sorteret: bool = False
    #: What it says but for its name, of what is known by a name that it may change; None of what is not.
    resten: Callable[[Any], Any] = _uden_rest


def efter_noegle(gamle: Sequence, nye: Sequence, kendes: Kendes) -> list[Raekkepar]:
    """Match by key and parent. What keeps its order stays; the fewest count as moved, and of two that have changed
    places the one that now stands first: whatever else is said of them, so that every paper says the same."""
    return _flettet(*_kendte(gamle, nye, kendes), kendes)


def _flettet(a: dict[int, Any], b: dict[int, Any], kendes: Kendes) -> list[Raekkepar]:
    """Both sides in one order; a and b: by a number that is the same for the same thing."""
    blivende, flyttede = _blivende(a, b, kendes)
    ud: list[Raekkepar] = []
    gl, ny = list(a), list(b)
    i = j = 0
    while i < len(gl) or j < len(ny):
        if i < len(gl) and gl[i] not in blivende:
            art = "fra" if gl[i] in b else "slettet"
            ud.append(Raekkepar(art, a[gl[i]], b.get(gl[i]), art == "fra" and gl[i] not in flyttede))
            i += 1
        elif j < len(ny) and ny[j] not in blivende:
            art = "til" if ny[j] in a else "ny"
            ud.append(Raekkepar(art, a.get(ny[j]), b[ny[j]], art == "til" and ny[j] not in flyttede))
            j += 1
        else:
            ud.append(Raekkepar("par", a[gl[i]], b[ny[j]]))
            i, j = i + 1, j + 1
    return ud


def _kendte(gamle: Sequence, nye: Sequence, kendes: Kendes) -> tuple[dict[int, Any], dict[int, Any]]:
    """Both sides in order by a number that is the same for the same thing. Of several with one key and parent those
    that are equal belong together, then what is left, in order. One whose parent is gone may have got a new one.
    """
    foraeldre, nye_foraeldre = ({kendes.foraelder(x) for x in ting} for ting in (gamle, nye))

    def med_foraelder(x) -> tuple:
        return (kendes.noegle(x), kendes.foraelder(x))

    def uden(x) -> tuple | None:
        hos = kendes.foraelder(x)
        return None if hos in foraeldre and hos in nye_foraeldre else (kendes.noegle(x),)

    numre = _uaendrede(
        [(med_foraelder(x), kendes.indhold(x)) for x in gamle], [(med_foraelder(x), kendes.indhold(x)) for x in nye]
    )
    for ens in (lambda x: (*med_foraelder(x), kendes.indhold(x)), med_foraelder, uden):
        numre |= _ens([ens(x) for x in gamle], [ens(x) for x in nye], numre)
    numre |= _omdoebte(gamle, nye, kendes, numre)
    return _numrerede(gamle, nye, numre)


def _numrerede(gamle: Sequence, nye: Sequence, numre: dict[int, int]) -> tuple[dict[int, Any], dict[int, Any]]:
    return {numre.get(i, -1 - i): ting for i, ting in enumerate(gamle)}, dict(enumerate(nye))


def _omdoebte(gamle: Sequence, nye: Sequence, kendes: Kendes, numre: dict[int, int]) -> dict[int, int]:
    """What has another name, and nothing else: of what is gone and what is new the only two that say the same besides,
    with the same neighbour before or after."""
    tilbage = {j: i for i, j in numre.items()}
    ledige: dict[Any, tuple[list[int], list[int]]] = {}
    for side, (ting, kendte) in enumerate(((gamle, numre), (nye, tilbage))):
        for nr, x in enumerate(ting):
            if nr not in kendte and kendes.resten(x) is not None:
                ledige.setdefault((kendes.foraelder(x), kendes.resten(x)), ([], []))[side].append(nr)
    naboer_foer, naboer_nu = _naboer(gamle, numre, kendes), _naboer(nye, {j: j for j in tilbage}, kendes)
    ud = {}
    for foer, efter in ledige.values():
        if len(foer) == len(efter) == 1:
            steder = zip(naboer_foer[foer[0]], naboer_nu[efter[0]], strict=True)
            if any(x == y for x, y in steder):
                ud[foer[0]] = efter[0]
    return ud


def _naboer(ting: Sequence, numre: dict[int, int], kendes: Kendes) -> list[list[int]]:
    """The nearest before and after each among those of one parent that stand in both papers, by number; the ends have
    numbers too."""
    ud: list[list[int]] = [[-1, -2] for _ in ting]
    for side, gang in enumerate((range(len(ting)), reversed(range(len(ting))))):
        sidst: dict[str, int] = {}
        for nr in gang:
            hos = kendes.foraelder(ting[nr])
            ud[nr][side] = sidst.get(hos, -1 - side)
            sidst[hos] = numre.get(nr, ud[nr][side])
    return ud


def _uaendrede(gamle: list[tuple], nye: list[tuple]) -> dict[int, int]:
    """Where as many are known by the same before and after: those of them that say the same in the same turn."""
    numre: dict[int, int] = {}
    steder: dict[Any, tuple[list[int], list[int]]] = {}
    for side, alle in enumerate((gamle, nye)):
        for nr, (kendt, _) in enumerate(alle):
            steder.setdefault(kendt, ([], []))[side].append(nr)
    for foer, efter in steder.values():
        if len(foer) == len(efter):
            numre |= {i: j for i, j in zip(foer, efter, strict=True) if gamle[i][1] == nye[j][1]}
    return numre


def _ens(gamle: list, nye: list, kendte: dict[int, int]) -> dict[int, int]:
    """Which of the old are which of the new, by what they are known by (None: by nothing), but for those that are
    known: of several that are known by the same as many as can be in one order, then what is left, in order."""
    ledige: dict[Any, list[int]] = {}
    for j, ord_ in enumerate(nye):
        if ord_ is not None:
            ledige.setdefault(ord_, []).append(j)
    brugte = set(kendte.values())
    i_orden = _i_orden([ledige.get(ord_, []) for ord_ in gamle])
    numre = {i: j for i, j in i_orden.items() if i not in kendte and j not in brugte}
    brugte |= set(numre.values())
    for i, ord_ in enumerate(gamle):
        if i not in kendte and i not in numre:
            fri = next((j for j in ledige.get(ord_, []) if j not in brugte), None)
            if fri is not None:
                numre[i] = fri
                brugte.add(fri)
    return numre


def _i_orden(mulige: list[list[int]]) -> dict[int, int]:
    """The longest common order: for each of the old, in order, which of the new it may be."""
    if sum(map(len, mulige)) > STOERST:
        return {}
    ender: list[int] = []
    sidste: list[tuple[int, int, Any]] = []
    for i, pladser in enumerate(mulige):
        for j in reversed(pladser):
            k = bisect_left(ender, j)
            ender[k : k + 1] = [j]
            sidste[k : k + 1] = [(i, j, sidste[k - 1] if k else None)]
    ud, led = {}, sidste[-1] if sidste else None
    while led:
        ud[led[0]], led = led[1], led[2]
    return ud


def _blivende(a: dict[int, Any], b: dict[int, Any], kendes: Kendes) -> tuple[set[int], set[int]]:
    """Which keep their place, and which somebody has moved: first among those of one parent, then the parents' rows
    among each other, which follow their parents."""
    begge = [n for n in a if n in b]
    ens = {n for n in begge if kendes.indhold(a[n]) == kendes.indhold(b[n])}
    hos: dict[str, list[int]] = {}
    for n in begge:
        hos.setdefault(kendes.foraelder(b[n]), []).append(n)
    i_gruppen = {n for gruppe in hos.values() for n in _laengste_stigende(gruppe, ens, kendes.sorteret)}
    flyttede = {n for n in begge if n not in i_gruppen and not (kendes.sorteret and n not in ens)}
    alle = [n for n in begge if n in i_gruppen]
    return _laengste_stigende(alle, ens, kendes.sorteret), flyttede


def _laengste_stigende(numre: list[int], ens: set[int], sorteret: bool) -> set[int]:
    """Of numbers in their old order those that still stand in order: as many as can be. Where order follows from what
    they say, first of all the unchanged."""
    mange = len(numre) + 1
    vaegt = {n: mange if sorteret and n in ens else 1 for n in numre}
    rang = {n: nr for nr, n in enumerate(sorted(numre), 1)}
    # The best sum that ends at a number no higher than this, in a Fenwick tree of (sum, number).
    trae: list[tuple[int, int]] = [(0, -1)] * mange
    foer: dict[int, int] = {}
    for n in numre:
        bedst, k = (0, -1), rang[n] - 1
        while k:
            bedst, k = max(bedst, trae[k]), k & (k - 1)
        foer[n] = bedst[1]
        k = rang[n]
        while k < mange:
            trae[k] = max(trae[k], (bedst[0] + vaegt[n], n))
            k += k & -k
    ud: set[int] = set()
    n = max(((0, -1), *trae))[1]
    while n >= 0:
        ud.add(n)
        n = foer[n]
    return ud


def efter_lighed(gamle: Sequence, nye: Sequence) -> list[Raekkepar]:
    """Match what is equal, and between that what is of one form and alike enough."""
    ud: list[Raekkepar] = []
    nummer: dict[Any, int] = {}
    a, b = ([nummer.setdefault(del_, len(nummer)) for del_ in ting] for ting in (gamle, nye))
    for art, i, i2, j, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if art == "equal":
            ud += [Raekkepar("par", x, y) for x, y in zip(gamle[i:i2], nye[j:j2], strict=True)]
        else:
            ud += _lignende(gamle[i:i2], nye[j:j2])
    return ud


def efter_ord(gamle: Sequence, nye: Sequence, begynder: Callable[[Any], Any]) -> list[Raekkepar]:
    """Match rows that nothing but their words tell apart, wherever they stand: what is equal, then what begins alike
    (`begynder`; None of what does not say), and what is left where it stands, by likeness."""
    numre = _ens(list(gamle), list(nye), {})
    foer, efter = _entydige(map(begynder, gamle)), _entydige(map(begynder, nye))
    numre |= _ens(foer, efter, numre)
    numre |= _lignende_paa_stedet(*_numrerede(gamle, nye, numre))
    return _flettet(*_numrerede(gamle, nye, numre), Kendes(_sig_selv))


def _entydige(ord_: Iterable[Any]) -> list[Any]:
    """Without those that several have, which tell nothing apart."""
    alle = list(ord_)
    antal = Counter(alle)
    return [x if antal[x] == 1 else None for x in alle]


def _lignende_paa_stedet(a: dict[int, Any], b: dict[int, Any]) -> dict[int, int]:
    """Of what is in one paper alone, what is alike between the same two that keep their place: old index to new."""
    blivende, _ = _blivende(a, b, Kendes(_sig_selv))
    steder: dict[int, tuple[list[int], list[int]]] = {}
    for side, (egne, andre) in enumerate(((a, b), (b, a))):
        sted = -1
        for nr in egne:
            sted = nr if nr in blivende else sted
            if nr not in andre:
                steder.setdefault(sted, ([], []))[side].append(nr)
    ud: dict[int, int] = {}
    for foer, efter in steder.values():
        gl, ny = iter(foer), iter(efter)
        for par in _lignende([a[n] for n in foer], [b[n] for n in efter]):
            i = next(gl) if par.art != "ny" else 0
            j = next(ny) if par.art != "slettet" else 0
            if par.art == "par":
                ud[-1 - i] = j
    return ud


def _lignende(gamle: Sequence, nye: Sequence) -> list[Raekkepar]:
    if len(gamle) * len(nye) > STOERST:
        halv_gl, halv_ny = len(gamle) // 2, len(nye) // 2
        return [*_lignende(gamle[:halv_gl], nye[:halv_ny]), *_lignende(gamle[halv_gl:], nye[halv_ny:])]
    vaerdi = [[_vaerdi(x, y) for y in nye] for x in gamle]
    bedst = [[0.0] * (len(nye) + 1) for _ in range(len(gamle) + 1)]
    for i in range(len(gamle) - 1, -1, -1):
        for j in range(len(nye) - 1, -1, -1):
            sammen = vaerdi[i][j] + bedst[i + 1][j + 1] if vaerdi[i][j] else 0.0
            bedst[i][j] = max(sammen, bedst[i + 1][j], bedst[i][j + 1])
    ud: list[Raekkepar] = []
    i = j = 0
    while i < len(gamle) or j < len(nye):
        if i < len(gamle) and j < len(nye) and vaerdi[i][j] and bedst[i][j] == vaerdi[i][j] + bedst[i + 1][j + 1]:
            ud.append(Raekkepar("par", gamle[i], nye[j]))
            i, j = i + 1, j + 1
        elif i < len(gamle) and (j == len(nye) or bedst[i][j] == bedst[i + 1][j]):
            ud.append(Raekkepar("slettet", gamle[i]))
            i += 1
        else:
            ud.append(Raekkepar("ny", None, nye[j]))
            j += 1
    return ud


def _vaerdi(x, y) -> float:
    """0 when the two cannot be the same thing. A table made of data is known by what it is of, whatever it says."""
    if x.form != y.form:
        return 0.0
    ens = lighed(x.ord, y.ord)
    if isinstance(x, Tabelblok) and x.slags and x.titel == y.titel:
        return 1 + ens
    return ens if ens >= LIGHED else 0.0
