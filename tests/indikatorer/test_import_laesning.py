"""From files to figures: wide and long, years, places and indicators as columns, marks, and every fault at its cell."""

import pytest

from indikatorer.eksport import arbejdsbog
from indikatorer.imports.forslag import Navnesoeger, foreslaa
from indikatorer.imports.kobling import skrevet_periode
from indikatorer.imports.tabeller import find_tabeller
from indikatorer.queries.importgrundlag import register
from tests import factories as f
from tests.indikatorer.importdata import bog, egen, en_plan, fejl, laes_fil, nye, udkast


@pytest.fixture
def plan(db):
    return en_plan()


def forslag(plan, data) -> dict:
    [tabel] = find_tabeller(laes_fil(data if isinstance(data, bytes) else data.encode()))
    return foreslaa(tabel, Navnesoeger(register(plan))).som_data()


LANG = {"kolonner": {"område": "sted", "tid": "aar", "indhold": "vaerdi"}, "indikator": "ledige"}


def test_statistikbanken_med_kvartaler_og_skjulte(plan):
    data = '"OMRÅDE";"TID";"INDHOLD"\n"Ishøj";"2008K1";12,5\n"ISHØJ KOMMUNE";"2020";..\n"Hele landet";"2020M03";4\n'
    assert nye(udkast(plan, data.encode(), LANG)) == {
        ("ledige", "ishoej", 2008, "1. kvartal"): ("vaerdi", None, None, "12.5", 1),
        ("ledige", "ishoej", 2020, ""): ("diskretioneret", None, None, None, 1),
        ("ledige", "hele", 2020, "marts"): ("vaerdi", None, None, "4", 1),
    }


def test_aar_som_kolonner_med_antal_og_procent(plan):
    data = b"Andel ledige;;;;\n;2019;;2020;\nOmr\xc3\xa5de;Antal;Pct.;Antal;Pct.\nNord;52;4,6;<5;1,1\nSyd;..;..;-;5\n"
    kobling = forslag(plan, data)
    assert kobling["indikator"] == "ledige"
    assert kobling["kolonner"] == {
        "område": {"er": "sted"},
        "<år> antal": {"er": "antal"},
        "<år> pct": {"er": "vaerdi"},
    }
    assert nye(udkast(plan, data, kobling)) == {
        ("ledige", "nord", 2019, ""): ("vaerdi", 52, None, "4.6", 1),
        ("ledige", "nord", 2020, ""): ("diskretioneret", None, None, None, 1),
        ("ledige", "syd", 2019, ""): ("diskretioneret", None, None, None, 1),
        ("ledige", "syd", 2020, ""): ("vaerdi", None, None, "5", 1),
    }


def test_steder_som_kolonner_og_indikatorer_som_raekker(plan):
    data = "Nøgletal 2023;;\nIndikator;Nord;Ishøj Kommune\nAndel ledige;4,6;3\nAntal beboere;1.337;20.898\n".encode()
    assert nye(udkast(plan, data, forslag(plan, data))) == {
        ("ledige", "nord", 2023, ""): ("vaerdi", None, None, "4.6", 1),
        ("ledige", "ishoej", 2023, ""): ("vaerdi", None, None, "3", 1),
        ("beboere", "nord", 2023, ""): ("vaerdi", 1337, None, None, 1),
        ("beboere", "ishoej", 2023, ""): ("vaerdi", 20898, None, None, 1),
    }


def test_indikatorer_som_kolonner_og_aar_som_raekker(plan):
    data = "Nord;;\n\nÅr;Andel ledige;Antal beboere\n2022;4,6;1337\n2023;4;1400\n".encode()
    assert nye(udkast(plan, data, forslag(plan, data))) == {
        ("ledige", "nord", 2022, ""): ("vaerdi", None, None, "4.6", 1),
        ("ledige", "nord", 2023, ""): ("vaerdi", None, None, "4", 1),
        ("beboere", "nord", 2022, ""): ("vaerdi", 1337, None, None, 1),
        ("beboere", "nord", 2023, ""): ("vaerdi", 1400, None, None, 1),
    }


