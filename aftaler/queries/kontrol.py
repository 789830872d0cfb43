"""Reads what the rules of the agreements look at, in a constant number of queries, and runs them."""

import logging
from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import combinations

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from aftaler import rules
from aftaler.choices import Afsnitsart, Dokumenttype, Milepaelsstatus
from aftaler.models import (
    Afsnit,
    Aktivitet,
    Delmaal,
    Helhedsplan,
    Indsatsomraade,
    Milepael,
    Omraade,
    OverordnetMaal,
)
from aftaler.models.plan import med_lag
from aftaler.queries.indstillinger import parametre
from aftaler.queries.omraader import hent as hent_omraader
from aftaler.queries.plandele import delaftalerne, grupperne, har_milepaele, har_risici, parterne, skabelonen, valgte
from aftaler.queries.tvillinger import omraadetvillinger
from aftaler.rules import Kontrolgrundlag
from helhedsplan import tilslutninger
from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund, vaerst_foerst
from helhedsplan.laest import raekkerne
from helhedsplan.tekst import har_ord
from helhedsplan.tid import Tid, sikkert_begyndt, sikkert_endnu, tid
from helhedsplan.tvillinger import foldet

logger = logging.getLogger(__name__)


def grundlag(plan: Helhedsplan) -> Kontrolgrundlag:
    delmaal = Delmaal.objects.annotate(
        har_aktivitet=Exists(Aktivitet.delmaal.through.objects.filter(delmaal_id=OuterRef("pk")))
    )
    aktiviteter = Aktivitet.objects.annotate(
        har_delmaal=Exists(Aktivitet.delmaal.through.objects.filter(aktivitet_id=OuterRef("pk")))
    ).only("pk", "noegle", "navn", "ansvarlig", "maalgruppe", "delaftale_id")
    delaftaler = list(delaftalerne(plan))
    prefetch_related_objects(
        delaftaler,
        Prefetch("delmaal", delmaal, to_attr="alle_delmaal"),
        Prefetch("aktiviteter", aktiviteter, to_attr="alle_aktiviteter"),
    )
    omraader = hent_omraader(plan)
    grupper = list(grupperne(plan))
    prefetch_related_objects(grupper, "omraader")
    steder = _aktivitetssteder(plan, omraader)
    efterfoelgere = list(plan.efterfoelgere.all())
    milepaele, naaede = _milepaele(plan)
    med_lag([plan, plan.forgaenger, *efterfoelgere])
    return Kontrolgrundlag(
        plan=plan,
        parter=list(parterne(plan)),
        omraader=omraader,
        valgte=list(valgte(plan)),
        delaftaler=delaftaler,
        efterfoelgere=efterfoelgere,
        tomme_afsnit=_tomme_afsnit(plan, delaftaler),
        i_dag=timezone.localdate(),
        gennemgaas=_gennemgaas(plan),
        milepaele=milepaele,
        naaede=naaede,
        aktivitetssteder=tuple((navn, o.navn, o.med_til, url) for navn, o, _, url in steder if o.med_til.er_fortalt),
        uden_indsatsomraadet=tuple(
            (navn, o.navn, delaftalens.navn, url)
            for navn, o, delaftalens, url in steder
            if not _har_indsats(o, delaftalens)
        ),
        dobbelte_afdelinger=_dobbelte_afdelinger(plan, omraader),
        citater=_citater(plan),
        grupper=grupper,
        sideplaner=tuple(raekkerne(plan, "sideplaner")),
        egne_som_puljens=_egne_som_puljens(plan),
        omtalte_med_fil=_omtalte_med_fil(plan),
        behandlinger=tuple(plan.behandlinger.all()),
        faelles=tuple(plan.faelles.prefetch_related("planer")),
        andres_faelles=tuple(plan.faelles_med.select_related("plan")),
    )


def _milepaele(plan: Helhedsplan) -> tuple[tuple[tuple[str, Tid, str], ...], frozenset[tuple[str, Tid, str]]]:
    """All that have a time, and those of them that are said to be reached."""
    fortalt = Q(dato__isnull=False) | ~Q(dato_sagt="")
    raekker = Milepael.objects.filter(fortalt, aktivitet__delaftale__plan=plan).order_by("dato", "pk")
    felter = ("status", "navn", "dato", "dato_sagt")
    fundet = [
        (status, (navn, tid(dato, sagt), reverse("aktivitet-ret", args=[plan.noegle, omraade, akt])))
        for status, navn, dato, sagt, omraade, akt in raekker.values_list(
            *felter, "aktivitet__delaftale__indsatsomraade__noegle", "aktivitet__noegle"
        )
    ]
    egne = plan.planmilepaele.filter(fortalt).order_by("dato", "pk").values_list(*felter)
    url = reverse("milepaelsplan-ret", args=[plan.noegle])
    fundet += [(status, (navn, tid(dato, sagt), url)) for status, navn, dato, sagt in egne]
    naaede = frozenset(milepael for status, milepael in fundet if status == Milepaelsstatus.NAAET)
    return tuple(milepael for _, milepael in fundet), naaede


