"""The gateway: what it may read, what it writes, and that the same content is the same bytes."""

import gc
import hashlib
import io
import re
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from fontTools.ttLib import TTFont, woff2
from PIL import Image
from pypdf import PdfReader

from helhedsplan import skrift
from helhedsplan.formats import lang_dato
from helhedsplan.pdf import PdfFejl, _udpakket, arkivbillede, html_til_pdf, kun_kendte_tegn, udkastlinje
from tests.vera import vera_fejl

SAGER = Path(__file__).parent.parent / "sager"
STIL = '<link rel="stylesheet" href="statisk:pdf/papir.css">'
EMOJI = "\N{GRINNING FACE}"
KINESISK = "\u4f60"


def html(krop, hoved=STIL):
    return f'<html lang="da"><head><title>Prøve</title>{hoved}</head><body><h1>Prøve</h1>{krop}</body></html>'


def pdf(krop="<p>Tekst</p>", hoved=STIL, **felter):
    return html_til_pdf(html(krop, hoved), **{"identifikator": "proeve/1", "titel": "Prøve", "dato": None} | felter)


def laest(data):
    return PdfReader(io.BytesIO(data))


def tekst(data):
    return "\n".join(side.extract_text() for side in laest(data).pages)


def strukturer(data, art):
    """The structure elements of one kind, in reading order."""

    def gaa(element):
        boern = element.get("/K", [])
        for barn in boern if isinstance(boern, list) else [boern]:
            if hasattr(barn.get_object(), "get"):
                yield from gaa(barn.get_object())
        if element.get("/S") == art:
            yield element

    return list(gaa(laest(data).trailer["/Root"]["/StructTreeRoot"]))


# --- what it may read ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "adresse",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://eksempel.example/x.png",
        "ftp://eksempel.example/x.png",
        "statisk:../manage.py",
        "statisk:pdf/../../manage.py",
        "statisk:/etc/passwd",
        "statisk:%2e%2e/manage.py",
        "statisk:pdf",
        "statisk:findes-ikke.png",
        "billede:ukendt",
    ],
)
@pytest.mark.parametrize("sted", ["billede", "css", "import", "stilark", "skrift"])
def test_fremmede_adresser_standser_papiret(adresse, sted):
    hoved = {
        "billede": "",
        "css": f'<style>h1{{background-image:url("{adresse}")}}</style>',
        "import": f'<style>@import "{adresse}";</style>',
        "stilark": f'<link rel="stylesheet" href="{adresse}">',
        "skrift": f'<style>@font-face{{font-family:X;src:url("{adresse}")}}</style>',
    }[sted]
    krop = f'<img src="{adresse}" alt="x">' if sted == "billede" else ""

    with pytest.raises(PdfFejl, match=r"^Papiret må ikke hente "):
        pdf(krop, hoved)


def test_egne_filer_egne_billeder_og_data_kan_bruges():
    sha256, data = arkivbillede(billedfil("RGB"), "a.png")
    raa = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/%3E"

    faerdig = pdf(
        f'<img src="billede:{sha256}" alt="a"><img src="{raa}" alt="b"><img src="statisk:img/maerke.svg" alt="c">',
        billeder={sha256: data},
    )

    assert [str(figur["/Alt"]) for figur in strukturer(faerdig, "/Figure")] == ["a", "b", "c"]


def test_oprydning_i_hukommelsen_er_som_foer():
    gc.disable()
    try:
        pdf()
        assert not gc.isenabled()
    finally:
        gc.enable()
    with pytest.raises(PdfFejl):
        pdf('<img src="file:///etc/passwd" alt="x">')
    assert gc.isenabled()


@pytest.mark.parametrize("identifikator", ['a"; } * { color: red', "a\nb", "", "a\\b"])
def test_dokument_id_kan_ikke_bryde_stilarket(identifikator):
    with pytest.raises(ValueError, match=r"^Dokument-id kan ikke trykkes"):
        pdf(identifikator=identifikator)


# --- what it writes --------------------------------------------------------------------------------------------------


