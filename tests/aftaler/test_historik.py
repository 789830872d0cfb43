"""The audit log as people read it."""

import csv
import hashlib
import io
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from aftaler.actions import afsnit as afsnitactions
from aftaler.actions import raekker
from aftaler.models import Aktivitet, Delmaal, Helhedsplan, Koblingstabel, Omraade, Part
from aftaler.queries.historik import FOR_LAESERE, FOR_SKRIVERE, NAAR_DET_ER_UDE, i_ord, linje
from aftaler.queries.historikord import GJORDE, SAERLIGE, TING, sagt
from dokumenter.queries.underskrift import PAAMINDET
from helhedsplan import actions, revisionsspor
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f

pytestmark = pytest.mark.django_db


def felt(model, navn):
    return model._meta.get_field(navn)


@pytest.mark.parametrize(
    ("vaerdi", "felt_", "ventet"),
    [
        (None, None, ""),
        ("", None, ""),
        (True, None, "ja"),
        (False, None, "nej"),
        (5, None, "5"),
        (["a", "b"], None, "a, b"),
        ([True, 5], None, "ja, 5"),
        ([], None, ""),
        ([{"nummer": 1, "udfald": "", "i_ord": "ja"}, {"nummer": 2}], None, "nr.: 1 · ja; nr.: 2"),
        ("tekst", None, "tekst"),
        ("i_gang", felt(Helhedsplan, "fase"), "I gang"),
        ("under_afklaring", felt(Aktivitet, "status"), "Under afklaring"),
        (">=", felt(Delmaal, "sammenligning"), "mindst"),
        ("findes_ikke_mere", felt(Helhedsplan, "fase"), "findes_ikke_mere"),
        ("2025-11-01", felt(Helhedsplan, "periode_fra"), "1. november 2025"),
        ("ikke en dato", felt(Helhedsplan, "periode_fra"), "ikke en dato"),
        ("1234.5", felt(Delmaal, "vaerdi"), "1.234,5"),
        ("x", felt(Delmaal, "vaerdi"), "x"),
        (1200, felt(Aktivitet, "forventet_deltagertal"), "1.200"),
        ("<p>Et</p><p>To</p>", felt(Aktivitet, "formaal"), "Et\nTo"),
        ("a < b og c > d", felt(Omraade, "note"), "a < b og c > d"),
        ("2025-11-01T09:30:00+00:00", felt(Haendelse, "tidspunkt"), "1. november 2025 kl. 10.30"),
    ],
)
def test_i_ord(vaerdi, felt_, ventet):
    assert i_ord(vaerdi, felt_) == ventet


def test_stemmerne_vises_uden_programmets_egne_ord():
    side = {
        "navn": "Kommunen", "har_stemme": True, "stemme": "for", "i_ord": "For", "grund": "",
        "medlemmer": [{"navn": "Chef B, Demo", "valg": "for", "i_ord": "For"}],
    }  # fmt: skip
    stilling = {
        "regel": "samlet", "regel_i_ord": "Der søges enighed.", "baaret": True, "enighed": False,
        "fravaerende": ["Nord"], "stemt": True, "sider": [side],
    }  # fmt: skip
    assert i_ord(stilling) == (
        "regel: Der søges enighed. · båret af stemmerne: ja · enighed i stemmerne: nej"
        " · fraværende: Nord · der er stemt: ja · Kommunen · For · medlemmer: Chef B, Demo · For"
    )


def test_hvad_bestyrelsens_rum_har_skrevet_vises_som_deres_felter():
    """The log calls the rooms what they were called when it began."""
    moede = f.MoedeFactory(dato=date(2026, 3, 2))
    aendringer = [
        {"felt": "tilstand", "navn": "tilstand", "foer": "planlagt", "efter": "indkaldt"},
        {"felt": "dato", "navn": "dato", "foer": None, "efter": "2026-03-02"},
    ]
    revisionsspor.skriv(bruger=PROGRAMMET, kaede="x", handling="rettet", objekt=moede, aendringer=aendringer)
    vist = sidste(moede)
    assert (vist.objekt_type, vist.art) == ("bestyrelse.moede", "møde")
    assert felter(vist) == [("Tilstand", "Planlagt", "Indkaldt"), ("Dato", "", "2. marts 2026")]


def sidste(objekt):
    return linje(Haendelse.objects.om(objekt).first())


def felter(vist):
    return [(felt.navn, felt.foer, felt.efter) for felt in vist.felter]


