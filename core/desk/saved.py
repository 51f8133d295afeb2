"""A page on the desk as JSON and back: the page as it was read from its file, and what a person did to it.

What was read from the page is not kept: it is read again, and the edits are laid over it, so that a better reading
loses nothing. ``FORM`` numbers what is written; what a newer program wrote is refused, not guessed at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.desk.edits import Edit, edit_as_json, edit_of_json
from core.desk.work import Work
from core.records import Box, Heading, Page, Span

FORM = 1
_TEXTS = ("text", "name", "sha256", "encoding", "format", "paper", "published", "page_no")


class NotKept(ValueError):  # noqa: N818 - a name for what happened
    """What was kept cannot be read; ``str(error)`` says why, in the user's words."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What a person did to a page: where it was printed, the edits in order, the caret, when it was last seen."""

    cited: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    caret: int = 0
    seen: int = 0
    """Seconds since 1970; the page seen last is shown first."""
    had: tuple[Edit, ...] | None = None
    """Of a page of the library: what was put right in it there when it came onto the desk; None where nobody knows."""


NOTHING_DONE = Hand()


def page_as_json(page: Page) -> str:
    """Return a page with all that its file tells of its layout."""
    return _dumped(
        {
            **{name: getattr(page, name) for name in _TEXTS},
            "notes": page.notes,
            "headings": [(h.span.start, h.span.end, h.level) for h in page.headings],
            "tables": [(span.start, span.end) for span in page.tables],
            "breaks": page.breaks,
            "lines": [(b.span.start, b.span.end, b.page, b.x0, b.y0, b.x1, b.y1) for b in page.lines],
        }
    )


def page_of_json(kept: str) -> Page:
    """Return the page that was kept; NotKept when it cannot be read."""
    value = _loaded(kept)
    try:
        return Page(
            **{name: _text(value[name]) for name in _TEXTS},
            notes=tuple(_text(note) for note in value["notes"]),
            headings=tuple(Heading(Span(int(s), int(e)), int(level)) for s, e, level in value["headings"]),
            tables=tuple(Span(int(s), int(e)) for s, e in value["tables"]),
            breaks=tuple(int(at) for at in value["breaks"]),
            lines=tuple(Box(Span(int(s), int(e)), int(page), *map(float, box)) for s, e, page, *box in value["lines"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotKept("存下的版面读不出来了") from error


def pasted_as_json(text: str) -> str:
    """Return what was pasted and not read yet."""
    return _dumped({"pasted": text})


def pasted_of_json(kept: str) -> str:
    """Return the text that was pasted; empty where it was read already, or nothing was."""
    return _text(_loaded(kept).get("pasted", "")) if kept else ""


def hand_of(work: Work, seen: int = 0) -> Hand:
    """Return what a person did to a page."""
    return Hand(work.desk.cited, work.desk.edits, work.caret, seen, work.had)


def hand_as_json(hand: Hand) -> str:
    """Return what a person did as text."""
    edits = [edit_as_json(edit) for edit in hand.edits]
    had = {} if hand.had is None else {"had": [edit_as_json(edit) for edit in hand.had]}
    return _dumped({"cited": dict(hand.cited), "edits": edits, "caret": hand.caret, "seen": hand.seen, **had})


def hand_of_json(kept: str) -> Hand:
    """Return what a person did; nothing for an empty text, NotKept when it cannot be read."""
    if not kept:
        return Hand()
    value = _loaded(kept)
    try:
        cited = {name: _text(value["cited"][name]) for name in value["cited"]}
        edits = tuple(edit_of_json(edit) for edit in value["edits"])
        had = tuple(edit_of_json(edit) for edit in value["had"]) if "had" in value else None
        return Hand(cited, edits, int(value["caret"]), int(value["seen"]), had)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotKept("存下的改动读不出来了") from error


def _dumped(value: Mapping[str, Any]) -> str:
    return json.dumps({"form": FORM, **value}, ensure_ascii=False, separators=(",", ":"))


def _loaded(kept: str) -> dict[str, Any]:
    try:
        value = json.loads(kept)
        form = value["form"]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotKept("存下的内容坏了，读不出来") from error
    if form != FORM:
        raise NotKept("是更新版本的案览存下的，升级程序以后才能接着整理")
    return dict(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value
