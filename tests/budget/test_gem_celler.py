from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from budget.actions.budget import gem_celler, godkend_budget, kopier_budget, opret_budget, opret_scenarie, slet_budget
from budget.choices import Bidragsart, Budgetart, Satsart
from budget.models import Bidrag, Budget, Konto, Udgift
from budget.queries.celler import celler, udgifter
from budget.queries.indtastning import Indtastningscelle, Udgiftscelle
from budget.queries.kontrol import medfinansiering_for
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from tests import factories as fab
from tests.budget.data import parameter, skriver, vejleaaparken

pytestmark = pytest.mark.django_db


@pytest.fixture
def budget():
    plan = fab.HelhedsplanFactory()
    fab.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf")
    fab.FinansieringskildeFactory(plan=plan, noegle="kommune", navn="Kommunen")
    sats = fab.SatsFactory(plan=plan, noegle="timer", navn="Timer")
    fab.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2025, 1, 1), beloeb=Decimal("350.00"))
    fab.SatsvaerdiFactory(sats=sats, gaelder_fra=date(2027, 1, 1), beloeb=Decimal("375.50"))
    return fab.BudgetFactory(plan=plan, noegle="b")


@pytest.fixture
def bruger(budget):
    return skriver(budget.plan)


def gem(budget, bruger, *indtastet, version=None, **mere):
    return gem_celler(bruger=bruger, budget=budget, version=version or budget.version, celler=indtastet, **mere)


def indhold(budget):
    return {
        (b.kilde.noegle, b.art, b.planaar): b.beloeb
        for b in Bidrag.objects.filter(budget=budget).select_related("kilde")
    }


def test_danske_tal_i_alle_former(budget, bruger):
    antal = gem(
        budget,
        bruger,
        Indtastningscelle("lbf", "kontant", "faelles", 1, "25 mio."),
        Indtastningscelle("lbf", "kontant", "faelles", 2, "1.234.567,89"),
        Indtastningscelle("lbf", "kontant", "faelles", 3, "0,4 mio. kr."),
        Indtastningscelle("lbf", "kontant", "faelles", 4, "350 t.kr."),
        Indtastningscelle("kommune", "kontant", "faelles", None, "0"),
    )
    assert antal == 5
    assert indhold(budget) == {
        ("lbf", "kontant", 1): Decimal("25000000.00"),
        ("lbf", "kontant", 2): Decimal("1234567.89"),
        ("lbf", "kontant", 3): Decimal("400000.00"),
        ("lbf", "kontant", 4): Decimal("350000.00"),
        ("kommune", "kontant", None): Decimal("0.00"),
    }


