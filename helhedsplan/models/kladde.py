from django.conf import settings
from django.db import models

from helhedsplan.felter import Formet


class Kladde(models.Model):
    """What one person has typed into one form and not saved yet; autosave writes it, saving the form removes it.

    `noegle` names form and object, `version` is the object's version when the typing began, `data` the raw fields.
    """

    bruger = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    noegle = models.CharField("nøgle", max_length=200)
    version = models.PositiveIntegerField("version", default=0)
    data = Formet("felter", form=dict[str, list[str]])
    gemt = models.DateTimeField("gemt", auto_now=True)

    class Meta:
        verbose_name = "kladde"
        verbose_name_plural = "kladder"
        constraints = [models.UniqueConstraint(fields=["bruger", "noegle"], name="kladde_en_pr_bruger_og_formular")]

    def __str__(self):
        return self.noegle
