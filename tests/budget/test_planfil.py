"""The section `budget` of a plan file: nothing is lost on the way, and nothing approved is changed by a file."""

import copy
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftaler.models import Helhedsplan
from aftaler.planfil import plan_som_data, skriv_plan
from budget.actions.budget import gem_celler, godkend_budget
from budget.models import Bidrag, Budget, Forbrug, Konto, Medfinansieringspulje
from budget.queries.indtastning import Indtastningscelle
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as fab
from tests.aftaler.planfil_data import REGELSAET, fil, indlaes

pytestmark = pytest.mark.django_db

GRUND = {
    "format": "helhedsplan-plan/1",
    "noegle": "ny",
    "navn": "Ny",
    "regelsaet": "proeve",
    "periode_fra": "2025-11-01",
    "periode_til": "2029-10-31",
    "organisationer": [
        {
            "noegle": "bolig",
            "navn": "Bolig",
            "art": "boligorganisation",
            "afdelinger": [{"nummer": "5", "navn": "Nord"}],
        },
        {"noegle": "kommunen", "navn": "Kommunen", "art": "kommune"},
    ],
    "indsatsomraader": ["job"],
    "delaftaler": [{"indsatsomraade": "job", "aktiviteter": [{"noegle": "fritidsjob", "navn": "Fritidsjob"}]}],
}
BUDGET = {
    "puljer": [
        {
            "noegle": "puljen",
            "organisation": "kommunen",
            "navn": "Puljen",
            "beloeb": "30000000",
            "fra_aar": 2025,
            "til_aar": 2028,
            "hoejst_andel": "12.5",
            "kilde": "Byrådet",
            "note": "To\nlinjer",
        }
    ],
    "faelles_konti": [{"noegle": "kantine", "navn": "Kantine", "kilde": "Byrådet", "verificeret": "kilde"}],
    "konti": [{"noegle": "sommerfest", "navn": "Sommerfest", "kilde": "Planens egen"}],
    "finansieringskilder": [
        {"noegle": "lbf", "navn": "Landsbyggefonden", "art": "lbf"},
        {
            "noegle": "afdelingen",
            "navn": "Afdelingen",
            "art": "afdeling",
            "lokal": True,
            "organisation": "bolig",
            "afdeling": "bolig/5",
            "gaelder_fra": "2026-11-01",
            "gaelder_til": "2029-10-31",
            "note": "Fra år 2",
        },
        {"noegle": "kommune", "navn": "Kommunen", "art": "kommune", "lokal": True, "organisation": "kommunen"},
    ],
    "satser": [
        {
            "noegle": "timer",
            "navn": "Timer",
            "art": "timer",
            "enhed": "time",
            "vaerdier": [
                {"gaelder_fra": "2025-01-01", "beloeb": "350", "kilde": "Bestyrelsen"},
                {"gaelder_fra": "2027-01-01", "beloeb": "375.5"},
            ],
        },
        {"noegle": "lokaler", "navn": "Lokaler", "art": "lokaler", "enhed": "m2"},
    ],
    "budgetter": [
        {
            "noegle": "ansoegt",
            "navn": "Ansøgt",
            "art": "ansoegt",
            "begrundelse": "Efter dialogmøde",
            "bidrag": [
                {"kilde": "lbf", "art": "kontant", "beloeb": "25000000", "afrundet_til": "100000", "note": "Oplyst"},
                {"kilde": "lbf", "art": "kontant", "planaar": 1, "delaftale": "job", "beloeb": "0.05"},
                {"kilde": "afdelingen", "art": "timer_og_lokaler", "planaar": 2, "beloeb": "100"},
            ],
        },
        {
            "noegle": "bevilget",
            "navn": "Bevilget",
            "art": "bevilget",
            "status": "godkendt",
            "godkendt_den": "2025-10-01",
            "grundlag": "ansoegt",
            "bidrag": [
                {"kilde": "lbf", "art": "kontant", "planaar": 1, "beloeb": "12500000"},
                {
                    "kilde": "kommune",
                    "art": "timer",
                    "planaar": 3,
                    "aktivitet": "job/fritidsjob",
                    "beloeb": "45247.75",
                    "maengde": "120.5",
                    "satsvaerdi": "timer/2027-01-01",
                },
            ],
            "udgifter": [
                {"konto": "kantine", "planaar": 1, "beloeb": "500"},
                {"konto": "loen", "planaar": 1, "delaftale": "job", "beloeb": "1000", "note": "Leder"},
                {"konto": "sommerfest", "beloeb": "7", "afrundet_til": "1"},
            ],
            "revisioner": [
                {
                    "nummer": 1,
                    "art": "rebudgettering",
                    "dato": "2026-11-01",
                    "status": "godkendt",
                    "godkendt_den": "2026-11-15",
                    "begrundelse": "Forsinket start",
                    "linjer": [
                        {"kilde": "lbf", "art": "kontant", "planaar": 1, "delta": "-1000000.5"},
                        {"kilde": "lbf", "art": "kontant", "planaar": 2, "delta": "1000000.5", "note": "Flyttet"},
                    ],
                },
                {
                    "nummer": 2,
                    "art": "aendring",
                    "dato": "2027-01-01",
                    "begrundelse": "Kladde",
                    "linjer": [{"konto": "loen", "planaar": 4, "aktivitet": "job/fritidsjob", "delta": "5"}],
                },
            ],
        },
        {"noegle": "hvis-nu", "navn": "Hvis nu", "art": "scenarie", "grundlag": "bevilget"},
    ],
    "forbrug": [
        {"aar": 2025, "kvartal": 4, "kilde": "lbf", "beloeb": "100.25"},
        {
            "aar": 2026,
            "kvartal": 1,
            "kilde": "kommune",
            "art": "timer",
            "konto": "loen",
            "delaftale": "job",
            "beloeb": "0",
            "note": "Intet",
        },
    ],
    "puljetilsagn": [{"pulje": "puljen", "bevilget": "1600000", "note": "Møde"}],
}


