"""Two lines of text word by word, with the look of each word and the footnotes kept.

`helhedsplan.forskel` compares plain texts for the merge page; here each word carries its look, and both texts must come
out again whole, so that a tracked change can be accepted or rejected.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from dokumenter.sammenlign.model import Stykke
from helhedsplan.blokke.model import Loeb, ren

# A no-break space holds a figure to its unit, and belongs to the word.
ORD = re.compile(r"[ \n]+|[^ \n]+")
#: Less in common than this, and two texts are two texts.
LIGHED = 0.35
#: A word this short between two changes only cuts them up.
KORT = 3


@dataclass(frozen=True)
class Token:
    """A word or a footnote, and the space before it."""

    luft: str
    loeb: Loeb

    @property
    def noegle(self) -> Loeb:
        """Footnotes are matched by where they stand; their words are compared on their own."""
        return self.loeb if self.loeb.note is None else Loeb(note=())


def lighed(a: Counter[str], b: Counter[str]) -> float:
    """How many of their words two texts share, from 0 to 1."""
    antal = a.total() + b.total()
    return 2 * (a & b).total() / antal if antal else 1.0


def ordforskel(gammel: tuple[Loeb, ...], ny: tuple[Loeb, ...]) -> tuple[Stykke, ...]:
    if gammel == ny:
        return _samlet([Stykke("ens", ny)])
    a, b = list(_tokens(gammel)), list(_tokens(ny))
    if lighed(Counter(ren(gammel).split()), Counter(ren(ny).split())) < LIGHED:
        return _samlet([*_hele("slettet", a), *_hele("ny", b)])
    stykker: list[Stykke] = []
    for art, fra, til, nyfra, nytil in _trin(a, b):
        if art == "equal":
            for foer, efter in zip(a[fra:til], b[nyfra:nytil], strict=True):
                stykker += _faelles(foer, efter)
        else:
            stykker += _skiftet(a[fra:til], b[nyfra:nytil])
    return _samlet(stykker)


def _tokens(loeb: tuple[Loeb, ...]) -> Iterator[Token]:
    luft = ""
    for del_ in loeb:
        if del_.note is not None:
            yield Token(luft, del_)
            luft = ""
            continue
        for ord_ in ORD.findall(del_.tekst):
            if ord_[0] in " \n":
                luft += ord_
            else:
                yield Token(luft, replace(del_, tekst=ord_))
                luft = ""
    if luft:
        yield Token(luft, Loeb())


def _trin(a: list[Token], b: list[Token]) -> list[tuple[str, int, int, int, int]]:
    """The opcodes, with short words between two changes counted to the changes."""
    trin = SequenceMatcher(None, [t.noegle for t in a], [t.noegle for t in b], autojunk=False).get_opcodes()
    ud: list[tuple[str, int, int, int, int]] = []
    for nr, (art, fra, til, nyfra, nytil) in enumerate(trin):
        indeni = art == "equal" and 0 < nr < len(trin) - 1
        if indeni and til - fra == 1 and a[fra].loeb.note is None and len(a[fra].loeb.tekst) <= KORT:
            art = "replace"
        if ud and art != "equal" and ud[-1][0] != "equal":
            ud[-1] = ("replace", ud[-1][1], til, ud[-1][3], nytil)
        else:
            ud.append((art, fra, til, nyfra, nytil))
    return ud


def _faelles(foer: Token, efter: Token) -> list[Stykke]:
    luft = _luftskifte(foer.luft, efter.luft)
    if foer.loeb == efter.loeb:
        return [*luft, Stykke("ens", (efter.loeb,))]
    return [*luft, Stykke("ens", note=ordforskel(foer.loeb.note or (), efter.loeb.note or ()))]


def _luftskifte(foer: str, efter: str) -> list[Stykke]:
    if foer == efter:
        return [Stykke("ens", (Loeb(efter),))] if efter else []
    ud = [Stykke("slettet", (Loeb(foer),))] if foer else []
    return [*ud, Stykke("ny", (Loeb(efter),))] if efter else ud


def _skiftet(gamle: list[Token], nye: list[Token]) -> list[Stykke]:
    faelles: list[Stykke] = []
    if gamle and nye and gamle[0].luft == nye[0].luft:
        faelles = [Stykke("ens", (Loeb(nye[0].luft),))] if nye[0].luft else []
        gamle = [replace(gamle[0], luft=""), *gamle[1:]]
        nye = [replace(nye[0], luft=""), *nye[1:]]
    return [*faelles, *_hele("slettet", gamle), *_hele("ny", nye)]


def _hele(art, tokens: list[Token]) -> list[Stykke]:
    loeb = [del_ for t in tokens for del_ in ((Loeb(t.luft), t.loeb) if t.luft else (t.loeb,))]
    return [Stykke(art, tuple(loeb))] if loeb else []


def _samlet(stykker: list[Stykke]) -> tuple[Stykke, ...]:
    """Neighbours of one kind as one, and the spaces between words of one look given that look."""
    ud: list[Stykke] = []
    for stykke in stykker:
        if ud and stykke.note is None and ud[-1].note is None and ud[-1].art == stykke.art:
            ud[-1] = Stykke(stykke.art, ud[-1].loeb + stykke.loeb)
        else:
            ud.append(stykke)
    samlede = (replace(s, loeb=sammenhaeng(s.loeb)) for s in ud)
    return tuple(s for s in samlede if s.loeb or s.note is not None)


def sammenhaeng(loeb: tuple[Loeb, ...]) -> tuple[Loeb, ...]:
    """Runs of the same look put together; a space takes the look of the words on both its sides."""
    dele = list(loeb)
    for nr in range(1, len(dele) - 1):
        foer, efter = dele[nr - 1], dele[nr + 1]
        if not dele[nr].tekst.strip() and dele[nr].note is None and foer.note is None and efter.note is None:
            udseende = replace(efter, tekst=dele[nr].tekst)
            if udseende == replace(foer, tekst=dele[nr].tekst):
                dele[nr] = udseende
    ud: list[Loeb] = []
    for del_ in dele:
        if ud and del_.note is None and ud[-1].note is None and replace(ud[-1], tekst=del_.tekst) == del_:
            ud[-1] = replace(del_, tekst=ud[-1].tekst + del_.tekst)
        elif del_.tekst or del_.note is not None:
            ud.append(del_)
    return tuple(ud)
