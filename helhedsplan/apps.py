from django.apps import AppConfig
from django.db.backends.signals import connection_created

from helhedsplan.kollation import giv_sqlite_dansk_orden


class HelhedsplanConfig(AppConfig):
    name = "helhedsplan"
    verbose_name = "Helhedsplan"

    def ready(self):
        connection_created.connect(giv_sqlite_dansk_orden)
