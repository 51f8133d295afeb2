"""来源: where the cases of the library were printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.writing.figure_text import grouped
from gui import theme
from gui.kit.basics import IconButton
from gui.kit.plain import Label
from gui.kit.side_list import SideList, SideModel
from gui.kit.widgets import CountRole, IconRole, LabelRole, TailRole

if TYPE_CHECKING:
    from core.library import SourceRow


def source_text(row: SourceRow) -> str:
    """What a source is called: its paper and date, or the name of its file."""
    from core.records import date_text

    if not row.paper:
        return row.name or date_text(row.published)
    page = f"第{row.page_no}版" if row.page_no else ""
    return f"{row.paper} {date_text(row.published)}{page}".strip()


def tail_text(row: SourceRow) -> str:
    """Return what tells sheets of one paper apart, short enough never to be cut: 2024-05-03 3版."""
    page = f"{row.page_no}版" if row.page_no else ""
    return f"{row.published} {page}".strip() if row.paper else ""


class SourcesModel(SideModel["SourceRow"]):
    """The sources with the number of cases read from each."""

    def told(self, row: SourceRow) -> dict[int, Any]:
        return {
            Qt.ItemDataRole.DisplayRole: source_text(row),
            Qt.ItemDataRole.AccessibleTextRole: self.tr("{name} {n} 例").format(name=source_text(row), n=row.cases),
            Qt.ItemDataRole.ToolTipRole: "\n".join(
                dict.fromkeys(x for x in (source_text(row), row.name, row.published) if x)
            ),
            LabelRole: row.paper or source_text(row),
            TailRole: tail_text(row),
            CountRole: grouped(row.cases),
            IconRole: "newspaper",
        }


class Sources(QWidget):
    """The pane of sources, which folds away."""

    source_chosen = Signal(str, str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SourcesModel(self)
        self.view = SideList(self.model, self.tr("来源"), self)
        self._count = Label()
        self._fold = IconButton("chevron-right", self.tr("展开来源"), self)
        self._lay_out()
        self._fold.clicked.connect(lambda: self.set_folded(self.view.isVisibleTo(self)))
        self.view.chosen.connect(self._say_chosen)
        self.view.activated.connect(self.entered)
        self.set_folded(True)

    def show_sources(self, rows: Sequence[SourceRow]) -> None:
        """Show them; the one chosen stays chosen."""
        self.view.show_rows(rows)
        self._count.setText(grouped(len(rows)))

    def choose(self, source_id: str) -> bool:
        """Choose that one without saying so; False when there is none like it."""
        return self.view.choose(source_id)

    def chosen_id(self) -> str:
        """Return the source that is chosen, empty when there is none."""
        return self.view.chosen_id()

    def set_folded(self, folded: bool) -> None:
        self.view.setVisible(not folded)
        tip = self.tr("展开来源") if folded else self.tr("收起来源")
        self._fold.setToolTip(tip)
        self._fold.setAccessibleName(tip)
        theme.set_icon(self._fold, "chevron-right" if folded else "chevron-down")

    def is_folded(self) -> bool:
        return self.view.isHidden()

    def _lay_out(self) -> None:
        label = Label(self.tr("来源"))
        label.setFont(theme.font("section"))
        self._count.setProperty("role", "faint")
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 4)
        head.setSpacing(8)
        for widget in (label, self._count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view)

    def _say_chosen(self, source_id: str) -> None:
        self.source_chosen.emit(source_id, str(self.view.currentIndex().data()))
