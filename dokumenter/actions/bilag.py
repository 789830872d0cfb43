"""Files that a decision or a mandate stands on: checked like attachments, and kept under their hash."""

from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError

from aftaler.actions.bilag import laes_bilag
from dokumenter import lager

#: A decision and a mandate are papers; a text or a table anybody can have typed.
TYPER = (".pdf", ".docx", ".png", ".jpg")
FORKERT_SLAGS = "Læg papiret ved som PDF, Word eller billede."


@dataclass(frozen=True)
class Fil:
    """A file as it came."""

    data: bytes
    navn: str


def gem_bilag(fil: Fil | None, felt: str, mappe: str) -> tuple[str, str, str]:
    """(where it is kept, its name, its hash), all '' of no file. What is wrong with it stands at `felt`. Raises
    ValidationError."""
    if fil is None:
        return "", "", ""
    try:
        laest = laes_bilag(fil.data, fil.navn)
    except ValidationError as fejl:
        raise ValidationError({felt: fejl.messages}) from fejl
    if laest.endelse not in TYPER:
        raise ValidationError({felt: FORKERT_SLAGS})
    sti, maerke = lager.gem(laest.data, mappe, laest.endelse)
    return sti, f"{PurePath(fil.navn).stem[:180]}{laest.endelse}", maerke
