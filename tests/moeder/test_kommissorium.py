"""The board is written once: its table in the kommissorium says what its page says, and no day changes it by itself."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from docx import Document

from aftaler.models import Helhedsplan, Regelsaet
from aftaler.planfil import som_yaml
from aftaler.queries.huller import huller
from aftaler.queries.papirer import kommissorium
from dokumenter.actions.udgave import frys
from dokumenter.models import Udgave
from dokumenter.oejebliksbillede import kun_det_trykte
from dokumenter.sammenlign.resume import resume
from dokumenter.word import docx
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.aftaler.planfil_data import laes
from tests.dokumenter.test_word import blokke

pytestmark = pytest.mark.django_db
SKABELON = settings.BASE_DIR / "fixtures" / "regelsaet"


@pytest.fixture
def plan():
    plan = f.HelhedsplanFactory()
    f.SkabelonafsnitFactory(
        regelsaet=plan.regelsaet,
        dokument="kommissorium",
        noegle="medlemmer",
        nummer="5",
        titel="Medlemmer",
        art="bestyrelse",
    )
    return plan


def en_bestyrelse(plan):
    """Two sides with a vote and the police without; one has left, and one comes."""
    i_gaar, i_morgen = (timezone.localdate() + timedelta(days=n) for n in (-1, 1))
    kommune = f.BestyrelsessideFactory(plan=plan, navn="Nordby Kommune")
    bolig = f.BestyrelsessideFactory(plan=plan, navn="AAB")
    politi = f.BestyrelsessideFactory(plan=plan, navn="Politiet", har_stemme=False)
    f.BestyrelsesmedlemFactory(side=kommune, navn="Gået, Prøve", titel="Chef", til=i_gaar)
    f.BestyrelsesmedlemFactory(side=kommune, navn="Sidder, Prøve", titel="Direktør", formand=True)
    f.BestyrelsesmedlemFactory(side=bolig, navn="Kommer, Prøve", titel="", fra=i_morgen, til=date(2099, 1, 1))
    f.BestyrelsesmedlemFactory(side=politi, navn="Betjent, Prøve", titel="Politiet")
    return i_gaar, i_morgen


def tabel(plan) -> list[list[str]]:
    """The rows of the table as Word has them, which is made of the same blocks as the PDF."""
    filen = Document(BytesIO(docx(blokke(kommissorium(plan)), lambda billede: None)))
    fundne = [t for t in filen.tables if t.rows[0].cells[0].text == "Medlem"]
    return [[celle.text for celle in raekke.cells] for t in fundne for raekke in t.rows[1:]]


def test_the_table_says_who_sits_where_with_a_vote_or_not_and_when(plan, client):
    i_gaar, i_morgen = en_bestyrelse(plan)
    raekker = tabel(plan)
    assert raekker == [
        ["Sidder, Prøve\nFormand for sin side", "Direktør", "Nordby Kommune", "Med stemme", "Hele perioden"],
        ["Gået, Prøve", "Chef", "Nordby Kommune", "Med stemme", f"til {i_gaar:%d.%m.%Y}"],
        ["Kommer, Prøve", "–", "AAB", "Med stemme", f"{i_morgen:%d.%m.%Y} – 01.01.2099"],
        ["Betjent, Prøve", "Politiet", "Politiet", "Uden stemme", "Hele perioden"],
    ]
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    side = client.get(reverse("kommissorium-vis", args=[plan.noegle])).content.decode()
    fundne = [side.find(f">{navn.partition(chr(10))[0]}") for navn, *_ in raekker]
    assert -1 not in fundne
    assert fundne == sorted(fundne)
    assert side.count("Uden stemme") == 1
    bestyrelsens = client.get(reverse("bestyrelsesmedlemmer", args=[plan.noegle])).content.decode()
    assert all(f">{tid}</td>" in bestyrelsens for tid in ("Hele perioden", f"{i_morgen:%d.%m.%Y} – 01.01.2099"))


def test_a_board_without_members_and_a_side_without_are_gaps(plan, client):
    hvad = ("kommissorium", "")
    assert huller(plan, "kommissorium")[hvad] == ["5 Medlemmer: ingen medlemmer"]
    assert [(a.tilstand, a.hul) for a in kommissorium(plan).afsnit] == [("tom", "ingen medlemmer")]
    kommune = f.BestyrelsessideFactory(plan=plan, navn="Nordby Kommune")
    f.BestyrelsessideFactory(plan=plan, navn="Politiet", har_stemme=False)
    assert huller(plan, "kommissorium")[hvad] == ["5 Medlemmer: ingen medlemmer"]
    f.BestyrelsessideFactory(plan=plan, navn="AAB")
    f.BestyrelsesmedlemFactory(side=kommune)
    assert huller(plan, "kommissorium")[hvad] == ["5 Medlemmer: AAB har ingen medlemmer"]
    assert [(a.tilstand, a.hul) for a in kommissorium(plan).afsnit] == [("kladde", "AAB har ingen medlemmer")]
    assert [r[2] for r in tabel(plan)] == ["Nordby Kommune"]
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    side = client.get(reverse("kommissorium-vis", args=[plan.noegle])).content.decode()
    for tom in ("Politiet (uden stemme) har ingen medlemmer.", "AAB (med stemme) har ingen medlemmer."):
        assert tom in side
        assert tom in str(blokke(kommissorium(plan)))


def test_a_change_of_the_board_is_told_and_a_day_that_passes_is_not(plan, monkeypatch):
    en_bestyrelse(plan)
    foer = kun_det_trykte(kommissorium(plan))
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2098, 1, 1))
    assert kun_det_trykte(kommissorium(plan)) == foer
    side = plan.bestyrelsessider.get(navn="AAB")
    f.BestyrelsesmedlemFactory(side=side, navn="Ny, Prøve")
    assert resume(foer, kun_det_trykte(kommissorium(plan))) == "Medlemmet »Ny, Prøve« er nyt."


def _uden_tabellen(fil: Path) -> dict:
    """The rule set as it was before the table came."""
    data = yaml.safe_load(fil.read_text(encoding="utf-8"))
    del data["rettet"], data["rettelse"]
    assert data["skabelonafsnit"].pop()["art"] == "bestyrelse"
    return data


@pytest.mark.parametrize("fil", sorted(SKABELON.glob("*.yaml")), ids=lambda fil: fil.stem)
def test_a_rule_set_in_use_gets_the_table_by_its_dated_correction_and_editions_stay(fil):
    assert laes(som_yaml(_uden_tabellen(fil))).fejl == []
    plan = f.HelhedsplanFactory(regelsaet=Regelsaet.objects.get(noegle=fil.stem))
    f.BestyrelsesmedlemFactory(side__plan=plan, navn="Sidder, Prøve")
    udgave = frys(bruger=PROGRAMMET, plan=plan, art="kommissorium")
    foer = Udgave.objects.values("indhold", "indhold_sha256", "pdf_sha256").get(pk=udgave.pk)
    assert [u.hvad for u in laes(fil.read_text(encoding="utf-8")).udfald] == ["rettet"]
    assert Udgave.objects.values("indhold", "indhold_sha256", "pdf_sha256").get(pk=udgave.pk) == foer
    assert "Sidder, Prøve" not in str(foer["indhold"])
    plan = Helhedsplan.objects.get(pk=plan.pk)
    assert [a.noegle for a in kommissorium(plan).afsnit][-1] == "medlemmer"
    assert [r[0] for r in tabel(plan)] == ["Sidder, Prøve"]
    spor = Haendelse.objects.filter(kaede=plan.noegle, handling="rettet").get()
    assert "Kommissoriet har en tabel over bestyrelsens medlemmer" in str(spor.aendringer)


def test_the_first_to_sit_for_a_side_is_new_and_nobody_has_left(plan):
    side = f.BestyrelsessideFactory(plan=plan, navn="AAB")
    foer = kun_det_trykte(kommissorium(plan))
    f.BestyrelsesmedlemFactory(side=side, navn="Ny, Prøve")
    sagt = resume(foer, kun_det_trykte(kommissorium(plan)))
    assert sagt == "Teksten er rettet i afsnittet »Medlemmer«. Medlemmet »Ny, Prøve« er nyt."
