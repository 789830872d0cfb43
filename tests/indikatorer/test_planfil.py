"""The section `indikatorer` of a plan file: written and read again it is the same, and every fault has its line."""

import copy
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftaler.models import Helhedsplan
from aftaler.planfil import plan_som_data
from helhedsplan.models import Haendelse
from indikatorer.models import Indikator, Maaling, Sted
from tests.aftaler.planfil_data import FORGAENGER, REGELSAET, fejl_i, indlaes, plan

pytestmark = pytest.mark.django_db

SEKTION = {
    "steder": [
        {"noegle": "nord", "navn": "Nord", "art": "omraade", "omraade": "nord"},
        {"noegle": "afdelingen", "navn": "Afdelingen", "art": "afdeling", "afdeling": "boligforeningen/55"},
        {"noegle": "begge", "navn": "Nord og Syd", "art": "flere_omraader", "omraader": ["nord", "syd"]},
        {"noegle": "kommunen", "navn": "Kommunen", "art": "kommune", "kommune": "andetsteds"},
        {"noegle": "landet", "navn": "Hele landet", "art": "land"},
    ],
    "indikatorer": [
        {
            "noegle": "ledige",
            "navn": "Andel ledige",
            "gruppe": "baseline",
            "fast": "1/ledige",
            "enhed": "procent",
            "persongruppe": "18-64-årige",
            "retning": "ned",
            "maalinger": [
                {
                    "sted": "nord",
                    "aar": 2019,
                    "antal": 52,
                    "grundlag": 1130,
                    "vaerdi": "4.6",
                    "trykform": "procent_foerst",
                    "er_baseline": True,
                    "kilde": "LBF Beboerdata",
                    "udtrukket": "2020-11-01",
                    "note": "To linjer\nher",
                },
                {"sted": "kommunen", "aar": 2019, "vaerdi": "22", "decimaler": 0},
                {"sted": "landet", "aar": 2019, "tilstand": "diskretioneret"},
                {"sted": "begge", "aar": 2020, "tilstand": "mangler"},
                {"sted": "nord", "aar": 2021, "begivenhed": "Kommunalvalg", "dato": "2021-11-16", "antal": 0},
            ],
        },
        {
            "noegle": "fritidsjob",
            "navn": "Unge i fritidsjob",
            "delmaal": "job/flere-fritidsjob",
            "enhed": "antal",
            "maaltype": "graense",
            "sammenligning": ">=",
            "maalvaerdi": "30",
            "hele": "ledige",
            "opdeling": "alder",
            "note": "Egen optælling",
            "maalsti": [{"aar": 2026, "vaerdi": "10"}, {"aar": 2027, "vaerdi": "20.5"}],
        },
    ],
    "omraadestatus": [
        {
            "omraade": "nord",
            "aar": 2021,
            "kategori": "Ghettoområde",
            "vaerdier": {"doemte": "1.9", "grundskole": "61.25"},
            "kilde": "Listen af 1. december",
        },
        {"omraade": "nord", "aar": 2022},
    ],
    "opfoelgninger": [
        {
            "maal": 1,
            "dato": "2026-03-12",
            "data_aar": 2024,
            "konklusion": "Vi fortsætter.",
            "tal": [
                {"indikator": "Andel ledige", "sted": "Nord", "hvornaar": "2019", "tal": "4,6 % (52)", "kilde": "LBF"},
                {"indikator": "Andel ledige", "sted": "Kommunen", "hvornaar": "2019", "tal": "22 %"},
            ],
        }
    ],
    "accepter": [
        {"kode": "grundlag-uenige", "emne": "unge/nord/2019/", "fingeraftryk": "a" * 64, "begrundelse": "Set efter."}
    ],
    "importskabeloner": [
        {
            "aftryk": "b" * 64,
            "navn": "Tabel 1. Andel ledige",
            "kobling": {
                "indikator": "ledige",
                "kilde": "LBF Beboerdata",
                "oevrige": "ja",
                "kolonner": {
                    "<år> antal": {"er": "antal"},
                    "nord": {"er": "vaerdi", "sted": "nord"},
                    "område": {"er": "sted"},
                },
                "navne": {"sted": {"2019": "", "brøndby": "", "nord: øst": "nord"}},
            },
        },
        {"aftryk": "c" * 64, "navn": "Forside", "kobling": {"spring_over": "ja"}},
    ],
}


