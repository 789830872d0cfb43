"""What every view of a plan shares: the plan the person may see, the right asked for, and the page's frame."""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from aftaler.models import Aktivitet, Delaftale, Helhedsplan, Medlemskab
from aftaler.queries.adgang import INGEN_RET, er_eget
from aftaler.queries.overblik import Menulinje, sidemenu
from helhedsplan import tilslutninger
from helhedsplan.konto import ManglerToTrin, uden_to_trin
from helhedsplan.laest import den_samme
from helhedsplan.rettigheder import SKRIVERETTER, Krav, Rettighed, opfylder, rettigheder_for


@dataclass(frozen=True)
class Krumme:
    """One step of the breadcrumb; the current page has no url."""

    tekst: str
    url: str = ""


def krummer(*skridt: tuple[str, str] | str) -> list[Krumme]:
    """Front page first; each step is (text, url), the last one just text."""
    led = [Krumme(s) if isinstance(s, str) else Krumme(*s) for s in skridt]
    return [Krumme("Forside", reverse("forside")), *led]


def hent_plan(request, noegle: str, rettighed: Krav = Rettighed.SE) -> Helhedsplan:
    """The plan with the person's rights on it as `plan.rettigheder`, and the membership that gives them; foreign plan
    404, missing right 403. `rettighed` None: whoever is in the plan. Asked anew at
    each request, so that what ends today gives nothing tomorrow, whoever is still logged in."""
    medlemskab = (
        Medlemskab.objects.gaeldende()
        .select_related("plan__regelsaet", "plan__forgaenger")
        .filter(bruger=request.user, plan__noegle=noegle)
        .first()
    )
    if medlemskab is None:
        raise Http404("Planen findes ikke, eller du har ikke adgang til den.")
    plan = medlemskab.plan
    plan.rettigheder = rettigheder_for(medlemskab.rolle)
    plan.medlemskab = medlemskab
    if not opfylder(plan.rettigheder, rettighed):
        raise PermissionDenied(INGEN_RET)
    den_samme(plan)
    if plan.kraever_to_trin and not plan.rettigheder.isdisjoint(SKRIVERETTER) and uden_to_trin(request):
        raise ManglerToTrin
    return plan


def tjek_eget(plan: Helhedsplan, objekt: Delaftale | Aktivitet) -> None:
    """403 where the person writes no more than his own, and this is not."""
    if Rettighed.RET not in plan.rettigheder and not er_eget(plan.medlemskab, objekt):
        raise PermissionDenied(INGEN_RET)


def med_ret(rettighed: Krav):
    """Says of a function what right it asks of the person, so that nobody is led to it who has not."""

    def pynt(view):
        view.rettighed = rettighed
        return view

    return pynt


def hent_delaftale(plan: Helhedsplan, noegle: str) -> Delaftale:
    """The plan's delaftale on an indsatsområde, with plan and indsatsområde at hand."""
    aftale = plan.delaftaler.select_related("indsatsomraade").filter(indsatsomraade__noegle=noegle).first()
    if aftale is None:
        raise Http404("Planen har ingen delaftale om det indsatsområde.")
    aftale.plan = plan
    return aftale


def _med_menupunkt(skridt: list, menu: list[Menulinje], sti: str) -> list[tuple[str, str] | str]:
    """The way to a page leads by the entry of the menu that it stands under, whether or not the page names it; the
    plan's own page is a step already."""
    punkt = next((p for p in menu if p.aktiv and p is not menu[0]), None)
    if punkt is None or not skridt or sti == punkt.url:
        return skridt
    if punkt.tekst == (skridt[0] if isinstance(skridt[0], str) else skridt[0][0]):
        return skridt
    return [(punkt.tekst, punkt.url), *skridt]


class PlanMixin:
    """For class views under a plan: `self.plan`, `self.maa_rette`, and the frame's context."""

    rettighed: Krav = Rettighed.SE

    @cached_property
    def plan(self) -> Helhedsplan:
        return hent_plan(self.request, self.kwargs["plan"], self.rettighed)

    @cached_property
    def delaftale(self) -> Delaftale:
        return hent_delaftale(self.plan, self.kwargs["omraade"])

    def dispatch(self, request, *args, **kwargs):
        self.plan  # noqa: B018 -- 404 and 403 before anything else
        return super().dispatch(request, *args, **kwargs)

    def krummer(self) -> list[tuple[str, str] | str]:
        """The steps after the plan; the last is the page's own name."""
        return []

    def get_context_data(self, **kwargs):
        menu = sidemenu(self.plan, self.request.path)
        skridt = _med_menupunkt(self.krummer(), menu, self.request.path)
        plan = (self.plan.navn, self.plan.get_absolute_url()) if skridt else self.plan.navn
        return super().get_context_data(**kwargs) | {
            "plan": self.plan,
            "maa_rette": Rettighed.RET in self.plan.rettigheder,
            "maa_eget": Rettighed.RET in self.plan.rettigheder,
            "egne_aktiviteter": (),
            "laeser_alt": Rettighed.SE in self.plan.rettigheder,
            "maa_deltage": Rettighed.DELTAG in self.plan.rettigheder,
            "ser_historik": Rettighed.HISTORIK in self.plan.rettigheder,
            "ser_mail": Rettighed.MAILADRESSER in self.plan.rettigheder,
            "maa_styre": Rettighed.STYR in self.plan.rettigheder,
            "er_forbi": self.plan.er_forbi(timezone.localdate()),
            "sidemenu": menu,
            "broedkrumme": krummer(plan, *skridt),
        }


class Skrivevagt(PlanMixin):
    """For pages whose writes figures hang on: what the rooms warn of is said after the write."""

    def dispatch(self, request, *args, **kwargs):
        efter = [vagt(self.plan) for vagt in tilslutninger.SKRIVEVAGTER] if request.method == "POST" else []
        svar = super().dispatch(request, *args, **kwargs)
        if svar.status_code < 400 and not svar.streaming:
            for besked in [besked for spoerg in efter for besked in spoerg()]:
                messages.warning(request, besked)
        return svar


def plankommando(rettighed: Krav = Rettighed.RET):
    """A POST-only function on a plan: `f(request, plan, …) -> url`. A ValidationError becomes a message."""

    def pynt(funktion):
        @wraps(funktion)
        def view(request, plan, **kwargs):
            fundet = hent_plan(request, plan, rettighed)
            try:
                return redirect(funktion(request, fundet, **kwargs))
            except ValidationError as fejl:
                for besked in fejl.messages:
                    messages.error(request, besked)
                return redirect(tilbage(request, fundet))

        return med_ret(rettighed)(require_POST(view))

    return pynt


def tilbage(request, plan: Helhedsplan) -> str:
    """The local page the person came from; the plan's own page when that is not known."""
    fra = request.POST.get("tilbage", "")
    return fra if fra.startswith(plan.get_absolute_url()) and "//" not in fra else plan.get_absolute_url()
