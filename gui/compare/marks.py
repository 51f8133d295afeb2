"""What the charts of a comparison draw: marks with their places, worked out without painting anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QRectF

from core.comparing.compare import COMPARED
from core.comparing.sheet import QUALITY_WORDS, Cell, Pair, Row, Sheet
from core.comparing.table import pair_words, printed_words, row_unit, value_words

Kind = Literal["bars", "changes", "times", "heat"]
ROW, TOP, PAD = 36, 8, 16
NOTE = 24
GAP = 38
"""Between two names at the ends of lines."""
LABEL, AFTER = 180, 150
"""Room for the name before a bar, and for the printed form behind it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in a chart: where it can be pressed, how long it is (0–1), and what is said of it."""

    room: QRectF
    cell: Cell
    column: int
    label: str
    value: str
    low: float = 0.0
    high: float = 0.0
    why: str = ""
    """Why it is not on the scale of the others; empty where it is."""
    lane: int = 0
    words: float = 0.0
    """At which height its words stand, where they would lie over others at its own."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its title, its marks, its height for a width, and what is said where there is nothing to draw."""

    kind: Kind
    title: str
    marks: tuple[Mark, ...] = ()
    height: int = 120
    empty: str = ""
    ticks: tuple[tuple[float, str], ...] = ()
    lanes: tuple[str, ...] = ()
    heads: tuple[str, ...] = field(default=())
    note: str = ""
    """What a reader should know, at its foot."""


def title_of(row: Row) -> str:
    """Return what a chart of a row is called."""
    word = QUALITY_WORDS[row.quality]
    manner = "" if row.quality == "amount" or word in row.name else f" · {word}"
    return f"{row.name}{manner}（{row_unit(row)[0]}）"


def bars(sheet: Sheet, at: int, width: int) -> Drawing:
    """Return the ranking of a row: bars of what is comparable, beneath it the others with the reason."""
    row = sheet.rows[at]
    ranked = sheet.ranked(at)
    drawn = [(c, i) for c, cells in enumerate(row.cells) for i in range(min(len(cells), COMPARED))]
    others = [place for place in drawn if place not in ranked]
    left = sum(map(len, row.cells)) - len(drawn)
    note = f"每处只画前 {COMPARED} 个，另有 {left} 个在表里" if left else ""
    most = max((float(_high(row.cells[c][i])) for c, i in ranked), default=0.0) or 1.0
    marks = [_bar(sheet, at, place, i, width, most) for i, place in enumerate(ranked)]
    for i, place in enumerate(others, len(ranked)):
        why = _why(sheet, at, place, ranked)
        marks.append(_bar(sheet, at, place, i, width, 0.0, why))
    height = TOP + 28 + ROW * len(marks) + PAD + (NOTE if note else 0)
    return Drawing("bars", title_of(row), tuple(marks), height, note=note)


def _high(cell: Cell) -> float:
    return float(cell.value if cell.value_max is None else cell.value_max)


def _bar(sheet: Sheet, at: int, place: tuple[int, int], line: int, width: int, most: float, why: str = "") -> Mark:
    row = sheet.rows[at]
    cell = row.cells[place[0]][place[1]]
    low = max(0.0, float(cell.value)) / most if most else 0.0
    high = max(0.0, _high(cell)) / most if most else 0.0
    room = QRectF(PAD, TOP + 28 + ROW * line, max(200, width) - 2 * PAD, ROW)
    return Mark(
        room, cell, place[0], sheet.columns[place[0]].label, value_words(cell, row_unit(row)[1]), low, high, why
    )


def _why(sheet: Sheet, at: int, place: tuple[int, int], ranked: Sequence[tuple[int, int]]) -> str:
    """What parts a figure from those that are ranked, else from any other."""
    pairs = [
        pair
        for pair in sheet.pairs_at(at)
        if pair.reasons and place in _ends(pair, at) and (pair.row == pair.other_row or pair.verdict != "definition")
    ]
    near = [pair for pair in pairs if any(end in ranked for end in _ends(pair, at) if end != place)]
    return pair_words((near or pairs)[0]) if pairs else ""


def _ends(pair: Pair, at: int) -> list[tuple[int, int]]:
    """The figures of a pair that stand in a row."""
    return [end for row, end in ((pair.row, pair.left), (pair.other_row, pair.right)) if row == at]


