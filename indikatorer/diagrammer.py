"""The indicators' pictures as SVG: one small for each fixed indicator, one large on the indicator's own page.

The area is a thick line with filled points; what it is compared with is thinner, each with its own dashes and its own
mark, and every line carries its name at its end, so that a greyscale print loses nothing. They are drawn of series as
everybody may see them: what is hidden has no point, no line leads through it, and no word is said of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from textwrap import wrap

from django.utils.html import format_html
from django.utils.safestring import SafeString

from helhedsplan import svg
from helhedsplan.formats import med_punktum
from helhedsplan.svg import BLAEK, GRAA, INTET, SVAG, koordinat
from indikatorer.choices import Stedart
from indikatorer.queries.tal import Tal
from indikatorer.queries.udvikling import Indikatorudvikling, Serie
from indikatorer.rules.maal import i_enhed

LILLE_BREDDE, LILLE_HOEJDE = 340, 170
#: The small picture in a paper: so narrow that its letters are over 7 points when it is 46 mm wide, and so low that it
#: is no higher than the words beside it; one line more for each series.
TRYKT_BREDDE, TRYKT_HOEJDE = 220, 42
STOR_HOEJDE = 340
#: Figures of one time only: there is no movement to see.
LILLE_LAV_HOEJDE, LAV_HOEJDE = 110, 190
#: The room for what is printed at the value axis: at least this, and so much for each character.
MINDSTE_AKSEPLADS, AKSETEGN = 64, 7.5
#: What a line of text needs in height, so that names at the ends of lines do not stand on each other.
LINJE_LILLE, LINJE_STOR = 14, 18
#: What the year takes beside the newest figure, when it is not the last year of the picture.
AARSPLADS = 48
FLEST_AAR_I_AKSEN = {TRYKT_BREDDE: 1, LILLE_BREDDE: 3, svg.BREDDE: 10}
KORT_NAVN = {
    Stedart.KOMMUNE: "Kommunen",
    Stedart.ALMENE_I_KOMMUNEN: "Almene",
    Stedart.OEVRIGE_HELHEDSPLANER: "Øvrige HHP",
    Stedart.ALMEN_SEKTOR: "Almen sektor",
    Stedart.LAND: "Landet",
}
#: The characters of a name on one line at the end of its curve; a longer name takes more lines and is not cut.
FLEST_TEGN = 20
#: The distance between the values at an axis: the least of these of which no more than so many have room.
FLEST_SKRIDT = 6
AKSESKRIDT = [Decimal(f"{Decimal(f'{m}E{n}'):f}") for n in range(-2, 20) for m in (1, 2, 5)]


@dataclass(frozen=True)
class Streg:
    """How a line is drawn: dashes, thickness, mark."""

    moenster: str
    tykkelse: float
    maerke: Callable[[float, float], SafeString]


def _prik(x: float, y: float) -> SafeString:
    return format_html('<circle cx="{}" cy="{}" r="4" fill="{}"/>', koordinat(x), koordinat(y), BLAEK)


def _form(sti: str) -> Callable[[float, float], SafeString]:
    """A hollow mark from a path around its middle."""

    def maerke(x: float, y: float) -> SafeString:
        return format_html(
            '<path d="M{} {}{}z" fill="#fff" stroke="{}" stroke-width="1.5"/>', koordinat(x), koordinat(y), sti, BLAEK
        )

    return maerke


EGEN = Streg("", 3, _prik)
ANDRE = [
    Streg("7 4", 1.5, _form("m-4 -4h8v8h-8")),
    Streg("2 3", 1.5, _form("m0 -5l5 9h-10")),
    Streg("10 3 2 3", 1.5, _form("m0 -5l5 5l-5 5l-5 -5")),
    Streg("1 5", 1.5, _form("m-5 -4h10l-5 9")),
]


@dataclass(frozen=True)
class Akser:
    """Where years and values lie in the picture."""

    venstre: float
    hoejre: float
    top: float
    bund: float
    aar: tuple[int, int]
    spaend: tuple[float, float]

    def x(self, aar: int) -> float:
        foerst, sidst = self.aar
        if foerst == sidst:
            return (self.venstre + self.hoejre) / 2
        return self.venstre + (aar - foerst) / (sidst - foerst) * (self.hoejre - self.venstre)

    def y(self, vaerdi: Decimal) -> float:
        lav, hoej = self.spaend
        return self.bund - (float(vaerdi) - lav) / (hoej - lav) * (self.bund - self.top)


def _spaend(vaerdier: list[float]) -> tuple[float, float]:
    """More than the values fill, and so much that a small difference does not look large."""
    lav, hoej = min(vaerdier), max(vaerdier)
    luft = max((hoej - lav) * 0.15, abs(hoej) * 0.1, 0.5)
    return (max(0.0, lav - luft) if lav >= 0 else lav - luft), hoej + luft


def _med_punkter(serier: Iterable[Serie]) -> list[Serie]:
    return [s for s in serier if s.synlige]


def _sidste_aar(serier: list[Serie]) -> int:
    return max(t.aar for s in serier for t in s.synlige)


def _er_forloeb(serier: list[Serie]) -> bool:
    """Whether there are figures of more than one year."""
    return len({t.aar for s in serier for t in s.synlige}) > 1


def lille_diagram(billede: Indikatorudvikling, anker: str, *, trykt: bool = False) -> SafeString:
    """The area, its comparison and the country; '' when no figure may be shown. trykt: as it stands in a paper."""
    serier = _med_punkter(billede.i_lille)
    if not serier:
        return INTET
    bredde, hoejde = LILLE_BREDDE, LILLE_HOEJDE if _er_forloeb(serier) else LILLE_LAV_HOEJDE
    if trykt:
        bredde, hoejde = TRYKT_BREDDE, TRYKT_HOEJDE + LINJE_LILLE * (len(serier) - 1)
    plads = 118 + AARSPLADS * any(s.synlige[-1].aar != _sidste_aar(serier) for s in serier)
    akser = _akser(serier, [], bredde, hoejde, hoejre=plads, venstre=18)
    navne = {id(s): [_kort_navn(s)] for s in serier}
    note, hoejde = _forbehold(billede.forbehold[:1], bredde, hoejde, LINJE_LILLE)
    krop = [_grundlinje(akser), *_aarstal(akser, bredde, 12), *_linjer(serier, akser, LINJE_LILLE, navne), *note]
    return svg.billede(anker, hoejde, _titel(billede), _beskrivelse(serier, billede), krop, bredde=bredde, skrift=12)


def stort_diagram(billede: Indikatorudvikling, anker: str = "diagram", hoejde: int = STOR_HOEJDE) -> SafeString:
    """Every place the indicator is measured at, with the target path; '' when no figure may be shown."""
    serier = _med_punkter(billede.serier)[: len(ANDRE) + 1]
    if not serier:
        return INTET
    sti = [(m.aar, Decimal(m.maal)) for m in billede.aarsmaal]
    sidst = max([_sidste_aar(serier), *(aar for aar, _ in sti)])
    plads = 230 + AARSPLADS * any(s.synlige[-1].aar != sidst for s in serier)
    navne = {id(s): wrap(s.navn, FLEST_TEGN) for s in serier}
    hoejde = hoejde if _er_forloeb(serier) or sti else LAV_HOEJDE
    hoejde = max(hoejde, 40 + LINJE_STOR * sum(len(linjer) for linjer in navne.values()))
    akser = _akser(serier, sti, svg.BREDDE, hoejde, hoejre=plads, venstre=MINDSTE_AKSEPLADS)
    trin = _aksetrin(akser.spaend, billede.indikator.enhed)
    akser = replace(akser, venstre=max(MINDSTE_AKSEPLADS, 16 + AKSETEGN * max(len(ord_) for _, ord_ in trin)))
    krop = [
        *_vaerdiakse(akser, trin),
        _grundlinje(akser),
        *_aarstal(akser, svg.BREDDE, 14),
        *_maalsti(sti, akser),
        *_linjer(serier, akser, LINJE_STOR, navne),
    ]
    note, hoejde = _forbehold(billede.forbehold, svg.BREDDE, hoejde, LINJE_STOR)
    return svg.billede(anker, hoejde, _titel(billede), _beskrivelse(serier, billede), [*krop, *note])


# --- words ----------------------------------------------------------------------------------------------------------


def _titel(billede: Indikatorudvikling) -> str:
    ord_ = billede.foerste.ord if billede.foerste else ""
    return f"{med_punktum(billede.indikator.navn + (f': {ord_}' if ord_ else ''))} Tallene står i tabellen."


def _beskrivelse(serier: Sequence[Serie], billede: Indikatorudvikling) -> str:
    tal = [f"{s.navn}: {', '.join(f'{t.hvornaar} {vist(t)}' for t in s.synlige)}" for s in serier]
    return " ".join(map(med_punktum, [*tal, *billede.forbehold]))


def vist(t: Tal) -> str:
    """A figure with its unit, as short as it is printed."""
    return i_enhed(t.maalt, t.enhed, t.viste_decimaler)


# --- parts ----------------------------------------------------------------------------------------------------------


def _akser(serier: list[Serie], sti, bredde: float, hoejde: float, *, venstre: float, hoejre: float) -> Akser:
    punkter = [(t.aar, t.maalt) for s in serier for t in s.synlige] + sti
    aar = [a for a, _ in punkter]
    spaend = _spaend([float(v) for _, v in punkter])
    return Akser(venstre, bredde - hoejre, 14, hoejde - 26, (min(aar), max(aar)), spaend)


def _forbehold(saetninger: Sequence[str], bredde: float, hoejde: int, linje: int) -> tuple[list[SafeString], int]:
    """What lacks in the picture, in words under it, and the height with them."""
    linjer = [led for saetning in saetninger for led in wrap(f"{saetning}.", int(bredde / (linje / 2)))]
    tekster = [svg.tekst(4, hoejde + linje * nr, led, "start", fyld=GRAA) for nr, led in enumerate(linjer)]
    return tekster, hoejde + linje * len(linjer)


def _grundlinje(a: Akser) -> SafeString:
    return format_html(
        '<path d="M{} {}H{}" stroke="{}"/>', koordinat(a.venstre), koordinat(a.bund), koordinat(a.hoejre), SVAG
    )


def _aarstal(a: Akser, bredde: int, skrift: int) -> list[SafeString]:
    foerst, sidst = a.aar
    hver = max(1, -(-(sidst - foerst) // FLEST_AAR_I_AKSEN[bredde]))
    viste = sorted({*range(sidst, foerst - 1, -hver)})
    return [svg.tekst(a.x(aar), a.bund + skrift + 5, str(aar), "middle", fyld=GRAA) for aar in viste]


def _aksetrin(spaend: tuple[float, float], enhed: str) -> list[tuple[Decimal, str]]:
    """Round values within the picture, equally far apart, each with what is printed at it."""
    lav, hoej = (Decimal(str(v)) for v in spaend)
    trin = next(skridt for skridt in AKSESKRIDT if (hoej - lav) / skridt <= FLEST_SKRIDT)
    decimaler = max(0, -int(trin.as_tuple().exponent))
    foerst, sidst = (int((v / trin).to_integral_value(r)) for v, r in ((lav, ROUND_CEILING), (hoej, ROUND_FLOOR)))
    return [(trin * nr, i_enhed(trin * nr, enhed, decimaler)) for nr in range(foerst, sidst + 1)]


def _vaerdiakse(a: Akser, trin: list[tuple[Decimal, str]]) -> list[SafeString]:
    """Quiet lines with their values."""
    dele = []
    for vaerdi, ord_ in trin:
        y = a.y(vaerdi)
        dele.append(
            format_html(
                '<path d="M{} {}H{}" stroke="{}" stroke-width="0.5"/>',
                koordinat(a.venstre),
                koordinat(y),
                koordinat(a.hoejre),
                SVAG,
            )
        )
        dele.append(svg.tekst(a.venstre - 8, y + 5, ord_, "end", fyld=GRAA))
    return dele


def _maalsti(sti: list[tuple[int, Decimal]], a: Akser) -> list[SafeString]:
    if not sti:
        return []
    steder = [(a.x(aar), a.y(vaerdi)) for aar, vaerdi in sti]
    kryds = [
        format_html(
            '<path d="M{} {}m-4 -4l8 8m0 -8l-8 8" stroke="{}" stroke-width="1.5"/>', koordinat(x), koordinat(y), GRAA
        )
        for x, y in steder
    ]
    x, y = steder[-1]
    return [svg.streg(steder, moenster="1 3", farve=GRAA), *kryds, svg.tekst(x, y + 20, "Årsmål", "middle", fyld=GRAA)]


def _linjer(serier: list[Serie], a: Akser, linje: int, navne: dict[int, list[str]]) -> list[SafeString]:
    """The comparisons first, so that the area lies on top; a line joins only figures of the same kind of event."""
    udtryk = _udtryk(serier)
    dele = []
    for serie, stil in reversed(list(zip(serier, udtryk, strict=True))):
        for begivenhed in serie.begivenheder:
            steder = [(a.x(t.aar), a.y(t.maalt)) for t in serie.synlige if t.begivenhed == begivenhed]
            dele += [
                svg.streg(steder, moenster=stil.moenster, tykkelse=stil.tykkelse),
                *(stil.maerke(x, y) for x, y in steder),
            ]
    return dele + _navne(serier, a, linje, navne)


def _udtryk(serier: list[Serie]) -> list[Streg]:
    andre = iter(ANDRE)
    return [EGEN if Stedart(s.art).er_eget else next(andre) for s in serier]


def _navne(serier: list[Serie], a: Akser, linje: int, navne: dict[int, list[str]]) -> list[SafeString]:
    """Each line's name and newest figure at its end, moved apart where they would stand on each other; with its year
    when the picture goes on after it. A long name takes more lines, and the figure stands after the last."""
    sidste = sorted(((a.y(s.synlige[-1].maalt), s) for s in serier), key=lambda par: par[0])
    pladser = spred([y for y, _ in sidste], linje, a.top, a.bund, [len(navne[id(s)]) for _, s in sidste])
    dele = []
    for plads, (y, s) in zip(pladser, sidste, strict=True):
        t = s.synlige[-1]
        x = a.x(t.aar)
        if abs(plads - y) > 3 or x < a.hoejre - 1:
            dele.append(svg.streg([(x + 7, y), (a.hoejre + 10, plads)], tykkelse=0.5, farve=SVAG))
        vaegt = "600" if Stedart(s.art).er_eget else "400"
        aar = f" ({t.aar})" if t.aar != a.aar[1] else ""
        *foerste, sidst = navne[id(s)]
        for nr, ord_ in enumerate([*foerste, f"{sidst} {vist(t)}{aar}"]):
            dele.append(svg.tekst(a.hoejre + 12, plads + 4 + linje * nr, ord_, vaegt=vaegt))
    return dele


def _kort_navn(serie: Serie) -> str:
    return "Området" if Stedart(serie.art).er_eget else KORT_NAVN.get(Stedart(serie.art), "Andre")


def spred(
    pladser: list[float], mindst: float, top: float, bund: float, linjer: Sequence[int] | None = None
) -> list[float]:
    """The places, in order, moved so that they stand at least `mindst` apart for each of their lines, and within the
    picture if they can."""
    linjer = linjer or [1] * len(pladser)
    nye: list[float] = []
    for nr, y in enumerate(pladser):
        nye.append(max(y, nye[-1] + mindst * linjer[nr - 1]) if nye else max(y, top))
    if nye and nye[-1] + mindst * (linjer[-1] - 1) > bund:
        nye[-1] = bund - mindst * (linjer[-1] - 1)
        for nr in range(len(nye) - 2, -1, -1):
            nye[nr] = min(nye[nr], nye[nr + 1] - mindst * linjer[nr])
    return nye
