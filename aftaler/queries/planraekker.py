"""What is told of a plan beside what it is, as papers and pages have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from aftaler.choices import Faellesslags, Hjemsted, Udfald
from aftaler.models import Behandling, Faelles, Helhedsplan
from helhedsplan.formats import opremsning, tal
from helhedsplan.laest import raekkerne
from helhedsplan.tid import Tid, tid


@dataclass(frozen=True)
class Sideplansvisning:
    """A plan beside; `maal` are its own goals."""

    navn: str
    slags: str
    beloeb: str
    kilde: str
    maal: tuple[str, ...]

    @property
    def penge(self) -> str:
        """The amount as it was told, and by whom."""
        return f"{self.beloeb} ({self.kilde})" if self.beloeb and self.kilde else self.beloeb or self.kilde


def sideplaner(plan: Helhedsplan) -> tuple[Sideplansvisning, ...]:
    return tuple(
        Sideplansvisning(p.navn, p.get_slags_display(), p.beloeb, p.kilde, _linjer(p.maal))
        for p in raekkerne(plan, "sideplaner")
    )


def _linjer(tekst: str) -> tuple[str, ...]:
    linjer: Iterable[str] = map(str.strip, tekst.splitlines())
    return tuple(filter(None, linjer))


@dataclass(frozen=True)
class Behandlingsvisning:
    """That the plan was before a body; `faelles` names the other plans that the same decision was about."""

    organ: str
    afdeling: str
    dato: date | None
    dato_sagt: str
    punkt: str
    udfald: str
    ja: int | None
    nej: int | None
    vilkaar: str
    faelles: str

    @property
    def hvornaar(self) -> Tid:
        return tid(self.dato, self.dato_sagt)

    @property
    def hvem(self) -> str:
        return f"{self.organ}, {self.afdeling}" if self.afdeling else self.organ

    @property
    def stemmer(self) -> str:
        """41 for, 12 imod."""
        talt = [(self.ja, "for"), (self.nej, "imod")]
        return ", ".join(f"{tal(antal)} {ord_}" for antal, ord_ in talt if antal is not None)

    @property
    def udfaldet(self) -> str:
        return f"{self.udfald} ({self.stemmer})" if self.stemmer else self.udfald

    @property
    def ogsaa(self) -> str:
        return f"Samme beslutning som for {self.faelles}" if self.faelles else ""


@dataclass(frozen=True)
class Faellesvisning:
    """What the plan has together with others (`med`); `hjemme` is the plan it belongs to, '' of this one."""

    slags: str
    navn: str
    beloeb: str
    kilde: str
    med: str
    hjemme: str

    @property
    def penge(self) -> str:
        return f"{self.beloeb} ({self.kilde})" if self.beloeb and self.kilde else self.beloeb or self.kilde

    @property
    def hoerer_til(self) -> str:
        return self.hjemme or "Denne plan"


def _de_andre(raekke: Behandling | Faelles, plan: Helhedsplan) -> list[str]:
    """The plans that a row is about beside the one that tells of it."""
    alle = [raekke.plan, *raekke.planer.all()]
    return [*(p.navn for p in alle if p.pk != plan.pk), *filter(None, [raekke.andre])]


def _egne_og_andres(*udvalg) -> list:
    return [raekke for en in udvalg for raekke in en.select_related("plan").prefetch_related("planer")]


def behandlinger(plan: Helhedsplan) -> tuple[Behandlingsvisning, ...]:
    """Its own in their order, and those that were written in another plan and were about this one too."""
    return tuple(
        Behandlingsvisning(
            b.organ,
            b.afdeling,
            b.dato,
            b.dato_sagt,
            b.punkt,
            str(Udfald(b.udfald).label),
            b.ja,
            b.nej,
            b.vilkaar,
            opremsning(_de_andre(b, plan)),
        )
        for b in _egne_og_andres(plan.behandlinger, plan.behandlet_med)
    )


def faelles(plan: Helhedsplan) -> tuple[Faellesvisning, ...]:
    """What is written here, and what another plan has written of this one, as this one has it."""
    return tuple(
        Faellesvisning(
            str(Faellesslags(f.slags).label),
            f.navn,
            f.beloeb,
            f.kilde,
            opremsning(_de_andre(f, plan)),
            _hjemme(f, plan, _de_andre(f, f.plan)),
        )
        for f in _egne_og_andres(plan.faelles, plan.faelles_med)
    )


def _hjemme(f: Faelles, plan: Helhedsplan, andre: Sequence[str]) -> str:
    """The name of the plan that it belongs to, '' of the one that tells of it."""
    if f.hoerer_til == Hjemsted.HER:
        return "" if f.plan_id == plan.pk else f.plan.navn
    return opremsning([navn for navn in andre if f.plan_id == plan.pk or navn != plan.navn])
