"""Names over time: what something was called on a day, what is refused, and where it is said."""

import html
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from aftaler.actions.navne import ret_navne
from aftaler.models import Helhedsplan, Navn, Omraade
from aftaler.models.navn import UDEN_LAENGDE
from aftaler.planfil import Planfil, laes_filer, skriv_plan
from aftaler.queries import dokument
from aftaler.queries.dokument import samarbejdsaftale
from aftaler.queries.navne import Navnebog, navn_den
from dokumenter.blokke import blokdokument
from dokumenter.oejebliksbillede import papir_fra_json, papir_som_json
from helhedsplan.actions import Raekkefejl
from helhedsplan.rettigheder import PROGRAMMET
from helhedsplan.soegning import soeg
from helhedsplan.tid import dagen, laes_tid
from tests import factories as f
from tests.dokumenter.blokproeve import skrevet_ud

pytestmark = pytest.mark.django_db
EJERE = {
    "organisation": f.OrganisationFactory,
    "afdeling": f.AfdelingFactory,
    "omraade": f.OmraadeFactory,
    "helhedsplan": f.HelhedsplanFactory,
}


def navn(ting, hedder, **felter):
    return Navn.objects.create(**{ting._meta.model_name: ting}, navn=hedder, **felter)


@pytest.fixture(params=EJERE)
def ting(request):
    return EJERE[request.param](navn="Nyt")


# --- the name on a day ------------------------------------------------------------------------------------------------


def test_navnet_paa_en_dag(ting):
    navn(ting, "Ældst", til=date(2010, 12, 31))
    navn(ting, "Mellem", til=date(2017, 5, 31))
    navn(ting, "Byens Ende", slags="ogsaa", fra=date(2000, 1, 1))
    dage = [date(1999, 1, 1), date(2010, 12, 31), date(2011, 1, 1), date(2017, 5, 31), date(2017, 6, 1)]
    assert [navn_den(ting, dag) for dag in dage] == ["Ældst", "Ældst", "Mellem", "Mellem", "Nyt"]


def test_uden_tidligere_navne_hedder_den_altid_det_samme(ting):
    assert navn_den(ting, date(1990, 1, 1)) == "Nyt"


@pytest.mark.parametrize(
    ("til", "dag", "hedder"),
    [
        ("2017", date(2016, 12, 31), "Før"),
        ("2017", date(2017, 6, 1), "Nyt (før Før)"),
        ("2017", date(2018, 1, 1), "Nyt"),
        ("formentlig 31.12.2017", date(2010, 1, 1), "Nyt (før Før)"),
        ("ikke oplyst", date(2010, 1, 1), "Nyt (før Før)"),
        ("ikke oplyst", date(2199, 1, 1), "Nyt"),
    ],
)
def test_hvad_der_ikke_kan_ses_bliver_sagt_med_begge_navne(til, dag, hedder):
    ting = f.OmraadeFactory(navn="Nyt")
    navn(ting, "Før", til_sagt=til)
    assert navn_den(ting, dag) == hedder


def test_et_hul_mellem_to_navne_er_ikke_nogens():
    ting = f.OmraadeFactory(navn="Nyt")
    navn(ting, "Før", fra=date(2010, 1, 1), til=date(2012, 12, 31))
    assert [navn_den(ting, date(aar, 6, 1)) for aar in (2009, 2011, 2013)] == ["Nyt", "Før", "Nyt"]


def lagt_sammen(**felter):
    ny = f.OrganisationFactory(navn="Storbo")
    return f.OrganisationFactory(navn="Lillebo", lagt_ind_i=ny, **felter), ny


def test_lagt_ind_i_en_anden():
    lille, ny = lagt_sammen(lagt_ind=date(2018, 1, 1))
    navn(ny, "Størrebo", til=date(2019, 12, 31))
    navn(lille, "Mindstebo", til=date(2015, 12, 31))
    dage = [date(2015, 1, 1), date(2017, 12, 31), date(2018, 1, 1), date(2020, 1, 1)]
    assert [navn_den(lille, dag) for dag in dage] == [
        "Mindstebo", "Lillebo", "Størrebo (før Lillebo)", "Storbo (før Lillebo)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sagt", "dag", "hedder"),
    [
        ("2018", date(2018, 6, 1), "Lillebo"),
        ("2018", date(2019, 1, 1), "Storbo (før Lillebo)"),
        ("ikke oplyst", date(2018, 6, 1), "Lillebo"),
        ("ikke oplyst", date(2199, 1, 1), "Storbo (før Lillebo)"),
    ],
)
def test_lagt_ind_paa_en_dag_der_ikke_er_sagt(sagt, dag, hedder):
    lille, _ = lagt_sammen(lagt_ind_sagt=sagt)
    assert navn_den(lille, dag) == hedder


