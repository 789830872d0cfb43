"""Filling somebody else's Word template (Landsbyggefonden's own, say) with an agreement.

A template is data from outside: it may hold placeholders, {% for %} and {% if %}, and nothing that runs. Everything it
says is checked against what there is to fill in before it is kept, and again each time it is used.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from aftaler.blokke import afsnit as afsnit_som_blokke
from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import AKTIVITETSANTAL, AKTIVITETSPROSA, Dokument, Underskriftslinje
from dokumenter.arkiv import ens_tider
from dokumenter.word import skabelonlaes
from dokumenter.word.stil import uden_styretegn
from helhedsplan.blokke.model import Blok, Loeb, Tabelblok, Tekstblok
from helhedsplan.blokke.prosa import prosablokke
from helhedsplan.formats import opremsning, tal
from helhedsplan.officefil import tjek_officefil
from helhedsplan.tid import tid

STOERST, STOERST_UDPAKKET, FLEST_FILER = 10_000_000, 60_000_000, 2_000
IKKE_DOCX = "Filen er ikke et Word-dokument (.docx). Gem skabelonen som Word-dokument uden makroer, og prøv igen."
FILTRE = {"default", "join", "length", "lower", "upper", "trim"}
AFSNITSTEKST = "tekst"


class Skabelonfejl(ValidationError):
    """The template cannot be kept or used; says what to mend in it."""


# --- what may stand in a template -------------------------------------------------------------------------------------


class Miljoe(ImmutableSandboxedEnvironment):
    """Jinja that compiles nothing but what `_Gennemgang` lets through: the text, headers, footers and properties."""

    def __init__(self, eksempel: Mapping[str, Any]):
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_ja_nej)
        self.eksempel = eksempel

    def _parse(self, source, name, filename):
        trae = super()._parse(source, name, filename)
        _Gennemgang().alle(trae.body, dict(self.eksempel))
        return trae


def _ja_nej(vaerdi: Any) -> Any:
    return JaNej(vaerdi) if isinstance(vaerdi, bool) else vaerdi


class JaNej(str):
    """A yes or no: asked by {% if %}, and printed as a Dane writes it."""

    __slots__ = ()

    def __new__(cls, ja: bool):
        return super().__new__(cls, "ja" if ja else "nej")

    def __bool__(self) -> bool:
        return self == "ja"


class _Gennemgang:
    """Walks a template with an example of each thing at hand; the first that is not known or not allowed stops it."""

    def alle(self, knuder: list[nodes.Node], navne: dict) -> None:
        for knude in knuder:
            self.saetning(knude, navne)

    def saetning(self, knude: nodes.Node, navne: dict) -> None:
        if isinstance(knude, nodes.Output):
            for del_ in knude.nodes:
                if not isinstance(del_, nodes.TemplateData):
                    self.vaerdi(del_, navne)
        elif isinstance(knude, nodes.If):
            self.vaerdi(knude.test, navne)
            for gren in (knude.body, knude.elif_, knude.else_):
                self.alle(gren, navne)
        elif isinstance(knude, nodes.For) and isinstance(knude.target, nodes.Name) and not knude.recursive:
            self.loekke(knude, navne)
        else:
            raise Skabelonfejl("Skabelonen må kun bruge pladsholdere, {% for %} og {% if %}.", code="ikke_tilladt")

    def loekke(self, knude: nodes.For, navne: dict) -> None:
        ting = self.vaerdi(knude.iter, navne)
        if not isinstance(ting, list):
            raise Skabelonfejl("Skabelonen gentager noget, der ikke er en liste.", code="ikke_liste")
        if knude.test is not None:
            raise Skabelonfejl("Skriv {% if %} inde i {% for %} i stedet for på samme linje.", code="ikke_tilladt")
        inde = navne | {knude.target.name: ting[0], "loop": {"index": 1, "first": True, "last": True}}
        self.alle(knude.body, inde)
        self.alle(knude.else_, navne)

    def vaerdi(self, knude: nodes.Node, navne: dict) -> Any:
        if isinstance(knude, nodes.Name):
            return self.kendt(navne, knude.name, knude.name)
        if isinstance(knude, nodes.Getattr):
            return self.kendt(self.vaerdi(knude.node, navne), knude.attr, _skrevet(knude))
        if isinstance(knude, nodes.Filter) and knude.node is not None and knude.name in FILTRE:
            for argument in knude.args:
                self.vaerdi(argument, navne)
            return self.vaerdi(knude.node, navne)
        if isinstance(knude, nodes.Const):
            return knude.value
        if isinstance(knude, nodes.Not | nodes.And | nodes.Or | nodes.Compare | nodes.Operand):
            for barn in knude.iter_child_nodes():
                self.vaerdi(barn, navne)
            return ""
        raise Skabelonfejl("Skabelonen må kun bruge pladsholdere, {% for %} og {% if %}.", code="ikke_tilladt")

    def kendt(self, hvor: Any, navn: str, skrevet: str) -> Any:
        if not isinstance(hvor, dict) or navn not in hvor:
            besked = f"Skabelonen har pladsholderen »{skrevet}«, som programmet ikke kender."
            raise Skabelonfejl(besked, code="ukendt", params={"navn": skrevet})
        return hvor[navn]


def _skrevet(knude: nodes.Node) -> str:
    if isinstance(knude, nodes.Getattr):
        return f"{_skrevet(knude.node)}.{knude.attr}"
    return knude.name if isinstance(knude, nodes.Name) else "…"


def tjek_fil(data: bytes) -> None:
    """A .docx without macros, that fetches nothing and unpacks to no more than a document. Raises Skabelonfejl."""
    if len(data) > STOERST:
        raise Skabelonfejl("Filen er for stor. En skabelon må højst fylde 10 MB.", code="for_stor")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pakke:
            filer = pakke.infolist()
            if len(filer) > FLEST_FILER or sum(fil.file_size for fil in filer) > STOERST_UDPAKKET:
                raise Skabelonfejl("Filen fylder for meget, når den pakkes ud.", code="for_stor")
            navne = [fil.filename.lower() for fil in filer]
            relationer = [pakke.read(fil) for fil in filer if fil.filename.endswith(".rels")]
        Document(io.BytesIO(data))
    except Skabelonfejl:
        raise
    except Exception as fejl:
        raise Skabelonfejl(IKKE_DOCX, code="ikke_docx") from fejl
    if any("vbaproject" in navn or "activex" in navn or "embeddings/" in navn for navn in navne):
        raise Skabelonfejl("Skabelonen må ikke have makroer eller indlejrede objekter.", code="makroer")
    if any(map(_henter_udefra, relationer)):
        raise Skabelonfejl("Skabelonen henter noget udefra. Læg billeder ind i selve dokumentet.", code="udefra")


def _henter_udefra(relationer: bytes) -> bool:
    rod = etree.fromstring(relationer, etree.XMLParser(resolve_entities=False, no_network=True))
    return any(r.get("TargetMode") == "External" and not str(r.get("Type")).endswith("/hyperlink") for r in rod)


def tjek(data: bytes, eksempel: Mapping[str, Any]) -> None:
    """The file may be kept: it is a document, it can be filled in, and what comes out is one. Raises Skabelonfejl."""
    tjek_fil(data)
    tjek_officefil(data)
    udfyld(data, eksempel, eksempel)


def udfyld(data: bytes, vaerdier: Mapping[str, Any], eksempel: Mapping[str, Any]) -> bytes:
    """The template with the values in it. Raises Skabelonfejl."""
    if fejl_i_dem := skabelonlaes.fejl_i_tags(data):
        raise Skabelonfejl([ValidationError(besked, code="skabelon") for besked in fejl_i_dem[:20]])
    skabelon = DocxTemplate(io.BytesIO(data))
    ud = io.BytesIO()
    try:
        skabelon.render(dict(vaerdier), Miljoe(eksempel))
        skabelon.save(ud)
    except Skabelonfejl as fejl:
        sted = skabelonlaes.sted_for(data, (fejl.params or {}).get("navn", "")) if fejl.params else ""
        raise Skabelonfejl(f"{sted}{fejl.message}", code=fejl.code) from fejl
    except TemplateError as fejl:
        raise Skabelonfejl(
            "Skabelonens pladsholdere kan ikke læses. Se efter, at hver {% if %} og {% for %} er lukket, "
            "og at et afsnitstag ({%p … %}) står alene i sit afsnit.",
            code="skabelon",
        ) from fejl
    if _blok_i_linje(skabelon):
        raise Skabelonfejl(
            "En hel tekst skal stå alene i et afsnit og skrives {{p … }}, for eksempel {{p afsnit.vision.tekst }}.",
            code="blok_i_linje",
        )
    return ens_tider(ud.getvalue())


def _blok_i_linje(skabelon: DocxTemplate) -> bool:
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return any(len(t) for t in skabelon.docx.element.body.iter(f"{w}t"))


# --- what there is to fill in -----------------------------------------------------------------------------------------


def vaerdier(
    papir: Dokument, *, dokument_id: str = "", udgave: str = "", underskrivere: tuple[Underskriftslinje, ...] = ()
) -> dict[str, Any]:
    """Everything that a template can name, by its name. Texts of several paragraphs are made for {{p … }}."""
    linjer = underskrivere or [Underskriftslinje(p.navn, p.underskriver, p.underskriver_titel) for p in papir.parter]
    efter_art = {a.art: a.indhold for a in papir.afsnit}
    return {
        "titel": _t(papir.titel),
        "plan": _t(papir.plan_navn),
        "omraade": _t(papir.omraadenavn),
        "omraader": _t(opremsning(list(papir.omraader))),
        "periode": papir.periode,
        "pulje": _t(papir.pulje),
        "regulativ": _t(tid(papir.regulativ, papir.regulativ_sagt).i_ord),
        "sagsnummer": _t(papir.lbf_sagsnummer),
        "dokument_id": dokument_id,
        "udgave": udgave,
        "parter": [{"navn": _t(p.navn), "administrerer": JaNej(p.administrerer)} for p in papir.parter],
        "underskrivere": [{"part": _t(u.part), "navn": _t(u.navn), "titel": _t(u.titel)} for u in linjer],
        "afsnit": {a.noegle.replace("-", "_"): _afsnit(papir, a) for a in papir.afsnit},
        "delmaal": [
            {"nummer": d.nummer, "tekst": _t(d.tekst), "maal": _t(d.maal_i_ord)}
            for d in efter_art.get(Afsnitsart.DELMAAL.value, ())
        ],
        "aktiviteter": [_aktivitet(papir, a) for a in efter_art.get(Afsnitsart.AKTIVITETER.value, ())],
        "samarbejdsparter": [
            {"navn": _t(s.navn), "rolle": _t(s.rolle), "aktivitet": _t(s.aktivitet)}
            for s in efter_art.get(Afsnitsart.SAMARBEJDSPARTER.value, ())
        ],
    }


def _afsnit(papir: Dokument, afsnit) -> dict[str, Any]:
    """The section as the PDF prints it, its parts under it."""
    del_ = afsnit_som_blokke(afsnit, papir.tal)
    blokke = list(del_.blokke)
    for under in del_.under:
        blokke.append(under.overskrift)
        blokke += _alle(under)
    return {"nummer": _t(afsnit.nummer), "titel": _t(afsnit.titel), AFSNITSTEKST: som_xml(blokke)}


def _alle(del_) -> list[Blok]:
    ud = list(del_.blokke)
    for under in del_.under:
        ud += [under.overskrift, *_alle(under)]
    return ud


def _aktivitet(papir: Dokument, a) -> dict[str, Any]:
    tekster = {felt.felt: felt.tekst for felt in a.prosa}
    antal = dict.fromkeys(AKTIVITETSANTAL, "") | {felt.felt: tal(felt.antal) for felt in a.antal}
    return {
        "navn": _t(a.navn),
        "nummer": a.nummer,
        "status": _t(a.status),
        "fortsaetter": _t(a.fortsaetter),
        "ansvarlig": _t(a.ansvarlig),
        "deltagere": antal["forventet_deltagertal"],
        **antal,
        "omraader": _t(opremsning(list(a.omraader))),
        "delmaal": _t("; ".join(a.delmaal)),
        "samarbejdsparter": [{"navn": _t(s.navn), "rolle": _t(s.rolle)} for s in a.samarbejdsparter],
        **{felt: som_xml(prosablokke(tekster.get(felt, ""), 5, papir.tal)) for felt in AKTIVITETSPROSA},
    }


def _t(tekst: str) -> str:
    return uden_styretegn(tekst)


# --- whole texts as XML that leans on no style of a template that we do not know --------------------------------------


def som_xml(blokke) -> Markup:
    """Paragraphs and tables for {{p … }}; footnotes are numbered in the text and stand below it."""
    noter: list[tuple[Loeb, ...]] = []
    ud = "".join(_tabel(b, noter) if isinstance(b, Tabelblok) else _afsnit_xml(b, noter) for b in blokke if _skrives(b))
    for nr, note in enumerate(noter, 1):
        ud += _p(_r(str(nr), '<w:vertAlign w:val="superscript"/>') + _r(" ", "") + _loeb(note, [], lille=True))
    return Markup(ud or _p(""))  # noqa: S704 -- every text in it is escaped below


def _skrives(blok: Blok) -> bool:
    return isinstance(blok, Tekstblok | Tabelblok)


def _afsnit_xml(tekst: Tekstblok, noter: list) -> str:
    fed = tekst.stil == "overskrift"
    indryk = f'<w:ind w:left="{360 * tekst.niveau}"/>' if tekst.stil in {"punkt", "fortsat"} else ""
    tegn = _r("• ", "") if tekst.stil == "punkt" else ""
    return _p(tegn + _loeb(tekst.loeb, noter, fed=fed), indryk)


def _p(indhold: str, egenskaber: str = "") -> str:
    return f"<w:p><w:pPr>{egenskaber}</w:pPr>{indhold}</w:p>"


def _loeb(loeb: tuple[Loeb, ...], noter: list, *, fed: bool = False, lille: bool = False) -> str:
    ud = ""
    for del_ in loeb:
        if del_.note is not None:
            noter.append(del_.note)
            ud += _r(str(len(noter)), '<w:vertAlign w:val="superscript"/>')
            continue
        udseende = ("<w:b/>" if fed or del_.fed else "") + ("<w:i/>" if del_.kursiv else "")
        ud += _r(del_.tekst, udseende + ('<w:sz w:val="18"/>' if lille else ""))
    return ud


def _r(tekst: str, udseende: str) -> str:
    linjer = uden_styretegn(tekst).split("\n")
    indhold = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(linje)}</w:t>' for linje in linjer)
    return f"<w:r><w:rPr>{udseende}</w:rPr>{indhold}</w:r>"


def _tabel(tabel: Tabelblok, noter: list) -> str:
    titel = _p(_loeb(tabel.titel, noter, fed=True)) if tabel.titel else ""
    kanter = "".join(
        f'<w:{k} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for k in ("top", "bottom", "insideH")
    )
    gitter = "<w:gridCol/>" * max(tabel.bredde, 1)
    raekker = "".join(f"<w:tr>{''.join(_celle(c, noter) for c in r.celler)}</w:tr>" for r in tabel.raekker)
    form = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{kanter}</w:tblBorders></w:tblPr>'
    return f"{titel}<w:tbl>{form}<w:tblGrid>{gitter}</w:tblGrid>{raekker}</w:tbl>{_p('')}"


def _celle(celle, noter: list) -> str:
    spaend = f'<w:gridSpan w:val="{celle.spaend}"/>' if celle.spaend > 1 else ""
    jc = '<w:jc w:val="right"/>' if celle.tal else ""
    tekster = "".join(_p(_loeb(t.loeb, noter, fed=celle.hoved), jc) for t in celle.tekster)
    return f"<w:tc><w:tcPr>{spaend}</w:tcPr>{tekster}</w:tc>"


ENTAL = {
    "parter": "part",
    "underskrivere": "underskriver",
    "delmaal": "et",
    "aktiviteter": "aktivitet",
    "samarbejdsparter": "samarbejdspart",
}


def pladsholdere(eksempel: Mapping[str, Any]) -> list[str]:
    """Every placeholder as it is typed in Word, in the order of the paper."""
    ud: list[str] = []
    for navn, vaerdi in eksempel.items():
        ud += _linjer(navn, vaerdi)
    return ud


def _linjer(navn: str, vaerdi: Any) -> list[str]:
    if isinstance(vaerdi, list):
        ental = ENTAL.get(navn.rpartition(".")[2], "en")
        inde = [linje for felt, v in vaerdi[0].items() for linje in _linjer(f"{ental}.{felt}", v)]
        return [f"{{%p for {ental} in {navn} %}}", *inde, "{%p endfor %}"]
    if isinstance(vaerdi, dict):
        return [linje for felt, v in vaerdi.items() for linje in _linjer(f"{navn}.{felt}", v)]
    return [f"{{{{p {navn} }}}}" if isinstance(vaerdi, Markup) else f"{{{{ {navn} }}}}"]
