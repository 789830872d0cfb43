from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created

from helhedsplan import tilslutninger
from helhedsplan.kollation import giv_sqlite_dansk_orden


class HelhedsplanConfig(AppConfig):
    name = "helhedsplan"
    verbose_name = "Helhedsplan"

    def ready(self):
        connection_created.connect(giv_sqlite_dansk_orden)
        # Models are not loaded before ready().
        from helhedsplan.bekraeftelse import husk_login
        from helhedsplan.konto import KODELINK, linket_er_brugt

        user_logged_in.connect(husk_login)
        tilslutninger.BREVE[KODELINK] = tilslutninger.Brevslags(linket_er_brugt)
