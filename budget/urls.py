from django.urls import include, path

from budget.views import filer, forbrug, gitter, rediger, sider

kilder = [
    path("ny/", rediger.OpretKilde.as_view(), name="finansieringskilde-opret"),
    path("<slug:kilde>/ret/", rediger.RetKilde.as_view(), name="finansieringskilde-ret"),
    path("<slug:kilde>/slet/", rediger.slet_kilde, name="finansieringskilde-slet"),
]
satser = [
    path("ny/", rediger.OpretSats.as_view(), name="sats-opret"),
    path("<int:pk>/ret/", rediger.RetSats.as_view(), name="sats-ret"),
    path("<int:pk>/slet/", rediger.slet_sats, name="sats-slet"),
    path("<int:pk>/vaerdi/", rediger.OpretSatsvaerdi.as_view(), name="satsvaerdi-opret"),
]
konti = [
    path("ny/", rediger.OpretKonto.as_view(), name="konto-opret"),
    path("<int:pk>/ret/", rediger.RetKonto.as_view(), name="konto-ret"),
    path("<int:pk>/slet/", rediger.slet_konto, name="konto-slet"),
]
revisioner = [
    path("", sider.Revisioner.as_view(), name="budget-revisioner"),
    path("ny/", rediger.OpretRevision.as_view(), name="revision-opret"),
    path("<int:pk>/ret/", rediger.RetRevision.as_view(), name="revision-ret"),
    path("<int:pk>/godkend/", rediger.GodkendRevision.as_view(), name="revision-godkend"),
    path("<int:pk>/slet/", rediger.slet_revision, name="revision-slet"),
]
puljer = [
    path("", sider.Puljer.as_view(), name="budget-puljer"),
    path("ny/", rediger.OpretPulje.as_view(), name="pulje-opret"),
    path("<int:pk>/ret/", rediger.RetPulje.as_view(), name="pulje-ret"),
    path("<int:pk>/tilsagn/", rediger.Tilsagn.as_view(), name="puljetilsagn-ret"),
]
et_budget = [
    path("", sider.VisBudget.as_view(), name="budget-vis"),
    path("beloeb/", gitter.Bidragsgitter.as_view(), name="budget-gitter"),
    path("udgifter/", gitter.Udgiftsgitter.as_view(), name="budget-udgifter"),
    path("regn/<slug:kilde>/<slug:art>/<path:formaal>/", rediger.Regn.as_view(), name="bidrag-regn"),
    path("ret/", rediger.RetBudget.as_view(), name="budget-ret"),
    path("godkend/", rediger.GodkendBudget.as_view(), name="budget-godkend"),
    path("slet/", rediger.slet_budget, name="budget-slet"),
    path("scenarie/", rediger.OpretScenarie.as_view(), name="scenarie-opret"),
    path("budget.pdf", filer.budget_pdf, name="budget-pdf"),
    path("budget.xlsx", filer.budget_xlsx, name="budget-xlsx"),
    path("indlaes/", filer.Importer.as_view(), name="budget-importer"),
]
i_planen = [
    path("", sider.Overblik.as_view(), name="budget-overblik"),
    path("nyt/", rediger.OpretBudget.as_view(), name="budget-opret"),
    path("kilder/", sider.Kilder.as_view(), name="budget-kilder"),
    path("kilder/", include(kilder)),
    path("satser/", include(satser)),
    path("konti/", include(konti)),
    path("forbrug/", forbrug.Forbrugsside.as_view(), name="forbrug"),
    path("forbrug/<int:aar>/ret/", forbrug.RetForbrug.as_view(), name="forbrug-ret"),
    path("revisioner/", include(revisioner)),
    path("pulje/", include(puljer)),
    path("sumtjek/", filer.Sumtjek.as_view(), name="budget-sumtjek"),
    path("budgetter/<slug:budget>/", include(et_budget)),
]

urlpatterns = [path("planer/<slug:plan>/budget/", include(i_planen))]
