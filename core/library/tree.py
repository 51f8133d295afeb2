"""The tree beside the list: city → county → theme, or theme → city → county, with the cases under each node."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import compress
from typing import Literal

from core.library.answers import TreeNode
from core.library.cells import Cells
from core.library.orders import theme_rank
from core.library.places import UNKNOWN
from core.library.query import Query
from core.library.search import Hits
from core.places.areas import NO_PLACE, Area

By = Literal["place", "theme"]
Totals = dict[str, list[int]]
"""Key → [cases, hits]."""


class Tree:
    """Counts the cases under each node, from the arrays of areas and themes alone."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._areas: tuple[int, Counter[int]] = (-1, Counter())
        self._sets: tuple[int, Counter[int]] = (-1, Counter())

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
        for which, counter in enumerate(self._by_area(hits, theme)):
            for number, count in counter.items():
                area = self._cells.places.areas[number]
                if number and inside(area):
                    key = key_of(area)
                    first.setdefault(key, area)
                    counts.setdefault(key, [0, 0])[which] += count
        return [
            TreeNode(
                key=(level, key) if theme is None else (level, key, theme),
                label=node_label(key, first[key], level),
                total=counts[key][0],
                hits=None if hits is None else counts[key][1],
                query=Query(places=(key,), themes=() if theme is None else (theme,)),
                has_children=theme is None or (level == "city" and has_counties(key)),
            )
            for key in sorted(counts, key=place_rank)
        ]

    def _themes(self, hits: Hits | None, place: str | None = None) -> list[TreeNode]:
        counts: Totals = {}
        for which, counter in enumerate(self._by_set(hits, place)):
            for number, count in counter.items():
                for theme in self._cells.theme_sets[number] or ("",):
                    counts.setdefault(theme, [0, 0])[which] += count
        return [
            TreeNode(
                key=("theme", theme) if place is None else ("theme", theme, place),
                label=theme or "主题未定",
                total=counts[theme][0],
                hits=None if hits is None else counts[theme][1],
                query=Query(themes=(theme,), places=() if place is None else (place,)),
                has_children=place is None,
            )
            for theme in sorted(counts, key=theme_rank)
        ]

    def _by_area(self, hits: Hits | None, theme: str | None) -> tuple[Counter[int], Counter[int]]:
        """Cases and hits by area, of all or of one theme."""
        areas = self._areas_of(hits)
        if theme is None:
            return self._all_areas(), Counter(areas)
        has = self._cells.sets_with((theme,)).__getitem__
        everywhere = compress(self._cells.area_of, map(has, self._cells.themes_of))
        return Counter(everywhere), Counter(compress(areas, map(has, self._sets_of(hits))))

    def _by_set(self, hits: Hits | None, place: str | None) -> tuple[Counter[int], Counter[int]]:
        """Cases and hits by set of themes, everywhere or in one place."""
        sets = self._sets_of(hits)
        if place is None:
            return self._all_sets(), Counter(sets)
        lies = self._cells.areas_where(lambda area: area.is_in(place)).__getitem__
        inside = compress(self._cells.themes_of, map(lies, self._cells.area_of))
        return Counter(inside), Counter(compress(sets, map(lies, self._areas_of(hits))))

    def _all_areas(self) -> Counter[int]:
        if self._areas[0] != self._cells.revision:
            self._areas = (self._cells.revision, Counter(self._cells.area_of))
        return self._areas[1]

    def _all_sets(self) -> Counter[int]:
        if self._sets[0] != self._cells.revision:
            there = compress(self._cells.themes_of, self._cells.area_of)
            self._sets = (self._cells.revision, Counter(there))
        return self._sets[1]

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
