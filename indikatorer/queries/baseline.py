"""The baseline table of the agreement, in the form of the papers: count above percent, two elections in a cell."""

from collections import defaultdict

from aftaler.models import Helhedsplan
from aftaler.queries.dokument import Kriterium, Maaltal, Talblok
from helhedsplan.formats import kroner, opremsning, procent, tal
from indikatorer.choices import Enhed, Indikatorgruppe, Maaletilstand, Stedart, Trykform
from indikatorer.models import Indikator, Maaling
from indikatorer.queries.tal import Tal, tal_for
from indikatorer.rules.maal import maal_i_ord

MANGLER, SKJULT = "mangler", "skjult"
#: What the papers call the comparison group that is not the kommune.
OEVRIGE = "Øvrige HHP"
MAALFELTER = ("maaltype", "maalretning", "sammenligning", "maalvaerdi", "enhed")


def baseline(plan: Helhedsplan) -> tuple[dict[int, Maaltal], list[Kriterium]]:
    """FastIndikator.pk -> its figures, for those with any, and the plan's own success criteria: indicators of the group
    baseline, others with a figure that is marked as baseline, and, for a pulje without fixed goals, those with a
    target. As outsiders may see them, since papers go to everybody."""
    indikatorer = list(Indikator.objects.filter(plan=plan).select_related("delmaal__delaftale__indsatsomraade"))
    tallene = _trykte(plan, {i.pk for i in indikatorer})
    faste = {i.fast_id: tallene[i.pk] for i in indikatorer if i.fast_id and i.pk in tallene}
    return faste, [k for i in indikatorer if not i.fast_id and (k := _kriterium(i, tallene.get(i.pk)))]


def _kriterium(i: Indikator, tallene: Maaltal | None) -> Kriterium | None:
    ord_ = maal_i_ord(**{felt: getattr(i, felt) for felt in MAALFELTER})
    altid = tallene is not None or i.gruppe == Indikatorgruppe.BASELINE
    if not (altid or ord_):
        return None
    omraade = i.delmaal.delaftale.indsatsomraade.navn if i.delmaal else ""
    return Kriterium(f"{i.navn} ({ord_})" if ord_ else i.navn, omraade, tallene, kun_uden_faste=not altid)


def _trykte(plan: Helhedsplan, indikatorer: set[int]) -> dict[int, Maaltal]:
    """Those with a figure that is marked as baseline, by the indicator's primary key."""
    trykte = (
        Maaling.objects.filter(indikator__in=indikatorer, er_baseline=True) if indikatorer else Maaling.objects.none()
    )
    par = list(trykte.order_by().values_list("indikator_id", "sted_id").distinct())
    raekker: dict[int, list[Tal]] = defaultdict(list)
    for et in tal_for(plan, indikatorer={i for i, _ in par}, steder={s for _, s in par}) if par else []:
        if et.er_baseline:
            raekker[et.indikator].append(et)
    return {indikator: _maaltal(tallene) for indikator, tallene in raekker.items()}


def i_ord(et: Tal) -> tuple[str, ...]:
    """A figure in its printed lines."""
    if et.tilstand != Maaletilstand.VAERDI:
        return (SKJULT if et.tilstand == Maaletilstand.DISKRETIONERET else MANGLER,)
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
