"""Agenda and minutes: sent, frozen, changed afterwards, answered by the members, and printed."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from budget.models import Revisionslinje
from dokumenter import oejebliksbillede
from helhedsplan.formats import lang_dato
from helhedsplan.models import Haendelse
from helhedsplan.pdf import PdfFejl, med_noegleord
from moeder import indstilling, moedepapir
from moeder.actions import moede as moedehandlinger
from moeder.actions import moedepapir as handlinger
from moeder.actions.moedepapir import Forsendelse
from moeder.models import Moede, Moedepapir, Referatgodkendelse
from moeder.queries.moede import kort_varsel, punkter, venter_paa_mit_svar
from moeder.queries.punktets_papir import genstand_sha256
from tests import factories as f
from tests.anker import kaeder, noegleord
from tests.samtidighed import samtidigt
from tests.vera import vera_fejl
from tests.verden import publiceret_status, verden

TID = datetime(2026, 9, 1, 9, tzinfo=UTC)
SIDENS_FORESPOERGSLER = 18  # one of them for the plan's own notice


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def sekretaer(v, client):
    client.force_login(v.brugere["sekretariat"])
    return v.brugere["sekretariat"]


@pytest.fixture
def medlem(v):
    """The board's member with an account; the other one of the side has none."""
    side = f.BestyrelsessideFactory(plan=v.plan, navn="Boligforeningen")
    f.BestyrelsesmedlemFactory(side=side, bruger=None, navn="Medlem uden konto", titel="Formand")
    return f.BestyrelsesmedlemFactory(side=side, bruger=v.brugere["bestyrelse"], navn="Medlem A, Prøve")


@pytest.fixture
def moede(v):
    """A meeting of the day with an item of its own text."""
    moede = f.MoedeFactory(plan=v.plan, dato=timezone.localdate())
    f.DagsordenspunktFactory(moede=moede, titel="Nyt fra området")
    return moede


@pytest.fixture
def holdt(v, sekretaer, moede):
    handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    handlinger.hold(bruger=sekretaer, moede=moede)
    punkt = moede.punkter.get()
    handlinger.ret_punktreferat(
        bruger=sekretaer, punkt=punkt, felter={"referat": "Formanden bød velkommen."}, version=None
    )
    return moede


def url(navn, moede, *mere):
    return reverse(navn, args=[moede.plan.noegle, moede.pk, *mere])


def send(client, moede, *modtagere, navn="dagsorden-send", version=None):
    moede.refresh_from_db()
    data = {"moedets_version": version or moede.version, "modtagere": [m.pk for m in modtagere]}
    return client.post(url(navn, moede), data)


# --- the agenda -------------------------------------------------------------------------------------------------------


def test_the_agenda_is_frozen_and_the_members_get_a_letter_with_a_link_alone(client, v, sekretaer, moede, medlem):
    udgave = f.UdgaveFactory(plan=v.plan, indhold=v.udgave.indhold, resume="Perioden er ændret.")
    om_udgave = f.DagsordenspunktFactory(moede=moede, udgave=udgave)
    side = client.get(url("dagsorden-send", moede))
    assert "Medlem uden konto har ingen konto" in side.content.decode()
    assert list(side.context["form"].fields["modtagere"].initial) == [medlem.bruger]
    assert send(client, moede, medlem.bruger).status_code == 302
    moede.refresh_from_db()
    papir = moede.papirer.get()
    assert (moede.tilstand, papir.nummer, papir.sendt_af) == ("indkaldt", 1, sekretaer)
    assert [p.genstand_sha256 for p in punkter(moede)] == [genstand_sha256(p) for p in punkter(moede)]
    om_udgave.refresh_from_db()
    assert om_udgave.genstand_sha256 == udgave.pdf_sha256
    [brev] = mail.outbox
    emne = f"Helhedsplan: Dagsorden for {lang_dato(timezone.localdate())}"
    assert (brev.to, brev.subject) == ([medlem.bruger.email], emne)
    assert f"http://testserver{moede.get_absolute_url()}" in brev.body
    assert "Perioden er ændret" not in brev.body
    assert moedepapir.hent(papir).modtagere == (str(medlem.bruger),)
    log = Haendelse.objects.om(papir).get()
    assert [a["efter"] for a in log.aendringer if a["felt"] == "modtagere"] == [[str(medlem.bruger)]]
    sendt = client.get(url("moedepapir-pdf", moede, "dagsorden", 1)).content
    assert hashlib.sha256(sendt).hexdigest() == papir.pdf_sha256


