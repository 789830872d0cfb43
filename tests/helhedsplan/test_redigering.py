"""Edit pages through the client: saved, refused, drafted, merged, sent again. The pages are those of the agreements."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aftaler.actions import raekker
from aftaler.forms import AktivitetForm
from helhedsplan.choices import Alvor
from helhedsplan.cpr import CPR_BESKED
from helhedsplan.fund import Fund
from helhedsplan.models import Haendelse, Kladde
from tests.factories import (
    AfsnitFactory,
    AktivitetFactory,
    BrugerFactory,
    MedlemskabFactory,
    MilepaelFactory,
    OmraadeFactory,
    SkabelonafsnitFactory,
)

KLOKKEN = re.compile(r"Gemt kl\. \d\d\.\d\d")


@pytest.fixture
def aktivitet(db):
    aktivitet = AktivitetFactory(navn="Job", ansvarlig="Leder", maalgruppe="<p>Unge</p>", note="Husk")
    MilepaelFactory(aktivitet=aktivitet, navn="Start", dato=None, orden=1)
    MilepaelFactory(aktivitet=aktivitet, navn="Slut", dato=None, orden=2)
    return aktivitet


@pytest.fixture
def mig(aktivitet):
    return MedlemskabFactory(plan=aktivitet.plan, bruger__navn="Sekretær A, Demo").bruger


@pytest.fixture
def anden(aktivitet):
    return MedlemskabFactory(plan=aktivitet.plan, bruger__navn="Sekretær B, Demo").bruger


@pytest.fixture
def klient(client, mig):
    client.force_login(mig)
    return client


@pytest.fixture
def side(aktivitet):
    aftale = aktivitet.delaftale
    return reverse("aktivitet-ret", args=[aftale.plan.noegle, aftale.noegle, aktivitet.noegle])


def felter(response) -> dict:
    """What the browser would send from the page's form as it stands."""
    form = response.context["form"]
    sendt = {}
    for felt in [*form, *(f for saet in form.raekkesaet.values() for f in saet.management_form)]:
        vaerdi = felt.value()
        sendt[felt.html_name] = vaerdi if isinstance(vaerdi, list) else "" if vaerdi is None else str(vaerdi)
    for saet in form.raekkesaet.values():
        sendt[f"{saet.prefix}-grundlag"] = saet.grundlag
        for raekke in saet:
            sendt |= {f.html_name: "" if f.value() is None else str(f.value()) for f in raekke if f.name != "DELETE"}
    return sendt


def ret(klient, side, **aendret):
    return klient.post(side, felter(klient.get(side)) | aendret)


# --- saving ---------------------------------------------------------------------------------------------------------


def test_gemt_siges_med_klokkeslaet_og_siden_foerer_videre(klient, side, aktivitet):
    svar = klient.post(side, felter(klient.get(side)) | {"navn": "Fritidsjob"}, follow=True)

    aktivitet.refresh_from_db()
    assert (aktivitet.navn, aktivitet.version) == ("Fritidsjob", 2)
    assert svar.redirect_chain == [(aktivitet.get_absolute_url(), 302)]
    assert [bool(KLOKKEN.fullmatch(str(besked))) for besked in svar.context["messages"]] == [True]


def test_uroert_aendrer_intet(klient, side, aktivitet):
    assert ret(klient, side).status_code == 302
    aktivitet.refresh_from_db()
    assert (aktivitet.version, Haendelse.objects.om(aktivitet).count()) == (1, 0)


@pytest.mark.parametrize(("skrevet", "gemt"), [("1.310", 1310), ("0", 0), ("", None)])
def test_maalgruppens_antal_skrives_og_laeses_paa_siden(klient, side, aktivitet, skrevet, gemt):
    """What is not known is not said, and is not 0."""
    SkabelonafsnitFactory(regelsaet=aktivitet.plan.regelsaet, dokument="delaftale", art="aktiviteter")
    svar = klient.post(side, felter(klient.get(side)) | {"maalgruppe_antal": skrevet}, follow=True)

    aktivitet.refresh_from_db()
    assert aktivitet.maalgruppe_antal == gemt
    set_ = re.findall(r"<dt>Målgruppe, antal</dt><dd>([^<]*)</dd>", svar.content.decode())
    assert set_ == ([] if gemt is None else [skrevet])


