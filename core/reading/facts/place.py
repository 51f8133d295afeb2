"""The place that an article is about: what it names, weighed by where it stands, down to what is vouched for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.places.gazetteer import CITY, COUNTY, MUNICIPALITIES, Division, Gazetteer, gazetteer
from core.reading.facts.mentions import (
    OURS,
    Mention,
    levelled,
    lines_of,
    mentions_of,
    ours_of,
    pieces_of,
    upper,
)
from core.records import Place

NOWHERE = Place()
_HEAD = ("标题", "栏目", "开头", "首段")
"""The parts of an article that tell what it is about."""
MIXED_PAGE = 0.45
"""Below this confidence a page is taken for one of several places, without a home."""
OFTEN = 3
"""Mentions from which on 全县 vouches for a county that is never printed in full."""
MOST = 0.6
"""A place named in the body alone is spoken of when such a part of all mentions is its own or lies above."""
UNSURE = 0.3
"""Below this confidence a place is proposed in the reason, not set."""
SHARE = 0.6
"""Of the weight at one level, the part that one division must hold to settle the place."""

# 全县, 县委, 区政府: groups 1 and 2 say of what
_WHOLE = re.compile(r"全(县|市|区|省|州|旗)(?!场|民|域)|(?<![\u4e00-\u9fff])(县|市|区)(?:委|政府|长|级)")
# 今日淳安, 淳安日报
_MASTHEAD = re.compile(r"今日|日报|晚报|时报|快报|新闻|融媒|新报|发布|信息|讯|网|电视台")
_OF_A_PAPER = re.compile(r"日报|晚报|时报|快报|新闻|融媒|新报|报\b|发布|网(?![格络民红吧点])|(?:广播)?电视台")
# 青溪镇下姜村, 城关街道幸福社区
_VILLAGE = re.compile(r"(?:镇|乡|街道)([\u4e00-\u9fff]{2,5}?(?:村(?!里|民|两|级|干|书|党|支|委|集|庄)|社区))")


@dataclass(frozen=True, slots=True)
class Found:
    """A place with how sure it is (0–1) and why, in words."""

    place: Place = NOWHERE
    confidence: float = 0.0
    reason: str = ""


def find_place(
    title: str, section: str, paragraphs: Sequence[str], *, page_place: Place = NOWHERE, published: str = ""
) -> Found:
    """Return the place that an article is about, to the depth that its words support.

    ``page_place`` is where the page's own paper belongs (what 我县 means); ``published``, the page's date as far as it
    is known, tells old names from new ones.
    """
    names, home = gazetteer(), page_place
    pieces = pieces_of(title, section, paragraphs)
    text = "\n".join(p.text for p in pieces)
    mentions = [*levelled(mentions_of(pieces, home, names, published[:4])), *ours_of(pieces, home, names)]
    if not mentions:
        return _fallback(home, text, "文中没有地名")
    return _decide(mentions, home, text, names)


def find_page_place(page_text: str, name: str = "", published: str = "", paper: str = "") -> Found:
    """Return the home of a page's paper: from its name, its masthead or the file's, else what most of it speaks of."""
    names = gazetteer()
    head = (
        _home_of(paper, names) or _masthead(name, names) or _masthead(page_text[:300] + "\n" + page_text[-200:], names)
    )
    if head:
        return Found(head.place, 0.9, f"报头：{head.name}")
    mentions = mentions_of(lines_of(page_text), NOWHERE, names, published[:4])
    if not mentions:
        return Found(Place(), 0.0, "版面上没有地名")
    found = _decide(mentions, Place(), page_text, names)
    confidence = round(0.8 * found.confidence, 2)
    if confidence < MIXED_PAGE:
        return Found(Place(), confidence, "版面写到多地，不能定所属：" + found.reason)
    place = upper(found.place, names, CITY if _own_level(page_text) == CITY else COUNTY)
    return Found(place, confidence, "版面多数文章：" + found.reason)


# ---- weighing


def _decide(mentions: Sequence[Mention], home: Place, text: str, names: Gazetteer) -> Found:
    """Walk down from the province as long as one division holds most of the weight."""
    near = names.division(names.place_code(home))
    weighed = [(m, m.weight * _at_home(m.division, near)) for m in mentions]
    own: defaultdict[str, float] = defaultdict(float)
    for m, weight in weighed:
        own[m.key] += weight
    total = sum(own.values())
    titled = {m.key for m in mentions if m.where == "标题"}
    headed = {m.key for m in mentions if m.where in _HEAD}
    best, confidence = _descend(own, titled, headed, {m.key for m in mentions if m.chained and m.where != "正文"})
    if not _is_spoken_of(best, mentions, near, names):
        ours = _called_ours(best, mentions, text, names)
        if not ours:
            return _fallback(home, text, f"只在正文里顺带提到{_said(_chosen(best, mentions))}")
        best = ours
    chosen = _chosen(best, mentions)
    said = _said(chosen)
    if not _is_vouched_for(best, mentions, near, text):
        return _fallback(home, text, f"只有简称{said}，没有全称或上级地名")
    place, notes = _place_of(best, chosen, names), {m.note for m in chosen if m.note}
    place = _with_town(place, mentions, text, names)
    confidence = round(min(0.99, confidence * min(1.0, 0.6 + total / 20)), 2)
    spots = Counter(f"{m.where}“{m.printed}”" for m in chosen)
    reason = "、".join(spot for spot, _ in spots.most_common(3)) + ("；" + "；".join(sorted(notes)) if notes else "")
    if confidence < UNSURE:
        return _fallback(home, text, f"多处地名，没有一处为主：{reason}")
    return Found(place, confidence, reason)


def _chosen(key: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of the place with a key, or else of what lies in it."""
    return [m for m in mentions if m.key == key] or [m for m in mentions if m.key.startswith(key)]


