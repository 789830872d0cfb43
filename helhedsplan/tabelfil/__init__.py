"""A stranger's table, from its bytes to cells that know where they stand: the one way in for every door.

    laes(data, doer) -> list[Tabel]        a CSV file or a workbook, read in a process of its own
    laes_celle(celle) -> Celletal | Maerke what stands in a cell: a figure, or why there is none

slags       what kind of file somebody has chosen, and what to do when it is none that can be read; encodings
laeser      doors with their bounds and words; the process that reads, and what it answers
tekst       CSV and pasted text: what parts the cells
bog         what a workbook's reader does not tell: formulas without a result, percent, what is hidden
tabel       the table: cells as text, figures of a workbook among them, and their addresses
celletal    figures and marks in cells; the figures themselves are read by helhedsplan.tallaeser

The doors: indicators (`indikatorer.imports`), a budget's workbook (`budget.imports`), the sum audit (`budget.sumtjek`).
A reading can be kept as bytes of our own (`laes_og_gem`, `gemt_laesning`), and the file is opened only once.
"""

from helhedsplan.tabelfil.celletal import Celletal, Maerke, laes_celle, maerke
from helhedsplan.tabelfil.laeser import Tabeldoer, UlaeseligFil, gemt_laesning, laes, laes_og_gem
from helhedsplan.tabelfil.tabel import Regnetal, Tabel, celletekst, kolonnebogstav

__all__ = [
    "Celletal", "Maerke", "Regnetal", "Tabel", "Tabeldoer", "UlaeseligFil", "celletekst", "gemt_laesning",
    "kolonnebogstav", "laes", "laes_celle", "laes_og_gem", "maerke",
]  # fmt: skip
