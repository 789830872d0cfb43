"""Taking a file in: all or nothing, one entry in the log, nothing the second time, nothing behind anybody's back."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helhedsplan import papirkurv, revisionsspor
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.importer import FLEST_FILER, Importkonflikt, gem_fil, husk_koblinger, indlaes, slet_fil
from indikatorer.imports.udkast import koer
from indikatorer.models import Importfil, Importskabelon, Maaling
from indikatorer.rules.raekke import Tidsraekke, Vaerdier, raekkefejl
from tests import factories as f
from tests.indikatorer.importdata import egen, en_plan, gemte, udkast
from tests.samtidighed import mens

TO = ("Andel ledige;Nord;2019;;;52;1130;4,6;1;vaerdi;LBF;;", "Antal beboere;Syd;2020;;;1337;;;;vaerdi;;;")


@pytest.fixture
def plan(db):
    return en_plan()


@pytest.fixture
def bruger(plan):
    return f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger


def indlaest(plan, bruger, data: bytes):
    u = udkast(plan, data)
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=data)
    return koer(indlaes(bruger=bruger, fil=fil, raekker=u.raekker, aftryk=u.forskel.aftryk))


def test_en_fil_indlaeses_og_anden_gang_er_der_intet_at_aendre(plan, bruger):
    indlaest(plan, bruger, egen(*TO))
    assert gemte() == [
        ("beboere", "syd", 2020, "", "vaerdi", 1337, None, None),
        ("ledige", "nord", 2019, "", "vaerdi", 52, 1130, Decimal("4.6")),
    ]
    igen = udkast(plan, egen(*TO)).forskel
    assert (igen.antal, igen.uaendrede) == (0, 2)
    assert Importfil.objects.count() == 0


def test_det_hele_er_een_haendelse_og_kaeden_er_hel(plan, bruger):
    indlaest(plan, bruger, egen(*TO))
    indlaest(plan, bruger, egen(TO[0].replace("52;", "53;"), TO[1]))
    foerste, anden = Haendelse.objects.filter(kaede=plan.noegle, objekt_type="indikatorer.importfil").order_by("nummer")
    assert (foerste.handling, foerste.objekt_navn, len(foerste.aendringer)) == ("indlæst", "tal.csv", 2)
    assert anden.aendringer == [
        {
            "felt": "maalinger",
            "navn": "Andel ledige, Nord, 2019",
            "foer": "52 af 1.130, 4,6\u00a0%, kilde: LBF",
            "efter": "53 af 1.130, 4,6\u00a0%, kilde: LBF",
        }
    ]
    assert revisionsspor.brud(plan.noegle) == []


def test_en_aendring_loefter_versionen_og_roerer_kun_det_filen_siger(plan, bruger):
    indlaest(plan, bruger, egen(*TO))
    Maaling.objects.update(er_baseline=True, trykform="procent_foerst")
    indlaest(plan, bruger, egen(TO[0].replace("52;", "53;")))
    ledige = Maaling.objects.get(indikator__noegle="ledige")
    assert (ledige.version, ledige.antal, ledige.er_baseline, ledige.trykform) == (2, 53, True, "procent_foerst")
    assert Maaling.objects.get(indikator__noegle="beboere").version == 1


def test_kun_de_der_skriver_planen(plan):
    laeser = f.MedlemskabFactory(plan=plan, rolle="bestyrelse").bruger
    fil = f.ImportfilFactory(plan=plan)
    for kald in (
        lambda: gem_fil(bruger=laeser, plan=plan, navn="a", data=b"a"),
        lambda: slet_fil(bruger=laeser, fil=fil),
        lambda: husk_koblinger(bruger=laeser, plan=plan, koblinger=[]),
        lambda: koer(indlaes(bruger=laeser, fil=fil, raekker=[], aftryk="")),
    ):
        with pytest.raises(PermissionDenied):
            kald()
    assert Importfil.objects.count() == 1


def test_er_tallene_aendret_imens_skrives_intet(plan, bruger):
    data = egen(*TO)
    u = udkast(plan, data)
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=data)
    ledige, nord = plan.indikatorer.get(noegle="ledige"), plan.steder.get(noegle="nord")
    f.MaalingFactory(indikator=ledige, sted=nord, aar=2019, vaerdi=5)
    with pytest.raises(Importkonflikt, match="ændret, siden"):
        koer(indlaes(bruger=bruger, fil=fil, raekker=u.raekker, aftryk=u.forskel.aftryk))
    assert (Maaling.objects.count(), Importfil.objects.count()) == (1, 1)


def test_den_der_gaar_midt_i_det_hele_har_intet_skrevet(plan, bruger):
    data = egen(*TO)
    u = udkast(plan, data)
    fil = gem_fil(bruger=bruger, plan=plan, navn="tal.csv", data=data)
    trin = indlaes(bruger=bruger, fil=fil, raekker=u.raekker, aftryk=u.forskel.aftryk)
    assert next(trin) == ("Gemt", 2, 2)
    trin.close()
    assert (Maaling.objects.count(), Importfil.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"vaerdi": Decimal("104.6")}, "mellem 0 og 100"),
        ({"antal": 5, "grundlag": 4}, "større end 4"),
        ({"vaerdi": Decimal(5), "kilde": "Ring 010203-1234"}, "CPR-nummer"),
        ({}, "hverken et antal eller en værdi"),
    ],
)
def test_handlingen_stoler_ikke_paa_den_der_kalder(plan, bruger, felter, besked):
    ledige, nord = plan.indikatorer.get(noegle="ledige"), plan.steder.get(noegle="nord")
    fil = f.ImportfilFactory(plan=plan)
    raekke = Tidsraekke(ledige.pk, nord.pk, 2019, "", felter)
    with pytest.raises(ValidationError, match=besked):
        koer(indlaes(bruger=bruger, fil=fil, raekker=[raekke], aftryk=""))
    assert Maaling.objects.count() == 0


def test_en_anden_plans_indikatorer_kan_ikke_skrives(plan, bruger):
    fremmed = f.MaalingFactory()
    raekke = Tidsraekke(fremmed.indikator_id, fremmed.sted_id, 2019, "", {"vaerdi": Decimal(5)})
    with pytest.raises(ValidationError, match="findes ikke længere"):
        koer(indlaes(bruger=bruger, fil=f.ImportfilFactory(plan=plan), raekker=[raekke], aftryk=""))


def test_filen_ligger_til_den_er_indlaest_eller_slettet(plan, bruger, django_capture_on_commit_callbacks):
    fil = gem_fil(bruger=bruger, plan=plan, navn="a.csv", data=b"a;b\n")
    assert gem_fil(bruger=bruger, plan=plan, navn="b.csv", data=b"a;b\n") == fil
    assert (fil.sha256, fil.fil.storage.exists(fil.fil.name)) == (hashlib.sha256(b"a;b\n").hexdigest(), True)
    with django_capture_on_commit_callbacks(execute=True):
        slet_fil(bruger=bruger, fil=fil)
    assert (Importfil.objects.count(), fil.fil.storage.exists(fil.fil.name)) == (0, True), "it lies in the bin"
    papirkurv.toem(foer=timezone.now())
    assert not fil.fil.storage.exists(fil.fil.name)


def test_der_kan_ikke_ligge_uendeligt_mange_filer(plan, bruger):
    f.ImportfilFactory.create_batch(FLEST_FILER, plan=plan)
    with pytest.raises(ValidationError, match="Slet en"):
        gem_fil(bruger=bruger, plan=plan, navn="a", data=b"ny")


def test_en_kobling_huskes_een_gang_for_hver_slags(plan, bruger):
    for kobling in ({"indikator": "ledige"}, {"indikator": "beboere"}, {"indikator": "beboere"}):
        husk_koblinger(bruger=bruger, plan=plan, koblinger=[("a" * 64, "Tabel 1", kobling)])
    assert [(s.navn, s.kobling) for s in Importskabelon.objects.all()] == [("Tabel 1", {"indikator": "beboere"})]
    haendelser = Haendelse.objects.filter(objekt_type="indikatorer.importskabelon").order_by("nummer")
    assert [h.handling for h in haendelser] == ["oprettet", "rettet"]


# --- the same limits as the model's own validation ------------------------------------------------------------------

HELTAL = st.one_of(st.none(), st.integers(-2, 12))
VAERDI = st.one_of(
    st.none(),
    st.decimals(-5, 120, places=2),
    st.sampled_from([Decimal("1.23456"), Decimal(10) ** 10, Decimal(10) ** 10 - 1, Decimal("-0.0001")]),
)
VAERDIER = st.builds(
    Vaerdier,
    tilstand=st.sampled_from(["vaerdi", "mangler", "diskretioneret"]),
    antal=HELTAL,
    grundlag=HELTAL,
    vaerdi=VAERDI,
    decimaler=st.integers(0, 6),
    dato=st.sampled_from([None, date(2019, 11, 19), date(2020, 1, 1)]),
    kilde=st.sampled_from(["", "LBF", "k" * 200, "k" * 201]),
    udtrukket=st.sampled_from([None, date(2019, 11, 19)]),
    note=st.just(""),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    v=VAERDIER,
    aar=st.sampled_from([1989, 1990, 2019, 2100, 2101]),
    enhed=st.sampled_from(["ledige", "beboere", "karakter"]),
)
def test_raekkens_regler_er_modellens(plan, v, aar, enhed):
    if v.tilstand != "vaerdi":
        v = v._replace(antal=None, grundlag=None, vaerdi=None)
    maaling = Maaling(indikator=plan.indikatorer.get(noegle=enhed), sted=plan.steder.first(), aar=aar, **v._asdict())
    try:
        maaling.full_clean()
    except ValidationError:
        gyldig = False
    else:
        gyldig = True
    assert (raekkefejl(maaling.indikator.enhed, aar, "", v) == []) is gyldig


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_to_der_indlaeser_paa_een_gang_skriver_ikke_oven_i_hinanden():
    plan = en_plan()
    bruger = f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger
    opgaver = []
    for data in (egen(TO[0]), egen(TO[0].replace("52;", "53;"))):
        u, fil = udkast(plan, data), gem_fil(bruger=bruger, plan=plan, navn="a", data=data)
        opgaver.append(
            lambda u=u, fil=fil: koer(indlaes(bruger=bruger, fil=fil, raekker=u.raekker, aftryk=u.forskel.aftryk))
        )
    foerste, anden = mens(*opgaver)
    assert foerste.antal == 1
    assert isinstance(anden, Importkonflikt)
    assert Maaling.objects.get().antal == 52


def test_programmet_maa_ogsaa(plan):
    with transaction.atomic():
        assert indlaest(plan, PROGRAMMET, egen(*TO)).antal == 2
