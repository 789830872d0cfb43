"""An empty installation filled from a copy, and held against the copy's manifest.

The whole file has been read before anything is written. The rows go in in one transaction, as the tables were when the
copy was made; then this program's later migrations are run. Letters that waited then may have gone since: they are held
back until somebody says that they are to go.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from django.apps import apps as nuvaerende
from django.apps.registry import Apps
from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from helhedsplan.models import Kaede, Udbakkebrev
from helhedsplan.revisionsspor import brud
from helhedsplan.sikkerhedskopi import raekker
from helhedsplan.sikkerhedskopi.kopifil import BID, Kopi, Manifest, maerke
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl
from helhedsplan.sikkerhedskopi.tjek import alle_filer

#: Each plan's key and plan file.
UDSKRIFTER = Callable[[], Iterable[tuple[str, str]]]


def gendan(kopi: Kopi, udskrifter: UDSKRIFTER) -> list[str]:
    """What is not as the manifest says, in Danish; empty when all is. Raises Kopifejl, and then nothing is written but
    empty tables."""
    m = kopi.manifest
    try:
        apps = raekker.som_migreret(m.migrationer)
    except KeyError as fejl:
        raise Kopifejl(
            f"Kopien er lavet af en anden udgave af programmet: denne kender ikke {'.'.join(fejl.args[0])}. "
            "Gendan med den udgave, kopien er lavet af, eller en nyere."
        ) from None
    halve = _halve(kopi)
    _tabeller(m)
    _ryd(halve)
    gemte: list[str] = []
    try:
        with transaction.atomic():
            _raekker(kopi, apps)
            for navn in m.filer:
                if not default_storage.exists(navn):
                    with kopi.fil(navn) as fil:
                        gemte.append(default_storage.save(navn, File(fil, navn)))
            if not set(m.filer) <= set(alle_filer()):
                raise Kopifejl("Filerne kunne ikke gemmes under deres egne navne i lageret.")
            forskelle = [*_antal(m, apps), *_filer(m)]
    except (DatabaseError, OSError, ValueError, TypeError, LookupError, StopIteration, SuspiciousOperation) as fejl:
        _ryd(gemte)
        raise Kopifejl(f"Kopien kunne ikke lægges ind: {fejl}. Intet er skrevet.") from fejl
    except BaseException:
        _ryd(gemte)
        raise
    call_command("migrate", verbosity=0)
    Udbakkebrev.objects.hold_tilbage(timezone.now())
    return [*forskelle, *_kaeder(m), *_udskrifter(m, udskrifter)]


def _ryd(gemte: list[str]) -> None:
    for navn in gemte:
        default_storage.delete(navn)


def _halve(kopi: Kopi) -> list[str]:
    """Raises Kopifejl when there is anything that could be lost or mixed up. Files that are the copy's own may lie
    there already; those that a stopped try has only begun on are named, to be written again."""
    findes = set(connection.introspection.table_names())
    for tabel in raekker.tabeller(nuvaerende):
        if tabel._meta.db_table not in findes or raekker.laves_af_sig_selv(tabel):
            continue
        if tabel._base_manager.exists():
            raise Kopifejl(
                f"Her er data i forvejen (i tabellen {tabel._meta.db_table}). Der gendannes kun i en tom database."
            )
    egne, halve = set(kopi.manifest.filer), list[str]()
    for navn in alle_filer():
        rest = _rest(kopi, navn) if navn in egne else None
        if rest is None:
            raise Kopifejl(f"Her er filer i forvejen ({navn}). Der gendannes kun i et tomt lager.")
        halve += [navn] if rest else []
    return halve


def _rest(kopi: Kopi, navn: str) -> bytes | None:
    """The beginning of what a stored file lacks to be the copy's; None when it is something else."""
    with default_storage.open(navn) as her, kopi.fil(navn) as rigtig:
        while bid := her.read(BID):
            if bid != rigtig.read(len(bid)):
                return None
        return rigtig.read(1)


def _tabeller(m: Manifest) -> None:
    """The empty tables of the copy's own time; those that a stopped try has made are gone on from."""
    her = set(raekker.migreret())
    if her - set(m.migrationer):
        raise Kopifejl(
            "Databasens tabeller er fra en anden udgave af programmet end kopien. "
            "Opret en helt tom database, uden tabeller, og gendan i den."
        )
    if her != set(m.migrationer):
        MigrationExecutor(connection).migrate(raekker.ender(m.migrationer))


def _raekker(kopi: Kopi, apps: Apps) -> None:
    tabeller = raekker.tabeller(apps)
    if {t._meta.db_table for t in tabeller} != set(kopi.manifest.tabeller):
        raise Kopifejl("Kopien har andre tabeller, end dens egne migrationer siger. Brug en anden kopi.")
    for tabel in tabeller:
        if raekker.laves_af_sig_selv(tabel):
            tabel._base_manager.all().delete()
    for tabel in tabeller:
        with kopi.raekker(tabel._meta.db_table) as linjer:
            raekker.laes(tabel, linjer)
    raekker.saet_numre(apps, kopi.manifest.numre)


# --- held against the manifest ---------------------------------------------------------------------------------------


def _antal(m: Manifest, apps: Apps) -> Iterator[str]:
    for tabel in raekker.tabeller(apps):
        navn = tabel._meta.db_table
        if (her := tabel._base_manager.count()) != m.tabeller[navn]:
            yield f"Tabellen {navn} har {her} rækker og skulle have {m.tabeller[navn]}."


def _filer(m: Manifest) -> Iterator[str]:
    for navn in m.filer:
        with default_storage.open(navn) as fil:
            if hashlib.file_digest(fil, "sha256").hexdigest() != m.dele[f"filer/{navn}"]:
                yield f"Filen {navn} er ikke, som den var."


def _kaeder(m: Manifest) -> Iterator[str]:
    her = {k.noegle: (k.nummer, k.hash) for k in Kaede.objects.all()}
    for noegle, hoved in m.kaeder.items():
        if her.get(noegle) != (hoved.nummer, hoved.hash):
            yield f"Kæden {noegle} ender ikke, hvor den endte."
        elif hoved.hel and brud(noegle):
            yield f"Kæden {noegle} var hel og er brudt."


def _udskrifter(m: Manifest, udskrifter: UDSKRIFTER) -> Iterator[str]:
    """Of a program that has changed since, the plan files are another's and say nothing."""
    if set(raekker.migreret()) != set(m.migrationer):
        return
    her = {noegle: maerke(tekst) for noegle, tekst in udskrifter()}
    for noegle in sorted(her.keys() | m.udskrifter.keys()):
        if her.get(noegle) != m.udskrifter.get(noegle):
            yield f"Planen {noegle} skrives ikke ud, som den blev."
