"""The places of a library: which city and county each belongs to, and which of them a key means."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from core.records import Place

UNKNOWN = "="
"""The key of 地区未定."""
EXACT = "="
"""A key that ends so means that place and nothing below it."""
_MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place with the keys of the province, city and county that it lies in; empty where unknown."""

    place: Place
    province: str
    city: str
    county: str

    @property
    def label(self) -> str:
        """What a list shows: 「衢州市 · 常山县」, or the province when no more is known."""
        names = [n for n in (self.place.city, self.place.county) if n] or [self.place.province]
        return " · ".join(dict.fromkeys(n for n in names if n))

    def is_in(self, key: str) -> bool:
        """Whether a code of any level or the key of a tree node means this place.

        >>> KnownPlace(Place("330822", "浙江省", "衢州市", "常山县"), "330000", "330800", "330822").is_in("330800")
        True
        """
        if key.endswith(EXACT):
            return (self.county or self.city or self.province) == key[:-1]
        if key in (self.province, self.city, self.county):
            return True
        return key.isdigit() and self.place.code.startswith(_stem(key))


def _stem(code: str) -> str:
    """The digits that all codes below a six-digit code share."""
    while (len(code) == 6 and code.endswith("00")) or (len(code) == 4 and code.endswith("00")):
        code = code[:-2]
    return code


class Places:
    """All places of a library by number, a few thousand at most."""

    def __init__(self) -> None:
        self._known: dict[int, KnownPlace] = {}
        self._keys_of_names: dict[tuple[str, ...], str] = {}

    def load(self, db: sqlite3.Connection) -> None:
        """Read those that came since the last time."""
        last = max(self._known, default=0)
        rows = db.execute(
            "SELECT num, code, province, city, county, town, village FROM places WHERE num > ?", (last,)
        ).fetchall()
        self.add((num, Place(*names)) for num, *names in rows)

    def clear(self) -> None:
        """Forget all."""
        self.__init__()  # type: ignore[misc]

    def add(self, rows: Iterable[tuple[int, Place]]) -> None:
        """Take in places; those with a code first, so that the others find their city by its names."""
        for num, place in sorted(rows, key=lambda row: not row[1].code):
            self._known[num] = self._with_keys(place)

    def __getitem__(self, num: int) -> KnownPlace:
        return self._known[num]

    def nums_in(self, keys: Iterable[str]) -> set[int]:
        """The places that any of the keys means."""
        keys = tuple(keys)
        return {num for num, known in self._known.items() if any(known.is_in(key) for key in keys)}

    def _with_keys(self, place: Place) -> KnownPlace:
        names = (place.province, place.city, place.county)
        if place.code:
            keys = _keys_of_code(place.code)
            for depth, key in enumerate(keys, 1):
                if key and names[depth - 1]:
                    self._keys_of_names.setdefault(names[:depth], key)
        else:
            keys = (self._key_of_names(names[:1]), self._key_of_names(names[:2]), self._key_of_names(names))
        province, city, county = keys
        return KnownPlace(place, province, city or county, county if city else "")

    def _key_of_names(self, names: tuple[str, ...]) -> str:
        return self._keys_of_names.get(names) or "/".join(names) if names[-1] else ""


def _keys_of_code(code: str) -> tuple[str, str, str]:
    """Province, city and county of a six-digit (or finer) code.

    A municipality is its own city; counties under a province directly (…90xx) stand where cities stand.
    """
    province = code[:2] + "0000"
    if code[:2] in _MUNICIPALITIES:
        return province, province, code[:6] if code[2:6] not in ("", "0000") and code[4:6] != "00" else ""
    if code[2:4] in ("", "00"):
        return province, "", ""
    if code[2:4] == "90" and code[4:6] != "00":
        return province, code[:6], ""
    return province, code[:4] + "00", code[:6] if code[4:6] not in ("", "00") else ""
