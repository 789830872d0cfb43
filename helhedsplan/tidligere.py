"""What those are called who have been made anonymous: »tidligere bruger 17«, wherever the log says their name.

The log is hash-chained and stands as it was written, so the name is taken out where it is read. Whoever shows an entry
or a stored name goes by way of here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from helhedsplan.former import UlaeseligeData
from helhedsplan.laest import laest_en_gang
from helhedsplan.models import Bruger, Haendelse


def kaldes(pk: int) -> str:
    return f"Tidligere bruger {pk}"


@laest_en_gang
def tidligere_navne() -> dict[str, str]:
    """What they were called -> what they are called now, the longest first."""
    alle = Bruger.objects.filter(anonymiseret__isnull=False).values_list("pk", "tidligere_navne")
    navne = {navn: kaldes(pk) for pk, egne in alle for navn in egne if navn}
    return dict(sorted(navne.items(), key=lambda led: -len(led[0])))


def uden_navne(tekst: str, navne: Mapping[str, str] | None = None) -> str:
    """The text without the names of those who are anonymous (`navne`, when they are at hand). A name of one word counts
    only where it stands alone or before a colon, as the log writes persons: elsewhere it may be anybody's."""
    navne = tidligere_navne() if navne is None else navne
    if not navne or not tekst:
        return tekst
    hele = [navn for navn in navne if " " in navn or "@" in navn]
    if hele:
        moenster = rf"(?<![\w@.])(?:{'|'.join(map(re.escape, hele))})(?![\w@])"
        tekst = re.sub(moenster, lambda fundet: navne[fundet[0]], tekst)
    foerst, kolon, resten = tekst.partition(": ")
    return f"{navne[foerst]}{kolon}{resten}" if foerst in navne else tekst


def uden_navne_i(vaerdi: Any, navne: Mapping[str, str] | None = None) -> Any:
    """The same of what the log keeps of a field."""
    navne = tidligere_navne() if navne is None else navne
    if not navne:
        return vaerdi
    if isinstance(vaerdi, str):
        return uden_navne(vaerdi, navne)
    if isinstance(vaerdi, list):
        return [uden_navne_i(v, navne) for v in vaerdi]
    return {navn: uden_navne_i(v, navne) for navn, v in vaerdi.items()} if isinstance(vaerdi, dict) else vaerdi


def hvem(haendelse: Haendelse) -> str:
    """Who did it."""
    return uden_navne(haendelse.bruger_navn)


def uden_navne_i_stroem(haendelser: Iterable[Haendelse]) -> Iterator[Haendelse]:
    """Entries that are about to be shown, and are not saved, without the names; `uden_navn` says of each whether there
    was one."""
    navne = tidligere_navne()
    for haendelse in haendelser:
        if navne:
            foer = (haendelse.bruger_navn, haendelse.objekt_navn, haendelse.aendringer)
            haendelse.bruger_navn = uden_navne(haendelse.bruger_navn, navne)
            haendelse.objekt_navn = uden_navne(haendelse.objekt_navn, navne)
            if not isinstance(haendelse.aendringer, UlaeseligeData):
                haendelse.aendringer = uden_navne_i(haendelse.aendringer, navne)
            efter = (haendelse.bruger_navn, haendelse.objekt_navn, haendelse.aendringer)
            haendelse.uden_navn = foer != efter
        yield haendelse


def uden_navne_i_sporet(haendelser: Iterable[Haendelse]) -> None:
    """The same of entries that are at hand."""
    for _ in uden_navne_i_stroem(haendelser):
        pass
