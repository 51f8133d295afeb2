"""Place, themes and state of every case in memory, some twenty bytes a case, so that trees and filters need no table.

Sets of cases are compressed bitmaps of their numbers: two of a hundred thousand are cut in some microseconds.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from pyroaring import BitMap

from core.library.answers import Progress
from core.library.conform import texts_in
from core.library.places import Places
from core.places.areas import Area
from core.records import STATE_WORDS, State

Themes = tuple[str, ...]
STATES: tuple[State, ...] = tuple(STATE_WORDS)
"""A state by its number: what nobody has checked is 0."""


class Cells:
    """Arrays by case number: its place, the area (province, city, county) of that, and its set of themes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.places = Places()
        self.revision = -1
        self._place_of = array("I")
        self.area_of = array("I")
        """0 where there is no such case."""
        self.themes_of = array("I")
        self._state_of = bytearray()
        self.theme_sets: list[Themes] = [()]
        self._set_of_json: dict[str, int] = {"[]": 0}
        self._sets_with: defaultdict[str, list[int]] = defaultdict(list, {"": [0]})
        """The sets that have a theme; under "" those that have none."""
        self.there = BitMap()
        """All cases."""
        self._of_kind: defaultdict[int, BitMap] = defaultdict(BitMap)
        self.in_area: defaultdict[int, BitMap] = defaultdict(BitMap)
        self.with_set: defaultdict[int, BitMap] = defaultdict(BitMap)
        self.in_state: defaultdict[int, BitMap] = defaultdict(BitMap)
        """By the place of a state in ``STATES``."""

    def refresh(self) -> int:
        """Take in what was committed since the last time; the revision of the library."""
        (revision,) = self._db.execute("SELECT revision FROM library").fetchone()
        if revision != self.revision:
            if self.revision < 0:
                self._load("SELECT num, place, themes, state FROM cases", ())
            else:
                for (num,) in self._db.execute("SELECT case_num FROM removed WHERE revision > ?", (self.revision,)):
                    if num in self:
                        self._take_away(num)
                self._load("SELECT num, place, themes, state FROM cases WHERE revision > ?", (self.revision,))
            self.revision = revision
        return int(revision)

    def _load(self, sql: str, values: Sequence[int]) -> None:
        self.places.load(self._db)
        top = self._db.execute("SELECT coalesce(max(num), 0) FROM cases").fetchone()[0]
        for kept in (self._place_of, self.area_of, self.themes_of, self._state_of):
            kept.extend([0] * (top + 1 - len(kept)))
        area_of_place, set_of_json = self.places.area_of, self._set_of_json
        new: tuple[defaultdict[int, array[int]], ...] = tuple(defaultdict(lambda: array("I")) for _ in range(4))
        number_of: dict[object, int] = {state: number for number, state in enumerate(STATES)}
        for num, place, names, state in self._db.execute(sql, values):
            if not 0 < num <= top:  # out of its order in a damaged table, where nobody finds it; the check tells
                continue
            if num in self:
                self._take_away(num)
            if place not in area_of_place:  # of a damaged case: it lies nowhere
                place = self.places.nowhere()
            if names not in set_of_json:
                set_of_json[names] = len(self.theme_sets)
                self.theme_sets.append(texts_in(names))
                for theme in self.theme_sets[-1] or ("",):
                    self._sets_with[theme].append(set_of_json[names])
            self._place_of[num], self.area_of[num] = place, area_of_place[place]
            self.themes_of[num], self._state_of[num] = set_of_json[names], number_of.get(state, 0)
            keys = (self.places.kind_of[place], area_of_place[place], set_of_json[names], self._state_of[num])
            for cases, key in zip(new, keys, strict=True):
                cases[key].append(num)
        for sets, some in zip((self._of_kind, self.in_area, self.with_set, self.in_state), new, strict=True):
            for key, nums in some.items():
                sets[key] |= BitMap(nums)
        for nums in new[1].values():
            self.there |= BitMap(nums)

    def _take_away(self, num: int) -> None:
        self._of_kind[self.places.kind_of[self._place_of[num]]].discard(num)
        self.in_area[self.area_of[num]].discard(num)
        self.with_set[self.themes_of[num]].discard(num)
        self.in_state[self._state_of[num]].discard(num)
        self.there.discard(num)
        self._place_of[num] = self.area_of[num] = self.themes_of[num] = self._state_of[num] = 0

    def __contains__(self, num: object) -> bool:
        """Return whether there is a case with this number; numbers of a damaged table may be anything."""
        return isinstance(num, int) and 0 < num < len(self.area_of) and self.area_of[num] > 0

    def set_of(self, nums: Iterable[int]) -> BitMap:
        """Return those of the numbers that there are cases of, as a set."""
        try:
            return BitMap(array("I", nums)) & self.there
        except (OverflowError, TypeError):
            return BitMap(array("I", filter(self.__contains__, nums)))

    def label(self, num: int) -> str:
        """Return the place of a case as a list shows it; empty where there is no such case."""
        return self.places.label(self._place_of[num]) if num in self else ""

    def lying(self, places: Sequence[str]) -> BitMap:
        """Return the cases that lie in any of the places, codes of any level or keys of the tree."""
        flags = self.places.flags(places)
        return _all_of(cases for kind, cases in self._of_kind.items() if flags[kind])

    def inside(self, wanted: Callable[[Area], bool]) -> BitMap:
        """Return the cases of the areas that are wanted."""
        areas = self.places.areas
        return _all_of(cases for number, cases in self.in_area.items() if number and wanted(areas[number]))

    def about(self, themes: Iterable[str]) -> BitMap:
        """Return the cases that have any of the themes (the theme "" is to have none)."""
        numbers = {number for theme in themes for number in self._sets_with.get(theme, ())}
        return _all_of(self.with_set[number] for number in numbers)

    def stated(self, states: Iterable[State]) -> BitMap:
        """Return the cases that are in any of the states."""
        return _all_of(self.in_state[STATES.index(state)] for state in states)

    def progress(self, within: BitMap) -> Progress:
        """Return how many of some cases are in which state."""
        others = range(1, len(STATES))
        return Progress(*(self.in_state[number].intersection_cardinality(within) for number in others))

    def by_city_and_theme(self, city_of: Callable[[Area], str]) -> Counter[tuple[str, str]]:
        """Return how many cases of each city have each theme."""
        cities = ["", *map(city_of, self.places.areas[1:])]
        out: Counter[tuple[str, str]] = Counter()
        for (city, number), count in Counter(
            zip(map(cities.__getitem__, self.area_of), self.themes_of, strict=True)
        ).items():
            for theme in self.theme_sets[number] if city else ():
                out[city, theme] += count
        return out


def _all_of(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)
