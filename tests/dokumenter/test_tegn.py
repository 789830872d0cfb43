"""Signs that no paper can draw: named where they are typed and by the checks, and freezing refuses them."""

import pytest
from django.core.exceptions import ValidationError

from dokumenter.actions.udgave import frys
from dokumenter.kontrol import tegnfund
from helhedsplan.formularer import Linjefelt, Prosafelt, Tekstfelt
from tests.factories import AfsnitFactory, AktivitetFactory, MedlemskabFactory

KINESISK = "\u4f60"


@pytest.mark.parametrize("felt", [Linjefelt(), Tekstfelt(), Prosafelt()])
@pytest.mark.parametrize("tekst", ["Torsdag → fredag ★ 😀 ✓", "ℝ ① ½ €", "سلام", "x ﬃ ４"])
def test_det_der_kan_trykkes_tages(felt, tekst):
    assert felt.clean(tekst)


@pytest.mark.parametrize("felt", [Linjefelt(), Tekstfelt(), Prosafelt()])
def test_tegnet_naevnes_ved_feltet(felt):
    with pytest.raises(ValidationError) as fejl:
        felt.clean(f"Hej {KINESISK} og ก {KINESISK}")
    assert fejl.value.messages == [
        "Tegnene 你 (U+4F60) og ก (U+0E01) kan ikke trykkes på papir. Skriv det med ord i stedet."
    ]


def test_kontrollen_naevner_tegnet_og_frysningen_siger_nej(db):
    afsnit = AfsnitFactory(tekst=f"<p>Hej {KINESISK} &amp; ★</p>")
    AktivitetFactory(delaftale__plan=afsnit.plan, navn="Café", indhold=f"<p>{KINESISK}</p>")
    bruger = MedlemskabFactory(plan=afsnit.plan).bruger

    fund = tegnfund(afsnit.plan)

    assert [(f.kode, f.henvisning.partition("#")[2]) for f in fund] == [
        ("tegn-kan-ikke-trykkes", "id_tekst"),
        ("tegn-kan-ikke-trykkes", "id_indhold"),
    ]
    assert f"»{afsnit.skabelon.titel}«: {KINESISK} (U+4F60)" in fund[0].besked
    with pytest.raises(ValidationError, match=r"ikke kan trykkes: .* \(U\+4F60\)"):
        frys(bruger=bruger, plan=afsnit.plan, art="samarbejdsaftale")


@pytest.mark.parametrize(
    ("tegn", "dele"),
    [
        ("🇩🇰", "🇩 🇰"),
        ("👨\u200d👩\u200d👧", "👨 👩 👧"),
        ("👍🏽", "👍 🏽"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴"),
        ("❤\ufe0f\u200d🔥", "❤ 🔥"),
    ],
)
def test_det_der_trykkes_i_dele_siges_og_standser_ikke(db, tegn, dele):
    afsnit = AfsnitFactory(tekst=f"<p>Vi ses {tegn} og ★ 😀 ✓</p>")

    (fund,) = tegnfund(afsnit.plan)

    assert (fund.kode, fund.alvor) == ("tegn-trykkes-i-dele", "note")
    assert f"På papir trykkes {tegn} som {dele}. Skriv det" in fund.besked
    assert fund.henvisning.endswith("#id_tekst")
