"""The quarterly status: what is prefilled, what stops it, what is frozen, and what differs from the last."""

import hashlib
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from aftaler.actions import raekker
from dokumenter.oejebliksbillede import Skemafejl
from helhedsplan.laest import en_side
from helhedsplan.pdf import med_noegleord
from helhedsplan.rettigheder import PROGRAMMET
from status import oejebliksbillede, pdf
from status.actions import status as handlinger
from status.choices import Lys
from status.models import Kvartalsstatus
from status.queries.forskel import forskelle
from status.queries.mangler import mangler, stopper
from status.rules import Kvartal, er_vaerre, oprul, planens_kvartaler, vis_taellinger
from tests import factories as f
from tests.anker import kaeder, noegleord
from tests.samtidighed import samtidigt
from tests.verden import en_status, publiceret_status, verden

G, GUL, R, GRAA = Lys.GROEN.value, Lys.GUL.value, Lys.ROED.value, Lys.GRAA.value
I_DAG = date(2026, 5, 1)
SIDENS_FORESPOERGSLER, KLADDENS_FORESPOERGSLER = 9, 34
TID = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lys", "samlet"),
    [
        ([], ""),
        ([""], ""),
        ([GRAA, GRAA], GRAA),
        ([G, GRAA], G),
        ([G, G, GUL], GUL),
        ([G, G, R], GUL),
        ([G, R], R),
        ([R, GRAA, GRAA], R),
        ([GUL, GUL, R, R], R),
        ([G, ""], G),
    ],
)
def test_the_light_above_follows_from_those_below(lys, samlet):
    assert oprul(lys) == samlet


@pytest.mark.parametrize(
    ("nu", "foer", "vaerre"), [(GUL, G, True), (R, GUL, True), (GRAA, G, True), (G, R, False), (G, "", False)]
)
def test_worse_light(nu, foer, vaerre):
    assert er_vaerre(nu, foer) is vaerre


def test_quarters_of_a_period():
    kvartaler = planens_kvartaler(date(2025, 11, 1), date(2026, 4, 30))
    assert [str(k) for k in kvartaler] == ["2025K4", "2026K1", "2026K2"]
    assert (kvartaler[0].til, kvartaler[0].frist) == (date(2025, 12, 31), date(2026, 2, 14))


def test_small_counts_and_what_gives_them_away_are_hidden():
    def vist(deltagere, *taellinger):
        antal, resten = vis_taellinger(deltagere, [("x", n) for n in taellinger], 5)
        return [(v.antal, v.skjult) for v in (antal, *(v for _, v in resten))]

    assert vist(4) == [(None, True)]
    assert vist(0, 5) == [(0, False), (5, False)]
    assert vist(20, 17, 15, 3) == [(20, False), (None, True), (15, False), (None, True)]
    assert vist(None, 7) == [(None, False), (7, False)]
    assert vist(100, 3, 47, 50) == [(100, False), (None, True), (None, True), (50, False)], "100 less 47 and 50 is 3"
    assert vist(100, 3, 40, 50) == [(100, False), (None, True), (40, False), (50, False)]


@pytest.fixture
def v(db):
    return verden()


def skriv_linje(bruger, linje, **felter):
    handlinger.ret_status(bruger=bruger, status=linje.status, felter={}, linjer=[(linje, felter)], version=None)


def test_a_draft_that_lacks_nothing_can_be_published_and_is_then_frozen(v):
    status = en_status(v.plan)
    f.HaendelseFactory(kaede=v.plan.noegle)
    gemt = handlinger.publicer(
        begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=status.version, hvornaar=TID
    )
    status.refresh_from_db()
    assert (status.tilstand, status.publiceret_den, status.version) == ("publiceret", TID, 2)
    assert hashlib.sha256(pdf.hent_pdf(status)).hexdigest() == status.pdf_sha256 == gemt.pdf_sha256
    assert kaeder(pdf.hent_pdf(status)) == [v.plan.noegle]
    with pytest.raises(ValidationError, match="kan ikke rettes"):
        handlinger.ret_status(bruger=v.brugere["leder"], status=status, felter={"sammenfatning": "x"}, version=None)
    linje = status.linjer.get()
    with pytest.raises(ValidationError, match="kan ikke rettes"):
        skriv_linje(v.brugere["leder"], linje, tekst="x")
    with pytest.raises(ValidationError, match="allerede publiceret"):
        handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)


