"""What is new since the plan before: activities compared through the links between them, not by name."""

from dataclasses import dataclass, field

from aftaler.models import Aktivitet, Delaftale, Helhedsplan


@dataclass(frozen=True)
class Aktivitetslinje:
    navn: str
    status: str
    foer: str
    """Name of the activity it goes on from; '' for a new one."""
    url: str


@dataclass(frozen=True)
class Omraadenyt:
    """One indsatsområde: activities that are new, that go on, and that the new plan does not carry on."""

    navn: str
    nye: tuple[Aktivitetslinje, ...]
    fortsatte: tuple[Aktivitetslinje, ...]
    ophoerte: tuple[str, ...]
    nye_delmaal: tuple[str, ...]
    ophoerte_delmaal: tuple[str, ...]


@dataclass(frozen=True)
class NytSiden:
    """Differences between a plan and its predecessor; `omraader` in the order of the new plan, then what has gone."""

    plan: Helhedsplan
    forgaenger: Helhedsplan
    nye_parter: tuple[str, ...]
    ophoerte_parter: tuple[str, ...]
    nye_omraader: tuple[str, ...]
    ophoerte_omraader: tuple[str, ...]
    indsatsomraader: tuple[Omraadenyt, ...] = field(default_factory=tuple)


def nyt_siden_forgaenger(plan: Helhedsplan) -> NytSiden | None:
    """None when the plan has no predecessor. A constant number of queries."""
    gammel = plan.forgaenger
    if gammel is None:
        return None
    nye_p, gamle_p = _navne(plan.parter, "organisation__navn"), _navne(gammel.parter, "organisation__navn")
    nye_o, gamle_o = _navne(plan.omraader, "navn"), _navne(gammel.omraader, "navn")
    return NytSiden(
        plan=plan,
        forgaenger=gammel,
        nye_parter=_uden(nye_p, gamle_p),
        ophoerte_parter=_uden(gamle_p, nye_p),
        nye_omraader=_uden(nye_o, gamle_o),
        ophoerte_omraader=_uden(gamle_o, nye_o),
        indsatsomraader=tuple(_indsatsomraader(plan, gammel)),
    )


def _navne(raekker, felt: str) -> list[str]:
    return list(raekker.values_list(felt, flat=True))


def _uden(disse: list[str], hine: list[str]) -> tuple[str, ...]:
    kendte = {navn.casefold() for navn in hine}
    return tuple(navn for navn in disse if navn.casefold() not in kendte)


def _delaftaler(plan: Helhedsplan) -> dict[str, Delaftale]:
    aftaler = plan.delaftaler.select_related("indsatsomraade").prefetch_related("delmaal", "aktiviteter__fortsaetter")
    return {a.indsatsomraade.navn: a for a in aftaler}


def _indsatsomraader(plan: Helhedsplan, gammel: Helhedsplan):
    nye, gamle = _delaftaler(plan), _delaftaler(gammel)
    viderefoert = {a.fortsaetter_id for aftale in nye.values() for a in aftale.aktiviteter.all()}
    for navn in [*nye, *(n for n in gamle if n not in nye)]:
        aftale, foer = nye.get(navn), gamle.get(navn)
        aktiviteter = list(aftale.aktiviteter.all()) if aftale else []
        delmaal = [d.tekst for d in aftale.delmaal.all()] if aftale else []
        gamle_delmaal = [d.tekst for d in foer.delmaal.all()] if foer else []
        yield Omraadenyt(
            navn=navn,
            nye=tuple(_linje(plan, aftale, a) for a in aktiviteter if a.fortsaetter is None),
            fortsatte=tuple(_linje(plan, aftale, a) for a in aktiviteter if a.fortsaetter is not None),
            ophoerte=tuple(a.navn for a in foer.aktiviteter.all() if a.pk not in viderefoert) if foer else (),
            nye_delmaal=_uden(delmaal, gamle_delmaal),
            ophoerte_delmaal=_uden(gamle_delmaal, delmaal),
        )


def _linje(plan: Helhedsplan, aftale: Delaftale, aktivitet: Aktivitet) -> Aktivitetslinje:
    aftale.plan = plan
    url = f"{aftale.get_absolute_url()}#aktivitet-{aktivitet.noegle}"
    status = aktivitet.get_status_display() if aktivitet.status else ""
    return Aktivitetslinje(aktivitet.navn, status, aktivitet.fortsaetter.navn if aktivitet.fortsaetter else "", url)
