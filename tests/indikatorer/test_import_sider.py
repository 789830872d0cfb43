"""The pages of the import: choose, say what the columns are, see what would change, and change it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from indikatorer.imports.kobling import Kobling
from indikatorer.models import Importfil, Importskabelon, Maaling
from tests import factories as f
from tests.indikatorer.importdata import bog, egen, en_plan, gemte

STATBANK = '"OMRÅDE";"TID";"INDHOLD"\n"Ishøj";"2008K1";12,5\n"Brøndby";"2008K1";9\n"Hele landet";"2020";..\n'.encode()
EGEN = egen("Andel ledige;Nord;2019;;;52;1130;4,6;1;vaerdi;LBF;;")


@pytest.fixture
def plan(db):
    return en_plan()


@pytest.fixture
def klient(client, plan):
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger)
    return client


def valgt(klient, plan, data: bytes, navn: str = "tal.csv"):
    """Choose a file; where it leads, and its row."""
    svar = klient.post(reverse("indikator-importer", args=[plan.noegle]), {"fil": SimpleUploadedFile(navn, data)})
    fil = Importfil.objects.order_by("-pk").first()
    return svar, fil


def adresse(navn, plan, fil):
    return reverse(navn, args=[plan.noegle, fil.pk])


UDEN_AAR = "Andel ledige;\nOmråde;Procent\nNord;4,6\nSyd;5\n".encode()
NORD_OG_SYD = [("Nord", "4,6\u00a0%"), ("Syd", "5,0\u00a0%")]


def nye_i(side) -> list[tuple[str, str]]:
    """What a preview says would be new."""
    return [ny for tabel in side.context["tabeller"] for ny in tabel["nye"]]


def udfyldt(svar) -> dict:
    """The fields of the mapping page as they stand, ready to be sent."""
    data = {}
    for form in svar.context["former"]:
        for felt in form:
            if (vaerdi := felt.value()) is not False:
                data[felt.html_name] = "" if vaerdi is None else vaerdi
    return data


def test_egen_fil_hele_vejen_og_igen(klient, plan):
    svar, fil = valgt(klient, plan, EGEN)
    assert svar.url == adresse("importfil-vis", plan, fil)
    side = klient.get(svar.url)
    assert "<strong>1 ændring.</strong>" in side.content.decode()
    svar = klient.post(side.request["PATH_INFO"], {"aftryk": side.context["aftryk"]})
    assert (svar.status_code, svar.url) == (302, reverse("indikator-liste", args=[plan.noegle]))
    assert [r[:3] for r in gemte()] == [("ledige", "nord", 2019)]
    assert Importfil.objects.count() == 0

    svar, _ = valgt(klient, plan, EGEN)
    assert "<strong>0 ændringer.</strong>" in klient.get(svar.url).content.decode()


def test_en_ny_slags_fil_spoerger_een_gang(klient, plan):
    svar, fil = valgt(klient, plan, STATBANK)
    svar = klient.get(svar.url)
    assert svar.url == adresse("importfil-kobling", plan, fil)
    side = klient.get(svar.url)
    data = udfyldt(side)
    assert [v for k, v in data.items() if k.endswith("-er")] == ["sted", "aar", "vaerdi"]
    assert [v for k, v in data.items() if "-n-sted-" in k] == ["ishoej", "", "hele"]

    afvist = klient.post(svar.url, data)
    assert (afvist.status_code, afvist.context["fejl"]) == (
        422,
        ["Tabellen: Vælg indikatoren: den kolonne, den står i, eller én for hele tabellen."],
    )
    svar = klient.post(svar.url, data | {"t0-indikator": "ledige"})
    assert svar.url == adresse("importfil-vis", plan, fil)
    assert Kobling.fra_data(Importskabelon.objects.get().kobling).indikator == "ledige"
    side = klient.get(svar.url)
    assert [t["sprunget"] for t in side.context["tabeller"]] == [[("Brøndby", 1)]]

    naeste, _ = valgt(klient, plan, STATBANK.replace(b"2008K1", b"2009K1"))
    assert klient.get(naeste.url).status_code == 200


def test_aaret_for_en_fil_uden_aar_huskes_ikke(klient, plan):
    svar, fil = valgt(klient, plan, UDEN_AAR)
    kobling = adresse("importfil-kobling", plan, fil)
    side = klient.get(kobling)
    assert "Skriv året" in klient.post(kobling, udfyldt(side)).context["fejl"][0]
    fejl = klient.post(kobling, udfyldt(side) | {"t0-aar": "sidste år"})
    assert fejl.context["fejl"] == [
        "Andel ledige: Skriv et år, et kvartal, en måned eller et skoleår, for eksempel 2025, 1. kvartal 2025 eller "
        "2024/25."
    ]
    svar = klient.post(kobling, udfyldt(side) | {"t0-aar": "1. kvartal 2023"})
    assert nye_i(klient.get(svar.url)) == [(f"Andel ledige, {sted}, 1. kvartal 2023", tal) for sted, tal in NORD_OG_SYD]
    svar = klient.post(kobling, udfyldt(side) | {"t0-aar": "2023", "t0-udtrukket": "1/3-2024"})
    assert svar.url == f"{adresse('importfil-vis', plan, fil)}?aar.0=2023&udtrukket.0=2024-03-01"
    side = klient.get(svar.url)
    assert nye_i(side) == [(f"Andel ledige, {sted}, 2023", tal) for sted, tal in NORD_OG_SYD]
    klient.post(svar.url, {"aftryk": side.context["aftryk"]})
    assert {(m.aar, str(m.udtrukket)) for m in Maaling.objects.all()} == {(2023, "2024-03-01")}
    _, fil = valgt(klient, plan, UDEN_AAR)
    kobling = adresse("importfil-kobling", plan, fil)
    assert klient.get(kobling).context["former"][0].initial["aar"] == ""


def test_navne_der_foerst_kommer_frem_ses_efter(klient, plan):
    svar, fil = valgt(klient, plan, "Nr;Hvor;Andel ledige 2020\na;Vest;5\nb;Øst;6\n".encode())
    kobling = adresse("importfil-kobling", plan, fil)
    data = udfyldt(klient.get(kobling))
    data = {k: v for k, v in data.items() if "-n-" not in k} | {"t0-k0-er": "", "t0-k1-er": "sted"}
    side = klient.post(kobling, data)
    assert side.context["fejl"] == ["Se også navnene i rækkerne efter, og fortsæt så."]
    assert [n["skrevet"] for g in side.context["former"][0].navnelinjer for n in g["linjer"]] == ["Vest", "Øst"]
    navne = {n["felt"].html_name: n["skrevet"] for g in side.context["former"][0].navnelinjer for n in g["linjer"]}
    svar = klient.post(kobling, udfyldt(side) | {felt: "nord" for felt, navn in navne.items() if navn == "Vest"})
    assert svar.status_code == 302
    assert nye_i(klient.get(svar.url)) == [("Andel ledige, Nord, 2020", "5\u00a0%")]


def test_fejl_vises_med_sted_og_filen_bliver_liggende(klient, plan):
    svar, fil = valgt(klient, plan, egen("Andel ledige;Nord;2019;;;;;ca. 5;1;;;;"))
    side = klient.get(svar.url)
    assert re.findall(r"<th scope=\"row\">(\w+)</th><td>(.*?)</td>", side.content.decode()) == [
        (
            "H2",
            "»ca. 5« kan ikke læses som et tal. Her kan kun stå et præcist tal eller ingenting.",
        )
    ]
    assert klient.post(svar.url, {"aftryk": ""}).status_code == 200
    assert (Maaling.objects.count(), Importfil.objects.count()) == (0, 1)
    assert fil.navn in klient.get(reverse("indikator-importer", args=[plan.noegle])).content.decode()


@pytest.mark.parametrize("navn", ["importfil-vis", "importfil-kobling"])
def test_en_ulaeselig_fil_ligger_til_den_slettes(klient, plan, navn):
    _, fil = valgt(klient, plan, b"PK\x03\x04ikke et regneark", "tal.xlsx")
    side = klient.get(adresse(navn, plan, fil), follow=True)
    assert "beskadiget" in side.content.decode()
    assert klient.post(adresse("importfil-slet", plan, fil)).status_code == 302
    assert klient.get(adresse("importfil-vis", plan, fil)).status_code == 404


def test_en_fil_med_cpr_numre_gemmes_slet_ikke(klient, plan):
    svar, fil = valgt(klient, plan, bog(("A", [["Område", "Procent"], ["010203-1234", 5]])), "tal.xlsx")
    assert (svar.status_code, fil) == (422, None)
    assert svar.context["fejl"][0].startswith("A!A2: Teksten indeholder noget, der ligner et CPR-nummer.")


@pytest.mark.parametrize(("data", "besked"), [(None, "Vælg en fil."), (b"", "Filen er tom. Vælg en anden.")])
def test_ingen_fil_eller_en_tom(klient, plan, data, besked):
    felter = {} if data is None else {"fil": SimpleUploadedFile("a.csv", data)}
    svar = klient.post(reverse("indikator-importer", args=[plan.noegle]), felter)
    assert (svar.status_code, svar.context["form"].errors) == (422, {"fil": [besked]})
    assert besked in svar.content.decode()


def test_tal_der_er_aendret_imens_vises_igen(klient, plan):
    svar, _ = valgt(klient, plan, EGEN)
    aftryk = klient.get(svar.url).context["aftryk"]
    ledige, nord = plan.indikatorer.get(noegle="ledige"), plan.steder.get(noegle="nord")
    f.MaalingFactory(indikator=ledige, sted=nord, aar=2019, vaerdi=5)
    side = klient.post(svar.url, {"aftryk": aftryk})
    assert side.status_code == 409
    assert [t["aendrede"][0][0] for t in side.context["tabeller"]] == ["Andel ledige, Nord, 2019"]


def test_en_haandlavet_adresse_goer_ingen_skade(klient, plan):
    svar, _ = valgt(klient, plan, EGEN)
    for soegning in ("aar.0=x", "aar.x=2020", "udtrukket.0=i+går", "aar.99=2020", "aar.٣=1"):
        assert klient.get(f"{svar.url}?{soegning}").status_code in {200, 302}


# --- the command ----------------------------------------------------------------------------------------------------


def koer(capsys, plan, tmp_path, data: bytes, *flere) -> tuple[int, list[str], list[str]]:
    fil = tmp_path / "tal.csv"
    fil.write_bytes(data)
    kode = 0
    try:
        call_command("importer_indikatorer", plan.noegle, str(fil), *flere)
    except SystemExit as slut:
        kode = slut.code
    ud, fejl = capsys.readouterr()
    return kode, ud.splitlines(), fejl.replace(f"{tmp_path}/", "").splitlines()


def test_kommandoen_proever_foerst(plan, capsys, tmp_path):
    kode, ud, _ = koer(capsys, plan, tmp_path, EGEN)
    assert (kode, ud) == (
        0,
        [
            "Tabellen: 1 nye, 0 ændrede, 0 uændrede",
            "  ny: Andel ledige, Nord, 2019: 52 af 1.130, 4,6\u00a0%, kilde: LBF",
            "1 ændring.",
            "Intet er gemt. Kør igen med --udfoer for at gemme.",
        ],
    )
    assert Maaling.objects.count() == 0
    kode, ud, _ = koer(capsys, plan, tmp_path, EGEN, "--udfoer")
    assert (kode, ud[-1], Maaling.objects.count()) == (0, "Filen er indlæst.", 1)
    kode, ud, _ = koer(capsys, plan, tmp_path, EGEN, "--udfoer")
    assert (kode, ud[-2], Importfil.objects.count()) == (0, "0 ændringer.", 0)


def test_kommandoen_siger_hver_fejl(plan, capsys, tmp_path):
    data = egen("Andel ledige;Nord;2019;;;;;ca. 5;1;;;;", "Andel ledige;Syd;2019;;;;;104;1;;;;")
    assert koer(capsys, plan, tmp_path, data, "--udfoer") == (
        1,
        [],
        [
            "tal.csv: H2: »ca. 5« kan ikke læses som et tal. Her kan kun stå et præcist tal eller ingenting.",
            "tal.csv: H3: »104«: En procent ligger mellem 0 og 100.",
            "2 fejl. Intet er indlæst.",
        ],
    )


def test_kommandoen_gaetter_ikke(plan, capsys, tmp_path):
    data = "Andel ledige;\nOmråde;2020\nNord;5\n".encode()
    kode, _, fejl = koer(capsys, plan, tmp_path, data)
    assert (kode, fejl[0]) == (
        1,
        "tal.csv: Andel ledige: Tabellen er ikke koblet. Indlæs den én gang i browseren, eller brug --kobling.",
    )
    (tmp_path / "kobling.yaml").write_text(
        "tabeller:\n- titel: Andel ledige\n  indikator: ledige\n  kolonner: {Område: sted, '2020': vaerdi}\n"
        "  navne: {sted: {NORD: syd}}\n"
    )
    kode, ud, fejl = koer(capsys, plan, tmp_path, data, "--kobling", str(tmp_path / "kobling.yaml"), "--udfoer")
    assert (kode, fejl, ud[-1], [r[:3] for r in gemte()]) == (0, [], "Filen er indlæst.", [("ledige", "syd", 2020)])
    assert koer(capsys, plan, tmp_path, data)[1][-1] == "0 ændringer."


@pytest.mark.parametrize("indhold", ["tabeller: [", "a: b", "- x", "tabeller: [1]"])
def test_en_kobling_der_ikke_kan_laeses(plan, capsys, tmp_path, indhold):
    (tmp_path / "kobling.yaml").write_text(indhold)
    kode, _, [fejl] = koer(capsys, plan, tmp_path, EGEN, "--kobling", str(tmp_path / "kobling.yaml"))
    assert (kode, fejl.partition(":")[0]) == (1, "kobling.yaml")


def test_en_fil_der_ikke_findes(plan, capsys):
    with pytest.raises(SystemExit, match="1"):
        call_command("importer_indikatorer", plan.noegle, "findes-ikke.csv")
    assert capsys.readouterr().err == "findes-ikke.csv: Filen kan ikke åbnes: No such file or directory.\n"
