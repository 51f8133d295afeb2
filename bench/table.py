"""The one table of all measurements: what was measured against which peer and limit, and whether the limit is met.

A measurement hands its rows to ``report``. Run by ``python -m bench`` they are gathered, and printed at its end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

GATHERED = "ANLAN_BENCH_ROWS"
"""The environment's name for the file that rows are gathered in, a line of JSON for each."""
_HEAD = ("what", "size", "peer", "limit", "ours", "ratio to the peer", "limit met", "growth (of the peer)")


class Row(NamedTuple):
    """One number of ours. ``peer`` and ``limit`` are in its ``unit``; a limit ``of_ratio`` holds for ours / peer."""

    what: str
    size: str
    """Of what it was measured on: cases, pages."""
    unit: str
    ours: float
    limit: float | None = None
    peer: float | None = None
    peer_name: str = ""
    of_ratio: bool = False
    at_least: bool = False
    """More is better, as with pages a second."""

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's."""
        return self.ours / self.peer if self.peer else None

    @property
    def share(self) -> float | None:
        """How much of its limit is used: up to 1 it is met. None without a limit, or where its peer is missing."""
        judged = self.ratio if self.of_ratio else self.ours
        if self.limit is None or judged is None:
            return None
        return self.limit / judged if self.at_least else judged / self.limit


def report(rows: Iterable[Row]) -> None:
    """Hand rows over to whoever gathers them; nothing where nobody does."""
    if path := os.environ.get(GATHERED):
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)


def gathered(path: Path) -> list[Row]:
    """Return the rows that were handed over, in their order."""
    return [Row(*json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table in Markdown; growth is from the first size of the same thing.

    >>> empty = Row("start", "1 case", "s", 0.16, 1.5, 0.11, "empty window", of_ratio=True)
    >>> print(*lines([empty, empty._replace(size="10 cases", ours=0.32)]), sep="\\n")
    | what | size | peer | limit | ours | ratio to the peer | limit met | growth (of the peer) |
    |---|---|---|---|---|---|---|---|
    | start | 1 case | 0.11 s (empty window) | 1.5 × | 0.16 s | 1.45 | yes (0.97 of it) | – |
    | start | 10 cases | 0.11 s (empty window) | 1.5 × | 0.32 s | 2.91 | **no**, by a factor of 1.94 | × 2.00 (× 1.00) |
    """
    yield f"| {' | '.join(_HEAD)} |"
    yield "|---" * len(_HEAD) + "|"
    first: dict[str, Row] = {}
    for row in rows:
        yield f"| {' | '.join(_cells(row, first.setdefault(row.what, row)))} |"


def _cells(row: Row, first: Row) -> Iterator[str]:
    yield row.what
    yield row.size
    yield f"{_number(row.peer)} {row.unit} ({row.peer_name})" if row.peer is not None else "–"
    yield _limit(row)
    yield f"{_number(row.ours)} {row.unit}"
    yield _number(row.ratio) if row.ratio is not None else "–"
    yield _verdict(row.share)
    yield _growth(first, row) if row is not first and first.ours else "–"


def _growth(first: Row, last: Row) -> str:
    peer = f" (× {_number(last.peer / first.peer)})" if first.peer and last.peer else ""
    return f"× {_number(last.ours / first.ours)}{peer}"


def _limit(row: Row) -> str:
    if row.limit is None:
        return "–"
    return f"{'≥ ' if row.at_least else ''}{row.limit:g} {'×' if row.of_ratio else row.unit}"


def _verdict(share: float | None) -> str:
    if share is None:
        return "–"
    return f"yes ({_number(share)} of it)" if share <= 1 else f"**no**, by a factor of {share:.2f}"


def _number(value: float) -> str:
    """Three digits, and no more than a hundredth below ten."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"
