"""What people do in a plan, once each time: save, import, freeze, sign, publish, vote."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from aftaler.actions import raekker
from aftaler.models import Aktivitet, Helhedsplan
from aftaler.planfil import skriv_plan
from dokumenter.actions.underskrift import underskriv
from dokumenter.models import Udgave, Underskriver
from dokumenter.oejebliksbillede import sha256
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from indikatorer.actions.importer import begynd_forsoeg, gem_fil, indlaes
from indikatorer.imports.udkast import koer, lav_udkast
from indikatorer.models import Maaling
from moeder.models import Stemme
from status.actions.status import publicer
from status.actions.status import traek as traek_status
from status.models import Kvartalsstatus
from tests import factories as f
from tests.aftaler import planfil_data
from tests.dokumenter.dokumentdata import frossen
from tests.dokumenter.underskriftsdata import sag
from tests.indikatorer.importdata import egen
from tests.moeder.afstemningsdata import en_bestyrelse
from tests.tortur.drab import Handling, Slut
from tests.verden import Verden, en_status


def spor(objekt, handling: str = "") -> list[Haendelse]:
    """The entries of one object, the oldest first."""
    egne = Haendelse.objects.filter(objekt_type=objekttype(objekt), objekt_id=str(objekt.pk)).order_by("pk")
    return list(egne.filter(handling__startswith=handling))


class IPlanen(Handling):
    def __init__(self, v: Verden):
        self.v, self.leder = v, v.brugere["leder"]


class Gem(IPlanen):
    """An activity with five milestones: all have the same number in their names."""

    navn = "gem"

    def forbered(self) -> None:
        aktivitet = f.AktivitetFactory(delaftale=self.v.delaftale, navn="Tortur 0")
        self.pk, self.fra = aktivitet.pk, aktivitet.version

    def goer(self) -> int:
        aktivitet = Aktivitet.objects.get(pk=self.pk)
        n = aktivitet.version - self.fra + 1
        milepaele = [{"navn": f"Milepæl {n}, {k}", "dato": date(2027, 1, k)} for k in range(1, 6)]
        raekker.ret(
            bruger=self.leder, objekt=aktivitet, felter={"navn": f"Tortur {n}"}, version=aktivitet.version,
            raekker={"milepaele": milepaele},
        )  # fmt: skip
        return n

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        aktivitet = Aktivitet.objects.get(pk=self.pk)
        n = aktivitet.version - self.fra
        if bekraeftet and max(bekraeftet) > n:
            yield f"tabt: nr. {max(bekraeftet)} var bekræftet; der står nr. {n}"
        navne = sorted(aktivitet.milepaele.values_list("navn", flat=True))
        if aktivitet.navn != f"Tortur {n}" or (n and navne != [f"Milepæl {n}, {k}" for k in range(1, 6)]):
            yield f"halvt: version {n} har navnet {aktivitet.navn} og milepælene {navne}"
        if [h.version for h in spor(aktivitet)] != list(range(self.fra + 1, self.fra + n + 1)):
            yield f"halvt: version {n} har {len(spor(aktivitet))} linjer i sporet"


class ImportTal(IPlanen):
    """A file with twelve figures that are all the same, and one higher than in the file before."""

    navn = "import (tal)"

    def forbered(self) -> None:
        self.steder = [f.StedFactory(plan=self.v.plan, navn=f"Tortursted {k}", omraade=None, art="andet", orden=800 + k)
                       for k in range(3)]  # fmt: skip
        self.indikator = f.IndikatorFactory(plan=self.v.plan, noegle="tortur", navn="Torturtal", enhed="antal")

    def _staar(self) -> list[int]:
        return list(Maaling.objects.filter(indikator=self.indikator).values_list("antal", flat=True))

    def goer(self) -> int:
        n = max(self._staar(), default=1000) + 1
        linjer = [
            f"Torturtal;{sted.navn};{aar};;;{n};;;;vaerdi;;;" for sted in self.steder for aar in range(2018, 2022)
        ]
        data = egen(*linjer)
        fil = gem_fil(bruger=self.leder, plan=self.v.plan, navn="tal.csv", data=data)
        begynd_forsoeg(bruger=self.leder, fil=fil)
        udkast = koer(lav_udkast(self.v.plan, data))
        koer(indlaes(bruger=self.leder, fil=fil, raekker=udkast.raekker, aftryk=udkast.forskel.aftryk))
        return n

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        staar = self._staar()
        n = max(staar, default=1000)
        if bekraeftet and max(bekraeftet) > n:
            yield f"tabt: {max(bekraeftet)} var bekræftet; der står {n}"
        if len(set(staar)) > 1 or len(staar) not in (0, 12):
            yield f"halvt: {Counter(staar)}"
        linjer = Haendelse.objects.filter(kaede=self.v.plan.noegle, handling="indlæst").count()
        if linjer != n - 1000:
            yield f"halvt: {n - 1000} indlæsninger har {linjer} linjer i sporet"


class ImportPlan(IPlanen):
    """A whole plan, with everything that a plan file can hold."""

    navn = "import (planfil)"

    def forbered(self) -> None:
        planfil_data.indlaes(planfil_data.REGELSAET, planfil_data.FORGAENGER)
        self.set: set[str] = set()
        self.rigtig = ""

    @staticmethod
    def _planer():
        return Helhedsplan.objects.filter(noegle__startswith="tortur-")

    def goer(self) -> str:
        noegle = f"tortur-{self._planer().count()}"
        planfil_data.indlaes(planfil_data.plan(noegle=noegle))
        return noegle

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        planer = {plan.noegle: plan for plan in self._planer()}
        if vaek := set(bekraeftet) - set(planer):
            yield f"tabt: {sorted(vaek)}"
        for noegle in sorted(set(planer) - self.set):
            tekst = skriv_plan(planer[noegle]).replace(noegle, "tortur")
            self.rigtig = self.rigtig or tekst
            if tekst != self.rigtig:
                yield f"halvt: {noegle} er ikke som den første"
            if not Haendelse.objects.filter(kaede=noegle).exists():
                yield f"halvt: {noegle} er ikke i sporet"
        self.set |= set(planer)


class Frys(IPlanen):
    """A paper becomes an edition: the snapshot, the PDF, its file, the entry."""

    navn = "frys"

    def goer(self) -> int:
        return frossen(self.v).pk

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        udgaver = list(Udgave.objects.filter(plan=self.v.plan, art="beredskabsplan").order_by("nummer"))
        if vaek := set(bekraeftet) - {u.pk for u in udgaver}:
            yield f"tabt: udgave nr. {sorted(vaek)}"
        if [u.nummer for u in udgaver] != list(range(1, len(udgaver) + 1)):
            yield f"halvt: udgaverne har numrene {[u.nummer for u in udgaver]}"
        for udgave in udgaver:
            filer = list(udgave.filrevisioner.values_list("nummer", "fil", "sha256"))
            if sha256(udgave.indhold) != udgave.indhold_sha256:
                yield f"halvt: udgave {udgave.nummer} har et andet øjebliksbillede, end den siger"
            if filer != [(1, udgave.pdf.name, udgave.pdf_sha256)] or len(spor(udgave, "frosset")) != 1:
                yield f"halvt: udgave {udgave.nummer} har filerne {filer} og {len(spor(udgave))} linjer i sporet"


class Underskriv(IPlanen):
    """Parties sign with the installation's certificate, each once, two in each paper."""

    navn = "underskriv"

    def forbered(self) -> None:
        self.nr = 0

    @staticmethod
    def _usignerede():
        egne = Underskriver.objects.filter(part_navn__in=["Prøve Kommune", "Boligforeningen Prøve"])
        return egne.filter(underskrevet=None, udgave__art="delaftale", udgave__emne="tortur").order_by("pk")

    def foer(self) -> None:
        while self._usignerede().count() < 6:
            self.nr += 1
            sag(nummer=self.nr, plan=self.v.plan, art="delaftale", emne="tortur")

    def goer(self) -> int:
        egen = self._usignerede().select_related("udgave__plan", "bruger").first()
        if egen is None:
            raise Slut
        underskriv(bruger=egen.bruger, underskriver=egen)
        return egen.pk

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        har = Underskriver.objects.exclude(underskrevet=None)
        if vaek := set(bekraeftet) - set(har.values_list("pk", flat=True)):
            yield f"tabt: underskrift nr. {sorted(vaek)}"
        for udgave in Udgave.objects.filter(emne="tortur").prefetch_related("filrevisioner", "underskrivere"):
            filer = {fil.pk for fil in udgave.filrevisioner.all() if fil.nummer > 1}
            egne = [u for u in udgave.underskrivere.all() if u.underskrevet]
            if {u.filrevision_id for u in egne} != filer or len(filer) != len(egne):
                yield f"halvt: {udgave} har {len(egne)} underskrifter og {len(filer)} filer med dem"
            if any(len(spor(u, "underskrevet")) != 1 for u in egne):
                yield f"halvt: {udgave} har en underskrift, der ikke er i sporet"


