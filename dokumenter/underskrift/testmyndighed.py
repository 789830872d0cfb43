"""A certificate authority for demo and tests, made where it is needed: its keys are never part of the program.

Nobody outside the installation trusts it, and its certificates say that they are for demonstration.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

KODE = b"demo"
PKCS12, ROD, TSA = "underskriver.p12", "rod.pem", "tidsstempel.p12"
HUNDREDE_AAR = timedelta(days=36525)


@dataclass(frozen=True)
class Nogle:
    """A certificate and its private key, as `cryptography` has them."""

    certifikat: object
    hemmelig: object

    def pem(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding

        return self.certifikat.public_bytes(Encoding.PEM)

    def pkcs12(self, kode: bytes = KODE, kaede: tuple = ()) -> bytes:
        from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

        certifikater = [led.certifikat for led in kaede]
        return pkcs12.serialize_key_and_certificates(
            b"underskriver", self.hemmelig, self.certifikat, certifikater, BestAvailableEncryption(kode)
        )


def rod(navn: str = "Helhedsplan Demo-myndighed", bits: int = 3072, **gyldig) -> Nogle:
    """A root that has signed itself."""
    return _udsted(navn, None, bits, rod=True, **gyldig)


def underskriver(udsteder: Nogle, navn: str = "Helhedsplan Demo-segl", bits: int = 3072, **gyldig) -> Nogle:
    """A certificate to sign papers with. `fra` and `til` bound it in time; without them it holds two years."""
    return _udsted(navn, udsteder, bits, **gyldig)


def tidsstempel(udsteder: Nogle, navn: str = "Helhedsplan Demo-tidsstempel", bits: int = 3072, **gyldig) -> Nogle:
    return _udsted(navn, udsteder, bits, stempler=True, **gyldig)


def _udsted(
    navn: str,
    udsteder: Nogle | None,
    bits: int,
    *,
    rod: bool = False,
    stempler: bool = False,
    fra: datetime | None = None,
    til: datetime | None = None,
) -> Nogle:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import ExtendedKeyUsageOID

    hemmelig = rsa.generate_private_key(65537, bits)
    emne = _navn(navn)
    fra = fra or datetime.now(UTC) - timedelta(days=1)
    til = til or fra + (HUNDREDE_AAR if rod else timedelta(days=730))
    bygger = (
        x509.CertificateBuilder()
        .subject_name(emne)
        .issuer_name(udsteder.certifikat.subject if udsteder else emne)
        .public_key(hemmelig.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(fra)
        .not_valid_after(til)
        .add_extension(x509.BasicConstraints(ca=rod, path_length=None), critical=True)
        .add_extension(_brug(x509, rod), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(hemmelig.public_key()), critical=False)
    )
    if udsteder:
        noegle = x509.AuthorityKeyIdentifier.from_issuer_public_key(udsteder.hemmelig.public_key())
        bygger = bygger.add_extension(noegle, critical=False)
    if stempler:
        bygger = bygger.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    skriver = udsteder.hemmelig if udsteder else hemmelig
    return Nogle(bygger.sign(skriver, hashes.SHA256()), hemmelig)


def _navn(navn: str):
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    dele = [(NameOID.COUNTRY_NAME, "DK"), (NameOID.ORGANIZATION_NAME, "Kun til demonstration")]
    return x509.Name([x509.NameAttribute(oid, tekst) for oid, tekst in [*dele, (NameOID.COMMON_NAME, navn)]])


def _brug(x509, rod: bool):
    andet = ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"]
    skriver = {"digital_signature": not rod, "content_commitment": not rod, "key_cert_sign": rod, "crl_sign": rod}
    return x509.KeyUsage(**skriver, **dict.fromkeys(andet, False))


def sikr(mappe: Path, bits: int = 3072) -> Path:
    """The folder with the demo's certificates, made when it is not there. Two who come at once end with the same."""
    if mappe.is_dir():
        return mappe
    mappe.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=mappe.parent) as midlertidig:
        ny = Path(midlertidig) / "ny"
        ny.mkdir(mode=0o700)
        myndighed = rod(bits=bits)
        filer = {PKCS12: underskriver(myndighed, bits=bits).pkcs12(kaede=(myndighed,)), ROD: myndighed.pem()}
        for navn, data in filer.items():
            with open(os.open(ny / navn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as fil:
                fil.write(data)
        try:
            ny.rename(mappe)
        except OSError:
            if not mappe.is_dir():
                raise
    return mappe
