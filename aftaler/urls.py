from allauth.socialaccount.providers.openid_connect.views import callback as openid_connect_callback
from django.conf import settings
from django.urls import include, path, re_path

from aftaler.views import (
    afsnit,
    dokument,
    forside,
    hent,
    indlaes,
    indstillinger,
    kommunelogin,
    navne,
    papirer,
    papirkurv,
    plan,
    planraekker,
    regelsaet,
    sammenlaeg,
    totrin,
)
from aftaler.views import delaftale as delaftaleviews

omraader = [
    path("ny/", indstillinger.OpretOmraade.as_view(), name="omraade-opret"),
    path("<int:pk>/ret/", indstillinger.RetOmraade.as_view(), name="omraade-ret"),
    path("<int:pk>/slet/", indstillinger.slet_omraade, name="omraade-slet"),
]
lag = [
    path("nyt/", indstillinger.OpretLag.as_view(), name="lag-opret"),
    path("<int:pk>/ret/", indstillinger.RetLag.as_view(), name="lag-ret"),
    path("<int:pk>/slet/", indstillinger.slet_lag, name="lag-slet"),
]
parter = [
    path("ny/", indstillinger.OpretPart.as_view(), name="part-opret"),
    path("<int:pk>/ret/", indstillinger.RetPart.as_view(), name="part-ret"),
    path("<int:pk>/slet/", indstillinger.slet_part, name="part-slet"),
]
grupper = [
    path("ny/", indstillinger.OpretGruppe.as_view(), name="gruppe-opret"),
    path("hent/", hent.HentGrupper.as_view(), name="gruppe-hent"),
    path("<int:pk>/ret/", indstillinger.RetGruppe.as_view(), name="gruppe-ret"),
    path("<int:pk>/slet/", indstillinger.slet_gruppe, name="gruppe-slet"),
]
medlemmer = [
    path("", indstillinger.Personer.as_view(), name="personer"),
    path("<int:pk>/inviter/", indstillinger.gensend_invitation, name="medlem-inviter"),
    path("<int:pk>/afslut/", indstillinger.afslut_medlem, name="medlem-afslut"),
    path("nyt/", indstillinger.OpretMedlem.as_view(), name="medlem-opret"),
    path("<int:pk>/ret/", indstillinger.RetMedlemskab.as_view(), name="medlem-ret"),
    path("<int:pk>/slet/", indstillinger.slet_medlem, name="medlem-slet"),
]
organisationer = [
    path("", sammenlaeg.Organisationer.as_view(), name="organisation-liste"),
    path("<int:pk>/", sammenlaeg.VisOrganisation.as_view(), name="organisation-vis"),
    path("<int:pk>/laeg-sammen/", sammenlaeg.SammenlaegOrganisation.as_view(), name="organisation-saml"),
    path("<int:pk>/arkiver/", sammenlaeg.arkiver_organisation, name="organisation-arkiver"),
    path("<int:pk>/slet/", sammenlaeg.slet_organisation, name="organisation-slet"),
    path("ny/", indstillinger.OpretOrganisation.as_view(), name="organisation-opret"),
    path("<int:pk>/ret/", indstillinger.RetOrganisation.as_view(), name="organisation-ret"),
    path("uden-ejer/afdelinger/ny/", indstillinger.OpretAfdelingUdenEjer.as_view(), name="afdeling-uden-ejer"),
    path("<int:pk>/afdelinger/ny/", indstillinger.OpretAfdeling.as_view(), name="afdeling-opret"),
    path("<int:pk>/afdelinger/<int:afdeling>/ret/", indstillinger.RetAfdeling.as_view(), name="afdeling-ret"),
    path(
        "<int:pk>/afdelinger/<int:afdeling>/laeg-sammen/", sammenlaeg.SammenlaegAfdeling.as_view(), name="afdeling-saml"
    ),
    path("<int:pk>/afdelinger/<int:afdeling>/arkiver/", sammenlaeg.arkiver_afdeling, name="afdeling-arkiver"),
    path("<int:pk>/afdelinger/<int:afdeling>/slet/", sammenlaeg.slet_afdeling, name="afdeling-slet"),
]
delmaal = [
    path("nyt/", delaftaleviews.OpretDelmaal.as_view(), name="delmaal-opret"),
    path("hent/", hent.HentDelmaal.as_view(), name="delmaal-hent"),
    path("raekkefoelge/", delaftaleviews.sorter_delmaal, name="delmaal-sorter"),
    path("<slug:noegle>/ret/", delaftaleviews.RetDelmaal.as_view(), name="delmaal-ret"),
    path("<slug:noegle>/flyt/", delaftaleviews.flyt_delmaal, name="delmaal-flyt"),
    path("<slug:noegle>/slet/", delaftaleviews.slet_delmaal, name="delmaal-slet"),
]
aktiviteter = [
    path("ny/", delaftaleviews.OpretAktivitet.as_view(), name="aktivitet-opret"),
    path("hent/", delaftaleviews.HentAktivitet.as_view(), name="aktivitet-hent"),
    path("raekkefoelge/", delaftaleviews.sorter_aktiviteter, name="aktivitet-sorter"),
    path("<slug:noegle>/ret/", delaftaleviews.RetAktivitet.as_view(), name="aktivitet-ret"),
    path("<slug:noegle>/flyt/", delaftaleviews.flyt_aktivitet, name="aktivitet-flyt"),
    path("<slug:noegle>/udfyld/", hent.UdfyldAktivitet.as_view(), name="aktivitet-udfyld"),
    path("<slug:noegle>/delaftale/", delaftaleviews.FlytTilDelaftale.as_view(), name="aktivitet-delaftale"),
    path("<slug:noegle>/slet/", delaftaleviews.slet_aktivitet, name="aktivitet-slet"),
]
delaftale = [
    path("", dokument.VisDelaftale.as_view(), name="delaftale-vis"),
    path("delaftale.pdf", dokument.delaftale_pdf, name="delaftale-pdf"),
    path("opret/", delaftaleviews.opret, name="delaftale-opret"),
    path("slet/", delaftaleviews.slet, name="delaftale-slet"),
    path("afsnit/<slug:afsnit>/ret/", afsnit.RetDelaftaleafsnit.as_view(), name="delaftaleafsnit-ret"),
    path("afsnit/<slug:afsnit>/hent/", hent.HentDelaftaleafsnit.as_view(), name="delaftaleafsnit-hent"),
    path("samarbejdsparter/hent/", hent.HentSamarbejdsparter.as_view(), name="samarbejdsparter-hent"),
    path("samarbejdsparter/ret/", delaftaleviews.RetSamarbejdsparter.as_view(), name="samarbejdsparter-ret"),
    path("delmaal/", include(delmaal)),
    path("aktiviteter/", include(aktiviteter)),
]
samarbejdsaftale = [
    path("", dokument.VisSamarbejdsaftale.as_view(), name="samarbejdsaftale-vis"),
    path("samarbejdsaftale.pdf", dokument.samarbejdsaftale_pdf, name="samarbejdsaftale-pdf"),
    path("afsnit/<slug:afsnit>/ret/", afsnit.RetAfsnit.as_view(), name="afsnit-ret"),
    path("afsnit/<slug:afsnit>/hent/", hent.HentAfsnit.as_view(), name="afsnit-hent"),
    path("egne-maal/ret/", papirer.RetEgneMaal.as_view(), name="egne-maal-ret"),
    path("koblingstabeller/hent/", hent.HentKoblingstabeller.as_view(), name="koblingstabel-hent"),
    path("koblingstabeller/ny/", afsnit.OpretKoblingstabel.as_view(), name="koblingstabel-opret"),
    path("koblingstabeller/<int:pk>/ret/", afsnit.RetKoblingstabel.as_view(), name="koblingstabel-ret"),
    path("koblingstabeller/<int:pk>/slet/", afsnit.slet_koblingstabel, name="koblingstabel-slet"),
]
billeder = [
    path("<int:pk>/", dokument.billede, name="billede"),
    path("<int:pk>/ret/", afsnit.RetBillede.as_view(), name="billede-ret"),
    path("<int:pk>/slet/", afsnit.slet_billede, name="billede-slet"),
    path("ny/<slug:afsnit>/", afsnit.OpretBillede.as_view(), name="billede-opret"),
]
milepaelsplan = [
    path("", papirer.VisMilepaelsplan.as_view(), name="milepaelsplan-vis"),
    path("hent/", hent.HentMilepaele.as_view(), name="milepaelsplan-hent"),
    path("ret/", papirer.RetMilepaelsplan.as_view(), name="milepaelsplan-ret"),
    path("gennemgaaet/", papirer.milepaelsplan_gennemgaaet, name="milepaelsplan-gennemgaaet"),
]
beredskabsplan = [
    path("", papirer.VisBeredskabsplan.as_view(), name="beredskabsplan-vis"),
    path("hent/", hent.HentRisici.as_view(), name="beredskabsplan-hent"),
    path("ret/", papirer.RetBeredskabsplan.as_view(), name="beredskabsplan-ret"),
    path("gennemgaaet/", papirer.beredskabsplan_gennemgaaet, name="beredskabsplan-gennemgaaet"),
]
kommissorium = [
    path("", papirer.VisKommissorium.as_view(), name="kommissorium-vis"),
    path("afsnit/<slug:afsnit>/ret/", papirer.RetKommissorium.as_view(), name="kommissoriumafsnit-ret"),
    path("afsnit/<slug:afsnit>/hent/", hent.HentKommissorium.as_view(), name="kommissoriumafsnit-hent"),
]
kladder = [
    path("milepaelsplan/", include(milepaelsplan)),
    path("beredskabsplan/", include(beredskabsplan)),
    path("kommissorium/", include(kommissorium)),
    path("organisationsdiagram/", papirer.VisOrganisationsdiagram.as_view(), name="organisationsdiagram-vis"),
    path("lag/<slug:lag>/", papirer.VisLag.as_view(), name="lag-vis"),
    path("lag/<slug:lag>.pdf", papirer.lag_pdf, name="lag-pdf"),
    path("<slug:papir>.pdf", papirer.papir_pdf, name="papir-pdf"),
]
bilag = [
    path("", papirer.BilagListe.as_view(), name="bilag-liste"),
    path("kendt-ved-navn/", papirer.OpretOmtaltpapir.as_view(), name="omtaltpapir-opret"),
    path("kendt-ved-navn/<int:pk>/ret/", papirer.RetOmtaltpapir.as_view(), name="omtaltpapir-ret"),
    path("kendt-ved-navn/<int:pk>/slet/", papirer.slet_omtaltpapir, name="omtaltpapir-slet"),
    path("nyt/", papirer.OpretBilag.as_view(), name="bilag-opret"),
    path("<int:pk>/", papirer.hent_bilag, name="bilag-hent"),
    path("<int:pk>/ret/", papirer.RetBilag.as_view(), name="bilag-ret"),
    path("<int:pk>/slet/", papirer.slet_bilag, name="bilag-slet"),
]
en_plan = [
    path("", plan.Overblik.as_view(), name="plan-overblik"),
    path("ret/", indstillinger.RetPlan.as_view(), name="plan-ret"),
    path("indsatsomraader/", indstillinger.VaelgIndsatsomraader.as_view(), name="indsatsomraader-vaelg"),
    path("efterfoelger/", indstillinger.StartEfterfoelger.as_view(), name="plan-efterfoelger"),
    path("slet/", sammenlaeg.SletPlan.as_view(), name="plan-slet"),
    path("arkiver/", sammenlaeg.arkiver_plan, name="plan-arkiver"),
    path("nyt/", plan.VisNyt.as_view(), name="plan-nyt"),
    path("historik/", plan.Historik.as_view(), name="plan-historik"),
    re_path(r"^historik\.(?P<endelse>csv|jsonl)$", plan.historikfil, name="plan-historik-fil"),
    path("historik/<int:nummer>/gendan/", plan.gendan_tekst, name="plan-historik-gendan"),
    path("papirkurv/", papirkurv.Planpapirkurv.as_view(), name="plan-papirkurv"),
    path("papirkurv/<int:pk>/gendan/", papirkurv.gendan, name="plan-papirkurv-gendan"),
    path("planfil.yaml", plan.planfil, name="plan-fil"),
    path("samarbejdsaftale/", include(samarbejdsaftale)),
    path("delaftaler/", dokument.DelaftaleListe.as_view(), name="delaftale-liste"),
    # Not under delaftaler/: an indsatsområde may have any key.
    path("kopier-delaftale/", hent.HentDelaftale.as_view(), name="delaftale-hent"),
    path("delaftaler/<slug:omraade>/", include(delaftale)),
    path("billeder/", include(billeder)),
    # Under Dokumenter in the side navigation.
    path("dokumenter/kladder/", include(kladder)),
    path("dokumenter/bilag/", include(bilag)),
    path("indstillinger/", indstillinger.Indstillinger.as_view(), name="indstillinger"),
    path("indstillinger/navne/<slug:slags>/<int:pk>/", navne.RetNavne.as_view(), name="navne-ret"),
    path("indstillinger/regelsaet/", regelsaet.FlytPlan.as_view(), name="plan-regelsaet"),
    path("indstillinger/parametre/<slug:noegle>/", indstillinger.RetParameter.as_view(), name="parameter-ret"),
    path("indstillinger/parter/", include(parter)),
    path("indstillinger/omraader/", include(omraader)),
    path("indstillinger/lag/", include(lag)),
    path("indstillinger/sideplaner/", planraekker.RetSideplaner.as_view(), name="sideplaner-ret"),
    path("indstillinger/behandlinger/", planraekker.RetBehandlinger.as_view(), name="behandlinger-ret"),
    path("indstillinger/faelles/", planraekker.RetFaelles.as_view(), name="faelles-ret"),
    path("indstillinger/grupper/", include(grupper)),
    path("indstillinger/medlemmer/", include(medlemmer)),
    path("indstillinger/to-trin/", totrin.PlanToTrin.as_view(), name="plan-to-trin"),
    path("indstillinger/organisationer/", include(organisationer)),
]

