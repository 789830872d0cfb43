"""Guesses what a table's columns and names mean, from what they are called. A person confirms it once."""

import re
from collections import defaultdict
from collections.abc import Iterable

from helhedsplan.formats import laes_dato
from indikatorer.choices import Stedart
from indikatorer.imports.kobling import (
    I_ALT,
    Kobling,
    Kolonnerolle,
    Kolonnevalg,
    er_anden_periode,
    er_periode,
    i_alt_af,
    opdelinger,
    periode_i,
)
from indikatorer.imports.tabeller import DATO, IKKE_MAALT, Importtabel, Tabelkolonne, er_tal, genkend, normal
from indikatorer.queries.importgrundlag import Navnekatalog, Navngivet

#: The columns of our own export, and what others call the same.
OVERSKRIFTER = {
    Kolonnerolle.INDIKATOR: {"indikator", "indikatorer"},
    Kolonnerolle.STED: {"sted", "område", "omraade", "boligområde", "kommune", "afdeling", "område navn", "geografi"},
    Kolonnerolle.AAR: {"år", "aar", "årstal", "tid", "periode", "kvartal"},
    Kolonnerolle.BEGIVENHED: {"begivenhed", "valg"},
    Kolonnerolle.DATO: {"dato"},
    Kolonnerolle.ANTAL: {"antal", "antal personer", "personer"},
    Kolonnerolle.GRUNDLAG: {"grundlag", "ud af"},
    Kolonnerolle.VAERDI: {"værdi", "vaerdi", "procent", "pct", "%", "andel", "andel i procent", "indhold", "tal"},
    Kolonnerolle.FIGUR: {"enhed", "måleenhed"},
    Kolonnerolle.DECIMALER: {"decimaler"},
    Kolonnerolle.TILSTAND: {"tilstand"},
    Kolonnerolle.KILDE: {"kilde"},
    Kolonnerolle.UDTRUKKET: {"udtrukket"},
    Kolonnerolle.NOTE: {"note"},
}
ROLLE_AF = {navn: rolle for rolle, navne in OVERSKRIFTER.items() for navn in navne}
#: Our own export speaks for itself: nobody is asked.
EGNE = {
    "indikator", "sted", "år", "begivenhed", "dato", "antal", "grundlag", "værdi", "decimaler", "tilstand", "kilde",
    "udtrukket", "note",
}  # fmt: skip
STEDNAVNE = {
    Stedart.LAND: {"hele landet", "landet", "danmark", "land"},
    Stedart.KOMMUNE: {"kommunen"},
    Stedart.ALMEN_SEKTOR: {"den almene sektor", "almen sektor", "hele den almene sektor"},
    Stedart.ALMENE_I_KOMMUNEN: {"almene boliger i kommunen", "almene i kommunen"},
    Stedart.OEVRIGE_HELHEDSPLANER: {"øvrige helhedsplaner", "øvrige hhp"},
}
FIGURORD = (
    (Kolonnerolle.GRUNDLAG, re.compile(r"\b(grundlag|ud af|i alt|population)\b")),
    (Kolonnerolle.ANTAL, re.compile(r"\b(antal|personer)\b")),
    (Kolonnerolle.VAERDI, re.compile(r"%|\b(procent|pct|andel|indeks|karakter|kr|kroner)\b")),
)
#: "183 Ishøj", "Ishøj (183)", "183 - Ishøj", "Ishøj, 183".
KODE = re.compile(r"^\d{2,4}[ :.-]+(?=\D)|(?<=\D)[ ,:-]*\(?\b\d{3}\)?$")
KOMMUNE = re.compile(r"\bkommunes?\b")
NUMMER = re.compile(r"^(?:tabel|tabl|tab|ark)?\s*\d{1,3}[a-z]?\b[.: -]*")
KILDE = re.compile(r"\bkilder?\s*:\s*(.{2,150}?)(?:\.\s|\.?$)", re.IGNORECASE)
UDTRUKKET = re.compile(rf"\b(?:ud)?trukket\D{{0,20}}({DATO.pattern})", re.IGNORECASE)
FLEST_NAVNE = 40
KORTEST = 8


class Navnesoeger:
    """From a name as a file writes it to the plan's indicator or place; nothing when it could be several."""

    def __init__(self, register: Navnekatalog):
        self.register = register
        self._steder = _opslag(register.steder.values(), _stednavne)
        self._indikatorer = _opslag(register.indikatorer.values(), lambda i: [[i.navn, i.noegle]])

    def find(self, art: str, navn: str) -> str:
        """The key; '' for none. `art` is sted, indikator or figur."""
        if art == "figur":
            return figur_i(navn) or ""
        if art == "indikator":
            return _entydig(self._indikatorer, [normal(navn)])
        renset = normal(navn)
        uden_kode = KODE.sub("", renset)
        return _entydig(self._steder, list(dict.fromkeys([renset, uden_kode, _uden_kommune(uden_kode)])))

    def indikator_i(self, titel: str) -> str:
        """The indicator that a title names among other words."""
        renset = NUMMER.sub("", normal(titel))
        if noegle := self.find("indikator", renset):
            return noegle
        kort = normal(genkend(renset).replace("<år>", ""))
        fundne = {
            i.noegle: len(normal(i.navn))
            for i in self.register.indikatorer.values()
            if len(normal(i.navn)) >= KORTEST
            and (normal(i.navn) in renset or (len(kort) >= KORTEST and kort in normal(i.navn)))
        }
        laengst = [n for n, laengde in fundne.items() if laengde == max(fundne.values())]
        return laengst[0] if len(laengst) == 1 else ""


