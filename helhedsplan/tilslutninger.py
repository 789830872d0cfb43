"""What the rooms hang up for the whole house: rules, plan-file sections, papers, menu entries.

Rooms to the right add to these lists in `AppConfig.ready()`, so that `kontroller`, `indlaes`, `udskriv`, `pdf` and the
side navigation reach them without an import against the direction of the house.
"""

from collections.abc import Callable
from dataclasses import dataclass

#: Each takes a plan and returns its findings (list of helhedsplan.fund.Fund).
PLANREGLER: list[Callable] = []

#: (kinds of document, function): the function takes a plan and returns {(kind, emne): [what is lacking, in words]},
#: what makes such a document hollow though something is written of it. In a constant number of queries.
HULLER: list[tuple[frozenset[str], Callable]] = []


@dataclass(frozen=True)
class Planfilsektion:
    """A top-level key of the plan file kept by a room.

    skriv(plan) -> plain data, or None when there is nothing; laes(plan, data, laeser) applies it, reporting faults to
    the reader `laeser` by path. `data` is None when the file of an existing plan lacks the key: clear what is held.
    naevner(plan) -> organisations and departments that the section refers to: the file must hold them too.
    """

    noegle: str
    skriv: Callable
    laes: Callable
    naevner: Callable = lambda plan: ()


PLANFILSEKTIONER: list[Planfilsektion] = []


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
    as long as nothing is written in the plan.
    """

    orden: int
    skabelon: str
    hent: Callable


OVERBLIKSDELE: list[Overbliksdel] = []

#: Paper name on the command line (before any ':') -> function(plan, argument) -> (PDF bytes, file name).
PAPIRER: dict[str, Callable] = {}

#: Each takes a plan and returns figures by the pk of the fixed indicator, {pk: aftaler.queries.dokument.Maaltal}, and
#: the plan's own success criteria: [aftaler.queries.dokument.Kriterium].
MAALTAL: list[Callable] = []

#: Each takes a plan and returns who has seats on its board: [aftaler.queries.dokument.Sidevisning]. It must not depend
#: on the day: an edition is held up against what is written, and time alone changes no paper.
BESTYRELSER: list[Callable] = []

#: What knows of the measurements that prose is bound to: each takes a plan and a set of references, and returns a
#: helhedsplan.tekst.Talkilde for each one it knows.
TALOPSLAG: list[Callable] = []


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

#: Each takes a person and returns what waits for them, first thing first: list of aftaler.queries.overblik.Ventende.
VENTER: list[Callable] = []

#: Each takes a draft of a budget revision and returns why it may not be approved now, in Danish; '' when it may.
REVISIONSSPAERRER: list[Callable] = []

#: Each takes a plan and returns where its people are named: [(a queryset, the field that holds a name)].
PERSONER: list[Callable] = []

#: Each takes a budget revision, a day and who approves it, and returns why no decision of the board from that day
#: stands anywhere; '' when one does.
BESTYRELSENS_BESLUTNINGER: list[Callable] = []

#: Each takes a plan and some of its budget revisions, and returns what to say of where the board's decision on each
#: stands, by its key, in Danish.
BESLUTNINGSMAERKER: list[Callable] = []

#: The parameters of a rule set that the rules read, by noegle; others are only shown.
PARAMETRE: set[str] = set()

#: What a plan's own value does, in Danish, by the parameter's noegle: said where it is typed.
PARAMETERHJAELP: dict[str, str] = {}

#: Each takes a plan before something is written that figures hang on, and returns a function that is asked after it
#: what to warn of, in Danish.
SKRIVEVAGTER: list[Callable] = []

#: Each takes a plan as it is saved and another period (its two days, or None), and returns what would move with it, in
#: Danish: [] when nothing. It is asked about before it is saved.
PERIODEVAGTER: list[Callable] = []

#: Each takes a plan and returns what of it stands in the way of deleting it, in Danish: "2 frosne udgaver".
PLANSPAERRER: list[Callable] = []
