from django.urls import include, path

from bestyrelse.views import (
    afstemning,
    bestyrelsen,
    bevis,
    kalender,
    laes,
    moede,
    moedepapir,
    rediger,
    registre,
    sammensaetning,
    status,
)

et_kvartal = [
    path("", status.Vis.as_view(), name="status-vis"),
    path("pdf/", status.vis_pdf, name="status-pdf"),
    path("beboere/", status.Beboere.as_view(), name="status-beboere"),
    path("beboere/pdf/", status.beboere_pdf, name="status-beboere-pdf"),
    path("skriv/", status.Skriv.as_view(), name="status-skriv"),
    path("proev/", status.Proev.as_view(), name="status-proev"),
    path("ret/", rediger.RetStatus.as_view(), name="status-ret"),
    path("ret/<slug:omraade>/", rediger.RetLinje.as_view(), name="statusdelaftale-ret"),
    path("ret/<slug:omraade>/<slug:noegle>/", rediger.RetAktivitetslinje.as_view(), name="statusaktivitet-ret"),
    path("send/", status.send, name="status-send"),
    path("tilbage/", status.tilbage, name="status-tilbage"),
    path("publicer/", status.publicer, name="status-publicer"),
    path("traek/", rediger.Traek.as_view(), name="status-traek"),
    path("slet/", status.slet, name="status-slet"),
    path("laest/", status.laest, name="status-laest"),
    path("links/", rediger.SendLinks.as_view(), name="laeselink-opret"),
    path("spoerg/", rediger.Spoerg.as_view(), name="spoergsmaal-opret"),
    path("spoergsmaal/<int:pk>/svar/", rediger.Svar.as_view(), name="spoergsmaal-svar"),
]
statusser = [
    path("", status.Liste.as_view(), name="status-liste"),
    path("begynd/", status.opret, name="status-opret"),
    path("<slug:kvartal>/", include(et_kvartal)),
]
sammensaetningen = [
    path("", sammensaetning.Medlemmer.as_view(), name="bestyrelsesmedlemmer"),
    path("ret/", bestyrelsen.RetBestyrelsen.as_view(), name="bestyrelse-ret"),
    path("nyt/", sammensaetning.OpretMedlem.as_view(), name="bestyrelsesmedlem-opret"),
    path("<int:pk>/ret/", sammensaetning.RetMedlem.as_view(), name="bestyrelsesmedlem-ret"),
    path("<int:pk>/slet/", sammensaetning.slet_medlem, name="bestyrelsesmedlem-slet"),
    path("sider/ny/", sammensaetning.OpretSide.as_view(), name="bestyrelsesside-opret"),
    path("sider/<int:pk>/ret/", sammensaetning.RetSide.as_view(), name="bestyrelsesside-ret"),
    path("sider/<int:pk>/slet/", sammensaetning.slet_side, name="bestyrelsesside-slet"),
    path("forretningsorden/", sammensaetning.RetForretningsorden.as_view(), name="forretningsorden-ret"),
]
bestyrelsessider = [
    path("medlemmer/", include(sammensaetningen)),
    path("beslutninger/", registre.Beslutningsregister.as_view(), name="beslutningsregister"),
    path("beslutninger/xlsx/", registre.Beslutningsregister.as_view(som_ark=True), name="beslutningsregister-xlsx"),
    path("", status.Bestyrelse.as_view(), name="bestyrelse"),
    path("kort/", status.PlanBeboere.as_view(), name="plan-beboere"),
    path("kort/pdf/", status.plan_beboere_pdf, name="plan-beboere-pdf"),
    path("aendringer/", registre.Aendringsregister.as_view(), name="aendringsregister"),
    path("aendringer/xlsx/", registre.Aendringsregister.as_view(som_ark=True), name="aendringsregister-xlsx"),
    path("opfoelgning/<int:aar>/", bevis.Opfoelgningsbevis.as_view(), name="opfoelgningsbevis"),
    path("opfoelgning/<int:aar>/pdf/", bevis.bevis_pdf, name="opfoelgningsbevis-pdf"),
    path("opfoelgning/referater/nyt/", bevis.UploadReferat.as_view(), name="uploadetreferat-opret"),
    path("opfoelgning/referater/<int:pk>/", bevis.uploadet_pdf, name="uploadetreferat-pdf"),
    path("opfoelgning/referater/<int:pk>/traek/", bevis.traek_uploadet, name="uploadetreferat-traek"),
    path("opfoelgning/<int:aar>/udgaver/ny/", bevis.lav_udgave, name="bevisudgave-opret"),
    path("opfoelgning/<int:aar>/udgaver/<int:nummer>/", bevis.udgave_pdf, name="bevisudgave-pdf"),
]
et_punkt = [
    path("stem/", afstemning.Stem.as_view(), name="punkt-stem"),
    path("afgoer/", afstemning.Afgoer.as_view(), name="punkt-afgoer"),
    path("inhabil/", afstemning.SkrivInhabil.as_view(), name="inhabil-opret"),
    path("inhabil/<int:inhabil>/slet/", afstemning.slet_inhabil, name="inhabil-slet"),
    path("", moede.VisPunkt.as_view(), name="punkt-vis"),
    path("ret/", moede.RetPunkt.as_view(), name="punkt-ret"),
    path("slet/", moede.slet_punkt, name="punkt-slet"),
    path("flyt/", moede.flyt_punkt, name="punkt-flyt"),
    path("pdf/", moedepapir.punkt_pdf, name="punkt-pdf"),
    path("referat/", moedepapir.RetPunktreferat.as_view(), name="punktreferat-ret"),
]
et_moede = [
    path("fremmoede/", afstemning.RetFremmoede.as_view(), name="fremmoede-ret"),
    path("", moede.Vis.as_view(), name="moede-vis"),
    path("ret/", moede.RetMoede.as_view(), name="moede-ret"),
    path("aflys/", moede.Aflys.as_view(), name="moede-aflys"),
    path("slet/", moede.slet, name="moede-slet"),
    path("holdt/", moedepapir.hold, name="moede-hold"),
    path("dagsorden/", moedepapir.SendDagsorden.as_view(), name="dagsorden-send"),
    path("referat/", moedepapir.VisReferat.as_view(), name="referat-vis"),
    path("referat/ret/", moedepapir.RetReferat.as_view(), name="referat-ret"),
    path("referat/send/", moedepapir.SendReferat.as_view(), name="referat-send"),
    path("referat/svar/", moedepapir.Svar.as_view(), name="referat-svar"),
    path("papirer/<slug:art>/<int:nummer>/", moedepapir.papir_pdf, name="moedepapir-pdf"),
    path("punkter/nyt/", moede.OpretPunkt.as_view(), name="punkt-opret"),
    path("punkter/forslag/", moede.saet_paa, name="punkt-foreslaa"),
    path("punkter/raekkefoelge/", moede.sorter_punkter, name="punkt-sorter"),
    path("punkter/<int:punkt>/", include(et_punkt)),
]
moederne = [
    path("", moede.Liste.as_view(), name="moede-liste"),
    path("nyt/", moede.OpretMoede.as_view(), name="moede-opret"),
    path("<int:pk>/", include(et_moede)),
]
kalenderen = [
    path("", kalender.Liste.as_view(), name="kalender-liste"),
    path("udfoert/", kalender.meld_udfoert, name="kalender-udfoert"),
    path("genaabn/", kalender.genaabn, name="kalender-genaabn"),
    path("abonnement/", kalender.Abonnement.as_view(), name="kalender-abonnement"),
    path("frister/ny/", kalender.OpretFrist.as_view(), name="frist-opret"),
    path("frister/<int:pk>/ret/", kalender.RetFrist.as_view(), name="frist-ret"),
    path("frister/<int:pk>/slet/", kalender.slet_frist, name="frist-slet"),
]

urlpatterns = [
    path("planer/<slug:plan>/kalender/", include(kalenderen)),
    path("planer/<slug:plan>/moeder/", include(moederne)),
    path("planer/<slug:plan>/status/", include(statusser)),
    path("planer/<slug:plan>/bestyrelse/", include(bestyrelsessider)),
    path("kalender/<str:token>.ics", kalender.feed, name="kalender-feed"),
    path("laes/", laes.vis, name="laesning-vis"),
    path("laes/efterretning/", laes.efterretning, name="laesning-efterretning"),
    path("laes/<str:token>/", laes.laeselink, name="laeselink"),
]
