"""What a labelled page teaches: the signs of its lines and steps, each with what is true of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.pages.gold import Labels
from core.reading.page.joins import Joins, Row
from core.reading.page.order import cut
from core.reading.page.signs import rows_of
from core.reading.page.stretches import Lines
from core.reading.page.structure import KINDS, Marks, text_lines


@dataclass(slots=True)
class Taught:
    """A page that is learnt from: its marks, its true kinds, and what goes on in what (by line)."""

    text: str
    gold: Labels

    def marks(self) -> Marks:
        """Return what the lines of the page show."""
        return Marks(self.text)

    def kind_rows(self) -> tuple[list[list[float]], list[int]]:
        """Return the signs of every line and the number of its kind."""
        marks = self.marks()
        kinds = self.gold["line_kinds"]
        return rows_of(marks.marked, marks.gains, marks.like), [
            KINDS.index(kinds.get(n, "body")) for n in self.numbers(marks)
        ]

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
            rows,
            [known.get(a) == b for a, b, _ in rows],
            joins.end_rows(),
            [a not in known for a in range(joins.count)],
            joins.start_rows(),
            [b not in known.values() for b in range(joins.count)],
        )

    def again(
        self,
        chances: Sequence[Sequence[float]],
        sure: Sequence[float],
        rows: Sequence[Row],
        first: Sequence[float],
        firm: Sequence[int | None],
    ) -> list[list[float]]:
        """Return the rows of the second pass, given what the first found."""
        lines, _ = self.lines(chances)
        joins = Joins(lines, cut(lines.count, sure))
        return [row for _, _, row in joins.again(rows, first, firm)]


@dataclass(slots=True)
class Steps:
    """The possible steps of a page, and whether each is true; the same for ends and starts of articles."""

    rows: list[Row]
    true: list[bool]
    ends: list[list[float]]
    is_end: list[bool]
    starts: list[list[float]]
    is_start: list[bool]
