"""How votes on an agenda item come together: pure functions over plain data.

Three ways, as a plan's kommissorium says (`Afstemningsregel`). Under two of them each side has one vote, however many
members it has; under the third each member has one. A side without a vote (the police) is heard and never counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from helhedsplan.formats import antal, opremsning
from moeder.choices import Afstemningsregel, Fremmoedeart, Stemmevalg

#: What the page says of the plan's rule.
I_ORD = {
    Afstemningsregel.SAMLET: (
        "Der søges enighed. Hver side med stemme har én samlet stemme, uanset hvor mange medlemmer den har. Et punkt "
        "er godkendt, når alle de sider, der stemmer, er for. Er medlemmer af samme side uenige, er sidens stemme "
        "blokeret, og punktet kan ikke godkendes. Et medlem, der stemmer hverken for eller imod, bestemmer ikke "
        "sidens stemme."
    ),
    Afstemningsregel.FORMAEND: (
        "Der søges enighed. Kun formanden for hver side med stemme stemmer. Et punkt er godkendt, når alle de "
        "formænd, der stemmer, er for. Har en side to formænd, og er de uenige, er sidens stemme blokeret."
    ),
    Afstemningsregel.PR_MEDLEM: (
        "Der søges enighed. Hvert medlem af en side med stemme har én stemme. Et punkt er godkendt, når flere stemmer "
        "for end imod. Står stemmerne lige, er det ikke godkendt. Hverken for eller imod tæller ikke med."
    ),
}


@dataclass(frozen=True)
class Medlem:
    pk: int
    navn: str
    formand: bool = False


@dataclass(frozen=True)
class Stemmeside:
    navn: str
    har_stemme: bool
    medlemmer: tuple[Medlem, ...] = ()


@dataclass(frozen=True)
class Deltagelse:
    """Whether a member came, and who votes for one that did not. Nothing written: the member may still come."""

    art: str = ""
    fuldmagt_til: int | None = None

    @property
    def er_fravaerende(self) -> bool:
        return self.art in (Fremmoedeart.AFBUD, Fremmoedeart.UDEBLEVET)


INTET = Deltagelse()
INHABIL = "Inhabil"
FRAVAERENDE = "Fraværende uden fuldmagt"


@dataclass(frozen=True)
class Stemmegrundlag:
    """All that decides a vote. stemmer: member -> Stemmevalg, of those that are about what is decided now."""

    regel: str
    sider: tuple[Stemmeside, ...]
    stemmer: Mapping[int, str] = field(default_factory=dict)
    fremmoede: Mapping[int, Deltagelse] = field(default_factory=dict)
    inhabile: frozenset[int] = frozenset()

    @property
    def formaend_stemmer(self) -> bool:
        return self.regel == Afstemningsregel.FORMAEND


class Sidestemme(StrEnum):
    FOR = "for"
    IMOD = "imod"
    HVERKEN = "hverken"
    BLOKERET = "blokeret"
    INGEN = "ingen"


SIDESTEMME_I_ORD = {
    Sidestemme.FOR: "For",
    Sidestemme.IMOD: "Imod",
    Sidestemme.HVERKEN: "Hverken for eller imod",
    Sidestemme.BLOKERET: "Blokeret",
    Sidestemme.INGEN: "Ingen stemme",
}


@dataclass(frozen=True)
class Medlemsstilling:
    """One member: what he votes ('' for nothing yet), and why his vote does not count ('' when it does)."""

    medlem: Medlem
    valg: str
    ude: str

    @property
    def afventer(self) -> bool:
        return not self.valg and not self.ude

    @property
    def i_ord(self) -> str:
        if self.ude:
            return self.ude
        return str(Stemmevalg(self.valg).label) if self.valg else "Har ikke stemt"


@dataclass(frozen=True)
class Sidestilling:
    """One side: its vote, why in words, and where each of its members stands. `afventer`: it may still vote."""

    side: Stemmeside
    stemme: Sidestemme
    grund: str
    medlemmer: tuple[Medlemsstilling, ...]
    afventer: bool = False
    var_med: bool = False
    """somebody of the side was there, votes by a proxy that one who was there holds, or has voted"""
    uvist: bool = False
    """nobody was, so far as is written, and of some nothing is written"""

    @property
    def i_ord(self) -> str:
        return "Har ikke stemt" if self.afventer else SIDESTEMME_I_ORD[self.stemme]


@dataclass(frozen=True)
class Afstemningsstilling:
    """Where an item stands. baaret: the votes carry an approval. enighed: everybody who has a vote is for. mangler:
    why it is not carried, in Danish; empty when it is."""

    regel: str
    sider: tuple[Sidestilling, ...]
    baaret: bool
    enighed: bool
    mangler: tuple[str, ...]

    @property
    def stemmende(self) -> list[Sidestilling]:
        return [s for s in self.sider if s.side.har_stemme]

    @property
    def er_stemt(self) -> bool:
        return any(m.valg and not m.ude for s in self.sider for m in s.medlemmer)

    @property
    def er_imod(self) -> bool:
        return any(m.valg == Stemmevalg.IMOD and not m.ude for s in self.sider for m in s.medlemmer)

    @property
    def uviste(self) -> list[str]:
        """The sides with a vote that may or may not have been there."""
        return [s.side.navn for s in self.stemmende if s.uvist]

    @property
    def fravaerende(self) -> list[str]:
        """The sides with a vote that were not there."""
        return [s.side.navn for s in self.stemmende if not (s.var_med or s.uvist)]

    @property
    def nogen_kan_stemme(self) -> bool:
        return any(not m.ude for s in self.stemmende for m in s.medlemmer)

    @property
    def i_ord(self) -> str:
        if self.baaret:
            return "Alle stemmer for." if self.enighed else "Stemmerne bærer en godkendelse."
        return " ".join(self.mangler) if self.er_stemt else "Ingen har stemt endnu."


# --- the members ----------------------------------------------------------------------------------------------------


def stemmer_ikke(g: Stemmegrundlag, side: Stemmeside, medlem: Medlem) -> str:
    """Why a member's vote does not count on this item; '' when it does."""
    if not side.har_stemme:
        return f"{side.navn} har ikke stemme."
    if g.formaend_stemmer and not medlem.formand:
        return "Kun sidernes formænd stemmer."
    if medlem.pk in g.inhabile:
        return INHABIL
    fremmoede = g.fremmoede.get(medlem.pk, INTET)
    if fremmoede.er_fravaerende and fremmoede.fuldmagt_til is None:
        return FRAVAERENDE
    return fuldmagt_virker_ikke(g, fremmoede.fuldmagt_til) if fremmoede.er_fravaerende else ""


