"""The papers of the room, and the made-up history that the demo shows."""

import hashlib
from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.management import call_command

from aftaler.models import Helhedsplan
from bestyrelse import oejebliksbillede, pdf
from bestyrelse.demo import PLAN, sikr_statusser
from bestyrelse.models import Kvartalsstatus
from bestyrelse.queries.kort import foerste_saetninger, kort_plan, kort_status
from helhedsplan.pdf import PdfFejl
from tests.vera import vera_fejl


@pytest.fixture
def plan(db):
    call_command("demo", verbosity=0, stdout=StringIO())
    return Helhedsplan.objects.select_related("regelsaet").get(noegle=PLAN)


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
        "kort-status": pdf.tegn_kort_status(kort_status(billede)).data,
        "kort-plan": pdf.tegn_kort_plan(kort_plan(plan)).data,
    }
    stier = [tmp_path / f"{navn}.pdf" for navn in papirer]
    for sti, data in zip(stier, papirer.values(), strict=True):
        sti.write_bytes(data)
    assert vera_fejl(*stier) == {sti: [] for sti in stier}
    with pikepdf.open(BytesIO(papirer["status"])) as papir:
        assert len(papir.pages) == 3
    assert len(billede.vigtigste) == 5
    assert not any(a.deltagere.antal in {1, 2, 3, 4} for o in billede.omraader for a in o.aktiviteter)
    with pytest.raises(PdfFejl, match="status:2025K4, status:2026K1, status:2026K3"):
        pdf.bestil(plan, "2026K2")


def test_a_short_text_is_whole_sentences():
    assert (
        foerste_saetninger("<p>At unge kommer i gang. Og bliver.</p><p>Mere.</p>")
        == "At unge kommer i gang. Og bliver."
    )
    assert foerste_saetninger("") == ""
