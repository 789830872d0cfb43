"""What the bytes of a PDF say before any reader has made up its mind: is there a place that two readers read otherwise?

A reader that meets a key, an object or an entry of a table twice takes the first, or the last, and says nothing. So
the bytes themselves are looked through, of every revision and in object streams too, and wherever an object can begin.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

#: White space, and what begins anything but a plain word (ISO 32000-1, 7.2).
BLANKT = rb"\0\t\n\f\r "
TEGN = re.compile(
    rb"(?P<blankt>(?:[" + BLANKT + rb"]|%[^\r\n]*)+)|(?P<navn>/[^" + BLANKT + rb"()<>\[\]{}/%]*)|(?P<ind><<|\[)"
    rb"|(?P<ud>>>|\])|(?P<hex><[^<>]*>)|(?P<streng>\()|(?P<ord>[^" + BLANKT + rb"()<>\[\]{}/%]+)|(?P<andet>.)",
    re.DOTALL,
)
PARENTES = re.compile(rb"\\.|[()]", re.DOTALL)
OBJEKT = re.compile(rb"(?<=[0-9" + BLANKT + rb"])obj(?![a-z])|(?<![a-z])trailer")
STROEM = re.compile(rb"(?:[" + BLANKT + rb"]|%[^\r\n]*)*stream\r?\n?")
TABEL = re.compile(rb"(?<![a-z])xref[" + BLANKT + rb"]")
AFSNIT = re.compile(rb"[" + BLANKT + rb"]*(\d{1,10}) +(\d{1,10})[" + BLANKT + rb"]+(?![" + BLANKT + rb"]*[nf])")
POST = re.compile(rb"[" + BLANKT + rb"]*\d{10} \d{5} [nf][" + BLANKT + rb"]{0,2}")
TAL = re.compile(rb"\d{1,10}")
HENVIST = re.compile(rb"[" + BLANKT + rb"]*(\d{1,10})[" + BLANKT + rb"]+(\d{1,5})[" + BLANKT + rb"]+R")
STROEMMENS_SLUTNING = re.compile(rb"[\r\n ]{0,4}endstream")
OBJEKTETS_SLUTNING = re.compile(
    rb"["
    + BLANKT
    + rb"]*endobj["
    + BLANKT
    + rb"]*(?=\d{1,10}["
    + BLANKT
    + rb"]+\d{1,5}["
    + BLANKT
    + rb"]+obj|xref|startxref|\Z)"
)
NUMMER = re.compile(rb"(?<![0-9])(\d{1,10})[" + BLANKT + rb"]+\d{1,5}[" + BLANKT + rb"]+\Z")
#: How a file begins: which PDF it is, and four or more bytes that are no letters, so that nobody takes it for text.
HOVED = re.compile(
    rb"%PDF-\d\.\d[" + BLANKT + rb"]+(?:%[\x80-\xff]{4,12}[" + BLANKT + rb"]+)?(?=\d{1,10} +\d{1,5} +obj)"
)
#: How pictures are packed; such a stream is compared as it is packed.
BILLEDERS = [[b"DCTDecode"], [b"JPXDecode"], [b"CCITTFaxDecode"], [b"JBIG2Decode"]]
OBJEKTSTROEMMENS = {b"Type", b"N", b"First", b"Length", b"Filter", b"DecodeParms", b"Extends"}
BLANKT_TEGN = b"\0\t\n\f\r "
BLANKT_OG_TAL = BLANKT_TEGN + b"0123456789"
SKREVET_MED_TAL = re.compile(rb"#([0-9A-Fa-f]{2})")
#: A stream with one of these has its words in another file.
ANDETSTEDS = frozenset({b"F", b"FFilter", b"FDecodeParms"})
#: An unpacked object stream is no larger, and a file holds no more words, but in a trap.
STOERST, ORD = 64 * 1024 * 1024, 2_000_000
#: So much of a string costs as a word does.
STRENG = 64


class Tvetydig(Exception):
    """Two readers can read the file otherwise."""


class Andetsteds(Exception):
    """A part of the file stands in another file."""


class Urent(Exception):
    """There are bytes that nothing holds."""


class PdfForTung(Exception):
    """The file is made so that it takes too long to look through."""


@dataclass
class _Budget:
    tilbage: int
    bemaerkninger: bool = False

    def brug(self, antal: int) -> None:
        self.tilbage -= antal
        if self.tilbage < 0:
            raise PdfForTung


@dataclass
class _Ramme:
    """An open dictionary or list; `noegler` is None of a list, or where no key can stand."""

    noegler: dict[bytes, int] | None = None
    venter: bool = False


def tjek(data: bytes) -> None:
    """Raises Tvetydig, Andetsteds or ForTung."""
    budget = _Budget(ORD)
    for sted in OBJEKT.finditer(data):
        noegler, slut = _vaerdi(data, sted.end(), budget)
        stroem = STROEM.match(data, slut) if noegler is not None and sted[0] == b"obj" else None
        if noegler is None or stroem is None:
            continue
        if ANDETSTEDS & set(noegler):
            raise Andetsteds
        _stroem(data, noegler, sted.end(), stroem.end(), budget)
    for sted in TABEL.finditer(data):
        _hver_en_gang(_i_tabellen(data, sted.end() - 1))


def haler(data: bytes) -> list[set[bytes]]:
    """The keys of the end of each revision, also of one whose table is packed as a stream. `tjek` is passed."""
    budget, fundne = _Budget(ORD), []
    for sted in OBJEKT.finditer(data):
        noegler, _ = _vaerdi(data, sted.end(), budget)
        if noegler is not None and (sted[0] != b"obj" or _navn(data, noegler.get(b"Type")) == b"XRef"):
            fundne.append(set(noegler))
    return fundne


def uden_for(data: bytes) -> bool:
    """Whether there are bytes that no object and no table holds: remarks in and between objects and before the first,
    and what stands in a stream after its end, behind what is packed, or between the objects packed in it. `tjek` is
    passed."""
    if not HOVED.match(data):
        return True
    try:
        for _ in objekter(data):
            pass
    except Urent:
        return True
    return False


def objekter(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(where it begins, its number, its type) of every object, also of those packed in a stream, in the order of the
    file. Raises Urent where there are bytes that nothing holds."""
    budget, slut = _Budget(ORD), 0
    for sted in OBJEKT.finditer(data):
        if sted.start() < slut or sted[0] != b"obj":
            continue
        noegler, slut = _vaerdi(data, sted.end(), budget)
        nummer = NUMMER.search(data, max(sted.start() - 40, 0), sted.start())
        if budget.bemaerkninger or nummer is None:
            raise Urent
        art = _navn(data, noegler.get(b"Type")) if noegler is not None else data[sted.end() : slut].strip(BLANKT_TEGN)
        yield sted.start(), int(nummer[1]), art
        stroem = STROEM.match(data, slut) if noegler is not None else None
        if noegler is not None and stroem is not None:
            ren, slut = _stroemmens(data, noegler, stroem.end())
            if art == b"ObjStm":
                yield from ((sted.start(), pakket, b"") for pakket in _pakkede(data, noegler, ren, budget))
        faerdig = OBJEKTETS_SLUTNING.match(data, slut)
        if faerdig is None:
            raise Urent
        slut = faerdig.end()


