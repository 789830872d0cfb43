"""A rule set asks for a paper that the program does not write: a plan puts it in as a file, and it counts."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aftaler.actions import regelsaet as handlinger
from aftaler.models import Bilag, Dokumentkrav, Helhedsplan, Regelsaet
from aftaler.planfil import plan_som_data, regelsaet_som_data
from aftaler.queries.regelslags import slags_af
from dokumenter.queries.dokumenter import dokumenter
from dokumenter.queries.pakke import pakkedokumenter, pakkestilling
from tests import factories as f
from tests.aftaler.planfil_data import REGELSAET, indlaes, laes

pytestmark = pytest.mark.django_db
KRAV = {"art": "fil", "noegle": "aktivitetsskema", "navn": "Aktivitetsskema", "verificeret": "nej"}
KRAV["note"] = "Ét ark for hver aktivitet"
PROJEKT = {"art": "fil", "noegle": "projektbeskrivelse", "navn": "Projektbeskrivelse", "verificeret": "nej"}
MED_PAPIRER = REGELSAET | {"dokumentkrav": [*REGELSAET["dokumentkrav"], KRAV, PROJEKT]}
PLAN = {"format": "helhedsplan-plan/1", "noegle": "p", "navn": "P", "regelsaet": "proeve"}


@pytest.fixture
def plan():
    indlaes(MED_PAPIRER, PLAN)
    return Helhedsplan.objects.get(noegle="p")


@pytest.fixture
def leder(client, plan):
    bruger = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    client.force_login(bruger)
    return bruger


def linjer(plan):
    return {linje.emne: linje for linje in dokumenter(Helhedsplan.objects.get(pk=plan.pk)) if linje.art == "fil"}


def test_regelsaettet_er_det_samme_frem_og_tilbage():
    indlaes(MED_PAPIRER)
    data = regelsaet_som_data(Regelsaet.objects.get())
    assert data["dokumentkrav"][-2:] == [KRAV, PROJEKT]
    assert [u.hvad for u in indlaes(data).udfald] == ["uændret"]
    assert all("noegle" not in krav for krav in data["dokumentkrav"][:-2])


@pytest.mark.parametrize(
    ("krav", "felt"),
    [
        (KRAV | {"noegle": ""}, "dokumentkrav[3]"),
        (KRAV | {"art": "milepaelsplan"}, "dokumentkrav[3]"),
        (KRAV | {"noegle": "æblegrød og mere"}, "dokumentkrav[3].noegle"),
    ],
)
def test_et_krav_der_ikke_kan_vaere(krav, felt):
    fejl = laes(REGELSAET | {"dokumentkrav": [*REGELSAET["dokumentkrav"], krav]}).fejl
    assert fejl
    assert all(x.felt.startswith(felt) for x in fejl)


def test_to_papirer_med_samme_noegle():
    fejl = laes(REGELSAET | {"dokumentkrav": [KRAV, KRAV | {"navn": "Et andet"}]}).fejl
    assert [x.felt for x in fejl] == ["dokumentkrav[2]"]


def test_papiret_mangler_til_filen_er_lagt_ind(client, plan, leder):
    mangler = linjer(plan)["aktivitetsskema"]
    assert (mangler.navn, mangler.er_klar, mangler.naeste) == (
        "Aktivitetsskema", False, "Sekretariatet lægger filen ind som bilag",
    )  # fmt: skip
    assert "Aktivitetsskema mangler." in pakkestilling(plan).mangler
    side = client.get(reverse("dokument-liste", args=["p"])).content.decode()
    assert f'href="{mangler.kladde_url}"' in side
    svar = client.get(mangler.kladde_url).content.decode()
    assert 'value="Aktivitetsskema"' in svar
    assert "Ét ark for hver aktivitet" in svar, "regelsættets vejledning står, hvor filen lægges ind"
    data = {
        "fil": SimpleUploadedFile("skema.txt", b"Aktiviteter i omraadet"),
        "titel": "Aktivitetsskema", "art": "andet", "papir": "aktivitetsskema",
    }  # fmt: skip
    assert client.post(mangler.kladde_url, data).status_code == 302
    er = linjer(plan)
    assert (er["aktivitetsskema"].er_klar, er["projektbeskrivelse"].er_klar) == (True, False)
    assert "Aktivitetsskema mangler." not in pakkestilling(plan).mangler
    assert "Aktivitetsskema" in client.get(reverse("dokument-liste", args=["p"])).content.decode()


def test_filen_kommer_med_i_pakken(plan):
    Dokumentkrav.objects.filter(regelsaet=plan.regelsaet).exclude(noegle="aktivitetsskema").delete()
    bilag = f.BilagFactory(plan=plan, titel="Skema", papir="aktivitetsskema")
    f.BilagFactory(plan=plan, titel="Noget andet")
    stilling = pakkestilling(plan)
    [dokument] = pakkedokumenter(plan, stilling)
    assert (dokument.navn, dokument.bilag) == ("Aktivitetsskema", (bilag,))


def test_bilaget_er_det_samme_frem_og_tilbage_i_planfilen(plan):
    skema = {"titel": "S", "art": "andet", "papir": "aktivitetsskema", "filnavn": "s.txt"}
    indhold = base64.b64encode(b"Aktiviteter i omraadet").decode()
    indlaes(PLAN | {"noegle": "q", "bilag": [skema | {"indhold": indhold}]})
    [gemt] = plan_som_data(Helhedsplan.objects.get(noegle="q"))["bilag"]
    assert {k: v for k, v in gemt.items() if k != "indhold"} == skema


def test_uden_saadanne_papirer_spoerger_formen_ikke(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    assert 'name="papir"' not in client.get(reverse("bilag-opret", args=[plan.noegle])).content.decode()


def test_et_papir_der_ikke_er_i_regelsaettet_kan_ikke_vaelges(client, plan, leder):
    data = {"fil": SimpleUploadedFile("s.txt", b"Noget"), "titel": "S", "art": "andet", "papir": "findes-ikke"}
    svar = client.post(reverse("bilag-opret", args=["p"]), data)
    assert svar.status_code == 422
    assert not Bilag.objects.exists()


def test_administratoren_tilfoejer_et_papir_og_programmet_giver_det_en_noegle():
    indlaes(REGELSAET)
    admin = f.BrugerFactory(er_administrator=True)
    kladde = handlinger.kopier_regelsaet(bruger=admin, fra=Regelsaet.objects.get(), navn="2027-30")
    slags = slags_af("dokumentkrav")
    for art, navn, noegle in (("fil", "Aktivitetsskema", "aktivitetsskema"), ("kommissorium", "Kommissorium", "")):
        ny = Dokumentkrav(regelsaet=kladde, art=art, navn=navn, verificeret="nej")
        handlinger.opret_raekke(bruger=admin, regelsaet=kladde, slags=slags, raekke=ny)
        assert ny.noegle == noegle


# --- for each indsatsområde, and signed -------------------------------------------------------------------------------

HVERT = KRAV | {"pr_indsatsomraade": True, "underskrives": True}


@pytest.fixture
def med_hvert(client):
    indlaes(REGELSAET | {"dokumentkrav": [HVERT]}, PLAN)
    plan = Helhedsplan.objects.get(noegle="p")
    plan.indsatsomraader.set(list(plan.regelsaet.indsatsomraader.all()[:2]))
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    return plan


def test_et_papir_for_hvert_indsatsomraade_der_underskrives(client, med_hvert):
    plan = med_hvert
    en, anden = plan.indsatsomraader.all()
    noegler = [f"aktivitetsskema--{o.noegle}" for o in (en, anden)]
    foerst = linjer(plan)
    assert {n: (li.navn, li.trin) for n, li in foerst.items()} == {
        noegler[0]: (f"Aktivitetsskema om {en.navn}", "mangler"),
        noegler[1]: (f"Aktivitetsskema om {anden.navn}", "mangler"),
    }
    adresse = foerst[noegler[0]].kladde_url
    assert f'value="Aktivitetsskema om {en.navn}"' in client.get(adresse).content.decode()
    fil = SimpleUploadedFile("skema.txt", b"Aktiviteter i omraadet")
    data = {"fil": fil, "titel": "Skema", "art": "andet", "papir": noegler[0], "underskrevet": ""}
    assert client.post(adresse, data).status_code == 302
    linje = linjer(plan)[noegler[0]]
    assert (linje.trin, linje.er_klar) == ("uploadet", False)
    assert f"{linje.navn} er lagt ind, men ikke underskrevet." in pakkestilling(plan).mangler
    assert "underskrevne fil" in linje.naeste
    bilag = plan.bilag.get()
    ret = reverse("bilag-ret", args=["p", bilag.pk])
    for sagt, klar in (("ikke oplyst", False), ("foråret 2026", True)):
        client.post(ret, {k: v for k, v in data.items() if k != "fil"} | {"underskrevet": sagt})
        linje = linjer(plan)[noegler[0]]
        assert (linje.er_klar, linje.trin) == (klar, "underskrevet" if klar else "uploadet")
    assert linje.naeste == ""
    assert linjer(plan)[noegler[1]].trin == "mangler"
    assert client.get(reverse("dokument-liste", args=["p"])).status_code == 200
    assert plan_som_data(plan)["bilag"][0]["underskrevet"] == "foråret 2026"
    [dokument, _] = pakkedokumenter(plan, pakkestilling(plan))
    assert dokument.bilag == (bilag,)


def test_kravet_er_det_samme_frem_og_tilbage(med_hvert):
    assert regelsaet_som_data(Regelsaet.objects.get())["dokumentkrav"] == [HVERT]


def test_hvor_ingen_fil_skal_underskrives_spoerger_formen_ikke(client, plan, leder):
    assert 'name="underskrevet"' not in client.get(reverse("bilag-opret", args=["p"])).content.decode()
