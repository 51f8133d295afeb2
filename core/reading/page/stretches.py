"""Lines that surely go on in the next: the stretches that a page's order is found between."""

from __future__ import annotations

from collections.abc import Sequence

from core.reading.page.likeness import Likeness
from core.reading.page.ngrams import NGrams
from core.reading.page.seams import OPENERS, TAIL_ONLY, Left, Right, left_of, right_of, strength_of
from core.reading.page.signs import Marked, first_class, last_class

WINDOW = 3
FAR = -9.0
_STRANGERS = -9.0

A_NAMES = (
    "a_title a_subhead a_body a_caption a_size a_width a_last a_open a_ends a_closes a_mark a_skipped a_gain_next"
    " a_like_next a_next_title a_next_starts a_next_indented"
).split()
B_NAMES = (
    "b_title b_subhead b_body b_caption b_size b_width b_first b_starts b_indented b_blanks b_opens b_dateline b_stray"
    " b_tail b_skipped b_gain_prev b_like_prev b_prev_open b_prev_title"
).split()
PAGE_NAMES = "lines blank indented open short".split()
NEXT_NAMES = (*A_NAMES, *B_NAMES, "bridge", "quotes", "like_line", "width_same", "points", *PAGE_NAMES)
"""The signs of a step to the line below."""


