"""What is hidden is reckoned once for all processes, and in bounded time: what is not solved is hidden altogether."""

from decimal import Decimal

import pytest
from django.core.cache import caches

from indikatorer.models import Maaling
from indikatorer.queries import loest
from indikatorer.queries.kontrol import talfund
from indikatorer.queries.tal import tal_for
from indikatorer.rules import loeser
from indikatorer.rules.ligninger import loes
from tests.factories import IndikatorFactory, MaalingFactory, OmraadeFactory, StedFactory


@pytest.fixture(autouse=True)
def _tomt_lager():
    caches["loest"].clear()


@pytest.fixture
def plan():
    """A, B, C and D of 3, and the sum of them: the smallest other is hidden too."""
    omraader = [OmraadeFactory()]
    omraader += [OmraadeFactory(plan=omraader[0].plan) for _ in range(3)]
    indikator = IndikatorFactory(plan=omraader[0].plan, enhed="antal")
    steder = [StedFactory(plan=indikator.plan, navn=n, omraade=o) for n, o in zip("ABCD", omraader, strict=True)]
    alle = StedFactory(plan=indikator.plan, navn="Alle", art="flere_omraader")
    alle.omraader.set(omraader)
    for sted, antal in zip([*steder, alle], (20, 17, 19, 3, 59), strict=True):
        MaalingFactory(indikator=indikator, sted=sted, aar=2024, antal=antal, grundlag=None, vaerdi=None, kilde="x")
    return indikator.plan


def skjult(plan) -> set[str]:
    return {t.sted_navn for t in tal_for(plan) if t.skjult}


@pytest.fixture
def loeste(monkeypatch):
    """How many systems were solved in this process."""
    kald = []
    monkeypatch.setattr(loest.ligninger, "loes", lambda *a: kald.append(a) or loes(*a))
    return kald


@pytest.mark.django_db
def test_en_anden_proces_regner_ikke_det_samme_igen(plan, loeste):
    foerst = skjult(plan)
    assert foerst == {"B", "D"}
    assert len(loeste) == 1
    assert skjult(plan) == foerst
    assert len(loeste) == 1


@pytest.mark.django_db
def test_et_rettet_tal_er_et_andet_system(plan, loeste):
    skjult(plan)
    Maaling.objects.filter(sted__navn="B").update(antal=25)
    Maaling.objects.filter(sted__navn="Alle").update(antal=67)
    assert skjult(plan) == {"C", "D"}
    assert len(loeste) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("fejl", [OSError, EOFError])
def test_et_lager_der_ikke_virker_koster_kun_tid(plan, monkeypatch, fejl, caplog):
    def virker_ikke(*args, **kwargs):
        raise fejl

    lager = type(caches["loest"])
    monkeypatch.setattr(lager, "get", virker_ikke)
    monkeypatch.setattr(lager, "set", virker_ikke if fejl is OSError else lambda *a, **k: None)
    assert skjult(plan) == {"B", "D"}
    assert "regnes igen" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hvor", "graense"), [(loeser, "SYSTEM"), (loest, "ARBEJDE")], ids=["et system", "en sides arbejde"]
)
def test_hvad_der_ikke_naas_skjules_helt_og_det_siges(plan, monkeypatch, hvor, graense):
    monkeypatch.setattr(hvor, graense, -1.0)
    assert skjult(plan) == {"A", "B", "C", "D", "Alle"}
    sagt = [f.fund.besked for f in talfund(plan) if f.fund.kode == "skjult-mere"]
    assert len(sagt) == 1
    assert sagt[0].startswith("2024: 5 tal hænger sammen")


@pytest.mark.django_db
def test_naar_alt_er_regnet_ud_siges_intet(plan):
    assert "skjult-mere" not in {f.fund.kode for f in talfund(plan)}


@pytest.mark.django_db
def test_hvad_der_er_offentligt_skjules_ikke_af_at_tiden_gaar(plan, monkeypatch):
    """A system without anything to keep is shown whatever the solver does."""
    Maaling.objects.filter(sted__navn="D").update(antal=30)
    Maaling.objects.filter(sted__navn="Alle").update(antal=86)
    monkeypatch.setattr(loeser, "SYSTEM", -1.0)
    assert skjult(plan) == set()


def test_et_helt_tal_kraeves_af_loesningen():
    """What the solver calls a solution is tried in whole numbers."""
    from indikatorer.rules.ligninger import System, Uligning, Vist

    system = System(2, 100, (Uligning(((0, 2), (1, 2)), 5, 5),), (Vist(0, (Uligning(((0, 1),), 1, None),)),), ())
    stykke = loeser.Regnestykke(system, 5)
    assert not stykke.kan(stykke.gaelder(frozenset()), [])
    system = System(2, 100, (Uligning(((0, 2), (1, 2)), 6, 6),), (Vist(0, (Uligning(((0, 1),), 1, None),)),), ())
    stykke = loeser.Regnestykke(system, 5)
    alt, uden = stykke.gaelder(frozenset()), stykke.gaelder(frozenset({0}))
    assert stykke.spaend(alt, [], ((0, 1),)) == (1, 3)
    assert stykke.spaend(uden, [], ((0, 1),)) == (0, 3)
    assert stykke.kendte(alt, [], ((0, 1),)) == (1, 3)
    assert not stykke.kan(alt, [(((1, 1),), 3, None)])
    assert stykke.kan(uden, [(((1, 1),), 3, None)])
    assert Decimal(stykke.vidner.max()) == 3
