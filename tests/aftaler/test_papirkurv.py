"""What a click deletes lies in the bin and comes back by another, or says why it cannot."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from aftaler.actions import raekker
from aftaler.actions.delaftale import slet_delaftale
from aftaler.actions.sletplan import slet_plan
from aftaler.models import Aktivitet, Bilag, Delaftale, Delmaal, Gruppe, Helhedsplan, Medlemskab, Milepael
from budget.actions.budget import slet_budget
from budget.actions.finansiering import slet_kilde
from budget.models import Bidrag, Budget
from helhedsplan import revisionsspor
from helhedsplan.bekraeftelse import BEGYNDT
from helhedsplan.models import Haendelse, Kladde, Slettet
from helhedsplan.sikkerhedskopi.tjek import tjek_data
from moeder.actions.moede import slet_punkt
from moeder.models import Moede
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def leder():
    return f.MedlemskabFactory(rolle="leder")


def gendan(client, plan, slettet=None):
    """Clicks, and gives what the page says."""
    slettet = slettet or Slettet.objects.latest("pk")
    svar = client.post(reverse("plan-papirkurv-gendan", args=[plan.noegle, slettet.pk]))
    assert svar.status_code == 302
    return " ".join(str(b) for b in get_messages(svar.wsgi_request))


def test_an_activity_comes_back_with_its_rows_and_ties_and_its_history_goes_on(client, leder):
    plan, bruger = leder.plan, leder.bruger
    client.force_login(bruger)
    aktivitet = f.AktivitetFactory(
        delaftale__plan=plan, navn="Lektiecafé", formaal="<p>Fra <strong>bunden</strong></p>"
    )
    delmaal = f.DelmaalFactory(delaftale=aktivitet.delaftale)
    aktivitet.delmaal.add(delmaal)
    milepael = f.MilepaelFactory(aktivitet=aktivitet, navn="Åbning")
    foer = Aktivitet.objects.values().get(pk=aktivitet.pk)

    raekker.slet(bruger=bruger, objekt=aktivitet)
    assert not Milepael.objects.exists()
    side = client.get(reverse("plan-papirkurv", args=[plan.noegle])).content.decode()
    assert "Lektiecafé" in side
    assert str(bruger) in side
    assert gendan(client, plan) == "»Lektiecafé« er gendannet."
    assert Aktivitet.objects.values().get(pk=aktivitet.pk) == foer
    assert list(Aktivitet.objects.get().delmaal.all()) == [delmaal]
    assert Milepael.objects.get().pk == milepael.pk
    assert [h.handling for h in Haendelse.objects.om(aktivitet)][:2] == ["gendannet", "slettet"]
    assert revisionsspor.brud(plan.noegle) == []
    assert not Slettet.objects.exists()


def test_what_it_stood_under_and_its_taken_place_stand_in_the_way(client, leder):
    plan, bruger = leder.plan, leder.bruger
    client.force_login(bruger)
    delmaal = f.DelmaalFactory(delaftale__plan=plan)
    delaftale = delmaal.delaftale
    raekker.slet(bruger=bruger, objekt=delmaal)
    af_delmaal = Slettet.objects.get()
    slet_delaftale(bruger=bruger, delaftale=delaftale)
    assert Slettet.objects.count() == 2
    assert "som det hører til, er slettet. Gendan det først" in gendan(client, plan, af_delmaal)
    assert gendan(client, plan).endswith("er gendannet.")
    assert Delaftale.objects.get().pk == delaftale.pk
    # The key is taken by another one that has been written since.
    f.DelmaalFactory(delaftale=delaftale, noegle=delmaal.noegle)
    assert "Kan ikke gendannes" in gendan(client, plan, af_delmaal)
    assert Slettet.objects.get() == af_delmaal
    Delmaal.objects.all().delete()
    assert gendan(client, plan, af_delmaal).endswith("er gendannet.")


def test_while_a_paper_is_for_approval_and_after_a_meeting_it_stays(client, leder):
    client.force_login(leder.bruger)
    aktivitet = f.AktivitetFactory(delaftale__plan=leder.plan)
    raekker.slet(bruger=leder.bruger, objekt=aktivitet)
    udgave = f.UdgaveFactory(plan=leder.plan, emne=aktivitet.delaftale.indsatsomraade.noegle)
    assert f"{udgave.titel} er til godkendelse. Vent" in gendan(client, leder.plan)
    punkt = f.DagsordenspunktFactory(moede__plan=leder.plan, moede__tilstand="planlagt")
    slet_punkt(bruger=leder.bruger, punkt=punkt)
    Moede.objects.update(tilstand="holdt")
    assert "Mødet er holdt og kan ikke rettes" in gendan(client, leder.plan)
    assert Slettet.objects.count() == 2


def test_a_budget_comes_back_with_its_cells(client, leder):
    client.force_login(leder.bruger)
    bidrag = f.BidragFactory(budget__plan=leder.plan)
    foer = Bidrag.objects.values().get()
    slet_budget(bruger=leder.bruger, budget=bidrag.budget)
    assert (Budget.objects.count(), Bidrag.objects.count(), Slettet.objects.count()) == (0, 0, 1)
    assert gendan(client, leder.plan).endswith("er gendannet.")
    assert Bidrag.objects.values().get() == foer


def test_a_file_stays_until_the_bin_is_emptied_and_is_no_orphan(
    client, leder, settings, django_capture_on_commit_callbacks
):
    client.force_login(leder.bruger)
    bilag = f.BilagFactory(plan=leder.plan)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("bilag-slet", args=[leder.plan.noegle, bilag.pk]))
    assert not Bilag.objects.exists()
    assert default_storage.exists(bilag.fil.name)
    assert [e for e in tjek_data() if bilag.fil.name in e.tekst] == []
    with default_storage.open(bilag.fil.name) as fil:
        indhold = fil.read()
    default_storage.delete(bilag.fil.name)
    assert "er ikke i lageret mere" in gendan(client, leder.plan)
    default_storage.save(bilag.fil.name, ContentFile(indhold))
    gendan(client, leder.plan)
    assert client.get(reverse("bilag-hent", args=[leder.plan.noegle, bilag.pk])).status_code == 200
    client.post(reverse("bilag-slet", args=[leder.plan.noegle, bilag.pk]))
    Slettet.objects.update(slettet=timezone.now() - timedelta(days=89))
    call_command("daglig", stdout=StringIO())
    assert default_storage.exists(bilag.fil.name)
    settings.PAPIRKURV_DAGE = 80
    call_command("daglig", stdout=(ud := StringIO()))
    assert "Slettede ting i papirkurven, ældre end 80 dage: 1 fjernet." in ud.getvalue()
    assert not Slettet.objects.exists()
    assert not default_storage.exists(bilag.fil.name)
    assert Haendelse.objects.filter(kaede=leder.plan.noegle).latest("pk").handling == "fjernet for altid"


def test_a_row_taken_out_of_a_form_comes_back_and_counts_as_a_change(client, leder):
    client.force_login(leder.bruger)
    aktivitet = f.AktivitetFactory(delaftale__plan=leder.plan)
    for navn in ("Et", "To"):
        f.MilepaelFactory(aktivitet=aktivitet, navn=navn)
    tilbage = [raekker.som_dict(m, raekker.UNDERRAEKKER["milepaele"][2]) for m in aktivitet.milepaele.filter(navn="To")]
    raekker.ret(bruger=leder.bruger, objekt=aktivitet, felter={}, version=1, raekker={"milepaele": tilbage})
    assert gendan(client, leder.plan) == "»Et« er gendannet."
    assert sorted(aktivitet.milepaele.values_list("navn", flat=True)) == ["Et", "To"]
    assert Aktivitet.objects.get().version == 3


def test_a_whole_plan_is_put_back_by_an_administrator_and_nobody_else(client, leder):
    plan, admin = leder.plan, f.BrugerFactory(er_administrator=True)
    f.BidragFactory(budget__plan=plan)
    f.BilagFactory(plan=plan)
    f.GruppeFactory(plan=plan, over=f.GruppeFactory(plan=plan))
    f.AktivitetFactory(delaftale__plan=plan).delmaal.add(f.DelmaalFactory(delaftale=plan.delaftaler.get()))
    modeller = (Helhedsplan, Aktivitet, Aktivitet.delmaal.through, Medlemskab, Bidrag, Bilag, Gruppe)
    foer = {m: list(m._base_manager.order_by("pk").values()) for m in modeller}
    assert all(foer.values())
    slet_plan(bruger=leder.bruger, plan=plan, navn=plan.navn)
    url = reverse("papirkurv-gendan", args=[Slettet.objects.get().pk])
    client.force_login(leder.bruger)
    assert client.get(reverse("papirkurv")).status_code == 403
    assert client.post(url).status_code == 403
    client.force_login(admin)
    assert plan.navn in client.get(reverse("papirkurv")).content.decode()
    session = client.session
    begyndt = session[BEGYNDT]
    session[BEGYNDT] = begyndt - 3600
    session.save()
    assert client.post(url).url.startswith(reverse("account_reauthenticate"))
    assert not Helhedsplan.objects.filter(pk=plan.pk).exists()
    session[BEGYNDT] = begyndt
    session.save()
    client.post(url)
    assert {m: list(m._base_manager.order_by("pk").values()) for m in modeller} == foer
    client.force_login(leder.bruger)
    assert client.get(plan.get_absolute_url()).status_code == 200
    # Its key has been given to a new plan: it stays in the bin.
    slet_plan(bruger=leder.bruger, plan=plan, navn=plan.navn)
    f.HelhedsplanFactory(noegle=plan.noegle)
    client.force_login(admin)
    svar = client.post(reverse("papirkurv-gendan", args=[Slettet.objects.get().pk]))
    assert "Kan ikke gendannes" in " ".join(str(b) for b in get_messages(svar.wsgi_request))


def test_only_who_writes_may_and_only_the_plans_own(client, leder):
    aktivitet = f.AktivitetFactory(delaftale__plan=leder.plan)
    raekker.slet(bruger=leder.bruger, objekt=aktivitet)
    slettet = Slettet.objects.get()
    anden = f.MedlemskabFactory(rolle="leder")
    client.force_login(anden.bruger)
    assert client.post(reverse("plan-papirkurv-gendan", args=[leder.plan.noegle, slettet.pk])).status_code == 404
    assert client.post(reverse("plan-papirkurv-gendan", args=[anden.plan.noegle, slettet.pk])).status_code == 404
    client.force_login(f.MedlemskabFactory(plan=leder.plan, rolle="bestyrelse").bruger)
    assert client.post(reverse("plan-papirkurv-gendan", args=[leder.plan.noegle, slettet.pk])).status_code == 403
    assert client.get(reverse("plan-papirkurv", args=[leder.plan.noegle])).status_code == 403
    # An access is given back only by who gives access.
    medlem = f.MedlemskabFactory(plan=leder.plan, rolle="observatoer")
    client.force_login(leder.bruger)
    client.post(reverse("medlem-slet", args=[leder.plan.noegle, medlem.pk]))
    client.force_login(f.MedlemskabFactory(plan=leder.plan, rolle="sekretariat").bruger)
    adgang = Slettet.objects.latest("pk")
    assert client.post(reverse("plan-papirkurv-gendan", args=[leder.plan.noegle, adgang.pk])).status_code == 403


def test_who_writes_the_money_or_his_own_sees_and_puts_back_no_more(client, leder):
    plan = leder.plan
    aktivitet, egen = f.AktivitetFactory(delaftale__plan=plan), f.AktivitetFactory(delaftale__plan=plan)
    kilde = f.FinansieringskildeFactory(plan=plan)
    raekker.slet(bruger=leder.bruger, objekt=aktivitet)
    slet_kilde(bruger=leder.bruger, kilde=kilde)
    af_aktivitet, af_kilde = Slettet.objects.order_by("pk")
    side = reverse("plan-papirkurv", args=[plan.noegle])
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="oekonomi").bruger)
    assert [linje.pk for linje in client.get(side).context["linjer"]] == [af_kilde.pk]
    assert client.post(reverse("plan-papirkurv-gendan", args=[plan.noegle, af_aktivitet.pk])).status_code == 403
    assert gendan(client, plan, af_kilde).endswith("er gendannet.")
    fagcenter = f.MedlemskabFactory(plan=plan, rolle="fagcenter")
    fagcenter.aktiviteter.add(egen)
    client.force_login(fagcenter.bruger)
    assert list(client.get(side).context["linjer"]) == []
    f.MilepaelFactory(aktivitet=egen, navn="Åbning")
    raekker.ret(bruger=fagcenter.bruger, objekt=egen, felter={}, version=1, raekker={"milepaele": []})
    assert gendan(client, plan) == "»Åbning« er gendannet."
    Slettet.objects.filter(pk=af_aktivitet.pk).update(bruger=fagcenter.bruger)
    assert client.post(reverse("plan-papirkurv-gendan", args=[plan.noegle, af_aktivitet.pk])).status_code == 403


def test_a_dropped_draft_is_seen_and_put_back_by_its_own_person(client, leder):
    client.force_login(leder.bruger)
    sted = reverse("plan-ret", args=[leder.plan.noegle])
    f.KladdeFactory(bruger=leder.bruger, noegle="PlanForm-abc", data={"navn": ["Nyt navn"]})
    client.post(reverse("kladde-kasser", args=["PlanForm-abc"]), {"naeste": sted})
    assert not Kladde.objects.exists()
    client.force_login(f.MedlemskabFactory(plan=leder.plan, rolle="sekretariat").bruger)
    assert "kladde fra" not in client.get(reverse("plan-papirkurv", args=[leder.plan.noegle])).content.decode()
    client.force_login(leder.bruger)
    svar = client.post(reverse("plan-papirkurv-gendan", args=[leder.plan.noegle, Slettet.objects.get().pk]))
    assert svar["Location"] == sted
    assert Kladde.objects.get().data == {"navn": ["Nyt navn"]}


def test_what_was_deleted_under_another_form_of_the_program_says_so(client, leder):
    client.force_login(leder.bruger)
    aktivitet = f.AktivitetFactory(delaftale__plan=leder.plan)
    raekker.slet(bruger=leder.bruger, objekt=aktivitet)
    slettet = Slettet.objects.get()
    for raekke in (
        {"model": "aftaler.aktivitet", "felter": slettet.raekker[0]["felter"] | {"gammelt_felt": 1}},
        {"model": "aftaler.findes_ikke", "felter": {}},
    ):
        Slettet.objects.update(raekker=[raekke])
        assert "før programmet fik andre felter" in gendan(client, leder.plan)
    Slettet.objects.update(raekker="noget helt andet")
    assert "kan ikke læses" in gendan(client, leder.plan)
