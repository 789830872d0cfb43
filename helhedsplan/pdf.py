"""The one way from HTML to PDF: tagged, archivable, and byte for byte the same for the same content.

Every paper of the house goes through `html_til_pdf`. It conforms to PDF/A-3a and PDF/UA-1 at once, prints its
document id in the foot, and reads nothing but our own static files (`statisk:pdf/papir.css`), the pictures it is given
(`billede:<SHA-256>`) and `data:` addresses. Any other address stops the paper: one that silently lacks a picture or
its fonts must not be signed.
"""

import gc
import hashlib
import io
import mimetypes
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import lru_cache
from html import unescape
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils import timezone

from helhedsplan import bredde, prosa, skrift
from helhedsplan.formats import laes_dato, lang_dato, opremsning
from helhedsplan.tegn import LAENGSTE_ORD, langt_ord

#: More pixels than this are not seen on A4, but weigh.
STOERSTE_BILLEDSIDE = 2000

# The PDF/UA identification, which WeasyPrint leaves out beside PDF/A's, and its extension schema, which PDF/A asks for.
PDFUA_XMP = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)

#: As diagrams name their font.
SVG_SKRIFT = 'font-family="IBM Plex Sans, sans-serif"'
UDEN_SKRIFT = "Der står tegn, som ikke kan trykkes: {}. Fjern dem, eller skriv dem med ord."
FOR_BRED = (
    "Der er en tabel, der er for bred til et liggende ark, så dens ord måtte brydes midt i: {}. Del den i to, eller "
    "brug færre kolonner."
)


#: A page across holds so many columns of the longest whole word.
FAA_KOLONNER = 5


class PdfFejl(Exception):
    """The paper cannot be made; the text says why, for a person."""


def html_til_pdf(
    html: str,
    *,
    identifikator: str,
    titel: str,
    forfattere: Sequence[str] = (),
    dato: datetime | None = None,
    billeder: Mapping[str, bytes] | None = None,
    streng: bool = False,
    udkast: str = "",
) -> bytes:
    """HTML with print CSS -> PDF/A-3a and PDF/UA-1 in one file.

    identifikator: the document id, printed in every foot; dato: when the content was last changed, never "now", so
    that the same content gives the same bytes; billeder: pictures by SHA-256, as `arkivbillede` makes them;
    streng: of a paper that counts from now on, which stops at what a draft makes do with (a table too wide for any
    page); udkast: what stands on every page of all that is not an edition (`udkastlinje`).
    Raises PdfFejl.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import FatalURLFetchingError

    if not re.fullmatch(r"[\w./-]+", identifikator):
        raise ValueError(f"Dokument-id kan ikke trykkes: {identifikator!r}")
    _afvis_lange_ord(html)
    valg = {"pdf_variant": "pdf/a-3a", "pdf_identifier": hashlib.sha256(identifikator.encode()).digest()[:16]}
    try:
        with _uden_affaldsindsamling():
            if streng:
                _tjek_tegn(html)
            html = kun_kendte_tegn(html)
            html = _med_ekstra_skrifter(html, udkast)
            fod = CSS(string=_sidemaerker(identifikator, udkast))
            kilde = HTML(string=html, url_fetcher=henter(billeder or {}))
            dokument, brudte = bredde.gengiv(kilde, stylesheets=[fod], presentational_hints=True, **valg)
            if brudte and streng:
                raise PdfFejl(FOR_BRED.format(opremsning(list(map(str, brudte)))))
            for side in dokument.pages:
                # WeasyPrint makes one more link of every element inside a link; they cannot be tagged.
                side.links = [link for link in side.links if link[3].link]
            dokument.metadata.title = skrift.uden_styretegn(titel)
            dokument.metadata.authors = [skrift.uden_styretegn(navn) for navn in forfattere]
            dokument.metadata.keywords = list(_noegleord.get())
            if dato:
                tid = dato.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                dokument.metadata.created = dokument.metadata.modified = tid
            return dokument.write_pdf(finisher=_efterbehandl, **valg)
    except FatalURLFetchingError as fejl:
        raise PdfFejl(str(fejl)) from fejl


_noegleord: ContextVar[tuple[str, ...]] = ContextVar("noegleord", default=())


@contextmanager
def med_noegleord(noegleord: Sequence[str]) -> Iterator[None]:
    """What is drawn while this lasts has these keywords in its metadata (Info and XMP), where no page shows them. They
    are part of the bytes: a paper drawn again is the same with the same keywords."""
    foer = _noegleord.set(tuple(noegleord))
    try:
        yield
    finally:
        _noegleord.reset(foer)


@lru_cache(maxsize=256)
def for_brede_tabeller(tekst: str, niveau: int = 3) -> tuple[str, ...]:
    """What a section's text holds that fits on no page, as `html_til_pdf` would refuse it: known before anything is
    frozen. tekst: prose as it is stored; only its tables are laid out, and a narrow one not at all."""
    from weasyprint import HTML

    tabeller = [t for t in prosa.trae(tekst, niveau).iter("table") if _kan_vaere_for_bred(t)]
    if not tabeller:
        return ()
    krop = "".join(ET.tostring(t, encoding="unicode", method="html") for t in tabeller)
    html = (
        '<!DOCTYPE html><html lang="da"><head><link rel="stylesheet" href="statisk:pdf/papir.css"></head>'
        f"<body>{krop}</body></html>"
    )
    with _uden_affaldsindsamling():
        kilde = HTML(string=kun_kendte_tegn(html), url_fetcher=henter({}))
        _, brudte = bredde.gengiv(kilde, presentational_hints=True)
    return tuple(f"»{t.navn}«" for t in brudte)


def _kan_vaere_for_bred(tabel: ET.Element) -> bool:
    """Fewer columns than this are broad enough for whole words and sums, whatever they hold."""
    return max((len(raekke) for raekke in tabel.iter("tr")), default=0) >= FAA_KOLONNER


def udkastlinje(af: str) -> str:
    """What a paper that is no edition says of itself, on every page: that it is a draft, its day, and who made it."""
    return f"UDKAST · {lang_dato(timezone.localdate())} · lavet af {af or 'kommandolinjen'}"


_UDKASTETS_DAG = re.compile(r"UDKAST\W+(\d{1,2}\.\s?[a-zæøå]+\s\d{4})\W+lavet af")


def udkastets_dag(side: str) -> date | None:
    """The day in the foot of a page of a draft, by the page's words; None where it does not say or cannot be read."""
    fundet = _UDKASTETS_DAG.search(" ".join(unicodedata.normalize("NFC", side).split()))
    try:
        return laes_dato(fundet[1]) if fundet else None
    except ValueError:
        return None


