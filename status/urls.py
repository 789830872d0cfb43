from django.urls import include, path

from status.views import laes, rediger, skriv, status

et_kvartal = [
    path("", status.VisStatus.as_view(), name="status-vis"),
    path("pdf/", status.vis_pdf, name="status-pdf"),
    path("beboere/", status.Beboere.as_view(), name="status-beboere"),
    path("beboere/pdf/", status.beboere_pdf, name="status-beboere-pdf"),
    path("skriv/", skriv.Skriv.as_view(), name="status-skriv"),
    path("egne/", skriv.SkrivEgne.as_view(), name="status-egne"),
    path("proev/", status.Proev.as_view(), name="status-proev"),
    path("ret/", skriv.Gammel.as_view(), name="status-ret"),
    path("ret/<slug:omraade>/", skriv.Gammel.as_view(), name="statusdelaftale-ret"),
    path("ret/<slug:omraade>/<slug:noegle>/", skriv.Gammel.as_view(), name="statusaktivitet-ret"),
    path("send/", status.send, name="status-send"),
    path("tilbage/", status.tilbage, name="status-tilbage"),
    path("publicer/", status.publicer, name="status-publicer"),
    path("traek/", rediger.TraekStatus.as_view(), name="status-traek"),
    path("slet/", status.slet, name="status-slet"),
    path("laest/", status.laest, name="status-laest"),
    path("links/", rediger.SendLinks.as_view(), name="laeselink-opret"),
    path("spoerg/", rediger.Spoerg.as_view(), name="spoergsmaal-opret"),
    path("spoergsmaal/<int:pk>/svar/", rediger.BesvarSpoergsmaal.as_view(), name="spoergsmaal-svar"),
]
statusser = [
    path("", status.Kvartalsliste.as_view(), name="status-liste"),
    path("begynd/", status.opret, name="status-opret"),
    path("<slug:kvartal>/", include(et_kvartal)),
]

urlpatterns = [
    path("planer/<slug:plan>/status/", include(statusser)),
    path("planer/<slug:plan>/bestyrelse/kort/", status.PlanBeboere.as_view(), name="plan-beboere"),
    path("planer/<slug:plan>/bestyrelse/kort/pdf/", status.plan_beboere_pdf, name="plan-beboere-pdf"),
    path("laes/", laes.vis, name="laesning-vis"),
    path("laes/efterretning/", laes.efterretning, name="laesning-efterretning"),
    path("laes/<str:token>/", laes.laeselink, name="laeselink"),
]
