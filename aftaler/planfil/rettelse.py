"""Correcting a rule set that plans use: a dated version of it, with a reason, written in the rule-set file itself.

What is corrected keeps its row, so the plans keep what they hang on it. Nothing can be taken out or get another place,
and units and kinds stay, since figures and sections are written by them. Frozen editions hold their own words.
"""

from collections.abc import Hashable, Iterator

from django.db import models
from django.utils import timezone

from aftaler.models import FastIndikator, Helhedsplan, Regelparameter, Regelsaet, Skabelonafsnit
from aftaler.planfil.filmodel import Post, Under
from aftaler.planfil.laes import Laeser
from helhedsplan import revisionsspor
from helhedsplan.actions import Aendring, aendringer_til
from helhedsplan.formats import lang_dato

#: What figures and texts of plans are written by.
LAAST = {FastIndikator: ("enhed",), Regelparameter: ("enhed",), Skabelonafsnit: ("art",)}
VEJLEDNING = "Skal det rettes, så skriv »rettet« (dagens dato) og »rettelse« (grunden) i filen."


def er_rettelse(gammelt: Regelsaet, post: Post) -> bool:
    """The file says that it is a newer version of the rule set than the one that is here."""
    rettet = post.laest.get("rettet")
    if rettet is None or gammelt.rettet is None:
        return rettet is not None
    return rettet > gammelt.rettet or (rettet == gammelt.rettet and post.laest["rettelse"] != gammelt.rettelse)


def tjek_rettet(laeser: Laeser, post: Post) -> None:
    rettet = post.laest.get("rettet")
    if rettet and rettet > timezone.localdate():
        laeser.fejl(post.linje("rettet"), post.sti("rettet"), f"{lang_dato(rettet)} er ikke kommet endnu.")


def ret_regelsaet(laeser: Laeser, gammelt: Regelsaet, post: Post, *, bruger) -> bool:
    """Apply the file; False when it asks for more than a correction may, with the faults in the reader."""
    aendringer = _ret_post(laeser, gammelt, post, "")
    if laeser.alle_fejl:
        return False
    _log(bruger, revisionsspor.FAELLES, gammelt, aendringer)
    for plan in Helhedsplan.objects.filter(regelsaet=gammelt).order_by("pk"):
        _log(bruger, plan.noegle, gammelt, aendringer)
    return True


def _log(bruger, kaede: str, regelsaet: Regelsaet, aendringer: list[Aendring]) -> None:
    revisionsspor.skriv(
        bruger=bruger,
        kaede=kaede,
        handling="rettet",
        objekt=regelsaet,
        aendringer=[aendring.som_data() for aendring in aendringer],
    )


def _ret_post(laeser: Laeser, raekke: models.Model, post: Post, navn: str) -> list[Aendring]:
    """The row becomes what the file says, and so do those below it."""
    post.objekt = raekke
    fundne = aendringer_til(raekke, post.laest)
    laaste = LAAST.get(post.art.model, ())
    for felt in (a.felt for a in fundne if a.felt in laaste):
        laeser.fejl(post.linje(felt), post.sti(felt), "Det kan ikke ændres i et regelsæt, som planer bruger.")
    for felt, vaerdi in post.laest.items():
        setattr(raekke, felt, vaerdi)
    raekke.save()
    aendringer = [Aendring(f"{navn}{a.felt}", f"{navn}{a.navn}", a.foer, a.efter) for a in fundne]
    for liste in post.art.lister:
        aendringer += _ret_liste(laeser, raekke, liste, post)
    return aendringer


def _ret_liste(laeser: Laeser, ejer: models.Model, liste: Under, post: Post) -> Iterator[Aendring]:
    gemte = {liste.art.noegle_af(raekke): raekke for raekke in liste.hent(ejer)}
    poster = {p.noegle: p for p in post.lister[liste.noegle]}
    hele = post.linje(liste.noegle), post.sti(liste.noegle)
    for raekke in (raekke for noegle, raekke in gemte.items() if noegle not in poster):
        laeser.fejl(*hele, f"»{raekke}« bruges måske af planer og kan ikke tages ud.")
    if liste.art.placering and _raekkefoelge(liste, gemte) != list(poster)[: len(gemte)]:
        laeser.fejl(*hele, "Det, der er, skal stå først og i samme rækkefølge; nyt skal stå til sidst.")
    if laeser.alle_fejl:
        return
    for nr, (noegle, en) in enumerate(poster.items(), 1):
        if noegle in gemte:
            yield from _ret_post(laeser, gemte[noegle], en, f"{str(gemte[noegle])[:60]}: ")
        else:
            yield _ny(liste, ejer, en, nr)


def _raekkefoelge(liste: Under, gemte: dict[Hashable, models.Model]) -> list[Hashable]:
    return sorted(gemte, key=lambda noegle: getattr(gemte[noegle], liste.art.placering))


def _ny(liste: Under, ejer: models.Model, post: Post, nr: int) -> Aendring:
    plads = {post.art.placering: nr} if post.art.placering else {}
    post.objekt = post.art.model(**liste.ejer(ejer), **post.laest, **plads)
    post.objekt.save()
    for under in post.art.lister:
        for under_nr, en in enumerate(post.lister[under.noegle], 1):
            _ny(under, post.objekt, en, under_nr)
    return Aendring(liste.noegle, str(post.art.model._meta.verbose_name), None, str(post.objekt))
