"""Numbers of cases in an order that is worked out as far as somebody looks."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import overload

_AT_ONCE = 64


class Ranked(Sequence[int]):
    """A sequence whose length is known and whose members come one after the other.

    Who looks at the first page of a hundred thousand hits needs fifty of them in order. It may be read by several
    threads.
    """

    __slots__ = ("_lock", "_made", "_rest", "_size")

    def __init__(self, rest: Iterable[int], size: int) -> None:
        self._made = array("q")
        self._rest = iter(rest)
        self._size = size
        self._lock = Lock()

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> array[int]: ...
    def __getitem__(self, at: int | slice) -> int | array[int]:
        """Return one of them, or some as an array."""
        if isinstance(at, slice):
            wanted = range(self._size)[at]
            made = self._up_to(max(wanted[0], wanted[-1]) + 1 if wanted else 0)
            return array("q", map(made.__getitem__, wanted))
        where = range(self._size)[at]
        return self._up_to(where + 1)[where]

    def __iter__(self) -> Iterator[int]:
        return iter(self._up_to(self._size))

    def index(self, num: int, start: int = 0, stop: int | None = None) -> int:
        """Return where a number stands, or raise ValueError."""
        everything = self._up_to(self._size)
        return everything.index(num) if not start and stop is None else everything[start:stop].index(num) + start

    def tolist(self) -> list[int]:
        """Return all of them."""
        return self._up_to(self._size).tolist()

    def __eq__(self, other: object) -> bool:
        """Return whether another sequence has the same numbers in the same order."""
        return self is other or (isinstance(other, Sequence | array) and self.tolist() == list(other))

    __hash__ = None  # type: ignore[assignment]

    def _up_to(self, count: int) -> array[int]:
        """As many as asked for and perhaps more."""
        if len(self._made) < count:
            with self._lock:
                self._made.extend(islice(self._rest, max(_AT_ONCE, count - len(self._made))))
        return self._made
