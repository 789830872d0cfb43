"""Whatever is wrong with what was frozen, it is one paper's trouble: one exception says so."""

import json
from copy import deepcopy

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Cast
from django.template.loader import render_to_string

from bestyrelse import moedepapir
from bestyrelse import oejebliksbillede as statusbilleder
from bestyrelse.pdf import side_html
from dokumenter import oejebliksbillede
from dokumenter.blokke import blokdokument
from dokumenter.models import Udgave
from dokumenter.oejebliksbillede import Skemafejl
from dokumenter.views.udgave import laeseside
from helhedsplan.felter import Formet
from helhedsplan.former import UlaeseligeData
from indikatorer.models import Opfoelgning
from tests import factories as f
from tests.verden import publiceret_status, verden

#: Every stored JSON, by model and field.
FELTER = [
    (model, felt.name)
    for model in apps.get_models()
    for felt in model._meta.get_fields()
    if isinstance(felt, models.JSONField) and model._meta.app_label not in {"account", "mfa"}
]


def skader(data) -> dict:
    """What may have become of a piece of JSON: {what was done to it: what it is now}."""
    tekst = json.dumps(data)
    ud = {
        "null": None,
        "et tal": 7,
        "klippet over": tekst[: len(tekst) // 2],
        "liste for ordbog": [] if isinstance(data, dict) else {},
        "fyldt forkert": {"x": [None, 7]} if isinstance(data, list) else [[None], 7],
    }
    if isinstance(data, dict) and "skema" in data:
        ud |= {"ukendt skema": data | {"skema": 99}, "uden billede": {"skema": data["skema"]}}
        ud |= {"billedet er null": data | {"billede": None}, "en side mindre": _uden_et_felt(data)}
    return ud


def _uden_et_felt(data: dict) -> dict:
    ny = deepcopy(data)
    billede = ny.get("billede") or ny
    billede.pop(max(billede))
    return ny


def skriv_raat(model, felt: str, skade: str) -> int:
    """Damage the field in every row, past all that guards it. How many there were."""
    kolonne = model._meta.get_field(felt).column
    raekker = model._base_manager.annotate(raa=Cast(felt, models.TextField())).values_list("pk", "raa")
    fundne = [(pk, json.loads(raa)) for pk, raa in raekker if raa is not None]
    with connection.cursor() as markoer:
        for pk, data in fundne:
            ny = json.dumps(skader(data)[skade]) if skade in skader(data) else json.dumps(None)
            saet = f'UPDATE "{model._meta.db_table}" SET "{kolonne}" = %s WHERE "{model._meta.pk.column}" = %s'  # noqa: S608 -- our own names
            markoer.execute(saet, [ny, pk])
    return len(fundne)


def test_hvert_felt_har_en_form():
    uden = [f"{m.__name__}.{felt}" for m, felt in FELTER if not isinstance(m._meta.get_field(felt), Formet)]
    assert uden == ["Udgave.indhold", "Kvartalsstatus.indhold", "Moedepapir.indhold"]  # read by their own codecs


# --- the codec: whatever is wrong, and wherever in it ------------------------------------------------------------


def steder(data, sti=()):
    """(path, value) of everything in a snapshot; of the members of a list the first alone."""
    yield sti, data
    if isinstance(data, dict):
        for navn, vaerdi in data.items():
            yield from steder(vaerdi, (*sti, navn))
    elif isinstance(data, list) and data:
        yield from steder(data[0], (*sti, 0))


def med(data, sti, vaerdi):
    """A copy with something else at a path; with nothing there when `vaerdi` is `...`."""
    ny = deepcopy(data)
    over = ny
    for skridt in sti[:-1]:
        over = over[skridt]
    if vaerdi is ...:
        del over[sti[-1]]
    else:
        over[sti[-1]] = vaerdi
    return ny


ANDET = (..., None, 7, "x", [], {}, True, [None], {"_": "Decimal", "v": "x"})


def billeder(v):
    """{kind: (the snapshot as JSON, its reader, how it is shown)}"""
    udgave = v.udgave
    moede = f.MoedeFactory(plan=v.plan, tilstand="holdt")
    f.DagsordenspunktFactory(moede=moede, maal=[{"nummer": 1, "udfald": "", "konklusion": ""}])

    def paa_siden(billede):
        f.UdgaveFactory.build(plan=v.plan)
        udgave.indhold = oejebliksbillede.som_json(billede)
        assert "kan ikke læses" not in laeseside(v.plan.noegle, udgave)
        blokdokument(billede.papir)

    def moedet(billede):
        render_to_string(f"pdf/bestyrelse/{billede.art}.html", {"m": billede})

    status = publiceret_status(v.plan, 3)
    delaftale = Udgave.objects.get(art="delaftale")
    budget = v.frosset("budget", "ansoegt")
    return {
        "samarbejdsaftale": (udgave.indhold, oejebliksbillede.fra_json, paa_siden),
        "delaftale": (delaftale.indhold, oejebliksbillede.fra_json, paa_siden),
        "budget": (budget.indhold, oejebliksbillede.fra_json, paa_siden),
        "status": (status.indhold, statusbilleder.fra_json, side_html),
        "dagsorden": (moedepapir.som_json(moedepapir.udkast(moede, "dagsorden")), moedepapir.fra_json, moedet),
        "referat": (moedepapir.som_json(moedepapir.udkast(moede, "referat")), moedepapir.fra_json, moedet),
    }


@pytest.mark.parametrize("art", ["samarbejdsaftale", "delaftale", "budget", "status", "dagsorden", "referat"])
def test_et_oejebliksbillede_med_en_fejl_laeses_ikke_eller_kan_vises(db, art):
    """A wrong thing at any place is refused by the one exception; what is let through can also be drawn."""
    data, laes, vis = billeder(verden())[art]
    vis(laes(data))
    galt, sluppet = [], 0
    for sti, vaerdi in steder(data):
        for andet in ANDET if sti else ():
            if type(andet) is type(vaerdi):
                continue
            try:
                billede = laes(med(data, sti, andet))
            except Skemafejl:
                continue
            except Exception as fejl:  # noqa: BLE001 -- every one is told of
                galt.append((sti, andet, repr(fejl)))
                continue
            sluppet += 1
            try:
                vis(billede)
            except Exception as fejl:  # noqa: BLE001
                galt.append((sti, andet, f"vist: {fejl!r}"))
    assert not galt, "\n".join(map(str, galt))
    assert sluppet < 100


def test_det_der_ikke_kan_laeses_gemmes_som_det_er(db):
    f.OpfoelgningFactory()
    skriv_raat(Opfoelgning, "tal", "et tal")
    laest = Opfoelgning.objects.get()
    assert isinstance(laest.tal, UlaeseligeData)
    assert list(laest.tal) == []
    laest.konklusion = "Rettet"
    laest.save()
    raa = Opfoelgning.objects.annotate(raa=Cast("tal", models.TextField())).values_list("konklusion", "raa")
    assert list(raa) == [("Rettet", "7")]
