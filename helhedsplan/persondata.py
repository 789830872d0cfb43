"""All that is kept of a person with an account, by kind, in Danish: for a page, and as a file of its own.

Every table that points at an account is asked, so a new one is there by itself. What lets somebody in (passwords,
tokens, secrets) is left out.
"""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import IO, Any

from django.apps import apps
from django.db import models
from django.db.models.deletion import get_candidate_relations_to_delete
from django.utils import timezone

from helhedsplan.felter import Linje, Prosa, Tekst
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Bruger, Haendelse, Udbakkebrev
from helhedsplan.tidligere import kaldes

#: Never told: what lets somebody in, and the program's own marks.
HEMMELIGE = {"password", "token_sha256", "session_key", "data", "key", "extra_data", "tidligere_navne", "version"}
#: The drafts of forms are the person's own words, under the same name as a secret.
EGNE_DATA = {("kladde", "data")}
#: Frozen papers and their pages, which are large and are not about the person.
STORE = {"indhold", "side", "raekker", "linjer"}
#: The tables of the login, which have no Danish names.
LOGINTABELLER = {
    "emailaddress": "E-mailadresser til login", "authenticator": "Login i to trin",
    "usersession": "Steder, hvor der er logget ind", "socialaccount": "Login hos kommunen",
}  # fmt: skip
PORTION = 500


@dataclass(frozen=True)
class Del:
    """One kind of thing: how many there are, and each of them when somebody reads them ({Danish name: value})."""

    titel: str
    antal: int
    raekker: "partial[Iterator[dict[str, Any]]]"


def dele(person: Bruger) -> list[Del]:
    """The account first, then what points at it, the letters, the log, and where the name is written in the plans."""
    konto = Bruger.objects.filter(pk=person.pk)
    ud = [Del("Kontoen", 1, partial(_raekker, konto))]
    for model, felter in _peger_paa():
        for felt in felter:
            fundne = model._base_manager.filter(**{felt.name: person.pk})
            if antal := fundne.count():
                ud.append(Del(_titel(model, felt, felter), antal, partial(_raekker, fundne)))
    breve = Udbakkebrev.objects.filter(til__iexact=person.email).defer("tekst")
    if antal := breve.count():
        ud.append(Del("Breve i udbakken", antal, partial(_raekker, breve, {"tekst", "om", "maerke"})))
    spor = Haendelse.objects.filter(bruger_id=person.pk).order_by("pk")
    if antal := spor.count():
        ud.append(Del("Handlinger i historikken", antal, partial(_spor, spor)))
    if naevnt := list(steder(person)):
        ud.append(Del("Steder, hvor navnet er skrevet", len(naevnt), partial(iter, naevnt)))
    return ud


def _peger_paa() -> list[tuple[type[models.Model], list[models.Field]]]:
    ud: dict[type[models.Model], list[models.Field]] = {}
    for relation in get_candidate_relations_to_delete(Bruger._meta):
        ud.setdefault(relation.related_model, []).append(relation.field)
    return sorted(ud.items(), key=lambda led: led[0]._meta.label)


def _titel(model: type[models.Model], felt: models.Field, felter: list[models.Field]) -> str:
    navn = LOGINTABELLER.get(str(model._meta.model_name), str(model._meta.verbose_name_plural).capitalize())
    return navn if len(felter) == 1 else f"{navn} ({felt.verbose_name})"


