"""Two administrators at once: nothing gets into a rule set that is being published, and no two take the same name."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from aftaler.actions import regelsaet as handlinger
from aftaler.models import Regelparameter, Regelsaet
from aftaler.queries.regelslags import slags_af
from tests import factories as f
from tests.aftaler.planfil_data import REGELSAET, indlaes
from tests.samtidighed import mens

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin():
    return f.BrugerFactory(er_administrator=True)


@pytest.fixture
def kilde():
    indlaes(REGELSAET)
    return Regelsaet.objects.get(noegle="proeve")


def udgiv(admin, regelsaet):
    return handlinger.udgiv_regelsaet(bruger=admin, regelsaet=regelsaet)


def saet_gulvet(admin, regelsaet):
    p = Regelparameter.objects.get(regelsaet=regelsaet, noegle="lokal_min_pct")
    return handlinger.ret_raekke(
        bruger=admin, regelsaet=regelsaet, slags=slags_af("parametre"), raekke=p, felter={"vaerdi": Decimal(1)}, set_=""
    )


def test_intet_kommer_ind_mens_der_udgives(admin, kilde):
    kladde = handlinger.kopier_regelsaet(bruger=admin, fra=kilde, navn="2027-30")
    ud, rettet = mens(lambda: udgiv(admin, kladde), lambda: saet_gulvet(admin, kladde))
    assert isinstance(ud, Regelsaet)
    assert isinstance(rettet, ValidationError)
    assert "er udgivet og ændres ikke" in rettet.messages[0]
    assert Regelparameter.objects.get(regelsaet=kladde, noegle="lokal_min_pct").vaerdi == 25


def test_to_kopier_faar_ikke_samme_navn(admin, kilde):
    en, anden = mens(*(lambda: handlinger.kopier_regelsaet(bruger=admin, fra=kilde, navn="2027-30") for _ in range(2)))
    assert isinstance(en, Regelsaet)
    assert isinstance(anden, ValidationError)
    assert Regelsaet.objects.filter(navn="2027-30").count() == 1


def test_kun_en_begynder_en_rettelse(admin, kilde):
    en, anden = mens(
        *(lambda: handlinger.begynd_rettelse(bruger=admin, af=kilde, grund="En slåfejl i mål 1") for _ in range(2))
    )
    assert isinstance(en, Regelsaet)
    assert isinstance(anden, ValidationError)
    assert Regelsaet.objects.filter(er_rettelse=True).count() == 1
