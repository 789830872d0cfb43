"""Whether a file is the issued one: what was changed before the first signature is found, honest files are taken."""

import io
from functools import lru_cache

import pikepdf
import pytest

from dokumenter.kontrol_opsaetning import tjenester_kan_laeses
from dokumenter.underskrift import ens, modtag, tjenester
from dokumenter.underskrift.domme import Afvist
from dokumenter.underskrift.skriv import klargoer
from dokumenter.underskrift.tjenester import Opsaetningsfejl, Tjeneste
from helhedsplan.pdf import html_til_pdf
from tests.dokumenter import signering as s
from tests.dokumenter.forfalskninger import FORFALSKNINGER, SIGES

NAVNE = ("Prøve Kommune", "Direktør A, Demo", "direktør", "Boligselskabet Prøve", "Formand B, Demo", "formand")
RAND = Tjeneste("Randstempel", stempel="Randstempel dokumentnøgle: *", stempel_sted="bund", stempel_mm=11)
SLUTSIDE = Tjeneste("Bevisside", slutsider=1, slutside_tekst="Bevis for underskrifter")
NAVNESKRIVER = Tjeneste("Navneskriver", skriver_navne=True, ord=("Underskrevet", "den", "med", "MitID", "af"))


@lru_cache
def udstedt() -> bytes:
    """Three pages with a link and a page to sign on."""
    side = 'style="break-before: page"'
    krop = (
        "<h1>Delaftale</h1><p>Kommunen betaler 1.000.000 kr.</p>"
        '<p>Se <a href="https://eksempel.invalid/kilde">kilden</a>.</p>'
        f"<h2 {side}>Mål</h2><p>Flere unge i job.</p>"
        f"<h2 {side}>Underskrifter</h2><p>Prøve Kommune</p><p>Dato / Navn</p><p>Boligselskabet Prøve</p>"
    )
    html = (
        '<!DOCTYPE html><html lang="da"><head><title>Delaftale</title>'
        f'<link rel="stylesheet" href="statisk:pdf/papir.css"></head><body>{krop}</body></html>'
    )
    return klargoer(html_til_pdf(html, identifikator=s.DOKUMENT_ID, titel="Delaftale"))


def gemt_om(pdf: bytes) -> bytes:
    """The same paper written anew by another program."""
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        ud = io.BytesIO()
        dokument.save(ud, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    return ud.getvalue()


def skrevet_paa(pdf: bytes, tekst: str, side: int, x: int, y: int, *, stoerrelse: int = 8) -> bytes:
    """Words of a service, drawn on one page, or on all when `side` is -1."""
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        for nr, en in enumerate(dokument.pages):
            if side not in (-1, nr):
                continue
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )  # fmt: skip
            navn = en.add_resource(dokument.make_indirect(font), pikepdf.Name.Font)
            ops = f"q BT {navn} {stoerrelse} Tf {x} {y} Td ({tekst}) Tj ET Q".encode("cp1252")
            # As services do: what stood there is put in brackets, so that its scale and turn do not count.
            en.contents_add(pikepdf.Stream(dokument, b"q"), prepend=True)
            en.contents_add(pikepdf.Stream(dokument, b"Q " + ops), prepend=False)
        ud = io.BytesIO()
        dokument.save(ud)
    return ud.getvalue()


def med_side(pdf: bytes, tekst: str) -> bytes:
    ny = html_til_pdf(f'<html lang="da"><body><h1>{tekst}</h1></body></html>', identifikator="x", titel="")
    with pikepdf.open(io.BytesIO(pdf)) as dokument, pikepdf.open(io.BytesIO(ny)) as andet:
        dokument.pages.extend(andet.pages)
        ud = io.BytesIO()
        dokument.save(ud)
    return ud.getvalue()


# --- changed before the first signature ------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", FORFALSKNINGER)
@pytest.mark.parametrize("tjeneste", [None, RAND, SLUTSIDE, NAVNESKRIVER], ids=lambda t: t.navn if t else "ingen")
def test_det_der_er_aendret_foer_den_foerste_underskrift_findes(navn, tjeneste):
    falsk = FORFALSKNINGER[navn](udstedt())
    try:
        modtag.tjek_fil(falsk)
    except Afvist:
        return
    fundet = ens.sammenlign(udstedt(), falsk, tjeneste, NAVNE)
    assert fundet.fejl, (navn, fundet)


