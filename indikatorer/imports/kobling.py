"""What the columns, headings and row names of a table mean: answered once, remembered by the kind of table.

As plain data it is a dictionary of texts; whatever somebody has written into it, it can be read (what makes no sense
is left out), so that a plan file cannot break a page.
"""

import re
from dataclasses import dataclass, field

from django.db.models import TextChoices

from helhedsplan.formats import MAANEDER
from indikatorer.imports.tabeller import (
    AAR,
    AARSTAL,
    ANDEN_PERIODE,
    DAG_I,
    FLERE_KVARTALER,
    KVARTAL_I,
    KVARTALSNUMMER,
    MAANED_I,
    MAANEDER_I,
    REN_PERIODE,
    SKOLEAAR,
    Importtabel,
    Tabelkolonne,
    er_tal,
    genkend,
    normal,
)

SPRING, NEJ, JA = "", "", "ja"
I_ALT = {"i alt", "alle", "total", "tilsammen", "køn i alt", "alder i alt", "mænd og kvinder"}
FLEST_VAERDIER = 200


class Kolonnerolle(TextChoices):
    """What a column holds."""

    SPRING = "", "Spring over"
    STED = "sted", "Stedet"
    INDIKATOR = "indikator", "Indikatoren"
    AAR = "aar", "Året"
    VAERDI = "vaerdi", "Tallet"
    ANTAL = "antal", "Antallet"
    GRUNDLAG = "grundlag", "Det, antallet er ud af"
    FIGUR = "figur", "Om tallet er antal eller procent"
    BEGIVENHED = "begivenhed", "Begivenheden, fx et valg"
    DATO = "dato", "Dagen for begivenheden"
    DECIMALER = "decimaler", "Viste decimaler"
    TILSTAND = "tilstand", "Om tallet mangler eller er skjult"
    KILDE = "kilde", "Kilden"
    UDTRUKKET = "udtrukket", "Dagen, tallet er trukket ud"
    NOTE = "note", "Noten"
    UDVALG = "udvalg", "En opdeling, hvor kun én værdi skal med"

    @property
    def er_tal(self) -> bool:
        return self in {Kolonnerolle.VAERDI, Kolonnerolle.ANTAL, Kolonnerolle.GRUNDLAG}


#: What a name in a row can be the name of.
NAVNEARTER = ("sted", "indikator", "figur")


#: Asked once a column of every row: the list of an enumeration's values is made anew each time.
ROLLER = {rolle.value: rolle for rolle in Kolonnerolle}


@dataclass
class Kolonnevalg:
    """`indikator` and `sted` are keys, where the heading tells. `kun`: the one value whose rows are taken."""

    er: str = SPRING
    indikator: str = ""
    sted: str = ""
    kun: str = ""

    @property
    def rolle(self) -> Kolonnerolle:
        return ROLLER.get(self.er, Kolonnerolle.SPRING)


@dataclass
class Kobling:
    """kolonner: heading -> what it is. navne: kind -> name as compared -> key, '' for one that is skipped.

    `indikator`, `sted` and `aar` hold for the whole table, where nothing in it tells. `oevrige`: names that nobody has
    answered for are skipped. `aar` and `udtrukket` belong to one file and are not remembered.
    """

    spring_over: bool = False
    kolonner: dict[str, Kolonnevalg] = field(default_factory=dict)
    navne: dict[str, dict[str, str]] = field(default_factory=lambda: {art: {} for art in NAVNEARTER})
    indikator: str = ""
    sted: str = ""
    kilde: str = ""
    oevrige: bool = False
    aar: str = ""
    udtrukket: str = ""

    @classmethod
    def fra_data(cls, data) -> "Kobling":
        data = data if isinstance(data, dict) else {}
        kolonner = _ordbog(data.get("kolonner"))
        navne = _ordbog(data.get("navne"))
        return cls(
            spring_over=_tekst(data.get("spring_over")) == JA,
            kolonner={genkend(str(navn)): _kolonnevalg(valg) for navn, valg in kolonner.items()},
            navne={
                art: {str(n): _tekst(noegle) for n, noegle in _ordbog(navne.get(art)).items()} for art in NAVNEARTER
            },
            oevrige=_tekst(data.get("oevrige")) == JA,
            **{felt: _tekst(data.get(felt)) for felt in ("indikator", "sted", "kilde", "aar", "udtrukket")},
        )

    def som_data(self) -> dict:
        """What is remembered: texts only, nothing that is empty."""
        kolonner = {
            navn: {k: v for k in ("er", "indikator", "sted", "kun") if (v := getattr(valg, k))}
            for navn, valg in sorted(self.kolonner.items())
        }
        navne = {art: dict(sorted(n.items())) for art, n in self.navne.items() if n}
        alle = {
            "spring_over": JA if self.spring_over else NEJ,
            "indikator": self.indikator,
            "sted": self.sted,
            "kilde": self.kilde,
            "oevrige": JA if self.oevrige else NEJ,
            "kolonner": kolonner,
            "navne": navne,
        }
        return {noegle: vaerdi for noegle, vaerdi in alle.items() if vaerdi}

    def valg(self, noegle: str) -> Kolonnevalg:
        return self.kolonner.get(noegle) or Kolonnevalg()

    def roller(self, tabel: Importtabel) -> list[tuple]:
        """(column, its choice) of the columns that are used."""
        return [(k, v) for k in tabel.kolonner if (v := self.valg(k.noegle)).rolle is not Kolonnerolle.SPRING]


def _kolonnevalg(valg) -> Kolonnevalg:
    if isinstance(valg, str):
        return Kolonnevalg(valg)
    valg = _ordbog(valg)
    return Kolonnevalg(*(_tekst(valg.get(felt)) for felt in ("er", "indikator", "sted", "kun")))


