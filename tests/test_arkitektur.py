"""The plan of the house, held against every import: which room may use which, and which layer within a room.

Between rooms what stands to the right uses what stands to the left; within a room, and into the rooms to the left, a
module uses its own layer and those below. Imports inside functions count too.
"""

import ast
import re
from inspect import isclass
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from factory.django import DjangoModelFactory

from helhedsplan.models import Versioneret
from tests import factories

ROD = Path(settings.BASE_DIR)
#: Left to right; rooms on the same level do not know each other.
RUM = [
    {"helhedsplan"}, {"aftaler"}, {"budget", "indikatorer"}, {"dokumenter"}, {"status"}, {"moeder"}, {"kalender"},
    {"demo"},
]  # fmt: skip
NIVEAU = {navn: nr for nr, navne in enumerate(RUM) for navn in navne}

#: From the bottom. A kind of module that is not named shows or takes in (like forms, tables, planfil, xlsx).
LAG = [
    {
        "choices",
        "rules",
        "formats",
        "tallaeser",
        "fund",
        "noegler",
        "tekst",
        "prosa",
        "felter",
        "former",
        "forskel",
        "svar",
        "tid",
        "maengde",
        "rettigheder",
        "tilslutninger",
        "skrift",
        "fillager",
    }
    | {"kollation", "laest", "stemmeregler", "tvillinger"}
    | {
        "cpr",
        "csvfil",
        "logning",
        "tegn",
        "grunde",
        "indsat",
        "officefil",
        "tabelfil",
        "parametergraenser",
        "loginroller",
    }
    | {"underskrift", "fremmedpdf", "pdfbytes", "underproces", "blanksider"},  # bytes in, bytes out
    {"models"},
    {"queries", "revisionsspor", "soegning", "sidecache", "arbejde", "sikkerhedskopi", "tidligere", "persondata"},
    # A paper is drawn from queries alone, and freezing it is an action: so it stands below the actions.
    {
        "pdf",
        "bredde",
        "diagram",
        "diagrammer",
        "svg",
        "lager",
        "oejebliksbillede",
        "beroering",
        "blokke",
        "sammenlign",
        "word",
    }
    | {"arkiv", "kladdestand", "pakkefil", "indstilling", "moedepapir", "bevis"},
    {"actions", "konto", "breve", "udbakke", "papirkurv", "bekraeftelse", "anonymisering", "opbevaring"},
    {"forms", "tables", "imports", "planfil"},
    {"views", "redigering", "middleware", "context_processors"},
    {"urls"},
    {"apps"},
]
LAGNUMMER = {navn: nr for nr, navne in enumerate(LAG) for navn in navne}
VISER = LAGNUMMER["forms"]

#: The roof sees the whole house: the table of addresses, and the commands, which are views of a terminal.
TAG = {"helhedsplan.urls": "binds the rooms' addresses together", "helhedsplan.management": "commands use every room"}
#: (module, what it imports) -> why it may.
UNDTAGELSER: dict[tuple[str, str], str] = {}


def moduler():
    """(dotted name, path) of every module of the rooms that are built."""
    for rum in NIVEAU:
        for sti in sorted((ROD / rum).rglob("*.py")):
            dele = sti.relative_to(ROD).with_suffix("").parts
            if "migrations" not in dele:
                yield ".".join(dele[:-1] if dele[-1] == "__init__" else dele), sti


MODULER = dict(moduler())


def importerede(kilde: str, modul: str, er_pakke: bool = False) -> list[str]:
    """The dotted names of our own that a module imports, wherever in it."""
    fundne = []
    pakke = modul if er_pakke else modul.rpartition(".")[0]
    for knude in ast.walk(ast.parse(kilde)):
        if isinstance(knude, ast.Import):
            fundne += [navn.name for navn in knude.names]
        elif isinstance(knude, ast.ImportFrom):
            fra = knude.module or ""
            if knude.level:
                op = pakke.split(".")[: len(pakke.split(".")) - knude.level + 1]
                fra = ".".join([*op, *filter(None, [fra])])
            fundne += [f"{fra}.{navn.name}" for navn in knude.names]
    return [navn for navn in fundne if navn.split(".")[0] in NIVEAU]


def lag(modul: str) -> int:
    dele = modul.split(".")
    return LAGNUMMER.get(dele[1], VISER) if len(dele) > 1 else 0


