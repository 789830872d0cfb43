"""Budgets and their cells. Approved is locked: every action here asks under a lock on the budget's row."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from aftaler.queries.adgang import tjek
from aftaler.rules import foer_planen
from budget.actions.finansiering import sikr_kontoplan
from budget.choices import Bidragsart, Budgetart, Status
from budget.models import Bidrag, Budget, Udgift
from budget.queries import celler as celleqs
from budget.queries.finansieringstabel import celle_id
from budget.queries.indtastning import Indtastningscelle, Udgiftscelle, anvend_celler, anvend_udgifter
from budget.queries.kontrol import forbehold, satsskift
from budget.queries.plangrundlag import Plangrundlag, budgetramme
from budget.queries.scenarie import skalerede_udgifter, skaleret
from budget.queries.udgifter import udgift_id
from budget.rules.celler import Cellenoegle, Formaal, Udgiftsnoegle, Vaerdi, formel
from helhedsplan import actions, formats
from helhedsplan.actions import Aendring, Versionskonflikt
from helhedsplan.felter import i_kolonner
from helhedsplan.grunde import tjek_grund
from helhedsplan.models import Haendelse
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tid import Tid, dagen

TRODS_FEJL = "Godkendt, selv om kontrollen viser fejl:"
USET = "Godkendt, selv om kontrollen ikke kan se alt:"
LAAST = "Budgettet er godkendt og kan ikke rettes. Lav en revision af det bevilgede budget i stedet."
LAGET_GODKENDES = "Penge oven på bevillingen gælder med papiret og godkendes ikke for sig. Sæt papiret i kraft."
UDEN_BEVILLING = (
    "Planen har intet bevilget budget, de kan ligge oven på. Opret det først; er bevillingen ikke oplyst, så skriv det."
)
PORTION = 500
NOTE_LAENGDE = 500


def laas(budget: Budget, version: int | None = None) -> Budget:
    """The budget as it stands, its row held until the transaction ends; raises ValidationError when it is approved,
    Versionskonflikt when somebody has saved it since."""
    gemt = Budget.objects.select_for_update(of=("self",)).select_related("plan__regelsaet").get(pk=budget.pk)
    if version is not None and gemt.version != version:
        raise Versionskonflikt(gemt, version)
    if gemt.er_laast:
        raise ValidationError(gemt.laast_af_laget or LAAST, code="laast")
    return gemt


@transaction.atomic
def opret_budget(*, bruger, budget: Budget) -> Budget:
    """Start an empty budget as a draft. The plan's rule set gets our list of accounts if it has none. Raises
    ValidationError for the money of a layer with nothing granted below it."""
    tjek(bruger, Rettighed.RET_BUDGET, budget.plan)
    if budget.art == Budgetart.LAG and not budget.plan.budgetter.filter(art=Budgetart.BEVILGET).exists():
        raise ValidationError({"art": UDEN_BEVILLING}, code="uden_bevilling")
    sikr_kontoplan(bruger=bruger, regelsaet=budget.plan.regelsaet)
    budget.noegle = _ny_noegle(budget)
    return actions.opret(bruger=bruger, objekt=budget)


def _ny_noegle(budget: Budget) -> str:
    forslag = budget.navn if budget.art == Budgetart.SCENARIE else budget.lag.noegle if budget.lag else budget.art
    return unik_noegle(forslag, budget.plan.budgetter.values_list("noegle", flat=True))


@transaction.atomic
def ret_budget(*, bruger, budget: Budget, felter: dict, version: int | None) -> bool:
    """Change a draft's name, reason or stated total."""
    tjek(bruger, Rettighed.RET_BUDGET, budget.plan)
    laas(budget)
    tilladte = {
        "navn", "begrundelse", "oplyst_i_alt", "oplyst_i_alt_sagt", "oplyst_afrundet_til", "oplyst_andel_sagt",
    }  # fmt: skip
    return actions.ret(bruger=bruger, objekt=budget, felter=felter, version=version, tilladte=tilladte)


@transaction.atomic
def slet_budget(*, bruger, budget: Budget) -> None:
    """Delete a draft with all its cells; refused while another budget builds on it. The cells stand in the log."""
    tjek(bruger, Rettighed.RET_BUDGET, budget.plan)
    budget = laas(budget)
    with actions.slet_samlet(bruger=bruger, objekt=budget):
        toem = _gem_vaerdier(bruger, budget, budgetramme(budget), _til_intet(celleqs.celler(budget)), None)
        toem_udgifter = _gem_vaerdier(bruger, budget, budgetramme(budget), None, _til_intet(celleqs.udgifter(budget)))
        if toem or toem_udgifter:
            budget.refresh_from_db()
        actions.slet(bruger=bruger, objekt=budget)


