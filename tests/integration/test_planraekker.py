"""What is told of a plan in rows of its own: typed once and the same on every way out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from aftaler.models import Helhedsplan, Sagsnummer
from aftaler.planfil import Planfil, laes_filer, plan_som_data, skriv_plan
from aftaler.queries.dokument import samarbejdsaftale
from aftaler.queries.kontrol import kontroller
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
