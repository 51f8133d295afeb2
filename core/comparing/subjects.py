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
_IDLE = re.compile(r"[（(].*?[)）]$|下属|等$|本级$|全域$|(?:人民)?政府$|[“”\"‘’《》]")


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
        return _level_of(text) or "city"
    if ending:
        return ending[1]
    return "county" if _DISTRICT.search(text) else _level_of(text)


def _level_of(text: str) -> str:
    """The level of the last division of the gazetteer that a name ends with; 常山 is 常山县."""
    return next(filter(None, (_division(text[-size:]) for size in range(min(8, len(text)), 1, -1))), "")


def _division(name: str) -> str:
    """The level of the division that has this very name; 浦东新区 is a district, whatever its name ends with."""
    for division in gazetteer().named(name):
        return "province" if division.level == PROVINCE else "city" if division.level == CITY else "county"
    return ""


def kind_of_place(place: Place) -> str:
    """Return the kind of the finest place that a case is of."""
    return next((kind for field, kind in _LEVELS if getattr(place, field)), "")


def name_of_place(place: Place) -> str:
    """Return the name of the finest place that a case is of."""
    return place.names[-1] if place.names else ""