def test_alle_fejl_paa_en_gang_og_intet_gemt(budget, bruger):
    forkert = [
        Indtastningscelle("lbf", "kontant", "faelles", 1, "1.000"),
        Indtastningscelle("lbf", "kontant", "faelles", 2, "mange"),
        Indtastningscelle("lbf", "kontant", "faelles", 3, "-5"),
        Indtastningscelle("lbf", "kontant", "faelles", 4, "2 mia."),
        Indtastningscelle("lbf", "kontant", "faelles", 5, "1"),
        Indtastningscelle("kommune", "kontant", "faelles", 1, "1,2345"),
        Indtastningscelle("kommune", "kontant", "faelles", 2, "25 %"),
        Indtastningscelle("kommune", "timer", "faelles", 1, maengde="120"),
        Indtastningscelle("kommune", "lokaler", "faelles", 1, maengde="120", sats="timer"),
        Indtastningscelle("fonden", "kontant", "faelles", 1, "1"),
        Indtastningscelle("kommune", "kontant", "ukendt", 1, "1"),
        Indtastningscelle("lbf", "kontant", "faelles", 1, "2.000"),
    ]
    with pytest.raises(ValidationError) as fejl:
        gem(budget, bruger, *forkert)
    assert fejl.value.message_dict == {
        "celle-lbf.kontant.faelles.2": ["»mange« kan ikke læses som et tal. Skriv for eksempel 1.234,5."],
        "celle-lbf.kontant.faelles.3": ["Beløbet kan ikke være negativt."],
        "celle-lbf.kontant.faelles.4": ["Beløbet er over 1 mia. kr. Se efter, om der er for mange nuller."],
        "celle-lbf.kontant.faelles.5": ["År 5 ligger uden for planens periode, som har 4 år."],
        "celle-kommune.kontant.faelles.1": ["Beløbet har flere end to decimaler."],
        "celle-kommune.kontant.faelles.2": ["Skriv et beløb, ikke en procent."],
        "celle-kommune.timer.faelles.1": ["Vælg en sats."],
        "celle-kommune.lokaler.faelles.1": ["Satsen Timer er ikke til lokaler."],
        "celle-fonden.kontant.faelles.1": ["Finansieringskilden »fonden« findes ikke i planen."],
        "celle-kommune.kontant.ukendt.1": ["Formålet »ukendt« findes ikke i planen."],
        "celle-lbf.kontant.faelles.1": ["Cellen står to gange i det indsatte."],
    }
    assert indhold(budget) == {}
    assert Haendelse.objects.count() == 0
    assert Budget.objects.get().version == 1


def test_en_haendelse_med_hver_celle_foer_og_efter(budget, bruger):
    gem(
        budget,
        bruger,
        Indtastningscelle("lbf", "kontant", "faelles", 1, "100"),
        Indtastningscelle("lbf", "kontant", "faelles", 2, "200"),
    )
    gem(
        budget,
        bruger,
        Indtastningscelle("lbf", "kontant", "faelles", 1, "150"),
        Indtastningscelle("lbf", "kontant", "faelles", 2, ""),
        Indtastningscelle("lbf", "kontant", "faelles", 3, "", note=None),
    )
    assert Haendelse.objects.om(budget).count() == 2
    sidste = Haendelse.objects.om(budget).order_by("pk").last()
    assert sidste.version == 3
    assert [(a["navn"], a["foer"], a["efter"]) for a in sidste.aendringer] == [
        ("Landsbyggefonden, kontant, Fælles, år 1", "100,00\u00a0kr.", "150,00\u00a0kr."),
        ("Landsbyggefonden, kontant, Fælles, år 2", "200,00\u00a0kr.", None),
    ]
    assert indhold(budget) == {("lbf", "kontant", 1): Decimal("150.00")}


def test_samme_tal_igen_er_ingen_aendring(budget, bruger):
    gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "1.234,50"))
    assert gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "1234,5")) == 0
    assert (budget.version, Haendelse.objects.count()) == (2, 1)


def test_visning_i_tusinder(budget, bruger):
    gem(
        budget,
        bruger,
        Indtastningscelle("lbf", "kontant", "faelles", 1, "1.234,5"),
        Indtastningscelle("lbf", "kontant", "faelles", 2, "2 mio."),
        skala=1000,
    )
    assert list(indhold(budget).values()) == [Decimal("1234500.00"), Decimal("2000000.00")]


def test_timer_gange_sats_med_planaarets_sats(budget, bruger):
    gem(
        budget,
        bruger,
        Indtastningscelle("kommune", "timer", "faelles", 1, maengde="120,5", sats="timer"),
        Indtastningscelle("kommune", "timer", "faelles", 3, maengde="120,5", sats="timer"),
    )
    assert indhold(budget) == {
        ("kommune", "timer", 1): Decimal("42175.00"),
        ("kommune", "timer", 3): Decimal("45247.75"),
    }
    gem(budget, bruger, Indtastningscelle("kommune", "timer", "faelles", 1, maengde="100"))
    assert indhold(budget)["kommune", "timer", 1] == Decimal("35000.00")


