"""Text that people type and paste: sanitised prose, footnotes, plain text.

Prose is stored as a small, fixed subset of HTML. A footnote is its own text in place, `<span class="fodnote">…</span>`;
pages and papers number it when they are drawn, so numbers never go stale. A figure that stands for a measurement is
`<span data-tal="REFERENCE">26,1 %</span>`: the text stays as it is written, and those who draw it say where it is from.
"""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import nh3

from helhedsplan.indsat import uden_det_skjulte
from helhedsplan.tegn import rene_tegn

MAERKER = {
    "p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "span",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTTER = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "span": {"class", "data-tal"},
}
#: What a figure is bound to: keys with strokes between them.
TALHENVISNING = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+){2,3}", re.IGNORECASE)


def _kun_henvisninger(maerke: str, attribut: str, vaerdi: str) -> str | None:
    return vaerdi if attribut != "data-tal" or TALHENVISNING.fullmatch(vaerdi) else None


RENSER = nh3.Cleaner(
    tags=MAERKER,
    attributes={k: v - {"class"} for k, v in ATTRIBUTTER.items()},
    allowed_classes={"span": {"fodnote"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
    attribute_filter=_kun_henvisninger,
)
KLUMPER = re.compile(r"</(?:p|h3|h4|li|tr|caption|blockquote|td|th)>|<(?:ul|ol|table)\b[^<>]*>|<br ?/?>", re.IGNORECASE)
#: No "<" within: the search stays linear in texts that are full of them.
MAERKE = re.compile(r"<[^<>]+>")
SPAN = re.compile(r"<(/?)span\b([^<>]*)>")
TOM_KLUMP = re.compile(r"<(p|h3|h4)>(?:\s|&nbsp;|<br>)*</\1>")
INDDELT = re.compile(r"<(?:p|h3|h4|ul|ol|li|blockquote|table)\b")
IKKE_I_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FLEST_KOLONNER = 50
#: More than the lists in lists of any paper; what is nested deeper is flattened, for those who draw the text.
DYBEST = 30
#: Badly nested HTML is read one way and, written out, another; it settles after a few rounds.
OMGANGE = 5


def rens(tekst: str) -> str:
    """Keep the allowed mark-up, drop everything else (script and style with their content). Idempotent.

    Empty paragraphs and headings go; text without any paragraph gets them, at its empty lines.
    """
    if MAERKE.search(tekst):
        tekst = tekst.replace("\x0b", "<br>")
    tekst = uden_det_skjulte(rene_tegn(tekst))
    for _ in range(OMGANGE):
        renset = _rens(tekst)
        if renset == tekst:
            return renset
        tekst = renset
    return _rens(_flad(tekst))


def _rens(tekst: str) -> str:
    renset = rene_tegn(RENSER.clean(rene_tegn(tekst))).strip()
    if _dybde(renset) > DYBEST:
        renset = _flad(renset)
    if "rowspan=" in renset:
        renset = _uden_lodret_flettede(renset)
    while (uden_tomme := TOM_KLUMP.sub("", renset).strip()) != renset:
        renset = uden_tomme
    if not ren_tekst(renset):
        return ""
    return renset if INDDELT.search(renset) else _i_afsnit(renset)


def _uden_lodret_flettede(renset: str) -> str:
    """Cells that reach over several rows stay in the first of them, with empty cells below: what stands in a row must
    stand under its own heads for those who read cell by cell.
    """
    html_ = IKKE_I_XML.sub("", renset).replace("<br>", "<br/>").replace("&nbsp;", "\u00a0")
    rod = ET.fromstring(f"<div>{html_}</div>")  # noqa: S314 -- nh3 wrote it: no entities, no declarations
    for tabel in rod.iter("table"):
        grupper = [tabel, *(del_ for del_ in tabel if del_.tag != "tr")]
        for gruppe in grupper:
            _fyld_under(gruppe.findall("tr"))
    ud = ET.tostring(rod, encoding="unicode", method="html")
    return ud.removeprefix("<div>").removesuffix("</div>").replace("\u00a0", "&nbsp;")


def _fyld_under(raekker: list[ET.Element]) -> None:
    oppefra: dict[int, tuple[int, int]] = {}  # column -> (its width, rows that are left)
    for raekke in raekker:
        celler, hoved = list(raekke), bool(len(raekke)) and all(celle.tag == "th" for celle in raekke)
        nye: list[ET.Element] = []
        kolonne = 0
        while (celler or any(fra >= kolonne for fra in oppefra)) and kolonne < FLEST_KOLONNER:
            if kolonne in oppefra:
                bredde, rest = oppefra.pop(kolonne)
                rest -= 1
                celle = ET.Element("th" if hoved else "td", {"colspan": str(bredde)} if bredde > 1 else {})
            else:
                celle = celler.pop(0) if celler else ET.Element("td")
                bredde, rest = _antal(celle.get("colspan", "")), _antal(celle.attrib.pop("rowspan", "")) - 1
            nye.append(celle)
            if rest:
                oppefra[kolonne] = (bredde, rest)
            kolonne += bredde
        raekke[:] = [*nye, *celler]


def _antal(tekst: str) -> int:
    return max(1, min(FLEST_KOLONNER, int(tekst))) if tekst.isascii() and tekst.isdigit() and len(tekst) < 4 else 1


def _flad(prosa: str) -> str:
    """Just the words, a paragraph for each block."""
    return html.escape(ren_tekst(prosa), quote=False).replace("\n", "\n\n").replace("\u00a0", "&nbsp;")


def _dybde(renset: str) -> int:
    """How many marks stand within each other at most, in sanitised text, where all but <br> are closed."""
    dybde = dybest = 0
    for maerke in MAERKE.finditer(renset):
        if not maerke[0].startswith("<br"):
            dybde += -1 if maerke[0].startswith("</") else 1
            dybest = max(dybest, dybde)
    return dybest


def _i_afsnit(tekst: str) -> str:
    if MAERKE.search(tekst):
        return f"<p>{tekst}</p>"
    afsnit = [a.strip() for a in re.split(r"\n\s*\n", tekst)]
    return "".join(f"<p>{a.replace(chr(10), '<br>')}</p>" for a in afsnit)


def ren_tekst(prosa: str) -> str:
    """Prose as plain text, one line per block, footnotes in brackets; for search, summaries and emptiness."""
    tekst = MAERKE.sub("", KLUMPER.sub("\n", _noter_i_parentes(prosa)))
    linjer = html.unescape(tekst).replace("\u00a0", " ").splitlines()
    return "\n".join(linje.strip() for linje in linjer if linje.strip())


#: What people write to hold a place: a text of these words alone says nothing yet.
PLADSHOLDERE = re.compile(
    r"x+|tbd|todo|nn|test|(ud)?fyldes|skrives|beskrives|indsættes|kommer|følger|mangler|afventer|senere|snart|her|endnu|"
    r"ikke|skrevet|tekst(en)?|afsnittet|lorem|ipsum|dolor|sit|amet",
    re.IGNORECASE,
)


def har_ord(prosa: str) -> bool:
    """Whether a text says anything outside the mark-up. ".", "-", "xxx" and "Skrives senere" do not."""
    ordene = re.finditer(r"[^\W_]+", html.unescape(MAERKE.sub(" ", prosa)))
    return any(not PLADSHOLDERE.fullmatch(ordet[0]) for ordet in ordene)


def har_rene_ord(tekst: str) -> bool:
    """The same of plain text, where "<" is a sign like others."""
    return har_ord(html.escape(tekst))


def _noter_i_parentes(prosa: str) -> str:
    aabne: list[bool] = []

    def skift(span: re.Match) -> str:
        if span[1]:
            return ")" if aabne and aabne.pop() else ""
        aabne.append('class="fodnote"' in span[2])
        return " (" if aabne[-1] else ""

    return SPAN.sub(skift, prosa)


# --- figures that stand for measurements ------------------------------------------------------------------------------

#: Stands where a figure is hidden.
SKJULT_TAL = "diskretioneret"
TALATTRIBUT = re.compile(r'data-tal="([^"<>]*)"')


@dataclass(frozen=True)
class Talmaerke:
    """A bound figure in stored prose: what it is bound to, the figure as written, and where the mark stands."""

    henvisning: str
    tekst: str
    start: int
    slut: int
    indhold: str


@dataclass(frozen=True)
class Talkilde:
    """What is known of a measurement that prose is bound to. `skjult`: the figure is for those who write the plan."""

    henvisning: str
    kilde: str
    skjult: bool = False


def talmaerker(prosa: str) -> list[Talmaerke]:
    """The bound figures in the order they stand; of marks within each other, the outermost."""
    fundne: list[Talmaerke] = []
    aabne: list[tuple[str, re.Match]] = []
    for span in SPAN.finditer(prosa if "data-tal" in prosa else ""):
        if not span[1]:
            bundet = TALATTRIBUT.search(span[2])
            aabne.append((bundet[1] if bundet else "", span))
        elif aabne:
            henvisning, aabner = aabne.pop()
            if henvisning and not any(ydre for ydre, _ in aabne):
                indhold = prosa[aabner.end() : span.start()]
                fundne.append(Talmaerke(henvisning, ren_tekst(indhold), aabner.start(), span.end(), indhold))
    return sorted(fundne, key=lambda m: m.start)


def skift_talmaerker(prosa: str, skift: Callable[[Talmaerke], str]) -> str:
    """The prose with each mark, tags and all, made into what `skift` answers: HTML."""
    dele, til = [], 0
    for maerke in talmaerker(prosa):
        dele += [prosa[til : maerke.start], skift(maerke)]
        til = maerke.slut
    return "".join([*dele, prosa[til:]])


def uden_skjulte_tal(prosa: str, kilder: Iterable[Talkilde]) -> str:
    """The prose as everybody may read it."""
    skjulte = {kilde.henvisning for kilde in kilder if kilde.skjult}

    def skift(maerke: Talmaerke) -> str:
        bundet = {maerke.henvisning, *TALATTRIBUT.findall(maerke.indhold)}
        return SKJULT_TAL if bundet & skjulte else prosa[maerke.start : maerke.slut]

    return skift_talmaerker(prosa, skift) if skjulte else prosa
