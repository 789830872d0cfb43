"""The plan's leader asks those who write in it for a login in two steps."""

from django.urls import reverse

from aftaler.actions.plan import saet_to_trin
from aftaler.forms.totrin import ToTrinForm
from aftaler.views.rediger import PlanRediger
from helhedsplan.rettigheder import Rettighed


class PlanToTrin(PlanRediger):
    rettighed = Rettighed.STYR
    form_class = ToTrinForm
    titel = "Login i to trin"

    def krummer(self):
        return [("Indstillinger", reverse("indstillinger", args=[self.plan.noegle])), self.titel]

    def hent_objekt(self):
        return self.plan

    def gem(self, form, version):
        return saet_to_trin(bruger=self.request.user, plan=form.instance, felter=form.felter, version=version)

    def efter_url(self):
        return f"{reverse('indstillinger', args=[self.plan.noegle])}#medlemmer"
