"""Figures are checked in the window with one key each, changed, called wrong, and all of it undone and done again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.default_library import build_library
from core.library import Library, Wish
from core.records import Case, Metric
from core.resources import shipped
from core.reviewing import Shown, ShownCase
from gui.review import keys
from gui.shell.reviewer import ReviewerDialog
from gui.window import Window
from tests.gui.conftest import open_in

Item = Shown | ShownCase


@pytest.fixture
def default_path(tmp_path: Path) -> Path:
    path = tmp_path / "默认案例库.anlan"
    build_library(path, shipped("seeds"))
    return path


@pytest.fixture
def reviewing(qtbot: QtBot, new_window: Callable[[], Window], default_path: Path) -> Window:
    """The window on the default library, its first figure shown to be checked."""
    window = new_window()
    window.reviewer.take("王芳", "安远县委办")
    open_in(qtbot, window, default_path)
    window.menus.actions["review_all"].trigger()
    shown(qtbot, window)
    return window


def shown_item(qtbot: QtBot, window: Window) -> Item:
    """Wait until something can be decided."""
    qtbot.waitUntil(lambda: window.reviewing.current() is not None)
    current = window.reviewing.current()
    assert current is not None
    return current


def shown(qtbot: QtBot, window: Window) -> str:
    """Wait until a figure can be decided; its id."""
    current = shown_item(qtbot, window)
    assert current.unit == "figure"
    return current.metric.id


def press(qtbot: QtBot, window: Window, *pressed: Qt.Key) -> None:
    for key in pressed:
        shown_item(qtbot, window)
        target = QApplication.focusWidget()
        qtbot.keyClick(target if isinstance(target, QWidget) else window.reviewing.page(), key)


def settled(qtbot: QtBot, window: Window) -> None:
    """Wait until the library's thread has done all that was asked of it."""
    done: list[object] = []
    window.shell.ask(lambda library: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))


def states(path: Path) -> dict[str, int]:
    with Library.open(path, read_only=True) as library:
        return {state: n for state, n in library.decisions.progress().items() if n}


def test_ten_figures_in_ten_keys_and_all_of_it_undone_and_done_again(
    qtbot: QtBot, reviewing: Window, default_path: Path
) -> None:
    window = reviewing
    page = window.reviewing.page()
    assert "已核 0 / 244" in page.progress()
    begun = time.monotonic()
    press(qtbot, window, *[Qt.Key.Key_1] * 5, *[Qt.Key.Key_Return] * 3, Qt.Key.Key_3, Qt.Key.Key_4)
    shown(qtbot, window)
    settled(qtbot, window)
    print(f"\n十个数据，十个键：{time.monotonic() - begun:.2f} 秒")
    assert states(default_path) == {"unchecked": 234, "checked": 8, "wrong": 1, "unsure": 1}
    assert "已核 10 / 244　我核过 10　还剩 234" in page.progress()
    assert len(page.strip.texts()) == 10
    assert page.strip.texts()[0].startswith("存疑")
    for left in range(9, -1, -1):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda n=left: f"已核 {n} / 244　我核过 {n}" in page.progress())
    assert states(default_path) == {"unchecked": 244}
    shown(qtbot, window)
    assert page.strip.texts() == []
    for done in range(1, 11):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda n=done: f"已核 {n} / 244　我核过 {n}" in page.progress())
    assert states(default_path) == {"unchecked": 234, "checked": 8, "wrong": 1, "unsure": 1}
    assert len(page.strip.texts()) == 10


def test_a_value_is_put_right_with_the_keyboard_alone(qtbot: QtBot, reviewing: Window, default_path: Path) -> None:
    first = shown(qtbot, reviewing)
    press(qtbot, reviewing, Qt.Key.Key_2)
    form = reviewing.reviewing.page().card.form
    assert form.value.hasFocus()
    assert form.value.selectedText() == form.value.text()
    form.value.insert("很多")
    qtbot.keyClick(form.value, Qt.Key.Key_Return)
    assert "不是数" in form.wrong()
    assert reviewing.reviewing.current() is not None
    form.value.selectAll()
    qtbot.keyClicks(form.value, "3.5")
    form.value.insert("万")  # the test cannot press such a key
    qtbot.keyClick(form.value, Qt.Key.Key_Tab)
    assert form.unit.hasFocus()
    form.unit.selectAll()
    form.unit.insert("人")
    qtbot.keyClick(form.unit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(qtbot, reviewing) != first)
    settled(qtbot, reviewing)
    with Library.open(default_path, read_only=True) as library:
        found = {m.id: m for n in range(1, 40) for m in metrics(library, n)}[first]
        decision = [d for d in library.decisions.all() if d.target.part.endswith(first)][-1]
    assert (found.value, found.unit, found.state) == (35000, "人", "checked")
    assert (decision.verdict, decision.who) == ("changed", "王芳·安远县委办")


