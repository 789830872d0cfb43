"""The papers of the board as blocks: what is asked of the database, straight to what is printed.

    moede.py   agenda, minutes and the decision paper of an item
    kort.py    the short versions for residents

See docs/adr/0013-et-papir-som-blokke.md.
"""
