"""`manage.py check`: the file of signing services can be read."""

from django.core import checks

from dokumenter.underskrift.tjenester import Opsaetningsfejl, opsatte


@checks.register
def tjenester_kan_laeses(app_configs, **kwargs):
    try:
        opsatte()
    except Opsaetningsfejl as fejl:
        return [checks.Error(str(fejl), hint="Se docs/underskrift.md.", id="dokumenter.E001")]
    return []
