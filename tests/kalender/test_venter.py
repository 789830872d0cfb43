"""What waits for a board's member stands on his front page, and on nobody else's."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aftaler.actions.plan import opret_medlem
from aftaler.models import Medlemskab
from aftaler.queries.overblik import venter_paa_dig
from dokumenter.actions.underskrift import vaelg_underskriver
from dokumenter.queries.venter import afviste, klar_til_ikraft, udpeget
from kalender.forside import mine_svar, spoergsmaal
from moeder.models import Dagsordenspunkt
from moeder.omtaler import omtaler
from moeder.queries.punktets_papir import genstand_sha256
from tests import factories as f
from tests.verden import publiceret_status, verden

#: One of them: the plans that are put away.
FORSIDENS_FORESPOERGSLER = 37


@pytest.fixture
def v(db):
    return verden()


def test_minutes_and_votes_wait_for_the_member_and_for_no_other(v, client):
    bruger = v.brugere["bestyrelse"]
    side = f.BestyrelsessideFactory(plan=v.plan)
    medlem = f.BestyrelsesmedlemFactory(side=side, bruger=bruger)
    moede = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 3), tilstand="holdt")
    papir = f.MoedepapirFactory(moede=moede)
    kommende = f.MoedeFactory(plan=v.plan, tilstand="indkaldt")
    punkt = f.DagsordenspunktFactory(moede=kommende, titel="En vikar", slags="B")
    Dagsordenspunkt.objects.filter(pk=punkt.pk).update(genstand_sha256=genstand_sha256(punkt))
    assert [x.tekst for x in mine_svar(bruger)] == [
        "Din stemme om »En vikar«", "Godkend referatet af mødet 3. september 2026",
    ]  # fmt: skip
    client.force_login(bruger)
    html = client.get(reverse("forside")).content.decode()
    assert "Godkend referatet af mødet 3. september 2026" in html
    assert mine_svar(v.brugere["leder"]) == mine_svar(v.brugere["fremmed"]) == []
    f.ReferatgodkendelseFactory(papir=papir, medlem=medlem)
    assert [x.tekst for x in mine_svar(bruger)] == ["Din stemme om »En vikar«"]


def tekster(linjer) -> list[str]:
    return [x.tekst for x in linjer]


def test_a_question_waits_for_those_who_write_and_its_answer_for_who_asked(v):
    status = publiceret_status(v.plan)
    spoerger, sekretariat = v.brugere["bestyrelse"], v.brugere["sekretariat"]
    s = f.SpoergsmaalFactory(status=status, bruger=spoerger)
    f.SpoergsmaalFactory(status=status, bruger=spoerger)
    ventet = ["Svar på 2 spørgsmål om »Status for 1. kvartal 2026«"]
    assert tekster(spoergsmaal(sekretariat)) == tekster(spoergsmaal(v.brugere["leder"])) == ventet
    for ingen in (spoerger, v.brugere["observatoer"], v.brugere["fremmed"]):
        assert spoergsmaal(ingen) == []
    nu = timezone.now()
    type(s).objects.filter(pk=s.pk).update(svar="Fordi.", besvaret=nu, besvaret_af=sekretariat)
    [linje] = spoergsmaal(spoerger)
    assert linje.tekst == "Der er svar på dit spørgsmål om »Status for 1. kvartal 2026«"
    assert linje.url == f"{reverse('status-vis', args=[v.plan.noegle, status.noegle])}#spoergsmaal"
    assert tekster(spoergsmaal(sekretariat)) == ["Svar på et spørgsmål om »Status for 1. kvartal 2026«"]
    type(s).objects.filter(pk=s.pk).update(besvaret=nu - timedelta(days=15))
    assert spoergsmaal(spoerger) == []
    type(s).objects.filter(pk=s.pk).update(besvaret=nu)
    spoerger.medlemskaber.all().delete()
    assert spoergsmaal(spoerger) == []


def test_a_rejected_paper_waits_until_it_is_made_anew(v):
    udgave = f.UdgaveFactory(plan=v.plan)
    assert afviste(v.brugere["sekretariat"]) == []
    f.GodkendelseFactory(udgave=udgave, resultat="afvist")
    [linje] = afviste(v.brugere["sekretariat"])
    assert linje.tekst == f"Afvist: {udgave.titel}, udgave {udgave.nummer}"
    assert linje.url == udgave.get_absolute_url()
    for ingen in ("observatoer", "bestyrelse", "fremmed"):
        assert afviste(v.brugere[ingen]) == []
    f.UdgaveFactory(plan=v.plan, art=udgave.art, emne=udgave.emne, nummer=udgave.nummer + 1)
    assert afviste(v.brugere["sekretariat"]) == []


def test_an_approved_paper_waits_for_the_leader_to_put_it_in_force(v):
    udgave = f.UdgaveFactory(plan=v.plan, niveau_foreslaaet=2, kraever_underskrift=False)
    assert klar_til_ikraft(v.brugere["leder"]) == []
    f.GodkendelseFactory(udgave=udgave, niveau=2, pdf_sha256=udgave.pdf_sha256)
    [linje] = klar_til_ikraft(v.brugere["leder"])
    assert linje.tekst == f"Sæt i kraft: {udgave.titel}, udgave {udgave.nummer}"
    assert linje.url == udgave.get_absolute_url()
    assert linje.tekst in tekster(venter_paa_dig(v.brugere["leder"]))
    for ingen in ("sekretariat", "observatoer", "bestyrelse", "fremmed"):
        assert klar_til_ikraft(v.brugere[ingen]) == []
    usigneret = f.UdgaveFactory(plan=v.plan, emne="et-andet")
    f.UnderskriverFactory(udgave=usigneret)
    f.GodkendelseFactory(udgave=usigneret, niveau=2, pdf_sha256=usigneret.pdf_sha256)
    assert klar_til_ikraft(v.brugere["leder"]) == [linje]
    f.UdgaveFactory(plan=v.plan, art=udgave.art, emne=udgave.emne, nummer=udgave.nummer + 1)
    assert klar_til_ikraft(v.brugere["leder"]) == []


def test_access_given_of_late_is_told_to_who_got_it(v):
    ny = f.BrugerFactory()
    opret_medlem(bruger=v.brugere["leder"], medlemskab=Medlemskab(plan=v.plan, bruger=ny, rolle="observatoer"))
    [linje] = venter_paa_dig(ny)
    assert linje.tekst.startswith("Du har fået adgang som ")
    assert linje.url == v.plan.get_absolute_url()
    assert venter_paa_dig(ny, timezone.localdate() + timedelta(days=15)) == []
    assert not any("adgang" in t for t in tekster(venter_paa_dig(v.brugere["leder"])))


def referat(v, **felter):
    """Minutes sent just now, with one item that says `felter`."""
    moede = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 3), tilstand="holdt")
    punkt = f.DagsordenspunktFactory(moede=moede, **felter)
    return moede, punkt, lambda **mere: f.MoedepapirFactory(moede=moede, sendt=timezone.now(), **mere)


@pytest.mark.parametrize(
    ("tekst", "er_naevnt"),
    [
        ("Ansvarlig: Berit Prøve.", True),
        ("Berit Prøve og kommunen", True),
        ("Berit Prøvesen følger op.", False),
        ("Berit følger op.", False),
        ("Sekretariatet følger op.", False),
    ],
)
def test_who_is_named_in_the_minutes_that_were_sent_is_told(v, tekst, er_naevnt):
    berit = f.MedlemskabFactory(plan=v.plan, rolle="observatoer", bruger__navn="Berit Prøve").bruger
    moede, _, send = referat(v, referat=tekst)
    assert omtaler(berit) == []  # not before they are sent
    send()
    url = reverse("referat-vis", args=[v.plan.noegle, moede.pk])
    ventet = [("Du er nævnt i referatet af mødet 3. september 2026", url)] if er_naevnt else []
    assert [(o.tekst, o.url) for o in omtaler(berit)] == ventet
    assert omtaler(berit, timezone.now() + timedelta(days=15)) == []
    assert omtaler(v.brugere["leder"]) == []


def test_a_name_in_the_decision_counts_and_only_the_newest_minutes(v):
    berit = f.MedlemskabFactory(plan=v.plan, rolle="observatoer", bruger__navn="Berit Prøve").bruger
    _, punkt, send = referat(v)
    f.AfgoerelseFactory(punkt=punkt, tekst="Berit Prøve undersøger det.")
    send(nummer=1)
    assert len(omtaler(berit)) == 1
    assert omtaler(f.BrugerFactory(navn="Berit Prøve")) == []  # of the same name, in no plan
    senere = f.MoedepapirFactory.build(moede=punkt.moede).indhold
    senere["billede"]["punkter"] = []
    send(nummer=2, indhold=senere)
    assert omtaler(berit) == []


def test_who_sends_the_minutes_is_not_told_of_his_own_name(v):
    berit = f.MedlemskabFactory(plan=v.plan, rolle="leder", bruger__navn="Berit Prøve").bruger
    _, _, send = referat(v, referat="Ansvarlig: Berit Prøve")
    send(sendt_af=berit)
    assert omtaler(berit) == []


def test_who_is_made_signer_is_told_before_it_is_his_turn(v):
    udgave = f.UdgaveFactory(plan=v.plan)
    leser, leder = v.brugere["bestyrelse"], v.brugere["leder"]
    underskriver = f.UnderskriverFactory(udgave=udgave, navn=leser.navn)
    vaelg_underskriver(bruger=leder, underskriver=underskriver, felter={"bruger": leser, "orden": 0}, version=None)
    [linje] = udpeget(leser)
    assert linje.tekst == f"Du skal skrive under på {udgave.titel}, når det er tid"
    assert linje.url == reverse("underskrift-tavle", args=[v.plan.noegle, udgave.pk])
    assert udpeget(leder) == udpeget(v.brugere["fremmed"]) == []
    assert udpeget(leser, timezone.now() + timedelta(days=15)) == []
    f.GodkendelseFactory(udgave=udgave)
    assert udpeget(leser) == []  # now it is his turn, and the other line says so
    assert [v.tekst for v in venter_paa_dig(leser)] == [f"Skriv under: {udgave.titel}"]
    v.plan.medlemskaber.filter(bruger=leser).delete()
    assert venter_paa_dig(leser) == []


def test_who_has_made_himself_signer_knows(v):
    leder = v.brugere["leder"]
    underskriver = f.UnderskriverFactory(udgave=f.UdgaveFactory(plan=v.plan), navn=leder.navn)
    vaelg_underskriver(bruger=leder, underskriver=underskriver, felter={"bruger": leder, "orden": 0}, version=None)
    assert udpeget(leder) == []


@pytest.mark.parametrize("antal", [1, 3])
def test_what_is_new_asks_as_often_whatever_there_is(db, antal, django_assert_num_queries):
    bruger = f.BrugerFactory()
    for _ in range(antal):
        plan = f.MedlemskabFactory(bruger=bruger, rolle="leder").plan
        f.SpoergsmaalFactory(status=publiceret_status(plan))
        f.GodkendelseFactory(udgave=f.UdgaveFactory(plan=plan), resultat="afvist")
    with django_assert_num_queries(3):
        assert len(spoergsmaal(bruger) + afviste(bruger)) == 2 * antal


@pytest.mark.parametrize("antal", [1, 3])
def test_the_front_page_asks_as_often_with_one_plan_and_with_three(db, client, antal, django_assert_num_queries):
    """Of who writes the plans and sits in no board."""
    bruger = f.BrugerFactory()
    for _ in range(antal):
        plan = f.MedlemskabFactory(bruger=bruger, rolle="leder", plan__periode_til=None).plan
        f.SpoergsmaalFactory(status=publiceret_status(plan))
        f.GodkendelseFactory(udgave=f.UdgaveFactory(plan=plan), resultat="afvist")
    client.force_login(bruger)
    with django_assert_num_queries(FORSIDENS_FORESPOERGSLER):
        html = client.get(reverse("forside")).content.decode()
    assert html.count("Svar på et spørgsmål om") == antal
