"""Search: everything one may see, whole words first, and nothing that is hidden."""

import re

import pytest
from django.urls import reverse

from helhedsplan import soegning
from helhedsplan.soegning import soeg
from indikatorer.queries.bundnetal import henvisning_til
from moeder.choices import Moedepapirart
from tests import factories as f
from tests.verden import en_status, publiceret_status, verden

pytestmark = pytest.mark.django_db


def en_leder(plan, rolle="leder"):
    return f.MedlemskabFactory(plan=plan, rolle=rolle).bruger


@pytest.fixture
def fundet():
    """What a member of the plan finds, as (text, kind)."""
    plan = f.HelhedsplanFactory(noegle="oeen", navn="Ærlig ØSTERGÅRD på Ørestad")
    f.SagsnummerFactory(plan=plan, nummer="ABC-12")
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job", indsatsomraade__navn="Beskæftigelse")
    f.AktivitetFactory(delaftale=aftale, noegle="aa", navn="BEBOERRÅD og Åben café 100% (ny)")
    bruger = en_leder(plan, "observatoer")
    for _ in range(2):
        en_leder(plan)
    return lambda ord_: [(x.tekst, x.art) for x in soeg(bruger, ord_)]


PLAN = ("Ærlig ØSTERGÅRD på Ørestad", "Helhedsplan")
SAG = ("ABC-12", "Sagsnummer hos Landsbyggefonden")
DELAFTALE = ("Beskæftigelse", "Delaftale")
AKTIVITET = ("BEBOERRÅD og Åben café 100% (ny)", "Aktivitet")


@pytest.mark.parametrize(
    ("ord_", "ventet"),
    [
        ("ærlig", [PLAN]),
        ("ÆRLIG", [PLAN]),
        ("østergård på ø", [PLAN]),
        ("ØSTERGÅRD PÅ ØRESTAD", [PLAN]),
        ("  ærlig   østergård ", [PLAN]),
        ("abc-12", [SAG]),
        ("BESKÆFTIGELSE", [DELAFTALE]),
        ("kæft", [DELAFTALE]),
        ("beboerråd OG åben", [AKTIVITET]),
        ("CAFÉ", [AKTIVITET]),
        ("100%", [AKTIVITET]),
        ("(ny)", [AKTIVITET]),
        ("er", [PLAN, AKTIVITET]),
        ("abc", [SAG]),
        ("%", []),
        ("100_", []),
        ("..", []),
        (".*", []),
        ("(((", []),
        ("[a", []),
        ("\\", []),
        ("\\\\d+", []),
        ("a", []),
        (" a ", []),
        ("", []),
        ("\x00", []),
        ("ær\x00lig", [PLAN]),
        ("'; DROP TABLE", []),
    ],
)
def test_soeg(fundet, ord_, ventet):
    assert fundet(ord_) == ventet


@pytest.mark.parametrize(
    ("skrevet", "ord_", "fundet"),
    [
        ("Lektiecafé", "lektiecafe", True),
        ("LEKTIECAFÉ", "Lektiecafe", True),
        ("Lektiecafe", "lektiecafé", True),
        ("Lektiecafé", "lektiecafe\u0301", True),
        ("Møde med Žižek og Şükrü", "zizek sukru", True),
        ("Vejleåparken", "vejleaaparken", True),
        ("Ældre på Ørestad", "aeldre OERESTAD", True),
        ("Aarhus", "århus", True),
        ("Poesi", "pøsi", True),
        ("Gården", "garden", False),
        ("Børn", "born", False),
        ("Æble", "able", False),
    ],
)
def test_accenter_taeller_ikke_og_danske_bogstaver_kan_skrives_ud(skrevet, ord_, fundet):
    plan = f.HelhedsplanFactory(navn="Xx")
    f.OmraadeFactory(plan=plan, navn=skrevet)
    assert [(x.tekst, x.helt) for x in soeg(en_leder(plan), ord_)] == ([(skrevet, True)] if fundet else [])


def test_et_ord_med_accent_er_helt_og_vises_som_det_er_skrevet():
    plan = f.HelhedsplanFactory(navn="Xx")
    f.AktivitetFactory(delaftale__plan=plan, navn="Råd", baggrund="<p>Åben i caféen nu.</p>")
    (fund,) = soeg(en_leder(plan), "cafe")
    assert (fund.foer, fund.ordet, fund.efter, fund.helt) == ("Åben i ", "café", "en nu.", False)
    (fund,) = soeg(en_leder(plan), "cafeen")
    assert (fund.ordet, fund.helt) == ("caféen", True)


