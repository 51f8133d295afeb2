"""What waits on the import desk: rows that belong to the desk that works on them, and the pages that were read.

Nothing here is a change to take back, and no view of the library need look again: the revision stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple

from core.library.answers import DeskRow, DeskState
from core.library.file import LibraryPart
from core.library.rows import insert, insert_all

_COLUMNS = (
    "id",
    "name",
    "state",
    "file",
    "seal",
    "direct",
    "note",
    "articles",
    "figures",
    "doubts",
    "source",
    "came_as",
    "hand",
)
"""The fields of a ``DeskRow``, in their order."""
_STANDS = "EXISTS (SELECT 1 FROM sources s WHERE s.id = desk_rows.came_as)"
_DONE = f"removed OR state = 'known' OR (state = 'added' AND (came_as = '' OR {_STANDS}))"
"""Nothing of it would be lost: it was removed, or is in the library."""


class DeskRows(LibraryPart):
    """The rows of the import desk and their pages; ``owner`` is the desk that has them, empty for none."""

    def any(self) -> bool:
        """Return whether anything waits, whoever has it."""
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM desk_rows)").fetchone()[0])

    def held(self) -> int:
        """Return how many files and pages wait on desks, whoever's."""
        query = "SELECT count(*) FROM desk_rows WHERE owner != '' AND NOT removed AND state IN ('waiting', 'ready')"
        return int(self._db.execute(query).fetchone()[0])

    def rows(self, owner: str) -> list[DeskRow]:
        """Return what this desk has, in order, without what was removed."""
        query = f"SELECT {', '.join(_COLUMNS)} FROM desk_rows WHERE owner = ? AND NOT removed ORDER BY place, part, num"
        return [_row(values) for values in self._db.execute(query, (owner,))]

    def page(self, row_id: str) -> str:
        """Return the page of a row as it was kept; empty when it has none, KeyError when there is no such row."""
        query = "SELECT p.page FROM desk_rows r LEFT JOIN desk_pages p ON p.num = r.num WHERE r.id = ?"
        found = self._db.execute(query, (row_id,)).fetchone()
        if found is None:
            raise KeyError(row_id)
        return _text(found[0] or "")

    # ---- changing: each is one transaction, whole or not there

    def add(self, owner: str, rows: Sequence[DeskRow], pages: Mapping[str, str] | None = None) -> None:
        """Put rows behind the others; ``pages`` are the pages of those that have one already, by their ids."""
        with self._file.writing():
            (last,) = self._db.execute("SELECT coalesce(max(place), 0) FROM desk_rows").fetchone()
            placed = ((owner, last + at, 0, *_values(row)) for at, row in enumerate(rows, 1))
            insert_all(self._db, "desk_rows", ("owner", "place", "part", *_COLUMNS), placed)
            for row_id, page in (pages or {}).items():
                self._write_page(row_id, page)

    def put(self, owner: str, row_id: str, read: Sequence[tuple[DeskRow, str]]) -> None:
        """Let what was read of a file stand in its place: rows with their pages, the first under the id of the file.

        Nothing happens when this desk does not have the row any more, or it waits no more: what was accepted stays so.
        """
        with self._file.writing():
            found = self._db.execute(
                "SELECT num, place FROM desk_rows WHERE id = ? AND owner = ? AND state = 'waiting'", (row_id, owner)
            ).fetchone()
            if found is None:
                return
            num, place = found
            for part, (row, page) in enumerate(read):
                values = {
                    "owner": owner,
                    "place": place,
                    "part": part,
                    **dict(zip(_COLUMNS, _values(row), strict=True)),
                }
                if part == 0:
                    told = ", ".join(f"{column} = ?" for column in values)
                    self._db.execute(f"UPDATE desk_rows SET {told} WHERE num = ?", (*values.values(), num))
                else:
                    insert(self._db, "desk_rows", values)
                self._write_page(row.id, page)

    def keep(self, owner: str, rows: Sequence[DeskRow]) -> None:
        """Keep what a person did to pages, and what is counted on them; how they stand is the business of ``turn``."""
        told = [(row.articles, row.figures, row.doubts, _cell(row.hand), row.id, owner) for row in rows]
        with self._file.writing():
            self._db.executemany(
                "UPDATE desk_rows SET articles = ?, figures = ?, doubts = ?, hand = ? WHERE id = ? AND owner = ?", told
            )

    def turn(self, owner: str, row_ids: Sequence[str], state: DeskState, note: str = "", seal: str = "") -> None:
        """Say how rows stand now; with a ``seal`` it is new, too."""
        with self._file.writing():
            self._db.executemany(
                "UPDATE desk_rows SET state = ?1, note = ?2, seal = CASE ?3 WHEN '' THEN seal ELSE ?3 END, direct = 0"
                " WHERE id = ?4 AND owner = ?5",
                [(state, _cell(note), seal, row_id, owner) for row_id in row_ids],
            )

    def remove(self, owner: str, row_ids: Sequence[str], removed: bool = True) -> None:
        """Take rows off the desk, or put them back; they are there until the desk is left."""
        with self._file.writing():
            self._db.executemany(
                "UPDATE desk_rows SET removed = ? WHERE id = ? AND owner = ?",
                [(removed, row_id, owner) for row_id in row_ids],
            )

    def accept(self, row_id: str, source_id: str, articles: int) -> None:
        """Say that a page with so many articles came in as a source; inside the transaction that brings it in."""
        with self._file.writing():
            self._db.execute(
                "UPDATE desk_rows SET state = 'added', note = '', came_as = ?, articles = ? WHERE id = ?",
                (source_id, articles, row_id),
            )

    def fail(self, row_id: str, reason: str) -> None:
        """Say that a file, which was to go into the library as soon as it was read, gave no page, and why."""
        with self._file.writing():
            self._db.execute(
                "UPDATE desk_rows SET state = 'failed', note = ?, direct = 0 WHERE id = ?", (_cell(reason), row_id)
            )

    def drop(self, row_id: str) -> None:
        """Forget a row for good; inside the transaction that brings its page into the library."""
        with self._file.writing():
            self._db.execute("DELETE FROM desk_rows WHERE id = ?", (row_id,))

    def take_over(self, owner: str, is_alive: Callable[[str], bool]) -> list[DeskRow]:
        """Give this desk the rows of all that work no more, and return them; what was done of those is forgotten.

        A page that was accepted and is not in the library after all waits again.
        """
        with self._file.writing():
            others = {o for (o,) in self._db.execute("SELECT DISTINCT owner FROM desk_rows")} - {owner}
            left = [(other,) for other in others if not other or not is_alive(other)]
            self._db.executemany(f"DELETE FROM desk_rows WHERE owner = ? AND ({_DONE})", left)
            self._db.executemany("UPDATE desk_rows SET state = 'ready' WHERE owner = ? AND state = 'added'", left)
            before = {row.id for row in self.rows(owner)}
            self._db.executemany("UPDATE desk_rows SET owner = ? WHERE owner = ?", [(owner, *o) for o in left])
            return [row for row in self.rows(owner) if row.id not in before]

    def leave(self, owner: str) -> None:
        """Give up what this desk has, for the next one; what was removed or is in the library is forgotten."""
        with self._file.writing():
            self._db.execute(f"DELETE FROM desk_rows WHERE owner = ? AND ({_DONE})", (owner,))
            self._db.execute("UPDATE desk_rows SET owner = '' WHERE owner = ?", (owner,))

    def _write_page(self, row_id: str, page: str) -> None:
        self._db.execute(
            "INSERT INTO desk_pages (num, page) SELECT num, ?2 FROM desk_rows WHERE id = ?1"
            " ON CONFLICT (num) DO UPDATE SET page = excluded.page",
            (row_id, _cell(page)),
        )


def _values(row: DeskRow) -> tuple[object, ...]:
    return tuple(_cell(value) if isinstance(value, str) else value for value in astuple(row))


def _row(values: Sequence[object]) -> DeskRow:
    made = dict(zip(_COLUMNS, (_text(v) if isinstance(v, bytes) else v for v in values), strict=True))
    return DeskRow(**{**made, "direct": bool(made["direct"])})  # type: ignore[arg-type]


def _cell(text: str) -> str | bytes:
    """A text as SQLite takes it; one that is no Unicode (the name of a file from an old disk) as bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def _text(value: str | bytes) -> str:
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value
