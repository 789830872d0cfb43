"""The plan's settings as lists: who, where, with whom, and the values its rules use."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from aftaler.choices import Organisationsart
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
    """Every parameter of the rule set, with the plan's own value where it has one; where it is not told which pulje the
    plan is under, it has no other value than its own. Two queries."""
    egne = {p.noegle: p for p in plan.parametre.all()}
    linjer = []
    for p in plan.regelsaet.parametre.all():
        egen = egne.get(p.noegle)
        vaerdi = egen.vaerdi if egen else p.vaerdi if plan.kender_puljen else None
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


def ejer_ikke_oplyst(plan: Helhedsplan) -> str:
    """The key of what owns the afdelinger of the plan whose owner is not told."""
    return f"{plan.noegle[:60]}-ejer-ikke-oplyst"


def planens_organisationer(plan: Helhedsplan) -> QuerySet[Organisation]:
    """The parties, and what stands for the owner of an afdeling in the plan where it is not told who that is."""
    ukendte = Q(art=Organisationsart.UKENDT, afdelinger__medomraader__omraade__plan=plan)
    return Organisation.objects.filter(Q(parter__plan=plan) | Q(noegle=ejer_ikke_oplyst(plan)) | ukendte).distinct()


def organisationer(plan: Helhedsplan) -> list[Organisation]:
    """The plan's organisations, with their departments and the names of both."""
    alle = planens_organisationer(plan).select_related("lagt_ind_i")
    return list(alle.prefetch_related("navne", "afdelinger__navne", "afdelinger__lagt_ind_i"))


def alle_organisationer(plan: Helhedsplan) -> list[Organisation]:
    """All of them, since they are shared; `her` says whether the plan uses it, `andre` whether others do."""
    her = bruges_af(Organisation, Helhedsplan.objects.filter(pk=plan.pk))
    andre = bruges_af(Organisation, Helhedsplan.objects.exclude(pk=plan.pk))
    return list(Organisation.objects.annotate(her=her, andre=andre))
