"""Reads what the rules of the figures look at, in a constant number of queries, and runs them."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from aftaler.models import FastIndikator, Helhedsplan, OverordnetMaal
from aftaler.queries.dokument import baselinehul
from helhedsplan.fund import Fund, Fundlinje, samlet
from helhedsplan.laest import laest_en_gang
from indikatorer.choices import Maaletilstand
from indikatorer.models import Accept, Indikator, Maaling
from indikatorer.queries.sammenhaeng import indikatorerne, plansteder, sammenhaenge, sumsteder
from indikatorer.queries.tal import Talraekke, raekker, skjul_i
from indikatorer.rules.kontrol import Indikatorstand, Kontrolfigur, Talfund, Talgrundlag, alle_talfund


@laest_en_gang
def accepter(plan: Helhedsplan) -> tuple[Accept, ...]:
    """The findings that the secretariat lives with."""
    return tuple(plan.accepter.all())


def grundlag(plan: Helhedsplan) -> Talgrundlag:
    indikatorer = indikatorerne(plan)
    baseline = Maaling.objects.filter(indikator__plan=plan, er_baseline=True).order_by()
    med_baseline = set(baseline.values_list("indikator_id", flat=True).distinct())
    planens = plansteder(plan)
    steder = {s.pk: s.noegle for s in planens}
    maalinger = Maaling.objects.filter(indikator__plan=plan)
    laest = raekker(
        maalinger.order_by("indikator__orden", "indikator_id", "sted__orden", "sted_id", "aar", "begivenhed")
    )
    skjult, opgivne, smaa = skjul_i(plan, laest, sammenhaenge(planens))
    for_andre = skjult - opgivne - smaa
    navne = {i.pk: i for i in indikatorer}
    return Talgrundlag(
        plan=plan,
        figurer=[
            _figur(r, navne[r.indikator], steder[r.sted], r.pk in skjult, r.pk in for_andre)
            for r in laest
            if r.tilstand == Maaletilstand.VAERDI
        ],
        accepter={(a.kode, a.emne): a.fingeraftryk for a in accepter(plan)},
        indikatorer=[_maalt(i, i.pk in med_baseline) for i in indikatorer],
        i_dag=timezone.localdate(),
        summer=tuple(
            (steder[hele], frozenset(steder[d] for d in dele))
            for hele, dele in sumsteder(planens)
            if dele <= steder.keys()
        ),
        umaalte=_umaalte(plan, {navne[r.indikator].fast_id for r in laest}),
        opgivne=frozenset(opgivne),
    )


def _umaalte(plan: Helhedsplan, maalte: set[int | None]) -> tuple[tuple[int, str], ...]:
    """The fixed goals none of whose indicators is measured; a goal that has no indicators asks for none."""
    maal = OverordnetMaal.objects.filter(indsatsomraade__in=plan.indsatsomraader.all(), indikatorer__isnull=False)
    fundne = maal.exclude(indikatorer__in=[pk for pk in maalte if pk]).distinct().order_by("nummer")
    return tuple(fundne.values_list("nummer", "tekst"))


def _figur(r: Talraekke, indikator: Indikator, sted: str, skjult: bool, for_andre: bool) -> Kontrolfigur:
    return Kontrolfigur(
        indikator=indikator.noegle,
        indikator_navn=indikator.navn,
        persongruppe=r.persongruppe,
        enhed=r.enhed,
        sted=sted,
        sted_navn=r.sted_navn,
        aar=r.aar,
        begivenhed=r.begivenhed,
        antal=r.antal,
        grundlag=r.grundlag,
        vaerdi=r.vaerdi,
        decimaler=r.decimaler,
        pk=r.pk,
        skjult=skjult,
        skjult_for_andres_skyld=for_andre,
    )


def _maalt(i: Indikator, har_baseline: bool) -> Indikatorstand:
    return Indikatorstand(
        noegle=i.noegle,
        navn=i.navn,
        er_fast=i.fast_id is not None,
        har_baseline=har_baseline,
        har_maal=i.maalvaerdi is not None,
        aarsmaal=tuple(skridt.aar for skridt in i.maalsti.all()),
    )


def talfund(plan: Helhedsplan, *, se_skjulte: bool = False) -> list[Talfund]:
    return alle_talfund(grundlag(plan), se_skjulte=se_skjulte)


def talfundlinjer(talfund: list[Talfund]) -> list[tuple[Fundlinje, list[Talfund]]]:
    """The lines that the page shows, equal findings together, each with those that it is of."""
    af = {id(t.fund): t for t in talfund}
    return [(linje, [af[id(fund)] for fund in linje.fund]) for linje in samlet(t.fund for t in talfund)]


def indikatorfund(plan: Helhedsplan) -> list[Fund]:
    """The findings of this room's rules."""
    return [f.fund for f in talfund(plan)]


@laest_en_gang
def baselinehuller(plan: Helhedsplan) -> dict[tuple[str, str], list[str]]:
    """Fixed indicators that the samarbejdsaftale shows without a figure to begin from, those too that the plan has not
    begun to follow. Two queries."""
    valgte = set(plan.indsatsomraader.values_list("pk", flat=True))
    faste = FastIndikator.objects.filter(maal__indsatsomraade__regelsaet_id=plan.puljens_id)
    if valgte:
        faste = faste.filter(maal__indsatsomraade__in=valgte)
    maalte = Maaling.objects.filter(indikator__plan=plan, indikator__fast=OuterRef("pk"), er_baseline=True)
    hul = baselinehul(faste.exclude(Exists(maalte)).count())
    return {("samarbejdsaftale", ""): [hul]} if hul else {}
