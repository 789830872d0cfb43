"""Fetch the vendored front-end parts into static/vendor/ (run by hand when a version changes, never at start).

    python scripts/vendor_frontend.py

Needs npm for the packages and fontTools (it comes with WeasyPrint) for the symbol font. The outcome is committed:
the site and its tests never need npm. What is changed on the way in, and why:

- dkfds.min.css: the @font-face rules (fonts are declared in static/css/skrifter.css), the .icon-* background
  classes (icons come from the sprite) and the placeholder logos are left out, so that no rule points at a file that
  is not there; paths follow our folders.
- source map comments are dropped, because the maps are not vendored.
- the symbol font is the part of Noto Sans Symbols 2 that IBM Plex Sans lacks and that pages and papers use.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
DKFDS = "dkfds@11.2.0"
SORTABLE = "sortablejs@1.15.7"
PLEX = "@ibm/plex-sans@1.1.0"
NOTO = "@fontsource/noto-sans-symbols-2@5.3.0"

WEIGHTS = ["Regular", "Italic", "SemiBold"]
SYMBOLS = "■□▲△▶▼●○◆◇◐☐☑✓✗✔"
ICONS = [
    "account", "add-document", "arrow-back", "arrow-downward", "arrow-forward", "arrow-upward", "attach-file",
    "calendar-month", "check", "checklist", "chevron-down", "chevron-left", "chevron-right", "chevron-up", "close",
    "copy", "delete", "document", "download", "drag-pan", "edit", "error", "file-excel", "file-pdf", "first-page",
    "groups", "help", "home", "info", "last-page", "link", "lock", "map", "menu", "more-vert", "open-in-new", "person",
    "plus", "print", "refresh", "save", "search", "settings", "sort-table-ascending", "sort-table-descending",
    "sort-table-none", "success", "sync", "time", "upload", "visibility", "warning",
]  # fmt: skip


def fetch(package: str, folder: Path) -> Path:
    name = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    target = folder / name.removesuffix(".tgz")
    with tarfile.open(folder / name) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def fresh(name: str, package: str, licence: Path) -> Path:
    """An empty folder with the version and the licence of what goes into it."""
    folder = VENDOR / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "VERSION").write_text(package + "\n")
    shutil.copyfile(licence, folder / "LICENSE.txt")
    return folder


def without_source_map(text: str) -> str:
    return re.sub(r"\s*(//#|/\*#) sourceMappingURL=\S+( \*/)?\s*$", "\n", text)


def stylesheet(css: str) -> str:
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"\.icon-[a-z-]+:not\(a\)\{[^}]*\}", "", css)
    css = re.sub(r"background-image:url\(\.\./img/logo-[^)]*\);?", "", css)
    return without_source_map(css.replace("../img/svg-icons/", "img/"))


def sprite(folder: Path) -> str:
    symbols = []
    for name in ICONS:
        svg = (folder / f"{name}.svg").read_text()
        (box,) = re.findall(r'viewBox="([^"]+)"', svg)
        (shape,) = re.findall(r"<svg[^>]*>(.*)</svg>", svg.strip(), re.DOTALL)
        symbols.append(f'<symbol id="{name}" viewBox="{box}">{shape}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def designsystem(package: Path) -> None:
    folder = fresh("dkfds", DKFDS, package / "LICENSE.md")
    icons = package / "dist" / "img" / "svg-icons"
    css = stylesheet((package / "dist" / "css" / "dkfds.min.css").read_text())
    (folder / "dkfds.min.css").write_text(css)
    js = (package / "dist" / "js" / "dkfds.min.js").read_text()
    (folder / "dkfds.min.js").write_text(without_source_map(js))
    (folder / "ikoner.svg").write_text(sprite(icons))
    (folder / "img").mkdir()
    for name in sorted(set(re.findall(r"url\(img/([a-z0-9-]+\.svg)\)", css))):
        shutil.copy(icons / name, folder / "img" / name)


def fonts(plex: Path, noto: Path) -> None:
    folder = fresh("plex", PLEX, plex / "LICENSE.txt")
    for weight in WEIGHTS:
        shutil.copy(plex / "fonts" / "complete" / "woff2" / f"IBMPlexSans-{weight}.woff2", folder)
    folder = fresh("symboler", NOTO, noto / "LICENSE")
    source = noto / "files" / "noto-sans-symbols-2-symbols-400-normal.woff2"
    target = folder / "NotoSansSymbols2-udsnit.woff2"
    subset.main([str(source), f"--text={SYMBOLS}", "--flavor=woff2", "--layout-features=", f"--output-file={target}"])


def sortable(package: Path) -> None:
    folder = fresh("sortablejs", SORTABLE, package / "LICENSE")
    (folder / "Sortable.min.js").write_text(without_source_map((package / "Sortable.min.js").read_text()))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        designsystem(fetch(DKFDS, folder))
        fonts(fetch(PLEX, folder), fetch(NOTO, folder))
        sortable(fetch(SORTABLE, folder))


if __name__ == "__main__":
    main()
