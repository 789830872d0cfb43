"""The one page on which a status is written: what it saves, what it keeps, and what it asks of the database."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.html import fromstring

from aftaler.actions import kopi
from helhedsplan.actions import gem_kladde
from helhedsplan.models import Haendelse, Kladde
from status import oejebliksbillede
from status.actions.status import publicer
from status.choices import Lys
from status.models import Kvartalsstatus, Statuslinje
from status.queries.fulgt import fulgt
from status.queries.oversigt import kvartalslinjer
from status.queries.skrivetabel import skrivetabel
from status.rules import laes_taellinger, taellinger_i_ord
from tests import factories as f
from tests.integration.formularvandring import formularer
from tests.status.test_status import I_DAG, skriv_linje
from tests.verden import en_status, publiceret_status, verden

#: The frame with its bell is some thirty of them.
SIDEN_HOEJST, GEMT_HOEJST = 86, 65


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def leder(v, client):
    client.force_login(v.brugere["leder"])
    return client


def skriv(status) -> str:
    return reverse("status-skriv", args=[status.plan.noegle, status.noegle])


def felter(client, status) -> dict:
    """What the page would send, unchanged."""
    svar = client.get(skriv(status))
    assert svar.status_code == 200
    return next(form.felter for form in formularer(skriv(status), svar.content) if "sammenfatning" in form.felter)


def raekker(v) -> list[str]:
    aktiviteter = [a for d in v.plan.delaftaler.all() for a in d.aktiviteter.all()]
    return [f"{a.delaftale.noegle}.{a.noegle}" for a in aktiviteter]


def test_the_table_publishes_what_the_same_rows_gave_before(v, leder):
    """The same content written in the database and on the page is the same snapshot, byte for byte."""
    status = en_status(v.plan)
    linje = status.linjer.get()
    f.StatustalFactory(linje=linje, orden=2, navn="Hold: onsdag", antal=1204)
    f.StatuslinjeFactory(status=status, delaftale=v.delaftale, aktivitet=None, lys="", tekst="Samlet.")
    ventet, sendt = oejebliksbillede.som_json(oejebliksbillede.udkast(status, I_DAG)), felter(leder, status)
    Statuslinje.objects.all().delete()
    assert oejebliksbillede.som_json(oejebliksbillede.udkast(status, I_DAG)) != ventet
    assert leder.post(skriv(status), sendt).status_code == 302
    assert oejebliksbillede.som_json(oejebliksbillede.udkast(status, I_DAG)) == ventet


def test_all_rows_are_saved_at_once_with_one_entry_in_the_log(leder, db):
    v = verden(3)
    leder.force_login(v.brugere["leder"])
    status = f.KvartalsstatusFactory(plan=v.plan)
    sendt = felter(leder, status) | {"sammenfatning": "Godt."}
    for nr, raekke in enumerate(raekker(v)):
        sendt |= {f"{raekke}-lys": Lys.GUL.value, f"{raekke}-tekst": f"Tekst {nr}", f"{raekke}-deltagere": "1.204"}
        sendt |= {f"{raekke}-taellinger": "Besøg: 40\nMøder: 3"}
    assert leder.post(skriv(status), sendt).status_code == 302
    linjer = list(status.linjer.order_by("pk"))
    assert [(x.lys, x.tekst, x.deltagere) for x in linjer] == [
        (Lys.GUL.value, f"Tekst {nr}", 1204) for nr in range(len(raekker(v)))
    ]
    talte = [(t.navn, t.antal) for x in linjer for t in x.taellinger.all()]
    assert talte == [("Besøg", 40), ("Møder", 3)] * len(linjer)
    [haendelse] = Haendelse.objects.filter(objekt_type="bestyrelse.kvartalsstatus", handling="rettet")
    assert len(haendelse.aendringer) == 1 + 4 * len(linjer)
    assert not Haendelse.objects.filter(objekt_type="bestyrelse.statuslinje").exists()


def test_saved_unchanged_nothing_is_written(v, leder):
    status = en_status(v.plan)
    assert leder.post(skriv(status), felter(leder, status)).status_code == 302
    status.refresh_from_db()
    assert (status.version, status.linjer.get().version) == (1, 1)
    assert not Haendelse.objects.filter(handling="rettet").exists()


def spurgt(client, antal: int) -> tuple[int, int]:
    """How often the page asks the database, and its saving when every row is changed."""
    v = verden(antal)
    publiceret_status(v.plan)
    status = en_status(v.plan, 2)
    client.force_login(v.brugere["leder"])
    sendt = felter(client, status)
    with CaptureQueriesContext(connection) as siden:
        client.get(skriv(status))
    for raekke in raekker(v):
        sendt |= {f"{raekke}-tekst": "Ny", f"{raekke}-taellinger": "Nye: 7"}
    with CaptureQueriesContext(connection) as gemt:
        assert client.post(skriv(status), sendt).status_code == 302
    assert status.linjer.filter(tekst="Ny").count() == antal
    return len(siden), len(gemt)


def test_the_page_and_its_saving_ask_as_often_whatever_there_is(client, db):
    siden, gemt = spurgt(client, 1)
    assert spurgt(client, 4) == (siden, gemt)
    assert (siden <= SIDEN_HOEJST, gemt <= GEMT_HOEJST) == (True, True)


def test_what_is_not_written_is_no_fault_until_somebody_publishes(v, leder):
    status = f.KvartalsstatusFactory(plan=v.plan)
    html = leder.get(skriv(status)).content.decode()
    assert "○ Ikke skrevet endnu" in html
    assert "alert-error" not in html.replace('<div class="alert alert-error alert-bliver" role="alert">', "")
    svar = leder.post(
        reverse("status-publicer", args=[v.plan.noegle, status.noegle]), {"begrundelse": "Det er kendt.", "ja": "1"}
    )
    assert svar.url == f"{skriv(status)}?publicer"
    html = leder.get(svar.url).content.decode()
    assert "Det mangler, før statussen kan publiceres" in html
    ankre = re.findall(r'function-link" href="[^"#]*#([^"]+)"', html)
    assert ankre == ["id_sammenfatning", f"id_{raekker(v)[0]}-lys", f"id_{raekker(v)[0]}-tekst"]
    assert all(f'id="{anker}"' in html for anker in ankre)


def test_two_tabs_in_different_rows_are_both_saved(leder, db):
    v = verden(2)
    leder.force_login(v.brugere["leder"])
    status = en_status(v.plan)
    en, to = raekker(v)[:2]
    gammel = felter(leder, status)
    leder.post(skriv(status), gammel | {f"{en}-tekst": "Min første."})
    svar = leder.post(skriv(status), gammel | {f"{to}-tekst": "Min anden."}, follow=True)
    assert svar.status_code == 200
    assert list(status.linjer.order_by("pk").values_list("tekst", flat=True))[:2] == ["Min første.", "Min anden."]
    assert "og begges er gemt" in svar.content.decode()


def test_two_tabs_in_the_same_field_are_asked(v, leder):
    status = en_status(v.plan)
    felt = f"{raekker(v)[0]}-tekst"
    gammel = felter(leder, status)
    leder.post(skriv(status), gammel | {felt: "Den ene."})
    svar = leder.post(skriv(status), gammel | {felt: "Den anden."})
    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Den anden.</textarea>" in html
    igen = next(form.felter for form in formularer(skriv(status), svar.content) if "sammenfatning" in form.felter)
    assert igen[f"valg-{felt}"] == ["min"]
    assert leder.post(skriv(status), igen | {f"valg-{felt}": "deres"}).status_code == 302
    assert status.linjer.get().tekst == "Den ene."


@pytest.mark.parametrize(
    ("felt", "skrevet", "besked"),
    [
        ("taellinger", "Besøg 40", "»Besøg 40« kan ikke læses."),
        ("taellinger", "Besøg: mange", "Besøg: "),
        ("taellinger", "\n".join(f"Nr {n}: 1" for n in range(11)), "Skriv højst 10 optællinger."),
        ("deltagere", "-3", "Skriv et tal på mindst 0."),
        ("tekst", "x " * 400, "Forkort den til højst 600."),
        ("lys", "blaa", "Vælg igen."),
    ],
)
def test_bad_input_is_said_at_its_field_and_all_is_kept(v, leder, felt, skrevet, besked):
    status = en_status(v.plan)
    raekke = raekker(v)[0]
    foer = list(status.linjer.values_list("tekst", "lys"))
    sendt = felter(leder, status) | {f"{raekke}-{felt}": skrevet, "til_beboere": "Det, jeg skrev."}
    svar = leder.post(skriv(status), sendt)
    html = svar.content.decode()
    assert svar.status_code == 422
    assert besked in html
    assert f'href="#id_{raekke}-{felt}"' in html
    assert "Det, jeg skrev." in html
    assert list(status.linjer.values_list("tekst", "lys")) == foer


def test_counts_are_read_as_they_are_shown():
    talte = [{"navn": "Hold: onsdag", "antal": 1204}, {"navn": "Møder", "antal": 0}]
    assert laes_taellinger(taellinger_i_ord(talte)) == talte
    assert laes_taellinger("  Besøg  i alt :40 \n\n") == [{"navn": "Besøg i alt", "antal": 40}]


def test_last_quarters_texts_are_taken_over_where_nothing_stands_and_saved_by_nobody_else(leder, db):
    v = verden(3)
    leder.force_login(v.brugere["leder"])
    gammel = publiceret_status(v.plan, 1)
    sidst = [a.tekst for o in oejebliksbillede.hent(gammel).omraader for a in o.aktiviteter]
    status = f.KvartalsstatusFactory(plan=v.plan, kvartal=2)
    sendt = felter(leder, status) | {f"{raekker(v)[0]}-tekst": "Min egen."}
    svar = leder.post(skriv(status), sendt | {"overtag": "alle"})
    igen = next(form.felter for form in formularer(skriv(status), svar.content) if "sammenfatning" in form.felter)
    tekster = [igen[f"{raekke}-tekst"][0].strip() for raekke in raekker(v)]
    assert tekster == ["Min egen.", *sidst[1:]]
    anden = raekker(v)[1]
    svar = leder.post(skriv(status), sendt | {"overtag": anden.replace(".", "/")})
    igen = next(form.felter for form in formularer(skriv(status), svar.content) if "sammenfatning" in form.felter)
    assert [bool(igen[f"{raekke}-tekst"][0].strip()) for raekke in raekker(v)[:3]] == [True, True, False]
    assert status.linjer.count() == 0


@pytest.mark.parametrize("navn", ["status-publicer", "status-send"])
def test_what_is_typed_and_not_saved_is_not_passed_by(v, leder, navn):
    status = en_status(v.plan)
    side = leder.get(skriv(status))
    noegle = side.context["noegle"]
    uaendret = {n: vaerdi for n, vaerdi in felter(leder, status).items() if n != "csrfmiddlewaretoken"}
    gem_kladde(bruger=v.brugere["leder"], noegle=noegle, version=1, data=uaendret | {"sammenfatning": ["Mit nye."]})
    url = reverse(navn, args=[v.plan.noegle, status.noegle])
    data = {"begrundelse": "Det er kendt.", "ja": "1", "tilbage": skriv(status)}
    html = leder.post(url, data, follow=True).content.decode()
    assert "ikke er gemt endnu" in html
    assert "Mit nye." in html
    assert Kvartalsstatus.objects.get(pk=status.pk).tilstand == "kladde"
    Kladde.objects.update(data=uaendret)
    leder.post(url, data)
    assert Kvartalsstatus.objects.get(pk=status.pk).tilstand != "kladde"


def test_the_old_addresses_lead_to_the_row_and_keep_what_is_sent_to_them(v, leder):
    status = en_status(v.plan)
    a = v.delaftale.aktiviteter.first()
    args = [v.plan.noegle, status.noegle]
    svar = {
        leder.get(reverse("status-ret", args=args)).url,
        leder.get(reverse("statusdelaftale-ret", args=[*args, v.delaftale.noegle])).url,
        leder.get(reverse("statusaktivitet-ret", args=[*args, v.delaftale.noegle, a.noegle])).url,
    }
    assert svar == {
        skriv(status),
        f"{skriv(status)}#id_{v.delaftale.noegle}-tekst",
        f"{skriv(status)}#id_{v.delaftale.noegle}.{a.noegle}-tekst",
    }
    sendt = leder.post(reverse("status-ret", args=args), {"sammenfatning": "Skrevet på en gammel side."})
    assert (sendt.status_code, "Skrevet på en gammel side." in sendt.content.decode()) == (404, True)
    for rolle, ventet in (("observatoer", 403), ("fremmed", 404)):
        leder.force_login(v.brugere[rolle])
        assert leder.get(reverse("status-ret", args=args)).status_code == ventet


def test_a_count_that_the_database_would_refuse_is_refused_before(v):
    status = en_status(v.plan)
    linje = status.linjer.get()
    for talt in ({"navn": "", "antal": 1}, {"navn": "x" * 101, "antal": 1}):
        with pytest.raises(ValidationError):
            skriv_linje(v.brugere["leder"], linje, taellinger=[talt])


@pytest.mark.parametrize("ogsaa", ["intet", "samme nøgle dér", "nyt navn"])
def test_a_moved_activity_keeps_last_quarters_comparison(v, leder, ogsaa):
    """In the table, in the draft's light before and in what is told of the change, also of its milestones."""
    aktivitet = v.delaftale.aktiviteter.get()
    til = f.DelaftaleFactory(plan=v.plan, indsatsomraade__regelsaet=v.plan.regelsaet)
    if ogsaa == "samme nøgle dér":
        f.AktivitetFactory(delaftale=til, noegle=aktivitet.noegle)
    foer = oejebliksbillede.hent(publiceret_status(v.plan, 1))
    [sagt] = [a for o in foer.omraader for a in o.aktiviteter if a.navn == aktivitet.navn]
    aktivitet.refresh_from_db()
    kopi.flyt_til_delaftale(bruger=v.brugere["leder"], aktivitet=aktivitet, til=til, version=aktivitet.version)
    if ogsaa == "nyt navn":
        type(aktivitet).objects.filter(pk=aktivitet.pk).update(navn="Et andet navn")
    status = en_status(v.plan, 2)
    linje = next(e for e in skrivetabel(status, foer) if e.aktivitet and e.aktivitet.pk == aktivitet.pk)
    assert linje.sidst.tekst == sagt.tekst
    nu = oejebliksbillede.udkast(status, I_DAG)
    [ny] = [a for o in nu.omraader for a in o.aktiviteter if a.noegle == linje.noegle]
    assert ny.foer == sagt.lys != ""
    tekster = [forskel.tekst for forskel in nu.forskelle]
    assert f"{ny.navn} er kommet med." not in tekster
    assert f"{aktivitet.navn} er ikke med mere." not in tekster