def test_en_kolonne_siger_om_tallet_er_antal_eller_procent(plan):
    data = (
        "Område;Enhed;År;Indhold\nNord;Antal;2023;52\nNord;Procent;2023;4,6\nNord;Personer i alt;2023;1130\n".encode()
    )
    kobling = forslag(plan, data) | {"indikator": "ledige"}
    assert kobling["kolonner"]["enhed"] == {"er": "figur"}
    assert nye(udkast(plan, data, kobling)) == {("ledige", "nord", 2023, ""): ("vaerdi", 52, 1130, "4.6", 1)}


def test_vores_egen_fil_spoerger_ikke(plan):
    data = egen(
        "Andel ledige;Nord;2019;;;52;1130;4,6;1;vaerdi;LBF Beboerdata;2020-11-01;To\tord",
        "Andel ledige;Hele landet;2019;Kommunalvalg;19.11.2019;;;;1;Diskretioneret;;;",
        "ledige;syd;2020;;;;;;1;mangler;;;",
    )
    u = udkast(plan, data)
    assert nye(u) == {
        ("ledige", "nord", 2019, ""): ("vaerdi", 52, 1130, "4.6", 1),
        ("ledige", "hele", 2019, "Kommunalvalg"): ("diskretioneret", None, None, None, 1),
        ("ledige", "syd", 2020, ""): ("mangler", None, None, None, 1),
    }
    [foerste, anden, _] = [v for _, v in u.forskel.nye]
    assert (foerste.kilde, str(foerste.udtrukket), foerste.note) == ("LBF Beboerdata", "2020-11-01", "To\tord")
    assert str(anden.dato) == "2019-11-19"


def test_vores_egen_fil_med_ukendte_navne_maa_spoerge(plan):
    u = udkast(plan, egen("Andel ledige;Vest;2019;;;;;4,6;1;;;;"))
    assert u.mangler_svar
    assert [str(f) for f in u.tabeller[0].ubesvarede] == ["B2: »Vest« er ikke koblet til et sted i planen."]


def test_kilde_aar_og_dag_staar_i_titel_og_noter(plan):
    data = (
        "Tabel 3. Andel ledige, 2023;\nOmråde;Procent\nNord;4,6\nSyd;5\nKilde: LBF Beboerdata.\n"
        "Udtrukket 1. marts 2024\nTrukket ud den 01.03.2024\n"
    ).encode()
    u = udkast(plan, data, forslag(plan, data))
    [(raekke, v), _] = u.forskel.nye
    assert (raekke.aar, v.kilde, str(v.udtrukket)) == (2023, "LBF Beboerdata", "2024-03-01")


def test_tre_nummererede_ark_i_en_bog(plan):
    data = bog(
        ("Indhold", [["Tabel 1"], ["Tabel 2"]]),
        ("Tabel 1", [["Andel ledige"], [], ["Område", 2019, 2020], ["Nord", 4.6, "<5"], ["Anm.: noget"]]),
        ("Tabel 2", [["Antal beboere 2020"], ["Område", "Antal"], ["Nord", 1337], ["Ishøj", 20898]]),
        ("Tabel 3", [["Karaktergennemsnit"], ["År", "Nord"], [2019, 5.8]]),
    )
    u = udkast(plan, data)
    assert u.mangler_svar
    assert [(s.tabel.ark.navn, s.spoergsmaal) for s in u.tabeller] == [(f"Tabel {n}", []) for n in (1, 2, 3)]
    svar = {s.tabel.nr: s.kobling for s in u.tabeller}
    from indikatorer.imports.udkast import koer, lav_udkast

    assert nye(koer(lav_udkast(plan, data, lambda tabel: svar[tabel.nr]))) == {
        ("ledige", "nord", 2019, ""): ("vaerdi", None, None, "4.6", 1),
        ("ledige", "nord", 2020, ""): ("diskretioneret", None, None, None, 1),
        ("beboere", "nord", 2020, ""): ("vaerdi", 1337, None, None, 1),
        ("beboere", "ishoej", 2020, ""): ("vaerdi", 20898, None, None, 1),
        ("karakter", "nord", 2019, ""): ("vaerdi", None, None, "5.8", 1),
    }


