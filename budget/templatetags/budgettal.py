"""Amounts in tables, and the budget's pictures, by name in templates."""

from decimal import Decimal
from html import escape

from django import template
from django.utils.safestring import SafeString

from budget import diagrammer, vej
from budget.queries.plangrundlag import Plangrundlag
from budget.rules.celler import som_tekst
from budget.rules.kontrol import Satsskift
from helhedsplan import formats
from helhedsplan.formats import aendring, beloeb

register = template.Library()
register.filter(beloeb)
register.filter(aendring)
register.simple_tag(diagrammer.finansieringsbillede)
register.simple_tag(diagrammer.smalt_finansieringsbillede)
register.simple_tag(diagrammer.medfinansieringsbar)
register.simple_tag(diagrammer.forbrugsbillede)
register.simple_tag(vej.vej, name="budgetvej")
register.simple_tag(vej.naeste, name="budgetvej_naeste")


@register.filter
def pct(andel: Decimal | None) -> str:
    return formats.procent(andel, 2)


@register.simple_tag
def bidragsraekke(raekke) -> SafeString:
    """A row of the cube, written here for the same reason as the grid's."""
    celler = "".join(f'<td class="tal" id="{c.id}">{beloeb(c.beloeb)}{_bemaerkninger(c)}</td>' for c in raekke.celler)
    return SafeString(
        f'<tr id="{raekke.id}"><th scope="row">{escape(raekke.kilde.navn)}</th><td>{escape(raekke.art.label)}</td>'
        f'<td>{escape(raekke.formaal.fuldt_navn)}</td>{celler}<td class="tal">{beloeb(raekke.i_alt)}</td></tr>'
    )


def _bemaerkninger(celle) -> str:
    return "".join(f'<span class="formel">{escape(linje)}</span>' for linje in celle.bemaerkninger)


@register.filter
def uden_fortegn(kr: Decimal) -> str:
    return beloeb(abs(kr))


@register.filter
def rest(kr: Decimal | None) -> str:
    """What is left; what is overspent is said by word, for a minus is easily read over."""
    return beloeb(kr) if kr is None or kr >= 0 else f"overforbrug {uden_fortegn(kr)}"


@register.filter
def raekker(kryds):
    """The rows of a Krydstabel: (kind, amounts, total)."""
    return zip(kryds.artnavne, kryds.celler, kryds.pr_art, strict=True)


@register.filter
def ikke_lokal(medfinansiering) -> Decimal:
    return medfinansiering.i_alt - medfinansiering.lokal


register.filter("i_skala", som_tekst)


@register.filter
def sumlinje(gitter):
    """(total, what of it stands in rows not shown) for each column of a grid."""
    return zip(gitter.summer, gitter.udenfor or [Decimal(0)] * len(gitter.kolonner), strict=True)


@register.filter
def raat(kr: Decimal | None) -> str:
    """A number for a script to read, never in Danish form; '' for none."""
    return "" if kr is None else str(kr)


@register.filter
def kilde_i(skift: Satsskift, over: Plangrundlag) -> str:
    """The financier of a cell."""
    return over.kilder[skift.noegle.kilde].navn


@register.filter
def formaal_i(skift: Satsskift, over: Plangrundlag) -> str:
    """The purpose of a cell."""
    return over.formaal[skift.noegle.formaal].fuldt_navn
