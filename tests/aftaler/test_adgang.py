"""Who may do what: roles in code, plans by membership, organisations by all the plans that use them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from aftaler import models
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import (
    kan,
    kan_oprette_plan,
    kan_rette_organisation,
    kan_skrive,
    personer_med,
    planer_uden_leder,
    rolle_i,
    tjek,
    tjek_kan_oprette_plan,
)
from helhedsplan import rettigheder
from helhedsplan.rettigheder import PROGRAMMET, ROLLER, Rettighed, roller_med
from tests import factories as f
from tests.verden import verden

pytestmark = pytest.mark.django_db
LAES = {"papirer", "se_fag", "se", "budget"}
SKRIV = {*LAES, "historik", "mailadresser", "deltag", "ret_eget", "ret_budget", "ret"}
#: Written once more, so that a right does not slip in with another.
RETTIGHEDER = {
    "leder": {*SKRIV, "styr"},
    "sekretariat": SKRIV,
    "oekonomi": {*LAES, "ret_budget"},
    "bestyrelse": {*LAES, "deltag"},
    "revisor": {*LAES, "historik", "mailadresser"},
    "observatoer": LAES,
    "fagcenter": {"se_fag", "ret_eget"},
    "lbf": {"papirer"},
}


def test_en_rolle_giver_sine_rettigheder_og_ikke_flere():
    plan, har = f.HelhedsplanFactory(), {}
    for rolle in ROLLER:
        bruger = f.MedlemskabFactory(plan=plan, rolle=rolle).bruger
        assert rolle_i(bruger, plan) == rolle
        har[rolle] = {r.value for r in Rettighed if kan(bruger, r, plan)}
    assert har == RETTIGHEDER
    assert set(rettigheder.RETTIGHEDER) == set(Rettighed), "hver rettighed har sine ord"


def test_hvem_der_ser_hele_planen_ser_ogsaa_beloeb():
    """The papers hold sums: who may not see the budget must not have them."""
    assert set(roller_med(Rettighed.SE)) == set(roller_med(Rettighed.SE, Rettighed.BUDGET))


def test_en_rolle_gaelder_fra_sin_foerste_dag_til_sin_sidste():
    """Asked at each request: what ended yesterday gives nothing today, nor what begins tomorrow."""
    i_dag = timezone.localdate()
    i_morgen, i_gaar = i_dag + timedelta(days=1), i_dag - timedelta(days=1)
    giver = {
        (None, None): True,
        (i_dag, i_dag): True,
        (i_gaar, i_morgen): True,
        (None, i_gaar): False,
        (i_morgen, None): False,
    }
    for (fra, til), ventet in giver.items():
        medlem = f.MedlemskabFactory(rolle="leder", fra=fra, til=til)
        delmaal = f.DelmaalFactory(delaftale__plan=medlem.plan)
        assert kan(medlem.bruger, Rettighed.SE, medlem.plan) is ventet, (fra, til)
        assert list(Helhedsplan.objects.for_bruger(medlem.bruger)) == [medlem.plan] * ventet
        assert list(models.Delmaal.objects.for_bruger(medlem.bruger)) == [delmaal] * ventet
        assert (medlem.bruger in personer_med(medlem.plan)) is ventet
        assert kan_oprette_plan(medlem.bruger) is ventet
        assert (medlem.plan in planer_uden_leder()) is not ventet
        assert medlem.gaelder is ventet


def test_fagcentret_skriver_sit_eget_og_intet_andet():
    egen, andens = f.DelaftaleFactory(), f.AktivitetFactory()
    enkelt = f.AktivitetFactory(delaftale__plan=egen.plan)
    nabo = f.AktivitetFactory(delaftale=enkelt.delaftale)
    medlem = f.MedlemskabFactory(plan=egen.plan, rolle="fagcenter", delaftaler=[egen], aktiviteter=[enkelt])
    mit = [egen, f.AktivitetFactory(delaftale=egen), f.DelmaalFactory(delaftale=egen), enkelt]
    ikke_mit = [
        egen.plan,
        enkelt.delaftale,
        nabo,
        andens,
        andens.delaftale,
        f.DelmaalFactory(delaftale=enkelt.delaftale),
    ]
    assert [kan_skrive(medlem.bruger, ting) for ting in mit] == [True] * 4
    assert [kan_skrive(medlem.bruger, ting) for ting in ikke_mit] == [False] * 6
    medlem.rolle = "observatoer"
    medlem.save()
    assert not any(kan_skrive(medlem.bruger, ting) for ting in mit), "det er rollen, der giver ret til sit eget"


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
    medlem = f.MedlemskabFactory(rolle="observatoer")
    tjek(medlem.bruger, Rettighed.SE, medlem.plan)
    with pytest.raises(PermissionDenied, match="Spørg planens leder"):
        tjek(medlem.bruger, Rettighed.RET, medlem.plan)


def test_nye_planer_begyndes_af_dem_der_skriver_en():
    brugere = {rolle: f.MedlemskabFactory(rolle=rolle).bruger for rolle in ROLLER}
    assert {rolle for rolle, bruger in brugere.items() if kan_oprette_plan(bruger)} == {"leder", "sekretariat"}
    with pytest.raises(PermissionDenied, match="leder eller sekretariat i en anden"):
        tjek_kan_oprette_plan(brugere["oekonomi"])


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
@pytest.mark.parametrize("rolle", ["leder", "sekretariat", "bestyrelse", "observatoer", None])
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
        if rolle in {"fagcenter", "lbf"}:  # what they may have is asked for by name
            assert list(mine) == []
            continue
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
