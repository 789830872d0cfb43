"""What waits for a board's member stands on his front page, and on nobody else's."""

from datetime import date

import pytest
from django.urls import reverse

from bestyrelse.forside import mine_svar
from bestyrelse.models import Dagsordenspunkt
from bestyrelse.queries.genstand import genstand_sha256
from tests import factories as f
from tests.verden import verden


@pytest.fixture
def v(db):
    return verden()


def test_minutes_and_votes_wait_for_the_member_and_for_no_other(v, client):
    bruger = v.brugere["bestyrelse"]
    side = f.BestyrelsessideFactory(plan=v.plan)
    medlem = f.BestyrelsesmedlemFactory(side=side, bruger=bruger)
    moede = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 3), tilstand="holdt")
    papir = f.MoedepapirFactory(moede=moede)
    kommende = f.MoedeFactory(plan=v.plan, tilstand="indkaldt")
    punkt = f.DagsordenspunktFactory(moede=kommende, titel="En vikar", slags="B")
    Dagsordenspunkt.objects.filter(pk=punkt.pk).update(genstand_sha256=genstand_sha256(punkt))
    assert [x.tekst for x in mine_svar(bruger)] == [
        "Din stemme om »En vikar«", "Godkend referatet af mødet 3. september 2026",
    ]  # fmt: skip
    client.force_login(bruger)
    html = client.get(reverse("forside")).content.decode()
    assert "Godkend referatet af mødet 3. september 2026" in html
    assert mine_svar(v.brugere["leder"]) == mine_svar(v.brugere["fremmed"]) == []
    f.ReferatgodkendelseFactory(papir=papir, medlem=medlem)
    assert [x.tekst for x in mine_svar(bruger)] == ["Din stemme om »En vikar«"]
