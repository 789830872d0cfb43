"""Pages of what a meeting sends: the agenda, the minutes and the members' answers, and the papers as PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.views.faelles import hent_plan, plankommando
from dokumenter.lager import Lagerfejl, hent
from dokumenter.oejebliksbillede import hvis_laeselig
from helhedsplan.actions import Versionskonflikt
from helhedsplan.formats import antal
from helhedsplan.pdf import PdfFejl
from helhedsplan.redigering import VERSION
from helhedsplan.rettigheder import Rettighed
from moeder import moedepapir
from moeder.actions import moedepapir as handlinger
from moeder.choices import Moedepapirart, Moedetilstand
from moeder.forms import moede as forms
from moeder.models import Moedepapir
from moeder.queries import moede as forespoergsler
from moeder.views.moede import MoedeMixin, MoedeRediger, hent_moede, hent_punkt

IMENS = "En anden har rettet eller sendt imens. Hent siden igen, og se det efter, før du sender."


class Send(MoedeRediger):
    """Send a paper: to whom, and what stands in the way. Two who send at once: the second is told."""

    template_name = "moeder/moede/send.html"
    form_class = forms.SendForm
    art: str

    def hent_objekt(self):
        return None

    def formargumenter(self):
        return {"moede": self.moede}

    def mangler(self) -> str:
        raise NotImplementedError

    def send(self, til: handlinger.Forsendelse, version: int) -> Moedepapir:
        raise NotImplementedError

    def bemaerk(self) -> str:
        return ""

    def get_context_data(self, **kwargs):
        sendte = list(forespoergsler.papirer(self.moede, self.art))
        return super().get_context_data(**kwargs) | {
            "mangler": self.mangler(),
            "bemaerk": self.bemaerk() if not sendte else "",
            "sendte": sendte,
            "moedets_version": self.request.POST.get("moedets_version") or self.moede.version,
        }

    def gem(self, form, version):
        modtagere = list(form.felter["modtagere"])
        sendt_version = self.request.POST.get("moedets_version", "")
        if not VERSION.fullmatch(sendt_version):
            raise ValidationError("Siden er for gammel. Hent den igen, og prøv en gang til.", code="version")
        til = handlinger.Forsendelse(modtagere, self.request.build_absolute_uri(self.efter_url()))
        try:
            papir = self.send(til, int(sendt_version))
        except Versionskonflikt:
            raise ValidationError(IMENS, code="imens") from None
        sendt = antal(len(modtagere), "brev er sendt", "breve er sendt")
        messages.info(self.request, f"{papir.get_art_display()} {papir.nummer} er frosset. {sendt}.")
        return papir


class SendDagsorden(Send):
    titel, gem_tekst = "Send dagsordenen", "Send dagsordenen"
    art = Moedepapirart.DAGSORDEN.value

    def mangler(self) -> str:
        return handlinger.mangler_for_dagsorden(self.moede)

    def bemaerk(self) -> str:
        return forespoergsler.kort_varsel(self.moede, timezone.localdate(), er_sendt=False)

    def send(self, til, version):
        return handlinger.send_dagsorden(bruger=self.request.user, moede=self.moede, version=version, til=til)


class SendReferat(Send):
    titel, gem_tekst = "Send referatet til godkendelse", "Send referatet"
    art = Moedepapirart.REFERAT.value

    def mangler(self) -> str:
        return handlinger.mangler_for_referat(self.moede)

    def send(self, til, version):
        return handlinger.send_referat(bruger=self.request.user, moede=self.moede, version=version, til=til)

    def efter_url(self) -> str:
        return self.url("referat-vis")


# --- minutes ----------------------------------------------------------------------------------------------------------


class VisReferat(MoedeMixin, TemplateView):
    """The minutes as they were sent, with the members' answers; for those who write, also the draft."""

    template_name = "moeder/moede/referat.html"
    side = "Referat"

    def get_context_data(self, **kwargs):
        moede = self.moede
        kontekst = super().get_context_data(**kwargs)
        papir = forespoergsler.seneste_papir(moede, Moedepapirart.REFERAT)
        kontekst |= {"papir": papir, "aeldre": [], "skrives": False}
        if papir:
            papir.moede = moede
            kontekst |= self._sendt(papir)
        if kontekst["maa_rette"] and moede.tilstand == Moedetilstand.HOLDT:
            kontekst |= self._kladde(papir)
        return kontekst

    def _sendt(self, papir: Moedepapir) -> dict:
        linjer = forespoergsler.godkendere(papir)
        mit = next((x for x in linjer if x.medlem.bruger_id and x.medlem.bruger_id == self.request.user.pk), None)
        alle = forespoergsler.papirer(self.moede, Moedepapirart.REFERAT).prefetch_related("godkendelser__medlem")
        billede, ulaeselig = hvis_laeselig(moedepapir.hent, papir)
        return {
            "m": billede,
            "ulaeselig": ulaeselig,
            "linjer": linjer,
            "mangler_svar": [x.medlem for x in linjer if x.svar is None],
            "mit": mit,
            "aeldre": [p for p in alle if p.pk != papir.pk],
        }

    def _kladde(self, papir: Moedepapir | None) -> dict:
        kladde = moedepapir.udkast(self.moede, Moedepapirart.REFERAT)
        sendt = hvis_laeselig(moedepapir.hent, papir)[0] if papir else None
        ens = sendt is not None and moedepapir.indholdet(sendt) == moedepapir.indholdet(kladde)
        return {"skrives": True, "kladde": kladde, "er_aendret": papir is not None and not ens, "er_ens": ens}


