"""A plan gets the fixed indicators of its rule set, once."""

import pytest
from django.core.exceptions import PermissionDenied

from helhedsplan.models import Haendelse
from indikatorer.actions.indikator import opret_faste
from tests.factories import (
    BrugerFactory,
    FastIndikatorFactory,
    HelhedsplanFactory,
    IndikatorFactory,
    MedlemskabFactory,
    OverordnetMaalFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = HelhedsplanFactory()
    for nummer in (2, 1):
        maal = OverordnetMaalFactory(indsatsomraade__regelsaet=plan.regelsaet, nummer=nummer)
        for plads in (1, 2):
            FastIndikatorFactory(maal=maal, nummer=plads, noegle=f"fast-{plads}", navn=f"Mål {nummer}, nr. {plads}")
    return plan


@pytest.fixture
def bruger(plan):
    return MedlemskabFactory(plan=plan).bruger


def test_planen_faar_regelsaettets_indikatorer_i_raekkefoelge(plan, bruger):
    IndikatorFactory(plan=plan, noegle="fast-1", orden=3)
    nye = opret_faste(bruger=bruger, plan=plan)
    assert [(i.navn, i.noegle, i.orden, i.gruppe) for i in nye] == [
        ("Mål 1, nr. 1", "fast-1-2", 4, "baseline"),
        ("Mål 1, nr. 2", "fast-2", 5, "baseline"),
        ("Mål 2, nr. 1", "fast-1-3", 6, "baseline"),
        ("Mål 2, nr. 2", "fast-2-2", 7, "baseline"),
    ]
    assert Haendelse.objects.filter(kaede=plan.noegle, handling="oprettet").count() == 4
    assert opret_faste(bruger=bruger, plan=plan) == []


def test_enhed_retning_og_gruppe_er_regelsaettets(plan, bruger):
    FastIndikatorFactory(
        maal=plan.regelsaet.indsatsomraader.first().maal.get(),
        nummer=3,
        noegle="karakter",
        enhed="karakter",
        retning="op",
        persongruppe="9.-klasseselever",
    )
    karakter = next(i for i in opret_faste(bruger=bruger, plan=plan) if i.noegle == "karakter")
    assert (karakter.enhed, karakter.retning, karakter.persongruppe) == ("karakter", "op", "9.-klasseselever")


def test_kun_de_valgte_indsatsomraader(plan, bruger):
    plan.indsatsomraader.set(plan.regelsaet.indsatsomraader.filter(maal__nummer=2))
    assert [i.navn for i in opret_faste(bruger=bruger, plan=plan)] == ["Mål 2, nr. 1", "Mål 2, nr. 2"]


def test_en_laeser_kan_ikke(plan):
    bruger = BrugerFactory()
    MedlemskabFactory(plan=plan, bruger=bruger, rolle="observatoer")
    with pytest.raises(PermissionDenied):
        opret_faste(bruger=bruger, plan=plan)
