"""Passwords of packets: set, twice, where one is written; asked for where one is opened."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.kit.plain import Label

_P = "Password"


class NewPassword(QWidget):
    """Whether a file is to have a password, and which: typed twice, so that a slip is seen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = QCheckBox(_tr("加密码"))
        self.one, self.two = QLineEdit(), QLineEdit()
        self._said = Label(_tr("忘了密码，谁也打不开。密码请另外告诉他，不要和文件放在一起。"))
        self._said.setProperty("role", "secondary")
        self._said.setWordWrap(True)
        self._wrong = Label()
        self._wrong.setProperty("role", "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_S)
        column.addWidget(self.wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_S)
        for field, said in ((self.one, _tr("密码")), (self.two, _tr("再写一遍"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(said)
            field.setAccessibleName(said)
            field.textChanged.connect(lambda _: self._judge())
            row.addWidget(field)
        column.addLayout(row)
        column.addWidget(self._said)
        column.addWidget(self._wrong)
        self.wanted.toggled.connect(self._unfold)
        self._unfold(False)

    def password(self) -> str:
        """Return the password; empty where none is wanted."""
        return self.one.text() if self.wanted.isChecked() else ""

    def fits(self) -> bool:
        """Return whether there is to be none, or one was typed twice the same."""
        return not self.wanted.isChecked() or bool(self.one.text() and self.one.text() == self.two.text())

    def _unfold(self, on: bool) -> None:
        for widget in (self.one, self.two, self._said):
            widget.setVisible(on)
        if on:
            self.one.setFocus()
        self._judge()
        if self.window() is not self:
            self.window().adjustSize()

    def _judge(self) -> None:
        differ = bool(self.two.text()) and self.one.text() != self.two.text()
        self._wrong.setText(_tr("两遍写的不一样") if differ else "")
        self._wrong.setVisible(self.wanted.isChecked() and differ)
        self.changed.emit()


class PasswordDialog(QDialog):
    """Asks for the password of a file."""

    def __init__(self, name: str, wrong: bool = False, parent: QWidget | None = None) -> None:
        """``wrong``: whether another password was given before."""
        super().__init__(parent)
        self.setWindowTitle(_tr("密码"))
        self.setMinimumWidth(420)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(_tr("密码"))
        head = Label(_tr("「{0}」加了密码").format(name))
        head.setFont(theme.font("section"))
        head.setWordWrap(True)
        words = Label(
            _tr("密码不对，什么也没有改动。请再写一遍；大小写要一样。") if wrong else _tr("问把文件交给你的人。")
        )
        words.setProperty("role", "danger" if wrong else "secondary")
        words.setWordWrap(True)
        self.field.setAccessibleDescription(words.text())
        shown = QCheckBox(_tr("显示密码"))
        shown.toggled.connect(
            lambda on: self.field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        )
        self.go, cancel = QPushButton(_tr("打开")), QPushButton(_tr("取消"))
        self.go.setDefault(True)
        self.go.setProperty("kind", "main")
        self.go.clicked.connect(self.accept)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.field.textChanged.connect(lambda text: self.go.setEnabled(bool(text)))
        self.go.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(shown)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (head, words, self.field):
            column.addWidget(widget)
        column.addLayout(row)
        self.field.setFocus()


def ask_password(name: str, wrong: bool, parent: QWidget | None) -> str:
    """Return the password that a person typed for a file; empty where none was."""
    dialog = PasswordDialog(name, wrong, parent)
    return dialog.field.text() if dialog.exec() else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate(_P, text)
