"""A plan of which its pulje, the owner of an afdeling and most days are told by half: page, paper, rules and round trip
say what is known, what is known not to be told, and blame nobody."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from aftaler.models import Afdeling, Helhedsplan, Organisation, Regelsaet
from aftaler.pdf import papir_html
from aftaler.planfil import Planfil, laes_filer, skriv_plan
from aftaler.queries.dokument import samarbejdsaftale
from aftaler.queries.indstillinger import parametre
from aftaler.queries.kontrol import kontroller
from dokumenter.queries.dokumenter import dokumenter
from dokumenter.queries.pakke import pakkestilling
from helhedsplan.choices import Alvor
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.queries.opfoelgning import plan_maal
from kalender.models import Frist
from kalender.queries.kalender import planens_kalender
from kalender.queries.kalenderregler import UDEN_DAG
from moeder.models import Bestyrelsesmedlem
from tests import factories as f

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures"
FIL = FIXTURES / "planer" / "halvt-fortalt.yaml"


@pytest.fixture
def plan():
    filer = [FIXTURES / "regelsaet" / "2015-18.yaml", FIL]
    resultat = laes_filer([Planfil.fra(sti) for sti in filer], bruger=PROGRAMMET)
    assert resultat.fejl == []
    return Helhedsplan.objects.get(noegle="halvt-fortalt")


def test_den_kommer_ud_som_den_kom_ind(plan):
    assert skriv_plan(plan) == FIL.read_text(encoding="utf-8")


def test_intet_krav_fra_en_pulje_som_ingen_har_fortalt(plan):
    fund = kontroller(plan)
    assert [en for en in fund if en.alvor == Alvor.FEJL] == []
    assert {"pulje-ikke-oplyst", "afdelings-ejer"} <= {en.kode for en in fund if en.kan_ikke_ses}
    assert {p.vaerdi for p in parametre(plan)} == {None}
    assert plan_maal(plan) == []
    assert [linje for linje in dokumenter(plan) if linje.krav] == []
    assert "Puljen er ikke oplyst" in pakkestilling(plan).mangler[0]
    # The same plan under a pulje that is told is asked for what that pulje demands.
    plan.ikke_oplyst = [hvad for hvad in plan.ikke_oplyst if hvad != "pulje"]
    plan.save()
    kendt = Helhedsplan.objects.get(pk=plan.pk)
    assert any(p.vaerdi for p in parametre(kendt))
    assert [linje for linje in dokumenter(kendt) if linje.krav]


def test_side_og_papir_siger_det_som_det_er_fortalt(plan, client):
    html = papir_html(samarbejdsaftale(plan), {})
    assert "Ikke oplyst" in html[html.index("Pulje") :][:200]
    assert "2015-18" not in html
    assert "Engdraget, afd. 12 (ejer ikke oplyst)" in html
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    ventet = {
        "plan-overblik": ("Ikke oplyst", "skabelonen for 2015-18"),
        "indstillinger": ("Engdragets Rækkehuse (ejer ikke oplyst)", "hvis ejer ikke er oplyst"),
        "bestyrelsesmedlemmer": (
            "foråret 2016 – slutdato ikke oplyst",
            "fra formentlig 1. marts 2017",
            "udgangen af 2018",
        ),
        "kalender-liste": ("Uden dag", "ikke oplyst", "sommeren 2020"),
        "opfoelgning-liste": ("Puljen er ikke oplyst",),
    }
    budget = client.get(reverse("budget-vis", args=[plan.noegle, "bevilget"])).content.decode()
    assert "godkendt vinteren 2015/16" in budget
    for navn, ord_ in ventet.items():
        side = client.get(reverse(navn, args=[plan.noegle]), follow=True)
        assert side.status_code == 200, navn
        for et in ord_:
            assert et in side.content.decode(), (navn, et)


def test_datoerne_regnes_med_deres_graenser(plan):
    c = Bestyrelsesmedlem.objects.get(navn__startswith="Beboer C")
    assert (c.er_gaaet(date(2019, 1, 1)), c.er_gaaet(date(2018, 12, 31))) == (True, False)
    assert "Beboer C, Demo" not in {m.navn for m in Bestyrelsesmedlem.objects.paa(date(2020, 1, 1))}
    assert Bestyrelsesmedlem.objects.paa(date(2016, 2, 1)).filter(navn__startswith="Forretning").count() == 0
    linjer = {linje.titel: linje for linje in planens_kalender(plan, date(2020, 7, 1)) if linje.frist}
    assert linjer["Luk regnskabet"].dato == date(2020, 8, 31)
    assert linjer["Send den sidste status til Landsbyggefonden"].dato == UDEN_DAG


def test_formularerne_tager_ord(plan, client):
    leder = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    client.force_login(leder)
    svar = client.post(
        reverse("afdeling-uden-ejer", args=[plan.noegle]), {"version": "0", "navn": "Bækken", "nummer": ""}
    )
    assert svar.status_code == 302, svar.context["form"].errors
    ny = Afdeling.objects.get(navn="Bækken")
    assert (ny.organisation.er_ikke_oplyst, str(ny.organisation)) == (True, "Ejer ikke oplyst")
    assert Organisation.objects.filter(navn="Ejer ikke oplyst").count() == 2
    svar = client.get(reverse("omraade-ret", args=[plan.noegle, plan.omraader.first().pk]))
    assert "Ejer ikke oplyst: Bækken" in svar.content.decode()
    frist = {"version": "0", "titel": "Send brevet", "dato": "foråret 2027", "note": "", "udfoert": ""}
    svar = client.post(reverse("frist-opret", args=[plan.noegle]), frist)
    assert svar.status_code == 302, svar.context["form"].errors
    assert Frist.objects.get(titel="Send brevet").dato_sagt == "foråret 2027"
    svar = client.post(reverse("frist-opret", args=[plan.noegle]), frist | {"dato": ""})
    assert svar.status_code == 422
    client.force_login(f.BrugerFactory(er_administrator=True))
    kladde = f.RegelsaetFactory(stand="kladde")
    side = reverse("regelsaet-ret", args=[kladde.noegle])
    data = {felt.html_name: felt.value() or "" for felt in client.get(side).context["form"]}
    svar = client.post(side, data | {"regulativ": "foråret 2011"})
    assert svar.status_code == 302, svar.context["form"].errors
    kladde = Regelsaet.objects.get(pk=kladde.pk)
    assert (kladde.regulativ, str(kladde.regulativet)) == (None, "foråret 2011")
