"""No fact is lost on its way to paper: what the builders say stands in a list, nothing in them can be taken out or
renamed unseen, and every way out says the same words."""

import ast
import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import zip_longest
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from docx import Document
from hypothesis import Phase, given
from hypothesis import settings as valg
from hypothesis import strategies as st

from aftaler import blokke as aftaleblokke
from aftaler.queries.dokument import Billedvisning
from budget import blokke as budgetblokke
from dokumenter.word import docx
from helhedsplan.blokke import tegn
from helhedsplan.blokke.model import Billedblok, Blokdel, Blokdokument, Loeb, Tabelblok, Tekstblok
from helhedsplan.blokke.tryk import tryk
from helhedsplan.tekst import Talkilde
from moeder import blokke as moedeblokke
from status import blokke as kortblokke
from tests.dokumenter import blokproeve as proeve
from tests.dokumenter.ordbehandler import linjer
from tests.dokumenter.test_word import hent

LISTE = Path(__file__).parent / "blokke.txt"


def test_hvad_papirerne_siger_er_som_det_skal_vaere():
    """Meant to be otherwise: `make blokliste`, and read the difference."""
    assert proeve.hele_listen() == LISTE.read_text(encoding="utf-8")


# --- nothing in a builder can go or be renamed unseen ----------------------------------------------------------------


def skader(kilde: str) -> Iterator[tuple[str, ast.Module]]:
    """The source with one thing damaged: an element of a tuple, list, dict or call left out, or a text changed."""
    trae = ast.parse(kilde)
    i_typer = {id(del_) for k in ast.walk(trae) if isinstance(k, ast.Subscript) for del_ in ast.walk(k.slice)}
    knuder = [k for k in ast.walk(trae) if id(k) not in i_typer]
    steder = [(k, felt) for k in knuder for felt in ("elts", "args", "keys") if _er_liste(k, felt)]
    for knude, felt in steder:
        for nr, element in enumerate(getattr(knude, felt)):
            foer = {f: list(getattr(knude, f)) for f in ({felt, "values"} if felt == "keys" else {felt})}
            for f in foer:
                del getattr(knude, f)[nr]
            yield f"linje {element.lineno}: uden {ast.unparse(element)[:60]}", trae
            for f, vaerdi in foer.items():
                setattr(knude, f, vaerdi)
    for tekst in _tekster(trae):
        tekst.value += "¤"
        yield f"linje {tekst.lineno}: {tekst.value}", trae
        tekst.value = tekst.value[:-1]


def _er_liste(knude: ast.AST, felt: str) -> bool:
    if isinstance(knude, ast.Call):
        return felt == "args"
    laest = isinstance(getattr(knude, "ctx", ast.Load()), ast.Load)
    return laest and isinstance(knude, ast.Tuple | ast.List | ast.Set | ast.Dict) and hasattr(knude, felt)


def _tekster(trae: ast.Module) -> list[ast.Constant]:
    forklaring = {id(k.value) for k in ast.walk(trae) if isinstance(k, ast.Expr)}
    return [
        k
        for k in ast.walk(trae)
        if isinstance(k, ast.Constant) and isinstance(k.value, str) and k.value and id(k) not in forklaring
    ]


def uden_typer(kilde: str) -> str:
    """Without annotations, in which a tuple or a text says nothing."""

    class Uden(ast.NodeTransformer):
        def visit_arg(self, node):
            node.annotation = None
            return node

        def visit_FunctionDef(self, node):
            node.returns = None
            return self.generic_visit(node)

        def visit_AnnAssign(self, node):
            return ast.copy_location(ast.Assign([node.target], self.visit(node.value)), node)

    return ast.unparse(ast.fix_missing_locations(Uden().visit(ast.parse(kilde))))


