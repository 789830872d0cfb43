"""Reminders by e-mail, once a day: one letter to each person, with all that he is to be reminded of.

What is said, and when it is said again, is `queries.paamindelse`'s; here each line is said once. That a person has been
reminded (`Paamindelse`) is written in the same transaction as the letter, which is then the outbox's to send
(`helhedsplan.udbakke`):

- the program stops before the letter is written: nothing is, and the next run writes it;
- the mail server refuses: the letter waits, the others get theirs, and the letter is tried again for some days, as long
  as anything that it reminds of is still to be done;
- two runs at once: the unique key lets one of them write, and the other passes the person over.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.models import Helhedsplan, Meddelelse
from aftaler.queries.meddelelse import usendte
from dokumenter.models import Underskriver
from dokumenter.queries.underskrift import PAAMINDET
from helhedsplan import revisionsspor, udbakke
from helhedsplan.actions import Aendring
from helhedsplan.formats import antal
from helhedsplan.models import Bruger, Udbakkebrev
from helhedsplan.rettigheder import PROGRAMMET
from kalender.models import Paamindelse
from kalender.queries.kalenderregler import FORPLIGTET
from kalender.queries.paamindelse import UNDERSKRIFT, Paamindelsesbesked, beskeder

PORTION = 200
MEDDELELSE = "meddelelse-"
#: The kind of letter.
DAGLIGT_BREV = "paamindelse"
logger = logging.getLogger(__name__)
EMNE = "Helhedsplan: {} venter på dig"


@dataclass(frozen=True)
class Brev:
    """What one person is to be told: the lines not told before."""

    modtager: Bruger
    linjer: tuple[Paamindelsesbesked, ...]

    @property
    def emne(self) -> str:
        return EMNE.format(antal(len(self.linjer), "ting", "ting"))

    @property
    def grupper(self) -> list[tuple[str, list[Paamindelsesbesked], list[Paamindelsesbesked]]]:
        """(plan, what is overdue, the rest) in order of name and date."""
        fundne: dict[str, tuple[list[Paamindelsesbesked], list[Paamindelsesbesked]]] = defaultdict(lambda: ([], []))
        for linje in sorted(self.linjer, key=lambda b: (b.plan.navn, b.dato is None, b.dato or date.min, b.noegle)):
            fundne[linje.plan.navn][0 if linje.forfalden else 1].append(linje)
        return [(navn, forfaldne, andre) for navn, (forfaldne, andre) in fundne.items()]

    @property
    def id(self) -> str:
        """The same for the same lines to the same person."""
        indhold = "\n".join([str(self.modtager.pk), *sorted(f"{b.plan.noegle} {b.noegle}" for b in self.linjer)])
        return f"<{hashlib.sha256(indhold.encode()).hexdigest()[:40]}@helhedsplan>"


def find_breve(dag: date, stoppet: list[Helhedsplan] | None = None) -> list[Brev]:
    """What is to be sent on the day, in order of address. Plans are read in batches of 200; a plan that cannot be read
    is put in `stoppet`, and the others get theirs."""
    stoppet = [] if stoppet is None else stoppet
    samlet: dict[int, list[Paamindelsesbesked]] = defaultdict(list)
    personer: dict[int, Bruger] = {}
    planer = Helhedsplan.objects.filter(fase__in=FORPLIGTET, arkiveret__isnull=True).order_by("pk")
    for portion in _portioner(planer.iterator(chunk_size=PORTION)):
        fundne, deres = _beskeder(portion, dag, stoppet)
        sendte = _sendte(portion, {b.noegle for linjer in fundne.values() for b in linjer})
        for bruger, linjer in fundne.items():
            nye = [b for b in linjer if (b.plan.pk, bruger, b.noegle) not in sendte]
            if nye:
                samlet[bruger] += nye
                personer[bruger] = deres[bruger]
    for pk, meddelelser in usendte(timezone.now()).items():
        personer[pk] = meddelelser[0].bruger
        samlet[pk] += [Paamindelsesbesked(m.plan, f"{MEDDELELSE}{m.pk}", m.tekst, None, m.sti) for m in meddelelser]
    fundne_breve = [Brev(personer[pk], tuple(linjer)) for pk, linjer in samlet.items()]
    return sorted(fundne_breve, key=lambda brev: brev.modtager.email)


def _beskeder(
    planer: list[Helhedsplan], dag: date, stoppet: list[Helhedsplan]
) -> tuple[dict[int, list[Paamindelsesbesked]], dict[int, Bruger]]:
    """Of the plans together; where that stops, of one at a time, so that one plan's fault is its own."""
    try:
        return beskeder(planer, dag)
    except Exception:
        if len(planer) == 1:
            logger.exception("Påmindelser kunne ikke findes for planen %s", planer[0].noegle)
            stoppet.append(planer[0])
            return {}, {}
    samlet: dict[int, list[Paamindelsesbesked]] = defaultdict(list)
    personer: dict[int, Bruger] = {}
    for plan in planer:
        fundne, deres = _beskeder([plan], dag, stoppet)
        for bruger, linjer in fundne.items():
            samlet[bruger] += linjer
        personer |= deres
    return samlet, personer