def test_antal_i_et_ark_og_procent_i_et_andet_er_een_maaling(plan):
    data = bog(
        ("Antal", [["Andel ledige"], ["Sted", "År", "Antal"], ["Nord", 2019, 52]]),
        ("Procent", [["Andel ledige"], ["Sted", "År", "Procent"], ["Nord", 2019, 4.6], ["Syd", 2019, 5]]),
    )
    kobling = {"indikator": "ledige", "kolonner": {"sted": "sted", "år": "aar", "antal": "antal", "procent": "vaerdi"}}
    u = udkast(plan, data, kobling)
    assert nye(u) == {
        ("ledige", "nord", 2019, ""): ("vaerdi", 52, None, "4.6", 1),
        ("ledige", "syd", 2019, ""): ("vaerdi", None, None, "5", 1),
    }
    assert [s.nye for s in u.tabeller] == [1, 1]


def test_navne_der_springes_over_taelles(plan):
    kobling = LANG | {"navne": {"sted": {"brøndby": ""}}}
    u = udkast(plan, "Område;Tid;Indhold\nBrøndby;2020;5\nBrøndby;2021;5\nNord;2020;5\n".encode(), kobling)
    assert [s.laest.sprunget for s in u.tabeller] == [{"Brøndby": 2}]
    assert len(u.forskel.nye) == 1


def test_flettede_navne_gaelder_for_alle_deres_raekker(plan):
    def ret(b):
        b["A"].merge_cells("A2:A3")

    data = bog(("A", [["Område", "År", "Andel ledige"], ["Nord", 2019, 5], [None, 2020, 6], ["Syd", 2019, 7]]), ret=ret)
    assert sorted(nye(udkast(plan, data, forslag(plan, data)))) == [
        ("ledige", "nord", 2019, ""),
        ("ledige", "nord", 2020, ""),
        ("ledige", "syd", 2019, ""),
    ]


def test_decimaler_er_som_vist_eller_som_det_noejagtigste(plan):
    def ret(b):
        b["A"]["C2"].number_format = "0.00"

    data = bog(
        ("A", [["Område", "År", "Andel ledige"], ["Nord", 2019, 5], ["Nord", 2020, 6.1], ["Syd", 2019, 7]]), ret=ret
    )
    assert [v[-2:] for v in nye(udkast(plan, data, forslag(plan, data))).values()] == [("5", 2), ("6.1", 1), ("7", 1)]


def test_tomme_celler_tager_aldrig_et_tal_bort(plan):
    ledige, nord = plan.indikatorer.get(noegle="ledige"), plan.steder.get(noegle="nord")
    f.MaalingFactory(indikator=ledige, sted=nord, aar=2019, vaerdi="4.6", antal=52, kilde="")
    u = udkast(
        plan,
        "Område;2019;2020\nNord;;\nSyd;5;\n".encode(),
        {"kolonner": {"område": "sted", "<år>": "vaerdi"}, "indikator": "ledige"},
    )
    assert u.forskel.tomme == 1
    assert {noegle: v[0] for noegle, v in nye(u).items()} == {
        ("ledige", "nord", 2020, ""): "mangler",
        ("ledige", "syd", 2019, ""): "vaerdi",
        ("ledige", "syd", 2020, ""): "mangler",
    }


def test_hvad_filen_ikke_siger_noget_om_bliver(plan):
    ledige, nord = plan.indikatorer.get(noegle="ledige"), plan.steder.get(noegle="nord")
    f.MaalingFactory(indikator=ledige, sted=nord, aar=2020, vaerdi="4.6", antal=52, note="Set efter")
    u = udkast(plan, "Område;Tid;Indhold\nNord;2020;5,2\n".encode(), LANG)
    [a] = u.forskel.aendrede
    assert (a.efter.antal, str(a.efter.vaerdi), a.efter.note) == (52, "5.2", "Set efter")


