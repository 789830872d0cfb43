"""A date that is not told as a day: typed once, kept as it was said, and the same on every way out; never a day that
somebody has made up. What is told as a day is as it always was."""

import io
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from icalendar import Calendar

from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.actions.raekker import som_dict
from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.models import Helhedsplan, Lag, Milepael, Navn, Omraade, Organisation, Part, Planmilepael
from aftaler.planfil import Planfil, laes_filer, plan_som_data, skriv_plan
from aftaler.queries import papirer
from aftaler.queries.dokument import samarbejdsaftale
from aftaler.queries.kontrol import aftalefund
from aftaler.queries.kopi import flyttede_ord
from aftaler.queries.overblik import kommende_datoer, venter_paa_dig
from budget.rules.perioder import planaar, planmaaneder
from dokumenter import oejebliksbillede
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from kalender import ical
from kalender.queries.kalender import Feedplan, kalenderside, planens_kalender
from status.rules import oplyst_periode
from tests import factories as f
from tests.integration.test_budgetversioner import som_side, tegnene
from tests.integration.test_maal_paa_alle_veje import ord_paa, pdf_ord

pytestmark = pytest.mark.django_db
NOVEMBER = {"periode_fra": date(2019, 11, 1), "periode_til": date(2023, 10, 31)}


def oplyst(fra="sommeren 2020", til="fire år", **felter):
    felter = {"periode_fra": None, "periode_fra_sagt": fra, "periode_til": None, "periode_til_sagt": til} | felter
    return f.HelhedsplanFactory(**felter)


UDEN_SAGSNUMRE = {"sagsnumre-TOTAL_FORMS": 0, "sagsnumre-INITIAL_FORMS": 0}


def leder(plan):
    return f.MedlemskabFactory(plan=plan, rolle="leder").bruger


def ret(client, plan, **felter):
    """Save the page of the plan's facts with these typed into it."""
    url = reverse("plan-ret", args=[plan.noegle])
    form = client.get(url).context["form"]
    data = UDEN_SAGSNUMRE | {felt.html_name: "" if (v := felt.value()) is None else v for felt in form}
    return client.post(url, data | felter)


def fejl_ved(svar, felt: str) -> str:
    return " ".join(svar.context["form"].errors.get(felt, []))


# --- typed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fra", "til", "periode"),
    [
        ("1.11.2019", "31/10 2023", "1. november 2019 – 31. oktober 2023"),
        ("sommeren 2020", "fire år", "sommeren 2020, fire år"),
        ("formentlig 1. november 2019", "fire år", "formentlig 1. november 2019, fire år"),
        ("Februar 2021", "2024", "Februar 2021 – 2024"),
        ("2017", "ikke oplyst", "2017 – slutdato ikke oplyst"),
        ("ukendt", "", "startdato ikke oplyst"),
    ],
)
def test_det_der_skrives_staar_som_det_er_sagt(client, fra, til, periode):
    plan = f.HelhedsplanFactory(periode_fra=None, periode_til=None)
    client.force_login(leder(plan))

    assert ret(client, plan, periode_fra=fra, periode_til=til).status_code == 302

    plan.refresh_from_db()
    assert plan.periode == periode
    for side in ("plan-overblik", "indstillinger", "samarbejdsaftale-vis"):
        assert periode in ord_paa(client.get(reverse(side, args=[plan.noegle])).content.decode())
    version = plan.version
    assert ret(client, plan).status_code == 302  # opened and saved unchanged
    plan.refresh_from_db()
    assert (plan.periode, plan.version) == (periode, version)


def test_en_dag_gemmes_som_dag_og_ord_som_ord(client):
    plan = oplyst()
    client.force_login(leder(plan))

    ret(client, plan, periode_fra="1.11.2019")

    plan.refresh_from_db()
    assert (plan.periode_fra, plan.periode_fra_sagt) == (date(2019, 11, 1), "")
    assert (plan.periode_til, plan.periode_til_sagt) == (None, "fire år")
    assert plan.slutter.dag == date(2023, 10, 31)
    (aendret,) = Haendelse.objects.filter(kaede=plan.noegle, handling="rettet")
    assert {a["felt"]: (a["foer"], a["efter"]) for a in aendret.aendringer} == {
        "periode_fra": (None, "2019-11-01"),
        "periode_fra_sagt": ("sommeren 2020", ""),
    }


