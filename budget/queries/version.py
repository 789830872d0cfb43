"""A named version of a budget: what it holds on a day, and what it is called wherever a figure of it is shown.

A revision is approved on one day and applies from another (`Revision.dato`). The version of a day is what was granted
with every approved revision that applies from that day or before; one that applies later is named and not counted in.
No reader adds revisions by itself: whoever shows a budget asks for a version and says its name.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import prefetch_related_objects

from budget.choices import Budgetart
from budget.models import Budget, Revision
from budget.rules.celler import NUL, Cellenoegle, Udgiftsnoegle, Vaerdi, usikkerhed_af
from budget.rules.oplyst import Ekstra, Oplyst, i_ord, med_ekstra, med_ord, taellende
from helhedsplan.formats import lang_dato, opremsning


@dataclass(frozen=True)
class Version:
    """`dato` None: as written (granted), whatever was revised since. gaelder: the revisions counted in, in the order
    they apply; kommende: approved ones that apply later; oplyst_tal: the total that is stated, with the same
    revisions, which is told of; `oplyst` is what is reckoned with."""

    budget: Budget
    dato: date | None
    bidrag: dict[Cellenoegle, Vaerdi] = field(repr=False)
    udgifter: dict[Udgiftsnoegle, Vaerdi] = field(repr=False)
    gaelder: tuple[Revision, ...] = ()
    kommende: tuple[Revision, ...] = ()
    oplyst_tal: Oplyst | None = None

    @cached_property
    def oplyst(self) -> Oplyst | None:
        """None also when the stated total and the cells cannot both be right."""
        return taellende(self.oplyst_tal, self.bidrag.values())

    @property
    def oplyst_i_ord(self) -> str:
        """What is said beside a total that the source states; '' without one."""
        sagt = med_ord(self.budget.oplyst_beloeb, self.budget.oplyst_andel, self.bidrag.values())
        return " ".join(filter(None, (i_ord(self.oplyst_tal, self.bidrag.values()), sagt, self.oven_paa)))

    @property
    def oven_paa(self) -> str:
        """The money that addenda bring which count on the day and no revision has, and what it comes to with what was
        granted; '' without any, and of the budget as it was granted."""
        if self.dato is None or self.budget.art != Budgetart.BEVILGET:
            return ""
        lagene = [lag for lag in self.budget.plan.lagene if lag.beloeb and lag.taeller(self.dato)]
        prefetch_related_objects(lagene, "omraader")
        ekstra = [Ekstra(lag.navn, lag.beloebet, tuple(map(str, lag.omraader.all()))) for lag in lagene]
        return med_ekstra(ekstra, *self._bevilget)

    @property
    def _bevilget(self) -> tuple[Decimal | None, bool]:
        """The least that is known to be granted, None where nothing is, and whether that is all of it."""
        if self.oplyst_tal:
            return self.oplyst_tal.i_alt - self.oplyst_tal.usikkerhed, not self.oplyst_tal.usikkerhed
        if not self.budget.oplyst_beloeb.er_mangler:
            return self.budget.oplyst_beloeb.lavest, False
        if not self.bidrag:
            return None, False
        usikkerhed = usikkerhed_af(self.bidrag.values())
        return sum((v.beloeb for v in self.bidrag.values()), NUL) - usikkerhed, not usikkerhed

    @property
    def er_revideret(self) -> bool:
        return bool(self.gaelder)

    @property
    def navn(self) -> str:
        """'Revideret, gælder fra 1. marts 2026: bevilget med revision 1 og 2'; 'Ansøgt, kladde'. The one name on every
        page, paper and file: it says from when the version applies, so that it changes when the figures do and not by
        the day."""
        if self.gaelder:
            return f"Revideret, gælder fra {lang_dato(self.gaelder[-1].dato)}: bevilget med {self.revisionerne}"
        return self.som_skrevet

    @property
    def som_skrevet(self) -> str:
        budget = self.budget
        tilstand = f"godkendt {lang_dato(budget.godkendt_den)}" if budget.er_laast else "kladde"
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
