import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint import HTML

from helhedsplan.prosa import Fodnoter
from helhedsplan.tekst import Talkilde, ren_tekst, rens


def side(tekst, niveau=3):
    return Fodnoter().til_side(tekst, niveau)


def trae(html):
    return ET.fromstring(f"<x>{html.replace('<br>', '<br/>')}</x>")  # noqa: S314 -- our own


# --- footnotes -------------------------------------------------------------------------------------------------------


def test_fodnoter_faar_numre_gennem_hele_dokumentet_og_links_begge_veje():
    fodnoter = Fodnoter("p-")

    foerste = fodnoter.til_side(
        '<p>En<span class="fodnote">note <em>et</em></span> to<span class="fodnote">to</span></p>'
    )
    anden = fodnoter.til_side('<p>Tre<span class="fodnote">tre</span></p>')

    kald = '<sup><a href="#p-note-{0}" id="p-kald-{0}" aria-label="Fodnote {0}">{0}</a></sup>'
    assert foerste == f"<p>En{kald.format(1)} to{kald.format(2)}</p>"
    assert anden == f"<p>Tre{kald.format(3)}</p>"
    assert [(n.nummer, n.anker, n.kaldanker, n.html) for n in fodnoter.liste] == [
        (1, "p-note-1", "p-kald-1", "note <em>et</em>"),
        (2, "p-note-2", "p-kald-2", "to"),
        (3, "p-note-3", "p-kald-3", "tre"),
    ]


def test_fodnote_i_link_flytter_ud_bag_linket():
    fodnoter = Fodnoter()

    html = fodnoter.til_side('<p><a href="https://a.example">link<span class="fodnote">n</span></a></p>')

    assert html.startswith('<p><a href="https://a.example">link</a><sup>')
    assert [n.html for n in fodnoter.liste] == ["n"]


def test_fodnote_er_en_linje_ogsaa_naar_der_staar_blokke_og_noter_i_den():
    fodnoter = Fodnoter()

    fodnoter.til_side('<p>a<span class="fodnote">en<em>x<span class="fodnote">indre</span></em></span></p>')

    assert [n.html for n in fodnoter.liste] == ["en<em>x (indre)</em>"]


def test_tom_fodnote_er_ingen_fodnote():
    fodnoter = Fodnoter()

    assert fodnoter.til_side('<p>a<span class="fodnote"> </span></p>') == "<p>a</p>"
    assert fodnoter.liste == []


def test_papirets_overskrift_kender_sine_egne_ord():
    html = Fodnoter().til_papir('<h3>Om <em>os</em><span class="fodnote">n</span></h3><h3>Uden</h3>')

    assert [h.get("data-titel") for h in trae(html)] == ["Om os", None]


# --- safe ------------------------------------------------------------------------------------------------------------


def test_script_og_handlere_kommer_ikke_ud():
    assert side('<p onclick="x()">a<script>alert(1)</script><img src="x"></p>') == "<p>a</p>"


def test_tegn_i_tekst_og_adresser_er_stadig_tegn():
    assert side('<p>a &lt;b&gt; &amp; c <a href="https://e.example/?a=1&amp;b=%22">x</a></p>') == (
        '<p>a &lt;b&gt; &amp; c <a href="https://e.example/?a=1&amp;b=%22">x</a></p>'
    )


def test_styretegn_taeller_ikke():
    assert side("<p>a\x01\x0bb\ufffe</p>") == "<p>a<br>b</p>"


def test_papirets_links_foerer_kun_ud_af_huset():
    ud = '<a href="https://e.example">c</a><a href="mailto:a@e.example">d</a>'

    papir = Fodnoter().til_papir(f'<p><a href="/planer/">a</a><a href="#x">b</a>{ud}</p>')

    assert papir == f"<p><span>a</span><span>b</span>{ud}</p>"


