"""Delaftaler and the sections and pictures of both kinds of papers."""

import hashlib
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from PIL import Image, UnidentifiedImageError

from aftaler.actions.raekker import UNDERRAEKKER
from aftaler.models import Afsnit, Billede, Delaftale, Helhedsplan, Indsatsomraade, Samarbejdspart, Skabelonafsnit
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import Versionskonflikt
from helhedsplan.rettigheder import Rettighed

BILLEDTYPER = {"PNG": ".png", "JPEG": ".jpg"}
BILLEDE_HOEJST_BYTES = 5 * 1024 * 1024
BILLEDE_HOEJST_PIXEL = 40_000_000


@transaction.atomic
def opret_delaftale(*, bruger, plan: Helhedsplan, indsatsomraade: Indsatsomraade) -> Delaftale:
    """The delaftale of a chosen indsatsområde."""
    tjek(bruger, Rettighed.RET, plan)
    if not plan.indsatsomraader.filter(pk=indsatsomraade.pk).exists():
        raise ValidationError(f"{indsatsomraade} er ikke valgt i planen. Vælg indsatsområdet først.")
    return actions.opret(bruger=bruger, objekt=Delaftale(plan=plan, indsatsomraade=indsatsomraade))


@transaction.atomic
def slet_delaftale(*, bruger, delaftale: Delaftale) -> None:
    """Only an empty delaftale is deleted; what is written in it must be taken out first."""
    tjek(bruger, Rettighed.RET, delaftale.plan)
    for afsnit in delaftale.afsnit.filter(tekst="", billeder__isnull=True):
        actions.slet(bruger=bruger, objekt=afsnit)
    if delaftale.afsnit.exists():
        raise ValidationError("Delaftalen har afsnit med tekst. Tøm dem først, hvis den skal slettes.")
    actions.slet(bruger=bruger, objekt=delaftale)


@transaction.atomic
def ret_samarbejdsparter(*, bruger, delaftale: Delaftale, raekker: list[dict], version: int | None) -> bool:
    """The partners of the whole delaftale; those of an activity are changed with the activity."""
    tjek(bruger, Rettighed.RET, delaftale.plan)
    aendring = _erstat_egne_parter(delaftale, raekker)
    return actions.ret(
        bruger=bruger,
        objekt=delaftale,
        felter={},
        version=version,
        tilladte=set(),
        ekstra=[aendring] if aendring else [],
    )


def _erstat_egne_parter(delaftale: Delaftale, raekker: list[dict]):
    felter = UNDERRAEKKER["samarbejdsparter"][2]
    egne = delaftale.egne_parter
    gamle = [tuple(getattr(p, f) for f in felter) for p in egne]
    nye = [tuple(r.get(f) or "" for f in felter) for r in raekker]
    if gamle == nye:
        return None
    egne.delete()
    for orden, vaerdier in enumerate(nye, 1):
        part = Samarbejdspart(delaftale=delaftale, orden=orden, **dict(zip(felter, vaerdier, strict=True)))
        part.full_clean()
        part.save()
    i_ord = [[" · ".join(filter(None, r)) for r in liste] for liste in (gamle, nye)]
    return actions.Aendring("samarbejdsparter", "samarbejdsparter", *i_ord)


def hent_afsnit(plan: Helhedsplan, skabelon: Skabelonafsnit, delaftale: Delaftale | None) -> Afsnit:
    """The section as written, or an unsaved empty one (version 0)."""
    fundet = Afsnit.objects.filter(plan=plan, skabelon=skabelon, delaftale=delaftale).first()
    return fundet or Afsnit(plan=plan, skabelon=skabelon, delaftale=delaftale, version=0)


@transaction.atomic
def ret_afsnit(*, bruger, afsnit: Afsnit, felter: dict, version: int) -> bool:
    """Write a section's text. Version 0 says that nobody had written it when the form was opened."""
    tjek(bruger, Rettighed.RET, afsnit.plan)
    if afsnit.pk is None:
        Helhedsplan.objects.select_for_update().get(pk=afsnit.plan_id)
        if kom_foer := Afsnit.objects.filter(
            plan=afsnit.plan, skabelon=afsnit.skabelon, delaftale=afsnit.delaftale
        ).first():
            raise Versionskonflikt(kom_foer, version)
        afsnit.version = 1
        for felt, vaerdi in felter.items():
            setattr(afsnit, felt, vaerdi)
        actions.opret(bruger=bruger, objekt=afsnit)
        return True
    return actions.ret(bruger=bruger, objekt=afsnit, felter=felter, version=version, tilladte={"tekst", "faerdig"})


def laes_billede(indhold: bytes) -> tuple[bytes, str]:
    """Check that the bytes are a picture we can print, and take out what a camera puts in (place, owner).

    Returns the bytes to keep and the file ending. Raises ValidationError.
    """
    if len(indhold) > BILLEDE_HOEJST_BYTES:
        raise ValidationError("Billedet er over 5 MB. Gem det mindre, og prøv igen.")
    try:
        with Image.open(BytesIO(indhold), formats=list(BILLEDTYPER)) as billede:
            if billede.width * billede.height > BILLEDE_HOEJST_PIXEL:
                raise ValidationError("Billedet har for mange punkter. Gem det mindre, og prøv igen.")
            billede.load()
            har_ekstra = bool(billede.getexif()) or billede.mode not in {"RGB", "RGBA", "L", "LA", "P", "1"}
            if not har_ekstra:
                return indhold, BILLEDTYPER[billede.format]
            ud = BytesIO()
            billede.convert("RGB").save(ud, billede.format, quality=90)
            return ud.getvalue(), BILLEDTYPER[billede.format]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError("Filen kan ikke læses som et billede. Brug PNG eller JPEG.") from None


@transaction.atomic
def opret_billede(*, bruger, afsnit: Afsnit, indhold: bytes, alternativ_tekst: str, billedtekst: str = "") -> Billede:
    """Put a picture after a section's text. The section is made if nobody has written it yet."""
    tjek(bruger, Rettighed.RET, afsnit.plan)
    renset, endelse = laes_billede(indhold)
    if afsnit.pk is None:
        ret_afsnit(bruger=bruger, afsnit=afsnit, felter={"tekst": ""}, version=0)
    sha = hashlib.sha256(renset).hexdigest()
    orden = (afsnit.billeder.aggregate(m=Max("orden"))["m"] or 0) + 1
    billede = Billede(
        afsnit=afsnit, sha256=sha, alternativ_tekst=alternativ_tekst, billedtekst=billedtekst, orden=orden
    )
    billede.fil.save(f"{sha[:32]}{endelse}", ContentFile(renset), save=False)
    return actions.opret(bruger=bruger, objekt=billede)


@transaction.atomic
def ret_billede(*, bruger, billede: Billede, felter: dict) -> bool:
    tjek(bruger, Rettighed.RET, billede.plan)
    return actions.ret(bruger=bruger, objekt=billede, felter=felter, tilladte={"alternativ_tekst", "billedtekst"})


@transaction.atomic
def slet_billede(*, bruger, billede: Billede) -> None:
    """The file goes when the row has gone for good, unless another picture or plan holds the same one."""
    tjek(bruger, Rettighed.RET, billede.plan)
    fil = billede.fil
    actions.slet(bruger=bruger, objekt=billede)
    if not Billede.objects.filter(fil=fil.name).exists():
        transaction.on_commit(lambda: fil.storage.delete(fil.name))
