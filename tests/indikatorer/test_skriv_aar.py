"""The grid of a year: what is recognised, faults at their cells, all or nothing, two people at once."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from helhedsplan.models import Haendelse
from indikatorer.gitter import laes_raekke
from indikatorer.models import Maaling
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def indikator():
    indikator = f.IndikatorFactory(noegle="ledige", navn="Ledige")
    for nr, navn in enumerate(("Parken", "Gården")):
        f.StedFactory(plan=indikator.plan, noegle=f"sted-{navn[0].lower()}", navn=navn, orden=nr)
    f.StedFactory(plan=indikator.plan, kommunen=True, noegle="kommunen", navn="Kommunen", orden=9)
    return indikator


@pytest.fixture
def klient(client, indikator):
    client.force_login(f.MedlemskabFactory(plan=indikator.plan, rolle="sekretariat").bruger)
    return client


def adresse(indikator, aar=2024, begivenhed=""):
    url = reverse("maalinger-ret", args=[indikator.plan.noegle, indikator.noegle])
    return f"{url}?aar={aar}&begivenhed={begivenhed}"


def send(klient, indikator, celler: dict, **felter):
    """The page as it was fetched, with some cells changed."""
    side = felter.pop("side", None) or klient.get(adresse(indikator))
    data = {navn: side.context[navn] for navn in ("foer", "versioner")}
    data |= {"faelles": side.context["faelles_foer"]}
    faelles = json.loads(side.context["faelles_foer"])
    data |= {"kilde": faelles.get("kilde", ""), **({"er_baseline": "on"} if faelles.get("er_baseline") else {})}
    return klient.post(adresse(indikator), data | {f"m.{navn}": tekst for navn, tekst in celler.items()} | felter)


def gemte(indikator):
    maalinger = indikator.maalinger.order_by("sted__orden")
    return [(m.sted.navn, m.tilstand, m.antal, m.grundlag, m.vaerdi, m.decimaler) for m in maalinger]


def test_et_aar_skrives_for_alle_steder_paa_en_gang(klient, indikator):
    celler = {
        "sted-p.antal": "1.258", "sted-p.vaerdi": "26,1 %", "sted-g.antal": "<5",
        "kommunen.grundlag": "3.000", "kommunen.vaerdi": "22",
    }  # fmt: skip
    svar = send(klient, indikator, celler, kilde="LBF Beboerdata", udtrukket="1.11.2025", er_baseline="on")
    assert svar.status_code == 302
    assert gemte(indikator) == [
        ("Parken", "vaerdi", 1258, None, Decimal("26.1"), 1),
        ("Gården", "diskretioneret", None, None, None, 1),
        ("Kommunen", "vaerdi", None, 3000, Decimal(22), 0),
    ]
    assert {(m.kilde, f"{m.udtrukket:%d.%m.%Y}", m.er_baseline) for m in Maaling.objects.all()} == {
        ("LBF Beboerdata", "01.11.2025", True)
    }
    assert Haendelse.objects.filter(objekt_type="indikatorer.maaling", handling="oprettet").count() == 3
    side = klient.get(adresse(indikator))
    assert [[c.tekst for c in r.celler] for r in side.context["gitter"].raekker] == [
        ["1.258", "", "26,1"],
        ["..", "", ""],
        ["", "3.000", "22"],
    ]


@pytest.mark.parametrize(
    ("tekster", "ventet"),
    [
        (("", "", ""), None),
        (("-", "", ""), ("mangler", None, None, None)),
        (("", "", "…"), ("mangler", None, None, None)),
        (("..", "", ".."), ("diskretioneret", None, None, None)),
        (("0-4", "", ""), ("diskretioneret", None, None, None)),
        (("0", "80", "-"), ("vaerdi", 0, 80, None)),
        (("", "", "12,50"), ("vaerdi", None, None, Decimal("12.50"))),
    ],
)
def test_tal_maerker_og_tomt_er_tre_ting(tekster, ventet):
    figurer, fejl = laes_raekke("procent", dict(zip(("antal", "grundlag", "vaerdi"), tekster, strict=True)))
    assert fejl == {}
    assert (figurer and tuple(figurer[felt] for felt in ("tilstand", "antal", "grundlag", "vaerdi"))) == ventet


@pytest.mark.parametrize(
    ("enhed", "tekster", "felt", "besked"),
    [
        ("procent", ("N/A", "", ""), "antal", "»N/A« kan ikke læses som et tal. Skriv for eksempel 1.234,5."),
        (
            "procent",
            ("", "", "ca. 5"),
            "vaerdi",
            "»ca. 5« kan ikke læses som et tal. Her kan kun stå et præcist tal eller ingenting.",
        ),
        ("procent", ("2,5", "", ""), "antal", "Skriv et helt antal."),
        ("procent", ("-3", "", ""), "antal", "Skriv et helt antal."),
        ("procent", ("", "", "101"), "vaerdi", "En procent ligger mellem 0 og 100."),
        ("karakter", ("", "", "7 %"), "vaerdi", "Indikatoren måles ikke i procent."),
        (
            "procent",
            ("..", "80", ""),
            "antal",
            "Noget i rækken er skjult. Så kan resten ikke skrives, for det skjulte kan regnes ud af det.",
        ),
    ],
)
def test_en_celle_der_ikke_kan_laeses(enhed, tekster, felt, besked):
    assert laes_raekke(enhed, dict(zip(("antal", "grundlag", "vaerdi"), tekster, strict=True))) == (
        None,
        {felt: [besked]},
    )


def test_en_daarlig_celle_standser_det_hele_og_staar_ved_sit_felt(klient, indikator):
    svar = send(klient, indikator, {"sted-p.antal": "20", "sted-g.vaerdi": "mange", "kommunen.antal": "9"}, kilde="LBF")
    assert svar.status_code == 422
    assert not Maaling.objects.exists()
    assert svar.context["fejl"] == [
        ("Gården, procent: »mange« kan ikke læses som et tal. Skriv for eksempel 1.234,5.", "celle-sted-g.vaerdi")
    ]
    assert [[c.tekst for c in r.celler] for r in svar.context["gitter"].raekker] == [
        ["20", "", ""],
        ["", "", "mange"],
        ["9", "", ""],
    ]
    assert svar.context["form"]["kilde"].value() == "LBF"


def test_det_modellen_afviser_standser_ogsaa_det_hele(klient, indikator):
    svar = send(klient, indikator, {"sted-p.antal": "20", "sted-g.antal": "30", "sted-g.grundlag": "20"})
    assert svar.status_code == 422
    assert not Maaling.objects.exists()
    assert svar.context["fejl"] == [("Gården: Antallet er større end det, det er ud af.", "celle-sted-g.antal")]


def test_kun_det_der_er_aendret_gemmes(klient, indikator):
    send(klient, indikator, {"sted-p.antal": "20", "sted-g.antal": "30"}, kilde="LBF")
    send(klient, indikator, {"sted-p.antal": "21"})
    assert [(m.antal, m.kilde, m.version) for m in indikator.maalinger.order_by("sted__orden")] == [
        (21, "LBF", 2),
        (30, "LBF", 1),
    ]
    send(klient, indikator, {"sted-g.antal": ""})
    assert [m.antal for m in indikator.maalinger.all()] == [21]
    send(klient, indikator, {}, kilde="VIVE")
    assert [(m.antal, m.kilde) for m in indikator.maalinger.all()] == [(21, "VIVE")]


def test_to_paa_en_gang_hver_sit_sted_og_samme_sted(klient, indikator):
    send(klient, indikator, {"sted-p.antal": "20", "sted-g.antal": "30"})
    min_side = klient.get(adresse(indikator))
    send(klient, indikator, {"sted-p.antal": "22"})
    assert send(klient, indikator, {"sted-g.antal": "33"}, side=min_side).status_code == 302

    svar = send(klient, indikator, {"sted-p.antal": "25"}, side=min_side)
    assert svar.status_code == 409
    assert [(c.tekst, c.gemt) for c in svar.context["gitter"].konflikter()] == [("25", "22")]
    assert [m.antal for m in indikator.maalinger.order_by("sted__orden")] == [22, 33]
    assert send(klient, indikator, {"sted-p.antal": "25"}, side=svar).status_code == 302
    assert [m.antal for m in indikator.maalinger.order_by("sted__orden")] == [25, 33]


def test_et_sted_to_har_skrevet_for_samtidig(klient, indikator):
    min_side = klient.get(adresse(indikator))
    send(klient, indikator, {"sted-p.antal": "20"})
    svar = send(klient, indikator, {"sted-p.antal": "25"}, side=min_side)
    assert svar.status_code == 409
    assert [(c.tekst, c.gemt) for c in svar.context["gitter"].konflikter()] == [("25", "20")]


def test_en_begivenhed_har_sine_egne_tal(klient, indikator):
    url = adresse(indikator, 2017, "Kommunalvalg")
    data = {"m.sted-p.vaerdi": "46,6", "dato": "21.11.2017", "foer": "{}", "versioner": "{}", "faelles": "{}"}
    assert klient.post(url, data).status_code == 302
    [maaling] = Maaling.objects.all()
    assert (maaling.aar, maaling.begivenhed, f"{maaling.dato:%d.%m.%Y}") == (2017, "Kommunalvalg", "21.11.2017")
    svar = klient.post(url, data | {"m.sted-g.vaerdi": "40", "dato": "21.11.2018"})
    assert svar.status_code in (409, 422)


@pytest.mark.parametrize("foer", ["", "ikke json", "[1]", "{}"])
def test_ulaeselige_skjulte_felter_er_ingen_fejl(klient, indikator, foer):
    data = {"m.sted-p.antal": "20", "foer": foer, "versioner": foer, "faelles": foer}
    assert klient.post(adresse(indikator), data).status_code == 302
    assert Maaling.objects.get().antal == 20


@pytest.mark.parametrize("aar", ["", "abc", "1200", "9999999999"])
def test_et_aar_der_ikke_kan_vaere_giver_siste_aar_og_en_besked(klient, indikator, aar):
    svar = klient.get(adresse(indikator, aar))
    assert svar.status_code == 200
    assert svar.context["valgfejl"] == "Skriv et årstal, for eksempel 2026."


@pytest.mark.usefixtures("uden_klokke")
@pytest.mark.parametrize("antal", [1, 3])
def test_antallet_af_forespoergsler_er_fast(klient, indikator, antal, django_assert_num_queries):
    for _ in range(antal):
        f.MaalingFactory(indikator=indikator, sted=f.StedFactory(plan=indikator.plan), aar=2024)
    with django_assert_num_queries(9):
        klient.get(adresse(indikator))
