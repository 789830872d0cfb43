"""Under how many persons a count is hidden."""

from aftaler.models import Helhedsplan
from aftaler.queries.indstillinger import parameter

PARAMETER = "diskretion_min_antal"
#: Ours, for a rule set that does not say.
SAEDVANLIG = 5


def diskretionsgraense(plan: Helhedsplan) -> int:
    vaerdi = parameter(plan, PARAMETER)
    return SAEDVANLIG if vaerdi is None else int(vaerdi)
