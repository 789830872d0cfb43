"""What a revision touches: two papers in, touched matters out, and from the rule set who must approve.

Pure functions. The proposal is careful: what may be of weight is taken to be, and a person may say why it is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from aftaler.choices import Afsnitsart, Beroering, Dokumentart, Godkendelsesniveau
from aftaler.queries.dokument import Aktivitetsvisning, Dokument, Dokumentafsnit
from budget.queries.papir import Budgetpapir
from dokumenter.oejebliksbillede import Papir

#: Texts of an activity that say what the effort is, and the one that says what it costs; the others are its own.
KARAKTERFELTER = {"formaal", "maalgruppe"}
OEKONOMIFELTER = {"ressourcer"}
#: When the rule set does not say.
UDEN_REGEL = {Beroering.SAMARBEJDSAFTALE: Godkendelsesniveau.LBF, Beroering.PARTER: Godkendelsesniveau.LBF}


def beroering(art: str, foer: Papir | None, efter: Papir) -> frozenset[Beroering]:
    """What the step from one edition to the next touches; of a first edition (`foer` None) the whole document."""
    if foer is None:
        return _foerste(art)
    if foer == efter:
        return frozenset()
    fundne = {Beroering.PARTER} if _parter(foer) != _parter(efter) else set()
    if isinstance(foer, Budgetpapir) or isinstance(efter, Budgetpapir):
        # The parties stand in the budget's head too; whatever else is different is money.
        return frozenset(fundne | ({Beroering.OEKONOMI} if _uden_parter(foer) != _uden_parter(efter) else set()))
    if art == Dokumentart.DELAFTALE:
        return frozenset(fundne | _delaftale(foer, efter))
    if art == Dokumentart.SAMARBEJDSAFTALE:
        return frozenset(fundne | {Beroering.SAMARBEJDSAFTALE})
    return frozenset(fundne | {Beroering(art)})


def _foerste(art: str) -> frozenset[Beroering]:
    if art == Dokumentart.DELAFTALE:
        return frozenset({Beroering.DELAFTALE, Beroering.KARAKTER})
    if art == Dokumentart.BUDGET:
        return frozenset({Beroering.OEKONOMI})
    return frozenset({Beroering(art)})


def _parter(papir: Papir) -> tuple:
    """Who the parties are; not who signs for them, which is no change of the agreement."""
    if isinstance(papir, Budgetpapir):
        return papir.parter
    return tuple((p.navn, p.administrerer, p.gaelder_fra, p.gaelder_til) for p in papir.parter)


def _uden_parter(papir: Papir) -> Papir:
    if isinstance(papir, Budgetpapir):
        return replace(papir, parter=(), fakta=tuple(f for f in papir.fakta if f[0] != "Parter"))
    return replace(papir, parter=())


def _delaftale(foer: Dokument, efter: Dokument) -> set[Beroering]:
    fundne: set[Beroering] = set()
    if replace(foer, parter=(), afsnit=(), tal=()) != replace(efter, parter=(), afsnit=(), tal=()):
        fundne.add(Beroering.KARAKTER)  # period, areas, pulje, title
    gamle, nye = _efter_noegle(foer.afsnit), _efter_noegle(efter.afsnit)
    for noegle in {*gamle, *nye}:
        fundne |= _afsnit(gamle.get(noegle), nye.get(noegle))
    return fundne


def _afsnit(foer: Dokumentafsnit | None, efter: Dokumentafsnit | None) -> set[Beroering]:
    if foer == efter:
        return set()
    et = foer or efter
    if et is not None and et.art == Afsnitsart.DELMAAL:
        return {Beroering.KARAKTER}
    if foer is None or efter is None or et is None or et.art != Afsnitsart.AKTIVITETER:
        return {Beroering.DELAFTALE}
    fundne = {Beroering.DELAFTALE} if replace(foer, indhold=()) != replace(efter, indhold=()) else set()
    gamle, nye = _efter_noegle(foer.indhold), _efter_noegle(efter.indhold)
    if set(gamle) != set(nye):
        fundne.add(Beroering.KARAKTER)  # an activity is new or gone
    for noegle in set(gamle) & set(nye):
        fundne |= _aktivitet(gamle[noegle], nye[noegle])
    return fundne


def _aktivitet(foer: Aktivitetsvisning, efter: Aktivitetsvisning) -> set[Beroering]:
    foer, efter = replace(foer, nummer=0), replace(efter, nummer=0)
    if foer == efter:
        return set()
    tekster = [{p.felt: p.tekst for p in a.prosa} for a in (foer, efter)]
    rettede = {felt for felt in {*tekster[0], *tekster[1]} if tekster[0].get(felt) != tekster[1].get(felt)}
    fundne = {Beroering.AKTIVITET}
    if rettede & KARAKTERFELTER or (foer.delmaal, foer.omraader) != (efter.delmaal, efter.omraader):
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
    """The places that differ: key -> name. An activity is a place of its own, as is each table of a budget."""
    if foer is None or foer == efter:
        return {}
    gamle, nye = _steder(foer), _steder(efter)
    ens = {noegle for noegle in {*gamle, *nye} if gamle.get(noegle) == nye.get(noegle)}
    return {noegle: (nye.get(noegle) or gamle[noegle])[0] for noegle in sorted({*gamle, *nye} - ens)}


def _steder(papir: Papir) -> dict[str, tuple[str, object]]:
    if isinstance(papir, Budgetpapir):
        steder: dict[str, tuple[str, object]] = {"kryds": ("Finansieringen fordelt på kilde og art", papir.kryds)}
        for navn, tabel, ord_ in (
            ("pr_kilde", papir.pr_kilde, "Finansieringen"),
            ("pr_formaal", papir.pr_formaal, "Formålet"),
            ("pr_konto", papir.pr_konto, "Kontoen"),
        ):
            steder |= {f"{navn}:{r.navn}": (f"{ord_} {r.navn}", (tabel.kolonner, r)) for r in tabel.raekker}
        return steder
    steder = {"hoved": ("Forsiden", replace(papir, afsnit=(), tal=()))}
    for afsnit in papir.afsnit:
        dele = {a.noegle: a for a in afsnit.indhold if isinstance(a, Aktivitetsvisning)}
        steder[f"afsnit:{afsnit.noegle}"] = (afsnit.titel, replace(afsnit, indhold=()) if dele else afsnit)
        steder |= {f"aktivitet:{n}": (f"Aktiviteten {a.navn}", replace(a, nummer=0)) for n, a in dele.items()}
    return steder