def _stroemmens(data: bytes, noegler: dict[bytes, int], fra: int) -> tuple[bytes, int]:
    """What a stream says, and where it ends. Raises Urent when it holds more than it says."""
    til = fra + _laengde(data, noegler)
    efter = STROEMMENS_SLUTNING.match(data, til)
    if efter is None:
        raise Urent
    return _uden_rest(data, noegler, data[fra:til]), efter.end()


def _uden_rest(data: bytes, noegler: dict[bytes, int], raa: bytes) -> bytes:
    """What a stream says. Raises Urent when something stands behind it, or it is packed so that something may."""
    hvordan = _pakning(data, noegler.get(b"Filter"))
    if hvordan in BILLEDERS:
        return raa
    if hvordan and hvordan != [b"FlateDecode"]:
        raise Urent
    if not hvordan:
        return raa
    pakke = zlib.decompressobj()
    try:
        ud = pakke.decompress(raa, STOERST)
    except zlib.error as fejl:
        raise Urent from fejl
    if pakke.unused_data.strip(b"\r\n"):
        raise Urent
    return ud


def _pakning(data: bytes, sted: int | None) -> list[bytes]:
    if sted is None:
        return []
    slut = data.find(b"]", sted) + 1 if data[sted : sted + 3].strip().startswith(b"[") else sted + 40
    alle = [_laest(n) for n in re.findall(rb"/[^" + BLANKT + rb"()<>\[\]{}/%]*", data[sted:slut])]
    return alle if slut != sted + 40 else alle[:1]


def _pakkede(data: bytes, noegler: dict[bytes, int], indhold: bytes, budget: _Budget) -> Iterator[int]:
    """The numbers of the objects packed in a stream, which holds nothing else."""
    if set(noegler) - OBJEKTSTROEMMENS:
        raise Urent
    foerste = _heltal(data, noegler.get(b"First"))
    hoved = indhold[:foerste]
    tal = [int(t) for t in hoved.split()] if not hoved.strip(BLANKT_OG_TAL) else [0]
    if len(tal) % 2 or len(tal) // 2 != _heltal(data, noegler.get(b"N")):
        raise Urent
    yield from tal[::2]
    steder = sorted(foerste + t for t in tal[1::2])
    for sted, naeste in zip(steder, [*steder[1:], len(indhold)], strict=True):
        _, slut = _vaerdi(indhold, sted, budget)
        if indhold[slut:naeste].strip(BLANKT_TEGN) or budget.bemaerkninger:
            raise Urent