def test_metadata_sprog_id_og_sidetal():
    dato = datetime(2026, 1, 31, 23, 30, 5, tzinfo=UTC)

    laes = laest(
        pdf('<p style="break-after:page">a</p><p>b</p>', titel="Aftale\x01 æ", forfattere=["A", "B"], dato=dato)
    )

    assert (laes.metadata.title, laes.metadata.author) == ("Aftale æ", "A, B")
    assert (laes.metadata.creation_date, laes.metadata.modification_date) == (dato, dato)
    assert laes.trailer["/Root"]["/Lang"] == "da"
    assert laes.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    bunde = [side.extract_text().split("Dokument-id ")[1] for side in laes.pages]
    assert bunde == ["proeve/1 side 1 af 2", "proeve/1 side 2 af 2"]


def test_xmp_siger_baade_arkiv_og_tilgaengelighed():
    xmp = laest(pdf()).trailer["/Root"]["/Metadata"].get_data().decode()

    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_kun_husets_skrifter_og_alle_indlejret():
    """Any other font would be whatever the machine has, and the bytes would differ."""
    snit = f"<p>Almindelig <em>kursiv</em> <strong>fed</strong> ● ▲ ■ ○ – ≥ ≤ ☐ ↩ {KINESISK}</p>"
    laes = laest(pdf(f"{snit}<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"))

    objekter = [laes.get_object(nr) for nr in range(1, laes.trailer["/Size"])]
    beskrivelser = [o for o in objekter if isinstance(o, dict) and o.get("/Type") == "/FontDescriptor"]
    assert {o["/FontName"].partition("+")[2] for o in beskrivelser} == {
        "IBM-Plex-Sans",
        "IBM-Plex-Sans-Italic",
        "IBM-Plex-Sans-Semi-Bold",
        "Symboler",
    }
    assert all("/FontFile2" in o or "/FontFile3" in o for o in beskrivelser)


def test_en_skrift_pakkes_ud_en_gang_og_ikke_for_hvert_papir(monkeypatch):
    """Unpacking takes twenty times as long as the rest of a short paper; the bytes are the same."""
    udpakket, oprindelig = [], woff2.decompress
    monkeypatch.setattr(woff2, "decompress", lambda ind, ud: udpakket.append(ind) or oprindelig(ind, ud))
    _udpakket.cache_clear()

    foerste, andet = pdf("<p>x <em>y</em></p>"), pdf("<p>x <em>y</em></p>")

    css = (settings.BASE_DIR / "static/pdf/papir.css").read_text()
    assert len(udpakket) == len(set(re.findall(r"statisk:\S+?\.woff2", css))) > 2
    assert foerste == andet


def test_danske_ord_deles_paa_dansk():
    ord_ = "kriminalitetsforebyggelse boligorganisationernes arbejdsmarkedet"

    linjer = tekst(pdf(f'<p style="width:25mm">{ord_}</p>')).replace("Prøve", "Prøve\n", 1).splitlines()

    assert [linje for linje in linjer if "\u2010" in linje] == [
        "kriminalitets\u2010",
        "boligorganisa\u2010",
        "arbejdsmar\u2010",
    ]


def test_links_beskrives_med_deres_ord():
    data = pdf(
        '<p><a href="#x">Til <em>noten</em></a> <a id="x" href="https://e.example" aria-label="Kilden">1</a></p>'
    )

    noter = [note.get_object() for note in laest(data).pages[0]["/Annots"]]
    assert [note["/Contents"] for note in noter] == ["Til noten", "Kilden"]


def test_link_til_intet_er_bare_tekst(caplog):
    data = pdf('<p><a href="#findes-ikke">Tekst</a></p>')

    assert "/Annots" not in laest(data).pages[0]
    assert [post.message for post in caplog.records] == ["No anchor #findes-ikke for internal URI reference"]


