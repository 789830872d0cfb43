"""The state's lists: the criteria as data, an area's years, how far from the limits, and what waits to be written."""

from datetime import date
from decimal import Decimal

import pytest
import yaml
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from indikatorer.actions.status import gem_status, slet_status
from indikatorer.actions.statuslister import indlaes_statuslister
from indikatorer.models import Omraadestatus, Statuskriterium, Statusliste
from indikatorer.queries.status import lister, statusfund, statusside
from indikatorer.rules.status import Statuskrav, afstand, liste_mangler, nyeste_liste, opfyldt
from tests import factories as f
from tests.factories import (
    BrugerFactory,
    HelhedsplanFactory,
    MedlemskabFactory,
    OmraadeFactory,
    OmraadestatusFactory,
    StatuskriteriumFactory,
)


@pytest.mark.parametrize(
    ("kriterium", "vaerdi", "ventet"),
    [
        (("over", 40, "procent"), "37.7", (False, "2,3 point under grænsen")),
        (("over", 40, "procent"), "40", (False, "på grænsen")),
        (("over", 40, "procent"), "40.1", (True, "0,1 point over grænsen")),
        (("mindst", 3, "gange"), "3", (True, "på grænsen")),
        (("mindst", 3, "gange"), "2.45", (False, "0,55 gange under grænsen")),
        (("mindst", 1000, "antal"), "4209", (True, "3.209 over grænsen")),
        (("under", 55, "procent"), "54.5", (True, "0,5 point under grænsen")),
        (("under", 55, "procent"), "55", (False, "på grænsen")),
        (("under", 55, "procent"), "61", (False, "6 point over grænsen")),
    ],
)
def test_hvad_der_er_opfyldt_og_hvor_langt_der_er_til_graensen(kriterium, vaerdi, ventet):
    art, graense, enhed = kriterium
    holdt_op_mod = Statuskrav("k", "Kriterium", art, Decimal(graense), enhed, False)
    assert (opfyldt(holdt_op_mod, Decimal(vaerdi)), afstand(holdt_op_mod, Decimal(vaerdi))) == ventet


@pytest.mark.parametrize(
    ("dag", "aar"), [(date(2026, 11, 30), 2025), (date(2026, 12, 1), 2026), (date(2026, 1, 1), 2025)]
)
def test_den_nyeste_liste_er_den_fra_sidste_1_december(dag, aar):
    assert nyeste_liste(dag) == aar


# --- the criteria as data ---------------------------------------------------------------------------------------------


@pytest.fixture
def kriterierne(db):
    call_command("statuslister", verbosity=0)


def gaeldende(aar):
    return {liste.noegle: liste for liste in lister() if liste.gaelder(aar)}


def test_graenserne_er_dem_loven_har(kriterierne):
    nu = gaeldende(2024)
    assert [k.graense_i_ord for k in nu["udsat"].kriterier] == [
        "mindst 1.000 beboere",
        "over 40\u00a0%",
        "mindst 3 gange landsgennemsnittet",
        "over 60\u00a0%",
        "under 55\u00a0%",
    ]
    assert [(k.noegle, k.graense_i_ord) for k in nu["forebyggelse"].kriterier if k.skal] == [
        ("beboere", "mindst 1.000 beboere"),
        ("ikkevestlige", "over 30\u00a0%"),
    ]
    assert (nu["parallelsamfund"].bygger_paa, nu["omdannelse"].aar_i_traek) == ("udsat", 5)
    assert all(liste.verificeret for liste in nu.values())


def test_listerne_hed_noget_andet_foer(kriterierne):
    assert {aar: gaeldende(aar)["parallelsamfund"].navn for aar in (2020, 2021)} == {
        2020: "Ghettoområde",
        2021: "Parallelsamfund",
    }
    assert not any(liste.verificeret for liste in gaeldende(2020).values())


def test_listerne_kan_laeses_ind_igen_uden_aendringer(kriterierne, capsys):
    antal = Haendelse.objects.count()
    call_command("statuslister")
    assert capsys.readouterr().out == "statuslister: 0 ændringer\n"
    assert Haendelse.objects.count() == antal


