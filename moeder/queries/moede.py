"""The meetings of a plan, what waits to be put on an agenda, and who is on the board on the day of a meeting."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from aftaler.choices import Godkendelsesniveau
from aftaler.models import Helhedsplan
from budget.choices import Status
from budget.models import Revision
from dokumenter import rules
from dokumenter.choices import Resultat, Tilstand
from dokumenter.models import Godkendelse, Udgave
from dokumenter.queries.udgave import viste
from helhedsplan.formats import antal, lang_dato, opremsning
from helhedsplan.laest import laest_en_gang
from moeder.choices import Moedeart, Moedepapirart, Moedetilstand, Punktslags
from moeder.models import Bestyrelsesmedlem, Dagsordenspunkt, Moede, Moedepapir
from moeder.queries.sammensaetning import forretningsorden
from status.choices import Punktart
from status.models import Kvartalsstatus
from status.queries.oversigt import publicerede

#: Items are written and put in order until the meeting has been held.
KOMMENDE = [Moedetilstand.PLANLAGT, Moedetilstand.INDKALDT]
#: What decides on an edition.
AFGOER = [Resultat.GODKENDT, Resultat.AFVIST]
#: At which level of the papers the bodies that meet decide.
ORGANER = {
    Godkendelsesniveau.BESTYRELSE: [Moedeart.BESTYRELSE],
    Godkendelsesniveau.ARBEJDSGRUPPE: [Moedeart.FOELGEGRUPPE, Moedeart.ARBEJDSGRUPPE],
}


def foer_moedet(moede: Moede) -> str:
    """That the meeting's day or hour has not come, in words; '' when it has. What happens at a meeting is written then
    or later."""
    nu = timezone.localtime()
    if moede.dato > nu.date():
        return f"Mødet er først {lang_dato(moede.dato)}."
    if moede.dato == nu.date() and moede.start and moede.start > nu.time():
        return f"Mødet begynder først i dag kl. {moede.start:%H.%M}."
    return ""


def kort_varsel(moede: Moede, dag: date, *, er_sendt: bool) -> str:
    """That an agenda sent, or to be sent, on a day comes later than the plan's board has said, in words: a remark, and
    nothing is stopped by it. '' when it comes in time, or the body has no such rule."""
    if not moede.er_bestyrelsens:
        return ""
    orden = forretningsorden(moede.plan)
    dage = (moede.dato - dag).days
    if dage >= orden.indkaldelse_dage:
        return ""
    hvornaar = (
        f"{antal(dage, 'dag', 'dage')} før mødet" if dage > 0 else "på mødets dag" if dage == 0 else "efter mødet"
    )
    senest = lang_dato(moede.dato - timedelta(days=orden.indkaldelse_dage))
    hvis = "" if orden.pk else " Fristen er programmets forslag og ikke verificeret."
    frist = f"{antal(orden.indkaldelse_dage, 'dag', 'dage')} før"
    sendes = "blev sendt" if er_sendt else "sendes"
    return f"Dagsordenen {sendes} {hvornaar}. I denne plan sendes den senest {frist}, altså {senest}.{hvis}"


def besluttet(moede: Moede) -> bool:
    """That the meeting has concluded on an item, or that its minutes are out."""
    papirer_ = moede.papirer.filter(art=Moedepapirart.REFERAT)
    return papirer_.exists() or Dagsordenspunkt.objects.filter(moede=moede, afgoerelse__isnull=False).exists()


def sket_den_dag(moede: Moede) -> list[str]:
    """What is written of the meeting that is true of its day and no other, in words."""
    punkter_ = Dagsordenspunkt.objects.filter(moede=moede)
    hvad = [
        ("beslutninger", punkter_.filter(afgoerelse__isnull=False)),
        ("stemmer", punkter_.filter(stemmer__isnull=False)),
        ("fremmøde", moede.fremmoeder.all()),
        ("et sendt referat", moede.papirer.filter(art=Moedepapirart.REFERAT)),
    ]
    return [ord_ for ord_, raekker in hvad if raekker.exists()]


def dagen_ligger_fast(moede: Moede) -> str:
    """Why the meeting keeps its day; '' when it may be moved."""
    sket = sket_den_dag(moede)
    if not sket:
        return ""
    return (
        f"Mødet har {opremsning(sket)}, der gælder {lang_dato(moede.dato)}, så dagen kan ikke ændres. Opret et nyt "
        "møde til den anden dag."
    )


def moeder(plan: Helhedsplan) -> list[Moede]:
    """Every meeting with the number of its items as `antal_punkter`, newest first. One query."""
    fundne = list(Moede.objects.filter(plan=plan).annotate(antal_punkter=Count("punkter")).order_by("-dato", "-pk"))
    for moede in fundne:
        moede.plan = plan
    return fundne


def naeste_moede(plan: Helhedsplan, i_dag: date, art: str = Moedeart.BESTYRELSE.value) -> Moede | None:
    """The first meeting of a body from today on that is not cancelled."""
    kommende = Moede.objects.filter(plan=plan, art=art, dato__gte=i_dag, tilstand__in=KOMMENDE)
    return kommende.order_by("dato", "pk").first()


def punkter(moede: Moede) -> list[Dagsordenspunkt]:
    """The items in their order, with what they are about and what was concluded. One query."""
    fundne = list(
        moede.punkter.select_related("udgave", "status", "revision__budget", "afgoerelse").defer(
            "udgave__indhold", "status__indhold"
        )
    )
    for punkt in fundne:
        punkt.moede = moede
        for genstand in filter(None, (punkt.udgave, punkt.status, punkt.revision and punkt.revision.budget)):
            genstand.plan = moede.plan
    return fundne


def papirer(moede: Moede, art: str):
    """The agendas or the minutes that were sent, newest first, without their snapshots."""
    return moede.papirer.filter(art=art).defer("indhold").select_related("sendt_af").order_by("-nummer")


def naeste_moede_efter(moede: Moede) -> Moede | None:
    """The same body's next meeting that is still to come."""
    senere = Moede.objects.filter(plan=moede.plan_id, art=moede.art, tilstand__in=KOMMENDE, dato__gte=moede.dato)
    return senere.exclude(pk=moede.pk).order_by("dato", "pk").first()


