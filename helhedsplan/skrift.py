"""What the fonts of the papers can draw.

IBM Plex Sans draws the text; what it lacks (symbols, arrows, emoji in black, Hebrew) is drawn with Noto, and Arabic
with Plex's own, of which a paper takes in only what it needs. What none of them has is never drawn with whatever font
a machine happens to have, or as an empty box: it is told of where it is typed, found by the checks, and stops a
freezing.
"""

import re
import unicodedata
from functools import lru_cache

from django.contrib.staticfiles import finders

SNIT = ["Regular", "Italic", "SemiBold"]
SYMBOLER = "symboler/NotoSansSymbols2-udsnit"
#: Asked in this order for what Plex lacks; scripts first, for the mathematical one has Arabic letters
#: that do not join.
EKSTRA = ["NotoSansHebrew", "IBMPlexSansArabic", "NotoSansSymbols2", "NotoSansSymbols", "NotoSansMath", "NotoEmoji"]
STYRETEGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Joiners, direction marks, variation selectors and tags: nothing to see, and nothing to steer in our scripts.
USYNLIGE = re.compile("[\u200c-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0001-\U000e007f]")
# What a screen joins to one sign and a paper draws as its parts: two letters of a flag, people joined by a joiner, a
# flag written in tags, a sign with a colour of skin.
_DEL = "[\U0001f000-\U0001faff\u2600-\u27bf]\ufe0f?[\U0001f3fb-\U0001f3ff]?"
SAMMENSATTE = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    f"|{_DEL}(?:\u200d(?:{_DEL}|[\u2190-\u2bff]\ufe0f?))+"
    "|\U0001f3f4[\U000e0020-\U000e007f]+"
    "|[\U0001f000-\U0001faff\u2600-\u27bf]\ufe0f?[\U0001f3fb-\U0001f3ff]"
)
LUFT = frozenset(map(ord, "\t\n\r "))


def uden_styretegn(tekst: str) -> str:
    return USYNLIGE.sub("", STYRETEGN.sub("", tekst))


def _tegn(navn: str) -> set[int]:
    from fontTools.ttLib import TTFont

    with TTFont(finders.find(f"vendor/{navn}.woff2"), lazy=True) as skrift:
        return set(skrift.getBestCmap())


@lru_cache
def husets() -> frozenset[int]:
    """What a paper draws with the house's own font, upright, italic and semi-bold, and its few symbols."""
    tekst = set.intersection(*(_tegn(f"plex/IBMPlexSans-{snit}") for snit in SNIT))
    return frozenset(tekst | _tegn(SYMBOLER) | LUFT)


def fil(navn: str) -> str:
    return f"{'plex' if navn.startswith('IBM') else 'noto'}/{navn}"


@lru_cache
def ekstra(navn: str) -> frozenset[int]:
    return frozenset(_tegn(fil(navn)))


@lru_cache
def alle() -> frozenset[int]:
    return husets().union(*map(ekstra, EKSTRA))


def kan_tegnes(tegn: str) -> bool:
    return ord(tegn) in husets() or ord(tegn) in alle()


def brugte(tekst: str) -> list[str]:
    """The extra fonts that a text takes."""
    mangler = {ord(tegn) for tegn in set(tekst)} - husets()
    fundne = []
    for navn in EKSTRA:
        if mangler & ekstra(navn):
            fundne.append(navn)
            mangler -= ekstra(navn)
        if not mangler:
            break
    return fundne


def stilark(tekst: str) -> str:
    """The print CSS that brings in the extra fonts of a text; '' when it takes none."""
    navne = brugte(tekst)
    if not navne:
        return ""
    flader = "".join(
        f'@font-face{{font-family:"{navn}";src:url("statisk:vendor/{fil(navn)}.woff2") format("woff2")}}'
        for navn in navne
    )
    familie = familier(tekst)
    return f"{flader}@page{{font-family:{familie} !important}}html{{font-family:{familie} !important}}"


def familier(tekst: str) -> str:
    """The fonts of a text, in the order they are asked."""
    return ", ".join(["IBM Plex Sans", "Symboler", *brugte(tekst)])


def uden_skrift(tekst: str) -> list[str]:
    """The characters that no paper can draw, as they are met, each once; what has a plain counterpart can be drawn."""
    rest = unicodedata.normalize("NFC", uden_styretegn(tekst))
    ukendte = [t for t in dict.fromkeys(rest) if not kan_tegnes(t)]
    return [t for t in ukendte if not all(map(kan_tegnes, unicodedata.normalize("NFKC", t)))]


def sammensatte(tekst: str) -> dict[str, str]:
    """Signs that a paper draws as their parts, each with those parts: {"🇩🇰": "🇩 🇰"}."""
    return {
        fundet[0]: " ".join(t for t in uden_styretegn(fundet[0]) if kan_tegnes(t))
        for fundet in SAMMENSATTE.finditer(tekst)
    }


def navn(tegn: str) -> str:
    return f"{tegn} (U+{ord(tegn):04X})"


#: So many of the characters that cannot be printed are named; the rest are counted.
NAEVNES = 5


def flere(ukendte) -> list[str]:
    """How many are not named, as the end of a list; empty when all are."""
    rest = len(ukendte) - NAEVNES
    return [f"{rest} til"] if rest > 0 else []
