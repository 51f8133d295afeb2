"""Packets: a part of a library as a file for a colleague, and files of colleagues opened to be looked into."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, fields
from pathlib import Path

from core import scratch
from core.decisions.log import FIGURE, MECHANISM, PAIR
from core.exchange import Packet, container
from core.library import copies, guard, opening, parts, placing, sums, upgrading
from core.library.bin_rows import content_of, forget_selections
from core.library.errors import DamagedLibrary, LibraryError, NewerLibrary, SealedPacket
from core.library.undo import LOGGED

_CHUNK = 400
_PACKET = tuple(field.name for field in fields(Packet))
_UNTOUCHED = "案例库没有改动。"
_OF_CASES = (
    ("cases", "num"),
    ("case_texts", "num"),
    ("case_sketches", "num"),
    ("case_marks", "num"),
    ("case_mechanisms", "case_num"),
    ("metrics", "case_num"),
    ("citations", "case_num"),
)
"""Table → the column that says whose row it is."""


# ---- writing


def write(db: sqlite3.Connection, target: Path, packet: Packet, case_ids: Sequence[str], password: str = "") -> None:
    """Write these cases, binned ones too, with their sources and all decisions on them, into a packet.

    Under a password nobody reads it who does not know it; nobody can help who has forgotten it.

    LibraryError when a case is damaged or the file cannot be written; a library that stands there stays.
    """
    said = placing.said("没有写成「{name}」：{why}。" + _UNTOUCHED, target)
    with scratch.unfinished(target) as new, scratch.unfinished(target) as inner, said:
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_other(target)
        _make(inner)
        with closing(opening.connect_raw(inner, "rw")) as into:
            into.execute("PRAGMA journal_mode = OFF")
            into.execute("PRAGMA synchronous = OFF")
            into.execute("PRAGMA foreign_keys = OFF")
            into.execute("BEGIN")
            _fill(db, into, case_ids)
            marks = ", ".join("?" * len(_PACKET))
            into.execute(f"INSERT INTO packet (only, {', '.join(_PACKET)}) VALUES (1, {marks})", astuple(packet))
            into.execute("UPDATE library SET tokens = 0, sums = ?", (sums.SUMS,))
            into.execute("COMMIT")
        container.pack(inner, new, password)
        _place(new, target)


def _refuse_other(target: Path) -> None:
    if target.exists() and not (target.is_file() and container.is_packet(target)):
        raise placing.TakenName(f"「{target.name}」已经存在，不是分发包，没有覆盖。", str(target))


def _make(path: Path) -> None:
    from core.library import schema  # late: it brings sqlite-utils along

    with closing(opening.connect_raw(path, "rwc")) as db:
        schema.bring_up(db)


def _place(new: Path, target: Path) -> None:
    if target.exists():
        scratch.sync(new)
        os.replace(new, target)
        scratch.sync_folder(target.parent)
    else:
        placing.put(new, target)


def _fill(db: sqlite3.Connection, into: sqlite3.Connection, case_ids: Sequence[str]) -> None:
    """Copy rows under the numbers that they have, with their sums: what was damaged here is told there."""
    for at in range(0, len(case_ids), _CHUNK):
        ids = case_ids[at : at + _CHUNK]
        marks = _marks(ids)
        nums = [num for (num,) in db.execute(f"SELECT num FROM cases WHERE id IN ({marks})", ids)]
        sources = [s for (s,) in db.execute(f"SELECT source FROM cases WHERE num IN ({_marks(nums)})", nums) if s]
        binned = db.execute(f"SELECT num, source FROM bin WHERE case_id IN ({marks})", ids).fetchall()
        _copy_sources(db, into, [*sources, *(source for _, source in binned if source)])
        _refuse_damaged(db, nums)
        _copy_places(db, into, nums, [id_ for id_ in ids if binned])
        for table, owner in _OF_CASES:
            _copy(db, into, table, LOGGED[table], owner, nums)
        _copy_sums(db, into, nums, parts.OF_A_CASE)
        _copy(db, into, "bin", LOGGED["bin"], "num", [num for num, _ in binned])
        _copy_sums(db, into, [num for num, _ in binned], ("bin",))
        _forget_selections(db, into, [num for num, _ in binned])
        _copy_log(db, into, ids)


def _forget_selections(db: sqlite3.Connection, into: sqlite3.Connection, binned: Sequence[int]) -> None:
    """What is written up of a case, and with which words, stays with whoever writes; damaged rows go as they are."""
    damaged = sums.wrong(db, binned, ("bin",))
    sums.renew(into, {"bin": [num for num in binned if num not in damaged and forget_selections(into, num)]})


def _refuse_damaged(db: sqlite3.Connection, nums: Sequence[int]) -> None:
    for num in sums.wrong(db, nums, parts.OF_A_CASE):
        words = f"第 {num} 号案例有损坏，没有写成文件。" + _UNTOUCHED
        raise DamagedLibrary(words, f"case {num}")


def _copy_sources(db: sqlite3.Connection, into: sqlite3.Connection, nums: Iterable[int]) -> None:
    there = {num for (num,) in into.execute("SELECT num FROM sources")}
    new = [num for num in dict.fromkeys(nums) if num not in there]
    _copy(db, into, "sources", LOGGED["sources"], "num", new)
    _copy(db, into, "page_edits", LOGGED["page_edits"], "source", new)
    _copy_sums(db, into, new, ("sources", "source_names", "page_edits"))


_PLACES = ("num", "code", "province", "city", "county", "town", "village", "level", "gazetteer")


def _copy_places(db: sqlite3.Connection, into: sqlite3.Connection, nums: Sequence[int], binned: Sequence[str]) -> None:
    """Copy the places and the names of mechanisms that rows of cases point to."""
    marks = _marks(nums)
    places = {p for (p,) in db.execute(f"SELECT place FROM cases WHERE num IN ({marks})", nums)}
    named = {m for (m,) in db.execute(f"SELECT mechanism FROM case_mechanisms WHERE case_num IN ({marks})", nums)}
    for case_id in binned:
        if content := content_of(db, case_id):
            places |= {row[LOGGED["cases"].index("place")] for row in content["cases"]}
            at = LOGGED["case_mechanisms"].index("mechanism")
            named |= {row[at] for row in content["case_mechanisms"]}
    _copy(db, into, "places", _PLACES, "num", [*places], "OR IGNORE ")
    _copy(db, into, "mechanisms", ("num", "id", "name"), "num", [*named], "OR IGNORE ")


def _copy_log(db: sqlite3.Connection, into: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Copy what was decided on these cases, on their figures wherever these lay then, and on pairs of cases."""
    marks = _marks(ids)
    rulings = db.execute(f"SELECT num, part FROM rulings WHERE case_id IN ({marks})", ids).fetchall()
    rows = {num for (num,) in db.execute(f"SELECT num FROM decisions WHERE case_id IN ({marks})", ids)}
    items = [part for _, part in rulings if part.startswith((FIGURE, MECHANISM))]
    for at in range(0, len(items), _CHUNK):
        some = items[at : at + _CHUNK]
        rows.update(num for (num,) in db.execute(f"SELECT num FROM decisions WHERE part IN ({_marks(some)})", some))
    wanted = set(ids)
    for num, part in db.execute("SELECT num, part FROM decisions WHERE case_id = ''"):
        if not part.startswith(PAIR) or wanted.intersection(part.split("/")[1:]):
            rows.add(num)
    rulings += db.execute("SELECT num, part FROM rulings WHERE case_id = ''").fetchall()
    there = {num for (num,) in into.execute("SELECT num FROM decisions")}
    kept = {num for (num,) in into.execute("SELECT num FROM rulings")}
    for table, columns, nums in (
        ("decisions", ("num", *parts.DECISION), sorted(rows - there)),
        ("rulings", LOGGED["rulings"], [num for num, _ in rulings if num not in kept]),
    ):
        _copy(db, into, table, columns, "num", nums)
        _copy_sums(db, into, nums, (table,))


