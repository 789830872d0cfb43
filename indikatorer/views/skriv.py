"""The grid in which a year's figures of one indicator are written, for all places at once."""

import json
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from helhedsplan import formats
from helhedsplan.actions import Versionskonflikt
from helhedsplan.formularer import logvaerdi
from helhedsplan.rettigheder import Rettighed
from indikatorer import gitter as g
from indikatorer.actions.maaling import Aarsfejl, Fejlede, gem_aar
from indikatorer.forms.indikator import AarForm, ValgForm
from indikatorer.views.faelles import IndikatorMixin

FAELLES = ("dato", "kilde", "udtrukket", "er_baseline")


class SkrivAar(IndikatorMixin, TemplateView):
    """All or nothing, and nothing typed is lost."""

    rettighed = Rettighed.RET
    template_name = "indikatorer/skriv.html"

    def titel_tekst(self):
        return f"Tal for {f'{self.begivenhed} {self.aar}'.strip()}"

    @cached_property
    def valg(self) -> ValgForm:
        return ValgForm(self.request.GET if "aar" in self.request.GET else None)

    @cached_property
    def aar(self) -> int:
        """The year asked for, else the one before this."""
        return self.valg.cleaned_data["aar"] if self.valg.is_valid() else timezone.localdate().year - 1

    @cached_property
    def begivenhed(self) -> str:
        return self.valg.cleaned_data["begivenhed"] if self.valg.is_valid() else ""

    @cached_property
    def steder(self) -> list:
        """Those that are not put away, and those that have figures here."""
        i_brug = Q(arkiveret__isnull=True) | Q(maalinger__indikator=self.indikator)
        return list(self.plan.steder.filter(i_brug).distinct())

    def maalinger(self) -> list:
        return list(self.indikator.maalinger.filter(aar=self.aar, begivenhed=self.begivenhed))

    def vis(self, maalinger, form, *, status: int = 200, indsendt=None, fejlede: Sequence[Fejlede] = (), **kontekst):
        gitter = g.gitter(self.indikator, self.steder, maalinger)
        kontekst = {"fejl": [], "konflikt": False, **kontekst}
        if indsendt is not None:
            foer, versioner = gitter.foer, gitter.versioner
            gitter.med(indsendt, fejlede)
            kontekst |= {"foer": foer, "versioner": versioner, "fejl": gitter.fejlliste() + kontekst["fejl"]}
        return self.render_to_response(
            self.get_context_data(gitter=gitter, form=form, maalinger=maalinger, **kontekst), status=status
        )

    def get(self, request, *args, **kwargs):
        maalinger = self.maalinger()
        return self.vis(maalinger, AarForm(initial=_faelles(maalinger)))

    def post(self, request, *args, **kwargs):
        form, indsendt = AarForm(request.POST), g.IndsendteMaalinger.af(request.POST)
        if not form.is_valid():
            return self.vis(self.maalinger(), form, status=422, indsendt=indsendt, fejl=form.fejlliste())
        try:
            antal = gem_aar(
                bruger=request.user,
                indikator=self.indikator,
                aar=self.aar,
                begivenhed=self.begivenhed,
                tal=g.laes_aar(self.indikator, self.steder, indsendt),
                faelles=form.felter,
                til_alle=_aendrede(form.felter, request.POST.get("faelles", "")),
            )
        except Aarsfejl as fejl:
            return self.vis(self.maalinger(), form, status=422, indsendt=indsendt, fejlede=fejl.fejlede)
        except ValidationError as fejl:
            ikke_ved_celler = [(besked, "") for besked in fejl.messages]
            return self.vis(self.maalinger(), form, status=422, indsendt=indsendt, fejl=ikke_ved_celler)
        except Versionskonflikt:
            return self.vis(self.maalinger(), form, status=409, indsendt=indsendt, konflikt=True)
        gemt = f"{formats.antal(antal, 'tal er', 'tal er')} gemt" if antal else "Der var intet at gemme"
        messages.success(request, f"{gemt}, kl. {formats.klokken(timezone.now())}.")
        return redirect(request.get_full_path())

    def get_context_data(self, *, gitter, maalinger, **kwargs):
        kontekst = super().get_context_data(**kwargs) | {
            "titel": self.titel_tekst(),
            "indikator": self.indikator,
            "gitter": gitter,
            "aar": self.aar,
            "begivenhed": self.begivenhed,
            "valgfejl": "" if not self.valg.is_bound or self.valg.is_valid() else "Skriv et årstal, for eksempel 2026.",
            "faelles_foer": json.dumps(_som_tekst(_faelles(maalinger))),
        }
        return {"foer": gitter.foer, "versioner": gitter.versioner, **kontekst}


def _faelles(maalinger) -> dict:
    """What all of the year's measurements say; nothing where they differ."""
    faelles = {}
    for felt in FAELLES:
        vaerdier = {getattr(m, felt) for m in maalinger}
        faelles[felt] = vaerdier.pop() if len(vaerdier) == 1 else False if felt == "er_baseline" else None
    return faelles


def _som_tekst(felter: dict) -> dict:
    return {felt: logvaerdi(vaerdi) for felt, vaerdi in felter.items()}


def _aendrede(felter: dict, foer: str) -> dict:
    """Those that were changed on the page, to be written on every measurement of the year."""
    try:
        stod = json.loads(foer or "{}")
    except (ValueError, RecursionError):  # nested deeper than any page of ours
        stod = {}
    stod = stod if isinstance(stod, dict) else {}
    return {felt: v for felt, v in felter.items() if logvaerdi(v) != stod.get(felt, "")}
