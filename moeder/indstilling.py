"""The decision paper of an agenda item, made from the change itself: proposed texts, what changed, and the money.

The texts are proposals that a person edits; figures and redline are drawn from the frozen papers each time. The
headings are those of a municipal decision paper (sagsfremstilling).
"""

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from budget.models import Revision
from budget.queries.revisioner import revisioner
from budget.queries.virkning import virkning
from dokumenter import oejebliksbillede
from dokumenter.blokke import blokdokument
from dokumenter.models import Udgave
from dokumenter.sammenlign import hel_del, sammenlign
from dokumenter.sammenlign.html import Vistdel, viste
from dokumenter.sammenlign.model import Delforskel, Raekkeforskel, Tabelforskel
from helhedsplan.blokke.model import Blokdokument, Blokraekke, ren
from helhedsplan.formats import kroner, lang_dato
from helhedsplan.tallaeser import BELOEB, laes_tal
from moeder.models import Dagsordenspunkt
from moeder.queries.moedebillede import OEKONOMI, VIDERE_PROCES, Genstandsbillede, Ordskifte, Talskifte, Taltabel
from moeder.queries.punktets_papir import genstand_sha256, genstandens_navn
from status.choices import Punktart
from status.models import Kvartalsstatus

Forskel = tuple[Delforskel, ...]

#: The fields of an item by the headings they stand under, in their order; the last heading is the decision's own.
OVERSKRIFTER = (
    ("indstilling", "Indstilling"),
    ("problemstilling", "Problemstilling"),
    ("loesning", "Løsning"),
    ("oekonomi", OEKONOMI),
    ("videre_proces", VIDERE_PROCES),
)
BESLUTNING = "Beslutning"
TEKSTFELTER = tuple(felt for felt, _ in OVERSKRIFTER)


# --- what an item is about --------------------------------------------------------------------------------------------


def sag(punkt: Dagsordenspunkt) -> tuple[Genstandsbillede | None, list[Vistdel]]:
    """What the item's own paper says, and the redline: the two editions are held up against each other once."""
    forskel = _forskel(punkt.udgave) if punkt.udgave else ()
    return genstandsbillede(punkt, forskel), rettelser(punkt, forskel)


def sag_hvis_laeselig(punkt: Dagsordenspunkt) -> tuple[tuple[Genstandsbillede | None, list[Vistdel]], str]:
    """As `sag`; of a paper that cannot be read its name alone, and the sentence that says so."""
    fundet, ulaeselig = oejebliksbillede.hvis_laeselig(sag, punkt)
    return fundet or (kun_navnet(punkt), []), ulaeselig


def genstandsbillede(punkt: Dagsordenspunkt, forskel: Forskel | None = None) -> Genstandsbillede | None:
    """What the item's own paper says; None for an item that is about its own text."""
    if punkt.genstand is None:
        return None
    if punkt.udgave:
        mere = _udgave(punkt.udgave, _forskel(punkt.udgave) if forskel is None else forskel)
    else:
        mere = _status(punkt.status) if punkt.status else _revision(punkt.revision)
    if any(mere["sammenfatning"] in getattr(punkt, felt) for felt in TEKSTFELTER):
        mere = mere | {"sammenfatning": ""}  # the item's own texts say it already
    return _billede(punkt, genstand_sha256(punkt), mere)


def kun_navnet(punkt: Dagsordenspunkt) -> Genstandsbillede | None:
    """Its name and the hash that the agenda was sent with."""
    return _billede(punkt, punkt.genstand_sha256 or genstand_sha256(punkt), {}) if punkt.genstand else None


def _billede(punkt: Dagsordenspunkt, sha256: str, mere: dict) -> Genstandsbillede:
    tomme = {"sammenfatning": "", "tabeller": (), "ord": (), "deltaer": (), "beder_om": (), "forbehold": ()}
    tomme |= _frosset_uden(punkt.udgave)
    art = next(felt for felt in punkt.GENSTANDE if getattr(punkt, f"{felt}_id"))
    return Genstandsbillede(art=art, navn=genstandens_navn(punkt), sha256=sha256, **(tomme | mere))