def plan(budget=BUDGET, **felter):
    return copy.deepcopy(GRUND | ({"budget": budget} if budget else {}) | felter)


def laest(*filer):
    indlaes(*filer)
    return plan_som_data(Helhedsplan.objects.get(noegle="ny"))


@pytest.fixture
def regelsaet():
    indlaes(REGELSAET)


def fejl(data):
    from aftaler.planfil import laes_filer

    return [(f.felt, f.besked) for f in laes_filer([fil(data)], bruger=PROGRAMMET).fejl]


def test_hver_noegle_kommer_med_ud_igen(regelsaet):
    assert laest(plan()) == plan()
    assert list(laest(plan())["budget"]) == list(BUDGET)


def test_genindlaesning_aendrer_intet(regelsaet):
    indlaes(plan())
    antal = Haendelse.objects.count()
    assert [u.hvad for u in indlaes(plan()).udfald] == ["uændret"]
    assert Haendelse.objects.count() == antal


def test_cellernes_orden_i_filen_er_ligegyldig(regelsaet):
    indlaes(plan())
    vendt = plan()
    for budget in vendt["budget"]["budgetter"]:
        for liste in ("bidrag", "udgifter"):
            budget.get(liste, []).reverse()
    vendt["budget"]["forbrug"].reverse()
    assert [u.hvad for u in indlaes(vendt).udfald] == ["uændret"]


def test_en_plan_uden_budget_har_ingen_sektion(regelsaet):
    assert "budget" not in laest(plan(None))
    assert Konto.objects.count() == 0


def test_en_fil_uden_sektionen_toemmer_kladder_men_ikke_det_godkendte(regelsaet):
    assert fejl(plan()) == []
    assert fejl(plan(None)) == [("budget", "Budgettet »bevilget« er godkendt og mangler i filen.")]
    assert Budget.objects.count() == 3
    kladder = plan()
    kladder["noegle"] = "anden"
    del kladder["budget"]["budgetter"][1:]
    assert fejl(kladder) == []
    assert fejl(kladder | {"budget": None}) == []
    anden = Helhedsplan.objects.get(noegle="anden")
    assert (anden.budgetter.count(), anden.forbrug.count(), anden.puljetilsagn.count()) == (0, 0, 0)


