"""How often each page asks the database when something has just been written, which is what a writer always gets.

No page asks the same twice. The numbers are written in `forespoergsler.txt`; one that goes up is a choice, and is made
by `FORESPOERGSLER=skriv pytest tests/integration/test_forespoergsler.py` and read in the diff.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.integration.test_matrix import PLANSIDER, adresse, som_foer
from tests.verden import i_sporet, verden

TAL = Path(__file__).with_name("forespoergsler.txt")
SIDER = sorted(navn for navn, (metode, _) in PLANSIDER.items() if metode == "GET")
#: Rows that point to the same thing by several ways: Django fetches it once for each way.
GENTAGER = {"plan-fil": 3}


def forespoergsler(client, url: str) -> Counter:
    """(SQL, what is asked for) -> how often."""
    fundet: Counter = Counter()

    def taelt(execute, sql, params, many, context):
        fundet[sql, repr(params)] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(taelt):
        assert client.get(url).status_code == 200, url
    return fundet


@pytest.mark.django_db
def test_no_page_asks_the_same_twice_nor_more_than_is_written_here(client):
    v = verden()
    client.force_login(v.brugere["leder"])
    antal, gentagne = {}, {}
    for navn in SIDER:
        with som_foer(v) as verdenen:
            i_sporet(verdenen.plan)
            fundet = forespoergsler(client, adresse(verdenen, navn))
        antal[navn] = fundet.total()
        igen = [sql.partition(" FROM ")[2][:120] for (sql, _), n in fundet.items() for _ in range(n - 1)]
        if len(igen) > GENTAGER.get(navn, 0):
            gentagne[navn] = igen
    if os.environ.get("FORESPOERGSLER") == "skriv":
        TAL.write_text("".join(f"{n:>4} {navn}\n" for navn, n in antal.items()), encoding="utf-8")
    skrevet = {navn: int(n) for n, navn in map(str.split, TAL.read_text(encoding="utf-8").splitlines())}
    assert gentagne == {}
    assert skrevet.keys() == antal.keys()
    assert {navn: (n, skrevet[navn]) for navn, n in antal.items() if n > skrevet[navn]} == {}
