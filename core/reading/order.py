"""Which piece goes on in which, and which body belongs to which headline: one cheapest solution for the page.

Most seams need no thought: a piece that ends a sentence and one that begins one, side by side. Around the others the
open ends, the possible starts and the headlines are matched as an assignment; its costs are the tables below.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.reading.bridges import Bridge, bridge
from core.reading.cohesion import Cohesion
from core.reading.fragments import Fragment
from core.reading.matching import cheapest_pairs

# Costs in nats, set by judgement on pages of our own and kept round; small changes move nothing.
LOST_END = 5.0  # a piece stops in mid-sentence for good
QUIET_END = 2.0  # an article ends without a headline, a byline or a picture behind it
NO_HEAD = 4.5  # a piece begins that belongs to no headline
NO_HEAD_OPEN = 7.0  # … and begins in mid-sentence
EMPTY_HEAD = 4.0  # a headline without a body
EMPTY_SIGNED = 8.0  # … with the writers' names below it
TOPIC = 2.0  # a new paragraph that shares no words with the one above it
STACKED_HEAD = 0.5  # … where another headline follows at once (a head over several articles)
JUMP = 1.2  # going on elsewhere than below
OVER_HEAD = 0.6  # … with a headline in between, each
BACKWARDS = 1.0  # … upwards
FAR = 0.04  # … for each piece in between
AFTER_BYLINE = 7.0  # going on behind the closing byline
BARE_SUBHEAD = 6.0  # nothing comes below a heading inside an article
CLEAN_START = 2.5  # going on in mid-sentence in a piece that begins a paragraph well behind one that ends well
OWN_WORDS = 4.0  # all words of a headline stand in the paragraphs below it
BODY_ABOVE = 2.0  # a headline's body begins elsewhere than right below
STRANGE_START = 1.0  # weight of a start's doubt where a paragraph should begin
RUN_ON = -2.0  # weakest seam between neighbours that raises no doubt by itself
FIRM = 1.0  # weakest seam between neighbours that is not asked again around a doubtful place
NEAR = 3  # pieces of one article that only changed places lie within so many
HARD_START = 2.5  # from this doubt on a piece surely goes on with another
STRIP = 8  # lines of one column that were scattered lie within so many pieces
USUAL_FROM = 24  # pairs of neighbours from which a page's usual likeness is taken
IN_TURN = 1.3  # columns cut off together that go on in the same turn
ROUNDS = 24  # how often the matching is done again without a step that closes a circle
FEWEST_PAIRS = 24  # with fewer pairs of characters than that nothing is said about a topic
WINDOW = 3  # pieces on either side whose words tell whether the topic goes on
REGION = 72  # most pieces that are matched at once
REACH = 30  # how far around a doubtful place pieces are looked at


@dataclass(frozen=True, slots=True)
class Seam:
    """Why one piece goes on in another, and how sure that is (0 to 1)."""

    confidence: float
    reason: str


@dataclass(slots=True)
class Reading:
    """The pieces in reading order: one chain a headline (its number) and chains without one (None)."""

    chains: list[tuple[int | None, list[int]]]
    seams: dict[tuple[int, int], Seam] = field(default_factory=dict)
    starts: dict[int, Seam] = field(default_factory=dict)
    """For the first piece of a chain: how sure it is that the headline is its own."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the order is found from: body pieces, headlines, and where each stands among the other."""

    pieces: Sequence[Fragment]
    titles: Sequence[str]
    head_before: Sequence[int]
    """For each headline the number of the first piece below it."""
    signed: Sequence[bool]
    """For each headline whether names stand right below it."""
    closed: frozenset[int]
    """Pieces behind which a byline on a line of its own closes the article."""
    cohesion: Cohesion

    def heads_between(self, a: int, b: int) -> int:
        """How many headlines stand between two pieces."""
        return abs(bisect_right(self.head_before, b) - bisect_right(self.head_before, a))


