"""Work that is done once and used again for as long as nothing has been written.

Every write in a plan adds an entry to its audit chain, and what plans share has the chain "faelles". So the heads
of these chains name a state of the data exactly: what was made of it holds until one of them moves.
"""

import hashlib
from collections.abc import Callable, Iterable

from django.core.cache import caches

from helhedsplan.laest import laest_en_gang
from helhedsplan.models import Kaede
from helhedsplan.revisionsspor import FAELLES


def genbrug(hvad: str, planer: Iterable[str], lav: Callable):
    """What `lav()` gives, or gave last time for the same state of these plans (keys); one query.

    `hvad` names the work and everything it depends on beside the data: the paper, the person's right, the day. It must
    not depend on anything else. A plan without any entry is never remembered.
    """
    nu = tilstand(planer, hvad)
    return caches["sider"].get_or_set(f"genbrug:{nu}", lav) if nu else lav()


def tilstand(planer: Iterable[str], hvad: str = "") -> str:
    """A name of the state of these plans (keys), and of `hvad`; '' where a plan has no entry yet. One query."""
    noegler = tuple(sorted(set(planer)))
    hoveder = _hoveder(noegler)
    if not all(hoveder.get(noegle) for noegle in noegler):
        return ""
    hele = "\n".join([hvad, *(f"{noegle}={hoveder[noegle]}" for noegle in noegler), hoveder.get(FAELLES, "")])
    return hashlib.sha256(hele.encode()).hexdigest()


@laest_en_gang
def _hoveder(noegler: tuple[str, ...]) -> dict[str, str]:
    return dict(Kaede.objects.filter(noegle__in=[*noegler, FAELLES]).values_list("noegle", "hash"))
