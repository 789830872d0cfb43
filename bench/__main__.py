"""`make bench`: pages and papers against what they could cost at the least, as ratios in one run.

The floor is a bare view on the same application with one query and thirty rows; the admin is Django's own list of the
same plans. Figures are medians in milliseconds; trust the ratios. `make bench ARGS="budget pdf"` takes only some parts.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from io import StringIO
from pathlib import Path

RUNDER = int(os.environ.get("BENCH_RUNDER", "15"))
PLAN = "ishoej-2025-2029"
SIDER = {
    "planliste (forside)": "/",
    "planside": f"/planer/{PLAN}/",
    "samarbejdsaftale": f"/planer/{PLAN}/samarbejdsaftale/",
    "delaftaleside": f"/planer/{PLAN}/delaftaler/beskaeftigelse/",
}
GULV, ADMIN = "gulv", "admins planliste"


#: After the pages, which make the database; each part measures on a copy of it, in a process of its own.
DELE = (
    "budget", "import", "indikator", "pdf", "sammenlign", "underskrift", "bestyrelse", "regelsaet", "kopi", "nyt",
    "kontrol",
)  # fmt: skip


def main(valgte: list[str]) -> int:
    """Measure the pages and the parts named (all when none is); a part that fails is told of, and the rest go on."""
    if ukendte := set(valgte) - set(DELE):
        print(f"Ukendt del: {', '.join(sorted(ukendte))}. Der er {', '.join(DELE)}.", file=sys.stderr)
        return 2
    start, fejlede, brugt = time.perf_counter(), [], {}
    with tempfile.TemporaryDirectory() as mappe:
        grund = Path(mappe) / "grund"
        grund.mkdir()
        for del_ in ("sider", *(del_ for del_ in DELE if del_ in valgte or not valgte)):
            begyndt = time.perf_counter()
            egen = grund if del_ == "sider" else Path(shutil.copytree(grund, Path(mappe) / del_))
            if subprocess.run([sys.executable, "-m", "bench", "--del", del_], env=miljoe(egen), check=False).returncode:
                fejlede.append(del_)
                if del_ == "sider":
                    break  # without its database there is nothing to measure on
            brugt[del_] = time.perf_counter() - begyndt
            if del_ != "sider":
                shutil.rmtree(egen)
    print("\nTid: " + ", ".join(f"{del_} {s:.0f} s" for del_, s in brugt.items()), end="")
    print(f". I alt {time.perf_counter() - start:.0f} s.")
    if fejlede:
        print(f"Ikke målt til ende: {', '.join(fejlede)}", file=sys.stderr)
    return bool(fejlede)


def miljoe(mappe: Path) -> dict[str, str]:
    """Database and files in a folder; the static files are those of the pages' own."""
    egne = {"DATABASE_URL": f"sqlite:///{mappe / 'bench.sqlite3'}", "DJANGO_SETTINGS_MODULE": "bench.indstillinger"}
    return {"STATIC_ROOT": str(mappe / "static"), "MEDIA_ROOT": str(mappe / "filer")} | os.environ | egne


def maal_del(navn: str) -> int:
    import django

    django.setup()
    if navn == "sider":
        maal_sider()
    else:
        import_module(f"bench.{navn}_maaling").maal()
    return 0


def maal_sider() -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from aftaler.models import Medlemskab
    from bench.data import lav_planer

    for kommando in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["demo", "-v0"]):
        call_command(*kommando, stdout=StringIO())
    bruger = get_user_model().objects.get(email="sekretariat1@demo.example")
    Medlemskab.objects.filter(bruger=bruger).exclude(plan__noegle=PLAN).delete()
    hent = logget_ind(bruger)
    print(f"Sider, medianer af {RUNDER} runder")
    foer = vis(hent, "1 plan")
    lav_planer(999, bruger)
    efter = vis(hent, "1.000 planer")
    forskelle = {navn: (foer[navn], efter[navn]) for navn in SIDER if foer[navn] != efter[navn]}
    print(f"Antal forespørgsler ved 1 og 1.000 planer: {forskelle or 'det samme'}\n")


def logget_ind(bruger):
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.wsgi import get_wsgi_application

    from bench.maaling import Hentning

    session = SessionStore()
    session[SESSION_KEY] = str(bruger.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = bruger.get_session_auth_hash()
    session.save()
    return Hentning(get_wsgi_application(), f"{settings.SESSION_COOKIE_NAME}={session.session_key}")


def vis(hent, overskrift: str) -> dict[str, int]:
    from bench.maaling import antal_forespoergsler, medianer

    stier = {GULV: "/gulv/", ADMIN: "/admin/aftaler/helhedsplan/", **SIDER}
    tider = medianer({navn: (lambda sti=sti: hent(sti)) for navn, sti in stier.items()}, RUNDER)
    antal = {navn: antal_forespoergsler(hent, sti) for navn, sti in stier.items()}
    print(f"\n{overskrift:<22} {'ms':>8} {'x gulv':>8} {'x admin':>8} {'forespørgsler':>14}")
    for navn, ms in tider.items():
        print(f"{navn:<22} {ms:>8.1f} {ms / tider[GULV]:>8.2f} {ms / tider[ADMIN]:>8.2f} {antal[navn]:>14}")
    return antal


if __name__ == "__main__":
    sys.exit(maal_del(sys.argv[2]) if sys.argv[1:2] == ["--del"] else main(sys.argv[1:]))
