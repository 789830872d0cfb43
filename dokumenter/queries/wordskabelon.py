"""The Word templates of the installation, and an example of everything that one can name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from aftaler.choices import Afsnitsart, Dokumentart
from aftaler.models import Helhedsplan, Regelsaet
from aftaler.queries.dokument import (
    Aktivitetsvisning,
    Delmaalsvisning,
    Dokument,
    Dokumentafsnit,
    Partsvisning,
    Samarbejdspartsvisning,
)
from dokumenter.choices import MED_WORDSKABELON
from dokumenter.models import Wordskabelon

EKSEMPEL = "eksempel"


@dataclass(frozen=True)
class Skabelonplads:
    """A kind of document under a rule set, and the template that is kept for it, if any."""

    regelsaet: Regelsaet
    art: Dokumentart
    skabelon: Wordskabelon | None


def pladser() -> list[Skabelonplads]:
    fundne = {(s.regelsaet_id, s.art): s for s in Wordskabelon.objects.all()}
    return [
        Skabelonplads(regelsaet, art, fundne.get((regelsaet.pk, art.value)))
        for regelsaet in Regelsaet.objects.order_by("-noegle")
        for art in MED_WORDSKABELON
    ]


def skabelon_til(plan: Helhedsplan, art: str) -> Wordskabelon | None:
    return Wordskabelon.objects.filter(regelsaet_id=plan.regelsaet_id, art=art).first()


def eksempelpapir(regelsaet: Regelsaet, art: str) -> Dokument:
    """A paper of that kind with every section of the rule set, and one of each thing in it."""
    afsnit = [
        _afsnit(s.noegle, s.nummer, s.titel, s.art, INDHOLD.get(s.art, ()))
        for s in regelsaet.skabelonafsnit.filter(dokument=art)
    ]
    kendte = {a.art for a in afsnit}
    # What a template may list is there also where the rule set's own template has no section for it.
    afsnit += [_afsnit(f"_{art_}", "", "", art_, ting) for art_, ting in INDHOLD.items() if art_ not in kendte]
    dag = date(2026, 1, 1)
    return Dokument(
        noegle=EKSEMPEL,
        art=art,
        arttekst=EKSEMPEL,
        titel=EKSEMPEL,
        plan_navn=EKSEMPEL,
        omraadenavn=EKSEMPEL,
        pulje=regelsaet.navn,
        regulativ=regelsaet.regulativ,
        regulativ_sagt=regelsaet.regulativ_sagt,
        lbf_sagsnummer=EKSEMPEL,
        periode_fra=dag,
        periode_til=dag,
        aendret=None,
        parter=(Partsvisning(EKSEMPEL, EKSEMPEL, True, None, None, EKSEMPEL, EKSEMPEL),),
        omraader=(EKSEMPEL,),
        afsnit=tuple(afsnit),
    )


def _afsnit(noegle: str, nummer: str, titel: str, art: str, indhold: tuple) -> Dokumentafsnit:
    return Dokumentafsnit(noegle, nummer, titel, art, True, "", "", "", f"<p>{EKSEMPEL}</p>", True, (), indhold)


AKTIVITET = Aktivitetsvisning(
    EKSEMPEL, 1, EKSEMPEL, EKSEMPEL, EKSEMPEL, EKSEMPEL, (), (EKSEMPEL,), (EKSEMPEL,), (),
    (Samarbejdspartsvisning(EKSEMPEL, EKSEMPEL, ""),), (),
)  # fmt: skip
INDHOLD: dict[str, Any] = {
    Afsnitsart.DELMAAL.value: (Delmaalsvisning(EKSEMPEL, 1, EKSEMPEL, EKSEMPEL, EKSEMPEL, (EKSEMPEL,), ""),),
    Afsnitsart.AKTIVITETER.value: (AKTIVITET,),
    Afsnitsart.SAMARBEJDSPARTER.value: (Samarbejdspartsvisning(EKSEMPEL, EKSEMPEL, EKSEMPEL),),
}
