"""Signing with a key that never leaves its token: a real PKCS#11 module, SoftHSM's, with a token of the test's own."""

import subprocess
from pathlib import Path

import pytest

from dokumenter.underskrift.certifikater import segl
from dokumenter.underskrift.domme import KanIkkeUnderskrive
from dokumenter.underskrift.skriv import underskriv
from dokumenter.underskrift.valider import valider
from tests.dokumenter import signering as s
from tests.dokumenter.pdfsig import pdfsig

MODUL = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "123456"
OPSAT = {"PKCS11": MODUL, "PKCS11_TOKEN": "helhedsplan", "PKCS11_CERTIFIKAT": "segl", "PKCS11_KODE": PIN}


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with the key and the certificate that the other tests sign with. The module reads its setup once."""
    mappe: Path = tmp_path_factory.mktemp("softhsm")
    (mappe / "tokens").mkdir()
    (mappe / "softhsm2.conf").write_text(f"directories.tokendir = {mappe}/tokens\nobjectstore.backend = file\n")
    with pytest.MonkeyPatch.context() as miljoe:
        miljoe.setenv("SOFTHSM2_CONF", str(mappe / "softhsm2.conf"))
        nyt = ["softhsm2-util", "--init-token", "--free", "--label", "helhedsplan", "--pin", PIN, "--so-pin", PIN]
        subprocess.run(nyt, capture_output=True, check=True)
        laeg_ind(s.noegle())
        yield


def laeg_ind(nogle) -> None:
    import pkcs11
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    hemmelig = nogle.hemmelig.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    certifikat = nogle.certifikat.public_bytes(Encoding.DER)
    gemt = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "segl", pkcs11.Attribute.ID: b"1"}
    with pkcs11.lib(MODUL).get_token(token_label="helhedsplan").open(rw=True, user_pin=PIN) as session:
        session.create_object(decode_rsa_private_key(hemmelig) | gemt)
        session.create_object(decode_x509_certificate(certifikat) | gemt)


def test_two_signatures_from_the_token_hold_for_pyhanko_and_pdfsig(token, settings, tmp_path):
    pdf = s.papir()
    with s.opsaetning(settings, **OPSAT):
        for _ in range(2):
            with segl() as valgt:
                assert valgt.navn == "Helhedsplan Demo-segl"
                pdf = underskriv(pdf, segl=valgt, tekst=s.TEKST)
    assert [(dom.gyldig, dom.certifikat) for dom in valider(pdf, s.roedder())] == [(True, "Helhedsplan Demo-segl")] * 2
    assert pdfsig(pdf, tmp_path) == ["Signature is Valid."] * 2
    assert pdf.startswith(s.papir())


@pytest.mark.parametrize(
    ("forkert", "besked"),
    [
        ({"PKCS11_KODE": "000000"}, "PIN-koden til nøglen er forkert eller spærret."),
        ({"PKCS11_TOKEN": "ukendt"}, "Nøglen til underskrifter svarer ikke."),
        ({"PKCS11_CERTIFIKAT": "ukendt"}, "Nøglen til underskrifter svarer ikke."),
        ({"PKCS11": "/findes/ikke.so"}, "Nøglen til underskrifter svarer ikke."),
    ],
)
def test_a_token_that_cannot_be_used_says_so(token, settings, forkert, besked):
    with s.opsaetning(settings, **OPSAT | forkert), pytest.raises(KanIkkeUnderskrive) as fejl, segl():
        pass
    assert str(fejl.value).startswith(besked)
