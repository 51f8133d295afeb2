"""The outline of a selection: its cases, headings and notes in one order, and what is written of each case."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from core.library import case_rows
from core.library.answers import Outline, OutlineLine
from core.library.conform import shown
from core.library.rows import insert, insert_all
from core.library.stamps import new_id

Key = int | str
"""A line of an outline: the number of its case, or the id of its text."""
_CASES = (
    "SELECT i.position, i.case_num, c.title, i.note, f.figures, c.figures FROM selection_items i"
    " JOIN cases c ON c.num = i.case_num"
    " LEFT JOIN selection_figures f ON f.selection = i.selection AND f.case_num = i.case_num WHERE i.selection = ?"
)
_TEXTS = "SELECT position, id, kind, text FROM selection_texts WHERE selection = ? AND kind != 'title'"
_KEYS = (
    "SELECT position, 1, num, case_num FROM selection_items WHERE selection = ?1 UNION ALL"
    " SELECT position, 0, num, id FROM selection_texts WHERE selection = ?1 AND kind != 'title' ORDER BY 1, 2, 3"
)


def row_of(db: sqlite3.Connection, selection: str) -> tuple[int, str]:
    """Return number and name of a selection; KeyError where it is gone."""
    row = db.execute("SELECT num, name FROM selections WHERE id = ?", (selection,)).fetchone()
    if row is None:
        raise KeyError(selection)
    return int(row[0]), str(row[1])


def outline(db: sqlite3.Connection, selection: str) -> Outline:
    """Return a selection with all that is written up; KeyError where it is gone."""
    row, name = row_of(db, selection)
    lines: list[tuple[int, bool, OutlineLine]] = [
        (position, True, OutlineLine("case", num, shown(title), shown(note), ids, has, _written(db, num, ids, has)))
        for position, num, title, note, figures, has in db.execute(_CASES, (row,)).fetchall()
        for ids in (_ids(figures),)
    ]
    for position, id_, kind, text in db.execute(_TEXTS, (row,)):
        lines.append((position, False, OutlineLine(kind, shown(id_), shown(text))))
    lines.sort(key=lambda line: line[:2])
    return Outline(selection, shown(name), title_of(db, selection), tuple(line for _, _, line in lines))


def _written(db: sqlite3.Connection, num: int, ids: frozenset[str] | None, has: int) -> int:
    """How many of the figures of a case are written: of those that were chosen some may be gone."""
    if ids is None:
        return has
    return sum(id_ in ids for (id_,) in db.execute("SELECT id FROM metrics WHERE case_num = ?", (num,)))


def title_of(db: sqlite3.Connection, selection: str) -> str:
    """Return the title of its own that a selection has, empty for none; KeyError where it is gone."""
    row, _ = row_of(db, selection)
    titles = db.execute("SELECT text FROM selection_texts WHERE selection = ? AND kind = 'title'", (row,))
    return next((shown(text) for (text,) in titles), "")


def _ids(cell: str | None) -> frozenset[str] | None:
    return None if cell is None else frozenset(filter(lambda one: isinstance(one, str), json.loads(cell)))


def keys(db: sqlite3.Connection, row: int) -> list[Key]:
    """Return the lines of a selection, by the number of its row, in their order."""
    return [key for _, _, _, key in db.execute(_KEYS, (row,))]


def cases_of(db: sqlite3.Connection, row: int) -> list[int]:
    """Return the cases of a selection, by the number of its row, in their order."""
    return [key for key in keys(db, row) if isinstance(key, int)]


def put_cases(db: sqlite3.Connection, row: int, nums: Sequence[int], at: int | None) -> int:
    """Add cases before the case that is the ``at``-th, at the end when None; how many were new."""
    had = keys(db, row)
    there = {key for key in had if isinstance(key, int)}
    new = [num for num in case_rows.existing(db, nums) if num not in there]
    items = [(row, num, len(had) + i) for i, num in enumerate(new)]
    insert_all(db, "selection_items", ("selection", "case_num", "position"), items)
    before = len(had) if at is None else _before_case(had, at)
    arrange(db, row, [*had[:before], *new, *had[before:]])
    return len(new)


def move_cases(db: sqlite3.Connection, row: int, nums: Sequence[int], at: int) -> None:
    """Move cases before the case that is the ``at``-th now; the texts stay where they are between the others."""
    move(db, row, nums, _before_case(keys(db, row), at))


def _before_case(lines: Sequence[Key], at: int) -> int:
    """The place of the ``at``-th case among all lines, their end where there are fewer."""
    places = [place for place, key in enumerate(lines) if isinstance(key, int)]
    return places[max(0, at)] if max(0, at) < len(places) else len(lines)


def move(db: sqlite3.Connection, row: int, moved: Sequence[Key], at: int) -> None:
    """Move lines, in the order given, before the one at place ``at`` now; unknown ones count for none."""
    had = keys(db, row)
    known = set(had)
    wanted = [key for key in dict.fromkeys(moved) if key in known]
    gone, at = set(wanted), max(0, at)
    before = [key for key in had[:at] if key not in gone]
    arrange(db, row, [*before, *wanted, *(key for key in had[at:] if key not in gone)])


def take(db: sqlite3.Connection, row: int, lines: Collection[Key]) -> None:
    """Take cases out of a selection, and texts away for good."""
    nums = [(row, key) for key in lines if isinstance(key, int)]
    for table in ("selection_items", "selection_figures"):
        db.executemany(f"DELETE FROM {table} WHERE selection = ? AND case_num = ?", nums)
    texts = [(row, key) for key in lines if isinstance(key, str)]
    db.executemany("DELETE FROM selection_texts WHERE selection = ? AND id = ? AND kind != 'title'", texts)
    arrange(db, row, keys(db, row))


def write(db: sqlite3.Connection, row: int, kind: Literal["heading", "note"], text: str, at: int | None) -> str:
    """Write a heading or note before the line that stands at place ``at``, at the end when None; its id."""
    had = keys(db, row)
    made = new_id()
    insert(
        db, "selection_texts", {"id": made, "selection": row, "position": len(had), "kind": kind, "text": text}
    )  # fmt: skip
    at = len(had) if at is None else max(0, min(at, len(had)))
    arrange(db, row, [*had[:at], made, *had[at:]])
    return made


def rewrite(db: sqlite3.Connection, row: int, text_id: str, text: str) -> None:
    """Give a heading or note other words; KeyError where it is gone."""
    change = "UPDATE selection_texts SET text = ? WHERE selection = ? AND id = ? AND kind != 'title'"
    if not db.execute(change, (text, row, text_id)).rowcount:
        raise KeyError(text_id)


def entitle(db: sqlite3.Connection, row: int, title: str) -> None:
    """Give a selection a title of its own, none where it is empty."""
    had = db.execute("SELECT num FROM selection_texts WHERE selection = ? AND kind = 'title'", (row,)).fetchone()
    if not title:
        db.execute("DELETE FROM selection_texts WHERE selection = ? AND kind = 'title'", (row,))
    elif had:
        db.execute("UPDATE selection_texts SET text = ? WHERE num = ?", (title, had[0]))
    else:
        written = {"id": new_id(), "selection": row, "position": -1, "kind": "title", "text": title}
        insert(db, "selection_texts", written)


def annotate(db: sqlite3.Connection, row: int, num: int, note: str) -> None:
    """Write the note that stands with a case; KeyError where the case is not in the selection."""
    change = "UPDATE selection_items SET note = ? WHERE selection = ? AND case_num = ?"
    if not db.execute(change, (note, row, num)).rowcount:
        raise KeyError(num)


def choose(db: sqlite3.Connection, row: int, num: int, figures: Iterable[str] | None) -> None:
    """Say which figures of a case are written up, all for None; KeyError where it is not in the selection."""
    if num not in cases_of(db, row):
        raise KeyError(num)
    db.execute("DELETE FROM selection_figures WHERE selection = ? AND case_num = ?", (row, num))
    if figures is not None:
        cell = json.dumps([*dict.fromkeys(figures)])
        insert(db, "selection_figures", {"selection": row, "case_num": num, "figures": cell})


def arrange(db: sqlite3.Connection, row: int, lines: Sequence[Key]) -> None:
    """Write places 0, 1, 2 … where they differ."""
    places = {key: place for place, key in enumerate(lines)}
    db.executemany(
        "UPDATE selection_items SET position = ?1 WHERE selection = ?2 AND case_num = ?3 AND position != ?1",
        [(place, row, key) for key, place in places.items() if isinstance(key, int)],
    )
    db.executemany(
        "UPDATE selection_texts SET position = ?1 WHERE selection = ?2 AND id = ?3 AND position != ?1",
        [(place, row, key) for key, place in places.items() if isinstance(key, str)],
    )