def test_en_publiceret_status_findes_paa_sine_frosne_ord_af_alle_i_planen():
    v = verden()
    status = publiceret_status(v.plan)
    linje = status.linjer.first()
    type(linje).objects.filter(pk=linje.pk).update(tekst="Rettet bagefter.")
    for rolle in ("leder", "sekretariat", "bestyrelse", "observatoer"):
        for ord_, saetning in (("fremad", "Det går fremad."), ("gang", "Holdet er i gang.")):
            (fund,) = [x for x in soeg(v.brugere[rolle], ord_) if "tatus" in x.art]
            assert (fund.art, fund.url) == ("Status", status.get_absolute_url())
            assert fund.foer + fund.ordet + fund.efter == saetning
    assert [x for x in soeg(v.brugere["leder"], "bagefter") if "tatus" in x.art] == []
    # A heading of the page is on every status, and no word of this one.
    assert [x for x in soeg(v.brugere["leder"], "milepæle") if "tatus" in x.art] == []
    assert soeg(v.brugere["fremmed"], "fremad") == []


def test_en_kladde_til_status_findes_kun_af_dem_der_skriver_den():
    v = verden()
    status = en_status(v.plan)
    linje = status.linjer.first()
    linje.tekst, linje.begrundelse = "Vi mangler lokaler.", ""
    linje.save()
    skriv = reverse("status-skriv", args=[v.plan.noegle, status.noegle])
    for rolle, ventet in (("leder", [skriv]), ("sekretariat", [skriv]), ("bestyrelse", []), ("observatoer", [])):
        for ord_ in ("fremad", "lokaler"):
            assert [x.url for x in soeg(v.brugere[rolle], ord_) if "tatus" in x.art] == ventet, (rolle, ord_)


def test_soeg_siger_hvor_det_fundne_er():
    plan = f.HelhedsplanFactory(noegle="parken", navn="Parken job")
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job", indsatsomraade__navn="Job")
    f.AktivitetFactory(delaftale=aftale, noegle="fritid", navn="Fritidsjob")
    assert [(x.tekst, x.plan, x.url) for x in soeg(en_leder(plan), "job")] == [
        ("Parken job", "1. november 2025 – 31. oktober 2029", "/planer/parken/"),
        ("Job", "Parken job", "/planer/parken/delaftaler/job/"),
        ("Fritidsjob", "Parken job · Job", "/planer/parken/delaftaler/job/#aktivitet-fritid"),
    ]


def test_soeg_finder_kun_i_egne_planer():
    min_, andres = f.HelhedsplanFactory(navn="Fælles navn"), f.HelhedsplanFactory(navn="Fælles navn")
    f.AktivitetFactory(delaftale__plan=andres, delaftale__indsatsomraade__navn="Fælles", navn="Fælles aktivitet")
    assert [x.url for x in soeg(en_leder(min_), "fælles")] == [min_.get_absolute_url()]
    assert soeg(f.BrugerFactory(er_administrator=True), "fælles") == []


def test_soeg_viser_hoejst_saa_mange():
    bruger = f.BrugerFactory()
    for plan in f.HelhedsplanFactory.create_batch(4, navn="Parken"):
        f.MedlemskabFactory(plan=plan, bruger=bruger)
    assert len(soeg(bruger, "parken", hoejst=3)) == 3


@pytest.mark.parametrize("antal", [1, 3])
def test_soeg_koster_lige_mange_forespoergsler(antal, django_assert_num_queries):
    bruger = f.BrugerFactory()
    for _ in range(antal):
        plan = f.HelhedsplanFactory(navn="Jobplan")
        f.MedlemskabFactory(plan=plan, bruger=bruger)
        f.AktivitetFactory(delaftale__plan=plan, delaftale__indsatsomraade__navn="Job", navn="Job")
    with django_assert_num_queries(len(soegning.KILDER) + 1):
        assert len(soeg(bruger, "job")) == 3 * antal