def _sidemaerker(identifikator: str, udkast: str) -> str:
    """The foot of every page in CSS, and the mark of a draft."""
    fod = f"Dokument-id {identifikator}"
    if not udkast:
        return f"@page {{ @bottom-left {{ content: {_css(fod)} }} }}"
    return (
        f"@page {{ @bottom-left {{ content: {_css(udkast)} '\\A' {_css(fod)}; white-space: pre-line }} }}"
        "@page { @top-right { content: 'UDKAST' '\\A' string(dato) !important; white-space: pre-line } }"
        "@page:first { @top-right { content: 'UDKAST' !important; font-size: 14pt; font-weight: 600; color: #1a1a1a } }"
    )


def _css(tekst: str) -> str:
    """A text as a CSS string, whatever is in it."""
    return '"' + "".join(t if t.isalnum() or t in " ·.,/-" else f"\\{ord(t):x} " for t in kun_kendte_tegn(tekst)) + '"'


_OVERSKRIFT = re.compile(r"<h[1-6][^<>]*>(.*?)</h[1-6]>", re.DOTALL)
_TEKST = re.compile(rf">([^<>]{{{LAENGSTE_ORD + 1},}})<")


def _afvis_lange_ord(html: str) -> None:
    """A word of thousands of letters keeps the layout busy for minutes. Raises PdfFejl with word and section."""
    for fundet in _TEKST.finditer(html):
        if begyndelse := langt_ord(fundet[1]):
            overskrifter = [re.sub(r"<[^<>]*>", "", h) for h in _OVERSKRIFT.findall(html[: fundet.start()])]
            sted = f"I afsnittet »{' '.join(overskrifter[-1].split())}« står" if overskrifter else "I papiret står"
            raise PdfFejl(
                f"{sted} et ord, der er for langt til at tegne: det begynder med »{begyndelse}«. Del det, og prøv igen."
            )