def test_fejl_holder_alt_det_skrevne(klient, side, aktivitet):
    svar = ret(klient, side, navn="", forventet_deltagertal="mange", note="Nyt", **{"milepaele-0-dato": "i går"})

    assert svar.status_code == 422
    html = svar.content.decode()
    assert [html.count(tekst) for tekst in ('value="mange"', 'value="i går"', ">\nNyt</textarea>")] == [1, 1, 1]
    assert re.findall(r'<li><a class="function-link" href="#([^"]+)"', html) == [
        "id_navn",
        "id_forventet_deltagertal",
        "id_milepaele-0-dato",
    ]
    aktivitet.refresh_from_db()
    assert aktivitet.version == 1


def test_en_regel_i_handlingen_siger_fra_ved_feltet(klient, side, monkeypatch):
    def afvis(**kwargs):
        raise ValidationError({"navn": "Navnet er taget."})

    monkeypatch.setattr(raekker, "ret", afvis)
    svar = ret(klient, side, navn="Skole")

    assert svar.status_code == 422
    assert svar.context["form"].errors == {"navn": ["Navnet er taget."]}
    assert svar.context["form"]["navn"].value() == "Skole"


def test_advarsler_vises_og_bekraeftes(klient, side, aktivitet, monkeypatch):
    fund = [Fund("kort", Alvor.ADVARSEL, "Navnet er kort.", "#id_navn", "")]
    monkeypatch.setattr(AktivitetForm, "advarsler", lambda form: fund)

    svar = ret(klient, side, navn="A")
    html = svar.content.decode()
    assert svar.status_code == 422
    assert re.findall(r'<a class="function-link" href="#id_navn">([^<]+)</a>', html) == ["Navnet er kort."]
    assert re.findall(r'name="bekraeftede_advarsler" value="([^"]*)"', html) == ["kort"]
    assert re.findall(r'<button class="button button-primary" type="submit">([^<]+)</button>', html) == [
        "Gem, som det står"
    ]

    assert ret(klient, side, navn="A", bekraeftede_advarsler="kort").status_code == 302
    aktivitet.refresh_from_db()
    assert aktivitet.navn == "A"


def test_ny_raekke_uden_script(klient, side, aktivitet):
    svar = ret(klient, side, navn="", **{"tilfoej-raekke": "milepaele", "milepaele-1-navn": "Midt"})

    assert svar.status_code == 200
    saet = svar.context["form"].raekkesaet["milepaele"]
    assert [raekke["navn"].value() for raekke in saet] == ["Start", "Midt", None]
    html = svar.content.decode()
    assert re.findall(r'id="([^"]+)"[^>]* autofocus|autofocus[^>]* id="([^"]+)"', html) == [("", "id_milepaele-2-navn")]
    assert svar.context["form"].fejlliste() == []
    aktivitet.refresh_from_db()
    assert aktivitet.version == 1


def test_ukendt_raekke_vaelter_ikke_siden(klient, side):
    assert ret(klient, side, **{"tilfoej-raekke": "findes-ikke"}).status_code == 200


@pytest.mark.parametrize("antal", ["", "mange", "-1", "²", "٣", "1,5", "9" * 30, "9" * 5000])
def test_et_antal_raekker_der_ikke_er_et_tal_vaelter_ikke_siden(klient, side, aktivitet, antal):
    svar = ret(klient, side, **{"tilfoej-raekke": "milepaele", "milepaele-TOTAL_FORMS": antal})
    assert svar.status_code == 200
    assert len(svar.context["form"].raekkesaet["milepaele"].forms) <= 1200
    aktivitet.refresh_from_db()
    assert aktivitet.version == 1


