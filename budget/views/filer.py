"""Files out and in: the paper, the workbook, its import in two steps."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.views.faelles import hent_plan
from budget import gitter as g
from budget.actions.budget import gem_celler
from budget.forms.budget import ImportForm, SumtjekForm
from budget.imports import Budgetudkast, Importfejl, Ulaeselig, laes
from budget.pdf import budgetpapir
from budget.queries.celler import laes as laes_budget
from budget.rules.celler import som_tekst
from budget.sumtjek import Sumtjekresultat, tjek_fil, tjek_tekst
from budget.sumtjek.tal import som_vist
from budget.views.faelles import BudgetplanMixin, dato_af, hent_budget
from budget.xlsx import MIME, arbejdsbog
from helhedsplan import formats
from helhedsplan.actions import Versionskonflikt
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tabelfil import UlaeseligFil


def _fil(data: bytes, type_: str, navn: str, *, vedhaeft: bool) -> HttpResponse:
    svar = HttpResponse(data, content_type=type_)
    svar["Content-Disposition"] = f'{"attachment" if vedhaeft else "inline"}; filename="{navn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar


@require_safe
def budget_pdf(request, plan, budget):
    fundet = hent_budget(hent_plan(request, plan, Rettighed.BUDGET), budget)
    papir = budgetpapir(fundet, laes_budget(fundet).pr(dato_af(request)), af=str(request.user))
    return _fil(papir.data, "application/pdf", papir.filnavn, vedhaeft=False)


@require_safe
def budget_xlsx(request, plan, budget):
    fundet = hent_budget(hent_plan(request, plan, Rettighed.BUDGET), budget)
    return _fil(
        arbejdsbog(fundet, laes_budget(fundet).pr(dato_af(request))),
        MIME,
        f"budget-{plan}-{budget}.xlsx",
        vedhaeft=True,
    )


class ImporterBudget(BudgetplanMixin, TemplateView):
    """First the file is read and what it would change is shown; then, on a second press, it is saved as a whole."""

    rettighed = Rettighed.RET_BUDGET
    template_name = "budget/importer.html"
    side = "Indlæs regneark"

    def get(self, request, *args, **kwargs):
        return self.vis(ImportForm())

    def vis(self, form, status: int = 200, **kontekst):
        kontekst = {"fejl": [], "udkast": None, "felter": "", **kontekst}
        return self.render_to_response(self.get_context_data(form=form, budget=self.budget, **kontekst), status=status)

    def post(self, request, *args, **kwargs):
        return self.gem(request) if "felter" in request.POST else self.proev(request)

    def proev(self, request):
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.vis(form, 422)
        try:
            udkast = laes(self.budget, form.cleaned_data["fil"].read())
        except Ulaeselig as grund:
            form.add_error("fil", grund.fejl)
            return self.vis(form, 422)
        except Importfejl as grund:
            return self.vis(ImportForm(), 422, fejl=grund.fejl)
        return self.vis(ImportForm(), udkast=udkast, felter=json.dumps(_felter(udkast)))

    def gem(self, request):
        try:
            felter = json.loads(request.POST["felter"])
            version = int(request.POST.get("version", ""))
            alle = {str(navn): str(tekst) for navn, tekst in felter.items()}
        except (ValueError, AttributeError, RecursionError):
            return self.vis(ImportForm(), 422, fejl=["Forhåndsvisningen kunne ikke læses. Vælg filen igen."])
        try:
            antal = gem_celler(
                bruger=request.user,
                budget=self.budget,
                version=version,
                celler=g.bidragsceller({n: t for n, t in alle.items() if n.startswith("c.")}),
                udgifter=g.udgiftsceller({n: t for n, t in alle.items() if n.startswith("u.")}),
            )
        except ValidationError as grund:
            return self.vis(ImportForm(), 422, fejl=grund.messages)
        except Versionskonflikt:
            besked = "En anden har gemt i budgettet, siden du valgte filen. Vælg den igen, og se ændringerne efter."
            return self.vis(ImportForm(), 409, fejl=[besked])
        messages.success(request, f"Regnearket er indlæst, og {formats.antal(antal, 'beløb', 'beløb')} er ændret.")
        return redirect(self.budget.get_absolute_url())


def _felter(udkast: Budgetudkast) -> dict[str, str]:
    """The cells in the form in which the grid sends them."""
    ud = {f"c.{c.kilde}.{c.art}.{c.planaar or 0}.{c.formaal}": _tekst(c.beloeb) for c in udkast.celler}
    return ud | {f"u.{c.konto}.{c.planaar or 0}.{c.formaal}": _tekst(c.beloeb) for c in udkast.udgifter}


def _tekst(beloeb) -> str:
    return beloeb if isinstance(beloeb, str) else som_tekst(beloeb)


class Sumtjek(BudgetplanMixin, TemplateView):
    """The sum audit of a printed table. Nothing is saved, so whoever may read the plan may ask."""

    template_name = "budget/sumtjek.html"
    side = "Sumtjek"

    def get(self, request, *args, **kwargs):
        return self.vis(SumtjekForm())

    def vis(self, form, status: int = 200, resultat: Sumtjekresultat | None = None):
        tabeller = [_vist(t, {f.celle for f in resultat.fejl}) for t in resultat.tabeller] if resultat else []
        kontekst = self.get_context_data(form=form, resultat=resultat, tabeller=tabeller)
        return self.render_to_response(kontekst, status=status)

    def post(self, request, *args, **kwargs):
        form = SumtjekForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.vis(form, 422)
        fil, tekst = form.cleaned_data["fil"], form.cleaned_data["tekst"]
        try:
            resultat = tjek_fil(fil.read()) if fil else tjek_tekst(tekst)
        except UlaeseligFil as grund:
            form.add_error("fil" if fil else "tekst", str(grund))
            return self.vis(form, 422)
        return self.vis(form, resultat=resultat)


def _vist(tabel, forkerte: set[str]) -> dict:
    """A table as it was read: (cell name, what it shows, whether it is wrong) by row."""
    return {
        "ark": tabel.ark,
        "kolonner": [k.navn for k in tabel.kolonner],
        "raekker": [
            (
                linje.navn,
                [
                    (tabel.celle(r, k), som_vist(vist.vaerdi, vist) if vist else "", tabel.celle(r, k) in forkerte)
                    for k, vist in enumerate(tal)
                ],
            )
            for r, (linje, tal) in enumerate(zip(tabel.raekker, tabel.tal, strict=True))
        ],
    }
