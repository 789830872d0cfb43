"""A file with faults changes nothing, and every fault is told with its file, line, field and what to do."""

import json
import random
import re

import pytest
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aftaler.choices import Afsnitsart
from aftaler.models import Afsnit, Billede, Helhedsplan, Organisation, Regelsaet
from aftaler.planfil import Planfil, laes_filer, som_yaml
from aftaler.planfil.sektioner import alle_sektioner
from aftaler.planfil.yaml_laeser import HOEJST_BYTES
from helhedsplan.cpr import CPR_BESKED
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, fejl_i, indlaes, laes, linje, plan

pytestmark = pytest.mark.django_db

YAML = som_yaml(PLAN)
SEKTIONER = [sektion.noegle for sektion in alle_sektioner()]
#: What the plan of the tests does not have, by what it stands after in a file.
OGSAA = {"forgaenger": "kommer_af", "bilag": "omtalte_papirer"}
PLANENS = [noegle for felt in PLAN for noegle in filter(None, [felt, OGSAA.get(felt)])]
#: Another picture than the one of the plan: one red pixel.
ROED = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


@pytest.fixture
def regler():
    indlaes(REGELSAET, FORGAENGER)


def i_alt() -> tuple:
    """What stands in the database, to be held up against itself later."""
    modeller = [Regelsaet, Organisation, Helhedsplan, Afsnit, Billede, Haendelse]
    return tuple(model.objects.count() for model in modeller)


def fejl_ved(gammelt: str, nyt: str, nr: int = 1) -> list[str]:
    """The faults of the full plan with one piece of its YAML replaced, without file name; nothing was saved."""
    dele = YAML.split(gammelt)
    assert len(dele) > nr, gammelt
    tekst = gammelt.join(dele[:nr]) + nyt + gammelt.join(dele[nr:])
    foer = i_alt()
    fejl = fejl_i(tekst)
    assert i_alt() == foer
    assert all(en.startswith("proeve.yaml:") for en in fejl)
    return [en.removeprefix("proeve.yaml:") for en in fejl]


# --- the file as such -----------------------------------------------------------------------------------------------


INGEN_NOEGLER = "Filen er ikke en planfil: øverst skal stå nøgler med kolon efter."
INTET_FORMAT = "format: Filen er ikke en planfil. Her skal stå helhedsplan-plan/1 eller helhedsplan-regelsaet/1."
IKKE_UTF_8 = "Filen er ikke gemt som UTF-8. Gem den igen med tegnsættet UTF-8."
FREMMED_TEGN = "Her står et tegn, der ikke hører til i en tekstfil."
KOLON = "Kolonet kan ikke stå her. Sæt anførselstegn om teksten, eller ryk den ind."
TABULATOR = "Tegnet kan ikke begynde en værdi. Sæt anførselstegn om. Tabulator bruges ikke."
AABEN_TEKST = "Filen slutter midt i en tekst i anførselstegn."
AABEN_LISTE = "Listen eller klammen er ikke lukket, eller der mangler et komma."
ANKRE = "Ankre og henvisninger (& og *) bruges ikke. Sæt anførselstegn om tekst med & eller *."
MAERKER = "Mærker (!) bruges ikke. Sæt anførselstegn om tekst, der begynder med !."
SKRAASTREG = "Skriv omvendt skråstreg to gange, når den selv skal stå i anførselstegn."
NIVEAUER = "Filen har for mange niveauer inde i hinanden."