def test_et_skjult_tal_har_ingen_tal_tilbage(plan):
    ledige, nord = plan.indikatorer.get(noegle="ledige"), plan.steder.get(noegle="nord")
    f.MaalingFactory(indikator=ledige, sted=nord, aar=2020, vaerdi="4.6", antal=4, grundlag=90)
    [a] = udkast(plan, "Område;Tid;Indhold\nNord;2020;..\n".encode(), LANG).forskel.aendrede
    assert a.efter[:4] == ("diskretioneret", None, None, None)


# --- bad input ------------------------------------------------------------------------------------------------------


def test_alle_fejl_paa_een_gang_ved_ark_raekke_og_kolonne(plan):
    def ret(b):
        b["Tal"]["D9"] = "=1/0"
        b["Tal"].merge_cells("D10:D11")

    data = bog(
        (
            "Tal",
            [
                ["Andel ledige"],
                ["Sted", "År", "Antal", "Procent", "Ud af"],
                ["Nord", 2019, "ca. 5", "N/A", 10],
                ["Nord", 2020, 5, 104.6, 10],
                ["Nord", 2021, 12, 4.6, 10],
                ["Nord", 3019, 5, 4.6, 100],
                ["Nord", "i fjor", 5, 4.6, 100],
                ["Syd", 2019, 5.5, 4, 100],
                ["Syd", 2020, 5, None, 100],
                ["Syd", 2021, 5, 4, 100],
                ["Syd", 2022, 5, 4, 100],
                ["Nord", 2020, 5, 4, 10],
                ["Syd", 2023, -3, 4, 100],
            ],
        ),
        ret=ret,
    )
    kobling = {
        "indikator": "ledige",
        "kolonner": {"sted": "sted", "år": "aar", "antal": "antal", "procent": "vaerdi", "ud af": "grundlag"},
    }
    assert fejl(plan, data, kobling) == [
        "Tal!C3: »ca. 5« kan ikke læses som et tal. Her kan kun stå et præcist tal eller ingenting.",
        "Tal!D3: »N/A« kan ikke læses som et tal. Skriv for eksempel 1.234,5.",
        "Tal!D4: »104,6«: En procent ligger mellem 0 og 100.",
        "Tal!C5: Antallet 12 er større end 10, som det er ud af.",
        "Tal!B6: »3019« er ikke et årstal. Skriv for eksempel 2025 eller 2025K1.",
        "Tal!B7: »i fjor« er ikke et årstal. Skriv for eksempel 2025 eller 2025K1.",
        "Tal!C8: »5,5« er et antal og skal være et helt tal.",
        "Tal!D9: Formlen er ikke regnet ud. Åbn og gem filen i dit regneark først.",
        "Tal!D10: Cellerne til og med D11 er flettet. Ophæv fletningen.",
        "Tal!C12: Det samme tal står også i Tal!C4. Lad det stå ét sted.",
        "Tal!D12: Det samme tal står også i Tal!D4. Lad det stå ét sted.",
        "Tal!E12: Det samme tal står også i Tal!E4. Lad det stå ét sted.",
        "Tal!C13: »-3« er under 0.",
    ]


def test_to_raekker_for_en_celle_ogsaa_paa_tvaers_af_ark(plan):
    ark = [["Andel ledige"], ["Sted", "År", "Procent"], ["Nord", 2019, 5]]
    data = bog(("A", ark), ("B", ark))
    kobling = {"indikator": "ledige", "kolonner": {"sted": "sted", "år": "aar", "procent": "vaerdi"}}
    assert fejl(plan, data, kobling) == ["B!C3: Det samme tal står også i A!C3. Lad det stå ét sted."]


