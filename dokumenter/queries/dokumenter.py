"""The documents of a plan: those its rule set asks for and those it has editions of, each with how far it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Bilagsart, Dokumentart, Dokumenttype
from aftaler.models import Dokumentkrav, Helhedsplan, Milepael
from aftaler.queries.huller import delaftalestande, huller, skrevet
from aftaler.queries.papirer import filer_til
from aftaler.queries.plandele import har_milepaele, har_risici, valgte
from budget.queries.sammenligning import gaeldende as gaeldende_budget
from dokumenter.choices import MED_EMNE, SOM_FIL, Kladdestand, Pakketrin, Tilstand
from dokumenter.queries.udgave import Vistudgave, viste
from helhedsplan.choices import Verificeret
from helhedsplan.formats import antal, de_foerste
from helhedsplan.laest import laest_en_gang
from helhedsplan.tid import tid
from helhedsplan.tilslutninger import Udgivetpapir

#: Approved at home, and perhaps further: what may go into the package.
GODKENDTE = {
    Tilstand.GODKENDT, Tilstand.UNDERSKRIVES, Tilstand.UNDERSKREVET, Tilstand.KOMMENDE, Tilstand.GAELDENDE,
    Tilstand.UDLOEBET,
}  # fmt: skip


@dataclass(frozen=True)
class Dokumentlinje:
    """One document. `udgaver` newest first; `findes` says that it is begun, and `er_skrevet` that something is written
    of it; `kladde_url` leads to where it is written and read as it stands."""

    art: str
    emne: str
    navn: str
    krav: Dokumentkrav | None
    findes: bool
    kladde_url: str
    vis_url: str
    udgaver: tuple[Vistudgave, ...] = ()
    er_skrevet: bool = False
    huller: tuple[str, ...] = ()
    """what the draft lacks"""
    kladden: Kladdestand | None = None
    """how the draft stands to `nyeste`; None where nobody has asked, or where there is no edition"""
    pakkens: Kladdestand | None = None
    """the same, to `til_pakken`"""

    @property
    def noegle(self) -> str:
        """Names the document among the plan's, in an address and in the names of fields."""
        return f"{self.art}-{self.emne}" if self.emne else self.art

    @property
    def gaeldende(self) -> Vistudgave | None:
        return next((v for v in self.udgaver if v.tilstand == Tilstand.GAELDENDE), None)

    @property
    def kommende(self) -> Vistudgave | None:
        """In force from a day that has not come."""
        i_dag = timezone.localdate()
        return next(
            (v for v in self.udgaver if v.udgave.ikraft and v.udgave.ikraft > i_dag and not v.udgave.trukket), None
        )

    @property
    def aabne(self) -> tuple[Vistudgave, ...]:
        """Editions on their way, newest first; with two or more, people work on several changes at once."""
        return tuple(v for v in self.udgaver if v.er_aaben)

    @property
    def nyeste(self) -> Vistudgave | None:
        """The newest that is not withdrawn."""
        return next((v for v in self.udgaver if v.tilstand != Tilstand.TRUKKET), None)

    @property
    def aendret(self) -> str:
        """What the draft has left behind, in words; '' when it says what the newest edition says."""
        return _aendret(self.kladden, self.nyeste)

    @property
    def pakken_aendret(self) -> str:
        return _aendret(self.pakkens, self.til_pakken)

    @property
    def kladden_hul(self) -> str:
        """What an approved edition has and its draft lacks since, in words; '' where both are whole or nobody knows.
        An edition that was frozen with gaps tells of them itself."""
        v = self.til_pakken
        if v is None or v.udgave.uskrevet_begrundelse or self.pakkens not in (Kladdestand.AENDRET, Kladdestand.VAEK):
            return ""
        mangler = self.huller if self.findes else ("der er ikke skrevet noget",)
        return (
            f"Udgave {v.udgave.nummer} er hel; kladden har mangler: {de_foerste(mangler, skilt='; ')}"
            if mangler
            else ""
        )

    @property
    def til_pakken(self) -> Vistudgave | None:
        """The newest that is approved at home and signed where it must be; else the newest approved."""
        godkendte = [v for v in self.udgaver if v.tilstand in GODKENDTE]
        return next((v for v in godkendte if er_underskrevet(v)), godkendte[0] if godkendte else None)

    @property
    def med_mangler(self) -> bool:
        """The edition that goes into the package, or that is on its way to it, was frozen with gaps."""
        v = self.til_pakken or next(iter(self.aabne), None)
        return v is not None and bool(v.udgave.forbehold)

    @property
    def trin(self) -> Pakketrin:
        """How far the document is towards the package. A form of LBF's own is uploaded, and nobody
        approves it."""
        if self.art in SOM_FIL and self.findes:
            return Pakketrin.UNDERSKREVET if self._skal_vaere_underskrevet and self.er_skrevet else Pakketrin.UPLOADET
        if self.art in SOM_FIL:
            return Pakketrin.MANGLER
        if self.til_pakken:
            skrevet = self.til_pakken.udgave.kraever_underskrift and er_underskrevet(self.til_pakken)
            return Pakketrin.UNDERSKREVET if skrevet else Pakketrin.GODKENDT
        if self.aabne:
            return Pakketrin.FROSSET
        return Pakketrin.KLADDE if self.er_skrevet or self.udgaver else Pakketrin.MANGLER

    @property
    def _skal_vaere_underskrevet(self) -> bool:
        """Of a file: it is written when it is told to be signed, where it must be."""
        return self.art == Dokumentart.FIL and self.krav is not None and self.krav.underskrives

    @property
    def er_klar(self) -> bool:
        """Needs nothing more to go into the package."""
        if self.art in SOM_FIL:
            return self.findes and (self.er_skrevet or not self._skal_vaere_underskrevet)
        return self.til_pakken is not None and er_underskrevet(self.til_pakken)

    @property
    def naeste(self) -> str:
        """Who must act next, in words; '' when nobody must."""
        if self.aabne:
            return self.aabne[0].naeste
        if self.gaeldende or (self.art in SOM_FIL and self.er_klar):
            return ""
        if self.nyeste and self.nyeste.naeste:
            return self.nyeste.naeste
        if self.nyeste and self.nyeste.tilstand == Tilstand.KOMMENDE:
            return ""
        if self.art in SOM_FIL:
            hvad = "skemaet" if self.art == Dokumentart.INDBERETNINGSSKEMA else "filen"
            hvad = "den underskrevne fil" if self.findes else hvad
            return f"Sekretariatet lægger {hvad} ind som bilag"
        fryser = "Sekretariatet udfylder det, der mangler" if self.huller else "Sekretariatet fryser en udgave"
        return fryser if self.findes else "Sekretariatet skriver dokumentet"

    @property
    def kilde(self) -> str:
        """Where the demand comes from, and whether it is verified; '' when nothing is demanded."""
        if self.krav is None:
            return ""
        return (
            self.krav.kilde if self.krav.verificeret == Verificeret.KILDE else f"{self.krav.kilde} (ikke verificeret)"
        )


