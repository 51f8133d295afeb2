"""What may follow what on a page: for each stretch those that it may go on in, with the signs that tell."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from core import compiled
from core.reading.page.likeness import CompiledLikeness
from core.reading.page.ngrams import CompiledNGrams
from core.reading.page.stretches import A_NAMES, B_NAMES, FAR, PAGE_NAMES, Lines

if TYPE_CHECKING:
    from core.compiled import _compiled
    from core.reading.page.trees import Table

BY_GAIN, BY_LIKENESS, LOOKED_AT, NEAR = 5, 4, 7, 2
EDGE = 3
"""Lines at the end and at the start of a stretch that are asked whether they talk of the same thing."""

PAIR_NAMES = (
    "bridge quotes like_line width_same points step apart next between gain gain_lead gain_lead_b"
    " like like_lead like_lead_b edges edges_lead edges_lead_b a_headed b_headed a_chars b_chars"
    " home_of_a home_of_b home_lead same_home"
).split()
NAMES = (*A_NAMES, *B_NAMES, *PAIR_NAMES, *PAGE_NAMES)
AGAIN_NAMES = (
    *NAMES,
    *"chance chance_lead chance_lead_b chain_like chain_like_lead chain_like_lead_b chain_home chain_home_lead".split(),
    *"before behind b_chain_headed".split(),
)
END_NAMES = (*A_NAMES, *"best_gain best_like best_edges chars headed".split(), *PAGE_NAMES)
START_NAMES = (*B_NAMES, *"best_gain best_like best_edges chars headed home".split(), *PAGE_NAMES)
Row = tuple[int, int, list[float]]
Pairs = tuple[Sequence[int], Sequence[int]]
"""From which stretches, and to which."""


class Joins:
    """The possible steps between the stretches of one page; each stretch is its lines' first and last number."""

    def __init__(self, lines: Lines, stretches: Sequence[tuple[int, int]]) -> None:
        self.lines, self.stretches = lines, stretches
        self.count = count = len(stretches)
        nodes = lines.nodes
        self._of = [(-1, 0)] * len(lines.like.sizes)
        for k, (low, high) in enumerate(stretches):
            for i in range(low, high + 1):
                self._of[nodes[i]] = (k, i - low)
        sizes = [lines.like.sizes[i] for i in nodes]
        self._sizes = [max(8.0, sum(sizes[low : high + 1])) for low, high in stretches]
        self._chars = [float(sum([len(m.text) for m in lines.marked[low : high + 1]])) for low, high in stretches]
        titles = [[i for i in range(low, high + 1) if lines.kinds[i][1] >= 0.5] for low, high in stretches]
        self._headed = [k for k in range(count) if titles[k]]
        self._has_head = [float(bool(t)) for t in titles]
        self._title_sizes = {k: max(4.0, sum([sizes[i] for i in titles[k]])) for k in self._headed}
        self._whole = [self._shared_with(range(low, high + 1)) for low, high in stretches]
        self._edges = [self._shared_with(range(max(low, high - EDGE + 1), high + 1), EDGE) for low, high in stretches]
        self._title = {k: self._shared_with(titles[k]) for k in self._headed}
        self._home = [self._headed[at - 1] if (at := bisect_right(self._headed, k)) else -1 for k in range(count)]
        self._titles_of: list[list[tuple[int, float]]] = [[] for _ in range(count)]
        """For each stretch the other stretches whose headlines share words with it, and the weight of these."""
        for k, shared in self._title.items():
            for b, weight in shared.items():
                if b != k:
                    self._titles_of[b].append((k, weight))
        self._claims = [_two([(weight / self._title_sizes[k], k) for k, weight in row], 0.0) for row in self._titles_of]
        """For each stretch the headline that has most of its words there, and how much the second has."""

    def _shared_with(self, lines: Sequence[int], edge: float = math.inf) -> dict[int, float]:
        """The weight of what some lines share with each stretch (or with its first lines)."""
        out: dict[int, float] = {}
        of, nodes, row_of = self._of, self.lines.nodes, self.lines.like.row
        for i in lines:
            for k, weight in row_of(nodes[i]).items():
                owner, place = of[k]
                if owner >= 0 and place < edge:
                    out[owner] = out.get(owner, 0.0) + weight
        return out

    def steps(self) -> tuple[Pairs, Table]:
        """Return every candidate step (from, to), and the row of signs of each."""
        return _parted(self.rows())

    def steps_again(
        self, chances: Sequence[float], following: Sequence[int | None], least: float
    ) -> tuple[Pairs, Table]:
        """Return the steps likelier than ``least`` and their rows once more, as ``again`` makes them."""
        return _parted(self.again(self.rows(), chances, following, least))

    def gain(self, a: int, b: int) -> float:
        """Return how well the words go on across the seam, in nats."""
        return self.lines.gain(self.stretches[a][1], self.stretches[b][0])

    @cached_property
    def candidates(self) -> list[list[int]]:
        """For each stretch those that it may go on in."""
        lines, count = self.lines, self.count
        found: list[set[int]] = [set(range(max(0, a - NEAR), min(count, a + NEAR + 1))) - {a} for a in range(count)]
        starts = [b for b in range(count) if lines.kinds[self.stretches[b][0]][1] < 0.9]
        columns: dict[int, list[tuple[float, int]]] = {b: [] for b in starts}
        for a, (_, end) in enumerate(self.stretches):
            if not lines.marked[end].ends_open or lines.kinds[end][0] < 0.1:
                continue
            others = [b for b in starts if b != a]
            row = [*zip(lines.pulls(end, [self.stretches[b][0] for b in others]), others, strict=True)]
            for value, b in row:
                columns[b].append((value, a))
            top = _largest(BY_GAIN, [(self.gain(a, b), b) for _, b in _largest(LOOKED_AT, row)])
            found[a].update([b for _, b in top])
        for b, column in columns.items():
            top = _largest(BY_GAIN, [(self.gain(a, b), a) for _, a in _largest(LOOKED_AT, column)])
            for _, a in top:
                found[a].add(b)
        wanted = frozenset(starts)
        back: dict[int, list[tuple[float, int]]] = {b: [] for b in starts}
        sizes = self._sizes
        for a in range(count):
            size, edge_of = sizes[a], self._edges[a].get
            row = [
                (weight / math.sqrt(size * sizes[b]) + 0.02 * edge_of(b, 0.0), b)
                for b, weight in self._whole[a].items()
                if b != a and b in wanted
            ]
            found[a].update([b for _, b in _largest(BY_LIKENESS, row)])
            for value, b in row:
                back[b].append((value, a))
            if a in self._title:
                size = self._title_sizes[a]
                told = [(weight / size, b) for b, weight in self._title[a].items() if b != a and b in wanted]
                found[a].update([b for _, b in _largest(BY_LIKENESS, told)])
        for b, column in back.items():
            for _, a in _largest(BY_LIKENESS, column):
                found[a].add(b)
        return [sorted(row) for row in found]

    @cached_property
    def _told(self) -> tuple[list[dict[int, float]], ...]:
        """What goes on, what is alike and what has its edges alike, of every candidate step."""
        candidates, sizes = self.candidates, self._sizes
        gains, likes, edges = [], [], []
        for a, row in enumerate(candidates):
            whole_of, edge_of, size = self._whole[a].get, self._edges[a].get, sizes[a]
            gains.append({b: self.gain(a, b) for b in row})
            likes.append({b: whole_of(b, 0.0) / math.sqrt(size * sizes[b]) for b in row})
            edges.append({b: edge_of(b, 0.0) for b in row})
        return gains, likes, edges

    def rows(self) -> list[Row]:
        """Return every candidate step (from, to) with its row of signs."""
        return self._rows

    @cached_property
    def _rows(self) -> list[Row]:
        lines, candidates = self.lines, self.candidates
        gains, likes, edges = self._told
        by_gain, by_like, by_edges = map(_Leads, self._told)
        out: list[Row] = []
        for a, row in enumerate(candidates):
            end = self.stretches[a][1]
            a_home = a if a in self._title else self._home[a]
            gain_of, like_of, edge_of = gains[a], likes[a], edges[a]
            for b in row:
                start = self.stretches[b][0]
                b_home = self._home[b]
                at_a, at_b = self._claim(a_home, b), self._claim(b_home, b)
                gain, like, edge = gain_of[b], like_of[b], edge_of[b]
                low, high = (a, b) if a < b else (b, a)
                between = bisect_right(self._headed, high) - bisect_right(self._headed, low)
                signs = [
                    *lines.ends[end], *lines.starts[start], *lines.seam_signs(end, start),
                    float(max(-60, min(60, start - end))), float(max(-15, min(15, b - a))),
                    float(b == a + 1), float(min(5, between)),
                    gain, *by_gain.both(a, b, gain),
                    like, *by_like.both(a, b, like),
                    edge, *by_edges.both(a, b, edge),
                    self._has_head[a], self._has_head[b], self._chars[a], self._chars[b],
                    at_a, at_b, at_a - _other(self._claims[b], a_home), float(a_home == b_home), *lines.page,
                ]  # fmt: skip
                out.append((a, b, signs))
        return out

    def _claim(self, title: int, b: int) -> float:
        """How much of a headline's words stand in a stretch, -1 without a headline."""
        return self._title[title].get(b, 0.0) / self._title_sizes[title] if title >= 0 else -1.0

    def again(
        self, rows: Sequence[Row], chances: Sequence[float], following: Sequence[int | None], least: float = 0.0
    ) -> list[Row]:
        """Return the rows once more with what the chains of a first solution tell; only steps likelier than ``least``.

        ``chances`` are those of the steps in the first pass, ``following`` its solution without weak steps. What stands
        before a in its chain is compared with what stands behind b in its own, whether or not a goes on in b.
        """
        behind, before = _chains(following)
        left = {a: self._together(before[a]) for a in {a for a, _, _ in rows}}
        sizes = self._sizes
        size_before = [sum([sizes[i] for i in chain]) for chain in before]
        size_behind = [sum([sizes[i] for i in chain]) for chain in behind]
        claims = [self._claims_on(chain) for chain in behind]
        others = [{k: v for k, v in own.items() if k not in on} for own, on in zip(claims, behind, strict=True)]
        headed = [float(any(self._has_head[k] for k in on)) for on in behind]
        likes: list[dict[int, float]] = [{} for _ in range(self.count)]
        known: list[dict[int, float]] = [{} for _ in range(self.count)]
        for (a, b, _), chance in zip(rows, chances, strict=True):
            shared = left[a]
            weight = 0.0
            for k in behind[b]:
                weight += shared.get(k, 0.0)
            likes[a][b] = weight / math.sqrt(size_before[a] * size_behind[b])
            known[a][b] = chance
        ahead, sure = _Leads(likes), _Leads(known)
        out: list[Row] = []
        for a, b, row in rows:
            like, chance = likes[a][b], known[a][b]
            if chance < least:
                continue
            head = before[a][-1]
            own = claims[b].get(head, 0.0) if head in self._title else -1.0
            other = max([value for k, value in others[b].items() if k != head], default=0.0)
            signs = [
                *row, chance, *sure.both(a, b, chance),
                like, *ahead.both(a, b, like), own, own - other,
                math.log(size_before[a]), math.log(size_behind[b]), headed[b],
            ]  # fmt: skip
            out.append((a, b, signs))
        return out

    def _together(self, stretches: Sequence[int]) -> dict[int, float]:
        """The weight of what some stretches share with each stretch."""
        out = dict(self._whole[stretches[0]])
        for k in stretches[1:]:
            for b, weight in self._whole[k].items():
                out[b] = out.get(b, 0.0) + weight
        return out

    def _claims_on(self, stretches: Sequence[int]) -> dict[int, float]:
        """How much of each headline's words stands in some stretches."""
        out: dict[int, float] = {}
        for b in stretches:
            for k, weight in self._titles_of[b]:
                out[k] = out.get(k, 0.0) + weight
        return {k: weight / self._title_sizes[k] for k, weight in out.items() if weight}

    def end_rows(self) -> list[list[float]]:
        """Return for each stretch the signs that tell whether an article ends with it."""
        out = []
        for a, (_, end) in enumerate(self.stretches):
            best = [max(table[a].values(), default=FAR) for table in self._told]
            out.append([*self.lines.ends[end], *best, self._chars[a], self._has_head[a], *self.lines.page])
        return out

    def start_rows(self) -> list[list[float]]:
        """Return for each stretch the signs that tell whether an article begins with it."""
        bests: list[list[float]] = []
        for table in self._told:
            best_of: dict[int, float] = {}
            for row in table:
                for b, value in row.items():
                    if b not in best_of or value > best_of[b]:
                        best_of[b] = value
            bests.append([best_of.get(b, FAR) for b in range(self.count)])
        out = []
        for b, (start, _) in enumerate(self.stretches):
            best = [found[b] for found in bests]
            home = self._claim(self._home[b], b)
            out.append([*self.lines.starts[start], *best, self._chars[b], self._has_head[b], home, *self.lines.page])
        return out


