"""An activity copied from another plan or moved to another delaftale: what comes along, and what never does."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from aftaler.actions.kopi import flyt_til_delaftale, hent_aktivitet
from aftaler.models import Aktivitet
from aftaler.queries.kopi import flyttet
from helhedsplan.models import Haendelse
from helhedsplan.tekst import talmaerker
from status import oejebliksbillede
from tests import factories as f
from tests.verden import en_status, verden

TAL = '<p>Der er <span data-tal="ledige/nord/2019">88,4 %</span> ledige.</p>'


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def kilde(v):
    """An activity in the plan before, which the leader may read."""
    gammel = f.HelhedsplanFactory(
        regelsaet=v.plan.regelsaet, periode_fra=date(2021, 11, 1), periode_til=date(2025, 10, 31)
    )
    f.MedlemskabFactory(plan=gammel, bruger=v.brugere["leder"], rolle="observatoer")
    v.plan.forgaenger, v.plan.periode_fra = gammel, date(2025, 11, 1)
    v.plan.save()
    aktivitet = f.AktivitetFactory(
        delaftale__plan=gammel, navn="Lektiecafé", indhold=TAL, note="Kun til os.", forventet_deltagertal=47
    )
    f.MilepaelFactory(aktivitet=aktivitet, navn="Åbner", dato=date(2022, 2, 1), status="naaet")
    f.SamarbejdspartFactory(aktivitet=aktivitet, delaftale=aktivitet.delaftale, navn="Skolen", rolle="Lokaler")
    return aktivitet


def test_text_partners_and_milestones_come_along_and_figures_states_and_notes_do_not(v, kilde):
    assert talmaerker(kilde.indhold)
    ny = hent_aktivitet(bruger=v.brugere["leder"], fra=kilde, til=v.delaftale)
    ny = Aktivitet.objects.get(pk=ny.pk)
    assert (ny.navn, ny.fortsaetter, ny.status, ny.note, ny.forventet_deltagertal) == (
        "Lektiecafé", kilde, "fortsaettelse", "", None,
    )  # fmt: skip
    assert ny.indhold == "<p>Der er [tal] ledige.</p>"
    assert list(ny.milepaele.values_list("navn", "dato", "status")) == [("Åbner", date(2026, 2, 1), "ikke_begyndt")]
    assert list(ny.samarbejdsparter.values_list("navn", "rolle", "delaftale")) == [
        ("Skolen", "Lokaler", v.delaftale.pk)
    ]
    haendelse = Haendelse.objects.om(ny).get()
    assert [a["efter"] for a in haendelse.aendringer if a["felt"] == "hentet_fra"] == [
        f"Lektiecafé ({kilde.plan.navn})"
    ]


def test_the_other_plan_is_named_only_to_those_who_write(client, v, kilde):
    hent_aktivitet(bruger=v.brugere["leder"], fra=kilde, til=v.delaftale)
    siger = {}
    for rolle in ("leder", "bestyrelse"):
        client.force_login(v.brugere[rolle])
        html = client.get(reverse("plan-historik", args=[v.plan.noegle])).content.decode()
        siger[rolle] = f"Lektiecafé ({kilde.plan.navn})" in html
    assert siger == {"leder": True, "bestyrelse": False}


def test_only_from_a_plan_one_may_read_to_one_that_one_writes(v, kilde):
    with pytest.raises(PermissionDenied):
        hent_aktivitet(bruger=v.brugere["sekretariat"], fra=kilde, til=v.delaftale)
    with pytest.raises(PermissionDenied):
        hent_aktivitet(bruger=v.brugere["leder"], fra=v.delaftale.aktiviteter.first(), til=kilde.delaftale)


@pytest.mark.parametrize(
    ("dag", "fra", "til", "ventet"),
    [
        (date(2022, 2, 1), date(2021, 11, 1), date(2025, 11, 1), date(2026, 2, 1)),
        (date(2024, 2, 29), date(2021, 1, 1), date(2022, 1, 1), date(2025, 2, 28)),
        (date(2022, 2, 1), date(2021, 11, 1), date(2021, 11, 11), date(2022, 2, 11)),
        (None, date(2021, 11, 1), date(2025, 11, 1), None),
        (date(2022, 2, 1), None, date(2025, 11, 1), date(2022, 2, 1)),
    ],
)
def test_a_day_is_as_far_from_the_new_beginning(dag, fra, til, ventet):
    assert flyttet(dag, fra, til) == ventet


def test_the_page_shows_it_and_asks_before_it_writes(v, kilde, client):
    client.force_login(v.brugere["leder"])
    url = reverse("aktivitet-hent", args=[v.plan.noegle, v.delaftale.noegle])
    svar = client.post(url, {"fra": kilde.pk, "navn": "Vores café"})
    html = svar.content.decode()
    assert svar.status_code == 422
    assert [ord_ in html for ord_ in ("Det kommer med", "1. februar 2026", "Skolen", "88,4", "Kun til os.")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert not Aktivitet.objects.filter(navn="Vores café").exists()
    svar = client.post(url, {"fra": kilde.pk, "navn": "Vores café", "bekraeftede_advarsler": f"hent-{kilde.pk}"})
    assert svar.url == Aktivitet.objects.get(navn="Vores café").get_absolute_url()


def test_what_one_may_not_read_is_not_offered(v, kilde, client):
    client.force_login(v.brugere["sekretariat"])
    url = reverse("aktivitet-hent", args=[v.plan.noegle, v.delaftale.noegle])
    assert "Lektiecafé" not in client.get(url).content.decode()
    svar = client.post(url, {"fra": kilde.pk, "bekraeftede_advarsler": f"hent-{kilde.pk}"})
    assert svar.status_code == 422
    assert not Aktivitet.objects.filter(fortsaetter=kilde).exists()


def test_an_activity_moves_with_its_partners_and_what_a_status_says_of_it(v, client):
    status = en_status(v.plan)
    aktivitet = v.delaftale.aktiviteter.first()
    part = f.SamarbejdspartFactory(aktivitet=aktivitet, delaftale=v.delaftale)
    til = f.DelaftaleFactory(plan=v.plan)
    client.force_login(v.brugere["leder"])
    url = reverse("aktivitet-delaftale", args=[v.plan.noegle, v.delaftale.noegle, aktivitet.noegle])
    svar = client.post(url, {"til": til.pk, "version": aktivitet.version})
    aktivitet.refresh_from_db()
    part.refresh_from_db()
    assert svar.url == aktivitet.get_absolute_url()
    assert (aktivitet.delaftale, part.delaftale, aktivitet.delmaal.count()) == (til, til, 0)
    [omraade] = [o for o in oejebliksbillede.udkast(status, date(2026, 5, 1)).omraader if o.noegle == til.noegle]
    assert [a.tekst for a in omraade.aktiviteter] == ["Holdet er i gang."]


def test_an_activity_stays_in_its_plan_and_with_its_money(v):
    aktivitet = v.delaftale.aktiviteter.first()
    til = {"bruger": v.brugere["leder"], "aktivitet": aktivitet, "version": None}
    with pytest.raises(ValidationError, match="samme plan"):
        flyt_til_delaftale(til=f.DelaftaleFactory(), **til)
    f.BidragFactory(budget=v.plan.budgetter.first(), delaftale=None, aktivitet=aktivitet)
    with pytest.raises(ValidationError, match="har beløb"):
        flyt_til_delaftale(til=f.DelaftaleFactory(plan=v.plan), **til)