def test_a_notice_shorter_than_the_plans_own_gets_a_remark_and_is_sent_all_the_same(
    client, v, sekretaer, moede, medlem
):
    i_dag = timezone.localdate()
    moede.dato = i_dag + timedelta(days=3)
    moede.save()
    senest = lang_dato(i_dag - timedelta(days=4))
    ord_ = f"3 dage før mødet. I denne plan sendes den senest 7 dage før, altså {senest}."
    side = client.get(url("dagsorden-send", moede)).content.decode()
    assert f"Dagsordenen sendes {ord_} Fristen er programmets forslag og ikke verificeret." in side
    assert send(client, moede, medlem.bruger).status_code == 302
    moede.refresh_from_db()
    assert moede.tilstand == "indkaldt"
    vist = client.get(moede.get_absolute_url()).content.decode()
    assert f"Dagsordenen blev sendt {ord_} Fristen er programmets forslag og ikke verificeret." in vist
    assert "I denne plan sendes den" not in client.get(url("dagsorden-send", moede)).content.decode()
    orden = f.ForretningsordenFactory(plan=v.plan, indkaldelse_dage=4)
    vist = client.get(moede.get_absolute_url()).content.decode()
    assert f"senest 4 dage før, altså {lang_dato(i_dag - timedelta(days=1))}.</span>" in vist
    type(orden).objects.update(indkaldelse_dage=3)
    assert "I denne plan sendes den" not in client.get(moede.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("dage", "hvornaar"), [(1, "1 dag før mødet"), (0, "på mødets dag"), (-2, "efter mødet")])
def test_how_late_an_agenda_is_in_words(moede, dage, hvornaar):
    dag = moede.dato - timedelta(days=dage)
    assert kort_varsel(moede, dag, er_sendt=True).startswith(f"Dagsordenen blev sendt {hvornaar}.")
    moede.art = "arbejdsgruppe"
    assert kort_varsel(moede, dag, er_sendt=True) == ""


def test_an_empty_agenda_is_not_sent(client, v, sekretaer):
    moede = f.MoedeFactory(plan=v.plan)
    assert "Dagsordenen er tom." in client.get(url("dagsorden-send", moede)).content.decode()
    svar = send(client, moede)
    assert (svar.status_code, "Dagsordenen er tom." in svar.content.decode()) == (422, True)
    assert Moedepapir.objects.count() == 0


def test_what_cannot_be_decided_is_not_sent_for_decision(v, sekretaer, moede):
    punkt = f.DagsordenspunktFactory(moede=moede, udgave=f.UdgaveFactory(plan=v.plan, trukket=TID, trukket_grund="x"))
    with pytest.raises(ValidationError, match="Udgaven er trukket tilbage"):
        handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    moedehandlinger.slet_punkt(bruger=sekretaer, punkt=punkt)
    handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())


def test_what_is_changed_afterwards_is_told_and_sent_as_the_next_number(client, v, sekretaer, moede):
    andet = f.DagsordenspunktFactory(moede=moede, titel="Budget")
    send(client, moede)
    foerste = moede.papirer.get()
    moede.refresh_from_db()
    felter = {"dato": date(2026, 12, 24), "sted": "Kulturhuset"}
    moedehandlinger.ret_moede(bruger=sekretaer, moede=moede, felter=felter, version=None)
    ret = {"titel": "Nyt fra områderne"}
    moedehandlinger.ret_punkt(bruger=sekretaer, punkt=moede.punkter.first(), felter=ret, version=None)
    andet.refresh_from_db()
    moedehandlinger.slet_punkt(bruger=sekretaer, punkt=andet)
    f.DagsordenspunktFactory(moede=moede, titel="Eventuelt")
    client.force_login(v.brugere["bestyrelse"])
    side = client.get(moede.get_absolute_url()).content.decode()
    for besked in (
        "til 24. december 2026.",
        "Stedet er nu Kulturhuset.",
        "»Eventuelt« er kommet til.",
        "»Budget« er taget af dagsordenen.",
        "»Nyt fra områderne« er rettet.",
    ):
        assert besked in side
    client.force_login(sekretaer)
    assert send(client, moede).status_code == 302
    assert "Ændret siden dagsordenen blev sendt" not in client.get(moede.get_absolute_url()).content.decode()
    assert list(moede.papirer.values_list("nummer", flat=True)) == [2, 1]
    gammel = Moedepapir.objects.get(pk=foerste.pk)
    assert (gammel.indhold, gammel.pdf_sha256) == (foerste.indhold, foerste.pdf_sha256)