def test_en_ny_graense_er_en_haendelse_paa_listen(kriterierne):
    data = yaml.safe_load((settings.BASE_DIR / "fixtures" / "statuslister.yaml").read_text())
    data["lister"][-3]["kriterier"][1]["graense"] = "42"
    assert indlaes_statuslister(bruger=BrugerFactory(), lister=data["lister"]) == 2  # two years share the criteria
    assert gaeldende(2024)["udsat"].kriterier[1].graense == 42
    assert Haendelse.objects.order_by("-pk").first().objekt_type == "indikatorer.statusliste"


@pytest.mark.parametrize(
    ("liste", "ventet"),
    [
        ({"noegle": "x", "navn": "X"}, "X fra ?"),
        ({"noegle": "x", "navn": "X", "fra_aar": 2020, "til_aar": 2019}, "slutte, før den begynder"),
        ({"noegle": "x", "navn": "X", "fra_aar": 2020, "ukendt": 1}, "passer ikke"),
        ({"noegle": "x", "navn": "X", "fra_aar": 2020, "kriterier": [{"noegle": "a", "art": "lig"}]}, "X fra 2020"),
    ],
)
def test_en_liste_med_fejl_afvises_med_navn(db, liste, ventet):
    with pytest.raises(ValidationError, match=ventet):
        indlaes_statuslister(bruger=BrugerFactory(), lister=[liste])
    assert not Statusliste.objects.exists()


@pytest.mark.parametrize("indhold", ["", "[", "format: andet/1", "format: helhedsplan-statuslister/1", None])
def test_en_fil_der_ikke_kan_laeses_siges_som_det_er(db, tmp_path, indhold):
    fil = tmp_path / "lister.yaml"
    if indhold is not None:
        fil.write_text(indhold)
    with pytest.raises(CommandError, match=r"lister\.yaml: Filen"):
        call_command("statuslister", fil)


# --- an area's years --------------------------------------------------------------------------------------------------


@pytest.fixture
def omraade(kriterierne):
    return OmraadeFactory(navn="Nord", noegle="nord")


VAERDIER = {
    "beboere": "4209", "ikkevestlige": "52", "uden_tilknytning": "37.7", "doemte": "3", "grundskole": "61.5",
    "indkomst": "60",
}  # fmt: skip


def test_et_aar_med_kategori_og_afstande(omraade):
    OmraadestatusFactory(plan=omraade.plan, omraade=omraade, aar=2024, kategori="Parallelsamfund", vaerdier=VAERDIER)
    OmraadestatusFactory(plan=omraade.plan, omraade=omraade, aar=2020, kategori="Ghettoområde", vaerdier={})
    OmraadestatusFactory(plan=omraade.plan, omraade=omraade, aar=2019, kategori="", vaerdier={})

    side = statusside(omraade.plan)

    assert [(aar, [(s.symbol, s.i_ord) for _, s in celler]) for aar, celler in side.oversigt] == [
        (2024, [("◆", "Parallelsamfund")]),
        (2020, [("◆", "Ghettoområde")]),
        (2019, [("○", "Ikke på listen")]),
    ]
    status = side.omraader[0].aar[0]
    assert [(h.navn, h.opfyldte) for h in status.hoveder] == [
        ("Forebyggelsesområde", "6 af 6 opfyldt"),
        ("Udsat boligområde", "3 af 5 opfyldt"),
        ("Parallelsamfund", "1 af 1 opfyldt"),
    ]
    linje = next(li for li in status.linjer if "tilknytning" in li.navn)
    assert linje.vaerdi == "37,7\u00a0%"
    assert [(navn, c and (c.opfyldt, c.afstand)) for navn, c in linje.celler] == [
        ("Forebyggelsesområde", (True, "7,7 point over grænsen")),
        ("Udsat boligområde", (False, "2,3 point under grænsen")),
        ("Parallelsamfund", None),
    ]
    assert [h.krav for h in status.uden_kriterier] == ["parallelsamfund i 5 år"]
    gammel = side.omraader[0].aar[1]
    assert gammel.hoveder[0].kilde == "Almenboligloven § 61 a, som den var i 2018-2020 (ikke verificeret)"


