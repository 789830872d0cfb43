"""The papers of the agreements: a `Dokument` of plain data becomes HTML, and that a PDF through the gateway.

The paper's id is made from its HTML: the same words have the same id, and a changed word another.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.diagram import organisationsdiagram
from aftaler.models import Delaftale, Helhedsplan
from aftaler.queries import dokument as forespoergsler
from aftaler.queries import papirer
from aftaler.queries.dokument import (
    Aktivitetsvisning,
    Billedvisning,
    Dokument,
    Dokumentafsnit,
    Partsvisning,
    Udgavestempel,
)
from helhedsplan.formats import lang_dato, opremsning, periode, tal
from helhedsplan.pdf import PdfFejl, arkivbillede, html_til_pdf, udkastlinje
from helhedsplan.prosa import Fodnote, Fodnoter


class Papir(NamedTuple):
    data: bytes
    filnavn: str


@dataclass(frozen=True)
class Indholdslinje:
    """A line of the contents: where it leads, and what it says."""

    anker: str
    nummer: str
    titel: str
    under: tuple["Indholdslinje", ...] = ()


@dataclass(frozen=True)
class Papirbillede:
    sha256: str
    alternativ_tekst: str
    billedtekst: str


@dataclass(frozen=True)
class Papirafsnit:
    """A section as it is printed: prose with numbered notes, and what `skabelon` needs to print the rest."""

    linje: Indholdslinje
    tilstand: str
    prosa: SafeString
    billeder: tuple[Papirbillede, ...]
    skabelon: str
    indhold: tuple
    noter: tuple[Fodnote, ...]

    @property
    def er_kort(self) -> bool:
        """So little that it does not stand alone on a last page."""
        tekster = [self.prosa, *(t for del_ in self.indhold if isinstance(del_, Del) for _, t in del_.tekster)]
        andet = self.billeder or any(not isinstance(x, Del) or x.fakta for x in self.indhold)
        return not andet and not any("<table" in t for t in tekster) and sum(len(strip_tags(t)) for t in tekster) < KORT


#: What stands at the head of a paper or an activity: (name, lines) for whatever is known.
Fakta = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Del:
    """A numbered part of a section: an activity, or the problemkompleks of one indsatsområde."""

    linje: Indholdslinje
    tekster: tuple[tuple[str, SafeString], ...]
    fakta: Fakta = ()
    kilde: Aktivitetsvisning | None = None


def samarbejdsaftale(plan: Helhedsplan, af: str = "") -> Papir:
    """The draft, made by `af`. Raises PdfFejl when a picture cannot be read, as every paper here does."""
    return papir(forespoergsler.samarbejdsaftale(plan), af=af)


def delaftale(aftale: Delaftale, af: str = "") -> Papir:
    return papir(forespoergsler.delaftale(aftale), af=af)


def _bestil_samarbejdsaftale(plan: Helhedsplan, argument: str) -> Papir:
    if argument:
        raise PdfFejl("Planen har kun én samarbejdsaftale. Skriv samarbejdsaftale uden mere.")
    return samarbejdsaftale(plan)


def _bestil_delaftale(plan: Helhedsplan, indsatsomraade: str) -> Papir:
    aftaler = plan.delaftaler.select_related("indsatsomraade", "plan__regelsaet")
    fundet = aftaler.filter(indsatsomraade__noegle=indsatsomraade).first()
    if fundet is None:
        kendte = ", ".join(f"delaftale:{aftale.noegle}" for aftale in aftaler) or "ingen delaftaler"
        raise PdfFejl(f"Planen har ingen delaftale »{indsatsomraade}«. Den har: {kendte}.")
    return delaftale(fundet)


def _bestil_papir(art: str) -> Callable[[Helhedsplan, str], Papir]:
    def bestil(plan: Helhedsplan, argument: str) -> Papir:
        if argument:
            raise PdfFejl(f"Planen har kun ét papir af den slags. Skriv {art} uden mere.")
        return papir(papirer.PAPIRER[art](plan))

    return bestil


#: Papers whose drafts have lines to sign on.
UNDERSKRIVES = {Dokumenttype.SAMARBEJDSAFTALE, Dokumenttype.DELAFTALE}
#: What a section says that nobody has written.
#: So many letters are a few lines.
KORT = 300
USKREVET, USKREVET_I_UDGAVE = "Ikke udfyldt endnu", "Ikke udfyldt i denne udgave"
#: What this room prints, by its name on the command line.
PAPIRER = {
    "samarbejdsaftale": _bestil_samarbejdsaftale,
    "delaftale": _bestil_delaftale,
    **{art: _bestil_papir(art) for art in papirer.PAPIRER},
}


def papir(dokument: Dokument, kladde: bool = True, stempel: Udgavestempel | None = None, *, af: str = "") -> Papir:
    """The paper as PDF. In a kladde or an edition a section without content says so, or the numbers would jump.

    With a stempel it is a frozen edition, and everything in it follows from the two; without, every page says that it
    is a draft, of today and made by `af`.
    """
    billeder: dict[str, bytes] = {}
    html = papir_html(dokument, billeder, kladde, stempel)
    eget_id = f"{dokument.noegle}/{hashlib.sha256(html.encode()).hexdigest()[:12]}"
    data = html_til_pdf(
        html,
        identifikator=stempel.dokument_id if stempel else eget_id,
        titel=f"{dokument.titel} – {dokument.plan_navn}",
        forfattere=[part.navn for part in dokument.parter],
        dato=stempel.frosset if stempel else dokument.aendret,
        billeder=billeder,
        streng=stempel is not None,
        udkast="" if stempel else udkastlinje(af),
    )
    return Papir(data, f"{dokument.art}-{dokument.noegle.replace('/', '-')}.pdf")


def papir_html(
    dokument: Dokument, billeder: dict[str, bytes], kladde: bool = True, stempel: Udgavestempel | None = None
) -> str:
    """The paper as HTML; the pictures it shows are put into `billeder` under their SHA-256."""
    return render_to_string("pdf/aftaler/papir.html", papirkontekst(dokument, billeder, kladde, stempel))


def papirkontekst(
    dokument: Dokument, billeder: dict[str, bytes], kladde: bool = True, stempel: Udgavestempel | None = None
) -> dict:
    """What the paper's templates print."""
    kladde = kladde and stempel is None
    fodnoter = Fodnoter(tal=dokument.tal)
    # A section that nobody has written says so, or the numbers of those after it would jump.
    i_alt = [a for a in dokument.afsnit if kladde or a.tilstand != "tom" or (stempel and a.nummer)]
    afsnit = [_afsnit(a, fodnoter, billeder) for a in i_alt]
    aendret = lang_dato(timezone.localdate(dokument.aendret)) if dokument.aendret else ""
    # Of one section nobody needs a list.
    linjer = [a.linje for a in afsnit] if len(afsnit) > 1 else []
    if linjer and stempel and stempel.underskrivere:
        linjer.append(Indholdslinje("underskrifter", "", "Underskrifter"))
    return {
        "dokument": dokument,
        "stempel": stempel,
        "uskrevet": USKREVET_I_UDGAVE if stempel else USKREVET,
        "linjer_til_blaek": () if stempel or dokument.art not in UNDERSKRIVES else dokument.parter,
        "aendret": aendret,
        "fakta": _forsidefakta(dokument, aendret, stempel),
        "linjer": linjer,
        "afsnit": afsnit,
    }


