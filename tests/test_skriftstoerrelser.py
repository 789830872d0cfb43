"""Nothing is printed in type under 9,5 pt. (Not held here: raised figures of notes, and pictures.)"""

import re

import pytest
from django.contrib.staticfiles import finders


@pytest.mark.parametrize("stilark", ["papir", "moede", "ark"])
def test_intet_trykkes_mindre_end_9_5_punkt(stilark):
    with open(finders.find(f"pdf/{stilark}.css"), encoding="utf-8") as fil:
        stoerrelser = [float(tal) for tal in re.findall(r"font(?:-size)?:\s*([\d.]+)pt", fil.read())]

    assert stoerrelser
    assert min(stoerrelser) >= 9.5