def test_the_order_alone_is_a_change(v, sekretaer, moede):
    andet = f.DagsordenspunktFactory(moede=moede)
    papir = handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    billede = moedepapir.hent(papir)
    moede.refresh_from_db()
    assert moedepapir.aendret_siden(billede, moede, punkter(moede)) == []
    moedehandlinger.flyt_punkt(bruger=sekretaer, moede=moede, noegle=str(andet.pk), skridt=-1)
    assert moedepapir.aendret_siden(billede, moede, punkter(moede)) == ["Rækkefølgen er en anden."]


def test_a_page_opened_before_somebody_else_changed_the_meeting_sends_nothing(client, v, sekretaer, moede, medlem):
    moedehandlinger.ret_moede(bruger=sekretaer, moede=moede, felter={"sted": "Kulturhuset"}, version=None)
    svar = send(client, moede, medlem.bruger, version=1)
    assert (svar.status_code, "En anden har rettet eller sendt imens." in svar.content.decode()) == (422, True)
    assert (Moedepapir.objects.count(), mail.outbox) == (0, [])


def test_the_agenda_goes_off_though_others_write_in_the_plan_all_the_time(client, v, sekretaer, moede, monkeypatch):
    """Each time the paper is drawn somebody has just saved something else, until they have to wait."""
    tegn, gange = moedepapir.tegn, []

    def tegn_imens(billede):
        data = tegn(billede)
        gange.append(1)
        if len(gange) <= handlinger.FORSOEG:
            moedehandlinger.opret_moede(bruger=sekretaer, moede=Moede(plan=v.plan, dato=timezone.localdate()))
        return data

    monkeypatch.setattr(moedepapir, "tegn", tegn_imens)
    assert send(client, moede).status_code == 302
    assert (len(gange), Moedepapir.objects.count()) == (handlinger.FORSOEG + 1, 1)


def test_readers_send_nothing(v, moede):
    for rolle in ("bestyrelse", "observatoer"):
        with pytest.raises(PermissionDenied):
            handlinger.send_dagsorden(bruger=v.brugere[rolle], moede=moede, version=None, til=Forsendelse())


