"""The baseline table of the agreement, in the form of the papers: count above percent, two elections in a cell."""

from collections import defaultdict

from aftaler.models import Helhedsplan
from aftaler.queries.dokument import Maaltal, Talblok
from helhedsplan.formats import kroner, opremsning, procent, tal
from indikatorer.choices import Enhed, Stedart, Tilstand, Trykform
from indikatorer.models import Indikator, Maaling
from indikatorer.queries.tal import Tal, tal_for

MANGLER, SKJULT = "mangler", "skjult"
#: What the papers call the comparison group that is not the kommune.
OEVRIGE = "Øvrige HHP"


def baseline(plan: Helhedsplan) -> dict[int, Maaltal]:
    """FastIndikator.pk -> its figures, for those with any; as outsiders may see them, since papers go to everybody."""
    faste = dict(Indikator.objects.filter(plan=plan, fast__isnull=False).values_list("pk", "fast_id"))
    trykte = Maaling.objects.filter(indikator__in=faste, er_baseline=True) if faste else Maaling.objects.none()
    steder = set(trykte.order_by().values_list("sted_id", flat=True).distinct())
    raekker: dict[int, list[Tal]] = defaultdict(list)
    for et in tal_for(plan, indikatorer=set(faste), steder=steder) if steder else []:
        if et.er_baseline:
            raekker[faste[et.indikator]].append(et)
    return {fast: _maaltal(tallene) for fast, tallene in raekker.items()}


def i_ord(et: Tal) -> tuple[str, ...]:
    """A figure in its printed lines."""
    if et.tilstand != Tilstand.VAERDI:
        return (SKJULT if et.tilstand == Tilstand.DISKRETIONERET else MANGLER,)
    antal = () if et.antal is None else (tal(et.antal),)
    vaerdi = () if et.vaerdi is None else (_vaerdi(et),)
    return vaerdi + antal if et.trykform == Trykform.PROCENT_FOERST else antal + vaerdi


def _vaerdi(et: Tal) -> str:
    if et.enhed == Enhed.PROCENT:
        return procent(et.vaerdi, et.decimaler)
    return kroner(et.vaerdi, et.decimaler) if et.enhed == Enhed.KRONER else tal(et.vaerdi, et.decimaler)


def _maaltal(tallene: list[Tal]) -> Maaltal:
    egne = [t for t in tallene if Stedart(t.stedart).er_eget]
    andre = [t for t in tallene if t not in egne]
    afviger = _aar_afviger(egne, andre)
    flere = len({t.sted for t in egne}) > 1
    aar = sorted({t.aar for t in tallene})
    return Maaltal(
        omraade=tuple(_blok(t, t.sted_navn if flere else "", afviger) for t in egne),
        sammenligning=tuple(_blok(t, _kaldes(t), afviger) for t in andre),
        aar=opremsning([str(a) for a in aar]),
        kilde=opremsning(list(dict.fromkeys(t.kilde for t in tallene if t.kilde))),
        aar_afviger=afviger,
    )


def _kaldes(et: Tal) -> str:
    if et.stedart == Stedart.OEVRIGE_HELHEDSPLANER:
        return OEVRIGE
    return "" if et.stedart == Stedart.KOMMUNE else et.sted_navn


def _aar_afviger(egne: list[Tal], andre: list[Tal]) -> bool:
    """What is compared is not of the same years."""
    return bool(egne and andre) and {(t.begivenhed, t.aar) for t in egne} != {(t.begivenhed, t.aar) for t in andre}


def _blok(et: Tal, sted: str, afviger: bool) -> Talblok:
    hvornaar = f"{et.begivenhed} {et.aar}" if et.begivenhed else str(et.aar) if afviger else ""
    return Talblok(", ".join(filter(None, [sted, hvornaar])), i_ord(et))
