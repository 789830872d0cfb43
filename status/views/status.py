"""Pages of the quarterly statuses: the list, the frozen page, the draft as it will look, papers, and the commands."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.views.faelles import PlanMixin, hent_plan, med_ret, plankommando
from dokumenter.lager import Lagerfejl
from helhedsplan.pdf import PdfFejl
from helhedsplan.rettigheder import Rettighed
from status import oejebliksbillede, pdf
from status.actions import laesning
from status.actions import status as handlinger
from status.blokke import kort_plan, kort_status
from status.choices import Sideafsnit, Statustilstand
from status.forms.laesning import SpoergsmaalForm
from status.models import Spoergsmaal
from status.queries.laesning import laesere
from status.queries.oversigt import kvartalslinjer
from status.views.faelles import StatusMixin, hent_status, laes_kvartal
from status.views.skriv import PROEVET, tjek_gemt


class Kvartalsliste(PlanMixin, TemplateView):
    """The plan's quarters: what is published, what is due, what is late or withdrawn."""

    template_name = "status/liste.html"

    def krummer(self):
        return ["Status"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"linjer": kvartalslinjer(self.plan, timezone.localdate())}


class VisStatus(StatusMixin, TemplateView):
    """A published status as it was published, with what is asked and answered below; a draft is not shown here."""

    template_name = "status/vis.html"

    def krummer(self):
        return [("Status", self.liste_url), self.status.kvartalet.navn]

    def get_context_data(self, **kwargs):
        status = self.status
        kontekst = super().get_context_data(**kwargs) | {"status": status, "er_publiceret": False}
        if status.skrives:
            return kontekst | {"forsinket": status.frist < timezone.localdate()}
        personer = laesere(status)
        return kontekst | {
            "er_publiceret": status.tilstand == Statustilstand.PUBLICERET,
            "siden": pdf.frossen_side(status),
            "laesere": personer,
            "har_laest": any(p.bruger.pk == self.request.user.pk and p.tidspunkt for p in personer),
            "spoergsmaal": spoergsmaal_om(status),
            "spoergsmaalform": kwargs.get("spoergsmaalform") or SpoergsmaalForm(instance=Spoergsmaal(status=status)),
        }


def spoergsmaal_om(status):
    """(section, its questions) for those that have any, in the order of the page."""
    alle = list(status.spoergsmaal.select_related("bruger", "besvaret_af"))
    grupper = [(afsnit.label, [s for s in alle if s.afsnit == afsnit]) for afsnit in Sideafsnit]
    return [(navn, fundne) for navn, fundne in grupper if fundne]


class Proev(StatusMixin, TemplateView):
    """The draft as the board will see it."""

    template_name = "status/proev.html"
    rettighed = Rettighed.RET
    side = "Sådan kommer den til at se ud"

    def get_context_data(self, **kwargs):
        if not self.status.skrives:
            raise Http404(f"{self.status} er ikke en kladde.")
        billede = oejebliksbillede.udkast(self.status, timezone.localdate())
        krop = SafeString(pdf.side_html(billede))
        return super().get_context_data(**kwargs) | {"status": self.status, "s": billede, "krop": krop}


class Beboere(StatusMixin, TemplateView):
    """The short version for residents, of the same snapshot."""

    template_name = "status/beboere/status.html"
    side = "Til beboerne"

    def get_context_data(self, **kwargs):
        billede = oejebliksbillede.hent(_frossen(self.status))
        krop = pdf.kort_side(kort_status(billede))
        return super().get_context_data(**kwargs) | {"status": self.status, "s": billede, "krop": krop}


class PlanBeboere(PlanMixin, TemplateView):
    """The plan in short, for residents."""

    template_name = "status/beboere/plan.html"

    def krummer(self):
        return [("Bestyrelse", reverse("bestyrelse", args=[self.plan.noegle])), "Kort om planen"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"krop": pdf.kort_side(kort_plan(self.plan))}


