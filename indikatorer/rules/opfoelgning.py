"""Whether the board has followed up on every fixed goal in time. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from helhedsplan.choices import Alvor
from helhedsplan.formats import antal, lang_dato
from helhedsplan.fund import Fund
from indikatorer.rules.kontrol import EGEN
from indikatorer.rules.status import koerer


@dataclass(frozen=True)
class Opfoelgningsfrist:
    """How many months there may be between two times a goal is followed up, and who says so."""

    maaneder: int
    kilde: str = EGEN
    verificeret: bool = False


@dataclass(frozen=True)
class Maalopfoelgning:
    """A goal and when it was last followed up, if ever."""

    nummer: int
    sidst: date | None


def senest(fra: date, maaneder: int) -> date:
    """The same day so many months on, or the last of the month."""
    aar, maaned = divmod(fra.year * 12 + fra.month - 1 + maaneder, 12)
    return date(aar, maaned + 1, min(fra.day, monthrange(aar, maaned + 1)[1]))


def opfoelgning_mangler(plan, maalene: list[Maalopfoelgning], frist: Opfoelgningsfrist, i_dag: date) -> list[Fund]:
    """Goals of a running plan with no follow-up for longer than allowed; counted from the plan's start at first."""
    if not koerer(plan, i_dag):
        return []
    opret = reverse("opfoelgning-opret", args=[plan.noegle])
    fund = []
    for maal in maalene:
        if senest(maal.sidst or plan.regnes_fra, frist.maaneder) < i_dag:
            siden = f"siden {lang_dato(maal.sidst)}" if maal.sidst else "endnu"
            hoejst = antal(frist.maaneder, "måned", "måneder")
            besked = f"Bestyrelsen har ikke fulgt op på mål {maal.nummer} {siden}. Der må højst gå {hoejst}."
            url = f"{opret}?maal={maal.nummer}#id_dato"
            fund.append(Fund("opfoelgning-mangler", Alvor.ADVARSEL, besked, url, frist.kilde, frist.verificeret))
    return fund