def _til_intet(vaerdier: dict) -> dict:
    return {noegle: (vaerdi, None) for noegle, vaerdi in vaerdier.items()}


@transaction.atomic
def godkend_budget(
    *, bruger, budget: Budget, dato: date | Tid, version: int | None, grund: str = "", dato_grund: str = ""
) -> bool:
    """Approve and lock. A budget without financing, and a scenario, is refused. grund: why it is approved with what
    the rules call faults or cannot see; dato_grund: why it was approved before it was last changed here, as when it is
    typed from a paper. Each is asked for when it is so, and kept in the budget's own reasons."""
    tjek(bruger, Rettighed.RET_BUDGET, budget.plan)
    gemt = laas(budget, version)
    if gemt.art == Budgetart.SCENARIE:
        raise ValidationError("Et scenarie kan ikke godkendes.")
    if gemt.art == Budgetart.LAG:
        raise ValidationError(LAGET_GODKENDES)
    if not gemt.bidrag.exists():
        raise ValidationError("Budgettet har ingen finansiering endnu.")
    godkendt = dato if isinstance(dato, Tid) else dagen(dato)
    if godkendt.tidligst and godkendt.tidligst > timezone.localdate():
        raise ValidationError({"dato": "Godkendelsen kan ikke ligge i fremtiden."}, code="fremtid")
    if godkendt.senest and (besked := foer_planen(godkendt.senest, gemt.plan.begynder, timezone.localdate())):
        raise ValidationError({"dato": besked}, code="foer_planen")
    felter = {"status": Status.GODKENDT} | i_kolonner("godkendt_den", godkendt)
    grunde = [gemt.begrundelse]
    if imod := forbehold(gemt):
        alle = " ".join([*imod.fejl, *imod.uset])
        tjek_grund(grund, "grund", f"{imod.i_ord}. Skriv, hvorfor det godkendes alligevel: {alle}")
        grunde.append(f"{TRODS_FEJL if imod.fejl else USET} {grund.strip()}")
    if (aendret := sidst_aendret(gemt)) and godkendt.senest and godkendt.senest < aendret:
        sidst = f"ændret sidst {formats.lang_dato(aendret)}"
        spoerg = f"Budgettet er {sidst}. Skriv, hvorfor det er godkendt før den dag, eller vælg en senere dag."
        tjek_grund(dato_grund, "dato_grund", spoerg)
        grunde.append(f"Godkendt {godkendt}, men {sidst}: {dato_grund.strip()}")
    felter["begrundelse"] = "\n\n".join(filter(None, grunde))
    return actions.ret(
        bruger=bruger, objekt=budget, felter=felter, version=version, tilladte=set(felter), handling="godkendt"
    )


def sidst_aendret(budget: Budget) -> date | None:
    """The day of the last entry about the budget in the log: its cells are saved under its own name."""
    da = Haendelse.objects.om(budget).order_by().aggregate(m=Max("tidspunkt"))["m"]
    return da and timezone.localdate(da)


@transaction.atomic
def gem_celler(
    *,
    bruger,
    budget: Budget,
    version: int | None,
    celler: Iterable[Indtastningscelle] = (),
    udgifter: Iterable[Udgiftscelle] = (),
    skala: int = 1,
) -> int:
    """The grid's save: all cells or none. The number of cells that changed.

    Only what is said is touched: cells not named stay as they are. Bare numbers count in `skala` kroner (1.000 in the
    t.kr. view). One audit entry lists every changed cell before and after.

    Raises ValidationError whose `message_dict` has every fault by the id of its cell (`terning.celle_id`,
    `udgifter.udgift_id`); ValidationError with code 'laast' when the budget is approved; Versionskonflikt.
    """
    tjek(bruger, Rettighed.RET_BUDGET, budget.plan)
    gemt = laas(budget, version)
    over = budgetramme(gemt)
    celler, udgifter = list(celler), list(udgifter)
    nye = anvend_celler(over, celleqs.celler(gemt, _formaal(over, celler)), celler, skala=skala)
    nye_udgifter = anvend_udgifter(over, celleqs.udgifter(gemt, _formaal(over, udgifter)), udgifter, skala=skala)
    if fejl := nye.fejl | nye_udgifter.fejl:
        raise ValidationError(fejl)
    antal = _gem_vaerdier(bruger, gemt, over, nye.aendrede, nye_udgifter.aendrede)
    budget.version = gemt.version
    return antal


