"""The papers of the agreements as blocks, in the order of the template; and what stands at the front of every paper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.diagram import organisationsdiagram
from aftaler.queries.dokument import (
    EGET_MAAL,
    EGNE_OVERORDNEDE,
    Aktivitetsvisning,
    Delmaalsvisning,
    Dokument,
    Dokumentafsnit,
    Gruppevisning,
    Koblingstabelvisning,
    Maaltal,
    Maalvisning,
    Medlemsvisning,
    Partsvisning,
    Samarbejdspartsvisning,
    Sidevisning,
    Talblok,
    Udgavestempel,
    Underskriftslinje,
)
from aftaler.queries.omraader import (
    IKKE_OPLYST,
    NEJ,
    Omraadevisning,
    Skema,
    Stoerrelsesvisning,
    efter_sted,
    indsatsskema,
    maalte,
)
from aftaler.queries.papirer import GENNEMGANG, LAGFAKTA, LAGTEKST, MILEPAELE, RISICI
from helhedsplan.blokke.model import (
    AFSNIT,
    TIL_BLAEK,
    UNDERSKRIFTER,
    UNDERSKRIFTSSIDE,
    Billedblok,
    Blok,
    Blokcelle,
    Blokdel,
    Blokdokument,
    Blokraekke,
    Figurblok,
    Loeb,
    Tabelblok,
    Tekstblok,
    celle,
    fakta,
    forside,
    hoved,
    raekke,
    tekst,
)
from helhedsplan.blokke.prosa import prosablokke
from helhedsplan.formats import kort_dato, lang_dato, opremsning, tal
from helhedsplan.tekst import Talkilde
from helhedsplan.tid import tid

Tal = tuple[Talkilde, ...]
IKKE_SAMME_AAR = "(ikke samme år)"
PROBLEM = "problemkomplekset for"
#: What a section says that nobody has written.
USKREVET, USKREVET_I_UDGAVE, TEKST_IKKE_OPLYST = "Ikke udfyldt endnu", "Ikke udfyldt i denne udgave", "Ikke oplyst"


def blokdokument(
    dokument: Dokument,
    *,
    stempel: Udgavestempel | None = None,
    dokument_id: str = "",
    dato: datetime | None = None,
    underskrivere: Iterable[Underskriftslinje] = (),
    uskrevet: bool = False,
) -> Blokdokument:
    """A paper as blocks. stempel: of an edition, which says who signs it. Of a draft, dokument_id, dato and
    underskrivere; uskrevet: with the sections that nobody has written, which say so, as those of an edition do.
    """
    dele_ = (*dele(dokument, ord_for_uskrevet(stempel, uskrevet), alle=not stempel), *bilagsdel(dokument))
    aendret = _aendret(dokument.aendret)
    forside_ = _forside(dokument, stempel, aendret)
    return Blokdokument(
        stempel.dokument_id if stempel else dokument_id,
        dokument.titel,
        dokument.plan_navn,
        dokument.omraadenavn,
        tuple(part.navn for part in dokument.parter),
        stempel.frosset if stempel else dato,
        (*forrest(forside_, stempel, underskrivere), *omraadedel(dokument), *raekkedele(dokument), *dele_),
        stand(stempel, aendret),
        med_indhold=True,
    )


def ord_for_uskrevet(stempel: Udgavestempel | None, siges: bool) -> str:
    """What a section says that nobody has written; '' where such are left out."""
    if stempel:
        return USKREVET_I_UDGAVE
    return USKREVET if siges else ""


def _aendret(tidspunkt: datetime | None) -> str:
    return lang_dato(timezone.localdate(tidspunkt)) if tidspunkt else ""


def stand(stempel: Udgavestempel | None, aendret: str) -> str:
    """Which edition it is, or when the draft was last changed, for the head of every page."""
    if stempel:
        return f"Udgave {stempel.nummer} · {kort_dato(stempel.dato)}"
    return f"Ændret {aendret}" if aendret else ""


def udgavefakta(stempel: Udgavestempel | None) -> str:
    """Which edition it is, for the front page; '' of a draft."""
    return f"{stempel.nummer} af {lang_dato(stempel.dato)}" if stempel else ""


def forrest(
    forside_: Blokdel, stempel: Udgavestempel | None, underskrivere: Iterable[Underskriftslinje] = ()
) -> tuple[Blokdel, ...]:
    """The front page of any paper, and the lines to sign on: of an edition those of its stempel, with a word of what is
    signed; of a draft those given."""
    linjer = stempel.underskrivere if stempel else tuple(underskrivere)
    if not linjer:
        return (forside_,)
    raekker = (raekke(_hvem(u), "", u.navn, noegle=u.part, navn=u.part) for u in linjer)
    tabel = Tabelblok((hoved("For", "Dato", "Navn"), *raekker), slags=UNDERSKRIFTER)
    slags = UNDERSKRIFTSSIDE if stempel else TIL_BLAEK
    return (
        forside_,
        Blokdel(UNDERSKRIFTER, "Underskrifter", 2, (*_hvad_der_underskrives(stempel), tabel), slags=slags),
    )


def _hvem(u: Underskriftslinje) -> Blokcelle:
    """The party, and more quietly below it who signs for it."""
    return Blokcelle((tekst(u.part), *([tekst(u.titel, "mindre")] if u.titel else [])), hoved=True)


def _hvad_der_underskrives(stempel: Udgavestempel | None) -> tuple[Tekstblok, ...]:
    if stempel is None:
        return ()
    hvad = f"udgave {stempel.nummer} af {lang_dato(stempel.dato)}, dokument-id {stempel.dokument_id}"
    return (tekst(f"Parterne skriver under på {hvad}. Digitale underskrifter ligger i filen."),)


def dele(dokument: Dokument, uskrevet: str = "", *, alle: bool = True) -> tuple[Blokdel, ...]:
    """The sections that hold anything; with `uskrevet` the others too, which say that of themselves, or the numbers
    would jump. An edition has only those of them that have a number (not `alle`)."""
    med = [a for a in dokument.afsnit if a.tilstand != "tom" or (uskrevet and (alle or a.nummer))]
    return tuple(_med_ord(afsnit(a, dokument.tal), _for_tomt(dokument, a, uskrevet)) for a in med)


def _for_tomt(dokument: Dokument, a: Dokumentafsnit, uskrevet: str) -> str:
    """What people write and the sources do not tell is not waiting to be written."""
    er_tekst = a.har_prosa or a.art == Afsnitsart.PROBLEMKOMPLEKSER
    return TEKST_IKKE_OPLYST if uskrevet and er_tekst and dokument.tekster_ikke_oplyst else uskrevet


def _med_ord(del_: Blokdel, uskrevet: str) -> Blokdel:
    """A section or problemkompleks that nobody has written says `uskrevet`, else such a problemkompleks is left out."""
    if uskrevet and del_.slags in {AFSNIT, PROBLEM} and not del_.blokke and not del_.under:
        return replace(del_, blokke=(tekst(uskrevet, "mindre"),))
    under = (u for u in del_.under if uskrevet or u.blokke or u.slags != PROBLEM)
    return replace(del_, under=tuple(_med_ord(u, uskrevet) for u in under))


def _forside(dokument: Dokument, stempel: Udgavestempel | None, aendret: str) -> Blokdel:
    regulativet = tid(dokument.regulativ, dokument.regulativ_sagt)
    regulativ = f", regulativ af {regulativet}" if regulativet.er_fortalt else ""
    ikke_oplyst = ("Ikke oplyst",) if dokument.parter_ikke_oplyst else ()
    linjer = fakta(
        ("periode", "Periode", (dokument.periode,)),
        ("parter", "Parter", tuple(map(_part, dokument.parter)) or ikke_oplyst),
        *_omraadelinjer(dokument),
        ("pulje", "Pulje", (f"{dokument.pulje}{regulativ}",)),
        ("sagsnummer", "Landsbyggefondens sagsnummer", (dokument.lbf_sagsnummer,)),
        ("udgave", "Udgave", (udgavefakta(stempel),)),
        ("aendret", "Senest ændret", ("" if stempel else aendret,)),
    )
    return forside(dokument.plan_navn, dokument.titel, dokument.omraadenavn, *linjer)


def _omraadelinjer(dokument: Dokument) -> list[tuple[str, str, tuple[str, ...]]]:
    """An area on a line with its time and its departments with theirs."""
    if not dokument.omraaderne:
        return [("omraader", "Områder", dokument.omraader)]
    return [(noegle, navn, tuple(map(_omraadet, dem))) for noegle, navn, dem in efter_sted(dokument.omraaderne)]


def _omraadet(o: Omraadevisning) -> str:
    return f"{o.i_ord}: {o.afdelinger_i_ord}" if o.afdelinger else o.i_ord


def omraadedel(dokument: Dokument) -> tuple[Blokdel, ...]:
    """How large the areas are, and what is done where; nothing where neither is told."""
    tabeller = (*_stoerrelser(dokument.omraaderne), *_indsatser(dokument))
    if dokument.art != Dokumenttype.SAMARBEJDSAFTALE or not tabeller:
        return ()
    return (Blokdel("omraader", "Områderne", 2, tabeller),)


def raekkedele(dokument: Dokument) -> tuple[Blokdel, ...]:
    """What is told of the plan beside what it is."""
    return (*sideplansdel(dokument), *_faellesdel(dokument), *_behandlingsdel(dokument))


def _behandlingsdel(dokument: Dokument) -> tuple[Blokdel, ...]:
    if not dokument.behandlinger:
        return ()
    raekker = (
        raekke(
            celle(b.hvem, hoved=True),
            b.hvornaar.kort,
            b.punkt or "–",
            Blokcelle(
                (tekst(b.udfaldet), *(tekst(t, "mindre") for t in (*b.vilkaar.splitlines(), b.ogsaa) if t.strip()))
            ),
            noegle=b.hvem,
            navn=b.hvem,
        )
        for b in dokument.behandlinger
    )
    tabel = Tabelblok((hoved("Organ", "Dato", "Punkt", "Udfald og vilkår"), *raekker), slags="behandlinger")
    return (Blokdel("behandlinger", "Behandling og godkendelse", 2, (tabel,)),)


def _faellesdel(dokument: Dokument) -> tuple[Blokdel, ...]:
    if not dokument.faelles:
        return ()
    raekker = (
        raekke(
            Blokcelle((tekst(f.navn), tekst(f.slags, "mindre")), hoved=True),
            f.penge or "–",
            f.med or "–",
            f.hoerer_til,
            noegle=f.navn,
            navn=f.navn,
        )
        for f in dokument.faelles
    )
    tabel = Tabelblok((hoved("Hvad", "Beløb og kilde", "Fælles med", "Hører til"), *raekker), slags="faelles")
    i_ingen_sum = (tekst(I_INGEN_SUM, "mindre"),) if any(f.beloeb for f in dokument.faelles) else ()
    return (Blokdel("faelles", "Fælles med andre planer", 2, (tabel, *i_ingen_sum)),)


def sideplansdel(dokument: Dokument) -> tuple[Blokdel, ...]:
    """The plans beside: they are named, with their money apart from this plan's."""
    if not dokument.sideplaner:
        return ()
    raekker = (
        raekke(
            Blokcelle((tekst(p.navn), tekst(p.slags, "mindre")), hoved=True),
            p.penge or "–",
            celle(*(p.maal or ("–",))),
            noegle=p.navn,
            navn=p.navn,
        )
        for p in dokument.sideplaner
    )
    tabel = Tabelblok((hoved("Plan", "Beløb og kilde", "Egne mål"), *raekker), slags="sideplaner")
    return (Blokdel("sideplaner", "Planer ved siden af", 2, (tabel, tekst(EGNE_PENGE, "mindre"))),)


