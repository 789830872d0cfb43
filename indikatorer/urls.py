from django.urls import include, path

from indikatorer.views import filer, importer, opfoelgning, rediger, sider, skriv, status, talitekst

en_indikator = [
    path("", sider.VisIndikator.as_view(), name="indikator-vis"),
    path("ret/", rediger.RetIndikator.as_view(), name="indikator-ret"),
    path("slet/", rediger.slet_indikator, name="indikator-slet"),
    path("skriv/", skriv.SkrivAar.as_view(), name="maalinger-ret"),
    path("maalinger/ny/", rediger.OpretMaaling.as_view(), name="maaling-opret"),
    path("maalinger/<int:pk>/", sider.maaling_vis, name="maaling-vis"),
    path("maalinger/<int:pk>/ret/", rediger.RetMaaling.as_view(), name="maaling-ret"),
    path("maalinger/<int:pk>/slet/", rediger.slet_maaling, name="maaling-slet"),
]
steder = [
    path("", sider.Steder.as_view(), name="sted-liste"),
    path("nyt/", rediger.OpretSted.as_view(), name="sted-opret"),
    path("<int:pk>/ret/", rediger.RetSted.as_view(), name="sted-ret"),
    path("<int:pk>/laeg-sammen/", rediger.SammenlaegSted.as_view(), name="sted-saml"),
    path("<int:pk>/arkiver/", rediger.arkiver_sted, name="sted-arkiver"),
    path("<int:pk>/slet/", rediger.slet_sted, name="sted-slet"),
]
omraadestatus = [
    path("", status.VisStatusliste.as_view(), name="omraadestatus-liste"),
    path("ny/", status.OpretStatus.as_view(), name="omraadestatus-opret"),
    path("<int:pk>/ret/", status.RetStatus.as_view(), name="omraadestatus-ret"),
    path("<int:pk>/slet/", status.slet, name="omraadestatus-slet"),
]
opfoelgninger = [
    path("", opfoelgning.Opfoelgningsside.as_view(), name="opfoelgning-liste"),
    path("ny/", opfoelgning.OpretOpfoelgning.as_view(), name="opfoelgning-opret"),
    path("<int:pk>/ret/", opfoelgning.RetOpfoelgning.as_view(), name="opfoelgning-ret"),
    path("<int:pk>/slet/", opfoelgning.slet, name="opfoelgning-slet"),
]
i_tekster = [
    path("vaelg.json", talitekst.vaelg, name="tal-valg"),
    path("<int:pk>/", talitekst.TalITekst.as_view(), name="tal-i-tekst"),
    path("<int:pk>/opdater/", talitekst.opdater, name="tal-opdater"),
]
filer_ind = [
    path("", importer.Importer.as_view(), name="indikator-importer"),
    path("<int:pk>/", importer.VisImportfil.as_view(), name="importfil-vis"),
    path("<int:pk>/kobling/", importer.KoblImportfil.as_view(), name="importfil-kobling"),
    path("<int:pk>/slet/", importer.slet_importfil, name="importfil-slet"),
]
i_planen = [
    path("", sider.Indikatorliste.as_view(), name="indikator-liste"),
    path("ny/", rediger.OpretIndikator.as_view(), name="indikator-opret"),
    path("tal.xlsx", filer.tal_xlsx, name="indikator-xlsx"),
    path("ark.pdf", filer.ark_pdf, name="indikator-pdf"),
    path("tal.json", filer.tal_json, name="indikator-json"),
    path("faste/", rediger.opret_faste, name="indikator-faste"),
    path("steder/", include(steder)),
    path("fund/<slug:fund>/", rediger.Anerkend.as_view(), name="accept-opret"),
    path("anerkendte/<int:pk>/slet/", rediger.slet_accept, name="accept-slet"),
    path("omraadestatus/", include(omraadestatus)),
    path("opfoelgning/", include(opfoelgninger)),
    path("i-tekster/", include(i_tekster)),
    path("indlaes/", include(filer_ind)),
    path("tal/<slug:indikator>/", include(en_indikator)),
]

urlpatterns = [path("planer/<slug:plan>/indikatorer/", include(i_planen))]
