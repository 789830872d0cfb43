"""Small things that were told wrong, or nowhere: each stood on a page or a paper and misled who read it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Lagslags, Milepaelsstatus
from aftaler.queries.dokument import samarbejdsaftale
from aftaler.queries.kontrol import kontroller
from aftaler.queries.nyt import nyt_siden_forgaenger
from aftaler.queries.omraader import Ledvisning, Omraadevisning, indsatsskema
from aftaler.queries.overgange import overgange
from aftaler.queries.papirer import laget
from aftaler.queries.tvillinger import tvillingefund
from budget.actions.pulje import opret_pulje
from budget.models import Medfinansieringspulje
from dokumenter.pakkefil import _underskrevet
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f

pytestmark = pytest.mark.django_db


def test_et_ophaevet_lag_giver_sit_navn_fra_sig():
    gammelt = f.LagFactory(navn="Forlængelse", gaelder_fra=date(2028, 1, 1), ophaevet=date(2028, 6, 1))
    f.LagFactory(plan=gammelt.plan, navn="Forlængelse").full_clean()
    with pytest.raises(ValidationError, match="allerede et lag"):
        f.LagFactory.build(plan=gammelt.plan, noegle="igen", navn="Forlængelse", til=date(2031, 1, 1)).full_clean()


def test_en_kladde_til_en_deling_staar_hvor_planen_kommer_af(client):
    lag = f.LagFactory(slags=Lagslags.DELING, navn="Forslag om deling", til=date(2027, 1, 1))
    plan = f.HelhedsplanFactory()
    plan.kommer_af.add(lag)
    leder = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    assert [lag_ for lag_, _ in overgange(plan, leder)["kommet_af"]] == [lag]
    client.force_login(leder)
    side = client.get(reverse("plan-overblik", args=[plan.noegle])).content.decode()
    assert "»Forslag om deling«: kladde, så det gælder ikke" in side
    # It is no plan before this one while it does not count.
    assert nyt_siden_forgaenger(plan) is None


def test_en_milepael_er_ikke_naaet_foer_dagen():
    plan = f.HelhedsplanFactory()
    i_morgen = timezone.localdate() + timedelta(days=1)
    f.PlanmilepaelFactory(plan=plan, navn="Huset åbner", dato=i_morgen, status=Milepaelsstatus.NAAET)
    f.PlanmilepaelFactory(plan=plan, navn="Evaluering", dato=i_morgen)
    fundet = [fund.besked for fund in kontroller(plan) if fund.kode == "milepael-naaet-foer-tid"]
    assert len(fundet) == 1
    assert "Huset åbner" in fundet[0]


def test_pakkens_side_naevner_lagene_og_papirets_sidst_aendret_er_lagets(client):
    lag = f.LagFactory(navn="Forlængelse på et år")
    client.force_login(f.MedlemskabFactory(plan=lag.plan, rolle="leder").bruger)
    assert "Forlængelse på et år" in client.get(reverse("pakke-vis", args=[lag.plan.noegle])).content.decode()
    f.HaendelseFactory(kaede=lag.plan.noegle, objekt=lag)
    f.HaendelseFactory(kaede=lag.plan.noegle, objekt=f.AfsnitFactory(plan=lag.plan))
    assert (
        laget(lag).aendret
        == Haendelse.objects.om(lag).first().tidspunkt
        < Haendelse.objects.order_by("pk").last().tidspunkt
    )


def test_et_indsatsomraade_i_intet_omraade_staar_i_skemaet():
    o = Omraadevisning("Nord", indsatsomraader=(Ledvisning("Tryghed", None, "", None, ""),))
    skema = indsatsskema([o], ("Uddannelse",))
    assert skema.raekker == (("Tryghed", ("Ja",)), ("Uddannelse", ("Nej",)))


def test_skemaet_i_aftalen_har_dem_planen_har_valgt():
    plan = f.HelhedsplanFactory()
    tryghed, uddannelse = (f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, navn=n) for n in ("Tryghed", "Uddannelse"))
    plan.indsatsomraader.set([tryghed, uddannelse])
    omraade = f.OmraadeFactory(plan=plan)
    assert samarbejdsaftale(plan).uden_omraade == ()
    omraade.indsatser.create(indsatsomraade=tryghed)
    assert samarbejdsaftale(type(plan).objects.get(pk=plan.pk)).uden_omraade == ("Uddannelse",)


def test_ens_afdelinger_siges_i_de_planer_der_bruger_dem():
    part = f.PartFactory()
    en = f.AfdelingFactory(organisation=part.organisation, navn="Øster Park", nummer="5")
    f.AfdelingFactory(organisation=part.organisation, navn="Østerpark", nummer="")
    f.OmraadeFactory(plan=f.PartFactory(organisation=part.organisation).plan).afdelinger.add(en)
    anden = en.medomraader.get().omraade.plan
    assert [x.kode for x in tvillingefund(anden)] == ["afdeling-tvilling"]
    assert tvillingefund(part.plan) == []


def test_nyt_siden_laeser_ikke_et_senere_navn_som_det_gamle():
    gammel = f.HelhedsplanFactory(fase="i_gang")
    slut = date(2024, 12, 31)
    ny = f.HelhedsplanFactory(forgaenger=gammel, fase="afsluttet", periode_fra=date(2021, 1, 1), periode_til=slut)
    part = f.PartFactory(plan=gammel, organisation__navn="Det nye navn")
    f.PartFactory(plan=ny, organisation=part.organisation)
    f.NavnFactory(omraade=None, organisation=part.organisation, navn="Det gamle navn", til=date(2025, 6, 30))
    assert nyt_siden_forgaenger(ny).omdoebte_parter == ()


def test_en_pulje_hoerer_til_en_kommune_der_er_der():
    kommune = f.OrganisationFactory(art="kommune", arkiveret=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="er arkiveret"):
        opret_pulje(bruger=PROGRAMMET, pulje=Medfinansieringspulje(organisation=kommune, navn="Puljen"))


def test_pakken_siger_hvornaar_et_kraevet_papir_er_underskrevet():
    assert _underskrevet(f.BilagFactory.build(underskrevet=date(2026, 5, 3))) == "Underskrevet 3. maj 2026"
    assert _underskrevet(f.BilagFactory.build(underskrevet_sagt="foråret 2026")) == "Underskrevet foråret 2026"
    assert _underskrevet(f.BilagFactory.build()) == ""
