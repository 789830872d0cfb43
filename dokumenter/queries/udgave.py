"""Editions with where they stand, and the documents of a plan with what is in force: three queries, however many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from aftaler.choices import Godkendelsesniveau, Gruppeart
from aftaler.models import Helhedsplan
from dokumenter import rules
from dokumenter.choices import Resultat, Tilstand
from dokumenter.models import Udgave
from dokumenter.rules import Gyldighed, Stilling
from dokumenter.underskrift.modtag import filens_id
from dokumenter.underskrift.trykt import er_helt, er_id
from helhedsplan.choices import Verificeret
from helhedsplan.laest import laest_en_gang


@dataclass(frozen=True)
class Vistudgave:
    """An edition with its state. `naeste` says who must act, '' when nobody must."""

    udgave: Udgave
    stilling: Stilling
    tilstand: Tilstand
    naeste: str

    @property
    def er_aaben(self) -> bool:
        """On its way: neither in force, refused nor withdrawn."""
        return self.tilstand in AABNE


AABNE = {Tilstand.TIL_GODKENDELSE, Tilstand.GODKENDT, Tilstand.UNDERSKRIVES, Tilstand.UNDERSKREVET}


#: Decided, whatever has become of it since, unless it was withdrawn.
UDSTEDTE = {
    Tilstand.GODKENDT, Tilstand.UNDERSKRIVES, Tilstand.UNDERSKREVET, Tilstand.KOMMENDE, Tilstand.GAELDENDE,
    Tilstand.ERSTATTET, Tilstand.UDLOEBET,
}  # fmt: skip


def er_udstedt(udgave: Udgave) -> bool:
    return vist(udgave).tilstand in UDSTEDTE


def udstedte(plan: Helhedsplan) -> list[Vistudgave] | None:
    """The plan's issued editions, by document, newest first; for who reads nothing else."""
    return [v for v in viste(plan) if v.tilstand in UDSTEDTE] or None


def gyldighed(udgave: Udgave) -> Gyldighed:
    trukket = timezone.localdate(udgave.trukket) if udgave.trukket else None
    return Gyldighed(udgave.nummer, udgave.ikraft, trukket)


def stilling(udgave: Udgave) -> Stilling:
    """What is recorded of an edition. The decision recorded last counts, whatever day it is of; decisions on other
    bytes than the edition's own do not."""
    afgoerelser = sorted(udgave.godkendelser.all(), key=lambda g: g.pk)
    seneste = {g.niveau: g.resultat for g in afgoerelser if g.pdf_sha256 == udgave.pdf_sha256}
    parter = list(udgave.underskrivere.all())
    return Stilling(
        niveau=udgave.niveau,
        gyldighed=gyldighed(udgave),
        afgoerelser=seneste,
        kraever_underskrift=udgave.kraever_underskrift,
        parter=tuple(p.part_navn for p in parter),
        underskrevet=tuple(p.part_navn for p in parter if p.underskrevet),
    )


def skete(udgave: Udgave) -> list[tuple[date, str]]:
    """(day, what) of the freezing, each decision that counts and the last signature, as `rules.foer_tiden` takes it."""
    dage = [(timezone.localdate(udgave.frosset), "den blev først frosset")]
    dage += [
        (g.dato, f"{rules.HVEM[Godkendelsesniveau(g.niveau)]} godkendte den")
        for g in udgave.godkendelser.all()
        if g.pdf_sha256 == udgave.pdf_sha256 and g.resultat == Resultat.GODKENDT
    ]
    underskrevet = [u.underskrevet for u in udgave.underskrivere.all() if u.underskrevet]
    if underskrevet:
        dage.append((timezone.localdate(max(underskrevet)), "den sidste skrev under"))
    return dage


def hentede(plan: Helhedsplan, **filtre) -> list[Udgave]:
    """Editions with decisions and signatories, by document, newest first."""
    return [u for u in _hentede(plan) if all(getattr(u, felt) == vaerdi for felt, vaerdi in filtre.items())]