@contextmanager
def _uden_affaldsindsamling() -> Iterator[None]:
    """A layout makes many objects and keeps them all: collecting in the middle of it only costs time."""
    var_til = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if var_til:
            gc.enable()


# --- what a paper may read ------------------------------------------------------------------------------------------


def henter(billeder: Mapping[str, bytes]):
    """WeasyPrint's fetcher, that reads what a paper may read and stops at anything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Henter(URLFetcher):
        def fetch(self, url, headers=None):
            art, _, navn = url.partition(":")
            if art == "data":
                return super().fetch(url, headers)
            if art == "billede" and navn in billeder:
                return URLFetcherResponse(url, billeder[navn])
            if art == "statisk" and (sti := _statisk_fil(navn)):
                if sti.suffix == ".woff2":
                    return URLFetcherResponse(url, _udpakket(sti, sti.stat().st_mtime_ns), {"Content-Type": "font/ttf"})
                type_ = mimetypes.guess_type(sti)[0] or "application/octet-stream"
                return URLFetcherResponse(url, sti.read_bytes(), {"Content-Type": type_})
            raise FatalURLFetchingError(f"Papiret må ikke hente {url[:200]}")

    return Henter(allowed_protocols=("data", "billede", "statisk"), allow_redirects=False)


@lru_cache(maxsize=16)
def _udpakket(sti: Path, aendret: int) -> bytes:
    """A font as WeasyPrint would unpack it for each paper, which takes longer than to lay out a short one."""
    from fontTools.ttLib import woff2

    ud = io.BytesIO()
    woff2.decompress(io.BytesIO(sti.read_bytes()), ud)
    return ud.getvalue()


def _statisk_fil(navn: str) -> Path | None:
    try:
        fundet = finders.find(navn)
    except SuspiciousFileOperation:
        return None
    return Path(fundet) if fundet and Path(fundet).is_file() else None


def arkivbillede(data: bytes, navn: str) -> tuple[str, bytes]:
    """A picture in a form that the archive takes (turned upright, grey or RGB, no larger than A4 needs), with its
    SHA-256, for `<img src="billede:SHA-256">`. Raises PdfFejl naming the picture when it cannot be read.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as kilde:
            fotografi = kilde.format == "JPEG"
            billede = ImageOps.exif_transpose(kilde)
            gennemsigtig = "A" in billede.getbands() or "transparency" in billede.info
            billede = billede.convert("RGBA" if gennemsigtig else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fejl:
        raise PdfFejl(f"Billedet {navn} kan ikke læses. Hent det op igen.") from fejl
    billede.thumbnail((STOERSTE_BILLEDSIDE, STOERSTE_BILLEDSIDE))
    ud = io.BytesIO()
    if fotografi:
        billede.save(ud, "JPEG", quality=88)
    else:
        billede.save(ud, "PNG")
    return hashlib.sha256(ud.getvalue()).hexdigest(), ud.getvalue()


# --- characters -----------------------------------------------------------------------------------------------------


def _med_ekstra_skrifter(html: str, udkast: str) -> str:
    """The paper with the fonts that its symbols and foreign letters take, in its diagrams too."""
    stil = skrift.stilark(html + udkast)
    if not stil:
        return html
    html = html.replace(SVG_SKRIFT, f'font-family="{skrift.familier(html)}"')
    return html.replace("</head>", f"<style>{stil}</style></head>", 1)


def _tjek_tegn(html: str) -> None:
    """Stop at what can only be printed as a number in brackets; each sign with the words it stands among."""
    tekst = unescape(re.sub(r"<[^<>]*>", " ", html))
    if ukendte := skrift.uden_skrift(tekst):
        steder = [f"{skrift.navn(t)} i »{_omkring(tekst, t)}«" for t in ukendte[: skrift.NAEVNES]]
        steder += skrift.flere(ukendte)
        raise PdfFejl(UDEN_SKRIFT.format(opremsning(steder)))


def _omkring(tekst: str, tegn: str) -> str:
    plads = max(0, tekst.find(tegn))
    return " ".join(tekst[max(0, plads - 30) : plads + 30].split())


@lru_cache
def _ukendte_udtryk() -> re.Pattern:
    """An address (left alone), or a run of characters that the fonts lack, spaces between them included."""
    kendte = "".join(re.escape(chr(nr)) for nr in sorted(skrift.alle()))
    return re.compile(f'href="[^"]*"|[^{kendte}](?:\\s*[^{kendte}])*')


def kun_kendte_tegn(html: str) -> str:
    """Leave no character to whatever font the machine happens to have, or to an empty box.

    What the fonts lack is written with its plain counterpart where Unicode knows one (full-width and mathematical
    letters, ligatures), else as a sign that can be seen and searched for: [tegn U+4F60].
    """
    html = unicodedata.normalize("NFC", skrift.uden_styretegn(html))
    if all(map(skrift.kan_tegnes, set(html))):
        return html
    return _ukendte_udtryk().sub(_i_stedet, html)


def _i_stedet(fund: re.Match) -> str:
    ukendt = fund.group()
    if ukendt.startswith("href="):
        return ukendt
    enkel = unicodedata.normalize("NFKC", ukendt)
    if all(map(skrift.kan_tegnes, enkel)) and not set(enkel) & set("<>&"):
        return enkel
    tegn = [f"U+{ord(t):04X}" for t in ukendt if not t.isspace()]
    antal = "tegn" if len(tegn) == 1 else f"{len(tegn)} tegn:"
    return f"[{antal} {' '.join(tegn[:3])}{' …' if len(tegn) > 3 else ''}]"


# --- after WeasyPrint -----------------------------------------------------------------------------------------------


def _efterbehandl(dokument, pdf) -> None:
    """WeasyPrint finisher: what PDF/UA and readers by ear need beyond what WeasyPrint writes."""
    _pdfua(pdf)
    _linktekster(dokument)
    _listepunkter(pdf)
    _tabelhoveder(pdf)


def _pdfua(pdf) -> None:
    xmp = _objekt(pdf, pdf.catalog["Metadata"])
    xmp.stream = [b"".join(xmp.stream).replace(b"</rdf:RDF>", PDFUA_XMP + b"</rdf:RDF>", 1)]


def _linktekster(dokument) -> None:
    """A link is described by its words, not by the name of its anchor. (One to nowhere has got no annotation.)"""
    import pydyf

    for side in dokument.pages:
        for _art, _maal, _ramme, boks in side.links:
            if boks.link_annotation:
                tekst = boks.element.get("aria-label") or "".join(boks.element.itertext())
                boks.link_annotation["Contents"] = pydyf.String(" ".join(tekst.split()))


def _listepunkter(pdf) -> None:
    """Paragraphs in a list item belong to its body; WeasyPrint leaves them beside it."""
    import pydyf

    for punkt in _strukturer(pdf, "/LI"):
        dele = [_objekt(pdf, barn) for barn in punkt["K"]]
        indhold = [del_ for del_ in dele if del_["S"] != "/Lbl"]
        if [del_["S"] for del_ in indhold] not in ([], ["/LBody"]):
            krop = pydyf.Dictionary(punkt | {"S": "/LBody", "P": punkt.reference})
            pdf.add_object(krop)
            for del_ in indhold:
                del_.update({"P": krop.reference} | ({"S": "/NonStruct"} if del_["S"] == "/LBody" else {}))
            krop["K"] = pydyf.Array([del_.reference for del_ in indhold])
            punkt["K"] = pydyf.Array([*(del_.reference for del_ in dele if del_["S"] == "/Lbl"), krop.reference])


def _tabelhoveder(pdf) -> None:
    """A heading says whether it heads its column or its row; WeasyPrint only lists the headings of each cell, which
    is not enough where merged cells leave a column without one.
    """
    for hoved in _strukturer(pdf, "/TH"):
        raekke = _objekt(pdf, hoved["P"])
        hoved["A"]["Scope"] = "/Column" if _objekt(pdf, raekke["P"])["S"] == "/THead" else "/Row"


def _strukturer(pdf, art: str) -> list:
    elementer = [o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"]
    return [element for element in elementer if element["S"] == art]


def _objekt(pdf, henvisning: bytes):
    nummer = henvisning.split()[0]
    return pdf.objects[int(nummer)]
