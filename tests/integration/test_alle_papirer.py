"""One paper of each kind, as a draft and as issued, and the hardest ones: both standards hold, and nothing on a page is
cut off, too small, alone or not meant for paper. `make papirer` asks the same of all papers of the demo plans.
"""

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from aftaler import pdf
from aftaler.choices import Afsnitsart
from moeder import moedepapir
from moeder.queries.moedebillede import Beslutningsbillede, Maalbillede, Maaltalbillede, Tekstdel
from tests import factories as f
from tests.aftaler import papirproeve as proeve
from tests.papirsaet import STEMPEL, planens_papirer, svaere_papirer
from tests.papirsyn import fejl
from tests.vera import vera_fejl
from tests.verden import en_status, publiceret_status, verden

UDGAVE = replace(STEMPEL, dokument_id="eksempel-2025-2029/samarbejdsaftale/u1-0123456789ab")


@pytest.fixture
def papirer(db):
    plan = verden().plan
    f.DagsordenspunktFactory(moede=f.MoedeFactory(plan=plan, tilstand="holdt"))
    publiceret_status(plan, 1)
    en_status(plan, 2)
    return planens_papirer(plan) | svaere_papirer()


def test_hvert_slags_papir_overholder_begge_standarder_og_ser_ordentligt_ud(papirer, tmp_path):
    arter = {
        "samarbejdsaftale", "delaftale", "budget", "milepaelsplan", "beredskabsplan", "kommissorium",
        "organisationsdiagram", "indikatorer", "kort-plan", "kort-status", "status", "dagsorden", "referat",
        "indstilling", "opfoelgningsbevis",
    }  # fmt: skip
    assert {art for art in arter if not any(f"-{art}" in navn for navn in papirer)} == set()
    for navn, data in papirer.items():
        (tmp_path / f"{navn}.pdf").write_bytes(data)
    filer = sorted(tmp_path.iterdir())
    assert vera_fejl(*filer) == {fil: [] for fil in filer}
    assert [x for fil in filer for x in fejl(fil.stem, fil.read_bytes())] == []


@pytest.mark.parametrize("underskrives", [False, True])
def test_et_kort_sidste_afsnit_staar_ikke_alene(underskrives):
    stempel = UDGAVE if underskrives else None
    for linjer in range(24, 40):
        dokument = proeve.dokument(
            proeve.afsnit(Afsnitsart.PROSA, 1, "<p>Linje.</p>" * linjer), proeve.afsnit(Afsnitsart.AKTIVITETER, 2)
        )
        assert fejl(str(linjer), pdf.papir(dokument, stempel=stempel).data) == []


@pytest.mark.parametrize("antal", [2, 9, 30])
def test_underskrifternes_overskrift_staar_hvor_de_begynder(antal):
    parter = tuple(proeve.part(f"Part {nr} {'med et langt navn ' * 5}") for nr in range(antal))
    assert fejl("kladde", pdf.papir(proeve.dokument(parter=parter)).data) == []


def test_maalet_staar_over_sine_tal_paa_dagsordenen(db):
    """However long what stands before it is."""
    plan = verden().plan
    moede = f.MoedeFactory(plan=plan)
    f.DagsordenspunktFactory(moede=moede, indstilling="x")
    billede = moedepapir.udkast(moede, "dagsorden")
    tal = Maaltalbillede("Ledige", "Nord", "2025", "10 %", "Egen")
    for linjer in range(14, 34, 2):
        maal = Maalbillede(1, "Flere i job", "", "", "", (tal,) * 4)
        punkt = replace(billede.punkter[0], maal=(maal,), tekster=(Tekstdel("Løsning", "Linje.\n" * linjer),))
        sider = [
            s.get_textpage().get_text_bounded()
            for s in PdfDocument(moedepapir.tegn(replace(billede, punkter=(punkt,))))
        ]
        (siden,) = [side for side in sider if "Flere i job" in side]
        assert "Tallene for mål 1" in siden, linjer


def test_en_beslutning_staar_paa_en_side(db):
    """However long what is said before it is."""
    plan = verden().plan
    moede = f.MoedeFactory(plan=plan)
    f.DagsordenspunktFactory(moede=moede)
    billede = moedepapir.udkast(moede, "referat")
    stemmer = tuple(f"Part {nr}: for" for nr in range(1, 7))
    beslutning = Beslutningsbillede("Godkendt", False, "Med en bemærkning.", stemmer)
    for linjer in range(24, 44, 3):
        punkt = replace(billede.punkter[0], beslutning=beslutning, referat="Linje.\n" * linjer)
        sider = [
            s.get_textpage().get_text_bounded()
            for s in PdfDocument(moedepapir.tegn(replace(billede, punkter=(punkt,))))
        ]
        (siden,) = [side for side in sider if "Med en bemærkning" in side]
        assert [nr for nr in range(1, 7) if f"Part {nr}: for" not in siden] == [], linjer
