"""The outbox: every letter of the program is a row, written in the transaction of what it tells of, and sent after it.

A letter goes out beside the page that wrote it, by one thread of the process; what the mail server did not take is
tried again by `manage.py udbakke` and `manage.py daglig`, further and further apart, and given up after GIVES_OP.
Whoever sends takes the row first, by one UPDATE that only one can win: no two send the same letter. A process that is
killed in between leaves the row taken, and TAGET later it is free again; the letter that may have gone by then goes
once more with the same Message-ID, which mail systems that look for doubles go by.

What waits is kept so that SECRET_KEY alone reads it: letters hold links that let people in.
"""

import base64
import hashlib
import logging
import re
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from helhedsplan import revisionsspor, tilslutninger
from helhedsplan.choices import Brevstand
from helhedsplan.logning import uden_personer
from helhedsplan.models import Udbakkebrev
from helhedsplan.tegn import paa_en_linje

logger = logging.getLogger(__name__)

#: Between the tries of a letter: doubled each time, up to the longest.
FOERSTE_PAUSE, LAENGSTE_PAUSE = timedelta(minutes=5), timedelta(hours=12)
GIVES_OP = timedelta(days=5)
#: So long one that is being sent is left to who sends it: much longer than a mail server may be silent.
TAGET = timedelta(minutes=15)
#: What is older is told of by /sundhed.
FOR_LAENGE = timedelta(hours=1)
#: Seconds that a page waits to hear whether its letters went.
SIDENS_TAALMOD = 1.0
UDLOEBET = "Linket i brevet udløb, før det kunne sendes."
ULAESELIGT = "Brevet kan ikke læses mere: det er skrevet med en anden SECRET_KEY."
#: What only says that this letter cannot go; after anything else the others would fail as well.
KUN_DETTE = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError)


# --- written ----------------------------------------------------------------------------------------------------------


def skriv(
    emne: str,
    tekst: str,
    til: str,
    *,
    slags: str = "",
    om: object = "",
    udloeber: datetime | None = None,
    maerke: str = "",
    nu: datetime | None = None,
    siges: bool = True,
) -> Udbakkebrev:
    """A letter to one address, sent when the caller's transaction has ended well, and never when it has not.

    `slags` and `om` say what it is about, to whoever knows whether it has been overtaken (tilslutninger.BREVE);
    `udloeber`: after that it is worth nothing. `siges`: the page that wrote it tells when it could not be sent.
    """
    nu = nu or timezone.now()
    brev = Udbakkebrev.objects.create(
        til=til, emne=paa_en_linje(emne)[:300], tekst=_luk(tekst), slags=slags, om=str(om), udloeber=udloeber,
        maerke=maerke or f"<{uuid.uuid4().hex}@helhedsplan>", oprettet=nu, naeste=nu,
    )  # fmt: skip
    sidens = _sidens.get()
    if siges and sidens is not None:
        sidens.append(brev.pk)
    transaction.on_commit(send_snart)
    return brev


def _noegle() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"udbakke:{settings.SECRET_KEY}".encode()).digest()))


def _luk(tekst: str) -> str:
    return _noegle().encrypt(tekst.encode()).decode()


def _aabn(lukket: str) -> str:
    return _noegle().decrypt(lukket.encode()).decode()


# --- sent -------------------------------------------------------------------------------------------------------------


@dataclass
class Udfald:
    """What came of one round, by pk."""

    sendt: list[int] = field(default_factory=list)
    fejlet: list[int] = field(default_factory=list)
    opgivet: list[int] = field(default_factory=list)

    def __add__(self, andet: "Udfald") -> "Udfald":
        return Udfald(self.sendt + andet.sendt, self.fejlet + andet.fejlet, self.opgivet + andet.opgivet)


def send_forfaldne(*, alle: bool = False) -> Udfald:
    """Send what is due, or all that waits; each letter at most once, and no more when the mail server is down."""
    udfald, proevede = Udfald(), set[int]()
    while (brev := _tag(proevede, alle)) is not None:
        proevede.add(brev.pk)
        if not _send(brev, udfald):
            break
    return udfald


def _frie(nu: datetime):
    return Udbakkebrev.objects.i_stand(Brevstand.VENTER).filter(Q(taget=None) | Q(taget__lt=nu - TAGET))


def _tag(proevede: set[int], alle: bool) -> Udbakkebrev | None:
    """The next that is nobody else's; it is ours now. The UPDATE asks once more, with the row locked."""
    nu = timezone.now()
    frie = _frie(nu) if alle else _frie(nu).filter(naeste__lte=nu)
    for pk in frie.exclude(pk__in=proevede).order_by("naeste", "pk").values_list("pk", flat=True)[:50]:
        if _frie(nu).filter(pk=pk).update(taget=nu):
            return Udbakkebrev.objects.get(pk=pk)
    return None


