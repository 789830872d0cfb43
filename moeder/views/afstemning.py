"""Voting on an item, its own page for the phone, attendance, disqualification, and the conclusion."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from aftaler.views.faelles import plankommando, tilbage
from aftaler.views.rediger import PlanRediger
from helhedsplan.formats import klokken
from helhedsplan.rettigheder import Rettighed
from moeder import indstilling
from moeder.actions import afstemning as handlinger
from moeder.choices import Moedetilstand
from moeder.forms import afstemning as forms
from moeder.models import Bestyrelsesmedlem, Inhabilitet
from moeder.queries import afstemning as forespoergsler
from moeder.queries.moede import besluttet
from moeder.queries.sammensaetning import sider
from moeder.views.moede import MoedeMixin, hent_moede, hent_punkt, moedenavn


class Punktside(MoedeMixin):
    """What the pages of one item share: where the votes stand, and the way back."""

    @cached_property
    def stilling(self) -> forespoergsler.Punktstilling:
        return forespoergsler.punktstilling(self.punkt, self.request.user)

    @cached_property
    def stem_url(self) -> str:
        return self.url("punkt-stem", punkt=self.punkt.pk)

    def krummer(self):
        skridt = [("Møder", self.liste_url), (moedenavn(self.moede), self.moede.get_absolute_url())]
        egen = (self.punkt.titel, self.stem_url)
        return [*skridt, self.punkt.titel] if isinstance(self, Stem) else [*skridt, egen, self.titel_tekst()]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"p": self.stilling, "punkt": self.punkt}


class Stem(Punktside, TemplateView):
    """An item on its own: what it is about, how it stands, and one's own vote. A POST votes."""

    rettighed = Rettighed.DELTAG
    template_name = "moeder/afstemning/punkt.html"

    def titel_tekst(self) -> str:
        return self.punkt.titel

    def get_context_data(self, **kwargs):
        tekster = [(navn, getattr(self.punkt, felt)) for felt, navn in indstilling.OVERSKRIFTER]
        return super().get_context_data(**kwargs) | {"tekster": [(n, t) for n, t in tekster if t]}

    def post(self, request, *args, **kwargs):
        try:
            stemme = handlinger.stem(
                bruger=request.user,
                punkt=self.punkt,
                medlem=self._medlem(request.POST.get("medlem", "")),
                valg=request.POST.get("valg", ""),
                sha256=request.POST.get("sha256", ""),
            )
            ord_ = f"{stemme.medlem}: {stemme.get_valg_display().lower()}. Gemt kl. {klokken(timezone.now())}"
            messages.success(request, ord_)
        except ValidationError as fejl:
            for besked in fejl.messages:
                messages.error(request, besked)
        fra = tilbage(request, self.plan)
        return redirect(self.stem_url if fra == self.plan.get_absolute_url() else fra)

    def _medlem(self, pk: str) -> Bestyrelsesmedlem:
        """The seat that the vote is for; one's own when none is named. Raises ValidationError."""
        alle = Bestyrelsesmedlem.objects.filter(side__plan=self.plan).select_related("side")
        if pk.isdecimal() and len(pk) < 12:
            fundet = alle.filter(pk=int(pk)).first()
        else:
            fundet = alle.filter(bruger=self.request.user).paa(self.moede.dato).first()
        if fundet is None:
            raise ValidationError("Du sidder ikke i bestyrelsen den dag, så du kan ikke stemme.", code="ikke_medlem")
        return fundet


class AfgoerPunkt(Punktside, PlanRediger):
    """Write what the meeting came to on an item."""

    rettighed = Rettighed.STYR
    template_name = "moeder/afstemning/afgoer.html"
    form_class = forms.AfgoerForm
    titel, gem_tekst = "Afgør punktet", "Skriv beslutningen"

    def titel_tekst(self) -> str:
        return self.titel

    def formargumenter(self):
        stilling = self.stilling.stilling
        return {
            "resultater": forespoergsler.mulige_resultater(self.punkt),
            "kun_udsaettes": forespoergsler.papiret_mangler(self.punkt),
            "initial": {
                "enighed": stilling.er_stemt and stilling.enighed,
                "dato": min(self.moede.dato, timezone.localdate()),
                "sha256": forespoergsler.det_der_afgoeres(self.punkt),
            },
        }

    def hent_kladde(self):
        """What was typed, about the paper that the page shows now."""
        kladde = super().hent_kladde()
        if kladde is not None:
            kladde.data = kladde.data | {"sha256": [forespoergsler.det_der_afgoeres(self.punkt)]}
        return kladde

    def i_vejen(self):
        return forespoergsler.mangler_for_afgoerelse(self.punkt)

    def gem(self, form, version):
        return handlinger.afgoer(bruger=self.request.user, punkt=self.punkt, **form.felter)

    def efter_url(self) -> str:
        return f"{self.moede.get_absolute_url()}#punkt-{self.punkt.pk}"

    def fortryd_url(self) -> str:
        return self.stem_url


class SkrivInhabil(Punktside, PlanRediger):
    """A member takes no part in the item."""

    form_class = forms.InhabilForm
    titel, gem_tekst = "Skriv et medlem som inhabilt", "Gem"

    def titel_tekst(self) -> str:
        return self.titel

    def formargumenter(self):
        return {"medlemmer": [m for side in sider(self.plan, self.moede.dato) for m in side.pladser]}

    def gem(self, form, version):
        return handlinger.skriv_inhabil(
            bruger=self.request.user, punkt=self.punkt, medlem=form.medlem(), grund=form.cleaned_data["grund"]
        )

    def efter_url(self) -> str:
        return self.stem_url


@plankommando()
def slet_inhabil(request, plan, pk, punkt, inhabil):
    fundet = hent_punkt(hent_moede(plan, pk), punkt)
    inhabilitet = get_object_or_404(Inhabilitet.objects.select_related("medlem"), punkt=fundet, pk=inhabil)
    inhabilitet.punkt = fundet
    handlinger.fjern_inhabil(bruger=request.user, inhabilitet=inhabilitet)
    messages.success(request, f"{inhabilitet.medlem} er ikke længere skrevet som inhabil.")
    return reverse("punkt-stem", args=[plan.noegle, pk, punkt])


class RetFremmoede(MoedeMixin, PlanRediger):
    """Who came, and who has given whom a proxy."""

    form_class = forms.FremmoedeForm
    template_name = "moeder/afstemning/fremmoede.html"
    titel, gem_tekst = "Fremmøde og fuldmagt", "Gem fremmødet"

    def titel_tekst(self) -> str:
        return self.titel

    @cached_property
    def sider(self):
        return sider(self.plan, self.moede.dato) if self.moede.er_bestyrelsens else []

    def i_vejen(self):
        if self.moede.er_bestyrelsens:
            return "" if any(side.pladser for side in self.sider) else "Bestyrelsen har ingen medlemmer den dag."
        return "Der skrives kun fremmøde for bestyrelsens medlemmer. Skriv andre deltagere i referatet."

    def formargumenter(self):
        return {"sider": self.sider, "skrevne": {f.medlem_id: f for f in self.moede.fremmoeder.all()}}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "er_aflyst": self.moede.tilstand == Moedetilstand.AFLYST,
            "er_fast": besluttet(self.moede),
        }

    def gem(self, form, version):
        return handlinger.ret_fremmoede(bruger=self.request.user, moede=self.moede, raekker=form.linjer())

    def efter_url(self) -> str:
        return self.moede.get_absolute_url()
