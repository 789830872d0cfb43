"""What is said of a row's amounts beside the amounts: how they are rounded in their source, and a note on each."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from budget.actions.budget import gem_celler
from budget.choices import Bidragsart
from budget.forms import budget as forms
from budget.queries.finansieringstabel import kolonner
from budget.queries.indtastning import Indtastningscelle, Udgiftscelle
from budget.rules.celler import Cellenoegle, Udgiftsnoegle
from budget.views.faelles import Budgettal, ved_felter
from budget.views.rediger import EtBudget


class Noter(EtBudget):
    """One row of a draft. Subclasses say which, and to which grid it leads back."""

    form_class = forms.NoterForm
    template_name = "budget/noter.html"
    titel = "Afrunding og noter"
    gem_tekst = "Gem afrunding og noter"
    gitter = slags = ""

    @cached_property
    def tal(self) -> Budgettal:
        return Budgettal(self.budget)

    @cached_property
    def formaal(self):
        fundet = self.tal.over.formaal_af.get(self.kwargs["formaal"])
        if fundet is None:
            raise Http404("Formålet findes ikke i planen.")
        return fundet

    def hvem(self) -> str:
        """The row's name, without its purpose. Raises Http404 when there is no such row in the plan."""
        raise NotImplementedError

    def vaerdi(self, planaar: int | None):
        raise NotImplementedError

    def celle(self, planaar: int | None, **felter):
        raise NotImplementedError

    def hent_objekt(self):
        self.hvem()
        return self.budget

    def titel_tekst(self):
        return f"{self.titel}: {self.hvem()}, {self.formaal.fuldt_navn}"

    def formargumenter(self):
        brugte = {n.planaar for celler in self.tal.indhold for n in celler}
        kol = kolonner(self.tal.over.planaar, brugte, ufordelt=True)
        return {"celler": [(k, vaerdi) for k in kol if (vaerdi := self.vaerdi(k.planaar))]}

    def gem(self, form, version):
        celler = {
            f"afrundet_{nr or 0}": self.celle(nr, afrundet_til="" if afrundet is None else afrundet, note=note)
            for nr, afrundet, note in form.linjer
        }
        try:
            return gem_celler(
                bruger=self.request.user, budget=self.budget, version=version, **{self.slags: celler.values()}
            )
        except ValidationError as fejl:
            raise ved_felter(fejl, {celle.id: navn for navn, celle in celler.items()}) from None

    def efter_url(self):
        url = reverse(self.gitter, args=[self.plan.noegle, self.budget.noegle])
        return f"{url}?formaal={self.kwargs['formaal']}"


class Bidragsnoter(Noter):
    gitter, slags = "budget-gitter", "celler"

    def hvem(self):
        kilde = self.tal.over.kilde_af.get(self.kwargs["kilde"])
        if kilde is None or self.kwargs["art"] not in Bidragsart.values:
            raise Http404("Rækken findes ikke i planen.")
        return f"{kilde}, {Bidragsart(self.kwargs['art']).label.lower()}"

    def vaerdi(self, planaar):
        kilde = self.tal.over.kilde_af[self.kwargs["kilde"]]
        return self.tal.indhold[0].get(Cellenoegle(kilde.pk, self.kwargs["art"], self.formaal.formaal, planaar))

    def celle(self, planaar, **felter):
        return Indtastningscelle(self.kwargs["kilde"], self.kwargs["art"], self.formaal.noegle, planaar, **felter)


class Udgiftsnoter(Noter):
    gitter, slags = "budget-udgifter", "udgifter"

    def hvem(self):
        konto = self.tal.over.konto_af.get(self.kwargs["konto"])
        if konto is None:
            raise Http404("Rækken findes ikke i planen.")
        return str(konto)

    def vaerdi(self, planaar):
        konto = self.tal.over.konto_af[self.kwargs["konto"]]
        return self.tal.indhold[1].get(Udgiftsnoegle(konto.pk, self.formaal.formaal, planaar))

    def celle(self, planaar, **felter):
        return Udgiftscelle(self.kwargs["konto"], self.formaal.noegle, planaar, **felter)
