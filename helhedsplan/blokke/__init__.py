"""A paper has one form between what is asked of the database and every way out of the house: blocks.

    model.py   the blocks: texts, tables, pictures and figures, in parts
    prosa.py   stored prose as blocks
    tegn.py    blocks as HTML, for paper and page; each kind has its template in templates/pdf/blokke
    tryk.py    that HTML as PDF, through the gateway

Each room builds its own papers (aftaler/blokke.py, budget/blokke.py); dokumenter/ compares them, writes them to Word
and freezes them. See docs/adr/0013-et-papir-som-blokke.md.
"""
