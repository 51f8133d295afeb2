"""The dialog that asks for a name: a verb, Enter and Esc, and what is wrong said while it is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from gui.kit.dialogs import Message, NameDialog


@pytest.fixture
def dialog(qtbot: QtBot, dressed: QApplication) -> NameDialog:
    taken = {"春季专报": "已经有了。"}
    dialog = NameDialog(None, "新建汇编", "新建", lambda name: taken.get(name, ""))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    ("typed", "name", "wrong"),
    [(" 夏季专报 ", "夏季专报", ""), ("春季专报", "春季专报", "已经有了。"), (" 春季专报", "春季专报", "已经有了。")],
)
def test_what_is_wrong_is_said_while_typing(
    qtbot: QtBot, dialog: NameDialog, typed: str, name: str, wrong: str
) -> None:
    dialog.field.setText(typed)
    assert (dialog.name(), dialog.wrong()) == (name, wrong)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible() == bool(wrong)
    assert (dialog.result() == QDialog.DialogCode.Accepted) != bool(wrong)


def test_enter_with_no_name_goes_nowhere_and_scolds_nobody(qtbot: QtBot, dialog: NameDialog) -> None:
    dialog.field.setText("   ")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.wrong() == ""


def test_escape_gives_up(qtbot: QtBot, dialog: NameDialog) -> None:
    dialog.field.setText("夏季专报")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_enter_presses_the_main_button(qtbot: QtBot, dressed: QApplication) -> None:
    message = Message(None, "问一声", "要打开吗？", actions=[("", "不打开"), ("open", "打开")])
    qtbot.addWidget(message)
    with qtbot.waitExposed(message):
        message.show()
    qtbot.keyClick(message, Qt.Key.Key_Return)
    assert message.answer == "open"
