"""Reading and writing the section: beside its lists, what belongs to other plans too, and what is approved."""

from django.db import models

from aftaler.models import Helhedsplan
from aftaler.planfil.filmodel import Post
from aftaler.planfil.sektioner import Sektion
from budget.actions.finansiering import sikr_kontoplan
from budget.models import Konto, Medfinansieringspulje
from budget.planfil.form import postorden
from budget.planfil.tjek import tjek, tjek_revision
from helhedsplan import actions


def naevner(plan: Helhedsplan) -> list:
    """The organisations and departments that financiers and pools refer to."""
    kilder = plan.finansieringskilder.select_related("organisation", "afdeling__organisation")
    puljer = Medfinansieringspulje.objects.filter(tilsagn__plan=plan).select_related("organisation")
    naevnte = [o for kilde in kilder for o in (kilde.organisation, kilde.afdeling) if o is not None]
    return [*naevnte, *(pulje.organisation for pulje in puljer)]


class Budgetsektion(Sektion):
    def forudhent(self, plan) -> None:
        super().forudhent(plan)
        models.prefetch_related_objects([plan], "puljetilsagn__pulje__organisation")

    def foer_opslag(self, plan, poster, gemmer) -> None:
        if not gemmer.ny:
            self.forudhent(plan)
        if poster["budgetter"] or poster["forbrug"]:
            sikr_kontoplan(bruger=gemmer.bruger, regelsaet=plan.regelsaet)

    def tjek(self, plan, poster, laeser, gemmer, *, uden_fejl) -> None:
        if uden_fejl:
            tjek(laeser, plan, poster, ny=gemmer.ny)

    def gem(self, plan, post: Post, laeser, gemmer, linje) -> None:
        _gem_delte(plan, laeser, gemmer.bruger, post.lister)
        orden = postorden(post.lister["finansieringskilder"])
        revisioner = [r for budget in post.lister["budgetter"] for r in budget.lister["revisioner"]]
        for budget in post.lister["budgetter"]:
            budget.lister["bidrag"].sort(key=orden)
            budget.lister["udgifter"].sort(key=orden)
        for revision in revisioner:
            revision.lister["linjer"].sort(key=orden)
        super().gem(plan, post, laeser, gemmer, linje)
        for revision in revisioner:
            tjek_revision(laeser, revision)


def _gem_delte(plan: Helhedsplan, laeser, bruger, poster: dict[str, list[Post]]) -> None:
    """What belongs to others too: a file adds what is missing and never changes what is there."""
    konti = {k.noegle: k for k in Konto.objects.filter(regelsaet=plan.regelsaet, plan=None)}
    puljer = {p.noegle: p for p in Medfinansieringspulje.objects.all()} if poster["puljer"] else {}
    for post in poster["faelles_konti"]:
        if fundet := konti.get(post.laest["noegle"]):
            _sammenlign(laeser, post, fundet, "Kontoen")
        else:
            sidste = max((k.orden for k in konti.values()), default=0)
            _opret(bruger, post, Konto(regelsaet=plan.regelsaet, orden=sidste + 1))
            konti[post.laest["noegle"]] = post.objekt
    for post in poster["puljer"]:
        if fundet := puljer.get(post.laest["noegle"]):
            _sammenlign(laeser, post, fundet, "Puljen")
        else:
            _opret(bruger, post, Medfinansieringspulje())


def _felter(post: Post) -> dict:
    return post.laest | {felt: getattr(fundet, "objekt", fundet) for felt, fundet in post.opslaaet.items()}


def _opret(bruger, post: Post, objekt: models.Model) -> None:
    for felt, vaerdi in _felter(post).items():
        setattr(objekt, felt, vaerdi)
    post.objekt = actions.opret(bruger=bruger, objekt=objekt)


def _sammenlign(laeser, post: Post, fundet, hvad: str) -> None:
    post.objekt = fundet
    for felt, vaerdi in _felter(post).items():
        if getattr(fundet, felt) != vaerdi:
            besked = (
                f"{hvad} {fundet.noegle} er fælles for flere planer og har »{getattr(fundet, felt)}« her, ikke "
                f"»{vaerdi}«. Ret filen, eller ret den på dens egen side."
            )
            laeser.fejl(post.linje(felt), post.sti(felt), besked)
