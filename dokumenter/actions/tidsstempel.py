"""Archive timestamps are renewed before their certificates run out, so that signatures can be judged for decades.

A timestamp speaks for all that stood before it, and is itself only as good as its certificate: each new one is put on
while the one before still holds.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from dokumenter import rules
from dokumenter.actions.underskrift import gem_fil, hent_fil, laas_tavle
from dokumenter.choices import Filart
from dokumenter.models import Filrevision, Udgave
from dokumenter.queries.udgave import gyldighed
from dokumenter.queries.underskrift import nyeste_fil
from dokumenter.underskrift import certifikater, skriv, valider
from dokumenter.underskrift.domme import Afvist, KanIkkeUnderskrive
from helhedsplan.rettigheder import PROGRAMMET

SIGNEREDE = [Filart.UNDERSKREVET, Filart.STEMPLET, Filart.TIDSSTEMPLET]


@dataclass(frozen=True)
class Fornyelse:
    """What became of one edition that was due: its new file, or why there is none."""

    udgave: Udgave
    fil: Filrevision | None
    fejl: str = ""


def forny_tidsstempler(dag: date) -> list[Fornyelse]:
    """A new document timestamp on each signed edition in force on that day whose newest one runs out soon.

    Soon is within `settings.TIDSSTEMPEL_FORNYES_DAGE` days of `dag`. Each in a transaction of its own; a second time
    there is nothing to do. Nothing at all without a timestamp service.
    """
    ur = certifikater.ur()
    if ur is None:
        return []
    return [fornyelse for udgave in gaeldende_underskrevne(dag) if (fornyelse := _forny(udgave, dag, ur))]


def gaeldende_underskrevne(dag: date) -> list[Udgave]:
    """Editions in force on a day whose file carries signatures."""
    alle = Udgave.objects.let().filter(ikraft__isnull=False).select_related("plan")
    signerede = set(Filrevision.objects.filter(udgave__in=alle, art__in=SIGNEREDE).values_list("udgave_id", flat=True))
    dokumenter: dict[tuple, list[Udgave]] = {}
    for udgave in alle.order_by("pk"):
        dokumenter.setdefault((udgave.plan_id, udgave.art, udgave.emne), []).append(udgave)
    fundne = []
    for udgaver in dokumenter.values():
        nummer = rules.gaeldende(map(gyldighed, udgaver), dag, udgaver[0].plan.perioden(dag).senest_dag)
        fundne += [u for u in udgaver if u.nummer == nummer and u.pk in signerede]
    return fundne


def _forny(udgave: Udgave, dag: date, ur) -> Fornyelse | None:
    """None when the edition is not due."""
    try:
        if not _skal_fornyes(hent_fil(nyeste_fil(udgave.filrevisioner.order_by("nummer"))), dag):
            return None
        return _stempl(udgave, dag, ur)
    except ValidationError as fejl:
        return Fornyelse(udgave, None, " ".join(fejl.messages))
    except (Afvist, KanIkkeUnderskrive) as fejl:
        return Fornyelse(udgave, None, str(fejl))


@transaction.atomic
def _stempl(udgave: Udgave, dag: date, ur) -> Fornyelse | None:
    """Looked at again while the edition is held: another may have done it meanwhile."""
    nu = laas_tavle(udgave)
    foer = hent_fil(nu.nyeste)
    if not _skal_fornyes(foer, dag):
        return None
    data = skriv.forny_tidsstempel(foer, roedder=certifikater.roedder(), ur=ur)
    fil = gem_fil(
        bruger=PROGRAMMET, nu=nu, data=data, art=Filart.TIDSSTEMPLET, foer=nu.nyeste, handling="tidsstempel fornyet"
    )
    return Fornyelse(udgave, fil)


def _skal_fornyes(pdf: bytes, dag: date) -> bool:
    graense = datetime.combine(dag, time(), UTC) + timedelta(settings.TIDSSTEMPEL_FORNYES_DAGE)
    udloeber = valider.tidsstempel_udloeber(pdf)
    return udloeber is not None and udloeber < graense
