"""What a library holds in all: the tree with its counts, and the overview."""

from __future__ import annotations

import sqlite3
from collections import Counter

from core.library import figures, marks
from core.library.answers import Overview, Progress, TreeNode
from core.library.cells import Cells
from core.library.file import LibraryFile, LibraryPart, in_one_snapshot
from core.library.search import Hits
from core.library.tree import By, Tree, city_key, node_label, place_rank
from core.records import State


class Contents(LibraryPart):
    """Counts of the whole library, remembered until it changes."""

    def __init__(self, file: LibraryFile) -> None:
        super().__init__(file)
        self._tree = Tree(file.cells)
        self._overview: tuple[int, Overview] | None = None

    @in_one_snapshot
    def tree(self, by: By, hits: Hits | None = None, parent: tuple[str, ...] = ()) -> list[TreeNode]:
        """Return the nodes below ``parent`` of the tree by place or by theme."""
        return self._tree.nodes(by, hits, parent)

    @in_one_snapshot
    def progress(self) -> Progress:
        """Return how many of all cases are checked, doubtful, wrong."""
        self._cells.refresh()
        return self._cells.progress(self._cells.there)

    @in_one_snapshot
    def tags(self) -> list[tuple[str, int]]:
        """Return the tags that persons gave to cases, each with how many have it, the most used first."""
        return marks.tags(self._db)

    @in_one_snapshot
    def starred(self) -> list[int]:
        """Return the cases that have a star."""
        return marks.starred(self._db)

    @in_one_snapshot
    def overview(self) -> Overview:
        """Return what is in the library."""
        revision = self._cells.refresh()
        if self._overview is None or self._overview[0] != revision:
            self._overview = (revision, _overview(self._db, self._cells))
        return self._overview[1]


def _overview(db: sqlite3.Connection, cells: Cells) -> Overview:
    areas = [cells.places.areas[number] for number in set(cells.area_of) - {0}]
    names = {city_key(area): node_label(city_key(area), area, "city") for area in reversed(areas)}
    heat = dict(cells.by_city_and_theme(city_key))
    kinds: Counter[str] = Counter()
    states: Counter[State] = Counter()
    total_figures = 0
    for kind, state, count, total in db.execute(
        "SELECT kind, state, count(*), sum(figures) FROM cases GROUP BY kind, state"
    ):
        kinds[kind] += count
        states[state] += count
        total_figures += int(total or 0)
    return Overview(
        cases=sum(kinds.values()),
        news=kinds["news"],
        places=len([area for area in areas if area.city or area.province]),
        themes=len({theme for _, theme in heat}),
        mechanisms=_one(db, "SELECT count(DISTINCT mechanism) FROM case_mechanisms"),
        figures=total_figures,
        sources=_one(db, "SELECT count(*) FROM sources"),
        cities=tuple(sorted(names.items(), key=lambda item: place_rank(item[0]))),
        heat=heat,
        largest=tuple(figures.rows(db, cells, figures.largest(db))),
        states=dict(states),
    )


def _one(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])
