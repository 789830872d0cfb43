"""Meetings and their agendas: made, changed, cancelled, and what stands on the agenda and in which order.

Whoever writes an item holds its meeting, so that nothing is written into an agenda while it is being sent. An item
that has been concluded on stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.actions import raekker
from aftaler.queries.adgang import tjek
from dokumenter.actions.samlet import for_hvert_papir
from helhedsplan import actions, udbakke
from helhedsplan.actions import Raekkefejl, laas
from helhedsplan.formats import lang_dato
from helhedsplan.grunde import tjek_grund
from helhedsplan.models import Bruger, Udbakkebrev
from helhedsplan.rettigheder import Rettighed
from moeder import indstilling
from moeder.choices import Moedetilstand
from moeder.models import Dagsordenspunkt, Moede
from moeder.queries.afstemning import uafgjort
from moeder.queries.moede import KOMMENDE, besluttet, dagen_ligger_fast, flyttede, forslag, naeste_moede_efter

FELTER = frozenset({"art", "dato", "start", "slut", "sted", "navn"})
PUNKTFELTER = frozenset({"slags", "titel", "maal", *indstilling.TEKSTFELTER})
FLEST_PUNKTER = 60
#: The kind of letter that says that a meeting is cancelled.
AFLYSNING = "aflysning"


@dataclass(frozen=True)
class Forsendelse:
    """Whom a letter goes to, and the address of the meeting in it. `hvornaar` is for made-up histories; else it is
    now."""

    modtagere: Sequence[Bruger] = ()
    adresse: str = ""
    hvornaar: datetime | None = None


def opret_moede(*, bruger, moede: Moede) -> Moede:
    """Plan a meeting."""
    tjek(bruger, Rettighed.RET, moede.plan)
    return actions.opret(bruger=bruger, objekt=moede)


def laas_kommende(moede: Moede, version: int | None = None) -> Moede:
    """Hold a meeting that is still to come. Raises ValidationError on one held or cancelled, Versionskonflikt."""
    gemt = laas(moede)
    if gemt.tilstand not in KOMMENDE:
        raise ValidationError(f"Mødet er {gemt.get_tilstand_display().lower()} og kan ikke rettes.", code="lukket")
    return laas(moede, version)


@transaction.atomic
def ret_moede(*, bruger, moede: Moede, felter: dict, version: int | None) -> bool:
    """Change when and where. Which body meets stays once the agenda is sent: it went to that body's members; the day
    once anything is written of it."""
    tjek(bruger, Rettighed.RET, moede.plan)
    gemt = laas_kommende(moede, version)
    if gemt.tilstand == Moedetilstand.INDKALDT and felter.get("art", gemt.art) != gemt.art:
        besked = "Dagsordenen er sendt, så det kan ikke ændres, hvem der mødes. Aflys mødet, og opret et nyt."
        raise ValidationError({"art": besked}, code="indkaldt")
    if felter.get("dato", gemt.dato) != gemt.dato and (fast := dagen_ligger_fast(gemt)):
        raise ValidationError({"dato": fast}, code="sket")
    return actions.ret(bruger=bruger, objekt=moede, felter=felter, version=version, tilladte=FELTER)


@transaction.atomic
def aflys(*, bruger, moede: Moede, grund: str, version: int | None, til: Forsendelse | None = None) -> bool:
    """Cancel a meeting, for good, and tell those who are to know; it stays in the list with the reason. One that has
    decided anything was held."""
    tjek(bruger, Rettighed.RET, moede.plan)
    if besluttet(laas_kommende(moede, version)):
        besked = "Mødet har truffet beslutninger, så det kan ikke aflyses. Skriv på mødets side, at det er holdt."
        raise ValidationError(besked, code="besluttet")
    tjek_grund(grund, "grund", "Skriv, hvorfor mødet aflyses.")
    felter = {"tilstand": Moedetilstand.AFLYST, "aflyst_grund": " ".join(grund.split())}
    til = til or Forsendelse()
    for modtager in til.modtagere:
        kontekst = {"moede": moede, "modtager": modtager, "adresse": til.adresse, "afsender": str(bruger)}
        brev = render_to_string("moeder/moede/brev_aflyst.txt", kontekst)
        emne = f"Helhedsplan: Mødet {lang_dato(moede.dato)} er aflyst"
        udbakke.skriv(emne, brev, modtager.email, slags=AFLYSNING, om=moede.pk)
    return actions.ret(
        bruger=bruger, objekt=moede, felter=felter, version=version, tilladte=set(felter), handling="aflyst"
    )


def aflysning_er_forbi(brev: Udbakkebrev) -> str:
    """Why nobody is to be told any more that a meeting was cancelled."""
    kommer = Moede.objects.filter(pk=brev.om, dato__gte=timezone.localdate()).exists()
    return "" if kommer else "Mødets dag er gået."


def kun_meldt(moede: Moede) -> bool:
    """Nothing but a person's word that it was held elsewhere, which may be taken back."""
    return moede.uden_for_programmet and not moede.papirer.exists()


@transaction.atomic
def slet_moede(*, bruger, moede: Moede) -> None:
    """Drop a planned meeting that nothing stands on. Anything else is cancelled instead."""
    tjek(bruger, Rettighed.RET, moede.plan)
    gemt = laas(moede)
    if gemt.tilstand != Moedetilstand.PLANLAGT and not kun_meldt(gemt):
        besked = f"Mødet er {gemt.get_tilstand_display().lower()} og kan ikke slettes."
        raise ValidationError(besked, code="ikke_planlagt")
    if gemt.punkter.exists():
        raise ValidationError("Mødet har punkter på dagsordenen. Aflys det i stedet.", code="har_punkter")
    actions.slet(bruger=bruger, objekt=moede)


