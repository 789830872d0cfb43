"""Plans, members, chosen indsatsområder and organisations: who may, and what is refused."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from aftaler.actions import plan as planactions
from aftaler.models import Afdeling, Helhedsplan, Medlemskab, Organisation
from helhedsplan import revisionsspor
from helhedsplan.actions import UkendtFelt, Versionskonflikt
from helhedsplan.models import Bruger, Haendelse
from helhedsplan.rettigheder import PROGRAMMET, ROLLER
from tests import factories as f
from tests.samtidighed import mens, samtidigt

pytestmark = pytest.mark.django_db
ALLE = [*ROLLER, None, "administrator"]


def en_bruger(rolle, plan=None):
    """Somebody with the role in the plan; None leads another plan; an administrator has none."""
    if rolle == "administrator":
        return f.BrugerFactory(er_administrator=True)
    if rolle is None:
        return f.MedlemskabFactory(rolle="leder").bruger
    return f.MedlemskabFactory(plan=plan or f.HelhedsplanFactory(), rolle=rolle).bruger


def gemt(objekt):
    return type(objekt).objects.get(pk=objekt.pk)


def linjer():
    return {a["felt"]: (a["foer"], a["efter"]) for a in Haendelse.objects.order_by("pk").last().aendringer}


# --- rights: every role and every action ----------------------------------------------------------------------------


def ret_plan(bruger, plan):
    return planactions.ret_plan(bruger=bruger, plan=plan, felter={"navn": "Nyt"}, version=plan.version)


def vaelg(bruger, plan):
    valgte = [f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)]
    return planactions.vaelg_indsatsomraader(bruger=bruger, plan=plan, valgte=valgte, version=plan.version)


def opret_medlem(bruger, plan):
    return planactions.opret_medlem(
        bruger=bruger, medlemskab=Medlemskab(plan=plan, bruger=f.BrugerFactory(), rolle="observatoer")
    )


def inviter(bruger, plan):
    return planactions.inviter_medlem(
        bruger=bruger, plan=plan, email="ny@eksempel.example", navn="Ny", rolle="observatoer", absolut=lambda sti: sti
    )


def ret_medlem(bruger, plan):
    medlem = f.MedlemskabFactory(plan=plan, rolle="observatoer")
    return planactions.ret_medlem(bruger=bruger, medlemskab=medlem, felter={"rolle": "leder"})


def slet_medlem(bruger, plan):
    return planactions.slet_medlem(bruger=bruger, medlemskab=f.MedlemskabFactory(plan=plan, rolle="observatoer"))


SKRIVERE = {"leder", "sekretariat"}
LEDERE = {"leder"}
HANDLINGER = {
    ret_plan: SKRIVERE,
    vaelg: SKRIVERE,
    opret_medlem: LEDERE,
    inviter: LEDERE,
    ret_medlem: LEDERE,
    slet_medlem: LEDERE,
}


@pytest.mark.parametrize("rolle", ALLE)
@pytest.mark.parametrize("handling", HANDLINGER)
def test_hver_rolle_og_hver_handling(handling, rolle):
    plan = f.HelhedsplanFactory()
    bruger = en_bruger(rolle, plan)
    if rolle in HANDLINGER[handling]:
        handling(bruger, plan)
        assert set(Haendelse.objects.values_list("bruger_id", flat=True)) == {bruger.pk}
        return
    with pytest.raises(PermissionDenied):
        handling(bruger, plan)
    assert Haendelse.objects.count() == 0
    assert gemt(plan).version == 1


@pytest.mark.parametrize("rolle", ALLE)
def test_hvem_der_maa_oprette(rolle):
    bruger = en_bruger(rolle)
    handlinger = [
        lambda: planactions.opret_plan(
            bruger=bruger, plan=Helhedsplan(navn="Ny", regelsaet=f.RegelsaetFactory(), periode_fra=None)
        ),
        lambda: planactions.opret_organisation(bruger=bruger, organisation=Organisation(navn="Ny", art="kommune")),
        lambda: planactions.opret_afdeling(
            bruger=bruger, afdeling=Afdeling(organisation=f.OrganisationFactory(), navn="Ny")
        ),
    ]
    for handling in handlinger:
        if rolle in {"leder", "sekretariat", None, "administrator"}:
            assert handling().pk
        else:
            with pytest.raises(PermissionDenied):
                handling()


# --- plans ----------------------------------------------------------------------------------------------------------


def ny_plan(bruger=PROGRAMMET, **felter):
    felter = {"navn": "Parken 2025–2029", "regelsaet": f.RegelsaetFactory()} | felter
    return planactions.opret_plan(bruger=bruger, plan=Helhedsplan(**felter))


def test_den_der_opretter_en_plan_leder_den():
    bruger = f.BrugerFactory(er_administrator=True)
    plan = ny_plan(bruger)
    assert (plan.noegle, gemt(plan).navn) == ("parken-2025-2029", "Parken 2025–2029")
    assert list(plan.medlemskaber.values_list("bruger", "rolle")) == [(bruger.pk, "leder")]
    assert list(Haendelse.objects.order_by("pk").values_list("kaede", "objekt_type")) == [
        (plan.noegle, "aftaler.helhedsplan"), (plan.noegle, "aftaler.medlemskab"),
    ]  # fmt: skip


def test_programmet_leder_ingen_plan():
    assert not ny_plan().medlemskaber.exists()


def test_planer_med_samme_navn_faar_hver_sin_noegle():
    assert [ny_plan(navn="Café").noegle for _ in range(3)] == ["cafe", "cafe-2", "cafe-3"]


@pytest.mark.parametrize("navn", ["Ny", "Fælles", "admin", "Søg"])
def test_ethvert_navn_giver_en_plan_man_kan_komme_til(client, navn):
    bruger = f.BrugerFactory(er_administrator=True)
    plan = ny_plan(bruger, navn=navn)
    client.force_login(bruger)
    svar = client.get(plan.get_absolute_url())
    assert (svar.status_code, svar.context["plan"]) == (200, plan)


def test_en_ugyldig_plan_efterlader_intet():
    for felter in ({"navn": " "}, {"periode_fra": date(2026, 1, 1), "periode_til": date(2025, 1, 1)}, {"fase": "x"}):
        with pytest.raises(ValidationError):
            ny_plan(f.BrugerFactory(er_administrator=True), **felter)
    assert (Helhedsplan.objects.count(), Medlemskab.objects.count(), Haendelse.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("dag", [date(1899, 12, 31), date(2200, 1, 1), date.min, date.max])
def test_aar_uden_for_vores_tid_afvises(dag):
    for felt in ("periode_fra", "periode_til"):
        with pytest.raises(ValidationError) as fejl:
            ny_plan(**{felt: dag})
        assert fejl.value.message_dict == {felt: ["Året skal ligge mellem 1900 og 2199."]}


def test_en_ny_plan_peger_ikke_paa_en_man_ikke_maa_se():
    bruger = f.BrugerFactory(er_administrator=True)
    with pytest.raises(PermissionDenied):
        ny_plan(bruger, forgaenger=f.HelhedsplanFactory())


def test_ret_plan_efter_listen():
    plan = f.HelhedsplanFactory(navn="Før", fase="ide")
    felter = {"navn": "Efter", "fase": "bevilget", "periode_til": date(2030, 1, 1)}
    assert planactions.ret_plan(bruger=PROGRAMMET, plan=plan, felter=felter, version=1) is True
    assert linjer() == {
        "navn": ("Før", "Efter"),
        "fase": ("ide", "bevilget"),
        "periode_til": ("2029-10-31", "2030-01-01"),
    }
    for felter in ({"noegle": "x"}, {"indsatsomraader": []}, {"version": 9}):
        with pytest.raises(UkendtFelt):
            planactions.ret_plan(bruger=PROGRAMMET, plan=plan, felter=felter, version=2)
    with pytest.raises(Versionskonflikt):
        planactions.ret_plan(bruger=PROGRAMMET, plan=plan, felter={"navn": "x"}, version=1)


def skift_pulje(plan, ny):
    """As a form does it: the plan handed over carries the new value already."""
    plan.regelsaet = ny
    return planactions.ret_plan(bruger=PROGRAMMET, plan=plan, felter={"regelsaet": ny}, version=None)


def test_puljen_kan_skiftes_i_en_tom_plan():
    plan, ny = f.HelhedsplanFactory(), f.RegelsaetFactory(navn="2019-26")
    f.AfsnitFactory(plan=plan, tekst="")
    assert skift_pulje(plan, ny) is True
    assert gemt(plan).regelsaet == ny


@pytest.mark.parametrize(
    ("goer", "grund"),
    [
        (
            lambda p: p.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=p.regelsaet)),
            "planen har valgt indsatsområder",
        ),
        (lambda p: f.AfsnitFactory(plan=p), "afsnit i samarbejdsaftalen er skrevet"),
        (lambda p: f.BilledeFactory(afsnit__plan=p, afsnit__tekst=""), "afsnit i samarbejdsaftalen er skrevet"),
        (lambda p: f.PlanparameterFactory(plan=p), "planen har egne parametre"),
        (
            lambda p: f.KoblingsraekkeFactory(tabel__plan=p, maal=[f.OverordnetMaalFactory()]),
            "koblingstabellerne peger på puljens mål",
        ),
    ],
)
def test_puljen_skiftes_ikke_naar_noget_er_skrevet_efter_den(goer, grund):
    plan = f.HelhedsplanFactory()
    goer(plan)
    gammel = plan.regelsaet
    with pytest.raises(ValidationError) as fejl:
        skift_pulje(plan, f.RegelsaetFactory())
    assert fejl.value.message_dict == {"regelsaet": [f"Puljen kan ikke skiftes, når {grund}."]}
    assert gemt(plan).regelsaet == gammel
    assert skift_pulje(gemt(plan), gammel) is False


def test_en_plan_kommer_ikke_foer_sig_selv():
    plan = f.HelhedsplanFactory()
    efter = f.HelhedsplanFactory(forgaenger=plan)
    efter_igen = f.HelhedsplanFactory(forgaenger=efter)
    for forgaenger in (plan, efter, efter_igen):
        with pytest.raises(ValidationError) as fejl:
            planactions.ret_plan(bruger=PROGRAMMET, plan=gemt(plan), felter={"forgaenger": forgaenger}, version=1)
        assert fejl.value.message_dict == {"forgaenger": ["Den plan kommer efter denne. Vælg en plan, der ligger før."]}
    assert planactions.ret_plan(bruger=PROGRAMMET, plan=efter_igen, felter={"forgaenger": plan}, version=1) is True
    assert planactions.ret_plan(bruger=PROGRAMMET, plan=efter_igen, felter={"forgaenger": None}, version=2) is True


def test_man_peger_ikke_paa_en_plan_man_ikke_maa_se():
    """The page of what is new would show what is in it."""
    plan, fremmed = f.HelhedsplanFactory(), f.HelhedsplanFactory()
    bruger = en_bruger("leder", plan)
    with pytest.raises(PermissionDenied):
        planactions.ret_plan(bruger=bruger, plan=gemt(plan), felter={"forgaenger": fremmed}, version=1)
    f.MedlemskabFactory(plan=fremmed, bruger=bruger, rolle="observatoer")
    assert planactions.ret_plan(bruger=bruger, plan=plan, felter={"forgaenger": fremmed}, version=1) is True
    Medlemskab.objects.filter(plan=fremmed).delete()
    felter = {"forgaenger": fremmed, "navn": "Den, der peger allerede, må rettes"}
    assert planactions.ret_plan(bruger=bruger, plan=plan, felter=felter, version=2) is True


# --- chosen indsatsområder ------------------------------------------------------------------------------------------


def vaelger(plan, *valgte, version=None):
    return planactions.vaelg_indsatsomraader(bruger=PROGRAMMET, plan=plan, valgte=list(valgte), version=version)


def test_indsatsomraader_vaelges_til_og_fra():
    plan = f.HelhedsplanFactory()
    a, b, c = (f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, navn=navn) for navn in "ABC")
    assert vaelger(plan, a, b, version=1) is True
    assert linjer() == {"indsatsomraader": ([], ["A", "B"])}
    assert vaelger(plan, b, a, version=2) is False
    assert vaelger(plan, b, c, version=2) is True
    assert set(plan.indsatsomraader.all()) == {b, c}
    assert vaelger(plan) is True
    assert (gemt(plan).version, plan.indsatsomraader.count()) == (4, 0)
    with pytest.raises(Versionskonflikt):
        vaelger(plan, a, version=1)


def test_et_omraade_fra_en_anden_pulje_afvises():
    plan = f.HelhedsplanFactory(regelsaet__navn="2019-26")
    with pytest.raises(ValidationError) as fejl:
        vaelger(plan, f.IndsatsomraadeFactory(navn="Image"))
    assert fejl.value.message_dict == {"indsatsomraader": ["Image hører ikke til puljen 2019-26."]}


def test_et_omraade_med_delaftale_vaelges_ikke_fra():
    aftale = f.DelaftaleFactory(indsatsomraade__navn="Beskæftigelse")
    andet = f.IndsatsomraadeFactory(regelsaet=aftale.plan.regelsaet)
    with pytest.raises(ValidationError) as fejl:
        vaelger(aftale.plan, andet)
    assert fejl.value.message_dict == {
        "indsatsomraader": ["Beskæftigelse har en delaftale. Slet delaftalen først, hvis området skal ud af planen."]
    }
    assert list(aftale.plan.indsatsomraader.all()) == [aftale.indsatsomraade]
    assert vaelger(aftale.plan, aftale.indsatsomraade, andet) is True


# --- members --------------------------------------------------------------------------------------------------------


def test_medlemmer_logges_i_planens_historik():
    plan = f.HelhedsplanFactory(noegle="parken")
    bruger = f.BrugerFactory(navn="Læser A, Prøve")
    medlem = planactions.opret_medlem(
        bruger=PROGRAMMET, medlemskab=Medlemskab(plan=plan, bruger=bruger, rolle="observatoer")
    )
    assert linjer()["rolle"] == (None, "observatoer")
    assert linjer()["bruger"] == (None, "Læser A, Prøve")
    planactions.ret_medlem(bruger=PROGRAMMET, medlemskab=medlem, felter={"rolle": "bestyrelse"})
    assert linjer() == {"rolle": ("observatoer", "bestyrelse")}
    planactions.slet_medlem(bruger=PROGRAMMET, medlemskab=medlem)
    assert set(Haendelse.objects.values_list("kaede", flat=True)) == {"parken"}
    assert not plan.medlemskaber.exists()


def test_en_person_har_en_rolle_i_en_plan():
    medlem = f.MedlemskabFactory()
    for rolle, besked in (("observatoer", "Personen har allerede en rolle i planen."), ("chef", None)):
        with pytest.raises(ValidationError) as fejl:
            planactions.opret_medlem(
                bruger=PROGRAMMET, medlemskab=Medlemskab(plan=medlem.plan, bruger=medlem.bruger, rolle=rolle)
            )
        assert besked is None or fejl.value.messages == [besked]


SIDSTE = ["Planen skal have mindst én leder. Giv en anden rollen først."]


def test_den_sidste_leder_bliver():
    leder = f.MedlemskabFactory(rolle="leder")
    f.MedlemskabFactory(plan=leder.plan, rolle="sekretariat")
    f.MedlemskabFactory(rolle="leder")
    for handling in (
        lambda: planactions.slet_medlem(bruger=leder.bruger, medlemskab=leder),
        lambda: planactions.ret_medlem(bruger=leder.bruger, medlemskab=leder, felter={"rolle": "observatoer"}),
    ):
        with pytest.raises(ValidationError) as fejl:
            handling()
        assert (fejl.value.messages, fejl.value.code) == (SIDSTE, "sidste-leder")
    assert planactions.ret_medlem(bruger=leder.bruger, medlemskab=leder, felter={"rolle": "leder"}) is False
    assert gemt(leder).rolle == "leder"


def test_en_af_to_ledere_kan_gaa():
    en = f.MedlemskabFactory(rolle="leder")
    anden = f.MedlemskabFactory(plan=en.plan, rolle="leder")
    planactions.slet_medlem(bruger=en.bruger, medlemskab=en)
    with pytest.raises(ValidationError, match="mindst én leder"):
        planactions.slet_medlem(bruger=anden.bruger, medlemskab=anden)


def test_en_leder_hvis_konto_er_lukket_taeller_ikke():
    en = f.MedlemskabFactory(rolle="leder")
    f.MedlemskabFactory(plan=en.plan, rolle="leder", bruger__is_active=False)
    with pytest.raises(ValidationError, match="mindst én leder"):
        planactions.slet_medlem(bruger=PROGRAMMET, medlemskab=en)


def test_andre_kan_gaa_ogsaa_naar_planen_ingen_leder_har():
    medlem = f.MedlemskabFactory(rolle="observatoer")
    assert planactions.ret_medlem(bruger=PROGRAMMET, medlemskab=medlem, felter={"rolle": "bestyrelse"}) is True
    planactions.slet_medlem(bruger=PROGRAMMET, medlemskab=medlem)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saadan", [samtidigt, mens])
def test_to_ledere_gaar_paa_en_gang_og_den_ene_bliver(saadan):
    en = f.MedlemskabFactory(rolle="leder", plan__noegle="parken")
    anden = f.MedlemskabFactory(plan=en.plan, rolle="leder")
    svar = saadan(
        lambda: planactions.slet_medlem(bruger=PROGRAMMET, medlemskab=en),
        lambda: planactions.ret_medlem(bruger=PROGRAMMET, medlemskab=anden, felter={"rolle": "observatoer"}),
    )
    assert [s.messages for s in svar if isinstance(s, Exception)] == [SIDSTE]
    assert en.plan.medlemskaber.filter(rolle="leder").count() == 1
    assert revisionsspor.brud("parken") == []


def test_inviter_medlem_er_alt_eller_intet(django_capture_on_commit_callbacks):
    plan = f.HelhedsplanFactory(noegle="parken", navn="Parken")
    valg = {
        "bruger": PROGRAMMET,
        "plan": plan,
        "navn": "Ny A, Prøve",
        "absolut": lambda sti: f"https://hus.example{sti}",
    }
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError):
        planactions.inviter_medlem(email="ny@eksempel.example", rolle="chef", **valg)
    assert (Bruger.objects.count(), Haendelse.objects.count(), mail.outbox) == (0, 0, [])
    with django_capture_on_commit_callbacks(execute=True):
        medlem = planactions.inviter_medlem(email="Ny@Eksempel.example", rolle="observatoer", **valg)
    assert (medlem.bruger.email, medlem.bruger.has_usable_password()) == ("ny@eksempel.example", False)
    assert [m.to for m in mail.outbox] == [["ny@eksempel.example"]]
    felter = {a["felt"] for h in Haendelse.objects.all() for a in h.aendringer}
    assert not felter & {"password", "last_login"}


# --- organisations --------------------------------------------------------------------------------------------------


def test_en_organisation_faar_noegle_og_historik_i_den_faelles_kaede():
    ny = planactions.opret_organisation(bruger=PROGRAMMET, organisation=Organisation(navn="Ærø Kommune", art="kommune"))
    anden = planactions.opret_organisation(
        bruger=PROGRAMMET, organisation=Organisation(navn="Ærø  kommune", art="anden")
    )
    assert (ny.noegle, anden.noegle) == ("aeroe-kommune", "aeroe-kommune-2")
    assert set(Haendelse.objects.values_list("kaede", flat=True)) == {revisionsspor.FAELLES}
    with pytest.raises(ValidationError) as fejl:
        planactions.opret_organisation(bruger=PROGRAMMET, organisation=Organisation(navn="Ærø Kommune", art="kommune"))
    assert fejl.value.messages == ["Der findes allerede en organisation med det navn."]


def test_en_faelles_organisation_rettes_ikke_af_den_ene_plan():
    organisation = f.OrganisationFactory(navn="Før")
    afdeling = f.AfdelingFactory(organisation=organisation)
    egen, anden = (f.PartFactory(organisation=organisation).plan for _ in range(2))
    bruger = en_bruger("leder", egen)

    def ret_begge():
        planactions.ret_afdeling(bruger=bruger, afdeling=afdeling, felter={"navn": "Ny"}, version=None)
        planactions.ret_organisation(bruger=bruger, organisation=organisation, felter={"navn": "Efter"}, version=None)

    with pytest.raises(PermissionDenied, match="Bed en administrator"):
        planactions.ret_organisation(bruger=bruger, organisation=organisation, felter={"navn": "Efter"}, version=1)
    with pytest.raises(PermissionDenied, match="Bed en administrator"):
        ret_begge()
    assert (gemt(organisation).navn, Haendelse.objects.count()) == ("Før", 0)
    f.MedlemskabFactory(plan=anden, bruger=bruger, rolle="sekretariat")
    ret_begge()
    assert (gemt(organisation).navn, gemt(afdeling).navn) == ("Efter", "Ny")


def test_organisationens_noegle_og_afdelingens_organisation_bliver():
    organisation = f.OrganisationFactory()
    afdeling = f.AfdelingFactory(organisation=organisation)
    with pytest.raises(UkendtFelt):
        planactions.ret_organisation(bruger=PROGRAMMET, organisation=organisation, felter={"noegle": "x"}, version=1)
    with pytest.raises(UkendtFelt):
        planactions.ret_afdeling(
            bruger=PROGRAMMET, afdeling=afdeling, felter={"organisation": f.OrganisationFactory()}, version=1
        )


@pytest.mark.parametrize(
    ("nummer", "navn", "besked"),
    [
        ("7", "Syd", "Organisationen har allerede en afdeling med det nummer."),
        ("", "Uden", "Organisationen har allerede en afdeling uden nummer med det navn."),
        ("", "Nord", None),
        ("8", "Nord", None),
        ("8", "Uden", None),
    ],
)
def test_en_afdeling_kendes_paa_sit_nummer_eller_sit_navn(nummer, navn, besked):
    organisation = f.OrganisationFactory()
    f.AfdelingFactory(organisation=organisation, nummer="7", navn="Nord")
    f.AfdelingFactory(organisation=organisation, nummer="", navn="Uden")
    f.AfdelingFactory(nummer="8", navn="Andres")
    ny = Afdeling(organisation=organisation, nummer=nummer, navn=navn)
    if besked is None:
        assert planactions.opret_afdeling(bruger=PROGRAMMET, afdeling=ny).pk
        return
    with pytest.raises(ValidationError) as fejl:
        planactions.opret_afdeling(bruger=PROGRAMMET, afdeling=ny)
    assert fejl.value.messages == [besked]


# --- several at once ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saadan", [samtidigt, mens])
def test_to_planer_af_samme_navn_paa_en_gang(saadan):
    regelsaet = f.RegelsaetFactory()
    svar = saadan(*[lambda: ny_plan(navn="Café", regelsaet=regelsaet).noegle] * 2)
    assert sorted(svar) == ["cafe", "cafe-2"]


@pytest.mark.django_db(transaction=True)
def test_to_organisationer_paa_en_gang():
    def opret(navn):
        return lambda: (
            planactions.opret_organisation(bruger=PROGRAMMET, organisation=Organisation(navn=navn, art="anden")).noegle
        )

    assert sorted(mens(opret("Café"), opret("Cafe"))) == ["cafe", "cafe-2"]
    samme = mens(opret("Klub"), opret("Klub"))
    assert samme[0] == "klub"
    assert samme[1].messages == ["Der findes allerede en organisation med det navn."]


def test_en_dato_der_ikke_kan_laeses_giver_ikke_de_andre_skylden(client):
    """The end that was saved before is no fault of the beginning that is typed now."""
    plan = f.HelhedsplanFactory(periode_fra=date(2016, 1, 1), periode_til=None, periode_til_sagt="2020")
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    data = {"navn": plan.navn, "regelsaet": plan.regelsaet_id, "fase": plan.fase, "version": plan.version}
    svar = client.post(f"/planer/{plan.noegle}/ret/", data | {"periode_fra": "1.11.2025", "periode_til": "0 år"})
    assert svar.status_code == 422
    [besked] = svar.context["form"].errors["periode_til"]
    assert "kan ikke læses som en dato" in besked
    svar = client.post(f"/planer/{plan.noegle}/ret/", data | {"periode_fra": "snart", "periode_til": "2015"})
    assert list(svar.context["form"].errors) == ["periode_fra"]