def test_en_rettelse():
    bruger = f.BrugerFactory(navn="Leder A, Prøve")
    plan = f.HelhedsplanFactory(navn="Parken", fase="ide", periode_fra=date(2025, 11, 1))
    nye = {"navn": "Engen", "fase": "i_gang", "periode_fra": date(2026, 1, 1), "note": "7"}
    actions.ret(bruger=bruger, objekt=plan, felter=nye, tilladte=set(nye))
    vist = sidste(plan)
    assert (vist.hvem, vist.handling, vist.art, vist.navn) == ("Leder A, Prøve", "rettet", "helhedsplan", "Engen")
    assert (vist.objekt_type, vist.objekt_id) == ("aftaler.helhedsplan", str(plan.pk))
    assert felter(vist) == [
        ("Navn", "Parken", "Engen"),
        ("Fase", "Idé", "I gang"),
        ("Periode fra", "1. november 2025", "1. januar 2026"),
        ("Note", "", "7"),
    ]


def test_det_tekniske_vises_ikke():
    plan = f.HelhedsplanFactory()
    omraade = actions.opret(bruger=PROGRAMMET, objekt=Omraade(plan=plan, noegle="nord", navn="Nord", orden=1))
    vist = sidste(omraade)
    assert (vist.hvem, vist.handling, vist.art) == ("Programmet", "oprettet", "område")
    assert felter(vist) == [("Navn", "", "Nord")]
    actions.slet(bruger=PROGRAMMET, objekt=omraade)
    assert felter(sidste(omraade)) == [("Navn", "Nord", "")]


def test_relationer_og_raekker_vises_med_navne():
    aktivitet = f.AktivitetFactory(delaftale__plan__forgaenger=f.HelhedsplanFactory())
    plan = aktivitet.plan
    omraader = [f.OmraadeFactory(plan=plan, navn=navn, orden=n) for n, navn in enumerate(("Nord", "Syd"))]
    gammel = f.AktivitetFactory(delaftale__plan=plan.forgaenger, navn="Før")
    raekker.ret(
        bruger=PROGRAMMET,
        objekt=aktivitet,
        felter={"omraader": omraader, "fortsaetter": gammel},
        version=1,
        raekker={"milepaele": [{"navn": "Start", "dato": date(2026, 2, 1), "ansvarlig": ""}]},
    )
    assert felter(sidste(aktivitet)) == [
        ("Områder", "", "Nord, Syd"),
        ("Fortsætter aktiviteten", "", "Før"),
        ("Milepæle", "", "Start · 01.02.2026"),
    ]


def test_en_kasse_i_en_raekke_har_sit_navn():
    assert raekker._i_ord(Part, {"administrerer": True, "underskriver": ""}) == "administrerer helhedsplanen"


def test_prosa_vises_uden_opmaerkning():
    afsnit = f.AfsnitFactory(tekst="<p>Før</p>")
    afsnitactions.ret_afsnit(
        bruger=PROGRAMMET, afsnit=afsnit, felter={"tekst": "<h3>A</h3><p>B</p>", "faerdig": True}, version=1
    )
    assert felter(sidste(afsnit)) == [("Tekst", "Før", "A\nB"), ("Færdig", "nej", "ja")]


def test_en_haendelse_om_noget_programmet_ikke_kender_mere():
    haendelse = Haendelse(
        tidspunkt=datetime(2026, 1, 1, tzinfo=UTC),
        bruger_navn="Nogen",
        handling="rettet",
        objekt_type="gammelt.ting",
        objekt_id="1",
        objekt_navn="Ting",
        aendringer=[{"felt": "x", "navn": "x", "foer": "a", "efter": "b"}],
    )
    vist = linje(haendelse)
    assert (vist.art, vist.navn, felter(vist)) == ("gammelt.ting", "Ting", [("X", "a", "b")])


def test_et_felt_modellen_ikke_har_mere():
    tabel = f.KoblingstabelFactory()
    aendring = {"felt": "farve", "navn": "farve", "foer": "rød", "efter": None}
    revisionsspor.skriv(bruger=PROGRAMMET, kaede="x", handling="rettet", objekt=tabel, aendringer=[aendring])
    assert felter(sidste(Koblingstabel.objects.get())) == [("Farve", "rød", "")]


def test_hvert_felt_i_hver_model_kan_laeses_i_historikken():
    """Whatever the actions log of a delmål with everything in it can be shown."""
    aftale = f.DelaftaleFactory()
    delmaal = Delmaal(
        delaftale=aftale, tekst="Flere", kilde="lokal", maaltype="graense", sammenligning=">=", vaerdi=Decimal("30.5"),
        retning="stiger", enhed="unge",
    )  # fmt: skip
    raekker.opret(
        bruger=PROGRAMMET, objekt=delmaal, m2m={"aktiviteter": [f.AktivitetFactory(delaftale=aftale, navn="Job")]}
    )
    assert felter(sidste(delmaal)) == [
        ("Delmål", "", "Flere"),
        ("Kilde", "", "Lokalt delmål"),
        ("Måltype", "", "Over eller under et tal"),
        ("Retning", "", "Stiger"),
        ("Sammenligning", "", "mindst"),
        ("Værdi", "", "30,5"),
        ("Enhed", "", "unge"),
        ("Aktiviteter", "", "Job"),
    ]