regler = [
    path("", regelsaet.RegelsaetListe.as_view(), name="regelsaet-liste"),
    path("indlaes-fil/", regelsaet.Regelsaetindlaesning.as_view(), name="regelsaet-indlaes"),
    path("i/<slug:regelsaet>/", regelsaet.VisRegelsaet.as_view(), name="regelsaet-vis"),
    path("i/<slug:regelsaet>/kopier/", regelsaet.Kopier.as_view(), name="regelsaet-kopier"),
    path("i/<slug:regelsaet>/rettelse/", regelsaet.BegyndRettelse.as_view(), name="regelsaet-rettelse"),
    path("i/<slug:regelsaet>/oplysninger/", regelsaet.RetHoved.as_view(), name="regelsaet-ret"),
    path("i/<slug:regelsaet>/forskel/", regelsaet.VisForskel.as_view(), name="regelsaet-forskel"),
    path("i/<slug:regelsaet>/proev/", regelsaet.Proev.as_view(), name="regelsaet-proev"),
    path("i/<slug:regelsaet>/udgiv/", regelsaet.Udgiv.as_view(), name="regelsaet-udgiv"),
    path("i/<slug:regelsaet>/slet/", regelsaet.slet_kladde, name="regelsaet-slet"),
    path("i/<slug:regelsaet>/fil.yaml", regelsaet.regelsaetfil, name="regelsaet-fil"),
    path("i/<slug:regelsaet>/<slug:slags>/ny/", regelsaet.OpretRaekke.as_view(), name="regelraekke-opret"),
    path("i/<slug:regelsaet>/<slug:slags>/<int:pk>/", regelsaet.RetRaekke.as_view(), name="regelraekke-ret"),
    path("i/<slug:regelsaet>/<slug:slags>/<int:pk>/slet/", regelsaet.slet_raekke, name="regelraekke-slet"),
    path("i/<slug:regelsaet>/<slug:slags>/<int:pk>/flyt/", regelsaet.flyt_raekke, name="regelraekke-flyt"),
]
urlpatterns = [
    path("konto/kommune/", kommunelogin.begynd, name="kommunelogin"),
    # The address that the kommune's login knows.
    path(
        "konto/kommune/tilbage/",
        openid_connect_callback,
        {"provider_id": settings.OIDC_NOEGLE},
        name="openid_connect_callback",
    ),
    path("", forside.Forside.as_view(), name="forside"),
    path("klokke/", forside.Klokke.as_view(), name="klokke"),
    path("roller/", forside.Roller.as_view(), name="roller"),
    path("soeg/", forside.Soeg.as_view(), name="soeg"),
    # Not under planer/: a plan may be called "Ny".
    path("ny-plan/indlaes/", indlaes.Planindlaesning.as_view(), name="plan-indlaes"),
    path("planer-uden-leder/", indlaes.PlanerUdenLeder.as_view(), name="planer-uden-leder"),
    path("papirkurv/", papirkurv.Faellespapirkurv.as_view(), name="papirkurv"),
    path("papirkurv/<int:pk>/gendan/", papirkurv.gendan_faelles, name="papirkurv-gendan"),
    path("ny-plan/", indstillinger.OpretPlan.as_view(), name="plan-opret"),
    path("regelsaet/", include(regler)),
    path("planer/<slug:plan>/", include(en_plan)),
]