def udgavefakta(stempel: Udgavestempel | None) -> str:
    """Which edition it is, for the front page and the head; '' of a draft."""
    return f"{stempel.nummer} af {lang_dato(stempel.dato)}" if stempel else ""


def _forsidefakta(dokument: Dokument, aendret: str, stempel: Udgavestempel | None) -> Fakta:
    regulativ = f", regulativ af {lang_dato(dokument.regulativ)}" if dokument.regulativ else ""
    return _kendte(
        ("Periode", (periode(dokument.periode_fra, dokument.periode_til),)),
        ("Parter", tuple(map(_part, dokument.parter))),
        ("Områder", dokument.omraader),
        ("Pulje", (f"{dokument.pulje}{regulativ}",)),
        ("Landsbyggefondens sagsnummer", (dokument.lbf_sagsnummer,)),
        ("Udgave", (udgavefakta(stempel),)),
        ("Senest ændret", ("" if stempel else aendret,)),
    )


def _part(part: Partsvisning) -> str:
    administrerer = ", der administrerer helhedsplanen" if part.administrerer else ""
    gaelder = f" ({periode(part.gaelder_fra, part.gaelder_til)})" if part.gaelder_fra or part.gaelder_til else ""
    return f"{part.navn}{administrerer}{gaelder}"


def _kendte(*fakta: tuple[str, tuple[str, ...]]) -> Fakta:
    """Those that have something to say."""
    return tuple((navn, linjer) for navn, linjer in fakta if any(linjer))


