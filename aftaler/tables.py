"""Tables of plans and of things in a plan. Totals and texts come from the queries; columns only show."""

import django_tables2 as tables

from aftaler.models import Helhedsplan
from helhedsplan.kollation import dansk


class Plantabel(tables.Table):
    """The person's plans. The rows are drawn by the template; the columns give order and headings."""

    caption = "Mine planer"
    skjul_caption = True

    navn = tables.Column("Plan")
    periode_fra = tables.Column("Fra")
    periode_til = tables.Column("Til")
    regelsaet = tables.Column("Pulje", accessor="puljen", order_by="regelsaet__navn")
    fase = tables.Column("Fase")

    class Meta:
        model = Helhedsplan
        template_name = "aftaler/_plantabel.html"
        fields = ("navn", "periode_fra", "periode_til", "regelsaet", "fase")
        empty_text = "Du er endnu ikke med i nogen plan."
        order_by = "-periode_fra"

    def order_navn(self, queryset, is_descending):
        felt = dansk("navn")
        return queryset.order_by(felt.desc() if is_descending else felt.asc(), "pk"), True
