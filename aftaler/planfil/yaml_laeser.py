"""From the bytes of a YAML or JSON file to nodes that know their line and path.

Only the plain parts of YAML are read: no anchors, no aliases, no tags; so a file can neither build objects nor unfold
into more than it holds. JSON is read as the YAML it is, after its escapes are made YAML's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from helhedsplan.cpr import CPR_BESKED, ligner_cpr

HOEJST_BYTES = 50 * 1024 * 1024
HOEJST_NIVEAUER = 12
SLUTMAERKE = "..."

#: What a plain scalar is by YAML's own rules; everything else is text.
ARTER = {
    "tag:yaml.org,2002:int": "tal",
    "tag:yaml.org,2002:float": "decimaltal",
    "tag:yaml.org,2002:bool": "ja_nej",
    "tag:yaml.org,2002:null": "intet",
    "tag:yaml.org,2002:timestamp": "dato",
}

IKKE_I_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
#: In JSON text: an escaped backslash (kept), a surrogate pair, or a character that YAML takes for a line break.
JSON_SAERLIGT = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)

#: What the YAML reader says -> what we say; the first that fits.
FOR_MANGE_NIVEAUER = "Filen har for mange niveauer inde i hinanden."
YAML_BESKEDER = [
    ("nesting depth", FOR_MANGE_NIVEAUER),
    ("mapping values are not allowed", "Kolonet kan ikke stå her. Sæt anførselstegn om teksten, eller ryk den ind."),
    ("end of stream", "Filen slutter midt i en tekst i anførselstegn."),
    ("document indicator", "Filen slutter midt i en tekst i anførselstegn."),
    ("cannot start any token", "Tegnet kan ikke begynde en værdi. Sæt anførselstegn om. Tabulator bruges ikke."),
    ("',' or", "Listen eller klammen er ikke lukket, eller der mangler et komma."),
    ("expected ':'", "Linjen er ikke en nøgle med kolon efter og heller ikke rykket ind under en."),
    ("escape", "Skriv omvendt skråstreg to gange, når den selv skal stå i anførselstegn."),
    ("expected", "Indrykningen passer ikke med linjerne over."),
]  # fmt: skip


@dataclass
class Knude:
    """`sti` is the path as people read it, counted from 1: delaftaler[2].aktiviteter[1].navn. What is at fault is
    `fejlet`; it and all above it are not `ren`."""

    linje: int
    sti: str
    fejlet: bool = field(default=False, kw_only=True)
    ren: bool = field(default=True, kw_only=True)

    @property
    def er_tom(self) -> bool:
        return False

    def under(self, led: str | int) -> "Knude | None":
        """The node below, by key or place on the list (from 0)."""
        return None

    def som_data(self) -> Any:
        raise NotImplementedError


@dataclass
class Skalar(Knude):
    tekst: str = ""
    art: str = "tekst"

    def som_data(self):
        """Whole numbers, true/false and nothing as such; all else as text, also dates and decimals."""
        if self.art == "tal" and re.fullmatch(r"-?\d{1,18}", self.tekst):
            return int(self.tekst)
        if self.art == "ja_nej" and self.tekst.lower() in {"true", "false"}:
            return self.tekst.lower() == "true"
        return None if self.art == "intet" else self.tekst

    @property
    def er_tom(self) -> bool:
        return self.art == "intet" and not self.fejlet


@dataclass
class Felter(Knude):
    felter: dict[str, Knude] = field(default_factory=dict)
    linjer: dict[str, int] = field(default_factory=dict)

    def som_data(self) -> dict:
        return {noegle: knude.som_data() for noegle, knude in self.felter.items()}

    def under(self, led):
        return self.felter.get(led)


@dataclass
class Yamlraekke(Knude):
    led: list[Knude] = field(default_factory=list)

    def som_data(self) -> list:
        return [knude.som_data() for knude in self.led]

    def under(self, led):
        return self.led[led] if led < len(self.led) else None


class Ulaeselig(Exception):
    """The file cannot be read further than this."""

    def __init__(self, linje: int, sti: str, besked: str):
        self.linje, self.sti, self.besked = linje, sti, besked
        super().__init__(besked)


def laes_knuder(indhold: bytes, fejl: Callable[[int, str, str], None]) -> Felter:
    """The top of the file. Reports what can be passed over to `fejl(line, path, message)`; raises Ulaeselig."""
    tekst = _som_tekst(indhold)
    er_json = tekst.lstrip().startswith("{")
    if er_json:
        tekst = JSON_SAERLIGT.sub(_som_yaml, tekst)
    if fundet := IKKE_I_YAML.search(tekst):
        raise Ulaeselig(_linje(tekst, fundet.start()), "", "Her står et tegn, der ikke hører til i en tekstfil.")
    bygger = _Bygger(fejl)
    rod = bygger.byg(tekst)
    if not isinstance(rod, Felter):
        raise Ulaeselig(1, "", "Filen er ikke en planfil: øverst skal stå nøgler med kolon efter.")
    if not er_json and not bygger.sluttet:
        sidste = tekst.rstrip().count("\n") + 1
        fejl(
            sidste,
            "",
            f"Filen er brudt af: den slutter ikke med en linje med »{SLUTMAERKE}«. Er den hel, så skriv linjen.",
        )
    return rod


def _som_tekst(indhold: bytes) -> str:
    if len(indhold) > HOEJST_BYTES:
        raise Ulaeselig(1, "", "Filen er over 50 MB og læses ikke.")
    try:
        return indhold.decode("utf-8-sig")
    except UnicodeDecodeError as fejl:
        linje = indhold.count(b"\n", 0, fejl.start) + 1
        raise Ulaeselig(linje, "", "Filen er ikke gemt som UTF-8. Gem den igen med tegnsættet UTF-8.") from None


def _linje(tekst: str, plads: int) -> int:
    return tekst.count("\n", 0, plads) + 1


def _som_yaml(fund: re.Match) -> str:
    """JSON writes characters beyond U+FFFF as two halves, and may hold line separators as they are; YAML may not."""
    stykke = fund.group()
    if stykke == r"\\":
        return stykke
    if stykke.startswith("\\u"):
        return bytes.fromhex(stykke[2:6] + stykke[8:12]).decode("utf-16-be")
    return f"\\u{ord(stykke):04x}"


def _besked(problem: str) -> str:
    for stykke, besked in YAML_BESKEDER:
        if stykke in problem:
            return besked
    return "Linjen kan ikke læses som YAML. Se efter indrykning, kolon og anførselstegn."


class _Bygger:
    """Builds the nodes from the events of the YAML reader, without recursion."""

    def __init__(self, fejl: Callable[[int, str, str], None]):
        self.fejl = fejl
        self.aabne: list[Felter | Yamlraekke] = []
        self.noegler: list[Skalar | None] = []  # the key waiting for its value, for each open node
        self.rod: Knude | None = None
        self.sidste = ""  # the path of the last node, which is the nearest to a fault in the YAML itself
        self.sluttet = False
        self.resolver = yaml.resolver.Resolver()

    def byg(self, tekst: str) -> Knude | None:
        try:
            for haendelse in yaml.parse(tekst, Loader=yaml.CSafeLoader):
                self._tag_imod(haendelse)
        except yaml.MarkedYAMLError as fejl:
            maerke = fejl.problem_mark or fejl.context_mark
            linje = min(maerke.line, tekst.rstrip("\n").count("\n")) + 1 if maerke else 1
            raise Ulaeselig(linje, self.sidste, _besked(fejl.problem or "")) from None
        except yaml.YAMLError:
            raise Ulaeselig(1, "", "Filen indeholder tegn, der ikke kan læses.") from None
        return self.rod

    def _tag_imod(self, haendelse: yaml.Event) -> None:
        linje = haendelse.start_mark.line + 1
        if isinstance(haendelse, yaml.DocumentStartEvent) and self.rod is not None:
            raise Ulaeselig(linje, "", "Filen indeholder mere end ét dokument. Del den i flere filer.")
        if isinstance(haendelse, yaml.DocumentEndEvent):
            self.sluttet = haendelse.explicit
        if isinstance(haendelse, yaml.NodeEvent):
            self._afvis_saerligt(haendelse, linje)
        if isinstance(haendelse, yaml.ScalarEvent):
            self._skalar(haendelse, linje)
        elif isinstance(haendelse, yaml.MappingStartEvent):
            self._aabn(Felter(linje, self._sti()))
        elif isinstance(haendelse, yaml.SequenceStartEvent):
            self._aabn(Yamlraekke(linje, self._sti()))
        elif isinstance(haendelse, yaml.CollectionEndEvent):
            self.aabne.pop()
            self.noegler.pop()

    def _afvis_saerligt(self, haendelse: yaml.NodeEvent, linje: int) -> None:
        if haendelse.anchor is not None:
            raise Ulaeselig(
                linje,
                self._sti(),
                "Ankre og henvisninger (& og *) bruges ikke. Sæt anførselstegn om tekst med & eller *.",
            )
        if getattr(haendelse, "tag", None) is not None:
            raise Ulaeselig(
                linje, self._sti(), "Mærker (!) bruges ikke. Sæt anførselstegn om tekst, der begynder med !."
            )

    def _sti(self) -> str:
        """The path of the node that comes next."""
        if not self.aabne:
            return ""
        over, noegle = self.aabne[-1], self.noegler[-1]
        if isinstance(over, Yamlraekke):
            return f"{over.sti}[{len(over.led) + 1}]"
        navn = noegle.tekst if noegle else ""
        return ".".join(filter(None, [over.sti, navn]))

    def _skalar(self, haendelse: yaml.ScalarEvent, linje: int) -> None:
        art = "tekst"
        if haendelse.implicit[0]:
            art = ARTER.get(self.resolver.resolve(yaml.ScalarNode, haendelse.value, (True, False)), "tekst")
        self._tilfoej(Skalar(linje, self._sti(), haendelse.value, art))

    def _aabn(self, knude: Felter | Yamlraekke) -> None:
        if len(self.aabne) >= HOEJST_NIVEAUER:
            raise Ulaeselig(knude.linje, knude.sti, FOR_MANGE_NIVEAUER)
        self._tilfoej(knude)
        self.aabne.append(knude)
        self.noegler.append(None)

    def _tilfoej(self, knude: Knude) -> None:
        self.sidste = knude.sti or self.sidste
        if not self.aabne:
            self.rod = knude
            return
        over = self.aabne[-1]
        if isinstance(over, Yamlraekke):
            over.led.append(knude)
        elif (noegle := self.noegler[-1]) is not None:
            self.noegler[-1] = None
            self._saet(over, noegle, knude)
        elif isinstance(knude, Skalar):
            self.noegler[-1] = knude
            self.sidste = self._sti()
        else:
            raise Ulaeselig(knude.linje, over.sti, "En nøgle skal være et ord.")

    def _saet(self, over: Felter, noegle: Skalar, knude: Knude) -> None:
        if ligner_cpr(noegle.tekst):
            self.fejl(noegle.linje, over.sti, CPR_BESKED)
        elif noegle.tekst in over.felter:
            self.fejl(noegle.linje, knude.sti, f"Nøglen står to gange, også i linje {over.linjer[noegle.tekst]}.")
        else:
            over.felter[noegle.tekst] = knude
            over.linjer[noegle.tekst] = noegle.linje
