"""The change register: what has happened to the plan's papers, in one dated list.

Made of the records themselves (editions, decisions, signatures, revisions, packages, statuses, papers of meetings) and
not of the audit log, which tells of every field that was ever touched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from budget.choices import Status
from budget.models import Budget, Revision
from dokumenter.choices import Resultat
from dokumenter.models import Godkendelse, Udgave
from helhedsplan.formats import lang_dato
from helhedsplan.tidligere import uden_navne
from moeder.choices import Aendringsart, Moedepapirart
from moeder.models import Afgoerelse, Moedepapir
from status.choices import FROSNE
from status.queries.oversigt import let


@dataclass(frozen=True)
class Registerlinje:
    """One entry. hvad: what it is about; tekst: what happened to it, with level, reference or reason."""

    dato: date
    art: Aendringsart
    hvad: str
    tekst: str
    url: str


def aendringer(plan: Helhedsplan) -> list[Registerlinje]:
    """Everything, newest first. A constant number of queries."""
    udgaver = list(Udgave.objects.let().filter(plan=plan).prefetch_related("underskrivere", "filrevisioner"))
    for udgave in udgaver:
        udgave.plan = plan
    alle = [
        *(a for udgave in udgaver for a in _udgave(udgave)),
        *_afgoerelser(plan, {u.pk: u for u in udgaver}),
        *_budgetter(plan),
        *_pakker(plan),
        *_statusser(plan),
        *_moeder(plan),
    ]
    return sorted(alle, key=lambda a: a.dato, reverse=True)


def _lille(tekst: str) -> str:
    """As it is written in the middle of a sentence."""
    return tekst if tekst.startswith("Landsbyggefonden") else tekst[:1].lower() + tekst[1:]


def _udgave(u: Udgave) -> Iterator[Registerlinje]:
    hvad, url = str(u), u.get_absolute_url()
    resume = f" {u.resume.strip()}" if u.resume.strip() else ""
    grund = f" {u.niveau_begrundelse.strip()}" if u.niveau_begrundelse.strip() else ""
    niveau = f"Godkendes af {_lille(u.get_niveau_display())}.{grund}"
    yield Registerlinje(timezone.localdate(u.frosset), Aendringsart.UDGAVE, hvad, f"Frosset.{resume} {niveau}", url)
    underskrivere = list(u.underskrivere.all())
    if u.kraever_underskrift and underskrivere and all(x.underskrevet for x in underskrivere):
        sidst = max(x.underskrevet for x in underskrivere if x.underskrevet)
        tekst = f"Alle {len(underskrivere)} parter har skrevet under."
        yield Registerlinje(timezone.localdate(sidst), Aendringsart.UNDERSKRIFT, hvad, tekst, url)
    for fil in (f for f in u.filrevisioner.all() if f.trukket):
        tekst = f"Et scannet papir med underskrift er trukket tilbage: {fil.trukket_grund}"
        yield Registerlinje(timezone.localdate(fil.trukket), Aendringsart.TRUKKET, hvad, tekst, url)
    if u.ikraft:
        foer = f" Før udgaven var færdig: {u.ikraft_grund}" if u.ikraft_grund else ""
        yield Registerlinje(u.ikraft, Aendringsart.IKRAFT, hvad, f"Gælder fra {lang_dato(u.ikraft)}.{foer}", url)
    if u.trukket:
        yield Registerlinje(timezone.localdate(u.trukket), Aendringsart.TRUKKET, hvad, u.trukket_grund, url)


def _afgoerelser(plan: Helhedsplan, udgaver: dict[int, Udgave]) -> Iterator[Registerlinje]:
    """The board's own decisions, and those on editions that no meeting in the program has made."""
    for a in Afgoerelse.objects.filter(punkt__moede__plan=plan).select_related("punkt__moede"):
        tekst = f"{a.get_resultat_display()} af {_lille(str(a.punkt.moede))} {lang_dato(a.punkt.moede.dato)}. {a.tekst}"
        url = reverse("moede-vis", args=[plan.noegle, a.punkt.moede_id])
        yield Registerlinje(a.dato, Aendringsart.AFGOERELSE, a.punkt.titel, tekst.strip(), url)
    for g in Godkendelse.objects.filter(udgave__in=udgaver, bestyrelsens__isnull=True):
        verbum = {Resultat.GODKENDT: "Godkendt af", Resultat.AFVIST: "Afvist af"}.get(
            g.resultat, "Til efterretning hos"
        )
        reference = f" Reference: {g.reference}." if g.reference else ""
        tekst = f"{verbum} {_lille(g.organ)}.{reference} {g.note}".strip()
        udgave = udgaver[g.udgave_id]
        yield Registerlinje(g.dato, Aendringsart.AFGOERELSE, str(udgave), tekst, udgave.get_absolute_url())


def _budgetter(plan: Helhedsplan) -> Iterator[Registerlinje]:
    for budget in Budget.objects.filter(plan=plan, status=Status.GODKENDT):
        url = reverse("budget-vis", args=[plan.noegle, budget.noegle])
        tekst = f"Godkendt ({budget.get_art_display().lower()}). {budget.begrundelse}".strip()
        yield Registerlinje(budget.godkendt_den, Aendringsart.BUDGET, budget.navn, tekst, url)
    for r in Revision.objects.filter(budget__plan=plan, status=Status.GODKENDT).select_related("budget"):
        tekst = f"{r.get_art_display()}, gælder fra {lang_dato(r.dato)}. {r.begrundelse}".strip()
        url = reverse("budget-revisioner", args=[plan.noegle])
        yield Registerlinje(r.godkendt_den, Aendringsart.BUDGET, f"{r} af {r.budget.navn}", tekst, url)


def _pakker(plan: Helhedsplan) -> Iterator[Registerlinje]:
    for pakke in plan.pakker.filter(uploadet_den__isnull=False).defer("linjer"):
        tekst = f"Uploadet til Landsbyggefonden af {uden_navne(pakke.uploadet_af)}."
        yield Registerlinje(
            pakke.uploadet_den, Aendringsart.PAKKE, str(pakke), tekst, reverse("pakke-vis", args=[plan.noegle])
        )


def _statusser(plan: Helhedsplan) -> Iterator[Registerlinje]:
    for status in let().filter(plan=plan, tilstand__in=FROSNE):
        status.plan = plan
        hvad = str(status) if status.udgave == 1 else f"{status}, udgave {status.udgave}"
        url = status.get_absolute_url()
        yield Registerlinje(timezone.localdate(status.publiceret_den), Aendringsart.STATUS, hvad, "Publiceret.", url)
        if status.trukket_den:
            tekst = f"Trukket tilbage. {status.trukket_grund}"
            yield Registerlinje(timezone.localdate(status.trukket_den), Aendringsart.STATUS, hvad, tekst, url)


def _moeder(plan: Helhedsplan) -> Iterator[Registerlinje]:
    papirer = Moedepapir.objects.filter(moede__plan=plan).defer("indhold").select_related("moede")
    for papir in papirer:
        navn = "Dagsorden" if papir.art == Moedepapirart.DAGSORDEN else "Referat"
        rettet = f", rettet (nummer {papir.nummer})" if papir.nummer > 1 else ""
        hvad = f"{papir.moede} {lang_dato(papir.moede.dato)}"
        url = reverse("moede-vis", args=[plan.noegle, papir.moede_id])
        yield Registerlinje(timezone.localdate(papir.sendt), Aendringsart.MOEDE, hvad, f"{navn} sendt{rettet}.", url)
