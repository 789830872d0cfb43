"""What something was called on a day, and all that it has been called.

`navn_den` answers for one thing; `Navnebog` gives the same answer for everything that a plan names, and reads the names
once. A name of today needs no row. What cannot be seen is not chosen: where the old name may still have been in use,
both are written, "Havrevænget (før Havremarken)".
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from aftaler.models import Afdeling, Helhedsplan, Navn, Omraade, Organisation, Part, Plads
from aftaler.models.navn import EJERE
from aftaler.queries.plandele import parterne
from helhedsplan.formats import opremsning
from helhedsplan.laest import laest_en_gang
from helhedsplan.svar import Svar
from helhedsplan.tid import Tid, dagen, er_foer, sikkert_begyndt, sikkert_endnu, tidsrum

Navngivet = Organisation | Afdeling | Omraade | Helhedsplan


# --- the former names of one thing, in time ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Navnetid:
    """A former name and when it surely, and possibly, was in use. nr: its place in the list that was given, from 1."""

    navn: str
    fra: Tid
    til: Tid
    nr: int

    def gaelder_sikkert(self, dag: date) -> bool:
        return sikkert_begyndt(self.fra) <= dag <= sikkert_endnu(self.til)

    def gaelder_maaske(self, dag: date, i_dag: date) -> bool:
        """What holds today is the name that stands; one whose end is not told may have held on any day before."""
        if self.til.senest is None and dag >= i_dag:
            return False
        return (self.fra.tidligst or date.min) <= dag <= (self.til.senest or date.max)


def navnetider(navne: Iterable[Navn]) -> list[Navnetid]:
    """Former names in the order of time; one without a beginning goes on from the one that ends before it."""
    tidligere = [(nr, n) for nr, n in enumerate(navne, 1) if n.er_tidligere]
    ud: list[Navnetid] = []
    for nr, n in sorted(tidligere, key=lambda led: (led[1].slutter.senest or date.max, led[0])):
        fra = n.begynder if not n.begynder.er_mangler or not ud else _dagen_efter(ud[-1].til)
        ud.append(Navnetid(n.navn, fra, n.slutter, nr))
    return ud


def _dagen_efter(t: Tid) -> Tid:
    en = timedelta(days=1)
    return replace(t, tidligst=t.tidligst and t.tidligst + en, senest=t.senest and t.senest + en)


def navnefejl(navne: Sequence[Navn], hedder: str) -> dict[int, tuple[str, str]]:
    """What is wrong with the names of one thing together: its place in the list, from 1 -> (field, message).

    Two former names at once, as far as their times are told; another name twice; the name of today as another name.
    """
    fejl: dict[int, tuple[str, str]] = {}
    tider = navnetider(navne)
    for nr, en in enumerate(tider):
        if foer := next((andet for andet in tider[:nr] if _overlapper(andet, en)), None):
            fejl[en.nr] = ("fra", OVERLAP.format(en.navn, foer.navn, tidsrum(foer.fra, foer.til)))
        elif nr and er_foer(en.til, en.fra) is Svar.HOLDER:
            fejl[en.nr] = ("til", INGEN_TID.format(en.navn, tider[nr - 1].navn))
    set_: set[tuple[str, str]] = set()
    for nr, navn in enumerate(navne, 1):
        if navn.er_tidligere:
            continue
        kende = (navn.navn.casefold(), navn.hvor.casefold())
        if navn.navn.casefold() == hedder.casefold():
            fejl[nr] = ("navn", f"»{navn.navn}« er det, den hedder. Her står kun dens andre navne.")
        elif kende in set_:
            fejl[nr] = ("navn", f"»{navn.navn}« står to gange.")
        set_.add(kende)
    return fejl


OVERLAP = "»{}« og »{}« ({}) gælder på samme tid. Ret den ene, så de følger efter hinanden."


INGEN_TID = "»{}« får ingen tid: »{}« holdt op samtidig. Ret den ene, så de følger efter hinanden."


def _overlapper(en: Navnetid, anden: Navnetid) -> bool:
    """Whether there surely is a day that both were in use."""
    fra = max(sikkert_begyndt(en.fra), sikkert_begyndt(anden.fra))
    til = min(sikkert_endnu(en.til), sikkert_endnu(anden.til))
    return fra <= til


# --- the name on a day ------------------------------------------------------------------------------------------------


def navn_den(ting: Navngivet, dag: date) -> str:
    """What it was called on the day; after it was put into another, the other's name with its own beside."""
    return _navnet(ting, dag, timezone.localdate(), lambda t: t.navne.all())


def _navnet(ting: Navngivet, dag: date, i_dag: date, navne_for) -> str:
    ind_i = getattr(ting, "lagt_ind_i", None)
    eget = _eget_navn(ting, dag, i_dag, navne_for)
    if ind_i is None or not _er_sket(ting.lagt_ind_tid, dag, i_dag):
        return eget
    return f"{_navnet(ind_i, dag, i_dag, navne_for)} (før {som_nu(ting)})"


def _eget_navn(ting: Navngivet, dag: date, i_dag: date, navne_for) -> str:
    tider = navnetider(navne_for(ting))
    if sikkert := next((t for t in tider if t.gaelder_sikkert(dag)), None):
        return sikkert.navn
    maaske = [t.navn for t in tider if t.gaelder_maaske(dag, i_dag)]
    return f"{som_nu(ting)} (før {opremsning(maaske)})" if maaske else som_nu(ting)


def er_blevet_til(organisation: Organisation) -> Organisation:
    """What it has become, however many times it was put into another."""
    set_ = set()
    while organisation.lagt_ind_i is not None and organisation.pk not in set_:
        set_.add(organisation.pk)
        organisation = organisation.lagt_ind_i
    return organisation