@pytest.mark.parametrize("modul", proeve.BYGGERE, ids=lambda m: m.__name__)
def test_intet_kan_tages_ud_af_en_bygger_eller_omdoebes_uset(modul):
    kilde = uden_typer(Path(modul.__file__).read_text(encoding="utf-8"))
    papirer = proeve.BYGGERE[modul]
    rigtigt = list(proeve.skrevet_ud(papirer(modul)))
    set_, antal = [], 0
    for hvad, trae in skader(kilde):
        antal += 1
        skadet = ModuleType(modul.__name__)
        try:
            exec(compile(trae, modul.__file__, "exec"), vars(skadet))  # noqa: S102 -- our own source
            if all(a == b for a, b in zip_longest(proeve.skrevet_ud(papirer(skadet)), rigtigt)):
                set_.append(hvad)
        except Exception:  # noqa: BLE001, S112 -- a damage that stops the paper is seen
            continue
    assert antal > 100
    assert not set_, "\n".join(set_)


# --- the same words on every way out ---------------------------------------------------------------------------------

ORD = st.text("abcdefgæøåABC0123,%", min_size=1, max_size=9)
LINJE = st.lists(ORD, min_size=1, max_size=4).map(" ".join)
FORMER = (
    "<p>{0}</p>",
    "<h3>{0}</h3>",
    '<p>{0}<span class="fodnote">{1}</span> <strong>{1}</strong></p>',
    '<ol start="3"><li>{0}</li><li>{1}</li></ol>',
    "<ul><li>{0}<ul><li><p>{1}</p><p>{0}</p></li></ul></li></ul>",
    "<blockquote><p>{0}</p><ul><li>{1}</li></ul></blockquote>",
    "<table><caption>{0}</caption><tr><th>{1}</th><th>{0}</th></tr><tr><td colspan='9'>{1}</td></tr></table>",
)
PROSA = st.lists(st.tuples(st.sampled_from(FORMER), LINJE, LINJE), max_size=5).map(
    lambda dele: "".join(form.format(*ord_) for form, *ord_ in dele)
)


@st.composite
def planer(draw):
    """The paper that holds one of everything, with other words, other prose and some of its sections left out."""
    grund = proeve.aftale()

    def omskrevet(vaerdi):
        if isinstance(vaerdi, tuple) and not isinstance(vaerdi, str):
            return tuple(omskrevet(v) for v in vaerdi)
        if not is_dataclass(vaerdi) or isinstance(vaerdi, Billedvisning | Talkilde):
            return vaerdi
        nye = {felt.name: omskrevet(getattr(vaerdi, felt.name)) for felt in fields(vaerdi)}
        ord_ = {navn for navn, v in nye.items() if isinstance(v, str)}
        for navn in {"navn", "titel", "ansvarlig", "rolle", "haandtering", "maal_i_ord", "opgave", "til"} & ord_:
            nye[navn] = draw(LINJE) if nye[navn] else ""
        if nye.get("tekst", "").startswith("<p>"):
            nye["tekst"] = draw(PROSA)
        return type(vaerdi)(**nye)

    afsnit = [omskrevet(a) for a in grund.afsnit if draw(st.integers(0, 3))]
    return replace(grund, titel=draw(LINJE), afsnit=tuple(afsnit))


def ord_i(linjer_) -> Counter:
    return Counter(" ".join(linjer_).replace("\u00a0", " ").split())


def blokord(d: Blokdokument) -> Counter:
    """The words of the blocks, in no order; figures say nothing of their own."""
    ud: list[str] = []

    def loeb(alle: tuple[Loeb, ...]) -> str:
        ud.extend(loeb(en.note) for en in alle if en.note is not None)
        return "".join(en.tekst for en in alle)

    def tekster(del_: Blokdel) -> None:
        ud.append(f"{del_.nummer} {del_.titel}")
        for blok in del_.blokke:
            if isinstance(blok, Tekstblok):
                ud.append(loeb(blok.loeb))
            elif isinstance(blok, Tabelblok):
                ud.append(loeb(blok.titel))
                ud.extend(loeb(t.loeb) for r in blok.raekker for c in r.celler for t in c.tekster)
            elif isinstance(blok, Billedblok):
                ud.append(blok.billedtekst)
        for under in del_.under:
            tekster(under)

    for del_ in d.dele:
        tekster(del_)
    return ord_i(ud)


