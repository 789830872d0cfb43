"""Tables of plans and of things in a plan. Totals and texts come from the queries; columns only show."""

import django_tables2 as tables
from django.db.models.functions import Lower

from aftaler.models import Helhedsplan
from helhedsplan.formats import kort_dato


class Datokolonne(tables.Column):
    """01.11.2025, or a dash."""

    def render(self, value):
        return kort_dato(value)


class Plantabel(tables.Table):
    """The person's plans. Takes a queryset annotated with `rolle`."""

    caption = "Mine planer"
    skjul_caption = True

    navn = tables.Column("Plan", linkify=True)
    periode_fra = Datokolonne(verbose_name="Fra")
    periode_til = Datokolonne(verbose_name="Til")
    regelsaet = tables.Column("Pulje", accessor="regelsaet__navn")
    fase = tables.Column("Fase")

    class Meta:
        model = Helhedsplan
        fields = ("navn", "periode_fra", "periode_til", "regelsaet", "fase")
        empty_text = "Du er endnu ikke med i nogen plan."
        order_by = "-periode_fra"

    def order_navn(self, queryset, is_descending):
        felt = Lower("navn")
        return queryset.order_by(felt.desc() if is_descending else felt.asc(), "pk"), True
