"""The plan's settings as lists: who, where, with whom, and the values its rules use."""

from dataclasses import dataclass
from decimal import Decimal

from aftaler.models import Helhedsplan, Organisation
from aftaler.queries.sammenlaeg import bruges_af
from helhedsplan import formats, parametergraenser
from helhedsplan.choices import Verificeret
from helhedsplan.laest import laest_en_gang
from helhedsplan.tilslutninger import PARAMETRE


@dataclass(frozen=True)
class Parameterlinje:
    """A parameter as the plan uses it: `vaerdi` is the plan's own when it has one."""

    noegle: str
    navn: str
    vaerdi: Decimal | None
    enhed: str
    kilde: str
    verificeret: bool
    note: str
    egen: bool
    begrundelse: str
    regelsaet: str = ""
    fejl: str = ""
    """why the value that stands in the database is not used; `vaerdi` is then None"""

    @property
    def bruges(self) -> bool:
        """Whether any rule reads it; others are for information only."""
        return self.noegle in PARAMETRE

    @property
    def vaerdi_i_ord(self) -> str:
        return formats.INGEN if self.vaerdi is None else f"{formats.tal(self.vaerdi.normalize())} {self.enhed}".strip()


@laest_en_gang
def parametre(plan: Helhedsplan) -> list[Parameterlinje]:
    """Every parameter of the rule set, with the plan's own value where it has one. Two queries."""
    egne = {p.noegle: p for p in plan.parametre.all()}
    linjer = []
    for p in plan.regelsaet.parametre.all():
        egen = egne.get(p.noegle)
        vaerdi = egen.vaerdi if egen else p.vaerdi
        fejl = parametergraenser.fejl(p.enhed, vaerdi)
        linjer.append(
            Parameterlinje(
                noegle=p.noegle,
                navn=p.navn,
                vaerdi=None if fejl else vaerdi,
                fejl=fejl and f"{formats.tal(vaerdi)} {p.enhed} kan ikke bruges. {fejl}",
                enhed=p.enhed,
                kilde=p.kilde,
                verificeret=p.verificeret == Verificeret.KILDE and egen is None,
                note=p.note,
                egen=egen is not None,
                begrundelse=egen.begrundelse if egen else "",
                regelsaet=plan.regelsaet.navn,
            )
        )
    return linjer


def parameter(plan: Helhedsplan, noegle: str) -> Decimal | None:
    """The value that the plan's rules use; None when it is not known."""
    return next((p.vaerdi for p in parametre(plan) if p.noegle == noegle), None)


def organisationer(plan: Helhedsplan) -> list[Organisation]:
    """The organisations of the plan's parties, with their departments and the names of both."""
    alle = Organisation.objects.filter(parter__plan=plan).select_related("lagt_ind_i")
    return list(alle.prefetch_related("navne", "afdelinger__navne", "afdelinger__lagt_ind_i").distinct())


def alle_organisationer(plan: Helhedsplan) -> list[Organisation]:
    """All of them, since they are shared; `her` says whether the plan uses it, `andre` whether others do."""
    her = bruges_af(Organisation, Helhedsplan.objects.filter(pk=plan.pk))
    andre = bruges_af(Organisation, Helhedsplan.objects.exclude(pk=plan.pk))
    return list(Organisation.objects.annotate(her=her, andre=andre))
