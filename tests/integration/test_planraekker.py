"""What is told of a plan in rows of its own: typed once and the same on every way out."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from aftaler.actions.raekker import ret_planens
from aftaler.actions.sletplan import slet_plan
from aftaler.models import Helhedsplan, Sagsnummer
from aftaler.planfil import Planfil, laes_filer, plan_som_data, skriv_plan
from aftaler.queries.dokument import samarbejdsaftale
from aftaler.queries.kontrol import kontroller
from aftaler.queries.planraekker import faelles
from budget.queries.papir import papirindhold
from dokumenter.blokke import blokdokument
from dokumenter.oejebliksbillede import papir_fra_json, papir_som_json
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.aftaler.planfil_data import FORGAENGER, REGELSAET, fejl_i, indlaes, plan
from tests.dokumenter.blokproeve import skrevet_ud

pytestmark = pytest.mark.django_db
FIXTURER = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture
def min_plan(client):
    ny = f.HelhedsplanFactory(noegle="parken")
    client.force_login(f.MedlemskabFactory(plan=ny, rolle="leder").bruger)
    return ny


@pytest.fixture
def alt_muligt():
    stier = (FIXTURER / "regelsaet" / "2015-18.yaml", FIXTURER / "planer" / "alt-muligt.yaml")
    resultat = laes_filer([Planfil.fra(sti) for sti in stier], bruger=PROGRAMMET)
    assert resultat.fejl == []
    return Helhedsplan.objects.get(noegle="alt-muligt")


def gem(client, url: str, **nye):
    """The form of a page saved as it stands, but for what is typed; rows as relation__number__field."""
    form = client.get(url).context["form"]
    data = {felt.html_name: "" if (v := felt.value()) is None else v for felt in form}
    for saet in form.raekkesaet.values():
        for raekke in (saet.management_form, *saet.forms):
            data |= {felt.html_name: "" if (v := felt.value()) is None else v for felt in raekke}
        data[f"{saet.prefix}-grundlag"] = saet.grundlag
    for navn, vaerdi in nye.items():
        relation, _, resten = navn.partition("__")
        if resten:
            flest = int(resten.partition("__")[0]) + 1
            data[f"{relation}-TOTAL_FORMS"] = max(int(data[f"{relation}-TOTAL_FORMS"]), flest)
        data[navn.replace("__", "-")] = vaerdi
    data = {navn: v for navn, v in data.items() if v is not False}
    return client.post(url, data)


def aftalens_ord(en_plan) -> str:
    return "\n".join(skrevet_ud([("aftalen", blokdokument(samarbejdsaftale(en_plan)))]))


# --- numbers of Landsbyggefonden ------------------------------------------------------------------------------------


def test_flere_sagsnumre_skrives_med_hvad_de_gaelder_og_staar_ens_alle_steder(client, min_plan):
    ret = reverse("plan-ret", args=["parken"])
    svar = gem(
        client, ret, sagsnumre__0__nummer="12-345", sagsnumre__0__gaelder="Nord", sagsnumre__1__nummer="12-346",
    )  # fmt: skip
    assert svar.status_code == 302, svar.context["form"].fejlliste()
    i_ord = "12-345 (Nord) og 12-346"
    for side in ("plan-overblik", "indstillinger"):
        assert i_ord in client.get(reverse(side, args=["parken"])).content.decode()
    assert i_ord in aftalens_ord(Helhedsplan.objects.get())
    assert plan_som_data(min_plan)["lbf_sagsnummer"] == [{"nummer": "12-345", "gaelder": "Nord"}, "12-346"]
    senest = Haendelse.objects.om(min_plan).last()
    assert [a["efter"] for a in senest.aendringer] == [["12-345 · Nord", "12-346"]]
    antal = Haendelse.objects.count()
    assert gem(client, ret).status_code == 302
    assert Haendelse.objects.count() == antal


def test_et_sagsnummer_alene_er_skrevet_som_altid(client, min_plan):
    Sagsnummer.objects.create(plan=min_plan, nummer="12-345")
    assert plan_som_data(min_plan)["lbf_sagsnummer"] == "12-345"
    assert samarbejdsaftale(min_plan).lbf_sagsnummer == "12-345"


@pytest.mark.parametrize(
    ("raekker", "besked"),
    [
        ({"sagsnumre__0__gaelder": "Nord"}, "række 1. Nummer: Udfyld feltet."),
        ({"sagsnumre__0__nummer": "x" * 61}, "Forkort den til højst 60"),
        ({"sagsnumre__0__nummer": "7", "sagsnumre__1__nummer": "7"}, "række 2. Nummer: Nummeret står to gange."),
        ({"sagsnumre__0__nummer": "010190-1234"}, "CPR"),
    ],
)
def test_forkerte_sagsnumre_siges_ved_deres_felt(client, min_plan, raekker, besked):
    svar = gem(client, reverse("plan-ret", args=["parken"]), **raekker)
    assert svar.status_code == 422
    assert [tekst for tekst, _ in svar.context["form"].fejlliste() if besked in tekst]
    assert not Sagsnummer.objects.exists()


@pytest.mark.parametrize(
    ("skrevet", "numre"),
    [
        ("12-345", ["12-345"]),
        (["12-345"], ["12-345"]),
        ([{"nummer": "12-345"}, {"nummer": "12-346", "gaelder": "Syd"}], ["12-345", "12-346 (Syd)"]),
    ],
)
def test_sagsnumre_laeses_af_en_fil_som_tekst_og_som_liste(skrevet, numre):
    indlaes(REGELSAET, FORGAENGER, plan(lbf_sagsnummer=skrevet))
    ny = Helhedsplan.objects.get(noegle="ny")
    assert [str(nummer) for nummer in ny.sagsnumre.all()] == numre
    assert indlaes(skriv_plan(ny)).udfald[0].hvad == "uændret"


@pytest.mark.parametrize(
    ("skrevet", "besked"),
    [
        (17, "lbf_sagsnummer: Skriv teksten i anførselstegn"),
        ("x" * 61, "lbf_sagsnummer: "),
        ({"nummer": "7"}, "lbf_sagsnummer: Her skal stå en liste."),
        ([{"gaelder": "Nord"}], "lbf_sagsnummer[1].nummer: Feltet mangler."),
        (["7", "7"], "Det samme står også i linje"),
    ],
)
def test_forkerte_sagsnumre_i_en_fil_siges_ved_feltet(skrevet, besked):
    indlaes(REGELSAET, FORGAENGER)
    fejl = fejl_i(plan(lbf_sagsnummer=skrevet))
    assert [tekst for tekst in fejl if besked in tekst], fejl


def test_alt_muligt_har_et_nummer_pr_omraade(alt_muligt):
    assert "15-0301 (Rugmarken), 15-0302 (Havrevænget og Hvedeparken) og 17-0044" in aftalens_ord(alt_muligt)


# --- plans beside -----------------------------------------------------------------------------------------------------


def test_en_plan_ved_siden_af_staar_i_aftalen_med_beloeb_kilde_og_egne_maal(client, min_plan):
    svar = gem(
        client, reverse("sideplaner-ret", args=["parken"]), sideplaner__0__navn="Renovering",
        sideplaner__0__slags="fysisk", sideplaner__0__beloeb="over 256 mio. kr.", sideplaner__0__kilde="Byrådet",
        sideplaner__0__maal="Nye tage\nNye køkkener", sideplaner__1__navn="Ny by",
        sideplaner__1__slags="udviklingsplan", sideplaner__1__beloeb="12500000",
    )  # fmt: skip
    assert svar.status_code == 302, svar.context["form"].fejlliste()
    papir = aftalens_ord(min_plan)
    siderne = [
        client.get(reverse(side, args=["parken"])).content.decode()
        for side in ("indstillinger", "samarbejdsaftale-vis")
    ]
    for ord_ in ("Renovering", "Fysisk helhedsplan", "over 256 mio. kr. (Byrådet)", "Nye tage", "12.500.000 kr."):
        assert all(ord_ in tekst for tekst in (papir, *siderne)), ord_
    assert plan_som_data(min_plan)["sideplaner"] == [
        {"navn": "Renovering", "beloeb": "over 256 mio. kr.", "kilde": "Byrådet", "maal": "Nye tage\nNye køkkener"},
        {"navn": "Ny by", "slags": "udviklingsplan", "beloeb": "12.500.000 kr."},
    ]
    assert [(x.kode, x.besked) for x in kontroller(min_plan) if x.kode == "sideplan-uden-kilde"] == [
        ("sideplan-uden-kilde", "»Ny by« står med 12.500.000 kr., men ikke hvor beløbet er oplyst.")
    ]


def test_pengene_i_planen_ved_siden_af_er_i_ingen_sum(min_plan):
    budget = f.BidragFactory(budget__plan=min_plan, beloeb=4_000_000).budget
    foer = "\n".join(skrevet_ud([("budget", blokdokument(papirindhold(budget)))]))
    f.SideplanFactory(plan=min_plan, beloeb="256 mio. kr.")
    assert "\n".join(skrevet_ud([("budget", blokdokument(papirindhold(budget)))])) == foer
    assert "256" not in foer


def test_en_aftale_uden_plan_ved_siden_af_er_frosset_som_foer(min_plan):
    uden = papir_som_json(samarbejdsaftale(min_plan))
    assert "sideplaner" not in uden
    f.SideplanFactory(plan=min_plan)
    med = papir_som_json(samarbejdsaftale(min_plan))
    assert med["sideplaner"]
    assert papir_fra_json(med) == samarbejdsaftale(min_plan)


@pytest.mark.parametrize(
    ("raekker", "besked"),
    [
        ({"0__beloeb": "256 mio. kr."}, "række 1. Navn: Udfyld feltet."),
        ({"0__navn": "Ny by", "0__beloeb": "mange penge"}, "kan ikke læses som et beløb"),
        ({"0__navn": "Ny by", "0__beloeb": "32 til 12 mio."}, "er bagvendt"),
        ({"0__navn": "Ny by", "0__beloeb": "0"}, "større end 0"),
        ({"0__navn": "Ny by", "1__navn": "Ny by"}, "række 2. Navn: Der står allerede en plan ved siden af"),
    ],
)
def test_en_forkert_plan_ved_siden_af_siges_ved_sit_felt(client, min_plan, raekker, besked):
    slags = {f"sideplaner__{nr}__slags": "anden" for nr in {navn[0] for navn in raekker}}
    felter = {f"sideplaner__{navn}": vaerdi for navn, vaerdi in raekker.items()}
    svar = gem(client, reverse("sideplaner-ret", args=["parken"]), **slags, **felter)
    assert svar.status_code == 422
    assert [tekst for tekst, _ in svar.context["form"].fejlliste() if besked in tekst], svar.context["form"].fejlliste()
    assert not min_plan.sideplaner.exists()


@pytest.mark.parametrize(
    ("sideplan", "besked"),
    [
        ({"navn": "Ny by", "beloeb": 12}, "sideplaner[1].beloeb: Skriv teksten i anførselstegn"),
        ({"navn": "Ny by", "beloeb": "mange"}, "sideplaner[1].beloeb: »mange« kan ikke læses som et beløb."),
        ({"navn": "Ny by", "slags": "hurtig"}, "sideplaner[1].slags: »hurtig« kan ikke vælges her."),
        ({"beloeb": "12 mio. kr."}, "sideplaner[1].navn: Feltet mangler."),
    ],
)
def test_en_forkert_plan_ved_siden_af_i_en_fil(sideplan, besked):
    indlaes(REGELSAET, FORGAENGER)
    fejl = fejl_i(plan(sideplaner=[sideplan]))
    assert [tekst for tekst in fejl if besked in tekst], fejl


def test_alt_muligt_har_planer_ved_siden_af(alt_muligt):
    papir = aftalens_ord(alt_muligt)
    for ord_ in (
        "256 mio. kr. (Byrådets indstilling)",
        "Udviklingsplan for Havrevænget",
        "Færre almene familieboliger",
    ):
        assert ord_ in papir


# --- who the plan has been before -------------------------------------------------------------------------------------


@pytest.fixture
def nabo(min_plan):
    """Another plan that the same leader writes in."""
    ny = f.HelhedsplanFactory(noegle="engen", navn="Planen for Engen")
    f.MedlemskabFactory(plan=ny, bruger=min_plan.medlemskaber.get().bruger, rolle="leder")
    return ny


def skriv(client, relation: str, *raekker: dict):
    felter = {f"{relation}__{nr}__{navn}": v for nr, raekke in enumerate(raekker) for navn, v in raekke.items()}
    return gem(client, reverse(f"{relation}-ret", args=["parken"]), **felter)


def kun(en_plan, *koder: str) -> list[str]:
    return [fund.besked for fund in kontroller(en_plan) if fund.kode in koder]


BYRAADET = {"organ": "Byrådet", "dato": "24.6.2025", "punkt": "14", "udfald": "med_vilkaar", "vilkaar": "En status"}


def test_en_raekke_af_organer_og_een_beslutning_for_to_planer_staar_i_dem_begge(client, min_plan, nabo):
    stemt = {"organ": "Urafstemning", "afdeling": "Blok 1", "dato": "sommeren 2025", "udfald": "godkendt"}
    svar = skriv(client, "behandlinger", BYRAADET | {"planer": nabo.pk}, stemt | {"ja": "41", "nej": "12"})
    assert svar.status_code == 302, svar.context["form"].fejlliste()
    egen, andens = aftalens_ord(min_plan), aftalens_ord(nabo)
    for ord_ in ("Byrådet", "24.06.2025", "14", "Godkendt på vilkår", "En status"):
        assert ord_ in egen
        assert ord_ in andens
    assert "Samme beslutning som for Planen for Engen" in egen
    assert f"Samme beslutning som for {min_plan.navn}" in andens
    assert "Urafstemning, Blok 1" in egen
    assert "Godkendt (41 for, 12 imod)" in egen
    assert "Urafstemning" not in andens
    sider = [("indstillinger", "parken"), ("samarbejdsaftale-vis", "parken"), ("samarbejdsaftale-vis", "engen")]
    for side, noegle in sider:
        assert "Samme beslutning som for" in client.get(reverse(side, args=[noegle])).content.decode()
    assert plan_som_data(min_plan)["behandlinger"] == [
        {"organ": "Byrådet", "dato": "2025-06-24", "punkt": "14", "udfald": "med_vilkaar", "vilkaar": "En status",
         "planer": ["engen"]},
        {"organ": "Urafstemning", "afdeling": "Blok 1", "dato": "sommeren 2025", "udfald": "godkendt", "ja": 41,
         "nej": 12},
    ]  # fmt: skip
    assert "behandlinger" not in plan_som_data(nabo)


def test_den_anden_plans_log_og_sider_foelger_med(client, min_plan, nabo):
    side = reverse("samarbejdsaftale-vis", args=["engen"])
    f.HaendelseFactory(kaede="engen", objekt=nabo)
    assert "Byrådet" not in client.get(side).content.decode()
    assert skriv(client, "behandlinger", BYRAADET | {"planer": nabo.pk}).status_code == 302
    assert "Byrådet" in client.get(side).content.decode()
    senest = Haendelse.objects.filter(kaede="engen").order_by("nummer").last()
    assert [a["navn"] for a in senest.aendringer] == [f"fælles med {min_plan}"]
    antal = Haendelse.objects.count()
    assert gem(client, reverse("behandlinger-ret", args=["parken"])).status_code == 302
    assert Haendelse.objects.count() == antal


def test_man_skriver_kun_i_planer_man_skriver_i(client, min_plan):
    fremmed, laest = f.HelhedsplanFactory(), f.HelhedsplanFactory()
    leder = min_plan.medlemskaber.get().bruger
    f.MedlemskabFactory(plan=laest, bruger=leder, rolle="observatoer")
    for anden in (fremmed, laest, min_plan):
        assert skriv(client, "behandlinger", BYRAADET | {"planer": anden.pk}).status_code == 422
        with pytest.raises((PermissionDenied, ValidationError)):
            ret_planens(
                bruger=leder, plan=min_plan, relation="behandlinger",
                raekker=[{"organ": "Byrådet", "planer": [anden]}], version=None,
            )  # fmt: skip
    assert not min_plan.behandlinger.exists()


@pytest.mark.parametrize(
    ("raekke", "besked"),
    [
        ({"udfald": "godkendt"}, "række 1. Organ: Udfyld feltet."),
        ({"organ": "Byrådet", "udfald": "med_vilkaar"}, "Vilkår: Skriv de vilkår, som planen blev godkendt på."),
        ({"organ": "Byrådet", "dato": "engang"}, "kan ikke læses som en dato"),
        ({"organ": "Byrådet", "ja": "-1"}, "Stemmer for: "),
        ({"organ": "Byrådet", "ja": "100000"}, "Stemmer for: "),
    ],
)
def test_en_forkert_behandling_siges_ved_sit_felt(client, min_plan, raekke, besked):
    svar = skriv(client, "behandlinger", raekke)
    assert svar.status_code == 422
    assert [tekst for tekst, _ in svar.context["form"].fejlliste() if besked in tekst], svar.context["form"].fejlliste()
    assert not min_plan.behandlinger.exists()


def test_det_der_ikke_haenger_sammen_i_raekken_er_fund(min_plan):
    f.BehandlingFactory(plan=min_plan, organ="Udvalget", dato=date(2025, 6, 10), orden=1)
    f.BehandlingFactory(plan=min_plan, organ="Byrådet", dato_sagt="april 2025", orden=2)
    f.BehandlingFactory(plan=min_plan, organ="Fonden", dato=date(2199, 1, 1), udfald="godkendt", orden=3)
    f.BehandlingFactory(plan=min_plan, organ="Urafstemning", afdeling="Blok 1", udfald="godkendt", ja=1, nej=2, orden=4)
    assert kun(min_plan, "behandling-raekkefoelge", "behandling-ikke-sket", "behandling-stemmer") == [
        "Fonden har et udfald, men behandler først planen den 1. januar 2199.",
        "Urafstemning, Blok 1: 1 stemte for og 2 imod, men udfaldet er »godkendt«.",
        "Byrådet (april 2025) står efter Udvalget (10. juni 2025). Ret en dato eller rækkefølgen.",
    ]
    min_plan.behandlinger.update(dato=None, dato_sagt="ikke oplyst", ja=None)
    assert kun(min_plan, "behandling-raekkefoelge", "behandling-ikke-sket", "behandling-stemmer") == []


def test_afdelinger_der_ikke_er_fortalt_noget_om(min_plan):
    blokke = [f.AfdelingFactory(navn=navn, nummer=nr) for navn, nr in (("Blok 1", "3"), ("Blok 2", "4"), ("", "5"))]
    f.OmraadeFactory(plan=min_plan, afdelinger=blokke)
    assert kun(min_plan, "afdeling-ikke-stemt") == []
    f.BehandlingFactory(plan=min_plan, organ="Urafstemning", afdeling="blok 1", udfald="ikke_godkendt")
    assert kun(min_plan, "afdeling-ikke-stemt") == ["Urafstemning: der står ikke noget om Blok 2, afd. 4 og afd. 5."]
    f.BehandlingFactory(plan=min_plan, organ="Urafstemning", afdeling="Blok 2, afd. 4")
    f.BehandlingFactory(plan=min_plan, organ="Urafstemning", afdeling="afd. 5")
    assert kun(min_plan, "afdeling-ikke-stemt") == []


# --- shared between plans ---------------------------------------------------------------------------------------------


def test_det_faelles_staar_i_begge_planer_og_hver_siger_hvor_det_hoerer_til(client, min_plan, nabo):
    beloeb = {"slags": "beloeb", "navn": "Bevilling", "beloeb": "ca. 12 mio.", "kilde": "Brevet", "hoerer_til": "her"}
    sekretariat = {"slags": "sekretariat", "navn": "Sekretariatet", "hoerer_til": "der"}
    svar = skriv(client, "faelles", beloeb | {"planer": nabo.pk}, sekretariat | {"planer": nabo.pk})
    assert svar.status_code == 302, svar.context["form"].fejlliste()
    her = [(v.navn, v.penge, v.med, v.hoerer_til) for v in faelles(min_plan)]
    assert her == [
        ("Bevilling", "ca. 12 mio. (Brevet)", "Planen for Engen", "Denne plan"),
        ("Sekretariatet", "", "Planen for Engen", "Planen for Engen"),
    ]
    der = [(v.navn, v.penge, v.med, v.hoerer_til) for v in faelles(nabo)]
    assert der == [
        ("Bevilling", "ca. 12 mio. (Brevet)", min_plan.navn, min_plan.navn),
        ("Sekretariatet", "", min_plan.navn, "Denne plan"),
    ]
    for en_plan in (min_plan, nabo):
        assert "ikke regnet med i denne plans budget" in aftalens_ord(en_plan)
        side = client.get(reverse("samarbejdsaftale-vis", args=[en_plan.noegle])).content.decode()
        assert "ca. 12 mio. (Brevet)" in side
    budget = f.BidragFactory(budget__plan=min_plan, beloeb=4_000_000).budget
    assert "12 mio" not in "\n".join(skrevet_ud([("budget", blokdokument(papirindhold(budget)))]))


def test_faelles_uden_hvem_og_faelles_to_gange_er_fund(min_plan, nabo):
    f.FaellesFactory(plan=min_plan, navn="Bevilling", andre="")
    koder = ("faelles-uden-plan", "faelles-to-gange")
    assert kun(min_plan, *koder) == ["»Bevilling« er fælles, men der står ikke, med hvem."]
    min_plan.faelles.get().planer.add(nabo)
    assert kun(min_plan, *koder) == []
    f.FaellesFactory(plan=nabo, navn="bevilling").planer.add(min_plan)
    tekst = "»Bevilling« står også i Planen for Engen. Skriv det kun i den ene plan; så står det i dem begge."
    assert kun(min_plan, *koder) == [tekst]
    assert len(kun(nabo, *koder)) == 1


@pytest.mark.parametrize(
    ("raekke", "besked"),
    [
        ({"slags": "beloeb", "navn": "Bevilling"}, "Skriv det fælles beløb, eller ikke oplyst."),
        ({"slags": "beloeb", "navn": "Bevilling", "beloeb": "mange"}, "kan ikke læses som et beløb"),
        ({"slags": "sekretariat"}, "Feltet mangler."),
        ({"slags": "andet", "navn": "Hus", "planer": ["ny"]}, "En plan kan ikke være fælles med sig selv."),
        ({"slags": "andet", "navn": "Hus", "planer": ["ukendt"]}, "Planen »ukendt« findes ikke."),
        ({"slags": "andet", "navn": "Hus", "hoerer_til": "ude"}, "»ude« kan ikke vælges her."),
    ],
)
def test_noget_forkert_faelles_i_en_fil(raekke, besked):
    indlaes(REGELSAET, FORGAENGER)
    fejl = fejl_i(plan(faelles=[raekke]))
    assert [tekst for tekst in fejl if "faelles[1]" in tekst and besked in tekst], fejl


def test_en_fil_der_deler_noget_siger_det_i_den_andens_log():
    indlaes(REGELSAET, FORGAENGER, plan())
    gammel = Helhedsplan.objects.get(noegle="gammel")
    assert "Byrådet" in aftalens_ord(gammel)
    senest = Haendelse.objects.filter(kaede="gammel").order_by("nummer").last()
    assert [a["navn"] for a in senest.aendringer] == ["fælles med Den nye plan"]
    antal = Haendelse.objects.filter(kaede="gammel").count()
    indlaes(plan(behandlinger=None, faelles=None))
    assert Haendelse.objects.filter(kaede="gammel").count() == antal + 1
    assert "Byrådet" not in aftalens_ord(gammel)


def test_planer_slettes_ogsaa_naar_de_deler_noget(min_plan, nabo):
    f.BehandlingFactory(plan=min_plan).planer.add(nabo)
    f.FaellesFactory(plan=nabo).planer.add(min_plan)
    leder = min_plan.medlemskaber.get().bruger
    slet_plan(bruger=leder, plan=nabo, navn=nabo.navn)
    assert not min_plan.behandlinger.get().planer.exists()
    slet_plan(bruger=leder, plan=min_plan, navn=min_plan.navn)
    assert not Helhedsplan.objects.exists()


def test_alt_muligt_har_en_godkendelseskaede_og_noget_faelles(alt_muligt):
    papir = aftalens_ord(alt_muligt)
    for ord_ in (
        "Socialudvalget", "juni 2015", "Samme beslutning som for Helhedsplan for Agerlunden", "Hvedeparken",
        "Godkendt (41 for, 12 imod)", "Udfaldet er ikke oplyst", "ca. 4 mio. kr. (Bevillingsbrevet)",
    ):  # fmt: skip
        assert ord_ in papir, ord_


def test_alt_muligts_kommissorium_henviser_til_et_forkert_regulativ(alt_muligt):
    [fundet] = kun(alt_muligt, "andet-regulativ")
    assert "nævner regulativet fra 2011, men planen er under regulativet af 19. marts 2015." in fundet
