"""Each thing that the comparison with the issued file refuses, by a file that nothing but that refuses."""

import io
import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from dokumenter.underskrift import ens, ens_skjult, modtag
from dokumenter.underskrift.tjenester import Tjeneste
from tests.dokumenter import signering as s
from tests.dokumenter.forfalskninger import (
    HEMMELIGT,
    ORD,
    _aendret,
    _felt,
    _skrevet_til,
    _som_bytes,
    fortsat,
)
from tests.dokumenter.test_ens import (
    NAVNE,
    NAVNESKRIVER,
    RAND,
    SLUTSIDE,
    UNDERSKRIFTSSIDEN,
    gemt_om,
    med_side,
    udstedt,
)

ENGELSK = {"/Lang": String("en")}
ANDET_FELT = "Der er lagt et felt til, »Aftale«."
ARKIVET = "Arkivet over certifikater har andet i sig end certifikater."
FORMULAREN = "Filens formular har andet med sig"
UDVIDELSEN = "Filen siger, at den bruger udvidelser eller er af en slags, som ingen underskrift bruger."
LOEST = "Der ligger 1 del i filen, som intet viser, og som ikke blev udstedt."
OPLAEST = "Det, en skærmlæser læser op, er ikke som i den udstedte fil."
SIDETRAEET = "Der står noget i listen over sider, som ingen læser viser."
XMP = "Der står noget i filens egenskaber (XMP), som ingen læser viser."


def hel(goer):
    """The paper written anew with a change."""
    return lambda pdf: _aendret(pdf, goer)


def rod(**felter):
    return hel(lambda d: d.Root.update({f"/{n}": v for n, v in felter.items()}))


def felt(**felter):
    return hel(lambda d: _felt(d, **felter))


def formular(**felter):
    return hel(lambda d: d.Root.AcroForm.update({f"/{n}": v for n, v in felter.items()}))


def udvidelse(navn: str = "ESIC", **felter):
    en = {"BaseVersion": Name("/1.7"), "ExtensionLevel": 5} | felter
    return rod(Extensions=Dictionary({f"/{navn}": Dictionary(**en)}))


def arkiv(**felter):
    return rod(DSS=Dictionary(Type=Name.DSS, **felter))


def loest(data: bytes):
    """An object that nothing leads to."""
    return lambda pdf: _skrevet_til(pdf, lambda d, nr: {nr: data})


def hint(noegler: bytes, indhold: bytes = b"\x01\x02"):
    return loest(b"<< /S 36 %s /Length %d >>\nstream\n%s\nendstream" % (noegler, len(indhold), indhold))


def et_felt_uden_sted(d):
    d.Root.AcroForm.Fields.append(d.make_indirect(Dictionary(FT=Name.Tx, T=String("Aftale"), V=ORD)))


def et_link_mindre(d):
    d.pages[0].obj.Annots = Array([])


def gren_der_taeller_forkert(pdf: bytes) -> bytes:
    """The list of pages has branches, and each says another number of pages than it has: a reader that goes by the
    numbers shows other pages."""

    def goer(d, nr):
        foerste, *resten = list(d.Root.Pages.Kids)
        d.make_indirect(Dictionary())
        ud = {}
        for k, (boern, antal) in enumerate((([foerste], len(resten)), (resten, 1))):
            ud[nr + k] = _som_bytes(Dictionary(Type=Name.Pages, Parent=d.Root.Pages, Kids=Array(boern), Count=antal))
            for barn in boern:
                ud[barn.objgen[0]] = re.sub(rb"/Parent \d+ 0 R", b"/Parent %d 0 R" % (nr + k), _som_bytes(barn))
        top = Dictionary({n: v for n, v in d.Root.Pages.items() if n != "/Kids"})
        kids = b"/Kids [ %d 0 R %d 0 R ] >>" % (nr, nr + 1)
        return ud | {d.Root.Pages.objgen[0]: _som_bytes(top).removesuffix(b">>") + kids}

    return _skrevet_til(pdf, goer)


