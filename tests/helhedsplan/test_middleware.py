"""What is stopped before any page sees it."""

import pytest

from tests.verden import verden


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sti",
    [
        "/soeg/?q=a%00b",
        "/?sort=%00",
        "/planer/{}/historik/?objekt=aftaler.part%00:1",
        "/planer/{}/historik/?objekt=aftaler.part:%00",
        "/planer/{}/billeder/ny/prosa/?delaftale=%00",
    ],
)
def test_et_nultegn_i_adressen_er_en_fejl_i_adressen(client, sti):
    """PostgreSQL would fall over it, and the page with it."""
    v = verden()
    client.force_login(v.brugere["leder"])
    svar = client.get(sti.format(v.plan.noegle))
    assert svar.status_code == 400
    assert "Siden kunne ikke læse det, der blev sendt" in svar.content.decode()
    assert client.get(sti.format(v.plan.noegle).replace("%00", "%20")).status_code in {200, 404}