def flyttede(moede: Moede) -> dict[int, Moede]:
    """{an item's pk: the first later meeting of the same body that has it}: what was moved on from it, or is about the
    same paper. Two queries."""
    senere = (
        Dagsordenspunkt.objects.filter(moede__plan=moede.plan_id, moede__art=moede.art, moede__dato__gte=moede.dato)
        .exclude(moede=moede)
        .exclude(moede__tilstand=Moedetilstand.AFLYST)
        .select_related("moede")
        .order_by("-moede__dato", "-pk")
    )
    ved: dict[tuple[str, int], Moede] = {}
    for punkt in senere:
        punkt.moede.plan = moede.plan
        ved |= dict.fromkeys(_kendetegn(punkt, punkt.flyttet_fra_id), punkt.moede)
    fundne = {}
    for egen in moede.punkter.all():
        if hvor := next((ved[k] for k in _kendetegn(egen, egen.pk) if k in ved), None):
            fundne[egen.pk] = hvor
    return fundne


def _kendetegn(punkt: Dagsordenspunkt, oprindelig: int | None) -> list[tuple[str, int]]:
    """What an item is known by on a later agenda: itself, or the paper that it is about."""
    alle = [("punkt", oprindelig), *((felt, getattr(punkt, f"{felt}_id")) for felt in punkt.GENSTANDE)]
    return [(slags, pk) for slags, pk in alle if pk]