def _frossen(status):
    if status.skrives:
        raise Http404(f"{status} er ikke publiceret.")
    return status


# --- papers -----------------------------------------------------------------------------------------------------------


def _pdf(data: bytes, filnavn: str) -> HttpResponse:
    return HttpResponse(
        data, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{filnavn}"'}
    )


@med_ret(Rettighed.PAPIRER)
@require_safe
def vis_pdf(request, plan, kvartal):
    """The paper, byte for byte as it was published. One that was withdrawn is for who reads the whole plan."""
    status = _frossen(hent_status(hent_plan(request, plan, Rettighed.PAPIRER), kvartal))
    if Rettighed.SE not in status.plan.rettigheder and status.tilstand != Statustilstand.PUBLICERET:
        raise Http404(f"{status} er trukket tilbage.")
    try:
        return _pdf(pdf.hent_pdf(status), pdf.filnavn(status))
    except Lagerfejl as fejl:
        raise Http404(str(fejl)) from None


@require_safe
def beboere_pdf(request, plan, kvartal):
    billede = oejebliksbillede.hent(_frossen(hent_status(hent_plan(request, plan), kvartal)))
    return _kort_pdf(pdf.tegn_kort_status, billede)


@require_safe
def plan_beboere_pdf(request, plan):
    return _kort_pdf(pdf.tegn_kort_plan, hent_plan(request, plan))


def _kort_pdf(tegn, indhold) -> HttpResponse:
    try:
        return _pdf(*tegn(indhold))
    except PdfFejl as fejl:
        raise Http404(str(fejl)) from None


# --- commands ---------------------------------------------------------------------------------------------------------


@plankommando()
def opret(request, plan):
    kvartal = laes_kvartal(request.POST.get("kvartal", ""))
    status = handlinger.opret_status(bruger=request.user, plan=plan, kvartal=kvartal)
    messages.success(request, f"Du er begyndt på {kvartal.navn}.")
    return reverse("status-skriv", args=[plan.noegle, status.noegle])


@plankommando()
def send(request, plan, kvartal):
    status = hent_status(plan, kvartal)
    tjek_gemt(request, status)
    handlinger.skift_tilstand(
        bruger=request.user, status=status, tilstand=Statustilstand.HOS_LEDER, version=status.version
    )
    messages.success(request, "Kladden er hos lederen.")
    return reverse("status-skriv", args=[plan.noegle, kvartal])


@plankommando(Rettighed.STYR)
def tilbage(request, plan, kvartal):
    status = hent_status(plan, kvartal)
    handlinger.skift_tilstand(
        bruger=request.user, status=status, tilstand=Statustilstand.KLADDE, version=status.version
    )
    messages.success(request, "Kladden er sendt tilbage til sekretariatet.")
    return reverse("status-skriv", args=[plan.noegle, kvartal])


@plankommando(Rettighed.STYR)
def publicer(request, plan, kvartal):
    status = hent_status(plan, kvartal)
    tjek_gemt(request, status)
    begrundelse = request.POST.get("begrundelse", "") if request.POST.get("ja") else ""
    try:
        handlinger.publicer(bruger=request.user, status=status, version=None, begrundelse=begrundelse)
    except ValidationError as fejl:
        if getattr(fejl, "code", "") != "mangler":
            raise
        return f"{reverse('status-skriv', args=[plan.noegle, kvartal])}?{PROEVET}"
    messages.success(request, f"{status} er publiceret.")
    return status.get_absolute_url()


@plankommando()
def slet(request, plan, kvartal):
    handlinger.slet_status(bruger=request.user, status=hent_status(plan, kvartal))
    messages.success(request, "Kladden er slettet.")
    return reverse("status-liste", args=[plan.noegle])


@plankommando(Rettighed.DELTAG)
def laest(request, plan, kvartal):
    status = hent_status(plan, kvartal)
    laesning.laest(bruger=request.user, status=status)
    messages.success(request, "Siden er markeret som læst.")
    return status.get_absolute_url()