@pytest.mark.parametrize(
    ("linje", "besked"),
    [
        ("Nord;1985;4", "B2: Årstallet 1985 skal ligge mellem 1990 og"),
        ("Nord;2099;4", "B2: Årstallet 2099 skal ligge mellem 1990 og"),
        ("Nord;;4", "B2: »« er ikke et årstal."),
        (";2020;4", "A2: Her mangler et sted."),
        ("Nord;2020;5 kr.", "C2: »5 kr.« har en enhed, som ikke er indikatorens."),
        ("Nord;2020;-5", "C2: »-5«: En procent ligger mellem 0 og 100."),
        ("Nord;2020;4,12345", "C2: »4,12345«: 4,12345 har flere end fire decimaler."),
    ],
)
def test_fejl_i_en_raekke(plan, linje, besked):
    [fundet] = fejl(plan, f"Område;Tid;Indhold\n{linje}\n".encode(), LANG)
    assert fundet.startswith(besked)


def test_cpr_numre_afvises_hvor_de_end_staar(plan):
    data = bog(("A", [["Område", "Procent"], ["Nord", 5]]), ("Noter", [["Ring til"], ["", "010203-1234 om tallene"]]))
    [fundet] = fejl(plan, data)
    assert fundet.startswith("Noter!B2: Teksten indeholder noget, der ligner et CPR-nummer.")


def test_der_er_et_loft_over_hvor_mange_fejl_der_vises(plan):
    u = udkast(plan, ("Område;Tid;Indhold\n" + "Nord;2020;x\n" * 600).encode(), LANG)
    assert (len(u.fejl), u.flere_fejl) == (500, 100)


def test_andele_af_een_siges_hoejt(plan):
    u = udkast(plan, "Område;Tid;Indhold\nNord;2020;0,26\nNord;2021;0,3\n".encode(), LANG)
    assert u.noter == ["Alle tal for »Andel ledige« er mellem 0 og 1. Er det andele, der skulle have været procent?"]


def test_en_andel_mellem_procenter_siges_hoejt(plan):
    """0,046 in a column of '4,6 %' is hardly 0,046 %."""

    def i_procent(b):
        for celle in ("A2", "B3", "B4", "C3", "C4"):
            b["Tal"][celle].number_format = "0.0%" if celle != "B3" else "General"

    ark = ("Tal", [["Andel ledige"], ["Område", 2023, 2024], ["Nord", 0.046, 0.051], ["Syd", 0.062, 0.07]])
    data = bog(ark, ret=i_procent)
    u = udkast(plan, data, forslag(plan, data))
    assert [v[3] for v in nye(u).values()] == ["0.046", "5.1", "6.2", "7"]
    assert u.noter == [
        "Tal!B3 er 0,046, mens andre tal i kolonnen vises i procent. Er det en andel, der skulle have været procent?"
    ]


@pytest.mark.parametrize(
    ("titel", "siges"), [("Indkomst, 1.000 kr.", True), ("Indkomst i mio. kr.", True), ("Indkomst i kr.", False)]
)
def test_kroner_i_tusinder_siges_hoejt(plan, titel, siges):
    data = f"{titel};\nOmråde;2023\nNord;176\nSyd;200\n".encode()
    u = udkast(plan, data, forslag(plan, data) | {"indikator": "indkomst"})
    assert [v[3] for v in nye(u).values()] == ["176", "200"]
    besked = (
        f"»{titel}« ser ud til at være i tusinder eller millioner, men tallene for »Indkomst« læses som hele kroner. "
        "Skriv dem helt ud i filen, hvis de er i andet."
    )
    assert u.noter == ([besked] if siges else [])


# --- proposals and names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skrevet", "noegle"),
    [
        ("Ishøj", "ishoej"),
        ("ISHØJ KOMMUNE", "ishoej"),
        ("183 Ishøj", "ishoej"),
        ("Ishøj  kommune ", "ishoej"),
        ("kommunen", "ishoej"),
        ("Danmark", "hele"),
        ("nord", "nord"),
        ("Nord Kommune", "nord"),
        ("Brøndby", ""),
    ],
)
def test_steder_kendes_paa_deres_stavemaader(plan, skrevet, noegle):
    assert Navnesoeger(register(plan)).find("sted", skrevet) == noegle


