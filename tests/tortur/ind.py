"""Rubbish in every form and every upload: made up from a seed, sent as a browser would, kept where the program keeps
it, and then looked for on every page and in every export: a script must have become text."""

import csv
import io
import os
import re
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.urls import NoReverseMatch, reverse
from lxml import etree, html

from tests.formularproeve import LAVES, Felt, Formular, formularer, laes
from tests.tortur.tavle import tavle
from tests.verden import Verden

#: Seconds, by `ur`: an answer that takes longer is a hang.
HAENGER = 10
MAERKE = "tortur9"
SCRIPT = f"<script>{MAERKE}()</script>"
#: In a Word file, a workbook, a calendar: a tag, and a formula.
UDE = re.compile(rf"<script[^>]*>{MAERKE}|<f>[^<]*{MAERKE}", re.IGNORECASE)
KOERER = re.compile(r"[\s\x00-\x20]*(javascript|data|vbscript):", re.IGNORECASE)
ADRESSER = {"href", "src", "action", "formaction", "data", "xlink:href", "srcdoc"}
#: What ends the visit, or takes away what all others are tried on.
IKKE = ("/konto/", "/slet/", "/arkiver", "/logout", "/soeg")
ONDT = (
    SCRIPT, f'"><img src=x onerror={MAERKE}()>', f"javascript:{MAERKE}()", f"</textarea>{SCRIPT}", f"']]>{SCRIPT}<!--",
    f"<p onclick='{MAERKE}()'>x</p>", f'<a href="javascript:{MAERKE}()">x</a>', f'=HYPERLINK("http://{MAERKE}")',
    f"<svg/onload={MAERKE}()>", f"{{{{ 7|{MAERKE} }}}}{{% {MAERKE} %}}", "&#60;script&#62;",
)  # fmt: skip
STAVET = (
    "9" * 30, "-" + "9" * 30, "1" * 5000, "[" * 20_000 + "]" * 20_000, '{"a":' * 9_000 + "1" + "}" * 9_000,
    '{"a": "\\ud800"}', "[1, null, {}]", "a\x00b", "a\x0bb", "a\ufffeb", "x" * 100_000, "\u202eabc\u2066", "😀" * 20,
    "1e400", "NaN", "-Infinity", "-1", "0", "2026-02-30", "31.12.9999", "1. marts 0000", "²", "٣", "", " ", "\r\n" * 50,
    "../../etc/passwd", "%s%n%d", "' OR 1=1 --", "\ufeff", "1.234.567,89", "1,2,3", "true", "None", "on",
)  # fmt: skip


