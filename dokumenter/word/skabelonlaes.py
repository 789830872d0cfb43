"""The tags of a Word template as its author sees them: which paragraph, what is typed, and what is wrong with it.

The engine knows neither paragraphs nor Danish; so every tag is read by itself before the engine gets the file.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx import Document
from jinja2 import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_INDHOLD = re.compile(r"\{[{%](?P<art>tr|tc|p|r)?-?(?=\s|-|\b)(?P<ord>.*?)-?[%}]\}", re.DOTALL)
_KROELLET = re.compile("[‘’‚‛“”„‟«»‹›´`]")
_FLETFELT = re.compile(r"MERGEFIELD\s+\"?([^\"\\]+?)\"?\s*(?:\\|$)")
_VIST_FLETFELT = re.compile("«([^«»]{1,60})»")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AABNER = {"if": "endif", "for": "endfor"}
MELLEM = {"else": {"if", "for"}, "elif": {"if"}}


@dataclass(frozen=True)
class Tag:
    """A tag as typed, and where it stands."""

    sted: str
    tekst: str

    @property
    def er_saetning(self) -> bool:
        return self.tekst.startswith("{%")

    @property
    def ord(self) -> str:
        fundet = _INDHOLD.fullmatch(self.tekst)
        return fundet["ord"].strip() if fundet else self.tekst[2:-2].strip()


def _afsnit(data: bytes) -> Iterator[tuple[str, str]]:
    """(where, the text) of each paragraph, in tables too, and of headers and footers."""
    word = Document(io.BytesIO(data))
    for nr, p in enumerate(word.element.body.iter(f"{_W}p"), 1):
        yield f"Afsnit {nr}", _tekst(p)
    for sektion in word.sections:
        for navn, del_ in (("Sidehovedet", sektion.header), ("Sidefoden", sektion.footer)):
            for p in del_._element.iter(f"{_W}p"):
                yield navn, _tekst(p)


def _tekst(p) -> str:
    return "".join(t.text or "" for t in p.iter(f"{_W}t"))


def tags(data: bytes) -> list[Tag]:
    return [Tag(sted, fundet) for sted, tekst in _afsnit(data) for fundet in _TAG.findall(tekst)]


def fejl_i_tags(data: bytes) -> list[str]:
    """What is wrong with how the tags are written, each with its place and the tag; none when they can be read."""
    fejl = [f"{sted}: »{rest}« er ikke lukket. Et tag slutter med }}}} eller %}}." for sted, rest in _aabne(data)]
    fundne = tags(data)
    fejl += [f"{tag.sted}, »{tag.tekst}«: {besked}" for tag in fundne if (besked := _fejl_i(tag))]
    return fejl or _forkert_lukket(fundne)


def _aabne(data: bytes) -> Iterator[tuple[str, str]]:
    for sted, tekst in _afsnit(data):
        rest = re.search(r"\{[{%].*", _TAG.sub("", tekst))
        if rest:
            yield sted, rest[0][:60]


def _fejl_i(tag: Tag) -> str:
    if tag.tekst.startswith("{#"):
        return ""
    if _KROELLET.search(tag.ord):
        return (
            "Anførselstegnene er krøllede, og dem forstår skabelonen ikke. Skriv lige anførselstegn (' eller \"); "
            "i Word: tryk Ctrl+Z, lige når tegnet er skrevet."
        )
    if "%" in tag.ord:
        return "Tegnet % kan ikke stå inde i et tag: skabelonen kan ikke regne. Tag det ud."
    if tag.er_saetning:
        return _fejl_i_saetning(tag.ord)
    return "" if _kan_laeses(f"{{{{ {tag.ord} }}}}") else "Det kan ikke læses. Skriv navnet på en pladsholder."


def _fejl_i_saetning(ord_: str) -> str:
    foerste = ord_.split(maxsplit=1)[0] if ord_.split() else ""
    if foerste in AABNER:
        hel = f"{{% {ord_} %}}{{% {AABNER[foerste]} %}}"
        return "" if _kan_laeses(hel) else f"Betingelsen efter »{foerste}« kan ikke læses."
    if foerste in {*AABNER.values(), *MELLEM}:
        return ""
    return "" if _kan_laeses(f"{{% {ord_} %}}") else "Skabelonen må kun bruge pladsholdere, {% for %} og {% if %}."


def _kan_laeses(tekst: str) -> bool:
    try:
        ImmutableSandboxedEnvironment(autoescape=True).parse(tekst)
    except TemplateSyntaxError:
        return False
    return True


def _forkert_lukket(fundne: list[Tag]) -> list[str]:
    """An {% if %} or {% for %} without its end, and the other way round."""
    aabne: list[tuple[str, Tag]] = []
    for tag in fundne:
        ord_ = tag.ord.split()[0] if tag.er_saetning and tag.ord.split() else ""
        if ord_ in AABNER:
            aabne.append((ord_, tag))
        elif ord_ in AABNER.values():
            if not aabne or AABNER[aabne[-1][0]] != ord_:
                return [f"{tag.sted}, »{tag.tekst}«: Der er ingen {{% {ord_[3:]} %}} at lukke her."]
            aabne.pop()
        elif ord_ in MELLEM and (not aabne or aabne[-1][0] not in MELLEM[ord_]):
            return [f"{tag.sted}, »{tag.tekst}«: Det hører ikke til i nogen {{% if %}}."]
    return [f"{t.sted}, »{t.tekst}«: Der mangler {{% {AABNER[o]} %}} efter det." for o, t in aabne]


def sted_for(data: bytes, navn: str) -> str:
    """Where a placeholder is first used, with the tag; "" when it is not in the text."""
    ord_ = re.compile(rf"(?<![\w.]){re.escape(navn)}(?!\w)")
    return next((f"{tag.sted}, »{tag.tekst}«: " for tag in tags(data) if ord_.search(tag.ord)), "")


def fletfelter(data: bytes) -> list[str]:
    """The merge fields of Word that nobody fills in, by name."""
    word = Document(io.BytesIO(data))
    dele = [word.element.body, *(d._element for s in word.sections for d in (s.header, s.footer))]
    koder = [e.get(f"{_W}instr") or "" for del_ in dele for e in del_.iter(f"{_W}fldSimple")]
    koder += ["".join(e.text or "" for e in p.iter(f"{_W}instrText")) for del_ in dele for p in del_.iter(f"{_W}p")]
    navne = [fundet[1].strip() for kode in koder for fundet in _FLETFELT.finditer(kode)]
    navne += [vist for _, tekst in _afsnit(data) for vist in _VIST_FLETFELT.findall(_TAG.sub("", tekst))]
    return list(dict.fromkeys(navne))
