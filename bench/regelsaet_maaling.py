"""A rule set of 500 entries: its page against the bare view, and copying and publishing it against bare inserts."""

import statistics
import time

from django.db import transaction

from bench.maaling import Hentning, antal_forespoergsler, medianer

ENTRIES, RUNDER, NOEGLE = 500, 7, "bench-500"


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.test import Client
    from django.urls import reverse

    from helhedsplan.models import Bruger
    from helhedsplan.wsgi import application

    regelsaet = lav_regelsaet()
    admin = Bruger.objects.create_user("bench-regelsaet@bench.example", "x", navn="Admin", er_administrator=True)
    klient = Client()
    klient.force_login(admin)
    hent = Hentning(application, "; ".join(f"{k}={v.value}" for k, v in klient.cookies.items()))
    vis, forskel = (reverse(f"regelsaet-{navn}", args=[NOEGLE]) for navn in ("vis", "forskel"))
    udgiv = reverse("regelsaet-udgiv", args=[NOEGLE])
    sider = {"gulv": "/gulv/", "regelsættets side": vis, "forskellen": forskel, "før udgivelsen": udgiv}
    tider = medianer({navn: lambda sti=sti: hent(sti) for navn, sti in sider.items()}, RUNDER)
    print(f"\nEt regelsæt med {ENTRIES} poster, median af {RUNDER} runder")
    for navn, sti in sider.items():
        ms, antal = tider[navn], antal_forespoergsler(hent, sti)
        gange = ms / tider["gulv"]
        print(f"{navn:<24} {ms:>7.1f} ms {gange:>6.1f} x {antal:>5} forespørgsler")
    kopi, ud, bart = (
        statistics.median(tid(opgave, regelsaet, admin) for _ in range(RUNDER)) for opgave in (kopier, udgiv_det, bar)
    )
    print(f"{'kopiér':<24} {kopi:>7.1f} ms {kopi / bart:>6.1f} x bare indsættelser")
    print(f"{'udgiv':<24} {ud:>7.1f} ms {ud / bart:>6.1f} x bare indsættelser")


def lav_regelsaet():
    """A draft with 500 rows of every kind, a copy of the demo's own."""
    from aftaler.actions.regelsaet import kopier_regelsaet
    from aftaler.models import FastIndikator, Indsatsomraade, OverordnetMaal, Regelparameter, Regelsaet, Skabelonafsnit
    from aftaler.queries.regelslags import alle_raekker
    from helhedsplan.rettigheder import PROGRAMMET

    kilde = Regelsaet.objects.order_by("-noegle").get(noegle="2019-26")
    ny = kopier_regelsaet(bruger=PROGRAMMET, fra=kilde, navn=NOEGLE)
    mangler = ENTRIES - sum(1 for _ in alle_raekker(ny))
    for nr in range(mangler // 5):
        o = Indsatsomraade.objects.create(regelsaet=ny, noegle=f"o{nr}", nummer=100 + nr, navn=f"Område {nr}")
        m = OverordnetMaal.objects.create(indsatsomraade=o, nummer=100 + nr, tekst=f"Mål {nr}")
        FastIndikator.objects.create(maal=m, noegle=f"i{nr}", nummer=1, navn=f"Indikator {nr}")
        Regelparameter.objects.create(regelsaet=ny, noegle=f"p{nr}", navn=f"Parameter {nr}", verificeret="nej")
        Skabelonafsnit.objects.create(
            regelsaet=ny, dokument="delaftale", noegle=f"s{nr}", orden=100 + nr, titel=f"Afsnit {nr}", art="prosa",
            vejledning="Skriv kort, hvad der er galt, og hvad I vil gøre ved det. " * 3,
        )  # fmt: skip
    return ny


def tid(opgave, regelsaet, admin) -> float:
    """Milliseconds; taken back afterwards."""
    with transaction.atomic():
        start = time.perf_counter()
        opgave(regelsaet, admin)
        brugt = (time.perf_counter() - start) * 1000
        transaction.set_rollback(True)
    return brugt


def kopier(regelsaet, admin) -> None:
    from aftaler.actions.regelsaet import kopier_regelsaet

    kopier_regelsaet(bruger=admin, fra=regelsaet, navn="Endnu en")


def udgiv_det(regelsaet, admin) -> None:
    from aftaler.actions.regelsaet import udgiv_regelsaet

    udgiv_regelsaet(bruger=admin, regelsaet=regelsaet)


def bar(regelsaet, admin) -> None:
    """As many rows, one insert each kind, nothing read or checked."""
    from aftaler.models import Regelparameter

    Regelparameter.objects.bulk_create(
        Regelparameter(regelsaet=regelsaet, noegle=f"bar-{nr}", navn=f"Bar {nr}", verificeret="nej")
        for nr in range(ENTRIES)
    )
