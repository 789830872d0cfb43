"""A samarbejdsaftale or delaftale as blocks, in the order of the template, as the PDF prints it."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import (
    EGET_MAAL,
    Aktivitetsvisning,
    Delmaalsvisning,
    Dokument,
    Dokumentafsnit,
    Gruppevisning,
    Koblingstabelvisning,
    Maaltal,
    Maalvisning,
    Partsvisning,
    Samarbejdspartsvisning,
    Talblok,
)
from aftaler.queries.papirer import GENNEMGANG, MILEPAELE, RISICI
from dokumenter.blokke.model import (
    Billede,
    Blok,
    Celle,
    Del,
    Raekke,
    Tabel,
    Tekst,
    celle,
    fakta,
    hoved,
    raekke,
    tekst,
)
from dokumenter.blokke.prosa import prosablokke
from helhedsplan.formats import kort_dato, lang_dato, opremsning, periode, tal
from helhedsplan.tekst import Talkilde

Tal = tuple[Talkilde, ...]
IKKE_SAMME_AAR = "(ikke samme år)"
AFSNIT, PROBLEM = "afsnittet", "problemkomplekset for"


def dele(dokument: Dokument, uskrevet: str = "") -> tuple[Del, ...]:
    """The front page, and the sections that hold anything; with `uskrevet` the others too, which say that of
    themselves, or the numbers would jump."""
    skrevne = (afsnit(a, dokument.tal) for a in dokument.afsnit if a.tilstand != "tom" or (uskrevet and a.nummer))
    return (_forside(dokument), *(_med_ord(del_, uskrevet) for del_ in skrevne))


def _med_ord(del_: Del, uskrevet: str) -> Del:
    """A section or problemkompleks that nobody has written says `uskrevet`, else such a problemkompleks is left out."""
    if uskrevet and del_.slags in {AFSNIT, PROBLEM} and not del_.blokke and not del_.under:
        return replace(del_, blokke=(tekst(uskrevet, "mindre"),))
    under = (u for u in del_.under if uskrevet or u.blokke or u.slags != PROBLEM)
    return replace(del_, under=tuple(_med_ord(u, uskrevet) for u in under))


def _forside(dokument: Dokument) -> Del:
    regulativ = f", regulativ af {lang_dato(dokument.regulativ)}" if dokument.regulativ else ""
    linjer = fakta(
        (
            ("Periode", (periode(dokument.periode_fra, dokument.periode_til),)),
            ("Parter", tuple(map(_part, dokument.parter))),
            ("Områder", dokument.omraader),
            ("Pulje", (f"{dokument.pulje}{regulativ}",)),
            ("Landsbyggefondens sagsnummer", (dokument.lbf_sagsnummer,)),
        )
    )
    return forside(dokument.plan_navn, dokument.titel, dokument.omraadenavn, *linjer)


def forside(overlinje: str, titel: str, underlinje: str, *blokke: Blok) -> Del:
    """The front page of any paper: a part without a heading of its own."""
    linjer = (tekst(overlinje, "overlinje"), tekst(titel, "titel"), tekst(underlinje, "underlinje"))
    return Del("forside", "", 0, (*linjer, *blokke))


def _part(part: Partsvisning) -> str:
    administrerer = ", der administrerer helhedsplanen" if part.administrerer else ""
    gaelder = f" ({periode(part.gaelder_fra, part.gaelder_til)})" if part.gaelder_fra or part.gaelder_til else ""
    return f"{part.navn}{administrerer}{gaelder}"


def afsnit(et: Dokumentafsnit, tal_: Tal) -> Del:
    billeder = tuple(Billede(b.fil, b.alternativ_tekst, b.billedtekst) for b in et.billeder)
    blokke, under = INDHOLD.get(et.art, _intet)(et, tal_) if et.indhold else ((), ())
    return Del(
        noegle=et.noegle,
        titel=et.titel,
        niveau=2,
        blokke=(*prosablokke(et.tekst, 3, tal_), *billeder, *blokke),
        under=under,
        nummer=et.nummer,
        slags=AFSNIT,
    )


Indhold = tuple[tuple[Blok, ...], tuple[Del, ...]]


def _intet(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return (), ()


def _aftaledokumenter(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    punkter = (tekst(papir, "punkt", niveau=1) for papir in afsnit.indhold)
    return (tekst("Aftalen består af denne samarbejdsaftale og:"), *punkter), ()


def _koblingstabeller(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return tuple(map(_koblingstabel, afsnit.indhold)), ()


def _koblingstabel(tabel: Koblingstabelvisning) -> Tabel:
    raekker = (
        raekke(celle(r.fra, hoved=True), celle(*r.maal, *filter(None, [r.til])), noegle=r.fra, navn=r.fra)
        for r in tabel.raekker
    )
    return Tabel((hoved(tabel.kolonne_fra, tabel.kolonne_til), *raekker), tekst(tabel.titel).loeb, "koblinger")


def _organisering(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return tuple(t for gruppe in afsnit.indhold for t in _gruppe(gruppe, 1)), ()


def _gruppe(gruppe: Gruppevisning, niveau: int) -> Iterable[Tekst]:
    moeder = gruppe.moeder_pr_aar
    ofte = f" ({moeder} {'møde' if moeder == 1 else 'møder'} om året)" if moeder else ""
    yield tekst(f"{gruppe.navn}{ofte}", "punkt", niveau=niveau)
    if gruppe.opgave:
        yield tekst(gruppe.opgave, "fortsat", niveau=niveau)
    if gruppe.pladser:
        pladser = (
            f"{p.titel}{f', {p.organisation}' if p.organisation else ''}{' (formand)' if p.formand else ''}"
            for p in gruppe.pladser
        )
        yield tekst(f"Pladser: {'; '.join(pladser)}", "fortsat", niveau=niveau)
    for under in gruppe.under:
        yield from _gruppe(under, niveau + 1)


def _maal(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    if afsnit.indhold[0].tal:
        return tuple(map(_maaltabel, afsnit.indhold)), ()
    raekker = (
        Raekke(
            (
                Celle((tekst(m.navn), *([tekst(m.indsatsomraade, "mindre")] if m.indsatsomraade else [])), hoved=True),
                Celle(tuple(tekst(i, "punkt", niveau=1) for i in m.indikatorer) or (tekst(""),)),
            ),
            noegle=m.overskrift if m.nummer == EGET_MAAL else f"maal-{m.nummer}",
            navn=m.overskrift if m.nummer == EGET_MAAL else m.navn,
        )
        for m in afsnit.indhold
    )
    kolonner = ("Overordnet mål", "Faste indikatorer") if _er_faste(afsnit) else ("Mål", "Indikatorer og delmål")
    return (Tabel((hoved(*kolonner), *raekker), slags="maal"),), ()


def _er_faste(afsnit: Dokumentafsnit) -> bool:
    return all(maal.nummer != EGET_MAAL for maal in afsnit.indhold)


def _maaltabel(maal: Maalvisning) -> Tabel:
    """The figures of one goal, by indicator."""
    hovedet = hoved("Indikator", "Boligområdet", "Kommunen", "År og kilde", tal=frozenset({1, 2}))
    raekker = (_maaltal(navn, tal_) for navn, tal_ in maal.raekker)
    return Tabel((hovedet, *raekker), tekst(maal.overskrift).loeb, "indikatorer")


def _maaltal(navn: str, tal_: Maaltal | None) -> Raekke:
    if tal_ is None:
        celler = (celle("–", tal=True), celle("–", tal=True), celle("–"))
    else:
        aar = f"{tal_.aar} {IKKE_SAMME_AAR}" if tal_.aar_afviger else tal_.aar
        celler = (_talceller(tal_.omraade), _talceller(tal_.sammenligning), celle(aar, *filter(None, [tal_.kilde])))
    return raekke(celle(navn, hoved=True), *celler, noegle=navn, navn=navn)


def _talceller(blokke: tuple[Talblok, ...]) -> Celle:
    linjer = [linje for blok in blokke for linje in (*filter(None, [blok.overskrift]), *blok.linjer)]
    return celle(*(linjer or ["–"]), tal=True)


def _problemkomplekser(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return (), tuple(
        Del(
            f"indsatsomraade-{p.noegle}",
            p.indsatsomraade,
            3,
            prosablokke(p.tekst, 4, tal_),
            nummer=_nummer(afsnit, nr),
            slags=PROBLEM,
        )
        for nr, p in enumerate(afsnit.indhold, 1)
    )


def _delmaal(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return (
        Tabel((hoved("Nr.", "Delmål", "Mål i ord", "Aktiviteter"), *map(_et_delmaal, afsnit.indhold)), (), "delmaal"),
    ), ()


def _et_delmaal(d: Delmaalsvisning) -> Raekke:
    ord_ = Celle((tekst(d.tekst), tekst(d.kilde, "mindre")))
    aktiviteter = celle(*(d.aktiviteter or ("–",)))
    return raekke(str(d.nummer), ord_, d.maal_i_ord or "–", aktiviteter, noegle=d.noegle, navn=d.tekst)


def _aktiviteter(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return (), tuple(aktivitet(a, _nummer(afsnit, a.nummer), tal_) for a in afsnit.indhold)


def aktivitet(a: Aktivitetsvisning, nummer: str, tal_: Tal = ()) -> Del:
    deltagere = "" if a.forventet_deltagertal is None else tal(a.forventet_deltagertal)
    linjer = fakta(
        (
            ("Status", (a.status,)),
            ("Fortsætter", (a.fortsaetter,)),
            ("Områder", (opremsning(list(a.omraader)),)),
            ("Delmål", a.delmaal),
            ("Ansvarlig", (a.ansvarlig,)),
            ("Forventet deltagertal", (deltagere,)),
        )
    )
    tekster = tuple(Del(felt.felt, felt.navn, 4, prosablokke(felt.tekst, 5, tal_), slags="felt") for felt in a.prosa)
    parter = (Del("samarbejdsparter", "Samarbejdsparter", 4, (_parttabel(a.samarbejdsparter),), slags="felt"),)
    milepaele = (Del("milepaele", "Milepæle", 4, (_milepaelstabel(a),), slags="felt"),)
    under = (*tekster, *(parter if a.samarbejdsparter else ()), *(milepaele if a.milepaele else ()))
    return Del(f"aktivitet-{a.noegle}", a.navn, 3, linjer, under, nummer, "aktiviteten")


def _milepaelstabel(a: Aktivitetsvisning) -> Tabel:
    raekker = (raekke(m.navn, kort_dato(m.dato), m.ansvarlig or "–", noegle=m.navn, navn=m.navn) for m in a.milepaele)
    return Tabel((hoved("Milepæl", "Dato", "Ansvarlig"), *raekker), slags="milepaele")


def _samarbejdsparter(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return (_parttabel(afsnit.indhold, med_aktivitet=True),), ()


def _parttabel(parter: tuple[Samarbejdspartsvisning, ...], med_aktivitet: bool = False) -> Tabel:
    navne = ("Samarbejdspart", "Rolle", "Aktivitet")
    raekker = (
        raekke(
            p.navn,
            p.rolle or "–",
            *([p.aktivitet or "Hele delaftalen"] if med_aktivitet else []),
            noegle=p.navn,
            navn=p.navn,
            foraelder=p.aktivitet,
        )
        for p in parter
    )
    return Tabel((hoved(*navne[: 2 + med_aktivitet]), *raekker), slags="samarbejdsparter")


def _milepaele(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    """Of the whole plan, or of the activities of one delaftale."""
    aktiviteter = any(m.aktivitet for m in afsnit.indhold)
    raekker = (
        raekke(
            m.navn,
            m.ansvarlig or "–",
            kort_dato(m.dato),
            m.tilstand or "–",
            *([m.aktivitet] if aktiviteter else []),
            noegle=m.navn,
            navn=m.navn,
            foraelder=m.aktivitet,
        )
        for m in afsnit.indhold
    )
    navne = ("Milepæl", "Ansvarlig", "Dato", "Tilstand", *(["Aktivitet"] if aktiviteter else []))
    return (Tabel((hoved(*navne), *raekker), slags="milepaele"),), ()


def _risici(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    raekker = (
        raekke(
            r.navn, r.sandsynlighed, r.konsekvens, r.haandtering or "–", r.ansvarlig or "–", noegle=r.navn, navn=r.navn
        )
        for r in afsnit.indhold
    )
    navne = ("Risiko", "Sandsynlighed", "Konsekvens", "Håndtering", "Ansvarlig")
    return (Tabel((hoved(*navne), *raekker), slags="risici"),), ()


def _gennemgang(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return tuple(map(tekst, afsnit.indhold)), ()


def _nummer(afsnit: Dokumentafsnit, nummer: int) -> str:
    return f"{afsnit.nummer}.{nummer}" if afsnit.nummer else str(nummer)


INDHOLD: dict[str, Callable[[Dokumentafsnit, Tal], Indhold]] = {
    Afsnitsart.AFTALEDOKUMENTER.value: _aftaledokumenter,
    Afsnitsart.KOBLINGSTABELLER.value: _koblingstabeller,
    Afsnitsart.ORGANISERING.value: _organisering,
    Afsnitsart.MAAL_OG_INDIKATORER.value: _maal,
    Afsnitsart.PROBLEMKOMPLEKSER.value: _problemkomplekser,
    Afsnitsart.DELMAAL.value: _delmaal,
    Afsnitsart.AKTIVITETER.value: _aktiviteter,
    Afsnitsart.SAMARBEJDSPARTER.value: _samarbejdsparter,
    MILEPAELE: _milepaele,
    RISICI: _risici,
    GENNEMGANG: _gennemgang,
}
