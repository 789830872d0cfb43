"""A workbook that somebody hands in, read in a process of its own (`underproces`): one that unpacks to gigabytes,
reaches to the last cell or is nested without end stops that process, and no page.

Run as a program it takes one line of JSON with the bounds and then the file, and answers in JSON.
"""

import io
import json
import sys
import zipfile
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError

from helhedsplan import formats, underproces
from helhedsplan.officefil import uden_cpr_i
from helhedsplan.regneark import OEDELAGT, Arkoplysninger, ForStortArk, Talform, oplysninger, tjek_udstraekning

#: Imported before the file is met (`underproces`).
FORUD = ("python_calamine",)
FOR_TUNG = "Regnearket er for tungt at læse. Kopiér tabellen til et nyt regneark, og prøv igen."
#: More merged cells than any table has.
FLEST_FLETTEDE = 10_000
#: Seconds and bytes; a workbook of the largest allowed size takes about half.
REGNETID, BYTE = 30, 2 * 1024**3
TYPER = {"datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat}


@dataclass(frozen=True)
class Graenser:
    """`kun`: the names of the sheets wanted, all when there are none; `uden_cpr`: refuse one with a CPR number in it;
    `former`: whether it is wanted how figures are shown."""

    udpakket: int
    celler: int
    kun: Collection[str] = ()
    uden_cpr: bool = False
    former: bool = False


@dataclass(frozen=True)
class Laestark:
    navn: str
    raekker: list[list]
    flettede: list[tuple]
    kendt: Arkoplysninger


class Ulaeseligt(Exception):
    """`kode` is FYLDER (unpacks to too much), OEDELAGT, KODE (a password), or SAGT: `beskeder` says what."""

    def __init__(self, kode: str, beskeder: Collection[str] = ()):
        self.kode, self.beskeder = kode, list(beskeder)
        super().__init__(kode)


def laes(data: bytes, graenser: Graenser) -> list[Laestark]:
    """The sheets in their order. Raises Ulaeseligt."""
    hoved = json.dumps(asdict(graenser) | {"kun": sorted(graenser.kun)}).encode()
    try:
        svar = json.loads(underproces.koer("helhedsplan.regnearkslaeser", hoved + b"\n" + data))
    except (underproces.ForTung, underproces.Mislykket) as fejl:
        raise Ulaeseligt("SAGT", [FOR_TUNG]) from fejl
    if "kode" in svar:
        raise Ulaeseligt(svar["kode"], svar["beskeder"])
    return [_ark(et) for et in svar["ark"]]


def med_procent(ark: Laestark) -> list[list]:
    """The rows, where a figure that is shown in percent is one: 0,6 is "60 %". Wants `former`."""
    for (r, k), form in ark.kendt.former.items():
        if form.procent and r < len(ark.raekker) and k < len(ark.raekker[r]):
            celle = ark.raekker[r][k]
            if isinstance(celle, int | float) and not isinstance(celle, bool):
                ark.raekker[r][k] = f"{formats.tal(_uden_nuller(Decimal(repr(celle)) * 100))} %"
    return ark.raekker


def _uden_nuller(tal: Decimal) -> Decimal:
    """At most four decimals, and none that say nothing: 100 and not 100,0000."""
    return Decimal(f"{round(tal, 4).normalize():f}")


def _ark(et: dict) -> Laestark:
    fejl = {(r, k): besked for r, k, besked in et["fejl"]}
    former = {(r, k): Talform(procent, decimaler) for r, k, procent, decimaler in et["former"]}
    raekker = [[_vaerdi(v) if isinstance(v, dict) else v for v in raekke] for raekke in et["raekker"]]
    flettede = [tuple(map(tuple, omraade)) for omraade in et["flettede"]]
    return Laestark(et["navn"], raekker, flettede, Arkoplysninger(fejl, former, tuple(et["skjult"])))


def _vaerdi(v: dict) -> Any:
    if "timedelta" in v:
        return timedelta(seconds=v["timedelta"])
    ((art, tekst),) = v.items()
    return TYPER[art](tekst)


# --- in the process that reads ----------------------------------------------------------------------------------------


def _som_data(v: Any) -> dict:
    if isinstance(v, timedelta):
        return {"timedelta": v.total_seconds()}
    return {type(v).__name__: v.isoformat()}


def _svar(data: bytes, graenser: Graenser) -> dict:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
            if sum(fil.file_size for fil in arkiv.infolist()) > graenser.udpakket:
                return {"kode": "FYLDER", "beskeder": []}
            tjek_udstraekning(arkiv, graenser.celler)
            if graenser.uden_cpr:
                uden_cpr_i(arkiv)
            kendt = oplysninger(arkiv, med_former=graenser.former)
        bog = CalamineWorkbook.from_filelike(io.BytesIO(data))
        ark = [_laest(bog, n, kendt, graenser) for n in bog.sheet_names if not graenser.kun or n in graenser.kun]
    except ForStortArk as grund:
        return {"kode": "SAGT", "beskeder": [str(grund)]}
    except ValidationError as grund:
        return {"kode": "SAGT", "beskeder": grund.messages}
    except PasswordError:
        return {"kode": "KODE", "beskeder": []}
    except (CalamineError, ParseError, *OEDELAGT):
        return {"kode": "OEDELAGT", "beskeder": []}
    return {"ark": ark}


def _laest(bog, navn: str, kendt: dict[str, Arkoplysninger], graenser: Graenser) -> dict:
    ark, om = bog.get_sheet_by_name(navn), kendt.get(navn, Arkoplysninger({}, {}))
    if ark.total_height * ark.total_width > graenser.celler:
        raise ForStortArk(f"Arket »{navn}« har for mange celler. Gem kun det, der skal indlæses.")
    flettede = ark.merged_cell_ranges or []
    if len(flettede) > FLEST_FLETTEDE:
        raise ForStortArk(f"Arket »{navn}« har {len(flettede)} flettede celler. Kopiér tabellen til et nyt ark.")
    return {
        "navn": navn,
        "raekker": ark.to_python(skip_empty_area=False),
        "flettede": flettede,
        "fejl": [(*celle, besked) for celle, besked in om.fejl.items()],
        "former": [(*celle, form.procent, form.decimaler) for celle, form in om.former.items()],
        "skjult": om.skjult,
    }


def main() -> None:
    underproces.begraens(REGNETID, BYTE)
    graenser = Graenser(**json.loads(sys.stdin.buffer.readline()))
    json.dump(_svar(sys.stdin.buffer.read(), graenser), sys.stdout, default=_som_data)


if __name__ == "__main__":
    main()
