"""What reading a file does to what is there: only what differs is touched, and each change is in the audit log."""

import base64
import copy
from dataclasses import replace
from io import BytesIO

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import UniqueConstraint
from django.test import TestCase
from PIL import Image

from aftaler.models import Afdeling, Aktivitet, Delaftale, Helhedsplan, Organisation, Regelsaet
from aftaler.planfil import plan_som_data, regelsaet_som_data, skriv_plan, som_yaml
from aftaler.planfil.filmodel import Filmodel
from aftaler.planfil.planform import Helhedsplanfil
from helhedsplan import revisionsspor
from helhedsplan.models import Haendelse
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, fejl_i, indlaes, laes, linje, plan
from tests.factories import AktivitetFactory, BrugerFactory, HelhedsplanFactory, MedlemskabFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def indlaest():
    indlaes(REGELSAET, FORGAENGER, PLAN)
    return Helhedsplan.objects.get(noegle="ny")


def haendelser(kaede: str = "ny") -> list[tuple]:
    """The audit log of the plan, oldest first: what was done, to what, which fields."""
    fundne = Haendelse.objects.filter(kaede=kaede).order_by("nummer")
    return [(h.handling, h.objekt_type, h.objekt_navn, sorted(a["felt"] for a in h.aendringer)) for h in fundne]


def nye_haendelser(data: dict) -> list[tuple]:
    """What reading the file adds to the log of the plan; the plan is then as the file says."""
    foer = len(haendelser())
    indlaes(data)
    assert plan_som_data(Helhedsplan.objects.get(noegle="ny")) == data
    assert revisionsspor.brud("ny") == []
    assert indlaes(data).udfald[0].hvad == "uændret"
    return haendelser()[foer:]


# --- the log --------------------------------------------------------------------------------------------------------


def test_en_ny_plan_er_een_haendelse_der_naevner_alt(indlaest):
    [haendelse] = Haendelse.objects.filter(kaede="ny")
    assert (haendelse.handling, haendelse.objekt_navn, haendelse.bruger_navn) == (
        "indlæst",
        "Den nye plan",
        "Programmet",
    )
    assert {a["navn"]: a["efter"] for a in haendelse.aendringer} == {
        "helhedsplaner": ["Den nye plan"],
        "parter": ["Kommunen", "Boligforeningen"],
        "områder": ["Nord", "Syd"],
        "lag oven på planen": ["Længere tid", "Mere til Nord"],
        "planens parametre": ["lokal_min_pct"],
        "grupper": ["Bestyrelsen", "Sekretariatet", "Netværket"],
        "afsnit": ["1. Kort", "Opgave", "Kort om indsatsen"],
        "koblingstabeller": ["Politikker"],
        "delaftaler": ["Delaftale om Job", "Delaftale om Skole"],
        "delmål": ["Flere fritidsjob", "Flere i praktik"],
        "aktiviteter": ["Fritidsjobforløb", "Praktik"],
    }
    assert [h[:3] for h in haendelser(revisionsspor.FAELLES)] == [
        ("indlæst", "aftaler.regelsaet", "Prøvepuljen"),
        ("oprettet", "aftaler.organisation", "Boligforeningen"),
        ("oprettet", "aftaler.organisation", "Kommunen"),
        ("oprettet", "aftaler.afdeling", "Uden nummer"),
        ("oprettet", "aftaler.afdeling", "Åparken, afd. 55"),
    ]


def test_genindlaesning_skriver_intet(indlaest, django_assert_num_queries):
    antal = Haendelse.objects.count()
    versioner = list(Aktivitet.objects.order_by("pk").values_list("version", flat=True))
    resultat = indlaes(PLAN, FORGAENGER, REGELSAET)
    assert [u.hvad for u in resultat.udfald] == ["uændret"] * 3
    assert Haendelse.objects.count() == antal
    assert list(Aktivitet.objects.order_by("pk").values_list("version", flat=True)) == versioner