@pytest.mark.parametrize(
    ("indhold", "ventet"),
    [
        (b"", f"1: {INGEN_NOEGLER}"),
        (b"\n\n# intet\n", f"1: {INGEN_NOEGLER}"),
        (b"- a\n- b\n...\n", f"1: {INGEN_NOEGLER}"),
        (b"En almindelig tekst.\n", f"1: {INGEN_NOEGLER}"),
        (b"a: b\n...\n", f"1: {INTET_FORMAT}"),
        (b"a: b\nformat: helhedsplan-plan/2\n...\n", f"2: {INTET_FORMAT}"),
        (b"a: b\nformat: [helhedsplan-plan/1]\n...\n", f"2: {INTET_FORMAT}"),
        (b"a: 1\nb: \xe6\n", f"2: {IKKE_UTF_8}"),
        ("format: æ".encode("utf-16"), f"1: {IKKE_UTF_8}"),
        (b"a: 1\nb: \x00\n", f"2: {FREMMED_TEGN}"),
        (b"a: 1\n\nb: '\x1b'\n", f"3: {FREMMED_TEGN}"),
        (b'{"a": "\\ud800"}', f"1: {SKRAASTREG}"),
        (b"a: 1\n  b: 2\n", f"2: a: {KOLON}"),
        (b"a: navn: x\n", f"1: a: {KOLON}"),
        (b"a:\n\t- b\n", f"2: a: {TABULATOR}"),
        (b"a: 'b\nc: d\n", f"2: a: {AABEN_TEKST}"),
        (b"a: [b, c\n", f"1: a[2]: {AABEN_LISTE}"),
        (b"a:\n    - b\n  - c\n", "3: a[1]: Indrykningen passer ikke med linjerne over."),
        (b"a: &x [b]\nc: *x\n", f"1: a: {ANKRE}"),
        (b"a: 1\nc: *x\n", f"2: c: {ANKRE}"),
        (b"a: !!python/object/apply:os.system [echo]\n", f"1: a: {MAERKER}"),
        (b"a: !x b\n", f"1: a: {MAERKER}"),
        (b"? [a]\n: b\n", "1: En nøgle skal være et ord."),
        (b"a: 1\n...\n---\nb: 2\n", "3: Filen indeholder mere end ét dokument. Del den i flere filer."),
        (b"[" * 5000, f"1: {NIVEAUER}"),  # the reader of YAML itself gives up on these, before any place is known
        (b"- " * 5000, f"1: {'[1]' * 12}: {NIVEAUER}"),
    ],
)
def test_det_der_ikke_er_en_planfil(indhold, ventet):
    resultat = laes_filer([Planfil("fil.yaml", indhold)], bruger=PROGRAMMET)
    assert [str(fejl) for fejl in resultat.fejl] == [f"fil.yaml:{ventet}"]
    assert Haendelse.objects.count() == 0


def test_en_fil_der_er_for_stor():
    assert fejl_i(b"a" * (HOEJST_BYTES + 1)) == ["proeve.yaml:1: Filen er over 50 MB og læses ikke."]


