from django.db.models import TextChoices


class Lys(TextChoices):
    """How a thing is going. The values are those of the template `_lys.html`, which gives each its symbol."""

    GROEN = "paa-sporet", "På sporet"
    GUL = "opmaerksomhed", "Kræver opmærksomhed"
    ROED = "afviger", "Afviger"
    GRAA = "ikke-i-gang", "Ikke i gang"


class Statustilstand(TextChoices):
    KLADDE = "kladde", "Kladde"
    HOS_LEDER = "hos_leder", "Hos lederen"
    PUBLICERET = "publiceret", "Publiceret"
    TRUKKET = "trukket", "Trukket tilbage"


#: A status that is written; the others are frozen.
SKRIVES = [Statustilstand.KLADDE, Statustilstand.HOS_LEDER]


FROSNE = [Statustilstand.PUBLICERET, Statustilstand.TRUKKET]


class Punktart(TextChoices):
    """What is asked of the board."""

    BESLUTNING = "beslutning", "Til beslutning"
    OPFOELGNING = "opfoelgning", "Til opfølgning"


class Sideafsnit(TextChoices):
    """The sections of the board page: what a question is about. The values are the page's anchors."""

    BESLUT = "beslut", "Det skal bestyrelsen tage stilling til"
    NYT = "nyt", "Det vigtigste siden sidst"
    LYS = "lys", "Sådan går det"
    PENGE = "penge", "Økonomi"
    MAAL = "maal", "De faste mål"
    MILEPAELE = "milepaele", "Næste milepæle"
    LOKALE = "lokale", "Lokale tal"
    RISICI = "risici", "Risici"


class Forskelsart(TextChoices):
    """What a change since the last quarter is a change of, the weightiest kind first."""

    LYS = "lys", "Lys"
    MILEPAEL = "milepael", "Milepæl"
    KRONER = "kroner", "Kroner"
    TAL = "tal", "Tal"
    PUNKT = "punkt", "Punkt"
    TEKST = "tekst", "Tekst"
