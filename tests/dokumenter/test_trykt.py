"""The document ids that are read out of a paper's words, however a text layer has written them."""

import pytest

from dokumenter.underskrift import trykt

EGET = "ishoej-2025-2029/delaftale/beskaeftigelse/u1-b4df566b79cb"
ANDET = "ishoej-2025-2029/delaftale/uddannelse-og-livschancer/u1-670acd2feecf"
ANDEN_UDGAVE = "ishoej-2025-2029/delaftale/beskaeftigelse/u2-bbbbbbbbbbbb"
#: How a text layer may write the foot of a page.
SKRIVEMAADER = {
    "på en linje": lambda i: f"Dokument-id {i} side 1 af 10",
    "brudt efter skråstregen": lambda i: f"Dokument-id {i.replace('/u', '/' + chr(10) + 'u')}\nside 1 af 10",
    "brudt i slutningen": lambda i: f"Dokument-id {i[:-6]}\n{i[-6:]}",
    "brudt efter mærket": lambda i: f"Dokument-id\n{i}",
    "mærket er brudt": lambda i: f"Dokument-\nid {i}",
    "bindestreg ved bruddet": lambda i: f"Dokument-id {i.replace('delaftale', 'delaf-' + chr(10) + 'tale')}",
    "bindestregen er væk": lambda i: f"Dokument-id {i.replace('2025-2029', '2025' + chr(10) + '2029')}",
    "en anden streg": lambda i: f"Dokument\u2010id {i.replace('-', chr(0x2011))}",
    "usynlige tegn": lambda i: f"Dokument\u00ad-id {i.replace('/', '/' + chr(0x200B))}",
    "mellemrum": lambda i: f"Dokument-id {i.replace('/', ' / ')}",
    "bogstav for bogstav": lambda i: " ".join(f"Dokument-id {i}"),
    "sidetallet midt i": lambda i: f"Dokument-id {i.replace('/u', '/ side 1 af 10' + chr(10) + 'u')}",
    "med kolon": lambda i: f"DOKUMENT-ID: {i}",
    "midt i en sætning": lambda i: f"Parterne skriver under på udgave 1, dokument-id {i}. Digitale",
    "mærket er læst forkert": lambda i: f"D0kurnent-id {i}",
}
skrivemaader = pytest.mark.parametrize("skriv", SKRIVEMAADER.values(), ids=SKRIVEMAADER)


@skrivemaader
@pytest.mark.parametrize("andet", [ANDET, ANDEN_UDGAVE])
def test_et_andet_id_findes_saadan_som_det_er_skrevet(skriv, andet):
    hele, halve = trykt.andre(trykt.laes(f"Bynavn 2 u. 2029\n{skriv(andet)}"), EGET, ())
    assert hele or halve


@skrivemaader
@pytest.mark.parametrize("eget", [EGET, ANDET])
def test_udgavens_eget_id_er_ikke_et_andet(skriv, eget):
    side = trykt.laes(f"{skriv(eget)} Delaftale")
    assert trykt.andre(side, eget, ()) == ([], [])
    assert side.er(eget) or "D0kurnent" in skriv("")


@pytest.mark.parametrize(
    "staar",
    [
        "Dokument-id ishoej-2025-2029/delaftale/uddan",
        "Dokument-id ishoej-2025-2029/delaftale/beskaeftigelse/u1-b4df",
        "Dokument-id ish",
        "Dokument-id ishoej-2025-2029/delaftale/beskaeftigelse/u1-b4df5???79cb",
        "Dokument-id ishoej-2025-2029/status-2026K1-kladde",
    ],
)
def test_et_id_der_kun_kan_laeses_halvt_er_ikke_intet(staar):
    hele, halve = trykt.andre(trykt.laes(staar), EGET, ())
    assert (hele, len(halve)) == ([], 1)


@pytest.mark.parametrize(
    "andet",
    ["ishoej-2025-2029/status-2026K1-u1-b4df566b79cb", "ishoej-2025-2029/moede-2026-01-02-3-referat-1-b4df566b79cb"],
)
def test_et_andet_slags_papirs_id_laeses_ogsaa(andet):
    assert trykt.andre(trykt.laes(f"Dokument-id {andet}"), EGET, ()) == ([andet], [])


def test_slutningen_kan_staa_for_sig_selv_og_saa_er_den_halve_begyndelse_udgavens():
    begyndelse = "Dokument-id ishoej-2025-2029/delaftale/ Delaftale: Beskæftigelse"
    assert trykt.andre(trykt.laes(f"u1-b4df566b79cb\n{begyndelse}"), EGET, ()) == ([], [])
    assert trykt.andre(trykt.laes(f"u1-670acd2feecf\n{begyndelse}"), EGET, ())[0] == ["u1-670acd2feecf"]
    assert trykt.andre(trykt.laes("u1-b4df566b79cb\nDokument-id aarhus/delaftale/ Andet"), EGET, ())[1]


def test_det_den_udstedte_selv_siger_er_intet_andet_papir():
    ord_ = f"Aftalen erstatter dokument-id {ANDET}. Dokument-id'et står nederst på siden og/eller bagest."
    udstedt = (trykt.laes(f"{ord_}\nDokument-id {EGET}"),)
    assert trykt.andre(trykt.laes(ord_), EGET, udstedt) == ([], [])
    assert trykt.andre(trykt.laes(ord_), EGET, ())[0] == [ANDET]
    assert trykt.andre(trykt.laes(f"Dokument-id {ANDEN_UDGAVE}"), EGET, udstedt) == ([ANDEN_UDGAVE], [])


def test_almindelige_ord_er_intet_id():
    ord_ = "Se dokument-id nederst. Et dokument i dag og/eller i morgen. u1 er en udgave, u2-3 er to. Dokument-id"
    assert trykt.laes(ord_) == trykt.Trykt((), ())


def test_et_id_der_er_skrevet_paa_flere_maader_er_et():
    med = ANDET.replace("delaftale", "delaf-tale")
    assert trykt.en_af_hver([med, EGET, ANDET]) == [EGET, ANDET]


def test_tegn_der_ligner_hinanden_er_det_samme():
    assert trykt.andre(
        trykt.laes(f"Dokument-id {'ishoej-2025-2029/delaftale/x/u1-l01acd2feeco'}"),
        "ishoej-2025-2029/delaftale/x/u1-101acd2feec0",
        (),
    ) == ([], [])
