"""A plan file and the database hold the same: nothing is lost on the way, and the same plan gives the same bytes."""

import base64
import io
import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from pypdf import PdfWriter

from aftaler.models import Helhedsplan, Regelsaet
from aftaler.planfil import (
    Planfil,
    laes_filer,
    plan_som_data,
    regelsaet_som_data,
    skriv_plan,
    skriv_plan_json,
    som_yaml,
)
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, fil, indlaes, json_med_ascii, plan, planer

pytestmark = pytest.mark.django_db
mange = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
FIXTURES = Path(django_settings.BASE_DIR) / "fixtures"
FIXTUREPLANER = sorted((FIXTURES / "planer").glob("*.yaml"))
FIXTUREREGELSAET = sorted((FIXTURES / "regelsaet").glob("*.yaml"))


@contextmanager
def tom_database():
    """What is saved inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def skrevet(*filer) -> str:
    indlaes(*filer)
    return skriv_plan(Helhedsplan.objects.get(noegle="ny"))


def test_alt_i_en_plan_kommer_med_ud_igen():
    indlaes(REGELSAET, FORGAENGER, PLAN)
    assert plan_som_data(Helhedsplan.objects.get(noegle="ny")) == PLAN
    assert plan_som_data(Helhedsplan.objects.get(noegle="gammel")) == FORGAENGER
    assert regelsaet_som_data(Regelsaet.objects.get()) == REGELSAET


def test_noeglerne_staar_i_formatets_orden():
    indlaes(REGELSAET, FORGAENGER, PLAN)
    assert skriv_plan(Helhedsplan.objects.get(noegle="ny")) == som_yaml(PLAN)
    assert json.dumps(plan_som_data(Helhedsplan.objects.get(noegle="ny"))) == json.dumps(PLAN)


def test_yaml_er_til_at_laese():
    indlaes(REGELSAET, FORGAENGER, PLAN)
    linjer = skriv_plan(Helhedsplan.objects.get(noegle="ny")).splitlines()
    assert linjer[:3] == ["format: helhedsplan-plan/1", "noegle: ny", "navn: Den nye plan"]
    assert linjer[-1] == "..."
    assert "periode_fra: 2025-11-01" in linjer
    assert "indsatsomraader: [job, skole]" in linjer
    assert "      - nummer: '55'" in linjer
    sted = linjer.index("      - skabelon: kort")
    assert linjer[sted + 1 : sted + 4] == ["        tekst: |-", "          <p>Om job</p>", "          <p>To afsnit</p>"]


def test_en_tom_plan_fylder_fire_linjer():
    tom = {"format": "helhedsplan-plan/1", "noegle": "ny", "navn": "Tom", "regelsaet": "proeve"}
    assert skrevet(REGELSAET, tom) == "format: helhedsplan-plan/1\nnoegle: ny\nnavn: Tom\nregelsaet: proeve\n...\n"


@pytest.mark.parametrize("skriver", [skriv_plan_json, lambda p: json_med_ascii(plan_som_data(p))])
def test_json_er_lige_saa_godt(skriver):
    indlaes(REGELSAET, FORGAENGER)
    data = plan(navn='Åparken 😀 \\ud83d "citat"', note="a\nb\tc")
    with tom_database():
        yaml = skrevet(data)
        som_json = skriver(Helhedsplan.objects.get(noegle="ny"))
    indlaes(som_json)
    assert skriv_plan(Helhedsplan.objects.get(noegle="ny")) == yaml
    assert plan_som_data(Helhedsplan.objects.get(noegle="ny")) == data


@pytest.fixture
def grundlag():
    """What the arbitrary plans refer to; saved once for all of them."""
    indlaes(REGELSAET, FORGAENGER)


@mange
@given(data=planer())
def test_enhver_plan_kommer_uskadt_gennem_en_tom_database(grundlag, data):
    with tom_database():
        foerste = skrevet(data)
        som_json = skriv_plan_json(Helhedsplan.objects.get(noegle="ny"))
    for planfil in (foerste, som_json):
        with tom_database():
            assert skrevet(planfil) == foerste
            antal = Haendelse.objects.count()
            assert [u.hvad for u in indlaes(planfil).udfald] == ["uændret"]
            assert Haendelse.objects.count() == antal


@mange
@given(foer=planer(), efter=planer())
def test_enhver_plan_kan_blive_til_enhver_anden(grundlag, foer, efter):
    with tom_database():
        oensket = skrevet(efter)
    with tom_database():
        indlaes(foer)
        assert skrevet(efter) == oensket
        assert [u.hvad for u in indlaes(efter).udfald] == ["uændret"]


def test_antallet_af_forespoergsler_foelger_ikke_med_planens_stoerrelse(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("aftaler.planfil.sektioner.PLANFILSEKTIONER", [])
    lille, stor = plan(), plan(noegle="stor")
    stor["delaftaler"][0]["aktiviteter"] += [{"noegle": f"a-{n}", "navn": f"Aktivitet {n}"} for n in range(20)]
    indlaes(REGELSAET, FORGAENGER, lille, stor)
    for noegle in ("ny", "stor"):
        fundet = Helhedsplan.objects.get(noegle=noegle)
        with django_assert_num_queries(65):
            plan_som_data(fundet)


# --- the files that come with the program ---------------------------------------------------------------------------


def fixtures() -> list[Planfil]:
    return [Planfil.fra(sti) for sti in [*FIXTUREREGELSAET, *FIXTUREPLANER]]


def test_der_er_tre_planer_to_opdigtede_og_tre_regelsaet():
    assert [sti.stem for sti in FIXTUREPLANER] == [
        "alt-muligt",
        "halvt-fortalt",
        "ishoej-2025-2029",
        "vejleaaparken-2017-2021",
        "vejleaaparken-2021-2025",
    ]
    assert [sti.stem for sti in FIXTUREREGELSAET] == ["2011-14", "2015-18", "2019-26"]


def test_de_tre_planer_kommer_ud_byte_for_byte():
    assert laes_filer(fixtures(), bruger=PROGRAMMET).fejl == []
    for sti in FIXTUREPLANER:
        assert skriv_plan(Helhedsplan.objects.get(noegle=sti.stem)) == sti.read_text(encoding="utf-8"), (
            f"{sti.name} står ikke, som udskriv skriver den"
        )
    assert set(Regelsaet.objects.values_list("noegle", flat=True)) == {sti.stem for sti in FIXTUREREGELSAET}


def test_genindlaesning_af_de_tre_planer_aendrer_intet():
    laes_filer(fixtures(), bruger=PROGRAMMET)
    antal = Haendelse.objects.count()
    assert {u.hvad for u in laes_filer(fixtures(), bruger=PROGRAMMET).udfald} == {"uændret"}
    assert Haendelse.objects.count() == antal


# --- the document of the format -------------------------------------------------------------------------------------


def pdf_i_base64() -> str:
    """The smallest whole PDF: one empty page."""
    skriver, ud = PdfWriter(), io.BytesIO()
    skriver.add_blank_page(width=595, height=842)
    skriver.write(ud)
    return base64.b64encode(ud.getvalue()).decode()


def test_eksemplerne_i_dokumentet_kan_indlaeses():
    tekst = (Path(django_settings.BASE_DIR) / "docs" / "planfil.md").read_text(encoding="utf-8")
    blokke = [blok.partition("```")[0] for blok in tekst.split("```yaml\n")[1:]]
    planfil, regelsaet = [blok for blok in blokke if blok.startswith("format: ")]
    billede = PLAN["samarbejdsaftale"]["afsnit"][0]["billeder"][0]["indhold"].replace("\n", "")
    planfil = planfil.replace("iVBORw0KGgo…", billede).replace("JVBERi0xLjcK…", pdf_i_base64())
    forrige = FORGAENGER | {
        "noegle": "eksempel-2021-2025",
        "regelsaet": "2019-26",
        "lag": [
            {"noegle": "delt", "navn": "Deling", "slags": "deling", "til": "2025-10-31", "gaelder_fra": "2025-06-01"}
        ],
        "indsatsomraader": ["beskaeftigelse"],
        "delaftaler": [
            {"indsatsomraade": "beskaeftigelse", "aktiviteter": [{"noegle": "fritidsjob", "navn": "Fritidsjob"}]}
        ],
    }
    nabo = {"format": "helhedsplan-plan/1", "noegle": "naboplan-2025-2029", "navn": "Naboplan", "regelsaet": "2019-26"}
    indlaes(fil(planfil).indhold, regelsaet, forrige, nabo)
    skrevet = plan_som_data(Helhedsplan.objects.get(noegle="eksempel-2025-2029"))
    assert skrevet["delaftaler"][0]["aktiviteter"][0]["milepaele"] == [
        {
            "navn": "Første hold begynder",
            "dato": "2026-02-01",
            "ansvarlig": "Boligsocial medarbejder",
            "status": "naaet",
        }
    ]
    indlaes(som_yaml(skrevet))