def _copy(
    db: sqlite3.Connection, into: sqlite3.Connection, table: str, columns: Sequence[str], owner: str,
    owners: Sequence[object], how: str = "",
) -> None:  # fmt: skip
    add = f"INSERT {how}INTO {table} ({', '.join(columns)}) VALUES ({_marks(columns)})"
    for at in range(0, len(owners), _CHUNK):
        some = owners[at : at + _CHUNK]
        query = f"SELECT {', '.join(columns)} FROM {table} WHERE {owner} IN ({_marks(some)}) ORDER BY num"
        into.executemany(add, db.execute(query, some))


def _copy_sums(db: sqlite3.Connection, into: sqlite3.Connection, nums: Sequence[int], names: Iterable[str]) -> None:
    kept = sums.kept(db, nums, names)
    rows = [(num, name, sum_) for (num, name), sum_ in kept.items()]
    into.executemany("INSERT INTO sums (num, part, sum) VALUES (?, ?, ?)", rows)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


# ---- reading


@contextmanager
def opened(path: Path, beside: Path, password: str = "") -> Iterator[tuple[sqlite3.Connection, Packet]]:
    """Give a connection that reads a packet, or a whole library, of somebody else, and what it is for.

    What has to be unpacked or brought up to date is, in a file beside another one that ends with this. Raises the
    errors of ``core.library.errors``, SealedPacket where the password is not this; neither file is touched.
    """
    with scratch.unfinished(beside) as inner:
        with _said(path, inner):
            db = _connected(path, inner, password)
        try:
            guard.guard(db, opening.VERSION)
            with _said(path, inner):
                packet = packet_in(db)
            yield db, packet
        finally:
            db.close()


