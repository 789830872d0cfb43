"""Several papers at once: freeze, send to the board, decide, send to signature. All or none, faults at their papers."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from lxml import html as html_

from dokumenter.actions.udgave import Bestilling, frys_flere
from dokumenter.models import Udgave, Underskriver
from helhedsplan.actions import Raekkefejl
from helhedsplan.rettigheder import PROGRAMMET
from moeder.actions.moede import Forsendelse
from moeder.actions.moedepapir import hold, send_dagsorden
from moeder.models import Dagsordenspunkt
from tests import factories as f
from tests.dokumenter.dokumentdata import dokumentverden, frossen, godkendt, url
from tests.formularproeve import FEJL, formularer, laes

VALGTE = ["beredskabsplan", "samarbejdsaftale"]


@pytest.fixture
def v(db):
    return dokumentverden()


@pytest.fixture
def leder(client, v):
    client.force_login(v.brugere["leder"])
    return client


def side(v, navn, valgte=VALGTE, *args):
    return f"{url(v, navn, *args)}?{'&'.join(f'valgt={n}' for n in valgte)}"


def udfyldt(client, adresse, uden=(), **skrives):
    """The page's form as a browser sends it, with reasons where they are asked for."""
    alle = formularer(laes(client.get(adresse)), adresse)
    form = next(en for en in alle if any(felt.navn.startswith("med-") for felt in en.felter))
    data = {}
    for felt in form.felter:
        if felt.navn.startswith("ja-"):
            data[felt.navn] = "on"
        elif felt.navn.startswith("hvorfor-"):
            data[felt.navn] = "Kommer senere."
        elif felt.vaerdier and felt.navn not in uden:
            data[felt.navn] = felt.vaerdier
    return data | skrives


def fejl_ved(html: str, papir: str) -> str:
    """What the page says is wrong inside one paper's own group."""
    (gruppe,) = html_.fromstring(html).xpath(f'//fieldset[@id="papir-{papir}"]')
    return " ".join(fejl.text_content() for fejl in gruppe.xpath(f".{FEJL}"))


# --- freeze -----------------------------------------------------------------------------------------------------------


def test_flere_fryses_paa_en_side_med_hver_sine_mangler(v, leder):
    v.delaftale.afsnit.update(tekst="")
    papir = f"delaftale-{v.delaftale.noegle}"
    adresse = side(v, "udgaver-frys", ["beredskabsplan", papir])
    html = leder.get(adresse).content.decode()
    assert html.count('class="feltgruppe flerpapir"') == 2
    folder = laes(leder.get(adresse)).xpath(f"//fieldset[@id='papir-{papir}']/details")
    huller = folder[0].xpath("./ul/li")
    assert (
        folder[0].xpath("./summary")[0].text_content()
        == f"{len(huller)} hul{'ler' if len(huller) > 1 else ''} i papiret"
    )
    assert len(folder) == 2
    assert not any(fold.get("open") is not None for fold in folder)
    data = udfyldt(leder, adresse)
    svar = leder.post(adresse, data | {f"hvorfor-{papir}": ""})
    assert svar.status_code == 422
    assert "Skriv, hvorfor udgaven fryses" in fejl_ved(svar.content.decode(), papir)
    assert not fejl_ved(svar.content.decode(), "beredskabsplan")
    [linje] = laes(svar).xpath("//*[@aria-labelledby='fejloversigt']//li")
    assert re.match(r"Delaftale.*\. Hvorfor fryses udgaven uden det\?: Skriv", linje.text_content().strip())
    assert not Udgave.objects.filter(plan=v.plan).exists()
    svar = leder.post(adresse, data)
    assert svar.status_code == 302
    assert svar.url.endswith(f"?valgt={papir}&valgt=beredskabsplan")
    grunde = dict(Udgave.objects.filter(plan=v.plan).values_list("art", "uskrevet_begrundelse"))
    assert grunde == {"beredskabsplan": "", "delaftale": "Kommer senere."}


