"""What is new since the plan before: by the links between activities, not by their names."""

import pytest

from aftaler.models import Helhedsplan
from aftaler.queries.nyt import nyt_siden_forgaenger
from tests import factories as f

pytestmark = pytest.mark.django_db


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
        ("Café", "Ny", "", "/planer/ny/delaftaler/job/#aktivitet-cafe")
    ]
    assert [(a.navn, a.status, a.foer, a.url) for a in omraade.fortsatte] == [
        ("Job i fritiden", "Revideret", "Fritidsjob", "/planer/ny/delaftaler/job/#aktivitet-job")
    ]
    assert omraade.ophoerte == ("Café",)


def test_en_aktivitet_der_er_flyttet_til_et_andet_indsatsomraade_er_ikke_ophoert(planer):
    gammel, _ = delaftaler(planer)
    _, andet = delaftaler(planer, "Skole", "skole")
    flyttet = f.AktivitetFactory(delaftale=gammel, navn="Lektiehjælp")
    f.AktivitetFactory(delaftale=andet, fortsaetter=flyttet)
    omraader = {o.navn: o for o in nyt_siden_forgaenger(hentet(planer[1])).indsatsomraader}
    assert omraader["Job"].ophoerte == ()
    assert [a.foer for a in omraader["Skole"].fortsatte] == ["Lektiehjælp"]


def test_en_aktivitet_der_deles_i_to(planer):
    gammel, ny = delaftaler(planer)
    en = f.AktivitetFactory(delaftale=gammel, navn="Klub")
    f.AktivitetFactory(delaftale=ny, navn="Klub for små", fortsaetter=en, orden=1)
    f.AktivitetFactory(delaftale=ny, navn="Klub for store", fortsaetter=en, orden=2)
    (omraade,) = nyt_siden_forgaenger(hentet(planer[1])).indsatsomraader
    assert [(a.navn, a.foer) for a in omraade.fortsatte] == [("Klub for små", "Klub"), ("Klub for store", "Klub")]
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
    with django_assert_num_queries(11):
        nyt = nyt_siden_forgaenger(ny)
    assert [len(o.fortsatte) for o in nyt.indsatsomraader] == [antal] * antal