@pytest.mark.parametrize("navn", ["hvid_kasse", "billede_af_tekst", "fritekst"])
def test_der_siges_side_og_sted(navn):
    fejl = ens.sammenlign(udstedt(), FORFALSKNINGER[navn](udstedt())).i_ord
    assert "Side 1: " in fejl
    assert " mm fra venstre og " in fejl


# --- honest files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lav", [lambda p: p, gemt_om, s.skriv_under, lambda p: s.skriv_under(gemt_om(p))])
def test_den_uaendrede_fil_er_den_udstedte(lav):
    fundet = ens.sammenlign(udstedt(), lav(udstedt()))
    assert (fundet.fejl, fundet.tilfoejet) == ([], [])


def lineariseret(pdf: bytes) -> bytes:
    """The same paper, written to be read from a network."""
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        ud = io.BytesIO()
        dokument.save(ud, linearize=True)
    return ud.getvalue()


@pytest.mark.parametrize("foer", [lambda p: p, s.skriv_under], ids=["usigneret", "underskrevet"])
def test_en_lineariseret_kopi_er_den_udstedte_og_en_med_ord_i_er_det_ikke(foer):
    fundet = ens.sammenlign(udstedt(), foer(lineariseret(udstedt())))
    assert (fundet.fejl, fundet.tilfoejet, fundet.sagt) == ([], [], [])
    for navn in ("loest_objekt", "ord_i_hovedet", "objekt_uden_for_tabellen"):
        assert ens.sammenlign(udstedt(), FORFALSKNINGER[navn](lineariseret(udstedt()))).fejl, navn


def test_et_tidsstempel_med_sit_eget_felt_tages_og_et_felt_med_ord_om_det_ikke():
    """pyHanko's own field is named and called "Timestamp"."""
    stemplet = s.fremmed_tidsstempel(s.skriv_under(udstedt()), s.ur())
    assert b"/TU" in stemplet
    fundet = ens.sammenlign(udstedt(), stemplet)
    assert (fundet.fejl, fundet.sagt) == ([], [])
    with pikepdf.open(io.BytesIO(stemplet)) as pdf:
        pdf.Root.AcroForm.Fields[1].TU = pikepdf.String("Godkendt af Landsbyggefonden")
        ud = io.BytesIO()
        pdf.save(ud)
    assert any("har ord med sig (TU)" in fejl for fejl in ens.sammenlign(udstedt(), ud.getvalue()).fejl)


@pytest.mark.parametrize("navn", SIGES)
def test_det_et_program_siger_om_sig_selv_siges(navn):
    for tjeneste in (None, RAND):
        fundet = ens.sammenlign(udstedt(), SIGES[navn](udstedt()), tjeneste)
        assert fundet.fejl == []
        assert any("Kommunen betaler det hele" in sagt or "PDF 2.0" in sagt for sagt in fundet.sagt), fundet


def med_billede(pdf: bytes, side: int, y: int, *, alternativ: bool = False) -> bytes:
    """A picture on blank paper, with words on it that nobody can read out of the file."""
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        billede = pikepdf.Stream(dokument, b"\x40")
        billede.Type, billede.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        billede.Width, billede.Height, billede.BitsPerComponent = 1, 1, 8
        billede.ColorSpace = pikepdf.Name.DeviceGray
        if alternativ:
            andet = pikepdf.Dictionary(Image=dokument.make_indirect(pikepdf.Stream(dokument, b"\0")))
            billede.Alternates = pikepdf.Array([andet])
        en = dokument.pages[side]
        navn = en.add_resource(dokument.make_indirect(billede), pikepdf.Name.XObject)
        en.contents_add(pikepdf.Stream(dokument, b"q"), prepend=True)
        en.contents_add(pikepdf.Stream(dokument, f"Q q 200 0 0 8 60 {y} cm {navn} Do Q".encode()), prepend=False)
        ud = io.BytesIO()
        dokument.save(ud)
    return ud.getvalue()


@pytest.mark.parametrize(("tjeneste", "side", "y"), [(RAND, 0, 14), (NAVNESKRIVER, 2, 300)], ids=["rand", "navne"])
def test_et_billede_i_tjenestens_felt_er_ingen_ord(tjeneste, side, y):
    fejl = ens.sammenlign(udstedt(), med_billede(udstedt(), side, y), tjeneste, NAVNE).i_ord
    assert f"Side {side + 1}: Noget er tegnet, som ikke er ord" in fejl
    fejl = ens.sammenlign(udstedt(), med_billede(udstedt(), side, y, alternativ=True), tjeneste, NAVNE).i_ord
    assert f"Side {side + 1}: Siden tegnes ikke ens af alle læsere (Alternates)." in fejl


