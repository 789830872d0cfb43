"""Reads what the rules of the figures look at, in a constant number of queries, and runs them."""

from aftaler.models import Helhedsplan
from helhedsplan.fund import Fund
from indikatorer.choices import Tilstand
from indikatorer.models import Accept, Maaling
from indikatorer.queries.graense import diskretionsgraense
from indikatorer.rules.kontrol import Figur, Talfund, Talgrundlag, alle_talfund


def grundlag(plan: Helhedsplan) -> Talgrundlag:
    maalinger = Maaling.objects.filter(indikator__plan=plan, tilstand=Tilstand.VAERDI)
    maalinger = maalinger.select_related("indikator", "sted").order_by(
        "indikator__orden", "indikator_id", "sted__orden", "sted_id", "aar", "begivenhed"
    )
    return Talgrundlag(
        plan=plan,
        figurer=[_figur(m) for m in maalinger],
        accepter={(a.kode, a.emne): a.fingeraftryk for a in Accept.objects.filter(plan=plan)},
        graense=diskretionsgraense(plan),
    )


def _figur(m: Maaling) -> Figur:
    return Figur(
        indikator=m.indikator.noegle,
        indikator_navn=m.indikator.navn,
        persongruppe=m.indikator.persongruppe,
        enhed=m.indikator.enhed,
        sted=m.sted.noegle,
        sted_navn=m.sted.navn,
        aar=m.aar,
        begivenhed=m.begivenhed,
        antal=m.antal,
        grundlag=m.grundlag,
        vaerdi=m.vaerdi,
        decimaler=m.decimaler,
    )


def talfund(plan: Helhedsplan) -> list[Talfund]:
    return alle_talfund(grundlag(plan))


def indikatorfund(plan: Helhedsplan) -> list[Fund]:
    """The findings of this room's rules."""
    return [f.fund for f in talfund(plan)]
