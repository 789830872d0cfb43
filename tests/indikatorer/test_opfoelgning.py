"""The board's follow-up: what it saw stays as it saw it, what is late is found."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from indikatorer.actions.opfoelgning import gem_opfoelgning, slet_opfoelgning
from indikatorer.models import Opfoelgning
from indikatorer.queries.opfoelgning import frist, opfoelgninger, opfoelgningsfund
from indikatorer.rules.opfoelgning import Maalopfoelgning, Opfoelgningsfrist, opfoelgning_mangler, senest
from tests.factories import (
    HelhedsplanFactory,
    IndikatorFactory,
    MaalingFactory,
    MedlemskabFactory,
    OpfoelgningFactory,
    OverordnetMaalFactory,
    PlanparameterFactory,
    RegelparameterFactory,
    StedFactory,
)

MOEDE = date(2026, 3, 12)


@pytest.fixture
def indikator(db):
    return IndikatorFactory(er_fast=True, navn="Andel i dagtilbud")


@pytest.fixture
def plan(indikator):
    nord = StedFactory(plan=indikator.plan, navn="Nord", orden=1)
    kommunen = StedFactory(plan=indikator.plan, kommunen=True, navn="Kommunen", orden=2)
    for aar, antal, vaerdi in ((2019, 266, "88.4"), (2024, 280, "89.6"), (2025, 3, "0.8")):
        MaalingFactory(indikator=indikator, sted=nord, aar=aar, antal=antal, vaerdi=Decimal(vaerdi), kilde="LBF")
    MaalingFactory(indikator=indikator, sted=kommunen, aar=2023, antal=None, vaerdi=Decimal("90.2"), kilde="LBF")
    MaalingFactory(indikator=IndikatorFactory(plan=indikator.plan), sted=nord, aar=2024, vaerdi=Decimal(1))
    return indikator.plan


@pytest.fixture
def maal(indikator):
    return indikator.fast.maal


@pytest.fixture
def sekretaer(plan):
    return MedlemskabFactory(plan=plan, rolle="sekretariat").bruger


def gem(bruger, plan, maal, opfoelgning=None, version=None, **felter):
    opfoelgning = opfoelgning or Opfoelgning(plan=plan)
    felter = {"maal": maal, "dato": MOEDE, "data_aar": 2024, "konklusion": "Vi fortsætter.", **felter}
    return gem_opfoelgning(bruger=bruger, opfoelgning=opfoelgning, felter=felter, version=version)


def i_korte_ord(opfoelgning):
    return [(t["sted"], t["hvornaar"], t["tal"]) for t in opfoelgning.tal]


def test_tallene_er_de_nyeste_til_og_med_aaret_og_ingen_nyere(plan, maal, sekretaer):
    opfoelgning = gem(sekretaer, plan, maal)
    assert i_korte_ord(opfoelgning) == [("Nord", "2024", "280 (89,6\u00a0%)"), ("Kommunen", "2023", "90,2\u00a0%")]
    assert {t["indikator"] for t in opfoelgning.tal} == {"Andel i dagtilbud"}


def test_et_skjult_tal_er_skjult_i_beviset_ogsaa_for_dem_der_skriver(plan, maal, sekretaer):
    assert i_korte_ord(gem(sekretaer, plan, maal, data_aar=2025))[0] == ("Nord", "2025", "skjult")


def test_det_der_rettes_bagefter_aendrer_ikke_det_bestyrelsen_saa(plan, maal, sekretaer):
    opfoelgning = gem(sekretaer, plan, maal)
    foer = opfoelgning.tal
    plan.indikatorer.get(fast__isnull=False).maalinger.filter(aar=2024).update(antal=290)

    gem(sekretaer, plan, maal, opfoelgning, 1, konklusion="Vi gør mere.")
    assert (opfoelgning.konklusion, opfoelgning.tal) == ("Vi gør mere.", foer)

    gem(sekretaer, plan, maal, opfoelgning, 2, data_aar=2023)
    assert i_korte_ord(opfoelgning) == [("Nord", "2019", "266 (88,4\u00a0%)"), ("Kommunen", "2023", "90,2\u00a0%")]


@pytest.mark.parametrize(
    ("felter", "felt"),
    [({"dato": date(2199, 1, 1)}, "dato"), ({"data_aar": 2027}, "data_aar"), ({"konklusion": ""}, "konklusion")],
)
def test_det_der_ikke_kan_vaere_sket_afvises(plan, maal, sekretaer, felter, felt):
    with pytest.raises(ValidationError) as fejl:
        gem(sekretaer, plan, maal, **felter)
    assert list(fejl.value.message_dict) == [felt]


def test_et_maal_fra_en_anden_pulje_og_samme_moede_to_gange_afvises(plan, maal, sekretaer):
    with pytest.raises(ValidationError, match="anden pulje"):
        gem(sekretaer, plan, OverordnetMaalFactory())
    gem(sekretaer, plan, maal)
    with pytest.raises(ValidationError, match="allerede skrevet"):
        gem(sekretaer, plan, maal)


def test_kun_de_der_skriver_planen_maa_og_det_hele_staar_i_sporet(plan, maal, sekretaer):
    opfoelgning = gem(sekretaer, plan, maal)
    bestyrelse = MedlemskabFactory(plan=plan, rolle="bestyrelse").bruger
    for forsoeg in (
        lambda: gem(bestyrelse, plan, maal, dato=date(2026, 4, 1)),
        lambda: slet_opfoelgning(bruger=bestyrelse, opfoelgning=opfoelgning),
    ):
        with pytest.raises(PermissionDenied):
            forsoeg()
    with pytest.raises(Versionskonflikt):
        gem(sekretaer, plan, maal, opfoelgning, 9)
    slet_opfoelgning(bruger=sekretaer, opfoelgning=opfoelgning)
    spor = Haendelse.objects.filter(objekt_type="indikatorer.opfoelgning").order_by("pk")
    assert [h.handling for h in spor] == ["oprettet", "slettet"]


# --- what is late -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fra", "maaneder", "ventet"),
    [
        (date(2026, 3, 12), 12, date(2027, 3, 12)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_fristen_er_samme_dag_saa_mange_maaneder_efter(fra, maaneder, ventet):
    assert senest(fra, maaneder) == ventet


def test_et_maal_er_for_sent_naar_der_er_gaaet_mere_end_fristen(db):
    plan = HelhedsplanFactory.build(noegle="p", periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    maalene = [Maalopfoelgning(1, MOEDE), Maalopfoelgning(2, None)]

    def fund(i_dag):
        return [f.besked for f in opfoelgning_mangler(plan, maalene, Opfoelgningsfrist(12), i_dag)]

    assert fund(date(2026, 11, 1)) == []
    assert fund(date(2027, 3, 12)) == ["Bestyrelsen har ikke fulgt op på mål 2 endnu. Der må højst gå 12 måneder."]
    assert fund(date(2027, 3, 13))[0] == (
        "Bestyrelsen har ikke fulgt op på mål 1 siden 12. marts 2026. Der må højst gå 12 måneder."
    )
    assert fund(date(2029, 11, 1)) == []
    [andet] = opfoelgning_mangler(plan, maalene[1:], Opfoelgningsfrist(12), date(2027, 3, 12))
    assert (andet.kode, andet.verificeret) == ("opfoelgning-mangler", False)
    assert andet.henvisning.endswith("/opfoelgning/ny/?maal=2#id_dato")


def test_fristen_er_regelsaettets_og_planens_egen(plan):
    assert frist(plan) == Opfoelgningsfrist(12)
    regel = RegelparameterFactory(
        regelsaet=plan.regelsaet, noegle="opfoelgning_maks_mdr", vaerdi=Decimal(6), verificeret="kilde", kilde="Loven"
    )
    assert frist(plan) == Opfoelgningsfrist(6, "Loven", True)
    PlanparameterFactory(plan=plan, regelparameter=regel, vaerdi=Decimal(3))
    assert frist(plan) == Opfoelgningsfrist(3, "Planens egen værdi", False)


@pytest.mark.parametrize("antal", [1, 3])
def test_antallet_af_forespoergsler_er_fast(plan, maal, django_assert_num_queries, antal):
    for nummer in range(1, antal + 1):
        OpfoelgningFactory(plan=plan, maal=maal, dato=date(2026, nummer, 1))
    with django_assert_num_queries(6):
        assert len(opfoelgninger(plan)[0].opfoelgninger) == antal
    with django_assert_num_queries(5):
        opfoelgningsfund(plan)


# --- the page ---------------------------------------------------------------------------------------------------


def test_skemaet_begynder_med_det_maal_fundet_handler_om(client, plan, maal, sekretaer):
    client.force_login(sekretaer)
    url = reverse("opfoelgning-opret", args=[plan.noegle]) + f"?maal={maal.nummer}"
    assert f'<option value="{maal.pk}" selected>' in client.get(url).content.decode()
    data = {"maal": maal.pk, "dato": "12.03.2026", "data_aar": "2024", "konklusion": "Ja", "version": "1"}
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 422
    side = client.get(reverse("opfoelgning-liste", args=[plan.noegle])).content.decode()
    assert "280 (89,6\u00a0%)" in side
