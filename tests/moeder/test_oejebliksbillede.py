"""The forms of what the board was sent, which are read for ever: published statuses, agendas and minutes."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dokumenter.oejebliksbillede import TYPER
from moeder import moedepapir
from moeder.queries import moedebillede
from status import oejebliksbillede
from status.queries import statusindhold
from tests.verden import en_status, verden

PENGE = statusindhold.Pengelinje("LBF", Decimal(100), Decimal(50), Decimal(0), None, 0, 0)


@pytest.mark.parametrize(
    ("modul", "fil"),
    [
        (statusindhold, f"skema-{oejebliksbillede.SKEMA}.json"),
        (moedebillede, f"moede-skema-{moedepapir.SKEMA}.json"),
    ],
)
def test_every_class_of_a_snapshot_has_the_fields_of_its_form(modul, fil):
    """A field that is new, gone or renamed changes the form: give it a new number in `SKEMA`, keep the reader of
    the old one, and keep the new fields in a file of their own beside the old."""
    egne = {navn: klasse for navn, klasse in TYPER.items() if klasse.__module__ == modul.__name__}
    former = {navn: [felt.name for felt in fields(klasse)] for navn, klasse in sorted(egne.items())}
    assert former == json.loads((Path(__file__).parent / fil).read_text())


def test_no_other_module_of_the_room_has_classes_that_are_kept():
    moduler = {klasse.__module__ for klasse in TYPER.values() if klasse.__module__.startswith(("moeder.", "status."))}
    assert moduler == {statusindhold.__name__, moedebillede.__name__}


@pytest.mark.django_db
def test_a_status_of_the_first_form_is_read_without_reservations():
    v = verden()
    nu = oejebliksbillede.udkast(en_status(v.plan), date(2026, 5, 1))
    gammel = oejebliksbillede.som_json(nu) | {"skema": 1}
    for felt in ("forbehold", "begrundelse"):
        del gammel["billede"][felt]
    assert oejebliksbillede.fra_json(gammel) == replace(nu, forbehold=(), begrundelse="")


@pytest.mark.django_db
def test_a_status_of_the_second_form_is_read_as_it_was():
    v = verden()
    nu = oejebliksbillede.udkast(en_status(v.plan), date(2026, 5, 1))
    nu = replace(nu, penge=replace(nu.penge, linjer=(PENGE,), i_alt=PENGE))
    gammel = oejebliksbillede.som_json(nu) | {"skema": 2}
    for linje in (*gammel["billede"]["penge"]["linjer"], gammel["billede"]["penge"]["i_alt"]):
        del linje["mangler"], linje["ventede"]
    assert oejebliksbillede.fra_json(gammel) == nu
