"""The harness can fail: each of its checks meets what it is there to stop."""

import re
import socket
import warnings

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from helhedsplan.models import Bruger
from tests.udvalg import (
    AFHAENGER,
    FORESPOERGER,
    KUN_PAPIRET,
    PAA_BEGGE,
    ROD,
    er_ens_overalt,
    importerer,
    moduler,
    paa_begge,
)


def skriver(request):
    Bruger.objects.filter(pk=-1).update(email="x@example.com")
    return HttpResponse("skrev")


def skriver_session(request):
    Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
    Bruger.objects.filter(pk=-1).update(last_login=timezone.now())
    return HttpResponse("skrev en session")


def html(request):
    return HttpResponse(request.GET["html"])


urlpatterns = [path("skriver/", skriver), path("session/", skriver_session), path("html/", html)]
uden_login = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])


@pytest.mark.django_db
@uden_login
def test_en_get_der_skriver_fejler(client):
    with pytest.raises(pytest.fail.Exception, match=r"GET /skriver/ skrev: .*UPDATE"):
        client.get("/skriver/")
    assert client.post("/skriver/").content == b"skrev"
    assert client.get("/session/").content == b"skrev en session"


@pytest.mark.parametrize(
    ("indhold", "navn"),
    [
        ("<script>alert(1)</script>", "script uden src"),
        ('<p style="color:red">', "style-attribut"),
        ("<style>p {}</style>", "style-element"),
        ('<button type="button" onclick="x()">', "hændelsesattribut"),
        ("{{ navn }}", "skabelonkode"),
    ],
)
@uden_login
def test_html_som_csp_ville_stoppe_fejler(client, indhold, navn):
    with pytest.raises(pytest.fail.Exception, match=re.escape(f"'{navn}'")):
        client.get("/html/", {"html": indhold})


@uden_login
def test_lovlig_html_gaar_igennem(client):
    lovlig = '<script src="/a.js" defer></script><script id="d" type="application/json">{}</script><p>style = on</p>'
    assert client.get("/html/", {"html": lovlig}).content.decode() == lovlig


def test_udefineret_variabel_i_skabelon_fejler():
    with pytest.raises(pytest.fail.Exception, match=r"Undefined template variable 'findes_ikke'"):
        Template("{{ findes_ikke }}").render(Context())


def test_advarsel_fejler():
    with pytest.raises(UserWarning):
        warnings.warn("noget", stacklevel=1)


def test_intet_net_ud_af_maskinen():
    with socket.socket() as proeve, pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
        proeve.connect(("192.0.2.1", 80))


def test_databasen_er_den_der_er_valgt(django_db_setup):
    assert "test" in connection.settings_dict["NAME"]


# --- what is left out on PostgreSQL ---------------------------------------------------------------------------------

#: Modules that no such test need import by name -> the test file through which they are reached.
GENNEM_ANDET = {
    "aftaler.actions.kommunelogin": "tests/integration/test_kommunelogin.py",
    "aftaler.forms.indlaes": "tests/integration/test_formularer_overalt.py",
    "aftaler.planfil.filer": "tests/aftaler/test_planfil_gem.py",
    "aftaler.planfil.regelsaetfil": "tests/aftaler/test_regelsaet_sider.py",
    "aftaler.queries.historikudtraek": "tests/aftaler/test_historik.py",
    "aftaler.actions.papirkurv": "tests/aftaler/test_papirkurv.py",
    "aftaler.queries.indstillinger": "tests/integration/test_matrix.py",
    "aftaler.queries.kendte": "tests/integration/test_kendte.py",
    "aftaler.queries.papirkurv": "tests/aftaler/test_papirkurv.py",
    "aftaler.queries.sammenlaeg": "tests/integration/test_sammenlaeg.py",
    "aftaler.queries.soegning": "tests/helhedsplan/test_soegning.py",
    "aftaler.views.navne": "tests/aftaler/test_navne.py",
    "aftaler.views.planraekker": "tests/integration/test_matrix.py",
    "moeder.actions.bestyrelsen": "tests/moeder/test_bestyrelsen.py",
    "status.actions.statuslinje": "tests/status/test_statustabel.py",
    "moeder.actions.svarlink": "tests/moeder/test_svarlink.py",
    "moeder.forms.sammensaetning": "tests/integration/test_formularer_overalt.py",
    "moeder.queries.soegning": "tests/helhedsplan/test_soegning.py",
    "moeder.queries.svar": "tests/moeder/test_svarlink.py",
    "budget.forms.budget": "tests/integration/test_formularer_overalt.py",
    "budget.views.puljer": "tests/integration/test_matrix.py",
    "dokumenter.word.stil": "tests/integration/test_matrix.py",
    "helhedsplan.forms": "tests/integration/test_passkey_svar.py",
    "helhedsplan.persondata": "tests/helhedsplan/test_persondata.py",
    "helhedsplan.management.commands.indlaes": "tests/helhedsplan/test_kommandoer_planfil.py",
    "helhedsplan.driftstjek": "tests/integration/test_matrix.py",
    "indikatorer.actions.maaling": "tests/indikatorer/test_skriv_aar.py",
    "indikatorer.forms.indikator": "tests/integration/test_formularer_overalt.py",
    "indikatorer.views.skriv": "tests/indikatorer/test_skriv_aar.py",
}


