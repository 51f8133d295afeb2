"""The reading order of a page: what each piece goes on in and which body a headline has, at least cost.

Most seams need no thought: a piece that ends a sentence and one that begins one, side by side. Around the others the
open ends, the possible starts and the headlines are matched as an assignment; what a step costs stands in ``costs``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.reading.page.costs import IN_TURN, STRANGE, Costs, Material
from core.reading.page.matching import cheapest_pairs

CLOSE = 12  # pieces on either side that a piece may go on in however they begin
BACK_HEADLINES = 1  # headlines passed on the way back to where a doubtful stretch begins
ROUNDS = 24  # how often the matching is done again without a step that closes a circle
REGION = 72  # most pieces that are matched at once
OTHER_TITLE_ODDS = 3.0  # how much less sure a seam is between pieces with the words of two headlines
_STRANGE = "，前后各似不同标题"
REACH = 30  # how far around a doubtful place pieces are looked at


@dataclass(frozen=True, slots=True)
class Seam:
    """Why one piece goes on in another, and how sure that is (0 to 1)."""

    confidence: float
    reason: str


@dataclass(slots=True)
class ReadingOrder:
    """The pieces in reading order: one chain a headline (its number) and chains without one (None)."""

    chains: list[tuple[int | None, list[int]]]
    seams: dict[tuple[int, int], Seam] = field(default_factory=dict)
    starts: dict[int, Seam] = field(default_factory=dict)
    """For the first piece of a chain: how sure it is that the headline is its own."""


def find_order(material: Material) -> ReadingOrder:
    """Return the reading order of a page's pieces."""
    plan = _Plan(Costs(material))
    for low, high in plan.regions():
        _Region(plan, low, high).settle()
    return plan.reading()


class _Plan:
    """The steps chosen so far: what goes on in what, and which headline each first piece stands under."""

    def __init__(self, costs: Costs) -> None:
        self.costs = costs
        self.following: dict[int, int] = {}
        self.headline_of: dict[int, int] = costs.material.headlines_above()
        self._doubtful = [i for i in range(-1, len(costs.material.pieces) - 1) if self._take_for_granted(i)]

    def headed(self, i: int) -> bool:
        """Return whether a headline stands right above a piece."""
        return i in self.headline_of

    def _take_for_granted(self, i: int) -> bool:
        """Join a piece to the next one where that is plain; True where it is in doubt."""
        if i < 0:
            return self.costs.start_is_doubtful(0, self.headed(0))
        state = self.costs.neighbours(i, self.headed(i + 1))
        if state == "on":
            self.following[i] = i + 1
        return state == "doubt"

    def regions(self) -> list[tuple[int, int]]:
        """Stretches of pieces around doubtful places, each of bounded length, none overlapping."""
        count = len(self.costs.material.pieces)
        found: list[tuple[int, int]] = []
        for i in self._doubtful:
            edge = found[-1][1] if found else 0
            if found and edge > i + 1 and edge - found[-1][0] >= REGION:
                continue
            low, high = max(self._back_to_headline(i), 0 if edge <= i else edge), min(count, i + 2 + REACH)
            if found and low <= edge and high - found[-1][0] <= REGION:
                found[-1] = (found[-1][0], high)
            elif edge <= i + 1:
                found.append((min(max(low, edge), max(0, i)), high))
        return found

    def _back_to_headline(self, i: int) -> int:
        """The first piece of the article before the one that a piece stands in, not too far away."""
        low, headlines = max(0, i), 0
        while low > 0 and i - low < REACH:
            headlines += low in self.headline_of
            if headlines > BACK_HEADLINES:
                break
            low -= 1
        return low

    def reading(self) -> ReadingOrder:
        """Return the chains of the plan, in the order of their headlines or first pieces on the page."""
        material = self.costs.material
        reached = set(self.following.values())
        firsts = [i for i in range(len(material.pieces)) if i not in reached or i in self.headline_of]
        chains = [(self.headline_of.get(first), self._chain(first)) for first in firsts]
        chains.sort(key=lambda c: c[1][0] if c[0] is None else material.headline_before[c[0]] - 0.5)
        reading = ReadingOrder(chains)
        for headline, chain in chains:
            reading.starts[chain[0]] = _start_seam(self.costs, headline, chain[0])
            reading.seams.update({(a, b): _seam(self.costs, a, b) for a, b in pairwise(chain)})
        return reading

    def _chain(self, first: int) -> list[int]:
        chain = [first]
        while chain[-1] in self.following and self.following[chain[-1]] not in self.headline_of:
            chain.append(self.following[chain[-1]])
        return chain


