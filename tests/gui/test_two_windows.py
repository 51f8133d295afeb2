"""Two windows on one library, and a program beside them: what one changes the others show; each undoes its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core.folders import Folders
from core.library import Library, LibraryError
from gui import theme
from gui.shell import watch
from gui.shell.faults import FaultLog
from gui.shell.settings import Settings
from gui.shell.shell import Shell
from gui.window import Window
from gui.windows import Windows
from tests.gui.conftest import open_in

ROOT = Path(__file__).resolve().parents[2]
PAGE = "清河日报  2024年5月3日  第3版\n\n村头开起共享菜园\n\n清河县在村头开出共享菜园12块，村民按号认领。\n"


@pytest.fixture(autouse=True)
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "EVERY_MS", 100)


@pytest.fixture
def windows(qtbot: QtBot, dressed: QApplication, folders: Folders) -> Iterator[Windows]:
    windows = Windows(folders, Settings(folders.settings), FaultLog(folders.logs))
    yield windows
    for window in windows.open[::-1]:
        window.close()
        window.deleteLater()


@pytest.fixture
def first(qtbot: QtBot, windows: Windows, library_path: Path) -> Window:
    window = windows.make()
    window.resize(1280, 800)
    window.show()
    return listing(qtbot, window, library_path)


@pytest.fixture
def second(qtbot: QtBot, windows: Windows, first: Window) -> Window:
    with qtbot.waitActive(first):
        first.activateWindow()
    first.menus.actions["new_window"].trigger()
    second = windows.open[1]
    qtbot.waitUntil(lambda: second.shell.session is not None and second.views.has_panes())
    return listing(qtbot, second)


def listing(qtbot: QtBot, window: Window, path: Path | None = None) -> Window:
    """The window with all cases listed."""
    if path is not None:
        open_in(qtbot, window, path)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_all()
    return window


def listed(window: Window) -> list[int]:
    return list(window.views.list.model.nums)


def title(window: Window, num: int) -> str:
    return window.shell.library.cases.load(num).title


def test_a_new_window_stands_beside_the_first_on_the_same_library(first: Window, second: Window) -> None:
    assert second.shell.library.path == first.shell.library.path
    assert second.pos() != first.pos()
    assert listed(second) == listed(first)


def test_the_other_window_shows_a_change_and_keeps_its_place(qtbot: QtBot, first: Window, second: Window) -> None:
    first.resize(1280, 360)
    table, kept = first.views.list.table, listed(first)[3]
    assert first.views.list.choose(kept)
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    before, gone = table.verticalScrollBar().value(), listed(first)[0]
    assert before > 0
    second.shell.change(lambda library: library.cases.set_title(gone, "别的窗口改的题"))
    qtbot.waitUntil(lambda: first.views.list.model.index(0, 0).data() == "别的窗口改的题")
    assert (first.views.list.chosen_num(), table.verticalScrollBar().value()) == (kept, before)
    second.shell.change(lambda library: library.cases.remove([gone]))
    qtbot.waitUntil(lambda: gone not in listed(first))
    qtbot.waitUntil(lambda: first.status.said().startswith("案例 4 "))
    assert first.views.list.chosen_num() == kept


def test_the_case_that_is_read_is_renewed(qtbot: QtBot, first: Window, second: Window) -> None:
    num = listed(first)[0]
    first.views.list.choose(num)
    second.shell.change(lambda library: library.cases.set_title(num, "读着的题"))
    qtbot.waitUntil(lambda: "读着的题" in first.views.pane.page.plain_text())


def test_what_a_person_does_with_the_figures_stays(qtbot: QtBot, first: Window, second: Window) -> None:
    assert first.views.list.choose(4)
    first.views.metrics.filter.setText("事项1")
    second.shell.change(lambda library: library.selections.add("别处的汇编"))
    qtbot.waitUntil(lambda: [row.name for row in first.views.selections.model.rows] == ["别处的汇编"])
    qtbot.wait(50)
    assert first.views.metrics.filter.text() == "事项1"


def test_another_program_is_noticed_too(qtbot: QtBot, first: Window, tmp_path: Path) -> None:
    page = tmp_path / "菜园.txt"
    page.write_text(PAGE, "utf-8")
    command = [sys.executable, "-m", "core", "import", str(page), "--library", str(first.shell.library.path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    qtbot.waitUntil(lambda: len(listed(first)) == 6, timeout=20_000)


def test_a_change_of_ones_own_renews_once(qtbot: QtBot, first: Window) -> None:
    heard: list[None] = []
    first.shell.library_changed.connect(lambda: heard.append(None))
    first.shell.change(lambda library: library.cases.set_title(1, "自己改的题"))
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(400)
    assert len(heard) == 1


def test_nobody_looks_while_a_name_is_typed_or_the_window_is_hidden(
    qtbot: QtBot, first: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = first.views.list.table
    table.openPersistentEditor(first.views.list.model.index(0, 0))
    editor = table.viewport().findChild(QLineEdit)
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    looked: list[None] = []
    monkeypatch.setattr(Shell, "look_for_others", lambda shell: looked.append(None))
    qtbot.wait(250)
    assert looked == []
    first.views.search.focus()
    qtbot.waitUntil(lambda: bool(looked))
    first.hide()
    looked.clear()
    qtbot.wait(250)
    assert looked == []


def test_each_window_undoes_its_own(qtbot: QtBot, first: Window, second: Window) -> None:
    for window, num in ((first, 1), (second, 2)):
        with qtbot.waitSignal(window.shell.library_changed):
            window.shell.change(lambda library, num=num: library.cases.set_title(num, "新题"))
    first.undo()
    qtbot.waitUntil(lambda: first.shell.session is not None and not first.shell.session.undo_text)
    assert (title(first, 1), title(first, 2)) == ("村口办起议事亭", "新题")
    assert second.shell.session is not None
    assert second.shell.session.undo_text == "标题改为「新题」"


def test_undo_refuses_in_words_where_the_other_window_went_on(
    qtbot: QtBot, first: Window, second: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Exception] = []
    monkeypatch.setattr(first.reports, "fail", said.append)
    for window, words in ((first, "甲题"), (second, "乙题")):
        with qtbot.waitSignal(window.shell.library_changed):
            window.shell.change(lambda library, words=words: library.cases.set_title(1, words))
    first.undo()
    qtbot.waitUntil(lambda: bool(said))
    assert isinstance(said[0], LibraryError)
    assert "撤销不了「标题改为「甲题」」" in str(said[0])
    assert title(first, 1) == "乙题"


def test_a_backup_is_not_put_under_the_feet_of_the_other_window(
    qtbot: QtBot, first: Window, second: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Exception] = []
    monkeypatch.setattr(first.reports, "fail", said.append)
    first.files.restore_from(tmp_path / "备份.anlan")
    assert "在另一个窗口里也开着" in str(said[0])
    assert first.shell.session is not None
    second.close()
    assert not first.files.is_open_elsewhere(first.shell.library.path)


def test_a_window_that_was_closed_is_gone_and_the_other_goes_on(
    qtbot: QtBot, windows: Windows, first: Window, second: Window
) -> None:
    first.menus.actions["close"].trigger()
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))
    assert windows.open == [second]
    for scheme in ("dark", "light"):
        theme.apply(QApplication.instance(), scheme)  # type: ignore[arg-type]
    theme.set_reading_size(18)
    theme.set_reading_size(16)
    with qtbot.waitSignal(second.shell.library_changed):
        second.shell.change(lambda library: library.cases.remove([1]))
    with Library.open(second.shell.library.path) as library:
        assert library.cases.count() == 4


def test_quitting_closes_all(qtbot: QtBot, windows: Windows, first: Window, second: Window) -> None:
    second.menus.actions["quit"].trigger()
    assert not first.isVisible()
    assert not second.isVisible()
