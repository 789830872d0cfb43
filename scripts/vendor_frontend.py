"""Fetch the vendored front-end parts into static/vendor/ (run by hand when a version changes, never at start).

    python scripts/vendor_frontend.py

Needs npm for the packages and fontTools (it comes with WeasyPrint) for the symbol font. The outcome is committed:
the site and its tests never need npm. What is changed on the way in, and why:

- dkfds.min.css: the @font-face rules (fonts are declared in static/css/skrifter.css), the .icon-* background
  classes (icons come from the sprite) and the placeholder logos are left out, so that no rule points at a file that
  is not there; paths follow our folders.
- source map comments are dropped, because the maps are not vendored.
- the fonts in noto/ are for what people type on papers: only the characters that IBM Plex Sans lacks, and the spaces
  (a space between two symbols is drawn with theirs), symbols without layout features.
- the symbol font is the part of Noto Sans Symbols 2 that IBM Plex Sans lacks and that pages and papers use.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
DKFDS = "dkfds@11.2.0"
SORTABLE = "sortablejs@1.15.7"
PLEX = "@ibm/plex-sans@1.1.0"
# Drawn with in this order, where Plex has nothing: package, whether its features are needed to write the script.
PAPER_FONTS = {
    "NotoSansSymbols2": ("@expo-google-fonts/noto-sans-symbols-2@0.4.1", False),
    "NotoSansSymbols": ("@expo-google-fonts/noto-sans-symbols@0.4.1", False),
    "NotoSansMath": ("@expo-google-fonts/noto-sans-math@0.4.2", False),
    "NotoEmoji": ("@expo-google-fonts/noto-emoji@0.4.7", False),
    "NotoSansHebrew": ("@expo-google-fonts/noto-sans-hebrew@0.4.1", True),
}
# Has a glyph of its own for each Arabic letter and figure: Noto builds پ and چ of the same dots and draws ٣ and ۳ with
# one glyph, so that a reader of the paper's text takes the one for the other.
PLEX_ARABIC = "@ibm/plex-sans-arabic@1.1.0"
# Letters in other shapes for mathematics are written as plain letters (NFKC), and make the font large.
NOT_DRAWN = range(0x1D400, 0x1D800)
NOTO = "@fontsource/noto-sans-symbols-2@5.3.0"

WEIGHTS = ["Regular", "Italic", "SemiBold"]
# The spaces too: between two symbols they are drawn with the font of the symbols.
SYMBOLS = " \u00a0■□▲△▶▼●○◆◇◐☐☑✓✗✔"
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


def fonts(plex: Path, arabic: Path, noto: Path) -> None:
    folder = fresh("plex", f"{PLEX}\n{PLEX_ARABIC}", plex / "LICENSE.txt")
    for weight in WEIGHTS:
        shutil.copy(plex / "fonts" / "complete" / "woff2" / f"IBMPlexSans-{weight}.woff2", folder)
    source = arabic / "fonts" / "complete" / "woff2" / "IBMPlexSansArabic-Regular.woff2"
    missing(source, folder / "IBMPlexSansArabic.woff2", shaped=True)
    folder = fresh("symboler", NOTO, noto / "LICENSE")
    source = noto / "files" / "noto-sans-symbols-2-symbols-400-normal.woff2"
    target = folder / "NotoSansSymbols2-udsnit.woff2"
    subset.main([str(source), f"--text={SYMBOLS}", "--flavor=woff2", "--layout-features=", f"--output-file={target}"])


def missing(source: Path, target: Path, *, shaped: bool) -> None:
    """The part of a font that IBM Plex Sans lacks, and the spaces."""
    have: set[int] = set()
    for weight in WEIGHTS:
        with TTFont(VENDOR / "plex" / f"IBMPlexSans-{weight}.woff2") as font:
            have = have & set(font.getBestCmap()) if have else set(font.getBestCmap())
    with TTFont(source) as font:
        wanted = [c for c in font.getBestCmap() if c not in have and c not in NOT_DRAWN]
    subset.main(
        [
            str(source),
            "--unicodes=" + ",".join(f"{c:x}" for c in [*wanted, 0x20, 0xA0]),
            "--layout-features=" + ("*" if shaped else ""),
            "--flavor=woff2",
            f"--output-file={target}",
        ]
    )


def paper_fonts(fetch_into: Path) -> None:
    packages = {name: fetch(package, fetch_into) for name, (package, _) in PAPER_FONTS.items()}
    folder = fresh("noto", "\n".join(p for p, _ in PAPER_FONTS.values()), packages["NotoEmoji"] / "LICENSE_FONT")
    for name, package in packages.items():
        source = package / "400Regular" / f"{name}_400Regular.ttf"
        missing(source, folder / f"{name}.woff2", shaped=PAPER_FONTS[name][1])


def sortable(package: Path) -> None:
    folder = fresh("sortablejs", SORTABLE, package / "LICENSE")
    (folder / "Sortable.min.js").write_text(without_source_map((package / "Sortable.min.js").read_text()))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        designsystem(fetch(DKFDS, folder))
        fonts(fetch(PLEX, folder), fetch(PLEX_ARABIC, folder), fetch(NOTO, folder))
        paper_fonts(folder)
        sortable(fetch(SORTABLE, folder))


if __name__ == "__main__":
    main()
