"""The tree beside the list: city → county → theme, or theme → city → county, with the cases under each node."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from pyroaring import BitMap

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
    """Counts the cases under each node, from the sets of cases by area and by themes alone."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

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
        within = None if theme is None else self._cells.about((theme,))
        for number, total, some in _counted(self._cells.in_area, within, hits):
            area = self._cells.places.areas[number]
            if number and inside(area):
                key = key_of(area)
                first.setdefault(key, area)
                of = counts.setdefault(key, [0, 0])
                of[0] += total
                of[1] += some
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
        within = None if place is None else self._cells.inside(lambda area: area.is_in(place))
        for number, total, some in _counted(self._cells.with_set, within, hits):
            for theme in self._cells.theme_sets[number] or ("",):
                of = counts.setdefault(theme, [0, 0])
                of[0] += total
                of[1] += some
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


def _counted(sets: Mapping[int, BitMap], within: BitMap | None, hits: Hits | None) -> Iterator[tuple[int, int, int]]:
    """The key of each set that has cases, how many they are within some, and how many of these are hits."""
    found = None if hits is None else hits.cases if within is None else hits.cases & within
    for key, cases in sets.items():
        total = len(cases) if within is None else cases.intersection_cardinality(within)
        if total:
            yield key, total, 0 if found is None else cases.intersection_cardinality(found)


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