@transaction.atomic
def regn_om_efter_dage(*, bruger, budget: Budget, version: int | None) -> int:
    """Give each amount whose rate changes within its plan year the one that is split by the days of each rate; the
    reckoning stands as its note, since no single rate gives it any more. One that has another rate all its year gets
    that rate. The number of amounts changed."""
    tjek(bruger, Rettighed.RET_BUDGET, budget.plan)
    gemt = laas(budget, version)
    over, vaerdier = budgetramme(gemt), celleqs.celler(gemt)
    aendrede = {}
    for skift in satsskift(over, vaerdier):
        foer = vaerdier[skift.noegle]
        if skift.satsvaerdi is not None:
            aendrede[skift.noegle] = (foer, foer._replace(beloeb=skift.efter_dage, satsvaerdi=skift.satsvaerdi))
            continue
        note = "; ".join(filter(None, [skift.udregning.replace("\u00a0", " "), foer.note]))[:NOTE_LAENGDE]
        aendrede[skift.noegle] = (foer, Vaerdi(skift.efter_dage, note=note))
    antal = _gem_vaerdier(bruger, gemt, over, aendrede, None)
    budget.version = gemt.version
    return antal


def _formaal(over: Plangrundlag, indtastet: list) -> set[Formaal]:
    """The purposes that something is typed in: only their cells need be read."""
    return {over.formaal_af[c.formaal].formaal for c in indtastet if c.formaal in over.formaal_af}


def _gem_vaerdier(bruger, budget: Budget, over: Plangrundlag, bidrag: dict | None, udgifter: dict | None) -> int:
    """Write changed values, given as key -> (before, after), in a locked draft; one audit entry for all of them."""
    bidrag, udgifter = bidrag or {}, udgifter or {}
    ekstra = [_aendring(over, n, *v) for n, v in bidrag.items()]
    ekstra += [_udgiftsaendring(over, n, *v) for n, v in udgifter.items()]
    if not ekstra:
        return 0
    _gem_rod(Bidrag, budget, bidrag, celleqs.CELLEFELTER)
    _gem_rod(Udgift, budget, udgifter, celleqs.UDGIFTSFELTER)
    actions.ret(bruger=bruger, objekt=budget, felter={}, tilladte=set(), ekstra=ekstra, handling="rettet")
    return len(ekstra)


def _felter(noegle: Cellenoegle | Udgiftsnoegle) -> dict:
    sted: dict = {
        "delaftale_id": noegle.formaal.delaftale,
        "aktivitet_id": noegle.formaal.aktivitet,
        "planaar": noegle.planaar,
    }
    if isinstance(noegle, Cellenoegle):
        return {"kilde_id": noegle.kilde, "art": noegle.art, **sted}
    return {"konto_id": noegle.konto, **sted}


def _vaerdifelter(model, vaerdi: Vaerdi) -> dict:
    felter: dict = {"beloeb": vaerdi.beloeb, "afrundet_til": vaerdi.afrundet_til, "note": vaerdi.note}
    if model is Bidrag:
        felter |= {"maengde": vaerdi.maengde, "satsvaerdi_id": vaerdi.satsvaerdi}
    return felter


def _gem_rod(model, budget: Budget, aendrede: dict, feltnavne: tuple[str, ...]) -> None:
    """Take out what stood in the changed cells and put in what now does, in a few statements however many they are.
    Every value has been checked by what made it."""
    if not aendrede:
        return
    beroerte = model.objects.filter(celleqs.i_formaal({noegle.formaal for noegle in aendrede}), budget=budget)
    gamle = {tuple(sted): pk for pk, *sted in beroerte.order_by().values_list("pk", *feltnavne)}
    nye, gaar_ud = [], []
    for noegle, (_, efter) in aendrede.items():
        felter = _felter(noegle)
        if pk := gamle.get(tuple(felter[f] for f in feltnavne)):
            gaar_ud.append(pk)
        if efter is not None:
            nye.append(model(budget=budget, **felter, **_vaerdifelter(model, efter)))
    for fra in range(0, len(gaar_ud), PORTION):
        model.objects.filter(pk__in=gaar_ud[fra : fra + PORTION]).delete()
    model.objects.bulk_create(nye)


