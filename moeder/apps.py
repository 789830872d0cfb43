from django.apps import AppConfig

from helhedsplan import soegning, tilslutninger
from helhedsplan.tilslutninger import Brevslags, Menupunkt, Revisionsbeslutninger


class MoederConfig(AppConfig):
    name = "moeder"
    verbose_name = "møder"

    def ready(self):
        # Models are not loaded before ready().
        from aftaler.queries import dokument
        from moeder import moedepapir
        from moeder.actions.gamle_tekster import RETTERE
        from moeder.actions.moede import AFLYSNING, aflysning_er_forbi
        from moeder.actions.moedepapir import PAPIRBREV, papirbrev_er_forbi
        from moeder.actions.persondata import PERSONSPOR
        from moeder.actions.svarlink import SVAR, SVARBREV, svarbrev_er_forbi
        from moeder.bevis import papir
        from moeder.bevis.beslutning import beslutning_mangler, beslutningsmaerker
        from moeder.bevis.fund import bevisfund
        from moeder.queries.afstemning import revision_venter
        from moeder.queries.bestyrelsen import bestyrelsesvisning
        from moeder.queries.papirkurv import moedet_er_forbi
        from moeder.queries.sammensaetning import bestyrelsesfund, personer
        from moeder.queries.soegning import KILDER
        from moeder.queries.spaerrer import forelagt

        tilslutninger.TEKSTRETTERE |= RETTERE
        tilslutninger.PERSONSPOR.append(PERSONSPOR)
        tilslutninger.PARAMETRE.add(SVAR)
        tilslutninger.PAPIRER["dagsorden"] = moedepapir.bestil_dagsorden
        tilslutninger.PAPIRER["referat"] = moedepapir.bestil_referat
        tilslutninger.PAPIRER[papir.NAVN] = papir.bestil
        tilslutninger.REVISIONSBESLUTNINGER.append(
            Revisionsbeslutninger(revision_venter, beslutning_mangler, beslutningsmaerker)
        )
        tilslutninger.PLANREGLER += [bestyrelsesfund, bevisfund]
        tilslutninger.GENDANVAGTER.append(moedet_er_forbi)
        tilslutninger.PLANSPAERRER.append(forelagt)
        tilslutninger.BESTYRELSER.append(bestyrelsesvisning)
        dokument.PAPIRTYPER += ["bestyrelse.bestyrelsesside", "bestyrelse.bestyrelsesmedlem"]
        tilslutninger.PERSONER.append(personer)
        tilslutninger.PLANFILSEKTIONER += ["moeder.planfil.BESTYRELSE", "moeder.planfil.FORRETNINGSORDEN"]
        tilslutninger.MENUPUNKTER.append(Menupunkt(72, "Møder", "moede-liste"))
        soegning.KILDER += KILDER
        tilslutninger.BREVE |= {
            AFLYSNING: Brevslags(aflysning_er_forbi),
            PAPIRBREV: Brevslags(papirbrev_er_forbi),
            SVARBREV: Brevslags(svarbrev_er_forbi),
        }