def test_only_the_leader_publishes(v):
    with pytest.raises(PermissionDenied):
        handlinger.publicer(
            begrundelse="Det er kendt.", bruger=v.brugere["sekretariat"], status=en_status(v.plan), version=None
        )


def test_gaps_are_links_and_stop_the_publishing(v):
    status = f.KvartalsstatusFactory(plan=v.plan)
    fund = stopper(mangler(oejebliksbillede.udkast(status, I_DAG), status.noegle))
    a = v.delaftale.aktiviteter.first()
    skriv, raekke = reverse("status-skriv", args=[v.plan.noegle, "2026K1"]), f"{v.delaftale.noegle}.{a.noegle}"
    assert [(x.kode, x.henvisning) for x in fund] == [
        ("status-kort", f"{skriv}#id_sammenfatning"),
        ("status-lys", f"{skriv}#id_{raekke}-lys"),
        ("status-tekst", f"{skriv}#id_{raekke}-tekst"),
    ]
    with pytest.raises(ValidationError, match="mangler 3 ting"):
        handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)


def test_a_worse_light_needs_a_reason(v):
    publiceret_status(v.plan, 1)
    status = en_status(v.plan, 2)
    linje = status.linjer.get()
    skriv_linje(PROGRAMMET, linje, lys=R)
    with pytest.raises(ValidationError, match="hvorfor lyset er dårligere end sidst"):
        handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)
    skriv_linje(PROGRAMMET, linje, begrundelse="Lokalet er lukket.")
    handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)
    status.refresh_from_db()
    foerst = oejebliksbillede.hent(status).forskelle[0]
    navn = v.delaftale.aktiviteter.first().navn
    assert foerst.tekst == f"{navn}: fra »På sporet« til »Afviger«. Lokalet er lukket."


@pytest.mark.parametrize(("kvartal", "besked"), [(Kvartal(2025, 3), "uden for planens"), (Kvartal(2029, 3), "begyndt")])
def test_a_quarter_outside_the_plan_or_to_come_is_refused(v, kvartal, besked):
    with pytest.raises(ValidationError, match=besked):
        handlinger.opret_status(bruger=v.brugere["leder"], plan=v.plan, kvartal=kvartal)
    assert Kvartalsstatus.objects.count() == 0


def test_open_points_come_along_with_their_date(v):
    forrige = publiceret_status(v.plan, 1)
    f.StatuspunktFactory(status=forrige, tekst="Er lukket", svar="Ja.")
    ny = handlinger.opret_status(bruger=v.brugere["sekretariat"], plan=v.plan, kvartal=Kvartal(2026, 2))
    aabent = forrige.punkter.get(svar="")
    assert list(ny.punkter.values_list("tekst", "rejst")) == [(aabent.tekst, date(2026, 3, 20))]
    with pytest.raises(ValidationError, match="allerede en status"):
        handlinger.opret_status(bruger=v.brugere["sekretariat"], plan=v.plan, kvartal=Kvartal(2026, 2))


def test_a_withdrawn_quarter_stays_and_may_get_a_new_one(v, client):
    status = publiceret_status(v.plan, 1)
    handlinger.traek(bruger=v.brugere["leder"], status=status, grund="Forkert tal.", version=None)
    ny = handlinger.opret_status(bruger=v.brugere["leder"], plan=v.plan, kvartal=Kvartal(2026, 1))
    assert ny.noegle == "2026K1-2"
    client.force_login(v.brugere["bestyrelse"])
    assert "Forkert tal." in client.get(status.get_absolute_url()).content.decode()
    assert "Forsinket" in client.get(reverse("status-liste", args=[v.plan.noegle])).content.decode()


def test_an_unknown_form_is_not_read_in_part():
    with pytest.raises(Skemafejl):
        oejebliksbillede.fra_json({"skema": 99, "billede": {}})


