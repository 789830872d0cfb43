"""A budget as blocks: its tables row by row, each row known by what it is about and worth its sum in kroner."""

from decimal import Decimal

from budget.pdf import Budgetpapir, Papirlinje, Papirrevision, Papirtabel
from budget.queries.terning import Krydstabel
from budget.rules.medfinansiering import Medfinansiering
from dokumenter.blokke.aftale import forside
from dokumenter.blokke.model import Celle, Del, Raekke, Tabel, Tekst, celle, fakta, hoved, tekst
from helhedsplan.formats import kroner, lang_dato, procent, tal

#: When a draft was last changed is no part of what it says.
IKKE_INDHOLD = {"Senest ændret"}


def dele(papir: Budgetpapir) -> tuple[Del, ...]:
    finansiering = (
        _kryds(papir.kryds),
        _tabel("Finansiering fordelt på år, kr.", "Kilde", papir.pr_kilde),
        _tabel("Finansiering fordelt på formål, kr.", "Formål", papir.pr_formaal),
        *_formler(papir.formler),
    )
    udgifter = (
        _tabel("Udgifter fordelt på konti, kr.", "Konto", papir.pr_konto),
        tekst(papir.forskel_i_ord),
    )
    linjer = fakta(tuple(f for f in papir.fakta if f[0] not in IKKE_INDHOLD))
    return (
        forside(papir.plan_navn, papir.titel, "Bilag til samarbejdsaftalen", *linjer),
        Del("medfinansiering", "Lokal medfinansiering", 2, _andel(papir.medfinansiering), slags="afsnittet"),
        Del("finansiering", "Finansiering", 2, finansiering if papir.kryds.i_alt else (), slags="afsnittet"),
        Del("udgifter", "Udgifter", 2, udgifter if papir.pr_konto.raekker else (), slags="afsnittet"),
        *([_revisioner(papir.revisioner)] if papir.revisioner else []),
    )


def _andel(m: Medfinansiering) -> tuple[Tabel, ...]:
    if m.andel_pct is None:
        return ()
    return fakta(
        (
            ("Hele budgettet", (kroner(m.i_alt, 2),)),
            ("Lokal medfinansiering", (f"{kroner(m.lokal, 2)} ({procent(m.andel_pct, 2)})",)),
            ("Heraf kontant", (kroner(m.lokal_kontant, 2),)),
            ("Mindst", (procent(m.gulv_pct) if m.gulv_pct is not None else "",)),
        ),
        slags="andel",
    )


def _beloeb(vaerdi: Decimal | None) -> Celle:
    return celle(tal(vaerdi, 2), tal=True)


def _pengetabel(titel: str, navne: tuple[str, ...], raekker: list[Raekke]) -> Tabel:
    hovedet = hoved(*navne, tal=frozenset(range(1, len(navne))))
    return Tabel((hovedet, *raekker), tekst(titel).loeb, "penge")


def _pengeraekke(navn: str, beloeb: tuple[Decimal | None, ...], i_alt: Decimal) -> Raekke:
    celler = (celle(navn, hoved=True), *map(_beloeb, beloeb), _beloeb(i_alt))
    return Raekke(celler, noegle=navn, navn=navn, beloeb=i_alt)


def _tabel(titel: str, emne: str, tabel: Papirtabel) -> Tabel:
    linjer: tuple[Papirlinje, ...] = (*tabel.raekker, tabel.total)
    raekker = [_pengeraekke(linje.navn, linje.beloeb, linje.i_alt) for linje in linjer]
    return _pengetabel(titel, (emne, *tabel.kolonner, "I alt"), raekker)


def _kryds(kryds: Krydstabel) -> Tabel:
    """Kinds down, financiers across, as the agreement prints it."""
    raekker = [
        _pengeraekke(navn, celler, i_alt)
        for navn, celler, i_alt in zip(kryds.artnavne, kryds.celler, kryds.pr_art, strict=True)
    ]
    raekker.append(_pengeraekke("I alt", kryds.pr_kilde, kryds.i_alt))
    return _pengetabel("Finansiering fordelt på kilde og art, kr.", ("Art", *kryds.kilder, "I alt"), raekker)


def _formler(formler: tuple[tuple[str, str], ...]) -> tuple[Tabel, ...]:
    if not formler:
        return ()
    raekker = (Raekke((celle(hvad), celle(formel)), noegle=hvad, navn=hvad) for hvad, formel in formler)
    return (Tabel((hoved("Hvad", "Beregning"), *raekker), tekst("Beregnede beløb").loeb, "formler"),)


def _revisioner(revisioner: tuple[Papirrevision, ...]) -> Del:
    return Del(
        "revisioner",
        "Godkendte revisioner",
        2,
        under=tuple(Del(r.titel, r.titel, 3, _revision(r), slags="revisionen") for r in revisioner),
        slags="afsnittet",
    )


def _revision(r: Papirrevision) -> tuple[Tekst, ...]:
    def aendring(delta: Decimal) -> str:
        return f"{'+' if delta > 0 else ''}{kroner(delta, 2)}"

    hvornaar = f"Gælder fra {lang_dato(r.dato)}, godkendt {lang_dato(r.godkendt_den)}. {r.begrundelse}"
    linjer = (
        tekst(f"{linje.hvem}, {linje.formaal}, {linje.aar.lower()}: {aendring(linje.delta)}", "punkt", niveau=1)
        for linje in r.linjer
    )
    return (tekst(hvornaar), *linjer)