def test_en_andel_af_faa_er_skjult_for_andre_end_dem_der_skriver(omraade):
    faa = {"beboere": "1200", "doemte_andel": "0.3", "ikkevestlige": "0.3"}
    OmraadestatusFactory(plan=omraade.plan, omraade=omraade, aar=2016, vaerdier=faa)
    assert {
        se: [li.vaerdi for li in statusside(omraade.plan, se_skjulte=se).omraader[0].aar[0].linjer if li.vaerdi != "–"]
        for se in (False, True)
    } == {
        False: ["1.200 beboere", "diskretioneret", "diskretioneret"],
        True: ["1.200 beboere", "0,3\u00a0%", "0,3\u00a0%"],
    }


@pytest.mark.parametrize("antal", [1, 3])
def test_antallet_af_forespoergsler_er_fast(kriterierne, django_assert_num_queries, antal):
    plan = HelhedsplanFactory()
    for omraade in OmraadeFactory.create_batch(antal, plan=plan):
        OmraadestatusFactory.create_batch(antal, plan=plan, omraade=omraade, vaerdier=VAERDIER)
    with django_assert_num_queries(6):
        statusside(plan)


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def sekretaer(omraade):
    return MedlemskabFactory(plan=omraade.plan, rolle="sekretariat").bruger


def gem(bruger, hvor, status=None, version=None, **felter):
    status = status or Omraadestatus(plan=hvor.plan)
    felter = {"omraade": hvor, "aar": 2024, "kategori": "Udsat boligområde", "vaerdier": {}, **felter}
    return gem_status(bruger=bruger, status=status, felter=felter, version=version)


def test_en_status_gemmes_rettes_og_slettes_med_spor(omraade, sekretaer):
    status = gem(sekretaer, omraade, vaerdier={"grundskole": Decimal("61.50"), "indkomst": None})
    assert status.vaerdier == {"grundskole": "61.5"}
    gem(sekretaer, omraade, status, 1, vaerdier={"grundskole": Decimal(62)})
    slet_status(bruger=sekretaer, status=status)

    spor = list(Haendelse.objects.filter(objekt_type="indikatorer.omraadestatus").order_by("pk"))
    assert [h.handling for h in spor] == ["oprettet", "rettet", "slettet"]
    assert {"felt": "kriterium_grundskole", "foer": "61.5", "efter": "62"}.items() <= spor[1].aendringer[-1].items()


@pytest.mark.parametrize(
    ("vaerdier", "ventet"),
    [
        ({"uden_tilknytning": Decimal(101)}, {"kriterium_uden_tilknytning": ["En procent ligger mellem 0 og 100."]}),
        ({"grundskole": Decimal(-1)}, {"kriterium_grundskole": ["Tallet kan ikke være under nul."]}),
        ({"beboere": Decimal("1000.5")}, {"kriterium_beboere": ["Skriv et helt antal."]}),
    ],
)
def test_tal_der_ikke_kan_vaere_rigtige_afvises_ved_deres_felt(omraade, sekretaer, vaerdier, ventet):
    with pytest.raises(ValidationError) as fejl:
        gem(sekretaer, omraade, vaerdier=vaerdier)
    assert fejl.value.message_dict == ventet
    assert not Omraadestatus.objects.exists()


def test_et_ukendt_kriterium_et_fremmed_omraade_og_et_andet_aar_to_gange_afvises(omraade, sekretaer):
    for felter in ({"vaerdier": {"ukendt": Decimal(1)}}, {"omraade": OmraadeFactory()}, {"aar": 1900}):
        with pytest.raises(ValidationError):
            gem(sekretaer, omraade, **felter)
    gem(sekretaer, omraade)
    with pytest.raises(ValidationError, match="allerede skrevet"):
        gem(sekretaer, omraade)


def test_kun_de_der_skriver_planen_maa(omraade, sekretaer):
    status = gem(sekretaer, omraade)
    laeser = MedlemskabFactory(plan=omraade.plan, rolle="bestyrelse").bruger
    with pytest.raises(PermissionDenied):
        gem(laeser, omraade, aar=2023)
    with pytest.raises(PermissionDenied):
        slet_status(bruger=laeser, status=status)
    with pytest.raises(Versionskonflikt):
        gem(sekretaer, omraade, status, 7)


