"""Word templates kept by an administrator, and papers filled into them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from aftaler.models import Regelsaet
from aftaler.queries.dokument import Dokument
from aftaler.views.faelles import hent_plan, krummer
from dokumenter import lager, oejebliksbillede
from dokumenter.actions import wordskabelon as actions
from dokumenter.actions.udgave import hent_billede
from dokumenter.choices import MED_WORDSKABELON
from dokumenter.forms.wordskabelon import WordskabelonForm
from dokumenter.models import Wordskabelon
from dokumenter.queries.wordskabelon import eksempelpapir, pladser, skabelon_til
from dokumenter.views.sammenlign import DOCX, hent_udgave
from dokumenter.word.skabelon import Skabelonfejl, pladsholdere, udfyld, vaerdier
from dokumenter.word.skabelonlaes import fletfelter
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.redigering import RedigerView

SKABELONER = "Word-skabeloner"


class WordskabelonListe(TemplateView):
    template_name = "dokumenter/wordskabeloner.html"

    def dispatch(self, request, *args, **kwargs):
        actions.tjek_administrator(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"pladser": pladser(), "broedkrumme": krummer(SKABELONER)}


class RetWordskabelon(RedigerView):
    """Upload a template, or another in its place; beside it every placeholder there is."""

    form_class = WordskabelonForm
    template_name = "dokumenter/wordskabelon.html"
    ramme = "redigering/_ramme_uden_plan.html"
    gem_tekst = "Læg skabelonen ind"

    def dispatch(self, request, *args, **kwargs):
        actions.tjek_administrator(request.user)
        self.regelsaet = get_object_or_404(Regelsaet, noegle=kwargs["regelsaet"])
        if kwargs["art"] not in MED_WORDSKABELON:
            raise Http404("Der kan ikke lægges skabeloner ind til det dokument.")
        return super().dispatch(request, *args, **kwargs)

    def titel_tekst(self):
        art = next(a for a in MED_WORDSKABELON if a == self.kwargs["art"])
        return f"Skabelon til {art.label.lower()}, {self.regelsaet}"

    def gem(self, form, version):
        fil = form.cleaned_data["fil"]
        data = fil.read()
        try:
            gemt = actions.gem_wordskabelon(
                bruger=self.request.user, regelsaet=self.regelsaet, art=self.kwargs["art"], data=data, filnavn=fil.name
            )
        except Skabelonfejl as fejl:
            raise ValidationError([_paa_siden(besked) for besked in fejl.messages]) from fejl
        if felter := fletfelter(data):
            navne = opremsning([f"«{navn}»" for navn in felter])
            messages.warning(
                self.request,
                f"Skabelonen har Words egne fletfelter: {navne}. De bliver ikke udfyldt og står tilbage i papiret. "
                "Skriv en af pladsholderne i stedet.",
            )
        return gemt

    def efter_url(self):
        return reverse("wordskabelon-liste")

    def get_context_data(self, **kwargs):
        navne = pladsholdere(vaerdier(eksempelpapir(self.regelsaet, self.kwargs["art"])))
        return super().get_context_data(**kwargs) | {
            "pladsholdere": [_vist(navn) for navn in navne],
            "broedkrumme": krummer((SKABELONER, self.efter_url()), self.titel_tekst()),
            "slet_url": "",
        }


def _paa_siden(tekst: str) -> str:
    """A tag in a message is never taken for code that was left over: nothing that is seen stands in its middle."""
    return tekst.replace("{{", "{\u200b{").replace("{%", "{\u200b%")


def _vist(navn: str) -> SafeString:
    """Copied from the page as it is typed in Word; on the page itself it is never taken for code that was left over."""
    return SafeString(escape(navn).replace("{{", "{<wbr>{").replace("{%", "{<wbr>%"))


def _hent(request, pk: int) -> Wordskabelon:
    actions.tjek_administrator(request.user)
    return get_object_or_404(Wordskabelon, pk=pk)


@require_safe
def hent(request, pk):
    """The template as it was uploaded."""
    skabelon = _hent(request, pk)
    return _svar(lager.hent(skabelon.fil.name, skabelon.sha256), f"skabelon-{skabelon.art}.docx")


@require_POST
def slet(request, pk):
    actions.slet_wordskabelon(bruger=request.user, skabelon=_hent(request, pk))
    return redirect("wordskabelon-liste")


def _svar(data: bytes, filnavn: str) -> HttpResponse:
    svar = HttpResponse(data, content_type=DOCX)
    svar["Content-Disposition"] = f'attachment; filename="{filnavn}"'
    svar["X-Content-Type-Options"] = "nosniff"
    return svar


# --- filled in --------------------------------------------------------------------------------------------------------


@require_safe
def udgave_skabelon(request, plan, pk):
    """An edition in the rule set's own Word template; 404 when there is none."""
    fundet = hent_plan(request, plan)
    udgave = hent_udgave(fundet, pk)
    billede = hent_billede(udgave)
    stempel = billede.stempel
    ekstra = {
        "dokument_id": stempel.dokument_id,
        "udgave": f"{stempel.nummer} af {lang_dato(stempel.dato)}",
        "underskrivere": stempel.underskrivere,
    }
    return _udfyldt(request, fundet, billede.papir, f"{udgave.filnavn.removesuffix('.pdf')}-skabelon.docx", ekstra)


@require_safe
def dokument_skabelon(request, plan, art, emne=""):
    """The draft in the rule set's own Word template; 404 when there is none."""
    fundet = hent_plan(request, plan)
    papir = oejebliksbillede.udkast(fundet, art, emne)
    filnavn = f"{'-'.join(filter(None, [art, emne, fundet.noegle]))}-kladde-skabelon.docx"
    return _udfyldt(request, fundet, papir, filnavn, {})


def _udfyldt(request, plan, papir, filnavn: str, ekstra: dict) -> HttpResponse:
    skabelon = skabelon_til(plan, papir.art) if isinstance(papir, Dokument) else None
    if skabelon is None:
        raise Http404("Der er ingen Word-skabelon til det dokument.")
    eksempel = vaerdier(eksempelpapir(plan.regelsaet, papir.art))
    try:
        data = udfyld(lager.hent(skabelon.fil.name, skabelon.sha256), vaerdier(papir, **ekstra), eksempel)
    except (Skabelonfejl, lager.Lagerfejl) as fejl:
        tekst = _paa_siden(fejl.messages[0]) if isinstance(fejl, Skabelonfejl) else str(fejl)
        besked = {"kode": 409, "overskrift": "Skabelonen kan ikke udfyldes", "besked": tekst}
        return render(request, "fejl.html", besked, status=409)
    return _svar(data, filnavn)
