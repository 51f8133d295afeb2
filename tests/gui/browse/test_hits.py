"""Going from hit to hit in the case that is read: by F3, Enter and buttons, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.library import Library
from core.records import Case
from gui.window import Window
from tests.gui.conftest import open_in

FILLER = tuple(f"第{n}段讲的是别的事。" for n in range(60))
LONG = Case(
    id="00000000-0000-4000-8000-000000000099",
    title="桥头来了剃头匠",
    summary="剃头匠每逢赶集到桥头。",
    body=("开头没有要找的字。", *FILLER, "老桥头歇脚，新桥头理发。"),
)


@pytest.fixture
def found(qtbot: QtBot, new_window: Callable[[], Window], library_path: Path) -> Window:
    """The window with a long case found by a word that stands in its title, its summary and its last paragraph."""
    library = Library.open(library_path)
    library.cases.add([LONG])
    library.close()
    window = new_window()
    open_in(qtbot, window, library_path)
    search(qtbot, window, "桥头")
    return window


def search(qtbot: QtBot, window: Window, words: str) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.views.search.box.setText(words)


def pointed(window: Window) -> str:
    return window.views.pane.hits.words()


def test_the_first_hit_is_looked_at(found: Window) -> None:
    assert found.views.pane.page.grounds("hit") == ["桥头"] * 4
    assert pointed(found) == "1/4"


@pytest.mark.parametrize(
    ("keys", "where"),
    [(1, "2/4"), (3, "4/4"), (4, "1/4"), (-1, "4/4"), (-2, "3/4")],
)
def test_f3_goes_on_and_round_from_wherever_the_focus_is(qtbot: QtBot, found: Window, keys: int, where: str) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier if keys < 0 else Qt.KeyboardModifier.NoModifier
    for _ in range(abs(keys)):
        qtbot.keyClick(found.views.search.box, Qt.Key.Key_F3, shift)
    assert pointed(found) == where


def test_enter_goes_from_the_box_to_the_list_into_the_case_and_from_hit_to_hit(qtbot: QtBot, found: Window) -> None:
    for widget in (found.views.search.box, found.views.list.table, found.views.pane.page):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert pointed(found) == "2/4"
    qtbot.keyClick(found.views.pane.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pointed(found) == "1/4"


def test_a_hit_far_below_comes_into_view(qtbot: QtBot, found: Window) -> None:
    page = found.views.pane.page
    assert page.verticalScrollBar().value() == 0
    qtbot.keyClick(page, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    last = page.hits()[-1]
    shown = page.boxes(last.start, last.end)[0].translated(0, -page.verticalScrollBar().value())
    assert 0 < shown.top() < shown.bottom() < page.viewport().height()


def test_other_words_are_looked_at_from_their_first_hit(qtbot: QtBot, found: Window) -> None:
    page = found.views.pane.page
    search(qtbot, found, "新桥头")
    assert pointed(found) == "1/1"
    assert page.verticalScrollBar().value() > 0


def test_the_place_is_kept_when_the_look_changes(qtbot: QtBot, found: Window) -> None:
    qtbot.keyClick(found, Qt.Key.Key_F3)
    found.menus.actions["scheme_dark"].trigger()
    assert pointed(found) == "2/4"


def test_the_buttons_go_on_and_back(qtbot: QtBot, found: Window) -> None:
    back, on = found.views.pane.hits.findChildren(QToolButton)
    qtbot.mouseClick(on, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(on, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert pointed(found) == "2/4"


def test_without_a_search_there_is_nothing_to_go_to(qtbot: QtBot, found: Window) -> None:
    search(qtbot, found, "")
    assert pointed(found) == ""
    assert not found.views.pane.hits.isVisible()
    assert not found.menus.actions["next_hit"].isEnabled()
    qtbot.keyClick(found.views.pane.page, Qt.Key.Key_Return)
    assert pointed(found) == ""


def test_a_link_that_tab_came_to_is_followed_by_enter(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.browse.settled):
        window.views.search.box.setText("议事亭")
    page = window.views.pane.page
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.followed):
        qtbot.keyClick(page, Qt.Key.Key_Return)
    assert pointed(window).startswith("1/")
