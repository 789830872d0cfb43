"""What the evidence says, line by line, and in words what has changed from one edition of it to the next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helhedsplan.formats import lang_dato
from moeder.bevis.dele import Bevis, Bevismaal, Bevismoede, Bevisopfoelgning, Bevistal, Forelagt

INTET = "intet"


@dataclass(frozen=True)
class Bevisforskel:
    """What one line is about, and its words before and now; '' where it was not there."""

    om: str
    foer: str
    nu: str

    def __str__(self):
        if not self.foer:
            return f"Nyt: {self.om}: {self.nu}"
        return f"Ændret: {self.om}: {self.nu} (før: {self.foer})" if self.nu else f"Udgået: {self.om}: {self.foer}"


def forskelle(foer: Iterable[Sequence[str]], nu: Iterable[Sequence[str]]) -> list[Bevisforskel]:
    """Line by line, in the order of the newest; those that are gone come last."""
    gamle, nye = ({linje[0]: linje[1] for linje in liste} for liste in (foer, nu))
    aendrede = [Bevisforskel(om, gamle.get(om, ""), ord_) for om, ord_ in nye.items() if gamle.get(om) != ord_]
    return aendrede + [Bevisforskel(om, ord_, "") for om, ord_ in gamle.items() if om not in nye]


def linjer(b: Bevis) -> list[list[str]]:
    """Every statement of the evidence as [what it is about, the words]. No two are about the same."""
    fundne: Counter[str] = Counter()
    ud = []
    for om, ord_ in _alle(b):
        fundne[om] += 1
        ud.append([om if fundne[om] == 1 else f"{om} ({fundne[om]})", ord_ or INTET])
    return ud


def _alle(b: Bevis) -> Iterable[tuple[str, str]]:
    yield "Hovedlinjen", b.hovedlinje
    yield "Opgjort til og med", lang_dato(b.opgjort)
    yield "Planen", b.plan_navn
    yield "Perioden", b.periode
    yield "Puljen", b.pulje
    yield "Parterne", ", ".join(b.parter)
    verificeret = "" if b.frist.verificeret else ", ikke verificeret"
    yield "Fristen", f"højst {b.frist.maaneder} måneder imellem, kilde: {b.frist.kilde}{verificeret}"
    for maal in b.maal:
        yield from _maal(maal)
    for k in b.kilder:
        yield f"Bilag, {k.hvad}, {lang_dato(k.dato)}", k.sha256


def _maal(m: Bevismaal) -> Iterable[tuple[str, str]]:
    navn = f"Mål {m.nummer}"
    yield navn, f"{m.indsatsomraade}: {m.tekst}"
    for fund in m.fund:
        yield f"{navn}, frist", fund.besked
    if not m.opfoelgninger:
        sidst = f"Sidste opfølgning før året var {lang_dato(m.sidst)}." if m.sidst else "Der er ingen før det."
        yield f"{navn}, opfølgning", f"Ikke fulgt op. {sidst}"
    for o in m.opfoelgninger:
        yield from _opfoelgning(f"{navn}, {lang_dato(o.dato)}", o)
    for s in m.forelagt:
        yield from _status(f"{navn}, {s.navn}", s)


def _opfoelgning(navn: str, o: Bevisopfoelgning) -> Iterable[tuple[str, str]]:
    dokumenteret = "Dokumenteret ved uploadet referat." if o.ved_upload else "Dokumenteret."
    yield navn, dokumenteret if o.er_dokumenteret else f"Ikke dokumenteret. {' '.join(o.mangler)}"
    if o.sent_upload:
        yield f"{navn}, uploadet sent", o.sent_upload
    if o.forbehold:
        yield f"{navn}, bemærk", " ".join(o.forbehold)
    if o.for_sent and o.forrige:
        yield f"{navn}, for sent", f"Den forrige var {lang_dato(o.forrige)}."
    if o.konklusion:
        yield f"{navn}, {'referatets konklusion' if o.fra_referat else 'konklusion, skrevet ind'}", o.konklusion
    if o.skrevet:
        yield f"{navn}, skrevet", o.skrevet
    if o.tal:
        yield f"{navn}, tallenes kilde", f"{o.talkilde} Til og med {o.data_aar or 'ukendt år'}."
    if o.tal_ulaeselige:
        yield f"{navn}, tal", "kan ikke læses"
    yield from _tal(navn, o.tal)
    for moede in o.moeder:
        yield f"{navn}, møde", _moede(moede)


def _tal(navn: str, tal: Iterable[Bevistal]) -> Iterable[tuple[str, str]]:
    for t in tal:
        om = ", ".join(filter(None, (navn, t.indikator, t.sted)))
        yield om, ", ".join(filter(None, (t.tal, t.hvornaar, t.kilde)))


def _status(navn: str, s: Forelagt) -> Iterable[tuple[str, str]]:
    trukket = ", trukket tilbage siden" if s.trukket else ""
    laest = f"læst {', '.join(map(lang_dato, s.laest))}" if s.laest else "ikke markeret som læst"
    yield navn, f"publiceret {lang_dato(s.publiceret)}{trukket}, {laest}"
    if s.ulaeselig:
        yield f"{navn}, tal", "det, den viste, kan ikke læses"
    yield from _tal(navn, s.tal)
    for x in s.behandlinger:
        afgjort = f"{x.resultat.lower()}. {x.tekst}".strip() if x.resultat else "ikke afgjort."
        yield f"{navn}, »{x.punkt}« {lang_dato(x.moede.dato)}", f"{afgjort} {_moede(x.moede)}"


def _moede(r: Bevismoede) -> str:
    punkt = f", »{r.punkt}«" if r.punkt else ""
    if r.uploadet:
        return f"{r.navn} {lang_dato(r.dato)}, {r.uploadet} ({r.sha256})"
    if not r.nummer or r.sendt is None:
        return f"{r.navn} {lang_dato(r.dato)}{punkt}, intet referat sendt"
    return f"{r.navn} {lang_dato(r.dato)}{punkt}, referat {r.nummer} sendt af {r.sendt_af} ({r.sha256})"
