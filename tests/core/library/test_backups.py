"""Copies beside the library: checked, one a day, the way they are thinned, and what never pushes them out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.corpus import generate
from core.library import (
    DamagedLibrary,
    Library,
    LibraryError,
    LockedLibrary,
    backups,
    copies,
    opening,
    placing,
    thinning,
)
from core.library.stopping import Stop, Stopped
from core.library.thinning import Copy, superfluous

DAY = timedelta(days=1)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 15)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(backups, "clock", clock)
    return clock


def keep(library: Library, title: str = "") -> Path | None:
    """Change something, and keep a copy when one is due."""
    if title:
        library.cases.set_title(1, title)
    return library.backups.keep_when_due()


def title_in(path: Path) -> str:
    with Library.open(path, read_only=True) as opened:
        return opened.cases.load(1).title


# ---- copying


def test_a_copy_is_a_library_of_its_own(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "别处" / "副本.anlan"
    library.backups.copy_to(target)
    assert [p.name for p in target.parent.iterdir()] == ["副本.anlan"]
    with Library.open(target, foreign=True) as copy:
        assert (copy.cases.count(), copy.id) == (4, library.id)


def test_a_copy_replaces_an_older_one_whole(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "副本.anlan"
    library.backups.copy_to(target)
    library.cases.set_title(1, "后来的")
    library.backups.copy_to(target)
    assert title_in(target) == "后来的"
    assert [p.name for p in tmp_path.glob("*副本*")] == ["副本.anlan"]


def test_a_copy_never_goes_onto_the_library_itself(library: Library, path: Path) -> None:
    with pytest.raises(LibraryError, match="案例库自己"):
        library.backups.copy_to(path)
    assert library.cases.count() == 4


def test_a_copy_never_goes_onto_a_library_that_is_open(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "另一个.anlan"
    with Library.create(target) as other:
        other.selections.add("甲")
        with pytest.raises(LockedLibrary, match="还在别的窗口或程序里开着"):
            library.backups.copy_to(target)
        other.selections.add("乙")
    with Library.open(target) as again:
        assert [row.name for row in again.selections.rows()] == ["甲", "乙"]


def left_by_a_kill(path: Path) -> None:
    """A library whose program was killed: its last changes are in the log beside it."""
    db = opening.connect_raw(path, "rw")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("UPDATE cases SET title = '被杀的进程'")
    log = path.with_name(path.name + "-wal").read_bytes()
    db.close()
    path.with_name(path.name + "-wal").write_bytes(log)


def test_a_copy_over_a_library_with_a_log_is_not_changed_by_that(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "副本.anlan"
    library.backups.copy_to(target)
    left_by_a_kill(target)
    library.cases.set_title(1, "要保存的")
    library.backups.copy_to(target)
    assert title_in(target) == "要保存的"
    assert not list(tmp_path.glob("副本.anlan-*"))


@pytest.mark.parametrize(("tail", "refused"), [("-wal", True), ("-journal", True), ("-shm", False)])
def test_a_log_without_its_library_is_refused_or_worthless(
    library: Library, tmp_path: Path, tail: str, refused: bool
) -> None:
    target = tmp_path / "副本.anlan"
    log = target.with_name(target.name + tail)
    log.write_bytes(b"changes of a library that is elsewhere")
    for write in (library.backups.copy_to, lambda target: Library.create(target).close()):
        if refused:
            with pytest.raises(LibraryError, match=log.name):
                write(target)
            assert log.exists()
            assert not target.exists()
        else:
            write(target)
            target.unlink()


@pytest.mark.parametrize("standing", [b"", b"%PDF-1.7 a report that a person wants to replace"])
def test_a_copy_may_replace_a_file_that_is_no_library(library: Library, tmp_path: Path, standing: bytes) -> None:
    target = tmp_path / "副本.anlan"
    target.write_bytes(standing)
    library.backups.copy_to(target)
    assert title_in(target) == "云溪县推行“一核四联”"


def test_a_copy_that_is_given_up_leaves_nothing(library: Library, tmp_path: Path) -> None:
    library.cases.add(generate(300))
    stop = Stop()
    stop.ask()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Stopped):
        copies.copy(library._db, library.path, tmp_path / "副本.anlan", stop)
    with pytest.raises(Stopped):
        library.backups.keep_when_due(stop)
    assert [p for p in sorted(tmp_path.iterdir()) if p.name != "备份"] == before
    assert not list((tmp_path / "备份").iterdir())


@pytest.mark.parametrize("taken", [False, True])
def test_what_has_a_log_left_is_not_finished(library: Library, path: Path, tmp_path: Path, taken: bool) -> None:
    """A program that closes a library on a full disk leaves its changes in the log."""
    new, target = tmp_path / "做好的.anlan", tmp_path / "目标.anlan"
    library.backups.copy_to(new)
    left_by_a_kill(new)
    if taken:
        library.backups.copy_to(target)
    for put in (placing.put, lambda new, target: placing.put_over_ruins(new, target, tmp_path / "留下.anlan")):
        with pytest.raises(LibraryError, match="没有写完"):
            put(new, target)
    assert target.exists() is taken
    placing.fold(new)
    placing.put(new, target, over=True)
    assert title_in(target) == "被杀的进程"


# ---- which are kept


def test_one_copy_a_day(library: Library, path: Path, clock: Clock) -> None:
    library.close()
    for _ in range(5):
        with Library.open(path, backup=True) as opened:
            opened.cases.set_title(1, "又改了")
            assert len(opened.backups.all()) == 1


def test_no_copy_where_nothing_was_changed(library: Library, clock: Clock) -> None:
    assert keep(library, "改了")
    clock.now += 3 * DAY
    assert keep(library) is None
    assert keep(library, "又改了")


def test_a_year_of_work_leaves_days_weeks_and_months() -> None:
    left: list[Copy] = []
    for day in range(400):
        left = [*left, copy_of(day, day)]
        gone = superfluous(left)
        left = [copy for copy in left if copy not in gone]
    days = [copy.day for copy in reversed(left)]
    assert [(days[0] - day).days for day in days[:5]] == [0, 1, 2, 3, 4]
    assert len({day.isocalendar()[:2] for day in days[:9]}) >= 5
    assert len({(day.year, day.month) for day in days}) >= 12
    assert len(days) <= 21


def test_a_clock_that_was_wrong_once_costs_no_backup(library: Library, clock: Clock) -> None:
    keep(library, "从前")
    clock.now = datetime(2036, 7, 1)
    for day in range(5):
        clock.now += DAY
        keep(library, f"2036年{day}")
    clock.now = datetime(2026, 3, 9, 8)
    for day in range(6):
        clock.now += DAY
        made = keep(library, f"改正后{day}")
        assert made is not None
        assert made.exists()
        assert library.backups.all()[0] == made
        assert title_in(made) == f"改正后{day}"
        assert keep(library, "当天再改") is None
    assert "从前" in map(title_in, library.backups.all())


def test_names_that_were_changed_do_not_change_the_order(library: Library, clock: Clock) -> None:
    first = keep(library, "先")
    assert first is not None
    clock.now += DAY
    second = keep(library, "后")
    assert second is not None
    moved = first.rename(first.with_name("试验 2099-01-01 000000.anlan"))
    assert library.backups.all() == [second, moved]


def test_a_library_that_tells_no_version_does_not_push_its_backups_out(
    library: Library, path: Path, clock: Clock
) -> None:
    for day in range(4):
        clock.now += DAY
        keep(library, f"第{day}天")
    had = library.backups.all()
    library.close()
    for _ in range(5):
        db = opening.connect_raw(path, "rw")
        db.execute("PRAGMA user_version = 0")
        db.close()
        with suppress(DamagedLibrary):
            Library.open(path, backup=True).close()
    left = backups.of_library(path)
    assert set(had) <= set(left)
    assert len(left) <= len(had) + 1


def test_an_older_copy_put_back_by_hand_goes_on_as_the_newest(library: Library, path: Path, clock: Clock) -> None:
    old = keep(library, "旧")
    for day in range(8):
        clock.now += DAY
        keep(library, f"第{day}天")
    library.close()
    assert old is not None
    path.write_bytes(library.backups.all()[-1].read_bytes())
    with Library.open(path) as again:
        for day in range(7):
            clock.now += DAY
            made = keep(again, f"放回后{day}")
            assert again.backups.all()[0] == made


def test_copies_of_another_library_of_this_name_are_not_ours_to_drop(
    library: Library, path: Path, clock: Clock
) -> None:
    before = keep(library, "原来的库")
    library.close()
    path.unlink()
    with Library.create(path) as other:
        other.cases.add(generate(1))
        for day in range(12):
            clock.now += DAY
            keep(other, f"第{day}天")
        assert other.backups.all()[-1] == before


def copy_of(day: int, revision: int, version: int = 3, size: int = 1) -> Copy:
    return Copy(Path(f"{revision}.{version}"), "id", revision, version, date(2026, 1, 1) + timedelta(day), size)


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 3)), min_size=1, max_size=60))
def test_thinning_keeps_the_newest_and_is_content_with_what_it_left(entries: Sequence[tuple[int, int]]) -> None:
    copies = [copy_of(day, at, version) for at, (day, version) in enumerate(entries)]
    gone = superfluous(copies)
    left = [copy for copy in copies if copy not in gone]
    assert copies[-1] in left
    assert len(left) <= 24
    assert {copy.version for copy in left} == {copy.version for copy in copies}
    if len(copies) <= thinning.LEAST and len({c.day for c in copies}) == len(copies):
        assert not gone
    assert superfluous(left) == []


def test_copies_do_not_fill_the_disk() -> None:
    large = [copy_of(day, day, size=3 * 2**30) for day in range(0, 100, 3)]
    left = [copy for copy in large if copy not in superfluous(large)]
    assert left == large[-5:]


# ---- what is damaged


def overflowing(library: Library) -> None:
    library.cases.add(generate(80))


def spoil_page(path: Path, text: str) -> None:
    """Overwrite the page of the file on which a text stands."""
    raw = bytearray(path.read_bytes())
    start = raw.index(text.encode()) // 4096 * 4096
    raw[start : start + 4096] = bytes(range(256)) * 16
    path.write_bytes(raw)


def spoil_text(path: Path) -> None:
    """Cells that SQLite's own check finds nothing wrong with."""
    db = sqlite3.connect(path)
    db.execute("UPDATE case_texts SET body = '[\"半' WHERE num = 5")
    db.commit()
    db.close()