def test_raekker_gemmes_med_deres_orden(klient, side, aktivitet):
    ret(klient, side, **{"milepaele-0-ORDER": "2", "milepaele-1-ORDER": "1", "milepaele-1-dato": "1/2-2026"})
    assert [str(m) for m in aktivitet.milepaele.all()] == ["Slut", "Start"]


def test_det_rettede_er_slettet_imens(klient, side, aktivitet):
    sendt = felter(klient.get(side)) | {"navn": "Skole", "note": "Vigtigt"}
    aktivitet.delete()
    svar = klient.post(side, sendt)

    assert svar.status_code == 404
    html = svar.content.decode()
    assert re.findall(r"<dt>(Navn|Note)</dt><dd>([^<]+)</dd>", html) == [("Navn", "Skole"), ("Note", "Vigtigt")]
    assert "Send igen" not in html


# --- drafts ---------------------------------------------------------------------------------------------------------


def gem_kladde(klient, side, **aendret):
    """As autosave does it; returns the answer."""
    svar = klient.get(side)
    adresse = reverse("kladde-gem", args=[svar.context["noegle"]])
    return klient.post(adresse, felter(svar) | aendret, headers={"X-Autogem": "1"})


def test_kladden_gemmes_og_staar_i_felterne_naeste_gang(klient, side, aktivitet):
    svar = gem_kladde(klient, side, navn="Skole", forventet_deltagertal="x", **{"milepaele-1-navn": "Forbi"})
    assert re.fullmatch(r'\{"gemt": "\d\d\.\d\d"\}', svar.content.decode())
    aktivitet.refresh_from_db()
    assert aktivitet.version == 1

    form = klient.get(side).context["form"]
    assert (form["navn"].value(), form["forventet_deltagertal"].value()) == ("Skole", "x")
    assert [raekke["navn"].value() for raekke in form.raekkesaet["milepaele"]] == ["Start", "Forbi"]
    assert form.fejlliste() == []


def test_siden_siger_at_der_er_en_kladde(klient, side):
    gem_kladde(klient, side, navn="Skole")
    html = klient.get(side).content.decode()

    assert len(re.findall(r"Du har en kladde fra \d+\. \w+ \d{4} kl\. \d\d\.\d\d, som ikke er gemt", html)) == 1
    assert "En anden har gemt siden." not in html


def test_en_kladde_uden_forskel_er_ingen_kladde(klient, side):
    gem_kladde(klient, side)
    assert klient.get(side).context["kladde"] is None


def test_at_gemme_fjerner_kladden(klient, side):
    gem_kladde(klient, side, navn="Skole")
    klient.post(side, felter(klient.get(side)))
    assert Kladde.objects.count() == 0


def test_kladden_er_kun_ens_egen(klient, side, anden):
    gem_kladde(klient, side, navn="Skole")
    fremmed = Client()
    fremmed.force_login(anden)

    svar = fremmed.get(side)
    assert (svar.context["kladde"], svar.context["form"]["navn"].value()) == (None, "Job")
    fremmed.post(reverse("kladde-kasser", args=[svar.context["noegle"]]))
    assert Kladde.objects.count() == 1


def test_en_gammel_kladde_siger_at_der_er_gemt_siden(klient, side, aktivitet, anden):
    gem_kladde(klient, side, navn="Skole")
    raekker.ret(bruger=anden, objekt=aktivitet, felter={"note": "Fra B"}, version=1)

    svar = klient.get(side)
    assert "En anden har gemt siden." in svar.content.decode()
    assert klient.post(side, felter(svar)).status_code == 409


