"""The page where anybody can ask whether a file is what it says. Nothing is stored, and nobody is logged in."""

from allauth.core import ratelimit
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from aftaler.views.faelles import krummer
from dokumenter.forms.verificer import VerificerForm
from dokumenter.underskrift.modtag import STOERSTE
from dokumenter.verificering import Verificeringssvar, slaa_op
from dokumenter.verificering import verificer as om_fil

#: A form's own bytes around the file.
OMSLAG = 100_000


# Nothing is written and nobody is logged in, so there is nothing to forge; and the size is seen before the file is.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verificer(request):
    if request.method != "POST":
        return _vis(request, VerificerForm())
    if int(request.META.get("CONTENT_LENGTH") or 0) > STOERSTE + OMSLAG:
        return _vis(request, VerificerForm().uden_fil("Filen er for stor. Den må højst fylde 25 MB."), status=413)
    if not ratelimit.consume(request, action="verificer"):
        besked = "Der er prøvet mange filer herfra på kort tid. Vent et minut, og prøv igen."
        return _vis(request, VerificerForm().uden_fil(besked), status=429)
    form = VerificerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _vis(request, form, status=422)
    return _vis(request, VerificerForm(), om_fil(form.cleaned_data["fil"].read()), form.cleaned_data["fil"].name)


@require_safe
def verificer_id(request, dokument_id):
    svar = slaa_op(dokument_id)
    if svar is None:
        raise Http404("Intet dokument har det id.")
    return _vis(request, VerificerForm(), svar)


def _vis(request, form, svar: Verificeringssvar | None = None, filnavn: str = "", status: int = 200):
    kontekst = {"form": form, "svar": svar, "filnavn": filnavn, "broedkrumme": krummer("Er filen ægte?")}
    return render(request, "dokumenter/verificer.html", kontekst, status=status)
