"""Whatever is wrong with what was frozen, it is one paper's trouble: every page and command names it and goes on."""

import json
import re
from contextlib import contextmanager, suppress
from copy import copy, deepcopy
from io import StringIO

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dokumenter import oejebliksbillede
from dokumenter.blokke import blokdokument
from dokumenter.models import Filrevision, Pakke, Udgave
from dokumenter.oejebliksbillede import Skemafejl
from dokumenter.views.udgave import laeseside
from helhedsplan.blokke import tegn
from helhedsplan.felter import Formet
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Haendelse
from indikatorer.models import Omraadestatus, Opfoelgning
from moeder import blokke as moedeblokke
from moeder import moedepapir
from moeder.models import Afgoerelse, Bevisudgave, Dagsordenspunkt, Moedepapir, UploadetReferat
from status import oejebliksbillede as statusbilleder
from status.models import Kvartalsstatus
from status.pdf import side_html
from tests import factories as f
from tests.integration.test_matrix import PLANSIDER, adresse, hent
from tests.moeder.test_svarlink import bestil, link_i_mailen
from tests.verden import Fortrudt, publiceret_status, verden

#: Every stored JSON, by model and field.
FELTER = [
    (model, felt.name)
    for model in apps.get_models()
    for felt in model._meta.get_fields()
    if isinstance(felt, models.JSONField) and not model.__module__.startswith("allauth.")
]
#: Where a page says in words that this cannot be read: the page, and what it says.
NAEVNES = {
    (Udgave, "indhold"): ("udgave-vis", "kan ikke læses"),
    (Kvartalsstatus, "indhold"): ("bestyrelse", "Status for 1. kvartal 2026 kan ikke læses"),
    (Moedepapir, "indhold"): ("referat-vis", "Referat 1 kan ikke læses"),
    (Opfoelgning, "tal"): ("opfoelgning-liste", "Tallene kan ikke læses"),
    (Omraadestatus, "vaerdier"): ("omraadestatus-liste", "tal for kriterierne kan ikke læses"),
    (Pakke, "linjer"): ("pakke-vis", "Kan ikke læses"),
    (Filrevision, "tilfoejet"): ("underskrift-tavle", "har lagt til, kan ikke læses"),
    (Bevisudgave, "linjer"): ("opfoelgningsbevis", "Linjerne i udgave"),
    (UploadetReferat, "maal"): ("opfoelgningsbevis", "skrevet om referatet, kan ikke læses"),
    (UploadetReferat, "laest"): ("opfoelgningsbevis", "skrevet om referatet, kan ikke læses"),
    (Afgoerelse, "stilling"): ("beslutningsregister", "Godkendt, stemmerne kan ikke læses"),
    (Haendelse, "aendringer"): ("plan-historik", "Det, der blev ændret, kan ikke læses"),
}
#: The frozen papers are read by their own codecs, one trouble for them all; the rest by the form of the field.
FROSNE = [(Udgave, "indhold"), (Kvartalsstatus, "indhold"), (Moedepapir, "indhold")]
#: Pages that are the broken paper itself in another shape, and have nothing else to go on with.
ER_PAPIRET = {"udgave-billede", "udgave-sammenlign", "sammenlign-word", "udgave-word", "udgave-skabelon"}
ER_PAPIRET |= {"status-beboere", "status-beboere-pdf"}


