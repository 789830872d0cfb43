"""Freezing: the snapshot is complete, the paper follows from it, and nothing that happens later reaches it."""

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from aftaler.actions.billeder import slet_billede
from aftaler.actions.raekker import ret as ret_raekke
from aftaler.models import Aktivitet, Billede, OverordnetMaal
from aftaler.queries.dokument import Dokument
from budget.blokke import blokdokument
from budget.models import Satsvaerdi
from dokumenter import lager, oejebliksbillede
from dokumenter.actions.udgave import frys, hent_billede, hent_papir
from dokumenter.choices import FRYSES
from dokumenter.models import Filrevision, Godkendelse, Pakke, Udgave
from dokumenter.oejebliksbillede import SKEMA, TYPER, Skemafejl, fra_json, kanonisk, som_json, tegn
from helhedsplan.former import KUN_NAAR_SAGT
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import UforanderligFejl
from helhedsplan.pdf import med_noegleord
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.anker import noegleord
from tests.vera import vera_fejl
from tests.verden import verden

ALLE = [str(art) for art in FRYSES]


@pytest.fixture
def v(db):
    v = verden()
    f.PlanmilepaelFactory(plan=v.plan)
    f.RisikoFactory(plan=v.plan)
    skabelon = f.SkabelonafsnitFactory(
        regelsaet=v.plan.regelsaet, dokument="kommissorium", noegle="opgave", art="prosa", titel="Opgave", orden=9
    )
    f.AfsnitFactory(plan=v.plan, skabelon=skabelon, tekst="<p>Bestyrelsen leder indsatsen.</p>")
    return v


def emne(v, art):
    return {"delaftale": v.delaftale.noegle, "budget": "bevilget", "lag": v.plan.lag.first().noegle}.get(art, "")


def frossen(v, art):
    return frys(bruger=v.brugere["sekretariat"], plan=v.plan, art=art, emne=emne(v, art))


def test_every_kind_of_paper_is_frozen_read_again_and_drawn_the_same(v, tmp_path):
    filer = []
    for art in ALLE:
        udgave = frossen(v, art)
        udgave.refresh_from_db()
        billede = hent_billede(udgave)
        data = lager.hent(udgave.pdf.name, udgave.pdf_sha256)
        assert som_json(fra_json(json.loads(kanonisk(udgave.indhold)))) == udgave.indhold
        assert oejebliksbillede.sha256(udgave.indhold) == udgave.indhold_sha256
        with med_noegleord(noegleord(data)):
            assert (tegn(billede), udgave.nummer, udgave.retter) == (data, 1, None)
        assert udgave.dokument_id == billede.stempel.dokument_id
        filer.append(tmp_path / f"{art}.pdf")
        filer[-1].write_bytes(data)
    assert vera_fejl(*filer) == {fil: [] for fil in filer}


def test_what_is_issued_is_the_first_file_and_the_parties_are_to_sign(v):
    udgave = frossen(v, "delaftale")
    udstedt = Filrevision.objects.get(udgave=udgave)
    assert (udstedt.nummer, udstedt.art, udstedt.sha256, udstedt.foer) == (1, "udstedt", udgave.pdf_sha256, None)
    assert udstedt.stoerrelse == default_storage.size(udgave.pdf.name)
    parter = [p.organisation.navn for p in v.plan.parter.select_related("organisation")]
    assert [u.part_navn for u in udgave.underskrivere.all()] == parter
    assert [linje.part for linje in hent_billede(udgave).stempel.underskrivere] == parter
    assert not frossen(v, "budget").underskrivere.exists()


def test_a_party_that_has_left_does_not_sign(v):
    part = v.plan.parter.first()
    part.gaelder_til = date(2020, 1, 1)
    part.save()
    navne = frossen(v, "delaftale").underskrivere.values_list("part_navn", flat=True)
    assert part.organisation.navn not in navne
    assert len(navne) == v.plan.parter.count() - 1


