"""Where an edition stands, who must act, and that there is one answer to what is in force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftaler.choices import Godkendelsesniveau
from dokumenter import rules
from dokumenter.rules import Gyldighed, Stilling

ARBEJDSGRUPPE, BESTYRELSE, LBF = Godkendelsesniveau
DAG = date(2026, 6, 1)
SLUT = date(2029, 10, 31)


def stilling(niveau=BESTYRELSE, afgoerelser=None, parter=(), underskrevet=(), **gyldighed):
    return Stilling(
        niveau=niveau,
        gyldighed=Gyldighed(1, gyldighed.get("ikraft"), gyldighed.get("trukket")),
        afgoerelser=afgoerelser or {},
        kraever_underskrift=bool(parter),
        parter=parter,
        underskrevet=underskrevet,
    )


PARTER = ("Kommunen", "Boligforeningen")
OK = {BESTYRELSE: "godkendt"}
BEGGE = {BESTYRELSE: "godkendt", LBF: "godkendt"}


@pytest.mark.parametrize(
    ("s", "ventet", "naeste"),
    [
        (stilling(), "til_godkendelse", "Afventer bestyrelsen"),
        (stilling(ARBEJDSGRUPPE), "til_godkendelse", "Afventer arbejds- eller følgegruppen"),
        (stilling(ARBEJDSGRUPPE, OK), "godkendt", "Lederen sætter udgaven i kraft"),
        (stilling(afgoerelser={ARBEJDSGRUPPE: "godkendt"}), "til_godkendelse", "Afventer bestyrelsen"),
        (stilling(afgoerelser={BESTYRELSE: "efterretning"}), "til_godkendelse", "Afventer bestyrelsen"),
        (
            stilling(afgoerelser={BESTYRELSE: "afvist"}),
            "afvist",
            "Sekretariatet retter kladden og fryser en ny udgave",
        ),
        (stilling(LBF, {LBF: "godkendt"}), "til_godkendelse", "Afventer bestyrelsen"),
        (stilling(LBF, OK), "godkendt", "Afventer Landsbyggefonden"),
        (stilling(LBF, OK | {LBF: "afvist"}), "afvist", "Sekretariatet retter kladden og fryser en ny udgave"),
        (stilling(LBF, BEGGE), "godkendt", "Lederen sætter udgaven i kraft"),
        (stilling(afgoerelser=OK, parter=PARTER), "godkendt", "Afventer underskrift fra Kommunen og Boligforeningen"),
        (
            stilling(afgoerelser=OK, parter=PARTER, underskrevet=("Kommunen",)),
            "underskrives",
            "Afventer underskrift fra Boligforeningen",
        ),
        (
            stilling(afgoerelser=OK, parter=PARTER, underskrevet=PARTER),
            "underskrevet",
            "Lederen sætter udgaven i kraft",
        ),
        (stilling(LBF, OK, PARTER, PARTER), "underskrevet", "Afventer Landsbyggefonden"),
        (stilling(trukket=DAG), "trukket", ""),
        (stilling(afgoerelser=OK, ikraft=DAG + timedelta(1)), "kommende", ""),
        (stilling(afgoerelser=OK, ikraft=DAG), "gaeldende", ""),
    ],
)
def test_state_and_who_must_act(s, ventet, naeste):
    t = rules.tilstand(s, DAG, [s.gyldighed], SLUT)
    assert (t, rules.naeste_skridt(s, t)) == (ventet, naeste)


def test_what_is_superseded_and_what_has_run_out():
    foerste, anden = stilling(ikraft=date(2026, 1, 1)), Gyldighed(2, DAG)
    assert rules.tilstand(foerste, DAG, [foerste.gyldighed, anden], SLUT) == "erstattet"
    assert rules.tilstand(foerste, DAG - timedelta(1), [foerste.gyldighed, anden], SLUT) == "gaeldende"
    efter = SLUT + timedelta(1)
    assert rules.tilstand(foerste, efter, [foerste.gyldighed], SLUT) == "udloebet"
    assert rules.tilstand(foerste, efter, [foerste.gyldighed, anden], SLUT) == "erstattet"


@pytest.mark.parametrize(
    ("s", "underskrift", "ikraft"),
    [
        (stilling(), "Udgaven skal først godkendes af bestyrelsen.", "Udgaven skal først godkendes af bestyrelsen."),
        (stilling(trukket=DAG), "Udgaven er trukket tilbage.", "Udgaven er trukket tilbage."),
        (
            stilling(afgoerelser={BESTYRELSE: "afvist"}),
            "Udgaven er afvist. Ret kladden, og frys en ny udgave.",
            "Udgaven er afvist. Ret kladden, og frys en ny udgave.",
        ),
        (stilling(LBF, OK), "", "Udgaven skal først godkendes af Landsbyggefonden, med dato og reference."),
        (stilling(LBF, BEGGE), "", ""),
        (stilling(afgoerelser=OK, parter=PARTER), "", "Udgaven mangler underskrift fra Kommunen og Boligforeningen."),
        (stilling(afgoerelser=OK, parter=PARTER, underskrevet=PARTER), "", ""),
        (
            Stilling(BESTYRELSE, Gyldighed(1, None), OK, kraever_underskrift=True),
            "",
            "Udgaven skal underskrives, men ingen står til at skrive under. Tilføj planens parter, og frys igen.",
        ),
        (stilling(afgoerelser=OK, ikraft=DAG), "", "Udgaven er allerede sat i kraft fra 1. juni 2026."),
    ],
)
def test_what_is_missing_before_signature_and_before_it_is_in_force(s, underskrift, ikraft):
    assert (rules.mangler_for_underskrift(s), rules.mangler_for_ikraft(s)) == (underskrift, ikraft)


@pytest.mark.parametrize(
    ("dag", "andre", "ventet"),
    [
        (DAG, [], ""),
        (date(2025, 10, 31), [], "Dagen ligger uden for planens periode, 1. november 2025 – 31. oktober 2029."),
        (date(2029, 11, 1), [], "Dagen ligger uden for planens periode, 1. november 2025 – 31. oktober 2029."),
        (DAG, [Gyldighed(1, DAG)], "Udgave 1 gælder fra 1. juni 2026. Vælg en senere dag."),
        (
            date(2029, 10, 31),
            [Gyldighed(1, date(2029, 10, 31))],
            "Udgave 1 gælder fra 31. oktober 2029. Det er planens sidste dag, så ingen senere kan vælges. Træk den "
            "udgave tilbage først.",
        ),
        (DAG, [Gyldighed(1, DAG, trukket=DAG)], ""),
        (DAG, [Gyldighed(3, date(2029, 10, 31), trukket=DAG)], ""),
        (DAG, [Gyldighed(1, DAG - timedelta(1)), Gyldighed(2, None)], ""),
        (
            DAG,
            [Gyldighed(3, date(2026, 1, 1))],
            "Udgave 3 er nyere og sat i kraft. Frys en ny udgave i stedet.",
        ),
    ],
)
def test_from_which_days_an_edition_can_be_in_force(dag, andre, ventet):
    s = Stilling(BESTYRELSE, Gyldighed(2, None))
    assert rules.mangler_for_ikraft_dag(s, dag, andre, date(2025, 11, 1), SLUT) == ventet


@given(st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 60)), max_size=8), st.integers(0, 70))
def test_at_most_one_in_force_and_always_one_from_the_first(udgaver, dag):
    """Histories as the actions make them: each edition comes into force after all before it."""
    start, slut = date(2026, 1, 1), date(2026, 1, 1) + timedelta(60)
    fra, alle = -1, []
    for nummer, (spring, trukket) in enumerate(udgaver, 1):
        fra += 1 + spring
        alle.append(Gyldighed(nummer, start + timedelta(fra), None if trukket is None else start + timedelta(trukket)))
    den_dag = start + timedelta(dag)
    fundet = rules.gaeldende(alle, den_dag, slut)
    mulige = [u for u in alle if u.ikraft <= den_dag <= slut and not (u.trukket and u.trukket <= den_dag)]
    assert fundet == (mulige[-1].nummer if mulige else None)
    if alle and not any(u.trukket for u in alle):
        assert (fundet is not None) == (alle[0].ikraft <= den_dag <= slut)
