"""Financiers, rates and accounts."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from aftaler.models import Regelsaet
from aftaler.queries.adgang import tjek
from budget.choices import STANDARDKONTI, Status
from budget.models import Bidrag, Budget, Finansieringskilde, Konto, Sats, Satsvaerdi
from budget.rules.celler import beloeb_af_sats
from helhedsplan import actions
from helhedsplan.actions import Aendring
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import PROGRAMMET, Rettighed

REGNET_UD = "Et godkendt budget er regnet ud med satsen. Tilføj en ny værdi fra en senere dato."
KILDEFELTER = frozenset(
    {
        "navn", "art", "lokal", "organisation", "afdeling", "gaelder_fra", "gaelder_fra_sagt", "gaelder_til",
        "gaelder_til_sagt", "note",
    }
)  # fmt: skip
#: What the rules reckon with: fixed once an approved budget holds the financier's money.
REGNES_MED = frozenset({"art", "lokal"})


def _sidst(soeskende) -> int:
    return (soeskende.aggregate(m=Max("orden"))["m"] or 0) + 1


@transaction.atomic
def opret_kilde(*, bruger, kilde: Finansieringskilde) -> Finansieringskilde:
    """Add a financier to a plan, last in the order and with a key made from the name."""
    tjek(bruger, Rettighed.RET_BUDGET, kilde.plan)
    soeskende = kilde.plan.finansieringskilder
    kilde.orden = _sidst(soeskende)
    kilde.noegle = kilde.noegle or unik_noegle(kilde.navn, soeskende.values_list("noegle", flat=True))
    return actions.opret(bruger=bruger, objekt=kilde)


@transaction.atomic
def ret_kilde(*, bruger, kilde: Finansieringskilde, felter: dict, version: int | None) -> bool:
    """Change a financier. What it is and whether it is local stay once an approved budget holds its money."""
    tjek(bruger, Rettighed.RET_BUDGET, kilde.plan)
    gemt = Finansieringskilde.objects.get(pk=kilde.pk)
    aendrede = [felt for felt in sorted(REGNES_MED & felter.keys()) if felter[felt] != getattr(gemt, felt)]
    if aendrede:
        # Waits for one that is being approved, and keeps the others from it until this is done.
        godkendte = [b for b in Budget.objects.select_for_update().filter(plan=kilde.plan) if b.er_laast]
        if Bidrag.objects.filter(budget__in=godkendte, kilde=kilde).exists():
            besked = "Kilden indgår i et godkendt budget. Opret en ny kilde, hvis pengene kommer fra en anden."
            raise ValidationError(dict.fromkeys(aendrede, besked))
    return actions.ret(bruger=bruger, objekt=kilde, felter=felter, version=version, tilladte=KILDEFELTER)


@transaction.atomic
def slet_kilde(*, bruger, kilde: Finansieringskilde) -> None:
    """Only a financier without amounts is deleted."""
    tjek(bruger, Rettighed.RET_BUDGET, kilde.plan)
    actions.slet(bruger=bruger, objekt=kilde)


# --- rates ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def opret_sats(*, bruger, sats: Sats, vaerdi: Satsvaerdi | None = None) -> Sats:
    """Add a rate, with its first value when that is known."""
    tjek(bruger, Rettighed.RET_BUDGET, sats.plan)
    sats.orden = _sidst(sats.plan.satser)
    sats.noegle = sats.noegle or unik_noegle(sats.navn, sats.plan.satser.values_list("noegle", flat=True))
    actions.opret(bruger=bruger, objekt=sats)
    if vaerdi is not None:
        vaerdi.sats = sats
        actions.opret(bruger=bruger, objekt=vaerdi)
    return sats


@transaction.atomic
def ret_sats(*, bruger, sats: Sats, felter: dict, version: int | None) -> bool:
    """Change a rate's name, or what it is for while no amount is reckoned with it."""
    tjek(bruger, Rettighed.RET_BUDGET, sats.plan)
    if {"art", "enhed"} & felter.keys() and Bidrag.objects.filter(satsvaerdi__sats=sats).exists():
        gemt = Sats.objects.get(pk=sats.pk)
        if any(felter.get(felt, getattr(gemt, felt)) != getattr(gemt, felt) for felt in ("art", "enhed")):
            raise ValidationError("Satsen er brugt i et budget. Opret en ny sats med den anden enhed.")
    return actions.ret(bruger=bruger, objekt=sats, felter=felter, version=version, tilladte={"navn", "art", "enhed"})


@transaction.atomic
def slet_sats(*, bruger, sats: Sats) -> None:
    """Delete a rate and its values; refused while an amount is reckoned with one of them."""
    tjek(bruger, Rettighed.RET_BUDGET, sats.plan)
    with actions.slet_samlet(bruger=bruger, objekt=sats):
        for vaerdi in sats.vaerdier.all():
            actions.slet(bruger=bruger, objekt=vaerdi)
        actions.slet(bruger=bruger, objekt=sats)