def metrics(library: Library, num: int) -> tuple[Metric, ...]:
    try:
        return library.cases.load(num).metrics
    except KeyError:
        return ()


def test_what_was_decided_is_opened_again_and_said_otherwise(
    qtbot: QtBot, reviewing: Window, default_path: Path
) -> None:
    page = reviewing.reviewing.page()
    first = shown(qtbot, reviewing)
    press(qtbot, reviewing, Qt.Key.Key_1, Qt.Key.Key_1)
    third = shown(qtbot, reviewing)
    press(qtbot, reviewing, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert shown(qtbot, reviewing) == first
    press(qtbot, reviewing, Qt.Key.Key_3)
    assert shown(qtbot, reviewing) == third
    page.strip.press(1)  # the second figure, which was decided before the first was once more
    press(qtbot, reviewing, Qt.Key.Key_4)
    assert shown(qtbot, reviewing) == third
    settled(qtbot, reviewing)
    assert states(default_path) == {"unchecked": 242, "unsure": 1, "wrong": 1}
    assert "已核 2 / 244　我核过 2" in page.progress()


def test_what_is_being_typed_stays_when_another_program_changes_the_library(
    qtbot: QtBot, reviewing: Window, default_path: Path
) -> None:
    press(qtbot, reviewing, Qt.Key.Key_2)
    form, num = reviewing.reviewing.page().card.form, reviewing.reviewing.current()
    assert num is not None
    qtbot.keyClicks(form.value, "77")
    with Library.open(default_path) as other:
        other.decisions.decide([Wish(num.case_num, "note", "changed", "别处写的")])
    with qtbot.waitSignal(reviewing.shell.library_changed):
        reviewing.shell.look_for_others()
    settled(qtbot, reviewing)
    assert (form.value.text(), form.isVisible()) == ("77", True)


def test_a_note_goes_with_the_decision(qtbot: QtBot, reviewing: Window, default_path: Path) -> None:
    press(qtbot, reviewing, Qt.Key.Key_5)
    note = reviewing.reviewing.page().card.note
    qtbot.keyClicks(note, "1 2 3")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    press(qtbot, reviewing, Qt.Key.Key_4)
    settled(qtbot, reviewing)
    with Library.open(default_path, read_only=True) as library:
        assert [(d.verdict, d.note) for d in library.decisions.all()] == [("unsure", "1 2 3")]


def test_every_figure_lights_up_its_printed_words_in_sight(qtbot: QtBot, reviewing: Window) -> None:
    originals = reviewing.reviewing.page().originals
    for _ in range(12):
        shown(qtbot, reviewing)
        current = reviewing.reviewing.current()
        assert current is not None
        lit = [words for words in originals.printed.page.lit() if words == current.metric.printed]
        assert lit == [current.metric.printed]
        assert not originals.printed.missing()
        page = originals.printed.page
        ground = page._lit[-1]
        boxes = page.boxes(ground.start, ground.end)
        top = page.verticalScrollBar().value()
        assert top <= boxes[0].top()
        assert boxes[-1].bottom() <= top + page.viewport().height()
        press(qtbot, reviewing, Qt.Key.Key_Space)


def test_escape_goes_back_and_the_list_shows_what_was_checked(qtbot: QtBot, reviewing: Window) -> None:
    case = reviewing.reviewing.current()
    press(qtbot, reviewing, Qt.Key.Key_3)
    shown(qtbot, reviewing)
    settled(qtbot, reviewing)
    with qtbot.waitSignal(reviewing.browse.settled):
        qtbot.keyClick(reviewing.reviewing.page(), Qt.Key.Key_Escape)
    assert case is not None
    assert not reviewing.reviewing.is_shown()
    found = next(m for m in reviewing.shell.library.cases.load(case.case_num).metrics if m.id == case.metric.id)
    assert found.state == "wrong"


def test_the_end_says_what_became_of_all_and_brings_back_what_was_skipped(qtbot: QtBot, window: Window) -> None:
    window.reviewer.take("王芳", "")
    window.views.list.table.selectRow(0)
    window.views.list.table.setFocus()
    with qtbot.waitSignal(window.browse.settled):
        window.browse.asking.take_words("村口")
    window.menus.actions["review"].trigger()
    press(qtbot, window, Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_3)
    page = window.reviewing.page()
    qtbot.waitUntil(lambda: "核到头了" in page.says())
    settled(qtbot, window)
    assert "未核 1，已核 1，存疑 0，有误 1" in page.says()
    page.notice.press()
    press(qtbot, window, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: "存疑 1" in page.says())
    qtbot.keyClick(page, Qt.Key.Key_Backspace)
    shown(qtbot, window)
    press(qtbot, window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "已核 2，存疑 0，有误 1" in page.says())


def test_what_is_checked_is_what_was_chosen(qtbot: QtBot, window: Window) -> None:
    assert window.browse.what_is_chosen() == (None, "整个案例库")
    with qtbot.waitSignal(window.browse.settled):
        window.browse.asking.take_words("里")
    listed, words = window.browse.what_is_chosen()
    assert listed is not None
    assert words == "查找「里」"
    assert len(listed) == window.views.list.model.rowCount()
    window.views.list.table.selectAll()
    chosen, words = window.browse.what_is_chosen()
    assert (sorted(chosen or ()), words) == (sorted(listed), f"选中的 {len(listed)} 例")


def test_who_checks_is_asked_once_and_nothing_is_checked_without_a_name(qtbot: QtBot, window: Window) -> None:
    def answer(name: str) -> None:
        def give() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ReviewerDialog)
            dialog.name.setText(name)
            dialog.unit.setText("安远县委办")
            dialog.accept() if name else dialog.reject()

        QTimer.singleShot(50, give)

    assert window.status.reviewer() == ""
    answer("")
    window.menus.actions["review_all"].trigger()
    assert not window.reviewing.is_shown()
    answer(" 王芳 ")
    window.menus.actions["review_all"].trigger()
    assert window.status.reviewer() == "核对人：王芳·安远县委办"
    shown(qtbot, window)
    window.reviewing.leave()
    window.menus.actions["review_all"].trigger()  # nobody is asked a second time
    shown(qtbot, window)


