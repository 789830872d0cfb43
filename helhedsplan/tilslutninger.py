"""What the rooms hang up for the whole house: rules, plan-file sections, papers, menu entries.

Rooms to the right add to these lists in `AppConfig.ready()`, so that `kontroller`, `indlaes`, `udskriv`, `pdf` and the
side navigation reach them without an import against the direction of the house.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeAlias

from helhedsplan.fund import Fund
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tekst import Talkilde

# Models of the rooms to the right, which are not known here.
Plan: TypeAlias = Any
Bruger: TypeAlias = Any
Revision: TypeAlias = Any
Udbakkebrev: TypeAlias = Any


class Planregel(Protocol):
    """The findings of a plan."""

    __name__: str

    def __call__(self, plan: Plan, /) -> list[Fund]: ...


PLANREGLER: list[Planregel] = []


class Hulfinder(Protocol):
    """{(kind, emne): [what is lacking, in words]}: what makes such a document hollow though something is written of
    it. In a constant number of queries."""

    def __call__(self, plan: Plan, /) -> Mapping[tuple[str, str], list[str]]: ...


#: With the kinds of document that each knows of.
HULLER: list[tuple[frozenset[str], Hulfinder]] = []


#: Keys of the plan file that a room keeps: the dotted name of an `aftaler.planfil.sektioner.Sektion`, which is imported
#: when somebody reads or writes a plan file.
PLANFILSEKTIONER: list[str] = []


@dataclass(frozen=True)
class Menupunkt:
    """An entry of the plan's side navigation: its place, text, URL name taking the plan's noegle, and sub-entries."""

    orden: int
    tekst: str
    urlnavn: str
    under: Callable | None = None


MENUPUNKTER: list[Menupunkt] = []


@dataclass(frozen=True)
class Overbliksdel:
    """A part of a plan's overview kept by a room: its place, its template, and what the template gets as `data`.

    hent(plan) -> what can be pickled and is the same for everybody, or None for nothing to show. The page keeps it for
    as long as nothing is written in the plan. kun_undervejs: it asks for what is still to be done, and is not shown of
    a plan that is over.
    """

    orden: int
    skabelon: str
    hent: Callable
    kun_undervejs: bool = False


OVERBLIKSDELE: list[Overbliksdel] = []


@dataclass(frozen=True)
class Kortdel:
    """A part of the overview of who does not read the whole plan: its place, its template, what the template gets as
    `data`, and the right that it is for. hent(plan): the plan has the person's membership on it; None for nothing."""

    orden: int
    skabelon: str
    hent: Callable
    rettighed: Rettighed


KORTDELE: list[Kortdel] = []


class Papirbestilling(Protocol):
    """The bytes of a PDF and the name of the file; `argument` is what stands after the colon."""

    def __call__(self, plan: Plan, argument: str, /) -> tuple[bytes, str]: ...


#: By the paper's name on the command line (before any ':').
PAPIRER: dict[str, Papirbestilling] = {}


class Maaltalgiver(Protocol):
    """Figures by the pk of the fixed indicator, {pk: aftaler.queries.dokument.Maaltal}, and the plan's own success
    criteria: [aftaler.queries.dokument.Kriterium]."""

    def __call__(self, plan: Plan, /) -> tuple[dict[int, Any], Sequence[Any]]: ...


MAALTAL: list[Maaltalgiver] = []


class Bestyrelsesgiver(Protocol):
    """Who has seats on the plan's board: [aftaler.queries.dokument.Sidevisning]. It must not depend on the day: an
    edition is held up against what is written, and time alone changes no paper."""

    def __call__(self, plan: Plan, /) -> Sequence[Any]: ...


BESTYRELSER: list[Bestyrelsesgiver] = []


class Laggiver(Protocol):
    """What a room knows that a layer on top of the plan changes: (key, name, words) for its paper."""

    def __call__(self, lag: Any, /) -> Iterable[tuple[str, str, str]]: ...


LAGFAKTA: list[Laggiver] = []


class Talopslag(Protocol):
    """What knows of the measurements that prose is bound to: a source for each of the references that it knows."""

    def __call__(self, plan: Plan, henvisninger: set[str], /) -> Iterable[Talkilde]: ...


TALOPSLAG: list[Talopslag] = []


@dataclass(frozen=True)
class Tekstvaerktoej:
    """What a room gives the editor of a section: where it asks what can be bound, and a page about what is."""

    valg_url: str
    side_url: str = ""
    side_tekst: str = ""


@dataclass(frozen=True)
class Afsnitsfoelger:
    """What a room keeps in step with the text of a section.

    klargoer(afsnit, tekst) -> the text as it is to be saved; raises ValidationError on what cannot be.
    foelg(bruger=, afsnit=) writes what hangs on the text, with its log, in the transaction that has saved it.
    vaerktoej(afsnit) -> Tekstvaerktoej for those who write it.
    """

    klargoer: Callable
    foelg: Callable
    vaerktoej: Callable


AFSNITSFOELGERE: list[Afsnitsfoelger] = []


class Ventegiver(Protocol):
    """What waits for a person, first thing first: [aftaler.queries.overblik.Ventende]."""

    def __call__(self, bruger: Bruger, /) -> Sequence[Any]: ...