def test_et_navn_der_kan_vaere_flere_er_intet_svar(plan):
    f.StedFactory(plan=plan, navn="Ishøj", noegle="omraadet", art="omraade")
    soeger = Navnesoeger(register(plan))
    assert (soeger.find("sted", "Ishøj"), soeger.find("sted", "Ishøj Kommune")) == ("omraadet", "ishoej")
    f.StedFactory(plan=plan, navn="Hedehusene kommune", noegle="a", art="andet", omraade=None)
    f.StedFactory(plan=plan, navn="Hedehusene Kommunes", noegle="b", art="andet", omraade=None)
    assert Navnesoeger(register(plan)).find("sted", "hedehusene") == ""


def test_overskrifter_der_ikke_siger_noget_springes_over(plan):
    kobling = forslag(plan, "Løbenr.;Område;År;Andel ledige;Bem.\n1;Nord;2020;5;ok\n2;Syd;2020;6;ok\n")
    assert kobling["kolonner"] == {
        "løbenr": {},
        "område": {"er": "sted"},
        "år": {"er": "aar"},
        "andel ledige": {"er": "vaerdi", "indikator": "ledige"},
        "bem": {},
    }


# --- what is exported can be imported again -------------------------------------------------------------------------


def test_vores_eget_regneark_aendrer_intet(plan):
    i = {indikator.noegle: indikator for indikator in plan.indikatorer.all()}
    s = {sted.noegle: sted for sted in plan.steder.all()}
    felter = [
        (i["ledige"], s["nord"], 2019, {"vaerdi": "25.5950", "antal": 266, "grundlag": 1039, "decimaler": 1}),
        (i["ledige"], s["nord"], 2017, {"vaerdi": "46.6", "begivenhed": "Kommunalvalg", "dato": "2017-11-21"}),
        (i["ledige"], s["syd"], 2019, {"tilstand": "diskretioneret", "vaerdi": None, "note": "Små tal\nskjult"}),
        (i["ledige"], s["syd"], 2020, {"tilstand": "mangler", "vaerdi": None}),
        (i["ledige"], s["hele"], 2020, {"vaerdi": "0", "decimaler": 0, "begivenhed": "1. kvartal"}),
        (i["beboere"], s["nord"], 2020, {"antal": 3, "vaerdi": None, "udtrukket": "2021-03-01"}),
        (i["karakter"], s["ishoej"], 2020, {"vaerdi": "-1.5", "kilde": "=VIVE"}),
        (i["indkomst"], s["hele"], 2018, {"vaerdi": "323214", "decimaler": 0}),
    ]
    for indikator, sted, aar, resten in felter:
        f.MaalingFactory(indikator=indikator, sted=sted, aar=aar, **resten)
    u = udkast(plan, arbejdsbog(plan, se_skjulte=True))
    assert (u.fejl, u.mangler_svar) == ([], False)
    assert (u.forskel.antal, u.forskel.uaendrede) == (0, 8)
    uden_skjulte = udkast(plan, arbejdsbog(plan, se_skjulte=False))
    assert uden_skjulte.forskel is None, "it would put »diskretioneret« over the 3"


# --- what a heading says of when --------------------------------------------------------------------------------------


def under(plan, overskrift, titel="Andel ledige"):
    data = f"{titel};\nOmråde;{overskrift}\nNord;5,1\nSyd;6,1\n".encode()
    [tabel] = find_tabeller(laes_fil(data))
    valgt = {"indikator": "ledige", "kolonner": {"område": "sted", tabel.kolonner[1].noegle: "vaerdi"}}
    return data, valgt


