"""Which figures are said to be wrong, in which words, and what makes them silent."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer, skriv_plan
from aftaler.queries.kontrol import kontroller
from helhedsplan.laest import en_side
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.accept import accepter
from indikatorer.models import Accept, Maaling
from indikatorer.queries.kontrol import indikatorfund, talfund
from tests import factories as f
from tests.factories import (
    BrugerFactory,
    IndikatorFactory,
    MaalingFactory,
    MaalstiFactory,
    MedlemskabFactory,
    StedFactory,
)

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures"
VEJLEAAPARKEN = FIXTURES / "planer" / "vejleaaparken-2021-2025.yaml"
UENIGE = (
    "15-29-årige, Vejleåparken, afdeling 55, 2019: tallene er ikke regnet ud af lige mange personer. "
    "213 = 18\u00a0% svarer til et grundlag på 1.152-1.217 "
    "(»Andel 15-29-årige hverken i uddannelse eller beskæftigelse (restgruppen)«). "
    "52 = 4,6\u00a0% svarer til et grundlag på 1.119-1.142 (»Andel 15-29-årige, som er sigtet mindst én gang«)."
)


@pytest.fixture
def vejleaaparken():
    filer = [*(FIXTURES / "regelsaet").glob("*.yaml"), *(FIXTURES / "planer").glob("vejleaaparken-*.yaml")]
    assert laes_filer([Planfil.fra(f) for f in filer], bruger=PROGRAMMET).fejl == []
    return Helhedsplan.objects.get(noegle="vejleaaparken-2021-2025")


def beskeder(plan) -> list[str]:
    return [f.besked for f in indikatorfund(plan)]


def par(plan=None, **felter):
    """Two indicators on the same group at one place, with nothing wrong: 20 of 100, and 10 of 100."""
    sted = StedFactory(**({"plan": plan} if plan else {}), navn="Parken")
    return [
        MaalingFactory(
            indikator=IndikatorFactory(plan=sted.plan, persongruppe="Unge", navn=navn, orden=nr),
            sted=sted,
            antal=antal,
            vaerdi=Decimal(antal),
            decimaler=0,
            **felter,
        )
        for nr, (navn, antal) in enumerate([("Ledige", 20), ("Sigtede", 10)])
    ]


def test_vejleaaparken_har_to_grundlag_for_de_15_29_aarige_og_intet_andet(vejleaaparken):
    assert beskeder(vejleaaparken) == [UENIGE]
    [fund] = [f for f in kontroller(vejleaaparken) if f.kode == "grundlag-uenige"]
    foerste = Maaling.objects.get(antal=213)
    assert fund.henvisning == (
        f"/planer/vejleaaparken-2021-2025/indikatorer/tal/restgruppen-15-29/maalinger/{foerste.pk}/"
    )
    assert fund.kilde == "Helhedsplans egen kontrol"


def test_fixturen_har_de_ni_indikatorer_og_er_kanonisk(vejleaaparken):
    assert vejleaaparken.indikatorer.filter(fast__isnull=False).count() == 9
    assert vejleaaparken.indikatorer.filter(gruppe="supplerende").count() == 12
    assert skriv_plan(vejleaaparken) == VEJLEAAPARKEN.read_text()


def test_fundet_tier_naar_det_er_godtaget_til_tallene_aendres(vejleaaparken):
    bruger = BrugerFactory()
    MedlemskabFactory(plan=vejleaaparken, bruger=bruger)
    [fund] = talfund(vejleaaparken)
    valg = {"bruger": bruger, "plan": vejleaaparken, "kode": fund.fund.kode, "emne": fund.emne}
    accepter(**valg, begrundelse="De to kilder er trukket på hver sin dag.")
    assert beskeder(vejleaaparken) == []
    with pytest.raises(ValidationError, match="i mellemtiden"):
        accepter(**valg, begrundelse="Set efter igen.")

    Maaling.objects.filter(antal=213).update(antal=214)
    assert len(beskeder(vejleaaparken)) == 1
    accepter(**valg, begrundelse="De er stadig rigtige.")
    assert beskeder(vejleaaparken) == []
    assert [a.begrundelse for a in Accept.objects.all()] == ["De er stadig rigtige."]


def test_en_laeser_kan_ikke_godtage():
    maaling, _ = par()
    bruger = BrugerFactory()
    MedlemskabFactory(plan=maaling.plan, bruger=bruger, rolle="observatoer")
    with pytest.raises(PermissionDenied):
        accepter(bruger=bruger, plan=maaling.plan, kode="grundlag-uenige", emne="x", begrundelse="Set efter igen.")


def test_tal_der_passer_siger_intet():
    assert beskeder(par()[0].plan) == []


@pytest.mark.parametrize(
    "aendring", [{"sted": "andet"}, {"aar": 2020}, {"begivenhed": "Valg"}, {"indikator__persongruppe": "Børn"}]
)
def test_kun_samme_gruppe_sted_og_tid_holdes_op_mod_hinanden(aendring):
    maaling, anden = par()
    anden.antal, anden.vaerdi = 30, Decimal(10)
    if "sted" in aendring:
        aendring = {"sted": StedFactory(plan=maaling.plan)}
    for felt, vaerdi in aendring.items():
        if felt == "indikator__persongruppe":
            anden.indikator.persongruppe = vaerdi
            anden.indikator.save()
        else:
            setattr(anden, felt, vaerdi)
    anden.save()
    assert beskeder(maaling.plan) == []


def test_et_skrevet_grundlag_holdes_op_mod_et_udregnet():
    maaling, anden = par()
    anden.grundlag, anden.vaerdi = 120, None
    anden.save()
    assert beskeder(maaling.plan) == [
        "Unge, Parken, 2024: tallene er ikke regnet ud af lige mange personer. "
        "20 = 20\u00a0% svarer til et grundlag på 98-102 (»Ledige«). »Sigtede« er ud af 120."
    ]


@pytest.mark.parametrize(
    ("antal", "grundlag", "vaerdi", "besked"),
    [
        (20, 100, "20", None),
        (20, 100, "25", "20 er ikke 25\u00a0% af 100. Procenten svarer til et grundlag på 79-81 personer."),
        (11, None, "91", "11 kan ikke være 91\u00a0% af noget antal personer."),
        (None, 12, "20", "Intet antal ud af 12 giver 20\u00a0%."),
        (None, 10, "20", None),
    ],
)
def test_en_procent_passer_til_antal_og_grundlag(antal, grundlag, vaerdi, besked):
    maaling = MaalingFactory(
        indikator__navn="Ledige",
        sted__navn="Parken",
        antal=antal,
        grundlag=grundlag,
        vaerdi=Decimal(vaerdi),
        decimaler=0,
    )
    assert beskeder(maaling.plan) == ([f"Ledige, Parken, 2024: {besked}"] if besked else [])


def test_et_fund_om_et_skjult_antal_naevner_ingen_tal():
    maaling = MaalingFactory(indikator__navn="Ledige", sted__navn="Parken", antal=3, grundlag=50, vaerdi=Decimal(20))
    assert beskeder(maaling.plan) == ["Ledige, Parken, 2024: procenten passer ikke til antallet."]


def test_et_fund_om_et_tal_der_er_skjult_med_et_andet_naevner_ingen_tal():
    """96 of 100 is hidden for the sake of the four that are left."""
    maaling = MaalingFactory(indikator__navn="Ledige", sted__navn="Parken", antal=96, grundlag=100, vaerdi=Decimal(20))
    assert beskeder(maaling.plan) == ["Ledige, Parken, 2024: procenten passer ikke til antallet."]


def test_en_fast_indikator_uden_baseline_er_en_note():
    maaling = MaalingFactory(indikator=IndikatorFactory(er_fast=True, navn="Ledige"))
    [fund] = indikatorfund(maaling.plan)
    assert (fund.alvor.value, fund.besked) == ("note", "»Ledige« har intet tal, der er mærket som baseline.")
    assert fund.henvisning == maaling.indikator.get_absolute_url()
    Maaling.objects.update(er_baseline=True)
    assert beskeder(maaling.plan) == []


def test_aarsmaal_uden_et_maal_at_naa():
    indikator = IndikatorFactory(navn="Ledige")
    for aar in (2026, 2027):
        MaalstiFactory(indikator=indikator, aar=aar)
    assert beskeder(indikator.plan) == ["»Ledige« har årsmål for 2026 og 2027, men intet mål at nå til sidst."]
    indikator.maaltype, indikator.maalvaerdi = "tal", Decimal(30)
    indikator.save()
    assert beskeder(indikator.plan) == []


def test_et_aar_der_ikke_er_begyndt():
    i_aar = timezone.localdate().year
    maaling = MaalingFactory(indikator__navn="Ledige", sted__navn="Parken", aar=i_aar + 1)
    assert beskeder(maaling.plan) == [f"Ledige, Parken, {i_aar + 1}: året er ikke begyndt endnu."]
    Maaling.objects.update(aar=i_aar)
    assert beskeder(maaling.plan) == []


@pytest.mark.parametrize("antal", [1, 3])
def test_reglerne_spoerger_lige_ofte_uanset_antallet(antal, django_assert_num_queries):
    maaling, _ = par()
    for _ in range(antal):
        MaalstiFactory(indikator=maaling.indikator)
        MaalingFactory(indikator=maaling.indikator, sted=StedFactory(plan=maaling.plan))
    plan = Helhedsplan.objects.get(pk=maaling.plan.pk)
    with en_side(), django_assert_num_queries(12):
        indikatorfund(plan)


@pytest.mark.parametrize(
    ("alle", "ventet"),
    [
        ((90, 272), "Der står 90 af 272, men A, B og C har 73 af 272 tilsammen."),
        ((73, 280), "Der står 73 af 280, men A, B og C har 73 af 272 tilsammen."),
        ((73, 272), ""),
        ((73, None), ""),
        ((74, None), "Der står 74, men A, B og C har 73 tilsammen."),
    ],
)
def test_en_sum_der_ikke_er_omraadernes(alle, ventet):
    indikator = IndikatorFactory(navn="Ledige")
    steder = [StedFactory(plan=indikator.plan, navn=navn, noegle=navn.lower()) for navn in "ABC"]
    felter = {"indikator": indikator, "vaerdi": None, "aar": 2024}
    for sted, antal, grundlag in zip(steder, (20, 23, 30), (80, 92, 100), strict=True):
        MaalingFactory(sted=sted, antal=antal, grundlag=grundlag, **felter)
    omraader = [s.omraade for s in steder]
    samlet = StedFactory(plan=indikator.plan, navn="Alle", art="flere_omraader", omraade=None, omraader=omraader)
    MaalingFactory(sted=samlet, antal=alle[0], grundlag=alle[1], **felter)
    fundne = [b for b in beskeder(indikator.plan) if b.startswith("Ledige, Alle, 2024: ")]
    assert fundne == ([f"Ledige, Alle, 2024: {ventet}"] if ventet else [])
    Maaling.objects.filter(sted=steder[0]).delete()
    assert not any("Alle, 2024" in b for b in beskeder(indikator.plan)), "with a part missing less is no fault"


@pytest.mark.parametrize(("maalt", "ventet"), [(False, ["Mål 7 »Flere i job« har ingen måling endnu."]), (True, [])])
def test_et_fast_maal_uden_nogen_maaling(maalt, ventet):
    plan = f.HelhedsplanFactory()
    fast = f.FastIndikatorFactory(
        maal__nummer=7, maal__tekst="Flere i job", maal__indsatsomraade__regelsaet=plan.regelsaet
    )
    plan.indsatsomraader.add(fast.maal.indsatsomraade)
    indikator = f.IndikatorFactory(plan=plan, fast=fast)
    if maalt:
        f.MaalingFactory(indikator=indikator, er_baseline=True)
    assert [x.besked for x in indikatorfund(plan) if x.kode == "maal-uden-maaling"] == ventet


@pytest.mark.parametrize(("rolle", "siges"), [("leder", True), ("observatoer", False)])
def test_den_der_ser_et_stort_tal_skjult_faar_grunden_ved_indikatoren(client, rolle, siges):
    """60 in three areas, 57 in two of them: nothing that is written is small, and three live in the third."""
    plan = f.HelhedsplanFactory()
    indikator = IndikatorFactory(plan=plan, navn="Sigtede", noegle="sigtede", enhed="antal")
    omraader = [StedFactory(plan=plan).omraade for _ in range(3)]
    for navn, led, antal in (("Alle tre", omraader, 60), ("To af dem", omraader[:2], 57)):
        sted = StedFactory(plan=plan, navn=navn, art="flere_omraader", omraade=None)
        sted.omraader.set(led)
        MaalingFactory(indikator=indikator, sted=sted, aar=2024, antal=antal, grundlag=None, vaerdi=None)
    client.force_login(MedlemskabFactory(plan=plan, rolle=rolle).bruger)
    sagt = "»Sigtede«: To af dem 2024 er skjult for andre end jer, selv om tallet ikke i sig selv handler om få."
    for adresse in (indikator.get_absolute_url(), reverse("indikator-liste", args=[plan.noegle])):
        assert (sagt in client.get(adresse).content.decode()) is siges, adresse
    assert all("ikke i sig selv" not in besked for besked in beskeder(plan)), "what goes to everybody does not say it"