def _aktivitetssteder(plan: Helhedsplan, alle: list[Omraade]) -> list[tuple[str, Omraade, Indsatsomraade, str]]:
    """The activities in areas that have a last day, or of which it is told what is done there."""
    omraader = {o.pk: o for o in alle if o.med_til.er_fortalt or o.indsatser.all()}
    raekker = Aktivitet.omraader.through.objects.filter(aktivitet__delaftale__plan=plan, omraade__in=omraader)
    raekker = raekker.select_related("aktivitet__delaftale__indsatsomraade")
    return [
        (
            (akt := raekke.aktivitet).navn,
            omraader[raekke.omraade_id],
            akt.delaftale.indsatsomraade,
            reverse("aktivitet-ret", args=[plan.noegle, akt.delaftale.noegle, akt.noegle]) + "#id_omraader",
        )
        for raekke in raekker.order_by("aktivitet__delaftale_id", "aktivitet__orden", "aktivitet_id", "pk")
    ]


def _har_indsats(omraade: Omraade, indsatsomraade: Indsatsomraade) -> bool:
    """Of an area of which nothing is told, any of them may be done there."""
    indsatser = omraade.indsatser.all()
    return not indsatser or indsatsomraade.pk in {led.indsatsomraade_id for led in indsatser}


def _dobbelte_afdelinger(plan: Helhedsplan, omraader: list[Omraade]) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Areas may have the same afdeling at times that do not meet: one has followed the other."""
    steder: dict[tuple[int, str], list] = {}
    for omraade in omraader:
        for nr, led in enumerate(omraade.medafdelinger.all()):
            fra = max(sikkert_begyndt(omraade.med_fra), sikkert_begyndt(led.med_fra))
            til = min(sikkert_endnu(omraade.med_til), sikkert_endnu(led.med_til))
            sted = f"{reverse('omraade-ret', args=[plan.noegle, omraade.pk])}#id_medafdelinger-{nr}-afdeling"
            navn = led.afdeling.navn or str(led.afdeling)
            steder.setdefault((led.afdeling_id, navn), []).append((fra, til, omraade.navn, sted))
    return tuple(
        (navn, tuple(omraade for _, _, omraade, _ in hvor), hvor[-1][3])
        for (_, navn), hvor in steder.items()
        if any(a[0] <= b[1] and b[0] <= a[1] for a, b in combinations(hvor, 2))
    )


def afsnitsadresse(plan: Helhedsplan, a: Afsnit) -> str:
    """Where a section is written, in whichever of the papers it stands."""
    if a.delaftale:
        return reverse("delaftaleafsnit-ret", args=[plan.noegle, a.delaftale.noegle, a.skabelon.noegle])
    navn = "kommissoriumafsnit-ret" if a.skabelon.dokument == Dokumenttype.KOMMISSORIUM else "afsnit-ret"
    return reverse(navn, args=[plan.noegle, a.skabelon.noegle])


def _citater(plan: Helhedsplan) -> tuple[tuple[str, date | int, str], ...]:
    """The dates and years of regulativer that the plan's texts name, once for each section."""
    fundet: list[tuple[str, date | int, str]] = []
    tekster = plan.afsnit.filter(tekst__icontains="regulativ").select_related("skabelon", "delaftale__indsatsomraade")
    for a in tekster.order_by("skabelon__dokument", "skabelon__orden", "pk"):
        url = f"{afsnitsadresse(plan, a)}#id_tekst"
        hvor = f"{Dokumenttype(a.skabelon.dokument).label}, »{a.skabelon.titel}«"
        tekst = unescape(strip_tags(a.tekst))
        fundet += [(hvor, dag, url) for dag in rules.regulativdatoer(tekst)]
        fundet += [(hvor, aar, url) for aar in rules.regulativaar(tekst)]
    return tuple(fundet)