def test_puljer_og_faelles_konti_oprettes_men_rettes_ikke(regelsaet):
    indlaes(plan())
    assert (Medfinansieringspulje.objects.count(), Konto.objects.filter(plan=None).count()) == (1, 15)
    anden = plan(noegle="anden", navn="Anden")
    anden["budget"]["puljer"][0]["beloeb"] = "1"
    anden["budget"]["faelles_konti"][0]["navn"] = "Køkken"
    assert fejl(anden) == [
        (
            "budget.puljer[1].beloeb",
            "Puljen puljen er fælles for flere planer og har »30000000.00« her, ikke »1«. "
            "Ret filen, eller ret den på dens egen side.",
        ),
        (
            "budget.faelles_konti[1].navn",
            "Kontoen kantine er fælles for flere planer og har »Kantine« her, ikke »Køkken«. "
            "Ret filen, eller ret den på dens egen side.",
        ),
    ]


def aendret(*sti, til):
    data = plan()
    sted = data["budget"]
    for led in sti[:-1]:
        sted = sted[led]
    if til is None:
        del sted[sti[-1]]
    else:
        sted[sti[-1]] = til
    return data


@pytest.mark.parametrize(
    ("data", "felt", "besked"),
    [
        (
            aendret("budgetter", 1, "bidrag", 0, "beloeb", til="1"),
            "budget.budgetter[2]",
            "Er godkendt og kan ikke ændres af en fil.",
        ),
        (aendret("budgetter", 1, "navn", til="X"), "budget.budgetter[2]", "Er godkendt og kan ikke ændres af en fil."),
        (
            aendret("budgetter", 1, "revisioner", 0, "begrundelse", til="X"),
            "budget.budgetter[2].revisioner[1]",
            "Er godkendt og kan ikke ændres af en fil.",
        ),
        (
            aendret("budgetter", 1, "revisioner", 0, til=None),
            "budget.budgetter[2].revisioner",
            "Revision 1 er godkendt og mangler i filen.",
        ),
        (
            aendret("finansieringskilder", 2, "lokal", til=False),
            "budget.finansieringskilder[3].lokal",
            "Kilden indgår i et godkendt budget og kan ikke ændres.",
        ),
    ],
)
def test_det_godkendte_staar_fast(regelsaet, data, felt, besked):
    indlaes(plan())
    foer = Haendelse.objects.count()
    assert fejl(data) == [(felt, besked)]
    assert Haendelse.objects.count() == foer


def test_en_sats_som_et_godkendt_budget_er_regnet_med_staar_fast(regelsaet):
    indlaes(plan())
    data = aendret("satser", 0, "vaerdier", 1, "beloeb", til="400")
    assert [felt for felt, _ in fejl(data)] == [
        "budget.satser[1].vaerdier[2].beloeb",
        "budget.budgetter[2].bidrag[2].beloeb",
    ]
    data["budget"]["budgetter"][1]["bidrag"][1]["beloeb"] = "48200"
    assert [felt for felt, _ in fejl(data)] == ["budget.satser[1].vaerdier[2].beloeb", "budget.budgetter[2]"]