class Publicer(IPlanen):
    """Statuses of the four quarters; they are withdrawn and written anew before the next process."""

    navn = "publicer status"

    @property
    def _egne(self):
        return Kvartalsstatus.objects.filter(plan=self.v.plan)

    def foer(self) -> None:
        for status in self._egne.filter(tilstand="publiceret"):
            traek_status(bruger=self.leder, status=status, grund="Skrives om.", version=None)
        for kvartal in range(1, 5):
            if not self._egne.filter(kvartal=kvartal, tilstand="kladde").exists():
                en_status(self.v.plan, kvartal, udgave=self._egne.filter(kvartal=kvartal).count() + 1)

    def goer(self) -> int:
        kladde = self._egne.filter(tilstand="kladde").order_by("kvartal").first()
        if kladde is None:
            raise Slut
        publicer(bruger=self.leder, status=kladde, version=kladde.version, begrundelse="Det er sagt i bestyrelsen.")
        return kladde.pk

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        egne = {status.pk: status for status in self._egne}
        if vaek := [pk for pk in bekraeftet if egne[pk].tilstand != "publiceret"]:
            yield f"tabt: status nr. {vaek}"
        for status in egne.values():
            ude = status.tilstand in ("publiceret", "trukket")
            har = [bool(felt) for felt in (status.indhold, status.side, status.pdf, status.pdf_sha256)]
            if har != [ude] * 4 or len(spor(status, "publiceret")) != ude:
                yield f"halvt: {status} er {status.tilstand} og har {har}, {len(spor(status))} linjer i sporet"


