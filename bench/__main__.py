"""`make bench`: pages and papers against what they could cost at the least, as ratios in one run.

The floor is a bare view on the same application with one query and thirty rows; the admin is Django's own list of the
same plans. Figures are medians in milliseconds; trust the ratios.
"""

import os
import sys
import tempfile
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


def main() -> int:
    with tempfile.TemporaryDirectory() as mappe:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(mappe) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.indstillinger"
        os.environ.setdefault("STATIC_ROOT", str(Path(mappe) / "static"))
        os.environ.setdefault("MEDIA_ROOT", str(Path(mappe) / "filer"))
        import django

        django.setup()
        maal_sider()
        import_module("bench.budget_maaling").maal()
        import_module("bench.import_maaling").maal()
        import_module("bench.indikator_maaling").maal()
        import_module("bench.pdf_maaling").maal()
        import_module("bench.sammenlign_maaling").maal()
        import_module("bench.underskrift_maaling").maal()
        import_module("bench.bestyrelse_maaling").maal()
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
    sys.exit(main())
