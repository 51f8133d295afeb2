"""Everything in these views can be reached by keyboard and has a name for a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollBar, QTabBar, QWidget

from core.records import Case, Mechanism
from gui.browse.case_pane import CasePane
from gui.browse.mechanism_view import MechanismView
from gui.browse.metrics_table import MetricsTable
from gui.browse.overview import Overview
from gui.help.about import AboutDialog
from gui.help.shortcut_list import ShortcutList
from gui.shortcuts import SHORTCUTS

VIEWS = {
    **{kind.__name__: kind for kind in (CasePane, MetricsTable, MechanismView, Overview, AboutDialog)},
    "ShortcutList": lambda: ShortcutList(SHORTCUTS),
}
CASE = Case("c", "题目", summary="概要。", mechanisms=(Mechanism("一亭三议"), Mechanism("乡贤会")))


@pytest.fixture(params=VIEWS.values(), ids=VIEWS.keys())
def view(request: pytest.FixtureRequest, qtbot) -> QWidget:
    out = request.param()
    qtbot.addWidget(out)
    out.show()
    return out


def focusable(view: QWidget) -> list[QWidget]:
    shown = (w for w in view.findChildren(QWidget) if not w.isHidden() and not isinstance(w, QScrollBar))
    return [w for w in shown if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.focusProxy()]


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def test_whatever_takes_the_focus_has_a_name(view: QWidget) -> None:
    assert not [w for w in focusable(view) if not name_of(w) and not isinstance(w, QTabBar)]


def test_buttons_with_an_icon_only_say_what_they_do(view: QWidget) -> None:
    icons = [b for b in view.findChildren(QAbstractButton) if not b.icon().isNull() and not b.text()]
    assert not [b for b in icons if b.isVisibleTo(view) and not (b.toolTip() and b.accessibleName())]


def test_chips_are_reached_and_opened_by_keyboard(qtbot) -> None:
    pane = CasePane()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_case(CASE, "", lambda text: [])
    pane.page.setFocus()
    for _ in ("查出处", "一亭三议", "乡贤会"):
        qtbot.keyClick(pane.page, Qt.Key.Key_Tab)
    qtbot.keyClick(pane.page, Qt.Key.Key_Return)
    assert pane.page.plain_text().count("乡贤会") == 2


def test_text_is_chosen_by_keyboard(qtbot) -> None:
    pane = CasePane()
    qtbot.addWidget(pane)
    pane.show()
    pane.show_case(CASE, "", lambda text: [])
    for _ in range(2):
        qtbot.keyClick(pane.page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert pane.page.selected_text() == "题目"
