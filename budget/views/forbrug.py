"""Actuals: by quarter and financier, the forecast, what will be left, and plan years against calendar years."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from budget import gitter as g
from budget.actions.forbrug import Forbrugscelle, gem_forbrug
from budget.diagrammer import Diagrampunkt
from budget.queries.aar import aarsvisning
from budget.queries.opfoelgning import Forbrugsopfoelgning, opfoelgning
from budget.rules.celler import NUL
from budget.rules.kontrol import EGEN
from budget.rules.perioder import kvartal_for
from budget.views.faelles import BudgetplanMixin
from budget.views.gitter import Gitterkladde
from helhedsplan import formats
from helhedsplan.choices import Alvor
from helhedsplan.formularer import BEKRAEFTEDE, Formularbase
from helhedsplan.fund import Fund
from helhedsplan.rettigheder import Rettighed


def punkter(fulgt: Forbrugsopfoelgning) -> list[Diagrampunkt]:
    """The points of the picture: the forecast is drawn from the last report on."""
    return [
        Diagrampunkt(
            t.kort_navn,
            t.budget_akk,
            t.forbrug_akk,
            t.prognose_akk if fulgt.seneste and t.kvartal >= fulgt.seneste else None,
        )
        for t in fulgt.i_alt.kvartaler
    ]


def ikke_begyndt(celler: list[Forbrugscelle]) -> list[Fund]:
    """The quarters to come that something is reported for; each is asked about."""
    nu = kvartal_for(timezone.localdate())
    foerste: dict = {}
    for celle in celler:
        if not celle.er_tom and (celle.aar, celle.kvartal) > nu:
            foerste.setdefault((celle.aar, celle.kvartal), celle)
    return [
        Fund(
            f"ikke-begyndt-{aar}-{nr}",
            Alvor.ADVARSEL,
            f"{formats.kvartal(aar, nr)}: Kvartalet er ikke begyndt.",
            f"#{celle.id}",
            EGEN,
        )
        for (aar, nr), celle in sorted(foerste.items(), key=lambda par: par[0])
    ]


class Forbrugsside(BudgetplanMixin, TemplateView):
    template_name = "budget/forbrug.html"
    side = "Forbrug"

    def get_context_data(self, **kwargs):
        fulgt = opfoelgning(self.plan)
        kalender = self.request.GET.get("aar") == "kalender"
        ubrugt = next((t for t in fulgt.i_alt.kvartaler if t.kvartal == fulgt.frem), None)
        aar = [k.kvartal[0] for k in fulgt.i_alt.kvartaler] or [timezone.localdate().year]
        return super().get_context_data(**kwargs) | {
            "fulgt": fulgt,
            "punkter": punkter(fulgt) if fulgt.budget else [],
            "seneste": formats.kvartal(*fulgt.seneste) if fulgt.seneste else "",
            "mangler": fulgt.mangler_i_ord(),
            "ubrugt": ubrugt,
            "aarsvisning": aarsvisning(self.plan, kalender=kalender),
            "kalender": kalender,
            "aarstal": sorted(set(aar)),
            "ret_aar": fulgt.seneste[0] if fulgt.seneste else min(aar),
        }


class RetForbrug(Gitterkladde, BudgetplanMixin, TemplateView):
    """The grid of one calendar year's quarters. There is no version to clash on: each cell is its own."""

    rettighed = Rettighed.RET_BUDGET
    template_name = "budget/forbrugsgitter.html"
    forbogstav = "f"

    def titel_tekst(self):
        return f"Ret forbruget i {self.kwargs['aar']}"

    def krummer(self):
        forbrug = ("Forbrug", reverse("forbrug", args=[self.plan.noegle]))
        return [("Budget", self.overblik_url), forbrug, self.titel_tekst()]

    def gitter(self, skala: int) -> g.Gitter:
        aar = self.kwargs["aar"]
        if not 1990 <= aar <= 2199:
            raise Http404("Året ligger uden for det, der kan føres.")
        tal: dict = {}
        alle = list(self.plan.forbrug.order_by())
        for f in alle:
            if f.aar == aar and f.konto_id is None and f.delaftale_id is None:
                tal[f.kilde_id, f.art, f.kvartal] = tal.get((f.kilde_id, f.art, f.kvartal), NUL) + f.beloeb
        brugte = {(f.kilde_id, f.art) for f in alle} | self.budgetteret()
        return g.forbrugsgitter(self.plan.finansieringskilder.all(), aar, tal, brugte, skala)

    def budgetteret(self) -> set:
        return set(self.plan.budgetter.filter(bidrag__isnull=False).values_list("bidrag__kilde_id", "bidrag__art"))

    def get(self, request, *args, **kwargs):
        gitter = self.gitter(1)
        return self.vis(gitter, **self.med_kladde(gitter))

    def post(self, request, *args, **kwargs):
        indsendt = g.Indsendt.af(request.POST, self.forbogstav)
        celler = g.forbrugsceller(indsendt.aendret)
        bekraeftet = request.POST.get(BEKRAEFTEDE, "").split()
        spoerg = [fund for fund in ikke_begyndt(celler) if fund.kode not in bekraeftet]
        try:
            with transaction.atomic():  # faults are told first, and nothing is saved before the answer
                antal = gem_forbrug(bruger=request.user, plan=self.plan, celler=celler)
                transaction.set_rollback(bool(spoerg))
        except ValidationError as fejl:
            gitter = self.gitter(1)
            foer = gitter.med(indsendt, fejl.message_dict)
            return self.vis(gitter, 422, foer=foer, fejl=gitter.fejlliste())
        if spoerg:
            gitter = self.gitter(1)
            foer = gitter.med(indsendt, {})
            koder = " ".join([*bekraeftet, *(fund.kode for fund in spoerg)])
            spoergsmaal = {"ubekraeftede": spoerg, "bekraeft": koder, "bekraeft_tekst": Formularbase.bekraeft_tekst}
            return self.vis(gitter, 422, foer=foer, spoerg=spoergsmaal)
        self.fjern_kladde()
        messages.success(
            request, f"{formats.antal(antal, 'beløb er', 'beløb er')} gemt." if antal else "Der var intet at gemme."
        )
        return redirect(reverse("forbrug", args=[self.plan.noegle]))

    def vis(self, gitter: g.Gitter, status: int = 200, **kontekst):
        kontekst = {
            "gitter": gitter,
            "noegle": self.kladdenoegle,
            "kladde": None,
            "fejl": (),
            "generel_fejl": "",
            "konflikt": False,
            "spoerg": {},
            "titel": self.titel_tekst(),
            "hoved": "Kilde og art",
            "skala": 1,
            "formaal": "alle",
            "aar": self.kwargs["aar"],
            **kontekst,
        }
        return self.render_to_response(self.get_context_data(**kontekst), status=status)
