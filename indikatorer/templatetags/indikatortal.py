"""Figures in words, and the indicators' pictures, by name in templates."""

from decimal import Decimal

from django import template

from helhedsplan import formats
from indikatorer import diagrammer
from indikatorer.choices import Enhed, Maaletilstand
from indikatorer.queries.tal import Tal
from indikatorer.rules.maal import i_enhed, kort_i_enhed

register = template.Library()
register.simple_tag(diagrammer.lille_diagram)
register.simple_tag(diagrammer.stort_diagram)


@register.filter
def talord(t: Tal) -> str:
    """'88,4 % (266 af 301)', '26 % (258)', '5,8', '266': a percentage never without what is known of its counts."""
    if t.tilstand != Maaletilstand.VAERDI:
        return ""
    antal = "" if t.antal is None else formats.tal(t.antal)
    if antal and t.grundlag is not None:
        antal = f"{antal} af {formats.tal(t.grundlag)}"
    if t.maalt is None or t.enhed == Enhed.ANTAL:
        return antal
    vaerdi = i_enhed(t.maalt, t.enhed, t.viste_decimaler)
    return f"{vaerdi} ({antal})" if antal else vaerdi


@register.filter
def kort_tal(t: Tal) -> str:
    """Just the figure."""
    return diagrammer.vist(t)


@register.filter
def maalord(vaerdi: Decimal, indikator) -> str:
    """A target of the indicator with its unit."""
    return kort_i_enhed(vaerdi, indikator.enhed)
