"""Poppler's word on the signatures in a file."""

import subprocess
from pathlib import Path


def pdfsig(pdf: bytes, mappe: Path) -> list[str]:
    fil = mappe / "fil.pdf"
    fil.write_bytes(pdf)
    svar = subprocess.run(["pdfsig", "-nocert", fil], capture_output=True, text=True, check=True).stdout
    return [linje.partition(": ")[2] for linje in svar.splitlines() if "Signature Validation" in linje]
