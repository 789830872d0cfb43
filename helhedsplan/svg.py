"""What every picture of the house is drawn with: SVG as text, the same on the page and in the paper.

Presentation attributes only (the security policy allows no inline style, and the archive no opacity), black and grey,
a title and a description that say in words what the picture shows.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

BREDDE = 720
SKRIFT = 14
BLAEK, GRAA, SVAG = "#1a1a1a", "#595959", "#8e8e8e"
INTET = SafeString("")


def koordinat(vaerdi: float) -> str:
    return f"{vaerdi:.1f}".removesuffix(".0")


def billede(
    anker: str,
    hoejde: float,
    titel: str,
    beskrivelse: str,
    krop: Iterable[SafeString],
    *,
    bredde: float = BREDDE,
    skrift: int = SKRIFT,
) -> SafeString:
    """The whole picture; `anker` is its id, unique on the page."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" id="{0}" role="img" aria-labelledby="{0}-titel"'
        ' aria-describedby="{0}-tekst" viewBox="0 0 {1} {2}" width="{1}" height="{2}"'
        ' font-family="IBM Plex Sans, sans-serif" font-size="{3}"><title id="{0}-titel">{4}</title>'
        '<desc id="{0}-tekst">{5}</desc>{6}</svg>',
        anker,
        koordinat(bredde),
        koordinat(hoejde),
        skrift,
        titel,
        beskrivelse,
        SafeString("".join(krop)),
    )


def tekst(x: float, y: float, ord_: str, anker: str = "start", *, vaegt: str = "400", fyld: str = BLAEK) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-weight="{}" fill="{}">{}</text>',
        koordinat(x), koordinat(y), anker, vaegt, fyld, ord_,
    )  # fmt: skip


def streg(punkter: Sequence[tuple[float, float]], *, moenster: str = "", tykkelse: float = 2, farve: str = BLAEK):
    """An open line through points; '' for fewer than two."""
    if len(punkter) < 2:
        return INTET
    sti = "M" + "L".join(f"{koordinat(x)} {koordinat(y)}" for x, y in punkter)
    brudt = format_html(' stroke-dasharray="{}"', moenster) if moenster else INTET
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{}"{}/>', sti, farve, koordinat(tykkelse), brudt
    )
