"""分发 and 交回: to whom, what is asked, a password or none; where the file is to lie is asked afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.exchange.password import NewPassword
from gui.kit.plain import Label, level

_H = "HandOut"


class _WriteDialog(QDialog):
    """What is written, some fields, a password or none, and a button that goes on."""

    def __init__(
        self, title: str, what: str, said: str, fields: Sequence[tuple[QLineEdit, str]], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.password = NewPassword()
        self._go, cancel = QPushButton(_tr("选地方，写文件…")), QPushButton(_tr("取消"))
        head, words = Label(what), Label(said)
        head.setFont(theme.font("section"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for label in (head, words):
            label.setWordWrap(True)
            label.setMinimumHeight(label.heightForWidth(self.minimumWidth() - 48))  # what wraps says it too late
            column.addWidget(label)
        for field, name in fields:
            label = Label(name)
            label.setBuddy(field)
            field.setAccessibleName(name)
            field.textChanged.connect(self._judge)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self.password)
        self.password.changed.connect(self._judge)
        self._go.setDefault(True)
        self._go.setProperty("kind", "main")
        self._go.clicked.connect(self.accept)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._go)
        column.addSpacing(4)
        column.addLayout(row)
        self._judge()

    def _fits(self) -> bool:
        return True

    def _judge(self) -> None:
        self._go.setEnabled(self._fits() and self.password.fits())


class HandOutDialog(_WriteDialog):
    """分发: the name must be given."""

    def __init__(self, what: str, parent: QWidget | None = None, to: str = "") -> None:
        self.name, self.ask = QLineEdit(to), QLineEdit(_tr("请核对数据"))
        said = _tr("写成一个文件，带来源和已有的决定。同事打开它就能核、能改，再交回来合并。")
        fields = ((self.name, _tr("给谁")), (self.ask, _tr("请他做什么（可以不写）")))
        super().__init__(_tr("分发"), _tr("分发{0}").format(what), said, fields, parent)
        self.name.setFocus()

    def given(self) -> tuple[str, str]:
        """Return to whom, and what is asked."""
        return level(self.name.text().strip()), level(self.ask.text().strip())

    def _fits(self) -> bool:
        return bool(self.name.text().strip())


class HandBackDialog(_WriteDialog):
    """交回: to whom is known already."""

    def __init__(self, to: str, parent: QWidget | None = None) -> None:
        what = _tr("交回给{0}").format(to) if to else _tr("交回")
        said = _tr("写成一个文件，带你的核对、修改和新案例。交给他合并；你这里的不变，以后还可以再交。")
        super().__init__(_tr("交回"), what, said, (), parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_H, text)
