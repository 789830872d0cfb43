"""Where letters go when there is no mail server, and what is done beside a page."""

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

logger = logging.getLogger(__name__)


class UdenPost(BaseEmailBackend):
    """For a site that has not been told of a mail server: no letter goes, and none is printed where others read."""

    def send_messages(self, email_messages):
        raise OSError("EMAIL_URL mangler")


def ved_siden_af(arbejde: Callable[[], object]) -> None:
    """Do what writes letters in a thread of its own, so that nobody learns by the time it takes whether there is
    anybody to write to."""

    def goer():
        try:
            arbejde()
        except Exception:
            logger.exception("Letters could not be written")
        finally:
            connection.close()

    if settings.BREVE_VED_SIDEN_AF:
        threading.Thread(target=goer, name="breve").start()
    else:
        arbejde()
