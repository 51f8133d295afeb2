"""One library: a SQLite file of cases, opened, read, changed, undone and backed up.

CONTRACT SKETCH (to be implemented; signatures are what the window is written against).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from core.records import Article, Case, Mechanism, Metric, Page, Place, Span, State

# ---- errors (core/library/errors.py): str(error) is the sentence for the user, .detail the technical rest
class LibraryError(Exception):
    detail: str = ""
# subclasses: NotALibrary, DamagedLibrary, NewerLibrary, LockedLibrary, ReadOnlyLibrary, MissingLibrary


Order = Literal["rank", "title", "place", "themes", "published", "figures", "state", "added"]


@dataclass(frozen=True, slots=True)
class Query:                                    # core/library/query.py
    """What a person asks of the library; every field that is set narrows the hits."""
    words: str = ""                             # as typed: words = all of them; "引号" or “引号” = one phrase
    places: tuple[str, ...] = ()                # codes of any level (province 330000, city 330800, county 330822); any of them
    themes: tuple[str, ...] = ()                # any of them
    mechanisms: tuple[str, ...] = ()            # mechanism names; any of them
    sources: tuple[str, ...] = ()               # source ids; any
    selection: str = ""                         # selection id: only its cases (and in its order when order == "rank" and no words)
    since: str = ""                             # ISO date, as much as is known
    until: str = ""
    indicator: str = ""                         # figures: indicator contains …
    value_min: Decimal | None = None            # … value between … (compared as exact numbers, value..value_max overlaps)
    value_max: Decimal | None = None
    unit: str = ""                              # … in this unit
    states: tuple[State, ...] = ()
    kinds: tuple[str, ...] = ()                 # case · news · caption
    order: Order = "rank"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What the list shows of a case."""
    num: int
    id: str
    title: str
    place: str                                  # "衢州市 · 常山县", "" unknown
    themes: tuple[str, ...]
    published: str
    figures: int
    state: State
    kind: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few words around the best hit: text, where it is from, and the marked half-open spans in the text."""
    text: str
    marks: tuple[tuple[int, int], ...]
    where: Literal["title", "mechanism", "figure", "body"] = "body"


@dataclass(frozen=True, slots=True)
class TreeNode:                                 # core/library/tree.py
    """A node of the tree. key is hashable and stable: ("city","330800"), ("county","330822"), ("theme","基层治理","330822") …"""
    key: tuple[str, ...]
    label: str                                  # 衢州市
    total: int                                  # cases in the library under it (distinct)
    hits: int | None                            # cases among the hits; None when there is no search
    query: Query                                # what choosing it narrows to (only the places / themes part is set)
    has_children: bool


class Hits:                                     # core/library/search.py
    """The answer to a Query: all hits in order, in array('q')."""
    nums: "array[int]"
    query: Query
    total: int                                  # len(nums)
    def __len__(self) -> int: ...


class Library:
    path: Path
    read_only: bool
    id: str                                     # UUID of the library
    changed: int                                # counter that rises with every committed change (PRAGMA data_version aware)

    @classmethod
    def create(cls, path: Path) -> Library: ...
    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, backup: bool = False, foreign: bool = False) -> Library:
        """backup=True: SQLite backup beside it into 备份/ keeping the last n; foreign=True: quick_check first."""
    def close(self) -> None: ...

    # reading
    def count(self) -> int: ...
    def rows_of(self, nums: Sequence[int]) -> list[CaseRow]: ...        # in that order; one query a call
    def case(self, num: int) -> Case: ...                              # whole, with metrics and mechanisms; KeyError when gone
    def num_of(self, case_id: str) -> int: ...                         # KeyError
    def source_text(self, source_id: str) -> str: ...
    def sources(self) -> list[SourceRow]: ...                          # id, name, paper, published, page_no, cases, kind ("page"|"excerpt"), imported
    def mechanisms(self, words: str = "") -> list[MechanismRow]: ...    # name, kind, cases (count), places, parts, note
    def mechanism_cases(self, name: str) -> list[tuple[int, Mechanism, str, str]]: ...   # (num, mechanism as that case tells it, title, place)
    def similar_mechanisms(self, name: str) -> list[MechanismRow]: ... # who else has one like it
    def search(self, query: Query) -> Hits: ...
    def snippets(self, nums: Sequence[int], query: Query) -> dict[int, Snippet]: ...
    def marks(self, text: str, query: Query) -> list[tuple[int, int]]: ...   # where the query's words stand in any text (highlights)
    def tree(self, by: Literal["place", "theme"], hits: Hits | None = None, parent: tuple[str, ...] = ()) -> list[TreeNode]: ...
    def overview(self) -> Overview: ...
    #   Overview(cases, news, places, themes, mechanisms, figures, sources, cities: [(code, name)], heat: {(city_code, theme): n},
    #            largest: [FigureRow], states: {State: n})
    #   FigureRow(num, metric, title, place): largest figures by indicator
    def figures(self, query: Query) -> list[FigureRow]: ...            # figures of the hits that match indicator/unit/value

    # changing: each is one transaction, whole or not at all; each undoable by one undo()
    def add_cases(self, cases: Iterable[Case], page: Page | None = None) -> list[int]: ...
    def add_page(self, page: Page, articles: Sequence[Article]) -> list[int]: ...
    def selections(self) -> list[SelectionRow]: ...                    # id, name, cases
    def add_selection(self, name: str) -> str: ...                     # id
    def rename_selection(self, selection_id: str, name: str) -> None: ...
    def remove_selection(self, selection_id: str) -> None: ...
    def add_to_selection(self, selection_id: str, nums: Sequence[int], at: int | None = None) -> int: ...   # how many were new
    def remove_from_selection(self, selection_id: str, nums: Sequence[int]) -> None: ...
    def move_in_selection(self, selection_id: str, nums: Sequence[int], at: int) -> None: ...
    def set_place(self, nums: Sequence[int], place: Place) -> None: ...
    def set_themes(self, nums: Sequence[int], themes: Sequence[str]) -> None: ...
    def set_title(self, num: int, title: str) -> None: ...
    def remove_cases(self, nums: Sequence[int]) -> None: ...            # undoable
    def undo(self) -> str: ...                                         # what was undone, in words ("移出汇编 3 例"); "" nothing to undo
    def redo(self) -> str: ...
    @property
    def undo_text(self) -> str: ...                                    # what undo would undo, "" if nothing
    @property
    def redo_text(self) -> str: ...

    # safety
    def back_up(self, target: Path) -> None: ...                       # SQLite backup API; 另存/备份
    def backups(self) -> list[Path]: ...                               # newest first
    # module function restore(backup: Path, path: Path) -> None: keeps the replaced file beside it
