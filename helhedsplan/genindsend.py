"""The page that gives back what was typed when a form could not be received.

The session has run out, the form's key (CSRF token) is stale, or what was edited is gone. The fields are kept in the
page and sent again by a button; a file cannot be kept and is asked for again.
"""

from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from helhedsplan.tekst import ren_tekst

#: Never sent back to the browser.
HEMMELIGE = {"password", "password1", "password2", "oldpassword", "login", "code"}
#: Sent again, but nothing that a person has typed.
TEKNISKE_ENDELSER = (
    "version",
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

    @property
    def er_skrevet(self) -> bool:
        return bool(self.vaerdi.strip()) and not self.navn.endswith(TEKNISKE_ENDELSER)

    @property
    def etiket(self) -> str:
        return self.navn.replace("-", " ").replace("_", " ").capitalize()

    @property
    def tekst(self) -> str:
        return ren_tekst(self.vaerdi) if "</" in self.vaerdi else self.vaerdi


def vis_genindsend(request, status: int):
    """401: not logged in. 403: stale key. 404: what was edited is gone, so there is nowhere to send it."""
    felter = [
        SendtFelt(navn, v) for navn, vaerdier in request.POST.lists() if navn != "csrfmiddlewaretoken" for v in vaerdier
    ]
    hemmelig = any(felt.navn in HEMMELIGE for felt in felter)
    context = {
        "felter": [] if hemmelig else felter,
        "filer": [] if hemmelig else [(navn, fil.name) for navn, fil in request.FILES.items()],
        "adresse": request.get_full_path(),
        "logget_ind": request.user.is_authenticated,
        "hemmelig": hemmelig,
        "findes": status != 404,
    }
    return render(request, "genindsend.html", context, status=status)


@requires_csrf_token
def csrf_fejl(request, reason=""):
    """Django's CSRF failure view."""
    if request.headers.get("X-Autogem"):
        return JsonResponse({"besked": "Siden er for gammel til at gemme kladden. Tryk på Gem."}, status=403)
    return vis_genindsend(request, status=403)