def _aar(planaar: int | None) -> str:
    return f"år {planaar}" if planaar else "ikke fordelt på år"


def _aendring(over: Plangrundlag, noegle: Cellenoegle, foer: Vaerdi | None, efter: Vaerdi | None) -> Aendring:
    kilde, valg = over.kilder[noegle.kilde], over.formaal[noegle.formaal]
    art = Bidragsart(noegle.art).label.lower()
    return Aendring(
        celle_id(kilde.noegle, noegle.art, valg.noegle, noegle.planaar),
        f"{kilde}, {art}, {valg.fuldt_navn}, {_aar(noegle.planaar)}",
        _i_ord(over, foer),
        _i_ord(over, efter),
    )


def _udgiftsaendring(over: Plangrundlag, noegle: Udgiftsnoegle, foer: Vaerdi | None, efter: Vaerdi | None) -> Aendring:
    konto, valg = over.konti[noegle.konto], over.formaal[noegle.formaal]
    return Aendring(
        udgift_id(konto.noegle, valg.noegle, noegle.planaar),
        f"{konto}, {valg.fuldt_navn}, {_aar(noegle.planaar)}",
        _i_ord(over, foer),
        _i_ord(over, efter),
    )


def _i_ord(over: Plangrundlag, vaerdi: Vaerdi | None) -> str | None:
    """A cell in words for the log: the amount or its formula, its rounding and its note."""
    if vaerdi is None:
        return None
    sats = over.satsvaerdier.get(vaerdi.satsvaerdi) if vaerdi.satsvaerdi else None
    dele = [formel(vaerdi, sats.beloeb, sats.sats.enhed) if sats else formats.kroner(vaerdi.beloeb, 2)]
    if vaerdi.afrundet_til:
        dele.append(f"afrundet til {formats.kroner(vaerdi.afrundet_til)}")
    return " · ".join([*dele, *filter(None, [vaerdi.note])])


# --- copies and scenarios -------------------------------------------------------------------------------------------


@transaction.atomic
def kopier_budget(*, bruger, fra: Budget, budget: Budget) -> Budget:
    """Start `budget` (unsaved, of the same plan) with the cells of another, revised as of today; `fra` stays as it is.

    So a granted budget starts from the one applied for.
    """
    return _kopi(bruger, fra, budget, *celleqs.indhold(fra, dato=timezone.localdate()))


@transaction.atomic
def opret_scenarie(
    *,
    bruger,
    fra: Budget,
    navn: str,
    nye_totaler: dict[str, Decimal],
    begrundelse: str = "",
    skaler_udgifter: bool = False,
) -> Budget:
    """A scenario: a copy in which some financiers (by key) give another total, spread as before, to the øre.

    `skaler_udgifter` scales the costs by as much as the whole financing. `queries.kontrol.medfinansiering_for` then
    says what local money the rules demand.
    """
    bidrag, udgifter = celleqs.indhold(fra, dato=timezone.localdate())
    over = budgetramme(fra)
    nye = skaleret(over, bidrag, nye_totaler)
    if skaler_udgifter:
        udgifter = skalerede_udgifter(over, udgifter, bidrag, nye)
    scenarie = Budget(plan=fra.plan, art=Budgetart.SCENARIE, navn=navn, begrundelse=begrundelse)
    return _kopi(bruger, fra, scenarie, nye, udgifter)


def _kopi(bruger, fra: Budget, budget: Budget, bidrag: dict, udgifter: dict) -> Budget:
    tjek(bruger, Rettighed.RET_BUDGET, fra.plan)
    if budget.plan != fra.plan:
        raise ValidationError("Et budget kan kun kopieres inden for samme plan.")
    budget.grundlag = fra
    for felt, vaerdi in {"status": Status.KLADDE, **i_kolonner("godkendt_den", None)}.items():
        setattr(budget, felt, vaerdi)
    opret_budget(bruger=bruger, budget=budget)
    _gem_vaerdier(
        bruger,
        budget,
        budgetramme(budget),
        {n: (None, v) for n, v in bidrag.items()},
        {n: (None, v) for n, v in udgifter.items()},
    )
    return budget
