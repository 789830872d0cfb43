"""Choices and typed constants shared by every app."""

from django.db import models


class Verificeret(models.TextChoices):
    """How sure we are of a rule or value: only KILDE may be shown as somebody's rule."""

    KILDE = "kilde", "fra kilde"
    NEJ = "nej", "ikke verificeret"


class Alvor(models.TextChoices):
    """Severity of a finding, worst first."""

    FEJL = "fejl", "Fejl"
    ADVARSEL = "advarsel", "Advarsel"
    NOTE = "note", "Note"


class Mailvalg(models.TextChoices):
    """When a person wants to hear by e-mail of what is asked of him."""

    STRAKS = "straks", "Med det samme"
    DAGLIG = "daglig", "Én gang om dagen"
    ALDRIG = "aldrig", "Aldrig"


class Brevstand(models.TextChoices):
    """Where a letter of the outbox is."""

    VENTER = "venter", "Venter"
    HOLDT = "holdt", "Holdt tilbage"
    OPGIVET = "opgivet", "Opgivet"
    SENDT = "sendt", "Sendt"
