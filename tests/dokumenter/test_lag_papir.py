"""The paper of an extension: frozen, approved, signed and in force, and the plan's period with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from aftaler.models import Helhedsplan, Lag
from dokumenter.actions.udgave import hent_papir, traek
from dokumenter.kladdestand import med_kladdestand
from dokumenter.queries.dokumenter import dokumenter
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.dokumenter.dokumentdata import dokumentverden, frossen, godkendt, i_kraft, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    v = dokumentverden()
    v.plan.lag.all().delete()
    v.lag = f.LagFactory(
        plan=v.plan, noegle="laengere", navn="Forlængelse", til=None, til_sagt="18 måneder", indhold="Videre"
    )
    return v


def underskrevet(v, art="lag", emne="laengere"):
    udgave = frossen(v, art, emne)
    godkendt(v, udgave, 2)
    godkendt(v, udgave, 3)
    nu = timezone.now()
    udgave.underskrivere.update(metode="blaek", underskrevet=nu, filrevision=udgave.filrevisioner.first())
    return udgave


def laget(v) -> Lag:
    return v.plan.lag.get(noegle="laengere")


def periode(v) -> str:
    return Helhedsplan.objects.get(pk=v.plan.pk).periode


FOER = "1. november 2025 – 31. oktober 2029"
NU = "1. november 2025 – 30. april 2031 (5½ år ifølge »Forlængelse«)"


def test_fra_kladde_til_planens_periode(v):
    udgave = frossen(v, "lag", "laengere")
    assert (udgave.titel, udgave.niveau, udgave.kraever_underskrift) == ("Forlængelse", 3, True)
    assert udgave.dokument_id.startswith(f"{v.plan.noegle}/lag/laengere/u1-")
    with pytest.raises(ValidationError, match="skal først godkendes"):
        i_kraft(v, udgave)
    udgave = underskrevet(v)
    assert periode(v) == FOER
    i_kraft(v, udgave)
    lag = laget(v)
    assert (lag.gaelder_fra, lag.ikraft_ved, periode(v)) == (timezone.localdate(), udgave.dokument_id, NU)
    assert hent_papir(udgave).periode == NU  # the period that it gives, on its front too
    stande = {li.art: li.aendret for li in med_kladdestand(v.plan, dokumenter(v.plan)) if li.udgaver}
    assert stande == {"lag": ""}  # and nobody is told that it has changed


def test_intet_saettes_i_kraft_oven_paa_en_plan_der_ikke_er_bevilget(v):
    udgave = underskrevet(v)
    Helhedsplan.objects.filter(pk=v.plan.pk).update(fase="ansoegning")
    udgave.plan.refresh_from_db()
    with pytest.raises(ValidationError, match="fase er Ansøgning"):
        i_kraft(v, udgave)
    assert periode(v) == FOER


def test_trukket_tilbage_gaelder_det_ikke_mere_og_ikke_igen(v):
    udgave = underskrevet(v)
    i_kraft(v, udgave)
    traek(bruger=PROGRAMMET, udgave=udgave, grund="Fonden har trukket sit tilsagn", version=None)
    assert (laget(v).ophaevet, periode(v)) == (timezone.localdate(), FOER)
    with pytest.raises(ValidationError, match="er ophævet for godt"):
        i_kraft(v, underskrevet(v))


def test_en_rettet_udgave_baerer_laget_videre(v):
    foerste = underskrevet(v)
    i_kraft(v, foerste, -2)
    anden = underskrevet(v)
    i_kraft(v, anden)
    lag = laget(v)
    assert (lag.ikraft_ved, lag.gaelder_fra) == (anden.dokument_id, timezone.localdate() - timedelta(2))
    traek(bruger=PROGRAMMET, udgave=anden, grund="Der var en slåfejl i den", version=None)
    lag.refresh_from_db()
    assert (lag.ikraft_ved, lag.ophaevet, periode(v)) == (foerste.dokument_id, None, NU)


def test_kun_det_udgaven_siger_kan_saettes_i_kraft(v):
    udgave = underskrevet(v)
    v.plan.lag.update(til_sagt="to år")
    with pytest.raises(ValidationError) as fejl:
        i_kraft(v, udgave)
    assert fejl.value.message_dict["ikraft"][0].startswith("Kladden ændrer noget andet, end udgaven siger.")
    assert periode(v) == FOER


def test_oven_paa_noget_der_ikke_gaelder(v):
    aftale = underskrevet(v, "samarbejdsaftale", "")
    udgave = underskrevet(v)
    with pytest.raises(ValidationError) as fejl:
        i_kraft(v, udgave)
    assert fejl.value.message_dict["ikraft"][0].startswith("Samarbejdsaftalen er ikke i kraft")
    i_kraft(v, aftale)
    tillaeg = f.LagFactory(
        plan=v.plan, noegle="tillaeg", navn="Tillæg", slags="tillaeg", til=None, oven_paa=v.lag, orden=2, indhold="Mere"
    )
    oven = underskrevet(v, "lag", tillaeg.noegle)
    with pytest.raises(ValidationError) as fejl:
        i_kraft(v, oven)
    assert fejl.value.message_dict["ikraft"][0].startswith("»Forlængelse« gælder ikke endnu.")
    i_kraft(v, udgave)
    i_kraft(v, oven)
    with pytest.raises(ValidationError, match="»Tillæg« ligger oven på »Forlængelse« og gælder"):
        traek(bruger=PROGRAMMET, udgave=udgave, grund="Den skal ikke gælde", version=None)


def test_forlaengelsen_goer_ingen_andre_papirer_gamle(v):
    udgave = godkendt(v, frossen(v))
    i_kraft(v, underskrevet(v))
    v.plan = Helhedsplan.objects.get(pk=v.plan.pk)
    stande = {li.art: li.aendret for li in med_kladdestand(v.plan, dokumenter(v.plan)) if li.udgaver}
    assert stande == {udgave.art: "", "lag": ""}


def test_listen_har_papiret_til_det_er_aftalt_andetsteds(v, client):
    client.force_login(v.brugere["leder"])
    side = client.get(url(v, "dokument-liste")).content.decode()
    assert url(v, "dokument-vis", "lag", "laengere") in side
    assert client.get(url(v, "lag-pdf", "laengere")).content.startswith(b"%PDF")
    assert client.get(url(v, "lag-vis", "intet")).status_code == 404
    v.plan.lag.update(gaelder_fra=timezone.localdate())
    assert url(v, "dokument-vis", "lag", "laengere") not in client.get(url(v, "dokument-liste")).content.decode()