def test_who_meets_stays_once_the_agenda_is_sent(v, sekretaer, moede):
    handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    moede.refresh_from_db()
    with pytest.raises(ValidationError, match="Dagsordenen er sendt"):
        moedehandlinger.ret_moede(bruger=sekretaer, moede=moede, felter={"art": "arbejdsgruppe"}, version=None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_once_one_wins():
    v = verden()
    moede = f.MoedeFactory(plan=v.plan)
    f.DagsordenspunktFactory(moede=moede)

    def send():
        return handlinger.send_dagsorden(
            bruger=v.brugere["sekretariat"], moede=moede, version=1, til=Forsendelse([v.brugere["bestyrelse"]])
        )

    svar = samtidigt(send, send)
    assert sorted(type(s).__name__ for s in svar) == ["Moedepapir", "Versionskonflikt"]
    assert (moede.papirer.count(), len(mail.outbox)) == (1, 1)


# --- the decision paper -----------------------------------------------------------------------------------------------


def budgetudgaver(v):
    """An edition of the granted budget, and the next, in which a financier pays 100.000 kr. less."""
    foerste = v.frosset("budget", "bevilget")
    papir = oejebliksbillede.fra_json(foerste.indhold).papir
    nyt = {**foerste.indhold, "billede": {**foerste.indhold["billede"], "papir": _mindre(papir)}}
    return f.UdgaveFactory(
        plan=v.plan, art="budget", emne="bevilget", nummer=2, titel=foerste.titel, indhold=nyt, retter=foerste
    )


def _mindre(papir):
    raekke = papir.pr_kilde.raekker[0]
    ny = replace(raekke, i_alt=raekke.i_alt - 100_000)
    total = replace(papir.pr_kilde.total, i_alt=papir.pr_kilde.total.i_alt - 100_000)
    tabel = replace(papir.pr_kilde, raekker=(ny, *papir.pr_kilde.raekker[1:]), total=total)
    return oejebliksbillede.papir_som_json(replace(papir, pr_kilde=tabel))


def test_an_editions_money_is_drawn_from_the_two_frozen_papers(client, v, sekretaer, moede):
    udgave = budgetudgaver(v)
    moedehandlinger.saet_paa(bruger=sekretaer, moede=moede, noegle=f"udgave-{udgave.pk}")
    punkt = moede.punkter.get(udgave=udgave)
    g = indstilling.genstandsbillede(punkt)
    [tabel] = g.tabeller
    assert (tabel.titel, tabel.emne) == ("Finansiering fordelt på år, kr.", "Kilde")
    assert [(linje.forskel, linje.er_sum) for linje in tabel.linjer] == [
        (Decimal(-100_000), False),
        (Decimal(-100_000), True),
    ]
    assert punkt.oekonomi.startswith("Finansiering fordelt på år: fra ")
    side = client.get(url("punkt-vis", moede, punkt.pk)).content.decode()
    assert "−100.000" in side
    assert g.sha256 in side
    assert "Rettelserne" in side


def test_who_pays_in_which_year_is_told_also_when_the_sums_are_the_same(client, v, sekretaer, moede):
    foerste = v.frosset("budget", "bevilget")
    papir = oejebliksbillede.fra_json(foerste.indhold).papir
    tabel = papir.pr_kilde
    raekke = tabel.raekker[0]
    (fra, til), kolonner = raekke.beloeb[:2], tabel.kolonner
    flyttet = replace(raekke, beloeb=((fra or Decimal(0)) - 1000, (til or Decimal(0)) + 1000, *raekke.beloeb[2:]))
    nyt = replace(papir, pr_kilde=replace(tabel, raekker=(flyttet, *tabel.raekker[1:])))
    billede = {**foerste.indhold["billede"], "papir": oejebliksbillede.papir_som_json(nyt)}
    felter = {"plan": v.plan, "art": "budget", "emne": "bevilget", "titel": foerste.titel}
    udgave = f.UdgaveFactory(**felter, nummer=2, indhold={**foerste.indhold, "billede": billede}, retter=foerste)
    punkt = moedehandlinger.saet_paa(bruger=sekretaer, moede=moede, noegle=f"udgave-{udgave.pk}")
    [taltabel] = indstilling.genstandsbillede(punkt).tabeller
    assert [(x.navn, x.forskel) for x in taltabel.linjer] == [
        (raekke.navn, 0),
        (f"{raekke.navn}, {kolonner[0]}", -1000),
        (f"{raekke.navn}, {kolonner[1]}", 1000),
        (tabel.total.navn, 0),
    ]
    assert "summen er den samme" in punkt.oekonomi
    assert f"{raekke.navn}, {kolonner[0]}" in client.get(url("punkt-vis", moede, punkt.pk)).content.decode()


def test_a_first_edition_tells_each_year_and_kind(v, moede):
    udgave = v.frosset("budget", "bevilget")
    papir = oejebliksbillede.fra_json(udgave.indhold).papir
    punkt = f.DagsordenspunktFactory(moede=moede, udgave=udgave)
    tabeller = {t.titel: t for t in indstilling.genstandsbillede(punkt).tabeller}
    vist = {x.navn: x.efter for x in tabeller["Finansiering fordelt på år, kr."].linjer}
    for raekke in papir.pr_kilde.raekker:
        for kolonne, tal in zip(papir.pr_kilde.kolonner, raekke.beloeb, strict=True):
            assert not tal or vist[f"{raekke.navn}, {kolonne}"] == tal
    arter = {x.navn for x in tabeller["Finansiering fordelt på kilde og art, kr."].linjer}
    assert f"I alt, {papir.kryds.artnavne[0]}" in arter


def test_a_revision_shows_lines_sums_and_the_local_share(client, v, sekretaer, moede):
    revision = v.plan.budgetter.get(noegle="bevilget").revisioner.first()
    Revisionslinje.objects.filter(revision=revision).update(delta=-50_000)
    punkt = moedehandlinger.saet_paa(bruger=sekretaer, moede=moede, noegle=f"revision-{revision.pk}")
    g = indstilling.genstandsbillede(punkt)
    assert [delta for *_, delta in g.deltaer] == [Decimal(-50_000)]
    assert [(linje.er_sum, linje.forskel) for linje in g.tabeller[0].linjer] == [
        (False, Decimal(-50_000)),
        (True, Decimal(-50_000)),
    ]
    assert [o.navn for o in g.ord] == ["Lokal medfinansiering", "Lokal andel", "Lokale kontanter"]
    assert g.ord[1].foer != g.ord[1].efter
    assert g.ord[1].efter in punkt.oekonomi
    assert "−50.000" in client.get(url("punkt-vis", moede, punkt.pk)).content.decode()


def test_a_status_says_what_is_asked(v, sekretaer, moede):
    status = publiceret_status(v.plan)
    punkt = moedehandlinger.saet_paa(bruger=sekretaer, moede=moede, noegle=f"status-{status.pk}")
    g = indstilling.genstandsbillede(punkt)
    assert (g.sha256, g.beder_om) == (status.indhold_sha256, (status.punkter.get().tekst,))
    assert punkt.problemstilling == status.sammenfatning
    assert g.sammenfatning == ""


# --- minutes ----------------------------------------------------------------------------------------------------------


def test_a_meeting_is_held_on_its_day_with_an_agenda(client, v, sekretaer, moede):
    with pytest.raises(ValidationError, match="Send dagsordenen, før mødet holdes"):
        handlinger.hold(bruger=sekretaer, moede=moede)
    kommende = f.MoedeFactory(plan=v.plan, art="foelgegruppe", dato=date(2099, 1, 1))
    with pytest.raises(ValidationError, match=r"Mødet er først 1\. januar 2099"):
        handlinger.hold(bruger=sekretaer, moede=kommende)
    send(client, moede)
    assert client.post(url("moede-hold", moede)).url == url("referat-vis", moede)
    moede.refresh_from_db()
    assert moede.tilstand == "holdt"
    with pytest.raises(ValidationError, match="holdt og kan ikke rettes"):
        moedehandlinger.ret_moede(bruger=sekretaer, moede=moede, felter={"sted": "x"}, version=None)


def test_the_minutes_take_attendance_and_conclusions_and_are_frozen(client, v, sekretaer, holdt, medlem):
    f.FremmoedeFactory(moede=holdt, medlem=medlem)
    stilling = {"stemt": True, "sider": [{"navn": "Boligforeningen", "i_ord": "for"}]}
    f.AfgoerelseFactory(punkt=holdt.punkter.get(), stilling=stilling, tekst="Som indstillet.")
    client.post(url("referat-ret", holdt), {"referat": "Mødet begyndte til tiden.", "deltagere": "", "version": 3})
    assert send(client, holdt, medlem.bruger, navn="referat-send").status_code == 302
    billede = moedepapir.hent(holdt.papirer.get(art="referat"))
    assert billede.indledning == "Mødet begyndte til tiden."
    assert [(d.navn, d.titel, d.side, d.fremmoede) for d in billede.deltagere] == [
        ("Medlem uden konto", "Formand", "Boligforeningen", ""),
        ("Medlem A, Prøve", "Chef", "Boligforeningen", "Til stede"),
    ]
    [punkt] = billede.punkter
    assert (punkt.referat, punkt.beslutning.resultat, punkt.beslutning.stemmer) == (
        "Formanden bød velkommen.",
        "Godkendt",
        ("Boligforeningen: for",),
    )
    assert "Læs referatet, og svar på siden" in mail.outbox[-1].body
    client.force_login(v.brugere["bestyrelse"])
    side = client.get(url("referat-vis", holdt)).content.decode()
    assert f'<a href="{holdt.get_absolute_url()}">{holdt}</a> ' in side
    assert "Mangler svar fra Medlem uden konto · Medlem A, Prøve." in side
    assert "Kladden" not in side


def test_empty_minutes_are_not_sent(v, sekretaer, moede):
    handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    with pytest.raises(ValidationError, match="når mødet er holdt"):
        handlinger.send_referat(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())
    handlinger.hold(bruger=sekretaer, moede=moede)
    with pytest.raises(ValidationError, match="Referatet er tomt"):
        handlinger.send_referat(bruger=sekretaer, moede=moede, version=None, til=Forsendelse())


def test_a_member_answers_once_and_a_correction_asks_again(client, v, sekretaer, holdt, medlem):
    handlinger.send_referat(bruger=sekretaer, moede=holdt, version=None, til=Forsendelse())
    [papir] = venter_paa_mit_svar(v.plan, medlem.bruger)
    assert papir.moede == holdt
    client.force_login(medlem.bruger)
    assert "Tag stilling til referatet" in client.get(holdt.get_absolute_url()).content.decode()
    svarurl = url("referat-svar", holdt)
    svar = client.post(svarurl, {"svar": "indsigelse", "bemaerkning": " "})
    assert (svar.status_code, "Skriv, hvad du ikke kan godkende." in svar.content.decode()) == (422, True)
    svar = client.post(svarurl, {"svar": "indsigelse", "bemaerkning": "Det var 010180-1234."})
    assert (svar.status_code, "CPR-nummer" in svar.content.decode()) == (422, True)
    assert client.post(svarurl, {"svar": "indsigelse", "bemaerkning": "Punkt 1 er forkert."}).status_code == 302
    svar = client.post(svarurl, {"svar": "godkendt", "bemaerkning": "", "nummer": "1"})
    assert (svar.status_code, "Du har allerede taget stilling" in svar.content.decode()) == (422, True)

    client.force_login(sekretaer)
    punkt = holdt.punkter.get()
    handlinger.ret_punktreferat(bruger=sekretaer, punkt=punkt, felter={"referat": "Rettet."}, version=None)
    assert "Kladden er ændret, siden referatet blev sendt" in client.get(url("referat-vis", holdt)).content.decode()
    send(client, holdt, navn="referat-send")
    client.force_login(medlem.bruger)
    gammelt = client.post(svarurl, {"svar": "godkendt", "bemaerkning": "", "nummer": "1"})
    assert (gammelt.status_code, "Referatet er rettet imens." in gammelt.content.decode()) == (422, True)
    assert client.post(svarurl, {"svar": "godkendt", "bemaerkning": "", "nummer": "2"}).status_code == 302
    assert list(Referatgodkendelse.objects.values_list("papir__nummer", "godkendt", "bemaerkning")) == [
        (1, False, "Punkt 1 er forkert."),
        (2, True, ""),
    ]
    side = client.get(url("referat-vis", holdt)).content.decode()
    assert "Punkt 1 er forkert." in side
    assert venter_paa_mit_svar(v.plan, medlem.bruger) == []


def test_only_a_member_of_the_day_answers(client, v, sekretaer, holdt, medlem):
    f.BestyrelsesmedlemFactory(side=medlem.side, bruger=v.brugere["observatoer"], til=date(2020, 1, 1))
    assert client.get(url("referat-svar", holdt)).status_code == 404
    handlinger.send_referat(bruger=sekretaer, moede=holdt, version=None, til=Forsendelse())
    for rolle in ("leder", "sekretariat", "observatoer"):
        client.force_login(v.brugere[rolle])
        assert client.post(url("referat-svar", holdt), {"svar": "godkendt", "bemaerkning": ""}).status_code == 403
    client.force_login(v.brugere["fremmed"])
    assert client.get(url("referat-svar", holdt)).status_code == 404
    client.force_login(medlem.bruger)
    assert client.get(url("referat-svar", holdt)).status_code == 200
    assert Referatgodkendelse.objects.count() == 0


def test_two_tabs_of_minutes_put_their_words_together(client, v, sekretaer, holdt):
    punkt = holdt.punkter.get()
    punkturl = url("punktreferat-ret", holdt, punkt.pk)
    handlinger.ret_punktreferat(bruger=sekretaer, punkt=punkt, felter={"referat": "Deres."}, version=None)
    svar = client.post(punkturl, {"referat": "Mit.", "version": punkt.version - 1})
    assert (svar.status_code, "Mit." in svar.content.decode(), "Deres." in svar.content.decode()) == (409, True, True)
    punkt.refresh_from_db()
    assert punkt.referat == "Deres."


# --- papers -----------------------------------------------------------------------------------------------------------


def test_the_papers_are_archivable_and_the_same_when_drawn_again(v, sekretaer, holdt, medlem, tmp_path):
    udgave = budgetudgaver(v)
    moede = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 10), tilstand="planlagt")
    status = publiceret_status(v.plan)
    revision = v.plan.budgetter.get(noegle="bevilget").revisioner.first()
    f.DagsordenspunktFactory(moede=moede, status=status)
    for noegle in (f"udgave-{udgave.pk}", f"revision-{revision.pk}"):
        punkt = moedehandlinger.saet_paa(bruger=sekretaer, moede=moede, noegle=noegle)
    til = Forsendelse([medlem.bruger], hvornaar=TID)
    dagsorden = handlinger.send_dagsorden(bruger=sekretaer, moede=moede, version=None, til=til)
    f.FremmoedeFactory(moede=holdt, medlem=medlem)
    f.AfgoerelseFactory(punkt=holdt.punkter.get(), tekst="Som indstillet.")
    referat = handlinger.send_referat(bruger=sekretaer, moede=holdt, version=None, til=til)
    om_udgaven = next(p for p in punkter(moede) if p.udgave_id)
    papirer = {
        "dagsorden": moedepapir.bestil_dagsorden(v.plan, str(moede.pk)).data,
        "referat": moedepapir.bestil_referat(v.plan, str(holdt.pk)).data,
        "indstilling": moedepapir.indstillingspapir(om_udgaven).data,
        "indstilling-2": moedepapir.indstillingspapir(punkt).data,
    }
    v.plan.navn = "Noget andet"
    v.plan.save()
    udgave.refresh_from_db()
    for papir in (dagsorden, referat):
        papir.refresh_from_db()
        billede = moedepapir.hent(papir)
        assert moedepapir.sha256(billede) == papir.indhold_sha256
        assert kaeder(papirer[papir.art])[-1] == v.plan.noegle
        with med_noegleord(noegleord(papirer[papir.art])):
            assert hashlib.sha256(moedepapir.tegn(billede)).hexdigest() == papir.pdf_sha256
        assert hashlib.sha256(papirer[papir.art]).hexdigest() == papir.pdf_sha256
    stier = [tmp_path / f"{navn}.pdf" for navn in papirer]
    for sti, data in zip(stier, papirer.values(), strict=True):
        sti.write_bytes(data)
    assert vera_fejl(*stier) == {sti: [] for sti in stier}
    with pytest.raises(PdfFejl, match=f"dagsorden:{moede.pk}"):
        moedepapir.bestil_dagsorden(v.plan, "999")
    call_command("pdf", v.plan.noegle, f"referat:{holdt.pk}", ud=str(tmp_path / "ud.pdf"))
    assert hashlib.sha256((tmp_path / "ud.pdf").read_bytes()).hexdigest() == referat.pdf_sha256


@pytest.mark.usefixtures("uden_klokke")
@pytest.mark.parametrize("antal", [1, 3])
def test_a_sent_meeting_asks_as_often_whatever_there_is(client, db, antal, django_assert_num_queries):
    v = verden(antal)
    moede = f.MoedeFactory(plan=v.plan)
    for revision in v.plan.budgetter.get(noegle="bevilget").revisioner.all():
        f.DagsordenspunktFactory(moede=moede, revision=revision)
    handlinger.send_dagsorden(bruger=v.brugere["leder"], moede=moede, version=None, til=Forsendelse())
    client.force_login(v.brugere["bestyrelse"])
    client.get(moede.get_absolute_url())
    with django_assert_num_queries(SIDENS_FORESPOERGSLER):
        client.get(moede.get_absolute_url())
