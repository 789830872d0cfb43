"""Amounts, shares and payers that are told in part: what the rules answer, and that page, paper and plan file say it as
it was said. And what is not told of a plan at all: no rule asks for it again."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from aftaler.choices import Oplysning, Organisationsart
from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer, plan_som_data, skriv_plan
from aftaler.queries import huller
from aftaler.queries.kontrol import aftalefund
from aftaler.queries.overblik import venter_paa_dig
from budget import xlsx
from budget.choices import Bidragsart, Kildeart
from budget.imports import laes
from budget.queries.kontrol import forbehold, fund_for, medfinansiering_for
from budget.queries.papir import papirindhold
from dokumenter import oejebliksbillede
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.integration.test_budgetversioner import tegnene
from tests.integration.test_maal_paa_alle_veje import ord_paa, pdf_ord

pytestmark = pytest.mark.django_db


def budget(*bidrag, gulv="25", **felter):
    """A budget of (kind of financier, local, kind of contribution, kroner)."""
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(
        regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=Decimal(gulv), verificeret="kilde", kilde="Notat"
    )
    ny = f.BudgetFactory(plan=plan, art="ansoegt", **felter)
    for art, lokal, slags, kr in bidrag:
        kilde = f.FinansieringskildeFactory(plan=plan, art=art, lokal=lokal)
        f.BidragFactory(budget=ny, kilde=kilde, art=slags, planaar=1, beloeb=Decimal(kr))
    return ny


def svar(b, kode):
    fundet = [en for en in fund_for(b) if en.kode == kode]
    return [(en.alvor.value, en.kan_ikke_ses) for en in fundet]


def besked(b, kode):
    return " ".join(en.besked.replace("\u00a0", " ") for en in fund_for(b) if en.kode == kode)


LBF = (Kildeart.LBF, False, Bidragsart.KONTANT, 7_500_000)
KAN_IKKE_SES, FEJL = [("note", True)], [("fejl", False)]


def test_lokalt_men_betaleren_er_ikke_oplyst():
    """25 % local, payer unknown: the floor holds, and whether the kommune takes part cannot be seen."""
    b = budget(LBF, (Kildeart.UKENDT, True, Bidragsart.KONTANT, 2_500_000))
    assert svar(b, "lokal-andel") == [("note", False)]
    assert svar(b, "kommune-deltager-ikke") == KAN_IKKE_SES
    assert svar(b, "lokal-kontant") == []
    assert besked(b, "kommune-deltager-ikke").startswith("Hvem der betaler 2.500.000 kr., er ikke oplyst")


@pytest.mark.parametrize(
    ("ukendt", "ventet"),
    [(2_500_000, KAN_IKKE_SES), (2_499_999, KAN_IKKE_SES), (1_000_000, FEJL)],
)
def test_betaleren_kan_vaere_lokal(client, ukendt, ventet):
    lokalt = (Kildeart.KOMMUNE, True, Bidragsart.KONTANT, 1)
    b = budget(LBF, lokalt, (Kildeart.UKENDT, False, Bidragsart.UKENDT, ukendt))
    assert svar(b, "lokal-andel") == ventet
    linje = medfinansiering_for(b).i_en_linje.replace("\u00a0", " ")
    assert ("er ikke oplyst" in linje) is (ventet == KAN_IKKE_SES)
    side = reverse("budget-vis", args=[b.plan.noegle, b.noegle])
    client.force_login(f.MedlemskabFactory(plan=b.plan, rolle="leder").bruger)
    paa_siden = ord_paa(client.get(side).content.decode())
    assert ("Der mangler" in paa_siden) is (ventet == FEJL)
    assert "kr. er det ikke oplyst" in paa_siden
    if ukendt == 2_500_000:
        assert "andelen er mellem 0,00 % og 25,00 %, og det kan ikke ses, om gulvet på 25 % holder" in linje


def test_arten_er_ikke_oplyst():
    b = budget(LBF, (Kildeart.KOMMUNE, True, Bidragsart.UKENDT, 2_500_000))
    assert svar(b, "lokal-kontant") == KAN_IKKE_SES
    assert svar(b, "lokal-andel") == [("note", False)]
    timer = budget(LBF, (Kildeart.KOMMUNE, True, Bidragsart.TIMER, 2_500_000))
    assert svar(timer, "lokal-kontant") == FEJL


def test_a_budget_that_cannot_be_seen_is_approved_with_a_reason_only(client):
    b = budget(LBF, (Kildeart.UKENDT, True, Bidragsart.KONTANT, 2_500_000))
    client.force_login(f.MedlemskabFactory(plan=b.plan, rolle="leder").bruger)
    adresse = reverse("budget-godkend", args=[b.plan.noegle, b.noegle])
    siden = client.get(adresse).content.decode()
    assert "Det kan ikke ses, om budgettet holder:" in siden
    assert "Budgettet har fejl" not in siden
    felter = {"dato": timezone.localdate().strftime("%d.%m.%Y"), "version": str(b.version)}
    svaret = client.post(adresse, felter)
    assert svaret.status_code == 422
    assert forbehold(b).i_ord == "Budgettet kan ikke efterses på alle punkter"
    b.refresh_from_db()
    assert not b.er_laast
    grund = "Kilden er en gammel aftale, som ikke siger, hvem der betalte."
    assert client.post(adresse, felter | {"grund": grund}).status_code == 302
    b.refresh_from_db()
    assert b.er_laast
    assert b.begrundelse == f"Godkendt, selv om kontrollen ikke kan se alt: {grund}"


def test_kommunens_loft_med_en_betaler_der_kan_vaere_kommunen():
    lokalt = ((art, True, Bidragsart.KONTANT, 1_250_000) for art in (Kildeart.KOMMUNE, Kildeart.UKENDT))
    b = budget(LBF, *lokalt)
    f.RegelparameterFactory(regelsaet=b.plan.regelsaet, noegle="kommune_max_pct", vaerdi=Decimal("12.5"))
    assert svar(b, "kommune-loft") == KAN_IKKE_SES
    b.bidrag.filter(kilde__art=Kildeart.UKENDT).delete()
    assert [alvor for alvor, _ in svar(b, "kommune-loft")] == ["advarsel"]


@pytest.mark.parametrize(
    ("andel", "ventet"),
    [
        ("25 %", [("note", False)]),
        ("mindst 25", [("note", False)]),
        ("20-30 %", KAN_IKKE_SES),
        ("højst 75 %", KAN_IKKE_SES),
        ("ca. 25 %", KAN_IKKE_SES),
        ("under 20 %", FEJL),
        ("ikke oplyst", []),
        ("", []),
    ],
)
def test_en_aftalt_andel_uden_beloeb(andel, ventet):
    b = budget(oplyst_andel_sagt=andel)
    b.full_clean()
    assert svar(b, "lokal-andel") == ventet


@pytest.mark.parametrize(
    ("sagt", "ventet"),
    [
        ("over 32 mio. kr.", FEJL),
        ("under 9 mio. kr.", FEJL),
        ("over 9 mio.", []),
        ("10 mio. kr. (afrundet)", []),
        ("ca. 11 mio.", KAN_IKKE_SES),
        ("ikke oplyst", []),
    ],
)
def test_et_oplyst_beloeb_holdes_op_mod_delene(sagt, ventet):
    b = budget(LBF, (Kildeart.KOMMUNE, True, Bidragsart.KONTANT, 2_500_000), oplyst_i_alt_sagt=sagt)
    b.full_clean()
    assert svar(b, "oplyst-sum") == ventet


@pytest.mark.parametrize(
    ("felter", "felt", "ventet"),
    [
        ({"oplyst_i_alt_sagt": "en del"}, "oplyst_i_alt_sagt", "kan ikke læses som et beløb"),
        ({"oplyst_i_alt_sagt": "9-8 mio."}, "oplyst_i_alt_sagt", "er bagvendt"),
        ({"oplyst_andel_sagt": "mindst 25 mio."}, "oplyst_andel_sagt", "kan ikke læses som en procent"),
        ({"oplyst_andel_sagt": "110 %"}, "oplyst_andel_sagt", "En andel er mellem 0 og 100 %."),
        ({"oplyst_i_alt_sagt": "over 3 mio.", "oplyst_i_alt": 3}, "oplyst_i_alt_sagt", "ikke begge dele"),
    ],
)
def test_daarligt_input_siges_ved_feltet(felter, felt, ventet):
    with pytest.raises(ValidationError) as fejl:
        f.BudgetFactory.build(plan=f.HelhedsplanFactory(), **felter).full_clean()
    assert ventet in " ".join(fejl.value.message_dict[felt])


def test_det_oplyste_staar_paa_siden_papiret_og_i_planfilen(client):
    b = budget(LBF, oplyst_i_alt_sagt="over 32 mio. kr.", oplyst_andel_sagt="mindst 25 %")
    client.force_login(f.MedlemskabFactory(plan=b.plan, rolle="leder").bruger)
    ventet = (
        "I alt er oplyst som over 32 mio. kr.; delene giver 7.500.000 kr. Den lokale andel er oplyst som mindst 25 %."
    )
    side = ord_paa(client.get(reverse("budget-vis", args=[b.plan.noegle, b.noegle])).content.decode())
    assert ventet in side
    papir = client.get(reverse("budget-pdf", args=[b.plan.noegle, b.noegle])).content
    assert tegnene(ventet) in pdf_ord(papir)
    (skrevet,) = plan_som_data(b.plan)["budget"]["budgetter"]
    assert (skrevet["oplyst_i_alt_sagt"], skrevet["oplyst_andel_sagt"]) == ("over 32 mio. kr.", "mindst 25 %")


def test_oejebliksbilledet_af_et_eksakt_budget_er_som_foer():
    eksakt = budget(LBF, (Kildeart.KOMMUNE, True, Bidragsart.KONTANT, 2_500_000))
    ukendt = budget(LBF, (Kildeart.UKENDT, False, Bidragsart.UKENDT, 2_500_000))
    for b in (eksakt, ukendt):
        papir = papirindhold(b)
        data = oejebliksbillede.papir_som_json(papir)
        assert oejebliksbillede.papir_fra_json(data).medfinansiering == papir.medfinansiering
        assert ("maaske_lokal" in str(data)) is (b is ukendt)


# --- what is not told of a plan ---------------------------------------------------------------------------------------


def test_hvad_der_ikke_er_oplyst_bliver_en_note_og_ingen_fejl():
    plan = f.HelhedsplanFactory()
    f.DelaftaleFactory(plan=plan)
    foer = {en.kode for en in aftalefund(plan) if en.alvor == "fejl"}
    assert foer == {"part-mangler", "delaftale-uden-delmaal", "delaftale-uden-aktiviteter"}
    plan.ikke_oplyst = [Oplysning.PARTER.value, Oplysning.DELMAAL.value, Oplysning.AKTIVITETER.value]
    plan.save()
    fundet = aftalefund(plan)
    assert [en for en in fundet if en.alvor == "fejl"] == []
    (note,) = (en for en in fundet if en.kode == "ikke-oplyst")
    assert note.kan_ikke_ses
    assert note.besked == (
        "Det er ikke oplyst: hvem der er parter, delmålene og aktiviteterne. Om det er, som det skal være, "
        "kan ikke ses."
    )
    assert note.henvisning.endswith("#id_ikke_oplyst_0")


def test_det_der_er_oplyst_efterses_stadig():
    """That the delmål are not told hides no fault in the parties."""
    plan = f.HelhedsplanFactory(ikke_oplyst=["delmaal"])
    assert "part-mangler" in {en.kode for en in aftalefund(plan) if en.alvor == "fejl"}
    f.PartFactory(plan=plan, organisation__art=Organisationsart.KOMMUNE)
    f.PartFactory(plan=plan, administrerer=True)
    plan.ikke_oplyst = ["parter"]
    assert "ikke-oplyst" not in {en.kode for en in aftalefund(plan)}


def test_fluebenene_gemmes_og_staar_paa_siderne_og_papiret(client):
    plan = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    url = reverse("plan-ret", args=[plan.noegle])
    form = client.get(url).context["form"]
    data = {felt.html_name: v for felt in form if (v := felt.value()) is not None}
    data |= {"sagsnumre-TOTAL_FORMS": 0, "sagsnumre-INITIAL_FORMS": 0}
    assert client.post(url, data | {"ikke_oplyst": ["parter", "tekster"]}).status_code == 302
    plan.refresh_from_db()
    assert plan.ikke_oplyst == ["parter", "tekster"]
    for navn in ("plan-overblik", "indstillinger"):
        side = ord_paa(client.get(reverse(navn, args=[plan.noegle])).content.decode())
        assert "Ikke oplyst Hvem der er parter · Aftalernes tekst" in side
    assert "Parter Ikke oplyst" in ord_paa(client.get(reverse("plan-overblik", args=[plan.noegle])).content.decode())
    assert tegnene("Ikke oplyst") in pdf_ord(client.get(reverse("samarbejdsaftale-pdf", args=[plan.noegle])).content)
    assert client.post(url, data | {"ikke_oplyst": ["mad"], "version": plan.version}).status_code == 422


def test_papiret_mangler_ikke_parter_der_ikke_er_oplyst():
    plan = f.HelhedsplanFactory()
    assert "Ingen parter" in huller.huller(plan)["samarbejdsaftale", ""]
    plan.ikke_oplyst = ["parter"]
    assert "Ingen parter" not in huller.huller(plan).get(("samarbejdsaftale", ""), [])


def test_planfilen_baerer_hvad_der_ikke_er_oplyst():
    plan = f.HelhedsplanFactory(ikke_oplyst=["delmaal", "parter"])
    assert plan_som_data(plan)["ikke_oplyst"] == ["delmaal", "parter"]
    skrevet = skriv_plan(plan)
    ny = skrevet.replace(f"noegle: {plan.noegle}", "noegle: en-anden", 1)
    assert laes_filer([Planfil("a.yaml", ny.encode())], bruger=PROGRAMMET).fejl == []
    assert Helhedsplan.objects.get(noegle="en-anden").ikke_oplyst == ["delmaal", "parter"]
    galt = ny.replace("[delmaal, parter]", "[mad]").replace("en-anden", "en-tredje")
    (fejl,) = laes_filer([Planfil("b.yaml", galt.encode())], bruger=PROGRAMMET).fejl
    assert "»mad« kan ikke vælges her" in str(fejl)


# --- quiet on what is over --------------------------------------------------------------------------------------------


SAGT_FORBI = {"periode_fra": None, "periode_til": None, "periode_fra_sagt": "2011", "periode_til_sagt": "2014"}
FORBI = {"periode_fra": date(2011, 1, 1), "periode_til": date(2014, 12, 31)}


@pytest.mark.parametrize(
    ("felter", "overskrift"),
    [
        ({"fase": "afsluttet"}, "Planen er afsluttet"),
        ({"fase": "i_gang", **FORBI}, "Planens periode er forbi"),
        ({"fase": "ide", **SAGT_FORBI}, "Planens periode er forbi"),
    ],
)  # fmt: skip
def test_det_der_er_forbi_bliver_ikke_rykket_for(client, felter, overskrift):
    plan = f.HelhedsplanFactory(**felter)
    f.DelaftaleFactory(plan=plan)
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    side = ord_paa(client.get(reverse("plan-overblik", args=[plan.noegle])).content.decode())
    assert overskrift in side
    assert "Den læses, som den blev." in side
    assert "Det skal du se på" not in side
    assert "Mangler" not in side
    assert "pakken til Landsbyggefonden" not in side


def test_papirerne_i_det_der_er_forbi_mangler_ikke_noget(client):
    plan = f.HelhedsplanFactory(fase="i_gang", **FORBI)
    f.DokumentkravFactory(regelsaet=plan.regelsaet, art="budget", navn="Budget", pr_indsatsomraade=False)
    f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, dokument="delaftale", art="prosa", titel="Problemkompleks")
    delaftale = f.DelaftaleFactory(plan=plan)
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    for sti, argumenter in (("dokument-liste", []), ("pakke-vis", []), ("delaftale-vis", [delaftale.noegle])):
        side = ord_paa(client.get(reverse(sti, args=[plan.noegle, *argumenter])).content.decode())
        assert "Er ikke lagt ind" in side
        assert "Mangler" not in side
        assert "Det mangler" not in side
        assert "Sekretariatet" not in side
        assert "Tom" not in side.split()


@pytest.mark.parametrize("felter", [{"fase": "afsluttet"}, {"fase": "i_gang"}])
def test_statusser_i_det_der_er_forbi_er_ikke_forsinkede(client, felter):
    plan = f.HelhedsplanFactory(**FORBI | felter)
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    for sti in ("status-liste", "bestyrelse"):
        side = ord_paa(client.get(reverse(sti, args=[plan.noegle])).content.decode())
        assert "4. kvartal 2014" in side or sti == "bestyrelse"
        assert "orsinket" not in side


@pytest.mark.parametrize("til", ["formentlig 2014", "efter 2014", "ikke oplyst"])
def test_det_der_maaske_er_forbi_er_ikke_forbi(til):
    plan = f.HelhedsplanFactory(periode_fra=None, periode_til=None, periode_til_sagt=til, fase="i_gang")
    assert not plan.er_forbi(date(2030, 1, 1))


def test_forsiden_beder_ikke_om_delmaal_i_en_plan_der_er_forbi():
    plan = f.HelhedsplanFactory(fase="i_gang", **FORBI)
    f.DelaftaleFactory(plan=plan)
    bruger = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    assert venter_paa_dig(bruger) == []
    plan.periode_til = date(2198, 1, 1)
    plan.save()
    assert [v.tekst for v in venter_paa_dig(bruger)] != []


# --- what a stranger met ----------------------------------------------------------------------------------------------


def test_en_sum_uden_dele_er_ikke_en_fejl():
    """Parts that nobody has told are not nothing."""
    b = budget(oplyst_i_alt=Decimal(12_500_000))
    assert svar(b, "oplyst-sum") == []
    assert "0 kr." not in papirindhold(b).fakta[2][1][0]


@pytest.mark.parametrize(
    ("andel", "ventet"),
    [
        ("mindst 30 %", "oplyst som mindst 30 %, men beløbene giver 25,00 %."),
        ("højst 20 %", "oplyst som højst 20 %, men beløbene giver 25,00 %."),
        ("24 %", "oplyst som 24 %, men beløbene giver 25,00 %."),
        ("25 %", ""),
        ("ca. 30 %", ""),
        ("mindst 25 %", ""),
        ("en fjerdedel", ""),
        ("halvdelen", "oplyst som halvdelen, men beløbene giver 25,00 %."),
    ],
)
def test_den_oplyste_andel_holdes_op_mod_beloebene(andel, ventet):
    b = budget(LBF, (Kildeart.KOMMUNE, True, Bidragsart.KONTANT, 2_500_000), oplyst_andel_sagt=andel)
    assert besked(b, "oplyst-andel").endswith(ventet)
    assert bool(besked(b, "oplyst-andel")) == bool(ventet)


def test_den_oplyste_andel_naas_maaske_af_en_ukendt_betaler():
    ukendt = (Kildeart.UKENDT, False, Bidragsart.KONTANT, 2_500_000)
    assert svar(budget(LBF, ukendt, oplyst_andel_sagt="25 %"), "oplyst-andel") == []
    over = budget(LBF, ukendt, oplyst_andel_sagt="mindst 30 %")
    assert "men beløbene giver højst 25,00 %" in besked(over, "oplyst-andel")


def test_gulvet_der_afgoeres_af_afrunding_staar_hvor_budgettet_godkendes():
    b = budget(LBF, (Kildeart.KOMMUNE, True, Bidragsart.KONTANT, 2_480_000))
    b.bidrag.filter(kilde__art=Kildeart.KOMMUNE).update(afrundet_til=Decimal(100_000))
    assert any("om gulvet på 25 % holder" in grund.replace("\u00a0", " ") for grund in forbehold(b).uset)


@pytest.mark.parametrize(
    ("felt", "skrevet", "ventet"),
    [
        ("oplyst_i_alt", "ca. 12,5 mio.", "Skriv det under »Oplyst i alt, med ord«."),
        ("oplyst_i_alt", "10-12 mio.", "Skriv det under »Oplyst i alt, med ord«."),
        ("oplyst_i_alt", "0", "større end 0"),
        ("oplyst_i_alt_sagt", "12,5 mio.", "Skriv det under »Oplyst i alt«"),
        ("oplyst_i_alt_sagt", "ca. -5 mio.", "større end 0"),
        ("oplyst_afrundet_til", "300", "ikke afrundet til så meget"),
    ],
)
def test_ingen_bliver_bedt_om_at_goere_det_mere_noejagtigt_end_det_er(client, felt, skrevet, ventet):
    """Words go to the field that keeps them, and a number to the one that is reckoned with; neither is lost."""
    b = budget(LBF)
    leder = f.MedlemskabFactory(plan=b.plan, rolle="leder").bruger
    client.force_login(leder)
    data = {"navn": b.navn, "begrundelse": "", "version": b.version, felt: skrevet}
    if felt == "oplyst_afrundet_til":
        data["oplyst_i_alt"] = "13.300.000,50"
    svaret = client.post(reverse("budget-ret", args=[b.plan.noegle, b.noegle]), data)
    assert svaret.status_code == 422
    [fejl] = svaret.context["form"].errors[felt]
    assert ventet in fejl


def test_lokale_penge_af_en_ukendt_betaler_staar_ikke_som_nul(client):
    b = budget(LBF, (Kildeart.UKENDT, False, Bidragsart.KONTANT, 2_500_000))
    client.force_login(f.MedlemskabFactory(plan=b.plan, rolle="leder").bruger)
    side = ord_paa(client.get(b.get_absolute_url()).content.decode())
    assert "Lokal: ikke oplyst" in side
    assert "for 2.500.000 kr. er det ikke oplyst, hvem der betaler" in side
    ukendt = b.plan.finansieringskilder.get(art=Kildeart.UKENDT)
    assert ukendt.lokal_i_ord == "ikke oplyst"


def test_et_tomt_budget_har_ingen_beloeb_og_ikke_nul(client):
    b = budget(oplyst_i_alt_sagt="over 32 mio. kr.")
    client.force_login(f.MedlemskabFactory(plan=b.plan, rolle="leder").bruger)
    assert "I alt ingen beløb endnu" in ord_paa(
        client.get(reverse("budget-godkend", args=[b.plan.noegle, b.noegle])).content.decode()
    )


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({}, ""),
        ({"gaelder_fra_sagt": "efteråret 2025"}, "fra efteråret 2025"),
        ({"gaelder_til_sagt": "fire år"}, "i fire år"),
        ({"gaelder_fra": date(2025, 11, 1), "gaelder_til": date(2026, 1, 31)}, "01.11.2025 til 31.01.2026"),
    ],
)
def test_hvornaar_en_kilde_bidrager(felter, ventet):
    assert f.FinansieringskildeFactory.build(plan=f.HelhedsplanFactory(), **felter).bidrager == ventet


def test_en_kilde_uden_beloeb_staar_ikke_med_nuller_i_papiret():
    b = budget(LBF)
    f.FinansieringskildeFactory(plan=b.plan, navn="Kommunen", art=Kildeart.KOMMUNE, lokal=True)
    assert [r.navn for r in papirindhold(b).pr_kilde.raekker] == [b.bidrag.get().kilde.navn]


def test_regnearket_siger_ogsaa_at_andelen_ikke_kan_ses():
    """The stored value and the formula: neither nought nor a share where nobody knows who pays."""
    b = budget(LBF, (Kildeart.UKENDT, False, Bidragsart.KONTANT, 3_300_000))
    data = xlsx.arbejdsbog(b)
    vaerdi, formel = (
        {r[0].value: r[1].value for r in load_workbook(io.BytesIO(data), data_only=kun)["Oversigt"] if r[0].value}
        for kun in (True, False)
    )
    assert vaerdi["Lokal andel"] == xlsx.KAN_IKKE_SES
    assert xlsx.KAN_IKKE_SES in formel["Lokal andel"]
    assert "er ikke oplyst, så andelen er mellem 0,00 %" in ord_paa(vaerdi["Kroner over gulvet"])
    assert laes(b, data).summer == []


def test_et_regneark_uden_beloeb_har_ingen_andel():
    ark = load_workbook(io.BytesIO(xlsx.arbejdsbog(budget(oplyst_i_alt_sagt="over 32 mio. kr."))), data_only=True)
    assert {r[0].value: r[1].value for r in ark["Oversigt"]}["Lokal andel"] == xlsx.INGEN_BELOEB
