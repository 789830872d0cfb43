"""The papers of the room, and the made-up history that the demo shows."""

import hashlib
import math
from dataclasses import replace
from io import BytesIO, StringIO

import pikepdf
import pypdfium2
import pypdfium2.raw
import pytest
from django.core.management import call_command

from aftaler.models import Helhedsplan
from demo.statusser import PLAN, sikr_statusser
from dokumenter.queries.udgave import viste
from helhedsplan.models import Bruger, Haendelse
from helhedsplan.pdf import PdfFejl
from kalender.queries.venter_paa_bestyrelsen import foerst
from moeder import moedepapir
from moeder.bevis.papir import hent_bevis
from status import oejebliksbillede, pdf
from status.blokke import foerste_saetninger
from status.models import Kvartalsstatus
from tests.moeder import blokproeve
from tests.vera import vera_fejl


@pytest.fixture
def plan(db):
    call_command("demo", verbosity=0, stdout=StringIO())
    return Helhedsplan.objects.select_related("regelsaet").get(noegle=PLAN)


def billedskrift(data: bytes) -> float:
    """The smallest letters that are drawn; nothing else is under 9.5 pt (tests/test_skriftstoerrelser.py)."""
    stoerrelser, matrix = [], pypdfium2.raw.FS_MATRIX()
    for side in pypdfium2.PdfDocument(data):
        tekst = side.get_textpage()
        for nr in range(tekst.count_chars()):
            if chr(pypdfium2.raw.FPDFText_GetUnicode(tekst.raw, nr)).isalnum():
                pypdfium2.raw.FPDFText_GetMatrix(tekst.raw, nr, matrix)
                stoerrelser.append(pypdfium2.raw.FPDFText_GetFontSize(tekst.raw, nr) * math.hypot(matrix.c, matrix.d))
    return min(stoerrelser)


def test_the_demo_has_four_quarters_and_one_is_not_published(plan, tmp_path):
    tilstande = {s.noegle: s.tilstand for s in Kvartalsstatus.objects.filter(plan=plan)}
    assert tilstande == {
        "2025K4": "publiceret",
        "2026K1": "publiceret",
        "2026K2": "kladde",
        "2026K3": "publiceret",
    }
    assert sikr_statusser() is False
    for status in Kvartalsstatus.objects.filter(plan=plan, tilstand="publiceret"):
        assert hashlib.sha256(pdf.hent_pdf(status)).hexdigest() == status.pdf_sha256

    billede = oejebliksbillede.hent(Kvartalsstatus.objects.get(plan=plan, aar=2026, kvartal=3))
    papirer = {
        "status": pdf.bestil(plan, "2026K3").data,
        "kort-status": pdf.tegn_kort_status(billede).data,
        "kort-plan": pdf.tegn_kort_plan(plan).data,
    }
    stier = [tmp_path / f"{navn}.pdf" for navn in papirer]
    for sti, data in zip(stier, papirer.values(), strict=True):
        sti.write_bytes(data)
    assert vera_fejl(*stier) == {sti: [] for sti in stier}
    with pikepdf.open(BytesIO(papirer["status"])) as papir:
        assert len(papir.pages) <= 2
    assert billedskrift(papirer["status"]) >= 7
    assert len(billede.vigtigste) == 5
    assert not any(a.deltagere.antal in {1, 2, 3, 4} for o in billede.omraader for a in o.aktiviteter)
    with pytest.raises(PdfFejl, match="status:2025K4, status:2026K1, status:2026K3"):
        pdf.bestil(plan, "2026K2")


def test_the_demo_has_figures_a_board_and_two_meetings_and_says_that_they_are_made_up(plan):
    for status in Kvartalsstatus.objects.filter(plan=plan, tilstand="publiceret"):
        billede = oejebliksbillede.hent(status)
        assert len({i.gruppe for i in billede.faste}) == 4
        assert {i.kilde for i in billede.faste if i.hvornaar} == {"Opdigtet til demo"}
        assert (billede.sammenfatning.count("opdigtet"), billede.til_beboere.count("opdigtet")) == (1, 1)
    sider = [
        (s.har_stemme, [m.bruger.email if m.bruger else "" for m in s.medlemmer.order_by("-formand", "pk")])
        for s in plan.bestyrelsessider.order_by("orden")
    ]
    assert sider == [
        (True, ["bestyrelse1@demo.example", "bestyrelse2@demo.example"]),
        (True, ["bestyrelse3@demo.example", ""]),
        (False, [""]),
    ]
    kommende, holdt = plan.moeder.order_by("-dato")
    assert [(m.tilstand, m.punkter.count()) for m in (holdt, kommende)] == [("holdt", 3), ("indkaldt", 4)]
    assert [(v.udgave.emne, v.tilstand) for v in viste(plan)] == [("beskaeftigelse", "til_godkendelse")]
    assert [
        p.punkt.titel for p in foerst(plan, Bruger.objects.get(email="bestyrelse1@demo.example"), holdt.dato).stemmer
    ] == [
        "Delaftale om beskæftigelse",
        "En vikar i rådgivningen",
    ]
    b = hent_bevis(plan, 2026)
    [opfoelgning] = b.maal[0].opfoelgninger
    [referat] = opfoelgning.moeder
    assert (referat.dato, referat.nummer) == (holdt.dato, 1)
    assert referat.sha256 == holdt.papirer.get(art="referat").pdf_sha256
    assert [m.nummer for m in b.mangler] == [4]
    foer = Haendelse.objects.count()
    call_command("demo", verbosity=0, stdout=StringIO())
    assert Haendelse.objects.count() == foer


def test_a_short_text_is_whole_sentences():
    assert (
        foerste_saetninger("<p>At unge kommer i gang. Og bliver.</p><p>Mere.</p>")
        == "At unge kommer i gang. Og bliver."
    )
    assert foerste_saetninger("") == ""


@pytest.mark.parametrize("art", ["dagsorden", "referat"])
def test_a_hash_is_not_divided_by_a_hyphen_of_ours(art):
    sha256 = f"8346abc0d28fd474d8b95542e538306a4c2b57a4{'0' * 24}"  # wider than a line
    punkt = replace(blokproeve.KORT, genstand=replace(blokproeve.UDEN_TAL, sha256=sha256))
    data = moedepapir.tegn(replace(blokproeve.MOEDE, art=art, punkter=(punkt,), dokument_id=""))
    ord_ = "".join(side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(data))
    assert sha256 in "".join(ord_.split())
