"""The plan's calendar: what is overdue, what comes, what persons have set, and what is done."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import conditional_page, require_safe
from django.views.generic import TemplateView

from aftaler.views.faelles import PlanMixin, plankommando
from aftaler.views.rediger import PlanRediger
from kalender import ical
from kalender.actions import frist as handlinger
from kalender.actions.abonnement import ny_adresse, traek_adresse
from kalender.forms.frist import FristForm, HoldtForm
from kalender.models import Frist, Kalenderabonnement
from kalender.queries import kalender
from kalender.queries.kalender import kalenderside, planens_kalender
from kalender.queries.kalenderregler import FORPLIGTET, MOEDE, UDEN_DATO
from moeder.actions.moede_udenfor import Referatfil, meld_moede_holdt
from moeder.models import Moede
from status.actions.laesning import aftryk
from status.rules import oplyst_periode, periodebesked


def kalenderens_url(plan) -> str:
    return reverse("kalender-liste", args=[plan.noegle])


class VisKalender(PlanMixin, TemplateView):
    template_name = "kalender/liste.html"

    def krummer(self):
        return ["Kalender"]

    def get_context_data(self, **kwargs):
        i_dag = timezone.localdate()
        side = kalenderside(planens_kalender(self.plan, i_dag), i_dag)
        return super().get_context_data(**kwargs) | {
            "kalender": side,
            "i_dag": i_dag,
            "oplyst_periode": oplyst_periode(self.plan) if self.plan.fase in FORPLIGTET else "",
            "periodebesked": periodebesked(self.plan.regnes_fra, self.plan.regnes_til, i_dag),
        }


class RetFrist(PlanRediger):
    form_class = FristForm
    titel = "Ret fristen"

    def krummer(self):
        return [("Kalender", self.efter_url()), self.titel]

    def hent_objekt(self):
        return get_object_or_404(Frist, plan=self.plan, pk=self.kwargs["pk"], afledt="")

    def gem(self, form, version):
        return handlinger.gem_frist(bruger=self.request.user, frist=form.instance, felter=form.felter, version=version)

    def efter_url(self):
        return kalenderens_url(self.plan)

    def slet_url(self):
        return reverse("frist-slet", args=[self.plan.noegle, self.objekt.pk])


class OpretFrist(RetFrist):
    titel = "Tilføj en frist"

    def hent_objekt(self):
        return Frist(plan=self.plan)

    def slet_url(self):
        return ""


@plankommando()
def slet_frist(request, plan, pk):
    handlinger.slet_frist(bruger=request.user, frist=get_object_or_404(Frist, plan=plan, pk=pk, afledt=""))
    messages.success(request, "Fristen er slettet.")
    return kalenderens_url(plan)


@plankommando()
def meld_udfoert(request, plan):
    titel = handlinger.meld_udfoert(bruger=request.user, plan=plan, uid=request.POST.get("linje", ""))
    messages.success(request, f"Meldt udført: {titel}.")
    return kalenderens_url(plan)


class MeldHoldt(PlanRediger):
    """A meeting was held elsewhere: which day, and the minutes if they are at hand."""

    form_class = HoldtForm
    template_name = "kalender/holdt.html"
    titel = "Meld mødet holdt"
    gem_tekst = "Meld holdt"

    def krummer(self):
        return [("Kalender", self.efter_url()), self.titel]

    def dispatch(self, request, *args, **kwargs):
        self.plan  # noqa: B018 -- 404 and 403 before anything else
        alle = planens_kalender(self.plan, timezone.localdate())
        self.linje = next((li for li in alle if li.uid == self.kwargs["linje"] and li.kan_meldes_holdt), None)
        if self.linje is None:
            raise Http404("Mødet står ikke længere i kalenderen som et, der mangler.")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def moede(self) -> Moede | None:
        pk = self.linje.uid.removeprefix(MOEDE) if self.linje.er_moede else None
        return get_object_or_404(Moede, plan=self.plan, pk=pk) if pk else None

    def formargumenter(self):
        return {"initial": {"dato": min(self.linje.dato, timezone.localdate())}}

    def gem(self, form, version):
        fil = form.cleaned_data["fil"]
        art = self.moede.art if self.moede else self.linje.uid.removeprefix(UDEN_DATO).partition("-")[0]
        return meld_moede_holdt(
            bruger=self.request.user,
            plan=self.plan,
            art=art,
            dato=form.cleaned_data["dato"],
            moede=self.moede,
            referat=Referatfil(fil.read(), fil.name) if fil else None,
        )

    def efter_url(self):
        return kalenderens_url(self.plan)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"linje": self.linje}


@plankommando()
def genaabn(request, plan):
    handlinger.genaabn(bruger=request.user, plan=plan, uid=request.POST.get("linje", ""))
    messages.success(request, "Linjen er åben igen.")
    return kalenderens_url(plan)


class Abonnement(PlanMixin, TemplateView):
    """Secret addresses for the person's own calendar. A new one is shown once, in answer to the button."""

    template_name = "kalender/abonnement.html"

    def krummer(self):
        return [("Kalender", kalenderens_url(self.plan)), "Vis i din egen kalender"]

    def get_context_data(self, **kwargs):
        egne = {a.plan_id: a for a in self.request.user.kalenderabonnementer.filter(Q(plan=self.plan) | Q(plan=None))}
        return super().get_context_data(**kwargs) | {
            "adresser": [
                {"hvad": "plan", "navn": "Denne plan", "abonnement": egne.get(self.plan.pk)},
                {"hvad": "alle", "navn": "Alle dine planer", "abonnement": egne.get(None)},
            ]
        }

    def post(self, request, *args, **kwargs):
        hvad, handling = request.POST.get("hvad"), request.POST.get("handling")
        if hvad not in ("plan", "alle") or handling not in ("ny", "traek"):
            return HttpResponseBadRequest()
        plan = self.plan if hvad == "plan" else None
        if handling == "traek":
            traek_adresse(bruger=request.user, plan=plan)
            messages.success(request, "Adressen virker ikke længere.")
            return redirect(request.path)
        token = ny_adresse(bruger=request.user, plan=plan)
        adresse = request.build_absolute_uri(reverse("kalender-feed", args=[token]))
        svar = self.render_to_response(self.get_context_data(ny_adresse=adresse, ny_hvad=hvad))
        svar["Cache-Control"] = "no-store"
        return svar


@login_not_required
@require_safe
@conditional_page
def feed(request, token):
    """The dates behind a secret address. It reads, and writes nothing."""
    abonnement = (
        Kalenderabonnement.objects.select_related("bruger", "plan")
        .filter(token_sha256=aftryk(token), bruger__is_active=True)
        .first()
    )
    planer = kalender.feed(abonnement, timezone.localdate()) if abonnement else []
    if not planer:
        raise Http404("Kalenderen findes ikke, eller adressen er trukket tilbage.")
    navn = abonnement.plan.navn if abonnement.plan else "Helhedsplaner"
    vaert = urlsplit(settings.SIDENS_ADRESSE).hostname
    data = ical.tegn(navn, planer, vaert=vaert, absolut=lambda sti: urljoin(settings.SIDENS_ADRESSE, sti))
    svar = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    svar["Content-Disposition"] = 'inline; filename="helhedsplan.ics"'
    svar["Cache-Control"] = "private, no-cache"
    return svar