def test_et_beloeb_i_stedet_for_udregningen_fjerner_den(budget, bruger):
    gem(budget, bruger, Indtastningscelle("kommune", "timer", "faelles", 1, maengde="100", sats="timer"))
    gem(budget, bruger, Indtastningscelle("kommune", "timer", "faelles", 1, "35.000", note="som før"))
    uaendret = Bidrag.objects.get()
    assert (uaendret.maengde, uaendret.note) == (100, "som før")
    gem(budget, bruger, Indtastningscelle("kommune", "timer", "faelles", 1, "36.000"))
    rettet = Bidrag.objects.get()
    assert (rettet.beloeb, rettet.maengde, rettet.satsvaerdi, rettet.note) == (36_000, None, None, "som før")


def test_beloeb_der_ikke_passer_med_udregningen(budget, bruger):
    with pytest.raises(ValidationError, match="passer ikke med antal gange sats"):
        gem(budget, bruger, Indtastningscelle("kommune", "timer", "faelles", 1, "34.999", maengde="100", sats="timer"))


def test_afrunding_saettes_og_forsvinder_med_et_nyt_beloeb(budget, bruger):
    gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "0,4 mio.", afrundet_til="100.000"))
    assert Bidrag.objects.get().afrundet_til == 100_000
    gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "0,4 mio.", note="n"))
    assert Bidrag.objects.get().afrundet_til == 100_000
    gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "412.345,67"))
    assert Bidrag.objects.get().afrundet_til is None


def test_cpr_i_en_note_afvises(budget, bruger):
    with pytest.raises(ValidationError) as fejl:
        gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "1", note="Til 010190-1234"))
    assert list(fejl.value.message_dict) == ["celle-lbf.kontant.faelles.1"]


def test_udgifter_gemmes_sammen_med_bidrag(budget, bruger):
    fab.KontoFactory(regelsaet=budget.plan.regelsaet, noegle="loen")
    antal = gem(
        budget,
        bruger,
        Indtastningscelle("lbf", "kontant", "faelles", 1, "500"),
        udgifter=[Udgiftscelle("loen", "faelles", 1, "500"), Udgiftscelle("loen", "faelles", 2, "100")],
    )
    assert antal == 3
    assert {n.planaar: v.beloeb for n, v in udgifter(budget).items()} == {1: 500, 2: 100}
    with pytest.raises(ValidationError) as fejl:
        gem(
            budget,
            bruger,
            Indtastningscelle("lbf", "kontant", "faelles", 1, "1.000"),
            udgifter=[Udgiftscelle("leje", "faelles", 1, "5")],
        )
    assert fejl.value.message_dict == {"udgift-leje.faelles.1": ["Kontoen »leje« findes ikke."]}
    assert indhold(budget) == {("lbf", "kontant", 1): 500}


def test_aktivitet_og_indsatsomraade_som_formaal(budget, bruger):
    aktivitet = fab.AktivitetFactory(delaftale__plan=budget.plan)
    omraade = aktivitet.delaftale.noegle
    gem(
        budget,
        bruger,
        Indtastningscelle("lbf", "kontant", omraade, 1, "1"),
        Indtastningscelle("lbf", "kontant", f"{omraade}/{aktivitet.noegle}", 1, "2"),
        Indtastningscelle("lbf", "kontant", "faelles", 1, "3"),
    )
    assert {(b.delaftale_id, b.aktivitet_id, b.beloeb) for b in Bidrag.objects.all()} == {
        (aktivitet.delaftale.pk, None, 1),
        (None, aktivitet.pk, 2),
        (None, None, 3),
    }