def _laengde(data: bytes, noegler: dict[bytes, int]) -> int:
    """How long a stream says that it is, itself or in an object of its own."""
    sted = noegler.get(b"Length")
    henvist = HENVIST.match(data, sted) if sted is not None else None
    if henvist is None:
        return _heltal(data, sted)
    steder = re.findall(
        rb"(?<!\d)%s[%s]+%s[%s]+obj[%s]+(\d{1,10})" % (henvist[1], BLANKT, henvist[2], BLANKT, BLANKT), data
    )
    return int(steder[-1]) if steder else 0


def _stroem(data: bytes, noegler: dict[bytes, int], fra: int, indhold: int, budget: _Budget) -> None:
    """What a stream says of other objects."""
    hvad = _navn(data, noegler.get(b"Type"))
    if hvad == b"XRef" and b"Index" in noegler:
        liste = data[noegler[b"Index"] : data.find(b"]", noegler[b"Index"])]
        tal = [int(t) for t in TAL.findall(liste)]
        _hver_en_gang(zip(tal[::2], tal[1::2], strict=False))
    if hvad == b"ObjStm":
        _objekter_i(_udpakket(data, noegler, indhold), _heltal(data, noegler.get(b"First")), budget)


def _objekter_i(data: bytes, foerste: int, budget: _Budget) -> None:
    """The objects packed in a stream, each where its head says that it begins."""
    tal = [int(t) for t in TAL.findall(data[:foerste])]
    numre = tal[::2]
    if len(set(numre)) != len(numre):
        raise Tvetydig
    for sted in tal[1::2]:
        _vaerdi(data, foerste + sted, budget)


def _udpakket(data: bytes, noegler: dict[bytes, int], indhold: int) -> bytes:
    if b"Filter" not in noegler:
        slut = data.find(b"endstream", indhold)
        return data[indhold : slut if slut >= 0 else len(data)]
    try:
        pakke = zlib.decompressobj()
        ud = pakke.decompress(data[indhold:], STOERST)
    except zlib.error as fejl:
        # No program packs objects otherwise, and what is packed twice is not to be seen here.
        raise Tvetydig from fejl
    if pakke.unconsumed_tail and not pakke.eof:
        raise PdfForTung
    return ud


def _i_tabellen(data: bytes, sted: int) -> Iterator[tuple[int, int]]:
    """(first number, how many) of each part of a table."""
    while afsnit := AFSNIT.match(data, sted):
        yield int(afsnit[1]), int(afsnit[2])
        sted = afsnit.end()
        while post := POST.match(data, sted):
            sted = post.end()


def _hver_en_gang(dele) -> None:
    """Raises Tvetydig when two parts speak of the same number."""
    naeste = -1
    for foerste, antal in sorted(del_ for del_ in dele if del_[1]):
        if foerste < naeste:
            raise Tvetydig
        naeste = foerste + antal


def _vaerdi(data: bytes, sted: int, budget: _Budget) -> tuple[dict[bytes, int] | None, int]:
    """One value: the keys of a dictionary with the places of their values, or None, and where it ends.

    Raises Tvetydig when a dictionary in it has a key twice, however it is spelt.
    """
    stak: list[_Ramme] = []
    while tegn := TEGN.match(data, sted):
        art, sted = tegn.lastgroup, tegn.end()
        if art == "blankt":
            budget.bemaerkninger |= b"%" in tegn[0]
            continue
        budget.brug(1)
        if art == "streng":
            slut = _efter_streng(data, sted)
            budget.brug((slut - sted) // STRENG)
            sted = slut
        if stak and art == "navn":
            _noegle(stak[-1], tegn[0], sted)
        elif stak:
            stak[-1].venter = False
        if art == "ind":
            stak.append(_Ramme({} if tegn[0] == b"<<" else None))
        elif art == "ud" and stak:
            lukket = stak.pop()
            if not stak:
                return lukket.noegler, sted
        elif not stak:
            break
    return None, sted


def _noegle(ramme: _Ramme, navn: bytes, sted: int) -> None:
    if ramme.noegler is None:
        return
    if ramme.venter:
        ramme.venter = False
        return
    noegle = _laest(navn)
    if noegle in ramme.noegler:
        raise Tvetydig
    ramme.noegler[noegle] = sted
    ramme.venter = True


def _efter_streng(data: bytes, sted: int) -> int:
    dybde = 1
    for fund in PARENTES.finditer(data, sted):
        dybde += {b"(": 1, b")": -1}.get(fund[0], 0)
        if not dybde:
            return fund.end()
    return len(data)


def _laest(navn: bytes) -> bytes:
    """A name without its stroke, with what is written as numbers read."""
    return SKREVET_MED_TAL.sub(lambda tal: bytes([int(tal[1], 16)]), navn[1:])


def _navn(data: bytes, sted: int | None) -> bytes:
    if sted is None:
        return b""
    fund = re.compile(rb"[" + BLANKT + rb"]*(/[^" + BLANKT + rb"()<>\[\]{}/%]*)").match(data, sted)
    return _laest(fund[1]) if fund else b""


def _heltal(data: bytes, sted: int | None) -> int:
    fund = re.compile(rb"[" + BLANKT + rb"]*(\d{1,10})").match(data, sted) if sted is not None else None
    return int(fund[1]) if fund else 0