def changes(sheet: Sheet, at: int, width: int) -> Drawing:
    """Return before → after: for each column with two figures of two times, a line from the earlier to the later."""
    row = sheet.rows[at]
    runs = [
        (c, sorted((cell for cell in cells if cell.ends is not None), key=lambda cell: cell.ends or 0))
        for c, cells in enumerate(row.cells)
    ]
    runs = [(c, run) for c, run in runs if len({cell.ends for cell in run}) > 1]
    if not runs:
        return Drawing("changes", title_of(row), empty="这一行没有同一处前后两个时间的数据")
    values = [float(cell.value) for _, run in runs for cell in (run[0], run[-1])]
    low, high = min(0.0, *values), max(values) or 1.0
    height = max(220, TOP + 60 + GAP * len(runs))
    marks: list[Mark] = []
    for side in (0, 1):
        x = LABEL + side * max(60.0, width - 2 * LABEL)
        told = sorted(((c, run[-side]) for c, run in runs), key=lambda pair: -pair[1].value)
        places = [TOP + 48 + (1 - (float(c.value) - low) / ((high - low) or 1.0)) * (height - 96) for _, c in told]
        for (c, cell), y, words in zip(told, places, _apart(places, height - 24), strict=True):
            room, label = QRectF(x - 12, y - 12, 24, 24), sheet.columns[c].label
            marks.append(Mark(room, cell, c, label, printed_words(cell), lane=side, words=words))
    return Drawing("changes", title_of(row), tuple(marks), height)


def _apart(wished: Sequence[float], lowest: float) -> list[float]:
    """Where the words of points stand, from top to bottom: moved so far that each have room for two lines."""
    out: list[float] = []
    for y in wished:
        out.append(max(y, out[-1] + GAP) if out else y)
    for at in range(len(out) - 1, -1, -1):
        out[at] = min(out[at], lowest if at == len(out) - 1 else out[at + 1] - GAP)
    return out


def times(sheet: Sheet, at: int, width: int) -> Drawing:
    """Return the figures of a row on a line of time, a lane a column; those without a time are told beneath."""
    row = sheet.rows[at]
    told = [(c, cell) for c, cells in enumerate(row.cells) for cell in cells if cell.ends is not None]
    if not told:
        return Drawing("times", title_of(row), empty="这一行的数据都没有写明时间")
    years = range(min(c.ends or 0 for _, c in told) // 12, max(c.ends or 0 for _, c in told) // 12 + 1)
    start, end = years[0] * 12, (years[-1] + 1) * 12
    room = max(60.0, width - LABEL - 2 * PAD - 80)
    lanes = [c for c, cells in enumerate(row.cells) if cells]
    marks = []
    for c, cell in told:
        x = LABEL + room * ((cell.ends or 0) + 0.5 - start) / (end - start)
        y = TOP + 52 + 44 * lanes.index(c)
        marks.append(
            Mark(
                QRectF(x - 10, y - 10, 20, 20),
                cell,
                c,
                sheet.columns[c].label,
                cell.metric.printed,
                lane=lanes.index(c),
            )
        )
    step = max(1, len(years) // 8)
    ticks = tuple((LABEL + room * (year * 12 - start) / (end - start), f"{year}") for year in years[::step])
    names = tuple(sheet.columns[c].label for c in lanes)
    return Drawing("times", title_of(row), tuple(marks), TOP + 72 + 44 * len(lanes), ticks=ticks, lanes=names)


def heat(sheet: Sheet, at: int, width: int) -> Drawing:
    """Return the shared rows by the columns: a cell is as warm as its value beside its row's largest."""
    rows = [i for i, row in enumerate(sheet.rows) if row.is_shared][:24]
    if not rows:
        return Drawing("heat", "各指标对照", empty="没有几处都有的指标")
    count = len(sheet.columns)
    name = min(220, width // 3)
    box = max(56.0, min(150.0, (width - name - 2 * PAD) / count))
    marks = []
    for line, i in enumerate(rows):
        row, ranked = sheet.rows[i], set(sheet.ranked(i))
        most = max((_high(row.cells[c][k]) for c, k in ranked), default=0.0) or 1.0
        for c, cells in enumerate(row.cells):
            if not cells:
                continue
            place = next(((c, k) for k in range(len(cells)) if (c, k) in ranked), (c, 0))
            cell = cells[place[1]]
            why = "" if place in ranked else _why(sheet, i, place, tuple(ranked))
            share = max(0.0, _high(cell)) / most if place in ranked else 0.0
            room = QRectF(PAD + name + box * c, TOP + 56 + 30 * line, box, 30)
            said = value_words(cell, row_unit(row)[1])
            marks.append(Mark(room, cell, c, title_of(row), said, share, share, why, lane=line))
    heads = tuple(column.label for column in sheet.columns)
    names = tuple(title_of(sheet.rows[i]) for i in rows)
    return Drawing(
        "heat",
        "各指标对照",
        tuple(marks),
        TOP + 64 + 30 * len(rows),
        lanes=names,
        heads=heads,
        ticks=((name, ""), (box, "")),
    )


DRAW = {"bars": bars, "changes": changes, "times": times, "heat": heat}
