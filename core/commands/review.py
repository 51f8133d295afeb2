"""``python -m core review``: how much of a library was checked, and which figures are to be checked next."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from core.records import STATE_WORDS
from core.reviewing import Counted, compare, disagreements, doubts_then_queue
from core.writing.figure_text import normal_text

if TYPE_CHECKING:
    from core.library import FigureRow, Library
    from core.reviewing import Queue


def print_progress(library: Library, as_json: bool) -> int:
    """Print how many figures are in each state, and how many stand as each person has decided; 0."""
    states, people = library.decisions.progress(), library.figures.decided_by()
    total = sum(states.values())
    checked = total - states["unchecked"]
    if as_json:
        _print_json({"figures": total, "decided": checked, "states": states, "people": people})
        return 0
    print(f"已核 {checked} / {total}")
    for state, count in states.items():
        print(f"{STATE_WORDS[state]}\t{count}")
    for who, count in sorted(people.items(), key=lambda item: -item[1]):
        print(f"{who or '（没有写名字）'}\t{count}")
    return 0


def print_next(library: Library, count: int, as_json: bool) -> int:
    """Print the figures that are to be checked next, with what their print says otherwise; 1 where none is left."""
    *_, counted = doubts_then_queue(library)
    assert isinstance(counted, Counted)
    queue = counted.queue
    found = library.figures.numbered(queue.nums[: max(0, count)])
    if as_json:
        _print_json([_as_json(row, queue) for row in found])
    for row in found if not as_json else ():
        metric = row.metric
        print(metric.id, row.title, metric.indicator, metric.printed, f"{normal_text(metric)}{metric.unit}", sep="\t")
        for one in disagreements(compare(metric)):
            print(f"\t对不上：读作 {one.read or '（没有）'}，印的是 {one.printed or '（没有）'}")
    print(f"还有 {len(queue)} 个没有核", file=sys.stderr)
    return 0 if queue.nums else 1


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
