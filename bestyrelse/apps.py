from django.apps import AppConfig

from helhedsplan import register, soegning
from helhedsplan.register import Menupunkt


class BestyrelseConfig(AppConfig):
    name = "bestyrelse"
    verbose_name = "bestyrelse"

    def ready(self):
        # Models are not loaded before ready().
        from aftaler.queries import dokument
        from bestyrelse import moedepapir, pdf
        from bestyrelse.actions.laesning import EFTERRETNING
        from bestyrelse.actions.svarlink import SVAR
        from bestyrelse.bevis import papir
        from bestyrelse.bevis.beslutning import beslutning_mangler, beslutningsmaerker
        from bestyrelse.bevis.fund import bevisfund
        from bestyrelse.forside import mine_svar, spoergsmaal, ventende
        from bestyrelse.omtaler import omtaler
        from bestyrelse.planfil_frister import SEKTION as FRISTER
        from bestyrelse.planfil_sammensaetning import SEKTIONER
        from bestyrelse.queries.afstemning import revision_venter
        from bestyrelse.queries.bestyrelsen import bestyrelsesvisning
        from bestyrelse.queries.kalender import SAEDVANLIGE
        from bestyrelse.queries.oversigt import udgivet
        from bestyrelse.queries.sammensaetning import bestyrelsesfund, personer
        from bestyrelse.queries.soegning import KILDER

        register.PARAMETRE |= {*SAEDVANLIGE, EFTERRETNING, SVAR}
        register.PAPIRER[pdf.NAVN] = pdf.bestil
        register.PAPIRER["dagsorden"] = moedepapir.bestil_dagsorden
        register.PAPIRER["referat"] = moedepapir.bestil_referat
        register.REVISIONSSPAERRER.append(revision_venter)
        register.BESTYRELSENS_BESLUTNINGER.append(beslutning_mangler)
        register.BESLUTNINGSMAERKER.append(beslutningsmaerker)
        register.PLANREGLER += [bestyrelsesfund, bevisfund]
        register.PLANSPAERRER.append(udgivet)
        register.PERSONER.append(personer)
        register.BESTYRELSER.append(bestyrelsesvisning)
        dokument.PAPIRTYPER += ["bestyrelse.bestyrelsesside", "bestyrelse.bestyrelsesmedlem"]
        register.PLANFILSEKTIONER += SEKTIONER
        register.PAPIRER[papir.NAVN] = papir.bestil
        register.PLANFILSEKTIONER.append(FRISTER)
        register.VENTER += [mine_svar, omtaler, spoergsmaal, ventende]
        register.MENUPUNKTER += [
            Menupunkt(60, "Status", "status-liste"),
            Menupunkt(70, "Bestyrelse", "bestyrelse"),
            Menupunkt(75, "Kalender", "kalender-liste"),
            Menupunkt(72, "Møder", "moede-liste"),
        ]
        soegning.KILDER += KILDER