#: A test that asks for no database is run on SQLite alone, wherever it stands.
MED_DATABASE = re.compile(r"\b(django_db|db|transactional_db|live_server)\b")


def uden_proeve(filer: dict[str, str], afhaengige) -> set[str]:
    """Modules that depend on the database and are imported by no test file that PostgreSQL runs: {path: text} given.

    A package of models gives its modules' names on.
    """
    koeres = [tekst for sti, tekst in filer.items() if paa_begge(sti, tekst) and MED_DATABASE.search(tekst)]
    brugt = set().union(*map(importerer, koeres))
    brugt |= {modul for modul in afhaengige if modul.rpartition(".")[0] in brugt and ".models." in modul}
    return set(afhaengige) - brugt


def proevefiler() -> dict[str, str]:
    return {fil.relative_to(ROD).as_posix(): fil.read_text() for fil in (ROD / "tests").rglob("test_*.py")}


def test_hvad_der_afhaenger_af_databasen_proeves_ogsaa_paa_postgresql():
    afhaengige = moduler(AFHAENGER) | moduler(FORESPOERGER)
    assert len(afhaengige) > 100
    assert uden_proeve(proevefiler(), afhaengige) - set(GENNEM_ANDET) == set()
    assert set(GENNEM_ANDET) <= afhaengige
    assert [sti for sti in GENNEM_ANDET.values() if not paa_begge(sti, (ROD / sti).read_text())] == []


def test_en_laas_uden_proeve_paa_postgresql_findes():
    filer = {"tests/budget/test_pdf_budget.py": "from dokumenter.actions import laas\n"}
    assert uden_proeve(filer, ["dokumenter.actions.laas"]) == {"dokumenter.actions.laas"}
    filer["tests/budget/test_pulje.py"] = filer["tests/budget/test_pdf_budget.py"]
    assert uden_proeve(filer, ["dokumenter.actions.laas"]) == {"dokumenter.actions.laas"}
    filer["tests/budget/test_pulje.py"] += "def test_x(db):\n    assert laas\n"
    assert uden_proeve(filer, ["dokumenter.actions.laas"]) == set()


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("@pytest.mark.django_db(transaction=True)", True),
        ("with pytest.raises(IntegrityError):", True),
        ("from budget.actions import revision", True),
        ("from helhedsplan import revisionsspor", True),
        ("from aftaler.models import Helhedsplan", False),
        ("from helhedsplan.tekst import rens", False),
    ],
)
def test_en_ny_proevefil_vaelges_efter_hvad_den_roerer(tekst, ventet):
    assert paa_begge("tests/aftaler/test_ny.py", tekst) is ventet


def test_en_enkelt_af_en_fil_og_intet_uden_database():
    fil = "tests/integration/test_matrix.py"
    rolle = f"{fil}::test_plan_pages_by_role[{{}}]"
    assert [er_ens_overalt(rolle.format(r), {"db"}) for r in ("leder", "observatoer")] == [False, True]
    assert [er_ens_overalt("tests/test_haerness.py::x", {b}) for b in ("django_db", "tmp_path")] == [False, True]


def test_det_der_er_naevnt_findes():
    """A renamed test would otherwise be left out without a word."""
    assert PAA_BEGGE
    for navn in PAA_BEGGE | KUN_PAPIRET:
        sti, _, proeve = navn.partition("::")
        assert (ROD / sti).exists(), navn
        assert not proeve or f"def {proeve.partition('['[0])[0]}(" in (ROD / sti).read_text(), navn