# --- sound structure -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tekst", "niveau", "ventet"),
    [
        ("<h3>a</h3><h4>b</h4><h3>c</h3>", 3, ["h3", "h4", "h3"]),
        ("<h4>a</h4><h3>b</h3><h4>c</h4>", 3, ["h3", "h3", "h4"]),
        ("<h3>a</h3><h4>b</h4>", 5, ["h5", "h6"]),
        ("<h3>a</h3><h4>b</h4>", 6, ["h6", "h6"]),
        ("<h3> </h3><h4>b</h4>", 4, ["h4"]),
    ],
)
def test_overskrifter_springer_intet_niveau_over(tekst, niveau, ventet):
    assert [blok.tag for blok in trae(side(tekst, niveau))] == ventet


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("løs <strong>tekst</strong><p>a</p>mere", "<p>løs <strong>tekst</strong></p><p>a</p><p>mere</p>"),
        ("<p></p><p>a</p><p><br></p><ul><li> </li></ul>", "<p>a</p>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul>a<p>b</p><li>c</li></ul>", "<ul><li>a</li><li><p>b</p></li><li>c</li></ul>"),
        ("<ul><h3>a</h3></ul>", "<ul><li><p><strong>a</strong></p></li></ul>"),
        ("<li>a</li>", "<p>a</p>"),
        ("<li>a<p>b</p></li>", "<p>a</p><p>b</p>"),
        ("<h3>a<p>b</p></h3>", "<p>a</p><p>b</p>"),
        (
            '<p>a</p><strong><a href="https://e.example">b<ul><li>c</li></ul></a></strong>',
            "<p>a</p><p>b</p><ul><li>c</li></ul>",
        ),
        ('<p>a<a href="https://e.example">&nbsp;</a></p>', "<p>a</p>"),
        ("<ul><li><h3>a</h3></li></ul>", "<ul><li><p><strong>a</strong></p></li></ul>"),
        ("", ""),
    ],
)
def test_skaev_opmaerkning_rettes_op(tekst, ventet):
    assert side(tekst) == ventet


def test_tal_og_enhed_bliver_paa_samme_linje():
    assert side("<p>88,4 % af 25 mio. kr. og 5 mænd</p>") == "<p>88,4\u00a0% af 25\u00a0mio. kr. og 5 mænd</p>"


# --- tables ----------------------------------------------------------------------------------------------------------


def test_tabellens_hoved_gentages_og_raekkerne_er_lige_lange():
    html = side(
        '<table><tr><th colspan="2">A</th></tr><tr><th>r</th><td>b</td><td>c</td></tr><tr><td>d</td></tr></table>'
    )

    assert html == (
        '<table><thead><tr><th colspan="2" scope="col">A</th><td></td></tr></thead>'
        '<tbody><tr><th scope="row">r</th><td>b</td><td>c</td></tr><tr><td>d</td><td></td><td></td></tr></tbody>'
        "</table>"
    )


def test_tabel_kun_af_hoveder_har_raekkehoveder():
    assert side("<table><tr><th>A</th></tr></table>") == (
        '<table><tbody><tr><th scope="row">A</th></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("spaend", "ventet"), [("60", 50), ("1000000", 1), ("0", 1), ("-3", 1), ("x", 1), ("٣", 1), ("7", 7)]
)
def test_spaend_holdes_i_ave(spaend, ventet):
    tabel = trae(side(f'<table><tr><td colspan="{spaend}">a</td></tr></table>'))

    assert [celle.get("colspan", "1") for celle in tabel.iter("td")] == [str(ventet)]


@pytest.mark.parametrize(
    ("kolonne", "hoejre"),
    [
        (["1.234,5", "–", ""], True),
        (["34,3 %", "−2 %"], True),
        (["266 (88,4 %)", "1.337 (90,2 %)"], True),
        (["445.775 kr.", "25 mio. kr."], True),
        (["2019", "2020"], False),
        (["4", "Efter behov"], False),
        (["", ""], False),
        (['5,8<span class="fodnote">kilde</span>'], True),
    ],
)
def test_kolonner_af_tal_hoejrestilles(kolonne, hoejre):
    raekker = "".join(f"<tr><td>navn</td><td>{celle}</td></tr>" for celle in kolonne)

    tabel = trae(side(f"<table><tr><th>A</th><th>B</th></tr>{raekker}</table>"))

    klasser = [[celle.get("class") for celle in raekke] for raekke in tabel.iter("tr")]
    assert klasser == [[None, "tal" if hoejre else None]] * (len(kolonne) + 1)


