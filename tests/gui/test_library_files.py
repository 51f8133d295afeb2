"""Opening, refusing, copying, restoring: every way in and out of a library file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.folders import Folders
from core.library import Library
from gui.kit import dialogs
from gui.kit.widgets import Notice
from gui.library_files import free_name
from gui.shell.faults import FaultLog, Relay, catch_all
from gui.window import Window
from tests.gui.conftest import CASES, open_in


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What dialogs would say; questions are answered with nothing."""
    said: list[tuple[str, str]] = []

    def note(parent: object, head: str, words: str, *rest: object) -> str:
        said.append((head, words))
        return ""

    monkeypatch.setattr(dialogs, "say", note)
    monkeypatch.setattr(dialogs, "ask", note)
    return said


def test_a_first_start_builds_the_default_library(
    qtbot: QtBot, new_window: Callable[[], Window], folders: Folders
) -> None:
    window = new_window()
    with qtbot.waitSignal(window.shell.library_opened, timeout=20_000):
        window.files.open_first()
    assert window.shell.library.path == folders.library
    assert window.shell.library.cases.count() > 20


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no library", b"SQLite format 3\x00" + b"\xff" * 2000])
def test_what_is_no_library_is_refused_in_words_and_left_alone(
    qtbot: QtBot, window: Window, said: list[tuple[str, str]], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "照片.anlan"
    path.write_bytes(content)
    window.files.open(path)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][0] == "「照片.anlan」没有打开"
    assert path.read_bytes() == content
    assert window.shell.library.path.stem == "清河案例"


def test_a_missing_library_leaves_a_window_that_says_what_to_do(
    qtbot: QtBot, new_window: Callable[[], Window], said: list[tuple[str, str]], tmp_path: Path
) -> None:
    window = new_window()
    window.files.open(tmp_path / "不在.anlan")
    qtbot.waitUntil(lambda: bool(said))
    qtbot.waitUntil(window.views.list.notice.isVisible)
    assert window.views.list.notice.words().startswith("还没有打开案例库")
    assert not window.menus.actions["save_as"].isEnabled()


def test_a_new_library_is_empty_and_open(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dialogs, "file_to_write", lambda *a: tmp_path / "新的.anlan")
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.new_library()
    assert window.shell.library.cases.count() == 0


