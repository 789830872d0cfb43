"""What is changed in a paper after its first signature: refused when it is handed in, and never called genuine."""

import pytest
from django.core.exceptions import ValidationError

from dokumenter.underskrift.domme import KanIkkeUnderskrive
from dokumenter.verificering import verificer
from helhedsplan import underproces
from tests import factories as f
from tests.dokumenter import signering as s
from tests.dokumenter.forfalskninger import FORFALSKNINGER, KUN_EFTER, fortsat
from tests.dokumenter.test_underskrift_actions import egne_noegler, ekstern, skriv, stand  # noqa: F401 -- a fixture
from tests.dokumenter.underskriftsdata import sag as lav_sag

EFTER = FORFALSKNINGER | KUN_EFTER
NY_SIDE = '</p><h2 style="break-before: page">'
TRE_SIDER = (
    'Vi samarbejder, se <a href="https://eksempel.invalid/kilde">kilden</a>.'
    f"{NY_SIDE}Indsats</h2><p>Flere unge i job.{NY_SIDE}Økonomi</h2><p>Kommunen betaler 1.000.000 kr."
)
#: What the same change is called, according to what it breaks first.
KODER = {
    "AENDRET", "AENDRET_EFTER", "AENDRET_FOER", "BRUDT", "FORAELDET", "FOR_FAA_UNDERSKRIFTER", "SCRIPT", "ULAESELIG",
    "UDEN_UNDERSKRIFT", "ANDEN_UDGAVE", "TVETYDIG", "ANDETSTEDS", "UKENDT_UR", "UDEN_ID",
}  # fmt: skip


@pytest.fixture(autouse=True)
def taalmodig(monkeypatch):
    """A file is refused for what is wrong with it, and not because the machine is busy with others."""
    monkeypatch.setattr(underproces, "VENTETID", 600)


@pytest.fixture
def sag(db):
    return lav_sag(plan=f.HelhedsplanFactory(noegle="proeve"), afsnit=TRE_SIDER)


def forfalsket(navn: str, pdf: bytes) -> list[bytes]:
    """The change written anew, and put after the bytes that are there."""
    filer = [EFTER[navn](pdf)]
    with fortsat():
        filer.append(EFTER[navn](pdf))
    assert pdf not in filer
    return filer


def underskrevet_af_anden(filer: list[bytes]) -> list[bytes]:
    """The files that the second party can still sign, signed."""
    return list(filter(None, map(_med_anden, filer)))


def _med_anden(pdf: bytes) -> bytes | None:
    """None of a file that nobody can sign any more."""
    from pyhanko.pdf_utils.misc import PdfError

    try:
        return s.skriv_under(pdf, "Direktør B, Demo")
    except (KanIkkeUnderskrive, PdfError):
        return None


def tages_ikke(sag, filer, *parter):
    foer = stand(sag)
    for data in filer:
        with pytest.raises(ValidationError) as fejl:
            ekstern(sag, data, *parter)
        assert fejl.value.error_dict["fil"][0].code in KODER
    assert stand(sag) == foer


@pytest.mark.parametrize("navn", EFTER)
def test_det_der_er_aendret_efter_den_foerste_underskrift_tages_ikke_og_er_ikke_aegte(sag, egne_noegler, navn):  # noqa: F811
    """The first party has signed in the program, and the newest file is known here."""
    skriv(sag, 0)
    filer = forfalsket(navn, sag.bytes())
    tages_ikke(sag, underskrevet_af_anden(filer) or filer, 1)
    svar = verificer(filer[-1])
    assert not svar.er_i_orden, svar
    assert svar.besked


@pytest.mark.parametrize(
    ("navn", "sagt"),
    [
        ("hvid_kasse", "Side 1: Siden er ikke bygget"),
        ("skjult_paa_siden", "skjulte oplysninger"),
        ("anden_titel", "Title"),
    ],
)
def test_det_siges_hvad_der_er_aendret_og_ikke_at_filen_er_gammel(sag, egne_noegler, navn, sagt):  # noqa: F811
    skriv(sag, 0)
    with fortsat():
        fil = s.skriv_under(EFTER[navn](sag.bytes()), "Direktør B, Demo")
    with pytest.raises(ValidationError, match=sagt) as fejl:
        ekstern(sag, fil, 1)
    assert fejl.value.error_dict["fil"][0].code in {"AENDRET_EFTER", "AENDRET_FOER"}


@pytest.mark.parametrize("navn", EFTER)
def test_det_der_er_aendret_mellem_to_underskrifter_udefra_tages_ikke(sag, egne_noegler, navn):  # noqa: F811
    """Both have signed at a service, and nobody here has seen the file between the two."""
    filer = forfalsket(navn, s.skriv_under(sag.bytes()))
    tages_ikke(sag, underskrevet_af_anden(filer) or filer, 0, 1)


def test_den_aerlige_fil_tages_i_begge_tilfaelde(sag, egne_noegler):  # noqa: F811
    skriv(sag, 0)
    ekstern(sag, s.skriv_under(sag.bytes(), "Direktør B, Demo"), 1)
    assert verificer(sag.bytes()).er_i_orden
    anden = lav_sag(plan=f.HelhedsplanFactory(noegle="proeve-2"), afsnit=TRE_SIDER)
    ekstern(anden, s.skriv_under(s.skriv_under(anden.bytes()), "Direktør B, Demo"), 0, 1)
    assert verificer(anden.bytes()).er_i_orden


def test_et_tidsstempel_fra_et_kendt_ur_tages_og_fra_et_ukendt_ikke(sag, egne_noegler):  # noqa: F811
    fil = s.skriv_under(sag.bytes())
    foer = stand(sag)
    with pytest.raises(ValidationError, match="En anden myndighed") as fejl:
        ekstern(sag, s.fremmed_tidsstempel(fil), 0)
    assert fejl.value.error_dict["fil"][0].code == "UKENDT_UR"
    assert stand(sag) == foer
    ekstern(sag, s.fremmed_tidsstempel(fil, s.ur()), 0)
    assert verificer(sag.bytes()).er_i_orden


def test_der_er_mindst_enogtyve_maader():
    assert len(EFTER) >= 21
