"""The archive of certificates in a signed PDF: it holds what it says that it holds, and no words; a part of `ens`."""

import re

#: Certificates and what is known of them, and no more.
ARKIVETS = {"/Type": "", "/VRI": "", "/Certs": "certifikat", "/OCSPs": "svar", "/CRLs": "liste"}
UNDERSKRIFTENS = {"/Type": "", "/TU": "", "/Cert": "certifikat", "/OCSP": "svar", "/CRL": "liste", "/TS": "stempel"}
NOEGLE = re.compile(r"/[0-9A-Fa-f]{40}")
DAG = re.compile(r"D:\d{4,14}(?:Z|[+-]\d\d'?\d{0,2}'?)?")
STROEMMENS = {"/Length", "/Filter", "/DecodeParms"}


def er_rent(arkiv) -> bool:
    """Whether every part of the archive is a certificate, an answer, a list of revoked ones, or a timestamp."""
    if arkiv is None:
        return True
    try:
        om = arkiv.get("/VRI") or {}
        return _del(arkiv, ARKIVETS) and all(
            NOEGLE.fullmatch(navn) and _del(en, UNDERSKRIFTENS) for navn, en in om.items()
        )
    except (AttributeError, TypeError, ValueError, KeyError):
        return False


def _del(ordbog, kendte: dict[str, str]) -> bool:
    import pikepdf

    for navn, vaerdi in ordbog.items():
        art = kendte[navn]  # what is not known is no part of it: `er_rent` says no
        if navn == "/TU" and not DAG.fullmatch(str(vaerdi)):
            return False
        if art:
            alle = vaerdi if isinstance(vaerdi, pikepdf.Array) else [vaerdi]
            if not all(_er(art, stroem) for stroem in alle):
                return False
    return True


def _er(art: str, stroem) -> bool:
    from asn1crypto import cms, crl, ocsp, x509

    if set(stroem.keys()) - STROEMMENS:
        return False
    data = bytes(stroem.read_bytes())
    form = {
        "certifikat": x509.Certificate, "svar": ocsp.OCSPResponse, "liste": crl.CertificateList,
        "stempel": cms.ContentInfo,
    }[art]  # fmt: skip
    fundet = form.load(data, strict=True)
    # Reading a part of it reads the rest: a sentence is nothing of the kind.
    fundet.native  # noqa: B018
    return True
