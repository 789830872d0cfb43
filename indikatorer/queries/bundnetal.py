"""The measurements that prose is bound to, by the reference that stands in the text: indicator, place, year, event."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q
from django.urls import reverse

from aftaler.models import Afsnit, Helhedsplan
from helhedsplan.fund import Fund
from helhedsplan.laest import laest_en_gang
from helhedsplan.noegler import noegle_af
from helhedsplan.tekst import Talkilde, talmaerker
from helhedsplan.tilslutninger import Tekstvaerktoej
from indikatorer.choices import Maaletilstand, Stedart
from indikatorer.models import Maaling
from indikatorer.queries.baseline import i_ord
from indikatorer.queries.tal import Tal, tal_for
from indikatorer.rules.bundnetal import Bundet, Trykttal, bindingsfund, har_tal, passer, skrevet_om


def henvisning_til(maaling: Maaling) -> str:
    led = [maaling.indikator.noegle, maaling.sted.noegle, str(maaling.aar)]
    return "/".join([*led, noegle_af(maaling.begivenhed)] if maaling.begivenhed else led)


def maalinger_ved(plan: Helhedsplan, henvisninger: Iterable[str]) -> dict[str, Maaling]:
    """reference -> measurement, for those the plan has. One query; none for no references."""
    return _maalinger_ved(plan, frozenset(henvisninger))


@laest_en_gang
def _maalinger_ved(plan: Helhedsplan, soegte: frozenset[str]) -> dict[str, Maaling]:
    led = {tuple(henvisning.split("/")[:3]) for henvisning in soegte}
    hvor = Q()
    for indikator, sted, aar in led:
        if aar.isdecimal() and len(aar) == 4:
            hvor |= Q(indikator__noegle=indikator, sted__noegle=sted, aar=int(aar))
    if not hvor:
        return {}
    fundne = Maaling.objects.filter(hvor, indikator__plan=plan).select_related("indikator", "sted")
    return {h: m for m in fundne if (h := henvisning_til(m)) in soegte}


def er_skjult(et: Tal) -> bool:
    """Not for everybody to see, whether we hide it or the source has."""
    return et.skjult or et.tilstand == Maaletilstand.DISKRETIONERET


def kilde_i_ord(et: Tal) -> str:
    """What stands in the note at a bound figure."""
    return f"{et.kilde}, {et.hvornaar}" if et.kilde else f"Tal fra {et.hvornaar}"


def trykt(et: Tal) -> str:
    """A figure on one line, as it is printed: '266 (88,4 %)'."""
    foerst, *resten = i_ord(et)
    return f"{foerst} ({', '.join(resten)})" if resten else foerst


def talopslag(plan: Helhedsplan, henvisninger: Collection[str]) -> list[Talkilde]:
    maalinger = maalinger_ved(plan, henvisninger)
    tallene = _tallene(plan, maalinger.values())
    return [
        Talkilde(henvisning, kilde_i_ord(et), er_skjult(et))
        for henvisning, maaling in maalinger.items()
        if (et := tallene.get(maaling.pk))
    ]


def _tallene(plan: Helhedsplan, maalinger: Iterable[Maaling]) -> dict[int, Tal]:
    indikatorer = {m.indikator_id for m in maalinger}
    if not indikatorer:
        return {}
    return {et.pk: et for et in tal_for(plan, se_skjulte=True, indikatorer=indikatorer)}


def bundne(plan: Helhedsplan, afsnit: Afsnit | None = None) -> list[Bundet]:
    """The bound figures of the plan's sections, or of one, in the order they stand."""
    alle = Afsnit.objects.filter(plan=plan, tekst__contains="data-tal")
    alle = alle.select_related("skabelon", "delaftale__indsatsomraade").order_by("delaftale_id", "skabelon__orden")
    if afsnit is not None:
        alle = alle.filter(pk=afsnit.pk)
    maerker = [(et, nr, m) for et in alle for nr, m in enumerate(talmaerker(et.tekst), 1)]
    maalinger = maalinger_ved(plan, {m.henvisning for _, _, m in maerker})
    tallene = _tallene(plan, maalinger.values())
    nyeste = _nyeste(tallene.values())
    noegler = Maaling.objects.select_related("indikator", "sted").in_bulk([et.pk for et in nyeste.values()])
    return [
        Bundet(
            afsnit=et.pk,
            afsnit_titel=afsnitsnavn(et),
            url=f"{ret_url(plan, et)}#id_tekst",
            nummer=nr,
            henvisning=m.henvisning,
            tekst=m.tekst,
            **_maalingen(m.tekst, maalinger[m.henvisning], tallene, nyeste, noegler),
        )
        for et, nr, m in maerker
        if m.henvisning in maalinger
    ]


