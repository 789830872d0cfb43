"""Pages as a browser has them: their forms with what stands in them, their links, and what a form answers.

Nothing here knows a form by name: fields, buttons, what is required and where a fault stands are read from the page.
"""

import io
import re
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import openpyxl
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from PIL import Image

TEKSTFELTER = {"text", "search", "email", "password", "tel", "url", "number", "date", ""}
UDEN_VAERDI = {"submit", "button", "image", "reset"}
FEJL = "//*[contains(concat(' ', @class, ' '), ' form-error-message ')]"
FEJLLINJER = "//*[contains(concat(' ', @class, ' '), ' alert-error ')]//li"
BEKRAEFT = "bekraeftede_advarsler"


@dataclass(frozen=True)
class Knap:
    """A way to submit a form; without a name nothing of it is sent."""

    tekst: str
    navn: str = ""
    vaerdi: str = ""
    adresse: str = ""
    uden_krav: bool = False

    def __str__(self):
        return f"[{self.tekst}]"


@dataclass
class Felt:
    """A control, or the boxes of one group."""

    navn: str
    slags: str
    id: str
    vaerdier: list[str]
    valg: list[str] = field(default_factory=list)
    kraeves: bool = False
    accept: str = ""
    inputmode: str = ""
    dato: bool = False

    @property
    def mangler(self) -> bool:
        return self.kraeves and not any(v.strip() for v in self.vaerdier)

    def udfyld(self, skrives: dict[str, str]) -> None:
        """The least a person would write or choose."""
        if self.navn in skrives:
            self.vaerdier = [skrives[self.navn]]
        elif self.slags in ("select", "radio", "checkbox"):
            self.vaerdier = [v for v in self.valg if v][:1]
        elif self.slags == "email":
            self.vaerdier = ["ny.person@example.dk"]
        elif self.dato:
            self.vaerdier = ["1. marts 2026"]
        elif self.inputmode in ("numeric", "decimal"):
            self.vaerdier = ["2026" if "aar" in self.navn else "1"]
        elif self.slags != "file":
            self.vaerdier = ["Noget, der kan læses"]


@dataclass
class Formular:
    side: str
    metode: str
    adresse: str
    felter: list[Felt]
    knapper: list[Knap]

    @property
    def mangler(self) -> list[Felt]:
        return [felt for felt in self.felter if felt.mangler]

    def udfyld(self, skrives: dict[str, str]) -> None:
        """Fill in what must be; `skrives` has what a person knows who reads the page, field -> text."""
        for felt in self.felter:
            if felt.mangler or felt.navn in skrives:
                felt.udfyld(skrives)

    def send(self, client, knap: Knap, filer: bool = False):
        data: dict[str, list] = {}
        for felt in self.felter:
            vaerdier = [fil_til(felt.accept)] if filer and felt.slags == "file" and felt.kraeves else felt.vaerdier
            if vaerdier:
                data.setdefault(felt.navn, []).extend(vaerdier)
        if knap.navn:
            data.setdefault(knap.navn, []).append(knap.vaerdi)
        hvorhen = client.get if self.metode == "get" else client.post
        return hvorhen(urljoin(self.side, knap.adresse or self.adresse), data)


def laes(svar) -> html.HtmlElement:
    """The page of an answer; what lies in <template> is not on it."""
    dokument = html.fromstring(svar.content.decode())
    for skabelon in dokument.xpath("//template"):
        skabelon.drop_tree()
    return dokument


def formularer(dokument, side: str) -> list[Formular]:
    return [_formular(dokument, form, side) for form in dokument.xpath("//form")]


def _formular(dokument, form, side: str) -> Formular:
    egne = form.xpath(".//*[self::input or self::select or self::textarea or self::button][not(@form)]")
    if form.get("id"):
        egne += dokument.xpath("//*[@form=$id]", id=form.get("id"))
    egne = [el for el in egne if el.get("disabled") is None and not el.xpath("ancestor::fieldset[@disabled]")]
    felter: dict[tuple, Felt] = {}
    for el in egne:
        if el.tag != "button" and el.get("name") and el.get("type", "") not in UDEN_VAERDI:
            _laeg_til(felter, el)
    knapper = [_knap(el) for el in egne if _sender(el)]
    return Formular(side, form.get("method", "get").lower(), form.get("action") or side, [*felter.values()], knapper)


def _sender(el) -> bool:
    return el.get("type", "submit" if el.tag == "button" else "") in ("submit", "image")


def _knap(el) -> Knap:
    tekst = " ".join((el.text_content() or el.get("aria-label") or el.get("value", "")).split())
    uden_krav = el.get("formnovalidate") is not None
    return Knap(tekst, el.get("name", ""), el.get("value", ""), el.get("formaction", ""), uden_krav)


