"""Front page, plan page, side navigation and search: what they show, to whom, at what cost."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.models import Aktivitet
from aftaler.queries.huller import huller
from aftaler.queries.overblik import (
    delaftalelinjer,
    dokumentlinjer,
    kommende_datoer,
    sidemenu,
    venter_paa_dig,
)
from helhedsplan import tilslutninger
from helhedsplan.laest import en_side
from helhedsplan.rettigheder import rettigheder_for
from tests import factories as f
from tests.verden import en_plan, verden

pytestmark = pytest.mark.django_db
I_DAG = date(2026, 1, 15)


def en_leder(plan, rolle="leder"):
    return f.MedlemskabFactory(plan=plan, rolle=rolle).bruger


# --- what waits -----------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _kun_dette_rum(monkeypatch):
    """What the rooms to the right put first is tested with them."""
    monkeypatch.setattr(tilslutninger, "VENTER", [])


def venter(bruger, i_dag=I_DAG):
    return [(v.tekst, v.plan, v.dag, v.url) for v in venter_paa_dig(bruger, i_dag)]


def test_indsatsomraader_uden_delaftale_venter():
    plan = f.HelhedsplanFactory(noegle="parken", navn="Parken")
    har = f.DelaftaleFactory(plan=plan, indsatsomraade__nummer=1, indsatsomraade__navn="Har")
    f.DelmaalFactory(delaftale=har)
    for nummer, navn in ((3, "C"), (2, "B")):
        plan.indsatsomraader.add(
            f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, nummer=nummer, navn=navn, noegle=navn.lower())
        )
    f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)
    for _ in range(2):
        en_leder(plan)
    assert venter(en_leder(plan)) == [
        ("Opret delaftalen om B", "Parken", None, "/planer/parken/delaftaler/#b"),
        ("Opret delaftalen om C", "Parken", None, "/planer/parken/delaftaler/#c"),
    ]


def test_delaftaler_uden_delmaal_venter():
    plan = f.HelhedsplanFactory(noegle="parken", navn="Parken")
    f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job", indsatsomraade__navn="Job")
    f.DelmaalFactory(delaftale__plan=plan)
    en_leder(plan)
    assert venter(en_leder(plan)) == [
        ("Skriv delmål til delaftalen om Job", "Parken", None, "/planer/parken/delaftaler/job/")
    ]


@pytest.mark.parametrize(
    ("til", "venter_"),
    [
        (date(2026, 1, 14), False),
        (date(2026, 1, 15), True),
        (date(2027, 7, 1), True),
        (date(2027, 8, 1), False),
        (None, False),
    ],
)
def test_en_plan_der_snart_udloeber_venter(til, venter_):
    plan = f.HelhedsplanFactory(noegle="parken", navn="Parken", periode_fra=None, periode_til=til)
    ventet = [("Begynd på den næste plan", "Parken", til, "/planer/parken/")] if venter_ else []
    assert venter(en_leder(plan)) == ventet
    f.HelhedsplanFactory(forgaenger=plan)
    assert venter(en_leder(plan)) == []


def test_det_med_dato_foerst():
    plan = f.HelhedsplanFactory(periode_fra=None, periode_til=date(2026, 3, 1))
    f.DelaftaleFactory(plan=plan)
    snart = f.HelhedsplanFactory(periode_fra=None, periode_til=date(2026, 2, 1))
    bruger = en_leder(plan)
    f.MedlemskabFactory(plan=snart, bruger=bruger, rolle="sekretariat")
    assert [dag for _, _, dag, _ in venter(bruger)] == [date(2026, 2, 1), date(2026, 3, 1), None]


@pytest.mark.parametrize("rolle", ["bestyrelse", "observatoer", None])
def test_intet_venter_paa_den_der_ikke_skriver(rolle):
    """Also when somebody else leads the plan."""
    plan = f.HelhedsplanFactory(periode_fra=None, periode_til=date(2026, 3, 1))
    f.DelaftaleFactory(plan=plan)
    plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet))
    assert len(venter(en_leder(plan))) == 3
    assert venter(en_leder(plan, rolle) if rolle else f.BrugerFactory()) == []


def test_en_afsluttet_plan_venter_ikke():
    plan = f.HelhedsplanFactory(fase="afsluttet", periode_fra=None, periode_til=date(2026, 3, 1))
    f.DelaftaleFactory(plan=plan)
    assert venter(en_leder(plan)) == []


def test_forsiden_viser_hoejst_syv_og_folder_resten(client):
    plan = f.HelhedsplanFactory()
    plan.indsatsomraader.set(f.IndsatsomraadeFactory.create_batch(9, regelsaet=plan.regelsaet))
    leder = en_leder(plan)
    assert len(venter(leder)) == 9
    client.force_login(leder)
    svar = client.get(reverse("forside"))
    assert (len(svar.context["venter"]), len(svar.context["venter_ogsaa"])) == (7, 2)
    assert "Vis 2 mere, der venter" in svar.content.decode()


@pytest.mark.parametrize("antal", [1, 3])
def test_det_der_venter_koster_lige_mange_forespoergsler(antal, django_assert_num_queries):
    bruger = f.BrugerFactory()
    for _ in range(antal):
        plan = f.HelhedsplanFactory(periode_fra=None, periode_til=date(2026, 3, 1))
        f.DelaftaleFactory(plan=plan)
        f.MedlemskabFactory(plan=plan, bruger=bruger, rolle="leder")
    with django_assert_num_queries(6):  # two about access given of late, two about what lies on top of plans
        assert len(venter_paa_dig(bruger, I_DAG)) == 2 * antal


# --- the plan's page ------------------------------------------------------------------------------------------------


def test_dokumentlinjer():
    plan = f.HelhedsplanFactory(noegle="parken")
    afsnit = [f.SkabelonafsnitFactory(regelsaet=plan.regelsaet) for _ in range(3)]
    f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, art=Afsnitsart.ORGANISERING)
    fri = f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, dokument=Dokumenttype.DELAFTALE)
    f.AfsnitFactory(plan=plan, skabelon=afsnit[0], faerdig=True)
    f.AfsnitFactory(plan=plan, skabelon=afsnit[1])
    f.AfsnitFactory(plan=plan, skabelon=afsnit[2], tekst="", faerdig=True)
    skole, job = (
        f.DelaftaleFactory(
            plan=plan, indsatsomraade__nummer=n, indsatsomraade__noegle=x, indsatsomraade__navn=x.title()
        )
        for n, x in ((2, "skole"), (1, "job"))
    )
    f.AfsnitFactory(delaftale=skole, skabelon=fri, faerdig=True)
    linjer = [(x.navn, x.udfyldte, x.kladder, x.i_alt, x.tilstand, x.url, x.pdf_url) for x in dokumentlinjer(plan)]
    assert linjer == [
        (
            "Strategisk samarbejdsaftale", 1, 1, 3, "kladde",
            "/planer/parken/samarbejdsaftale/", "/planer/parken/samarbejdsaftale/samarbejdsaftale.pdf",
        ),
        (
            "Delaftale om Job", 0, 0, 1, "mangler",
            "/planer/parken/delaftaler/job/", "/planer/parken/delaftaler/job/delaftale.pdf",
        ),
        (
            "Delaftale om Skole", 1, 0, 1, "kladde",
            "/planer/parken/delaftaler/skole/", "/planer/parken/delaftaler/skole/delaftale.pdf",
        ),
    ]  # fmt: skip
    assert job.noegle == "job"
    assert [x.mangler for x in dokumentlinjer(plan)][2] == ("Delmål: ingen delmål", "Aktiviteter: ingen aktiviteter")
    aktivitet = f.AktivitetFactory(delaftale=skole, navn="Lektiecafé", maalgruppe="", formaal="<p>-</p>")
    assert [x.mangler for x in dokumentlinjer(plan)][2] == (
        "Delmål: ingen delmål", "Aktiviteter: »Lektiecafé« har kun et navn",
    )  # fmt: skip
    Aktivitet.objects.update(formaal="<p>Flere læser lektier</p>")
    delmaal = f.DelmaalFactory(delaftale=skole)
    assert [x.mangler for x in dokumentlinjer(plan)][2] == ("Delmål: delmål 1 har ingen aktivitet",)
    aktivitet.delmaal.add(delmaal)
    assert [(x.mangler, x.tilstand) for x in dokumentlinjer(plan)][2] == ((), "udfyldt")


@pytest.mark.parametrize(
    ("kasser", "mangel"),
    [
        (0, ["11 Organisering: ingen grupper i organisationsdiagrammet"]),
        (1, ["11 Organisering: diagrammet har kun én kasse"]),
        (2, []),
    ],
)
def test_huller_har_ogsaa_de_afsnit_der_laves_af_data(kasser, mangel):
    plan = f.HelhedsplanFactory()
    f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, nummer="11", titel="Organisering", art=Afsnitsart.ORGANISERING)
    f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, nummer="12", titel="Kobling", art=Afsnitsart.KOBLINGSTABELLER)
    f.GruppeFactory.create_batch(kasser, plan=plan)
    f.FastIndikatorFactory(maal__indsatsomraade__regelsaet=plan.regelsaet)  # the plan does not follow it yet
    fundne = huller(plan)[("samarbejdsaftale", "")]
    ventet = ["Ingen parter", "12 Kobling: ingen koblingstabel", *mangel, "1 indikator mangler baseline"]
    assert sorted(fundne) == sorted(ventet)
    assert ("organisationsdiagram", "") in huller(plan) if kasser == 1 else True


def test_et_papir_uden_afsnit_er_tomt():
    (linje,) = dokumentlinjer(f.HelhedsplanFactory())
    assert (linje.udfyldte, linje.i_alt, linje.tilstand) == (0, 0, "mangler")


@pytest.mark.parametrize("antal", [1, 3])
def test_dokumentlinjer_koster_lige_mange_forespoergsler(antal, django_assert_num_queries):
    plan, _ = en_plan(antal)
    f.DelaftaleFactory.create_batch(antal, plan=plan)
    # Every section, activity and delmål is asked, of all kinds of papers, and the board.
    with en_side(), django_assert_num_queries(19):
        assert len(dokumentlinjer(plan)) == antal + 2


def test_kommende_datoer():
    plan = f.HelhedsplanFactory(periode_fra=date(2025, 11, 1), periode_til=date(2029, 10, 31))
    f.OmraadeFactory(plan=plan, navn="Nord", starter=date(2026, 3, 1))
    f.OmraadeFactory(plan=plan, navn="Syd", starter=date(2025, 12, 1))
    f.OmraadeFactory(plan=plan, navn="Uden dato")
    aktivitet = f.AktivitetFactory(delaftale__plan=plan)
    for navn, dag in (("Før", date(2026, 1, 14)), ("Nu", I_DAG), ("Senere", date(2026, 2, 1)), ("Uden", None)):
        f.MilepaelFactory(aktivitet=aktivitet, navn=navn, dato=dag)
    f.MilepaelFactory(navn="I en anden plan", dato=date(2026, 2, 2))
    assert [(d.dag, d.tekst) for d in kommende_datoer(plan, I_DAG)] == [
        (date(2026, 1, 15), "Nu"),
        (date(2026, 2, 1), "Senere"),
        (date(2026, 3, 1), "Nord kommer med"),
        (date(2029, 10, 31), "Planen slutter"),
    ]
    assert [d.tekst for d in kommende_datoer(plan, I_DAG, hoejst=2)] == ["Nu", "Senere"]
    assert [d.tekst for d in kommende_datoer(plan, date(2025, 10, 1))][:2] == ["Planen begynder", "Syd kommer med"]
    assert kommende_datoer(plan, date(2030, 1, 1)) == []


@pytest.mark.parametrize("antal", [1, 3])
def test_kommende_datoer_koster_lige_mange_forespoergsler(antal, django_assert_num_queries):
    plan, _ = en_plan(antal)
    with django_assert_num_queries(3):
        kommende_datoer(plan, I_DAG)


# --- side navigation ------------------------------------------------------------------------------------------------


def test_sidemenuen_kender_den_aktuelle_side():
    plan = f.HelhedsplanFactory(noegle="parken")
    f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job", indsatsomraade__navn="Job")
    plan.rettigheder = rettigheder_for("observatoer")
    menu = {m.tekst: m for m in sidemenu(plan, "/planer/parken/delaftaler/job/delmaal/nyt/")}
    assert [tekst for tekst, m in menu.items() if m.aktiv] == ["Delaftaler"]
    assert [(m.tekst, m.url, m.aktiv) for m in menu["Delaftaler"].under] == [
        ("Job", "/planer/parken/delaftaler/job/", True)
    ]
    assert [m.tekst for m in sidemenu(plan, "/planer/parken/") if m.aktiv] == ["Overblik"]
    assert [m.tekst for m in sidemenu(plan, "/planer/parken/historik/") if m.aktiv] == ["Overblik"]
    assert [m.tekst for m in sidemenu(plan, "/soeg/") if m.aktiv] == []
    assert list(menu)[:3] == ["Overblik", "Samarbejdsaftale", "Delaftaler"]


def test_en_delaftale_med_naesten_samme_noegle_er_ikke_aktiv():
    plan = f.HelhedsplanFactory(noegle="parken")
    for nummer, noegle in enumerate(("job", "job-2")):
        f.DelaftaleFactory(plan=plan, indsatsomraade__nummer=nummer, indsatsomraade__noegle=noegle)
    linjer = delaftalelinjer(plan, "/planer/parken/delaftaler/job-2/")
    assert [m.aktiv for m in linjer] == [False, True]


# --- search ---------------------------------------------------------------------------------------------------------


def test_det_som_alle_regler_spoerger_om_laeses_en_gang(client):
    """The overview with all its rooms; what is read more than once is named with how often."""
    v = verden()
    client.force_login(v.brugere["leder"])
    url = reverse("plan-overblik", args=[v.plan.noegle])
    client.get(url)
    caches["sider"].clear()
    with CaptureQueriesContext(connection) as spurgt:
        assert client.get(url).status_code == 200
    faelles = ("aftaler_planparameter", "aftaler_regelparameter", "aftaler_dokumentkrav")
    gange = {tabel: sum(f'FROM "{tabel}" WHERE' in et["sql"] for et in spurgt) for tabel in faelles}
    assert {tabel: antal for tabel, antal in gange.items() if antal > 1} == {}
