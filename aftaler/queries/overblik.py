"""Front page, plan page, side navigation and search: small plain lists."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Afsnitsart, Dokumenttype, Fase
from aftaler.models import Afsnit, Delmaal, Helhedsplan, Lag, Medlemskab, Milepael
from aftaler.models.plan import i_planer, med_lag
from aftaler.queries.adgang import aabner
from aftaler.queries.huller import delaftalestande, huller, skrevet
from aftaler.queries.plandele import delaftalerne, skabelonen
from helhedsplan import tilslutninger
from helhedsplan.formats import lang_dato
from helhedsplan.kollation import dansk
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tid import Tid, Tidsslags, tid, tidsrum


@dataclass(frozen=True)
class Menulinje:
    tekst: str
    url: str
    aktiv: bool = False
    under: list["Menulinje"] = field(default_factory=list)


def delaftalelinjer(plan: Helhedsplan, sti: str) -> list[Menulinje]:
    urler = [
        (a.indsatsomraade.navn, reverse("delaftale-vis", args=[plan.noegle, a.noegle])) for a in delaftalerne(plan)
    ]
    return [Menulinje(navn, url, sti.startswith(url)) for navn, url in urler]


def sidemenu(plan: Helhedsplan, sti: str) -> list[Menulinje]:
    """The plan's side navigation, of what the person may open; the entry whose address is the longest beginning of
    `sti` is the current one."""
    punkter = sorted(tilslutninger.MENUPUNKTER, key=lambda p: p.orden)
    alle = [(p, reverse(p.urlnavn, args=[plan.noegle])) for p in punkter]
    aabne = [(p, url) for p, url in alle if aabner(plan, url)]
    urler = [url for _, url in aabne]
    aktuel = max((url for url in urler if sti.startswith(url)), key=len, default="")
    return [Menulinje(p.tekst, url, url == aktuel, p.under(plan, sti) if p.under else []) for p, url in aabne]


@dataclass(frozen=True)
class Papirstand:
    """How far one paper is: sections filled in of sections to write, and where to read and fetch it."""

    navn: str
    udfyldte: int
    kladder: int
    i_alt: int
    url: str
    pdf_url: str
    mangler: tuple[str, ...] = ()
    er_skrevet: bool = False

    @property
    def tilstand(self) -> str:
        """Filled in when every section is, and nothing of what is made from data is missing; a draft once anything is
        written of it, as the package has it."""
        if self.udfyldte == self.i_alt and self.i_alt and not self.mangler:
            return "udfyldt"
        return "kladde" if self.er_skrevet else "mangler"


def dokumentlinjer(plan: Helhedsplan) -> list[Papirstand]:
    """The samarbejdsaftale and each delaftale with how many of their prose sections are written."""
    i_alt = Counter(s.dokument for s in skabelonen(plan) if s.art == Afsnitsart.PROSA)
    afsnit = Afsnit.objects.filter(plan=plan, skabelon__art=Afsnitsart.PROSA)
    afsnit = afsnit.exclude(skabelon__dokument=Dokumenttype.KOMMISSORIUM)
    skrevne = skrevet(plan)
    udfyldte: Counter[int | None] = Counter()
    kladder: Counter[int | None] = Counter()
    for delaftale, pk, faerdig in afsnit.values_list("delaftale_id", "skabelon_id", "faerdig").order_by():
        (udfyldte if faerdig else kladder)[delaftale] += (delaftale, pk) in skrevne.afsnit
    args, mangler = [plan.noegle], huller(plan, "samarbejdsaftale", "delaftale")
    linjer = [
        Papirstand(
            "Strategisk samarbejdsaftale",
            udfyldte[None],
            kladder[None],
            i_alt.get(Dokumenttype.SAMARBEJDSAFTALE, 0),
            reverse("samarbejdsaftale-vis", args=args),
            reverse("samarbejdsaftale-pdf", args=args),
            tuple(mangler.get(("samarbejdsaftale", ""), ())),
            Dokumenttype.SAMARBEJDSAFTALE in skrevne.dokumenter(),
        )
    ]
    return linjer + [
        Papirstand(
            f"Delaftale om {d.navn}",
            udfyldte[d.pk],
            kladder[d.pk],
            i_alt.get(Dokumenttype.DELAFTALE, 0),
            reverse("delaftale-vis", args=[*args, d.noegle]),
            reverse("delaftale-pdf", args=[*args, d.noegle]),
            tuple(mangler.get(("delaftale", d.noegle), ())),
            d.er_skrevet,
        )
        for d in delaftalestande(plan)
    ]


def overbliksdele(plan: Helhedsplan, i_dag: date) -> list[tuple[str, object]]:
    """(template, data) of the parts that the rooms have something to show in."""
    dele = sorted(tilslutninger.OVERBLIKSDELE, key=lambda d: d.orden)
    vises = [d for d in dele if not (d.kun_undervejs and plan.er_forbi(i_dag))]
    return [(d.skabelon, data) for d in vises if (data := d.hent(plan)) is not None]


def kortdele(plan: Helhedsplan) -> list[tuple[str, object]]:
    """(template, data) of the parts for one who does not read the whole plan."""
    dele = sorted(tilslutninger.KORTDELE, key=lambda d: d.orden)
    egne = [d for d in dele if d.rettighed in plan.rettigheder]
    return [(d.skabelon, data) for d in egne if (data := d.hent(plan)) is not None]


@dataclass(frozen=True)
class Egne:
    """What is the person's own in a plan: (name, address) of delaftaler and of activities outside them."""

    delaftaler: list[tuple[str, str]]
    aktiviteter: list[tuple[str, str]]


