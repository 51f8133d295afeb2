"""Place, themes and state of every case in memory, thirteen bytes a case, so that trees and filters need no table."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import compress

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
        self.state_of = bytearray()
        """The state of each case by its place in ``STATES``."""
        self.theme_sets: list[Themes] = [()]
        self._set_of_json: dict[str, int] = {"[]": 0}

    def refresh(self) -> int:
        """Take in what was committed since the last time; the revision of the library."""
        (revision,) = self._db.execute("SELECT revision FROM library").fetchone()
        if revision != self.revision:
            if self.revision < 0:
                self._load("SELECT num, place, themes, state FROM cases", ())
            else:
                for (num,) in self._db.execute("SELECT case_num FROM removed WHERE revision > ?", (self.revision,)):
                    if isinstance(num, int) and 0 < num < len(self.area_of):
                        self._place_of[num] = self.area_of[num] = self.themes_of[num] = self.state_of[num] = 0
                self._load("SELECT num, place, themes, state FROM cases WHERE revision > ?", (self.revision,))
            self.revision = revision
        return int(revision)

    def _load(self, sql: str, values: Sequence[int]) -> None:
        self.places.load(self._db)
        top = self._db.execute("SELECT coalesce(max(num), 0) FROM cases").fetchone()[0]
        for kept in (self._place_of, self.area_of, self.themes_of, self.state_of):
            kept.extend([0] * (top + 1 - len(kept)))
        places, areas, themes, states = self._place_of, self.area_of, self.themes_of, self.state_of
        number_of: dict[object, int] = {state: number for number, state in enumerate(STATES)}
        area_of_place, set_of_json = self.places.area_of, self._set_of_json
        for num, place, names, state in self._db.execute(sql, values):
            if place not in area_of_place:  # of a damaged case: it lies nowhere
                place = self.places.nowhere()
            places[num] = place
            areas[num] = area_of_place[place]
            states[num] = number_of.get(state, 0)
            if names not in set_of_json:
                set_of_json[names] = len(self.theme_sets)
                self.theme_sets.append(texts_in(names))
            themes[num] = set_of_json[names]

    def known(self, nums: Sequence[int]) -> array[int]:
        """Return those of the numbers that there are cases of, in the same order; the index may be damaged."""
        top, areas = len(self.area_of), self.area_of
        if not nums or (min(nums) > 0 and max(nums) < top and all(map(areas.__getitem__, nums))):
            return array("q", nums)
        return array("q", (num for num in nums if 0 < num < top and areas[num]))

    def label(self, num: int) -> str:
        """Return the place of a case as a list shows it; empty where there is no such case."""
        there = isinstance(num, int) and 0 < num < len(self.area_of) and self.area_of[num]
        return self.places.label(self._place_of[num]) if there else ""

    def areas_where(self, wanted: Callable[[Area], bool]) -> bytearray:
        """Return a flag for each area."""
        return bytearray([0, *map(wanted, self.places.areas[1:])])

    def sets_with(self, themes: Iterable[str]) -> bytearray:
        """Return a flag for each set of themes: whether it has any of these (the theme "" is to have none)."""
        wanted = set(themes)
        return bytearray(not wanted.isdisjoint(names) if names else "" in wanted for names in self.theme_sets)

    def within(
        self, nums: Sequence[int], places: Sequence[str], themes: Sequence[str], states: Sequence[State] = ()
    ) -> Sequence[int]:
        """Return those of the cases that are in any of the places, themes and states, in the same order."""
        if places:
            flags = self.places.flags(places)
            nums = array("q", compress(nums, map(flags.__getitem__, map(self._place_of.__getitem__, nums))))
        if themes:
            flags = self.sets_with(themes)
            nums = array("q", compress(nums, map(flags.__getitem__, map(self.themes_of.__getitem__, nums))))
        if states:
            flags = bytearray(state in states for state in STATES)
            nums = array("q", compress(nums, map(flags.__getitem__, map(self.state_of.__getitem__, nums))))
        return nums

    def progress(self) -> Progress:
        """Return how many of all cases are in which state."""
        counts = Counter(compress(self.state_of, self.area_of))
        return Progress(*(counts[number] for number in range(1, len(STATES))))

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
