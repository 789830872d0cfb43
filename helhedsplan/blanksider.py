"""Does anything stand on a page, whoever sends it?

Run as a program it reads a PDF on standard input and answers how many pages it has, if nothing stands on any of them,
else 0; see `underproces`.
"""

import sys
from io import BytesIO

from helhedsplan import underproces

#: Imported before the file is met (`underproces`).
FORUD = ("PIL.Image", "pypdfium2")
#: The longest side of a page as it is drawn, in pixels, and the part of it at each edge where a scanner casts shadow.
STOERRELSE, RAND = 800, 0.02
#: Tones of 255 that paper differs in without anything standing on it, and the least part that is written on: every
#: page of a paper has its document id in the foot, and that alone is more.
TONER, SKREVET = 40, 0.0002


def er_blank(side) -> bool:
    """Nearly all of it has one colour, whichever."""
    return _har_en_farve(side.render(scale=STOERRELSE / max(side.get_size())).to_pil())


def er_blankt_billede(data: bytes) -> bool:
    """The same of a picture that can be read; what is clear in it is seen on white paper."""
    from PIL import Image

    with Image.open(BytesIO(data)) as fil:
        fil.thumbnail((STOERRELSE, STOERRELSE))
        billede = fil.convert("RGBA")
    return _har_en_farve(Image.alpha_composite(Image.new("RGBA", billede.size, "white"), billede))


def _har_en_farve(billede) -> bool:
    billede = billede.convert("L")
    bredde, hoejde = billede.size
    kant = (int(bredde * RAND), int(hoejde * RAND))
    indenfor = billede.crop((*kant, max(bredde - kant[0], 1), max(hoejde - kant[1], 1)))
    toner = indenfor.histogram()
    papir = max(range(len(toner)), key=toner.__getitem__)
    skrevet = sum(toner[: max(papir - TONER, 0)]) + sum(toner[papir + TONER + 1 :])
    return skrevet < SKREVET * sum(toner)


def tomme_sider(data: bytes) -> int:
    """How many pages a PDF has on which nothing stands at all; 0 where something stands on one of them, as on the
    front of a sheet with a blank back. Raises underproces.ForTung, underproces.Mislykket."""
    return int(underproces.koer("helhedsplan.blanksider", data))


def main() -> None:
    import pypdfium2 as pdfium

    underproces.begraens()
    pdf = pdfium.PdfDocument(sys.stdin.buffer.read())
    sys.stdout.write(str(len(pdf) if all(er_blank(side) for side in pdf) else 0))


if __name__ == "__main__":
    main()