class _Region:
    """Some pieces and headlines of a page, matched together."""

    def __init__(self, plan: _Plan, low: int, high: int) -> None:
        self._plan, self._costs, self._pieces = plan, plan.costs, plan.costs.material.pieces
        self._inside = range(low, high)
        self._starts = [b for b in self._inside if not (b == low and plan.following.get(low - 1) == low)]
        self._ends = [a for a in self._inside if a + 1 < high or a not in plan.following]
        self._headlines = [h for h, at in enumerate(plan.costs.material.headline_before) if low <= at < high]
        self._column = {piece: c for c, piece in enumerate(self._starts)}
        self._loose = {b for b in self._starts if plan.headed(b) or self._may_be_a_rest(b)}
        self._rests = {b for b in self._starts if self._pieces[b].start_doubt > 0}
        self._orphans = {b for b in self._starts if b and not plan.headed(b) and self._is_orphan(b)}
        self._turns = self._columns_in_turn()

    def _is_orphan(self, b: int) -> bool:
        """Whether a piece can hardly go on with the one right above it."""
        costs = self._costs
        return costs.is_end(b - 1) or costs.of_other_titles(b - 1, b) or costs.lacks_point_before(b)

    def settle(self) -> None:
        """Find the cheapest steps and write them into the plan."""
        alone = [self._costs.end(a, self._plan.headed(a + 1)) for a in self._ends]
        begins = [self._costs.begin(b) for b in self._starts]
        rows = [self._row_of_end(a, cost, begins) for a, cost in zip(self._ends, alone, strict=True)]
        rows += [self._row_of_headline(h) for h in self._headlines]
        alone += [self._costs.bare(h) for h in self._headlines]
        for a in self._ends:
            self._plan.following.pop(a, None)
        for b in self._starts:
            self._plan.headline_of.pop(b, None)
        found = self._without_circles(rows, alone, begins)
        for h, column in zip(self._headlines, found[len(self._ends) :], strict=True):
            if column is not None:
                self._plan.headline_of[self._starts[column]] = h

    def _without_circles(
        self, rows: list[dict[int, float]], alone: list[float], begins: list[float]
    ) -> list[int | None]:
        """Match again and again, each time without the dearest step of a circle; the steps go into the plan."""
        row_of = {a: r for r, a in enumerate(self._ends)}
        for _ in range(ROUNDS):
            found = cheapest_pairs(rows, alone, begins)
            steps = {a: self._starts[c] for a, c in zip(self._ends, found, strict=False) if c is not None}
            circle = _circle({**self._plan.following, **steps}, steps)
            if not circle:
                break
            prices = {a: rows[row_of[a]][self._column[steps[a]]] for a in circle}
            worst = max(circle, key=lambda a: (steps[a] != a + 1, prices[a]))
            del rows[row_of[worst]][self._column[steps.pop(worst)]]
        self._plan.following.update(steps)
        return found

    def _row_of_end(self, a: int, alone: float, begins: Sequence[float]) -> dict[int, float]:
        """Where a piece may go on, with the costs; nowhere that costs more than to end here and begin there."""
        wanted: set[int] = set()
        if self._is_restless(a):
            wanted = self._loose | self._rests if self._pieces[a].ends_open else set(self._loose)
            wanted.update(b for b in range(a - CLOSE, a + CLOSE + 1) if b in self._column)
        if a + 1 in self._column and not self._plan.headed(a + 1):
            wanted.add(a + 1)
        elif not self._costs.is_end(a):
            wanted |= self._orphans
        wanted.discard(a)
        row: dict[int, float] = {}
        for b in wanted:
            column, turn = self._column[b], IN_TURN * ((a, b) in self._turns)
            cost = self._costs.step_below(a, b, alone + begins[column] + turn)
            if cost is not None:
                row[column] = cost - turn
        return row

    def _row_of_headline(self, h: int) -> dict[int, float]:
        """Where the body of a headline may begin, with the costs."""
        own = self._costs.material.headline_before[h]
        wanted = set(self._starts) if self._is_troubled(h) else self._loose | ({own} & self._column.keys())
        bodies = [b for b in wanted if not self._pieces[b].subhead]
        return {self._column[b]: self._costs.under(h, b) - IN_TURN * ((-1 - h, b) in self._turns) for b in bodies}

    def _columns_in_turn(self) -> set[tuple[int, int]]:
        """Steps of columns cut off together: the first that breaks off goes on under the first headline, and so on.

        A headline is given as minus one minus its number; its body begins behind the end before.
        """
        ends = [a for a in self._inside if a + 1 < len(self._pieces) and self._pieces[a].ends_open]
        ends = [a for a in ends if self._costs.neighbours(a, self._plan.headed(a + 1)) == "doubt"]
        rests = [b for b in self._inside if self._plan.headed(b) and b > ends[0]] if len(ends) > 1 else []
        bodies = [(-1 - self._plan.headline_of[b], a + 1) for a, b in zip(ends, rests[1:], strict=False)]
        return {*zip(ends, rests, strict=False), *bodies}

    def _may_be_a_rest(self, b: int) -> bool:
        """Whether a piece may be the rest of one that does not stand right above it."""
        if b == 0 or self._costs.is_end(b - 1) or self._costs.neighbours(b - 1, False) == "doubt":
            return True
        return self._costs.is_weak(b - 1)

    def _is_restless(self, a: int) -> bool:
        """Whether a piece may go on elsewhere than below."""
        if a + 1 >= len(self._pieces):
            return self._pieces[a].ends_open or self._costs.is_displaced(a)
        doubt = self._costs.neighbours(a, self._plan.headed(a + 1)) == "doubt"
        return doubt or self._costs.is_displaced(a) or self._costs.is_weak(a)

    def _is_troubled(self, h: int) -> bool:
        """Whether a headline's own body may stand elsewhere than right below it."""
        first = self._costs.material.headline_before[h]
        if self._plan.headline_of.get(first) != h:
            return False
        return self._costs.start_is_doubtful(first, True) or (first > 0 and self._pieces[first - 1].ends_open)


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


