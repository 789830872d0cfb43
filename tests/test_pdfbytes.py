"""Places in a PDF that two readers read otherwise, whatever they are spelt like and wherever they stand."""

import time
import zlib

import pytest

from helhedsplan import pdfbytes

HELT = [
    b"1 0 obj << /A 1 /B << /A 2 >> /C [ << /A 3 >> << /A 4 >> ] >> endobj",
    b"1 0 obj << /A /A /B /A >> endobj",
    b"1 0 obj << /A 5 0 R /B 6 0 R >> endobj",
    b"1 0 obj << /A (/A \\) /A) /B <2f41> % /A\n >> endobj",
    b"1 0 obj << /A 1 >> endobj 1 0 obj << /A 2 >> endobj",
    b"1 0 obj (<< /A 1 /A 2 >>) endobj",
    b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n5 1\n0000000009 00000 n \ntrailer << /Size 6 >>",
    b"2 0 obj << /Type /XRef /Index [0 2 2 3] >> stream\nx\nendstream",
    b"2 0 obj << /Type /Annot /F 4 >> endobj",
]
TO_TING = [
    b"1 0 obj << /A 1 /A 2 >> endobj",
    b"1 0 obj<</A null/A[]>>endobj",
    b"1 0 obj << /A /A /A /B >> endobj",
    b"1 0 obj << /Contents 5 0 R /#43onten#74s 6 0 R >> endobj",
    b"1 0 obj [ [ << /K << /A (x) /B (y) /A (x) >> >> ] ] endobj",
    b"1 0 %x\nobj << /A 1 /A 2 >> endobj",
    b"1 0 obj (hidden 2 0 obj << /A 1 /A 2 >> endobj",
    b"1 0 obj << >> stream\n 2 0 obj << /A 1 /A 2 >> endobj \nendstream",
    b"1 0 obj << /Length 3 /Length 9 >> stream\nxyz\nendstream",
    b"trailer << /Root 1 0 R /Root 2 0 R >>",
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000010 00000 n \n2 1\n0000000019 00000 n \ntrailer <<>>",
    b"2 0 obj << /Type /XRef /Index [0 3 2 1] >> stream\nx\nendstream",
]


def objektstroem(hoved: bytes, krop: bytes) -> bytes:
    data = zlib.compress(hoved + krop)
    return b"9 0 obj << /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        len(hoved), len(data), data,
    )  # fmt: skip


@pytest.mark.parametrize("data", [*HELT, objektstroem(b"1 0 2 12 ", b"<< /A 1 >>  << /A 2 >>")])
def test_det_der_siges_en_gang_tages(data):
    pdfbytes.tjek(b"%PDF-1.7\n" + data)


@pytest.mark.parametrize(
    "data",
    [
        *TO_TING,
        objektstroem(b"1 0 2 12 ", b"<< /A 1 >>  << /A 2 /#41 3 >>"),
        objektstroem(b"1 0 1 12 ", b"<< /A 1 >>  << /A 2 >>"),
    ],
)
def test_det_der_siges_to_gange_findes(data):
    with pytest.raises(pdfbytes.Tvetydig):
        pdfbytes.tjek(b"%PDF-1.7\n" + data)


@pytest.mark.parametrize("noegle", [b"/F (x)", b"/FFilter /FlateDecode", b"/FDecodeParms << >>", b"/#46 (x)"])
def test_en_stroem_der_staar_i_en_anden_fil_findes(noegle):
    with pytest.raises(pdfbytes.Andetsteds):
        pdfbytes.tjek(b"%PDF-1.7\n1 0 obj << /Length 1 " + noegle + b" >>\nstream\nx\nendstream")


@pytest.mark.parametrize("data", [b"1 0 obj (" * 200_000, b"1 0 obj << [" * 200_000, b"1 0 obj " + b"<< /A " * 900_000])
def test_en_faelde_holder_ikke_op_med_at_blive_laest(data):
    fra = time.monotonic()
    with pytest.raises((pdfbytes.PdfForTung, pdfbytes.Tvetydig)):
        pdfbytes.tjek(data * 3)
    assert time.monotonic() - fra < 60  # a few seconds on a machine that is not busy