def _said(mentions: Sequence[Mention]) -> str:
    return "、".join(sorted({f"“{m.printed}”" for m in mentions}))


def _is_spoken_of(best: str, mentions: Sequence[Mention], home: Division | None, names: Gazetteer) -> bool:
    """Whether an article speaks of the place with a key, and does not only name it in passing.

    It does in its head, of its paper's home, and in the body where what is printed in full or below its city or
    province is named again, and most names are its own or lie above.
    """
    own = [m for m in mentions if m.key.startswith(best)]
    if any(m.where in _HEAD or (home and (m.division == home or home.holds(m.division))) for m in own):
        return True
    if not any(m.certain or m.chained for m in own):
        return False
    here = names.division(best[:6].ljust(6, "0"))
    above = [m for m in mentions if here and m not in own and m.division.holds(here)]
    if len(own) > 1:
        return len(own) + len(above) >= MOST * len(mentions)
    return len(own) + len(above) == len(mentions) and any(m.where in _HEAD for m in above)


def _called_ours(best: str, mentions: Sequence[Mention], text: str, names: Gazetteer) -> str:
    """The key of what an article calls 我县, 我市 or 我省, where all that it names lies in one, or nothing."""
    ours = {m[1] for m in OURS.finditer(text)}
    for digits in (6, 4, 2):
        key = best[:digits]
        here = names.division(key.ljust(6, "0")) if len(best) >= digits else None
        if here and here.name[-1] in ours:
            inside = [m for m in mentions if m.division.level >= here.level]
            return key if inside and all(m.key.startswith(key) for m in inside) else ""
    return ""


def _is_vouched_for(best: str, mentions: Sequence[Mention], home: Division | None, text: str) -> bool:
    """Whether a county stands on more than its short name.

    That is its full form, what lies above it, its paper's home, or 全县 in an article that names it often.
    """
    own = [m for m in mentions if m.key == best and m.division.level == COUNTY]
    if not own or any(m.certain or m.chained for m in own) or (home and home.prefix[:2] == best[:2]):
        return True
    often = len(own) >= OFTEN and any(own[0].division.name.endswith(w[1] or w[2]) for w in _WHOLE.finditer(text))
    return often or any(m.division.holds(own[0].division) for m in mentions)


def _at_home(division: Division, home: Division | None) -> float:
    """A paper writes most of its own place, then of its province."""
    if home is None or division.code[:2] != home.code[:2]:
        return 1.0
    return 1.6 if division.code == home.code else 1.25


