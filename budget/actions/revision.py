"""Revisions of the granted budget: deltas with a reason. A draft may be wrong; an approved one stays as it is."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from aftaler.queries.adgang import tjek
from aftaler.rules import foer_planen
from budget.choices import Bidragsart, Budgetart, Status
from budget.models import Budget, Revision, Revisionslinje
from budget.queries.plangrundlag import Plangrundlag, ramme
from budget.queries.revisioner import fejl_i
from budget.queries.virkning import virkning
from budget.rules.celler import Formaal, tjek_beloeb
from budget.rules.niveau import Beslutning, beslutning_mangler
from helhedsplan import actions, formats, tilslutninger
from helhedsplan.actions import Aendring, Versionskonflikt
from helhedsplan.felter import i_kolonner
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tallaeser import BELOEB, laes_tal
from helhedsplan.tid import Tid, dagen

LAAST = "Revisionen er godkendt og kan ikke rettes. Lav en ny revision i stedet."


@dataclass(frozen=True)
class Revisionsaendring:
    """One delta as typed, by keys as people see them: a financier and a kind, or an account. `delta` may be text in
    Danish form, also negative ('-400.000')."""

    delta: str | Decimal
    planaar: int | None
    formaal: str = "faelles"
    kilde: str = ""
    art: str = ""
    konto: str = ""
    note: str = ""


def laas(revision: Revision, version: int | None = None) -> Revision:
    """As `actions.budget.laas`; the budget's row is held too, so that two revisions are never approved at once."""
    Budget.objects.select_for_update(of=("self",)).get(pk=revision.budget_id)
    gemt = Revision.objects.select_for_update(of=("self",)).select_related("budget__plan__regelsaet")
    gemt = gemt.get(pk=revision.pk)
    if version is not None and gemt.version != version:
        raise Versionskonflikt(gemt, version)
    if gemt.er_laast:
        raise ValidationError(LAAST, code="laast")
    return gemt


@transaction.atomic
def opret_revision(*, bruger, revision: Revision) -> Revision:
    """Start a revision of an approved granted budget; it gets the next number."""
    tjek(bruger, Rettighed.RET_BUDGET, revision.plan)
    budget = Budget.objects.select_for_update(of=("self",)).get(pk=revision.budget_id)
    if budget.art != Budgetart.BEVILGET or not budget.er_laast:
        raise ValidationError("Kun et godkendt bevilget budget kan revideres. Ret kladden i stedet.")
    revision.nummer = (budget.revisioner.aggregate(m=Max("nummer"))["m"] or 0) + 1
    return actions.opret(bruger=bruger, objekt=revision)


@transaction.atomic
def ret_revision(*, bruger, revision: Revision, felter: dict, version: int | None) -> bool:
    tjek(bruger, Rettighed.RET_BUDGET, revision.plan)
    laas(revision)
    return actions.ret(
        bruger=bruger, objekt=revision, felter=felter, version=version, tilladte={"art", "dato", "begrundelse"}
    )


@transaction.atomic
def gem_revisionslinjer(
    *, bruger, revision: Revision, linjer: Iterable[Revisionsaendring], version: int | None
) -> bool:
    """Replace the lines of a draft, all or none; True when anything differed.

    Raises ValidationError whose `message_dict` has every fault by 'linje-<number from 1>'.
    """
    tjek(bruger, Rettighed.RET_BUDGET, revision.plan)
    gemt = laas(revision, version)
    over = ramme(gemt.plan)
    nye, fejl = [], {}
    set_: dict = {}
    for nr, linje in enumerate(linjer, 1):
        try:
            ny = _laes_linje(over, gemt, linje)
            sted = (ny.kilde_id, ny.art, ny.konto_id, ny.planaar, ny.delaftale_id, ny.aktivitet_id)
            if sted in set_:
                raise ValidationError(f"Linjen ændrer samme celle som linje {set_[sted]}.")
            set_[sted] = nr
            ny.full_clean(validate_unique=False, exclude=["revision"], validate_constraints=False)
            nye.append(ny)
        except ValidationError as grund:
            fejl[f"linje-{nr}"] = grund.messages
        except ValueError as grund:
            fejl[f"linje-{nr}"] = [str(grund)]
    if fejl:
        raise ValidationError(fejl)
    gamle = list(gemt.linjer.select_related("kilde", "konto", "delaftale__indsatsomraade", "aktivitet"))
    foer, efter = [_i_ord(over, linje) for linje in gamle], [_i_ord(over, linje) for linje in nye]
    if sorted(foer) == sorted(efter):
        return False
    gemt.linjer.all().delete()
    Revisionslinje.objects.bulk_create(nye)
    aendring = Aendring("linjer", "linjer", foer, efter)
    actions.ret(bruger=bruger, objekt=gemt, felter={}, tilladte=set(), ekstra=[aendring])
    revision.version = gemt.version
    return True


