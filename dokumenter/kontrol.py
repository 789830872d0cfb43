"""The findings of this room: documents that were never frozen, and editions in force that the draft has left behind."""

from collections.abc import Iterator
from datetime import date
from html import unescape

from django.db.models import CharField, TextField
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Fase
from aftaler.models import Aktivitet, Delmaal, Helhedsplan
from aftaler.queries.dokument import prosa_i
from aftaler.queries.kontrol import afsnitsadresse
from dokumenter.choices import SOM_FIL, Kladdestand
from dokumenter.kladdestand import kladdestande
from dokumenter.models import Udgave
from dokumenter.oejebliksbillede import Papir
from dokumenter.queries.dokumenter import Dokumentlinje, dokumenter
from helhedsplan import skrift
from helhedsplan.choices import Alvor, Verificeret
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.fund import Fund
from helhedsplan.laest import laest_en_gang
from helhedsplan.pdf import for_brede_tabeller

EGEN = "Helhedsplans egen kontrol"
#: Before these a plan is still an idea, and nothing is to be handed in.
KRAEVES_FRA = {Fase.ANSOEGNING, Fase.BEVILGET, Fase.I_GANG}


def dokumentfund(plan: Helhedsplan) -> list[Fund]:
    """Constant queries for the documents, and a few for each edition in force that may be older than its draft."""
    linjer = dokumenter(plan, timezone.localdate())
    return [*aldrig_frosset(plan, linjer), *aendret_siden(plan, linjer)]


def tegnfund(plan: Helhedsplan) -> list[Fund]:
    """Signs that no paper can draw, which stop a freezing, and those it draws as their parts, which does not: each
    text that holds some, with the field to mend."""
    fund = []
    for sted, tekst, url in _skrevne_tekster(plan):
        if delte := skrift.sammensatte(unescape(tekst)):
            navne = opremsning([f"{tegn} som {dele}" for tegn, dele in list(delte.items())[: skrift.NAEVNES]])
            besked = f"{sted}: På papir trykkes {navne}. Skriv det med ord, hvis meningen går tabt."
            fund.append(Fund("tegn-trykkes-i-dele", Alvor.NOTE, besked, url, EGEN))
        if ukendte := skrift.uden_skrift(unescape(tekst)):
            navne = opremsning([skrift.navn(tegn) for tegn in ukendte[:5]])
            besked = f"{sted}: {navne} kan ikke trykkes på papir. Et dokument med det kan ikke fryses."
            fund.append(Fund("tegn-kan-ikke-trykkes", Alvor.FEJL, besked, url, EGEN))
    return fund


def for_brede(plan: Helhedsplan, papir: Papir) -> list[tuple[str, str]]:
    """Tables typed into a paper that fit on no page, which stop a freezing: (what to do, the field to mend)."""
    med_tabel = {t for t in prosa_i(getattr(papir, "afsnit", ())) if "<table" in t}
    if not med_tabel:
        return []
    return [
        (f"{sted}: Tabellen {opremsning(list(brede))} er for bred til et liggende ark. Del den i to.", url)
        for sted, tekst, url in _skrevne_tekster(plan)
        if tekst in med_tabel and (brede := for_brede_tabeller(tekst))
    ]


@laest_en_gang
def _skrevne_tekster(plan: Helhedsplan) -> tuple[tuple[str, str, str], ...]:
    return tuple(_alle_skrevne_tekster(plan))


def _alle_skrevne_tekster(plan: Helhedsplan) -> Iterator[tuple[str, str, str]]:
    """(place, text, address of its field) of all that is written in the plan's agreements, in three queries."""
    for a in plan.afsnit.select_related("skabelon", "delaftale__indsatsomraade"):
        yield f"Afsnittet »{a.skabelon.titel}«", a.tekst, f"{afsnitsadresse(plan, a)}#id_tekst"
    i_planen = {"delaftale__plan": plan}
    for model, navn in ((Aktivitet, "aktivitet-ret"), (Delmaal, "delmaal-ret")):
        felter = [
            f for f in model._meta.concrete_fields if isinstance(f, (CharField, TextField)) and f.name != "noegle"
        ]
        for objekt in model.objects.filter(**i_planen).select_related("delaftale__indsatsomraade"):
            url = reverse(navn, args=[plan.noegle, objekt.delaftale.noegle, objekt.noegle])
            for felt in felter:
                sted = f"»{objekt}«, {felt.verbose_name}"
                yield sted, getattr(objekt, felt.name), f"{url}#id_{felt.name}"


def aldrig_frosset(plan: Helhedsplan, linjer: list[Dokumentlinje]) -> list[Fund]:
    """A document that the rule set asks for and that has no edition."""
    if plan.fase not in KRAEVES_FRA:
        return []
    fund = []
    for linje in linjer:
        if linje.krav is None or linje.udgaver or linje.art in SOM_FIL:
            continue
        siges = "er skrevet, men aldrig frosset" if linje.findes else "mangler"
        url = linje.vis_url if linje.findes else linje.kladde_url
        verificeret = linje.krav.verificeret == Verificeret.KILDE
        fund.append(
            Fund(
                "dokument-aldrig-frosset",
                Alvor.NOTE,
                f"{linje.navn} {siges}.",
                url,
                linje.krav.kilde,
                verificeret,
                flere=f"dokumenter {siges}:",
                kort=linje.navn,
            )
        )
    return fund


def aendret_siden(plan: Helhedsplan, linjer: list[Dokumentlinje]) -> list[Fund]:
    """An edition in force that no longer says what the plan says, when no newer one is on its way."""
    fund, stande = [], kladdestande(plan, linjer)
    for linje in linjer:
        v = linje.gaeldende
        if v is not None and not linje.aabne and stande[v.udgave.pk] != Kladdestand.ENS:
            tekst = f"{linje.navn} er ændret siden udgave {v.udgave.nummer} af {_dag(v.udgave)}."
            flere = {"flere": "dokumenter er ændret siden den gældende udgave:", "kort": linje.navn}
            fund.append(Fund("udgave-bagud", Alvor.ADVARSEL, tekst, linje.vis_url, EGEN, **flere))
    return fund


def _dag(udgave: Udgave) -> str:
    dag: date = timezone.localdate(udgave.frosset)
    return lang_dato(dag)
