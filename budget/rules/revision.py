"""What a revision must hold before it is approved. Pure: deltas and the budget they meet in, faults out."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from budget.choices import Revisionsart
from budget.rules.celler import NUL, Cellenoegle, Udgiftsnoegle
from helhedsplan.formats import kroner

Noegle = Cellenoegle | Udgiftsnoegle
Beloeb = dict[Noegle, Decimal]


def fejl_i_revision(art: str, deltaer: Beloeb, foer: Beloeb, navn: Callable[[Noegle], str]) -> list[str]:
    """Every reason why a revision cannot be approved, in Danish.

    deltaer: what it changes, of financing and costs alike; foer: the amounts they are laid on; navn: what a cell is
    called.
    """
    if not deltaer:
        return ["Revisionen har ingen ændringer endnu."]
    fejl: list[str] = []
    if art == Revisionsart.OMBUDGETTERING.value:
        fejl += _sum_er_nul([d for n, d in deltaer.items() if isinstance(n, Cellenoegle)], "finansieringen")
        fejl += _sum_er_nul([d for n, d in deltaer.items() if isinstance(n, Udgiftsnoegle)], "udgifterne")
    elif art == Revisionsart.REBUDGETTERING.value:
        fejl += _kun_frem_i_tiden(deltaer, navn)
    return fejl + [
        f"{navn(noegle)}: der er {kroner(foer.get(noegle, NUL), 2)}, så {kroner(-delta, 2)} kan ikke tages."
        for noegle, delta in deltaer.items()
        if foer.get(noegle, NUL) + delta < 0
    ]


def _sum_er_nul(deltaer: list[Decimal], hvad: str) -> list[str]:
    rest = sum(deltaer, NUL)
    if not rest:
        return []
    retning = "for meget" if rest > 0 else "for lidt"
    return [f"En ombudgettering flytter penge og ændrer ikke summen: {hvad} får {kroner(abs(rest), 2)} {retning}."]


def _kun_frem_i_tiden(deltaer: Beloeb, navn: Callable[[Noegle], str]) -> list[str]:
    """Each amount that leaves a year comes back in a later one, at the same place: nothing new, nothing earlier."""
    pr_sted: dict = defaultdict(dict)
    fejl = []
    for noegle, delta in deltaer.items():
        if noegle.planaar is None:
            fejl.append(f"{navn(noegle)}: sig, hvilket planår pengene kommer fra eller går til.")
        else:
            pr_sted[noegle._replace(planaar=None)][noegle.planaar] = delta
    for sted, pr_aar in pr_sted.items():
        rest = sum(pr_aar.values(), NUL)
        if rest:
            fejl.append(
                f"{navn(sted)}: det, der tages fra et år, skal lægges i et senere. Forskellen er {kroner(rest, 2)}"
            )
        elif _hoejeste_mellemsum(pr_aar) > 0:
            fejl.append(f"{navn(sted)}: en rebudgettering flytter penge til et senere år, ikke til et tidligere.")
    return fejl


def _hoejeste_mellemsum(pr_aar: dict[int, Decimal]) -> Decimal:
    naaet, hoejest = NUL, NUL
    for aar in sorted(pr_aar):
        naaet += pr_aar[aar]
        hoejest = max(hoejest, naaet)
    return hoejest
