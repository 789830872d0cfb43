"""What is agreed on top of a plan: which end counts, on which day, by which paper; and what cannot be agreed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from aftaler.actions import raekker
from aftaler.forms.plan import LagForm
from aftaler.models import Helhedsplan, Lag
from aftaler.planfil import skriv_plan
from aftaler.queries import papirer
from aftaler.queries.kontrol import aftalefund
from aftaler.queries.overblik import venter_paa_dig
from helhedsplan.rettigheder import PROGRAMMET
from helhedsplan.tid import laengde, laes_tid, lagt_til, tid
from tests import factories as f
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, fejl_i, indlaes

pytestmark = pytest.mark.django_db
FRA, TIL, NY = date(2019, 11, 1), date(2023, 10, 31), date(2025, 4, 30)
AFTALT = date(2023, 5, 3)


def plan_med(**felter) -> Helhedsplan:
    return f.HelhedsplanFactory(**{"periode_fra": FRA, "periode_til": TIL} | felter)


def forlaenget(plan, **felter) -> Lag:
    valg = {"navn": "Forlængelse", "til": None, "til_sagt": "18 måneder", "gaelder_fra": AFTALT}
    return f.LagFactory(plan=plan, orden=plan.lag.count() + 1, **valg | felter)


def frisk(plan) -> Helhedsplan:
    return Helhedsplan.objects.get(pk=plan.pk)


# --- the one answer -------------------------------------------------------------------------------------------------


def test_perioden_og_papiret_der_siger_det():
    plan = plan_med()
    lag = forlaenget(plan)
    periode = frisk(plan).perioden()
    assert (periode.til.dag, periode.lag) == (NY, lag)
    assert frisk(plan).periode == "1. november 2019 – 30. april 2025 (5½ år ifølge »Forlængelse«)"
    assert frisk(plan_med()).periode == "1. november 2019 – 31. oktober 2023"


@pytest.mark.parametrize(
    ("dag", "slut"),
    [(AFTALT - timedelta(days=1), TIL), (AFTALT, NY), (date(2024, 1, 9), NY), (date(2024, 1, 10), TIL), (None, TIL)],
)
def test_perioden_som_den_stod_en_dag(dag, slut):
    plan = plan_med()
    forlaenget(plan, ophaevet=date(2024, 1, 10))
    periode = frisk(plan).perioden(dag)
    assert (periode.til.dag, periode.lag is None) == (slut, slut == TIL)


def test_en_kladde_flytter_intet_og_et_tillaeg_aldrig():
    plan = plan_med()
    forlaenget(plan, gaelder_fra=None)
    f.LagFactory(plan=plan, slags="tillaeg", til=None, gaelder_fra=AFTALT)
    assert frisk(plan).slutter.dag == TIL


def test_lag_ligger_oven_paa_hinanden():
    plan = plan_med()
    forlaenget(plan)
    forlaenget(plan, navn="Endnu et halvt år", til_sagt="seks måneder", gaelder_fra=date(2025, 1, 1))
    forlaenget(plan, navn="Stop", slags="ophoer", til=date(2025, 6, 30), til_sagt="", gaelder_fra=date(2025, 5, 1))
    nu = frisk(plan)
    assert nu.periode == "1. november 2019 – 30. juni 2025 (5 år og 8 måneder ifølge »Stop«)"
    assert (
        nu.perioden(date(2025, 4, 30)).i_ord == "1. november 2019 – 31. oktober 2025 (6 år ifølge »Endnu et halvt år«)"
    )


@pytest.mark.parametrize(
    ("slut", "mere", "ventet", "maaneder"),
    [
        ("31. oktober 2023", "18 måneder", "30. april 2025", 0),
        ("fire år", "18 måneder", "fire år og 18 måneder", 66),
        ("fire år og 18 måneder", "et år", "78 måneder", 78),
        ("2023", "18 måneder", "2023 og 18 måneder mere", 0),
        ("ikke oplyst", "18 måneder", "18 måneder mere end først aftalt", 0),
        ("", "18 måneder", "18 måneder mere end først aftalt", 0),
        ("2023", "sommeren 2025", "sommeren 2025", 0),
    ],
)
def test_laengere_end_det_der_er_fortalt(slut, mere, ventet, maaneder):
    """No day is made up where the first end is not told as one."""
    ny = lagt_til(laes_tid(slut, varighed=True), laes_tid(mere, varighed=True))
    assert (str(ny), ny.maaneder) == (ventet, maaneder)
    assert tid(None, str(ny)).maaneder == maaneder  # read again, as a paper reads it


@pytest.mark.parametrize(
    ("til", "ventet"),
    [(NY, "5½ år"), (TIL, "4 år"), (date(2024, 2, 29), "4 år og 4 måneder"), (date(2020, 4, 30), "6 måneder"),
     (date(2019, 11, 30), "1 måned"), (date(2024, 3, 7), "")],
)  # fmt: skip
def test_laengden_i_ord(til, ventet):
    assert laengde(tid(FRA), tid(til)) == ventet


# --- what cannot be agreed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felter", "felt", "besked"),
    [
        ({"til": TIL, "til_sagt": ""}, "til", "Forlængelsen slutter 31. oktober 2023, men uden den slutter planen "
         "31. oktober 2023. Skriv en senere dag."),
        ({"til": date(2019, 1, 1), "til_sagt": ""}, "til", "Skriv en senere dag."),
        ({"slags": "ophoer"}, "til", "Planen slutter 31. oktober 2023 i forvejen. Skriv en dag før den"),
        ({"slags": "ophoer", "til": date(2019, 1, 1), "til_sagt": ""}, "til", "Den kan ikke slutte 1. januar 2019."),
        ({"gaelder_fra": date(2026, 1, 1)}, "gaelder_fra", "Planen slutter 30. april 2025 og kan ikke ændres fra"),
    ],
)  # fmt: skip
def test_det_bagvendte_siges_ved_feltet(felter, felt, besked):
    lag = Lag(plan=plan_med(), navn="Forlængelse", **{"til_sagt": "18 måneder", "gaelder_fra": AFTALT} | felter)
    with pytest.raises(ValidationError) as fejl:
        raekker.opret(bruger=PROGRAMMET, objekt=lag)
    assert list(fejl.value.message_dict) == [felt]
    assert besked in fejl.value.message_dict[felt][0]
    assert not Lag.objects.exists()


@pytest.mark.parametrize(
    ("under", "tillaeg", "felt", "besked"),
    [
        ({"gaelder_fra": None}, AFTALT, "oven_paa", "»Forlængelse« gælder ikke endnu."),
        ({"ophaevet": date(2024, 1, 1)}, AFTALT, "oven_paa", "»Forlængelse« er ophævet."),
        ({}, date(2023, 5, 2), "gaelder_fra", "»Forlængelse« gælder først fra 3. maj 2023."),
    ],
)
def test_et_tillaeg_til_det_der_ikke_gaelder(under, tillaeg, felt, besked):
    plan = plan_med()
    nederst = forlaenget(plan, **under)
    ny = Lag(plan=plan, navn="Tillæg", slags="tillaeg", oven_paa=nederst, gaelder_fra=tillaeg)
    with pytest.raises(ValidationError) as fejl:
        raekker.opret(bruger=PROGRAMMET, objekt=ny)
    assert list(fejl.value.message_dict) == [felt]
    assert fejl.value.message_dict[felt][0].startswith(besked)


def test_et_tillaeg_ligger_ikke_oven_paa_en_anden_plans_eller_et_senere():
    plan = plan_med()
    foerst, sidst = forlaenget(plan), forlaenget(plan, navn="Sidst")
    for ved, besked in ((forlaenget(plan_med()), "kan ikke ligge under"), (sidst, "ligger oven på dette")):
        with pytest.raises(ValidationError, match=besked):
            raekker.ret(bruger=PROGRAMMET, objekt=foerst, felter={"oven_paa": ved}, version=1)


def test_filen_siger_det_samme_ved_linjen():
    lag = [{"noegle": "kort", "navn": "Kort", "til": "2028-01-01", "gaelder_fra": "2026-01-01"}]
    [fejl] = fejl_i(REGELSAET, FORGAENGER, PLAN | {"lag": lag})
    assert ": lag[1].til: Forlængelsen slutter 1. januar 2028, men uden den slutter planen 31. oktober 2029" in fejl
    lag = [{"noegle": "a", "navn": "A", "til": "18 måneder"},
           {"noegle": "b", "navn": "B", "slags": "tillaeg", "oven_paa": "a", "gaelder_fra": "2026-01-01"}]  # fmt: skip
    [fejl] = fejl_i(REGELSAET, FORGAENGER, PLAN | {"lag": lag})
    assert ": lag[2].oven_paa: »A« gælder ikke endnu" in fejl


def test_i_kraft_ved_en_udgave_rettes_og_slettes_det_ikke():
    lag = forlaenget(plan_med(), ikraft_ved="plan/lag/forlaengelse/u1-0123")
    with pytest.raises(ValidationError, match="sat i kraft ved udgaven plan/lag"):
        raekker.ret(bruger=PROGRAMMET, objekt=lag, felter={"navn": "Andet"}, version=1)
    with pytest.raises(ValidationError, match="sat i kraft ved udgaven plan/lag"):
        raekker.slet(bruger=PROGRAMMET, objekt=lag)


# --- what follows ---------------------------------------------------------------------------------------------------


def test_kontrollen_finder_ingen_fejl_i_en_forlaengelse():
    """Four years were agreed, the name says so, and the successor follows the new end."""
    plan = plan_med(navn="Helhedsplan 2019-23")
    foer = {fund.kode for fund in aftalefund(plan)}
    forlaenget(plan)
    f.HelhedsplanFactory(forgaenger=plan, periode_fra=NY + timedelta(days=1), periode_til=date(2029, 4, 30))
    efter = {fund.kode for fund in aftalefund(frisk(plan))}
    assert efter - {"lag-skrevet-ind"} <= foer
    assert not efter & {"periode-ikke-fire-aar", "titel-periode", "periode-hul", "periode-overlap"}


def test_kontrollen_ser_at_en_ny_foerste_slutdato_har_overhalet_forlaengelsen():
    plan = plan_med()
    lag = forlaenget(plan, til=NY, til_sagt="")
    Helhedsplan.objects.filter(pk=plan.pk).update(periode_til=date(2026, 10, 31))
    [fund] = [fund for fund in aftalefund(frisk(plan)) if fund.kode == "lag-uden-virkning"]
    assert fund.henvisning.endswith(f"/lag/{lag.pk}/ret/#id_til")
    assert "giver slutdatoen 30. april 2025, men uden den slutter planen 31. oktober 2026" in fund.besked


def ventende(bruger, i_dag) -> dict:
    """Without what the calendar says of dates that have passed."""
    fundne = {v.tekst.partition(" om ")[0]: v.dag for v in venter_paa_dig(bruger, i_dag)}
    return {tekst: dag for tekst, dag in fundne.items() if "overskredet" not in tekst}


def test_hvad_der_venter_foelger_den_nye_slutdato():
    """A plan that would be over is not, and the next one is asked for before the new end."""
    plan = plan_med()
    bruger = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet))
    i_dag = date(2024, 1, 1)
    assert ventende(bruger, i_dag) == {}
    forlaenget(plan)
    assert ventende(bruger, i_dag) == {"Begynd på den næste plan": NY, "Opret delaftalen": None}
    forlaenget(plan, navn="Stop", slags="ophoer", til=date(2023, 12, 1), til_sagt="")
    assert ventende(bruger, i_dag) == {}


def test_papiret_siger_hvad_der_aendres():
    plan = plan_med()
    nord = f.OmraadeFactory(plan=plan, navn="Nord")
    lag = forlaenget(plan, indhold="Planen løber videre.\n\nSekretariatet fortsætter.")
    lag.omraader.add(nord)
    papir = papirer.laget(papirer.hent_lag(frisk(plan), lag.noegle))
    assert (papir.titel, papir.arttekst) == ("Forlængelse", "Forlængelse")
    assert [(fakta.navn, fakta.tekst) for fakta in papirer.fakta_om_lag(papir)] == [
        ("Slags", "Forlængelse"),
        ("Oven på", "Strategisk samarbejdsaftale om boligsocial indsats"),
        ("Perioden før", "1. november 2019 – 31. oktober 2023"),
        ("Perioden nu", "1. november 2019 – 30. april 2025 (5½ år)"),
        ("Gælder fra", "3. maj 2023"),
        ("Gælder områderne", "Nord"),
    ]
    assert papir.afsnit[1].indhold == ("Planen løber videre.", "Sekretariatet fortsætter.")


def test_filen_rummer_lagene_frem_og_tilbage():
    indlaes(REGELSAET, FORGAENGER, PLAN)
    plan = Helhedsplan.objects.get(noegle="ny")
    assert plan.periode == "1. november 2025 – 30. april 2031 (5½ år ifølge »Længere tid«)"
    assert indlaes(skriv_plan(plan)).udfald[0].hvad == "uændret"
    assert [str(lag.oven_paa or "") for lag in plan.lagene] == ["", "Længere tid"]


# --- what counts without an edition here ------------------------------------------------------------------------------


@pytest.fixture
def folk():
    plan = plan_med(fase="i_gang")
    return plan, {rolle: f.MedlemskabFactory(plan=plan, rolle=rolle).bruger for rolle in ("leder", "sekretariat")}


def nyt(plan, **felter) -> Lag:
    valg = {"navn": "Forlængelse", "slags": "forlaengelse", "til_sagt": "18 måneder", "gaelder_fra": AFTALT}
    return Lag(plan=plan, **valg | felter)


def test_kun_lederen_skriver_at_noget_gaelder(folk):
    """As only the leader puts an edition in force. Who writes the plan may draft it."""
    plan, bruger = folk
    with pytest.raises(ValidationError) as fejl:
        raekker.opret(bruger=bruger["sekretariat"], objekt=nyt(plan))
    assert list(fejl.value.message_dict) == ["gaelder_fra"]
    kladde = raekker.opret(bruger=bruger["sekretariat"], objekt=nyt(plan, gaelder_fra=None))
    for felter in ({"gaelder_fra": AFTALT}, {"gaelder_fra_sagt": "foråret 2023"}):
        with pytest.raises(ValidationError):
            raekker.ret(bruger=bruger["sekretariat"], objekt=kladde, felter=felter, version=kladde.version)
    raekker.ret(bruger=bruger["leder"], objekt=kladde, felter={"gaelder_fra": AFTALT}, version=kladde.version)
    gaelder = Lag.objects.get(pk=kladde.pk)
    with pytest.raises(ValidationError):
        raekker.ret(
            bruger=bruger["sekretariat"], objekt=gaelder, felter={"til_sagt": "fem år"}, version=gaelder.version
        )
    with pytest.raises(ValidationError):
        raekker.slet(bruger=bruger["sekretariat"], objekt=gaelder)
    assert frisk(plan).slutter.dag == NY


def test_intet_gaelder_oven_paa_en_plan_der_ikke_er_bevilget(folk):
    plan, bruger = folk
    type(plan).objects.update(fase="ide")
    with pytest.raises(ValidationError, match="fase er Idé"):
        raekker.opret(bruger=bruger["leder"], objekt=nyt(frisk(plan)))
    raekker.slet(bruger=bruger["leder"], objekt=forlaenget(plan))  # one that stands there all the same can go
    assert not plan.lag.exists()


def test_formen_vil_vide_hvor_det_er_aftalt(folk):
    plan, _ = folk
    sendt = {"slags": "forlaengelse", "navn": "Forlængelse", "til": "18 måneder", "gaelder_fra": "03.05.2023"}
    uden = LagForm(sendt | {"version": 0}, instance=Lag(plan=plan))
    assert not uden.is_valid()
    assert list(uden.errors) == ["aftalt_i"]
    assert LagForm(sendt | {"version": 0, "aftalt_i": "Tillæg, sag 26/114"}, instance=Lag(plan=plan)).is_valid()


def test_det_der_er_skrevet_ind_er_et_fund_og_siger_naar_det_goer_det_underskrevne_om():
    plan = plan_med()
    forlaenget(plan, ikraft_ved="plan/lag/forlaengelse/u1")
    assert "lag-skrevet-ind" not in {fund.kode for fund in aftalefund(frisk(plan))}
    felter = {"slags": "ophoer", "til": date(2022, 6, 30), "til_sagt": "", "aftalt_i": "Brev, sag 26/9"}
    forlaenget(plan, navn="Planen stopper", **felter)
    [fund] = [fund for fund in aftalefund(frisk(plan)) if fund.kode == "lag-skrevet-ind"]
    assert "»Planen stopper«" in fund.besked
    assert "den slutdato, som »Forlængelse« er sat i kraft med" in fund.besked
    assert "Brev, sag 26/9" in fund.besked


def test_det_der_gaelder_fra_efter_planens_slutning_er_en_fejl():
    plan = plan_med()
    forlaenget(plan, slags="tillaeg", til_sagt="", navn="Tillæg", gaelder_fra=date(2023, 1, 1))
    assert "lag-efter-slut" not in {fund.kode for fund in aftalefund(frisk(plan))}
    forlaenget(plan, slags="ophoer", til=date(2022, 6, 30), til_sagt="", navn="Stop", gaelder_fra=date(2022, 1, 1))
    [fund] = [fund for fund in aftalefund(frisk(plan)) if fund.kode == "lag-efter-slut"]
    assert "»Tillæg« gælder fra 1. januar 2023, men planen slutter 30. juni 2022" in fund.besked


def test_en_forlaengelse_uden_laengde_tager_ingen_aar_fra_planen():
    plan = plan_med()
    forlaenget(plan, til_sagt="ikke oplyst")
    slut = frisk(plan).slutter
    assert (slut.tidligst, slut.senest, slut.er_ikke_oplyst) == (TIL, None, True)


def test_standen_er_den_paa_dagen(monkeypatch):
    lag = forlaenget(plan_med())
    for dag, stand in ((AFTALT - timedelta(days=1), "Gælder endnu ikke"), (AFTALT, "Gælder")):
        monkeypatch.setattr("aftaler.models.lag.timezone.localdate", lambda dag=dag: dag)
        assert lag.stand == stand


def test_papirets_forside_har_den_periode_det_selv_giver_ogsaa_efter_at_det_gaelder():
    plan = plan_med()
    lag = forlaenget(plan, gaelder_fra=None)
    foer = papirer.laget(papirer.hent_lag(frisk(plan), lag.noegle))
    Lag.objects.update(gaelder_fra=AFTALT, ikraft_ved="plan/lag/forlaengelse/u1")
    efter = papirer.laget(papirer.hent_lag(frisk(plan), lag.noegle))
    assert (foer.periode_til, foer.periode_ifoelge) == (NY, "5½ år ifølge »Forlængelse«")
    assert foer == efter
