import logging

from aftaler.queries.klokke import det_der_venter
from helhedsplan.aabnet import aabnede

logger = logging.getLogger(__name__)


def klokke(request):
    """How many things wait for the person, worked out where the head of the page asks for it."""

    def antal() -> int | None:
        """None when it cannot be told: a fault in one room must not take every page with it."""
        try:
            return len(det_der_venter(request.user, aabnede(request)))
        except Exception:
            logger.exception("The bell could not be counted for user %s", request.user.pk)
            return None

    return {"klokke": antal}