def _laes_linje(over: Plangrundlag, revision: Revision, linje: Revisionsaendring) -> Revisionslinje:
    ny = Revisionslinje(revision=revision, planaar=linje.planaar, note=linje.note, delta=_delta(linje.delta))
    if not ny.delta:
        raise ValueError("Ændringen er 0. Tag linjen ud.")
    if linje.planaar is not None and not 1 <= linje.planaar <= len(over.planaar):
        raise ValueError(f"År {linje.planaar} ligger uden for planens periode, som har {len(over.planaar)} år.")
    if linje.formaal not in over.formaal_af:
        raise ValueError(f"Formålet »{linje.formaal}« findes ikke i planen.")
    ny.delaftale_id, ny.aktivitet_id = over.formaal_af[linje.formaal].formaal
    if bool(linje.kilde) == bool(linje.konto):
        raise ValueError("Vælg enten en finansieringskilde eller en konto.")
    if linje.konto:
        if linje.konto not in over.konto_af:
            raise ValueError(f"Kontoen »{linje.konto}« findes ikke.")
        ny.konto = over.konto_af[linje.konto]
    else:
        if linje.kilde not in over.kilde_af:
            raise ValueError(f"Finansieringskilden »{linje.kilde}« findes ikke i planen.")
        if linje.art not in Bidragsart.values:
            raise ValueError("Vælg, om bidraget er kontant, timer eller lokaler.")
        ny.kilde, ny.art = over.kilde_af[linje.kilde], linje.art
    return ny


def _delta(vaerdi: str | Decimal) -> Decimal:
    """A signed amount: the same limits as an amount has, on both sides of zero."""
    if isinstance(vaerdi, Decimal):
        return tjek_beloeb(abs(vaerdi)).copy_sign(vaerdi)
    delta = laes_tal(vaerdi, BELOEB)
    return tjek_beloeb(abs(delta)).copy_sign(delta)


def _i_ord(over: Plangrundlag, linje: Revisionslinje) -> str:
    hvem = f"{linje.kilde}, {Bidragsart(linje.art).label.lower()}" if linje.kilde_id else str(linje.konto)
    valg = over.formaal[Formaal(linje.delaftale_id, linje.aktivitet_id)]
    aar = f"år {linje.planaar}" if linje.planaar else "ikke fordelt på år"
    dele = [f"{hvem}, {valg.fuldt_navn}, {aar}: {formats.kroner(linje.delta, 2)}", linje.note]
    return " · ".join(filter(None, dele))


@transaction.atomic
def godkend_revision(
    *, bruger, revision: Revision, dato: date | Tid, version: int | None, beslutning: Beslutning | None = None
) -> bool:
    """Approve and lock. Raises ValidationError with every reason why it cannot be (`queries.revisioner.fejl_i`), why it
    waits for somebody else's decision (`tilslutninger.REVISIONSBESLUTNINGER`), or which decision is missing
    (`rules.niveau`); a date alone does not approve what has economic effect. Without `beslutning` what was noted
    before counts.
    """
    tjek(bruger, Rettighed.RET_BUDGET, revision.plan)
    gemt = laas(revision, version)
    b = beslutning or beslutning_om(gemt)
    venter = [grund for hos in tilslutninger.REVISIONSBESLUTNINGER if (grund := hos.venter(gemt))]
    if fejl := venter or fejl_i(gemt):
        raise ValidationError(fejl)
    kravene, i_dag = virkning(gemt).niveau, timezone.localdate()
    godkendt = dato if isinstance(dato, Tid) else dagen(dato)
    i_fremtiden = godkendt.tidligst is not None and godkendt.tidligst > i_dag
    ude = {"dato": "Godkendelsen kan ikke ligge i fremtiden."} if i_fremtiden else {}
    if not ude and godkendt.senest:
        ude = _for_tidligt(gemt, godkendt.senest, b)
    mangler = beslutning_mangler(kravene, b, i_dag) | _foer_budgettet(gemt, b)
    if kravene.bestyrelsen and "bestyrelse_den" not in mangler:
        mangler |= _ikke_i_registret(gemt, b.bestyrelse_den, bruger)
    if mangler:
        raise ValidationError(ude | mangler | {NON_FIELD_ERRORS: kravene.hvorfor}, code="beslutning")
    if ude:
        raise ValidationError(ude, code="dato")
    felter = {"status": Status.GODKENDT, **i_kolonner("godkendt_den", godkendt), **asdict(b)}
    return actions.ret(
        bruger=bruger, objekt=revision, felter=felter, version=version, tilladte=set(felter), handling="godkendt"
    )