def find_order(sheet: Sheet) -> Reading:
    """The reading order of a page's pieces."""
    count = len(sheet.pieces)
    follows = _Follows(sheet)
    following: dict[int, int] = {}
    head_of: dict[int, int] = {}
    for at, head in enumerate(sheet.head_before):
        if head < count and (at + 1 == len(sheet.head_before) or sheet.head_before[at + 1] != head):
            head_of[head] = at
    doubtful = []
    for i in range(count - 1):
        state = follows.neighbours(i, i + 1 in head_of)
        if state == "on":
            following[i] = i + 1
        elif state == "doubt":
            doubtful.append(i)
    if count and follows.start_is_doubtful(0, 0 in head_of):
        doubtful.append(-1)
    for low, high in _regions(sorted(doubtful), count, following, set(head_of)):
        _settle(sheet, follows, low, high, following, head_of)
    return _reading(sheet, follows, following, head_of)


class _Follows:
    """Judges single steps from piece to piece; each seam is asked for once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._bridges: dict[tuple[int, int], Bridge] = {}
        self._windows: dict[tuple[int, int], tuple[int, ...]] = {}
        self._usual: tuple[float, float] | None = None
        self._headed = frozenset(sheet.head_before)

    def bridge(self, a: int, b: int) -> Bridge:
        key = (a, b)
        if key not in self._bridges:
            one, other = self.sheet.pieces[a], self.sheet.pieces[b]
            self._bridges[key] = bridge(one.text, other.text, one.opened, other.stray)
        return self._bridges[key]

    def is_end(self, i: int) -> bool:
        """Whether an article is closed by a byline behind the piece."""
        piece = self.sheet.pieces[i]
        return i in self.sheet.closed or (piece.closes is not None and not piece.is_tail)

    def start_is_doubtful(self, i: int, headed: bool) -> bool:
        return self.sheet.pieces[i].start_doubt >= (1.5 if headed else 2.5)

    def neighbours(self, i: int, headed: bool) -> str:
        """Whether a piece goes ``on`` in the next, ends there (``end``), or that is in ``doubt``."""
        piece, after = self.sheet.pieces[i], self.sheet.pieces[i + 1]
        if headed or self.is_end(i):
            return "doubt" if piece.ends_open or self.start_is_doubtful(i + 1, headed) else "end"
        if piece.subhead or after.subhead:
            return "doubt" if piece.ends_open else "on"
        if not piece.ends_open:
            return "doubt" if self.start_is_doubtful(i + 1, False) else "on"
        return "on" if after.glued or self.bridge(i, i + 1).strength >= RUN_ON else "doubt"

    def step(self, a: int, b: int) -> float:
        """The cost of going on from one piece in another."""
        one, other = self.sheet.pieces[a], self.sheet.pieces[b]
        heads = self.sheet.heads_between(a, b)
        scattered = abs(a - b) <= STRIP and one.is_strip and other.is_strip
        cost = 0.0 if scattered else TOPIC * (1.0 - self.likeness(a, b))
        if scattered and not heads:
            cost += 0.3 * (b != a + 1) + 0.3 * (b < a) + FAR * abs(b - a - 1)
        elif not heads and abs(b - a) <= NEAR:
            cost += 0.5 * (b != a + 1) + 0.5 * (b < a)
        elif b != a + 1 or heads:
            cost += JUMP + OVER_HEAD * min(3, heads) + FAR * abs(b - a - 1) + (BACKWARDS if b < a else 0.0)
        elif one.ends_open:
            cost = 0.0
        if self.is_end(a):
            cost += AFTER_BYLINE
        if one.subhead or other.subhead:
            return cost + (2.0 if one.ends_open else 0.0)
        if one.ends_open:
            cost += CLEAN_START * self._begins_cleanly(b) if b != a + 1 else 0.0
            return cost - 0.7 * self.bridge(a, b).strength
        whole = scattered or (not heads and abs(b - a) <= NEAR)
        return cost + STRANGE_START * other.start_doubt + (0.0 if whole and b == a + 1 else 0.5 if whole else 1.5)

    def _begins_cleanly(self, b: int) -> float:
        """How surely a piece begins a paragraph behind one that ends well: 0 to 1."""
        if b == 0 or b in self._headed or self.sheet.pieces[b - 1].ends_open:
            return 0.0
        return max(0.0, 1.0 - self.sheet.pieces[b].start_doubt / HARD_START)

    def likeness(self, a: int, b: int) -> float:
        """How much two pieces, and those before the one and behind the other, talk of the same thing; 1 is usual."""
        if not self._usual:
            self._usual = self._usual_likeness()
        return 0.5 * sum(min(2.0, n / usual) for n, usual in zip(self._likeness(a, b), self._usual, strict=True))

    def _likeness(self, a: int, b: int) -> tuple[float, float]:
        """The likeness of the two pieces alone, and of the pieces up to one and those from the other on."""
        one, other = self._window(a, -1), self._window(b, 1)
        left, right = one, other
        if abs(a - b) < 2 * WINDOW and not set(one).isdisjoint(other):
            left = tuple([i for i in one if i not in other])
            right = tuple([i for i in other if i not in one])
        return self._alike((a,), (b,), 0), self._alike(left, right, 1)

    def _alike(self, one: tuple[int, ...], other: tuple[int, ...], kind: int) -> float:
        cohesion = self.sheet.cohesion
        if min(cohesion.length(one), cohesion.length(other)) < FEWEST_PAIRS:
            return self._usual[kind] if self._usual else 0.0
        return cohesion.likeness(one, other)

    def _window(self, i: int, way: int) -> tuple[int, ...]:
        """A piece and some before (-1) or after it (1), not beyond a headline."""
        if (i, way) in self._windows:
            return self._windows[i, way]
        inside = [i]
        while len(inside) < WINDOW and 0 <= inside[-1] + way < len(self.sheet.pieces):
            edge = inside[-1] if way < 0 else inside[-1] + 1
            if edge in self._headed or self.is_end(edge - 1):
                break
            inside.append(inside[-1] + way)
        self._windows[i, way] = tuple(inside)
        return self._windows[i, way]

    def _usual_likeness(self) -> tuple[float, float]:
        """How alike neighbouring pieces of this page commonly are."""
        count = len(self.sheet.pieces)
        near = range(0, count - 1, max(1, count // USUAL_FROM))
        found = [self._likeness(i, i + 1) for i in near if i + 1 not in self._headed]
        alone, around = ([n[k] for n in found if n[k]] for k in (0, 1))
        return max(0.015, _middle(alone)), max(0.02, _middle(around))

    def end(self, i: int, headed: bool) -> float:
        """The cost of nothing coming after a piece."""
        if self.sheet.pieces[i].ends_open:
            return LOST_END
        if self.sheet.pieces[i].subhead and not headed:
            return BARE_SUBHEAD
        last = i + 1 == len(self.sheet.pieces)
        return 0.0 if headed or last or self.is_end(i) else QUIET_END

    def begin(self, i: int) -> float:
        """The cost of a piece that begins an article without a headline."""
        piece = self.sheet.pieces[i]
        if i == 0:
            return 1.0 + 0.5 * piece.start_doubt
        fresh = self.is_end(i - 1) and not piece.start_doubt and i not in self._headed
        return 1.5 if fresh else NO_HEAD + min(NO_HEAD_OPEN - NO_HEAD, piece.start_doubt)

    def under(self, head: int, i: int) -> float:
        """The cost of a piece being the beginning of a headline's body."""
        piece = self.sheet.pieces[i]
        cost = STRANGE_START * piece.start_doubt + (4.0 if piece.subhead else 0.0)
        first = self.sheet.head_before[head]
        body = [j for j in (i, i + 1) if j < len(self.sheet.pieces)]
        cost -= OWN_WORDS * self.sheet.cohesion.covered(self.sheet.titles[head], body)
        if i == first:
            return cost
        if i and not self.is_end(i - 1):
            cost += _talks_on(piece.text)
        return cost + BODY_ABOVE + FAR * abs(i - first)


