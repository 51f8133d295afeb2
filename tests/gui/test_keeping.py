"""What the window says and does about backups, damage, and another machine that has the library open."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core import machine
from core.library import Library, ReadOnlyLibrary, backups, hosts, media
from core.library.search import Search
from core.library.stopping import Stop
from gui.shell import keeping
from gui.window import Window
from tests.core.library.test_backups import spoil_text
from tests.gui.conftest import CASES, open_in


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day's backup does not wait."""
    monkeypatch.setattr(keeping, "AFTER_MS", 0)


def copies_beside(path: Path) -> list[Path]:
    return sorted((path.parent / "备份").glob("[!.]*"))


def test_the_days_backup_is_made_behind_the_opening(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    window = new_window()
    open_in(qtbot, window, library_path)
    qtbot.waitUntil(lambda: len(copies_beside(library_path)) == 1, timeout=20_000)
    [copy] = copies_beside(library_path)
    with Library.open(copy, read_only=True) as opened:
        assert opened.cases.count() == len(CASES)
    for _ in range(3):
        open_in(qtbot, window, library_path)
        assert window.shell.session is not None
        qtbot.waitUntil(window.shell.session.keeping.has_ended)
    assert copies_beside(library_path) == [copy]


def test_the_index_is_merged_behind_the_opening_and_a_failure_is_not_told(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def fail(search: Search, stop: Stop) -> None:
        asked.append(stop)
        raise ReadOnlyLibrary("只读", "")

    monkeypatch.setattr(Search, "merge_index", fail)
    window = new_window()
    open_in(qtbot, window, library_path)
    assert window.shell.session is not None
    qtbot.waitUntil(window.shell.session.keeping.has_ended, timeout=20_000)
    assert len(asked) == 1
    assert window.files.bar is None


def test_closing_gives_the_backup_up_and_leaves_nothing_half(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    window = new_window()
    window.files.open(library_path)
    with qtbot.waitSignal(window.shell.library_opened):
        pass
    session = window.shell.session
    assert session is not None
    session.keeping._thread.start()
    window.close()
    assert all(not backups.copies.fault_of(copy) for copy in copies_beside(library_path))
    assert not [p for p in library_path.parent.rglob("*") if p.name.endswith((".anlan-new", "-journal", "-wal"))]


def test_a_damaged_library_is_said_so_with_the_way_back(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    with Library.open(library_path, backup=True) as library:
        library.cases.set_title(1, "之后改的")
    [whole] = copies_beside(library_path)
    older = whole.rename(whole.with_name(whole.name.replace(whole.stem[-17:-7], "2026-01-02")))
    spoil_text(library_path)
    window = new_window()
    open_in(qtbot, window, library_path)
    qtbot.waitUntil(lambda: window.files.bar is not None, timeout=20_000)
    assert window.files.bar is not None
    assert "有损坏的地方" in window.files.bar.words()
    assert older.stem in window.files.bar.words()
    assert copies_beside(library_path) == [older]


def held_by_another(path: Path, age: float = 0) -> None:
    holder = hosts.Holder("bbbbbbbb", "SW-03", "李明", 1, "", "2026-11-29T09:12", "t")
    told = asdict(holder)
    hosts.file_of(path).write_bytes(b"0000000007\n" + json.dumps(told).encode())
    os.utime(hosts.file_of(path), (time.time() - age,) * 2)


@pytest.fixture
def on_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "sharing", lambda path: "network")
    monkeypatch.setattr(machine, "host", lambda: "aaaaaaaa")


def button(window: Window) -> QPushButton:
    assert window.files.bar is not None
    return next(b for b in window.files.bar.findChildren(QPushButton) if b.text())


@pytest.mark.usefixtures("on_the_network")
def test_the_second_machine_says_who_writes_and_offers_no_changes(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    held_by_another(library_path)
    window = new_window()
    open_in(qtbot, window, library_path)
    assert window.windowTitle() == "清河案例（只读） — 案览"
    assert window.status.library_name() == "清河案例（只读）"
    assert window.files.bar is not None
    assert window.files.bar.isVisible()
    assert "李明（电脑「SW-03」）从 11月29日 9:12 起正在用这个案例库" in window.files.bar.words()
    assert not window.shell.can_write()
    hosts.file_of(library_path).unlink()
    with qtbot.waitSignal(window.shell.library_opened):
        button(window).click()
    assert window.shell.can_write()
    assert window.files.bar is None
    assert window.windowTitle() == "清河案例 — 案览"


@pytest.mark.usefixtures("on_the_network")
def test_a_dead_machine_is_taken_over_by_a_button(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path
) -> None:
    held_by_another(library_path, age=hosts.PACE["network"][1] + 60)
    window = new_window()
    open_in(qtbot, window, library_path)
    assert "没有动静" in window.files.bar.words() if window.files.bar else False
    assert button(window).text() == "接过来改"
    with qtbot.waitSignal(window.shell.library_opened):
        button(window).click()
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: library.cases.set_title(1, "接过来改的"))
    window.close()
    assert not hosts.file_of(library_path).exists()


@pytest.mark.usefixtures("on_the_network")
def test_a_machine_that_lost_the_right_hears_who_has_it(
    qtbot: QtBot, new_window: Callable[[], Window], library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = new_window()
    open_in(qtbot, window, library_path)
    said: list[Exception] = []
    monkeypatch.setattr(window.reports, "fail", said.append)
    held_by_another(library_path)
    window.shell.change(lambda library: library.cases.set_title(1, "改不了"))
    qtbot.waitUntil(lambda: bool(said))
    assert "李明" in str(said[0])
    assert window.shell.library.cases.load(1).title == CASES[0].title