def test_milliarder_af_grin_foldes_ikke_ud():
    linjer = ["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True))]
    assert fejl_i("\n".join(linjer))[0].startswith("proeve.yaml:1: a: Ankre")


@pytest.mark.parametrize("tegnsaet", ["utf-8", "utf-8-sig"])
def test_utf_8_med_og_uden_maerke(regler, tegnsaet):
    assert laes(YAML.encode(tegnsaet)).fejl == []


def test_linjeskift_fra_windows(regler):
    indlaes(YAML.replace("\n", "\r\n"))
    assert laes(YAML).udfald[0].hvad == "uændret"


def test_en_fil_der_er_brudt_af_aendrer_intet(regler):
    """Over an existing plan, where the loss of the end would delete the rest."""
    indlaes(YAML)
    indhold, foer = YAML.encode(), i_alt()
    for slut in range(0, len(indhold) - 1, 50):
        resultat = laes(indhold[:slut])
        assert resultat.fejl, f"brudt af efter {slut} bytes"
        assert resultat.udfald == []
        assert all(fejl.besked and 1 <= fejl.linje <= YAML.count("\n") for fejl in resultat.fejl)
    assert i_alt() == foer
    assert laes(YAML).udfald[0].hvad == "uændret"


def test_json_der_er_brudt_af(regler):
    indhold = json.dumps(PLAN, ensure_ascii=False, indent=1).encode()
    for slut in range(1, len(indhold), 50):
        assert laes(indhold[:slut]).fejl, f"brudt af efter {slut} bytes"
    assert not Helhedsplan.objects.filter(noegle="ny").exists()


def test_en_hel_plan_uden_slutmaerke(regler):
    uden = YAML.removesuffix("...\n")
    antal = uden.count("\n")
    assert fejl_i(uden) == [
        f"proeve.yaml:{antal}: Filen er brudt af: den slutter ikke med en linje med »...«. Er den hel, så skriv linjen."
    ]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
@example(bytes(range(256)))
@example(b"\xef\xbb\xbf{")
@example(b"%YAML 9.9\n---\n")
def test_tilfaeldige_bytes_giver_fejl_og_aldrig_et_nedbrud(indhold):
    assert laes(indhold).fejl


def test_en_rigtig_fil_med_tilfaeldige_fejl_giver_aldrig_et_nedbrud(regler):
    terning, afvist = random.Random(2025), 0  # noqa: S311
    for _ in range(60):
        indhold = bytearray(YAML.encode())
        for _ in range(3):
            indhold[terning.randrange(len(indhold))] = terning.choice(b" \n:-'\"[{&*!#0a\xc3")
        foer = i_alt()
        if laes(bytes(indhold)).fejl:
            afvist += 1
            assert i_alt() == foer
    assert afvist > 20


# --- keys and values ------------------------------------------------------------------------------------------------

ISO = "Skriv datoen som år-måned-dag: 2025-11-01."
FASER = "ide, praekvalifikation, ansoegning, bevilget, i_gang, afsluttet"
HELTAL = "Skriv et helt tal uden anførselstegn."
DECIMALTAL = 'Skriv et tal med punktum før decimalerne, i anførselstegn: "0.25".'
JA_NEJ = "Skriv true eller false."
GRUPPE, PART, DELMAAL, AKTIVITET = (
    "grupper[1].",
    "parter[2].",
    "delaftaler[1].delmaal[1].",
    "delaftaler[1].aktiviteter[1].",
)


@pytest.mark.parametrize(
    ("gammelt", "nyt", "ventet"),
    [
        ("navn: Den nye plan\n", "navn:\n", ["1: navn: Feltet mangler."]),
        ("navn: Den nye plan\n", "navn: '  '\n", ["3: navn: Dette felt kan ikke være tomt."]),
        ("navn: Den nye plan\n", "navn: [a]\n", ["3: navn: Her skal stå én værdi, ikke en liste eller flere nøgler."]),
        ("navn: Den nye plan\n", "navn: 2025\n", ['3: navn: Skriv teksten i anførselstegn: "2025".']),
        ("navn: Den nye plan\n", "navn: true\n", ['3: navn: Skriv teksten i anførselstegn: "true".']),
        ("navn: Den nye plan\n", "navn: a\nnavn: b\n", ["4: navn: Nøglen står to gange, også i linje 3."]),
        (
            "navn: Den nye plan\n",
            "nvn: Den nye plan\n",
            ["1: navn: Feltet mangler.", "3: nvn: Nøglen kendes ikke. Mente du »navn«?"],
        ),
        ("fase: i_gang\n", "fase: i gang\n", [f"8: fase: »i gang« kan ikke vælges her. Vælg mellem: {FASER}."]),
        (
            "periode_fra: 2025-11-01\n",
            "periode_fra: 1. november 2025\n",
            [f"6: periode_fra: {ISO} Mente du 2025-11-01?"],
        ),
        ("periode_fra: 2025-11-01\n", "periode_fra: 2025-11-01 10:00:00\n", [f"6: periode_fra: {ISO}"]),
        ("periode_fra: 2025-11-01\n", "periode_fra: 2025-11-31\n", ["6: periode_fra: Datoen 2025-11-31 findes ikke."]),
        (
            "periode_fra: 2025-11-01\n",
            "periode_fra: 2030-01-01\n",
            ["7: periode_til: Perioden slutter, før den begynder. Ret en af datoerne."],
        ),
        (
            "noegle: ny\n",
            "noegle: på tværs\n",
            ["2: noegle: En nøgle består af bogstaver fra a til z, cifre, bindestreg og understreg."],
        ),
        (
            "noegle: ny\n",
            "noegle: ny\nxyz: 1\n",
            [f"3: xyz: Nøglen kendes ikke. Her kan stå: {', '.join([*PLANENS, *SEKTIONER])}."],
        ),
    ],
)
def test_planens_egne_felter(regler, gammelt, nyt, ventet):
    assert fejl_ved(gammelt, nyt) == ventet


@pytest.mark.parametrize(
    ("gammelt", "nyt", "felt", "besked"),
    [
        ("moeder_pr_aar: 4", "moeder_pr_aar: '4'", f"{GRUPPE}moeder_pr_aar", HELTAL),
        ("moeder_pr_aar: 4", "moeder_pr_aar: 4.5", f"{GRUPPE}moeder_pr_aar", HELTAL),
        ("moeder_pr_aar: 4", "moeder_pr_aar: 0o4", f"{GRUPPE}moeder_pr_aar", HELTAL),
        ("moeder_pr_aar: 4", "moeder_pr_aar: 1:30", f"{GRUPPE}moeder_pr_aar", HELTAL),
        ("moeder_pr_aar: 4", f"moeder_pr_aar: {'9' * 5000}", f"{GRUPPE}moeder_pr_aar", HELTAL),
        ("administrerer: true", "administrerer: ja", f"{PART}administrerer", JA_NEJ),
        ("administrerer: true", "administrerer: yes", f"{PART}administrerer", JA_NEJ),
        ("administrerer: true", "administrerer: 'true'", f"{PART}administrerer", JA_NEJ),
        ("vaerdi: '30'", "vaerdi: 30,5", f"{DELMAAL}vaerdi", f'{DECIMALTAL} Mente du "30.5"?'),
        ("vaerdi: '30'", "vaerdi: 1e3", f"{DELMAAL}vaerdi", DECIMALTAL),
        ("vaerdi: '30'", "vaerdi: .inf", f"{DELMAAL}vaerdi", DECIMALTAL),
        ("vaerdi: '30'", "vaerdi: '0.12345'", f"{DELMAAL}vaerdi", "Der må maksimalt være 4 decimaler."),
        (
            "status: revideret",
            "status: aendret",
            f"{AKTIVITET}status",
            "»aendret« kan ikke vælges her. Vælg mellem: fortsaettelse, revideret, ny, under_afklaring.",
        ),
        (
            "sammenligning: '>='",
            "sammenligning: '=>'",
            f"{DELMAAL}sammenligning",
            "»=>« kan ikke vælges her. Vælg mellem: <, <=, >=, >.",
        ),
        ("dato: 2026-02-01", "dato: 2026-13-01", f"{AKTIVITET}milepaele[1].dato", "Datoen 2026-13-01 findes ikke."),
        (
            "navn: Fritidsjobforløb",
            f"navn: {'x' * 201}",
            f"{AKTIVITET}navn",
            "Denne værdi må højst have 200 tegn (den har 201).",
        ),
        ("slutter: 2026-12-31", "slut: 2026-12-31", "omraader[1].slut", "Nøglen kendes ikke. Mente du »slutter«?"),
        ("indsatsomraader: [job, skole]", "indsatsomraader: job", "indsatsomraader", "Her skal stå en liste."),
        ("  koblingstabeller:", "  tabeller: {}\n  koblingstabeller:", "samarbejdsaftale.tabeller",
         "Nøglen kendes ikke. Mente du »koblingstabeller«?"),
        ("- nummer: '55'", "- x\n      - nummer: '55'", "organisationer[1].afdelinger[2]",
         "Her skal stå nøgler med kolon efter."),
    ],
)  # fmt: skip
def test_felter_laengere_nede(regler, gammelt, nyt, felt, besked):
    assert fejl_ved(gammelt, nyt) == [f"{linje(YAML, gammelt)}: {felt}: {besked}"]


@pytest.mark.parametrize(
    ("nyt", "mente"),
    [
        ('"13 %"', ' Mente du "13"?'),
        ("8.000.000", ' Mente du "8000000"?'),
        ("1.234,50 kr.", ' Mente du "1234.5"?'),
        ("2,5", ' Mente du "2.5"?'),
        ("1,500", ""),  # a thousand and a half or one and a half
        ("mange", ""),
    ],
)
def test_et_tal_som_man_ellers_skriver_det(regler, nyt, mente):
    fejl = fejl_ved("vaerdi: '30.5'", f"vaerdi: {nyt}")
    assert fejl == [f"{linje(YAML, 'vaerdi: ')}: parametre[1].vaerdi: {DECIMALTAL}{mente}"]


@pytest.mark.parametrize(
    ("nyt", "mente"), [("1.200 ", " Mente du 1200?"), ("'310'", ""), ("'2,5'", ""), ("ca. 40", "")]
)
def test_et_antal_som_man_ellers_skriver_det(regler, nyt, mente):
    fejl = fejl_ved("maalgruppe_antal: 310", f"maalgruppe_antal: {nyt}")
    assert fejl == [f"{linje(YAML, 'maalgruppe_antal')}: {AKTIVITET}maalgruppe_antal: {HELTAL}{mente}"]


def test_et_felt_der_mangler_staar_ved_det_det_mangler_i(regler):
    sted = linje(YAML, "noegle: fritidsjobforloeb")
    assert fejl_ved("        navn: Fritidsjobforløb\n", "") == [f"{sted}: {AKTIVITET}navn: Feltet mangler."]


def test_alle_fejl_kommer_med_paa_een_gang(regler):
    data = plan(fase="x", periode_fra="i går")
    data["omraader"][0]["starter"] = "1/11-2025"
    data["delaftaler"][0]["aktiviteter"][1]["navn"] = ""
    data["delaftaler"][1]["indsatsomraade"] = "idraet"
    tekst = som_yaml(data)
    assert [en.partition(": ")[2].partition(":")[0] for en in fejl_i(tekst)] == [
        "periode_fra",
        "fase",
        "omraader[1].starter",
        "delaftaler[1].aktiviteter[2].navn",
        "delaftaler[2].indsatsomraade",
    ]


# --- references -----------------------------------------------------------------------------------------------------


TABEL = "samarbejdsaftale.koblingstabeller[1]."


@pytest.mark.parametrize(
    ("gammelt", "nyt", "felt", "besked"),
    [
        ("regelsaet: proeve", "regelsaet: prve", "regelsaet",
         "Regelsættet »prve« findes ikke. Indlæs det først eller sammen med planen."),
        ("forgaenger: gammel", "forgaenger: ukendt", "forgaenger",
         "Planen »ukendt« findes ikke. Indlæs den først eller sammen med denne."),
        ("forgaenger: gammel", "forgaenger: ny", "forgaenger", "En plan kan ikke være sin egen forgænger."),
        ("  - organisation: kommunen", "  - organisation: politiet", "parter[1].organisation",
         "»politiet« står ikke under organisationer i filen."),
        ("      - boligforeningen/55", "      - boligforeningen/56", "omraader[1].afdelinger[1]",
         "»56« står ikke under afdelinger hos organisationen »boligforeningen« i filen."),
        ("indsatsomraader: [job, skole]", "indsatsomraader: [job, idraet]", "indsatsomraader[2]",
         "»idraet« er ikke et indsatsområde i regelsættet proeve."),
        ("noegle: lokal_min_pct", "noegle: lokal_max_pct", "parametre[1].noegle",
         "»lokal_max_pct« er ikke en parameter i regelsættet proeve."),
        ("over: bestyrelsen", "over: ukendt", "grupper[2].over", "»ukendt« står ikke under grupper i filen."),
        ("over: bestyrelsen", "over: sekretariatet", "grupper[2].over",
         "Gruppen kommer til at høre under sig selv."),
        ("    - skabelon: kort", "    - skabelon: opfoelgning", "samarbejdsaftale.afsnit[1].skabelon",
         "»opfoelgning« er ikke et afsnit i skabelonen for strategisk samarbejdsaftale i regelsættet proeve."),
        ("      - skabelon: kort", "      - skabelon: vision", "delaftaler[1].afsnit[1].skabelon",
         "»vision« er ikke et afsnit i skabelonen for delaftale i regelsættet proeve."),
        ("maal: [1, 2]", "maal: [4, 1, 2]", f"{TABEL}raekker[1].maal[1]",
         "»4« er ikke nummeret på et mål i regelsættet proeve."),
        ("maal: [1, 2]", "maal: ['1', 2]", f"{TABEL}raekker[1].maal[1]", HELTAL),
        ("forslag: fritidsjob", "forslag: praktik", f"{DELMAAL}forslag",
         "»praktik« er ikke et foreslået delmål for indsatsområdet i regelsættet proeve."),
        ("fortsaetter: gammel/job/fritidsjob", "fortsaetter: fritidsjob", f"{AKTIVITET}fortsaetter",
         "Skriv plan/indsatsområde/aktivitet med skråstreger imellem."),
        ("fortsaetter: gammel/job/fritidsjob", "fortsaetter: gammel/job/sport", f"{AKTIVITET}fortsaetter",
         "Aktiviteten »gammel/job/sport« findes ikke."),
        ("fortsaetter: gammel/job/fritidsjob", "fortsaetter: aeldre/job/sport", f"{AKTIVITET}fortsaetter",
         "Planen »aeldre« findes ikke. Indlæs den først eller sammen med denne."),
        ("fortsaetter: gammel/job/fritidsjob", "fortsaetter: ny/job/fritidsjobforloeb", f"{AKTIVITET}fortsaetter",
         "En aktivitet kan ikke fortsætte sig selv."),
        ("omraader: [nord, syd]", "omraader: [nord, vest]", f"{AKTIVITET}omraader[2]",
         "»vest« står ikke under omraader i filen."),
        ("delmaal: [fritidsjob, praktik]", "delmaal: [fritidsjob, sport]", f"{AKTIVITET}delmaal[2]",
         "»sport« står ikke under delmaal i delaftalen i filen."),
    ],
)  # fmt: skip
def test_henvisninger(regler, gammelt, nyt, felt, besked):
    assert fejl_ved(gammelt, nyt) == [f"{linje(YAML, gammelt)}: {felt}: {besked}"]


def test_en_delaftale_om_et_indsatsomraade_der_ikke_er_valgt(regler):
    sted = f"{linje(YAML, 'indsatsomraade: skole')}: delaftaler[2].indsatsomraade"
    fejl = fejl_ved("indsatsomraader: [job, skole]", "indsatsomraader: [job]")
    assert fejl == [f"{sted}: »skole« er ikke valgt under indsatsomraader."]


def test_et_ukendt_regelsaet_giver_een_fejl_og_ikke_een_pr_henvisning():
    indlaes(REGELSAET, FORGAENGER)
    assert len(fejl_ved("regelsaet: proeve", "regelsaet: ukendt")) == 1


# --- what the models hold -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gammelt", "nyt", "felt", "besked"),
    [
        ("  - noegle: syd", "  - noegle: nord", "omraader[2]", "Det samme står også i linje {- noegle: nord}."),
        ("    navn: Syd", "    navn: Nord", "omraader[2].navn",
         "Planen har allerede et område med det navn. Se linje {navn: Nord}."),
        ("slutter: 2026-12-31", "slutter: 2025-01-01", "omraader[1].slutter",
         "Området slutter, før det starter. Ret en af datoerne."),
        ("gaelder_til: 2029-10-31", "gaelder_til: 2025-10-31", f"{PART}gaelder_til",
         "Parten ophører, før den begynder. Ret en af datoerne."),
        ("- organisation: boligforeningen", "- organisation: kommunen", "parter[2]",
         "Det samme står også i linje {- organisation: kommunen}."),
        ("navn: Praktik", "navn: Fritidsjobforløb", "delaftaler[1].aktiviteter[2].navn",
         "Delaftalen har allerede en aktivitet med det navn. Se linje {navn: Fritidsjobforløb}."),
        ("  - indsatsomraade: skole", "  - indsatsomraade: job", "delaftaler[2]",
         "Det samme står også i linje {indsatsomraade: job}."),
        ("navn: Kommunen", "navn: Boligforeningen", "organisationer[2].navn",
         "Der findes allerede en organisation med det navn. Se linje {navn: Boligforeningen}."),
    ],
)  # fmt: skip
def test_det_modellerne_holder(regler, gammelt, nyt, felt, besked):
    besked = re.sub(r"\{(.+)\}", lambda fund: str(linje(YAML, fund[1])), besked)
    assert f"{linje(YAML, gammelt)}: {felt}: {besked}" in fejl_ved(gammelt, nyt)