def egne(plan: Helhedsplan) -> Egne:
    """Of one whose role writes no more than that."""
    aftaler = plan.medlemskab.delaftaler.select_related("plan", "indsatsomraade")
    uden_for = plan.medlemskab.aktiviteter.exclude(delaftale__in=aftaler)
    aktiviteter = uden_for.select_related("delaftale__plan", "delaftale__indsatsomraade")
    return Egne(
        [(a.indsatsomraade.navn, a.get_absolute_url()) for a in aftaler],
        [(a.navn, a.get_absolute_url()) for a in aktiviteter],
    )


@dataclass(frozen=True)
class Dato:
    """`dag` is what it is sorted by; `hvornaar` is how it is told, where that is no day."""

    dag: date
    tekst: str
    hvornaar: str = ""

    @property
    def i_ord(self) -> str:
        return self.hvornaar or lang_dato(self.dag)


def kommende_datoer(plan: Helhedsplan, i_dag: date, hoejst: int = 5) -> list[Dato]:
    """What the plan's own dates say comes next: areas that start, the end of the period, milestones."""
    tider = [(o.med_fra, f"{o.navn} kommer med") for o in plan.omraader.all()]
    slutter = plan.slutter
    if slutter.slags == Tidsslags.VARIGHED:  # a length of time says no end by itself
        slutter = replace(slutter, sagt=tidsrum(plan.begynder, slutter))
    tider += [(plan.begynder, "Planen begynder"), (slutter, "Planen slutter")]
    datoer = [Dato(t.senest, tekst, t.sagt) for t, tekst in [*tider, *_milepaele(plan, i_dag)] if t.senest]
    return sorted((d for d in datoer if d.dag >= i_dag), key=lambda d: (d.dag, d.tekst))[:hoejst]


def _milepaele(plan: Helhedsplan, i_dag: date) -> list[tuple[Tid, str]]:
    """Those of activities from today on. What is told in words has its limits not in the database, and all are read."""
    til_gode = Q(dato__gte=i_dag) | ~Q(dato_sagt="")
    egne = Milepael.objects.filter(til_gode, aktivitet__delaftale__plan=plan)
    return [
        (tid(dag, sagt), navn) for dag, sagt, navn in egne.values_list("dato", "dato_sagt", "navn").order_by("dato")
    ]


@dataclass(frozen=True)
class Ventende:
    """One thing that waits for the person: what, in which plan, by when (None for no date), and where to do it.

    adgang_til: key of the plan that the person has got access to, which is no news once it is opened.
    """

    tekst: str
    plan: str
    dag: date | None
    url: str
    adgang_til: str = ""
    #: When, in the words it is told in, where that is no day.
    hvornaar: str = ""


FORNYELSE_MAANEDER = 18
#: So many the front page shows at once; the rest is folded.
VENTENDE_HOEJST = 7
#: So many days access is news.
ADGANG_DAGE = 14


def venter_paa_dig(bruger, i_dag: date | None = None) -> list[Ventende]:
    """What the rooms have for the person first (`tilslutninger.VENTER`), then what the plans that they write lack most
    and plans that run out with none after them.

    No more queries however many plans there are. Landsbyggefonden's dialogue on a new plan takes 8-14 months, so a
    plan without a successor is named a year and a half before it ends.
    """
    i_dag = i_dag or timezone.localdate()
    ventende = [v for venter in tilslutninger.VENTER for v in venter(bruger)]
    return [*ventende, *_ny_adgang(bruger, i_dag), *_udloeber(bruger, i_dag), *_uden_delmaal(bruger, i_dag)]


