"""The heads of the audit chains that an issued paper carries."""

from io import BytesIO

import pikepdf


def noegleord(data: bytes) -> list[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return str(pdf.docinfo["/Keywords"]).split(", ") if "/Keywords" in pdf.docinfo else []


def kaeder(data: bytes) -> list[str]:
    """Which chains the paper has heads of."""
    return [ord_.split("/")[1] for ord_ in noegleord(data)]