def fuldmagt_virker_ikke(g: Stemmegrundlag, til: int | None) -> str:
    """Why a proxy to a member cannot be used: he is away himself, disqualified, or of a side that does not vote."""
    modtager = next(((s, m) for s in g.sider for m in s.medlemmer if m.pk == til), None)
    if modtager is None:
        return "Fuldmagten er givet til en, der ikke sidder i bestyrelsen den dag."
    side, medlem = modtager
    if not side.har_stemme:
        return f"Fuldmagten er givet til {medlem.navn}, som ikke har stemme."
    if g.fremmoede.get(medlem.pk, INTET).er_fravaerende:
        return f"Fuldmagten er givet til {medlem.navn}, som selv er fraværende."
    if medlem.pk in g.inhabile:
        return f"Fuldmagten er givet til {medlem.navn}, som er inhabil."
    return ""


def _medlemmer(g: Stemmegrundlag, side: Stemmeside) -> tuple[Medlemsstilling, ...]:
    return tuple(Medlemsstilling(m, g.stemmer.get(m.pk, ""), stemmer_ikke(g, side, m)) for m in side.medlemmer)


# --- the sides ------------------------------------------------------------------------------------------------------


def _sidestilling(g: Stemmegrundlag, side: Stemmeside) -> Sidestilling:
    fundet = _sidens_stilling(g, side)
    skrevet = [g.fremmoede.get(m.medlem.pk, INTET) for m in fundet.medlemmer]
    har_stemt = any(m.valg and not m.ude for m in fundet.medlemmer)
    var_med = har_stemt or any(_var_med(g, f) for f in skrevet)
    return replace(fundet, var_med=var_med, uvist=not var_med and any(not f.er_fravaerende for f in skrevet))


