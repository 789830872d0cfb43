from inspect import isclass

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from helhedsplan import revisionsspor
from tests import factories

APPS = ["helhedsplan", "aftaler", "budget", "indikatorer", "dokumenter"]
MODELLER = [model for app in APPS for model in apps.get_app_config(app).get_models()]
FABRIKKER = {f._meta.model: f for f in vars(factories).values() if isclass(f) and issubclass(f, DjangoModelFactory)}


@pytest.mark.parametrize("model", MODELLER, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_hver_model_har_en_fabrik_der_laver_gyldige(model):
    objekter = FABRIKKER[model].create_batch(2)
    for objekt in objekter:
        assert type(objekt) is model
        objekt.full_clean()
    assert model._default_manager.filter(pk__in=[o.pk for o in objekter]).count() == 2


@pytest.mark.django_db
def test_det_der_haenger_sammen_haenger_sammen():
    delaftale = factories.DelaftaleFactory()
    assert list(delaftale.plan.indsatsomraader.all()) == [delaftale.indsatsomraade]
    assert delaftale.indsatsomraade.regelsaet == delaftale.plan.regelsaet

    afsnit = factories.AfsnitFactory(delaftale=delaftale)
    assert (afsnit.plan, afsnit.skabelon.regelsaet) == (delaftale.plan, delaftale.plan.regelsaet)
    assert (afsnit.skabelon.dokument, factories.AfsnitFactory().skabelon.dokument) == ("delaftale", "samarbejdsaftale")

    aktivitet = factories.AktivitetFactory(delaftale=delaftale)
    assert factories.SamarbejdspartFactory(aktivitet=aktivitet).delaftale == delaftale

    parameter = factories.PlanparameterFactory()
    assert list(parameter.plan.regelsaet.parametre.values_list("noegle", flat=True)) == [parameter.noegle]


@pytest.mark.django_db
def test_haendelser_fra_fabrikken_danner_en_hel_kaede():
    factories.HaendelseFactory.create_batch(3)
    assert revisionsspor.brud(revisionsspor.FAELLES) == []