_ANAPHORA = ("这", "此外", "同时", "目前", "此", "其", "另", "为此", "下一步", "截至", "该", "他", "她", "如今", "接下来", "通过", "据")


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.04


def _talks_on(text: str) -> float:
    """1 where the first words of a paragraph point back at one before it."""
    return 1.0 if text.startswith(_ANAPHORA) else 0.0


def _regions(
    doubtful: Sequence[int], count: int, following: dict[int, int], headed: set[int]
) -> list[tuple[int, int]]:
    """Stretches of pieces around doubtful places, each of bounded length, none overlapping."""
    found: list[tuple[int, int]] = []
    for i in doubtful:
        low, high = _back_to_head(i, headed), min(count, i + 2 + REACH)
        low = max(low, found[-1][1] if found and found[-1][1] > i else 0)
        if found and low <= found[-1][1] and high - found[-1][0] <= REGION:
            found[-1] = (found[-1][0], high)
        elif found and found[-1][1] > i + 1:
            continue
        else:
            low = max(low, found[-1][1] if found else 0)
            found.append((min(low, i if i >= 0 else 0), high))
    return found


def _back_to_head(i: int, headed: set[int]) -> int:
    low = max(0, i)
    while low > 0 and low not in headed and i - low < REACH:
        low -= 1
    return low


