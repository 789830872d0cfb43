"""The registers of the board's room: each a page narrowed by year and kind, and the same as a workbook."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import TextChoices
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView
from django_tables2 import Table

from aftaler.views.faelles import PlanMixin
from helhedsplan import tabeller
from indikatorer.eksport import MIME
from moeder.choices import Aendringsart, Organ
from moeder.eksport import aendringsark, beslutningsark
from moeder.queries.aendringer import aendringer
from moeder.queries.register import beslutninger
from moeder.tables import Aendringstabel, Beslutningstabel
from moeder.views.sammensaetning import bestyrelseskrumme

PR_SIDE = 50


class Registerside(PlanMixin, TemplateView):
    """What a query gives of the plan, narrowed by year (`?aar=`) and kind (named as the rows' `felt`).

    What is no kind or no year is as if it were not there. `som_ark`: answer with a workbook of the same.
    """

    template_name = "moeder/register.html"
    titel = indledning = felt = feltnavn = alle_tekst = urlnavn = ""
    slags: type[TextChoices]
    hent: Callable[[Any], Iterable]
    tabel: type[Table]
    ark: Callable[[Iterable], bytes]
    som_ark = False

    def krummer(self):
        return [bestyrelseskrumme(self.plan), self.titel]

    @cached_property
    def alle(self) -> list:
        return list(self.hent(self.plan))

    @cached_property
    def valg(self) -> tuple[str, str]:
        """(year, kind) of the address; '' is all of them."""
        aar, slags = self.request.GET.get("aar", ""), self.request.GET.get(self.felt, "")
        return aar if aar.isascii() and aar.isdecimal() else "", slags if slags in self.slags.values else ""

    @property
    def valgte(self) -> list:
        aar, slags = self.valg
        return [
            raekke
            for raekke in self.alle
            if (not aar or str(raekke.dato.year) == aar) and (not slags or getattr(raekke, self.felt) == slags)
        ]

    def get_context_data(self, **kwargs):
        brugte = {getattr(raekke, self.felt) for raekke in self.alle}
        return super().get_context_data(**kwargs) | {
            "tabel": tabeller.vis(self.request, self.tabel(self.valgte), PR_SIDE),
            "alle_aar": sorted({raekke.dato.year for raekke in self.alle}, reverse=True),
            "alle_slags": [slags for slags in self.slags if slags in brugte],
            "aar": self.valg[0],
            "valgt_slags": self.valg[1],
        }

    def get(self, request, *args, **kwargs):
        if not self.som_ark:
            return super().get(request, *args, **kwargs)
        svar = HttpResponse(self.ark(self.valgte), content_type=MIME)
        svar["Content-Disposition"] = content_disposition_header(True, f"{self.titel} {self.plan.noegle}.xlsx")
        svar["Cache-Control"] = "private, no-cache"
        return svar


class Beslutningsregister(Registerside):
    """Every decision about the plan."""

    titel = "Beslutninger"
    indledning = (
        "Alt, hvad møderne har besluttet, og hvad Landsbyggefonden og andre har afgjort om planens dokumenter. "
        "Hver beslutning gælder netop det papir, hvis SHA-256 står ved den."
    )
    felt, feltnavn, alle_tekst, urlnavn = "organ", "Hvem", "Alle", "beslutningsregister-xlsx"
    slags, tabel = Organ, Beslutningstabel
    hent, ark = staticmethod(beslutninger), staticmethod(beslutningsark)


class Aendringsregister(Registerside):
    """Every change of the plan's papers."""

    titel = "Ændringer"
    indledning = (
        "Alt, hvad der er sket med planens papirer: udgaver, afgørelser, underskrifter, budget, pakker, statusser "
        "og mødepapirer."
    )
    felt, feltnavn, alle_tekst, urlnavn = "art", "Slags", "Alle slags", "aendringsregister-xlsx"
    slags, tabel = Aendringsart, Aendringstabel
    hent, ark = staticmethod(aendringer), staticmethod(aendringsark)
