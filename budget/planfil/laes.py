"""Reading the section: every list, what it refers to, and all of it saved or none."""

from django.db import models

from aftaler.models import Helhedsplan
from aftaler.planfil.form import Post
from aftaler.planfil.yaml_laeser import Felter, Knude, Skalar
from budget.actions.finansiering import sikr_kontoplan
from budget.models import Konto, Medfinansieringspulje
from budget.planfil.form import EGNE, FORUDHENT, LISTER, postorden
from budget.planfil.tjek import tjek, tjek_revision
from helhedsplan import actions


def laes(plan: Helhedsplan, data, sektion) -> None:
    """Read every list, look up what they refer to, and save them when the whole section is without fault."""
    laeser, over = sektion.laeser, sektion.laeser.plan
    foer = len(laeser.alle_fejl)
    if not sektion.ny:
        models.prefetch_related_objects([plan], *FORUDHENT)
    for liste in LISTER:
        liste.laes_knude(laeser, over, _under(laeser, sektion.knude, liste.noegle))
    poster = {liste.noegle: over.lister[liste.noegle] for liste in LISTER}
    if poster["budgetter"] or poster["forbrug"]:
        sikr_kontoplan(bruger=sektion.bruger, regelsaet=plan.regelsaet)
    for post in (p for liste in poster.values() for p in liste):
        laeser.slaa_op(post)
    if len(laeser.alle_fejl) == foer:
        tjek(laeser, plan, poster, ny=sektion.ny)
    for noegle in poster:
        del over.lister[noegle]
    if len(laeser.alle_fejl) > foer:
        return
    _gem(plan, sektion, poster)


def _under(laeser, knude: Knude | None, noegle: str) -> Knude | None:
    """The node of one list; faults of the section itself are told with the first list."""
    if isinstance(knude, Felter):
        if noegle == LISTER[0].noegle:
            laeser.tjek_kendte(knude, [liste.noegle for liste in LISTER])
        under = knude.felter.get(noegle)
        return None if isinstance(under, Skalar) and under.art == "intet" else under
    if knude is not None and noegle == LISTER[0].noegle and not (isinstance(knude, Skalar) and knude.art == "intet"):
        laeser.fejl(knude.linje, knude.sti, "Her skal stå nøgler med kolon efter.")
    return None


def _gem(plan: Helhedsplan, sektion, poster: dict[str, list[Post]]) -> None:
    gemmer, over = sektion.gemmer, sektion.laeser.plan
    linje = sektion.knude.linje if sektion.knude else over.knude.linje
    _gem_delte(plan, sektion, poster)
    orden = postorden(poster["finansieringskilder"])
    for budget in poster["budgetter"]:
        budget.lister["bidrag"].sort(key=orden)
        budget.lister["udgifter"].sort(key=orden)
        for revision in budget.lister["revisioner"]:
            revision.lister["linjer"].sort(key=orden)
    for liste in EGNE:
        gemmer.gem_liste(liste, plan, poster[liste.noegle], linje, ejer_er_ny=sektion.ny)
    gemmer.afslut()
    for budget in poster["budgetter"]:
        for post in budget.lister["revisioner"]:
            tjek_revision(sektion.laeser, post)


def _gem_delte(plan: Helhedsplan, sektion, poster: dict[str, list[Post]]) -> None:
    """What belongs to others too: a file adds what is missing and never changes what is there."""
    konti = {k.noegle: k for k in Konto.objects.filter(regelsaet=plan.regelsaet, plan=None)}
    puljer = {p.noegle: p for p in Medfinansieringspulje.objects.all()} if poster["puljer"] else {}
    for post in poster["faelles_konti"]:
        if fundet := konti.get(post.laest["noegle"]):
            _sammenlign(sektion.laeser, post, fundet, "Kontoen")
        else:
            sidste = max((k.orden for k in konti.values()), default=0)
            _opret(sektion, post, Konto(regelsaet=plan.regelsaet, orden=sidste + 1))
            konti[post.laest["noegle"]] = post.objekt
    for post in poster["puljer"]:
        if fundet := puljer.get(post.laest["noegle"]):
            _sammenlign(sektion.laeser, post, fundet, "Puljen")
        else:
            _opret(sektion, post, Medfinansieringspulje())


def _felter(post: Post) -> dict:
    return post.laest | {felt: getattr(fundet, "objekt", fundet) for felt, fundet in post.opslaaet.items()}


def _opret(sektion, post: Post, objekt: models.Model) -> None:
    for felt, vaerdi in _felter(post).items():
        setattr(objekt, felt, vaerdi)
    post.objekt = actions.opret(bruger=sektion.bruger, objekt=objekt)


def _sammenlign(laeser, post: Post, fundet, hvad: str) -> None:
    post.objekt = fundet
    for felt, vaerdi in _felter(post).items():
        if getattr(fundet, felt) != vaerdi:
            besked = (
                f"{hvad} {fundet.noegle} er fælles for flere planer og har »{getattr(fundet, felt)}« her, ikke "
                f"»{vaerdi}«. Ret filen, eller ret den på dens egen side."
            )
            laeser.fejl(post.linje(felt), post.sti(felt), besked)
