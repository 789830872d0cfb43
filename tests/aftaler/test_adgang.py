"""Who may do what: roles in code, plans by membership, organisations by all the plans that use them."""

import pytest
from django.core.exceptions import PermissionDenied

from aftaler import models
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import (
    kan,
    kan_oprette_plan,
    kan_rette_organisation,
    rolle_i,
    tjek,
    tjek_kan_oprette_plan,
)
from helhedsplan.rettigheder import PROGRAMMET, ROLLER, Rettighed
from tests import factories as f
from tests.verden import verden

pytestmark = pytest.mark.django_db
RETTIGHEDER = {
    "leder": {"se", "ret", "styr"},
    "sekretariat": {"se", "ret"},
    "bestyrelse": {"se"},
    "laeser": {"se"},
}


@pytest.mark.parametrize("rolle", RETTIGHEDER)
def test_en_rolle_giver_sine_rettigheder_og_ikke_flere(rolle):
    medlem = f.MedlemskabFactory(rolle=rolle)
    assert rolle_i(medlem.bruger, medlem.plan) == rolle
    assert {r.value for r in Rettighed if kan(medlem.bruger, r, medlem.plan)} == RETTIGHEDER[rolle]


def test_alle_roller_er_proevet():
    assert set(ROLLER) == set(RETTIGHEDER)


def test_en_rolle_i_en_anden_plan_giver_intet_her():
    bruger = f.MedlemskabFactory(rolle="leder").bruger
    plan = f.MedlemskabFactory(rolle="leder").plan
    assert rolle_i(bruger, plan) is None
    assert not any(kan(bruger, r, plan) for r in Rettighed)


def test_en_administrator_har_ingen_adgang_til_planerne():
    plan = f.HelhedsplanFactory()
    assert not any(kan(f.BrugerFactory(er_administrator=True), r, plan) for r in Rettighed)


def test_programmet_maa_alt():
    plan = f.HelhedsplanFactory()
    assert all(kan(PROGRAMMET, r, plan) for r in Rettighed)
    assert (kan_oprette_plan(PROGRAMMET), kan_rette_organisation(PROGRAMMET, f.OrganisationFactory())) == (True, True)


def test_en_ukendt_rolle_i_databasen_giver_intet():
    medlem = f.MedlemskabFactory(rolle="chef")
    assert not any(kan(medlem.bruger, r, medlem.plan) for r in Rettighed)


def test_tjek_siger_hvem_man_skal_spoerge():
    medlem = f.MedlemskabFactory(rolle="laeser")
    tjek(medlem.bruger, Rettighed.SE, medlem.plan)
    with pytest.raises(PermissionDenied, match="Spørg planens leder"):
        tjek(medlem.bruger, Rettighed.RET, medlem.plan)


@pytest.mark.parametrize(
    ("rolle", "maa"), [("leder", True), ("sekretariat", True), ("bestyrelse", False), ("laeser", False)]
)
def test_nye_planer_begyndes_af_dem_der_skriver_en(rolle, maa):
    bruger = f.MedlemskabFactory(rolle=rolle).bruger
    assert kan_oprette_plan(bruger) is maa
    if not maa:
        with pytest.raises(PermissionDenied, match="leder eller sekretariat i en anden"):
            tjek_kan_oprette_plan(bruger)


def test_nye_planer_begyndes_af_administratorer_men_ikke_af_fremmede():
    assert kan_oprette_plan(f.BrugerFactory(er_administrator=True)) is True
    assert kan_oprette_plan(f.BrugerFactory()) is False


# --- organisations are shared ---------------------------------------------------------------------------------------


def bruges_i(organisation, maade, plan):
    if maade == "part":
        f.PartFactory(plan=plan, organisation=organisation)
    elif maade == "plads":
        f.PladsFactory(gruppe__plan=plan, organisation=organisation)
    else:
        f.OmraadeFactory(plan=plan, afdelinger=[f.AfdelingFactory(organisation=organisation)])


@pytest.mark.parametrize("maade", ["part", "plads", "afdeling"])
@pytest.mark.parametrize("rolle", ["leder", "sekretariat", "bestyrelse", "laeser", None])
def test_en_organisation_rettes_af_den_der_skriver_alle_dens_planer(maade, rolle):
    organisation, bruger = f.OrganisationFactory(), f.BrugerFactory()
    egen, anden = f.HelhedsplanFactory(), f.HelhedsplanFactory()
    f.MedlemskabFactory(plan=egen, bruger=bruger, rolle="leder")
    bruges_i(organisation, "part", egen)
    assert kan_rette_organisation(bruger, organisation) is True
    if rolle:
        f.MedlemskabFactory(plan=anden, bruger=bruger, rolle=rolle)
    bruges_i(organisation, maade, anden)
    assert kan_rette_organisation(bruger, organisation) is (rolle in {"leder", "sekretariat"})


def test_en_organisation_uden_planer_rettes_af_administratorer():
    organisation = f.OrganisationFactory()
    assert kan_rette_organisation(f.MedlemskabFactory(rolle="leder").bruger, organisation) is False
    assert kan_rette_organisation(f.BrugerFactory(er_administrator=True), organisation) is True


# --- for_bruger -----------------------------------------------------------------------------------------------------

MED_FOR_BRUGER = [model for model in vars(models).values() if hasattr(getattr(model, "objects", None), "for_bruger")]


def test_hver_ting_i_en_plan_kan_hentes_for_en_bruger():
    """Everything with a plan or a delaftale of its own, so that no view needs another way."""
    assert {m.__name__ for m in MED_FOR_BRUGER} == {
        "Afsnit", "Aktivitet", "Bilag", "Delaftale", "Delmaal", "EgetMaal", "Gruppe", "Helhedsplan", "Koblingstabel",
        "Lag", "Medlemskab", "Omraade", "Omtaltpapir", "Part", "Planmilepael", "Planparameter", "Risiko",
    }  # fmt: skip


@pytest.mark.parametrize("model", MED_FOR_BRUGER)
def test_for_bruger_viser_egne_og_skjuler_andres(model):
    mit, andres = verden(), verden()
    f.PlanparameterFactory(plan=mit.plan)
    f.PlanparameterFactory(plan=andres.plan)
    for rolle in ROLLER:
        mine = model.objects.for_bruger(mit.brugere[rolle])
        planer = {o.pk if model is Helhedsplan else o.plan.pk for o in mine}
        assert planer == {mit.plan.pk}
        assert mine.count() == len(set(mine.values_list("pk", flat=True))) > 0
    assert list(model.objects.for_bruger(mit.brugere["fremmed"])) == []


def test_for_bruger_viser_en_plan_en_gang_uanset_hvor_mange_der_er_med():
    plan = f.HelhedsplanFactory()
    medlemmer = f.MedlemskabFactory.create_batch(3, plan=plan)
    assert list(Helhedsplan.objects.for_bruger(medlemmer[0].bruger)) == [plan]


def test_en_forgaenger_man_ikke_er_med_i_foelger_ikke_med():
    v = verden()
    assert v.plan.forgaenger not in Helhedsplan.objects.for_bruger(v.brugere["leder"])
