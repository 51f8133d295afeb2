"""Figures across cases, and what the library holds in all."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.library import cases
from core.library.answers import FigureRow, Overview
from core.library.cells import Cells
from core.library.tree import city_key, label_of, place_rank

_LARGEST = 12
"""How many indicators the overview shows."""


def rows(db: sqlite3.Connection, cells: Cells, metric_nums: Sequence[int]) -> list[FigureRow]:
    """The figures with these row numbers, each with its case, in that order."""
    found: dict[int, FigureRow] = {}
    for at in range(0, len(metric_nums), 500):
        some = metric_nums[at : at + 500]
        query = (
            f"SELECT m.num, m.case_num, c.title, {cases.metric_columns('m')} FROM metrics m JOIN cases c"
            f" ON c.num = m.case_num WHERE m.num IN ({','.join('?' * len(some))})"
        )
        for num, case_num, title, *values in db.execute(query, some):
            place = cells.label(case_num)
            found[num] = FigureRow(case_num, cases.metric_from(values), title, place)
    return [found[num] for num in metric_nums if num in found]


def overview(db: sqlite3.Connection, cells: Cells) -> Overview:
    """What is in the library."""
    cells.refresh()
    areas = [cells.places.areas[number] for number in set(cells.area_of) - {0}]
    names = {city_key(area): label_of(city_key(area), area, "city") for area in reversed(areas)}
    heat = dict(cells.by_city_and_theme(city_key))
    kinds = dict(db.execute("SELECT kind, count(*) FROM cases GROUP BY kind"))
    return Overview(
        cases=sum(kinds.values()),
        news=kinds.get("news", 0),
        places=len(areas) - any(not area.city and not area.province for area in areas),
        themes=len({theme for _, theme in heat}),
        mechanisms=_one(db, "SELECT count(*) FROM mechanisms m WHERE EXISTS"
                            " (SELECT 1 FROM case_mechanisms WHERE mechanism = m.num)"),
        figures=_one(db, "SELECT coalesce(sum(figures), 0) FROM cases"),
        sources=_one(db, "SELECT count(*) FROM sources"),
        cities=tuple(sorted(names.items(), key=lambda item: place_rank(item[0]))),
        heat=heat,
        largest=tuple(rows(db, cells, _largest(db))),
        states=dict(db.execute("SELECT state, count(*) FROM cases GROUP BY state")),
    )  # fmt: skip


def _one(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])


def _largest(db: sqlite3.Connection) -> list[int]:
    """Of the indicators and units that most cases have, the largest figure each."""
    frequent = db.execute(
        "SELECT indicator, unit FROM metrics WHERE indicator != '' GROUP BY indicator, unit"
        " ORDER BY count(*) DESC, max(number_max) DESC, indicator LIMIT ?",
        (_LARGEST,),
    ).fetchall()
    return [
        db.execute(
            "SELECT num FROM metrics WHERE indicator = ? AND unit = ? ORDER BY number_max DESC LIMIT 1", pair
        ).fetchone()[0]
        for pair in frequent
    ]


def by_indicator(found: Iterable[FigureRow]) -> dict[tuple[str, str], list[FigureRow]]:
    """Figures grouped by (indicator, unit): what can stand side by side."""
    out: dict[tuple[str, str], list[FigureRow]] = defaultdict(list)
    for row in found:
        out[row.metric.indicator, row.metric.unit].append(row)
    return dict(out)