def test_changes_of_people_rates_and_goals_leave_every_edition_as_it_was(v):
    foer = {art: frossen(v, art) for art in ALLE}
    plads = v.plan.grupper.filter(pladser__isnull=False).first().pladser.first()
    type(plads).objects.filter(pk=plads.pk).update(titel="En anden titel")
    Satsvaerdi.objects.update(beloeb=999)
    OverordnetMaal.objects.update(tekst="Et nyt mål")
    v.plan.regelsaet.skabelonafsnit.update(titel="Ny overskrift")
    v.plan.parter.first().organisation.__class__.objects.update(kort_navn="x")
    type(v.plan).objects.filter(pk=v.plan.pk).update(navn="Et nyt navn", omraadenavn="Et andet sted")
    billede = Billede.objects.filter(afsnit__plan=v.plan).first()
    slet_billede(bruger=PROGRAMMET, billede=billede)
    default_storage.delete(billede.fil.name)

    for art, udgave in foer.items():
        gemt = Udgave.objects.get(pk=udgave.pk)
        with med_noegleord(noegleord(lager.hent(gemt.pdf.name, gemt.pdf_sha256))):
            assert lager.sha256(tegn(hent_billede(gemt))) == gemt.pdf_sha256, art
        assert oejebliksbillede.sha256(gemt.indhold) == udgave.indhold_sha256
    assert frossen(v, "samarbejdsaftale").pdf_sha256 != foer["samarbejdsaftale"].pdf_sha256


def test_the_snapshot_is_drawn_without_asking_the_database(v, django_assert_num_queries):
    billede = hent_billede(frossen(v, "samarbejdsaftale"))
    with django_assert_num_queries(0):
        tegn(billede)


def test_the_next_edition_gets_the_next_number_and_points_back(v):
    foerste = frossen(v, "delaftale")
    ret_raekke(bruger=PROGRAMMET, objekt=v.delaftale.aktiviteter.first(), felter={"navn": "Et nyt navn"}, version=None)
    anden = frossen(v, "delaftale")
    assert (foerste.nummer, anden.nummer, anden.retter) == (1, 2, foerste)
    assert hent_papir(foerste) != hent_papir(anden)
    assert frossen(v, "samarbejdsaftale").nummer == 1


def test_guidance_progress_and_time_are_no_part_of_the_paper(v):
    frossen(v, "samarbejdsaftale")
    foer = oejebliksbillede.udkast(v.plan, "samarbejdsaftale")
    v.plan.regelsaet.skabelonafsnit.update(vejledning="Ny vejledning")
    v.plan.afsnit.update(faerdig=True)
    f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
    assert oejebliksbillede.udkast(v.plan, "samarbejdsaftale") == foer
    assert isinstance(foer, Dokument)


def test_freezing_is_for_those_who_write_and_is_logged_without_the_snapshot(v):
    with pytest.raises(PermissionDenied):
        frys(bruger=v.brugere["bestyrelse"], plan=v.plan, art="samarbejdsaftale")
    udgave = frossen(v, "samarbejdsaftale")
    haendelse = Haendelse.objects.om(udgave).get()
    assert (haendelse.handling, haendelse.kaede) == ("frosset", v.plan.noegle)
    felter = {a["felt"] for a in haendelse.aendringer}
    assert {"pdf_sha256", "indhold_sha256", "niveau"} <= felter
    assert "indhold" not in felter


def test_a_lost_picture_stops_the_freezing_with_its_reason(v):
    default_storage.delete(Billede.objects.filter(afsnit__plan=v.plan).first().fil.name)
    with pytest.raises(ValidationError, match="findes ikke mere"):
        frossen(v, "samarbejdsaftale")
    assert not Udgave.objects.exists()


# --- frozen is frozen -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("felt", sorted({x.name for x in Udgave._meta.concrete_fields} - Udgave.SKIFTENDE - {"id"}))
def test_no_frozen_column_can_be_written(v, felt):
    udgave = f.UdgaveFactory(plan=v.plan)
    with pytest.raises(UforanderligFejl, match=felt):
        udgave.save(update_fields=[felt])
    with pytest.raises(UforanderligFejl, match=felt):
        Udgave.objects.filter(pk=udgave.pk).update(**{felt: getattr(udgave, felt)})
    with pytest.raises(UforanderligFejl):
        udgave.save()


@pytest.mark.parametrize("fabrik", [f.UdgaveFactory, f.GodkendelseFactory, f.FilrevisionFactory, f.PakkeFactory])
def test_nothing_of_the_record_can_be_deleted(db, fabrik):
    objekt = fabrik()
    with pytest.raises(UforanderligFejl):
        objekt.delete()
    with pytest.raises(UforanderligFejl):
        type(objekt).objects.all().delete()
    with pytest.raises(UforanderligFejl):
        type(objekt).objects.bulk_update([objekt], ["id"])
    assert {Godkendelse, Filrevision, Udgave, Pakke} >= {type(objekt)}