# --- what is refused --------------------------------------------------------------------------------------------------


def ret(ting, *raekker, nyt_fra=None, **felter):
    alle = {"bruger": PROGRAMMET, "version": ting.version, "nyt_fra": nyt_fra, "raekker": [dict(r) for r in raekker]}
    return ret_navne(ting=ting, felter={"navn": ting.navn, **felter}, **alle)


@pytest.mark.parametrize(
    ("raekker", "nr", "felt"),
    [
        ([{"til": date(2015, 1, 1)}, {"fra": date(2014, 1, 1), "til": date(2016, 1, 1)}], 2, "fra"),
        ([{"fra": date(2014, 1, 1), "til": date(2016, 1, 1)}, {"til": date(2015, 1, 1)}], 1, "fra"),
        ([{"til": date(2015, 1, 1)}, {"til": date(2015, 1, 1), "fra": date(2015, 1, 1)}], 2, "til"),
        ([{"til_sagt": "2015"}, {"fra_sagt": "foråret 2014", "til_sagt": "2016"}], 2, "fra"),
        ([{"fra": date(2014, 1, 1), "til": date(2014, 1, 1)}], 1, "til"),
        ([{"fra": date(2014, 1, 1), "til": date(2013, 1, 1)}], 1, "til"),
        ([{"fra_sagt": "2015", "til_sagt": "2013"}], 1, "til"),
        ([{"til": date(2015, 1, 1)}, {"til": date(2015, 1, 1)}], 2, "til"),
        ([{}], 1, "til"),
        ([{"slags": "ogsaa", "navn": "NYT"}], 1, "navn"),
        ([{"slags": "ogsaa"}, {"slags": "ogsaa", "navn": "hed0"}], 2, "navn"),
    ],
)
def test_navne_der_ikke_kan_vaere_rigtige(ting, raekker, nr, felt):
    with pytest.raises(Raekkefejl) as fejl:
        ret(ting, *({"navn": f"Hed{min(n, 0)}" if "slags" in r else f"Hed {n}", **r} for n, r in enumerate(raekker)))
    assert fejl.value.relation == "navne"
    ved = fejl.value.ved[nr]
    koder = list(ved.error_dict) if hasattr(ved, "error_dict") else []
    alle = (
        [e.code for e in ved.error_list]
        if hasattr(ved, "error_list")
        else [e.code for es in ved.error_dict.values() for e in es]
    )
    assert felt in koder or felt in alle
    assert not Navn.objects.exists()


def test_det_der_maaske_overlapper_kan_siges(ting):
    assert ret(ting, {"navn": "A", "til_sagt": "2015"}, {"navn": "B", "fra_sagt": "2015", "til_sagt": "2018"})


@pytest.mark.parametrize("slags", ["organisation", "afdeling", "omraade"])
def test_ingen_laegges_ind_i_sig_selv_heller_ikke_i_ring(slags):
    feller = {"plan": f.HelhedsplanFactory()} if slags == "omraade" else {}
    en, to, tre = (EJERE[slags](**feller) for _ in range(3))
    dag = {"lagt_ind": date(2020, 1, 1)}
    ret(en, lagt_ind_i=to, **dag)
    ret(to, lagt_ind_i=tre, **dag)
    for maal in (en, tre):
        with pytest.raises(ValidationError) as fejl:
            ret(tre, lagt_ind_i=maal, **dag)
        assert "lagt_ind_i" in fejl.value.error_dict
        tre.refresh_from_db()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(tre).objects.filter(pk=tre.pk).update(lagt_ind_i=tre.pk, **dag)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(tre).objects.filter(pk=tre.pk).update(lagt_ind_i=None, **dag)


