from django.urls import include, path

from moeder.views import afstemning, bestyrelsen, bevis, flere, moede, moedepapir, registre, sammensaetning, svar

sammensaetningen = [
    path("", sammensaetning.Medlemmer.as_view(), name="bestyrelsesmedlemmer"),
    path("ret/", bestyrelsen.RetBestyrelsen.as_view(), name="bestyrelse-ret"),
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
    path("aendringer/", registre.Aendringsregister.as_view(), name="aendringsregister"),
    path("aendringer/xlsx/", registre.Aendringsregister.as_view(som_ark=True), name="aendringsregister-xlsx"),
    path("opfoelgning/<int:aar>/", bevis.Opfoelgningsbevis.as_view(), name="opfoelgningsbevis"),
    path("opfoelgning/<int:aar>/pdf/", bevis.bevis_pdf, name="opfoelgningsbevis-pdf"),
    path("opfoelgning/referater/nyt/", bevis.UploadReferat.as_view(), name="uploadetreferat-opret"),
    path("opfoelgning/referater/<int:pk>/", bevis.uploadet_pdf, name="uploadetreferat-pdf"),
    path("opfoelgning/referater/<int:pk>/bekraeft/", bevis.bekraeft_uploadet, name="uploadetreferat-bekraeft"),
    path("opfoelgning/referater/<int:pk>/traek/", bevis.traek_uploadet, name="uploadetreferat-traek"),
    path("opfoelgning/<int:aar>/udgaver/ny/", bevis.lav_udgave, name="bevisudgave-opret"),
    path("opfoelgning/<int:aar>/udgaver/<int:nummer>/", bevis.udgave_pdf, name="bevisudgave-pdf"),
]
et_punkt = [
    path("stem/", afstemning.Stem.as_view(), name="punkt-stem"),
    path("afgoer/", afstemning.AfgoerPunkt.as_view(), name="punkt-afgoer"),
    path("inhabil/", afstemning.SkrivInhabil.as_view(), name="inhabil-opret"),
    path("inhabil/<int:inhabil>/slet/", afstemning.slet_inhabil, name="inhabil-slet"),
    path("", moede.VisPunkt.as_view(), name="punkt-vis"),
    path("ret/", moede.RetPunkt.as_view(), name="punkt-ret"),
    path("slet/", moede.slet_punkt, name="punkt-slet"),
    path("flyt/", moede.flyt_punkt, name="punkt-flyt"),
    path("naeste/", moede.flyt_til_naeste, name="punkt-naeste"),
    path("pdf/", moedepapir.punkt_pdf, name="punkt-pdf"),
    path("referat/", moedepapir.RetPunktreferat.as_view(), name="punktreferat-ret"),
]
et_moede = [
    path("fremmoede/", afstemning.RetFremmoede.as_view(), name="fremmoede-ret"),
    path("", moede.VisMoede.as_view(), name="moede-vis"),
    path("ret/", moede.RetMoede.as_view(), name="moede-ret"),
    path("afgoer/", flere.AfgoerPunkter.as_view(), name="moede-afgoer"),
    path("aflys/", moede.Aflys.as_view(), name="moede-aflys"),
    path("slet/", moede.slet, name="moede-slet"),
    path("holdt/", moedepapir.hold, name="moede-hold"),
    path("dagsorden/", moedepapir.SendDagsorden.as_view(), name="dagsorden-send"),
    path("referatfil/", moedepapir.referatfil, name="moede-referatfil"),
    path("referat/", moedepapir.VisReferat.as_view(), name="referat-vis"),
    path("referat/ret/", moedepapir.RetReferat.as_view(), name="referat-ret"),
    path("referat/send/", moedepapir.SendReferat.as_view(), name="referat-send"),
    path("referat/svar/", moedepapir.SvarPaaReferat.as_view(), name="referat-svar"),
    path("papirer/<slug:art>/<int:nummer>/", moedepapir.papir_pdf, name="moedepapir-pdf"),
    path("punkter/nyt/", moede.OpretPunkt.as_view(), name="punkt-opret"),
    path("punkter/forslag/", moede.saet_paa, name="punkt-foreslaa"),
    path("punkter/raekkefoelge/", moede.sorter_punkter, name="punkt-sorter"),
    path("punkter/<int:punkt>/", include(et_punkt)),
]
moederne = [
    path("", moede.Moedeliste.as_view(), name="moede-liste"),
    path("udgaver/", flere.TilMoede.as_view(), name="udgaver-moede"),
    path("nyt/", moede.OpretMoede.as_view(), name="moede-opret"),
    path("<int:pk>/", include(et_moede)),
]

urlpatterns = [
    path("planer/<slug:plan>/moeder/", include(moederne)),
    path("planer/<slug:plan>/bestyrelse/", include(bestyrelsessider)),
    path("laes/nyt/", svar.bestil, name="svarlink-bestil"),
    path("svar/", svar.vis, name="svar-vis"),
    path("svar/stem/<int:punkt>/", svar.stem, name="svar-stem"),
    path("svar/referat/<int:papir>/", svar.referat, name="svar-referat"),
    path("svar/papir/<int:pk>/", svar.papir_pdf, name="svar-papir"),
    path("svar/udgave/<int:pk>/", svar.udgave_pdf, name="svar-udgave"),
    path("svar/spoerg/", svar.spoerg, name="svar-spoerg"),
    path("svar/link/<str:token>/", svar.aabn, name="svarlink"),
]