def test_two_that_cannot_be_told_apart_are_not_taken_for_each_other(v):
    foer = oejebliksbillede.hent(publiceret_status(v.plan, 1))
    [gammel] = [a for o in foer.omraader for a in o.aktiviteter]
    ens = [("x/en", gammel.navn), ("y/en", gammel.navn)]
    assert fulgt(foer, ens) == foer
    assert fulgt(None, ens) is None


def test_the_page_says_which_risks_are_counted_and_what_the_publishing_asks_for(v, leder):
    v.plan.risici.all().delete()
    for sandsynlighed, konsekvens in [(2, 2), (1, 3), (2, 3)]:
        f.RisikoFactory(plan=v.plan, sandsynlighed=sandsynlighed, konsekvens=konsekvens)
    status = en_status(v.plan)
    html = leder.get(skriv(status)).content.decode()
    assert "Høje risici fra beredskabsplanen</a>: 1 af 3 " in html
    ord_ = fromstring(html).xpath("//label[@for='id_sammenfatning']")[0].text_content()
    assert " ".join(ord_.split()) == "Kort fortalt (skal udfyldes, før statussen publiceres)"


@pytest.mark.parametrize("ord_", [".", "xxx", "Skrives senere", "<>"])
def test_words_that_only_hold_a_place_are_not_written(v, leder, ord_):
    status = f.KvartalsstatusFactory(plan=v.plan)
    raekke, *_ = raekker(v)
    sendt = felter(leder, status) | {"sammenfatning": ord_, f"{raekke}-lys": Lys.GUL.value, f"{raekke}-tekst": ord_}
    assert leder.post(skriv(status), sendt).status_code == 302
    svar = leder.get(skriv(status))
    assert (svar.context["skrevet"], svar.context["skrives"]) == (0, len(raekker(v)))
    assert {"status-kort", "status-tekst"} <= {fund.kode for fund in svar.context["mangler"]}
    assert "◐ Teksten mangler" in svar.content.decode()
    with pytest.raises(ValidationError, match="Skriv, hvordan det kort fortalt går"):
        publicer(bruger=v.brugere["leder"], status=status, version=None)


