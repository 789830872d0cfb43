"""Names that are one name, and names that are not."""

import pytest

from helhedsplan.tvillinger import ens, findes_allerede, foldet

ENS = [
    ("Nordby kommune", "Nordby  Kommune"),
    ("B'32", "B´32"),
    ("B'32", "B’32"),
    ("B`32", "b 32"),
    ("Vildtbanegård I", "Vildtbanegaard i"),
    ("Ærø & Øst", "Aeroe og Oest"),
    ("Cafe\u0301en", "Caféen"),
    ("AAB – Afd. 55", "AAB Afd 55"),
]
FORSKELLIGE = [("Vildtbanegård I", "Vildtbanegård II"), ("Afd. 1-2", "Afd. 12"), ("Nordby", "Nordby Kommune")]


@pytest.mark.parametrize(("en", "anden"), ENS)
def test_one_name_in_two_spellings(en, anden):
    assert foldet(en) == foldet(anden)


@pytest.mark.parametrize(("en", "anden"), FORSKELLIGE)
def test_two_names(en, anden):
    assert foldet(en) != foldet(anden)


def test_those_that_are_one_stand_together_and_marks_alone_are_no_name():
    assert ens([(1, "B'32"), (2, "AAB"), (3, "b 32"), (4, "!"), (5, "?")]) == [[1, 3]]
    assert findes_allerede("?", [(1, "!", "/x/")]) == []
    [fund] = findes_allerede("b´32", [(7, "B'32", "/x/"), (8, "B'33", "/y/")])
    assert (fund.kode, fund.henvisning, "B'32" in fund.besked) == ("tvilling:7", "/x/", True)
