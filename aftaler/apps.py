from django.apps import AppConfig

from helhedsplan import register


class AftalerConfig(AppConfig):
    name = "aftaler"
    verbose_name = "aftaler"

    def ready(self):
        from aftaler.queries.kontrol import aftalefund  # noqa: PLC0415 -- models are not loaded before ready()

        register.PLANREGLER.append(aftalefund)
