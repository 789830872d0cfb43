"""A goal's target says the same on every way out: the pages, the papers as PDF and Word, the plan file."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from pypdf import PdfReader

from aftaler.choices import Afsnitsart, Dokumenttype
from tests import factories as f
from tests.integration.test_budgetversioner import rene, som_side, tegnene

pytestmark = pytest.mark.django_db

SLIP = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
    phases=[Phase.generate],
)
#: As it is kept, and as it is written.
TAL = st.sampled_from(
    [("30", "30"), ("12.5", "12,5"), ("0", "0"), ("1250.75", "1.250,75"), ("0.125", "0,125"), ("2000000", "2.000.000")]
)
FORHOLD = {"<": "under", "<=": "højst", ">": "over", ">=": "mindst"}
RETNING = {"stiger": "skal stige", "falder": "skal falde"}
ENHEDER = {"procent": " %", "antal": "", "karakter": "", "kroner": " kr."}
SLAGS = st.tuples(
    st.sampled_from(["tal", "graense", "aarligt_loft", "retning"]), st.sampled_from(sorted(RETNING)),
    st.sampled_from(sorted(FORHOLD)), TAL,
)  # fmt: skip


def i_ord(slags, enhed: str, til: str = "") -> tuple[dict, str]:
    """The fields of a target, and how it reads, reckoned by hand."""
    maaltype, retning, forhold, (tal, skrevet) = slags
    figur = skrevet + enhed
    felter = {"maaltype": maaltype, "retning": "", "sammenligning": "", "vaerdi": Decimal(tal)}
    if maaltype == "retning":
        return felter | {"retning": retning, "vaerdi": None}, RETNING[retning]
    if maaltype == "tal":
        return felter | (
            {"retning": retning} if not til else {}
        ), til + figur if til else f"{RETNING[retning]} til {figur}"
    ord_ = f"{FORHOLD[forhold]} {figur}" + (" om året" if maaltype == "aarligt_loft" else "")
    return felter | {"sammenligning": forhold}, ord_


def ny_plan():
    """A plan of a pulje without fixed goals, so that its own goals are what the agreement has."""
    plan = f.HelhedsplanFactory()
    for dokument, art in (
        (Dokumenttype.SAMARBEJDSAFTALE, Afsnitsart.MAAL_OG_INDIKATORER),
        (Dokumenttype.DELAFTALE, Afsnitsart.DELMAAL),
    ):
        f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, dokument=dokument, art=art)
    return plan


@pytest.fixture
def hent(client):
    def hent(plan, navn: str, *args) -> bytes:
        if not plan.medlemskaber.exists():
            f.MedlemskabFactory(plan=plan, rolle="sekretariat")
        client.force_login(plan.medlemskaber.get().bruger)
        svar = client.get(reverse(navn, args=[plan.noegle, *args]))
        assert svar.status_code == 200
        return svar.content

    return hent


def ord_paa(side: str) -> str:
    return rene(" ".join(html.fromstring(side).itertext()))


def pdf_ord(data: bytes) -> str:
    return tegnene(" ".join(side.extract_text() for side in PdfReader(io.BytesIO(data)).pages))


def planfilen(plan) -> dict:
    ud = io.StringIO()
    call_command("udskriv", plan.noegle, "--json", stdout=ud)
    return json.loads(ud.getvalue())


@SLIP
@given(slags=SLAGS, enhed=st.sampled_from(sorted(ENHEDER)))
def test_en_indikators_maal_er_det_samme_paa_alle_veje_ud(hent, slags, enhed):
    plan = ny_plan()
    felter, ventet = i_ord(slags, ENHEDER[enhed], til="skal nå ")
    indikator = f.IndikatorFactory(
        plan=plan, navn="Fritidsjob", enhed=enhed, maalvaerdi=felter["vaerdi"], maalretning=felter["retning"],
        maaltype=felter["maaltype"], sammenligning=felter["sammenligning"],
    )  # fmt: skip
    _, _, _, (tal, skrevet) = slags
    f.MaalstiFactory(indikator=indikator, aar=2027, vaerdi=Decimal(tal))
    aarsmaal = skrevet + ENHEDER[enhed]
    side = ord_paa(hent(plan, "indikator-vis", indikator.noegle).decode())
    assert f"Mål {ventet[0].upper()}{ventet[1:]}" in side
    assert f"2027 {aarsmaal} –" in side
    assert f"Mål: {ventet}" in ord_paa(hent(plan, "indikator-liste").decode())
    ark = pdf_ord(hent(plan, "indikator-pdf"))
    assert tegnene(f"Mål: {ventet}") in ark
    assert tegnene(f"Årsmål: 2027 {aarsmaal}") in ark
    kriterium = f"Fritidsjob ({ventet})"
    assert kriterium in ord_paa(hent(plan, "samarbejdsaftale-vis").decode())
    assert tegnene(kriterium) in pdf_ord(hent(plan, "samarbejdsaftale-pdf"))
    assert kriterium in ord_paa(som_side(hent(plan, "dokument-word", "samarbejdsaftale")))
    (skrevet_ud,) = planfilen(plan)["indikatorer"]["indikatorer"]
    assert Decimal(str(skrevet_ud.get("maalvaerdi", 0))) == (felter["vaerdi"] or 0)


@SLIP
@given(slags=SLAGS, enhed=st.sampled_from(["", "unge i job", "%"]))
def test_et_delmaals_maal_er_det_samme_paa_alle_veje_ud(hent, slags, enhed):
    plan = ny_plan()
    felter, ventet = i_ord(slags, f" {enhed}" if enhed else "")
    aftale = f.DelaftaleFactory(plan=plan)
    f.DelmaalFactory(delaftale=aftale, tekst="Flere i job", enhed=enhed, **felter)
    noegle = aftale.indsatsomraade.noegle
    assert f"Mål: {ventet}" in ord_paa(hent(plan, "delaftale-vis", noegle).decode())
    assert tegnene(ventet) in pdf_ord(hent(plan, "delaftale-pdf", noegle))
    assert ventet in ord_paa(som_side(hent(plan, "dokument-word", "delaftale", noegle)))
    kriterium = f"Flere i job ({ventet})"
    assert kriterium in ord_paa(hent(plan, "samarbejdsaftale-vis").decode())
    assert tegnene(kriterium) in pdf_ord(hent(plan, "samarbejdsaftale-pdf"))
    assert kriterium in ord_paa(som_side(hent(plan, "dokument-word", "samarbejdsaftale")))
