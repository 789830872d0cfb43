"""What a revision touches, and the level that is proposed for it."""

from dataclasses import replace
from datetime import date

import pytest

from aftaler.choices import Afsnitsart, Beroering, Godkendelsesniveau
from aftaler.queries.dokument import Prosafelt
from dokumenter.beroering import beroering, niveauforslag, rettede_steder
from tests.aftaler import papirproeve as proeve
from tests.dokumenter.budgetproeve import budgetpapir

ARBEJDSGRUPPE, BESTYRELSE, LBF = Godkendelsesniveau


def delaftale(*aktiviteter, **felter):
    aktiviteter = aktiviteter or (proeve.aktivitet(1), proeve.aktivitet(2))
    return proeve.dokument(
        proeve.afsnit(Afsnitsart.PROSA, 1, "<p>Om området.</p>"),
        proeve.afsnit(Afsnitsart.AKTIVITETER, 2, "", aktiviteter),
        proeve.afsnit(Afsnitsart.DELMAAL, 3, "", (proeve.delmaal(1),)),
        **felter,
    )


FOER = delaftale()
FOERSTE, ANDEN = FOER.afsnit[1].indhold


def med_prosafelt(aktivitet, felt):
    return replace(aktivitet, prosa=(*aktivitet.prosa, Prosafelt(felt, felt, "<p>Ny.</p>")))


@pytest.mark.parametrize(
    ("efter", "ventet"),
    [
        (FOER, set()),
        (delaftale(replace(FOERSTE, ansvarlig="En anden"), ANDEN), {"aktivitet"}),
        (delaftale(replace(FOERSTE, navn="Nyt navn"), ANDEN), {"aktivitet"}),
        (delaftale(ANDEN, FOERSTE), set()),
        (delaftale(med_prosafelt(FOERSTE, "ressourcer"), ANDEN), {"aktivitet", "oekonomi"}),
        (delaftale(med_prosafelt(FOERSTE, "maalgruppe"), ANDEN), {"aktivitet", "karakter"}),
        (delaftale(FOERSTE), {"karakter"}),
        (delaftale(parter=()), {"parter"}),
        (delaftale(periode_til=date(2030, 1, 1)), {"karakter"}),
        (replace(FOER, afsnit=(replace(FOER.afsnit[0], tekst="<p>Andet.</p>"), *FOER.afsnit[1:])), {"delaftale"}),
        (replace(FOER, afsnit=(*FOER.afsnit[:2], replace(FOER.afsnit[2], indhold=(proeve.delmaal(2),)))), {"karakter"}),
        (replace(FOER, afsnit=FOER.afsnit[1:]), {"delaftale"}),
    ],
)
def test_what_a_revision_of_a_delaftale_touches(efter, ventet):
    assert beroering("delaftale", FOER, efter) == {Beroering(b) for b in ventet}


def test_signatories_are_no_change_of_the_parties():
    ny = replace(FOER, parter=tuple(replace(p, underskriver="En anden") for p in FOER.parter))
    assert beroering("delaftale", FOER, ny) == set()


def test_the_other_papers():
    aftale = proeve.dokument(proeve.afsnit(Afsnitsart.PROSA, 1, "<p>A</p>"))
    ny = proeve.dokument(proeve.afsnit(Afsnitsart.PROSA, 1, "<p>B</p>"))
    assert beroering("samarbejdsaftale", aftale, ny) == {Beroering.SAMARBEJDSAFTALE}
    assert beroering("samarbejdsaftale", aftale, replace(ny, parter=())) == {
        Beroering.SAMARBEJDSAFTALE, Beroering.PARTER,
    }  # fmt: skip
    assert beroering("kommissorium", aftale, ny) == {Beroering.KOMMISSORIUM}
    budget = budgetpapir()
    assert beroering("budget", budget, replace(budget, titel="Ny")) == {Beroering.OEKONOMI}
    assert beroering("budget", budget, replace(budget, parter=("En anden",))) == {Beroering.PARTER}


