"""The tree beside the list: city → county → theme, or theme → city → county, with the cases under each node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from pyroaring import BitMap

from core.library.answers import Progress, TreeNode
from core.library.cells import Cells
from core.library.orders import theme_rank
from core.library.places import UNKNOWN
from core.library.query import Query
from core.library.search import Hits
from core.places.areas import NO_PLACE, Area

By = Literal["place", "theme"]
Totals = dict[str, list[BitMap]]
"""Key → the sets of cases that lie under it."""


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
        found: Totals = {}
        first: dict[str, Area] = {}
        for number, cases in self._cells.in_area.items():
            area = self._cells.places.areas[number]
            if number and cases and inside(area):
                key = key_of(area)
                first.setdefault(key, area)
                found.setdefault(key, []).append(cases)
        counts = self._counted(found, None if theme is None else self._cells.about((theme,)), hits)
        return [
            TreeNode(
                key=(level, key) if theme is None else (level, key, theme),
                label=node_label(key, first[key], level),
                total=total,
                hits=some,
                query=Query(places=(key,), themes=() if theme is None else (theme,)),
                has_children=theme is None or (level == "city" and has_counties(key)),
                progress=progress,
            )
            for key, total, some, progress in sorted(counts, key=lambda row: place_rank(row[0]))
        ]

    def _themes(self, hits: Hits | None, place: str | None = None) -> list[TreeNode]:
        found: Totals = {}
        for number, cases in self._cells.with_set.items():
            for theme in (self._cells.theme_sets[number] or ("",)) if cases else ():
                found.setdefault(theme, []).append(cases)
        within = None if place is None else self._cells.inside(lambda area: area.is_in(place))
        return [
            TreeNode(
                key=("theme", theme) if place is None else ("theme", theme, place),
                label=theme or "主题未定",
                total=total,
                hits=some,
                query=Query(themes=(theme,), places=() if place is None else (place,)),
                has_children=place is None,
                progress=progress,
            )
            for theme, total, some, progress in sorted(
                self._counted(found, within, hits), key=lambda row: theme_rank(row[0])
            )
        ]

    def _counted(
        self, found: Totals, within: BitMap | None, hits: Hits | None
    ) -> Iterator[tuple[str, int, int | None, Progress]]:
        """Of each key that has cases within some: how many they are, how many are hits, how far they are checked."""
        for key, sets in found.items():
            cases = sets[0] if len(sets) == 1 else BitMap.union(*sets)
            if within is not None:
                cases = cases & within
            if cases:
                some = None if hits is None else cases.intersection_cardinality(hits.cases)
                yield key, len(cases), some, self._cells.progress(cases)


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
