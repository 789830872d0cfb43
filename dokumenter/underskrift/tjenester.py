"""The signing services that an installation knows by name, and what each is known to add to a paper.

They stand in a YAML file that `UNDERSKRIFT_TJENESTER` names (docs/underskrift.md). Nothing that is not set up is taken.
"""

import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

MM = 72 / 25.4
STEDER = ("top", "bund", "venstre", "hoejre")
#: The margins of the papers are wider than this, and a stamp stands within them.
HOEJST_MM = 25
HOEJST_SLUTSIDER = 5


class Opsaetningsfejl(Exception):
    """The file of services cannot be used; the text says why."""


@dataclass(frozen=True)
class Tjeneste:
    """One service.

    stempel: the words of its stamp, with * for the number or key that varies, in a band of `stempel_mm` millimetres at
    `stempel_sted` on every page; slutsider: how many pages it may add at the end, each with `slutside_tekst` on it;
    skriver_navne: whether it writes on the page "Underskrifter" who signed and when; ord: further words that it
    writes there; vedhaefter: whether it puts files of its own into the PDF.
    """

    navn: str
    stempel: str = ""
    stempel_sted: str = "bund"
    stempel_mm: int = 0
    slutsider: int = 0
    slutside_tekst: str = ""
    skriver_navne: bool = False
    ord: tuple[str, ...] = ()
    vedhaefter: bool = False

    @property
    def stempel_udtryk(self) -> re.Pattern | None:
        """The words of the stamp, where * is a number or key of letters, digits and hyphens, and no word of a text."""
        if not self.stempel:
            return None
        dele = (re.escape(" ".join(del_.split())) if del_.strip() else "" for del_ in self.stempel.split("*"))
        return re.compile(r"\s*[A-Za-z0-9-]{1,80}\s*".join(dele), re.IGNORECASE)

    def felter(
        self, stoerrelse: tuple[float, float], *, skrives_under: bool
    ) -> list[tuple[float, float, float, float]]:
        """Where it may write on a page of that size, in points from the top left: (x0, y0, x1, y1)."""
        bredde, hoejde = stoerrelse
        if skrives_under and self.skriver_navne:
            return [(0, 0, bredde, hoejde)]
        kant = self.stempel_mm * MM
        if not self.stempel or not kant:
            return []
        baand = {
            "top": (0, 0, bredde, kant),
            "bund": (0, hoejde - kant, bredde, hoejde),
            "venstre": (0, 0, kant, hoejde),
            "hoejre": (bredde - kant, 0, bredde, hoejde),
        }
        return [baand[self.stempel_sted]]

    def som_data(self) -> dict:
        return asdict(self)


def fra_data(data: dict) -> Tjeneste:
    return Tjeneste(**data | {"ord": tuple(data.get("ord") or ())})


def laes(tekst: str) -> tuple[Tjeneste, ...]:
    """The services of a file. Raises Opsaetningsfejl."""
    import yaml

    try:
        data = yaml.safe_load(tekst) or []
    except yaml.YAMLError as fejl:
        raise Opsaetningsfejl(f"Filen med tjenester kan ikke læses som YAML: {fejl}") from fejl
    if not isinstance(data, list):
        raise Opsaetningsfejl("Filen med tjenester skal være en liste.")
    return tuple(_en(nr, en) for nr, en in enumerate(data, 1))


def _en(nr: int, data) -> Tjeneste:
    if not isinstance(data, dict) or not str(data.get("navn") or "").strip():
        raise Opsaetningsfejl(f"Tjeneste {nr}: Der mangler et navn.")
    if ukendte := set(data) - set(Tjeneste.__dataclass_fields__):
        raise Opsaetningsfejl(f"Tjeneste {nr}: Ukendt: {', '.join(sorted(ukendte))}.")
    try:
        tjeneste = fra_data(data)
        fejl = _galt(tjeneste)
    except TypeError as grund:
        raise Opsaetningsfejl(f"Tjeneste {nr}: {grund}") from grund
    if fejl:
        raise Opsaetningsfejl(f"Tjeneste {nr} ({tjeneste.navn}): {fejl}")
    return tjeneste


def _galt(t: Tjeneste) -> str:
    if t.stempel_sted not in STEDER:
        return f"stempel_sted er {', '.join(STEDER[:-1])} eller {STEDER[-1]}."
    if not 0 <= t.stempel_mm <= HOEJST_MM:
        return f"stempel_mm er højst {HOEJST_MM}."
    if bool(t.stempel) != bool(t.stempel_mm):
        return "Et stempel har både ord (stempel) og en bredde (stempel_mm)."
    if t.stempel and not t.stempel.replace("*", "").strip():
        return "stempel skal have ord, der kan kendes igen."
    if not 0 <= t.slutsider <= HOEJST_SLUTSIDER:
        return f"slutsider er højst {HOEJST_SLUTSIDER}."
    return "slutside_tekst mangler." if t.slutsider and not t.slutside_tekst.strip() else ""


def fra_fil(sti: str) -> tuple[Tjeneste, ...]:
    """Raises Opsaetningsfejl."""
    try:
        return laes(Path(sti).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fejl:
        raise Opsaetningsfejl(f"Filen med tjenester kan ikke læses: {sti}") from fejl


@lru_cache
def _laest(sti: str, aendret: float) -> tuple[Tjeneste, ...]:
    return fra_fil(sti)


def opsatte() -> tuple[Tjeneste, ...]:
    """Those of the installation; read again when the file has changed. Raises Opsaetningsfejl."""
    from django.conf import settings

    sti = settings.UNDERSKRIFT.get("TJENESTER", "")
    if not sti:
        return ()
    try:
        return _laest(str(sti), Path(sti).stat().st_mtime)
    except OSError as fejl:
        raise Opsaetningsfejl(f"Filen med tjenester kan ikke læses: {sti}") from fejl
