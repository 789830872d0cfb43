"""A goal's target says the same on every way out: the pages, the papers as PDF and Word, the plan file."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lxml import html
from pypdf import PdfReader

from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.queries.huller import huller
from aftaler.queries.kontrol import kontroller
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.integration.test_budgetversioner import rene, som_side, tegnene
from tests.verden import en_plan

pytestmark = pytest.mark.django_db

SLIP = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
#: As it is kept, and as it is written.
TAL = st.sampled_from(
    [("30", "30"), ("12.5", "12,5"), ("0", "0"), ("1250.75", "1.250,75"), ("0.125", "0,125"), ("2000000", "2.000.000")]
)
FORHOLD = {"<": "under", "<=": "højst", ">": "over", ">=": "mindst"}
RETNING = {"stiger": "skal stige", "falder": "skal falde"}
ENHEDER = {"procent": " %", "antal": "", "karakter": "", "kroner": " kr."}
INDIKATORERS = ["tal", "graense", "aarligt_loft", "retning"]
#: Only a delmål has two limits, a change, an average, and what it is held up against.
DELMAALS = [*INDIKATORERS, "mellem", "aendring"]
DANSK = str.maketrans(",.", ".,")


def slags(typer):
    return st.tuples(st.sampled_from(typer), st.sampled_from(sorted(RETNING)), st.sampled_from(sorted(FORHOLD)), TAL)


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
    if maaltype == "mellem":
        til_ = Decimal(tal) + 8
        felter |= {"vaerdi_til": til_, "gennemsnit": Decimal(tal) + 1, "mod": "en kontrolgruppe"}
        enden, snittet = (f"{Decimal(tal) + n:,f}".translate(DANSK) for n in (8, 1))
        return felter, f"mellem {skrevet} og {enden}{enhed} og {snittet} i gennemsnit i forhold til en kontrolgruppe"
    if maaltype == "aendring":
        felter |= {"retning": retning, "vaerdi": Decimal(0), "vaerdi_til": Decimal(10)}
        den_anden = {"stiger": "falde", "falder": "stige"}[retning]
        helst = RETNING[retning].replace("skal", "skal helst")
        return felter, f"må ikke {den_anden} og {helst} op til 10 %"
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
@given(slags=slags(INDIKATORERS), enhed=st.sampled_from(sorted(ENHEDER)))
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
@example(slags=("aendring", "falder", ">=", ("30", "30")), enhed="")
@example(slags=("mellem", "stiger", "<", ("30", "30")), enhed="unge i job")
@given(slags=slags(DELMAALS), enhed=st.sampled_from(["", "unge i job", "%"]))
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
    ((skrevet_ud,),) = [d["delmaal"] for d in planfilen(plan)["delaftaler"]]
    for felt in ("vaerdi", "vaerdi_til", "gennemsnit"):
        assert Decimal(str(skrevet_ud.get(felt, 0))) == (felter.get(felt) or 0)
    assert skrevet_ud.get("mod", "") == felter.get("mod", "")


@pytest.mark.parametrize("har_faste", [False, True])
def test_planens_egne_overordnede_maal_er_de_samme_paa_alle_veje_ud(hent, har_faste):
    """With the pulje's own goals they stand beside them, without they are what the section has."""
    plan = ny_plan()
    if har_faste:
        f.FastIndikatorFactory(maal__indsatsomraade__regelsaet=plan.regelsaet, maal__tekst="Fondens mål")
    f.EgetMaalFactory(plan=plan, tekst="Lige så trygge som resten af byen", maales_paa="Tryghedsmålingen", orden=1)
    f.EgetMaalFactory(plan=plan, tekst="Flere bliver boende", maales_paa="", orden=2)
    for papir in (
        ord_paa(hent(plan, "samarbejdsaftale-vis").decode()),
        ord_paa(som_side(hent(plan, "dokument-word", "samarbejdsaftale"))),
        pdf_ord(hent(plan, "samarbejdsaftale-pdf")),
    ):
        papir = tegnene(papir)
        ord_ = ("Planens egne overordnede mål", "Lige så trygge som resten af byen", "Tryghedsmålingen", "Flere bliver")
        steder = [papir.find(tegnene(et)) for et in ord_]
        assert steder == sorted(steder)
        assert steder[0] > 0
        assert (tegnene("Fondens mål") in papir) is har_faste
    assert planfilen(plan)["samarbejdsaftale"]["egne_maal"] == [
        {"tekst": "Lige så trygge som resten af byen", "maales_paa": "Tryghedsmålingen"}, "Flere bliver boende",
    ]  # fmt: skip
    assert not [hul for hul in huller(plan)["samarbejdsaftale", ""] if "ingen mål" in hul]


