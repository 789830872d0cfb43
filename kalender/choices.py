from django.db.models import TextChoices


class Kalenderslags(TextChoices):
    """What a line of the calendar is about."""

    STATUS = "status", "Kvartalsstatus"
    MOEDE = "moede", "Møde"
    PAPIR = "papir", "Planens papirer"
    OEKONOMI = "oekonomi", "Økonomi"
    OPFOELGNING = "opfoelgning", "Opfølgning på mål"
    FORNYELSE = "fornyelse", "Planens udløb"
    MILEPAEL = "milepael", "Milepæl"
    FRIST = "frist", "Egen frist"


class Kalendertilstand(TextChoices):
    FORFALDEN = "forfalden", "Forfalden"
    SNART = "snart", "Snart"
    KOMMENDE = "kommende", "Kommende"
    UDFOERT = "udfoert", "Udført"
