"""The words around a quantity that change it, 近, 约, 超, 以上, 左右, and those that say what it is per."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from core.reading.figures.drafts import Draft
from core.reading.figures.numerals import NUMERALS
from core.records import Approx
from core.resources import load_table
from core.text.lexicon import either
from core.text.words import word_model

# 最近, 节约, 赶超: the mark is the tail of another word.
_TAIL_OF_WORD = {"近": "最附邻就靠临亲远", "约": "节条合预签契违公制大集简民", "超": "赶反高", "不足": "补弥"}
_NOT_MORE = frozenset("样元方次种项部门层维点功地数热")
_CLOSES = "，。；：、！？,;!?)）”的 "
_NOT_WITHIN = frozenset("部容外需涵生在")
# 顶多花|200元, 至少要等|3天: the verb between
_BOUND = re.compile(
    "(?:(顶多|至多|最多)|至少|最少|起码|少说)(?:也|就|只)?((?:要|能|可|得|需)?[\u4e00-\u9fff]{1,2}?)了?$"
)
_UNMEASURED = frozenset(("count", "ratio", "rank", "other", "number"))
_TIMES = "小时|分钟|天|日|周|星期|月|季度|季|学期|年|半年|两周|两年|两月|班"
# 每周|, 每个月召开|, 一天|
_EVERY = re.compile(rf"每(?:一|个|一个)?({_TIMES})[^，。；、\d]{{0,8}}$|(?<![\d{NUMERALS}第])一({_TIMES})$")
# 每吨|, 每千克含锌|
_PER_WHAT = re.compile(
    r"每(千克|公斤|100克|百克|克|升|毫升|立方米|平方米|平米|吨|斤|株|亩|公顷|人|户|个|件|小时|公里|度|方|头|只|台|套|次|位|名)"
    r"(?P<gap>[^，。；、]{0,24}?)$"
)
_FINE = frozenset("mg 毫克 μg ug 微克 ng 纳克 g 克 毫摩尔 mmol 微摩尔".split())
_HELD_IN = frozenset("千克 公斤 100克 百克 克 升 毫升 立方米 斤 吨".split())
_PRICED = frozenset(("money", "mass", "length", "energy", "volume"))


@dataclass(frozen=True, slots=True)
class _Marks:
    before: re.Pattern[str]
    before_means: dict[str, Approx]
    after: re.Pattern[str]
    after_means: dict[str, Approx]
    closing: dict[str, Approx]


@lru_cache(maxsize=1)
def _marks() -> _Marks:
    """The words of approximation, read once."""
    table = load_table("figures.toml")
    before = {word: approx for approx, words in table["before"].items() for word in words.split()}
    passing = [word for word, approx in before.items() if approx == "passing"]
    means = {word: approx for word, approx in before.items() if approx != "passing"}
    after = {word: approx for approx, words in table["after"].items() for word in words.split()}
    # 三年不到 and 500人不止, but 资金不到位, 不止步, 一间不到10平方米
    after_mark = re.compile(rf"({either(after)})(?![位账岗步])(?!(?<=不[到止])[\d{NUMERALS}几数半])")
    closing = {word: approx for approx, words in table["after_closing"].items() for word in words.split()}
    return _Marks(re.compile(rf"({either(means)})(?:{either(passing)})?$"), means, after_mark, after, closing)


def with_marks(text: str, draft: Draft, floor: int) -> Draft:
    """Return the draft with its approximation, its span over the words that say so, and what it is per.

    ``floor``: where the figure before ended; no mark is looked for before it.
    """
    start, left = _left(text, draft, floor)
    end, right = _right(text, draft)
    approx = left or (draft.approx if draft.approx != "exact" else None) or right or "exact"
    draft.start, draft.end, draft.approx = start, end, approx
    return _with_denominator(text, draft)


def _left(text: str, draft: Draft, floor: int) -> tuple[int, Approx | None]:
    """近, 约, 超过; 上 and 过 before a magnitude alone (上千亩, 过万人)."""
    low = max(floor, draft.start - 9)
    window = text[low : draft.start]
    if not window:
        return draft.start, None
    match = _marks().before.search(window)
    if match and not _is_tail(match[1], window[: match.start()]):
        return low + match.start(), _marks().before_means[match[1]]
    bound = None if match else _BOUND.search(window)
    if bound and (bound[0][0] != "最" or all(tag in ("v", "d") for _, tag in word_model().cut(bound[2]))):
        return draft.start, "under" if bound[1] else "over"
    if draft.form == "bare" and window[-1] in "上过破成" and window[-2:-1] not in tuple("网线以通超不路"):
        return draft.start - 1, "over"
    return draft.start, None


def _is_tail(mark: str, before: str) -> bool:
    return bool(before) and before[-1] in _TAIL_OF_WORD.get(mark, "")


def _right(text: str, draft: Draft) -> tuple[int, Approx | None]:
    """以上, 左右; 多 and 内 after units that measure (三年多, 15分钟内)."""
    end = draft.end
    if match := _marks().after.match(text, end):
        approx = _marks().after_means[match[1]]
        return match.end(), approx if approx != "exact" else None
    mark, follows = text[end : end + 1], text[end + 1 : end + 2]
    if mark in _marks().closing and (not follows or follows in _CLOSES):
        return end + 1, _marks().closing[mark]
    if mark in ("多", "余") and follows not in _NOT_MORE and (draft.unit == "倍" or draft.kind not in _UNMEASURED):
        return end + 1, "over"
    if mark == "内" and follows not in _NOT_WITHIN and draft.kind in ("duration", "length"):
        return end + 1, "under"
    return end, None


def _with_denominator(text: str, draft: Draft) -> Draft:
    """每周三次 → 次/周, 每千克…0.0295mg → mg/千克, 每吨3000元 → 元/吨."""
    window = text[max(0, draft.start - 32) : draft.start]
    if draft.unit == "次" and (every := _EVERY.search(window)):
        return replace(draft, unit=f"次/{every[1] or every[2]}", kind="other")
    if "每" not in window or "/" in draft.unit or not draft.unit:
        return draft
    match = _PER_WHAT.search(window)
    if match and draft.unit in _FINE and match[1] in _HELD_IN:
        return replace(draft, unit=f"{draft.unit}/{match[1]}", kind="content")
    if match and not match["gap"] and draft.kind in _PRICED:
        return replace(draft, unit=f"{draft.unit}/{match[1]}")
    return draft
