"""Pages of a plan as a whole: overview, what is new, documents, history."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.actions import gamle_tekster
from aftaler.choices import Fase, Oplysning
from aftaler.forms.historik import HistorikvalgForm
from aftaler.models import Helhedsplan
from aftaler.queries.bundnetal import talkilder
from aftaler.queries.historik import linje, prosa_i, som_alle_ser, synlige
from aftaler.queries.historikudtraek import som_linjer, som_raekker, valgte
from aftaler.queries.kontrol import kontroller
from aftaler.queries.navne import Navnebog
from aftaler.queries.nyt import nyt_siden_forgaenger
from aftaler.queries.overblik import dokumentlinjer, kommende_datoer, kortdele, overbliksdele
from aftaler.queries.overgange import overgange
from aftaler.queries.plandele import parterne
from aftaler.queries.regelsaet import nyeste_version
from aftaler.views.faelles import PlanMixin, hent_plan, plankommando, tilbage
from helhedsplan.aabnet import husk
from helhedsplan.csvfil import som_csv
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import Rettighed
from helhedsplan.sidecache import genbrug
from helhedsplan.tidligere import uden_navne_i_sporet, uden_navne_i_stroem

HAENDELSER_PR_SIDE = 30
#: So many are read at a time for a file.
HAENDELSER_AD_GANGEN = 500
FILARTER = {"csv": "text/csv", "jsonl": "application/jsonl"}
#: The number of an entry in its log: a longer one is nothing a database can look up.
NUMMERETS_CIFRE = 9
FAELLES_LAESNING = (
    "parametre",
    "regelsaet__parametre",
    "regelsaet__dokumentkrav",
    "omraader__lagt_ind_i",
    "indsatsomraader",
)


def overblik(plan: Helhedsplan, i_dag: date) -> dict:
    """What the overview says of the plan, whoever reads it. What every rule asks of the plan is read once and handed
    to them with it."""
    prefetch_related_objects([plan], *FAELLES_LAESNING)
    nyere = nyeste_version(plan.regelsaet)
    hedder = Navnebog(plan)
    return {
        "nyere_version": nyere.stand_i_ord if nyere else "",
        "fund": kontroller(plan),
        "er_forbi": plan.er_forbi(i_dag),
        "er_afsluttet": plan.fase == Fase.AFSLUTTET,
        "ikke_oplyst": [Oplysning(o).label for o in plan.ikke_oplyst],
        "dokumenter": dokumentlinjer(plan),
        "datoer": kommende_datoer(plan, i_dag),
        "parter": [hedder(p.organisation) for p in parterne(plan)],
        "omraader": [hedder(o) for o in plan.omraader.all()],
        "dele": overbliksdele(plan, i_dag),
    }


class Overblik(PlanMixin, TemplateView):
    """How far, what is wrong, what comes next: one screen."""

    rettighed = None
    template_name = "aftaler/plan/overblik.html"

    def get_template_names(self):
        return [self.template_name if self.laeser_alt else "aftaler/plan/overblik_kort.html"]

    @property
    def laeser_alt(self) -> bool:
        return Rettighed.SE in self.plan.rettigheder

    def get(self, request, *args, **kwargs):
        svar = super().get(request, *args, **kwargs)
        husk(request, svar, self.plan.noegle)
        return svar

    def get_context_data(self, **kwargs):
        if not self.laeser_alt:
            return super().get_context_data(**kwargs) | {"dele": kortdele(self.plan)}
        prefetch_related_objects([self.plan], "efterfoelgere")
        naboer = [p.noegle for p in [self.plan, self.plan.forgaenger, *self.plan.efterfoelgere.all()] if p]
        i_dag = timezone.localdate()
        return (
            super().get_context_data(**kwargs)
            | genbrug(f"overblik {self.plan.noegle} {i_dag}", naboer, lambda: overblik(self.plan, i_dag))
            | {"efterfoelgere": list(self.plan.efterfoelgere.for_bruger(self.request.user))}
            | overgange(self.plan, self.request.user)
        )


class VisNyt(PlanMixin, TemplateView):
    """What is new since a plan before it, made from the links between the plans; the nearest, or `?siden=`."""

    template_name = "aftaler/plan/nyt.html"

    def krummer(self):
        return ["Nyt siden forrige plan"]

    def get_context_data(self, **kwargs):
        nyt = nyt_siden_forgaenger(self.plan, self.request.GET.get("siden", ""))
        return super().get_context_data(**kwargs) | {"nyt": nyt}


class Historik(PlanMixin, TemplateView):
    """The audit log of the plan, or of one thing in it (`?objekt=aftaler.aktivitet:12`), or what the form above asks
    for. Whoever sees all of it may take it along."""

    rettighed = Rettighed.HISTORIK
    template_name = "aftaler/plan/historik.html"

    def krummer(self):
        return ["Historik"]

    def get_context_data(self, **kwargs):
        skriver = Rettighed.RET in self.plan.rettigheder
        valg = HistorikvalgForm(self.request.GET)
        haendelser = valgte_haendelser(self.plan, self.request.GET, valg, skriver=skriver)
        side = Paginator(haendelser, HAENDELSER_PR_SIDE).get_page(self.request.GET.get("side"))
        if not skriver:
            kilder = talkilder(self.plan, prosa_i(side))
            for haendelse in side:
                som_alle_ser(haendelse, kilder)
        uden_side = self.request.GET.copy()
        uden_side.pop("side", None)
        uden_navne_i_sporet(side)
        return super().get_context_data(**kwargs) | {
            "side": side,
            "linjer": [linje(h) for h in side],
            "alene": self.request.GET.get("haendelse", ""),
            "kun": linje(side[0]).navn if ":" in self.request.GET.get("objekt", "") and len(side) else "",
            "valg": valg,
            "valgt": any(self.request.GET.get(felt) for felt in valg.fields),
            "maa_hente": skriver,
            "uden_side": uden_side.urlencode(),
        }


def valgte_haendelser(plan: Helhedsplan, sagt, valg: HistorikvalgForm, *, skriver: bool):
    """The entries that the address asks for, newest first; what cannot be read in it asks for nothing."""
    haendelser = synlige(Haendelse.objects.filter(kaede=plan.noegle).order_by("-nummer"), skriver=skriver)
    objekt_type, _, objekt_id = sagt.get("objekt", "").partition(":")
    if objekt_type and objekt_id:
        haendelser = haendelser.filter(objekt_type=objekt_type[:80], objekt_id=objekt_id[:40])
    if alene := sagt.get("haendelse", ""):
        kendt = alene.isdecimal() and len(alene) <= NUMMERETS_CIFRE
        haendelser = haendelser.filter(nummer=int(alene)) if kendt else haendelser.none()
    valg.is_valid()
    return valgte(haendelser, valg.cleaned_data)


@require_safe
def historikfil(request, plan, endelse):
    """The entries that the page shows, oldest first, as a file: for those who see all of the log."""
    fundet = hent_plan(request, plan, Rettighed.RET)
    valg = HistorikvalgForm(request.GET)
    if not valg.is_valid():
        return redirect(f"{reverse('plan-historik', args=[plan])}?{request.GET.urlencode()}")
    haendelser = valgte_haendelser(fundet, request.GET, valg, skriver=True).order_by("nummer")
    alle = uden_navne_i_stroem(haendelser.iterator(chunk_size=HAENDELSER_AD_GANGEN))
    data = som_csv(som_raekker(alle)) if endelse == "csv" else som_linjer(alle)
    svar = StreamingHttpResponse(data, content_type=f"{FILARTER[endelse]}; charset=utf-8")
    svar["Content-Disposition"] = f'attachment; filename="historik-{fundet.noegle}.{endelse}"'
    return svar


@plankommando()
def gendan_tekst(request, plan, nummer):
    if nummer >= 10**NUMMERETS_CIFRE or not Haendelse.objects.filter(kaede=plan.noegle, nummer=nummer).exists():
        raise Http404("Så langt er planens historik ikke nået.")
    felt = request.POST.get("felt", "")[:200]
    objekt = gamle_tekster.gendan_tekst(bruger=request.user, plan=plan, nummer=nummer, felt=felt)
    messages.success(request, f"Teksten fra før er gendannet i »{objekt}«. Den nyere tekst står i historikken.")
    return tilbage(request, plan)


@require_safe
def planfil(request, plan):
    """The whole plan as a file that another installation can read. It holds every count, also the small ones, and so is
    for those who write the plan."""
    from aftaler.planfil import skriv_plan

    fundet = hent_plan(request, plan, Rettighed.RET)
    svar = HttpResponse(skriv_plan(fundet), content_type="application/yaml; charset=utf-8")
    svar["Content-Disposition"] = f'attachment; filename="{fundet.noegle}.yaml"'
    return svar