@pytest.mark.parametrize(
    ("fra", "til", "felt", "besked"),
    [
        ("sommeren", "", "periode_fra", "mangler et årstal"),
        ("32. sommer 2020", "", "periode_fra", "er ikke en dato, der findes"),
        ("fire år", "", "periode_fra", "er en varighed"),
        ("1.11.2019, fire år", "", "periode_fra", "både en dato og en varighed"),
        ("mellem 2021 og 2019", "", "periode_fra", "er bagvendt"),
        ("2021", "sommeren 2020", "periode_til", "Det begynder 2021 og slutter sommeren 2020."),
        ("1.11.2021", "2019", "periode_til", "Det begynder 1. november 2021 og slutter 2019."),
        ("1.11.2021", "1.11.2021", "periode_til", "Perioden begynder og slutter den samme dag."),
        ("1.11.2021", "31.10.2021", "periode_til", "Perioden slutter, før den begynder."),
        ("010203-1234", "", "periode_fra", "CPR"),
        ("2017" + " " * 3 + "x" * 90, "", "periode_fra", "kan ikke læses"),
    ],
)
def test_daarligt_input_siges_ved_feltet_og_alt_beholdes(client, fra, til, felt, besked):
    plan = f.HelhedsplanFactory(periode_fra=None, periode_til=None)
    client.force_login(leder(plan))

    svar = ret(client, plan, periode_fra=fra, periode_til=til, note="Min note")

    assert svar.status_code == 422
    assert besked in fejl_ved(svar, felt)
    assert [svar.context["form"][navn].value() for navn in ("periode_fra", "periode_til", "note")] == [
        fra, til, "Min note",
    ]  # fmt: skip
    plan.refresh_from_db()
    assert plan.periode == "periode ikke fastlagt"


def test_hvad_der_maaske_er_i_orden_afvises_ikke():
    """2020 may begin before the summer ends."""
    plan = oplyst("2020", "sommeren 2020")
    plan.full_clean()
    with pytest.raises(ValidationError, match="slutter"):
        oplyst("2021", "2020").full_clean()


def test_omraader_parter_og_milepaele_tager_ord(client):
    plan = f.HelhedsplanFactory(**NOVEMBER)
    client.force_login(leder(plan))
    omraade, part = f.OmraadeFactory(plan=plan), f.PartFactory(plan=plan)
    for navn, objekt, felter, ventet in (
        ("omraade-ret", omraade, {"starter": "sommeren 2020", "slutter": "2022"}, ("sommeren 2020", "2022")),
        (
            "part-ret",
            part,
            {"gaelder_fra": "marts 2021", "gaelder_til": "ikke oplyst"},
            ("marts 2021", "ikke oplyst"),
        ),
    ):
        url = reverse(navn, args=[plan.noegle, objekt.pk])
        form = client.get(url).context["form"]
        data = UDEN_SAGSNUMRE | {felt.html_name: "" if (v := felt.value()) is None else v for felt in form}
        for relation, saet in form.raekkesaet.items():
            data |= {
                f"{relation}-TOTAL_FORMS": 0,
                f"{relation}-INITIAL_FORMS": 0,
                f"{relation}-grundlag": saet.grundlag,
            }
        assert client.post(url, data | felter).status_code == 302
        objekt.refresh_from_db()
        assert tuple(getattr(objekt, f"{felt}_sagt") for felt in felter) == ventet
    side = ord_paa(client.get(reverse("indstillinger", args=[plan.noegle])).content.decode())
    assert "sommeren 2020 – 2022" in side
    assert "marts 2021 – ikke oplyst" in side


def test_to_der_retter_samtidig_faar_det_sagte_flettet(client):
    """The other has changed the words; what I typed in another field comes together with them."""
    plan = oplyst()
    client.force_login(leder(plan))
    url = reverse("plan-ret", args=[plan.noegle])
    form = client.get(url).context["form"]
    data = UDEN_SAGSNUMRE | {felt.html_name: "" if (v := felt.value()) is None else v for felt in form}
    assert ret(client, plan, periode_fra="efteråret 2020").status_code == 302

    svar = client.post(url, data | {"note": "Min note"})

    assert svar.status_code == 409
    assert "periode fra" in ord_paa(svar.content.decode()).lower()
    assert 'value="efteråret 2020"' in svar.content.decode()


# --- out ------------------------------------------------------------------------------------------------------------


