"""What is told of a plan in rows of its own: typed once and the same on every way out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from aftaler.models import Helhedsplan, Sagsnummer
from aftaler.planfil import Planfil, laes_filer, plan_som_data, skriv_plan
from aftaler.queries.dokument import samarbejdsaftale
from dokumenter.blokke import blokdokument
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
