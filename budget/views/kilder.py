"""Edit pages of financiers, rates and accounts."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.views.faelles import plankommando
from budget.actions import finansiering as kildeactions
from budget.forms import budget as forms
from budget.models import (
    Finansieringskilde,
    Konto,
    Sats,
    Satsvaerdi,
)
from budget.views.faelles import BudgetRediger
from helhedsplan.rettigheder import Rettighed


class Kilderaekke(BudgetRediger):
    tilbage = "budget-kilder"
    model: type

    def hent_objekt(self):
        if "pk" in self.kwargs:
            return get_object_or_404(self.model, plan=self.plan, pk=self.kwargs["pk"])
        if "kilde" in self.kwargs:
            return get_object_or_404(self.model, plan=self.plan, noegle=self.kwargs["kilde"])
        return self.model(plan=self.plan)


class OpretKilde(Kilderaekke):
    model, form_class, anker = Finansieringskilde, forms.KildeForm, "#kilder"
    titel = "Tilføj en finansieringskilde"
    gem_tekst = "Tilføj kilden"

    def gem(self, form, version):
        return kildeactions.opret_kilde(bruger=self.request.user, kilde=form.instance)


class RetKilde(Kilderaekke):
    model, form_class, anker = Finansieringskilde, forms.KildeForm, "#kilder"
    titel = "Ret finansieringskilden"
    gem_tekst = "Gem kilden"

    def gem(self, form, version):
        return kildeactions.ret_kilde(
            bruger=self.request.user, kilde=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return reverse("finansieringskilde-slet", args=[self.plan.noegle, self.objekt.noegle])


@plankommando(Rettighed.RET_BUDGET)
def slet_kilde(request, plan, kilde):
    kildeactions.slet_kilde(bruger=request.user, kilde=get_object_or_404(plan.finansieringskilder, noegle=kilde))
    return reverse("budget-kilder", args=[plan.noegle])


class OpretSats(Kilderaekke):
    model, form_class, anker = Sats, forms.NySatsForm, "#satser"
    titel = "Tilføj en sats"
    gem_tekst = "Tilføj satsen"

    def gem(self, form, version):
        felter = {navn: form.felter[navn] for navn in ("gaelder_fra", "beloeb", "kilde")}
        return kildeactions.opret_sats(bruger=self.request.user, sats=form.instance, vaerdi=Satsvaerdi(**felter))


class RetSats(Kilderaekke):
    model, form_class, anker = Sats, forms.SatsForm, "#satser"
    titel = "Ret satsen"
    gem_tekst = "Gem satsen"

    def gem(self, form, version):
        return kildeactions.ret_sats(bruger=self.request.user, sats=form.instance, felter=form.felter, version=version)

    def slet_url(self):
        return reverse("sats-slet", args=[self.plan.noegle, self.objekt.pk])


@plankommando(Rettighed.RET_BUDGET)
def slet_sats(request, plan, pk):
    kildeactions.slet_sats(bruger=request.user, sats=get_object_or_404(plan.satser, pk=pk))
    return reverse("budget-kilder", args=[plan.noegle])


class OpretSatsvaerdi(BudgetRediger):
    """A new value of a rate; the amounts that stand in budgets keep theirs."""

    form_class, tilbage, anker = forms.SatsvaerdiForm, "budget-kilder", "#satser"
    gem_tekst = "Tilføj værdien"

    @cached_property
    def sats(self):
        return get_object_or_404(Sats, plan=self.plan, pk=self.kwargs["pk"])

    def titel_tekst(self):
        return f"Ny værdi af {self.sats}"

    def hent_objekt(self):
        return Satsvaerdi(sats=self.sats)

    def gem(self, form, version):
        return kildeactions.opret_satsvaerdi(bruger=self.request.user, sats=self.sats, **form.felter)


class RetSatsvaerdi(BudgetRediger):
    """Mend a value that was written wrong; the action refuses one that an approved budget is reckoned with."""

    form_class, tilbage, anker = forms.SatsvaerdiForm, "budget-kilder", "#satser"
    gem_tekst = "Gem værdien"

    def hent_objekt(self):
        return get_object_or_404(
            Satsvaerdi.objects.select_related("sats__plan"), sats__plan=self.plan, pk=self.kwargs["pk"]
        )

    def titel_tekst(self):
        return f"Ret værdien af {self.objekt.sats}"

    def i_vejen(self):
        return kildeactions.ret_satsvaerdi_i_vejen(self.objekt)

    def gem(self, form, version):
        return kildeactions.ret_satsvaerdi(
            bruger=self.request.user, vaerdi=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return reverse("satsvaerdi-slet", args=[self.plan.noegle, self.objekt.pk])


@plankommando(Rettighed.RET_BUDGET)
def slet_satsvaerdi(request, plan, pk):
    kildeactions.slet_satsvaerdi(bruger=request.user, vaerdi=get_object_or_404(Satsvaerdi, sats__plan=plan, pk=pk))
    return reverse("budget-kilder", args=[plan.noegle])


class OpretKonto(Kilderaekke):
    model, form_class, anker = Konto, forms.KontoForm, "#konti"
    titel = "Tilføj en konto"
    gem_tekst = "Tilføj kontoen"

    def hent_objekt(self):
        return Konto(plan=self.plan, regelsaet=self.plan.regelsaet)

    def gem(self, form, version):
        return kildeactions.opret_konto(bruger=self.request.user, konto=form.instance)


class RetKonto(Kilderaekke):
    model, form_class, anker = Konto, forms.KontoForm, "#konti"
    titel = "Ret kontoen"
    gem_tekst = "Gem kontoen"

    def gem(self, form, version):
        return kildeactions.ret_konto(
            bruger=self.request.user, konto=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return reverse("konto-slet", args=[self.plan.noegle, self.objekt.pk])


@plankommando(Rettighed.RET_BUDGET)
def slet_konto(request, plan, pk):
    kildeactions.slet_konto(bruger=request.user, konto=get_object_or_404(Konto, plan=plan, pk=pk))
    return reverse("budget-kilder", args=[plan.noegle])
