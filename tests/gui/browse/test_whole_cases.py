"""Whole cases in the real window: into the bin and back, written by hand, copied, many changed at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.library import Library
from gui.edit.batch_form import BatchForm
from gui.edit.join_form import JoinForm
from gui.edit.new_case_form import NewCaseForm
from gui.kit import dialogs
from gui.window import Window
from tests.gui.conftest import CASES, open_in


@pytest.fixture
def at_list(qtbot: QtBot, window: Window) -> Window:
    window.activateWindow()
    window.views.list.choose(1)
    window.views.list.table.setFocus()
    return window


def changed(qtbot: QtBot, window: Window, do: Callable[[], object]) -> None:
    with qtbot.waitSignals([window.shell.library_changed, window.browse.settled], order="strict"):
        do()


def type_over(widget: QWidget, text: str) -> None:
    """Type as an input method does, in the place of what is there."""
    widget.selectAll()
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def ids(library: Library) -> list[str]:
    return [row.id for row in library.decisions.binned()]


def show_bin(qtbot: QtBot, window: Window, count: int) -> None:
    window.menus.actions["show_bin"].trigger()
    qtbot.waitUntil(lambda: window.browse.binning.page.model.rowCount() == count)


def test_a_case_goes_into_the_bin_by_a_key_and_is_put_back(qtbot: QtBot, at_list: Window) -> None:
    changed(qtbot, at_list, lambda: qtbot.keyClick(at_list.views.list.table, Qt.Key.Key_Delete))
    assert at_list.shell.library.cases.count() == len(CASES) - 1
    assert "回收站" in at_list.status.said()
    show_bin(qtbot, at_list, 1)
    page = at_list.browse.binning.page
    assert page.model.index(0, 0).data() == CASES[0].title
    with qtbot.waitSignal(at_list.shell.library_changed):
        page.back.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert at_list.shell.library.cases.load(1).title == CASES[0].title
    with qtbot.waitSignal(at_list.shell.library_changed):
        at_list.undo()
    assert ids(at_list.shell.library) == [CASES[0].id]


def test_the_bin_outlives_the_window(qtbot: QtBot, at_list: Window, new_window: Callable[[], Window]) -> None:
    changed(qtbot, at_list, lambda: qtbot.keyClick(at_list.views.list.table, Qt.Key.Key_Delete))
    path = at_list.shell.library.path
    at_list.close()
    again = new_window()
    open_in(qtbot, again, path)
    show_bin(qtbot, again, 1)


@pytest.mark.parametrize(("answer", "left"), [("", 1), ("go", 0)])
def test_a_case_is_deleted_for_good_only_when_that_is_said(
    qtbot: QtBot, at_list: Window, monkeypatch: pytest.MonkeyPatch, answer: str, left: int
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *a, **k: answer)
    changed(qtbot, at_list, lambda: qtbot.keyClick(at_list.views.list.table, Qt.Key.Key_Delete))
    show_bin(qtbot, at_list, 1)
    page = at_list.browse.binning.page
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == left)
    assert len(ids(at_list.shell.library)) == left
    if answer:
        with qtbot.waitSignal(at_list.shell.library_changed):
            at_list.undo()
        assert ids(at_list.shell.library) == [CASES[0].id]


def test_an_empty_bin_says_how_it_fills(qtbot: QtBot, at_list: Window) -> None:
    show_bin(qtbot, at_list, 0)
    assert "回收站是空的" in at_list.browse.binning.page._nothing.words()
    assert not at_list.browse.binning.page.throw.isVisible()


def test_a_case_is_written_by_hand(qtbot: QtBot, at_list: Window) -> None:
    at_list.menus.actions["new_case"].trigger()
    qtbot.waitUntil(lambda: isinstance(at_list.browse.editing.form, NewCaseForm))
    form = at_list.browse.editing.form
    assert isinstance(form, NewCaseForm)
    assert not form.save_button.isEnabled()
    type_over(form.rows["tags"].editor.line, "自拟")
    form.save()
    assert "标题不能空着" in form.refusal()
    type_over(form.rows["title"].editor.line, "渡口边的茶摊")
    type_over(form.rows["citations"].editor.lines["paper"], "清河日报")
    type_over(form.rows["published"].editor.line, "2024.6")
    form.rows["text"].editor.text.setPlainText("茶摊摆了7年。\n来喝茶的有300人。")
    changed(qtbot, at_list, form.save)
    qtbot.waitUntil(lambda: at_list.browse.showing.num() == len(CASES) + 1)
    case = at_list.shell.library.cases.load(len(CASES) + 1)
    assert (case.title, case.tags, case.published) == ("渡口边的茶摊", ("自拟",), "2024-06")
    assert case.citations[0].text() == "《清河日报》2024年6月"
    assert case.body == ("茶摊摆了7年。", "来喝茶的有300人。")
    changed(qtbot, at_list, at_list.undo)
    assert at_list.shell.library.cases.count() == len(CASES)


def test_a_case_is_copied_and_shown(qtbot: QtBot, at_list: Window) -> None:
    changed(qtbot, at_list, at_list.menus.actions["copy_case"].trigger)
    qtbot.waitUntil(lambda: at_list.browse.showing.num() == len(CASES) + 1)
    copy = at_list.shell.library.cases.load(len(CASES) + 1)
    assert copy.title == CASES[0].title + "（副本）"
    assert [m.printed for m in copy.metrics] == [m.printed for m in CASES[0].metrics]
    assert all(m.quote_span for m in copy.metrics)


def test_many_cases_are_changed_after_the_preview_and_nothing_is_wiped(qtbot: QtBot, at_list: Window) -> None:
    at_list.views.list.table.selectAll()
    at_list.menus.actions["change_many"].trigger()
    qtbot.waitUntil(lambda: isinstance(at_list.browse.editing.form, BatchForm))
    form = at_list.browse.editing.form
    assert isinstance(form, BatchForm)
    assert not form.save_button.isEnabled()
    type_over(form.rows["add_tags"].editor.line, "年报")
    qtbot.mouseClick(form.rows["add_themes"].editor.ticks["民生服务"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(form.planned) == 2 * len(CASES) - 1)
    assert "会改 5 例，共 9 处" in form._told.text()
    library = at_list.shell.library
    assert library.cases.load(2).tags == ()
    changed(qtbot, at_list, form.save)
    assert library.cases.load(2).themes == (*CASES[1].themes, "民生服务")
    assert {library.cases.load(n + 1).tags for n in range(len(CASES))} == {("年报",)}
    changed(qtbot, at_list, at_list.undo)
    assert library.cases.load(2).themes == CASES[1].themes


def test_a_place_is_not_changed_over_another_unless_it_is_said(qtbot: QtBot, at_list: Window) -> None:
    at_list.views.list.table.selectAll()
    at_list.menus.actions["change_many"].trigger()
    qtbot.waitUntil(lambda: isinstance(at_list.browse.editing.form, BatchForm))
    form = at_list.browse.editing.form
    assert isinstance(form, BatchForm)
    place = form.rows["place"].editor
    type_over(place.line, "青州")
    qtbot.waitUntil(lambda: place.found.isVisible(), timeout=20_000)
    qtbot.keyClick(place.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.planned == [])  # worked out, not the empty beginning
    assert not form.save_button.isEnabled()
    place.over.click()
    qtbot.waitUntil(lambda: {one.num for one in form.planned} == {1, 2, 3})
    form.rows["place"].touched = False
    form.done(0)


def test_two_cases_are_made_one_field_by_field(qtbot: QtBot, at_list: Window) -> None:
    at_list.menus.actions["join_cases"].trigger()
    assert "正好选中两例" in at_list.status.said()
    table = at_list.views.list.table
    rows = at_list.views.list.model.rows_of([1, 2])
    table.select_rows(at_list.views.list.model.row_of(1), rows)
    at_list.menus.actions["join_cases"].trigger()
    qtbot.waitUntil(lambda: isinstance(at_list.browse.editing.form, JoinForm))
    form = at_list.browse.editing.form
    assert isinstance(form, JoinForm)
    assert {form.this.num, form.other.num} == {1, 2}
    kept, gone = form.this, form.other
    assert form.rows["title"].value() == "this"
    form.rows["title"].editor.choice.show_value("other")
    qtbot.mouseClick(form.swap_button, Qt.MouseButton.LeftButton)
    assert (form.this, form.other) == (gone, kept)
    assert form.rows["title"].value() == "this"  # what was chosen is at the left now
    qtbot.mouseClick(form.swap_button, Qt.MouseButton.LeftButton)
    assert (form.this, form.other, form.rows["title"].value()) == (kept, gone, "other")
    changed(qtbot, at_list, form.save)
    case = at_list.shell.library.cases.load(kept.num)
    assert case.title == gone.title
    assert set(case.themes) == set(kept.themes) | set(gone.themes)
    assert ids(at_list.shell.library) == [gone.id]
    changed(qtbot, at_list, at_list.undo)
    assert at_list.shell.library.cases.load(kept.num).title == kept.title
    assert ids(at_list.shell.library) == []