def test_afsnit_i_et_listepunkt_hoerer_til_punktet():
    data = pdf("<ul><li><p>et</p><p>to</p></li><li>tre<p>fire</p></li></ul>")

    punkter = [[barn["/S"] for barn in punkt["/K"]] for punkt in strukturer(data, "/LI")]
    assert punkter == [["/Lbl", "/LBody"], ["/Lbl", "/LBody"]]
    assert len(strukturer(data, "/P")) == 3


def test_tabelhoveder_siger_hvad_de_er_hoved_for():
    data = pdf("<table><thead><tr><th>A</th></tr></thead><tbody><tr><th>r</th></tr></tbody></table>")

    assert [hoved["/A"]["/Scope"] for hoved in strukturer(data, "/TH")] == ["/Column", "/Row"]


# --- the same bytes --------------------------------------------------------------------------------------------------


LAV = """
import hashlib, sys, django
django.setup()
from tests.helhedsplan.test_pdf import SAMME, pdf
print(hashlib.sha256(pdf(SAMME)).hexdigest())
"""
SAMME = f'<p>Æble <em>x</em> <a href="#a">l <strong>m</strong></a> {EMOJI}</p><h2 id="a">B</h2>'
SAMME += "<ul><li>c</li></ul><svg><title>t</title></svg>"


def test_samme_indhold_er_samme_bytes_i_to_processer():
    """Also with another hash seed, which is what orders of sets and dicts of objects hang on."""
    processer = [
        subprocess.Popen(
            [sys.executable, "-c", LAV],
            stdout=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
            env={"DJANGO_SETTINGS_MODULE": "helhedsplan.settings", "PYTHONHASHSEED": froe, "PATH": ""},
        )
        for froe in ("1", "2")
    ]
    svar = {proces.communicate(timeout=120)[0].strip() for proces in processer}

    assert svar == {hashlib.sha256(pdf(SAMME)).hexdigest()}


def test_andet_indhold_eller_anden_dato_er_andre_bytes():
    dage = [datetime(2026, 1, dag, tzinfo=UTC) for dag in (1, 2)]
    varianter = [pdf(), pdf("<p>Tekst.</p>"), pdf(identifikator="proeve/2"), *(pdf(dato=dag) for dag in dage)]

    assert len(set(varianter)) == 5


# --- characters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skrevet", "trykt"),
    [
        ("Æblegrød – 25 % ≥ ●", "Æblegrød – 25 % ≥ ●"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("\N{LATIN SMALL LIGATURE FFI} \N{FULLWIDTH DIGIT ONE} \N{MATHEMATICAL BOLD CAPITAL A}", "ffi 1 A"),
        (f"a {EMOJI} \N{BLACK STAR}!", f"a {EMOJI} \N{BLACK STAR}!"),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}", "\N{WOMAN}\N{GIRL}"),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", "\N{HEAVY BLACK HEART}"),
        ("سلام عليكم a", "سلام عليكم a"),
        (f"a {KINESISK}!", "a [tegn U+4F60]!"),
        ("你好 吗a", "[3 tegn: U+4F60 U+597D U+5417]a"),
        ("\N{FULLWIDTH LESS-THAN SIGN}", "[tegn U+FF1C]"),
        ("a\x07b\N{RIGHT-TO-LEFT OVERRIDE}c\ufeff", "abc"),
        (f'<a href="/{KINESISK}" title="{KINESISK}">', f'<a href="/{KINESISK}" title="[tegn U+4F60]">'),
    ],
)
def test_tegn_som_skriften_mangler(skrevet, trykt):
    assert kun_kendte_tegn(skrevet) == trykt


# --- pictures --------------------------------------------------------------------------------------------------------


def billedfil(farver, type_="PNG", stoerrelse=(40, 20), **valg):
    ud = io.BytesIO()
    Image.new(farver, stoerrelse).save(ud, type_, **valg)
    return ud.getvalue()


