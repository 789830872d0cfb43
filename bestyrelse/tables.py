"""Tables of the board's registers. The rows are made by the queries; columns only show."""

import django_tables2 as tables
from django.utils.html import format_html

from helhedsplan.formats import kort_dato


class Aendringstabel(tables.Table):
    caption = "Ændringer"
    skjul_caption = True

    hvad = tables.Column("Hvad")
    dato = tables.Column("Dato")
    art = tables.Column("Slags", accessor="art__label")
    tekst = tables.Column("Hvad skete der", orderable=False)

    class Meta:
        empty_text = "Der er ingen ændringer at vise."
        order_by = "-dato"
        sequence = ("hvad", "dato", "art", "tekst")

    def render_hvad(self, record):
        return format_html('<a href="{}">{}</a>', record.url, record.hvad)

    def render_dato(self, value):
        return kort_dato(value)
