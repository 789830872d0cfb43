"""Agenda, minutes and the decision paper of an item as blocks. The first two are made of their snapshot alone."""

from collections.abc import Iterable, Iterator

from helhedsplan.blokke.model import (
    AFSNIT,
    Blok,
    Blokcelle,
    Blokdel,
    Blokdokument,
    Blokraekke,
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
from helhedsplan.formats import aendring, beloeb, kort_dato, lang_dato, tidspunkt
from moeder.choices import Moedepapirart
from moeder.indstilling import BESLUTNING, OVERSKRIFTER
from moeder.models import Afgoerelse, Dagsordenspunkt
from moeder.queries.moedebillede import (
    OEKONOMI,
    VIDERE_PROCES,
    Beslutningsbillede,
    Genstandsbillede,
    Maalbillede,
    Moedebillede,
    Punktbillede,
    Tekstdel,
)

ARK = "moede"
TAGER_STEDET = {Moedepapirart.DAGSORDEN: "i stedet for den, der blev sendt før", Moedepapirart.REFERAT: "rettet"}
FORKLARING = "B er til beslutning, O er til orientering."


def blokdokument(m: Moedebillede) -> Blokdokument:
    """An agenda or minutes as its snapshot has it."""
    art = Moedepapirart(m.art)
    nummer, tager_stedet = (f" {m.nummer}", f" · nummer {m.nummer}, {TAGER_STEDET[art]}") if m.nummer > 1 else ("", "")
    byg = _dagsorden if art == Moedepapirart.DAGSORDEN else _referat
    foerst, dele = byg(m)
    front = forside(m.plan_navn, art.label, f"{m.moede} {lang_dato(m.dato)}{tager_stedet}", *_hvornaar(m), *foerst)
    titel = f"{art.label}{nummer}: {m.moede}"
    dag = kort_dato(m.dato)
    return Blokdokument(m.dokument_id, titel, m.plan_navn, m.kort_navn, m.parter, m.sendt, (front, *dele), dag, ark=ARK)


def _hvornaar(m: Moedebillede) -> tuple[Tabelblok, ...]:
    return fakta(
        ("hvornaar", "Hvornår", (f"{lang_dato(m.dato)}{f' kl. {m.klokken}' if m.klokken else ''}",)),
        ("hvor", "Hvor", (m.sted,)),
        ("sendt", "Sendt", (tidspunkt(m.sendt) if m.sendt else "Kladde, ikke sendt",)),
    )


Indhold = tuple[tuple[Blok, ...], tuple[Blokdel, ...]]


def _dagsorden(m: Moedebillede) -> Indhold:
    oversigt = (
        Tekstblok((Loeb(p.slags, fed=True), Loeb(f" {p.titel}")), "punkt", 1, nummereret=True, start=None if nr else 1)
        for nr, p in enumerate(m.punkter)
    )
    dele = [_punkt(p, tuple(_til_moedet(p)), [_genstand(p.genstand)] if p.genstand else []) for p in m.punkter]
    modtagere = (
        [Blokdel("modtagere", "Sendt til", 2, tuple(_punkter(m.modtagere)), slags=AFSNIT)] if m.modtagere else []
    )
    return (*oversigt, tekst(FORKLARING, "mindre")), (*dele, *modtagere)


def _referat(m: Moedebillede) -> Indhold:
    raekker = (
        raekke(
            d.side,
            f"{d.navn}{f', {d.titel}' if d.titel else ''}",
            f"{d.fremmoede or 'Ikke noteret'}{f', fuldmagt til {d.fuldmagt_til}' if d.fuldmagt_til else ''}",
            noegle=d.navn,
            navn=d.navn,
            foraelder=d.side,
        )
        for d in m.deltagere
    )
    fremmoede = Tabelblok((hoved("Side", "Medlem", "Fremmøde"), *raekker), tekst("Fremmøde").loeb, "fremmoede")
    andre = [tekst(f"Andre deltagere: {m.andre_deltagere}")] if m.andre_deltagere else []
    dele = (_punkt(p, tuple(_fra_moedet(p)), [_beslutning(p.beslutning)] if p.beslutning else []) for p in m.punkter)
    return (*([fremmoede] if m.deltagere else []), *andre, *_hvis(m.indledning)), tuple(dele)


def _punkt(p: Punktbillede, blokke: tuple[Blok, ...], under: Iterable[Blokdel]) -> Blokdel:
    slags = Tekstblok((Loeb(p.slags, fed=True), Loeb(f" til {p.slags_navn.lower()}")))
    return Blokdel(f"punkt-{p.pk}", p.titel, 2, (slags, *blokke), tuple(under), str(p.nummer), AFSNIT)


def _hvis(ord_: str) -> tuple[Tekstblok, ...]:
    return (tekst(ord_),) if ord_ else ()


def _punkter(linjer: Iterable[str]) -> Iterator[Tekstblok]:
    return (tekst(linje, "punkt", niveau=1) for linje in linjer)


# --- before the meeting -----------------------------------------------------------------------------------------------


def _til_moedet(p: Punktbillede) -> Iterator[Blok]:
    for overskrift, blokke in _tekster(p.tekster, p.genstand):
        yield tekst(overskrift, "overskrift", niveau=3)
        yield from blokke
    for m in p.maal:
        yield tekst(f"Mål {m.nummer}: {m.maal}")
        yield _maaltal(m) if m.tal else tekst("Der er ingen tal om målet.", "mindre")


def _tekster(tekster: Iterable[Tekstdel], g: Genstandsbillede | None) -> Iterator[tuple[str, tuple[Blok, ...]]]:
    """(heading, what stands below it), with the heading of the money also when only its table says something."""
    skrevne = [t for t in tekster if t.tekst]
    penge = tuple(_penge(g)) if g else ()
    if penge and OEKONOMI not in {t.overskrift for t in skrevne}:
        skrevne.insert(sum(t.overskrift != VIDERE_PROCES for t in skrevne), Tekstdel(OEKONOMI, ""))
    for t in skrevne:
        yield t.overskrift, (*_hvis(t.tekst), *(penge if t.overskrift == OEKONOMI else ()))


def _penge(g: Genstandsbillede) -> Iterator[Tabelblok]:
    """The money as the item's own papers have it: old, new, difference."""
    for t in g.tabeller:
        raekker = (
            Blokraekke(
                (celle(skift.navn), *map(_tal, (beloeb(skift.foer), beloeb(skift.efter), aendring(skift.forskel)))),
                noegle=skift.navn,
                navn=skift.navn,
                beloeb=skift.efter,
                slags="sum" if skift.er_sum else "",
            )
            for skift in t.linjer
        )
        yield _pengetabel(t.titel, (t.emne, "Før", "Efter", "Forskel"), {1, 2, 3}, raekker)
    if g.deltaer:
        linjer = (raekke(*ord_, _tal(aendring(delta)), noegle=ord_[0], navn=ord_[0]) for *ord_, delta in g.deltaer)
        yield _pengetabel("Revisionens linjer, kr.", ("Hvad", "Formål", "Planår", "Ændring"), {3}, linjer)
    if g.ord:
        andel = (raekke(o.navn, _tal(o.foer or "–"), _tal(o.efter or "–"), noegle=o.navn, navn=o.navn) for o in g.ord)
        yield _pengetabel("Den lokale andel", ("Hvad", "Før", "Efter"), {1, 2}, andel)


def _pengetabel(titel: str, navne: tuple[str, ...], tal: set[int], raekker: Iterable[Blokraekke]) -> Tabelblok:
    return Tabelblok((hoved(*navne, tal=frozenset(tal)), *raekker), tekst(titel).loeb, "penge", titel)


def _tal(ord_: str) -> Blokcelle:
    return celle(ord_, tal=True)


def _maaltal(m: Maalbillede) -> Tabelblok:
    raekker = (raekke(t.indikator, t.sted, t.hvornaar, _tal(t.tal), t.kilde or "–") for t in m.tal)
    hovedet = hoved("Indikator", "Sted", "Tal fra", "Tal", "Kilde", tal=frozenset({3}))
    return Tabelblok((hovedet, *raekker), tekst(f"Tallene for mål {m.nummer}").loeb, "maaltal", str(m.nummer))


def _genstand(g: Genstandsbillede) -> Blokdel:
    """The paper that is decided on, known by its hash."""
    beder_om = (tekst("Til beslutning:"), *_punkter(g.beder_om)) if g.beder_om else ()
    forbehold = (tekst("Kan ikke godkendes endnu:"), *_punkter(g.forbehold)) if g.forbehold else ()
    blokke = (tekst(g.navn), *_frosset_uden(g), *_hvis(g.sammenfatning), *beder_om, *forbehold, _aftryk(g))
    return Blokdel("genstand", "Det, der afgøres", 3, blokke, slags="genstand")


def _frosset_uden(g: Genstandsbillede) -> Iterator[Tekstblok]:
    """What the edition lacked when it was frozen, where that is known, and why it was frozen all the same."""
    if g.mangler:
        yield tekst("Frosset med mangler:")
        yield from _punkter(g.mangler)
    if g.begrundelse:
        yield tekst(f"{'' if g.mangler else 'Frosset med mangler. '}Begrundelse: {g.begrundelse}")


def _aftryk(g: Genstandsbillede) -> Tekstblok:
    return tekst(f"SHA-256: {g.sha256}", "mindre")


# --- after it ---------------------------------------------------------------------------------------------------------


def _fra_moedet(p: Punktbillede) -> Iterator[Blok]:
    if p.genstand:
        yield from (tekst(f"Om {p.genstand.navn}."), _aftryk(p.genstand))
    yield from _hvis(p.referat)
    yield from map(_udfald, p.maal)
    if not p.beslutning and p.slags == "B":
        yield tekst(p.uden_beslutning, "mindre")
    elif not p.beslutning and not p.referat:
        yield tekst("Intet at referere.", "mindre")


def _udfald(m: Maalbillede) -> Tekstblok:
    udfald = (Loeb(": "), Loeb(m.udfald_navn.lower(), fed=True), Loeb(f". {m.konklusion}")) if m.udfald_navn else ()
    return Tekstblok((Loeb(f"Mål {m.nummer}"), *udfald), "punkt", 1)


def _beslutning(b: Beslutningsbillede) -> Blokdel:
    blokke = (_resultat(b.resultat, b.enighed_i_ord, ""), *_hvis(b.tekst), *_punkter(b.stemmer))
    return Blokdel("beslutning", BESLUTNING, 3, blokke, slags="beslutningen")


def _resultat(resultat: str, enighed: str, hvornaar: str) -> Tekstblok:
    return Tekstblok((Loeb(resultat, fed=True), Loeb(f"{f' {enighed}' if enighed else ''}{hvornaar}.")))


# --- one item ---------------------------------------------------------------------------------------------------------


def indstilling(
    punkt: Dagsordenspunkt, g: Genstandsbillede | None, ulaeselig: str = "", andetsteds: str = ""
) -> Blokdokument:
    """The decision paper of an item. ulaeselig: why what it is about cannot be read, in words; andetsteds: where and
    when its edition was decided on, when not here."""
    plan, moede = punkt.plan, punkt.moede
    hvad = f"{plan.navn} · {moede} {lang_dato(moede.dato)}"
    front = forside(hvad, punkt.titel, f"Til {punkt.get_slags_display().lower()}", *_hvis(ulaeselig))
    tekster = [Tekstdel(navn, getattr(punkt, felt)) for felt, navn in OVERSKRIFTER]
    dele = (
        *(Blokdel(f"tekst-{nr}", navn, 2, b, slags=AFSNIT) for nr, (navn, b) in enumerate(_tekster(tekster, g))),
        Blokdel("beslutning", BESLUTNING, 2, _afgoerelse(getattr(punkt, "afgoerelse", None), andetsteds), slags=AFSNIT),
        *([_genstand(g)] if g else []),
    )
    kort_navn = plan.omraadenavn or plan.navn
    dag = kort_dato(moede.dato)
    return Blokdokument("", punkt.titel, plan.navn, kort_navn, (), None, (front, *dele), dag, ark=ARK)


def _afgoerelse(a: Afgoerelse | None, andetsteds: str) -> tuple[Tekstblok, ...]:
    if a is None and andetsteds:
        return (tekst(f"Punktet er ikke afgjort her. {andetsteds}"),)
    if a is None:
        return (tekst("Der er ikke truffet en beslutning endnu.", "mindre"),)
    return (_resultat(a.get_resultat_display(), a.enighed_i_ord, f", {lang_dato(a.dato)}"), *_hvis(a.tekst))
