"""Two columns that were copied line by line in turn: which pieces belong to the left one, which to the right one."""

from __future__ import annotations

from collections.abc import Sequence

from core.reading.page.lines import width_of
from core.reading.page.seams import weigh_seam
from core.records import Span
from core.text.marks import SENTENCE_ENDS

_FEWEST = 6
_BAD_SEAM = -0.9
_GAIN_WANTED = 5.0
_NARROW, _WIDE = 5.0, 30.0
_SAMPLE = 12
_SWITCH = 0.4
_CLEAR = 1.0
_OPEN_END = -1.5
_CLOSED = tuple(SENTENCE_ENDS + "…")


def woven(text: str, pieces: Sequence[Span], below: str = "") -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """Return the pieces of two columns printed in turn, each in its order; None when they just follow each other.

    Every piece goes behind the last piece of one of two chains, so that all seams together are the strongest; the
    bottom of the first column goes on at the top of the second, and that one's bottom in the text ``below``.
    """
    if len(pieces) < _FEWEST or not _even(text, pieces):
        return None
    words = [text[p.start : p.end] for p in pieces]
    seams = _Seams(words)
    straight = [seams.strength(i, i + 1) for i in range(len(words) - 1)]
    if sum(s < _BAD_SEAM for s in straight) < max(2, len(straight) // 6):
        return None
    total, chains = _two_chains(seams, len(words), below)
    if total - sum(straight) < _GAIN_WANTED or min(map(len, chains)) < 3:
        return None
    one, other = (tuple(pieces[i] for i in chain) for chain in chains)
    return one, other


def _even(text: str, pieces: Sequence[Span]) -> bool:
    """Whether the pieces are as wide as the lines of columns are: most of them alike, none very long."""
    widths = sorted(width_of(text[p.start : p.end]) for p in pieces)
    middle = widths[len(widths) // 2]
    alike = sum(abs(w - middle) <= 2.5 for w in widths)
    return _NARROW <= middle <= _WIDE and alike >= 0.6 * len(widths) and widths[-1] <= 1.6 * middle


class _Seams:
    """The strengths of seams between numbered pieces, each asked for once."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._known: dict[tuple[int, int], float] = {}

    def strength(self, a: int, b: int) -> float:
        key = (a, b)
        if key not in self._known:
            self._known[key] = self.out(a, self.words[b])
        return self._known[key]

    def out(self, a: int, below: str) -> float:
        """Return the strength of the seam between a piece and some other text."""
        found = weigh_seam(self.words[a], below).strength
        return max(-4.0, min(4.0, found)) if not self._is_closed(a) else min(0.5, max(-2.0, found))

    def ending(self, a: int, below: str) -> float:
        """Return the worth of a chain's end: best closed, or going on in the text that may follow."""
        if self._is_closed(a):
            return 0.0
        found = self.out(a, below) if below else 0.0
        return found if found > _CLEAR else _OPEN_END

    def _is_closed(self, a: int) -> bool:
        return self.words[a].endswith(_CLOSED)


class _Dealt:
    """Which chain each piece so far went to, the newest last: a list that shares its beginning with others."""

    __slots__ = ("_before", "_side")

    def __init__(self, side: int, before: _Dealt | None = None) -> None:
        self._side = side
        self._before = before

    def sides(self) -> list[int]:
        """Return the chains in the order of the pieces."""
        found = []
        at: _Dealt | None = self
        while at is not None:
            found.append(at._side)
            at = at._before
        return found[::-1]


def _two_chains(seams: _Seams, count: int, below: str) -> tuple[float, tuple[list[int], list[int]]]:
    """Deal 0 … count-1 out to two chains.

    A state is the last piece of the chain that did not get the newest one, and which chain did.
    """
    best: dict[tuple[int, int], tuple[float, _Dealt]] = {(-1, 0): (0.0, _Dealt(0))}
    for new in range(1, count):
        after: dict[tuple[int, int], tuple[float, _Dealt]] = {}
        for (other, side), (score, dealt) in best.items():
            stay = score + seams.strength(new - 1, new) - _SWITCH
            _keep(after, (other, side), stay, side, dealt)
            jump = score + (seams.strength(other, new) if other >= 0 else 0.0)
            _keep(after, (new - 1, 1 - side), jump, 1 - side, dealt)
        best = dict(sorted(after.items(), key=lambda kv: -kv[1][0])[: 2 * _SAMPLE])
    found = []
    for score, dealt in best.values():
        sides = dealt.sides()
        left = [i for i, s in enumerate(sides) if s == 0]
        right = [i for i, s in enumerate(sides) if s == 1]
        turn = seams.ending(left[-1], seams.words[right[0]] if right else below)
        out = seams.ending(right[-1], below) if right else 0.0
        found.append((score + turn + out, score, (left, right)))
    _, score, chains = max(found, key=lambda f: f[0])
    return score, chains


def _keep(
    states: dict[tuple[int, int], tuple[float, _Dealt]], key: tuple[int, int], score: float, side: int, before: _Dealt
) -> None:
    if key not in states or score > states[key][0]:
        states[key] = (score, _Dealt(side, before))
