"""The places of a library by number: the area each lies in, and which of them a key means."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from core.library.conform import shown
from core.places.areas import Area, area_label, keys_of_code, stem
from core.records import Place

UNKNOWN = "="
"""The key of 地区未定."""


class Places:
    """All places of a library by number, some thousands at most."""

    def __init__(self) -> None:
        self.areas: list[Area] = [Area("", "", "", ("", "", ""))]
        self.area_of: dict[int, int] = {}
        """Place number → number of its area."""
        self.kind_of: dict[int, int] = {}
        """Place number → number of its kind: the places of an area with one code, of which there are far fewer."""
        self._kinds: dict[tuple[int, str], int] = {}
        self._place: dict[int, Place] = {}
        self._number: dict[tuple[str, str, str], int] = {}
        self._key_of_names: dict[tuple[str, ...], str] = {}

    def load(self, db: sqlite3.Connection) -> None:
        """Read those that came since the last time; those with a code first: others find their city by its names."""
        last = max(self._place, default=0)
        rows = db.execute(
            "SELECT num, code, province, city, county, town, village FROM places WHERE num > ? ORDER BY code = '', num",
            (last,),
        ).fetchall()
        for num, *names in rows:
            self._put(num, Place(*map(shown, names)))

    def nowhere(self) -> int:
        """Return the number that stands for no place, where that of a case cannot be read."""
        if 0 not in self._place:
            self._put(0, Place())
        return 0

    def _put(self, num: int, place: Place) -> None:
        self._place[num] = place
        area = self.area_of[num] = self._area(place)
        self.kind_of[num] = self._kinds.setdefault((area, place.code), len(self._kinds))

    def label(self, num: int) -> str:
        """Return what a list shows of the place with this number."""
        place = self._place[num]
        return area_label(place.province, place.city, place.county)

    def flags(self, keys: Iterable[str]) -> list[bool]:
        """Return for each kind of places whether any of the keys (codes of any level, tree keys) means it."""
        keys = tuple(keys)
        areas = [any(area.is_in(key) for key in keys) for area in self.areas]
        stems = tuple(stem(key) for key in keys if key.isdigit())
        return [areas[area] or (bool(stems) and code.startswith(stems)) for area, code in self._kinds]

    def _area(self, place: Place) -> int:
        names = (place.province, place.city, place.county)
        if place.code:
            province, city, county = keys_of_code(place.code)
            for depth, key in enumerate((province, city, county), 1):
                if key and names[depth - 1]:
                    self._key_of_names.setdefault(names[:depth], key)
            if city and not county and place.city and place.county not in ("", place.city):
                county = "/".join(names)  # a zone without a code of its own: 宁波前湾新区
        else:
            province, city, county = (self._by_names(names[:depth]) for depth in (1, 2, 3))
        if not city:
            city, county = county, ""
        keys = (province, city, county)
        if keys not in self._number:
            self._number[keys] = len(self.areas)
            self.areas.append(Area(province, city, county, names))
        return self._number[keys]

    def _by_names(self, names: tuple[str, ...]) -> str:
        return (self._key_of_names.get(names) or "/".join(names)) if names[-1] else ""