def test_a_new_library_never_replaces_a_file(
    qtbot: QtBot, window: Window, said: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "报告.anlan"
    path.write_text("要紧的东西")
    monkeypatch.setattr(dialogs, "file_to_write", lambda *a: path)
    window.files.new_library()
    qtbot.waitUntil(lambda: bool(said))
    assert path.read_text() == "要紧的东西"


def test_save_as_goes_on_in_the_copy(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dialogs, "file_to_write", lambda *a: tmp_path / "副本.anlan")
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.save_as()
    assert (window.shell.library.path.name, window.shell.library.cases.count()) == ("副本.anlan", len(CASES))


def test_a_library_is_never_written_over_itself(
    window: Window, said: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, library_path: Path
) -> None:
    monkeypatch.setattr(dialogs, "file_to_write", lambda *a: library_path)
    window.files.back_up()
    assert said[0][0] == "没有写成"


def test_a_backup_brings_back_what_was_deleted(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    backup = tmp_path / "备份.anlan"
    monkeypatch.setattr(dialogs, "file_to_write", lambda *a: backup)
    window.files.back_up()
    qtbot.waitUntil(lambda: "已备份到" in window.status.said())
    nums = list(window.views.list.model.nums)
    window.shell.change(lambda library: library.cases.remove(nums))
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.restore_from(backup)
    assert window.shell.library.cases.count() == len(CASES)


def test_a_backup_that_cannot_be_used_leaves_the_library_as_it_was(
    qtbot: QtBot, window: Window, said: list[tuple[str, str]], tmp_path: Path
) -> None:
    broken = tmp_path / "坏.anlan"
    broken.write_bytes(b"nothing")
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.restore_from(broken)
    assert said
    assert window.shell.library.cases.count() == len(CASES)


def test_a_failed_change_is_said_and_changes_nothing(qtbot: QtBot, window: Window, said: list[tuple[str, str]]) -> None:
    from core.library import ReadOnlyLibrary

    def refuse(library: Library) -> None:
        raise ReadOnlyLibrary("这个案例库是只读的，没有改动。")

    window.shell.change(refuse)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("没有做成", "这个案例库是只读的，没有改动。")]


def test_a_fault_is_logged_and_the_session_goes_on(
    qtbot: QtBot, window: Window, said: list[tuple[str, str]], folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.shell.fail(ZeroDivisionError("seven"))
    assert "意外" in said[0][1]
    assert "ZeroDivisionError: seven" in (folders.logs / "anlan.log").read_text("utf-8")
    assert window.shell.library.cases.count() == len(CASES)


def test_uncaught_faults_of_any_thread_are_logged_and_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    relay, log = Relay(), FaultLog(tmp_path / "日志")
    catch_all(log, relay.caught.emit)
    with qtbot.waitSignal(relay.caught) as caught:
        threading.Thread(target=lambda: 1 // 0).start()
    assert "ZeroDivisionError" in caught.args[0]
    assert "ZeroDivisionError" in log.path.read_text("utf-8")


def test_what_went_wrong_with_a_part_of_the_reading_is_in_the_log(tmp_path: Path) -> None:
    log = FaultLog(tmp_path / "日志")
    log.listen()
    kept = logging.getLogger("core").handlers[-1]
    try:
        logging.getLogger("core.reading.facts.find").warning("the place of “%s” could not be read", "题")
        logging.getLogger("core").info("nothing of note")
        logging.getLogger("elsewhere").error("not ours")
    finally:
        logging.getLogger("core").removeHandler(kept)
    assert "the place of “题” could not be read" in log.tail()
    assert "of note" not in log.tail()
    assert "not ours" not in log.tail()


def test_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "日志").write_text("a file where the folder should be")
    FaultLog(tmp_path / "日志" / "里面").write("gone")
    assert (tmp_path / "日志").is_file()


def test_a_message_unfolds_its_detail(qtbot: QtBot, dressed: QApplication) -> None:
    message = dialogs.Message(None, "没有打开", "文件是别的东西。", "magic 50 4b")
    qtbot.addWidget(message)
    message.show()
    assert not message._detail.isVisible()
    message.show_detail()
    assert message._detail.isVisible()
    assert message._detail.toPlainText() == "magic 50 4b"


def test_backups_are_listed_newest_first_with_their_time(qtbot: QtBot, window: Window, library_path: Path) -> None:
    backups = window.shell.library.backups.all()
    dialog = dialogs.RestoreDialog(window, backups)
    qtbot.addWidget(dialog)
    assert dialog.list.count() == len(backups)
    assert dialog.chosen() == (backups[0] if backups else None)


def test_a_free_name_is_found_beside_a_taken_one(tmp_path: Path) -> None:
    for name in ("库.anlan", "库2.anlan"):
        (tmp_path / name).touch()
    assert free_name(tmp_path / "库.anlan") == tmp_path / "库3.anlan"


def test_opening_another_library_closes_the_first(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    Library.create(tmp_path / "另一个.anlan").close()
    before = window.shell.session
    open_in(qtbot, window, tmp_path / "另一个.anlan")
    assert window.shell.session is not before
    assert window.shell.library.cases.count() == 0


def test_an_empty_library_offers_to_import_on_its_overview(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dialogs, "file_to_write", lambda *a: tmp_path / "新的.anlan")
    wanted: list[None] = []
    monkeypatch.setattr(window.importing, "import_files", lambda: wanted.append(None))
    with qtbot.waitSignals([window.shell.library_opened, window.browse.settled], order="strict"):
        window.files.new_library()
    window.browse.choosing.show_overview()
    notice = next(n for n in window.views.overview.findChildren(Notice))
    qtbot.waitUntil(notice.isVisible)
    qtbot.mouseClick(next(b for b in notice.findChildren(QPushButton)), Qt.MouseButton.LeftButton)
    assert wanted == [None]


def test_a_list_asks_a_closed_library_for_nothing(qtbot: QtBot, window: Window) -> None:
    window.browse.choosing.show_all()
    qtbot.waitUntil(lambda: window.views.has_panes() and window.views.list.model.rowCount() == len(CASES))
    window.shell.close_library()
    window.views.list.grab()
    assert window.views.list.model.rowCount() == 0