class CompiledJoins:
    """The same, asked of the compiled module: what ``order`` needs of it."""

    def __init__(
        self,
        lines: Lines,
        stretches: Sequence[tuple[int, int]],
        like: CompiledLikeness,
        grams: CompiledNGrams,
        steps: type[_compiled.Steps],
    ) -> None:
        self._lines = lines
        self.count = len(stretches)
        marked, kinds = lines.marked, lines.kinds
        self._steps = steps(
            like.likes,
            grams.grams,
            lines.nodes,
            [low for low, _ in stretches],
            [high for _, high in stretches],
            [m.folded for m in marked],
            [m.folded for m in marked],
            lines.ends,
            lines.starts,
            lines.page,
            (
                [kind[1] for kind in kinds],
                [kind[0] for kind in kinds],
                [m.ends_open for m in marked],
                [bool(m.open) for m in marked],
                [bool(m.stray) for m in marked],
                [len(m.text) for m in marked],
                [m.width for m in marked],
            ),
            (NEAR, LOOKED_AT, BY_GAIN, BY_LIKENESS, EDGE),
        )
        self._rows: _compiled.Rows | None = None

    def steps(self) -> tuple[Pairs, Table]:
        """Return every candidate step (from, to), and the row of signs of each."""
        ends, starts = self._steps.seams()
        bridges, points = map(self._lines.bridge, ends, starts), map(self._lines.points, ends, starts)
        self._rows = rows = self._steps.rows([*bridges], [*points])
        return rows.pairs(), rows

    def steps_again(
        self, chances: Sequence[float], following: Sequence[int | None], least: float
    ) -> tuple[Pairs, Table]:
        """Return the steps likelier than ``least`` and their rows once more, as ``Joins.again`` makes them."""
        behind, before = _chains(following)
        sizes = self._steps.sizes()
        logs_before, logs_behind = (
            [math.log(sum([sizes[k] for k in on])) for on in every] for every in (before, behind)
        )
        rows = self._steps.again(self._made(), chances, before, behind, logs_before, logs_behind, least)
        return rows.pairs(), rows

    def _made(self) -> _compiled.Rows:
        if self._rows is None:
            self.steps()
        assert self._rows is not None
        return self._rows

    def end_rows(self) -> Table:
        """Return for each stretch the signs that tell whether an article ends with it."""
        return self._steps.end_rows()

    def start_rows(self) -> Table:
        """Return for each stretch the signs that tell whether an article begins with it."""
        return self._steps.start_rows()


