"""What is stopped before any page sees it."""

import pytest
from django.urls import reverse

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


@pytest.mark.django_db
def test_det_der_gives_tilbage_efter_login_staar_med_sidens_egne_ord(client):
    """The names of fields and the values of choices are the program's, not the reader's."""
    v = verden()
    aktivitet = v.delaftale.aktiviteter.first()
    side = reverse("aktivitet-ret", args=[v.plan.noegle, v.delaftale.noegle, aktivitet.noegle])
    sendt = {
        "navn": "Lektiecafé", "forventet_deltagertal": "40", "milepaele-0-status": "ikke_begyndt",
        "milepaele-0-navn": "Første hold", "et_ukendt_felt": "noget",
    }  # fmt: skip
    svar = client.post(side, sendt)
    assert svar.status_code == 401
    tekst = svar.content.decode()
    for ord_ in ("Forventet deltagertal", "Milepæle 1: Tilstand", "Ikke begyndt", "Første hold", "Et ukendt felt"):
        assert ord_ in tekst
    assert "Milepaele 0" not in tekst
    assert "<dd>ikke_begyndt" not in tekst
    assert client.post("/findes/ikke/", {"et_felt": "noget"}).status_code in {401, 404}
