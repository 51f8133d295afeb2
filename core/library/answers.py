"""What the library answers with: small frozen rows for lists, trees and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from core.library.query import Query
from core.records import MechanismKind, Metric, Part, State

Where = Literal["title", "mechanism", "figure", "body"]
Outcome = Literal["added", "known", "failed"]
DeskState = Literal["waiting", "ready", "added", "known", "failed"]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What the list shows of a case; ``place`` is 「衢州市 · 常山县」, empty when unknown.

    The title says so where the row itself cannot be read; the case may be damaged beyond it (``Case.fault``).
    """

    num: int
    id: str
    title: str
    place: str
    themes: tuple[str, ...]
    published: str
    figures: int
    state: State
    kind: str
    tags: tuple[str, ...] = ()
    starred: bool = False


@dataclass(frozen=True, slots=True)
class BinRow:
    """A case that lies in the bin: its id, its title, when it was put there (UTC)."""

    id: str
    title: str
    at: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few words around the best hit, and the half-open spans of the hits in them."""

    text: str
    marks: tuple[tuple[int, int], ...]
    where: Where = "body"


class Progress(NamedTuple):
    """How many of some cases are checked, doubtful, wrong; nobody has looked at the others."""

    checked: int = 0
    unsure: int = 0
    wrong: int = 0

    def unchecked(self, total: int) -> int:
        """Return how many of so many cases nobody has looked at."""
        return total - sum(self)

    def state(self, total: int) -> State | None:
        """Return the state that all of so many cases are in; None where they are not in the same.

        >>> [Progress(*counts).state(2) for counts in ((2, 0, 0), (0, 0, 0), (0, 2, 0), (1, 1, 0))]
        ['checked', 'unchecked', 'unsure', None]
        """
        counts: dict[State, int] = {"checked": self.checked, "unsure": self.unsure, "wrong": self.wrong}
        if not any(self):
            return "unchecked"
        return next((state for state, count in counts.items() if count == total), None)


NOT_BEGUN = Progress()


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of the tree.

    ``key`` is stable: ("city", "330800"), ("county", "330822"), ("theme", "基层治理", "330822"). ``total`` are the
    distinct cases of the library under it, ``hits`` those among the hits, None without a search, ``progress`` how many
    of all of them are checked. ``query`` has only the places and themes that choosing the node narrows to.
    """

    key: tuple[str, ...]
    label: str
    total: int
    hits: int | None
    query: Query
    has_children: bool
    progress: Progress = NOT_BEGUN


@dataclass(frozen=True, slots=True)
class FigureStanding:
    """Where a figure stands: its number in the file, that of its case, its id, how surely it was read, its state."""

    num: int
    case: int
    id: str
    confidence: float
    state: State


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with the case that it is from."""

    num: int
    metric: Metric
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the library: counts, the cases by city and theme, the most frequent indicators' largest figures."""

    cases: int
    news: int
    places: int
    themes: int
    mechanisms: int
    figures: int
    sources: int
    cities: tuple[tuple[str, str], ...]
    """(key, name) of each city that has cases, in the order of the tree."""
    heat: dict[tuple[str, str], int] = field(default_factory=dict)
    """(city key, theme) → cases."""
    largest: tuple[FigureRow, ...] = ()
    states: dict[State, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with the number of cases read from it; ``kind`` is ``page`` or ``excerpt`` (摘录)."""

    id: str
    name: str
    paper: str
    published: str
    page_no: str
    cases: int
    kind: str
    imported: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """What became of a file of an import; ``when`` is UTC, empty for now; ``reason`` says why nothing was added."""

    when: str
    file: str
    outcome: Outcome
    pages: int = 0
    cases: int = 0
    figures: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """What waits on the import desk: a file to be read, a page that was read, or a file that gave none.

    ``id`` is made by whoever puts it there; rows are unlike by it.
    """

    id: str
    name: str
    state: DeskState = "waiting"
    file: str = ""
    """The whole path; empty for what was pasted."""
    seal: str = ""
    """What only the person who named the file can have written beside its path."""
    direct: bool = False
    """It goes into the library as soon as it is read, and is shown in no list."""
    note: str = ""
    """Why a file failed; what else a person should know."""
    articles: int = 0
    figures: int = 0
    doubts: int = 0
    source: str = ""
    """The page of the library that is put right; empty for a page that is not there yet."""
    came_as: str = ""
    """The page of the library that it became when it was accepted."""
    hand: str = ""
    """What a person did to the page, as ``core.desk.saved`` writes it down."""


@dataclass(frozen=True, slots=True)
class SelectionRow:
    """A selection (汇编) and the number of its cases."""

    id: str
    name: str
    cases: int


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line of a selection as it is written up: a case, or a heading or note that a person wrote.

    ``key`` is the number of a case, or the id of a text. ``text`` is the title of a case, or what was written; ``note``
    stands with a case. ``figures`` are the ids of the figures that were chosen, None for all; of the ``has_figures``
    that the case has, ``written`` are written.
    """

    kind: Literal["case", "heading", "note"]
    key: int | str
    text: str
    note: str = ""
    figures: frozenset[str] | None = None
    has_figures: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """A selection with all that is written up: its own title (may be empty), its lines in their order."""

    id: str
    name: str
    title: str
    lines: tuple[OutlineLine, ...]

    @property
    def nums(self) -> tuple[int, ...]:
        """Return the cases in their order."""
        return tuple(line.key for line in self.lines if isinstance(line.key, int))


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """A mechanism by its printed name, with what the cases that have it say of it.

    ``why`` is one word for why it was found similar to another; empty otherwise.
    """

    name: str
    kind: MechanismKind | None
    cases: int
    places: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    note: str = ""
    why: str = ""