def _foer_budgettet(revision: Revision, b: Beslutning) -> dict[str, str]:
    """By field, which decision is from before there was a budget to change."""
    fejl = {}
    for felt in ("bestyrelse_den", "lbf_den"):
        if (den := getattr(b, felt)) and (besked := _ingen_dag(revision, den)):
            fejl[felt] = besked
    return fejl


def _ingen_dag(revision: Revision, dag: date) -> str:
    budgettet = revision.budget.godkendelsen
    if budgettet.tidligst and not budgettet.formentlig and dag < budgettet.tidligst:
        return f"Budgettet er godkendt {budgettet}, så det kan først ændres fra den dag."
    return foer_planen(dag, revision.plan.begynder, timezone.localdate())


def _for_tidligt(revision: Revision, dato: date, b: Beslutning) -> dict[str, str]:
    """A revision is not approved before its budget, nor before those who decide it have."""
    if besked := _ingen_dag(revision, dato):
        return {"dato": besked}
    for den, hvem in ((b.bestyrelse_den, "bestyrelsens beslutning"), (b.lbf_den, "Landsbyggefondens godkendelse")):
        if den and dato < den:
            return {"dato": f"Godkendelsen ligger før {hvem} {formats.lang_dato(den)}."}
    return {}


def _ikke_i_registret(revision: Revision, dag: date | None, bruger) -> dict[str, str]:
    """A date alone is no decision: it is to stand on an item of a meeting, or in minutes that are at hand."""
    hvorfor = [grund for hos in tilslutninger.REVISIONSBESLUTNINGER if (grund := hos.mangler(revision, dag, bruger))]
    return {"bestyrelse_den": " ".join(hvorfor)} if hvorfor else {}


def beslutning_om(revision: Revision) -> Beslutning:
    """The decisions that are noted on a revision."""
    return Beslutning(*(getattr(revision, f.name) for f in fields(Beslutning)))


@transaction.atomic
def bestyrelsen_har_besluttet(*, bruger, revision: Revision, dato: date, kilde: str) -> bool:
    """Note the board's decision, and approve the revision when nothing more is demanded; True when it was approved. One
    that Landsbyggefonden must also approve stays a draft until that is noted."""
    tjek(bruger, Rettighed.RET_BUDGET, revision.plan)
    gemt = laas(revision)
    b = replace(beslutning_om(gemt), bestyrelse_den=dato, bestyrelse_kilde=kilde)
    if fejl := fejl_i(gemt):
        raise ValidationError(fejl)
    if foer := _foer_budgettet(gemt, b):
        raise ValidationError(list(foer.values()))
    if beslutning_mangler(virkning(gemt).niveau, b, timezone.localdate()):
        actions.ret(
            bruger=bruger,
            objekt=revision,
            felter=asdict(b),
            version=None,
            tilladte=set(asdict(b)),
            handling="besluttet",
        )
        return False
    return godkend_revision(
        bruger=bruger, revision=revision, dato=max(dato, b.lbf_den or dato), version=None, beslutning=b
    )


@transaction.atomic
def slet_revision(*, bruger, revision: Revision) -> None:
    """Delete a draft."""
    tjek(bruger, Rettighed.RET_BUDGET, revision.plan)
    actions.slet(bruger=bruger, objekt=laas(revision))
