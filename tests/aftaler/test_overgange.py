"""Plans that are put into others or split: dated, with the paper that says so, followed both ways; and what cannot."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aftaler.actions import raekker
from aftaler.actions.plan import ret_plan
from aftaler.models import Helhedsplan, Lag
from aftaler.planfil import skriv_plan, som_yaml
from aftaler.queries.nyt import nyt_siden_forgaenger
from aftaler.queries.overblik import venter_paa_dig
from aftaler.queries.papirer import fakta_om_lag, hent_lag, laget
from aftaler.queries.soegning import KILDER
from helhedsplan.rettigheder import PROGRAMMET
from kalender.choices import Kalendertilstand
from kalender.queries.kalender import planens_kalender
from tests import factories as f
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, fejl_i, indlaes

pytestmark = pytest.mark.django_db
FRA, TIL, GIK = date(2025, 11, 1), date(2029, 10, 31), date(2027, 3, 31)


def plan_med(navn, **felter) -> Helhedsplan:
    return f.HelhedsplanFactory(**{"navn": navn, "periode_fra": FRA, "periode_til": TIL, "fase": "i_gang"} | felter)


def gik_over(plan, slags="sammenlaegning", **felter) -> Lag:
    valg = {"navn": f"{plan} gik over", "slags": slags, "til": GIK, "gaelder_fra": date(2027, 1, 1)}
    return f.LagFactory(plan=plan, noegle="gik-over", **valg | felter)


def vaelg(plan, *lagene) -> None:
    ret_plan(bruger=PROGRAMMET, plan=frisk(plan), felter={"kommer_af": list(lagene)}, version=None)


def frisk(plan) -> Helhedsplan:
    return Helhedsplan.objects.select_related("regelsaet", "forgaenger").get(pk=plan.pk)


@pytest.fixture
def lagt_ind():
    m, x = plan_med("Mølleparken"), plan_med("Åparken")
    vaelg(x, gik_over(m))
    return frisk(m), frisk(x)


def test_sider_og_soegning_gaar_begge_veje(lagt_ind, client):
    m, x = lagt_ind
    assert m.periode.startswith("1. november 2025 – 31. marts 2027 (")
    bruger = f.MedlemskabFactory(plan=m, rolle="observatoer").bruger
    client.force_login(bruger)
    for side in ("plan-overblik", "indstillinger"):
        svar = client.get(reverse(side, args=[m.noegle])).content.decode()
        assert "Lagt ind i</dt><dd>Åparken, 31. marts 2027, ifølge" in svar  # no link: the person does not see it
    f.MedlemskabFactory(plan=x, rolle="observatoer", bruger=bruger)
    svar = client.get(reverse("plan-overblik", args=[m.noegle])).content.decode()
    assert f'<a href="{x.get_absolute_url()}">Åparken</a>' in svar
    for side in ("plan-overblik", "indstillinger"):
        svar = client.get(reverse(side, args=[x.noegle])).content.decode()
        assert f'<a href="{m.get_absolute_url()}">Mølleparken</a> (lagt ind 31. marts 2027 ifølge' in svar
    linjer = {str(p): KILDER[0].plan(p) for p in KILDER[0].udvalg(bruger)}
    assert linjer["Mølleparken"].endswith("· lagt ind i »Åparken«")
    assert "lagt ind" not in linjer["Åparken"]


def test_nyt_siden_og_den_naeste_plan_forstaar_det(lagt_ind, client):
    m, x = lagt_ind
    leder = f.MedlemskabFactory(plan=m, rolle="leder").bruger
    f.PartFactory(plan=m, organisation__navn="Møllebo")
    nyt = nyt_siden_forgaenger(frisk(x))
    assert (nyt.forgaenger, nyt.kaede, nyt.ophoerte_parter) == (m, (m,), ("Møllebo",))
    x.forgaenger = plan_med("Før Åparken", periode_fra=date(2021, 11, 1), periode_til=date(2025, 10, 31))
    x.save()
    assert nyt_siden_forgaenger(frisk(x)).forgaenger == x.forgaenger
    assert nyt_siden_forgaenger(frisk(x), m.noegle).forgaenger == m
    client.force_login(f.MedlemskabFactory(plan=x, rolle="leder").bruger)
    assert "Mølleparken" in client.get(reverse("plan-nyt", args=[x.noegle])).content.decode()
    i_dag = date(2027, 1, 15)
    assert not [v for v in venter_paa_dig(leder, i_dag) if v.tekst == "Begynd på den næste plan"]
    linjer = {linje.uid: linje for linje in planens_kalender(m, i_dag)}
    assert linjer["udloeb"].dato == GIK
    assert linjer["fornyelse"].tilstand == Kalendertilstand.UDFOERT


def test_en_plan_der_deles_i_to(client):
    m = plan_med("Bakken")
    lag = gik_over(m, "deling")
    nye = [plan_med(f"Bakken {hvor}", forgaenger=m, periode_fra=date(2027, 4, 1)) for hvor in ("Nord", "Syd")]
    for ny in nye:
        vaelg(ny, lag)
    client.force_login(f.MedlemskabFactory(plan=m, rolle="observatoer").bruger)
    assert (
        "Delt i</dt><dd>Bakken Nord, Bakken Syd, 31. marts 2027"
        in client.get(reverse("plan-overblik", args=[m.noegle])).content.decode()
    )
    assert nyt_siden_forgaenger(frisk(nye[0])).kaede == (m,)
    fakta = {x.noegle: x.tekst for x in fakta_om_lag(laget(hent_lag(frisk(m), "gik-over")))}
    assert fakta["fortsaetter"] == "Bakken Nord og Bakken Syd"


def test_en_kladde_er_ikke_sket(lagt_ind):
    m, x = lagt_ind
    m.lag.update(gaelder_fra=None)
    assert frisk(m).gik_over_ved is None
    assert nyt_siden_forgaenger(frisk(x)) is None


def test_det_der_ikke_kan_vaere_siges_ved_feltet():
    m, x, y = plan_med("Mølleparken"), plan_med("Åparken"), plan_med("Engen")
    lag, egen = gik_over(m), gik_over(x)
    kort = plan_med("Kort", periode_til=date(2026, 10, 31))
    forlaengelse = f.LagFactory(plan=y, navn="Mere tid")
    m.forgaenger = y
    m.save()
    vaelg(x, lag)
    for plan, valgt, besked in (
        (x, egen, "En plan kan ikke lægges ind i sig selv."),
        (x, forlaengelse, "siger ikke, at Engen er lagt sammen"),
        (m, egen, "Mølleparken går forud for Åparken"),  # x comes of m
        (y, egen, "Engen går forud for Åparken"),  # y - m - x
        (y, lag, "Engen går forud for Mølleparken"),
        (kort, egen, "Kort slutter 31. oktober 2026, før Åparken gik over i den 31. marts 2027"),
        (plan_med("En anden"), lag, "Mølleparken er allerede lagt ind i Åparken"),
    ):
        with pytest.raises(ValidationError) as fejl:
            vaelg(plan, valgt)
        assert besked in fejl.value.message_dict["kommer_af"][0]
    assert not m.kommer_af.exists()
    lag = Lag(plan=y, navn="For sent", slags="deling", til=date(2030, 1, 1))
    with pytest.raises(ValidationError) as fejl:
        raekker.opret(bruger=PROGRAMMET, objekt=lag)
    assert "Planen slutter 31. oktober 2029 i forvejen" in fejl.value.message_dict["til"][0]
    raekker.opret(bruger=PROGRAMMET, objekt=Lag(plan=y, navn="Samme dag", slags="deling", til=TIL))


def test_formularen_tilbyder_det_en_kan_se(lagt_ind, client):
    x = lagt_ind[1]
    client.force_login(f.MedlemskabFactory(plan=x, rolle="leder").bruger)
    side = client.get(reverse("plan-ret", args=[x.noegle]))
    assert "Mølleparken: Mølleparken gik over" in side.content.decode()  # chosen, though the person does not see m
    anden = plan_med("Engen")
    client.force_login(f.MedlemskabFactory(plan=anden, rolle="leder").bruger)
    assert "kommer_af" not in client.get(reverse("plan-ret", args=[anden.noegle])).context["form"].fields


LAG = {"noegle": "delt", "navn": "Deling", "slags": "deling", "til": "2024-12-31", "gaelder_fra": "2024-06-01"}


def test_planfilen_kommer_ud_som_den_kom_ind():
    gammel = FORGAENGER | {"lag": [LAG]}
    ny = {}
    for noegle, vaerdi in PLAN.items():
        ny |= {noegle: vaerdi} | ({"kommer_af": ["gammel/delt"]} if noegle == "forgaenger" else {})
    indlaes(REGELSAET, ny, gammel)
    assert skriv_plan(Helhedsplan.objects.get(noegle=PLAN["noegle"])) == som_yaml(ny)
    assert Lag.objects.get(noegle="delt").planer_efter == [Helhedsplan.objects.get(noegle=PLAN["noegle"])]


@pytest.mark.parametrize(
    ("vej", "besked"),
    [
        ("ny/delt", "En plan kan ikke lægges ind i sig selv."),
        ("gammel/findes-ikke", "»findes-ikke« ligger ikke oven på planen »gammel«."),
        ("gammel", "Skriv plan/lag med skråstreg imellem."),
        ("gammel/mere", "siger ikke, at"),
        ("ingen/delt", "Planen »ingen« findes ikke."),
    ],
)
def test_planfilens_fejl_siges_ved_linjen(vej, besked):
    mere = {"noegle": "mere", "navn": "Mere tid", "til": "seks måneder", "gaelder_fra": "2024-06-01"}
    fundet = fejl_i(REGELSAET, FORGAENGER | {"lag": [LAG, mere]}, PLAN | {"kommer_af": [vej]})
    assert any("kommer_af" in linje and besked in linje for linje in fundet)