class Stem(IPlanen):
    """Members vote again and again; the log has each vote."""

    navn = "stem"

    def forbered(self) -> None:
        self.b = en_bestyrelse(plan=self.v.plan)
        self.punkt = self.b.punkt()
        self.kendt = 0

    def _antal(self) -> int:
        return Haendelse.objects.filter(objekt_type=objekttype(Stemme), handling__startswith="stemt").count()

    def goer(self) -> int:
        n = self._antal()
        valg = [*"fih"][n // 3 % 3]
        navn = ["A1", "A2", "B1"][n % 3]
        self.b.stem(self.punkt, navn, next(v for v in ("for", "imod", "hverken") if v[0] == valg))
        return n + 1

    def tjek(self, bekraeftet: list) -> Iterator[str]:
        if bekraeftet and max(bekraeftet) > self._antal():
            yield f"tabt: {max(bekraeftet)} stemmer var bekræftet; sporet har {self._antal()}"
        for stemme in Stemme.objects.filter(punkt=self.punkt):
            valgt = [a["efter"] for h in spor(stemme, "stemt") for a in h.aendringer if a["felt"] == "valg"]
            if valgt[-1:] != [stemme.valg]:
                yield f"halvt: {stemme} er {stemme.valg}; sporet siger {valgt[-1:]}"
        if Stemme.objects.filter(punkt=self.punkt).count() < min(3, self._antal()):
            yield "halvt: sporet har flere stemmer, end der er"


HANDLINGER = (Gem, ImportTal, ImportPlan, Frys, Underskriv, Publicer, Stem)
