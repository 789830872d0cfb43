"""Where the torture is done: a database and a folder of their own, on SQLite or in a throw-away PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres(mappe: Path) -> Iterator[str]:
    """The address of a cluster without its database's name, on a socket in its own folder; as scripts/test.sh starts
    it, but safe against being stopped, since that is what is tried."""
    bin_ = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda sti: int(sti.parent.name))
    som = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    klynge = Path(tempfile.mkdtemp(prefix="tortur-pg.", dir="/tmp"))
    if som:
        shutil.chown(klynge, "postgres", "postgres")

    def koer(*ord_: str) -> None:
        with (mappe / "postgres.log").open("ab") as log:
            subprocess.run([*som, *ord_], cwd=klynge, stdout=log, stderr=log, check=True)

    try:
        koer(
            f"{bin_}/initdb", "-D", f"{klynge}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        valg = f"-k {klynge} -c listen_addresses='' -c lock_timeout=60s"
        koer(f"{bin_}/pg_ctl", "-D", f"{klynge}/data", "-w", "-l", f"{klynge}/log", "start", "-o", valg)
        yield f"postgres://postgres@{str(klynge).replace('/', '%2F')}"
    finally:
        if (klynge / "data/postmaster.pid").exists():
            koer(f"{bin_}/pg_ctl", "-D", f"{klynge}/data", "-m", "immediate", "stop")
        shutil.rmtree(klynge)


@contextmanager
def miljoe(slags: str) -> Iterator[dict[str, str]]:
    """The settings of a new, empty installation: `slags` is sqlite or postgresql."""
    with tempfile.TemporaryDirectory(prefix="tortur-") as navn:
        mappe = Path(navn)
        egne = {
            "DJANGO_SETTINGS_MODULE": "helhedsplan.settings", "SECRET_KEY": "kun-til-tortur" * 4,
            "ALLOWED_HOSTS": "127.0.0.1,localhost", "EMAIL_URL": "konsol:", "TORTUR_MAPPE": navn, "DEBUG": "0",
            "MEDIA_ROOT": f"{navn}/filer", "CACHE_ROOT": f"{navn}/cache", "STATIC_ROOT": f"{navn}/static",
            "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        if slags == "sqlite":
            yield os.environ | egne | {"DATABASE_URL": f"sqlite:///{navn}/tortur.sqlite3"}
        else:
            with postgres(mappe) as url:
                yield os.environ | egne | {"DATABASE_URL": f"{url}/tortur"}