class Lines:
    """The lines of a page that may belong to an article's headline or text, and what stands at their ends."""

    def __init__(
        self,
        marked: Sequence[Marked],
        kinds: Sequence[Sequence[float]],
        nodes: Sequence[int],
        like: Likeness,
        grams: NGrams,
    ) -> None:
        self.marked = [marked[i] for i in nodes]
        self.kinds = [kinds[i] for i in nodes]
        self.nodes = nodes
        self.count = len(nodes)
        self.grams = grams
        self.like = like
        self._heads = [m.folded[:4] for m in self.marked]
        self._tails = [m.folded[-4:] for m in self.marked]
        self._ends = [grams.end(tail) for tail in self._tails]
        self._starts = [grams.start(head) for head in self._heads]
        self._lefts: dict[int, Left] = {}
        self._rights: dict[int, Right] = {}
        heads = [m.text[:2] for m in self.marked]
        self._points = [
            head if len(head) == 2 and head[0] in _NUMERALS[1:] and head[1] in "是要、" else "" for head in heads
        ]
        self._firsts = [head[:1] for head in self._heads]
        self._pulls: dict[str, dict[str, float]] = {}
        self._gains: dict[tuple[int, int], float] = {}
        count = max(1, self.count)
        self.page = [
            float(min(400, self.count)),
            sum([m.line.blanks > 0 for m in self.marked]) / count,
            sum([m.line.indented for m in self.marked]) / count,
            sum([m.ends_open for m in self.marked]) / count,
            sum([len(m.text) <= 40 for m in self.marked]) / count,
        ]
        widths = sorted([m.width for m in self.marked])
        self._widest = max(1.0, widths[int(0.9 * (count - 1))]) if widths else 1.0
        self.like_next = [self._across(a) for a in range(self.count - 1)]
        self.ends = [self._end(k) for k in range(self.count)]
        self.starts = [self._start(k) for k in range(self.count)]

    # ---- what goes on across a seam

    def gain(self, a: int, b: int) -> float:
        """Return how much likelier b's first characters are behind a's last ones than by themselves, in nats."""
        key = (a, b)
        found = self._gains.get(key)
        if found is None:
            found = self._gains[key] = self.grams.across(self._ends[a], self._starts[b])
        return found

    def pulls(self, a: int, others: Sequence[int]) -> list[float]:
        """Return how much likelier the characters at the seams between a line and others stand side by side than by
        chance, in nats."""
        last, firsts = self._tails[a][-1:], [self._firsts[b] for b in others]
        known = self._pulls.setdefault(last, {})
        for first in firsts:
            if first not in known:
                two = last + first
                found = self.grams.table(two, len(two) - 1, 2)
                known[first] = found[1] - found[0] + self.grams.rarity(two[0]) if len(found) > 1 else _STRANGERS
        return [known[first] for first in firsts]

    def bridge(self, a: int, b: int) -> float:
        """Return how well two lines go on in each other by the words, figures, dates and quotes at their seam."""
        one, other = self.marked[a], self.marked[b]
        if not one.ends_open:
            return FAR
        left = self._lefts.get(a)
        if left is None:
            left = self._lefts[a] = left_of(one.text)
        right = self._rights.get(b)
        if right is None:
            right = self._rights[b] = right_of(other.text)
        return strength_of(left, right, one.open, other.stray)

    def _across(self, a: int) -> float:
        low, high = a, a + 1
        while low > 0 and a - low + 1 < WINDOW and self.kinds[low][1] < 0.5:
            low -= 1
        while high + 1 < self.count and high - a < WINDOW and self.kinds[high + 1][1] < 0.5:
            high += 1
        nodes = self.nodes
        return self.like.together(nodes[low : a + 1], nodes[a + 1 : high + 1])

    # ---- signs

    def _end(self, a: int) -> list[float]:
        m, kind = self.marked[a], self.kinds[a]
        last = a + 1 >= self.count
        after = None if last else self.marked[a + 1]
        return [
            kind[1], kind[2], kind[0], kind[3],
            float(min(200, len(m.text))), m.width / self._widest, last_class(m.text[-1]), float(m.ends_open), m.ends,
            0.0 if m.closes is None else 2.0 if m.closes.names else 1.0, float(bool(m.open)),
            5.0 if last else float(min(5, self.nodes[a + 1] - self.nodes[a] - 1)),
            FAR if last else self.gain(a, a + 1), -1.0 if last else self.like_next[a],
            1.0 if last else self.kinds[a + 1][1],
            FAR if after is None else after.starts, -1.0 if after is None else float(after.line.indented),
        ]  # fmt: skip

    def _start(self, b: int) -> list[float]:
        m, kind = self.marked[b], self.kinds[b]
        return [
            kind[1], kind[2], kind[0], kind[3],
            float(min(200, len(m.text))), m.width / self._widest, first_class(m.text[0]), m.starts,
            float(m.line.indented), float(min(3, m.line.blanks)), float(OPENERS.match(m.text) is not None),
            float(m.dateline is not None), float(bool(m.stray)), float(TAIL_ONLY.match(m.text) is not None),
            float(min(5, self.nodes[b] - self.nodes[b - 1] - 1)) if b else 5.0,
            self.gain(b - 1, b) if b else FAR, self.like_next[b - 1] if b else -1.0,
            float(self.marked[b - 1].ends_open) if b else -1.0, self.kinds[b - 1][1] if b else 1.0,
        ]  # fmt: skip

    def seam_signs(self, a: int, b: int) -> list[float]:
        """Return the signs of a step between two lines that their ends alone do not have."""
        one, other = self.marked[a], self.marked[b]
        return [
            self.bridge(a, b),
            float(bool(one.open)) + 2.0 * float(bool(other.stray)),
            self.like.between(self.nodes[a], self.nodes[b]),
            abs(one.width - other.width) if one.width < 60 and other.width < 60 else 60.0,
            self.points(a, b),
        ]

    def points(self, a: int, b: int) -> float:
        """Return 1 where a line begins with the number behind one that the other lists, -1 where with another."""
        head = self._points[b]
        if not head:
            return 0.0
        before = _NUMERALS[_NUMERALS.index(head[0]) - 1] + head[1]
        return 1.0 if before in self.marked[a].text else -1.0

    def next_rows(self) -> list[list[float]]:
        """Return for every line but the last the signs of its going on in the next."""
        return [
            [*self.ends[a], *self.starts[a + 1], *self.seam_signs(a, a + 1), *self.page] for a in range(self.count - 1)
        ]


_NUMERALS = "一二三四五六七八九"