@pytest.mark.parametrize(
    ("felter", "felt", "besked"),
    [
        ({"maaltype": "retning"}, "maaltype", "Vælg, om tallet skal stige eller falde."),
        ({"maaltype": "tal", "enhed": "unge"}, "maaltype", "Skriv det tal, målet gælder."),
        ({"maaltype": "aarligt_loft", "vaerdi": "6"}, "maaltype", "Vælg, om målet er over eller under tallet."),
    ],
)
def test_et_delmaals_maal_skal_vaere_helt(regler, felter, felt, besked):
    data = plan()
    data["delaftaler"][0]["delmaal"][1] |= felter
    tekst = som_yaml(data)
    sted = linje(tekst, f"{felt}: ", 2)
    assert fejl_i(tekst) == [f"proeve.yaml:{sted}: delaftaler[1].delmaal[2].{felt}: {besked}"]


def test_kun_een_part_administrerer(regler):
    data = plan()
    data["parter"][0]["administrerer"] = True
    tekst = som_yaml(data)
    besked = "En anden part står allerede som den, der administrerer helhedsplanen."
    assert fejl_i(tekst) == [
        f"proeve.yaml:{linje(tekst, 'administrerer', 2)}: parter[2].administrerer: "
        f"{besked} Se linje {linje(tekst, 'administrerer')}."
    ]