def _laeg_til(felter: dict, el) -> None:
    slags = el.get("type", "") if el.tag == "input" else el.tag
    samlet = slags in ("radio", "checkbox")
    noegle = (el.get("name"), slags) if samlet else (el.get("name"), len(felter))
    if noegle not in felter:
        gruppe = el.xpath("ancestor::fieldset[@data-kraeves]") if samlet else []
        felter[noegle] = Felt(
            navn=el.get("name"),
            slags=slags,
            id=el.get("id", ""),
            vaerdier=[],
            # `data-betinget` is what the label says has to be filled in on a condition.
            kraeves=bool(gruppe) or not {"required", "data-betinget"}.isdisjoint(el.attrib.keys()),
            accept=el.get("accept", ""),
            inputmode=el.get("inputmode", ""),
            dato=el.get("data-dato") is not None,
        )
    felt = felter[noegle]
    if samlet:
        felt.valg.append(el.get("value", "on"))
        felt.vaerdier += [el.get("value", "on")] if el.get("checked") is not None else []
    elif slags == "select":
        mulige = [o for o in el.xpath(".//option") if o.get("disabled") is None]
        felt.valg = [o.get("value", o.text_content()) for o in mulige]
        valgte = [v for o, v in zip(mulige, felt.valg, strict=True) if o.get("selected") is not None]
        ellers = felt.valg[:1] if el.get("multiple") is None else []
        felt.vaerdier = (valgte if el.get("multiple") is not None else valgte[-1:]) or ellers
    elif slags == "textarea":
        felt.vaerdier = [el.text_content().removeprefix("\n")]
    elif slags != "file":
        felt.vaerdier = [el.get("value", "")]


def skjulte(html: str) -> dict[str, str]:
    """The hidden fields of a page's text, quickly: where a page is asked for again and again."""
    fundet = {}
    for felt in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", html):
        dele = {navn: unescape(vaerdi) for navn, vaerdi in re.findall(r"(name|value)=\"([^\"]*)\"", felt)}
        if "name" in dele:
            fundet[dele["name"]] = dele.get("value", "")
    return fundet


# --- what a form answers --------------------------------------------------------------------------------------------


def fejl_paa(dokument) -> dict[str, str]:
    """Where a fault stands -> what it says; those that stand nowhere are gathered under ""."""
    ved = {el.get("id", "").removesuffix("_error"): _tekst(el) for el in dokument.xpath(FEJL)}
    for linje in dokument.xpath(FEJLLINJER):
        if not linje.xpath(".//a[starts-with(@href, '#')]"):
            ved[""] = _tekst(linje)
    return ved


def _tekst(el) -> str:
    return " ".join(el.text_content().split())


def dom(client, form: Formular, knap: Knap, filer: bool = False, er_gemt: bool = False) -> str:
    """What is wrong with the answer, or "". Of what is saved already (`er_gemt`) nothing more can be asked."""
    mangler = [] if filer or er_gemt or knap.uden_krav else form.mangler
    svar = form.send(client, knap, filer)
    if svar.status_code < 400:
        return ""
    if svar.status_code == 422 and (igen := bekraeftes(svar, form.side)):
        svar = igen.send(client, igen.knapper[0], filer)
        if svar.status_code < 400:
            return ""
    if not svar.get("Content-Type", "").startswith("text/html"):
        return f"{svar.status_code}"
    fejl = fejl_paa(laes(svar))
    steder = {felt.id for felt in mangler} | {felt.id.rpartition("_")[0] for felt in mangler}
    if svar.status_code == 422 and mangler and set(fejl) and set(fejl) <= steder:
        return ""
    return f"{svar.status_code} {fejl}"


def bekraeftes(svar, side: str) -> Formular | None:
    """The form again, where it asks once more before it saves."""
    dokument = laes(svar)
    return next((f for f in formularer(dokument, side) if any(felt.navn == BEKRAEFT for felt in f.felter)), None)


# --- files ----------------------------------------------------------------------------------------------------------


def fil_til(accept: str) -> SimpleUploadedFile:
    """A small true file of the first kind that a field takes."""
    endelse = next((endelse for tegn, endelse in FILER.items() if tegn in accept), ".pdf")
    return SimpleUploadedFile(f"fil{endelse}", LAVES[endelse]())


@cache
def _pdf() -> bytes:
    ud = io.BytesIO()
    pdf = pikepdf.new()
    side = pdf.add_blank_page(page_size=(595, 842))
    side.Contents = pdf.make_stream(b"0 g 100 100 300 40 re f")
    pdf.save(ud)
    return ud.getvalue()


@cache
def _png() -> bytes:
    ud = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(ud, "PNG")
    return ud.getvalue()


@cache
def _xlsx() -> bytes:
    ud, bog = io.BytesIO(), openpyxl.Workbook()
    bog.active.append(["År", "Tal"])
    bog.save(ud)
    return ud.getvalue()


FILER = {"pdf": ".pdf", "png": ".png", ".xlsx": ".xlsx"}
LAVES = {".pdf": _pdf, ".png": _png, ".xlsx": _xlsx}


# --- links ----------------------------------------------------------------------------------------------------------


def henvisninger(dokument, side: str) -> list[str]:
    """The addresses of our own that the page leads to, whole."""
    steder = [str(v) for v in dokument.xpath("//a/@href | //area/@href | //img/@src | //iframe/@src")]
    hele = [urljoin(side, sted) for sted in steder if not sted.startswith(("data:", "mailto:", "tel:", "webcal:"))]
    return [sted for sted in dict.fromkeys(hele) if not urlsplit(sted).netloc and not sted.startswith("/static/")]
