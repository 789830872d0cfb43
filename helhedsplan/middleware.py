from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import JsonResponse

from helhedsplan.genindsend import vis_genindsend


class LoginPaakraevet(LoginRequiredMiddleware):
    """Login for every URL that does not opt out. What somebody sends after the session has run out is not lost:
    autosave gets a plain 401, and a form comes back with everything typed, ready to be sent again after login."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("X-Autogem"):
            return JsonResponse({"besked": "Du er logget ud. Log ind i et nyt faneblad, og gem igen."}, status=401)
        if request.method == "POST":
            return vis_genindsend(request, status=401)
        return super().handle_no_permission(request, view_func)


def uden_nultegn(get_response):
    """No question holds a NUL: nobody types one, and PostgreSQL cannot look for it."""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return get_response(request)

    return middleware
