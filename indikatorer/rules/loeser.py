"""Asks HiGHS (by scipy) what a system of equations allows, as integer programmes, and remembers every solution found.

A solution is a witness: it shows that a count can be what it is in it, for as long as it agrees with what is shown. The
more is hidden, the more solutions there are, so what has been found safe needs not be asked again.
"""

import time
from collections.abc import Hashable, Iterable
from functools import partial

from indikatorer.rules.ligninger import LED, System

#: Seconds for one question, and of work for all questions of one system.
SPOERGSMAAL, SYSTEM = 2.0, 4.0
#: What `milp` says of how it went.
FUNDET, INGEN = 0, 2
#: (sum of variables, least, most)
KRAV = tuple[LED, int | None, int | None]


class GivetOp(Exception):
    """The answer was not found in time."""


class Regnestykke:
    """A system made ready for the solver. Its lines are numbered once; what is hidden lets go of some of them."""

    def __init__(self, system: System, graense: int):
        # Heavy, and only needed where something is hidden.
        import numpy as np

        self.np, self.system, self.graense = np, system, graense
        self.frist = time.thread_time() + SYSTEM
        linjer = list(system.faste)
        self.viste: list[tuple[Hashable, bool, range]] = []
        for vist in system.viste:
            self.viste.append((vist.noegle, vist.laast, range(len(linjer), len(linjer) + len(vist.linjer))))
            linjer += vist.linjer
        self.matrix = self._raekker(linje.led for linje in linjer)
        self.lo = np.array([-np.inf if linje.lo is None else linje.lo for linje in linjer])
        self.hi = np.array([np.inf if linje.hi is None else linje.hi for linje in linjer])
        #: Lines of one variable, and which.
        self.alene = np.array([linje.led[0][1] == 1 == len(linje.led) for linje in linjer])
        self.variabel = np.array([linje.led[0][0] for linje in linjer])
        self.vidner = np.zeros((system.variable, 0))
        self.brudt = np.zeros((len(linjer), 0), dtype=bool)

    def gaelder(self, skjult: frozenset | set):
        """Which lines hold when these figures are hidden."""
        gaelder = self.np.ones(len(self.lo), dtype=bool)
        for noegle, laast, numre in self.viste:
            if noegle in skjult and not laast:
                gaelder[numre.start : numre.stop] = False
        return gaelder

    def kan(self, gaelder, krav: list[KRAV], mindst: Iterable[tuple[int, int]] = ()) -> bool:
        """Whether all of it can be true together; if asked for, where another sum is least. Raises GivetOp."""
        return bool(self._vidner(gaelder, krav).any()) or self._find(gaelder, krav, mindst) is not None

    def kendte(self, gaelder, krav: list[KRAV], led: LED) -> tuple[int, int] | None:
        """The least and the most that the sum is in the solutions known already."""
        sum_ = self._sum(led)[self._vidner(gaelder, krav)]
        return (int(sum_.min()), int(sum_.max())) if len(sum_) else None

    def spaend(self, gaelder, krav: list[KRAV], led: LED) -> tuple[int, int] | None:
        """The least and the most that the sum can be; None when it cannot all be true. Raises GivetOp."""
        ender = []
        for fortegn in (1, -1):
            loesning = self._find(gaelder, krav, [(variabel, fortegn * vaegt) for variabel, vaegt in led])
            if loesning is None:
                return None
            ender.append(int(sum(vaegt * loesning[variabel] for variabel, vaegt in led)))
        return ender[0], ender[1]

    def _vidner(self, gaelder, krav: list[KRAV]):
        """Which of the known solutions will do."""
        gode = ~self.brudt[gaelder].any(axis=0)
        for led, lo, hi in krav:
            sum_ = self._sum(led)
            gode &= (sum_ >= (-self.np.inf if lo is None else lo)) & (sum_ <= (self.np.inf if hi is None else hi))
        return gode

    def _sum(self, led: LED):
        return sum(vaegt * self.vidner[variabel] for variabel, vaegt in led)

    def _raekker(self, leddene: Iterable[LED]):
        leddene = list(leddene)
        raekker = self.np.zeros((len(leddene), self.system.variable))
        for raekke, led in zip(raekker, leddene, strict=True):
            for variabel, vaegt in led:
                raekke[variabel] += vaegt
        return raekker

    def _find(self, gaelder, krav: list[KRAV], mindst: Iterable[tuple[int, int]] = ()):
        """A solution, the one where a sum is least, kept among the witnesses; None when there is none."""
        np = self.np
        from scipy.optimize import Bounds, LinearConstraint, milp

        tid = min(SPOERGSMAAL, self.frist - time.thread_time())
        if tid <= 0:
            raise GivetOp
        rest = self._uden_det_faste(gaelder, krav)
        if rest is None:
            return None
        matrix, lo, hi, fri, nederst, oeverst = rest
        maal = np.zeros(self.system.variable)
        for variabel, vaegt in mindst:
            maal[variabel] += vaegt
        if not fri.any():
            return self._husk(nederst, gaelder, krav)
        sporg = partial(
            milp,
            maal[fri],
            constraints=LinearConstraint(matrix, lo, hi),
            integrality=np.ones(fri.sum()),
            bounds=Bounds(nederst[fri], oeverst[fri]),
        )
        svar = sporg(options={"time_limit": tid})
        if svar.status == INGEN and not krav:
            # HiGHS 1.12's presolve now and then takes answers away where there are percents. Then more is hidden; but
            # a system that contradicts itself says nothing, so that is asked twice.
            svar = sporg(options={"time_limit": tid, "presolve": False})
        if svar.status == INGEN:
            return None
        if svar.status != FUNDET:
            raise GivetOp
        nederst[fri] = np.round(svar.x)
        return self._husk(nederst, gaelder, krav)

    def _uden_det_faste(self, gaelder, krav: list[KRAV]):
        """The lines that say anything of what is not known: (matrix, least, most, which variables are free, their least
        and most). None when what is known cannot be so."""
        np = self.np
        nederst, oeverst = np.zeros(self.system.variable), np.full(self.system.variable, float(self.system.hoejst))
        alene, flere = gaelder & self.alene, gaelder & ~self.alene
        np.maximum.at(nederst, self.variabel[alene], self.lo[alene])
        np.minimum.at(oeverst, self.variabel[alene], self.hi[alene])
        if (nederst > oeverst).any():
            return None
        matrix, lo, hi = self.matrix[flere], self.lo[flere], self.hi[flere]
        if krav:
            ekstra = self._raekker([led for led, _, _ in krav])
            matrix = np.concatenate([matrix, ekstra])
            lo = np.concatenate([lo, [-np.inf if n is None else n for _, n, _ in krav]])
            hi = np.concatenate([hi, [np.inf if n is None else n for _, _, n in krav]])
        fri = nederst < oeverst
        givet = matrix[:, ~fri] @ nederst[~fri]
        lo, hi, matrix = lo - givet, hi - givet, matrix[:, fri]
        siger = matrix.any(axis=1)
        if (lo[~siger] > 0).any() or (hi[~siger] < 0).any():
            return None
        return matrix[siger], lo[siger], hi[siger], fri, nederst, oeverst

    def _husk(self, loesning, gaelder, krav: list[KRAV]):
        np = self.np
        sum_ = self.matrix @ loesning
        self.vidner = np.column_stack([self.vidner, loesning])
        self.brudt = np.column_stack([self.brudt, (sum_ < self.lo) | (sum_ > self.hi)])
        if not self._vidner(gaelder, krav)[-1]:
            # The solver calculates in floating point: what does not hold in whole numbers is no answer.
            raise GivetOp
        return loesning
