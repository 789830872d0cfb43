"""Edit pages about a status: withdrawing it, questions and answers, and links to send."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from aftaler.views.rediger import PlanRediger
from helhedsplan.formats import antal
from helhedsplan.rettigheder import Rettighed
from status.actions import laesning
from status.actions import status as handlinger
from status.choices import Statustilstand
from status.forms import laesning as forms
from status.models import Spoergsmaal
from status.views.faelles import StatusMixin


class StatusRediger(StatusMixin, PlanRediger):
    """An edit page about a status."""

    def titel_tekst(self) -> str:
        return self.titel

    def efter_url(self) -> str:
        return self.url("status-skriv")


class TraekStatus(StatusRediger):
    """Withdraw a published status."""

    rettighed = Rettighed.STYR
    form_class = forms.TraekForm
    titel = "Træk statussen tilbage"
    gem_tekst = "Træk tilbage"

    def gem(self, form, version):
        return handlinger.traek(
            bruger=self.request.user, status=self.status, grund=form.felter["grund"], version=self.status.version
        )

    def efter_url(self) -> str:
        return self.status.get_absolute_url()


class Spoerg(StatusRediger):
    """Ask about a section. The status's own page holds the form; this one shows it again when something is wrong."""

    rettighed = Rettighed.DELTAG
    form_class = forms.SpoergsmaalForm
    titel = "Spørg eller kommentér"
    gem_tekst = "Send til sekretariatet"

    def hent_objekt(self):
        if self.status.tilstand != Statustilstand.PUBLICERET:
            raise Http404(f"{self.status} er ikke publiceret.")
        return Spoergsmaal(status=self.status)

    def gem(self, form, version):
        return laesning.spoerg(bruger=self.request.user, status=self.status, **form.felter)

    def efter_url(self) -> str:
        return f"{self.status.get_absolute_url()}#spoergsmaal"


class BesvarSpoergsmaal(StatusRediger):
    """The secretariat's answer."""

    form_class = forms.SvarForm
    titel = "Svar"
    gem_tekst = "Gem svaret"

    def hent_objekt(self):
        return get_object_or_404(Spoergsmaal, status=self.status, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"spoergsmaal": self.objekt}

    template_name = "status/svar.html"

    def gem(self, form, version):
        return laesning.svar(bruger=self.request.user, spoergsmaal=self.objekt, svar=form.felter["svar"])

    def efter_url(self) -> str:
        return f"{self.status.get_absolute_url()}#spoergsmaal"


class SendLinks(StatusRediger):
    """Send the members a link of their own."""

    form_class = forms.LaeselinkForm
    titel = "Send læselinks"
    gem_tekst = "Send links"

    def formargumenter(self):
        return {"plan": self.plan}

    def gem(self, form, version):
        links = laesning.send_links(
            bruger=self.request.user,
            status=self.status,
            modtagere=form.felter["modtagere"],
            absolut=self.request.build_absolute_uri,
            sti=lambda token: reverse("laeselink", args=[token]),
        )
        messages.info(self.request, f"{antal(len(links), 'link er sendt', 'links er sendt')}.")
        return links

    def efter_url(self) -> str:
        return self.status.get_absolute_url()
