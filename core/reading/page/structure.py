"""The structure of a page: the kinds of its lines, its headlines, the pieces of its body, and their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from core.reading.page.bylines import Byline
from core.reading.page.captions import is_furniture, is_sheet
from core.reading.page.cohesion import Cohesion
from core.reading.page.headings import Headings, doubtful
from core.reading.page.likeness import likeness_of
from core.reading.page.lines import BODY, CAPTION, SUBHEAD, TITLE, Kind, Line
from core.reading.page.marking import mark_lines
from core.reading.page.ngrams import NGrams, ngrams
from core.reading.page.order import Step, find_steps
from core.reading.page.pieces import Piece
from core.reading.page.seams import left_of, right_of, weigh_sides
from core.reading.page.signs import Marked, rows_of
from core.reading.page.stretches import Lines
from core.reading.page.trees import Trees, kinds_of, learnt
from core.text.marks import OPENING_BRACKETS
from core.text.repair import LOOK_ALIKES

MAY_BE_TEXT = 0.35
"""From this chance on a line may belong to an article's headline or text."""
FEW_LINES = 12
"""Lines up to which a text is read by trees that learnt from no whole issues, and its headings are not compared."""
_MAY_HEAD = 0.15
SURE_HEAD = 0.9
"""From this chance on a line begins an article, or goes on with the headline above it."""
_LONGEST_HEAD = 60
_PICTURE = 0.3
_LONGEST_SECTION = 16
_PLAIN = {**LOOK_ALIKES, **{code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}}
"""Look-alikes and full-width digits and letters as plain ones, one for one, so that offsets stay what they are."""
_ANY_ODD = re.compile(f"[{''.join(map(chr, _PLAIN))}]")


@dataclass(slots=True)
class Item:
    """A line of the page with what it was taken for, and how sure that is."""

    marked: Marked
    kind: Kind
    chances: Sequence[float]

    @property
    def line(self) -> Line:
        """Return the printed line."""
        return self.marked.line

    @property
    def text(self) -> str:
        """Return the line's words."""
        return self.marked.text

    @property
    def byline(self) -> Byline | None:
        """Return the names that the line holds, where it is one of names."""
        return self.marked.byline


@dataclass(slots=True)
class Headline:
    """The lines of a headline, with the byline below them; numbers are those of the page's items."""

    lines: list[int]
    bylines: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seam:
    """Why one piece goes on in another, and how sure that is (0 to 1)."""

    confidence: float
    reason: str


@dataclass(slots=True)
class Chain:
    """The lines of one article in reading order: a headline (its number, None without one) and pieces of text."""

    headline: int | None
    pieces: list[int]
    start: Seam


class Marks:
    """The lines of a page with what they show, and what of it tells their kinds."""

    def __init__(self, text: str, grams: NGrams | None = None) -> None:
        self.text = text = text.translate(_PLAIN) if _ANY_ODD.search(text) else text
        self.grams = grams or ngrams()
        self.marked = mark_lines(text, self.grams)
        self.like = likeness_of([m.pairs for m in self.marked], self.grams)
        self.gains = [-9.0, *[self.grams.gain(a.folded, b.folded) for a, b in pairwise(self.marked)]]


def text_lines(chances: Sequence[Sequence[float]]) -> list[int]:
    """Return the lines that may belong to an article's headline or text, by the chances of their kinds."""
    return [i for i, p in enumerate(chances) if p[BODY] + p[TITLE] + p[SUBHEAD] >= MAY_BE_TEXT]


def kinds_on(marks: Marks, models: Mapping[str, Sequence[Trees]]) -> list[list[float]]:
    """Return the chances of the kinds of all lines, looked at twice where headings can be compared.

    A text of few lines has trees of its own: around its lines stands too little of what tells them elsewhere.
    """
    rows = rows_of(marks.marked, marks.gains, marks.like)
    if len(rows) <= FEW_LINES:
        return [kinds_of(models["few"], row) for row in rows]
    first = [kinds_of(models["kinds"], row) for row in rows]
    headings = Headings(marks.marked, first, marks.like)
    out = list(first)
    for i in doubtful(first) if headings.several else ():
        out[i] = kinds_of(models["headings"], [*rows[i], *headings.row(i)])
    return out


