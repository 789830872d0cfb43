"""What is new since the plan before: by the links between activities, not by their names."""

from datetime import date

import pytest
from django.urls import reverse

from aftaler.models import Helhedsplan
from aftaler.queries.nyt import nyt_siden_forgaenger
from helhedsplan.noegler import noegle_af
from tests import factories as f

pytestmark = pytest.mark.django_db
FORESPOERGSLER = 14


@pytest.fixture
def planer():
    gammel = f.HelhedsplanFactory(noegle="gammel", navn="Gammel")
    return gammel, f.HelhedsplanFactory(noegle="ny", navn="Ny", forgaenger=gammel, regelsaet=gammel.regelsaet)


def hentet(plan):
    return Helhedsplan.objects.select_related("forgaenger").get(pk=plan.pk)


def delaftaler(planer, navn="Job", noegle="job"):
    """The same indsatsområde in both plans."""
    gammel = f.DelaftaleFactory(plan=planer[0], indsatsomraade__navn=navn, indsatsomraade__noegle=noegle)
    return gammel, f.DelaftaleFactory(plan=planer[1], indsatsomraade=gammel.indsatsomraade)


def test_uden_forgaenger_er_der_intet_at_sammenligne():
    assert nyt_siden_forgaenger(f.HelhedsplanFactory()) is None


def test_to_ens_planer(planer):
    nyt = nyt_siden_forgaenger(hentet(planer[1]))
    assert (nyt.plan, nyt.forgaenger) == (planer[1], planer[0])
    assert (nyt.nye_parter, nyt.ophoerte_parter, nyt.nye_omraader, nyt.ophoerte_omraader) == ((), (), (), ())
    assert nyt.indsatsomraader == ()


def test_parter_og_omraader(planer):
    gammel, ny = planer
    blivende = f.OrganisationFactory(navn="Blivende")
    f.PartFactory(plan=gammel, organisation=blivende)
    f.PartFactory(plan=ny, organisation=blivende)
    f.PartFactory(plan=gammel, organisation__navn="Ophørt")
    f.PartFactory(plan=ny, organisation__navn="Kommet til")
    for plan, navne in ((gammel, ["Nord", "VEST"]), (ny, ["nord", "Vest", "Syd"])):
        for navn in navne:
            f.OmraadeFactory(plan=plan, navn=navn)
    nyt = nyt_siden_forgaenger(hentet(ny))
    assert (nyt.nye_parter, nyt.ophoerte_parter) == (("Kommet til",), ("Ophørt",))
    assert (nyt.nye_omraader, nyt.ophoerte_omraader) == (("Syd",), ())


def test_aktiviteter_foelges_ad_forbindelsen_og_ikke_navnet(planer):
    gammel, ny = delaftaler(planer)
    fritidsjob = f.AktivitetFactory(delaftale=gammel, navn="Fritidsjob", orden=1)
    f.AktivitetFactory(delaftale=gammel, navn="Café", orden=2)
    f.AktivitetFactory(
        delaftale=ny, navn="Job i fritiden", noegle="job", status="revideret", fortsaetter=fritidsjob, orden=2
    )
    f.AktivitetFactory(delaftale=ny, navn="Café", noegle="cafe", status="ny", orden=1)
    (omraade,) = nyt_siden_forgaenger(hentet(planer[1])).indsatsomraader
    assert omraade.navn == "Job"
    assert [(a.navn, a.status, a.foer, a.url) for a in omraade.nye] == [
        ("Café", "Ny", (), "/planer/ny/delaftaler/job/#aktivitet-cafe")
    ]
    assert [(a.navn, a.status, a.foer, a.url) for a in omraade.fortsatte] == [
        ("Job i fritiden", "Revideret", ("Fritidsjob",), "/planer/ny/delaftaler/job/#aktivitet-job")
    ]
    assert omraade.ophoerte == ("Café",)


def test_en_aktivitet_der_er_flyttet_til_et_andet_indsatsomraade_er_ikke_ophoert(planer):
    gammel, _ = delaftaler(planer)
    _, andet = delaftaler(planer, "Skole", "skole")
    flyttet = f.AktivitetFactory(delaftale=gammel, navn="Lektiehjælp")
    f.AktivitetFactory(delaftale=andet, navn="Lektier", fortsaetter=flyttet)
    omraader = {o.navn: o for o in nyt_siden_forgaenger(hentet(planer[1])).indsatsomraader}
    assert omraader["Job"].ophoerte == ()
    assert [a.foer for a in omraader["Skole"].fortsatte] == [("Lektiehjælp",)]