def test_en_haendelse_om_meget_vises_kun_i_begyndelsen():
    plan = f.HelhedsplanFactory()
    aendringer = [{"felt": "maalinger", "navn": f"tal {nr}", "foer": None, "efter": str(nr)} for nr in range(1203)]
    revisionsspor.skriv(bruger=PROGRAMMET, kaede=plan.noegle, handling="indlæst", objekt=plan, aendringer=aendringer)
    vist = linje(Haendelse.objects.get(kaede=plan.noegle, handling="indlæst"))
    assert (len(vist.felter), vist.antal, vist.felter[-1].navn) == (201, 1203, "Og 1.003 mere")
    assert vist.felter[199].navn == "Tal 199"


def handlinger_i_koden() -> set[str]:
    """Every word for what was done that the actions write in the log."""
    ud = set()
    for fil in Path(settings.BASE_DIR).glob("*/**/*.py"):
        dele = fil.relative_to(settings.BASE_DIR).parts
        if dele[0] not in {"tests", ".venv", "build"} and "migrations" not in dele:
            ud |= set(re.findall(r'\bhandling(?:: str)? ?= ?"([^"{]+)"', fil.read_text()))
    return ud


def test_hver_slags_haendelse_er_skrevet_som_en_kollega_siger_den():
    kendte = {*FOR_LAESERE, *FOR_SKRIVERE, *NAAR_DET_ER_UDE}
    assert kendte - TING.keys() == set()
    handlinger = handlinger_i_koden()
    assert len(handlinger) > 35
    assert {*handlinger, PAAMINDET} - GJORDE.keys() == set()
    assert TING.keys() - {objekttype(model) for model in apps.get_models()} == set()
    for objekt_type, handling in SAERLIGE:
        assert objekt_type in TING
        assert handling in GJORDE


@pytest.mark.parametrize(
    ("slags", "handling", "ventet"),
    [
        ("aftaler.aktivitet", "oprettet", ("oprettede aktiviteten", "")),
        ("aftaler.medlemskab", "slettet", ("fjernede adgangen for", "")),
        ("dokumenter.udgave", "sat i kraft", ("satte udgaven", " i kraft")),
        ("bestyrelse.kvartalsstatus", "trukket tilbage", ("trak kvartalsstatussen", " tilbage")),
        ("gammelt.ting", "pudset", ("skrev »pudset« om gammel ting", "")),
    ],
)
def test_en_haendelse_siges_i_en_saetning(slags, handling, ventet):
    assert sagt(slags, handling, "gammel ting") == ventet


def test_siden_siger_hvem_der_gjorde_hvad(client):
    medlem = f.MedlemskabFactory(rolle="sekretariat")
    client.force_login(medlem.bruger)
    actions.ret(bruger=medlem.bruger, objekt=medlem.plan, felter={"navn": "Engen"}, tilladte={"navn"})
    side = " ".join(client.get(reverse("plan-historik", args=[medlem.plan.noegle])).content.decode().split())
    assert f"{medlem.bruger} rettede planen <strong>Engen</strong>. <span" in side
    assert "<summary>Se 1 rettelse</summary>" in side


def test_det_der_fylder_meget_staar_paa_sin_egen_side(client):
    """Thirty long texts are more than a page for a telephone; each is one press away, for those who may see it."""
    medlem = f.MedlemskabFactory(rolle="sekretariat")
    tekst = "<p>" + "Et langt afsnit. " * 600 + "Slut</p>"
    afsnit = f.AfsnitFactory(plan=medlem.plan, tekst="")
    actions.ret(bruger=medlem.bruger, objekt=afsnit, felter={"tekst": tekst}, tilladte={"tekst"})
    client.force_login(f.MedlemskabFactory(plan=medlem.plan, rolle="revisor").bruger)
    side = reverse("plan-historik", args=[medlem.plan.noegle])
    html = client.get(side).content.decode()
    assert "Et langt afsnit" not in html
    nummer = Haendelse.objects.om(afsnit).first().nummer
    assert f'href="?haendelse={nummer}"' in html
    alene = client.get(side, {"haendelse": nummer}).content.decode()
    assert ("Slut" in alene, "<details open>" in alene) == (True, True)
    for forkert in ("99999999999999", "x", str(nummer + 1)):
        svar = client.get(side, {"haendelse": forkert})
        assert (svar.status_code, "Et langt afsnit" in svar.content.decode()) == (200, False)


