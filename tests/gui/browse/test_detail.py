"""The case and its figures in windows of every height: both, or one at a time with a way to the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.window import Window
from tests.gui.conftest import open_in

SMALL, USUAL = (683, 384), (1280, 800)


def sees(window: Window) -> tuple[bool, bool]:
    return window.views.pane.isVisible(), window.views.metrics.isVisible()


def press(qtbot: QtBot, window: Window, text: str) -> None:
    """Click on the choice of that name that is in sight."""
    buttons = window.views.panes.detail.findChildren(QAbstractButton)
    choice = next(b for b in buttons if b.text() == text and b.isVisible())
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)


@pytest.fixture
def small(qtbot: QtBot, window: Window) -> Window:
    """A window at 200 % on 1366×768 with a case of two figures."""
    window.resize(*SMALL)
    row = next(
        row
        for row in range(window.views.list.model.rowCount())
        if window.views.list.model.index(row, 0).data() == "窗口前移到车间"
    )
    window.views.list.table.selectRow(row)
    return window


def test_a_high_window_shows_both(small: Window) -> None:
    small.resize(*USUAL)
    assert sees(small) == (True, True)


def test_a_low_window_shows_the_case_and_more_than_a_few_lines_of_it(small: Window) -> None:
    assert sees(small) == (True, False)
    assert small.views.pane.page.viewport().height() > 180


def test_a_click_shows_the_figures_and_another_the_case(qtbot: QtBot, small: Window) -> None:
    press(qtbot, small, "数据 2")
    assert sees(small) == (False, True)
    press(qtbot, small, "正文")
    assert sees(small) == (True, False)


def test_a_figure_that_is_opened_shines_in_the_case(qtbot: QtBot, small: Window) -> None:
    press(qtbot, small, "数据 2")
    table = small.views.metrics.view
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert sees(small) == (True, False)


def test_going_to_a_hit_shows_the_case(qtbot: QtBot, small: Window) -> None:
    with qtbot.waitSignal(small.browse.settled):
        small.views.search.box.setText("车间")
    press(qtbot, small, "数据 2")
    qtbot.keyClick(small, Qt.Key.Key_F3)
    assert sees(small) == (True, False)


def test_without_the_figures_there_is_no_way_to_them(small: Window) -> None:
    small.menus.actions["show_figures"].trigger()
    texts = [b.text() for b in small.views.panes.detail.findChildren(QAbstractButton) if b.isVisible()]
    assert "正文" not in texts
    assert sees(small) == (True, False)


def test_growing_brings_both_back(qtbot: QtBot, small: Window) -> None:
    press(qtbot, small, "数据 2")
    small.resize(*USUAL)
    assert sees(small) == (True, True)


def test_a_person_s_division_outlives_a_session_in_a_low_window(
    qtbot: QtBot, small: Window, new_window: Callable[[], Window], library_path: Path
) -> None:
    small.resize(*USUAL)
    small.views.panes.detail.setSizes([300, 300])
    before = small.views.panes.detail.sizes()
    small.close()
    low = new_window()
    open_in(qtbot, low, library_path)
    low.resize(*SMALL)
    low.close()
    again = new_window()
    open_in(qtbot, again, library_path)
    again.resize(*USUAL)
    with qtbot.waitSignal(again.browse.settled):
        again.browse.choosing.show_all()
    again.views.list.choose_first()
    assert again.views.panes.detail.sizes() == pytest.approx(before, abs=3)


def test_a_narrow_window_leaves_the_case_more_room_than_the_list(small: Window) -> None:
    assert small.views.list.width() < small.views.panes.detail.width()


def test_the_tree_keeps_its_room_in_a_low_window(qtbot: QtBot, small: Window) -> None:
    small.menus.actions["show_side"].trigger()
    qtbot.waitUntil(lambda: small.views.tree.view.viewport().height() >= 4 * 28)