def test_papirerne_siger_det_som_sagt(client):
    plan = oplyst("formentlig 1. november 2019", "fire år")
    client.force_login(leder(plan))
    f.PartFactory(plan=plan, gaelder_fra_sagt="sommeren 2020", organisation__navn="Boligforeningen")
    f.SkabelonafsnitFactory(
        regelsaet=plan.regelsaet, dokument=Dokumenttype.DELAFTALE, art=Afsnitsart.AKTIVITETER, titel="Aktiviteter"
    )
    aftale = f.DelaftaleFactory(plan=plan)
    aktivitet = f.AktivitetFactory(delaftale=aftale)
    f.MilepaelFactory(aktivitet=aktivitet, navn="Første hold", dato=None, dato_sagt="foråret 2021")
    f.PlanmilepaelFactory(plan=plan, navn="Evaluering", dato=None, dato_sagt="ultimo 2022")

    hent = lambda navn, *args: client.get(reverse(navn, args=[plan.noegle, *args])).content  # noqa: E731
    aftalens, delaftalens = pdf_ord(hent("samarbejdsaftale-pdf")), pdf_ord(hent("delaftale-pdf", aftale.noegle))
    assert tegnene("formentlig 1. november 2019, fire år") in aftalens
    assert tegnene("Boligforeningen (fra sommeren 2020)") in aftalens
    assert tegnene("foråret 2021") in delaftalens or tegnene("foråret 2021") in pdf_ord(
        hent("papir-pdf", "milepaelsplan")
    )
    assert tegnene("ultimo 2022") in pdf_ord(hent("papir-pdf", "milepaelsplan"))
    word = ord_paa(som_side(hent("dokument-word", "samarbejdsaftale")))
    assert "formentlig 1. november 2019, fire år" in word
    assert "foråret 2021" in ord_paa(hent("delaftale-vis", aftale.noegle).decode())
    assert "ultimo 2022" in ord_paa(hent("milepaelsplan-vis").decode())


def test_oejebliksbilledet_husker_ordene_og_det_eksakte_er_uaendret():
    eksakt, sagt = f.HelhedsplanFactory(**NOVEMBER), oplyst()
    f.PlanmilepaelFactory(plan=sagt, navn="Evaluering", dato=None, dato_sagt="ultimo 2022")
    for plan in (eksakt, sagt):
        for papir in (samarbejdsaftale(plan), papirer.milepaelsplan(plan)):
            rent = oejebliksbillede.kun_det_trykte(papir)
            data = oejebliksbillede.papir_som_json(rent)
            assert oejebliksbillede.papir_fra_json(data) == rent
            assert ("_sagt" in str(data)) is (plan is sagt)
    assert samarbejdsaftale(sagt).periode == "sommeren 2020, fire år"


def test_planfilen_baerer_ordene_under_samme_noegle():
    plan = oplyst("2017", "fire år")
    f.OmraadeFactory(plan=plan, starter_sagt="sommeren 2020", slutter=date(2021, 1, 1))
    f.PlanmilepaelFactory(plan=plan, dato=None, dato_sagt="ikke oplyst")
    f.FinansieringskildeFactory(plan=plan, gaelder_fra_sagt="efter 2018")
    data = plan_som_data(plan)
    assert (data["periode_fra"], data["periode_til"]) == ("2017", "fire år")
    assert (data["omraader"][0]["starter"], data["omraader"][0]["slutter"]) == ("sommeren 2020", "2021-01-01")
    assert data["milepaelsplan"][0]["dato"] == "ikke oplyst"
    assert data["budget"]["finansieringskilder"][0]["gaelder_fra"] == "efter 2018"

    skrevet = skriv_plan(plan)
    igen = skrevet.replace(f"noegle: {plan.noegle}", "noegle: en-anden", 1)
    assert "periode_fra: '2017'" in igen
    bart_aar = igen.replace("periode_fra: '2017'", "periode_fra: 2017")
    resultat = laes_filer([Planfil("anden.yaml", bart_aar.encode())], bruger=PROGRAMMET)
    assert resultat.fejl == []
    anden = Helhedsplan.objects.get(noegle="en-anden")
    assert anden.periode == plan.periode
    assert skriv_plan(anden).replace("noegle: en-anden", f"noegle: {plan.noegle}", 1) == skrevet


