"""Letters by e-mail, sent when what they tell of is in the database.

A mail server that fails takes nothing back that was saved: the fault is logged, and the page says whose letter did not
go (`helhedsplan.middleware.usendte_breve`).
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction


class UdenPost(BaseEmailBackend):
    """For a site that has not been told of a mail server: no letter goes, and none is printed where others read."""

    def send_messages(self, email_messages):
        raise OSError("EMAIL_URL mangler")


logger = logging.getLogger(__name__)
_usendte: ContextVar[list[str] | None] = ContextVar("usendte", default=None)


def send_ved_slut(emne: str, brev: str, modtager: str) -> None:
    """Send when the transaction has ended well, and not at all when it has not."""
    transaction.on_commit(lambda: send(emne, brev, modtager))


def send(emne: str, brev: str, modtager: str) -> bool:
    """Send now; whether the mail server took it."""
    return aflever(EmailMessage(emne, brev, None, [modtager]))


def brev(emne: str, tekst: str, modtager: str, maerke: str) -> EmailMessage:
    """A letter whose Message-ID is `maerke`, so that mail systems take it for the same when it is sent again."""
    return EmailMessage(emne, tekst, None, [modtager], headers={"Message-ID": maerke})


def aflever(besked: EmailMessage) -> bool:
    """Hand a letter to the mail server; whether it was taken."""
    try:
        besked.send()
    except (SMTPException, OSError):
        logger.exception("A letter was not sent: %s", besked.subject)
        usendte = _usendte.get()
        if usendte is not None:
            usendte.extend(besked.to)
        return False
    return True


def ved_siden_af(arbejde: Callable[[], object]) -> None:
    """Do what sends letters in a thread of its own, so that nobody waits for the mail server."""

    def goer():
        try:
            arbejde()
        except Exception:
            logger.exception("Letters could not be sent")
        finally:
            connection.close()

    if settings.BREVE_VED_SIDEN_AF:
        threading.Thread(target=goer, name="breve").start()
    else:
        arbejde()


@contextmanager
def saml_usendte() -> Iterator[list[str]]:
    """The addresses that a letter could not be sent to while this lasts."""
    usendte: list[str] = []
    foer = _usendte.set(usendte)
    try:
        yield usendte
    finally:
        _usendte.reset(foer)