def test_kladden_kan_kasseres(klient, side):
    gem_kladde(klient, side, navn="Skole")
    noegle = klient.get(side).context["noegle"]
    svar = klient.post(reverse("kladde-kasser", args=[noegle]), {"naeste": side})

    assert (svar.status_code, svar.url) == (302, side)
    assert klient.get(side).context["form"]["navn"].value() == "Job"


@pytest.mark.parametrize("naeste", ["https://ond.example/", "//ond.example/", "javascript:alert(1)", "", "planer/"])
def test_efter_kassering_gaas_der_ikke_ud_af_huset(klient, naeste):
    svar = klient.post(reverse("kladde-kasser", args=["aktivitet:1"]), {"naeste": naeste})
    assert svar.url == reverse("forside")


@pytest.mark.parametrize(
    ("sendt", "status", "besked"),
    [
        ({"navn": "010190-1234"}, 422, CPR_BESKED),
        ({"indhold": "<p>0101<em>90-1234</em></p>"}, 422, CPR_BESKED),
        ({"navn": "x" * 1_000_001}, 422, "Teksten er for lang til at gemme som kladde. Tryk på Gem."),
    ],
)
def test_hvad_en_kladde_ikke_maa_rumme(klient, sendt, status, besked):
    svar = klient.post(reverse("kladde-gem", args=["aktivitet:1"]), sendt)
    assert (svar.status_code, svar.json()) == (status, {"besked": besked})
    assert Kladde.objects.count() == 0


@pytest.mark.parametrize(("version", "gemt"), [("7", 7), ("", 0), ("x", 0), ("-1", 0), ("99999999999", 0)])
def test_kladdens_version(klient, version, gemt):
    klient.post(reverse("kladde-gem", args=["aktivitet:1"]), {"navn": "A\x00B", "version": version})

    kladde = Kladde.objects.get()
    assert (kladde.version, kladde.data) == (gemt, {"navn": ["AB"], "version": [version]})


def test_kladder_har_en_noegle_af_kendt_form(klient):
    assert klient.post(reverse("kladde-gem", args=["Æ ø"])).status_code == 400
    assert klient.post(reverse("kladde-gem", args=["a" * 201])).status_code == 400


@pytest.mark.parametrize("navn", ["kladde-gem", "kladde-kasser"])
def test_kladder_skrives_kun_med_post(klient, navn):
    assert klient.get(reverse(navn, args=["aktivitet:1"])).status_code == 405


@pytest.mark.django_db
def test_autogem_uden_login_faar_at_vide_hvorfor(client):
    svar = client.post(reverse("kladde-gem", args=["aktivitet:1"]), {"navn": "A"}, headers={"X-Autogem": "1"})
    assert (svar.status_code, svar.json()) == (
        401,
        {"besked": "Du er logget ud. Log ind i et nyt faneblad, og gem igen."},
    )
    assert Kladde.objects.count() == 0


@pytest.mark.django_db
def test_autogem_med_gammel_noegle_faar_at_vide_hvorfor():
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(BrugerFactory())
    svar = klient.post(reverse("kladde-gem", args=["aktivitet:1"]), {"navn": "A"}, headers={"X-Autogem": "1"})

    assert (svar.status_code, svar.json()) == (
        403,
        {"besked": "Siden er for gammel til at gemme kladden. Tryk på Gem."},
    )


# --- two at once ----------------------------------------------------------------------------------------------------


@pytest.fixture
def konflikt(klient, side, aktivitet, anden):
    """konflikt(deres, mit): the answer when I send `mit`, opened before somebody else saved `deres`."""

    def lav(deres, mit, deres_raekker=None):
        sendt = felter(klient.get(side)) | mit
        andre = {"milepaele": [{"navn": navn} for navn in deres_raekker]} if deres_raekker else None
        raekker.ret(bruger=anden, objekt=aktivitet, felter=deres, version=1, raekker=andre)
        return klient.post(side, sendt)

    return lav


def stykker(svar, nummer=0):
    return [(s.art, s.tekst) for s in svar.context["fletning"].konflikter[nummer].forskel]


