"""The judge itself: it passes a conforming PDF, and it fails one that is not."""

import pytest
from weasyprint import HTML

from tests.vera import _laes, vera_fejl

SIDE = '<html lang="da"><head><title>Prøve</title></head><body><h1>Prøve</h1><p>Tekst</p></body></html>'


def _pdf(sti, **valg):
    sti.write_bytes(HTML(string=SIDE).write_pdf(**valg))
    return sti


def test_dom_over_gode_og_daarlige_filer(tmp_path):
    god = _pdf(tmp_path / "god.pdf", pdf_variant="pdf/a-3a")
    daarlig = _pdf(tmp_path / "daarlig.pdf")
    ikke_pdf = tmp_path / "ikke.pdf"
    ikke_pdf.write_bytes(b"hej")

    fejl = vera_fejl(god, daarlig, ikke_pdf, profiler=("3a",))

    assert fejl[god] == []
    assert [linje.split(" ")[:2] for linje in fejl[daarlig] if "MarkInfo" in linje] == [["3a", "6.7.2.2-1"]]
    assert len(fejl[ikke_pdf]) == 1


def test_begge_profiler_doemmes_hver_for_sig(tmp_path):
    kun_arkiv = _pdf(tmp_path / "arkiv.pdf", pdf_variant="pdf/a-3a")

    fejl = vera_fejl(kun_arkiv)[kun_arkiv]

    assert {linje.split(" ")[0] for linje in fejl} == {"ua1"}


@pytest.mark.parametrize("linjer", ["", "dom\ta.pdf\t3a\tfalse", "fejl\ta.pdf\t3a\tnoget\ndom\ta.pdf\t3a\ttrue"])
def test_uklart_svar_er_ingen_frifindelse(linjer):
    with pytest.raises(RuntimeError):
        _laes(linjer, ["a.pdf"], ["3a"])
