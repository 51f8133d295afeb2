"""``python -m core review``: how much of a library was checked, and which figures are to be checked next."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from core.dates import clock_time
from core.records import STATE_WORDS
from core.reviewing import COUNT_WORDS, Asked, Counted, compare, disagreements, progress_of, queue_of
from core.reviewing.differing import Difference, differences, side_words
from core.writing.figure_text import normal_text, normal_told_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.library import FigureRow, Library
    from core.reviewing import Queue, Unit


def print_progress(library: Library, as_json: bool, unit: Unit = "figure") -> int:
    """Print how many figures (or cases as a whole) are in each state, and how many stand as each person decided; 0."""
    states = progress_of(library, unit, None)
    people = library.figures.decided_by() if unit == "figure" else library.decisions.whole_by()
    total = sum(states.values())
    checked = total - states["unchecked"]
    if as_json:
        _print_json({f"{unit}s": total, "decided": checked, "states": states, "people": people})
        return 0
    print(f"已核 {checked} / {total}")
    for state, count in states.items():
        print(f"{STATE_WORDS[state]}\t{count}")
    for who, count in sorted(people.items(), key=lambda item: -item[1]):
        print(f"{who or '（没有写名字）'}\t{count}")
    return 0


def print_next(library: Library, count: int, as_json: bool, asked: Asked) -> int:
    """Print what is to be checked next, with what its print says otherwise; 1 where nothing is left."""
    *_, counted = (part for part in queue_of(library, asked) if isinstance(part, Counted))
    queue = counted.queue
    nums = queue.nums[: max(0, count)]
    if asked.unit == "case":
        _print_cases(library, nums, queue, as_json)
    else:
        _print_figures(library, nums, queue, as_json)
    print(f"还有 {len(queue)} {COUNT_WORDS[asked.unit]}没有核", file=sys.stderr)
    return 0 if queue.nums else 1


def print_conflicts(library: Library, as_json: bool) -> int:
    """Print where people differ, with what each says; 0."""
    found = [*differences(library)]
    if as_json:
        _print_json([_conflict_as_json(one) for one in found])
        return 0
    for one in found:
        sides = (f"{side.who or '（没有写名字）'}（{clock_time(side.at)}）：{side_words(side)}" for side in one.sides)
        print(str(one.target), one.title, one.part, *sides, sep="\t")
    print(f"{len(found)} 处说法不一", file=sys.stderr)
    return 0


def _conflict_as_json(one: Difference) -> dict[str, Any]:
    sides = [{"id": d.id, "who": d.who, "at": d.at, "verdict": d.verdict, "value": d.after} for d in one.sides]
    return {"target": str(one.target), "case": one.title, "part": one.part, "now": one.value, "sides": sides}


def _print_figures(library: Library, nums: Sequence[int], queue: Queue, as_json: bool) -> None:
    found = library.figures.numbered(nums)
    if as_json:
        _print_json([_as_json(row, queue) for row in found])
    for row in found if not as_json else ():
        metric = row.metric
        print(metric.id, row.title, metric.indicator, metric.printed, normal_told_text(metric), sep="\t")
        for one in disagreements(compare(metric)):
            print(f"\t对不上：读作 {one.read or '（没有）'}，印的是 {one.printed or '（没有）'}")


def _print_cases(library: Library, nums: Sequence[int], queue: Queue, as_json: bool) -> None:
    rows = library.cases.rows(nums)
    why = {row.id: queue.why[row.id].words if row.id in queue.why else "" for row in rows}
    if as_json:
        _print_json([{"case": row.id, "title": row.title, "state": row.state, "doubt": why[row.id]} for row in rows])
    for row in rows if not as_json else ():
        print(row.id, row.title, row.place, why[row.id], sep="\t")


def _as_json(row: FigureRow, queue: Queue) -> dict[str, Any]:
    metric = row.metric
    return {
        "figure": metric.id,
        "case": row.title,
        "indicator": metric.indicator,
        "printed": metric.printed,
        "read": normal_text(metric),
        "unit": metric.unit,
        "state": metric.state,
        "confidence": metric.confidence,
        "doubt": queue.why[metric.id].words if metric.id in queue.why else "",
        "disagrees": [one.part for one in disagreements(compare(metric))],
    }


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    print()
