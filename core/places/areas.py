"""The areas of the country that places lie in: province, city and county, each by a key and by name."""

from __future__ import annotations

from typing import NamedTuple

from core.records import Place

EXACT = "="
"""A key that ends so means that place and nothing below it."""
NO_PLACE = "地区未定"
"""What lists, trees and pages say where no place is known."""
_MUNICIPALITIES = ("11", "12", "31", "50")


class Area(NamedTuple):
    """Province, city and county by key (a six-digit code, or the names where no code is known) and by name."""

    province: str
    city: str
    county: str
    names: tuple[str, str, str]

    def is_in(self, key: str) -> bool:
        """Return whether the key of a province, city, county or tree node means this area."""
        if key.endswith(EXACT):
            return (self.county or self.city or self.province) == key[:-1]
        return key in (self.province, self.city, self.county)


def area_label(province: str, city: str, county: str) -> str:
    """Return what a list shows of a place: 「衢州市 · 常山县」, or the province when no more is known."""
    names = [name for name in (city, county) if name] or [province]
    return " · ".join(dict.fromkeys(name for name in names if name))


def full_label(place: Place) -> str:
    """Return all names of a place, from the province down: 「浙江省 · 衢州市 · 常山县 · 球川镇」."""
    return " · ".join(place.names)


def stem(code: str) -> str:
    """Return the digits that all codes below a code share: 330000 → 33."""
    while len(code) in (4, 6) and code.endswith("00"):
        code = code[:-2]
    return code


def keys_of_code(code: str) -> tuple[str, str, str]:
    """Province, city and county of a six-digit (or finer) code.

    A municipality is its own city; counties right under a province (…90xx) stand where cities stand.

    >>> keys_of_code("330822"), keys_of_code("500112"), keys_of_code("429004")
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
