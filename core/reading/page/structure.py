"""The structure of a page: its lines, its headlines, the pieces of its body, and the order in which they are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from core.reading.page.blocks import pieces_of
from core.reading.page.cohesion import Cohesion
from core.reading.page.costs import Material
from core.reading.page.layout import lay_out
from core.reading.page.lines import BULLET
from core.reading.page.order import ReadingOrder, find_order
from core.reading.page.titles import Headline, headlines_of, judge_headlines
from core.text.repair import LOOK_ALIKES

_LONGEST_SECTION = 10
_PLAIN = {**LOOK_ALIKES, **{code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}}
"""Look-alikes and full-width digits and letters as plain ones, one for one, so that offsets stay what they are."""


class Structure:
    """The structure of one page; lines (items), headlines and pieces bear numbers in printed order."""

    def __init__(self, text: str) -> None:
        self.text = text = text.translate(_PLAIN)
        self.items = lay_out(text)
        self.headlines = headlines_of(self.items)
        self._judge()
        self.titles = [h for h in self.headlines if h.title]
        subheads = frozenset(i for h in self.headlines if not h.title for i in h.lines)
        self.pieces = pieces_of(text, self.items, subheads)
        self.cohesion = Cohesion([p.text for p in self.pieces])
        self.item_of = [p.item for p in self.pieces]
        self.material = Material(
            self.pieces,
            ["".join(self.items[i].text for i in h.lines) for h in self.titles],
            [self._first_below(h.last) for h in self.titles],
            [bool(h.bylines) for h in self.titles],
            [self._is_plain(h) for h in self.titles],
            frozenset(self._closed_by_lines()),
            self.cohesion,
        )
        self.order: ReadingOrder = find_order(self.material)

    def _judge(self) -> None:
        """Tell headlines from headings inside an article."""
        blocks = [self._around(h) for h in self.headlines]
        open_cases = [k for k, h in enumerate(self.headlines) if not h.bylines]
        likeness = [-1.0] * len(self.headlines)
        if open_cases:
            words = Cohesion([side for block in blocks for side in block])  # 2k before headline k, 2k + 1 behind it
            for k in open_cases:
                if words.length((2 * k,)) and words.length((2 * k + 1,)):
                    likeness[k] = words.likeness((2 * k,), (2 * k + 1,))
        judge_headlines(self.items, self.headlines, likeness)
        for headline in self.headlines:
            for i in headline.lines if headline.demoted else ():
                self.items[i].kind = "text"
        self.headlines = [h for h in self.headlines if not h.demoted]

    def _around(self, headline: Headline) -> tuple[str, str]:
        """Some body text before and after a headline."""
        before = [i.text for i in self.items[max(0, headline.first - 4) : headline.first] if i.kind == "text"]
        after = [i.text for i in self.items[headline.last + 1 : headline.last + 5] if i.kind == "text"]
        return "".join(before)[-800:], "".join(after)[:800]

    def _is_plain(self, headline: Headline) -> bool:
        """Whether a headline may be a section heading: one short line, unsigned, where others are signed."""
        short = len(headline.lines) == 1 and len(self.items[headline.first].text) <= _LONGEST_SECTION
        below = self.items[headline.last + 1].text if headline.last + 1 < len(self.items) else ""
        return short and not headline.bylines and self._some_signed and not BULLET.match(below)

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
        """Return the piece right above a line, not counting pictures and other bylines."""
        before = bisect_right(self.item_of, item) - 1
        if before < 0:
            return None
        between = self.items[self.item_of[before] + 1 : item]
        return before if all(b.kind in ("caption", "sheet", "byline") for b in between) else None

    def lone_bylines(self) -> list[int]:
        """Lines that are bylines and stand under no headline."""
        owned = {i for h in self.headlines for i in h.bylines}
        return [i for i, item in enumerate(self.items) if item.kind == "byline" and i not in owned]
