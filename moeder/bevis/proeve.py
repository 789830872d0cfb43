"""Whether a follow-up on a goal can be proved: what the auditor would ask for, asked here first.

A goal is documented on a day when the board met that day and the minutes' own item says that the goal was followed up
and with what conclusion, in words that do not say the opposite; the agenda went out before the meeting began, so that
it was not made up afterwards; a member is noted as present; the minutes are approved by somebody else than who sent
them; and the goal's figures were frozen by the day: in the agenda, in a published status, or in a row that the log
knows to be written by then. A matching date proves nothing.

Of a day that the program has no minutes of, minutes that somebody has put in count (`bevis.uploadet`), as what they
are: a person's statement that another has confirmed. The figures must have been frozen by the day all the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from aftaler.models import Helhedsplan
from dokumenter.lager import sha256
from dokumenter.oejebliksbillede import hvis_laeselig, kanonisk
from helhedsplan.formats import antal, klokken, lang_dato
from helhedsplan.former import UlaeseligeData
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.tidligere import hvem
from indikatorer.models import Opfoelgning
from indikatorer.rules.opfoelgning import senest
from moeder import moedepapir
from moeder.bevis.dele import Bevismoede, Bevisopfoelgning, Bevistal
from moeder.bevis.konklusion import konklusionens_mangel
from moeder.bevis.uploadet import PROGRAMMETS, Udsagn
from moeder.choices import Fremmoedeart, Maaludfald, Moedepapirart, Punktresultat
from moeder.models import Moede, Moedepapir
from moeder.queries.moedebillede import Maalbillede, Moedebillede, Punktbillede

#: What stands where there is no figure to be seen.
INTET_TAL = {"", "–", "-", "skjult", "mangler", "diskretioneret", "ukendt"}
UDEN_MOEDE = "Der er ikke holdt noget bestyrelsesmøde i programmet den dag."
UDSAGN = "Hvad det uploadede referat siger, er en persons udsagn. Programmet kender ikke mødet."
UDEN_TAL = "Det kan ikke vises, at bestyrelsen havde målets tal den dag."


@dataclass(frozen=True)
class Moedesag:
    """A meeting that was held, its newest minutes as they were frozen, and what is wrong with them as proof.

    dagsorden: the newest agenda that went out before the meeting began.
    """

    moede: Moede
    vist: Bevismoede
    referat: Moedebillede | None
    dagsorden: Moedebillede | None
    dagsorden_sendt: date | None
    mangler: tuple[str, ...]
    forbehold: tuple[str, ...]

    def punkter(self, nummer: int) -> list[tuple[Punktbillede, Maalbillede]]:
        """The items of the minutes that say what was done with a goal."""
        punkter = self.referat.punkter if self.referat else ()
        return [(p, m) for p in punkter for m in p.maal if m.nummer == nummer and m.udfald]

    def naevner(self, nummer: int) -> bool:
        return bool(self.punkter(nummer))


@dataclass(frozen=True)
class ForelagteTal:
    """What a published status showed of a goal."""

    navn: str
    publiceret: datetime
    trukket: datetime | None
    tal: tuple[Bevistal, ...]


@dataclass(frozen=True)
class Skrevetlinje:
    """A follow-up that somebody has written, with what the log says of it: when, by whom, and when its figures were."""

    data_aar: int
    tal: tuple[Bevistal, ...]
    konklusion: str
    sha256: str
    foerst: Haendelse | None
    sidst: Haendelse | None
    tal_skrevet: date | None
    tal_ulaeselige: bool = False

    @classmethod
    def af(cls, o: Opfoelgning | None, log: dict[str, list[Haendelse]], nummer: int) -> "Skrevetlinje | None":
        if o is None:
            return None
        linjer = log.get(str(o.pk), [])
        med_tal = [h for h in linjer if any(a.get("felt") in ("tal", "maal", "data_aar") for a in h.aendringer)]
        skrevet = med_tal[-1:] or linjer[:1]
        felter = ("indikator", "sted", "hvornaar", "tal", "kilde")
        return cls(
            data_aar=o.data_aar,
            tal=tuple(Bevistal(*(t.get(felt, "") for felt in felter)) for t in o.tal),
            konklusion=o.konklusion,
            sha256=aftryk(o, nummer),
            foerst=next(iter(linjer), None),
            sidst=linjer[-1] if len(linjer) > 1 else None,
            tal_skrevet=_dag(skrevet[0].tidspunkt) if skrevet else None,
            tal_ulaeselige=isinstance(o.tal, UlaeseligeData),
        )


def skrevne(plan: Helhedsplan) -> dict[str, list[Haendelse]]:
    """What the log says of each follow-up of the plan, oldest first, by its id."""
    fundne: dict[str, list[Haendelse]] = defaultdict(list)
    for h in Haendelse.objects.filter(kaede=plan.noegle, objekt_type=objekttype(Opfoelgning)).order_by("nummer"):
        fundne[h.objekt_id].append(h)
    return fundne


def aftryk(o: Opfoelgning, nummer: int) -> str:
    """The SHA-256 of a follow-up: of what the plan file keeps of it, as JSON in one way only."""
    felter = {
        "maal": nummer,
        "dato": o.dato.isoformat(),
        "data_aar": o.data_aar,
        "konklusion": o.konklusion,
        "tal": o.tal,
    }
    return sha256(kanonisk(felter))


def _dag(tid: datetime) -> date:
    return timezone.localdate(tid)


# --- the meeting ------------------------------------------------------------------------------------------------------


def moedesag(plan: Helhedsplan, moede: Moede) -> Moedesag:
    """A meeting held, with papers and answers at hand."""
    papirer = list(moede.papirer.all())
    referat = next((p for p in papirer if p.art == Moedepapirart.REFERAT), None)
    dagsordener = [p for p in papirer if p.art == Moedepapirart.DAGSORDEN]
    i_tide = next((p for p in dagsordener if _foer_moedet(p, moede)), None)
    billede = _billede(plan, moede, referat) if referat else None
    return Moedesag(
        moede=moede,
        vist=_vist(plan, moede, referat),
        referat=billede,
        dagsorden=_laes(i_tide) if i_tide else None,
        dagsorden_sendt=_dag(i_tide.sendt) if i_tide else None,
        mangler=tuple(_moedets_mangler(moede, referat, billede, dagsordener, i_tide)),
        forbehold=tuple(_moedets_forbehold(moede, referat)) if referat else (),
    )


def _foer_moedet(papir: Moedepapir, moede: Moede) -> bool:
    """Before the hour that it began; on a day before it, where nobody has written the hour."""
    if moede.start is None:
        return _dag(papir.sendt) < moede.dato
    return timezone.localtime(papir.sendt) < timezone.make_aware(datetime.combine(moede.dato, moede.start))


def _vist(plan: Helhedsplan, moede: Moede, referat: Moedepapir | None) -> Bevismoede:
    if referat is None:
        return Bevismoede(str(moede), moede.dato, reverse("moede-vis", args=[plan.noegle, moede.pk]))
    url = reverse("moedepapir-pdf", args=[plan.noegle, moede.pk, referat.art, referat.nummer])
    return Bevismoede(
        str(moede), moede.dato, url, referat.nummer, referat.sendt, referat.pdf_sha256, str(referat.sendt_af)
    )


def _laes(papir: Moedepapir) -> Moedebillede | None:
    """The snapshot; None of one that is not what was frozen."""
    if sha256(kanonisk(papir.indhold)) != papir.indhold_sha256:
        return None
    return hvis_laeselig(moedepapir.hent, papir)[0]


def _billede(plan: Helhedsplan, moede: Moede, referat: Moedepapir) -> Moedebillede | None:
    """The minutes, when they are of this very meeting, plan and day."""
    billede = _laes(referat)
    passer = billede and (billede.plan, billede.moede_pk, billede.dato) == (plan.noegle, moede.pk, moede.dato)
    return billede if passer else None


def _moedets_mangler(
    moede: Moede,
    referat: Moedepapir | None,
    billede: Moedebillede | None,
    dagsordener: list[Moedepapir],
    i_tide: Moedepapir | None,
) -> Iterable[str]:
    if i_tide is None:
        yield _ikke_indkaldt(moede, dagsordener)
    if referat is None:
        yield "Referatet er ikke sendt til godkendelse."
        return
    if billede is None:
        yield "Referatet passer ikke med mødet eller er ikke det, der blev frosset."
    elif not any(d.fremmoede == Fremmoedeart.TIL_STEDE.label for d in billede.deltagere):
        yield "Referatet siger ikke, at nogen af bestyrelsens medlemmer var til stede."
    if _dag(referat.sendt) < moede.dato:
        yield f"Referatet er sendt {lang_dato(_dag(referat.sendt))}, før mødet."
    if not any(g.godkendt and g.medlem.bruger_id != referat.sendt_af_id for g in referat.godkendelser.all()):
        yield "Referatet er ikke godkendt af andre end den, der sendte det."


def _ikke_indkaldt(moede: Moede, dagsordener: list[Moedepapir]) -> str:
    if not dagsordener:
        return "Mødet er ikke indkaldt i programmet før mødets dag: dagsordenen er ikke sendt."
    foerst = dagsordener[-1].sendt
    if _dag(foerst) != moede.dato:
        return f"Mødet er ikke indkaldt i programmet før mødets dag: dagsordenen er sendt {lang_dato(_dag(foerst))}."
    sendt = f"dagsordenen er sendt samme dag kl. {klokken(foerst)}"
    if moede.start is None:
        return f"Mødet er ikke indkaldt i programmet før mødets dag, og det har intet klokkeslæt: {sendt}."
    return f"Mødet er ikke indkaldt i programmet, før det begyndte kl. {moede.start:%H.%M}: {sendt}."


def _moedets_forbehold(moede: Moede, referat: Moedepapir) -> Iterable[str]:
    if _dag(referat.sendt).year > moede.dato.year:
        yield f"Referat {referat.nummer} er sendt {lang_dato(_dag(referat.sendt))}, efter årets udgang."
    if uenige := sum(not g.godkendt for g in referat.godkendelser.all()):
        yield f"{antal(uenige, 'medlem har', 'medlemmer har')} en indsigelse mod referatet."


# --- the line ---------------------------------------------------------------------------------------------------------


def proev(
    *,
    dag: date,
    nummer: int,
    skrevet: Skrevetlinje | None,
    sager: Sequence[Moedesag],
    statustal: Sequence[ForelagteTal],
    siden: tuple[date | None, int],
    udsagn: Sequence[Udsagn] = (),
    aarets: Sequence[Moedesag] = (),
) -> Bevisopfoelgning:
    """What can be proved of a goal on a day. siden: (the follow-up before it, how many months there may be between).

    Of several meetings on the day, or several items on the goal, the one that lacks the least counts. aarets: all the
    meetings of the year.
    """
    muligheder = [_moedet(sag, nummer) for sag in sager]
    mangler, punkt, maal, sag = (
        min(muligheder, key=lambda m: len(m[0])) if muligheder else ([UDEN_MOEDE], None, None, None)
    )
    tal, talkilde, kendt = _tallene(dag, nummer, skrevet, sager, statustal, aarets=aarets)
    forbehold = [*(sag.forbehold if sag else ()), *(_sent(dag, skrevet) if skrevet else ())]
    if not kendt:
        mangler = [*mangler, UDEN_TAL]
    if sag and maal and skrevet and maal.konklusion and skrevet.konklusion != maal.konklusion:
        forbehold.append("Konklusionen er referatets egen; opfølgningen i programmet har en anden ordlyd.")
    forrige, maaneder = siden
    fra_referat = bool(maal and maal.konklusion)
    linje = Bevisopfoelgning(
        dato=dag,
        forrige=forrige,
        for_sent=forrige is not None and senest(forrige, maaneder) < dag,
        data_aar=_data_aar(tal, skrevet),
        tal=tal,
        talkilde=talkilde,
        konklusion=maal.konklusion if maal and fra_referat else skrevet.konklusion if skrevet else "",
        fra_referat=fra_referat,
        skrevet=_hvem(skrevet),
        mangler=tuple(mangler),
        forbehold=tuple(forbehold),
        moeder=tuple(replace(s.vist, punkt=punkt.titel) if s is sag and punkt else s.vist for s in sager),
        sha256=skrevet.sha256 if skrevet else "",
        tal_ulaeselige=not tal and skrevet is not None and skrevet.tal_ulaeselige,
    )
    dagens = [u for u in udsagn if u.dato == dag and nummer in u.konklusioner]
    har_referat = any(s.referat for s in sager)
    if not dagens:
        return linje
    andre = [s for s in aarets if s not in sager]
    return _med_udsagn(linje, nummer, dagens, andre, har_referat=har_referat, tal_kendt=kendt)


def _med_udsagn(
    linje: Bevisopfoelgning,
    nummer: int,
    udsagn: Sequence[Udsagn],
    andre: Iterable[Moedesag],
    *,
    har_referat: bool,
    tal_kendt: bool,
) -> Bevisopfoelgning:
    """The line with what minutes that were put in say of it: nothing where the program has minutes of its own."""
    moeder = (*linje.moeder, *(u.vist for u in udsagn))
    if har_referat:
        return replace(linje, moeder=moeder, forbehold=(*linje.forbehold, PROGRAMMETS))
    bedst = min(udsagn, key=lambda u: (len(u.mangler(nummer)), bool(u.afventer), bool(u.sent)))
    mangler = (*bedst.mangler(nummer), *(() if tal_kendt else (UDEN_TAL,)))
    konklusion = bedst.konklusioner[nummer]
    return replace(
        linje,
        moeder=moeder,
        mangler=(*mangler, bedst.afventer) if bedst.afventer else mangler,
        forbehold=(*linje.forbehold, UDSAGN, *_andet_i_aaret(andre, nummer, konklusion)),
        konklusion=konklusion,
        fra_referat=False,
        ved_upload=True,
        venter=bool(bedst.afventer) and not mangler,
        sent_upload=bedst.sent,
    )


def _andet_i_aaret(sager: Iterable[Moedesag], nummer: int, konklusion: str) -> Iterable[str]:
    """What the program's own minutes of the year say of the goal, where it is something else."""
    for sag in sager:
        for punkt, maal in sag.punkter(nummer):
            siger = _punktets_mangel(punkt, maal)
            if not siger and maal.konklusion.strip() != konklusion.strip():
                siger = f"Referatets punkt {punkt.nummer} konkluderer: »{maal.konklusion}«"
            if siger:
                moede = f"{sag.vist.navn} {lang_dato(sag.vist.dato)}"
                yield f"Programmets eget referat {sag.vist.nummer} af {moede}: {siger}"


