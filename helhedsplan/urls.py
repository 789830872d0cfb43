from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from helhedsplan import views

urlpatterns = [
    path("sundhed", login_not_required(views.sundhed), name="sundhed"),
    path("was", login_not_required(views.was), name="was"),
    path("konto/", include("allauth.account.urls")),
    path("konto/", include("allauth.mfa.urls")),
    path("", include("aftaler.urls")),
]

handler400 = "helhedsplan.views.fejl_400"
handler403 = "helhedsplan.views.fejl_403"
handler404 = "helhedsplan.views.fejl_404"
handler500 = "helhedsplan.views.fejl_500"
