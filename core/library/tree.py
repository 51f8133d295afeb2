"""The tree beside the list: city → county → theme, or theme → city → county, with the cases under each node."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from core.library.answers import TreeNode
from core.library.cells import Cells
from core.library.orders import theme_rank
from core.library.places import UNKNOWN, KnownPlace
from core.library.query import Query
from core.library.search import Hits

By = Literal["place", "theme"]
Counts = Mapping[str, tuple[int, int]]
"""Key → (total, hits)."""


class Tree:
    """Counts the cases under each node from the cells."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    def nodes(self, by: By, hits: Hits | None, parent: tuple[str, ...]) -> list[TreeNode]:
        """The nodes below ``parent`` (() is the root), in their order."""
        self._cells.refresh()
        return self._below(by, parent, hits)

    def _below(self, by: By, parent: tuple[str, ...], hits: Hits | None) -> list[TreeNode]:
        if by == "theme":
            return self._below_theme(parent, hits)
        if not parent:
            return self._place_nodes("city", _city_key, lambda known: True, hits)
        level, key = parent[0], parent[1]
        if level == "city" and _has_counties(key):
            return self._place_nodes("county", _county_key, lambda known: _city_key(known) == key, hits)
        if level in ("city", "county"):
            return self._theme_nodes(key, hits)
        return []

    def _below_theme(self, parent: tuple[str, ...], hits: Hits | None) -> list[TreeNode]:
        if not parent:
            return self._theme_nodes("", hits)
        if parent[0] == "theme":
            return self._place_nodes("city", _city_key, lambda known: True, hits, parent[1])
        if parent[0] == "city" and _has_counties(parent[1]):
            return self._place_nodes(
                "county", _county_key, lambda known: _city_key(known) == parent[1], hits, parent[2]
            )
        return []

    def _place_nodes(
        self,
        level: str,
        key_of: Callable[[KnownPlace], str],
        inside: Callable[[KnownPlace], bool],
        hits: Hits | None,
        theme: str | None = None,
    ) -> list[TreeNode]:
        known_of = {number: self._cells.places[place] for number, (place, _) in self._numbered()}
        counts, examples = self._counted(
            lambda number: (
                [key_of(known_of[number])]
                if inside(known_of[number]) and (theme is None or self._has_theme(number, theme))
                else []
            ),
            hits,
        )
        below = level == "city"
        return [
            TreeNode(
                key=(level, key) if theme is None else (level, key, theme),
                label=_label(key, known_of[examples[key]], level),
                total=total,
                hits=None if hits is None else hit,
                query=Query(places=(key,), themes=() if theme is None else (theme,)),
                has_children=theme is None or (below and _has_counties(key)),
            )
            for key, (total, hit) in sorted(counts.items(), key=lambda item: _place_rank(item[0]))
        ]

    def _theme_nodes(self, place: str, hits: Hits | None) -> list[TreeNode]:
        inside = {number: self._cells.places[p].is_in(place) if place else True for number, (p, _) in self._numbered()}
        counts, _ = self._counted(
            lambda number: (self._cells.cells[number][1] or ("",)) if inside[number] else (), hits
        )
        return [
            TreeNode(
                key=("theme", theme, place) if place else ("theme", theme),
                label=theme or "主题未定",
                total=total,
                hits=None if hits is None else hit,
                query=Query(themes=(theme,), places=(place,) if place else ()),
                has_children=not place,
            )
            for theme, (total, hit) in sorted(counts.items(), key=lambda item: theme_rank(item[0]))
        ]

    def _numbered(self) -> Iterable[tuple[int, tuple[int, tuple[str, ...]]]]:
        return ((number, self._cells.cells[number]) for number in self._cells.totals())

    def _has_theme(self, number: int, theme: str) -> bool:
        themes = self._cells.cells[number][1]
        return theme in themes if theme else not themes

    def _counted(
        self, keys_of: Callable[[int], Iterable[str]], hits: Hits | None
    ) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
        """(total, hits) by key, and for each key one cell that has it."""
        found = self._cells_of(hits)
        totals: dict[str, int] = defaultdict(int)
        hit: dict[str, int] = defaultdict(int)
        examples: dict[str, int] = {}
        for number, cases in self._cells.totals().items():
            for key in keys_of(number):
                totals[key] += cases
                hit[key] += found[number]
                examples.setdefault(key, number)
        return {key: (total, hit[key]) for key, total in totals.items()}, examples

    def _cells_of(self, hits: Hits | None) -> Counter[int]:
        if hits is None:
            return Counter()
        if hits.cells is None:
            hits.cells = self._cells.count(hits.nums)
        return hits.cells


def _city_key(known: KnownPlace) -> str:
    """The node of the first level that a place lies in."""
    return known.city or (known.province + "=" if known.province else UNKNOWN)


def _county_key(known: KnownPlace) -> str:
    """The node of the second level; cases of the city itself have one of their own."""
    return known.county or known.city + "="


def _has_counties(city: str) -> bool:
    """Whether counties can lie under a node: not under 地区未定, nor under a county that stands where cities stand."""
    return not city.endswith("=") and not (city.isdigit() and len(city) == 6 and city[4:] != "00")


def _label(key: str, known: KnownPlace, level: str) -> str:
    if key == UNKNOWN:
        return "地区未定"
    if key.endswith("="):
        return "市本级" if level == "county" else f"{known.place.province}（未分市）"
    place = known.place
    return (place.county if level == "county" else place.city or place.county) or key


def _place_rank(key: str) -> tuple[int, str]:
    """Codes in their order (what is the city's own before its counties), names after them, 地区未定 last."""
    return (2 if key == UNKNOWN else 0 if key[:2].isdigit() else 1, key)