def test_hele_ord_foer_dele_af_ord():
    plan = f.HelhedsplanFactory(navn="Parken")
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__navn="Uddannelse")
    f.AktivitetFactory(delaftale=aftale, navn="Uddannelsesvejledning")
    f.AktivitetFactory(delaftale=aftale, navn="Café Anne")
    assert [x.tekst for x in soeg(en_leder(plan), "Anne")] == ["Café Anne", "Uddannelse", "Uddannelsesvejledning"]


def test_et_navn_foer_en_saetning():
    plan = f.HelhedsplanFactory(navn="Parken")
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__navn="Job")
    f.AktivitetFactory(delaftale=aftale, navn="Råd", baggrund="<p>Mange går på Nordre Skole nu.</p>")
    f.OmraadeFactory(plan=plan, navn="Nordre Skole")
    i_navn, i_tekst = soeg(en_leder(plan), "nordre skole")
    assert (i_navn.art, i_navn.ordet) == ("Område", "")
    assert (i_tekst.foer, i_tekst.ordet, i_tekst.efter) == ("Mange går på ", "Nordre Skole", " nu.")


def test_et_helt_ord_findes_selv_om_dele_af_ord_fylder_listen():
    plan = f.HelhedsplanFactory(navn="Parken")
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__navn="Job")
    for nummer in range(5):
        f.AktivitetFactory(delaftale=aftale, navn=f"Spandekursus {nummer}")
    f.AktivitetFactory(delaftale=aftale, navn="And i ovn")
    assert soeg(en_leder(plan), "and", hoejst=2)[0].tekst == "And i ovn"


def test_uddraget_er_saetningen_ordet_staar_i():
    plan = f.HelhedsplanFactory(navn="Parken")
    prosa = "<p>Mange søger råd.</p><p>De kan ikke læse <strong>deres lønseddel</strong> selv. Det koster.</p>"
    aktivitet = f.AktivitetFactory(delaftale__plan=plan, navn="Rådgivning", baggrund=prosa)
    (fund,) = soeg(en_leder(plan), "LØNSEDDEL")
    assert (fund.foer, fund.ordet, fund.efter) == ("De kan ikke læse deres ", "lønseddel", " selv.")
    assert fund.url == aktivitet.get_absolute_url()
    # The marks of the text are not words of it.
    assert soeg(en_leder(plan), "strong") == []


def test_ordene_maa_staa_hver_for_sig():
    plan = f.HelhedsplanFactory(navn="Parken")
    f.AktivitetFactory(delaftale__plan=plan, navn="Lektiecafé", ansvarlig="Skolelederen")
    assert [x.tekst for x in soeg(en_leder(plan), "skolelederen lektiecafé")] == ["Lektiecafé"]
    assert soeg(en_leder(plan), "skolelederen svømning") == []


def test_og_tegnet_og_tal_findes():
    plan = f.HelhedsplanFactory(navn="Parken")
    aktivitet = f.AktivitetFactory(delaftale__plan=plan, navn="Råd", indhold="<p>Fritid &amp; job for 4.209</p>")
    assert [x.url for x in soeg(en_leder(plan), "& 4.209")] == [aktivitet.get_absolute_url()]


def test_et_skjult_tal_i_teksten_hverken_findes_eller_vises():
    plan = f.HelhedsplanFactory(navn="Parken")
    omraade = f.OmraadeFactory(plan=plan)
    indikator = f.IndikatorFactory(plan=plan)
    maaling = f.MaalingFactory(
        indikator=indikator, sted=f.StedFactory(plan=plan, omraade=omraade), antal=3, grundlag=871, vaerdi=None
    )
    tekst = f'<p>Det gælder <span data-tal="{henvisning_til(maaling)}">3 af 871</span> unge.</p>'
    f.AktivitetFactory(delaftale__plan=plan, navn="Kontakt", baggrund=tekst)
    assert soeg(en_leder(plan, "observatoer"), "871") == []
    (fund,) = soeg(en_leder(plan, "observatoer"), "gælder")
    assert "3" not in fund.foer + fund.efter


def test_et_referat_findes_foerst_naar_det_er_sendt():
    plan = f.HelhedsplanFactory(navn="Parken")
    punkt = f.DagsordenspunktFactory(moede=f.MoedeFactory(plan=plan, tilstand="holdt"), referat="Enige om cykelstien.")
    assert soeg(en_leder(plan, "bestyrelse"), "cykelstien") == []
    f.MoedepapirFactory(moede=punkt.moede, art=Moedepapirart.REFERAT)
    (fund,) = soeg(en_leder(plan, "bestyrelse"), "cykelstien")
    assert fund.url == reverse("referat-vis", args=[plan.noegle, punkt.moede_id])


