"""What is kept of a plan beside its texts (numbers, dates, choices, yes and no) stands on a paper, or is named here."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet

from aftaler.choices import Oplysning
from aftaler.models import Helhedsplan
from budget.queries.papir import papirindhold
from dokumenter import oejebliksbillede
from dokumenter.blokke import blokdokument
from tests import factories as f
from tests.dokumenter.blokproeve import skrevet_ud
from tests.integration.test_alt_paa_papir import ARTER
from tests.verden import verden

APPS = ("aftaler", "budget")
#: Read on the pages, or says something of rules, access and steps: no paper prints it.
IKKE_PAA_PAPIR = {
    "Afsnit.faerdig", "Bilag.underskrevet", "Delmaalsforslag.nummer", "Delmaalsforslag.verificeret", "Dokumentkrav.art",
    "Dokumentkrav.pr_indsatsomraade", "Dokumentkrav.underskrives", "Dokumentkrav.verificeret", "FastIndikator.enhed",
    "FastIndikator.nummer", "FastIndikator.retning", "Finansieringskilde.art", "Finansieringskilde.gaelder_fra",
    "Finansieringskilde.gaelder_til", "Forbrug.aar", "Forbrug.art", "Forbrug.beloeb", "Forbrug.kvartal",
    "Godkendelsesregel.beroerer", "Godkendelsesregel.niveau", "Godkendelsesregel.verificeret", "Gruppe.art",
    "Helhedsplan.fase", "Helhedsplan.kraever_to_trin", "Indsatsomraade.nummer", "Konto.verificeret",
    "Meddelelse.gruppe",
    "Medfinansieringspulje.beloeb", "Medfinansieringspulje.fra_aar", "Medfinansieringspulje.hoejst_andel",
    "Medfinansieringspulje.til_aar", "Medlemskab.fra", "Medlemskab.rolle",
    "Medlemskab.til",
    "Omraade.slutter", "Omraade.starter", "Organisation.art",
    "Puljetilsagn.bevilget", "Regelparameter.verificeret", "Regelsaet.ikraft", "Regelsaet.rettet",
    "Regelsaet.verificeret", "Satsvaerdi.gaelder_fra", "Udgift.afrundet_til",
}  # fmt: skip
#: On a paper, but one row of this plan cannot show it: the database ties it to others, or nothing of the kind has been
#: decided. tests/aftaler/test_navne.py, the budget's own tests and tests/dokumenter/blokke.txt hold these.
BUNDET_TIL_ANDET = {
    "Afdeling.lagt_ind", "Navn.fra", "Navn.slags", "Navn.til", "Omraade.lagt_ind", "Organisation.lagt_ind",
    "Budget.art", "Budget.oplyst_afrundet_til", "Budget.status", "Delmaal.maaltype", "Delmaal.sammenligning",
    "Helhedsplan.ikke_oplyst", "Lag.ophaevet", "Lag.slags",
    "Planparameter.vaerdi", "Regelparameter.vaerdi", "Revision.art", "Revision.bestyrelse_den", "Revision.dato",
    "Revision.godkendt_den", "Revision.lbf_den", "Revision.nummer", "Revision.status", "Revisionslinje.art",
    "Revisionslinje.delta", "Revisionslinje.planaar", "Sats.art", "Sats.enhed",
}  # fmt: skip
UDEN = IKKE_PAA_PAPIR | BUNDET_TIL_ANDET


def felter():
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            for felt in model._meta.concrete_fields:
                er_tekst = isinstance(felt, models.CharField | models.TextField) and not felt.choices
                intern = felt.primary_key or felt.is_relation or not felt.editable or felt.name == "orden"
                if not er_tekst and not intern and not isinstance(felt, models.DateTimeField | models.FileField):
                    yield model, felt


def andet(felt: models.Field, nu):
    """Another value that the field can have."""
    if felt.choices:
        return next(v for v, _ in felt.flatchoices if v not in {nu, ""})
    if isinstance(nu, list):
        return [] if nu else [Oplysning.PARTER.value]
    if isinstance(felt, models.BooleanField):
        return not nu
    if isinstance(felt, models.DateField):
        return nu + timedelta(days=1) if nu else date(2026, 2, 3)
    return Decimal(7) if nu is None else nu + 1


def siger(plan: Helhedsplan) -> list[str]:
    """What all the plan's papers say."""
    plan = Helhedsplan.objects.select_related("regelsaet").get(pk=plan.pk)
    emner = [(art, "") for art in ARTER] + [("delaftale", aftale.noegle) for aftale in plan.delaftaler.all()]
    emner += [("lag", lag.noegle) for lag in plan.lagene]
    papirer = [oejebliksbillede.udkast(plan, art, emne) for art, emne in emner]
    papirer += [papirindhold(budget) for budget in plan.budgetter.select_related("plan")]
    return list(skrevet_ud(("", blokdokument(papir)) for papir in papirer))


@pytest.fixture
def plan(db):
    plan = verden().plan
    f.RisikoFactory(plan=plan)
    omraade = plan.omraader.first()
    f.OmraadestoerrelseFactory(omraade=omraade)
    f.OmraadeindsatsFactory(omraade=omraade, indsatsomraade=plan.delaftaler.first().indsatsomraade)
    return plan


def test_hvert_tal_hver_dato_og_hvert_valg_staar_paa_et_papir(plan):
    foer = siger(plan)
    uden = set()
    for model, felt in felter():
        navn = f"{model.__name__}.{felt.name}"
        raekker = model.objects.order_by("pk").values_list("pk", flat=True)
        if not any(ses(plan, foer, model, felt, pk) for pk in raekker[: 1 if navn in UDEN else None]):
            uden.add(navn)
    assert (sorted(uden - UDEN), sorted(UDEN - uden)) == ([], [])


def ses(plan: Helhedsplan, foer: list[str], model, felt: models.Field, pk) -> bool:
    raekke = QuerySet(model).filter(pk=pk)
    ny = andet(felt, raekke.values_list(felt.name, flat=True).get())
    with suppress(IntegrityError), transaction.atomic():
        raekke.update(**{felt.name: ny})
        efter = siger(plan)
        transaction.set_rollback(True)
        return efter != foer
    return False
