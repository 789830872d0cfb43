"""The pages of the indicators: what they say, what readers never see, and that their queries do not grow."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from helhedsplan.models import Kladde
from helhedsplan.rettigheder import ROLLER, Rettighed
from indikatorer.models import Accept, Indikator, Maaling, Sted
from tests import factories as f
from tests.formularproeve import laes

pytestmark = pytest.mark.django_db
#: What no reader may meet in any form: the count, its share of 80, and the words of its note.
HEMMELIGT = ("3,8", "3 af 80", "hviske")


@pytest.fixture
def plan():
    """Two areas and the kommune: figures of three years, the newest of the first area too small to be told."""
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="diskretion_min_antal", vaerdi=5)
    nord = f.StedFactory(plan=plan, navn="Nord", noegle="nord", orden=1)
    kommune = f.StedFactory(plan=plan, navn="Ishøj Kommune", noegle="kommunen", kommunen=True, omraade=None, orden=9)
    indikator = f.IndikatorFactory(plan=plan, er_fast=True, navn="Ledige", noegle="ledige", retning="ned", orden=1)
    for aar, antal in ((2022, 16), (2023, 12), (2024, 3)):
        smaa = {"note": "Vi kan hviske det"} if antal == 3 else {}
        vaerdi = Decimal(antal) * 100 / 80
        f.MaalingFactory(
            indikator=indikator,
            sted=nord,
            aar=aar,
            antal=antal,
            grundlag=80,
            vaerdi=vaerdi,
            er_baseline=aar == 2022,
            **smaa,
        )
        f.MaalingFactory(indikator=indikator, sted=kommune, aar=aar, vaerdi=Decimal(10))
    return plan


def som(client, plan, rolle):
    client.force_login(f.MedlemskabFactory(plan=plan, rolle=rolle).bruger)
    return client


def tekst(svar) -> str:
    return " ".join(svar.content.decode().replace("\xa0", " ").split())


SIDER = ["indikator-liste", "indikator-vis", "plan-overblik", "sted-liste"]


def adresse(plan, navn: str) -> str:
    return reverse(navn, args=[plan.noegle, *(["ledige"] if navn == "indikator-vis" else [])])


@pytest.mark.parametrize("rolle", sorted(set(ROLLER) - {"leder", "sekretariat"}))
@pytest.mark.parametrize("navn", SIDER)
def test_en_laeser_moeder_aldrig_det_lille_tal(client, plan, navn, rolle):
    svar = som(client, plan, rolle).get(adresse(plan, navn))
    assert svar.status_code == (
        200 if Rettighed.SE_FAG in ROLLER[rolle].rettigheder or navn == "plan-overblik" else 403
    )
    side = tekst(svar)
    assert [ord_ for ord_ in HEMMELIGT if ord_ in side] == []


def test_den_der_skriver_ser_det_maerket(client, plan):
    side = tekst(som(client, plan, "sekretariat").get(adresse(plan, "indikator-vis")))
    assert '3,8 % (3 af 80) <span class="maerke">diskretioneret</span>' in side
    assert "Kun de, der skriver planen, ser tallet." in side


@pytest.mark.parametrize("rolle", ["sekretariat", "observatoer"])
def test_diagrammer_og_ord_er_de_samme_for_alle(client, plan, rolle):
    """The suppressed year has no point, and no sentence is made of it."""
    side = tekst(som(client, plan, rolle).get(adresse(plan, "indikator-vis")))
    [billede] = re.findall(r"<svg [^>]*id=\"diagram\".*?</svg>", side)
    assert "Nord: 2022 20,0 %, 2023 15,0 %. Ishøj Kommune: 2022 10,0 %, 2023 10,0 %, 2024 10,0 %." in billede
    assert billede.count("<circle") == 2
    assert "nærmer sig" not in side, "the newest figure is hidden, so nothing is said of a gap"


def test_listen_siger_diskretioneret_og_mangler_i_stedet_for_tal(client, plan):
    som(client, plan, "observatoer")
    assert "diskretioneret" in tekst(client.get(adresse(plan, "indikator-liste")))
    Maaling.objects.filter(antal=3).update(
        tilstand="mangler", antal=None, grundlag=None, vaerdi=None, note="Ikke trukket endnu"
    )
    side = tekst(client.get(adresse(plan, "indikator-vis")))
    assert '<span aria-label="Mangler" role="img">–</span>' in side
    assert "Tallet mangler: Ikke trukket endnu" in side


def test_aar_der_ikke_er_de_samme_er_maerket(client, plan):
    Maaling.objects.filter(sted__noegle="kommunen", aar__gt=2022).delete()
    Maaling.objects.filter(antal=3).delete()
    side = tekst(som(client, plan, "observatoer").get(adresse(plan, "indikator-vis")))
    assert "Nord: 10,0 point efter kommunen (2022)" in side
    side = tekst(client.get(adresse(plan, "indikator-liste")))
    assert '<span class="maerke">sammenlignet i 2022</span>' in side


def test_fund_staar_oeverst_og_kan_anerkendes_og_traekkes_tilbage(client, plan):
    Maaling.objects.filter(antal=12).update(vaerdi=Decimal(50))
    som(client, plan, "sekretariat")
    liste = adresse(plan, "indikator-liste")
    besked = "Ledige, Nord, 2023: 12 er ikke 50,0 % af 80. Procenten svarer til 24-24"
    assert besked[:40] in tekst(client.get(liste))
    [(_, [fund])] = client.get(liste).context["talfundlinjer"]
    url = reverse("accept-opret", args=[plan.noegle, fund.noegle])
    assert client.post(url, {"begrundelse": ""}).status_code == 422
    assert client.post(url, {"begrundelse": "Kilden runder selv."}).status_code == 302
    assert client.get(liste).context["talfundlinjer"] == []
    assert "Kilden runder selv." in tekst(client.get(liste))
    assert client.post(url, {"begrundelse": "Igen"}).status_code == 404
    slet = reverse("accept-slet", args=[plan.noegle, Accept.objects.get().pk])
    assert client.post(slet).status_code == 302
    assert len(client.get(liste).context["talfundlinjer"]) == 1


def test_ens_fund_er_en_linje_og_anerkendes_hver_for_sig(client, plan):
    maal = f.OverordnetMaalFactory(indsatsomraade__regelsaet=plan.regelsaet)
    for nr in range(4):
        fast = f.FastIndikatorFactory(maal=maal, noegle=f"fast-{nr}", navn=f"Fast {nr}")
        f.IndikatorFactory(plan=plan, noegle=f"fast-{nr}", navn=f"Fast {nr}", fast=fast)
    liste = adresse(plan, "indikator-liste")
    side = laes(som(client, plan, "sekretariat").get(liste))
    [punkt] = [p for p in side.xpath("//li[contains(@class, 'fund ')]") if "baseline" in p.text_content()]
    assert "4 indikatorer mangler baseline: »Fast 0«," in " ".join(punkt.xpath(".//p")[0].text_content().split())
    [foerste, *_] = punkt.xpath(".//details//a/@href")
    assert client.post(foerste, {"begrundelse": "Tallet kommer i marts."}).status_code == 302
    punkt = laes(client.get(liste)).xpath("//li[contains(@class, 'fund ')]//p")[0].text_content()
    assert "3 indikatorer mangler baseline: »Fast 1«" in " ".join(punkt.split())
    assert not laes(som(client, plan, "observatoer").get(liste)).xpath("//li[contains(@class, 'fund ')]//details")


def test_anerkendte_fund_er_for_dem_der_skriver(client, plan):
    f.AcceptFactory(plan=plan, begrundelse="De tre er talt igen.")
    assert "talt igen" not in tekst(som(client, plan, "observatoer").get(adresse(plan, "indikator-liste")))


def test_faste_indikatorer_tages_med_fra_listen(client, plan):
    maal = f.OverordnetMaalFactory(indsatsomraade__regelsaet=plan.regelsaet)
    f.FastIndikatorFactory(maal=maal, noegle="karakter", navn="Karakterer", enhed="karakter")
    som(client, plan, "leder")
    assert client.get(adresse(plan, "indikator-liste")).context["faste_mangler"] is True
    assert client.post(reverse("indikator-faste", args=[plan.noegle])).status_code == 302
    assert Indikator.objects.get(noegle="karakter").enhed == "karakter"
    assert client.get(adresse(plan, "indikator-liste")).context["faste_mangler"] is False


def test_stedet_i_tabellen_findes_ogsaa_paa_side_to(client, plan):
    indikator = Indikator.objects.get(noegle="ledige")
    for nr in range(45):
        sted = f.StedFactory(plan=plan, art="afdeling", omraade=None, navn=f"Afdeling {nr:02}", orden=20 + nr)
        maaling = f.MaalingFactory(indikator=indikator, sted=sted, aar=2024, vaerdi=Decimal(nr))
    som(client, plan, "observatoer")
    svar = client.get(reverse("maaling-vis", args=[plan.noegle, "ledige", maaling.pk]))
    assert svar.url == f"{indikator.get_absolute_url()}?side=2#maaling-{maaling.pk}"
    assert f'id="maaling-{maaling.pk}"' in client.get(svar.url).content.decode()
    assert client.get(f"{indikator.get_absolute_url()}?side=99").context["side"].side == 2


def test_en_lokal_indikator_oprettes_med_maal_og_aarsmaal_rettes_og_slettes(client, plan):
    som(client, plan, "sekretariat")
    data = {
        "navn": "Unge i fritidsjob", "gruppe": "lokal", "enhed": "procent", "retning": "op", "maaltype": "graense",
        "sammenligning": ">=", "maalvaerdi": "30,5", "version": 0, "maalsti-TOTAL_FORMS": 2, "maalsti-INITIAL_FORMS": 0,
        "maalsti-0-aar": "2027", "maalsti-0-vaerdi": "28", "maalsti-1-aar": "2026", "maalsti-1-vaerdi": "25,5 %",
    }  # fmt: skip
    svar = client.post(reverse("indikator-opret", args=[plan.noegle]), data)
    assert svar.status_code == 302
    antal = client.post(reverse("indikator-opret", args=[plan.noegle]), data | {"enhed": "antal"})
    assert "Skriv et antal, ikke en procent." in tekst(antal)
    indikator = Indikator.objects.get(noegle="unge-i-fritidsjob")
    assert svar.url == indikator.get_absolute_url()
    assert [(s.aar, s.vaerdi) for s in indikator.maalsti.all()] == [(2026, Decimal("25.5")), (2027, 28)]
    assert "Mindst 30,5 %" in tekst(client.get(svar.url))

    ret = reverse("indikator-ret", args=[plan.noegle, indikator.noegle])
    aendret = data | {"version": indikator.version, "maalsti-1-aar": "2027"}
    assert "Der er allerede et mål for det år" in tekst(client.post(ret, aendret))
    assert client.post(ret, data | {"version": indikator.version, "navn": "Unge i job"}).status_code == 302
    assert client.post(ret, data | {"version": indikator.version, "navn": "Noget andet"}).status_code == 409
    assert client.post(reverse("indikator-slet", args=[plan.noegle, indikator.noegle])).status_code == 302
    assert not Indikator.objects.filter(pk=indikator.pk).exists()


def test_en_indikator_med_tal_slettes_ikke_og_skifter_ikke_til_en_umulig_enhed(client, plan):
    som(client, plan, "sekretariat")
    client.post(reverse("indikator-slet", args=[plan.noegle, "ledige"]))
    indikator = Indikator.objects.get(noegle="ledige")
    ret = reverse("indikator-ret", args=[plan.noegle, "ledige"])
    data = {"enhed": "antal", "retning": "ned", "version": indikator.version, "maalsti-TOTAL_FORMS": 0}
    svar = client.post(ret, data | {"maalsti-INITIAL_FORMS": 0})
    assert svar.status_code == 422
    assert "6 tal kan ikke være i den enhed. Ret tallene først." in tekst(svar)
    assert "navn" not in svar.context["form"].fields


def test_hvad_en_indikator_er_en_del_af(client, plan):
    """Said on its page, and refused at its field when it goes in a ring, or when there is nothing it can be of."""
    som(client, plan, "sekretariat")
    alle, drenge = Indikator.objects.get(noegle="ledige"), f.IndikatorFactory(plan=plan, navn="Drenge")
    f.IndikatorFactory(navn="En fremmed plans")
    ret = reverse("indikator-ret", args=[plan.noegle, drenge.noegle])
    data = {
        "navn": "Drenge", "gruppe": "lokal", "enhed": "procent", "retning": "ned", "hele": alle.pk, "opdeling": "køn",
        "version": drenge.version, "maalsti-TOTAL_FORMS": 0, "maalsti-INITIAL_FORMS": 0,
    }  # fmt: skip
    uden = client.post(ret, data | {"hele": ""})
    assert (uden.status_code, "hvad den er en del af, eller skriv »ud af«" in tekst(uden)) == (422, True)
    assert "En fremmed plans" not in tekst(uden)
    assert client.post(ret, data).status_code == 302
    assert f'Er en del af</dt><dd><a href="{alle.get_absolute_url()}">Ledige</a>, delt efter køn' in tekst(
        client.get(drenge.get_absolute_url())
    )
    ring = data | {"hele": drenge.pk, "version": alle.version}
    svar = client.post(reverse("indikator-ret", args=[plan.noegle, alle.noegle]), ring)
    assert (svar.status_code, "være en del af sig selv" in tekst(svar)) == (422, True)
    client.post(reverse("indikator-slet", args=[plan.noegle, alle.noegle]))
    assert Indikator.objects.filter(pk=alle.pk).exists()


@pytest.mark.parametrize(
    ("art", "felt"),
    [("omraade", "omraade"), ("kommune", "kommune"), ("land", None), ("flere_omraader", "omraader")],
)
def test_et_sted_beholder_kun_det_der_hoerer_til_dets_art(client, plan, art, felt):
    som(client, plan, "sekretariat")
    omraader = f.OmraadeFactory.create_batch(2, plan=plan)
    kommune = f.PartFactory(plan=plan, organisation=f.OrganisationFactory(kommune=True)).organisation
    data = {
        "navn": "Et nyt sted", "art": art, "omraade": omraader[0].pk, "omraader": [o.pk for o in omraader],
        "kommune": kommune.pk, "version": 0,
    }  # fmt: skip
    assert client.post(reverse("sted-opret", args=[plan.noegle]), data).status_code == 302
    sted = Sted.objects.get(navn="Et nyt sted")
    holdt = {"omraade": sted.omraade, "kommune": sted.kommune, "omraader": sted.omraader.count() or None}
    assert {navn for navn, vaerdi in holdt.items() if vaerdi} == ({felt} if felt else set())
    assert (sted.noegle, sted.orden) == ("et-nyt-sted", 10)


def test_et_omraade_tilsammen_er_mindst_to(client, plan):
    som(client, plan, "sekretariat")
    data = {"navn": "Samlet", "art": "flere_omraader", "omraader": [plan.omraader.first().pk], "version": 0}
    svar = client.post(reverse("sted-opret", args=[plan.noegle]), data)
    assert svar.status_code == 422
    assert "Vælg mindst to områder, eller vælg en anden slags sted." in tekst(svar)


def maalingsdata(**felter) -> dict:
    sted = Sted.objects.get(noegle="nord")
    return {
        "sted": sted.pk, "aar": "2025", "tilstand": "vaerdi", "antal": "1.258", "grundlag": "", "vaerdi": "26,1",
        "decimaler": "1", "trykform": "antal_foerst", "version": 0,
    } | felter  # fmt: skip


def test_et_tal_skrives_rettes_flettes_og_slettes(client, plan):
    som(client, plan, "sekretariat")
    opret = reverse("maaling-opret", args=[plan.noegle, "ledige"])
    assert client.post(opret, maalingsdata()).status_code == 302
    maaling = Maaling.objects.get(aar=2025)
    assert (maaling.antal, maaling.vaerdi) == (1258, Decimal("26.1"))
    assert "Der er allerede et tal for den indikator, det sted og det år." in tekst(client.post(opret, maalingsdata()))

    ret = reverse("maaling-ret", args=[plan.noegle, "ledige", maaling.pk])
    foerste = maalingsdata(version=maaling.version)
    assert client.post(ret, foerste | {"kilde": "VIVE"}).status_code == 302
    svar = client.post(ret, foerste | {"antal": "1.300"})
    assert svar.status_code == 409
    assert svar.context["form"]["kilde"].value() == "VIVE"
    assert client.post(reverse("maaling-slet", args=[plan.noegle, "ledige", maaling.pk])).status_code == 302
    assert not Maaling.objects.filter(aar=2025).exists()


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"vaerdi": "101"}, "En procent ligger mellem 0 og 100."),
        ({"antal": "90", "grundlag": "80"}, "Antallet er større end det, det er ud af."),
        ({"aar": "1889"}, "Skriv et tal på mindst 1990."),
        ({"dato": "1.11.2024"}, "Dagen ligger i 2024, men tallet er for 2025."),
        ({"tilstand": "mangler"}, "Skriv et antal eller en værdi, eller vælg, at det mangler eller er skjult."),
        ({"note": "Kaldes 010203-1234"}, "CPR"),
    ],
)
def test_et_umuligt_tal_siges_paa_dansk_og_det_skrevne_bliver(client, plan, felter, besked):
    som(client, plan, "sekretariat")
    svar = client.post(reverse("maaling-opret", args=[plan.noegle, "ledige"]), maalingsdata(**felter))
    assert svar.status_code == 422
    assert besked in tekst(svar)
    assert svar.context["form"]["antal"].value() == felter.get("antal", "1.258")
    assert not Maaling.objects.filter(aar=2025).exists()


def test_en_kladde_bliver_taget_op(client, plan):
    som(client, plan, "sekretariat")
    url = reverse("maaling-opret", args=[plan.noegle, "ledige"])
    noegle = client.get(url).context["noegle"]
    client.post(reverse("kladde-gem", args=[noegle]), maalingsdata(antal="999"))
    assert Kladde.objects.count() == 1
    assert client.get(url).context["form"]["antal"].value() == "999"


def test_en_indikator_der_taeller_spoerger_ikke_om_en_vaerdi(client, plan):
    f.IndikatorFactory(plan=plan, noegle="antal", enhed="antal")
    som(client, plan, "sekretariat")
    felter = client.get(reverse("maaling-opret", args=[plan.noegle, "antal"])).context["form"].fields
    assert {"vaerdi", "decimaler"} & set(felter) == set()


@pytest.mark.usefixtures("uden_klokke")
@pytest.mark.parametrize(
    ("navn", "hoejst"), [("indikator-liste", 32), ("indikator-vis", 19), ("sted-liste", 7), ("plan-overblik", 139)]
)
def test_antallet_af_forespoergsler_er_fast(client, navn, hoejst, django_assert_max_num_queries):
    fundne = []
    for antal in (1, 3):
        plan = f.HelhedsplanFactory()
        for nr in range(antal):
            noegle = {} if nr else {"noegle": "ledige"}
            indikator = f.IndikatorFactory(plan=plan, er_fast=True, **noegle)
            f.MaalstiFactory(indikator=indikator)
            for _ in range(antal):
                f.MaalingFactory(indikator=indikator, sted=f.StedFactory(plan=plan), antal=20, grundlag=80)
        som(client, plan, "sekretariat")
        with django_assert_max_num_queries(hoejst) as fangede:
            assert client.get(adresse(plan, navn)).status_code == 200
        fundne.append(len(fangede))
    assert fundne[0] == fundne[1]
