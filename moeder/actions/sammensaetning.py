"""The board's sides, its members, and what its kommissorium says of votes and meetings."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aftaler.actions import raekker as planraekker
from aftaler.choices import Gruppeart
from aftaler.models import Gruppe, Helhedsplan, Medlemskab
from aftaler.queries.adgang import tjek
from helhedsplan import actions
from helhedsplan.actions import Versionskonflikt, laas
from helhedsplan.rettigheder import Rettighed
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden
from moeder.queries.bestyrelsen import bestyrelsesraekker, organisationer, siddende
from moeder.queries.sammensaetning import MOEDEFELTER, moedegruppe

#: Sides are made, changed and deleted as the plan's other rows are (`aftaler.actions.raekker`).
planraekker.FELTER[Bestyrelsesside] = frozenset({"navn", "organisation", "har_stemme"})
MEDLEMSFELTER = frozenset({"navn", "titel", "formand", "bruger", "fra", "fra_sagt", "til", "til_sagt"})
ORDENSFELTER = frozenset({"afstemning", "bestyrelsesmoeder", "foelgegruppemoeder", "indkaldelse_dage", "referat_dage"})


@transaction.atomic
def ret_forretningsorden(*, bruger, orden: Forretningsorden, felter: dict, version: int | None) -> Forretningsorden:
    """Change how the board works; the first change makes the row. Decisions that stand keep the rule they had."""
    tjek(bruger, Rettighed.RET, orden.plan)
    laas(orden.plan)
    findes = Forretningsorden.objects.filter(plan=orden.plan).first()
    if findes is not None and orden.pk is None:
        raise Versionskonflikt(findes, version or 0)
    if orden.pk is None:
        for felt, vaerdi in felter.items():
            setattr(orden, felt, vaerdi)
        actions.opret(bruger=bruger, objekt=orden)
    else:
        actions.ret(bruger=bruger, objekt=orden, felter=felter, version=version, tilladte=ORDENSFELTER)
    _skriv_moedetal(bruger, orden)
    return orden


def _skriv_moedetal(bruger, orden: Forretningsorden) -> None:
    """The number of meetings stands at the groups, where diagram, kommissorium and calendar read it."""
    for art, felt in MOEDEFELTER.items():
        if gruppe := moedegruppe(orden.plan, art):
            planraekker.ret(bruger=bruger, objekt=gruppe, felter={"moeder_pr_aar": getattr(orden, felt)}, version=None)


def _tjek_bruger(plan: Helhedsplan, bruger) -> None:
    """The account that is named is one that may read the plan."""
    if bruger is not None and not Medlemskab.objects.gaeldende().filter(plan=plan, bruger=bruger).exists():
        besked = "Brugeren har ikke adgang til planen. Giv adgang under Indstillinger først."
        raise ValidationError({"bruger": besked}, code="ingen_adgang")


@transaction.atomic
def opret_medlem(*, bruger, medlem: Bestyrelsesmedlem) -> Bestyrelsesmedlem:
    """Somebody takes a seat. The plan is held, so that nobody gets two seats at once."""
    tjek(bruger, Rettighed.RET, medlem.plan)
    laas(medlem.plan)
    _tjek_bruger(medlem.plan, medlem.bruger)
    return actions.opret(bruger=bruger, objekt=medlem)


@transaction.atomic
def ret_medlem(*, bruger, medlem: Bestyrelsesmedlem, felter: dict, version: int | None) -> bool:
    """Change a seat's holder's facts, or give him a last day. A seat stays on its side."""
    plan = medlem.plan
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    _tjek_bruger(plan, felter.get("bruger"))
    foer = bestyrelsesraekker(plan)
    rettet = actions.ret(bruger=bruger, objekt=medlem, felter=felter, version=version, tilladte=MEDLEMSFELTER)
    _lad_diagrammet_foelge(bruger, plan, foer)
    return rettet


@transaction.atomic
def slet_medlem(*, bruger, medlem: Bestyrelsesmedlem) -> None:
    """Delete one that was written by mistake, and his seat in the diagram."""
    plan = medlem.plan
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    foer = bestyrelsesraekker(plan)
    fjern_medlem(bruger=bruger, medlem=medlem)
    _lad_diagrammet_foelge(bruger, plan, foer)


def _lad_diagrammet_foelge(bruger, plan: Helhedsplan, foer: list[dict]) -> None:
    """The seats of those who sit now, and those that were vacant; a diagram without seats stays so."""
    gruppe = moedegruppe(plan, Gruppeart.BESTYRELSE)
    if gruppe and gruppe.pladser.exists():
        ledige = [r for r in foer if r["medlem"] is None]
        nu = [r for r in bestyrelsesraekker(plan) if r["medlem"]]
        skriv_pladser(bruger=bruger, plan=plan, raekker=[*nu, *ledige])


def raekkens_organisation(plan: Helhedsplan, valg: str) -> int | None:
    """The organisation of what a row of the board says that it is for (`queries.bestyrelsen.sidevalg`)."""
    slags, _, pk = valg.partition("-")
    if slags == "side":
        return plan.bestyrelsessider.filter(pk=pk).values_list("organisation", flat=True).first()
    return int(pk) if slags == "org" else None


def skriv_pladser(*, bruger, plan: Helhedsplan, raekker: list[dict]) -> None:
    """The seats of the board in the organisation diagram and the kommissorium: those who sit, and the vacant ones. One
    who takes over from another later has no seat of his own yet."""
    blivende = {m.pk for m in siddende(plan)}
    taeller = [r for r in raekker if not r["medlem"] or r["medlem"] in blivende]
    pladser = [
        {
            "titel": raekke["titel"] or raekke["navn"],
            "organisation": raekkens_organisation(plan, raekke["side"]),
            "formand": raekke["formand"],
            "antal": raekke["antal"],
            "betingelse": raekke["betingelse"],
        }
        for raekke in _uden_efterfoelgere(taeller)
    ]
    gruppe = moedegruppe(plan, Gruppeart.BESTYRELSE)
    if not pladser and gruppe is None:
        return
    kendte = {o.pk: o for o in organisationer(plan)} | {
        s.organisation_id: s.organisation for s in plan.bestyrelsessider.select_related("organisation")
    }
    talte = {_slags(p.titel, p.organisation_id) for p in gruppe.pladser.all() if p.antal} if gruppe else set()
    nye = [p | {"organisation": kendte.get(p["organisation"])} for p in _samlet(pladser, talte)]
    if gruppe is None:
        # The number that was written before there was a group stands at the group from now on.
        moeder = Forretningsorden.objects.filter(plan=plan).values_list("bestyrelsesmoeder", flat=True).first()
        gruppe = Gruppe(plan=plan, navn="Bestyrelsen", art=Gruppeart.BESTYRELSE, moeder_pr_aar=moeder)
        planraekker.opret(bruger=bruger, objekt=gruppe, raekker={"pladser": nye})
    else:
        planraekker.ret(bruger=bruger, objekt=gruppe, felter={}, version=None, raekker={"pladser": nye})


def _slags(titel: str, organisation: int | None) -> tuple[str, int | None]:
    return titel.casefold(), organisation


def _samlet(pladser: list[dict], talte: set) -> list[dict]:
    """Seats of a kind that is told as a number stay one row with their number, whoever sits there; the chairman has his
    own."""
    ud: list[dict] = []
    talte = talte | {_slags(p["titel"], p["organisation"]) for p in pladser if p["antal"]}
    foerste: dict[tuple, dict] = {}
    for plads in pladser:
        slags = _slags(plads["titel"], plads["organisation"])
        if plads["formand"] or slags not in talte:
            ud.append(plads)
            continue
        antal = plads["antal"] or 1
        if samme := foerste.get((slags, plads["betingelse"])):
            samme["antal"] += antal
        else:
            foerste[slags, plads["betingelse"]] = plads | {"antal": antal}
            ud.append(foerste[slags, plads["betingelse"]])
    return ud


def _uden_efterfoelgere(raekker: list[dict]) -> list[dict]:
    """Without those who begin, on the same side, after one who sits has had his last day: one for each who leaves."""
    i_dag = timezone.localdate()
    forladte = [r for r in raekker if r["til"] and not (r["fra"] and r["fra"] > i_dag)]
    tilbage = []
    for raekke in raekker:
        forrige = next((r for r in forladte if r is not raekke and _foelger(raekke, r)), None)
        if forrige is None:
            tilbage.append(raekke)
        else:
            forladte.remove(forrige)
    return tilbage


def _foelger(raekke: dict, forrige: dict) -> bool:
    return bool(raekke["fra"] and raekke["fra"] > forrige["til"] and raekke["side"] == forrige["side"])


def fjern_medlem(*, bruger, medlem: Bestyrelsesmedlem) -> None:
    """Delete one that was written by mistake; one that has come to a meeting or voted gets a last day instead."""
    try:
        actions.slet(bruger=bruger, objekt=medlem)
    except ValidationError as fejl:
        besked = f"{' '.join(fejl.messages)} Skriv en sidste dag i stedet."
        raise ValidationError(besked, code="bruges") from None