# --- the form of the snapshot -----------------------------------------------------------------------------------------


def test_an_unknown_form_or_field_is_not_read_in_part(v):
    data = som_json(hent_billede(frossen(v, "samarbejdsaftale")))
    for oedelagt in (
        data | {"skema": 99},
        {},
        {"skema": SKEMA, "billede": {"_": "Ukendt"}},
        {"skema": SKEMA, "billede": data["billede"] | {"nyt_felt": 1}},
        {"skema": SKEMA, "billede": {k: v_ for k, v_ in data["billede"].items() if k != "papir"}},
        {"skema": SKEMA, "billede": data["billede"]["papir"]},
    ):
        with pytest.raises(Skemafejl):
            fra_json(oedelagt)


def test_what_is_no_plain_data_is_not_frozen(v):
    with pytest.raises(TypeError):
        oejebliksbillede.papir_som_json(v.plan)
    with pytest.raises(TypeError):
        oejebliksbillede.papir_som_json((1.5,))


#: In the modules of the papers, but of the pages alone.
IKKE_I_PAPIRER = {"Delaftaleoversigt", "Kolonne", "Kraevetfil", "Raekke", "Sumraekke", "Talmaerke", "Terning"}


def test_every_class_of_a_paper_has_the_fields_of_its_form():
    """A field that is new, gone or renamed changes the form: give it a new number in `oejebliksbillede.SKEMA`, write a
    reader for the old one in `LAESERE`, and keep the new fields in a file of their own beside skema-1.json."""
    egne = {navn for navn, klasse in TYPER.items() if not klasse.__module__.startswith(("moeder.", "status."))}
    former = {
        navn: [felt.name for felt in fields(TYPER[navn]) if not felt.metadata.get(KUN_NAAR_SAGT)]
        for navn in sorted(egne - IKKE_I_PAPIRER)
    }
    assert former == json.loads((Path(__file__).parent / f"skema-{SKEMA}.json").read_text())


def test_a_field_that_only_words_fill_is_text_or_number_and_empty_unless_said():
    usagte = [
        (klasse, felt) for klasse in TYPER.values() for felt in fields(klasse) if felt.metadata.get(KUN_NAAR_SAGT)
    ]
    assert {(klasse.__name__, felt.name) for klasse, felt in usagte} >= {
        ("Dokument", "periode_fra_sagt"), ("Dokument", "periode_til_sagt"), ("Partsvisning", "gaelder_fra_sagt"),
        ("Partsvisning", "gaelder_til_sagt"), ("Milepaelsvisning", "dato_sagt"), ("Milepaelslinje", "dato_sagt"),
    }  # fmt: skip
    assert not any(felt.default for _, felt in usagte)


@pytest.mark.parametrize("antal", [None, 0, 40])
def test_an_activity_of_the_forms_with_one_count_is_read_as_it_was(v, antal):
    Aktivitet.objects.update(forventet_deltagertal=antal)
    nu = hent_billede(frossen(v, "delaftale"))
    (aktivitet,) = next(a for a in nu.papir.afsnit if a.art == "aktiviteter").indhold
    assert [felt.antal for felt in aktivitet.antal] == ([] if antal is None else [antal])

    def gammel(data):
        if isinstance(data, list):
            return [gammel(led) for led in data]
        if not isinstance(data, dict):
            return data
        data = {felt: gammel(vaerdi) for felt, vaerdi in data.items()}
        if data.get("_") == "Aktivitetsvisning":
            data["forventet_deltagertal"] = data["antal"][0]["antal"] if data["antal"] else None
            del data["antal"]
        return data

    for skema in (3, 4):
        assert fra_json(gammel(som_json(nu)) | {"skema": skema}) == nu


def test_a_budget_of_the_first_and_the_second_form_is_read_as_it_was(v):
    """Its words of the difference were made when it was printed, and were of the whole alone."""
    nu = hent_billede(frossen(v, "budget"))
    foer = replace(nu, papir=replace(nu.papir, balance=""))
    gammel = som_json(nu) | {"skema": 2}
    del gammel["billede"]["papir"]["balance"]
    assert fra_json(gammel) == foer
    assert "og forskellen er" in str(blokdokument(foer.papir))
    gammel["skema"] = 1
    for felt in ("yderst_mindst_pct", "yderst_hoejst_pct"):
        del gammel["billede"]["papir"]["medfinansiering"][felt]
    assert fra_json(gammel) == foer