def med_sektion(**aendringer) -> dict:
    data = plan()
    data["organisationer"] = [
        {"noegle": "andetsteds", "navn": "Nabokommunen", "art": "kommune"},
        *data["organisationer"],
    ]
    noegle = data["delaftaler"][0]["delmaal"][0]["noegle"]
    sektion = copy.deepcopy(SEKTION) | aendringer
    for indikator in sektion["indikatorer"]:
        if "delmaal" in indikator:
            indikator["delmaal"] = f"job/{noegle}"
    return data | {"indikatorer": sektion}


def gemt() -> dict:
    return plan_som_data(Helhedsplan.objects.get(noegle="ny"))


@contextmanager
def tom_database():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def grundlag():
    indlaes(REGELSAET, FORGAENGER)


def test_alt_i_sektionen_kommer_med_ud_igen(grundlag):
    data = med_sektion()
    indlaes(data)
    assert gemt() == data
    antal = Haendelse.objects.count()
    assert indlaes(data).udfald[0].hvad == "uændret"
    assert Haendelse.objects.count() == antal


VAERDI = st.decimals(0, 100, places=4).map(lambda d: f"{d.normalize():f}")
TILSTAND = st.one_of(
    st.sampled_from([{"tilstand": "mangler"}, {"tilstand": "diskretioneret"}]),
    st.fixed_dictionaries(
        {"vaerdi": VAERDI}, optional={"antal": st.integers(0, 500), "grundlag": st.integers(500, 9000)}
    ),
)
RESTEN = st.fixed_dictionaries(
    {},
    optional={
        "decimaler": st.sampled_from([0, 2, 3, 4]),
        "trykform": st.just("procent_foerst"),
        "er_baseline": st.just(True),
        "kilde": st.sampled_from(["VIVE", "2019", "ja", "a: b #c"]),
    },
)
CELLER = st.lists(
    st.tuples(st.integers(1990, 2100), st.sampled_from(["", "Kommunalvalg", "Å-valg"]), st.sampled_from([0, 1, 4])),
    unique=True,
    max_size=6,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), celler=CELLER)
def test_vilkaarlige_maalinger_overlever_turen(data, celler):
    maalinger = [
        {
            "sted": SEKTION["steder"][sted]["noegle"],
            "aar": aar,
            "begivenhed": valg,
            **data.draw(TILSTAND),
            **data.draw(RESTEN),
        }
        for aar, valg, sted in sorted(celler)
    ]
    for maaling in maalinger:
        if not maaling["begivenhed"]:
            del maaling["begivenhed"]
    indikator = {"noegle": "a", "navn": "A", "enhed": "procent"} | ({"maalinger": maalinger} if maalinger else {})
    fil = med_sektion(indikatorer=[indikator])
    with tom_database():
        indlaes(REGELSAET, FORGAENGER)
        indlaes(fil)
        assert gemt() == fil
        assert indlaes(fil).udfald[0].hvad == "uændret"


def test_det_der_mangler_i_filen_er_vaek_bagefter(grundlag):
    indlaes(med_sektion())
    indlaes(plan())
    assert (Sted.objects.count(), Indikator.objects.count(), Maaling.objects.count()) == (0, 0, 0)
    assert "indikatorer" not in gemt()


def test_et_omraade_og_dets_tal_kan_forsvinde_sammen(grundlag):
    indlaes(med_sektion())
    tom = {noegle: [] for noegle in ("steder", "indikatorer", "omraadestatus", "opfoelgninger", "accepter")} | {
        "importskabeloner": []
    }
    data = med_sektion(**tom)
    data["omraader"] = [omraade for omraade in data["omraader"] if omraade["noegle"] != "nord"]
    for gruppe in data["grupper"]:
        gruppe.pop("omraader", None)
    for lag in data["lag"]:
        lag.pop("omraader", None)
    for delaftale in data["delaftaler"]:
        for aktivitet in delaftale.get("aktiviteter", []):
            aktivitet["omraader"] = ["syd"]
    indlaes(data)
    assert [o["noegle"] for o in gemt()["omraader"]] == ["syd"]
    assert not Maaling.objects.exists()


def test_en_rettelse_er_een_haendelse(grundlag):
    indlaes(med_sektion())
    ny = med_sektion()
    ny["indikatorer"]["indikatorer"][0]["maalinger"][0]["antal"] = 53
    foer = Haendelse.objects.count()
    indlaes(ny)
    assert gemt() == ny
    [haendelse] = list(Haendelse.objects.order_by("pk"))[foer:]
    assert haendelse.objekt_type == "indikatorer.maaling"
    assert [a["felt"] for a in haendelse.aendringer] == ["antal"]