def _frosset_uden(udgave: Udgave | None) -> dict:
    """What the edition lacked on the day it was frozen, and why it was frozen all the same."""
    if udgave is None or not udgave.uskrevet_begrundelse:
        return {"mangler": (), "begrundelse": ""}
    return {"mangler": tuple(udgave.mangler), "begrundelse": udgave.uskrevet_begrundelse}


def _udgave(udgave: Udgave, forskel: Forskel) -> dict:
    tabeller, ord_ = udgavens_tal(forskel)
    return {"sammenfatning": udgave.resume, "tabeller": tabeller, "ord": ord_}


def _status(status: Kvartalsstatus) -> dict:
    aabne = [p.tekst for p in status.punkter.all() if p.art == Punktart.BESLUTNING and not p.svar]
    return {"sammenfatning": status.sammenfatning, "beder_om": tuple(aabne)}


def _revision(revision: Revision) -> dict:
    """Its lines, the sum of each financier and the local share before and after."""
    vist = next(v for v in revisioner(revision.budget) if v.revision.pk == revision.pk)
    virkning_ = virkning(revision)
    foer, efter = virkning_.foer, virkning_.efter
    skift = [Talskifte(en.navn, en.beloeb, anden.beloeb) for en, anden in zip(foer.kilder, efter.kilder, strict=True)]
    aendrede = [s for s in skift if s.forskel]
    i_alt = Talskifte("I alt", foer.i_alt, efter.i_alt, er_sum=True)
    tabel = (
        (Taltabel(f"Finansiering fordelt på kilde, kr. Før: {virkning_.navn}.", "Kilde", (*aendrede, i_alt)),)
        if aendrede
        else ()
    )
    return {
        "sammenfatning": revision.begrundelse,
        "tabeller": tabel,
        "ord": (
            Ordskifte("Lokal medfinansiering", kroner(foer.lokal, 2), kroner(efter.lokal, 2)),
            Ordskifte("Lokal andel", foer.andel_i_ord, efter.andel_i_ord),
            Ordskifte("Lokale kontanter", kroner(foer.lokal_kontant, 2), kroner(efter.lokal_kontant, 2)),
        ),
        "deltaer": tuple((linje.hvem, linje.formaal.fuldt_navn, linje.aar, linje.delta) for linje in vist.linjer),
        "forbehold": vist.fejl,
    }


# --- an edition's money -----------------------------------------------------------------------------------------------


def _blokke(udgave: Udgave) -> Blokdokument:
    return blokdokument(oejebliksbillede.fra_json(udgave.indhold, str(udgave)).papir)


def _forskel(udgave: Udgave) -> Forskel:
    """From the edition it takes the place of; of a first edition the whole paper as new."""
    nyt = _blokke(udgave)
    if udgave.retter is None:
        return tuple(hel_del(del_, "ny") for del_ in nyt.dele)
    return sammenlign(_blokke(udgave.retter), nyt)


def udgavens_tal(forskel: Forskel) -> tuple[tuple[Taltabel, ...], tuple[Ordskifte, ...]]:
    """The money that the paper carries, old and new: its tables where something differs, and the local share."""
    tabeller: list[Taltabel] = []
    ord_: list[Ordskifte] = []
    for tabel in _tabeller(forskel):
        if tabel.slags == "penge" and (fundet := _taltabel(tabel)):
            tabeller.append(fundet)
        elif tabel.slags == "andel":
            ord_ += _andel(tabel.raekker)
    return tuple(tabeller), tuple(ord_)


def _tabeller(dele: Iterable[Delforskel]):
    for del_ in dele:
        yield from (b for b in del_.blokke if isinstance(b, Tabelforskel))
        yield from _tabeller(del_.under)


