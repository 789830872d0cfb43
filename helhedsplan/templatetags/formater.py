"""Template filters for Danish numbers and dates; thin names over helhedsplan.formats; and lists of findings."""

from django import template

from helhedsplan import formats
from helhedsplan.fund import samlet

register = template.Library()
for navn in ("tal", "kroner", "mio", "procent", "lang_dato", "kort_dato", "tidspunkt"):
    register.filter(navn, getattr(formats, navn))
register.filter("samlet", samlet)