def test_egne_maal_staar_ogsaa_ved_siden_af_tal(hent):
    """Figures make a table of each of the pulje's goals; the plan's own keep theirs."""
    plan, _ = en_plan()
    plan.egne_maal.create(tekst="Et mål uden tal", orden=90)
    side = html.fromstring(hent(plan, "samarbejdsaftale-vis").decode())
    tabeller = [t.text_content().strip() for t in side.xpath("//section[@id='maal_og_indikatorer']//caption")]
    assert "Planens egne overordnede mål" in tabeller
    assert any(titel.startswith("Mål ") for titel in tabeller)
    assert "Et mål uden tal" in side.text_content()


# --- written, and held up against the pulje's -------------------------------------------------------------------------


def skriv(client, plan, *maal):
    bruger = f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger
    client.force_login(bruger)
    data = {"egne_maal-TOTAL_FORMS": len(maal), "egne_maal-INITIAL_FORMS": 0, "version": plan.version}
    for nr, (tekst, paa) in enumerate(maal):
        data |= {f"egne_maal-{nr}-tekst": tekst, f"egne_maal-{nr}-maales_paa": paa}
    return client.post(reverse("egne-maal-ret", args=[plan.noegle]), data)


def test_maalene_skrives_paa_en_side(client):
    plan = ny_plan()
    svar = skriv(client, plan, ("Flere i job", "Ledigheden"), ("Flere er trygge", ""))
    afsnit = plan.regelsaet.skabelonafsnit.get(art="maal_og_indikatorer").noegle
    assert svar.url == f"{reverse('samarbejdsaftale-vis', args=[plan.noegle])}#{afsnit}"
    assert list(plan.egne_maal.values_list("tekst", "maales_paa")) == [
        ("Flere i job", "Ledigheden"), ("Flere er trygge", ""),
    ]  # fmt: skip
    assert "Flere i job · Ledigheden" in str(Haendelse.objects.filter(kaede=plan.noegle).latest("pk").aendringer)


@pytest.mark.parametrize(
    ("maal", "besked"),
    [
        ((("Flere i job", ""), ("Flere i job", "Andet")), "Planen har allerede det mål."),
        ((("", "Ledigheden"),), "Udfyld feltet."),
        ((("x" * 501, ""),), "500"),
    ],
)
def test_hvad_der_er_galt_staar_ved_raekken_og_intet_bliver_skrevet(client, maal, besked):
    plan = ny_plan()
    svar = skriv(client, plan, *maal)
    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert not plan.egne_maal.exists()


def test_et_eget_maal_som_puljen_har_er_et_fund():
    plan = ny_plan()
    f.OverordnetMaalFactory(indsatsomraade__regelsaet=plan.regelsaet, nummer=4, tekst="Flere i job.")
    f.EgetMaalFactory(plan=plan, tekst="Noget andet", orden=1)
    assert [fund for fund in kontroller(plan) if fund.kode == "eget-maal-i-forvejen"] == []
    f.EgetMaalFactory(plan=plan, tekst="flere i JOB", orden=2)
    (fund,) = [fund for fund in kontroller(plan) if fund.kode == "eget-maal-i-forvejen"]
    assert fund.besked == "Planens eget mål »flere i JOB« står i forvejen i aftalen som puljens mål 4."
    assert fund.henvisning == f"{reverse('egne-maal-ret', args=[plan.noegle])}#id_egne_maal-1-tekst"


def test_egne_maal_foelger_med_til_den_naeste_plan():
    plan = ny_plan()
    f.EgetMaalFactory(plan=plan, tekst="Flere i job", maales_paa="Ledigheden")
    bruger = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    ny = start_efterfoelger(bruger=bruger, forgaenger=plan, navn="Den næste")
    assert list(ny.egne_maal.values_list("tekst", "maales_paa")) == [("Flere i job", "Ledigheden")]
    assert plan.egne_maal.count() == 1
