"""The pages of rule sets: for administrators, each form saved as it stands and with faults, each link followed."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aftaler.actions import regelsaet as handlinger
from aftaler.models import FastIndikator, Helhedsplan, Indsatsomraade, OverordnetMaal, Regelparameter, Regelsaet
from aftaler.planfil import regelsaet_som_data, som_yaml
from aftaler.queries.regelslags import REGELSLAGS, alle_raekker, slags_af
from helhedsplan.models import Haendelse, Kladde
from tests import factories as f
from tests.aftaler.planfil_data import REGELSAET, indlaes
from tests.formularproeve import dom, formularer, laes
from tests.integration.test_matrix import ADMINISTRATORENS
from tests.verden import i_sporet, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return f.BrugerFactory(er_administrator=True)


@pytest.fixture
def kilde():
    indlaes(REGELSAET)
    regelsaet = Regelsaet.objects.get(noegle="proeve")
    f.KontoFactory(regelsaet=regelsaet, plan=None, noegle="loen", navn="Løn")
    return regelsaet


@pytest.fixture
def kladde(admin, kilde):
    return handlinger.kopier_regelsaet(bruger=admin, fra=kilde, navn="2027-30")


@pytest.fixture
def klient(client, admin):
    client.force_login(admin)
    return client


def sti(navn: str, *argumenter) -> str:
    return reverse(navn, args=argumenter)


def adresser(kladde) -> dict[str, tuple[str, str]]:
    """Every page of the room: name -> (method, address)."""
    maal = slags_af("maal").raekker(kladde).first()
    r = kladde.noegle
    return {
        "regelsaet-liste": ("GET", sti("regelsaet-liste")),
        "regelsaet-indlaes": ("GET", sti("regelsaet-indlaes")),
        **{
            f"regelsaet-{navn}": ("GET", sti(f"regelsaet-{navn}", r))
            for navn in ("vis", "kopier", "rettelse", "ret", "forskel", "proev", "udgiv", "fil")
        },
        "regelraekke-opret": ("GET", sti("regelraekke-opret", r, "parametre")),
        "regelraekke-ret": ("GET", sti("regelraekke-ret", r, "maal", maal.pk)),
        "regelraekke-flyt": ("POST", sti("regelraekke-flyt", r, "skabelonafsnit", 1)),
        "regelraekke-slet": ("POST", sti("regelraekke-slet", r, "maal", maal.pk)),
        "regelsaet-slet": ("POST", sti("regelsaet-slet", r)),
    }


def test_kun_administratorer(client, kladde):
    sider = adresser(kladde)
    assert set(sider) == {navn for navn in ADMINISTRATORENS if navn.startswith("regel")}
    client.force_login(f.MedlemskabFactory(rolle="leder").bruger)
    assert {n: client.generic(m, a).status_code for n, (m, a) in sider.items()} == dict.fromkeys(sider, 403)
    assert Regelsaet.objects.filter(pk=kladde.pk).exists()


def test_alle_sider_kan_aabnes(klient, kladde):
    sider = adresser(kladde)
    svar = {n: klient.generic(m, a).status_code for n, (m, a) in sider.items()}
    assert svar == {n: 200 if m == "GET" else 302 for n, (m, _) in sider.items()}


@pytest.mark.parametrize("antal", [1, 3])
def test_siden_koster_lige_mange_forespoergsler(klient, kladde, antal, django_assert_num_queries):
    for nr in range(antal):
        o = f.IndsatsomraadeFactory(regelsaet=kladde, nummer=100 + nr)
        m = f.OverordnetMaalFactory(indsatsomraade=o, nummer=100 + nr)
        f.FastIndikatorFactory(maal=m)
        f.DelmaalsforslagFactory(indsatsomraade=o)
        f.SkabelonafsnitFactory(regelsaet=kladde, orden=100 + nr)
        f.RegelparameterFactory(regelsaet=kladde)
    with django_assert_num_queries(19):
        klient.get(sti("regelsaet-vis", kladde.noegle))


def test_hvert_link_paa_kladdens_side_virker(klient, kladde):
    side = klient.get(sti("regelsaet-vis", kladde.noegle)).content.decode()
    links = set(re.findall(r'href="(/regelsaet/[^"#]*)', side))
    assert len(links) > 20
    assert {h: klient.get(h.replace("&amp;", "&")).status_code for h in links} == dict.fromkeys(links, 200)
    for anker in re.findall(rf'href="{sti("regelsaet-vis", kladde.noegle)}#([^"]+)', side):
        assert f'id="{anker}"' in side


def test_hver_raekkes_form_gemmes_som_den_staar(klient, kladde):
    foer = regelsaet_som_data(kladde)
    for r in alle_raekker(kladde):
        url = sti("regelraekke-ret", kladde.noegle, r.slags.noegle, r.raekke.pk)
        [form] = [x for x in formularer(laes(klient.get(url)), url) if x.adresse == url]
        for knap in form.knapper:
            assert not (fejl := dom(klient, form, knap, False, True)), (url, fejl)
    assert regelsaet_som_data(kladde) == foer
    assert not Haendelse.objects.filter(handling="rettet").exists()


def test_hver_slags_kan_laegges_til_med_det_der_kraeves(klient, kladde):
    under = {"maal": "indsatsomraader", "delmaalsforslag": "indsatsomraader", "indikatorer": "maal"}
    skriv = {
        "parametre": {"noegle": "timesats2", "navn": "Ny"},
        "dokumentkrav": {"art": "samarbejdsaftale", "navn": "Aftalen"},
        "godkendelsesregler": {"beroerer": "parter", "niveau": "3", "verificeret": "nej"},
    }
    for slags in REGELSLAGS:
        url = sti("regelraekke-opret", kladde.noegle, slags.noegle)
        if slags.noegle in under:
            url += f"?under={slags_af(under[slags.noegle]).raekker(kladde).first().pk}"
        antal = slags.raekker(kladde).count()
        [form] = [x for x in formularer(laes(klient.get(url)), url) if x.adresse == url]
        form.udfyld(skriv.get(slags.noegle, {}))
        data = {felt.navn: felt.vaerdier for felt in form.felter}
        svar = klient.post(url, data)
        if svar.status_code == 422 and "bekraeftede_advarsler" in svar.content.decode():
            [form] = [x for x in formularer(laes(svar), url) if x.adresse == url]
            svar = klient.post(url, {felt.navn: felt.vaerdier for felt in form.felter})
        assert svar.status_code == 302, (slags.noegle, svar.content.decode())
        assert slags.raekker(kladde).count() == antal + 1, slags.noegle


def test_en_indikator_ingen_har_siges_ved_feltet(klient, kladde):
    maal = slags_af("maal").raekker(kladde).first()
    url = f"{sti('regelraekke-opret', kladde.noegle, 'indikatorer')}?under={maal.pk}"
    data = {"navn": "Andel ledige unge", "noegle": "ledigee", "enhed": "procent"}
    svar = klient.post(url, data)
    side = svar.content.decode()
    assert svar.status_code == 422
    assert 'href="#id_noegle">Ingen anden pulje har indikatoren »ledigee«. Mente du »ledige«?' in side
    assert 'value="Andel ledige unge"' in side
    assert not FastIndikator.objects.filter(noegle="ledigee").exists()
    klient.post(url, data | {"bekraeftede_advarsler": "ukendt:ledigee"})
    assert FastIndikator.objects.filter(noegle="ledigee", maal=maal).exists()
    igen = klient.post(url, {"navn": "En til", "noegle": "ledige", "enhed": "procent"})
    assert igen.status_code == 422
    assert "allerede en indikator med den nøgle" in igen.content.decode()


def test_en_parameter_ingen_regel_laeser_siges_ved_feltet(klient, kladde):
    url = sti("regelraekke-opret", kladde.noegle, "parametre")
    data = {"noegle": "lokal_min_pc", "navn": "Gulv", "vaerdi": "20", "enhed": "%", "verificeret": "nej"}
    svar = klient.post(url, data)
    assert svar.status_code == 422
    assert "Mente du »lokal_min_pct«?" in svar.content.decode()
    assert not Regelparameter.objects.filter(noegle="lokal_min_pc").exists()


@pytest.mark.parametrize(
    ("noegle", "skrevet", "besked"),
    [("lokal_min_pct", "150", "mellem 0 og 100"), ("lokal_min_pct", "hundrede", ""), ("timesats", "-1", "")],
)
def test_en_vaerdi_der_ikke_kan_bruges(klient, kladde, noegle, skrevet, besked):
    p = slags_af("parametre").raekker(kladde).get(noegle=noegle)
    Regelparameter.objects.filter(pk=p.pk, noegle="timesats").update(enhed="kr.")
    url = sti("regelraekke-ret", kladde.noegle, "parametre", p.pk)
    svar = klient.post(url, {"navn": "Andel", "vaerdi": skrevet, "enhed": "%", "verificeret": "nej"})
    side = svar.content.decode()
    assert svar.status_code == 422
    assert besked in side
    assert f'value="{skrevet}"' in side
    p.refresh_from_db()
    assert p.navn != "Andel"


def test_vaerdier_staar_som_man_skriver_dem(klient, kladde):
    slags_af("parametre").raekker(kladde).filter(noegle="timesats").update(vaerdi="1234.5", enhed="kr.")
    side = klient.get(sti("regelsaet-vis", kladde.noegle)).content.decode()
    assert re.findall(r'data-label="Værdi" class="tal">([^<]*)<', side) == ["25 %", "1.234,5 kr."]


def test_danske_tal_i_felterne(klient, kladde):
    p = slags_af("parametre").raekker(kladde).get(noegle="lokal_min_pct")
    url = sti("regelraekke-ret", kladde.noegle, "parametre", p.pk)
    data = {"noegle": p.noegle, "navn": "Andel", "vaerdi": "12,5 %", "enhed": "%", "verificeret": "nej"}
    assert klient.post(url, data).status_code == 302
    p.refresh_from_db()
    assert (str(p.vaerdi), p.navn) == ("12.5000", "Andel")


def test_en_andens_rettelse_bliver_ikke_overskrevet(klient, kladde, admin):
    p = slags_af("parametre").raekker(kladde).get(noegle="lokal_min_pct")
    url = sti("regelraekke-ret", kladde.noegle, "parametre", p.pk)
    [form] = [x for x in formularer(laes(klient.get(url)), url) if x.adresse == url]
    data = {felt.navn: felt.vaerdier for felt in form.felter} | {"navn": "Min"}
    Regelparameter.objects.filter(pk=p.pk).update(navn="En andens")
    svar = klient.post(url, data)
    assert svar.status_code == 422
    assert "En anden har rettet det" in svar.content.decode()
    assert 'value="Min"' in svar.content.decode()
    assert "Nu står der »En andens«." in svar.content.decode()
    p.refresh_from_db()
    assert p.navn == "En andens"
    [igen] = [x for x in formularer(laes(svar), url) if x.adresse == url]
    assert klient.post(url, {felt.navn: felt.vaerdier for felt in igen.felter}).status_code == 302
    p.refresh_from_db()
    assert p.navn == "Min"


def test_autogemt_tekst_kommer_igen_paa_en_side_uden_version(klient, kladde):
    o = slags_af("indsatsomraader").raekker(kladde).first()
    url = sti("regelraekke-ret", kladde.noegle, "indsatsomraader", o.pk)
    noegle = re.search(r'data-kladde="([^"]+)"', klient.get(url).content.decode())[1]
    assert klient.post(noegle, {"navn": "Halvt skrevet"}).status_code == 200
    assert Kladde.objects.count() == 1
    svar = klient.get(url)
    assert svar.status_code == 200
    assert 'value="Halvt skrevet"' in svar.content.decode()


def test_et_udgivet_regelsaet_siger_det_i_stedet_for_at_vise_en_form(klient, kilde):
    p = slags_af("parametre").raekker(kilde).first()
    url = sti("regelraekke-ret", kilde.noegle, "parametre", p.pk)
    side = klient.get(url).content.decode()
    assert "er udgivet og ændres ikke" in side
    assert 'id="rediger"' not in side
    svar = klient.post(url, {"navn": "Ny", "vaerdi": "1", "enhed": "%", "verificeret": "nej"})
    assert svar.status_code == 422
    p.refresh_from_db()
    assert p.navn != "Ny"
    klient.post(sti("regelraekke-slet", kilde.noegle, "parametre", p.pk))
    assert Regelparameter.objects.filter(pk=p.pk).exists()


# --- from draft to published, and a correction ------------------------------------------------------------------------


def test_fra_kopi_til_udgivet_og_rettet(klient, kilde):
    svar = klient.post(sti("regelsaet-kopier", kilde.noegle), {"navn": "2027-30"})
    assert svar.headers["Location"] == sti("regelsaet-vis", "2027-30")
    side = klient.get(sti("regelsaet-udgiv", "2027-30")).content.decode()
    assert "Det her fryses" in side
    assert "Indsatsområder: 2" in side
    klient.post(sti("regelsaet-udgiv", "2027-30"))
    ud = Regelsaet.objects.get(noegle="2027-30")
    assert ud.udgivet
    assert "Udgivet den" in klient.get(sti("regelsaet-vis", "2027-30")).content.decode()
    svar = klient.post(sti("regelsaet-rettelse", "2027-30"), {"grund": "Der manglede et komma i mål 1"})
    assert svar.headers["Location"] == sti("regelsaet-vis", "2027-30-v2")
    to = Regelsaet.objects.get(noegle="2027-30-v2")
    maal = slags_af("maal").raekker(to).get(nummer=1)
    url = sti("regelraekke-ret", to.noegle, "maal", maal.pk)
    assert klient.post(url, {"nummer": "7", "tekst": "Flere, i arbejde"}).status_code == 302
    maal.refresh_from_db()
    assert (maal.nummer, maal.tekst) == (1, "Flere, i arbejde"), "nummeret er låst i en rettelse"
    forskel = klient.get(sti("regelsaet-forskel", to.noegle)).content.decode()
    assert "<del>Flere i arbejde</del>" in forskel
    assert "<ins>Flere, i arbejde</ins>" in forskel
    klient.post(sti("regelsaet-udgiv", to.noegle))
    assert OverordnetMaal.objects.get(indsatsomraade__regelsaet=ud, nummer=1).tekst == "Flere i arbejde"
    ny = klient.get(reverse("plan-opret")).content.decode()
    valg = re.search(r'<select name="regelsaet".*?</select>', ny, re.S)[0]
    assert f'value="{to.pk}"' in valg
    assert f'value="{ud.pk}"' not in valg


def test_det_der_staar_i_vejen_siges_og_intet_udgives(klient, kladde):
    Indsatsomraade.objects.filter(regelsaet=kladde, noegle="skole").update(nummer=9)
    OverordnetMaal.objects.filter(indsatsomraade__regelsaet=kladde).filter(nummer=2).update(nummer=3)
    side = klient.get(sti("regelsaet-udgiv", kladde.noegle)).content.decode()
    assert "Det kan ikke udgives endnu" in side
    assert "To mål har nummer 3" in side
    svar = klient.post(sti("regelsaet-udgiv", kladde.noegle), follow=True)
    assert "To mål har nummer 3" in svar.content.decode()
    kladde.refresh_from_db()
    assert kladde.er_kladde


def test_proev_paa_en_opdigtet_plan(klient, kladde):
    p = slags_af("parametre").raekker(kladde).get(noegle="lokal_min_pct")
    antal = {m: m.objects.count() for m in (Helhedsplan, Haendelse, Regelsaet)}
    url = sti("regelsaet-proev", kladde.noegle)
    under = klient.post(url, {"plan": "", "medfinansiering": "22"}).content.decode()
    assert "Der mangler 360.000 kr." in under.replace("\xa0", " ")
    Regelparameter.objects.filter(pk=p.pk).update(vaerdi=20)
    over = klient.post(url, {"plan": "", "medfinansiering": "22"}).content.decode()
    assert "Det er 240.000 kr. over gulvet på 20 %." in over.replace("\xa0", " ")
    assert "får den opdigtede plan at vide" in over
    assert {m: m.objects.count() for m in antal} == antal
    kladde.refresh_from_db()
    assert kladde.er_kladde
    tomt = klient.post(url, {"plan": "", "medfinansiering": ""})
    assert tomt.status_code == 422
    assert "Skriv, hvor stor en del" in tomt.content.decode()


def test_proev_kun_paa_egne_planer(klient, kladde, admin):
    fremmed = f.HelhedsplanFactory(regelsaet=kladde.kopi_af, navn="En andens plan")
    egen = f.MedlemskabFactory(plan__regelsaet=kladde.kopi_af, plan__navn="Min plan", bruger=admin, rolle="leder").plan
    url = sti("regelsaet-proev", kladde.noegle)
    side = klient.get(url).content.decode()
    assert "Min plan" in side
    assert "En andens plan" not in side
    assert klient.post(url, {"plan": fremmed.noegle, "medfinansiering": "25"}).status_code == 422
    svar = klient.post(url, {"plan": egen.noegle, "medfinansiering": ""})
    assert svar.status_code == 200
    assert "fund bliver, som de er" in svar.content.decode()


# --- files ------------------------------------------------------------------------------------------------------------


def upload(klient, data, navn="pulje.yaml"):
    indhold = som_yaml(data).encode() if isinstance(data, dict) else data
    return klient.post(sti("regelsaet-indlaes"), {"fil": SimpleUploadedFile(navn, indhold)})


def bekraeft(klient, svar):
    side = svar.content.decode()
    felter = dict(re.findall(r'name="(indhold|filnavn)" value="([^"]*)"', side))
    return klient.post(sti("regelsaet-indlaes"), felter)


def test_det_hentede_kan_indlaeses_igen(klient, kladde):
    fil = klient.get(sti("regelsaet-fil", kladde.noegle)).content
    ny = fil.decode().replace("noegle: 2027-30\n", "noegle: 2031-34\n").replace("navn: 2027-30\n", "navn: 2031-34\n")
    svar = upload(klient, ny.encode())
    side = svar.content.decode()
    assert svar.status_code == 200
    assert "som en kladde. Intet er gemt endnu." in side
    assert "Indsatsområder: 2" in side
    assert not Regelsaet.objects.filter(noegle="2031-34").exists()
    assert bekraeft(klient, svar).headers["Location"] == sti("regelsaet-vis", "2031-34")
    indlaest = Regelsaet.objects.get(noegle="2031-34")
    assert indlaest.er_kladde
    assert klient.get(sti("regelsaet-fil", "2031-34")).content == ny.encode()
    igen = upload(klient, ny.encode())
    assert "filen siger det samme" in igen.content.decode()


def test_to_regelsaet_fra_filer_hedder_ikke_det_samme(klient, kladde):
    data = regelsaet_som_data(kladde) | {"noegle": "en-anden"}
    svar = upload(klient, data)
    assert svar.status_code == 422
    assert "Der er allerede et regelsæt, der hedder »2027-30«" in svar.content.decode()


def test_fejl_i_filen_staar_med_fil_linje_og_felt(klient, kladde):
    data = REGELSAET | {"noegle": "ny-pulje"}
    data["parametre"] = [{"noegle": "x", "navn": "X", "vaerdi": "13 %", "verificeret": "måske"}]
    svar = upload(klient, data, "ny pulje.yaml")
    side = svar.content.decode()
    assert svar.status_code == 422
    assert "Intet er indlæst" in side
    assert re.search(r"ny pulje.yaml, linje \d+, parametre\[1\]\.vaerdi: ", side)
    assert re.search(r"ny pulje.yaml, linje \d+, parametre\[1\]\.verificeret: ", side)
    assert not Regelsaet.objects.filter(noegle="ny-pulje").exists()


def test_en_indikator_ingen_har_siges_ved_linjen(klient, kilde):
    tekst = som_yaml(REGELSAET | {"noegle": "ny-pulje", "navn": "Ny pulje"}).replace(
        "noegle: ledige", "noegle: ledigee"
    )
    side = upload(klient, tekst.encode()).content.decode()
    linje = tekst[: tekst.index("noegle: ledigee")].count("\n") + 1
    sted = rf"linje {linje}, indsatsomraader\[1\].maal\[1\].indikatorer\[1\].noegle"
    assert re.search(rf"pulje.yaml, {sted}: Ingen anden pulje har indikatoren »ledigee«. Mente du »ledige«\?", side)


def test_et_andet_regelsaet_med_samme_noegle_aendres_ikke(klient, kilde):
    foer = regelsaet_som_data(kilde)
    svar = upload(klient, REGELSAET | {"note": "Anderledes"})
    assert svar.status_code == 422
    assert "noegle: Regelsættet »proeve« findes i forvejen" in svar.content.decode()
    assert regelsaet_som_data(kilde) == foer


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"{{{", b"format: helhedsplan-regelsaet/1\n"])
def test_en_fil_der_ikke_er_noget_er_aldrig_en_fejlside(klient, data):
    assert upload(klient, data).status_code == 422


def test_en_planfil_hoerer_til_et_andet_sted(klient, kilde):
    plan = {"format": "helhedsplan-plan/1", "noegle": "p", "navn": "P", "regelsaet": "proeve"}
    svar = upload(klient, plan)
    assert svar.status_code == 422
    assert "Filen er en plan" in svar.content.decode()
    assert not Helhedsplan.objects.exists()


def test_en_plan_som_administratoren_ikke_skriver_i(klient, kilde):
    plan = {"format": "helhedsplan-plan/1", "noegle": "p", "navn": "P", "regelsaet": "proeve"}
    assert not indlaes(plan).fejl
    svar = upload(klient, plan)
    assert svar.status_code == 422
    assert "Filen er en plan" in svar.content.decode()


def test_en_forhaandsvisning_der_er_lavet_om(klient):
    svar = klient.post(sti("regelsaet-indlaes"), {"indhold": "ikke base64!", "filnavn": "x"})
    assert svar.status_code == 422


# --- a plan moves -----------------------------------------------------------------------------------------------------


@pytest.fixture
def v(admin):
    v = verden()
    i_sporet(v.plan)
    return v


def test_planens_sekretariat_ser_foer_det_flytter(client, v, admin):
    fra = v.plan.regelsaet
    til = handlinger.begynd_rettelse(bruger=admin, af=fra, grund="Et mål var stavet forkert")
    maal = slags_af("maal").raekker(til).first()
    OverordnetMaal.objects.filter(pk=maal.pk).update(tekst="Den rettede ordlyd")
    Regelsaet.objects.filter(pk=til.pk).update(stand="udgivet", udgivet=date(2026, 1, 1))
    til.refresh_from_db()
    client.force_login(v.brugere["sekretariat"])
    url = sti("plan-regelsaet", v.plan.noegle)
    assert url in client.get(sti("indstillinger", v.plan.noegle)).content.decode()
    assert url in client.get(v.plan.get_absolute_url()).content.decode()
    side = client.get(url).content.decode()
    assert "Et mål var stavet forkert" in side
    assert "<ins>Den rettede ordlyd</ins>" in side
    ret = client.get(sti("plan-ret", v.plan.noegle)).content.decode()
    valg = re.search(r'<select name="regelsaet".*?</select>', ret, re.S)[0]
    assert [t for t in re.findall(r">([^<]+)</option>", valg) if t.startswith(fra.navn)] == [
        fra.med_version, til.med_version,
    ], "to versioner af det samme har hver sit navn"  # fmt: skip
    assert 'name="til"' not in side, "flyt kan først trykkes, når man har set, hvad det ændrer"
    proevet = client.post(url).content.decode()
    assert "Det kommer til" in proevet
    assert f'name="til" value="{til.noegle}"' in proevet
    assert Helhedsplan.objects.get(pk=v.plan.pk).regelsaet_id == fra.pk
    assert client.post(url, {"til": til.noegle}).status_code == 302
    assert Helhedsplan.objects.get(pk=v.plan.pk).regelsaet_id == til.pk
    assert "Det er den nyeste version" in client.get(url).content.decode()
    assert url not in client.get(sti("indstillinger", v.plan.noegle)).content.decode()
    assert url not in client.get(v.plan.get_absolute_url()).content.decode()
    assert client.post(url, {"til": til.noegle}).status_code == 302


# --- what a template may hold -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slags", "under", "skrevet", "felt", "besked"),
    [
        (
            "skabelonafsnit", "", {"dokument": "kommissorium", "titel": "Delmål", "art": "delmaal"}, "art",
            "»Delmål« kan kun stå i skabelonen for delaftale.",
        ),
        ("maal", "indsatsomraader", {"nummer": "99999999999", "tekst": "For stort"}, "nummer", "99"),
        ("maal", "indsatsomraader", {"nummer": "0", "tekst": "For lille"}, "nummer", "1"),
        ("maal", "indsatsomraader", {"nummer": "1", "tekst": "Igen"}, "nummer", "allerede et mål med det nummer"),
        (
            "dokumentkrav", "", {"art": "budget", "navn": "Igen", "verificeret": "nej"}, "art",
            "Regelsættet kræver allerede det dokument.",
        ),
        (
            "parametre", "", {"noegle": "Ævl bævl", "navn": "Ny", "verificeret": "nej"}, "noegle",
            "En nøgle består af bogstaver fra a til z",
        ),
    ],
)  # fmt: skip
def test_fejlen_staar_ved_sit_felt(klient, kladde, slags, under, skrevet, felt, besked):  # noqa: PLR0917
    ejer = slags_af(under).raekker(kladde).order_by("nummer").first() if under else None
    svar = klient.post(sti("regelraekke-opret", kladde.noegle, slags) + (f"?under={ejer.pk}" if ejer else ""), skrevet)
    assert svar.status_code == 422
    assert any(besked in fejl for fejl in svar.context["form"].errors.get(felt, [])), svar.context["form"].errors


def test_ja_og_nej_siges_som_tal(klient, kladde):
    p = Regelparameter.objects.create(
        regelsaet=kladde, noegle="to_par_oejne", navn="To par øjne", enhed="(1 ja, 0 nej)", verificeret="nej"
    )
    svar = klient.post(
        sti("regelraekke-ret", kladde.noegle, "parametre", p.pk),
        {"navn": p.navn, "vaerdi": "måske", "enhed": p.enhed, "verificeret": "nej"},
    )
    assert "Skriv 1 for ja eller 0 for nej." in svar.context["form"].errors["vaerdi"][0]
