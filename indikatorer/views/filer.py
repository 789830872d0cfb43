"""The figures as files: workbook, JSON, and the paper."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from aftaler.views.faelles import hent_plan, med_ret
from helhedsplan.rettigheder import Rettighed
from indikatorer.eksport import MIME, arbejdsbog, som_json
from indikatorer.indikatorark import indikatorark


def _fil(data, type_: str, navn: str, *, vedhaeft: bool = True) -> HttpResponse:
    svar = HttpResponse(data, content_type=type_)
    svar["Content-Disposition"] = f'{"attachment" if vedhaeft else "inline"}; filename="{navn}"'
    svar["Cache-Control"] = "private, no-cache"
    return svar


@med_ret(Rettighed.SE_FAG)
@require_safe
def tal_xlsx(request, plan):
    fundet = hent_plan(request, plan, Rettighed.SE_FAG)
    data = arbejdsbog(fundet, se_skjulte=Rettighed.RET in fundet.rettigheder)
    return _fil(data, MIME, f"indikatorer-{plan}.xlsx")


@med_ret(Rettighed.SE_FAG)
@require_safe
def tal_json(request, plan):
    fundet = hent_plan(request, plan, Rettighed.SE_FAG)
    data = som_json(fundet, se_skjulte=Rettighed.RET in fundet.rettigheder)
    return _fil(data, "application/json", f"indikatorer-{plan}.json")


@med_ret(Rettighed.SE_FAG)
@require_safe
def ark_pdf(request, plan):
    """As everybody may see it, whoever asks."""
    papir = indikatorark(hent_plan(request, plan, Rettighed.SE_FAG), af=str(request.user))
    return _fil(papir.data, "application/pdf", papir.filnavn, vedhaeft=False)
