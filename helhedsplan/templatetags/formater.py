"""Danish numbers and dates in templates, thin names over helhedsplan.formats; lists of findings; words explained."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from helhedsplan import formats
from helhedsplan.former import UlaeseligeData
from helhedsplan.fund import samlet
from helhedsplan.ordliste import ORDLISTE
from helhedsplan.tidligere import uden_navne

register = template.Library()
for navn in ("tal", "kroner", "mio", "procent", "lang_dato", "kort_dato", "tidspunkt", "med_punktum"):
    register.filter(navn, getattr(formats, navn))
register.filter("samlet", samlet)
register.filter("uden_navne", uden_navne)


@register.filter
def ulaeselig(vaerdi) -> bool:
    """Stored data that is empty because it cannot be read."""
    return isinstance(vaerdi, UlaeseligeData)


@register.simple_tag(name="ord")
def forklaret_ord(noegle: str, tekst: str = "") -> str:
    """A word that is explained on tap, and without scripts on the page of words; KeyError if it is not among them.

    Source: static/js/ord.js shows the explanation, helhedsplan/ordliste.py has it.
    """
    navn, forklaring = ORDLISTE[noegle]
    return format_html(
        '<a class="ord" href="{}#{}" data-ord="{}">{}</a>', reverse("ordliste"), noegle, forklaring, tekst or navn
    )
