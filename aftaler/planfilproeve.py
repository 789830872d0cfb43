"""A first look at a plan file from a browser, in a process of its own (`helhedsplan.underproces`).

Whether it can be read at all within the limits of time and memory; what it says is judged by `aftaler.planfil`.
"""

import contextlib
import sys

import django

from helhedsplan import underproces

#: A larger one is read with the command.
HOEJST_BYTES = 5 * 1024 * 1024
FOR_STOR = "Filen er større end 5 MB. Så stor en plan indlæses på serveren med kommandoen indlaes."


def fejl_ved(data: bytes) -> str:
    """Why the file cannot be taken, in Danish; '' when it can."""
    if len(data) > HOEJST_BYTES:
        return FOR_STOR
    try:
        underproces.koer("aftaler.planfilproeve", data)
    except underproces.ForTung:
        return "Filen er for tung at læse. Er den en planfil?"
    except underproces.Mislykket:
        return "Filen kan ikke læses som en planfil."
    return ""


def main() -> None:
    django.setup()
    from aftaler.planfil.yaml_laeser import Ulaeselig, laes_knuder

    underproces.begraens()
    with contextlib.suppress(Ulaeselig):  # told with its line when it is read again
        laes_knuder(sys.stdin.buffer.read(), lambda *_: None)
    sys.stdout.write("læst")


if __name__ == "__main__":
    main()