def test_en_aktivitet_der_deles_i_to(planer):
    gammel, ny = delaftaler(planer)
    en = f.AktivitetFactory(delaftale=gammel, navn="Klub")
    f.AktivitetFactory(delaftale=ny, navn="Klub for små", fortsaetter=en, orden=1)
    f.AktivitetFactory(delaftale=ny, navn="Klub for store", fortsaetter=en, orden=2)
    (omraade,) = nyt_siden_forgaenger(hentet(planer[1])).indsatsomraader
    assert [(a.navn, a.foer) for a in omraade.fortsatte] == [
        ("Klub for små", ("Klub",)), ("Klub for store", ("Klub",)),
    ]  # fmt: skip
    assert omraade.ophoerte == ()


def test_delmaal(planer):
    gammel, ny = delaftaler(planer)
    for aftale, tekster in ((gammel, ["Flere i job", "Ældre med"]), (ny, ["FLERE I JOB", "Unge med"])):
        for orden, tekst in enumerate(tekster):
            f.DelmaalFactory(delaftale=aftale, tekst=tekst, orden=orden)
    (omraade,) = nyt_siden_forgaenger(hentet(planer[1])).indsatsomraader
    assert (omraade.nye_delmaal, omraade.ophoerte_delmaal) == (("Unge med",), ("Ældre med",))


def test_indsatsomraader_i_den_nye_plans_orden_og_til_sidst_de_ophoerte(planer):
    gammel, ny = planer
    for plan, nummer, navn in ((gammel, 1, "Væk"), (ny, 3, "C"), (ny, 2, "B")):
        aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__nummer=nummer, indsatsomraade__navn=navn)
        f.AktivitetFactory(delaftale=aftale, navn=f"I {navn}")
    omraader = nyt_siden_forgaenger(hentet(ny)).indsatsomraader
    assert [o.navn for o in omraader] == ["B", "C", "Væk"]
    assert [(len(o.nye), o.ophoerte) for o in omraader] == [(1, ()), (1, ()), (0, ("I Væk",))]


@pytest.mark.parametrize("antal", [1, 3])
def test_lige_mange_forespoergsler(antal, planer, django_assert_num_queries):
    for nr in range(antal):
        gammel, ny = delaftaler(planer, f"Område {nr}", f"omraade-{nr}")
        f.DelmaalFactory(delaftale=ny)
        for aktivitet in f.AktivitetFactory.create_batch(antal, delaftale=gammel):
            f.AktivitetFactory(delaftale=ny, fortsaetter=aktivitet)
        f.PartFactory(plan=planer[1])
        f.OmraadeFactory(plan=planer[0])
    ny = hentet(planer[1])
    with django_assert_num_queries(FORESPOERGSLER):
        nyt = nyt_siden_forgaenger(ny)
    assert [len(o.fortsatte) for o in nyt.indsatsomraader] == [antal] * antal


# --- names over time, other rule sets, three generations --------------------------------------------------------------


def test_en_part_der_er_blevet_til_en_anden_og_et_omraade_der_har_skiftet_navn_er_de_samme(planer):
    gammel, ny = planer
    storbo = f.OrganisationFactory(navn="Storbo")
    lille = f.OrganisationFactory(navn="Lillebo", lagt_ind_i=storbo, lagt_ind=date(2020, 1, 1))
    f.PartFactory(plan=gammel, organisation=lille)
    f.PartFactory(plan=ny, organisation=storbo)
    gammel.fase, gammel.periode_fra, gammel.periode_til = "afsluttet", date(2016, 1, 1), date(2019, 12, 31)
    gammel.save()
    f.OmraadeFactory(plan=gammel, noegle="a", navn="Havremarken")
    f.NavnFactory(omraade__plan=ny, omraade__noegle="b", omraade__navn="Havrevænget", navn="Havremarken")
    nyt = nyt_siden_forgaenger(hentet(ny))
    assert (nyt.nye_parter, nyt.ophoerte_parter, nyt.omdoebte_parter) == ((), (), (("Lillebo", "Storbo"),))
    assert (nyt.nye_omraader, nyt.ophoerte_omraader, nyt.omdoebte_omraader) == (
        (),
        (),
        (("Havremarken", "Havrevænget"),),
    )


def test_et_delmaal_med_samme_noegle_er_skrevet_om(planer):
    gammel, ny = delaftaler(planer)
    f.DelmaalFactory(delaftale=gammel, noegle="unge", tekst="Unge i job")
    f.DelmaalFactory(delaftale=ny, noegle="unge", tekst="Flere unge i job")
    (omraade,) = nyt_siden_forgaenger(hentet(planer[1])).indsatsomraader
    assert omraade.omskrevne_delmaal == (("Unge i job", "Flere unge i job"),)
    assert (omraade.nye_delmaal, omraade.ophoerte_delmaal) == ((), ())