@pytest.mark.parametrize(
    ("fil", "ventet"),
    [
        (billedfil("RGB"), ("PNG", "RGB", (40, 20))),
        (billedfil("RGBA"), ("PNG", "RGBA", (40, 20))),
        (billedfil("LA"), ("PNG", "RGBA", (40, 20))),
        (billedfil("P", transparency=0), ("PNG", "RGBA", (40, 20))),
        (billedfil("I;16"), ("PNG", "RGB", (40, 20))),
        (billedfil("1", "GIF"), ("PNG", "RGB", (40, 20))),
        (billedfil("RGB", "WEBP"), ("PNG", "RGB", (40, 20))),
        (billedfil("L", "JPEG"), ("JPEG", "RGB", (40, 20))),
        (billedfil("CMYK", "JPEG"), ("JPEG", "RGB", (40, 20))),
        (billedfil("RGB", stoerrelse=(4000, 1000)), ("PNG", "RGB", (2000, 500))),
    ],
)
def test_billeder_kommer_paa_en_form_som_arkivet_tager(fil, ventet):
    sha256, data = arkivbillede(fil, "a")

    billede = Image.open(io.BytesIO(data))
    assert (billede.format, billede.mode, billede.size) == ventet
    assert hashlib.sha256(data).hexdigest() == sha256


def test_billeder_vendes_op():
    exif = Image.Exif()
    exif[0x0112] = 6

    _sha256, data = arkivbillede(billedfil("RGB", "JPEG", exif=exif), "a.jpg")

    assert Image.open(io.BytesIO(data)).size == (20, 40)


@pytest.mark.parametrize("data", [b"", b"hej", b"<svg/>"])
def test_ulaeseligt_billede_naevnes_ved_navn(data):
    with pytest.raises(PdfFejl, match=r"^Billedet kort\.png kan ikke læses\. Hent det op igen\.$"):
        arkivbillede(data, "kort.png")


# --- the judge -------------------------------------------------------------------------------------------------------


def test_porten_overholder_begge_standarder(tmp_path):
    """Whatever comes through: no table head, headings of rows, links, SVG, pictures with and without alpha."""
    billeder = dict(arkivbillede(billedfil(farver), "a") for farver in ("RGB", "RGBA", "L"))
    figurer = "".join(f'<img src="billede:{sha256}" alt="Billede">' for sha256 in billeder)
    svg = '<svg viewBox="0 0 9 9" width="9" height="9"><title>Tegning</title><path d="M0 0H9" stroke="#000"/></svg>'
    krop = f"{SAMME}{figurer}{svg}<table><tr><td>a</td><td>b</td></tr></table><dl><dt>a</dt><dd>b</dd></dl>"
    fil = tmp_path / "porten.pdf"
    fil.write_bytes(pdf(krop, titel=f"Titel {EMOJI} & <æ>", forfattere=["A & B"], billeder=billeder))

    assert vera_fejl(fil)[fil] == []


def test_et_udkast_siger_det_paa_hver_side_med_dag_og_navn():
    maerke = udkastlinje('Åse "Ø" \\ Demo')
    sider = laest(pdf("<p>Tekst</p>" * 100, udkast=maerke)).pages

    assert len(sider) > 2
    assert maerke == f'UDKAST · {lang_dato(timezone.localdate())} · lavet af Åse "Ø" \\ Demo'
    assert [maerke in side.extract_text() for side in sider] == [True] * len(sider)
    assert "UDKAST" not in tekst(pdf())


TEGN = "★ ★ 😀 😀 → ⇒ ☎ ♻ ⚠ ❤️ 🧑‍🚀 ∑ ① שלום السلام عليكم"


@pytest.mark.parametrize("niveau", [2, 3, 4, 5, 6])
def test_en_overskrift_staar_aldrig_alene_nederst(niveau):
    """Whatever there is room for above it: at some length the words under it go over to the next page."""
    laengder = range(22, 30)
    dele = "".join(
        f'<section style="break-before:page"><h2>Del {n}</h2>{"<p>Linje</p>" * n}<h{niveau}>Hoved {n}</h{niveau}>'
        f"<p>Ord {n}.</p></section>"
        for n in laengder
    )
    sider = [side.extract_text() for side in laest(pdf(f"<h1>Papir</h1>{dele}")).pages]
    samlet = [n for n in laengder if any(f"Hoved {n}" in side and f"Ord {n}." in side for side in sider)]
    assert samlet == list(laengder)
    over = [n for n in laengder if not any(f"Del {n}" in side and f"Ord {n}." in side for side in sider)]
    assert 0 < len(over) < len(laengder)


