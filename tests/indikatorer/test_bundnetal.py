"""Figures in prose: bound to measurements, followed by rows, findings, papers and plan files."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from aftaler.actions.afsnit import ret_afsnit
from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.pdf import papir, papir_html
from aftaler.queries.dokument import samarbejdsaftale
from helhedsplan import actions
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from indikatorer.actions.bundnetal import opdater_tal
from indikatorer.choices import Enhed
from indikatorer.models import Talbinding
from indikatorer.queries.bundnetal import bundne, henvisning_til, maalinger_ved, tal_i_tekst_fund
from indikatorer.rules.bundnetal import Trykttal, passer, skrevet_om
from tests.aftaler.planfil_data import FORGAENGER, REGELSAET, indlaes
from tests.factories import (
    AfsnitFactory,
    BrugerFactory,
    HelhedsplanFactory,
    IndikatorFactory,
    MaalingFactory,
    MedlemskabFactory,
    StedFactory,
)
from tests.indikatorer.test_planfil import gemt, med_sektion
from tests.vera import vera_fejl

MAALT = Trykttal(266, 301, Decimal("88.4"), 1, "266 (88,4 %)")


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("266", True),
        ("88,4 %", True),
        ("88 procent", True),
        ("266 af 301 (88,4 %)", True),
        ("88,5 %", False),
        ("88,40 %", True),
        ("265", False),
        ("266 af 302", False),
        ("mange", False),
    ],
)
def test_en_tekst_passer_naar_hvert_tal_i_den_er_maalingens(tekst, ventet):
    assert passer(tekst, MAALT) is ventet


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("1.337 (90,2 %)", True), ("1337 (90,2 %).", True), ("1\u00a0337 personer", True), ("1'337", True),
        ("90,2, altså 1.337", True), ("1.337-90,2", True), ("90.2 %", False), ("1,337 personer", False),
        ("1.337 den 1.11.2025", False), ("-1.337", False), ("\u22121.337", False), ("1.33.7", False),
    ],
)  # fmt: skip
def test_tal_laeses_som_de_skrives(tekst, ventet):
    assert passer(tekst, Trykttal(1337, None, Decimal("90.2"), 1, "")) is ventet


def test_et_negativt_tal_skrives_om_med_sit_fortegn():
    fra, til = Trykttal(None, None, Decimal("-1.5"), 1, "−1,5"), Trykttal(None, None, Decimal("2.5"), 1, "2,5")
    assert passer("\u22121,5 point", fra)
    assert skrevet_om("ændret \u22121,5 point", fra, til) == "ændret 2,5 point"
    assert skrevet_om("ændret 2,5 point", til, fra) == "ændret \u22121,5 point"


@pytest.mark.parametrize(
    ("tekst", "ny"),
    [
        ("266", "1.280"),
        ("88,4 %", "89,6 %"),
        ("88 procent", "89,6 procent"),
        ("266 af 301 (88,4 %)", "1.280 af 1.429 (89,6 %)"),
        ("265", "1.280"),
        ("88 %", "89,6 %"),
        ("91 %", "89,6 %"),
        ("265 af 302", "1.280 (89,6 %)"),
    ],
)
def test_det_nyeste_tal_skrives_i_det_gamles_form(tekst, ny):
    assert skrevet_om(tekst, MAALT, Trykttal(1280, 1429, Decimal("89.6"), 1, "1.280 (89,6 %)")) == ny


def test_det_der_ikke_findes_i_det_nye_tal_skrives_som_det_trykkes():
    assert skrevet_om("266", MAALT, Trykttal(None, None, Decimal("89.6"), 1, "89,6 %")) == "89,6 %"


# --- in a plan -------------------------------------------------------------------------------------------------------


@pytest.fixture
def maaling(db):
    indikator = IndikatorFactory(noegle="dagtilbud", navn="Andel i dagtilbud", enhed=Enhed.PROCENT)
    sted = StedFactory(plan=indikator.plan, noegle="nord", navn="Nord")
    return MaalingFactory(
        indikator=indikator, sted=sted, aar=2019, antal=266, vaerdi=Decimal("88.4"), kilde="LBF Beboerdata"
    )


@pytest.fixture
def afsnit(maaling):
    return AfsnitFactory(plan=maaling.indikator.plan, skabelon__titel="Baggrund", tekst="<p>Før</p>")


@pytest.fixture
def sekretaer(maaling):
    return MedlemskabFactory(plan=maaling.indikator.plan, rolle="sekretariat").bruger


def maerke(maaling, tal="88,4 %"):
    return f'<span data-tal="{henvisning_til(maaling)}">{tal}</span>'


def skriv(bruger, afsnit, tekst):
    ret_afsnit(bruger=bruger, afsnit=afsnit, felter={"tekst": tekst}, version=afsnit.version)


def test_en_binding_foelger_teksten_med_spor(afsnit, maaling, sekretaer):
    assert henvisning_til(maaling) == "dagtilbud/nord/2019"
    skriv(sekretaer, afsnit, f"<p>I alt {maerke(maaling)}</p>")

    [binding] = Talbinding.objects.all()
    assert (binding.afsnit, binding.maaling, binding.tekst) == (afsnit, maaling, "88,4 %")
    skriv(sekretaer, afsnit, f"<p>Nu {maerke(maaling)} og mere</p>")
    assert Talbinding.objects.get() == binding
    skriv(sekretaer, afsnit, "<p>Uden tal</p>")

    assert not Talbinding.objects.exists()
    spor = Haendelse.objects.filter(objekt_type="indikatorer.talbinding").order_by("pk")
    assert [h.handling for h in spor] == ["oprettet", "slettet"]


def test_et_afsnit_der_skrives_for_foerste_gang_kan_have_tal(afsnit, maaling, sekretaer):
    nyt = AfsnitFactory.build(plan=afsnit.plan, skabelon=AfsnitFactory(plan=afsnit.plan).skabelon, version=0)
    nyt.skabelon.afsnit.all().delete()
    skriv(sekretaer, nyt, f"<p>{maerke(maaling)}</p>")

    assert Talbinding.objects.get().afsnit == nyt


def test_et_maerke_der_ikke_foerer_nogen_steder_hen_bliver_til_ord(afsnit, sekretaer):
    skriv(sekretaer, afsnit, '<p><span data-tal="findes/ikke/2019">7</span></p>')

    afsnit.refresh_from_db()
    assert afsnit.tekst == "<p>7</p>"


@pytest.mark.parametrize("tal", ["mange", "et langt stykke tekst med 88,4 %, som er meget mere end et tal"])
def test_kun_et_tal_kan_bindes(afsnit, maaling, sekretaer, tal):
    with pytest.raises(ValidationError) as fejl:
        skriv(sekretaer, afsnit, f"<p>{maerke(maaling, tal)}</p>")
    assert list(fejl.value.message_dict) == ["tekst"]


@pytest.fixture
def skjult(maaling):
    return MaalingFactory(indikator=maaling.indikator, sted=maaling.sted, aar=2018, antal=3, vaerdi=None)


def test_et_skjult_tal_kan_ikke_bindes(afsnit, skjult, sekretaer):
    with pytest.raises(ValidationError, match="er skjult for andre"):
        skriv(sekretaer, afsnit, f"<p>{maerke(skjult, '3')}</p>")
    assert not Talbinding.objects.exists()


def test_det_der_bliver_skjult_bagefter_kan_blive_staaende_og_har_et_fund(afsnit, maaling, sekretaer):
    skriv(sekretaer, afsnit, f"<p>Der er {maerke(maaling, '266')}.</p>")
    actions.ret(bruger=sekretaer, objekt=maaling, felter={"antal": 3, "vaerdi": None}, tilladte={"antal", "vaerdi"})
    skriv(sekretaer, afsnit, f"<p>Nu er der {maerke(maaling, '266')}.</p>")

    [fund] = tal_i_tekst_fund(afsnit.plan)
    assert fund.kode == "tal-skjult"
    assert "266" not in fund.besked
    assert "Nu er der diskretioneret." in papir_html(samarbejdsaftale(afsnit.plan), {})


def test_et_bundet_tal_holder_paa_sin_maaling(afsnit, maaling, sekretaer):
    skriv(sekretaer, afsnit, f"<p>{maerke(maaling)}</p>")
    with pytest.raises(ValidationError, match="bruges af"):
        actions.slet(bruger=sekretaer, objekt=maaling)


def test_en_bundet_maaling_kan_rettes_men_ikke_flyttes(afsnit, maaling, sekretaer):
    skriv(sekretaer, afsnit, f"<p>{maerke(maaling)}</p>")
    actions.ret(bruger=sekretaer, objekt=maaling, felter={"antal": 267}, tilladte={"antal"})
    with pytest.raises(ValidationError, match="kan ikke flyttes"):
        actions.ret(bruger=sekretaer, objekt=maaling, felter={"aar": 2020}, tilladte={"aar"})


def test_begge_standarder_holder_ogsaa_med_tal_fra_samme_kilde(afsnit, maaling, sekretaer, tmp_path):
    tekst = (
        f"<h3>Kun {maerke(maaling, '266')}</h3><p>{maerke(maaling)} og {maerke(maaling, '<strong>266</strong>')}</p>"
    )
    skriv(sekretaer, afsnit, tekst)
    fil = tmp_path / "aftale.pdf"
    fil.write_bytes(papir(samarbejdsaftale(afsnit.plan)).data)
    assert vera_fejl(fil) == {fil: []}


def test_en_binding_er_med_naar_to_rettelser_flettes(client, afsnit, maaling, sekretaer):
    foer = {"tekst": afsnit.tekst, "version": str(afsnit.version), "faerdig": "on"}
    skriv(sekretaer, afsnit, f"<p>Før {maerke(maaling)}</p>")
    client.force_login(sekretaer)
    side = reverse("afsnit-ret", args=[afsnit.plan.noegle, afsnit.skabelon.noegle])
    svar = client.post(side, foer)
    assert svar.status_code == 409
    flettet = svar.context["form"]
    sendt = {"tekst": flettet["tekst"].value(), "version": flettet["version"].value(), "faerdig": "on"}
    assert client.post(side, sendt).status_code == 302

    afsnit.refresh_from_db()
    assert (afsnit.tekst, afsnit.faerdig) == (f"<p>Før {maerke(maaling)}</p>", True)
    assert Talbinding.objects.get().maaling == maaling


def test_papiret_har_tallet_som_skrevet_og_kilden_som_note(afsnit, maaling, sekretaer):
    skriv(sekretaer, afsnit, f"<p>I alt {maerke(maaling)}.</p>")
    html = papir_html(samarbejdsaftale(afsnit.plan), {})
    assert "88,4\u00a0%<sup>" in html
    assert 'id="note-1">LBF Beboerdata, 2019</li>' in html


# --- findings and bringing up to date --------------------------------------------------------------------------------


@pytest.fixture
def nyere(maaling):
    return MaalingFactory(indikator=maaling.indikator, sted=maaling.sted, aar=2024, antal=280, vaerdi=Decimal("89.6"))


def test_fund_om_tal_der_afviger_og_er_gamle(afsnit, maaling, nyere, sekretaer):
    skriv(sekretaer, afsnit, f"<p>{maerke(maaling, '88,5 %')}, {maerke(maaling, '266')} og {maerke(nyere, '280')}</p>")

    fund = tal_i_tekst_fund(afsnit.plan)

    assert [(f.kode, f.alvor, f.besked) for f in fund] == [
        (
            "tal-afviger",
            "advarsel",
            "Baggrund: Der står 88,5 %, men tallet er 266 (88,4\u00a0%) (Andel i dagtilbud, Nord, 2019).",
        ),
        ("tal-foraeldet", "note", "Baggrund: 2 tal i teksten er ældre end nyeste data."),
    ]
    url = reverse("afsnit-ret", args=[afsnit.plan.noegle, afsnit.skabelon.noegle])
    assert {f.henvisning for f in fund} == {f"{url}#id_tekst"}


def test_et_skjult_eller_manglende_tal_er_ikke_nyere(afsnit, maaling, sekretaer):
    faelles = {"indikator": maaling.indikator, "sted": maaling.sted, "vaerdi": None}
    MaalingFactory(aar=2022, antal=2, **faelles)
    MaalingFactory(aar=2023, tilstand="mangler", **faelles)
    skriv(sekretaer, afsnit, f"<p>{maerke(maaling)}</p>")
    assert tal_i_tekst_fund(afsnit.plan) == []


def test_et_valg_er_kun_aeldre_end_et_nyere_valg_af_samme_slags(afsnit, maaling, nyere, sekretaer):
    valg = MaalingFactory(
        indikator=maaling.indikator, sted=maaling.sted, aar=2017, begivenhed="Kommunalvalg", vaerdi=Decimal("61.0")
    )
    assert henvisning_til(valg) == "dagtilbud/nord/2017/kommunalvalg"
    skriv(sekretaer, afsnit, f"<p>{maerke(valg, '61 %')}</p>")
    assert tal_i_tekst_fund(afsnit.plan) == []
    MaalingFactory(
        indikator=maaling.indikator, sted=maaling.sted, aar=2021, begivenhed="Kommunalvalg", vaerdi=Decimal("63.0")
    )
    assert [f.kode for f in tal_i_tekst_fund(afsnit.plan)] == ["tal-foraeldet"]


def test_antallet_af_forespoergsler_er_fast(afsnit, maaling, nyere, sekretaer, django_assert_max_num_queries):
    for _ in range(3):
        skriv(sekretaer, AfsnitFactory(plan=afsnit.plan), f"<p>{maerke(maaling)}{maerke(nyere, '280')}</p>")
        with django_assert_max_num_queries(10):
            tal_i_tekst_fund(afsnit.plan)


def opdater(bruger, afsnit, fundet, **valg):
    valg = {"version": afsnit.version, "henvisning": fundet.henvisning, "ny_henvisning": fundet.ny_henvisning} | valg
    return opdater_tal(bruger=bruger, afsnit=afsnit, nummer=fundet.nummer, **valg)


def test_det_nyeste_tal_saettes_ind_i_teksten(afsnit, maaling, nyere, sekretaer):
    skriv(sekretaer, afsnit, f"<p>Først {maerke(nyere, '280')}, så {maerke(maaling, '<em>88,4</em> %')}.</p>")
    [_, gammelt] = bundne(afsnit.plan)

    assert opdater(sekretaer, afsnit, gammelt) == "89,6 %"

    afsnit.refresh_from_db()
    assert afsnit.tekst == f"<p>Først {maerke(nyere, '280')}, så {maerke(nyere, '89,6 %')}.</p>"
    assert {b.maaling for b in Talbinding.objects.all()} == {nyere}
    assert tal_i_tekst_fund(afsnit.plan) == []


def test_der_skrives_ikke_andet_end_det_der_blev_vist(afsnit, maaling, nyere, sekretaer):
    skriv(sekretaer, afsnit, f"<p>{maerke(maaling)}</p>")
    [fundet] = bundne(afsnit.plan)
    with pytest.raises(ValidationError):
        opdater(sekretaer, afsnit, fundet, ny_henvisning="dagtilbud/nord/2025")
    with pytest.raises(ValidationError):
        opdater_tal(bruger=sekretaer, afsnit=afsnit, nummer=2, henvisning="", ny_henvisning="", version=afsnit.version)
    with pytest.raises(Versionskonflikt):
        opdater(sekretaer, afsnit, fundet, version=afsnit.version - 1)
    with pytest.raises(PermissionDenied):
        opdater(BrugerFactory(), afsnit, fundet)
    afsnit.refresh_from_db()
    assert afsnit.tekst == f"<p>{maerke(maaling)}</p>"


# --- who reads what --------------------------------------------------------------------------------------------------


def test_historikken_viser_ikke_et_skjult_tal_for_laesere(client, afsnit, maaling, sekretaer):
    skriv(sekretaer, afsnit, f"<p>Der er {maerke(maaling, '266')}.</p>")
    actions.ret(bruger=sekretaer, objekt=maaling, felter={"antal": 3, "vaerdi": None}, tilladte={"antal", "vaerdi"})
    side = reverse("plan-historik", args=[afsnit.plan.noegle])

    client.force_login(MedlemskabFactory(plan=afsnit.plan, rolle="revisor").bruger)
    assert "Der er diskretioneret." in client.get(side).content.decode()
    client.force_login(MedlemskabFactory(plan=afsnit.plan, rolle="bestyrelse").bruger)
    assert client.get(side).status_code == 403
    client.force_login(sekretaer)
    assert "Der er 266." in client.get(side).content.decode()


def test_siden_viser_det_skjulte_maerket_for_dem_der_skriver(client, afsnit, maaling, sekretaer):
    skriv(sekretaer, afsnit, f"<p>Der er {maerke(maaling, '266')}.</p>")
    actions.ret(bruger=sekretaer, objekt=maaling, felter={"antal": 3, "vaerdi": None}, tilladte={"antal", "vaerdi"})
    side = reverse("samarbejdsaftale-vis", args=[afsnit.plan.noegle])

    client.force_login(sekretaer)
    assert '<span class="skjult-tal">266<sup>' in client.get(side).content.decode()
    client.force_login(MedlemskabFactory(plan=afsnit.plan, rolle="observatoer").bruger)
    assert "Der er diskretioneret." in client.get(side).content.decode()


def test_en_efterfoelger_faar_ordene_uden_bindinger_og_uden_skjulte_tal(afsnit, maaling, nyere, sekretaer):
    skriv(sekretaer, afsnit, f"<p>{maerke(maaling, '266')} og {maerke(nyere, '280')}</p>")
    actions.ret(bruger=sekretaer, objekt=maaling, felter={"antal": 3, "vaerdi": None}, tilladte={"antal", "vaerdi"})

    ny = start_efterfoelger(bruger=sekretaer, forgaenger=afsnit.plan, navn="Den næste")

    assert [a.tekst for a in ny.afsnit.filter(skabelon=afsnit.skabelon)] == ["<p>diskretioneret og 280</p>"]


# --- plan files ------------------------------------------------------------------------------------------------------

BUNDET = '<p>Ledige: <span data-tal="ledige/nord/2019">4,6 %</span> i <span data-tal="x/y/1">7</span></p>'


def fil(tekst=BUNDET):
    data = med_sektion()
    data["samarbejdsaftale"]["afsnit"][0]["tekst"] = tekst
    return data


def test_bindinger_overlever_turen_gennem_planfilen(db):
    indlaes(REGELSAET, FORGAENGER)
    indlaes(fil())
    assert gemt() == fil()
    assert [(b.tekst, henvisning_til(b.maaling)) for b in Talbinding.objects.all()] == [("4,6 %", "ledige/nord/2019")]
    antal = Haendelse.objects.count()
    assert indlaes(fil()).udfald[0].hvad == "uændret"
    assert Haendelse.objects.count() == antal


def test_bindinger_foelger_en_ny_fil_med_spor(db):
    indlaes(REGELSAET, FORGAENGER)
    indlaes(fil("<p>Intet</p>"))
    antal = Haendelse.objects.count()
    indlaes(fil())
    assert Talbinding.objects.count() == 1
    indlaes(fil("<p>Intet</p>"))
    assert Talbinding.objects.count() == 0
    typer = Haendelse.objects.order_by("pk").values_list("objekt_type", "handling")[antal:]
    assert [h for t, h in typer if t == "indikatorer.talbinding"] == ["oprettet", "slettet"]


def test_en_fil_uden_tallene_tager_baade_bindinger_og_maalinger_ud(db):
    indlaes(REGELSAET, FORGAENGER)
    indlaes(fil())
    data = fil()
    del data["indikatorer"]
    indlaes(data)
    assert not Talbinding.objects.exists()
    assert gemt()["samarbejdsaftale"] == data["samarbejdsaftale"]
    assert "indikatorer" not in gemt()


@pytest.mark.django_db
@pytest.mark.parametrize("aar", ["9" * 5000, "9" * 30, "²", ""])
def test_et_aar_som_intet_er_er_ingen_henvisning(aar):
    assert maalinger_ved(HelhedsplanFactory(), {f"ledige/nord/{aar}"}) == {}
