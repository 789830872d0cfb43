"""The audit log: writing an entry, reading a history, checking the chain.

Each plan has its own chain (key = the plan's noegle); what belongs to no plan is in the chain FAELLES. An entry's
hash covers its content and the hash before it, so an entry that is changed or taken out breaks every later one.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone

from helhedsplan.models import Haendelse, Kaede
from helhedsplan.models.haendelse import objekttype

#: No plan's noegle can be this: a slug holds no colon.
FAELLES = ":faelles"
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
    indhold["tidspunkt"] = haendelse.tidspunkt.astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps(indhold, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def laas(kaede: str) -> Kaede:
    """Hold the head of a chain until the transaction ends, so that whoever else wants it waits."""
    Kaede.objects.get_or_create(noegle=kaede)
    return Kaede.objects.select_for_update().get(noegle=kaede)


@transaction.atomic
def skriv(*, bruger, kaede: str, handling: str, objekt: models.Model, aendringer: list[dict]) -> Haendelse:
    """Add one entry to the chain; must run in the transaction of the change it tells of."""
    hoved = laas(kaede)
    haendelse = Haendelse(
        kaede=kaede,
        nummer=hoved.nummer + 1,
        tidspunkt=timezone.now(),
        bruger_id=bruger.pk,
        bruger_navn=str(bruger),
        handling=handling,
        objekt_type=objekttype(objekt),
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


def kaeder() -> list[str]:
    """The keys of all chains, also of one that has lost its head."""
    return sorted({*Kaede.objects.values_list("noegle", flat=True), *Haendelse.objects.values_list("kaede", flat=True)})


def brud(kaede: str) -> list[str]:
    """Every place where the chain does not hold, in Danish; empty when it is whole."""
    fejl, forrige, nummer = [], "", 0
    for haendelse in Haendelse.objects.filter(kaede=kaede).order_by("nummer").iterator():
        if haendelse.nummer > nummer + 1:
            fejl.append(_mangler(kaede, nummer + 1, haendelse.nummer - 1))
        elif haendelse.forrige_hash != forrige:
            fejl.append(f"Nr. {haendelse.nummer} i kæden {kaede} passer ikke til den forrige.")
        if beregn_hash(haendelse) != haendelse.hash:
            fejl.append(f"Nr. {haendelse.nummer} i kæden {kaede} er ændret.")
        forrige, nummer = haendelse.hash, haendelse.nummer
    return fejl + _brud_ved_enden(kaede, nummer, forrige)


def har_vaeret(kaede: str, nummer: int, ende: str) -> bool:
    """Whether the chain stood so once, as somebody outside has written it down: rewriting it all cannot undo that."""
    return Haendelse.objects.filter(kaede=kaede, nummer=nummer, hash=ende).exists()


# --- what is written down outside -------------------------------------------------------------------------------------

ANKER = "revisionsspor"


def anker(kaede: str) -> tuple[str, ...]:
    """The heads of a plan's chain and of the common one, as an issued paper carries them among its keywords."""
    hoveder = Kaede.objects.filter(noegle__in=[kaede, FAELLES], nummer__gt=0).order_by("noegle")
    return tuple(f"{ANKER}/{k.noegle}/{k.nummer}/{k.hash}" for k in hoveder)


def laes_anker(noegleord: Iterable[str]) -> dict[str, tuple[int, str]]:
    """{chain: (number, hash)} of a paper's keywords; others are passed over."""
    fundne = (ANKERFORM.fullmatch(ord_.strip()) for ord_ in noegleord)
    return {f["kaede"]: (int(f["nummer"]), f["hash"]) for f in fundne if f}


ANKERFORM = re.compile(rf"{ANKER}/(?P<kaede>[\w:-]{{1,120}})/(?P<nummer>[0-9]{{1,18}})/(?P<hash>[0-9a-f]{{64}})")


def afvigelse(kaede: str, nummer: int, ende: str, hvem: str) -> str:
    """How the log differs from what was written down outside of one chain, in Danish; '' when it does not. `hvem`:
    what it was written in ("papiret")."""
    if not nummer or har_vaeret(kaede, nummer, ende):
        return ""
    sidste = Haendelse.objects.filter(kaede=kaede).aggregate(m=models.Max("nummer"))["m"]
    if sidste is None:
        return f"Kæden {kaede} er her ikke. {hvem.capitalize()} er fra en anden installation, eller kæden er slettet."
    if sidste < nummer:
        return f"Kæden {kaede} er kortere, end {hvem} kender den: den slutter ved nr. {sidste} og havde nr. {nummer}."
    return f"Nr. {nummer} i kæden {kaede} er ikke den, {hvem} har: kæden er skrevet om siden."


def _brud_ved_enden(kaede: str, nummer: int, sidste_hash: str) -> list[str]:
    """The last entry held against the head of the chain."""
    hoved = Kaede.objects.filter(noegle=kaede).first()
    if hoved is None:
        return [f"Kæden {kaede} har mistet sit hoved, så ingen kan se, hvor den skulle slutte."] if nummer else []
    if hoved.nummer > nummer:
        return [_mangler(kaede, nummer + 1, hoved.nummer)]
    if (hoved.nummer, hoved.hash) != (nummer, sidste_hash):
        return [f"Kæden {kaede} slutter ved nr. {nummer}, men dens hoved siger nr. {hoved.nummer} med en anden ende."]
    return []


def _mangler(kaede: str, fra: int, til: int) -> str:
    return f"Nr. {fra} mangler i kæden {kaede}." if fra == til else f"Nr. {fra}-{til} mangler i kæden {kaede}."
