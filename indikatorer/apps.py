from django.apps import AppConfig

from helhedsplan import register


class IndikatorerConfig(AppConfig):
    name = "indikatorer"
    verbose_name = "indikatorer"

    def ready(self):
        # Models are not loaded before ready().
        from indikatorer.planfil import SEKTION
        from indikatorer.queries.kontrol import indikatorfund

        register.PLANREGLER.append(indikatorfund)
        register.PLANFILSEKTIONER.append(SEKTION)
