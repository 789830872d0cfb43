"""What is hidden: small counts, those they can be computed from, and nothing else."""

from decimal import Decimal
from itertools import product

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.udgivne import gem_udgivne_tal
from indikatorer.choices import Enhed, Maaletilstand, Stedart
from indikatorer.models import Maaling, UdgivetTal
from indikatorer.queries.tal import maa_se_skjulte, tal_for
from indikatorer.rules.celle import Celle
from indikatorer.rules.diskretion import skjulte
from indikatorer.rules.perioder import periode
from tests.factories import (
    AfdelingFactory,
    BrugerFactory,
    IndikatorFactory,
    MaalingFactory,
    MedlemskabFactory,
    OmraadeFactory,
    PlanparameterFactory,
    RegelparameterFactory,
    StedFactory,
)

GRAENSE = 5
TID = (2024, "")


def celle(noegle: str = "a", **felter) -> Celle:
    return Celle(**{"noegle": noegle, "indikator": "i", "sted": noegle, "tid": TID} | felter)


@pytest.mark.parametrize(
    ("felter", "skjult"),
    [
        ({"antal": 0}, False),
        ({"antal": 1}, True),
        ({"antal": 4}, True),
        ({"antal": 5}, False),
        ({"antal": 96, "grundlag": 100}, True),
        ({"antal": 95, "grundlag": 100}, False),
        ({"antal": 100, "grundlag": 100}, False),
        ({"antal": 97, "procent": Decimal(97)}, True),
        ({"grundlag": 50, "procent": Decimal(6)}, True),
        ({"grundlag": 50, "procent": Decimal(10)}, False),
        ({"grundlag": 50, "procent": Decimal(94)}, True),
        ({"procent": Decimal("0.5")}, False),
        ({}, False),
    ],
)
def test_et_antal_under_graensen_og_resten_af_gruppen(felter, skjult):
    assert bool(skjulte([celle(**felter)], GRAENSE, [])) is skjult


def test_en_procent_skjules_naar_en_anden_indikator_roeber_grundlaget():
    procent = celle("a", sted="nord", persongruppe="Unge", procent=Decimal("0.3"), decimaler=1)
    grundlag = celle("b", sted="nord", persongruppe="unge", antal=200, grundlag=1000)
    assert skjulte([procent, grundlag], GRAENSE, []) == {"a"}
    assert (
        skjulte([procent, celle("b", sted="syd", persongruppe="unge", antal=200, grundlag=1000)], GRAENSE, []) == set()
    )


SUM = [("alle", frozenset({"nord", "syd", "vest"}))]


def test_den_mindste_af_de_andre_skjules_med():
    dele = [celle("nord", antal=3), celle("syd", antal=40), celle("vest", antal=20), celle("alle", antal=63)]
    assert skjulte(dele, GRAENSE, SUM) == {"nord", "vest"}
    assert skjulte(dele[1:], GRAENSE, SUM) == {"vest"}, "63 less 40 and 20 is 3, though the 3 are printed nowhere"
    assert skjulte([celle("nord", antal=30), *dele[1:3], celle("alle", antal=90)], GRAENSE, SUM) == set()
    assert skjulte([*dele, celle("x", sted="syd", indikator="anden", antal=9)], GRAENSE, SUM) == {"nord", "vest"}


def test_det_kilden_har_skjult_kan_heller_ikke_regnes_ud():
    dele = [celle("nord", skjult_af_kilden=True), celle("syd", antal=40), celle("vest", antal=20)]
    assert skjulte([*dele, celle("alle", antal=63)], GRAENSE, SUM) == {"nord", "vest"}


