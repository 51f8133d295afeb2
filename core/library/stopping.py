"""A way to give up long work on a library from another thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """Work was given up, since nobody wants it any more."""


class Stop:
    """Asked once, by any thread, it ends what works on the connections that were handed to it."""

    def __init__(self) -> None:
        self.asked = False
        self._at_work: list[sqlite3.Connection] = []

    def ask(self) -> None:
        """Let the work end soon."""
        self.asked = True
        for db in tuple(self._at_work):
            db.interrupt()

    def look(self) -> None:
        """Raise Stopped when that was asked for."""
        if self.asked:
            raise Stopped

    @contextmanager
    def working_on(self, *connections: sqlite3.Connection) -> Iterator[None]:
        """Interrupt what these connections do when the end is asked for; Stopped is raised then."""
        self._at_work.extend(connections)
        try:
            self.look()
            yield
            self.look()
        except sqlite3.OperationalError:
            self.look()
            raise
        finally:
            for db in connections:
                self._at_work.remove(db)