def gren_med_ord(pdf: bytes) -> bytes:
    def goer(d, nr):
        boern = list(d.Root.Pages.Kids)
        ud = {
            nr: _som_bytes(
                Dictionary(Type=Name.Pages, Parent=d.Root.Pages, Kids=Array(boern), Count=len(boern), Aftale=ORD)
            )
        }
        for barn in boern:
            ud[barn.objgen[0]] = re.sub(rb"/Parent \d+ 0 R", b"/Parent %d 0 R" % nr, _som_bytes(barn))
        top = Dictionary({n: v for n, v in d.Root.Pages.items() if n != "/Kids"})
        return ud | {d.Root.Pages.objgen[0]: _som_bytes(top).removesuffix(b">>") + b"/Kids [ %d 0 R ] >>" % nr}

    return _skrevet_til(pdf, goer)


def xmp(foer: bytes, efter: bytes):
    return hel(lambda d: d.Root.Metadata.write(d.Root.Metadata.read_bytes().replace(foer, efter, 1)))


def to_indholdsfortegnelser(pdf: bytes) -> bytes:
    """A second table that says nothing yet."""
    ny = skrevet_igen(pdf)
    foran, _, bag = ny.rpartition(b"trailer\n<<")
    return foran + b"trailer\n<< /XRefStm 15 " + bag


def skrevet_igen(pdf: bytes) -> bytes:
    """A revision that writes a page as it is."""
    return _skrevet_til(pdf, lambda d, nr: {d.pages[0].obj.objgen[0]: _som_bytes(d.pages[0].obj)})


def mange_revisioner(pdf: bytes) -> bytes:
    """The same revision again and again."""
    ny = skrevet_igen(pdf)
    del_, foer = ny[len(pdf) :], int(pdf.rpartition(b"startxref")[2].split()[0])
    for _ in range(60):
        frem, xref = len(pdf), len(pdf) + del_.index(b"xref\n")
        del_ny = re.sub(rb"\n\d{10} 00000 n ", b"\n%010d 00000 n " % (frem + 1), del_, count=1)
        del_ny = re.sub(rb"/Prev \d+", b"/Prev %d" % foer, del_ny)
        pdf += re.sub(rb"startxref\n\d+", b"startxref\n%d" % xref, del_ny)
        foer = xref
    return pdf


def nummeret(halv: bytes):
    def goer(pdf: bytes) -> bytes:
        ny = skrevet_igen(pdf)
        foran, _, bag = ny.rpartition(b"/ID")
        nye = b" [ <%s> <%s> ]" % ((halv.hex().encode(),) * 2)
        return foran + b"/ID" + re.sub(rb"^\s*\[.*?\]", nye, bag, count=1, flags=re.DOTALL)

    return goer


def og_tilbage(goer):
    """A revision says something, and the next one says what was issued again."""

    def lav(pdf: bytes) -> bytes:
        with fortsat():
            aendret = _aendret(pdf, goer)
        with pikepdf.open(io.BytesIO(pdf)) as foer, pikepdf.open(io.BytesIO(aendret)) as efter:
            gamle = {o.objgen[0]: _som_bytes(o) for o in foer.objects if o is not None}
            nye = {o.objgen[0]: _som_bytes(o) for o in efter.objects if o is not None}
        tilbage = {nr: gamle.get(nr, b"null") for nr in nye if gamle.get(nr) != nye[nr]}
        return _skrevet_til(aendret, lambda d, nr: tilbage)

    return lav


def loest_og_tilbage(pdf: bytes) -> bytes:
    """A revision holds a sentence that nothing leads to, and the next one nothing in its place."""
    numre = []

    def lagt_til(d, nr):
        numre.append(nr)
        return {nr: b"(Kommunen betaler det hele)"}

    return _skrevet_til(_skrevet_til(pdf, lagt_til), lambda d, nr: {numre[0]: b"null"})


def sig_det(navn: str, vaerdi):
    return lambda d: d.docinfo.__setitem__(navn, vaerdi)


def to_gange(pdf: bytes) -> bytes:
    """One object is written twice in a revision, and the table knows the last."""
    ny = skrevet_igen(pdf)
    nummer = re.search(rb"(\d+) 0 obj", ny[len(pdf) :])
    klemt = b"%s 0 obj\n<< /Type /Page >>\nendobj\n" % nummer[1]
    bag = ny[len(pdf) + 1 :]
    sted, xref = len(pdf) + 1 + len(klemt), int(ny.rpartition(b"startxref")[2].split()[0])
    bag = re.sub(rb"\n\d{10} 00000 n ", b"\n%010d 00000 n " % sted, bag, count=1)
    return pdf + b"\n" + klemt + re.sub(rb"startxref\n\d+", b"startxref\n%d" % (xref + len(klemt)), bag)


