"""A plan as canonical data, as YAML and as JSON: the same plan always gives the same bytes."""

import json
import re
from typing import Any, Literal

import yaml
from pydantic import create_model

from aftaler.models import Helhedsplan
from aftaler.planfil.gem import hent_plan
from aftaler.planfil.planform import FORMAT, Helhedsplanfil
from aftaler.planfil.sektioner import alle_sektioner

TEKST, DATO = "tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"
ISO_DATO = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Characters that only a quoted text with escapes carries through YAML unharmed.
SKAL_SKRIVES_OM = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def plan_som_data(plan: Helhedsplan) -> dict:
    """Everything people have written in a plan, in JSON types, always in the same order; empty fields are left out.

    Raises OSError when the file of a picture is missing from storage.
    """
    hentet = hent_plan(plan.noegle)
    if hentet is None:
        raise Helhedsplan.DoesNotExist(f"Planen {plan.noegle} findes ikke.")
    data = {"format": FORMAT, **Helhedsplanfil.som_data(hentet)}
    for sektion in alle_sektioner():
        if indhold := sektion.skriv(hentet):
            data[sektion.noegle] = indhold
    return data


def skriv_plan(plan: Helhedsplan) -> str:
    """The plan file as YAML."""
    return som_yaml(plan_som_data(plan))


def skriv_plan_json(plan: Helhedsplan) -> str:
    """The plan file as JSON."""
    return json.dumps(plan_som_data(plan), ensure_ascii=False, indent=2) + "\n"


def planskema() -> dict:
    """The JSON Schema of a plan file with the sections of all rooms, for an editor that checks while one types."""
    klasser = (Helhedsplanfil, *(sektion.klasse for sektion in alle_sektioner()))
    rod: dict[str, Any] = {
        "__base__": klasser,
        "__cls_kwargs__": {"model": Helhedsplan},
        "format": (Literal[FORMAT], ...),
    }
    return create_model("Planfil", **rod).model_json_schema()


class _Skriver(yaml.SafeDumper):
    """Lists are indented under their key, short lists of words stand on one line, prose of several lines as a block."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        return True


def _skriv_tekst(skriver: _Skriver, tekst: str) -> yaml.Node:
    if ISO_DATO.fullmatch(tekst):
        return skriver.represent_scalar(DATO, tekst)
    if SKAL_SKRIVES_OM.search(tekst):
        return skriver.represent_scalar(TEKST, tekst, style='"')
    return skriver.represent_scalar(TEKST, tekst, style="|" if "\n" in tekst else None)


def _skriv_liste(skriver: _Skriver, liste: list) -> yaml.Node:
    paa_en_linje = not any(isinstance(led, (dict, list)) for led in liste)
    return skriver.represent_sequence("tag:yaml.org,2002:seq", liste, flow_style=paa_en_linje)


_Skriver.add_representer(str, _skriv_tekst)
_Skriver.add_representer(list, _skriv_liste)


def som_yaml(data: dict) -> str:
    """Canonical YAML, ending in the mark that says the file is whole. Lines are never folded."""
    return yaml.dump(
        data,
        Dumper=_Skriver,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=10**9,
        explicit_end=True,
    )
