"""CSV as Danish spreadsheets open it: semicolons, a mark of UTF-8, and no cell that is reckoned."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

#: What a spreadsheet takes for the beginning of a formula, after what it passes over.
FORMEL = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def harmloes(tekst: str) -> str:
    """A spreadsheet would reckon what begins like a formula."""
    return f"'{tekst}" if tekst.lstrip().startswith(FORMEL) or tekst[:1] in {"\t", "\r", "\n"} else tekst


def som_csv(raekker: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The file, row by row; the mark comes first."""
    yield "\ufeff".encode()
    for raekke in raekker:
        ud = io.StringIO()
        csv.writer(ud, delimiter=";", lineterminator="\r\n").writerow([harmloes(str(celle)) for celle in raekke])
        yield ud.getvalue().encode()
