"""What a page is made of: its lines, its headlines, the pieces of its body, and the order in which they are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from core.reading.page.body import fragments_of
from core.reading.page.cohesion import Cohesion
from core.reading.page.costs import Sheet
from core.reading.page.headlines import Head, heads_of, judge_heads
from core.reading.page.layout import BULLET, lay_out
from core.reading.page.order import Reading, find_order
from core.text.repair import LOOK_ALIKES

_LONGEST_SECTION = 10
_PLAIN = {**LOOK_ALIKES, **{code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}}
"""Look-alikes and full-width digits and letters as plain ones, one for one, so that offsets stay what they are."""


class Structure:
    """The structure of one page; lines (items), headlines and pieces bear numbers in printed order."""

    def __init__(self, text: str) -> None:
        self.text = text = text.translate(_PLAIN)
        self.items = lay_out(text)
        self.heads = heads_of(self.items)
        self._judge()
        self.titles = [h for h in self.heads if h.title]
        subheads = frozenset(i for h in self.heads if not h.title for i in h.lines)
        self.pieces = fragments_of(text, self.items, subheads)
        self.cohesion = Cohesion([p.text for p in self.pieces])
        self.item_of = [p.item for p in self.pieces]
        self.sheet = Sheet(
            self.pieces,
            ["".join(self.items[i].text for i in h.lines) for h in self.titles],
            [self._first_below(h.last) for h in self.titles],
            [bool(h.bylines) for h in self.titles],
            [self._is_plain(h) for h in self.titles],
            frozenset(self._closed_by_lines()),
            self.cohesion,
        )
        self.reading: Reading = find_order(self.sheet)

    def _judge(self) -> None:
        """Tell headlines from headings inside an article."""
        blocks = [self._around(h) for h in self.heads]
        open_cases = [k for k, h in enumerate(self.heads) if not h.bylines]
        likeness = [-1.0] * len(self.heads)
        if open_cases:
            words = Cohesion([side for block in blocks for side in block])  # 2k before headline k, 2k + 1 behind it
            for k in open_cases:
                if words.length((2 * k,)) and words.length((2 * k + 1,)):
                    likeness[k] = words.likeness((2 * k,), (2 * k + 1,))
        judge_heads(self.items, self.heads, likeness)
        for head in self.heads:
            for i in head.lines if head.demoted else ():
                self.items[i].kind = "text"
        self.heads = [h for h in self.heads if not h.demoted]

    def _around(self, head: Head) -> tuple[str, str]:
        """Some body text before and after a headline."""
        before = [i.text for i in self.items[max(0, head.first - 4) : head.first] if i.kind == "text"]
        after = [i.text for i in self.items[head.last + 1 : head.last + 5] if i.kind == "text"]
        return "".join(before)[-800:], "".join(after)[:800]

    def _is_plain(self, head: Head) -> bool:
        """Whether a headline may be a section head: one short line, unsigned, where others are signed."""
        short = len(head.lines) == 1 and len(self.items[head.first].text) <= _LONGEST_SECTION
        below = self.items[head.last + 1].text if head.last + 1 < len(self.items) else ""
        return short and not head.bylines and self._some_signed and not BULLET.match(below)

    @cached_property
    def _some_signed(self) -> bool:
        return any(h.bylines for h in self.titles)

    def _first_below(self, item: int) -> int:
        """The piece right below a line."""
        return bisect_right(self.item_of, item)

    def _closed_by_lines(self) -> Iterator[int]:
        """Pieces behind which a byline stands on a line of its own."""
        for i in self.lone_bylines():
            before = self.last_above(i)
            if before is not None:
                yield before

    def last_above(self, item: int) -> int | None:
        """The piece right above a line, not counting pictures and other bylines."""
        before = bisect_right(self.item_of, item) - 1
        if before < 0:
            return None
        between = self.items[self.item_of[before] + 1 : item]
        return before if all(b.kind in ("caption", "sheet", "byline") for b in between) else None

    def lone_bylines(self) -> list[int]:
        """Lines that are bylines and stand under no headline."""
        owned = {i for h in self.heads for i in h.bylines}
        return [i for i, item in enumerate(self.items) if item.kind == "byline" and i not in owned]
