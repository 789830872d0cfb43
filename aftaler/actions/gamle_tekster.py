"""An earlier text of a plan written again, out of its history: a new change, by the action that writes it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction

from aftaler.actions import raekker
from aftaler.actions.afsnit import ret_afsnit
from aftaler.actions.bilag import ret_bilag
from aftaler.actions.billeder import ret_billede
from aftaler.actions.plan import ret_plan
from aftaler.models import Afsnit, Bilag, Billede, Helhedsplan
from aftaler.queries.adgang import tjek
from aftaler.queries.historik import gammel_tekst, modeller
from helhedsplan.actions import UkendtFelt, Versionskonflikt
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tidligere import uden_navne_i
from helhedsplan.tilslutninger import TEKSTRETTERE, Tekstretter


@transaction.atomic
def gendan_tekst(*, bruger, plan: Helhedsplan, nummer: int, felt: str) -> models.Model:
    """Write what stood before entry `nummer` of the plan's log again; the text that goes stands in the log as any.

    Raises ValidationError with why not: the thing is gone or frozen, or the text stands so already.
    """
    tjek(bruger, Rettighed.RET, plan)
    haendelse = Haendelse.objects.filter(kaede=plan.noegle, nummer=nummer).first()
    alle = [] if haendelse is None or isinstance(haendelse.aendringer, UlaeseligeData) else haendelse.aendringer
    aendring = next((a for a in alle if a["felt"] == felt), None)
    if haendelse is None or aendring is None or not gammel_tekst(haendelse, aendring):
        raise ValidationError("Der er ingen tekst at gendanne dér.", code="ingen")
    objekt = modeller()[haendelse.objekt_type]._base_manager.filter(pk=haendelse.objekt_id).first()
    if objekt is None:
        raise ValidationError("Det, teksten stod i, er slettet. Gendan det fra papirkurven først.", code="slettet")
    if getattr(objekt, "plan", None) != plan:
        raise ValidationError("Teksten hører til en anden plan.", code="fremmed")
    raa = aendring.get("raa")
    vaerdi = uden_navne_i(aendring["foer"] if raa is None else raekker.raekker_fra_sporet(felt, raa))
    version = getattr(objekt, "version", None)
    try:
        rettet = TEKSTRETTERE[haendelse.objekt_type].ret(
            bruger=bruger, objekt=objekt, felter={felt: vaerdi}, version=version
        )
    except Versionskonflikt:
        raise ValidationError("En anden gemte imens. Se efter, og prøv igen.", code="imens") from None
    except UkendtFelt:
        raise ValidationError("Den tekst skrives ikke mere.", code="felt") from None
    if rettet is False:
        raise ValidationError("Det står sådan allerede.", code="ens")
    return objekt


def _ret_raekke(*, bruger, objekt, felter: dict, version):
    under = {navn: nye for navn, nye in felter.items() if navn in raekker.UNDERRAEKKER}
    egne = {navn: vaerdi for navn, vaerdi in felter.items() if navn not in under}
    return raekker.ret(bruger=bruger, objekt=objekt, felter=egne, version=version, raekker=under)


def _ret_plan(*, bruger, objekt, felter: dict, version):
    ((navn, vaerdi),) = felter.items()
    if navn == "sagsnumre":
        return ret_plan(bruger=bruger, plan=objekt, felter={}, version=version, numre=vaerdi)
    if navn in raekker.UNDERRAEKKER:
        return raekker.ret_planens(bruger=bruger, plan=objekt, relation=navn, raekker=vaerdi, version=version)
    return ret_plan(bruger=bruger, plan=objekt, felter=felter, version=version)


RETTERE = {objekttype(model): Tekstretter(_ret_raekke) for model in raekker.FELTER} | {
    objekttype(Helhedsplan): Tekstretter(_ret_plan),
    objekttype(Afsnit): Tekstretter(
        lambda *, objekt, **valg: ret_afsnit(afsnit=objekt, **valg),
    ),
    objekttype(Bilag): Tekstretter(
        lambda *, bruger, objekt, felter, version: ret_bilag(bruger=bruger, bilag=objekt, felter=felter)
    ),
    objekttype(Billede): Tekstretter(
        lambda *, bruger, objekt, felter, version: ret_billede(bruger=bruger, billede=objekt, felter=felter)
    ),
}