def test_begge_har_rettet_det_samme(konflikt, aktivitet):
    svar = konflikt({"navn": "Fritidsjob for unge"}, {"navn": "Job for alle"})

    assert svar.status_code == 409
    html = svar.content.decode()
    assert html.count('value="Job for alle"') == 1
    assert stykker(svar) == [("slettet", "Job"), ("ny", "Fritidsjob for unge")]
    assert "Sekretær B, Demo, " in html
    assert svar.context["form"]["version"].value() == "2"
    aktivitet.refresh_from_db()
    assert (aktivitet.navn, aktivitet.version) == ("Fritidsjob for unge", 2)


def test_hvad_kun_den_ene_har_rettet_flettes_af_sig_selv(konflikt, klient, side, aktivitet):
    svar = konflikt({"ansvarlig": "Koordinator"}, {"navn": "Skole", "maalgruppe": "<p>Alle</p>"})

    fletning = svar.context["fletning"]
    assert (fletning.konflikter, fletning.taget, fletning.beholdt) == ([], ["Ansvarlig"], ["Navn", "Målgruppe"])
    assert klient.post(side, felter(svar)).status_code == 302
    aktivitet.refresh_from_db()
    assert (aktivitet.navn, aktivitet.ansvarlig, aktivitet.maalgruppe, aktivitet.version) == (
        "Skole",
        "Koordinator",
        "<p>Alle</p>",
        3,
    )


def test_prosa_sammenlignes_ord_for_ord(konflikt):
    svar = konflikt({"maalgruppe": "<p>Unge under 18</p>"}, {"maalgruppe": "<p>Unge og ældre</p>"})

    assert stykker(svar) == [("ens", "Unge"), ("ny", " under 18")]
    html = svar.content.decode()
    assert re.findall(r'<ins>.*?</span>([^<]+)<span class="sr-only">\]</span></ins>', html) == [" under 18"]
    assert "&lt;p&gt;Unge og ældre&lt;/p&gt;</textarea>" in html


@pytest.mark.parametrize("valg", ["min", "deres"])
def test_der_vaelges_for_hvert_felt(konflikt, klient, side, aktivitet, valg):
    svar = konflikt({"navn": "Deres", "note": "Deres note"}, {"navn": "Mit", "note": "Min note"})
    assert [k.valgnavn for k in svar.context["fletning"].konflikter] == ["valg-navn", "valg-note"]
    klient.post(side, felter(svar) | {"valg-navn": valg, "valg-note": "min", "note": "Begges note"})

    aktivitet.refresh_from_db()
    assert (aktivitet.navn, aktivitet.note) == ({"min": "Mit", "deres": "Deres"}[valg], "Begges note")


def test_flervalg_flettes_ogsaa(konflikt, klient, side, aktivitet):
    nord, syd = OmraadeFactory(plan=aktivitet.plan, navn="Nord"), OmraadeFactory(plan=aktivitet.plan, navn="Syd")
    svar = konflikt({"omraader": [nord], "forventet_deltagertal": 12}, {"omraader": [str(syd.pk)], "navn": "Skole"})

    assert stykker(svar) == [("ny", "Nord")]
    assert svar.context["fletning"].taget == ["Forventet deltagertal"]
    klient.post(side, felter(svar) | {"valg-omraader": "deres"})
    aktivitet.refresh_from_db()
    assert (list(aktivitet.omraader.all()), aktivitet.navn, aktivitet.forventet_deltagertal) == ([nord], "Skole", 12)


def test_samme_rettelse_er_ingen_konflikt(konflikt):
    """As when the button is pressed twice: the second time everything stands already."""
    assert konflikt({"navn": "Skole"}, {"navn": "Skole"}).status_code == 302