def test_een_aendring_er_een_haendelse_med_foer_og_efter(indlaest):
    data = plan()
    data["delaftaler"][0]["aktiviteter"][0]["forventet_deltagertal"] = 60
    resultat = indlaes(data)
    assert [(u.noegle, u.hvad, u.antal) for u in resultat.udfald] == [("ny", "ændret", 1)]
    haendelse = Haendelse.objects.filter(kaede="ny").order_by("nummer").last()
    assert (haendelse.handling, haendelse.objekt_navn, haendelse.version) == ("rettet", "Fritidsjobforløb", 2)
    assert haendelse.aendringer == [
        {"felt": "forventet_deltagertal", "navn": "forventet deltagertal", "foer": 40, "efter": 60}
    ]
    assert Aktivitet.objects.get(navn="Praktik").version == 1


def test_alt_det_der_kan_aendres(indlaest):
    data = plan(navn="Planen", fase=None, indsatsomraader=["job"])
    data["parter"].reverse()
    del data["omraader"][1]
    data["omraader"][0] |= {"navn": "Nordøst", "afdelinger": ["boligforeningen/55"]}
    data["organisationer"][0]["afdelinger"].pop(0)
    data["parametre"] = [{"noegle": "timesats", "begrundelse": "Kendt"}]
    data["grupper"][0]["pladser"].pop()
    data["samarbejdsaftale"]["koblingstabeller"][0]["raekker"][0]["maal"] = [3]
    aftale = data["delaftaler"][0]
    aftale["afsnit"].append({"skabelon": "opfoelgning", "tekst": "<p>Ny</p>"})
    aftale["samarbejdsparter"] = [{"navn": "Skolen"}]
    aftale["delmaal"].reverse()
    aftale["aktiviteter"][0] |= {"omraader": ["nord"], "delmaal": ["praktik"]}
    del aftale["aktiviteter"][0]["milepaele"][0]["dato"]
    del data["delaftaler"][1]
    assert sorted(nye_haendelser(data)) == sorted(
        [
            ("rettet", "aftaler.helhedsplan", "Planen", ["fase", "indsatsomraader", "navn"]),
            ("rettet", "aftaler.part", "Boligforeningen", ["orden"]),
            ("rettet", "aftaler.part", "Kommunen", ["orden"]),
            ("rettet", "aftaler.omraade", "Nordøst", ["afdelinger", "navn"]),
            ("oprettet", "aftaler.planparameter", "timesats", ["begrundelse", "noegle", "plan"]),
            ("rettet", "aftaler.gruppe", "Bestyrelsen", ["pladser"]),
            ("rettet", "aftaler.koblingstabel", "Politikker", ["raekker"]),
            ("rettet", "aftaler.delaftale", "Delaftale om Job", ["samarbejdsparter"]),
            ("oprettet", "aftaler.afsnit", "Opfølgning", ["delaftale", "faerdig", "plan", "skabelon", "tekst"]),
            ("rettet", "aftaler.delmaal", "Flere i praktik", ["orden"]),
            ("rettet", "aftaler.delmaal", "Flere fritidsjob", ["orden"]),
            ("rettet", "aftaler.aktivitet", "Fritidsjobforløb", ["delmaal", "milepaele", "omraader"]),
            ("slettet", "aftaler.omraade", "Syd", ["navn", "navne", "noegle", "orden", "plan"]),
            (
                "slettet",
                "aftaler.planparameter",
                "lokal_min_pct",
                ["begrundelse", "noegle", "plan", "vaerdi"],
            ),
            ("slettet", "aftaler.delaftale", "Delaftale om Skole", ["indsatsomraade", "plan"]),
        ]
    )


def test_raekker_staar_i_ord_i_haendelsen(indlaest):
    data = plan()
    data["delaftaler"][0]["aktiviteter"][0]["milepaele"] = [{"navn": "Hold 1", "dato": "2026-03-01"}]
    nye_haendelser(data)
    [aendring] = Haendelse.objects.filter(kaede="ny").order_by("nummer").last().aendringer
    assert aendring == {
        "felt": "milepaele",
        "navn": "milepæle",
        "foer": ["Hold 1 · 2026-02-01 · Medarbejder · ikke_begyndt", "Hold 2 · ikke_begyndt"],
        "efter": ["Hold 1 · 2026-03-01 · ikke_begyndt"],
    }


