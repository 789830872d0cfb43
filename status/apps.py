from django.apps import AppConfig

from helhedsplan import soegning, tilslutninger
from helhedsplan.tilslutninger import Menupunkt


class StatusConfig(AppConfig):
    name = "status"
    verbose_name = "status"

    def ready(self):
        # Models are not loaded before ready().
        from status import pdf
        from status.actions.laesning import EFTERRETNING
        from status.queries.oversigt import udgivne, udgivne_papirer
        from status.queries.soegning import KILDER

        soegning.KILDER += KILDER
        tilslutninger.PARAMETRE.add(EFTERRETNING)
        tilslutninger.PAPIRER[pdf.NAVN] = pdf.bestil
        tilslutninger.PLANSPAERRER.append(udgivne)
        tilslutninger.UDGIVERE.append(udgivne_papirer)
        tilslutninger.MENUPUNKTER.append(Menupunkt(60, "Status", "status-liste"))