@pytest.mark.parametrize(
    ("skrevet", "besked"),
    [
        ("sommeren", "mangler et årstal"),
        ("2021-02-30", "Datoen 2021-02-30 findes ikke."),
        ("1.11.2019", "Skriv datoen som år-måned-dag: 2025-11-01. Mente du 2019-11-01?"),
        ("fire år", "er en varighed"),
        ("1066-01-01", "Året skal ligge mellem 1900 og 2199."),
    ],
)
def test_planfilen_siger_hvad_der_er_galt_ved_feltet(skrevet, besked):
    plan = f.HelhedsplanFactory(**NOVEMBER)
    fil = re.sub(r"periode_fra: .*", f"periode_fra: {skrevet}", skriv_plan(plan))
    with transaction.atomic():
        resultat = laes_filer([Planfil("plan.yaml", fil.encode())], bruger=PROGRAMMET)
    (fejl,) = resultat.fejl
    assert besked in str(fejl)
    assert "periode_fra" in str(fejl)


def test_kommandoen_skriver_det_ud():
    plan = oplyst("sommeren 2020", "ikke oplyst")
    ud = io.StringIO()
    call_command("udskriv", plan.noegle, stdout=ud)
    assert "periode_fra: sommeren 2020\nperiode_til: ikke oplyst\n" in ud.getvalue()


# --- reckoned with ----------------------------------------------------------------------------------------------------


def koder(plan):
    return {
        (en.kode, en.alvor.value, en.kan_ikke_ses)
        for en in aftalefund(plan)
        if en.kode.startswith(("periode", "titel"))
    }


@pytest.mark.parametrize(
    ("fra", "til", "ventet"),
    [
        ("sommeren 2020", "fire år", set()),
        ("sommeren 2020", "tre år", {("periode-ikke-fire-aar", "advarsel", False)}),
        ("sommeren 2020", "sommeren 2024", {("periode-ikke-fire-aar", "note", True)}),
        ("sommeren 2020", "2022", {("periode-ikke-fire-aar", "advarsel", False)}),
        ("formentlig 1.11.2019", "31.10.2023", {("periode-ikke-fire-aar", "note", True)}),
        ("formentlig 1.11.2019", "1.1.2030", {("periode-ikke-fire-aar", "note", True)}),
        ("ikke oplyst", "ikke oplyst", set()),
        ("ikke oplyst", "", {("periode-mangler", "advarsel", False)}),
    ],
)
def test_laengden_holder_holder_ikke_eller_kan_ikke_ses(fra, til, ventet):
    plan = oplyst(fra, til, navn="Parken")
    if fra == "formentlig 1.11.2019":
        dag = {"31.10.2023": date(2023, 10, 31), "1.1.2030": date(2030, 1, 1)}[til]
        plan.periode_til, plan.periode_til_sagt = dag, ""
        plan.save()
    assert koder(plan) == ventet


@pytest.mark.parametrize(
    ("slut", "start", "ventet"),
    [
        ("sommeren 2020", "2021", {("periode-hul", "advarsel", False)}),
        ("2020", "sommeren 2020", {("periode-hul", "note", True)}),
        ("efteråret 2021", "2020", {("periode-overlap", "advarsel", False)}),
        ("formentlig 31.12.2020", "2022", {("periode-hul", "note", True)}),
        ("ikke oplyst", "2022", set()),
    ],
)
def test_huller_og_overlap_mellem_planer_regnes_med_graenser(slut, start, ventet):
    gammel = oplyst("2016", slut, navn="Gammel")
    ny = oplyst(start, "fire år", navn="Ny", forgaenger=gammel)
    assert {k for k in koder(ny) if k[0] != "periode-ikke-fire-aar"} == ventet
    for en in aftalefund(ny):
        if en.kode in ("periode-hul", "periode-overlap"):
            assert f"Gammel slutter {slut}, og Ny begynder {start}." in en.besked


def test_navnets_aar_er_kun_forkerte_naar_de_ikke_kan_passe():
    assert ("titel-periode", "advarsel", False) not in koder(oplyst("sommeren 2020", "2024", navn="Parken 2020-2024"))
    assert ("titel-periode", "advarsel", False) in koder(oplyst("sommeren 2020", "2024", navn="Parken 2021-2024"))
    assert ("titel-periode", "advarsel", False) not in koder(
        oplyst("formentlig sommeren 2020", "2024", navn="Parken 2021-2024")
    )


