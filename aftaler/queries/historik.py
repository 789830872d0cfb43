"""The audit log as people read it."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from helhedsplan.models import Haendelse
from helhedsplan.tekst import ren_tekst


@dataclass(frozen=True)
class Feltlinje:
    navn: str
    foer: str
    efter: str


@dataclass(frozen=True)
class Historiklinje:
    tidspunkt: datetime
    hvem: str
    handling: str
    art: str
    navn: str
    objekt_type: str
    objekt_id: str
    felter: tuple[Feltlinje, ...]


def i_ord(vaerdi) -> str:
    """A logged value as text: prose without mark-up, lists with commas, yes and no in words, nothing as ''."""
    if vaerdi is None or vaerdi == "":
        return ""
    if isinstance(vaerdi, bool):
        return "ja" if vaerdi else "nej"
    if isinstance(vaerdi, list):
        return ", ".join(i_ord(v) for v in vaerdi)
    return ren_tekst(str(vaerdi)) if "<" in str(vaerdi) else str(vaerdi)


def linje(haendelse: Haendelse) -> Historiklinje:
    try:
        art = str(apps.get_model(haendelse.objekt_type)._meta.verbose_name)
    except LookupError:
        art = haendelse.objekt_type
    skjult = {"noegle", "orden", "sha256", "plan", "delaftale", "version"}
    felter = [
        Feltlinje(a["navn"].capitalize(), i_ord(a["foer"]), i_ord(a["efter"]))
        for a in haendelse.aendringer
        if a["felt"] not in skjult
    ]
    return Historiklinje(
        haendelse.tidspunkt,
        haendelse.bruger_navn,
        haendelse.handling,
        art,
        haendelse.objekt_navn,
        haendelse.objekt_type,
        haendelse.objekt_id,
        tuple(felter),
    )