def _tilfaeldig_rettelse(plan, r):
    """One edit of something that a status shows."""
    aktivitet = r.choice(list(plan.delaftaler.first().aktiviteter.all()))
    tekst = f"Rettet {r.random()}"
    valg = r.randrange(6)
    if valg == 0:
        raekker.ret(bruger=PROGRAMMET, objekt=aktivitet, felter={"navn": tekst}, version=None)
    elif valg == 1:
        f.PlanmilepaelFactory(plan=plan, navn=tekst)
    elif valg == 2:
        f.RisikoFactory(plan=plan, navn=tekst, sandsynlighed=3, konsekvens=3)
    elif valg == 3:
        plan.forbrug.update(beloeb=r.randrange(1, 10**6))
    elif valg == 4:
        f.MaalingFactory(indikator=plan.indikatorer.first(), sted=plan.steder.first(), aar=2026, begivenhed=tekst[:40])
    else:
        plan.navn = tekst
        plan.save()


def test_after_100_random_edits_page_and_paper_have_their_hash(v, client):
    status = en_status(v.plan)
    handlinger.publicer(
        begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None, hvornaar=TID
    )
    client.force_login(v.brugere["bestyrelse"])
    r = random.Random(6)  # noqa: S311 -- the same edits every time
    for _ in range(100):
        _tilfaeldig_rettelse(v.plan, r)
    status = Kvartalsstatus.objects.get(pk=status.pk)
    billede = oejebliksbillede.hent(status)
    assert oejebliksbillede.sha256(billede) == status.indhold_sha256
    assert pdf.sha256(pdf.side_html(billede)) == status.side_sha256
    assert pdf.side_html(billede) in client.get(status.get_absolute_url()).content.decode()
    sendt = client.get(reverse("status-pdf", args=[v.plan.noegle, status.noegle])).content
    assert hashlib.sha256(sendt).hexdigest() == status.pdf_sha256
    with med_noegleord(noegleord(sendt)):
        assert hashlib.sha256(pdf.tegn(billede)).hexdigest() == status.pdf_sha256
    nyt = oejebliksbillede.udkast(f.KvartalsstatusFactory(plan=v.plan, kvartal=2), I_DAG)
    assert nyt.milepaele != billede.milepaele


def test_what_differs_is_told_the_worst_first(v):
    foer = oejebliksbillede.hent(publiceret_status(v.plan, 1))
    assert forskelle(foer, foer) == ()
    assert forskelle(None, foer) == ()
    [omraade] = foer.omraader
    [aktivitet] = omraade.aktiviteter
    ny = replace(aktivitet, lys=GUL, begrundelse="Sygdom.", tekst="Holdet venter.")
    nu = replace(foer, omraader=(replace(omraade, lys=GUL, aktiviteter=(ny,)),), sammenfatning="Nyt.")
    naaet = replace(foer.milepaele[0], tilstand="naaet")
    nu = replace(nu, milepaele=(naaet, *foer.milepaele[1:]))
    assert [x.tekst for x in forskelle(foer, nu)] == [
        f"{aktivitet.navn}: fra »På sporet« til »Kræver opmærksomhed«. Sygdom.",
        f"{omraade.navn}: fra »På sporet« til »Kræver opmærksomhed«.",
        f"Milepælen »{naaet.navn}« er nået.",
        f"Ny tekst om planen som helhed og {aktivitet.navn}.",
    ]


@pytest.mark.usefixtures("uden_klokke")
@pytest.mark.parametrize("antal", [1, 3])
def test_the_board_page_asks_as_often_whatever_there_is(client, db, antal, django_assert_num_queries):
    v = verden(antal)
    status = publiceret_status(v.plan)
    client.force_login(v.brugere["bestyrelse"])
    client.get(status.get_absolute_url())
    with django_assert_num_queries(SIDENS_FORESPOERGSLER):
        client.get(status.get_absolute_url())


