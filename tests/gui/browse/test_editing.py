"""Cases put right in the real window: by keys, saved as one change, undone and done again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from core.library import Wish
from core.records import Case
from gui.edit.case_form import CaseForm
from gui.edit.mechanism_form import MechanismForm
from gui.window import Window


@pytest.fixture
def at_first(qtbot: QtBot, window: Window) -> Window:
    """The window with its first case shown."""
    window.activateWindow()
    window.browse.showing.show_case(1)
    return window


def type_in(widget: QWidget, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def case_of(window: Window, num: int = 1) -> Case:
    return window.shell.library.cases.load(num)


def form_of(qtbot: QtBot, window: Window, focus: str = "title") -> CaseForm:
    window.browse.editing.edit_case(focus)
    qtbot.waitUntil(lambda: isinstance(window.browse.editing.form, CaseForm))
    form = window.browse.editing.form
    assert isinstance(form, CaseForm)
    return form


def changed(qtbot: QtBot, window: Window, do: Callable[[], object]) -> None:
    """Do something that changes the library, and wait until the list shows it."""
    with qtbot.waitSignals([window.shell.library_changed, window.browse.settled], order="strict"):
        do()


def test_a_title_is_put_right_by_keys_undone_and_done_again(qtbot: QtBot, at_first: Window) -> None:
    at_first.menus.actions["edit"].trigger()
    qtbot.waitUntil(lambda: at_first.browse.editing.form is not None)
    form = at_first.browse.editing.form
    assert isinstance(form, CaseForm)
    line = form.rows["title"].editor.focusProxy()
    assert isinstance(line, QWidget)
    type_in(line, "村口的议事亭")
    changed(qtbot, at_first, lambda: qtbot.keyClick(line, Qt.Key.Key_Return))
    assert at_first.browse.editing.form is None
    assert case_of(at_first).title == "村口的议事亭"
    assert "村口的议事亭" in at_first.views.pane.page.plain_text()
    changed(qtbot, at_first, at_first.undo)
    assert case_of(at_first).title == "村口办起议事亭"
    changed(qtbot, at_first, at_first.redo)
    assert case_of(at_first).title == "村口的议事亭"


def test_undo_by_keys_where_the_search_box_has_the_focus(qtbot: QtBot, at_first: Window) -> None:
    library, box = at_first.shell.library, at_first.views.search.box
    at_first.shell.change(lambda lib: lib.decisions.decide([Wish(1, "title", "changed", "改过的题")]))
    qtbot.waitUntil(lambda: library.cases.load(1).title == "改过的题")
    qtbot.waitUntil(lambda: at_first.menus.actions["undo"].isEnabled())
    box.setFocus()
    qtbot.keyClicks(box, "x")
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (box.text(), library.cases.load(1).title) == ("", "改过的题")  # what was typed goes first
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: library.cases.load(1).title == "村口办起议事亭")


def test_several_fields_are_one_step_of_undo(qtbot: QtBot, at_first: Window) -> None:
    form = form_of(qtbot, at_first)
    qtbot.mouseClick(form.rows["themes"].editor.ticks["民生服务"], Qt.MouseButton.LeftButton)
    form.rows["tags"].editor.line.clear()
    type_in(form.rows["tags"].editor.line, "待补照片，年度汇报")
    form.rows["published"].editor.line.clear()
    type_in(form.rows["published"].editor.line, "2024年3月5日")
    changed(qtbot, at_first, form.save)
    case = case_of(at_first)
    assert case.themes == ("基层治理", "民生服务")
    assert (case.tags, case.published) == (("待补照片", "年度汇报"), "2024-03-05")
    assert case.citations[0].published == "2024-03-05"
    changed(qtbot, at_first, at_first.undo)
    case = case_of(at_first)
    assert (case.themes, case.tags, case.published) == (("基层治理",), (), "2024-02")


def test_what_was_only_shown_is_not_decided(qtbot: QtBot, at_first: Window) -> None:
    form = form_of(qtbot, at_first)
    assert form.values() == {}
    assert not form.save_button.isEnabled()
    type_in(form.rows["note"].editor.text, "电话问过")
    changed(qtbot, at_first, form.save)
    assert set(at_first.shell.library.decisions.of_case(1)) == {"note"}


def test_a_place_is_chosen_from_what_was_typed(qtbot: QtBot, at_first: Window) -> None:
    form = form_of(qtbot, at_first, "place")
    place = form.rows["place"].editor
    place.line.selectAll()
    type_in(place.line, "襄都")
    assert "还不是一个地区" in form.refusal()
    qtbot.waitUntil(lambda: place.found.isVisible())
    qtbot.keyClick(place.line, Qt.Key.Key_Return)
    assert not place.found.isVisible()
    changed(qtbot, at_first, form.save)
    assert case_of(at_first).place.names == ("河北省", "邢台市", "襄都区")


def test_what_is_no_value_is_said_and_nothing_is_lost(qtbot: QtBot, at_first: Window) -> None:
    form = form_of(qtbot, at_first)
    form.rows["title"].editor.line.selectAll()
    qtbot.keyClick(form.rows["title"].editor.line, Qt.Key.Key_Delete)
    form.save()
    assert form.isVisible()
    assert "标题不能空着" in form.refusal()
    assert case_of(at_first).title == "村口办起议事亭"
    form.rows["title"].restore()
    form.done(0)


def test_read_and_decided_stand_apart_and_the_way_back_is_a_decision(qtbot: QtBot, at_first: Window) -> None:
    form = form_of(qtbot, at_first)
    row = form.rows["title"]
    assert row.mark.text() == "读出"
    assert not row.back.isVisible()
    row.editor.line.selectAll()
    type_in(row.editor.line, "新题目")
    assert row.mark.text() == "未保存"
    changed(qtbot, at_first, form.save)
    row = form_of(qtbot, at_first).rows["title"]
    assert row.mark.text() == "已定"
    row.mark.click()
    assert row.story.isVisible()
    assert "读出：村口办起议事亭" in row.story.text()
    assert "定为：新题目" in row.story.text()
    row.back.click()
    changed(qtbot, at_first, at_first.browse.editing.form.save)
    assert case_of(at_first).title == "村口办起议事亭"
    changed(qtbot, at_first, at_first.undo)
    assert case_of(at_first).title == "新题目"


def test_a_star_is_set_and_taken_away_by_a_key(qtbot: QtBot, at_first: Window) -> None:
    changed(qtbot, at_first, at_first.menus.actions["star"].trigger)
    assert case_of(at_first).starred
    assert "★" in at_first.views.pane.page.plain_text()
    changed(qtbot, at_first, at_first.menus.actions["star"].trigger)
    assert not case_of(at_first).starred


def mechanism_form(qtbot: QtBot, window: Window, mechanism: str = "") -> MechanismForm:
    window.browse.editing.mechanisms.edit(mechanism)
    qtbot.waitUntil(lambda: isinstance(window.browse.editing.form, MechanismForm))
    form = window.browse.editing.form
    assert isinstance(form, MechanismForm)
    return form


def test_a_mechanism_and_its_parts_are_put_right_added_and_taken_out(qtbot: QtBot, at_first: Window) -> None:
    [had] = case_of(at_first).mechanisms
    form = mechanism_form(qtbot, at_first, had.id)
    assert form.rows["parts"].value() == "三问：问需、问计、问效"
    form.rows["parts"].editor.text.setPlainText("三问：问需、问计、问效\n三办：即办、代办、督办")
    changed(qtbot, at_first, form.save)
    [now] = case_of(at_first).mechanisms
    assert [(p.label, p.meaning) for p in now.parts][1] == ("三办", "即办、代办、督办")
    form = mechanism_form(qtbot, at_first)
    form.save()
    assert "机制要有名称" in form.refusal()
    type_in(form.rows["name"].editor.line, "亭长轮值")
    changed(qtbot, at_first, form.save)
    assert [m.name for m in case_of(at_first).mechanisms] == ["三问三办", "亭长轮值"]
    assert "机制" in [action.text() for action in at_first.views.pane.menu().actions()]
    menu = QMenu(at_first)
    at_first.browse.editing.mechanisms.fill(menu)
    changed(qtbot, at_first, next(a for a in menu.actions() if "去掉「三问三办」" in a.text()).trigger)
    assert [m.name for m in case_of(at_first).mechanisms] == ["亭长轮值"]
    for _ in range(3):
        changed(qtbot, at_first, at_first.undo)
    assert case_of(at_first).mechanisms == (had,)
