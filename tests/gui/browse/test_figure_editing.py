"""Figures in the real window: judged, put right, added out of selected words, removed; a new reading leaves it so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.library import Library
from core.reading import read_page
from core.records import Metric, Page
from gui.edit.figure_form import FigureForm
from gui.window import Window
from tests.gui.conftest import open_in

TEXT = (
    "清溪镇办起“邻里亭”\n"
    "　　本报讯  去年以来，清溪镇在十二个村建起邻里亭，请老党员轮流坐班，听村民说事。\n"
    "　　亭子里全年接待村民3600人次，调解邻里纠纷152件，帮老人代办手续480件。\n"
    "　　镇里把“有事亭里说”作为工作法，村民的满意率提高到98%。\n"
)


@pytest.fixture
def page_path(tmp_path: Path) -> Path:
    """A library with one page of our own."""
    path = tmp_path / "清溪.anlan"
    with Library.create(path) as library:
        page = Page(TEXT, "清溪.txt", paper="清溪报")
        library.pages.add(page, read_page(page))
    return path


@pytest.fixture
def at_page(qtbot: QtBot, new_window: Callable[[], Window], page_path: Path) -> Window:
    window = new_window()
    open_in(qtbot, window, page_path)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_all()
    window.activateWindow()
    window.browse.showing.show_case(1)
    return window


def metrics(window: Window) -> dict[str, Metric]:
    return {m.printed: m for m in window.shell.library.cases.load(1).metrics}


def changed(qtbot: QtBot, window: Window, do: Callable[[], object]) -> None:
    with qtbot.waitSignals([window.shell.library_changed, window.browse.settled], order="strict"):
        do()


def type_over(widget: QWidget, text: str) -> None:
    """Type as an input method does, in the place of what is there."""
    widget.selectAll()
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def choose(window: Window, printed: str) -> None:
    window.views.metrics.choose(metrics(window)[printed].id)
    window.views.metrics.view.setFocus()


def form_of(qtbot: QtBot, window: Window, do: Callable[[], object]) -> FigureForm:
    do()
    qtbot.waitUntil(lambda: isinstance(window.browse.editing.form, FigureForm))
    form = window.browse.editing.form
    assert isinstance(form, FigureForm)
    return form


def select(window: Window, words: str, last: bool = False) -> None:
    """Select words of the case that is shown, where they stand first or last."""
    page = window.views.pane.page
    end, back = page.document().characterCount() - 1, QTextDocument.FindFlag.FindBackward
    cursor = page.document().find(words, end, back) if last else page.document().find(words)
    assert not cursor.isNull()
    page.setTextCursor(cursor)
    page.setFocus()


def test_a_figure_is_put_right_by_keys_and_a_new_reading_leaves_it(qtbot: QtBot, at_page: Window) -> None:
    choose(at_page, "152件")
    form = form_of(qtbot, at_page, at_page.menus.actions["edit"].trigger)
    type_over(form.rows["value"].editor.line, "1.52万")
    type_over(form.rows["subject"].editor.line, "清溪镇各村")
    kinds = form.rows["kind"].editor.box
    qtbot.keyClick(kinds, Qt.Key.Key_Down)
    changed(qtbot, at_page, form.save)
    figure = metrics(at_page)["152件"]
    assert (figure.value, figure.subject, figure.state) == (Decimal(15200), "清溪镇各村", "checked")
    assert figure.kind == "money"
    library = at_page.shell.library
    page = library.pages.rows()[0].id

    def read_again(theirs: Library) -> None:
        theirs.pages.replace(page, read_page(Page(TEXT, "清溪.txt", paper="清溪报")), [])

    changed(qtbot, at_page, lambda: at_page.shell.change(read_again))
    assert metrics(at_page)["152件"] == figure
    changed(qtbot, at_page, at_page.undo)
    changed(qtbot, at_page, at_page.undo)
    assert metrics(at_page)["152件"].value == 152


def test_what_was_read_of_a_figure_is_shown_and_can_be_had_back(qtbot: QtBot, at_page: Window) -> None:
    choose(at_page, "152件")
    form = form_of(qtbot, at_page, at_page.browse.editing.edit)
    assert form.rows["value"].mark.text() == "读出"
    type_over(form.rows["value"].editor.line, "153")
    changed(qtbot, at_page, form.save)
    choose(at_page, "152件")
    form = form_of(qtbot, at_page, at_page.browse.editing.edit)
    row = form.rows["value"]
    assert row.mark.text() == "已定"
    assert "读出：152" in row.story.text()
    row.back.click()
    changed(qtbot, at_page, form.save)
    assert metrics(at_page)["152件"].value == 152


def test_a_figure_is_quoted_anew_by_selecting_words(qtbot: QtBot, at_page: Window) -> None:
    choose(at_page, "152件")
    form = form_of(qtbot, at_page, at_page.browse.editing.edit)
    assert "152件" in form.source.lit()
    at = form.source.words.text.index("调解邻里纠纷152件")
    form.source.select(at, at + len("调解邻里纠纷152件"))
    form.source.take.click()
    assert form.rows["quote"].value() == "调解邻里纠纷152件"
    assert form.rows["value"].value() == "152"
    type_over(form.rows["indicator"].editor.line, "邻里纠纷")
    changed(qtbot, at_page, form.save)
    figure = metrics(at_page)["152件"]
    assert figure.quote_span is not None
    assert TEXT[figure.quote_span.start : figure.quote_span.end] == figure.quote == "调解邻里纠纷152件"
    assert TEXT[figure.span.start : figure.span.end] == "152件"


def test_a_figure_is_added_out_of_selected_words(qtbot: QtBot, at_page: Window) -> None:
    choose(at_page, "480件")
    changed(qtbot, at_page, at_page.menus.actions["remove"].trigger)
    assert "480件" not in metrics(at_page)
    select(at_page, "帮老人代办手续480件")
    form = form_of(qtbot, at_page, at_page.menus.actions["add_figure"].trigger)
    qtbot.waitUntil(lambda: (form.rows["value"].value(), form.rows["unit"].value()) == ("480", "件"), timeout=20_000)
    assert form.rows["quote"].value() == "帮老人代办手续480件"
    assert form.rows["value"].mark.text() == "未保存"
    type_over(form.rows["indicator"].editor.line, "代办手续")
    changed(qtbot, at_page, form.save)
    figure = metrics(at_page)["480件"]
    assert (figure.indicator, figure.value, figure.state) == ("代办手续", Decimal(480), "checked")
    assert TEXT[figure.span.start : figure.span.end] == "480件"
    changed(qtbot, at_page, at_page.undo)
    assert "480件" not in metrics(at_page)


def test_what_is_no_number_is_said_and_nothing_is_lost(qtbot: QtBot, at_page: Window) -> None:
    choose(at_page, "152件")
    form = form_of(qtbot, at_page, at_page.browse.editing.edit)
    type_over(form.rows["value"].editor.line, "好多")
    form.save()
    assert "「好多」不是数" in form.refusal()
    assert form.isVisible()
    assert metrics(at_page)["152件"].value == 152
    form.rows["value"].restore()
    form.done(0)


@pytest.mark.parametrize(("entry", "state"), [("对", "checked"), ("存疑", "unsure"), ("错", "wrong")])
def test_a_figure_is_judged_from_its_menu(qtbot: QtBot, at_page: Window, entry: str, state: str) -> None:
    choose(at_page, "152件")
    menu = at_page.views.metrics.view.menu()
    action = next(a for a in menu.actions() if f"「{entry}」" in a.text())
    changed(qtbot, at_page, action.trigger)
    assert metrics(at_page)["152件"].state == state
    changed(qtbot, at_page, at_page.undo)
    assert metrics(at_page)["152件"].state == "unchecked"


def test_several_figures_are_removed_in_one_step(qtbot: QtBot, at_page: Window) -> None:
    before = metrics(at_page)
    at_page.views.metrics.view.setFocus()
    at_page.views.metrics.view.selectAll()
    changed(qtbot, at_page, at_page.menus.actions["remove"].trigger)
    assert metrics(at_page) == {}
    changed(qtbot, at_page, at_page.undo)
    assert metrics(at_page) == before


def test_selected_words_know_where_they_were_printed(at_page: Window) -> None:
    select(at_page, "98%", last=True)
    text, place, line = at_page.views.pane.selected()
    assert text == "98%"
    assert "工作法" in line
    assert place is not None
    assert TEXT[place[0] : place[1] + 1] == "98%"
    cursor = at_page.views.pane.page.textCursor()
    cursor.clearSelection()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    at_page.views.pane.page.setTextCursor(cursor)
    assert at_page.views.pane.selected()[:2] == ("", None)


def test_a_decision_whose_reading_changed_is_shown_to_be_looked_at_again(qtbot: QtBot, at_page: Window) -> None:
    choose(at_page, "152件")
    figure = metrics(at_page)["152件"]
    changed(qtbot, at_page, lambda: at_page.browse.editing.figures.judge("accepted"))
    assert at_page.views.pane._doubts.isHidden()
    page = at_page.shell.library.pages.rows()[0].id

    def read_otherwise(theirs: Library) -> None:
        [article] = read_page(Page(TEXT, "清溪.txt", paper="清溪报"))
        read = tuple(replace(m, unit="起") if m.printed == "152件" else m for m in article.metrics)
        theirs.pages.replace(page, [replace(article, metrics=read)], [])

    changed(qtbot, at_page, lambda: at_page.shell.change(read_otherwise))
    assert metrics(at_page)["152件"].unit == figure.unit
    qtbot.waitUntil(lambda: not at_page.views.pane._doubts.isHidden())
    assert "需复核" in at_page.views.pane._doubts.text()
    model = at_page.views.metrics.model
    assert [model.index(row, 0).data()[:3] for row in range(model.rowCount())].count("需复核") == 1
    choose(at_page, "152件")
    form = form_of(qtbot, at_page, at_page.browse.editing.edit)
    assert form.rows["unit"].mark.text() == "需复核"
    assert "读出：起" in form.rows["unit"].story.text()


def test_figures_are_joined_and_parted_in_one_step_each(qtbot: QtBot, at_page: Window) -> None:
    def value(of: int, unit: str = "件") -> dict[str, str]:
        return {"indicator": "代办", "value": str(of), "unit": unit, "printed": f"{of}{unit}"}

    for figure in (value(7), value(9)):
        changed(
            qtbot, at_page, lambda figure=figure: at_page.shell.change(lambda lib: lib.decisions.add_figure(1, figure))
        )
    before = metrics(at_page)
    view = at_page.views.metrics.view
    rows = [r for r in range(view.model().rowCount()) if at_page.views.metrics.model.record(r).indicator == "代办"]
    view.clearSelection()
    for row in rows:
        view.selectionModel().select(
            view.model().index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    entries = {a.text(): a for a in view.menu().actions()}
    changed(qtbot, at_page, entries["合成一个数据"].trigger)
    [one] = [m for m in at_page.shell.library.cases.load(1).metrics if m.indicator == "代办"]
    assert (one.value, one.value_max) == (Decimal(7), Decimal(9))
    at_page.views.metrics.choose(one.id)
    entries = {a.text(): a for a in view.menu().actions()}
    changed(qtbot, at_page, entries["拆成两个数据"].trigger)
    found = [m.value for m in at_page.shell.library.cases.load(1).metrics if m.indicator == "代办"]
    assert sorted(found) == [Decimal(7), Decimal(9)]
    for _ in range(2):
        changed(qtbot, at_page, at_page.undo)
    assert metrics(at_page) == before