def _var_med(g: Stemmegrundlag, f: Deltagelse) -> bool:
    """Was there himself, or is voted for by one who was."""
    til = g.fremmoede.get(f.fuldmagt_til, INTET) if f.er_fravaerende and f.fuldmagt_til is not None else f
    return til.art == Fremmoedeart.TIL_STEDE


def _sidens_stilling(g: Stemmegrundlag, side: Stemmeside) -> Sidestilling:
    medlemmer = _medlemmer(g, side)
    taeller = [m for m in medlemmer if not m.ude]
    givne = [m for m in taeller if m.valg]
    if not givne:
        grund = _ingen_stemme(g, side, taeller, medlemmer)
        return Sidestilling(side, Sidestemme.INGEN, grund, medlemmer, afventer=bool(taeller))
    stemme = sidens_stemme(m.valg for m in givne)
    if g.regel == Afstemningsregel.PR_MEDLEM:
        return Sidestilling(side, stemme, _optalt(givne), medlemmer)
    return Sidestilling(side, stemme, _grund(stemme, givne), medlemmer)


def sidens_stemme(valg: Iterable[str]) -> Sidestemme:
    """The joint vote of the votes of a side: those for and those against block each other."""
    givne = set(valg)
    if {Stemmevalg.FOR, Stemmevalg.IMOD} <= givne:
        return Sidestemme.BLOKERET
    if Stemmevalg.FOR in givne:
        return Sidestemme.FOR
    if Stemmevalg.IMOD in givne:
        return Sidestemme.IMOD
    return Sidestemme.HVERKEN if givne else Sidestemme.INGEN


def _navne(medlemmer: Iterable[Medlemsstilling], valg: str) -> str:
    return opremsning(sorted(m.medlem.navn for m in medlemmer if m.valg == valg))


def _grund(stemme: Sidestemme, givne: Sequence[Medlemsstilling]) -> str:
    if stemme == Sidestemme.BLOKERET:
        for_, imod = _navne(givne, Stemmevalg.FOR), _navne(givne, Stemmevalg.IMOD)
        return f"Uenighed på siden: {for_} er for, og {imod} er imod."
    navne = opremsning(sorted(m.medlem.navn for m in givne if m.valg == stemme))
    return f"Én samlet stemme, givet af {navne}."


def _optalt(givne: Sequence[Medlemsstilling]) -> str:
    dele = [
        f"{sum(m.valg == valg for m in givne)} {str(valg.label).lower()}"
        for valg in Stemmevalg
        if any(m.valg == valg for m in givne)
    ]
    return f"{opremsning(dele)}."


def _ingen_stemme(g: Stemmegrundlag, side: Stemmeside, taeller: Sequence, medlemmer: Sequence[Medlemsstilling]) -> str:
    if not side.har_stemme:
        return "Siden deltager uden stemme."
    if taeller:
        return "Siden har ikke stemt endnu."
    if not medlemmer:
        return "Siden har ingen medlemmer den dag."
    egne = [m for m in medlemmer if m.medlem.formand or not g.formaend_stemmer]
    if not egne:
        return "Siden har ingen formand, og kun formænd stemmer."
    if all(m.medlem.pk in g.inhabile for m in egne):
        return "Alle, der kunne stemme for siden, er inhabile."
    return "Ingen fra siden er til stede, og ingen kan stemme ved fuldmagt."


# --- the result -----------------------------------------------------------------------------------------------------


def stilling(g: Stemmegrundlag) -> Afstemningsstilling:
    """Where an item stands: each side's vote, and whether the votes carry an approval."""
    sider = tuple(_sidestilling(g, side) for side in g.sider)
    stemmende = [s for s in sider if s.side.har_stemme]
    mangler = _mangler_pr_medlem(stemmende) if g.regel == Afstemningsregel.PR_MEDLEM else _mangler_pr_side(stemmende)
    taeller = [m for s in stemmende for m in s.medlemmer if not m.ude]
    # Where a side has one vote, one of its members may have given it.
    med = {Stemmevalg.FOR} if g.regel == Afstemningsregel.PR_MEDLEM else {Stemmevalg.FOR, ""}
    alle_for = bool(stemmende) and all(s.stemme == Sidestemme.FOR for s in stemmende)
    enighed = not mangler and alle_for and all(m.valg in med for m in taeller)
    return Afstemningsstilling(g.regel, sider, not mangler, enighed, tuple(mangler))


