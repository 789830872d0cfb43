"""The figures that hang together, as a system of equations (`ligninger`): one year, the places that add up with one
another, and the indicators that count among the same people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

from indikatorer.rules.afrunding import HUNDREDE, Interval, antal_af, grundlag_af, spaend
from indikatorer.rules.celle import ALT, SUM, Celle, mellem, slaegter
from indikatorer.rules.ligninger import LED, Foelsom, System, Uligning, Vist

#: Of more classes than this only all of them together are taken for a whole.
FLEST_KLASSER = 8
#: An indicator at a place.
FELT = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class Lighed:
    """One indicator at one place, and those that it is the sum of. `fortalt`: somebody has said that they are parts of
    it; else they are the same indicator at the places that make up the place. `baser`: the bases add up too."""

    hele: FELT
    dele: tuple[FELT, ...]
    fortalt: bool = False
    baser: bool = True


class Blok:
    """Builds the system of one block. Each cell has two variables, its count and its base; an indicator at a place that
    is part of a sum but not measured has them too."""

    def __init__(
        self,
        celler: list[Celle],
        summer: list[SUM],
        grundlag: dict[Hashable, Interval],
        graense: int,
        i_tid: frozenset[SUM] = frozenset(),
    ):
        self.celler, self.grundlag, self.graense = celler, grundlag, graense
        self.nr = {(c.indikator, c.sted): i for i, c in enumerate(celler)}
        self.variable = 2 * len(celler)
        self.faste: list[Uligning] = []
        self.foelsomme: list[Foelsom] = []
        #: `i_tid`: those that are a year and its parts; the same people are in all of them.
        self.summer, self.i_tid = summer, i_tid
        self.hele = {hele for hele, _ in summer}
        self.slaegt = slaegter(celler)
        self.heltal = {s.hele for s in self.slaegt.values() if s.hele is not None}
        #: The variables of what is part of a sum and not measured.
        self.udenfor: dict[FELT, int] = {}
        #: Those of them that are told to be more than their base has room for.
        self.for_mange: set[FELT] = set()
        self.folk = {indikator: s.folk for indikator, s in self.slaegt.items() if s.folk}
        #: The cells on the same people at the same place.
        self.samme: dict[Hashable, list[int]] = defaultdict(list)
        for nr, c in enumerate(celler):
            if c.persongruppe:
                self.samme[c.persongruppe.casefold(), c.sted].append(nr)

    def system(self, skjult: set, udgivne: frozenset) -> System:
        for nr in range(len(self.celler)):
            snit = self.celler[nr].snit and self.celler[nr].antal is None
            self.faste.append(Uligning(((2 * nr + 1, 1), (2 * nr, -1)), 0, 0 if snit else None))
        self._summer()
        self._samme_folk()
        self._uvisse()
        orden = sorted(range(len(self.celler)), key=self._vaegt)
        viste = tuple(
            Vist(self.celler[i].noegle, tuple(self._linjer(i)), self.celler[i].noegle in udgivne) for i in orden
        )
        for i in orden:
            if self.celler[i].noegle in skjult and self.celler[i].noegle not in udgivne:
                self._foelsom(i)
        return System(self.variable, self._hoejst(), tuple(self.faste), viste, tuple(self.foelsomme))

    def _vaegt(self, nr: int) -> tuple:
        c = self.celler[nr]
        return c.sted in self.hele or c.indikator in self.heltal, c.antal is None, c.antal or 0, str(c.noegle)

    def _hoejst(self) -> int:
        """A percent that stands alone asks for a base so many times as large as the count that is written elsewhere."""
        kendte = [self._stoerste(c) for c in self.celler]
        gange = [_gange(c) for c in self.celler if c.antal is None and c.grundlag is None and c.procent is not None]
        return max(4 * max(kendte, default=0), sum(kendte)) * max(gange, default=1) + 1000

    def _stoerste(self, c: Celle) -> int:
        mulige = c.mulige_grundlag()
        return max(n for n in (c.antal, mulige.mindst, mulige.hoejst) if n is not None)

    # --- what a cell tells -------------------------------------------------------------------------------------------

    def _linjer(self, nr: int) -> Iterable[Uligning]:
        c, n, g = self.celler[nr], 2 * nr, 2 * nr + 1
        if c.antal is not None:
            yield Uligning(((n, 1),), c.antal, c.antal)
        if c.grundlag is not None:
            yield Uligning(((g, 1),), c.grundlag, c.grundlag)
        if c.procent is None or (c.antal is not None and c.grundlag is not None):
            return
        if c.antal is not None:
            yield from _inden_for(g, grundlag_af(c.antal, c.procent, c.decimaler))
        elif c.grundlag is not None:
            yield from _inden_for(n, antal_af(Interval(c.grundlag, c.grundlag), c.procent, c.decimaler))
        else:
            lav, hoej, naevner = spaend(c.procent, c.decimaler)
            yield Uligning(((n, HUNDREDE * naevner), (g, -lav)), 0, None)
            yield Uligning(((n, HUNDREDE * naevner), (g, -hoej)), None, 0)

    def antal(self, nr: int) -> int | None:
        """The count as it is, if it is known or follows from its own percent."""
        c = self.celler[nr]
        mulige = c.muligt_antal(self.grundlag[c.noegle])
        return mulige.mindst if mulige is not None and mulige.mindst == mulige.hoejst else None

    def base(self, nr: int) -> int | None:
        mulige = self.grundlag[self.celler[nr].noegle]
        return self.celler[nr].grundlag if mulige.mindst != mulige.hoejst else mulige.mindst

    # --- what everybody can know of how they add up ------------------------------------------------------------------

    def _summer(self) -> None:
        ligheder = _sigende([*self._stedsummer(), *self._fortalte()], self.nr.keys())
        gange = Counter(felt for lighed in ligheder for felt in (lighed.hele, *lighed.dele) if felt not in self.nr)
        for lighed in ligheder:
            self._lighed(lighed)
        for indikator in dict.fromkeys(c.indikator for c in self.celler):
            self._indeni(indikator)
        fortalte = {felt for lighed in ligheder if lighed.fortalt for felt in lighed.dele}
        fortalte |= self._fortalte_klasser(ligheder)
        ombyttelige = self._ombyttelige(ligheder)
        for felt, variabel in self.udenfor.items():
            if (gange[felt] > 1 and felt not in ombyttelige) or felt in fortalte:
                self.foelsomme.append(Foelsom(None, ((variabel, 1),), lille=False))

    def _ombyttelige(self, ligheder: list[Lighed]) -> set[FELT]:
        """Those that nobody has measured and that stand in just the same equations as another such: either can be none,
        and the other all of it, so nothing can be told of one of them."""
        i: dict[FELT, list[tuple[int, bool]]] = defaultdict(list)
        for nr, lighed in enumerate(ligheder):
            for felt in (lighed.hele, *lighed.dele):
                i[felt].append((nr, felt == lighed.hele))
        ens: dict[Hashable, list[FELT]] = defaultdict(list)
        for felt in self.udenfor:
            if self._maalt(felt) is None:
                ens[felt[0], tuple(i[felt])].append(felt)
        return {felt for felter in ens.values() if len(felter) > 1 for felt in felter}

    def _stedsummer(self) -> Iterable[Lighed]:
        for indikator in dict.fromkeys([*(c.indikator for c in self.celler), *sorted(self.heltal, key=str)]):
            for hele, dele in self.summer:
                felter = tuple((indikator, sted) for sted in sorted(dele, key=str))
                yield Lighed((indikator, hele), felter, baser=(hele, dele) not in self.i_tid)

    def _fortalte(self) -> Iterable[Lighed]:
        """At each place the indicators that are parts of another."""
        dele: dict[tuple, dict[Hashable, str]] = defaultdict(dict)
        for indikator, s in self.slaegt.items():
            if s.hele is not None:
                dele[s.del_af or ()][indikator] = s.folk
        steder = [*dict.fromkeys(c.sted for c in self.celler)]
        steder += sorted({sted for _, led in self.summer for sted in led} - set(steder), key=str)
        for (hele, *_), folk in dele.items():
            alle = [*folk.values(), self.folk.get(hele, "")]
            baser = all(alle) and len(set(alle)) == len(alle)
            for sted in steder:
                yield Lighed((hele, sted), tuple((del_, sted) for del_ in folk), fortalt=True, baser=baser)

    def _lighed(self, lighed: Lighed) -> None:
        """The equation of the counts and that of the bases, and a watch on what lies between the sum and its measured
        parts."""
        maalte = [self.nr[felt] for felt in lighed.dele if felt in self.nr]
        andre = [self._ved(felt) for felt in lighed.dele if felt not in self.nr]
        nr, hele = self.nr.get(lighed.hele), self._ved(lighed.hele)
        if nr is not None and lighed.fortalt and self._mangler(nr, lighed.dele):
            # Somebody more is a part of it, who is measured nowhere.
            andre.append(self._ny())
        led = ((hele, 1), *((2 * i, -1) for i in maalte), *((v, -1) for v in andre))
        self._lig(led, None if nr is None else self.antal(nr), [self.antal(i) for i in maalte], len(andre))
        if lighed.baser:
            self._baser(lighed, andre)
        if andre and nr is not None:
            self._har_rum(nr, maalte, [felt for felt in lighed.dele if felt not in self.nr])
            dele = [(2 * i, -1) for i in maalte]
            self._rest([(hele, 1), *dele], nr, maalte, [(hele, 1), *dele] if lighed.baser else [(hele, 1)])

    def _baser(self, lighed: Lighed, andre: list[int]) -> None:
        """The bases add up too. That of what is not measured is that of another indicator on the same people."""
        hele, *dele = [self._bund(felt) for felt in (lighed.hele, *lighed.dele)]
        fremmede = [(v + 1, None) for v in andre if v not in self.udenfor.values()]
        led = ((hele[0], 1), *((variabel, -1) for variabel, _ in [*dele, *fremmede]))
        kendes = [base for felt, (_, base) in zip(lighed.dele, dele, strict=True) if self._maalt(felt) is not None]
        self._lig(led, hele[1], kendes, len(dele) + len(fremmede) - len(kendes))

    def _har_rum(self, hele: int, maalte: list[int], udenfor: list[FELT]) -> None:
        rest, rum = _forskel([self.antal(nr) for nr in (hele, *maalte)]), [self._bund(felt)[1] for felt in udenfor]
        if rest is not None and rest > sum(base for base in rum if base is not None) and None not in rum:
            self.for_mange.update(udenfor)

    def _maalt(self, felt: FELT) -> int | None:
        """The cell that tells of the base there."""
        indikator, sted = felt
        if felt in self.nr or indikator not in self.folk:
            return self.nr.get(felt)
        numre = self.samme.get((self.folk[indikator], sted), [])
        return next((nr for nr in numre if self.base(nr) is not None), numre[0] if numre else None)

    def _bund(self, felt: FELT) -> tuple[int, int | None]:
        """The variable of the base, and what it is."""
        nr = self._maalt(felt)
        return (self._ved(felt) + 1, None) if nr is None else (2 * nr + 1, self.base(nr))

    def _mangler(self, hele: int, dele: tuple[FELT, ...]) -> bool:
        """There are more than the parts tell of."""
        forskel = _forskel([self.antal(hele), *(self._er(felt) for felt in dele)])
        return forskel is not None and forskel > 0

    def _er(self, felt: FELT) -> int | None:
        """The count, also of one that is not measured but whose parts are."""
        if felt in self.nr:
            return self.antal(self.nr[felt])
        indikator, sted = felt
        dele = [self.nr.get((d, sted)) for d, s in self.slaegt.items() if s.hele == indikator]
        antal = [None if nr is None else self.antal(nr) for nr in dele]
        return sum(n for n in antal if n is not None) if antal and None not in antal else None

    def _ved(self, felt: FELT) -> int:
        """The variable of the count; that of the base is the next."""
        if felt in self.nr:
            return 2 * self.nr[felt]
        if felt not in self.udenfor:
            self.udenfor[felt] = self._ny()
        return self.udenfor[felt]

    def _ny(self) -> int:
        variabel, self.variable = self.variable, self.variable + 2
        self.faste.append(Uligning(((variabel + 1, 1), (variabel, -1)), 0, None))
        return variabel

    def _indeni(self, indikator: Hashable) -> None:
        """A sum within another: what lies between them may be too few, though it is printed nowhere."""
        maalte = [(self.nr[indikator, s[0]], s) for s in self.summer if (indikator, s[0]) in self.nr]
        enkelte = [(i, frozenset([sted])) for (ind, sted), i in self.nr.items() if ind == indikator]
        for stor, (hele, alle) in maalte:
            for lille, nogle in [*((nr, dele) for nr, (_, dele) in maalte), *enkelte]:
                if nogle < alle and not any((indikator, sted) in self.nr for sted in alle - nogle):
                    led = [(2 * stor, 1), (2 * lille, -1)]
                    self._rest(led, stor, [lille], led[:1] if (hele, alle) in self.i_tid else led)

    def _rest(self, led: list[tuple[int, int]], hele: int, dele: list[int], af: list[tuple[int, int]]) -> None:
        """Watch the difference, and the rest of its group, when there is somebody and too few. The bases of `af` are
        the group."""
        forskel = _forskel([self.antal(nr) for nr in (hele, *dele)])
        if forskel is None:
            return
        if 0 < forskel < self.graense:
            self.foelsomme.append(Foelsom(None, tuple(led)))
        base = _forskel([self.base(variabel // 2) for variabel, _ in af])
        if base is not None and 0 < base - forskel < self.graense:
            bund = [(variabel + 1, vaegt) for variabel, vaegt in af]
            self.foelsomme.append(Foelsom(None, (*bund, *((v, -vaegt) for v, vaegt in led))))

    def _lig(self, led: LED, venstre: int | None, hoejre: list[int | None], ukendte: int = 0) -> None:
        """The equation, as if the reader knew how wrong it is where the figures do not add up; left out when it cannot
        be true whatever the unknown ones are."""
        kendte = [n for n in hoejre if n is not None]
        if venstre is not None and len(kendte) == len(hoejre) and not ukendte:
            forskel = venstre - sum(kendte)
            self.faste.append(Uligning(led, forskel, forskel))
        elif venstre is None or sum(kendte) <= venstre:
            self.faste.append(Uligning(led, 0, 0))

    def _samme_folk(self) -> None:
        """Indicators on the same people have one base, and their classes may exhaust it."""
        self._umaalte_baser()
        for numre in self.samme.values():
            for foerste, anden in pairwise(numre):
                if (self.grundlag[self.celler[foerste].noegle] & self.grundlag[self.celler[anden].noegle]).er_tomt:
                    continue
                ens: LED = ((2 * foerste + 1, 1), (2 * anden + 1, -1))
                self._lig(ens, self.base(foerste), [self.base(anden)])
            for klasser in self._udtoemmende(numre):
                led: LED = ((2 * numre[0] + 1, 1), *((2 * i, -1) for i in klasser))
                self._lig(led, self._faelles_base(numre), [self.antal(i) for i in klasser])

    def _umaalte_baser(self) -> None:
        """Where an indicator is in a sum and not measured, its base is that of the others on the same people there,
        measured or not; but for more than that base has room for, since the figures then contradict each other."""
        ens: dict[Hashable, int] = {}
        for felt, variabel in self.udenfor.items():
            indikator, sted = felt
            if indikator in self.folk:
                nr = self._maalt(felt)
                anden = 2 * nr + 1 if nr is not None else ens.setdefault((self.folk[indikator], sted), variabel + 1)
                if anden != variabel + 1 and felt not in self.for_mange:
                    self.faste.append(Uligning(((variabel + 1, 1), (anden, -1)), 0, 0))

    def _regnet(self, ligheder: list[Lighed]) -> tuple[dict[FELT, int], dict[FELT, int]]:
        """The counts at places that are measured, or follow from the places that they are summed with; and the bases,
        by those who count among the same people."""
        antal: dict[FELT, int | None] = {felt: self.antal(nr) for felt, nr in self.nr.items()}
        baser: dict[FELT, int | None] = {}
        for felt, nr in self.nr.items():
            if (base := self.base(nr)) is not None:
                baser[self._folk(felt)] = base
        kendt, kendte_baser = ({f: n for f, n in alt.items() if n is not None} for alt in (antal, baser))
        steder = [lighed for lighed in ligheder if not lighed.fortalt]
        while any([
            *(_foelger(kendt, lighed.hele, lighed.dele) for lighed in steder),
            *(
                _foelger(kendte_baser, self._folk(lighed.hele), tuple(map(self._folk, lighed.dele)))
                for lighed in steder
                if lighed.baser
            ),
        ]):  # fmt: skip
            pass
        return kendt, kendte_baser

    def _folk(self, felt: FELT) -> FELT:
        return self.folk.get(felt[0], felt[0]), felt[1]

    def _fortalte_klasser(self, ligheder: list[Lighed]) -> set[FELT]:
        """Those that somebody has said are the whole group are so at every place where anything is known of it; with a
        class that nobody measures, where they turn out to be fewer. What is not measured of them."""
        delte: dict[tuple, dict[Hashable, None]] = defaultdict(dict)
        for indikator, s in self.slaegt.items():
            if s.hele is None and s.del_af:
                delte[s.del_af][indikator] = None
        udenfor: set[FELT] = set()
        kendt, baser = self._regnet(ligheder) if delte else ({}, {})
        for klasser in delte.values():
            steder = dict.fromkeys(sted for k, sted in [*self.nr, *self.udenfor] if k in klasser)
            alle = [[(k, sted) for k in klasser] for sted in steder]
            # Where all are known and there are more people yet, one is measured nowhere.
            rester = [_forskel([baser.get(self._folk(f[0])), *(kendt.get(felt) for felt in f)]) for f in alle]
            andre = (("andre end", *klasser),) if any(rest is not None and rest > 0 for rest in rester) else ()
            for sted, felter, rest in zip(steder, alle, rester, strict=True):
                udenfor.update(self._klasser(felter, [(k, sted) for k in andre if rest != 0]))
            for k in andre:
                self._andre_i_alt(k)
        return udenfor

    def _andre_i_alt(self, klasse: Hashable) -> None:
        """The class that is measured nowhere adds up over places as the others do."""
        for hele, dele in self.summer:
            felter = [(klasse, sted) for sted in (hele, *sorted(dele, key=str))]
            if all(felt in self.udenfor for felt in felter):
                hele_, *dele_ = [self.udenfor[felt] for felt in felter]
                self._lig(((hele_, 1), *((variabel, -1) for variabel in dele_)), None, [], len(felter))

    def _klasser(self, felter: list[FELT], andre: list[FELT]) -> list[FELT]:
        """The group at one place is its classes, and the one that is measured nowhere when there is one; those of them
        that are not measured."""
        maalte, udenfor = [self.nr[f] for f in felter if f in self.nr], [f for f in felter if f not in self.nr]
        bund, base = self._bund(felter[0])
        udenfor += andre
        ukendte = [self._ved(felt) for felt in udenfor]
        rest = _forskel([base, *(self.antal(nr) for nr in maalte)])
        led = ((bund, 1), *((2 * i, -1) for i in maalte), *((v, -1) for v in ukendte))
        if len(ukendte) == 1 and rest is not None and 0 < rest < self.graense:
            self.foelsomme.append(Foelsom(None, ((ukendte[0], 1),)))
        self._lig(led, base, [self.antal(i) for i in maalte], len(ukendte))
        return udenfor

    def _faelles_base(self, numre: list[int]) -> int | None:
        return next((base for i in numre if (base := self.base(i)) is not None), None)

    def _udtoemmende(self, numre: list[int]) -> list[tuple[int, ...]]:
        """The classes that add up to the whole group, by their figures here: no smaller set among them does."""
        fundne: list[tuple[int, ...]] = []
        stoerrelser = range(2, len(numre) + 1) if len(numre) <= FLEST_KLASSER else [len(numre)]
        for klasser in (k for stoerrelse in stoerrelser for k in combinations(numre, stoerrelse)):
            if not any(set(k) < set(klasser) for k in fundne) and self._er_alle(klasser, numre):
                fundne.append(klasser)
        return fundne

    def _er_alle(self, klasser: tuple[int, ...], numre: list[int]) -> bool:
        antal, base = [self.antal(i) for i in klasser], self._faelles_base(numre)
        ukendte = antal.count(None)
        rest = None if base is None else base - sum(n for n in antal if n is not None)
        if rest is not None and all(self.antal(i) is not None or self.celler[i].skjult_af_kilden for i in klasser):
            return rest == 0 if not ukendte else 0 < rest < self.graense * ukendte
        andele = [_andel(self.celler[i]) for i in klasser]
        if None in andele:
            return False
        lav, hoej = (sum(andel[ende] for andel in andele if andel) for ende in (0, 1))
        return lav <= HUNDREDE <= hoej <= lav + 2

    # --- what is to be kept ------------------------------------------------------------------------------------------

    def _foelsom(self, nr: int) -> None:
        c, n, g = self.celler[nr], 2 * nr, 2 * nr + 1
        if c.skjult_af_kilden:
            self.foelsomme.append(Foelsom(c.noegle, ((n, 1),), lille=False))
            return
        grundlag = self.grundlag[c.noegle]
        antal = c.muligt_antal(grundlag)
        if antal is not None and mellem(antal, self.graense):
            self.foelsomme.append(Foelsom(c.noegle, ((n, 1),)))
        if antal is not None and mellem(grundlag.uden(antal), self.graense):
            self.foelsomme.append(Foelsom(c.noegle, ((g, 1), (n, -1))))

    def _uvisse(self) -> None:
        """The counts and rests that follow from no figure of their own, but may from the equations that they are in."""
        i_ligning = {variabel for linje in self.faste if _binder(linje) for variabel, _ in linje.led}
        kendt_base = any(c.grundlag is not None or c.procent is not None for c in self.celler)
        for nr, c in enumerate(self.celler):
            n, g = 2 * nr, 2 * nr + 1
            if self.base(nr) is not None or c.skjult_af_kilden or not {n, g} & i_ligning:
                continue
            if c.antal is None and (c.procent is not None or c.snit):
                self.foelsomme.append(Foelsom(c.noegle, ((n, 1),), uvis=True))
            if not c.snit and kendt_base and g in i_ligning:
                self.foelsomme.append(Foelsom(c.noegle, ((g, 1), (n, -1)), uvis=True))


def _binder(linje: Uligning) -> bool:
    """An equation, and not only that a count lies within its base."""
    return linje.lo is not None and linje.lo == linje.hi


def _foelger(kendte: dict[FELT, int], hele: FELT, dele: tuple[FELT, ...]) -> bool:
    """Whether one more is known by the others of the sum; it is put among them."""
    ukendte = [felt for felt in (hele, *dele) if felt not in kendte]
    if len(ukendte) != 1:
        return False
    andre = sum(kendte[felt] for felt in dele if felt in kendte)
    kendte[ukendte[0]] = max(andre if hele not in kendte else kendte[hele] - andre, 0)
    return True


def _sigende(ligheder: list[Lighed], maalte: Collection[FELT]) -> list[Lighed]:
    """Without those whose sum is neither measured nor stands in another: they say nothing."""
    while True:
        gange = Counter(felt for lighed in ligheder for felt in (lighed.hele, *lighed.dele))
        sigende = [lighed for lighed in ligheder if lighed.hele in maalte or gange[lighed.hele] > 1]
        if len(sigende) == len(ligheder):
            return ligheder
        ligheder = sigende


def _gange(c: Celle) -> int:
    """How many times the count the base of its percent is at the least, rounded up."""
    if c.procent is None:
        return 1
    _, hoej, naevner = spaend(c.procent, c.decimaler)
    return -(-HUNDREDE * naevner // hoej) if hoej > 0 else 1


def _forskel(tallene: list[int | None]) -> int | None:
    """The first less the others; None when one of them is not known."""
    kendte = [n for n in tallene if n is not None]
    return kendte[0] - sum(kendte[1:]) if len(kendte) == len(tallene) else None


def _inden_for(variabel: int, interval: Interval) -> Iterable[Uligning]:
    if interval != ALT and not interval.er_tomt:
        yield Uligning(((variabel, 1),), interval.mindst, interval.hoejst)


def _andel(c: Celle) -> tuple[float, float] | None:
    """The lowest and highest percent that the cell may stand for."""
    if c.procent is not None:
        lav, hoej, naevner = spaend(c.procent, c.decimaler)
        return lav / naevner, hoej / naevner
    if c.antal is None or not c.grundlag:
        return None
    return (HUNDREDE * c.antal / c.grundlag,) * 2
