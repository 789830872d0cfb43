"""The board on one page, to write."""

from django.contrib import messages

from aftaler.models import Helhedsplan
from helhedsplan.bekraeftelse import kraev_nylig
from helhedsplan.formats import opremsning
from helhedsplan.rettigheder import Rettighed
from moeder.actions.bestyrelsen import RELATION, gem_bestyrelse
from moeder.forms import bestyrelsen as forms
from moeder.queries.bestyrelsen import bestyrelsesraekker, kendte_konti, sidevalg
from moeder.views.sammensaetning import Sammensaetningsside


class RetBestyrelsen(Sammensaetningsside):
    form_class = forms.BestyrelseForm
    raekker = {RELATION: forms.Bestyrelsesraekker}
    template_name = "moeder/medlemmer/ret.html"
    titel, gem_tekst = "Ret bestyrelsen", "Gem bestyrelsen"

    def hent_objekt(self) -> Helhedsplan:
        return self.plan

    def formargumenter(self):
        return {"maa_styre": Rettighed.STYR in self.plan.rettigheder}

    def raekkeargumenter(self, relation):
        return {
            "kendte": bestyrelsesraekker(self.plan),
            "sidevalg": sidevalg(self.plan),
            "foerst": self.request.GET.get("side", ""),
        }

    def gem(self, form, version):
        saet = form.raekkesaet[RELATION]
        if saet.aftryk() == saet.grundlag:
            return []
        if self.giver_adgang(form.raekker[RELATION]):
            kraev_nylig(self.request)
        return gem_bestyrelse(
            bruger=self.request.user,
            plan=self.plan,
            raekker=form.raekker[RELATION],
            uaendret=lambda: self.lav_form(self.plan).raekkesaet[RELATION].aftryk() == saet.grundlag,
            absolut=self.request.build_absolute_uri,
        )

    def giver_adgang(self, raekker: list[dict]) -> bool:
        """Whether anybody gets to read the plan by the seat who could not before."""
        kendte = {email for email, _ in kendte_konti(self.plan)}
        return any(r["navn"] and r["email"] and r["email"].lower() not in kendte for r in raekker)

    def faerdig(self):
        if inviterede := getattr(self, "gemt", []):
            hvem = opremsning([f"{konto} ({konto.email})" for konto in inviterede])
            messages.info(self.request, f"{hvem} får en mail med et link til at logge ind.")
        return super().faerdig()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "konti": kendte_konti(self.plan),
            "kendte_konti": forms.KENDTE_KONTI,
            "maa_styre": Rettighed.STYR in self.plan.rettigheder,
        }
