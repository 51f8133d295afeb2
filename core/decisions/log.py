"""A decision of a person: one row that is never changed, about one target.

The target is a part of a case: a field under its tag, a figure or a mechanism by its id, the case as a whole, or where
it lies. What two laptops wrote is brought together by keeping all rows; what is so then is told by
``core.decisions.state``. Tags stand in files, so a tag is never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Verdict = Literal["accepted", "changed", "rejected", "unsure", "added", "withdrawn"]
VERDICT_WORDS: dict[Verdict, str] = {
    "accepted": "对",
    "changed": "改",
    "rejected": "错",
    "unsure": "存疑",
    "added": "添加",
    "withdrawn": "撤回",
}
CASE = "case"
"""The part that a verdict on a case as a whole is about."""
BIN = "bin"
"""The part that says whether a case lies in the bin."""
EDITS = "edits"
"""The part that the edits of a page are, in a target that names a source instead of a case."""
TEXT = "text/"
"""The part that a stretch of a page is, by its first character, in a target that names the page by the SHA-256 of its
text; its value are the misread characters that were put right there."""
FIGURE, MECHANISM = "figure/", "mechanism/"
DOUBT, PAIR, INDICATOR = "doubt/", "pair/", "indicator/"
"""The parts that belong to no one case: a doubt by its id, two cases by their ids, two indicators by their names."""
RULE = "rule/"
"""The part, of no case either, that says how people work in a library; its value is one of ``RULES``."""
RULES: dict[str, dict[str, str]] = {
    "second": {
        "needed": "只复核改过、判错、存疑、矛盾的",
        "twice": "正文一遍，数据两遍",
        "never": "不复核",
    }
}
"""Name of a rule → what may be decided → its words; the first holds before anybody has."""
PARTS: dict[str, str] = {
    "title": "标题",
    "place": "地区",
    "themes": "主题",
    "kind": "类别",
    "published": "日期",
    "section": "栏目",
    "byline": "署名",
    "summary": "摘要",
    "background": "背景",
    "practice": "做法",
    "result": "成效",
    "citations": "出处",
    "note": "备注",
    "tags": "标签",
    "starred": "星标",
}
"""Tag of a field of a case → its name on the screen."""


class Target(NamedTuple):
    """The id of a case (empty where none is meant), and which part of it."""

    case: str
    part: str

    def __str__(self) -> str:
        return f"{self.case}:{self.part}"


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of the log.

    ``seen`` are ids of decisions on the same target that it had before it; those they had seen are meant with them.
    ``before`` is the value that stood there, ``after`` the value decided (None: not to be there), ``read`` what the
    reading proposed then (None: nothing). For ``withdrawn`` the value ``after`` lists the ids that no longer count.
    """

    id: str
    target: Target
    verdict: Verdict
    who: str
    at: str
    """UTC, for people to read; nothing is ever decided by it."""
    before: Any = None
    after: Any = None
    read: Any = None
    note: str = ""
    seen: tuple[str, ...] = ()


def doubt_target(doubt_id: str) -> Target:
    """Return the target that a doubt is; decided ``rejected`` it is none, with the reason as the note."""
    return Target("", DOUBT + doubt_id)


def pair_target(one: str, other: str) -> Target:
    """Return the target that two cases are: ``rejected`` they are not the same article, ``accepted`` they are."""
    return Target("", PAIR + "/".join(sorted((one, other))))


def indicator_target(one: str, other: str) -> Target:
    """Return the target that the names of two indicators are: ``accepted`` they are one, ``rejected`` two."""
    return Target("", INDICATOR + "/".join(sorted(name.replace("/", "／") for name in (one, other))))


def rule_target(name: str) -> Target:
    """Return the target that a rule of ``RULES`` is."""
    return Target("", RULE + name)


def figure_part(figure_id: str) -> str:
    """Return the part that a figure is."""
    return FIGURE + figure_id


def mechanism_part(mechanism_id: str) -> str:
    """Return the part that a mechanism is."""
    return MECHANISM + mechanism_id


def target_of(words: str) -> Target:
    """Return the target written as ``CASE:part``; a case alone is meant as a whole.

    >>> target_of("c1:figure/m1"), target_of("c1")
    (Target(case='c1', part='figure/m1'), Target(case='c1', part='case'))
    """
    case, _, part = words.partition(":")
    return Target(case, part or CASE)
