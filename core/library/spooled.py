"""What a file brings, kept outside memory until a person looks at it: a preview of very many decisions is a list."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, overload

from core.exchange import Item
from core.library.brought import Brought, unpacked

_PAGE = 200
"""So many are fetched at once, and put away at once."""
MANY = 500
"""Fewer are simply kept."""


class Spool(Sequence[Item]):
    """A list of items that can only grow, in a nameless file of SQLite's that goes with it; read page by page.

    An item is made when it is asked for, of the rows as they lie. It may be read by another thread than wrote it, but
    not by two at once.
    """

    def __init__(self) -> None:
        self._new: list[Brought] = []
        self._length = 0
        self._db: sqlite3.Connection | None = None
        self._page: tuple[int, list[tuple[Any, ...]]] = (-1, [])
        """The page that was read last, its items as they were put away."""

    def add(self, one: Brought) -> None:
        """Append an item."""
        self._new.append(one)
        self._length += 1
        if self._length > MANY:
            self._put_away()

    def done(self) -> Sequence[Item]:
        """Return the items, when all were added; a few are made at once."""
        if self._db is None:
            return tuple(one.item() for one in self._new)
        self._put_away(1)
        return self

    def _put_away(self, least: int = _PAGE) -> None:
        """Put away the pages that are full, and one that has at ``least`` so many."""
        if self._db is None:
            self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute("CREATE TABLE kept (page INTEGER PRIMARY KEY, items BLOB NOT NULL)")
        first = (self._length - len(self._new)) // _PAGE
        while len(self._new) >= least:
            items = [one.packed() for one in self._new[:_PAGE]]
            self._db.execute("INSERT INTO kept VALUES (?, ?)", (first, pickle.dumps(items, pickle.HIGHEST_PROTOCOL)))
            self._new, first = self._new[_PAGE:], first + 1

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._length))]
        own = at + self._length if at < 0 else at
        if not 0 <= own < self._length:
            raise IndexError(at)
        return unpacked(self._of_page(own // _PAGE)[own % _PAGE]).item()

    def __iter__(self) -> Iterator[Item]:
        for page in range((self._length + _PAGE - 1) // _PAGE):
            yield from (unpacked(row).item() for row in self._of_page(page))

    def _of_page(self, page: int) -> list[tuple[Any, ...]]:
        if self._page[0] != page and self._db is not None:
            (cell,) = self._db.execute("SELECT items FROM kept WHERE page = ?", (page,)).fetchone()
            # What is unpickled is what this object wrote into a file that nobody else can open.
            self._page = page, pickle.loads(cell)
        return self._page[1]