# --- some of it, and the log as a file --------------------------------------------------------------------------------


@pytest.fixture
def spor(client):
    """Two people's entries on two days; the second is about a thing that is called like a formula."""
    medlem = f.MedlemskabFactory(rolle="sekretariat", bruger__navn="Åse Ørum")
    plan, anden = medlem.plan, f.BrugerFactory(navn="Bo Berg")
    actions.ret(bruger=medlem.bruger, objekt=plan, felter={"navn": "Engen"}, tilladte={"navn"})
    organisation = f.OrganisationFactory(navn="=HYPERLINK(1)")
    revisionsspor.skriv(
        bruger=anden, kaede=plan.noegle, handling="rettet", objekt=organisation,
        aendringer=[{"felt": "navn", "navn": "navn", "foer": "\t+1", "efter": "en\nto"}],
    )  # fmt: skip
    QuerySet(Haendelse).filter(kaede=plan.noegle, nummer=1).update(tidspunkt=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    client.force_login(medlem.bruger)
    return plan


def test_the_log_is_found_by_person_thing_and_day(client, spor):
    url = reverse("plan-historik", args=[spor.noegle])

    def fundne(**valg):
        svar = client.get(url, valg)
        assert svar.status_code == 200
        return [linje.nummer for linje in svar.context["linjer"]]

    assert fundne() == [2, 1]
    assert [fundne(person=navn) for navn in ("åse", "ØRUM", " bo ", "ingen")] == [[1], [1], [2], []]
    assert [fundne(ting=navn) for navn in ("engen", "hyperlink")] == [[1], [2]]
    # 00.30 on the first of April here, whatever it was in London.
    dage = [fundne(fra="1/4 2026", til="01.04.2026"), fundne(til="31.3.2026"), fundne(fra="2. april 2026")]
    assert dage == [[1], [], [2]]
    for valg, besked in (
        ({"fra": "i går"}, "dato"),
        ({"til": "31.2.2026"}, "31"),
        ({"til": "1.2.2026", "fra": "2.2.2026"}, "ikke ligger før den første"),
    ):
        svar = client.get(url, valg | {"person": "åse"})
        assert besked in str(svar.context["valg"].errors)
        assert [linje.nummer for linje in svar.context["linjer"]] in ([1], [])  # what could be read is asked for
        assert 'aria-invalid="true"' in svar.content.decode()
        assert f'value="{next(iter(valg.values()))}"' in svar.content.decode()
    assert client.get(url, {"person": "x" * 3000, "side": "²"}).status_code == 200


def test_the_log_is_taken_along_as_files_that_can_be_trusted(client, spor):
    def hent(endelse, **valg):
        svar = client.get(reverse("plan-historik-fil", args=[spor.noegle, endelse]), valg)
        assert svar.status_code == 200
        return b"".join(svar.streaming_content).decode("utf-8-sig")

    raekker = list(csv.DictReader(io.StringIO(hent("csv"), newline=""), delimiter=";"))
    assert (raekker[0]["nummer"], raekker[0]["tidspunkt"][:16], raekker[0]["person"]) == (
        "1", "2026-04-01T00:30", "Åse Ørum",
    )  # fmt: skip
    assert (raekker[-1]["navn"], raekker[-1]["før"], raekker[-1]["efter"]) == ("'=HYPERLINK(1)", "'\t+1", "en\nto")
    assert [r["person"] for r in csv.DictReader(io.StringIO(hent("csv", person="bo")), delimiter=";")] == ["Bo Berg"]
    forrige = ""
    for post in map(json.loads, hent("jsonl").splitlines()):
        ende = post.pop("hash")
        assert post["forrige_hash"] == forrige
        if post["nummer"] == 2:  # the first was moved to another day above
            assert hashlib.sha256(json.dumps(post, sort_keys=True, ensure_ascii=False).encode()).hexdigest() == ende
        forrige = ende
    assert post["aendringer"][0]["foer"] == "\t+1"
    galt = client.get(reverse("plan-historik-fil", args=[spor.noegle, "csv"]), {"fra": "i går"})
    assert galt.url == f"{reverse('plan-historik', args=[spor.noegle])}?fra=i+g%C3%A5r"
    client.force_login(f.MedlemskabFactory(plan=spor, rolle="revisor").bruger)
    assert client.get(reverse("plan-historik-fil", args=[spor.noegle, "jsonl"])).status_code == 403
    assert "Til revisor" not in client.get(reverse("plan-historik", args=[spor.noegle])).content.decode()