def brud(kilde: str, modul: str, er_pakke: bool = False) -> list[str]:
    """What a module imports against the direction of the house."""
    if any(modul == tag or modul.startswith(f"{tag}.") for tag in TAG):
        return []
    fundne = []
    eget = modul.split(".", maxsplit=1)[0]
    for andet in importerede(kilde, modul, er_pakke):
        rum = andet.split(".")[0]
        opad = rum != eget and NIVEAU[rum] >= NIVEAU[eget]
        if (opad or lag(andet) > lag(modul)) and (modul, andet) not in UNDTAGELSER:
            fundne.append(f"{modul} bruger {andet}")
    return fundne


@pytest.mark.parametrize("modul", MODULER)
def test_importer_gaar_kun_en_vej(modul):
    sti = MODULER[modul]
    assert brud(sti.read_text(encoding="utf-8"), modul, sti.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("modul", "linje", "er_brud"),
    [
        ("aftaler.models.plan", "from helhedsplan.models import Versioneret", False),
        ("aftaler.models.plan", "from budget.models import Budget", True),
        ("helhedsplan.actions", "from aftaler.models import Helhedsplan", True),
        ("helhedsplan.actions", "import aftaler.models", True),
        ("helhedsplan.urls", "from aftaler.models import Helhedsplan", False),
        ("demo.management.commands.demo", "from moeder.models import Moede", False),
        ("budget.models", "from indikatorer.choices import X", True),
        ("indikatorer.queries", "from budget.models import X", True),
        ("dokumenter.queries", "from budget.queries import X\nfrom indikatorer.queries import Y", False),
        ("aftaler.rules", "from aftaler.choices import Fase", False),
        ("aftaler.rules", "from aftaler.models import Helhedsplan", True),
        ("aftaler.models.plan", "from aftaler import queries", True),
        ("aftaler.models.plan", "from aftaler.queries.adgang import kan", True),
        ("aftaler.queries.adgang", "from aftaler.models import Helhedsplan", False),
        ("aftaler.queries.adgang", "from aftaler.actions.plan import ret_plan", True),
        ("aftaler.queries.adgang", "from aftaler import actions", True),
        ("aftaler.queries.adgang", "def f():\n    from aftaler.actions.plan import ret_plan", True),
        ("aftaler.queries.adgang", "from ..actions.plan import ret_plan", True),
        ("aftaler.queries.adgang", "from .. import actions", True),
        ("aftaler.queries.adgang", "from . import kontrol", False),
        ("aftaler.actions.plan", "from aftaler.forms import PlanForm", True),
        ("aftaler.actions.plan", "from aftaler.actions import raekker", False),
        ("aftaler.actions.plan", "from helhedsplan.redigering import RedigerView", True),
        ("aftaler.forms.plan", "from aftaler.actions.plan import ret_plan", False),
        ("aftaler.forms.plan", "from aftaler.views import plan", True),
        ("aftaler.pdf", "from aftaler.diagram import tegn", False),
        ("aftaler.pdf", "from aftaler.actions.plan import ret_plan", True),
        ("dokumenter.actions.frys", "from dokumenter.pdf import tegn\nfrom aftaler.pdf import papir", False),
        ("aftaler.pdf", "from dokumenter.models import Udgave", True),
        ("aftaler.nyslags", "from aftaler.views import plan", True),
        ("aftaler.views.plan", "from aftaler import urls", True),
        ("aftaler.urls", "from aftaler.views import plan", False),
        ("aftaler.apps", "def ready():\n    from aftaler.queries.kontrol import aftalefund", False),
        ("budget.queries", "from aftaler.actions.plan import ret_plan", True),
        ("budget.queries", "import json\nfrom django.db import models\nfrom decimal import Decimal", False),
    ],
)
def test_proeven_kan_falde(modul, linje, er_brud):
    assert bool(brud(linje, modul)) is er_brud


def test_undtagelser_bruges_og_er_begrundet():
    for (modul, andet), grund in UNDTAGELSER.items():
        sti = MODULER[modul]
        assert andet in importerede(sti.read_text(encoding="utf-8"), modul, sti.name == "__init__.py")
        assert len(grund) > 20


def test_rummene_er_dem_der_er_bygget():
    byggede = {config.name for config in apps.get_app_configs() if (ROD / config.name).is_dir()}
    assert byggede <= set(NIVEAU)
    assert byggede == {navn for navn in NIVEAU if (ROD / navn / "__init__.py").exists()}


# --- what a layer does not do ---------------------------------------------------------------------------------------


def i_lag(*navne):
    return {modul: sti for modul, sti in MODULER.items() if modul.count(".") and modul.split(".")[1] in navne}