@pytest.mark.parametrize(
    "overskrift",
    [
        "2024K1", "2024Q1", "2024 Q1", "2024-Q1", "Q1 2024", "Q1/2024", "K1 2024", "1. kv. 2024", "1.kv. 2024",
        "1. kvt. 2024", "1. kvartal 2024", "1. kvartal, 2024", "kvartal 1 2024", "2024, 1. kvartal", "2024 1. kvt.",
        "første kvartal 2024", "januar-marts 2024", "jan.-mar. 2024", "jan – marts 2024", "2024 jan-mar",
    ],
)  # fmt: skip
def test_et_kvartal_laeses_i_enhver_form(plan, overskrift):
    data, valgt = under(plan, overskrift)
    assert set(nye(udkast(plan, data, valgt))) == {
        ("ledige", "nord", 2024, "1. kvartal"),
        ("ledige", "syd", 2024, "1. kvartal"),
    }
    som_raekker = f"Område;Tid;Indhold\nNord;{overskrift};5,1\n".encode()
    assert set(nye(udkast(plan, som_raekker, LANG))) == {("ledige", "nord", 2024, "1. kvartal")}


@pytest.mark.parametrize("titel", ["Andel ledige", "Andel ledige 2023"])
@pytest.mark.parametrize(
    "overskrift",
    [
        "1. halvår 2024", "2024H1", "2024 H1", "Uge 12 2024", "2024U05", "1/1 2024", "31. december 2024", "Forår 2024",
        "2. tertial 2024", "januar-juni 2024", "Marts 2024 og april 2024", "1.-2. kvartal 2024", "Q1-Q2 2024",
        "1. og 2. kvartal 2024",
    ],
)  # fmt: skip
def test_en_periode_som_planen_ikke_har_bliver_aldrig_til_aaret(plan, overskrift, titel):
    data, valgt = under(plan, overskrift, titel)
    assert fejl(plan, data, valgt) == [
        f"B2: »{overskrift}« er hverken et år, et kvartal, en måned eller et skoleår. "
        "Spring kolonnen over, eller ret overskriften."
    ]


@pytest.mark.parametrize("overskrift", ["Ændring 2023-2024", "Ændring fra 2023 i pct.", "Mål 2024", "Måltal 2024"])
def test_en_aendring_eller_et_maal_er_ikke_maalt(plan, overskrift):
    data, valgt = under(plan, overskrift)
    assert fejl(plan, data, valgt) == [
        f"B2: »{overskrift}« er en ændring eller et mål og ikke et målt tal. Spring kolonnen over."
    ]
    brede = f"Andel ledige;;\nOmråde;2023;{overskrift}\nNord;5,1;3\nSyd;6,1;2\n"
    assert [valg["er"] for valg in forslag(plan, brede)["kolonner"].values() if valg] == ["vaerdi", "sted"]


@pytest.mark.parametrize("overskrift", ["2024", "2024*", "2024 (foreløbig)", "2024 mænd", "Andel 2024"])
def test_et_aar_med_et_ord_er_stadig_aaret(plan, overskrift):
    data, valgt = under(plan, overskrift)
    assert {noegle[2:] for noegle in nye(udkast(plan, data, valgt))} == {(2024, "")}


@pytest.mark.parametrize(
    ("skrevet", "laest"),
    [
        ("2025", "2025"), (" 2025 ", "2025"), ("2025.", "2025"), ("år 2025", "2025"), ("i 2025", "2025"),
        ("2025K1", "2025K1"), ("2025k1", "2025K1"), ("2025 K1", "2025K1"), ("K1 2025", "2025K1"),
        ("1. kvartal 2025", "2025K1"),
        ("1.kvartal 2025", "2025K1"), ("2025, 1. kvartal", "2025K1"), ("Q1 2025", "2025K1"), ("2025-Q1", "2025K1"),
        ("første kvartal 2025", "2025K1"), ("januar-marts 2025", "2025K1"),
        ("marts 2025", "2025M03"), ("Marts 2025", "2025M03"),
        ("2024/25", "2024/25"), ("skoleåret 2024/25", "2024/25"), ("", ""),
        ("1. halvår 2025", ""), ("uge 12 2025", ""), ("31. marts 2025", ""), ("25", ""),
        ("2025 og 2026", ""), ("i fjor", ""), ("2025 mænd", ""), ("Andel 2025", ""), ("før 2025", ""),
    ],
)  # fmt: skip
def test_aaret_skrives_som_folk_skriver_det(skrevet, laest):
    assert skrevet_periode(skrevet) == laest