def test_to_aktiviteter_bytter_navn_og_to_parter_bytter_opgave(indlaest):
    data = plan()
    foerste, anden = data["delaftaler"][0]["aktiviteter"]
    foerste["navn"], anden["navn"] = anden["navn"], foerste["navn"]
    data["parter"][0] = {"organisation": "kommunen", "administrerer": True}
    data["parter"][1].pop("administrerer")
    data["omraader"][0]["navn"], data["omraader"][1]["navn"] = "Syd", "Nord"
    for handling, _, _, felter in nye_haendelser(data):
        assert handling == "rettet"
        assert set(felter) <= {"navn", "administrerer", "underskriver", "underskriver_titel"}
    navne = [a for h in Haendelse.objects.filter(objekt_type="aftaler.aktivitet") for a in h.aendringer]
    assert sorted((a["foer"], a["efter"]) for a in navne) == [
        ("Fritidsjobforløb", "Praktik"),
        ("Praktik", "Fritidsjobforløb"),
    ]


def test_en_ny_aktivitet_overtager_navnet_efter_en_der_udgaar(indlaest):
    data = plan()
    data["delaftaler"][0]["aktiviteter"][1]["noegle"] = "praktikforloeb"
    assert [(h[0], h[2]) for h in nye_haendelser(data)] == [("oprettet", "Praktik"), ("slettet", "Praktik")]


def test_grupper_der_hoerer_under_hinanden_kan_udgaa_og_bytte_plads(indlaest):
    data = plan()
    data["grupper"] = [
        {"noegle": "sekretariatet", "navn": "Sekretariatet", "art": "sekretariat"},
        {"noegle": "bestyrelsen", "navn": "Bestyrelsen", "art": "bestyrelse", "over": "sekretariatet"},
        {"noegle": "foelge", "navn": "Følgegruppen", "art": "foelgegruppe", "over": "bestyrelsen"},
    ]
    nye_haendelser(data)
    data["grupper"][1].pop("over")
    data["grupper"][0]["over"] = "foelge"
    assert [(h[2], h[3]) for h in nye_haendelser(data)] == [
        ("Sekretariatet", ["over"]),
        ("Bestyrelsen", ["over"]),
    ]
    over = [a for h in Haendelse.objects.filter(kaede="ny").order_by("-nummer")[:2] for a in h.aendringer]
    assert [(a["foer"], a["efter"]) for a in over] == [("Sekretariatet", None), (None, "Følgegruppen")]
    data = plan(grupper=None)
    assert [(h[0], h[2]) for h in nye_haendelser(data)] == [
        ("slettet", "Sekretariatet"),
        ("slettet", "Bestyrelsen"),
        ("slettet", "Følgegruppen"),
    ]


def test_raekkefoelgen_roeres_ikke_naar_den_er_den_samme(indlaest):
    """People's own ordering may leave holes and ties; the file only says what comes before what."""
    foerste, anden = Aktivitet.objects.filter(delaftale__plan=indlaest).order_by("orden")
    Aktivitet.objects.filter(pk=foerste.pk).update(orden=7)
    Aktivitet.objects.filter(pk=anden.pk).update(orden=7)
    assert indlaes(PLAN).udfald[0].hvad == "uændret"
    data = plan()
    data["delaftaler"][0]["aktiviteter"].append({"noegle": "sidst", "navn": "Sidst"})
    assert [h[0] for h in nye_haendelser(data)] == ["oprettet"]


def test_det_andre_henviser_til_kan_ikke_udgaa(indlaest):
    uden = copy.deepcopy(FORGAENGER)
    uden["delaftaler"][0]["aktiviteter"] = [{"noegle": "sport", "navn": "Sport"}]
    tekst = som_yaml(uden)
    assert fejl_i(tekst) == [
        f"proeve.yaml:{linje(tekst, 'aktiviteter:')}: »Fritidsjob« mangler i filen. "
        "Kan ikke slettes, fordi den bruges af aktivitet »Fritidsjobforløb«."
    ]
    assert plan_som_data(Helhedsplan.objects.get(noegle="gammel")) == FORGAENGER


# --- who may --------------------------------------------------------------------------------------------------------