def _stoerrelser(omraader: tuple[Omraadevisning, ...]) -> tuple[Tabelblok, ...]:
    """Figures of two sources stand below each other, each with its own year and source."""
    kolonner = maalte(omraader)
    if not kolonner:
        return ()
    raekker = (
        raekke(
            celle(o.navn, hoved=True),
            *(Blokcelle(tuple(_stoerrelse(o.stoerrelse(hvad))) or (tekst("–"),), tal=True) for hvad in kolonner),
            noegle=o.navn,
            navn=o.navn,
        )
        for o in omraader
    )
    hovedet = hoved("Område", *kolonner, tal=frozenset(range(1, len(kolonner) + 1)))
    return (Tabelblok((hovedet, *raekker), tekst("Områdernes størrelse").loeb, "stoerrelser"),)


def _stoerrelse(tal_: tuple[Stoerrelsesvisning, ...]) -> Iterable[Tekstblok]:
    for s in tal_:
        yield tekst(s.antal)
        if s.hvorfra:
            yield tekst(s.hvorfra, "mindre")


def _indsatser(dokument: Dokument) -> tuple[Blok, ...]:
    skema = indsatsskema(dokument.omraaderne, dokument.uden_omraade)
    return _skema(skema, "Indsatsområde", "Indsatsområder i områderne", "indsatser") if skema.raekker else ()


