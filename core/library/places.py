"""The places of a library: the area (province, city, county) each lies in, and which of them a key means."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from core.records import Place

UNKNOWN = "="
"""The key of 地区未定."""
EXACT = "="
"""A key that ends so means that place and nothing below it."""
_MUNICIPALITIES = ("11", "12", "31", "50")


class Area(NamedTuple):
    """Province, city and county by key (a six-digit code, or the names where no code is known) and by name."""

    province: str
    city: str
    county: str
    names: tuple[str, str, str]

    def is_in(self, key: str) -> bool:
        """Whether the key of a province, city, county or tree node means this area."""
        if key.endswith(EXACT):
            return (self.county or self.city or self.province) == key[:-1]
        return key in (self.province, self.city, self.county)


class Places:
    """All places of a library by number, some thousands at most."""

    def __init__(self) -> None:
        self.areas: list[Area] = [Area("", "", "", ("", "", ""))]
        self.area_of: dict[int, int] = {}
        """Place number → number of its area."""
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
            self._place[num] = Place(*names)
            self.area_of[num] = self._area(self._place[num])

    def label(self, num: int) -> str:
        """What a list shows of the place with this number."""
        place = self._place[num]
        return label_of(place.province, place.city, place.county)

    def flags(self, keys: Iterable[str]) -> bytearray:
        """A flag for each place number: whether any of the keys (codes of any level, tree keys) means it."""
        keys = tuple(keys)
        areas = [any(area.is_in(key) for key in keys) for area in self.areas]
        stems = tuple(_stem(key) for key in keys if key.isdigit())
        out = bytearray(max(self._place, default=0) + 1)
        for num, place in self._place.items():
            out[num] = areas[self.area_of[num]] or (bool(stems) and place.code.startswith(stems))
        return out

    def _area(self, place: Place) -> int:
        names = (place.province, place.city, place.county)
        if place.code:
            province, city, county = _keys_of_code(place.code)
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


def label_of(province: str, city: str, county: str) -> str:
    """What a list shows of a place: 「衢州市 · 常山县」, or the province when no more is known."""
    names = [name for name in (city, county) if name] or [province]
    return " · ".join(dict.fromkeys(name for name in names if name))


def _stem(code: str) -> str:
    """The digits that all codes below a code share: 330000 → 33."""
    while len(code) in (4, 6) and code.endswith("00"):
        code = code[:-2]
    return code


def _keys_of_code(code: str) -> tuple[str, str, str]:
    """Province, city and county of a six-digit (or finer) code.

    A municipality is its own city; counties right under a province (…90xx) stand where cities stand.

    >>> _keys_of_code("330822"), _keys_of_code("500112"), _keys_of_code("429004")
    (('330000', '330800', '330822'), ('500000', '500000', '500112'), ('420000', '429004', ''))
    """
    code = code.ljust(6, "0")
    province, county = code[:2] + "0000", "" if code[4:6] == "00" else code[:6]
    if code[:2] in _MUNICIPALITIES:
        return province, province, county
    if code[2:4] == "00":
        return province, "", ""
    if code[2:4] == "90" and county:
        return province, county, ""
    return province, code[:4] + "00", county
