"""The keys that this installation signs with and the authorities that it trusts, from `settings.UNDERSKRIFT`.

Three ways, the first that is set: a PKCS#12 file, a PKCS#11 token, and in a local installation the demo's own
authority. With none of them nobody can sign in the program, and the page says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from dokumenter.underskrift import testmyndighed
from dokumenter.underskrift.domme import KanIkkeUnderskrive
from helhedsplan.formats import lang_dato

HJAELP = "Bed den, der driver programmet, om at se på opsætningen (docs/underskrift.md)."


@dataclass(frozen=True)
class Segl:
    """What signs: pyHanko's signer and whom its certificate names, the authorities trusted, a clock if there is one."""

    signer: object
    navn: str
    roedder: tuple
    ur: object = None


def kan_underskrive_i_programmet() -> bool:
    """Whether there is anything to sign with. Whether it works is only known when it is used."""
    valgt = settings.UNDERSKRIFT
    return bool(valgt["PKCS12"] or valgt["PKCS11"] or settings.LOKAL)


@contextmanager
def segl() -> Iterator[Segl]:
    """The installation's seal, while it is in use. Raises KanIkkeUnderskrive with what is wrong."""
    valgt = settings.UNDERSKRIFT
    if valgt["PKCS12"]:
        yield _segl(_pkcs12(Path(valgt["PKCS12"]), valgt["PKCS12_KODE"].encode()))
    elif valgt["PKCS11"]:
        with _pkcs11(valgt) as signer:
            yield _segl(signer)
    elif settings.LOKAL:
        yield _segl(_pkcs12(_demo() / testmyndighed.PKCS12, testmyndighed.KODE))
    else:
        raise KanIkkeUnderskrive(f"Der er ikke sat noget certifikat op til underskrifter. {HJAELP}")


def _segl(signer) -> Segl:
    certifikat = signer.signing_cert
    fra, til, nu = certifikat.not_valid_before, certifikat.not_valid_after, datetime.now(UTC)
    if til < nu:
        raise KanIkkeUnderskrive(f"Certifikatet til underskrifter udløb {lang_dato(til.date())}. {HJAELP}")
    if fra > nu:
        raise KanIkkeUnderskrive(f"Certifikatet til underskrifter gælder først fra {lang_dato(fra.date())}. {HJAELP}")
    return Segl(signer, certifikat.subject.native.get("common_name", ""), roedder(), ur())


def _pkcs12(sti: Path, kode: bytes):
    from pyhanko.sign.signers import SimpleSigner

    try:
        return SimpleSigner.load_pkcs12_data(sti.read_bytes(), other_certs=[], passphrase=kode or None)
    except OSError as fejl:
        raise KanIkkeUnderskrive(f"Filen med certifikatet til underskrifter kan ikke læses. {HJAELP}") from fejl
    except (ValueError, TypeError) as fejl:
        raise KanIkkeUnderskrive(
            f"Filen med certifikatet til underskrifter kan ikke åbnes med den adgangskode, der er sat op. {HJAELP}"
        ) from fejl


@contextmanager
def _pkcs11(valgt: dict) -> Iterator[object]:
    from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
    from pyhanko.config.pkcs11 import PKCS11SignatureConfig, TokenCriteria
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.pkcs11 import PKCS11SigningContext

    opsaetning = PKCS11SignatureConfig(
        module_path=valgt["PKCS11"],
        token_criteria=TokenCriteria(label=valgt["PKCS11_TOKEN"]) if valgt["PKCS11_TOKEN"] else None,
        cert_label=valgt["PKCS11_CERTIFIKAT"] or None,
        user_pin=valgt["PKCS11_KODE"] or None,
        other_certs_to_pull=None,
    )
    try:
        with PKCS11SigningContext(opsaetning) as signer:
            yield signer
    except (PKCS11Error, SigningError, RuntimeError) as fejl:
        galt = "Nøglen til underskrifter svarer ikke."
        if isinstance(fejl.__cause__, PinIncorrect | PinLenRange | PinLocked):
            galt = "PIN-koden til nøglen er forkert eller spærret."
        raise KanIkkeUnderskrive(f"{galt} {HJAELP}") from fejl


def _demo() -> Path:
    return testmyndighed.sikr(Path(settings.UNDERSKRIFT["DEMOMAPPE"]))


def roedder() -> tuple:
    """The authorities whose certificates are trusted: those set up, and in a local installation the demo's own."""
    from pyhanko.keys import load_certs_from_pemder

    stier = list(settings.UNDERSKRIFT["ROEDDER"])
    if settings.LOKAL:
        stier.append(str(_demo() / testmyndighed.ROD))
    try:
        return tuple(load_certs_from_pemder(stier))
    except (OSError, ValueError) as fejl:
        raise KanIkkeUnderskrive(f"De udstedere, der skal stoles på, kan ikke læses. {HJAELP}") from fejl


def ur():
    """The timestamp service, or None."""
    if not (adresse := settings.UNDERSKRIFT["TIDSSTEMPEL"]):
        return None
    from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper

    return HTTPTimeStamper(adresse, timeout=10)