def spoil_letters(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE case_texts SET summary = CAST(x'e4bda0ffff' AS TEXT) WHERE num = 5")
    db.commit()
    db.close()


@pytest.mark.parametrize(
    "spoil",
    [*(partial(spoil_page, text=text) for text in ("有事先来坐一坐", "街道商会", "516座")), spoil_text, spoil_letters],
    ids=["a case", "a mechanism", "a figure", "half a list", "half a letter"],
)
def test_a_damaged_library_is_said_so_and_pushes_no_good_copy_out(
    library: Library, path: Path, clock: Clock, spoil: Callable[[Path], object]
) -> None:
    overflowing(library)
    for day in range(5):
        clock.now += DAY
        keep(library, f"第{day}天")
    had = library.backups.all()
    library.close()
    spoil(path)
    for _ in range(7):
        clock.now += DAY
        with Library.open(path) as opened:
            opened._db.execute("UPDATE library SET revision = revision + 1")
            with pytest.raises(DamagedLibrary, match="有损坏的地方") as raised:
                opened.backups.keep_when_due()
    assert had[0].stem in str(raised.value)
    assert [copy for copy in had if copy.exists()] == had
    assert not copies.fault_of(had[0])
    assert sorted((path.parent / "备份").iterdir()) == sorted(had)


def test_the_last_whole_copy_is_named_where_newer_ones_rotted(library: Library, path: Path, clock: Clock) -> None:
    overflowing(library)
    for day in range(3):
        clock.now += DAY
        keep(library, f"第{day}天")
    newest, whole, _ = library.backups.all()
    library.close()
    for file in (newest, path):
        spoil_page(file, "有事先来坐一坐")
    clock.now += DAY
    with Library.open(path) as opened:
        opened._db.execute("UPDATE library SET revision = revision + 1")
        with pytest.raises(DamagedLibrary, match=whole.stem):
            opened.backups.keep_when_due()


def test_a_failing_backup_does_not_keep_the_library_shut(library: Library, path: Path) -> None:
    library.close()
    (path.parent / "备份").write_text("x")
    with Library.open(path, backup=True) as opened:
        assert opened.cases.count() == 4
        assert "没有自动备份" in opened.backups.failed
        assert "同名的文件" in opened.backups.failed


def test_a_library_with_a_very_long_name_has_backups(library: Library, tmp_path: Path) -> None:
    path = tmp_path / f"{'长' * 80}.anlan"
    library.backups.copy_to(path)
    with Library.open(path, backup=True) as opened:
        assert opened.backups.failed == ""
        [copy] = opened.backups.all()
    assert title_in(copy) == "云溪县推行“一核四联”"
