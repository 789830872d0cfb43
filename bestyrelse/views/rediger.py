"""Edit pages of the room: the status, its lines, withdrawing it, questions and answers, and links to send."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.views.faelles import hent_delaftale
from aftaler.views.rediger import PlanRediger
from bestyrelse import forms, oejebliksbillede
from bestyrelse.actions import laesning
from bestyrelse.actions import status as handlinger
from bestyrelse.choices import Statustilstand
from bestyrelse.models import Spoergsmaal, Statuslinje
from bestyrelse.queries.billede import lysene
from bestyrelse.queries.oversigt import forrige_publicerede
from bestyrelse.views.faelles import StatusMixin
from helhedsplan.formats import antal
from helhedsplan.rettigheder import Rettighed


class StatusRediger(StatusMixin, PlanRediger):
    """An edit page of a status that is written."""

    def kladde(self):
        if not self.status.skrives:
            raise Http404(f"{self.status} er {self.status.get_tilstand_display().lower()} og kan ikke rettes.")
        return self.status

    def titel_tekst(self) -> str:
        return self.titel

    def efter_url(self) -> str:
        return self.url("status-skriv")


class RetStatus(StatusRediger):
    form_class = forms.StatusForm
    raekker = {"punkter": forms.PunktFormset}
    titel = "Kort fortalt og til bestyrelsen"

    def hent_objekt(self):
        return self.kladde()

    def gem(self, form, version):
        return handlinger.ret_status(
            bruger=self.request.user,
            status=form.instance,
            felter=form.felter,
            punkter=form.raekker["punkter"],
            version=version,
        )

    def slet_url(self) -> str:
        return self.url("status-slet")


class RetLinje(StatusRediger):
    """What is said of one activity; of a delaftale when the address names none. A line is made by its first save."""

    form_class = forms.LinjeForm

    @cached_property
    def delaftale(self):
        return hent_delaftale(self.plan, self.kwargs["omraade"])

    @cached_property
    def aktivitet(self):
        fundet = self.delaftale.aktiviteter.filter(noegle=self.kwargs["noegle"]).first()
        if fundet is None:
            raise Http404("Delaftalen har ikke den aktivitet.")
        return fundet

    @cached_property
    def ting(self):
        return self.aktivitet if "noegle" in self.kwargs else None

    @cached_property
    def lysnoegle(self) -> str:
        return "/".join([self.delaftale.noegle, self.ting.noegle] if self.ting else [self.delaftale.noegle])

    def hent_objekt(self):
        status = self.kladde()
        linje = Statuslinje.objects.filter(status=status, delaftale=self.delaftale, aktivitet=self.ting).first()
        linje = linje or Statuslinje(status=status, delaftale=self.delaftale, aktivitet=self.ting)
        linje.status = status
        return linje

    def formargumenter(self):
        forrige = forrige_publicerede(self.status)
        foer = lysene(oejebliksbillede.hent(forrige) if forrige else None).get(self.lysnoegle, "")
        eget = self.ting is not None or not self.delaftale.aktiviteter.exists()
        return {"har_eget_lys": eget, "foer": foer}

    def titel_tekst(self) -> str:
        return str(self.ting or self.delaftale.indsatsomraade.navn)

    def gem(self, form, version):
        return handlinger.gem_linje(
            bruger=self.request.user,
            linje=form.instance,
            felter=form.felter,
            taellinger=form.raekker.get("taellinger"),
            version=version,
        )

    def efter_url(self) -> str:
        return f"{self.url('status-skriv')}#{self.lysnoegle.replace('/', '-')}"


class RetAktivitetslinje(RetLinje):
    raekker = {"taellinger": forms.TalFormset}


class Traek(StatusRediger):
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

    rettighed = Rettighed.SE
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


class Svar(StatusRediger):
    """The secretariat's answer."""

    form_class = forms.SvarForm
    titel = "Svar"
    gem_tekst = "Gem svaret"

    def hent_objekt(self):
        return get_object_or_404(Spoergsmaal, status=self.status, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"spoergsmaal": self.objekt}

    template_name = "bestyrelse/status/svar.html"

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
