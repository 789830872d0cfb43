"""What the board's room puts on the front page: what is overdue, the votes and minutes that wait for a member, and
questions and answers."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.models.plan import i_planer
from aftaler.queries.overblik import Ventende
from helhedsplan.formats import lang_dato
from helhedsplan.rettigheder import Rettighed
from helhedsplan.sidecache import genbrug
from kalender.choices import Kalenderslags, Kalendertilstand
from kalender.queries.kalender import plandata
from kalender.queries.kalenderregler import FORPLIGTET, kalender
from moeder.models import Bestyrelsesmedlem
from moeder.queries.afstemning import venter_paa_min_stemme
from moeder.queries.moede import venter_paa_mit_svar
from status.models import Spoergsmaal
from status.queries.venter import besvarede, ubesvarede

#: One line for each plan; the front page has room for fewer than this.
FORSIDENS_PLANER = 30


def ventende(bruger) -> list[Ventende]:
    """What is overdue in the plans that the person writes, one line for each plan, the oldest first.

    The end of a plan is told by the front page itself. Worked out once for each state of the plans.
    """
    egne = Helhedsplan.objects.for_bruger(bruger, Rettighed.RET).filter(fase__in=FORPLIGTET)
    planer = list(egne.order_by("pk")[:FORSIDENS_PLANER])
    if not planer:
        return []
    i_dag = timezone.localdate()
    return genbrug(f"forfaldne {i_dag}", [plan.noegle for plan in planer], lambda: _forfaldne(planer, i_dag))


def _forfaldne(planer: Sequence[Helhedsplan], i_dag: date) -> list[Ventende]:
    fundne = []
    for data in plandata(planer):
        linjer = [
            linje
            for linje in kalender(data, i_dag)
            if linje.tilstand == Kalendertilstand.FORFALDEN and linje.slags != Kalenderslags.FORNYELSE
        ]
        if linjer:
            aeldst = linjer[0]
            flere = f"{len(linjer)} datoer er overskredet, den ældste {aeldst.hvornaar}"
            tekst = f"{aeldst.titel} ({aeldst.hvornaar})" if len(linjer) == 1 else flere
            url = f"{reverse('kalender-liste', args=[data.noegle])}#forfaldne"
            fundne.append((aeldst.dato, Ventende(tekst, data.navn, None, url)))
    return [ventende for _, ventende in sorted(fundne, key=lambda et: (et[0], et[1].plan))]


def mine_svar(bruger) -> list[Ventende]:
    """Votes and minutes that wait for the person as a member of a board, votes first."""
    sidder = Bestyrelsesmedlem.objects.filter(bruger=bruger, side__plan__in=i_planer(bruger, Rettighed.DELTAG))
    planer = Helhedsplan.objects.filter(pk__in=sidder.values("side__plan")).order_by("pk")[:FORSIDENS_PLANER]
    stemmer, referater = [], []
    for plan in planer:
        for p in venter_paa_min_stemme(plan, bruger):
            url = reverse("punkt-vis", args=[plan.noegle, p.punkt.moede_id, p.punkt.pk])
            stemmer.append(Ventende(f"Din stemme om »{p.punkt.titel}«", plan.navn, None, url))
        for papir in venter_paa_mit_svar(plan, bruger):
            url = reverse("referat-vis", args=[plan.noegle, papir.moede_id])
            tekst = f"Godkend referatet af mødet {lang_dato(papir.moede.dato)}"
            referater.append(Ventende(tekst, plan.navn, None, url))
    return stemmer + referater


def spoergsmaal(bruger) -> list[Ventende]:
    """Questions that wait for an answer, for those who write the plan; then new answers, for who asked. One line for
    each status; two queries."""
    svar = _pr_status(ubesvarede(bruger), "Svar på et spørgsmål om", "Svar på {} spørgsmål om")
    return svar + _pr_status(
        besvarede(bruger), "Der er svar på dit spørgsmål om", "Der er svar på {} af dine spørgsmål om"
    )


def _pr_status(fundne: Iterable[Spoergsmaal], et: str, flere: str) -> list[Ventende]:
    pr_status: dict[int, list[Spoergsmaal]] = {}
    for s in fundne:
        pr_status.setdefault(s.status_id, []).append(s)
    linjer = []
    for samme in pr_status.values():
        status = samme[0].status
        url = f"{reverse('status-vis', args=[status.plan.noegle, status.noegle])}#spoergsmaal"
        hvad = et if len(samme) == 1 else flere.format(len(samme))
        linjer.append(Ventende(f"{hvad} »{status}«", status.plan.navn, None, url))
    return linjer