def ur() -> float:
    """Seconds, without those in which this process could have worked and others had the machine."""
    try:
        ventet = int(Path("/proc/self/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        ventet = 0.0
    return time.monotonic() - ventet


def tekst(t: Random) -> str:
    """A bad value for a field."""
    art = t.random()
    if art < 0.35:
        return t.choice(ONDT)
    if art < 0.75:
        return t.choice(STAVET)
    if art < 0.85:
        return str(t.randint(-(10**20), 10**20))
    blokke = ((0, 32), (32, 127), (160, 0xD800), (0xE000, 0x11000))
    tegn = [chr(t.randrange(*t.choice(blokke))) for _ in range(t.randrange(1, 200))]
    return "".join(tegn)


def _zip(dele: dict[str, bytes]) -> bytes:
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for navn, data in dele.items():
            arkiv.writestr(navn, data)
    return ud.getvalue()


def fil(t: Random) -> SimpleUploadedFile:
    """A bad file: true bytes cut, turned or under a wrong name; zips that are none; text that is none."""
    endelse = t.choice([*LAVES, ".csv", ".docx", ".yaml", ".svg", ".html", ".zip", ""])
    art = t.randrange(8)
    data = LAVES.get(endelse, LAVES[t.choice([*LAVES])])()
    if art == 0:
        data = data[: t.randrange(len(data))]
    elif art == 1:
        kopi = bytearray(data)
        for _ in range(t.randrange(1, 30)):
            kopi[t.randrange(len(kopi))] = t.randrange(256)
        data = bytes(kopi)
    elif art == 2:
        data = t.randbytes(t.randrange(0, 5000))
    elif art == 3:
        data = f"{SCRIPT};{SCRIPT}\n{tekst(t)[:3000]};\x00;\n".encode("utf-8", "replace")
    elif art == 4:
        data = _zip({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": tekst(t).encode("utf-8", "replace")[:5000]})
    elif art == 5:
        data = _zip({"xl/worksheets/sheet1.xml": b"<a>" * 50_000, "a": b"0" * 5_000_000})
    elif art == 6:
        data = f"noegle: {SCRIPT}\nnavn: &a [*a, {tekst(t)[:2000]}]\n".encode("utf-8", "replace")
    navn = t.choice([f"fil{endelse}", f"{SCRIPT}{endelse}", "x" * 300 + endelse, f"../{endelse}", f"æ\u202e{endelse}"])
    return SimpleUploadedFile(navn.replace("/", "_") or "fil", data, t.choice(["application/pdf", "text/html", ""]))


@dataclass
class Talt:
    sendt: int = 0
    filer: int = 0
    former: set[str] = field(default_factory=set)
    svar: Counter = field(default_factory=Counter)
    femhundrede: list[str] = field(default_factory=list)
    haenger: list[str] = field(default_factory=list)
    script: list[str] = field(default_factory=list)
    laengst: float = 0.0
    sider: int = 0

    @property
    def fejl(self) -> list[str]:
        return [*self.femhundrede, *self.haenger, *self.script]


class Ind:
    """One world, one person who may everything, and a seed."""

    def __init__(self, v: Verden, t: Random, talt: Talt, sider: list[str]):
        self.v, self.t, self.talt, self.sider = v, t, talt, sider
        leder = v.brugere["leder"]
        type(leder).objects.filter(pk=leder.pk).update(er_administrator=True)
        self.klient = Client(raise_request_exception=False)
        self.klient.force_login(leder)

    def _hoert(self, hvad: str, svar, begyndt: float) -> None:
        tog = ur() - begyndt
        self.talt.laengst = max(self.talt.laengst, tog)
        self.talt.svar[svar.status_code // 100] += 1
        if svar.status_code >= 500:
            fejl = getattr(svar, "exc_info", None) or ("", "")
            self.talt.femhundrede.append(f"{svar.status_code} {hvad}: {fejl[0]} {str(fejl[1])[:200]}")
        if tog > HAENGER:
            self.talt.haenger.append(f"{tog:.0f} s {hvad}")
        self._led(hvad, svar)

    def _led(self, hvad: str, svar) -> None:
        """A script that is not text any more."""
        slags = svar.get("Content-Type", "")
        if svar.status_code >= 500 or "yaml" in slags or "json" in slags or slags.startswith("text/plain"):
            return
        data = b"".join(svar.streaming_content) if svar.streaming else svar.content
        find = levende if slags.startswith("text/html") else _i_celler if slags.startswith("text/csv") else _i_fil
        for navn, indhold in _dele(data):
            if MAERKE in indhold and (fundet := find(indhold)):
                self.talt.script.append(f"{hvad} {navn}: {fundet}")
                return

    def formularer(self, sti: str) -> list[Formular]:
        svar = self.klient.get(sti)
        if svar.status_code != 200 or not svar.get("Content-Type", "").startswith("text/html"):
            return []
        egne = [form for form in formularer(laes(svar), sti) if form.felter and form.knapper]
        return [form for form in egne if not any(ord_ in urljoin(sti, form.adresse) for ord_ in IKKE)]

    def fordaerv(self, form: Formular) -> dict[str, list]:
        """What is sent: the form as it stands, with one to all of its fields spoilt."""
        felter = [felt for felt in form.felter if felt.navn != "csrfmiddlewaretoken"]
        antal = self.t.choice([1, 1, 2, len(felter)])
        ramte = {id(felt) for felt in self.t.sample(felter, min(antal, len(felter)))}
        if self.t.random() < 0.5:  # or all that is asked for, so that what is bad is kept
            form.udfyld({})
        data: dict[str, list] = {}
        for felt in felter:
            vaerdier = self._vaerdi(felt) if id(felt) in ramte or felt.slags == "file" else felt.vaerdier
            data.setdefault(felt.navn, []).extend(vaerdier)
        return {navn: vaerdier for navn, vaerdier in data.items() if vaerdier}

    def _vaerdi(self, felt: Felt) -> list:
        if felt.slags == "file":
            self.talt.filer += 1
            return [fil(self.t)]
        valg = self.t.random()
        if felt.valg and valg < 0.3:
            return [self.t.choice(felt.valg)]
        return [] if valg < 0.05 else [tekst(self.t) for _ in range(2 if valg > 0.95 else 1)]

    def send(self, form: Formular) -> None:
        knap, data = self.t.choice(form.knapper), self.fordaerv(form)
        if knap.navn:
            data.setdefault(knap.navn, []).append(knap.vaerdi)
        sti = urljoin(form.side, knap.adresse or form.adresse)
        if any(ord_ in sti for ord_ in IKKE):
            return
        if form.metode == "get":
            data = {n: [str(v) for v in vaerdier] for n, vaerdier in data.items()}
        self.talt.sendt += 1
        self.talt.former.add(sti)
        begyndt = ur()
        with suppress(UnicodeEncodeError):  # no browser sends half a character
            svar = (self.klient.get if form.metode == "get" else self.klient.post)(sti, data)
            self._hoert(f"{form.metode} {sti} {_kort(data)}", svar, begyndt)

    def runde(self, antal: int) -> None:
        """So many inputs; the pages in turn, the forms of each page, until it is enough."""
        til = self.talt.sendt + antal
        tomme = 0
        while self.talt.sendt < til and tomme < 3:
            foer = self.talt.sendt
            for sti in self.t.sample(self.sider, len(self.sider)):
                for form in self.formularer(sti):
                    for _ in range(self.t.choice([1, 2, 4])):
                        self.send(form)
                if self.talt.sendt >= til:
                    break
            tomme = 0 if self.talt.sendt > foer else tomme + 1

    def se_efter(self, stier: list[str]) -> None:
        """Every page and every export: it answers, and no script has come through."""
        for sti in stier:
            begyndt = ur()
            self._hoert(f"se {sti}", self.klient.get(sti), begyndt)
            self.talt.sider += 1


def levende(side: str) -> str:
    """What of the mark on a page is no text but would run; "" when nothing would."""
    for el in html.fromstring(side).iter(etree.Element):
        if el.tag == "script" and MAERKE in (el.text or ""):
            return f"<script>{el.text[:80]}"
        for navn, vaerdi in el.attrib.items():
            koerer = navn.lower().startswith("on") or (
                navn.lower() in ADRESSER
                and re.match(r"[\s\x00-\x20]*(javascript|data|vbscript):", vaerdi, re.IGNORECASE)
            )
            if koerer and MAERKE in vaerdi:
                return f"<{el.tag} {navn}={vaerdi[:80]!r}>"
    return ""


def _i_fil(indhold: str) -> str:
    fundet = UDE.search(indhold)
    return repr(indhold[max(0, fundet.start() - 60) : fundet.end() + 40]) if fundet else ""


def _i_celler(indhold: str) -> str:
    """A cell that a workbook would reckon."""
    celler = (celle for raekke in csv.reader(io.StringIO(indhold), delimiter=";") for celle in raekke)
    return next((repr(c[:100]) for c in celler if MAERKE in c and c.lstrip()[:1] in set("=+-@")), "")


def _kort(data: dict) -> str:
    return str({n: [str(v)[:30] for v in vaerdier] for n, vaerdier in data.items()})[:300]


def _dele(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of an answer: the page, or what is in a Word file, a workbook or a package."""
    if data[:2] != b"PK":
        if data[:5] != b"%PDF-":
            yield "", data.decode(errors="replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        for navn in arkiv.namelist():
            if navn.endswith((".xml", ".html", ".rels")):
                yield navn, arkiv.read(navn).decode(errors="replace")


def sider(v: Verden) -> list[str]:
    """The addresses of the matrix that a page or a file is behind."""
    from tests.integration.test_matrix import EGNE, PLANSIDER, adresse

    stier = []
    for navn, (metode, _) in sorted(PLANSIDER.items()):
        if metode == "GET":
            with suppress(NoReverseMatch):
                stier.append(adresse(v, navn))
    return stier + [reverse(navn) for navn in (*EGNE, "plan-opret", "wordskabelon-liste", "verificer")]


def indtavle(talt: Talt, hvor: str) -> str:
    linjer = [
        ("forkerte input", talt.sendt), ("deraf filer", talt.filer), ("formularer (adresser)", len(talt.former)),
        ("set efter bagefter (sider og filer)", talt.sider), ("svar 500-599", len(talt.femhundrede)),
        (f"svar over {HAENGER} s", len(talt.haenger)), ("længste svar, s", f"{talt.laengst:.1f}"),
        ("gemt script", len(talt.script)),
        *[(f"svar {k}xx", antal) for k, antal in sorted(talt.svar.items()) if k != 5],
    ]  # fmt: skip
    return tavle(f"Forkerte input: {hvor}", ("", "antal"), linjer)


# --- the long form ---------------------------------------------------------------------------------------------------

RUNDE = 500


@contextmanager
def som_foer(mappe: Path) -> Iterator[None]:
    """The installation is put back afterwards, database and files."""
    database, filer = Path(connection.settings_dict["NAME"]), Path(os.environ["MEDIA_ROOT"])
    gemt = mappe / "gemt"
    connections.close_all()
    gemt.mkdir(exist_ok=True)
    shutil.copy(database, gemt / "database")
    shutil.copytree(filer, gemt / "filer", dirs_exist_ok=True)
    try:
        yield
    finally:
        connections.close_all()
        for ende in ("-wal", "-shm"):
            Path(f"{database}{ende}").unlink(missing_ok=True)
        shutil.copy(gemt / "database", database)
        shutil.rmtree(filer)
        shutil.copytree(gemt / "filer", filer)


def lang(valg, mappe: Path) -> tuple[str, list[str]]:
    from tests.dokumenter.dokumentdata import dokumentverden
    from tests.verden import filer_som_raekkerne_siger

    v, talt, t = dokumentverden(), Talt(), Random(valg.fro)
    stier = sider(v)
    filer_som_raekkerne_siger()
    while talt.sendt < valg.antal:
        with som_foer(mappe):
            foer = talt.sendt
            ind = Ind(v, t, talt, stier)
            ind.runde(min(RUNDE, valg.antal - talt.sendt))
            ind.se_efter(stier)
        print(".", end="", flush=True)
        if talt.sendt == foer:
            talt.haenger.append("ingen formular kunne sendes")
            break
    return indtavle(talt, f"frø {valg.fro}"), talt.fejl
