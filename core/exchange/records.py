"""What is handed out and merged, as records: the packet, what a merge would do, what was merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, overload

from core.decisions import Decision, Ruling, Target

Standing = Literal["new", "ahead", "forked", "agreed", "behind", "same"]
STANDINGS: Mapping[Standing, str] = {
    "new": "新的决定",
    "ahead": "对方较新",
    "forked": "说法不一",
    "agreed": "各自决定，说法一致",
    "behind": "本机较新",
    "same": "相同",
}
"""How their decisions on a target stand to ours → the word for it.

``new``: nobody here had decided; ``ahead``: whoever decided there had seen all of ours; ``forked``: neither had seen
the other's word, and they differ; ``agreed``: nor, and they say the same; ``behind``: we have all of theirs and more.
"""
Choice = Literal["take", "leave", "ours", "theirs", "unsure"]
CHOICES: Mapping[Choice, str] = {
    "take": "收下",
    "leave": "不收",
    "ours": "以本机为准",
    "theirs": "以对方为准",
    "unsure": "都留着，存疑",
}


@dataclass(frozen=True, slots=True)
class Packet:
    """What a packet is for; ``home`` is the id of the library whose cases they are."""

    id: str
    kind: Literal["out", "back"]
    home: str
    sender: str
    recipient: str = ""
    asked: str = ""
    at: str = ""
    """UTC, for people to read."""
    answers: str = ""
    """Of a packet that was handed back: the id of the one that it answers."""


@dataclass(frozen=True, slots=True)
class Item:
    """A target on which a packet brings decisions that are not here."""

    target: Target
    title: str
    standing: Standing
    ours: tuple[Decision, ...]
    """The decisions that stand here."""
    theirs: tuple[Decision, ...]
    """The decisions that stand there."""
    fresh: tuple[Decision, ...]
    """The decisions that it brings."""
    becomes: Ruling
    """What follows when they are taken."""

    @property
    def differ(self) -> bool:
        """Whether people differ, and somebody has to say what is so."""
        return self.becomes.mark == "conflict"

    @property
    def people(self) -> tuple[str, ...]:
        """Return who decided what it brings."""
        return tuple(dict.fromkeys(row.who for row in self.fresh))


@dataclass(frozen=True, slots=True)
class Double:
    """A case that is new here and much like one that is: ids, titles, share of text in common (0–1)."""

    theirs: str
    ours: str
    title: str
    our_title: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging a packet would do; nothing is written."""

    packet: Packet
    items: Sequence[Item] = ()
    """What it brings; of very many only those are in memory that are asked for."""
    differing: tuple[int, ...] = ()
    """Which of the items somebody has to say what is so of."""
    people: Mapping[str, Counter[str]] = field(default_factory=dict)
    """Who made how many decisions of each verdict, among those that it brings."""
    counts: Counter[Standing] = field(default_factory=Counter)
    """How many targets stand how, those among them that are the same."""
    new_cases: tuple[tuple[str, str], ...] = ()
    """Ids and titles of the cases that are not here."""
    returned: frozenset[str] = frozenset()
    """Ids of those of them that were here and were taken back or thrown away: they are left out unless asked for."""
    doubles: tuple[Double, ...] = ()
    read_differently: tuple[str, ...] = ()
    """Ids of cases whose text or figures are read differently here; ours stay."""
    pages: tuple[tuple[str, str], ...] = ()
    """Names of pages that somebody cut, joined or marked otherwise there, and who: that is not merged, the pages stay
    as they are here. An empty name is of a page that is not here."""
    withdrawn: int = 0
    """Decisions that it brings again after the merge that had brought them was withdrawn here."""
    revision: int = 0

    @property
    def decisions(self) -> int:
        """Return how many decisions it brings."""
        return sum(sum(counts.values()) for counts in self.people.values())

    @property
    def conflicts(self) -> Sequence[Item]:
        """Return the items where people differ."""
        return Picked(self.items, self.differing)

    def by_person(self) -> Mapping[str, Counter[str]]:
        """Return how many decisions each person made of each verdict, among those that it brings."""
        return self.people


class Picked(Sequence[Item]):
    """Some of a list, by their places in it; each is asked for when it is wanted.

    >>> Picked("abc", (0, 2))[1], len(Picked("abc", (0, 2)))
    ('c', 2)
    """

    def __init__(self, items: Sequence[Item], at: Sequence[int]) -> None:
        self._items, self._at = items, at

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, n: int) -> Item: ...

    @overload
    def __getitem__(self, n: slice) -> Sequence[Item]: ...

    def __getitem__(self, n: int | slice) -> Item | Sequence[Item]:
        return Picked(self._items, self._at[n]) if isinstance(n, slice) else self._items[self._at[n]]


@dataclass(frozen=True, slots=True)
class Merge:
    """A row of the list of merges: something handed out, taken in, or withdrawn again."""

    id: str
    kind: Literal["out", "in", "undone"]
    at: str
    who: str
    packet: str
    name: str
    asked: str = ""
    answers: str = ""
    undoes: str = ""
    decisions: int = 0
    cases: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """How a packet that was handed out stands: to whom, how many cases, how many of their figures are decided by now,
    whether it came back, how many of the decisions that came were overruled since."""

    packet: str
    name: str
    asked: str
    at: str
    cases: int
    figures: int
    decided: int
    back: tuple[str, ...]
    """When hand-backs were merged."""
    came: int
    overruled: int
