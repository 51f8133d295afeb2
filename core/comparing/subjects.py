"""Whose a figure is: a county, a town, a village, a firm …; two of one kind may be compared."""

from __future__ import annotations

import re
from functools import lru_cache

from core.places.gazetteer import CITY, PROVINCE, gazetteer
from core.records import Place
from core.resources import load_table

_LEVELS = (("village", "village"), ("town", "town"), ("county", "county"), ("city", "city"), ("province", "province"))
_CITY = re.compile("[\u4e00-\u9fff]{2,}市$")
_DISTRICT = re.compile("[\u4e00-\u9fff]{1,}区$")
ANY_CITY = "city or county"
"""A 市 that is in no list: a city with counties, or one that is a county itself."""
_IDLE = re.compile(r"[（(].*?[)）]$|下属|等$|本级$|全域$|(?:人民)?政府$|[“”\"‘’《》]")


_NOBODY = re.compile("^(?:有的|有些|一些|某|部分|个别|多数|不少|各地|多地|外地|其他|兄弟|周边)")


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str], ...]:
    table = load_table("comparing.toml")["subjects"]
    pairs = [(word, kind) for kind, words in table.items() for word in words.split()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4096)
def kind_of(subject: str) -> str:
    """Return of which kind a subject is; empty where its words don't say so.

    >>> [kind_of(s) for s in ("青禾县", "江山市", "衢州市", "沐尘畲族乡", "绿丰农业公司", "全县", "马溪社区", "李明")]
    ['county', 'county', 'city', 'town', 'firm', 'county', 'village', '']
    """
    text = _IDLE.sub("", subject.strip())
    ending = next((pair for pair in _endings() if text.endswith(pair[0])), None)
    if (ending is None or ending[0] != text) and (level := _division(text)):
        return level
    if ending and len(ending[0]) > 1:
        return ending[1]
    if _CITY.search(text):
        return _level_of(text) or ANY_CITY
    if ending:
        return ending[1]
    return "county" if _DISTRICT.search(text) else _level_of(text)


def _level_of(text: str) -> str:
    """The level of the last division of the gazetteer that a name ends with; 常山 is 常山县, 汀南市 is no 南市."""
    least = 3 if text.endswith(("省", "市", "县", "区", "旗", "州")) else 2
    return next(filter(None, (_division(text[-size:]) for size in range(min(8, len(text)), least - 1, -1))), "")


def _division(name: str) -> str:
    """The level of the division that has this very name; 浦东新区 is a district, whatever its name ends with."""
    for division in gazetteer().named(name):
        return "province" if division.level == PROVINCE else "city" if division.level == CITY else "county"
    return ""


def is_somebody(subject: str) -> bool:
    """Return whether a subject names somebody; 有的县, 某镇 and 一些地方 do not."""
    return bool(subject.strip()) and not _NOBODY.search(subject)


def of_one_kind(a: str, b: str) -> bool:
    """Return whether two kinds of subjects may be one; a 市 of unknown level is as good as a city and as a county.

    >>> of_one_kind("city", ANY_CITY), of_one_kind("county", ANY_CITY), of_one_kind("city", "county")
    (True, True, False)
    """
    return a == b or (ANY_CITY in (a, b) and {a, b} <= {ANY_CITY, "city", "county"})


def kind_of_place(place: Place) -> str:
    """Return the kind of the finest place that a case is of."""
    return next((kind for field, kind in _LEVELS if getattr(place, field)), "")


def name_of_place(place: Place) -> str:
    """Return the name of the finest place that a case is of."""
    return place.names[-1] if place.names else ""