def _send(brev: Udbakkebrev, udfald: Udfald) -> bool:
    """Whether the next is worth trying."""
    if grund := _forbi(brev):
        udfald.opgivet.append(brev.pk)
        _mit(brev).update(opgivet=timezone.now(), taget=None, fejl=grund, tekst="")
        logger.warning("A letter is not sent any more: no. %s: %s", brev.pk, grund)
        return True
    besked = EmailMessage(brev.emne, brev.tekst, None, [brev.til], headers={"Message-ID": brev.maerke})
    try:
        besked.send()
    except (SMTPException, OSError) as fejl:
        _gik_ikke(brev, fejl, udfald)
        return isinstance(fejl, KUN_DETTE)
    except Exception as fejl:  # a letter that cannot even be written must not stop the others
        logger.exception("A letter could not be written: no. %s", brev.pk)
        _gik_ikke(brev, fejl, udfald)
        return True
    nu = timezone.now()
    udfald.sendt.append(brev.pk)
    with transaction.atomic():
        Udbakkebrev.objects.filter(pk=brev.pk).update(sendt=nu, opgivet=None, tekst="", taget=None, fejl="")
        if slags := tilslutninger.BREVE.get(brev.slags):
            slags.sendt(brev, nu)
    return True


def _mit(brev: Udbakkebrev):
    """The row, while it is ours."""
    return Udbakkebrev.objects.filter(pk=brev.pk, taget=brev.taget)


def _forbi(brev: Udbakkebrev) -> str:
    """Why it is not to be sent; '' when it is, and then `tekst` can be read."""
    try:
        brev.tekst = _aabn(brev.tekst)
    except InvalidToken:
        return ULAESELIGT
    if brev.udloeber is not None and brev.udloeber <= timezone.now():
        return UDLOEBET
    slags = tilslutninger.BREVE.get(brev.slags)
    try:
        return slags.forbi(brev) if slags else ""
    except Exception:
        logger.exception("Whether letter no. %s has been overtaken could not be told", brev.pk)
        return ""


def _gik_ikke(brev: Udbakkebrev, fejl: Exception, udfald: Udfald) -> None:
    nu, forsoeg, hvad = timezone.now(), brev.forsoeg + 1, _i_ord(fejl)
    opgivet = nu if nu - brev.oprettet > GIVES_OP else None
    (udfald.opgivet if opgivet else udfald.fejlet).append(brev.pk)
    pause = min(FOERSTE_PAUSE * 2 ** min(forsoeg - 1, 20), LAENGSTE_PAUSE)
    _mit(brev).update(forsoeg=forsoeg, naeste=nu + pause, taget=None, fejl=hvad, opgivet=opgivet)
    logger.warning("A letter was not sent: no. %s, try %s: %s", brev.pk, forsoeg, hvad)


def _i_ord(fejl: Exception) -> str:
    """For the administrator, without anybody's address."""
    if isinstance(fejl, SMTPRecipientsRefused):
        kode, sagt = next(iter(fejl.recipients.values()), (0, b""))
        tekst = f"Mailserveren tager ikke imod adressen: {kode} {_laeselig(sagt)}"
    elif isinstance(fejl, SMTPResponseException):
        tekst = f"Mailserveren tog det ikke: {fejl.smtp_code} {_laeselig(fejl.smtp_error)}"
    elif isinstance(fejl, OSError):
        tekst = f"Mailserveren svarer ikke: {fejl}"
    else:
        tekst = f"Brevet kan ikke skrives: {type(fejl).__name__}"
    # What a server says may quote what it was sent.
    return paa_en_linje(re.sub(r"\S*/\S*", "(udeladt)", uden_personer(tekst)))[:300]


def _laeselig(sagt: bytes | str) -> str:
    return sagt.decode(errors="replace") if isinstance(sagt, bytes) else str(sagt)


# --- beside the page --------------------------------------------------------------------------------------------------