@transaction.atomic
def opret_satsvaerdi(*, bruger, sats: Sats, gaelder_fra: date, beloeb: Decimal, kilde: str = "") -> Satsvaerdi:
    """What a rate is from a date on. No amount of any budget changes by it."""
    tjek(bruger, Rettighed.RET_BUDGET, sats.plan)
    vaerdi = Satsvaerdi(sats=sats, gaelder_fra=gaelder_fra, beloeb=beloeb, kilde=kilde)
    return actions.opret(bruger=bruger, objekt=vaerdi)


def ret_satsvaerdi_i_vejen(vaerdi: Satsvaerdi) -> str:
    """Why a value cannot be mended."""
    laast = Bidrag.objects.filter(satsvaerdi=vaerdi, budget__status=Status.GODKENDT).exists()
    return REGNET_UD if laast else ""


@transaction.atomic
def ret_satsvaerdi(*, bruger, vaerdi: Satsvaerdi, felter: dict, version: int | None = None) -> bool:
    """Mend a value. Refused when an approved budget was reckoned with it; amounts in drafts are reckoned anew."""
    tjek(bruger, Rettighed.RET_BUDGET, vaerdi.plan)
    budgetter = list(Budget.objects.select_for_update().filter(plan=vaerdi.plan))
    brugte = list(Bidrag.objects.filter(satsvaerdi=vaerdi).select_related("kilde"))
    laaste = {b.pk for b in budgetter if b.er_laast}
    if any(bidrag.budget_id in laaste for bidrag in brugte):
        raise ValidationError(REGNET_UD)
    aendret = actions.ret(
        bruger=bruger, objekt=vaerdi, felter=felter, version=version, tilladte={"gaelder_fra", "beloeb", "kilde"}
    )
    if aendret:
        for budget in budgetter:
            _regn_om(bruger, budget, [b for b in brugte if b.budget_id == budget.pk], vaerdi.beloeb)
    return aendret


def _regn_om(bruger, budget: Budget, brugte: list[Bidrag], sats: Decimal) -> None:
    ekstra = []
    for bidrag in brugte:
        nyt = beloeb_af_sats(bidrag.maengde, sats)
        if nyt != bidrag.beloeb:
            ekstra.append(Aendring(f"bidrag-{bidrag.pk}", str(bidrag), bidrag.beloeb, nyt))
            bidrag.beloeb = nyt  # type: ignore[assignment]
            bidrag.full_clean()
            bidrag.save(update_fields=["beloeb"])
    if ekstra:
        actions.ret(bruger=bruger, objekt=budget, felter={}, tilladte=set(), ekstra=ekstra, handling="regnet om")


@transaction.atomic
def slet_satsvaerdi(*, bruger, vaerdi: Satsvaerdi) -> None:
    tjek(bruger, Rettighed.RET_BUDGET, vaerdi.plan)
    actions.slet(bruger=bruger, objekt=vaerdi)


# --- accounts -------------------------------------------------------------------------------------------------------


def _tjek_konto(bruger, konto: Konto) -> None:
    """A plan's own accounts belong to those who write the plan; those of a rule set to administrators."""
    if konto.plan_id:
        tjek(bruger, Rettighed.RET_BUDGET, konto.plan)
    elif not (bruger is PROGRAMMET or bruger.er_administrator):
        raise PermissionDenied("Kontoplanen er fælles for puljens planer. Bed en administrator om at rette den.")


def _kontosoeskende(konto: Konto):
    return Konto.objects.filter(regelsaet=konto.regelsaet, plan=konto.plan)


@transaction.atomic
def sikr_kontoplan(*, bruger, regelsaet: Regelsaet) -> None:
    """Give a rule set our own accounts if it has none. They are ours, and may be changed."""
    Regelsaet.objects.select_for_update().get(pk=regelsaet.pk)
    if Konto.objects.filter(regelsaet=regelsaet, plan=None).exists():
        return
    for orden, (noegle, navn) in enumerate(STANDARDKONTI, 1):
        actions.opret(bruger=bruger, objekt=Konto(regelsaet=regelsaet, noegle=noegle, navn=navn, orden=orden))


@transaction.atomic
def opret_konto(*, bruger, konto: Konto) -> Konto:
    """Add an account to a plan, or (plan empty, administrators) to a rule set."""
    _tjek_konto(bruger, konto)
    andre = Konto.objects.filter(regelsaet=konto.regelsaet).values_list("noegle", flat=True)
    konto.orden = _sidst(_kontosoeskende(konto))
    konto.noegle = konto.noegle or unik_noegle(konto.navn, andre)
    return actions.opret(bruger=bruger, objekt=konto)


@transaction.atomic
def ret_konto(*, bruger, konto: Konto, felter: dict, version: int | None) -> bool:
    _tjek_konto(bruger, konto)
    return actions.ret(
        bruger=bruger, objekt=konto, felter=felter, version=version, tilladte={"navn", "kilde", "verificeret"}
    )


@transaction.atomic
def slet_konto(*, bruger, konto: Konto) -> None:
    _tjek_konto(bruger, konto)
    actions.slet(bruger=bruger, objekt=konto)