def test_laast_version_og_ret(budget, bruger):
    gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "1"))
    with pytest.raises(Versionskonflikt):
        gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "2"), version=1)
    with pytest.raises(PermissionDenied):
        gem(budget, fab.MedlemskabFactory(plan=budget.plan, rolle="observatoer").bruger)
    Budget.objects.update(art=Budgetart.ANSOEGT)
    budget.refresh_from_db()
    godkend_budget(
        bruger=bruger,
        budget=budget,
        dato=date(2025, 10, 1),
        version=budget.version,
        dato_grund="Skrevet af efter papiret.",
        grund="Resten skrives ind senere.",
    )
    with pytest.raises(ValidationError) as fejl:
        gem(budget, bruger, Indtastningscelle("lbf", "kontant", "faelles", 1, "2"))
    assert fejl.value.code == "laast"
    assert indhold(budget) == {("lbf", "kontant", 1): 1}


def test_faa_forespoergsler_ogsaa_til_mange_celler(budget, bruger, django_assert_max_num_queries):
    kilder = fab.FinansieringskildeFactory.create_batch(10, plan=budget.plan)
    alle = [
        Indtastningscelle(kilde.noegle, art, "faelles", aar, "5")
        for kilde in kilder
        for art in ("kontant", "timer", "lokaler")
        for aar in (1, 2, 3, 4)
    ]
    gem(budget, bruger, *alle)
    with django_assert_max_num_queries(52):
        assert gem(budget, bruger, *[replace(celle, beloeb="6") for celle in alle]) == 120
    assert set(indhold(budget).values()) == {6}


def test_nyt_budget_faar_egen_kontoplan_og_et_af_hver_slags(budget, bruger):
    plan = budget.plan
    opret_budget(bruger=bruger, budget=Budget(plan=plan, art=Budgetart.ANSOEGT, navn="Ansøgt"))
    konti = Konto.objects.filter(regelsaet=plan.regelsaet, plan=None)
    assert {(k.kilde, k.verificeret) for k in konti} == {("Helhedsplans egen kontoplan", "nej")}
    with pytest.raises(ValidationError, match="allerede et ansøgt budget"):
        opret_budget(bruger=bruger, budget=Budget(plan=plan, art=Budgetart.ANSOEGT, navn="Et til"))
    antal = konti.count()
    opret_budget(bruger=bruger, budget=Budget(plan=plan, art=Budgetart.BEVILGET, navn="Bevilget"))
    assert konti.count() == antal


def test_bevilget_begynder_som_det_ansoegte():
    plan, ansoegt = vejleaaparken()
    bevilget = kopier_budget(
        bruger=skriver(plan), fra=ansoegt, budget=Budget(plan=plan, art=Budgetart.BEVILGET, navn="Bevilget")
    )
    assert celler(bevilget) == celler(ansoegt)
    assert (bevilget.grundlag, bevilget.status) == (ansoegt, "kladde")


def test_scenarie_12_5_i_stedet_for_20_mio():
    plan = fab.HelhedsplanFactory()
    parameter(plan, "lokal_min_pct", 25)
    lbf = fab.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf")
    kommune = fab.FinansieringskildeFactory(plan=plan, noegle="kommune")
    budget = fab.BudgetFactory(plan=plan, art=Budgetart.ANSOEGT)
    for aar, mio in enumerate([7, 6, 4, 3], 1):
        fab.BidragFactory(budget=budget, kilde=lbf, planaar=aar, beloeb=Decimal(mio * 1_000_000))
    fab.BidragFactory(budget=budget, kilde=kommune, planaar=1, beloeb=Decimal("6666666.67"))
    fab.UdgiftFactory(budget=budget, planaar=1, beloeb=Decimal("26666666.67"))
    scenarie = opret_scenarie(
        bruger=skriver(plan),
        fra=budget,
        navn="LBF bevilger 12,5 mio.",
        nye_totaler={"lbf": Decimal(12_500_000)},
        skaler_udgifter=True,
    )
    assert [v.beloeb for n, v in sorted(celler(scenarie).items(), key=lambda c: c[0].planaar) if n.kilde == lbf.pk] == [
        Decimal(4_375_000),
        Decimal(3_750_000),
        Decimal(2_500_000),
        Decimal(1_875_000),
    ]
    m = medfinansiering_for(scenarie)
    assert (m.lokal_krav, m.lokal) == (Decimal("4166666.67"), Decimal("6666666.67"))
    assert sum(v.beloeb for v in udgifter(scenarie).values()) == m.i_alt
    assert (scenarie.art, scenarie.grundlag) == (Budgetart.SCENARIE, budget)
    assert sum(v.beloeb for v in celler(budget).values()) == Decimal("26666666.67")
    with pytest.raises(ValidationError, match="kan ikke godkendes"):
        godkend_budget(
            bruger=skriver(plan),
            budget=scenarie,
            dato=date(2025, 1, 1),
            version=None,
            grund="Resten skrives ind senere.",
        )


