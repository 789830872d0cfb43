"""What stands in papers from before published figures were kept is found in them, and reckoned as known."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from indikatorer.models import UdgivetTal
from indikatorer.queries.tal import tal_for
from indikatorer.rules.trykte import Figurer, Trykt, figurer, tid, trykte_i
from tests.factories import (
    BevisudgaveFactory,
    IndikatorFactory,
    MaalingFactory,
    OmraadeFactory,
    OpfoelgningFactory,
    StedFactory,
    UdgaveFactory,
)

migrationen = import_module("bestyrelse.migrations.0009_tidligere_udgivne_tal")


@pytest.mark.parametrize(
    ("tekst", "enhed", "ventet"),
    [
        ("266 (88,4\xa0%)", "procent", Figurer(266, None, Decimal("88.4"), 1)),
        ("88,4\xa0% 266", "procent", Figurer(266, None, Decimal("88.4"), 1)),
        ("9,9\xa0% (20 af 1.203)", "procent", Figurer(20, 1203, Decimal("9.9"), 1)),
        ("90\xa0%", "procent", Figurer(None, None, Decimal(90), 0)),
        ("1.337", "antal", Figurer(1337)),
        ("47", "antal", Figurer(47)),
        ("diskretioneret", "antal", Figurer()),
        ("–", "procent", Figurer()),
        ("5,8", "karakter", Figurer()),
        ("25", "karakter", Figurer()),
    ],
)
def test_ordene_bliver_til_tal(tekst, enhed, ventet):
    assert figurer(tekst, enhed) == ventet


@pytest.mark.parametrize(
    ("hvornaar", "ventet"),
    [
        ("2024", (2024, "")),
        ("Kommunalvalg 2025", (2025, "Kommunalvalg")),
        ("2023 og 2024", None),
        ("", None),
    ],
)
def test_tiden(hvornaar, ventet):
    assert tid(hvornaar) == ventet


STATUS = {
    "_": "Statusindikator",
    "noegle": "job",
    "hvornaar": "2025",
    "vist": "9,9\xa0% (20 af 203)",
    "mod": "kommunen 12,0\xa0% (2025)",
    "diagram": (
        "<svg><desc id='x'>Områderne tilsammen: 2024 8,0\xa0%, Valg 2025 9,9\xa0%. "
        "Nr. 4, Nord: 2024 7\xa0%.</desc></svg>"
    ),
}
AFTALE = {
    "_": "Maalvisning",
    "indikatorer": ["I job", "Ingen"],
    "tal": [
        {
            "_": "Maaltal",
            "aar": "2019",
            "omraade": [{"overskrift": "Nord, Valg 2021", "linjer": ["20", "10,0\xa0%"]}],
            "sammenligning": [{"overskrift": "", "linjer": ["799", "17,4\xa0%"]}],
        },
        None,
    ],
}
PROSA = {"afsnit": [{"tekst": 'Der er <span data-tal="job/nord/2024"><b>57</b></span> i job.'}]}


@pytest.mark.parametrize(
    ("billede", "ventet"),
    [
        (
            [STATUS],
            [
                ("job", "", "2025", "9,9\xa0% (20 af 203)"),
                ("job", "kommunen", "2025", "12,0\xa0%"),
                ("job", "", "2024", "8,0\xa0%"),
                ("job", "", "Valg 2025", "9,9\xa0%"),
                ("job", "Nr. 4, Nord", "2024", "7\xa0%"),
            ],
        ),
        (
            {"maal": [AFTALE]},
            [("I job", "Nord", "Valg 2021", "20 10,0\xa0%"), ("I job", "kommunen", "2019", "799 17,4\xa0%")],
        ),
        (PROSA, [("job", "nord", "2024", "57")]),
    ],
    ids=["status", "aftale", "prosa"],
)
def test_tallene_i_et_oejebliksbillede(billede, ventet):
    assert list(trykte_i(billede)) == [Trykt(*et) for et in ventet]


@pytest.fixture
def indikator():
    """D of 3 is measured nowhere; "Alle fire" 60 of 339 and "A B og C" 57 of 287 may not both be known."""
    omraader = [OmraadeFactory()]
    omraader += [OmraadeFactory(plan=omraader[0].plan) for _ in range(3)]
    indikator = IndikatorFactory(plan=omraader[0].plan, navn="I job", noegle="job", enhed="antal")
    summer = [("alle", "Alle fire", 60, 339, omraader), ("a", "A B og C", 57, 287, omraader[:3])]
    for noegle, navn, antal, grundlag, dele in summer:
        sted = StedFactory(plan=indikator.plan, navn=navn, noegle=noegle, art="flere_omraader")
        sted.omraader.set(dele)
        MaalingFactory(indikator=indikator, sted=sted, aar=2024, antal=antal, grundlag=grundlag, vaerdi=None)
    return indikator


def i_opfoelgning(plan):
    tal = [{"indikator": "I job", "sted": "A B og C", "hvornaar": "2024", "tal": "57", "kilde": ""}]
    OpfoelgningFactory(plan=plan, tal=tal)


def i_bevis(plan):
    linjer = [["Planen", "Nord"], ["Mål 1, 3. marts 2025, I job, A B og C", "57, 2024, Kilden"]]
    BevisudgaveFactory(plan=plan, linjer=linjer, lavet=timezone.now())


def i_udgave(plan):
    UdgaveFactory(plan=plan, indhold={"skema": 1, "billede": {"tekst": '<span data-tal="job/a/2024">57</span>'}})


@pytest.mark.django_db
@pytest.mark.parametrize("tidligere", [i_opfoelgning, i_bevis, i_udgave])
def test_et_tal_i_et_tidligere_papir_er_kendt(indikator, tidligere):
    plan = indikator.plan
    tidligere(plan)
    skjult = {t.sted_navn for t in tal_for(plan) if t.skjult}
    assert skjult == {"A B og C"}, "nobody knows that it is out, and the smaller of the two is spared first"
    migrationen.gem(apps)
    assert list(UdgivetTal.objects.values_list("sted__navn", "aar", "antal", "grundlag")) == [
        ("A B og C", 2024, 57, None)
    ]
    assert "Alle fire" in {t.sted_navn for t in tal_for(plan) if t.skjult}
    migrationen.gem(apps)
    assert UdgivetTal.objects.count() == 1, "a second run adds nothing"


@pytest.mark.django_db
def test_det_nyeste_papir_gaelder_og_det_aeldre_fylder_ud(indikator):
    plan = indikator.plan
    indikator.enhed = "procent"
    indikator.save()

    def skriv(dag: date, tekst: str, **felter) -> None:
        tal = [{"indikator": "I job", "sted": "A B og C", "hvornaar": "2024", "tal": tekst, "kilde": ""} | felter]
        OpfoelgningFactory(plan=plan, dato=dag, tal=tal)

    skriv(date(2025, 1, 1), "19,9\xa0% (57 af 287)")
    skriv(date(2025, 2, 1), "19,9\xa0%")
    skriv(date(2025, 3, 1), "18\xa0%", sted="Et sted, der er slettet")
    migrationen.gem(apps)
    vist = list(UdgivetTal.objects.values_list("antal", "grundlag", "vaerdi", "decimaler"))
    assert vist == [(57, 287, Decimal("19.9"), 1)]
    assert migrationen.sammen(Figurer(57, 287, Decimal("19.9"), 1), Figurer(60)) == Figurer(60)
