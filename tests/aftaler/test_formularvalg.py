"""What is chosen stays among the choices of a form, so that saving something else does not drop it."""

import pytest

from aftaler.forms import AktivitetForm, GruppeForm, OmraadeafdelingForm, PlanForm
from aftaler.models import Helhedsplan
from tests import factories as f

pytestmark = pytest.mark.django_db


def valg(form, felt):
    return set(form.fields[felt].queryset)


def test_en_forgaenger_man_ikke_selv_har_adgang_til():
    forgaenger, egen, fremmed = f.HelhedsplanFactory.create_batch(3)
    plan = f.HelhedsplanFactory(forgaenger=forgaenger)
    bruger = f.MedlemskabFactory(plan=plan).bruger
    f.MedlemskabFactory(plan=egen, bruger=bruger)
    form = PlanForm(instance=plan, planer=Helhedsplan.objects.for_bruger(bruger))
    assert valg(form, "forgaenger") == {forgaenger, egen}
    assert fremmed not in valg(form, "forgaenger")


def test_en_aktivitet_der_fortsaetter_en_i_en_tidligere_plan():
    plan = f.HelhedsplanFactory(forgaenger=f.HelhedsplanFactory())
    i_forgaengeren, meget_gammel = f.AktivitetFactory(delaftale__plan=plan.forgaenger), f.AktivitetFactory()
    aktivitet = f.AktivitetFactory(delaftale__plan=plan, fortsaetter=meget_gammel)
    assert valg(AktivitetForm(instance=aktivitet), "fortsaetter") == {i_forgaengeren, meget_gammel}
    uden = f.AktivitetFactory(delaftale=aktivitet.delaftale)
    assert valg(AktivitetForm(instance=uden), "fortsaetter") == {i_forgaengeren}


def test_i_den_foerste_plan_spoerges_ikke_om_hvad_der_fortsaettes():
    aktivitet = f.AktivitetFactory()
    assert "fortsaetter" not in AktivitetForm(instance=aktivitet).fields
    aktivitet.fortsaetter = f.AktivitetFactory()
    assert valg(AktivitetForm(instance=aktivitet), "fortsaetter") == {aktivitet.fortsaetter}


def test_en_afdeling_hos_en_organisation_der_ikke_laengere_er_part():
    part = f.PartFactory()
    partens, tidligere, fremmed = (
        f.AfdelingFactory(organisation=part.organisation),
        f.AfdelingFactory(),
        f.AfdelingFactory(),
    )
    omraade = f.OmraadeFactory(plan=part.plan, afdelinger=[tidligere])
    f.OmraadeFactory(afdelinger=[fremmed])
    assert valg(OmraadeafdelingForm(omraade=omraade), "afdeling") == {partens, tidligere}
    assert valg(OmraadeafdelingForm(omraade=f.OmraadeFactory.build(plan=part.plan)), "afdeling") == {partens}


def test_en_gruppe_under_sig_selv_siges_ved_feltet():
    over = f.GruppeFactory()
    under = f.GruppeFactory(plan=over.plan, over=over)
    data = {"navn": over.navn, "art": over.art, "over": under.pk, "version": 1}
    form = GruppeForm(data, instance=over)
    assert form.errors == {"over": ["Gruppen ligger selv over den gruppe. Vælg en anden."]}