def test_det_der_ikke_er_aendret_er_kun_med_naar_det_er_valgt(v, leder):
    felt = "//input[@name='med-beredskabsplan']/@checked"
    alle, valgt = url(v, "udgaver-frys"), side(v, "udgaver-frys", ["beredskabsplan"])
    assert laes(leder.get(alle)).xpath(felt)
    assert leder.post(valgt, udfyldt(leder, valgt)).status_code == 302
    assert not laes(leder.get(alle)).xpath(felt)
    assert laes(leder.get(valgt)).xpath(felt)
    assert leder.post(alle, udfyldt(leder, alle)).status_code == 302
    html = leder.get(alle).content.decode()
    assert "Ingen af kladderne er ændret siden den nyeste udgave." in html
    assert "med-beredskabsplan" not in html


def test_en_for_bred_tabel_siges_ved_frysning_foer_der_trykkes(v, leder):
    """With a link to the field where it stands, on the page of one paper and of several."""
    afsnit = v.delaftale.afsnit.first()
    raekker = [[f"{2010 + nr} i kr." for nr in range(20)], [f"1.{nr:03}.200 kr." for nr in range(20)]]
    tabel = "".join(f"<tr>{''.join(f'<td>{celle}</td>' for celle in raekke)}</tr>" for raekke in raekker)
    papir = f"delaftale-{v.delaftale.noegle}"
    en = url(v, "udgave-frys", "delaftale", v.delaftale.noegle)
    flere = side(v, "udgaver-frys", ["beredskabsplan", papir])
    for tekst, antal in (("<p>Kort.</p>", 0), (f"<p>Tal</p><table>{tabel}</table>", 1)):
        v.delaftale.afsnit.filter(pk=afsnit.pk).update(tekst=tekst)
        for adresse in (en, flere):
            links = [
                a
                for a in laes(leder.get(adresse)).xpath("//main//a[contains(., 'er for bred til et liggende ark')]")
                if a.get("href").endswith("#id_tekst")
            ]
            assert len(links) == antal, adresse
            assert all(leder.get(a.get("href").partition("#")[0]).status_code == 200 for a in links)


def test_et_dobbeltklik_fryser_ikke_to_gange(v, leder):
    adresse = side(v, "udgaver-frys")
    data = udfyldt(leder, adresse)
    assert leder.post(adresse, data).status_code == 302
    svar = leder.post(adresse, data)
    assert svar.status_code == 422
    assert "En anden har frosset dokumentet imens" in fejl_ved(svar.content.decode(), "beredskabsplan")
    assert Udgave.objects.filter(plan=v.plan).count() == 2


def test_en_fejl_ved_et_papir_stopper_dem_alle(v):
    gode = Bestilling(v.plan, "beredskabsplan")
    daarlig = Bestilling(v.plan, "samarbejdsaftale", niveau=2)  # lower than proposed, without a reason
    with pytest.raises(Raekkefejl) as fejl:
        frys_flere(bruger=PROGRAMMET, plan=v.plan, bestillinger=[gode, daarlig])
    assert list(fejl.value.ved) == [2]
    assert not Udgave.objects.filter(plan=v.plan).exists()


def test_det_der_ikke_kan_fryses_siges_og_det_der_ikke_tages_med_bliver(v, leder):
    v.plan.risici.all().delete()
    html = leder.get(
        side(v, "udgaver-frys", ["beredskabsplan", "indberetningsskema", "samarbejdsaftale"])
    ).content.decode()
    assert "Beredskabsplan: Er ikke skrevet endnu." in html
    assert "Indberetningsskema: Er Landsbyggefondens eget skema" in html
    adresse = side(v, "udgaver-frys", ["samarbejdsaftale"])
    data = udfyldt(leder, adresse, uden=("med-samarbejdsaftale",))
    svar = leder.post(adresse, data)
    assert "Tag mindst ét dokument med." in fejl_ved(svar.content.decode(), "samarbejdsaftale")


def test_uden_valg_er_alle_de_der_kan_med(v, leder):
    html = leder.get(url(v, "udgaver-frys")).content.decode()
    assert html.count('class="feltgruppe flerpapir"') == 5
    assert "Kan ikke tages med" not in html