def _portioner(planer: Iterator[Helhedsplan]) -> Iterator[list[Helhedsplan]]:
    while portion := list(islice(planer, PORTION)):
        yield portion


def _sendte(planer: Sequence[Helhedsplan], noegler: set[str]) -> set[tuple[int, int, str]]:
    raekker = Paamindelse.objects.filter(plan__in=planer, noegle__in=noegler).order_by()
    return set(raekker.values_list("plan", "bruger", "noegle"))


def skriv_breve(alle: Iterable[Brev], *, dag: date, absolut: Callable[[str], str]) -> list[Udbakkebrev]:
    """Put the letters into the outbox; those that are there now. `absolut` makes a full address of a path."""
    skrevne = []
    for brev in alle:
        tekst = render_to_string(
            "kalender/paamindelse/brev.txt", {"brev": brev, "grupper": _som_adresser(brev, absolut)}
        )
        nu = timezone.now()
        try:
            with transaction.atomic():
                _skriv(brev, nu)
                skrevet = udbakke.skriv(
                    brev.emne, tekst, brev.modtager.email, slags=DAGLIGT_BREV, om=f"{brev.modtager.pk}:{dag}",
                    maerke=brev.id, nu=nu, siges=False,
                )  # fmt: skip
        except IntegrityError:
            continue  # another run has just told him
        skrevne.append(skrevet)
    return skrevne


def er_forbi(brev: Udbakkebrev) -> str:
    """Why the letter of a day gone by is not to be sent: nothing that it reminds of is to be done any more."""
    if timezone.localdate(brev.oprettet) >= timezone.localdate():
        return ""
    bruger, _, dag = brev.om.partition(":")
    fortalt = list(Paamindelse.objects.filter(bruger=bruger, sendt=brev.oprettet).select_related("plan"))
    noegler = {(p.plan_id, p.noegle) for p in fortalt}
    # A signature is not asked for twice in a few days, so of those the rows themselves tell.
    signaturer = [n.partition(":")[0].removeprefix(UNDERSKRIFT) for _, n in noegler if n.startswith(UNDERSKRIFT)]
    if Underskriver.objects.filter(pk__in=signaturer, bruger=bruger, underskrevet=None, udgave__trukket=None).exists():
        return ""
    fundne, _ = beskeder(list({p.plan_id: p.plan for p in fortalt}.values()), date.fromisoformat(dag))
    endnu = {(b.plan.pk, b.noegle) for b in fundne.get(int(bruger), [])}
    if endnu & noegler or any(noegle.startswith(MEDDELELSE) for _, noegle in noegler):
        return ""
    return "Det, brevet mindede om, er gjort, eller det er ikke længere modtagerens."


def _som_adresser(brev: Brev, absolut: Callable[[str], str]) -> list[dict]:
    return [
        {
            "plan": plan,
            "dele": [
                (titel, [(besked, absolut(besked.sti)) for besked in linjer])
                for titel, linjer in (("Forfaldet", forfaldne), ("Snart", andre))
                if linjer
            ],
        }
        for plan, forfaldne, andre in brev.grupper
    ]


def _skriv(brev: Brev, nu: datetime) -> None:
    Paamindelse.objects.bulk_create(
        Paamindelse(plan=b.plan, bruger=brev.modtager, noegle=b.noegle, sendt=nu) for b in brev.linjer
    )
    fortalt = [b.noegle.removeprefix(MEDDELELSE) for b in brev.linjer if b.noegle.startswith(MEDDELELSE)]
    Meddelelse.objects.filter(pk__in=fortalt).update(sendt=nu)
    for besked in brev.linjer:
        if besked.underskriver is not None:
            # The signing board tells of reminders from the log.
            revisionsspor.skriv(
                bruger=PROGRAMMET,
                kaede=besked.plan.noegle,
                handling=PAAMINDET,
                objekt=besked.underskriver,
                aendringer=[Aendring("bruger", "sendt til", None, brev.modtager).som_data()],
            )
