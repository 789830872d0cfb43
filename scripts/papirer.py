"""`make papirer`: every paper of the three demo plans, drafts and editions, and the hardest made by hand: drawn into
build/papirer, judged by veraPDF in both profiles, and looked over. The exit code tells.

One paper of each kind is judged and looked over by `make test` (tests/integration/test_alle_papirer.py).
"""

import os
import shutil
import sys
import tempfile
from io import StringIO
from pathlib import Path

ROD = Path(__file__).resolve().parent.parent
UD = ROD / "build" / "papirer"


def main() -> int:
    sys.path.insert(0, str(ROD))
    with tempfile.TemporaryDirectory() as mappe:
        for navn in ("MEDIA_ROOT", "CACHE_ROOT"):
            os.environ[navn] = str(Path(mappe) / navn.lower())
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{mappe}/papirer.sqlite3",
            "DJANGO_SETTINGS_MODULE": "helhedsplan.settings",
            "SECRET_KEY": "kun-til-papirer",
            "ALLOWED_HOSTS": "localhost",
        }
        return doem(tegn())


def tegn() -> list[Path]:
    """Draw them all."""
    import django

    django.setup()
    from django.core.management import call_command

    from aftaler.models import Helhedsplan
    from tests.papirsaet import planens_papirer, svaere_papirer

    call_command("migrate", "-v0")
    call_command("demo", "-v0", stdout=StringIO())
    shutil.rmtree(UD, ignore_errors=True)
    UD.mkdir(parents=True)
    for saet in (*map(planens_papirer, Helhedsplan.objects.select_related("regelsaet")), svaere_papirer()):
        for navn, data in saet.items():
            (UD / f"{navn}.pdf").write_bytes(data)
    return sorted(UD.iterdir())


def doem(filer: list[Path]) -> int:
    """Judge them, and say in one line how it went after all that is wrong."""
    import pypdfium2

    from tests.papirsyn import fejl
    from tests.vera import PROFILER, vera_fejl

    doemt = [f"{Path(fil).stem}: {x}" for fil, alle in vera_fejl(*filer).items() for x in alle]
    set_ = [x for fil in filer for x in fejl(fil.stem, fil.read_bytes())]
    for linje in (*doemt, *set_):
        print(linje)
    sider = sum(len(pypdfium2.PdfDocument(fil)) for fil in filer)
    vera = f"veraPDF ({', '.join(PROFILER)}): {len(doemt)} fejl."
    print(f"{len(filer)} papirer, {sider} sider. {vera} Set: {len(set_)} fejl.")
    return 1 if doemt or set_ else 0


if __name__ == "__main__":
    sys.exit(main())