def _settle(
    sheet: Sheet, follows: _Follows, low: int, high: int, following: dict[int, int], head_of: dict[int, int]
) -> None:
    """Match ends, starts and headlines of pieces ``low`` … ``high`` - 1 and write the result into the maps."""
    inside = range(low, high)
    heads = [h for h, at in enumerate(sheet.head_before) if low <= at < high]
    starts = [i for i in inside if i > low or low == 0 or i in head_of]
    if low and following.get(low - 1) == low and low in starts:
        starts.remove(low)
    column = {piece: c for c, piece in enumerate(starts)}
    loose = {b for b in starts if b in head_of or _is_loose_start(follows, b, False)}
    turns = _turns(follows, inside, head_of)
    rows: list[dict[int, float]] = []
    ends = [i for i in inside if i + 1 < high or i not in following]
    for a in ends:
        restless = _restless(sheet, follows, a, head_of)
        wanted = {b for b in (starts if restless and sheet.pieces[a].ends_open else loose if restless else ()) if b != a}
        wanted |= {a + 1} if a + 1 in column and a + 1 not in head_of else set()
        rows.append({column[b]: follows.step(a, b) - IN_TURN * ((a, b) in turns) for b in wanted if b in column})
    troubled = {h for h in heads if _is_troubled(sheet, follows, h, head_of)}
    for h in heads:
        wanted = set(starts) if h in troubled else {sheet.head_before[h]} | loose
        fits = [b for b in wanted if b in column and not sheet.pieces[b].subhead]
        rows.append({column[b]: follows.under(h, b) - IN_TURN * ((-1 - h, b) in turns) for b in fits})
    alone = [follows.end(a, a + 1 in head_of) for a in ends]
    alone += [_empty(sheet, h) for h in heads]
    begins = [follows.begin(b) for b in starts]
    for a in ends:
        following.pop(a, None)
    for b in starts:
        head_of.pop(b, None)
    for _ in range(ROUNDS):
        found = cheapest_pairs(rows, alone, begins)
        steps = {ends[r]: starts[c] for r, c in enumerate(found) if c is not None and r < len(ends)}
        circle = _circle({**following, **steps}, steps)
        if not circle:
            break
        worst = max(circle, key=lambda i: (steps[i] != i + 1, rows[ends.index(i)][column[steps[i]]]))
        del rows[ends.index(worst)][column[steps[worst]]]
        steps.pop(worst)
    following.update(steps)
    for row, chosen in enumerate(found):
        if chosen is not None and row >= len(ends):
            head_of[starts[chosen]] = heads[row - len(ends)]


def _turns(follows: _Follows, inside: range, head_of: dict[int, int]) -> set[tuple[int, int]]:
    """Steps of columns that were cut off together: the first that breaks off goes on under the first headline, and so on.

    A headline is given as minus one minus its number; its body begins behind the end before.
    """
    ends = [a for a in inside if a + 1 < len(follows.sheet.pieces) and follows.sheet.pieces[a].ends_open]
    ends = [a for a in ends if follows.neighbours(a, a + 1 in head_of) == "doubt"]
    if len(ends) < 2:
        return set()
    rests = [b for b in inside if b in head_of and b > ends[0]]
    pairs = list(zip(ends, rests, strict=False))
    bodies = [(-1 - head_of[b], a + 1) for a, b in zip(ends, rests[1:], strict=False)]
    return {*pairs, *bodies}


def _circle(following: dict[int, int], steps: dict[int, int]) -> list[int]:
    """The steps of a chain that bites its own tail, if there is one."""
    done: set[int] = set()
    for begin in steps:
        path: dict[int, None] = {}
        at: int | None = begin
        while at is not None and at not in done:
            done.add(at)
            path[at] = None
            at = following.get(at)
        if at is not None and at in path:
            ring = list(path)
            return [i for i in ring[ring.index(at) :] if i in steps]
    return []


