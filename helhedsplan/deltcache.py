"""One cache for the processes of several machines (CACHE_URL), with what there was before it in reserve.

Nothing that the program does hangs on the server: when it does not answer, the reserve is asked (the database for how
often somebody has tried, files for the rest), and the server again after PAUSE. Nobody gets a fault for it.
"""

import logging
import pickle
import threading
import time
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

#: Seconds: how long a server may take, and how long it is left alone when it did not answer.
VENTETID, PAUSE = 1.0, 10.0
NEDE = (RedisError, OSError)
#: What was written by another version of the program, or by nobody of ours.
KAN_IKKE_LAESES = (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError)


class _Afbryder:
    """One for the process: each thread has a cache of its own."""

    def __init__(self) -> None:
        self.laas, self.nede_til = threading.Lock(), 0.0

    @property
    def er_nede(self) -> bool:
        return time.monotonic() < self.nede_til

    def meld(self, fejl: Exception) -> None:
        with self.laas:
            siges = not self.er_nede
            self.nede_til = time.monotonic() + PAUSE
        if siges:
            logger.error("The shared cache does not answer (%s); the reserve is used.", type(fejl).__name__)


afbryder = _Afbryder()


class Deltcache(BaseCache):
    """`OPTIONS`: reserve, the name of the cache that is asked when the server does not answer."""

    def __init__(self, adresse: str, params: dict[str, Any]):
        super().__init__(params)
        self._reserve = params["OPTIONS"]["reserve"]
        valg: dict[str, Any] = {"socket_timeout": VENTETID, "retry": Retry(NoBackoff(), 0)}
        if not adresse.startswith("unix:"):
            valg["socket_connect_timeout"] = VENTETID
        self._server = RedisCache(adresse, params | {"OPTIONS": valg})

    def _spoerg(self, metode: str, *ord_, **valg) -> Any:
        if not afbryder.er_nede:
            try:
                return getattr(self._server, metode)(*ord_, **valg)
            except NEDE as fejl:
                afbryder.meld(fejl)
        return getattr(caches[self._reserve], metode)(*ord_, **valg)

    def svarer(self) -> bool:
        """Whether the server is there, asked of the server itself."""
        try:
            return bool(self._server._cache.get_client().ping())
        except NEDE:
            return False

    def get(self, key, default=None, version=None):
        try:
            return self._spoerg("get", key, default, version=version)
        except KAN_IKKE_LAESES:
            return default

    def get_many(self, keys, version=None):
        fundne = ((key, self.get(key, self, version=version)) for key in keys)
        return {key: vaerdi for key, vaerdi in fundne if vaerdi is not self}

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._spoerg("add", key, value, timeout=timeout, version=version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._spoerg("set", key, value, timeout=timeout, version=version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._spoerg("touch", key, timeout=timeout, version=version)

    def delete(self, key, version=None):
        return self._spoerg("delete", key, version=version)

    def has_key(self, key, version=None):
        return self._spoerg("has_key", key, version=version)

    def incr(self, key, delta=1, version=None):
        return self._spoerg("incr", key, delta, version=version)

    def clear(self):
        """Only the reserve: what lies on the server is others' too."""
        return caches[self._reserve].clear()
