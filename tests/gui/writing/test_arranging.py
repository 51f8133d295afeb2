"""编排 in the real window: lines by keys and mouse, headings, notes, boxes of figures, undo; empty and long ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.library import Library
from gui.window import Window
from gui.writing.dialog import ExportDialog
from gui.writing.outline_list import ROW
from gui.writing.outline_page import OutlinePage

NO, ALT, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, window: Window) -> OutlinePage:
    """The page on a 汇编 of cases 1, 3, 4, as the key opens it."""
    added: list[str] = []

    def add(library: Library) -> str:
        made = library.selections.add("春季汇编")
        library.selections.put(made, [1, 3, 4])
        return made

    with qtbot.waitSignal(window.browse.settled):
        window.shell.change(add, then=added.append)
    window.views.selections.choose(added[0])
    with qtbot.waitSignal(window.browse.settled):
        window.views.selections.selection_chosen.emit(added[0])
    with qtbot.waitSignal(window.arranging.shown):
        QTest.keyClick(window, Qt.Key.Key_7, CONTROL)
    return window.arranging.page


def told(page: OutlinePage) -> list[int | str]:
    return [line.key if isinstance(line.key, int) else line.text for line in page.list.lines.lines]


def press(qtbot: QtBot, window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO) -> None:
    """Press a key where the focus is, and wait until what it changed is shown."""
    before = told(window.arranging.page)
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    qtbot.waitUntil(lambda: told(window.arranging.page) != before)


def test_lines_move_by_keys_and_stay_chosen(qtbot: QtBot, window: Window, page: OutlinePage) -> None:
    page.list.choose_rows([1, 2])
    press(qtbot, window, Qt.Key.Key_Up, ALT)
    assert (told(page), page.list.chosen_keys()) == ([3, 4, 1], [3, 4])
    press(qtbot, window, Qt.Key.Key_Down, ALT)
    assert (told(page), page.list.chosen_keys()) == ([1, 3, 4], [3, 4])
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: told(page) == [3, 4, 1])


def test_lines_are_dragged(qtbot: QtBot, window: Window, page: OutlinePage) -> None:
    mime = page.list.lines.mimeData([page.list.lines.index(2)])
    page.list.drop(mime, page.list.visualRect(page.list.lines.index(0)).top() + ROW // 4)
    qtbot.waitUntil(lambda: told(page) == [4, 1, 3])
    mime = page.list.lines.mimeData([page.list.lines.index(0)])
    page.list.drop(mime, 10_000)
    qtbot.waitUntil(lambda: told(page) == [1, 3, 4])
    assert page.list.indexAt(QPoint(5, ROW // 2)).row() == 0


def test_a_heading_is_begun_typed_and_there_by_keys(qtbot: QtBot, window: Window, page: OutlinePage) -> None:
    page.list.choose_rows([1])
    QTest.keyClick(page.list, Qt.Key.Key_Insert)
    assert QApplication.focusWidget() is page.editor.heading
    QTest.keyClicks(page.editor.heading, "Yi")
    QTest.keyClick(page.editor.heading, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told(page) == [1, "Yi", 3, 4] and "" not in page.list.chosen_keys())
    assert QApplication.focusWidget() is page.list
    assert window.shell.library.selections.outline(page.outline.id if page.outline else "").lines[1].kind == "heading"
    press(qtbot, window, Qt.Key.Key_Delete)
    assert told(page) == [1, 3, 4]


@pytest.mark.parametrize("leave", [Qt.Key.Key_Escape, Qt.Key.Key_Up])
def test_what_was_begun_and_has_no_words_was_never_there(
    qtbot: QtBot, window: Window, page: OutlinePage, leave: Qt.Key
) -> None:
    undo = window.shell.session.undo_text if window.shell.session else ""
    page.list.choose_rows([2])
    QTest.keyClick(page.list, Qt.Key.Key_Insert, SHIFT)
    assert told(page) == [1, 3, "", 4]
    QTest.keyClick(page.editor.text if leave == Qt.Key.Key_Escape else page.list, leave)
    qtbot.waitUntil(lambda: told(page) == [1, 3, 4])
    assert window.shell.session is not None
    assert window.shell.session.undo_text == undo


def test_a_note_and_chosen_figures_of_a_case(qtbot: QtBot, window: Window, page: OutlinePage) -> None:
    page.list.choose_rows([2])
    qtbot.waitUntil(lambda: page.editor.figures.rowCount() == 12)
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is page.editor.note
    QTest.keyClicks(page.editor.note, "kan")
    page.editor.table.setFocus()
    qtbot.waitUntil(lambda: page.outline is not None and page.outline.lines[2].note == "kan")
    page.editor.table.selectRow(1)
    QTest.keyClick(page.editor.table, Qt.Key.Key_Space)
    page.editor.table.selectRow(3)
    QTest.keyClick(page.editor.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.outline is not None and page.outline.lines[2].written == 10)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: page.outline is not None and page.outline.lines[2].figures is None)
    qtbot.waitUntil(lambda: page.editor.figures.counts() == (12, 12))


def test_it_is_written_as_it_is_shown(qtbot: QtBot, window: Window, page: OutlinePage, tmp_path: Path) -> None:
    window._settings.keep("export/folder", str(tmp_path))
    page.title.setFocus()
    QTest.keyClicks(page.title, "San Di")
    page.list.choose_rows([0])
    QTest.keyClick(page.list, Qt.Key.Key_Insert)
    QTest.keyClicks(page.editor.heading, "first part")  # not left yet: the export takes it along

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        dialog._go.click()

    QTimer.singleShot(0, go)
    with qtbot.waitSignal(window.exporting.written, timeout=20_000) as written:
        window.menus.actions["export"].trigger()
    assert written.args[0].name == "San Di.docx"
    with zipfile.ZipFile(written.args[0]) as made:
        text = made.read("word/document.xml").decode()
    titles = [window.shell.library.cases.load(num).title for num in (1, 3, 4)]
    places = [text.index(f">{words}<") for words in ("San Di", "first part", *titles)]
    assert places == sorted(places)


def test_an_empty_one_says_what_to_do(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: library.selections.add("空的"))
    made = window.shell.library.selections.rows()[0].id
    with qtbot.waitSignal(window.arranging.shown):
        window.arranging.show(made)
    page = window.arranging.page
    assert "Ctrl+D" in page._nothing.words()
    with qtbot.waitSignal(window.browse.settled):
        page._nothing.press()
    assert window.views.is_browsing()


def test_one_that_is_removed_meanwhile_goes_to_all_cases(qtbot: QtBot, window: Window, page: OutlinePage) -> None:
    assert page.outline is not None
    gone = page.outline.id
    window.shell.change(lambda library: library.selections.remove(gone))
    qtbot.waitUntil(window.views.is_browsing)


def test_very_long_words_are_shown_and_kept(qtbot: QtBot, window: Window, page: OutlinePage) -> None:
    assert page.outline is not None
    made, words = page.outline.id, "很长的话。\n" * 20_000
    window.shell.change(lambda library: library.selections.write(made, "note", words, 0))
    qtbot.waitUntil(lambda: len(told(page)) == 4)
    page.list.choose_rows([0])
    assert page.editor.text.toPlainText() == words
    page.commit()
    assert window.shell.library.selections.outline(made).lines[0].text == words


@pytest.mark.parametrize("act", ["up", "down"])
def test_a_button_does_what_its_key_does(qtbot: QtBot, window: Window, page: OutlinePage, act: str) -> None:
    page.list.choose_rows([1])
    page.buttons[act].click()
    qtbot.waitUntil(lambda: told(page) == ([3, 1, 4] if act == "up" else [1, 4, 3]))


def test_a_menu_exports_any_selection(qtbot: QtBot, window: Window, page: OutlinePage) -> None:
    assert page.outline is not None
    seen: list[Callable[[], object]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        seen.append(dialog.scope.currentText)
        asked = dialog.asked()
        seen.append(lambda: (asked.wanted.selection, list(asked.wanted.nums)))
        dialog.reject()

    QTimer.singleShot(0, look)
    window.browse.choosing.show_overview()
    window.views.selections.export_wanted.emit(page.outline.id)
    assert seen[1]() == (page.outline.id, [1, 3, 4])
