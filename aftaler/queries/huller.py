"""What a plan's documents lack though something is written of them: one answer for every page and for freezing.

Sections that the template makes from data stand as gaps beside those that people write. Each room adds its own
(`register.HULLER`).
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count

from aftaler.choices import Afsnitsart, Dokumentart, Dokumenttype
from aftaler.models import Delaftale, Helhedsplan, Skabelonafsnit
from helhedsplan import register

Huller = dict[tuple[str, str], list[str]]

#: A diagram of fewer groups shows nobody under anybody.
DIAGRAM_MINDST = 2


def huller(plan: Helhedsplan, *arter: str) -> Huller:
    """By (document's art, emne), those of all rooms; of documents of some kinds when `arter` is given."""
    samlet: Huller = defaultdict(list)
    for find in (find for egne, find in register.HULLER if not arter or egne & set(arter)):
        for hvad, tekster in find(plan).items():
            samlet[hvad] += tekster
    return dict(samlet)


def uden_gentagelser(tomme: Sequence[str], hule: Sequence[str]) -> tuple[str, ...]:
    """The sections that nobody has written, then what the data lack; each section once."""
    return (*(titel for titel in tomme if not any(hul.startswith(f"{titel}:") for hul in hule)), *hule)


def aftalehuller(plan: Helhedsplan) -> Huller:
    """Activities, delmål, partners, parties, links and organisation. A constant number of queries."""
    afsnit: dict[str, dict[str, str]] = defaultdict(dict)
    for s in Skabelonafsnit.objects.filter(regelsaet_id=plan.regelsaet_id).exclude(art=Afsnitsart.PROSA):
        afsnit[s.dokument][s.art] = f"{s.nummer} {s.titel}".strip()
    fundne: Huller = {
        (str(Dokumentart.SAMARBEJDSAFTALE), ""): _i_aftalen(plan, afsnit[str(Dokumenttype.SAMARBEJDSAFTALE)])
    }
    aftaler = Delaftale.objects.filter(plan=plan).annotate(
        n_delmaal=Count("delmaal", distinct=True),
        n_aktiviteter=Count("aktiviteter", distinct=True),
        n_parter=Count("samarbejdsparter", distinct=True),
    )
    for noegle, *antal in aftaler.values_list("indsatsomraade__noegle", "n_delmaal", "n_aktiviteter", "n_parter"):
        fundne[str(Dokumentart.DELAFTALE), noegle] = _i_delaftalen(afsnit[str(Dokumenttype.DELAFTALE)], *antal)
    if (grupper := plan.grupper.count()) == 1:
        fundne[str(Dokumentart.ORGANISATIONSDIAGRAM), ""] = [_diagram(grupper)]
    return {hvad: tekster for hvad, tekster in fundne.items() if tekster}


def _i_aftalen(plan: Helhedsplan, afsnit: dict[str, str]) -> list[str]:
    mangler = [] if plan.parter.exists() else ["Ingen parter"]
    if (titel := afsnit.get(str(Afsnitsart.KOBLINGSTABELLER))) and not plan.koblingstabeller.exists():
        mangler.append(f"{titel}: ingen koblingstabel")
    if (titel := afsnit.get(str(Afsnitsart.ORGANISERING))) and (grupper := plan.grupper.count()) < DIAGRAM_MINDST:
        mangler.append(f"{titel}: {_diagram(grupper).lower()}")
    return mangler


def _i_delaftalen(afsnit: dict[str, str], delmaal: int, aktiviteter: int, parter: int) -> list[str]:
    """Without delmål or activities it is hollow whatever the template has; partners only where they have a section."""
    mangler = []
    if not delmaal:
        mangler.append(f"{afsnit.get(str(Afsnitsart.DELMAAL), 'Delmål')}: ingen delmål")
    if not aktiviteter:
        mangler.append(f"{afsnit.get(str(Afsnitsart.AKTIVITETER), 'Aktiviteter')}: ingen aktiviteter")
    if not parter and (titel := afsnit.get(str(Afsnitsart.SAMARBEJDSPARTER))):
        mangler.append(f"{titel}: ingen samarbejdsparter")
    return mangler


def _diagram(grupper: int) -> str:
    return "Diagrammet har kun én kasse" if grupper else "Ingen grupper i organisationsdiagrammet"
