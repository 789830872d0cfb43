"""The package to Landsbyggefonden: ready only with everything, the same bytes for the same editions, closed once."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from aftaler.actions.papirer import ret_tabel
from aftaler.choices import Dokumentart
from dokumenter import lager
from dokumenter.actions.pakke import lav_pakke, uploadet
from dokumenter.actions.udgave import frys, traek
from dokumenter.choices import Filart
from dokumenter.models import Pakke, Udgave
from dokumenter.queries.pakke import pakkeoverblik, pakkestilling
from helhedsplan.laest import en_side
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.dokumenter.pakkedata import ALLE, alt_andet_klart, klar_udgave
from tests.verden import verden


@pytest.fixture
def v(db):
    v = verden()
    alt_andet_klart(v)
    klar_udgave(v, Dokumentart.DELAFTALE, v.delaftale.noegle)
    return v


@pytest.fixture
def leder(v):
    return v.brugere["leder"]


def aaben(pakke):
    return zipfile.ZipFile(io.BytesIO(lager.hent(pakke.fil.name, pakke.sha256)))


def navne(pakke):
    with aaben(pakke) as arkiv:
        return arkiv.namelist()


def indhold(pakke, navn):
    with aaben(pakke) as arkiv:
        return arkiv.read(navn)


# --- ready ------------------------------------------------------------------------------------------------------------


def test_klar_naar_alt_er_der(v):
    stilling = pakkestilling(v.plan)
    assert (stilling.klar, stilling.mangler, stilling.i_ord) == (True, (), "Klar til upload")


@pytest.mark.parametrize("art", [art for art in ALLE if art != Dokumentart.INDBERETNINGSSKEMA])
def test_et_dokument_der_traekkes_tilbage_slukker(v, leder, art):
    udgave = v.plan.udgaver.get(art=art)
    traek(bruger=leder, udgave=udgave, grund="En fejl i teksten", version=udgave.version)
    stilling = pakkestilling(v.plan)
    assert not stilling.klar
    assert [linje.art for linje in stilling.linjer if not linje.er_klar] == [art]
    assert len(stilling.mangler) == 1
    with pytest.raises(ValidationError, match="ikke klar til upload"):
        lav_pakke(bruger=leder, plan=v.plan)


def test_uden_indberetningsskema_er_den_ikke_klar(v):
    v.plan.bilag.filter(art="indberetningsskema").delete()
    assert pakkestilling(v.plan).mangler == ("Indberetningsskema mangler.",)


def test_pakken_naevner_hvad_en_udgave_er_frosset_uden_og_hvorfor(v, leder):
    udgave = v.plan.udgaver.get(art=Dokumentart.DELAFTALE)
    felter = {"mangler": ["1 Baggrund", "Aktiviteter: ingen aktiviteter"], "uskrevet_begrundelse": "Aftales i juni."}
    QuerySet(Udgave).filter(pk=udgave.pk).update(**felter)  # as it was frozen
    siger = "Frosset med mangler: 1 Baggrund; Aktiviteter: ingen aktiviteter. Begrundelse: Aftales i juni."
    with aaben(lav_pakke(bruger=leder, plan=v.plan)) as arkiv:
        indhold = {n: arkiv.read(n).decode() for n in arkiv.namelist() if n.endswith((".html", ".csv", ".json"))}
    assert siger in indhold["00-indholdsfortegnelse.html"]
    assert siger in indhold["00-indholdsfortegnelse.csv"]
    assert [d["forbehold"] for d in json.loads(indhold["metadata.json"])["dokumenter"] if d["forbehold"]] == [siger]


def test_et_papir_frosset_med_mangler_siger_det_i_sin_raekke_og_taelles_for_sig(v, client):
    udgave = v.plan.udgaver.get(art=Dokumentart.DELAFTALE)
    felter = {"mangler": ["1 Baggrund"], "uskrevet_begrundelse": "Aftales i juni."}
    QuerySet(Udgave).filter(pk=udgave.pk).update(**felter)  # as it was frozen
    v.plan.bilag.filter(art="indberetningsskema").delete()
    stilling = pakkestilling(v.plan)
    assert stilling.i_ord == "7 af 8 dokumenter er klar, 1 af dem med mangler"
    assert [linje.art for linje in stilling.linjer if linje.med_mangler] == [Dokumentart.DELAFTALE]
    assert [linje.med_mangler for linje in pakkeoverblik(v.plan).linjer].count(True) == 1
    client.force_login(v.brugere["observatoer"])
    for side in ("pakke-vis", "dokument-liste"):
        html = client.get(reverse(side, args=[v.plan.noegle])).content.decode()
        assert (side, html.count("</span> med mangler</span>")) == (side, 1)
        assert "1 af dem med mangler" in html


def test_et_nyt_indsatsomraade_kraever_en_delaftale_mere(v):
    v.plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=v.plan.regelsaet, navn="Tryghed"))
    assert pakkestilling(v.plan).mangler == ("Delaftale om Tryghed mangler.",)


def test_uden_indsatsomraader_er_den_ikke_klar(v):
    v.plan.indsatsomraader.clear()
    assert "Der er ikke valgt indsatsområder, så delaftalerne mangler." in pakkestilling(v.plan).mangler


def test_uden_krav_er_den_ikke_klar(v):
    v.plan.regelsaet.dokumentkrav.all().delete()
    assert pakkestilling(v.plan).mangler == ("Regelsættet siger ikke, hvilke dokumenter pakken skal have.",)


def test_en_part_der_ikke_har_skrevet_under_slukker(v):
    udgave = v.plan.udgaver.get(art=Dokumentart.DELAFTALE)
    f.UnderskriverFactory(udgave=udgave)
    (mangel,) = pakkestilling(v.plan).mangler
    assert mangel.endswith("er ikke underskrevet af alle parter.")


# --- in spite of something -------------------------------------------------------------------------------------------

ALLE_KLAR = "Alle 8 dokumenter er godkendt og underskrevet, hvor de skal være det"
FORBEHOLD = f"{ALLE_KLAR}. 1 er ændret siden, og 1 er frosset med mangler"
GRUND = "Fonden har sagt ja til det."


@pytest.fixture
def rettet(v):
    """The beredskabsplan is written on since its edition, and the delaftale was frozen with gaps."""
    frys(bruger=PROGRAMMET, plan=v.plan, art="beredskabsplan", emne="")
    f.GodkendelseFactory(udgave=v.plan.udgaver.get(art="beredskabsplan", nummer=2))
    raekker = [{"navn": "Oversvømmelse", "sandsynlighed": 1, "konsekvens": 1, "haandtering": "", "ansvarlig": ""}]
    felter = {"mangler": ["1 Baggrund"], "uskrevet_begrundelse": "Aftales i juni."}
    QuerySet(Udgave).filter(plan=v.plan, art=Dokumentart.DELAFTALE).update(**felter)
    fremtid = timezone.now() + timedelta(hours=1)  # the others' editions are no true ones: nothing is written since
    QuerySet(Udgave).filter(plan=v.plan).exclude(art="beredskabsplan").update(frosset=fremtid)
    ret_tabel(bruger=PROGRAMMET, plan=v.plan, papir="beredskabsplan", raekker=raekker, version=None)
    return v


def test_overskriften_siger_det_som_det_er(rettet, leder, client):
    client.force_login(leder)
    html = client.get(reverse("pakke-vis", args=[rettet.plan.noegle])).content.decode()
    assert FORBEHOLD in html
    assert "Klar til upload" not in html
    assert "alert-success" not in html
    assert FORBEHOLD in client.get(rettet.plan.get_absolute_url()).content.decode()


def test_en_pakke_med_forbehold_vil_have_et_ja_og_en_grund(rettet, leder, client):
    client.force_login(leder)
    url = reverse("pakke-lav", args=[rettet.plan.noegle])
    assert FORBEHOLD in client.get(url).content.decode()
    for sendt in ({}, {"ja": "on"}, {"begrundelse": GRUND}, {"ja": "on", "begrundelse": "x"}):
        assert client.post(url, sendt).status_code == 422
    assert rettet.plan.pakker.count() == 1  # the one there was
    assert client.post(url, {"ja": "on", "begrundelse": GRUND}).status_code == 302
    pakke = rettet.plan.pakker.first()
    sagt = f"{FORBEHOLD}. Begrundelse: {GRUND}"
    assert sagt in indhold(pakke, "00-indholdsfortegnelse.html").decode()
    assert json.loads(indhold(pakke, "metadata.json"))["forbehold"] == sagt
    csvfil = indhold(pakke, "00-indholdsfortegnelse.csv").decode()
    assert "Ændret siden udgave 2." in csvfil
    assert "Frosset med mangler: 1 Baggrund. Begrundelse: Aftales i juni." in csvfil
    sporet = Haendelse.objects.om(pakke).first()
    assert {a["felt"]: a["efter"] for a in sporet.aendringer}["begrundelse"] == GRUND


def test_uden_forbehold_spoerges_der_ikke(v, leder, client):
    client.force_login(leder)
    url = reverse("pakke-lav", args=[v.plan.noegle])
    assert "begrundelse" not in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert json.loads(indhold(v.plan.pakker.first(), "metadata.json"))["forbehold"] == ""


def test_handlingen_vil_have_grunden_ogsaa(rettet, leder):
    with pytest.raises(ValidationError, match="hvorfor pakken laves, som den er"):
        lav_pakke(bruger=leder, plan=rettet.plan, begrundelse=" ")


def test_kommandoen_advarer_og_laver_den(rettet, tmp_path, capsys):
    call_command("pakke", rettet.plan.noegle, "--ud", str(tmp_path / "a.zip"))
    assert f"{FORBEHOLD}." in capsys.readouterr().err
    assert (tmp_path / "a.zip").exists()


@pytest.mark.parametrize("antal", [1, 3])
def test_antal_forespoergsler(v, antal, django_assert_max_num_queries):
    for nr in range(antal):
        omraade = f.IndsatsomraadeFactory(regelsaet=v.plan.regelsaet, navn=f"Område {nr}")
        v.plan.indsatsomraader.add(omraade)
    with en_side(), django_assert_max_num_queries(45):
        pakkestilling(v.plan)


# --- the file ---------------------------------------------------------------------------------------------------------


def test_pakkens_filer_staar_i_regelsaettets_raekkefoelge(v, leder):
    pakke = lav_pakke(bruger=leder, plan=v.plan)
    assert navne(pakke) == [
        "00-indholdsfortegnelse.html",
        "00-indholdsfortegnelse.csv",
        "metadata.json",
        "01-samarbejdsaftale-udgave-1.pdf",
        "02-milepaelsplan-udgave-1.pdf",
        "03-beredskabsplan-udgave-1.pdf",
        "04-kommissorium-udgave-1.pdf",
        "05-organisationsdiagram-udgave-1.pdf",
        f"06-delaftale-{v.delaftale.noegle}-udgave-1.pdf",
        "07-budget-bevilget-udgave-1.pdf",
        "08-indberetningsskema-skema-for-oesteromraadet.xlsx",
        "sha256.txt",
    ]


def test_manifestet_passer_paa_hver_fil(v, leder):
    pakke = lav_pakke(bruger=leder, plan=v.plan)
    linjer = indhold(pakke, "sha256.txt").decode().splitlines()
    angivne = {navn: maerke for maerke, navn in (linje.split("  ") for linje in linjer)}
    assert set(angivne) == set(navne(pakke)) - {"sha256.txt"}
    assert {n: hashlib.sha256(indhold(pakke, n)).hexdigest() for n in angivne} == angivne


def test_metadata_til_journalen(v, leder):
    pakke = lav_pakke(bruger=leder, plan=v.plan)
    udgave = v.plan.udgaver.get(art=Dokumentart.SAMARBEJDSAFTALE)
    data = json.loads(indhold(pakke, "metadata.json"))
    assert data["dokumenter"] == pakke.linjer
    assert data["dokumenter"][0] == {
        "fil": "01-samarbejdsaftale-udgave-1.pdf",
        "titel": udgave.titel,
        "dato": "2026-01-01",
        "tema": f"Strategisk samarbejdsaftale i {v.plan.navn}",
        "parter": [p.organisation.navn for p in v.plan.parter.select_related("organisation")],
        "version": "Udgave 1",
        "id": udgave.dokument_id,
        "sha256": udgave.pdf_sha256,
        "udgivet_sha256": udgave.pdf_sha256,
        "stoerrelse": len(f.PDF),
        "forbehold": "",
    }
    raekker = list(
        csv.DictReader(io.StringIO(indhold(pakke, "00-indholdsfortegnelse.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert [r["Fil"] for r in raekker] == [d["fil"] for d in data["dokumenter"]]
    assert raekker[0]["Dokument-id"] == udgave.dokument_id


def test_den_samme_pakke_giver_de_samme_byte_og_staar_en_gang(v, leder):
    foerste = lav_pakke(bruger=leder, plan=v.plan)
    v.plan.parter.all().update(underskriver="En anden")  # what changes in the plan does not reach it
    assert lav_pakke(bruger=leder, plan=v.plan).pk == foerste.pk
    assert v.plan.pakker.filter(sha256=foerste.sha256).count() == 1
    with aaben(foerste) as arkiv:
        assert {fil.date_time for fil in arkiv.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_scannet_papir_er_med_ved_siden_af_den_udstedte_fil(v, leder):
    udgave = v.plan.udgaver.get(art=Dokumentart.SAMARBEJDSAFTALE)
    f.FilrevisionFactory(udgave=udgave, nummer=2, art=Filart.SCANNET, foer=udgave.filrevisioner.get())
    pakke = lav_pakke(bruger=leder, plan=v.plan)
    assert navne(pakke)[3:5] == ["01-samarbejdsaftale-udgave-1.pdf", "01-samarbejdsaftale-udgave-1-scan-1.pdf"]


def test_en_fil_der_er_aendret_i_lageret_stopper_pakken(v, leder):
    udgave = v.plan.udgaver.get(art=Dokumentart.KOMMISSORIUM)
    f.FilrevisionFactory(udgave=udgave, nummer=2, art=Filart.STEMPLET, foer=udgave.filrevisioner.get(), sha256="0" * 64)
    with pytest.raises(ValidationError, match="ikke den, der blev gemt"):
        lav_pakke(bruger=leder, plan=v.plan)


def test_en_laeser_laver_ingen_pakke(v):
    with pytest.raises(PermissionDenied):
        lav_pakke(bruger=v.brugere["observatoer"], plan=v.plan)


# --- uploaded ---------------------------------------------------------------------------------------------------------


def test_uploadet_skrives_en_gang_og_staar_i_loggen(v, leder):
    pakke = lav_pakke(bruger=leder, plan=v.plan)
    i_dag = timezone.localdate()
    uploadet(bruger=leder, pakke=pakke, dato=i_dag, af="Leder A, Demo")
    gemt = Pakke.objects.get(pk=pakke.pk)
    assert (gemt.uploadet_den, gemt.uploadet_af) == (i_dag, "Leder A, Demo")
    assert Haendelse.objects.filter(objekt_type="dokumenter.pakke", handling="uploadet").count() == 1
    with pytest.raises(ValidationError, match="Pakken blev uploadet"):
        uploadet(bruger=leder, pakke=gemt, dato=i_dag, af="En anden")


@pytest.mark.parametrize(("dage", "besked"), [(1, "ude i fremtiden"), (-1, "kan ikke være uploadet før")])
def test_uploadet_paa_en_dag_der_ikke_kan_passe(v, leder, dage, besked):
    pakke = lav_pakke(bruger=leder, plan=v.plan)
    with pytest.raises(ValidationError, match=besked):
        uploadet(bruger=leder, pakke=pakke, dato=timezone.localdate() + timedelta(dage), af="Leder A, Demo")


# --- pages and command ------------------------------------------------------------------------------------------------


def test_fra_tjekliste_til_uploadet_paa_siden(v, leder, client):
    client.force_login(leder)
    side = reverse("pakke-vis", args=[v.plan.noegle])
    assert "Klar til upload" in client.get(side).content.decode()
    svar = client.post(reverse("pakke-lav", args=[v.plan.noegle]), follow=True)
    pakke = v.plan.pakker.first()
    assert f"Pakken {pakke.sha256[:12]} er lavet" in svar.content.decode()
    zip_ = client.get(reverse("pakke-zip", args=[v.plan.noegle, pakke.pk]))
    assert hashlib.sha256(zip_.content).hexdigest() == pakke.sha256
    uploadside = reverse("pakke-uploadet", args=[v.plan.noegle, pakke.pk])
    fejl = client.post(uploadside, {"dato": "01.01.2099", "af": "Leder A, Demo"})
    assert "ude i fremtiden" in fejl.content.decode()
    client.post(uploadside, {"dato": f"{timezone.localdate():%d.%m.%Y}", "af": "Leder A, Demo"})
    assert Pakke.objects.get(pk=pakke.pk).uploadet_af == "Leder A, Demo"
    assert "af Leder A, Demo" in client.get(side).content.decode()


def test_siden_siger_hvad_der_mangler_og_laver_ingen_pakke(v, leder, client):
    v.plan.bilag.filter(art="indberetningsskema").delete()
    client.force_login(leder)
    html = client.get(reverse("pakke-vis", args=[v.plan.noegle])).content.decode()
    assert "7 af 8 dokumenter er klar" in html
    assert "Lav pakken" not in html
    foer = v.plan.pakker.count()
    svar = client.post(reverse("pakke-lav", args=[v.plan.noegle]), follow=True)
    assert "Indberetningsskema mangler." in svar.content.decode()
    assert v.plan.pakker.count() == foer


def test_kommandoen_skriver_de_samme_byte(v, tmp_path, capsys):
    ud = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for fil in ud:
        call_command("pakke", v.plan.noegle, "--ud", str(fil))
    assert ud[0].read_bytes() == ud[1].read_bytes()
    assert hashlib.sha256(ud[0].read_bytes()).hexdigest() in capsys.readouterr().out
    assert lav_pakke(bruger=PROGRAMMET, plan=v.plan).sha256 == hashlib.sha256(ud[0].read_bytes()).hexdigest()


def test_kommandoen_siger_hvad_der_mangler(v, tmp_path):
    v.plan.bilag.filter(art="indberetningsskema").delete()
    with pytest.raises(CommandError, match="Indberetningsskema mangler"):
        call_command("pakke", v.plan.noegle, "--ud", str(tmp_path / "a.zip"))
    assert not (tmp_path / "a.zip").exists()


def test_tjeklisten_staar_paa_planens_overblik(v, client):
    client.force_login(v.brugere["observatoer"])
    html = client.get(v.plan.get_absolute_url()).content.decode()
    assert "Klar til upload" in html
    v.plan.bilag.filter(art="indberetningsskema").delete()
    data = pakkeoverblik(v.plan)
    assert data.i_ord == "7 af 8 dokumenter er klar"
    assert [(linje.navn, linje.naeste) for linje in data.linjer if not linje.klar] == [
        ("Indberetningsskema", "Sekretariatet lægger skemaet ind som bilag")
    ]
    v.plan.regelsaet.dokumentkrav.all().delete()
    assert pakkeoverblik(v.plan) is None
