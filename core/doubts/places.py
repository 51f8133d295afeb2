"""A figure that is given to the case's place, while its words begin with another place; or to a place elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.doubts.printed import Printed
from core.doubts.records import Doubt, doubt
from core.places.gazetteer import Named, gazetteer
from core.records import Place

# 2019年|全国, 其中，|湖北省
_LEAD = re.compile(
    r"[“‘（(《\s]*(?:其中|目前|据悉|据统计|截至目前|如今|同时|此外|另外|而|但|仅|在|截至)?，?"
    r"(?:(?:截至)?(?:\d{4}年|今年|去年|前年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初|以来|上半年|下半年|全年|春节期间)?)，?"
)
_COUNTRY = re.compile("全国|我国|全球|全世界|世界各地")
_NOT_ALL = re.compile("全国(?:人大|政协|优秀|文明|先进|首|第|最|重点|示范|模范|道德|一流|唯一|各地)")
_SMALLER = re.compile("[村镇乡路街]|社区|新区")
"""三河|村 may lie anywhere."""
_WHOLE = {"全省": "province", "全市": "city"}


def places(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield figures of the case's own place whose clause begins with another one, or with the whole that it lies in."""
    for figure in figures:
        metric, place = figure.metric, figure.case.place
        if not place.province or metric.kind == "rank" or metric.state == "checked":
            continue
        own = place.names[-1]
        found = _other(figure.head, place) if metric.subject == own else _elsewhere(metric.subject, place)
        if found:
            words = f"「{metric.indicator}」{figure.said} 记在「{metric.subject}」名下，"
            words += f"原文说的是「{found}」" if metric.subject == own else f"不是案例的地区「{own}」"
            yield doubt("place", [figure.target], [metric.subject], words, [figure.quote])


def _other(head: str, place: Place) -> str:
    """The place that a clause begins with, if it is not the case's own nor inside it."""
    lead = _LEAD.match(head)
    start = lead.end() if lead else 0
    own = [name[:-1] if len(name) > 2 else name for name in place.names]
    if own[-1] in head[start:]:
        return ""
    if country := _COUNTRY.match(head, start):
        return "" if _NOT_ALL.match(head, start) else country[0]
    level = _WHOLE.get(head[start : start + 2])
    if level:
        names = [place.province, place.city, place.county]
        at = ("province", "city").index(level)
        below = [name for name in names[at + 1 :] if name and name != names[at]]
        return head[start : start + 2] if below and not below[-1].endswith(head[start + 1]) else ""
    chain = _chain(head, start)
    if not chain or any(_is_inside(d.place, place) for n in chain for d in n.divisions):
        return ""
    said, end = head[start : chain[-1].end], chain[-1].end
    goes_on = _SMALLER.match(head, end) or head.startswith(tuple(own), end)
    return "" if goes_on or said in place.names[-1] else said


def _chain(head: str, start: int) -> list[Named]:
    """The names that follow one another from a place on: 重庆市巴南区."""
    chain: list[Named] = []
    for named in gazetteer().names_in(head):
        if named.start == start and not named.word:
            chain.append(named)
            start = named.end
    return chain


def _elsewhere(subject: str, place: Place) -> str:
    """A subject that is a place, whole, and neither inside the case's nor around it."""
    chain = _chain(subject, 0)
    if not chain or chain[-1].end != len(subject):
        return ""
    near = any(_is_inside(d.place, place) or _is_inside(place, d.place) for n in chain for d in n.divisions)
    return "" if near else subject


def _is_inside(part: Place, place: Place) -> bool:
    """Whether a place is another one or a part of it."""
    return (
        part.province == place.province
        and (not place.city or part.city == place.city)
        and (not place.county or part.county == place.county)
    )