# --- the board --------------------------------------------------------------------------------------------------------


def paa_et_moede(v, leder):
    frys_flere(bruger=PROGRAMMET, plan=v.plan, bestillinger=[Bestilling(v.plan, art) for art in VALGTE])
    moede = f.MoedeFactory(plan=v.plan, dato=timezone.localdate())
    adresse = side(v, "udgaver-moede")
    data = udfyldt(leder, adresse)
    assert leder.post(adresse, data).url == moede.get_absolute_url()
    return moede, adresse, data


def test_hvert_dokument_bliver_et_punkt_og_kun_en_gang(v, leder):
    moede, adresse, data = paa_et_moede(v, leder)
    assert {p.udgave.art for p in moede.punkter.all()} == set(VALGTE)
    svar = leder.post(adresse, data)
    assert svar.status_code == 422
    assert "Det står allerede på en dagsorden" in fejl_ved(svar.content.decode(), "beredskabsplan")
    assert moede.punkter.count() == 2


def test_det_som_bestyrelsen_ikke_skal_godkende_sendes_ikke_til_den(v, leder):
    frossen(v, niveau=1, begrundelse="Aftalt med parterne.")
    f.MoedeFactory(plan=v.plan, dato=timezone.localdate())
    html = leder.get(side(v, "udgaver-moede")).content.decode()
    assert "Beredskabsplan: Venter ikke på bestyrelsen." in html


def test_uden_et_moede_siges_det(v, leder):
    frossen(v)
    html = leder.get(side(v, "udgaver-moede")).content.decode()
    assert "Planen har intet møde, der kommer" in html
    assert f'<a href="{url(v, "moede-opret")}">Opret mødet</a>' in html
    assert "Samarbejdsaftale: Er ikke frosset endnu." in html


def test_en_beslutning_for_flere_punkter_alle_eller_ingen(v, leder):
    moede, *_ = paa_et_moede(v, leder)
    send_dagsorden(bruger=v.brugere["leder"], moede=moede, version=None, til=Forsendelse())
    hold(bruger=PROGRAMMET, moede=moede)
    f.FremmoedeFactory(moede=moede)
    adresse = url(v, "moede-afgoer", moede.pk)
    assert adresse in leder.get(moede.get_absolute_url()).content.decode()
    data = udfyldt(leder, adresse, resultat="godkendt", enighed="on", tekst="Godkendt.")
    foerste = moede.punkter.first()
    svar = leder.post(adresse, data | {f"sha256-{foerste.pk}": "0" * 64})
    assert svar.status_code == 422
    assert "Papiret er ændret" in fejl_ved(svar.content.decode(), str(foerste.pk))
    assert not Dagsordenspunkt.objects.filter(moede=moede, afgoerelse__isnull=False).exists()
    assert leder.post(adresse, data).status_code == 302
    assert [p.afgoerelse.resultat for p in moede.punkter.all()] == ["godkendt", "godkendt"]
    assert [g.niveau for u in Udgave.objects.filter(plan=v.plan) for g in u.godkendelser.all()] == [2, 2]


def test_enighed_er_kun_den_nogen_har_sat_og_orientering_tages_ikke_med(v, leder):
    moede, *_ = paa_et_moede(v, leder)
    send_dagsorden(bruger=v.brugere["leder"], moede=moede, version=None, til=Forsendelse())
    hold(bruger=PROGRAMMET, moede=moede)
    f.FremmoedeFactory(moede=moede)
    punkt, andet = moede.punkter.all()
    Dagsordenspunkt.objects.filter(pk=punkt.pk).update(slags="O")
    adresse = url(v, "moede-afgoer", moede.pk)
    data = udfyldt(leder, adresse)
    assert "enighed" not in data
    enkelt = url(v, "punkt-afgoer", moede.pk, andet.pk)
    felter = [felt for form in formularer(laes(leder.get(enkelt)), enkelt) for felt in form.felter]
    assert [felt.vaerdier for felt in felter if felt.navn == "enighed"] == [[]]
    assert [f"med-{p.pk}" in data for p in (punkt, andet)] == [False, True]
    Dagsordenspunkt.objects.filter(moede=moede).update(slags="O")
    data = udfyldt(leder, adresse, resultat="efterretning")
    assert [f"med-{p.pk}" in data for p in (punkt, andet)] == [True, True]
    assert leder.post(adresse, data).status_code == 302
    assert [p.afgoerelse.enighed for p in moede.punkter.all()] == [False, False]