def en_side_mindre(d):
    """Without its last page."""
    d.Root.Pages.Kids = Array(list(d.Root.Pages.Kids)[:-1])
    d.Root.Pages.Count = len(d.Root.Pages.Kids)


def stort_felt(pdf: bytes) -> bytes:
    """Signed in a place that is seen, which shows now this and now that."""

    def goer(d):
        udseende = d.Root.AcroForm.Fields[0].AP
        udseende.N = Dictionary(Til=udseende.N, Fra=d.make_indirect(Stream(d, b" ")))

    return _aendret(s.synligt_under(pdf, *UNDERSKRIFTSSIDEN), goer)


def skjult_sted(d):
    _felt(d, F=4 | 2)
    nyt = d.Root.AcroForm.Fields[-1]
    nyt.Rect, nyt.P = Array([60, 300, 260, 350]), d.pages[2].obj


def note_paa_slutsiden(pdf: bytes) -> bytes:
    def goer(d):
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=ORD)
        d.pages[-1].obj.Annots = Array([d.make_indirect(note)])

    return _aendret(med_side(gemt_om(pdf), "Bevis for underskrifter"), goer)


def stor_slutside(pdf: bytes) -> bytes:
    fil = med_side(gemt_om(pdf), "Bevis for underskrifter")
    return _aendret(fil, lambda d: setattr(d.pages[-1].obj, "MediaBox", Array([0, 0, 9000, 9000])))


def anden_nummerering(d):
    d.pages[0].obj.StructParents, d.pages[1].obj.StructParents = 1, 0


def certifikat_med_ord(d):
    stroem = Stream(d, s.asn1(s.noegle()).dump())
    stroem.Aftale = ORD
    return d.make_indirect(stroem)


def dybt_traee(pdf: bytes) -> bytes:
    """Twenty-two lists of pages in each other: deeper than anybody follows."""

    def goer(d, nr):
        boern, antal = list(d.Root.Pages.Kids), len(d.pages)
        ud = {}
        for k in range(22):
            d.make_indirect(Dictionary())
            indhold = b" ".join(b"%d 0 R" % b.objgen[0] for b in boern) if k == 21 else b"%d 0 R" % (nr + k + 1)
            ud[nr + k] = b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids [ %s ] >>" % (
                nr + k - 1 if k else d.Root.Pages.objgen[0], antal, indhold,
            )  # fmt: skip
        for barn in boern:
            ud[barn.objgen[0]] = re.sub(rb"/Parent \d+ 0 R", b"/Parent %d 0 R" % (nr + 21), _som_bytes(barn))
        top = Dictionary({n: v for n, v in d.Root.Pages.items() if n != "/Kids"})
        return ud | {d.Root.Pages.objgen[0]: _som_bytes(top).removesuffix(b">>") + b"/Kids [ %d 0 R ] >>" % nr}

    return _skrevet_til(pdf, goer)


