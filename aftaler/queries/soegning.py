"""What can be found in the plans a person may see: words of sections and activities, partners, places, papers."""

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from aftaler.choices import Dokumenttype
from aftaler.models import (
    Afsnit,
    Aktivitet,
    Bilag,
    Delaftale,
    Delmaal,
    EgetMaal,
    Gruppe,
    Helhedsplan,
    Koblingsraekke,
    Lag,
    Milepael,
    Navn,
    Omraade,
    Omtaltpapir,
    Part,
    Plads,
    Planmilepael,
    Risiko,
    Sagsnummer,
    Samarbejdspart,
)
from aftaler.models.navn import EJERE
from aftaler.models.plan import i_planer
from aftaler.queries.bundnetal import som_alle_ser
from aftaler.queries.dokument import AKTIVITETSPROSA
from helhedsplan.rettigheder import Rettighed
from helhedsplan.soegning import Soegekilde
from helhedsplan.tekst import ren_tekst

DELAFTALE = ("delaftale__plan", "delaftale__indsatsomraade")
PAPIRSIDER = {
    Dokumenttype.SAMARBEJDSAFTALE: "samarbejdsaftale-vis",
    Dokumenttype.KOMMISSORIUM: "kommissorium-vis",
}


def _planens(plan: Helhedsplan, navn: str, anker: str = "") -> str:
    return reverse(navn, args=[plan.noegle]) + (f"#{anker}" if anker else "")


def _afsnit_url(afsnit: Afsnit) -> str:
    skabelon = afsnit.skabelon
    side = afsnit.delaftale.get_absolute_url() if afsnit.delaftale_id else ""
    side = side or reverse(PAPIRSIDER.get(skabelon.dokument, "samarbejdsaftale-vis"), args=[afsnit.plan.noegle])
    return f"{side}#{skabelon.noegle}"


def _afsnit_plan(afsnit: Afsnit) -> str:
    return f"{afsnit.plan} · {afsnit.delaftale}" if afsnit.delaftale_id else str(afsnit.plan)


def _afsnitstekst(afsnit: Afsnit, felt: str) -> str:
    return afsnit.skabelon.titel if felt == "skabelon__titel" else ren_tekst(som_alle_ser(afsnit.plan, afsnit.tekst))


def _aktivitetstekst(aktivitet: Aktivitet, felt: str) -> str:
    vaerdi = getattr(aktivitet, felt)
    return ren_tekst(som_alle_ser(aktivitet.delaftale.plan, vaerdi)) if felt in AKTIVITETSPROSA else vaerdi


def _afsnit(bruger):
    alle = Afsnit.objects.filter(plan__in=i_planer(bruger)) | Afsnit.objects.filter(
        delaftale__plan__in=i_planer(bruger)
    )
    return alle.select_related("plan", "skabelon", *DELAFTALE).distinct()


def _samarbejdsparter(bruger):
    alle = Samarbejdspart.objects.filter(delaftale__plan__in=i_planer(bruger, Rettighed.SE_FAG))
    return alle.select_related(*DELAFTALE, "aktivitet__delaftale")


def _part_url(part: Samarbejdspart) -> str:
    anker = f"aktivitet-{part.aktivitet.noegle}" if part.aktivitet_id else ""
    return part.delaftale.get_absolute_url() + (f"#{anker}" if anker else "")


def _afdelinger(bruger):
    gennem = Omraade.afdelinger.through.objects
    alle = gennem.filter(omraade__plan__in=i_planer(bruger))
    return alle.select_related("omraade__plan", "afdeling__organisation")


def _navne(bruger):
    """Names of what stands in some plan of the person's, each with the first of those plans."""
    planer = Helhedsplan.objects.for_bruger(bruger).filter(
        Q(pk=OuterRef("helhedsplan"))
        | Q(omraader=OuterRef("omraade"))
        | Q(omraader__afdelinger=OuterRef("afdeling"))
        | Q(parter__organisation=OuterRef("organisation"))
        | Q(parter__organisation__lagt_ind_i=OuterRef("organisation"))
    )
    foerste = planer.order_by("pk")
    alle = Navn.objects.annotate(i=Subquery(foerste.values("noegle")[:1]), i_navn=Subquery(foerste.values("navn")[:1]))
    return alle.exclude(i=None).select_related(*EJERE)


