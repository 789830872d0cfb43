"""Zip archives that are the same to the byte when they hold the same: fixed times, given order."""

import io
import zipfile
from collections.abc import Iterable

#: The first day that a zip archive can name.
NULDAG = (1980, 1, 1, 0, 0, 0)


def zip_arkiv(filer: Iterable[tuple[str, bytes]], pakkede: frozenset[str] = frozenset()) -> bytes:
    """(name, content) in the order given. What ends as one of `pakkede` is packed already and is stored as it is."""
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w") as arkiv:
        for navn, data in filer:
            fil = zipfile.ZipInfo(navn, NULDAG)
            stoppes = navn.rpartition(".")[2].lower() in pakkede
            fil.compress_type = zipfile.ZIP_STORED if stoppes else zipfile.ZIP_DEFLATED
            fil.external_attr = 0o644 << 16
            fil.create_system = 3
            arkiv.writestr(fil, data)
    return ud.getvalue()


def ens_tider(data: bytes) -> bytes:
    """An archive made by somebody else, again with fixed times."""
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        return zip_arkiv([(navn, arkiv.read(navn)) for navn in arkiv.namelist()])
