from datetime import date

from django.utils import timezone
from django.views.generic import TemplateView

from aftaler.views.faelles import PlanMixin
from dokumenter.oejebliksbillede import hvis_laeselig
from helhedsplan.sidecache import genbrug
from kalender.queries.kalender import kalenderside, planens_kalender
from kalender.queries.kalenderregler import Kalenderlinje
from kalender.queries.venter_paa_bestyrelsen import foerst
from moeder.bevis.fund import hovedlinje
from moeder.bevis.indhold import bevisaar
from status import oejebliksbillede
from status.queries.laesning import laesere
from status.queries.oversigt import kvartalslinjer, publicerede


class Bestyrelse(PlanMixin, TemplateView):
    """The board's own front page in the plan: what must be decided, the newest status and who has read it, and where
    the registers are."""

    template_name = "kalender/bestyrelse.html"

    def krummer(self):
        return ["Bestyrelse"]

    def get_context_data(self, **kwargs):
        status = publicerede(self.plan).first()
        i_dag = timezone.localdate()
        linjer = kvartalslinjer(self.plan, i_dag)
        forfaldne, aar, bevist = self.ens_for_alle(i_dag)
        billede, ulaeselig = None, ""
        if status:
            status.plan = self.plan
            billede, ulaeselig = hvis_laeselig(oejebliksbillede.hent, status)
        return super().get_context_data(**kwargs) | {
            "status": status,
            "s": billede,
            "ulaeselig": ulaeselig,
            "laesere": laesere(status) if status else [],
            "forsinkede": [linje for linje in linjer if linje.er_forsinket],
            "foerst": foerst(self.plan, self.request.user, i_dag, forfaldne),
            "bevisaar": aar,
            "bevist": bevist,
        }

    def ens_for_alle(self, i_dag: date) -> tuple[tuple[Kalenderlinje, ...], list[int], str]:
        """What is overdue, the years of evidence and what the newest proves: worked out once for each state of the plan
        and of those that come after it, whose phases its end hangs on."""
        plan = self.plan
        naboer = [plan.noegle, *plan.efterfoelgere.values_list("noegle", flat=True)]

        def regn() -> tuple[tuple[Kalenderlinje, ...], list[int], str]:
            forfaldne = kalenderside(planens_kalender(plan, i_dag), i_dag).forfaldne.linjer
            return forfaldne, bevisaar(plan, i_dag), hovedlinje(plan)

        return genbrug(f"bestyrelsens side {plan.noegle} {i_dag}", naboer, regn)
