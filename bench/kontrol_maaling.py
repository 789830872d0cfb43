"""The checks of a plan with facts of every kind (in words, inexact, not told, in layers, by former names) against the
same plan with none: parties, areas, delaftaler and first budget are the same, every date is a day, the rest is out."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

from bench.maaling import medianer

RUNDER, PLAN = 25, "alt-muligt"
#: What only such plans have.
KUN_DE = frozenset(
    {
        "navne", "lagt_ind_i", "lagt_ind", "lag", "ikke_oplyst", "omtalte_papirer", "egne_maal", "stoerrelser",
        "indsatsomraader_i", "sideplaner", "behandlinger", "sagsnumre", "lbf_sagsnumre", "betingelse", "gaelder",
        "oplyst_i_alt_sagt", "oplyst_andel_sagt", "afrundet_til", "oplyst_afrundet_til",
    }
)  # fmt: skip
TIDER = frozenset({"fra", "til", "starter", "slutter", "gaelder_fra", "gaelder_til", "opgjort", "dato"})


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from aftaler.models import Helhedsplan
    from aftaler.planfil import Planfil, laes_filer, plan_som_data, som_yaml
    from aftaler.queries.kontrol import kontroller
    from helhedsplan.rettigheder import PROGRAMMET

    if not Helhedsplan.objects.filter(noegle=PLAN).exists():
        call_command("indlaes", f"fixtures/planer/{PLAN}.yaml", stdout=StringIO())
    med = plan_som_data(Helhedsplan.objects.get(noegle=PLAN))
    uden = jaevn(med) | {"noegle": "uden", "navn": "Uden", "periode_fra": "2015-11-01", "periode_til": "2019-10-31"}
    if fejl := laes_filer([Planfil("uden", som_yaml(uden).encode())], bruger=PROGRAMMET).fejl:
        raise SystemExit("\n".join(map(str, fejl)))
    fakta = {"med": blade(med), "uden": blade(uden)}

    def tjek(noegle: str):
        return kontroller(Helhedsplan.objects.select_related("regelsaet", "forgaenger").get(noegle=noegle))

    tider = medianer({"med": lambda: tjek(PLAN), "uden": lambda: tjek("uden")}, RUNDER)
    print(f"\nKontrollen af en plan med alle slags oplysninger og af den samme uden, median af {RUNDER} runder")
    for navn, noegle in (("med", PLAN), ("uden", "uden")):
        with CaptureQueriesContext(connection) as spurgt:
            fund = len(tjek(noegle))
        ms = tider[navn]
        print(
            f"{navn:<6} {ms:>7.1f} ms, {fakta[navn]} oplysninger, {ms / fakta[navn] * 1000:>5.0f} µs for hver, "
            f"{len(spurgt)} forespørgsler, {fund} fund"
        )
    hele, hver = tider["med"] / tider["uden"], tider["med"] / fakta["med"] / (tider["uden"] / fakta["uden"])
    print(f"med mod uden: {hele:.2f} x i alt, {hver:.2f} x for hver oplysning")


def jaevn(data: Any, nr: int = 0) -> Any:
    """Without what only such plans have; a time in words is a day in the plan's period."""
    if isinstance(data, list):
        return [jaevn(led, nr) for nr, led in enumerate(data) if not (isinstance(led, dict) and "lag" in led)]
    if not isinstance(data, dict):
        return data
    ud = {}
    for noegle, v in data.items():
        if noegle in KUN_DE:
            continue
        er_tid = noegle in TIDER and not isinstance(v, dict | list)
        ud[noegle] = (date(2016, 1, 1) + timedelta(days=30 * nr)).isoformat() if er_tid else jaevn(v, nr)
    return {noegle: v for noegle, v in ud.items() if v not in ({}, [])}


def blade(data: Any) -> int:
    """How many values the plan file has."""
    if isinstance(data, dict):
        return sum(map(blade, data.values()))
    return sum(map(blade, data)) if isinstance(data, list) else 1
