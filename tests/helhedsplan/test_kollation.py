"""The same Danish order on both databases."""

import random

import pytest

from aftaler.models import Organisation
from helhedsplan.kollation import sammenlign
from tests import factories as f

I_ORDEN = [
    "Albertslund Kommune",
    "allerød Kommune",
    "Boligforeningen 10",
    "Boligforeningen AAB",
    "Boligselskabet Café",
    "Zebraboligen",
    "Æblegården",
    "Ölands Bolig",
    "Ørsteds Have",
    "Aabenraa Kommune",
    "Ålholm",
    "Århus Bolig",
]


@pytest.mark.django_db
def test_navne_staar_i_dansk_orden():
    for navn in random.sample(I_ORDEN, len(I_ORDEN)):
        f.OrganisationFactory(navn=navn)
    assert list(Organisation.objects.values_list("navn", flat=True)) == I_ORDEN
    assert list(Organisation.objects.reverse().values_list("navn", flat=True)) == I_ORDEN[::-1]


def test_forskellige_navne_er_aldrig_lige():
    """Otherwise the order of two names would be chance."""
    assert sammenlign("Ishøj", "ishøj") == -sammenlign("ishøj", "Ishøj") != 0
    assert sammenlign("Aarhus", "Århus") != 0
    assert sammenlign("Århus", "Århus") == 0