def test_raekker_kun_den_anden_har_rettet_tages_med(konflikt, klient, side, aktivitet):
    svar = konflikt({}, {"navn": "Skole"}, ["Start", "Midt", "Slut"])

    assert (svar.context["fletning"].taget, svar.context["fletning"].beholdt) == (["Milepæle"], ["Navn"])
    klient.post(side, felter(svar))
    assert [str(m) for m in aktivitet.milepaele.all()] == ["Start", "Midt", "Slut"]


def test_raekker_kun_jeg_har_rettet_bliver(konflikt, klient, side, aktivitet):
    svar = konflikt({"navn": "Skole"}, {"milepaele-1-navn": "Forbi"})

    assert (svar.context["fletning"].taget, svar.context["fletning"].beholdt) == (["Navn"], ["Milepæle"])
    klient.post(side, felter(svar))
    assert [str(m) for m in aktivitet.milepaele.all()] == ["Start", "Forbi"]


@pytest.mark.parametrize("valg", ["min", "deres"])
def test_raekker_begge_har_rettet_vaelges(konflikt, klient, side, aktivitet, valg):
    svar = konflikt({}, {"milepaele-1-navn": "Forbi"}, ["Start", "Midt", "Slut"])

    (raekkekonflikt,) = svar.context["fletning"].raekkekonflikter
    assert raekkekonflikt.overskrifter == ["Milepæl", "Dato", "Ansvarlig", "Tilstand"]
    assert raekkekonflikt.raekker == [[navn, "", "", "Ikke begyndt"] for navn in ("Start", "Midt", "Slut")]
    klient.post(side, felter(svar) | {"valg-milepaele": valg})
    ventet = {"min": ["Start", "Forbi"], "deres": ["Start", "Midt", "Slut"]}[valg]
    assert [str(m) for m in aktivitet.milepaele.all()] == ventet


def test_en_tredje_der_gemmer_giver_en_ny_fletning(konflikt, klient, side, aktivitet, anden):
    svar = konflikt({"navn": "To"}, {"navn": "Et"})
    aktivitet.refresh_from_db()
    raekker.ret(bruger=anden, objekt=aktivitet, felter={"navn": "Tre"}, version=2)

    svar = klient.post(side, felter(svar))
    assert (svar.status_code, svar.context["form"]["navn"].value()) == (409, "Et")
    assert stykker(svar) == [("slettet", "To"), ("ny", "Tre")]


def test_kladden_af_en_fletteside_begynder_hvor_jeg_begyndte(konflikt):
    """Otherwise a page left half-way would come back as a draft that overwrites the other without a word."""
    html = konflikt({"navn": "To"}, {"navn": "Et"}, ["Start"]).content.decode()

    (version,) = re.findall(r'<input type="hidden" name="version"[^>]*>', html)
    assert re.findall(r'(value|data-grund)="(\d+)"', version) == [("value", "2"), ("data-grund", "1")]
    (grundlag,) = re.findall(r'name="milepaele-grundlag" value="(\w+)" data-grund="(\w+)"', html)
    assert grundlag[0] != grundlag[1]


def test_eget_andet_vindue_kaldes_ved_navn(klient, side, aktivitet, mig):
    sendt = felter(klient.get(side)) | {"navn": "Et"}
    raekker.ret(bruger=mig, objekt=aktivitet, felter={"navn": "To"}, version=1)

    assert "dig selv i et andet vindue" in klient.post(side, sendt).content.decode()


