"""The one file of a copy: a zip of the database's own copy, the rows, the stored files, and a manifest of it all."""

import fcntl
import hashlib
import os
import shutil
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, Literal

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from pydantic import BaseModel, ValidationError

from helhedsplan.fillager import Lagerstop
from helhedsplan.models import Kaede
from helhedsplan.revisionsspor import brud
from helhedsplan.sikkerhedskopi import raekker
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl, oejeblik
from helhedsplan.sikkerhedskopi.tjek import alle_filer, navngivne

MANIFEST, LAESMIG = "manifest.json", "LÆSMIG.txt"
RAEKKER, LINJER, FILER = "raekker/", ".jsonl", "filer/"
BID = 1024 * 1024
#: What a copy is made in, beside its name; one that is so many seconds old, and held by nobody, has been left.
ARBEJDSMAPPE, NY_MAPPE = ".sikkerhedskopi-", 60
#: Packed already.
PAKKET = {".pdf", ".zip", ".docx", ".xlsx", ".png", ".jpg", ".jpeg", ".webp"}
OM = """Sikkerhedskopi af en installation af Helhedsplan.

manifest.json   hvad der er i kopien, og hver dels SHA-256
database/       databasens egen kopi af sig selv (SQLite-fil, eller pg_dump i formatet custom)
raekker/        de samme rækker som JSON-linjer, en fil pr. tabel; dem læser manage.py gendan
filer/          papirer og filer, som de ligger i lageret

Kopien rummer personoplysninger og skal opbevares som databasen selv. Nøgler (SECRET_KEY, certifikater) er ikke med.
"""


class Kaedehoved(BaseModel):
    """`hel`: the chain held when the copy was made."""

    nummer: int
    hash: str
    hel: bool


class Manifest(BaseModel):
    """`dele`: the SHA-256 of every part of the file but this; `udskrifter`: of every plan as a plan file, by its key;
    `mangler`: the names of files that rows tell of, and that were not there."""

    format: Literal[1] = 1
    lavet: str
    database: str
    migrationer: list[tuple[str, str]]
    tabeller: dict[str, int] = {}
    numre: dict[str, int] = {}
    kaeder: dict[str, Kaedehoved] = {}
    udskrifter: dict[str, str] = {}
    mangler: list[str] = []
    dele: dict[str, str] = {}

    @property
    def filer(self) -> list[str]:
        return [navn.removeprefix(FILER) for navn in self.dele if navn.startswith(FILER)]


