from django.apps import AppConfig


class BestyrelseConfig(AppConfig):
    name = "bestyrelse"
    verbose_name = "bestyrelse"