@pytest.mark.parametrize(
    ("art", "ventet"),
    [
        ("delaftale", {"delaftale", "karakter"}),
        ("budget", {"oekonomi"}),
        ("samarbejdsaftale", {"samarbejdsaftale"}),
        ("milepaelsplan", {"milepaelsplan"}),
    ],
)
def test_a_first_edition_touches_the_whole_document(art, ventet):
    assert beroering(art, None, FOER) == {Beroering(b) for b in ventet}


REGLER = {"aktivitet": (1, "Aftalen", True), "oekonomi": (2, "Aftalen", True), "samarbejdsaftale": (3, "Aftalen", True)}


@pytest.mark.parametrize(
    ("beroert", "niveau"),
    [
        ((), ARBEJDSGRUPPE),
        (("aktivitet",), ARBEJDSGRUPPE),
        (("aktivitet", "oekonomi"), BESTYRELSE),
        (("samarbejdsaftale", "oekonomi"), LBF),
        (("kommissorium",), BESTYRELSE),  # the rule set is silent
        (("parter",), LBF),
    ],
)
def test_the_highest_level_counts(beroert, niveau):
    assert niveauforslag({Beroering(b) for b in beroert}, REGLER).niveau == niveau


def test_the_proposal_says_why_and_how_sure_it_is():
    forslag = niveauforslag({Beroering.OEKONOMI, Beroering.KOMMISSORIUM}, REGLER)
    assert forslag.grunde == (
        ("Økonomi", BESTYRELSE, "Aftalen", True),
        ("Kommissorium", BESTYRELSE, "Puljens regler siger intet om det", False),
    )


def test_places_that_differ_have_names():
    ny = delaftale(replace(FOERSTE, ansvarlig="En anden"), ANDEN)
    assert rettede_steder(FOER, ny) == {f"aktivitet-{FOERSTE.noegle}": f"Aktiviteten {FOERSTE.navn}"}
    assert rettede_steder(None, ny) == {} == rettede_steder(FOER, FOER)
    assert list(rettede_steder(FOER, replace(FOER, parter=()))) == ["hoved"]


def test_two_lines_of_money_are_two_places_whatever_sums_they_change():
    foer = budgetpapir()

    def med(nr):
        tabel, andel = foer.pr_kilde, foer.medfinansiering
        linjer = list(tabel.raekker)
        linjer[nr] = replace(linjer[nr], i_alt=linjer[nr].i_alt + 1)
        total = replace(tabel.total, i_alt=tabel.total.i_alt + 1)
        andel = replace(andel, i_alt=andel.i_alt + 1)
        return replace(foer, pr_kilde=replace(tabel, raekker=tuple(linjer), total=total), medfinansiering=andel)

    kommunen, fonden = rettede_steder(foer, med(0)), rettede_steder(foer, med(1))
    assert kommunen == {"pr_kilde:Eksempel Kommune": "Finansiering fordelt på år: Eksempel Kommune"}
    assert fonden == {"pr_kilde:Landsbyggefonden": "Finansiering fordelt på år: Landsbyggefonden"}


def test_what_does_not_stand_on_the_paper_is_no_change_of_it():
    delmaal = FOER.afsnit[2]
    note = replace(delmaal, indhold=tuple(replace(d, note="Noget andet") for d in delmaal.indhold))
    efter = replace(FOER, afsnit=(*FOER.afsnit[:2], note))
    assert (beroering("delaftale", FOER, efter), rettede_steder(FOER, efter)) == (set(), {})


def test_the_last_activity_of_a_delaftale_is_of_its_character():
    uden = replace(FOER, afsnit=(FOER.afsnit[0], replace(FOER.afsnit[1], indhold=()), FOER.afsnit[2]))
    assert beroering("delaftale", FOER, uden) == {Beroering.KARAKTER}