def _egne_som_puljens(plan: Helhedsplan) -> tuple[tuple[str, str, str], ...]:
    """The plan's own overall goals that the pulje has in the same words."""
    egne = list(plan.egne_maal.values_list("tekst", flat=True))
    if not egne:
        return ()
    alle = OverordnetMaal.objects.filter(indsatsomraade__regelsaet_id=plan.puljens_id).order_by("-nummer")
    faste = {foldet(tekst): nummer for nummer, tekst in alle.values_list("nummer", "tekst")}
    url = reverse("egne-maal-ret", args=[plan.noegle])
    return tuple(
        (tekst, f"mål {faste[foldet(tekst)]}", f"{url}#id_egne_maal-{nr}-tekst")
        for nr, tekst in enumerate(egne)
        if foldet(tekst) in faste
    )


def _omtalte_med_fil(plan: Helhedsplan) -> tuple[tuple[str, str], ...]:
    """The papers known by name that have the title of an attachment."""
    omtalte = list(plan.omtalte_papirer.values_list("pk", "titel"))
    if not omtalte:
        return ()
    filer = {foldet(titel) for titel in plan.bilag.values_list("titel", flat=True)}
    return tuple(
        (titel, f"{reverse('omtaltpapir-ret', args=[plan.noegle, pk])}#id_titel")
        for pk, titel in omtalte
        if foldet(titel) in filer
    )


def _gennemgaas(plan: Helhedsplan) -> tuple[tuple[str, date | None, str], ...]:
    papirer = (
        ("Milepælsplanen", har_milepaele, plan.milepaelsplan_opdateret, "milepaelsplan-vis"),
        ("Beredskabsplanen", har_risici, plan.beredskabsplan_opdateret, "beredskabsplan-vis"),
    )
    return tuple(
        (navn, sidst, reverse(url, args=[plan.noegle]))
        for navn, har_raekker, sidst, url in papirer
        if har_raekker(plan)
    )


def _tomme_afsnit(plan: Helhedsplan, delaftaler: list) -> list[tuple[str, str, str]]:
    """Prose sections without a word, in the order of the papers."""
    skabelon = [s for s in skabelonen(plan) if s.art == Afsnitsart.PROSA]
    afsnit = Afsnit.objects.filter(plan=plan).values_list("delaftale_id", "skabelon_id", "tekst")
    skrevne = {(aftale, s) for aftale, s, tekst in afsnit if har_ord(tekst)}
    tomme = [
        ("Samarbejdsaftalen", str(s.titel), reverse("afsnit-ret", args=[plan.noegle, s.noegle]))
        for s in skabelon
        if s.dokument == Dokumenttype.SAMARBEJDSAFTALE and (None, s.pk) not in skrevne
    ]
    for aftale in delaftaler:
        tomme += [
            (str(aftale), str(s.titel), reverse("delaftaleafsnit-ret", args=[plan.noegle, aftale.noegle, s.noegle]))
            for s in skabelon
            if s.dokument == Dokumenttype.DELAFTALE and (aftale.pk, s.pk) not in skrevne
        ]
    return tomme


def aftalefund(plan: Helhedsplan) -> list[Fund]:
    """The findings of this room's rules."""
    laest = grundlag(plan)
    return [*rules.alle_fund(laest), *omraadetvillinger(plan, laest.omraader)]


def parameterfund(plan: Helhedsplan) -> list[Fund]:
    """Values that stand outside what their definition allows: they are not used."""
    url = f"{reverse('indstillinger', args=[plan.noegle])}#parametre"
    return [
        Fund("parameter-uden-for-graensen", Alvor.FEJL, f"{p.navn}: {p.fejl}", url, rules.EGEN)
        for p in parametre(plan)
        if p.fejl
    ]


def kontroller(plan: Helhedsplan) -> list[Fund]:
    """Every finding of every rule of the house, worst first."""
    return vaerst_foerst([fund for regel in tilslutninger.PLANREGLER for fund in _koer(regel, plan)])


def _koer(regel: Callable, plan: Helhedsplan) -> list[Fund]:
    """A rule that stops says so as a finding, and the others are heard."""
    try:
        return list(regel(plan))
    except Exception:
        logger.exception("Reglen %s stoppede på planen %s", regel.__name__, plan.noegle)
        besked = f"Reglen »{regel.__name__}« kunne ikke regnes for planen, så det, den ser efter, er ikke kontrolleret."
        return [Fund("regel-stoppede", Alvor.FEJL, besked, reverse("plan-overblik", args=[plan.noegle]), rules.EGEN)]
