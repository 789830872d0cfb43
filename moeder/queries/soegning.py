"""Meetings, items, minutes that were sent, decisions and who sits on the board, as they can be found."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from aftaler.models.plan import i_planer
from helhedsplan.soegning import Soegekilde
from moeder.choices import Moedepapirart
from moeder.models import Afgoerelse, Bestyrelsesmedlem, Dagsordenspunkt, Moede, Moedepapir


def _punkter(bruger):
    return Dagsordenspunkt.objects.filter(moede__plan__in=i_planer(bruger)).select_related("moede__plan")


def _refererede(bruger):
    """Minutes are drafts until they are sent."""
    sendte = Moedepapir.objects.filter(moede=OuterRef("moede"), art=Moedepapirart.REFERAT)
    return _punkter(bruger).filter(Exists(sendte))


def _punkt_url(punkt: Dagsordenspunkt) -> str:
    return reverse("punkt-vis", args=[punkt.moede.plan.noegle, punkt.moede_id, punkt.pk])


KILDER = [
    Soegekilde(
        "Møde",
        lambda bruger: Moede.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("navn", "sted"),
        str,
        lambda m: m.plan.navn,
        lambda m: m.get_absolute_url(),
    ),
    Soegekilde(
        "Punkt på dagsordenen",
        _punkter,
        ("titel", "indstilling", "problemstilling", "loesning", "oekonomi", "videre_proces"),
        lambda p: p.titel,
        lambda p: f"{p.moede.plan} · {p.moede}",
        _punkt_url,
    ),
    Soegekilde(
        "Referat",
        _refererede,
        ("referat",),
        lambda p: p.titel,
        lambda p: f"{p.moede.plan} · {p.moede}",
        lambda p: reverse("referat-vis", args=[p.moede.plan.noegle, p.moede_id]),
    ),
    Soegekilde(
        "Beslutning",
        lambda bruger: Afgoerelse.objects.filter(punkt__moede__plan__in=i_planer(bruger)).select_related(
            "punkt__moede__plan"
        ),
        ("tekst",),
        lambda a: a.punkt.titel,
        lambda a: f"{a.punkt.moede.plan} · {a.punkt.moede}",
        lambda a: _punkt_url(a.punkt),
    ),
    Soegekilde(
        "Medlem af bestyrelsen",
        lambda bruger: Bestyrelsesmedlem.objects.filter(side__plan__in=i_planer(bruger)).select_related("side__plan"),
        ("navn", "titel", "side__navn"),
        lambda m: m.navn,
        lambda m: f"{m.side.plan} · {m.side.navn}",
        lambda m: reverse("bestyrelsesmedlemmer", args=[m.side.plan.noegle]),
    ),
]
