import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import pytest

from aftaler.diagram import BOKSBREDDE, organisationsdiagram

SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Gruppe:
    navn: str
    moeder_pr_aar: int | None = None
    under: tuple = ()


def tegnet(*grupper, **valg):
    return ET.fromstring(organisationsdiagram(grupper, **valg))  # noqa: S314 -- our own


def bokse(svg):
    """(x, y, width, height) of each box, in drawing order."""
    return [tuple(float(rekt.get(felt)) for felt in ("x", "y", "width", "height")) for rekt in svg.iter(f"{SVG}rect")]


def linjer(svg):
    return [tekst.text for tekst in svg.iter(f"{SVG}text")]


def bred(antal):
    return Gruppe("Bestyrelsen", None, tuple(Gruppe(f"Gruppe {nr}") for nr in range(antal)))


DYB = Gruppe("A", 1, (Gruppe("B", 4, (Gruppe("C", None, (Gruppe("D"),)),)), Gruppe("E")))


def test_ingen_grupper_er_intet_diagram():
    assert organisationsdiagram(()) == ""


def test_en_gruppe_er_en_boks_uden_streger():
    svg = tegnet(Gruppe("Bestyrelsen", 4))

    assert bokse(svg) == [(0, 0, BOKSBREDDE, 56)]
    assert linjer(svg) == ["Bestyrelsen", "4 møder om året"]
    assert svg.find(f"{SVG}path").get("d") == ""


def test_det_er_sagt_i_ord():
    svg = tegnet(DYB)

    assert svg.find(f"{SVG}title").text == (
        "Organisationsdiagram: 5 grupper med A øverst. Det samme står som liste efter diagrammet."
    )
    assert svg.find(f"{SVG}desc").text == "under A: B, E; under B: C; under C: D"
    assert (svg.get("role"), svg.get("aria-labelledby"), svg.get("aria-describedby")) == (
        "img",
        svg.find(f"{SVG}title").get("id"),
        svg.find(f"{SVG}desc").get("id"),
    )


def test_anker_goer_id_enestaaende():
    assert [e.get("id") for e in tegnet(DYB, anker="b").iter() if e.get("id")] == ["b", "b-titel", "b-tekst"]


def test_faa_grupper_tegnes_nedad_og_mange_sidelaens():
    fire, fem = bokse(tegnet(bred(4))), bokse(tegnet(bred(5)))

    assert {y for _x, y, _b, _h in fire[1:]} == {fire[0][3] + 36}
    assert {x for x, _y, _b, _h in fem[1:]} == {BOKSBREDDE + 36}


@pytest.mark.parametrize(
    "grupper",
    [
        (bred(1),),
        (bred(4),),
        (bred(10),),
        (DYB,),
        (DYB, bred(3)),
        (Gruppe("Fri"), Gruppe("Også fri")),
        (Gruppe("Et meget langt navn på en gruppe " * 4, 2, (DYB, Gruppe("Ord" * 60))),),
    ],
)
def test_bokse_staar_frit_og_inden_for_rammen(grupper):
    svg = tegnet(*grupper)

    _x0, _y0, bredde, hoejde = map(float, svg.get("viewBox").split())
    fundne = bokse(svg)
    assert len(fundne) >= len(grupper)
    for nr, (x, y, b, h) in enumerate(fundne):
        assert (0 <= x <= x + b <= bredde - 2, 0 <= y <= y + h <= hoejde - 2) == (True, True)
        for ax, ay, ab, ah in fundne[:nr]:
            assert x + b < ax or ax + ab < x or y + h < ay or ay + ah < y


@pytest.mark.parametrize("gruppe", [DYB, bred(10)])
def test_stregerne_er_rette_og_gaar_fra_boks_til_boks(gruppe):
    svg = tegnet(gruppe)

    sti = svg.find(f"{SVG}path").get("d")
    assert sti.count("M") == len(bokse(svg)) - 1
    assert re.sub(r"[MVH\d. ]", "", sti) == ""


def test_lange_navne_brydes_mellem_ord_og_lange_ord_deles():
    svg = tegnet(Gruppe("Sekretariatet for den boligsociale helhedsplan"), Gruppe("Kriminalitetsforebyggelsesgruppen"))

    assert linjer(svg) == [
        "Sekretariatet for den",
        "boligsociale",
        "helhedsplan",
        "Kriminalitetsforebyg-",
        "gelsesgruppen",
    ]


def test_ord_uden_delingssteder_brydes_alligevel():
    dele = linjer(tegnet(Gruppe("W" * 30)))

    assert "".join(dele).replace("-", "") == "W" * 30
    assert {len(del_) for del_ in dele[:-1]} == {len(dele[0])}


def test_navne_er_tekst_og_ikke_opmaerkning():
    svg = tegnet(Gruppe("<b>A & B</b>"))

    assert linjer(svg) == ["<b>A & B</b>"]


def test_ingen_stil_i_tegningen():
    """The site's security policy would drop it without a word."""
    assert [e.tag for e in tegnet(DYB).iter() if e.get("style") or e.tag == f"{SVG}style"] == []
