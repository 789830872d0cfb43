"""The figures of one indicator and year as a grid: a row for each place, everything typed as text, one form.

The page sends along what its cells held when it was made (`foer`) and which version each measurement had, so that only
what somebody changed is saved, and two people at different places do not get in each other's way.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from helhedsplan import formats
from helhedsplan.tabelfil import Celletal
from indikatorer.actions.maaling import Aarsfejl, Aarstal, Fejlede
from indikatorer.choices import Enhed, Maaletilstand
from indikatorer.imports.tal import laes_celle
from indikatorer.models import Indikator, Maaling, Sted
from indikatorer.rules.tal import talfejl

MAERKE = {Maaletilstand.MANGLER: "-", Maaletilstand.DISKRETIONERET: ".."}
HELTAL = ("antal", "grundlag")


@dataclass
class Maalecelle:
    """A field. `gemt`: what somebody else has saved there since; shown beside what I typed."""

    sted: Sted
    felt: str
    etiket: str
    tekst: str
    fejl: list[str] = field(default_factory=list)
    gemt: str = ""

    @property
    def id(self) -> str:
        return f"celle-{self.sted.noegle}.{self.felt}"

    @property
    def navn(self) -> str:
        return f"m.{self.sted.noegle}.{self.felt}"


@dataclass
class Maaleraekke:
    sted: Sted
    celler: list[Maalecelle]
    version: int
    fejl: list[str] = field(default_factory=list)


@dataclass
class Maalegitter:
    kolonner: list[str]
    raekker: list[Maaleraekke]

    @property
    def foer(self) -> str:
        return json.dumps({c.navn: c.tekst for c in self.celler() if c.tekst})

    @property
    def versioner(self) -> str:
        return json.dumps({r.sted.noegle: r.version for r in self.raekker if r.version})

    def celler(self) -> Iterable[Maalecelle]:
        return (c for r in self.raekker for c in r.celler)

    def fejlliste(self) -> list[tuple[str, str]]:
        """(text, id to land on) for every fault, in the order of the page."""
        linjer = []
        for r in self.raekker:
            linjer += [(f"{r.sted.navn}: {besked}", r.celler[0].id) for besked in r.fejl]
            linjer += [(f"{c.etiket}: {besked}", c.id) for c in r.celler for besked in c.fejl]
        return linjer

    def konflikter(self) -> list[Maalecelle]:
        return [c for c in self.celler() if c.gemt]

    def med(self, indsendt: "IndsendteMaalinger", fejl: Iterable[Fejlede]) -> None:
        """Put what was typed into the cells, with the faults, and beside it what somebody else has saved."""
        for celle in self.celler():
            skrevet, stod = indsendt.aendret.get(celle.navn), indsendt.foer.get(celle.navn, "").strip()
            if skrevet is not None and skrevet.strip() != celle.tekst:
                if celle.tekst != stod:
                    celle.gemt = celle.tekst or "tom"
                celle.tekst = skrevet
        pr_sted = {f.sted.pk: f.fejl for f in fejl}
        for r in self.raekker:
            ved_felter = pr_sted.get(r.sted.pk, {})
            r.fejl = ved_felter.get("", [])
            for c in r.celler:
                c.fejl = ved_felter.get(c.felt, [])


def _felter(indikator: Indikator) -> list[tuple[str, str]]:
    """(field, heading) of the columns."""
    antal = [("antal", "Antal"), ("grundlag", "Ud af")]
    return antal if indikator.enhed == Enhed.ANTAL else [*antal, ("vaerdi", indikator.get_enhed_display())]


def gitter(indikator: Indikator, steder: Iterable[Sted], maalinger: Iterable[Maaling]) -> Maalegitter:
    """The year as it is saved."""
    pr_sted = {m.sted_id: m for m in maalinger}
    felter = _felter(indikator)
    raekker = []
    for sted in steder:
        maaling = pr_sted.get(sted.pk)
        celler = [
            Maalecelle(sted, felt, f"{sted.navn}, {navn.lower()}", _tekst(maaling, felt, felter))
            for felt, navn in felter
        ]
        raekker.append(Maaleraekke(sted, celler, maaling.version if maaling else 0))
    return Maalegitter([navn for _, navn in felter], raekker)


def _tekst(maaling: Maaling | None, felt: str, felter: list[tuple[str, str]]) -> str:
    """What stands in a field; a mark stands in the first."""
    if maaling is None:
        return ""
    if maaling.tilstand != Maaletilstand.VAERDI:
        return MAERKE[Maaletilstand(maaling.tilstand)] if felt == felter[0][0] else ""
    vaerdi = getattr(maaling, felt)
    if vaerdi is None:
        return ""
    return formats.tal(vaerdi, maaling.decimaler) if felt == "vaerdi" else formats.tal(vaerdi)


# --- what came from the page ----------------------------------------------------------------------------------------


def _kort(tekst: str) -> dict:
    try:
        data = json.loads(tekst or "{}")
    except (ValueError, RecursionError):  # nested deeper than any page of ours
        return {}
    return data if isinstance(data, dict) else {}


@dataclass
class IndsendteMaalinger:
    """All fields that came, what they held when the page was made, and the versions of then."""

    skrevet: dict[str, str]
    foer: dict[str, str]
    versioner: dict[str, int]

    @classmethod
    def af(cls, data) -> "IndsendteMaalinger":
        skrevet = {navn: tekst for navn, tekst in data.items() if navn.startswith("m.")}
        foer = {str(k): str(v) for k, v in _kort(data.get("foer", "")).items()}
        versioner = {str(k): v for k, v in _kort(data.get("versioner", "")).items() if isinstance(v, int)}
        return cls(skrevet, foer, versioner)

    @property
    def aendret(self) -> dict[str, str]:
        return {n: t for n, t in self.skrevet.items() if t.strip() != self.foer.get(n, "").strip()}

    def raekke(self, sted: Sted, felter: list[str]) -> dict[str, str]:
        """The row as it was on the page, changed or not."""
        navne = {felt: f"m.{sted.noegle}.{felt}" for felt in felter}
        return {felt: self.skrevet.get(navn, self.foer.get(navn, "")) for felt, navn in navne.items()}


def laes_aar(indikator: Indikator, steder: Iterable[Sted], indsendt: IndsendteMaalinger) -> list[Aarstal]:
    """The rows that were changed. Raises Aarsfejl with every cell that cannot be read."""
    felter = [felt for felt, _ in _felter(indikator)]
    laest, fejlede = [], []
    for sted in steder:
        if not any(f"m.{sted.noegle}.{felt}" in indsendt.aendret for felt in felter):
            continue
        figurer, fejl = laes_raekke(indikator.enhed, indsendt.raekke(sted, felter))
        laest.append(Aarstal(sted, figurer, indsendt.versioner.get(sted.noegle, 0)))
        if fejl:
            fejlede.append(Fejlede(sted, fejl))
    if fejlede:
        raise Aarsfejl(fejlede)
    return laest


def laes_raekke(enhed: str, tekster: dict[str, str]) -> tuple[dict | None, dict[str, list[str]]]:
    """(the figures by field, None for an empty row; faults by field)."""
    if not any(t.strip() for t in tekster.values()):
        return None, {}
    laest: dict[str, Celletal | Maaletilstand] = {}
    fejl: dict[str, list[str]] = {}
    for felt, tekst in tekster.items():
        if tekst.strip():
            try:
                laest[felt] = laes_celle(tekst)
            except ValueError as grund:
                fejl[felt] = [str(grund)]
    fejl |= {felt: besked for felt, et in laest.items() if (besked := _feltfejl(enhed, felt, et))}
    tal = {felt: et for felt, et in laest.items() if isinstance(et, Celletal)}
    for felt in [felt for felt, et in laest.items() if et == Maaletilstand.DISKRETIONERET] if tal else []:
        fejl[felt] = ["Noget i rækken er skjult. Så kan resten ikke skrives, for det skjulte kan regnes ud af det."]
    if tal or fejl:
        return _figurer(tal) if tal and not fejl else None, fejl
    skjult = Maaletilstand.DISKRETIONERET in laest.values()
    return _uden_tal(Maaletilstand.DISKRETIONERET if skjult else Maaletilstand.MANGLER), fejl


def _feltfejl(enhed: str, felt: str, et: Celletal | Maaletilstand) -> list[str]:
    if not isinstance(et, Celletal):
        return []
    if felt in HELTAL:
        helt = et.vaerdi == et.vaerdi.to_integral_value() and et.vaerdi >= 0 and et.enhed in {"", "antal"}
        return [] if helt else ["Skriv et helt antal."]
    if et.enhed == "pct" and enhed != Enhed.PROCENT:
        return ["Indikatoren måles ikke i procent."]
    if et.enhed in {"kr", "antal"} and enhed == Enhed.PROCENT:
        return ["Indikatoren måles i procent."]
    besked = talfejl(enhed, aar=None, dato=None, vaerdi=et.vaerdi).get("vaerdi", "")
    return [besked] if besked else []


def _figurer(tal: dict[str, Celletal]) -> dict:
    """A value is known with the decimals it is written with."""
    figurer = _uden_tal(Maaletilstand.VAERDI)
    figurer |= {felt: int(tal[felt].vaerdi) for felt in HELTAL if felt in tal}
    if "vaerdi" in tal:
        figurer |= {"vaerdi": Decimal(tal["vaerdi"].vaerdi), "decimaler": tal["vaerdi"].decimaler}
    return figurer


def _uden_tal(tilstand: Maaletilstand) -> dict:
    return {"tilstand": tilstand, "antal": None, "grundlag": None, "vaerdi": None}
