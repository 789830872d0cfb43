"""Actuals by quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from budget.choices import Bidragsart
from budget.models import Forbrug
from budget.queries.plangrundlag import Plangrundlag, ramme
from budget.rules.celler import laes_beloeb, tjek_beloeb
from budget.rules.perioder import kvartal_for
from helhedsplan import actions, formats, revisionsspor
from helhedsplan.actions import Aendring
from helhedsplan.rettigheder import Rettighed


@dataclass(frozen=True)
class Forbrugscelle:
    """What was spent, as typed: text in Danish form or a Decimal; '' takes the figure out again.

    konto and formaal (an indsatsområde, 'faelles' for none) are optional.
    """

    aar: int
    kvartal: int
    kilde: str
    beloeb: str | Decimal
    art: str = Bidragsart.KONTANT.value
    konto: str = ""
    formaal: str = "faelles"
    note: str = ""

    @property
    def er_tom(self) -> bool:
        return isinstance(self.beloeb, str) and not self.beloeb.strip()

    @property
    def id(self) -> str:
        return f"forbrug-{self.kilde}.{self.art}.{self.konto or '0'}.{self.formaal}.{self.aar}k{self.kvartal}"


FELTER = ("aar", "kvartal", "kilde_id", "art", "konto_id", "delaftale_id")


@transaction.atomic
def gem_forbrug(*, bruger, plan: Helhedsplan, celler: Iterable[Forbrugscelle], skala: int = 1) -> int:
    """Save actuals, all or none; the number that changed. One audit entry on the plan lists them.

    Raises ValidationError whose `message_dict` has every fault by the id of its cell.
    """
    tjek(bruger, Rettighed.RET_BUDGET, plan)
    plan = Helhedsplan.objects.select_for_update(of=("self",)).select_related("regelsaet").get(pk=plan.pk)
    over = ramme(plan)
    gamle = {tuple(getattr(f, felt) for felt in FELTER): f for f in plan.forbrug.all()}
    fejl: dict[str, list[str]] = {}
    aendringer: list[Aendring] = []
    set_: set = set()
    for celle in celler:
        try:
            nyt = _laes(over, celle, skala)
            sted = tuple(getattr(nyt, felt) for felt in FELTER)
            if sted in set_:
                raise ValueError("Cellen står to gange i det indsatte.")
            set_.add(sted)
            aendringer += _gem(celle, gamle.get(sted), nyt)
        except ValidationError as grund:
            fejl[celle.id] = grund.messages
        except ValueError as grund:
            fejl.setdefault(celle.id, []).append(str(grund))
    if fejl:
        raise ValidationError(fejl)
    if aendringer:
        revisionsspor.skriv(
            bruger=bruger,
            kaede=plan.noegle,
            handling="forbrug rettet",
            objekt=plan,
            aendringer=[a.som_data() for a in aendringer],
        )
    return len(aendringer)


def _laes(over: Plangrundlag, celle: Forbrugscelle, skala: int) -> Forbrug:
    """The figure as a row that is not saved; the amount is None when it is to be taken out."""
    if celle.kilde not in over.kilde_af:
        raise ValueError(f"Finansieringskilden »{celle.kilde}« findes ikke i planen.")
    if celle.art not in Bidragsart.values:
        raise ValueError(f"Arten »{celle.art}« kendes ikke.")
    if celle.konto and celle.konto not in over.konto_af:
        raise ValueError(f"Kontoen »{celle.konto}« findes ikke.")
    formaal = over.formaal_af.get(celle.formaal)
    if formaal is None or formaal.formaal.aktivitet is not None:
        raise ValueError(f"»{celle.formaal}« er ikke et af planens indsatsområder.")
    _tjek_kvartal(over.plan, celle)
    nyt = Forbrug(
        plan=over.plan,
        aar=celle.aar,
        kvartal=celle.kvartal,
        kilde=over.kilde_af[celle.kilde],
        art=celle.art,
        konto=over.konto_af[celle.konto] if celle.konto else None,
        delaftale_id=formaal.formaal.delaftale,
        beloeb=_beloeb(celle.beloeb, skala),
        note=celle.note,
    )
    nyt.clean_fields(exclude=["beloeb"])
    return nyt


def _tjek_kvartal(plan: Helhedsplan, celle: Forbrugscelle) -> None:
    """A quarter in which the plan runs, or after it: bills come late."""
    if celle.kvartal not in range(1, 5):
        raise ValueError("Kvartalet skal være 1, 2, 3 eller 4.")
    if plan.tidligst_dag and (celle.aar, celle.kvartal) < kvartal_for(plan.tidligst_dag):
        raise ValueError(f"{formats.kvartal(celle.aar, celle.kvartal)} ligger før planens start.")
    if plan.senest_dag and celle.aar > plan.senest_dag.year + 2:
        raise ValueError(f"{formats.kvartal(celle.aar, celle.kvartal)} ligger over to år efter planens slutning.")


def _beloeb(vaerdi: str | Decimal, skala: int) -> Decimal | None:
    if isinstance(vaerdi, Decimal):
        return tjek_beloeb(vaerdi)
    return laes_beloeb(vaerdi, skala) if vaerdi.strip() else None


def _gem(celle: Forbrugscelle, gammelt: Forbrug | None, nyt: Forbrug) -> list[Aendring]:
    """Write one figure and tell what became of it; runs in the caller's transaction."""
    foer = _i_ord(gammelt) if gammelt else None
    efter = None if celle.er_tom else _i_ord(nyt)
    if foer == efter:
        return []
    if efter is not None:
        if gammelt:
            nyt.pk, nyt.version = gammelt.pk, gammelt.version + 1
        nyt.save()
    elif gammelt:
        gammelt.delete()
    navn = f"{nyt.kilde}, {Bidragsart(nyt.art).label.lower()}, {formats.kvartal(nyt.aar, nyt.kvartal)}"
    return [Aendring(celle.id, navn, foer, efter)]


def _i_ord(forbrug: Forbrug) -> str:
    return " · ".join(filter(None, [formats.kroner(forbrug.beloeb, 2), forbrug.note]))


@transaction.atomic
def slet_forbrug(*, bruger, forbrug: Forbrug) -> None:
    tjek(bruger, Rettighed.RET_BUDGET, forbrug.plan)
    actions.slet(bruger=bruger, objekt=forbrug)