def _taltabel(tabel: Tabelforskel) -> Taltabel | None:
    """Rows that differ, and the total, each followed by what it is made up of: its years, or its kinds. None when no
    figure differs."""
    hovedet = next((r for r in tabel.raekker if r.raekke.hoved and r.flyttet != "fra"), None)
    nu = _ord(hovedet.raekke) if hovedet else []
    foer = _ord(hovedet.foer) if hovedet and hovedet.foer else nu
    linjer: list[Talskifte] = []
    noget = False
    for r in tabel.raekker:
        if r.raekke.hoved or r.flyttet == "fra":
            continue
        efter = None if r.art == "slettet" else r.raekke
        linje = Talskifte(r.raekke.navn, _sum(r.foer), _sum(efter), r.raekke.er_sum)
        dele = _dele(r.raekke.navn, _kolonner(foer if r.foer else nu, r.foer), _kolonner(nu, efter))
        aendret = bool(linje.forskel or dele)
        noget = noget or aendret
        if aendret or linje.er_sum:
            linjer += [linje, *dele]
    if not noget:
        return None
    titel = ren(tabel.titel.tekst.loeb) if tabel.titel else "Budget, kr."
    return Taltabel(titel, nu[0] if nu else "Linje", tuple(linjer))


def _dele(navn: str, foer: dict[str, Decimal], efter: dict[str, Decimal]) -> list[Talskifte]:
    """The columns in which a row differs, in the order of the new table; those that are gone come last."""
    skift = [Talskifte(f"{navn}, {k}", foer.get(k), efter.get(k)) for k in dict.fromkeys([*efter, *foer])]
    return [s for s in skift if s.forskel]


def _ord(raekke: Blokraekke) -> list[str]:
    return [" ".join(ren(t.loeb) for t in celle.tekster) for celle in raekke.celler]


def _kolonner(navne: list[str], raekke: Blokraekke | None) -> dict[str, Decimal]:
    """The figures of a row by the head they stand under, but for its sum, which is the last; those without one are
    not there."""
    if raekke is None or len(navne) != len(raekke.celler):
        return {}
    tal = {}
    for navn, celle in list(zip(navne, _ord(raekke), strict=True))[1:-1]:
        try:
            tal[navn] = laes_tal(celle, BELOEB)
        except ValueError:
            continue
    return tal


def _sum(raekke: Blokraekke | None) -> Decimal | None:
    return raekke.beloeb if raekke else None


def _andel(raekker: Iterable[Raekkeforskel]) -> list[Ordskifte]:
    """The facts of the local share."""
    return [Ordskifte(r.raekke.navn, _celle(r.foer), "" if r.art == "slettet" else _celle(r.raekke)) for r in raekker]


def _celle(raekke: Blokraekke | None) -> str:
    return ", ".join(ren(t.loeb) for t in raekke.celler[1].tekster) if raekke else ""


def rettelser(punkt: Dagsordenspunkt, forskel: Forskel) -> list[Vistdel]:
    """The redline of the item's edition, the parts with changes in; none for a first edition."""
    if punkt.udgave is None or punkt.udgave.retter is None:
        return []
    return [del_ for del_ in viste(forskel) if del_.aendret]


# --- proposed texts ---------------------------------------------------------------------------------------------------


def forslag_til_tekster(punkt: Dagsordenspunkt) -> dict[str, str]:
    """A proposal for every heading that the change can say something under."""
    if punkt.udgave:
        return _om_udgave(punkt, punkt.udgave)
    if punkt.status:
        return _om_status(punkt, punkt.status)
    return _om_revision(punkt, punkt.revision) if punkt.revision else {}


def _organ(punkt: Dagsordenspunkt) -> str:
    return "bestyrelsen" if punkt.moede.er_bestyrelsens else "gruppen"


