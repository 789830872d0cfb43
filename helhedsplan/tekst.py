"""Text that people type and paste: CPR check, sanitised prose, footnotes, plain text.

Prose is stored as a small, fixed subset of HTML. A footnote is its own text in place, `<span class="fodnote">…</span>`;
pages and papers number it when they are drawn, so numbers never go stale.
"""

import html
import re

import nh3
from django.core.exceptions import ValidationError

CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}\s?[-\u2010-\u2015\u2212 ]\s?\d{4}(?!\d)")
CPR_BESKED = (
    "Teksten indeholder noget, der ligner et CPR-nummer. Personoplysninger hører ikke til i en helhedsplan. "
    "Fjern nummeret, og gem igen."
)

MAERKER = {
    "p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "span",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTTER = {"a": {"href"}, "td": {"colspan"}, "th": {"colspan", "scope"}, "ol": {"start"}, "span": {"class"}}
RENSER = nh3.Cleaner(
    tags=MAERKER,
    attributes={k: v - {"class"} for k, v in ATTRIBUTTER.items()},
    allowed_classes={"span": {"fodnote"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
KLUMPER = re.compile(r"</(?:p|h3|h4|li|tr|caption|blockquote|td|th)>|<br ?/?>", re.IGNORECASE)
MAERKE = re.compile(r"<[^>]+>")
TOM_KLUMP = re.compile(r"<(p|h3|h4)>(?:\s|&nbsp;|<br>)*</\1>")
INDDELT = re.compile(r"<(?:p|h3|h4|ul|ol|li|blockquote|table)\b")


def uden_cpr(tekst: str) -> None:
    """Refuse text that holds something of the form DDMMYY-NNNN, also when mark-up stands between the digits."""
    if isinstance(tekst, str) and (CPR.search(tekst) or CPR.search(html.unescape(MAERKE.sub("", tekst)))):
        raise ValidationError(CPR_BESKED, code="cpr")


def rens(tekst: str) -> str:
    """Keep the allowed mark-up, drop everything else (script and style with their content). Idempotent.

    Empty paragraphs and headings go; text without any paragraph gets them, at its empty lines.
    """
    renset = RENSER.clean(tekst.replace("\x00", "").replace("\r\n", "\n"))
    renset = TOM_KLUMP.sub("", renset).strip()
    if not ren_tekst(renset):
        return ""
    return renset if INDDELT.search(renset) else _i_afsnit(renset)


def _i_afsnit(tekst: str) -> str:
    if MAERKE.search(tekst):
        return f"<p>{tekst}</p>"
    return "".join(f"<p>{afsnit.replace(chr(10), '<br>')}</p>" for afsnit in re.split(r"\s*\n\s*\n\s*", tekst))


def ren_tekst(prosa: str) -> str:
    """Prose as plain text, one line per block; for search, summaries and emptiness."""
    linjer = html.unescape(MAERKE.sub("", KLUMPER.sub("\n", prosa))).replace("\u00a0", " ").splitlines()
    return "\n".join(linje.strip() for linje in linjer if linje.strip())
