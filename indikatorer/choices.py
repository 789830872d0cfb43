"""Choices of the indicators. Values are stored and written in plan files; labels are shown."""

from django.db.models import TextChoices

from aftaler.choices import Enhed, Udviklingsretning

__all__ = [
    "Enhed",
    "Graenseart",
    "Indikatorgruppe",
    "Kriterieenhed",
    "Stedart",
    "Maaletilstand",
    "Trykform",
    "Udviklingsretning",
]


class Stedart(TextChoices):
    OMRAADE = "omraade", "Boligområde"
    AFDELING = "afdeling", "Afdeling"
    FLERE_OMRAADER = "flere_omraader", "Flere områder tilsammen"
    KOMMUNE = "kommune", "Kommunen"
    ALMENE_I_KOMMUNEN = "almene_i_kommunen", "Almene boliger i kommunen"
    ALMEN_SEKTOR = "almen_sektor", "Den almene sektor"
    LAND = "land", "Hele landet"
    OEVRIGE_HELHEDSPLANER = "oevrige_helhedsplaner", "Øvrige helhedsplaner"
    ANDET = "andet", "Andet"

    @property
    def er_eget(self) -> bool:
        """The plan's own place, as against one it is held up against."""
        return self in {Stedart.OMRAADE, Stedart.AFDELING, Stedart.FLERE_OMRAADER}


class Maaletilstand(TextChoices):
    """A value, a missing one and a suppressed one are three things; zero is a value."""

    VAERDI = "vaerdi", "Tal"
    MANGLER = "mangler", "Mangler"
    DISKRETIONERET = "diskretioneret", "Diskretioneret"


class Trykform(TextChoices):
    """Which stands first where a measurement has both."""

    ANTAL_FOERST = "antal_foerst", "Antal over procent"
    PROCENT_FOERST = "procent_foerst", "Procent over antal"


class Indikatorgruppe(TextChoices):
    BASELINE = "baseline", "Overordnede mål"
    SUPPLERENDE = "supplerende", "Supplerende tal"
    LOKAL = "lokal", "Lokale indikatorer"


class Graenseart(TextChoices):
    """When a criterion of the state's lists is met."""

    OVER = "over", "over"
    MINDST = "mindst", "mindst"
    UNDER = "under", "under"


class Kriterieenhed(TextChoices):
    PROCENT = "procent", "%"
    GANGE = "gange", "gange landsgennemsnittet"
    ANTAL = "antal", "beboere"