def test_to_afdelinger_der_kendes_paa_det_samme(regler):
    """One by its number, the other by its name."""
    data = plan()
    data["organisationer"][0]["afdelinger"][0]["navn"] = "55"
    tekst = som_yaml(data)
    sted = linje(tekst, "- nummer: '55'")
    besked = f"organisationer[1].afdelinger[2]: Det samme står også i linje {sted - 1}."
    assert fejl_i(tekst)[0] == f"proeve.yaml:{sted}: {besked}"


# --- text that may not come in --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gammelt", "nyt"),
    [
        ("navn: Den nye plan", "navn: Borger 010190-1234"),
        ("note: |-\n  Første linje", "note: |-\n  Se 010190 - 1234"),
        ("<p>Baggrund</p>", "<p>0101<em>90</em>-1234</p>"),
        ("rolle: Lokaler", "rolle: 010190-1234"),
        ("noegle: lokal_min_pct", "noegle: 010190-1234"),
        ("fase: i_gang", "fase: 010190-1234"),
        ("dato: 2026-02-01", "dato: 010190-1234"),
        ("delmaal: [fritidsjob, praktik]", "delmaal: [010190-1234]"),
    ],
)
def test_cpr_afvises_overalt_og_gentages_ikke(regler, gammelt, nyt):
    fejl = fejl_ved(gammelt, nyt)
    nr = linje(YAML, gammelt.splitlines()[0])
    assert [en.partition(": ")[2].partition(": ")[2] for en in fejl] == [CPR_BESKED]
    assert fejl[0].startswith(f"{nr}: ")
    assert "010190" not in str(fejl)