def ord_i(kilde, raekke) -> str:
    """The longest word of what is found there."""
    vist = kilde.vist or soegning._vaerdi
    ordene = re.findall(rf"[{soegning.BOGSTAV}]+", " ".join(vist(raekke, felt) for felt in kilde.felter))
    return max(ordene, key=len, default="")


@pytest.mark.django_db
def test_en_samarbejdspart_findes_paa_sit_navn_og_sin_rolle():
    part = f.SamarbejdspartFactory(navn="Klub Vesterled", rolle="Henviser til holdene")
    laeser = f.MedlemskabFactory(plan=part.delaftale.plan, rolle="observatoer").bruger
    for ord_ in ("Vesterled", "holdene"):
        assert [x.art for x in soeg(laeser, ord_, hoejst=5)] == ["Samarbejdspart"]


@pytest.mark.django_db
def test_alt_i_en_plan_kan_findes_af_dem_der_maa_se_det_og_af_ingen_andre(client):
    """Each kind of thing of a whole plan is found by its own words, its link answers, and an outsider finds none."""
    v = verden()
    v.argumenter("punkt-stem")
    f.BestyrelsesmedlemFactory(side__plan=v.plan)
    f.KontoFactory(plan=v.plan)
    punkt = f.AfgoerelseFactory(punkt__moede__plan=v.plan, tekst="Vedtaget enstemmigt").punkt
    punkt.referat = "Drøftet grundigt"
    punkt.save()
    f.MoedepapirFactory(moede=punkt.moede, art=Moedepapirart.REFERAT)
    f.RisikoFactory(plan=v.plan)
    f.NavnFactory(omraade=v.plan.omraader.first())
    assert v.udgave
    publiceret_status(v.plan)
    en_status(v.plan, kvartal=2)
    uden, kun_af_den_der_skriver = [], []
    for kilde in soegning.KILDER:
        laeser = v.brugere["observatoer"]
        if not kilde.udvalg(laeser):
            kun_af_den_der_skriver.append(kilde.art)
            laeser = v.brugere["leder"]
        client.force_login(laeser)
        raekke = next((r for r in kilde.udvalg(laeser) if ord_i(kilde, r)), None)
        if raekke is None:
            uden.append(kilde.art)
            continue
        fundne = [x for x in soeg(laeser, ord_i(kilde, raekke), hoejst=500) if x.art == kilde.art]
        assert kilde.url(raekke) in [x.url for x in fundne], kilde.art
        assert client.get(fundne[0].url.partition("#")[0]).status_code == 200, kilde.art
        assert not kilde.udvalg(v.brugere["fremmed"]), kilde.art
    assert uden == []
    assert kun_af_den_der_skriver == ["Kladde til status", "Linje i kladde til status"]


def test_siden_viser_ordet_i_sin_saetning(client):
    plan = f.HelhedsplanFactory(navn="Parken")
    f.AktivitetFactory(delaftale__plan=plan, navn="Råd", baggrund="<p>Hjælp til <b>lønsedlen</b> &lt;her&gt;.</p>")
    client.force_login(en_leder(plan))
    svar = client.get(reverse("soeg"), {"q": "lønsedlen"})
    assert "Hjælp til <mark>lønsedlen</mark> &lt;her&gt;." in svar.content.decode()


def test_hele_ord_og_dele_af_ord_staar_hver_for_sig(client):
    """Who looks for "Anne" is told which hits are of a word that only holds it."""
    plan = f.HelhedsplanFactory(navn="Parken")
    for navn in ("Uddannelse", "Anne følger unge"):
        f.AktivitetFactory(delaftale__plan=plan, navn=navn)
    client.force_login(en_leder(plan))
    side = client.get(reverse("soeg"), {"q": "anne"}).content.decode()
    hele, dele = side.split("Dele af ord</h2>")
    assert ("Anne følger unge" in hele, ">Uddannelse<" in hele) == (True, False)
    assert ("Anne følger unge" in dele, ">Uddannelse<" in dele) == (False, True)
    kun_dele = client.get(reverse("soeg"), {"q": "ddannels"}).content.decode()
    assert "»ddannels« står ikke som et helt ord" in kun_dele