@pytest.mark.django_db
def test_et_afsnit_som_ingen_havde_skrevet():
    """Two open an empty section; the first to save makes it, the second meets the first's text."""
    afsnit = AfsnitFactory(tekst="<p>x</p>")
    plan, skabelon = afsnit.plan, afsnit.skabelon
    afsnit.delete()
    side = reverse("afsnit-ret", args=[plan.noegle, skabelon.noegle])
    klienter = [Client(), Client()]
    for klient in klienter:
        klient.force_login(MedlemskabFactory(plan=plan).bruger)
    sendt = [felter(klient.get(side)) for klient in klienter]
    assert [s["version"] for s in sendt] == ["0", "0"]

    for data in sendt:
        del data["faerdig"]
    assert klienter[0].post(side, sendt[0] | {"tekst": "<p>Første</p>"}).status_code == 302
    svar = klienter[1].post(side, sendt[1] | {"tekst": "<p>Anden</p>"})
    assert (svar.status_code, stykker(svar)) == (409, [("ny", "Første")])
    assert klienter[1].post(side, felter(svar) | {"tekst": "<p>Begge</p>"}).status_code == 302
    assert plan.afsnit.get().tekst == "<p>Begge</p>"


# --- sent again -----------------------------------------------------------------------------------------------------


def skjulte(html) -> dict:
    (form,) = re.findall(r"<form[^>]*data-frisk-noegle.*?</form>", html, re.DOTALL)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_intet_gaar_tabt_naar_man_er_logget_ud(klient, side, aktivitet, mig):
    sendt = felter(klient.get(side)) | {"navn": "Skole & hjem", "indhold": "<p>Et <em>to</em></p>"}
    klient.logout()
    svar = klient.post(side, sendt)

    html = svar.content.decode()
    assert svar.status_code == 401
    assert re.findall(r"<dt>(Navn|Indhold)</dt><dd>([^<]+)</dd>", html) == [
        ("Navn", "Skole &amp; hjem"),
        ("Indhold", "Et to"),
    ]
    igen = skjulte(html)
    assert igen["indhold"] == "&lt;p&gt;Et &lt;em&gt;to&lt;/em&gt;&lt;/p&gt;"
    assert sorted(igen) == sorted([*(n for n, v in sendt.items() if v != []), "csrfmiddlewaretoken"])
    assert f'action="{side}"' in html

    klient.force_login(mig)
    assert klient.post(side, sendt).status_code == 302
    aktivitet.refresh_from_db()
    assert aktivitet.navn == "Skole & hjem"


def test_en_gammel_noegle_giver_siden_med_en_ny(side, mig):
    """Logging in again changes the key: the page that was open is answered by one that can be sent."""
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(mig)
    svar = klient.get(side)
    sendt = {n: v for n, v in felter(svar).items() if v != []} | {"navn": "Skole", "csrfmiddlewaretoken": "a" * 64}
    svar = klient.post(side, sendt)

    html = svar.content.decode()
    assert (svar.status_code, "Du er blevet logget ud" in html) == (403, False)
    frisk = {navn: v.replace("&lt;", "<").replace("&gt;", ">") for navn, v in skjulte(html).items()}
    assert klient.post(side, frisk).status_code == 302


@pytest.mark.django_db
def test_adgangskoder_sendes_ikke_tilbage():
    svar = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "a@eksempel.example", "password": "hemmelig-kode"}
    )

    html = svar.content.decode()
    assert svar.status_code == 403
    assert ("hemmelig-kode" in html, "a@eksempel.example" in html) == (False, False)
    assert f'<a href="{reverse("account_login")}">Åbn den igen</a>' in html


def test_en_fil_bedes_der_om_igen(client, side):
    fil = SimpleUploadedFile("kort.png", b"x", "image/png")
    html = client.post(side, {"alternativ_tekst": "Kort", "fil": fil}).content.decode()

    assert re.findall(r'<label class="form-label" for="fil-1">([^<]+)</label>', html) == ["Vælg filen igen: kort.png"]
    assert re.findall(r'<input type="file"[^>]*name="([^"]+)"', html) == ["fil"]
    assert re.findall(r'data-frisk-noegle enctype="([^"]+)"', html) == ["multipart/form-data"]


def test_adressen_kan_ikke_pege_ud_af_huset(client, db):
    html = client.post("//ond.example/x", {"navn": "A"}, follow=False).content.decode()
    assert "//ond.example" not in html