@pytest.fixture
def tre():
    """Three generations under three pulje's rule sets, with other names for the indsatsområder in each."""
    ud, foer = [], None
    for nr, navne in enumerate((["Arbejde", "Skole"], ["Job og uddannelse"], ["Beskæftigelse", "Kultur"]), 1):
        plan = f.HelhedsplanFactory(noegle=f"g{nr}", navn=f"Plan {nr}", forgaenger=foer)
        aftaler = [
            f.DelaftaleFactory(plan=plan, indsatsomraade__navn=n, indsatsomraade__noegle=noegle_af(n)) for n in navne
        ]
        ud.append((plan, aftaler))
        foer = plan
    (_, (arbejde, skole)), (_, (job,)), (_, (besk, _kultur)) = ud
    job.fortsaetter.set([arbejde, skole])
    besk.fortsaetter.set([job])
    klub1 = f.AktivitetFactory(delaftale=arbejde, navn="Klub", orden=1)
    f.AktivitetFactory(delaftale=skole, navn="Lektier", orden=1)
    klub2 = f.AktivitetFactory(delaftale=job, navn="Ungeklub", fortsaetter=klub1, orden=1)
    mentor2 = f.AktivitetFactory(delaftale=job, navn="Mentor", orden=2)
    f.AktivitetFactory(delaftale=besk, navn="Jobklub", noegle="k", fortsaetter=klub2, orden=1)
    f.AktivitetFactory(delaftale=besk, navn="Mentor", noegle="m", fortsaetter=mentor2, orden=2)
    f.AktivitetFactory(delaftale=besk, navn="Café", noegle="c", orden=3)
    return [plan for plan, _ in ud]


def test_over_puljer_foelges_delaftalerne_ad_det_de_fortsaetter(tre):
    beskaeftigelse, kultur = nyt_siden_forgaenger(hentet(tre[2])).indsatsomraader
    assert (beskaeftigelse.foer, beskaeftigelse.er_ny, kultur.er_ny) == (("Job og uddannelse",), False, True)
    assert [(a.navn, a.foer) for a in beskaeftigelse.fortsatte] == [("Jobklub", ("Ungeklub",)), ("Mentor", ())]
    assert [a.navn for a in beskaeftigelse.nye] == ["Café"]
    assert beskaeftigelse.ophoerte == ()


def test_tre_generationer(tre):
    nyt = nyt_siden_forgaenger(hentet(tre[2]), "g1")
    assert (nyt.forgaenger, list(nyt.kaede)) == (tre[0], [tre[1], tre[0]])
    beskaeftigelse, _ = nyt.indsatsomraader
    assert beskaeftigelse.foer == ("Arbejde", "Skole")
    assert [(a.navn, a.foer) for a in beskaeftigelse.fortsatte] == [("Jobklub", ("Ungeklub", "Klub"))]
    assert [(a.navn, a.siden) for a in beskaeftigelse.nye] == [("Mentor", "Plan 2"), ("Café", "")]
    assert beskaeftigelse.ophoerte == ("Lektier",)
    assert nyt_siden_forgaenger(hentet(tre[2]), "ukendt").forgaenger == tre[1]


def test_planer_i_ring_foelges_ikke_for_evigt(tre):
    Helhedsplan.objects.filter(pk=tre[0].pk).update(forgaenger=tre[2])
    assert nyt_siden_forgaenger(hentet(tre[2]), "g1").kaede == (tre[1], tre[0])


def test_siden_lader_en_vaelge_mellem_generationerne(tre, client):
    client.force_login(f.MedlemskabFactory(plan=tre[2], rolle="observatoer").bruger)
    url = reverse("plan-nyt", args=["g3"])
    side = client.get(url).content.decode()
    assert 'href="?siden=g1"' in side
    assert "før: Ungeklub</span>" in side
    assert "før: Ungeklub, før det: Klub" in client.get(f"{url}?siden=g1").content.decode()


@pytest.mark.parametrize("antal", [1, 3])
def test_lige_mange_forespoergsler_over_tre_generationer(tre, antal, django_assert_num_queries):
    for plan in tre:
        for aftale in plan.delaftaler.all():
            f.DelmaalFactory.create_batch(antal, delaftale=aftale)
            f.AktivitetFactory.create_batch(antal, delaftale=aftale)
        f.PartFactory.create_batch(antal, plan=plan)
        for omraade in f.OmraadeFactory.create_batch(antal, plan=plan):
            f.NavnFactory(omraade=omraade)
    plan = hentet(tre[2])
    with django_assert_num_queries(FORESPOERGSLER + 5):
        assert nyt_siden_forgaenger(plan, "g1")