def _stednavne(sted: Navngivet) -> list[list[str]]:
    """Surest names first."""
    return [[sted.navn, sted.noegle], [_uden_kommune(normal(sted.navn)), *STEDNAVNE.get(Stedart(sted.slags), ())]]


def _uden_kommune(navn: str) -> str:
    return " ".join(KOMMUNE.sub("", navn).split())


def _opslag(ting: Iterable[Navngivet], navne) -> list[dict[str, set[str]]]:
    lag: list[dict[str, set[str]]] = [defaultdict(set), defaultdict(set)]
    for en in ting:
        for nr, gruppe in enumerate(navne(en)):
            for navn in gruppe:
                lag[nr][normal(navn)].add(en.noegle)
    return lag


def _entydig(lag: list[dict[str, set[str]]], navne: list[str]) -> str:
    for opslag in lag:
        for navn in navne:
            if fundne := opslag.get(navn):
                return next(iter(fundne)) if len(fundne) == 1 else ""
    return ""


def figur_i(tekst: str) -> str | None:
    """Which figure a heading or a row speaks of."""
    renset = normal(tekst) if "%" not in tekst else "%"
    return next((rolle.value for rolle, ord_ in FIGURORD if ord_.search(renset)), None)


# --- a whole table --------------------------------------------------------------------------------------------------


def er_vores(tabel: Importtabel) -> bool:
    """A table with the columns of our own export."""
    return {k.noegle for k in tabel.kolonner} >= EGNE


def foreslaa(tabel: Importtabel, soeger: Navnesoeger) -> Kobling:
    kobling = Kobling()
    for kolonne in tabel.kolonner:
        if kolonne.noegle not in kobling.kolonner:
            kobling.kolonner[kolonne.noegle] = _kolonne(tabel, kolonne, soeger)
    _ved_titlen(tabel, kobling, soeger)
    _manglende(tabel, kobling)
    _opdelinger(tabel, kobling)
    svar_paa_navne(tabel, kobling, soeger)
    return kobling


def _kolonne(tabel: Importtabel, kolonne: Tabelkolonne, soeger: Navnesoeger) -> Kolonnevalg:
    uden_periode = normal(kolonne.noegle.replace("<år>", ""))
    if rolle := ROLLE_AF.get(kolonne.noegle):
        return Kolonnevalg(rolle.value if _passer(tabel, kolonne, rolle) else "")
    if not _mest_tal(tabel, kolonne):
        return Kolonnevalg(_tekstkolonne(tabel, kolonne, soeger))
    if er_anden_periode(kolonne.overskrift):
        return Kolonnevalg()
    figur = figur_i(kolonne.overskrift)
    navn = _uden_figur(uden_periode)
    sted, indikator = (
        soeger.find("sted", navn),
        soeger.find("indikator", navn) or soeger.find("indikator", uden_periode),
    )
    if not indikator and IKKE_MAALT.search(uden_periode):
        return Kolonnevalg()
    if periode_i(kolonne.overskrift) or sted or indikator or figur:
        return Kolonnevalg(figur or Kolonnerolle.VAERDI.value, indikator, sted)
    return Kolonnevalg()


def _uden_figur(navn: str) -> str:
    return normal(re.sub(r"\(?\b(antal|procent|pct)\b\.?\)?|%", " ", navn))


def _passer(tabel: Importtabel, kolonne: Tabelkolonne, rolle: Kolonnerolle) -> bool:
    """A column that is called a year, and holds years; one that is called a place may hold figures by place."""
    if rolle in {Kolonnerolle.STED, Kolonnerolle.INDIKATOR, Kolonnerolle.FIGUR}:
        return not _mest_tal(tabel, kolonne)
    return True


def _celler(tabel: Importtabel, kolonne: Tabelkolonne) -> list[str]:
    return [c for r in tabel.raekker[:200] if (c := tabel.celle(r, kolonne))]


def _mest_tal(tabel: Importtabel, kolonne: Tabelkolonne) -> bool:
    celler = _celler(tabel, kolonne)
    return sum(map(er_tal, celler)) * 2 > len(celler)