@pytest.mark.parametrize("dag", ["1.1.2099", "31.3.2026", "1.4.2027"])
def test_a_deadline_lies_in_the_year_after_its_quarter(v, leder, dag):
    status = f.KvartalsstatusFactory(plan=v.plan, aar=2026, kvartal=1, frist=date(2026, 5, 15))
    svar = leder.post(skriv(status), felter(leder, status) | {"frist": dag})
    assert svar.status_code == 422
    besked = "Fristen ligger efter kvartalets sidste dag, 31. marts 2026, og senest 31. marts 2027."
    assert svar.context["form"].errors == {"frist": [besked]}


def test_a_moved_deadline_does_not_hide_that_it_is_late(v, leder):
    status = f.KvartalsstatusFactory(plan=v.plan, aar=2026, kvartal=1, frist=date(2026, 5, 15))
    assert leder.post(skriv(status), felter(leder, status) | {"frist": "31.3.2027"}).status_code == 302
    linje = next(x for x in kvartalslinjer(v.plan, date(2026, 6, 1)) if x.status)
    assert (linje.er_forsinket, linje.er_udskudt, linje.dage_efter_den_foerste) == (False, True, 17)
    side = " ".join(leder.get(reverse("status-liste", args=[v.plan.noegle])).content.decode().split())
    assert "flyttet fra 15.05.2026" in side
    assert "dage efter den første frist" in side
    assert "(flyttet fra 15. maj 2026)" in leder.get(skriv(status)).content.decode()
