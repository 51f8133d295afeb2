"""The search box: live, with its history, what was found and how fast."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from gui import theme
from gui.kit.plain import Label, entry

PAUSE_MS = 60
"""How long after the last key the search begins."""
HISTORY_SHOWN = 12


class SearchBar(QWidget):
    """What a person types to find cases by."""

    asked = Signal(str)
    entered = Signal()
    kept = Signal(str)
    filters_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: list[str] = []
        self._said = ""
        self.box = QLineEdit(self)
        self._found = Label(parent=self)
        self._filters = QPushButton(self.tr("筛选"), self)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self.box.textChanged.connect(lambda: self._pause.start())
        self.box.installEventFilter(self)
        self._filters.clicked.connect(self.filters_wanted)

    def words(self) -> str:
        """Return what is typed in the box."""
        return self.box.text()

    def set_words(self, words: str) -> None:
        """Put words into the box and search for them now."""
        self.box.setText(words)
        self._ask()

    def focus(self) -> None:
        """Put the cursor into the box, what stands in it chosen."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def show_found(self, text: str) -> None:
        """Say how many were found."""
        self._found.setText(text)
        self.box.setAccessibleDescription(text)

    def show_history(self, searches: Sequence[str]) -> None:
        """Offer these earlier searches, in this order."""
        self._history = list(searches)

    def show_filters(self, on: int) -> None:
        """Say on the button how many filters hold."""
        self._filters.setText(self.tr("筛选 · {n}").format(n=on) if on else self.tr("筛选"))
        theme.set_property(self._filters, "on", bool(on))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the keys before the box: Enter asks, Down leads to the cases or earlier searches, Esc clears.

        Where nothing that was typed is left to be taken back, Ctrl+Z and Ctrl+Y are the library's.
        """
        if watched is self.box and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._take_key(event)
            if event.type() == QEvent.Type.ShortcutOverride and self._leaves(event):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _leaves(self, event: QKeyEvent) -> bool:
        undo, redo = map(event.matches, (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))
        return (undo and not self.box.isUndoAvailable()) or (redo and not self.box.isRedoAvailable())

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            self._keep()
            self.entered.emit()
        elif key == Qt.Key.Key_Down:
            if self.box.text():
                self.entered.emit()
            else:
                self._show_history()
        elif key == Qt.Key.Key_Escape and self.box.text():
            self.set_words("")
        else:
            return False
        return True

    def _lay_out(self) -> None:
        self.box.setPlaceholderText(self.tr("查找标题、正文、机制、数据；词之间空一格，整句加引号"))
        self.box.setAccessibleName(self.tr("查找"))
        self.box.setToolTip(
            self.tr(
                "几个词空一格：都要有\n整句加引号：“共同富裕”\n有一个就算：食堂 或 助餐\n"
                "不要某个词：养老 不含 食堂\n数按大小找：1326000 也找到 132.6万"
            )
        )
        self.box.setClearButtonEnabled(True)
        self.box.setMinimumWidth(200)
        self.box.setMaximumWidth(560)
        self._filters.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._glass = self.box.addAction(theme.icon("search", "text-3"), QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setText(self.tr("以前的查找"))
        self._glass.setToolTip(self.tr("以前的查找"))
        self._glass.triggered.connect(self._show_history)
        theme.set_icon(self._glass, "search", "text-3")
        theme.set_icon(self._filters, "funnel")
        self._filters.setAccessibleName(self.tr("筛选"))
        self._filters.setToolTip(self.tr("按地区、主题、机制、日期、数据筛选（Ctrl+Shift+F）"))
        self._found.setProperty("role", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 8)
        row.addWidget(self._filters)
        row.addSpacing(4)
        row.addWidget(self._found)
        row.addStretch(1)
        self.setFocusProxy(self.box)

    def _ask(self) -> None:
        self._pause.stop()
        if self.box.text() != self._said:
            self._said = self.box.text()
            self.asked.emit(self._said)

    def _keep(self) -> None:
        if self.box.text().strip():
            self.kept.emit(self.box.text().strip())

    def _show_history(self) -> None:
        menu = QMenu(self)
        for words in self._history[:HISTORY_SHOWN]:
            menu.addAction(theme.icon("history"), entry(words), lambda words=words: self.set_words(words))
        if not self._history:
            menu.addAction(self.tr("还没有查找过")).setEnabled(False)
        menu.setMinimumWidth(self.box.width())
        menu.exec(self.box.mapToGlobal(QPoint(0, self.box.height() + 2)))
