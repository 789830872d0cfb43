from django.db import models


class Versioneret(models.Model):
    """Base of every editable root: `version` counts saves, so that two people cannot overwrite each other unseen.

    Only `helhedsplan.actions` moves it, by one conditional UPDATE.
    """

    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        abstract = True
