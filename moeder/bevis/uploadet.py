"""What minutes that somebody has put in can prove: a person's statement of a meeting the program knows nothing of.

They count when the file's own words speak of a board's meeting, hold its day, name the goal and do not put it off,
and when somebody else than who put them in has confirmed them. Put in later than minutes are to be sent, they keep a
warning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan, OverordnetMaal
from aftaler.queries.adgang import kan
from dokumenter import lager
from helhedsplan.formats import antal, lang_dato
from helhedsplan.former import UlaeseligeData
from helhedsplan.rettigheder import Rettighed
from indikatorer.queries.opfoelgning import plan_maal
from moeder.bevis.dele import Bevismoede
from moeder.bevis.filord import filens_ord, filens_tekst, linjer_om, referatets_mangler
from moeder.bevis.konklusion import konklusionens_mangel
from moeder.models import UploadetReferat
from moeder.queries.sammensaetning import forretningsorden

PROGRAMMETS = "Programmet har selv et referat af et møde den dag, så det uploadede tæller ikke."


@dataclass(frozen=True)
class Udsagn:
    """Minutes that were put in, the conclusions that the person says they hold, and what is wrong with them.

    laest: what the file's own words say (`filord.filens_ord`). afventer: who has not been confirmed yet, in words;
    sent: that they came late.
    """

    dato: date
    vist: Bevismoede
    konklusioner: dict[int, str]
    faelles: tuple[str, ...]
    laest: dict | None
    afventer: str
    sent: str
    bekraeftet: datetime | None

    def mangler(self, nummer: int) -> tuple[str, ...]:
        """What keeps them from counting for a goal, but for the confirmation."""
        if not self.laest:  # put in before files were read for this: read when it is confirmed
            return self.faelles
        referatets = referatets_mangler(self.laest, self.dato)
        if not self.laest["tekst"]:
            return (*self.faelles, *referatets)
        mangel = konklusionens_mangel(self.konklusioner[nummer])
        ord_ = (f"Konklusionen om mål {nummer} {mangel}.",) if mangel else ()
        maal = () if nummer in self.laest["maal"] else (f"Filens egne ord nævner ikke mål {nummer}.",)
        if nummer in self.laest.get("udskudt", ()):
            maal = (f"Filens egne ord siger, at mål {nummer} ikke er behandlet.",)
        return (*self.faelles, *referatets, *maal, *ord_)


def kan_bekraefte(bruger, plan: Helhedsplan) -> bool:
    """Those who write the plan and the board's people, of what others have put in."""
    return kan(bruger, Rettighed.DELTAG, plan)


def udsagn(plan: Helhedsplan, aar: int) -> list[Udsagn]:
    """Of the year's meetings. Those withdrawn are told, and prove nothing."""
    alle = UploadetReferat.objects.filter(plan=plan, dato__year=aar).select_related("uploadet_af", "bekraeftet_af")
    if not (fundne := list(alle.order_by("dato", "pk"))):
        return []
    dage = forretningsorden(plan).referat_dage
    return [_udsagn(plan, r, dage) for r in fundne]


def _udsagn(plan: Helhedsplan, r: UploadetReferat, dage: int) -> Udsagn:
    url = reverse("uploadetreferat-pdf", args=[plan.noegle, r.pk])
    vist = Bevismoede("Møde uden for programmet", r.dato, url, sendt=r.uploadet, sha256=r.pdf_sha256, uploadet=i_ord(r))
    dag = timezone.localdate(r.uploadet)
    afventer = "" if r.bekraeftet else f"Referatet er uploadet af {r.uploadet_af} d. {lang_dato(dag)}, ikke bekræftet."
    er_sent = dag > r.dato + timedelta(days=dage)
    sent = f"Referatet er uploadet mere end {antal(dage, 'dag', 'dage')} efter mødet." if er_sent else ""
    return Udsagn(
        dato=r.dato,
        vist=vist,
        konklusioner={m["nummer"]: m["konklusion"] for m in r.maal},
        faelles=tuple(_mangler(r)),
        laest=_laest(plan, r),
        afventer=afventer,
        sent=sent,
        bekraeftet=r.bekraeftet,
    )


def _laest(plan: Helhedsplan, r: UploadetReferat) -> dict | None:
    """Read again where the file was read before it was asked whether it is minutes."""
    if not r.laest or "moede" in r.laest:
        return r.laest
    try:
        return filens_ord(lager.hent(r.pdf.name, r.pdf_sha256), r.dato, plan_maal(plan))
    except lager.Lagerfejl:
        return r.laest


@dataclass(frozen=True)
class Uploadlinje:
    """Minutes that were put in, as the page shows them. linjer: the file's own, to whoever may confirm it."""

    referat: UploadetReferat
    maa_bekraefte: bool
    linjer: list[str]


def uploadlinjer(bruger, plan: Helhedsplan, aar: int) -> list[Uploadlinje]:
    fundne = list(plan.uploadede_referater.filter(dato__year=aar).select_related("uploadet_af", "bekraeftet_af"))
    kan = any(not r.bekraeftet for r in fundne) and kan_bekraefte(bruger, plan)
    mine = {r.pk for r in fundne if kan and not (r.bekraeftet or r.trukket) and r.uploadet_af_id != bruger.pk}
    maalene = plan_maal(plan) if mine else []
    return [Uploadlinje(r, r.pk in mine, _linjer(r, maalene) if r.pk in mine else []) for r in fundne]


def _linjer(r: UploadetReferat, maalene: Sequence[OverordnetMaal]) -> list[str]:
    try:
        return linjer_om(filens_tekst(lager.hent(r.pdf.name, r.pdf_sha256)), r.dato, maalene)
    except lager.Lagerfejl:
        return []


def i_ord(r: UploadetReferat) -> str:
    """referat uploadet den 5. september 2026, af Navn, 2 dage efter mødet, bekræftet den 6. september 2026 af Navn"""
    dag = timezone.localdate(r.uploadet)
    efter = f"{antal((dag - r.dato).days, 'dag', 'dage')} efter mødet" if dag > r.dato else "på mødets dag"
    andet = f"bekræftet den {lang_dato(timezone.localdate(r.bekraeftet))} af {r.bekraeftet_af}" if r.bekraeftet else ""
    return f"referat uploadet den {lang_dato(dag)}, af {r.uploadet_af}, {efter}, {andet or 'ikke bekræftet'}"


def _mangler(r: UploadetReferat) -> Iterable[str]:
    dag = timezone.localdate(r.uploadet)
    if isinstance(r.maal, UlaeseligeData) or isinstance(r.laest, UlaeseligeData):
        yield "Det, der er skrevet om referatet, kan ikke læses."
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