#: name -> how it is made, what is said, and by which service.
GRENE = {
    "felt uden sted": (hel(et_felt_uden_sted), ANDET_FELT, None),
    "felt med musen over": (felt(AP=Dictionary(D=Dictionary())), "ser anderledes ud, når musen er over det", None),
    "felt skjult på skærmen": (hel(skjult_sted), "ses ikke ens på skærmen og på papiret", NAVNESKRIVER),
    "felt på to måder": (stort_felt, "Feltet til underskrift kan se ud på flere måder.", NAVNESKRIVER),
    "felt med langt navn": (felt(T=String("a" * 70)), "Det må kun hedde noget teknisk", None),
    "felt med lang tekst": (felt(NM=String("a" * 70)), "har ord med sig (NM)", None),
    "felt låst af mere": (felt(Lock=Dictionary(Aftale=ORD)), "har ord med sig (Lock)", None),
    "felt der kræver ord": (felt(SV=Dictionary(DigestMethod=Array([ORD]))), "har ord med sig (SV)", None),
    "felt af andre ord": (felt(M=ORD), "har ord med sig (M)", None),
    "formular med ord": (formular(Aftale=ORD), FORMULAREN, None),
    "formular skrevet med ord": (formular(DA=ORD), FORMULAREN, None),
    "formular med andet at skrive med": (formular(DR=Dictionary(Aftale=Dictionary())), FORMULAREN, None),
    "formular med skriftens ord": (formular(DR=Dictionary(Font=Dictionary(Registry=ORD))), FORMULAREN, None),
    "rettighed uden underskrift": (
        hel(lambda d: d.Root.__setitem__("/Perms", Dictionary(DocMDP=d.make_indirect(Dictionary(Name=ORD))))),
        "rettigheder, som ingen underskrift siger", None,
    ),
    "arkiv med andet": (arkiv(Aftale=ORD), ARKIVET, None),
    "arkiv med andet om en": (arkiv(VRI=Dictionary({"/" + "A" * 40: Dictionary(Aftale=ORD)})), ARKIVET, None),
    "arkiv om noget andet": (arkiv(VRI=Dictionary(Kommunen=Dictionary())), ARKIVET, None),
    "arkiv med ord om et certifikat": (
        hel(lambda d: d.Root.update({"/DSS": Dictionary(Certs=Array([certifikat_med_ord(d)]))})), ARKIVET, None,
    ),
    "sidernes gren": (gren_der_taeller_forkert, "Filen siger, at den har ", None),
    "sidernes dybe træ": (dybt_traee, SIDETRAEET, None),
    "ord i sidernes gren": (gren_med_ord, SIDETRAEET, None),
    "udvidelse med ord": (udvidelse(Aftale=ORD), UDVIDELSEN, None),
    "udvidelse uden navn": (udvidelse("Kommunen"), UDVIDELSEN, None),
    "udvidelse af anden slags": (udvidelse(Type=Name("/Kommunen")), UDVIDELSEN, None),
    "udvidelse af anden udgave": (udvidelse(BaseVersion=Name("/Kommunen")), UDVIDELSEN, None),
    "udvidelse i ord": (udvidelse(ExtensionLevel=ORD), UDVIDELSEN, None),
    "udgave i ord": (rod(Version=Name("/Kommunen")), UDVIDELSEN, None),
    "lineariseret med ord": (loest(b"<< /Linearized 1 /Aftale (%s) >>" % HEMMELIGT), LOEST, None),
    "lineariseret om ord": (loest(b"<< /Linearized 1 /O (%s) >>" % HEMMELIGT), LOEST, None),
    "lineariseret om ord i række": (loest(b"<< /Linearized 1 /H [ (%s) ] >>" % HEMMELIGT), LOEST, None),
    "ligner lineariseret": (loest(b"<< /L (%s) >>" % HEMMELIGT), LOEST, None),
    "hint med mere": (hint(b"/Aftale 9000000"), LOEST, None),
    "hint om ord": (hint(b"/O (%s)" % HEMMELIGT), LOEST, None),
    "hint med ord": (hint(b"", HEMMELIGT), LOEST, None),
    "hint uden sted": (loest(b"<< /O 9 /Length 2 >>\nstream\n\x01\x02\nendstream"), LOEST, None),
    "egenskaber med erklæring": (xmp(b"<rdf:RDF", b"<!DOCTYPE x [<!ENTITY a 'Kommunen'>]><rdf:RDF"), XMP, None),
    "egenskaber med ord imellem": (xmp(b"<rdf:RDF", HEMMELIGT + b"<rdf:RDF"), XMP, None),
    "egenskaber med bemærkning": (xmp(b"<rdf:RDF", b"<!-- Kommunen --><rdf:RDF"), XMP, None),
    "titel udeladt": (hel(lambda d: d.docinfo.__delitem__("/Title")), "Filens Title er", RAND),
    "link fjernet": (hel(et_link_mindre), "Side 1: Der mangler 1 af den udstedte sides links eller noter.", None),
    "læst op i anden orden": (hel(anden_nummerering), OPLAEST, None),
    "to indholdsfortegnelser": (to_indholdsfortegnelser, "Filen har to indholdsfortegnelser", None),
    "mange revisioner": (mange_revisioner, "Filen er ændret 60 gange", None),
    "langt nummer": (nummeret(b"\x01" * 80), "Filens nummer er ord.", None),
    "skrevet to gange": (to_gange, "dele i filen, som dens indholdsfortegnelse ikke kender", None),
    "titel og tilbage": (og_tilbage(sig_det("/Title", "Andet")), "før den blev rettet: Filens Title", None),
    "sprog og tilbage": (og_tilbage(lambda d: d.Root.update(ENGELSK)), "før den blev rettet: Sproget", None),
    "felt og tilbage": (og_tilbage(et_felt_uden_sted), "før den blev rettet: Der er lagt et felt til", None),
    "arkiv og tilbage": (
        og_tilbage(lambda d: d.Root.__setitem__("/DSS", Dictionary(Aftale=ORD))), "før den blev rettet: Arkivet", None,
    ),
    "løst og tilbage": (loest_og_tilbage, "før den blev rettet: Der ligger 1 del i filen", None),
    "side og tilbage": (og_tilbage(en_side_mindre), "før den blev rettet: Filen har 2 sider.", None),
    "link og tilbage": (og_tilbage(et_link_mindre), "før den blev rettet: Side 1: Der mangler 1", None),
    "note på slutsiden": (note_paa_slutsiden, "Side 4: Der ligger noter på den side, der er lagt til.", SLUTSIDE),
    "stor slutside": (stor_slutside, "Side 4: Siden er for stor til at tegne.", SLUTSIDE),
}  # fmt: skip


