"""Which role in which plan the kommune's own login gives: a YAML file that `OIDC_ROLLER` names, and what a login says.

The file is read when the program starts, and a fault in it stops the start.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from helhedsplan.rettigheder import FOER, ROLLER

HOEJST_VAERDIER = 500
HJAELP = "Se docs/drift.md."


class Rollefejl(Exception):
    """The file cannot be used; the text says why, in Danish."""


class Loginrolle(BaseModel):
    """Who has `vaerdi` in the claim has `rolle` in the plan, or in every plan that the organisation is a party to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vaerdi: str = Field(min_length=1)
    rolle: str
    plan: str = ""
    organisation: str = ""

    @field_validator("rolle")
    @classmethod
    def _kendt(cls, rolle: str) -> str:
        rolle = FOER.get(rolle, rolle)
        if rolle not in ROLLER:
            raise ValueError(f"»{rolle}« er ingen rolle. Skriv {', '.join(ROLLER)}")
        return rolle

    @model_validator(mode="after")
    def _et_sted(self) -> "Loginrolle":
        if bool(self.plan) == bool(self.organisation):
            raise ValueError("skriv enten plan eller organisation")
        return self


class Loginroller(BaseModel):
    """`claim`: its name, or the way to it with dots ("resource_access.helhedsplan.roles")."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str = Field(default="roles", min_length=1)
    roller: tuple[Loginrolle, ...] = Field(min_length=1)

    def givne(self, oplysninger: Mapping[str, Any]) -> list[Loginrolle]:
        """What a login gives, of those that the file has; a claim of another kind than words gives nothing."""
        vaerdier = set(_vaerdier(oplysninger, self.claim))
        return [en for en in self.roller if en.vaerdi in vaerdier]


def _vaerdier(oplysninger: Any, claim: str) -> Iterator[str]:
    fundet = oplysninger.get(claim)
    if fundet is None:
        fundet = oplysninger
        for led in claim.split("."):
            fundet = fundet.get(led) if isinstance(fundet, Mapping) else None
    for vaerdi in (fundet if isinstance(fundet, list) else [fundet])[:HOEJST_VAERDIER]:
        if isinstance(vaerdi, str):
            yield vaerdi


@lru_cache(maxsize=4)
def loginroller(sti: str) -> Loginroller:
    """Raises Rollefejl."""
    try:
        return Loginroller.model_validate(yaml.safe_load(Path(sti).read_text()))
    except OSError as fejl:
        raise Rollefejl(f"OIDC_ROLLER: {sti} kan ikke læses ({fejl.strerror}). {HJAELP}") from fejl
    except (yaml.YAMLError, UnicodeDecodeError) as fejl:
        raise Rollefejl(f"OIDC_ROLLER: {sti} er ikke skrevet som YAML. {HJAELP}") from fejl
    except ValidationError as fejl:
        raise Rollefejl(f"OIDC_ROLLER: {sti}: {'; '.join(map(_sagt, fejl.errors()))}. {HJAELP}") from fejl


def _sagt(fejl: Any) -> str:
    sted = ".".join(str(led + 1) if isinstance(led, int) else led for led in fejl["loc"])
    hvad = {
        "missing": "mangler",
        "extra_forbidden": "kendes ikke",
        "value_error": str(fejl.get("ctx", {}).get("error", "")),
    }.get(fejl["type"], "er ikke skrevet, som det skal")
    return f"{sted or 'filen'}: {hvad}"