def _raekker(fundne: models.QuerySet, udeladte: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Rows as people read them."""
    model = fundne.model
    felter = [f for f in model._meta.concrete_fields if _fortaelles(model, f) and f.name not in set(udeladte)]
    relationer = [f.name for f in felter if f.is_relation and f.related_model is not Bruger]
    for raekke in fundne.select_related(*relationer).order_by("pk").iterator(PORTION):
        yield {
            str(f.verbose_name).capitalize(): _vaerdi(raekke, f)
            for f in felter
            if not (f.is_relation and f.related_model is Bruger)
        }


def _fortaelles(model: type[models.Model], felt: models.Field) -> bool:
    if (model._meta.model_name, felt.name) in EGNE_DATA:
        return True
    return felt.name not in HEMMELIGE | STORE and "sha256" not in felt.name and not felt.primary_key


def _vaerdi(raekke: models.Model, felt: models.Field) -> Any:
    vaerdi = getattr(raekke, felt.name)
    if felt.choices:
        return str(dict(felt.flatchoices).get(vaerdi, vaerdi))
    if isinstance(vaerdi, UlaeseligeData):
        return None
    return vaerdi if isinstance(vaerdi, (str, int, float, bool, list, dict, type(None))) else _i_ord(vaerdi)


def _i_ord(vaerdi: Any) -> str:
    if isinstance(vaerdi, datetime):
        return timezone.localtime(vaerdi).isoformat(timespec="seconds")
    return vaerdi.isoformat() if isinstance(vaerdi, date) else str(vaerdi)


def _spor(spor: models.QuerySet[Haendelse]) -> Iterator[dict[str, Any]]:
    kolonner = ("tidspunkt", "kaede", "handling", "objekt_type", "objekt_navn", "aendringer")
    for tidspunkt, kaede, handling, slags, navn, aendringer in spor.values_list(*kolonner).iterator(PORTION):
        yield {
            "Tidspunkt": _i_ord(tidspunkt),
            "Plan": kaede,
            "Handling": handling,
            "Slags": slags,
            "Navn": navn,
            "Ændringer": [] if isinstance(aendringer, UlaeseligeData) else aendringer,
        }


def steder(person: Bruger) -> Iterator[dict[str, Any]]:
    """Where somebody has written the person's name in a text: it stays until somebody writes it away."""
    if not person.navn or person.navn == kaldes(person.pk):
        return
    for model in apps.get_models():
        felter = [f for f in model._meta.concrete_fields if isinstance(f, Linje | Tekst | Prosa)]
        if model in (Bruger, Udbakkebrev) or not felter:
            continue
        rammer = models.Q()
        for felt in felter:
            rammer |= models.Q(**{f"{felt.name}__contains": person.navn})
        for raekke in model._base_manager.filter(rammer).order_by("pk").iterator(PORTION):
            plan = getattr(raekke, "plan", None)
            for felt in felter:
                if person.navn in (getattr(raekke, felt.name) or ""):
                    hvad = f"{model._meta.verbose_name} »{raekke}«"
                    yield {"Plan": str(plan or ""), "Hvad": hvad, "Felt": str(felt.verbose_name)}


# --- the file ---------------------------------------------------------------------------------------------------------

OM = """Alt, hvad Helhedsplan har gemt om {navn}, hentet {hvornaar}.

oplysninger.json   én overskrift for hver slags; under den en liste med det, der er gemt

Adgangskoder, koder til login i to trin og hemmelige links er ikke med: de gemmes, så ingen kan læse dem.
Papirer, der er udstedt (udgaver, referater, statusser), er ikke med som filer. De står i planen.
"""


def som_fil(person: Bruger) -> IO[bytes]:
    """A zip with a file of JSON, Danish headings; written piece by piece, so that a long log takes no room."""
    ud = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as arkiv:
        om = OM.format(navn=person, hvornaar=timezone.localtime().strftime("%d.%m.%Y kl. %H.%M"))
        arkiv.writestr("LÆSMIG.txt", om)
        with arkiv.open("oplysninger.json", "w") as fil:
            fil.write(b"{")
            for nr, en in enumerate(dele(person)):
                fil.write(f"{',' if nr else ''}\n{json.dumps(en.titel, ensure_ascii=False)}: [".encode())
                for raekkenr, raekke in enumerate(en.raekker()):
                    tekst = json.dumps(raekke, ensure_ascii=False, default=str)
                    fil.write(f"{',' if raekkenr else ''}\n  {tekst}".encode())
                fil.write(b"]")
            fil.write(b"\n}\n")
    ud.seek(0)
    return ud