@laest_en_gang
def medlemmer_paa(moede: Moede) -> list[Bestyrelsesmedlem]:
    """Who sits on the board on the day of a meeting; the other bodies have no list of members."""
    if not moede.er_bestyrelsens:
        return []
    alle = Bestyrelsesmedlem.objects.filter(side__plan=moede.plan_id).maaske_paa(moede.dato)
    return [m for m in alle.select_related("side", "bruger") if m.sad(moede.dato)]


def mit_medlemskab(moede: Moede, bruger) -> Bestyrelsesmedlem | None:
    """The person's own seat on the board on the day of a meeting."""
    return next((m for m in medlemmer_paa(moede) if m.bruger_id and m.bruger_id == bruger.pk), None)


# --- what waits -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Punktforslag:
    """Something that waits to come on an agenda: its key in the address, what it is, and why it waits."""

    noegle: str
    titel: str
    slags: str
    grund: str
    genstand: Udgave | Kvartalsstatus | Revision | None = None
    referat_af: Moede | None = None


def paa_en_dagsorden(plan: Helhedsplan) -> list[Dagsordenspunkt]:
    """The items that have taken a matter up: those of meetings not cancelled, unless it was put off there, the meeting
    was held and came to nothing on it, or its body has decided on the edition elsewhere."""
    alle = Dagsordenspunkt.objects.filter(moede__plan=plan).exclude(moede__tilstand=Moedetilstand.AFLYST)
    alle = alle.exclude(moede__tilstand=Moedetilstand.HOLDT, slags=Punktslags.BESLUTNING, afgoerelse=None)
    for niveau, arter in ORGANER.items():
        sagt = Godkendelse.objects.filter(
            niveau=niveau, udgave=OuterRef("udgave"), pdf_sha256=OuterRef("udgave__pdf_sha256")
        )
        sidst = Coalesce(Subquery(sagt.order_by("-pk").values("resultat")[:1]), Value(""))
        alle = alle.alias(**{f"sagt_{niveau}": sidst})
        afgjort = Q(**{f"sagt_{niveau}__in": AFGOER}, moede__art__in=arter, slags=Punktslags.BESLUTNING)
        alle = alle.exclude(afgjort, afgoerelse=None)
    return list(
        alle.exclude(afgoerelse__resultat="udsat").only(
            "titel", "udgave", "status", "revision", "moede", "godkender_referat_af"
        )
    )


def forslag(moede: Moede) -> list[Punktforslag]:
    """What may be put on the agenda with one press. A constant number of queries."""
    taget = paa_en_dagsorden(moede.plan)
    alle = [*_referater(moede), *_udgaver(moede), *_statusser(moede), *_revisioner(moede)]
    return [f for f in alle if not _er_taget(f, taget)]


def _er_taget(f: Punktforslag, taget: list[Dagsordenspunkt]) -> bool:
    if f.referat_af is not None and any(p.godkender_referat_af_id == f.referat_af.pk for p in taget):
        return True
    if f.genstand is None:
        return any(p.titel == f.titel for p in taget)
    felt = f"{f.noegle.partition('-')[0]}_id"
    return any(getattr(p, felt) == f.genstand.pk for p in taget)


def _referater(moede: Moede) -> list[Punktforslag]:
    """The minutes of the same body's last meeting, once they have been sent."""
    holdt = Moede.objects.filter(plan=moede.plan, art=moede.art, dato__lte=moede.dato, papirer__art="referat")
    forrige = holdt.exclude(pk=moede.pk).order_by("-dato", "-pk").first()
    if forrige is None:
        return []
    titel = f"Godkendelse af referat fra mødet {lang_dato(forrige.dato)}"
    return [
        Punktforslag(f"referat-{forrige.pk}", titel, Punktslags.BESLUTNING.value, "Sidste mødes referat", None, forrige)
    ]


