"""The few dialogs: what went wrong, a name, a file, a backup to go back to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.folders import LIBRARY_SUFFIX
from gui import theme
from gui.kit.plain import Label, level, tip

translate = QCoreApplication.translate


def library_filter() -> str:
    """Return the file dialog's filter for libraries."""
    return translate("Dialogs", "案例库 (*.anlan *.db);;所有文件 (*)")


class Message(QDialog):
    """Something said in words, with the technical rest behind 详情."""

    def __init__(
        self,
        parent: QWidget | None,
        head: str,
        words: str,
        detail: str = "",
        actions: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.answer = ""
        self.setWindowTitle(translate("Dialogs", "案览"))
        self.setMinimumWidth(440)
        self._detail = QPlainTextEdit(detail, readOnly=True)
        self._detail.setAccessibleName(translate("Dialogs", "详情"))
        self._detail.setMinimumHeight(180)
        self._detail.hide()
        self._lay_out(head, words, bool(detail), actions or (("", translate("Dialogs", "知道了")),))
        self._main.setFocus()  # a button before it would take the focus, and with it Enter
        self.setAccessibleName(level(head))
        self.setAccessibleDescription(level(words))

    def show_detail(self) -> None:
        """Unfold or fold the technical rest."""
        self._detail.setVisible(self._detail.isHidden())
        self._copy.setVisible(self._detail.isVisibleTo(self))
        self.adjustSize()

    def press(self, answer: str) -> None:
        """Answer and close."""
        self.answer = answer
        self.accept()

    def _lay_out(self, head: str, words: str, detailed: bool, actions: Sequence[tuple[str, str]]) -> None:
        title, text = Label(head), Label(words)
        title.setFont(theme.font("section"))
        for label in (title, text):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (title, text, self._detail):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(self._buttons(detailed, actions))

    def _buttons(self, detailed: bool, actions: Sequence[tuple[str, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        self._copy = QPushButton(translate("Dialogs", "复制"))
        self._copy.setProperty("kind", "flat")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._detail.toPlainText()))
        self._copy.hide()
        if detailed:
            more = QPushButton(translate("Dialogs", "详情"))
            more.setProperty("kind", "flat")
            more.setAutoDefault(False)
            more.clicked.connect(self.show_detail)
            row.addWidget(more)
            row.addWidget(self._copy)
        row.addStretch(1)
        for at, (answer, text) in enumerate(actions):
            button = QPushButton(text)
            button.clicked.connect(lambda on=False, answer=answer: self.press(answer))
            button.setDefault(at == len(actions) - 1)
            row.addWidget(button)
            self._main = button
        return row


def say(parent: QWidget | None, head: str, words: str, detail: str = "") -> None:
    """Say it and wait until it was read."""
    Message(parent, head, words, detail).exec()


def ask(parent: QWidget | None, head: str, words: str, actions: Sequence[tuple[str, str]], detail: str = "") -> str:
    """The answer that was pressed, empty for none; the last action is the main one."""
    dialog = Message(parent, head, words, detail, actions)
    dialog.exec()
    return dialog.answer


Refusal = Callable[[str], str]
"""Takes a name as it is typed and says what is wrong with it; empty when nothing is."""


class NameDialog(QDialog):
    """A field for a name, and while it is typed what is wrong with it; Enter takes it, Esc gives up."""

    def __init__(self, parent: QWidget | None, title: str, verb: str, refusal: Refusal, name: str = "") -> None:
        super().__init__(parent)
        self._refusal = refusal
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.field, self._wrong = QLineEdit(name), Label()
        self._go, self._cancel = QPushButton(verb), QPushButton(translate("Dialogs", "取消"))
        self._lay_out(title)
        self.field.textChanged.connect(self._judge)
        self._go.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._judge()
        self.field.selectAll()

    def name(self) -> str:
        """Return the name that is typed, without blanks around it."""
        return self.field.text().strip()

    def wrong(self) -> str:
        """Return what is said to be wrong with it now."""
        return self._wrong.text()

    def accept(self) -> None:
        """Close with the name, if there is nothing wrong with it."""
        if self._go.isEnabled():
            super().accept()

    def _judge(self) -> None:
        name = self.name()
        said = self._refusal(name) if name else ""
        self._wrong.setText(said)
        self.field.setAccessibleDescription(self._wrong.text())
        theme.set_property(self.field, "wrong", bool(said))
        self._go.setEnabled(bool(name) and not said)

    def _lay_out(self, title: str) -> None:
        head = Label(title)
        head.setFont(theme.font("section"))
        self.field.setAccessibleName(title)
        self._wrong.setProperty("role", "danger")
        self._wrong.setWordWrap(True)
        self._wrong.setMinimumHeight(self._wrong.fontMetrics().height())  # so that nothing jumps when it speaks
        self._go.setDefault(True)
        self._cancel.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (head, self.field, self._wrong):
            column.addWidget(widget)
        column.addLayout(row)


def ask_name(parent: QWidget, title: str, verb: str, refusal: Refusal, name: str = "") -> str:
    """The name that was typed, empty when a person gave up; ``verb`` stands on the main button."""
    dialog = NameDialog(parent, title, verb, refusal, name)
    return dialog.name() if dialog.exec() else ""


def file_to_open(parent: QWidget, title: str, folder: Path) -> Path | None:
    """A library that is there."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(folder), library_filter())
    return Path(chosen) if chosen else None


def file_to_write(parent: QWidget, title: str, suggested: Path) -> Path | None:
    """A library that is to be there, with the usual ending."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), library_filter())
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(LIBRARY_SUFFIX)


def backup_text(path: Path) -> str:
    """When a backup was made and how large it is."""
    about = path.stat()
    made = datetime.fromtimestamp(about.st_mtime).strftime("%Y-%m-%d %H:%M")
    size = about.st_size / 1_000_000
    return f"{made}　　{size:.1f} MB"


class RestoreDialog(QDialog):
    """Which backup to go back to."""

    def __init__(self, parent: QWidget, backups: Sequence[Path]) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Dialogs", "从备份恢复"))
        self.setMinimumSize(520, 320)
        self.list = QListWidget()
        self.list.setAccessibleName(translate("Dialogs", "备份"))
        for path in backups:
            item = QListWidgetItem(backup_text(path))
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(tip(str(path)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        self._lay_out(bool(backups))

    def chosen(self) -> Path | None:
        """Return the backup that is chosen, None when there is none."""
        item = self.list.currentItem()
        path: Path | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return path

    def _lay_out(self, any_there: bool) -> None:
        words = (
            translate("Dialogs", "案例库会回到那时的样子。现在的样子另存在「备份」里，不会丢。")
            if any_there
            else translate("Dialogs", "这个案例库还没有自动备份。可以打开别处的备份文件。")
        )
        label = Label(words)
        label.setWordWrap(True)
        other, cancel, go = (
            QPushButton(translate("Dialogs", "别的文件…")),
            QPushButton(translate("Dialogs", "取消")),
            QPushButton(translate("Dialogs", "恢复")),
        )
        go.setDefault(True)
        go.setEnabled(any_there)
        other.clicked.connect(self._choose_other)
        cancel.clicked.connect(self.reject)
        go.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(other)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(label)
        column.addWidget(self.list, 1)
        column.addLayout(row)

    def _choose_other(self) -> None:
        path = file_to_open(self, translate("Dialogs", "从备份恢复"), Path.home())
        if path is not None:
            item = QListWidgetItem(backup_text(path))
            item.setData(Qt.ItemDataRole.UserRole, path)
            self.list.insertItem(0, item)
            self.list.setCurrentItem(item)
            self.accept()
