"""Archive timestamps are renewed while they hold: the signature can be judged after the first clock's certificate."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from dokumenter import lager
from dokumenter.actions import tidsstempel
from dokumenter.actions.tidsstempel import forny_tidsstempler
from dokumenter.actions.underskrift import underskriv
from dokumenter.models import Udgave
from dokumenter.underskrift import certifikater
from dokumenter.underskrift.valider import tidsstempel_udloeber, valider
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.dokumenter import signering as s
from tests.dokumenter.pdfsig import pdfsig
from tests.dokumenter.underskriftsdata import sag as lav_sag
from tests.vera import vera_fejl

SNART = s.NU + timedelta(days=100)


@pytest.fixture
def ur(monkeypatch, settings, tmp_path):
    """The program's clock, which the test can change: ur(until when its certificate holds), ur(None) for no clock."""
    (tmp_path / "rod.pem").write_bytes(s.myndighed().pem())
    settings.UNDERSKRIFT = settings.UNDERSKRIFT | {"ROEDDER": [str(tmp_path / "rod.pem")]}

    def saet(til):
        monkeypatch.setattr(certifikater, "ur", lambda: s.ur(til=til) if til else None)

    return saet


@pytest.fixture
def sag(db, ur):
    """Signed by both with a clock whose certificate runs out soon, and in force."""
    ur(SNART)
    sag = lav_sag(plan=f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31)))
    for nr in range(2):
        underskriv(bruger=sag.underskrivere[nr].bruger, underskriver=sag.frisk(nr))
    Udgave.objects.filter(pk=sag.udgave.pk).update(ikraft=date(2026, 2, 1))
    ur(s.NU + 20 * s.AAR)
    return sag


def i_dag() -> date:
    return timezone.localdate()


def test_the_file_gets_a_new_timestamp_once_and_begins_with_the_one_before(sag, tmp_path):
    foer = sag.bytes()
    assert tidsstempel_udloeber(foer) == SNART.replace(microsecond=0)
    (fornyelse,) = forny_tidsstempler(i_dag())
    efter = sag.bytes()
    assert (fornyelse.udgave, fornyelse.fil.nummer, fornyelse.fejl) == (sag.udgave, 4, "")
    assert [fil.art for fil in sag.filer()] == ["udstedt", "underskrevet", "underskrevet", "tidsstemplet"]
    assert efter.startswith(foer)
    assert tidsstempel_udloeber(efter) == (s.NU + 20 * s.AAR).replace(microsecond=0)
    om_fem_aar = s.NU + 5 * s.AAR
    assert [dom.tid_fra for dom in valider(foer, certifikater.roedder(), nu=om_fem_aar)] == ["oplyst"] * 2
    domme = valider(efter, certifikater.roedder(), nu=om_fem_aar)
    assert [(dom.gyldig, dom.tid_fra) for dom in domme] == [(True, "tidsstempel")] * 2
    assert pdfsig(efter, tmp_path).count("Signature is Valid.") == 2  # it does not judge document timestamps
    assert vera_fejl(tmp_path / "fil.pdf") == {tmp_path / "fil.pdf": []}
    haendelse = Haendelse.objects.filter(kaede=sag.plan.noegle).latest("pk")
    assert (haendelse.handling, haendelse.objekt_id) == ("tidsstempel fornyet", str(fornyelse.fil.pk))

    assert forny_tidsstempler(i_dag()) == []
    assert len(sag.filer()) == 4


@pytest.mark.parametrize(
    "aendring",
    [{"ikraft": None}, {"ikraft": date(2026, 2, 1), "trukket": s.NU, "trukket_grund": "Fejl"}],
    ids=["not in force", "withdrawn"],
)
def test_only_what_is_in_force_is_renewed(sag, aendring):
    Udgave.objects.filter(pk=sag.udgave.pk).update(**aendring)
    assert forny_tidsstempler(i_dag()) == []


def test_what_is_not_signed_holds_long_enough_or_has_no_clock_is_left_alone(sag, settings, ur):
    lav_sag(plan=sag.plan, nummer=7, emne="job", ikraft=date(2026, 2, 1))
    settings.TIDSSTEMPEL_FORNYES_DAGE = 30
    assert forny_tidsstempler(i_dag()) == []
    assert len(forny_tidsstempler(i_dag() + timedelta(days=71))) == 1
    settings.TIDSSTEMPEL_FORNYES_DAGE = 20_000
    ur(None)
    assert forny_tidsstempler(i_dag()) == []


def test_one_that_fails_is_told_of_and_the_others_go_on(sag, monkeypatch, capsys):
    anden = lav_sag(plan=sag.plan, nummer=7, emne="job", afsnit="En anden aftale.", ikraft=date(2026, 2, 1))
    monkeypatch.setattr(certifikater, "ur", lambda: s.ur(til=SNART))
    underskriv(bruger=anden.underskrivere[0].bruger, underskriver=anden.frisk())
    monkeypatch.setattr(certifikater, "ur", s.ur)
    fil = sag.filer()[-1]
    with fil.fil.storage.open(fil.fil.name, "ab") as aaben:
        aaben.write(b"x")
    with pytest.raises(SystemExit):
        call_command("forny_tidsstempler")
    ud = capsys.readouterr().out
    assert "Filen i lageret er ikke den, der blev gemt." in ud
    assert "1 tidsstempel fornyet." in ud
    assert [len(en.filer()) for en in (sag, anden)] == [3, 3]


def test_without_a_clock_the_command_says_so(db, ur, capsys):
    ur(None)
    call_command("forny_tidsstempler")
    assert "ikke sat nogen tidsstempeltjeneste op" in capsys.readouterr().out


def test_a_crash_in_the_middle_leaves_the_edition_as_before(sag, monkeypatch):
    def stop(*args, **kwargs):
        raise RuntimeError("strømmen gik")

    monkeypatch.setattr(tidsstempel, "gem_fil", stop)
    with pytest.raises(RuntimeError):
        forny_tidsstempler(i_dag())
    assert len(sag.filer()) == 3
    assert lager.sha256(sag.bytes()) == sag.filer()[-1].sha256