I_INGEN_SUM = "Et fælles beløb er oplyst for planerne under ét og er ikke regnet med i denne plans budget."
EGNE_PENGE = "Pengene i planerne ved siden af er deres egne og er ikke regnet med i denne plans budget."
#: So many areas beside each other on a page; more stand in a table below.
FLEST_KOLONNER = 6


def _skema(skema: Skema, hjoerne: str, titel: str, slags: str) -> tuple[Blok, ...]:
    tabeller: list[Blok] = []
    for nr in range(0, len(skema.kolonner), FLEST_KOLONNER):
        del_ = slice(nr, nr + FLEST_KOLONNER)
        raekker = (
            raekke(celle(navn, hoved=True), *map(_svar, svar[del_]), noegle=navn, navn=navn)
            for navn, svar in skema.raekker
        )
        hovedet = hoved(hjoerne, *skema.kolonner[del_])
        tabeller.append(Tabelblok((hovedet, *raekker), tekst(titel).loeb, slags, str(nr or "")))
    return (*tabeller, *([tekst(IKKE_OPLYST, "mindre")] if skema.har_ukendte else []))


def _svar(ord_: str) -> Blokcelle:
    """What does not hold stands more quietly."""
    return Blokcelle((tekst(ord_, "mindre" if ord_ == NEJ else "afsnit"),))


