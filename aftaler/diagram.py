"""The organisation diagram: a forest of groups as SVG, the same drawing on the page and in the PDF.

Few groups are drawn downwards, as people expect; many sideways, so that their names stay readable. There is no style
in it but presentation attributes (the site's security policy allows no inline style), nothing in it is told by colour,
and the caller writes the same organisation as a list, for those who cannot see it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString
from pyphen import Pyphen

from helhedsplan.formats import antal

SKRIFT = 14
LINJE = 18
LUFT = 10
BOKSBREDDE = 172
MELLEM = 16
SPRING = 36
#: Side by side there is room for this many boxes of readable text on A4 and in the reading column.
FLEST_I_BREDDEN = 4
SMALLE, BREDE = set("iljtfrI.,:;|'()[]- "), set("mwMWÆæ@%–")


class Diagramgruppe(Protocol):
    """What the diagram asks of a group."""

    navn: str
    moeder_pr_aar: int | None

    @property
    def under(self) -> Sequence["Diagramgruppe"]: ...


@dataclass
class Boks:
    linjer: list[str]
    moeder: str
    under: list["Boks"]
    x: float = 0
    y: float = 0
    hoejde: float = field(init=False)

    def __post_init__(self):
        self.hoejde = 2 * LUFT + LINJE * (len(self.linjer) + bool(self.moeder))


def organisationsdiagram(grupper: Sequence[Diagramgruppe], anker: str = "organisationsdiagram") -> SafeString:
    """The diagram, or '' when there are no groups. anker: the id it gets, unique on the page."""
    if not grupper:
        return SafeString("")
    roedder = [_boks(gruppe) for gruppe in grupper]
    nedad = sum(map(_blade, roedder)) <= FLEST_I_BREDDEN
    kant = 0.0
    for rod in roedder:
        kant = _nedad(rod, kant, 0, _raekkehoejder(roedder)) if nedad else _sidelaens(rod, kant, 0)
    bokse = [boks for rod in roedder for boks in _alle(rod)]
    bredde = max(boks.x for boks in bokse) + BOKSBREDDE
    hoejde = max(boks.y + boks.hoejde for boks in bokse)
    streger = [_streg(boks, barn, nedad) for boks in bokse for barn in boks.under]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="diagram" id="{0}" role="img" aria-labelledby="{0}-titel"'
        ' aria-describedby="{0}-tekst" viewBox="-1 -1 {1} {2}" width="{1}" height="{2}"'
        ' font-family="IBM Plex Sans, sans-serif" font-size="{3}"><title id="{0}-titel">{4}</title>'
        '<desc id="{0}-tekst">{5}</desc><path d="{6}" fill="none" stroke="#595959" stroke-width="1.5"/>{7}</svg>',
        anker,
        _tal(bredde + 2),
        _tal(hoejde + 2),
        SKRIFT,
        _titel(grupper, len(bokse)),
        "; ".join(_saetninger(grupper)),
        " ".join(streger),
        SafeString("".join(map(_tegn, bokse))),
    )


# --- words -----------------------------------------------------------------------------------------------------------


def _titel(grupper: Sequence[Diagramgruppe], alle: int) -> str:
    oeverst = grupper[0].navn if len(grupper) == 1 else antal(len(grupper), "gruppe", "grupper")
    ord_ = "1 gruppe" if alle == 1 else f"{antal(alle, 'gruppe', 'grupper')} med {oeverst} øverst"
    return f"Organisationsdiagram: {ord_}. Det samme står som liste efter diagrammet."


def _saetninger(grupper: Sequence[Diagramgruppe]) -> Iterator[str]:
    for gruppe in grupper:
        if gruppe.under:
            yield f"under {gruppe.navn}: {', '.join(barn.navn for barn in gruppe.under)}"
        yield from _saetninger(gruppe.under)


# --- boxes -----------------------------------------------------------------------------------------------------------


def _boks(gruppe: Diagramgruppe) -> Boks:
    moeder = antal(gruppe.moeder_pr_aar, "møde om året", "møder om året") if gruppe.moeder_pr_aar else ""
    return Boks(_ombrudt(gruppe.navn), moeder, [_boks(barn) for barn in gruppe.under])


def _tekstbredde(tekst: str) -> float:
    """About how wide the semi-bold text gets; a little too wide rather than too narrow."""
    return SKRIFT * sum(0.36 if t in SMALLE else 0.92 if t in BREDE else 0.72 if t.isupper() else 0.61 for t in tekst)


def _ombrudt(navn: str) -> list[str]:
    """The name in lines that fit the box; a word too long for a line is hyphenated."""
    linjer = [""]
    for ord_ in navn.split():
        while not _er_plads(ord_):
            antal_tegn = _delingssted(ord_)
            linjer += [ord_[:antal_tegn] + "-", ""]
            ord_ = ord_[antal_tegn:]
        if linjer[-1] and _er_plads(f"{linjer[-1]} {ord_}"):
            linjer[-1] += f" {ord_}"
        else:
            linjer.append(ord_)
    return [linje for linje in linjer if linje]


def _er_plads(linje: str) -> bool:
    return _tekstbredde(linje) <= BOKSBREDDE - 2 * LUFT


def _delingssted(ord_: str) -> int:
    """The last place where Danish divides the word within a line; any place if there is none."""

    def passer(antal_tegn):
        return _er_plads(ord_[:antal_tegn] + "-")

    steder = [sted for sted in Pyphen(lang="da").positions(ord_) if passer(sted)]
    return max(steder or filter(passer, range(1, len(ord_))))


def _alle(boks: Boks) -> Iterator[Boks]:
    yield boks
    for barn in boks.under:
        yield from _alle(barn)


def _blade(boks: Boks) -> int:
    return sum(map(_blade, boks.under)) or 1


def _raekkehoejder(bokse: list[Boks]) -> list[float]:
    """The height of the tallest box of each level."""
    if not bokse:
        return []
    return [max(boks.hoejde for boks in bokse), *_raekkehoejder([barn for boks in bokse for barn in boks.under])]


def _nedad(boks: Boks, kant: float, dybde: int, hoejder: list[float]) -> float:
    """Place the box over the middle of those below it, from x = kant; returns where the next may begin."""
    boks.y = sum(hoejder[:dybde]) + SPRING * dybde
    slut = kant
    for barn in boks.under:
        slut = _nedad(barn, slut, dybde + 1, hoejder)
    boks.x = (boks.under[0].x + boks.under[-1].x) / 2 if boks.under else kant
    return max(slut, boks.x + BOKSBREDDE + MELLEM)


def _sidelaens(boks: Boks, kant: float, dybde: int) -> float:
    """Place the box beside the middle of those under it, from y = kant; returns where the next may begin."""
    boks.x = dybde * (BOKSBREDDE + SPRING)
    slut = kant
    for barn in boks.under:
        slut = _sidelaens(barn, slut, dybde + 1)
    inderst = (boks.under[0].y + boks.under[-1].y + boks.under[-1].hoejde) / 2 - boks.hoejde / 2 if boks.under else kant
    boks.y = max(kant, inderst)
    return max(slut, boks.y + boks.hoejde + MELLEM)


# --- drawing ---------------------------------------------------------------------------------------------------------


def _tal(vaerdi: float) -> str:
    return f"{vaerdi:.1f}".removesuffix(".0")


def _streg(over: Boks, under: Boks, nedad: bool) -> str:
    """From the edge of one box to the edge of the other, by way of the middle of the gap before the lower one."""
    if nedad:
        x0, y0 = over.x + BOKSBREDDE / 2, over.y + over.hoejde
        midte = under.y - SPRING / 2
        return f"M{_tal(x0)} {_tal(y0)}V{_tal(midte)}H{_tal(under.x + BOKSBREDDE / 2)}V{_tal(under.y)}"
    x0, y0 = over.x + BOKSBREDDE, over.y + over.hoejde / 2
    return f"M{_tal(x0)} {_tal(y0)}H{_tal(under.x - SPRING / 2)}V{_tal(under.y + under.hoejde / 2)}H{_tal(under.x)}"


def _tegn(boks: Boks) -> SafeString:
    linjer = [(linje, "600") for linje in boks.linjer] + ([(boks.moeder, "400")] if boks.moeder else [])
    tekst = [
        format_html(
            '<text x="{}" y="{}" text-anchor="middle" font-weight="{}" fill="#1a1a1a">{}</text>',
            _tal(boks.x + BOKSBREDDE / 2),
            _tal(boks.y + LUFT + LINJE * (nr + 0.74)),
            vaegt,
            linje,
        )
        for nr, (linje, vaegt) in enumerate(linjer)
    ]
    ramme = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="3" fill="#fff" stroke="#1a1a1a" stroke-width="1.5"/>',
        _tal(boks.x),
        _tal(boks.y),
        BOKSBREDDE,
        _tal(boks.hoejde),
    )
    return SafeString("".join([ramme, *tekst]))
