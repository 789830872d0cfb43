"""Ordinary edit pages: budgets, financiers, rates, accounts, scenarios, revisions, pools."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.views.faelles import plankommando
from aftaler.views.rediger import PlanRediger
from budget import forms
from budget.actions import budget as budgetactions
from budget.actions import finansiering as kildeactions
from budget.actions import pulje as puljeactions
from budget.actions import revision as revisionsactions
from budget.choices import Budgetart
from budget.models import (
    Budget,
    Finansieringskilde,
    Konto,
    Medfinansieringspulje,
    Puljetilsagn,
    Revision,
    Sats,
    Satsvaerdi,
)
from budget.queries.indtastning import Celle
from budget.queries.ramme import ramme
from budget.queries.terning import kolonner
from budget.rules.celler import Cellenoegle
from budget.views.faelles import BudgetplanMixin, Tal, hent_budget


class BudgetRediger(BudgetplanMixin, PlanRediger):
    """An edit page under the budget: `tilbage` is the named page it leads to."""

    tilbage = "budget-overblik"
    anker = ""

    def titel_tekst(self):
        return self.titel

    def efter_url(self):
        return reverse(self.tilbage, args=[self.plan.noegle]) + self.anker


# --- budgets --------------------------------------------------------------------------------------------------------


class OpretBudget(BudgetRediger):
    form_class = forms.NytBudgetForm
    titel = "Opret et budget"
    gem_tekst = "Opret budgettet"

    def hent_objekt(self):
        return Budget(plan=self.plan)

    def gem(self, form, version):
        fra = form.cleaned_data["grundlag"]
        if fra is None:
            return budgetactions.opret_budget(bruger=self.request.user, budget=form.instance)
        fra.plan = self.plan
        return budgetactions.kopier_budget(bruger=self.request.user, fra=fra, budget=form.instance)

    def efter_url(self):
        if getattr(self, "gemt", None) is None:
            return self.overblik_url
        if not self.plan.finansieringskilder.exists():
            return reverse("budget-kilder", args=[self.plan.noegle])
        return reverse("budget-gitter", args=[self.plan.noegle, self.gemt.noegle])


class EtBudget(BudgetRediger):
    """A page about the budget in the address."""

    def hent_objekt(self):
        return self.budget

    def efter_url(self):
        return self.budget.get_absolute_url()


class RetBudget(EtBudget):
    form_class = forms.BudgetForm
    titel = "Ret navn og begrundelse"

    def gem(self, form, version):
        return budgetactions.ret_budget(
            bruger=self.request.user, budget=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return "" if self.budget.er_laast else reverse("budget-slet", args=[self.plan.noegle, self.budget.noegle])


class GodkendBudget(EtBudget):
    form_class = forms.GodkendForm
    titel = "Godkend budgettet"
    gem_tekst = "Godkend og lås budgettet"

    def gem(self, form, version):
        return budgetactions.godkend_budget(
            bruger=self.request.user, budget=self.budget, dato=form.felter["dato"], version=version
        )


@plankommando()
def slet_budget(request, plan, budget):
    budgetactions.slet_budget(bruger=request.user, budget=hent_budget(plan, budget))
    return reverse("budget-overblik", args=[plan.noegle])


class OpretScenarie(BudgetRediger):
    """Copy a budget and let some financiers give another total; the new budget's page says what the rules demand."""

    form_class = forms.ScenarieForm
    titel = "Regn på et scenarie"
    gem_tekst = "Regn scenariet ud"

    def formargumenter(self):
        summer = Tal(self.budget, revideret=True).terning.pr_kilde
        return {"totaler": [(s.emne, s.i_alt) for s in summer if s.i_alt]}

    def gem(self, form, version):
        return budgetactions.opret_scenarie(
            bruger=self.request.user,
            fra=self.budget,
            navn=form.felter["navn"],
            nye_totaler=form.nye_totaler,
            begrundelse=form.felter["begrundelse"],
            skaler_udgifter=form.felter["skaler_udgifter"],
        )

    def proev(self, form):
        try:
            return super().proev(form)
        except ValidationError as fejl:
            form.tilfoej_fejl(fejl)
            return self.vis(form, status=422)

    def efter_url(self):
        gemt = getattr(self, "gemt", None) or self.budget
        return reverse("budget-vis", args=[self.plan.noegle, gemt.noegle])


class Regn(EtBudget):
    """One row of hours or premises reckoned with a rate: a quantity for each plan year."""

    form_class = forms.RegnForm
    titel = "Regn med sats"

    @cached_property
    def over(self):
        return ramme(self.plan)

    @cached_property
    def sted(self):
        """(financier, kind, purpose) of the row in the address."""
        k = self.kwargs
        if k["kilde"] not in self.over.kilde_af or k["formaal"] not in self.over.formaal_af:
            raise Http404("Rækken findes ikke i planen.")
        return self.over.kilde_af[k["kilde"]], k["art"], self.over.formaal_af[k["formaal"]]

    def hent_objekt(self):
        self.sted  # noqa: B018 -- 404 before the form
        return self.budget

    def titel_tekst(self):
        kilde, _, formaal = self.sted
        return f"{self.titel}: {kilde}, {formaal.fuldt_navn}"

    def formargumenter(self):
        kilde, art, formaal = self.sted
        celler, _ = Tal(self.budget).indhold
        kol = kolonner(self.over.planaar, {n.planaar for n in celler}, ufordelt=True)
        nu = [celler.get(Cellenoegle(kilde.pk, art, formaal.formaal, k.planaar)) for k in kol]
        aar = [
            (k, v and v.maengde, v and v.satsvaerdi and self.over.satsvaerdier[v.satsvaerdi].sats.noegle)
            for k, v in zip(kol, nu, strict=True)
        ]
        return {"satser": [s for s in self.over.satser if s.art == art], "aar": aar}

    def gem(self, form, version):
        kilde, art, formaal = self.sted
        celler = []
        for navn, kolonne in form.aar.items():
            maengde, foer = form.felter[navn], form.fields[navn].initial
            if maengde is None and foer is not None:
                celler.append(Celle(kilde.noegle, art, formaal.noegle, kolonne.planaar, beloeb=""))
            elif maengde is not None:
                sats = form.felter["sats"]
                celler.append(Celle(kilde.noegle, art, formaal.noegle, kolonne.planaar, maengde=maengde, sats=sats))
        try:
            return budgetactions.gem_celler(
                bruger=self.request.user, budget=self.budget, version=version, celler=celler
            )
        except ValidationError as fejl:
            raise ValidationError(fejl.messages) from None

    def efter_url(self):
        return reverse("budget-gitter", args=[self.plan.noegle, self.budget.noegle])


