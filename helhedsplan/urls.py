from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from helhedsplan import redigering, views

urlpatterns = [
    path("sundhed", login_not_required(views.sundhed), name="sundhed"),
    path("was", login_not_required(views.was), name="was"),
    path("ordliste", login_not_required(views.ordliste), name="ordliste"),
    # Before allauth's own of the same name.
    path("konto/webauthn/reauthenticate/", views.BekraeftMedPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("konto/", include("allauth.account.urls")),
    path("konto/", include("allauth.mfa.urls")),
    path("konto/logins/", views.Logins.as_view(), name="logins"),
    path("personer/", views.Personer.as_view(), name="person-liste"),
    path("personer/<int:pk>/", views.Oplysninger.as_view(), name="person-oplysninger"),
    path("personer/<int:pk>/oplysninger.zip", views.oplysninger_fil, name="person-fil"),
    path("personer/<int:pk>/anonymiser/", views.Anonymiser.as_view(), name="person-anonymiser"),
    path("udbakke/", views.Udbakke.as_view(), name="udbakke"),
    path("konto/bekraeftet/", views.bekraeftet, name="bekraeftet"),
    path("profil/", views.Profil.as_view(), name="profil"),
    path("kladde/<str:noegle>/gem/", redigering.kladde_gem, name="kladde-gem"),
    path("kladde/<str:noegle>/kasser/", redigering.kladde_kasser, name="kladde-kasser"),
    path("", include("aftaler.urls")),
    path("", include("budget.urls")),
    path("", include("indikatorer.urls")),
    path("", include("dokumenter.urls")),
    path("", include("moeder.urls")),  # before status: laes/nyt/ is no reading link
    path("", include("status.urls")),
    path("", include("kalender.urls")),
]

handler400 = "helhedsplan.views.fejl_400"
handler403 = "helhedsplan.views.fejl_403"
handler404 = "helhedsplan.views.fejl_404"
handler500 = "helhedsplan.views.fejl_500"
