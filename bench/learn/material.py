"""What a labelled page teaches: the signs of its lines and steps, each with what is true of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bench.pages.gold import Labels
from core.reading.page.headings import Headings, doubtful
from core.reading.page.joins import Joins
from core.reading.page.lines import KINDS
from core.reading.page.ngrams import NGrams, read_ngrams
from core.reading.page.order import OUT_OF_THE_QUESTION, cut
from core.reading.page.signs import rows_of
from core.reading.page.stretches import Lines
from core.reading.page.structure import Marks, text_lines


@dataclass(slots=True)
class Taught:
    """A page that is learnt from: its marks, its true kinds, and what goes on in what (by line)."""

    text: str
    gold: Labels
    table: Path
    """Counts of n-grams in which the page's own texts were not counted."""

    def marks(self) -> Marks:
        """Return what the lines of the page show."""
        return _marks(self.text, self.table)

    def kind_rows(self) -> tuple[list[list[float]], list[int]]:
        """Return the signs of every line and the number of its kind."""
        marks = self.marks()
        kinds = self.gold["line_kinds"]
        return rows_of(marks.marked, marks.gains, marks.like), [
            KINDS.index(kinds.get(n, "body")) for n in self.numbers(marks)
        ]

    def heading_rows(self, chances: Sequence[Sequence[float]]) -> tuple[list[int], list[list[float]], list[int]]:
        """Return the lines that are looked at again with their signs and kinds, given the chances of the first look."""
        marks = self.marks()
        rows, kinds = self.kind_rows()
        headings = Headings(marks.marked, chances, marks.like)
        again = doubtful(chances) if headings.several else []
        return again, [[*rows[i], *headings.row(i)] for i in again], [kinds[i] for i in again]

    def numbers(self, marks: Marks) -> list[int]:
        """Return for each marked line its number on the page, from 1."""
        found, at, number = [], 0, 1
        for marked in marks.marked:
            number += marks.text.count("\n", at, marked.line.start)
            at = marked.line.start
            found.append(number)
        return found

    def lines(self, chances: Sequence[Sequence[float]]) -> tuple[Lines, dict[int, int]]:
        """Return the lines that may be text, given the chances of their kinds, and what truly goes on in what."""
        marks = self.marks()
        nodes = text_lines(chances)
        lines = Lines(marks.marked, chances, nodes, marks.like, marks.grams)
        place = {number: i for i, number in enumerate(self.numbers(marks))}
        node = {i: k for k, i in enumerate(nodes)}
        true: dict[int, int] = {}
        for article in self.gold["articles"]:
            numbers = list(article["title_lines"])
            if article["kind"] != "caption":
                numbers += [n for first, last in article["paragraphs"] for n in range(first, last + 1)]
            chain = [k for n in numbers if n in place and (k := node.get(place[n])) is not None]
            true |= {a: b for a, b in pairwise(chain) if a != b}
        return lines, true

    def next_rows(self, chances: Sequence[Sequence[float]]) -> tuple[list[list[float]], list[bool]]:
        """Return for each line but the last the signs of its going on in the next, and whether it does."""
        lines, true = self.lines(chances)
        rows = lines.next_rows()
        return rows, [true.get(k) == k + 1 for k in range(len(rows))]

    def steps(self, chances: Sequence[Sequence[float]], sure: Sequence[float]) -> Steps:
        """Return the possible steps between the stretches of the page, with what is true."""
        lines, true = self.lines(chances)
        stretches = cut(lines.count, sure)
        first = {low: k for k, (low, _) in enumerate(stretches)}
        last = {high: k for k, (_, high) in enumerate(stretches)}
        known = {last[a]: first[b] for a, b in true.items() if a in last and b in first and last[a] != first[b]}
        joins = Joins(lines, stretches)
        rows = joins.rows()
        return Steps(
            [(a, b) for a, b, _ in rows],
            _array([row for _, _, row in rows]),
            np.array([known.get(a) == b for a, b, _ in rows], dtype=np.int8),
            _array(joins.end_rows()),
            np.array([a not in known for a in range(joins.count)], dtype=np.int8),
            _array(joins.start_rows()),
            np.array([b not in known.values() for b in range(joins.count)], dtype=np.int8),
        )

    def again(
        self,
        chances: Sequence[Sequence[float]],
        sure: Sequence[float],
        steps: Steps,
        first: Sequence[float],
        firm: Sequence[int | None],
    ) -> tuple[Any, Any]:
        """Return the rows of the second pass with what is true, given the steps of the first and what it found."""
        lines, _ = self.lines(chances)
        joins = Joins(lines, cut(lines.count, sure))
        rows = [(a, b, row) for (a, b), row in zip(steps.pairs, steps.rows.tolist(), strict=True)]
        kept = np.array(first) >= OUT_OF_THE_QUESTION
        return _array([row for _, _, row in joins.again(rows, first, firm, OUT_OF_THE_QUESTION)]), steps.true[kept]


@dataclass(slots=True)
class Steps:
    """The possible steps of a page with their signs, and whether each is true; the same for ends and starts."""

    pairs: list[tuple[int, int]]
    rows: Any
    true: Any
    ends: Any
    is_end: Any
    starts: Any
    is_start: Any


@cache
def _marks(text: str, table: Path) -> Marks:
    """What the lines of a page show; kept, since every step of learning asks for it."""
    return Marks(text, _grams(table))


@cache
def _grams(table: Path) -> NGrams:
    return read_ngrams(table)


def _array(rows: Sequence[Sequence[float]]) -> Any:
    return np.array(rows, dtype=np.float32)