def _afsnit(afsnit: Dokumentafsnit, fodnoter: Fodnoter, billeder: dict[str, bytes]) -> Papirafsnit:
    tidligere = len(fodnoter.liste)
    prosa = fodnoter.til_papir(afsnit.tekst)
    trykte = tuple(_billede(billede, billeder) for billede in afsnit.billeder)
    indhold = INDHOLD.get(afsnit.art, lambda afsnit, _fodnoter: afsnit.indhold)(afsnit, fodnoter)
    under = tuple(del_.linje for del_ in indhold if isinstance(del_, Del))
    linje = Indholdslinje(f"afsnit-{afsnit.noegle}", afsnit.nummer, afsnit.titel, under)
    return Papirafsnit(
        linje,
        afsnit.tilstand,
        prosa,
        trykte,
        f"pdf/aftaler/_{afsnit.art}.html",
        indhold,
        tuple(fodnoter.liste[tidligere:]),
    )


def _billede(billede: Billedvisning, billeder: dict[str, bytes]) -> Papirbillede:
    try:
        with default_storage.open(billede.fil) as fil:
            raa = fil.read()
    except OSError as fejl:
        raise PdfFejl(f"Billedet {billede.fil} findes ikke mere. Hent det op igen.") from fejl
    sha256, data = arkivbillede(raa, billede.fil)
    billeder[sha256] = data
    return Papirbillede(sha256, billede.alternativ_tekst, billede.billedtekst)


# --- content by kind of section --------------------------------------------------------------------------------------


def _koblingstabeller(afsnit: Dokumentafsnit, fodnoter: Fodnoter) -> tuple:
    """(title, heads, rows), a row as (from, lines): the goals, then what is said of them."""
    return tuple(
        (
            tabel.titel,
            (tabel.kolonne_fra, tabel.kolonne_til),
            tuple((raekke.fra, (*raekke.maal, raekke.til)) for raekke in tabel.raekker),
        )
        for tabel in afsnit.indhold
    )


def _organisering(afsnit: Dokumentafsnit, fodnoter: Fodnoter) -> tuple:
    return (organisationsdiagram(afsnit.indhold), *afsnit.indhold) if afsnit.indhold else ()


def _problemkomplekser(afsnit: Dokumentafsnit, fodnoter: Fodnoter) -> tuple[Del, ...]:
    return tuple(
        Del(
            Indholdslinje(f"indsatsomraade-{problem.noegle}", _nummer(afsnit, nr), problem.indsatsomraade),
            (("", fodnoter.til_papir(problem.tekst, niveau=4)),),
        )
        for nr, problem in enumerate(afsnit.indhold, 1)
    )


def _aktiviteter(afsnit: Dokumentafsnit, fodnoter: Fodnoter) -> tuple[Del, ...]:
    return tuple(
        Del(
            Indholdslinje(f"aktivitet-{aktivitet.noegle}", _nummer(afsnit, aktivitet.nummer), aktivitet.navn),
            tuple((felt.navn, fodnoter.til_papir(felt.tekst, niveau=5)) for felt in aktivitet.prosa),
            _aktivitetsfakta(aktivitet),
            aktivitet,
        )
        for aktivitet in afsnit.indhold
    )


def _aktivitetsfakta(aktivitet: Aktivitetsvisning) -> Fakta:
    deltagere = aktivitet.forventet_deltagertal
    return _kendte(
        ("Status", (aktivitet.status,)),
        ("Fortsætter", (aktivitet.fortsaetter,)),
        ("Områder", (opremsning(list(aktivitet.omraader)),)),
        ("Delmål", aktivitet.delmaal),
        ("Ansvarlig", (aktivitet.ansvarlig,)),
        ("Forventet deltagertal", ("" if deltagere is None else tal(deltagere),)),
    )


def _nummer(afsnit: Dokumentafsnit, nummer: int) -> str:
    return f"{afsnit.nummer}.{nummer}" if afsnit.nummer else str(nummer)


INDHOLD: dict[str, Callable[[Dokumentafsnit, Fodnoter], tuple]] = {
    Afsnitsart.KOBLINGSTABELLER.value: _koblingstabeller,
    Afsnitsart.ORGANISERING.value: _organisering,
    Afsnitsart.PROBLEMKOMPLEKSER.value: _problemkomplekser,
    Afsnitsart.AKTIVITETER.value: _aktiviteter,
}