@pytest.mark.parametrize("navn", GRENE)
def test_hver_ting_afvises_af_sin_egen_grund(navn):
    lav, sagt, tjeneste = GRENE[navn]
    fil = lav(udstedt())
    modtag.tjek_fil(fil)
    fejl = ens.sammenlign(udstedt(), fil, tjeneste, NAVNE).fejl
    assert fejl
    assert [en for en in fejl if sagt not in en] == []


def test_hints_der_ligner_bogstaver_er_tal_og_ord_er_det_ikke():
    """As packed numbers have looked, drawn from files of 70 to 213 pages."""
    with pikepdf.new() as pdf:
        for data in (b"sEEdRsBcRtRg", b"BSgBStSgBSgBSgBgE", b"XQDB\xcab\xc3GDZEY\xec"):
            stroem = Stream(pdf, b"\0" + data + b"\0")
            stroem.S = 36
            assert ens_skjult._er_hints(stroem)
        for data in (HEMMELIGT, b"Kommunenbetalerdethele", b"\0\1, betaler det \2"):
            stroem = Stream(pdf, data)
            stroem.S = 36
            assert not ens_skjult._er_hints(stroem)


def test_det_et_underskriftsprogram_siger_om_sig_selv_siges():
    lavet_med = {"/Prop_Build": Dictionary(App=Dictionary(Name=Name("/Kommunen")))}
    fil = _aendret(s.skriv_under(udstedt()), lambda d: d.Root.AcroForm.Fields[0].V.update(lavet_med))
    assert any("lavet med »Kommunen«" in sagt for sagt in ens.sammenlign(udstedt(), fil).sagt)


def vedhaeftet(navn: str, data: bytes):
    def goer(d):
        d.attachments[navn] = pikepdf.AttachedFileSpec(d, data)

    return hel(goer)


def test_en_vedhaeftet_fil_der_fjernes_eller_aendres_siges_ved_navn():
    papir = vedhaeftet("tal.csv", b"a;1")(udstedt())
    vaek = hel(lambda d: d.attachments.__delitem__("tal.csv"))(papir)
    assert "Filen »tal.csv« mangler." in ens.sammenlign(papir, vaek).fejl
    andet = vedhaeftet("tal.csv", b"a;2")(papir)
    assert "Filen »tal.csv« er ændret." in ens.sammenlign(papir, andet).fejl
    # A service that puts files in does not change the issued one.
    tjeneste = Tjeneste("Vedhæfter", vedhaefter=True)
    assert "Filen »tal.csv« er ændret." in ens.sammenlign(papir, andet, tjeneste).fejl
    fundet = ens.sammenlign(papir, vedhaeftet("bevis.txt", b"Bevis")(papir), tjeneste)
    assert fundet.fejl == []
    assert "Filen »bevis.txt« er vedhæftet af tjenesten Vedhæfter." in fundet.tilfoejet