def skriv(fil: Path, udskrifter: Iterable[tuple[str, str]]) -> tuple[Manifest, str]:
    """Writes the file and reads it again; its manifest, and the SHA-256 of the whole. `udskrifter`: each plan's key and
    plan file, asked for within the moment of the copy. Nothing is left behind when it fails. Raises Kopifejl."""
    if fil.exists():
        raise Kopifejl(f"{fil} findes i forvejen. Vælg et andet navn.")
    try:
        with arbejdsmappe(fil.parent) as mappe:
            ny = mappe / "kopi.zip"
            with open(os.open(ny, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as aaben:
                _skriv(aaben, mappe, udskrifter)
                aaben.flush()
                os.fsync(aaben.fileno())
            with aabn(ny) as kopi:
                manifest = kopi.manifest
            with ny.open("rb") as aaben:
                maerke = hashlib.file_digest(aaben, "sha256").hexdigest()
            os.link(ny, fil)  # never over another, also one that came meanwhile
    except FileExistsError:
        raise Kopifejl(f"{fil} findes i forvejen. Vælg et andet navn.") from None
    except Lagerstop as fejl:
        raise Kopifejl(f"Kopien er ikke lavet. {fejl}") from fejl
    except OSError as fejl:
        raise Kopifejl(
            f"Kopien kunne ikke skrives til {fil}: {fejl.strerror}{f' ({sted})' if (sted := fejl.filename) else ''}."
        ) from fejl
    return manifest, maerke


@contextmanager
def arbejdsmappe(ved: Path) -> Iterator[Path]:
    """A folder to write in, held for as long as this process lives. One that a killed process has left, with all that
    the database held, is taken away."""
    for gammel in ved.glob(f"{ARBEJDSMAPPE}*"):
        with suppress(OSError), _holdt(gammel):  # held by another: it is at work
            if time.time() - gammel.stat().st_mtime > NY_MAPPE:
                shutil.rmtree(gammel)
    with tempfile.TemporaryDirectory(prefix=ARBEJDSMAPPE, dir=ved) as mappe, _holdt(Path(mappe)):
        yield Path(mappe)


@contextmanager
def _holdt(mappe: Path) -> Iterator[None]:
    """Raises OSError when another process holds it; the kernel lets go when the process ends, however it does."""
    fd = os.open(mappe, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(fd)


def _skriv(til: BinaryIO, mappe: Path, udskrifter: Iterable[tuple[str, str]]) -> None:
    with zipfile.ZipFile(til, "w") as arkiv, oejeblik(mappe) as nu:
        apps = raekker.som_migreret(migrationer := raekker.migreret())
        if mangler := raekker.mangler():
            raise Kopifejl(f"Databasen er ikke bragt op til dette program ({mangler[0]}). Kør manage.py migrate først.")
        m = Manifest(lavet=timezone.now().isoformat(), database=connection.vendor, migrationer=migrationer)
        with nu.fil.open("rb") as kopi, _del(arkiv, nu.navn, m) as ud:
            shutil.copyfileobj(kopi, ud, BID)
        for tabel in raekker.tabeller(apps):
            navn = tabel._meta.db_table
            with _del(arkiv, f"{RAEKKER}{navn}{LINJER}", m) as ud:
                m.tabeller[navn] = raekker.skriv(tabel, ud)
        m.numre = raekker.numre(apps)
        for k in Kaede.objects.order_by("noegle"):
            m.kaeder[k.noegle] = Kaedehoved(nummer=k.nummer, hash=k.hash, hel=not brud(k.noegle))
        m.udskrifter = {noegle: maerke(tekst) for noegle, tekst in udskrifter}
        for navn in list(alle_filer()):
            try:
                kilde = default_storage.open(navn)
            except FileNotFoundError:  # thrown away meanwhile
                continue
            with kilde, _del(arkiv, f"{FILER}{navn}", m) as ud:
                shutil.copyfileobj(kilde, ud, BID)
        m.mangler = sorted(set(navngivne()).difference(m.filer))
        with _del(arkiv, LAESMIG, m) as ud:
            ud.write(OM.encode())
        arkiv.writestr(MANIFEST, m.model_dump_json(indent=1))


def maerke(tekst: str) -> str:
    return hashlib.sha256(tekst.encode()).hexdigest()


class Maalt:
    """What is written through it is counted into a hash."""

    def __init__(self, til: IO[bytes]):
        self.til, self.sha256 = til, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return self.til.write(data)


@contextmanager
def _del(arkiv: zipfile.ZipFile, navn: str, manifest: Manifest) -> Iterator[Maalt]:
    indgang = zipfile.ZipInfo(navn, timezone.localtime().timetuple()[:6])
    indgang.compress_type = zipfile.ZIP_STORED if Path(navn).suffix.lower() in PAKKET else zipfile.ZIP_DEFLATED
    with arkiv.open(indgang, "w", force_zip64=True) as ud:
        maalt = Maalt(ud)
        yield maalt
    manifest.dele[navn] = maalt.sha256.hexdigest()


# --- reading ---------------------------------------------------------------------------------------------------------


class Kopi:
    """A file whose every byte has been held against its manifest."""

    def __init__(self, arkiv: zipfile.ZipFile, manifest: Manifest):
        self.arkiv, self.manifest = arkiv, manifest

    @contextmanager
    def raekker(self, tabel: str) -> Iterator[Iterator[bytes]]:
        with self.arkiv.open(f"{RAEKKER}{tabel}{LINJER}") as linjer:
            yield iter(linjer)

    def fil(self, navn: str) -> IO[bytes]:
        return self.arkiv.open(f"{FILER}{navn}")


#: What a zip with wrong bytes in it is read as.
UDE_AF_LAVE = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, ValueError, struct.error)


@contextmanager
def aabn(fil: Path) -> Iterator[Kopi]:
    """Raises Kopifejl when anything in it is not what it was when it was made."""
    with ExitStack() as aabne:
        try:
            kopi = _proevet(aabne.enter_context(zipfile.ZipFile(fil)))
        except FileNotFoundError:
            raise Kopifejl(f"{fil} findes ikke.") from None
        except UDE_AF_LAVE as fejl:
            raise Kopifejl(f"{fil} er ikke en hel sikkerhedskopi ({fejl}). Brug en anden kopi.") from fejl
        except OSError as fejl:
            raise Kopifejl(f"{fil} kan ikke læses: {fejl.strerror or fejl}.") from fejl
        yield kopi


def _proevet(arkiv: zipfile.ZipFile) -> Kopi:
    kopi = Kopi(arkiv, _manifest(arkiv))
    for navn, ventet in kopi.manifest.dele.items():
        _proev(arkiv, navn, ventet)
    for tabel, antal in kopi.manifest.tabeller.items():
        with kopi.raekker(tabel) as linjer:
            if sum(1 for _ in linjer) != antal + 1:
                raise Kopifejl(f"Tabellen {tabel} i kopien har ikke {antal} rækker, som der skulle være.")
    return kopi


def _manifest(arkiv: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in arkiv.namelist():
        # Cut off, it may end with a file that is a zip itself.
        raise Kopifejl(
            "Filen har intet manifest: den er ikke en sikkerhedskopi af Helhedsplan, eller den er skåret over."
        )
    data = arkiv.read(MANIFEST)
    try:
        m = Manifest.model_validate_json(data)
    except ValidationError:
        raise Kopifejl("Kopiens manifest kan ikke læses. Den er beskadiget, eller lavet af et nyere program.") from None
    if sorted(arkiv.namelist()) != sorted([*m.dele, MANIFEST]):
        raise Kopifejl("Kopien har ikke de dele, som dens manifest siger. Brug en anden kopi.")
    for navn in m.filer:
        if navn.startswith("/") or "\\" in navn or {"..", "", "."} & set(navn.split("/")):
            raise Kopifejl(f"Kopien har en fil med navnet »{navn}«, som ikke kan ligge i et lager.")
    return m


def _proev(arkiv: zipfile.ZipFile, navn: str, ventet: str) -> None:
    with arkiv.open(navn) as data:
        if hashlib.file_digest(data, "sha256").hexdigest() != ventet:
            raise Kopifejl(f"{navn} i kopien er ikke, som den var, da kopien blev lavet. Brug en anden kopi.")
