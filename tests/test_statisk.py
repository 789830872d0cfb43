"""The static files: they can be served hashed, they are small, and they come from here only."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings
from fontTools.ttLib import TTFont

STATIC = Path(settings.BASE_DIR) / "static"
MANIFEST = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "helhedsplan.statisk.Statisklager"},
}


def test_collectstatic_finder_alt_hvad_filerne_henviser_til(tmp_path):
    with override_settings(STORAGES=MANIFEST, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)

        assert re.fullmatch(
            r"/static/css/helhedsplan\.[0-9a-f]{12}\.css", staticfiles_storage.url("css/helhedsplan.css")
        )
        assert_moduler_er_navngivet_efter_indhold(tmp_path)


def assert_moduler_er_navngivet_efter_indhold(mappe: Path):
    """What our scripts import is there, under a name that changes with it."""
    moduler = [mappe / staticfiles_storage.stored_name(f"js/{navn}.js") for navn in ("kladde", "editor/prosa")]
    for modul in moduler:
        importerede = re.findall(r"from ['\"](\.[^'\"]+)['\"]", modul.read_text())
        assert [navn for navn in importerede if not re.search(r"\.[0-9a-f]{12}\.js$", navn)] == []
        moduler += [(modul.parent / navn).resolve(strict=True) for navn in importerede]
    assert mappe / staticfiles_storage.stored_name("django_prose_editor/editor.js") in moduler


def test_eget_lag_er_lille():
    assert (STATIC / "css" / "helhedsplan.css").stat().st_size < 20_000


def test_intet_hentes_andre_steder_fra():
    fremmede = {
        str(fil.relative_to(STATIC)): adresser
        for fil in STATIC.rglob("*")
        if fil.suffix in {".css", ".svg"}
        if (adresser := set(re.findall(r"(?:https?:)?//[^\s\"'`)]+", fil.read_text())) - {"http://www.w3.org/2000/svg"})
    }
    assert fremmede == {}


@pytest.mark.parametrize(
    ("fil", "tegn"),
    [
        ("plex/IBMPlexSans-Regular.woff2", "æøåÆØÅ–−≥≤…·½\u2011\u202f"),
        ("plex/IBMPlexSans-Italic.woff2", "æøåÆØÅ–−≥≤…·½\u2011\u202f"),
        ("plex/IBMPlexSans-SemiBold.woff2", "æøåÆØÅ–−≥≤…·½\u2011\u202f"),
        ("symboler/NotoSansSymbols2-udsnit.woff2", "●▲■○◐✓"),
    ],
)
def test_skrifterne_har_tegnene(fil, tegn):
    with TTFont(STATIC / "vendor" / fil) as skrift:
        assert [t for t in tegn if ord(t) not in skrift.getBestCmap()] == []


def test_indkoebte_dele_har_version_og_licens():
    mangler = [
        mappe.name
        for mappe in sorted((STATIC / "vendor").iterdir())
        if not {"VERSION", "LICENSE.txt"} <= {fil.name for fil in mappe.iterdir()}
    ]
    assert mangler == []
