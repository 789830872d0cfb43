"""Reading a file from a stranger, in a process of its own (`helhedsplan.underproces`).

Run as a program, it takes one line of JSON with the trusted authorities and then the file, and answers in JSON.
"""

import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dokumenter.underskrift.domme import Afvist, Dom, for_tung
from dokumenter.underskrift.modtag import fil_id, tjek_fil, trykt_id
from dokumenter.underskrift.valider import Filtilstand, Underskriftsdom, ukendte_ure, valider
from helhedsplan import underproces

#: Imported before the file is met (`underproces`).
FORUD = ("asn1crypto.x509", "pikepdf", "pyhanko.sign.diff_analysis", "pyhanko.sign.validation", "pypdf")


@dataclass(frozen=True)
class Undersoegelse:
    """What a file says of itself: the document id printed in it ('' for none), its own identifier, its signatures, and
    who issued the clocks of its timestamps that nobody knows."""

    dokument_id: str
    fil_id: bytes
    domme: tuple[Underskriftsdom, ...]
    ukendte_ure: tuple[str, ...]


def undersoeg(data: bytes, roedder: Sequence, sekunder: float | None = None) -> Undersoegelse:
    """Raises Afvist when the file cannot be read, or not in that time."""
    hoved = json.dumps([base64.b64encode(rod.dump()).decode() for rod in roedder]).encode()
    try:
        svar = underproces.koer("dokumenter.underskrift.isoleret", hoved + b"\n" + data, sekunder)
    except underproces.ForTung as fejl:
        raise for_tung(fejl) from fejl
    except underproces.Mislykket as fejl:
        raise Afvist(Dom.ULAESELIG) from fejl
    return _laes(json.loads(svar))


def _laes(svar: dict) -> Undersoegelse:
    if "afvist" in svar:
        raise Afvist(Dom[svar["afvist"]], **svar["om"])
    domme = [d | {"tilstand": Filtilstand(d["tilstand"]), "tidspunkt": _tid(d["tidspunkt"])} for d in svar["domme"]]
    for dom in domme:
        dom.pop("gyldig")
    return Undersoegelse(
        svar["dokument_id"],
        bytes.fromhex(svar["fil_id"]),
        tuple(Underskriftsdom(**dom) for dom in domme),
        tuple(svar["ukendte_ure"]),
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
        domme, ure = [dom.som_data() for dom in valider(data, roedder)], ukendte_ure(data, roedder)
    except Afvist:
        domme, ure = [], []
    return {"dokument_id": trykt_id(data), "fil_id": fil_id(data).hex(), "domme": domme, "ukendte_ure": ure}


def main() -> None:
    from asn1crypto import x509

    underproces.begraens()
    roedder = [x509.Certificate.load(base64.b64decode(rod)) for rod in json.loads(sys.stdin.buffer.readline())]
    sys.stdout.write(json.dumps(_svar(sys.stdin.buffer.read(), roedder)))


if __name__ == "__main__":
    main()
