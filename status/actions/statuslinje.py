"""The lines of a status that is written: all that were changed at once, in a number of queries that does not grow."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from helhedsplan.actions import Aendring, UkendtFelt
from status.models import Kvartalsstatus, Statuslinje, Statustal
from status.queries.skrivetabel import felternes_navne, linjefelt, talte
from status.rules import taellinger_i_ord

ENKLE = ("lys", "tekst", "begrundelse", "deltagere")
FELTER = frozenset({*ENKLE, "taellinger"})
#: What stands fast when a line is made, or is another row's to say.
UDELADT = ["status", "delaftale", "aktivitet"]


def skriv_linjer(status: Kvartalsstatus, linjer: Iterable[tuple[Statuslinje, dict]]) -> list[Aendring]:
    """Write what differs, and tell of it. Runs in the caller's transaction, which holds the status."""
    if not (oensket := list(linjer)):
        return []
    gemte = {linje.sted: linje for linje in status.linjer.prefetch_related("taellinger")}
    aendringer, rettede, optalte = [], [], []
    for hvilken, felter in oensket:
        if ukendte := set(felter) - FELTER:
            raise UkendtFelt(f"En statuslinje skrives ikke med {sorted(ukendte)}")
        linje = gemte.get(hvilken.sted) or Statuslinje(status=status)
        linje.delaftale, linje.aktivitet = hvilken.delaftale, hvilken.aktivitet
        nye = _ret(linje, felter)
        if nye:
            rettede.append(linje)
            optalte += [(linje, felter["taellinger"])] if any(a.felt.endswith("-taellinger") for a in nye) else []
            aendringer += nye
    _gem(rettede)
    _gem_tal(optalte)
    return aendringer


def _ret(linje: Statuslinje, felter: dict) -> list[Aendring]:
    """Put the values on the line; what differs from before."""
    foer = {felt: getattr(linje, felt) for felt in ENKLE}
    for felt in ENKLE:
        if felt in felter:
            setattr(linje, felt, felter[felt])
    linje.clean_fields(exclude=UDELADT)
    linje.clean()
    efter = {felt: getattr(linje, felt) for felt in ENKLE}
    if "taellinger" in felter:
        foer["taellinger"] = taellinger_i_ord(talte(linje))
        efter["taellinger"] = taellinger_i_ord(felter["taellinger"])
    navne = felternes_navne(linje)
    return [
        Aendring(linjefelt(linje.noegle, felt), navne[felt], foer[felt], ny)
        for felt, ny in efter.items()
        if foer[felt] != ny
    ]


def _gem(linjer: list[Statuslinje]) -> None:
    nye = [linje for linje in linjer if linje.pk is None]
    gamle = [linje for linje in linjer if linje.pk is not None]
    for linje in gamle:
        linje.version += 1
    Statuslinje.objects.bulk_create(nye)
    Statuslinje.objects.bulk_update(gamle, [*ENKLE, "delaftale", "version"])


def _gem_tal(optalte: list[tuple[Statuslinje, list[dict]]]) -> None:
    tal = [Statustal(linje=linje, orden=nr, **t) for linje, alle in optalte for nr, t in enumerate(alle, 1)]
    for et in tal:
        try:
            et.clean_fields(exclude=["linje"])
        except ValidationError as fejl:
            raise ValidationError({linjefelt(et.linje.noegle, "taellinger"): fejl.messages}) from None
    Statustal.objects.filter(linje__in=[linje for linje, _ in optalte]).delete()
    Statustal.objects.bulk_create(tal)