def test_et_felt_der_daekker_beloebet_tages_ikke():
    """A visible signature over what is agreed on, before anybody has signed and in a revision after."""
    with pikepdf.open(io.BytesIO(udstedt())) as pdf:
        form = pikepdf.Stream(pdf, b"1 1 1 rg 0 0 260 60 re f")
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 260, 60])
        nyt = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, F=4, P=pdf.pages[0].obj,
                T=pikepdf.String("Signature1"), Rect=[60, 640, 420, 780],
                AP=pikepdf.Dictionary(N=pdf.make_indirect(form)),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([*list(pdf.pages[0].obj.get("/Annots") or []), nyt])
        pdf.Root.AcroForm.Fields.append(nyt)
        ud = io.BytesIO()
        pdf.save(ud)
    for tjeneste in (None, RAND, NAVNESKRIVER):
        fejl = ens.sammenlign(udstedt(), ud.getvalue(), tjeneste, NAVNE).i_ord
        assert "Side 1: " in fejl


#: In points from the bottom left: the page to sign on, a stamp's band, words that were issued, blank paper elsewhere.
UNDERSKRIFTSSIDEN, BAANDET = (2, (60, 300, 260, 350)), (0, (60, 4, 260, 28))
ORDENE, BLANKT = (0, (60, 680, 260, 780)), (1, (60, 300, 260, 350))


@pytest.mark.parametrize("stil", ["tekst", "billede"])
@pytest.mark.parametrize(
    ("tjeneste", "sted"), [(NAVNESKRIVER, UNDERSKRIFTSSIDEN), (RAND, BAANDET)], ids=["side", "rand"]
)
def test_en_synlig_underskrift_i_tjenestens_felt_tages_og_siges(tjeneste, sted, stil):
    fil = s.synligt_under(udstedt(), *sted, stil)
    fundet = ens.sammenlign(udstedt(), fil, tjeneste, NAVNE)
    assert fundet.fejl == []
    (sagt,) = fundet.tilfoejet
    assert sagt.startswith(f"Synlig underskrift på side {sted[0] + 1}, 21 mm fra venstre og ")
    assert {"tekst": "»Digitally signed by Formand A, Demo. Timestamp: ", "billede": "»Formand A, Demo«"}[stil] in sagt
    # A second one after it is said as well, and the first is not forgotten.
    side, (x0, y0, x1, y1) = sted
    fundet = ens.sammenlign(
        udstedt(), s.synligt_under(fil, side, (x0 + 210, y0, x1 + 210, y1), stil, 2), tjeneste, NAVNE
    )
    assert fundet.fejl == []
    assert fundet.tilfoejet[0].count("Formand A, Demo") == 2


@pytest.mark.parametrize("stil", ["tekst", "billede"])
@pytest.mark.parametrize(("side", "boks"), [UNDERSKRIFTSSIDEN, BAANDET, ORDENE, BLANKT])
def test_en_synlig_underskrift_andre_steder_afvises_med_side_og_sted(side, boks, stil):
    fil = s.synligt_under(udstedt(), side, boks, stil)
    sagt = ens.sammenlign(udstedt(), fil).i_ord
    assert f"Side {side + 1}: Siden er ikke bygget som den udstedte. Det ses 21 mm fra venstre og " in sagt
    for tjeneste in (RAND, NAVNESKRIVER):
        if (tjeneste, (side, boks)) in {(NAVNESKRIVER, UNDERSKRIFTSSIDEN), (RAND, BAANDET)}:
            continue
        fejl = ens.sammenlign(udstedt(), fil, tjeneste, NAVNE).i_ord
        assert f"Side {side + 1}: Noget er tegnet eller dækket 21 mm fra venstre og " in fejl
    assert ens.sammenlign(udstedt(), fil, SLUTSIDE, NAVNE).fejl