def _descend(
    own: dict[str, float], titled: Collection[str], headed: Collection[str], led_to: Collection[str]
) -> tuple[str, float]:
    """The key to settle on, and how much of the weight stands behind it.

    ``titled`` are the keys of the title, ``headed`` those of the whole head, ``led_to`` those to which the head comes
    down from their city or province.
    """
    provinces: defaultdict[str, float] = defaultdict(float)
    for key, weight in own.items():
        provinces[key[:2]] += weight
    at, weight = _heaviest(provinces)
    confidence = weight / sum(provinces.values())
    for digits in (6,) if at in MUNICIPALITIES else (4, 6):
        level: defaultdict[str, float] = defaultdict(float)
        for key, w in own.items():
            if key.startswith(at) and len(key) >= digits:
                level[key if digits == 6 else key[:4]] += w
        if not level:
            break
        below, heavy = _heaviest(level)
        if at in titled and len(level) > 1 and not any(key.startswith(below) for key in headed):
            confidence *= 0.9
            break
        share = heavy / sum(level.values())
        alone = len(level) == 1 and (below in led_to if digits == 6 else at not in titled)
        loud = 6.0 if alone else 2.0 if digits == 4 else 1.0
        if own.get(at, 0.0) > heavy * loud or share < SHARE:
            confidence *= 0.9
            break
        at, confidence = below, confidence * (0.5 + share / 2)
    return at, confidence


def _heaviest(weights: dict[str, float]) -> tuple[str, float]:
    """The key with most weight, the first in the order of codes among equals."""
    return max(sorted(weights.items()), key=lambda item: item[1])


def _place_of(key: str, chosen: Sequence[Mention], names: Gazetteer) -> Place:
    """The place that a key stands for."""
    first = chosen[0] if chosen else None
    if first and first.key == key:
        place = first.division.place
        return replace(place, county=first.zone) if first.zone else place
    return names.place(key.ljust(6, "0"))


def _with_town(place: Place, mentions: Sequence[Mention], text: str, names: Gazetteer) -> Place:
    """Add the town when the article is about one town of the county, not about the county by several of them."""
    if not place.county:
        return place
    times: Counter[str] = Counter()
    for form, town in {(m.town_printed or m.town, m.town) for m in mentions if m.town}:
        times[town] += text.count(form)
    town, most = max(times.items(), key=lambda item: item[1], default=("", 0))
    code = names.towns_of(place.code).get(town)
    early = any(m.town == town and m.where in ("标题", "开头", "首段") for m in mentions)
    bare = sum(1 for m in mentions if not m.town and m.division.name == place.county)
    if not code or not early or most < 2 or most < 0.7 * sum(times.values()) or bare > most:
        return place
    return replace(place, code=code, town=town, village=_village(text))


def _village(text: str) -> str:
    """The one village or neighbourhood that the article names behind a town, when it comes back to it."""
    named = {m[1] for m in _VILLAGE.finditer(text)}
    often = [v for v in named if text.count(v) > 2]
    return often[0] if len(named) == 1 and often else ""


def _fallback(home: Place, text: str, reason: str) -> Found:
    """The page's place for an article that speaks of none."""
    if not home.province:
        return Found(NOWHERE, 0.0, reason)
    return Found(replace(home, town="", village=""), 0.5 if _WHOLE.search(text) else 0.35, f"{reason}，取版面所属")


# ---- the page


def _masthead(text: str, names: Gazetteer) -> Division | None:
    """The division whose paper is named in a line: 今日X, X日报."""
    lines = [line for line in text.splitlines() if len(line) <= 40 and _MASTHEAD.search(line)]
    return next((home for line in lines if (home := _home_of(line, names))), None)


def _home_of(paper: str, names: Gazetteer) -> Division | None:
    """The division that a paper bears the name of; an ordinary word (光明日报) or one of several (新华网) is none."""
    for name in names.names_in(paper):
        before, after = paper[: name.start], paper[name.end :]
        several = len({d.code for d in name.divisions if not d.until}) > 1
        common = not name.full and name.divisions[0].level == COUNTY and (name.word or several)
        if before.endswith("今日") or (_OF_A_PAPER.match(after) and not common):
            return name.divisions[0]
    return None


def _own_level(text: str) -> int:
    """Whether the page calls its place 我市 or 我县 (0 when it does neither)."""
    counts = Counter(m[1] for m in OURS.finditer(text))
    if counts["市"] > counts["县"] + counts["区"]:
        return CITY
    return COUNTY if counts["县"] + counts["区"] else 0