# --- one decision -----------------------------------------------------------------------------------------------------


def test_en_afgoerelse_om_flere_og_kun_en_gang(v, leder):
    frys_flere(bruger=PROGRAMMET, plan=v.plan, bestillinger=[Bestilling(v.plan, art) for art in VALGTE])
    adresse = side(v, "udgaver-afgoer")
    data = udfyldt(leder, adresse, niveau="1", resultat="godkendt", besluttet_af="Arbejdsgruppen")
    assert leder.post(adresse, data).status_code == 302
    assert {u.godkendelser.get().niveau for u in Udgave.objects.filter(plan=v.plan)} == {1}
    svar = leder.post(adresse, data)
    assert "Afgørelsen er allerede registreret" in fejl_ved(svar.content.decode(), "beredskabsplan")
    assert svar.status_code == 422


def test_en_udgave_der_kom_til_imens_afgoeres_ikke(v, leder):
    frys_flere(bruger=PROGRAMMET, plan=v.plan, bestillinger=[Bestilling(v.plan, art) for art in VALGTE])
    adresse = side(v, "udgaver-afgoer")
    data = udfyldt(leder, adresse, niveau="1", resultat="godkendt", besluttet_af="Arbejdsgruppen")
    frossen(v)
    svar = leder.post(adresse, data)
    assert "Der er kommet en ny udgave imens" in fejl_ved(svar.content.decode(), "beredskabsplan")


# --- to signature -----------------------------------------------------------------------------------------------------


@pytest.fixture
def to_til_underskrift(v):
    emne = v.delaftale.noegle
    f.PartFactory(plan=v.plan)
    return godkendt(v, frossen(v, "samarbejdsaftale")), godkendt(v, frossen(v, "delaftale", emne))


def test_flere_sendes_til_underskrift_med_et_brev_til_hver(v, leder, to_til_underskrift):
    parter = list(to_til_underskrift[0].underskrivere.order_by("part_navn"))
    assert len(parter) > 1
    adresse = side(v, "udgaver-underskriv", ["samarbejdsaftale", f"delaftale-{v.delaftale.noegle}", "beredskabsplan"])
    assert "Beredskabsplan: Er ikke frosset endnu." in leder.get(adresse).content.decode()
    hvem = v.brugere["bestyrelse"]
    data = udfyldt(leder, adresse, **{"bruger-1": str(hvem.pk)})
    assert leder.post(adresse, data).status_code == 302
    valgte = Underskriver.objects.filter(udgave__plan=v.plan, part_navn=parter[0].part_navn)
    assert {u.bruger for u in valgte} == {hvem}
    (brev,) = mail.outbox
    assert brev.to == [hvem.email]
    assert all(url(v, "udgave-underskriv", u.pk) in brev.body for u in to_til_underskrift)


def test_den_der_sidst_blev_valgt_er_foreslaaet(v, leder, to_til_underskrift):
    part = to_til_underskrift[0].underskrivere.order_by("part_navn").first()
    part.bruger = v.brugere["bestyrelse"]
    part.save(update_fields=["bruger"])
    frossen(v, "samarbejdsaftale")
    godkendt(v, Udgave.objects.filter(plan=v.plan, art="samarbejdsaftale").first())
    data = udfyldt(leder, side(v, "udgaver-underskriv", ["samarbejdsaftale"]))
    assert data["bruger-1"] == [str(v.brugere["bestyrelse"].pk)]


