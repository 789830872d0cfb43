"""Every kind of paper that can be frozen, as it is issued and as it is after the last signature."""

import pytest

from dokumenter import lager
from dokumenter.actions.udgave import frys
from dokumenter.choices import FRYSES
from dokumenter.underskrift import modtag
from dokumenter.underskrift.valider import kun_underskrifter_siden, valider
from tests.dokumenter import signering as s
from tests.vera import vera_fejl
from tests.verden import verden


@pytest.fixture
def papirer(db):
    """Kind -> (document id, issued bytes)."""
    v = verden()
    emner = {"delaftale": v.delaftale.noegle, "budget": "bevilget", "lag": v.plan.lag.first().noegle}
    ud = {}
    for art in map(str, FRYSES):
        udgave = frys(bruger=v.brugere["leder"], plan=v.plan, art=art, emne=emner.get(art, ""))
        ud[art] = (udgave.dokument_id, lager.hent(udgave.pdf.name, udgave.pdf_sha256))
    return ud


def test_both_standards_hold_for_every_kind_from_issue_to_the_last_signature(papirer, tmp_path):
    ventet = {}
    for art, (dokument_id, udstedt) in papirer.items():
        foerste = s.skriv_under(udstedt, tid=s.ur())
        sidste = s.skriv_under(foerste, "Direktør B, Demo", tid=s.ur())
        assert [dom.gyldig for dom in valider(sidste, s.roedder())] == [True, True]
        assert kun_underskrifter_siden(sidste, udstedt)
        assert modtag.laes_indhold(sidste).dokument_id == {dokument_id}
        assert modtag.fil_id(sidste) == modtag.filens_id(dokument_id)
        for navn, data in {"udstedt": udstedt, "sidste": sidste}.items():
            (tmp_path / f"{art}-{navn}.pdf").write_bytes(data)
            ventet[str(tmp_path / f"{art}-{navn}.pdf")] = []
    assert len(ventet) == 2 * len(FRYSES)
    assert vera_fejl(*ventet) == ventet