# --- financiers, rates, accounts ------------------------------------------------------------------------------------


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

    def gem(self, form, version):
        return kildeactions.ret_kilde(
            bruger=self.request.user, kilde=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return reverse("finansieringskilde-slet", args=[self.plan.noegle, self.objekt.noegle])


@plankommando()
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

    def gem(self, form, version):
        return kildeactions.ret_sats(bruger=self.request.user, sats=form.instance, felter=form.felter, version=version)

    def slet_url(self):
        return reverse("sats-slet", args=[self.plan.noegle, self.objekt.pk])


@plankommando()
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

    def gem(self, form, version):
        return kildeactions.ret_konto(
            bruger=self.request.user, konto=form.instance, felter=form.felter, version=version
        )

    def slet_url(self):
        return reverse("konto-slet", args=[self.plan.noegle, self.objekt.pk])


@plankommando()
def slet_konto(request, plan, pk):
    kildeactions.slet_konto(bruger=request.user, konto=get_object_or_404(Konto, plan=plan, pk=pk))
    return reverse("budget-kilder", args=[plan.noegle])


# --- revisions ------------------------------------------------------------------------------------------------------


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
            revisionsactions.Linje(
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
            ved_linjer = fejl.message_dict if hasattr(fejl, "error_dict") else {"": fejl.messages}
            raise ValidationError(
                [
                    f"{noegle.replace('linje-', 'Ændring ')}: {b}".removeprefix(": ")
                    for noegle, bs in ved_linjer.items()
                    for b in bs
                ]
            ) from None
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

    def gem_hoved(self, form, version):
        revisionsactions.ret_revision(
            bruger=self.request.user, revision=form.instance, felter=form.felter, version=version
        )
        return form.instance

    def slet_url(self):
        return "" if self.objekt.er_laast else reverse("revision-slet", args=[self.plan.noegle, self.objekt.pk])


class GodkendRevision(BudgetRediger):
    form_class, tilbage = forms.GodkendForm, "budget-revisioner"
    titel = "Godkend revisionen"
    gem_tekst = "Godkend og lås revisionen"

    hent_objekt = EnRevision.hent_objekt

    def gem(self, form, version):
        return revisionsactions.godkend_revision(
            bruger=self.request.user, revision=self.objekt, dato=form.felter["dato"], version=version
        )


@plankommando()
def slet_revision(request, plan, pk):
    revision = get_object_or_404(Revision, budget__plan=plan, pk=pk)
    revisionsactions.slet_revision(bruger=request.user, revision=revision)
    return reverse("budget-revisioner", args=[plan.noegle])


# --- a kommune's pool -----------------------------------------------------------------------------------------------


class Puljeside(BudgetRediger):
    form_class, tilbage = forms.PuljeForm, "budget-puljer"

    def formargumenter(self):
        return {"plan": self.plan}

    def hent_objekt(self):
        if "pk" not in self.kwargs:
            return Medfinansieringspulje()
        egne = Medfinansieringspulje.objects.filter(organisation__parter__plan=self.plan)
        return get_object_or_404(egne.distinct(), pk=self.kwargs["pk"])


class OpretPulje(Puljeside):
    titel = "Opret kommunens pulje"
    gem_tekst = "Opret puljen"

    def gem(self, form, version):
        return puljeactions.opret_pulje(bruger=self.request.user, pulje=form.instance)


class RetPulje(Puljeside):
    titel = "Ret kommunens pulje"

    def gem(self, form, version):
        return puljeactions.ret_pulje(
            bruger=self.request.user, pulje=form.instance, felter=form.felter, version=version
        )


class Tilsagn(BudgetRediger):
    """What this plan is granted from a pool: created, or changed when it is there."""

    form_class, tilbage = forms.TilsagnForm, "budget-puljer"
    titel = "Planens tilsagn fra puljen"

    def hent_objekt(self):
        pulje = Puljeside.hent_objekt(self)
        fundet = Puljetilsagn.objects.filter(pulje=pulje, plan=self.plan).first()
        return fundet or Puljetilsagn(pulje=pulje, plan=self.plan)

    def gem(self, form, version):
        tilsagn = form.instance
        if tilsagn.pk:
            return puljeactions.ret_tilsagn(
                bruger=self.request.user, tilsagn=tilsagn, felter=form.felter, version=version
            )
        return puljeactions.opret_tilsagn(bruger=self.request.user, tilsagn=tilsagn)
