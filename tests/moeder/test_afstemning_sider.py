"""The pages of votes, attendance and conclusions, and what they answer."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from helhedsplan.formats import kort_dato
from moeder.models import Afgoerelse, Fremmoede, Inhabilitet, Stemme
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse

pytestmark = pytest.mark.django_db


@pytest.fixture
def b():
    return en_bestyrelse()


def adresse(b, navn, *mere):
    return reverse(navn, args=[b.plan.noegle, b.moede.pk, *mere])


def stem(client, b, punkt, medlem, valg, **mere):
    data = {"medlem": b.medlemmer[medlem].pk, "valg": valg, "sha256": punkt.genstand_sha256} | mere
    svar = client.post(adresse(b, "punkt-stem", punkt.pk), data)
    assert svar.status_code == 302
    return [str(m) for m in get_messages(svar.wsgi_request)][-1], svar.url


def test_a_member_votes_on_the_meetings_page_and_comes_back_to_it(client, b):
    punkt = b.punkt()
    client.force_login(b.medlemmer["A1"].bruger)
    side = adresse(b, "moede-vis")
    assert "Din stemme" in client.get(side).content.decode()
    besked, url = stem(client, b, punkt, "A1", "for", tilbage=side)
    assert (besked.partition(". Gemt kl.")[0], url) == ("A1, Prøve: for", side)
    assert "Stemt: for" in client.get(side).content.decode()
    assert stem(client, b, punkt, "A1", "imod")[1] == adresse(b, "punkt-stem", punkt.pk)
    assert Stemme.objects.get().valg == "imod"


@pytest.mark.parametrize(
    ("hvem", "medlem", "besked"),
    [
        ("P1", "P1", "Politiet har ikke stemme."),
        ("A1", "B1", "Du har ikke fuldmagt fra B1, Prøve og kan kun stemme for dig selv."),
    ],
)
def test_a_refused_vote_says_why_and_leaves_nothing(client, b, hvem, medlem, besked):
    punkt = b.punkt()
    client.force_login(b.medlemmer[hvem].bruger)
    assert stem(client, b, punkt, medlem, "for")[0] == besked
    assert Stemme.objects.count() == 0


def test_odd_input_is_a_message_and_no_fault(client, b):
    punkt = b.punkt()
    laeser = f.MedlemskabFactory(plan=b.plan, rolle="bestyrelse").bruger
    client.force_login(laeser)
    besked = "Du sidder ikke i bestyrelsen den dag, så du kan ikke stemme."
    for medlem in ("", "x", "²", "9" * 30, "0"):
        svar = client.post(adresse(b, "punkt-stem", punkt.pk), {"medlem": medlem, "valg": "for"})
        assert [str(m) for m in get_messages(svar.wsgi_request)][-1] == besked
    client.force_login(b.medlemmer["A1"].bruger)
    assert stem(client, b, punkt, "A1", "måske")[0] == "Vælg for, imod eller hverken for eller imod."
    assert "siden du åbnede siden" in stem(client, b, punkt, "A1", "for", sha256="x")[0]
    assert Stemme.objects.count() == 0


def test_an_observer_sees_the_votes_and_no_buttons(client, b):
    punkt = b.punkt()
    b.stem(punkt, "A1", "for")
    b.stem(punkt, "A2", "imod")
    client.force_login(b.medlemmer["P1"].bruger)
    indhold = client.get(adresse(b, "moede-vis")).content.decode()
    assert "Din stemme" not in indhold
    assert "Uenighed på siden: A1, Prøve er for, og A2, Prøve er imod." in indhold
    assert "Reglen i denne plan: Der søges enighed." in indhold


def test_the_leader_concludes_on_a_page_that_shows_the_votes(client, b):
    punkt = b.punkt()
    b.stem(punkt, "A1", "for")
    b.hold()
    client.force_login(b.leder)
    url = adresse(b, "punkt-afgoer", punkt.pk)
    assert "Kommunen har ikke stemt." in client.get(url).content.decode()
    data = {"resultat": "godkendt", "dato": kort_dato(timezone.localdate()), "tekst": "Godkendt."}
    data["sha256"] = punkt.genstand_sha256
    svar = client.post(url, data)
    assert svar.status_code == 422
    assert "Stemmerne bærer ikke en godkendelse. Kommunen har ikke stemt." in svar.content.decode()
    assert "Godkendt." in svar.content.decode()
    b.stem(punkt, "B1", "for", bruger=b.sekretaer)
    svar = client.post(url, data)
    assert (svar.status_code, svar.url) == (302, f"{adresse(b, 'moede-vis')}#punkt-{punkt.pk}")
    assert Afgoerelse.objects.get().resultat == "godkendt"
    assert client.post(url, data).status_code == 422
    assert "allerede afgjort" in client.get(url).content.decode()


def test_a_proxy_of_ones_own_side_is_offered_first_and_another_only_by_the_boards_rules(client, b):
    client.force_login(b.sekretaer)
    felter = client.get(adresse(b, "fremmoede-ret")).context["form"].fields
    (ingen, *grupper) = felter[f"fuldmagt_{b.medlemmer['A2'].pk}"].choices
    assert ingen == ("", "Ingen fuldmagt")
    assert [navn for navn, _ in grupper] == [
        str(b.medlemmer["A2"].side),
        "En anden side, hvis jeres kommissorium tillader det",
    ]
    sider = [{b.medlemmer[n].side_id for n in b.medlemmer if str(b.medlemmer[n].pk) in dict(v)} for _, v in grupper]
    assert sider[0] == {b.medlemmer["A2"].side_id}
    assert b.medlemmer["A2"].side_id not in sider[1]


def test_attendance_is_one_form(client, b):
    client.force_login(b.sekretaer)
    url = adresse(b, "fremmoede-ret")
    pk = {navn: m.pk for navn, m in b.medlemmer.items()}
    data = {f"art_{pk['A1']}": "til_stede", f"art_{pk['A2']}": "afbud", f"fuldmagt_{pk['A2']}": pk["A1"]}
    assert client.post(url, data).status_code == 302
    assert set(Fremmoede.objects.values_list("medlem", "art", "fuldmagt_til")) == {
        (pk["A1"], "til_stede", None),
        (pk["A2"], "afbud", pk["A1"]),
    }
    svar = client.post(url, data | {f"art_{pk['A1']}": "afbud"})
    assert svar.status_code == 422
    assert "En anden har skrevet fremmøde for A1, Prøve imens" in svar.content.decode()
    svar = client.post(url, {f"art_{pk['B1']}": "til_stede", f"fuldmagt_{pk['B1']}": pk["A1"]} | data)
    assert svar.status_code == 422
    assert "B1, Prøve er ikke skrevet som fraværende" in svar.content.decode()
    assert Fremmoede.objects.count() == 2


def test_disqualified_on_the_page_and_off_it(client, b):
    punkt = b.punkt()
    client.force_login(b.sekretaer)
    data = {"medlem": b.medlemmer["B1"].pk, "grund": "Ansat dér."}
    assert client.post(adresse(b, "inhabil-opret", punkt.pk), data).status_code == 302
    assert client.post(adresse(b, "inhabil-opret", punkt.pk), data).status_code == 422
    assert client.post(adresse(b, "inhabil-opret", punkt.pk), {"medlem": "", "grund": ""}).status_code == 422
    inhabil = Inhabilitet.objects.get()
    assert "B1, Prøve er skrevet som inhabil." in client.get(adresse(b, "punkt-stem", punkt.pk)).content.decode()
    client.post(adresse(b, "inhabil-slet", punkt.pk, inhabil.pk))
    assert Inhabilitet.objects.count() == 0


def test_a_draft_of_a_conclusion_is_taken_up_about_the_paper_as_it_is_now(client, b):
    punkt = b.punkt()
    client.force_login(b.leder)
    url = adresse(b, "punkt-afgoer", punkt.pk)
    noegle = client.get(url).context["noegle"]
    client.post(reverse("kladde-gem", args=[noegle]), {"tekst": "Halvt skrevet", "sha256": "gammel", "version": ""})
    form = client.get(url).context["form"]
    assert (form["tekst"].value(), form["sha256"].value()) == ("Halvt skrevet", punkt.genstand_sha256)


def test_a_closed_item_says_why_nothing_can_be_done(client, b):
    til_orientering = b.punkt(slags="O")
    client.force_login(b.medlemmer["A1"].bruger)
    indhold = client.get(adresse(b, "punkt-stem", til_orientering.pk)).content.decode()
    assert "Punktet er til orientering, så der stemmes ikke." in indhold
    assert "Din stemme" not in indhold
