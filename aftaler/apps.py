from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from helhedsplan import soegning, tilslutninger
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tilslutninger import Brevslags, Kortdel, Menupunkt


class AftalerConfig(AppConfig):
    name = "aftaler"
    verbose_name = "aftaler"

    def ready(self):
        if settings.OIDC_ROLLER:
            from helhedsplan.loginroller import Rollefejl, loginroller

            try:
                loginroller(settings.OIDC_ROLLER)
            except Rollefejl as fejl:
                raise ImproperlyConfigured(str(fejl)) from fejl
        # Models are not loaded before ready().
        from aftaler import pdf
        from aftaler.actions.gamle_tekster import RETTERE
        from aftaler.actions.meddelelse import er_forbi, er_sendt
        from aftaler.actions.persondata import PERSONSPOR
        from aftaler.queries.huller import EGNE_PAPIRER, aftalehuller
        from aftaler.queries.kontrol import aftalefund, parameterfund
        from aftaler.queries.meddelelse import MEDDELELSESBREV
        from aftaler.queries.overblik import delaftalelinjer, egne
        from aftaler.queries.papirkurv import ikke_i_planens_regelsaet
        from aftaler.queries.soegning import KILDER
        from aftaler.queries.tvillinger import tvillingefund

        tilslutninger.HULLER.append((EGNE_PAPIRER, aftalehuller))
        tilslutninger.TEKSTRETTERE |= RETTERE
        tilslutninger.PERSONSPOR.append(PERSONSPOR)
        tilslutninger.GENDANVAGTER.append(ikke_i_planens_regelsaet)
        tilslutninger.PLANREGLER += [aftalefund, parameterfund, tvillingefund]
        soegning.KILDER += KILDER
        tilslutninger.PAPIRER |= pdf.PAPIRER
        tilslutninger.BREVE[MEDDELELSESBREV] = Brevslags(er_forbi, er_sendt)
        tilslutninger.KORTDELE.append(Kortdel(10, "aftaler/plan/_egne.html", egne, Rettighed.RET_EGET))
        tilslutninger.MENUPUNKTER += [
            Menupunkt(10, "Overblik", "plan-overblik"),
            Menupunkt(20, "Samarbejdsaftale", "samarbejdsaftale-vis"),
            Menupunkt(30, "Delaftaler", "delaftale-liste", delaftalelinjer),
            Menupunkt(90, "Indstillinger", "indstillinger"),
        ]
