"""Qt's own texts are Chinese: menus of fields, buttons of message boxes, the file dialog that Qt draws itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPlainTextEdit,
    QTextBrowser,
    QTextEdit,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.kit.dialogs import Message

KEYS = re.compile(r"\t.*|&.|Ctrl|Shift|Alt")


def _latin(texts: list[str]) -> list[str]:
    """Those with a Latin word in them that is no key."""
    return [text for text in texts if re.search(r"[A-Za-z]{2,}", KEYS.sub("", text))]


@pytest.mark.parametrize("field", [QLineEdit, QTextEdit, QPlainTextEdit, QTextBrowser])
def test_menu_of_a_field_is_chinese(qtbot: QtBot, dressed: QApplication, field: Callable[[], QLineEdit]) -> None:
    widget = field()
    qtbot.addWidget(widget)
    texts = [action.text() for action in widget.createStandardContextMenu().actions()]
    assert texts
    assert not _latin(texts)
    assert not [text for text in texts if "撤消" in text]  # our own menus say 撤销


def test_buttons_of_a_message_box_are_chinese(qtbot: QtBot, dressed: QApplication) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.StandardButton(0x7FFFC00))
    texts = [button.text() for button in box.buttons()]
    assert len(texts) > 10
    assert not _latin(texts)


@pytest.mark.parametrize("mode", list(QFileDialog.FileMode))
@pytest.mark.parametrize("way", list(QFileDialog.AcceptMode))
def test_file_dialog_that_qt_draws_is_chinese(
    qtbot: QtBot, dressed: QApplication, mode: QFileDialog.FileMode, way: QFileDialog.AcceptMode
) -> None:
    dialog = QFileDialog(None, "", "/", options=QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.setFileMode(mode)
    dialog.setAcceptMode(way)
    dialog.show()
    texts = [dialog.windowTitle(), *(w.toolTip() for w in dialog.findChildren(QWidget))]
    for kind in (QAbstractButton, QLabel, QAction):
        texts += [child.text() for child in dialog.findChildren(kind)]
    assert not _latin([*texts, *_heads(dialog)])


def _heads(dialog: QFileDialog) -> list[str]:
    """The heads of the columns, the kind of the first file, and the first place of the side bar."""
    model = dialog.findChild(QTreeView).model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    side = dialog.findChild(QListView, "sidebar").model().index(0, 0).data()
    return [*heads, model.index(0, 2).data() or "", side]


def test_kinds_of_files_are_told_in_chinese(dressed: QApplication) -> None:
    for text in ("Drive", "File", "Folder", "Unknown", "%1 File"):
        said = dressed.translate("QAbstractFileIconProvider", text)
        assert said != text
        assert not _latin([said])


@pytest.mark.parametrize("language", [{"LC_ALL": "C"}, {"LANG": "en_US.UTF-8"}, {"LC_ALL": "zh_CN.UTF-8"}])
def test_dates_of_files_are_chinese_whatever_the_language_is(language: dict[str, str]) -> None:
    code = (
        "import os; from gui.chinese import prepare_dates; prepare_dates(os.environ);"
        "from PySide6.QtCore import QCoreApplication, QDate, QLocale; app = QCoreApplication([]);"
        "short = QLocale.FormatType.ShortFormat; print(QLocale.system().toString(QDate(2024, 5, 3), short))"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    command, root = [sys.executable, "-c", code], Path(__file__).resolve().parents[2]
    out = subprocess.run(command, cwd=root, env={**kept, **language}, capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "2024/5/3"


def test_title_of_a_message_is_the_name_of_the_program(qtbot: QtBot, dressed: QApplication) -> None:
    dressed.setApplicationName("anlan")
    message = Message(None, "出错了", "没有改动。")
    qtbot.addWidget(message)
    assert message.windowTitle() == "案览"