def _is_loose_start(follows: _Follows, b: int, headed: bool) -> bool:
    """Whether a piece may be the rest of one that does not stand right above it."""
    if b == 0 or follows.is_end(b - 1) or follows.neighbours(b - 1, headed) == "doubt":
        return True
    return _is_weak(follows, b - 1)


def _is_weak(follows: _Follows, a: int) -> bool:
    """Whether a piece breaks off and the one below is no clear continuation."""
    piece, after = follows.sheet.pieces[a], follows.sheet.pieces[a + 1]
    return piece.ends_open and not after.glued and follows.bridge(a, a + 1).strength < FIRM


def _restless(sheet: Sheet, follows: _Follows, a: int, head_of: dict[int, int]) -> bool:
    """Whether a piece may go on elsewhere than below."""
    if a + 1 >= len(sheet.pieces):
        return sheet.pieces[a].ends_open
    displaced = sheet.pieces[a].start_doubt >= HARD_START
    return displaced or follows.neighbours(a, a + 1 in head_of) == "doubt" or _is_weak(follows, a)


def _is_troubled(sheet: Sheet, follows: _Follows, head: int, head_of: dict[int, int]) -> bool:
    """Whether a headline's own body may stand elsewhere than right below it."""
    first = sheet.head_before[head]
    if head_of.get(first) != head:
        return False
    return follows.start_is_doubtful(first, True) or (first > 0 and sheet.pieces[first - 1].ends_open)


def _empty(sheet: Sheet, head: int) -> float:
    stacked = head + 1 < len(sheet.head_before) and sheet.head_before[head + 1] == sheet.head_before[head]
    if sheet.signed[head]:
        return EMPTY_SIGNED
    return STACKED_HEAD if stacked else EMPTY_HEAD


def _reading(sheet: Sheet, follows: _Follows, following: dict[int, int], head_of: dict[int, int]) -> Reading:
    """The chains of a solution, in the order of their headlines or first pieces on the page."""
    reached = set(following.values())
    chains: list[tuple[int | None, list[int]]] = []
    for first in range(len(sheet.pieces)):
        if first in reached and first not in head_of:
            continue
        chain = [first]
        while chain[-1] in following and following[chain[-1]] not in head_of:
            chain.append(following[chain[-1]])
        chains.append((head_of.get(first), chain))
    reading = Reading(sorted(chains, key=lambda c: sheet.head_before[c[0]] - 0.5 if c[0] is not None else c[1][0]))
    for head, chain in reading.chains:
        reading.starts[chain[0]] = _start_seam(sheet, follows, head, chain[0])
        for a, b in zip(chain, chain[1:]):
            reading.seams[a, b] = _seam(sheet, follows, a, b)
    return reading


def _seam(sheet: Sheet, follows: _Follows, a: int, b: int) -> Seam:
    one, other = sheet.pieces[a], sheet.pieces[b]
    near = b == a + 1 and not sheet.heads_between(a, b)
    if one.ends_open and not other.subhead:
        if near and other.glued:
            return Seam(0.97, "同一段内换行")
        found = follows.bridge(a, b)
        odds = found.strength * 0.6 + (2.5 if near else 0.0)
        return Seam(_chance(odds), found.reason + ("" if near else "，跳栏"))
    odds = (3.5 if near else 0.3) - 0.8 * other.start_doubt
    return Seam(_chance(odds), "上段句毕，下段另起" if near else "上段句毕，跳栏")


def _start_seam(sheet: Sheet, follows: _Follows, head: int | None, first: int) -> Seam:
    if head is None:
        return Seam(_chance(-follows.begin(first) / 2 + 1.0), "没有标题")
    if sheet.head_before[head] == first:
        return Seam(_chance(3.0 - sheet.pieces[first].start_doubt), "正文紧接标题")
    return Seam(_chance(2.0 - follows.under(head, first) / 2), "正文不在标题之下，按用词和版位相配")


def _chance(odds: float) -> float:
    return round(1 / (1 + math.exp(-max(-8.0, min(8.0, odds)))), 3)
