"""What a person decides on a page, and how it is written down.

An edit names characters of the page, never articles or lines of a reading. So edits can be undone one by one, kept in
a file, and laid over a later and better reading of the same page without losing what a person decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from core import edit_tags
from core.records import ArticleKind, Place

Role = Literal["title", "section", "byline", "caption", "body", "nothing"]
ROLE_WORDS: dict[Role, str] = {
    "title": "标题",
    "section": "栏目",
    "byline": "署名",
    "caption": "图说",
    "body": "正文",
    "nothing": "不是文章",
}


@dataclass(frozen=True, slots=True)
class Cut:
    """From this character of the body on it is another article."""

    at: int


@dataclass(frozen=True, slots=True)
class Join:
    """The article that holds ``at`` goes on behind (or stands before) the one that holds ``to``."""

    at: int
    to: int
    before: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """These characters belong to the body of the article that holds ``to``, before its character ``before`` or last."""

    start: int
    end: int
    to: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """These characters are a title, a byline … of their article; a title inside a body begins a new article."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Confirm:
    """The seam before this character is right as it is."""

    at: int


@dataclass(frozen=True, slots=True)
class Correct:
    """One misread character put right: another one, several or nothing in its place; every anchor stays."""

    at: int
    char: str


def corrections_of(start: int, printed: Sequence[str], typed: str) -> list[Correct]:
    """Return what puts a stretch of a page right; ``printed`` are its characters as they read now, from ``start`` on.

    What is alike at both ends is left alone; words put in stand with the character before them.

    >>> corrections_of(7, "土成", "土地成")
    [Correct(at=7, char='土地')]
    >>> corrections_of(7, "二十二名", "十二名")
    [Correct(at=7, char='')]
    """
    head, rest = 0, typed
    while head < len(printed) and rest.startswith(printed[head]):
        rest = rest[len(printed[head]) :]
        head += 1
    left = [*printed[head:]]
    while left and rest.endswith(left[-1]):
        rest = rest[: len(rest) - len(left.pop())]
    if not left and rest:
        return [Correct(start + head - 1, printed[head - 1] + rest)] if head else [Correct(start, rest + printed[0])]
    new = [*rest[: len(left) - 1], rest[len(left) - 1 :], *[""] * len(left)] if left else []
    return [Correct(start + head + i, c) for i, (old, c) in enumerate(zip(left, new, strict=False)) if old != c]


@dataclass(frozen=True, slots=True)
class SetPlace:
    """Where the article that holds ``at`` belongs."""

    at: int
    place: Place


@dataclass(frozen=True, slots=True)
class SetThemes:
    """The themes of the article that holds ``at``, the main one first."""

    at: int
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetTitle:
    """The words of a title that the page does not print as such."""

    at: int
    title: str


@dataclass(frozen=True, slots=True)
class SetKind:
    """Whether the article that holds ``at`` is a case or news."""

    at: int
    kind: ArticleKind


@dataclass(frozen=True, slots=True)
class Same:
    """The article that holds ``at`` is this case of the library (its id), printed once more."""

    at: int
    case: str


@dataclass(frozen=True, slots=True)
class Other:
    """The article that holds ``at`` is much like this case of the library (its id), and another one."""

    at: int
    case: str


Edit = Cut | Join | Move | Mark | Confirm | Correct | SetPlace | SetThemes | SetTitle | SetKind | Same | Other
_TAGS: dict[type[Edit], str] = {
    Cut: edit_tags.CUT,
    Join: edit_tags.JOIN,
    Move: edit_tags.MOVE,
    Mark: edit_tags.MARK,
    Confirm: edit_tags.CONFIRM,
    Correct: edit_tags.CORRECT,
    SetPlace: edit_tags.PLACE,
    SetThemes: edit_tags.THEMES,
    SetTitle: edit_tags.TITLE,
    SetKind: edit_tags.KIND,
    Same: edit_tags.SAME,
    Other: edit_tags.OTHER,
}
_EDITS: dict[str, type[Any]] = {tag: kind for kind, tag in _TAGS.items()}
EDIT_WORDS: dict[type[Edit], str] = {
    Cut: "剪开",
    Join: "拼接",
    Move: "移动",
    Mark: "标记",
    Confirm: "确认接缝",
    Correct: "改字",
    SetPlace: "改地区",
    SetThemes: "改主题",
    SetTitle: "改标题",
    SetKind: "改类别",
    Same: "合并为一例",
    Other: "不是同一篇",
}


def edit_as_json(edit: Edit) -> dict[str, Any]:
    """Return an edit as plain values that JSON can hold."""
    return {"do": _TAGS[type(edit)], **asdict(edit)}


def edit_of_json(value: Mapping[str, Any]) -> Edit:
    """Return the edit that such values stand for; raises ``ValueError`` for anything else."""
    given = dict(value)
    try:
        kind = _EDITS[given.pop("do")]
        if kind is SetPlace:
            given["place"] = Place(**given["place"])
        if kind is SetThemes:
            given["themes"] = tuple(given["themes"])
        edit: Edit = kind(**given)
    except (KeyError, TypeError) as error:
        raise ValueError(f"no such edit: {value!r}") from error
    return edit
