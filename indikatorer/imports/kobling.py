"""What the columns, headings and row names of a table mean: answered once, remembered by the kind of table.

As plain data it is a dictionary of texts; whatever somebody has written into it, it can be read (what makes no sense
is left out), so that a plan file cannot break a page.
"""

from dataclasses import dataclass, field

from django.db.models import TextChoices

from indikatorer.imports.tabeller import AAR, REN_PERIODE, Tabel, genkend

SPRING, NEJ, JA = "", "", "ja"


class Rolle(TextChoices):
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

    @property
    def er_tal(self) -> bool:
        return self in {Rolle.VAERDI, Rolle.ANTAL, Rolle.GRUNDLAG}


#: What a name in a row can be the name of.
NAVNEARTER = ("sted", "indikator", "figur")


@dataclass
class Kolonnevalg:
    """`indikator` and `sted` are keys, where it is the heading that tells."""

    er: str = SPRING
    indikator: str = ""
    sted: str = ""

    @property
    def rolle(self) -> Rolle:
        return Rolle(self.er if self.er in Rolle.values else "")


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
            navn: {k: v for k, v in (("er", valg.er), ("indikator", valg.indikator), ("sted", valg.sted)) if v}
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

    def roller(self, tabel: Tabel) -> list[tuple]:
        """(column, its choice) of the columns that are used."""
        return [(k, v) for k in tabel.kolonner if (v := self.valg(k.noegle)).rolle is not Rolle.SPRING]


def _kolonnevalg(valg) -> Kolonnevalg:
    if isinstance(valg, str):
        return Kolonnevalg(valg)
    valg = _ordbog(valg)
    return Kolonnevalg(*(_tekst(valg.get(felt)) for felt in ("er", "indikator", "sted")))


def _ordbog(data) -> dict:
    return data if isinstance(data, dict) else {}


def _tekst(data) -> str:
    if data is True:
        return JA
    return str(data).strip() if isinstance(data, str | int) and data is not False else ""


def periode_i(overskrift: str) -> str:
    """The one year or quarter in a heading; '' for none, or several."""
    fundne = set(REN_PERIODE.findall(overskrift))
    return fundne.pop() if len(fundne) == 1 and AAR in genkend(overskrift) else ""
