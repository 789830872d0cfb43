"""A budget as blocks: its tables row by row, each row known by what it is about and worth its sum in kroner."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from aftaler.blokke import forrest, ord_for_uskrevet, stand, udgavefakta
from aftaler.queries.dokument import Udgavestempel, Underskriftslinje
from budget.diagrammer import finansieringsbillede, medfinansieringsbar
from budget.queries.finansieringstabel import Krydstabel
from budget.queries.lagtabel import Laglinje, Lagtabel
from budget.queries.papir import AENDRET, MED_TID, OPGJORT, Budgetpapir, Papirrevision, Papirtabel
from budget.rules.medfinansiering import Medfinansiering
from helhedsplan.blokke.model import (
    AFSNIT,
    Blok,
    Blokcelle,
    Blokdel,
    Blokdokument,
    Blokraekke,
    Figurblok,
    Tabelblok,
    Tekstblok,
    celle,
    fakta,
    forside,
    hoved,
    tekst,
)
from helhedsplan.formats import beloeb, lang_dato, med_punktum, procent

#: A fact of the front page by what it is called, as the snapshots have it.
FAKTANOEGLER = {
    "Periode": "periode",
    "Parter": "parter",
    "Budget": "budget",
    OPGJORT: "opgjort",
    "I alt": "oplyst",
    "Pulje": "pulje",
    AENDRET: "aendret",
}


def blokdokument(
    papir: Budgetpapir,
    *,
    stempel: Udgavestempel | None = None,
    dokument_id: str = "",
    dato: datetime | None = None,
    underskrivere: Iterable[Underskriftslinje] = (),
    uskrevet: bool = False,
) -> Blokdokument:
    """A budget as blocks, with the words of an agreement's `blokdokument`."""
    aendret = lang_dato(timezone.localdate(papir.aendret)) if papir.aendret else ""
    fakta_ = [f for f in papir.fakta if not (stempel and f[0] in MED_TID)]
    linjer = [(FAKTANOEGLER.get(navn, navn), navn, ord_) for navn, ord_ in fakta_]
    udgave = ("udgave", "Udgave", (udgavefakta(stempel),))
    front = forside(papir.plan_navn, papir.titel, "Bilag til samarbejdsaftalen", *fakta(*linjer, udgave))
    return Blokdokument(
        stempel.dokument_id if stempel else dokument_id,
        papir.titel,
        papir.plan_navn,
        papir.kort_navn,
        papir.parter,
        stempel.frosset if stempel else dato,
        (*forrest(front, stempel, underskrivere), *dele(papir, ord_for_uskrevet(stempel, uskrevet))),
        stand(stempel, aendret),
    )


def dele(papir: Budgetpapir, uskrevet: str = "") -> tuple[Blokdel, ...]:
    """The sections; with `uskrevet` an empty one says that of itself."""

    def afsnit(noegle: str, titel: str, blokke: tuple[Blok, ...]) -> Blokdel:
        tomt = (tekst(uskrevet, "mindre"),) if uskrevet else ()
        return Blokdel(noegle, titel, 2, blokke or tomt, slags=AFSNIT)

    return (
        afsnit("medfinansiering", "Lokal medfinansiering", _andel(papir.medfinansiering)),
        afsnit("finansiering", "Finansiering", _finansiering(papir) if papir.kryds.i_alt else ()),
        *([afsnit("lag", "Oven på bevillingen", (_pr_lag(papir.pr_lag),))] if papir.pr_lag else []),
        afsnit("udgifter", "Udgifter", _udgifter(papir) if papir.pr_konto.raekker else ()),
        *([_revisioner(papir.revisioner)] if papir.revisioner else []),
    )


def _finansiering(papir: Budgetpapir) -> tuple[Blok, ...]:
    return (
        Figurblok(finansieringsbillede(papir.kryds, "papirets-finansiering")),
        _kryds(papir.kryds),
        _tabel("pr_kilde", "Finansiering fordelt på år, kr.", "Kilde", papir.pr_kilde),
        _tabel("pr_formaal", "Finansiering fordelt på formål, kr.", "Formål", papir.pr_formaal),
        *_formler(papir.formler),
    )


def _udgifter(papir: Budgetpapir) -> tuple[Blok, ...]:
    i_alt, poster = papir.kryds.i_alt, papir.pr_konto.total.i_alt
    sum_ = f"Finansieringen er {_kr(i_alt)}, udgifterne {_kr(poster)}"
    if papir.balance:
        saetning = f"{med_punktum(sum_)} {papir.balance}" if i_alt else papir.balance
    else:
        saetning = f"{sum_}, og {_forskel(papir.forskel)}"
    return (
        _tabel("pr_konto", "Udgifter fordelt på konti, kr.", "Konto", papir.pr_konto),
        tekst(
            f"Kontiene er vores egne og ikke Landsbyggefondens. {saetning}",
            slags="tal",
        ),
    )


def _forskel(forskel: Decimal) -> str:
    """In what was frozen before the years were spoken of. Which of the sums is larger is said by word, for a minus is
    easily read over."""
    return (
        f"udgifterne er {_kr(-forskel)} større end finansieringen." if forskel < 0 else f"forskellen er {_kr(forskel)}"
    )


def _med_forbehold(tekst_: str, forbehold: str) -> str:
    return f"{tekst_}; {forbehold}" if forbehold else tekst_