@pytest.mark.parametrize(
    "felter",
    [
        {"organisation": None},
        {"fra": date(2014, 1, 1), "til": date(2014, 1, 1)},
        {"til": None},
        {"til_sagt": "2014"},
        {"slags": "andet"},
    ],
)
def test_databasen_holder_det_en_raekke_kan_vise(felter):
    rigtige = {"organisation": f.OrganisationFactory(), "navn": "Før", "til": date(2014, 1, 1)}
    Navn.objects.create(**rigtige)
    with pytest.raises(IntegrityError), transaction.atomic():
        Navn.objects.create(**rigtige | felter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Navn.objects.create(**rigtige, omraade=f.OmraadeFactory())


def test_et_nyt_navn_fra_en_dag_gemmer_det_gamle(ting):
    ret(ting, {"navn": "Ældst", "til": date(2010, 12, 31)}, navn="Nyere", nyt_fra=dagen(date(2018, 1, 1)))
    ting.refresh_from_db()
    assert ting.navn == "Nyere"
    assert list(ting.navne.values_list("navn", "slags", "til")) == [
        ("Ældst", "tidligere", date(2010, 12, 31)),
        ("Nyt", "tidligere", date(2017, 12, 31)),
    ]
    ret(ting, *ting.navne.values("navn", "til"), navn="Nyest", nyt_fra=laes_tid("2020"))
    assert ting.navne.last().til_sagt == "2020"


@pytest.mark.parametrize(
    ("felter", "raekker"),
    [({}, []), ({"navn": "Nyere"}, [{"navn": "Før", "fra": date(2000, 1, 1), "til": date(2019, 1, 1)}])],
)
def test_et_nyt_navn_der_ikke_passer(ting, felter, raekker):
    navn(ting, "Da", til=date(1999, 1, 1))
    with pytest.raises(ValidationError) as fejl:
        ret(ting, *raekker, nyt_fra=dagen(date(2018, 1, 1)), **felter)
    assert list(getattr(fejl.value, "error_dict", {"nyt_fra": 1})) == ["nyt_fra"] or isinstance(fejl.value, Raekkefejl)
    ting.refresh_from_db()
    assert (ting.navn, list(ting.navne.values_list("navn", flat=True))) == ("Nyt", ["Da"])


# --- on paper ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def plan():
    plan = f.HelhedsplanFactory(navn="Nyt plannavn", omraadenavn="", periode_fra=date(2016, 1, 1), fase="i_gang")
    plan.periode_til = date(2199, 12, 31)
    plan.save()
    navn(plan, "Gammelt plannavn", til=date(2020, 12, 31))
    ny = f.OrganisationFactory(navn="Storbo")
    lille = f.OrganisationFactory(navn="Lillebo", lagt_ind_i=ny, lagt_ind=date(2021, 1, 1))
    f.PartFactory(plan=plan, organisation=lille)
    omraade = f.OmraadeFactory(plan=plan, navn="Havrevænget")
    navn(omraade, "Havremarken", til=date(2020, 12, 31))
    aftale = f.DelaftaleFactory(plan=plan)
    f.AktivitetFactory(delaftale=aftale, omraader=[omraade])
    f.PladsFactory(gruppe__plan=plan, organisation=lille)
    return plan


def navnene(plan):
    papir = dokument.samarbejdsaftale(plan)
    plads = dokument.grupper(plan, Navnebog(plan))[0].pladser[0].organisation
    return papir.plan_navn, papir.omraadenavn, [p.navn for p in papir.parter], papir.omraader, plads


def test_papiret_skriver_navnene_af_i_dag(plan):
    storbo = "Storbo (før Lillebo)"
    assert navnene(plan) == ("Nyt plannavn", "Nyt plannavn", [storbo], ("Havrevænget",), storbo)


def test_en_plan_der_er_forbi_skriver_navnene_fra_dens_sidste_dag(plan):
    plan.periode_til = date(2019, 12, 31)
    plan.save()
    gamle = ("Gammelt plannavn", "Gammelt plannavn", ["Lillebo"], ("Havremarken",), "Lillebo")
    assert navnene(plan) == gamle
    plan.fase, plan.periode_til = "afsluttet", date(2199, 12, 31)
    plan.save()
    assert navnene(plan)[0] == "Nyt plannavn"


@pytest.mark.parametrize("antal", [1, 3])
def test_navnebogen_laeses_en_gang(plan, antal, django_assert_num_queries):
    for nr in range(antal):
        navn(f.OmraadeFactory(plan=plan), f"Hed {nr}", til=date(2010, 1, 1))
    parter = list(plan.parter.select_related("organisation__lagt_ind_i"))
    omraader = list(plan.omraader.select_related("lagt_ind_i"))
    with django_assert_num_queries(2):
        hedder = Navnebog(plan, date(2022, 1, 1))
        assert [hedder(p.organisation) for p in parter] == ["Storbo (før Lillebo)"]
        assert len([hedder(o) for o in omraader]) == antal + 1


# --- plan file, search, page ------------------------------------------------------------------------------------------

ALT_MULIGT = Path("fixtures/planer/alt-muligt.yaml").read_text()


def indlaes(tekst):
    regler = Path("fixtures/regelsaet/2015-18.yaml").read_bytes()
    filer = [Planfil("regler", regler), Planfil("plan", tekst.encode())]
    return laes_filer(filer, bruger=PROGRAMMET)


def fejlene(foer, efter):
    assert foer in ALT_MULIGT
    return [(f.felt, f.besked) for f in indlaes(ALT_MULIGT.replace(foer, efter, 1)).fejl]


def test_den_opdigtede_plan_hedder_som_da_den_sluttede():
    assert not indlaes(ALT_MULIGT).fejl
    plan = Helhedsplan.objects.get(noegle="alt-muligt")
    papir = dokument.samarbejdsaftale(plan)
    assert (papir.plan_navn, papir.omraader) == (plan.navn, ("Rugmarken", "Havrevænget", "Hvedeparken", "Bygtoften"))
    assert [p.navn for p in papir.parter] == ["Agerbo (før Kornboligen)", "Havneby Kommune"]
    da = Navnebog(plan, date(2016, 4, 1))
    assert [da(t) for t in (plan, *plan.omraader.all(), plan.parter.first().organisation)] == [
        "Helhedsplan for Rugmarken", "Rugmarken", "Havremarken", "Hvedeparken", "Bygtoften", "Kornboligen",
    ]  # fmt: skip
    assert skriv_plan(plan) == ALT_MULIGT


@pytest.mark.parametrize(
    ("foer", "efter", "felt", "besked"),
    [
        ("lagt_ind_i: agerbo", "lagt_ind_i: kornboligen", "organisationer[3].lagt_ind_i", "ind i sig selv"),
        ("    navne:\n      - navn: Markboligen", "    lagt_ind_i: kornboligen\n    lagt_ind: '2019'\n    navne:\n"
         "      - navn: Markboligen", [f"organisationer[{nr}].lagt_ind_i" for nr in (1, 3)], "heller ikke gennem"),
        ("    lagt_ind: 2018-01-01\n", "", "organisationer[3].lagt_ind_i", "både"),
        ("    lagt_ind_i: agerbo\n", "", "organisationer[3].lagt_ind", "både"),
        ("lagt_ind_i: agerbo", "lagt_ind_i: ukendt", "organisationer[3].lagt_ind_i", "står ikke under"),
        ("        til: 2017-05-31\n", "        til: 2017-05-31\n      - navn: Hvedemarken\n        fra: 2017-01-01\n"
         "        til: 2018-05-31\n", "omraader[2].navne[2].fra", "på samme tid"),
        ("        til: 2017-05-31\n", "        fra: 2017-05-31\n        til: 2017-05-31\n", "omraader[2].navne[1].til",
         "længere tid"),
        ("        til: 2017-05-31\n", "        fra: '2018'\n        til: '2017'\n", "omraader[2].navne[1].til",
         "holder op, før"),
        ("        til: 2017-05-31\n", "", "omraader[2].navne[1]", "hvornår navnet holdt op"),
        ("navn: Byens Ende", "navn: Havrevænget", "omraader[2].navne[2].navn", "det, den hedder"),
        ("slags: ogsaa", "slags: nogle", "omraader[1].navne[1].slags", "kan ikke vælges"),
        ("til: sommeren 2016", "til: sommeren", "navne[1].til", "årstal"),
    ],
)  # fmt: skip
def test_galt_i_filen_siges_ved_sit_felt(foer, efter, felt, besked):
    fundne = fejlene(foer, efter)
    ventet = felt if isinstance(felt, list) else [felt]
    assert [(sted, besked in tekst) for sted, tekst in fundne] == [(et, True) for et in ventet]
    assert not Helhedsplan.objects.exists()


def test_faelles_organisationers_navne_aendres_ikke_af_en_fil_og_en_fil_der_tier_siger_intet_imod():
    assert not indlaes(ALT_MULIGT).fejl
    tavs = ALT_MULIGT.replace("    lagt_ind_i: agerbo\n    lagt_ind: 2018-01-01\n", "")
    tavs = tavs.replace("    navne:\n      - navn: Markboligen\n        til: 2017-12-31\n", "")
    assert not indlaes(tavs).fejl
    assert skriv_plan(Helhedsplan.objects.get()) == ALT_MULIGT
    assert [felt for felt, _ in fejlene("til: 2017-12-31", "til: 2016-12-31")] == ["organisationer[1].navne"]
    assert [felt for felt, _ in fejlene("lagt_ind: 2018-01-01", "lagt_ind: '2018'")] == [
        "organisationer[3].lagt_ind", "organisationer[3].lagt_ind",
    ]  # fmt: skip


def test_en_plan_der_er_der_faar_filens_navne():
    assert not indlaes(ALT_MULIGT).fejl
    assert not indlaes(ALT_MULIGT.replace("Havremarken", "Havrelykken")).fejl
    omraade = Omraade.objects.get(noegle="havrevaenget")
    assert [str(n) for n in omraade.navne.all()] == ["Havrelykken", "Byens Ende"]


@pytest.mark.parametrize(
    ("ord_", "art", "anker"),
    [
        ("Havremarken", "Andet navn", "#omraader"),
        ("Kornparken", "Andet navn", "#omraader"),
        ("Markboligen", "Andet navn", "#parter"),
        ("Rugmarkens Boliger", "Andet navn", "#parter"),
        ("Agerbo", "Part", "#parter"),
    ],
)
def test_soegningen_finder_alle_navne_hos_den_der_maa_se_planen(ord_, art, anker):
    assert not indlaes(ALT_MULIGT).fejl
    bruger = f.MedlemskabFactory(plan=Helhedsplan.objects.get(), rolle="observatoer").bruger
    f.NavnFactory(navn=ord_)  # of a plan that the person is not in
    [fundet] = [fund for fund in soeg(bruger, ord_) if fund.art == art]
    assert fundet.url == f"/planer/alt-muligt/indstillinger/{anker}"
    assert not soeg(f.BrugerFactory(), ord_)


def test_siden_viser_gemmer_og_siger_fejl_ved_raekken(client):
    assert not indlaes(ALT_MULIGT).fejl
    plan = Helhedsplan.objects.get()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    side = client.get(reverse("indstillinger", args=[plan.noegle])).content.decode()
    for tekst in (
        "Hed tidligere Havremarken (til 31. maj 2017)",
        "Kaldes også Kornparken (statens liste, fra 2014)",
        "Lagt ind i Agerbo 1. januar 2018",
        "Hed tidligere Helhedsplan for Rugmarken (til sommeren 2016)",
        "Hed tidligere Rugmarkens Boliger (ikke oplyst hvornår)",
    ):
        assert tekst in side
    omraade = plan.omraader.get(noegle="havrevaenget")
    url = reverse("navne-ret", args=[plan.noegle, "omraade", omraade.pk])
    form = client.get(url).context["form"]
    data = {"version": omraade.version, "navn": "Hvedevænget", "nyt_fra": "1.6.2017", "lagt_ind_i": "", "lagt_ind": ""}
    saet = form.raekkesaet["navne"]
    raekker = [
        {"navn": "Havremarken", "slags": "tidligere", "fra": "1.1.2017", "til": "1.1.2017", "hvor": ""},
        {"navn": "Byens Ende", "slags": "ogsaa", "fra": "", "til": "", "hvor": "beboerne"},
    ]

    def med(raekker):
        felter = {f"navne-{nr}-{felt}": v for nr, raekke in enumerate(raekker) for felt, v in raekke.items()}
        styring = {"navne-TOTAL_FORMS": len(raekker), "navne-INITIAL_FORMS": 2, "navne-grundlag": saet.grundlag}
        return data | styring | felter

    svar = client.post(url, med(raekker))
    assert svar.status_code == 422
    assert svar.context["form"].raekkesaet["navne"].forms[0].errors == {"til": [UDEN_LAENGDE]}
    raekker[0] |= {"fra": "", "til": "31.5.2017"}
    assert client.post(url, med(raekker)).status_code == 422  # two names that end the same day
    raekker[0]["til"] = "31.12.2016"
    assert client.post(url, med(raekker)).status_code == 302
    omraade.refresh_from_db()
    assert [omraade.navn, *map(str, omraade.navne.all())] == ["Hvedevænget", "Havremarken", "Byens Ende", "Havrevænget"]


@pytest.mark.parametrize(("slags", "status"), [("organisation", 404), ("afdeling", 404), ("omraade", 404), ("x", 404)])
def test_andres_ting_naas_ikke_gennem_ens_egen_plan(client, slags, status):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    fremmed = EJERE.get(slags, f.OmraadeFactory)()
    assert client.get(reverse("navne-ret", args=[plan.noegle, slags, fremmed.pk])).status_code == status


def test_en_faelles_organisation_faar_kun_nye_navne_af_den_der_skriver_alle_dens_planer():
    part = f.PartFactory()
    f.PartFactory(organisation=part.organisation)
    leder = f.MedlemskabFactory(plan=part.plan, rolle="leder").bruger
    for ting in (part.organisation, f.AfdelingFactory(organisation=part.organisation)):
        with pytest.raises(PermissionDenied):
            ret_navne(bruger=leder, ting=ting, felter={}, raekker=[], version=ting.version)


# --- other names, where a paper introduces what has them --------------------------------------------------------------


def test_aftalen_siger_hvad_omraader_og_parter_ogsaa_kaldes(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    omraade = f.OmraadeFactory(plan=plan, navn="Nord", starter_sagt="sommeren 2026")
    part = f.PartFactory(plan=plan, organisation__navn="Kornboligen", administrerer=True)
    foer = papir_som_json(samarbejdsaftale(plan))
    assert "ogsaa" not in str(foer)
    f.NavnFactory(omraade=omraade, navn="Kornparken", slags="ogsaa", hvor="statens liste", til=None, fra_sagt="2014")
    f.NavnFactory(omraade=omraade, navn="Byens Ende", slags="ogsaa", til=None)
    f.NavnFactory(omraade=omraade, navn="Bakken", slags="ogsaa", til=date(2020, 1, 1))
    f.NavnFactory(omraade=omraade, navn="Toppen", slags="ogsaa", fra=date(2198, 1, 1), til=None)
    f.NavnFactory(omraade=None, organisation=part.organisation, navn="Kornet", slags="ogsaa", til=None)
    laest = samarbejdsaftale(plan)
    papir = "\n".join(skrevet_ud([("aftalen", blokdokument(laest))]))
    side = client.get(reverse("samarbejdsaftale-vis", args=[plan.noegle])).content.decode()
    nord = "Nord, også kaldet Kornparken (statens liste) og Byens Ende, fra sommeren 2026"
    assert nord in papir
    assert nord in side
    assert "Kornboligen, også kaldet Kornet, der administrerer helhedsplanen" in papir
    assert "Kornboligen, også kaldet Kornet" in side
    assert "Bakken" not in papir
    assert "Toppen" not in papir
    assert papir_fra_json(papir_som_json(laest)) == laest
    assert laest.parter[0].navn == "Kornboligen"


# --- seen by a stranger -----------------------------------------------------------------------------------------------


@pytest.fixture
def side(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    return plan, client


def sendt(side, slags, ting, **felter):
    plan, client = side
    url = reverse("navne-ret", args=[plan.noegle, slags, ting.pk])
    ting.refresh_from_db()
    rammer = {"navne-TOTAL_FORMS": 0, "navne-INITIAL_FORMS": 0}
    felter = {"navn": ting.navn, "version": ting.version, "nyt_fra": "", **rammer} | felter
    return client.post(url, felter)


def test_en_organisation_med_et_tidligere_navn_kan_aabnes_og_dens_afdelinger_rettes(side):
    plan, client = side
    afdeling = f.AfdelingFactory(organisation=f.PartFactory(plan=plan).organisation)
    for ting in (afdeling.organisation, afdeling):
        ejer = "organisation" if ting is afdeling.organisation else "afdeling"
        Navn.objects.create(**{ejer: ting}, navn="Før", til=date(2020, 1, 1))
    noegle, pk = plan.noegle, afdeling.organisation_id
    for url in (
        reverse("organisation-vis", args=[noegle, pk]),
        reverse("afdeling-ret", args=[noegle, pk, afdeling.pk]),
        reverse("organisation-liste", args=[noegle]),
    ):
        assert client.get(url).status_code == 200, url


def test_et_navn_af_flere_ord_kan_rettes(side):
    omraade = f.OmraadeFactory(plan=side[0], navn="Æblehaven Øst")
    svar = sendt(side, "omraade", omraade, navn="Æblehaven Nord")
    assert svar.status_code == 422
    [kode] = re.findall(r'name="bekraeftede_advarsler" value="([^"]*)"', svar.content.decode())
    ja = {"bekraeftede_advarsler": html.unescape(kode)}
    assert sendt(side, "omraade", omraade, navn="Æblehaven Nord", **ja).status_code == 302
    omraade.refresh_from_db()
    assert omraade.navn == "Æblehaven Nord"


def test_den_der_kommer_sidst_hoerer_om_den_andens_navn_og_spoerges_ikke_om_det(side):
    plan = side[0]
    omraade = f.OmraadeFactory(plan=plan, navn="Vest")
    gammel = omraade.version
    sendt(side, "omraade", omraade, navn="Nord Vest", nyt_fra="01.01.2026")
    svar = sendt(side, "omraade", omraade, navn="Sydvest", version=gammel)
    assert svar.status_code == 409
    assert "Nord Vest" in svar.content.decode()
    assert "rettes og huskes ikke" not in svar.content.decode()
    omraade.refresh_from_db()
    assert omraade.navn == "Nord Vest"


def test_et_navn_fra_en_kommende_dag_skrives_ind_naar_det_er_nyt(side):
    plan = side[0]
    svar = sendt(side, "plan", plan, navn="Fremtidsplanen", nyt_fra="2099")
    assert svar.status_code == 422
    assert "Navnet er først nyt fra 2099" in svar.content.decode()
    plan.refresh_from_db()
    assert plan.navn != "Fremtidsplanen"


def test_en_kommune_laegges_ikke_ind_i_en_boligorganisation_uden_et_ja(side):
    plan = side[0]
    kommune = f.PartFactory(plan=plan, organisation__art="kommune").organisation
    bolig = f.PartFactory(plan=plan, organisation__art="boligorganisation").organisation
    svar = sendt(side, "organisation", kommune, lagt_ind_i=bolig.pk, lagt_ind="01.01.2020")
    assert svar.status_code == 422
    assert "Er de blevet til én?" in svar.content.decode()


def test_navnesiden_naas_for_det_en_part_er_blevet_til(side):
    plan, client = side
    agerbo = f.OrganisationFactory(navn="Agerbo")
    f.PartFactory(plan=plan, organisation__lagt_ind_i=agerbo, organisation__lagt_ind=date(2020, 1, 1))
    assert client.get(reverse("navne-ret", args=[plan.noegle, "organisation", agerbo.pk])).status_code == 200


def test_et_navn_der_er_taget_siges_ved_feltet(side):
    plan, client = side
    f.OmraadeFactory(plan=plan, navn="Vest")
    felter = {"navn": "Vest", "version": 0}
    for relation in ("medafdelinger", "indsatser", "stoerrelser"):
        felter |= {f"{relation}-TOTAL_FORMS": 0, f"{relation}-INITIAL_FORMS": 0}
    svar = client.post(reverse("omraade-opret", args=[plan.noegle]), felter)
    assert svar.status_code == 422
    assert svar.context["form"].errors["navn"] == ["Planen har allerede et område med det navn."]


def test_soegningen_finder_forlaengelser_og_tillaeg(side):
    plan, client = side
    f.LagFactory(plan=plan, navn="Tillæg for Rugmarken", slags="tillaeg", til=None)
    svar = client.get(reverse("soeg"), {"q": "tillæg"}).content.decode()
    assert "Tillæg for Rugmarken" in svar
