"""What an eye would stop at on the pages of a paper, as sentences: letters off the page, small type, headings alone at
the foot, pages with next to nothing on them, marks that are not meant for paper."""

import math
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raa

#: Letters of pictures, in points; print is held by tests/test_skriftstoerrelser.py.
MINDSTE = 7
#: Headings that are lower look as heavy words of a text do.
MINDSTE_OVERSKRIFT = 10.9
FAERREST_LINJER = 4
#: The rest is for those who write, or is a letter that is missing.
IKKE_TIL_PAPIR = ("↩", "[1 tegn", "None", "{{", "{%", "￾", "�")


def fejl(navn: str, data: bytes) -> list[str]:
    pdf = pdfium.PdfDocument(data)
    return [f"{navn}, side {nr} af {len(pdf)}: {x}" for nr, side in enumerate(pdf, 1) for x in _paa(side, nr, len(pdf))]


def _paa(side, nr: int, antal: int) -> Iterator[str]:
    tekst = side.get_textpage()
    bredde, hoejde = side.get_size()
    for i in range(tekst.count_chars()):
        x0, y0, x1, y1 = tekst.get_charbox(i)
        synligt = tekst.get_text_range(i, 1).strip()
        if synligt and not (0 <= x0 <= x1 <= bredde and 0 <= y0 <= y1 <= hoejde):
            yield f"»{tekst.get_text_range(max(0, i - 5), 12).strip()}« er skåret over."
            break
    alt = tekst.get_text_bounded()
    yield from (f"»{tegn}« er trykt." for tegn in IKKE_TIL_PAPIR if tegn in alt)
    if (mindste := _mindste(tekst)) < MINDSTE - 0.05:
        yield f"skriften er {mindste:.1f} punkt."
    linjer = _linjer(tekst, hoejde)
    if nr > 1 and len(linjer) < FAERREST_LINJER:
        yield f"der står kun {len(linjer)} linjer."
    if nr < antal and linjer and linjer[-1][1] and not linjer[-1][0].startswith("Noter"):
        yield f"»{linjer[-1][0]}« står nederst uden det, den er overskrift til."


def _mindste(tekst) -> float:
    alle = range(tekst.count_chars())
    return min((_hoejde(tekst, i) for i in alle if tekst.get_text_range(i, 1).isalpha()), default=math.inf)


def _linjer(tekst, hoejde: float) -> list[tuple[str, bool]]:
    """The lines between head and foot, from the top, and whether one is a heading by its weight and height."""
    raekker: dict[int, list[int]] = {}
    for i in range(tekst.count_chars()):
        if not tekst.get_text_range(i, 1).strip():
            continue
        _, y0, _, y1 = tekst.get_charbox(i)
        if hoejde * 0.075 < (y0 + y1) / 2 < hoejde * 0.925:
            raekker.setdefault(round(_grundlinje(tekst, i) / 3), []).append(i)
    ud = []
    for _, bogstaver in sorted(raekker.items(), reverse=True):
        ord_ = tekst.get_text_range(bogstaver[0], len(bogstaver) + 20).splitlines()[0]
        fed = all(raa.FPDFText_GetFontWeight(tekst.raw, i) >= 600 for i in bogstaver)
        ud.append((ord_, fed and _hoejde(tekst, bogstaver[0]) > MINDSTE_OVERSKRIFT))
    return ud


def _grundlinje(tekst, i: int) -> float:
    matrix = raa.FS_MATRIX()
    raa.FPDFText_GetMatrix(tekst.raw, i, matrix)
    return matrix.f


def _hoejde(tekst, i: int) -> float:
    matrix = raa.FS_MATRIX()
    raa.FPDFText_GetMatrix(tekst.raw, i, matrix)
    return raa.FPDFText_GetFontSize(tekst.raw, i) * math.hypot(matrix.c, matrix.d)
