"""The board as rows of one page: who sits where, for whom, with which account, and who signs; vacant seats last."""

from datetime import date

from django.utils import timezone

from aftaler.choices import Gruppeart
from aftaler.models import Gruppe, Helhedsplan, Organisation, Part, Plads
from aftaler.queries.dokument import Medlemsvisning, Sidevisning
from helhedsplan.laest import laest_en_gang
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tvillinger import foldet
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside
from moeder.queries.sammensaetning import moedegruppe, sider


def siddende(plan: Helhedsplan) -> list[Bestyrelsesmedlem]:
    """Those who sit on the board today or will, side by side."""
    i_dag = timezone.localdate()
    return [m for side in sider(plan) for m in side.pladser if not m.er_gaaet(i_dag)]


def bestyrelsesvisning(plan: Helhedsplan) -> list[Sidevisning]:
    """The board for its kommissorium: who sits, will sit and has sat, with from and to, the last to leave first."""
    return [
        Sidevisning(side.navn, side.har_stemme, tuple(map(_visning, sorted(side.pladser, key=_sidst_tilbage))))
        for side in sider(plan)
    ]


def _visning(m: Bestyrelsesmedlem) -> Medlemsvisning:
    return Medlemsvisning(m.navn, m.titel, m.formand, m.fra, m.til, m.fra_sagt, m.til_sagt)


def _sidst_tilbage(m: Bestyrelsesmedlem) -> int:
    return -(m.slutter.senest or date.max).toordinal()


def bestyrelsesraekker(plan: Helhedsplan) -> list[dict]:
    """One row for each who sits, and one for each seat of the diagram that nobody sits in. At most five queries."""
    medlemmer, gruppe = siddende(plan), moedegruppe(plan, Gruppeart.BESTYRELSE)
    ledige = list(gruppe.pladser.select_related("organisation")) if gruppe else []
    underskrivere = {p.organisation_id: foldet(p.underskriver) for p in plan.parter.all()}
    side_af = {s.organisation_id: s for s in plan.bestyrelsessider.all() if s.organisation_id}
    tilbage = {p.pk: p.antal or 1 for p in ledige}
    # The seat of the same title first; else any seat of the same organisation is his.
    har = {m.pk: _tag_plads(ledige, tilbage, m, samme_titel=True) for m in medlemmer}
    for medlem in medlemmer:
        har[medlem.pk] = har[medlem.pk] or _tag_plads(ledige, tilbage, medlem, samme_titel=False)
    return [
        *(
            _raekke(m, har[m.pk], skriver_under=underskrivere.get(m.side.organisation_id) == foldet(m.navn))
            for m in medlemmer
        ),
        *(_ledig(p, tilbage[p.pk], side_af.get(p.organisation_id)) for p in ledige if tilbage[p.pk]),
    ]


def _tag_plads(
    pladser: list[Plads], tilbage: dict[int, int], medlem: Bestyrelsesmedlem, *, samme_titel: bool
) -> Plads | None:
    """One of the seats of a kind, while there are any left."""
    organisation = medlem.side.organisation_id
    for plads in pladser:
        titler = foldet(plads.titel) in (foldet(medlem.titel), foldet(medlem.navn))
        if tilbage[plads.pk] and plads.organisation_id == organisation and (titler if samme_titel else organisation):
            tilbage[plads.pk] -= 1
            return plads
    return None


def _raekke(m: Bestyrelsesmedlem, plads: Plads | None, *, skriver_under: bool) -> dict:
    return {
        "medlem": m.pk,
        "navn": m.navn,
        "titel": m.titel,
        "side": f"side-{m.side_id}",
        "formand": m.formand,
        "email": m.bruger.email.lower() if m.bruger else "",
        "skriver_under": skriver_under,
        "fra": m.fra,
        "fra_sagt": m.fra_sagt,
        "til": m.til,
        "til_sagt": m.til_sagt,
        "antal": None,
        "betingelse": plads.betingelse if plads else "",
    }


def _ledig(plads: Plads, antal: int, side: Bestyrelsesside | None) -> dict:
    hvor = f"side-{side.pk}" if side else f"org-{plads.organisation_id}" if plads.organisation_id else ""
    tom = {"medlem": None, "navn": "", "email": "", "skriver_under": False, "fra": None, "til": None}
    talt = {"antal": antal if plads.antal else None, "betingelse": plads.betingelse}
    return tom | talt | {"titel": plads.titel, "side": hvor, "formand": plads.formand}


def sidevalg(plan: Helhedsplan) -> list:
    """What a row may be for: a side of the board, or one made of an organisation that has none; with names of groups.

    A party gets a vote, as the kommissorium gives it; others come to listen.
    """
    egne = list(plan.bestyrelsessider.order_by("orden", "pk"))
    har_side = {s.organisation_id for s in egne}
    parter = [o for o in organisationer(plan) if o.er_part and o.pk not in har_side]
    andre = [o for o in organisationer(plan) if not o.er_part and o.pk not in har_side]
    grupper = [
        ("Sider i bestyrelsen", [(f"side-{s.pk}", str(s) if s.har_stemme else f"{s} (uden stemme)") for s in egne]),
        ("Ny side med stemme", [(f"org-{o.pk}", o.navn) for o in parter]),
        ("Ny side uden stemme", [(f"org-{o.pk}", o.navn) for o in andre]),
    ]
    return [("", "Ikke valgt"), *((navn, valg) for navn, valg in grupper if valg)]


@laest_en_gang
def organisationer(plan: Helhedsplan) -> list[Organisation]:
    """Those that a side can be made of: parties, and those that sit in the plan's groups; `er_part` says which."""
    parter = set(Part.objects.filter(plan=plan).values_list("organisation", flat=True))
    sidder = set(Gruppe.objects.filter(plan=plan).values_list("pladser__organisation", flat=True))
    fundne = list(Organisation.objects.valgbare(*sidder).filter(pk__in=parter | sidder - {None}))
    for organisation in fundne:
        organisation.er_part = organisation.pk in parter
    return fundne


def kendte_konti(plan: Helhedsplan) -> list[tuple[str, str]]:
    """(address, name) of those who have access to the plan."""
    medlemskaber = plan.medlemskaber.gaeldende(Rettighed.SE).filter(bruger__is_active=True).select_related("bruger")
    return [(m.bruger.email.lower(), m.bruger.navn) for m in medlemskaber]
