"""Revisions: deltas with a reason, that hold what their kind says, and stay as they are once approved."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from budget.actions.revision import (
    Revisionsaendring,
    bestyrelsen_har_besluttet,
    gem_revisionslinjer,
    godkend_revision,
    opret_revision,
    ret_revision,
    slet_revision,
)
from budget.choices import Budgetart, Revisionsart
from budget.models import Revision, Revisionslinje
from budget.queries.celler import celler, indhold
from budget.queries.revisioner import fejl_i, revisioner
from budget.queries.virkning import virkning
from budget.rules.niveau import Beslutning
from helhedsplan.formats import kort_dato
from helhedsplan.models import Haendelse
from tests import factories as fab
from tests.budget.data import parameter, skriver

pytestmark = pytest.mark.django_db
DATO = date(2026, 11, 15)
BESLUTTET = Beslutning(DATO, "Referatet, punkt 4", DATO, "Brev 12")


@pytest.fixture
def budget():
    budget = fab.BudgetFactory(godkendt=True)
    plan = budget.plan
    lbf = fab.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf")
    kommune = fab.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Kommunen")
    loen = fab.KontoFactory(regelsaet=plan.regelsaet, noegle="loen", navn="Løn")
    for aar in (1, 2):
        fab.BidragFactory(budget=budget, kilde=lbf, planaar=aar, beloeb=Decimal(1000))
        fab.BidragFactory(budget=budget, kilde=kommune, planaar=aar, beloeb=Decimal(100))
        fab.UdgiftFactory(budget=budget, konto=loen, planaar=aar, beloeb=Decimal(1100))
    for dag in (DATO, date(2026, 11, 14)):  # the board's items that the decisions stand on
        fab.AfgoerelseFactory(punkt__moede__plan=plan, dato=dag)
    return budget


@pytest.fixture
def bruger(budget):
    return skriver(budget.plan)


def ny(budget, bruger, art, *linjer):
    revision = Revision(budget=budget, art=art, dato=date(2026, 11, 1), begrundelse="Fordi")
    opret_revision(bruger=bruger, revision=revision)
    if linjer:
        gem_revisionslinjer(bruger=bruger, revision=revision, linjer=linjer, version=revision.version)
    return revision


def lbf(delta, planaar=1, **felter):
    return Revisionsaendring(kilde="lbf", art="kontant", delta=delta, planaar=planaar, **felter)


def loen(delta, planaar=1):
    return Revisionsaendring(konto="loen", delta=delta, planaar=planaar)


def test_numre_og_kun_til_et_godkendt_bevilget_budget(budget, bruger):
    assert [ny(budget, bruger, "aendring").nummer, ny(budget, bruger, "aendring").nummer] == [1, 2]
    kladde = fab.BudgetFactory(plan=budget.plan, art=Budgetart.ANSOEGT)
    with pytest.raises(ValidationError, match="Kun et godkendt bevilget budget"):
        ny(kladde, bruger, "aendring")
    with pytest.raises(PermissionDenied):
        ny(budget, fab.MedlemskabFactory(plan=budget.plan, rolle="bestyrelse").bruger, "aendring")


@pytest.mark.parametrize(
    ("art", "linjer", "fejl"),
    [
        (Revisionsart.OMBUDGETTERING, [lbf("-400"), lbf("400", 2)], []),
        (Revisionsart.OMBUDGETTERING, [loen("-400"), loen("400", 2)], []),
        (
            Revisionsart.OMBUDGETTERING,
            [lbf("-400,50"), lbf("400", 2)],
            ["En ombudgettering flytter penge og ændrer ikke summen: finansieringen får 0,50\u00a0kr. for lidt."],
        ),
        (
            Revisionsart.OMBUDGETTERING,
            [lbf("-400"), loen("400")],
            [
                "En ombudgettering flytter penge og ændrer ikke summen: finansieringen får 400,00\u00a0kr. for lidt.",
                "En ombudgettering flytter penge og ændrer ikke summen: udgifterne får 400,00\u00a0kr. for meget.",
            ],
        ),
        (Revisionsart.REBUDGETTERING, [lbf("-400"), lbf("300", 2), lbf("100", 3), loen("-1"), loen("1", 4)], []),
        (
            Revisionsart.REBUDGETTERING,
            [lbf("400"), lbf("-400", 2)],
            [
                "Landsbyggefonden, kontant, Fælles: en rebudgettering flytter penge til et senere år, "
                "ikke til et tidligere."
            ],
        ),
        (
            Revisionsart.REBUDGETTERING,
            [lbf("-400"), Revisionsaendring(kilde="kommune", art="kontant", delta="400", planaar=2)],
            [
                "Landsbyggefonden, kontant, Fælles: det, der tages fra et år, skal lægges i et senere. "
                "Forskellen er −400,00\u00a0kr.",
                "Kommunen, kontant, Fælles: det, der tages fra et år, skal lægges i et senere. "
                "Forskellen er 400,00\u00a0kr.",
            ],
        ),
        (
            Revisionsart.REBUDGETTERING,
            [lbf("400", None)],
            ["Landsbyggefonden, kontant, Fælles: sig, hvilket planår pengene kommer fra eller går til."],
        ),
        (Revisionsart.AENDRING, [lbf("1 mio.", 3)], []),
        (
            Revisionsart.AENDRING,
            [lbf("-1.000,01")],
            ["Landsbyggefonden, kontant, Fælles, år 1: der er 1.000,00\u00a0kr., så 1.000,01\u00a0kr. kan ikke tages."],
        ),
        (Revisionsart.AENDRING, [], ["Revisionen har ingen ændringer endnu."]),
    ],
)
def test_hvad_en_revision_skal_holde(budget, bruger, art, linjer, fejl):
    revision = ny(budget, bruger, art, *linjer)
    assert [f.replace("..", ".") for f in fejl_i(revision)] == fejl
    assert revisioner(budget)[0].fejl == tuple(fejl_i(revision))
    if fejl:
        with pytest.raises(ValidationError) as afvist:
            godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None)
        assert afvist.value.messages == fejl_i(revision)
    else:
        assert godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None, beslutning=BESLUTTET)


def test_fejl_i_linjerne_paa_en_gang_og_intet_gemt(budget, bruger):
    revision = ny(budget, bruger, "aendring", lbf("5"))
    forkert = [
        lbf("mange"),
        lbf("0"),
        lbf("5", 5),
        Revisionsaendring(delta="5", planaar=1),
        Revisionsaendring(kilde="x", art="kontant", delta="5", planaar=1),
        Revisionsaendring(kilde="lbf", delta="5", planaar=1),
        Revisionsaendring(konto="x", delta="5", planaar=1),
        lbf("5", formaal="x"),
        lbf("7", 2),
        lbf("8", 2),
        lbf("5", note="010190-1234"),
    ]
    with pytest.raises(ValidationError) as fejl:
        gem_revisionslinjer(bruger=bruger, revision=revision, linjer=forkert, version=revision.version)
    assert {noegle: besked[0][:40] for noegle, besked in fejl.value.message_dict.items()} == {
        "linje-1": "»mange« kan ikke læses som et tal. Skriv",
        "linje-2": "Ændringen er 0. Tag linjen ud.",
        "linje-3": "År 5 ligger uden for planens periode, so",
        "linje-4": "Vælg enten en finansieringskilde eller e",
        "linje-5": "Finansieringskilden »x« findes ikke i pl",
        "linje-6": "Vælg, om bidraget er kontant, timer elle",
        "linje-7": "Kontoen »x« findes ikke.",
        "linje-8": "Formålet »x« findes ikke i planen.",
        "linje-10": "Linjen ændrer samme celle som linje 9.",
        "linje-11": fejl.value.message_dict["linje-11"][0][:40],
    }
    assert [linje.delta for linje in Revisionslinje.objects.all()] == [5]


def test_linjer_logges_samlet_og_kun_naar_noget_er_aendret(budget, bruger):
    revision = ny(budget, bruger, "aendring", lbf("-5", note="n"), loen("\u22125"))
    sidste = Haendelse.objects.om(revision).order_by("pk").last()
    assert [(a["foer"], a["efter"]) for a in sidste.aendringer] == [
        (
            [],
            [
                "Landsbyggefonden, kontant, Fælles, år 1: −5,00\u00a0kr. · n",
                "Løn, Fælles, år 1: −5,00\u00a0kr.",
            ],
        )
    ]
    antal = Haendelse.objects.count()
    ens = [lbf(Decimal(-5), note="n"), loen(Decimal(-5))]
    assert not gem_revisionslinjer(bruger=bruger, revision=revision, linjer=ens, version=revision.version)
    assert Haendelse.objects.count() == antal


def test_det_gamle_budget_bliver_staaende_og_det_reviderede_foelger(budget, bruger):
    foer = celler(budget)
    revision = ny(budget, bruger, Revisionsart.REBUDGETTERING, lbf("-400"), lbf("400", 2))
    assert indhold(budget, dato=DATO)[0] == foer
    godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=revision.version)
    assert celler(budget) == foer
    revideret = {n.planaar: v.beloeb for n, v in indhold(budget, dato=DATO)[0].items() if v.beloeb in (600, 1400)}
    assert revideret == {1: 600, 2: 1400}
    assert indhold(budget, dato=date(2026, 10, 31))[0] == foer
    naeste = ny(budget, bruger, Revisionsart.AENDRING, lbf("-601"))
    assert fejl_i(naeste) == [
        "Landsbyggefonden, kontant, Fælles, år 1: der er 600,00\u00a0kr., så 601,00\u00a0kr. kan ikke tages."
    ]


def test_godkendt_er_laast(budget, bruger):
    revision = ny(budget, bruger, Revisionsart.AENDRING, lbf("5"))
    godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None, beslutning=BESLUTTET)
    for handling in (
        lambda: ret_revision(bruger=bruger, revision=revision, felter={"begrundelse": "X"}, version=None),
        lambda: gem_revisionslinjer(bruger=bruger, revision=revision, linjer=[], version=None),
        lambda: godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None),
        lambda: slet_revision(bruger=bruger, revision=revision),
    ):
        with pytest.raises(ValidationError) as fejl:
            handling()
        assert fejl.value.code == "laast"
    assert Revision.objects.get().begrundelse == "Fordi"


def test_en_kladde_kan_slettes(budget, bruger):
    revision = ny(budget, bruger, Revisionsart.AENDRING, lbf("5"))
    slet_revision(bruger=bruger, revision=revision)
    assert not Revision.objects.exists()


# --- who must have decided ------------------------------------------------------------------------------------------


def flyt(beloeb):
    return [lbf(f"-{beloeb}"), Revisionsaendring(kilde="kommune", art="kontant", delta=beloeb, planaar=1)]


def test_penge_mellem_kilder_godkendes_ikke_med_en_dato_alene(budget, bruger):
    parameter(budget.plan, "lokal_min_pct", 25)
    revision = ny(budget, bruger, Revisionsart.OMBUDGETTERING, *flyt("100"))
    with pytest.raises(ValidationError) as afvist:
        godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None)
    assert set(afvist.value.message_dict) == {"bestyrelse_den", "bestyrelse_kilde", "__all__"}
    (hvorfor,) = afvist.value.message_dict["__all__"]
    assert "Landsbyggefonden −100" in hvorfor
    assert "kr og" not in hvorfor, "the first amount has its full stop too"
    assert "kr.. " not in hvorfor
    assert "Kommunen +100" in hvorfor
    v = virkning(revision)
    assert (v.foer.andel_i_ord, v.efter.andel_i_ord) == ("9,09\u00a0%", "13,64\u00a0%")
    assert (v.foer.lokal_kontant, v.efter.lokal_kontant) == (200, 300)
    i_morgen = Beslutning(timezone.localdate() + timedelta(days=1), "Referatet")
    with pytest.raises(ValidationError, match="fremtiden"):
        godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None, beslutning=i_morgen)
    alene = Beslutning(DATO, "Referatet, punkt 4")
    assert godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None, beslutning=alene)
    gemt = Revision.objects.get()
    assert (gemt.bestyrelse_den, gemt.bestyrelse_kilde, gemt.lbf_den) == (DATO, "Referatet, punkt 4", None)


def test_graensen_for_stoerre_aendringer_er_en_parameter(budget, bruger):
    revision = ny(budget, bruger, Revisionsart.OMBUDGETTERING, *flyt("220"))
    assert virkning(revision).niveau.flyttet_pct == 10
    alene = Beslutning(DATO, "Referatet, punkt 4")
    with pytest.raises(ValidationError) as afvist:
        godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None, beslutning=alene)
    assert set(afvist.value.message_dict) == {"lbf_den", "lbf_kilde", "__all__"}
    parameter(budget.plan, "revision_stor_pct", "10.001")
    assert godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None, beslutning=alene)


@pytest.mark.parametrize(
    "linjer",
    [[lbf("-400"), lbf("400", 2)], [loen("-400"), loen("400", 2)]],
)
def test_det_der_bliver_hos_samme_kilde_kraever_ingen_beslutning(budget, bruger, linjer):
    revision = ny(budget, bruger, Revisionsart.OMBUDGETTERING, *linjer)
    assert virkning(revision).niveau.hvorfor == ""
    assert godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None)


def test_samme_kilde_med_faerre_kontanter_kraever_en_beslutning(budget, bruger):
    linjer = [
        Revisionsaendring(kilde="kommune", art="kontant", delta="-50", planaar=1),
        Revisionsaendring(kilde="kommune", art="timer", delta="50", planaar=1),
    ]
    revision = ny(budget, bruger, Revisionsart.OMBUDGETTERING, *linjer)
    assert "Kommunen −50" in virkning(revision).niveau.hvorfor
    assert "kr. kontant. Derfor" in virkning(revision).niveau.hvorfor.replace("\u00a0", " ")
    with pytest.raises(ValidationError):
        godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None)


def test_bestyrelsens_beslutning_noteres_mens_landsbyggefondens_ventes(budget, bruger):
    revision = ny(budget, bruger, Revisionsart.OMBUDGETTERING, *flyt("500"))
    assert not bestyrelsen_har_besluttet(bruger=bruger, revision=revision, dato=DATO, kilde="Referatet")
    gemt = Revision.objects.get()
    assert (gemt.status, gemt.bestyrelse_den, gemt.bestyrelse_kilde) == ("kladde", DATO, "Referatet")


def test_siden_viser_virkningen_foer_der_godkendes(budget, bruger, client):
    parameter(budget.plan, "lokal_min_pct", 25)
    revision = ny(budget, bruger, Revisionsart.OMBUDGETTERING, *flyt("100"))
    client.force_login(bruger)
    url = reverse("revision-godkend", args=[budget.plan.noegle, revision.pk])
    side = client.get(url).content.decode()
    assert "9,09\u00a0%" in side
    assert "13,64\u00a0%" in side
    assert 'name="lbf_den"' not in side
    svar = client.post(url, {"dato": "15.11.2026", "version": revision.version})
    assert svar.status_code == 422
    assert "Skriv dagen, hvor bestyrelsen har besluttet revisionen." in svar.content.decode()
    data = {"dato": "15.11.2026", "bestyrelse_den": "14.11.2026", "bestyrelse_kilde": "Punkt 4"}
    andet = {"bestyrelse_den": "13.11.2026", "version": revision.version}
    svar = client.post(url, data | andet)
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["bestyrelse_den", "__all__"])
    assert "har ingen beslutning fra bestyrelsen 13. november 2026" in svar.content.decode()
    assert client.post(url, data | {"version": revision.version}).status_code == 302
    assert "Punkt 4" in client.get(reverse("budget-revisioner", args=[budget.plan.noegle])).content.decode()


def test_en_godkendelse_i_fremtiden_afvises_ved_feltet(budget, bruger, client):
    revision = ny(budget, bruger, Revisionsart.OMBUDGETTERING, *flyt("100"))
    client.force_login(bruger)
    url = reverse("revision-godkend", args=[budget.plan.noegle, revision.pk])
    i_morgen = kort_dato(timezone.localdate() + timedelta(days=1))
    data = {"dato": i_morgen, "bestyrelse_den": "14.11.2026", "bestyrelse_kilde": "Punkt 4"}
    svar = client.post(url, data | {"version": revision.version})
    assert svar.status_code == 422
    assert svar.context["form"].errors == {"dato": ["Godkendelsen kan ikke ligge i fremtiden."]}
    assert f'value="{i_morgen}"' in svar.content.decode()
    assert Revision.objects.get().status == "kladde"
    data["dato"] = kort_dato(timezone.localdate())
    assert client.post(url, data | {"version": revision.version}).status_code == 302


def test_penge_der_foerst_kommer_senere_kan_ikke_tages(budget, bruger):
    """Several revisions in time: each cell holds on every day, not only when all of them apply."""
    senere = ny(budget, bruger, Revisionsart.AENDRING, lbf("5000"))
    Revision.objects.filter(pk=senere.pk).update(dato=date(2027, 6, 1))
    godkend_revision(bruger=bruger, revision=senere, dato=DATO, version=None, beslutning=BESLUTTET)
    nu = ny(budget, bruger, Revisionsart.AENDRING, lbf("-1.500"))
    assert fejl_i(nu) == [
        "Landsbyggefonden, kontant, Fælles, år 1: der er 1.000,00\u00a0kr., så 1.500,00\u00a0kr. kan ikke tages."
    ]


def test_the_effect_of_an_approved_revision_is_reckoned_on_what_had_been_approved_then(budget, bruger):
    foerst, anden = (ny(budget, bruger, Revisionsart.AENDRING, lbf("100", planaar=aar)) for aar in (1, 2))
    godkend_revision(bruger=bruger, revision=anden, dato=DATO, version=None, beslutning=BESLUTTET)
    da = virkning(Revision.objects.get(pk=anden.pk))
    assert da.efter.i_alt - da.foer.i_alt == 100
    senere = DATO + timedelta(days=1)
    godkend_revision(bruger=bruger, revision=foerst, dato=senere, version=None, beslutning=BESLUTTET)
    nu = virkning(Revision.objects.get(pk=anden.pk))
    assert (nu.foer.i_alt, nu.efter.i_alt, nu.navn) == (da.foer.i_alt, da.efter.i_alt, da.navn)
    assert virkning(Revision.objects.get(pk=foerst.pk)).foer.i_alt == da.efter.i_alt


@pytest.mark.parametrize("hvem", ["bestyrelsens beslutning", "Landsbyggefondens godkendelse"])
def test_a_revision_is_not_approved_before_it_is_decided(budget, bruger, hvem):
    revision = ny(budget, bruger, Revisionsart.AENDRING, lbf("5000"))
    foer = DATO - timedelta(days=1)
    b = BESLUTTET if hvem.startswith("best") else replace(BESLUTTET, bestyrelse_den=foer)
    fab.AfgoerelseFactory(punkt__moede__plan=budget.plan, dato=foer)
    with pytest.raises(ValidationError) as fejl:
        godkend_revision(bruger=bruger, revision=revision, dato=foer, version=None, beslutning=b)
    assert list(fejl.value.message_dict) == ["dato"]
    assert hvem in fejl.value.message_dict["dato"][0]
    assert godkend_revision(bruger=bruger, revision=revision, dato=DATO, version=None, beslutning=b)


@pytest.mark.parametrize("dag", [date(1900, 1, 1), date(2025, 9, 30)])
@pytest.mark.parametrize("felt", ["dato", "bestyrelse_den", "lbf_den"])
def test_intet_er_besluttet_foer_der_var_et_budget(budget, bruger, felt, dag):
    fab.AfgoerelseFactory(punkt__moede__plan=budget.plan, dato=dag)
    revision = ny(budget, bruger, Revisionsart.AENDRING, lbf("1 mio.", 3))
    beslutning = BESLUTTET if felt == "dato" else replace(BESLUTTET, **{felt: dag})
    with pytest.raises(ValidationError) as fejl:
        godkend_revision(
            bruger=bruger,
            revision=revision,
            dato=dag if felt == "dato" else DATO,
            version=None,
            beslutning=beslutning,
        )
    besked = "Budgettet er godkendt 1. oktober 2025, så det kan først ændres fra den dag."
    assert besked in fejl.value.message_dict[felt]
