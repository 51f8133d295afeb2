"""What a first start says on the overview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import theme
from gui.kit.banner import Action, make_buttons
from gui.kit.basics import ElidedLabel, IconButton
from gui.kit.plain import Label, tip


class Welcome(QWidget):
    """What a first start says on the overview: what this is, where the library lies, how pages come in."""

    closed = Signal()

    def __init__(self, library: str, actions: Sequence[Action], more: Sequence[Action]) -> None:
        super().__init__()
        self.setProperty("ground", "welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("第一次使用"))
        self.what = what = Label(
            self.tr("案览是离线的基层治理案例库：按地区和主题看，什么字都找得到，每个数据点一下就亮出原文。")
        )
        what.setWordWrap(True)
        what.setProperty("role", "section")
        drop = Label(
            self.tr("把报纸版面的文件（TXT、网页、Word、PDF、OFD）或文件夹拖进窗口，就读成案例，都标着「未核」。")
        )
        drop.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_S, theme.GAP_M)
        column.setSpacing(theme.GAP_XS)
        column.addLayout(self._head(what))
        column.addLayout(self._place(library, actions))
        column.addWidget(drop)
        buttons = _left(make_buttons(more))
        buttons.setContentsMargins(-theme.GAP_S, 0, 0, 0)  # their words under the words above
        column.addLayout(buttons)

    def _head(self, what: QWidget) -> QHBoxLayout:
        close = IconButton("x", self.tr("知道了"), self)
        close.clicked.connect(self.hide)
        close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(what, 1)
        row.addWidget(close)
        return row

    def _place(self, library: str, actions: Sequence[Action]) -> QHBoxLayout:
        path = ElidedLabel()
        path.setText(self.tr("案例库就是这个文件：{path}").format(path=library))
        path.setToolTip(tip(library))
        return _left([path, *make_buttons(actions)])


def _left(widgets: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.GAP_S)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
