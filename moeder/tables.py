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


class Beslutningstabel(tables.Table):
    caption = "Beslutninger"
    skjul_caption = True

    papir = tables.Column("Hvad")
    dato = tables.Column("Dato")
    organ = tables.Column("Hvem", accessor="organ__label")
    resultat = tables.Column("Resultat")
    hvor = tables.Column("Hvor det står", orderable=False)
    sha256 = tables.Column("SHA-256", orderable=False)

    class Meta:
        empty_text = "Der er ingen beslutninger at vise."
        order_by = "-dato"

    def render_papir(self, record):
        return format_html('<a href="{}">{}</a>', record.url, record.papir)

    def render_dato(self, value):
        return kort_dato(value)

    def render_resultat(self, record):
        hvordan = f", {record.hvordan.lower()}" if record.hvordan else ""
        tekst = format_html("<br>{}", record.tekst) if record.tekst else ""
        return format_html("<div>{}{}{}</div>", record.resultat, hvordan, tekst)

    def render_hvor(self, record):
        return format_html('<a href="{}">{}</a>', record.hvor_url, record.hvor) if record.hvor_url else record.hvor

    def render_sha256(self, value):
        return format_html('<span title="{}">{}…</span>', value, value[:12])
