from django.urls import include, path

dokumenter: list = []

urlpatterns = [path("planer/<slug:plan>/dokumenter/", include(dokumenter))]
