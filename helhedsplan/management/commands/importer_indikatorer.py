import sys
import time
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from helhedsplan.arbejde import Fremskridt
from helhedsplan.formats import antal, tal
from helhedsplan.management.planvalg import valgt_plan
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.importer import gem_fil, husk_koblinger, i_ord, indlaes, maalingsnavn
from indikatorer.imports.udkast import Koblingsfejl, Udkast, huskes, koblinger_fra, koer, lav_udkast
from indikatorer.queries.importgrundlag import Importforskel

VISES = 200
UDEN_KOBLING = "Tabellen er ikke koblet. Indlæs den én gang i browseren, eller brug --kobling."


class Command(BaseCommand):
    help = (
        "Indlæser indikatortal fra et regneark eller en CSV-fil. Viser kun, hvad filen ændrer, med mindre --udfoer er "
        "sat. Slutkode 1, når filen har fejl. Formen står i docs/import.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("plan", metavar="PLAN", help="planens nøgle")
        parser.add_argument("fil", metavar="FIL", help="sti til en XLSX- eller CSV-fil")
        parser.add_argument("--udfoer", action="store_true", help="gem ændringerne")
        parser.add_argument("--kobling", metavar="FIL", help="YAML-fil, der siger, hvad tabellernes kolonner er")

    def handle(self, *, plan, fil, udfoer, kobling, **options):
        plan = valgt_plan(plan)
        data = self._laes(fil)
        egne = self._koblinger(kobling) if kobling else lambda _: None
        udkast = koer(lav_udkast(plan, data, egne), _Fremskridtslinjer(self.stderr))
        forskel = udkast.forskel
        if forskel is None:
            self._stop(fil, udkast)
        self._vis(udkast, forskel)
        if not udfoer:
            if forskel.antal:
                self.stdout.write("Intet er gemt. Kør igen med --udfoer for at gemme.")
            return
        try:
            if kobling:
                husk_koblinger(bruger=PROGRAMMET, plan=plan, koblinger=huskes(udkast.tabeller))
            if forskel.antal:
                gemt = gem_fil(bruger=PROGRAMMET, plan=plan, navn=Path(fil).name, data=data)
                koer(indlaes(bruger=PROGRAMMET, fil=gemt, raekker=udkast.raekker, aftryk=forskel.aftryk))
        except ValidationError as grund:
            self.stderr.write("\n".join(grund.messages))
            raise SystemExit(1) from None
        self.stdout.write("Filen er indlæst.")

    def _laes(self, sti: str) -> bytes:
        try:
            return Path(sti).read_bytes()
        except OSError as fejl:
            self.stderr.write(f"{sti}: Filen kan ikke åbnes: {fejl.strerror}.")
            raise SystemExit(1) from None

    def _koblinger(self, sti: str):
        try:
            return koblinger_fra(self._laes(sti).decode("utf-8-sig"))
        except (Koblingsfejl, UnicodeDecodeError) as fejl:
            self.stderr.write(f"{sti}: {fejl if isinstance(fejl, Koblingsfejl) else 'Filen er ikke UTF-8.'}")
            raise SystemExit(1) from None

    def _stop(self, fil: str, udkast: Udkast) -> NoReturn:
        linjer = [str(f) for f in udkast.fejl]
        for svar in (s for s in udkast.tabeller if not udkast.fejl and not s.er_klar):
            grunde = [*svar.spoergsmaal, *map(str, svar.ubesvarede)] or [UDEN_KOBLING]
            linjer += [f"{svar.tabel.navn}: {grund}" for grund in grunde]
        for linje in linjer:
            self.stderr.write(f"{fil}: {linje}")
        self.stderr.write(f"{antal(len(linjer) + udkast.flere_fejl, 'fejl', 'fejl')}. Intet er indlæst.")
        raise SystemExit(1)

    def _vis(self, udkast: Udkast, forskel: Importforskel) -> None:
        navne = {noegle: n.navn for noegle, n in udkast.kendt.navne.items()}
        enheder = {n.pk: n.slags for n in udkast.kendt.indikatorer.values()}
        for svar in udkast.tabeller:
            hvad = f"{tal(svar.nye)} nye, {tal(svar.aendrede)} ændrede, {tal(svar.uaendrede)} uændrede"
            self.stdout.write(f"{svar.tabel.navn}: {'springes over' if svar.kobling.spring_over else hvad}")
            for navn, raekker in sorted(svar.laest.sprunget.items()):
                self.stdout.write(f"  sprunget over: {navn} ({raekker})")
        for raekke, efter in forskel.nye[:VISES]:
            self.stdout.write(f"  ny: {maalingsnavn(raekke, navne)}: {i_ord(efter, enheder[raekke.indikator])}")
        for a in forskel.aendrede[:VISES]:
            enhed = enheder[a.raekke.indikator]
            navn = maalingsnavn(a.raekke, navne)
            self.stdout.write(f"  ændret: {navn}: {i_ord(a.foer, enhed)} -> {i_ord(a.efter, enhed)}")
        for note in udkast.noter:
            self.stdout.write(note)
        self.stdout.write(f"{antal(forskel.antal, 'ændring', 'ændringer')}.")


class _Fremskridtslinjer:
    """A line now and then, once the work has taken more than a second; silent when nobody watches."""

    def __init__(self, ud):
        self.ud, self.sidst = ud, time.monotonic()

    def __call__(self, trin: Fremskridt) -> None:
        if sys.stderr.isatty() and time.monotonic() - self.sidst > 1:
            self.sidst = time.monotonic()
            self.ud.write(f"{trin.hvad} {tal(trin.naaet)} af {tal(trin.i_alt)}" if trin.i_alt else f"{trin.hvad} …")
