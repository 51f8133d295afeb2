"""复制成句子、脚注、数据表 in the real window, from figures, words and cases, many at once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.window import Window


def copied(qtbot: QtBot, window: Window, name: str) -> str:
    clipboard = QApplication.clipboard()
    clipboard.setText("nothing")
    window.menus.renew()
    assert window.menus.actions[name].isEnabled()
    window.menus.actions[name].trigger()
    qtbot.waitUntil(lambda: clipboard.text() != "nothing")
    return clipboard.text()


@pytest.fixture
def shown(qtbot: QtBot, window: Window) -> Window:
    """The window with case 4 and its twelve figures."""
    window.browse.showing.show_case(4)
    qtbot.waitUntil(lambda: window.views.metrics.model.rowCount() == 12)
    return window


def test_chosen_figures(qtbot: QtBot, shown: Window) -> None:
    shown.views.metrics.view.setFocus()
    shown.views.metrics.view.selectRow(2)
    assert (
        copied(qtbot, shown, "copy_sentences") == "办成402件〔未核〕（《古城里的志愿导览》，《清河日报》2024年5月）。"
    )
    assert copied(qtbot, shown, "copy_notes") == "《古城里的志愿导览》，《清河日报》2024年5月，原文：办成402件。"
    assert copied(qtbot, shown, "copy_figures").splitlines()[1].split("\t")[2:4] == ["帮办事项3", "402件"]
    shown.views.metrics.view.clearSelection()
    assert len(copied(qtbot, shown, "copy_sentences").splitlines()) == 12


def test_chosen_words(qtbot: QtBot, shown: Window) -> None:
    page = shown.views.pane.page
    page.setFocus()
    found = page.document().find("学生带游客")
    assert isinstance(found, QTextCursor)
    page.setTextCursor(found)
    assert copied(qtbot, shown, "copy_sentences") == "学生带游客（《古城里的志愿导览》，《清河日报》2024年5月）。"
    assert copied(qtbot, shown, "copy_notes").endswith("原文：学生带游客。")


def test_many_cases_at_once(qtbot: QtBot, shown: Window) -> None:
    shown.views.list.table.setFocus()
    shown.views.list.table.selectAll()
    titles = [shown.shell.library.cases.load(num).title for num in shown.views.list.model.nums]
    sentences = copied(qtbot, shown, "copy_sentences").splitlines()
    assert [title for title, said in zip(titles, sentences, strict=True) if f"《{title}》" not in said] == []
    assert len(copied(qtbot, shown, "copy_notes").splitlines()) == 5
    rows = copied(qtbot, shown, "copy_figures").splitlines()
    assert len(rows) == 1 + 3 + 0 + 1 + 12 + 2
    assert "mso-number-format" in QApplication.clipboard().mimeData().html()


def test_a_case_without_figures_says_so(qtbot: QtBot, shown: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(shown.shell, "say", said.append)
    shown.browse.showing.show_case(2)
    shown.views.list.table.setFocus()
    QApplication.clipboard().setText("as before")
    shown.menus.actions["copy_figures"].trigger()
    qtbot.waitUntil(lambda: "没有可复制的数据" in said)
    assert QApplication.clipboard().text() == "as before"
