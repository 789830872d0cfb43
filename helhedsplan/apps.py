from django.apps import AppConfig
from django.db.backends.signals import connection_created

from helhedsplan import tilslutninger
from helhedsplan.kollation import giv_sqlite_dansk_orden


class HelhedsplanConfig(AppConfig):
    name = "helhedsplan"
    verbose_name = "Helhedsplan"

    def ready(self):
        connection_created.connect(giv_sqlite_dansk_orden)
        # Models are not loaded before ready().
        from helhedsplan.konto import KODELINK, linket_er_brugt

        tilslutninger.BREVE[KODELINK] = tilslutninger.Brevslags(linket_er_brugt)