#: What is said of an annex that is known by its name.
FILEN_HAVES_IKKE = "Filen haves ikke"


def bilagsdel(dokument: Dokument) -> tuple[Blokdel, ...]:
    if not dokument.bilag:
        return ()
    raekker = (
        raekke(
            Blokcelle((tekst(b.titel), tekst(b.slags, "mindre")), hoved=True),
            b.dato or "–",
            b.kilde or "–",
            b.offentliggjort or "–",
            b.fil or FILEN_HAVES_IKKE,
            noegle=b.titel,
            navn=b.titel,
        )
        for b in dokument.bilag
    )
    hovedet = hoved("Bilag", "Dato", "Nævnt i", "Offentliggjort", "Fil")
    return (Blokdel("bilag", "Bilag", 2, (Tabelblok((hovedet, *raekker), slags="bilag"),)),)


def _part(part: Partsvisning) -> str:
    administrerer = ", der administrerer helhedsplanen" if part.administrerer else ""
    gaelder = f" ({part.gaelder})" if part.gaelder else ""
    return f"{part.kaldt}{administrerer}{gaelder}"


def afsnit(et: Dokumentafsnit, tal_: Tal) -> Blokdel:
    billeder = tuple(Billedblok(b.fil, b.alternativ_tekst, b.billedtekst) for b in et.billeder)
    blokke, under = INDHOLD[et.art](et, tal_) if et.indhold else ((), ())
    return Blokdel(
        noegle=et.noegle,
        titel=et.titel,
        niveau=2,
        blokke=(*prosablokke(et.tekst, 3, tal_), *billeder, *blokke),
        under=under,
        nummer=et.nummer,
        slags=AFSNIT,
    )


Indhold = tuple[tuple[Blok, ...], tuple[Blokdel, ...]]