def traeer(*navne):
    for modul, sti in i_lag(*navne).items():
        yield modul, ast.parse(sti.read_text(encoding="utf-8"))


def test_handlinger_og_forespoergsler_kender_ingen_request():
    fundne = [
        f"{modul}.{funktion.name}"
        for modul, trae in traeer("rules", "models", "queries", "actions", "forms", "formularer", "tables")
        for funktion in ast.walk(trae)
        if isinstance(funktion, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(arg.arg == "request" for arg in [*funktion.args.args, *funktion.args.kwonlyargs])
    ]
    assert fundne == []


SKRIVER = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def test_sider_formularer_tabeller_og_forespoergsler_skriver_ikke():
    """Writes live in the actions, which ask the rules and write the log."""
    fundne = [
        f"{modul}:{kald.lineno} .{kald.func.attr}()"
        for modul, trae in traeer("rules", "queries", "views", "redigering", "forms", "formularer", "tables")
        for kald in ast.walk(trae)
        if isinstance(kald, ast.Call) and isinstance(kald.func, ast.Attribute) and kald.func.attr in SKRIVER
    ]
    assert fundne == []


def test_ingen_modelsignaler():
    fundne = [modul for modul, sti in MODULER.items() if "db.models.signals" in sti.read_text(encoding="utf-8")]
    assert fundne == []


def test_handlinger_kaldes_med_navngivne_argumenter():
    """Who acts, on what and with what is said in so many words; what only asks (`tjek_…`) is free."""
    fundne = [
        f"{modul}.{funktion.name}"
        for modul, trae in traeer("actions")
        for funktion in trae.body
        if isinstance(funktion, ast.FunctionDef) and not funktion.name.startswith(("_", "tjek"))
        if "bruger" in [arg.arg for arg in funktion.args.args]
    ]
    assert fundne == []


def test_hver_tilslutning_har_en_der_haenger_noget_op_og_en_der_spoerger():
    """A list that nobody to the left reads, or that no room adds to, goes."""
    navne = re.findall(r"^([A-Z_]+): ", (ROD / "helhedsplan/tilslutninger.py").read_text(), re.MULTILINE)
    assert len(navne) > 10
    kode = {m: sti.read_text(encoding="utf-8") for m, sti in MODULER.items() if m != "helhedsplan.tilslutninger"}
    apps_ = "".join(tekst for m, tekst in kode.items() if m.endswith(".apps"))
    andre = "".join(tekst for m, tekst in kode.items() if not m.endswith(".apps"))
    assert [n for n in navne if not re.search(rf"\b{n}\b", apps_)] == []
    assert [n for n in navne if not re.search(rf"\b{n}\b", andre)] == []


# --- models ---------------------------------------------------------------------------------------------------------

MODELLER = [model for config in apps.get_app_configs() if config.name in NIVEAU for model in config.get_models()]


def test_hver_model_har_en_fabrik():
    fabrikker = {
        fabrik._meta.model
        for fabrik in vars(factories).values()
        if isclass(fabrik) and issubclass(fabrik, DjangoModelFactory)
    }
    assert [model._meta.label for model in MODELLER if model not in fabrikker] == []


def fremmednoegler():
    return [(m, felt) for m in MODELLER for felt in m._meta.get_fields() if isinstance(felt, models.ForeignKey)]


def test_det_der_rettes_for_sig_selv_forsvinder_ikke_med_noget_andet():
    """An editable root goes only when somebody deletes it; the rows below it go with it."""
    assert [
        f"{model._meta.label}.{felt.name}"
        for model, felt in fremmednoegler()
        if issubclass(model, Versioneret) and felt.remote_field.on_delete is not models.PROTECT
    ] == []


def test_intet_nulstilles_naar_noget_andet_slettes():
    """A reference that silently empties itself changes what was agreed without anybody having done it."""
    assert {felt.remote_field.on_delete for _, felt in fremmednoegler()} <= {models.PROTECT, models.CASCADE}


def test_env_example_names_every_setting():
    """What settings.py reads of the environment, and nothing else."""
    laest = re.findall(r'(?:environ\.get|liste|ja)\(\s*"([A-Z_0-9]+)"', (ROD / "helhedsplan/settings.py").read_text())
    naevnt = re.findall(r"^#?([A-Z_0-9]+)=", (ROD / ".env.example").read_text(), re.MULTILINE)
    assert sorted(naevnt) == sorted({*laest} - {"PORT"})