def _aendret(stand: Kladdestand | None, v: Vistudgave | None) -> str:
    if v is None or stand in (None, Kladdestand.ENS):
        return ""
    udgave = f"udgave {v.udgave.nummer}"
    if v.udgave.kraever_underskrift and er_underskrevet(v):
        udgave = f"den underskrevne {udgave}"
    elif v.tilstand == Tilstand.GAELDENDE:
        udgave = f"den gældende {udgave}"
    if stand == Kladdestand.UVIS:
        return f"Kan ikke holdes op mod {udgave}"
    return f"Slettet siden {udgave}" if stand == Kladdestand.VAEK else f"Ændret siden {udgave}"


def er_underskrevet(v: Vistudgave) -> bool:
    """Signed by all who must; an edition that nobody signs is."""
    s = v.stilling
    return not s.kraever_underskrift or (bool(s.parter) and set(s.parter) <= set(s.underskrevet))


def dokumenter(plan: Helhedsplan, i_dag: date | None = None) -> list[Dokumentlinje]:
    """Every document, in the order of the rule set; then what is agreed on top of the plan, and those with editions
    that it does not ask for."""
    udgaver: dict[tuple[str, str], list[Vistudgave]] = {}
    for v in viste(plan, i_dag or timezone.localdate()):
        udgaver.setdefault((v.udgave.art, v.udgave.emne), []).append(v)
    findes, mangler = _hvad_der_findes(plan), huller(plan)
    linjer = []
    for krav in plan.regelsaet.dokumentkrav.all():
        if not plan.kender_puljen and krav.art in SOM_FIL:
            continue  # nobody knows whether it is asked for
        for emne, navn in _emner(plan, krav):
            kraeves = krav if plan.kender_puljen else None
            linje = _linje(plan, (krav.art, emne, navn), kraeves, findes, udgaver.pop((krav.art, emne), ()))
            linjer.append(replace(linje, huller=tuple(mangler.get((krav.art, emne), ()))))
    for lag in plan.lagene:
        egne = udgaver.pop((str(Dokumentart.LAG), lag.noegle), ())
        if egne or not lag.taeller():  # one that was agreed elsewhere is no paper to be made here
            linje = _linje(plan, (str(Dokumentart.LAG), lag.noegle, lag.navn), None, findes, egne)
            linjer.append(replace(linje, huller=tuple(mangler.get((linje.art, linje.emne), ()))))
    for (art, emne), egne in udgaver.items():
        linje = _linje(plan, (art, emne, egne[0].udgave.titel), None, findes, egne)
        linjer.append(replace(linje, huller=tuple(mangler.get((art, emne), ()))))
    return linjer