def test_en_laengde_er_ikke_en_dato_uden_for_perioden():
    plan = oplyst("1. januar 2020", "31. december 2020")
    f.OmraadeFactory(plan=plan, navn="Nordmarken", starter=date(2020, 2, 1), slutter_sagt="to år")
    [fund] = [en for en in aftalefund(plan) if en.kode == "omraade-uden-for-perioden"]
    assert fund.kort == "Nordmarken, som varer to år"
    assert fund.besked.startswith("Nordmarken: enden efter to år ligger uden for planens periode")


def test_egne_datoer_og_milepaele_uden_for_perioden():
    plan = oplyst("sommeren 2020", "2024")
    aktivitet = f.AktivitetFactory(delaftale__plan=plan)
    for navn, sagt in (("Ude", "2019"), ("Inde", "2022"), ("Måske", "2020"), ("Uden", "ikke oplyst")):
        f.OmraadeFactory(plan=plan, navn=navn, starter_sagt=sagt)
        f.MilepaelFactory(aktivitet=aktivitet, navn=navn, dato=None, dato_sagt=sagt)
    fundet = {
        (en.kode, en.kort.split()[0].strip("»«"), en.alvor.value)
        for en in aftalefund(plan)
        if en.kode in ("omraade-uden-for-perioden", "milepael-uden-for-perioden")
    }
    assert fundet == {
        (f"{art}-uden-for-perioden", navn, alvor)
        for art in ("omraade", "milepael")
        for navn, alvor in (("Ude", "advarsel"), ("Måske", "note"))
    }


@pytest.mark.parametrize(
    ("fra", "til", "antal", "foerste"),
    [
        ("sommeren 2020", "fire år", 4, ""),
        ("sommeren 2020", "18 måneder", 2, ""),
        ("sommeren 2020", "2023", 3, ""),
        ("ikke oplyst", "ikke oplyst", 4, ""),
    ],
)
def test_planaar_har_numre_og_ingen_opfundne_dage(fra, til, antal, foerste):
    plan = oplyst(fra, til)
    assert [(aar.nr, aar.periode) for aar in planaar(plan)] == [(nr, foerste) for nr in range(1, antal + 1)]
    assert planmaaneder(plan) == []


def test_fra_en_dag_giver_en_varighed_dage():
    plan = oplyst(periode_fra=date(2019, 11, 1), periode_fra_sagt="")
    assert planaar(plan)[-1].periode == "1. november 2022 – 31. oktober 2023"
    assert len(planmaaneder(plan)) == 48
    plan.periode_til_sagt = "2023"
    assert [aar.periode for aar in planaar(plan)][-1] == "fra 1. november 2022"


def test_kalenderen_skriver_det_som_sagt_og_regner_med_graenser():
    plan = oplyst("sommeren 2020", "efteråret 2024", fase="i_gang")
    f.PlanmilepaelFactory(plan=plan, navn="Evaluering", dato=None, dato_sagt="foråret 2022")
    f.PlanmilepaelFactory(plan=plan, navn="Udgivet", dato=None, dato_sagt="ikke oplyst")
    linjer = {linje.titel: linje for linje in planens_kalender(plan, date(2022, 4, 1))}

    udloeb, evaluering = linjer["Planen udløber"], linjer["Evaluering"]
    assert (udloeb.hvornaar, udloeb.dato, udloeb.tilstand.value) == ("efteråret 2024", date(2024, 11, 30), "kommende")
    assert (evaluering.hvornaar, evaluering.tilstand.value) == ("foråret 2022", "snart")
    assert "Udgivet" not in linjer
    # Duties only where the plan surely runs: from the summer's last day to the autumn's first.
    assert "Publicér status for 2. kvartal 2020" not in linjer
    assert "Publicér status for 3. kvartal 2020" in linjer
    assert "Publicér status for 4. kvartal 2024" not in linjer
    assert oplyst_periode(plan) == (
        "Planens periode er oplyst som sommeren 2020 – efteråret 2024. Frister, der følger perioden, er regnet fra "
        "31. august 2020 til 1. september 2024, som planen i hvert fald dækker."
    )
    senere = {linje.titel: linje for linje in planens_kalender(plan, date(2022, 6, 1))}
    assert senere["Evaluering"].tilstand.value == "forfalden"


