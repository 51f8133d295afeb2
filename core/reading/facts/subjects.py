"""Whose a figure is: the place or body named before it, else the article's own place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from core.places.gazetteer import gazetteer, place_code
from core.reading.facts.nouns import cut
from core.records import Place

_BODIES = (
    "有限公司|股份公司|公司|集团|合作社|研究院|研究所|大学|学院|中学|小学|医院|大队|支队|分局|派出所|管委会|服务中心"
)
_START = (
    r"(?:(?:^|[，。；：、“（\s])(?:[在由为对向如与和以]|当地|位于|来自|近日|目前)?"
    r"|[在由对向于]|位于|来自|[省市县区镇乡道])"
)
# ，青山合作社, 位于青山中学
_BODY = re.compile(rf"{_START}(?P<name>[\u4e00-\u9fffA-Za-z·]{{2,16}}?(?:{_BODIES}))")
_ANY_BODY = re.compile(_BODIES)
_NOT_A_VILLAGE = "民级里集委干务镇组落庄容情规史企居区"
# 在幸福社区, 。青溪村
_VILLAGE = re.compile(rf"{_START}(?P<name>[\u4e00-\u9fff]{{2,5}}?(?:社区|村)(?![{_NOT_A_VILLAGE}]))")
# 该, 三个, 建设
_NO_NAME = re.compile(
    "[级其的了个新各每全以农该本我这那等多几和与及共有将把被已为在一二三四五六七八九十两]"
    "|工作|建设|组织|服务|建成|成立|打造|推动|开展"
)
# 全县, 我镇
_WHOLE_AREA = re.compile(r"[全我][省市县区镇乡村]")
_ACTS = frozenset("vpdcru")
_NEAR = 12
"""So many names before a figure are looked at."""


@dataclass(slots=True)
class _Bearer:
    """A name that figures after it may belong to; a body only in its own sentence."""

    end: int
    name: str
    is_place: bool


class Subjects:
    """The places and bodies that one paragraph names, in order."""

    def __init__(self, text: str, place: Place) -> None:
        self._own = place.names[-1] if place.names else ""
        found = [*_divisions(text, place), *_towns(text, place)]
        if "村" in text or "社区" in text:
            found += _named(_VILLAGE, text, True)
        if _ANY_BODY.search(text):
            found += _named(_BODY, text, False)
        self._bearers = sorted(found, key=lambda b: b.end)
        self._ends = [b.end for b in self._bearers]
        self._areas = [m.start() for m in _WHOLE_AREA.finditer(text)]

    def of(self, at: int, sentence: int) -> str:
        """Whose a figure at a place is; ``sentence`` is where its sentence begins."""
        last = bisect_right(self._ends, at - 1)
        for bearer in reversed(self._bearers[max(0, last - _NEAR) : last]):
            if bearer.is_place or bearer.end >= sentence:
                area = bisect_right(self._areas, at - 1) - 1
                return self._own if area >= 0 and self._areas[area] >= bearer.end else bearer.name
        return self._own


def _divisions(text: str, place: Place) -> Iterator[_Bearer]:
    """The counties and cities of the article's own province or city."""
    for named in gazetteer().names_in(text) if place.province else ():
        meant = [] if named.word else [d for d in named.divisions if _is_inside(d.place, place)]
        if meant:
            yield _Bearer(named.end, named.zone or meant[0].name, True)


def _is_inside(part: Place, place: Place) -> bool:
    """Whether a place is the article's or a part of it."""
    return (
        part.province == place.province
        and (not place.city or part.city == place.city)
        and (not place.county or part.county == place.county)
    )


def _towns(text: str, place: Place) -> Iterator[_Bearer]:
    """The towns of the article's own province, city or county."""
    code = place.code or (place_code(place) if place.names else "")
    inside = code[:6] if place.county else code[:4] if place.city else code[:2]
    for town in gazetteer().towns_in(text) if inside else ():
        if any(c.startswith(inside) for c in town.codes):
            yield _Bearer(town.end, town.name, True)


def _named(pattern: re.Pattern[str], text: str, is_place: bool) -> Iterator[_Bearer]:
    """Villages and bodies by the form of their names; 拓展社区 begins with a verb and is none."""
    for match in pattern.finditer(text):
        name, counted = match["name"], text[match.end() : match.end() + 1].isdigit()
        if not counted and not _NO_NAME.search(name[:-1]) and cut(name)[0][1] not in _ACTS:
            yield _Bearer(match.end(), name, is_place)
