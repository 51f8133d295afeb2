"""A page's text as it is put together line by line, with where its headings, tables and page breaks come to stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import accumulate
from typing import TypedDict

from core.records import Heading, Span


class Structure(TypedDict):
    """What a composition says of a page beyond its text, under the names of ``Page``."""

    headings: tuple[Heading, ...]
    tables: tuple[Span, ...]
    breaks: tuple[int, ...]


class Composition:
    """Lines, each without the white space at its ends.

    ``every_empty_line`` keeps all of them; otherwise none at the ends and one between two lines.
    """

    def __init__(self, *, every_empty_line: bool) -> None:
        self._every_empty_line = every_empty_line
        self._lines: list[str] = []
        self._open: list[str] = []
        self._headings: list[tuple[int, int, int]] = []
        self._tables: list[tuple[int, int]] = []
        self._breaks: list[int] = []
        self.at = 0
        """Where the line that is being written begins."""

    def write(self, text: str) -> None:
        """Go on with the line."""
        if text := text if self._open else text.lstrip(" \t"):
            self._open.append(text)

    def end_line(self) -> None:
        """End the line, and begin the next."""
        line = "".join(self._open).rstrip(" \t")
        self._open.clear()
        if line or self._every_empty_line or (self._lines and self._lines[-1]):
            self._lines.append(line)
            self.at += len(line) + 1

    def is_in_line(self) -> bool:
        """Return whether something was written that no line has ended."""
        return bool(self._open)

    def break_page(self, at: int = -1) -> None:
        """Note that a printed page begins here, or at the line that began ``at``."""
        self._breaks.append(self.at + sum(map(len, self._open)) if at < 0 else at)

    def add_heading(self, start: int, level: int) -> None:
        """Note that the lines ended since ``start`` are a heading."""
        self._headings.append((start, self.at, level))

    def add_table(self, start: int) -> None:
        """Note that the lines ended since ``start`` are a table."""
        self._tables.append((start, self.at))

    def take(self, other: Composition) -> None:
        """Add the lines of another one."""
        self._lines += other._lines
        self._headings += [(start + self.at, end + self.at, level) for start, end, level in other._headings]
        self._tables += [(start + self.at, end + self.at) for start, end in other._tables]
        self._breaks += [at + self.at for at in other._breaks]
        self.at += other.at

    @property
    def count(self) -> int:
        """Return how many lines were ended."""
        return len(self._lines)

    def leave_out(self, numbers: Collection[int]) -> None:
        """Take lines out by their numbers; what is known of the others stays with them."""
        lengths = [len(line) + 1 if n in numbers else 0 for n, line in enumerate(self._lines)]
        starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        gone = [0, *accumulate(lengths)]

        def moved(at: int) -> int:
            n = bisect_right(starts, at) - 1
            return at - gone[n] - min(at - starts[n], lengths[n] if n < len(lengths) else 0)

        self._headings = [(moved(start), moved(end), level) for start, end, level in self._headings]
        self._tables = [(moved(start), moved(end)) for start, end in self._tables]
        self._breaks = [moved(at) for at in self._breaks]
        self._lines = [line for n, line in enumerate(self._lines) if n not in numbers]
        self.at = moved(self.at)

    def text(self) -> str:
        """Return the lines that were ended, each with its ``\\n``."""
        lines = self._lines if self._every_empty_line or not self._lines or self._lines[-1] else self._lines[:-1]
        return "".join(line + "\n" for line in lines)

    def structure(self) -> Structure:
        """Return what there is to say of the text; spans hold no white space at their ends."""
        text = self.text()
        headings = ((_trimmed(text, start, end), level) for start, end, level in self._headings)
        tables = (_trimmed(text, start, end) for start, end in self._tables)
        return Structure(
            headings=tuple(Heading(span, level) for span, level in headings if span),
            tables=tuple(span for span in tables if span),
            breaks=tuple(_with_text_between(text, sorted(self._breaks))),
        )


def _with_text_between(text: str, breaks: list[int]) -> Iterator[int]:
    """The breaks in order; Word notes one twice that a person set and that fell there when it was printed."""
    last = 0
    for at in breaks:
        if text[last:at].strip() and text[at:].strip():
            yield at
            last = at


def _trimmed(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    shown = part.strip()
    first = start + len(part) - len(part.lstrip())
    return Span(first, first + len(shown)) if shown else None
