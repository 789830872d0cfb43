"""The lock file's packages held against advisories that lie here, without any network."""

import ast
import json
import os
import re
import zipfile
from pathlib import Path

import pytest

from scripts import saarbarheder

PAKKER = {("PyPI", "django"): {"5.2.19"}, ("PyPI", "typing-extensions"): {"4.1"}, ("npm", "sortablejs"): {"1.15.7"}}


def melding(navn: str, *haendelser: dict, sted="PyPI", nr="PYSEC-2026-1", **mere) -> dict:
    ramt = {"package": {"ecosystem": sted, "name": navn}, "ranges": [{"type": "ECOSYSTEM", "events": [*haendelser]}]}
    return {"id": nr, "summary": "Lukker en fremmed ind.", "aliases": ["CVE-2026-1"], "affected": [ramt | mere]}


@pytest.mark.parametrize(
    ("haendelser", "ramt"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "5.2.20"}], True),
        ([{"introduced": "0"}, {"fixed": "5.2.19"}], False),
        ([{"introduced": "5.2.2"}, {"fixed": "5.2.3"}], False),
        ([{"introduced": "0"}, {"fixed": "4.2.30"}, {"introduced": "5.2"}, {"fixed": "5.2.100"}], True),
        ([{"fixed": "4.2.30"}, {"introduced": "0"}], False),
        ([{"introduced": "5.2"}, {"last_affected": "5.2.19"}], True),
        ([{"introduced": "5.2"}, {"last_affected": "5.2.18"}], False),
        ([{"introduced": "6.0a1"}], False),
    ],
)
def test_what_lies_between_introduced_and_fixed_is_hit(tmp_path, haendelser, ramt):
    fil = tmp_path / "en.json"
    fil.write_text(json.dumps(melding("Django", *haendelser)))
    fundne, antal = saarbarheder.huller(fil, PAKKER)
    assert (bool(fundne), antal) == (ramt, {"PyPI": 1})


def test_a_file_a_list_a_zip_and_a_folder_are_read_and_the_hole_is_named_with_its_remedy(tmp_path, capsys):
    hul = melding("Typing_Extensions", versions=["4.1"])
    hul["affected"][0]["ranges"][0]["events"] = [{"introduced": "4.2"}, {"fixed": "4.3"}]
    trukket = melding("Django", {"introduced": "0"}, nr="PYSEC-2026-2") | {"withdrawn": "2026-01-01T00:00:00Z"}
    (tmp_path / "svar.json").write_text(json.dumps({"vulns": [hul, trukket]}))
    with zipfile.ZipFile(tmp_path / "npm.zip", "w") as pakke:
        pakke.writestr("GHSA-1.json", json.dumps(melding("andet", {"introduced": "0"}, sted="npm", nr="GHSA-1")))
    rod = tmp_path / "hus"
    (rod / "static" / "vendor" / "sortablejs").mkdir(parents=True)
    (rod / "static" / "vendor" / "sortablejs" / "VERSION").write_text("sortablejs@1.15.7\n")
    (rod / "requirements.txt").write_text("typing-extensions==4.1 \\\n    --hash=sha256:ab\n")
    (rod / "requirements-dev.txt").write_text("")
    assert saarbarheder.main([str(tmp_path)], rod) == 1
    assert capsys.readouterr().out.splitlines() == [
        "typing-extensions 4.1: PYSEC-2026-1 (CVE-2026-1). Lukker en fremmed ind. Rettet i 4.3.",
        "PyPI: 1 pakker er holdt op mod 1 meldinger.",
        "npm: 1 pakker er holdt op mod 1 meldinger.",
        "1 kendte huller.",
    ]


@pytest.mark.parametrize(
    "indhold", [None, "", "{", "[", '"x"', "[5]", '{"vulns": 7}', "[" * 9999, "[]", '{"id": "x"}', "PK\x03\x04"]
)
def test_nothing_to_hold_them_against_is_never_called_clean(tmp_path, capsys, indhold):
    fil = tmp_path / "meldinger.json"
    if indhold is not None:
        fil.write_text(indhold)
    assert saarbarheder.main([str(fil)]) == 2
    assert saarbarheder.main([]) == 2
    linjer = capsys.readouterr().out.splitlines()
    assert all(linje.startswith("Intet er efterset: ") for linje in linjer)
    assert len(linjer) == 2


def test_the_lock_files_are_read_whole_and_old_advisories_are_said_to_be_old(tmp_path, capsys):
    pakker = saarbarheder.installerede()
    assert {("PyPI", navn) for navn in ("django", "django-allauth", "psycopg2-binary", "ruff")} < set(pakker)
    assert pakker[("npm", "sortablejs")] == {"1.15.7"}
    fil = tmp_path / "alle.json"
    fil.write_text(json.dumps([melding("noget-andet", {"introduced": "0"})]))
    os.utime(fil, (0, 0))
    assert saarbarheder.main([str(fil)]) == 0
    ud = capsys.readouterr().out
    assert "dage gamle" in ud
    assert "npm: intet er efterset" in ud
    assert ud.endswith("Ingen kendte huller.\n")


def test_every_test_that_the_page_of_promises_names_is_one():
    rod = Path(__file__).parents[1]
    side = (rod / "docs" / "sikkerhed.md").read_text()
    naevnte = set(re.findall(r"`(tests/[\w/.]+?\.py)(?:::(\w+))?`", side))
    assert len(naevnte) > 25
    for fil, navn in naevnte:
        tests = {k.name for k in ast.walk(ast.parse((rod / fil).read_text())) if isinstance(k, ast.FunctionDef)}
        assert {t for t in tests if t.startswith("test_")}, fil
        assert not navn or navn in tests, (fil, navn)
