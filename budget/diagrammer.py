"""The budget's pictures as SVG, the same on the page and in the paper.

Kinds are told apart by hatching and by words, so that a greyscale print loses nothing. Each picture has its table
beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from django.utils.html import format_html
from django.utils.safestring import SafeString

from budget.choices import Bidragsart
from budget.queries.finansieringstabel import Krydstabel
from budget.rules.medfinansiering import Medfinansiering
from helhedsplan import formats
from helhedsplan.svg import BLAEK, BREDDE, GRAA, INTET, SVAG, billede, koordinat, tekst

HOEJEST_TEGN = 28
#: The same on a telephone, and how wide its picture is.
SMAL_TEGN, SMAL = 44, 358


def _streger(x: float, y: float, bredde: float, hoejde: float, art: str) -> str:
    """The hatching of a kind, as one path: upright for hours, level for premises, both for the two together."""
    sti = ""
    if art in (Bidragsart.TIMER, Bidragsart.TIMER_OG_LOKALER):
        sti += "".join(
            f"M{koordinat(x + skridt)} {koordinat(y)}v{koordinat(hoejde)}" for skridt in range(4, int(bredde), 5)
        )
    if art in (Bidragsart.LOKALER, Bidragsart.TIMER_OG_LOKALER):
        sti += "".join(
            f"M{koordinat(x)} {koordinat(y + skridt)}h{koordinat(bredde)}" for skridt in range(4, int(hoejde), 5)
        )
    return sti


def _felt(x: float, y: float, bredde: float, hoejde: float, art: str) -> SafeString:
    """A piece of a bar: cash is solid, the others white with hatching."""
    fyld = GRAA if art == Bidragsart.KONTANT else "#fff"
    ramme = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"/>',
        koordinat(x), koordinat(y), koordinat(bredde), koordinat(hoejde), fyld, BLAEK,
    )  # fmt: skip
    sti = _streger(x, y, bredde, hoejde, art)
    return ramme + format_html('<path d="{}" fill="none" stroke="{}"/>', sti, GRAA) if sti else ramme


# --- financing by financier and kind ---------------------------------------------------------------------------------


def finansieringsbillede(kryds: Krydstabel, anker: str = "finansieringsbillede", *, smalt: bool = False) -> SafeString:
    """A bar for each financier, its kinds end to end; '' when nobody gives anything. `smalt`: as a telephone shows it
    whole, each name over its bar."""
    if not kryds.i_alt:
        return INTET
    venstre, hoejre, bjaelke, luft = 0 if smalt else 210, 120, 22, 14
    i_bredden = SMAL if smalt else BREDDE
    skala = (i_bredden - venstre - hoejre) / float(max(kryds.pr_kilde))
    krop, x = [], 0.0
    for art, navn in zip(kryds.arter, kryds.artnavne, strict=True):
        krop += [_felt(x, 2, 22, 14, art), tekst(x + 30, 14, navn)]
        x += 46 + 8.2 * len(navn)
    y = 36.0
    for nr, kilde in enumerate(kryds.kilder):
        linjer = wrap(kilde, SMAL_TEGN if smalt else HOEJEST_TEGN)
        foerste = y + 16 if smalt or len(linjer) == 1 else y + 8
        krop += [tekst(0, foerste + 16 * i, linje) for i, linje in enumerate(linjer)]
        x = float(venstre)
        y += 16 * len(linjer) + 8 if smalt else 0
        for art, raekke in zip(kryds.arter, kryds.celler, strict=True):
            if bredde := float(raekke[nr]) * skala:
                krop.append(_felt(x, y, bredde, bjaelke, art))
                x += bredde
        krop.append(tekst(x + 8, y + 16, formats.mio(kryds.pr_kilde[nr])))
        y += (bjaelke if smalt else max(bjaelke, 16 * (len(linjer) - 1) + 8)) + luft
    titel = f"Finansiering fordelt på kilde og art, {formats.mio(kryds.i_alt)} i alt. Tallene står i tabellen."
    return billede(anker, y, titel, "; ".join(_finansieringssaetninger(kryds)), krop, bredde=i_bredden)


def smalt_finansieringsbillede(kryds: Krydstabel) -> SafeString:
    return finansieringsbillede(kryds, "finansieringsbillede-smalt", smalt=True)


def _finansieringssaetninger(kryds: Krydstabel):
    for nr, kilde in enumerate(kryds.kilder):
        dele = [
            f"{art.lower()} {formats.kroner(raekke[nr])}"
            for art, raekke in zip(kryds.artnavne, kryds.celler, strict=True)
            if raekke[nr]
        ]
        yield f"{kilde}: {', '.join(dele) or 'intet'}"


# --- the local share -------------------------------------------------------------------------------------------------


def medfinansieringsbar(m: Medfinansiering, anker: str = "medfinansieringsbar") -> SafeString:
    """One bar: the local part filled, and where the floor is; '' for an empty budget.

    The floor's mark stands outside the bar and covers nothing, so that the fill is seen to end on its true side.
    """
    if not m.i_alt:
        return INTET
    top, hoejde = 24, 30
    lokal = float(m.lokal / m.i_alt) * BREDDE
    krop = [
        format_html(
            '<rect x="0.5" y="{}" width="{}" height="{}" fill="#fff" stroke="{}"/>', top, BREDDE - 1, hoejde, BLAEK
        ),
        format_html(
            '<rect x="0.5" y="{}" width="{}" height="{}" fill="{}"/>', top, koordinat(max(lokal - 0.5, 0)), hoejde, GRAA
        ),
        tekst(0, top + hoejde + 22, f"Lokal: {m.lokal_kort}", vaegt="600"),
        tekst(BREDDE, top + hoejde + 22, f"I alt: {formats.mio(m.i_alt)}", "end"),
    ]
    titel = f"Lokal medfinansiering {m.andel_i_ord} af {formats.mio(m.i_alt)}"
    if m.gulv_pct is not None:
        x = float(m.gulv_pct) / 100 * BREDDE
        farve = INTET if abs(lokal - x) < 3 else "#fff" if x < lokal else BLAEK
        gulv = f"Gulv: {formats.procent(m.gulv_pct.normalize())}"
        krop += [
            format_html(
                '<path d="M{} {}v6m0 {}v6" fill="none" stroke="{}" stroke-width="2.5"/>',
                koordinat(x),
                top - 6,
                hoejde,
                BLAEK,
            ),
            format_html('<path d="M{} {}v{}" stroke="{}"/>', koordinat(x), top, hoejde, farve) if farve else INTET,
            tekst(x, top - 10, gulv, "middle" if 60 < x < BREDDE - 60 else "start" if x <= 60 else "end"),
        ]
        titel += f", gulvet er {formats.procent(m.gulv_pct.normalize())}"
    return billede(anker, top + hoejde + 30, titel, "Tallene står i teksten ved billedet.", krop)


# --- burn against budget ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Diagrampunkt:
    """A quarter: the budget and what is spent up to and with it; None where nothing is reported yet."""

    navn: str
    budget: Decimal
    forbrug: Decimal | None
    prognose: Decimal | None = None


def forbrugsbillede(punkter: Sequence[Diagrampunkt], anker: str = "forbrugsbillede") -> SafeString:
    """Accumulated budget (broken line), spending (solid, with dots) and forecast (dotted, with rings)."""
    if not punkter:
        return INTET
    venstre, top, bund, hoejde = 116, 30, 250, 292
    stoerst = float(max(max(p.budget, p.forbrug or 0, p.prognose or 0) for p in punkter)) or 1.0
    spring = (BREDDE - venstre - 30) / max(len(punkter) - 1, 1)

    def sted(nr: int, kr: Decimal) -> tuple[float, float]:
        return venstre + nr * spring, bund - float(kr) / stoerst * (bund - top - 14)

    linjer = [
        ("Budget", "7 4", 0, [sted(nr, p.budget) for nr, p in enumerate(punkter)]),
        ("Forbrug", "", 4, [sted(nr, p.forbrug) for nr, p in enumerate(punkter) if p.forbrug is not None]),
        ("Prognose", "2 4", 3, [sted(nr, p.prognose) for nr, p in enumerate(punkter) if p.prognose is not None]),
    ]
    krop = [_akse(venstre, top, bund, stoerst)]
    x = float(venstre)
    for navn, moenster, prik, steder in linjer:
        if steder:
            krop += [
                _linje([(x, 10), (x + 36, 10)], moenster, prik),
                tekst(x + 44, 15, navn),
                _linje(steder, moenster, prik),
            ]
            x += 150
    hver = -(-len(punkter) // 8)
    krop += [
        tekst(sted(nr, Decimal(0))[0], bund + 22, p.navn, "middle") for nr, p in enumerate(punkter) if nr % hver == 0
    ]
    sidste = [p for p in punkter if p.forbrug is not None]
    ord_ = f", forbrugt {formats.mio(sidste[-1].forbrug)} til og med {sidste[-1].navn}" if sidste else ""
    titel = f"Forbrug mod budget: {formats.mio(punkter[-1].budget)} i hele perioden{ord_}. Tallene står i tabellen."
    return billede(anker, hoejde, titel, "Budgettet er en brudt linje, forbruget en hel linje med prikker.", krop)


def _akse(venstre: float, top: float, bund: float, stoerst: float) -> SafeString:
    dele = [format_html('<path d="M{} {}H{}" stroke="{}"/>', venstre, bund, BREDDE - 30, BLAEK)]
    for andel in (0.5, 1.0):
        y = bund - andel * (bund - top - 14)
        dele += [
            format_html(
                '<path d="M{} {}H{}" stroke="{}" stroke-width="0.5"/>', venstre, koordinat(y), BREDDE - 30, SVAG
            ),
            tekst(venstre - 8, y + 5, formats.mio(Decimal(stoerst * andel)), "end"),
        ]
    return SafeString("".join(dele))


def _linje(steder: list[tuple[float, float]], moenster: str, prik: int) -> SafeString:
    sti = "M" + "L".join(f"{koordinat(x)} {koordinat(y)}" for x, y in steder)
    streg = format_html(' stroke-dasharray="{}"', moenster) if moenster else INTET
    dele = [format_html('<path d="{}" fill="none" stroke="{}" stroke-width="2"{}/>', sti, BLAEK, streg)]
    fyld = BLAEK if not moenster else "#fff"
    dele += [
        format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}"/>', koordinat(x), koordinat(y), prik, fyld, BLAEK
        )
        for x, y in steder
        if prik
    ]
    return SafeString("".join(dele))
