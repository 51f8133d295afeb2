"""Who checks: a name and a unit, given once, without an account, kept on this computer and written to decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.kit.plain import Label, level

if TYPE_CHECKING:
    from core.library import Library
    from gui.shell.settings import Settings
    from gui.shell.shell import Shell

NAME, UNIT = "reviewer/name", "reviewer/unit"
BETWEEN = "·"
"""Parts the name from the unit in what is written down."""


class Reviewer(QObject):
    """The person at this computer; every library that is opened is told."""

    changed = Signal(str)
    """The person, as written down."""

    def __init__(self, shell: Shell, settings: Settings) -> None:
        super().__init__(shell)
        self._shell, self._settings = shell, settings
        shell.library_opened.connect(self._tell)

    def text(self) -> str:
        """Return the name with the unit, as it is written down: 王芳·安远县委办; empty before it was given."""
        name, unit = self._settings.text(NAME), self._settings.text(UNIT)
        return BETWEEN.join(filter(None, (name, unit))) if name else ""

    def ask(self) -> bool:
        """Ask for name and unit; whether there is a name afterwards."""
        dialog = ReviewerDialog(self._shell.window, self._settings.text(NAME), self._settings.text(UNIT))
        if dialog.exec():
            self.take(*dialog.person())
        return bool(self.text())

    def take(self, name: str, unit: str) -> None:
        """From now on this person decides; what was decided before stays as it was written."""
        self._settings.keep(NAME, name)
        self._settings.keep(UNIT, unit)
        self._tell()
        self.changed.emit(self.text())

    def _tell(self) -> None:
        """Tell the library thread, which writes the decisions."""
        who = self.text()

        def tell(library: Library) -> None:
            library.decisions.reviewer = who

        self._shell.ask(tell, lambda _: None)


class ReviewerDialog(QDialog):
    """Two fields: the name, and the unit, which may stay empty."""

    def __init__(self, parent: QWidget | None, name: str = "", unit: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("核对人"))
        self.setMinimumWidth(420)
        self.name, self.unit = QLineEdit(name), QLineEdit(unit)
        self._go, self._cancel = QPushButton(self.tr("就用这个名字")), QPushButton(self.tr("取消"))
        self._lay_out()
        self.name.textChanged.connect(self._judge)
        self._go.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._judge()
        self.name.selectAll()

    def person(self) -> tuple[str, str]:
        """Return name and unit without blanks around them."""
        return level(self.name.text().strip()), level(self.unit.text().strip())

    def _judge(self) -> None:
        self._go.setEnabled(bool(self.name.text().strip()))

    def _lay_out(self) -> None:
        head = Label(self.tr("谁在核对？"))
        head.setFont(theme.font("section"))
        words = Label(self.tr("写一次就行，不用注册。名字和单位会记在每一个核对的旁边，随时可以在「核对」菜单里换。"))
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(words)
        for field, said in ((self.name, self.tr("姓名")), (self.unit, self.tr("单位（可以不写）"))):
            field.setPlaceholderText(said)
            field.setAccessibleName(said)
            column.addWidget(field)
        self._go.setDefault(True)
        self._cancel.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._go)
        column.addSpacing(4)
        column.addLayout(row)
