"""The room's files: kept under their own SHA-256, so that the same bytes are kept once and none are overwritten.

They lie in the private storage, which no address leads to; the views hand them out to those who may see the plan.
"""

import hashlib
import logging
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)


class Lagerfejl(Exception):
    """A kept file is gone or is not what it was; the text says so, for a person."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def er_hel(navn: str) -> bool:
    """Whether a kept file is there and is what its name says."""
    try:
        with default_storage.open(navn) as fil:
            return sha256(fil.read()) == PurePosixPath(navn).stem
    except OSError:
        return False


def gem(data: bytes, mappe: str, endelse: str) -> tuple[str, str]:
    """Keep the bytes; their name in storage and their SHA-256.

    Kept before the transaction that refers to them ends: if it fails, a file is left over that nothing names, never
    a name without its file. What lies under the name and is something else (half written when the machine stopped, or
    meddled with) is worth nothing: the right bytes take its place.
    """
    maerke = sha256(data)
    navn = f"{mappe}/{maerke[:2]}/{maerke}{endelse}"
    if not er_hel(navn):
        if default_storage.exists(navn):
            logger.error("Filen %s i lageret var ikke, hvad navnet siger. Den er lagt på plads igen.", navn)
            default_storage.delete(navn)
        gemt = default_storage.save(navn, ContentFile(data))
        if gemt != navn and not er_hel(navn):
            raise Lagerfejl("Filen kunne ikke gemmes. Prøv igen.")
    return navn, maerke


def hent(navn: str, ventet_sha256: str = "") -> bytes:
    """The bytes of a kept file, held against their SHA-256 when that is given. Raises Lagerfejl."""
    try:
        with default_storage.open(navn) as fil:
            data = fil.read()
    except OSError as fejl:
        raise Lagerfejl("Filen findes ikke mere i lageret. Hent den frem fra sikkerhedskopien.") from fejl
    if ventet_sha256 and sha256(data) != ventet_sha256:
        raise Lagerfejl("Filen i lageret er ikke den, der blev gemt. Hent den frem fra sikkerhedskopien.")
    return data