def dokument(plan: Helhedsplan, art: str, emne: str, i_dag: date | None = None) -> Dokumentlinje:
    """One document, whether it is asked for or not."""
    krav = plan.regelsaet.dokumentkrav.filter(art=art).first()
    navne = dict(_emner(plan, krav)) if krav else {}
    udgaver = viste(plan, i_dag or timezone.localdate(), art=art, emne=emne)
    navn = navne.get(emne) or (udgaver[0].udgave.titel if udgaver else navn_paa(plan, art, emne))
    kraeves = krav if plan.kender_puljen and emne in navne else None
    linje = _linje(plan, (art, emne, navn), kraeves, _hvad_der_findes(plan), udgaver)
    return replace(linje, huller=tuple(huller(plan, art).get((art, emne), ())))


def navn_paa(plan: Helhedsplan, art: str, emne: str) -> str:
    """What a document is called before it has any edition."""
    if art == Dokumentart.DELAFTALE:
        omraade = plan.regelsaet.indsatsomraader.filter(noegle=emne).first()
        return f"Delaftale om {omraade.navn}" if omraade else Dokumentart.DELAFTALE.label
    if art == Dokumentart.BUDGET:
        budget = plan.budgetter.filter(noegle=emne).first()
        return budget.navn if budget else Dokumentart.BUDGET.label
    if art == Dokumentart.LAG:
        return next((lag.navn for lag in plan.lagene if lag.noegle == emne), Dokumentart.LAG.label)
    return Dokumentart(art).label


def _emner(plan: Helhedsplan, krav: Dokumentkrav) -> list[tuple[str, str]]:
    """(emne, name) of each document that a demand asks for."""
    if krav.art == Dokumentart.FIL:
        return filer_til(krav, plan.indsatsomraader.all() if krav.pr_indsatsomraade else ())
    if krav.pr_indsatsomraade:
        return [(o.noegle, f"{krav.navn} om {o.navn}") for o in valgte(plan)]
    if krav.art == Dokumentart.BUDGET:
        budget = gaeldende_budget(plan)
        return [(budget.noegle if budget else "", krav.navn)]
    return [(krav.noegle, krav.navn)]


