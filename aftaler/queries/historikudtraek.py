"""Some entries of the log, and the log as files for an auditor."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from aftaler.queries.historik import modeller
from helhedsplan.former import UlaeseligeData
from helhedsplan.kollation import sorteringsnoegle
from helhedsplan.models import Haendelse
from helhedsplan.revisionsspor import HASHEDE_FELTER
from helhedsplan.tidligere import tidligere_navne, uden_navne

KOLONNER = (
    "nummer", "tidspunkt", "person", "handling", "hvad", "navn", "id", "felt", "før", "efter", "forrige hash", "hash",
)  # fmt: skip


def valgte(haendelser: QuerySet[Haendelse], valg: Mapping[str, Any]) -> QuerySet[Haendelse]:
    """Those of a person, about a thing, and of days: {person, ting, fra, til}, each if it is there. Names are told by
    any part of them, letters of either case; one query more for each name."""
    for felt, kolonne in (("person", "bruger_navn"), ("ting", "objekt_navn")):
        if ord_ := valg.get(felt):
            soegt, kendte = _foldet(ord_), tidligere_navne()
            navne = haendelser.order_by().values_list(kolonne, flat=True).distinct()
            fundne = [n for n in navne if soegt in _foldet(uden_navne(n, kendte))]
            haendelser = haendelser.filter(**{f"{kolonne}__in": fundne})
    if fra := valg.get("fra"):
        haendelser = haendelser.filter(tidspunkt__gte=timezone.make_aware(datetime.combine(fra, time())))
    if til := valg.get("til"):
        efter = datetime.combine(til + timedelta(days=1), time())
        haendelser = haendelser.filter(tidspunkt__lt=timezone.make_aware(efter))
    return haendelser


def _foldet(tekst: str) -> str:
    return sorteringsnoegle(tekst)[0]


def som_raekker(haendelser: Iterable[Haendelse]) -> Iterator[list[object]]:
    """A heading, and a row for each field that was changed; the values as they stand in the log."""
    yield list(KOLONNER)
    for h in haendelser:
        model = modeller().get(h.objekt_type)
        hvad = str(model._meta.verbose_name) if model else h.objekt_type
        tid = timezone.localtime(h.tidspunkt).isoformat(timespec="seconds")
        foran = [h.nummer, tid, h.bruger_navn, h.handling, hvad, h.objekt_navn, h.objekt_id]
        ulaeselig = isinstance(h.aendringer, UlaeseligeData)
        felter = [["(kan ikke læses)", "", ""]] if ulaeselig else [
            [a["navn"], _som_tekst(a["foer"]), _som_tekst(a["efter"])] for a in h.aendringer
        ] or [["", "", ""]]  # fmt: skip
        for felt in felter:
            yield [*foran, *felt, h.forrige_hash, h.hash]


def _som_tekst(vaerdi: Any) -> str:
    if vaerdi is None:
        return ""
    return vaerdi if isinstance(vaerdi, str) else json.dumps(vaerdi, ensure_ascii=False)


def som_linjer(haendelser: Iterable[Haendelse]) -> Iterator[bytes]:
    """A JSON object a line: what the entry's hash is made of, and the hash. Whoever has the file can reckon the chain:
    the SHA-256 of each line without `hash`, keys in order, is the hash that the next line has as `forrige_hash`. A line
    that a name has been taken out of since is not what its hash is made of, and says so (`anonymiseret`)."""
    for h in haendelser:
        indhold = {felt: getattr(h, felt) for felt in HASHEDE_FELTER}
        if isinstance(h.aendringer, UlaeseligeData):
            indhold["aendringer"] = h.aendringer.raa
        indhold["tidspunkt"] = h.tidspunkt.astimezone(UTC).isoformat()
        indhold |= {"anonymiseret": True} if getattr(h, "uden_navn", False) else {}
        yield json.dumps(indhold | {"hash": h.hash}, sort_keys=True, ensure_ascii=False).encode() + b"\n"