VENTER: list[Ventegiver] = []


class Persongiver(Protocol):
    """Where the plan's people are named: [(a queryset, the field that holds a name)]."""

    def __call__(self, plan: Plan, /) -> Sequence[tuple[Any, str]]: ...


PERSONER: list[Persongiver] = []


@dataclass(frozen=True)
class Revisionsbeslutninger:
    """What the room of decisions knows of a budget's revisions.

    venter(draft) -> why it may not be approved now, in Danish; '' when it may. mangler(revision, day, who approves) ->
    why no decision of the board from that day stands anywhere; '' when one does. maerker(plan, revisions) -> what to
    say of where the board's decision on each stands, by its key, in Danish.
    """

    venter: Callable[[Revision], str]
    mangler: Callable[[Revision, date, Bruger], str]
    maerker: Callable[[Plan, Sequence[Revision]], Mapping[int, str]]


REVISIONSBESLUTNINGER: list[Revisionsbeslutninger] = []

#: The parameters of a rule set that the rules read, by noegle; others are only shown.
PARAMETRE: set[str] = set()

#: What a plan's own value does, in Danish, by the parameter's noegle: said where it is typed.
PARAMETERHJAELP: dict[str, str] = {}


class Skrivevagt(Protocol):
    """Taken before something is written that figures hang on: a function that is asked after it what to warn of, in
    Danish."""

    def __call__(self, plan: Plan, /) -> Callable[[], list[str]]: ...


SKRIVEVAGTER: list[Skrivevagt] = []


@dataclass(frozen=True)
class Udgivetpapir:
    """A paper that is out and never changes: its name, its page, and what it says, as it is frozen."""

    navn: str
    url: str
    indhold: Any


class Udgiver(Protocol):
    """The papers of a plan that are out."""

    def __call__(self, plan: Plan, /) -> Iterable[Udgivetpapir]: ...


UDGIVERE: list[Udgiver] = []


class Periodevagt(Protocol):
    """What would move with another period than the one that is saved, in Danish: [] when nothing. It is asked about
    before it is saved."""

    def __call__(self, plan: Plan, fra: date | None, til: date | None, /) -> list[str]: ...


PERIODEVAGTER: list[Periodevagt] = []


class Planspaerre(Protocol):
    """What stands in the way of deleting a plan, in Danish: "2 frosne udgaver"."""

    def __call__(self, plan: Plan, /) -> list[str]: ...


PLANSPAERRER: list[Planspaerre] = []


@dataclass(frozen=True)
class Regelsaetfoelger:
    """What a room keeps by a rule set beside its rows, and how it goes along.

    kopier(bruger=, fra=, til=): a copy has what the old one has. udgiv(bruger=, regelsaet=): what must be there before
    plans stand on it. flyt(plan, til, ny): point what the plan has to the rows of the rule set `til`; `ny(row)` gives
    the row's counterpart in it, or raises ValidationError. slet(bruger=, regelsaet=): take it away with a draft.
    """

    kopier: Callable = lambda *, bruger, fra, til: None
    udgiv: Callable = lambda *, bruger, regelsaet: None
    flyt: Callable = lambda plan, til, ny: None
    slet: Callable = lambda *, bruger, regelsaet: None


REGELSAETFOELGERE: list[Regelsaetfoelger] = []


@dataclass(frozen=True)
class Brevslags:
    """What a room knows of a kind of letter in the outbox (helhedsplan.udbakke).

    forbi(letter) -> why it is not to be sent any more, in Danish; '' when it is. `tekst` can be read in it.
    sendt(letter, when) writes that it has gone, in the transaction that says so of the letter.
    """

    forbi: Callable[[Udbakkebrev], str]
    sendt: Callable[[Udbakkebrev, datetime], None] = lambda brev, nu: None


#: By `Udbakkebrev.slags`.
BREVE: dict[str, Brevslags] = {}


class Gendanvagt(Protocol):
    """Why a deleted thing may not be put back now, in Danish: [] when nothing stands in the way. It is not saved, and
    what it stands under is there."""

    def __call__(self, objekt: Any, /) -> list[str]: ...


GENDANVAGTER: list[Gendanvagt] = []


@dataclass(frozen=True)
class Tekstretter:
    """How an earlier text of a kind of thing is written again, by the room's own action, with all that it asks.

    ret(bruger=, objekt=, felter=, version=): `felter` has one text by the name of its field, or the rows below by the
    name of their relation. underfelt(name) -> the field of something below, which the log tells of with the object.
    """

    ret: Callable[..., Any]
    underfelt: Callable[[str], Any] = lambda navn: None


#: By what the log calls the kind of thing.
TEKSTRETTERE: dict[str, Tekstretter] = {}


@dataclass(frozen=True)
class Personspor:
    """What a room knows of a person with an account, when the account is to be made anonymous.

    i_vejen(person) -> why not yet, in Danish; [] when nothing. fjern(bruger=, person=, navn=): take the name out of the
    room's own rows, and away what was only the person's; in the transaction that makes the account anonymous.
    """

    i_vejen: Callable[[Bruger], list[str]]
    fjern: Callable[..., None]


PERSONSPOR: list[Personspor] = []