MAERKER = [
    'a href="https://e.example"',
    "p",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "blockquote",
    "table",
    "tr",
    "th",
    "td",
    'span class="fodnote"',
]
prosastumper = st.lists(
    st.one_of(
        st.sampled_from([f"<{m}>" for m in MAERKER] + [f"</{m.split()[0]}>" for m in MAERKER] + ["<br>", "&nbsp;"]),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)


@given(prosastumper)
def test_hvad_som_helst_bliver_sund_opmaerkning(tekst):
    """The same to every reader, no letter lost, lists of items only, rows of one length, no level skipped."""
    fodnoter = Fodnoter()

    html = fodnoter.til_side(tekst)
    rod = trae(html)

    assert form(HTML(string=f"<body>{html}").etree_element.find("body")) == form(rod)
    for liste in [*rod.iter("ul"), *rod.iter("ol")]:
        assert {punkt.tag for punkt in liste} == {"li"}
    for tabel in rod.iter("tbody"):
        assert len({sum(int(celle.get("colspan", "1")) for celle in raekke) for raekke in tabel}) == 1
    niveauer = [2] + [int(blok.tag[1]) for blok in rod if blok.tag in {"h3", "h4"}]
    assert all(b - a <= 1 for a, b in pairwise(niveauer))
    assert [int(sup[0].text) for sup in rod.iter("sup")] == [note.nummer for note in fodnoter.liste]
    ud = [*rod.itertext(), *(ren_tekst(note.html) for note in fodnoter.liste)]
    assert bogstaver("".join(ud)) == bogstaver(ren_tekst(rens(tekst)))


def form(element):
    """The shape of a tree: any other reader of the HTML must see the same."""
    return [(barn.tag, form(barn)) for barn in element]


def bogstaver(tekst):
    return sorted(tegn for tegn in tekst if tegn.isalpha())


# --- figures bound to a measurement ----------------------------------------------------------------------------------

LEDIGE, UNGE, SKJULT = "ledige/nord/2019", "unge/nord/2019", "faa/nord/2019"
KILDER = [
    Talkilde(LEDIGE, "LBF Beboerdata, 2019"),
    Talkilde(UNGE, "LBF Beboerdata, 2019"),
    Talkilde(SKJULT, "Egen <optælling>, 2020", skjult=True),
]


def bundet(henvisning, tal):
    return f'<span data-tal="{henvisning}">{tal}</span>'


def kald(nummer, anker=True):
    id_ = f' id="kald-{nummer}"' if anker else ""
    return f'<sup><a href="#note-{nummer}"{id_} aria-label="Fodnote {nummer}">{nummer}</a></sup>'


def test_et_bundet_tal_staar_som_skrevet_og_faar_en_note_med_sin_kilde():
    fodnoter = Fodnoter(tal=KILDER)

    html = fodnoter.til_side(f'<p>I alt {bundet(LEDIGE, "26,1 %")}<span class="fodnote">egen</span></p>')

    assert html == f"<p>I alt <span>26,1\u00a0%{kald(1)}</span>{kald(2)}</p>"
    assert [n.html for n in fodnoter.liste] == ["LBF Beboerdata, 2019", "egen"]


def test_tal_fra_samme_kilde_deler_note_i_en_tekst():
    fodnoter = Fodnoter(tal=KILDER)

    html = fodnoter.til_papir(f"<p>{bundet(LEDIGE, '26')} og {bundet(UNGE, '18')}</p>")
    fodnoter.til_papir(f"<p>{bundet(LEDIGE, '26')}</p>")

    assert html == f"<p><span>26{kald(1)}</span> og <span>18{kald(1, anker=False)}</span></p>"
    assert [n.html for n in fodnoter.liste] == ["LBF Beboerdata, 2019"] * 2


def test_et_skjult_tal_staar_ikke_paa_papir_og_kun_for_dem_der_maa_se_det_paa_siden():
    tekst = f"<p>Der er {bundet(SKJULT, '3')}.</p>"

    assert Fodnoter(tal=KILDER).til_side(tekst) == "<p>Der er diskretioneret.</p>"
    assert Fodnoter(tal=KILDER, se_skjulte=True).til_papir(tekst) == "<p>Der er diskretioneret.</p>"
    seer = Fodnoter(tal=KILDER, se_skjulte=True)
    assert seer.til_side(tekst) == f'<p>Der er <span class="skjult-tal">3{kald(1)}</span>.</p>'
    assert [n.html for n in seer.liste] == ["Egen &lt;optælling&gt;, 2020"]


@pytest.mark.parametrize(
    "tekst",
    [
        f'<p><a href="https://a.example">{bundet(SKJULT, "3")}</a></p>',
        f'<p>x<span class="fodnote">note {bundet(SKJULT, "3")}</span></p>',
        f"<p>{bundet(LEDIGE, bundet(SKJULT, '3'))}</p>",
        f"<table><tr><td>{bundet(SKJULT, '<strong>3</strong>')}</td></tr></table>",
    ],
)
def test_et_skjult_tal_er_skjult_hvor_det_end_staar(tekst):
    fodnoter = Fodnoter(tal=KILDER)

    html = fodnoter.til_side(tekst)

    synligt = html + "".join(n.html for n in fodnoter.liste)
    assert "diskretioneret" in synligt
    assert ">3" not in synligt


def test_et_tal_i_et_link_har_ingen_note_og_et_ukendt_er_bare_tekst():
    fodnoter = Fodnoter(tal=KILDER)

    html = fodnoter.til_side(
        f'<p><a href="https://a.example">{bundet(LEDIGE, "26")}</a>{bundet("andet/sted/2019", "7")}</p>'
    )

    assert html == '<p><a href="https://a.example"><span>26</span></a><span>7</span></p>'
    assert fodnoter.liste == []


def test_en_overskrifts_tal_taeller_ikke_noten_med_i_bogmaerket():
    html = Fodnoter(tal=KILDER).til_papir(f"<h3>Kun {bundet(LEDIGE, '26')} i dag</h3><p>a</p>")

    assert html.startswith('<h3 data-titel="Kun 26 i dag">')
