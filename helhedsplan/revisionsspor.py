"""The audit log: writing an entry, reading a history, checking the chain.

Each plan has its own chain (key = the plan's noegle); what belongs to no plan is in the chain "faelles". An entry's
hash covers its content and the hash before it, so an entry that is changed or taken out breaks every later one.
"""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone

from helhedsplan.models import Haendelse, Kaede

FAELLES = "faelles"
HASHEDE_FELTER = (
    "kaede", "nummer", "bruger_id", "bruger_navn", "handling", "objekt_type", "objekt_id", "objekt_navn", "version",
    "aendringer", "forrige_hash",
)  # fmt: skip


def som_json(vaerdi):
    """A field value as it stands in the log: JSON types; decimals and dates as text, relations as their names."""
    if isinstance(vaerdi, models.Model):
        return str(vaerdi)
    if isinstance(vaerdi, Decimal):
        return f"{vaerdi.normalize():f}"
    if isinstance(vaerdi, (date, datetime)):
        return vaerdi.isoformat()
    if isinstance(vaerdi, (list, tuple)):
        return [som_json(v) for v in vaerdi]
    if isinstance(vaerdi, (str, int, bool, dict)) or vaerdi is None:
        return vaerdi
    return str(vaerdi)


def beregn_hash(haendelse: Haendelse) -> str:
    indhold = {felt: getattr(haendelse, felt) for felt in HASHEDE_FELTER}
    indhold["tidspunkt"] = haendelse.tidspunkt.astimezone(timezone.get_default_timezone()).isoformat()
    return hashlib.sha256(json.dumps(indhold, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def skriv(*, bruger, kaede: str, handling: str, objekt: models.Model, aendringer: list[dict]) -> Haendelse:
    """Add one entry to the chain; must run in the transaction of the change it tells of."""
    Kaede.objects.get_or_create(noegle=kaede)
    hoved = Kaede.objects.select_for_update().get(noegle=kaede)
    haendelse = Haendelse(
        kaede=kaede,
        nummer=hoved.nummer + 1,
        tidspunkt=timezone.now(),
        bruger_id=bruger.pk,
        bruger_navn=str(bruger),
        handling=handling,
        objekt_type=objekt._meta.label_lower,
        objekt_id=str(objekt.pk),
        objekt_navn=str(objekt)[:300],
        version=getattr(objekt, "version", None),
        aendringer=aendringer,
        forrige_hash=hoved.hash,
    )
    haendelse.hash = beregn_hash(haendelse)
    haendelse.save()
    Kaede.objects.filter(pk=hoved.pk).update(nummer=haendelse.nummer, hash=haendelse.hash)
    return haendelse


def brud(kaede: str) -> list[str]:
    """Every place where the chain does not hold, in Danish; empty when it is whole."""
    fejl, forrige, nummer = [], "", 0
    for haendelse in Haendelse.objects.filter(kaede=kaede).order_by("nummer").iterator():
        nummer += 1
        if haendelse.nummer != nummer:
            fejl.append(f"Nr. {nummer} mangler i kæden {kaede}.")
            nummer = haendelse.nummer
        elif haendelse.forrige_hash != forrige:
            fejl.append(f"Nr. {nummer} i kæden {kaede} passer ikke til den forrige.")
        if beregn_hash(haendelse) != haendelse.hash:
            fejl.append(f"Nr. {nummer} i kæden {kaede} er ændret.")
        forrige = haendelse.hash
    hoved = Kaede.objects.filter(noegle=kaede).first()
    if hoved and (hoved.nummer, hoved.hash) != (nummer, forrige):
        fejl.append(f"Kæden {kaede} slutter ved nr. {nummer}, men skulle slutte ved nr. {hoved.nummer}.")
    return fejl
