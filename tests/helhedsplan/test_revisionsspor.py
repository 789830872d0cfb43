"""The audit log: every entry in its chain, and no way to change the past unseen."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from helhedsplan import revisionsspor
from helhedsplan.models import Haendelse, Kaede
from helhedsplan.models.haendelse import UforanderligFejl
from helhedsplan.revisionsspor import brud, kaeder, skriv, som_json
from tests import factories as f
from tests.samtidighed import samtidigt

pytestmark = pytest.mark.django_db
TABEL = Haendelse._meta.db_table


def skriv_flere(antal, kaede="plan-a"):
    bruger, objekt = f.BrugerFactory(), f.OrganisationFactory()
    aendring = {"felt": "navn", "navn": "navn", "foer": "Æ", "efter": ["ø", None, 5, True]}
    return [
        skriv(bruger=bruger, kaede=kaede, handling="rettet", objekt=objekt, aendringer=[aendring]) for _ in range(antal)
    ]


def raa_sql(sql, *vaerdier):
    """What somebody with a key to the database can do."""
    with connection.cursor() as markoer:
        markoer.execute(sql, vaerdier)
        assert markoer.rowcount >= 1


def udskrift(capsys, *argumenter):
    """(exit code, what the command printed)"""
    try:
        call_command("revisionsspor", *argumenter)
    except CommandError as fejl:
        return fejl.returncode, capsys.readouterr().out, str(fejl)
    return 0, capsys.readouterr().out, ""


# --- writing --------------------------------------------------------------------------------------------------------


def test_en_haendelse_siger_hvem_hvad_og_hvornaar():
    bruger, organisation = (
        f.BrugerFactory(navn="Sekretær A, Prøve"),
        f.OrganisationFactory(navn="Boligforeningen", version=4),
    )
    foer = timezone.now()
    aendring = {"felt": "navn", "navn": "navn", "foer": "A", "efter": "B"}
    haendelse = skriv(bruger=bruger, kaede="plan-a", handling="rettet", objekt=organisation, aendringer=[aendring])
    gemt = Haendelse.objects.get()
    assert gemt == haendelse
    assert (gemt.bruger_id, gemt.bruger_navn) == (bruger.pk, "Sekretær A, Prøve")
    assert (gemt.objekt_type, gemt.objekt_id) == ("aftaler.organisation", str(organisation.pk))
    assert (gemt.objekt_navn, gemt.version, gemt.handling) == ("Boligforeningen", 4, "rettet")
    assert (gemt.kaede, gemt.nummer, gemt.forrige_hash) == ("plan-a", 1, "")
    assert gemt.aendringer == [aendring]
    assert foer <= gemt.tidspunkt <= timezone.now()


def test_lange_navne_forkortes_og_versionsloese_har_ingen_version():
    bruger = f.BrugerFactory()
    billede = f.BilledeFactory(billedtekst="", alternativ_tekst="å" * 500)
    haendelse = skriv(bruger=bruger, kaede="plan-a", handling="oprettet", objekt=billede, aendringer=[])
    assert (haendelse.objekt_navn, haendelse.version) == ("å" * 300, None)


def test_hver_plan_har_sin_egen_kaede():
    skriv_flere(2, "plan-a")
    skriv_flere(3, "plan-b")
    assert list(Haendelse.objects.order_by("pk").values_list("kaede", "nummer")) == [
        ("plan-a", 1), ("plan-a", 2), ("plan-b", 1), ("plan-b", 2), ("plan-b", 3),
    ]  # fmt: skip
    assert kaeder() == ["plan-a", "plan-b"]
    assert [brud(kaede) for kaede in kaeder()] == [[], []]


def test_ingen_plan_kan_faa_den_faelles_kaedes_noegle():
    plan = f.HelhedsplanFactory.build(noegle=revisionsspor.FAELLES, regelsaet=f.RegelsaetFactory())
    with pytest.raises(ValidationError) as fejl:
        plan.full_clean()
    assert list(fejl.value.message_dict) == ["noegle"]


def test_en_haendelse_forsvinder_med_sin_transaktion():
    skriv_flere(1)
    with transaction.atomic():
        skriv_flere(1)
        transaction.set_rollback(True)
    skriv_flere(1)
    assert brud("plan-a") == []
    assert list(Haendelse.objects.order_by("nummer").values_list("nummer", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("vaerdi", "ventet"),
    [
        ("æ", "æ"),
        (5, 5),
        (True, True),
        (None, None),
        (Decimal("12.5000"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal(0), "0"),
        (date(2025, 11, 1), "2025-11-01"),
        (datetime(2025, 11, 1, 9, 30, tzinfo=UTC), "2025-11-01T09:30:00+00:00"),
        ([Decimal("1.0"), "a", None], ["1", "a", None]),
        (("a",), ["a"]),
        (timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_vaerdier_i_loggen(vaerdi, ventet):
    assert som_json(vaerdi) == ventet


def test_relationer_staar_med_navn():
    organisation = f.OrganisationFactory(navn="Boligforeningen")
    assert som_json([organisation]) == ["Boligforeningen"]


# --- append-only ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forsoeg",
    [
        lambda h: h.save(),
        lambda h: h.save(force_update=True),
        lambda h: h.delete(),
        lambda h: Haendelse.objects.update(handling="x"),
        lambda h: Haendelse.objects.filter(pk=h.pk).update(handling="x"),
        lambda h: Haendelse.objects.all().delete(),
        lambda h: Haendelse.objects.filter(pk=h.pk).delete(),
        lambda h: Haendelse.objects.bulk_update([h], ["handling"]),
        lambda h: Haendelse.objects.bulk_create([Haendelse(kaede="x", nummer=1, tidspunkt=timezone.now())]),
        lambda h: Haendelse.objects.update_or_create(pk=h.pk, defaults={"handling": "x"}),
        lambda h: Haendelse(pk=h.pk, kaede="x", nummer=1, tidspunkt=timezone.now()).save(),
    ],
)
def test_modellen_kan_kun_udvide(forsoeg):
    haendelse = skriv_flere(2)[0]
    with pytest.raises(UforanderligFejl, match="kan kun udvides"):
        forsoeg(haendelse)
    assert brud("plan-a") == []
    assert Haendelse.objects.count() == 2


def test_samme_nummer_to_gange_afvises_af_databasen():
    haendelse = skriv_flere(1)[0]
    haendelse.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        haendelse.save()


def test_historik_om_et_objekt_nyeste_foerst():
    ens, andre = skriv_flere(3), skriv_flere(1)
    organisation = type(f.OrganisationFactory.build()).objects.get(pk=ens[0].objekt_id)
    assert list(Haendelse.objects.om(organisation)) == ens[::-1]
    assert andre[0] not in Haendelse.objects.om(organisation)


# --- the chain ------------------------------------------------------------------------------------------------------


def test_kaeden_er_hel_efter_mange():
    skriv_flere(60)
    assert brud("plan-a") == []
    assert brud("findes-ikke") == []


def test_kaeden_er_hel_naar_uret_stilles(settings):
    """The hash is of the moment, not of how the clock on the wall showed it."""
    skriv_flere(2)
    settings.TIME_ZONE = "America/Nuuk"
    timezone.get_default_timezone.cache_clear()
    try:
        assert brud("plan-a") == []
    finally:
        timezone.get_default_timezone.cache_clear()


@pytest.mark.parametrize(
    ("felt", "vaerdi"),
    [
        ("bruger_navn", "En anden"),
        ("bruger_id", 4711),
        ("handling", "slettet"),
        ("objekt_navn", "Noget andet"),
        ("objekt_type", "aftaler.part"),
        ("objekt_id", "99"),
        ("version", 99),
        ("aendringer", json.dumps([])),
        ("tidspunkt", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_en_aendret_haendelse_navngives(felt, vaerdi):
    skriv_flere(5)
    raa_sql(f"UPDATE {TABEL} SET {felt} = %s WHERE nummer = 3", vaerdi)  # noqa: S608 -- names of our own
    assert brud("plan-a") == ["Nr. 3 i kæden plan-a er ændret."]


def test_en_genberegnet_hash_brydes_ved_den_naeste():
    tredje = skriv_flere(5)[2]
    tredje.bruger_navn = "En anden"
    raa_sql(
        f"UPDATE {TABEL} SET bruger_navn = %s, hash = %s WHERE nummer = 3",  # noqa: S608
        "En anden",
        revisionsspor.beregn_hash(tredje),
    )
    assert brud("plan-a") == ["Nr. 4 i kæden plan-a passer ikke til den forrige."]


@pytest.mark.parametrize(
    ("slettes", "ventet"),
    [
        ([1], ["Nr. 1 mangler i kæden plan-a."]),
        ([3], ["Nr. 3 mangler i kæden plan-a."]),
        ([2, 3, 4], ["Nr. 2-4 mangler i kæden plan-a."]),
        ([2, 4], ["Nr. 2 mangler i kæden plan-a.", "Nr. 4 mangler i kæden plan-a."]),
        ([5], ["Nr. 5 mangler i kæden plan-a."]),
        ([4, 5], ["Nr. 4-5 mangler i kæden plan-a."]),
        ([1, 2, 3, 4, 5], ["Nr. 1-5 mangler i kæden plan-a."]),
    ],
)
def test_slettede_haendelser_navngives(slettes, ventet):
    skriv_flere(5)
    for nummer in slettes:
        raa_sql(f"DELETE FROM {TABEL} WHERE nummer = %s", nummer)  # noqa: S608
    assert brud("plan-a") == ventet


def test_flyttet_til_en_anden_kaede():
    skriv_flere(2, "plan-a")
    skriv_flere(1, "plan-b")
    raa_sql(f"UPDATE {TABEL} SET kaede = 'plan-b' WHERE kaede = 'plan-a' AND nummer = 2")  # noqa: S608
    assert brud("plan-a") == ["Nr. 2 mangler i kæden plan-a."]
    assert brud("plan-b")[:2] == [
        "Nr. 2 i kæden plan-b passer ikke til den forrige.",
        "Nr. 2 i kæden plan-b er ændret.",
    ]


def test_kaedens_hoved():
    skriv_flere(2)
    raa_sql("UPDATE helhedsplan_kaede SET nummer = 1")
    assert brud("plan-a") == ["Kæden plan-a slutter ved nr. 2, men dens hoved siger nr. 1 med en anden ende."]
    Kaede.objects.all().delete()
    assert brud("plan-a") == ["Kæden plan-a har mistet sit hoved, så ingen kan se, hvor den skulle slutte."]
    assert kaeder() == ["plan-a"]


# --- the command ----------------------------------------------------------------------------------------------------


def test_kommandoen_siger_hel(capsys):
    skriv_flere(2, "plan-a")
    skriv_flere(1, "plan-b")
    assert udskrift(capsys) == (0, "plan-a: 2 hændelser, hel\nplan-b: 1 hændelse, hel\n", "")
    assert udskrift(capsys, "plan-b") == (0, "plan-b: 1 hændelse, hel\n", "")


def test_kommandoen_siger_brudt_og_slutter_med_1(capsys):
    skriv_flere(3, "plan-a")
    skriv_flere(1, "plan-b")
    raa_sql(f"UPDATE {TABEL} SET handling = 'slettet' WHERE kaede = 'plan-a' AND nummer = 2")  # noqa: S608
    brudt = "plan-a: 3 hændelser, brudt\n  Nr. 2 i kæden plan-a er ændret.\n"
    assert udskrift(capsys) == (1, f"{brudt}plan-b: 1 hændelse, hel\n", "Brudt: plan-a.")
    assert udskrift(capsys, "plan-a") == (1, brudt, "Brudt: plan-a.")
    assert udskrift(capsys, "plan-b")[0] == 0


def test_kommandoen_kender_ikke_planen(capsys):
    skriv_flere(1, "plan-a")
    assert udskrift(capsys, "plan-x") == (1, "", "Ingen kæde hedder »plan-x«. Kendte kæder: plan-a.")


def test_kommandoen_uden_noget_at_proeve(capsys):
    assert udskrift(capsys) == (0, "", "")


# --- several at once ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_otte_skrivere_ad_gangen_danner_en_hel_kaede():
    bruger, objekt = f.BrugerFactory(), f.OrganisationFactory()

    def skriver():
        for _ in range(5):
            skriv(bruger=bruger, kaede="plan-a", handling="rettet", objekt=objekt, aendringer=[])

    assert samtidigt(*[skriver] * 8) == [None] * 8
    assert brud("plan-a") == []
    assert sorted(Haendelse.objects.values_list("nummer", flat=True)) == list(range(1, 41))
