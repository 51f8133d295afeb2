"""A second look at the kinds of lines: what the first look took the lines around, above and below for.

A headline and a heading inside an article look alike. What tells them apart is what stands between the headings of a
page: whether the text below one goes on with what the text above talks of, whether each has its own writer, and whether
others of the same form are headlines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence

from core.reading.page.likeness import Likeness
from core.reading.page.lines import BODY, BYLINE, SUBHEAD, TITLE
from core.reading.page.signs import Marked, first_class, last_class

SURE = 0.97
"""From this chance on a line that is no heading is not looked at again."""
_HEADS = 0.3
_COMPARED, _READ = 6, 12
"""Lines at the edge of a section that are compared with others; lines of a section in which words are looked for."""
_BESIDE = (-3, -2, -1, 1, 2, 3)
_ASKED = ((BODY, "body"), (TITLE, "title"), (SUBHEAD, "subhead"), (BYLINE, "byline"))

NAMES = (
    *"was_body was_title was_subhead was_caption was_byline was_sheet".split(),
    *[f"was_{name}{way:+d}" for way in _BESIDE for _, name in _ASKED],
    *"group group_place group_title".split(),
    *"above_title above_subhead above_size above_lines above_chars above_again".split(),
    *"below_title below_subhead below_size below_lines below_chars below_again".split(),
    *"over_open over_ends over_last over_closes over_byline".split(),
    *"under_first under_starts under_dateline under_byline".split(),
    *"like_across like_under like_over head_under head_over head_like".split(),
    *"same_size_count same_size_title same_start_count same_start_title same_end_count same_end_title".split(),
    *"same_marks_count same_marks_title".split(),
    *"page_groups page_titles page_subheads page_signed page_dated page_lines".split(),
)
"""The signs that a line has beside those of the first look."""
Chances = Sequence[Sequence[float]]


def doubtful(chances: Chances) -> list[int]:
    """Return the lines that are looked at again: headings of any kind, and what is not surely anything."""
    return [i for i, p in enumerate(chances) if p[TITLE] + p[SUBHEAD] > 1.0 - SURE or max(p) < SURE]


class Headings:
    """The headings of a page as the first look told them, and the sections of text between."""

    def __init__(self, marked: Sequence[Marked], chances: Chances, like: Likeness) -> None:
        self._marked, self._chances, self._like = marked, chances, like
        heads = [i for i, p in enumerate(chances) if p[TITLE] + p[SUBHEAD] >= _HEADS]
        self._groups = _runs(heads)
        self._starts = [low for low, _ in self._groups]
        self._texts = [i for i, p in enumerate(chances) if p[BODY] >= 0.5]
        sizes = [0]
        for i in self._texts:
            sizes.append(sizes[-1] + len(marked[i].text))
        self._sizes = sizes
        same: tuple[Callable[[int], Hashable], ...] = (
            lambda i: marked[i].text[:2],
            lambda i: marked[i].text[-2:],
            lambda i: marked[i].line.marks,
        )
        self._same = [(of, _sums((of(i), chances[i][TITLE]) for i in heads)) for of in same]
        self._by_size = _sums((len(marked[i].text), chances[i][TITLE]) for i in heads)
        self._heads = frozenset(heads)
        signed = [self._byline_in(high + 1, high + 3) for _, high in self._groups]
        dated = [self._dateline_below(high) for _, high in self._groups]
        count = max(1, len(self._groups))
        self._page = [
            float(len(self._groups)),
            sum([p[TITLE] for p in chances]),
            sum([p[SUBHEAD] for p in chances]),
            sum(signed) / count,
            sum(dated) / count,
            float(min(400, len(marked))),
        ]

    @property
    def several(self) -> bool:
        """Whether there are headings to be compared with each other."""
        return len(self._groups) > 1

    def row(self, i: int) -> list[float]:
        """Return the signs of a line."""
        marked, chances, like = self._marked, self._chances, self._like
        count = len(marked)
        out = list(chances[i])
        for way in _BESIDE:
            k = i + way
            out += [chances[k][kind] for kind, _ in _ASKED] if 0 <= k < count else _NONE
        at = bisect_right(self._starts, i) - 1
        inside = at >= 0 and self._groups[at][1] >= i
        low, high = self._groups[at] if inside else (i, i)
        above, below = at if not inside else at - 1, at + 1
        out += [float(high - low + 1), float(i - low), max([chances[k][TITLE] for k in range(low, high + 1)])]
        over = self._texts_between(self._groups[above][1] if above >= 0 else -1, low)
        under = self._texts_between(high, self._groups[below][0] if below < len(self._groups) else count)
        out += self._heading(above, over, above - 1)
        out += self._heading(below, under, below + 1)
        over_lines, under_lines = self._texts[over[0] : over[1]], self._texts[under[0] : under[1]]
        last = marked[over_lines[-1]] if over_lines else None
        first = marked[under_lines[0]] if under_lines else None
        out += [
            -1.0 if last is None else float(last.ends_open),
            -20.0 if last is None else last.ends,
            -1.0 if last is None else last_class(last.text[-1]),
            -1.0 if last is None or last.closes is None else 2.0 if last.closes.names else 1.0,
            self._byline_in(over_lines[-1] + 1, low - 1) if over_lines else 0.0,
            -1.0 if first is None else first_class(first.text[0]),
            -20.0 if first is None else first.starts,
            -1.0 if first is None else float(first.dateline is not None),
            self._byline_in(high + 1, under_lines[0] - 1) if under_lines else 0.0,
        ]
        own = range(low, high + 1)
        head = range(self._groups[above][0], self._groups[above][1] + 1) if above >= 0 else range(0)
        read_over, read_under = over_lines[-_READ:], under_lines[:_READ]
        out += [
            like.together(over_lines[-_COMPARED:], under_lines[:_COMPARED]) if over_lines and under_lines else -1.0,
            like.together(own, read_under) if under_lines else -1.0,
            like.together(own, read_over) if over_lines else -1.0,
            like.together(head, read_under) if head and under_lines else -1.0,
            like.together(head, read_over) if head and over_lines else -1.0,
            like.together(head, own) if head else -1.0,
        ]
        return [*out, *self._alike(i), *self._page]

    def _alike(self, i: int) -> list[float]:
        """How many other headings have the form of a line, and how many of them were taken for headlines."""
        size = len(self._marked[i].text)
        itself = self._chances[i][TITLE] if i in self._heads else 0.0
        mine = float(i in self._heads)
        near = [self._by_size.get(n, (0.0, 0.0)) for n in (size - 1, size, size + 1)]
        found = [(sum([n for n, _ in near]), sum([t for _, t in near]))]
        found += [sums.get(of(i), (0.0, 0.0)) for of, sums in self._same]
        out = []
        for number, titles in found:
            others = number - mine
            out += [others, (titles - itself) / others if others else -1.0]
        return out

    def _heading(self, group: int, section: tuple[int, int], further: int) -> list[float]:
        """What the next heading up or down the page is, how much text stands between, and what the one beyond is."""
        low, high = section
        chars = self._sizes[high] - self._sizes[low] if high > low else 0
        between = [float(min(60, max(0, high - low))), float(min(4000, chars))]
        if not 0 <= group < len(self._groups):
            return [-1.0, -1.0, -1.0, *between, -1.0]
        first, last = self._groups[group]
        best = max(range(first, last + 1), key=lambda k: self._chances[k][TITLE])
        p = self._chances[best]
        size = float(min(60, len(self._marked[best].text)))
        return [p[TITLE], p[SUBHEAD], size, *between, self._title_of(further)]

    def _title_of(self, group: int) -> float:
        if not 0 <= group < len(self._groups):
            return -1.0
        low, high = self._groups[group]
        return max([self._chances[k][TITLE] for k in range(low, high + 1)])

    def _texts_between(self, above: int, below: int) -> tuple[int, int]:
        """The lines of text between two lines, as places in the list of texts."""
        return bisect_right(self._texts, above), bisect_left(self._texts, below)

    def _byline_in(self, low: int, high: int) -> float:
        chances = [self._chances[k][BYLINE] for k in range(max(0, low), min(len(self._chances), high + 1))]
        return max(chances, default=0.0)

    def _dateline_below(self, high: int) -> float:
        at = bisect_right(self._texts, high)
        return float(at < len(self._texts) and self._marked[self._texts[at]].dateline is not None)


def _sums(pairs: Iterable[tuple[Hashable, float]]) -> dict[Hashable, tuple[float, float]]:
    """How many pairs there are of each key, and the sum of their values."""
    found: dict[Hashable, tuple[float, float]] = {}
    for key, value in pairs:
        number, total = found.get(key, (0.0, 0.0))
        found[key] = (number + 1.0, total + value)
    return found


_NONE = [-1.0] * len(_ASKED)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of neighbours."""
    found: list[tuple[int, int]] = []
    for i in numbers:
        if found and found[-1][1] == i - 1:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found