class _Udsender:
    """One thread at most, that sends until nothing has been written since it began its last round."""

    def __init__(self) -> None:
        self.laas, self.igen = threading.Lock(), False
        self.traad: threading.Thread | None = None

    def vaek(self) -> None:
        with self.laas:
            self.igen = True
            if self.traad is None or not self.traad.is_alive():
                self.traad = threading.Thread(target=self._send, name="breve")
                self.traad.start()

    def vent(self, sekunder: float) -> None:
        traad = self.traad
        if traad is not None and traad is not threading.current_thread():
            traad.join(sekunder)

    def _send(self) -> None:
        try:
            while self._mere():
                send_forfaldne()
        except Exception:
            logger.exception("Letters could not be sent")
        finally:
            connection.close()

    def _mere(self) -> bool:
        with self.laas:
            mere, self.igen = self.igen, False
            if not mere:
                self.traad = None
            return mere


_udsender = _Udsender()


_sendes_selv: ContextVar[bool] = ContextVar("sendes_selv", default=False)


@contextmanager
def sendes_selv() -> Iterator[None]:
    """For who writes letters and sends them himself, and is to tell how it went: no thread takes them meanwhile."""
    foer = _sendes_selv.set(True)
    try:
        yield
    finally:
        _sendes_selv.reset(foer)


def send_snart() -> None:
    """Nobody waits for the mail server."""
    if _sendes_selv.get():
        return
    if settings.BREVE_VED_SIDEN_AF:
        _udsender.vaek()
    else:
        send_forfaldne()


_sidens: ContextVar[list[int] | None] = ContextVar("sidens", default=None)


@contextmanager
def saml() -> Iterator[list[int]]:
    """The letters (pk) written while this lasts, of those that their page tells of."""
    breve: list[int] = []
    foer = _sidens.set(breve)
    try:
        yield breve
    finally:
        _sidens.reset(foer)


def ikke_sendt(breve: Iterable[int]) -> list[str]:
    """The addresses of those that have not gone, though the page waited a moment."""
    if settings.BREVE_VED_SIDEN_AF:
        _udsender.vent(SIDENS_TAALMOD)
    usendte = Udbakkebrev.objects.filter(pk__in=breve, sendt=None).order_by("pk")
    return list(dict.fromkeys(usendte.values_list("til", flat=True)))


# --- kept, held back, tried again -------------------------------------------------------------------------------------


def antal_i_hver() -> dict[str, int]:
    """How many letters there are of each state, in one query."""
    alle = Udbakkebrev.objects.aggregate(
        ventende=Count("pk", filter=Q(sendt=None, opgivet=None)),
        holdte=Count("pk", filter=Q(sendt=None, opgivet=None, holdt__isnull=False)),
        opgivne=Count("opgivet"),
        sendte=Count("sendt"),
    )
    return {
        Brevstand.VENTER.value: alle["ventende"] - alle["holdte"],
        Brevstand.HOLDT.value: alle["holdte"],
        Brevstand.OPGIVET.value: alle["opgivne"],
        Brevstand.SENDT.value: alle["sendte"],
    }


def venter_for_laenge() -> bool:
    """Whether a letter has waited so long that somebody should look."""
    return Udbakkebrev.objects.i_stand(Brevstand.VENTER).filter(oprettet__lt=timezone.now() - FOR_LAENGE).exists()


def hold_tilbage() -> int:
    """Send none of what waits before somebody says so; how many."""
    return Udbakkebrev.objects.hold_tilbage(timezone.now())


def slip() -> int:
    """Let those go that are held back; how many."""
    return Udbakkebrev.objects.i_stand(Brevstand.HOLDT).update(holdt=None, naeste=timezone.now())


def tjek_administrator(bruger) -> None:
    if not bruger.er_administrator:
        raise PermissionDenied("Kun en administrator kan se udbakken. Spørg den, der driver programmet.")


@transaction.atomic
def proev_igen(*, bruger, brev: Udbakkebrev) -> bool:
    """Put a letter first in the queue; False when it has gone, or cannot go any more."""
    tjek_administrator(bruger)
    venter = Udbakkebrev.objects.filter(pk=brev.pk, sendt=None).exclude(tekst="")
    if not venter.update(opgivet=None, holdt=None, naeste=timezone.now()):
        return False
    _i_sporet(bruger, "prøvet igen", brev)
    transaction.on_commit(send_snart)
    return True


@transaction.atomic
def slip_alle(*, bruger) -> int:
    """Let all go that are held back; how many."""
    tjek_administrator(bruger)
    for brev in (holdte := list(Udbakkebrev.objects.i_stand(Brevstand.HOLDT).order_by("pk"))):
        _i_sporet(bruger, "sluppet", brev)
    slip()
    transaction.on_commit(send_snart)
    return len(holdte)


def _i_sporet(bruger, handling: str, brev: Udbakkebrev) -> None:
    revisionsspor.skriv(bruger=bruger, kaede=revisionsspor.FAELLES, handling=handling, objekt=brev, aendringer=[])
