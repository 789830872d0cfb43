"""Keys, papers and accidents for tests of signatures. Keys are made once for each test process."""

import io
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pikepdf
import pypdfium2 as pdfium
from django.test import override_settings

from dokumenter.underskrift import testmyndighed
from dokumenter.underskrift.certifikater import Segl
from dokumenter.underskrift.loekke import i_egen_loekke
from dokumenter.underskrift.skriv import Underskriftstekst, klargoer, underskriv
from helhedsplan.pdf import html_til_pdf

BITS = 2048
NU = datetime.now(UTC)
AAR = timedelta(days=365)
DOKUMENT_ID = "proeve/delaftale/uddannelse/u1-0123456789ab"
TEKST = Underskriftstekst("Formand A, Demo", "Underskriver delaftalen for Prøve Kommune")


@lru_cache
def myndighed():
    return testmyndighed.rod(bits=BITS)


@lru_cache
def noegle(fra=None, til=None, ukendt=False):
    udsteder = testmyndighed.rod("En anden myndighed", bits=BITS) if ukendt else myndighed()
    return testmyndighed.underskriver(udsteder, bits=BITS, fra=fra, til=til)


def asn1(nogle):
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.Certificate.load(nogle.certifikat.public_bytes(Encoding.DER))


def roedder():
    return (asn1(myndighed()),)


@lru_cache
def ur(til=NU + 20 * AAR):
    """A clock that nobody need be asked for."""
    return _klokke(myndighed(), til)


def _klokke(udsteder, til):
    from asn1crypto import keys
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    stempler = testmyndighed.tidsstempel(udsteder, bits=BITS, til=til)
    hemmelig = stempler.hemmelig.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(asn1(stempler), keys.PrivateKeyInfo.load(hemmelig))


@lru_cache
def segl(nogle=None, tid=None) -> Segl:
    from pyhanko.sign.signers import SimpleSigner

    data = (nogle or noegle()).pkcs12(kaede=(myndighed(),))
    signer = SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=testmyndighed.KODE)
    return Segl(signer, "Helhedsplan Demo-segl", roedder(), tid)


def skriv_under(pdf: bytes, navn: str = "Formand A, Demo", **valg) -> bytes:
    return underskriv(pdf, segl=segl(**valg), tekst=Underskriftstekst(navn, "Underskriver for en part"))


def html(afsnit: str = "Vi samarbejder om flere unge i job.") -> str:
    return (
        '<!DOCTYPE html><html lang="da"><head><title>Delaftale</title>'
        '<link rel="stylesheet" href="statisk:pdf/papir.css"></head>'
        f"<body><h1>Delaftale</h1><p>{afsnit}</p><h2>Mål</h2><p>Det skal lykkes.</p></body></html>"
    )


@i_egen_loekke
def synligt_under(pdf: bytes, side: int, boks: tuple[int, int, int, int], stil: str = "tekst", nr: int = 1) -> bytes:
    """Signed at a service in a field that is seen: pyHanko's ordinary stamp, or a picture with a name."""
    from PIL import Image, ImageDraw
    from pyhanko.pdf_utils.images import PdfImage
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import TextStampStyle

    billede = Image.new("RGBA", (120, 40), (255, 255, 255, 0))
    ImageDraw.Draw(billede).line((5, 30, 60, 8, 110, 32), fill=(10, 20, 120), width=3)
    udseende = {
        "tekst": TextStampStyle(stamp_text="Digitally signed by %(signer)s.\nTimestamp: %(ts)s."),
        "billede": TextStampStyle(stamp_text="Formand A, Demo", background=PdfImage(billede)),
    }[stil]
    felt = SigFieldSpec(f"Signature{nr}", on_page=side, box=boks)
    om = PdfSignatureMetadata(field_name=f"Signature{nr}", name="Formand A, Demo", signer_key_usage=set())
    skriver = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    return PdfSigner(om, signer=segl().signer, stamp_style=udseende, new_field_spec=felt).sign_pdf(skriver).getvalue()


@lru_cache
def papir(afsnit: str = "Vi samarbejder om flere unge i job.", dokument_id: str = DOKUMENT_ID) -> bytes:
    return klargoer(html_til_pdf(html(afsnit), identifikator=dokument_id, titel="Delaftale"))


@lru_cache
def to_underskrifter() -> bytes:
    return skriv_under(skriv_under(papir()), "Direktør B, Demo")


