"""The board's follow-up on the fixed goals: what it had before it, when, and what it concluded."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from aftaler.models import Helhedsplan, OverordnetMaal
from aftaler.queries.indstillinger import parametre
from aftaler.queries.plandele import valgte
from helhedsplan.fund import Fund
from helhedsplan.laest import laest_en_gang
from indikatorer.models import Indikator, Opfoelgning, Sted
from indikatorer.queries.bundnetal import trykt
from indikatorer.queries.tal import Tal, tal_for
from indikatorer.rules.opfoelgning import EGEN, Maalopfoelgning, Opfoelgningsfrist, opfoelgning_mangler, senest

PARAMETER = "opfoelgning_maks_mdr"
#: Ours, for a rule set that does not say.
SAEDVANLIG_MAANEDER = 12


@dataclass(frozen=True)
class Vistopfoelgning:
    """One time that a board had a goal's figures before it. `tal`: as they were shown, in words, or what says
    that they cannot be read."""

    pk: int
    dato: date
    data_aar: int
    konklusion: str
    tal: list[dict]


@dataclass(frozen=True)
class Maallinje:
    """A fixed goal with its follow-ups, newest first, and by when the next one is due."""

    nummer: int
    tekst: str
    indsatsomraade: str
    opfoelgninger: tuple[Vistopfoelgning, ...]
    naeste: date | None


@laest_en_gang
def plan_maal(plan: Helhedsplan) -> list[OverordnetMaal]:
    """The fixed goals of the chosen indsatsområder; all when none is chosen."""
    maal = OverordnetMaal.objects.filter(indsatsomraade__regelsaet_id=plan.puljens_id)
    if omraader := valgte(plan):
        maal = maal.filter(indsatsomraade__in=omraader)
    return list(maal.select_related("indsatsomraade").order_by("nummer"))


def frist(plan: Helhedsplan) -> Opfoelgningsfrist:
    fundet = next((p for p in parametre(plan) if p.noegle == PARAMETER and p.vaerdi is not None), None)
    if fundet is None:
        return Opfoelgningsfrist(SAEDVANLIG_MAANEDER)
    kilde = "Planens egen værdi" if fundet.egen else fundet.kilde or EGEN
    return Opfoelgningsfrist(int(fundet.vaerdi), kilde, fundet.verificeret)


def opfoelgninger(plan: Helhedsplan, aar: int | None = None) -> list[Maallinje]:
    """Every goal with its follow-ups, those held in `aar` when it is given. A constant number of queries."""
    fundne: dict[int, list[Vistopfoelgning]] = defaultdict(list)
    raekker = Opfoelgning.objects.filter(plan=plan).order_by("-dato", "-pk")
    for o in raekker.filter(dato__year=aar) if aar else raekker:
        fundne[o.maal_id].append(Vistopfoelgning(o.pk, o.dato, o.data_aar, o.konklusion, o.tal))
    maaneder = frist(plan).maaneder
    return [
        Maallinje(m.nummer, m.tekst, m.indsatsomraade.navn, tuple(fundne[m.pk]), _naeste(plan, fundne[m.pk], maaneder))
        for m in plan_maal(plan)
    ]


def _naeste(plan: Helhedsplan, gjorte: list[Vistopfoelgning], maaneder: int) -> date | None:
    fra = gjorte[0].dato if gjorte else plan.regnes_fra
    naeste = senest(fra, maaneder) if fra else None
    return naeste if naeste and plan.regnes_til and naeste <= plan.regnes_til else None


def aar_med_opfoelgning(plan: Helhedsplan) -> list[int]:
    """The years an auditor can have the paper of, newest first."""
    return [dag.year for dag in Opfoelgning.objects.filter(plan=plan).dates("dato", "year", order="DESC")]


def tallene(plan: Helhedsplan, maal: OverordnetMaal, data_aar: int) -> list[dict]:
    """A goal's figures as everybody may see them now: of each indicator and place the newest that is not newer than
    `data_aar`. What is hidden is hidden here too, since the copy outlives the reason."""
    navne = dict(Indikator.objects.filter(plan=plan, fast__maal=maal).values_list("pk", "navn"))
    if not navne:
        return []
    nyeste: dict[tuple, Tal] = {}
    for et in tal_for(plan, indikatorer=set(navne)):
        if et.aar <= data_aar:
            nyeste[et.indikator, et.sted, et.begivenhed] = et
    orden = {pk: nr for nr, pk in enumerate(Sted.objects.filter(plan=plan).values_list("pk", flat=True))}
    raekkefoelge = {pk: nr for nr, pk in enumerate(dict.fromkeys(indikator for indikator, _, _ in nyeste))}
    return [
        {
            "indikator": navne[et.indikator],
            "sted": et.sted_navn,
            "hvornaar": et.hvornaar,
            "tal": trykt(et),
            "kilde": et.kilde,
        }
        for et in sorted(nyeste.values(), key=lambda t: (raekkefoelge[t.indikator], orden[t.sted], t.aar, t.begivenhed))
    ]


def opfoelgningsfund(plan: Helhedsplan) -> list[Fund]:
    sidst = dict(Opfoelgning.objects.filter(plan=plan).order_by().values_list("maal").annotate(d=Max("dato")))
    maalene = [Maalopfoelgning(m.nummer, sidst.get(m.pk)) for m in plan_maal(plan)]
    return opfoelgning_mangler(plan, maalene, frist(plan), timezone.localdate())