def test_cpr_som_noegle_afvises(regler):
    assert fejl_ved("fase: i_gang", "010190-1234: x") == [f"8: {CPR_BESKED}"]


def test_script_tages_ud_med_en_note(regler):
    farlig = '<p onclick="x()">Om <script>alert(1)</script>job</p>'
    resultat = indlaes(YAML.replace("<p>Baggrund</p>", farlig))
    assert [str(note) for note in resultat.noter] == [
        f"proeve.yaml:{linje(YAML, 'baggrund')}: {AKTIVITET}baggrund: "
        "Opmærkningen er renset: det, der ikke kan gemmes, er taget ud."
    ]
    aktivitet = Helhedsplan.objects.get(noegle="ny").delaftaler.first().aktiviteter.first()
    assert aktivitet.baggrund == "<p>Om job</p>"


def test_ren_opmaerkning_giver_ingen_noter(regler):
    assert indlaes(YAML).noter == []


# --- pictures -------------------------------------------------------------------------------------------------------

IKKE_BASE64 = "Billedet er ikke hel base64-kode."
IKKE_BILLEDE = "Filen kan ikke læses som et billede. Brug PNG eller JPEG."


@pytest.mark.parametrize(
    ("indhold", "ventet"),
    [
        ("iVBORw0KGgo*", IKKE_BASE64),
        ("iVBORw0KGgoAAAA", IKKE_BASE64),
        ("billedé", IKKE_BASE64),
        ("aGVq", IKKE_BILLEDE),
        (
            "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=",
            "Filen kan ikke læses som et billede. Brug PNG eller JPEG.",
        ),
        ("", IKKE_BILLEDE),
    ],
)
def test_billeder_der_ikke_er_det(regler, indhold, ventet):
    data = plan()
    data["samarbejdsaftale"]["afsnit"][0]["billeder"][0]["indhold"] = indhold
    tekst = som_yaml(data)
    assert fejl_i(tekst) == [
        f"proeve.yaml:{linje(tekst, 'billedtekst') + 1}: samarbejdsaftale.afsnit[1].billeder[1].indhold: {ventet}"
    ]


