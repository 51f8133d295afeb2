"""What a person who browses asks of a library, and the answers as they come: the list, the tree, other words."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from core.library import Query
from core.library.answers import NOT_BEGUN, Progress

if TYPE_CHECKING:
    from core.library import By, CaseRow, Hits, Library, Snippet, TreeNode

FIRST_ROWS = 16
UNASKED = Query()
ORDERING = {"order", "descending"}
WHERE = ("places", "themes", "sources", "mechanisms", "selection", "starred")
Branches: TypeAlias = "Sequence[tuple[TreeNode, Branches | None]]"
"""Nodes of the tree, each with those under it when it is open."""


class Question(NamedTuple):
    """What stands in the search box and the filters, and what is chosen at the left."""

    asked: Query = UNASKED
    scope: Query = UNASKED
    by: By = "place"
    opened: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """The cases for the list, in order; ``found`` counts the hits in the whole library."""

    question: Question
    nums: Sequence[int]
    query: Query
    found: int
    snippets: Mapping[int, Snippet] = field(default_factory=dict)


class Apart(NamedTuple):
    """For a run of characters that stands nowhere: its words, and how many cases have all of them."""

    question: Question
    words: str
    found: int


class Counted(NamedTuple):
    """The tree with its counts."""

    question: Question
    hits: Hits | None
    branches: Branches
    total: int
    mechanisms: int
    progress: Progress = NOT_BEGUN
    """How many of all cases are checked."""
    starred: tuple[int, int | None] = (0, None)
    """How many cases have a star, and how many of them are among the hits of a search."""


def is_asking(query: Query) -> bool:
    """Return whether the query narrows anything."""
    return any(getattr(query, f.name) != f.default for f in fields(Query) if f.name not in ORDERING)


def answer(library: Library, question: Question, cache: Path | None = None) -> Iterator[Listed | Counted | Apart]:
    """Yield first the list, then the tree; where nothing was found, what its words taken apart would find."""
    asking = is_asking(question.asked)
    found = library.search.find(question.asked)
    query, nums = _within(library, question, found)
    snippets = library.search.snippets(nums[:FIRST_ROWS], query) if question.asked.words and nums else {}
    yield Listed(question, nums, query, len(found), snippets)
    hits = found if asking else None
    branches = branches_of(library, question.by, hits, question.opened)
    stars = library.contents.starred()
    starred = len(stars), None if hits is None else len(set(stars).intersection(hits.nums)) if stars else 0
    counts = library.cases.count(), library.mechanisms.count(), library.contents.progress()
    yield Counted(question, hits, branches, *counts, starred)
    if not found and question.asked.words:
        yield from _taken_apart(library, question, cache)


def _taken_apart(library: Library, question: Question, cache: Path | None) -> Iterator[Apart]:
    from core.text.segment import words_apart  # loads a word list: only for a query that finds nothing

    words = " ".join(words_apart(question.asked.words, cache))
    count = len(library.search.find(replace(question.asked, words=words))) if words else 0
    if count:
        yield Apart(question, words, count)


def _within(library: Library, question: Question, found: Hits) -> tuple[Query, Sequence[int]]:
    """The hits inside the scope, in the order that was asked for."""
    asked, scope = question.asked, question.scope
    if not is_asking(scope):
        return asked, found.nums
    both = [name for name in WHERE if getattr(asked, name) and getattr(scope, name)]
    query = replace(asked, **{name: getattr(scope, name) or getattr(asked, name) for name in WHERE})
    nums: Sequence[int] = library.search.find(query).nums
    if both:  # a query holds one choice of places or themes, and two hold here
        allowed = set(found.nums)
        nums = array("q", (num for num in nums if num in allowed))
    return query, nums


def branches_of(
    library: Library, by: By, hits: Hits | None, opened: frozenset[tuple[str, ...]], parent: tuple[str, ...] = ()
) -> Branches:
    """Return the nodes under ``parent`` with the children of those that are open."""
    return [
        (node, branches_of(library, by, hits, opened, node.key) if node.has_children and node.key in opened else None)
        for node in library.contents.tree(by, hits, parent)
    ]


def moved(order: Sequence[int], nums: Sequence[int], at: int) -> array[int]:
    """Return an order of cases with some of them moved before the one that stands at that place.

    >>> moved([1, 2, 3, 4], [4], 1).tolist()
    [1, 4, 2, 3]
    """
    away = set(nums)
    before = [num for num in order[:at] if num not in away]
    return array("q", [*before, *nums, *(num for num in order[at:] if num not in away)])


def rows_in_pages(library: Library, nums: Sequence[int], size: int = 2000) -> Iterator[list[CaseRow]]:
    """Return the rows of many cases, a page at a time."""
    for at in range(0, len(nums), size):
        yield library.cases.rows(nums[at : at + size])


def places_for(typed: str) -> list[tuple[str, str, str]]:
    """Return the places that typed text may mean: code in force, name from the province down, a note on an old name."""
    from core.places.areas import full_label
    from core.places.gazetteer import find_places, gazetteer

    found: dict[str, tuple[str, str, str]] = {}
    for candidate in find_places(typed) if typed.strip() else []:
        code = candidate.place.code
        division = gazetteer().division(code) if len(code) == 6 else None
        now = division.now if division is not None and division.now else code
        found.setdefault(now, (now, full_label(candidate.place), candidate.note))
    return list(found.values())
