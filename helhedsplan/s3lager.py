"""Files in S3-compatible storage, as the program knows them from a disk: none is written over, and a file that is gone
is another thing than a storage that does not answer. `FIL_LAGER` chooses it; nothing else knows of it.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import SpooledTemporaryFile

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from helhedsplan.fillager import Lagerstop

logger = logging.getLogger(__name__)

#: Bytes of one file that are held in memory; the rest of it goes on disk meanwhile.
I_HUKOMMELSEN = 5 * 1024 * 1024
TALER = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    # What others than Amazon do not know of is not asked of them.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


@contextmanager
def _svar() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as fejl:
        raise Lagerstop(f"Fillageret svarer ikke, som det skal: {fejl}") from fejl


def _kode(fejl: ClientError) -> str:
    return fejl.response["Error"]["Code"]


class S3Lager(S3Storage):
    """Written with a condition (`If-None-Match`), so that of two who write the same name at once one gets another."""

    def get_default_settings(self):
        return super().get_default_settings() | {"client_config": TALER, "file_overwrite": False}

    @property
    def klient(self):
        return self.connection.meta.client

    def _hvor(self, navn: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(clean_name(navn))}

    def _open(self, name, mode="rb"):
        with _svar():
            try:
                svar = self.klient.get_object(**self._hvor(name))
            except ClientError as fejl:
                if _kode(fejl) == "NoSuchKey":
                    raise FileNotFoundError(f"{name} er ikke i fillageret") from None
                raise
            with ExitStack() as aaben:
                fil = aaben.enter_context(SpooledTemporaryFile(max_size=I_HUKOMMELSEN))
                shutil.copyfileobj(svar["Body"], fil)
                aaben.pop_all()
        fil.seek(0)
        return File(fil, name)

    def _save(self, name, content):
        content.seek(0)
        data = content.read()
        while True:
            try:
                with _svar():
                    self.klient.put_object(**self._hvor(name), Body=data, IfNoneMatch="*")
                return clean_name(name)
            except Lagerstop as fejl:
                if not isinstance(fejl.__cause__, ClientError) or _kode(fejl.__cause__) != "PreconditionFailed":
                    raise
            name = self.get_alternative_name(*_delt(name))

    def delete(self, name):
        """A file that is left over harms nobody, and `tjek_data` tells of it; what was saved is saved."""
        try:
            with _svar():
                super().delete(name)
        except Lagerstop:
            logger.exception("Filen %s kunne ikke slettes i fillageret.", name)

    def exists(self, name):
        with _svar():
            return super().exists(name)

    def listdir(self, path):
        with _svar():
            return super().listdir(path)

    def size(self, name):
        with _svar():
            return super().size(name)

    def proev(self) -> None:
        """Raises Lagerstop when the bucket is not there or may not be used."""
        with _svar():
            self.klient.head_bucket(Bucket=self.bucket_name)


def _delt(navn: str) -> tuple[str, str]:
    rod, prik, endelse = navn.rpartition(".")
    return (rod, prik + endelse) if prik and "/" not in endelse else (navn, "")