@pytest.mark.parametrize(
    ("data", "felt", "besked"),
    [
        (aendret("ukendt", til=[]), "budget.ukendt", "Nøglen kendes ikke. Her kan stå"),
        (
            aendret("budgetter", 0, "bidrag", 0, "kilde", til="x"),
            "budget.budgetter[1].bidrag[1].kilde",
            "»x« står ikke",
        ),
        (
            aendret("budgetter", 0, "bidrag", 0, "beloeb", til="-1"),
            "budget.budgetter[1].bidrag[1].beloeb",
            "mellem 0 og",
        ),
        (
            aendret("budgetter", 0, "bidrag", 0, "maengde", til="2"),
            "budget.budgetter[1].bidrag[1]",
            "Kun medarbejdertimer",
        ),
        (
            aendret("budgetter", 0, "bidrag", 1, "aktivitet", til="job/fritidsjob"),
            "budget.budgetter[1].bidrag[2].aktivitet",
            "enten en aktivitet eller en delaftale",
        ),
        (
            aendret("budgetter", 1, "bidrag", 1, "beloeb", til="1"),
            "budget.budgetter[2].bidrag[2].beloeb",
            "ikke maengde gange",
        ),
        (
            aendret("budgetter", 1, "udgifter", 0, "konto", til="x"),
            "budget.budgetter[2].udgifter[1].konto",
            "findes ikke",
        ),
        (
            aendret("budgetter", 1, "revisioner", 0, "linjer", 0, "delta", til="-5"),
            "budget.budgetter[2].revisioner[1].linjer",
            "skal lægges i et senere",
        ),
        (
            aendret("budgetter", 1, "revisioner", 1, "linjer", 0, "art", til="kontant"),
            "budget.budgetter[2].revisioner[2].linjer[1]",
            "enten en kilde",
        ),
        (aendret("budgetter", 0, "grundlag", til="bevilget"), "budget.budgetter[1].grundlag", "bygge på sig selv"),
        (aendret("budgetter", 0, "art", til="bevilget"), "budget.budgetter[2].art", "allerede et bevilget budget"),
        (aendret("puljer", 0, "organisation", til="bolig"), "budget.puljer[1].organisation", "hører til en kommune"),
        (aendret("finansieringskilder", 0, "lokal", til=True), "budget.finansieringskilder[1].lokal", "ikke lokal"),
        (plan(budget=["x"]), "budget", "Her skal stå nøgler med kolon efter."),
    ],
)
def test_fejl_med_sted(regelsaet, data, felt, besked):
    fundne = fejl(data)
    assert any(f.startswith(felt) and besked in b for f, b in fundne), fundne
    assert not Helhedsplan.objects.exists()


def test_en_aktivitet_forsvinder_sammen_med_sine_beloeb(regelsaet):
    data = plan()
    del data["budget"]["budgetter"][1:]
    data["budget"]["budgetter"][0]["bidrag"].append(
        {"kilde": "lbf", "art": "kontant", "planaar": 2, "aktivitet": "job/fritidsjob", "beloeb": "5"}
    )
    indlaes(data)
    del data["delaftaler"][0]["aktiviteter"]
    data["budget"]["budgetter"][0]["bidrag"].pop()
    assert fejl(data) == []
    assert not Bidrag.objects.filter(planaar=2, kilde__noegle="lbf").exists()


def test_gitterets_gem_og_filen_er_enige(regelsaet):
    data = plan()
    del data["budget"]["budgetter"][1:]
    indlaes(data)
    budget = Budget.objects.get(noegle="ansoegt")
    bruger = fab.MedlemskabFactory(plan=budget.plan).bruger
    celle = Indtastningscelle("kommune", "timer", "job/fritidsjob", 3, maengde="120,5", sats="timer")
    gem_celler(bruger=bruger, budget=budget, version=budget.version, celler=[celle])
    tekst = skriv_plan(budget.plan)
    assert [u.hvad for u in indlaes(tekst).udfald] == ["uændret"]
    godkend_budget(
        bruger=bruger,
        budget=budget,
        dato=date(2025, 1, 1),
        version=None,
        dato_grund="Skrevet af efter papiret.",
        grund="Resten skrives ind senere.",
    )
    assert [u.hvad for u in indlaes(skriv_plan(budget.plan)).udfald] == ["uændret"]


def test_eksemplet_i_dokumentet_kan_indlaeses():
    tekst = (Path(django_settings.BASE_DIR) / "docs" / "planfil.md").read_text(encoding="utf-8")
    blokke = [blok.partition("```")[0] for blok in tekst.split("```yaml\n")[1:]]
    planfil, sektion, regelsaet = (
        next(b for b in blokke if b.startswith(start)) for start in ("format: h", "budget:", "format: helhedsplan-r")
    )
    hele = yaml.safe_load(planfil) | yaml.safe_load(sektion)
    for ukendt in ("forgaenger", "kommer_af", "behandlinger", "faelles", "samarbejdsaftale", "kommissorium", "bilag"):
        hele.pop(ukendt, None)
    del hele["delaftaler"][0]["aktiviteter"][0]["fortsaetter"]
    for tilsagn in hele["budget"]["puljetilsagn"]:
        tilsagn.pop("faelles_med", None)  # another plan, as those above
    indlaes(regelsaet, hele)
    skrevet = plan_som_data(Helhedsplan.objects.get(noegle=hele["noegle"]))["budget"]
    assert list(skrevet) == list(hele["budget"])
    assert skrevet["budgetter"][0]["bidrag"][1]["satsvaerdi"] == "paedagogtimer/2025-01-01"
    indlaes(hele | {"budget": skrevet})