def _tekstkolonne(tabel: Importtabel, kolonne: Tabelkolonne, soeger: Navnesoeger) -> str:
    navne = set(_celler(tabel, kolonne))
    if navne and all(map(er_periode, navne)):
        return Kolonnerolle.AAR.value
    traf = {art: sum(1 for navn in navne if soeger.find(art, navn)) for art in ("sted", "indikator", "figur")}
    if traf["figur"] * 2 <= len(navne) or all(normal(navn) in I_ALT for navn in navne):
        traf["figur"] = 0  # "I alt" of a division is no word for what is counted
    art = max(traf, key=lambda a: traf[a])
    return art if traf[art] else Kolonnerolle.SPRING.value


def _opdelinger(tabel: Importtabel, kobling: Kobling) -> None:
    """Where rows are told apart by sex or age, the whole is the guess."""
    for kolonne, vaerdier in opdelinger(tabel, kobling):
        if i_alt := i_alt_af(vaerdier):
            kobling.kolonner[kolonne.noegle] = Kolonnevalg(Kolonnerolle.UDVALG.value, kun=i_alt)


def _ved_titlen(tabel: Importtabel, kobling: Kobling, soeger: Navnesoeger) -> None:
    """What the title says, where no column says it."""
    roller = {valg.rolle for valg in kobling.kolonner.values()}
    titel = tabel.titel or tabel.ark.navn
    if Kolonnerolle.INDIKATOR not in roller and not any(v.indikator for v in kobling.kolonner.values()):
        kobling.indikator = soeger.indikator_i(titel)
    if Kolonnerolle.STED not in roller and not any(v.sted for v in kobling.kolonner.values()):
        kobling.sted = soeger.find("sted", titel)


def _manglende(tabel: Importtabel, kobling: Kobling) -> None:
    """A table with years or places over its figures, and one column of names at the left."""
    valg = [kobling.valg(k.noegle) for k in tabel.kolonner]
    roller = {v.rolle for v in valg}
    tekster = [k for k in tabel.kolonner if not _mest_tal(tabel, k) and not I_ALT & set(map(normal, _celler(tabel, k)))]
    if not any(v.rolle.er_tal for v in valg):
        ledige = [
            k for k in tabel.kolonner if _mest_tal(tabel, k) and kobling.valg(k.noegle).rolle is Kolonnerolle.SPRING
        ]
        if len(ledige) == 1:
            kobling.kolonner[ledige[0].noegle] = Kolonnevalg(Kolonnerolle.VAERDI)
    foerste = tekster[0] if tekster else None
    if foerste is None or kobling.valg(foerste.noegle).rolle is not Kolonnerolle.SPRING:
        return
    if Kolonnerolle.STED not in roller and not kobling.sted and not any(v.sted for v in valg):
        kobling.kolonner[foerste.noegle] = Kolonnevalg(Kolonnerolle.STED)
    elif Kolonnerolle.INDIKATOR not in roller and not kobling.indikator and not any(v.indikator for v in valg):
        kobling.kolonner[foerste.noegle] = Kolonnevalg(Kolonnerolle.INDIKATOR)


def navne_i(tabel: Importtabel, kobling: Kobling) -> dict[str, dict[str, str]]:
    """The names in the rows by kind: as compared -> as first written."""
    ud: dict[str, dict[str, str]] = {}
    for kolonne, valg in kobling.roller(tabel):
        if valg.er in ("sted", "indikator", "figur"):
            navne = ud.setdefault(valg.er, {})
            for celle in {tabel.celle(raekke, kolonne): None for raekke in tabel.raekker}:
                if celle:
                    navne.setdefault(normal(celle), celle)
    return ud


def svar_paa_navne(tabel: Importtabel, kobling: Kobling, soeger: Navnesoeger) -> None:
    """Answers for the names nobody has answered for: the plan's own where it is sure, else skipped.

    When there are very many, those that are skipped are not listed one by one.
    """
    for art, navne in navne_i(tabel, kobling).items():
        svar = kobling.navne[art]
        nye = {navn: soeger.find(art, skrevet) for navn, skrevet in navne.items() if navn not in svar}
        if len(nye) > FLEST_NAVNE:
            kobling.oevrige = True
            nye = {navn: noegle for navn, noegle in nye.items() if noegle}
        svar |= nye


def aar_i_titlen(tabel: Importtabel) -> str:
    return periode_i(DATO.sub("", tabel.titel or tabel.ark.navn))


def kilde_i_noter(tabel: Importtabel) -> str:
    for tekst in [*tabel.noter, tabel.titel]:
        if fundet := KILDE.search(tekst):
            return " ".join(fundet[1].split())
    return ""


def udtrukket_i_noter(tabel: Importtabel):
    for tekst in [*tabel.noter, tabel.titel]:
        if fundet := UDTRUKKET.search(tekst):
            try:
                return laes_dato(fundet[1])
            except ValueError:
                return None
    return None