def skader(data) -> dict:
    """What may have become of a piece of JSON: {what was done to it: what it is now}."""
    tekst = json.dumps(data)
    ud = {
        "null": None,
        "et tal": 7,
        "klippet over": tekst[: len(tekst) // 2],
        "liste for ordbog": [] if isinstance(data, dict) else {},
        "fyldt forkert": {"x": [None, 7]} if isinstance(data, list) else [[None], 7],
    }
    if isinstance(data, dict) and "skema" in data:
        ud |= {"ukendt skema": data | {"skema": 99}, "uden billede": {"skema": data["skema"]}}
        ud |= {"billedet er null": data | {"billede": None}, "en side mindre": _uden_et_felt(data)}
    return ud


def _uden_et_felt(data: dict) -> dict:
    ny = deepcopy(data)
    billede = ny.get("billede") or ny
    billede.pop(max(billede))
    return ny


def skriv_raat(model, felt: str, skade: str) -> int:
    """Damage the field in every row, past all that guards it. How many there were."""
    kolonne = model._meta.get_field(felt).column
    raekker = model._base_manager.annotate(raa=Cast(felt, models.TextField())).values_list("pk", "raa")
    fundne = [(pk, json.loads(raa)) for pk, raa in raekker if raa is not None]
    with connection.cursor() as markoer:
        for pk, data in fundne:
            ny = json.dumps(skader(data)[skade]) if skade in skader(data) else json.dumps(None)
            saet = f'UPDATE "{model._meta.db_table}" SET "{kolonne}" = %s WHERE "{model._meta.pk.column}" = %s'  # noqa: S608 -- our own names
            markoer.execute(saet, [ny, pk])
    return len(fundne)


@pytest.fixture
def v(db, client):
    v = verden()
    v.frosset("budget", "ansoegt")
    publiceret_status(v.plan, 1)
    holdt = f.MoedeFactory(plan=v.plan, tilstand="holdt")
    punkt = f.DagsordenspunktFactory(
        moede=holdt, udgave=v.udgave, maal=[{"nummer": 1, "udfald": "fulgt_op", "konklusion": "Vi fortsætter."}]
    )
    stemt = {"stemt": True, "sider": [{"navn": "Boligforeningen", "i_ord": "For"}]}
    f.AfgoerelseFactory(punkt=punkt, stilling=stemt, enighed=False)
    for art in ("dagsorden", "referat"):
        f.MoedepapirFactory(moede=holdt, art=art)
    aar = timezone.localdate().year
    for nummer in (1, 2):
        f.BevisudgaveFactory(plan=v.plan, aar=aar, nummer=nummer)
    f.UploadetReferatFactory(plan=v.plan)
    client.force_login(v.brugere["leder"])
    client.post(adresse(v, "plan-ret"), {"navn": "Nyt navn", "version": v.plan.version}, headers={"X-Autogem": "1"})
    fil = models.QuerySet(Filrevision).filter(udgave=v.underskriver.udgave)  # past what guards it
    fil.update(tilfoejet=["En side er lagt til."])
    f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
    return v


SKADER = list(skader({"skema": 1, "billede": {"a": 1}}))
SIDER = [navn for navn, (metode, _) in PLANSIDER.items() if metode == "GET"]


@contextmanager
def som_foer(v):
    """The same world, with what it has made already, for each address."""
    with suppress(Fortrudt), transaction.atomic():
        yield copy(v)
        raise Fortrudt


def skadet(felter, skade: str) -> None:
    antal = sum(skriv_raat(model, felt, skade) for model, felt in felter)
    assert antal, f"nothing stored in {felter}"
    caches["sider"].clear()


def galt(hent_siden, hvor: str, siger: str = "", ventet=(200,)) -> list[str]:
    """What is wrong with the answer, in a line."""
    try:
        svar = hent_siden()
    except Exception as fejl:  # noqa: BLE001 -- every one is told of
        return [f"{hvor}: {fejl!r}"]
    if svar.status_code not in ventet:
        return [f"{hvor}: {svar.status_code}"]
    return [f"{hvor}: siger ikke »{siger}«"] if siger and siger not in svar.text else []


def test_hvert_felt_har_en_form():
    uden = [(m, felt) for m, felt in FELTER if not isinstance(m._meta.get_field(felt), Formet)]
    assert uden == FROSNE


@pytest.mark.parametrize("felter", [FROSNE, [sted for sted in FELTER if sted not in FROSNE]], ids=["frosne", "formede"])
def test_ingen_side_falder_over_noget_oedelagt(client, v, felter):
    """Every page, each with its own of the ways to be broken."""
    client.force_login(v.brugere["leder"])
    fejlede = []
    for nr, navn in enumerate(["forside", *SIDER]):
        with som_foer(v) as w:
            url = "/" if navn == "forside" else adresse(w, navn)
            skade = SKADER[nr % len(SKADER)]
            skadet(felter, skade)
            ventet = (200, 422) if navn in ER_PAPIRET else (200,)
            fejlede += galt(
                lambda url=url, navn=navn: hent(client, "GET", url, navn), f"{navn}, {skade}", ventet=ventet
            )
    assert not fejlede, "\n".join(fejlede)


@pytest.mark.parametrize("sted", NAEVNES, ids=lambda sted: f"{sted[0].__name__}.{sted[1]}")
def test_siden_naevner_det_der_ikke_kan_laeses_og_gaar_videre(client, v, sted):
    navn, siger = NAEVNES[sted]
    client.force_login(v.brugere["leder"])
    url, fejlede = adresse(v, navn), []
    tom_er_hel = sted not in FROSNE and sted[0]._meta.get_field(sted[1]).null
    for skade in set(skader([])) - {"null"} if tom_er_hel else SKADER:
        with som_foer(v):
            skadet([sted], skade)
            fejlede += galt(lambda: client.get(url), skade, siger)
    assert not fejlede, "\n".join(fejlede)


def test_intet_link_falder_over_noget_oedelagt(v):
    """The pages that a member of the board reads without an account's session."""
    laeser, svarer = Client(), Client()
    status = Kvartalsstatus.objects.get(plan=v.plan, indhold__isnull=False)
    medlem = v.brugere["bestyrelse"]
    f.BestyrelsesmedlemFactory(side__plan=v.plan, bruger=medlem)
    bestil(svarer, medlem.email)
    svarer.post(link_i_mailen())
    laeser.force_login(v.brugere["leder"])
    laeser.post(reverse("laeselink-opret", args=[v.plan.noegle, status.noegle]), {"modtagere": [medlem.pk]})
    laeser.logout()
    laeser.post(re.search(r"http://[^/]+(/laes/\S+)", mail.outbox[-1].body)[1])
    urler = [(laeser, reverse("laesning-vis")), (svarer, reverse("svar-vis"))]
    urler += [(svarer, reverse("svar-papir", args=[papir.pk])) for papir in Moedepapir.objects.all()]
    Dagsordenspunkt.objects.filter(udgave=v.udgave).update(genstand_sha256=v.udgave.pdf_sha256)  # as when it is sent
    urler.append((svarer, reverse("svar-udgave", args=[v.udgave.pk])))
    assert {hvem.get(url).status_code for hvem, url in urler} == {200}
    fejlede = []
    for skade in SKADER:
        with som_foer(v):
            skadet(FELTER, skade)
            for hvem, url in urler:
                fejlede += galt(lambda hvem=hvem, url=url: hvem.get(url), f"{url}, {skade}")
    assert not fejlede, "\n".join(fejlede)


def test_ingen_kommando_falder_over_noget_oedelagt(v, tmp_path):
    """Each says its own in Danish where it cannot; a chain that holds no more is said to be broken."""
    fejlede = []
    kommandoer = (["kontroller", v.plan.noegle], ["daglig"], ["revisionsspor"], ["udskriv", v.plan.noegle])
    kommandoer += (["pakke", v.plan.noegle, "--ud", str(tmp_path / "pakke.zip")],)
    for nr, skade in enumerate(SKADER):
        for kommando, *argumenter in kommandoer[: 5 if nr < 2 else 3]:
            with som_foer(v):
                skadet(FELTER, skade)
                try:
                    call_command(kommando, *argumenter, stdout=StringIO(), stderr=StringIO())
                except CommandError as fejl:
                    fejlede += [] if kommando in {"revisionsspor", "pakke"} else [f"{kommando}, {skade}: {fejl}"]
                except Exception as fejl:  # noqa: BLE001 -- every one is told of
                    fejlede.append(f"{kommando}, {skade}: {fejl!r}")
    assert not fejlede, "\n".join(fejlede)


# --- the codec: whatever is wrong, and wherever in it ------------------------------------------------------------


def steder(data, sti=()):
    """(path, value) of everything in a snapshot; of the members of a list the first alone."""
    yield sti, data
    if isinstance(data, dict):
        for navn, vaerdi in data.items():
            yield from steder(vaerdi, (*sti, navn))
    elif isinstance(data, list) and data:
        yield from steder(data[0], (*sti, 0))


def med(data, sti, vaerdi):
    """A copy with something else at a path; with nothing there when `vaerdi` is `...`."""
    ny = deepcopy(data)
    over = ny
    for skridt in sti[:-1]:
        over = over[skridt]
    if vaerdi is ...:
        del over[sti[-1]]
    else:
        over[sti[-1]] = vaerdi
    return ny


ANDET = (..., None, 7, "x", [], {}, True, [None], {"_": "Decimal", "v": "x"})


def billeder(v):
    """{kind: (the snapshot as JSON, its reader, how it is shown)}"""
    udgave = v.udgave
    moede = f.MoedeFactory(plan=v.plan, tilstand="holdt")
    f.DagsordenspunktFactory(moede=moede, maal=[{"nummer": 1, "udfald": "", "konklusion": ""}])

    def paa_siden(billede):
        f.UdgaveFactory.build(plan=v.plan)
        udgave.indhold = oejebliksbillede.som_json(billede)
        assert "kan ikke læses" not in laeseside(v.plan.noegle, udgave)
        blokdokument(billede.papir)

    def moedet(billede):
        tegn.papir(moedeblokke.blokdokument(billede), {})

    status = publiceret_status(v.plan, 3)
    delaftale = Udgave.objects.get(art="delaftale")
    budget = v.frosset("budget", "ansoegt")
    return {
        "samarbejdsaftale": (udgave.indhold, oejebliksbillede.fra_json, paa_siden),
        "delaftale": (delaftale.indhold, oejebliksbillede.fra_json, paa_siden),
        "budget": (budget.indhold, oejebliksbillede.fra_json, paa_siden),
        "status": (status.indhold, statusbilleder.fra_json, side_html),
        "dagsorden": (moedepapir.som_json(moedepapir.udkast(moede, "dagsorden")), moedepapir.fra_json, moedet),
        "referat": (moedepapir.som_json(moedepapir.udkast(moede, "referat")), moedepapir.fra_json, moedet),
    }


@pytest.mark.parametrize("art", ["samarbejdsaftale", "delaftale", "budget", "status", "dagsorden", "referat"])
def test_et_oejebliksbillede_med_en_fejl_laeses_ikke_eller_kan_vises(db, art):
    """A wrong thing at any place is refused by the one exception; what is let through can also be drawn."""
    data, laes, vis = billeder(verden())[art]
    vis(laes(data))
    galt, sluppet = [], 0
    for sti, vaerdi in steder(data):
        for andet in ANDET if sti else ():
            if type(andet) is type(vaerdi):
                continue
            try:
                billede = laes(med(data, sti, andet))
            except Skemafejl:
                continue
            except Exception as fejl:  # noqa: BLE001 -- every one is told of
                galt.append((sti, andet, repr(fejl)))
                continue
            sluppet += 1
            try:
                vis(billede)
            except Exception as fejl:  # noqa: BLE001
                galt.append((sti, andet, f"vist: {fejl!r}"))
    assert not galt, "\n".join(map(str, galt))
    assert sluppet < 100


def test_det_der_ikke_kan_laeses_gemmes_som_det_er(db):
    f.OpfoelgningFactory()
    skriv_raat(Opfoelgning, "tal", "et tal")
    laest = Opfoelgning.objects.get()
    assert isinstance(laest.tal, UlaeseligeData)
    assert list(laest.tal) == []
    laest.konklusion = "Rettet"
    laest.save()
    raa = Opfoelgning.objects.annotate(raa=Cast("tal", models.TextField())).values_list("konklusion", "raa")
    assert list(raa) == [("Rettet", "7")]
