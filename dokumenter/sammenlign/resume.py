"""What has changed, in one paragraph of Danish: pure function of two papers, the same for the same two."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from dokumenter.blokke import blokdokument
from dokumenter.oejebliksbillede import Papir
from dokumenter.sammenlign import NUMMEREREDE, SORTEREDE, sammenlign
from dokumenter.sammenlign.foelger import foelger
from dokumenter.sammenlign.model import (
    Billedforskel,
    Blokforskel,
    Delforskel,
    Raekkeforskel,
    Tabelforskel,
    Tekstforskel,
)
from helhedsplan.blokke.model import Blokcelle, Blokdel, Blokraekke, Tabelblok, ren
from helhedsplan.formats import antal, kroner, opremsning

#: More names than this in a sentence are counted instead.
FLEST = 5
LAENGSTE_NAVN = 80
#: A fact by its key, as it begins a sentence, where that is not by its name.
FAKTANAVNE = {
    "periode": "Perioden",
    "parter": "Parterne",
    "omraader": "Områderne",
    "pulje": "Puljen",
    "budget": "Budgettets tilstand",
}
FORSIDELINJER = {"titel": "Titlen", "overlinje": "Planens navn", "underlinje": "Linjen under titlen"}
#: What the rows of a table are called: (definite singular, definite plural).
RAEKKEORD = {
    "delmaal": ("delmålet", "delmålene"),
    "milepaele": ("milepælen", "milepælene"),
    "milepaelsplan": ("milepælen", "milepælene"),
    "risici": ("risikoen", "risiciene"),
    "samarbejdsparter": ("samarbejdsparten", "samarbejdsparterne"),
    "bestyrelse": ("medlemmet", "medlemmerne"),
    "maal": ("målet", "målene"),
    "indikatorer": ("indikatoren", "indikatorerne"),
    "koblinger": ("koblingen", "koblingerne"),
    "underskrifter": ("underskriveren", "underskriverne"),
    "formler": ("beregningen", "beregningerne"),
    "andel": ("linjen", "linjerne"),
}
#: What a row belongs to that is said to belong to nothing.
HELHED = {"samarbejdsparter": "hele delaftalen", "milepaelsplan": "hele planen"}
#: Rows of persons: another name is most often another person.
PERSONER = {"bestyrelse"}
#: As much of two names as is alike where one thing has changed its name.
NAVNELIGHED = 0.5
DELORD = {
    "afsnittet": ("afsnittet", "afsnittene"),
    "aktiviteten": ("aktiviteten", "aktiviteterne"),
    "problemkomplekset for": ("problemkomplekset for", "problemkomplekserne for"),
    "revisionen": ("revisionen", "revisionerne"),
}


def resume(foer: Papir | None, efter: Papir) -> str:
    """From one paper to the next; `foer` None for a first edition."""
    if foer is None:
        return "Første udgave."
    gammelt, nyt, flyttede = foelger(foer, efter)
    dele = sammenlign(gamle := blokdokument(gammelt), nye := blokdokument(nyt))
    ejere = Ejere.af(gamle.dele, (nye if nyt is efter else blokdokument(efter)).dele)
    saetninger = [s for del_ in dele for s in _fakta(del_)]
    saetninger += [f"Aktiviteten »{_kort(x.navn)}« er flyttet fra »{x.fra}« til »{x.til}«." for x in flyttede]
    saetninger += _dele(dele)
    for del_ in dele:
        saetninger += _indhold(del_, ejere)
    return " ".join(dict.fromkeys(saetninger)) or "Intet er ændret."


# --- sentences --------------------------------------------------------------------------------------------------------


def _navne(navne: Iterable[str]) -> str:
    """»a«, »b« og »c«; beyond a handful the rest are counted."""
    alle = [f"»{_kort(navn)}«" for navn in navne]
    if len(alle) > FLEST + 1:
        alle = [*alle[:FLEST], f"{len(alle) - FLEST} andre"]
    return opremsning(alle)


def _kort(navn: str) -> str:
    navn = " ".join(navn.split())
    return navn if len(navn) <= LAENGSTE_NAVN else f"{navn[: LAENGSTE_NAVN - 1].rstrip()}…"


def _punktum(saetning: str) -> str:
    """An abbreviation at the end has its full stop already."""
    return saetning if saetning.endswith(".") else f"{saetning}."


def _om(ord_: tuple[str, str], navne: list[str], een: str, flere: str) -> list[str]:
    """»Aktiviteten »x« er ny.« / »Aktiviteterne »x« og »y« er nye.«"""
    if not navne:
        return []
    hvad, hvordan = (ord_[0], een) if len(navne) == 1 else (ord_[1], flere)
    return [f"{hvad.capitalize()} {_navne(navne)} er {hvordan}."]


def _fakta(del_: Delforskel) -> list[str]:
    """Facts at the head of the paper: the period from this to that, a party more or less."""
    if del_.kilde.noegle != "forside" or del_.art == "ny":
        return []
    ud = [f"{navn} er nu »{_kort(ny)}«." for navn, ny in _nye_linjer(del_.blokke)]
    for raekke in _raekker(del_.blokke, "fakta"):
        navn = FAKTANAVNE.get(raekke.raekke.noegle, raekke.raekke.navn)
        foer, efter = _vaerdi(raekke.foer), _vaerdi(raekke.raekke)
        if raekke.art == "ny":
            ud.append(f"{navn} er nu angivet.")
        elif raekke.art == "slettet":
            ud.append(f"{navn} er ikke længere angivet.")
        elif raekke.art == "rettet":
            ud.append(_faktaskifte(navn, foer, efter))
    return ud


def _faktaskifte(navn: str, foer: list[str], efter: list[str]) -> str:
    """One value has become another, or a list has got members more and less."""
    if len(foer) == len(efter) == 1:
        return _punktum(f"{navn} er ændret fra {foer[0]} til {efter[0]}")
    nye, gamle = [v for v in efter if v not in foer], [v for v in foer if v not in efter]
    if len(nye) == len(gamle) == 1 and [nye[0] if v == gamle[0] else v for v in foer] == efter:
        return f"{navn}: {_punktum(_skifter_navn(gamle[0], nye[0]))}"
    dele = [f"{_navne(nye)} er kommet til"] if nye else []
    dele += [f"{_navne(gamle)} er udgået"] if gamle else []
    return f"{navn}: {opremsning(dele) or 'rækkefølgen er ændret'}."


def _skifter_navn(foer: str, efter: str, slags: str = "", kaldt: str = "") -> str:
    """One thing that has got another name; where the two names are nothing alike, or name persons, it may be another
    thing, and only what the papers show is said. kaldt: the old name with what tells it apart."""
    ens = SequenceMatcher(None, foer.lower(), efter.lower(), autojunk=False).ratio() >= NAVNELIGHED
    gammelt = _kort(kaldt or foer)
    if (ens or foer in efter or efter in foer) and slags not in PERSONER:
        return f"»{gammelt}« hedder nu »{_kort(efter)}«"
    return f"i stedet for »{gammelt}« står »{_kort(efter)}«"


def _nye_linjer(blokke: tuple[Blokforskel, ...]) -> list[tuple[str, str]]:
    """What is printed large on the front page, with what it is called in a sentence."""
    tekster = [b for b in blokke if isinstance(b, Tekstforskel) and b.art in {"ny", "rettet"}]
    return [(FORSIDELINJER[b.ny.stil], ren(b.ny.loeb)) for b in tekster if b.ny and b.ny.stil in FORSIDELINJER]


def _vaerdi(raekke: Blokraekke | None) -> list[str]:
    return [ren(t.loeb) for t in raekke.celler[1].tekster] if raekke else []


def _dele(dele: Iterable[Delforskel]) -> list[str]:
    """Parts of one kind that are new, gone, renamed, moved, or reworded."""
    ud: list[str] = []
    for slags, ord_ in DELORD.items():
        af_slagsen = [d for d in dele if d.kilde.slags == slags]
        ud += _om(ord_, [d.kilde.titel for d in af_slagsen if d.art == "ny"], _ny(slags), "nye")
        ud += _om(ord_, [d.kilde.titel for d in af_slagsen if d.art == "slettet" and not d.flyttet], "udgået", "udgået")
        ud += [f"»{_kort(d.foer.titel)}« hedder nu »{_kort(d.efter.titel)}«." for d in af_slagsen if _omdoebt(d)]  # type: ignore[union-attr]
        ud += _om(ord_, [d.kilde.titel for d in af_slagsen if d.flyttet == "til"], "flyttet", "flyttet")
        ud += _rettede(ord_, [d for d in af_slagsen if d.art == "rettet"])
    return ud


def _omdoebt(del_: Delforskel) -> bool:
    return del_.omdoebt and del_.flyttet != "fra"


def _ny(slags: str) -> str:
    return "ny" if slags in {"aktiviteten", "revisionen"} else "nyt"


def _rettede(ord_: tuple[str, str], dele: list[Delforskel]) -> list[str]:
    """Prose that was reworded; what happened in tables is told of itself."""
    i_prosa = [d for d in dele if d.under and _felter(d)]
    ud = [f"I {ord_[0]} »{_kort(d.kilde.titel)}« er {opremsning(_felter(d))} rettet." for d in i_prosa]
    andre = [d.kilde.titel for d in dele if d not in i_prosa and (_prosa_rettet(d.blokke) or _ellers_tavs(d))]
    if andre:
        ud.append(f"Teksten er rettet i {ord_[0] if len(andre) == 1 else ord_[1]} {_navne(andre)}.")
    return ud


def _felter(del_: Delforskel) -> list[str]:
    """The fields of an activity that were changed, by name in lower case."""
    felter = [r.raekke.navn for r in _raekker(del_.blokke, "fakta") if r.art != "ens"]
    felter += [u.kilde.titel for u in del_.under if u.aendret and u.kilde.slags == "felt"]
    return [felt.lower() for felt in dict.fromkeys(felter)]


def _prosa_rettet(blokke: Iterable[Blokforskel]) -> bool:
    return any(
        b.art != "ens" and not (b.slags or _alt_sagt(b) if isinstance(b, Tabelforskel) else b.tekst.slags)
        for b in blokke
        if isinstance(b, Tekstforskel | Tabelforskel)
    )


def _ellers_tavs(del_: Delforskel) -> bool:
    """A part that was changed is always told of, also where no sentence is made for what changed in it."""
    return not (del_.omdoebt or _felter(del_) or _indhold(del_, INGEN) or _skrevne_tabeller(del_))


def _indhold(del_: Delforskel, ejere: "Ejere") -> list[str]:
    """The pictures and the rows of the tables of a part, and its parts."""
    ud: list[str] = []
    if del_.art == "rettet":
        ud += _billeder(del_)
        if del_.kilde.slags == "afsnittet":
            ud += _skrevne_tabeller(del_)
        for blok in del_.blokke:
            if isinstance(blok, Tabelforskel) and blok.slags in RAEKKEORD:
                ud += _tabel(blok, del_.kilde.titel, ejere)
            elif isinstance(blok, Tabelforskel) and blok.slags == "penge":
                ud += _penge(blok)
        if del_.kilde.slags == "afsnittet":
            ud += _dele(del_.under)
    return ud


def _billeder(del_: Delforskel) -> list[str]:
    """A picture is known by what it shows; one that is both gone and new has been moved."""
    billeder = [b for b in del_.blokke if isinstance(b, Billedforskel)]
    nye, gaaede = ({b.billede.fil for b in billeder if b.art == art} for art in ("ny", "slettet"))
    hvad = {
        "er kommet til": [b for b in billeder if b.art == "ny" and b.billede.fil not in gaaede],
        "er udgået": [b for b in billeder if b.art == "slettet" and b.billede.fil not in nye],
        "er flyttet": [b for b in billeder if b.art == "ny" and b.billede.fil in gaaede],
        "har fået en anden tekst": [b for b in billeder if b.art == "rettet"],
    }
    sted = f"i afsnittet »{_kort(del_.kilde.titel)}«"
    return [
        f"{'Billedet' if len(fundne) == 1 else 'Billederne'} {_navne(_billednavn(b) for b in fundne)} {sted} {hvordan}."
        for hvordan, fundne in hvad.items()
        if fundne
    ]


def _billednavn(forskel: Billedforskel) -> str:
    return forskel.billede.billedtekst or forskel.billede.alternativ_tekst or "uden tekst"


def _tabel(tabel: Tabelforskel, afsnit: str, ejere: "Ejere") -> list[str]:
    ord_ = RAEKKEORD[tabel.slags]
    raekker = [r for r in tabel.raekker if not r.raekke.hoved]
    navne = _raekkenavne(tabel.slags, afsnit, ejere)
    intetkoen = ord_[0].endswith("et")
    # A row whose shape has changed goes out and comes in: it was changed, neither new nor gone.
    skiftede = {(r.raekke.noegle, r.raekke.foraelder) for r in raekker if r.art == "ny" and r.foer is not None}
    nye = [r for r in raekker if r.art == "ny" and r.foer is None]
    gaaede = [
        r
        for r in raekker
        if r.art == "slettet" and not r.flyttet and (r.raekke.noegle, r.raekke.foraelder) not in skiftede
    ]
    flyttede = [r for r in raekker if r.flyttet == "til" and not (r.foelger and tabel.slags in SORTEREDE)]
    rettede = [r for r in raekker if _rettet(r, tabel.slags) or (r.art == "ny" and r.foer is not None)]
    rettede = [r for r in rettede if not _anderledes(r)]
    return [
        *_om(ord_, [navne(r.raekke) for r in nye], "nyt" if intetkoen else "ny", "nye"),
        *_om(ord_, [navne(r.raekke) for r in gaaede], "udgået", "udgået"),
        *_omdoebte(raekker, tabel.slags, navne, ejere),
        *_om(ord_, [navne(r.raekke) for r in flyttede], "flyttet", "flyttet"),
        *_om(ord_, [navne(r.raekke) for r in rettede], "rettet", "rettet"),
    ]


def _anderledes(raekke: Raekkeforskel) -> bool:
    """A row that is known by its name and has got another, and is otherwise as it was."""
    return raekke.flyttet != "fra" and raekke.foer is not None and raekke.foer.noegle != raekke.raekke.noegle


def _omdoebte(
    raekker: list[Raekkeforskel], slags: str, navne: Callable[[Blokraekke], str], ejere: "Ejere"
) -> list[str]:
    """Once of one that had its name at several places; where the old name still stands, of which it is."""
    ud = []
    for r in filter(_anderledes, raekker):
        foer: Blokraekke = r.foer  # type: ignore[assignment]
        gammelt = navne(foer) if (slags, foer.navn) in ejere.nu else foer.navn
        saetning = _skifter_navn(foer.navn, r.raekke.navn, slags, gammelt)
        ud.append(_punktum(saetning[0].upper() + saetning[1:]))
    return list(dict.fromkeys(ud))


def _rettet(raekke: Raekkeforskel, slags: str) -> bool:
    """A row that only got another number because a row before it came or went says nothing new."""
    celler = raekke.celler[1:] if slags in NUMMEREREDE else raekke.celler
    return raekke.art == "rettet" and any(t.art != "ens" for c in celler for t in c.tekster)


@dataclass(frozen=True)
class Ejere:
    """By kind of table and name of row: in which sections it stands, and as belonging to what, in one of the papers or
    the other; and what stands in the new one, also what came with a new activity."""

    steder: dict[tuple[str, str], set[tuple[str, str]]]
    nu: frozenset[tuple[str, str]]

    @classmethod
    def af(cls, gamle: Iterable[Blokdel], nye: Iterable[Blokdel]) -> "Ejere":
        staar, stod = cls._steder(nye), cls._steder(gamle)
        return cls({navn: stod.get(navn, set()) | staar.get(navn, set()) for navn in {*stod, *staar}}, frozenset(staar))

    @staticmethod
    def _steder(dele: Iterable[Blokdel]) -> dict[tuple[str, str], set[tuple[str, str]]]:
        ud: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for del_ in dele:
            for blok in del_.blokke:
                if isinstance(blok, Tabelblok) and blok.slags in RAEKKEORD:
                    for r in blok.raekker:
                        ud.setdefault((blok.slags, r.navn), set()).add((del_.titel, r.foraelder))
        return ud


INGEN = Ejere({}, frozenset())


def _raekkenavne(slags: str, afsnit: str, ejere: Ejere) -> Callable[[Blokraekke], str]:
    """The name of a row; with what it belongs to, or its section, where rows of several have the name."""

    def navn(r: Blokraekke) -> str:
        andre = ejere.steder.get((slags, r.navn), set()) - {(afsnit, r.foraelder)}
        if any(sted == afsnit for sted, _ in andre):
            hos = r.foraelder or HELHED.get(slags, "")
        else:
            hos = afsnit if andre else ""
        return f"{r.navn} ({hos})" if hos else r.navn

    return navn


# --- tables that somebody has written --------------------------------------------------------------------------------


def _skrevne_tabeller(del_: Delforskel) -> list[str]:
    """The figures that have changed in the tables of a part and of its fields, and the rows that were moved."""
    sted = f"{del_.kilde.slags or 'afsnittet'} »{_kort(del_.kilde.titel)}«"
    tabeller = [b for d in (del_, *(u for u in del_.under if u.kilde.slags == "felt")) for b in _skrevne(d.blokke)]
    tal = [t for tabel in tabeller for t in _talskift(tabel)]
    flyttede = [_raekkenavn(r.raekke) for tabel in tabeller for r in tabel.raekker if r.flyttet == "til"]
    ud = []
    if tal:
        linjer = tal[: FLEST + 1]
        flere = [f"{len(tal) - len(linjer)} tal mere"] if len(tal) > len(linjer) else []
        ud.append(_punktum(f"Tal i en tabel i {sted}: {'; '.join([*linjer, *flere])}"))
    ud += _om(("rækken", "rækkerne"), flyttede, f"flyttet i en tabel i {sted}", f"flyttet i en tabel i {sted}")
    return ud + [s for u in del_.under if u.kilde.slags != "felt" for s in _skrevne_tabeller(u)]


def _skrevne(blokke: Iterable[Blokforskel]) -> list[Tabelforskel]:
    return [b for b in blokke if isinstance(b, Tabelforskel) and not b.slags and b.art == "rettet"]


def _alt_sagt(tabel: Tabelforskel) -> bool:
    """Whether `_skrevne_tabeller` tells of all that has changed in a written table."""
    titel = tabel.titel is None or tabel.titel.art == "ens"
    return tabel.art == "rettet" and titel and all(_raekke_sagt(r) for r in tabel.raekker)


def _raekke_sagt(r: Raekkeforskel) -> bool:
    return r.flyttet == "fra" or r.art == "ens" or (r.art == "rettet" and len(_skiftede(r)) == len(_talceller(r)))


def _skiftede(raekke: Raekkeforskel) -> list[int]:
    return [nr for nr, c in enumerate(raekke.celler) if any(t.art != "ens" for t in c.tekster)]


def _talceller(raekke: Raekkeforskel) -> list[int]:
    """Which cells had a figure, and now have another."""
    if raekke.art != "rettet" or raekke.foer is None or raekke.raekke.hoved:
        return []
    par = [(nr, raekke.foer.celler[nr], raekke.raekke.celler[nr]) for nr in _skiftede(raekke) if nr]
    return [nr for nr, foer, efter in par if all(any(t.isdigit() for t in _celleord(c)) for c in (foer, efter))]


def _talskift(tabel: Tabelforskel) -> list[str]:
    """»Nord, 2024« fra 22 % til 23 %: the row by its first cell, the column where there are several."""
    hoved = tabel.raekker[0].raekke.celler
    ud = []
    for r in tabel.raekker:
        for nr in _talceller(r):
            kolonne = _celleord(hoved[nr]) if len(r.celler) > 2 and len(hoved) > nr and hoved[nr].hoved else ""
            navn = ", ".join(filter(None, [_raekkenavn(r.raekke), kolonne]))
            foer: Blokraekke = r.foer  # type: ignore[assignment]
            ud.append(
                f"»{_kort(navn)}« fra {_kort(_celleord(foer.celler[nr]))} til {_kort(_celleord(r.raekke.celler[nr]))}"
            )
    return ud


def _raekkenavn(raekke: Blokraekke) -> str:
    return next(filter(None, map(_celleord, raekke.celler)), "uden tekst")


def _celleord(celle: Blokcelle) -> str:
    return " ".join(" ".join(ren(t.loeb) for t in celle.tekster).split())


def _penge(tabel: Tabelforskel) -> list[str]:
    """Each line of money that has become another sum, the greatest change first, and the total before them."""
    titel = ren(tabel.titel.tekst.loeb).removesuffix(", kr.") if tabel.titel else "Budgettet"
    skift = []
    omdoebte = [f"{titel}: {s}" for s in _omdoebte(list(tabel.raekker), tabel.slags, lambda r: r.navn, INGEN)]
    for r in tabel.raekker:
        foer, efter = _sum(r.foer), _sum(None if r.art == "slettet" else r.raekke)
        if r.flyttet != "fra" and not r.raekke.hoved and foer != efter:
            skift.append((r.raekke, foer, efter))
    if not skift:
        return [*omdoebte, *_inden_for_summen(titel, tabel)]
    skift.sort(key=lambda s: (not s[0].er_sum, -abs(s[2] - s[1])))
    linjer = [f"{_kort(r.navn)} fra {kroner(foer, 2)} til {kroner(efter, 2)}" for r, foer, efter in skift[: FLEST + 1]]
    flere = [f"{antal(len(skift) - FLEST - 1, 'linje', 'linjer')} mere"] if len(skift) > FLEST + 1 else []
    return [*omdoebte, _punktum(f"{titel}: {'; '.join([*linjer, *flere])}")]


def _inden_for_summen(titel: str, tabel: Tabelforskel) -> list[str]:
    """No line comes to another sum: it is spread in another way, or stands in another place."""
    raekker = [r for r in tabel.raekker if not r.raekke.hoved]
    rettede = [r.raekke.navn for r in raekker if r.art != "ens" and not r.flyttet and not _anderledes(r)]
    flyttede = [r.raekke.navn for r in raekker if r.flyttet == "til"]
    ud = [f"{titel}: fordelingen er ændret for {_navne(rettede)}."] if rettede else []
    return [*ud, *([f"{titel}: {_navne(flyttede)} er flyttet."] if flyttede else [])]


def _sum(raekke: Blokraekke | None) -> Decimal:
    return (raekke.beloeb if raekke else None) or Decimal(0)


def _raekker(blokke: Iterable[Blokforskel], slags: str) -> list[Raekkeforskel]:
    return [r for b in blokke if isinstance(b, Tabelforskel) and b.slags == slags for r in b.raekker]