def _moedet(sag: Moedesag, nummer: int) -> tuple[list[str], Punktbillede | None, Maalbillede | None, Moedesag]:
    """What the meeting lacks as proof of the goal, and the item that says the most of it."""
    punkter = sag.punkter(nummer)
    if not punkter:
        uden = ["Referatet har intet punkt, der siger, at målet er fulgt op."] if sag.referat else []
        return [*sag.mangler, *uden], None, None, sag
    punkt, maal = min(punkter, key=lambda fundet: bool(_punktets_mangel(*fundet)))
    mangel = _punktets_mangel(punkt, maal)
    return [*sag.mangler, *([mangel] if mangel else [])], punkt, maal, sag


def _punktets_mangel(punkt: Punktbillede, maal: Maalbillede) -> str:
    if maal.udfald != Maaludfald.FULGT_OP:
        return f"Referatets punkt {punkt.nummer} siger om målet: {maal.udfald_navn.lower()}."
    if punkt.beslutning and punkt.beslutning.resultat == Punktresultat.UDSAT.label:
        return f"Referatets punkt {punkt.nummer} er udsat."
    if not maal.konklusion.strip():
        return f"Referatets punkt {punkt.nummer} har ingen konklusion om målet."
    mangel = konklusionens_mangel(maal.konklusion)
    return f"Referatets punkt {punkt.nummer}: konklusionen {mangel}." if mangel else ""