def test_den_der_indlaeser_en_ny_plan_leder_den():
    indlaes(REGELSAET, FORGAENGER)
    bruger = BrugerFactory(er_administrator=True)
    assert laes(PLAN, bruger=bruger).fejl == []
    ny = Helhedsplan.objects.get(noegle="ny")
    assert list(ny.medlemskaber.values_list("bruger", "rolle")) == [(bruger.pk, "leder")]
    assert {h.bruger_navn for h in Haendelse.objects.filter(kaede="ny")} == {bruger.navn}


@pytest.mark.parametrize(
    ("rolle", "maa"), [("leder", True), ("sekretariat", True), ("bestyrelse", False), ("observatoer", False)]
)
def test_en_plan_rettes_kun_af_dem_der_skriver_i_den(indlaest, rolle, maa):
    bruger = MedlemskabFactory(plan=indlaest, rolle=rolle).bruger
    if maa:
        assert laes(plan(navn="Nyt navn"), bruger=bruger).udfald[0].antal == 1
        return
    with pytest.raises(PermissionDenied):
        laes(plan(navn="Nyt navn"), bruger=bruger)
    assert Helhedsplan.objects.get(noegle="ny").navn == "Den nye plan"


def test_kun_administratorer_indlaeser_regelsaet_og_kun_de_der_maa_nye_planer():
    indlaes(REGELSAET, FORGAENGER)
    bruger = BrugerFactory()
    with pytest.raises(PermissionDenied, match="regelsæt"):
        laes(REGELSAET | {"noegle": "andet"}, bruger=bruger)
    with pytest.raises(PermissionDenied, match="oprette en plan"):
        laes(PLAN, bruger=bruger)


# --- organisations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felt", "vaerdi", "gemt"),
    [("navn", "Kommunen Ny", "Kommunen"), ("art", "anden", "kommune"), ("kort_navn", "K", "")],
)
def test_en_faelles_organisation_aendres_ikke_af_en_fil(indlaest, felt, vaerdi, gemt):
    data = plan()
    data["organisationer"][1] |= {felt: vaerdi}
    tekst = som_yaml(data)
    sted = linje(tekst, f"{felt}: {vaerdi}")
    assert fejl_i(tekst) == [
        f"proeve.yaml:{sted}: organisationer[2].{felt}: Organisationen kommunen er fælles for flere planer og har "
        f"»{gemt}« her, ikke »{vaerdi}«. Ret filen, eller ret organisationen på dens egen side."
    ]
    assert getattr(Organisation.objects.get(noegle="kommunen"), felt) == gemt


def test_en_afdeling_med_andet_navn_afvises_og_en_ny_kommer_til(indlaest):
    data = plan()
    data["organisationer"][0]["afdelinger"][1]["navn"] = "Åparken II"
    assert [en.partition(": ")[2] for en in fejl_i(data)] == [
        "organisationer[1].afdelinger[2].navn: Afdelingen 55 er fælles for flere planer og har »Åparken« her, "
        "ikke »Åparken II«. Ret filen, eller ret organisationen på dens egen side."
    ]
    data = plan()
    data["organisationer"][0]["afdelinger"].append({"nummer": "56", "navn": "Åparken"})
    indlaes(data)
    assert Afdeling.objects.count() == 3


def test_et_navn_der_er_brugt_under_en_anden_noegle(indlaest):
    data = plan(noegle="tredje")
    data["organisationer"][1]["noegle"] = "kommunen-2"
    data["parter"][0]["organisation"] = "kommunen-2"
    data["grupper"][0]["pladser"][0]["organisation"] = "kommunen-2"
    assert [en.partition(": ")[2] for en in fejl_i(data)] == [
        "organisationer[2]: Der findes allerede en organisation med det navn."
    ]


# --- pictures -------------------------------------------------------------------------------------------------------