class ReferatRediger(MoedeRediger):
    """An edit page of the minutes of a meeting that has been held."""

    def holdt(self):
        if self.moede.tilstand != Moedetilstand.HOLDT:
            raise Http404("Referatet skrives, når mødet er holdt.")
        return self.moede

    def efter_url(self) -> str:
        return self.url("referat-vis")


class RetReferat(ReferatRediger):
    form_class = forms.ReferatForm
    titel, gem_tekst = "Referatets indledning", "Gem"

    def hent_objekt(self):
        return self.holdt()

    def gem(self, form, version):
        return handlinger.ret_referat(
            bruger=self.request.user, moede=form.instance, felter=form.felter, version=version
        )


class RetPunktreferat(ReferatRediger):
    form_class = forms.PunktreferatForm
    gem_tekst = "Gem referatet af punktet"

    def titel_tekst(self) -> str:
        return self.punkt.titel

    def hent_objekt(self):
        self.holdt()
        return self.punkt

    def gem(self, form, version):
        return handlinger.ret_punktreferat(
            bruger=self.request.user, punkt=form.instance, felter=form.felter, version=version
        )

    def efter_url(self) -> str:
        return f"{self.url('referat-vis')}#punkt-{self.punkt.pk}"


class SvarPaaReferat(ReferatRediger):
    """A member's answer to the newest minutes. Not for anybody else."""

    rettighed = Rettighed.DELTAG
    form_class = forms.SvarForm
    titel, gem_tekst = "Svar på referatet", "Send dit svar"

    def hent_objekt(self):
        self.papir = forespoergsler.seneste_papir(self.moede, Moedepapirart.REFERAT)
        if self.papir is None:
            raise Http404("Referatet er ikke sendt til godkendelse.")
        self.papir.moede = self.moede
        if forespoergsler.mit_medlemskab(self.moede, self.request.user) is None:
            raise PermissionDenied("Referatet godkendes af dem, der sad i bestyrelsen på mødets dag.")

    def gem(self, form, version):
        nummer = self.request.POST.get("nummer", str(self.papir.nummer))
        if nummer != str(self.papir.nummer):
            raise ValidationError("Referatet er rettet imens. Læs det nye, og tag stilling til det.", code="rettet")
        return handlinger.svar_paa_referat(
            bruger=self.request.user,
            papir=self.papir,
            godkendt=form.felter["svar"] == forms.GODKENDT,
            bemaerkning=form.felter["bemaerkning"],
        )


# --- commands and papers ----------------------------------------------------------------------------------------------


@plankommando()
def hold(request, plan, pk):
    moede = hent_moede(plan, pk)
    handlinger.hold(bruger=request.user, moede=moede)
    messages.success(request, "Mødet er holdt. Nu kan referatet skrives.")
    return reverse("referat-vis", args=[plan.noegle, moede.pk])


def pdf_svar(data: bytes, filnavn: str) -> HttpResponse:
    return HttpResponse(
        data, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{filnavn}"'}
    )


@require_safe
def papir_pdf(request, plan, pk, art, nummer):
    """An agenda or minutes, byte for byte as it was sent."""
    moede = hent_moede(hent_plan(request, plan), pk)
    papir = forespoergsler.papirer(moede, art).filter(nummer=nummer).first()
    if papir is None:
        raise Http404("Mødet har ikke det papir.")
    papir.moede = moede
    try:
        return pdf_svar(moedepapir.hent_pdf(papir), moedepapir.filnavn(papir))
    except Lagerfejl as fejl:
        raise Http404(str(fejl)) from None


@require_safe
def punkt_pdf(request, plan, pk, punkt):
    """The decision paper of an item."""
    fundet = hent_punkt(hent_moede(hent_plan(request, plan), pk), punkt)
    try:
        return pdf_svar(*moedepapir.indstillingspapir(fundet, af=str(request.user)))
    except PdfFejl as fejl:
        raise Http404(str(fejl)) from None


@require_safe
def referatfil(request, plan, pk):
    """The minutes that somebody attached to a meeting held elsewhere: saved, not shown as a page of ours."""
    moede = hent_moede(hent_plan(request, plan), pk)
    if not moede.referatfil:
        raise Http404("Der er ikke lagt noget referat ved mødet.")
    try:
        svar = HttpResponse(hent(moede.referatfil.name, moede.referatfil_sha256), content_type="application/pdf")
    except Lagerfejl as fejl:
        raise Http404(str(fejl)) from None
    svar["Content-Disposition"] = content_disposition_header(True, moede.referatfil_navn)
    svar["X-Content-Type-Options"] = "nosniff"
    svar["Cache-Control"] = "private, no-cache"
    return svar
