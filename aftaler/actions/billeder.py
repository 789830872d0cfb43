import hashlib
from collections.abc import Sequence
from contextlib import contextmanager
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from PIL import Image, ImageFile, ImageOps

from aftaler.actions.afsnit import hent_afsnit, ret_afsnit
from aftaler.models import Afsnit, Billede
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import Aendring, laas
from helhedsplan.rettigheder import Rettighed

#: Kind of picture -> kept as. MPO is the JPEG of many phones: a picture with a preview behind it.
BILLEDTYPER = {"PNG": "PNG", "JPEG": "JPEG", "MPO": "JPEG"}


ENDELSER = {"PNG": ".png", "JPEG": ".jpg"}


#: What a picture may carry besides the picture; everything else may tell of place, person and apparatus.
UDEN_SPOR = {
    "adobe", "adobe_transform", "aspect", "chromaticity", "dpi", "gamma", "icc_profile", "interlace", "jfif",
    "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive", "srgb", "transparency",
}  # fmt: skip


BILLEDFORMER = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}, "JPEG": {"L", "RGB"}}


BILLEDE_HOEJST_BYTES = 5 * 1024 * 1024


BILLEDE_HOEJST_PIXEL = 40_000_000


def laes_billede(indhold: bytes) -> tuple[bytes, str]:
    """Check that the bytes are a picture we can print, and take out what a camera puts in (place, owner).

    Returns the bytes to keep and the file ending. Raises ValidationError.
    """
    if len(indhold) > BILLEDE_HOEJST_BYTES:
        raise ValidationError("Billedet er over 5 MB. Gem det mindre, og prøv igen.")
    try:
        with _hele_filer(), Image.open(BytesIO(indhold), formats=["PNG", "JPEG"]) as billede:
            if billede.width * billede.height > BILLEDE_HOEJST_PIXEL:
                raise ValidationError("Billedet har for mange punkter. Gem det mindre, og prøv igen.")
            billede.load()
            type_ = BILLEDTYPER[str(billede.format)]
            if _uden_spor(billede, type_, indhold):
                return indhold, ENDELSER[type_]
            return _tegnet_igen(billede, type_), ENDELSER[type_]
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError("Billedet har for mange punkter. Gem det mindre, og prøv igen.") from None
    except Exception:  # noqa: BLE001 -- a broken file makes the readers fail in any way
        raise ValidationError("Filen kan ikke læses som et billede. Brug PNG eller JPEG.") from None


@contextmanager
def _hele_filer():
    """Refuse a file cut off half-way; the PDF engine tells Pillow, for the whole process, to take such files."""
    foer, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = foer


def _uden_spor(billede, type_: str, indhold: bytes) -> bool:
    """The file holds the picture and nothing else, so it can be kept as it is."""
    dele = [data[:11] if navn == "APP2" else navn for navn, data in getattr(billede, "applist", ())]
    ekstra = [
        *(set(billede.info) - UDEN_SPOR),
        *(set(dele) - {"APP0", b"ICC_PROFILE", "APP14"}),
        *getattr(billede, "text", ()),
        *getattr(billede, "private_chunks", ()),
        *billede.getexif(),
    ]
    ende = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}[type_]
    enkelt = billede.format == type_ and getattr(billede, "n_frames", 1) == 1
    return not ekstra and enkelt and billede.mode in BILLEDFORMER[type_] and indhold.endswith(ende)


def _tegnet_igen(billede, type_: str) -> bytes:
    """The picture alone, turned the way the camera says it was held."""
    rettet = ImageOps.exif_transpose(billede)
    if rettet.mode == "I;16":
        rettet = rettet.point(lambda v: v * (1 / 257) + 0).convert("L")
    if rettet.mode not in BILLEDFORMER[type_] or "transparency" in rettet.info:
        rettet = rettet.convert("RGBA" if type_ == "PNG" and rettet.has_transparency_data else "RGB")
    # A colour profile is for the colours it was made for: those of print are gone by now.
    farver = rettet.info.get("icc_profile") if billede.mode in {*BILLEDFORMER[type_], "P"} else None
    rettet.info = {}
    ud = BytesIO()
    rettet.save(ud, type_, icc_profile=farver, **({"quality": 90} if type_ == "JPEG" else {}))
    return ud.getvalue()


@transaction.atomic
def opret_billede(
    *,
    bruger,
    afsnit: Afsnit,
    indhold: bytes,
    alternativ_tekst: str,
    billedtekst: str = "",
    ekstra: Sequence[Aendring] = (),
) -> Billede:
    """Put a picture after a section's text. The section is made if nobody has written it yet."""
    tjek(bruger, Rettighed.RET, afsnit.plan)
    renset, endelse = laes_billede(indhold)
    if afsnit.pk is None:
        laas(afsnit.plan)
        afsnit = hent_afsnit(afsnit.plan, afsnit.skabelon, afsnit.delaftale)
    if afsnit.pk is None:
        ret_afsnit(bruger=bruger, afsnit=afsnit, felter={"tekst": ""}, version=0)
    laas(afsnit)
    sha = hashlib.sha256(renset).hexdigest()
    orden = (afsnit.billeder.aggregate(m=Max("orden"))["m"] or 0) + 1
    # The file is put in storage when the row is inserted, so that a refused text leaves none behind.
    fil = ContentFile(renset, name=f"{sha[:32]}{endelse}")
    tekster = {"alternativ_tekst": alternativ_tekst, "billedtekst": billedtekst}
    ny = Billede(afsnit=afsnit, fil=fil, sha256=sha, orden=orden, **tekster)
    return actions.opret(bruger=bruger, objekt=ny, under=lambda: list(ekstra))


@transaction.atomic
def ret_billede(*, bruger, billede: Billede, felter: dict) -> bool:
    tjek(bruger, Rettighed.RET, billede.plan)
    return actions.ret(bruger=bruger, objekt=billede, felter=felter, tilladte={"alternativ_tekst", "billedtekst"})


@transaction.atomic
def slet_billede(*, bruger, billede: Billede) -> None:
    """The file stays for as long as the picture lies in the bin."""
    tjek(bruger, Rettighed.RET, billede.plan)
    actions.slet(bruger=bruger, objekt=billede)
