from django.apps import AppConfig

from helhedsplan import tilslutninger
from helhedsplan.tilslutninger import Brevslags, Menupunkt


class KalenderConfig(AppConfig):
    name = "kalender"
    verbose_name = "kalender"

    def ready(self):
        # Models are not loaded before ready().
        from kalender.actions.gamle_tekster import RETTERE
        from kalender.actions.paamindelse import DAGLIGT_BREV, er_forbi
        from kalender.actions.persondata import PERSONSPOR
        from kalender.forside import mine_svar, spoergsmaal, ventende
        from kalender.queries.kalender import SAEDVANLIGE
        from moeder.omtaler import omtaler

        tilslutninger.TEKSTRETTERE |= RETTERE
        tilslutninger.PERSONSPOR.append(PERSONSPOR)
        tilslutninger.PARAMETRE |= {*SAEDVANLIGE}
        tilslutninger.PLANFILSEKTIONER.append("kalender.planfil.SEKTION")
        tilslutninger.VENTER += [mine_svar, omtaler, spoergsmaal, ventende]
        tilslutninger.BREVE[DAGLIGT_BREV] = Brevslags(er_forbi)
        tilslutninger.MENUPUNKTER += [
            Menupunkt(70, "Bestyrelse", "bestyrelse"),
            Menupunkt(75, "Kalender", "kalender-liste"),
        ]
