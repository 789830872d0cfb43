"""Which thing in one paper is which in the other: by key where there is one, else by likeness; always in order."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from dokumenter.blokke.model import Tabel
from dokumenter.sammenlign.ord import LIGHED, lighed

#: Rows times columns of likenesses that are worth working out; larger stretches are matched in slices.
STOERST = 10_000


@dataclass(frozen=True)
class Par:
    """art: "par" (both), "slettet" (foer alone), "ny" (efter alone), "fra" and "til" (both, moved: where it was and
    where it is)."""

    art: Literal["par", "slettet", "ny", "fra", "til"]
    foer: Any = None
    efter: Any = None


def efter_noegle(
    gamle: Sequence, nye: Sequence, noegle: Callable[[Any], str], foraelder: Callable[[Any], str] = lambda _: ""
) -> list[Par]:
    """Match by key, and what has one key by its parent. What keeps its order stays; the fewest count as moved."""
    a, b = _kendte(gamle, nye, noegle, foraelder)
    plads = {n: nr for nr, n in enumerate(b)}
    blivende = _laengste_stigende([(n, plads[n]) for n in a if n in plads])
    ud: list[Par] = []
    gl, ny = list(a), list(b)
    i = j = 0
    while i < len(gl) or j < len(ny):
        if i < len(gl) and gl[i] not in blivende:
            art = "fra" if gl[i] in b else "slettet"
            ud.append(Par(art, a[gl[i]], b.get(gl[i])))
            i += 1
        elif j < len(ny) and ny[j] not in blivende:
            ud.append(Par("til" if ny[j] in a else "ny", a.get(ny[j]), b[ny[j]]))
            j += 1
        else:
            ud.append(Par("par", a[gl[i]], b[ny[j]]))
            i, j = i + 1, j + 1
    return ud


def _kendte(
    gamle: Sequence, nye: Sequence, noegle: Callable[[Any], str], foraelder: Callable[[Any], str]
) -> tuple[dict[int, Any], dict[int, Any]]:
    """Both sides in order by a number that is the same for the same thing. Of several with one key those that are
    equal belong together, then those of one parent, then what is left, in order.
    """
    numre: dict[int, int] = {}
    brugte: set[int] = set()
    for ens in (lambda x: (noegle(x), foraelder(x), x), lambda x: (noegle(x), foraelder(x)), noegle):
        ledige: dict[Any, list[int]] = {}
        for j in range(len(nye) - 1, -1, -1):
            if j not in brugte:
                ledige.setdefault(ens(nye[j]), []).append(j)
        for i, ting in enumerate(gamle):
            if i not in numre and (hos := ledige.get(ens(ting))):
                numre[i] = hos.pop()
                brugte.add(numre[i])
    return {numre.get(i, -1 - i): ting for i, ting in enumerate(gamle)}, dict(enumerate(nye))


def _laengste_stigende(par: list[tuple[Any, int]]) -> set:
    """The keys of the longest run of positions that rise."""
    ender: list[int] = []
    hvor: list[int] = []
    foer: list[int] = []
    for nr, (_, plads) in enumerate(par):
        k = bisect_left(ender, plads)
        foer.append(hvor[k - 1] if k else -1)
        ender[k : k + 1] = [plads]
        hvor[k : k + 1] = [nr]
    ud, nr = set(), hvor[-1] if hvor else -1
    while nr >= 0:
        ud.add(par[nr][0])
        nr = foer[nr]
    return ud


def efter_lighed(gamle: Sequence, nye: Sequence) -> list[Par]:
    """Match what is equal, and between that what is of one form and alike enough."""
    ud: list[Par] = []
    nummer: dict[Any, int] = {}
    a, b = ([nummer.setdefault(del_, len(nummer)) for del_ in ting] for ting in (gamle, nye))
    for art, i, i2, j, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if art == "equal":
            ud += [Par("par", x, y) for x, y in zip(gamle[i:i2], nye[j:j2], strict=True)]
        else:
            ud += _lignende(gamle[i:i2], nye[j:j2])
    return ud


def _lignende(gamle: Sequence, nye: Sequence) -> list[Par]:
    if len(gamle) * len(nye) > STOERST:
        halv_gl, halv_ny = len(gamle) // 2, len(nye) // 2
        return [*_lignende(gamle[:halv_gl], nye[:halv_ny]), *_lignende(gamle[halv_gl:], nye[halv_ny:])]
    vaerdi = [[_vaerdi(x, y) for y in nye] for x in gamle]
    bedst = [[0.0] * (len(nye) + 1) for _ in range(len(gamle) + 1)]
    for i in range(len(gamle) - 1, -1, -1):
        for j in range(len(nye) - 1, -1, -1):
            sammen = vaerdi[i][j] + bedst[i + 1][j + 1] if vaerdi[i][j] else 0.0
            bedst[i][j] = max(sammen, bedst[i + 1][j], bedst[i][j + 1])
    ud: list[Par] = []
    i = j = 0
    while i < len(gamle) or j < len(nye):
        if i < len(gamle) and j < len(nye) and vaerdi[i][j] and bedst[i][j] == vaerdi[i][j] + bedst[i + 1][j + 1]:
            ud.append(Par("par", gamle[i], nye[j]))
            i, j = i + 1, j + 1
        elif i < len(gamle) and (j == len(nye) or bedst[i][j] == bedst[i + 1][j]):
            ud.append(Par("slettet", gamle[i]))
            i += 1
        else:
            ud.append(Par("ny", None, nye[j]))
            j += 1
    return ud


def _vaerdi(x, y) -> float:
    """0 when the two cannot be the same thing. A table made of data is known by what it is of, whatever it says."""
    if x.form != y.form:
        return 0.0
    ens = lighed(x.ord, y.ord)
    if isinstance(x, Tabel) and x.slags and x.titel == y.titel:
        return 1 + ens
    return ens if ens >= LIGHED else 0.0