# --- arbitrary budgets ----------------------------------------------------------------------------------------------

BELOEB = st.decimals(0, 10**9, places=2).map(lambda d: f"{d.normalize():f}" if d else "0")
STEDER = st.sampled_from([{}, {"delaftale": "job"}, {"aktivitet": "job/fritidsjob"}])
AAR = st.sampled_from([{}, *({"planaar": aar} for aar in range(1, 6))])
KILDER = ["lbf", "afdelingen", "kommune"]
ARTER = ["kontant", "timer", "lokaler", "timer_og_lokaler"]


def celler(hvem):
    """Cells in places of their own, in the order a file has them."""
    sted = st.tuples(hvem, AAR, STEDER)
    unikke = st.lists(sted, max_size=8, unique_by=repr)
    ekstra = st.fixed_dictionaries(
        {"beloeb": BELOEB}, optional={"afrundet_til": st.sampled_from(["1000", "0.5"]), "note": st.just("Note")}
    )
    return unikke.flatmap(
        lambda steder: st.tuples(*(ekstra.map(lambda e, s=s: s[0] | s[1] | s[2] | e) for s in steder))
    )


BIDRAG = st.tuples(st.sampled_from(KILDER), st.sampled_from(ARTER)).map(lambda p: {"kilde": p[0], "art": p[1]})
UDGIFTER = st.sampled_from(["loen", "kantine", "sommerfest"]).map(lambda konto: {"konto": konto})
SCENARIER = st.lists(
    st.fixed_dictionaries({"bidrag": celler(BIDRAG).map(list), "udgifter": celler(UDGIFTER).map(list)}),
    min_size=1,
    max_size=3,
)


@contextmanager
def tom_database():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def med_scenarier(scenarier):
    data = plan()
    data["budget"]["budgetter"] = [
        {"noegle": f"s{nr}", "navn": f"S {nr}", "art": "scenarie", **s} for nr, s in enumerate(scenarier)
    ]
    data["budget"]["faelles_konti"] = BUDGET["faelles_konti"]
    return data


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(foer=SCENARIER, efter=SCENARIER)
def test_ethvert_budget_kommer_uskadt_igennem_og_kan_blive_til_ethvert_andet(regelsaet, foer, efter):
    with tom_database():
        indlaes(med_scenarier(efter))
        oensket = skriv_plan(Helhedsplan.objects.get(noegle="ny"))
        summer = {b.noegle: sum((c.beloeb for c in b.bidrag.all()), Decimal(0)) for b in Budget.objects.all()}
        assert summer == {
            f"s{nr}": sum((Decimal(b["beloeb"]) for b in s["bidrag"]), Decimal(0)) for nr, s in enumerate(efter)
        }
    with tom_database():
        indlaes(oensket)
        assert skriv_plan(Helhedsplan.objects.get(noegle="ny")) == oensket
    with tom_database():
        indlaes(med_scenarier(foer))
        indlaes(oensket)
        assert skriv_plan(Helhedsplan.objects.get(noegle="ny")) == oensket
        assert [u.hvad for u in indlaes(oensket).udfald] == ["uændret"]
        assert Forbrug.objects.count() == 2


def test_en_fil_har_ingen_godkendelse_fra_foer_planen(regelsaet):
    data = aendret("budgetter", 1, "godkendt_den", til="1900-01-01")
    assert fejl(data) == [
        (
            "budget.budgetter[2].godkendt_den",
            "Planen begynder 1. november 2025, så dagen kan tidligst være 1. november 2023.",
        )
    ]