def _aftaledokumenter(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    punkter = (tekst(papir, "punkt", niveau=1) for papir in afsnit.indhold)
    return (tekst("Aftalen består af denne samarbejdsaftale og:"), *punkter), ()


def _koblingstabeller(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return tuple(map(_koblingstabel, afsnit.indhold)), ()


def _koblingstabel(tabel: Koblingstabelvisning) -> Tabelblok:
    raekker = (
        raekke(celle(r.fra, hoved=True), celle(*r.maal, *filter(None, [r.til])), noegle=r.fra, navn=r.fra)
        for r in tabel.raekker
    )
    return Tabelblok((hoved(tabel.kolonne_fra, tabel.kolonne_til), *raekker), tekst(tabel.titel).loeb, "koblinger")


def _organisering(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    figur = Figurblok(organisationsdiagram(afsnit.indhold), "Organisationsdiagram")
    return (figur, *(t for gruppe in afsnit.indhold for t in _gruppe(gruppe, 1))), ()


def _gruppe(gruppe: Gruppevisning, niveau: int) -> Iterable[Tekstblok]:
    mere = (Loeb(f" ({gruppe.i_parentes})"),) if gruppe.i_parentes else ()
    yield Tekstblok((Loeb(gruppe.navn, fed=True), *mere), "punkt", niveau=niveau)
    if gruppe.opgave:
        yield tekst(gruppe.opgave, "fortsat", niveau=niveau)
    if gruppe.omraader:
        yield tekst(f"Områder: {opremsning(gruppe.omraader)}", "fortsat", niveau=niveau)
    if gruppe.pladser:
        yield tekst(f"Pladser: {'; '.join(p.i_ord for p in gruppe.pladser)}", "fortsat", niveau=niveau)
    for under in gruppe.under:
        yield from _gruppe(under, niveau + 1)


def _maal(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return tuple(tabel for maal in afsnit.maal_efter_slags for tabel in _maaltabeller(maal)), ()


def _maaltabeller(maal: Sequence[Maalvisning]) -> tuple[Tabelblok, ...]:
    """A table for each goal where there are figures, else one of them all."""
    if any(m.tal for m in maal):
        return tuple(map(_maaltabel, maal))
    raekker = (
        Blokraekke(
            (
                Blokcelle(
                    (tekst(m.navn), *([tekst(m.indsatsomraade, "mindre")] if m.indsatsomraade else [])), hoved=True
                ),
                Blokcelle(tuple(tekst(i, "punkt", niveau=1) for i in m.indikatorer) or (tekst(""),)),
            ),
            noegle=m.overskrift if m.nummer == EGET_MAAL else f"maal-{m.nummer}",
            navn=m.overskrift if m.nummer == EGET_MAAL else m.navn,
        )
        for m in maal
    )
    if maal[0].eget_overordnet:
        return (Tabelblok((hoved("Mål", "Måles på"), *raekker), tekst(EGNE_OVERORDNEDE).loeb, "egne-maal"),)
    kolonner = ("Overordnet mål", "Faste indikatorer") if _er_faste(maal) else ("Mål", "Indikatorer og delmål")
    return (Tabelblok((hoved(*kolonner), *raekker), slags="maal"),)


def _er_faste(maal: Iterable[Maalvisning]) -> bool:
    return all(m.nummer != EGET_MAAL for m in maal)


def _maaltabel(maal: Maalvisning) -> Tabelblok:
    """The figures of one goal, by indicator."""
    hovedet = hoved("Indikator", "Boligområdet", "Kommunen", "År og kilde", tal=frozenset({1, 2}))
    raekker = (_maaltal(navn, tal_) for navn, tal_ in maal.raekker)
    return Tabelblok((hovedet, *raekker), tekst(maal.overskrift).loeb, "indikatorer")


def _maaltal(navn: str, tal_: Maaltal | None) -> Blokraekke:
    if tal_ is None:
        celler = (celle("–", tal=True), celle("–", tal=True), celle("–"))
    else:
        advarsel = (Loeb(" "), Loeb(IKKE_SAMME_AAR, fed=True)) if tal_.aar_afviger else ()
        aar = Tekstblok((Loeb(tal_.aar), *advarsel))
        kilde = (tekst(tal_.kilde),) if tal_.kilde else ()
        celler = (_talceller(tal_.omraade), _talceller(tal_.sammenligning), Blokcelle((aar, *kilde)))
    return raekke(celle(navn, hoved=True), *celler, noegle=navn, navn=navn)


def _talceller(blokke: tuple[Talblok, ...]) -> Blokcelle:
    figurer = ["\n".join((*filter(None, [blok.overskrift]), *blok.linjer)) for blok in blokke]
    return celle(*(figurer or ["–"]), tal=True)


def _problemkomplekser(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return (), tuple(
        Blokdel(
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
        Tabelblok(
            (hoved("Nr.", "Delmål", "Mål i ord", "Aktiviteter"), *map(_et_delmaal, afsnit.indhold)), (), "delmaal"
        ),
    ), ()


def _et_delmaal(d: Delmaalsvisning) -> Blokraekke:
    ord_ = Blokcelle((tekst(d.tekst), tekst(d.kilde, "mindre")))
    aktiviteter = celle(*(d.aktiviteter or ("–",)))
    return raekke(str(d.nummer), ord_, d.maal_i_ord or "–", aktiviteter, noegle=d.noegle, navn=d.tekst)


def _aktiviteter(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    dele_ = tuple(aktivitet(a, _nummer(afsnit, a.nummer), tal_) for a in afsnit.indhold)
    return (_aktivitetsomraader(afsnit) if afsnit.omraader else ()), dele_


def _aktivitetsomraader(afsnit: Dokumentafsnit) -> tuple[Blok, ...]:
    return _skema(afsnit.skema, "Aktivitet", "Aktiviteterne i områderne", "aktivitetsomraader")


def aktivitet(a: Aktivitetsvisning, nummer: str, tal_: Tal = ()) -> Blokdel:
    linjer = fakta(
        ("status", "Status", (a.status,)),
        ("fortsaetter", "Fortsætter", (a.fortsaetter,)),
        ("omraader", "Områder", (opremsning(list(a.omraader)),)),
        ("delmaal", "Delmål", a.delmaal),
        ("ansvarlig", "Ansvarlig", (a.ansvarlig,)),
        *((felt.felt, felt.navn, (tal(felt.antal),)) for felt in a.antal),
    )
    tekster = tuple(
        Blokdel(felt.felt, felt.navn, 4, prosablokke(felt.tekst, 5, tal_), slags="felt") for felt in a.prosa
    )
    parter = (Blokdel("samarbejdsparter", "Samarbejdsparter", 4, (_parttabel(a.samarbejdsparter),), slags="felt"),)
    milepaele = (Blokdel("milepaele", "Milepæle", 4, (_milepaelstabel(a),), slags="felt"),)
    under = (*tekster, *(parter if a.samarbejdsparter else ()), *(milepaele if a.milepaele else ()))
    return Blokdel(f"aktivitet-{a.noegle}", a.navn, 3, linjer, under, nummer, "aktiviteten")


def _milepaelstabel(a: Aktivitetsvisning) -> Tabelblok:
    raekker = (raekke(m.navn, m.tid.kort, m.ansvarlig or "–", noegle=m.navn, navn=m.navn) for m in a.milepaele)
    return Tabelblok((hoved("Milepæl", "Dato", "Ansvarlig"), *raekker), slags="milepaele")


def _samarbejdsparter(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return (_parttabel(afsnit.indhold, med_aktivitet=True),), ()


def _parttabel(parter: tuple[Samarbejdspartsvisning, ...], med_aktivitet: bool = False) -> Tabelblok:
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
    return Tabelblok((hoved(*navne[: 2 + med_aktivitet]), *raekker), slags="samarbejdsparter")


def _bestyrelse(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    """A row for each member, and a line for each side that nobody sits for."""
    raekker = tuple(_medlem(side, m) for side in afsnit.indhold for m in side.medlemmer)
    tabel = Tabelblok((hoved("Medlem", "Titel", "Sidder for", "Stemme", "Sidder"), *raekker), slags="bestyrelse")
    tomme = (tekst(side.uden_medlemmer) for side in afsnit.indhold if not side.medlemmer)
    return (*((tabel,) if raekker else ()), *tomme), ()


def _medlem(side: Sidevisning, m: Medlemsvisning) -> Blokraekke:
    hvem = Blokcelle((tekst(m.navn), *([tekst("Formand for sin side", "mindre")] if m.formand else [])))
    celler = (hvem, m.titel or "–", side.navn, side.stemme, m.siddetid)
    return raekke(*celler, noegle=m.navn, navn=m.navn, foraelder=side.navn)


def _milepaele(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    """Of the whole plan, or of the activities of one delaftale, each with its own below it."""
    raekker = (
        raekke(
            Blokcelle((tekst(m.navn), *([tekst(m.aktivitet, "mindre")] if m.aktivitet else []))),
            m.ansvarlig or "–",
            m.tid.kort,
            m.tilstand or "–",
            noegle=m.navn,
            navn=m.navn,
            foraelder=m.aktivitet,
        )
        for m in afsnit.indhold
    )
    return (Tabelblok((hoved("Milepæl", "Ansvarlig", "Dato", "Tilstand"), *raekker), slags="milepaelsplan"),), ()


def _risici(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    raekker = (
        raekke(
            r.navn, r.sandsynlighed, r.konsekvens, r.haandtering or "–", r.ansvarlig or "–", noegle=r.navn, navn=r.navn
        )
        for r in afsnit.indhold
    )
    navne = ("Risiko", "Sandsynlighed", "Konsekvens", "Håndtering", "Ansvarlig")
    return (Tabelblok((hoved(*navne), *raekker), slags="risici"),), ()


def _lagfakta(afsnit: Dokumentafsnit, tal_: Tal) -> Indhold:
    return fakta(*((f.noegle, f.navn, (f.tekst,)) for f in afsnit.indhold)), ()


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
    Afsnitsart.BESTYRELSE.value: _bestyrelse,
    MILEPAELE: _milepaele,
    RISICI: _risici,
    GENNEMGANG: _gennemgang,
    LAGFAKTA: _lagfakta,
    LAGTEKST: _gennemgang,
}