def test_en_synlig_underskrift_over_ordene_paa_underskriftssiden_afvises():
    """The whole page is the service's to write on, but only where nothing stood, also between the lines."""
    for boks in ((60, 600, 400, 790), (40, 40, 560, 800)):
        fejl = ens.sammenlign(udstedt(), s.synligt_under(udstedt(), 2, boks), NAVNESKRIVER, NAVNE).i_ord
        assert "Side 3: Noget er tegnet eller dækket " in fejl


def aendret_felt(pdf: bytes, goer) -> bytes:
    """The place to sign in that is seen, changed in a revision after."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    skriver = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    felt = skriver.root["/AcroForm"]["/Fields"][0]
    goer(generic, felt)
    skriver.update_container(felt)
    ud = io.BytesIO()
    skriver.write(ud)
    return ud.getvalue()


def test_et_synligt_felt_som_ingen_har_skrevet_under_i_eller_som_flyttes_bagefter_afvises():
    fil = s.synligt_under(udstedt(), *UNDERSKRIFTSSIDEN)
    with pikepdf.open(io.BytesIO(fil)) as pdf:
        del pdf.Root.AcroForm.Fields[0].V
        ud = io.BytesIO()
        pdf.save(ud)
    fejl = ens.sammenlign(udstedt(), ud.getvalue(), NAVNESKRIVER, NAVNE).i_ord
    assert "Side 3: Feltet til underskrift er tegnet, men der er ikke skrevet under i det." in fejl

    flyttet = aendret_felt(
        s.synligt_under(udstedt(), 2, (60, 600, 400, 790)),
        lambda g, felt: felt.update({g.pdf_name("/Rect"): g.ArrayObject(map(g.NumberObject, (60, 300, 260, 350)))}),
    )
    fejl = ens.sammenlign(udstedt(), flyttet, NAVNESKRIVER, NAVNE).i_ord
    assert "Side 3: En synlig underskrift så anderledes ud, eller stod et andet sted." in fejl


def test_skjulte_ord_i_en_synlig_underskrift_siges():
    with pikepdf.open(io.BytesIO(s.synligt_under(udstedt(), *UNDERSKRIFTSSIDEN, "billede"))) as pdf:
        form = pdf.Root.AcroForm.Fields[0].AP.N
        form.Resources.Font = form.Resources.get("/Font") or pikepdf.Dictionary()
        form.Resources.Font.F9 = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        form.write(form.read_bytes() + b" q BT 3 Tr /F9 8 Tf 5 5 Td (Kommunen betaler det hele) Tj ET Q")
        ud = io.BytesIO()
        pdf.save(ud)
    fundet = ens.sammenlign(udstedt(), ud.getvalue(), NAVNESKRIVER, NAVNE)
    assert any("Kommunen betaler det hele" in sagt for sagt in (*fundet.fejl, *fundet.tilfoejet))


STEMPEL = "Randstempel dokumentnøgle: AB12-CD34"


def test_et_stempel_i_randen_tages_naar_tjenesten_er_sat_op_og_ellers_ikke():
    fil = skrevet_paa(gemt_om(udstedt()), STEMPEL, -1, 60, 14)
    fundet = ens.sammenlign(udstedt(), fil, RAND)
    assert fundet.fejl == []
    assert fundet.tilfoejet == [f"Side {nr}: Tjenesten Randstempel har skrevet »{STEMPEL}«." for nr in (1, 2, 3)]
    for anden in (None, SLUTSIDE, NAVNESKRIVER):
        assert ens.sammenlign(udstedt(), fil, anden).fejl


@pytest.mark.parametrize(
    ("tekst", "y"),
    [
        (STEMPEL, 300),
        ("Kommunen betaler 9.000.000 kr.", 14),
        ("Randstempel Kommunen betaler", 14),
        ("Randstempel dokumentnøgle", 14),
        ("Randstempel dokumentnøgle: Kommunen betaler det hele", 14),
        (f"{STEMPEL} Kommunen betaler", 14),
    ],
)
def test_et_stempel_et_andet_sted_eller_med_andre_ord_er_intet_stempel(tekst, y):
    assert ens.sammenlign(udstedt(), skrevet_paa(udstedt(), tekst, 1, 60, y), RAND).fejl


def test_en_side_til_sidst_tages_naar_tjenesten_er_sat_op_og_vises():
    fil = med_side(gemt_om(udstedt()), "Bevis for underskrifter: Direktør A, Demo")
    fundet = ens.sammenlign(udstedt(), fil, SLUTSIDE)
    assert fundet.fejl == []
    (sagt,) = fundet.tilfoejet
    assert sagt.startswith("Side 4 er lagt til af tjenesten Bevisside. Den begynder: »Bevis for underskrifter")
    for anden in (None, RAND, NAVNESKRIVER):
        assert ens.sammenlign(udstedt(), fil, anden).fejl
    assert ens.sammenlign(udstedt(), med_side(fil, "Bevis for underskrifter"), SLUTSIDE).fejl
    assert ens.sammenlign(udstedt(), med_side(udstedt(), "Tillæg til aftalen"), SLUTSIDE).fejl


def test_navn_og_dato_paa_underskriftssiden_tages_naar_tjenesten_er_sat_op():
    ord_ = "Underskrevet af Direktør A, Demo den 12.11.2026 med MitID"
    fil = skrevet_paa(gemt_om(udstedt()), ord_, 2, 60, 300)
    fundet = ens.sammenlign(udstedt(), fil, NAVNESKRIVER, NAVNE)
    assert (fundet.fejl, fundet.tilfoejet) == ([], [f"Side 3: Tjenesten Navneskriver har skrevet »{ord_}«."])
    for anden in (None, RAND, SLUTSIDE):
        assert ens.sammenlign(udstedt(), fil, anden, NAVNE).fejl
    # Not elsewhere, not over what stands there, and not other words.
    assert ens.sammenlign(udstedt(), skrevet_paa(udstedt(), ord_, 1, 60, 300), NAVNESKRIVER, NAVNE).fejl
    for andet in ("Kommunen betaler det hele", "Underskrevet af Direktør A, Demo 9.000.000", "Direktør C"):
        assert ens.sammenlign(udstedt(), skrevet_paa(udstedt(), andet, 2, 60, 300), NAVNESKRIVER, NAVNE).fejl


def test_der_skrives_kun_paa_blankt_papir():
    fuld = skrevet_paa(udstedt(), "Direktør A, Demo " * 12, 2, 20, 700, stoerrelse=40)
    assert ens.sammenlign(udstedt(), fuld, NAVNESKRIVER, NAVNE).fejl


# --- setting services up ----------------------------------------------------------------------------------------------


def test_tjenester_laeses_af_en_fil(tmp_path):
    fil = tmp_path / "tjenester.yaml"
    fil.write_text(
        "- navn: Rand\n  stempel: 'Rand: *'\n  stempel_mm: 10\n- navn: Bevis\n  slutsider: 2\n  slutside_tekst: Bevis\n"
    )
    assert tjenester.fra_fil(str(fil)) == (
        Tjeneste("Rand", stempel="Rand: *", stempel_mm=10),
        Tjeneste("Bevis", slutsider=2, slutside_tekst="Bevis"),
    )


@pytest.mark.parametrize(
    ("tekst", "sagt"),
    [
        ("navn: x", "skal være en liste"),
        ("- stempel: x", "mangler et navn"),
        ("- navn: x\n  farve: gul", "Ukendt: farve"),
        ("- navn: x\n  stempel: '*'\n  stempel_mm: 10", "ord, der kan kendes igen"),
        ("- navn: x\n  stempel: 'x *'", "både ord (stempel) og en bredde"),
        ("- navn: x\n  stempel: 'x *'\n  stempel_mm: 200", "højst 25"),
        ("- navn: x\n  slutsider: 50\n  slutside_tekst: y", "højst 5"),
        ("- navn: x\n  slutsider: 1", "slutside_tekst mangler"),
        ("- navn: x\n  stempel_sted: midten", "top, bund, venstre eller hoejre"),
        ("- [", "kan ikke læses som YAML"),
    ],
)
def test_en_forkert_opsaetning_siges(tekst, sagt):
    with pytest.raises(Opsaetningsfejl, match=sagt.replace("(", r"\(").replace(")", r"\)")):
        tjenester.laes(tekst)


def test_en_fejl_i_opsaetningen_siges_af_check(settings, tmp_path):
    fil = tmp_path / "tjenester.yaml"
    fil.write_text("- stempel: x")
    settings.UNDERSKRIFT = settings.UNDERSKRIFT | {"TJENESTER": str(fil)}
    assert [en.id for en in tjenester_kan_laeses(None)] == ["dokumenter.E001"]
    settings.UNDERSKRIFT = settings.UNDERSKRIFT | {"TJENESTER": ""}
    assert tjenester_kan_laeses(None) == []
