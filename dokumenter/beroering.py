"""What a revision touches: two papers in, touched matters out, and from the rule set who must approve.

What does not stand on the paper, in its blocks, is no change of it. Pure functions. The proposal is careful: what may
be of weight is taken to be, and a person may say why it is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aftaler.choices import Beroering, Dokumentart, Godkendelsesniveau
from dokumenter.blokke import blokdokument
from dokumenter.oejebliksbillede import Papir
from helhedsplan.blokke.model import AFSNIT, Blok, Blokdel, Blokdokument, Figurblok, Tabelblok, ren

#: Texts of an activity that say what the effort is, and the one that says what it costs; the others are its own.
KARAKTERFELTER = {"formaal", "maalgruppe"}
OEKONOMIFELTER = {"ressourcer"}
#: Facts of an activity that say what the effort is.
KARAKTERFAKTA = {"delmaal", "omraader"}
AKTIVITET = "aktiviteten"
#: Blocks that are made of the lines of money, and those lines, which are places of their own.
AFLEDT = {"andel", "penge", "tal"}
#: When the rule set does not say.
UDEN_REGEL = {Beroering.SAMARBEJDSAFTALE: Godkendelsesniveau.LBF, Beroering.PARTER: Godkendelsesniveau.LBF}


def beroering(art: str, foer: Papir | None, efter: Papir) -> frozenset[Beroering]:
    """What the step from one edition to the next touches; of a first edition (`foer` None) the whole document."""
    if foer is None:
        return _foerste(art)
    gammelt, nyt = blokdokument(foer), blokdokument(efter)
    fundne = {Beroering.PARTER} if _parter(gammelt) != _parter(nyt) else set()
    gammelt, nyt = _uden_parter(gammelt), _uden_parter(nyt)
    if gammelt == nyt:
        return frozenset(fundne)
    if art == Dokumentart.DELAFTALE:
        return frozenset(fundne | _delaftale(gammelt, nyt))
    if art == Dokumentart.LAG:
        return frozenset(fundne | _foerste(art))
    # Whatever is different in a budget is money.
    return frozenset(fundne | {Beroering.OEKONOMI if art == Dokumentart.BUDGET else Beroering(art)})


def _foerste(art: str) -> frozenset[Beroering]:
    if art == Dokumentart.DELAFTALE:
        return frozenset({Beroering.DELAFTALE, Beroering.KARAKTER})
    if art == Dokumentart.BUDGET:
        return frozenset({Beroering.OEKONOMI})
    if art == Dokumentart.LAG:  # it changes what the agreement says
        return frozenset({Beroering.SAMARBEJDSAFTALE})
    return frozenset({Beroering(art)})


def _parter(papir: Blokdokument) -> tuple:
    """Who the parties are, as the front page says it; not who signs for them, which is no change of the agreement."""
    return (papir.parter, [r.celler for r in _raekker(papir.dele[0].blokke) if r.noegle == "parter"])


def _uden_parter(papir: Blokdokument) -> Blokdokument:
    forside, *resten = papir.dele
    blokke = tuple(_uden_raekken(blok, "parter") for blok in forside.blokke)
    return replace(papir, parter=(), dele=(replace(forside, blokke=blokke), *resten))


def _uden_raekken(blok: Blok, noegle: str) -> Blok:
    if not isinstance(blok, Tabelblok):
        return blok
    return replace(blok, raekker=tuple(r for r in blok.raekker if r.noegle != noegle))


def _raekker(blokke: Iterable[Blok]):
    return [r for blok in blokke if isinstance(blok, Tabelblok) for r in blok.raekker]


def _delaftale(foer: Blokdokument, efter: Blokdokument) -> set[Beroering]:
    fundne: set[Beroering] = set()
    if replace(foer, dele=foer.dele[:1]) != replace(efter, dele=efter.dele[:1]):
        fundne.add(Beroering.KARAKTER)  # period, areas, pulje, title
    gamle, nye = _efter_noegle(foer.dele[1:]), _efter_noegle(efter.dele[1:])
    for noegle in {*gamle, *nye}:
        fundne |= _afsnit(gamle.get(noegle), nye.get(noegle))
    return fundne


def _afsnit(foer: Blokdel | None, efter: Blokdel | None) -> set[Beroering]:
    if foer == efter:
        return set()
    begge = [del_ for del_ in (foer, efter) if del_ is not None]
    if any(blok.slags == "delmaal" for del_ in begge for blok in del_.blokke if isinstance(blok, Tabelblok)):
        return {Beroering.KARAKTER}
    gamle, nye = (_efter_noegle(u for u in _under(del_) if u.slags == AKTIVITET) for del_ in (foer, efter))
    if not gamle and not nye:
        return {Beroering.DELAFTALE}
    # A section that holds activities alone comes and goes with them.
    rammer = [replace(del_, under=()) for del_ in begge]
    fundne = {Beroering.DELAFTALE} if len(rammer) == 2 and rammer[0] != rammer[1] else set()
    if set(gamle) != set(nye):
        fundne.add(Beroering.KARAKTER)  # an activity is new or gone
    for noegle in set(gamle) & set(nye):
        fundne |= _aktivitet(gamle[noegle], nye[noegle])
    return fundne


def _under(del_: Blokdel | None) -> tuple[Blokdel, ...]:
    return del_.under if del_ else ()


def _aktivitet(foer: Blokdel, efter: Blokdel) -> set[Beroering]:
    foer, efter = replace(foer, nummer=""), replace(efter, nummer="")
    if foer == efter:
        return set()
    felter = [_efter_noegle(a.under) | _efter_noegle(_raekker(a.blokke)) for a in (foer, efter)]
    rettede = {felt for felt in {*felter[0], *felter[1]} if felter[0].get(felt) != felter[1].get(felt)}
    fundne = {Beroering.AKTIVITET}
    if rettede & (KARAKTERFELTER | KARAKTERFAKTA):
        fundne.add(Beroering.KARAKTER)
    if rettede & OEKONOMIFELTER:
        fundne.add(Beroering.OEKONOMI)
    return fundne


def _efter_noegle(ting: Iterable) -> dict:
    return {t.noegle: t for t in ting}


# --- who must approve -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Niveauforslag:
    """Who must approve, and for each thing touched: (in words, level, source, verified)."""

    niveau: Godkendelsesniveau
    grunde: tuple[tuple[str, Godkendelsesniveau, str, bool], ...]


UDEN_GRUPPE = "Planen har ingen arbejds- eller følgegruppe"


def niveauforslag(
    beroert: Iterable[Beroering],
    regler: Mapping[str, tuple[int, str, bool]],
    lavest: Godkendelsesniveau = Godkendelsesniveau.ARBEJDSGRUPPE,
) -> Niveauforslag:
    """regler: touched -> (level, source, verified), from the rule set. The highest level counts; nothing touched is
    the lowest that the plan has anybody to decide at. What the rule set is silent about goes to the board, and what is
    the agreement's own to LBF too.
    """
    grunde = []
    for ting in sorted(beroert, key=list(Beroering).index):
        uden = (UDEN_REGEL.get(ting, Godkendelsesniveau.BESTYRELSE), "Puljens regler siger intet om det", False)
        niveau, kilde, verificeret = regler.get(ting.value, uden)
        if niveau < lavest:
            kilde = f"{kilde}. {UDEN_GRUPPE}"
        grunde.append((ting.label, Godkendelsesniveau(max(niveau, lavest)), kilde, verificeret))
    hoejest = max((niveau for _, niveau, _, _ in grunde), default=lavest)
    return Niveauforslag(hoejest, tuple(grunde))


# --- several revisions at once ----------------------------------------------------------------------------------------


def rettede_steder(foer: Papir | None, efter: Papir) -> dict[str, str]:
    """The places that differ: key -> name. An activity is a place of its own, as is each line of a table of money."""
    if foer is None:
        return {}
    gamle, nye = _steder(blokdokument(foer)), _steder(blokdokument(efter))
    ens = {noegle for noegle in {*gamle, *nye} if gamle.get(noegle) == nye.get(noegle)}
    return {noegle: (nye.get(noegle) or gamle[noegle])[0] for noegle in sorted({*gamle, *nye} - ens)}


def _steder(papir: Blokdokument) -> dict[str, tuple[str, object]]:
    forside, *afsnit = papir.dele
    steder: dict[str, tuple[str, object]] = {"hoved": ("Forsiden", replace(papir, dele=(forside,)))}
    for del_ in afsnit:
        aktiviteter = [u for u in del_.under if u.slags == AKTIVITET]
        steder |= {u.noegle: (f"Aktiviteten {u.titel}", replace(u, nummer="")) for u in aktiviteter}
        penge = [blok for blok in del_.blokke if isinstance(blok, Tabelblok) and blok.slags == "penge"]
        for tabel in penge:
            hoved, navn = tabel.raekker[0], ren(tabel.titel).removesuffix(", kr.")
            steder |= {
                f"{tabel.noegle}:{r.noegle}": (f"{navn}: {r.navn}", (hoved, r))
                for r in tabel.raekker[1:]
                if not r.er_sum
            }
        egne = tuple(blok for blok in del_.blokke if not _foelger_af_penge(blok))
        rest = replace(del_, blokke=egne, under=tuple(u for u in del_.under if u not in aktiviteter))
        steder[f"{AFSNIT}:{del_.noegle}"] = (del_.titel, rest)
    return steder


def _foelger_af_penge(blok: Blok) -> bool:
    """Changed by itself when a line of money is, or drawn of what stands beside it."""
    return isinstance(blok, Figurblok) or getattr(blok, "slags", "") in AFLEDT
