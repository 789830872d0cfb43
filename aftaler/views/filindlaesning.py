"""A file loaded in two steps, of plans and of rule sets alike."""

import base64
import binascii

from django.http import HttpResponse
from django.views.generic import TemplateView

from aftaler import planfilproeve


class Filindlaesning(TemplateView):
    """First the file is read and what it would make is shown; then, on a yes, it is made. The bytes go along with the
    page between the two, so nothing is kept of a file that nobody said yes to."""

    form_class: type

    def krummerne(self) -> list[dict]:
        """The way to the page."""
        raise NotImplementedError

    def laes(self, navn: str, data: bytes, *, gem: bool):
        """The draft that the file makes, or with `gem` what was made of it."""
        raise NotImplementedError

    def afvist(self, navn: str, besked: str):
        """A draft of nothing but what is wrong with the file as a whole."""
        raise NotImplementedError

    def faerdig(self, udkast) -> HttpResponse:
        """Where one goes when it is made."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return self.vis()

    def vis(self, form=None, status: int = 200, **kontekst):
        faste = {"broedkrumme": self.krummerne(), "udkast": None, "indhold": "", "filnavn": ""}
        kontekst = self.get_context_data(**faste | kontekst, form=form or self.form_class())
        return self.render_to_response(kontekst, status=status)

    def post(self, request, *args, **kwargs):
        return self.gem(request) if "indhold" in request.POST else self.proev(request)

    def proev(self, request):
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self.vis(form, 422)
        fil = form.cleaned_data["fil"]
        if fil.size > planfilproeve.HOEJST_BYTES:
            return self.afvis(fil.name, planfilproeve.FOR_STOR)
        data = fil.read()
        if fejl := planfilproeve.fejl_ved(data):
            return self.afvis(fil.name, fejl)
        udkast = self.laes(fil.name, data, gem=False)
        if udkast.fejl:
            return self.vis(status=422, udkast=udkast)
        return self.vis(udkast=udkast, indhold=base64.b64encode(data).decode(), filnavn=fil.name)

    def gem(self, request):
        navn = request.POST.get("filnavn", "")[:200] or "fil"
        try:
            data = base64.b64decode(request.POST["indhold"], validate=True)
        except (binascii.Error, ValueError):
            return self.afvis(navn, "Forhåndsvisningen kunne ikke læses. Vælg filen igen.")
        if fejl := planfilproeve.fejl_ved(data):
            return self.afvis(navn, fejl)
        udkast = self.laes(navn, data, gem=True)
        return self.vis(status=422, udkast=udkast) if udkast.fejl else self.faerdig(udkast)

    def afvis(self, navn: str, besked: str):
        return self.vis(status=422, udkast=self.afvist(navn, besked))
