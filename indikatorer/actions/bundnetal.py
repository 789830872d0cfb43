"""Keep the figures of a section's text bound to their measurements, and bring them up to date."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import escape

from aftaler.actions.afsnit import ret_afsnit
from aftaler.models import Afsnit
from helhedsplan import actions
from helhedsplan.tekst import Talmaerke, skift_talmaerker, talmaerker
from indikatorer.models import Maaling, Talbinding
from indikatorer.queries.bundnetal import bundne, maalinger_ved, talopslag
from indikatorer.rules.bundnetal import har_tal

HOEJST_TEGN = 60


def klargoer(afsnit: Afsnit, tekst: str) -> str:
    """The text as it may be saved. A mark that leads to no measurement of the plan goes, and its words stay.

    Raises ValidationError on a new binding of what is no figure, or of one that is hidden. What was bound before may
    stay: it is printed as hidden, and a finding says so.
    """
    maerker = talmaerker(tekst)
    if not maerker:
        return tekst
    kilder = {k.henvisning: k for k in talopslag(afsnit.plan, {m.henvisning for m in maerker})}
    gamle = _gamle_henvisninger(afsnit)
    for maerke in maerker:
        if maerke.henvisning in kilder and maerke.henvisning not in gamle:
            _tjek_ny(maerke, skjult=kilder[maerke.henvisning].skjult)

    def skift(maerke: Talmaerke) -> str:
        indhold = skift_talmaerker(maerke.indhold, lambda indre: indre.indhold)
        return f'<span data-tal="{maerke.henvisning}">{indhold}</span>' if maerke.henvisning in kilder else indhold

    return skift_talmaerker(tekst, skift)


def _gamle_henvisninger(afsnit: Afsnit) -> set[str]:
    gemt = Afsnit.objects.filter(pk=afsnit.pk).values_list("tekst", flat=True).first() or ""
    return {maerke.henvisning for maerke in talmaerker(gemt)}


def _tjek_ny(maerke: Talmaerke, *, skjult: bool) -> None:
    if skjult:
        besked = f"»{maerke.tekst}« kan ikke bindes: Tallet handler om få personer og er skjult for andre. Skriv om."
        raise ValidationError({"tekst": besked}, code="skjult")
    if not har_tal(maerke.tekst) or len(maerke.tekst) > HOEJST_TEGN:
        besked = f"»{maerke.tekst[:HOEJST_TEGN]}« er ikke et tal. Markér kun selve tallet, og bind det igen."
        raise ValidationError({"tekst": besked}, code="intet-tal")


def foelg(*, bruger, afsnit: Afsnit, maalinger: dict[str, Maaling] | None = None, log: bool = True) -> None:
    """Make the rows what the saved text says; each change has its entry in the log.

    `maalinger`: the plan's measurements by reference, when they are at hand. Without `log` the rows are part of
    something that is one entry itself: a new plan read from its file.
    """
    gamle = {(b.maaling_id, b.tekst): b for b in Talbinding.objects.filter(afsnit=afsnit)}
    maerker = talmaerker(afsnit.tekst)
    if not gamle and not maerker:
        return
    if maalinger is None:
        maalinger = maalinger_ved(afsnit.plan, {m.henvisning for m in maerker})
    nye = oenskede(afsnit.tekst, maalinger)
    for noegle, binding in gamle.items():
        if noegle not in nye:
            actions.slet(bruger=bruger, objekt=binding, i_kurv=False)
    for noegle, maaling in nye.items():
        if noegle not in gamle:
            binding = Talbinding(afsnit=afsnit, maaling=maaling, tekst=noegle[1])
            if log:
                actions.opret(bruger=bruger, objekt=binding)
            else:
                binding.save(force_insert=True)


def oenskede(tekst: str, maalinger: dict[str, Maaling]) -> dict[tuple[int, str], Maaling]:
    """(measurement, figure as written) -> measurement, for the bound figures of a text."""
    fundne = [(maalinger[m.henvisning], m.tekst[:HOEJST_TEGN]) for m in talmaerker(tekst) if m.henvisning in maalinger]
    return {(maaling.pk, skrevet): maaling for maaling, skrevet in fundne}


@transaction.atomic
def opdater_tal(*, bruger, afsnit: Afsnit, nummer: int, henvisning: str, ny_henvisning: str, version: int) -> str:
    """Put the newest figure in the place of bound figure `nummer`; returns what stands there now.

    The caller has seen both references: when either is another one by now, nothing is written. Raises
    ValidationError, Versionskonflikt, PermissionDenied.
    """
    fundet = next((b for b in bundne(afsnit.plan, afsnit) if b.nummer == nummer), None)
    if fundet is None or (fundet.henvisning, fundet.ny_henvisning) != (henvisning, ny_henvisning):
        raise ValidationError("Teksten eller tallene er ændret i mellemtiden. Se siden igennem igen.", code="vaek")
    maerke = talmaerker(afsnit.tekst)[nummer - 1]
    nyt = f'<span data-tal="{ny_henvisning}">{escape(fundet.ny_tekst)}</span>'
    tekst = afsnit.tekst[: maerke.start] + nyt + afsnit.tekst[maerke.slut :]
    ret_afsnit(bruger=bruger, afsnit=afsnit, felter={"tekst": tekst}, version=version)
    return fundet.ny_tekst
