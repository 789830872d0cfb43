"""Template filters for Danish numbers and dates; thin names over helhedsplan.formats."""

from django import template

from helhedsplan import formats

register = template.Library()
for navn in ("tal", "kroner", "mio", "procent", "lang_dato", "kort_dato", "tidspunkt"):
    register.filter(navn, getattr(formats, navn))
