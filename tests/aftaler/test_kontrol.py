"""Reading what the rules look at, the list of all findings, and the command that prints it."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from aftaler.choices import Dokumenttype
from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer
from aftaler.queries.kontrol import aftalefund, grundlag, kontroller
from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund, vaerst_foerst
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.verden import en_plan

pytestmark = pytest.mark.django_db


def hentet(plan):
    return Helhedsplan.objects.select_related("regelsaet", "forgaenger").get(pk=plan.pk)


@pytest.mark.parametrize("antal", [1, 3])
def test_grundlaget_laeses_med_lige_mange_forespoergsler(antal, django_assert_num_queries):
    plan, _ = en_plan(antal, forgaenger=f.HelhedsplanFactory())
    for _ in range(antal):
        f.DelmaalFactory(delaftale=f.DelaftaleFactory(plan=plan))
        f.HelhedsplanFactory(forgaenger=plan)
    plan = hentet(plan)
    with django_assert_num_queries(29):
        laest = grundlag(plan)
    assert len(laest.omraader) == len(laest.efterfoelgere) == antal
    assert laest.parter == list(plan.parter.all())
    assert len(laest.delaftaler) == len(laest.valgte) == antal + 1
    with django_assert_num_queries(29):
        aftalefund(plan)


def test_grundlaget_ved_hvad_der_haenger_sammen():
    plan, aftale = en_plan()
    loest = f.DelmaalFactory(delaftale=aftale, orden=30_000)
    alene = f.AktivitetFactory(delaftale=aftale, orden=30_000)
    laest = grundlag(hentet(plan)).delaftaler[0]
    assert [(d.pk == loest.pk, d.har_aktivitet) for d in laest.alle_delmaal] == [(False, True), (True, False)]
    assert [(a.pk == alene.pk, a.har_delmaal) for a in laest.alle_aktiviteter] == [(False, True), (True, False)]


def test_andre_planers_ting_er_ikke_med():
    plan, aftale = en_plan()
    f.DelaftaleFactory(plan=f.HelhedsplanFactory(regelsaet=plan.regelsaet), indsatsomraade=aftale.indsatsomraade)
    en_plan(regelsaet=plan.regelsaet)
    laest = grundlag(hentet(plan))
    assert laest.delaftaler == [aftale]
    assert [{o.plan_id for o in liste} for liste in (laest.parter, laest.omraader)] == [{plan.pk}] * 2


def test_tomme_afsnit_i_papirernes_orden():
    plan = f.HelhedsplanFactory(noegle="parken")
    for dokument, titler in ((Dokumenttype.DELAFTALE, "CD"), (Dokumenttype.SAMARBEJDSAFTALE, "AB")):
        for orden, titel in reversed(list(enumerate(titler))):
            f.SkabelonafsnitFactory(
                regelsaet=plan.regelsaet, dokument=dokument, orden=orden, titel=titel, noegle=titel.lower()
            )
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job", indsatsomraade__navn="Job")
    skrevet = plan.regelsaet.skabelonafsnit.get(noegle="c")
    f.AfsnitFactory(delaftale=aftale, skabelon=skrevet)
    assert grundlag(hentet(plan)).tomme_afsnit == [
        ("Samarbejdsaftalen", "A", reverse("afsnit-ret", args=["parken", "a"])),
        ("Samarbejdsaftalen", "B", reverse("afsnit-ret", args=["parken", "b"])),
        ("Delaftale om Job", "D", reverse("delaftaleafsnit-ret", args=["parken", "job", "d"])),
    ]


def test_de_vaerste_fund_foerst_og_ellers_i_reglernes_orden():
    alvor = {"a": Alvor.NOTE, "b": Alvor.FEJL, "c": Alvor.NOTE, "d": Alvor.ADVARSEL, "e": Alvor.FEJL}
    fund = [Fund(kode, alvor[kode], "", "", "") for kode in "abcde"]
    assert [en.kode for en in vaerst_foerst(fund)] == ["b", "e", "d", "a", "c"]


def test_kontroller_har_alle_aftalens_fund():
    plan = hentet(f.HelhedsplanFactory(periode_fra=None))
    fundne = kontroller(plan)
    assert fundne == vaerst_foerst(fundne)
    assert set(aftalefund(plan)) <= set(fundne)
    assert {"indsatsomraade-ingen", "part-mangler", "periode-mangler"} <= {en.kode for en in fundne}


# --- the command ----------------------------------------------------------------------------------------------------


def test_kommandoen_skriver_fund_i_ord(capsys):
    plan = f.HelhedsplanFactory(noegle="parken", periode_fra=None)
    call_command("kontroller", "parken")
    ud = capsys.readouterr().out.splitlines()
    fundne = kontroller(hentet(plan))
    assert ud[-1] == f"{len(fundne)} fund."
    assert len(ud) == len(fundne) + 1
    assert ud[0] == f"Fejl: {fundne[0].besked} ({fundne[0].kilde_i_ord}) {fundne[0].henvisning}"


def test_kommandoen_skriver_json_efter_aftalen(capsys):
    plan = f.HelhedsplanFactory(noegle="parken", regelsaet__regulativ=None)
    call_command("kontroller", "parken", "--json")
    data = json.loads(capsys.readouterr().out)
    assert data == [en.som_data() for en in kontroller(hentet(plan))]
    assert all(list(en) == ["kode", "alvor", "besked", "henvisning", "kilde"] for en in data)
    assert {en["alvor"] for en in data} <= {"fejl", "advarsel", "note"}
    uverificerede = [en["kilde"] for en in data if en["kode"] == "part-mangler"]
    assert uverificerede
    assert all(kilde.endswith("(ikke verificeret)") for kilde in uverificerede)


def test_kommandoen_kender_ikke_planen():
    f.HelhedsplanFactory(noegle="parken")
    with pytest.raises(CommandError) as fejl:
        call_command("kontroller", "engen")
    assert "»engen«" in str(fejl.value)
    assert "parken" in str(fejl.value)
    assert fejl.value.returncode == 1


def test_den_rigtige_plan_mangler_en_dag(capsys):
    """The printed agreement ends on 30 October 2025, the next begins on 1 November."""
    mappe = Path(settings.BASE_DIR, "fixtures")
    filer = [Planfil.fra(sti) for sti in [*mappe.glob("regelsaet/*.yaml"), *mappe.glob("planer/*.yaml")]]
    assert laes_filer(filer, bruger=PROGRAMMET).fejl == []
    call_command("kontroller", "vejleaaparken-2021-2025", "--json")
    besked = (
        "Den 31. oktober 2025 er ikke dækket af nogen plan. Boligsocial helhedsplan Vejleåparken 2021-2025 slutter den "
        "30. oktober 2025, og Boligsocial helhedsplan Ishøj 2025-2029 begynder den 1. november 2025."
    )
    assert {
        "kode": "periode-hul",
        "alvor": "advarsel",
        "besked": besked,
        "henvisning": "/planer/vejleaaparken-2021-2025/ret/#id_periode_til",
        "kilde": "Helhedsplans egen kontrol",
    } in json.loads(capsys.readouterr().out)