def _navnets_ting(navn: Navn):
    return next(ting for ejer in EJERE if (ting := getattr(navn, ejer)))


def _navnets_sted(navn: Navn) -> str:
    ting = _navnets_ting(navn)
    anker = {Helhedsplan: "planen", Omraade: "omraader"}.get(type(ting), "parter")
    return reverse("indstillinger", args=[navn.i]) + f"#{anker}"


KILDER = [
    Soegekilde(
        "Helhedsplan",
        lambda bruger: Helhedsplan.objects.for_bruger(bruger, None).prefetch_related("lag__fortsaetter_i"),
        ("navn", "omraadenavn"),
        lambda p: p.navn,
        lambda p: f"{p.periode} · {p.gik_over_ved.overgang}" if p.gik_over_ved else p.periode,
        lambda p: p.get_absolute_url(),
    ),
    Soegekilde(
        "Sagsnummer hos Landsbyggefonden",
        lambda bruger: Sagsnummer.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("nummer", "gaelder"),
        str,
        lambda s: s.plan.navn,
        lambda s: _planens(s.plan, "indstillinger", "planen"),
    ),
    Soegekilde(
        "Forlængelser og tillæg",
        lambda bruger: Lag.objects.for_bruger(bruger).select_related("plan"),
        ("navn", "baggrund", "indhold"),
        lambda lag: lag.navn,
        lambda lag: f"{lag.plan.navn} · {lag.slagsnavn.lower()}, {lag.stand.lower()}",
        lambda lag: reverse("lag-vis", args=[lag.plan.noegle, lag.noegle]),
    ),
    Soegekilde(
        "Andet navn",
        _navne,
        ("navn", "hvor"),
        lambda n: n.navn,
        lambda n: f"{n.i_navn} · {_navnets_ting(n)} {'hed det før' if n.er_tidligere else 'kaldes også det'}",
        _navnets_sted,
    ),
    Soegekilde(
        "Delaftale",
        lambda bruger: Delaftale.objects.for_bruger(bruger, Rettighed.SE_FAG).select_related("plan", "indsatsomraade"),
        ("indsatsomraade__navn",),
        lambda a: a.indsatsomraade.navn,
        lambda a: a.plan.navn,
        lambda a: a.get_absolute_url(),
    ),
    Soegekilde(
        "Aktivitet",
        lambda bruger: Aktivitet.objects.for_bruger(bruger, Rettighed.SE_FAG).select_related(*DELAFTALE),
        ("navn", "ansvarlig", *AKTIVITETSPROSA),
        lambda a: a.navn,
        lambda a: f"{a.delaftale.plan} · {a.delaftale.indsatsomraade.navn}",
        lambda a: a.get_absolute_url(),
        _aktivitetstekst,
    ),
    Soegekilde(
        "Delmål",
        lambda bruger: Delmaal.objects.for_bruger(bruger, Rettighed.SE_FAG).select_related(*DELAFTALE),
        ("tekst",),
        lambda d: d.tekst,
        lambda d: f"{d.delaftale.plan} · {d.delaftale.indsatsomraade.navn}",
        lambda d: d.delaftale.get_absolute_url(),
    ),
    Soegekilde("Afsnit", _afsnit, ("skabelon__titel", "tekst"), str, _afsnit_plan, _afsnit_url, _afsnitstekst),
    Soegekilde(
        "Samarbejdspart",
        _samarbejdsparter,
        ("navn", "rolle"),
        lambda p: p.navn,
        lambda p: f"{p.delaftale.plan} · {p.aktivitet.navn if p.aktivitet_id else p.delaftale.indsatsomraade.navn}",
        _part_url,
    ),
    Soegekilde(
        "Part",
        lambda bruger: Part.objects.for_bruger(bruger).select_related("plan", "organisation__lagt_ind_i"),
        (
            "organisation__navn",
            "organisation__kort_navn",
            "organisation__lagt_ind_i__navn",
            "underskriver",
            "underskriver_titel",
        ),
        lambda p: p.organisation.navn,
        lambda p: p.plan.navn,
        lambda p: _planens(p.plan, "indstillinger", "parter"),
    ),
    Soegekilde(
        "Område",
        lambda bruger: Omraade.objects.for_bruger(bruger).select_related("plan"),
        ("navn",),
        lambda o: o.navn,
        lambda o: o.plan.navn,
        lambda o: _planens(o.plan, "indstillinger", "omraader"),
    ),
    Soegekilde(
        "Afdeling",
        _afdelinger,
        ("afdeling__navn", "afdeling__nummer", "afdeling__organisation__navn"),
        lambda k: str(k.afdeling),
        lambda k: f"{k.omraade.plan} · {k.omraade} · {k.afdeling.organisation}",
        lambda k: _planens(k.omraade.plan, "indstillinger", "omraader"),
    ),
    Soegekilde(
        "Gruppe",
        lambda bruger: Gruppe.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("navn", "opgave"),
        lambda g: g.navn,
        lambda g: g.plan.navn,
        lambda g: _planens(g.plan, "organisationsdiagram-vis"),
    ),
    Soegekilde(
        "Plads i en gruppe",
        lambda bruger: Plads.objects.filter(gruppe__plan__in=i_planer(bruger)).select_related(
            "gruppe__plan", "organisation"
        ),
        ("titel", "organisation__navn"),
        lambda p: p.titel,
        lambda p: f"{p.gruppe.plan} · {p.gruppe.navn}",
        lambda p: _planens(p.gruppe.plan, "organisationsdiagram-vis"),
    ),
    Soegekilde(
        "Planens eget mål",
        lambda bruger: EgetMaal.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("tekst", "maales_paa"),
        lambda m: m.tekst,
        lambda m: m.plan.navn,
        lambda m: _planens(m.plan, "samarbejdsaftale-vis"),
    ),
    Soegekilde(
        "Koblingstabel",
        lambda bruger: Koblingsraekke.objects.filter(tabel__plan__in=i_planer(bruger)).select_related("tabel__plan"),
        ("fra", "til"),
        lambda r: r.fra,
        lambda r: f"{r.tabel.plan} · {r.tabel.titel}",
        lambda r: _planens(r.tabel.plan, "samarbejdsaftale-vis"),
    ),
    Soegekilde(
        "Milepæl",
        lambda bruger: Milepael.objects.filter(
            aktivitet__delaftale__plan__in=i_planer(bruger, Rettighed.SE_FAG)
        ).select_related("aktivitet__delaftale__plan", "aktivitet__delaftale__indsatsomraade"),
        ("navn", "ansvarlig"),
        lambda m: m.navn,
        lambda m: f"{m.aktivitet.delaftale.plan} · {m.aktivitet.navn}",
        lambda m: m.aktivitet.get_absolute_url(),
    ),
    Soegekilde(
        "Milepæl",
        lambda bruger: Planmilepael.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("navn", "ansvarlig"),
        lambda m: m.navn,
        lambda m: m.plan.navn,
        lambda m: _planens(m.plan, "milepaelsplan-vis"),
    ),
    Soegekilde(
        "Risiko",
        lambda bruger: Risiko.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("navn", "haandtering", "ansvarlig"),
        lambda r: r.navn,
        lambda r: r.plan.navn,
        lambda r: _planens(r.plan, "beredskabsplan-vis"),
    ),
    Soegekilde(
        "Bilag",
        lambda bruger: Bilag.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("titel", "filnavn", "offentliggjort_hvor"),
        lambda b: b.titel,
        lambda b: b.plan.navn,
        lambda b: _planens(b.plan, "bilag-liste"),
    ),
    Soegekilde(
        "Papir kendt ved navn",
        lambda bruger: Omtaltpapir.objects.filter(plan__in=i_planer(bruger)).select_related("plan"),
        ("titel", "kilde", "offentliggjort_hvor"),
        lambda p: p.titel,
        lambda p: p.plan.navn,
        lambda p: _planens(p.plan, "bilag-liste"),
    ),
]
