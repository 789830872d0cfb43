"""The models of the plan file say of each key what the Django model says, ask no database, and cost the site's start
nothing."""

import json
import subprocess
import sys
from typing import Any, get_args

import pytest
from django.core.management import call_command
from django.db import models

from aftaler.choices import Fase
from aftaler.planfil.filmodel import Filmodel, Henvisning
from aftaler.planfil.planform import Helhedsplanfil
from aftaler.planfil.regelform import Regelsaetfil
from aftaler.planfil.sektioner import alle_sektioner
from helhedsplan.felter import Tidsdato
from kalender.planfil import Fristfil
from tests.aftaler.planfil_beskeder import hel_plan
from tests.aftaler.planfil_data import REGELSAET

RODKLASSER = [Helhedsplanfil, Regelsaetfil, *(sektion.klasse for sektion in alle_sektioner())]


def klasser(rod: type[Filmodel]):
    yield rod
    for under in rod.klasser.values():
        yield from klasser(under)


KLASSER = sorted({k for rod in RODKLASSER for k in klasser(rod)}, key=lambda k: k.__name__)
#: Lists, the bundle of the samarbejdsaftale and bytes are no fields of the database.
FELTER = [
    (klasse, navn)
    for klasse in KLASSER
    if klasse.model
    for navn, led in klasse.led.items()
    if (led is None or isinstance(led, Henvisning))
    and navn not in {"indhold"} - {f.name for f in klasse.model._meta.fields}
]


@pytest.mark.parametrize(("klasse", "navn"), FELTER, ids=lambda v: v if isinstance(v, str) else v.__name__)
def test_hvert_felt_er_som_i_databasen(klasse, navn):
    """May it be left out, and what is it then? A default that differs would be written or read as something else."""
    felt, led = klasse.model_fields[navn], klasse.led[navn]
    i_databasen = klasse.model._meta.get_field(navn)
    if isinstance(led, Henvisning):
        assert felt.is_required() is not (i_databasen.many_to_many or i_databasen.null)
        return
    # A deadline has a day or words of its day: each column may be empty, and never both.
    kan_udelades = i_databasen.has_default() or (i_databasen.blank and (klasse, navn) != (Fristfil, "dato"))
    assert felt.is_required() is not kan_udelades
    if not felt.is_required():
        assert felt.get_default() == i_databasen.get_default()
    if isinstance(i_databasen, models.JSONField):
        return
    slags = (models.BooleanField, bool), (models.IntegerField, int), (models.DecimalField, "Decimal")
    ventet = next((t for f, t in [*slags, (models.DateField, "date")] if isinstance(i_databasen, f)), str)
    if felt.annotation is Any:  # a day or words of it
        assert isinstance(i_databasen, Tidsdato)
        return
    fundne = [t for t in (felt.annotation, *get_args(felt.annotation)) if isinstance(t, type) and t is not type(None)]
    assert [t for t in fundne if ventet in (t, t.__name__)] == fundne[:1]


@pytest.mark.parametrize("klasse", KLASSER, ids=lambda klasse: klasse.__name__)
def test_hver_model_har_et_skema(klasse):
    skema = klasse.model_json_schema()
    # Where one key stands for the whole thing, that or the thing.
    skema = skema["anyOf"][1] if klasse.kort else skema
    assert set(skema["properties"] if klasse.noegler else []) == set(klasse.noegler)


def test_skemaet_har_alle_rums_noegler_og_det_der_kan_vaelges(capsys):
    call_command("udskriv", skema=True)
    skema = json.loads(capsys.readouterr().out)
    assert "format" in skema["required"]
    assert {"delaftaler", "budget", "indikatorer", "bestyrelse", "forretningsorden", "frister"} <= set(
        skema["properties"]
    )
    assert skema["properties"]["fase"]["enum"] == Fase.values
    assert skema["$defs"]["Risikofil"]["properties"]["konsekvens"]["enum"] == [1, 2, 3]
    assert skema["$defs"]["Budgetfil"]["properties"]["oplyst_i_alt"]["title"] == "oplyst i alt"


def test_almindelige_data_bliver_til_en_model_og_tilbage_uden_database():
    from kalender.planfil import Kalenderfil

    data = {"frister": [{"dato": "2026-05-01", "titel": "Ansøgning", "udfoert": "2026-04-01"}]}
    assert Kalenderfil.model_validate(data).data() == data
    with pytest.raises(ValueError, match="mellem 1900"):
        Kalenderfil.model_validate({"frister": [{"dato": "0007-05-01", "titel": "Ansøgning"}]})


def test_en_tid_med_ord_er_den_samme_i_almindelige_data():
    from aftaler.planfil.planform import Helhedsplanfil

    plan = {"noegle": "planen", "navn": "Planen", "regelsaet": "2019-26"}
    for sagt in ("fire år", "sommeren 2020", "2025-11-01"):
        assert Helhedsplanfil.model_validate(plan | {"periode_til": sagt}).data()["periode_til"] == sagt
    with pytest.raises(ValueError, match="vrøvl"):
        Helhedsplanfil.model_validate(plan | {"periode_til": "vrøvl"})


def test_hele_planen_bliver_til_modeller_og_tilbage_uden_database():
    """As one who reads plans from elsewhere, or gives them out, has them."""
    plan = hel_plan()
    for klasse in RODKLASSER:
        data = {noegle: plan[noegle] for noegle in klasse.noegler if noegle in plan}
        if klasse is Regelsaetfil:
            data = {noegle: vaerdi for noegle, vaerdi in REGELSAET.items() if noegle != "format"}
        assert klasse.model_validate(data).data() == data, klasse.__name__


def test_webstedet_begynder_uden_det_der_laeser_planfiler():
    kode = "import sys, helhedsplan.wsgi, helhedsplan.urls; print('pydantic' in sys.modules)"
    ud = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True, timeout=120)
    assert ud.stdout.strip() == "False"
