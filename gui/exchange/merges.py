"""合并记录: what was handed out, taken in and withdrawn, and how each packet stands; a merge is withdrawn here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.dates import clock_time
from core.exchange import Handed, Merge
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.columns import Column
from gui.kit.plain import Label, level
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP

_M = "Merges"
SIZE, ROOM_AROUND = QSize(960, 520), QSize(24, 24)
KINDS = {
    "out": QT_TRANSLATE_NOOP(_M, "分发"),
    "in": QT_TRANSLATE_NOOP(_M, "合并"),
    "undone": QT_TRANSLATE_NOOP(_M, "撤销"),
}


def state_words(row: Merge, handed: Handed | None) -> str:
    """Return how something that was handed out or merged stands now."""
    if row.withdrawn:
        return _tr("已撤销") if row.kind == "in" else _tr("已恢复")
    if handed is None:
        return ""
    if not handed.back:
        return _tr("还没有交回，{0} 个数据核了 {1}").format(grouped(handed.figures), grouped(handed.decided))
    said = _tr("交回 {0} 次，带来 {1} 项").format(len(handed.back), grouped(handed.came))
    return said + (_tr("，其中 {0} 项后来改判").format(grouped(handed.overruled)) if handed.overruled else "")


class Merges(QDialog):
    """The list of merges; ``withdraw`` is called with the id of the one that is to be taken back."""

    def __init__(
        self, rows: Sequence[Merge], handed: Sequence[Handed], withdraw: Callable[[str], object] | None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(_tr("合并记录"))
        self._withdraw = withdraw
        stands = {one.packet: one for one in handed}
        columns: tuple[Column[Merge], ...] = (
            Column("at", _tr("时间"), lambda r: clock_time(r.at), "whole", key=lambda r: r.at),
            Column("kind", _tr("做了什么"), lambda r: _tr(KINDS[r.kind]), "whole"),
            Column("name", _tr("和谁"), lambda r: level(r.name), least=80, most=200, ink="text"),
            Column("who", _tr("经手"), lambda r: level(r.who), least=64, most=160),
            Column("decisions", _tr("决定"), lambda r: "" if r.kind == "out" else grouped(r.decisions), "number",
                   key=lambda r: r.decisions),
            Column("cases", _tr("案例"), lambda r: grouped(len(r.cases)) if r.cases else "", "number",
                   key=lambda r: len(r.cases)),
            Column("state", _tr("现在"), lambda r: state_words(r, stands.get(r.packet) if r.kind == "out" else None),
                   least=140, most=400, weight=2),
            Column("asked", _tr("请他做的"), lambda r: level(r.asked), least=80, most=300),
        )  # fmt: skip
        self.table = RecordsView(RecordsModel(columns, _M, self), _tr("合并记录"))
        self.table.show_records(rows)
        self.back = QPushButton(_tr("撤销合并"))
        self.back.clicked.connect(self.withdraw)
        self.back.setAutoDefault(False)
        close = QPushButton(_tr("关闭"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._judge())
        words = Label(_tr("撤销一次合并，只撤它带来的；别人也带来过的留着，它带来的新案例进回收站。以后可以恢复。"))
        words.setProperty("role", "secondary")
        words.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_XL, theme.GAP_XL, theme.GAP_XL, theme.GAP_XL)
        column.setSpacing(theme.GAP_L)
        column.addWidget(self.table if rows else self._nothing(), 1)
        if rows:
            column.addWidget(words)
        column.addLayout(foot)
        self.back.setVisible(bool(rows))
        self._judge()
        self.resize(SIZE.boundedTo(parent.size() - ROOM_AROUND) if parent is not None else SIZE)

    def withdraw(self) -> None:
        """Take the chosen merge back, or take the withdrawal back."""
        row = self._chosen()
        if row is not None and self._withdraw is not None and self.back.isEnabled():
            self._withdraw(row.id)
            self.accept()

    def _chosen(self) -> Merge | None:
        found = self.table.selectionModel().selectedRows()
        record = self.table.model().record(found[0].row()) if found else None  # type: ignore[attr-defined]
        return record if isinstance(record, Merge) else None

    def _judge(self) -> None:
        row = self._chosen()
        can = row is not None and row.kind != "out" and not row.withdrawn and self._withdraw is not None
        self.back.setEnabled(can)
        self.back.setText(_tr("恢复合并") if row is not None and row.kind == "undone" else _tr("撤销合并"))

    def _nothing(self) -> Notice:
        out = Notice()
        out.say("history", _tr("还没有分发和合并过"), _tr("选几例，「分发…」给同事；他交回的文件拖进窗口就能合并。"))
        return out


def _tr(text: str) -> str:
    return QCoreApplication.translate(_M, text)