def unpack(path: Path, target: Path, password: str = "") -> None:
    """Make a library of its own of a packet; LibraryError when something is there already or it is not whole.

    SealedPacket where it is opened by another password.
    """
    with scratch.unfinished(target) as new, placing.said("没有写成「{name}」：{why}。", target):
        with _said(path, new):
            container.unpack(path, new, password)
            opening.connect(new, read_only=True, foreign=True)[0].close()
        placing.put(new, target)


def packet_in(db: sqlite3.Connection) -> Packet:
    """Return what a library was handed out for; of one that was not, that it is a library of its own."""
    row = db.execute(f"SELECT {', '.join(_PACKET)} FROM packet").fetchone()
    if row:
        return Packet(*map(str, row))  # type: ignore[arg-type]
    (own,) = db.execute("SELECT id FROM library").fetchone()
    return Packet(str(own), "back", str(own), "")


def home_of(db: sqlite3.Connection) -> str:
    """Return the id of the library whose cases these are: its own, or that from which it was handed out."""
    return packet_in(db).home


def _connected(path: Path, inner: Path, password: str) -> sqlite3.Connection:
    opening._check_kind(path)
    if container.is_packet(path):
        container.unpack(path, inner, password)
        looked = inner
    else:
        looked = path
    db, _ = opening.connect(looked, read_only=True, foreign=True)
    if opening.version_of(db) == opening.VERSION:
        return db
    with closing(db):
        if looked is path:
            copies.write(db, inner)
    with closing(opening.connect_raw(inner, "rw")) as raw:
        upgrading.bring_up(raw)
    return opening.connect(inner, read_only=True, foreign=True)[0]


@contextmanager
def _said(path: Path, inner: Path) -> Iterator[None]:
    """Say of the file that a person knows what is wrong with the one that was made of it."""
    try:
        yield
    except container.NotAPacket as error:
        kind: type[LibraryError]
        kind = SealedPacket if isinstance(error, container.Sealed) else DamagedLibrary
        if isinstance(error, container.Newer):
            kind = NewerLibrary
        raise kind(f"「{path.name}」{error}，没有收下。" + _UNTOUCHED, str(path)) from error
    except LibraryError as error:
        raise type(error)(str(error).replace(inner.name, path.name), error.detail) from error
    except OSError as error:
        raise LibraryError(f"读不出「{path.name}」：{placing.why(error, path)}。" + _UNTOUCHED, str(error)) from error