def _udgaver(moede: Moede) -> list[Punktforslag]:
    """Frozen editions whose approval this body owes."""
    niveau = Godkendelsesniveau.BESTYRELSE if moede.er_bestyrelsens else Godkendelsesniveau.ARBEJDSGRUPPE
    venter = [
        v.udgave
        for v in viste(moede.plan)
        if v.tilstand == Tilstand.TIL_GODKENDELSE and niveau in rules.mangler_godkendelse_fra(v.stilling, lokalt=True)
    ]
    return [
        Punktforslag(
            f"udgave-{u.pk}",
            str(u),
            Punktslags.BESLUTNING.value,
            f"Frosset {lang_dato(timezone.localdate(u.frosset))}",
            u,
        )
        for u in venter
    ]


def _statusser(moede: Moede) -> list[Punktforslag]:
    """Statuses published since the body last met (the newest, if it has not), and what the newest asks to decide."""
    alle = list(publicerede(moede.plan).defer("indhold"))
    holdt = Moede.objects.filter(plan=moede.plan, art=moede.art, tilstand=Moedetilstand.HOLDT)
    sidst = holdt.order_by("-dato").values_list("dato", flat=True).first()
    nye = [(s, timezone.localdate(s.publiceret_den)) for s in alle if s.publiceret_den]
    nye = [(s, dag) for s, dag in nye if dag > sidst] if sidst else nye[:1]
    slags = Punktslags.ORIENTERING.value
    ud = [Punktforslag(f"status-{s.pk}", str(s), slags, f"Publiceret {lang_dato(dag)}", s) for s, dag in nye]
    if not (alle and moede.er_bestyrelsens):
        return ud
    aabne = alle[0].punkter.filter(art=Punktart.BESLUTNING, svar="")
    slags = Punktslags.BESLUTNING.value
    return ud + [
        Punktforslag(f"spoergsmaal-{p.pk}", p.tekst[:200], slags, f"Bestyrelsen bedes om det i {alle[0]}")
        for p in aabne
    ]


def _revisioner(moede: Moede) -> list[Punktforslag]:
    if not moede.er_bestyrelsens:
        return []
    kladder = Revision.objects.filter(budget__plan=moede.plan, status=Status.KLADDE).select_related("budget")
    return [
        Punktforslag(
            f"revision-{r.pk}", f"{r} af {r.budget.navn}", Punktslags.BESLUTNING.value, "Budgetrevision, kladde", r
        )
        for r in kladder
    ]


# --- minutes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Godkenderlinje:
    """A member and what he has said of the minutes; None when he has not yet."""

    medlem: Bestyrelsesmedlem
    svar: object | None


def godkendere(papir: Moedepapir) -> list[Godkenderlinje]:
    """Every member of the day of the meeting, with his answer to these minutes."""
    svar = {g.medlem_id: g for g in papir.godkendelser.all()}
    return [Godkenderlinje(m, svar.get(m.pk)) for m in medlemmer_paa(papir.moede)]


def seneste_papir(moede: Moede, art: str) -> Moedepapir | None:
    """The newest agenda or minutes, with its snapshot."""
    return Moedepapir.objects.filter(moede=moede, art=art).order_by("-nummer").first()


def venter_paa_mit_svar(plan: Helhedsplan, bruger) -> list[Moedepapir]:
    """Minutes, the newest of each meeting, that the person has not yet answered as a member."""
    sendte = Moedepapir.objects.filter(moede__plan=plan, art=Moedepapirart.REFERAT).defer("indhold")
    nyeste = {p.moede_id: p for p in sendte.select_related("moede").order_by("nummer")}
    ud = []
    for papir in nyeste.values():
        papir.moede.plan = plan
        if mangler_mit_svar(papir, bruger):
            ud.append(papir)
    return ud


def mangler_mit_svar(papir: Moedepapir, bruger) -> bool:
    """The person is a member who has not yet answered these minutes."""
    medlem = mit_medlemskab(papir.moede, bruger)
    return medlem is not None and not papir.godkendelser.filter(medlem=medlem).exists()
