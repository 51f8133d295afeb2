"""A comparison as it is shown and written out: columns side by side, rows of one unit, a verdict on each pair.

Frozen records only; ``core.comparing.compare`` makes them of cases. A number is never without its printed form: every
``Cell`` holds the whole ``Metric`` with its quote, and what was worked out of it stands beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from core.records import Mechanism, Metric

LEAST, MOST = 2, 8
"""So many columns stand side by side."""

Verdict = Literal["comparable", "time", "subject", "cumulative", "share", "definition", "unknown"]
Quality = Literal["amount", "cumulative", "new", "average", "share", "growth", "change", "rank"]
Way = Literal["same", "synonym", "alike", "hand"]

VERDICT_WORDS: dict[Verdict, str] = {
    "comparable": "可比",
    "time": "时间不同",
    "subject": "主体不同",
    "cumulative": "累计与当期",
    "share": "总量与比例",
    "definition": "定义不同",
    "unknown": "不能判断",
}
QUALITY_WORDS: dict[Quality, str] = {
    "amount": "总量",
    "cumulative": "累计",
    "new": "新增",
    "average": "平均",
    "share": "比例",
    "growth": "增速",
    "change": "增减幅度",
    "rank": "位次",
}
WAY_WORDS: dict[Way, str] = {"same": "同名", "synonym": "同义", "alike": "近名", "hand": "人工归并"}


@dataclass(frozen=True, slots=True)
class Head:
    """A case of a column, as far as a reader must know it; ``num`` is its row in its own library."""

    id: str
    num: int
    title: str
    place: str
    themes: tuple[str, ...]
    published: str
    citation: str
    """The source line as a reader would write it; empty when nothing is known."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one case tells in one part (背景, 做法, 成效), in its own words."""

    case: Head
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One of the things that are compared: a case, or a place with several cases."""

    key: str
    """The id of the case, or the code of the place."""
    label: str
    cases: tuple[Head, ...]
    background: tuple[Told, ...] = ()
    practice: tuple[Told, ...] = ()
    result: tuple[Told, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """A mechanism and who has it: one entry a column, each with what its cases say of it."""

    name: str
    cells: tuple[tuple[tuple[Head, Mechanism], ...], ...]

    @property
    def is_shared(self) -> bool:
        """Whether more than one column has it."""
        return sum(bool(cell) for cell in self.cells) > 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a column: as printed (``metric``), and its exact value in the unit of the row.

    ``value`` is the lower end of a range, ``value_max`` its upper end, None where it is none. ``opens`` says to which
    side an approximation is open: "up" for 余, 超 and 以上, "down" for 近 and 不足, "both" for 约, "" for an exact one.
    """

    case: Head
    metric: Metric
    value: Fraction
    value_max: Fraction | None = None
    opens: Literal["", "up", "down", "both"] = ""
    when: str = ""
    """The time in words that can be compared: 2023年1—3月, 截至2023年; empty when the text tells none."""
    ends: int | None = None
    """The month in which that time ends, counted from the year 0; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that parts two figures, with the words of each that say so; empty words where nothing is said."""

    verdict: Verdict
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Whether two figures of two columns may be compared; the first of ``reasons`` makes the verdict.

    ``left`` and ``right`` are (column, place in the cell's tuple) in ``row`` and ``other_row``, which is the same row
    but for figures of one family that stand in two rows (a total and its growth).
    """

    row: int
    left: tuple[int, int]
    other_row: int
    right: tuple[int, int]
    reasons: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict; comparable where nothing parts the two."""
        return self.reasons[0].verdict if self.reasons else "comparable"


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one indicator in one unit: one entry a column, several figures where a column has several."""

    name: str
    """The indicator without what only this or that case says: 志愿者."""
    quality: Quality
    unit: str
    """With its scale: 万元, 亩, 人次."""
    cells: tuple[tuple[Cell, ...], ...]
    way: Way = "same"
    """By what the names of the row were brought together, the weakest of them."""
    confidence: float = 1.0
    family: int = 0
    """Rows of one family are of one thing, measured in different manners."""

    @property
    def is_shared(self) -> bool:
        """Whether more than one column has a figure here."""
        return sum(bool(cell) for cell in self.cells) > 1

    @property
    def names(self) -> tuple[str, ...]:
        """The indicators as read, each once."""
        return tuple(dict.fromkeys(figure.metric.indicator for cell in self.cells for figure in cell))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole comparison. Rows that more than one column has come first, families together."""

    title: str
    columns: tuple[Column, ...]
    mechanisms: tuple[MechanismRow, ...] = ()
    rows: tuple[Row, ...] = ()
    pairs: tuple[Pair, ...] = ()
    shared_themes: tuple[str, ...] = ()
    shared_keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader should know, in words: that some cases found no room."""
    _by_row: dict[int, list[Pair]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for pair in self.pairs:
            for row in {pair.row, pair.other_row}:
                self._by_row.setdefault(row, []).append(pair)

    def pairs_at(self, row: int) -> Sequence[Pair]:
        """Return the pairs of which a row has at least one figure."""
        return self._by_row.get(row, ())

    def pairs_of(self, row: int) -> tuple[Pair, ...]:
        """Return the pairs within a row."""
        return tuple(pair for pair in self.pairs_at(row) if pair.row == pair.other_row)

    def picked(self, rows: Sequence[int], columns: Sequence[int] = ()) -> Sheet:
        """Return the comparison with these rows in this order, and with these columns (all as they are for none)."""
        columns = columns if len(columns) >= LEAST else range(len(self.columns))
        row_at, column_at = ({old: new for new, old in enumerate(kept)} for kept in (rows, columns))

        def moved(pair: Pair) -> Pair | None:
            (left, i), (right, j) = pair.left, pair.right
            if not {pair.row, pair.other_row} <= row_at.keys() or not {left, right} <= column_at.keys():
                return None
            here, there = (column_at[left], i), (column_at[right], j)
            if here < there:
                return replace(pair, row=row_at[pair.row], left=here, other_row=row_at[pair.other_row], right=there)
            reasons = tuple(Reason(r.verdict, r.right, r.left) for r in pair.reasons)
            return Pair(row_at[pair.other_row], there, row_at[pair.row], here, reasons)

        return replace(
            self,
            columns=tuple(self.columns[at] for at in columns),
            mechanisms=tuple(replace(m, cells=tuple(m.cells[at] for at in columns)) for m in self.mechanisms),
            rows=tuple(replace(self.rows[r], cells=tuple(self.rows[r].cells[at] for at in columns)) for r in rows),
            pairs=tuple(pair for pair in map(moved, self.pairs) if pair is not None),
        )

    def ranked(self, row: int) -> tuple[tuple[int, int], ...]:
        """Return the (column, place) of the figures of a row that go on one scale, the largest value first.

        They are the largest set in which each is comparable to each, one a column; of several the earliest. Fewer than
        two are none.
        """
        cells = self.rows[row].cells
        good = {(pair.left, pair.right) for pair in self.pairs_of(row) if pair.verdict == "comparable"}
        best: list[tuple[int, int]] = []
        ends = sorted({end for two in good for end in two})
        for first in ends:
            chosen = [first]
            for other in ends:
                if other[0] > first[0] and other[0] != chosen[-1][0] and all((one, other) in good for one in chosen):
                    chosen.append(other)
            best = max(best, chosen, key=len)
        if len(best) < LEAST:
            return ()
        return tuple(sorted(best, key=lambda at: (-(cells[at[0]][at[1]].value), at)))
