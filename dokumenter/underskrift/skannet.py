"""How many pages a scan has, and which of them show nothing.

Run as a program it reads a PDF on standard input and answers in JSON; see `helhedsplan.adskilt`.
"""

import json
import sys
from dataclasses import dataclass

from dokumenter.underskrift.domme import Afvist, Dom
from helhedsplan import adskilt

#: The longest side of a page as it is drawn, in pixels, and the part of it at each edge where a scanner casts shadow.
STOERRELSE, RAND = 800, 0.02
#: Tones of 255 that paper differs in without anything standing on it, and the least part that is written on: every
#: page of a paper has its document id in the foot, and that alone is more.
TONER, SKREVET = 40, 0.0002


@dataclass(frozen=True)
class Sider:
    antal: int
    blanke: tuple[int, ...]


def sider(data: bytes) -> Sider:
    """Raises Afvist when the pages cannot be drawn, or not in time."""
    try:
        svar = json.loads(adskilt.koer("dokumenter.underskrift.skannet", data))
    except adskilt.ForTung as fejl:
        raise Afvist(Dom.FOR_TUNG) from fejl
    except adskilt.Mislykket as fejl:
        raise Afvist(Dom.ULAESELIG) from fejl
    return Sider(svar["antal"], tuple(svar["blanke"]))


def _er_blank(side) -> bool:
    """Nearly all of it has one colour, whichever."""
    billede = side.render(scale=STOERRELSE / max(side.get_size())).to_pil().convert("L")
    bredde, hoejde = billede.size
    kant = (int(bredde * RAND), int(hoejde * RAND))
    indenfor = billede.crop((*kant, max(bredde - kant[0], 1), max(hoejde - kant[1], 1)))
    toner = indenfor.histogram()
    papir = max(range(len(toner)), key=toner.__getitem__)
    skrevet = sum(toner[: max(papir - TONER, 0)]) + sum(toner[papir + TONER + 1 :])
    return skrevet < SKREVET * sum(toner)


def main() -> None:
    import pypdfium2 as pdfium

    adskilt.begraens()
    pdf = pdfium.PdfDocument(sys.stdin.buffer.read())
    blanke = [nr for nr, side in enumerate(pdf, 1) if _er_blank(side)]
    sys.stdout.write(json.dumps({"antal": len(pdf), "blanke": blanke}))


if __name__ == "__main__":
    main()
