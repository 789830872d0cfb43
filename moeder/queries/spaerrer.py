"""What of the board's meetings stands in the way of deleting a plan."""

from aftaler.models import Helhedsplan
from helhedsplan.formats import antal
from moeder.choices import Moedetilstand


def forelagt(plan: Helhedsplan) -> list[str]:
    """Meetings that people have been called to, and evidence that has been made."""
    fundne = [
        (
            plan.moeder.filter(tilstand__in=[Moedetilstand.INDKALDT, Moedetilstand.HOLDT]).count(),
            "møde, der er indkaldt til eller holdt",
            "møder, der er indkaldt til eller holdt",
        ),
        (plan.bevisudgaver.count(), "opfølgningsbevis", "opfølgningsbeviser"),
    ]
    return [antal(tal, en, flere) for tal, en, flere in fundne if tal]
