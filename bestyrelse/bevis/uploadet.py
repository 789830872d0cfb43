"""What minutes that somebody has put in can prove: a person's statement of a meeting the program knows nothing of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from bestyrelse.bevis.dele import Bevismoede
from bestyrelse.models import UploadetReferat
from dokumenter import lager
from helhedsplan.formats import antal, lang_dato

PROGRAMMETS = "Programmet har selv et referat af et møde den dag, så det uploadede tæller ikke."


@dataclass(frozen=True)
class Udsagn:
    """Minutes that were put in, the conclusions that the person says they hold, and what is wrong with them."""

    dato: date
    vist: Bevismoede
    konklusioner: dict[int, str]
    mangler: tuple[str, ...]


def udsagn(plan: Helhedsplan, aar: int) -> list[Udsagn]:
    """Of the year's meetings. Those withdrawn are told, and prove nothing."""
    alle = UploadetReferat.objects.filter(plan=plan, dato__year=aar).select_related("uploadet_af")
    return [_udsagn(plan, r) for r in alle.order_by("dato", "pk")]


def _udsagn(plan: Helhedsplan, r: UploadetReferat) -> Udsagn:
    url = reverse("uploadetreferat-pdf", args=[plan.noegle, r.pk])
    vist = Bevismoede("Møde uden for programmet", r.dato, url, sendt=r.uploadet, sha256=r.pdf_sha256, uploadet=i_ord(r))
    return Udsagn(r.dato, vist, {m["nummer"]: m["konklusion"] for m in r.maal}, tuple(_mangler(r)))


def i_ord(r: UploadetReferat) -> str:
    """referat uploadet den 5. september 2026, af Navn, 2 dage efter mødet"""
    dag = timezone.localdate(r.uploadet)
    efter = f"{antal((dag - r.dato).days, 'dag', 'dage')} efter mødet" if dag > r.dato else "på mødets dag"
    return f"referat uploadet den {lang_dato(dag)}, af {r.uploadet_af}, {efter}"


def _mangler(r: UploadetReferat) -> Iterable[str]:
    dag = timezone.localdate(r.uploadet)
    if r.trukket:
        yield f"Det uploadede referat er trukket tilbage {lang_dato(timezone.localdate(r.trukket))}."
    if dag < r.dato:
        yield f"Referatet er uploadet {lang_dato(dag)}, før mødet."
    if dag.year > r.dato.year:
        yield f"Referatet er uploadet {lang_dato(dag)}, efter årets udgang."
    try:
        lager.hent(r.pdf.name, r.pdf_sha256)
    except lager.Lagerfejl:
        yield "Det uploadede referat findes ikke mere, eller det er ikke den fil, der blev uploadet."
