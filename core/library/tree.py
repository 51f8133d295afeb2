"""The tree beside the list: city → county → theme, or theme → city → county, with the cases under each node."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from typing import Literal

from core.library.answers import Progress, TreeNode
from core.library.cells import STATES, Cells
from core.library.orders import theme_rank
from core.library.places import UNKNOWN
from core.library.query import Query
from core.library.search import Hits
from core.places.areas import NO_PLACE, Area

By = Literal["place", "theme"]
Totals = dict[str, list[int]]
"""Key → [cases, hits, then the cases in each of ``STATES``]."""
Counted = Counter[tuple[int, int]]
"""(area or set of themes, place of a state in ``STATES``) → cases."""
FIRST_STATE = 2


class Tree:
    """Counts the cases under each node, from the arrays of areas and themes alone."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._areas: tuple[int, Counted] = (-1, Counter())
        self._sets: tuple[int, Counted] = (-1, Counter())

    def nodes(self, by: By, hits: Hits | None, parent: tuple[str, ...]) -> list[TreeNode]:
        """Return the nodes below ``parent`` (() is the root), in their order."""
        self._cells.refresh()
        level, *keys = parent or ("root",)
        if by == "theme":
            if level == "root":
                return self._themes(hits)
            if level == "theme":
                return self._cities(hits, keys[0])
            return self._counties(hits, keys[0], keys[1]) if level == "city" and has_counties(keys[0]) else []
        if level == "root":
            return self._cities(hits)
        if level == "city" and has_counties(keys[0]):
            return self._counties(hits, keys[0])
        return self._themes(hits, keys[0]) if level in ("city", "county") else []

    def _cities(self, hits: Hits | None, theme: str | None = None) -> list[TreeNode]:
        return self._places("city", city_key, lambda area: True, hits, theme)

    def _counties(self, hits: Hits | None, city: str, theme: str | None = None) -> list[TreeNode]:
        return self._places("county", _county_key, lambda area: area.city == city, hits, theme)

    def _places(
        self,
        level: str,
        key_of: Callable[[Area], str],
        inside: Callable[[Area], bool],
        hits: Hits | None,
        theme: str | None,
    ) -> list[TreeNode]:
        counts: Totals = {}
        first: dict[str, Area] = {}
        for (number, which), count in _summed(*self._by_area(hits, theme)):
            area = self._cells.places.areas[number]
            if number and inside(area):
                key = key_of(area)
                first.setdefault(key, area)
                counts.setdefault(key, [0] * (FIRST_STATE + len(STATES)))[which] += count
        return [
            TreeNode(
                key=(level, key) if theme is None else (level, key, theme),
                label=node_label(key, first[key], level),
                total=counts[key][0],
                hits=None if hits is None else counts[key][1],
                query=Query(places=(key,), themes=() if theme is None else (theme,)),
                has_children=theme is None or (level == "city" and has_counties(key)),
                progress=Progress(*counts[key][FIRST_STATE + 1 :]),
            )
            for key in sorted(counts, key=place_rank)
        ]

    def _themes(self, hits: Hits | None, place: str | None = None) -> list[TreeNode]:
        counts: Totals = {}
        for (number, which), count in _summed(*self._by_set(hits, place)):
            for theme in self._cells.theme_sets[number] or ("",):
                counts.setdefault(theme, [0] * (FIRST_STATE + len(STATES)))[which] += count
        return [
            TreeNode(
                key=("theme", theme) if place is None else ("theme", theme, place),
                label=theme or "主题未定",
                total=counts[theme][0],
                hits=None if hits is None else counts[theme][1],
                query=Query(themes=(theme,), places=() if place is None else (place,)),
                has_children=place is None,
                progress=Progress(*counts[theme][FIRST_STATE + 1 :]),
            )
            for theme in sorted(counts, key=theme_rank)
        ]

    def _by_area(self, hits: Hits | None, theme: str | None) -> tuple[Counted, Counter[int]]:
        """Cases by area and state, and hits by area, of all or of one theme."""
        areas = self._areas_of(hits)
        if theme is None:
            return self._all_areas(), Counter(areas)
        has = self._cells.sets_with((theme,)).__getitem__
        everywhere = self._stated(self._cells.area_of, bytes(map(has, self._cells.themes_of)))
        return everywhere, Counter(compress(areas, map(has, self._sets_of(hits))))

    def _by_set(self, hits: Hits | None, place: str | None) -> tuple[Counted, Counter[int]]:
        """Cases by set of themes and state, and hits by set, everywhere or in one place."""
        sets = self._sets_of(hits)
        if place is None:
            return self._all_sets(), Counter(sets)
        lies = self._cells.areas_where(lambda area: area.is_in(place)).__getitem__
        inside = self._stated(self._cells.themes_of, bytes(map(lies, self._cells.area_of)))
        return inside, Counter(compress(sets, map(lies, self._areas_of(hits))))

    def _all_areas(self) -> Counted:
        if self._areas[0] != self._cells.revision:
            there = self._stated(self._cells.area_of, self._cells.area_of)
            self._areas = (self._cells.revision, there)
        return self._areas[1]

    def _all_sets(self) -> Counted:
        if self._sets[0] != self._cells.revision:
            there = self._stated(self._cells.themes_of, self._cells.area_of)
            self._sets = (self._cells.revision, there)
        return self._sets[1]

    def _stated(self, numbers: Iterable[int], wanted: Sequence[int]) -> Counted:
        """The wanted of some numbers, one a case, counted by themselves and the state of the case."""
        return Counter(zip(compress(numbers, wanted), compress(self._cells.state_of, wanted), strict=True))

    def _areas_of(self, hits: Hits | None) -> Iterable[int]:
        """The area of each hit."""
        if hits is None:
            return ()
        self._forget_when_old(hits)
        if hits.areas is None:
            hits.areas = array("I", map(self._cells.area_of.__getitem__, hits.nums))
        return hits.areas

    def _sets_of(self, hits: Hits | None) -> Iterable[int]:
        """The set of themes of each hit."""
        if hits is None:
            return ()
        self._forget_when_old(hits)
        if hits.sets is None:
            hits.sets = array("I", map(self._cells.themes_of.__getitem__, hits.nums))
        return hits.sets

    def _forget_when_old(self, hits: Hits) -> None:
        if hits.seen != self._cells.revision:
            hits.areas, hits.sets, hits.seen = None, None, self._cells.revision


