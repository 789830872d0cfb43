"""A cross table - sex by age, with the sums of both - told in the ways that the program can be told of it: nobody
reckons a hidden figure the other way. The attacker knows the whole table."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from indikatorer.choices import Enhed
from indikatorer.queries.tal import tal_for
from indikatorer.rules.celle import Celle, Slaegt
from indikatorer.rules.diskretion import skjulte
from tests.factories import IndikatorFactory, MaalingFactory, StedFactory

GRAENSE = 5
KOEN, ALDER = ("drenge", "piger"), ("under 18", "18 og over")
ALLE = "alle"
VEJE = ["under køn", "under alder", "køn og alder"]


def celle(navn: str, antal: int, hele: str | None = None, opdeling: str = "") -> Celle:
    over = {**dict.fromkeys(KOEN, Slaegt("", ALLE, "køn")), **dict.fromkeys(ALDER, Slaegt("", ALLE, "alder"))}
    return Celle(
        noegle=navn, indikator=navn, sted="A", tid=(2024, ""), hele=hele, opdeling=opdeling, antal=antal,
        over=over.get(hele or "", Slaegt()) if hele else None,
    )  # fmt: skip


def tavle(tal: dict[tuple[str, str], int], vej: str) -> list[Celle]:
    inde = {
        "under køn": lambda k, _: (k, "alder"), "under alder": lambda _, a: (a, "køn"),
        "køn og alder": lambda *_: (ALLE, "køn og alder"),
    }[vej]  # fmt: skip
    ud = [celle(f"{k} {a}", n, *inde(k, a)) for (k, a), n in tal.items()]
    ud += [celle(k, sum(tal[k, a] for a in ALDER), ALLE, "køn") for k in KOEN]
    ud += [celle(a, sum(tal[k, a] for k in KOEN), ALLE, "alder") for a in ALDER]
    return [*ud, celle(ALLE, sum(tal.values()))]


def led(navn: str) -> list[int]:
    return [int(navn in (ALLE, k, a, f"{k} {a}")) for k, a in product(KOEN, ALDER)]


def roebede(celler: list[Celle], skjult: set, skjulte_felter: dict[str, int]) -> list:
    viste = [c for c in celler if c.noegle not in skjult]
    vilkaar = [LinearConstraint(np.array([led(c.noegle)]), c.antal, c.antal) for c in viste]
    ud = []
    for navn, antal in skjulte_felter.items():
        ender = []
        for fortegn in (1, -1):
            maal = fortegn * np.array(led(navn))
            svar = milp(maal, constraints=vilkaar, integrality=np.ones(4), bounds=Bounds(0, 1000))
            ender.append(round(fortegn * svar.fun))
        if ender[0] > 1 or ender[1] < GRAENSE - 1:
            ud.append((navn, antal, tuple(ender)))
    return ud


ET_ANTAL = st.one_of(st.integers(0, 6), st.integers(5, 60))
SUMMER = st.sets(st.sampled_from([*KOEN, *ALDER, ALLE]))
TAL = st.fixed_dictionaries(dict.fromkeys(product(KOEN, ALDER), ET_ANTAL))


@pytest.mark.parametrize("vej", VEJE)
@settings(max_examples=15, deadline=None)
@given(tal=TAL, data=st.data())
def test_ingen_skjult_celle_kan_regnes_den_anden_vej(vej, tal, data):
    """All the cells are measured, and any of the sums; or the sums alone."""
    celler = tavle(tal, vej)
    inde = celler[:4] if data.draw(st.booleans()) else []
    summer = data.draw(SUMMER)
    celler = [*inde, *(c for c in celler[4:] if c.noegle in summer)]
    smaa = {c.noegle: c.antal for c in celler if 0 < c.antal < GRAENSE}
    skjult = skjulte(celler, GRAENSE, [])
    assert smaa.keys() <= skjult
    assert roebede(celler, skjult, smaa) == []


@pytest.mark.parametrize("vej", VEJE)
def test_en_tavle_uden_smaa_tal_vises_hel(vej):
    tal = dict(zip(product(KOEN, ALDER), (20, 30, 40, 50), strict=True))
    assert skjulte(tavle(tal, vej), GRAENSE, []) == set()


def test_piger_paa_18_og_over_er_3():
    """18+ are 10, and boys of 18+ are 7; nobody measures the girls by age."""
    tal = dict(zip(product(KOEN, ALDER), (20, 7, 40, 3), strict=True))
    celler = [c for c in tavle(tal, "under køn") if not c.noegle.startswith("piger ")]
    skjult = skjulte(celler, GRAENSE, [])
    assert roebede(celler, set(), {"piger 18 og over": 3}) == [("piger 18 og over", 3, (3, 3))]
    assert roebede(celler, skjult, {"piger 18 og over": 3}) == []


def test_de_opdelinger_der_ikke_er_paa_tvaers_roeres_ikke():
    """Boys by age, and all by nothing but sex."""
    tal = dict(zip(product(KOEN, ALDER), (20, 3, 40, 50), strict=True))
    celler = [c for c in tavle(tal, "under køn") if c.noegle not in ALDER]
    assert skjulte(celler, GRAENSE, []) == {"drenge 18 og over", "drenge under 18"}


@pytest.mark.django_db
def test_ogsaa_naar_raekken_selv_ikke_er_maalt():
    """All of 18+ and all by age; boys and girls by age, and no figure of boys and girls."""
    alle = IndikatorFactory(enhed=Enhed.ANTAL)
    raekker = [IndikatorFactory(plan=alle.plan, hele=alle, opdeling="køn", enhed=Enhed.ANTAL) for _ in KOEN]
    soejler = [IndikatorFactory(plan=alle.plan, hele=alle, opdeling="alder", enhed=Enhed.ANTAL) for _ in ALDER]
    inde = [
        IndikatorFactory(plan=alle.plan, hele=r, opdeling="alder", enhed=Enhed.ANTAL) for r in raekker for _ in ALDER
    ]
    sted = StedFactory(plan=alle.plan)
    for indikator, antal in zip([*soejler, *inde], (60, 10, 20, 7, 40, 3), strict=True):
        MaalingFactory(indikator=indikator, sted=sted, antal=antal, vaerdi=None)
    viste = {t.indikator for t in tal_for(alle.plan) if not t.skjult}
    assert viste.isdisjoint({i.pk for i in soejler}), "10 less 7 is the hidden 3"
    assert inde[3].pk not in viste
    assert {inde[0].pk, inde[2].pk} <= viste
