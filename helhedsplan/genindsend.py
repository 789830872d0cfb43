"""The page that gives back what was typed when a form could not be received.

The session has run out, the form's key (CSRF token) is stale, or what was edited is gone. The fields are kept in the
page and sent again by a button; a file cannot be kept and is asked for again.
"""

import re
from dataclasses import dataclass

from django import forms
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.choices import flatten_choices
from django.views.decorators.csrf import requires_csrf_token

from helhedsplan.tekst import ren_tekst

#: relation-number-field of a row under a form.
RAEKKEFELT = re.compile(r"(\w+)-([0-9]{1,4})-(\w+)")
#: Never sent back to the browser.
HEMMELIGE = {"password", "password1", "password2", "oldpassword", "login", "code"}
#: Sent again, but nothing that a person has typed.
TEKNISKE_ENDELSER = (
    "version",
    "set_",
    "-TOTAL_FORMS",
    "-INITIAL_FORMS",
    "-MIN_NUM_FORMS",
    "-MAX_NUM_FORMS",
    "-grundlag",
    "-ORDER",
)


@dataclass(frozen=True)
class SendtFelt:
    navn: str
    vaerdi: str
    felt: forms.Field | None = None
    raekke: str = ""
    """which of the rows under the form it stands in"""

    @property
    def er_skrevet(self) -> bool:
        return bool(self.vaerdi.strip()) and not self.navn.endswith(TEKNISKE_ENDELSER)

    @property
    def etiket(self) -> str:
        """As the page names it, where it has a form that can be asked."""
        navn = str(self.felt.label) if self.felt is not None and self.felt.label else ""
        navn = navn or self.navn.replace("-", " ").replace("_", " ").capitalize()
        return f"{self.raekke}: {navn}" if self.raekke else navn

    @property
    def tekst(self) -> str:
        if isinstance(self.felt, forms.ChoiceField) and not isinstance(self.felt, forms.ModelChoiceField):
            return str(dict(flatten_choices(self.felt.choices)).get(self.vaerdi, self.vaerdi))
        return ren_tekst(self.vaerdi) if "</" in self.vaerdi else self.vaerdi


def _med_felt(klasse, navn: str, vaerdi: str) -> SendtFelt:
    """What was sent, with the field that the page's form (`redigering.RedigerView`) or its rows have of that name."""
    if raekke := RAEKKEFELT.fullmatch(navn):
        relation, nummer, felt = raekke.groups()
        if saet := (getattr(klasse, "raekker", None) or {}).get(relation):
            return SendtFelt(navn, vaerdi, saet.form.base_fields.get(felt), f"{saet.titel} {int(nummer) + 1}")
    return SendtFelt(navn, vaerdi, getattr(getattr(klasse, "form_class", None), "base_fields", {}).get(navn))


def _side(sti: str):
    """The class of the page at an address; None where there is none."""
    try:
        return getattr(resolve(sti).func, "view_class", None)
    except Resolver404:
        return None


def vis_genindsend(request, status: int, bekraeft: str = "", to_trin: bool = False):
    """401: not logged in. 403: stale key. 404: what was edited is gone, so there is nowhere to send it. 503: the
    storage of files does not answer. `bekraeft`: where the person says once more who he is, before it is sent.
    `to_trin`: a login in two steps is wanted first."""
    klasse = _side(request.path_info)
    felter = [
        _med_felt(klasse, navn, v)
        for navn, vaerdier in request.POST.lists()
        if navn != "csrfmiddlewaretoken"
        for v in vaerdier
    ]
    hemmelig = any(felt.navn in HEMMELIGE for felt in felter)
    context = {
        "felter": [] if hemmelig else felter,
        "filer": [] if hemmelig else [(navn, fil.name) for navn, fil in request.FILES.items()],
        "adresse": request.get_full_path(),
        "logget_ind": request.user.is_authenticated,
        "hemmelig": hemmelig,
        "findes": status != 404,
        "uden_lager": status == 503,
        "bekraeft": bekraeft,
        "to_trin": to_trin,
    }
    return render(request, "genindsend.html", context, status=status)


@requires_csrf_token
def csrf_fejl(request, reason=""):
    """Django's CSRF failure view."""
    if request.headers.get("X-Autogem"):
        return JsonResponse({"besked": "Siden er for gammel til at gemme kladden. Tryk på Gem."}, status=403)
    return vis_genindsend(request, status=403)
