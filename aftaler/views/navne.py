"""The names of a thing over time: of the plan, an area, an organisation of its parties, or one of their afdelinger."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from aftaler.actions.navne import ret_navne
from aftaler.forms.navne import NAVNEFORMER, NavneFormset
from aftaler.models import Afdeling, Helhedsplan, Omraade, Organisation
from aftaler.queries.adgang import organisation_i_vejen
from aftaler.views.rediger import PlanRediger

ANKRE = {"organisation": "parter", "afdeling": "parter", "omraade": "omraader", "plan": "planen"}


def _brugte(plan: Helhedsplan):
    """The parties, and what they have been put into."""
    parter = Q(parter__plan=plan) | Q(lagt_ind_her__parter__plan=plan)
    return Organisation.objects.filter(parter).distinct()


class RetNavne(PlanRediger):
    raekker = {"navne": NavneFormset}
    template_name = "aftaler/plan/navne.html"
    gem_tekst = "Gem navnene"

    @property
    def slags(self) -> str:
        slags = self.kwargs["slags"]
        if slags not in NAVNEFORMER:
            raise Http404("Den slags har ingen navne.")
        return slags

    @property
    def form_class(self):
        return NAVNEFORMER[self.slags]

    def hent_objekt(self):
        mulige = {
            "organisation": _brugte(self.plan),
            "afdeling": Afdeling.objects.filter(organisation__in=_brugte(self.plan)),
            "omraade": Omraade.objects.filter(plan=self.plan),
            "plan": Helhedsplan.objects.filter(pk=self.plan.pk),
        }
        return get_object_or_404(mulige[self.slags], pk=self.kwargs["pk"])

    def formargumenter(self):
        return {"plan": self.plan}

    def titel_tekst(self):
        return f"Navne: {self.objekt}"

    def krummer(self):
        return [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle])), self.titel_tekst()]

    def i_vejen(self):
        organisation = {"organisation": self.objekt, "afdeling": getattr(self.objekt, "organisation", None)}
        if (fundet := organisation.get(self.slags)) is None:
            return ""
        return organisation_i_vejen(self.request.user, fundet)

    def gem(self, form, version):
        return ret_navne(
            bruger=self.request.user,
            ting=form.instance,
            felter=form.felter,
            raekker=form.raekker["navne"],
            version=version,
            nyt_fra=form.nyt_navn_fra,
        )

    def efter_url(self):
        return f"{reverse('indstillinger', args=[self.plan.noegle])}#{ANKRE[self.slags]}"