def test_siden_og_feedet_har_ordene(client):
    plan = oplyst("sommeren 2020", "efteråret 2099", fase="i_gang")
    client.force_login(leder(plan))
    side = ord_paa(client.get(reverse("kalender-liste", args=[plan.noegle])).content.decode())
    assert "efteråret 2099" in side
    assert "30. november 2099" not in side
    linjer = [linje for linje in planens_kalender(plan, date(2022, 4, 1)) if linje.titel == "Planen udløber"]
    data = ical.tegn("Min", [Feedplan(plan.noegle, plan.navn, None, tuple(linjer))], vaert="x", absolut=lambda sti: sti)
    (udloeb,) = (del_ for del_ in Calendar.from_ical(data).walk("VEVENT"))
    assert udloeb["summary"] == "Planen udløber (efteråret 2099)"
    assert (udloeb.decoded("dtstart"), udloeb.decoded("dtend")) == (date(2099, 9, 1), date(2099, 12, 1))
    assert kalenderside(linjer, date(2099, 10, 1)).naeste.linjer == tuple(linjer)


def test_overblikket_og_forsiden_siger_det_som_sagt():
    plan = oplyst("2020", "sommeren 2027", fase="i_gang", navn="Parken")
    bruger = leder(plan)
    assert [(d.i_ord, d.tekst) for d in kommende_datoer(plan, date(2026, 12, 1))] == [
        ("sommeren 2027", "Planen slutter")
    ]
    (venter,) = [v for v in venter_paa_dig(bruger, date(2026, 12, 1)) if v.tekst == "Begynd på den næste plan"]
    assert (venter.hvornaar, venter.dag) == ("sommeren 2027", None)
    assert [v for v in venter_paa_dig(bruger, date(2024, 12, 1)) if v.tekst == "Begynd på den næste plan"] == []


# --- copied ---------------------------------------------------------------------------------------------------------


def test_den_naeste_plan_begynder_kun_paa_en_dag_der_er_kendt():
    gammel = oplyst(periode_fra=date(2019, 11, 1), periode_fra_sagt="")
    f.PartFactory(plan=gammel, organisation__navn="Gik", gaelder_til_sagt="2021")
    f.PartFactory(plan=gammel, organisation__navn="Blev", gaelder_til_sagt="2023")
    f.OmraadeFactory(plan=gammel, starter_sagt="sommeren 2020")
    bruger = leder(gammel)
    ny = start_efterfoelger(bruger=bruger, forgaenger=gammel, navn="Ny")
    assert ny.periode == "1. november 2023 – 31. oktober 2027"
    assert [(p.organisation.navn, p.gaelder_kort) for p in ny.parter.all()] == [("Blev", "")]
    assert ny.omraader.get().med_fra.er_mangler
    gammel.periode_fra, gammel.periode_fra_sagt = None, "sommeren 2019"
    gammel.save()
    assert start_efterfoelger(bruger=bruger, forgaenger=gammel, navn="Ny 2").periode == "periode ikke fastlagt"


def test_ord_flyttes_ikke_med_til_en_plan_der_begynder_en_anden_dag():
    fra, til = date(2019, 11, 1), date(2023, 11, 1)
    assert flyttede_ord("foråret 2021", fra, til) == ""
    assert flyttede_ord("foråret 2021", fra, fra) == "foråret 2021"
    assert flyttede_ord("foråret 2021", None, til) == "foråret 2021"


@pytest.mark.parametrize("model", [Helhedsplan, Part, Omraade, Lag, Milepael, Planmilepael, Navn, Organisation])
def test_dag_og_ord_foelges_ad_hvor_raekker_skrives(model):
    """Each column of words has a column of days, and the actions write both."""
    from aftaler.actions.navne import FELTER as NAVNEFELTER
    from aftaler.actions.plan import PLANFELTER
    from aftaler.actions.raekker import FELTER, UNDERRAEKKER

    under = {m: set(felter) for m, _, felter in UNDERRAEKKER.values()}
    skrives = {Helhedsplan: PLANFELTER, Organisation: set(), **FELTER, **under}[model] | NAVNEFELTER
    sagte = {felt.name for felt in model._meta.fields if felt.name.endswith("_sagt")}
    assert sagte
    assert sagte <= set(skrives)
    assert {navn.removesuffix("_sagt") for navn in sagte} <= set(skrives)
    assert som_dict(model(), sorted(sagte)) == dict.fromkeys(sorted(sagte), "")
