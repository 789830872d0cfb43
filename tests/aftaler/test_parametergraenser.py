"""Bounds of the parameters: from their own definition, at every door; a broken value stops nothing."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from aftaler.forms.delaftale import DelmaalForm
from aftaler.forms.plan import ParameterForm
from aftaler.models import Delaftale, Delmaal, Planparameter, Regelparameter
from aftaler.planfil import Planfil, laes_filer
from aftaler.queries.kontrol import kontroller
from helhedsplan import tilslutninger
from helhedsplan.parametergraenser import fejl
from helhedsplan.rettigheder import PROGRAMMET
from kalender.queries import paamindelse
from tests import factories as f
from tests.verden import verden

FIXTURES = Path(__file__).parents[2] / "fixtures"
DEFINITIONER = yaml.safe_load((FIXTURES / "regelsaet/2019-26.yaml").read_text())["parametre"]


@pytest.mark.parametrize(
    ("enhed", "vaerdi", "besked"),
    [
        ("måneder", "100000", "Værdien skal ligge mellem 1 og 120 måneder."),
        ("måneder", "-1", "Værdien skal ligge mellem 1 og 120 måneder."),
        ("måneder", "1.5", "Værdien skal være et helt tal (måneder)."),
        ("måneder", "120", ""),
        ("%", "100.01", "Værdien skal ligge mellem 0 og 100 %."),
        ("%", "25", ""),
        ("personer", "2", "Værdien skal ligge mellem 3 og 1.000 personer."),
        ("(1 ja, 0 nej)", "2", "Værdien skal ligge mellem 0 og 1 (1 ja, 0 nej)."),
        ("noget andet", "5", ""),
        ("", "NaN", "Værdien skal ligge mellem −1.000.000.000 og 1.000.000.000."),
    ],
)
def test_the_unit_says_what_a_value_may_be(enhed, vaerdi, besked):
    assert fejl(enhed, Decimal(vaerdi)) == besked


def test_every_parameter_of_the_rule_sets_stands_inside_its_bounds():
    parametre = [
        p
        for sti in (FIXTURES / "regelsaet").glob("*.yaml")
        for p in yaml.safe_load(sti.read_text()).get("parametre", [])
    ]
    assert {p["noegle"] for p in DEFINITIONER} <= {p["noegle"] for p in parametre}
    for p in parametre:
        assert fejl(p.get("enhed", ""), Decimal(p["vaerdi"]) if "vaerdi" in p else None) == "", p["noegle"]


@pytest.fixture
def v(db):
    v = verden()
    Regelparameter.objects.filter(regelsaet=v.plan.regelsaet).delete()
    for p in DEFINITIONER:
        f.RegelparameterFactory(
            regelsaet=v.plan.regelsaet, noegle=p["noegle"], navn=p["navn"], vaerdi=None, enhed=p.get("enhed", "")
        )
    return v


def test_the_form_refuses_keeps_what_was_typed_and_says_the_bounds(v, client):
    client.force_login(v.brugere["leder"])
    url = reverse("parameter-ret", args=[v.plan.noegle, "opfoelgning_maks_mdr"])
    svar = client.post(url, {"vaerdi": "100000", "begrundelse": "Aftalt i bestyrelsen"})
    html = svar.content.decode()
    assert svar.status_code == 422
    assert "Værdien skal ligge mellem 1 og 120 måneder." in html
    assert "100000" in html
    assert not Planparameter.objects.filter(noegle="opfoelgning_maks_mdr").exists()


@pytest.mark.parametrize(
    ("enhed", "tekst", "gemt"),
    [("%", "25 %", 25), ("%", "25", 25), ("%", "25 kr.", None), ("kr.", "5.000 kr.", 5000), ("kr.", "60 %", None),
     ("mio. kr.", "5 mio. kr.", 5), ("måneder", "12 måneder", 12), ("dage", "30 dage", 30)],
)  # fmt: skip
def test_the_unit_is_the_one_of_the_definition(v, client, enhed, tekst, gemt):
    f.RegelparameterFactory(regelsaet=v.plan.regelsaet, noegle="proeven", navn="Prøven", vaerdi=None, enhed=enhed)
    form = ParameterForm(
        {"vaerdi": tekst, "begrundelse": "Aftalt i bestyrelsen", "version": 0},
        instance=Planparameter(plan=v.plan, noegle="proeven"),
    )
    assert form.is_valid() is (gemt is not None), form.errors
    assert form.cleaned_data.get("vaerdi") == gemt


@pytest.mark.parametrize(("enhed", "gyldig"), [("%", True), ("pct.", True), ("personer", False), ("", False)])
def test_a_goal_takes_percent_where_its_unit_is_percent(v, enhed, gyldig):
    delaftale = Delaftale.objects.filter(plan=v.plan).first()
    data = {"tekst": "Flere i job", "kilde": "lokal", "maaltype": "tal", "vaerdi": "25 %", "enhed": enhed, "version": 0}
    form = DelmaalForm(data, instance=Delmaal(delaftale=delaftale))
    assert ("vaerdi" not in form.errors) is gyldig
    assert form.cleaned_data.get("vaerdi") == (25 if gyldig else None)


def test_a_rule_set_and_a_plan_file_are_refused(db, tmp_path):
    tekst = (FIXTURES / "regelsaet/2019-26.yaml").read_text()
    noegle = "  - noegle: opfoelgning_maks_mdr\n"
    foer, efter = tekst.split(noegle)
    sti = tmp_path / "regler.yaml"
    sti.write_text(foer + noegle + efter.replace('vaerdi: "12"', 'vaerdi: "100000"', 1))
    resultat = laes_filer([Planfil.fra(sti)], bruger=PROGRAMMET)
    assert "Værdien skal ligge mellem 1 og 120 måneder." in " ".join(map(str, resultat.fejl))
    plan = FIXTURES / "planer/vejleaaparken-2021-2025.yaml"
    egen = "\nparametre:\n  - noegle: opfoelgning_maks_mdr\n    vaerdi: 100000\n    begrundelse: Prøve\n"
    tekst = plan.read_text().replace("\nindikatorer:\n", f"{egen}indikatorer:\n", 1)
    (tmp_path / plan.name).write_text(tekst)
    filer = [FIXTURES / "regelsaet/2015-18.yaml", FIXTURES / "regelsaet/2019-26.yaml"]
    filer += [FIXTURES / "planer/vejleaaparken-2017-2021.yaml", tmp_path / plan.name]
    resultat = laes_filer([Planfil.fra(sti) for sti in filer], bruger=PROGRAMMET)
    assert "Værdien skal ligge mellem 1 og 120 måneder." in " ".join(map(str, resultat.fejl))


def test_a_rule_that_stops_is_a_finding_and_the_others_are_heard(v, monkeypatch):
    def daarlig_regel(plan):
        raise ValueError("i stykker")

    foer = {x.kode for x in kontroller(v.plan)}
    monkeypatch.setattr(tilslutninger, "PLANREGLER", [daarlig_regel, *tilslutninger.PLANREGLER])
    efter = {x.kode for x in kontroller(v.plan)}
    assert efter - foer == {"regel-stoppede"}
    assert foer <= efter


def test_one_plans_fault_leaves_the_others_their_reminders_and_is_told(v, monkeypatch, capsys):
    from kalender.actions import paamindelse as handlinger

    anden = f.HelhedsplanFactory(fase="i_gang")
    laeste = []

    def beskeder(planer, dag):
        if any(p.pk == v.plan.pk for p in planer):
            raise OverflowError
        laeste.extend(p.pk for p in planer)
        return paamindelse.beskeder(planer, dag)

    type(v.plan).objects.filter(pk=v.plan.pk).update(fase="i_gang")
    monkeypatch.setattr(handlinger, "beskeder", beskeder)
    with pytest.raises(CommandError, match="1 plan kunne ikke læses"):
        call_command("daglig")
    assert anden.pk in laeste
    assert f"Planen {v.plan.noegle} kunne ikke læses." in capsys.readouterr().err


def test_a_plans_own_value_is_checked_by_its_definition(v):
    egen = Planparameter(plan=v.plan, noegle="lokal_min_pct", vaerdi=Decimal(101), begrundelse="Prøve")
    with pytest.raises(ValidationError, match="mellem 0 og 100 %"):
        egen.full_clean()
