"""A copy of the tree that git knows, to do damage in: for `make mutant` and `make skader`."""

import shutil
import subprocess
from pathlib import Path

ROD = Path(__file__).resolve().parent.parent


def kald(*ord_: str, cwd: Path = ROD) -> str:
    return subprocess.run(ord_, cwd=cwd, capture_output=True, text=True, check=True).stdout


def kopier(her: Path) -> None:
    """With what is changed and not committed."""
    shutil.rmtree(her, ignore_errors=True)
    filer = kald("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for sti in filter(lambda sti: sti and (ROD / sti).is_file(), filer):
        (her / sti).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROD / sti, her / sti)
