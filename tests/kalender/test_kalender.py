"""The calendar: which dates a plan has, what they stand on, and what is overdue."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer, skriv_plan
from aftaler.queries.overblik import Ventende
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from kalender.actions.frist import meld_udfoert
from kalender.choices import Kalendertilstand
from kalender.forside import ventende
from kalender.models import Frist
from kalender.queries.kalender import SAEDVANLIGE, kalenderside, maaneder, plandata, planens_kalender
from kalender.queries.kalenderregler import (
    Fristdata,
    Kalendergrundlag,
    Milepaelsdata,
    Moededata,
    Ordensdata,
    Plandata,
    Statusdata,
    aarets_dele,
    kalender,
)
from status.rules import Kvartal
from tests import factories as f
from tests.verden import verden

I_DAG = date(2026, 11, 21)
ORDEN = Ordensdata(4, 2, 7, 14, Kalendergrundlag("Bestyrelsens forretningsorden"))


def data(**felter):
    fast = {
        "noegle": "p",
        "navn": "Plan",
        "fra": date(2025, 11, 1),
        "til": date(2029, 10, 31),
        "fase": "i_gang",
        "orden": ORDEN,
        "maaneder": maaneder([]),
    }
    return Plandata(**(fast | felter))


def linjer(plan, slags=None, i_dag=I_DAG):
    return [linje for linje in kalender(plan, i_dag) if slags in (None, linje.slags)]


def kort(fundne):
    return [(linje.uid, linje.dato.isoformat(), linje.tilstand.value) for linje in fundne]


def en(plan, uid, i_dag=I_DAG):
    [fundet] = [linje for linje in kalender(plan, i_dag) if linje.uid == uid]
    return fundet


# --- pure -------------------------------------------------------------------------------------------------------------


def test_every_quarter_has_its_deadline_and_is_done_when_published():
    statusser = {
        Kvartal(2025, 4): Statusdata("2025K4", date(2026, 2, 14), date(2026, 2, 10)),
        Kvartal(2026, 3): Statusdata("2026K3", date(2026, 12, 1), None),
    }
    fundne = linjer(data(statusser=statusser), "status")
    assert len(fundne) == 17
    assert kort(fundne)[:5] == [
        ("status-2025K4", "2026-02-14", "udfoert"),
        ("status-2026K1", "2026-05-15", "forfalden"),
        ("status-2026K2", "2026-08-14", "forfalden"),
        ("status-2026K3", "2026-12-01", "snart"),
        ("status-2026K4", "2027-02-14", "kommende"),
    ]
    assert [str(linje.grundlag) for linje in fundne[2:4]] == [
        "Helhedsplans egen regel: 45 dage efter kvartalet (ikke verificeret)",
        "Sat i statussen",
    ]
    assert [linje.sted[0] for linje in fundne[2:4]] == ["status-liste", "status-vis"]


def test_the_accounts_follow_the_calendar_year_and_the_reguleringskonto_the_parameter():
    fundne = linjer(data(til=date(2026, 12, 31)), "oekonomi")
    assert kort(fundne) == [
        ("regnskab-2025", "2026-04-30", "forfalden"),
        ("reguleringskonto-2025", "2026-06-30", "forfalden"),
        ("regnskab-2026", "2027-04-30", "kommende"),
        ("reguleringskonto-2026", "2027-06-30", "kommende"),
    ]
    assert fundne[3].titel == "Send reguleringskontoen for 2026 til Landsbyggefonden"


@pytest.mark.parametrize(
    ("sidst", "dato", "tilstand"),
    [(None, "2026-11-01", "forfalden"), (date(2026, 10, 1), "2027-10-01", "kommende")],
)
def test_papers_are_gone_through_every_year(sidst, dato, tilstand):
    fundne = linjer(data(milepaelsplan_opdateret=sidst, beredskabsplan_opdateret=date(2029, 9, 1)), "papir")
    assert kort(fundne) == [(f"milepaelsplan-{dato[:4]}", dato, tilstand)]


def test_each_goal_has_its_next_follow_up():
    fundne = linjer(data(maal=((1, date(2025, 11, 20)), (2, None), (3, date(2029, 1, 1)))), "opfoelgning")
    assert kort(fundne) == [("maal-2-2026", "2026-11-01", "forfalden"), ("maal-1-2026", "2026-11-20", "forfalden")]
    assert fundne[0].sted == ("opfoelgning-liste", ("p",), "maal-2")


@pytest.mark.parametrize(
    ("efterfoelgere", "ventet"),
    [((), ["forfalden", "forfalden"]), (("ide",), ["udfoert", "forfalden"]), (("ansoegning",), ["udfoert"] * 2)],
)
def test_renewal_begins_a_year_and_a_half_before_and_the_application_in_time_for_the_longest_dialogue(
    efterfoelgere, ventet
):
    plan = data(efterfoelgere=efterfoelgere)
    fundne = [linje for linje in linjer(plan, "fornyelse", date(2029, 1, 1)) if linje.uid != "udloeb"]
    assert [(linje.uid, linje.dato.isoformat()) for linje in fundne] == [
        ("fornyelse", "2028-04-30"),
        ("ansoegning", "2028-08-31"),
    ]
    assert [linje.tilstand.value for linje in fundne] == ventet


def test_the_plan_runs_out_and_that_is_nobodys_fault():
    assert en(data(), "udloeb").tilstand == Kalendertilstand.KOMMENDE
    assert en(data(), "udloeb", date(2029, 10, 10)).tilstand == Kalendertilstand.SNART
    assert en(data(), "udloeb", date(2030, 1, 1)).tilstand == Kalendertilstand.UDFOERT


def moede(pk, dato, art="bestyrelse", tilstand="planlagt", papirer=()):
    return Moededata(pk, art, dato, "", tilstand, frozenset(papirer))


def test_a_board_meeting_brings_its_agenda_and_its_minutes():
    plan = data(moeder=(moede(7, date(2026, 12, 10)), moede(8, date(2026, 12, 11), tilstand="aflyst")))
    fundne = [linje for linje in linjer(plan, "moede") if not linje.uid.startswith("uden-dato")]
    assert kort(fundne) == [
        ("dagsorden-7", "2026-12-03", "snart"),
        ("moede-7", "2026-12-10", "snart"),
        ("referat-7", "2026-12-24", "kommende"),
    ]
    assert fundne[0].titel == "Send dagsorden til bestyrelsesmødet 10. december 2026"
    assert [str(linje.grundlag) for linje in fundne] == [
        "Bestyrelsens forretningsorden: 7 dage før mødet",
        "Mødets dato",
        "Bestyrelsens forretningsorden: 14 dage efter mødet",
    ]


def test_what_has_been_sent_is_done_and_a_meeting_not_said_to_be_held_is_overdue():
    plan = data(
        moeder=(
            moede(1, date(2026, 11, 1), tilstand="holdt", papirer=["dagsorden", "referat"]),
            moede(2, date(2026, 11, 10), tilstand="indkaldt", papirer=["dagsorden"]),
            moede(3, date(2026, 11, 12), art="foelgegruppe"),
        )
    )
    fundne = {
        linje.uid: linje.tilstand.value for linje in linjer(plan, "moede") if linje.uid[-2:] in ("-1", "-2", "-3")
    }
    assert fundne == {
        "dagsorden-1": "udfoert",
        "moede-1": "udfoert",
        "referat-1": "udfoert",
        "dagsorden-2": "udfoert",
        "moede-2": "forfalden",
        "referat-2": "snart",
        "moede-3": "forfalden",
    }


def uden_dato(plan, i_dag=I_DAG):
    return [linje.titel for linje in linjer(plan, "moede", i_dag) if linje.uid.startswith("uden-dato-bestyrelse")]


def test_a_quarter_without_a_meeting_asks_for_one():
    plan = data(til=date(2026, 12, 31), moeder=(moede(1, date(2026, 2, 1)), moede(2, date(2026, 8, 1))))
    assert uden_dato(plan) == [
        "Bestyrelsesmøde i 2. kvartal 2026 mangler",
        "Bestyrelsesmøde i 4. kvartal 2026 mangler",
    ]


def test_enough_meetings_that_lie_unevenly_are_enough_and_cancelled_ones_do_not_count():
    datoer = [date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5), date(2026, 12, 5)]
    moeder = tuple(moede(nr, dag) for nr, dag in enumerate(datoer))
    assert uden_dato(data(til=date(2026, 12, 31), moeder=moeder)) == []
    aflyst = (*moeder[:3], moede(9, date(2026, 12, 5), tilstand="aflyst"))
    assert uden_dato(data(til=date(2026, 12, 31), moeder=aflyst)) == ["Bestyrelsesmøde i 4. kvartal 2026 mangler"]


def test_a_meeting_that_was_never_held_is_dropped_after_a_year():
    plan = data(til=date(2026, 12, 31))
    assert len(uden_dato(plan)) == 4
    assert len(uden_dato(plan, date(2027, 7, 15))) == 2


def test_a_board_that_never_meets_is_asked_for_nothing():
    assert uden_dato(data(orden=Ordensdata(0, 0, 7, 14, Kalendergrundlag("x")))) == []


@pytest.mark.parametrize("antal", range(1, 13))
def test_a_year_is_cut_without_gaps(antal):
    dele = aarets_dele(2026, antal)
    assert (len(dele), dele[0].fra, dele[-1].til) == (antal, date(2026, 1, 1), date(2026, 12, 31))
    assert all((naeste.fra - del_.til).days == 1 for del_, naeste in pairwise(dele))


def test_milestones_keep_their_name_when_their_rows_are_written_anew():
    et = Milepaelsdata("Åbning", date(2026, 11, 1), "i_gang", "hele-planen")
    to = Milepaelsdata("Åbning", date(2026, 12, 1), "naaet", "hele-planen")
    opgivet = Milepaelsdata("Andet", date(2026, 12, 2), "opgivet", "hele-planen")
    fundne = linjer(data(milepaele=(et, to, opgivet)), "milepael")
    assert [(linje.dato, linje.tilstand.value, linje.offentlig) for linje in fundne] == [
        (et.dato, "forfalden", "Milepæl i milepælsplanen"),
        (to.dato, "udfoert", "Milepæl i milepælsplanen"),
    ]
    assert fundne[1].uid == f"{fundne[0].uid}-2"
    assert linjer(data(milepaele=(et,)), "milepael")[0].uid == fundne[0].uid


def test_what_the_program_cannot_see_done_a_person_says():
    melding = Fristdata(5, date(2026, 4, 30), "x", udfoert=date(2026, 5, 3), afledt="regnskab-2025")
    linje = en(data(frister=(melding,)), "regnskab-2025")
    assert (linje.tilstand, linje.udfoert, linje.kan_meldes) == (Kalendertilstand.UDFOERT, date(2026, 5, 3), True)
    forladt = Fristdata(6, date(2024, 4, 30), "Regnskab", udfoert=date(2024, 5, 1), afledt="regnskab-2023")
    assert en(data(frister=(forladt,)), "frist-6").er_udfoert  # the period was changed: it is kept as his own


@pytest.mark.parametrize("fase", ["ide", "praekvalifikation", "ansoegning", "afsluttet"])
def test_a_plan_without_duties_has_only_its_own_dates(fase):
    frist = Fristdata(1, date(2026, 12, 1), "Eget")
    plan = data(fase=fase, frister=(frist,), moeder=(moede(1, date(2026, 12, 2), art="arbejdsgruppe"),))
    assert [linje.uid for linje in linjer(plan)] == ["frist-1", "moede-1", "udloeb"]


def test_a_plan_without_a_period_has_no_dates():
    assert linjer(data(fra=None, til=None)) == []


@pytest.mark.parametrize(
    ("felter", "kvartaler", "regnskaber", "papir", "udloeb"),
    [
        ({"til": None}, ("status-2025K4", "status-2027K4"), ("regnskab-2025", "regnskab-2027"), 2, 0),
        ({"fra": None}, ("status-2026K4", "status-2029K4"), ("regnskab-2026", "regnskab-2029"), 2, 1),
    ],
)
def test_a_half_known_period_has_the_dates_that_can_be_known(felter, kvartaler, regnskaber, papir, udloeb):
    plan = data(**felter, maal=((1, None),))
    statusser = [linje.uid for linje in linjer(plan, "status")]
    assert (statusser[0], statusser[-1]) == kvartaler
    regnskab = [linje.uid for linje in linjer(plan, "oekonomi") if linje.uid.startswith("regnskab")]
    assert (regnskab[0], regnskab[-1]) == regnskaber
    assert (len(linjer(plan, "papir")), len(linjer(plan, "opfoelgning"))) == (papir, 1)
    assert [linje.uid for linje in linjer(plan)].count("udloeb") == udloeb
    assert any(linje.uid.startswith("uden-dato-bestyrelse") for linje in linjer(plan))


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"periode_til": None}, "Planens slutdato mangler. Datoerne er regnet til og med 31. december"),
        ({"periode_fra": None}, "Planens startdato mangler. Datoerne er regnet fra"),
        ({}, ""),
    ],
)
def test_the_calendar_says_that_its_dates_stand_on_a_half_known_period(client, v, felter, besked):
    Helhedsplan.objects.filter(pk=v.plan.pk).update(fase="i_gang", **felter)
    client.force_login(v.brugere["leder"])
    side = client.get(reverse("kalender-liste", args=[v.plan.noegle])).content.decode()
    assert ("regnet" in side) is bool(besked)
    assert besked in side
    assert "Afslut regnskabet" in side
    assert "Skriv planens periode under" not in side


def test_what_is_not_verified_says_so():
    assert {str(m.grundlag).endswith("(ikke verificeret)") for m in maaneder([]).values()} == {True}
    assert not str(en(data(), "udloeb").grundlag).endswith("(ikke verificeret)")


# --- read from the database -------------------------------------------------------------------------------------------


@pytest.fixture
def v(db):
    return verden()


def fuld_plan(**felter):
    plan = f.HelhedsplanFactory(**felter)
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="reguleringskonto_frist_mdr", vaerdi=3, enhed="måneder")
    f.ForretningsordenFactory(plan=plan, indkaldelse_dage=10)
    moede = f.MoedeFactory(plan=plan, dato=date(2026, 12, 10))
    f.MoedepapirFactory(moede=moede, art="dagsorden")
    f.PlanmilepaelFactory(plan=plan, dato=date(2027, 1, 1))
    f.MilepaelFactory(aktivitet__delaftale__plan=plan, dato=date(2027, 2, 1))
    f.KvartalsstatusFactory(plan=plan, kvartal=3)
    maal = f.OverordnetMaalFactory(indsatsomraade__regelsaet=plan.regelsaet)
    plan.indsatsomraader.add(maal.indsatsomraade)
    f.OpfoelgningFactory(plan=plan, maal=maal, dato=date(2026, 5, 1))
    f.HelhedsplanFactory(forgaenger=plan, regelsaet=plan.regelsaet, fase="ansoegning")
    f.FristFactory(plan=plan)
    return plan


def test_all_that_is_there_is_read(db):
    plan = fuld_plan()
    efter = {linje.uid: linje for linje in planens_kalender(plan, I_DAG)}
    [moede] = plan.moeder.all()
    assert efter[f"dagsorden-{moede.pk}"].dato == date(2026, 11, 30)
    assert efter[f"dagsorden-{moede.pk}"].er_udfoert
    assert efter["reguleringskonto-2026"].dato == date(2027, 3, 31)
    assert efter["ansoegning"].er_udfoert
    assert efter["status-2026K3"].sted[0] == "status-vis"
    assert {linje.slags.value for linje in efter.values()} == {
        "status", "moede", "papir", "oekonomi", "opfoelgning", "fornyelse", "milepael", "frist",
    }  # fmt: skip
    assert [linje.dato for linje in efter.values() if linje.slags == "milepael"] == [
        date(2027, 1, 1), date(2027, 2, 1),
    ]  # fmt: skip


def test_a_plans_own_value_is_used_and_named(db):
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="fornyelse_start_mdr", vaerdi=18, enhed="måneder")
    f.PlanparameterFactory(plan=plan, noegle="fornyelse_start_mdr", vaerdi=Decimal(24), regelparameter=None)
    [fundet] = [linje for linje in planens_kalender(plan, I_DAG) if linje.uid == "fornyelse"]
    assert fundet.dato == date(2027, 10, 31)
    assert str(fundet.grundlag) == "Planens egen værdi: 24 måneder, før planen udløber (ikke verificeret)"


@pytest.mark.parametrize("antal", [1, 3])
def test_the_queries_do_not_grow(db, django_assert_num_queries, antal):
    planer = [fuld_plan() for _ in range(antal)]
    with django_assert_num_queries(14):
        assert [plan.noegle for plan in plandata(planer)] == [plan.noegle for plan in planer]


def test_the_months_of_every_rule_set_are_known():
    assert set(maaneder([])) == set(SAEDVANLIGE)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_overdue_comes_first_then_the_next_ninety_days_then_by_year_and_done_last():
    frister = (Fristdata(1, I_DAG, "I dag"), Fristdata(2, date(2026, 1, 1), "Gjort", udfoert=I_DAG))
    fundne = kalenderside(kalender(data(frister=frister), I_DAG), I_DAG)
    assert {linje.tilstand.value for linje in fundne.forfaldne.linjer} == {"forfalden"}
    assert fundne.naeste.linjer[0].titel == "I dag"
    assert [gruppe.titel for gruppe in fundne.lukkede] == ["2027", "2028", "2029", "2030", "Udført"]
    assert {linje.tilstand.value for linje in fundne.lukkede[-1].linjer} == {"udfoert"}


def test_a_person_sets_a_day_says_it_is_done_and_opens_it_again(client, v):
    client.force_login(v.brugere["sekretariat"])
    side, ny = (reverse(navn, args=[v.plan.noegle]) for navn in ("kalender-liste", "frist-opret"))
    Frist.objects.all().delete()
    svar = client.post(ny, {"version": "1", "titel": "Bestil lokale", "dato": "24.12.2026", "note": "Det store."})
    assert (svar.status_code, svar.url) == (302, side)
    frist = Frist.objects.get()
    assert "Bestil lokale" in client.get(side).content.decode()
    for handling, ventet in (("kalender-udfoert", timezone.localdate()), ("kalender-genaabn", None)):
        client.post(reverse(handling, args=[v.plan.noegle]), {"linje": f"frist-{frist.pk}"})
        frist.refresh_from_db()
        assert frist.udfoert == ventet
    log = Haendelse.objects.filter(objekt_type="bestyrelse.frist").order_by("nummer")
    assert list(log.values_list("handling", flat=True)) == ["oprettet", "udført", "genåbnet"]


def test_a_derived_line_is_said_to_be_done_and_opened_again(client, v):
    client.force_login(v.brugere["leder"])
    Frist.objects.all().delete()
    udfoert, genaabn = (reverse(f"kalender-{navn}", args=[v.plan.noegle]) for navn in ("udfoert", "genaabn"))
    for _ in range(2):
        client.post(udfoert, {"linje": "regnskab-2025"})
    frist = Frist.objects.get()
    assert (frist.afledt, frist.dato, frist.udfoert) == ("regnskab-2025", date(2026, 4, 30), timezone.localdate())
    assert client.get(reverse("frist-ret", args=[v.plan.noegle, frist.pk])).status_code == 404
    client.post(genaabn, {"linje": "regnskab-2025"})
    assert Frist.objects.count() == 0


@pytest.mark.parametrize("linje", ["status-2026K1", "findes-ikke", ""])
def test_what_is_done_elsewhere_is_not_said_here(client, v, linje):
    client.force_login(v.brugere["leder"])
    for handling in ("kalender-udfoert", "kalender-genaabn"):
        svar = client.post(reverse(handling, args=[v.plan.noegle]), {"linje": linje}, follow=True)
        [besked] = svar.context["messages"]
        assert besked.level_tag == "error"
    assert not Frist.objects.exclude(afledt="").exists()


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"titel": ""}, "Hvad der skal ske"),
        ({"titel": "Ring 010180-1234"}, "CPR-nummer"),
        ({"dato": "31.02.2026"}, "dato"),
        ({"dato": "24.12.1026"}, "dato"),
        ({"udfoert": "24.12.2099"}, "Dagen er ikke kommet endnu."),
    ],
)
def test_bad_input_is_told_at_its_place_and_kept(client, v, felter, besked):
    client.force_login(v.brugere["leder"])
    Frist.objects.all().delete()
    sendt = {"version": "1", "titel": "Bestil", "dato": "24.12.2026", "note": "Husk kaffe"} | felter
    svar = client.post(reverse("frist-opret", args=[v.plan.noegle]), sendt)
    assert (svar.status_code, besked in svar.content.decode(), "Husk kaffe" in svar.content.decode()) == (
        422, True, True,
    )  # fmt: skip
    assert Frist.objects.count() == 0


def test_the_same_day_twice_is_told(client, v):
    client.force_login(v.brugere["leder"])
    frist = v.plan.frister.first()
    sendt = {"version": "1", "titel": frist.titel, "dato": frist.dato.strftime("%d.%m.%Y")}
    svar = client.post(reverse("frist-opret", args=[v.plan.noegle]), sendt)
    assert (svar.status_code, "Fristen står allerede i kalenderen den dag." in svar.content.decode()) == (422, True)


@pytest.mark.usefixtures("uden_klokke")
@pytest.mark.parametrize("antal", [1, 3])
def test_the_page_asks_a_constant_number_of_times(client, db, django_assert_num_queries, antal):
    v = verden(antal)
    f.MoedeFactory.create_batch(antal, plan=v.plan)
    client.force_login(v.brugere["leder"])
    client.get(reverse("kalender-liste", args=[v.plan.noegle]))
    with django_assert_num_queries(18):
        client.get(reverse("kalender-liste", args=[v.plan.noegle]))


def test_deadlines_go_through_a_plan_file(db):
    v = verden()
    f.FristFactory(plan=v.plan, titel="Udført", dato=date(2026, 5, 1), udfoert=date(2026, 5, 2), note="Gik godt.")
    f.FristFactory(plan=v.plan, titel="Regnskab", dato=date(2026, 4, 30), afledt="regnskab-2025", udfoert=I_DAG)
    tekst = skriv_plan(v.plan)
    assert tekst[tekst.index("frister:") :].startswith(
        "frister:\n"
        "  - dato: 2026-04-30\n    titel: Regnskab\n    udfoert: 2026-11-21\n    afledt: regnskab-2025\n"
        "  - dato: 2026-05-01\n    titel: Udført\n    note: Gik godt.\n    udfoert: 2026-05-02\n"
    )
    foer = list(v.plan.frister.values("dato", "titel", "note", "udfoert", "afledt"))
    resultat = laes_filer([Planfil("p.yaml", tekst.encode())], bruger=PROGRAMMET)
    assert (resultat.fejl, [u.hvad for u in resultat.udfald]) == ([], ["uændret"])
    uden = tekst.replace("    note: Gik godt.\n", "    note: Gik rigtig godt.\n")
    laes_filer([Planfil("p.yaml", uden.encode())], bruger=PROGRAMMET)
    efter = list(v.plan.frister.values("dato", "titel", "note", "udfoert", "afledt"))
    assert efter == [et | {"note": "Gik rigtig godt."} if et["titel"] == "Udført" else et for et in foer]


def test_the_front_page_names_what_is_overdue_once_for_each_plan(v, django_assert_num_queries):
    leder = v.brugere["leder"]
    anden = f.HelhedsplanFactory(navn="En ny plan", periode_fra=timezone.localdate())
    f.MedlemskabFactory(plan=anden, bruger=leder, rolle="sekretariat")
    f.FristFactory(plan=anden, dato=date(2020, 1, 1), titel="Svar revisor")
    with django_assert_num_queries(17):
        fundne = ventende(leder)
    url = reverse("kalender-liste", args=[anden.noegle])
    assert fundne[0] == Ventende("Svar revisor (1. januar 2020)", "En ny plan", None, f"{url}#forfaldne")
    assert [(et.plan, "datoer er overskredet, den ældste " in et.tekst) for et in fundne[1:]] == [(v.plan.navn, True)]
    assert ventende(v.brugere["bestyrelse"]) == []
    f.FristFactory(plan=anden, dato=date(2020, 1, 2))
    meld_udfoert(bruger=leder, plan=anden, uid=f"frist-{anden.frister.first().pk}")
    assert [et.tekst for et in ventende(leder) if et.plan == "En ny plan"] == [
        "Send regnskabet til revisor (2. januar 2020)"
    ]


def test_a_line_said_twice_to_be_done_is_a_fault_of_the_file(db):
    plan = f.HelhedsplanFactory()
    f.FristFactory(plan=plan, titel="Regnskab", dato=date(2026, 4, 30), afledt="regnskab-2025", udfoert=I_DAG)
    tekst = skriv_plan(plan)
    igen = tekst[tekst.index("  - dato:") :].replace("titel: Regnskab", "titel: Regnskabet igen").removesuffix("...\n")
    resultat = laes_filer(
        [Planfil("p.yaml", (tekst.removesuffix("...\n") + igen + "...\n").encode())], bruger=PROGRAMMET
    )
    [fejl] = resultat.fejl
    assert fejl.besked.startswith("Linjen i kalenderen er allerede meldt udført.")
    assert plan.frister.count() == 1


def test_deadlines_that_change_places_in_a_plan_file_are_saved(db):
    plan = f.HelhedsplanFactory()
    f.FristFactory(plan=plan, titel="A", dato=date(2026, 4, 1), afledt="regnskab-2025")
    f.FristFactory(plan=plan, titel="B", dato=date(2026, 4, 2), afledt="regnskab-2026")
    tekst = skriv_plan(plan)
    bytte = (
        tekst.replace("regnskab-2025", "x").replace("regnskab-2026", "regnskab-2025").replace("x\n", "regnskab-2026\n")
    )
    assert laes_filer([Planfil("p.yaml", bytte.encode())], bruger=PROGRAMMET).fejl == []
    assert dict(plan.frister.values_list("titel", "afledt")) == {"A": "regnskab-2026", "B": "regnskab-2025"}