def test_et_billede_uden_indhold_eller_alternativ_tekst(regler):
    data = plan()
    data["samarbejdsaftale"]["afsnit"][0]["billeder"] = [{"billedtekst": "Området"}]
    sti = "samarbejdsaftale.afsnit[1].billeder[1]"
    assert [en.partition(": ")[2] for en in fejl_i(data)] == [
        f"{sti}.alternativ_tekst: Feltet mangler.",
        f"{sti}.indhold: Feltet mangler.",
    ]


def test_en_fil_med_fejl_efterlader_ingen_billedfiler(regler):
    billeder = default_storage.path("billeder")
    indlaes(plan(noegle="anden", forgaenger=None))
    foer = sorted(default_storage.listdir(billeder)[1])
    data = plan(noegle="tredje")
    data["samarbejdsaftale"]["afsnit"][0]["billeder"][0]["indhold"] = ROED
    fejl = fejl_i(data, plan(noegle="fjerde", fase="x"))
    assert len(fejl) == 1
    assert sorted(default_storage.listdir(billeder)[1]) == foer
    indlaes(data)
    assert len(default_storage.listdir(billeder)[1]) == len(foer) + 1


# --- several files --------------------------------------------------------------------------------------------------


def test_een_fejl_i_een_fil_stopper_alle():
    fejl = fejl_i(REGELSAET, FORGAENGER, plan(fase="x"))
    assert fejl == [f"ny.yaml:8: fase: »x« kan ikke vælges her. Vælg mellem: {FASER}."]
    assert (Regelsaet.objects.count(), Helhedsplan.objects.count(), Haendelse.objects.count()) == (0, 0, 0)