@i_egen_loekke
def fremmed_tidsstempel(pdf: bytes, klokke=None) -> bytes:
    """A document timestamp, of a clock that nobody trusts unless another is given."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfTimeStamper

    skriver = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    return PdfTimeStamper(klokke or _fremmed_ur()).timestamp_pdf(skriver, "sha256").getvalue()


@lru_cache
def _fremmed_ur():
    return _klokke(testmyndighed.rod("En anden myndighed", bits=BITS), NU + 20 * AAR)


# --- accidents ------------------------------------------------------------------------------------------------------


def vend_byte(pdf: bytes, plads: int) -> bytes:
    return pdf[:plads] + bytes([pdf[plads] ^ 1]) + pdf[plads + 1 :]


def tilfoej_indhold(pdf: bytes) -> bytes:
    """More on the first page, by an incremental update that leaves every signed byte alone."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    skriver = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stroem = skriver.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 100 600 300 100 re f Q"))
    skriver.add_stream_to_page(0, stroem)
    ud = io.BytesIO()
    skriver.write(ud)
    return ud.getvalue()


def stemplet(pdf: bytes, stempel: str = "Penneo dokumentnøgle: AB12-", kun_side: int | None = None) -> bytes:
    """The same paper with a line in the margin of each page, saved anew: not the same bytes."""
    from pypdf import PdfReader, PdfWriter

    skriver = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for nr, side in enumerate(skriver.pages):
        if kun_side in (None, nr):
            maerke = html_til_pdf(
                f'<html lang="da"><body><p>{stempel}{nr}</p></body></html>', identifikator="x", titel=""
            )
            kun_tekst = PdfReader(io.BytesIO(maerke)).pages[0]
            side.merge_page(kun_tekst)
    ud = io.BytesIO()
    skriver.write(ud)
    return ud.getvalue()


def krypteret(pdf: bytes, kode: str = "") -> bytes:
    return _gem(pdf, encryption=pikepdf.Encryption(owner="ejer", user=kode))


def med_script(pdf: bytes) -> bytes:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    return _gem(pdf, lambda dokument: setattr(dokument.Root, "OpenAction", script))


def _gem(pdf: bytes, goer=lambda dokument: None, **valg) -> bytes:
    ud = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as dokument:
        goer(dokument)
        dokument.save(ud, **valg)
    return ud.getvalue()


@lru_cache
def scan(skrevet: tuple[bool, ...] = (True,), papir: int = 230) -> bytes:
    """Pages that are only pictures, as a copying machine makes them: with a line of ink on them, or blank."""
    from PIL import Image, ImageDraw

    sider = [Image.new("L", (210, 297), papir) for _ in skrevet]
    for nr, (side, med_blaek) in enumerate(zip(sider, skrevet, strict=True)):
        if med_blaek:
            ImageDraw.Draw(side).line((30, 250 - 30 * nr, 120, 255 - 30 * nr), fill=20, width=1)
    ud = io.BytesIO()
    sider[0].save(ud, "PDF", save_all=True, append_images=sider[1:])
    return ud.getvalue()


def scannet(pdf: bytes, ocr: str = "", paa: int = 0) -> bytes:
    """A paper as a scanner makes it: a picture of each page, and behind one of them the document id that was read, if
    any, in as many lines as it has."""
    ud = io.BytesIO()
    sider = [side.render(scale=0.5).to_pil().convert("L") for side in pdfium.PdfDocument(pdf)]
    sider[0].save(ud, "PDF", save_all=True, append_images=sider[1:])
    if not ocr:
        return ud.getvalue()
    with pikepdf.open(io.BytesIO(ud.getvalue())) as dokument:
        side = dokument.pages[paa]
        skrift = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        navn = side.add_resource(skrift, pikepdf.Name.Font)
        linjer = " ".join(f"({linje}) Tj T*" for linje in f"Dokument-id {ocr}".split("\n"))
        side.contents_add(f"BT 3 Tr {navn} 8 Tf 20 30 Td 10 TL {linjer} ET".encode())
        klar = io.BytesIO()
        dokument.save(klar)
    return klar.getvalue()


def opsaetning(settings, **valg):
    """The site set up with other keys than its demo's own."""
    tom = dict.fromkeys(settings.UNDERSKRIFT, "") | {"ROEDDER": [], "DEMOMAPPE": settings.UNDERSKRIFT["DEMOMAPPE"]}
    return override_settings(UNDERSKRIFT=tom | valg)


@lru_cache
def med_andet_id() -> bytes:
    """Somebody else's paper."""
    return klargoer(html_til_pdf(html("En fremmed tekst."), identifikator="fremmed", titel="Noget andet"))
