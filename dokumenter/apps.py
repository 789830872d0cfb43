from django.apps import AppConfig

from helhedsplan import register, soegning
from helhedsplan.register import Menupunkt, Overbliksdel


class DokumenterConfig(AppConfig):
    name = "dokumenter"
    verbose_name = "dokumenter"

    def ready(self):
        # Models are not loaded before ready().
        from dokumenter import kontrol_opsaetning  # noqa: F401 -- registers its check
        from dokumenter.choices import TO_PAR_OEJNE
        from dokumenter.kladdestand import overblik
        from dokumenter.kontrol import dokumentfund, tegnfund
        from dokumenter.queries.dokumenter import frosset
        from dokumenter.queries.fase import faseoverblik
        from dokumenter.queries.soegning import KILDER
        from dokumenter.queries.underskrift import personer, ventende
        from dokumenter.queries.venter import afviste, klar_til_ikraft, udpeget

        register.PARAMETRE.add(TO_PAR_OEJNE)
        register.VENTER += [ventende, afviste, klar_til_ikraft, udpeget]
        register.PLANREGLER += [dokumentfund, tegnfund]
        register.OVERBLIKSDELE.append(Overbliksdel(20, "dokumenter/_pakkeoverblik.html", overblik))
        register.OVERBLIKSDELE.append(Overbliksdel(5, "dokumenter/_fase.html", faseoverblik))
        register.PLANSPAERRER.append(frosset)
        register.PERSONER.append(personer)
        register.MENUPUNKTER.append(Menupunkt(80, "Dokumenter", "dokument-liste"))
        soegning.KILDER += KILDER
