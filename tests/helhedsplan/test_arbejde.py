"""Work beside a page: begun once, followed while it goes on, and known to be dead when it is."""

import threading
import time

import pytest

from helhedsplan import arbejde
from helhedsplan.arbejde import Arbejdsstand, Fremskridt, begynd, fulgt, glem


@pytest.fixture
def noegle(settings):
    settings.ARBEJDE_VED_SIDEN_AF = True
    navn = f"proeve-{time.monotonic_ns()}"
    yield navn
    for traad in threading.enumerate():
        if traad.name == navn:
            traad.join(30)


def test_det_der_er_hurtigt_er_faerdigt_med_det_samme(noegle):
    def trin():
        yield Fremskridt("Tæller")
        return {"svar": 42}

    stand = begynd(noegle, trin)
    assert (stand.slut, stand.udfald) == (True, {"svar": 42})
    assert fulgt(noegle) == stand
    glem(noegle)
    assert fulgt(noegle) is None


def test_det_der_tager_tid_foelges_og_begyndes_ikke_igen(noegle, monkeypatch):
    monkeypatch.setattr(arbejde, "TAALMODIGHED", 0.01)
    monkeypatch.setattr(arbejde, "MELLEM", 0.0)
    videre, naaet, gange = threading.Event(), threading.Event(), []

    def trin():
        gange.append(1)
        yield Fremskridt("Læst", 5, 10)
        naaet.set()
        assert videre.wait(30)
        yield Fremskridt("Læst", 10, 10)
        return "færdig"

    assert not begynd(noegle, trin).slut
    assert naaet.wait(30)
    assert fulgt(noegle).fremskridt == ("Læst", 5, 10)
    assert not begynd(noegle, trin).slut
    videre.set()
    for traad in threading.enumerate():
        if traad.name == noegle:
            traad.join(30)
    assert (fulgt(noegle).udfald, gange) == ("færdig", [1])


def test_det_der_fejler_er_slut_uden_udfald_og_staar_i_loggen(noegle, caplog):
    def trin():
        yield Fremskridt("Begynder")
        raise ZeroDivisionError

    stand = begynd(noegle, trin)
    assert (stand.slut, stand.udfald) == (True, None)
    assert noegle in caplog.text


def test_det_der_intet_livstegn_har_givet_er_doedt(noegle):
    arbejde._sig(noegle, Arbejdsstand(Fremskridt("Læst"), time.time() - arbejde.LIVSTEGN + 5))
    assert fulgt(noegle) is not None
    arbejde._sig(noegle, Arbejdsstand(Fremskridt("Læst"), time.time() - arbejde.LIVSTEGN - 1))
    assert fulgt(noegle) is None


def test_en_fuld_disk_standser_intet_arbejde(noegle, monkeypatch, settings, caplog):
    settings.ARBEJDE_VED_SIDEN_AF = False
    gjort = []

    def fuld(*args):
        raise OSError

    def trin():
        yield Fremskridt("Tæller")
        gjort.append(1)

    monkeypatch.setattr(arbejde, "caches", {"arbejde": type("Fuld", (), {"set": fuld, "get": lambda *a: None})()})
    begynd(noegle, trin)
    assert gjort == [1]
