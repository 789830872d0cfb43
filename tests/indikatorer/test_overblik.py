"""How the goals move, on the plan's overview: one picture for each goal, the same for everybody."""

from datetime import date

import pytest

from aftaler.queries.overblik import overbliksdele
from indikatorer.queries.oversigt import maalbilleder
from tests import factories as f

pytestmark = pytest.mark.django_db


def maalt(plan, nummer: int, antal: int = 1):
    """`antal` fixed indicators of a goal, each with a figure of the area."""
    maal = f.OverordnetMaalFactory(indsatsomraade__regelsaet=plan.regelsaet, nummer=nummer, tekst=f"Mål {nummer}")
    sted = plan.steder.first() or f.StedFactory(plan=plan)
    for plads in range(antal):
        fast = f.FastIndikatorFactory(maal=maal, nummer=plads)
        indikator = f.IndikatorFactory(plan=plan, fast=fast, gruppe="baseline", navn=f"{nummer}.{plads}")
        f.MaalingFactory(indikator=indikator, sted=sted, er_baseline=True)


def test_et_billede_for_hvert_maal_i_maalenes_orden():
    plan = f.HelhedsplanFactory()
    for nummer in (3, 1):
        maalt(plan, nummer, antal=2)
    assert [b.indikator.navn for b in maalbilleder(plan)] == ["1.0", "3.0"]


def test_uden_tal_er_der_ingen_del_af_overblikket():
    plan = f.HelhedsplanFactory()
    f.IndikatorFactory(plan=plan, er_fast=True)
    assert "indikatorer/_overblik.html" not in dict(overbliksdele(plan, date(2026, 1, 1)))


def test_siden_tegner_dem_og_skjuler_det_smaa(client):
    plan = f.HelhedsplanFactory()
    maalt(plan, 1)
    maaling = plan.indikatorer.get().maalinger.get()
    f.MaalingFactory(indikator=maaling.indikator, sted=maaling.sted, aar=2025, antal=3, grundlag=40, vaerdi=None)
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    side = client.get(plan.get_absolute_url()).content.decode()
    assert "Sådan bevæger målene sig" in side
    assert side.count('class="lille"') == 1
    assert "diskretioneret" in side
    assert "7,5" not in side


@pytest.mark.parametrize("antal", [1, 3])
def test_antallet_af_forespoergsler_er_fast(antal, django_assert_num_queries):
    plan = f.HelhedsplanFactory()
    maalt(plan, 1, antal)
    plan = type(plan).objects.get(pk=plan.pk)
    with django_assert_num_queries(13):
        maalbilleder(plan)
