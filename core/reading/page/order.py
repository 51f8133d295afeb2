"""The reading order of a page: which lines go on in which, found at once for the whole page from what was learnt.

Lines that surely go on in the next make stretches. What each stretch goes on in is one assignment over the page, solved
twice: the second time the chains of the first tell what they talk of.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.reading.page.joins import CompiledJoins, Joins, joins_of
from core.reading.page.matching import cheapest_pairs
from core.reading.page.stretches import Lines
from core.reading.page.trees import Trees

SURE = 0.97
"""From this chance on a line is taken to go on in the next before anything else is asked."""
FIRM = 0.6
AT_ONCE = 300
"""Stretches that are matched at once; a newspaper page has a third of it, a longer text is read in regions."""
MOST_LINES = 4000
"""A text of more lines is no page of a newspaper: its lines go on in the next or end."""
_LIKELY = 0.5
_LEAST = 0.001
_WORTH_OFFERING = 0.02
"""Chance from which on another continuation is shown to a person who doubts the one that was taken."""
OUT_OF_THE_QUESTION = 0.002
"""Chance of the first pass below which a step is not asked about again."""


@dataclass(slots=True)
class Step:
    """That a line goes on in another: the chance of it, 0 to 1."""

    to: int
    chance: float


Offers = dict[int, list[Step]]
"""For lines that do not surely go on in the next: those that they may go on in, the likeliest first."""


def find_steps(lines: Lines, learnt: dict[str, list[Trees]]) -> tuple[list[Step | None], Offers]:
    """Return for each line the one that it goes on in, or None where an article ends; and what else was likely."""
    chances = learnt["next"][0].chances(lines.next_rows())
    if lines.count > MOST_LINES:
        return [Step(a + 1, chance) if chance >= _LIKELY else None for a, chance in enumerate(chances)] + [None], {}
    offers: Offers = {}
    following: list[Step | None] = [None] * lines.count
    stretches = cut(lines.count, chances)
    for low, high in stretches:
        for a in range(low, high):
            following[a] = Step(a + 1, chances[a])
    for at in range(0, len(stretches), AT_ONCE):
        own = stretches[at : at + AT_ONCE]
        if at:  # between two regions a line goes on in the next or nowhere
            end = stretches[at - 1][1]
            following[end] = Step(end + 1, chances[end]) if chances[end] >= _LIKELY else None
        if len(own) > 1:
            steps, likely = _solve(joins_of(lines, own), learnt)
            for a, (b, chance) in steps.items():
                following[own[a][1]] = Step(own[b][0], chance)
            for a, others in likely.items():
                offers[own[a][1]] = [Step(own[b][0], chance) for chance, b in others]
    return _without_second_steps(following), offers


def _without_second_steps(following: Sequence[Step | None]) -> list[Step | None]:
    """The steps, none of two that lead to one line but the likelier: only borders of regions make such."""
    best: dict[int, float] = {}
    for step in following:
        if step:
            best[step.to] = max(best.get(step.to, 0.0), step.chance)
    kept: list[Step | None] = []
    for step in following:
        stays = step is not None and best.get(step.to) == step.chance
        if stays and step is not None:
            del best[step.to]
        kept.append(step if stays else None)
    return kept


def cut(count: int, chances: Sequence[float]) -> list[tuple[int, int]]:
    """Return the first and last line of every stretch, given each line's chance of going on in the next."""
    found, low = [], 0
    for a in range(count):
        if a == count - 1 or chances[a] < SURE:
            found.append((low, a))
            low = a + 1
    return found


def _solve(
    joins: Joins | CompiledJoins, learnt: dict[str, list[Trees]]
) -> tuple[dict[int, tuple[int, float]], dict[int, list[tuple[float, int]]]]:
    """For each stretch that goes on the one that it goes on in, and the chance of it; and the likeliest of all."""
    ends = learnt["ends"][0].chances(joins.end_rows())
    starts = learnt["starts"][0].chances(joins.start_rows())
    pairs, rows = joins.steps()
    first = learnt["joins"][0].chances(rows)
    steps = assign(zip(*pairs, strict=True), first, ends, starts)
    firm = [b if (b := steps.get(a, (-1, 0.0))[0]) >= 0 and steps[a][1] > FIRM else None for a in range(joins.count)]
    pairs, rows = joins.steps_again(first, firm, OUT_OF_THE_QUESTION)
    second = learnt["again"][0].chances(rows)
    likely: dict[int, list[tuple[float, int]]] = {}
    for a, b, chance in zip(*pairs, second, strict=True):
        if chance >= _WORTH_OFFERING:
            likely.setdefault(a, []).append((chance, b))
    return assign(zip(*pairs, strict=True), second, ends, starts), {a: sorted(o)[::-1] for a, o in likely.items()}


def assign(
    pairs: Iterable[tuple[int, int]], chances: Sequence[float], ends: Sequence[float], starts: Sequence[float]
) -> dict[int, tuple[int, float]]:
    """Return the steps of which most are right, as far as their chances tell; circles are broken."""
    alone = [-math.log(max(chance, _LEAST)) for chance in ends]
    begun = [-math.log(max(chance, _LEAST)) for chance in starts]
    costs: list[dict[int, float]] = [{} for _ in ends]
    known: list[dict[int, float]] = [{} for _ in ends]
    for (a, b), chance in zip(pairs, chances, strict=True):
        known[a][b] = chance
        if (cost := -math.log(max(chance, _LEAST))) < alone[a] + begun[b]:
            costs[a][b] = cost
    while True:
        found = cheapest_pairs(costs, alone, begun)
        circle = _circle(found)
        if not circle:
            return {a: (b, known[a][b]) for a, b in enumerate(found) if b is not None}
        worst = min(circle, key=lambda a: known[a][found[a] or 0])
        del costs[worst][found[worst] or 0]


def _circle(following: Sequence[int | None]) -> list[int]:
    """The members of a chain that bites its own tail, if there is one."""
    reached = {b for b in following if b is not None}
    done: set[int] = set()
    for first in range(len(following)):
        at: int | None = first if first not in reached else None
        while at is not None:
            done.add(at)
            at = following[at]
    rest = next((k for k in range(len(following)) if k not in done), None)
    if rest is None:
        return []
    circle = [rest]
    while (at := following[circle[-1]]) != rest and at is not None:
        circle.append(at)
    return circle
