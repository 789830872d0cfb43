from django.urls import include, path

from budget.views import filer, forbrug, gitter, kilder, noter, puljer, rediger, revisioner, sider

i_kilder = [
    path("ny/", kilder.OpretKilde.as_view(), name="finansieringskilde-opret"),
    path("<slug:kilde>/ret/", kilder.RetKilde.as_view(), name="finansieringskilde-ret"),
    path("<slug:kilde>/slet/", kilder.slet_kilde, name="finansieringskilde-slet"),
]
i_satser = [
    path("ny/", kilder.OpretSats.as_view(), name="sats-opret"),
    path("<int:pk>/ret/", kilder.RetSats.as_view(), name="sats-ret"),
    path("<int:pk>/slet/", kilder.slet_sats, name="sats-slet"),
    path("<int:pk>/vaerdi/", kilder.OpretSatsvaerdi.as_view(), name="satsvaerdi-opret"),
    path("vaerdier/<int:pk>/ret/", kilder.RetSatsvaerdi.as_view(), name="satsvaerdi-ret"),
    path("vaerdier/<int:pk>/slet/", kilder.slet_satsvaerdi, name="satsvaerdi-slet"),
]
i_konti = [
    path("ny/", kilder.OpretKonto.as_view(), name="konto-opret"),
    path("<int:pk>/ret/", kilder.RetKonto.as_view(), name="konto-ret"),
    path("<int:pk>/slet/", kilder.slet_konto, name="konto-slet"),
]
i_revisioner = [
    path("", sider.Revisioner.as_view(), name="budget-revisioner"),
    path("ny/", revisioner.OpretRevision.as_view(), name="revision-opret"),
    path("<int:pk>/ret/", revisioner.RetRevision.as_view(), name="revision-ret"),
    path("<int:pk>/godkend/", revisioner.GodkendRevision.as_view(), name="revision-godkend"),
    path("<int:pk>/slet/", revisioner.slet_revision, name="revision-slet"),
]
i_puljer = [
    path("", sider.Puljer.as_view(), name="budget-puljer"),
    path("ny/", puljer.OpretPulje.as_view(), name="pulje-opret"),
    path("<int:pk>/ret/", puljer.RetPulje.as_view(), name="pulje-ret"),
    path("<int:pk>/slet/", puljer.slet_pulje, name="pulje-slet"),
    path("<int:pk>/tilsagn/", puljer.Tilsagn.as_view(), name="puljetilsagn-ret"),
    path("<int:pk>/tilsagn/slet/", puljer.slet_tilsagn, name="puljetilsagn-slet"),
]
et_budget = [
    path("", sider.VisBudget.as_view(), name="budget-vis"),
    path("beloeb/", gitter.Bidragsgitter.as_view(), name="budget-gitter"),
    path("udgifter/", gitter.Udgiftsgitter.as_view(), name="budget-udgifter"),
    path("regn/<slug:kilde>/<slug:art>/<path:formaal>/", rediger.Regn.as_view(), name="bidrag-regn"),
    path("noter/<slug:kilde>/<slug:art>/<path:formaal>/", noter.Bidragsnoter.as_view(), name="bidrag-noter"),
    path("udgiftsnoter/<slug:konto>/<path:formaal>/", noter.Udgiftsnoter.as_view(), name="udgift-noter"),
    path("ret/", rediger.RetBudget.as_view(), name="budget-ret"),
    path("regn-om/", rediger.RegnOm.as_view(), name="budget-regn-om"),
    path("godkend/", rediger.GodkendBudget.as_view(), name="budget-godkend"),
    path("slet/", rediger.slet_budget, name="budget-slet"),
    path("scenarie/", rediger.OpretScenarie.as_view(), name="scenarie-opret"),
    path("budget.pdf", filer.budget_pdf, name="budget-pdf"),
    path("budget.xlsx", filer.budget_xlsx, name="budget-xlsx"),
    path("indlaes/", filer.ImporterBudget.as_view(), name="budget-importer"),
]
i_planen = [
    path("", sider.VisOverblik.as_view(), name="budget-overblik"),
    path("nyt/", rediger.OpretBudget.as_view(), name="budget-opret"),
    path("kilder/", sider.Kilder.as_view(), name="budget-kilder"),
    path("kilder/", include(i_kilder)),
    path("satser/", include(i_satser)),
    path("konti/", include(i_konti)),
    path("forbrug/", forbrug.Forbrugsside.as_view(), name="forbrug"),
    path("forbrug/<int:aar>/ret/", forbrug.RetForbrug.as_view(), name="forbrug-ret"),
    path("revisioner/", include(i_revisioner)),
    path("pulje/", include(i_puljer)),
    path("sumtjek/", filer.Sumtjek.as_view(), name="budget-sumtjek"),
    path("budgetter/<slug:budget>/", include(et_budget)),
]

urlpatterns = [path("planer/<slug:plan>/budget/", include(i_planen))]
