"""What a person goes through, in order: a beginning that was shown and stays, and what is ahead, whose order may get
better while it is gone through."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from core.reviewing.queue import Doubted, Queue


class Line:
    """Numbers by place. ``seen`` are those that were shown; of what is ahead only the order is known."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.why: Mapping[str, Doubted] = {}
        self._known: set[int] = set()
        self._ahead: array[int] = array("q")
        self._at = 0
        self._late: set[int] = set()
        """What was shown after the order was made: it may stand in it and is passed over."""

    def take(self, queue: Queue) -> None:
        """Go on in this order; what was shown keeps its place."""
        self._ahead, self._at, self.why = queue.nums, 0, queue.why
        self._late = set(self.seen[queue.seen :])

    def __len__(self) -> int:
        """Return how many there are, those that were shown among them; at most one or two too many before the end."""
        return len(self.seen) + max(0, len(self._ahead) - self._at - len(self._late))

    def __getitem__(self, place: int) -> int:
        """Return the number at a place: one that was shown, or the first that was not; IndexError at the end."""
        if 0 <= place < len(self.seen):
            return self.seen[place]
        if place != len(self.seen):
            raise IndexError(place)
        while self._at < len(self._ahead):
            num = self._ahead[self._at]
            self._at += 1
            if num not in self._known:
                self._known.add(num)
                self.seen.append(num)
                return num
            self._late.discard(num)
        self._late.clear()
        raise IndexError(place)

    def ahead(self, count: int) -> list[int]:
        """Return the next ones that were not shown, at most so many, where they are."""
        out: list[int] = []
        for at in range(self._at, min(len(self._ahead), self._at + count + len(self._late))):
            if (num := self._ahead[at]) not in self._known and len(out) < count:
                out.append(num)
        return out
