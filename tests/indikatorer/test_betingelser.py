"""What the tables and the figures themselves refuse, in Danish."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indikatorer.choices import Enhed, Maaletilstand
from tests.factories import (
    DelmaalFactory,
    IndikatorFactory,
    MaalingFactory,
    MaalstiFactory,
    OpfoelgningFactory,
    StedFactory,
)

pytestmark = pytest.mark.django_db


def beskeder(objekt) -> list[str]:
    with pytest.raises(ValidationError) as fejl:
        objekt.full_clean()
    return fejl.value.messages


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"vaerdi": Decimal("100.1")}, "En procent ligger mellem 0 og 100."),
        ({"vaerdi": Decimal("-0.1")}, "En procent ligger mellem 0 og 100."),
        ({"antal": 6, "grundlag": 5, "vaerdi": None}, "Antallet er større end det, det er ud af."),
        ({"aar": 1989}, "Årstallet skal ligge mellem 1990 og 2100."),
        ({"decimaler": 5}, "Der kan højst vises fire decimaler."),
        ({"dato": date(2023, 11, 21)}, "Dagen ligger i 2023, men tallet er for 2024."),
        ({"vaerdi": None}, "Skriv et antal eller en værdi, eller vælg, at det mangler eller er skjult."),
        (
            {"tilstand": Maaletilstand.MANGLER},
            "Skriv et antal eller en værdi, eller vælg, at det mangler eller er skjult.",
        ),
        (
            {"tilstand": Maaletilstand.DISKRETIONERET, "vaerdi": None, "grundlag": 40},
            "Skriv et antal eller en værdi, eller vælg, at det mangler eller er skjult.",
        ),
    ],
)
def test_en_umulig_maaling_afvises(felter, besked):
    maaling = MaalingFactory()
    for felt, vaerdi in felter.items():
        setattr(maaling, felt, vaerdi)
    assert beskeder(maaling) == [besked]


def test_mangler_skjult_og_nul_er_tre_ting():
    for felter in [
        {"tilstand": Maaletilstand.MANGLER, "vaerdi": None},
        {"tilstand": Maaletilstand.DISKRETIONERET, "vaerdi": None},
        {"antal": 0, "vaerdi": Decimal(0)},
    ]:
        MaalingFactory(**felter).full_clean()


def test_en_indikator_der_taeller_har_intet_ved_siden_af_antallet():
    maaling = MaalingFactory(indikator__enhed=Enhed.ANTAL, vaerdi=None, antal=12)
    maaling.full_clean()
    maaling.vaerdi = Decimal(12)
    assert beskeder(maaling) == ["Indikatoren tæller. Skriv tallet som antal og ikke som værdi."]


def test_en_celle_har_eet_tal_men_flere_valg():
    foerste = MaalingFactory(begivenhed="Kommunalvalg")
    MaalingFactory(indikator=foerste.indikator, sted=foerste.sted, begivenhed="Folketingsvalg").full_clean()
    samme = MaalingFactory.build(indikator=foerste.indikator, sted=foerste.sted, begivenhed="Kommunalvalg")
    assert beskeder(samme) == ["Der er allerede et tal for den indikator, det sted og det år."]


def test_en_fast_indikator_har_intet_delmaal_og_findes_een_gang():
    fast = IndikatorFactory(er_fast=True)
    ny = IndikatorFactory.build(plan=fast.plan, fast=fast.fast, noegle="ny")
    assert beskeder(ny) == ["Planen har allerede den faste indikator."]
    fast.delmaal = DelmaalFactory(delaftale__plan=fast.plan)
    assert beskeder(fast) == ["En fast indikator hører til et overordnet mål og ikke til et delmål."]


def test_et_maal_siger_det_der_skal_til():
    graense = IndikatorFactory()
    graense.maaltype = "graense"
    assert beskeder(graense) == ["Skriv det tal, målet gælder.", "Vælg, om målet er over eller under tallet."]
    retning = IndikatorFactory()
    retning.maaltype = "retning"
    assert beskeder(retning) == ["Vælg, om tallet skal stige eller falde."]


def test_eet_maal_om_aaret_een_opfoelgning_om_dagen_og_et_navn_pr_sted():
    sti = MaalstiFactory()
    assert beskeder(MaalstiFactory.build(indikator=sti.indikator, aar=sti.aar)) == [
        "Der er allerede et mål for det år."
    ]
    opfulgt = OpfoelgningFactory()
    assert beskeder(OpfoelgningFactory.build(plan=opfulgt.plan, maal=opfulgt.maal)) == [
        "Opfølgningen på det mål den dag er allerede skrevet."
    ]
    sted = StedFactory()
    nyt = StedFactory.build(plan=sted.plan, omraade=sted.omraade, noegle="nyt", navn=sted.navn)
    assert beskeder(nyt) == ["Planen har allerede et sted med det navn."]
