"""The papers as pages to read, as PDFs, and their pictures."""

import mimetypes

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler import pdf
from aftaler.models import Billede
from aftaler.queries import dokument
from aftaler.queries.adgang import er_eget
from aftaler.queries.dokument import Dokument
from aftaler.views.faelles import PlanMixin, hent_delaftale, hent_plan, med_ret
from helhedsplan.pdf import PdfFejl
from helhedsplan.prosa import Fodnoter
from helhedsplan.rettigheder import Rettighed
from helhedsplan.sidecache import genbrug


class Dokumentside(PlanMixin, TemplateView):
    """A paper to read. Its body is drawn once for each state of the plan and each right, and then used again."""

    def lav_dokument(self, *, se_skjulte: bool) -> Dokument:
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        kontekst = super().get_context_data(**kwargs) | {"aabent": "", "form": None, "delaftale": None}
        return kontekst | self.emne() | {"krop": self.krop(kontekst | self.emne())}

    def emne(self) -> dict:
        return {}

    def krop(self, kontekst: dict) -> SafeString:
        egne = sorted(kontekst.get("egne_aktiviteter", ()))

        def tegn() -> SafeString:
            lavet = self.lav_dokument(se_skjulte=kontekst["maa_rette"])
            fodnoter = Fodnoter(tal=lavet.tal, se_skjulte=kontekst["maa_rette"])
            papir = {"dokument": lavet, "fodnoter": fodnoter}
            return render_to_string("aftaler/dokument/_krop.html", kontekst | papir)

        rettes = kontekst["maa_rette"], kontekst["maa_eget"], kontekst["ser_historik"]
        planer = [self.plan.noegle, *([self.plan.forgaenger.noegle] if self.plan.forgaenger else [])]
        return genbrug(f"{self.template_name} {self.request.path} {rettes} {egne}", planer, tegn)


class VisSamarbejdsaftale(Dokumentside):
    template_name = "aftaler/dokument/samarbejdsaftale.html"

    def krummer(self):
        return ["Samarbejdsaftale"]

    def emne(self):
        return {"titel": dokument.AFTALETITEL}

    def lav_dokument(self, *, se_skjulte):
        return dokument.samarbejdsaftale(self.plan, se_skjulte=se_skjulte)


class VisDelaftale(Dokumentside):
    rettighed = Rettighed.SE_FAG
    template_name = "aftaler/dokument/delaftale.html"

    def krummer(self):
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), self.delaftale.indsatsomraade.navn]

    def emne(self):
        return {"delaftale": self.delaftale, "titel": dokument.delaftaletitel(self.delaftale)} | self.mit()

    def mit(self) -> dict:
        """What of it the person writes who writes no more than his own."""
        if Rettighed.RET in self.plan.rettigheder or Rettighed.RET_EGET not in self.plan.rettigheder:
            return {}
        egne = self.plan.medlemskab.aktiviteter.filter(delaftale=self.delaftale)
        return {
            "maa_eget": er_eget(self.plan.medlemskab, self.delaftale),
            "egne_aktiviteter": set(egne.values_list("noegle", flat=True)),
        }

    def lav_dokument(self, *, se_skjulte):
        return dokument.delaftale(self.delaftale, se_skjulte=se_skjulte)


class DelaftaleListe(PlanMixin, TemplateView):
    """The chosen indsatsområder, each with its delaftale or the way to make one."""

    rettighed = Rettighed.SE_FAG
    template_name = "aftaler/dokument/delaftaler.html"

    def krummer(self):
        return ["Delaftaler"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"linjer": dokument.delaftaleoversigt(self.plan)}


def papirsvar(request, lav, emne) -> HttpResponse:
    """The draft that `lav` makes of it, or a page that says why it cannot be made."""
    try:
        papir = lav(emne, af=str(request.user))
    except PdfFejl as fejl:
        besked = {"kode": 409, "overskrift": "PDF-filen kan ikke laves", "besked": str(fejl)}
        return render(request, "fejl.html", besked, status=409)
    svar = HttpResponse(papir.data, content_type="application/pdf")
    svar["Content-Disposition"] = f'inline; filename="{papir.filnavn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar


@require_safe
def samarbejdsaftale_pdf(request, plan):
    return papirsvar(request, pdf.samarbejdsaftale, hent_plan(request, plan))


@med_ret(Rettighed.SE_FAG)
@require_safe
def delaftale_pdf(request, plan, omraade):
    fundet = hent_delaftale(hent_plan(request, plan, Rettighed.SE_FAG), omraade)
    return papirsvar(request, pdf.delaftale, fundet)


@require_safe
def billede(request, plan, pk):
    """A picture of the plan, for those who may see the plan."""
    fundet = Billede.objects.filter(afsnit__plan=hent_plan(request, plan, Rettighed.SE_FAG), pk=pk).first()
    if fundet is None or not fundet.fil.storage.exists(fundet.fil.name):
        raise Http404("Billedet findes ikke.")
    with fundet.fil.open("rb") as fil:
        svar = HttpResponse(fil.read(), content_type=mimetypes.guess_type(fundet.fil.name)[0])
    svar["Cache-Control"] = "private, max-age=3600"
    return svar