def _ordbog(data) -> dict:
    return data if isinstance(data, dict) else {}


def _tekst(data) -> str:
    if data is True:
        return JA
    return str(data).strip() if isinstance(data, str | int) and data is not False else ""


def periode_i(overskrift: str) -> str:
    """The one year, quarter, month or school year in a heading; '' for none, several, or a period of another kind."""
    rent = DAG_I.sub(" ", normal(overskrift))
    if er_anden_periode(rent):
        return ""
    skoleaar = ["/".join(s) for s in SKOLEAAR.findall(rent)]
    aar = set(REN_PERIODE.findall(rent)) if AAR in genkend(rent) else set()
    for fundne in (kvartaler_i(rent), skoleaar, maaneder_i(rent), aar):
        if fundne:
            return next(iter(fundne)) if len(fundne) == 1 else ""
    return ""


def er_anden_periode(overskrift: str) -> bool:
    """Whether a heading is of a half-year, a week, a few months: nothing that the plan keeps figures of."""
    rent = normal(overskrift)
    if any(not kvartal for kvartal in _spaend(rent)) or len(kvartaler_i(rent)) > 1 or len(maaneder_i(rent)) > 1:
        return True
    return bool(FLERE_KVARTALER.search(rent) or ANDEN_PERIODE.search(KVARTAL_I.sub(" ", rent)))


def er_kun_en_dag(overskrift: str) -> bool:
    return bool(DAG_I.search(normal(overskrift))) and not periode_i(overskrift)


def kvartaler_i(rent: str) -> set[str]:
    fundne = {k for k in _spaend(rent) if k}
    for dele in KVARTAL_I.findall(rent):
        nr, aar = sorted(filter(None, dele), key=lambda del_: AARSTAL.fullmatch(del_) is not None)
        fundne.add(f"{aar}K{KVARTALSNUMMER.get(nr, nr)}")
    return fundne


def _spaend(rent: str) -> list[str]:
    """The spans of months: "januar-marts 2024" is a quarter; '' for one that is none."""
    ud = []
    for fra, til, aar, aar_foerst, fra_sidst, til_sidst in MAANEDER_I.findall(rent):
        foerste, sidste = maaned(fra or fra_sidst), maaned(til or til_sidst)
        if foerste and sidste:
            hele = foerste % 3 == 1 and sidste == foerste + 2
            ud.append(f"{aar or aar_foerst}K{sidste // 3}" if hele else "")
    return ud


def maaneder_i(rent: str) -> set[str]:
    return {
        f"{aar or aar_foerst}M{nr:02}"
        for navn, aar, aar_foerst, navn_sidst in MAANED_I.findall(rent)
        if (nr := maaned(navn or navn_sidst))
    }


def maaned(navn: str) -> int:
    """The number of a month by its name or the first three letters of it; 0 for none."""
    return next((nr for nr, m in enumerate(MAANEDER, 1) if navn == m or navn == m[:3]), 0)


def er_periode(tekst: str) -> bool:
    """Nothing but a year, a quarter, a month or a school year."""
    rent = normal(tekst)
    if REN_PERIODE.fullmatch(tekst) or SKOLEAAR.fullmatch(rent):
        return True
    if KVARTAL_I.fullmatch(rent) or (MAANEDER_I.fullmatch(rent) and kvartaler_i(rent)):
        return True
    fundet = MAANED_I.fullmatch(rent)
    return bool(fundet and maaned(fundet[1] or fundet[4]))


#: What stands before a year in a field for one.
FORAN_AARET = re.compile(r"^(?:i|for|hele)?\s*(?:året|år)?\s*", re.IGNORECASE)


def skrevet_periode(tekst: str) -> str:
    """The period that somebody has written and nothing else; '' for none."""
    rent = FORAN_AARET.sub("", tekst.strip(), count=1).rstrip(". ")
    return periode_i(rent) if er_periode(rent) else ""


def vaerdier_i(tabel: Importtabel, kolonne: Tabelkolonne) -> dict[str, str]:
    """The values of a column: as compared -> as first written."""
    ud: dict[str, str] = {}
    for raekke in tabel.raekker:
        if celle := tabel.celle(raekke, kolonne):
            ud.setdefault(normal(celle), celle)
    return ud


def opdelinger(tabel: Importtabel, kobling: Kobling) -> list[tuple[Tabelkolonne, list[str]]]:
    """Columns that nobody uses and that tell rows apart which else say the same: (column, its values)."""
    brugte = [k for k, valg in kobling.roller(tabel) if not valg.rolle.er_tal]
    if not brugte:
        return []
    valgte = [(k, normal(valg.kun)) for k, valg in kobling.roller(tabel) if valg.rolle is Kolonnerolle.UDVALG]
    med = (r for r in tabel.raekker if all(normal(tabel.celle(r, k)) == kun for k, kun in valgte))
    noegler = [tuple(normal(tabel.celle(r, k)) for k in brugte) for r in med]
    if len(set(noegler)) == len(noegler):
        return []
    ud = []
    for kolonne in tabel.kolonner:
        vaerdier = vaerdier_i(tabel, kolonne)
        fri = kobling.valg(kolonne.noegle).rolle is Kolonnerolle.SPRING and 1 < len(vaerdier) <= FLEST_VAERDIER
        if fri and sum(map(er_tal, vaerdier)) * 2 <= len(vaerdier):
            ud.append((kolonne, list(vaerdier.values())))
    return ud


def i_alt_af(vaerdier: list[str]) -> str:
    """The value that is the whole; '' for none."""
    return next((v for v in vaerdier if normal(v) in I_ALT), "")
