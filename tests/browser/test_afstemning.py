"""A board votes on a delaftale on the phone: two of one organisation are one vote, an observer has none, and only what
is approved can be signed.
"""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dokumenter.actions.udgave import frys
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse
from tests.verden import verden

TELEFON = {"width": 390, "height": 844}
BORD = {"width": 1280, "height": 900}


@pytest.fixture
def v(transactional_db):
    return verden()


@pytest.fixture
def b(v):
    return en_bestyrelse(v.plan, dato=timezone.localdate())


@pytest.fixture
def udgave(v):
    """A delaftale that waits for the board, with one who may sign it in the program."""
    udgave = frys(bruger=PROGRAMMET, plan=v.plan, art="delaftale", emne=v.delaftale.noegle)
    udgave.underskrivere.all().delete()
    bruger = f.MedlemskabFactory(plan=v.plan, rolle="bestyrelse").bruger
    f.UnderskriverFactory(udgave=udgave, part_navn="Boligforeningen", bruger=bruger)
    return udgave


@pytest.fixture
def aabn(side_som, axe_fejl):
    """Open a page as somebody: nothing that axe finds, and nothing wider than the phone; then as wide as a desk."""

    def gaa_til(bruger, url: str):
        side = side_som(bruger)
        for maal in (BORD, TELEFON):
            side.set_viewport_size(maal)
            side.goto(url)
            assert axe_fejl(side) == []
            assert side.evaluate("document.documentElement.scrollWidth") <= maal["width"]
        return side

    return gaa_til


def stem(side, valg: str, medlem: str) -> None:
    side.get_by_role("group", name=re.compile("^Din stemme")).get_by_role("button", name=valg, exact=True).click()
    expect(side.get_by_text(re.compile(rf"^{medlem}, Prøve: {valg.lower()}\. Gemt kl\."))).to_be_visible()


def underskriftsside(b, udgave) -> str:
    return reverse("udgave-underskriv", args=[b.plan.noegle, udgave.pk])


def test_a_delaftale_is_voted_on_and_opens_for_signature(b, udgave, aabn):
    punkt = b.punkt(udgave=udgave, titel="Revideret delaftale")
    moede = b.moede.get_absolute_url()
    stemmeside = reverse("punkt-stem", args=[b.plan.noegle, b.moede.pk, punkt.pk])
    underskriver = udgave.underskrivere.get().bruger

    side = aabn(b.medlemmer["P1"].bruger, moede)
    expect(side.get_by_role("button", name="For", exact=True)).to_have_count(0)
    side.get_by_text("Stemmerne: Ingen har stemt endnu.").click()
    expect(side.get_by_text("Uden stemme", exact=True)).to_be_visible()

    for navn in ("A1", "A2"):
        stem(aabn(b.medlemmer[navn].bruger, stemmeside), "For", navn)
    b.hold()
    side = aabn(b.leder, stemmeside)
    expect(side.get_by_text("Én samlet stemme, givet af A1, Prøve og A2, Prøve.")).to_be_visible()
    side.get_by_role("link", name=re.compile("^Afgør punktet")).click()
    side.get_by_label("Godkendt", exact=True).check()
    expect(side.get_by_label("Mødet var enigt")).not_to_be_checked()
    side.get_by_role("button", name="Skriv beslutningen").click()
    expect(side.get_by_text("Stemmerne bærer ikke en godkendelse. Kommunen har ikke stemt.").first).to_be_visible()

    side = aabn(underskriver, underskriftsside(b, udgave))
    expect(side.get_by_text("Udgaven skal først godkendes af bestyrelsen.").first).to_be_visible()

    b.stem(punkt, "B1", "for", bruger=b.sekretaer)
    side = aabn(b.leder, reverse("punkt-afgoer", args=[b.plan.noegle, b.moede.pk, punkt.pk]))
    side.get_by_label("Godkendt", exact=True).check()
    side.get_by_label("Beslutning").fill("Godkendt uden ændringer.")
    side.get_by_role("button", name="Skriv beslutningen").click()
    expect(side.get_by_text("ved enighed").first).to_be_visible()
    aabn(b.leder, moede)

    side = aabn(underskriver, underskriftsside(b, udgave))
    expect(side.get_by_label(re.compile("^Jeg har læst dokumentet"))).to_be_visible()
    register = aabn(underskriver, reverse("beslutningsregister", args=[b.plan.noegle]))
    expect(register.get_by_text("Godkendt uden ændringer.")).to_be_visible()


def test_disagreement_blocks_and_the_secretary_writes_who_came(b, aabn):
    punkt = b.punkt(titel="Et forslag")
    b.stem(punkt, "A1", "for")
    b.stem(punkt, "A2", "imod")
    b.stem(punkt, "B1", "for")
    stemmeside = reverse("punkt-stem", args=[b.plan.noegle, b.moede.pk, punkt.pk])
    side = aabn(b.sekretaer, stemmeside)
    expect(side.get_by_text("Boligforeningen: ■ Blokeret")).to_be_visible()
    side.get_by_role("link", name=re.compile("^Skriv inhabilitet")).click()
    side.get_by_label("Medlem").select_option(label="A2, Prøve (Boligforeningen)")
    side.get_by_label("Hvorfor").fill("Ansat hos leverandøren.")
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_text("A2, Prøve er skrevet som inhabil.")).to_be_visible()
    expect(side.get_by_text("Boligforeningen: ✓ For")).to_be_visible()
    aabn(b.sekretaer, stemmeside)
    side = aabn(b.sekretaer, reverse("fremmoede-ret", args=[b.plan.noegle, b.moede.pk]))
    side.get_by_label("B1, Prøve", exact=True).select_option("Til stede")
    side.get_by_label("A1, Prøve", exact=True).select_option("Afbud")
    side.get_by_label("Fuldmagt fra A1, Prøve til").select_option(label="B1, Prøve (Kommunen)")
    side.get_by_role("button", name="Gem fremmødet").click()
    expect(side.get_by_text(re.compile(r"Gemt kl\."))).to_be_visible()
    side = aabn(b.medlemmer["B1"].bruger, stemmeside)
    expect(side.get_by_role("group", name=re.compile("^Stem for A1, Prøve"))).to_be_visible()


def test_the_members_pages_read_well_wide_and_narrow(b, aabn):
    for navn in ("bestyrelsesmedlemmer", "bestyrelse-ret", "bestyrelsesside-opret", "forretningsorden-ret"):
        aabn(b.sekretaer, reverse(navn, args=[b.plan.noegle]))