def _seam(costs: Costs, a: int, b: int) -> Seam:
    """How sure it is that one piece goes on in another."""
    one, other = costs.material.pieces[a], costs.material.pieces[b]
    near = b == a + 1 and not costs.material.headlines_between(a, b)
    strange = OTHER_TITLE_ODDS * (costs.of_other_titles(a, b) or (b == a + 1 and costs.at_home(b) < STRANGE))
    if one.ends_open and not other.subhead:
        if near and other.glued:
            return Seam(0.97, "同一段内换行")
        found = costs.seam(a, b)
        reason = found.reason or "接续"
        reason += ("" if near else "，跳栏") + (_STRANGE if strange else "")
        return Seam(_chance(found.strength * 0.6 + (2.5 if near else 0.0) - strange), reason)
    odds = (3.5 if near else 0.3) - 0.8 * other.start_doubt - strange
    return Seam(_chance(odds), ("上段句毕，下段另起" if near else "上段句毕，跳栏") + (_STRANGE if strange else ""))


def _start_seam(costs: Costs, headline: int | None, first: int) -> Seam:
    """How sure it is that a headline is that of the chain that begins with a piece."""
    if headline is None:
        return Seam(_chance(1.0 - costs.begin(first) / 2), "没有标题")
    if costs.material.headline_before[headline] == first:
        return Seam(_chance(3.0 - costs.material.pieces[first].start_doubt), "正文紧接标题")
    return Seam(_chance(2.0 - costs.under(headline, first) / 2), "正文不在标题之下，按用词和版位相配")


def _chance(odds: float) -> float:
    return round(1 / (1 + math.exp(-max(-8.0, min(8.0, odds)))), 3)
