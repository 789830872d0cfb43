"""`make blokliste`: writes what the papers of the tests say, line by line, to tests/dokumenter/blokke.txt.

Run it when a paper is meant to say something else, and read the difference before it is committed.
"""

import os
import sys
import tempfile
from pathlib import Path

ROD = Path(__file__).resolve().parent.parent
FIL = ROD / "tests" / "dokumenter" / "blokke.txt"


def main() -> None:
    sys.path.insert(0, str(ROD))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "helhedsplan.settings", "SECRET_KEY": "kun-til-papirer", "DEBUG": "1"}
    with tempfile.TemporaryDirectory() as mappe:
        os.environ["MEDIA_ROOT"] = mappe
        import django

        django.setup()
        from tests.dokumenter.blokproeve import hele_listen

        FIL.write_text(hele_listen(), encoding="utf-8")


if __name__ == "__main__":
    main()
