"""Fifty who write and two hundred who read, on the web processes as deploy/ starts them, while one PDF after another is
drawn. Each who writes counts one up in a title; some share a row. What is confirmed must be there at the end."""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from kalender.models import Frist
from tests import factories as f
from tests.formularproeve import skjulte
from tests.servere import fri_port, proces
from tests.tortur.tavle import tavle
from tests.verden import verden

TJENESTE = Path(settings.BASE_DIR) / "deploy/helhedsplan.service"
#: Under load a page may take so many times as long as in calm.
HOEJST_GANGE = 5
VENTETID = 60


@dataclass
class Person:
    """One with a session; asks the server as a browser does, one page at a time."""

    navn: str
    port: int
    kager: dict[str, str]
    tilfaeldig: Random

    def spoerg(self, sti: str, felter: dict | None = None) -> tuple[int, str, str]:
        """(status, kind of content, text); a page that never came has status 0."""
        hoveder = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.kager.items()), "Host": "127.0.0.1"}
        krop = None
        if felter is not None:
            krop, hoveder["Content-Type"] = urlencode(felter), "application/x-www-form-urlencoded"
        forbindelse = http.client.HTTPConnection("127.0.0.1", self.port, timeout=VENTETID)
        try:
            forbindelse.request("GET" if felter is None else "POST", sti, krop, hoveder)
            svar = forbindelse.getresponse()
            data = svar.read()
        except OSError as fejl:
            return 0, "", f"{type(fejl).__name__}: {fejl}"
        except http.client.HTTPException as fejl:
            return 0, "", f"{type(fejl).__name__}: {fejl}"
        finally:
            forbindelse.close()
        for linje in svar.headers.get_all("Set-Cookie") or ():
            navn, _, vaerdi = linje.partition(";")[0].partition("=")
            self.kager[navn] = vaerdi
        slags = svar.getheader("Content-Type", "")
        return svar.status, slags, data.decode(errors="replace") if slags.startswith("text/") else ""


@dataclass
class Maalt:
    laaget: threading.Lock = field(default_factory=threading.Lock)
    sider: list[float] = field(default_factory=list)
    bekraeftet: Counter = field(default_factory=Counter)
    konflikter: int = 0
    pdf: int = 0
    fejl: list[str] = field(default_factory=list)

    def galt(self, hvad: str, svar: tuple[int, str, str]) -> None:
        with self.laaget:
            self.fejl.append(f"{hvad}: {svar[0]} {svar[2][:200] if svar[0] == 0 else ''}")


