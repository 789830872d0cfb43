"""What is decided: the hash of the very thing, which moves when it does and only then."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from dokumenter.actions.udgave import frys
from helhedsplan.rettigheder import PROGRAMMET
from moeder import moedepapir
from moeder.blokke import blokdokument
from moeder.models import Dagsordenspunkt
from moeder.queries.punktets_papir import (
    genstand_sha256,
    genstandens_mangler,
    genstandens_navn,
    genstandens_url,
    hent_linjer,
)
from tests import factories as f

pytestmark = pytest.mark.django_db


def frisk(punkt):
    return Dagsordenspunkt.objects.get(pk=punkt.pk)


def test_an_edition_is_its_pdf():
    udgave = f.UdgaveFactory()
    punkt = f.DagsordenspunktFactory(moede__plan=udgave.plan, udgave=udgave)
    assert genstand_sha256(punkt) == hashlib.sha256(f.PDF).hexdigest()
    assert genstandens_navn(punkt) == str(udgave)
    assert genstandens_url(punkt) == udgave.get_absolute_url()


def test_a_status_is_its_snapshot_and_has_none_before_it_is_published():
    status = f.KvartalsstatusFactory()
    punkt = f.DagsordenspunktFactory(moede__plan=status.plan, status=status)
    assert genstand_sha256(punkt) == ""
    assert genstandens_mangler(punkt) == "Statussen er ikke publiceret endnu."
    ude = f.KvartalsstatusFactory(plan=status.plan, kvartal=2, er_publiceret=True, indhold_sha256="a" * 64)
    punkt = f.DagsordenspunktFactory(moede__plan=status.plan, status=ude)
    assert (genstand_sha256(punkt), genstandens_mangler(punkt)) == ("a" * 64, "")


def test_a_revision_is_its_lines_and_its_reason_but_not_whether_it_is_approved():
    linje = f.RevisionslinjeFactory()
    revision = linje.revision
    punkt = f.DagsordenspunktFactory(moede__plan=revision.plan, revision=revision)
    foer = genstand_sha256(frisk(punkt))
    type(revision).objects.update(status="godkendt", godkendt_den="2026-05-02")
    assert genstand_sha256(frisk(punkt)) == foer
    type(linje).objects.update(delta=Decimal("100000.01"))
    med_andet_beloeb = genstand_sha256(frisk(punkt))
    type(revision).objects.update(begrundelse="En anden grund.")
    assert len({foer, med_andet_beloeb, genstand_sha256(frisk(punkt))}) == 3


def test_an_item_about_nothing_else_is_its_own_text_without_the_minutes():
    punkt = f.DagsordenspunktFactory()
    foer = genstand_sha256(punkt)
    punkt.referat = "Drøftet."
    assert genstand_sha256(punkt) == foer
    punkt.indstilling = "Noget andet."
    assert genstand_sha256(punkt) != foer
    assert (genstandens_navn(punkt), genstandens_url(punkt)) == ("", "")


def test_lines_of_many_revisions_are_read_at_once(django_assert_num_queries):
    plan = f.HelhedsplanFactory()
    moede = f.MoedeFactory(plan=plan)
    budget = f.BudgetFactory(plan=plan, godkendt=True)
    for _ in range(3):
        linje = f.RevisionslinjeFactory(revision__budget=budget)
        f.DagsordenspunktFactory(moede=moede, revision=linje.revision)
    punkter = list(moede.punkter.select_related("revision"))
    with django_assert_num_queries(2):  # lines, and the only relation that any of them has
        hent_linjer(punkter)
    with django_assert_num_queries(0):
        assert len({genstand_sha256(punkt) for punkt in punkter}) == 3


def frosset(plan, art: str, hvorfor: str | None):
    return frys(bruger=PROGRAMMET, plan=plan, art=art, uskrevet=hvorfor)


def test_the_board_is_told_what_the_edition_was_frozen_without_and_why(client):
    moede = f.MoedeFactory()
    plan = moede.plan
    udgave = frosset(plan, "beredskabsplan", "Kommunen skriver den i maj.")
    f.PlanmilepaelFactory(plan=plan)
    hel = frosset(plan, "milepaelsplan", None)
    punkt, andet = (f.DagsordenspunktFactory(moede=moede, udgave=u) for u in (udgave, hel))
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="bestyrelse").bruger)
    side = client.get(reverse("punkt-vis", args=[plan.noegle, moede.pk, punkt.pk])).content.decode()
    assert "Frosset med mangler</strong>:" in side
    assert "<li>Risici: ingen risici</li>" in side
    assert "Begrundelse: Kommunen skriver den i maj." in side
    andens = client.get(reverse("punkt-vis", args=[plan.noegle, moede.pk, andet.pk])).content.decode()
    assert "Frosset med mangler" not in andens
    kald = moedepapir.udkast(moede, "dagsorden")
    foerste, anden = (p.genstand for p in kald.punkter)
    assert (foerste.mangler, foerste.begrundelse) == (("Risici: ingen risici",), "Kommunen skriver den i maj.")
    assert (anden.mangler, anden.begrundelse) == ((), "")
    trykt = str(blokdokument(kald))
    assert trykt.count("Frosset med mangler:") == 1
    assert "Risici: ingen risici" in trykt


def test_an_agenda_of_the_third_form_is_read_without_what_it_did_not_say():
    moede = f.MoedeFactory()
    f.DagsordenspunktFactory(moede=moede, udgave=frosset(moede.plan, "beredskabsplan", None))
    f.DagsordenspunktFactory(moede=moede)
    nu = moedepapir.udkast(moede, "dagsorden")
    gammel = moedepapir.som_json(nu) | {"skema": 3}
    for felt in ("mangler", "begrundelse"):
        del gammel["billede"]["punkter"][0]["genstand"][felt]
    for punkt in gammel["billede"]["punkter"]:
        del punkt["andetsteds"]
    assert moedepapir.fra_json(gammel) == nu


def test_minutes_say_where_an_edition_was_decided_on_when_it_was_not_here(client):
    moede = f.MoedeFactory()
    udgave = frosset(moede.plan, "beredskabsplan", None)
    f.DagsordenspunktFactory(moede=moede, udgave=udgave, slags="B")
    ingen = moedepapir.udkast(moede, "referat")
    assert [p.uden_beslutning for p in ingen.punkter] == ["Der er ikke truffet en beslutning."]
    f.GodkendelseFactory(
        udgave=udgave, niveau=2, dato=date(2026, 3, 4), besluttet_af="bestyrelsen", reference="mail, punkt 2"
    )
    nu = moedepapir.udkast(moede, "referat")
    [ord_] = [p.uden_beslutning for p in nu.punkter]
    assert ord_ == f"Punktet er ikke afgjort her. {udgave} er godkendt 4. marts 2026 af bestyrelsen, mail, punkt 2."
    assert ord_ in str(blokdokument(nu))
    assert "Der er ikke truffet en beslutning" not in str(blokdokument(nu))
    gammel = moedepapir.som_json(ingen) | {"skema": 4}
    for punkt in gammel["billede"]["punkter"]:
        del punkt["andetsteds"]
    assert moedepapir.fra_json(gammel) == ingen