def test_the_board_page_says_how_late_it_came(client, db):
    v = verden()
    status = publiceret_status(v.plan)
    client.force_login(v.brugere["bestyrelse"])
    assert status.dage_forsinket == oejebliksbillede.hent(status).dage_forsinket == 0
    assert "dage efter fristen" not in client.get(status.get_absolute_url()).content.decode()
    Kvartalsstatus.objects.filter(pk=status.pk).update(frist=date(2026, 4, 28))
    assert "Publiceret 3 dage efter fristen." in client.get(status.get_absolute_url()).content.decode()


@pytest.mark.parametrize("antal", [1, 3])
def test_a_draft_asks_as_often_whatever_there_is(db, antal, django_assert_num_queries):
    v = verden(antal)
    publiceret_status(v.plan)
    status = Kvartalsstatus.objects.select_related("plan__regelsaet").get(pk=en_status(v.plan, 2).pk)
    with en_side(), django_assert_num_queries(KLADDENS_FORESPOERGSLER):
        oejebliksbillede.udkast(status, I_DAG)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_wins():
    v = verden()
    status = en_status(v.plan)

    def publicer():
        return handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)

    svar = samtidigt(publicer, publicer)
    assert sorted(type(s).__name__ for s in svar) == ["Kvartalsstatus", "ValidationError"]
    status.refresh_from_db()
    assert (status.tilstand, status.version) == ("publiceret", 2)


def test_a_status_is_published_though_others_write_in_the_plan_all_the_time(v, monkeypatch):
    """Each time the paper is drawn somebody has just saved something else, until they have to wait."""
    status, tegn, gange = en_status(v.plan), pdf.tegn, []

    def tegn_imens(billede):
        gange.append(1)
        if len(gange) <= handlinger.FORSOEG:
            f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
        return tegn(billede)

    monkeypatch.setattr(pdf, "tegn", tegn_imens)
    handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)
    status.refresh_from_db()
    assert (len(gange), status.tilstand) == (handlinger.FORSOEG + 1, "publiceret")


@pytest.fixture
def en_anden_skabelon(settings, tmp_path):
    """The page's template as a later version of the program might have it."""
    (tmp_path / "status").mkdir(parents=True)
    (tmp_path / "status" / "_krop.html").write_text("<h2>En helt ny side</h2>{{ s.sammenfatning }}")

    def skift():
        [motor] = settings.TEMPLATES
        settings.TEMPLATES = [motor | {"DIRS": [tmp_path, *motor["DIRS"]]}]

    return skift


def sidens_sha256(svar) -> str:
    html = svar.content.decode()
    foer, efter = '<article class="status laesetekst">', "</article>"
    return hashlib.sha256(html[html.index(foer) + len(foer) : html.index(efter)].encode()).hexdigest()


def test_after_edits_and_another_template_the_page_that_is_sent_has_its_hash(v, client, en_anden_skabelon):
    status = en_status(v.plan)
    handlinger.publicer(
        begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None, hvornaar=TID
    )
    status.refresh_from_db()
    client.force_login(v.brugere["bestyrelse"])
    assert sidens_sha256(client.get(status.get_absolute_url())) == status.side_sha256
    en_anden_skabelon()
    _tilfaeldig_rettelse(v.plan, random.Random(1))  # noqa: S311
    assert "En helt ny side" in pdf.side_html(oejebliksbillede.hent(status))
    svar = client.get(status.get_absolute_url())
    assert sidens_sha256(svar) == status.side_sha256
    assert "tegnet på ny" not in svar.content.decode()


@pytest.mark.parametrize("gemt", ["", "<p>Rettet i databasen</p>"])
def test_a_page_that_was_not_kept_is_drawn_anew_and_says_so_when_it_differs(v, client, en_anden_skabelon, gemt):
    status = publiceret_status(v.plan)
    Kvartalsstatus.objects.filter(pk=status.pk).update(side=gemt)
    client.force_login(v.brugere["bestyrelse"])
    svar = client.get(status.get_absolute_url())
    assert (sidens_sha256(svar), "tegnet på ny" in svar.content.decode()) == (status.side_sha256, False)
    en_anden_skabelon()
    html = client.get(status.get_absolute_url()).content.decode()
    assert ("En helt ny side" in html, "tegnet på ny" in html, "Rettet i databasen" in html) == (True, True, False)
