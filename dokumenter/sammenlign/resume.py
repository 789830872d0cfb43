"""What has changed, in one paragraph of Danish: pure function of two papers, the same for the same two."""

from collections.abc import Callable, Iterable
from decimal import Decimal

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
from helhedsplan.blokke.model import Blokraekke, ren
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
    dele = sammenlign(blokdokument(gammelt), blokdokument(nyt))
    saetninger = [s for del_ in dele for s in _fakta(del_)]
    saetninger += [f"Aktiviteten »{_kort(x.navn)}« er flyttet fra »{x.fra}« til »{x.til}«." for x in flyttede]
    saetninger += _dele(dele)
    for del_ in dele:
        saetninger += _indhold(del_)
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
    dele = [f"{_navne(nye)} er kommet til"] if nye else []
    dele += [f"{_navne(gamle)} er udgået"] if gamle else []
    return f"{navn}: {opremsning(dele) or 'rækkefølgen er ændret'}."


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
        b.art != "ens" and not (b.slags if isinstance(b, Tabelforskel) else b.tekst.slags)
        for b in blokke
        if isinstance(b, Tekstforskel | Tabelforskel)
    )


def _ellers_tavs(del_: Delforskel) -> bool:
    """A part that was changed is always told of, also where no sentence is made for what changed in it."""
    return not (del_.omdoebt or _felter(del_) or _indhold(del_))


def _indhold(del_: Delforskel) -> list[str]:
    """The pictures and the rows of the tables of a part, and its parts."""
    ud: list[str] = []
    if del_.art == "rettet":
        ud += _billeder(del_)
        for blok in del_.blokke:
            if isinstance(blok, Tabelforskel) and blok.slags in RAEKKEORD:
                ud += _tabel(blok)
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


def _tabel(tabel: Tabelforskel) -> list[str]:
    ord_ = RAEKKEORD[tabel.slags]
    raekker = [r for r in tabel.raekker if not r.raekke.hoved]
    navne = _raekkenavne(raekker)
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
    return [
        *_om(ord_, [navne(r) for r in nye], "nyt" if intetkoen else "ny", "nye"),
        *_om(ord_, [navne(r) for r in gaaede], "udgået", "udgået"),
        *_om(ord_, [navne(r) for r in flyttede], "flyttet", "flyttet"),
        *_om(ord_, [navne(r) for r in rettede], "rettet", "rettet"),
    ]


def _rettet(raekke: Raekkeforskel, slags: str) -> bool:
    """A row that only got another number because a row before it came or went says nothing new."""
    celler = raekke.celler[1:] if slags in NUMMEREREDE else raekke.celler
    return raekke.art == "rettet" and any(t.art != "ens" for c in celler for t in c.tekster)


def _raekkenavne(raekker: list[Raekkeforskel]) -> Callable[[Raekkeforskel], str]:
    """The name of a row; with what it belongs to where rows of several have the name."""
    ejere: dict[str, set[str]] = {}
    for r in raekker:
        for raekke in filter(None, (r.raekke, r.foer)):
            ejere.setdefault(raekke.navn, set()).add(raekke.foraelder)

    def navn(r: Raekkeforskel) -> str:
        ejer = r.raekke.foraelder if len(ejere[r.raekke.navn]) > 1 else ""
        return f"{r.raekke.navn} ({ejer})" if ejer else r.raekke.navn

    return navn


def _penge(tabel: Tabelforskel) -> list[str]:
    """Each line of money that has become another sum, the greatest change first, and the total before them."""
    titel = ren(tabel.titel.tekst.loeb).removesuffix(", kr.") if tabel.titel else "Budgettet"
    skift = []
    for r in tabel.raekker:
        foer, efter = _sum(r.foer), _sum(None if r.art == "slettet" else r.raekke)
        if r.flyttet != "fra" and not r.raekke.hoved and foer != efter:
            skift.append((r.raekke, foer, efter))
    if not skift:
        return _inden_for_summen(titel, tabel)
    skift.sort(key=lambda s: (not s[0].er_sum, -abs(s[2] - s[1])))
    linjer = [f"{_kort(r.navn)} fra {kroner(foer, 2)} til {kroner(efter, 2)}" for r, foer, efter in skift[: FLEST + 1]]
    flere = [f"{antal(len(skift) - FLEST - 1, 'linje', 'linjer')} mere"] if len(skift) > FLEST + 1 else []
    return [_punktum(f"{titel}: {'; '.join([*linjer, *flere])}")]


def _inden_for_summen(titel: str, tabel: Tabelforskel) -> list[str]:
    """No line comes to another sum: it is spread in another way, or stands in another place."""
    raekker = [r for r in tabel.raekker if not r.raekke.hoved]
    rettede = [r.raekke.navn for r in raekker if r.art != "ens" and not r.flyttet]
    flyttede = [r.raekke.navn for r in raekker if r.flyttet == "til"]
    ud = [f"{titel}: fordelingen er ændret for {_navne(rettede)}."] if rettede else []
    return [*ud, *([f"{titel}: {_navne(flyttede)} er flyttet."] if flyttede else [])]


def _sum(raekke: Blokraekke | None) -> Decimal:
    return (raekke.beloeb if raekke else None) or Decimal(0)


def _raekker(blokke: Iterable[Blokforskel], slags: str) -> list[Raekkeforskel]:
    return [r for b in blokke if isinstance(b, Tabelforskel) and b.slags == slags for r in b.raekker]
