"""Holds the packages of the lock file, and the front end, against known holes, from a file that is here already.

    make saarbarheder ARGS=/srv/meldinger/all.zip     one file in the form of OSV (https://ossf.github.io/osv-schema/),
                                                      a zip of such, or a folder of either

Nothing is fetched: take https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip (and npm/all.zip beside it) on
a machine that has the network. The exit code is 0 when something was looked at and nothing found, 1 when a hole is
known, 2 when nothing was looked at.
"""

import json
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROD = Path(__file__).resolve().parent.parent
LAASEFILER = ("requirements.txt", "requirements-dev.txt")
#: Days; what is older knows of no hole that was found since.
GAMMEL = 14


class IntetEfterset(Exception):
    """There is nothing to hold the packages against; the text says why, in Danish."""


@dataclass(frozen=True)
class Hul:
    """A known hole in what is installed."""

    pakke: str
    version: str
    melding: str
    andre_navne: tuple[str, ...]
    resume: str
    rettet_i: tuple[str, ...]

    def __str__(self) -> str:
        navne = f" ({', '.join(self.andre_navne)})" if self.andre_navne else ""
        rettet = f"Rettet i {', '.join(self.rettet_i)}." if self.rettet_i else "Ikke rettet endnu."
        return f"{self.pakke} {self.version}: {self.melding}{navne}. {self.resume or 'Uden beskrivelse'}. {rettet}"


def installerede(rod: Path = ROD) -> dict[tuple[str, str], set[str]]:
    """(ecosystem, name) -> versions: of both lock files, and of what lies in static/vendor."""
    ud: dict[tuple[str, str], set[str]] = {}
    for fil in LAASEFILER:
        for navn, version in re.findall(
            r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", (rod / fil).read_text(), re.M
        ):
            ud.setdefault(("PyPI", canonicalize_name(navn)), set()).add(version)
    for sti in sorted((rod / "static" / "vendor").glob("*/VERSION")):
        for navn, version in re.findall(r"^(\S+)@(\S+)$", sti.read_text(), re.M):
            ud.setdefault(("npm", navn), set()).add(version)
    return ud


def meldinger(sti: Path) -> Iterator[dict]:
    """Every advisory of a file, a zip or a folder."""
    if not sti.exists():
        raise IntetEfterset(f"{sti} findes ikke.")
    filer = [f for f in sorted(sti.rglob("*")) if f.suffix in {".json", ".zip"}] if sti.is_dir() else [sti]
    for fil in filer:
        try:
            if zipfile.is_zipfile(fil):
                with zipfile.ZipFile(fil) as pakke:
                    for navn in pakke.namelist():
                        if navn.endswith(".json"):
                            yield from _af(json.loads(pakke.read(navn)))
            else:
                yield from _af(json.loads(fil.read_bytes()))
        except (OSError, ValueError, RecursionError, zipfile.BadZipFile) as fejl:
            raise IntetEfterset(f"{fil} kan ikke læses som meldinger i OSV-form ({type(fejl).__name__}).") from fejl


def _af(indhold) -> Iterator[dict]:
    """One advisory, a list of them, or the answer of OSV's own service ({"vulns": […]})."""
    if isinstance(indhold, dict) and "vulns" in indhold:
        indhold = indhold["vulns"]
    for en in indhold if isinstance(indhold, list) else [indhold]:
        if (
            not isinstance(en, dict)
            or not isinstance(en.get("id"), str)
            or not isinstance(en.get("affected", []), list)
        ):
            raise ValueError(en)
        yield en


def _version(tekst: str) -> Version:
    """OSV writes 0 for "from the very first"; what is no version of this kind counts as the first."""
    try:
        return Version(str(tekst))
    except InvalidVersion:
        return Version("0")


def _i_raekke(version: Version, haendelser: list[dict]) -> bool:
    """Whether a version lies between an `introduced` and the `fixed` or `last_affected` that follows it."""
    inde = False
    for h in sorted(haendelser, key=lambda h: _version(next(iter(h.values()), "0"))):
        if "introduced" in h and version >= _version(h["introduced"]):
            inde = True
        if "fixed" in h and version >= _version(h["fixed"]):
            inde = False
        if "last_affected" in h and version > _version(h["last_affected"]):
            inde = False
    return inde


def er_ramt(version: str, ramt: dict) -> bool:
    if version in ramt.get("versions", []):
        return True
    raekker = [r for r in ramt.get("ranges", []) if r.get("type") in {"ECOSYSTEM", "SEMVER"}]
    return any(_i_raekke(_version(version), r.get("events", [])) for r in raekker)


def huller(sti: Path, pakker: dict[tuple[str, str], set[str]]) -> tuple[list[Hul], dict[str, int]]:
    """The known holes, and how many advisories there were of each ecosystem."""
    fundne: dict[tuple[str, str], Hul] = {}
    antal: dict[str, int] = {}
    for en in meldinger(sti):
        if en.get("withdrawn"):
            continue
        for oekosystem in {r.get("package", {}).get("ecosystem", "") for r in en.get("affected", [])}:
            antal[oekosystem] = antal.get(oekosystem, 0) + 1
        for ramt in en.get("affected", []):
            oekosystem, navn = (ramt.get("package", {}).get(felt, "") for felt in ("ecosystem", "name"))
            noegle = (oekosystem, canonicalize_name(navn) if oekosystem == "PyPI" else navn)
            for version in sorted(pakker.get(noegle, ())):
                if er_ramt(version, ramt):
                    rettet = [h["fixed"] for r in ramt.get("ranges", []) for h in r.get("events", []) if "fixed" in h]
                    resume = str(en.get("summary") or en.get("details") or "").strip().split("\n")[0].rstrip(".")[:200]
                    andre = tuple(en.get("aliases", []))
                    fundne[(noegle[1], en["id"])] = Hul(noegle[1], version, en["id"], andre, resume, tuple(rettet))
    return sorted(fundne.values(), key=lambda hul: (hul.pakke, hul.melding)), antal


def main(ord_: list[str], rod: Path = ROD) -> int:
    if len(ord_) != 1:
        print("Intet er efterset: sig, hvor meldingerne ligger: make saarbarheder ARGS=FIL (eller en mappe).")
        return 2
    sti, pakker = Path(ord_[0]), installerede(rod)
    try:
        fundne, antal = huller(sti, pakker)
    except IntetEfterset as fejl:
        print(f"Intet er efterset: {fejl}")
        return 2
    if not antal.get("PyPI"):
        print(f"Intet er efterset: {sti} har ingen meldinger om pakker fra PyPI.")
        return 2
    for hul in fundne:
        print(hul)
    slags = ["PyPI", "npm"] if antal.get("npm") else ["PyPI"]
    for oekosystem in slags:
        af = sum(1 for sted, _ in pakker if sted == oekosystem)
        print(f"{oekosystem}: {af} pakker er holdt op mod {antal[oekosystem]} meldinger.")
    if "npm" not in slags:
        print("npm: intet er efterset; der er ingen meldinger om frontendens filer i static/vendor.")
    if (dage := int((time.time() - sti.stat().st_mtime) // 86_400)) > GAMMEL:
        print(f"Meldingerne er {dage} dage gamle. Hent nye, før du regner med svaret.")
    print(f"{len(fundne)} kendte huller." if fundne else "Ingen kendte huller.")
    return 1 if fundne else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
