"""The pages where the rows that a plan has beside what it is are written, each a table."""

from django.urls import reverse

from aftaler.actions import raekker as raekkeactions
from aftaler.forms import SideplanFormset, TabelForm
from aftaler.models import Helhedsplan
from aftaler.views.rediger import PlanRediger


class RetPlanraekker(PlanRediger):
    """All rows of a kind at once. `anker` is the heading on the settings page that they are listed under."""

    form_class = TabelForm
    template_name = "aftaler/plan/raekker.html"
    anker = ""
    indledning = ""

    def hent_objekt(self) -> Helhedsplan:
        return self.plan

    def gem(self, form, version):
        [(relation, raekker)] = form.raekker.items()
        return raekkeactions.ret_planens(
            bruger=self.request.user, plan=form.instance, relation=relation, raekker=raekker, version=version
        )

    def efter_url(self):
        return f"{reverse('indstillinger', args=[self.plan.noegle])}#{self.anker}"

    def krummer(self):
        return [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle])), self.titel_tekst()]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"indledning": self.indledning}


class RetSideplaner(RetPlanraekker):
    raekker = {"sideplaner": SideplanFormset}
    anker = "sideplaner"
    titel = "Planer ved siden af"
    gem_tekst = "Gem planerne"
    indledning = (
        "En fysisk helhedsplan eller en udviklingsplan for de samme boliger. Den nævnes i samarbejdsaftalen, og dens "
        "penge regnes ikke med i planens."
    )