def _ny_adgang(bruger, i_dag: date) -> list[Ventende]:
    """Access that somebody else has given the person of late."""
    mine = {str(m.pk): m for m in Medlemskab.objects.gaeldende().filter(bruger=bruger).select_related("plan")}
    if not mine:
        return []
    givet = Haendelse.objects.filter(
        objekt_type=objekttype(Medlemskab),
        objekt_id__in=mine,
        handling="oprettet",
        tidspunkt__date__gt=i_dag - timedelta(days=ADGANG_DAGE),
    ).exclude(bruger_id=bruger.pk)
    return [
        Ventende(
            f"Du har fået adgang som {m.get_rolle_display().lower()}",
            m.plan.navn,
            None,
            m.plan.get_absolute_url(),
            adgang_til=m.plan.noegle,
        )
        for m in (mine[pk] for pk in givet.order_by("-pk").values_list("objekt_id", flat=True))
    ]


def _skriver(bruger, plan: str = "") -> Q:
    """The unfinished plans that the person writes; `plan` leads to the plan ("helhedsplan__")."""
    skriver = {f"{plan}pk__in": i_planer(bruger, Rettighed.RET)}
    return Q(**skriver) & ~Q(**{f"{plan}fase": Fase.AFSLUTTET})


def _er_ikke_forbi(bruger, i_dag: date, plan: str = "") -> Q:
    """What is over is not gone on with. A plan whose end is told in words is not over before a person closes it. What
    the layers of plans make of their ends is not in the database, and is read of those few that have any."""
    som_aftalt = Q(**{f"{plan}periode_til__isnull": True}) | Q(**{f"{plan}periode_til__gte": i_dag})
    med = list(Helhedsplan.objects.for_bruger(bruger).filter(lag__isnull=False).distinct())
    med_lag(med)
    forbi = {p.pk: bool(p.senest_dag and p.senest_dag < i_dag) for p in med}
    loeber = [pk for pk, er_forbi in forbi.items() if not er_forbi]
    return som_aftalt & ~Q(**{f"{plan}pk__in": list(forbi)}) | Q(**{f"{plan}pk__in": loeber})


def _lag_af(plan):
    return Lag.objects.filter(plan=plan)


def _udloeber(bruger, i_dag: date) -> list[Ventende]:
    """Plans that end soon with none after them, the first to end first."""
    graense = i_dag + timedelta(days=FORNYELSE_MAANEDER * 365 // 12)
    oplyst = ~Q(periode_til_sagt="") | Q(periode_til__range=(i_dag, graense)) | Q(Exists(_lag_af(OuterRef("pk"))))
    valgte = Helhedsplan.objects.filter(_skriver(bruger), oplyst, efterfoelgere__isnull=True)
    planer = list(valgte.order_by(dansk("navn")))
    med_lag(planer)
    slutter = [(p.slutter.senest, p) for p in planer if p.gik_over_ved is None]
    return [
        Ventende(
            "Begynd på den næste plan",
            p.navn,
            p.slutter.dag,
            reverse("plan-overblik", args=[p.noegle]),
            hvornaar=p.slutter.sagt,
        )
        for slut, p in sorted(((s, p) for s, p in slutter if s), key=lambda par: par[0])
        if i_dag <= slut and (p.slutter.tidligst or slut) <= graense
    ]


def _uden_delmaal(bruger, i_dag: date) -> list[Ventende]:
    """Chosen indsatsområder with no delmål: first those that have no delaftale either."""
    aftale = FilteredRelation(
        "helhedsplan__delaftaler", condition=Q(helhedsplan__delaftaler__indsatsomraade=F("indsatsomraade"))
    )
    valgte = (
        Helhedsplan.indsatsomraader.through.objects.annotate(aftale=aftale)
        .filter(_skriver(bruger, "helhedsplan__"), _er_ikke_forbi(bruger, i_dag, "helhedsplan__"))
        .exclude(Exists(Delmaal.objects.filter(delaftale=OuterRef("aftale"))))
        .order_by(IsNull(F("aftale"), False), "helhedsplan__navn", "indsatsomraade__nummer")
    )
    return [
        _manglende(*raekke)
        for raekke in valgte.values_list(
            "helhedsplan__noegle", "helhedsplan__navn", "indsatsomraade__noegle", "indsatsomraade__navn", "aftale"
        )
    ]


def _manglende(plan: str, plannavn: str, omraade: str, navn: str, aftale: int | None) -> Ventende:
    if aftale:
        url = reverse("delaftale-vis", args=[plan, omraade])
        return Ventende(f"Skriv delmål til delaftalen om {navn}", plannavn, None, url)
    url = f"{reverse('delaftale-liste', args=[plan])}#{omraade}"
    return Ventende(f"Opret delaftalen om {navn}", plannavn, None, url)