def joins_of(lines: Lines, stretches: Sequence[tuple[int, int]]) -> Joins | CompiledJoins:
    """Return the possible steps between the stretches of a page."""
    if compiled.Steps and isinstance(lines.like, CompiledLikeness) and isinstance(lines.grams, CompiledNGrams):
        return CompiledJoins(lines, stretches, lines.like, lines.grams, compiled.Steps)
    return Joins(lines, stretches)


def _parted(rows: Sequence[Row]) -> tuple[Pairs, Table]:
    return ([a for a, _, _ in rows], [b for _, b, _ in rows]), [row for _, _, row in rows]


def _chains(following: Sequence[int | None]) -> tuple[list[list[int]], list[list[int]]]:
    """For each stretch those from it on, and those from it back."""
    ahead = {b: a for a, b in enumerate(following) if b is not None}
    behind, before = [], []
    for k in range(len(following)):
        on, at = [k], following[k]
        while at is not None and at != k:
            on.append(at)
            at = following[at]
        back, at = [k], ahead.get(k)
        while at is not None and at != k:
            back.append(at)
            at = ahead.get(at)
        behind.append(on)
        before.append(back)
    return behind, before


class _Leads:
    """How far a value is ahead of the best other one in its row and in its column."""

    def __init__(self, table: Sequence[dict[int, float]]) -> None:
        self._rows = [_two([(value, b) for b, value in row.items()], FAR) for row in table]
        columns: dict[int, list[tuple[float, int]]] = {}
        for a, row in enumerate(table):
            for b, value in row.items():
                columns.setdefault(b, []).append((value, a))
        self._columns = {b: _two(column, FAR) for b, column in columns.items()}

    def both(self, a: int, b: int, value: float) -> tuple[float, float]:
        row, column = self._rows[a], self._columns[b]
        return value - row[2 if row[1] == b else 0], value - column[2 if column[1] == a else 0]


def _two(row: list[tuple[float, int]], none: float) -> tuple[float, int, float]:
    """The best value of a row, whose it is, and the second best."""
    if len(row) < 2:
        return (*row[0], none) if row else (none, -1, none)
    best = max(row)
    return (*best, max([pair for pair in row if pair is not best])[0])


def _largest(count: int, row: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The largest of a short list, largest first."""
    return sorted(row, reverse=True)[:count]


def _other(best: tuple[float, int, float], own: int) -> float:
    """The best value of a row without one's own."""
    return best[2] if best[1] == own else best[0]
