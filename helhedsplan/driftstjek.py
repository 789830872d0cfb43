"""Whether the installation can do its work: asked often, by a machine, so each question is short or remembered."""

import shutil
import socket
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from helhedsplan.udbakke import venter_for_laenge

#: Less than this left on the disk of files, and no paper can be trusted to be kept.
MINDST_FRI = 100 * 1024**2
#: Seconds that an answer about what seldom changes is used again, and that a mail server may be silent.
HUSKES, VENTETID = 60, 2


def helbred() -> tuple[str, list[str]]:
    """(what stops the work, or ""; what is wanting though it goes on)."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT 1")
    # A bucket that is not there is no error to whoever asks for one file.
    proev = getattr(default_storage, "proev", None)
    proev() if proev else default_storage.exists("sundhed")
    if fri_plads() < MINDST_FRI:
        return "disken er fuld", []
    if _husket("migreringer", mangler_migrationer):
        return "databasen er ikke migreret", []
    nedsat = {
        "mailserver": not _husket("mail", mailserver_svarer),
        "breve venter": _husket("udbakke", venter_for_laenge),
        "delt cache": bool(settings.CACHE_URL) and not _husket("cache", caches["default"].svarer),
    }
    return "", [hvad for hvad, er_nedsat in nedsat.items() if er_nedsat]


def _husket(hvad: str, spoerg) -> bool:
    return caches["sider"].get_or_set(f"sundhed:{hvad}", spoerg, HUSKES)


def fri_plads() -> int:
    """Bytes left where files are kept, or only pass through when the store is another machine; the nearest folder that
    is there, before the first file has made it."""
    mappe = Path(tempfile.gettempdir() if hasattr(default_storage, "proev") else settings.MEDIA_ROOT)
    while not mappe.exists():
        mappe = mappe.parent
    return shutil.disk_usage(mappe).free


def mangler_migrationer() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def mailserver_svarer() -> bool:
    """Whether it says who it is. Letters that are printed, or kept for a test, need none."""
    if not settings.EMAIL_BACKEND.endswith(("smtp.EmailBackend", "UdenPost")):
        return True
    try:
        with socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=VENTETID) as forbindelse:
            # Behind TLS the greeting comes after it; that something takes the call is then all that is asked.
            return settings.EMAIL_USE_SSL or forbindelse.recv(3) == b"220"
    except OSError:
        return False
