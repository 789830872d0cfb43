from django.apps import AppConfig

from helhedsplan import register
from helhedsplan.register import Menupunkt


class DokumenterConfig(AppConfig):
    name = "dokumenter"
    verbose_name = "dokumenter"

    def ready(self):
        # Models are not loaded before ready().
        from dokumenter.kontrol import dokumentfund

        register.PLANREGLER.append(dokumentfund)
        register.MENUPUNKTER.append(Menupunkt(80, "Dokumenter", "dokument-liste"))