def _summed(cases: Counted, hits: Counter[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """Both counters as one: (area or set, which of a node's totals) and how many."""
    for (number, state), count in cases.items():
        yield (number, 0), count
        yield (number, FIRST_STATE + state), count
    for number, count in hits.items():
        yield (number, 1), count


def city_key(area: Area) -> str:
    """Return the node of the first level that an area lies in."""
    return area.city or (area.province + "=" if area.province else UNKNOWN)


def _county_key(area: Area) -> str:
    """The node of the second level; cases of the city itself have one of their own."""
    return area.county or area.city + "="


def has_counties(city: str) -> bool:
    """Return whether counties can lie under a node: not under 地区未定, nor a county that stands where cities do."""
    return not city.endswith("=") and not (city.isdigit() and city[4:] != "00")


def node_label(key: str, area: Area, level: str) -> str:
    """Return what the tree writes at the node of an area."""
    province, city, county = area.names
    if key == UNKNOWN:
        return NO_PLACE
    if key.endswith("="):
        return "市本级" if level == "county" else f"{province or key[:-1]}（未分市）"
    return (county if level == "county" else city or county) or key


def place_rank(key: str) -> tuple[int, str]:
    """Return a sort key: codes in their order, names after them, 地区未定 last."""
    return (2 if key == UNKNOWN else 0 if key[:2].isdigit() else 1, key)
