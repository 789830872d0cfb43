"""Edit pages of revisions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.views.faelles import plankommando
from budget.actions import revision as revisionsactions
from budget.choices import Budgetart
from budget.forms import budget as forms
from budget.models import (
    Revision,
)
from budget.queries.plangrundlag import ramme
from budget.queries.virkning import virkning
from budget.views.faelles import BudgetRediger
from helhedsplan.actions import Raekkefejl
from helhedsplan.rettigheder import Rettighed


class Revisionsside(BudgetRediger):
    form_class, tilbage = forms.RevisionForm, "budget-revisioner"
    template_name = "budget/revision.html"
    raekker = {"linjer": forms.RevisionslinjeFormset}

    @cached_property
    def over(self):
        return ramme(self.plan)

    def raekkeargumenter(self, relation):
        return {"over": self.over}

    @transaction.atomic
    def gem(self, form, version):
        revision = self.gem_hoved(form, version)
        formaal = {f.formaal: f.noegle for f in self.over.formaal.values()}
        linjer = [
            revisionsactions.Revisionsaendring(
                delta=r["delta"],
                planaar=r["planaar"],
                formaal=formaal[_pk(r["delaftale"]), _pk(r["aktivitet"])]
                if not (r["delaftale"] and r["aktivitet"])
                else "",
                kilde=r["kilde"].noegle if r["kilde"] else "",
                art=r["art"],
                konto=r["konto"].noegle if r["konto"] else "",
                note=r["note"],
            )
            for r in form.raekker["linjer"]
        ]
        try:
            revisionsactions.gem_revisionslinjer(
                bruger=self.request.user, revision=revision, linjer=linjer, version=revision.version
            )
        except ValidationError as fejl:
            if not hasattr(fejl, "error_dict"):
                raise
            ved = {int(noegle.removeprefix("linje-")): ValidationError(b) for noegle, b in fejl.message_dict.items()}
            raise Raekkefejl("linjer", ved) from None
        return revision


def _pk(objekt) -> int | None:
    return objekt.pk if objekt else None


class OpretRevision(Revisionsside):
    titel = "Ny revision"
    gem_tekst = "Gem revisionen"

    def hent_objekt(self):
        bevilget = self.plan.budgetter.filter(art=Budgetart.BEVILGET).first()
        if bevilget is None:
            raise Http404("Planen har intet bevilget budget at revidere.")
        bevilget.plan = self.plan
        return Revision(budget=bevilget)

    def gem_hoved(self, form, version):
        return revisionsactions.opret_revision(bruger=self.request.user, revision=form.instance)


class EnRevision(Revisionsside):
    def hent_objekt(self):
        fundet = get_object_or_404(Revision, budget__plan=self.plan, pk=self.kwargs["pk"])
        fundet.budget.plan = self.plan
        return fundet


class RetRevision(EnRevision):
    titel = "Ret revisionen"
    gem_tekst = "Gem revisionen"

    def gem_hoved(self, form, version):
        revisionsactions.ret_revision(
            bruger=self.request.user, revision=form.instance, felter=form.felter, version=version
        )
        return form.instance

    def slet_url(self):
        return "" if self.objekt.er_laast else reverse("revision-slet", args=[self.plan.noegle, self.objekt.pk])


class GodkendRevision(BudgetRediger):
    """With the effect on share and cash before the button, and the decisions that the effect demands."""

    form_class, tilbage = forms.GodkendRevisionForm, "budget-revisioner"
    template_name = "budget/godkend_revision.html"
    titel = "Godkend revisionen"
    gem_tekst = "Godkend og lås revisionen"

    hent_objekt = EnRevision.hent_objekt

    @cached_property
    def virkning(self):
        return virkning(self.objekt)

    def formargumenter(self):
        noteret = revisionsactions.beslutning_om(self.objekt)
        return {"niveau": self.virkning.niveau, "noteret": noteret}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"virkning": self.virkning}

    def gem(self, form, version):
        return revisionsactions.godkend_revision(
            bruger=self.request.user,
            revision=self.objekt,
            dato=form.felter["dato"],
            version=version,
            beslutning=form.beslutning,
        )


@plankommando(Rettighed.RET_BUDGET)
def slet_revision(request, plan, pk):
    revision = get_object_or_404(Revision, budget__plan=plan, pk=pk)
    revisionsactions.slet_revision(bruger=request.user, revision=revision)
    return reverse("budget-revisioner", args=[plan.noegle])
