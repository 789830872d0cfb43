from django.apps import AppConfig

from helhedsplan import soegning, tilslutninger
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tilslutninger import Brevslags, Kortdel, Menupunkt


class StatusConfig(AppConfig):
    name = "status"
    verbose_name = "status"

    def ready(self):
        # Models are not loaded before ready().
        from status import pdf
        from status.actions.gamle_tekster import RETTERE
        from status.actions.laesning import EFTERRETNING, LAESEBREV, laesebrev_er_forbi
        from status.actions.persondata import PERSONSPOR
        from status.queries.oversigt import til_laesning, til_skrivning, udgivne, udgivne_papirer
        from status.queries.papirkurv import kvartalet_er_skrevet
        from status.queries.soegning import KILDER

        soegning.KILDER += KILDER
        tilslutninger.TEKSTRETTERE |= RETTERE
        tilslutninger.PERSONSPOR.append(PERSONSPOR)
        tilslutninger.BREVE[LAESEBREV] = Brevslags(laesebrev_er_forbi)
        tilslutninger.PARAMETRE.add(EFTERRETNING)
        tilslutninger.PAPIRER[pdf.NAVN] = pdf.bestil
        tilslutninger.GENDANVAGTER.append(kvartalet_er_skrevet)
        tilslutninger.PLANSPAERRER.append(udgivne)
        tilslutninger.KORTDELE += [
            Kortdel(20, "status/_dine.html", til_skrivning, Rettighed.RET_EGET),
            Kortdel(40, "status/_udgivne.html", til_laesning, Rettighed.PAPIRER),
        ]
        tilslutninger.UDGIVERE.append(udgivne_papirer)
        tilslutninger.MENUPUNKTER.append(Menupunkt(60, "Status", "status-liste"))