def test_fejl_i_forgaengeren_gentages_ikke_i_planen():
    fejl = fejl_i(PLAN, REGELSAET, FORGAENGER | {"fase": "x"})
    assert [en.partition(":")[0] for en in fejl] == ["gammel.yaml"]


def test_fejl_i_regelsaettet_gentages_ikke_i_planerne():
    fejl = fejl_i(PLAN, REGELSAET | {"verificeret": "måske"}, FORGAENGER)
    assert [en.partition(":")[0] for en in fejl] == ["proeve.yaml"]


def test_filer_ordnes_efter_hvad_de_henviser_til():
    resultat = indlaes(PLAN, FORGAENGER, REGELSAET)
    assert [(u.noegle, u.hvad) for u in resultat.udfald] == [
        ("proeve", "oprettet"),
        ("gammel", "oprettet"),
        ("ny", "oprettet"),
    ]


def test_den_samme_plan_i_to_filer(regler):
    resultat = laes_filer([Planfil("a.yaml", YAML.encode()), Planfil("b.yaml", YAML.encode())], bruger=PROGRAMMET)
    assert [str(fejl) for fejl in resultat.fejl] == ["b.yaml:2: noegle: »ny« står også i filen a.yaml."]


def test_planer_i_ring(regler):
    foerste = plan(noegle="foerste", forgaenger="anden", delaftaler=None)
    anden = plan(noegle="anden", forgaenger="foerste", delaftaler=None)
    besked = "Planerne henviser til hinanden i ring: anden, foerste."
    nr = linje(som_yaml(foerste), "forgaenger")
    assert fejl_i(foerste, anden) == [
        f"anden.yaml:{nr}: forgaenger: {besked}",
        f"foerste.yaml:{nr}: forgaenger: {besked}",
    ]


def test_en_ring_gennem_databasen(regler):
    indlaes(PLAN)
    assert fejl_i(FORGAENGER | {"forgaenger": "ny"}) == [
        f"gammel.yaml:{linje(som_yaml(FORGAENGER | {'forgaenger': 'ny'}), 'forgaenger')}: forgaenger: "
        "Den plan kommer efter denne. Vælg en plan, der ligger før."
    ]


# --- rule sets ------------------------------------------------------------------------------------------------------


def test_fejl_i_et_regelsaet():
    data = json.loads(json.dumps(REGELSAET))
    data["indsatsomraader"][1]["maal"][0]["nummer"] = 3
    data["skabelonafsnit"][3]["noegle"] = "kort"
    data["skabelonafsnit"][0]["art"] = "brev"
    data["parametre"][0]["vaerdi"] = "25 %"
    tekst = som_yaml(data)
    assert fejl_i(tekst) == [
        f"proeve.yaml:{linje(tekst, 'nummer: 3', 2)}: indsatsomraader[2].maal[1].nummer: "
        f"Mål tælles igennem hele regelsættet; 3 står også i linje {linje(tekst, 'nummer: 3')}.",
        f"proeve.yaml:{linje(tekst, 'art: brev')}: skabelonafsnit[1].art: »brev« kan ikke vælges her. "
        f"Vælg mellem: {', '.join(Afsnitsart.values)}.",
        f"proeve.yaml:{linje(tekst, 'dokument: delaftale', 2)}: skabelonafsnit[4]: "
        f"Det samme står også i linje {linje(tekst, 'dokument: delaftale')}.",
        f"proeve.yaml:{linje(tekst, 'vaerdi:')}: parametre[1].vaerdi: "
        'Skriv et tal med punktum før decimalerne, i anførselstegn: "0.25". Mente du "25"?',
    ]
    assert Regelsaet.objects.count() == 0