def test_fejl_staar_ved_deres_felt(grundlag):
    data = med_sektion()
    foerste, anden = data["indikatorer"]["indikatorer"]
    foerste["fast"] = "9/ledige"
    foerste["maalinger"][0]["vaerdi"] = "104.6"
    foerste["maalinger"][1]["sted"] = "ukendt"
    foerste["maalinger"][2]["antal"] = 3
    foerste["maalinger"][4]["dato"] = "2022-11-16"
    anden["delmaal"] = "job/ukendt"
    data["indikatorer"]["opfoelgninger"][0]["maal"] = 99
    data["indikatorer"]["opfoelgninger"][0]["tal"][1]["steder"] = "x"
    fundne = [f.split(": ", 1)[1] for f in fejl_i(data)]
    sti = "indikatorer.indikatorer[1].maalinger"
    for ventet in [
        "indikatorer.indikatorer[1].fast: »9/ledige« er ikke en fast indikator i regelsættet. "
        "Skriv målets nummer, skråstreg og nøglen.",
        f"{sti}[1].vaerdi: En procent ligger mellem 0 og 100.",
        f"{sti}[2].sted: »ukendt« står ikke under indikatorer.steder i filen.",
        f"{sti}[3].antal: Skriv et antal eller en værdi, eller vælg, at det mangler eller er skjult.",
        f"{sti}[5].dato: Dagen ligger i 2022, men tallet er for 2021.",
        "indikatorer.indikatorer[2].delmaal: Delmålet »job/ukendt« står ikke i filen. "
        "Skriv indsatsområde, skråstreg og delmålets nøgle.",
        "indikatorer.opfoelgninger[1].maal: »99« er ikke nummeret på et mål i regelsættet.",
        "indikatorer.opfoelgninger[1].tal[2].steder: Nøglen kendes ikke. Mente du »sted«?",
    ]:
        assert ventet in fundne
    assert len(fundne) == 8
    assert not Helhedsplan.objects.filter(noegle="ny").exists()


def test_en_celle_staar_kun_een_gang(grundlag):
    data = med_sektion()
    maalinger = data["indikatorer"]["indikatorer"][0]["maalinger"]
    maalinger.append(maalinger[1] | {"vaerdi": "23"})
    [fejl] = fejl_i(data)
    assert "indikatorer.indikatorer[1].maalinger[6]: Det samme står også i linje" in fejl


@pytest.mark.parametrize(
    ("kobling", "besked"),
    [
        ({"kolonner": {"område": {"er": "stedet"}}}, "»stedet« kan en kolonne ikke være."),
        ({"ukendt": "x"}, "kendes ikke"),
        ({"navne": {"sted": {"010203-1234": "nord"}}}, "CPR"),
        ({"kilde": "Ring 010203-1234"}, "CPR"),
        ("nord", "Her skal stå nøgler med kolon efter."),
    ],
)
def test_en_kobling_der_ikke_giver_mening(grundlag, kobling, besked):
    data = med_sektion(importskabeloner=[{"aftryk": "b" * 64, "navn": "Tabel 1", "kobling": kobling}])
    [fejl] = fejl_i(data)
    assert "indikatorer.importskabeloner[1].kobling" in fejl
    assert besked in fejl


@pytest.mark.parametrize("sektion", [["a"], "a", {"ukendt": []}])
def test_en_sektion_af_forkert_form_afvises(grundlag, sektion):
    assert len(fejl_i(plan(indikatorer=sektion))) == 1


def test_ingen_indikator_er_en_del_af_sig_selv(grundlag):
    data = med_sektion()
    indikatorer = data["indikatorer"]["indikatorer"]
    indikatorer[0]["hele"] = "fritidsjob"
    ring = "Indikatoren kommer til at være en del af sig selv."
    assert [ring in fejl for fejl in fejl_i(data)] == [True, True]
    indikatorer[0]["hele"] = "findes-ikke"
    assert ["»findes-ikke« står ikke under indikatorer.indikatorer" in fejl for fejl in fejl_i(data)] == [True]


def test_hvad_den_er_en_del_af_kan_byttes_om(grundlag):
    """The file turned round: what was the whole is now the part."""
    data = med_sektion()
    indlaes(data)
    ledige, fritidsjob = data["indikatorer"]["indikatorer"]
    ledige["hele"] = fritidsjob["noegle"]
    del fritidsjob["hele"], fritidsjob["opdeling"]
    indlaes(data)
    assert {i.noegle: i.hele and i.hele.noegle for i in Indikator.objects.all()} == {
        "ledige": "fritidsjob",
        "fritidsjob": None,
    }
