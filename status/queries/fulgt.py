"""An earlier status with its activities where they stand today: an activity that was moved is the same activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from status.queries.statusindhold import Statusbillede


def fulgt(foer: Statusbillede | None, i_dag: Iterable[tuple[str, str]]) -> Statusbillede | None:
    """`i_dag`: key and name of every activity now. What was moved to another delaftale gets its key of today, known by
    its own part of the key, else by its name, where only one on each side bears it; so do its milestones."""
    if foer is None:
        return None
    nye = dict(i_dag)
    gamle = {a.noegle: a.navn for o in foer.omraader for a in o.aktiviteter}
    vaek = {noegle: navn for noegle, navn in gamle.items() if noegle not in nye}
    kommet = {noegle: navn for noegle, navn in nye.items() if noegle not in gamle}
    flyttet: dict[str, str] = {}
    for kende in (lambda noegle, navn: noegle.rpartition("/")[2], lambda noegle, navn: navn):
        til = _entydige(kommet.items() - {(ny, kommet[ny]) for ny in flyttet.values()}, kende)
        fra = _entydige(vaek.items() - {(gl, vaek[gl]) for gl in flyttet}, kende)
        flyttet |= {fra[ens]: til[ens] for ens in fra.keys() & til.keys()}
    return _med_noegler(foer, flyttet) if flyttet else foer


def _entydige(ting: Iterable[tuple[str, str]], kende) -> dict[str, str]:
    """What a thing is known by -> its key, where no other is known by the same."""
    ting = list(ting)
    antal = Counter(kende(*en) for en in ting)
    return {kende(*en): en[0] for en in ting if antal[kende(*en)] == 1}


def _med_noegler(foer: Statusbillede, nye: dict[str, str]) -> Statusbillede:
    omraader = tuple(
        replace(o, aktiviteter=tuple(replace(a, noegle=nye.get(a.noegle, a.noegle)) for a in o.aktiviteter))
        for o in foer.omraader
    )
    milepaele = []
    for m in foer.milepaele:
        sted, kolon, navn = m.noegle.partition(":")
        milepaele.append(replace(m, noegle=f"{nye.get(sted, sted)}{kolon}{navn}"))
    return replace(foer, omraader=omraader, milepaele=tuple(milepaele))
