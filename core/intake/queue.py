"""The queue of the import desk as one desk keeps it in a library: what waits, what was read, what a person did to it.

Two desks never have the same row. Each takes over at its start what no living desk has, and gives up what it has when
it ends; of one that was killed the lock says that it lives no more (``core.library.desk_owner``).
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from core.desk import edit_as_json, saved
from core.desk.saved import Hand, NotKept
from core.desk.work import Work
from core.intake.desk import work_of
from core.intake.reading import find_pages
from core.library import Library, LibraryError
from core.library.answers import DeskRow, DeskState
from core.library.desk_owner import DeskOwner
from core.reading import read_page
from core.records import Page
from core.sources import name_of

ELSEWHERE = "是在别的电脑上放进来的，没有读它；要读，请按「再读一次」"


class DeskQueue:
    """What one desk has of a library's queue; belongs to the thread that made it."""

    def __init__(self, path: Path, secret: str) -> None:
        """``secret`` is known to this person's program alone.

        A library from elsewhere may name any file; only those are read unasked that were named here.
        """
        self._library = Library.open(path)
        self._secret = secret.encode()
        self._owner = DeskOwner(path)

    def close(self) -> None:
        """Leave the desk, so that the next one finds what is on it."""
        with suppress(LibraryError):  # the next desk finds by the lock that this one lives no more
            self._library.desk.leave(self._owner.id)
        self._library.close()
        self._owner.close()

    # ---- what comes and goes

    def take_over(self, most: int = 600) -> list[DeskRow]:
        """Return what was left on the desk by those that work there no more; it belongs to this desk now.

        A folder that was dropped and not looked through yet becomes its files; more than ``most`` of them go into the
        library as soon as they are read.
        """
        mine, rows = self._owner.id, self._library.desk.take_over(self._owner.id, self._owner.is_alive)
        foreign = {row.id for row in rows if row.state == "waiting" and row.file and row.seal != self._seal(row.file)}
        self._library.desk.turn(mine, sorted(foreign), "failed", ELSEWHERE)
        told = [replace(r, state="failed", direct=False, note=ELSEWHERE) if r.id in foreign else r for r in rows]
        return [found for row in told for found in self._looked_through(row, most)]

    def _looked_through(self, row: DeskRow, most: int) -> list[DeskRow]:
        """The row, or those of the files below it in its place."""
        if row.state != "waiting" or not row.file or not Path(row.file).is_dir():
            return [row]
        files = find_pages([Path(row.file)])
        if not files:
            self._library.desk.drop(row.id)
        ids = [row.id, *(f"{row.id}-{n}" for n in range(1, len(files)))]
        found = [
            DeskRow(row_id, name_of(file), file=str(file), seal=self._seal(str(file)), direct=len(files) > most)
            for row_id, file in zip(ids, files, strict=False)
        ]
        self._library.desk.put(self._owner.id, row.id, [(each, "") for each in found])
        return found

    def add(self, rows: Sequence[DeskRow], pasted: Mapping[str, str] | None = None) -> None:
        """Keep rows that wait, and the texts that were pasted, by the ids of their rows."""
        sealed = [replace(row, seal=self._seal(row.file) if row.file else "") for row in rows]
        self._library.desk.add(
            self._owner.id, sealed, {row_id: saved.pasted_as_json(text) for row_id, text in (pasted or {}).items()}
        )

    def add_files(self, files: Sequence[Path]) -> list[DeskRow]:
        """Keep very many files, which go into the library as soon as they are read; return their rows."""
        mark = uuid.uuid4().hex
        rows = [DeskRow(f"{mark}-{n}", name_of(file), file=str(file), direct=True) for n, file in enumerate(files)]
        self.add(rows)
        return rows

    def put(self, row_id: str, read: Sequence[tuple[DeskRow, Page, Hand]]) -> None:
        """Keep the pages that a file gave in its place."""
        self._library.desk.put(
            self._owner.id,
            row_id,
            [(replace(row, hand=saved.hand_as_json(hand)), saved.page_as_json(page)) for row, page, hand in read],
        )

    def keep(self, told: Sequence[tuple[DeskRow, Hand]]) -> None:
        """Keep what a person did to pages."""
        self._library.desk.keep(self._owner.id, [replace(row, hand=saved.hand_as_json(hand)) for row, hand in told])

    def turn(self, row_ids: Sequence[str], state: DeskState, note: str = "") -> None:
        """Keep how rows stand now."""
        self._library.desk.turn(self._owner.id, row_ids, state, note)

    def retry(self, rows: Sequence[DeskRow]) -> None:
        """A person wants these files to be read, wherever they were named."""
        for row in rows:
            self._library.desk.turn(self._owner.id, [row.id], "waiting", seal=self._seal(row.file) if row.file else "")

    def remove(self, row_ids: Sequence[str], removed: bool = True) -> None:
        """Take rows off the desk, or put them back."""
        self._library.desk.remove(self._owner.id, row_ids, removed)

    # ---- what is on it

    def again(self, row: DeskRow) -> Work | str | None:
        """Return what is kept of a row that is to be read again: its page, or the text that was pasted.

        None where nothing is kept and the file has to be read. NotKept when what is kept cannot be read.
        """
        kept = self._library.desk.page(row.id)
        if not kept:
            return None
        return saved.pasted_of_json(kept) or self.work(row)

    def work(self, row: DeskRow) -> Work:
        """Read the page of a row again and lay over it what a person did; NotKept when that cannot be done."""
        page, hand = saved.page_of_json(self._library.desk.page(row.id)), saved.hand_of_json(row.hand)
        try:
            work = work_of(page, read_page(page), hand, row.source)
        except Exception as error:
            raise NotKept("再读它的时候出了错") from error
        return work

    def cite(self, rows: Sequence[DeskRow], known: Mapping[str, str]) -> list[DeskRow]:
        """Say of each of these pages what it lacks of where it was printed; those that lacked something, as they are.

        A page that cannot be read is left out.
        """
        out = []
        for row in rows:
            with suppress(NotKept, KeyError):
                page, hand = saved.page_of_json(self._library.desk.page(row.id)), saved.hand_of_json(row.hand)
                lacks = {n: v for n, v in known.items() if v and not (hand.cited.get(n) or getattr(page, n))}
                if lacks:
                    hand = replace(hand, cited={**hand.cited, **lacks})
                    out.append(replace(row, hand=saved.hand_as_json(hand)))
        self._library.desk.keep(self._owner.id, out)
        return out

    def came_back(self) -> list[DeskRow]:
        """Return the rows that stand otherwise since the library undid or redid something, as they stand now.

        A page is in the library when that has it with just the edits that the desk has; of several rows of a page the
        last says so.
        """
        if not self._stand_otherwise():
            return []
        with self._library.together():  # nothing goes in, or is undone, between the look and the word
            out = self._stand_otherwise()
            for row in out:
                self._library.desk.turn(self._owner.id, [row.id], row.state)
        return out

    def _stand_otherwise(self) -> list[DeskRow]:
        rows = [row for row in self._library.desk.rows(self._owner.id) if row.came_as]
        last = {row.came_as: row.id for row in rows}
        out = []
        for row in rows:
            state: DeskState = "added" if self._is_in(row, row.id == last[row.came_as]) else "ready"
            if row.state in ("added", "ready") and row.state != state:
                out.append(replace(row, state=state))
        return out

    def _is_in(self, row: DeskRow, last: bool) -> bool:
        try:
            edits = [edit_as_json(edit) for edit in saved.hand_of_json(row.hand).edits]
            return not last or self._library.pages.has(row.came_as, edits)
        except (KeyError, NotKept):
            return False

    def _seal(self, file: str) -> str:
        told = f"{self._library.id}\0{file}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, told, hashlib.sha256).hexdigest()
