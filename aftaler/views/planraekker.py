"""The pages where the rows that a plan has beside what it is are written, each a table."""

from django.db.models import Q
from django.urls import reverse

from aftaler.actions import raekker as raekkeactions
from aftaler.forms import BehandlingFormset, FaellesFormset, PlanraekkerForm, SideplanFormset
from aftaler.models import Helhedsplan
from aftaler.models.plan import i_planer
from aftaler.views.rediger import PlanRediger
from helhedsplan.rettigheder import Rettighed


class RetPlanraekker(PlanRediger):
    """All rows of a kind at once. `anker` is the heading on the settings page that they are listed under."""

    form_class = PlanraekkerForm
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


class RetDelteRaekker(RetPlanraekker):
    """Rows that may be about other plans too: those that the person writes in."""

    def raekkeargumenter(self, relation):
        egne = Q(pk__in=i_planer(self.request.user, Rettighed.RET))
        naevnt = Q(**{{"behandlinger": "behandlet_med__plan", "faelles": "faelles_med__plan"}[relation]: self.plan})
        return {"planer": Helhedsplan.objects.filter(egne | naevnt).exclude(pk=self.plan.pk).distinct()}


class RetBehandlinger(RetDelteRaekker):
    raekker = {"behandlinger": BehandlingFormset}
    anker = "behandlinger"
    titel = "Behandling og godkendelse"
    gem_tekst = "Gem behandlingerne"
    indledning = (
        "De organer, som planen har været eller skal igennem, i rækkefølge: udvalg, byråd, organisationsbestyrelse, "
        "Landsbyggefonden. Ved urafstemning en række for hver afdeling."
    )


class RetFaelles(RetDelteRaekker):
    raekker = {"faelles": FaellesFormset}
    anker = "faelles"
    titel = "Fælles med andre planer"
    gem_tekst = "Gem det fælles"
    indledning = (
        "Et beløb, et sekretariat eller andet, som planen har sammen med andre. Skriv det i den ene plan, så står det "
        "i dem alle. Beløbet regnes ikke med i nogen sum."
    )
