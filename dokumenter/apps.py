from django.apps import AppConfig

from helhedsplan import soegning, tilslutninger
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tilslutninger import Brevslags, Kortdel, Menupunkt, Overbliksdel


class DokumenterConfig(AppConfig):
    name = "dokumenter"
    verbose_name = "dokumenter"

    def ready(self):
        # Models are not loaded before ready().
        from dokumenter import kontrol_opsaetning  # noqa: F401 -- registers its check
        from dokumenter.actions.regelsaet import FOELGER
        from dokumenter.actions.underskrift import UNDERSKRIFTSBREV, underskriftsbrev_er_forbi
        from dokumenter.choices import TO_PAR_OEJNE
        from dokumenter.kladdestand import overblik
        from dokumenter.kontrol import dokumentfund, tegnfund
        from dokumenter.queries.dokumenter import frosne_udgaver, frosset
        from dokumenter.queries.fase import faseoverblik
        from dokumenter.queries.papirkurv import papiret_er_til_godkendelse
        from dokumenter.queries.soegning import KILDER
        from dokumenter.queries.udgave import udstedte
        from dokumenter.queries.underskrift import personer, ventende
        from dokumenter.queries.venter import afviste, klar_til_ikraft, udpeget

        tilslutninger.PARAMETRE.add(TO_PAR_OEJNE)
        tilslutninger.VENTER += [ventende, afviste, klar_til_ikraft, udpeget]
        tilslutninger.PLANREGLER += [dokumentfund, tegnfund]
        tilslutninger.OVERBLIKSDELE.append(Overbliksdel(20, "dokumenter/_pakkeoverblik.html", overblik, True))
        tilslutninger.OVERBLIKSDELE.append(Overbliksdel(5, "dokumenter/_fase.html", faseoverblik))
        tilslutninger.GENDANVAGTER.append(papiret_er_til_godkendelse)
        tilslutninger.PLANSPAERRER.append(frosset)
        tilslutninger.KORTDELE.append(Kortdel(30, "dokumenter/_udstedte.html", udstedte, Rettighed.PAPIRER))
        tilslutninger.UDGIVERE.append(frosne_udgaver)
        tilslutninger.PERSONER.append(personer)
        tilslutninger.MENUPUNKTER.append(Menupunkt(80, "Dokumenter", "dokument-liste"))
        tilslutninger.REGELSAETFOELGERE.append(FOELGER)
        soegning.KILDER += KILDER
        tilslutninger.BREVE[UNDERSKRIFTSBREV] = Brevslags(underskriftsbrev_er_forbi)
