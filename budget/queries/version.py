"""A named version of a budget: what it holds on a day, and what it is called wherever a figure of it is shown.

A revision is approved on one day and applies from another (`Revision.dato`). The version of a day is what was granted
with every approved revision that applies from that day or before; one that applies later is named and not counted in.
No reader adds revisions by itself: whoever shows a budget asks for a version and says its name.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from aftaler.models import Lag
from budget.choices import Budgetart
from budget.models import Budget, Revision
from budget.rules.celler import NUL, Cellenoegle, Udgiftsnoegle, Vaerdi, kr, laeg_til, usikkerhed_af
from budget.rules.lagpenge import FAST, GRUND, REVISIONER, Lagled, Lagopgoerelse, afviger, led_af, led_af_ord, opgjort
from budget.rules.oplyst import Oplyst, i_ord, med_ord, taellende
from helhedsplan.formats import lang_dato, opremsning


@dataclass(frozen=True)
class Lagpenge:
    """What a layer brings: by cells, or as it is told."""

    lag: Lag
    led: Lagled
    bidrag: dict[Cellenoegle, Vaerdi] = field(default_factory=dict, repr=False)
    udgifter: dict[Udgiftsnoegle, Vaerdi] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Version:
    """`dato` None: as written (granted), whatever was revised since. gaelder: the revisions counted in, in the order
    they apply; kommende: approved ones that apply later; oplyst_tal: the total that is stated, with the same
    revisions and layers, which is told of; `oplyst` is what is reckoned with. lag: the layers that count on the day and
    bring money; bidrag and udgifter hold theirs where the first grant is told by cells (`skrevet`), and not else."""

    budget: Budget
    dato: date | None
    bidrag: dict[Cellenoegle, Vaerdi] = field(repr=False)
    udgifter: dict[Udgiftsnoegle, Vaerdi] = field(repr=False)
    gaelder: tuple[Revision, ...] = ()
    kommende: tuple[Revision, ...] = ()
    oplyst_tal: Oplyst | None = None
    skrevet: dict[Cellenoegle, Vaerdi] = field(default_factory=dict, repr=False)
    revideret: dict[Cellenoegle, Decimal] = field(default_factory=dict, repr=False)
    lag: tuple[Lagpenge, ...] = ()

    @cached_property
    def oplyst(self) -> Oplyst | None:
        """None also when the stated total and the cells cannot both be right."""
        return taellende(self.oplyst_tal, self.bidrag.values())

    @property
    def oplyst_i_ord(self) -> str:
        """What is said beside a total that the source states; '' without one."""
        sagt = med_ord(self.budget.oplyst_beloeb, self.budget.oplyst_andel, self.grund.values())
        return " ".join(filter(None, (i_ord(self.oplyst_tal, self.bidrag.values()), sagt, self.oven_paa)))

    @property
    def oven_paa(self) -> str:
        """The money that layers bring which count on the day, and what it comes to with what was granted; '' without
        any, and of the budget as it was granted."""
        return self.opgjort.oven_paa if self.opgjort else ""

    @cached_property
    def grund(self) -> dict[Cellenoegle, Vaerdi]:
        """The financing without the layers on top; with the revisions."""
        return laeg_til(self.skrevet, self.revideret)

    @cached_property
    def opgjort(self) -> Lagopgoerelse | None:
        """The first grant, the revisions and each layer, and all of it; None without layers that bring money."""
        if not self.lag:
            return None
        led = [self._grundled()]
        if self.revideret:
            pr_aar: dict[int | None, Decimal] = {}
            for noegle, delta in self.revideret.items():
                pr_aar[noegle.planaar] = pr_aar.get(noegle.planaar, NUL) + delta
            sum_ = sum(pr_aar.values(), NUL)
            led.append(Lagled(REVISIONER, sum_, "", sum_, pr_aar, slags=FAST))
        return opgjort([*led, *(penge.led for penge in self.lag)])

    def _grundled(self) -> Lagled:
        """The first grant as it was written: by its stated total while that may stand for the cells."""
        budget, sagt = self.budget, self.budget.oplyst_beloeb
        led = led_af(GRUND, [(n.planaar, v) for n, v in self.skrevet.items()])._replace(slags=FAST)
        oplyst = budget.oplyst
        if oplyst and (not self.skrevet or self.oplyst):
            return led._replace(beloeb=oplyst.i_alt, lavest=oplyst.i_alt - oplyst.usikkerhed)
        if not self.skrevet:
            return led_af_ord(GRUND, sagt)._replace(slags=FAST)
        if sagt.er_ikke_oplyst:
            return led._replace(beloeb=None, sagt=f"{sagt}, men {kr(led.beloeb or NUL)} er kendt")
        return led if sagt.lavest is None else led._replace(lavest=sagt.lavest)

    @property
    def lag_uden_kilder(self) -> str:
        """The layers whose money is told, and not by whom: no share of the whole can be seen."""
        return opremsning([f"»{penge.lag}«" for penge in self.lag if not penge.bidrag]) if self.lag else ""

    @property
    def afvigende_lag(self) -> tuple[str, ...]:
        """What the layers are told to bring and their amounts do not."""
        fundet = [afviger(p.lag.beloebet, p.led, usikkerhed_af(p.bidrag.values())) for p in self.lag if p.bidrag]
        return tuple(filter(None, fundet))

    @property
    def ensidige_lag(self) -> str:
        """The layers of which only costs or only financing is written: the whole has no balance to be seen."""
        if not (self.grund and self.udgifter):
            return ""
        return opremsning([f"»{p.lag}«" for p in self.lag if bool(p.bidrag) != bool(p.udgifter)])

    @property
    def er_mere_end_bevilget(self) -> bool:
        """Whether anything was laid on top of what was first granted."""
        return bool(self.gaelder or self.lag)

    @property
    def navn(self) -> str:
        """'Revideret, gælder fra 1. marts 2026: bevilget med revision 1 og 2'; 'Ansøgt, kladde'. The one name on every
        page, paper and file: it says from when the version applies, so that it changes when the figures do and not by
        the day."""
        med = f", med {opremsning([f'»{penge.lag}«' for penge in self.lag])}" if self.lag else ""
        if self.gaelder:
            siden = lang_dato(self.gaelder[-1].dato)
            return f"Revideret, gælder fra {siden}: bevilget med {self.revisionerne}{med}"
        return f"{self.som_skrevet}{med}"

    @property
    def som_skrevet(self) -> str:
        budget = self.budget
        if budget.lag is not None:
            return f"{budget.get_art_display()}: {budget.lag}, {budget.lag.stand.lower()}"
        tilstand = budget.godkendt_i_ord if budget.er_laast else "kladde"
        uden = ", uden revisioner" if self.dato is None and budget.art == Budgetart.BEVILGET and budget.er_laast else ""
        return f"{budget.get_art_display()}, {tilstand}{uden}"

    @property
    def revisionerne(self) -> str:
        return f"revision {opremsning([str(r.nummer) for r in self.gaelder])}"

    @property
    def senere(self) -> str:
        """What is approved and not counted in yet; '' without any."""
        dele = [f"{r} gælder fra {lang_dato(r.dato)} og er ikke regnet med." for r in self.kommende]
        return " ".join(dele)

    @property
    def som_kode(self) -> str:
        """How addresses ask for it."""
        return "bevilget" if self.dato is None else self.dato.isoformat()
