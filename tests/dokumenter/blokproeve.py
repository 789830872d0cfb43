"""Papers that hold one of everything their builders can say, and a paper's blocks written out line by line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from types import ModuleType

from aftaler import blokke as aftaleblokke
from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import (
    EGET_MAAL,
    Bilagsvisning,
    Dokumentafsnit,
    Gruppevisning,
    Maaltal,
    Maalvisning,
    Medlemsvisning,
    Pladsvisning,
    Samarbejdspartsvisning,
    Sidevisning,
    Talblok,
    Udgavestempel,
    Underskriftslinje,
)
from aftaler.queries.omraader import Ledvisning, Omraadevisning, Stoerrelsesvisning
from aftaler.queries.papirer import (
    GENNEMGANG,
    LAGFAKTA,
    LAGTEKST,
    MILEPAELE,
    RISICI,
    Lagfakta,
    Milepaelslinje,
    Risikolinje,
)
from aftaler.queries.planraekker import Behandlingsvisning, Faellesvisning, Sideplansvisning
from budget import blokke as budgetblokke
from budget.queries.lagtabel import Laglinje, Lagtabel
from budget.queries.papir import Papirdelta, Papirrevision
from helhedsplan.blokke.model import Billedblok, Blok, Blokdel, Blokdokument, Figurblok, Loeb, Tekstblok
from helhedsplan.tekst import Talkilde
from moeder import blokke as moedeblokke
from status import blokke as kortblokke
from tests.aftaler import papirproeve as proeve
from tests.dokumenter.budgetproeve import budgetpapir
from tests.moeder.blokproeve import kort, moeder

LINJER = (Underskriftslinje("Eksempel Kommune", "Person A", "Borgmester"), Underskriftslinje("Fonden", "", ""))
STEMPEL = Udgavestempel(2, date(2026, 3, 31), datetime(2026, 3, 31, 9, tzinfo=UTC), "eksempel/u2-0123", LINJER)
TAL = Maaltal(
    (Talblok("Nord", ("12 %", "10 af 83")), Talblok("", ("13 %",))),
    (Talblok("", ("9 %",)),),
    "2024",
    "Beboerdata",
    True,
)
PLADSER = (
    Pladsvisning("Direktør", "Eksempel Kommune", True),
    Pladsvisning("Beboer", "", False, 8, "efter indstilling"),
)
UDVALG = Gruppevisning("udvalg", "Udvalget", "Arbejdsgruppe", 4, "", (), (), ("Nord", "Syd"))
BEBOERE = Gruppevisning("beboere", "Beboerne", "Arbejdsgruppe", None, "", (), ())
GRUPPER = (Gruppevisning("bestyrelsen", "Bestyrelsen", "Bestyrelse", 1, "Leder\nplanen.", PLADSER, (UDVALG, BEBOERE)),)
MILEPAELSLINJER = (
    Milepaelslinje("Start", "", date(2026, 2, 1), "", ""),
    Milepaelslinje("Hold", "Leder", None, "Nået", "Fritidsjob"),
)
RISIKOLINJER = (
    Risikolinje("Ingen kommer", "Stor", "Lille", "", ""),
    Risikolinje("Regn", "Lille", "Stor", "Ring\nskriv", "Leder"),
)
UDEN_TAL = Maaltal((), (), "2023", "", False)
MAAL = Maalvisning(1, "Flere i job", "Job", ("Andel", "Antal", "Andre"), (TAL, None, UDEN_TAL))
FASTE = Maalvisning(3, "Flere i skole", "Skole", ("Fravær",))
UDEN_INDIKATORER = Maalvisning(4, "Flere i klub", "", ())
KILDE = Talkilde("a/b/c", "Beboerdata 2024")
BUNDET = '<p>Nu <span data-tal="a/b/c">26,1 %</span> og <span data-tal="a/b/c">27 %</span>.</p>'
EGNE = Maalvisning(EGET_MAAL, "Egne kriterier", "Beskæftigelse", ("Flere i job",))
EGNE_MAAL = (
    Maalvisning(EGET_MAAL, "Flere bliver boende", "", ("Fraflytning",), eget_overordnet=True),
    Maalvisning(EGET_MAAL, "Flere er trygge", "", (), eget_overordnet=True),
)
SIDER = (
    Sidevisning(
        "Kommunen",
        True,
        (
            Medlemsvisning("Direktør, Prøve", "Direktør", True, date(2025, 11, 1), date(2029, 10, 31)),
            Medlemsvisning("Chef, Prøve", "", False, None, date(2026, 5, 31)),
        ),
    ),
    Sidevisning("Politiet", False, (Medlemsvisning("Betjent, Prøve", "Politiet", False, None, None),)),
    Sidevisning("AAB", True, ()),
)
PARTER = (Samarbejdspartsvisning("Jobcentret", "", "Fritidsjob"), Samarbejdspartsvisning("Skolen", "Henviser", ""))


def _afsnit(art: str, nummer: str, titel: str, *indhold) -> Dokumentafsnit:
    et = proeve.afsnit(Afsnitsart.PROSA, 1, "", indhold)
    return replace(et, noegle=art, art=art, nummer=nummer, titel=titel, har_prosa=False)


@cache
def aftale():
    administrerer = proeve.part("Eksempel Kommune", administrerer=True)
    part = replace(
        administrerer, ogsaa="Kommunen (folkemunde)", gaelder_fra=date(2025, 11, 1), gaelder_til=date(2026, 1, 1)
    )
    aktivitet = proeve.aktivitet(1)
    aktivitet = replace(aktivitet, prosa=tuple(replace(p, tekst=BUNDET) for p in aktivitet.prosa))
    prosa = '<p>Her bor mange.<span class="fodnote">Beboerdata</span></p>' + BUNDET
    maal = proeve.afsnit(Afsnitsart.MAAL_OG_INDIKATORER, 5, "", (MAAL,))
    problemer = (proeve.problem("Job", BUNDET), proeve.problem("Skole", ""))
    delmaal = (proeve.delmaal(1), replace(proeve.delmaal(2), maal_i_ord="", aktiviteter=()))
    return proeve.dokument(
        proeve.afsnit(Afsnitsart.AFTALEDOKUMENTER, 1, "", ("Budget",)),
        proeve.afsnit(Afsnitsart.PROSA, 2, prosa, billeder=(proeve.billede("kort.png"),)),
        proeve.afsnit(Afsnitsart.KOBLINGSTABELLER, 3, "", (proeve.koblingstabel(),)),
        proeve.afsnit(Afsnitsart.ORGANISERING, 4, "", GRUPPER),
        maal,
        replace(maal, nummer="6", noegle="faste", indhold=(FASTE, UDEN_INDIKATORER)),
        replace(maal, nummer="7", noegle="egne", indhold=(*EGNE_MAAL, EGNE)),
        proeve.afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 8, "", problemer),
        proeve.afsnit(Afsnitsart.DELMAAL, 9, "", delmaal),
        proeve.afsnit(Afsnitsart.AKTIVITETER, 10, "", (aktivitet,)),
        proeve.afsnit(Afsnitsart.SAMARBEJDSPARTER, 11, "", PARTER),
        proeve.afsnit(Afsnitsart.PROSA, 12),
        _afsnit(MILEPAELE, "13", "Hele planen", *MILEPAELSLINJER),
        _afsnit(RISICI, "", "Risici", *RISIKOLINJER),
        _afsnit(GENNEMGANG, "", "Gennemgang", "Planen er sidst gennemgået 1. maj 2026."),
        _afsnit(LAGFAKTA, "15", "Det ændres", Lagfakta("slags", "Slags", "Forlængelse"), Lagfakta("til", "Nu", "2031")),
        _afsnit(LAGTEKST, "16", "Det aftales", "Planen løber videre.", "Sekretariatet fortsætter."),
        proeve.afsnit(Afsnitsart.BESTYRELSE, 14, "", SIDER),
        parter=(part, proeve.part("Boligforeningen Eksempel")),
        lbf_sagsnummer="12-345",
        tal=(KILDE,),
    )


def uden_numre():
    """Sections without a number; one of them empty, which is said in a draft and left out of an edition."""
    problemer = proeve.afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 1, "", (proeve.problem("Job", "<p>Mange.</p>"),))
    return proeve.dokument(_afsnit(RISICI, "", "Risici"), replace(problemer, nummer=""))


def ikke_oplyst():
    """What is told in words, or not at all."""
    milepael = Milepaelslinje("Hold", "Leder", None, "", "", "foråret 2026")
    ord_ = {
        "periode_fra": None,
        "periode_fra_sagt": "sommeren 2025",
        "periode_til": None,
        "periode_til_sagt": "fire år",
    }
    problemer = (proeve.problem("Job", "<p>Mange.</p>"), proeve.problem("Skole", ""))
    papir = proeve.dokument(
        _afsnit(MILEPAELE, "1", "Hele planen", milepael),
        proeve.afsnit(Afsnitsart.PROSA, 2),
        proeve.afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 3, "", problemer),
        _afsnit(RISICI, "4", "Risici"),
        parter=(),
    )
    return replace(papir, parter_ikke_oplyst=True, tekster_ikke_oplyst=True, **ord_)


OMRAADERNE = (
    Omraadevisning(
        "Nord",
        None,
        "sommeren 2026",
        date(2028, 12, 31),
        "",
        (Ledvisning("Blok 1, afd. 3", None, "", None, ""), Ledvisning("afd. 4", date(2027, 1, 1), "", None, "")),
        (Ledvisning("Job", None, "", None, ""), Ledvisning("Skole", None, "2027", None, "")),
        (
            Stoerrelsesvisning("Boliger", "253", date(2026, 1, 1), "", "Boligforeningen"),
            Stoerrelsesvisning("Boliger", "454", None, "2025", ""),
            Stoerrelsesvisning("Beboere", "ca. 1.550", None, "", ""),
        ),
    ),
    Omraadevisning("Syd", ogsaa="Sydbyen (statens liste)", indsatsomraader=(Ledvisning("Job", None, "", None, ""),)),
    *(Omraadevisning(f"Øst {nr}") for nr in range(1, 6)),
)


BILAG = (
    Bilagsvisning("Kort", "Kort eller tegning", "kort.pdf", offentliggjort="Byens Avis, 2016"),
    Bilagsvisning("Aktivitetsskema", "Andet bilag", "", "foråret 2016", "Ansøgningen", "havneby.dk"),
    Bilagsvisning("Projektbeskrivelse", "Andet bilag", ""),
)


def med_omraader():
    """Areas with what is told of them, more than there is room for beside each other; and plans beside this one."""
    sideplaner = (
        Sideplansvisning("Renovering", "Fysisk helhedsplan", "256 mio. kr.", "Byrådet", ("Nye tage", "Nye køkkener")),
        Sideplansvisning("Ny by", "Udviklingsplan", "", "", ()),
    )
    behandlinger = (
        Behandlingsvisning(
            "Byrådet", "", date(2025, 6, 24), "", "14", "Godkendt på vilkår", None, None, "Status", "Syd"
        ),
        Behandlingsvisning("Urafstemning", "Blok 1", None, "sommeren 2025", "", "Godkendt", 41, 12, "", ""),
    )
    faelles = (
        Faellesvisning("Beløb", "Bevilling", "12 mio. kr.", "Brevet", "Syd", ""),
        Faellesvisning("Sekretariat", "Sekretariatet i Syd", "", "", "Syd", "Syd"),
        Faellesvisning("Andet", "Beboerhuset", "", "", "", ""),
    )
    papir = replace(proeve.dokument(uden_numre().afsnit[1]), omraaderne=OMRAADERNE, sideplaner=sideplaner, bilag=BILAG)
    return replace(papir, behandlinger=behandlinger, faelles=faelles)


def delaftale_med_omraader():
    """Areas by where they are on the day, and activities in some of them."""
    nord, syd = OMRAADERNE[:2]
    staar = (replace(nord, staar="med"), *(replace(syd, navn=s, staar=s) for s in ("uvist", "kommer", "ude", "med")))
    uden = replace(proeve.aktivitet(2), navn="Uden sted", omraader=(), prosa=(), samarbejdsparter=(), milepaele=())
    aktiviteter = (replace(uden, nummer=1, navn="Klub", omraader=("Nord",)), uden)
    et = replace(proeve.afsnit(Afsnitsart.AKTIVITETER, 1, "", aktiviteter), omraader=("Nord", "Syd"))
    return replace(proeve.dokument(et), art="delaftale", omraaderne=staar)


LAG_FOR_LAG = Lagtabel(
    ("År 4", "År 5"),
    (
        Laglinje("Grundbevilling", (None, None), "ikke oplyst"),
        Laglinje("Forlængelse", (None, Decimal(2_000_000)), "2.000.000 kr."),
    ),
    Laglinje("I alt", (Decimal(1), Decimal(2)), "kan ikke ses, mindst 2.000.000 kr."),
)


@cache
def budget(**andel):
    linjer = (
        Papirdelta("Kommunen, kontant", "Fælles", "År 2", Decimal("1000.50")),
        Papirdelta("Løn", "Fælles", "År 3", Decimal(-500)),
    )
    revisioner = (
        Papirrevision(
            "Revision 1: Flytning", date(2026, 5, 1), date(2026, 4, 1), "Vi flytter.", linjer, "Uden referat."
        ),
        Papirrevision("Revision 2: Flytning", date(2026, 6, 1), date(2026, 5, 1), "Igen.", (), ""),
    )
    navne = ("Periode", "Parter", "Budget", "Opgjort pr.", "I alt", "Pulje", "Et gammelt ord", "Senest ændret")
    papir = budgetpapir(revisioner=revisioner, fakta=tuple((navn, (navn.upper(),)) for navn in navne))
    andel = replace(papir.medfinansiering, usikkerhed_lokal=Decimal(50_000), kommune_loft_pct=Decimal(30), **andel)
    return replace(papir, medfinansiering=andel, aendret=datetime(2026, 2, 1, 12, tzinfo=UTC))


def dyrt_budget():
    """What is spent is more than what there is."""
    papir = budget()
    return replace(
        papir, pr_konto=replace(papir.pr_konto, total=replace(papir.pr_konto.total, i_alt=Decimal(5_000_000)))
    )


def ukendt_budget():
    ukendt = {
        "lokal_ukendt_art": Decimal(200_000),
        "ukendt_betaler": Decimal(300_000),
        "maaske_lokal": Decimal(100_000),
    }
    papir = budgetpapir()
    return replace(papir, medfinansiering=replace(papir.medfinansiering, **ukendt))


def tomt_budget():
    papir = budgetpapir()
    kryds = replace(papir.kryds, i_alt=Decimal(0))
    andel = replace(papir.medfinansiering, i_alt=Decimal(0), lokal=Decimal(0), lokal_kontant=Decimal(0))
    return replace(papir, kryds=kryds, medfinansiering=andel, pr_konto=replace(papir.pr_konto, raekker=()), formler=())


Bygger = Callable[..., Blokdokument]


def aftaler(byg: Bygger) -> Iterator[tuple[str, Blokdokument]]:
    yield "aftalen som kladde", byg(aftale(), underskrivere=LINJER, uskrevet=True)
    yield "aftalen som udgave", byg(aftale(), stempel=STEMPEL)
    yield "aftalen til sammenligning", byg(aftale())
    yield "tomt afsnit i en kladde", byg(uden_numre(), uskrevet=True)
    yield "tomt afsnit i en udgave", byg(uden_numre(), stempel=replace(STEMPEL, underskrivere=()))
    yield "intet kendt", byg(proeve.tomt_dokument())
    yield "parter, dage og tekster, der ikke er oplyst", byg(ikke_oplyst(), uskrevet=True)
    yield "områder med størrelse og indsatsområder", byg(med_omraader())
    yield "en delaftales områder", byg(delaftale_med_omraader())


def budgetter(byg: Bygger) -> Iterator[tuple[str, Blokdokument]]:
    yield "budgettet som kladde", byg(budget(), underskrivere=LINJER, uskrevet=True)
    yield "budgettet som udgave", byg(budget(gulv_pct=Decimal(20)), stempel=STEMPEL)
    yield "et budget fra før, årene blev nævnt", byg(replace(budget(), balance=""))
    yield "et dyrt budget fra før", byg(replace(dyrt_budget(), balance=""))
    yield "udgifter uden finansiering", byg(replace(tomt_budget(), pr_konto=budget().pr_konto))
    yield "et budget med noget oven på", byg(replace(budget(), pr_lag=LAG_FOR_LAG))
    yield "et budget, hvor det ikke er oplyst, hvem der betaler og hvordan", byg(ukendt_budget())
    yield "et tomt budget", byg(tomt_budget(), uskrevet=True)
    yield "et tomt budget til sammenligning", byg(tomt_budget())


# --- written out -----------------------------------------------------------------------------------------------------


def skrevet_ud(papirer: Iterable[tuple[str, Blokdokument]]) -> Iterator[str]:
    """Every word, key and kind of the papers; a drawing by its first words."""
    for navn, d in papirer:
        hoved = (d.dokument_id, d.titel, d.plan_navn, d.omraadenavn, d.parter, d.stand, d.med_indhold)
        yield f"== {navn}: {hoved}{f' paa {d.ark}' if d.ark else ''}"
        for del_ in d.dele:
            yield from _del(del_)


#: The papers of each builder, made by it or by a damaged one in its place.
BYGGERE: dict[ModuleType, Callable[[ModuleType], Iterable[tuple[str, Blokdokument]]]] = {
    aftaleblokke: lambda modul: aftaler(modul.blokdokument),
    budgetblokke: lambda modul: budgetter(modul.blokdokument),
    moedeblokke: moeder,
    kortblokke: kort,
}


def hele_listen() -> str:
    return "".join(f"{linje}\n" for modul, papirer in BYGGERE.items() for linje in skrevet_ud(papirer(modul)))


def _del(del_: Blokdel) -> Iterator[str]:
    yield f"{'#' * max(del_.niveau, 1)} {del_.nummer} {del_.titel} [{del_.noegle}, {del_.slags}]"
    for blok in del_.blokke:
        yield from _blok(blok)
    for under in del_.under:
        yield from _del(under)


def _blok(blok: Blok) -> Iterator[str]:
    if isinstance(blok, Tekstblok):
        yield _tekst(blok)
    elif isinstance(blok, Figurblok):
        yield f"figur {blok.titel}: {blok.svg[:120]}"
    elif isinstance(blok, Billedblok):
        yield f"billede {blok.alternativ_tekst}: {blok.billedtekst}"
    else:
        yield f"tabel {_loeb(blok.titel)} [{blok.slags}, {blok.noegle}]"
        for r in blok.raekker:
            celler = " | ".join(_celle(c) for c in r.celler)
            yield f"  {celler} [{r.noegle}, {r.navn}, {r.beloeb}, {r.foraelder}, {r.slags}{', hoved' * r.hoved}]"


def _celle(celle) -> str:
    assert celle.tekster  # a cell without words has one empty text
    maerker = f"{'!' * celle.hoved}{'#' * celle.tal}"
    return maerker + " / ".join(map(_tekst, celle.tekster))


def _tekst(tekst: Tekstblok) -> str:
    form = "" if tekst.stil == "afsnit" else f"{tekst.stil}{tekst.niveau or ''}: "
    return f"{form}{_loeb(tekst.loeb)}{f' [{tekst.slags}]' if tekst.slags else ''}".replace("\n", "\\n")


def _loeb(loeb: tuple[Loeb, ...]) -> str:
    return "".join(map(_et_loeb, loeb))


def _et_loeb(loeb: Loeb) -> str:
    if loeb.note is not None:
        return f"({_loeb(loeb.note)})"
    if loeb.gentager:
        return f"(igen: {loeb.gentager})"
    return f"*{loeb.tekst}*" if loeb.fed else loeb.tekst
