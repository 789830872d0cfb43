"""Who signs an edition, who has, and what stands in the way; and the files that have come of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.models.plan import i_planer
from aftaler.queries.adgang import personer_med
from aftaler.queries.overblik import Ventende
from dokumenter.choices import Filart
from dokumenter.models import Filrevision, Udgave, Underskriver
from dokumenter.queries.udgave import stilling
from dokumenter.rules import mangler_for_underskrift
from helhedsplan.formats import opremsning
from helhedsplan.laest import den_samme, laest_en_gang
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import Rettighed

PAAMINDET = "påmindet om at skrive under"


@dataclass(frozen=True)
class Underskriverlinje:
    """One party: whether it has signed, what it waits for ('' when it can sign now), and when it was last reminded."""

    underskriver: Underskriver
    hindring: str
    paamindet: datetime | None
    foer_andre: str = ""
    """whom it signed after, who has not signed any more"""

    @property
    def har(self) -> bool:
        return self.underskriver.underskrevet is not None

    @property
    def paamindet_i_dag(self) -> bool:
        return self.paamindet is not None and timezone.localdate(self.paamindet) == timezone.localdate()

    @property
    def kan_paamindes(self) -> bool:
        return not (self.har or self.hindring or self.paamindet_i_dag) and self.underskriver.bruger is not None


@dataclass(frozen=True)
class Tavle:
    """The signing board of one edition. `hindring` says why nobody can sign yet, '' when somebody can."""

    udgave: Udgave
    hindring: str
    linjer: tuple[Underskriverlinje, ...]
    filer: tuple[Filrevision, ...]

    @property
    def mangler(self) -> tuple[Underskriverlinje, ...]:
        return tuple(linje for linje in self.linjer if not linje.har)

    @property
    def har_skrevet(self) -> int:
        return len(self.linjer) - len(self.mangler)

    @property
    def nyeste(self) -> Filrevision:
        """The file that the next signature in the program or at a service is put on."""
        return nyeste_fil(self.filer)

    @property
    def tilfoejet(self) -> tuple[str, ...]:
        """What a signing service has added to the paper that is signed, and what signatures from outside say of
        themselves, in words."""
        return tuple(dict.fromkeys(hvad for fil in self.filer for hvad in fil.lagt_til))

    @property
    def tilfoejet_tekst(self) -> str:
        tjenester = opremsning(list(dict.fromkeys(fil.tjeneste for fil in self.filer if fil.tjeneste)))
        if not tjenester:
            return "En underskrift udefra har ord med sig, som ikke stod i den udstedte udgave."
        return f"Tjenesten {tjenester} har lagt noget til papiret, som ikke stod i den udstedte udgave."

    def linje_for(self, bruger) -> Underskriverlinje | None:
        """The person's own line that is not signed yet."""
        return next((linje for linje in self.mangler if linje.underskriver.bruger_id == bruger.pk), None)


def tavle(udgave: Udgave) -> Tavle:
    """Five queries, however many sign."""
    udgave = den_samme(udgave)
    prefetch_related_objects([udgave], "godkendelser", "underskrivere__bruger", "underskrivere__filrevision")
    underskrivere = list(udgave.underskrivere.all())
    hindring = udgavens_hindring(udgave)
    paamindet = senest_paamindet(underskrivere)
    linjer = tuple(
        Underskriverlinje(u, hindring or venter, paamindet.get(u.pk), venter if u.underskrevet else "")
        for u, venter in ((u, foer_i_raekken(u, underskrivere)) for u in underskrivere)
    )
    return Tavle(udgave, hindring, linjer, tuple(udgave.filrevisioner.order_by("nummer")))


def huskede(plan: Helhedsplan) -> dict[str, Underskriver]:
    """{party: the line where an account was last chosen to sign for it}, of those that are still in the plan."""
    valgte = Underskriver.objects.filter(udgave__plan=plan, bruger__in=personer_med(plan))
    return {u.part_navn: u for u in valgte.select_related("bruger").order_by("pk")}


def udgavens_hindring(udgave: Udgave) -> str:
    """Why nobody can sign the edition now; '' when somebody can."""
    if not udgave.kraever_underskrift:
        return "Dokumentet skal ikke underskrives."
    return mangler_for_underskrift(stilling(udgave))


def foer_i_raekken(underskriver: Underskriver, alle: list[Underskriver]) -> str:
    """Where an order is set, whom the party waits for; '' when it is its turn or there is no order."""
    if not underskriver.orden:
        return ""
    foer = [u.part_navn for u in alle if 0 < u.orden < underskriver.orden and u.underskrevet is None]
    return f"Venter på {' og '.join(foer)}." if foer else ""


def nyeste_fil(filer) -> Filrevision:
    """A scan stands beside the chain of files, not in it."""
    return [fil for fil in filer if fil.art != Filart.SCANNET][-1]


def senest_paamindet(underskrivere: list[Underskriver]) -> dict[int, datetime]:
    """{pk: when the party was last reminded}, from the audit log."""
    sendt = Haendelse.objects.filter(
        objekt_type=objekttype(Underskriver),
        objekt_id__in=[str(u.pk) for u in underskrivere],
        handling=PAAMINDET,
    )
    return {int(pk): tid for pk, tid in sendt.order_by("pk").values_list("objekt_id", "tidspunkt")}


def mangler_for_traek(udgave: Udgave, fil: Filrevision) -> str:
    """Why a file cannot be withdrawn by itself; '' when it can. What is signed digitally proves itself."""
    if fil.art != Filart.SCANNET:
        return "Kun et scannet papir kan trækkes tilbage."
    if fil.trukket:
        return "Filen er allerede trukket tilbage."
    if udgave.trukket:
        return "Udgaven er trukket tilbage."
    return "Udgaven er sat i kraft. Træk udgaven tilbage, hvis den er forkert." if udgave.ikraft else ""


@laest_en_gang
def usignerede(bruger) -> tuple[Underskriver, ...]:
    """The lines of editions that are not withdrawn where the person is to sign, in plans that the person may see, with
    what decides whether it can be done; oldest edition first."""
    i_planen = Underskriver.objects.filter(bruger=bruger, udgave__plan__in=i_planer(bruger, Rettighed.DELTAG))
    egne = i_planen.filter(underskrevet=None, udgave__trukket=None)
    egne = egne.select_related("udgave__plan").defer("udgave__indhold").order_by("udgave__frosset")
    return tuple(egne.prefetch_related("udgave__underskrivere", "udgave__godkendelser"))


def venter_paa(bruger) -> list[Underskriver]:
    """What waits for a person's signature in the plans that the person is in, oldest edition first."""
    return [
        u
        for u in usignerede(bruger)
        if not (udgavens_hindring(u.udgave) or foer_i_raekken(u, list(u.udgave.underskrivere.all())))
    ]


def ventende(bruger) -> list[Ventende]:
    """The same, as lines of the front page."""
    return [
        Ventende(
            f"Skriv under: {u.udgave.titel}",
            u.plan.navn,
            None,
            reverse("udgave-underskriv", args=[u.plan.noegle, u.udgave_id]),
        )
        for u in venter_paa(bruger)
    ]


def personer(plan: Helhedsplan) -> list[tuple[QuerySet, str]]:
    """Whom papers have named as signers, who has stood in for them, and who gave the mandate."""
    alle = Underskriver.objects.filter(udgave__plan=plan)
    return [(alle, felt) for felt in ("navn", "stedfortraeder", "fuldmagt_fra")]
