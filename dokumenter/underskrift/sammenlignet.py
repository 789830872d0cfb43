"""A returned file held against the issued one, in a process of its own (`helhedsplan.underproces`).

Run as a program, it takes one line of JSON with the services that are set up, the names that may be written and the
length of the issued file, and then the two files; it answers in JSON.
"""

import io
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dokumenter.underskrift.domme import Afvist, Dom, for_tung
from dokumenter.underskrift.tjenester import Tjeneste, fra_data
from helhedsplan import underproces

#: Imported before the file is met (`underproces`).
FORUD = (
    "dokumenter.underskrift.ens", "asn1crypto.cms", "asn1crypto.crl", "asn1crypto.ocsp", "numpy", "pikepdf",
    "pypdfium2",
)  # fmt: skip


@dataclass(frozen=True)
class Filsammenligning:
    """forskelle: why the file is not the issued one, '' when it is; tjeneste and tilfoejet: whose additions it has and
    what they are; sagt: what the file says of itself and of the programs that have written it;
    laast: whether a signature in it forbids every later one."""

    forskelle: str
    tjeneste: str
    tilfoejet: tuple[str, ...]
    laast: bool
    sagt: tuple[str, ...] = ()


def sammenlign(udstedt: bytes, ny: bytes, tjenester: Sequence[Tjeneste], navne: Iterable[str]) -> Filsammenligning:
    """Raises Afvist when the file cannot be compared, or not in time."""
    hoved = {"tjenester": [t.som_data() for t in tjenester], "navne": list(navne), "udstedt": len(udstedt)}
    try:
        ind = json.dumps(hoved).encode() + b"\n" + udstedt + ny
        svar = json.loads(underproces.koer("dokumenter.underskrift.sammenlignet", ind))
    except underproces.ForTung as fejl:
        raise for_tung(fejl) from fejl
    except underproces.Mislykket as fejl:
        raise Afvist(Dom.ULAESELIG) from fejl
    return Filsammenligning(**svar | {"tilfoejet": tuple(svar["tilfoejet"]), "sagt": tuple(svar["sagt"])})


def bedste(udstedt: bytes, ny: bytes, tjenester: Sequence[Tjeneste], navne: Iterable[str]) -> dict:
    """As the issued file alone, else as what one of the services makes of it; with the differences from the one that
    comes nearest when it is neither."""
    from dokumenter.underskrift import ens

    naermest: dict = {}
    for tjeneste in (None, *tjenester):
        fundet = ens.sammenlign(udstedt, ny, tjeneste, navne)
        svar = {
            "forskelle": fundet.i_ord,
            "tjeneste": tjeneste.navn if tjeneste and fundet.tilfoejet else "",
            "tilfoejet": fundet.tilfoejet,
            "sagt": fundet.sagt,
        }
        if not fundet.fejl:
            return svar
        if not naermest or len(fundet.fejl) < naermest["antal"]:
            naermest = svar | {"antal": len(fundet.fejl)}
    naermest.pop("antal")
    return naermest


def laast(ny: bytes) -> bool:
    """Whether a signature in the file forbids every later one: a certification or a lock with "no changes"."""
    import pikepdf

    with pikepdf.open(io.BytesIO(ny)) as pdf:
        formular = pdf.Root.get("/AcroForm")
        for felt in [] if formular is None else formular.get("/Fields", []):
            if "/V" not in felt or str(felt.get("/FT")) != "/Sig":
                continue
            laase = [felt.Lock.get("/P")] if "/Lock" in felt else []
            laase += [en.TransformParams.get("/P") for en in felt.V.get("/Reference", []) if "/TransformParams" in en]
            if 1 in laase:
                return True
    return False


def main() -> None:
    underproces.begraens()
    hoved = json.loads(sys.stdin.buffer.readline())
    resten = sys.stdin.buffer.read()
    udstedt, ny = resten[: hoved["udstedt"]], resten[hoved["udstedt"] :]
    svar = bedste(udstedt, ny, [fra_data(t) for t in hoved["tjenester"]], hoved["navne"])
    sys.stdout.write(json.dumps(svar | {"laast": laast(ny)}))


if __name__ == "__main__":
    main()