def test_den_papirerne_naevner_er_foreslaaet_naar_vedkommende_har_en_konto(v, leder):
    hvem = v.brugere["bestyrelse"]
    v.plan.parter.update(underskriver=str(hvem))
    godkendt(v, frossen(v, "samarbejdsaftale"))
    adresse = side(v, "udgaver-underskriv", ["samarbejdsaftale"])
    assert udfyldt(leder, adresse)["bruger-1"] == [str(hvem.pk)]


def test_en_anden_end_den_naevnte_kraever_fuldmagt_ogsaa_for_flere(v, leder):
    v.plan.parter.update(underskriver="Direktør A, Demo")
    godkendt(v, frossen(v, "samarbejdsaftale"))
    adresse, hvem = side(v, "udgaver-underskriv", ["samarbejdsaftale"]), v.brugere["bestyrelse"]
    data = udfyldt(leder, adresse, **{"bruger-1": str(hvem.pk)})
    svar = leder.post(adresse, data)
    assert svar.status_code == 422
    assert list(svar.context["form"].errors) == ["fra-1"]
    i_dag = f"{timezone.localdate():%d.%m.%Y}"
    assert leder.post(adresse, data | {"fra-1": "Formand B, Demo", "dato-1": i_dag}).status_code == 302
    valgt = Underskriver.objects.get(udgave__plan=v.plan, bruger=hvem)
    assert valgt.fuldmagt_i_ord.startswith("Fuldmagt fra Formand B, Demo")


def test_uden_en_eneste_naevnt_sendes_intet_til_underskrift(v, leder, to_til_underskrift):
    Underskriver.objects.filter(udgave__plan=v.plan).update(navn="", bruger=None, stedfortraeder="")
    adresse = side(v, "udgaver-underskriv", ["samarbejdsaftale"])
    data = udfyldt(leder, adresse)
    svar = leder.post(adresse, data)
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["bruger-1"])
    assert "på udgavens side Underskrifter" in svar.content.decode()
    # said on the page where it says, it is enough
    Underskriver.objects.filter(udgave=to_til_underskrift[0]).update(stedfortraeder="Direktør A, Demo")
    svar = leder.post(adresse, data, follow=True)
    assert svar.status_code == 200
    assert "Ingen fik brev." in svar.content.decode()


def test_en_udgave_uden_parter_siger_ikke_at_alle_har_skrevet_under(v, leder):
    v.plan.parter.all().delete()
    godkendt(v, frossen(v, "samarbejdsaftale"))
    html = leder.get(side(v, "udgaver-underskriv", ["samarbejdsaftale"])).content.decode()
    assert "ingen står til at skrive under" in html
    assert "Alle har skrevet under" not in html


def test_listen_vaelger_de_samme_igen(v, leder):
    html = leder.get(side(v, "dokument-liste", ["beredskabsplan"])).content.decode()
    assert re.findall(r'value="([a-z-]+)" id="valgt-[a-z-]+" checked', html) == ["beredskabsplan"]


# --- how many forms ---------------------------------------------------------------------------------------------------


def test_saa_mange_formularer_kraever_alle_planens_papirer(v, leder):
    """Counted: freeze, agenda and decision, however many the papers are. One by one it was two forms for each."""
    sendt = 0

    def send(adresse, **skrives):
        nonlocal sendt
        svar = leder.post(adresse, udfyldt(leder, adresse, **skrives))
        assert svar.status_code == 302, svar.content.decode()
        sendt += 1

    moede = f.MoedeFactory(plan=v.plan, dato=timezone.localdate())
    send(url(v, "udgaver-frys"))
    send(url(v, "udgaver-moede"))
    send_dagsorden(bruger=v.brugere["leder"], moede=moede, version=None, til=Forsendelse())
    hold(bruger=PROGRAMMET, moede=moede)
    f.FremmoedeFactory(moede=moede)
    send(url(v, "moede-afgoer", moede.pk), resultat="godkendt", enighed="on")
    udgaver = Udgave.objects.filter(plan=v.plan)
    assert [u.godkendelser.count() for u in udgaver] == [1] * 5
    assert sendt == 3
