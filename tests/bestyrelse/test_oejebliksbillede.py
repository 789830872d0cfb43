"""The form of a published status, which is read for ever."""

import json
from dataclasses import fields
from pathlib import Path

from bestyrelse.oejebliksbillede import SKEMA
from dokumenter.oejebliksbillede import TYPER


def test_every_class_of_a_status_has_the_fields_of_its_form():
    """A field that is new, gone or renamed changes the form: give it a new number in `SKEMA`, keep the reader of
    the old one, and keep the new fields in a file of their own beside skema-1.json."""
    egne = {navn: klasse for navn, klasse in TYPER.items() if klasse.__module__.startswith("bestyrelse.")}
    former = {navn: [felt.name for felt in fields(klasse)] for navn, klasse in sorted(egne.items())}
    assert former == json.loads((Path(__file__).parent / f"skema-{SKEMA}.json").read_text())
