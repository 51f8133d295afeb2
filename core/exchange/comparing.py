"""How the decisions of two laptops on one target stand to each other: by who had seen what, never by a clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from core.decisions import Decision, Target, heads, ruling
from core.exchange.records import Item, Standing


def compare(ours: Collection[str], theirs: Collection[str]) -> Standing | None:
    """Return how two sets of ids of decisions on a target stand; None where both have what the other has not.

    >>> compare("ab", "abc"), compare("ab", "a"), compare("", "a"), compare("a", "b")
    ('ahead', 'behind', 'new', None)
    """
    here, there = frozenset(ours), frozenset(theirs)
    if there <= here:
        return "same" if there == here else "behind"
    if not here:
        return "new"
    return "ahead" if here < there else None


def item_of(target: Target, title: str, ours: Sequence[Decision], theirs: Sequence[Decision], proposal: Any) -> Item:
    """Return what their decisions on a target, some of which are not here, would bring."""
    here = {row.id for row in ours}
    fresh = tuple(row for row in theirs if row.id not in here)
    both = [*ours, *fresh]
    becomes = ruling(both, proposal)
    stand = compare(here, [row.id for row in theirs]) or ("forked" if becomes.mark == "conflict" else "agreed")
    return Item(target, title, stand, tuple(heads(ours)), tuple(heads(theirs)), fresh, becomes)
