from django.urls import include, path

from kalender.views import bestyrelsens_side, kalender

kalenderen = [
    path("", kalender.VisKalender.as_view(), name="kalender-liste"),
    path("udfoert/", kalender.meld_udfoert, name="kalender-udfoert"),
    path("moeder/<slug:linje>/holdt/", kalender.MeldHoldt.as_view(), name="kalender-holdt"),
    path("genaabn/", kalender.genaabn, name="kalender-genaabn"),
    path("abonnement/", kalender.Abonnement.as_view(), name="kalender-abonnement"),
    path("frister/ny/", kalender.OpretFrist.as_view(), name="frist-opret"),
    path("frister/<int:pk>/ret/", kalender.RetFrist.as_view(), name="frist-ret"),
    path("frister/<int:pk>/slet/", kalender.slet_frist, name="frist-slet"),
]

urlpatterns = [
    path("planer/<slug:plan>/bestyrelse/", bestyrelsens_side.Bestyrelse.as_view(), name="bestyrelse"),
    path("planer/<slug:plan>/kalender/", include(kalenderen)),
    path("kalender/<str:token>.ics", kalender.feed, name="kalender-feed"),
]
