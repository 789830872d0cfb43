"""How many pages a scan has, which of them show nothing, and which show the same.

Run as a program it reads a PDF on standard input and answers in JSON; see `helhedsplan.underproces`.
"""

import json
import sys
from dataclasses import dataclass

from dokumenter.underskrift.domme import Afvist, Dom, for_tung
from helhedsplan import underproces
from helhedsplan.blanksider import STOERRELSE, er_blank

#: Imported before the file is met (`underproces`).
FORUD = ("numpy", "PIL.ImageFilter", "pypdfium2")
#: Spots across and down that a page is told by, blurred by so much, so many of them it may be laid aside, and how alike
#: two scans of one page are at the least: one laid half a degree askew the second time is 0.92 alike; two pages of a
#: paper are 0.45, and two that have little but their foot 0.68.
PRIKKER, SLOERET, FLYTTET, SAMME_SIDE = (105, 148), 0.7, 3, 0.85
#: More pages are not held against each other.
FLEST = 60


@dataclass(frozen=True)
class Sider:
    antal: int
    blanke: tuple[int, ...]
    ens: tuple[tuple[int, int], ...] = ()
    """pairs of pages that are one page laid in the machine twice"""


def sider(data: bytes) -> Sider:
    """Raises Afvist when the pages cannot be drawn, or not in time."""
    try:
        svar = json.loads(underproces.koer("dokumenter.underskrift.skannet", data))
    except underproces.ForTung as fejl:
        raise for_tung(fejl) from fejl
    except underproces.Mislykket as fejl:
        raise Afvist(Dom.ULAESELIG) from fejl
    return Sider(svar["antal"], tuple(svar["blanke"]), tuple((a, b) for a, b in svar["ens"]))


def _par(sider: list) -> list[tuple[int, int]]:
    """Pages whose dark spots lie in the same places, though the paper was laid a little otherwise the second time."""
    aftryk = [_moerkt(side) for side in sider]
    return [
        (nr + 1, andet + 1)
        for andet in range(len(aftryk))
        for nr in range(andet)
        if _lighed(aftryk[nr], aftryk[andet]) >= SAMME_SIDE
    ]


def _moerkt(side):
    """How dark each spot of the page is beside the paper, as numbers about nought; None of a page that has none."""
    import numpy as np
    from PIL import ImageFilter

    billede = side.render(scale=STOERRELSE / max(side.get_size())).to_pil().convert("L").resize(PRIKKER)
    toner = np.asarray(billede.filter(ImageFilter.GaussianBlur(SLOERET)), dtype=float)
    return toner - toner.mean() if toner.std() else None


def _lighed(en, anden) -> float:
    """From 0 to 1, where they lie best on each other."""
    import numpy as np

    if en is None or anden is None:
        return 0.0
    flytninger = range(-FLYTTET, FLYTTET + 1)
    bedst = max(float((en * np.roll(anden, (ned, hen), axis=(0, 1))).sum()) for ned in flytninger for hen in flytninger)
    return bedst / float(np.sqrt((en**2).sum() * (anden**2).sum()))


def main() -> None:
    import pypdfium2 as pdfium

    underproces.begraens()
    pdf = pdfium.PdfDocument(sys.stdin.buffer.read())
    blanke = [nr for nr, side in enumerate(pdf, 1) if er_blank(side)]
    ens = _par(list(pdf)) if len(pdf) <= FLEST else []
    sys.stdout.write(json.dumps({"antal": len(pdf), "blanke": blanke, "ens": ens}))


if __name__ == "__main__":
    main()
