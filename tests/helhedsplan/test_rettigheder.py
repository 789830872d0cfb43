"""The roles themselves; who has them in a plan is tested with the plans."""

import pytest

from aftaler.models import Medlemskab
from helhedsplan.rettigheder import PROGRAMMET, ROLLER, ROLLEVALG, Rettighed, rettigheder_for


def test_hver_rolle_ser_noget_og_forklarer_sig():
    for noegle, rolle in ROLLER.items():
        assert rolle.noegle == noegle
        assert rolle.navn
        assert rolle.beskrivelse.endswith(".")
        assert {Rettighed.SE, Rettighed.SE_FAG, Rettighed.PAPIRER} & rolle.rettigheder
    ikke_hele = [noegle for noegle, rolle in ROLLER.items() if Rettighed.SE not in rolle.rettigheder]
    assert ikke_hele == ["fagcenter", "lbf"]


def test_kun_lederen_styrer():
    assert [noegle for noegle, rolle in ROLLER.items() if Rettighed.STYR in rolle.rettigheder] == ["leder"]
    assert [noegle for noegle, rolle in ROLLER.items() if Rettighed.RET in rolle.rettigheder] == [
        "leder",
        "sekretariat",
    ]


def test_valgene_er_rollerne():
    assert [(noegle, rolle.navn) for noegle, rolle in ROLLER.items()] == ROLLEVALG
    assert Medlemskab._meta.get_field("rolle").choices == ROLLEVALG


@pytest.mark.parametrize("rolle", [None, "", "chef", "Leder", "LEDER"])
def test_en_ukendt_rolle_har_ingen_rettigheder(rolle):
    assert rettigheder_for(rolle) == frozenset()


def test_programmet_har_navn_og_intet_nummer():
    assert (str(PROGRAMMET), PROGRAMMET.pk) == ("Programmet", None)