@given(antal=st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_intet_skjult_antal_kan_regnes_ud_af_en_sum(antal):
    navne = [f"s{nr}" for nr in range(len(antal))]
    celler = [celle(navn, antal=n) for navn, n in zip(navne, antal, strict=True)] + [celle("alle", antal=sum(antal))]
    skjult = skjulte(celler, GRAENSE, [("alle", frozenset(navne))])
    assert {c.noegle for c in celler if 0 < c.antal < GRAENSE} <= skjult
    assert len(skjult) != 1


@given(antal=st.lists(st.integers(0, 6), min_size=2, max_size=5))
def test_smaa_antal_kan_heller_ikke_regnes_ud_af_hvad_de_hoejst_og_mindst_kan_vaere(antal):
    """Whoever knows the rule knows that hidden counts are from 1 to 4; more than one set of them must fit the sum."""
    navne = [f"s{nr}" for nr in range(len(antal))]
    celler = [celle(navn, antal=n) for navn, n in zip(navne, antal, strict=True)] + [celle("alle", antal=sum(antal))]
    skjult = skjulte(celler, GRAENSE, [("alle", frozenset(navne))])
    gemte = [c.antal for c in celler if c.noegle in skjult]
    if gemte and "alle" not in skjult and all(0 < n < GRAENSE for n in gemte):
        passende = [p for p in product(range(1, GRAENSE), repeat=len(gemte)) if sum(p) == sum(gemte)]
        assert len(passende) > 1


@pytest.fixture
def plan(db):
    """Three areas and their sum: 3, 40 and 20 persons."""
    indikator = IndikatorFactory(enhed=Enhed.ANTAL)
    omraader = [OmraadeFactory(plan=indikator.plan) for _ in range(3)]
    for omraade, antal in zip(omraader, [3, 40, 20], strict=True):
        sted = StedFactory(plan=indikator.plan, omraade=omraade)
        MaalingFactory(indikator=indikator, sted=sted, vaerdi=None, antal=antal, note=f"Talt: {antal}")
    alle = StedFactory(plan=indikator.plan, art=Stedart.FLERE_OMRAADER, omraade=None, omraader=omraader)
    MaalingFactory(indikator=indikator, sted=alle, vaerdi=None, antal=63)
    return indikator.plan


def test_den_uden_ret_faar_ingen_af_de_skjulte_tal(plan):
    tallene = tal_for(plan)
    assert [t.antal for t in tallene] == [None, 40, None, 63]
    assert [t.skjult for t in tallene] == [True, False, True, False]
    assert [t.tilstand for t in tallene if t.skjult] == [Maaletilstand.DISKRETIONERET] * 2
    assert "Talt" not in "".join(t.note for t in tallene if t.skjult)


def test_den_med_ret_ser_dem_maerket(plan):
    tallene = tal_for(plan, se_skjulte=True)
    assert [(t.antal, t.skjult) for t in tallene] == [(3, True), (40, False), (20, True), (63, False)]


@pytest.mark.parametrize(
    ("rolle", "ret"), [("leder", True), ("sekretariat", True), ("bestyrelse", False), ("observatoer", False)]
)
def test_kun_de_der_skriver_ser_dem(plan, rolle, ret):
    bruger = BrugerFactory()
    MedlemskabFactory(plan=plan, bruger=bruger, rolle=rolle)
    assert maa_se_skjulte(bruger, plan) is ret
    assert maa_se_skjulte(BrugerFactory(), plan) is False


def test_graensen_er_planens_egen(plan):
    PlanparameterFactory(plan=plan, regelparameter__noegle="diskretion_min_antal", vaerdi=Decimal(3))
    assert [t.skjult for t in tal_for(plan)] == [False] * 4


@pytest.mark.parametrize(("enhed", "vaerdi"), [("personer", 1), ("personer", 2), ("", 1), ("", 0)])
def test_en_graense_der_intet_skjuler_gaelder_ikke(plan, enhed, vaerdi):
    RegelparameterFactory(regelsaet=plan.regelsaet, noegle="diskretion_min_antal", enhed=enhed, vaerdi=5)
    plan.parametre.create(noegle="diskretion_min_antal", vaerdi=Decimal(vaerdi), begrundelse="Vi vil se alt.")
    assert [t.skjult for t in tal_for(plan)] == [True, False, True, False]


def test_graensen_kan_ikke_saettes_saa_lavt_at_den_intet_skjuler_og_det_siges(plan, client):
    RegelparameterFactory(regelsaet=plan.regelsaet, noegle="diskretion_min_antal", enhed="personer", vaerdi=5)
    client.force_login(MedlemskabFactory(plan=plan, rolle="leder").bruger)
    url = reverse("parameter-ret", args=[plan.noegle, "diskretion_min_antal"])
    assert "Sætter du grænsen ned, bliver flere tal vist for alle." in client.get(url).text
    svar = client.post(url, {"vaerdi": "1", "begrundelse": "Vi vil se alt.", "version": 0})
    assert svar.status_code == 422
    assert "mellem 3 og 1.000" in str(svar.context["form"].errors["vaerdi"])
    assert not plan.parametre.exists()


def test_antallet_af_forespoergsler_er_fast(plan, django_assert_num_queries):
    with django_assert_num_queries(6):
        tal_for(plan)
    for antal in range(10, 20):
        MaalingFactory(indikator=plan.indikatorer.get(), sted=StedFactory(plan=plan), vaerdi=None, antal=antal)
    with django_assert_num_queries(6):
        tal_for(plan)


@pytest.mark.django_db
@pytest.mark.parametrize("fortalt", [True, False])
def test_en_del_af_en_anden_indikator_kan_ikke_traekkes_fra(fortalt):
    """All less boys is girls: once it is told, the boys are hidden too; also when only one of them is asked for."""
    alle = IndikatorFactory(navn="Sigtede", persongruppe="unge")
    sted = StedFactory(plan=alle.plan)
    del_af = {"hele": alle, "opdeling": "køn"} if fortalt else {}
    dele = [IndikatorFactory(plan=alle.plan, persongruppe=navn, **del_af) for navn in ("drenge", "piger")]
    for indikator, antal in zip([alle, *dele], [60, 57, 3], strict=True):
        MaalingFactory(indikator=indikator, sted=sted, vaerdi=None, antal=antal, grundlag=antal + 90)
    skjult = [bool(t.skjult) for i in [alle, *dele] for t in tal_for(alle.plan, indikatorer={i.pk})]
    assert skjult == [False, fortalt, True]


@pytest.fixture
def flettet(plan):
    """The plan's three areas again, in an indicator of the same people whose bases give away a share, and one apart."""
    antal = plan.indikatorer.get()
    antal.persongruppe = "Unge"
    antal.save()
    andel = IndikatorFactory(plan=plan, persongruppe="unge")
    apart = IndikatorFactory(plan=plan)
    drenge = IndikatorFactory(plan=plan, hele=IndikatorFactory(plan=plan, hele=antal), opdeling="køn")
    MaalingFactory(indikator=drenge, sted=plan.steder.first(), vaerdi=None, antal=2)
    MaalingFactory(indikator=drenge.hele, sted=plan.steder.first(), vaerdi=None, antal=9)
    kommune = StedFactory(plan=plan, kommunen=True, omraade=None)
    for sted in [*plan.steder.filter(art=Stedart.OMRAADE), kommune]:
        MaalingFactory(indikator=andel, sted=sted, vaerdi=Decimal("0.3"), decimaler=1)
        MaalingFactory(indikator=apart, sted=sted, vaerdi=Decimal("40"), antal=None)
    MaalingFactory(indikator=antal, sted=kommune, vaerdi=None, antal=900, grundlag=1000)
    return plan


def test_hvad_der_skjules_haenger_ikke_paa_hvor_meget_der_spoerges_om(flettet):
    alle = tal_for(flettet, se_skjulte=True)
    assert 0 < sum(t.skjult for t in alle) < len(alle)
    for et in alle:
        assert tal_for(flettet, se_skjulte=True, indikatorer={et.indikator}, steder={et.sted}) == [
            t for t in alle if (t.indikator, t.sted) == (et.indikator, et.sted)
        ]


def test_det_der_er_udgivet_taeller_med_naar_der_skjules(plan):
    """The sum and 40 + 20 were out before the third area was measured: then the 3 are hidden, and nothing helps but
    what was not out; the sum is deleted, and is known all the same."""
    lille, mellem, _stor, alle = plan.indikatorer.get().maalinger.order_by("antal")
    Maaling.objects.filter(pk__in=[lille.pk, mellem.pk]).delete()
    assert gem_udgivne_tal(bruger=PROGRAMMET, plan=plan) == 2
    assert gem_udgivne_tal(bruger=PROGRAMMET, plan=plan) == 0, "what has not changed is kept once"
    MaalingFactory(indikator=lille.indikator, sted=lille.sted, vaerdi=None, antal=3)
    MaalingFactory(indikator=lille.indikator, sted=mellem.sted, vaerdi=None, antal=20)
    Maaling.objects.filter(pk=alle.pk).delete()
    assert [(t.antal, t.skjult) for t in tal_for(plan, se_skjulte=True)] == [(3, True), (40, False), (20, True)]
    UdgivetTal.objects.all().delete()
    assert [t.skjult for t in tal_for(plan)] == [True, False, False], "without it 40 and 20 tell nothing"


def _maalt(indikator, navn, antal, **sted) -> None:
    stedet = StedFactory(plan=indikator.plan, navn=navn, **sted)
    MaalingFactory(indikator=indikator, sted=stedet, aar=2024, antal=antal, grundlag=None, vaerdi=None)


@pytest.mark.django_db
@pytest.mark.parametrize("i_omraadet", [True, False])
def test_en_afdeling_kan_ikke_regnes_ud_af_omraadet(i_omraadet):
    """23 in the area, 20 in one department: the other has 3."""
    omraade = OmraadeFactory()
    afdelinger = [AfdelingFactory(), AfdelingFactory()]
    omraade.afdelinger.set(afdelinger if i_omraadet else [])
    indikator = IndikatorFactory(plan=omraade.plan, enhed=Enhed.ANTAL)
    _maalt(indikator, "Området", 23, art=Stedart.OMRAADE, omraade=omraade)
    for navn, antal, afdeling in zip(["Stor", "Lille"], [20, 3], afdelinger, strict=True):
        _maalt(indikator, navn, antal, art=Stedart.AFDELING, afdeling=afdeling, omraade=None)
    skjult = {t.sted_navn for t in tal_for(omraade.plan) if t.skjult}
    assert skjult == ({"Stor", "Lille"} if i_omraadet else {"Lille"})


@pytest.mark.django_db
@pytest.mark.parametrize("kommuner", [1, 2])
def test_et_omraade_kan_ikke_regnes_ud_af_kommunen(kommuner):
    """25 in the kommune, 22 in one area: the other has at most 3, so not every number from 1 to 4. Of two kommuner
    nobody here knows which of them the areas lie in."""
    omraader = [OmraadeFactory()]
    omraader.append(OmraadeFactory(plan=omraader[0].plan))
    indikator = IndikatorFactory(plan=omraader[0].plan, enhed=Enhed.ANTAL)
    for navn, antal, omraade in zip(["Stor", "Lille"], [22, 3], omraader, strict=True):
        _maalt(indikator, navn, antal, art=Stedart.OMRAADE, omraade=omraade)
    for nr in range(kommuner):
        _maalt(indikator, f"Kommune {nr}", 25, art=Stedart.KOMMUNE, omraade=None)
    skjult = {t.sted_navn for t in tal_for(indikator.plan) if t.skjult}
    assert skjult == ({"Stor", "Lille"} if kommuner == 1 else {"Lille"})


@pytest.mark.django_db
@pytest.mark.parametrize("enhed", [Enhed.KARAKTER, Enhed.INDEKS, Enhed.KRONER])
@pytest.mark.parametrize(
    ("felter", "skjult"),
    [
        ({"grundlag": 1}, True),
        ({"grundlag": 3}, True),
        ({"antal": 3}, True),
        ({"antal": 0, "grundlag": 3}, True),
        ({"antal": 3, "grundlag": 90}, True),
        ({"grundlag": 5}, False),
        ({"antal": 30}, False),
        ({}, False),
    ],
)
def test_et_gennemsnit_af_faa_er_skjult_hvad_enten_de_staar_som_antal_eller_grundlag(enhed, felter, skjult):
    maaling = MaalingFactory(
        indikator=IndikatorFactory(enhed=enhed), vaerdi=Decimal(6), **{"antal": None, "grundlag": None} | felter
    )
    [tal] = tal_for(maaling.indikator.plan)
    assert (tal.vaerdi is None) is skjult


@pytest.mark.django_db
def test_et_gennemsnits_grundlag_kan_ikke_traekkes_fra_eller_findes_hos_de_andre(plan):
    """93 pupils in all, 30 and 60 of them in two areas: the third mean is of 3, also where it does not say so."""
    karakter = IndikatorFactory(plan=plan, enhed=Enhed.KARAKTER)
    for sted, grundlag in zip(plan.steder.order_by("pk"), [None, 30, 60, 93], strict=True):
        MaalingFactory(indikator=karakter, sted=sted, vaerdi=Decimal(6), antal=None, grundlag=grundlag)
    lille, *andre = tal_for(plan, indikatorer={karakter.pk})
    assert lille.skjult
    assert any(t.skjult for t in andre)
    karakter.maalinger.filter(grundlag=None).update(grundlag=3)
    assert sum(t.skjult for t in tal_for(plan, indikatorer={karakter.pk})) == 2


@pytest.mark.parametrize(
    ("ord_", "maaneder"),
    [
        ("", (1, 12)),
        ("1. kvartal", (1, 3)),
        ("4. Kvartal 2024", (10, 12)),
        ("K3", (7, 9)),
        ("kvartal 2", (4, 6)),
        ("1.-3. kvartal", (1, 9)),
        ("2. halvår", (7, 12)),
        ("Marts", (3, 3)),
        ("sept.", (9, 9)),
        ("januar-juni", (1, 6)),
        ("5. kvartal", None),
        ("juni-januar", None),
        ("31. marts", None),
        ("Folketingsvalg", None),
        ("2023/2024", None),
        ("1", None),
    ],
)
def test_ord_for_en_del_af_aaret(ord_, maaneder):
    assert periode(ord_) == maaneder


def i_perioder(sted: str = "A", **antal) -> list[Celle]:
    """`aaret` is the year's own figure."""
    ord_ = {
        "aaret": "",
        "k1": "1. kvartal",
        "k2": "2. kvartal",
        "k3": "3. kvartal",
        "k4": "4. kvartal",
        "h1": "1. halvår",
    }
    return [celle((sted, p), sted=sted, tid=(2024, ord_.get(p, p)), antal=n) for p, n in antal.items()]


def test_et_kvartal_kan_ikke_regnes_ud_af_aaret():
    """20 in the year, 6 in each of three quarters: 2 in the last."""
    skjult = skjulte(i_perioder(k1=6, k2=6, k3=6, k4=2, aaret=20), GRAENSE, [])
    assert skjult == {("A", "k4"), ("A", "k1")}, "a part before the year"
    assert skjulte(i_perioder(k1=6, k2=6, k3=6, aaret=20), GRAENSE, []) == {("A", "k1")}, "printed nowhere"
    assert skjulte(i_perioder(k1=6, k2=6, k3=6, k4=7, aaret=25), GRAENSE, []) == set()
    assert skjulte(i_perioder(k1=6, k2=6, k3=6, k4=2), GRAENSE, []) == {("A", "k4")}, "no year to take them from"


def test_kvartaler_halvaar_og_aar_er_et_system():
    """The half gives the second quarter, and the year less the half and the third the fourth."""
    skjult = skjulte(i_perioder(k1=20, k2=3, h1=23, k3=30, aaret=83), GRAENSE, [])
    assert ("A", "k2") in skjult
    assert skjult & {("A", "k1"), ("A", "h1")}
    skjult = skjulte(i_perioder(h1=20, k3=30, k4=2, aaret=52), GRAENSE, [])
    assert ("A", "k4") in skjult
    assert len(skjult) == 2


def test_et_kvartal_kan_ikke_findes_ad_en_omvej_over_stederne():
    """A's last quarter is all's, less B's; hidden there too."""
    alle = [("Begge", frozenset("AB"))]
    a, b = {"k1": 10, "k2": 10, "k3": 10, "k4": 3}, {"k1": 20, "k2": 20, "k3": 20, "k4": 20}
    begge = {p: a[p] + b[p] for p in a}
    celler = [
        *i_perioder("A", **a, aaret=33),
        *i_perioder("B", **b, aaret=80),
        *i_perioder("Begge", **begge, aaret=113),
    ]
    skjult = skjulte(celler, GRAENSE, alle)
    assert ("A", "k4") in skjult
    assert skjult & {("A", p) for p in ("k1", "k2", "k3", "aaret")}
    assert skjult & {(s, "k4") for s in ("B", "Begge")}


def test_to_ord_for_samme_kvartal_er_et():
    celler = [*i_perioder(k1=6, k2=6, k3=6, k4=2, aaret=20), celle("igen", sted="A", tid=(2024, "Q1"), antal=6)]
    skjult = skjulte(celler, GRAENSE, [])
    assert ("A", "k4") in skjult
    assert skjult & {("A", "k2"), ("A", "k3"), ("A", "aaret")} or skjult >= {("A", "k1"), "igen"}


def test_tal_paa_en_dag_er_ikke_dele_af_aaret():
    celler = [celle(d, sted="A", tid=(2024, d), antal=n) for d, n in {"31. marts": 18, "30. juni": 3, "": 20}.items()]
    assert skjulte(celler, GRAENSE, []) == {"30. juni"}


def test_der_hvor_det_skrives_siges_at_en_indikator_kun_er_en_del_af_en(plan, client):
    client.force_login(MedlemskabFactory(plan=plan, rolle="leder").bruger)
    anden = IndikatorFactory(plan=plan)
    side = client.get(reverse("indikator-ret", args=[plan.noegle, anden.noegle])).text
    assert "vis ikke summer på begge leder" in side


def test_celler_i_en_krydstabel_er_sikre_som_dele_af_det_hele():
    """Sex by age, told as parts of all: 43, 7, 47 and 3 of 100."""
    navne = {"drenge u18": 43, "drenge 18+": 7, "piger u18": 47, "piger 18+": 3}
    del_af = {"sted": "A", "hele": "alle", "opdeling": "køn og alder"}
    celler = [celle(navn, indikator=navn, antal=n, **del_af) for navn, n in navne.items()]
    celler.append(celle("alle", sted="A", indikator="alle", antal=100))
    assert skjulte(celler, GRAENSE, []) == {"piger 18+", "drenge 18+"}
