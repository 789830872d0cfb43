"""Under how many persons a count is hidden."""

from aftaler.models import Helhedsplan
from aftaler.queries.indstillinger import parameter

PARAMETER = "diskretion_min_antal"
#: Ours, for a rule set that does not say.
SAEDVANLIG = 5
#: Under 2 a hidden count can only be 1, so hiding it tells it.
MINDST = 3
HJAELP = (
    "Er der færre personer end det, men mindst 1, ser læserne »diskretioneret« i stedet for tallet. Sætter du grænsen "
    "ned, bliver flere tal vist for alle. Den er mindst 3: ellers kan et skjult tal kun være 1."
)


def diskretionsgraense(plan: Helhedsplan) -> int:
    vaerdi = parameter(plan, PARAMETER)
    return SAEDVANLIG if vaerdi is None or vaerdi < MINDST else int(vaerdi)