def test_to_planer_deler_en_billedfil_og_den_sidste_tager_den_med(indlaest):
    indlaes(plan(noegle="anden"))
    [navn] = {b.fil.name for b in apps.get_model("aftaler", "Billede").objects.all()}
    uden = plan()
    del uden["samarbejdsaftale"]["afsnit"][0]["billeder"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        indlaes(uden)
    assert default_storage.exists(navn)
    with TestCase.captureOnCommitCallbacks(execute=True):
        indlaes(uden | {"noegle": "anden"})
    assert not default_storage.exists(navn)


def test_et_billede_laegges_igen_hvis_filen_er_vaek(indlaest):
    [billede] = apps.get_model("aftaler", "Billede").objects.all()
    default_storage.delete(billede.fil.name)
    with pytest.raises(OSError, match=r"\.png"):
        skriv_plan(indlaest)
    indlaes(plan(noegle="anden"))
    assert plan_som_data(indlaest) == PLAN


def test_kameraets_oplysninger_tages_ud_med_en_note():
    ud = BytesIO()
    kamera = Image.Exif()
    kamera[0x010F] = "Kamera"
    Image.new("RGB", (2, 2)).save(ud, "JPEG", exif=kamera)
    data = plan()
    kode = base64.b64encode(ud.getvalue()).decode()
    data["samarbejdsaftale"]["afsnit"][0]["billeder"][0]["indhold"] = kode
    resultat = indlaes(REGELSAET, FORGAENGER, data)
    assert [note.besked for note in resultat.noter if note.fil != "proeve.yaml"] == [
        "Det, kameraet har lagt i billedet ud over motivet, er taget ud."
    ]
    skrevet = skriv_plan(Helhedsplan.objects.get(noegle="ny"))
    assert indlaes(skrevet).noter == []


# --- rule sets ------------------------------------------------------------------------------------------------------


def test_det_naeste_regelsaet_er_data_og_roerer_ingen_planer(indlaest):
    foer = {p.noegle: skriv_plan(p) for p in Helhedsplan.objects.all()}
    naeste = copy.deepcopy(REGELSAET) | {"noegle": "2027", "navn": "2027"}
    naeste["indsatsomraader"] = [{"noegle": "klima", "navn": "Klima", "maal": [{"nummer": 1, "tekst": "Mindre spild"}]}]
    naeste["skabelonafsnit"] = [{"dokument": "delaftale", "noegle": "ide", "titel": "Idé", "art": "prosa"}]
    indlaes(naeste)
    under_det = {"format": "helhedsplan-plan/1", "noegle": "klimaplan", "navn": "Klimaplan", "regelsaet": "2027"}
    under_det |= {
        "indsatsomraader": ["klima"],
        "delaftaler": [{"indsatsomraade": "klima", "afsnit": [{"skabelon": "ide", "tekst": "<p>Ny</p>"}]}],
    }
    indlaes(under_det)
    assert plan_som_data(Helhedsplan.objects.get(noegle="klimaplan")) == under_det
    assert {p.noegle: skriv_plan(p) for p in Helhedsplan.objects.exclude(noegle="klimaplan")} == foer
    assert regelsaet_som_data(Regelsaet.objects.get(noegle="proeve")) == REGELSAET


def test_et_regelsaet_i_brug_afvises_med_forskellene(indlaest):
    aendret = copy.deepcopy(REGELSAET)
    aendret["indsatsomraader"][0]["maal"][0]["tekst"] = "Alle i arbejde"
    aendret["parametre"][0]["vaerdi"] = "30"
    aendret["parametre"][1]["enhed"] = "kr."
    del aendret["indsatsomraader"][0]["delmaalsforslag"]
    tekst = som_yaml(aendret)
    i_brug = "Regelsættet bruges af Den gamle plan og kan ikke ændres."
    assert fejl_i(tekst) == [
        f"proeve.yaml:{linje(tekst, 'noegle: job')}: indsatsomraader[1].delmaalsforslag: {i_brug} "
        "Her står 1 på listen; i filen står intet.",
        f"proeve.yaml:{linje(tekst, 'Alle i arbejde')}: indsatsomraader[1].maal[1].tekst: {i_brug} "
        "Her står »Flere i arbejde«; i filen står »Alle i arbejde«.",
        f"proeve.yaml:{linje(tekst, 'vaerdi:')}: parametre[1].vaerdi: {i_brug} Her står »25«; i filen står »30«.",
        f"proeve.yaml:{linje(tekst, 'enhed: kr.')}: parametre[2].enhed: {i_brug} Her står intet; i filen står »kr.«.",
    ]
    assert regelsaet_som_data(Regelsaet.objects.get()) == REGELSAET


def med_flere_regler() -> dict:
    """The rule set with one rule more in each list that may have more: first, in the middle, last."""
    flere = copy.deepcopy(REGELSAET)
    flere["parametre"].insert(0, {"noegle": "frist_mdr", "navn": "Frist", "vaerdi": "4", "verificeret": "nej"})
    flere["godkendelsesregler"].insert(1, {"beroerer": "parter", "niveau": 3, "verificeret": "nej"})
    flere["dokumentkrav"].append({"art": "milepaelsplan", "navn": "Milepælsplan", "verificeret": "nej"})
    return flere


def test_nye_regler_kommer_kun_med_naar_nogen_vaelger_det(indlaest):
    foer = {p.noegle: skriv_plan(p) for p in Helhedsplan.objects.all()}
    flere = med_flere_regler()
    tekst = som_yaml(flere)
    i_brug = "Regelsættet bruges af Den gamle plan og har ikke reglen. Tag den med ved at indlæse med --tilfoej-regler."
    assert fejl_i(tekst) == [
        f"proeve.yaml:{linje(tekst, 'beroerer: parter')}: godkendelsesregler[2]: {i_brug}",
        f"proeve.yaml:{linje(tekst, 'art: milepaelsplan')}: dokumentkrav[3]: {i_brug}",
        f"proeve.yaml:{linje(tekst, 'noegle: frist_mdr')}: parametre[1]: {i_brug}",
    ]
    assert regelsaet_som_data(Regelsaet.objects.get()) == REGELSAET

    resultat = laes(flere, tilfoej_regler=True)
    assert [u.hvad for u in resultat.udfald] == ["udvidet"]
    ny = regelsaet_som_data(Regelsaet.objects.get())
    assert ny | {"parametre": None} == flere | {"parametre": None}
    assert [p["noegle"] for p in ny["parametre"]] == ["lokal_min_pct", "timesats", "frist_mdr"]
    assert {p.noegle: skriv_plan(p) for p in Helhedsplan.objects.all()} == foer
    assert haendelser(revisionsspor.FAELLES)[-1] == (
        "udvidet", "aftaler.regelsaet", "Prøvepuljen", ["dokumentkrav", "godkendelsesregler", "parametre"],
    )  # fmt: skip
    for valg in ({}, {"tilfoej_regler": True}):
        assert [u.hvad for u in laes(flere, **valg).udfald] == ["uændret"]


def test_regler_der_er_andre_eller_borte_afvises_ogsaa_naar_flere_maa_med(indlaest):
    flere = med_flere_regler()
    flere["godkendelsesregler"][0]["niveau"] = 2
    flere["dokumentkrav"][:2] = [flere["dokumentkrav"][1]]
    flere["parametre"].reverse()
    tekst = som_yaml(flere)
    i_brug = "Regelsættet bruges af Den gamle plan og kan ikke ændres."
    assert [str(fejl) for fejl in laes(tekst, tilfoej_regler=True).fejl] == [
        f"proeve.yaml:{linje(tekst, 'niveau: 2')}: godkendelsesregler[1].niveau: {i_brug} "
        "Her står »1«; i filen står »2«.",
        f"proeve.yaml:{linje(tekst, 'dokumentkrav:')}: dokumentkrav: {i_brug} "
        "Reglen »delaftale« er her, men ikke i filen.",
    ]
    byttet = copy.deepcopy(REGELSAET)
    byttet["dokumentkrav"].reverse()
    (fejl,) = laes(byttet, tilfoej_regler=True).fejl
    assert fejl.besked == f"{i_brug} Reglerne står i en anden rækkefølge."
    assert regelsaet_som_data(Regelsaet.objects.get()) == REGELSAET


def test_et_regelsaet_uden_planer_erstattes():
    indlaes(REGELSAET)
    pk = Regelsaet.objects.get().pk
    aendret = copy.deepcopy(REGELSAET) | {"navn": "Nyt navn"}
    aendret["indsatsomraader"].pop()
    aendret["skabelonafsnit"].reverse()
    assert [u.hvad for u in indlaes(aendret).udfald] == ["ændret"]
    assert regelsaet_som_data(Regelsaet.objects.get(pk=pk)) == aendret
    assert [h[:3] for h in haendelser(revisionsspor.FAELLES)] == [
        ("indlæst", "aftaler.regelsaet", "Prøvepuljen"),
        ("indlæst", "aftaler.regelsaet", "Nyt navn"),
    ]


def test_maalene_er_de_samme_i_hvilken_orden_de_end_staar(indlaest):
    omvendt = copy.deepcopy(REGELSAET)
    omvendt["indsatsomraader"][0]["maal"].reverse()
    assert [u.hvad for u in indlaes(omvendt).udfald] == ["uændret"]


# --- sections of other rooms ----------------------------------------------------------------------------------------


@pytest.fixture
def sektioner(monkeypatch):
    """Adds sections to the register for one test."""
    fundne: list[str] = []
    monkeypatch.setattr("aftaler.planfil.sektioner.PLANFILSEKTIONER", fundne)
    return fundne


def test_hvad_en_sektion_afviser_i_sin_helhed_staar_ved_sektionen(sektioner):
    sektioner.append("tests.aftaler.planfil_data.AFVISENDE")
    tekst = som_yaml(plan(satser=[]))
    assert fejl_i(REGELSAET, FORGAENGER, tekst) == [
        f"proeve.yaml:{linje(tekst, 'satser:')}: satser: Budgettet går ikke op."
    ]
    assert Helhedsplan.objects.count() == 0


def test_en_noegle_uden_sektion_er_en_fejl(indlaest):
    tekst = som_yaml(plan(regnskab={}))
    assert fejl_i(tekst)[0].startswith(f"proeve.yaml:{linje(tekst, 'regnskab:')}: regnskab: Nøglen kendes ikke.")


def test_en_sektion_kan_vaere_en_liste_af_objekter(sektioner, monkeypatch):
    """Described as the plan's own lists are; here the plan's parameters stand in for a room's model."""
    monkeypatch.setitem(
        Helhedsplanfil.led, "parametre", replace(Helhedsplanfil.led["parametre"], vaelg=lambda o: False)
    )
    monkeypatch.setattr(Helhedsplanfil, "lister", tuple(u for u in Helhedsplanfil.lister if u.noegle != "parametre"))
    sektioner.append("tests.aftaler.planfil_data.SATSER")
    data = plan(parametre=None, satser=[{"noegle": "timesats", "vaerdi": "300", "begrundelse": "Aftalt"}])
    indlaes(REGELSAET, FORGAENGER, data)
    assert plan_som_data(Helhedsplan.objects.get(noegle="ny")) == data
    [haendelse] = Haendelse.objects.filter(kaede="ny")
    assert {"planens parametre": ["timesats"]}.items() <= {a["navn"]: a["efter"] for a in haendelse.aendringer}.items()

    assert indlaes(data).udfald[0].hvad == "uændret"
    data["satser"][0]["vaerdi"] = "310"
    assert [h[0] for h in nye_haendelser(data)] == ["rettet"]
    del data["satser"]
    assert [h[0] for h in nye_haendelser(data)] == ["slettet"]
    data["satser"] = [{"noegle": "ukendt", "vaerdi": "1,5"}]
    assert [en.partition(": ")[2].partition(":")[0] for en in fejl_i(data)] == [
        "satser[1].begrundelse",
        "satser[1].vaerdi",
    ]


# --- the form covers the models -------------------------------------------------------------------------------------

#: What a plan file leaves out, and why.
UDELADT = {
    "Navn": {"organisation", "afdeling", "omraade", "helhedsplan"},
    "Helhedsplan": {"plan", "arkiveret", "kraever_to_trin"},  # as one installation has it, and not another
    "Organisation": {"arkiveret"},
    "Afsnit": {"plan", "delaftale"},  # where it stands
    "Billede": {"afsnit", "fil", "sha256"},  # where it stands; both follow from the bytes
    "Samarbejdspart": {"delaftale", "aktivitet"},
    "Milepael": {"aktivitet"},
    "Bilag": {"plan", "fil", "sha256"},
    "Koblingsraekke": {"tabel"},
    "Plads": {"gruppe"},
    "Afdeling": {"organisation", "arkiveret"},
    "Omraade": {"plan", "afdelinger"},  # which are rows of their own
    "Omraadeafdeling": {"omraade"},
    "Omraadeindsats": {"omraade"},
    "Omraadestoerrelse": {"omraade"},
    "Delmaal": {"delaftale"},
    "Aktivitet": {"delaftale"},
    "Lag": {"plan", "ikraft_ved"},  # a file cannot vouch for what was signed here
}


def arter(art: type[Filmodel]):
    yield art
    for liste in art.lister:
        yield from arter(liste.art)


def test_hvert_felt_i_modellerne_er_med_i_filen():
    fundne = {art.model: art for art in arter(Helhedsplanfil)}
    udenfor = {"Medlemskab", "Regelsaet", "Indsatsomraade", "OverordnetMaal", "FastIndikator", "Delmaalsforslag"}
    udenfor |= {"Skabelonafsnit", "Regelparameter", "Godkendelsesregel", "Dokumentkrav"}
    udenfor.add("Meddelelse")  # what people have been told here
    modeller = [m for m in apps.get_app_config("aftaler").get_models() if m.__name__ not in udenfor]
    assert {m for m in fundne if m._meta.app_label == "aftaler"} == set(modeller)
    for model in modeller:
        felter = {f.name for f in [*model._meta.concrete_fields, *model._meta.many_to_many]}
        felter -= {"id", "version", "orden"} | UDELADT.get(model.__name__, {"plan"})
        i_filen = {*fundne[model].raekkefelter()} - {"sha256"}
        assert i_filen == felter, model.__name__


#: What the database holds unique, and how the reader holds it: by the key objects are recognised by, by `entydige`, or
#: (shared by all plans) by the action that saves.
ENTYDIGT = {
    "afdeling_navn_uden_nummer": "handling",
    "afdeling_nummer_i_organisation": "handling",
    "afsnit_i_delaftale": "skabelon",
    "lag_navn": "entydige",
    "lag_noegle": "noegle",
    "afsnit_i_samarbejdsaftale": "skabelon",
    "aktivitet_navn": "entydige",
    "aktivitet_noegle": "noegle",
    "bilag_titel": "noegle",
    "delaftale_en_pr_indsatsomraade": "indsatsomraade",
    "delmaal_noegle": "noegle",
    "eget_maal_en_gang": "tekst",
    "gruppe_noegle": "noegle",
    "omraade_navn": "entydige",
    "omraade_noegle": "noegle",
    "omraadeafdeling_en_gang": "afdeling",
    "omraadeindsats_en_gang": "indsatsomraade",
    "maalovergang_en_gang": "fra",
    "omtaltpapir_titel": "titel",
    "organisation_navn": "handling",
    "part_en_administrerer": "entydige",
    "part_en_gang": "organisation",
    "planparameter_noegle": "noegle",
    "sagsnummer_en_gang": "nummer",
    "sideplan_en_gang": "navn",
}


def test_hver_entydig_regel_holdes_foer_der_gemmes():
    """A new plan is saved without the models' own check of uniqueness: a rule that comes to must be thought of here."""
    modeller = {art.model for art in arter(Helhedsplanfil)}
    regler = [regel for model in modeller for regel in model._meta.constraints if isinstance(regel, UniqueConstraint)]
    assert sorted(regel.name for regel in regler) == sorted(ENTYDIGT)


def test_en_plan_der_er_skrevet_paa_siden_kan_skrives_ud_og_laeses():
    indlaes(REGELSAET)
    regelsaet = Regelsaet.objects.get()
    ny = HelhedsplanFactory(noegle="ny", regelsaet=regelsaet, indsatsomraader=regelsaet.indsatsomraader.all())
    delaftale = Delaftale.objects.create(plan=ny, indsatsomraade=regelsaet.indsatsomraader.get(noegle="skole"))
    AktivitetFactory.create_batch(3, delaftale=delaftale, orden=0)
    antal = Haendelse.objects.count()
    assert indlaes(skriv_plan(ny)).udfald[0].hvad == "uændret"
    assert Haendelse.objects.count() == antal
