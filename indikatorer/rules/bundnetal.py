"""Figures in prose held against the measurements they are bound to: do they say the same, and what would the newest
say. Pure; numbers are found in the text as Danish papers write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from helhedsplan.choices import Alvor
from helhedsplan.formats import afrund, antal, tal
from helhedsplan.fund import Fund
from helhedsplan.tallaeser import Talfejl, laes
from indikatorer.rules.kontrol import EGEN

#: What stands together as one number in prose; a hyphen between two of them is no minus.
I_TEKST = re.compile(
    r"(?:(?<![\w.,%-])[-\u2212])?\d(?:[\d.,'\u2019]|[\u00a0\u2009\u202f](?=\d{3}(?!\d)))*(?<![.,'\u2019])"
)
ULAESELIGT = Decimal("NaN")


@dataclass(frozen=True)
class Trykttal:
    """A measurement's figures, and how it is printed as a whole ('266 (88,4 %)')."""

    antal: int | None
    grundlag: int | None
    vaerdi: Decimal | None
    decimaler: int
    trykt: str


@dataclass(frozen=True)
class Bundet:
    """A figure in a section's text, the measurement behind it, and the newer one at the same place, if any.

    `nummer` counts the bound figures of the section from 1; `url` opens the section's text.
    """

    afsnit: int
    afsnit_titel: str
    url: str
    nummer: int
    henvisning: str
    tekst: str
    hvad: str
    maalt: Trykttal
    skjult: bool
    ny_henvisning: str = ""
    ny_hvad: str = ""
    ny_tekst: str = ""

    @property
    def passer(self) -> bool:
        return passer(self.tekst, self.maalt)

    @property
    def er_foraeldet(self) -> bool:
        return bool(self.ny_henvisning)


def tal_i(tekst: str) -> Iterator[tuple[re.Match, Decimal, int]]:
    """Each number of a text: where it stands, its value, and its decimals. One that cannot surely be read ("12.5",
    "1.11.2025") is ULAESELIGT, which is like no figure."""
    for fundet in I_TEKST.finditer(tekst):
        try:
            laest = laes(fundet[0], tre_decimaler=True)
        except Talfejl:
            yield fundet, ULAESELIGT, 0
        else:
            yield fundet, laest.vaerdi, laest.decimaler


def har_tal(tekst: str) -> bool:
    return bool(I_TEKST.search(tekst))


def del_af(maalt: Trykttal, vaerdi: Decimal, decimaler: int) -> str:
    """Which of the measurement's figures the number is ('antal', 'grundlag', 'vaerdi'); '' for none. A value may be
    rounded more than it is in the table."""
    if not decimaler and vaerdi == maalt.antal:
        return "antal"
    if not decimaler and vaerdi == maalt.grundlag:
        return "grundlag"
    return "vaerdi" if maalt.vaerdi is not None and afrund(maalt.vaerdi, decimaler) == vaerdi else ""


def passer(tekst: str, maalt: Trykttal) -> bool:
    """The text has a number, and every number in it is one of the measurement's."""
    dele = [del_af(maalt, vaerdi, decimaler) for _, vaerdi, decimaler in tal_i(tekst)]
    return bool(dele) and all(dele)


def skrevet_om(tekst: str, fra: Trykttal, til: Trykttal) -> str:
    """The text with the newer figures in the places of the older; as printed where it cannot be told which is which.

    A lone number that differs from the measurement is taken for a count when it is whole and has no percent sign.
    """
    ny, slut, alle = [], 0, list(tal_i(tekst))
    for fundet, vaerdi, decimaler in alle:
        del_ = del_af(fra, vaerdi, decimaler)
        if not del_ and len(alle) == 1:
            del_ = "vaerdi" if decimaler or "%" in tekst or fra.antal is None else "antal"
        erstatning = getattr(til, del_) if del_ else None
        if erstatning is None:
            return til.trykt
        ny += [tekst[slut : fundet.start()], tal(erstatning, til.decimaler if del_ == "vaerdi" else 0)]
        slut = fundet.end()
    return "".join([*ny, tekst[slut:]]) if ny else til.trykt


def bindingsfund(bundne: list[Bundet]) -> list[Fund]:
    """What is wrong with the bound figures of a plan. A hidden one is not named."""
    fund = []
    for titel, url in dict.fromkeys((b.afsnit_titel, b.url) for b in bundne):
        her = [b for b in bundne if b.url == url]
        fund += _afviger(titel, her)
        if foraeldede := [b for b in her if b.er_foraeldet]:
            hvor_mange = antal(len(foraeldede), "tal i teksten er", "tal i teksten er")
            besked = f"{titel}: {hvor_mange} ældre end nyeste data."
            fund.append(Fund("tal-foraeldet", Alvor.NOTE, besked, url, EGEN))
        if skjulte := [b for b in her if b.skjult]:
            hvor_mange = antal(len(skjulte), "tal i teksten", "tal i teksten")
            besked = f"{titel}: {hvor_mange} handler om få personer og står som »diskretioneret« i papiret. Skriv om."
            fund.append(Fund("tal-skjult", Alvor.ADVARSEL, besked, url, EGEN))
    return fund


def _afviger(titel: str, her: list[Bundet]) -> list[Fund]:
    return [
        Fund(
            "tal-afviger",
            Alvor.ADVARSEL,
            f"{titel}: Der står {b.tekst}, men tallet er {b.maalt.trykt} ({b.hvad}).",
            b.url,
            EGEN,
        )
        for b in her
        if not b.skjult and not b.passer
    ]