def _mangler_pr_side(sider: Sequence[Sidestilling]) -> list[str]:
    """Every side that votes must be for; a side that has nobody to vote for it does not stand in the way."""
    mangler = []
    for s in sider:
        if s.stemme == Sidestemme.BLOKERET:
            mangler.append(f"Stemmen fra {s.side.navn} er blokeret. {s.grund}")
        elif s.afventer:
            mangler.append(f"{s.side.navn} har ikke stemt.")
        elif s.stemme == Sidestemme.IMOD:
            mangler.append(f"{s.side.navn} er imod.")
        elif s.stemme == Sidestemme.HVERKEN:
            mangler.append(f"{s.side.navn} er hverken for eller imod.")
    if not mangler and not any(s.stemme == Sidestemme.FOR for s in sider):
        mangler.append("Ingen med stemme er for.")
    return mangler


def _mangler_pr_medlem(sider: Sequence[Sidestilling]) -> list[str]:
    """More for than against, and those that have not voted cannot turn it."""
    taeller = [m for s in sider for m in s.medlemmer if not m.ude]
    for_ = sum(m.valg == Stemmevalg.FOR for m in taeller)
    imod = sum(m.valg == Stemmevalg.IMOD for m in taeller)
    venter = sum(m.afventer for m in taeller)
    if for_ > imod + venter:
        return []
    optalt = f"{for_} for og {imod} imod."
    if venter:
        return [f"{optalt} {antal(venter, 'medlem har', 'medlemmer har')} ikke stemt."]
    return [f"{optalt} Stemmerne står lige." if for_ == imod else f"{optalt} Der er ikke flertal for."]


# --- concluding -----------------------------------------------------------------------------------------------------


def mangler_for_enighed(s: Afstemningsstilling) -> str:
    """Why it cannot be said that the meeting agreed; '' when it can: nobody knows who agreed where it is not written
    whether a side with a vote was there."""
    if not (uviste := s.uviste):
        return ""
    return (
        f"Der er ikke skrevet fremmøde for {opremsning(uviste)}, så ingen ved, om mødet var enigt. Skriv fremmødet på "
        "mødets side, før du skriver, at mødet var enigt."
    )


def enighed_i_ord(fravaerende: Sequence[str]) -> str:
    """Agreement is of those who were there; the sides with a vote that were not are named."""
    if not fravaerende:
        return "ved enighed"
    return f"ved enighed blandt de fremmødte; {opremsning(list(fravaerende))} var ikke til stede"


def mangler_for_godkendelse(s: Afstemningsstilling, *, enighed: bool) -> str:
    """Why an item cannot be concluded as approved; '' when it can.

    Agreement that the chair has found (`enighed`) needs no votes, but nobody may have voted against.
    """
    if not enighed:
        return "" if s.baaret else f"Stemmerne bærer ikke en godkendelse. {' '.join(s.mangler)}"
    if s.er_imod:
        return "Der er stemt imod, så punktet er ikke godkendt ved enighed."
    if s.stemmende and not s.nogen_kan_stemme:
        return "Ingen med stemme er til stede, så der kan ikke være enighed."
    return ""


def som_data(s: Afstemningsstilling) -> dict:
    """The votes as they stood, for the decision to keep: names and words, no references."""
    return {
        "regel": str(s.regel),
        "regel_i_ord": I_ORD[Afstemningsregel(s.regel)],
        "baaret": s.baaret,
        "enighed": s.enighed,
        "fravaerende": s.fravaerende,
        "stemt": s.er_stemt,
        "sider": [
            {
                "navn": side.side.navn,
                "har_stemme": side.side.har_stemme,
                "stemme": side.stemme.value,
                "i_ord": side.i_ord,
                "grund": side.grund,
                "medlemmer": [{"navn": m.medlem.navn, "valg": m.valg, "i_ord": m.i_ord} for m in side.medlemmer],
            }
            for side in s.sider
        ],
    }