def _om_udgave(punkt: Dagsordenspunkt, udgave: Udgave) -> dict[str, str]:
    tabeller, _ = udgavens_tal(_forskel(udgave))
    foer = f"Udgave {udgave.retter.nummer} gælder nu." if udgave.retter and udgave.retter.ikraft else ""
    return {
        "indstilling": f"Det indstilles, at {_organ(punkt)} godkender {udgave}.",
        "problemstilling": " ".join(
            filter(None, [foer, f"Udgave {udgave.nummer} er frosset {lang_dato(timezone.localdate(udgave.frosset))}."])
        ),
        "loesning": f"Hvad er ændret: {udgave.resume}" if udgave.resume else "",
        "oekonomi": _penge_i_ord(tabeller),
        "videre_proces": _efter_godkendelsen(udgave),
    }


def _penge_i_ord(tabeller: tuple[Taltabel, ...]) -> str:
    summer = [(t.titel, linje) for t in tabeller for linje in t.linjer if linje.er_sum]
    if not tabeller:
        return "Papiret ændrer ikke budgettets tal."
    if not any(linje.forskel for _, linje in summer):
        return "Beløb flyttes mellem linjer, men summen er den samme. Tallene står i tabellen."
    titel, sum_ = next((t, linje) for t, linje in summer if linje.forskel)
    if sum_.foer is None:
        return f"I alt {kroner(sum_.efter, 2)} Tallene står i tabellen."
    titel = titel.removesuffix(", kr.")
    return f"{titel}: fra {kroner(sum_.foer, 2)} til {kroner(sum_.efter, 2)} Tallene står i tabellen."


def _efter_godkendelsen(udgave: Udgave) -> str:
    """What is to happen once it is approved, in the order it happens."""
    skridt = ["sendes den til underskrift hos parterne"] if udgave.kraever_underskrift else []
    skridt += ["sendes den til Landsbyggefonden"] if udgave.niveau == 3 else []
    skridt += ["sætter lederen den i kraft"]
    saa = ", derefter ".join(skridt)
    return f"Når udgaven er godkendt, {saa}."


def _om_status(punkt: Dagsordenspunkt, status: Kvartalsstatus) -> dict[str, str]:
    beder_om = [p.tekst for p in status.punkter.all() if p.art == Punktart.BESLUTNING and not p.svar]
    bedes = "Statussen beder bestyrelsen om:\n" + "\n".join(f"– {tekst}" for tekst in beder_om) if beder_om else ""
    return {
        "indstilling": f"Det indstilles, at {_organ(punkt)} tager {str(status).lower()} til efterretning.",
        "problemstilling": status.sammenfatning,
        "loesning": bedes,
    }


def _om_revision(punkt: Dagsordenspunkt, revision: Revision) -> dict[str, str]:
    virkning_ = virkning(revision)
    foer, efter = virkning_.foer, virkning_.efter
    forskel = efter.i_alt - foer.i_alt
    summen = f"fra {kroner(foer.i_alt, 2)} til {kroner(efter.i_alt, 2)}" if forskel else "den samme"
    return {
        "indstilling": f"Det indstilles, at {_organ(punkt)} godkender {str(revision).lower()} af "
        f"»{revision.budget.navn}«, gældende fra {lang_dato(revision.dato)}.",
        "problemstilling": revision.begrundelse,
        "loesning": "Budgettet ændres på de linjer, som står i tabellen.",
        "oekonomi": f"Finansieringen i alt er {summen}. Den lokale andel er {foer.andel_i_ord} før og "
        f"{efter.andel_i_ord} efter.",
        "videre_proces": (
            "Når bestyrelsen har godkendt revisionen, sendes den til Landsbyggefonden, fordi ændringen er større. "
            "Når Landsbyggefonden også har godkendt den, låses den, og de nye tal gælder fra den dag, den gælder fra."
            if virkning_.niveau.lbf
            else "Når revisionen er godkendt, låses den, og de nye tal gælder fra den dag, den gælder fra."
        ),
    }