def test_a_figure_that_no_source_holds_says_so(qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path) -> None:
    path = tmp_path / "无.anlan"
    with Library.create(path) as library:
        library.cases.add([Case("", "无原文", metrics=(Metric("时长", Decimal(62000), "小时"),))])
    window = new_window()
    window.reviewer.take("王芳", "")
    open_in(qtbot, window, path)
    window.reviewing.start(None, "整个案例库")
    shown(qtbot, window)
    page = window.reviewing.page()
    assert page.originals.printed.missing().startswith("未找到出处")
    assert "未找到出处" in page.card.texts()


def test_what_cannot_be_written_comes_back(qtbot: QtBot, reviewing: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Exception] = []
    monkeypatch.setattr(reviewing.shell, "fail", said.append)
    first = shown(qtbot, reviewing)
    os.remove(reviewing.shell.library.path)
    press(qtbot, reviewing, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: bool(said))
    assert "已经不在原来的地方" in str(said[0])
    assert shown(qtbot, reviewing) == first
    qtbot.waitUntil(lambda: "已核 0 / 244" in reviewing.reviewing.page().progress())


def test_a_key_that_is_held_down_decides_one_figure(qtbot: QtBot, reviewing: Window) -> None:
    page = reviewing.reviewing.page()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1.value, Qt.KeyboardModifier.NoModifier, "1", True)
    QApplication.sendEvent(page, event)
    settled(qtbot, reviewing)
    assert "已核 0 / 244" in page.progress()


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "does"),
    [
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", "accepted"),
        (Qt.Key.Key_4, Qt.KeyboardModifier.KeypadModifier, "4", "unsure"),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.KeypadModifier, "", "unsure"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "\r", "accepted"),
        (Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, "３", "rejected"),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, "", ""),
        (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier, "1", ""),
        (Qt.Key.Key_Exclam, Qt.KeyboardModifier.ShiftModifier, "!", ""),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", ""),
    ],
)
def test_keys_are_known_whatever_the_input_method_makes_of_them(
    qapp: QApplication, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, does: str
) -> None:
    assert keys.pressed(QKeyEvent(QEvent.Type.KeyPress, key.value, modifiers, text)) == does


@pytest.mark.parametrize(("platform", "code"), [("xcb", 12), ("xcb", 89), ("windows", 4), ("windows", 81)])
def test_a_digit_is_known_by_where_it_lies(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication, platform: str, code: int
) -> None:
    monkeypatch.setattr("gui.review.keys.QGuiApplication.platformName", lambda: platform)
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_QuoteDbl.value, Qt.KeyboardModifier.NoModifier, code, 0, 0, '"')
    assert keys.pressed(event) == "rejected"