class Pres:
    def __init__(self, v, port: int, *, skrivere: int, laesere: int, pause: float, fro: object):
        self.v, self.port, self.pause, self.fro = v, port, pause, fro
        self.maalt, self.slut = Maalt(), 0.0
        plan = v.plan.noegle
        self.sider = [
            reverse(navn, args=[plan])
            for navn in ("plan-overblik", "samarbejdsaftale-vis", "delaftale-liste", "kalender-liste", "dokument-liste")
        ]
        self.papirer = [
            reverse("samarbejdsaftale-pdf", args=[plan]),
            reverse("delaftale-pdf", args=[plan, v.delaftale.noegle]),
        ]
        self.skrivere = [self._person("sekretariat", k) for k in range(skrivere)]
        self.laesere = [self._person("observatoer", 1000 + k) for k in range(laesere)]
        self.tegner = self._person("leder", 5000)
        # The last fifth, and never less than three, share two rows.
        faelles = max(3, skrivere // 5)
        egne = skrivere - faelles
        self.frister = [f.FristFactory(plan=v.plan, titel=f"Tortur {k}: 0 (ingen)").pk for k in range(egne + 2)]
        self.rette = [self.frister[k if k < egne else egne + k // 2 % 2] for k in range(skrivere)]

    def _person(self, rolle: str, nr: int) -> Person:
        bruger = f.BrugerFactory()
        f.MedlemskabFactory(plan=self.v.plan, bruger=bruger, rolle=rolle)
        klient = Client()
        klient.force_login(bruger)
        navn = settings.SESSION_COOKIE_NAME
        return Person(f"{rolle} {nr}", self.port, {navn: klient.cookies[navn].value}, Random(f"{self.fro}{nr}"))

    def laes(self, person: Person, tider: list[float]) -> None:
        sti = person.tilfaeldig.choice(self.sider)
        begyndt = time.monotonic()
        svar = person.spoerg(sti)
        if svar[0] != 200:
            self.maalt.galt(sti, svar)
        with self.maalt.laaget:
            tider.append(time.monotonic() - begyndt)

    def skriv(self, person: Person, pk: int) -> None:
        """One more than what the page showed; another who was first is told of, and is no fault."""
        sti = reverse("frist-ret", args=[self.v.plan.noegle, pk])
        svar = person.spoerg(sti)
        staar = re.search(r"value=\"(Tortur \d+): (\d+) \(", svar[2])
        if svar[0] != 200 or not staar:
            self.maalt.galt(f"GET {sti}", svar)
            return
        # Two who write the very same are both right, so each signs.
        titel = f"{staar[1]}: {int(staar[2]) + 1} ({person.navn})"
        nyt = {"titel": titel, "dato": "1. december 2026", "note": "", "udfoert": ""}
        svar = person.spoerg(sti, skjulte(svar[2]) | nyt)
        with self.maalt.laaget:
            if svar[0] == 302:
                self.maalt.bekraeftet[pk] += 1
            elif svar[0] == 409:
                self.maalt.konflikter += 1
        if svar[0] not in (302, 409):
            self.maalt.galt(f"POST {sti}", svar)

    def tegn(self) -> None:
        sti = self.tegner.tilfaeldig.choice(self.papirer)
        svar = self.tegner.spoerg(sti)
        if svar[0] == 200 and svar[1] == "application/pdf":
            self.maalt.pdf += 1
        elif svar[0] != 200:
            self.maalt.galt(sti, svar)
            time.sleep(0.5)

    def rolig(self, ro: int) -> list[float]:
        """One reader alone, `ro` times each page; the first of all is that the processes get to know them."""
        tider: list[float] = []
        for _ in range(ro):
            for sti in self.sider:
                self.laesere[0].spoerg(sti)
        for _ in range(ro * len(self.sider)):
            self.laes(self.laesere[0], tider)
        return tider

    def _bliv_ved(self, person: Person, gang) -> None:
        time.sleep(person.tilfaeldig.uniform(0, self.pause))
        while time.monotonic() < self.slut:
            gang()
            time.sleep(min(person.tilfaeldig.expovariate(1 / self.pause), max(0, self.slut - time.monotonic())))

    def _tegn_ved(self) -> None:
        while time.monotonic() < self.slut:
            self.tegn()

    def koer(self, sekunder: int) -> None:
        self.slut = time.monotonic() + sekunder
        traade = [threading.Thread(target=self._tegn_ved)]
        gange = [
            (person, partial(self.skriv, person, pk)) for person, pk in zip(self.skrivere, self.rette, strict=True)
        ]
        gange += [(person, partial(self.laes, person, self.maalt.sider)) for person in self.laesere]
        traade += [threading.Thread(target=self._bliv_ved, args=den) for den in gange]
        for traad in traade:
            traad.start()
        for traad in traade:
            traad.join()

    def tabte(self) -> list[str]:
        """Rows whose number is not that of the writes that were confirmed."""
        staar = {
            pk: int(titel.split(" ")[2])
            for pk, titel in Frist.objects.filter(pk__in=self.frister).values_list("pk", "titel")
        }
        return [
            f"tabt: frist nr. {pk} står på {staar[pk]}; {self.maalt.bekraeftet[pk]} var bekræftet"
            for pk in self.frister
            if staar[pk] != self.maalt.bekraeftet[pk]
        ]


def gunicorn(port: int) -> list[str]:
    """The line of deploy/helhedsplan.service, with our own interpreter and port."""
    linje = re.search(r"^ExecStart=\S+/gunicorn --bind \S+ (.*)$", TJENESTE.read_text(), re.MULTILINE)
    assert linje, "ExecStart i deploy/helhedsplan.service"
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
        *linje[1].split(),
    ]


def under_pres(
    mappe: Path, egne: dict[str, str], *, sekunder: int, gange: float | None = HOEJST_GANGE, ro: int = 4, **valg
) -> tuple[str, list[str], Pres]:
    """The table, what broke a bound, and the figures; `egne` is the environment that the web processes get."""
    port, log = fri_port(), mappe / "gunicorn.log"
    p = Pres(verden(), port, **valg)
    connections.close_all()
    with log.open("ab") as ud, proces(port, *gunicorn(port), cwd=settings.BASE_DIR, env=egne, stderr=ud, stdout=ud):
        rolig = p.rolig(ro)
        p.koer(sekunder)
    fejl = p.maalt.fejl + p.tabte()
    sagt = log.read_text(errors="replace")
    laast = len(re.findall(r"database is locked|deadlock detected|LockNotAvailable", sagt))
    fejl += [f"{laast} gange »locked« i loggen"] * bool(laast)
    if "Traceback" in sagt:
        fejl.append(f"fejl i loggen: {sagt[-1500:]}")
    forhold = median(p.maalt.sider or [0]) / median(rolig)
    if gange and forhold > gange:
        fejl.append(f"en side tog {forhold:.1f} gange så lang tid som i ro; højst {gange}")
    if not p.maalt.bekraeftet or not p.maalt.pdf or not p.maalt.sider:
        fejl.append("der blev intet skrevet, tegnet eller læst")
    return _tavle(p, rolig, forhold, laast, sekunder), fejl, p


def _tavle(p: Pres, rolig: list[float], forhold: float, laast: int, sekunder: int) -> str:
    m = p.maalt
    femhundrede = sum(bool(re.search(r": 5\d\d ", linje)) for linje in m.fejl)
    linjer = [
        ("bekræftede skrivninger", m.bekraeftet.total()), ("tabte opdateringer", len(p.tabte())),
        ("afvist, fordi en anden var først", m.konflikter), ("sider læst", len(m.sider)), ("PDF'er tegnet", m.pdf),
        ("svar 500-599", femhundrede), ("andre svar, der ikke skulle komme", len(m.fejl) - femhundrede),
        ("»locked« i loggen", laast),
        ("median i ro, ms", _ms(median(rolig))), ("95 % i ro, ms", _ms(_p95(rolig))),
        ("median under pres, ms", _ms(median(m.sider or [0]))), ("95 % under pres, ms", _ms(_p95(m.sider))),
        ("median, gange så lang som i ro", f"{forhold:.1f}"),
    ]  # fmt: skip
    hvor = f"{len(p.skrivere)} skriver, {len(p.laesere)} læser, {sekunder} s, pause {p.pause:g} s"
    return tavle(f"Pres: {hvor}", ("", "antal"), linjer)


def _ms(sekunder: float) -> str:
    return f"{sekunder * 1000:.0f}"


def _p95(tider: Sequence[float]) -> float:
    return quantiles(tider, n=20)[-1] if len(tider) > 1 else 0.0


def pres(valg, mappe: Path) -> tuple[str, list[str]]:
    samlet = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(samlet, cwd=settings.BASE_DIR, check=True, stdout=subprocess.DEVNULL)
    tallene, fejl, _ = under_pres(
        mappe, dict(os.environ), sekunder=valg.sekunder, skrivere=valg.skrivere, laesere=valg.laesere,
        pause=valg.pause, fro=valg.fro,
    )  # fmt: skip
    return f"{tallene}\n({valg.database}, frø {valg.fro})", fejl