class Structure:
    """The structure of one page; lines (items), headlines and pieces bear numbers in printed order."""

    def __init__(self, text: str) -> None:
        marks, models = Marks(text), learnt()
        self.text = marks.text
        chances = kinds_on(marks, models)
        nodes = text_lines(chances)
        lines = Lines(marks.marked, chances, nodes, marks.like, marks.grams)
        self.items = [
            Item(m, _KIND_OF[max(range(6), key=p.__getitem__)], p) for m, p in zip(marks.marked, chances, strict=True)
        ]
        self.titles: list[Headline] = []
        self.pieces: list[Piece] = []
        self.chains: list[Chain] = []
        self.seams: dict[tuple[int, int], Seam] = {}
        steps, offers = find_steps(lines, models)
        self.offers = {nodes[a]: [(nodes[step.to], step.chance) for step in found] for a, found in offers.items()}
        """For items that do not surely go on in the next: those that they may go on in, with the chance of each."""
        self._build(nodes, steps)
        self._give_bylines()
        self._tell_sections()

    # ---- from chains of lines to headlines and pieces

    def _build(self, nodes: Sequence[int], steps: Sequence[Step | None]) -> None:
        whole = [part for chain in _chains(steps) for part in self._parted([(nodes[k], p) for k, p in chain])]
        heads = [self._head_of([i for i, _ in chain]) for chain in whole]
        in_text: list[int] = []
        for chain, head in zip(whole, heads, strict=True):
            for i, _ in chain[:head]:
                self.items[i].kind = "headline"
            rest = [i for i, _ in chain[head:]]
            if not head and len(rest) == 1 and self._is_no_text(rest[0]):
                continue
            for i in rest:
                self.items[i].kind = "text"
            in_text += rest
        number = {i: n for n, i in enumerate(sorted(in_text))}
        self.pieces = [Piece(n, self.items[i].marked, i, self._is_subhead(i)) for i, n in number.items()]
        for chain, head in zip(whole, heads, strict=True):
            self._add_chain(chain, head, number)
        self.chains.sort(key=self._place_of)
        self._number_titles()

    def _parted(self, chain: list[tuple[int, float]]) -> list[list[tuple[int, float]]]:
        """A chain in parts, each with its headline first: no article goes on in what surely is a headline."""
        lines = [i for i, _ in chain]
        starts = sorted(
            {k for n in range(1, len(chain)) if self._is_headline(lines[n]) and (k := self._top_of(lines, n))}
        )
        return [chain[a:b] for a, b in pairwise([0, *starts, len(chain)])]

    def _top_of(self, lines: Sequence[int], n: int) -> int:
        """Where the headline begins that a line of a chain belongs to: at the first of its lines."""
        while n and self.items[lines[n - 1]].chances[TITLE] >= 0.5:
            n -= 1
        return n

    def _is_headline(self, i: int) -> bool:
        return self.items[i].chances[TITLE] >= SURE_HEAD

    def _head_of(self, chain: Sequence[int]) -> int:
        """How many lines at the start of a chain are its headline."""
        head = 0
        while head < len(chain) and self._may_head(chain[head]):
            head += 1
        if head < len(chain):
            return head
        return head if len(chain) > 1 or self.items[chain[0]].chances[TITLE] >= 0.5 else 0

    def _may_head(self, i: int) -> bool:
        p = self.items[i].chances
        return p[TITLE] >= 0.5 or (p[TITLE] >= _MAY_HEAD and p[TITLE] + p[SUBHEAD] >= 0.5)

    def _is_subhead(self, i: int) -> bool:
        p = self.items[i].chances
        return p[SUBHEAD] + p[TITLE] > p[BODY] + p[CAPTION] and len(self.items[i].text) <= _LONGEST_HEAD

    def _is_no_text(self, i: int) -> bool:
        """Whether a line that belongs to no other is rather words to a picture, or a heading of nothing."""
        item = self.items[i]
        p = item.chances
        if p[CAPTION] >= _PICTURE:
            item.kind = "caption"
            return True
        if p[BODY] < 0.5 or self._is_subhead(i):
            item.kind = "sheet" if p[TITLE] + p[SUBHEAD] < 0.5 else "headline"
            if item.kind == "headline":
                self.titles.append(Headline([i]))
            return True
        return False

    def _add_chain(self, chain: Sequence[tuple[int, float]], head: int, number: dict[int, int]) -> None:
        if chain[0][0] not in number and not head:
            return
        headline = None
        if head:
            headline = len(self.titles)
            self.titles.append(Headline([i for i, _ in chain[:head]]))
        pieces = [number[i] for i, _ in chain[head:]]
        if not pieces:
            return
        start = self._start_seam(chain, head)
        self.chains.append(Chain(headline, pieces, start))
        for (i, chance), (k, _) in pairwise(chain[head:]):
            self.seams[number[i], number[k]] = self._seam(i, k, chance)

    def _start_seam(self, chain: Sequence[tuple[int, float]], head: int) -> Seam:
        if not head:
            return Seam(0.3, "没有标题")
        last, first = chain[head - 1][0], chain[head][0]
        below = all(self.items[i].kind in ("byline", "caption", "sheet") for i in range(last + 1, first))
        words = "正文紧接标题" if last < first and below else "正文不在标题之下，按用词和版位相配"
        return Seam(round(chain[head - 1][1], 3), words)

    def _seam(self, a: int, b: int, chance: float) -> Seam:
        one, other = self.items[a].marked, self.items[b].marked
        near = a < b and all(self.items[i].kind in ("caption", "sheet", "byline") for i in range(a + 1, b))
        jump = "" if near else "，跳栏"
        text = min(1.0 - self.items[b].chances[CAPTION], 1.0 - self.items[a].chances[CAPTION])
        if not one.ends_open or one.closes is not None:
            return Seam(round(chance * text, 3), "上段句毕，下段另起" + jump)
        reason = weigh_sides(left_of(one.text), right_of(other.text), one.open, other.stray).reason or "接续"
        return Seam(round(chance * text, 3), reason + jump)

    def _place_of(self, chain: Chain) -> float:
        """Where a chain stands among the others: by its headline, or by its first piece."""
        if chain.headline is not None:
            return self.titles[chain.headline].lines[0] - 0.5
        return self.pieces[chain.pieces[0]].item

    def _number_titles(self) -> None:
        """Headlines bear numbers in printed order."""
        order = sorted(range(len(self.titles)), key=lambda h: self.titles[h].lines[0])
        new = {old: n for n, old in enumerate(order)}
        self.titles = [self.titles[h] for h in order]
        for chain in self.chains:
            chain.headline = None if chain.headline is None else new[chain.headline]

    # ---- names and sections

    def _give_bylines(self) -> None:
        """A byline right below the lines of a headline is its own."""
        owner = {i: h for h, headline in enumerate(self.titles) for i in headline.lines}
        above: int | None = None
        for i, item in enumerate(self.items):
            if item.kind == "headline":
                above = owner.get(i)
            elif item.kind == "byline":
                if above is not None and item.byline:
                    self.titles[above].bylines.append(i)
            elif item.kind == "text":
                above = None

    def _tell_sections(self) -> None:
        """What stands right above a headline and is neither of the sheet nor of the web is the name of a section."""
        self.sections: dict[int, str] = {}
        over = ""  # one in brackets stands over all articles up to the next
        for h, headline in enumerate(self.titles):
            i = headline.lines[0] - 1
            self.sections[h] = over
            item = self.items[i] if i >= 0 else None
            named = item and item.kind == "sheet" and len(item.text) <= _LONGEST_SECTION
            if item and named and not is_sheet(item.text) and not is_furniture(item.text):
                self.sections[h] = item.text
                over = item.text if item.text[0] in OPENING_BRACKETS else ""

    @property
    def headline_chances(self) -> list[float]:
        """How surely each headline that has a text is one (0 to 1), by the surest of its lines."""
        heads = [self.titles[chain.headline] for chain in self.chains if chain.headline is not None]
        return [max(self.items[i].chances[TITLE] for i in head.lines) for head in heads]

    @cached_property
    def cohesion(self) -> Cohesion:
        """The words of the pieces."""
        return Cohesion([p.text for p in self.pieces])

    @cached_property
    def item_of(self) -> list[int]:
        """The item of each piece."""
        return [p.item for p in self.pieces]

    def last_above(self, item: int) -> int | None:
        """Return the piece right above a line, not counting pictures and other bylines."""
        before = bisect_right(self.item_of, item) - 1
        if before < 0:
            return None
        between = self.items[self.item_of[before] + 1 : item]
        return before if all(b.kind in ("caption", "sheet", "byline") for b in between) else None

    def lone_bylines(self) -> list[int]:
        """Lines that are bylines and stand under no headline."""
        owned = {i for h in self.titles for i in h.bylines}
        return [i for i, item in enumerate(self.items) if item.kind == "byline" and item.byline and i not in owned]


_KIND_OF: tuple[Kind, ...] = ("text", "headline", "text", "caption", "byline", "sheet")


def _chains(steps: Sequence[Step | None]) -> list[list[tuple[int, float]]]:
    """The chains of lines, each line with the chance of its step to the next."""
    reached = {step.to for step in steps if step}
    found = []
    for first in range(len(steps)):
        if first in reached:
            continue
        chain, at = [], first
        while (step := steps[at]) is not None:
            chain.append((at, step.chance))
            at = step.to
        chain.append((at, 1.0))
        found.append(chain)
    return found
