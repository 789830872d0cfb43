"""Reading a file from a stranger: in a process of its own, with a limit on time and memory.

A crafted PDF can keep a reader busy for hours. Run as a program, it takes one line of JSON with the trusted authorities
and then the file on standard input, and answers in JSON on standard output.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dokumenter.underskrift.domme import Afvist, Dom
from dokumenter.underskrift.modtag import fil_id, tjek_fil, trykt_id
from dokumenter.underskrift.valider import Tilstand, Underskriftsdom, valider

#: The work it may take, the memory, and how long a person waits on a machine that is busy with others.
REGNETID, BYTE, VENTETID = 20, 1024**3, 45


@dataclass(frozen=True)
class Undersoegelse:
    """What a file says of itself: the document id printed in it ('' for none), its own identifier, its signatures."""

    dokument_id: str
    fil_id: bytes
    domme: tuple[Underskriftsdom, ...]


def undersoeg(data: bytes, roedder: Sequence, sekunder: float = VENTETID) -> Undersoegelse:
    """Raises Afvist when the file cannot be read, or not in that time."""
    hoved = json.dumps([base64.b64encode(rod.dump()).decode() for rod in roedder]).encode()
    kommando = [sys.executable, "-m", "dokumenter.underskrift.isoleret"]
    try:
        svar = subprocess.run(  # noqa: S603 -- our own interpreter and module
            kommando,
            input=hoved + b"\n" + data,
            capture_output=True,
            timeout=sekunder,
            check=True,
            cwd=Path(__file__).parent.parent.parent,
        )
    except subprocess.TimeoutExpired as fejl:
        raise Afvist(Dom.FOR_TUNG) from fejl
    except subprocess.CalledProcessError as fejl:
        # Stopped from outside: it has used up its time.
        raise Afvist(Dom.FOR_TUNG if fejl.returncode < 0 else Dom.ULAESELIG) from fejl
    return _laes(json.loads(svar.stdout))


def _laes(svar: dict) -> Undersoegelse:
    if "afvist" in svar:
        raise Afvist(Dom[svar["afvist"]], **svar["om"])
    domme = [d | {"tilstand": Tilstand(d["tilstand"]), "tidspunkt": _tid(d["tidspunkt"])} for d in svar["domme"]]
    for dom in domme:
        dom.pop("gyldig")
    return Undersoegelse(
        svar["dokument_id"], bytes.fromhex(svar["fil_id"]), tuple(Underskriftsdom(**dom) for dom in domme)
    )


def _tid(tekst: str | None) -> datetime | None:
    return datetime.fromisoformat(tekst) if tekst else None


def _svar(data: bytes, roedder: list) -> dict:
    """Words that cannot be read leave the identifier to go by; signatures that cannot be read are none."""
    try:
        tjek_fil(data)
    except Afvist as fejl:
        return {"afvist": fejl.dom.name, "om": fejl.om}
    try:
        domme = [dom.som_data() for dom in valider(data, roedder)]
    except Afvist:
        domme = []
    return {"dokument_id": trykt_id(data), "fil_id": fil_id(data).hex(), "domme": domme}


def main() -> None:
    import logging
    import resource

    from asn1crypto import x509

    resource.setrlimit(resource.RLIMIT_CPU, (REGNETID, REGNETID))
    resource.setrlimit(resource.RLIMIT_AS, (BYTE, BYTE))
    logging.disable()
    roedder = [x509.Certificate.load(base64.b64decode(rod)) for rod in json.loads(sys.stdin.buffer.readline())]
    sys.stdout.write(json.dumps(_svar(sys.stdin.buffer.read(), roedder)))


if __name__ == "__main__":
    main()
