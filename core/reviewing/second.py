"""The second reading: which decisions of one person another is to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from core.decisions import Decision, live
from core.decisions.state import said

if TYPE_CHECKING:
    from core.library import Library

Rule = Literal["never", "needed", "always"]
"""``needed``: what the first reader changed, called wrong, was unsure of, or what something contradicts."""
_STEP = 1000
"""So many targets are looked at in one step."""


class Reading(NamedTuple):
    """How often figures and whole cases (prose) are read."""

    figures: Rule
    cases: Rule


READINGS: Mapping[str, Reading] = {
    "needed": Reading("needed", "needed"),
    "twice": Reading("always", "never"),
    "never": Reading("never", "never"),
}
"""What can be chosen: only what needs it; prose once and figures twice; nothing."""
_WHY = {"changed": "改过", "added": "添加的", "rejected": "判为有误", "unsure": "存疑", "accepted": "核过"}


def reason(rows: Iterable[Decision], who: str, rule: Rule) -> str | None:
    """Return why ``who`` is to read a target a second time, as words; None where that person need not.

    Empty words mean: only where something contradicts it. Whoever has decided is never asked again, and a target that
    two people have read never comes a third time.
    """
    counting = [row for row in live(rows) if said(row)[0] != "unchecked"]
    readers = {row.who for row in counting}
    if rule == "never" or not who or len(readers) != 1 or who in readers:
        return None
    verdicts = [row.verdict for row in counting]
    last = next((one for one in reversed(verdicts) if one != "accepted"), "accepted")
    if rule == "needed" and last == "accepted":
        return ""
    return f"{next(iter(readers)) or '没有署名的人'}{_WHY[last]}，请再看一遍"


def seconds_of(library: Library, part: str, who: str, rule: Rule) -> Iterator[dict[str, str]]:
    """Yield in steps what a person is to read a second time: id → why, of figures (``FIGURE``) or whole ``CASE``."""
    if rule == "never" or not who:
        return
    after = ""
    while True:
        found = library.decisions.log_of(part, after, _STEP)
        if not found:
            return
        out: dict[str, str] = {}
        for id_, rows in found.items():
            if (why := reason(rows, who, rule)) is not None:
                out[id_] = why
        yield out
        after = next(reversed(found))
