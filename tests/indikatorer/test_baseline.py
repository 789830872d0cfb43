"""The baseline table: the figures of the paper in the form of the paper, on the page and in the PDF."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from aftaler import pdf
from aftaler.choices import Afsnitsart, Maaltype
from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer
from aftaler.queries.dokument import Maaltal, Talblok, samarbejdsaftale
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.choices import Maaletilstand, Stedart
from indikatorer.queries.baseline import baseline
from tests.factories import (
    BrugerFactory,
    DelmaalFactory,
    IndikatorFactory,
    MaalingFactory,
    MedlemskabFactory,
    SkabelonafsnitFactory,
    StedFactory,
)

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@pytest.fixture
def vejleaaparken():
    filer = [*(FIXTURES / "regelsaet").glob("*.yaml"), *(FIXTURES / "planer").glob("vejleaaparken-*.yaml")]
    assert laes_filer([Planfil.fra(f) for f in filer], bruger=PROGRAMMET).fejl == []
    return Helhedsplan.objects.get(noegle="vejleaaparken-2021-2025")


def blok(*linjer: str, overskrift: str = "") -> Talblok:
    return Talblok(overskrift, tuple(linje.replace(" %", "\u00a0%") for linje in linjer))


def test_de_ni_indikatorer_staar_som_de_er_trykt(vejleaaparken):
    [afsnit] = [a for a in samarbejdsaftale(vejleaaparken).afsnit if a.art == "maal_og_indikatorer"]
    trykt = [(t.omraade, t.sammenligning, t.aar, t.kilde) for maal in afsnit.indhold for t in maal.tal]
    begge = "LBF Beboerdata/Boligsociale data"
    hhp = "Øvrige HHP"
    assert trykt == [
        ((blok("266", "88,4 %"),), (blok("1.337", "90,2 %"),), "2019", "LBF Beboerdata"),
        ((blok("5,8"),), (blok("6,2"),), "2019", "LBF Boligsociale data"),
        ((blok("258", "26,1 %"),), (blok("813", "22 %"),), "2020", "LBF Beboerdata"),
        ((blok("213", "18 %"),), (blok("799", "17,4 %"),), "2019", begge),
        ((blok("686", "24,8 %"),), (blok("2.303", "16,3 %"),), "2019", begge),
        ((blok("4,6 %", "52"),), (blok("3,5 %", "158"),), "2019", "LBF Boligsociale data"),
        ((blok("80 %"),), (blok("73 %", overskrift=hhp),), "2018", "VIVE"),
        ((blok("13 %"),), (blok("12 %", overskrift=hhp),), "2018", "VIVE"),
        (
            (
                blok("46,6 %", overskrift="Kommunalvalg 2017"),
                blok("68,5 %", overskrift="Folketingsvalg 2019"),
            ),
            (
                blok("70,8 %", overskrift="Kommunalvalg 2017"),
                blok("84,6 %", overskrift="Folketingsvalg 2019"),
            ),
            "2017 og 2019",
            "LBF Beboerdata",
        ),
    ]
    assert not any(t.aar_afviger for maal in afsnit.indhold for t in maal.tal)


def test_tabellen_staar_paa_siden_og_i_pdf_en(vejleaaparken, client):
    bruger = BrugerFactory()
    MedlemskabFactory(plan=vejleaaparken, bruger=bruger, rolle="bestyrelse")
    client.force_login(bruger)
    html = client.get(f"/planer/{vejleaaparken.noegle}/samarbejdsaftale/").content.decode()
    papir = PdfReader(BytesIO(pdf.samarbejdsaftale(vejleaaparken).data))
    tekst = " ".join(" ".join(side.extract_text() for side in papir.pages).split())
    for stykke in ["266", "88,4\u00a0%", "1.337", "Øvrige HHP", "Folketingsvalg 2019", "84,6\u00a0%"]:
        assert stykke in html
        assert stykke.replace("\u00a0", " ") in tekst.replace("\u00a0", " ")


def faste(plan, **felter) -> Maaltal:
    return baseline(plan)[0][felter["indikator"].fast_id]


def test_forskellige_aar_siges_i_hver_celle():
    indikator = IndikatorFactory(er_fast=True)
    MaalingFactory(indikator=indikator, aar=2019, er_baseline=True)
    kommune = StedFactory(plan=indikator.plan, kommunen=True)
    MaalingFactory(indikator=indikator, aar=2018, er_baseline=True, sted=kommune)
    tal = faste(indikator.plan, indikator=indikator)
    assert tal.aar_afviger
    assert [b.overskrift for b in (*tal.omraade, *tal.sammenligning)] == ["2019", "2018"]


def test_flere_omraader_og_andre_sammenligninger_kaldes_ved_navn():
    indikator = IndikatorFactory(er_fast=True)
    for navn, art in [("Nord", Stedart.OMRAADE), ("Syd", Stedart.OMRAADE), ("Hele landet", Stedart.LAND)]:
        sted = StedFactory(plan=indikator.plan, navn=navn, art=art)
        MaalingFactory(indikator=indikator, er_baseline=True, sted=sted)
    tal = faste(indikator.plan, indikator=indikator)
    assert [b.overskrift for b in tal.omraade] == ["Nord", "Syd"]
    assert [b.overskrift for b in tal.sammenligning] == ["Hele landet"]


@pytest.mark.parametrize(
    ("felter", "linjer"),
    [
        ({"tilstand": Maaletilstand.MANGLER, "vaerdi": None}, ("mangler",)),
        ({"tilstand": Maaletilstand.DISKRETIONERET, "vaerdi": None}, ("skjult",)),
        ({"antal": 0, "vaerdi": 0}, ("0", "0,0\u00a0%")),
        ({"antal": 3, "vaerdi": 6}, ("skjult",)),
    ],
)
def test_mangler_skjult_og_nul_staar_hver_for_sig(felter, linjer):
    indikator = IndikatorFactory(er_fast=True)
    MaalingFactory(indikator=indikator, er_baseline=True, **felter)
    [fundet] = faste(indikator.plan, indikator=indikator).omraade
    assert fundet.linjer == linjer


def test_en_plan_uden_tal_har_ingen_tabel():
    indikator = IndikatorFactory(er_fast=True)
    assert baseline(indikator.plan) == ({}, [])


# --- the plan's own criteria ------------------------------------------------------------------------------------------


def afsnit_fem(plan):
    SkabelonafsnitFactory(regelsaet=plan.regelsaet, art=Afsnitsart.MAAL_OG_INDIKATORER, noegle="maal", nummer="5")
    return next(a for a in samarbejdsaftale(plan).afsnit if a.art == Afsnitsart.MAAL_OG_INDIKATORER)


def egne(plan):
    return [(m.overskrift, m.indikatorer, [t and t.aar for t in m.tal]) for m in afsnit_fem(plan).indhold]


GRAENSE = {"maaltype": Maaltype.GRAENSE, "sammenligning": ">=", "maalvaerdi": 30}


def test_uden_faste_maal_staar_planens_egne_succeskriterier_i_aftalen_paa_side_og_i_pdf(client):
    delmaal = DelmaalFactory(tekst="Flere får fritidsjob", maaltype="retning", retning="stiger")
    plan = delmaal.delaftale.plan
    DelmaalFactory(delaftale=delmaal.delaftale, tekst="Uden mål")
    med = IndikatorFactory(plan=plan, navn="Unge i fritidsjob", enhed="antal", delmaal=delmaal, **GRAENSE)
    IndikatorFactory(plan=plan, navn="Bare et tal")
    IndikatorFactory(plan=plan, navn="Tryghed", gruppe="baseline")
    omraade = delmaal.delaftale.indsatsomraade.navn
    assert egne(plan) == [
        (f"Planens egne succeskriterier ({omraade})", (f"{med.navn} (mindst 30)",), []),
        ("Planens egne succeskriterier", ("Tryghed",), []),
        (f"Delmål med mål i tal eller retning ({omraade})", ("Flere får fritidsjob (skal stige)",), []),
    ]
    bruger = BrugerFactory()
    MedlemskabFactory(plan=plan, bruger=bruger, rolle="bestyrelse")
    client.force_login(bruger)
    html = client.get(f"/planer/{plan.noegle}/samarbejdsaftale/").content.decode()
    papir = PdfReader(BytesIO(pdf.samarbejdsaftale(plan).data))
    tekst = " ".join(" ".join(side.extract_text() for side in papir.pages).split())
    for stykke in ["Unge i fritidsjob (mindst 30)", "Tryghed", "Flere får fritidsjob (skal stige)"]:
        assert stykke in html
        assert stykke in tekst
    assert "har ingen faste mål" not in html
    assert "Mål 0" not in html + tekst


@pytest.mark.parametrize("gruppe", ["baseline", "lokal", "supplerende"])
def test_et_tal_maerket_som_baseline_staar_i_aftalen_ogsaa_uden_fast_indikator(gruppe):
    fast = IndikatorFactory(er_fast=True)
    plan = fast.plan
    fast_maal = fast.fast.maal
    egen = IndikatorFactory(plan=plan, navn="Tryghed", gruppe=gruppe)
    IndikatorFactory(plan=plan, navn="Med mål, men ikke baseline", enhed="antal", **GRAENSE)
    MaalingFactory(indikator=egen, aar=2024, er_baseline=True, sted=StedFactory(plan=plan))
    MaalingFactory(indikator=egen, aar=2025, sted=plan.steder.get())
    assert egne(plan) == [
        (f"Mål {fast_maal.nummer}: {fast_maal.tekst} ({fast_maal.indsatsomraade.navn})", (fast.fast.navn,), [None]),
        ("Planens egne succeskriterier", ("Tryghed",), ["2024"]),
    ]


def test_egne_kriteriers_skjulte_tal_staar_ikke_i_aftalen():
    egen = IndikatorFactory(navn="Tryghed", gruppe="baseline")
    MaalingFactory(indikator=egen, antal=3, vaerdi=6, er_baseline=True)
    [maal] = afsnit_fem(egen.plan).indhold
    assert maal.tal[0].omraade[0].linjer == ("skjult",)