def test_scenarie_med_ukendt_kilde_eller_intet_at_fordele():
    plan, budget = vejleaaparken()
    fab.FinansieringskildeFactory(plan=plan, noegle="fond", navn="Fonden")
    with pytest.raises(ValidationError) as fejl:
        opret_scenarie(bruger=skriver(plan), fra=budget, navn="S", nye_totaler={"fond": Decimal(1), "x": Decimal(1)})
    assert fejl.value.message_dict == {
        "fond": ["Fonden har ingen beløb i budgettet, så der er intet at fordele efter."],
        "x": ["Finansieringskilden »x« findes ikke i planen."],
    }
    assert Budget.objects.count() == 1


def test_slet_kladde_men_ikke_godkendt_eller_brugt():
    plan, budget = vejleaaparken()
    bruger = skriver(plan)
    kopi = kopier_budget(bruger=bruger, fra=budget, budget=Budget(plan=plan, art=Budgetart.SCENARIE, navn="S"))
    with pytest.raises(ValidationError, match="bruges"):
        slet_budget(bruger=bruger, budget=budget)
    assert Bidrag.objects.filter(budget=budget).exists()
    slet_budget(bruger=bruger, budget=kopi)
    assert not Bidrag.objects.filter(budget_id=kopi.pk).exists()
    godkend_budget(
        bruger=bruger,
        budget=budget,
        dato=date(2017, 1, 1),
        version=None,
        dato_grund="Skrevet af efter papiret.",
        grund="Resten skrives ind senere.",
    )
    with pytest.raises(ValidationError, match="godkendt"):
        slet_budget(bruger=bruger, budget=budget)
    assert Udgift.objects.count() == 0


def test_art_og_sats_maa_passe_sammen_i_databasen():
    assert {a.value for a in Satsart} < {a.value for a in Bidragsart}


def test_skalerede_udgifter_lader_timer_vaere_timer():
    """Less cash from a fund does not make the hours that the kommune gives fewer."""
    plan = fab.HelhedsplanFactory()
    lbf = fab.FinansieringskildeFactory(plan=plan, lbf=True, noegle="lbf")
    kommune = fab.FinansieringskildeFactory(plan=plan, noegle="kommune")
    budget = fab.BudgetFactory(plan=plan, art=Budgetart.ANSOEGT)
    fab.BidragFactory(budget=budget, kilde=lbf, planaar=1, beloeb=Decimal(1000))
    fab.BidragFactory(budget=budget, kilde=kommune, planaar=1, art="timer", beloeb=Decimal(400))
    for noegle, beloeb in (("loen", 1000), ("medarbejdertimer", 400)):
        konto = fab.KontoFactory(regelsaet=plan.regelsaet, noegle=noegle, navn=noegle)
        fab.UdgiftFactory(budget=budget, konto=konto, planaar=1, beloeb=Decimal(beloeb))
    scenarie = opret_scenarie(
        bruger=skriver(plan), fra=budget, navn="S", nye_totaler={"lbf": Decimal(600)}, skaler_udgifter=True
    )
    assert {u.konto.noegle: u.beloeb for u in scenarie.udgifter.all()} == {"loen": 600, "medarbejdertimer": 400}
