"""What can be copied from the plans that a person may read: sections, rows and whole delaftaler.

It is read as a reader reads it: notes of one's own stay behind, and where a measured figure stood, there stands [tal].
What has its like already where it is copied to is not offered again.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from aftaler.choices import Afsnitsart, Dokumenttype, Gruppeart
from aftaler.models import (
    Afsnit,
    Aktivitet,
    Billede,
    Delaftale,
    Delmaal,
    Gruppe,
    Helhedsplan,
    Indsatsomraade,
    Koblingstabel,
    Planmilepael,
    Risiko,
    Samarbejdspart,
    Skabelonafsnit,
)
from aftaler.queries.bundnetal import uden_tal
from aftaler.queries.dokument import maal_i_ord
from aftaler.queries.kopi import flyttede_ord, flyttet
from helhedsplan.formats import kort_dato
from helhedsplan.tvillinger import foldet

MED_PROSA = [art for art in Afsnitsart if art.har_prosa]


def kildeplaner(bruger, raekker: QuerySet, vej: str = "plan") -> QuerySet[Helhedsplan]:
    """The plans that the person may read and that have any of the rows."""
    return Helhedsplan.objects.for_bruger(bruger).filter(pk__in=raekker.order_by().values(vej))


# --- sections -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Afsnitskilde:
    """A section that can be copied: its text as it will stand, and the pictures that can be found."""

    afsnit: Afsnit
    titel: str
    gruppe: str
    tekst: str
    billeder: tuple[Billede, ...]


def skrevne_afsnit(undtagen: Afsnit) -> QuerySet[Afsnit]:
    return Afsnit.objects.filter(skabelon__art__in=MED_PROSA).exclude(tekst="").exclude(pk=undtagen.pk)


def afsnitskilder(plan: Helhedsplan, til: Afsnit) -> list[Afsnitskilde]:
    """The written sections of a plan, those that are called the same first, then paper by paper."""
    afsnit = skrevne_afsnit(til).filter(plan=plan).select_related("skabelon", "delaftale__indsatsomraade")
    afsnit = afsnit.prefetch_related("billeder").order_by("delaftale__indsatsomraade__nummer", "skabelon__orden", "pk")
    samme = (til.skabelon.dokument, til.skabelon.noegle)
    med_billeder = til.skabelon.dokument != Dokumenttype.KOMMISSORIUM
    fundne = []
    for a in afsnit:
        papir = str(a.delaftale) if a.delaftale else Dokumenttype(a.skabelon.dokument).label
        er_samme = (a.skabelon.dokument, a.skabelon.noegle) == samme
        titel = f"{a.skabelon.nummer} {a.skabelon.titel}".strip()
        fundne.append(
            Afsnitskilde(
                a,
                f"{titel} ({papir})" if er_samme else titel,
                "Samme afsnit" if er_samme else papir,
                uden_tal(a.tekst),
                _i_lageret(a) if med_billeder else (),
            )
        )
    return sorted(fundne, key=lambda k: k.gruppe != "Samme afsnit")


def _i_lageret(afsnit: Afsnit) -> tuple[Billede, ...]:
    return tuple(b for b in afsnit.billeder.all() if b.fil.storage.exists(b.fil.name))


# --- rows -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Raekkeslags:
    """A kind of row: what it is called, all of them, how one comes to their plan, and a row in words."""

    navn: str
    alle: Callable[[], QuerySet]
    vej: str
    i_ord: Callable[[Model, Helhedsplan], str]


def _delmaal_i_ord(d: Delmaal, til: Helhedsplan) -> str:
    return " · ".join(filter(None, (d.tekst, maal_i_ord(d), d.delaftale.indsatsomraade.navn)))


def _part_i_ord(p: Samarbejdspart, til: Helhedsplan) -> str:
    return " · ".join(filter(None, (p.navn, p.rolle, p.delaftale.indsatsomraade.navn)))


def _milepael_i_ord(m: Planmilepael, til: Helhedsplan) -> str:
    begyndelser = m.plan.begynder.dag, til.begynder.dag
    dag = flyttet(m.dato, *begyndelser)
    hvornaar = kort_dato(dag) if dag else flyttede_ord(m.dato_sagt, *begyndelser)
    return " · ".join(filter(None, (m.navn, hvornaar, m.ansvarlig)))


def _risiko_i_ord(r: Risiko, til: Helhedsplan) -> str:
    grader = f"sandsynlighed {r.get_sandsynlighed_display().lower()}, konsekvens {r.get_konsekvens_display().lower()}"
    return " · ".join(filter(None, (r.navn, grader, r.haandtering, r.ansvarlig)))


def _tabel_i_ord(t: Koblingstabel, til: Helhedsplan) -> str:
    return " · ".join((t.titel, *(str(r) for r in t.raekker.all())))


def _gruppe_i_ord(g: Gruppe, til: Helhedsplan) -> str:
    return " · ".join(filter(None, (g.navn, g.opgave, *(str(p) for p in g.pladser.all()))))


def _egne_parter() -> QuerySet:
    alle = Samarbejdspart.objects.filter(aktivitet__isnull=True)
    return alle.select_related("delaftale__indsatsomraade", "delaftale__plan")


RAEKKER: dict[str, Raekkeslags] = {
    "delmaal": Raekkeslags(
        "delmål",
        lambda: Delmaal.objects.select_related("delaftale__indsatsomraade", "delaftale__plan", "forslag"),
        "delaftale__plan",
        _delmaal_i_ord,
    ),
    "samarbejdsparter": Raekkeslags("samarbejdsparter", _egne_parter, "delaftale__plan", _part_i_ord),
    "milepaelsplan": Raekkeslags(
        "milepæle", lambda: Planmilepael.objects.select_related("plan"), "plan", _milepael_i_ord
    ),
    "beredskabsplan": Raekkeslags("risici", lambda: Risiko.objects.select_related("plan"), "plan", _risiko_i_ord),
    "koblingstabeller": Raekkeslags(
        "koblingstabeller", lambda: Koblingstabel.objects.prefetch_related("raekker__maal"), "plan", _tabel_i_ord
    ),
    # Who sits on the board is written on a page of its own, and its seats follow from there.
    "grupper": Raekkeslags(
        "grupper",
        lambda: Gruppe.objects.exclude(art=Gruppeart.BESTYRELSE).prefetch_related("pladser"),
        "plan",
        _gruppe_i_ord,
    ),
}


def raekker_her(slags: str, ejer: Helhedsplan | Delaftale) -> QuerySet:
    peger = "delaftale" if isinstance(ejer, Delaftale) else "plan"
    return RAEKKER[slags].alle().filter(**{peger: ejer})


def raekker_andre_steder(slags: str, ejer: Helhedsplan | Delaftale) -> QuerySet:
    return RAEKKER[slags].alle().exclude(pk__in=raekker_her(slags, ejer).order_by().values("pk"))


def mulige_raekker(slags: str, fra: Helhedsplan, ejer: Helhedsplan | Delaftale) -> tuple[list[Model], list[str]]:
    """The rows of a plan that can be copied to a plan or a delaftale, and those that have their like there already."""
    art = RAEKKER[slags]
    kendte = {foldet(str(raekke)) for raekke in raekker_her(slags, ejer)}
    nye, staar_her = [], []
    for raekke in raekker_andre_steder(slags, ejer).filter(**{art.vej: fra}):
        if foldet(str(raekke)) in kendte:
            staar_her.append(str(raekke))
        else:
            nye.append(raekke)
    return nye, list(dict.fromkeys(staar_her))


# --- a whole delaftale ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Afsnitskopi:
    """A section of a delaftale that is copied; `tekst` is empty where only pictures come."""

    fra: Afsnit
    skabelon: Skabelonafsnit
    tekst: str
    billeder: tuple[Billede, ...]
    erstatter: bool


@dataclass(frozen=True)
class Delaftalekopi:
    """What a copy of a delaftale brings; `staar_her` stays as it is, `uden_plads` has no place in the template here."""

    afsnit: tuple[Afsnitskopi, ...]
    delmaal: tuple[Delmaal, ...]
    aktiviteter: tuple[Aktivitet, ...]
    samarbejdsparter: tuple[Samarbejdspart, ...]
    staar_her: tuple[str, ...]
    uden_plads: tuple[str, ...]

    @property
    def er_tom(self) -> bool:
        return not (self.afsnit or self.delmaal or self.aktiviteter or self.samarbejdsparter)


def delaftalekopi(
    fra: Delaftale, plan: Helhedsplan, til: Indsatsomraade, dele: Collection[str], *, erstat: bool
) -> Delaftalekopi:
    aftale = Delaftale.objects.filter(plan=plan, indsatsomraade=til).first()
    afsnit, bliver, uden_plads = _afsnitskopier(fra, plan, aftale, dele, erstat)
    fundne: dict[str, tuple] = {}
    relationer = {
        "delmaal": fra.delmaal.select_related("forslag"),
        "aktiviteter": fra.aktiviteter.prefetch_related("samarbejdsparter", "milepaele", "delmaal"),
        "samarbejdsparter": fra.egne_parter,
    }
    for relation, alle in relationer.items():
        her = getattr(aftale, "egne_parter" if relation == "samarbejdsparter" else relation).all() if aftale else ()
        kendte = {foldet(str(raekke)) for raekke in her}
        raekker = list(alle) if relation in dele else []
        fundne[relation] = tuple(r for r in raekker if foldet(str(r)) not in kendte)
        bliver += [str(r) for r in raekker if foldet(str(r)) in kendte]
    return Delaftalekopi(tuple(afsnit), **fundne, staar_her=tuple(bliver), uden_plads=tuple(uden_plads))


def _afsnitskopier(fra: Delaftale, plan: Helhedsplan, aftale: Delaftale | None, dele: Collection[str], erstat: bool):
    skabeloner = {
        s.noegle: s
        for s in Skabelonafsnit.objects.filter(
            regelsaet_id=plan.regelsaet_id, dokument=Dokumenttype.DELAFTALE, art__in=MED_PROSA
        )
    }
    skrevet = set(aftale.afsnit.exclude(tekst="").values_list("skabelon_id", flat=True)) if aftale else set()
    kopier, bliver, uden_plads = [], [], []
    for a in fra.afsnit.select_related("skabelon").prefetch_related("billeder").order_by("skabelon__orden", "pk"):
        if not a.tekst and not a.billeder.all():
            continue
        skabelon = skabeloner.get(a.skabelon.noegle)
        if skabelon is None:
            uden_plads.append(a.skabelon.titel)
            continue
        staar = skabelon.pk in skrevet
        tekst = uden_tal(a.tekst) if "afsnit" in dele and (erstat or not staar) else ""
        if staar and "afsnit" in dele and not tekst:
            bliver.append(skabelon.titel)
        billeder = _i_lageret(a) if "billeder" in dele else ()
        if tekst or billeder:
            kopier.append(Afsnitskopi(a, skabelon, tekst, billeder, erstatter=bool(staar and tekst)))
    return kopier, bliver, uden_plads