def _andel(m: Medfinansiering) -> tuple[Blok, ...]:
    if not m.i_alt:
        return ()
    afrundet = tekst(f"Nogle beløb er afrundede i kilden. Andelen {m.graenser_i_ord('derfor')}.", slags="tal")
    kontant = f"{_kr(m.lokal_kontant)} ({m.lokal_kontant_i_ord} af budgettet)"
    return (
        tekst(m.i_en_linje, slags="tal"),
        Figurblok(medfinansieringsbar(m, "papirets-andel")),
        *fakta(
            ("lokalt", "Lokalt i alt", (_med_forbehold(f"{_kr(m.lokal)} af {_kr(m.i_alt)}", m.lokal_forbehold),)),
            ("kontant", "Lokale kontanter", (_med_forbehold(kontant, m.kontant_forbehold),)),
            ("kommunen", "Kommunens andel", (_med_forbehold(procent(m.kommune_pct, 2), m.kommune_forbehold),)),
            slags="andel",
        ),
        *([afrundet] if m.har_spaend and not (m.uden_punkt or m.afgoeres_af_afrunding) else []),
    )


def _kr(vaerdi: Decimal | None) -> str:
    return f"{beloeb(vaerdi)} kr."


def _beloeb(vaerdi: Decimal | None) -> Blokcelle:
    return celle(beloeb(vaerdi), tal=True)


def _pengetabel(noegle: str, titel: str, navne: tuple[str, ...], raekker: Iterable[Blokraekke]) -> Tabelblok:
    hovedet = hoved(*navne, tal=frozenset(range(1, len(navne))))
    return Tabelblok((hovedet, *raekker), tekst(titel).loeb, "penge", noegle)


def _pengeraekke(navn: str, beloeb_: tuple[Decimal | None, ...], i_alt: Decimal, slags: str = "") -> Blokraekke:
    celler = (celle(navn, hoved=True), *map(_beloeb, beloeb_), _beloeb(i_alt))
    return Blokraekke(celler, noegle=f"{slags}{navn}", navn=navn, beloeb=i_alt, slags=slags)


def _tabel(noegle: str, titel: str, emne: str, tabel: Papirtabel) -> Tabelblok:
    raekker = [_pengeraekke(r.navn, r.beloeb, r.i_alt) for r in tabel.raekker]
    sum_ = _pengeraekke(tabel.total.navn, tabel.total.beloeb, tabel.total.i_alt, "sum")
    return _pengetabel(noegle, titel, (emne, *tabel.kolonner, "I alt"), (*raekker, sum_))


def _pr_lag(tabel: Lagtabel) -> Tabelblok:
    """The layers and what they come to; a sum that cannot be seen is said in words."""

    def raekke(linje: Laglinje, slags: str = "") -> Blokraekke:
        celler = (celle(linje.navn, hoved=True), *map(_beloeb, linje.beloeb), celle(linje.i_alt, tal=True))
        return Blokraekke(celler, noegle=f"{slags}{linje.navn}", navn=linje.navn, slags=slags)

    navne = ("Del af bevillingen", *tabel.kolonner, "I alt")
    raekker = (*map(raekke, tabel.raekker), raekke(tabel.total, "sum"))
    return _pengetabel("pr_lag", "Bevillingen lag for lag, kr.", navne, raekker)


def _kryds(kryds: Krydstabel) -> Tabelblok:
    """Financiers down, kinds across: of those there are never more than a page is wide."""
    pr_kilde = zip(kryds.kilder, zip(*kryds.celler, strict=True), kryds.pr_kilde, strict=True)
    raekker = [_pengeraekke(*raekke) for raekke in pr_kilde]
    sum_ = _pengeraekke("I alt", kryds.pr_art, kryds.i_alt, "sum")
    return _pengetabel(
        "kryds", "Finansiering fordelt på kilde og art, kr.", ("Kilde", *kryds.artnavne, "I alt"), (*raekker, sum_)
    )


def _formler(formler: tuple[tuple[str, str], ...]) -> tuple[Tabelblok, ...]:
    """What hours and premises are reckoned from."""
    if not formler:
        return ()
    raekker = (Blokraekke((celle(hvad, hoved=True), celle(formel)), noegle=hvad, navn=hvad) for hvad, formel in formler)
    return (Tabelblok((hoved("Timer og lokaler", "Beregning"), *raekker), slags="formler"),)


def _revisioner(revisioner: tuple[Papirrevision, ...]) -> Blokdel:
    return Blokdel(
        "revisioner",
        "Godkendte revisioner",
        2,
        under=tuple(Blokdel(r.titel, r.titel, 3, _revision(r), slags="revisionen") for r in revisioner),
        slags=AFSNIT,
    )


def _revision(r: Papirrevision) -> tuple[Tekstblok, ...]:
    hvornaar = f"Gælder fra {lang_dato(r.dato)}, godkendt {r.godkendt}. {r.begrundelse}"
    linjer = (
        tekst(
            f"{linje.hvem}, {linje.formaal}, {linje.aar.lower()}: {'+' if linje.delta > 0 else ''}{_kr(linje.delta)}",
            "punkt",
            niveau=1,
        )
        for linje in r.linjer
    )
    return (tekst(hvornaar), *([tekst(r.maerke)] if r.maerke else []), *linjer)