UDEN_ORD = re.compile(
    r"<svg.*?</svg>|<sup>.*?</sup>|<head>.*?</head>|<div class=.indhold.>.*?</div>"
    r"|<h3>(Noter|Organisationsdiagram)</h3>",
    re.DOTALL,
)
I_LINJEN = re.compile(r"</?(strong|em|a|span)[^>]*>")


def papirord(kilde: str) -> Counter:
    """The words of HTML, without its contents, the numbers of its notes and its drawings."""
    uden = I_LINJEN.sub("", UDEN_ORD.sub("", kilde))
    return ord_i(html.unescape(linje) for linje in re.sub(r"<[^>]*>", "\n", uden).splitlines())


def wordord(data: bytes) -> Counter:
    """The words of a Word document, without its list of contents."""
    fil = Document(io.BytesIO(data))
    for p in fil.paragraphs:
        if p.style.name.startswith(("toc ", "TOC ")):
            p._p.getparent().remove(p._p)
    ud = io.BytesIO()
    fil.save(ud)
    return ord_i(linje.removeprefix("note: ") for linje in linjer(ud.getvalue()))


@valg(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])  # a smaller one would take minutes
@given(papir=planer())
def test_papir_side_word_og_blokke_har_de_samme_ord(papir):
    for d in (aftaleblokke.blokdokument(papir, stempel=proeve.STEMPEL), aftaleblokke.blokdokument(papir)):
        ventet = blokord(d)
        assert papirord(tegn.papir(d, {})) == ventet
        assert wordord(docx(d, hent)) == ventet
        fakta, krop = tegn.laeseside(d, {})
        assert papirord(fakta + krop) == blokord(uden_forsidens_linjer(d))


def uden_forsidens_linjer(d: Blokdokument) -> Blokdokument:
    """As a page has it, which says itself what the paper is called."""
    forside, *resten = d.dele
    fakta = tuple(blok for blok in forside.blokke if getattr(blok, "stil", "") not in tegn.TITELLINJER)
    return replace(d, dele=(replace(forside, blokke=fakta), *resten))


def test_budgettet_siger_det_samme_paa_papir_side_og_i_word():
    papirer = [d for _, d in proeve.budgetter(budgetblokke.blokdokument)]
    assert papirer
    for d in papirer:
        assert papirord(tegn.papir(d, {})) == blokord(d) == wordord(docx(d, hent))


@pytest.mark.parametrize("modul", [moedeblokke, kortblokke], ids=lambda m: m.__name__)
def test_bestyrelsens_papirer_siger_det_samme_paa_papir_side_og_i_word(modul):
    papirer = [d for _, d in proeve.BYGGERE[modul](modul)]
    assert papirer
    for d in papirer:
        assert papirord(tegn.papir(d, {})) == blokord(d) == wordord(docx(d, hent))
        assert papirord("".join(tegn.laeseside(d, {}))) == blokord(uden_forsidens_linjer(d))


@pytest.mark.parametrize("papir", [proeve.aftaler, proeve.budgetter])
def test_den_trykte_fil_har_blokkenes_bogstaver(papir):
    byg = aftaleblokke if papir is proeve.aftaler else budgetblokke
    papirer = [d for _, d in papir(byg.blokdokument)]
    assert papirer
    for d in papirer:
        data = tryk(d, "x.pdf", noegle="eksempel", aendret=None).data
        trykt = Counter("".join(side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(data)))
        for tegn_, antal in Counter("".join(blokord(d).elements())).items():
            assert trykt[tegn_] >= antal, tegn_