@laest_en_gang
def _hentede(plan: Helhedsplan) -> list[Udgave]:
    udgaver = Udgave.objects.let().filter(plan=plan).select_related("retter")
    fundne = list(
        udgaver.defer("indhold", "retter__indhold")
        .prefetch_related("godkendelser", "underskrivere")
        .order_by("art", "emne", "-nummer")
    )
    for udgave in fundne:
        udgave.plan = plan
    return fundne


def viste(plan: Helhedsplan, i_dag: date | None = None, **filtre) -> list[Vistudgave]:
    """Every edition of the plan, or of one document (`art=`, `emne=`), with its state."""
    i_dag = i_dag or timezone.localdate()
    udgaver = hentede(plan, **filtre)
    samlet: dict[tuple[str, str], list[Gyldighed]] = {}
    for udgave in udgaver:
        samlet.setdefault((udgave.art, udgave.emne), []).append(gyldighed(udgave))
    slut = plan.perioden(i_dag).senest_dag
    return [_vist(u, samlet[u.art, u.emne], i_dag, slut) for u in udgaver]


def _vist(udgave: Udgave, alle: Iterable[Gyldighed], i_dag: date, slut: date | None) -> Vistudgave:
    s = stilling(udgave)
    t = rules.tilstand(s, i_dag, alle, slut)
    return Vistudgave(udgave, s, t, rules.naeste_skridt(s, t))


def vist(udgave: Udgave, i_dag: date | None = None) -> Vistudgave:
    """One edition with its state."""
    alle = viste(udgave.plan, i_dag, art=udgave.art, emne=udgave.emne)
    return next(v for v in alle if v.udgave.pk == udgave.pk)


def gaeldende(plan: Helhedsplan, art: str, emne: str, dag: date) -> Udgave | None:
    """The edition of a document that is in force on a day."""
    udgaver = list(Udgave.objects.let().filter(plan=plan, art=art, emne=emne))
    nummer = rules.gaeldende(map(gyldighed, udgaver), dag, plan.perioden(dag).senest_dag)
    return next((u for u in udgaver if u.nummer == nummer), None)


def grundlag_for(udgaver: Iterable[Vistudgave]) -> Vistudgave | None:
    """The edition that a new one is held against: the newest that has every approval it needs and is not withdrawn.

    Not just the newest: what nobody has approved must not make the next step look small.
    """
    godkendte = [v for v in udgaver if not v.udgave.trukket and not rules.mangler_godkendelse_fra(v.stilling)]
    return max(godkendte, key=lambda v: v.udgave.nummer, default=None)


@laest_en_gang
def niveauer(plan: Helhedsplan) -> list[Godkendelsesniveau]:
    """Who can decide in the plan, from below: a working or advisory group only where there is one."""
    har_gruppe = plan.grupper.filter(art__in=[Gruppeart.ARBEJDSGRUPPE, Gruppeart.FOELGEGRUPPE]).exists()
    return [n for n in Godkendelsesniveau if har_gruppe or n != Godkendelsesniveau.ARBEJDSGRUPPE]


@laest_en_gang
def regler(plan: Helhedsplan) -> dict[str, tuple[int, str, bool]]:
    """Touched -> (level, source, verified), from the plan's rule set; none where its pulje is not told."""
    if not plan.kender_puljen:
        return {}
    return {
        r.beroerer: (r.niveau, r.kilde, r.verificeret == Verificeret.KILDE)
        for r in plan.regelsaet.godkendelsesregler.all()
    }


def kendt_udgave(dokument_id: str, fil_id: bytes) -> Udgave | None:
    """The edition that a file says it is: by the id printed on it, be it spelt as a text layer does, else by its own
    identifier. Who prints an id to its end that nobody has says that it is another paper."""
    udgaver = Udgave.objects.let().select_related("plan")
    if dokument_id and (fundet := udgaver.filter(dokument_id=dokument_id).first()):
        return fundet
    kendte = list(Udgave.objects.values_list("pk", "dokument_id")) if dokument_id or fil_id else []
    trykt = next((pk for pk, navn in kendte if dokument_id and er_id(dokument_id, navn)), None)
    if trykt is None and not er_helt(dokument_id):
        trykt = next((pk for pk, navn in kendte if filens_id(navn) == fil_id), None)
    return udgaver.filter(pk=trykt).first()