def _kan_bruges(navn: Navn, dag: date) -> bool:
    """Not surely before it came into use, or after it went out of it."""
    dag_ = dagen(dag)
    return Svar.HOLDER not in {er_foer(dag_, navn.begynder), er_foer(navn.slutter, dag_)}


def _er_sket(t: Tid, dag: date, i_dag: date) -> bool:
    """What is told to have happened, at no day that is told, has happened by today."""
    return sikkert_begyndt(t) <= dag or (dag >= i_dag and (t.senest is None or t.senest <= i_dag))


def navnedag(plan: Helhedsplan, i_dag: date) -> date:
    """The day whose names a plan is told in: today, and of one that is over its last day."""
    if not plan.er_forbi(i_dag):
        return i_dag
    sidste = plan.slutter.senest or plan.slutter.tidligst
    return min(sidste, i_dag) if sidste else i_dag


class Navnebog:
    """The names, on a day, of the plan and all that it names. Without a day it is that of `navnedag`.

    One query, and one for each kind of thing of which some have been put into another.
    """

    def __init__(self, plan: Helhedsplan, dag: date | None = None):
        self.plan = plan
        self.i_dag = timezone.localdate()
        self.dag = dag or navnedag(plan, self.i_dag)
        self._navne = dict(_planens_navne(plan))
        self._hentet: set[type] = set()

    def __call__(self, ting: Navngivet) -> str:
        if getattr(ting, "lagt_ind_i_id", None):
            self._hent_maal(type(ting))
        return _navnet(ting, self.dag, self.i_dag, lambda t: self._navne.get((t._meta.model_name, t.pk), ()))

    def ogsaa(self, ting: Navngivet) -> str:
        """What else it is called on the day, each with where; '' of one that has no other name."""
        navne = self._navne.get((ting._meta.model_name, ting.pk), ())
        andre = [n for n in navne if not n.er_tidligere and _kan_bruges(n, self.dag)]
        return opremsning([f"{n.navn} ({n.hvor})" if n.hvor else n.navn for n in andre])

    def _hent_maal(self, model: type) -> None:
        """The names of what others have been put into."""
        if model not in self._hentet:
            self._hentet.add(model)
            egne = {f"{model._meta.model_name}__lagt_ind_her__isnull": False}
            self._navne |= _navne_i(Navn.objects.filter(**egne).distinct())


@laest_en_gang
def _planens_navne(plan: Helhedsplan) -> dict[tuple[str, int], list[Navn]]:
    return _navne_i(Navn.objects.filter(_i_planen(plan)))


def _navne_i(navne: Iterable[Navn]) -> dict[tuple[str, int], list[Navn]]:
    ud: dict[tuple[str, int], list[Navn]] = defaultdict(list)
    for navn in navne:
        ejer = next(felt for felt in EJERE if getattr(navn, f"{felt}_id"))
        ud[(ejer, getattr(navn, f"{ejer}_id"))].append(navn)
    return ud


def _i_planen(plan: Helhedsplan) -> Q:
    """The names of the plan, its areas, their afdelinger, and the organisations of its parties and seats."""
    afdelinger = Omraade.afdelinger.through.objects.filter(omraade__plan=plan).values("afdeling")
    parter = Part.objects.filter(plan=plan).order_by().values("organisation")
    pladser = Plads.objects.filter(gruppe__plan=plan, organisation__isnull=False).order_by().values("organisation")
    return (
        Q(helhedsplan=plan)
        | Q(omraade__plan=plan)
        | Q(afdeling__in=afdelinger)
        | Q(organisation__in=parter)
        | Q(organisation__in=pladser)
    )


@dataclass(frozen=True)
class Papirnavne:
    """What a paper calls the plan, in full and for short, and its parties."""

    plan: str
    kort: str
    parter: tuple[str, ...]


def papirnavne(plan: Helhedsplan, dag: date | None = None, bog: Navnebog | None = None) -> Papirnavne:
    """By the names of a day, or of a book that is there. One query for the parties."""
    bog = bog or Navnebog(plan, dag)
    hedder = bog(plan)
    parter = tuple(bog(part.organisation) for part in parterne(plan))
    return Papirnavne(hedder, plan.omraadenavn or hedder, parter)


def som_nu(ting: Navngivet) -> str:
    """The name of today, for who has no day."""
    return ting.navn or str(ting)


# --- all names --------------------------------------------------------------------------------------------------------


def i_ord(navn: Navn) -> str:
    """Havremarken (til 2017) · Byens Ende (statens liste, fra 2018)."""
    fra, til = navn.begynder, navn.slutter
    tiden = "" if fra.er_mangler and til.er_mangler else tidsrum(fra, til)
    if til.er_ikke_oplyst and not fra.er_fortalt:
        tiden = "ikke oplyst hvornår"
    i_parentes = ", ".join(filter(None, [navn.hvor, tiden]))
    return f"{navn.navn} ({i_parentes})" if i_parentes else navn.navn


def andre_navne(ting: Navngivet) -> list[str]:
    """What else it is or was called, and what it was put into; expects its names prefetched."""
    ud = []
    navne = list(ting.navne.all())
    for slags, ordet in (("tidligere", "Hed tidligere"), ("ogsaa", "Kaldes også")):
        if fundne := [i_ord(n) for n in navne if n.slags == slags]:
            ud.append(f"{ordet} {opremsning(fundne)}")
    if getattr(ting, "lagt_ind_i_id", None):
        ud.append(f"Lagt ind i {ting.lagt_ind_i.navn} {_hvornaar(ting.lagt_ind_tid)}".strip())
    return ud


def _hvornaar(t: Tid) -> str:
    return "" if t.er_ikke_oplyst else t.i_ord