def test_hvert_bogstav_og_ciffer_laeses_som_det_blev_skrevet():
    """Two that look alike (٣ of Arabic, ۳ of Urdu), and two built of the same dots (پ, چ), in one paper."""
    alene = [chr(t) for navn in ("IBMPlexSansArabic", "NotoSansHebrew") for t in sorted(skrift.ekstra(navn))]
    alene = [t for t in alene if unicodedata.category(t) in {"Lo", "Nd"} and unicodedata.is_normalized("NFKC", t)]
    ord_ = re.findall(
        r"\S+", "٣۳ ٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ پچاس بتثپ چجحخ کتاب كتاب گھر ٹھیک یہ ہے عليكم سلام الإسلام שלום"
    )
    skrevet = [*alene, *ord_, *reversed(ord_), *reversed(alene)]

    krop = "".join(f"<p>q{nr} {tegn} q</p>" for nr, tegn in enumerate(skrevet))
    laest_ = "".join(side.extract_text() for side in laest(pdf(krop)).pages)

    assert {"پ", "چ", "٣", "۳", "ש"} <= set(alene)
    assert re.findall(r"q\d+ (\S+) q", laest_) == skrevet


@pytest.mark.parametrize("nr", range(len(skrift.EKSTRA)))
def test_to_tegn_der_trykkes_deles_ikke_om_en_glyf(nr):
    """What is read of a paper is kept per glyph: the second of two would be read as the first."""
    tidligere = skrift.husets().union(*map(skrift.ekstra, skrift.EKSTRA[:nr]))
    with TTFont(finders.find(f"vendor/{skrift.fil(skrift.EKSTRA[nr])}.woff2"), lazy=True) as font:
        glyffer = {chr(t): glyf for t, glyf in font.getBestCmap().items() if t not in tidligere}
    per_tegn = {unicodedata.normalize("NFKC", t): glyf for t, glyf in glyffer.items()}
    assert len(set(per_tegn.values())) == len(per_tegn)


def test_symboler_emoji_og_andre_skrifter_tegnes_med_egne_skrifter(tmp_path):
    """No font of the machine's, no .notdef: not for a space between two symbols, in bold, a diagram or the foot."""
    sag = (SAGER / "indsaet-symboler-med-mellemrum.html").read_text()
    svg = (
        '<svg viewBox="0 0 90 9" width="90" height="9" font-family="IBM Plex Sans, sans-serif"><title>T</title>'
        '<text y="8">★ 😀 x</text></svg>'
    )
    fil = tmp_path / "tegn.pdf"
    fil.write_bytes(pdf(f"{sag}<p>{TEGN} <strong>{TEGN}</strong></p>{svg}", udkast="★ 😀", streng=True))

    assert vera_fejl(fil)[fil] == []
    laes = laest(fil.read_bytes())
    navne = [
        str(o["/FontName"])
        for nr in range(1, laes.trailer["/Size"])
        if isinstance(o := laes.get_object(nr), dict) and "/FontName" in o
    ]
    assert all(
        navn.partition("+")[2].startswith(("IBM-Plex", "IBMPlexSansArabic", "Noto", "Symboler")) for navn in navne
    ), navne
    assert "[tegn" not in tekst(fil.read_bytes())


def test_et_tegn_uden_skrift_staar_som_nummer_i_et_udkast_og_standser_en_udgave():
    assert "[tegn U+4F60]" in tekst(pdf(f"<p>Hej {KINESISK}</p>"))
    with pytest.raises(PdfFejl, match=rf"ikke kan trykkes: {KINESISK} \(U\+4F60\) i ».*Hej {KINESISK}«"):
        pdf(f"<p>Hej {KINESISK}</p>", streng=True)
