"""收回表格: each change with old and new, taken one by one or by a filter; nothing that is not ticked is taken."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.writing.figure_text import grouped
from core.writing.xlsx.back import Change, NewFigure, TakenBack, Unmatched
from gui import theme
from gui.kit.plain import Label, level, tip

translate = QCoreApplication.translate
Index = QModelIndex | QPersistentModelIndex
Row = Change | NewFigure | Unmatched
_ROOT = QModelIndex()
_HEADS = ("案例", "项目", "原来", "改成", "位置")
_WIDTHS = (220, 90, 180, 220, 120)


class ProposalModel(QAbstractTableModel):
    """The rows of a sheet that came back; those that can be taken have a box, which is empty at first."""

    ticked = Signal()

    def __init__(self, found: TakenBack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from core.taking_back import can_take

        self._can_take = can_take
        self._all: list[Row] = [*found.changes, *found.new, *found.unmatched]
        self._texts = [_told(row) for row in self._all]
        self._shown = list(range(len(self._all)))
        self._ticked: set[int] = set()

    def narrow(self, words: str) -> None:
        """Show only rows that have all these words."""
        wanted = words.split()
        self.beginResetModel()
        self._shown = [at for at, told in enumerate(self._texts) if all(w in " ".join(told) for w in wanted)]
        self.endResetModel()

    def tick_shown(self, on: bool) -> None:
        """Tick the rows that are shown, as far as they can be taken, or none of them."""
        rows = {at for at in self._shown if self._takes(at)}
        self._ticked = self._ticked | rows if on else self._ticked - rows
        self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(self._shown) - 1), 0))
        self.ticked.emit()

    def chosen(self) -> tuple[list[Change], list[NewFigure]]:
        """Return what is ticked, shown or not."""
        rows = [self._all[at] for at in sorted(self._ticked)]
        return [r for r in rows if isinstance(r, Change)], [r for r in rows if isinstance(r, NewFigure)]

    def _takes(self, at: int) -> bool:
        row = self._all[at]
        return isinstance(row, NewFigure) or (isinstance(row, Change) and self._can_take(row))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return translate("TakingBack", _HEADS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = self._shown[index.row()]
        text = self._texts[at][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return level(" ".join(text.split()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and self._takes(at):
            return Qt.CheckState.Checked if at in self._ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        box = index.column() == 0 and self._takes(self._shown[index.row()])
        return usual | Qt.ItemFlag.ItemIsUserCheckable if box else usual

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        at = self._shown[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(at)
        else:
            self._ticked.discard(at)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True


def _told(row: Row) -> tuple[str, str, str, str, str]:
    """Case, field, old, new and place of a row."""
    if isinstance(row, Change):
        new = f"{_shown(row)}{'（案例库里也改过）' if row.also_changed else ''}"
        return row.title, row.head, row.old or "（空）", new or "（空）", f"{row.sheet} {row.cell}"
    if isinstance(row, NewFigure):
        value = row.values.get("printed") or row.values.get("value", "") + row.values.get("unit", "")
        return row.title, "新数据", "", f"{row.values.get('indicator', '')} {value}", f"数据 第 {row.row} 行"
    return row.text, "没有收", "", row.reason, f"{row.sheet} {row.cell}"


def _shown(change: Change) -> str:
    from core.records import APPROX_WORDS, STATE_WORDS

    words: dict[str, str] = {}
    if change.field == "state":
        words = {str(state): word for state, word in STATE_WORDS.items()}
    elif change.field == "approx":
        words = {str(approx): word for approx, word in APPROX_WORDS.items()}
    return words.get(change.new, change.new)


class TakeBackDialog(QDialog):
    """The proposals; nothing is ticked at first, and only what is ticked is taken."""

    def __init__(self, parent: QWidget, name: str, found: TakenBack, foreign: bool) -> None:
        super().__init__(parent)
        self.model = ProposalModel(found, self)
        self.setWindowTitle(translate("TakingBack", "收回表格"))
        self.resize(min(900, parent.width()), min(560, parent.height()))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(translate("TakingBack", "筛：案例、项目、数值……"))
        self.filter.setAccessibleName(translate("TakingBack", "筛"))
        self.view = QTableView()
        self._go, self._cancel = QPushButton(), QPushButton(translate("TakingBack", "取消"))
        self._go.setDefault(True)
        self._lay_out(level(name), found, foreign)
        self.filter.textChanged.connect(self.model.narrow)
        self.model.ticked.connect(self._renew)
        self._go.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._renew()

    def _renew(self) -> None:
        changes, new = self.model.chosen()
        count = len(changes) + len(new)
        self._go.setText(translate("TakingBack", "收下 {n} 处").format(n=grouped(count)))
        self._go.setEnabled(bool(count))

    def _lay_out(self, name: str, found: TakenBack, foreign: bool) -> None:
        head = Label(translate("TakingBack", "收回「{name}」").format(name=name))
        head.setFont(theme.font("section"))
        told = translate("TakingBack", "看了 {rows} 行：改动 {changes} 处，新数据 {new} 条，没有收 {unmatched} 处。")
        counts = {"changes": len(found.changes), "new": len(found.new), "unmatched": len(found.unmatched)}
        words = told.format(rows=grouped(found.rows), **{name: grouped(count) for name, count in counts.items()})
        if found.missing:
            words += translate("TakingBack", "少了 {n} 行，案例库里不删。").format(n=grouped(len(found.missing)))
        if foreign:
            words += translate("TakingBack", "这个文件是从另一个案例库导出的。")
        line = Label(words)
        line.setWordWrap(True)
        line.setProperty("role", "secondary")
        self.view.setModel(self.model)
        self.view.setAccessibleName(translate("TakingBack", "改动"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.setTabKeyNavigation(False)
        for at, width in enumerate(_WIDTHS):
            self.view.setColumnWidth(at, width)
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        for text, on in ((translate("TakingBack", "勾上筛出的"), True), (translate("TakingBack", "去掉筛出的"), False)):
            button = QPushButton(text)
            button.setProperty("kind", "flat")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, on=on: self.model.tick_shown(on))
            row.addWidget(button)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self._cancel.setAutoDefault(False)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(line)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
