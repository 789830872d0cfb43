"""What an agenda item is about: its hash as it stands today, its name, and where it is shown.

The hash is that of the very thing decided: an edition's PDF, a published status's snapshot, a budget revision's lines
with their reason, and of an item about nothing else its own text.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from budget.models import Revision
from moeder.models import Dagsordenspunkt
from status.choices import Statustilstand

#: What the lines of a revision are told by.
NAEVNT = ("kilde", "konto", "delaftale__indsatsomraade", "aktivitet")
EGEN_TEKST = ("titel", "slags", "indstilling", "problemstilling", "loesning", "oekonomi", "videre_proces")


def hent_linjer(punkter: Sequence[Dagsordenspunkt]) -> None:
    """Have the lines of all the items' revisions at hand, in a constant number of queries."""
    prefetch_related_objects(list(punkter), *(f"revision__linjer__{navn}" for navn in NAEVNT))


def genstand_sha256(punkt: Dagsordenspunkt) -> str:
    """The hash of what the item is about as it stands now; '' of a status that is not published: there is no page."""
    if punkt.udgave_id:
        return str(punkt.udgave.pdf_sha256)
    if punkt.status_id:
        return str(punkt.status.indhold_sha256)
    if punkt.revision_id:
        return _sha256(_revision(punkt.revision))
    return tekstens_sha256(punkt)


def tekstens_sha256(punkt: Dagsordenspunkt) -> str:
    """The hash of the item's own text."""
    return _sha256({felt: getattr(punkt, felt) for felt in EGEN_TEKST})


def _sha256(data: Any) -> str:
    """Of canonical JSON: keys in order, no spaces, letters as they are."""
    return hashlib.sha256(
        json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def _revision(revision: Revision) -> dict:
    """All that an approval of the revision is an approval of, in an order of its own."""
    linjer = list(revision.linjer.all())
    prefetch_related_objects(linjer, *NAEVNT)
    return {
        "nummer": revision.nummer,
        "art": revision.art,
        "dato": revision.dato.isoformat(),
        "begrundelse": revision.begrundelse,
        "linjer": sorted(_linje(linje) for linje in linjer),
    }


def _linje(linje) -> list[str]:
    return [
        linje.kilde.noegle if linje.kilde else "",
        linje.art,
        linje.konto.noegle if linje.konto else "",
        linje.delaftale.noegle if linje.delaftale else "",
        f"{linje.aktivitet_id}/{linje.aktivitet.noegle}" if linje.aktivitet else "",
        str(linje.planaar or ""),
        f"{linje.delta:.2f}",
        linje.note,
    ]


def genstandens_navn(punkt: Dagsordenspunkt) -> str:
    """What the item is about, in words; '' when it is about its own text."""
    return str(punkt.genstand or "")


def genstandens_url(punkt: Dagsordenspunkt) -> str:
    """Where the paper is shown; '' when there is none."""
    plan = punkt.moede.plan.noegle
    if punkt.udgave_id:
        return reverse("udgave-vis", args=[plan, punkt.udgave_id])
    if punkt.status_id:
        return reverse("status-vis", args=[plan, punkt.status.noegle])
    if punkt.revision_id:
        return f"{reverse('budget-revisioner', args=[plan])}#revision-{punkt.revision.nummer}"
    return ""


def genstandens_mangler(punkt: Dagsordenspunkt) -> str:
    """Why nothing can be decided about the paper, whoever meets; '' when it can."""
    if punkt.udgave_id and punkt.udgave.trukket:
        return "Udgaven er trukket tilbage."
    if punkt.udgave_id and punkt.udgave.ikraft:
        return "Udgaven er allerede sat i kraft."
    if punkt.status_id and punkt.status.tilstand == Statustilstand.TRUKKET:
        return "Statussen er trukket tilbage."
    if punkt.status_id and punkt.status.skrives:
        return "Statussen er ikke publiceret endnu."
    if punkt.revision_id and punkt.revision.er_laast:
        return "Revisionen er allerede godkendt."
    return ""