def test_skemaet_gemmer_tallene_og_siger_fejl_ved_feltet(client, omraade, sekretaer):
    client.force_login(sekretaer)
    url = reverse("omraadestatus-opret", args=[omraade.plan.noegle]) + "?omraade=nord&aar=2022"
    side = client.get(url).content.decode()
    assert 'value="2022"' in side
    data = {"omraade": omraade.pk, "aar": "2022", "kategori": "", "version": "1", "kriterium_grundskole": "61,5"}
    svar = client.post(url, data | {"kriterium_indkomst": "ca. 5"})
    assert svar.status_code == 422
    assert "id_kriterium_indkomst" in svar.content.decode()
    assert client.post(url, data).status_code == 302
    assert Omraadestatus.objects.get().vaerdier == {"grundskole": "61.5"}


def test_to_der_retter_hver_sit_kriterium_faar_begge_dele_med(client, omraade, sekretaer):
    status = gem(sekretaer, omraade, vaerdier={"grundskole": Decimal(60), "indkomst": Decimal(50)})
    gem(
        sekretaer,
        omraade,
        Omraadestatus.objects.get(),
        1,
        vaerdier={"grundskole": Decimal(61), "indkomst": Decimal(50)},
    )
    client.force_login(sekretaer)
    url = reverse("omraadestatus-ret", args=[omraade.plan.noegle, status.pk])
    data = {"omraade": omraade.pk, "aar": "2024", "kategori": "Udsat boligområde", "version": "1"}
    svar = client.post(url, data | {"kriterium_grundskole": "60", "kriterium_indkomst": "52"})
    assert svar.status_code == 409
    assert 'name="kriterium_grundskole" value="61"' in " ".join(svar.content.decode().split())


# --- the finding ------------------------------------------------------------------------------------------------------


def test_den_nyeste_liste_mangler_for_en_plan_der_koerer(omraade):
    plan = omraade.plan
    plan.periode_fra, plan.periode_til = date(2025, 11, 1), date(2029, 10, 31)
    [fund] = liste_mangler(plan, [omraade], set(), date(2026, 11, 21))
    assert (fund.kode, fund.alvor) == ("omraadestatus-mangler", "note")
    assert fund.besked == "Det er ikke skrevet ind, om Nord var på de statslige lister 1. december 2025."
    assert fund.henvisning.endswith("/omraadestatus/ny/?omraade=nord&aar=2025#id_kategori")
    assert liste_mangler(plan, [omraade], {(omraade.pk, 2025)}, date(2026, 11, 21)) == []
    assert liste_mangler(plan, [omraade], set(), date(2030, 1, 1)) == []
    omraade.starter = date(2027, 1, 1)
    assert liste_mangler(plan, [omraade], set(), date(2026, 11, 21)) == []


def test_et_kriterium_har_kun_een_graense_paa_en_liste(db):
    kriterium = StatuskriteriumFactory()
    with pytest.raises(ValidationError):
        Statuskriterium(
            liste=kriterium.liste, noegle=kriterium.noegle, navn="X", art="over", graense=1, enhed="procent"
        ).full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kategori", "aar", "fundet"),
    [
        ("Ghetto", 2018, False),
        ("ghetto", 2018, False),
        ("Gheto", 2018, True),
        ("Ghetto", 2022, True),
        ("", 2018, False),
        ("Hvad som helst", 2005, False),
    ],
)
def test_kategori_der_ikke_er_en_af_aarets_lister(kategori, aar, fundet):
    plan = f.HelhedsplanFactory(noegle="parken")
    Statusliste.objects.all().delete()
    f.StatuslisteFactory(noegle="udsat", navn="Ghetto", fra_aar=2010, til_aar=2020)
    f.StatuslisteFactory(noegle="udsat", navn="Udsat boligområde", fra_aar=2021, til_aar=None)
    omraade = f.OmraadeFactory(plan=plan, navn="Nord")
    status = f.OmraadestatusFactory(plan=plan, omraade=omraade, aar=aar, kategori=kategori)
    liste = "Ghetto" if aar < 2021 else "Udsat boligområde"
    ventet = (
        f"Nord {aar}: »{kategori}« er ikke en af årets lister: {liste}.",
        f"{reverse('omraadestatus-ret', args=['parken', status.pk])}#id_kategori",
    )
    fund = [(x.besked, x.henvisning) for x in statusfund(plan) if x.kode == "omraadestatus-ukendt-kategori"]
    assert fund == ([ventet] if fundet else [])