def _tallene(
    dag: date,
    nummer: int,
    skrevet: Skrevetlinje | None,
    sager: Sequence[Moedesag],
    statustal: Sequence[ForelagteTal],
    *,
    aarets: Sequence[Moedesag],
) -> tuple[tuple[Bevistal, ...], str, bool]:
    """The goal's figures as they were frozen by the day, where, and whether there are any; else those that were typed
    later, which say so. Without an agenda of the day's own, the newest figures that were known by the day count."""
    for sag in sager:
        tal = _dagsordenens(sag, nummer)
        if _har_tal(tal) and sag.dagsorden_sendt:
            return tal, _i_dagsordenen(sag), True
    frosne = [
        (s.tal, _dag(s.publiceret), f"Som de stod i »{s.navn}«, publiceret {lang_dato(_dag(s.publiceret))}.")
        for s in statustal
        if not (s.trukket and _dag(s.trukket) <= dag)
    ]
    frosne += [(_dagsordenens(s, nummer), s.dagsorden_sendt, _i_dagsordenen(s)) for s in aarets if s.dagsorden_sendt]
    kendte = [f for f in frosne if f[1] <= dag and _har_tal(f[0])]
    if kendte:
        tal, _, kilde = max(kendte, key=lambda f: (_data_aar(f[0], None) or 0, f[1]))
        return tal, kilde, True
    if skrevet is None:
        return (), "", False
    if skrevet.tal_skrevet and skrevet.tal_skrevet <= dag:
        return skrevet.tal, f"Som de blev skrevet ind {lang_dato(skrevet.tal_skrevet)}.", _har_tal(skrevet.tal)
    hvornaar = f"{lang_dato(skrevet.tal_skrevet)}, efter mødet" if skrevet.tal_skrevet else "en dag, loggen ikke kender"
    return skrevet.tal, f"Taget ud af programmet {hvornaar}. De viser ikke, hvad bestyrelsen så.", False