@laest_en_gang
def _hvad_der_findes(plan: Helhedsplan) -> dict[tuple[str, str], bool]:
    """(art, emne) of what is begun -> whether something is written of it; a constant number of queries."""
    skrevne = skrevet(plan).dokumenter()
    lagt_ind = list(plan.bilag.order_by().values_list("art", "papir", "underskrevet", "underskrevet_sagt"))
    milepaele = har_milepaele(plan) or Milepael.objects.filter(aktivitet__delaftale__plan=plan).exists()
    fundet = {(str(Dokumentart.DELAFTALE), d.noegle): d.er_skrevet for d in delaftalestande(plan)}
    fundet |= {(str(Dokumentart.BUDGET), n): True for n in plan.budgetter.values_list("noegle", flat=True)}
    fundet |= {(str(Dokumentart.LAG), lag.noegle): True for lag in plan.lagene}
    enkle = {
        Dokumentart.SAMARBEJDSAFTALE: Dokumenttype.SAMARBEJDSAFTALE in skrevne,
        Dokumentart.KOMMISSORIUM: Dokumenttype.KOMMISSORIUM in skrevne,
        Dokumentart.MILEPAELSPLAN: milepaele,
        Dokumentart.BEREDSKABSPLAN: har_risici(plan),
        Dokumentart.ORGANISATIONSDIAGRAM: plan.grupper.exists(),
        Dokumentart.INDBERETNINGSSKEMA: Bilagsart.INDBERETNINGSSKEMA in {art for art, *_ in lagt_ind},
    }
    for _, papir, *underskrevet in lagt_ind:
        if papir:
            hvad = str(Dokumentart.FIL), papir
            fundet[hvad] = fundet.get(hvad, False) or tid(*underskrevet).er_fortalt
    return fundet | {(str(art), ""): True for art, er in enkle.items() if er}


def _linje(
    plan: Helhedsplan, hvad: tuple[str, str, str], krav: Dokumentkrav | None, findes: dict, udgaver: Iterable
) -> Dokumentlinje:
    """hvad: (art, emne, name)."""
    art, emne, navn = hvad
    er_der = (art, emne) in findes
    kladde = kladde_url(plan, art, emne, er_der)
    # The budget that there is none of yet has no page, but a place where it is begun.
    vis = dokument_url(plan, art, emne) if emne or art not in MED_EMNE else kladde
    if art == Dokumentart.FIL and not er_der:
        vis = kladde
    return Dokumentlinje(art, emne, navn, krav, er_der, kladde, vis, tuple(udgaver), findes.get((art, emne), False))


def dokument_url(plan: Helhedsplan, art: str, emne: str) -> str:
    if art in SOM_FIL:
        return reverse("bilag-liste", args=[plan.noegle])
    return reverse("dokument-vis", args=[plan.noegle, art, *([emne] if emne else [])])


def kladde_url(plan: Helhedsplan, art: str, emne: str, findes: bool) -> str:
    """Where the document is written and read as it stands, or where it can be begun."""
    if art == Dokumentart.DELAFTALE:
        navn, args = ("delaftale-vis", [emne]) if findes else ("delaftale-liste", [])
    elif art == Dokumentart.BUDGET:
        navn, args = ("budget-vis", [emne]) if findes else ("budget-overblik", [])
    elif art == Dokumentart.LAG:
        navn, args = ("lag-vis", [emne]) if findes else ("indstillinger", [])
    elif art == Dokumentart.FIL and not findes:
        return f"{reverse('bilag-opret', args=[plan.noegle])}?papir={emne}"
    elif art in SOM_FIL:
        navn, args = "bilag-liste", []
    else:
        navn, args = f"{art}-vis", []
    return reverse(navn, args=[plan.noegle, *args])


def frosne_udgaver(plan: Helhedsplan) -> Iterator[Udgivetpapir]:
    """The editions, as they were frozen."""
    for udgave in plan.udgaver.select_related("plan"):
        yield Udgivetpapir(str(udgave), udgave.get_absolute_url(), udgave.indhold)


def frosset(plan: Helhedsplan) -> list[str]:
    """What of the plan's papers stands in the way of deleting it."""
    udgaver, pakker, udkast = plan.udgaver.count(), plan.pakker.count(), plan.delte_udkast.count()
    fundne = [
        (udgaver, "frossen udgave", "frosne udgaver"),
        (pakker, "pakke til fonden", "pakker til fonden"),
        (udkast, "delt udkast", "delte udkast"),
    ]
    return [antal(tal, en, flere) for tal, en, flere in fundne if tal]
