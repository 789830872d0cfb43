"""The page that gives back what was typed when a form could not be received (session run out, stale form key)."""

from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

SKJULTE = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "login"}


def vis_genindsend(request, status: int):
    felter = [(navn, v) for navn, vaerdier in request.POST.lists() if navn not in SKJULTE for v in vaerdier]
    return render(
        request,
        "genindsend.html",
        {"felter": felter, "adresse": request.get_full_path(), "logget_ind": request.user.is_authenticated},
        status=status,
    )


@requires_csrf_token
def csrf_fejl(request, reason=""):
    """Django's CSRF failure view."""
    return vis_genindsend(request, status=403)
