"""Packets: a part of a library as a file for a colleague, and files of colleagues opened to be looked into."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import astuple, fields
from functools import cached_property
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
    with (
        scratch.unfinished(target) as new,
        scratch.unfinished(target) as inner,
        scratch.unfinished(target) as log,
        said,
    ):
        target.parent.mkdir(parents=True, exist_ok=True)
        _refuse_other(target)
        with _made(inner, packet) as into:
            _fill(db, into, case_ids)
        with _made(log, packet) as short, closing(opening.connect_raw(inner, "ro")) as whole:
            _fill_log(whole, short)
        container.pack(inner, new, password, log)
        _place(new, target)


def _refuse_other(target: Path) -> None:
    if target.exists() and not (target.is_file() and container.is_packet(target)):
        raise placing.TakenName(f"「{target.name}」已经存在，不是分发包，没有覆盖。", str(target))


@contextmanager
def _made(path: Path, packet: Packet) -> Iterator[sqlite3.Connection]:
    """Make a library file that holds what a packet is for, give it to be filled, and close it."""
    from core.library import schema  # late: it brings sqlite-utils along

    with closing(opening.connect_raw(path, "rwc")) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        schema.bring_up(db)
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("BEGIN")
        yield db
        marks = ", ".join("?" * len(_PACKET))
        db.execute(f"INSERT INTO packet (only, {', '.join(_PACKET)}) VALUES (1, {marks})", astuple(packet))
        db.execute("UPDATE library SET tokens = 0, sums = ?", (sums.SUMS,))
        db.execute("COMMIT")


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
        of_pages = [*dict.fromkeys([*sources, *(source for _, source in binned if source)])]
        _copy_edits(db, into, of_pages)


_OF_THE_LOG = ("cases", "case_sketches", "bin", "decisions", "rulings")
BODY = "body"
"""The part whose sum the log of a packet has beside those of ours: the text of a case alone, without what people write
about it."""


def _fill_log(whole: sqlite3.Connection, short: sqlite3.Connection) -> None:
    """Copy what was decided, and of the cases only which there are and by what they are told to be the same."""
    for table in _OF_THE_LOG:
        columns = ("num", *parts.DECISION) if table == "decisions" else LOGGED[table]
        add = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_marks(columns)})"
        short.executemany(add, whole.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY num"))
    add = "INSERT INTO sums (num, part, sum) VALUES (?, ?, ?)"
    kept = "SELECT num, part, sum FROM sums WHERE part IN ('case_texts', 'decisions', 'rulings') ORDER BY num, part"
    short.executemany(add, whole.execute(kept))
    bodies = whole.execute("SELECT num, body FROM case_texts ORDER BY num")
    short.executemany(add, ((num, BODY, sums.sum_of([(body,)])) for num, body in bodies))


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


def _copy_edits(db: sqlite3.Connection, into: sqlite3.Connection, sources: Sequence[int]) -> None:
    """Copy how the pages were put right: their words are merged, of all else who takes it in is told."""
    for at in range(0, len(sources), _CHUNK):
        some = sources[at : at + _CHUNK]
        query = f"SELECT id, sha256 FROM sources WHERE num IN ({_marks(some)})"
        names = [name for row in db.execute(query, some) for name in row]
        for table, columns in (("decisions", ("num", *parts.DECISION)), ("rulings", LOGGED["rulings"])):
            query = f"SELECT num FROM {table} WHERE case_id IN ({_marks(names)})"
            nums = {num for (num,) in db.execute(query, names)} - {num for (num,) in into.execute(query, names)}
            _copy(db, into, table, columns, "num", sorted(nums))
            _copy_sums(db, into, sorted(nums), (table,))


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


class Theirs:
    """A packet, or a whole library, of somebody else that is open to be looked into; neither file is touched."""

    def __init__(self, path: Path, beside: Path, password: str, files: ExitStack) -> None:
        """Raises the errors of ``core.library.errors``, SealedPacket where the password is not this."""
        self._path, self._password, self._files = path, password, files
        self._inner, self._log = (files.enter_context(scratch.unfinished(beside)) for _ in range(2))
        with _said(path, self._inner), _said(path, self._log):
            self.log = self._opened(self._log_of() or self._whole_of())
            """What was decided, and which cases there are; of the cases nothing more is sure to be there."""
            self.packet = packet_in(self.log)

    @cached_property
    def whole(self) -> sqlite3.Connection:
        """Everything; of a packet it is unpacked when somebody asks for it."""
        if not self._log.exists():
            return self.log
        with _said(self._path, self._inner):
            return self._opened(self._whole_of())

    def _opened(self, db: sqlite3.Connection) -> sqlite3.Connection:
        self._files.callback(db.close)
        guard.guard(db, opening.VERSION)
        return db

    def _log_of(self) -> sqlite3.Connection | None:
        """The log that a packet has apart from the rest; None where it has none, or one of another version."""
        opening._check_kind(self._path)
        if not container.is_packet(self._path) or not container.unpack_log(self._path, self._log, self._password):
            return None
        db, _ = opening.connect(self._log, read_only=True, foreign=True)
        if opening.version_of(db) == opening.VERSION:
            return db
        db.close()
        self._log.unlink()
        return None

    def _whole_of(self) -> sqlite3.Connection:
        looked = self._path
        if container.is_packet(self._path):
            container.unpack(self._path, self._inner, self._password)
            looked = self._inner
        db, _ = opening.connect(looked, read_only=True, foreign=True)
        if opening.version_of(db) == opening.VERSION:
            return db
        with closing(db):
            if looked is self._path:
                copies.write(db, self._inner)
        with closing(opening.connect_raw(self._inner, "rw")) as raw:
            upgrading.bring_up(raw)
        return opening.connect(self._inner, read_only=True, foreign=True)[0]


@contextmanager
def opened(path: Path, beside: Path, password: str = "") -> Iterator[Theirs]:
    """Give a packet, or a whole library, of somebody else to be looked into.

    What has to be unpacked or brought up to date is, in files beside another one that end with this. Raises as
    ``Theirs`` does.
    """
    with ExitStack() as files:
        yield Theirs(path, beside, password, files)


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
