"""Attendance, votes and conclusions, and what they open and keep shut."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from budget.actions import revision as revisionsactions
from budget.models import Revision
from dokumenter.actions.udgave import godkend, tjek_kan_underskrives
from dokumenter.models import Godkendelse
from helhedsplan.formats import lang_dato
from helhedsplan.models import Haendelse
from moeder import moedepapir
from moeder.actions import afstemning
from moeder.models import Afgoerelse, Dagsordenspunkt, Fremmoede, Inhabilitet, Stemme
from moeder.queries.afstemning import punktstilling, revision_venter, stillinger, venter_paa_min_stemme
from moeder.queries.moede import forslag, paa_en_dagsorden
from moeder.queries.punktets_papir import genstand_sha256
from moeder.queries.svar import stemmepunkter
from tests import factories as f
from tests.dokumenter.dokumentdata import BILAG
from tests.moeder.afstemningsdata import en_bestyrelse
from tests.samtidighed import samtidigt

pytestmark = pytest.mark.django_db

FORESPOERGSLER = 11


@pytest.fixture
def b():
    return en_bestyrelse()


def fremmoede(b, navn, art, til=None, version=None):
    raekke = {"medlem": b.medlemmer[navn], "art": art, "fuldmagt_til": til and b.medlemmer[til], "version": version}
    return afstemning.ret_fremmoede(bruger=b.sekretaer, moede=b.moede, raekker=[raekke])


def afvist(moenster, kald, undtagelse=ValidationError):
    """The call is refused with those words, and no vote or decision is written."""
    foer = (Stemme.objects.count(), Afgoerelse.objects.count(), Haendelse.objects.count())
    with pytest.raises(undtagelse, match=moenster):
        kald()
    assert (Stemme.objects.count(), Afgoerelse.objects.count(), Haendelse.objects.count()) == foer


# --- votes


def test_a_member_votes_for_himself_and_may_change_it_until_it_is_concluded(b):
    punkt = b.punkt()
    stemme = b.stem(punkt, "A1", "imod")
    assert (stemme.valg, stemme.sha256, stemme.afgivet_af, stemme.ved_fuldmagt) == (
        "imod",
        punkt.genstand_sha256,
        b.medlemmer["A1"].bruger,
        None,
    )
    assert b.stem(punkt, "A1", "for").pk == stemme.pk
    spor = list(Haendelse.objects.om(stemme).order_by("nummer").values_list("handling", flat=True))
    b.stem(punkt, "A1", "for")
    assert (Stemme.objects.get().valg, spor) == ("for", ["stemt", "stemt om"])
    assert Haendelse.objects.om(stemme).count() == 2
    b.stem(punkt, "B1", "for")
    b.afgoer(punkt)
    afvist("allerede afgjort", lambda: b.stem(punkt, "A1", "imod"))


def test_a_secretary_writes_down_an_oral_vote_and_the_record_says_who_wrote(b):
    stemme = b.stem(b.punkt(), "B1", "for", bruger=b.sekretaer)
    assert (stemme.medlem, stemme.afgivet_af) == (b.medlemmer["B1"], b.sekretaer)


def test_who_may_not_vote(b):
    punkt = b.punkt()
    observatoer = f.MedlemskabFactory(plan=b.plan, rolle="observatoer").bruger
    with pytest.raises(PermissionDenied):
        b.stem(punkt, "A1", "for", bruger=observatoer)
    fremmed = f.MedlemskabFactory(plan=b.plan, rolle="bestyrelse").bruger
    afvist("Du har ikke fuldmagt fra A1", lambda: b.stem(punkt, "A1", "for", bruger=fremmed))
    afvist("Politiet har ikke stemme", lambda: b.stem(punkt, "P1", "for"))
    afvist("Politiet har ikke stemme", lambda: b.stem(punkt, "P1", "for", bruger=b.sekretaer))
    afvist("Din rolle", lambda: b.stem(punkt, "A1", "for", bruger=f.BrugerFactory()), PermissionDenied)
    b.medlemmer["X"] = f.BestyrelsesmedlemFactory()
    afvist("anden plans bestyrelse", lambda: b.stem(punkt, "X", "for", bruger=b.sekretaer))
    b.medlemmer["G"] = f.BestyrelsesmedlemFactory(
        side=b.medlemmer["A1"].side, navn="G, Prøve", til=b.moede.dato - timedelta(days=1)
    )
    afvist("G, Prøve sidder ikke i bestyrelsen", lambda: b.stem(punkt, "G", "for"))


def test_only_chairs_vote_where_the_kommissorium_says_so(b):
    f.ForretningsordenFactory(plan=b.plan, afstemning="formaend")
    punkt = b.punkt()
    afvist("Kun sidernes formænd stemmer", lambda: b.stem(punkt, "A2", "for"))
    b.stem(punkt, "A1", "for")


def test_proxy_and_absence(b):
    punkt = b.punkt()
    fremmoede(b, "A2", "afbud")
    afvist("fraværende uden fuldmagt", lambda: b.stem(punkt, "A2", "for"))
    fremmoede(b, "B1", "til_stede")
    fremmoede(b, "A2", "afbud", "B1", version=1)
    afvist("Du har givet B1, Prøve fuldmagt", lambda: b.stem(punkt, "A2", "for"))
    afvist("Du har ikke fuldmagt fra A2", lambda: b.stem(punkt, "A2", "for", bruger=b.medlemmer["A1"].bruger))
    stemme = b.stem(punkt, "A2", "for", bruger=b.medlemmer["B1"].bruger)
    assert stemme.ved_fuldmagt == b.medlemmer["B1"]
    fremmoede(b, "A1", "til_stede")
    afvist("A1, Prøve er til stede", lambda: b.stem(punkt, "A1", "for", bruger=b.medlemmer["B1"].bruger))


def test_the_disqualified_do_not_vote_and_can_be_let_in_again(b):
    punkt = b.punkt()
    nyt = afstemning.skriv_inhabil(bruger=b.sekretaer, punkt=punkt, medlem=b.medlemmer["B1"], grund="Ansat dér.")
    afvist("B1, Prøve er inhabil", lambda: b.stem(punkt, "B1", "for"))
    afstemning.fjern_inhabil(bruger=b.sekretaer, inhabilitet=nyt)
    b.stem(punkt, "B1", "for")
    assert Inhabilitet.objects.count() == 0


@pytest.mark.parametrize(
    ("moede", "punktfelter", "moenster"),
    [
        ({"tilstand": "planlagt"}, {}, "ikke sendt endnu"),
        ({"tilstand": "aflyst", "aflyst_grund": "Sygdom"}, {}, "aflyst"),
        ({}, {"slags": "O"}, "til orientering"),
        ({"art": "foelgegruppe"}, {}, "kun i bestyrelsen"),
    ],
)
def test_where_and_when_no_votes_are_taken(moede, punktfelter, moenster):
    b = en_bestyrelse(**moede)
    punkt = b.punkt(**punktfelter)
    afvist(moenster, lambda: b.stem(punkt, "A1", "for"))


def test_a_vote_is_about_the_paper_that_the_agenda_was_sent_with(b):
    punkt = b.punkt()
    b.stem(punkt, "A1", "for")
    Dagsordenspunkt.objects.filter(pk=punkt.pk).update(indstilling="Noget helt andet.")
    afvist("Papiret er ændret, siden dagsordenen blev sendt", lambda: b.stem(punkt, "B1", "for"))
    igen = b.send(Dagsordenspunkt.objects.get(pk=punkt.pk))
    afvist("siden du åbnede siden", lambda: b.stem(igen, "B1", "for", sha256=punkt.genstand_sha256))
    b.stem(igen, "B1", "for")
    [s] = stillinger(b.moede, b.leder)
    assert [side.stemme for side in s.stilling.sider] == ["ingen", "for", "ingen"]


def test_an_item_added_after_the_agenda_was_sent_waits_for_the_next(b):
    punkt = f.DagsordenspunktFactory(moede=b.moede)
    afvist("kommet til, efter", lambda: b.stem(punkt, "A1", "for", sha256="0" * 64))


# --- attendance


def test_attendance_is_written_changed_and_taken_away(b):
    assert fremmoede(b, "A1", "til_stede") is True
    assert fremmoede(b, "A1", "til_stede", version=1) is False
    fremmoede(b, "A1", "afbud", version=1)
    assert Fremmoede.objects.get().art == "afbud"
    with pytest.raises(ValidationError, match="En anden har skrevet fremmøde for A1"):
        fremmoede(b, "A1", "udeblevet", version=1)
    fremmoede(b, "A1", "", version=2)
    assert Fremmoede.objects.count() == 0


def test_a_proxy_is_from_the_absent_to_one_who_votes(b):
    with pytest.raises(ValidationError, match="ikke skrevet som fraværende"):
        fremmoede(b, "A1", "til_stede", "A2")
    with pytest.raises(ValidationError, match="som ikke har stemme"):
        fremmoede(b, "A1", "afbud", "P1")
    with pytest.raises(ValidationError, match="Fuldmagt gives til en anden"):
        fremmoede(b, "A1", "afbud", "A1")
    with pytest.raises(PermissionDenied):
        afstemning.ret_fremmoede(bruger=b.medlemmer["A1"].bruger, moede=b.moede, raekker=[])


# --- conclusions


def udgave_paa(b):
    udgave = f.UdgaveFactory(plan=b.plan, kraever_underskrift=True, frosset=timezone.now() - timedelta(days=9))
    return udgave, b.punkt(udgave=udgave)


def test_the_approved_delaftale_may_be_signed_and_an_unapproved_one_may_not(b):
    udgave, punkt = udgave_paa(b)
    anden = f.UdgaveFactory(plan=b.plan, frosset=timezone.now() - timedelta(days=9), emne="beskaeftigelse")
    b.stem(punkt, "A1", "for")
    b.stem(punkt, "A2", "for")
    b.hold()
    afvist("Kommunen har ikke stemt", lambda: b.afgoer(punkt))
    b.stem(punkt, "B1", "for", bruger=b.sekretaer)
    with pytest.raises(ValidationError, match="skal først godkendes af bestyrelsen"):
        tjek_kan_underskrives(udgave)
    afgoerelse = b.afgoer(punkt, tekst="Godkendt uden ændringer.")
    tjek_kan_underskrives(udgave)
    with pytest.raises(ValidationError, match="skal først godkendes af bestyrelsen"):
        tjek_kan_underskrives(anden)
    g = Godkendelse.objects.get()
    assert (g, g.pdf_sha256, g.resultat, g.besluttet_af, g.niveau, g.note) == (
        afgoerelse.godkendelse,
        udgave.pdf_sha256,
        "godkendt",
        "Bestyrelsen",
        2,
        "Godkendt uden ændringer.",
    )
    assert afgoerelse.sha256 == udgave.pdf_sha256


def test_a_rejected_edition_stays_shut(b):
    udgave, punkt = udgave_paa(b)
    b.stem(punkt, "A1", "imod")
    b.afgoer(punkt, "afvist")
    with pytest.raises(ValidationError, match="afvist"):
        tjek_kan_underskrives(udgave)


def test_disagreement_inside_an_organisation_blocks(b):
    udgave, punkt = udgave_paa(b)
    for navn, valg in [("A1", "for"), ("A2", "imod"), ("B1", "for")]:
        b.stem(punkt, navn, valg)
    afvist("Stemmen fra Boligforeningen er blokeret. Uenighed på siden", lambda: b.afgoer(punkt))
    afvist("ikke godkendt ved enighed", lambda: b.afgoer(punkt, enighed=True))
    with pytest.raises(ValidationError):
        tjek_kan_underskrives(udgave)


def test_put_off_leaves_all_open_also_when_the_paper_has_changed(b):
    udgave, punkt = udgave_paa(b)
    type(punkt).objects.filter(pk=punkt.pk).update(genstand_sha256="1" * 64)
    afgoerelse = b.afgoer(Dagsordenspunkt.objects.get(pk=punkt.pk), "udsat")
    assert (afgoerelse.resultat, afgoerelse.godkendelse, Godkendelse.objects.count()) == ("udsat", None, 0)
    with pytest.raises(ValidationError, match="skal først godkendes"):
        tjek_kan_underskrives(udgave)


def test_an_item_that_came_too_late_can_only_be_put_off(b):
    punkt = f.DagsordenspunktFactory(moede=b.moede)
    b.hold()
    afvist("Punktet kan kun udsættes", lambda: b.afgoer(punkt, enighed=True))
    assert b.afgoer(punkt, "udsat").sha256 == genstand_sha256(punkt)


def test_a_working_group_may_decide_without_a_sent_agenda():
    b = en_bestyrelse(art="arbejdsgruppe", tilstand="holdt")
    udgave = f.UdgaveFactory(plan=b.plan, niveau_foreslaaet=1, frosset=timezone.now() - timedelta(days=9))
    punkt = f.DagsordenspunktFactory(moede=b.moede, udgave=udgave)
    afvist("siden du åbnede siden", lambda: b.afgoer(punkt, enighed=True, sha256="noget andet"))
    b.afgoer(punkt, enighed=True, sha256=udgave.pdf_sha256)
    tjek_kan_underskrives(udgave)


def test_agreement_needs_no_votes(b):
    udgave, punkt = udgave_paa(b)
    afgoerelse = b.afgoer(punkt, enighed=True)
    tjek_kan_underskrives(udgave)
    assert (afgoerelse.enighed, afgoerelse.stilling["stemt"], afgoerelse.stilling["regel"]) == (True, False, "samlet")


def test_agreement_is_not_said_before_it_is_written_who_came(b):
    _, punkt = udgave_paa(b)
    type(b.moede).objects.update(tilstand="holdt")
    fremmoede(b, "A1", "til_stede")
    felter = {"dato": timezone.localdate(), "sha256": punkt.genstand_sha256, "bruger": b.leder, "punkt": punkt}
    for resultat in ("godkendt", "udsat"):
        with pytest.raises(ValidationError) as fejl:
            afstemning.afgoer(resultat=resultat, enighed=True, **felter)
        (besked,) = fejl.value.message_dict["enighed"]
        assert "Der er ikke skrevet fremmøde for Kommunen" in besked
    fremmoede(b, "B1", "afbud")
    afgoerelse = afstemning.afgoer(resultat="godkendt", enighed=True, **felter)
    assert afgoerelse.enighed_i_ord == "ved enighed blandt de fremmødte; Kommunen var ikke til stede"
    assert moedepapir.udkast(b.moede, "referat").punkter[0].beslutning.enighed_i_ord == afgoerelse.enighed_i_ord


def test_a_proxy_or_a_vote_makes_a_side_one_of_those_who_agree(b):
    type(b.moede).objects.update(tilstand="holdt")
    fremmoede(b, "A1", "til_stede")
    fremmoede(b, "B1", "afbud", til="A1")
    punkter = [b.punkt(), b.punkt()]
    assert b.afgoer(punkter[0], enighed=True).enighed_i_ord == "ved enighed"
    Fremmoede.objects.filter(medlem=b.medlemmer["B1"]).delete()
    b.stem(punkter[1], "B1", "for", bruger=b.sekretaer)
    felter = {"dato": timezone.localdate(), "sha256": punkter[1].genstand_sha256}
    ny = afstemning.afgoer(bruger=b.leder, punkt=punkter[1], resultat="godkendt", enighed=True, **felter)
    assert ny.enighed_i_ord == "ved enighed"


def test_an_item_whose_edition_the_board_has_approved_elsewhere_is_closed(b):
    udgave, punkt = udgave_paa(b)
    godkend(
        bruger=b.leder,
        udgave=udgave,
        niveau=2,
        resultat="godkendt",
        dato=timezone.localdate(),
        besluttet_af="Bestyrelsen",
        pdf_sha256=udgave.pdf_sha256,
        bilag=BILAG,
    )
    afvist("har allerede godkendt udgaven", lambda: b.stem(punkt, "A1", "for"))
    afvist("Punktet er lukket", lambda: b.afgoer(punkt, enighed=True))
    stilling = punktstilling(punkt, b.leder)
    assert (stilling.er_uafgjort, stilling.maa_afgoere) == (False, False)
    assert stilling.andetsteds.startswith("Bestyrelsen har allerede godkendt udgaven ")
    assert "(referat.pdf). Punktet er lukket" in stilling.andetsteds
    papiret = " ".join(PdfReader(BytesIO(moedepapir.indstillingspapir(punkt).data)).pages[0].extract_text().split())
    assert "Punktet er ikke afgjort her." in papiret
    assert f"er godkendt {lang_dato(timezone.localdate())} af Bestyrelsen" in papiret
    assert "ikke truffet" not in papiret


def test_an_item_whose_edition_the_board_has_rejected_elsewhere_is_closed_and_waits_for_nobody(b, client):
    udgave, punkt = udgave_paa(b)
    medlem = b.medlemmer["A1"].bruger
    assert [p.punkt for p in stemmepunkter(b.plan, medlem)] == [punkt]
    assert [p.punkt for p in venter_paa_min_stemme(b.plan, medlem)] == [punkt]
    felter = {"udgave": udgave, "niveau": 2, "dato": timezone.localdate(), "pdf_sha256": udgave.pdf_sha256}
    f.GodkendelseFactory(**felter, resultat="efterretning", besluttet_af="Bestyrelsen")
    assert paa_en_dagsorden(b.plan) == [punkt]
    godkend(bruger=b.leder, **felter, resultat="afvist", besluttet_af="Bestyrelsen", bilag=BILAG)
    stilling = punktstilling(punkt, b.leder)
    assert stilling.andetsteds.startswith("Bestyrelsen har allerede afvist udgaven ")
    assert (stilling.kan_stemme, stilling.er_uafgjort, stilling.maa_afgoere) == (False, False, False)
    afvist("har allerede afvist udgaven", lambda: b.stem(punkt, "A1", "for"))
    afvist("Punktet er lukket", lambda: b.afgoer(punkt, enighed=True))
    assert (stemmepunkter(b.plan, medlem), venter_paa_min_stemme(b.plan, medlem)) == ([], [])
    assert paa_en_dagsorden(b.plan) == []
    client.force_login(medlem)
    side = client.get(reverse("moede-vis", args=[b.plan.noegle, b.moede.pk])).content.decode()
    assert "Bestyrelsen har allerede afvist udgaven" in side


def test_what_the_working_group_has_said_elsewhere_leaves_the_edition_to_be_put_to_the_board(b):
    udgave = f.UdgaveFactory(plan=b.plan, frosset=timezone.now() - timedelta(days=9))
    gruppe = f.MoedeFactory(plan=b.plan, art="arbejdsgruppe", dato=timezone.localdate() + timedelta(days=3))
    f.DagsordenspunktFactory(moede=gruppe, udgave=udgave)
    naeste = f.MoedeFactory(plan=b.plan, dato=timezone.localdate() + timedelta(days=30))
    assert f"udgave-{udgave.pk}" not in [x.noegle for x in forslag(naeste)]
    f.GodkendelseFactory(udgave=udgave, niveau=1, resultat="afvist", pdf_sha256=udgave.pdf_sha256)
    assert f"udgave-{udgave.pk}" in [x.noegle for x in forslag(naeste)]


def test_what_the_votes_were_does_not_change_with_the_members(b):
    punkt = b.punkt()
    b.stem(punkt, "A1", "for")
    b.stem(punkt, "B1", "for")
    afgoerelse = b.afgoer(punkt)
    foer = afgoerelse.stilling
    type(b.medlemmer["A1"]).objects.update(navn="En anden, Prøve", til=date(2020, 1, 1))
    [s] = stillinger(b.moede, b.leder)
    assert s.data == foer
    assert [m["navn"] for m in s.data["sider"][0]["medlemmer"]] == ["A1, Prøve", "A2, Prøve"]


def test_who_concludes_when_and_what(b):
    punkt = b.punkt()
    b.stem(punkt, "A1", "for")
    b.stem(punkt, "B1", "for")
    b.hold()
    afvist("Din rolle", lambda: b.afgoer(punkt, enighed=True, bruger=b.sekretaer), PermissionDenied)
    i_morgen = timezone.localdate() + timedelta(days=1)
    afvist("fremtiden", lambda: b.afgoer(punkt, enighed=True, dato=i_morgen))
    til_orientering = b.punkt(slags="O")
    afvist("taget til efterretning eller udsat", lambda: b.afgoer(til_orientering, enighed=True))
    b.afgoer(til_orientering, "efterretning")
    afvist("kan ikke afvises", lambda: b.afgoer(punkt, "afvist"))
    b.afgoer(punkt)
    afvist("allerede afgjort", lambda: b.afgoer(punkt))


def test_a_status_is_taken_note_of_by_its_snapshot(b):
    status = f.KvartalsstatusFactory(plan=b.plan, er_publiceret=True, indhold_sha256="a" * 64)
    punkt = b.punkt(status=status, slags="O")
    assert b.afgoer(punkt, "efterretning").sha256 == "a" * 64


def test_a_working_group_approves_at_its_own_level():
    b = en_bestyrelse(art="arbejdsgruppe")
    udgave = f.UdgaveFactory(plan=b.plan, niveau_foreslaaet=1, frosset=timezone.now() - timedelta(days=9))
    b.afgoer(b.punkt(udgave=udgave), enighed=True)
    g = Godkendelse.objects.get()
    assert (g.niveau, g.besluttet_af) == (1, "Arbejdsgruppen")
    tjek_kan_underskrives(udgave)


# --- budget revisions


@pytest.fixture
def revision(b):
    """A draft whose deltas cancel out, so that the budget is as whole as before."""
    linje = f.RevisionslinjeFactory(revision__budget__plan=b.plan)
    return Revision.objects.get(pk=linje.revision.pk)


def test_a_revision_is_approved_by_the_board_and_not_round_it(b, revision, monkeypatch):
    monkeypatch.setattr(revisionsactions, "fejl_i", lambda revision: [])
    assert revision_venter(revision) == ""
    punkt = b.punkt(revision=revision)
    with pytest.raises(ValidationError, match="står på bestyrelsens dagsorden"):
        revisionsactions.godkend_revision(
            bruger=b.leder, revision=revision, dato=timezone.localdate(), version=revision.version
        )
    b.afgoer(punkt, enighed=True)
    revision.refresh_from_db()
    assert (revision.status, revision.godkendt_den) == ("godkendt", timezone.localdate())


def test_a_faulty_revision_stops_the_whole_conclusion(b, revision, monkeypatch):
    monkeypatch.setattr(revisionsactions, "fejl_i", lambda revision: ["Budgettet går ikke op."])
    punkt = b.punkt(revision=revision)
    afvist("går ikke op", lambda: b.afgoer(punkt, enighed=True))


def test_a_revision_changed_after_the_agenda_was_sent_is_not_decided(b, revision):
    punkt = b.punkt(revision=revision)
    Revision.objects.filter(pk=revision.pk).update(begrundelse="En anden grund.")
    afvist("Papiret er ændret", lambda: b.afgoer(punkt, enighed=True))


def test_a_cancelled_meeting_holds_no_revision(b, revision):
    b.punkt(revision=revision)
    type(b.moede).objects.filter(pk=b.moede.pk).update(tilstand="aflyst", aflyst_grund="Sygdom")
    assert revision_venter(revision) == ""


# --- what the page is told


def test_each_is_shown_the_seats_he_votes_for(b):
    punkt = b.punkt()
    fremmoede(b, "B1", "til_stede")
    fremmoede(b, "A2", "afbud", "B1")

    def pladser(bruger):
        s = punktstilling(punkt, bruger)
        return [p.medlem.navn for p in s.pladser], [p.medlem.navn for p in s.andre]

    assert pladser(b.medlemmer["A1"].bruger) == (["A1, Prøve"], [])
    assert pladser(b.medlemmer["A2"].bruger) == ([], [])
    assert pladser(b.medlemmer["B1"].bruger) == (["B1, Prøve", "A2, Prøve"], [])
    assert pladser(b.medlemmer["P1"].bruger) == ([], [])
    assert pladser(b.sekretaer) == ([], ["A1, Prøve", "A2, Prøve", "B1, Prøve"])
    assert [p.punkt.pk for p in venter_paa_min_stemme(b.plan, b.medlemmer["A1"].bruger)] == [punkt.pk]
    b.stem(punkt, "A1", "for")
    assert venter_paa_min_stemme(b.plan, b.medlemmer["A1"].bruger) == []


def test_a_meeting_costs_the_same_however_many_items(b, django_assert_num_queries):
    budget = f.BudgetFactory(plan=b.plan, godkendt=True)
    for _ in range(2):
        linje = f.RevisionslinjeFactory(revision__budget=budget)
        b.stem(b.punkt(revision=linje.revision), "A1", "for")
        udgave_paa(b)
    with django_assert_num_queries(FORESPOERGSLER):
        assert len(stillinger(b.moede, b.leder)) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_tabs_give_one_vote():
    b = en_bestyrelse()
    punkt = b.punkt()
    svar = samtidigt(lambda: b.stem(punkt, "A1", "for"), lambda: b.stem(punkt, "A1", "imod"))
    assert [type(s) for s in svar] == [Stemme, Stemme]
    assert Stemme.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_of_two_conclusions_one_stands():
    b = en_bestyrelse()
    _, punkt = udgave_paa(b)
    b.hold()
    svar = samtidigt(lambda: b.afgoer(punkt, enighed=True), lambda: b.afgoer(punkt, "udsat"))
    assert sorted(type(s).__name__ for s in svar) == ["Afgoerelse", "ValidationError"]
    assert Afgoerelse.objects.count() == 1
