"""The files that an installation is made of name nothing that is not there."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROD = Path(settings.BASE_DIR)
ENHEDER = sorted((ROD / "deploy").glob("*.service"))
FILER = [*ENHEDER, *sorted((ROD / "deploy").glob("*.timer")), ROD / "Dockerfile", ROD / "compose.yaml"]
GUIDE = ROD / "docs" / "drift.md"
#: Of the containers, not of the program.
IKKE_VORES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "VAERT", "OPSTROEM", "SECRET_KEY"}


def kendte_indstillinger() -> set[str]:
    return set(re.findall(r"^#?([A-Z_0-9]+)=", (ROD / ".env.example").read_text(), re.MULTILINE))


def kommandoer() -> set[str]:
    return {navn for kendt in get_commands() for navn in (kendt, kendt.replace("_", "-"))}


@pytest.mark.parametrize("fil", [*FILER, GUIDE], ids=lambda fil: fil.name)
def test_every_command_that_is_named_is_one(fil):
    naevnt = set(re.findall(r"manage\.py (?!%I)([a-z_-]+)", fil.read_text()))
    naevnt |= set(re.findall(r"helhedsplan@([a-z_-]+)[.\b]", fil.read_text()))
    assert naevnt - kommandoer() == set()


def test_every_timer_has_what_it_starts():
    timere = sorted((ROD / "deploy").glob("*.timer"))
    assert timere
    for timer in timere:
        navn = timer.name.removesuffix(".timer")
        skabelon, _, kommando = navn.partition("@")
        assert (ROD / "deploy" / f"{skabelon}{'@' if kommando else ''}.service").exists(), timer
        assert not kommando or kommando in kommandoer()
        assert f"{navn}.timer" in GUIDE.read_text()


def test_the_containers_set_what_the_program_reads():
    compose = yaml.safe_load((ROD / "compose.yaml").read_text())
    sat = {navn for tjeneste in compose["services"].values() for navn in tjeneste.get("environment", {})}
    assert sat - IKKE_VORES <= kendte_indstillinger()
    assert set(compose["volumes"]) == {
        bind.partition(":")[0]
        for tjeneste in compose["services"].values()
        for bind in tjeneste.get("volumes", [])
        if not bind.startswith(".")
    }
    dockerfil = (ROD / "Dockerfile").read_text()
    assert set(re.findall(r"\b([A-Z]+_ROOT)=", dockerfil)) <= kendte_indstillinger()
    for kilde in re.findall(r"^COPY (\S+) ", dockerfil, re.MULTILINE):
        assert (ROD / kilde).exists()
    assert "--require-hashes" in dockerfil


def test_the_machine_gets_the_packages_that_setup_asks_for():
    pakker = re.search(r"^pakker=\((.*)\)", (ROD / "scripts/setup.sh").read_text(), re.MULTILINE)[1].split()
    for fil in (ROD / "Dockerfile", GUIDE):
        assert set(pakker) <= set(fil.read_text().replace("`", " ").split()), fil.name


@pytest.mark.parametrize("fil", [*ENHEDER, ROD / "Dockerfile"], ids=lambda fil: fil.name)
def test_gunicorn_serves_the_program_that_there_is(fil):
    tekst = fil.read_text()
    if "gunicorn" in tekst:
        assert "helhedsplan.wsgi" in re.sub(r"[\[\],\"]", " ", tekst).split()
        laengst = int(re.search(r"--timeout\W+(\d+)", tekst)[1])
        assert laengst == 60
        assert f"proxy_read_timeout {laengst + 30}s" in (ROD / "deploy/nginx.conf").read_text()
    else:
        assert shlex.split(re.search(r"(?s)ExecStart=(.*)", tekst)[1])


def test_the_python_of_the_image_is_the_one_that_is_asked_for():
    kraevet = tomllib.loads((ROD / "pyproject.toml").read_text())["project"]["requires-python"]
    assert kraevet == ">=" + re.search(r"^FROM python:(3\.\d+)", (ROD / "Dockerfile").read_text(), re.MULTILINE)[1]