def _dagsordenens(sag: Moedesag, nummer: int) -> tuple[Bevistal, ...]:
    return tuple(
        Bevistal(t.indikator, t.sted, t.hvornaar, t.tal, t.kilde)
        for p in (sag.dagsorden.punkter if sag.dagsorden else ())
        for m in p.maal
        if m.nummer == nummer
        for t in m.tal
    )


def _i_dagsordenen(sag: Moedesag) -> str:
    return f"Som de stod i dagsordenen, sendt {lang_dato(sag.dagsorden_sendt)}."


def _data_aar(tal: Sequence[Bevistal], skrevet: Skrevetlinje | None) -> int | None:
    """The newest year of the figures; of those that are the row's own, the year that it says."""
    if skrevet and tal == skrevet.tal:
        return skrevet.data_aar
    return max((int(aar) for t in tal for aar in re.findall(r"\b(?:19|20)\d\d\b", t.hvornaar)), default=None)


def _har_tal(tal: Iterable[Bevistal]) -> bool:
    return any(t.tal.strip().lower() not in INTET_TAL for t in tal)


def _hvem(skrevet: Skrevetlinje | None) -> str:
    if skrevet is None:
        return ""
    if skrevet.foerst is None:
        return "Loggen siger ikke, hvem der har skrevet opfølgningen eller hvornår."
    ud = f"Opfølgningen er skrevet {lang_dato(_dag(skrevet.foerst.tidspunkt))} af {hvem(skrevet.foerst)}"
    if skrevet.sidst:
        ud += f" og rettet {lang_dato(_dag(skrevet.sidst.tidspunkt))} af {hvem(skrevet.sidst)}"
    return f"{ud}."


def _sent(dag: date, skrevet: Skrevetlinje) -> Iterable[str]:
    if skrevet.foerst is None:
        return
    foerst = _dag(skrevet.foerst.tidspunkt)
    if foerst.year > dag.year:
        yield f"Opfølgningen er skrevet efter årets udgang, {antal((foerst - dag).days, 'dag', 'dage')} efter mødet."
    elif foerst > dag:
        yield f"Opfølgningen er skrevet {antal((foerst - dag).days, 'dag', 'dage')} efter mødet."