# --- items ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def opret_punkt(*, bruger, punkt: Dagsordenspunkt) -> Dagsordenspunkt:
    """Put an item last on the agenda. Headings left empty are filled with what its paper says of itself."""
    moede = punkt.moede
    tjek(bruger, Rettighed.RET, moede.plan)
    laas_kommende(moede)
    if moede.punkter.count() >= FLEST_PUNKTER:
        raise ValidationError(f"Dagsordenen har allerede {FLEST_PUNKTER} punkter.", code="for_mange")
    punkt.orden = (moede.punkter.aggregate(m=Max("orden"))["m"] or 0) + 1
    for felt, tekst in indstilling.forslag_til_tekster(punkt).items():
        if not getattr(punkt, felt):
            setattr(punkt, felt, tekst)
    return actions.opret(bruger=bruger, objekt=punkt)


@transaction.atomic
def saet_paa(*, bruger, moede: Moede, noegle: str) -> Dagsordenspunkt:
    """Put something that waits on the agenda. Of two who press at once the second is told that it is taken."""
    try:
        return saet_flere_paa(bruger=bruger, moede=moede, noegler=[noegle])[0]
    except Raekkefejl as fejl:
        raise fejl.ved[1] from None


@transaction.atomic
def saet_flere_paa(*, bruger, moede: Moede, noegler: Sequence[str]) -> list[Dagsordenspunkt]:
    """The same for several, an item each; all or none. Raises Raekkefejl with what is wrong, by their places."""
    tjek(bruger, Rettighed.RET, moede.plan)
    laas_kommende(moede)
    venter = {f.noegle: f for f in forslag(moede)}

    def et_punkt(noegle: str) -> Dagsordenspunkt:
        fundet = venter.get(noegle)
        if fundet is None:
            raise ValidationError("Det står allerede på en dagsorden, eller det venter ikke længere.", code="taget")
        punkt = Dagsordenspunkt(
            moede=moede, titel=fundet.titel, slags=fundet.slags, godkender_referat_af=fundet.referat_af
        )
        if fundet.genstand is not None:
            setattr(punkt, noegle.partition("-")[0], fundet.genstand)
        return opret_punkt(bruger=bruger, punkt=punkt)

    return for_hvert_papir(noegler, et_punkt)


@transaction.atomic
def flyt_til_naeste(*, bruger, punkt: Dagsordenspunkt) -> Dagsordenspunkt:
    """Put an item that a held meeting did not decide on the same body's next meeting, as it stood, last on its agenda.
    The old one stays as what was not decided. Raises ValidationError."""
    moede = punkt.moede
    tjek(bruger, Rettighed.RET, moede.plan)
    laas(moede)
    if not uafgjort(punkt):
        raise ValidationError("Kun et punkt, som et holdt møde ikke afgjorde, kan flyttes.", code="afgjort")
    naeste = naeste_moede_efter(moede)
    if naeste is None:
        raise ValidationError("Der er ikke planlagt et senere møde. Opret det, og flyt så punktet.", code="intet_moede")
    naeste.plan = moede.plan
    if andet := flyttede(moede).get(punkt.pk):
        raise ValidationError(f"Punktet står allerede på mødet {lang_dato(andet.dato)}.", code="taget")
    felter = {
        felt: getattr(punkt, felt)
        for felt in ("slags", "titel", "godkender_referat_af", *indstilling.TEKSTFELTER, *punkt.GENSTANDE)
    }
    maal = [m | {"udfald": "", "konklusion": ""} for m in punkt.maal]
    return opret_punkt(bruger=bruger, punkt=Dagsordenspunkt(moede=naeste, flyttet_fra=punkt, maal=maal, **felter))


def _laas_punkt(punkt: Dagsordenspunkt) -> None:
    laas_kommende(punkt.moede)
    if hasattr(punkt, "afgoerelse"):
        raise ValidationError("Punktet er afgjort og kan ikke rettes.", code="afgjort")


@transaction.atomic
def ret_punkt(*, bruger, punkt: Dagsordenspunkt, felter: dict, version: int | None) -> bool:
    """Change an item's texts. What it is about stays: another thing is another item."""
    tjek(bruger, Rettighed.RET, punkt.plan)
    _laas_punkt(punkt)
    return actions.ret(bruger=bruger, objekt=punkt, felter=felter, version=version, tilladte=PUNKTFELTER)


@transaction.atomic
def slet_punkt(*, bruger, punkt: Dagsordenspunkt) -> None:
    """Take an item off the agenda; one that somebody has voted on stays."""
    tjek(bruger, Rettighed.RET, punkt.plan)
    _laas_punkt(punkt)
    if punkt.stemmer.exists():
        raise ValidationError("Der er stemt om punktet, så det bliver på dagsordenen.", code="stemt")
    actions.slet(bruger=bruger, objekt=punkt)


@transaction.atomic
def sorter_punkter(*, bruger, moede: Moede, noegler: list[str]) -> bool:
    """Put the items in the order of their numbers."""
    laas_kommende(moede)
    return raekker.sorter(bruger=bruger, ejer=moede, relation="punkter", noegler=noegler)


@transaction.atomic
def flyt_punkt(*, bruger, moede: Moede, noegle: str, skridt: int) -> bool:
    """Move an item up (-1) or down (+1)."""
    laas_kommende(moede)
    return raekker.flyt(bruger=bruger, ejer=moede, relation="punkter", noegle=noegle, skridt=skridt)
