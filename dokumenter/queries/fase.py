"""The phase that a plan's papers speak for: offered to a person, never taken by itself."""

from datetime import date

from django.utils import timezone

from aftaler.choices import Dokumentart, Fase
from aftaler.models import Helhedsplan
from dokumenter import rules
from dokumenter.choices import Tilstand
from dokumenter.queries.dokumenter import er_underskrevet
from dokumenter.queries.udgave import Vistudgave, viste
from helhedsplan.formats import lang_dato

RAEKKEFOELGE = list(Fase)


def papirernes_fase(plan: Helhedsplan, i_dag: date | None = None) -> tuple[Fase, str] | None:
    """(phase, why) when the papers are further than the plan is said to be; None when they are not. Three queries.

    The steps are our own rule; no source says when a plan changes its phase. Papers never send a plan back.
    """
    i_dag = i_dag or timezone.localdate()
    if plan.senest_dag and plan.senest_dag < i_dag and plan.fase in (Fase.BEVILGET, Fase.I_GANG):
        return Fase.AFSLUTTET, f"planens periode sluttede {plan.slutter}"
    fundet = _af_samarbejdsaftalen(plan, viste(plan, i_dag, art=Dokumentart.SAMARBEJDSAFTALE, emne=""), i_dag)
    if fundet and RAEKKEFOELGE.index(fundet[0]) > RAEKKEFOELGE.index(Fase(plan.fase)):
        return fundet
    return None


def _af_samarbejdsaftalen(plan: Helhedsplan, udgaver: list[Vistudgave], i_dag: date) -> tuple[Fase, str] | None:
    gaeldende = next((v.udgave for v in udgaver if v.tilstand == Tilstand.GAELDENDE), None)
    if gaeldende and gaeldende.ikraft and (plan.regnes_fra or i_dag) <= i_dag:
        return Fase.I_GANG, f"samarbejdsaftalen gælder fra {lang_dato(gaeldende.ikraft)}"
    staar = [v for v in udgaver if v.tilstand not in (Tilstand.TRUKKET, Tilstand.AFVIST)]
    if fra_lbf := next((v for v in staar if rules.er_bevilget(v.stilling)), None):
        return Fase.BEVILGET, f"Landsbyggefonden har godkendt samarbejdsaftalens udgave {fra_lbf.udgave.nummer}"
    klar = (v for v in staar if v.udgave.kraever_underskrift and er_underskrevet(v))
    if skrevet := next((v for v in klar if not rules.mangler_for_underskrift(v.stilling)), None):
        return Fase.ANSOEGNING, f"samarbejdsaftalens udgave {skrevet.udgave.nummer} er underskrevet af alle parter"
    return None


def faseoverblik(plan: Helhedsplan) -> dict | None:
    """The offer on the plan's overview; None when there is nothing to offer."""
    fundet = papirernes_fase(plan)
    return {"fase": fundet[0], "hvorfor": fundet[1]} if fundet else None
