"""Tab and F6 go through everything and come back, and wherever the focus is, it can be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.window import Window

PLACES: dict[str, Callable[[Window], object]] = {
    "overview": lambda window: window.browse.choosing.show_overview(),
    "cases": lambda window: (window.browse.choosing.show_all(), window.views.list.choose_first()),
    "mechanisms": lambda window: window.browse.choosing.show_mechanisms(),
}
REACHED_OTHERWISE = {"文字小一些 (Ctrl+-)", "文字大一些 (Ctrl++)", "复制并附出处 (Ctrl+Shift+C)"}
"""Small buttons over a text to which Tab goes at once; each has its key and its entry in a menu."""


@pytest.fixture(params=PLACES)
def at(request: pytest.FixtureRequest, qtbot: QtBot, window: Window) -> Window:
    """The window at one of its places, with the search box in focus."""
    window.activateWindow()
    with qtbot.waitSignal(window.browse.settled):
        PLACES[request.param](window)
    qtbot.wait(50)
    window.views.search.box.setFocus()
    return window


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def round_trip(qtbot: QtBot, key: Qt.Key) -> list[QWidget]:
    """What gets the focus one after the other until it is back where it was."""
    start, stops = focused(), [focused()]
    for _ in range(120):
        qtbot.keyClick(focused(), key)
        if focused() is start:
            return stops
        stops.append(focused())
    raise AssertionError(f"no way back: {[name_of(w) for w in stops[-4:]]}")


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def can_be_reached(widget: QWidget, window: Window) -> bool:
    grouped = isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked()
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return policy and widget.isVisibleTo(window) and widget.isEnabled() and not widget.focusProxy() and not grouped


def test_tab_reaches_everything_and_comes_back(qtbot: QtBot, at: Window) -> None:
    stops = round_trip(qtbot, Qt.Key.Key_Tab)
    wanted = [w for w in at.findChildren(QWidget) if w.window() is at and can_be_reached(w, at)]
    assert {name_of(w) for w in wanted if w not in stops} <= REACHED_OTHERWISE


def test_f6_goes_through_the_panes_and_comes_back(qtbot: QtBot, at: Window) -> None:
    assert 3 <= len(round_trip(qtbot, Qt.Key.Key_F6)) <= 5


def test_the_focus_can_be_seen(qtbot: QtBot, at: Window) -> None:
    unseen = [name_of(w) for w in dict.fromkeys(round_trip(qtbot, Qt.Key.Key_Tab)) if not changes_with_focus(w, at)]
    assert unseen == []


def changes_with_focus(widget: QWidget, window: Window) -> bool:
    """Whether the window looks other around the widget when it has the focus than when another has it."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    there = picture_of(widget)
    elsewhere = window.views.search.box if widget is not window.views.search.box else window.views.tree
    elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
    return there != picture_of(widget)


def picture_of(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()