def _maalingen(tekst: str, maaling: Maaling, tallene: dict, nyeste: dict, noegler: dict) -> dict:
    """What a bound figure says of its measurement, and of the newer one when there is one."""
    et = tallene[maaling.pk]
    nyt = nyeste.get(_raekke(et))
    felter = {
        "hvad": f"{maaling.indikator.navn}, {maaling.sted.navn}, {et.hvornaar}",
        "maalt": _maalt(et),
        "skjult": er_skjult(et),
    }
    if nyt is None or nyt.aar <= et.aar:
        return felter
    return felter | {
        "ny_henvisning": henvisning_til(noegler[nyt.pk]),
        "ny_hvad": nyt.hvornaar,
        "ny_tekst": skrevet_om(tekst, _maalt(et), _maalt(nyt)),
    }


def _raekke(et: Tal) -> tuple:
    """Figures that follow each other: one indicator at one place, an election against the election before it."""
    return et.indikator, et.sted, et.begivenhed


def _nyeste(tallene: Iterable[Tal]) -> dict[tuple, Tal]:
    """The newest figure of each row that everybody may see."""
    raekker: dict[tuple, list[Tal]] = defaultdict(list)
    for et in tallene:
        if et.tilstand == Maaletilstand.VAERDI and not et.skjult:
            raekker[_raekke(et)].append(et)
    return {raekke: max(fundne, key=lambda t: t.aar) for raekke, fundne in raekker.items()}


def _maalt(et: Tal) -> Trykttal:
    return Trykttal(et.antal, et.grundlag, et.vaerdi, et.decimaler, trykt(et))


def afsnitsnavn(afsnit: Afsnit) -> str:
    titel = afsnit.skabelon.titel
    return f"{titel} ({afsnit.delaftale.indsatsomraade.navn})" if afsnit.delaftale_id else titel


def ret_url(plan: Helhedsplan, afsnit: Afsnit) -> str:
    if afsnit.delaftale_id:
        return reverse("delaftaleafsnit-ret", args=[plan.noegle, afsnit.delaftale.noegle, afsnit.skabelon.noegle])
    return reverse("afsnit-ret", args=[plan.noegle, afsnit.skabelon.noegle])


def tal_i_tekst_fund(plan: Helhedsplan) -> list[Fund]:
    return bindingsfund(bundne(plan))


# --- what the editor can choose among ---------------------------------------------------------------------------------

FORSLAG_HOEJST = 5


def indikatorvalg(plan: Helhedsplan) -> list[dict]:
    """The indicators that have figures."""
    med = plan.indikatorer.filter(maalinger__tilstand=Maaletilstand.VAERDI).distinct()
    return list(med.order_by("orden", "pk").values("noegle", "navn"))


def talvalg(plan: Helhedsplan, indikator: str) -> list[dict]:
    """The figures of an indicator that everybody may see, the newest first."""
    fundne = plan.indikatorer.filter(noegle=indikator)
    return _valg(plan, fundne, _synlige(plan, {i.pk for i in fundne}), med_navn=False)


def talforslag(plan: Helhedsplan, tekst: str) -> list[dict]:
    """Figures that the text may stand for: they say the same, the newest and the plan's own places first."""
    if not har_tal(tekst):
        return []
    passende = [et for et in _synlige(plan, None) if passer(tekst, _maalt(et))]
    passende.sort(key=lambda et: not Stedart(et.stedart).er_eget)
    return _valg(plan, plan.indikatorer.all(), passende[:FORSLAG_HOEJST], med_navn=True)


def _synlige(plan: Helhedsplan, indikatorer: set[int] | None) -> list[Tal]:
    alle = tal_for(plan, indikatorer=indikatorer)
    return sorted((et for et in alle if et.tilstand == Maaletilstand.VAERDI), key=lambda et: -et.aar)


def _valg(plan: Helhedsplan, indikatorer, tallene: list[Tal], *, med_navn: bool) -> list[dict]:
    navne = {i.pk: i.navn for i in indikatorer}
    maalinger = Maaling.objects.select_related("indikator", "sted").in_bulk([et.pk for et in tallene])
    return [
        {
            "henvisning": henvisning_til(maalinger[et.pk]),
            "navn": ", ".join([*([navne[et.indikator]] if med_navn else []), et.sted_navn, et.hvornaar]),
            "tal": trykt(et),
        }
        for et in tallene
    ]


def vaerktoej(afsnit: Afsnit) -> Tekstvaerktoej:
    """What the editor of a section gets: where to choose figures, and where those it has stand beside the newest."""
    plan = afsnit.plan
    har = afsnit.pk and "data-tal" in afsnit.tekst
    return Tekstvaerktoej(
        valg_url=reverse("tal-valg", args=[plan.noegle]),
        side_url=reverse("tal-i-tekst", args=[plan.noegle, afsnit.pk]) if har else "",
        side_tekst="Tal i teksten, og om der er nyere" if har else "",
    )
