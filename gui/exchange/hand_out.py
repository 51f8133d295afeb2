"""分发: to whom, and what is asked; where the file is to lie is asked afterwards."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.kit.plain import Label, level

_H = "HandOut"


class HandOutDialog(QDialog):
    """Two fields; the name must be given."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("分发"))
        self.setMinimumWidth(460)
        self.name, self.ask = QLineEdit(), QLineEdit(_tr("请核对数据"))
        self._go, cancel = QPushButton(_tr("选地方，写文件…")), QPushButton(_tr("取消"))
        head = Label(_tr("分发{0}").format(what))
        head.setFont(theme.font("section"))
        head.setWordWrap(True)
        words = Label(_tr("写成一个文件，带来源和已有的决定。同事打开它就能核、能改，再交回来合并。"))
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(words)
        for field, said in ((self.name, _tr("给谁")), (self.ask, _tr("请他做什么（可以不写）"))):
            label = Label(said)
            label.setBuddy(field)
            field.setAccessibleName(said)
            column.addWidget(label)
            column.addWidget(field)
        self._go.setDefault(True)
        self._go.clicked.connect(self.accept)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self._go)
        column.addSpacing(4)
        column.addLayout(row)
        for label in (head, words):  # a text that wraps says too late how high it is
            label.setMinimumHeight(label.heightForWidth(self.minimumWidth() - 48))
        self.name.textChanged.connect(self._judge)
        self._judge()
        self.name.setFocus()

    def given(self) -> tuple[str, str]:
        """Return to whom, and what is asked."""
        return level(self.name.text().strip()), level(self.ask.text().strip())

    def _judge(self) -> None:
        self._go.setEnabled(bool(self.name.text().strip()))


def _tr(text: str) -> str:
    return QCoreApplication.translate(_H, text)
